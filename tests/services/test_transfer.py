"""Which holder is asked for what: transcripts, and random holders that die, lie and come late."""

import random

import pytest

from wetware.errors import LimitError
from wetware.services import transfer as core
from wetware.services.transfer import Ask, Check, Done, Failed, NotFoundAnywhereError, Seek, Transfer

CHUNK = core.CHUNK
WHOLE = random.Random(1).randbytes(10 * CHUNK + 5)


class Play:
    """A transfer, and what it asked for."""

    def __init__(self, max_bytes=1 << 30):
        self.transfer = Transfer("zABC", max_bytes)
        self.asks = []
        self.sought = False
        self.end = None

    def do(self, instructions):
        for instruction in instructions:
            match instruction:
                case Ask():
                    self.asks.append(instruction)
                case Seek():
                    self.sought = True
                case Check(content):
                    self.do(self.transfer.checked(good=content == WHOLE))
                case Done() | Failed():
                    assert self.end is None
                    self.end = instruction

    def found(self, holder):
        self.do(self.transfer.found(holder))

    def answer(self, content=WHOLE, size=None):
        """Answer the oldest question."""
        ask = self.asks.pop(0)
        chunk = content[ask.offset : ask.offset + ask.limit]
        self.do(self.transfer.arrived(ask, chunk, len(content) if size is None else size))
        return ask

    def fail(self):
        self.do(self.transfer.failed(self.asks.pop(0), "died"))

    @property
    def tale(self):
        assert isinstance(self.end, Failed)
        return str(self.end.error)


def test_a_program_from_one_holder():
    play = Play()
    play.found("a")
    assert [(ask.holder, ask.offset) for ask in play.asks] == [("a", 0)]
    first = play.answer()
    assert first.limit == CHUNK
    # its size is known now: a window of pieces is asked for
    assert [ask.offset for ask in play.asks] == [CHUNK * number for number in range(1, 1 + core.WINDOW)]
    while play.asks:
        play.answer()
        assert len(play.asks) <= core.WINDOW
    assert play.end == Done(WHOLE)
    assert play.transfer.kept == 0


def test_pieces_that_come_out_of_order():
    play = Play()
    play.found("a")
    play.answer()
    while play.asks:
        play.asks.reverse()
        play.answer()
    assert play.end == Done(WHOLE)


def test_resumes_where_the_last_one_stopped():
    play = Play()
    play.found("a")
    for _ in range(3):
        play.answer()
    play.found("b")
    left_over = play.asks[1]
    play.fail()
    offsets = [ask.offset for ask in play.asks if ask.holder == "b"]
    assert offsets[0] == 3 * CHUNK
    play.do(play.transfer.arrived(left_over, WHOLE[:CHUNK], len(WHOLE)))  # too late: means nothing
    play.asks = [ask for ask in play.asks if ask.holder == "b"]
    while play.asks:
        play.answer()
    assert play.end == Done(WHOLE)


def test_nobody_has_it():
    play = Play()
    play.do(play.transfer.begin())
    assert play.sought
    play.transfer.missed("node x", "does not have it")
    play.transfer.missed("node y", "could not be asked (it is asleep)")
    play.do(play.transfer.exhausted())
    assert isinstance(play.end.error, NotFoundAnywhereError)
    assert play.tale == (
        "bytecode for cid zABC not found: it is not here, and of those that were asked "
        "node x does not have it; node y could not be asked (it is asleep)"
    )


def test_nobody_to_ask():
    play = Play()
    play.do(play.transfer.begin())
    play.do(play.transfer.exhausted())
    assert "nobody to ask; put it first" in play.tale


def test_an_error_names_some_and_counts_the_others():
    play = Play()
    play.do(play.transfer.begin())
    for number in range(100):
        play.transfer.missed(f"n{number}", "does not have it")
    play.do(play.transfer.exhausted())
    assert "n7 does" in play.tale
    assert "n8 does" not in play.tale
    assert play.tale.endswith("and 92 more")


def test_others_are_sought_when_the_named_one_fails():
    play = Play()
    play.found("a")
    assert not play.sought
    play.fail()
    assert play.sought
    play.found("b")
    assert play.asks[0].holder == "b"
    while play.asks:
        play.answer()
    assert play.end == Done(WHOLE)


def test_the_same_one_is_tried_again_when_there_is_nobody_else():
    play = Play()
    play.found("a")
    play.answer()
    play.fail()
    play.asks.clear()
    play.do(play.transfer.exhausted())
    assert (play.asks[0].holder, play.asks[0].offset) == ("a", CHUNK)
    while play.asks:
        play.answer()
    assert play.end == Done(WHOLE)


def test_tries_end():
    play = Play()
    play.found("a")
    play.do(play.transfer.exhausted())
    for _ in range(core.TRIES):
        play.fail()
    assert "a died" in play.tale
    assert not play.asks


