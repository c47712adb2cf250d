"""Hostile bytes for the core: whatever comes, no more than that one connection ends, in bounded memory."""

import random

import pytest
from core_vats import INTERFACE, SimLink, SimVat, content, frame_size

from wetware.capnp.core.encode import Encoder
from wetware.capnp.core.limits import Limits
from wetware.capnp.core.peer import Peer
from wetware.capnp.core.trace import describe
from wetware.capnp.exceptions import FailedError

LIMITS = Limits(
    message_bytes=1 << 16,
    calls_in=50,
    questions=50,
    exports=50,
    imports=50,
    caps_in_message=20,
    path=8,
    send_bytes=1 << 18,
)


class Answering(SimVat):
    """A vat that answers every call at once with what it was given."""

    def start(self, call):
        if not call.done:
            caps = [cap for cap in call.params.reader().caps if cap is not None][:3]
            if call.method_id % 5 == 4:
                call.finish(None, FailedError("no"))
            elif call.method_id % 5 == 3 and caps:
                call.tail_call(caps[0], INTERFACE, 0, content(*caps[1:]))
                call.cap = call.params = None
            else:
                call.finish(content(*caps, self.object("new")), None)


def fresh():
    """A vat under attack, with questions, promises and exports of its own."""
    vat = Answering("target")
    root_object = vat.object("root")
    peer = Peer(vat.agenda, lambda: root_object, limits=LIMITS)
    root = peer.connection.bootstrap()
    promise = vat.promise()
    held = [root]
    for n in range(3):
        answer = root.send(INTERFACE, n, content(vat.object(f"o{n}"), promise))
        held += [answer, answer.pipeline((0,)), answer.pipeline((1,))]
        held.append(held[-1].send(INTERFACE, 9, content()))
    vat.agenda.run()
    peer.take()
    return vat, peer, promise, held


def corpus(seed=1):
    """Real messages of both directions, from conversations of two vats."""
    messages = []
    chance = random.Random(seed)
    for _ in range(20):
        a, b = Answering("a"), Answering("b")
        link = SimLink(a, b, {"b": b.object("root")}, tail_calls=chance.random() < 0.5)
        way = link.ways

        class Tap(type(way["a"])):
            def append(self, message):
                messages.append(message)
                super().append(message)

        link.ways = {"a": Tap(), "b": Tap()}
        root = link.connection("a").bootstrap()
        refs, answers = [root], []
        promise = a.promise()
        for _ in range(12):
            ref = chance.choice(refs)
            caps = [chance.choice([a.object("x"), promise, *refs]) for _ in range(chance.randint(0, 3))]
            answer = ref.send(INTERFACE, chance.randint(0, 5), content(*caps))
            answers.append(answer)
            refs.append(answer.pipeline((chance.randint(0, 3),)))
            if chance.random() < 0.3:
                answers.pop(0).cancel()
            if chance.random() < 0.4:
                link.settle()
            if chance.random() < 0.3:
                del refs[1:]
        promise.resolve(chance.choice(refs))
        link.settle()
    return messages


MESSAGES = corpus()


def handmade(chance, peer):
    """Messages of the right form; most of their numbers are right too, so that attacks get far."""
    encoder = Encoder(1 << 16, lambda: None, lambda: None)
    core = peer.connection
    paths = (None, (), (0,), (1,), (0, 1), (2, 0, 1))

    def live(table):
        if table and chance.random() < 0.97:
            return chance.choice(list(table))
        return chance.choice((0, 1, 2, 3, 4, 5, 6, 100, 0xFFFFFFFF))

    def new():
        return next(n for n in range(1 << 20) if n not in core.answers.entries or chance.random() < 0.02)

    def target():
        if chance.random() < 0.5 and core.answers.entries:
            return live(core.answers.entries), chance.choice(paths[1:])
        return live(core.exports.entries), None

    def descriptor():
        kind = chance.choice((0, 1, 1, 2, 2, 3, 3, 4))
        if kind == 3:
            return (3, live(core.exports.entries), None)
        if kind == 4:
            return (4, live(core.answers.entries), chance.choice(paths[1:]))
        return (kind, chance.randint(0, 12), None)

    def descriptors():
        return [descriptor() for _ in range(chance.choice((0, 0, 1, 2, 3, 19)))]

    kind = chance.choice(("call",) * 6 + ("results",) * 3 + tuple(KINDS))
    if kind == "bootstrap":
        encoder.bootstrap(new())
    elif kind == "call":
        caps = descriptors()
        encoder.call(
            new(),
            target(),
            INTERFACE,
            chance.randint(0, 5),
            pointers(len(caps)),
            caps,
            0,
            chance.randint(0, 1),
        )
    elif kind == "results":
        caps = descriptors()
        encoder.results(
            live(core.questions.entries),
            pointers(len(caps)),
            caps,
            no_finish=not caps and chance.random() < 0.5,
        )
    elif kind == "exception":
        encoder.exception(
            live(core.questions.entries),
            chance.randint(0, 5),
            "x",
            release_params=chance.random() < 0.5,
            no_finish=False,
        )
    elif kind == "other":
        encoder.return_other(live(core.questions.entries), chance.randint(2, 5), live(core.answers.entries))
    elif kind == "finish":
        encoder.finish(live(core.answers.entries), release_results=chance.random() < 0.5)
    elif kind == "release":
        export = live(core.exports.entries)
        entry = core.exports.entries.get(export)
        encoder.release(export, chance.randint(1, entry.count) if entry else 1)
    elif kind == "resolve":
        encoder.resolve(promises(chance, core, live), descriptor())
    elif kind == "disembargo":
        homes = [(n, None) for n in core.exports.entries if core.exports.points_home(n)]
        homes += [
            (n, path)
            for n, entry in core.answers.entries.items()
            for path in paths[1:4]
            if entry.returned and entry.points_home(path)
        ]
        if homes or chance.random() < 0.1:
            encoder.disembargo(chance.choice(homes) if homes else target(), chance.randint(0, 5), reply=False)
    elif kind == "lift":
        if core.embargoes.entries or chance.random() < 0.1:
            encoder.disembargo((0, None), live(core.embargoes.entries), reply=True)
    elif kind == "broken":
        encoder.resolve_broken(promises(chance, core, live), chance.randint(0, 5), "y")
    elif kind == "ping":
        encoder.ping()
    return b"".join(encoder.take())


