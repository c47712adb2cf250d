"""Python guests and their capabilities."""

import asyncio
from pathlib import Path

import pytest

from guests_fixtures import PYTHON_GUESTS
from wetware import Node
from wetware.process.reasons import Linked
from wetware.schema.capstore_capnp import CapStore, CapStore_Server
from wetware.services.volumes import VolumeServer

PROGRAMS = Path(__file__).parent.parent / "guests" / "py"
CAP = 60

pytestmark = PYTHON_GUESTS


@pytest.fixture
async def node():
    async with Node() as running:
        yield running


async def run(node, what, **options):
    process = await node.spawn(
        PROGRAMS / "session.py", args=[what], stdout="capture", stderr="capture", **options
    )
    async with asyncio.timeout(CAP):
        reason = await process.monitor()
    errors = process.stderr.read_nowait().decode()
    return reason, process.stdout.read_nowait().decode().splitlines(), errors


async def line(process):
    """The next line of its output."""
    got = b""
    while not got.endswith(b"\n"):
        got += await process.stdout.read(1)
    return got


async def test_an_empty_session_reaches_nothing(node):
    reason, lines, errors = await run(node, "nothing")
    assert (reason.wait_code, errors) == (0, "")
    assert lines == ["[False, False, False, 0, 'refused']"]


async def test_a_guest_spawns_waits_links_and_kills(node):
    reason, lines, errors = await run(node, "children", executor=True)
    assert lines == ["I am the child", "4 exited with code 4", "2"], errors
    assert isinstance(reason, Linked)
    assert node.ps() == []


async def test_a_guest_calls_what_it_was_handed(node):
    class Store(CapStore_Server):
        def __init__(self):
            self.kept = {}

        async def set(self, *, id, cap, context):  # noqa: A002 - the schema's
            self.kept[id] = cap

        async def get(self, *, id, context):  # noqa: A002 - the schema's
            return {"cap": self.kept[id]}

    reason, lines, errors = await run(node, "store", capabilities={"store": Store()})
    assert (reason.wait_code, errors) == (0, "")
    assert lines == ["True", "FailedError"]


async def test_a_guest_serves_a_capability(node):
    process = await node.spawn(PROGRAMS / "session.py", args=["serve"], stdout="capture")
    async with asyncio.timeout(CAP):
        store = await process.capability(CapStore)
        await store.set(id="a", cap=store)
        assert (await store.get(id="a")).cap._as(CapStore) == store
    process.kill()


async def test_the_ways_of_the_sdk(node):
    """Children with every kind of stream, limits, links; errors that say what was not granted."""
    process = await node.spawn(PROGRAMS / "family.py", stdout="capture", stderr="capture", executor=True)
    async with asyncio.timeout(CAP):
        reason = await process.monitor()
    errors = process.stderr.read_nowait().decode()
    assert process.stdout.read_nowait().decode().splitlines() == [
        "no capability 'store' was granted; granted by name: none",
        (
            r"[b'args ech\xc3\xb6\n', b'env a child\n', b'no executor was granted; "
            r"whoever spawns this program has to grant one\n'] exited with code 3 3 False"
        ),
        r"[b'one\n', b'two']",
        "b'th' b'ree' exited with code 0",
        "ended at its limit on memory limit None",
        "True ['itself', 'child']",
        "linked",
        "self: False",
    ], errors
    assert isinstance(reason, Linked)
    assert node.ps() == []


async def test_a_parent_lends_less_than_it_has_and_takes_it_back(node):
    process = await node.spawn(
        PROGRAMS / "family.py", args=["lend"], stdout="capture", stderr="capture", executor=True
    )
    async with asyncio.timeout(CAP):
        reason = await process.monitor()
    assert reason.wait_code == 0, process.stderr.read_nowait().decode()
    assert process.stdout.read_nowait().decode().splitlines() == [
        "get True",
        "set this capability does not permit the method",
        "get the capability was revoked",
        "process 4 has ended (exited with code 3) and offers no capability",
    ]


async def test_a_parent_hands_on_its_files(node, tmp_path):
    process = await node.spawn(
        PROGRAMS / "family.py",
        args=["keeps"],
        stdout="capture",
        stderr="capture",
        executor=True,
        capabilities={"kept": VolumeServer(tmp_path)},
    )
    async with asyncio.timeout(CAP):
        reason = await process.monitor()
    assert reason.wait_code == 0, process.stderr.read_nowait().decode()
    assert process.stdout.read_nowait().decode().splitlines() == ["exited with code 0", "some"]
    assert (tmp_path / "inner" / "file").read_text() == "some"


async def test_a_parent_pauses_its_child(node):
    process = await node.spawn(
        PROGRAMS / "family.py", args=["pauses"], stdout="capture", stderr="capture", executor=True
    )
    async with asyncio.timeout(CAP):
        reason = await process.monitor()
    assert reason.wait_code == 0, process.stderr.read_nowait().decode()
    assert process.stdout.read_nowait().decode().splitlines() == [
        r"b'working\n'",
        *(r"b'paused\n' PAUSED", r"b'resumed\n' True") * 2,
        "killed",
    ]


async def test_a_handler_that_waits_delays_no_call_to_its_object(node):
    process = await node.spawn(PROGRAMS / "family.py", args=["waiter"])
    async with asyncio.timeout(CAP):
        object_ = await process.capability(CapStore)
        waiting = [asyncio.ensure_future(get(object_, "slow")) for _ in range(20)]
        assert (await object_.get(id="quick")).cap
        assert not any(each.done() for each in waiting)
        await object_.set(id="", cap=None)
        await asyncio.gather(*waiting)
    process.kill()


async def get(store, name):
    return (await store.get(id=name)).cap


async def test_events_reach_the_guests_handler(node):
    process = await node.spawn(PROGRAMS / "session.py", args=["events"], stdout="capture")
    async with asyncio.timeout(CAP):
        assert await line(process) == b"ready\n"
        process.pause()
        assert process.info().state == "paused"
        assert await line(process) == b"pausing\n"
        process.resume()
        assert await process.wait() == 0
        assert await process.stdout.read() == b"['pause', 'resume']\n"


async def test_the_consensus_core_runs_in_a_guest(node):
    process = await node.spawn(PROGRAMS / "raft_core.py", stdout="capture", stderr="capture")
    async with asyncio.timeout(CAP):
        assert await process.wait() == 0, await process.stderr.read()
        assert await process.stdout.read() == b"committed by three\n"
