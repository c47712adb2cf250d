"""A guest that takes the time of calls to its host, and of the stream alone.

Arguments: what, and how many. Prints p50 and p99 in µs, and the rate.
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
    from wetware.guest import connect
    from wetware.schema.process_capnp import BytecodeCache

    async with connect() as host:
        echo = host.capability("echo", BytecodeCache)
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
    from wetware.guest import connect
    from wetware.schema.process_capnp import BytecodeCache

    async with connect() as host:
        echo = host.capability("echo", BytecodeCache)
        start, got = time.perf_counter(), 0
        for _ in range(count):
            got += len((await echo.get(cid=b"x")).bytecode)
        print(got / 1e6 / (time.perf_counter() - start))


async def together(count):
    """Begin when the host says so."""
    from wetware.guest import connect
    from wetware.schema.process_capnp import BytecodeCache

    async with connect() as host:
        echo = host.capability("echo", BytecodeCache)
        await echo.has(cid=b"x")
        print("up", flush=True)
        asyncio.get_running_loop().add_reader(0, (begin := asyncio.Event()).set)
        await begin.wait()
        asyncio.get_running_loop().remove_reader(0)
        for _ in range(count):
            await echo.has(cid=b"x")


async def spawns(count):
    from wetware.guest import connect

    async with connect() as host:
        cid = bytes.fromhex(sys.argv[3])
        times = []
        clock = time.perf_counter_ns
        start = clock()
        for _ in range(count):
            began = clock()
            child = await host.spawn(cid=cid, name="child", stdout="null", stderr="null")
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


async def streams(count):
    from wetware.guest.channel import open_streams

    reader, writer = await open_streams()
    times = []
    clock = time.perf_counter_ns
    start = clock()
    message = bytes(88)
    for _ in range(count):
        began = clock()
        writer.write(message)
        await writer.drain()
        await reader.readexactly(len(message))
        times.append(clock() - began)
    told(times, start)


WAYS = {
    "calls": calls,
    "together": together,
    "fetch": fetch,
    "spawns": spawns,
    "raw": raw,
    "streams": streams,
}
asyncio.run(WAYS[sys.argv[1]](int(sys.argv[2])))
