"""Directories of a node that programs are given through its cluster."""

import asyncio
import contextlib

import pytest
from cluster_of_nodes import CAP, Place, all_see_all
from memory_cluster import SLEEP

from wetware import Node, RemoteNode, connect
from wetware.cluster.keyfile import ephemeral_key
from wetware.cluster.policy import Grant, Policy
from wetware.errors import LimitError, LocalError, RemoteError
from wetware.schema.core_capnp import Volume
from wetware.wasm.private_directory import cache_root


class World:
    """A node with a volume, and clients of it."""

    def __init__(self, path, **options):
        self.path, self.options = path, options
        self.kept = path / "kept"
        self.kept.mkdir()
        self.stack = contextlib.AsyncExitStack()

    async def __aenter__(self):
        self.place = await self.stack.enter_async_context(Place(self.path))
        self.node = await self.stack.enter_async_context(Node(runners=1))
        self.cluster = await self.place.start(self.node, volumes={"kept": self.kept}, **self.options)
        return self

    async def __aexit__(self, *error):
        await self.stack.aclose()

    async def client(self):
        """Somebody who has logged in."""
        client = await self.stack.enter_async_context(
            connect([self.cluster.address], runtime=self.place.runtime, key=ephemeral_key(), timeout=CAP)
        )
        return RemoteNode(client.session)


@pytest.fixture
async def world(tmp_path):
    async with asyncio.timeout(CAP), World(tmp_path) as made:
        yield made


@pytest.fixture
def files(c_program):
    async def run(there, *words, **dirs):
        process = await there.spawn(
            c_program("files"),
            args=words,
            stdout="capture",
            dirs={f"/{path}": volume for path, volume in dirs.items()},
        )
        code = await process.wait()
        return code, (await process.stdout.read()).decode().strip()

    return run


async def inner(volume, *names):
    for name in names:
        volume = (await volume.directory(name=name)).volume
    return volume


async def test_a_program_keeps_files(world, files):
    there = await world.client()
    volume = there.volume("kept")
    assert await files(there, "write", "/data/a", "some", data=volume) == (0, "wrote 4")
    assert (world.kept / "a").read_text() == "some"
    again = await world.client()
    assert await files(again, "read", "/data/a", data=again.volume("kept")) == (0, "some")
    code, said = await files(there, "read", "/data/../run", data=volume)
    assert code == 1, said
    assert (await files(there, "read", "/data/a"))[0] == 1  # who is given nothing has nothing


async def test_a_directory_in_it(world, files):
    there = await world.client()
    deep = await inner(there.volume("kept"), "one", "two")
    assert not list(world.kept.iterdir())
    assert await files(there, "write", "/data/a", "some", data=deep) == (0, "wrote 4")
    assert (world.kept / "one" / "two" / "a").read_text() == "some"
    assert (world.kept / "one").stat().st_mode & 0o777 == 0o700
    assert (await files(there, "read", "/data/../a", data=deep))[0] == 1


async def test_one_that_is_read_only(world, files):
    there = await world.client()
    volume = there.volume("kept")
    assert (await volume.writable()).writable
    reading = (await (await inner(volume, "one")).read_only()).volume
    assert not (await reading.writable()).writable
    with pytest.raises(RemoteError, match="'one' is no directory"):
        await files(there, "read", "/data/a", data=reading)
    await files(there, "write", "/data/a", "some", data=await inner(volume, "one"))
    assert await files(there, "read", "/data/a", data=reading) == (0, "some")
    assert (await files(there, "write", "/data/a", "other", data=reading))[0] == 1
    below = await inner(reading, "two")
    assert not (await below.writable()).writable
    assert (world.kept / "one" / "a").read_text() == "some"


async def test_one_writer_or_many_readers(world):
    there = await world.client()
    volume = there.volume("kept")
    one, other = await inner(volume, "one"), await inner(volume, "other")
    reading = volume.read_only().volume
    writer = await there.spawn(SLEEP, dirs={"/data": one})
    for above_same_below in (volume, one, await inner(one, "below"), reading):
        with pytest.raises(RemoteError, match=f"in use by process {writer.pid}"):
            await there.spawn(SLEEP, dirs={"/data": above_same_below})
    beside = await there.spawn(SLEEP, dirs={"/data": other})
    for process in (writer, beside):
        await process.kill()
        await process.monitor()
    readers = [await there.spawn(SLEEP, dirs={"/data": reading, "/again": reading}) for _ in range(2)]
    with pytest.raises(RemoteError, match="in use by process"):
        await there.spawn(SLEEP, dirs={"/data": one})
    for process in readers:
        await process.kill()
        await process.monitor()
    with pytest.raises(RemoteError, match="in use by the same process"):
        await there.spawn(SLEEP, dirs={"/data": volume, "/again": one})
    await there.spawn(SLEEP, dirs={"/data": volume})  # what was refused left nothing in use


