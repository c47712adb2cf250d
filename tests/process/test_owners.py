"""Processes that run for somebody: how many, which, until when."""

import pytest

from wetware.errors import LimitError
from wetware.process.owner import Owner
from wetware.process.reasons import Exited
from wetware.process.stimuli import Released, Spawn, Started, Stopped
from wetware.process.table import ProcessTable


def spawn(table, **of):
    """A process that runs."""
    (start,) = table.handle(Spawn(**of))
    table.handle(Started(start.entry))
    return start.entry


def end(table, entry):
    """Let it end by itself."""
    table.handle(Stopped(entry, Exited(0)))
    table.handle(Released(entry))


def test_no_more_than_he_may_have():
    table, owner = ProcessTable(), Owner("somebody", 2)
    one, two = spawn(table, owner=owner), spawn(table, owner=owner)
    for _ in range(2):
        with pytest.raises(LimitError, match="2 of 2 for the account somebody") as refused:
            table.handle(Spawn(owner=owner))
    assert (refused.value.limit, refused.value.allowed) == ("account-processes", 2)
    spawn(table)  # of nobody's there may be more
    spawn(table, owner=Owner("somebody else", 1))
    table.handle(Stopped(one, Exited(0)))
    with pytest.raises(LimitError):  # it is not released yet
        table.handle(Spawn(owner=owner))
    table.handle(Released(one))
    assert list(owner.entries) == [two]
    spawn(table, owner=owner)
    owner.max_processes = None
    for _ in range(5):
        spawn(table, owner=owner)


def test_what_they_spawn_is_his():
    table, owner = ProcessTable(), Owner("somebody", 3)
    one = spawn(table, owner=owner)
    two = spawn(table, by=one, ppid=one.pid)
    elsewhere = spawn(table, by=two, ppid=1)  # nor does it matter under which parent
    assert list(owner.entries) == [one, two, elsewhere]
    with pytest.raises(LimitError):
        table.handle(Spawn(by=elsewhere))
    spawn(table, ppid=one.pid)  # the node's own
    for entry in list(owner.entries):
        end(table, entry)
    assert not owner.entries


def test_a_kept_entry_keeps_no_owner():
    table = ProcessTable()
    entry = spawn(table, owner=Owner("somebody"))
    end(table, entry)
    assert entry.owner is None
