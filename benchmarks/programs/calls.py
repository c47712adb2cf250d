"""A guest that takes the time of calls to its host, and of the stream alone.

Arguments: what, and how many: `calls`, `raw`, `spawns`, `fetch`. Prints p50 and p99 in µs, and the rate.
"""

import asyncio
import sys
import time


def told(times, began):
    times.sort()
    print(
        times[len(times) // 2] / 1000,
        times[len(times) * 99 // 100] / 1000,
        len(times) * 1e9 / (time.perf_counter_ns() - began),
    )


async def calls(count):
    from wetware.guest.session import connect
    from wetware.schema.process_capnp import BytecodeCache

    async with connect() as host:
        echo = host.capability("echo")._as(BytecodeCache)
        for _ in range(20):
            await echo.has(cid=b"x")
        times = []
        clock = time.perf_counter_ns
        start = clock()
        for _ in range(count):
            began = clock()
            await echo.has(cid=b"x")
            times.append(clock() - began)
        told(times, start)


async def fetch(count):
    from wetware.guest.session import connect
    from wetware.schema.process_capnp import BytecodeCache

    async with connect() as host:
        echo = host.capability("echo")._as(BytecodeCache)
        start, got = time.perf_counter(), 0
        for _ in range(count):
            got += len((await echo.get(cid=b"x")).bytecode)
        print(got / 1e6 / (time.perf_counter() - start))


async def spawns(count):
    from wetware.guest.session import connect
    from wetware.schema.core_capnp import SpawnRequest

    async with connect() as host:
        executor = host.session.exec
        program = host.capability("program")
        cid = (await program.get(cid=b"")).bytecode if program else b""
        request = SpawnRequest.new(program={"cid": bytes(cid)}, name="child")
        times = []
        clock = time.perf_counter_ns
        start = clock()
        for _ in range(count):
            began = clock()
            child = (await executor.spawn(request=request)).process
            await child.id()
            times.append(clock() - began)
            await child.wait()
        told(times, start)


class Stream(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.came.set_result(data)


async def raw(count):
    from wetware.guest.channel import connect

    loop = asyncio.get_running_loop()
    transport, stream = await connect(Stream)
    times = []
    clock = time.perf_counter_ns
    start = clock()
    message = bytes(88)  # as long as a call
    for _ in range(count):
        began = clock()
        stream.came = loop.create_future()
        transport.write(message)
        await stream.came
        times.append(clock() - began)
    told(times, start)


asyncio.run({"calls": calls, "raw": raw, "spawns": spawns, "fetch": fetch}[sys.argv[1]](int(sys.argv[2])))
