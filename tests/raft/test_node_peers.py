"""What peers may do to a member, and what they are told of it."""

import asyncio

import pytest
from node_group import group_of, until
from test_node_rpc import KEEP, site_of

from wetware.capnp.exceptions import CallError, DisconnectedError, FailedError, UnimplementedError
from wetware.capnp.vat import Vat
from wetware.raft.core import Entry, Message, MessageType, RawNode, Snapshot
from wetware.raft.core.errors import ProtocolError
from wetware.raft.log.errors import CorruptLogError, DiskError
from wetware.raft.node import NodeFailedError, Options, RaftNode
from wetware.raft.node.core.codec import decode_batch, encode_batch, encode_snapshot_head
from wetware.raft.node.core.membership import Goal
from wetware.raft.node.store import MemoryLog
from wetware.raft.sessions import open_session
from wetware.schema.raft_capnp import Raft


class Doors:
    """Members with a socket for each peer, so that each knows who calls."""

    def __init__(self, folder, ids):
        self.folder, self.ids = folder, ids
        self.nodes, self.vats = {}, []

    async def start(self, one, founders):
        way = Vat(options=KEEP)
        self.vats.append(way)

        async def find(other):
            return (await way.connect_unix(f"{self.folder}/{other} for {one}")).bootstrap(Raft)

        node = self.nodes[one] = RaftNode(one, find, founders=founders, options=Options(tick=0.02))
        for other in self.ids:
            if other != one:
                door = Vat(node.peer(other), options=KEEP)
                self.vats.append(door)
                await door.listen_unix(f"{self.folder}/{one} for {other}")
        await node.start()
        return node

    async def knock(self, one, other):
        """What member `other` has of member `one`."""
        vat = Vat(options=KEEP)
        self.vats.append(vat)
        return (await vat.connect_unix(f"{self.folder}/{one} for {other}")).bootstrap(Raft)

    async def close(self):
        for node in self.nodes.values():
            node.pause()
        await asyncio.gather(*(node.stop() for node in self.nodes.values()))
        await asyncio.sleep(0.01)
        for vat in self.vats:
            await vat.close()


async def test_members_that_know_who_calls_work_as_others_do(tmp_path):
    doors = Doors(tmp_path, (1, 2, 3, 4))
    try:
        for one in (1, 2, 3):
            await doors.start(one, (1, 2, 3))
        for one in (1, 2, 3):
            await doors.nodes[one].put(b"%d" % one, b"x", timeout=60)
        await doors.start(4, ())
        await doors.nodes[2].add(4, timeout=60)
        assert len(await doors.nodes[4].items(timeout=60)) == 3
        await doors.nodes[3].transfer(2, timeout=60)
        await doors.nodes[4].put(b"4", b"x", timeout=60)
    finally:
        await doors.close()


async def test_a_peer_cannot_speak_as_another_one(tmp_path):
    doors = Doors(tmp_path, (1, 2, 3))
    try:
        node = await doors.start(1, (1, 2, 3))
        two = await doors.knock(1, 2)
        vote = Message(MessageType.VOTE, to=1, from_=3, term=5, index=9, log_term=4)
        with pytest.raises(FailedError, match="names 3 as its sender and came from member 2"):
            await two.send(msg=encode_batch([vote]))
        assert node.status().term < 5
        head = encode_snapshot_head(Message(MessageType.SNAP, 1, 3, 5, snapshot=Snapshot.founding([3])))
        with pytest.raises(FailedError, match="came from member 2"):
            await two.snapshot(head=head)
        vote.from_ = 2
        await two.send(msg=encode_batch([vote]))
        assert node.status().term == 5
        forwarded = Message(MessageType.PROP, to=1, from_=3, entries=[Entry(data=b"x")])
        await two.send(msg=encode_batch([forwarded]))
    finally:
        await doors.close()


async def test_what_a_peer_learns_of_others_does_not_speak_in_this_members_name(tmp_path):
    async with site_of(tmp_path, 1, 2, 3) as site:
        door = Vat(site.nodes[1].peer(2), options=KEEP)
        await door.listen_unix(str(tmp_path / "door"))
        async with door:
            connection = await site.clients.connect_unix(str(tmp_path / "door"))
            listed = await connection.bootstrap(Raft).members()
            assert list(listed.ids) == [1, 2, 3]
            own, _, third = listed.members
            assert [(await one.id()).id for one in listed.members] == [1, 2, 3]
            await third.put(item={"key": b"a", "value": b"1"})
            with pytest.raises(UnimplementedError, match="client"):
                await third.send(msg=b"")
            vote = Message(MessageType.VOTE, to=1, from_=3, term=50)
            with pytest.raises(FailedError, match="came from member 2"):
                await own.send(msg=encode_batch([vote]))


