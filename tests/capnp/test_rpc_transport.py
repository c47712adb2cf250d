"""Connections over sockets: every transport, and peers that stop, lie, dawdle or do not read."""

import asyncio
import contextlib
import socket
import ssl
import subprocess
import sys

import pytest
from lab import Lab, pair, tables, until
from lab_capnp import Echo

from wetware.capnp.client import at_once
from wetware.capnp.core.agenda import Agenda
from wetware.capnp.core.limits import Limits
from wetware.capnp.core.peer import Peer
from wetware.capnp.exceptions import DisconnectedError, OverloadedError
from wetware.capnp.transport import Options
from wetware.capnp.vat import Vat
from wetware.errors import BrokenError, ClosedError, LocalError

QUICK = Options(keep_alive=0.08, patience=0.12, message_deadline=0.3, linger=0.5)


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    made = subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
            "-keyout",
            str(key),
            "-out",
            str(cert),
        ],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        pytest.skip("openssl is not there to make a certificate")
    return str(cert), str(key)


@contextlib.asynccontextmanager
async def connected(kind, lab, tmp_path, certificate=None, options=None, server_options=None):
    """A vat that serves `lab`, and a connection to it."""
    async with Vat(lab, options=server_options or options) as server, Vat(options=options) as vat:
        if kind == "tcp":
            listener = await server.listen_tcp()
            connection = await vat.connect_tcp("127.0.0.1", listener.port)
        elif kind == "unix":
            await server.listen_unix(str(tmp_path / "s"))
            connection = await vat.connect_unix(str(tmp_path / "s"))
        elif kind == "tls":
            inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            inside.load_cert_chain(*certificate)
            outside = ssl.create_default_context(cafile=certificate[0])
            listener = await server.listen_tcp(tls=inside)
            connection = await vat.connect_tcp(
                "127.0.0.1", listener.port, tls=outside, server_hostname="localhost"
            )
        elif kind == "socketpair":
            ours, theirs = socket.socketpair()
            await server.connect_socket(theirs)
            connection = await vat.connect_socket(ours)
        else:
            connection, _ = vat.connect_memory(server)
        await connection.bootstrap(Echo).ping(n=0)
        yield connection, next(iter(server.connections))


@pytest.mark.parametrize("kind", ["tcp", "unix", "tls", "socketpair", "memory"])
async def test_every_transport(kind, tmp_path, certificate):
    lab = Lab()
    async with connected(kind, lab, tmp_path, certificate) as (mine, theirs):
        echo = mine.bootstrap(Echo)
        assert (await echo.child(name="a").child.child(name="b").child.ping(n=1)).n == 2
        data = bytes(range(256)) * 4096
        for _ in range(3):
            assert bytes((await echo.blob(data=data)).data) == data
        calls = [echo.ping(n=n) for n in range(2000)]
        assert [(await call).n for call in calls] == list(range(1, 2001))
        assert (await echo.call_back(back=Lab(), n=1)).n == 2
        await mine.close()
        with pytest.raises(DisconnectedError):
            await echo.ping(n=1)
        await theirs.closed()
        assert not tables(theirs)


@pytest.mark.parametrize("kind", ["tcp", "unix", "tls", "memory"])
async def test_a_close_loses_no_answer_that_is_there(kind, tmp_path, certificate):
    big = bytes(3 << 20)
    async with connected(kind, Lab(), tmp_path, certificate) as (mine, theirs):
        echo = mine.bootstrap(Echo)
        calls = [echo.blob(data=big) for _ in range(3)] + [echo.ping(n=n) for n in range(100)]
        await until(lambda: theirs.link.peer.messages_in >= 104, "the calls arrived")
        await theirs.close()
        for call in calls[:3]:
            assert len((await call).data) == len(big)
        for n, call in enumerate(calls[3:]):
            assert (await call).n == n + 1


@pytest.mark.parametrize("kind", ["tcp", "tls"])
async def test_closing_twice_is_closing_once(kind, tmp_path, certificate):
    """Whoever watches the connection may look at it in between."""
    async with connected(kind, Lab(), tmp_path, certificate) as (mine, theirs):
        mine.link.shut()
        mine.link.shut()
        mine.link._look(0.1)
        mine.link.pause_writing()
        assert not mine.link.peer.encoder.probe()
        await mine.close()
        await theirs.closed()


