"""A member as a program sees it, over ports in memory."""

import asyncio
import random
import threading

import pytest
from node_group import Group, group_of, until

from wetware.errors import LocalError
from wetware.raft.core.errors import ConfChangeError, NoLeaderError, OverloadedError
from wetware.raft.log import DiskError, DurableLog
from wetware.raft.node.errors import (
    MembershipTimeoutError,
    NodeFailedError,
    OutcomeUnknownError,
    ReadTimeoutError,
    RefusedByMachineError,
    RemovedError,
    StoppedError,
)
from wetware.raft.node.machine import ItemMap
from wetware.raft.testing.disk import SimulatedDisk


def leader_of(group):
    leaders = [node for node in group.nodes.values() if node.member.leads()]
    return max(leaders, key=lambda node: node.member.core.term, default=None)


async def test_a_put_is_committed_and_applied_everywhere():
    async with group_of(1, 2, 3) as group:
        for one, node in group.nodes.items():
            assert await node.put(b"key %d" % one, b"value %d" % one) == b""
        for node in group.nodes.values():
            for one in group.nodes:
                assert await node.get(b"key %d" % one) == b"value %d" % one
            assert await node.get(b"nothing") is None
            assert sorted(await node.items()) == [(b"key %d" % one, b"value %d" % one) for one in (1, 2, 3)]


async def test_a_group_of_one_grows_by_five_that_join_at_once():
    async with group_of(1) as group:
        await group.nodes[1].put(b"a", b"1")
        for one in range(2, 7):
            await group.start(one)
        await asyncio.gather(*(group.nodes[1].add(one, timeout=60) for one in range(2, 7)))
        assert group.nodes[1].status().voters == (1, 2, 3, 4, 5, 6)
        for node in group.nodes.values():
            assert await node.get(b"a") == b"1"
            assert node.status().voters == (1, 2, 3, 4, 5, 6)


async def test_a_member_is_added_and_removed_by_way_of_any_other():
    async with group_of(1, 2, 3) as group:
        await group.start(4)
        leader = leader_of(group)
        follower = next(node for node in group.nodes.values() if node is not leader and node.id < 4)
        await follower.add(4, timeout=60)
        assert 4 in leader.status().voters
        await follower.add(4, timeout=60)
        await group.nodes[4].remove(follower.id, timeout=60)
        await until(lambda: follower.member.removed)
        with pytest.raises(RemovedError):
            await follower.put(b"a", b"b")
        assert await group.nodes[4].put(b"a", b"b") == b""


async def test_a_leader_that_is_removed_hands_over_first():
    async with group_of(1, 2, 3) as group:
        leader = leader_of(group)
        await leader.remove(leader.id, timeout=60)
        others = [node for node in group.nodes.values() if node is not leader]
        await others[0].put(b"a", b"b", timeout=30)
        assert leader.id not in others[0].status().voters


async def test_members_of_old_are_let_go():
    async with group_of(1, 2, 3) as group:
        leader = leader_of(group)
        gone = next(node for node in group.nodes.values() if node is not leader)
        await leader.remove(gone.id, timeout=60)
        await until(lambda: gone.id not in leader._links and gone.id not in leader.member.mail.outboxes)


async def test_the_last_voter_stays():
    async with group_of(1) as group:
        with pytest.raises(ConfChangeError, match="last voter"):
            await group.nodes[1].remove(1)


async def test_a_newcomer_that_never_comes_is_taken_out_again():
    async with group_of(1) as group:
        with pytest.raises(MembershipTimeoutError, match="taken out"):
            await group.nodes[1].add(9, timeout=0.3)
        await until(lambda: group.nodes[1].status().learners == ())
        assert group.nodes[1].status().voters == (1,)


async def test_a_learner_learns_and_does_not_vote():
    async with group_of(1) as group:
        await group.start(2)
        await group.nodes[1].add(2, voter=False, timeout=60)
        await group.nodes[1].put(b"a", b"b")
        assert await group.nodes[2].get(b"a") == b"b"
        assert group.nodes[1].status().learners == (2,)
        assert group.nodes[1].status().voters == (1,)


