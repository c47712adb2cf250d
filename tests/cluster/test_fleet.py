"""Nodes as processes of the operating system, and `ww` as their user runs it."""

import contextlib
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest
from node_fleet import CAP, EXAMPLES, HELLO, SPIN, SRC, finish, until

ENDING = ("dead", "expired")


def processes(fleet, *words):
    return fleet.ask("ps", *words)["processes"]


# --- the main job ---
def test_three_nodes_run_a_program_each(fleet):
    """Through one of them: output and exit code come back, `ww ps` shows all, the end is clean."""
    nodes = fleet.start_many(3, "--meta", "lab=x")
    assert {row["peer"] for row in fleet.ask("ls")["nodes"]} == {node.peer for node in nodes}
    for node in nodes:
        done = fleet.ww("cluster", "run", "--on", node.short, HELLO, code=0)
        assert (done.stdout, done.stderr) == (b"hello, world\n", b"")
    done = fleet.ww("cluster", "run", "--spread", "6", "--where", "lab=x", "--json", HELLO, code=0)
    summary = json.loads(done.stderr.splitlines()[-1])
    places = [process["node"] for process in summary["processes"]]
    assert sorted(places) == sorted([node.peer for node in nodes] * 2)
    assert len(done.stdout.splitlines()) == 6
    started = fleet.ww("cluster", "run", "--detach", "--spread", "3", SPIN, code=0).stdout.decode().split()
    rows = processes(fleet)
    assert {row["node"] for row in rows} == {node.peer for node in nodes}
    assert {f"{row['pid']}@{row['node'][8:14]}" for row in rows} == set(started)
    for node in nodes:  # whichever node is asked first
        seen = processes(fleet, "--peer", node.address)
        assert {row["process"] for row in seen} == {row["process"] for row in rows}
    fleet.ww("kill", *started, code=0)
    assert processes(fleet) == []
    for node in nodes:
        assert node.stop() == 0


