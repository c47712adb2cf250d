"""Interoperability with go-capnp over a Unix socket, in both directions; the Go side is `go/main.go`."""

import asyncio
import contextlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from lab import Lab, as_echo, tables, until
from lab_capnp import Counter, Echo

from wetware.capnp.exceptions import CallCancelledError, DisconnectedError, FailedError, UnimplementedError
from wetware.capnp.transport import Options
from wetware.capnp.vat import Vat, local

GO = shutil.which("go") or shutil.which("go", path="/usr/local/go/bin")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(GO is None, reason="no Go toolchain is found"),
]

# go-capnp knows neither `sendResultsTo.yourself` nor `takeFromOtherQuestion`
OPTIONS = Options(tail_calls=False)


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    made = tmp_path_factory.mktemp("go") / "lab"
    built = subprocess.run(
        [GO, "build", "-o", str(made), "."],
        cwd=Path(__file__).parent / "go",
        env={**os.environ, "GOFLAGS": "-mod=mod", "CGO_ENABLED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    if built.returncode and "dial tcp" in built.stderr:
        pytest.skip("go-capnp cannot be fetched")
    assert built.returncode == 0, built.stderr
    return str(made)


@contextlib.asynccontextmanager
async def go_server(program, tmp_path):
    process = await asyncio.create_subprocess_exec(
        program, "serve", str(tmp_path / "s"), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert await process.stdout.readline() == b"up\n"
    async with Vat(options=OPTIONS) as vat:
        yield await vat.connect_unix(str(tmp_path / "s")), process
    if process.returncode is None:
        process.kill()
    await process.communicate()


async def test_our_client_and_their_server(program, tmp_path):
    async with go_server(program, tmp_path) as (connection, process):
        echo = connection.bootstrap(Echo)
        assert (await echo.ping(n=41)).n == 42
        data = bytes(range(256)) * 4000
        assert bytes((await echo.blob(data=data)).data) == data
        assert (await echo.child(name="a").child.child(name="b").child.child(name="c").child.ping(n=6)).n == 7

        me = Lab()
        assert (await echo.call_back(back=me, n=1)).n == 2
        await echo.hold(cap=me)
        assert local((await echo.held()).cap) is me
        event = me.released_event
        await echo.drop()

        promised = as_echo(echo.give(cap=me).cap)
        for call in [promised.log(n=n) for n in range(100)]:
            await call
        assert me.seen == list(range(100))
        del me, promised, call
        await asyncio.wait_for(event.wait(), 10)

        with pytest.raises(FailedError, match="because"):
            await echo.fail(why="because", kind=0)
        with pytest.raises(UnimplementedError):
            await connection.bootstrap(Counter).next()

        waiting = echo.wait()
        await echo.ping(n=0)
        waiting.cancel()
        with pytest.raises(CallCancelledError):
            await waiting
        while (await echo.cancelled()).count != 1:
            pass

        calls = [echo.ping(n=n) for n in range(3000)]
        assert [(await call).n for call in calls] == list(range(1, 3001))

        before = connection.link.peer.messages_in
        connection.link.peer.encoder.ping()
        await until(lambda: connection.link.peer.messages_in > before, "the echo of a ping")

        del calls, waiting
        process.kill()
        with pytest.raises(DisconnectedError):
            await echo.wait()
        assert not tables(connection)


async def test_their_client_and_our_server(program, tmp_path):
    async with Vat(Lab(), options=OPTIONS) as vat:
        await vat.listen_unix(str(tmp_path / "s"))
        process = await asyncio.create_subprocess_exec(
            program, "call", str(tmp_path / "s"), stdout=subprocess.PIPE
        )
        out, _ = await asyncio.wait_for(process.communicate(), 60)
        assert out == b"ok\n", out.decode()
        await until(lambda: not vat.connections, "the connection ended")
