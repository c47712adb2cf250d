"""Members as capabilities: vats of one process over Unix sockets."""

import asyncio
import contextlib
from pathlib import Path

import pytest
from node_group import until

from wetware.capnp.exceptions import CallError, DisconnectedError, FailedError, UnimplementedError
from wetware.capnp.generate.__main__ import generate
from wetware.capnp.transport import Options as Keep
from wetware.capnp.vat import Vat
from wetware.errors import BrokenError, LocalError
from wetware.raft.node import (
    ItemMap,
    Options,
    OutcomeUnknownError,
    RaftClient,
    RaftNode,
    ReadTimeoutError,
    RefusedByMachineError,
)
from wetware.raft.node.core.codec import encode_batch
from wetware.raft.node.port import CapabilityPort
from wetware.schema import raft_capnp
from wetware.schema.raft_capnp import Outcome, Raft

KEEP = Keep(linger=0.2)


class Site:
    """Members that find each other by sockets in a folder."""

    def __init__(self, folder, **settings):
        self.folder = folder
        self.options = Options(**({"tick": 0.02} | settings))
        self.nodes, self.vats = {}, {}
        self.clients = Vat(options=KEEP)

    def finder(self, vat):
        async def find(node_id):
            connection = await vat.connect_unix(str(self.folder / f"{node_id}.sock"))
            return connection.bootstrap(Raft)

        return find

    async def start(self, node_id, founders=(), machine=None):
        vat = self.vats[node_id] = Vat(options=KEEP)
        node = RaftNode(node_id, self.finder(vat), founders=founders, options=self.options, machine=machine)
        self.nodes[node_id] = node
        vat.offer = node.capability
        await vat.listen_unix(str(self.folder / f"{node_id}.sock"))
        await node.start()
        return node

    async def kill(self, node_id):
        """Cut all its connections at once, and stop it."""
        node, vat = self.nodes.pop(node_id), self.vats.pop(node_id)
        node.pause()
        for listener in list(vat._listeners):
            await listener.close()
        (self.folder / f"{node_id}.sock").unlink(missing_ok=True)  # from 3.13 on asyncio removes it
        for connection in list(vat.connections):
            connection.kill()
        await node.stop()
        await vat.close()

    async def member(self, node_id):
        return await self.finder(self.clients)(node_id)

    def client(self, *ids, **more):
        return RaftClient([lambda one=one: self.member(one) for one in ids], **more)

    async def close(self):
        for node in self.nodes.values():
            node.pause()  # no need to hand over
        await asyncio.gather(*(node.stop() for node in self.nodes.values()))
        # asyncio loses a connection that is being accepted when its listener closes: let none be under way
        await asyncio.sleep(0.01)
        for vat in [*self.vats.values(), self.clients]:
            await vat.close()


@contextlib.asynccontextmanager
async def site_of(folder, *ids, machines=None, **settings):
    site = Site(folder, **settings)
    try:
        for one in ids:
            await site.start(one, founders=ids, machine=machines() if machines else None)
        site.nodes[ids[0]].member.core.campaign()
        await site.nodes[ids[0]].leader(timeout=30)
        yield site
    finally:
        await site.close()


async def test_the_interface_of_the_original(tmp_path):
    async with site_of(tmp_path, 1) as site:
        raft = await site.member(1)
        assert (await raft.id()).id == 1
        await raft.put(item={"key": b"a", "value": b"1"})
        assert [(bytes(o.key), bytes(o.value)) for o in (await raft.items()).objects] == [(b"a", b"1")]
        second = await site.start(2)
        added = await raft.add(node=await site.member(2))
        assert added.error == ""
        assert [(await node.id()).id for node in added.nodes] == [1]
        await until(lambda: second.status().voters == (1, 2))
        members = await raft.members()
        assert list(members.ids) == [1, 2]
        assert [(await member.id()).id for member in members.members] == [1, 2]
        await raft.remove(node=await site.member(2))
        assert list((await raft.members()).ids) == [1]


async def test_batches_are_answered_together_and_who_gives_up_takes_nothing_from_the_others(tmp_path):
    async with site_of(tmp_path, 1, tick=5.0, window=8) as site:
        raft = await site.member(1)
        site.nodes[1]._answer_batches()
        calls = [raft.send(msg=encode_batch([])) for _ in range(3)]
        await raft.id()
        assert not any(call.done for call in calls)
        calls[0].cancel()
        await raft.id()
        assert not any(call.done for call in calls[1:])
        calls.append(raft.send(msg=encode_batch([])))
        for call in calls[1:]:
            await call
        later = raft.send(msg=encode_batch([]))
        await raft.id()
        assert not later.done
        site.nodes[1]._answer_batches()
        await later


