"""etcd-io/raft's own transcripts, read from the folder that RAFT_TRACES names: no part of this project.

Three kinds, told apart by the beginning of a file's name: `testdata_` (nodes that talk),
`confchange_testdata_` (memberships) and `quorum_testdata_` (counting). States and messages are compared;
lines of etcd's log are left out.
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
        members = self.tracker.membership
        changes = describe.changes(directive.input)
        try:
            if directive.command == "simple":
                changed = simple(members, changes)
            elif directive.command == "enter-joint":
                changed = enter_joint(members, changes, auto_leave=directive.flag("autoleave"))
            elif directive.command == "leave-joint":
                assert not changes
                changed = leave_joint(members)
            else:
                raise ValueError(f"unknown command {directive.command}")
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
    voters = directive.ids("cfg")
    joint = "cfgj" in directive.options
    outgoing = [] if directive.option("cfgj") == "zero" else directive.ids("cfgj")
    everybody = list(dict.fromkeys(voters + outgoing))
    if directive.command == "vote":
        given = directive.options.get("votes", [])
        assert len(given) == len(everybody)
        votes = {
            voter: letter == "y" for voter, letter in zip(everybody, given, strict=True) if letter != "_"
        }
        result = joint_vote(voters, outgoing, votes) if joint else majority_vote(voters, votes)
        assert result is joint_vote(outgoing, voters, votes)
        return VOTE_NAMES[result]
    assert directive.command == "committed"
    given = directive.options.get("idx", [])
    assert len(given) == len(everybody)
    indexes = {voter: int(word) for voter, word in zip(everybody, given, strict=True) if word != "_"}

    def index_of(voter):
        return indexes.get(voter, 0)

    index = joint_index(voters, outgoing, index_of) if joint else majority_index(voters, index_of)
    assert index == joint_index(outgoing, voters, index_of)
    return picture(everybody, indexes) + ("∞" if index == EVERYTHING else str(index))


@pytest.mark.parametrize("path", found("quorum"))
def test_quorum_traces(path):
    hold(path, quorum_command)
