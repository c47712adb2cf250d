"""Names of nodes and processes, conditions, and what `ww ps` and `ww top` make of what nodes say."""

import json
import sys

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wetware.cli.cluster_run import Ran, Started
from wetware.cli.command_error import CommandError
from wetware.cli.completing import node_items
from wetware.cli.control import Done, Ended
from wetware.cli.exit_codes import ExitCode
from wetware.cli.fleet import Unreachable
from wetware.cli.nodes import (
    NodeRow,
    Target,
    find_node,
    fits,
    parse_condition,
    parse_target,
    short_names,
)
from wetware.cli.ps import Listing, in_tree_order
from wetware.cli.render import show
from wetware.cli.streams import LONGEST_LINE, Destination
from wetware.cli.top import Shares, below, shares
from wetware.errors import LocalError
from wetware.process.reasons import Exited, Killed, NodeLost
from wetware.services.process import ProcessInfo
from wetware.wasm.cid import Cid

CID = Cid.of(b"\0asm\1\0\0\0")


def row(tail, host="anna", server=0xAB, *meta):
    return NodeRow("12D3KooW" + tail, server, host, ("127.0.0.1:7000",), meta)


def info(pid, ppid=1, cpu=0.0, created=1.0, args=(), state="running", memory=0):
    return ProcessInfo(pid, ppid, CID, "prog", tuple(args), state, created, cpu, memory, 0, None)


# --- names ---
@pytest.mark.parametrize(
    ("text", "target"),
    [("7", Target(7)), ("7@abc", Target(7, "abc")), ("4294967295@host@x", Target(2**32 - 1, "host@x"))],
)
def test_targets(text, target):
    assert parse_target(text) == target
    assert str(target) == text


@pytest.mark.parametrize(
    "text", ["", "@a", "7@", "x", "-7", "1", "0", "4294967296", "7.0", "\u0667", "9" * 99]
)
def test_what_is_no_target(text):
    with pytest.raises(LocalError):
        parse_target(text)


ROWS = [
    row("AAAbcd", "anna", 0xAB12),
    row("AAAxyz", "bert", 0xCD34, "name=big", "gpu=yes"),
    row("BBBxyz", "bert", 0xCD56, "name=small"),
]


@pytest.mark.parametrize(
    ("name", "tail"),
    [
        ("12D3KooWAAAbcd", "AAAbcd"),
        ("AAAbcd", "AAAbcd"),
        ("AAAb", "AAAbcd"),
        ("12D3KooWB", "BBBxyz"),
        ("B", "BBBxyz"),
        ("anna", "AAAbcd"),
        ("big", "AAAxyz"),
        ("000000000000ab12", "AAAbcd"),
        ("000000000000cd5", "BBBxyz"),
    ],
)
def test_a_node_is_found(name, tail):
    assert find_node(name, ROWS).tail == tail


@pytest.mark.parametrize("name", ["AAA", "bert", "12D3KooW", "0000"])
def test_a_name_of_several_nodes_lists_them(name):
    with pytest.raises(CommandError, match=r"could be [23] nodes") as caught:
        find_node(name, ROWS)
    assert caught.value.exit_code == ExitCode.USAGE
    assert "BBBxyz" in str(caught.value) or "AAAxyz" in str(caught.value)


@pytest.mark.parametrize("name", ["nobody", "12D3KooWz", "yes"])
def test_a_name_of_no_node(name):
    with pytest.raises(CommandError, match="no node"):
        find_node(name, ROWS)


@given(st.lists(st.text("abAB1", min_size=8, max_size=12), min_size=1, max_size=30, unique=True))
def test_short_names_are_names(tails):
    """Each short name means its own node, and is no longer than it has to be, or six characters."""
    rows = [row(tail) for tail in tails]
    short = short_names(rows)
    for one in rows:
        name = short[one.peer]
        assert one.tail.startswith(name)
        others = [other for other in rows if other is not one and other.tail.startswith(name)]
        assert all(one.tail == name for _ in others)  # a tail that begins another one is a whole name
        assert find_node(name, rows) is one


def test_conditions_read_meta_both_ways():
    assert [r.tail for r in ROWS if fits(r, [parse_condition("gpu=yes")])] == ["AAAxyz"]
    assert [r.tail for r in ROWS if fits(r, [parse_condition("meta=gpu=y*")])] == ["AAAxyz"]
    with pytest.raises(click.UsageError):
        parse_condition("gpu")


def test_completion_of_nodes():
    names = [item.value for item in node_items(ROWS, "")]
    assert names == ["AAAbcd", "AAAxyz", "BBBxyz", "anna"]
    assert [item.value for item in node_items(ROWS, "an")] == ["anna"]


# --- ps ---
def test_trees_are_drawn():
    infos = [info(2), info(3, 2), info(4, 2), info(5, 3), info(6), info(9, 77)]
    assert [lead + str(i.pid) for lead, i in in_tree_order(infos)] == [
        "2",
        "├─3",
        "│ └─5",
        "└─4",
        "6",
        "9",
    ]


@given(st.dictionaries(st.integers(2, 40), st.integers(0, 45), max_size=40))
def test_trees_show_everything_once(parents):
    """Whatever a node claims, rings of parents too."""
    infos = [info(pid, ppid) for pid, ppid in parents.items()]
    assert sorted(i.pid for _, i in in_tree_order(infos)) == sorted(parents)


