"""The layouts that messages are written in: recognised at once, and read the same in any other."""

import re

from core_vats import INTERFACE, SimLink, SimVat, content

from wetware.capnp.core.trace import describe


def moved(message):
    """The same message, its root struct one word further behind its pointer."""
    words = int.from_bytes(message[4:8], "little")
    assert message[:4] == bytes(4), "one segment"
    root = int.from_bytes(message[8:16], "little")
    return (
        bytes(4)
        + (words + 1).to_bytes(4, "little")
        + (root + 4).to_bytes(8, "little")
        + bytes(8)
        + message[16:]
    )


def exchange():
    """Every message of an exchange with calls of all shapes."""
    a, b = SimVat("a"), SimVat("b")
    link = SimLink(a, b, {"b": b.object("root")})
    told = []

    def settle():
        link.pump()
        while any(link.ways.values()):
            for vat in link.vats:
                told.extend(link.ways[vat.name])
                while link.ways[vat.name]:
                    message = link.ways[vat.name].popleft()
                    link.peers[link.other(vat.name).name].feed(message)
                link.pump()

    root = link.connection("a").bootstrap()
    mine = a.object("mine")
    settle()
    held = []
    for caps in ((), (mine,), (mine, root, None)):
        answer = root.send(INTERFACE, 1, content(*caps, text="text"))
        held.append(answer)
        held += [
            answer.pipeline(path).send(INTERFACE, 2, content(*caps)) for path in ((0,), (2,), (1, 0), ())
        ]
        settle()
        b.inbox.popleft().finish(content(b.object("given"), *caps), None)
        settle()
        while b.inbox:
            b.inbox.popleft().finish(content(text="done"), None)
        settle()
    del held, answer
    settle()
    return told


def test_a_message_reads_the_same_in_another_layout():
    def without_size(line):
        return re.sub(r"\(\d+ bytes\)", "", line)

    messages = exchange()
    kinds = {describe(message).split()[0] for message in messages}
    assert {"bootstrap", "call", "return", "finish", "release"} <= kinds
    for message in messages:
        line = describe(message)
        assert "malformed" not in line
        assert without_size(describe(moved(message))) == without_size(line)


def test_what_a_finish_gives_back_is_let_go_of_after_the_answers():
    a, b = SimVat("a"), SimVat("b")
    link = SimLink(a, b, {"b": b.object("root")})
    root = link.connection("a").bootstrap()
    link.settle()
    pipelined = root.send(INTERFACE, 0, content()).pipe((0,)).send(INTERFACE, 1, content())
    link.settle()
    b.inbox.popleft().finish(content(b.object("given")), None)
    link.settle()
    assert b.inbox.popleft().cap is not None
    assert not pipelined.done
    peer = link.peers["b"]
    exports = link.connection("b").exports.entries
    # nobody holds the first answer: its `Finish` has given its capability back
    assert [entry.cap.server for entry in exports.values()] == ["root"]

    again = root.send(INTERFACE, 0, content()).pipe((0,)).send(INTERFACE, 1, content())
    link.pump()
    while link.ways["a"]:
        peer.feed(link.ways["a"].popleft())
    b.inbox.popleft().finish(content(b.object("given")), None)
    returned = peer.take_bytes()
    link.peers["a"].feed(returned)
    finish = link.peers["a"].take_bytes()
    b.dropped_objects.clear()
    peer.feed(finish)
    assert len(exports) == 2  # the answers of this step go out before anything is let go of
    peer.feed(b"")  # the next step does it, if the driver has not
    b.agenda.run()
    assert len(exports) == 1
    assert not again.done
