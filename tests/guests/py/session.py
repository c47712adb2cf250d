"""A guest that uses what its session holds; the argument says for what."""

import asyncio
import sys

from wetware.capnp.exceptions import CallError
from wetware.errors import LocalError
from wetware.guest.session import connect
from wetware.schema.capstore_capnp import CapStore
from wetware.schema.core_capnp import SpawnRequest


class Store(CapStore.Server):
    """A capability of the guest's own."""

    def __init__(self):
        self.kept = {}

    async def set(self, *, id, cap, context):  # noqa: A002 - the schema's
        self.kept[id] = cap

    async def get(self, *, id, context):  # noqa: A002 - the schema's
        return {"cap": self.kept[id]}


async def nothing(host):
    session = host.session
    held = [bool(session.exec), bool(session.view), bool(session.cap_store), len(session.extra)]
    try:
        await session.exec.ps()
    except LocalError:
        held.append("refused")
    print(held)


async def children(host):
    executor = host.session.exec
    cid = (await executor.ps()).procs[0].cid
    request = SpawnRequest.new(
        program={"cid": cid}, name="child", args=["child"], stdout=SpawnRequest.Output.CAPTURE
    )
    child = (await executor.spawn(request=request)).process
    print(bytes((await child.read_stdout(limit=1000)).content).decode().strip())
    print((await child.wait()).exit_code, (await child.monitor()).event)
    sleeper = SpawnRequest.new(program={"cid": cid}, name="sleeper", args=["sleep"], link=True)
    linked = (await executor.spawn(request=sleeper)).process
    print(len((await executor.ps()).procs))
    await linked.kill()
    await asyncio.sleep(60)  # the link ends this one


async def serve(host):
    await host.provide(Store())
    print("serving")
    sys.stdout.flush()
    await asyncio.sleep(60)


async def store(host):
    given = host.capability("store")._as(CapStore)
    await given.set(id="x", cap=given)
    print((await given.get(id="x")).cap._as(CapStore) == given)
    try:
        await given.get(id="absent")
    except CallError as error:
        print(type(error).__name__)


async def events(host):
    seen = []
    done = asyncio.Event()

    def paused():
        seen.append("pause")
        print("pausing")
        sys.stdout.flush()

    def resumed():
        seen.append("resume")
        done.set()

    await host.handle_events(pause=paused, resume=resumed)
    print("ready")
    sys.stdout.flush()
    await done.wait()
    print(seen)


async def main(what):
    async with connect() as host:
        await {"nothing": nothing, "children": children, "serve": serve, "store": store, "events": events}[
            what
        ](host)


match sys.argv[1]:
    case "child":
        print("I am the child")
        sys.exit(4)
    case "sleep":
        asyncio.run(asyncio.sleep(3600))
    case what:
        asyncio.run(main(what))
