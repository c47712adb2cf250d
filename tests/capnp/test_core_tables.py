"""The tables of a connection: counts that cross, numbers that come again, lies of the peer."""

import gc

import pytest
from core_vats import INTERFACE, SimLink, SimVat, content

from wetware.capnp.core.encode import Encoder
from wetware.capnp.core.peer import Peer
from wetware.capnp.core.tables import Ids
from wetware.capnp.core.trace import describe
from wetware.capnp.exceptions import FailedError


def make_pair(**options):
    a, b = SimVat("a"), SimVat("b")
    root = b.object("root")
    return SimLink(a, b, {"b": root}, **options), a, b, root


def test_numbers_come_again_only_when_given_back():
    ids = Ids()
    assert [ids.take() for _ in range(3)] == [0, 1, 2]
    ids.give_back(1)
    assert [ids.take() for _ in range(2)] == [1, 3]


def test_an_import_that_comes_again_before_the_release_is_kept():
    link, _a, b, _ = make_pair()
    thing = b.object("thing")
    root = link.connection("a").bootstrap()
    first = root.send(INTERFACE, 0, content())
    link.settle()
    b.inbox.popleft().finish(content(thing), None)
    link.settle()
    assert not first.failure
    second = root.send(INTERFACE, 0, content())
    link.settle()
    b.inbox.popleft().finish(content(thing), None)
    link.pump()
    # the last reference goes, and in the same turn, before the queue is worked off, the capability comes
    # again
    del first
    link.deliver("b")
    link.settle()
    again = second.pipe((0,))
    again.send(INTERFACE, 1, content())
    link.settle()
    assert [call.cap.server for call in b.inbox] == ["thing"]


def test_the_release_carries_the_whole_count():
    link, _a, b, _ = make_pair()
    lines = []
    link.log = lines.append
    thing = b.object("thing")
    root = link.connection("a").bootstrap()
    answers = []
    for _ in range(5):
        answers.append(root.send(INTERFACE, 0, content()))
        link.settle()
        b.inbox.popleft().finish(content(thing, thing), None)
        link.settle()
    answers.clear()
    link.settle()
    assert [line for line in lines if "release" in line] == ["a → b: release cap 1, 10 times"]


def test_questions_are_reused_and_tables_stay_small():
    link, _a, b, _ = make_pair()
    root = link.connection("a").bootstrap()
    for _ in range(500):
        answer = root.send(INTERFACE, 0, content())
        link.settle()
        b.inbox.popleft().finish(content(), None)
        link.settle()
        assert answer.done
    assert link.connection("a").questions._ids._next <= 2


def test_a_promise_is_exported_once_and_resolved_once():
    link, a, _b, _ = make_pair()
    lines = []
    link.log = lines.append
    promise = a.promise()
    root = link.connection("a").bootstrap()
    for _ in range(3):
        root.send(INTERFACE, 0, content(promise, promise))
    link.settle()
    promise.resolve(a.object("x"))
    link.settle()
    assert len([line for line in lines if "resolve" in line]) == 1


def test_a_promise_that_becomes_another_promise_sends_nothing():
    link, a, _b, _ = make_pair()
    lines = []
    first, second = a.promise(), a.promise()
    root = link.connection("a").bootstrap()
    root.send(INTERFACE, 0, content(first))
    link.settle()
    link.log = lines.append
    first.resolve(second)
    link.settle()
    assert lines == []
    second.resolve(a.object("x"))
    link.settle()
    assert len([line for line in lines if "resolve" in line]) == 1


def test_watchers_do_not_pile_up_on_a_promise_that_is_sent_again_and_again():
    link, a, b, _ = make_pair()
    promise = a.promise()
    root = link.connection("a").bootstrap()
    for _ in range(100):
        root.send(INTERFACE, 0, content(promise))
        link.settle()
        b.inbox.popleft().finish(content(), None)
        link.settle()
    assert len(promise._watchers or ()) <= 1
    assert not link.tables("b").get("imports")


def speaker():
    """Someone who says whatever he likes, and the vat that hears it."""
    vat = SimVat("vat")
    root = vat.object("root")
    peer = Peer(vat.agenda, lambda: root)
    return Encoder(1 << 20, lambda: None, lambda: None), peer, vat