async def test_a_late_joiner_after_compaction_gets_a_snapshot():
    async with group_of(1, snapshot_bytes=4096, keep_entries=3) as group:
        node = group.nodes[1]
        for number in range(100):
            await node.put(b"key %d" % (number % 7), b"x" * 100)
        await until(lambda: node.status().first_index > 50)
        late = await group.start(2)
        await node.add(2, timeout=60)
        assert group.snapshots == 1
        assert dict(await late.items()) == {b"key %d" % number: b"x" * 100 for number in range(7)}
        assert await late.put(b"more", b"1") == b""


async def test_a_member_left_far_behind_catches_up_by_snapshot_while_others_go_on():
    async with group_of(1, 2, 3, snapshot_bytes=4096, keep_entries=3) as group:
        leader = leader_of(group)
        behind = next(node for node in group.nodes.values() if node is not leader)
        group.isolate(behind.id)
        for number in range(100):
            await leader.put(b"key", b"%d" % number + b"x" * 100)
        group.heal()
        await until(lambda: behind.status().applied >= leader.status().committed)
        assert group.snapshots
        assert await behind.get(b"key") == b"99" + b"x" * 100


async def lose(leader, written, group):
    """Cut a leader off until there is another and it has done some work."""
    before = len(written)
    group.isolate(leader.id)
    await until(lambda: any(node.member.leads() for node in group.nodes.values() if node is not leader))
    await until(lambda: len(written) > before + 50)
    group.heal()


async def test_puts_are_done_once_through_the_loss_of_every_leader_in_turn():
    class Counter(ItemMap):
        """Counts what it is given."""

        def apply(self, item):
            self.values[item.key] = b"%d" % (int(self.values.get(item.key, b"0")) + 1)
            return self.values[item.key]

    async with group_of(1, 2, 3, machines=Counter) as group:
        done, written = asyncio.Event(), []

        async def write(node):
            number = 0
            while not done.is_set():
                number += 1
                key = b"%d %d" % (node.id, number)
                assert await node.put(key, b"", timeout=60) == b"1"
                written.append(key)

        async with asyncio.TaskGroup() as tasks:
            for node in group.nodes.values():
                tasks.create_task(write(node))
            for _ in range(3):
                await until(lambda: leader_of(group) is not None)
                await lose(leader_of(group), written, group)
            done.set()
        for node in group.nodes.values():
            assert set(dict(await node.items()).values()) == {b"1"}
            assert sorted(dict(await node.items())) == sorted(written)


async def test_a_put_without_a_majority_says_that_its_outcome_is_unknown_or_that_nothing_was_done():
    async with group_of(1, 2, 3) as group:
        leader = leader_of(group)
        await leader.put(b"a", b"0")
        group.isolate(leader.id)
        with pytest.raises(OutcomeUnknownError, match="deadline"):
            await leader.put(b"a", b"1", timeout=0.2)
        await until(lambda: leader.member.core.lead == 0)
        with pytest.raises(NoLeaderError, match="not proposed"):
            await leader.put(b"a", b"2", timeout=0.2)
        with pytest.raises(ReadTimeoutError):
            await leader.get(b"a", timeout=0.2)


async def test_one_peer_that_hangs_stalls_nobody():
    async with group_of(1, 2, 3, send_timeout=60) as group:
        leader = leader_of(group)
        slow = next(node for node in group.nodes.values() if node is not leader)
        group.hanging.add((leader.id, slow.id))
        for number in range(200):
            await leader.put(b"a", b"%d" % number)
        assert await leader.get(b"a") == b"199"
        assert leader.member.leads()


async def test_a_state_machine_that_raises_fails_the_put_and_nothing_else():
    class Picky(ItemMap):
        def apply(self, item):
            if item.value == b"bad":
                raise LocalError("bad values are not taken")
            if item.value == b"worse":
                raise KeyError("/etc/secret")
            return super().apply(item)

    async with group_of(1, 2, 3, machines=Picky, snapshot_bytes=2000, keep_entries=0) as group:
        for node in group.nodes.values():
            with pytest.raises(RefusedByMachineError, match=r"^bad values are not taken$"):
                await node.put(b"a", b"bad")
            with pytest.raises(RefusedByMachineError, match=r"^the state machine failed with KeyError$"):
                await node.put(b"a", b"worse")
            await node.put(b"a", b"good")
        for _ in range(50):
            await node.put(b"b", b"x" * 50)
        await group.start(4, machine=Picky())
        await group.nodes[1].add(4, timeout=60)
        for node in group.nodes.values():
            assert await node.get(b"a") == b"good"
            assert node.failure is None