async def test_many_calls_are_one_write(tmp_path):
    async with connected("unix", Lab(), tmp_path) as (mine, theirs):
        echo = mine.bootstrap(Echo)
        writes = []
        send = theirs.link.send
        theirs.link.send = lambda pieces: (writes.append(len(pieces)), send(pieces))
        for call in [echo.ping(n=n) for n in range(100)]:
            await call
        assert len(writes) <= 4
        assert sum(writes) >= 100


async def test_a_call_can_be_written_before_the_turn_ends(tmp_path):
    async with connected("unix", Lab(), tmp_path) as (mine, _):
        echo = mine.bootstrap(Echo)
        await echo.ping(n=0)
        writes = []
        send = mine.link.send
        mine.link.send = lambda pieces: (writes.append(len(pieces)), send(pieces))
        first = echo.ping(n=1)
        assert writes == []
        now = at_once(echo)
        second = now.ping(n=2)
        third = now.ping(n=3)
        assert len(writes) == 2, "the first waited for company, and went with the second"
        assert [(await call).n for call in (first, second, third)] == [2, 3, 4]
        assert len(writes) == 2
        assert now == echo
        assert not at_once(Echo(None))


@contextlib.asynccontextmanager
async def doling(port):
    """A relay over TCP: its port, and where the bytes of the far end wait until the test passes them on."""
    waiting, near = bytearray(), []

    async def connected(reader, writer):
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        near.append(writer)

        async def call():
            while data := await reader.read(1 << 20):
                far_writer.write(data)
            far_writer.close()

        async def answer():
            while data := await far_reader.read(1 << 20):
                waiting.extend(data)

        await asyncio.gather(call(), answer())
        writer.close()

    def dole(size):
        near[0].write(bytes(waiting[:size]))
        del waiting[:size]

    async with await asyncio.start_server(connected, "127.0.0.1") as relay:
        yield relay.sockets[0].getsockname()[1], waiting, dole


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not gather")
async def test_many_answers_in_tiny_pieces_are_gathered_and_none_is_held_back():
    async with Vat(Lab()) as server, Vat() as vat:
        listener = await server.listen_tcp()
        async with doling(listener.port) as (port, waiting, dole):
            connection = await vat.connect_tcp("127.0.0.1", port)
            sock = connection.extra("socket")
            gathered = []

            async def answer(calls):
                """Pass the answers on one by one; how many bytes the system gathers after each."""
                await until(lambda: len(waiting) >= size * len(calls), "the answers are there")
                gathered.clear()
                for call in calls:
                    dole(size)
                    await until(lambda call=call: call.done, "the answer came alone")
                    gathered.append(sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT))

            echo = connection.bootstrap(Echo)
            first = echo.ping(n=0)
            await until(lambda: len(waiting) > 100, "the first answers are there")
            dole(96)
            size = len(waiting)
            await answer([first])
            await answer([echo.ping(n=n) for n in range(80)])
            assert set(gathered) == {1}
            await answer([echo.ping(n=n) for n in range(300)])
            assert 4096 in gathered[:190]
            assert set(gathered[205:]) == {1}
            # a call in between: what follows it is told of at once
            calls = [echo.ping(n=n) for n in range(300)]
            await answer(calls[:10])
            assert 4096 in gathered
            calls.append(echo.ping(n=0))
            await asyncio.sleep(0)
            assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT) == 1
            await answer(calls[10:])
            for n, call in enumerate(calls[:-1]):
                assert (await call).n == n + 1
            await connection.close()


async def test_both_ends_offer(tmp_path):
    async with Vat(Lab()) as server, Vat(Lab()) as vat:
        await server.listen_unix(str(tmp_path / "s"))
        mine = await vat.connect_unix(str(tmp_path / "s"))
        assert (await mine.bootstrap(Echo).ping(n=1)).n == 2
        theirs = next(iter(server.connections))
        assert (await theirs.bootstrap(Echo).ping(n=2)).n == 3