def test_a_deep_tree():
    infos = [info(pid, pid - 1) for pid in range(2, 5000)]
    assert len(in_tree_order(infos)) == 4998


def listing(**changes):
    facts = {
        "rows": ROWS[:2],
        "short": short_names(ROWS),
        "found": {ROWS[0].peer: [info(2, args=("a", "\x1b[2J"))]},
        "silent": (),
    }
    return Listing(**{**facts, **changes})


def test_ps_as_text(capsys, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    show(listing(), as_json=False)
    title, header, line = capsys.readouterr().out.splitlines()
    assert title == "processes"
    assert header.split() == ["Executor", "PID", "PPID", "State", "Creation", "CID", "Args"]
    assert line.split()[:4] == ["AAAbcd", "2", "1", "running"]
    assert str(CID) in line
    assert line.endswith("[a \\x1b[2J]")


def test_ps_as_json(capsys):
    silent = [Unreachable(ROWS[1], "it hangs")]
    found = listing(silent=silent)
    assert (listing().exit_code, found.exit_code) == (0, 1)
    show(found, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["unreachable"] == [{"peer": ROWS[1].peer, "why": "it hangs"}]
    (process,) = told["processes"]
    assert process["process"] == f"2@{ROWS[0].peer}"
    assert process["args"] == ["a", "\x1b[2J"]
    assert set(process) >= {"node", "server", "host", "pid", "ppid", "state", "created", "cid", "cpu"}


# --- top ---
def test_shares_are_of_the_time_between():
    before = {ROWS[0].peer: [info(2, cpu=1.0), info(3, cpu=5.0, created=1.0)]}
    after = {
        ROWS[0].peer: [info(2, cpu=1.5), info(3, cpu=0.2, created=9.0)],  # another 3 than before
        ROWS[1].peer: [info(2, cpu=2.0)],
    }
    found = [(u.row.tail, u.info.pid, u.share) for u in shares(ROWS, before, after, 2.0)]
    assert found == [("AAAxyz", 2, 1.0), ("AAAbcd", 2, 0.25), ("AAAbcd", 3, 0.1)]


def test_top_as_text(capsys):
    usages = shares(ROWS, {}, {ROWS[0].peer: [info(2, cpu=1.0, memory=1 << 20)]}, 2.0)
    look = Shares(usages, short_names(ROWS), 3, [Unreachable(ROWS[2], "it hangs")])
    show(look, as_json=False)
    text = capsys.readouterr().out
    assert "1 processes on 2 nodes, 50 % of a processor, 1 MiB; no answer from BBBxyz" in text
    assert look.exit_code == 1
    assert look.to_json()["processes"][0]["share"] == 0.5


def test_what_is_below():
    infos = [info(2), info(3, 2), info(4, 3), info(5)]
    assert [i.pid for i in below(infos, 2)] == [2, 3, 4]
    assert below(infos, 77) == []


# --- ends ---
def test_exit_codes_of_several():
    def ran(*reasons, interrupted=0):
        return Ran("p", "z", [("2@x", ROWS[0], 0.1, reason) for reason in reasons], interrupted)

    assert ran(Exited(0), Exited(0)).exit_code == 0
    assert ran(Exited(0), Exited(3), Killed()).exit_code == 3
    assert ran(Killed(), interrupted=130).exit_code == 130
    assert ran(NodeLost("x")).exit_code == 1
    assert ran(Exited(3)).blocks() == []
    assert "killed" in ran(Killed()).blocks()[0].text
    assert "2@x" in ran(Exited(0), Exited(3)).blocks()[0].text
    assert ran(Killed()).to_json()["processes"][0]["reason"]["kind"] == "killed"
    assert Started("z", ["2@peer"], ["2@x"]).blocks()[0].text == "2@x"


def test_ends_of_waited_for():
    one = Ended([("2@x", Exited(4))])
    assert (one.exit_code, one.blocks()[0].text) == (4, "exited with code 4")
    assert Ended([("2@x", Exited(0)), ("3@x", Killed())]).exit_code == 137
    assert Done("killed", ["2@x"]).to_json() == {"killed": ["2@x"], "failed": []}


# --- output of several ---
def test_lines_do_not_mix(tmp_path):
    path = tmp_path / "out"
    with path.open("wb") as stream:
        one, other = Destination(stream, label="1: "), Destination(stream, label="2: ")
        one.write(b"al")
        other.write(b"beta\nga")
        one.write(b"pha\n")
        other.write(b"mma")
        one.close()
        other.close()
        other.close()
    assert path.read_bytes() == b"2: beta\n1: alpha\n2: gamma\n"


def test_a_line_without_end_is_bounded(tmp_path):
    path = tmp_path / "out"
    with path.open("wb") as stream:
        one = Destination(stream, label="1: ")
        for _ in range(100):
            one.write(b"x" * LONGEST_LINE)
        assert path.stat().st_size > 90 * LONGEST_LINE


def test_a_single_program_is_not_changed(tmp_path):
    path = tmp_path / "out"
    with path.open("wb") as stream:
        one = Destination(stream)
        one.write(b"\x1b[1mno newline")
        one.close()
    assert path.read_bytes() == b"\x1b[1mno newline"
    assert sys.stdout is not None