class Brittle(MemoryLog):
    """A log that cannot be read any more when it is told so."""

    __slots__ = ("error",)

    def __init__(self):
        super().__init__()
        self.error = None

    def entries(self, low, high, max_size):
        if self.error is not None:
            raise self.error
        return super().entries(low, high, max_size)

    def term(self, index):
        if self.error is not None:
            raise self.error
        return super().term(index)


SECRETS = [CorruptLogError("0001.segment", 77, "the sum is wrong"), DiskError("the disk is on fire")]


@pytest.mark.parametrize("secret", SECRETS)
async def test_a_log_that_breaks_while_a_message_is_taken_ends_the_member_and_is_not_told(secret):
    async with group_of(1, 2, 3, stores=lambda one: Brittle()) as group:
        await group.nodes[1].put(b"a", b"1")
        victim = next(node for node in group.nodes.values() if not node.member.leads())
        now = victim.status()
        victim._store.error = secret
        append = Message(MessageType.APP, victim.id, 9, now.term + 1, log_term=now.term, index=now.committed)
        with pytest.raises(NodeFailedError, match="has failed; ask another one") as caught:
            victim.receive(encode_batch([append]))
        assert str(secret) not in str(caught.value)
        await victim.stopped()
        assert str(secret) in str(victim.failure)
        rest = [node for node in group.nodes.values() if node is not victim]
        await rest[0].put(b"a", b"2", timeout=60)
        assert await rest[1].get(b"a") == b"2"


@pytest.mark.parametrize("secret", SECRETS)
async def test_a_log_that_breaks_while_leadership_is_handed_over_is_not_told(secret, monkeypatch):
    def read_the_log(*_):
        raise secret

    async with group_of(1, 2, 3) as group:
        leader = next(node for node in group.nodes.values() if node.member.leads())
        other = next(node for node in group.nodes.values() if node is not leader)
        monkeypatch.setattr(RawNode, "transfer_leader", read_the_log)
        with pytest.raises(NodeFailedError, match="ask another one") as caught:
            await leader.transfer(other.id, timeout=30)
        assert str(secret) not in str(caught.value)
        await until(lambda: leader.failure is not None)


async def test_the_failure_of_a_member_reaches_a_peer_as_a_kind_and_a_line(tmp_path):
    async with site_of(tmp_path, 1, 2, 3) as site:
        node = site.nodes[3]
        raft = await site.member(3)
        await raft.id()
        node._fail(CorruptLogError("0001.segment", 77, "the sum is wrong"))
        for call in (
            raft.put(item={"key": b"a", "value": b"1"}),
            raft.get(key=b"a"),
            raft.send(msg=encode_batch([])),
            raft.transfer(to=1),
            raft.remove_id(id=2),
        ):
            with pytest.raises(CallError) as caught:
                await call
            assert "segment" not in str(caught.value)
            assert isinstance(caught.value, DisconnectedError)


def test_the_sender_must_be_who_called():
    batch = encode_batch([Message(MessageType.HEARTBEAT, to=1, from_=2, term=1)])
    assert decode_batch(batch, 1, 2) == decode_batch(batch, 1)
    with pytest.raises(ProtocolError, match="came from member 3"):
        decode_batch(batch, 1, 3)
    for kind in (MessageType.PROP, MessageType.READ_INDEX, MessageType.TRANSFER_LEADER):
        asked = encode_batch([Message(kind, to=1, from_=2, term=1)])
        assert decode_batch(asked, 1, 3)[0].from_ == 2


async def test_the_last_voter_learns_that_it_is_alone():
    """The leader of two takes itself out. Its log is longer, so it refuses its vote, and has to say why."""
    async with group_of(1, 2) as group:
        leader = next(node for node in group.nodes.values() if node.member.leads())
        other = group.nodes[3 - leader.id]
        await other.put(b"a", b"0")
        post, core = leader.member.mail.post, leader.member.core

        def nothing_behind(message, members):
            """Lose the entries behind the change, and that it is committed."""
            if message.type is not MessageType.APP or (message.entries and message.entries[-1].index <= last):
                post(message, members)

        last = core._raft.log.last_index + 1
        leader.member.mail.post = nothing_behind
        leader.member.change(None, leader.id, Goal.GONE, float("inf"))
        leader._stir()
        assert core.propose(open_session(b"longer")).index == last + 1
        leader._wake()
        await until(lambda: leader.member.removed)
        assert other.status().voters == (1, 2), "it does not know yet"
        await other.put(b"a", b"1", timeout=60)
        assert other.status().voters == (other.id,)
