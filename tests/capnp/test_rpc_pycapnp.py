"""Interoperability with pycapnp (the C++ implementation) over a Unix socket, in both directions.

pycapnp runs in a process of its own, as a server for our client; and in this process, as a client of our
server.
"""

import asyncio
import sys
import tempfile
from pathlib import Path

import pytest

capnp = pytest.importorskip("capnp", reason="pycapnp is not installed")

import lab_pycapnp  # noqa: E402 - only where pycapnp is
from lab import Lab, as_echo, tables, until  # noqa: E402
from lab_capnp import Counter, Echo  # noqa: E402

from wetware.capnp.exceptions import DisconnectedError, FailedError, UnimplementedError  # noqa: E402
from wetware.capnp.stream import drained  # noqa: E402
from wetware.capnp.vat import Vat, local  # noqa: E402

theirs = lab_pycapnp.lab


class TheirServer:
    """pycapnp's server process, and our connection to it."""

    async def __aenter__(self):
        self.folder = tempfile.TemporaryDirectory()
        path = str(Path(self.folder.name) / "s")
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, lab_pycapnp.__file__, path, stdout=asyncio.subprocess.PIPE
        )
        await asyncio.wait_for(self.process.stdout.readline(), 60)
        self.vat = Vat()
        self.connection = await self.vat.connect_unix(path)
        return self

    async def __aexit__(self, *_):
        await self.vat.close()
        if self.process.returncode is None:
            self.process.kill()
        await self.process.communicate()
        self.folder.cleanup()


@pytest.fixture
async def their_server():
    async with TheirServer() as server:
        yield server


# --- our client, pycapnp's server


async def test_everything_a_client_does(their_server):
    connection = their_server.connection
    echo = connection.bootstrap(Echo)
    assert (await echo.ping(n=41)).n == 42
    assert (await echo.child(name="a").child.child(name="b").child.child(name="c").child.ping(n=1)).n == 2
    data = bytes(range(256)) * 400
    assert bytes((await echo.blob(data=data)).data) == data

    me = Lab()
    assert (await echo.call_back(back=me, n=5)).n == 6
    await echo.hold(cap=me)
    assert local((await echo.held()).cap) is me

    slots = (await echo.list(caps=[{"name": "x", "cap": me}, {"name": "y", "cap": echo}])).caps
    assert local(slots[0].cap) is me
    assert slots[1].cap == echo

    event = me.released_event
    await echo.drop()
    del me, slots
    await asyncio.wait_for(event.wait(), 60)

    del echo
    await until(lambda: not tables(connection), "empty tables")


async def test_order_across_resolution_and_embargo(their_server):
    echo = their_server.connection.bootstrap(Echo)
    for waits in (0, 1, 5, 20):
        me = Lab()
        call = echo.later(cap=me, waits=waits)
        promised = as_echo(call.cap)
        calls = []
        for n in range(150):
            calls.append(promised.log(n=n))
            if n % 10 == 0:
                await asyncio.sleep(0)
        for one in calls:
            await one
        assert me.seen == list(range(150))
        await call
        await until(lambda promised=promised, me=me: local(promised) is me, "the promise came home")


async def test_errors(their_server):
    echo = their_server.connection.bootstrap(Echo)
    with pytest.raises(FailedError, match="boom"):
        await echo.fail(why="boom", kind=0)
    with pytest.raises(UnimplementedError):
        await their_server.connection.bootstrap(Counter).next()
    with pytest.raises(FailedError, match=r"[Nn]ull|no results|no capab"):
        await as_echo(echo.held().cap).ping(n=1)


async def test_cancellation(their_server):
    echo = their_server.connection.bootstrap(Echo)
    for _ in range(20):
        calls = [echo.wait() for _ in range(5)]
        await echo.ping(n=0)
        for call in calls:
            call.cancel()

    for _ in range(1000):  # each asks the server
        if (await echo.cancelled()).count == 100:
            break
    else:
        raise AssertionError("not every handler was cancelled")


async def test_streaming(their_server):
    echo = their_server.connection.bootstrap(Echo)
    for _ in range(100):
        await echo.write(data=b"x" * 10_000)
    await drained(echo)
    done = await echo.done()
    assert (done.bytes, done.calls) == (1_000_000, 100)


async def test_thirty_megabytes(their_server):
    echo = their_server.connection.bootstrap(Echo)
    data = b"0123456789" * 3_000_000
    assert bytes((await echo.blob(data=data)).data) == data


async def test_many_in_flight(their_server):
    echo = their_server.connection.bootstrap(Echo)
    calls = [echo.ping(n=n) for n in range(3000)]
    assert [(await call).n for call in calls] == list(range(1, 3001))


async def test_a_killed_server_fails_what_is_under_way(their_server):
    echo = their_server.connection.bootstrap(Echo)
    call = echo.wait()
    child = (await echo.child(name="x")).child
    their_server.process.kill()
    with pytest.raises(DisconnectedError):
        await call
    with pytest.raises(DisconnectedError):
        await child.ping(n=1)