@pytest.mark.parametrize("kind", [SystemExit, asyncio.CancelledError])
@pytest.mark.parametrize("waits", [False, True])
async def test_a_state_machine_that_wants_to_end_the_program_ends_nothing(kind, waits):
    class Exits(ItemMap):
        def apply(self, item):
            if item.value == b"bad":
                raise kind
            return super().apply(item)

    class ExitsLater(Exits):
        async def apply(self, item):
            await asyncio.sleep(0)
            return super().apply(item)

    async with group_of(1, 2, 3, machines=ExitsLater if waits else Exits) as group:
        for node in group.nodes.values():
            with pytest.raises(RefusedByMachineError, match=f"failed with {kind.__name__}"):
                await node.put(b"a", b"bad", timeout=60)
        await group.nodes[1].put(b"a", b"good", timeout=60)
        for node in group.nodes.values():
            assert await node.get(b"a") == b"good"


async def test_a_state_machine_that_exits_when_it_is_saved_or_restored_ends_at_most_its_member():
    class Exits(ItemMap):
        def snapshot(self):
            raise SystemExit

    class ExitsToo(ItemMap):
        def restore(self, data):
            raise SystemExit

    async with group_of(1, machines=Exits, snapshot_bytes=1000, keep_entries=1) as group:
        for number in range(30):
            await group.nodes[1].put(b"%d" % number, b"x" * 100)
        late = await group.start(2, machine=ExitsToo())
        await late.stopped()
        assert "SystemExit" in repr(late.failure.__cause__)
        assert await group.nodes[1].get(b"7") == b"x" * 100


async def test_a_host_that_ends_while_an_item_is_applied_does_not_count_that_as_a_refusal():
    begun = asyncio.Event()

    class Stuck(ItemMap):
        async def apply(self, item):
            begun.set()
            await asyncio.Event().wait()

    group = Group(tick=0.02)
    node = await group.start(1, founders=(1,), machine=Stuck())
    node.member.core.campaign()
    waiting = asyncio.create_task(node.put(b"a", b"1"))
    await begun.wait()
    node._main.cancel()
    with pytest.raises(OutcomeUnknownError):
        await waiting
    assert node.member.applied < node.member.core.committed


async def test_a_state_machine_may_be_made_of_coroutines():
    class Slow(ItemMap):
        async def apply(self, item):
            await asyncio.sleep(0)
            if item.value == b"bad":
                raise LocalError("bad")
            super().apply(item)
            return b"done " + item.key

        async def get(self, key):
            await asyncio.sleep(0)
            return super().get(key)

        async def snapshot(self):
            await asyncio.sleep(0)
            return super().snapshot()

        async def restore(self, data):
            await asyncio.sleep(0)
            super().restore(data)

    async with group_of(1, 2, 3, machines=Slow, snapshot_bytes=2000, keep_entries=0) as group:
        answers = await asyncio.gather(*(group.nodes[1].put(b"%d" % n, b"x" * 50) for n in range(100)))
        assert answers == [b"done %d" % n for n in range(100)]
        with pytest.raises(RefusedByMachineError, match=r"^bad$"):
            await group.nodes[2].put(b"a", b"bad")
        await group.start(4, machine=Slow())
        await group.nodes[1].add(4, timeout=60)
        assert await group.nodes[4].get(b"99") == b"x" * 50
        assert len(await group.nodes[4].items()) == 100


