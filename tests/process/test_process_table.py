"""What transcripts show badly: great numbers and depths, listings, and what an ended process keeps."""

import itertools
import sys
from collections import Counter, deque

import pytest

from wetware.errors import InternalError
from wetware.process import instructions as do
from wetware.process.reasons import Exited, Killed, Linked
from wetware.process.stimuli import Kill, Link, Monitor, Pause, Released, Spawn, Started, Stopped, Wait
from wetware.process.table import ProcessTable

MANY = 100_000


def spawn(table, ppid=1, **options):
    entry = table.handle(Spawn(ppid, **options))[0].entry
    table.handle(Started(entry))
    return entry


def run(table, *stimuli):
    """Play an engine that confirms everything, in order; return what else was asked of it."""
    asked = []
    queue = deque(stimuli)
    while queue:
        for instruction in table.handle(queue.popleft()):
            match instruction:
                case do.Stop(entry, reason):
                    queue.append(Stopped(entry, reason))
                case do.Release(entry):
                    queue.append(Released(entry))
                case _:
                    asked.append(instruction)
    return asked


@pytest.fixture
def shallow_stack():
    """Let nothing recurse far."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(300)
    yield
    sys.setrecursionlimit(before)


def test_a_long_chain_of_links(shallow_stack):
    table = ProcessTable(max_processes=MANY)
    chain = [spawn(table) for _ in range(MANY)]
    for a, b in itertools.pairwise(chain):
        table.handle(Link(a, b))
    table.handle(Monitor(chain[-1], "last"))
    (told,) = run(table, Kill(chain[0]))
    assert told == do.NotifyMonitor("last", Linked(origin=chain[0].pid, via=chain[-2].pid))
    assert len(table) == 0


def test_a_deep_tree(shallow_stack):
    table = ProcessTable(max_processes=MANY)
    top = bottom = spawn(table)
    for _ in range(MANY - 1):
        bottom = spawn(table, bottom.pid)
    assert table.tree()[-1].depth == MANY - 1
    assert bottom.is_within(top)
    assert not top.is_within(bottom)
    table.handle(Wait(bottom, "bottom"))
    (answer,) = run(table, Kill(top))
    assert answer == do.AnswerWait("bottom", Killed(by=bottom.pid - 1))
    assert len(table) == 0


def test_twelve_thousand_children():
    table = ProcessTable(max_children=12_000)
    parent = spawn(table)
    children = [spawn(table, parent.pid) for _ in range(12_000)]
    for child in children:
        table.handle(Monitor(child, child.pid))
    told = run(table, Kill(parent))
    assert Counter(i.token for i in told) == Counter(child.pid for child in children)
    assert {i.reason for i in told} == {Killed(by=parent.pid)}
    assert len(table) == 0


def test_everybody_linked_with_everybody():
    table = ProcessTable()
    clique = [spawn(table) for _ in range(60)]
    for a in clique:
        for b in clique:
            table.handle(Link(a, b))
    told = run(table, *[Monitor(entry, entry.pid) for entry in clique], Kill(clique[30]))
    assert Counter(i.token for i in told) == Counter(entry.pid for entry in clique)
    assert {i.reason.origin for i in told if isinstance(i.reason, Linked)} == {clique[30].pid}


def test_an_ended_process_keeps_no_other_alive():
    table = ProcessTable()
    parent = spawn(table, what="mine")
    child = spawn(table, parent.pid, link_to=parent, monitors=("m",))
    run(table, Wait(parent, "w"), Stopped(parent, Exited(0)))
    for entry in (parent, child):
        assert entry.state == "exited"
        held = (entry.parent, entry.children, entry.links, entry.foreign, entry.waits, entry.monitors)
        assert held == (None,) * 6
    assert parent.reason == Exited(0)
    assert parent.what == "mine"
    assert child.ppid == parent.pid


def test_a_plain_process_holds_no_sets():
    table = ProcessTable()
    entry = spawn(table)
    held = (entry.children, entry.links, entry.foreign, entry.waits, entry.monitors)
    assert held == (None,) * 5
    assert not hasattr(entry, "__dict__")


def test_snapshot_asks_the_scheduler_of_alive_ones_only():
    table = ProcessTable()
    alive, paused, ending = (spawn(table, now=float(n)) for n in range(3))
    starting = table.handle(Spawn(alive.pid, now=3.5, what="hers"))[0].entry
    table.handle(Pause(paused))
    table.handle(Kill(ending))
    table.handle(Link(alive, paused))
    alive.cpu_seconds, alive.memory_bytes, alive.output_bytes = 1.5, 65536, 12
    asked = []

    def activity(entry):
        asked.append(entry)
        return "running"

    rows = table.snapshot(activity)
    assert asked == [alive]
    assert [(row.pid, row.ppid, row.state) for row in rows] == [
        (2, 1, "running"),
        (3, 1, "paused"),
        (4, 1, "ending"),
        (5, 2, "starting"),
    ]
    assert (rows[0].children, rows[0].links, rows[0].reason) == (1, 1, None)
    assert (rows[0].cpu_seconds, rows[0].memory_bytes, rows[0].output_bytes) == (1.5, 65536, 12)
    assert [row.suspended for row in rows] == [False, True, False, False]
    assert rows[2].reason == Killed()
    assert (rows[3].created, rows[3].what) == (3.5, "hers")
    assert table.snapshot()[0].state == "runnable"
    assert [row.pid for row in table.snapshot(root=alive)] == [alive.pid, starting.pid]
    assert [(r.depth, r.row.pid) for r in table.tree(root=alive)] == [(0, alive.pid), (1, starting.pid)]
    assert table.snapshot(root=table.init) == table.snapshot()


def test_iteration_is_by_pid_even_after_the_pids_wrapped():
    table = ProcessTable()
    table._next_pid = 2**32 - 1
    spawned = [spawn(table).pid for _ in range(3)]
    assert spawned == [2**32 - 1, 2, 3]
    assert [entry.pid for entry in table] == [2, 3, 2**32 - 1]
    assert [row.pid for row in table.snapshot()] == [2, 3, 2**32 - 1]


def test_a_refused_spawn_changes_nothing():
    table = ProcessTable()
    with pytest.raises(TypeError):  # a token that cannot be one
        table.handle(Spawn(monitors=([],)))
    assert len(table) == 0
    assert spawn(table).pid == 2


def test_an_unknown_stimulus_is_an_internal_error():
    with pytest.raises(InternalError, match="no stimulus str"):
        ProcessTable().handle("spawn")
