"""What is decided about links between two nodes: transcripts, and two nodes to which all happens at once."""

from itertools import pairwise

import pytest
from two_link_nodes import TwoNodes

from wetware.errors import InternalError
from wetware.services.pairs import Answer, End, Join, Pairs, Part, Undo

PAIRS = [(one, two) for one in ("O1", "O2") for two in ("N1", "N2")]
WRONG = ValueError("no room")


# --- transcripts ---
def linked():
    pairs = Pairs()
    pairs.ask("ab", "before", linked=True)
    pairs.done("ab")
    return pairs


def test_a_link_and_its_end():
    pairs = Pairs()
    assert pairs.ask("ab", 1, linked=True) == [Join("ab", 1)]
    assert pairs.done("ab") == [Answer(1)]
    assert len(pairs) == 1
    assert pairs.ask("ab", 2, linked=False) == [Part("ab")]
    assert pairs.done("ab") == [Undo("ab"), Answer(2)]
    assert len(pairs) == 0


def test_what_is_so_already_takes_no_step():
    pairs = linked()
    assert pairs.ask("ab", 1, linked=True) == [Answer(1)]
    assert Pairs().ask("ab", 1, linked=False) == [Answer(1)]


def test_what_is_asked_in_turn_is_done_in_turn():
    pairs = Pairs()
    assert pairs.ask("ab", 1, linked=True) == [Join("ab", 1)]
    assert pairs.ask("ab", 2, linked=False) == []
    assert pairs.ask("ab", 3, linked=False) == []
    assert pairs.ask("ab", 4, linked=True) == []
    assert pairs.ask("cd", 5, linked=True) == [Join("cd", 5)]  # of other pairs it is not in the way
    assert pairs.done("ab") == [Answer(1), Part("ab")]
    assert pairs.done("ab") == [Undo("ab"), Answer(2), Answer(3), Join("ab", 4)]
    assert pairs.done("ab") == [Answer(4)]


def test_a_refused_link_leaves_nothing():
    pairs = Pairs()
    pairs.ask("ab", 1, linked=True)
    pairs.ask("ab", 2, linked=True)
    assert pairs.refused("ab", WRONG) == [Undo("ab"), Answer(1, WRONG), Join("ab", 2)]
    assert pairs.refused("ab", WRONG) == [Undo("ab"), Answer(2, WRONG)]
    assert len(pairs) == 0


def test_what_could_not_be_parted_is_still_linked():
    pairs = linked()
    assert pairs.ask("ab", 1, linked=False) == [Part("ab")]
    assert pairs.refused("ab", WRONG) == [Answer(1, WRONG)]
    assert pairs.ask("ab", 2, linked=False) == [Part("ab")]


def test_a_connection_lost_in_a_step_is_an_end():
    """Of a link that is no error: it is a link with what has ended."""
    pairs = Pairs()
    pairs.ask("ab", 1, linked=True)
    assert pairs.lost("ab", WRONG) == [End("ab"), Answer(1)]
    pairs = linked()
    pairs.ask("ab", 1, linked=False)
    assert pairs.lost("ab", WRONG) == [End("ab"), Answer(1, WRONG)]
    assert len(pairs) == 0


def test_the_end_of_one_is_the_end_of_the_pair():
    pairs = linked()
    pairs.over("ab")
    assert len(pairs) == 0
    pairs.over("ab")  # of one that nothing is known of: no effect
    pairs = linked()
    assert pairs.ask("ab", 1, linked=False) == [Part("ab")]
    pairs.over("ab")
    assert pairs.done("ab") == [Undo("ab"), Answer(1)]
    assert len(pairs) == 0
    pairs.ask("ab", 1, linked=True)
    pairs.over("ab")  # in the midst of a join
    assert pairs.done("ab", stands=False) == [Answer(1)]
    assert len(pairs) == 0


def test_what_was_begun_is_finished_and_nothing_else():
    pairs = Pairs()
    pairs.ask("ab", 1, linked=True)
    pairs.ask("ab", 2, linked=False)
    pairs.withdraw("ab", 1)
    pairs.withdraw("ab", 2)
    pairs.withdraw("cd", 3)
    assert pairs.done("ab") == [Answer(1)]
    assert pairs.ask("ab", 4, linked=True) == [Answer(4)]


def test_an_answer_to_nothing():
    for pairs in (Pairs(), linked()):
        with pytest.raises(InternalError, match="nothing is being done"):
            pairs.done("ab")


# --- two nodes ---
def play(seed, *, ends=0.0, cuts=0.0, refusals=0.0, give_up=0.0):
    """Ask this and that at both nodes, while all else happens; then let it come to rest."""
    world = TwoNodes(seed, refusals=refusals)
    rng = world.rng
    for _ in range(rng.randrange(10, 60)):
        for _ in range(rng.choice([0, 0, 1, 1, 2, 5, 30])):
            world.next()
        if rng.random() < ends:
            world.kill(rng.choice(list(world.state)))
        elif rng.random() < cuts and world.connections:
            world.cut(rng.choice(world.connections))
        elif rng.random() < give_up and world.asked:
            world.give_up(rng.choice(world.asked[-4:]))
        else:
            world.ask(rng.choice("ON"), rng.choice(PAIRS[: rng.choice([1, 4])]), linked=rng.random() < 0.6)
    while world.next():
        pass
    return world


def agree(world):
    """Both halves or none; two that were linked at last are, or have ended; nothing else is kept."""
    at_o, at_n = world.halves["O"].keys(), world.halves["N"].keys()
    assert at_o == at_n
    assert all(world.state[name] == "live" for pair in at_o for name in pair)
    for pair, linked in world.fate.items():
        if linked:
            assert pair in at_o or [world.state[name] for name in pair] == ["ended"] * 2
        elif linked is not None:
            assert pair not in at_o
    assert len(world.core) == len(at_o) == len(world.watches["O"]) == len(world.watches["N"])
    assert all(asked.known is not None for asked in world.asked)
    return at_o


SEEDS = 400
"""A world takes about a millisecond."""


def test_both_halves_or_none():
    for seed in range(SEEDS):
        agree(play(seed, ends=0.03, cuts=0.05, refusals=0.05, give_up=0.1))
    for seed in range(SEEDS):
        agree(play(seed, cuts=0.02, give_up=0.1))


def test_there_is_one_order_and_it_is_that_of_asking():
    """As long as nothing ends: what was known to be done before the other was asked was done before it."""
    for seed in range(SEEDS):
        world = play(seed, refusals=0.05, give_up=0.1)
        halves = agree(world)
        for pair in PAIRS:
            done = sorted(
                (asked for asked in world.asked if asked.pair == pair and asked.done),
                key=lambda asked: asked.done,
            )
            assert (pair in halves) == bool(done and done[-1].linked)
            for one, two in pairwise(done):
                assert not two.known or not two.known < one.begun
