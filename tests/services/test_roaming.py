"""Processes of real nodes: watched over real connections, and started elsewhere when one dies."""

import asyncio
import signal
from collections import Counter

import pytest
from memory_cluster import EXIT_7, SLEEP
from started_nodes import started

from wetware.errors import BrokenError, RemoteError
from wetware.process.reasons import Exited, Linked, NodeLost, Shutdown
from wetware.services.placement import Candidate, NoNodeError
from wetware.services.remote import RemoteNode
from wetware.services.roaming import Roaming, Seen
from wetware.services.supervisor import Backoff, Child, Supervisor


async def test_restarted_on_another_node(tmp_path):
    """Three real nodes; one is killed. What ran there runs elsewhere; who was linked or waited is told."""
    async with started(tmp_path, "role=entry", "role=worker", "role=worker") as (nodes, client):
        entry = RemoteNode(client.session)
        seen = Seen(entry)
        assert {node.peer for node in await seen.nodes()} == {node.peer for node in nodes}
        assert await seen.at(nodes[0].peer) is entry

        # links and waits, across the nodes
        far = [await seen.at(node.peer) for node in nodes[1:]]
        assert await (await far[0].spawn(EXIT_7)).monitor() == Exited(7)
        here = await entry.spawn(SLEEP)

        roaming = Roaming(seen, SLEEP, where=["role=worker"])
        supervised = Supervisor([Child("roamer", roaming)], intensity=100, backoff=Backoff(0.1, 0.5))
        async with supervised as supervisor:
            await supervisor.ready()
            first = supervisor.running["roamer"]
            [at] = [node for node in nodes if node.peer == first.node.peer]
            await here.link(first)
            wait = asyncio.ensure_future(first.monitor())
            at.process.send_signal(signal.SIGKILL)
            assert await wait == NodeLost(at.peer)
            assert await here.monitor() == Linked(first.address, first.address, lost=True)
            while (second := supervisor.running.get("roamer")) in (None, first):  # noqa: ASYNC110 - not told
                await asyncio.sleep(0.01)
            [other] = [node for node in nodes[1:] if node is not at]
            assert second.node.peer == other.peer
            assert (await second.info()).state in ("waiting", "running", "runnable")


async def test_a_node_that_leaves_in_good_order_says_so(tmp_path):
    async with started(tmp_path, "role=entry", "role=leaver") as (nodes, client):
        seen = Seen(RemoteNode(client.session))
        far = await seen.at(nodes[1].peer)
        process, here = await far.spawn(SLEEP), await RemoteNode(client.session).spawn(SLEEP)
        await here.link(process)
        wait = asyncio.ensure_future(process.monitor())
        await process.info()
        nodes[1].process.send_signal(signal.SIGTERM)
        assert await wait == Shutdown()
        assert await here.monitor() == Linked(process.address, process.address)


class Nodes:
    """A cluster of nodes that behave as they are told."""

    def __init__(self, **behaviour):
        self.behaviour = behaviour
        self.asked = []
        self.ran = []

    async def nodes(self):
        return [Candidate(peer, meta=("kind=it",)) for peer in self.behaviour]

    async def at(self, peer):
        self.asked.append(peer)
        error = self.behaviour[peer]
        if isinstance(error, BrokenError):
            raise error
        return Place(peer, error)

    def started(self, process):
        self.ran.append(process)

    def placed(self):
        return Counter(process.node.peer for process in self.ran if process.reason is None)

    def forget(self, peer):
        pass


class Place:
    def __init__(self, peer, error):
        self.peer, self.error = peer, error

    async def spawn(self, program, **options):
        if self.error is not None:
            raise self.error
        return Ran(self)


class Ran:
    def __init__(self, node):
        self.node, self.reason = node, None


async def test_the_next_one_is_asked_when_one_cannot_be_reached():
    nodes = Nodes(a=BrokenError("asleep"), b=None, c=None)
    roaming = Roaming(nodes, b"")
    assert (await roaming()).node.peer == "b"
    assert nodes.asked == ["a", "b"]
    nodes.asked.clear()
    roaming.process.reason = Exited(0)
    assert (await roaming()).node.peer == "b"  # `a` is asked last from now on
    assert nodes.asked == ["b"]
    roaming.process.reason = NodeLost("b")
    assert (await roaming()).node.peer == "c"
    nodes.behaviour["c"] = BrokenError("asleep")
    roaming.process.reason = NodeLost("c")
    nodes.behaviour["a"] = None
    assert (await roaming()).node.peer == "a"  # the one that failed longest ago


async def test_many_are_spread():
    nodes = Nodes(a=None, b=None, c=None)
    many = [await Roaming(nodes, b"")() for _ in range(7)]
    assert sorted(Counter(process.node.peer for process in many).values()) == [2, 2, 3]


async def test_nobody_runs_it():
    nodes = Nodes(a=BrokenError("asleep"), b=BrokenError("gone"))
    with pytest.raises(BrokenError, match="no node of 2 runs it: a: asleep; b: gone"):
        await Roaming(nodes, b"")()
    with pytest.raises(NoNodeError, match="kind=other"):
        await Roaming(nodes, b"", where=["kind=other"])()


async def test_what_every_node_would_refuse():
    nodes = Nodes(a=RemoteError("it is no program"), b=None)
    with pytest.raises(RemoteError, match="no program"):
        await Roaming(nodes, b"")()
    assert nodes.asked == ["a"]
