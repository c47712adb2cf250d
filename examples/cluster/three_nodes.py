"""Three nodes on this machine, a program on each through one of them, what runs where, and a clean end.

    python examples/cluster/three_nodes.py [PROGRAM]

It does what you would do in four terminals, and shows each command. The nodes meet in a directory of their
own, so that they do not mix with those that you run.
"""

import contextlib
import json
import os
import shlex
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
WW = [sys.executable, "-c", "from wetware.cli.main import main; main()"]
PATIENCE = 60.0
"""Seconds for what takes one or two."""


class Node:
    """`ww start`, in a process of its own."""

    def __init__(self, env: dict[str, str], *words: str) -> None:
        say("ww start", *words)
        self.joined: set[str] = set()
        self.peer = ""
        self.address = ""
        self._some = threading.Condition()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - for as long as the node; shown where it fails
        self.process = subprocess.Popen(  # noqa: S603 - this is what a user would type
            [*WW, "start", "--json", *words],
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._errors,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            event = json.loads(line)
            with self._some:
                if event["event"] == "started":
                    self.peer, self.address = event["peer"], event["address"]
                elif event["event"] == "joined":
                    self.joined.add(event["peer"])
                self._some.notify_all()
        with self._some:
            self._some.notify_all()

    def wait_for(self, others: int) -> None:
        """Wait until it has started, and has seen so many others."""
        with self._some:
            there = self._some.wait_for(
                lambda: self.process.poll() is not None or (self.peer and len(self.joined) >= others),
                PATIENCE,
            )
        if not there or self.process.poll() is not None:
            self._errors.seek(0)
            log = self._errors.read().decode(errors="replace")
            raise SystemExit(f"a node did not start, or did not find the others\n{log}")

    def stop(self) -> int:
        """End it as Ctrl-C does: processes are ended, the others told. Its exit code."""
        self.process.terminate()
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        self._reader.join()
        self._errors.close()
        return code


def say(*words: str) -> None:
    """Show a command as it would be typed."""
    print(f"\n$ {shlex.join(words[:1]).strip(chr(39))} {shlex.join(words[1:])}".rstrip(), flush=True)


def ww(env: dict[str, str], *words: str) -> str:
    """Run `ww`, show what it says, and return that."""
    say("ww", *words)
    done = subprocess.run(  # noqa: S603 - this is what a user would type
        [*WW, *words], env=env, stdout=subprocess.PIPE, text=True, check=False
    )
    print(done.stdout, end="", flush=True)
    if done.returncode:
        raise SystemExit(f"ww {words[0]} gave exit code {done.returncode}")
    return done.stdout


def main(program: str) -> int:
    """Show it all."""
    spin = str(HERE / "spin.wat")
    with tempfile.TemporaryDirectory(prefix="ww-") as folder, contextlib.ExitStack() as nodes:
        env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("WW_")},
            **{name: os.environ[name] for name in ("WW_CACHE",) if name in os.environ},
            "WW_RUNTIME": f"{folder}/run",
            "WW_DATA": f"{folder}/data",
        }
        started = []
        for name in ("anna", "bert", "cleo"):
            node = Node(env, "--meta", f"name={name}")
            nodes.callback(node.stop)
            started.append(node)
        for node in started:
            node.wait_for(len(started) - 1)
        ww(env, "ls")
        first = ("--peer", started[0].address)  # one node is enough to reach all of them
        for name in ("anna", "bert", "cleo"):
            ww(env, "cluster", "run", *first, "--on", name, program)
        begun = ww(env, "cluster", "run", *first, "--detach", "--spread", "3", spin).split()
        ww(env, "ps", *first)
        ww(env, "kill", *first, *begun)
        ww(env, "ps", *first)
        nodes.pop_all()
        print("\nstopping the nodes", flush=True)
        codes = [node.stop() for node in started]
    if any(codes):
        raise SystemExit(f"the nodes ended with {codes} instead of 0")
    print("all three have ended in order")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else str(HERE / "hello.wat")))
