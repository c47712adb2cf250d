"""Transcripts: etcd-io/raft's own, and ours of the same kind.

Its own are read from the folder that RAFT_TRACES names and are no part of this project. Three kinds are told
apart by the beginning of a file's name: `testdata_` (nodes that talk), `confchange_testdata_` (memberships)
and `quorum_testdata_` (counting). Ours stand in `transcripts/`. States and messages are compared; lines of
etcd's log are left out.
"""

import os
import re
from pathlib import Path

import pytest
import raft_describe as describe
from raft_datadriven import parse
from raft_interaction import Interaction

from wetware.raft.core import ConfState
from wetware.raft.core.confchange import Membership, Misfit, MisfitError, enter_joint, leave_joint, simple
from wetware.raft.core.quorum import EVERYTHING, Vote, joint_index, joint_vote, majority_index, majority_vote
from wetware.raft.core.tracker.tracker import Tracker

OURS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
FOLDER = os.environ.get("RAFT_TRACES", "")
LOG_LINE = re.compile(r"^\s*(DEBUG|INFO|WARN|ERROR|FATAL) ")
VOTE_NAMES = {Vote.WON: "VoteWon", Vote.LOST: "VoteLost", Vote.PENDING: "VotePending"}


def found(prefix):
    """Give the transcripts of a kind, or one parameter that is skipped with the reason."""
    if not FOLDER:
        reason = "RAFT_TRACES names no folder with etcd's transcripts"
    elif not Path(FOLDER).is_dir():
        reason = f"RAFT_TRACES names {FOLDER}, which is no folder"
    else:
        paths = sorted(path for path in Path(FOLDER).rglob("*.txt") if kind_of(path) == prefix)
        if paths:
            return [pytest.param(path, id=path.stem) for path in paths]
        reason = f"{FOLDER} holds no transcript of this kind"
    return [pytest.param(None, id="none", marks=pytest.mark.skip(reason=reason))]


def kind_of(path):
    """Tell a transcript's kind by its name, or by its folder where it stands as in etcd's repository."""
    name = "_".join(path.parts[-3:])
    for kind in ("confchange", "quorum"):
        if f"{kind}_testdata" in name:
            return kind
    return "interaction" if "\n----\n" in path.read_text() else None


def without_log(text):
    lines = [line for line in text.split("\n") if not LOG_LINE.match(line)]
    return "\n".join(line.rstrip() for line in lines).strip("\n") or "ok"


def hold(path, handle):
    """Run a transcript and compare every answer."""
    directives = parse(path.read_text())
    assert directives, f"{path} holds no commands"
    for directive in directives:
        expected = without_log(directive.expected)
        actual = without_log(handle(directive))
        assert actual == expected, f"{path.name}:{directive.line}: {directive.text}"


@pytest.mark.parametrize("path", found("interaction"))
def test_interaction_traces(path):
    hold(path, Interaction().handle)


class Memberships:
    """A membership with the progress of its members, driven by the commands of the transcripts.

    The log grows by one entry with every command.
    """

    def __init__(self):
        self.tracker = Tracker(10, 0)
        self.last_index = 0

    def handle(self, directive):
        directive.allow("autoleave")
        members = self.tracker.membership
        changes = describe.changes(directive.input)
        try:
            if isinstance(changes, str):
                return changes
            if directive.command == "simple":
                changed = simple(members, changes)
            elif directive.command == "enter-joint":
                changed = enter_joint(members, changes, auto_leave=directive.flag("autoleave"))
            elif directive.command == "leave-joint":
                if changes:
                    return "this command takes no input"
                changed = leave_joint(members)
            else:
                raise ValueError(f"line {directive.line}: unknown command {directive.command}")
        except MisfitError as error:
            if error.misfit is Misfit.JOINT:
                entering = directive.command == "enter-joint"
                return (
                    "config is already joint"
                    if entering
                    else "can't apply simple config change in joint config"
                )
            return describe.MISFITS[error.misfit]
        else:
            self.tracker.switch(changed, self.last_index)
        finally:
            self.last_index += 1
        assert Membership.from_conf_state(ConfState(*changed.conf_state())) == changed
        statuses = {node_id: one.status() for node_id, one in self.tracker.progress.items()}
        return f"{describe.membership(changed)}\n{describe.progress_map(statuses)}"


@pytest.mark.parametrize("path", found("confchange"))
def test_confchange_traces(path):
    hold(path, Memberships().handle)


