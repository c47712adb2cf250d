"""Sessions and machine: every entry comes to something, the same everywhere."""

import pytest

from wetware.errors import LocalError, RemoteError
from wetware.raft.node.core.codec import Item, encode_item
from wetware.raft.node.core.replica import Replica
from wetware.raft.node.machine import ItemMap
from wetware.raft.sessions import Verdict, encode_command, open_session


class Machine(ItemMap):
    def apply(self, item):
        match item.value:
            case b"refuse":
                raise LocalError("it is refused")
            case b"fail":
                raise OSError("/etc/secret")
            case b"text":
                return "text"
            case b"memory":
                raise MemoryError
        super().apply(item)
        return b"ok"


def run(generator):
    try:
        next(generator)
    except StopIteration as stop:
        return stop.value
    raise AssertionError("this machine does not wait")


def made(**more):
    reports = []
    replica = Replica(
        Machine(), max_sessions=5, max_results=5, report=lambda *what: reports.append(what), **more
    )
    run(replica.apply(1, open_session(b"me")))
    return replica, reports


def put(replica, number, value, key=b"key"):
    return run(replica.apply(number + 1, encode_command(1, number, 0, encode_item(Item(key, value)))))


def test_commands_have_answers_and_repetitions_the_same():
    replica, _ = made()
    for _ in range(2):
        answer = put(replica, 1, b"1")
        assert (answer.verdict, answer.result) == (Verdict.DONE, b"ok")
    assert replica.machine.values == {b"key": b"1"}


def test_exceptions_are_answers_too_and_tell_no_secrets():
    replica, reports = made()
    for number, (value, text) in enumerate(
        [
            (b"refuse", b"it is refused"),
            (b"fail", b"the state machine failed with OSError"),
            (b"text", b"the state machine answered with str, not with bytes"),
        ],
        1,
    ):
        answer = put(replica, number, value)
        assert (answer.verdict, answer.result) == (Verdict.FAILED, text)
        assert put(replica, number, value) == answer
    assert [(index, type(error)) for index, error in reports] == [(3, OSError)]


def test_running_out_of_memory_is_no_answer():
    replica, _ = made()
    with pytest.raises(MemoryError):
        put(replica, 1, b"memory")


def test_what_is_no_item_is_a_refusal():
    replica, _ = made()
    answer = run(replica.apply(2, encode_command(1, 1, 0, b"junk")))
    assert answer.verdict is Verdict.FAILED
    assert run(replica.apply(3, b"\xff")).verdict is Verdict.MALFORMED


def test_a_snapshot_makes_the_same_replica():
    replica, _ = made()
    put(replica, 1, b"1")
    put(replica, 2, b"refuse")
    data = run(replica.snapshot())
    other, _ = made()
    run(other.restore(data))
    assert other.machine.values == {b"key": b"1"}
    assert run(other.snapshot()) == data
    assert put(other, 1, b"2").result == b"ok"
    assert other.machine.values == {b"key": b"1"}
    run(other.restore(b""))
    assert (other.machine.values, len(other.sessions)) == ({}, 0)


def test_damaged_snapshots_are_refused():
    replica, _ = made()
    put(replica, 1, b"1")
    data = run(replica.snapshot())
    without_items = len(data) - len(replica.machine.snapshot())
    for end in set(range(1, len(data))) - {without_items}:
        with pytest.raises(RemoteError):
            run(replica.restore(data[:end]))
    with pytest.raises(RemoteError, match="encoding"):
        run(replica.restore(b"x" * 40))


def test_a_machine_whose_snapshot_is_no_bytes_is_told_so():
    replica, _ = made()
    replica.machine.snapshot = dict
    with pytest.raises(LocalError, match="dict"):
        run(replica.snapshot())