async def test_a_keep_alive_ping_is_echoed(their_server):
    connection = their_server.connection
    await connection.bootstrap(Echo).ping(n=1)
    before = connection.link.peer.messages_in
    connection.link.peer.encoder.ping()
    await until(lambda: connection.link.peer.messages_in > before)
    assert not connection.is_closed


async def test_a_proxy_in_the_middle(their_server):
    """pycapnp behind our vat behind our client: our vat forwards what it does not know."""
    middle = Vat(their_server.connection.bootstrap())
    mine, _ = Vat().connect_memory(middle)
    echo = mine.bootstrap(Echo)
    assert (await echo.child(name="a").child.child(name="b").child.ping(n=1)).n == 2
    me = Lab()
    call = echo.later(cap=me, waits=5)
    promised = as_echo(call.cap)
    early = [promised.log(n=n) for n in range(50)]
    await call
    late = [promised.log(n=n) for n in range(50, 100)]
    for one in [*early, *late]:
        await one
    assert me.seen == list(range(100))
    await until(lambda: local(promised) is me, "the promise came home")


# --- pycapnp's client, our server


def with_their_client(test):
    """Run `test(their bootstrap, our object, our connection)` in an event loop of pycapnp's."""

    async def run():
        with tempfile.TemporaryDirectory() as folder:
            path = str(Path(folder) / "s")
            lab = Lab()
            async with Vat(lab) as vat:
                await vat.listen_unix(path)
                stream = await capnp.AsyncIoStream.create_unix_connection(path)
                client = capnp.TwoPartyClient(stream)
                echo = client.bootstrap().cast_as(theirs.Echo)
                await echo.ping(0)
                connection = next(iter(vat.connections))
                try:
                    await test(echo, lab, connection)
                finally:
                    client.close()
                    stream.close()

    asyncio.run(capnp.run(run()))


def test_everything_their_client_does():
    async def test(echo, lab, connection):
        assert (await echo.ping(41)).n == 42
        assert (await echo.child("a").child.child("b").child.child("c").child.ping(1)).n == 2
        data = bytes(range(256)) * 400
        assert (await echo.blob(data)).data == data
        me = lab_pycapnp.Lab()
        assert (await echo.callBack(me, 5)).n == 6
        await echo.hold(me)
        held = (await echo.held()).cap.as_interface(theirs.Echo)
        assert (await held.ping(1)).n == 2
        for _ in range(50):
            await echo.write(b"x" * 1000)
        done = await echo.done()
        assert (done.bytes, done.calls) == (50_000, 50)
        await echo.drop()
        del held, me
        await until(lambda: not connection.link.peer.connection.imports.entries, "released imports")

    with_their_client(test)


def test_order_across_resolution_for_their_client():
    async def test(echo, lab, connection):
        for waits in (0, 1, 5, 20):
            me = lab_pycapnp.Lab()
            call = echo.later(me, waits)
            promised = (
                call.cap.as_interface(theirs.Echo)
                if hasattr(call.cap, "as_interface")
                else call.cap.cast_as(theirs.Echo)
            )
            calls = []
            for n in range(150):
                calls.append(promised.log(n))
                if n % 10 == 0:
                    await asyncio.sleep(0)
            for one in calls:
                await one
            assert me.seen == list(range(150))

    with_their_client(test)


def test_errors_for_their_client():
    async def test(echo, lab, connection):
        for kind, name in enumerate(("FAILED", "OVERLOADED", "DISCONNECTED", "UNIMPLEMENTED")):
            with pytest.raises(capnp.KjException) as caught:
                await echo.fail("because", kind)
            assert caught.value.type == name
            assert "because" in str(caught.value)
        with pytest.raises(capnp.KjException) as caught:
            await echo.cast_as(theirs.Counter).next()
        assert caught.value.type == "UNIMPLEMENTED"

    with_their_client(test)


def test_cancellation_by_their_client():
    async def test(echo, lab, connection):
        for _ in range(20):
            calls = [echo.wait() for _ in range(5)]
            await echo.ping(0)
            for call in calls:
                call.cancel()
            del calls, call
            await echo.ping(0)
        await until(lambda: lab.stops == 100)
        core = connection.link.peer.connection
        await until(lambda: core.answers.running == 0 and not core.answers.entries)

    with_their_client(test)


def test_thirty_megabytes_from_their_client():
    async def test(echo, lab, connection):
        data = b"0123456789" * 3_000_000
        assert (await echo.blob(data)).data == data

    with_their_client(test)


def test_many_in_flight_from_their_client():
    async def test(echo, lab, connection):
        calls = [echo.ping(n) for n in range(3000)]
        assert [(await call).n for call in calls] == list(range(1, 3001))

    with_their_client(test)


def test_release_by_their_client():
    async def test(echo, lab, connection):
        exports = connection.link.peer.connection.exports.entries
        child = (await echo.child("x")).child
        assert (await child.ping(1)).n == 2
        assert len(exports) == 2
        del child
        await until(lambda: len(exports) == 1)

    with_their_client(test)