async def test_its_numbers_are_those_of_the_original():
    names = {name: number for (_, number), (name, _) in raft_capnp.Raft_Server.METHODS.items()}
    original = ["add", "remove", "send", "put", "items", "members", "id"]
    assert [names[f"Raft.{name}"] for name in original] == list(range(7))
    assert "@0x8dcfa60b52844164;" in Path(raft_capnp.__file__).with_name("raft.capnp").read_text()


def test_the_generated_module_is_up_to_date():
    schema = Path(raft_capnp.__file__).with_name("raft.capnp")
    for path, text in generate([schema]).items():
        assert path.read_text() == text, "run python -m wetware.capnp.generate src/wetware/schema/raft.capnp"


async def test_five_join_at_once_by_way_of_different_members(tmp_path):
    async with site_of(tmp_path, 1, 2, 3) as site:
        await site.nodes[1].put(b"a", b"1")
        for one in range(4, 9):
            await site.start(one)

        async def join(one):
            return await (await site.member(one % 3 + 1)).add(node=await site.member(one))

        answers = await asyncio.gather(*(join(one) for one in range(4, 9)))
        assert all(len(answer.nodes) >= 3 for answer in answers)
        everybody = tuple(range(1, 9))
        await until(lambda: all(node.status().voters == everybody for node in site.nodes.values()))
        for node in site.nodes.values():
            assert await node.get(b"a") == b"1"


async def test_a_joiner_that_no_lookup_finds_is_reached_by_the_capability_it_was_added_with(tmp_path):
    async with site_of(tmp_path, 1) as site:
        hidden = tmp_path / "hidden"
        hidden.mkdir()
        vat = Vat(options=KEEP)
        node = RaftNode(2, site.finder(vat), options=site.options)
        vat.offer = node.capability
        await vat.listen_unix(str(hidden / "2.sock"))
        async with vat, node:
            connection = await site.clients.connect_unix(str(hidden / "2.sock"))
            await (await site.member(1)).add(node=connection.bootstrap(Raft))
            await site.nodes[1].put(b"a", b"1")
            assert await node.get(b"a") == b"1"
            await site.nodes[1].remove(2)


async def test_a_client_may_put_get_and_look_and_nothing_else(tmp_path):
    async with site_of(tmp_path, 1) as site:
        member = await site.member(1)
        client = (await member.client()).client
        await client.put(item={"key": b"a", "value": b"1"})
        got = await client.get(key=b"a")
        assert (got.found, bytes(got.value)) == (True, b"1")
        assert not (await client.get(key=b"b")).found
        status = (await client.status()).status
        assert (status.id, status.leader, list(status.voters)) == (1, 1, [1])
        again = (await client.client()).client
        for call in (
            client.send(msg=b""),
            client.add(node=member),
            client.remove(node=member),
            client.remove_id(id=1),
            client.transfer(to=1),
            client.snapshot(head=b""),
            client.members(),
            again.change(id=1, node=None, goal=raft_capnp.Goal.GONE, timeout_ms=1),
        ):
            with pytest.raises(UnimplementedError, match="client"):
                await call


async def test_sessions_take_effect_once_whomever_is_asked(tmp_path):
    class Counter(ItemMap):
        def apply(self, item):
            if item.value == b"bad":
                raise LocalError("bad")
            self.values[item.key] = b"%d" % (int(self.values.get(item.key, b"0")) + 1)
            return self.values[item.key]

    async with site_of(tmp_path, 1, 2, 3, machines=Counter) as site:
        members = [await site.member(one) for one in (1, 2, 3)]
        session = (await members[0].open_session()).session

        def put(member, sequence, acknowledged=0, value=b""):
            return member.put_session(
                session=session,
                sequence=sequence,
                acknowledged=acknowledged,
                item={"key": b"a", "value": value},
            )

        answers = await asyncio.gather(*(put(member, 1) for member in members * 3))
        assert {(answer.outcome, bytes(answer.result)) for answer in answers} == {(Outcome.DONE, b"1")}
        refused = await put(members[1], 2, value=b"bad")
        assert (refused.outcome, bytes(refused.result)) == (Outcome.FAILED, b"bad")
        assert (await put(members[2], 3, acknowledged=2)).outcome is Outcome.DONE
        assert (await put(members[0], 1, acknowledged=2)).outcome is Outcome.STALE
        await members[1].close_session(session=session)
        assert (await put(members[0], 4)).outcome is Outcome.EXPIRED
        assert await site.nodes[1].get(b"a") == b"2"


