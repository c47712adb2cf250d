"""Groups of members in processes of their own: `examples/raft_kv/member.py`, killed and restarted."""

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path

from wetware.capnp.vat import Vat
from wetware.errors import WetwareError
from wetware.raft.node import RaftClient
from wetware.schema.raft_capnp import Raft, Role

ROOT = Path(__file__).parent.parent.parent
MEMBER = ROOT / "examples" / "raft_kv" / "member.py"


class Processes:
    """Members by their ids."""

    def __init__(self, folder, *more):
        self.folder, self.more = folder, more
        self.running = {}
        self.vat = Vat()

    async def start(self, *ids, founders=()):
        """Start some at once, and wait until they listen."""

        async def one(member):
            told = ["--founders", ",".join(map(str, founders))] if founders else []
            environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
            process = await asyncio.create_subprocess_exec(
                *[sys.executable, str(MEMBER), str(member), str(self.folder), *told, *self.more],
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env=environment,
            )
            self.running[member] = process
            assert (await process.stdout.readline()) == b"ready\n"

        await asyncio.gather(*map(one, ids))

    async def kill(self, member):
        process = self.running.pop(member)
        process.send_signal(signal.SIGKILL)
        await process.wait()

    async def member(self, member):
        connection = await self.vat.connect_unix(str(self.folder / f"{member}.sock"))
        return connection.bootstrap(Raft)

    def client(self, *ids, **more):
        return RaftClient([lambda one=one: self.member(one) for one in ids], **more)

    async def status(self, member):
        try:
            raft = await self.member(member)
            return (await raft.status()).status
        except WetwareError:
            return None

    async def leader(self, but=0):
        """Wait for a leader, and give its id."""
        while True:
            for member in list(self.running):
                status = await self.status(member)
                if status is not None and status.role is Role.LEADER and member != but:
                    return member
            await asyncio.sleep(0.02)

    async def close(self):
        for process in self.running.values():
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGKILL)
        for process in self.running.values():
            await process.wait()
        await self.vat.close()


@contextlib.asynccontextmanager
async def processes(folder, *ids, more=(), cap=100.0):
    """Founders that run in processes; everything in the block must happen before the cap."""
    group = Processes(folder, *more)
    try:
        async with asyncio.timeout(cap):
            await group.start(*ids, founders=ids)
            yield group
    finally:
        await group.close()