async def test_a_slow_state_machine_does_not_cost_a_leader_its_office():
    gate = asyncio.Event()

    class Stuck(ItemMap):
        async def apply(self, item):
            if item.key == b"wait":
                await gate.wait()
            super().apply(item)

    async with group_of(1, 2, 3, machines=Stuck) as group:
        leader = leader_of(group)
        term = leader.status().term
        waiting = asyncio.create_task(leader.put(b"wait", b"1"))
        before = leader.member.core._raft.now
        await until(lambda: leader.member.core._raft.now > before + 60)
        assert (leader.status().term, leader.member.leads()) == (term, True)
        gate.set()
        await waiting


async def test_pause_and_resume():
    async with group_of(1, 2, 3) as group:
        leader = leader_of(group)
        leader.pause()
        waiting = asyncio.create_task(leader.put(b"a", b"1", timeout=60))
        others = [node for node in group.nodes.values() if node is not leader]
        await until(lambda: any(node.member.leads() for node in others))
        await others[0].put(b"b", b"2")
        with pytest.raises(NoLeaderError):
            await leader.put(b"c", b"3", timeout=0.1)
        leader.resume()
        await waiting
        assert await others[1].get(b"a") == b"1"
        assert await leader.get(b"b") == b"2"


async def test_stop_hands_over_ends_what_waits_and_leaves_the_host_alone():
    async with group_of(1, 2, 3) as group:
        leader = leader_of(group)
        others = [node for node in group.nodes.values() if node is not leader]
        term = leader.status().term
        await leader.stop()
        await leader.stop()
        assert leader.failure is None
        with pytest.raises(StoppedError):
            await leader.put(b"a", b"1")
        with pytest.raises(StoppedError):
            leader.receive(b"")
        await until(lambda: any(node.member.leads() for node in others))
        assert max(node.status().term for node in others) == term + 1
        await others[0].put(b"a", b"1")
        paused = others[1]
        paused.pause()
        waiting = asyncio.create_task(paused.put(b"b", b"1", timeout=60))
        await asyncio.sleep(0)
        await paused.stop()
        with pytest.raises(StoppedError):
            await waiting


async def test_a_member_whose_disk_fails_stops_and_the_others_go_on():
    class Bad:
        """A log whose disk fails when it is told to."""

        def __init__(self, log):
            self.log, self.broken = log, False

        def __getattr__(self, name):
            return getattr(self.log, name)

        def flush(self, step):
            if self.broken:
                raise DiskError("the disk is on fire")
            self.log.flush(step)

    from wetware.raft.node.store import MemoryLog

    async with group_of(1, 2, 3, stores=lambda one: Bad(MemoryLog())) as group:
        leader = leader_of(group)
        leader._store.broken = True
        with pytest.raises((OutcomeUnknownError, NodeFailedError)) as caught:
            await leader.put(b"a", b"1")
        assert "fire" not in str(caught.value)
        await leader.stopped()
        assert "fire" in str(leader.failure)
        with pytest.raises(NodeFailedError):
            await leader.put(b"a", b"1")
        others = [node for node in group.nodes.values() if node is not leader]
        await others[0].put(b"a", b"2", timeout=60)
        assert await others[1].get(b"a") == b"2"


async def test_a_member_whose_disk_is_full_stops_and_comes_back_when_there_is_room(tmp_path):
    disks = {one: SimulatedDisk(random.Random(one)) for one in (1, 2, 3)}
    stores = {one: DurableLog.open(disk) for one, disk in disks.items()}
    async with group_of(1, 2, 3, stores=stores.get) as group:
        leader = leader_of(group)
        await leader.put(b"a", b"1")
        disks[leader.id].capacity = disks[leader.id].used + 2000
        acknowledged = {}

        async def fill():
            for number in range(1000):
                await leader.put(b"%d" % number, b"x" * 1000)
                acknowledged[b"%d" % number] = b"x" * 1000

        with pytest.raises((OutcomeUnknownError, NodeFailedError)):
            await fill()
        await leader.stopped()
        assert "no space left" in str(leader.failure)
        others = [node for node in group.nodes.values() if node is not leader]
        await others[0].put(b"a", b"2", timeout=60)
        for key, value in acknowledged.items():
            assert await others[1].get(key) == value
        disks[leader.id].capacity = None
        again = await group.start(leader.id, store=DurableLog.open(disks[leader.id]))
        assert await again.get(b"a", timeout=60) == b"2"
        assert acknowledged.items() <= dict(await again.items()).items()