async def test_an_offer_may_depend_on_the_connection(tmp_path):
    seen = []

    def offer(connection):
        seen.append(connection.extra("socket"))
        return Lab() if len(seen) == 1 else None

    async with Vat(offer) as server, Vat() as vat:
        await server.listen_unix(str(tmp_path / "s"))
        first = await vat.connect_unix(str(tmp_path / "s"))
        assert (await first.bootstrap(Echo).ping(n=1)).n == 2
        second = await vat.connect_unix(str(tmp_path / "s"))
        with pytest.raises(Exception, match="offers no bootstrap"):
            await second.bootstrap(Echo).ping(n=1)
        assert seen[0] is not None


async def test_errors_of_opening_are_ours(tmp_path):
    vat = Vat()
    with pytest.raises(BrokenError, match="cannot connect"):
        await vat.connect_unix(str(tmp_path / "nobody"))
    with pytest.raises(LocalError, match="cannot listen"):
        await vat.listen_unix(str(tmp_path / "no" / "folder"))
    await vat.close()
    with pytest.raises(ClosedError):
        await vat.connect_unix(str(tmp_path / "s"))


async def test_connections_beyond_the_limit_are_closed_at_once(tmp_path):
    async with Vat(Lab(), max_connections=2) as server, Vat() as vat:
        await server.listen_unix(str(tmp_path / "s"))
        path = str(tmp_path / "s")
        kept = [await vat.connect_unix(path) for _ in range(2)]
        for one in kept:
            await one.bootstrap(Echo).ping(n=1)
        third = await vat.connect_unix(path)
        await asyncio.wait_for(third.closed(), 60)
        await kept[0].close()
        await until(lambda: len(server.connections) == 1)
        fourth = await vat.connect_unix(path)
        assert (await fourth.bootstrap(Echo).ping(n=1)).n == 2


# --- peers that are not there


class Raw:
    """A peer that does only what the test says."""

    def __init__(self, path):
        self.path = path

    async def __aenter__(self):
        self.reader, self.writer = await asyncio.open_unix_connection(self.path)
        return self

    async def __aexit__(self, *_):
        self.writer.close()
        with contextlib.suppress(OSError):
            await self.writer.wait_closed()


@contextlib.asynccontextmanager
async def serving(lab, tmp_path, options=QUICK):
    async with Vat(lab, options=options) as server:
        await server.listen_unix(str(tmp_path / "s"))
        yield server


def conversation(calls, *, method=0, data=b"", n=1):
    """The bytes of a client: bootstrap, then calls."""
    peer = Peer(Agenda())
    root = peer.connection.bootstrap()
    keep = []
    for _ in range(calls):
        params = Echo.BlobParams.new(data=data) if method == 1 else Echo.PingParams.new(n=n)
        keep.append(root.send(Echo._id, method, params._m))
    return peer.take_bytes()


async def test_a_peer_that_falls_silent_is_noticed(tmp_path):
    lab = Lab()
    async with serving(lab, tmp_path) as server, Raw(str(tmp_path / "s")) as raw:
        raw.writer.write(conversation(1, method=8))
        await lab.waiting.wait()
        await until(lambda: not server.connections, "the silent peer was cut off")
        assert lab.stops == 1


async def test_a_quiet_peer_that_answers_pings_is_kept(tmp_path):
    async with connected("unix", Lab(), tmp_path, options=QUICK) as (mine, theirs):
        before = mine.link.peer.messages_in
        await until(lambda: mine.link.peer.messages_in >= before + 3, "pings")
        assert not mine.is_closed
        assert not theirs.is_closed
        assert (await mine.bootstrap(Echo).ping(n=1)).n == 2


async def test_a_peer_that_does_not_complete_its_message_is_cut_off(tmp_path):
    async with serving(Lab(), tmp_path) as server, Raw(str(tmp_path / "s")) as raw:
        raw.writer.write((0).to_bytes(4, "little") + (8 << 17).to_bytes(4, "little"))
        with contextlib.suppress(OSError):
            for _ in range(200):
                raw.writer.write(b"x")
                await raw.writer.drain()
                await asyncio.sleep(0.02)
                if not server.connections:
                    break
        assert not server.connections


