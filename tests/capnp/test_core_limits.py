"""Limits of a connection: what grows is refused with `overloaded`, and the rest goes on."""

import asyncio

import pytest
from core_vats import INTERFACE, SimLink, SimVat, content
from lab import Lab, as_echo, pair, until
from lab_capnp import Echo

from wetware.capnp.core.agenda import Agenda
from wetware.capnp.core.limits import Limits
from wetware.capnp.core.peer import Peer
from wetware.capnp.exceptions import FailedError, OverloadedError
from wetware.capnp.transport import Options
from wetware.errors import LimitError


def limited(**limits):
    a, b = SimVat("a"), SimVat("b")
    link = SimLink(a, b, {"b": b.object("root")}, limits=Limits(**limits))
    root = link.connection("a").bootstrap()
    link.settle()
    return link, a, b, root


def test_calls_beyond_the_limit_are_refused_and_nothing_of_them_is_kept():
    link, a, b, root = limited(calls_in=10)
    answers = [root.send(INTERFACE, 0, content(a.object("x"))) for _ in range(30)]
    link.settle()
    assert len(b.inbox) == 10
    refused = [answer for answer in answers if answer.done]
    assert len(refused) == 20
    assert all(isinstance(answer.failure, OverloadedError) for answer in refused)
    assert all(isinstance(answer.failure, LimitError) for answer in refused)
    assert link.tables("b") == {"answers": 10, "exports": 1, "imports": 10}
    assert link.tables("a")["exports"] == 10
    while b.inbox:
        b.inbox.popleft().finish(content(), None)
    link.settle()
    again = root.send(INTERFACE, 0, content())
    link.settle()
    assert not again.done


def test_cancelling_makes_no_room_for_more_than_the_limit():
    link, _a, b, root = limited(calls_in=10)

    class Stubborn:
        def __call__(self):
            """A handler that does not care."""

    for _ in range(5):
        answers = [root.send(INTERFACE, 0, content()) for _ in range(10)]
        link.settle()
        for call in b.inbox:
            call.stop = Stubborn()
        for answer in answers:
            answer.cancel()
        link.settle()
    assert link.connection("b").answers.running <= 10


def test_the_bytes_of_waiting_calls_are_bounded():
    link, _a, b, root = limited(call_bytes_in=100_000)
    answers = [root.send(INTERFACE, 0, content(text="x" * 30_000)) for _ in range(10)]
    link.settle()
    assert len(b.inbox) == 3
    assert sum(answer.done for answer in answers) == 7


def test_questions_are_bounded():
    _link, _a, _b, root = limited(questions=5)
    answers = [root.send(INTERFACE, 0, content()) for _ in range(8)]
    assert [answer.done for answer in answers] == [False] * 5 + [True] * 3
    assert all(isinstance(answer.failure, OverloadedError) for answer in answers[5:])


def test_exports_are_bounded():
    link, _a, b, root = limited(exports=10)
    answers = []
    for _ in range(15):
        answers.append(root.send(INTERFACE, 0, content()))
        link.settle()
        b.inbox.popleft().finish(content(b.object("x")), None)
        link.settle()
    refused = [answer for answer in answers if answer.failure is not None]
    assert len(refused) == 6  # the bootstrap is one of the ten
    assert all(isinstance(answer.failure, OverloadedError) for answer in refused)
    assert len(link.connection("b").exports.entries) == 10


def test_imports_are_bounded_for_calls_and_results():
    link, a, b, root = limited(imports=3)
    kept = [root.send(INTERFACE, 0, content(a.object("x"), a.object("y"))) for _ in range(3)]
    link.settle()
    assert [answer.done for answer in kept] == [False, True, True]
    assert len(link.connection("a").exports.entries) == 2
    call = b.inbox.popleft()
    call.finish(content(*[b.object("z") for _ in range(4)]), None)
    link.settle()
    assert isinstance(kept[0].failure, OverloadedError)
    # what was refused is given back
    assert len(link.connection("b").exports.entries) == 1


def test_a_peer_that_does_not_read_is_not_sent_more_than_the_budget():
    link, _a, _b, root = limited(send_bytes=50_000)
    answers = [root.send(INTERFACE, 0, content(text="x" * 20_000)) for _ in range(10)]
    assert [answer.done for answer in answers] == [False] * 3 + [True] * 7
    assert isinstance(answers[-1].failure, OverloadedError)
    link.settle()
    again = root.send(INTERFACE, 0, content(text="x" * 20_000))
    assert not again.done


def test_results_for_a_peer_that_does_not_read_become_overloaded():
    link, _a, b, root = limited(send_bytes=50_000)
    answers = [root.send(INTERFACE, 0, content()) for _ in range(10)]
    link.settle()
    while b.inbox:
        b.inbox.popleft().finish(content(text="x" * 20_000), None)
    assert link.peers["b"].encoder.queued < 100_000
    link.settle()
    assert sum(isinstance(answer.failure, OverloadedError) for answer in answers) == 7
    assert sum(answer.failure is None for answer in answers) == 3


def test_a_message_that_is_too_large_is_refused_by_its_sender():
    link, a, b, root = limited(message_bytes=10_000)
    answer = root.send(INTERFACE, 0, content(a.object("x"), text="x" * 20_000))
    assert isinstance(answer.failure, LimitError)
    assert not link.connection("a").exports.entries
    fine = root.send(INTERFACE, 0, content())
    link.settle()
    b.inbox.popleft().finish(content(text="x" * 20_000), None)
    link.settle()
    assert isinstance(fine.failure, OverloadedError)
    assert link.connection("a").error is None


def test_a_message_that_is_too_large_ends_the_connection_before_it_is_there():
    link, _a, _b, _root = limited(message_bytes=10_000)
    link.peers["b"].feed((0).to_bytes(4, "little") + (1 << 20).to_bytes(4, "little"))
    assert link.connection("b").error is not None


async def test_limits_hold_for_users_too():
    mine, _ = pair(Lab(), options=Options(limits=Limits(calls_in=4)))
    echo = mine.bootstrap(Echo)
    await echo.ping(n=0)
    calls = [echo.wait() for _ in range(4)]
    with pytest.raises(OverloadedError, match="under way"):
        await echo.ping(n=1)
    for call in calls:
        call.cancel()
    await until(lambda: True)
    await asyncio.sleep(0.01)
    assert (await echo.ping(n=1)).n == 2
    with pytest.raises(FailedError):
        await as_echo(echo.held().cap).ping(n=1)


@pytest.mark.parametrize(
    ("head", "limit"), [(b"\0\0\0\0\xff\xff\xff\x3f", "message_bytes"), (b"\xff\xff\0\0\1\0\0\0", "segments")]
)
def test_the_limit_that_a_message_breaks_stays_known(head, limit):
    """Whoever runs the connection can tell a peer that goes too far from one that is garbled."""
    peer = Peer(Agenda())
    peer.feed(head)
    assert isinstance(peer.connection.exceeded, LimitError)
    assert peer.connection.exceeded.limit == limit
    assert peer.connection.error is not None
    garbled = Peer(Agenda())
    garbled.feed(b"\0\0\0\0\1\0\0\0\3\3\3\3\3\3\3\3")
    assert garbled.connection.error is not None
    assert garbled.connection.exceeded is None