async def test_links_lead_nowhere(world, files):
    there = await world.client()
    volume = there.volume("kept")
    (world.path / "secret").mkdir()
    (world.kept / "out").symlink_to(world.path / "secret")
    (world.kept / "file").write_text("")
    for name in ("out", "file"):
        for way in ((name,), (name, "deeper")):
            with pytest.raises(RemoteError, match=f"'{name}' is no directory"):
                await there.spawn(SLEEP, dirs={"/data": await inner(volume, *way)})
    assert not list((world.path / "secret").iterdir())
    assert (await files(there, "list", "/data/out", data=volume))[0] == 1


async def test_names_that_are_none(world):
    volume = (await world.client()).volume("kept")
    for name in ("", ".", "..", "a/b", "/", "a\\b", "a\0b"):
        with pytest.raises(RemoteError, match="no name of a directory"):
            await volume.directory(name=name)
    with pytest.raises(RemoteError, match="too long"):
        await volume.directory(name="x" * 256)
    with pytest.raises(RemoteError, match="too deep"):
        await inner(volume, *["x"] * 17)


async def test_what_is_no_volume_of_this_node(world):
    there = await world.client()
    with pytest.raises(RemoteError, match="volumes of its own node"):
        await there.spawn(SLEEP, dirs={"/data": Volume(None)})

    class Stranger(Volume.Server):
        async def directory(self, *, name, context):
            return None

        async def read_only(self, *, context):
            return None

        async def writable(self, *, context):
            return {"writable": True}

    with pytest.raises(RemoteError, match="volumes of its own node"):
        await there.spawn(SLEEP, dirs={"/data": Stranger()})
    with pytest.raises((RemoteError, LimitError), match="at most 16"):
        await there.spawn(
            SLEEP, dirs={f"/{number}": there.volume("kept").read_only().volume for number in range(17)}
        )
    with pytest.raises(LocalError, match=r"no volume 'other'.*kept"):
        there.volume("other")
    assert await there.ps() == []


async def test_by_its_name_and_through_another_node(world, files):
    """A volume that has come by way of another node is its own node's all the same."""
    entry = await world.place.start(await world.stack.enter_async_context(Node(runners=1)))
    await all_see_all([entry, world.cluster])
    client = await world.stack.enter_async_context(
        connect([entry.address], runtime=world.place.runtime, key=ephemeral_key(), timeout=CAP)
    )
    here = RemoteNode(client.session)
    there = await here.dial(world.cluster.me)
    assert await files(there, "write", "/data/a", "some", data="kept") == (0, "wrote 4")
    deep = await inner(there.volume("kept"), "deep")
    assert await files(there, "write", "/data/b", "other", data=deep) == (0, "wrote 5")
    assert (world.kept / "deep" / "b").read_text() == "other"
    with pytest.raises(RemoteError, match="volumes of its own node"):
        await here.spawn(SLEEP, dirs={"/data": deep})
    with pytest.raises(LocalError, match="no volume 'kept'"):
        await here.spawn(SLEEP, dirs={"/data": "kept"})


async def test_a_policy_grants_it_by_name(tmp_path):
    policy = Policy("allow", Grant(frozenset({"exec"})))
    async with asyncio.timeout(CAP), World(tmp_path, policy=policy) as world:
        with pytest.raises(LocalError, match="has granted none"):
            (await world.client()).volume("kept")
    (tmp_path / "more").mkdir()
    policy = Policy("allow", Grant(frozenset({"exec", "volume:kept"})))
    async with asyncio.timeout(CAP), World(tmp_path / "more", policy=policy) as world:
        there = await world.client()
        await there.spawn(SLEEP, dirs={"/data": there.volume("kept")})


async def test_a_volume_belongs_to_one_node(world):
    second = await world.stack.enter_async_context(Node(runners=1))
    with pytest.raises(LocalError, match="another node has"):
        await world.place.start(second, volumes={"kept": world.kept})
    assert len(world.cluster.members()) == 1


@pytest.mark.parametrize("name", ["", "a/b", "a b", "x" * 65])
async def test_names_that_are_none_of_a_volume(name, tmp_path):
    async with asyncio.timeout(CAP), Node(runners=1) as node, Place(tmp_path) as place:
        with pytest.raises(LocalError, match="no name of a volume"):
            await place.start(node, volumes={name: tmp_path})


async def test_what_can_be_no_volume(tmp_path, monkeypatch):
    monkeypatch.setenv("WW_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    cache_root().mkdir(parents=True, exist_ok=True)
    (tmp_path / "link").symlink_to(cache_root())
    async with asyncio.timeout(CAP), Node(runners=1) as node, Place(tmp_path) as place:
        for path in (tmp_path / "data", tmp_path, cache_root(), tmp_path / "link", place.runtime.path, "/"):
            with pytest.raises(LocalError, match="programs would reach"):
                await place.start(node, volumes={"it": path})
        with pytest.raises(LocalError, match="no directory"):
            await place.start(node, volumes={"it": tmp_path / "nothing"})
    assert not list((tmp_path / "data").iterdir())