def test_oversized():
    play = Play(max_bytes=len(WHOLE) - 1)
    play.found("a")
    play.answer()
    play.do(play.transfer.exhausted())
    assert isinstance(play.end.error, LimitError)
    assert (play.end.error.used, play.end.error.allowed) == (len(WHOLE), len(WHOLE) - 1)


def test_one_that_lies_about_the_size_hides_nobody():
    play = Play(max_bytes=len(WHOLE))
    play.found("liar")
    play.found("a")
    play.answer(size=1 << 60)
    while play.asks:
        play.answer()
    assert play.end == Done(WHOLE)


@pytest.mark.parametrize("chunk", [b"", b"short", bytes(CHUNK + 1)])
def test_a_piece_that_does_not_fit(chunk):
    play = Play()
    play.found("a")
    play.do(play.transfer.arrived(play.asks.pop(), chunk, len(WHOLE)))
    assert not play.asks
    play.do(play.transfer.exhausted())
    assert "does not fit" in play.tale


def test_wrong_bytes_of_one_holder():
    play = Play()
    play.found("liar")
    play.found("a")
    while play.asks and play.asks[0].holder == "liar":
        play.answer(bytes(len(WHOLE)))
    assert [ask.holder for ask in play.asks] == ["a"]
    while play.asks:
        play.answer()
    assert play.end == Done(WHOLE)


def test_wrong_bytes_of_several_holders():
    """Nobody knows whose were wrong: each is asked for the whole."""
    play = Play()
    play.found("liar")
    play.answer(bytes(len(WHOLE)))
    play.found("a")
    play.fail()
    play.asks = [ask for ask in play.asks if ask.holder == "a"]
    for _ in range(len(WHOLE) // CHUNK):
        play.answer()
    play.do(play.transfer.exhausted())
    seen = []
    while play.end is None:
        ask = play.asks[0]
        seen.append(ask.holder)
        play.answer(WHOLE if ask.holder == "a" else bytes(len(WHOLE)))
    assert play.end == Done(WHOLE)
    assert set(seen) <= {"liar", "a"}


def test_two_sizes():
    """One goes on where another stopped, and says another size: it is begun anew with it."""
    play = Play()
    play.found("liar")
    play.answer(bytes(7 * CHUNK))
    play.found("a")
    play.fail()
    play.asks = [ask for ask in play.asks if ask.holder == "a"]
    while play.asks:
        play.answer()
    assert play.end == Done(WHOLE)


@pytest.mark.parametrize("seed", range(150))
def test_every_transfer_ends(seed):
    """Holders die, lie, change their minds and answer late; whoever has it and lives long enough gives it."""
    rng = random.Random(seed)
    play = Play(max_bytes=len(WHOLE) + CHUNK)
    holders = [f"h{number}" for number in range(rng.randrange(1, 7))]
    behaviour = {
        holder: rng.choice(["honest", "honest", "flaky", "late", "dead", "absent", "wrong", "sizes", "short"])
        for holder in holders
    }
    unfound, late = holders[:], []
    if rng.random() < 0.5:
        play.found(unfound.pop())
    else:
        play.do(play.transfer.begin())
    exhausted = False
    for _ in range(5000):
        if play.end is not None:
            break
        assert play.transfer.kept <= len(WHOLE) + CHUNK
        choices = ["answer"] * 4 * bool(play.asks) + ["late"] * bool(late)
        choices += ["find"] * bool(unfound and play.sought)
        if play.sought and not unfound and not exhausted:
            choices.append("exhaust")
        assert choices, "it waits for nothing"
        match rng.choice(choices):
            case "find":
                play.found(unfound.pop())
            case "exhaust":
                exhausted = True
                play.do(play.transfer.exhausted())
            case "late":
                play.do(play.transfer.arrived(late.pop(), WHOLE[:CHUNK], len(WHOLE)))
            case "answer":
                ask = play.asks[rng.randrange(len(play.asks))]
                kind = behaviour[ask.holder]
                play.asks.remove(ask)
                play.asks.insert(0, ask)
                if kind == "late" and rng.random() < 0.1:
                    late.append(ask)
                    play.fail()
                elif kind == "dead" or (kind == "flaky" and rng.random() < 0.2):
                    play.fail()
                elif kind == "absent":
                    play.answer(b"")
                elif kind == "wrong":
                    play.answer(bytes(len(WHOLE)))
                elif kind == "sizes":
                    play.answer(size=rng.choice([1, len(WHOLE), len(WHOLE) - 1, 1 << 62]))
                elif kind == "short":
                    play.answer(WHOLE[: ask.offset + ask.limit // 2], size=len(WHOLE))
                else:
                    play.answer()
    assert play.end is not None
    good = isinstance(play.end, Done) and play.end.content == WHOLE
    assert good or (isinstance(play.end, Failed) and "honest" not in behaviour.values()), (
        behaviour,
        play.end if isinstance(play.end, Failed) else "wrong bytes",
    )
    assert play.transfer.kept == 0