LIES = {
    "an export that does not exist": lambda e: e.call(0, (7, None), INTERFACE, 0, content(), (), 0, 0),
    "released more often": lambda e: e.release(0, 1),
    "question 0 was not asked": lambda e: e.exception(0, 0, "x", release_params=True, no_finish=False),
    "in use already": lambda e: (e.bootstrap(0), e.bootstrap(0)),
    "embargo 3 was not imposed": lambda e: e.disembargo((0, None), 3, reply=True),
    "does not exist": lambda e: e.disembargo((9, ()), 3, reply=False),
    "does not lead back": lambda e: (e.bootstrap(0), e.disembargo((0, ()), 3, reply=False)),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_ends_the_connection_with_an_abort(lie):
    encoder, peer, _vat = speaker()
    LIES[lie](encoder)
    data = b"".join(encoder.take())
    peer.feed(data)
    assert peer.connection.error is not None
    said = [describe(message) for message in split(peer.take_bytes())]
    assert said[-1].startswith("abort")
    # and is deaf from then on
    peer.feed(data)
    assert peer.take_bytes() == b""


def split(data):
    from core_vats import frame_size

    out = []
    while data:
        size = frame_size(data)
        out.append(data[:size])
        data = data[size:]
    return out


def test_messages_that_are_not_known_are_echoed():
    encoder, peer, _ = speaker()
    encoder.ping()
    ping = b"".join(encoder.take())
    peer.feed(ping)
    # the echo, heard by a peer of our kind, is no error
    echo = peer.take_bytes()
    other = speaker()[1]
    other.feed(echo)
    assert other.connection.error is None
    assert echo.endswith(ping[16:])


def test_a_call_with_a_result_for_a_third_party_is_echoed_and_its_caller_told():
    encoder, peer, vat = speaker()
    encoder.bootstrap(0)
    encoder.call(1, (0, ()), INTERFACE, 0, content(vat.object("x")), [(1, 0, None)], 0, 2)
    peer.feed(b"".join(encoder.take()))
    said = split(peer.take_bytes())
    assert describe(said[-1]).startswith("unimplemented: #1")
    assert peer.connection.error is None
    assert not vat.inbox


def test_a_call_that_the_peer_does_not_know_fails_and_its_capabilities_are_released():
    link, a, _b, _ = make_pair()
    root = link.connection("a").bootstrap()
    link.settle()
    answer = root.send(INTERFACE, 0, content(a.object("x")))
    link.pump()
    message = link.ways["a"].popleft()
    echo = Encoder(1 << 20, lambda: None, lambda: None)
    from wetware.capnp.framing import read_message

    echo.unimplemented(read_message(message))
    link.peers["a"].feed(b"".join(echo.take()))
    assert answer.failure.kind == "unimplemented"
    assert not link.connection("a").exports.entries
    assert not link.connection("a").questions.entries


def test_a_resolve_that_the_peer_does_not_know_releases_what_it_named():
    link, a, _b, _ = make_pair()
    promise = a.promise()
    root = link.connection("a").bootstrap()
    root.send(INTERFACE, 0, content(promise))
    link.settle()
    promise.resolve(a.object("x"))
    link.pump()
    assert len(link.connection("a").exports.entries) == 2
    message = link.ways["a"].popleft()
    assert "resolve" in describe(message)
    echo = Encoder(1 << 20, lambda: None, lambda: None)
    from wetware.capnp.framing import read_message

    echo.unimplemented(read_message(message))
    link.peers["a"].feed(b"".join(echo.take()))
    assert len(link.connection("a").exports.entries) == 1


def test_an_abort_of_the_peer_ends_everything():
    link, _a, _b, _ = make_pair()
    root = link.connection("a").bootstrap()
    answer = root.send(INTERFACE, 0, content())
    link.settle()
    link.connection("b").abort(FailedError("enough"))
    link.settle()
    assert "enough" in str(answer.failure)
    assert link.connection("a").idle
    assert link.connection("b").idle
    gc.collect()