def picture(voters, indexes):
    """Draw how far each voter is, and how many are behind it."""
    if not voters:
        return "<empty majority quorum>"
    n = len(voters)
    order = sorted(voters, key=lambda voter: (indexes.get(voter, 0), voter))
    behind = {}
    for position, voter in enumerate(order):
        same = position and indexes.get(order[position - 1], 0) == indexes.get(voter, 0)
        behind[voter] = behind[order[position - 1]] if same else position
    lines = [" " * n + "    idx"]
    for voter in sorted(voters):
        bar = "x" * behind[voter] + ">" + " " * (n - behind[voter]) if voter in indexes else "?" + " " * n
        lines.append(f"{bar} {indexes.get(voter, 0):5d}    (id={voter})")
    return "\n".join(lines) + "\n"


def quorum_command(directive):
    given = directive.options.get({"vote": "votes", "committed": "idx"}.get(directive.command), [])
    directive.allow("cfg", "cfgj", "idx", "votes")
    voters = directive.ids("cfg")
    joint = "cfgj" in directive.options
    outgoing = [] if directive.options.get("cfgj") == ["zero"] else directive.ids("cfgj")
    everybody = list(dict.fromkeys(voters + outgoing))
    if len(given) != len(everybody):
        words = {"_": "0", "y": "2", "n": "1"} if directive.command == "vote" else {"_": "0"}
        expected = " ".join(f"{voter}:{{}}" for voter in sorted(everybody))
        found = " ".join(words.get(one, one) for one in given)
        return f"error: mismatched input (explicit or _) for voters map[{expected}]: [{found}]"
    if directive.command == "vote":
        assert {*given} <= {"y", "n", "_"}, f"line {directive.line}: a vote is y, n or _"
        votes = {
            voter: letter == "y" for voter, letter in zip(everybody, given, strict=True) if letter != "_"
        }
        result = joint_vote(voters, outgoing, votes) if joint else majority_vote(voters, votes)
        assert result is joint_vote(outgoing, voters, votes)
        return VOTE_NAMES[result]
    if directive.command != "committed":
        raise ValueError(f"line {directive.line}: unknown command {directive.command}")
    assert "0" not in given, f"line {directive.line}: 0 is no index, _ is none"
    indexes = {voter: int(word) for voter, word in zip(everybody, given, strict=True) if word != "_"}

    def index_of(voter):
        return indexes.get(voter, 0)

    index = joint_index(voters, outgoing, index_of) if joint else majority_index(voters, index_of)
    assert index == joint_index(outgoing, voters, index_of)
    if not joint:
        assert index == joint_index(voters, voters, index_of)
    return picture(everybody, indexes) + ("∞" if index == EVERYTHING else str(index))


@pytest.mark.parametrize("path", found("quorum"))
def test_quorum_traces(path):
    hold(path, quorum_command)


HANDLERS = {
    "interaction": lambda: Interaction().handle,
    "confchange": lambda: Memberships().handle,
    "quorum": lambda: quorum_command,
}


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_our_traces(path):
    hold(path, HANDLERS[path.stem.partition("_")[0]]())


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("frobnicate 1\n----\nok\n", "line 1: unknown command frobnicate"),
        ("\npropose 1 x\n----\nok\n", "line 2: there is no node 1"),
        ("add-nodes 1 votres=(1) index=2\n----\nok\n", "add-nodes has no option votres"),
        ("add-nodes 1 voters=(1) index=2 prevote=perhaps\n----\nok\n", "neither true nor false"),
        ("deliver-msgs 1 type=MsgLetter\n----\nok\n", "unknown message type MsgLetter"),
        ("deliver-msgs 1 drop=1\n----\nok\n", "delivered or dropped, not both"),
        ("status 1\n", "line 1: no ---- stands behind 'status 1'"),
        ("status 1\n----\n----\nnever\n", "does not end"),
        ("status =\n----\n", "cannot read the arguments"),
    ],
)
def test_what_is_no_command_fails_and_says_where(tmp_path, text, error):
    path = tmp_path / "wrong.txt"
    path.write_text(text)
    with pytest.raises(ValueError, match=error):
        hold(path, Interaction().handle)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_a_transcript_that_says_something_else_fails(path, tmp_path):
    """Change the last number of each expected output in turn: none of them may go unnoticed."""
    lines = path.read_text().splitlines()
    kind = path.stem.partition("_")[0]
    changed = 0
    for directive in parse(path.read_text()):
        numbers = list(re.finditer(r"\d+", directive.expected))
        if not numbers:
            continue
        at = lines.index("----", directive.line) + 1
        size = directive.expected.count("\n") + 1
        last = numbers[-1]
        other = f"{directive.expected[: last.start()]}{int(last[0]) + 1}{directive.expected[last.end() :]}"
        wrong = tmp_path / "wrong.txt"
        wrong.write_text("\n".join([*lines[:at], *other.split("\n"), *lines[at + size :]]) + "\n")
        with pytest.raises(AssertionError, match=f"wrong.txt:{directive.line}"):
            hold(wrong, HANDLERS[kind]())
        changed += 1
    assert changed
