"""The checker finds an order where there is one, and none where there is none."""

import itertools
import random

import pytest

from wetware.errors import LimitError, LocalError
from wetware.raft.testing.linearizability import Operation, Register, check, check_register


def history(*lines, key="k"):
    """Each line: client, call, return (or None), input, output."""
    return [
        Operation(client, key, given, output, called, returned)
        for client, called, returned, given, output in lines
    ]


PUT1, PUT2, PUT3, GET = ("put", 1), ("put", 2), ("put", 3), ("get",)

GOOD = {
    "nothing": history(),
    "one after the other": history(("a", 0, 1, PUT1, None), ("b", 2, 3, GET, 1)),
    "a key nobody wrote": history(("a", 0, 1, GET, None)),
    "a read beside a write sees the old value": history(("a", 0, 10, PUT1, None), ("b", 2, 3, GET, None)),
    "a read beside a write sees the new value": history(("a", 0, 10, PUT1, None), ("b", 2, 3, GET, 1)),
    "two writes beside each other, either order": history(
        ("a", 0, 10, PUT1, None), ("b", 0, 10, PUT2, None), ("c", 11, 12, GET, 1), ("c", 13, 14, GET, 1)
    ),
    "equal times overlap": history(("a", 0, 5, PUT1, None), ("b", 5, 6, GET, None)),
    "a write without an answer may take effect late": history(
        ("a", 0, None, PUT1, None), ("b", 5, 6, GET, None), ("b", 7, 8, GET, 1)
    ),
    "a write without an answer may never take effect": history(
        ("a", 0, None, PUT1, None), ("b", 5, 6, GET, None)
    ),
    "the second candidate is right": history(
        ("a", 0, 100, PUT1, None), ("b", 0, 100, PUT2, None), ("c", 0, 100, PUT3, None),
        ("d", 10, 11, GET, 2), ("d", 12, 13, GET, 3), ("d", 14, 15, GET, 1),
    ),
    "a failed swap": history(("a", 0, 1, PUT1, None), ("b", 2, 3, ("cas", 2, 3), False), ("b", 4, 5, GET, 1)),
    "one of two swaps wins": history(
        ("a", 0, 9, ("cas", None, 1), False), ("b", 0, 9, ("cas", None, 2), True), ("c", 10, 11, GET, 2)
    ),
}  # fmt: skip