async def test_a_learner_becomes_a_voter_that_counts():
    async with group_of(1, 2) as group:
        await group.start(3)
        await group.nodes[2].add(3, voter=False, timeout=60)
        await group.nodes[1].put(b"a", b"1")
        assert (group.nodes[1].status().voters, group.nodes[1].status().learners) == ((1, 2), (3,))
        await group.nodes[2].add(3, timeout=60)
        leader = leader_of(group)
        assert (leader.status().voters, leader.status().learners) == ((1, 2, 3), ())
        group.isolate(leader.id)
        rest = [node for node in group.nodes.values() if node is not leader]
        await rest[0].put(b"a", b"2", timeout=60)  # the newcomer's vote and disk are needed for it
        assert await rest[1].get(b"a", timeout=60) == b"2"
        group.heal()


async def test_transfer_of_leadership():
    async with group_of(1, 2, 3) as group:
        for target in (3, 1, 2):
            assert await group.nodes[target % 3 + 1].transfer(target, timeout=60) == target
            assert group.nodes[target].member.leads()
        assert await group.nodes[2].transfer(timeout=60) != 2


async def test_dead_members_are_removed_by_policy_and_a_majority_is_kept():
    settings = {"remove_dead_after": 0.5, "min_voters": 2}
    async with group_of(1, 2, 3, **settings) as group:
        leader = leader_of(group)
        dead = next(node for node in group.nodes.values() if node is not leader)
        group.isolate(dead.id)
        await until(lambda: dead.id not in leader.status().voters)
        assert len(leader.status().voters) == 2


async def test_restart_from_disk(tmp_path):
    def open_log(one):
        return DurableLog.open(tmp_path / str(one))

    async with group_of(1, 2, 3, stores=open_log) as group:
        for number in range(30):
            await group.nodes[1].put(b"%d" % number, b"x")
    async with group_of(1, 2, 3, stores=open_log, snapshot_bytes=1000, keep_entries=2) as group:
        assert len(await group.nodes[2].items()) == 30
        for number in range(100):
            await group.nodes[1].put(b"%d" % number, b"y" * 20)
        await until(lambda: all(node.status().first_index > 50 for node in group.nodes.values()))
    async with group_of(1, 2, 3, stores=open_log) as group:
        assert dict(await group.nodes[3].items()) == {b"%d" % number: b"y" * 20 for number in range(100)}


async def test_without_threads_the_disk_is_written_on_the_loop(tmp_path, monkeypatch):
    monkeypatch.setattr("wetware.raft.node.writer._THREADS", False)
    threads = threading.active_count()
    async with group_of(1, 2, 3, stores=lambda one: DurableLog.open(tmp_path / str(one))) as group:
        await group.nodes[2].put(b"a", b"1")
        assert threading.active_count() == threads
    with DurableLog.open(tmp_path / "2") as log:
        assert log.last_index() >= 3


async def test_limits_are_told():
    async with group_of(1, max_command_size=1000, max_waiting=10) as group:
        node = group.nodes[1]
        with pytest.raises(OverloadedError, match="max_command_size"):
            await node.put(b"a", b"x" * 1000)
        results = await asyncio.gather(*(node.put(b"a", b"b") for _ in range(30)), return_exceptions=True)
        assert sum(isinstance(one, OverloadedError) for one in results) == 20
        assert await node.put(b"a", b"c") == b""


async def test_what_contradicts_itself_is_refused():
    group = Group()
    with pytest.raises(LocalError, match="founders"):
        await group.start(1, founders=(2, 3))
    node = await group.start(1, founders=(1,))
    with pytest.raises(LocalError, match="started already"):
        await node.start()
    await group.stop()


async def test_reads_see_what_was_written_before_by_anybody():
    async with group_of(1, 2, 3) as group:
        for number in range(60):
            writer, reader = group.nodes[number % 3 + 1], group.nodes[(number + 1) % 3 + 1]
            await writer.put(b"a", b"%d" % number)
            assert await reader.get(b"a") == b"%d" % number