async def test_a_client_goes_on_when_the_member_it_asks_dies(tmp_path):
    class Once(ItemMap):
        def apply(self, item):
            if item.key in self.values:
                raise LocalError("it was put before")
            super().apply(item)

    async with site_of(tmp_path, 1, 2, 3, machines=Once) as site:
        client = site.client(1, 2, 3, attempt=1.0)
        for number in range(20):
            await client.put(b"%d" % number, b"x")
        leader = await site.nodes[1].leader()
        writing = asyncio.gather(*(client.put(b"%d" % number, b"x", timeout=60) for number in range(20, 60)))
        await asyncio.sleep(0)
        await site.kill(leader)
        await writing
        for number in range(60):
            assert await client.get(b"%d" % number) == b"x"
        with pytest.raises(RefusedByMachineError, match="put before"):
            await client.put(b"5", b"y")
        await client.close()
        left = next(iter(site.nodes.values()))
        assert len(await left.items()) == 60


async def test_the_loss_of_a_leader_is_noticed_at_once(tmp_path):
    async with site_of(tmp_path, 1, 2, 3, tick=0.5) as site:
        leader = await site.nodes[1].leader()
        await site.nodes[1].put(b"a", b"1")
        rest = [node for one, node in site.nodes.items() if one != leader]
        ticks = [node.member.core._raft.now for node in rest]
        for number, node in enumerate(rest):
            node.member._randbelow = lambda _, number=number: 3 * number  # not both at a time
        await site.kill(leader)
        await until(lambda: any(node.member.leads() for node in rest))
        passed = [node.member.core._raft.now - before for node, before in zip(rest, ticks, strict=True)]
        assert min(passed) < site.options.election_tick, "nobody waited for the timeout"


async def test_a_late_joiner_gets_its_snapshot_in_chunks(tmp_path):
    async with site_of(tmp_path, 1, snapshot_bytes=300_000, keep_entries=1) as site:
        values = {b"%d" % number: bytes([number]) * 50_000 for number in range(20)}
        for key, value in values.items():
            await site.nodes[1].put(key, value)
        await until(lambda: site.nodes[1].status().first_index > 5)
        late = await site.start(2)
        await (await site.member(1)).add(node=await site.member(2))
        assert dict(await late.items()) == values
        assert late.status().first_index > 5


async def test_a_peer_that_takes_nothing_of_a_snapshot_is_given_up(tmp_path):
    class Stuck(raft_capnp.SnapshotSink_Server):
        async def write(self, *, data, context):
            await asyncio.Event().wait()

        async def done(self, *, context):
            await asyncio.Event().wait()

    async with site_of(tmp_path, 1) as site:
        server = site.nodes[1].capability

        async def snapshot(*, head, context):
            return {"sink": Stuck()}

        server.snapshot = snapshot
        port = CapabilityPort(await site.member(1), lambda _: None, Options(send_timeout=0.2), bytes)
        with pytest.raises(BrokenError, match="takes nothing"):
            await port.send_snapshot(b"head", b"x" * 1000)


async def test_what_is_no_message_is_refused_and_hurts_nobody(tmp_path):
    async with site_of(tmp_path, 1, 2, 3) as site:
        raft = await site.member(1)
        for junk in (b"", b"{}", b"ww\x01junk", b'{"type":3}', bytes(200)):
            with pytest.raises(FailedError):
                await raft.send(msg=junk)
            with pytest.raises(CallError):
                await raft.snapshot(head=junk)
            with pytest.raises(CallError):
                await raft.snapshot(head=junk).sink.done()
        await site.nodes[1].put(b"a", b"1")


async def test_calls_that_are_held_open_end_when_the_member_stops(tmp_path):
    async with site_of(tmp_path, 1) as site:
        raft = await site.member(1)
        waiting = asyncio.ensure_future(raft.stopped())
        await raft.id()
        await site.nodes[1].stop()
        await waiting
        with pytest.raises(DisconnectedError, match="does not run"):
            await raft.put(item={"key": b"a", "value": b"1"})


async def test_a_client_that_finds_nobody_says_so(tmp_path):
    site = Site(tmp_path)
    client = site.client(1, timeout=0.2)
    with pytest.raises(ReadTimeoutError, match="session"):
        await client.put(b"a", b"1")
    with pytest.raises(ReadTimeoutError):
        await client.get(b"a")
    await client.close()
    await site.close()


async def test_a_client_without_a_majority_does_not_know(tmp_path):
    async with site_of(tmp_path, 1, 2) as site:
        client = site.client(1, 2, timeout=1.0)
        await client.put(b"a", b"1")
        await site.kill(2)
        with pytest.raises(OutcomeUnknownError):
            await client.put(b"a", b"2")
        await client.close()
