"""Guests that mean harm, through their connection: what they cost is bounded, and nobody else notices."""

import asyncio

import pytest

from wetware.errors import ClosedError
from wetware.process.reasons import Exited, Limit
from wetware.services.guest import GUEST_OPTIONS, MARGIN
from wetware.wasm.limits import CHANNEL_BUFFER


@pytest.fixture
def hostile(node, c_program):
    async def start(*args, **options):
        process = await node.spawn(c_program("hostile"), args=args, stdout="capture", **options)
        node.hostile = process
        return process

    return start


@pytest.fixture(autouse=True)
async def nobody_else_notices(node, c_program):
    """Beside every one of these tests another guest uses its session, before and after."""
    for _ in range(2):
        process = await node.spawn(c_program("hostile"), args=["use"], stdout="capture", executor=True)
        assert await process.stdout.read() == b"answered\n"
        assert await process.monitor() == Exited(0)
        if _ == 0:
            yield


async def ends_well(process):
    text = await process.stdout.read()
    assert await process.monitor() == Exited(0), text
    return text.decode()


async def test_the_end_comes_in_the_middle_of_a_message(hostile):
    process = await hostile("half")
    await ends_well(process)


async def test_a_guest_closes_its_end_and_lives_on(hostile):
    assert await ends_well(await hostile("shut")) == "lives on\n"


@pytest.mark.parametrize("seed", range(5))
async def test_bytes_that_are_no_messages(hostile, seed):
    process = await hostile("noise", str(seed), executor=True)
    text = await process.stdout.read()
    reason = await process.monitor()  # noise may well announce a message of any size
    assert (text, reason) == (b"closed\n", Exited(0)) or isinstance(reason, Limit)


@pytest.mark.parametrize(
    ("mode", "which", "used"),
    [("huge", "message_bytes", 0x3FFFFFFF * 8), ("segments", "segments", 100_001)],
)
async def test_a_message_beyond_any_size_ends_its_guest(hostile, mode, which, used):
    process = await hostile(mode)
    assert await process.monitor() == Limit(which, used, getattr(GUEST_OPTIONS.limits, which))


async def test_a_guest_that_does_not_read_is_held_in_its_write(hostile):
    """Answers wait up to a bound; then its calls are not read, and its next write does not return."""
    process = await hostile("deaf")
    while process.connection is None:  # noqa: ASYNC110 - nothing tells of it
        await asyncio.sleep(0.001)
    pipe, sizes = None, []
    while len(sizes) < 5 or sizes[-1] != sizes[-5]:
        await asyncio.sleep(0.02)
        pipe = process.connection._pipe
        sizes.append(process.connection._connection.link.peer.messages_in)
        assert pipe.waiting <= GUEST_OPTIONS.limits.send_bytes + MARGIN
        assert process.channel.unread <= CHANNEL_BUFFER + GUEST_OPTIONS.limits.pause_bytes
        assert pipe.peer.held <= GUEST_OPTIONS.limits.send_bytes + 2 * CHANNEL_BUFFER
        if process.reason is not None:
            break
    process.kill()
    await process.monitor()


async def test_answers_that_nobody_counts_are_bounded_too(hostile):
    """Messages of an unknown kind are sent back; a guest that lets them pile up is ended."""
    process = await hostile("echo")
    reason = await process.monitor()
    assert isinstance(reason, Limit)
    assert (reason.which, reason.allowed) == ("send_bytes", GUEST_OPTIONS.limits.send_bytes)
    assert reason.used <= 2 * GUEST_OPTIONS.limits.send_bytes + MARGIN


async def test_answers_that_are_never_finished(hostile):
    process = await hostile("keep", "3000", executor=True)
    assert await ends_well(process) == "answered refused\n"


async def test_calls_that_are_finished_cost_nothing_later(hostile):
    assert await ends_well(await hostile("churn", "5000", executor=True)) == "done\n"


@pytest.mark.parametrize("mode", ["imports", "release"])
async def test_capabilities_that_were_never_given(hostile, mode):
    assert await ends_well(await hostile(mode, "1000")) == "closed\n"


async def test_a_guest_with_an_empty_session_reaches_nothing(hostile, node):
    """Every method of an executor, of everything that it can name: all refused, and nothing was spawned."""
    process = await hostile("forged")
    assert await ends_well(process) == "refused 24\n"
    assert node.ps() == []


async def test_many_hostile_guests_at_once(node, c_program):
    modes = ["noise", "echo", "imports", "huge", "keep", "shut", "half", "forged"] * 3
    processes = [await node.spawn(c_program("hostile"), args=[mode, "500"], stdout="null") for mode in modes]
    for process in processes:
        await process.monitor()
    assert node.ps() == []
    for process in processes:
        if process.connection is not None:
            with pytest.raises(ClosedError):
                process.channel.feed(b"x")
