"""`ww start` and `ww ls`, as processes of their own."""

import json
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from ww_process import START, environment

from wetware.cli.nodes import NodeRow, fits, parse_condition

CAP = 60


class Started:
    """A node in a process of its own, and its log."""

    def __init__(self, env, *words):
        self.process = subprocess.Popen(
            [sys.executable, "-c", START, "start", "--json", *words],
            env=environment(**env),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines = queue.Queue()
        self.thread = threading.Thread(target=self._read)
        self.thread.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(json.loads(line))
        self.lines.put(None)

    def event(self, name):
        """The next event of this name."""
        while True:
            found = self.lines.get(timeout=CAP)
            assert found is not None, f"it ended without {name}: {self.process.stderr.read()}"
            if found["event"] == name:
                return found

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(timeout=CAP)

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(timeout=CAP)
        self.thread.join(timeout=CAP)
        self.process.stdout.close()
        self.process.stderr.close()


@pytest.fixture
def env(tmp_path):
    return {"WW_RUNTIME": str(tmp_path / "run"), "WW_DATA": str(tmp_path / "data")}


@pytest.fixture
def start(env):
    running = []

    def start(*words, **more):
        running.append(Started({**env, **more}, *words))
        return running[-1]

    yield start
    for node in running:
        node.close()


@pytest.fixture
def ls(ww, env):
    def ls(*words):
        done = ww("ls", "--json", *words, env=env)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)["nodes"]

    return ls


def test_nodes_with_nothing_configured(start, ls, ww, env):
    """Two nodes see each other, a client sees both, and a signal ends each in order."""
    one, other = start("--meta", "disk=big"), start()
    facts = [node.event("started") for node in (one, other)]
    assert [fact["cluster_key"] for fact in facts] == [None, None]
    assert one.event("joined")["peer"] == facts[1]["peer"]
    assert other.event("joined")["peer"] == facts[0]["peer"]
    rows = ls()
    assert {row["peer"]: row["addresses"] for row in rows} == {f["peer"]: [f["address"]] for f in facts}
    assert [row["peer"] for row in ls("--where", "disk=b*")] == [facts[0]["peer"]]
    text = ww("ls", env=env).stdout.decode()
    assert facts[0]["peer"] in text
    assert "disk=big" in text
    assert one.stop() == 0
    left = other.event("left")
    assert (left["peer"], left["why"]) == (facts[0]["peer"], "left")
    assert other.stop(signal.SIGINT) == 0
    done = ww("ls", env=env)
    assert done.returncode == 1
    assert b"start one with `ww start`" in done.stderr


def test_one_node_at_a_time_has_a_key(start, tmp_path):
    data = ["--data", str(tmp_path / "node")]
    first = start(*data)
    peer = first.event("started")["peer"]
    second = start(*data)
    assert second.process.wait(timeout=CAP) == 1
    assert "another node runs with the key" in second.process.stderr.read()
    assert first.stop() == 0
    assert start(*data).event("started")["peer"] == peer


def test_a_key_that_changes_under_a_running_node(start, ww, env):
    assert ww("cluster", "key", "create", env=env).returncode == 0
    node = start("--listen", "127.0.0.1:0", "--no-multicast")
    name = node.event("started")["cluster_key"]
    assert ww("cluster", "key", "rotate", env=env).returncode == 0
    assert node.event("key")["keys"][0] == name
    assert ww("cluster", "key", "rotate", "--use", env=env).returncode == 0
    assert node.event("key")["keys"][1] == name
    Path(env["WW_DATA"], "cluster.key").write_text("nonsense")
    assert "this is no cluster key" in node.event("warning")["message"]
    assert node.stop() == 0


@pytest.mark.parametrize(
    ("words", "story"),
    [
        (["--listen", "0.0.0.0:0"], "without a cluster key a node serves this machine alone"),
        (["--policy", "/no/such/file"], "cannot read the policy"),
        (["--cluster-key", "/no/such/file"], "cannot read /no/such/file"),
        (["--volume", "/tmp"], "--volume '/tmp' is not NAME=DIR"),
        (["--volume", "a=/tmp", "--volume", "a=/tmp"], "with a name of its own"),
        (["--volume", "a=/no/such/directory"], "is no directory"),
        (["--volume", "a b=/usr"], "is no name of a volume"),
        (["--data", "/tmp/x/y/node", "--volume", "a=/"], "programs would reach"),
    ],
)
def test_what_cannot_be_started(ww, env, words, story):
    done = ww("start", *words, env=env)
    assert done.returncode == 1
    assert story in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_policy_that_is_not_understood(ww, env, tmp_path):
    path = tmp_path / "policy.toml"
    path.write_text("[login]\npolicy = 'perhaps'\n")
    done = ww("start", "--policy", path, env=env)
    assert done.returncode == 1
    assert b"it is one of allow, only, deny" in done.stderr


def test_a_policy_keeps_others_out(start, ww, env, tmp_path):
    path = tmp_path / "policy.toml"
    path.write_text("[login]\npolicy = 'deny'\n")
    start("--policy", str(path)).event("started")
    done = ww("ls", env=env)
    assert done.returncode == 1
    assert b"may not log in here" in done.stderr


def test_an_entry_of_a_killed_node_misleads_nobody(start, ls, ww, env):
    node = start()
    node.event("started")
    node.process.send_signal(signal.SIGKILL)
    node.process.wait(timeout=CAP)
    assert ww("ls", env=env).returncode == 1
    again = start().event("started")
    assert [row["peer"] for row in ls()] == [again["peer"]]


def test_a_peer_that_does_not_answer(ww, env):
    done = ww("ls", "--peer", "127.0.0.1:1", "--timeout", "0.3s", env=env)
    assert done.returncode == 1
    assert b"no node was reached in 0.3 s: 127.0.0.1:1: connection refused" in done.stderr


def test_nothing_of_the_cluster_is_loaded_for_a_run(python):
    """`ww run` does not need `cryptography`, and does not pay for it."""
    loaded = python(
        "import sys\n"
        "import wetware.cli.run, wetware.cli.embedded, wetware.node\n"
        "print([name for name in ('cryptography', 'wetware.cluster') if name in sys.modules])"
    )
    assert loaded.strip() == "[]"


def row(**changes):
    facts = {
        "peer": "12D3KooWabc",
        "server": 255,
        "host": "anna",
        "addresses": (),
        "meta": ("gpu=yes", "disk=big=1"),
    }
    return NodeRow(**{**facts, **changes})


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("gpu=yes", True),
        ("gpu=y*", True),
        ("gpu=y", False),
        ("gpu=no", False),
        ("disk=big=1", True),
        ("host=anna", True),
        ("host=ann*", True),
        ("server=00000000000000ff", True),
        ("peer=12D3KooW*", True),
        ("none=*", False),
    ],
)
def test_conditions(text, matches):
    assert fits(row(), [parse_condition(text)]) is matches


def test_what_is_no_condition(ww, env):
    done = ww("ls", "--where", "gpu", env=env)
    assert done.returncode == 2
    assert b"write KEY=VALUE" in done.stderr


def test_the_pid_is_told(start):
    node = start()
    fact = node.event("started")
    assert fact["pid"] == node.process.pid
