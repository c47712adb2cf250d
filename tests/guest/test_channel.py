"""The channel between a guest and its host: both ends, both ways, and guests that mean harm."""

import asyncio
import contextlib
import random
from pathlib import Path

import pytest
from channel_host import until

from wetware import Dir
from wetware.errors import ClosedError, LocalError
from wetware.process.reasons import Exited, Killed
from wetware.wasm.limits import CHANNEL_BUFFER


@pytest.fixture
def channel_c(c_program):
    return c_program("channel")


FOR_EVER = "4000000000"


async def spawn(node, program, *args, **options):
    given = {"stdout": "capture", "channel": "stream", "raw": True, **options}
    return await node.spawn(program, args=args, **given)


async def stdout_of(process):
    return (await process.stdout.read()).decode().split()


# --- the stream ---


@pytest.mark.parametrize("mode", ["echo", "poll", "accept", "accept-poll"])
async def test_what_is_sent_comes_back(node, channel_c, host, mode):
    process = await spawn(node, channel_c, mode, channel="listener" if "accept" in mode else "stream")
    end = host(process)
    assert await end.take(6) == b"hello\n"
    assert process.channel.connected
    for content in (b"a", b"bc" * 10, bytes(range(256)) * 400, random.Random(1).randbytes(3_000_000)):
        sending = asyncio.ensure_future(end.send(content))
        assert await end.take(len(content)) == content
        await sending
    process.channel.end()
    await end.end()
    assert await process.monitor() == Exited(0)


async def test_many_short_messages_arrive_in_few_pieces(node, channel_c, host):
    """The loop is woken once for all that was written while it was busy."""
    process = await spawn(node, channel_c, "drip", "20000")
    await process.monitor()  # nobody has received yet: all of it waits
    end = host(process)
    await end.end()
    assert end.received == b"d" * 20_000
    assert end.pieces == [20_000]


async def test_bytes_sent_before_the_guest_reads_wait_for_it(node, channel_c, host):
    process = await spawn(node, channel_c, "echo")
    assert process.channel.feed(b"early")
    process.channel.end()
    end = host(process)
    await end.end()
    assert end.received == b"hello\nearly"


async def test_the_end_of_a_process_is_the_end_of_its_stream(node, channel_c, host):
    process = await spawn(node, channel_c, "deaf", stdin="pipe")
    end = host(process)
    assert await end.take(5) == b"deaf\n"
    process.kill()
    await end.end()
    assert await process.monitor() == Killed()
    assert process.channel.feed(b"nobody reads this")  # as on a network, this is no error
    assert process.channel.unread == 0


async def test_a_guest_that_never_connects_is_an_ordinary_program(node, c_program, host):
    process = await spawn(node, c_program("hello"))
    end = host(process)
    await end.end()
    assert await process.monitor() == Exited(0)
    assert not end.received


async def test_a_guest_ends_one_direction_and_reads_on(node, channel_c, host):
    process = await spawn(node, channel_c, "shutdown")
    end = host(process)
    await end.end()
    assert end.received == b"bye\n"
    await end.send(bytes(1_000_000))
    process.channel.end()
    assert await stdout_of(process) == ["1000000"]
    assert await process.monitor() == Exited(0)


async def test_the_host_closes(node, channel_c, host):
    process = await spawn(node, channel_c, "closed-write")
    end = host(process)
    await end.take(1)
    process.channel.close()
    process.channel.close()
    assert await stdout_of(process) == ["EPIPE"]
    assert not end.ended  # who has closed is not told of an end
    with pytest.raises(ClosedError, match="was closed"):
        process.channel.feed(b"more")


async def test_a_standard_stream_can_be_replaced_by_the_channel(node, channel_c, host):
    process = await spawn(node, channel_c, "dup")
    end = host(process)
    await end.end()
    assert end.received == b"through the channel\n"
    assert process.info().output == 0


async def test_there_is_one_receiver(node, channel_c, host):
    process = await spawn(node, channel_c, "close")
    host(process)
    with pytest.raises(LocalError, match="one receiver"):
        host(process)


# --- back-pressure ---


async def test_a_guest_waits_while_its_host_does_not_take(node, channel_c, host):
    total = 8 * CHANNEL_BUFFER
    process = await spawn(node, channel_c, "flood", str(total))
    await until(lambda: process.info().state == "waiting")
    end = host(process)
    process.channel.pause()
    await asyncio.sleep(0)
    held = len(end.received)
    await until(lambda: process.info().state == "waiting")
    assert held <= 2 * CHANNEL_BUFFER
    assert len(end.received) == held
    process.channel.resume()
    await end.end()
    assert len(end.received) == total
    assert max(end.pieces) <= CHANNEL_BUFFER
    assert await process.monitor() == Exited(0)