BAD = {
    "a stale read": history(("a", 0, 1, PUT1, None), ("a", 2, 3, PUT2, None), ("b", 4, 5, GET, 1)),
    "a lost write": history(("a", 0, 1, PUT1, None), ("b", 2, 3, GET, None)),
    "a value from nowhere": history(("a", 0, 1, GET, 7)),
    "a value from the future": history(("b", 0, 1, GET, 1), ("a", 2, 3, PUT1, None)),
    "two readers see two orders": history(
        ("a", 0, 100, PUT1, None), ("b", 0, 100, PUT2, None),
        ("c", 10, 11, GET, 1), ("d", 12, 13, GET, 2), ("c", 14, 15, GET, 1),
    ),
    "a read goes back in time beside a write": history(
        ("a", 0, 100, PUT1, None), ("b", 10, 11, GET, 1), ("c", 12, 13, GET, None)
    ),
    "a write without an answer seen before it was called": history(
        ("b", 0, 1, GET, 1), ("a", 5, None, PUT1, None)
    ),
    "a write without an answer takes effect once": history(
        ("a", 0, None, PUT1, None), ("b", 1, 2, GET, 1), ("b", 3, 4, PUT2, None), ("b", 5, 6, GET, 1)
    ),
    "both of two swaps win": history(
        ("a", 0, 9, ("cas", None, 1), True), ("b", 0, 9, ("cas", None, 2), True)
    ),
    "a swap that did happen says it did not": history(
        ("a", 0, 1, ("cas", None, 1), False), ("b", 2, 3, GET, 1)
    ),
    "a put applied twice": history(
        ("a", 0, 1, PUT1, None), ("b", 2, 3, PUT2, None), ("c", 4, 5, GET, 2), ("c", 6, 7, GET, 1)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_accepts(name):
    assert check_register(GOOD[name]) is None


@pytest.mark.parametrize("name", BAD)
def test_rejects(name):
    violation = check_register(BAD[name])
    assert violation is not None
    assert violation.key == "k"
    assert violation.unexplained in BAD[name]
    assert "no order explains" in str(violation)


def test_keys_are_independent():
    good = [*history(("a", 0, 1, PUT1, None), key="x"), *history(("a", 2, 3, GET, None), key="y")]
    assert check_register(good) is None
    bad = [*good, *history(("b", 4, 5, GET, 9), key="z")]
    assert check_register(bad).key == "z"


def test_says_how_far_it_came():
    violation = check_register(BAD["a stale read"])
    assert [operation.input for operation in violation.explained] == [PUT1, PUT2]
    assert violation.unexplained.output == 1


def test_refuses_a_history_that_runs_backwards():
    with pytest.raises(LocalError, match="returns before it is called"):
        check_register(history(("a", 5, 4, GET, None)))


def test_refuses_an_unknown_operation():
    with pytest.raises(LocalError, match="knows no operation"):
        check_register(history(("a", 0, 1, ("increment",), None)))


def test_gives_up_loudly():
    """A search that is cut off is no verdict."""
    many = history(*[(n, 0, 100, ("put", n), None) for n in range(12)], ("r", 101, 102, GET, "never written"))
    with pytest.raises(LimitError) as caught:
        check_register(many, limit=500)
    assert caught.value.limit == "limit"
    assert caught.value.allowed == 500


def explained_by_some_permutation(operations):
    """The definition, word for word, for histories of a few operations."""
    model = Register()
    answered = [op for op in operations if op.returned is not None]
    open_ = [op for op in operations if op.returned is None]
    for count in range(len(open_) + 1):
        for chosen in itertools.combinations(open_, count):
            for order in itertools.permutations([*answered, *chosen]):
                in_time = all(
                    not (later.returned is not None and later.returned < earlier.called)
                    for earlier, later in itertools.combinations(order, 2)
                )
                if not in_time:
                    continue
                state, fits = model.initial(), True
                for operation in order:
                    fits, state = model.step(state, operation)
                    if not fits:
                        break
                if fits:
                    return True
    return False


@pytest.mark.parametrize("seed", range(40))
def test_agrees_with_the_definition(seed):
    rng = random.Random(seed)
    verdicts = set()
    for _ in range(15):
        operations = []
        for client in range(rng.randint(1, 5)):
            called = rng.randint(0, 12)
            returned = rng.choice([None, *[called + rng.randint(0, 8)] * 4])
            value = rng.randint(1, 2)
            given, output = rng.choice(
                [
                    (("put", value), None),
                    (GET, rng.choice([None, 1, 2])),
                    (("cas", rng.choice([None, 1]), 2), rng.random() < 0.5),
                ]
            )
            operations.append(Operation(client, "k", given, output, called, returned))
        expected = explained_by_some_permutation(operations)
        assert (check(operations, Register()) is None) == expected, operations
        verdicts.add(expected)
    assert verdicts == {True, False}, "the sample shows nothing: it needs histories of both kinds"


def test_a_long_history_is_cheap():
    """Ten thousand operations by eight clients, generated from a machine that is linearizable by
    construction."""
    rng = random.Random(1)
    state, now, operations = {}, 0, []
    for _ in range(10_000):
        now += 10
        key, client = rng.randint(0, 7), rng.randint(0, 7)
        begin, end = now - rng.randint(0, 40), now + rng.randint(0, 40)
        if rng.random() < 0.5:
            state[key] = now
            operations.append(Operation(client, key, ("put", now), None, begin, end))
        else:
            operations.append(Operation(client, key, GET, state.get(key), begin, end))
    assert check_register(operations) is None