async def test_a_peer_that_never_reads_is_paused_then_cut_off_and_costs_a_bounded_amount(tmp_path):
    options = Options(
        keep_alive=0.2,
        patience=0.4,
        limits=Limits(send_bytes=1 << 20, pause_bytes=1 << 18, message_bytes=1 << 20),
    )
    lab = Lab()
    async with serving(lab, tmp_path, options) as server, Raw(str(tmp_path / "s")) as raw:
        raw.writer.write(conversation(2000, method=1, data=bytes(64 << 10)))
        queued = held = 0
        await until(lambda: server.connections)
        peer = next(iter(server.connections)).link.peer
        while server.connections:
            queued = max(queued, peer.encoder.queued)
            held = max(held, peer.held)
            await asyncio.sleep(0.005)
        assert 1 << 18 < queued < 1 << 20
        assert 0 < held < 2 << 20


async def test_two_vats_with_much_for_each_other_do_not_both_stop_reading(tmp_path):
    options = Options(limits=Limits(pause_bytes=1 << 18))
    async with Vat(Lab(), options=options) as server, Vat(Lab(), options=options) as vat:
        await server.listen_unix(str(tmp_path / "s"))
        mine = await vat.connect_unix(str(tmp_path / "s"))
        await mine.bootstrap(Echo).ping(n=0)
        theirs = next(iter(server.connections))
        ends = [mine.bootstrap(Echo), theirs.bootstrap(Echo)]
        data = bytes(200_000)
        calls = [end.blob(data=data) for _ in range(60) for end in ends]
        async with asyncio.timeout(60):
            for call in calls:
                assert len((await call).data) == len(data)


async def test_half_open_connections_go(tmp_path):
    async with serving(Lab(), tmp_path) as server:
        raws = [Raw(str(tmp_path / "s")) for _ in range(50)]
        for raw in raws:
            await raw.__aenter__()
        await until(lambda: len(server.connections) == 50)
        await until(lambda: not server.connections, "all cut off")
        for raw in raws:
            await raw.__aexit__()


async def test_garbage_ends_one_connection_only(tmp_path):
    async with serving(Lab(), tmp_path, Options()) as server, Vat() as vat:
        good = await vat.connect_unix(str(tmp_path / "s"))
        echo = good.bootstrap(Echo)
        for data in (
            b"GET / HTTP/1.1\r\n\r\n" * 4,
            b"\xff" * 64,
            bytes(64),
            conversation(1)[:-8] + bytes(16),
        ):
            async with Raw(str(tmp_path / "s")) as raw:
                raw.writer.write(data)
                raw.writer.write_eof()
                await asyncio.wait_for(raw.reader.read(), 60)
            assert (await echo.ping(n=1)).n == 2
        await until(lambda: len(server.connections) == 1)


async def test_one_connection_cannot_starve_another(tmp_path):
    options = Options(messages_per_turn=16)
    async with serving(Lab(), tmp_path, options), Vat() as vat:
        echo = (await vat.connect_unix(str(tmp_path / "s"))).bootstrap(Echo)
        await echo.ping(n=0)
        async with Raw(str(tmp_path / "s")) as raw:
            raw.writer.write(conversation(5000))
            reading = asyncio.create_task(raw.reader.read(-1))
            for n in range(20):
                assert (await echo.ping(n=n)).n == n + 1
            raw.writer.write_eof()
            await reading
        assert len(await reading) > 5000


async def test_a_caller_is_told_when_the_peer_does_not_read(tmp_path):
    limits = Limits(send_bytes=1 << 20, message_bytes=1 << 20)

    silent = socket.socket(socket.AF_UNIX)
    silent.bind(str(tmp_path / "q"))
    silent.listen()  # and never accepts
    async with Vat(options=Options(limits=limits)) as vat:
        echo = (await vat.connect_unix(str(tmp_path / "q"))).bootstrap(Echo)
        calls = [echo.blob(data=bytes(256 << 10)) for _ in range(40)]
        with pytest.raises(OverloadedError, match="wait for the peer"):
            await calls[-1]
        assert sum(call.done for call in calls) >= 10
        for connection in list(vat.connections):
            connection.kill()
    silent.close()


class ForeignTransport:
    """A transport that is none of asyncio's classes, as those of other loops are."""

    def __init__(self, inner):
        self._inner = inner

    def __getattr__(self, name):
        return getattr(self._inner, name)


async def test_a_transport_may_be_of_another_loops_making(tmp_path):
    assert not issubclass(ForeignTransport, asyncio.BaseTransport)

    async def opening(make):
        def made():
            link = make()
            stands = link.connection_made
            link.connection_made = lambda transport: stands(ForeignTransport(transport))
            return link

        return await asyncio.get_running_loop().create_unix_connection(made, str(tmp_path / "s"))

    async with Vat(Lab()) as server, Vat() as vat:
        await server.listen_unix(str(tmp_path / "s"))
        connection = await vat.connect_by(opening)
        assert (await connection.bootstrap(Echo).ping(n=1)).n == 2
        await connection.close()


