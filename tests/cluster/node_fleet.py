"""Nodes as processes of the operating system, told by their logs, and gone with the test.

Each fleet has a run-time directory and a data directory of its own, so that it meets no other one. Nodes are
killed by their pids, and waited for: nothing is left behind, however the test ends.
"""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

SRC = Path(__file__).parents[2] / "src"
EXAMPLES = SRC.parent / "examples"
HELLO, SPIN = EXAMPLES / "hello.wat", EXAMPLES / "spin.wat"
START = "from wetware.cli.main import main; main()"
CAP = 60.0
"""Seconds after which a test that waits for an event has failed."""


def environment(folder, **changes):
    """A plain environment: this source tree, directories of the fleet's own, the tests' cache."""
    foreign = {name for name in os.environ if name.startswith(("WW_", "_WW")) and name != "WW_CACHE"}
    kept = {name: value for name, value in os.environ.items() if name not in foreign}
    return {
        **kept,
        "PYTHONPATH": str(SRC),
        "NO_COLOR": "1",
        "WW_RUNTIME": str(folder / "run"),
        "WW_DATA": str(folder / "data"),
        "WW_TIMEOUT": "60s",  # a busy machine is no failure
        **changes,
    }


def finish(process):
    """Wait for a command's end: exit code, output, errors."""
    out, errors = process.communicate(timeout=CAP)
    return process.returncode, out.decode(), errors.decode()


def until(holds):
    """Wait until something holds of which nobody tells."""
    end = time.monotonic() + CAP
    while not (found := holds()):
        assert time.monotonic() < end
        time.sleep(0.05)
    return found


class Spawned:
    """A program that writes JSON lines.

    Attributes:
        events: all that it has told so far.
    """

    def __init__(self, command, env):
        self.process = subprocess.Popen(
            command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.events = []
        self.errors = b""
        self._news = queue.Queue()
        self._seen = 0
        self._threads = [threading.Thread(target=self._read), threading.Thread(target=self._read_errors)]
        for thread in self._threads:
            thread.start()

    def _read(self):
        for line in self.process.stdout:
            self._news.put(json.loads(line))
        self._news.put(None)

    def _read_errors(self):
        self.errors = self.process.stderr.read()

    def event(self, name, cap=CAP, **facts):
        """The next event of this name, and with these facts, that was not asked for yet."""
        end = time.monotonic() + cap
        while True:
            while self._seen < len(self.events):
                found = self.events[self._seen]
                self._seen += 1
                if found["event"] == name and all(found.get(key) == facts[key] for key in facts):
                    return found
            self._take(max(end - time.monotonic(), 0.001), f"{name} {facts}")

    def ever(self, name, cap=CAP, **facts):
        """An event of this name, asked for already or not."""
        self._seen = 0
        return self.event(name, cap, **facts)

    def told(self, name):
        """All events of this name that have come by now."""
        while not self._news.empty():
            self._take(0.001, name)
        return [event for event in self.events if event["event"] == name]

    def _take(self, cap, wanted):
        try:
            found = self._news.get(timeout=cap)
        except queue.Empty:
            raise AssertionError(f"no {wanted}; it told {self.events}") from None
        if found is None:
            self._news.put(None)
            self.process.wait(timeout=CAP)
            self._threads[1].join(timeout=CAP)
            raise AssertionError(f"it ended without {wanted}: {self.events} {self.errors.decode()}")
        self.events.append(found)

    def send(self, number):
        self.process.send_signal(number)

    def stop(self, number=signal.SIGTERM):
        """End it in order; its exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=CAP)

    def kill(self):
        """kill -9."""
        self.process.kill()
        self.process.wait(timeout=CAP)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()  # SIGKILL ends what SIGSTOP has frozen, too
        self.process.wait(timeout=CAP)
        for thread in self._threads:
            thread.join(timeout=CAP)
        self.process.stdout.close()
        self.process.stderr.close()


class NodeProcess(Spawned):
    """A node that has started."""

    def __init__(self, command, env):
        super().__init__(command, env)
        try:
            facts = self.event("started")
        except BaseException:
            self.close()
            raise
        self.peer, self.address, self.server = facts["peer"], facts["address"], facts["server"]
        self.short = self.peer.removeprefix("12D3KooW")[:8]


class Fleet:
    """Nodes of one test, and `ww` as their user runs it."""

    def __init__(self, folder, **changes):
        self.folder = folder
        self.env = environment(folder, **changes)
        self.nodes = []

    def start(self, *words, env=None, prefix=()):
        """One more node. `prefix` is a command that runs another one, such as `ip netns exec NAME`."""
        command = [*prefix, sys.executable, "-c", START, "start", "--json", *words]
        node = NodeProcess(command, {**self.env, **(env or {})})
        self.nodes.append(node)
        return node

    def start_many(self, count, *words):
        """Several, which see each other."""
        nodes = [self.start(*words) for _ in range(count)]
        self.meet(nodes)
        return nodes

    def meet(self, nodes, cap=CAP):
        """Wait until each of the nodes has told that all others joined."""
        for node in nodes:
            for other in nodes:
                if other is not node:
                    node.ever("joined", cap, peer=other.peer)

    def ww(self, *words, stdin=b"", code=None, prefix=(), **changes):
        """Run `ww` to its end."""
        done = subprocess.run(
            [*prefix, sys.executable, "-c", START, *map(str, words)],
            env={**self.env, **changes},
            input=stdin,
            capture_output=True,
            timeout=CAP,
            check=False,
        )
        if code is not None:
            assert done.returncode == code, (done.returncode, done.stdout.decode(), done.stderr.decode())
        return done

    def ask(self, *words, code=0, **options):
        """What `ww … --json` answers."""
        return json.loads(self.ww(words[0], "--json", *words[1:], code=code, **options).stdout)

    def command(self, *words, prefix=(), **changes):
        """A `ww` that runs on, such as `ww cluster run`."""
        return subprocess.Popen(
            [*prefix, sys.executable, "-c", START, *map(str, words)],
            env={**self.env, **changes},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def close(self):
        for node in self.nodes:
            node.close()
