"""Guests that dial other nodes: whether they may, for whom they act, and what becomes of what they start."""

import asyncio
from pathlib import Path

import pytest
from memory_cluster import CAP, KILLED, Cluster, key_of, until

from guests_fixtures import PYTHON_GUESTS
from wetware.process.reasons import Exited, Killed

PROGRAM = Path(__file__).parent.parent / "guests" / "py" / "dialler.py"

pytestmark = PYTHON_GUESTS


@pytest.fixture
async def cluster():
    async with Cluster(2) as cluster:
        yield cluster


async def dialler(cluster, *words, executor="all"):
    peer = cluster.members[1].me.binary.hex()
    return await cluster.nodes[0].spawn(
        PROGRAM, args=[peer, *words], executor=executor, stdout="pipe", stderr="capture"
    )


async def test_a_guest_runs_itself_on_another_node(cluster):
    """The program travels by its name, and its output comes back."""
    guest = await dialler(cluster, "spawn")
    async with asyncio.timeout(CAP):
        assert await guest.monitor() == Exited(0), guest.stderr.read_nowait()
    assert guest.stdout.read_nowait().split() == [b"hello", b"from", b"over", b"there", b"0"]
    assert cluster.nodes[1].bytecode.has(guest.cid)
    await until(lambda: not cluster.nodes[1].ps())


async def test_a_guest_that_was_not_granted_the_whole(cluster):
    guest = await dialler(cluster, "spawn", executor=True)
    async with asyncio.timeout(CAP):
        assert await guest.monitor() == Exited(0), guest.stderr.read_nowait()
    assert b"refused: this executor reaches no other node" in guest.stdout.read_nowait()
    assert not cluster.nodes[1].ps()


async def test_a_guest_acts_for_its_account(cluster):
    """One that a client has started is the client to other nodes."""
    client = await cluster.client(0, "somebody")
    peer = cluster.members[1].me.binary.hex()

    async def said():
        guest = await client.node.spawn(PROGRAM, args=[peer, "spawn"], executor="all", stdout="pipe")
        async with asyncio.timeout(CAP):
            return await guest.stdout.read()

    assert (await said()).startswith(b"hello")
    cluster.members[1].denied.add(key_of("somebody").peer)
    assert b"may not log in here" in await said()


async def test_what_a_guest_started_elsewhere_ends_with_it(cluster):
    guest = await dialler(cluster, "stay")
    async with asyncio.timeout(CAP):
        pid = int(await guest.stdout.read(100))
    process = cluster.nodes[1].find(pid)
    guest.kill()
    assert await process.monitor() == Killed()


async def test_a_guest_links_itself_with_its_process_elsewhere(cluster):
    guest = await dialler(cluster, "stay", "linked")
    async with asyncio.timeout(CAP):
        pid = int(await guest.stdout.read(100))
    cluster.nodes[1].find(pid).kill()
    assert await guest.wait() == KILLED
    reason = await guest.monitor()
    assert str(reason.origin) == f"{pid}@{cluster.members[1].me}"
