"""A guest that dials another node: its arguments are the peer id in hexadecimal, and what to do there."""

import asyncio
import sys

from wetware.capnp.exceptions import CallError
from wetware.guest.session import connect
from wetware.schema.core_capnp import SpawnRequest


async def main():
    peer, what = bytes.fromhex(sys.argv[1]), sys.argv[2]
    async with connect() as host:
        executor = host.session.exec
        try:
            dialled = await executor.dial_peer(peer_id=peer)
        except CallError as error:
            print(f"refused: {error}")
            return
        there = dialled.session
        cid = (await executor.ps()).procs[0].cid  # this very program: the other node fetches it by its name
        if what == "spawn":
            request = SpawnRequest.new(
                program={"cid": cid}, args=["-", "hello"], stdout=SpawnRequest.Output.PIPE
            )
            process = (await there.exec.spawn(request=request)).process
            print(bytes((await process.read_stdout(limit=100)).content).decode().strip())
            print((await process.wait()).exit_code, flush=True)
        elif what == "stay":
            request = SpawnRequest.new(program={"cid": cid}, args=["-", "sleep"])
            process = (await there.exec.spawn(request=request)).process
            mine = (await executor.find(pid=(await executor.ps()).procs[0].pid)).process
            if len(sys.argv) > 3:
                await mine.link(other=process, roundtrip=False)
            print((await process.info()).info.pid, flush=True)
            await asyncio.sleep(3600)


if sys.argv[2] == "hello":
    print("hello from over there")
elif sys.argv[2] == "sleep":
    asyncio.run(asyncio.sleep(3600))
else:
    asyncio.run(main())
