"""Exit reasons: the table of codes, and what a person and a program are shown."""

import json

import pytest

from wetware.errors import LocalError
from wetware.process.reasons import (
    Exited,
    ExitReason,
    Killed,
    Limit,
    Linked,
    NodeLost,
    Shutdown,
    Trapped,
)

# the design's table, line by line
CODES = [
    (Exited(0), 0, 0),
    (Exited(1), 1, 1),
    (Exited(255), 255, 255),
    (Exited(256), 256, 255),
    (Exited(0xFFFFFFFF), 0xFFFFFFFF, 255),
    (Killed(), 0xFFFFFFFF, 137),
    (Killed(by=7), 0xFFFFFFFF, 137),
    (Shutdown(), 0xFFFFFFFF, 137),
    (Linked(4, 5), 0xFFFFFFFF, 137),
    (Limit("deadline", 2.5, 2), 0xEFFFFFFF, 124),
    (Limit("memory", 70, 64), 0xCFFFFFFF, 125),
    (Limit("cpu"), 0xCFFFFFFF, 125),
    (Limit("output"), 0xCFFFFFFF, 125),
    (Trapped("unreachable"), 0xDFFFFFFF, 134),
    (NodeLost("b"), 0xBFFFFFFF, 1),
]


@pytest.mark.parametrize(("reason", "wait", "status"), CODES, ids=str)
def test_codes(reason, wait, status):
    assert reason.wait_code == wait
    assert reason.exit_status == status
    assert 0 <= reason.wait_code < 2**32
    assert 0 <= reason.exit_status < 256


def test_every_kind_has_its_line():
    assert {reason.kind for reason, _, _ in CODES} == {kind.kind for kind in ExitReason.__subclasses__()}


@pytest.mark.parametrize(
    ("reason", "text", "data"),
    [
        (Exited(3), "exited with code 3", {"kind": "exited", "code": 3}),
        (Killed(), "killed", {"kind": "killed", "by": None}),
        (Killed(by=7), "killed because its parent, process 7, ended", {"kind": "killed", "by": 7}),
        (Shutdown(), "shut down with its node", {"kind": "shutdown"}),
        (
            Linked(4, 4),
            "ended with linked process 4",
            {"kind": "linked", "origin": 4, "via": 4, "lost": False},
        ),
        (
            Linked("9@b", "9@b", lost=True),
            "ended with linked process 9@b, whose node was lost",
            {"kind": "linked", "origin": "9@b", "via": "9@b", "lost": True},
        ),
        (
            Linked("9@b", 5, lost=True),
            "ended with linked process 5, which ended because process 9@b was lost",
            {"kind": "linked", "origin": "9@b", "via": 5, "lost": True},
        ),
        (
            Linked(("b", 9), 5),
            "ended with linked process 5, which ended because process ('b', 9) did",
            {"kind": "linked", "origin": "('b', 9)", "via": 5, "lost": False},
        ),
        (
            Limit("memory", 70, 64),
            "reached its memory limit of 64 (used 70)",
            {"kind": "limit", "which": "memory", "used": 70, "allowed": 64, "then": ""},
        ),
        (
            Limit("cpu"),
            "reached its cpu limit",
            {"kind": "limit", "which": "cpu", "used": None, "allowed": None, "then": ""},
        ),
        (Trapped("unreachable"), "trapped: unreachable", {"kind": "trapped", "message": "unreachable"}),
        (NodeLost("b"), "lost with node b", {"kind": "node-lost", "node": "b"}),
    ],
    ids=str,
)
def test_text_and_data(reason, text, data):
    assert str(reason) == text
    assert reason.to_dict() == data
    assert json.loads(json.dumps(reason.to_dict())) == data


def test_big_figures_are_shown_in_full():
    assert (
        str(Limit("memory", 67_174_400, 67_108_864)) == "reached its memory limit of 67108864 (used 67174400)"
    )


def test_a_trap_message_reaches_no_terminal_raw():
    assert str(Trapped("in \x1b[31mred\nand on")) == "trapped: in  [31mred and on"


@pytest.mark.parametrize("code", [-1, 2**32])
def test_an_exit_code_is_a_uint32(code):
    with pytest.raises(LocalError, match="exit code"):
        Exited(code)


def test_reasons_are_values():
    assert Exited(3) == Exited(3)
    assert hash(Killed(by=4)) == hash(Killed(by=4))
    assert Killed() != Shutdown()
    assert Exited(2) != Killed(by=2)
    assert len({reason for reason, _, _ in CODES}) == len(CODES)
    with pytest.raises(AttributeError):
        Exited(3).code = 4