# --- pipes


async def test_a_pipe_is_moved_by_hand():
    vat, guest = Vat(Lab()), Vat()
    there_out, here_out, changes = bytearray(), bytearray(), []

    def collect(out):
        def put(content):
            out.extend(content)
            return True

        return put

    _, pipe = vat.pipe(collect(here_out), lambda: changes.append(1))
    there, other = guest.pipe(collect(there_out), lambda: None)

    def move(out, to, most=1 << 20):
        content = bytes(out[:most])
        del out[:most]
        if content:
            to.give(content)

    echo = there.bootstrap(Echo)
    call = echo.child(name="x").child.ping(n=1)
    while not call.done:
        await asyncio.sleep(0)
        move(there_out, pipe)
        move(here_out, other, 100)  # in pieces
    assert (await call).n == 2
    assert not changes
    await there.close()
    assert other.at_end
    move(there_out, pipe)
    pipe.end()
    assert pipe.at_end
    assert changes
    await until(lambda: not vat.connections)


async def test_a_pipe_whose_bytes_nobody_takes_fills_up_and_no_further():
    limits = Limits(pause_bytes=1 << 16, send_bytes=1 << 18, message_bytes=1 << 20)
    vat = Vat(Lab(), options=Options(limits=limits))
    out, room = bytearray(), [0]

    def put(content):
        out.extend(content)
        room[0] -= 1
        return room[0] > 0

    connection, pipe = vat.pipe(put, lambda: None)
    data = conversation(400, method=1, data=bytes(8 << 10))
    at = 0
    while at < len(data) and pipe.give(data[at : at + 4096]):
        at += 4096
        await asyncio.sleep(0)
    assert at < len(data)
    assert 1 << 16 < pipe.waiting < 1 << 17
    assert 1 << 18 < connection.link.peer.held < (1 << 18) + (1 << 14)
    # relieved, it goes on where it stopped
    at += 4096
    while at < len(data) or pipe.waiting or connection.link.peer.held:
        room[0] = 2
        pipe.relieve()
        await asyncio.sleep(0)
        if at < len(data) and pipe.open_to_read:
            pipe.give(data[at : at + 4096])
            at += 4096
    assert len(out) > 400 * (8 << 10)
    assert not connection.is_closed


async def test_the_last_bytes_of_a_pipe_are_handed_on_though_nobody_takes_more():
    vat, guest = Vat(Lab()), Vat()
    out, sent = bytearray(), bytearray()

    def put(content):
        out.extend(content)
        return False

    connection, pipe = vat.pipe(put, lambda: None)
    there, other = guest.pipe(lambda content: sent.extend(content) or True, lambda: None)
    echo = there.bootstrap(Echo)
    first = echo.ping(n=1)
    await until(lambda: sent)
    pipe.give(bytes(sent))
    await until(lambda: out)
    other.give(bytes(out))
    out.clear()
    assert (await first).n == 2
    sent.clear()
    second = echo.ping(n=2)
    await until(lambda: sent)
    pipe.give(bytes(sent))
    await until(lambda: pipe.waiting)
    assert not out
    await connection.close()
    other.give(bytes(out))
    assert (await second).n == 3


async def test_a_guest_that_ends_cancels_its_calls():
    lab = Lab()
    vat = Vat(lab)
    _, pipe = vat.pipe(lambda _: True, lambda: None)
    pipe.give(conversation(1, method=8))
    await lab.waiting.wait()
    pipe.end("the guest has ended")
    await until(lambda: lab.stops == 1)


async def test_trace_is_readable_and_off_by_default():
    mine, _ = pair(Lab())
    story = []
    mine.trace(story.append)
    await mine.bootstrap(Echo).child(name="x").child.ping(n=1)
    mine.trace(None)
    await mine.bootstrap(Echo).ping(n=1)
    text = "\n".join(story)
    assert "sent bootstrap #0" in text
    assert "Echo.child" in text
    assert "got return" in text
    assert mine.link.peer.encoder.trace is None
