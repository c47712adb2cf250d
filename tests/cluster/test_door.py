"""The door and those who come to it, over loopback."""

import asyncio
import random
import secrets

import pytest
from doors import CAP, OTHER_RING, RING, came_in, key, open_door, raw, rest, until

from wetware.cluster.addresses import Address
from wetware.cluster.clusterkey import KeyRing
from wetware.cluster.dial import UnreachableError, WrongPeerError, dial
from wetware.cluster.knock import CHALLENGE_BYTES, KNOCK_BYTES, End, knock
from wetware.cluster.tls import Tls

ANNA, BERT = key(1), key(2)


async def test_two_ends_come_together():
    async with open_door() as (_, address, came):
        mine = await dial(address, Tls(BERT), RING, "ww", instance=5, expected=ANNA.peer)
        theirs = await came_in(came)
        assert mine.peer == End(ANNA.peer, 77)
        assert theirs.peer == End(BERT.peer, 5)
        mine.transport.write(b"hello")
        theirs.transport.write(b"hello yourself")
        await until(lambda: (mine.received, theirs.received) == (b"hello yourself", b"hello"))
        mine.transport.abort()
        theirs.transport.abort()


async def test_many_at_once():
    """Each is taken for whom it is, though handshakes wait for each other."""
    async with open_door(max_handshakes=2) as (_, address, came):
        keys = [key(number) for number in range(10, 40)]
        mine = await asyncio.gather(*(dial(address, Tls(one), RING, "ww") for one in keys))
        theirs = [await came_in(came) for _ in keys]
        assert {end.peer.peer for end in theirs} == {one.peer for one in keys}
        for end in mine + theirs:
            end.transport.abort()


async def test_the_answer_comes_under_the_same_key():
    """Who has one of the door's keys comes in, whichever it is."""
    one, two = RING.keys[0], OTHER_RING.keys[0]
    async with open_door(ring=KeyRing([one, two])) as (_, address, came):
        for ring in (RING, OTHER_RING, KeyRing([two, one])):
            mine = await dial(address, Tls(BERT), ring, "ww")
            theirs = await came_in(came)
            mine.transport.abort()
            theirs.transport.abort()


@pytest.mark.parametrize("said", [b"", b"GET / HTTP/1.1\r\n\r\n" + bytes(400), bytes(KNOCK_BYTES), bytes(1)])
async def test_a_stranger_learns_nothing(said):
    """Whatever a stranger says, 24 bytes that never repeat are all that it hears."""
    async with open_door() as (door, address, came):
        heard = set()
        for _ in range(3):
            async with raw(address) as (reader, writer):
                first = await reader.readexactly(CHALLENGE_BYTES)
                writer.write(said)
                if len(said) < KNOCK_BYTES:
                    writer.write_eof()
                assert await rest(reader) == b""
                heard.add(first)
        assert len(heard) == 3
        assert came.empty()
        assert door._strangers == {}


async def test_a_right_knock_and_then_no_tls():
    async with open_door() as (_, address, came):
        async with raw(address) as (reader, writer):
            challenge = await reader.readexactly(CHALLENGE_BYTES)
            nonce = secrets.token_bytes(24)
            writer.write(knock(RING, "ww", challenge, bytes(24), End(BERT.peer, 1), nonce))
            writer.write(b"this is no TLS" * 100)
            await rest(reader)
        assert came.empty()


async def test_a_knock_in_pieces():
    async with open_door() as (_, address, _), raw(address) as (reader, writer):
        challenge = await reader.readexactly(CHALLENGE_BYTES)
        said = knock(RING, "ww", challenge, bytes(24), End(BERT.peer, 1), secrets.token_bytes(24))
        for at in range(0, len(said), 40):
            writer.write(said[at : at + 40])
            await writer.drain()
            await asyncio.sleep(0)
        async with asyncio.timeout(CAP):
            assert await reader.readexactly(100)


async def test_strangers_put_each_other_out():
    """However many stand there, one who has the key comes in."""
    async with open_door(max_strangers=5) as (door, address, came):
        strangers = [await asyncio.open_connection(address.host, address.port) for _ in range(20)]
        for reader, _ in strangers:
            await reader.readexactly(CHALLENGE_BYTES)
        assert len(door._strangers) == 5
        mine = await dial(address, Tls(BERT), RING, "ww")
        theirs = await came_in(came)
        for end in (mine, theirs):
            end.transport.abort()
        for reader, writer in strangers[:15]:
            assert await rest(reader) == b""
            writer.close()
        for _, writer in strangers[15:]:
            writer.close()


