"""The objects of `lab.capnp` on pycapnp: the oracle, as a server and as a client of ours."""

import asyncio
import sys
from pathlib import Path

from wire_theirs import STANDARD

import capnp

capnp.remove_import_hook()
SCHEMA = str(Path(__file__).parent / "lab.capnp")
# pycapnp aborts the process when one file is loaded by two paths: every test names the standard's files by
# this one
lab = capnp.load(SCHEMA, imports=STANDARD)


class Lab(lab.Echo.Server):
    def __init__(self):
        self.cap = None
        self.seen = []
        self.stops = 0
        self.bytes = 0
        self.writes = 0
        self.waiting = asyncio.Event()

    async def ping(self, n, _context, **kw):
        return n + 1

    async def blob(self, data, _context, **kw):
        return data

    async def child(self, name, _context, **kw):
        return Lab()

    async def callBack(  # noqa: N802 - the schema's name
        self, back, n, _context, **kw
    ):
        return (await back.ping(n)).n

    async def hold(self, cap, _context, **kw):
        self.cap = cap.as_interface(lab.Echo) if hasattr(cap, "as_interface") else cap

    async def held(self, _context, **kw):
        return self.cap

    async def drop(self, _context, **kw):
        self.cap = None

    async def fail(self, why, kind, _context, **kw):
        raise ValueError(why)

    async def wait(self, _context, **kw):
        self.waiting.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.stops += 1

    async def give_context(self, context):
        context.results.cap = context.params.cap.as_interface(lab.Echo)

    async def cancelled(self, _context, **kw):
        return self.stops

    async def write(self, data, _context, **kw):
        self.bytes += len(data)
        self.writes += 1

    async def done(self, _context, **kw):
        return (self.bytes, self.writes)

    async def later_context(self, context):
        cap = context.params.cap.as_interface(lab.Echo)
        for _ in range(context.params.waits):
            await asyncio.sleep(0)
        context.results.cap = cap

    async def list_context(self, context):
        slots = context.params.caps
        out = context.results.init("caps", len(slots))
        for i, slot in enumerate(slots):
            out[i].name = slot.name
            out[i].cap = slot.cap.as_interface(lab.Echo)

    async def log(self, n, _context, **kw):
        self.seen.append(n)
        return self.seen


async def serve(path):
    async def connected(stream):
        server = capnp.TwoPartyServer(stream, bootstrap=Lab())
        await server.on_disconnect()

    server = await capnp.AsyncIoStream.create_unix_server(connected, path)
    print("up", flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(capnp.run(serve(sys.argv[1])))
