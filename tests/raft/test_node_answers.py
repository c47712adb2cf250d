"""What a member has to say to a peer travels with the answer to what the peer has sent."""

import asyncio
import contextlib

import pytest
from node_group import until

from wetware.capnp.client import hook_of
from wetware.raft.core import Message, MessageType
from wetware.raft.node import Options, RaftNode
from wetware.raft.node.core.codec import decode_batch, encode_batch
from wetware.raft.node.server import ClientServer
from wetware.schema.raft_capnp import Raft


class Peer(ClientServer):
    """Member 2, which does nothing; what it was sent by calls."""

    def __init__(self):
        super().__init__(None)
        self.got = []

    async def send(self, *, msg, takes_answer, context):
        assert takes_answer
        self.got += decode_batch(bytes(msg), 2)

    async def stopped(self, *, context):
        await asyncio.Event().wait()


@pytest.fixture
async def group():
    """A voter of a group of two for which no time passes, and its peer."""
    peer = Peer()

    async def find(_):
        return Raft(hook_of(peer))

    node = RaftNode(1, find, founders=(1, 2), options=Options(tick=1000.0, window=8))
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(node)
        stack.callback(node.pause)  # it need not hand over
        yield node, peer


def ask(node, *, takes, term=9):
    """Ask member 1 for its vote, as member 2."""
    vote = Message(MessageType.PRE_VOTE, to=1, from_=2, term=term, index=5, log_term=5)
    return Raft(hook_of(node.capability)).send(msg=encode_batch([vote]), takes_answer=takes)


def kinds(batch):
    return [message.type for message in decode_batch(bytes(batch), 2)]


async def test_it_comes_with_the_answer(group):
    node, peer = group
    assert kinds((await ask(node, takes=True)).answer) == [MessageType.PRE_VOTE_RESP]
    assert not peer.got


async def test_who_does_not_take_it_so_is_called(group):
    node, peer = group
    call = ask(node, takes=False)
    await until(lambda: peer.got)
    assert [message.type for message in peer.got] == [MessageType.PRE_VOTE_RESP]
    node._answer_batches()  # as a tick does
    assert not (await call).answer


async def test_of_several_calls_one_is_answered_with_it_and_all_are_answered(group):
    node, _ = group
    quiet = encode_batch([])
    raft = Raft(hook_of(node.capability))
    calls = [ask(node, takes=True), ask(node, takes=True, term=10)]
    answers = [bytes((await call).answer) for call in calls]
    assert sum(len(kinds(answer)) for answer in answers if answer) == 2
    await (others := [raft.send(msg=quiet, takes_answer=True) for _ in range(4)])[0]  # half a window
    assert all(not answer.answer for answer in [await call for call in others])


async def test_who_has_given_up_is_called(group):
    node, peer = group
    heard = Message(MessageType.HEARTBEAT_RESP, to=1, from_=2, term=1)  # which it has nothing to say to
    call = Raft(hook_of(node.capability)).send(msg=encode_batch([heard]), takes_answer=True)
    await until(lambda: 2 in node._batches)
    call.cancel()
    node.member.core.campaign()
    node._wake()
    await until(lambda: peer.got)
    assert peer.got[0].type is MessageType.PRE_VOTE