def test_the_demo():
    """As `make.py demo` ends; it shows what it does, and leaves nothing behind."""
    done = subprocess.run(
        [sys.executable, EXAMPLES / "cluster" / "three_nodes.py"],
        env={**os.environ, "PYTHONPATH": str(SRC)},
        capture_output=True,
        text=True,
        timeout=2 * CAP,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("hello, world") == 3
    assert len(re.findall(r" (?:running|runnable) ", done.stdout)) == 3  # on a processor or not
    assert done.stdout.endswith("all three have ended in order\n")


def test_what_is_done_to_processes(fleet):
    one, other = fleet.start_many(2)
    name = fleet.ww("cluster", "run", "-d", "--on", other.short, SPIN, code=0).stdout.decode().strip()
    pid = name.partition("@")[0]
    assert fleet.ask("pause", name) == {"paused": [f"{pid}@{other.peer}"], "failed": []}
    assert processes(fleet)[0]["state"] == "paused"
    fleet.ww("resume", pid, code=0)  # the number alone: no other node has such a process
    until(lambda: processes(fleet)[0]["state"] == "running")
    top = fleet.ask("top", "--interval", "200ms", pid)
    assert top["processes"][0]["share"] > 0
    waiting = fleet.command("wait", "--json", name)
    fleet.ww("kill", name, code=0)
    code, out, _ = finish(waiting)
    assert code == 137
    assert json.loads(out)["ended"][0]["reason"]["kind"] == "killed"
    assert fleet.ww("wait", name).returncode == 137  # it is remembered, since it was detached
    assert one.peer != other.peer


def test_names_that_mean_nothing_or_too_much(fleet):
    nodes = fleet.start_many(2, "--meta", "name=same")
    done = fleet.ww("kill", "7", code=127)
    assert b"no node of the cluster has a process 7" in done.stderr
    done = fleet.ww("kill", f"7@{nodes[0].short}", code=127)
    assert b"process 7 not found" in done.stderr
    done = fleet.ww("ps", "--on", "nobody", code=2)
    assert b"`ww ls` lists them" in done.stderr
    done = fleet.ww("cluster", "run", "--on", "same", HELLO, code=2)
    assert b"could be 2 nodes" in done.stderr
    for node in nodes:
        fleet.ww("cluster", "run", "-d", "--on", node.short, SPIN, code=0)
    done = fleet.ww("kill", "2", code=2)
    assert b"2 nodes have a process 2" in done.stderr
    assert len(processes(fleet)) == 2


def test_programs_that_are_none(fleet, tmp_path):
    fleet.start()
    junk = tmp_path / "junk.wasm"
    junk.write_bytes(b"\0asm\1\0\0\0 and nothing that makes sense")
    assert b"there is no file" in fleet.ww("cluster", "run", tmp_path / "absent", code=127).stderr
    done = fleet.ww("cluster", "run", junk, code=126)
    assert b"junk.wasm: " in done.stderr
    assert b"ww inspect" in done.stderr
    # the node's compiler alone can tell: there is nothing on the stack to be taken off
    wrong = tmp_path / "wrong.wat"
    wrong.write_text('(module (memory (export "memory") 1) (func (export "_start") drop))')
    done = fleet.ww("cluster", "run", wrong, code=126)
    assert b"wrong.wat: " in done.stderr
    done = fleet.ww("cluster", "run", "--json", "--deadline", "200ms", SPIN, code=124)
    (process,) = json.loads(done.stderr.splitlines()[-1])["processes"]
    assert process["reason"]["which"] == "deadline"


def test_a_policy_bounds_what_an_account_may_use(fleet, tmp_path):
    path = tmp_path / "policy.toml"
    path.write_text(
        '[login]\npolicy = "allow"\ngrant = "all"\n'
        "limits = { processes = 1, memory = 1_073_741_824, deadline = 3600 }\n"
    )
    fleet.start("--policy", path)
    fleet.ww("cluster", "run", "--memory", "1GiB", HELLO, code=0)
    done = fleet.ww("cluster", "run", "--memory", "2GiB", HELLO, code=125)
    assert b"limit of 1073741824 on memory at most" in done.stderr
    assert b"policy" in done.stderr
    name = fleet.ww("cluster", "run", "-d", SPIN, code=0).stdout.decode().strip()
    done = fleet.ww("cluster", "run", HELLO, code=125)
    assert b"1 of 1 for the account" in done.stderr
    fleet.ww("kill", name, code=0)
    fleet.ww("cluster", "run", HELLO, code=0)


def test_input_output_and_exit_codes(fleet, wat_program):
    _, other = fleet.start_many(2)
    there = ("cluster", "run", "--on", other.short)
    done = fleet.ww(*there, "--stdin", wat_program("cat"), stdin=b"a\nb\n" * 50_000)
    assert (done.returncode, done.stdout) == (0, b"a\nb\n" * 50_000)
    fleet.ww(*there, wat_program("exit_7"), code=7)
    assert b"trapped" in fleet.ww(*there, wat_program("trap_unreachable"), code=134).stderr
    name = fleet.ww("cluster", "run", "-d", HELLO, code=0).stdout.decode().strip()
    assert fleet.ww("wait", name, code=0).stdout == b"exited with code 0\n"
    for _ in range(2):  # looking takes nothing away
        assert fleet.ww("logs", name, code=0).stdout == b"hello, world\n"
    assert fleet.ww("logs", "--follow", name, code=0).stdout == b"hello, world\n"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_kills_there(fleet, number, code):
    _, other = fleet.start_many(2)
    running = fleet.command("cluster", "run", "--on", other.short, SPIN)
    until(lambda: processes(fleet))
    running.send_signal(number)
    assert finish(running)[0] == code
    until(lambda: not processes(fleet))


def test_a_command_that_is_killed_leaves_nothing(fleet):
    _, other = fleet.start_many(2)
    running = fleet.command("cluster", "run", "--on", other.short, SPIN)
    until(lambda: processes(fleet))
    running.kill()
    finish(running)
    until(lambda: not processes(fleet))


def test_publish_and_subscribe(fleet):
    """From the shell, at different nodes: lines of stdin, bytes that are no text, an end after so many."""
    one, other = fleet.start_many(2)
    hearing = fleet.command("cluster", "subscribe", "--json", "--count", "5", "--peer", one.address, "news")
    assert b"listens to news" in hearing.stderr.readline()
    there = ("cluster", "publish", "--peer", other.address, "news")
    fleet.ww(*there, "it rains", "ü", code=0)
    fleet.ww(*there, stdin=b"a\n\xff\nlast", code=0)
    code, out, _ = finish(hearing)
    assert code == 0
    heard = [json.loads(line) for line in out.splitlines()]
    assert [message.get("content") for message in heard] == ["it rains", "ü", "a", None, "last"]
    assert heard[3]["base64"] == "/w=="
    assert {(message["node"], message["lost"]) for message in heard} == {(other.peer, 0)}


def test_a_program_keeps_files_in_a_volume(fleet, tmp_path, c_program):
    """One that was named when the node was started: nobody else's files, and read-only unless it says so."""
    (tmp_path / "kept").mkdir()
    node = fleet.start("--volume", f"kept={tmp_path / 'kept'}")
    files = c_program("files")
    done = fleet.ww(
        "cluster", "run", "--volume", "kept/a:/data:rw", files, "write", "/data/b", "some", code=0
    )
    assert done.stdout == b"wrote 4\n"
    assert (tmp_path / "kept" / "a" / "b").read_text() == "some"
    assert (
        fleet.ww("cluster", "run", "--volume", "kept", files, "read", "/kept/a/b", code=0).stdout == b"some"
    )
    fleet.ww("cluster", "run", "--volume", "kept/a", files, "write", "/kept/a/b", "other", code=1)
    done = fleet.ww("cluster", "run", "--volume", "other", files, "read", "/other/b", code=1)
    assert b"has granted no volume 'other' to this account; it has granted kept" in done.stderr
    fleet.ww("cluster", "run", "--detach", "--volume", "kept:rw", SPIN, code=0)
    done = fleet.ww("cluster", "run", "--volume", "kept", files, "read", "/kept/a/b", code=1)
    assert b"in use by process" in done.stderr
    assert (tmp_path / "kept" / "a" / "b").read_text() == "some"
    assert node.stop() == 0


# --- nodes that end ---
def test_the_death_of_a_node_is_an_end(fleet):
    """What ran there counts as lost, at once; the others find the node dead."""
    one, other = fleet.start_many(2)
    running = fleet.command("cluster", "run", "--on", other.short, "--peer", one.address, SPIN)
    until(lambda: processes(fleet))
    other.kill()
    code, _, errors = finish(running)
    assert code == 1
    assert "lost" in errors
    assert one.event("left")["why"] in ENDING
    assert [row["peer"] for row in fleet.ask("ls", "--peer", one.address)["nodes"]] == [one.peer]


def test_a_frozen_node_is_told_of(fleet):
    """`ww ps` names it on stderr and in the exit code, until the membership finds it; thawed, it is back."""
    one, other = fleet.start_many(2)
    running = fleet.command("cluster", "run", "--on", other.short, "--peer", one.address, SPIN)
    until(lambda: processes(fleet))
    other.send(signal.SIGSTOP)
    done = fleet.ww("ps", "--json", "--peer", one.address, "--timeout", "1s")
    if done.returncode:  # else it was found dead before it was asked
        assert other.peer[8:14].encode() in done.stderr
        assert json.loads(done.stdout)["unreachable"][0]["peer"] == other.peer
    assert one.event("left", peer=other.peer)["why"] in ENDING
    code, _, errors = finish(running)
    assert code == 1
    assert "lost" in errors
    other.send(signal.SIGCONT)
    one.event("joined", peer=other.peer)
    until(lambda: len(fleet.ask("ls", "--peer", one.address)["nodes"]) == 2)
    assert other.stop() == 0


def test_a_node_is_started_anew_with_its_key(fleet, tmp_path):
    one = fleet.start()
    data = ("--data", str(tmp_path / "node"))
    other = fleet.start(*data)
    fleet.meet([one, other])
    other.kill()
    again = fleet.start(*data)
    assert again.peer == other.peer
    # it is found dead first, or found anew before that
    until(lambda: len(one.told("joined")) == 2 or [e for e in one.told("updated") if e["restarted"]])
    there = ("cluster", "run", "--on", again.short, "--peer", one.address)
    until(lambda: fleet.ww(*there, HELLO).returncode == 0)


def test_draining_tells_those_who_wait(fleet):
    one, other = fleet.start_many(2)
    running = fleet.command("cluster", "run", "--on", other.short, "--peer", one.address, SPIN)
    until(lambda: processes(fleet))
    assert other.stop() == 0
    code, _, errors = finish(running)
    assert code in (1, 137)
    assert "shut" in errors or "lost" in errors
    assert one.event("left", peer=other.peer)["why"] == "left"


def test_no_node(fleet):
    done = fleet.ww("ps", "--timeout", "1s", code=1)
    assert b"start one with `ww start`" in done.stderr
    done = fleet.ww("ps", "--peer", "127.0.0.1:1", "--timeout", "1s", code=1)
    assert b"127.0.0.1:1" in done.stderr


# --- many ---
def test_ten_nodes_see_each_other(fleet):
    nodes = fleet.start_many(10)
    assert {row["peer"] for row in fleet.ask("ls")["nodes"]} == {node.peer for node in nodes}
    done = fleet.ww("cluster", "run", "--spread", "10", "--timeout", "60s", HELLO, code=0)
    assert len({line.split(b":")[0] for line in done.stdout.splitlines()}) == 10
    for node in nodes:
        assert node.stop() == 0


@pytest.mark.slow
def test_fifty_nodes_in_one_machine(fleet):
    """They see each other, run something, and lose some: all miss those, and nobody misses anybody else."""
    nodes = fleet.start_many(50)
    assert len(fleet.ask("ls", "--timeout", "60s")["nodes"]) == 50
    done = fleet.ww("cluster", "run", "--spread", "50", "--timeout", "60s", HELLO, code=0)
    assert len({line.split(b":")[0] for line in done.stdout.splitlines()}) == 50
    victims = nodes[::7]
    names = {victim.peer for victim in victims}
    for victim in victims:
        victim.kill()
    left = [node for node in nodes if node not in victims]
    for node in left:
        for victim in victims:
            assert node.ever("left", 300, peer=victim.peer)["why"] in ENDING
    missed = [event for node in left for event in node.told("left") if event["peer"] not in names]
    assert missed == []


# --- strangers ---
def shared_key(fleet):
    """One cluster key for all nodes of the test; on loopback, so that strangers stand on this machine too."""
    fleet.ww("cluster", "key", "create", code=0)
    return ("--listen", "127.0.0.1:0", "--no-multicast")


def test_a_node_with_another_key_gets_nowhere(fleet, tmp_path):
    """It neither joins nor is told anything, whichever side dials; nor does its client."""
    node = fleet.start(*shared_key(fleet))
    home = {"WW_RUNTIME": str(tmp_path / "foreign-run"), "WW_DATA": str(tmp_path / "foreign")}
    fleet.ww("cluster", "key", "create", code=0, **home)
    rogue = fleet.start("--listen", "127.0.0.1:0", "--no-multicast", "--peer", node.address, env=home)
    victim = fleet.start("--listen", "127.0.0.1:0", "--no-multicast", "--peer", rogue.address)
    fleet.meet([node, victim])  # by the run-time directory that they share
    done = fleet.ww("ls", "--peer", node.address, "--timeout", "2s", code=1, **home)
    assert node.address.encode() in done.stderr
    assert node.peer.encode() not in done.stdout + done.stderr
    assert rogue.told("joined") == []
    assert {row["peer"] for row in fleet.ask("ls")["nodes"]} == {node.peer, victim.peer}


def test_noise_and_floods(fleet):
    """Junk on the stream and the datagram port, again and again: the cluster works, and nobody is removed."""
    nodes = fleet.start_many(2)
    host, _, port = nodes[0].address.rpartition(":")
    where = (host, int(port))
    stop = threading.Event()
    chance = random.Random(1)

    def flood():
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
            while not stop.is_set():
                for _ in range(200):
                    with contextlib.suppress(OSError):
                        datagrams.sendto(chance.randbytes(chance.randrange(1300)), where)
                with contextlib.suppress(OSError), socket.create_connection(where, timeout=5) as stream:
                    stream.sendall(chance.randbytes(chance.randrange(2000)))
                time.sleep(0.02)

    flooding = threading.Thread(target=flood)
    flooding.start()
    try:
        for _ in range(3):
            done = fleet.ww("cluster", "run", "--spread", "2", "--peer", nodes[0].address, HELLO, code=0)
            assert len(done.stdout.splitlines()) == 2
    finally:
        stop.set()
        flooding.join()
    for node in nodes:
        assert node.told("left") == []
        assert len(node.told("joined")) <= 1  # the other one, and nobody else


def test_open_streams_do_not_fill_a_node(fleet):
    """Strangers that connect and say nothing are dropped; a member gets in all the while."""
    node = fleet.start()
    host, _, port = node.address.rpartition(":")
    with contextlib.ExitStack() as streams:
        for _ in range(500):
            stream = socket.socket()
            streams.callback(stream.close)
            stream.setblocking(False)
            stream.connect_ex((host, int(port)))
        assert len(fleet.ask("ls")["nodes"]) == 1


def test_replayed_datagrams_change_nothing(fleet):
    """All that two nodes said to each other is said again, by somebody else, after one of them has left."""
    try:
        tap = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0800))
    except (OSError, AttributeError) as error:
        pytest.skip(f"packets cannot be recorded here: {error}")
    with tap:
        tap.bind(("lo", 0))
        tap.settimeout(0.1)
        one, other = fleet.start_many(2)
        host, _, port = one.address.rpartition(":")
        recorded = []
        end = time.monotonic() + 3
        while time.monotonic() < end:
            with contextlib.suppress(TimeoutError):
                frame = tap.recv(65536)
                head = 14 + (frame[14] & 15) * 4
                if frame[23] == 17 and int.from_bytes(frame[head + 2 : head + 4], "big") == int(port):
                    recorded.append(frame[head + 8 :])
        assert recorded
        assert other.stop() == 0
        one.event("left", peer=other.peer, why="left")
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as replay:
            for _ in range(3):
                for datagram in recorded * 10:
                    with contextlib.suppress(OSError):
                        replay.sendto(datagram, (host, int(port)))
                assert len(fleet.ask("ls")["nodes"]) == 1
        assert len(one.told("joined")) == 1


@pytest.mark.slow
def test_ten_minutes_of_full_load_remove_nobody(fleet):
    """Every processor is busy, with guests of the nodes and with others: no node is missed for a moment."""
    nodes = fleet.start_many(8)
    others = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2 * (os.cpu_count() or 1))
    ]
    try:
        fleet.ww("cluster", "run", "-d", "--spread", "16", "--timeout", "60s", SPIN, code=0)
        end = time.monotonic() + float(os.environ.get("WW_TEST_SOAK", "600"))
        while time.monotonic() < end:
            time.sleep(10)
            assert [event for node in nodes for event in node.told("left")] == []
    finally:
        for other in others:
            other.kill()
            other.wait()
    rows = fleet.ask("ls", "--timeout", "60s")["nodes"]
    assert len(rows) == 8
    for node in nodes:
        assert node.told("left") == []