KINDS = (
    "bootstrap",
    "exception",
    "other",
    "finish",
    "finish",
    "release",
    "resolve",
    "disembargo",
    "lift",
    "broken",
    "ping",
)


def promises(chance, core, live):
    """An imported promise that has not resolved, where there is one."""
    waiting = [
        n for n, entry in core.imports.entries.items() if entry.cap() is not None and entry.cap().is_promise
    ]
    return chance.choice(waiting) if waiting else live(core.imports.entries)


def pointers(count):
    """A content with so many capability pointers, without capabilities behind them."""
    message = content(*([None] * count))
    for index in range(count):
        message.segment[16 + 8 * index : 24 + 8 * index] = (3 | index << 32).to_bytes(8, "little")
    return message


def mutated(chance):
    """A real message, damaged."""
    data = bytearray(chance.choice(MESSAGES))
    for _ in range(chance.randint(1, 4)):
        how = chance.randint(0, 5)
        at = chance.randrange(len(data))
        if how == 0:
            data[at] ^= 1 << chance.randrange(8)
        elif how == 1:
            data[at] = chance.choice((0, 1, 2, 3, 4, 0x7F, 0x80, 0xFF))
        elif how == 2:
            word = at & ~7
            data[word : word + 8] = chance.randbytes(8)
        elif how == 3:
            other = chance.choice(MESSAGES)
            word = at & ~7
            data[word : word + 8] = other[:8]
        elif how == 4:
            word = at & ~7
            data[word : word + 4] = chance.choice((0, 1, 5, 0xFFFFFFFC, 0xFFFFFFFF, 0x7FFFFFFC)).to_bytes(
                4, "little"
            )
        else:
            word = at & ~7
            data[word : word + 8] = b"\0" * 8
    if chance.random() < 0.9 and len(data) >= 16:  # a frame that fits, so that the message is looked at
        data[0:8] = (0).to_bytes(4, "little") + ((len(data) - 8) // 8).to_bytes(4, "little")
    return bytes(data)


def attack(chance):
    vat, peer, promise, held = fresh()
    crude = chance.choice((0.0, 0.02, 0.5))
    count = 0
    for _ in range(chance.randint(1, 40)):
        luck = chance.random()
        if luck < crude:
            data = mutated(chance)
        elif luck < crude * 1.2:
            data = chance.choice(MESSAGES)
        else:
            data = handmade(chance, peer)
        count += 1
        if chance.random() < 0.3:
            at = 0
            while at < len(data):
                step = chance.randint(1, 40)
                peer.feed(data[at : at + step])
                at += step
        else:
            peer.feed(data)
        if chance.random() < 0.1:
            promise.resolve(
                chance.choice([vat.object("z"), *[one for one in held if hasattr(one, "resolved")]])
            )
            vat.agenda.run()
        if chance.random() < 0.1 and len(held) > 1:
            one = held.pop(chance.randrange(1, len(held)))
            if hasattr(one, "cancel"):
                one.cancel()
        connection = peer.connection
        assert len(connection.exports.entries) <= LIMITS.exports + LIMITS.caps_in_message
        assert len(connection.imports.entries) <= LIMITS.imports + 1
        assert len(connection.answers.entries) <= 2 * LIMITS.calls_in
        assert connection.answers.running <= LIMITS.calls_in
        assert len(peer.take_bytes()) < 1 << 22
        if connection.error is not None:
            break
    peer.end()
    assert peer.connection.idle
    assert peer.connection.answers.running >= 0
    assert not vat.agenda.run()
    return count


def run(inputs, seed):
    chance = random.Random(seed)
    done = 0
    while done < inputs:
        state = chance.getrandbits(64)
        try:
            done += attack(random.Random(state))
        except BaseException:
            print(f"attack {state}")
            raise


def test_attacks_that_found_something():
    # an unknown message of several segments, echoed with a table of four thousand million capabilities
    attack(random.Random(9561613983959384306))


def test_twenty_thousand_inputs():
    run(20_000, seed=7)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_million_inputs():
    run(1_000_000, seed=None)


def test_describing_never_fails():
    chance = random.Random(3)
    for _ in range(3000):
        data = mutated(chance)
        assert isinstance(describe(data), str)
    for message in MESSAGES[:500]:
        assert "malformed" not in describe(message)
        assert frame_size(message) == len(message)
