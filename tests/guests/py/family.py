"""A guest that uses the SDK's own ways; the argument says for what."""

import asyncio
import os
import sys
from pathlib import Path

from wetware.capnp.exceptions import CallError
from wetware.capnp.membrane import Membrane, methods, only
from wetware.guest import NotGrantedError, connect
from wetware.schema.capstore_capnp import CapStore
from wetware.schema.core_capnp import Volume


class Store(CapStore.Server):
    """A capability of the guest's own."""

    async def set(self, *, id, cap, context):  # noqa: A002 - the schema's
        pass

    async def get(self, *, id, context):  # noqa: A002 - the schema's
        return {"cap": self}


class Front(CapStore.Server):
    """What a child makes of what it was lent."""

    def __init__(self, store):
        self.store = store

    async def set(self, *, id, cap, context):  # noqa: A002 - the schema's
        return self.store.set(id=id, cap=cap)

    async def get(self, *, id, context):  # noqa: A002 - the schema's
        return self.store.get(id=id)


async def family(host):
    try:
        host.capability("store", CapStore)
    except NotGrantedError as error:
        print(error)
    child = await host.spawn(args=["show", "echö"], env={"WHO": "a child"}, stdout="capture")
    lines = [line async for line in child.stdout]
    ended = await child.monitor()
    print(lines, ended, await child.wait(), ended.well)

    child = await host.spawn(args=["cat"], stdin=b"one\ntwo", stdout="capture")
    print([line async for line in child.stdout])
    child = await host.spawn(args=["cat"], stdin="pipe", stdout="capture")
    await child.write(b"three")
    await child.write_eof()
    print(await child.stdout.read(2), await child.stdout.read(), await child.monitor())

    child = await host.spawn(args=["hoard"], stderr="null", limits={"memory": 100 << 20})
    ended = await child.monitor()
    print(ended, ended.kind, ended.code)

    itself = await host.process.info()
    child = await host.spawn(name="child", args=["sleep"])
    await child.link(host.process)
    await child.unlink(host.process)
    await child.pause(force=True)
    await child.resume()
    procs = (await host.executor.ps()).procs
    print(procs[0].pid == itself.pid, ["itself", *(info.name for info in procs[1:])])
    other = await host.spawn(args=["sleep"])
    await child.link(other)
    await other.kill()
    print((await child.monitor()).kind)

    last = await host.spawn(args=["sleep"], link=True)
    print("self:", (await host.process.info()).state.name == "EXITED", flush=True)
    await last.kill()
    await asyncio.sleep(60)  # the link ends this one


async def keeps(host):
    """A child is given a directory of the volume that this guest was granted, and then a reader of it."""
    inner = (await host.capability("kept", Volume).directory(name="inner")).volume
    child = await host.spawn(args=["write"], dirs={"/data": inner})
    print(await child.monitor())
    child = await host.spawn(args=["read"], dirs={"/data": inner.read_only().volume}, stdout="capture")
    print((await child.stdout.read()).decode().strip())


async def pauses(host):
    """A child that works between events is paused by its parent, notices it, and goes on."""
    child = await host.spawn(args=["worker"], stdout="capture")
    lines = aiter(child.stdout)
    print(await anext(lines))
    for _ in range(2):
        await child.pause()
        print(await anext(lines), (await child.info()).state.name)
        await child.resume()
        print(await anext(lines), (await child.info()).state.name != "PAUSED")
    await child.pause()
    await child.pause(force=True)  # without asking it
    await child.kill()
    print(await child.monitor())


async def worker(host):
    """The event loop of the thesis: work goes on while it may."""
    may = asyncio.Event()
    may.set()

    def pause():
        may.clear()
        print("paused")

    async def resume():
        may.set()
        print("resumed")

    await host.handle_events(pause=pause, resume=resume)
    print("working")
    while True:
        await may.wait()
        await asyncio.sleep(0.001)


async def waiter(host):
    """A handler that waits delays no other call to the same object."""

    class Slow(Store):
        def __init__(self):
            self.opened = asyncio.Event()

        async def get(self, *, id, context):  # noqa: A002 - the schema's
            if id == "slow":
                await self.opened.wait()
            return {"cap": self}

        async def set(self, *, id, cap, context):  # noqa: A002 - the schema's
            self.opened.set()

    await host.provide(Slow())
    await asyncio.sleep(60)


async def lend(host):
    lease = Membrane(only(methods(CapStore, "get")))
    child = await host.spawn(args=["borrow"], capabilities={"store": lease.wrap(Store())})
    front = await child.capability(CapStore)
    print("get", bool((await front.get(id="x")).cap))
    try:
        await front.set(id="x", cap=front)
    except CallError as error:
        print("set", error)
    lease.revoke()
    try:
        await front.get(id="x")
    except CallError as error:
        print("get", error)
    child = await host.spawn(args=["show"], stdout="null")
    try:
        await child.capability()
    except CallError as error:
        print(error)


async def borrow(host):
    await host.provide(Front(host.capability("store", CapStore)))
    await asyncio.sleep(60)


async def show(host):
    print("args", *sys.argv[2:])
    print("env", os.environ.get("WHO"))
    try:
        await host.spawn()
    except NotGrantedError as error:
        print(error)
        sys.exit(3)


WAYS = {
    "borrow": borrow,
    "family": family,
    "keeps": keeps,
    "lend": lend,
    "pauses": pauses,
    "show": show,
    "waiter": waiter,
    "worker": worker,
}


async def main(what):
    async with connect() as host:
        await WAYS[what](host)


match sys.argv[1] if len(sys.argv) > 1 else "family":
    case "cat":
        print(sys.stdin.read(), end="")
    case "hoard":
        kept = bytearray()
        while True:
            kept += bytes(10 << 20)
    case "write":
        Path("/data/file").write_text("some")
    case "read":
        print(Path("/data/file").read_text())
    case "sleep":
        asyncio.run(asyncio.sleep(3600))
    case what:
        asyncio.run(main(what))
