"""On which nodes things are placed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wetware.errors import LocalError
from wetware.services.placement import (
    MOST,
    STEP,
    Candidate,
    Condition,
    NoNodeError,
    coarse_load,
    here,
    least_loaded,
    matching,
    spread,
)

NODES = [
    Candidate("12D3KooWb", "bert", 11, ("ww.load=0.5", "gpu=yes", "disk=big")),
    Candidate("12D3KooWa", "anna", 10, ("ww.load=1.5", "gpu=yes")),
    Candidate("12D3KooWc", "carl", 12, ("ww.load=0.25",)),
]


def names(nodes):
    return [node.host for node in nodes]


def test_matching():
    assert names(matching(NODES, [])) == ["anna", "bert", "carl"]
    assert names(matching(NODES, ["gpu=yes"])) == ["anna", "bert"]
    assert names(matching(NODES, ["gpu=yes", "disk=b*"])) == ["bert"]
    assert names(matching(NODES, ["host=an*"])) == ["anna"]
    assert names(matching(NODES, [Condition("server", "000000000000000c")])) == ["carl"]
    assert names(matching(NODES, ["peer=12D3KooWb"])) == ["bert"]


def test_no_node_fits():
    with pytest.raises(NoNodeError, match="of 2 that were left none has disk=small"):
        matching(NODES, ["gpu=yes", "disk=small"])
    with pytest.raises(NoNodeError):
        matching([], [])
    for choose in (lambda: least_loaded([]), lambda: spread([], 3)):
        with pytest.raises(NoNodeError, match="no nodes"):
            choose()
    for text in ("gpu", "=yes", ""):
        with pytest.raises(LocalError, match="no condition"):
            matching(NODES, [text])


def test_here():
    assert here(NODES, "12D3KooWa").host == "anna"
    assert here(NODES, "Wa").host == "anna"
    for wrong in ("", "zz", "12D3KooW"):
        with pytest.raises(NoNodeError):
            here(NODES, wrong)
    with pytest.raises(NoNodeError, match="2 nodes are"):
        here([Candidate("xx1"), Candidate("yy1")], "1")


def test_least_loaded():
    assert least_loaded(NODES).host == "carl"
    assert least_loaded(NODES, {"12D3KooWc": 1}).host == "bert"


def test_unknown_loads():
    unknown = [Candidate("z"), Candidate("y", meta=("ww.load=nan", "ww.load=-1", "ww.load=1e9"))]
    assert [node.load for node in unknown] == [None, None]
    assert least_loaded(unknown).peer == "y"
    assert least_loaded([*unknown, NODES[1]]).peer == "12D3KooWa"  # as loaded as the average, and named first
    assert least_loaded([*unknown, NODES[0], NODES[1]]).host == "bert"


def test_the_same_choice_each_time():
    same = [Candidate(name) for name in "cab"]
    assert [least_loaded(order).peer for order in (same, same[::-1])] == ["a", "a"]
    assert [node.peer for node in spread(same, 4)] == ["a", "b", "c", "a"]


def test_spread_counts_what_was_placed():
    assert names(spread(NODES, 4)) == ["carl", "bert", "anna", "carl"]
    assert names(spread(NODES, 3, {"12D3KooWc": 5, "12D3KooWb": 1})) == ["anna", "bert", "anna"]
    assert spread(NODES, 0) == []
    with pytest.raises(LocalError):
        spread(NODES, -1)


@given(st.integers(1, 9), st.integers(0, 50), st.lists(st.integers(0, 8), max_size=9))
def test_spread_is_even(count, things, loads):
    nodes = [Candidate(f"n{number}", meta=(f"ww.load={load}",)) for number, load in enumerate(loads)]
    nodes += [Candidate(f"m{number}") for number in range(count)]
    chosen = Counter(node.peer for node in spread(nodes, things))
    numbers = [chosen[node.peer] for node in nodes]
    assert sum(numbers) == things
    assert max(numbers) - min(numbers) <= 1


@given(st.lists(st.floats(-1, 1000), min_size=1))
def test_a_coarse_load_moves_slowly(loads):
    told = None
    for load in loads:
        before, told = told, coarse_load(load, told)
        assert 0 <= told <= MOST
        assert told % STEP == 0
        assert abs(told - min(max(load, 0), MOST)) < STEP
        if before is not None and before != told:
            assert abs(before - min(max(load, 0), MOST)) >= STEP