async def test_a_nonblocking_guest_is_told_to_wait(node, channel_c, host):
    process = await spawn(node, channel_c, "full")
    await until(lambda: process.info().state == "waiting")
    filled = int(await process.stdout.read(100))
    assert filled == CHANNEL_BUFFER
    end = host(process)
    await end.end()
    assert len(end.received) == filled + 1
    assert await stdout_of(process) == ["more"]


async def test_the_host_is_told_to_wait_while_the_guest_does_not_read(node, channel_c, host):
    process = await spawn(node, channel_c, "deaf", stdin="pipe")
    end = host(process)
    await end.take(5)
    assert process.channel.feed(bytes(CHANNEL_BUFFER - 1))
    await asyncio.wait_for(process.channel.drain(), 60)  # there is room: no wait
    assert not process.channel.feed(b"x")
    waiting = asyncio.ensure_future(process.channel.drain())
    done, _ = await asyncio.wait([waiting], timeout=0.01)
    assert not done
    assert process.channel.unread == CHANNEL_BUFFER
    process.kill()
    await waiting  # who waits for a dead guest is let go


async def test_a_host_that_waits_goes_on_when_the_guest_reads(node, channel_c, host):
    process = await spawn(node, channel_c, "echo")
    end = host(process)
    process.pause()
    content = bytes(5 * CHANNEL_BUFFER)
    sending = asyncio.ensure_future(end.send(content))
    done, _ = await asyncio.wait([sending], timeout=0.01)
    assert not done
    assert process.channel.unread <= CHANNEL_BUFFER + 65536
    process.resume()
    await sending
    assert await end.take(6 + len(content)) == b"hello\n" + content


# --- the descriptors ---


async def test_the_kind_of_channel_follows_the_imports(node, channel_c, c_program):
    """What imports `sock_accept` has a listener, everything else a stream; an option overrides."""
    assert not (await spawn(node, channel_c, "close", channel="auto")).channel.connected
    assert (await spawn(node, c_program("hello"), channel="auto")).channel.connected
    assert (await spawn(node, c_program("hello"), channel="none")).channel is None
    with pytest.raises(LocalError, match="no channel of kind 'socket'"):
        await spawn(node, channel_c, "close", channel="socket")


@pytest.mark.parametrize(("channel", "socket"), [("stream", "1"), ("listener", "1")])
async def test_descriptor_3_is_a_socket_and_directories_begin_at_4(
    node, channel_c, tmp_path, channel, socket
):
    (tmp_path / "file").write_text("content\n")
    process = await spawn(node, channel_c, "stat", dirs=[Dir(tmp_path, "/data")], channel=channel)
    said = await stdout_of(process)
    assert said == ["socket", socket, "nonblocking", "0", "then", "1", "file", "content"]


async def test_without_a_channel_directories_begin_at_3(node, c_program, tmp_path):
    (tmp_path / "file").write_text("content\n")
    process = await spawn(node, c_program("channel"), "dup", channel="none", dirs=[Dir(tmp_path, "/data")])
    assert await process.monitor() == Exited(16)  # descriptor 3 is a directory and takes no stream's place


@pytest.mark.parametrize("channel", ["stream", "listener"])
async def test_a_guest_that_closes_its_channel_has_closed_it(node, channel_c, host, channel):
    process = await spawn(node, channel_c, "close", stdin="pipe", channel=channel)
    end = host(process)
    await end.end()
    assert await process.stdout.read(100) == b"closed\n"
    assert process.info().state != "exited"
    assert process.channel.feed(b"nobody reads this")
    assert process.channel.unread == 0
    process.stdin.write_eof()
    assert await process.monitor() == Exited(0)


async def test_an_accepting_guest_is_connected_once_it_has_accepted(node, channel_c, host):
    process = await spawn(node, channel_c, "accept", channel="listener")
    process.pause()
    if not process.channel.connected:
        process.channel.feed(b"first")
    process.resume()
    process.channel.end()
    end = host(process)
    await end.end()
    assert end.received in (b"hello\nfirst", b"hello\n")
    assert process.channel.connected


# --- Go ---