async def test_a_stranger_who_says_nothing_is_put_out(monkeypatch):
    monkeypatch.setattr("wetware.cluster.door.KNOCK_TIMEOUT", 0.05)
    async with open_door() as (door, address, _), raw(address) as (reader, _):
        await reader.readexactly(CHALLENGE_BYTES)
        assert await rest(reader) == b""
        assert door.refused == 1


async def test_what_a_caller_is_told():
    tls = Tls(BERT)
    async with open_door() as (_, address, _):
        with pytest.raises(UnreachableError, match="did not answer the knock: it has another key"):
            await dial(address, tls, OTHER_RING, "ww")
        with pytest.raises(UnreachableError, match="not in the namespace 'other'"):
            await dial(address, tls, RING, "other")
        with pytest.raises(WrongPeerError, match=str(ANNA.peer)):
            await dial(address, tls, RING, "ww", expected=BERT.peer)
    with pytest.raises(UnreachableError, match=f"{address}: connection refused"):
        await dial(address, tls, RING, "ww")


async def served(answer):
    """A server that is no node, and its address."""

    async def serve(reader, writer):
        await answer(reader, writer)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    return server, Address(*server.sockets[0].getsockname())


async def test_callers_of_what_is_no_node(monkeypatch):
    async def silent(reader, writer):
        await reader.read()

    async def rude(reader, writer):
        pass

    async def lying(reader, writer):
        writer.write(bytes(24))
        await reader.readexactly(KNOCK_BYTES)
        writer.write(bytes(1000))
        await reader.read()

    for answer, story, patience in (
        (silent, "says nothing", 0.05),
        (rude, "closed the connection at once", CAP),
        (lying, "no node of this cluster", CAP),
    ):
        monkeypatch.setattr("wetware.cluster.dial.STEP_TIMEOUT", patience)
        server, address = await served(answer)
        async with server:
            with pytest.raises(UnreachableError, match=story):
                await dial(address, Tls(BERT), RING, "ww")


async def test_a_rogue_in_between_gets_nowhere():
    """It passes on what both say, and then has to show its own key in TLS."""
    rogue = key(9)
    from wetware.cluster.secured import secure

    async with open_door() as (_, address, came):

        async def relay(reader, writer):
            """Pass on the knock and the answer, then pretend to be the node."""
            up_reader, up_writer = await asyncio.open_connection(address.host, address.port)
            writer.write(await up_reader.readexactly(CHALLENGE_BYTES))
            up_writer.write(await reader.readexactly(KNOCK_BYTES))
            writer.write(await up_reader.read(1000))
            for transport, server in ((writer.transport, True), (up_writer.transport, False)):
                with pytest.raises(Exception, match="TLS"):
                    await secure(
                        transport, Tls(rogue), End(BERT.peer if server else ANNA.peer, 1), server=server
                    )
            up_writer.close()

        server, middle = await served(relay)
        async with server:
            with pytest.raises(UnreachableError, match="TLS handshake failed"):
                await dial(middle, Tls(BERT), RING, "ww")
        assert came.empty()


@pytest.mark.slow
async def test_any_bytes_at_the_door():
    chance = random.Random(11)
    async with open_door() as (door, address, came):
        for _ in range(500):
            async with raw(address) as (reader, writer):
                challenge = await reader.readexactly(CHALLENGE_BYTES)
                said = bytearray(
                    knock(
                        RING, "ww", challenge, chance.randbytes(24), End(BERT.peer, 1), chance.randbytes(24)
                    )
                )
                if chance.random() < 0.5:
                    said[chance.randrange(len(said))] ^= 1 << chance.randrange(8)
                said += chance.randbytes(chance.randrange(2000))
                for at in range(0, len(said), 100):
                    writer.write(bytes(said[at : at + 100]))
                writer.write_eof()
                await rest(reader)
        assert came.empty()
        mine = await dial(address, Tls(BERT), RING, "ww")
        theirs = await came_in(came)
        mine.transport.abort()
        theirs.transport.abort()
        assert not door._strangers