@pytest.mark.parametrize("mode", ["listener", "file"])
async def test_go_accepts_and_its_goroutines_go_on(node, go_program, host, mode):
    """`net.FileListener` on descriptor 3, as Wetware's guests do; and a plain file on it."""
    channel = "auto" if mode == "listener" else "stream"
    process = await spawn(node, go_program("channel"), mode, channel=channel)
    end = host(process)
    assert await end.take(6) == b"hello\n"
    content = random.Random(2).randbytes(2_000_000)
    sending = asyncio.ensure_future(end.send(content))
    assert await end.take(len(content)) == content
    await sending
    process.channel.end()
    assert await stdout_of(process) == ["ended", "true"]
    assert await process.monitor() == Exited(0)


async def test_go_finds_a_directory_behind_its_channel(node, go_program, tmp_path):
    (tmp_path / "greeting").write_text("hello\n")
    process = await spawn(
        node,
        go_program("files"),
        "/data",
        dirs=[Dir(tmp_path, "/data", writable=True)],
        channel="listener",
    )
    reason = await process.monitor()
    assert reason == Exited(0), (reason, await process.stdout.read())


# --- guests that mean harm ---


async def test_a_flood_holds_no_more_than_its_buffer_and_dies_when_killed(node, channel_c):
    """Nobody takes anything: what a guest writes without end is bounded, and it can be killed."""
    processes = [await spawn(node, channel_c, "flood", FOR_EVER) for _ in range(20)]
    for process in processes:
        await until(lambda p=process: p.info().state == "waiting")
    for process in processes:
        process.kill()
        assert await process.monitor() == Killed()


async def test_a_flood_does_not_keep_the_loop_from_others(node, channel_c, host):
    floods = [host(await spawn(node, channel_c, "flood", FOR_EVER)) for _ in range(4)]
    quiet = host(await spawn(node, channel_c, "echo"))
    await quiet.take(6)
    for _ in range(50):
        quiet.channel.feed(b"ping")
        assert await quiet.take(4) == b"ping"
        for flood in floods:
            flood.received.clear()
    for flood in floods:
        assert max(flood.pieces) <= CHANNEL_BUFFER
        flood.process.kill()


async def test_wild_pointers_and_descriptors_harm_nobody(node):
    """Each function on descriptors, with numbers from a seed: an errno every time, never a trap."""
    signatures = {
        "fd_read": 4,
        "fd_write": 4,
        "fd_close": 1,
        "fd_renumber": 2,
        "fd_fdstat_get": 2,
        "fd_fdstat_set_flags": 2,
        "fd_filestat_get": 2,
        "fd_prestat_get": 2,
        "sock_accept": 3,
        "sock_recv": 6,
        "sock_send": 5,
        "sock_shutdown": 2,
    }
    rng = random.Random(3)
    numbers = [0, 1, 2, 3, 4, 8, 16, 65520, 65535, 65536, 1 << 20, (1 << 20) + 1, 0x7FFFFFFF, -1]
    calls = []
    for _ in range(400):
        name, arity = rng.choice(list(signatures.items()))
        first = rng.choice([0, 1, 2, 3, 3, 3, 1 << 20, 1 << 20, 4, -1])
        arguments = [first, *(rng.choice(numbers) for _ in range(arity - 1))]
        calls.append(f"(drop (call ${name} {' '.join(f'(i32.const {a})' for a in arguments)}))")
    imports = "".join(
        f'(import "wasi_snapshot_preview1" "{name}" (func ${name} (param {"i32 " * n}) (result i32)))'
        for name, n in signatures.items()
    )
    for kind in ("listener", "stream"):
        for start in range(0, len(calls), 20):
            # nonblocking from the first call on, so that none waits for ever
            set_flags = "(drop (call $fd_fdstat_set_flags (i32.const 3) (i32.const 4)))"
            body = "".join(f"{set_flags}{call}" for call in calls[start : start + 20])
            text = f'(module {imports} (memory (export "memory") 1) (func (export "_start") {body}))'
            process = await node.spawn(text.encode(), stdout="null", stderr="null", channel=kind)
            process.channel.end()
            if (await asyncio.wait([asyncio.ensure_future(process.monitor())], timeout=0.2))[1]:
                # it reads its listener's connection, or waits for one that never comes: a guest's right
                process.kill()
            assert await process.monitor() in (Exited(0), Killed())


async def test_nothing_of_a_channel_is_a_file(node, channel_c):
    """No socket and no pipe is opened for it."""
    before = None
    for _ in range(10):
        process = await spawn(node, channel_c, "deaf", stdin="pipe")
        await until(lambda p=process: p.info().state == "waiting")
        opened = open_files()
        before = opened if before is None else before
        assert opened <= before  # what others have left may go meanwhile


def open_files():
    found = set()
    for file in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):  # the one that this listing is read by
            found.add((file.name, str(file.readlink())))
    return found
