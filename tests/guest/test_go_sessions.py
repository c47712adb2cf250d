"""Go guests: the original's pattern as it is, and the SDK, each against the host's real session."""

import asyncio

import pytest
from channel_host import until

from wetware import Limits
from wetware.process.reasons import Exited, Killed, Linked
from wetware.schema.process_capnp import BytecodeCache, BytecodeCache_Server

ROOMY = Limits(memory=1 << 30)


class Echo(BytecodeCache_Server):
    """Answers `has`: whether it was asked for one of the names it knows."""

    def __init__(self, *known):
        self.known = known
        self.asked = []

    async def has(self, *, cid, context):
        self.asked.append(bytes(cid).decode())
        return {"has": bytes(cid).decode() in self.known}

    async def put(self, *, bytecode, context):
        raise NotImplementedError

    async def get(self, *, cid, context):
        raise NotImplementedError

    async def part(self, *, cid, offset, limit, context):
        raise NotImplementedError


@pytest.fixture
async def sessions(go_module, node):
    return await node.load(go_module("tests/guests/go/sessions"))


@pytest.fixture
def run(node, sessions):
    async def start(*args, **options):
        given = {"stdout": "capture", "stderr": "capture", "limits": ROOMY, "name": "guest", **options}
        return await node.spawn(sessions, args=args, **given)

    return start


async def lines_of(process):
    """What it printed, once it has ended by itself and well."""
    text, errors = await asyncio.gather(process.stdout.read(), process.stderr.read())
    assert await process.monitor() == Exited(0), (text, errors)
    return text.decode().splitlines()


class Lines:
    """The lines of a process's stdout, one after the other."""

    def __init__(self, process):
        self._stream = process.stdout
        self._rest = b""

    async def next(self):
        while b"\n" not in self._rest:
            piece = await self._stream.read(4096)
            assert piece, self._rest
            self._rest += piece
        line, _, self._rest = self._rest.partition(b"\n")
        return line.decode()


# --- the original's pattern ---
async def test_a_guest_of_the_original_runs_as_it_is(node, sessions):
    executor, guests = node._running[2], node.guests
    process = executor.spawn(
        sessions,
        name="x",
        args=["pattern", "more"],
        stdout="capture",
        stderr="capture",
        numbered=True,
        limits=ROOMY,
    )
    guests.attach(process, guests.session(process, executor=True, capabilities={}))
    lines = await lines_of(process)
    assert lines == [
        f"args [{process.pid} 1 {sessions.cid} pattern more]",
        "session true false false",
        "sees 1",
    ]


async def test_the_pattern_with_an_empty_session(run):
    assert (await lines_of(await run("pattern")))[1:] == ["session false false false"]


@pytest.mark.parametrize("channel", ["listener", "stream"])
async def test_the_sdk_takes_either_descriptor(run, channel):
    """A listener and a plain stream."""
    lines = await lines_of(await run("reach", channel=channel))
    assert lines == ["exec false view false store false extra []", "nothing more"]


async def test_a_guest_without_a_connection_is_told_so(run):
    process = await run("reach", channel="none")
    assert b"no connection to" in await process.stdout.read()
    assert await process.monitor() == Exited(1)


# --- the session is the whole authority ---
async def test_each_sees_itself_and_what_is_below(run, node):
    stranger = await run("sleep")
    lines = await lines_of(await run("descendants", "2", executor=True))
    assert lines == ["depth 2 alone true", "depth 1 alone true", "depth 0 alone true"]
    assert [info.pid for info in node.ps()] == [stranger.pid]


async def test_children_get_exactly_what_the_parent_names(run):
    first, second = Echo("first", "renamed"), Echo("second")
    process = await run("grant", executor=True, capabilities={"first": first, "second": second})
    assert await lines_of(process) == [
        "none false []",
        "one false [renamed]",
        "one renamed true <nil>",
        "all true [first second]",
        "all first true <nil>",
        "all second true <nil>",
    ]
    assert (first.asked, second.asked) == (["renamed", "first"], ["second"])


async def test_a_child_is_given_less_and_it_is_taken_back(run):
    """Attenuation and revocation are wrappers that a guest makes itself."""
    process = await run("attenuate", executor=True, capabilities={"first": Echo("allowed", "other")})
    assert await lines_of(process) == ["child allowed true false", "child other false true", "child revoked"]


# --- links and monitors ---
async def test_links_and_monitors(run):
    process = await run("family", executor=True)
    lines = (await process.stdout.read()).decode().splitlines()
    assert lines == [
        "told exited with code 7",
        "event exited with code 7 <nil>",
        "code 7 <nil>",
        "no program true false",
        "linked linked true <nil>",
        "stranger true",
    ]
    reason = await process.monitor()
    assert isinstance(reason, Linked)
    assert reason.origin == reason.via


async def test_crossing_links(run):
    """Forty at once from both sides, and with a process that is only promised."""
    lines = await lines_of(await run("crossing", executor=True))
    assert lines == ["both ended <nil>", "the promised one, too <nil>"]


# --- events ---
async def test_the_event_loop_of_the_original(run):
    process = await run("loop")
    lines = Lines(process)
    assert [await lines.next(), await lines.next()] == ["ready", "worked"]
    for _ in range(3):
        process.pause()
        assert process.info().state == "paused"
        assert await lines.next() == "paused"
        process.resume()
        assert [await lines.next(), await lines.next()] == ["resumed", "worked"]
    process.pause()
    assert await lines.next() == "paused"
    process.kill()
    assert await process.monitor() == Killed()


async def test_each_handler_hears_its_own_events(run):
    processes = [await run("loop") for _ in range(3)]
    lines = [Lines(process) for process in processes]
    for each in lines:
        assert [await each.next(), await each.next()] == ["ready", "worked"]
    processes[1].pause()
    assert await lines[1].next() == "paused"
    assert [process.info().state == "paused" for process in processes] == [False, True, False]
    processes[2].pause()
    assert await lines[2].next() == "paused"
    processes[1].resume()
    assert await lines[1].next() == "resumed"
    assert [process.info().state == "paused" for process in processes] == [False, False, True]


async def test_a_deaf_guest_blocks_nobody(run, node):
    deaf = await run("deaf")
    assert await Lines(deaf).next() == "ready"
    for _ in range(300):
        deaf.pause()
        deaf.resume()
    deaf.pause()
    other = await run("loop")
    lines = Lines(other)
    assert [await lines.next(), await lines.next()] == ["ready", "worked"]
    other.pause()
    assert await lines.next() == "paused"
    deaf.pause(force=True)  # needs no consent
    assert deaf.info().state == "paused"
    deaf.kill()
    assert await deaf.monitor() == Killed()


async def test_a_guest_without_a_handler_is_suspended(run):
    process = await run("sleep")
    process.pause()
    assert process.info().state == "paused"
    assert process.entry.suspended
    process.resume()
    assert process.info().state != "paused"


async def test_giving_the_handler_back_is_no_way_out_of_a_pause(run):
    process = await run("undecided")
    assert await Lines(process).next() == "ready"
    process.pause()
    await until(lambda: process.entry.suspended)
    process.resume()
    assert await lines_of(process) == ["held and released"]


# --- what guests offer ---
async def test_a_host_calls_what_a_guest_offers(run, node):
    process = await run("provide")
    offered = await process.capability(BytecodeCache)
    assert (await offered.has(cid=b"even")).has
    with pytest.raises(Exception, match="a bug of this guest"):
        await offered.get(cid=b"")
    assert not (await offered.has(cid=b"odd")).has  # it lives on


async def test_a_guest_calls_what_another_offers(run):
    lines = await lines_of(await run("use", executor=True))
    assert lines == ["odd false <nil>", "even true <nil>", "gone true", "gone true"]


async def test_a_child_s_output_is_read_in_pieces(run):
    lines = await lines_of(await run("stdio", executor=True))
    assert lines == ["exec false view false store false extra []", "nothing more", "end <nil>"]


async def test_a_childs_stdin_is_written_piece_by_piece(run):
    assert await lines_of(await run("pipe", executor=True)) == ["child read 1000000 <nil>"]


# --- load ---
async def test_more_promises_than_a_connection_may_hold(run, node):
    """Calls past the bound fail; the guest, and everybody else, goes on."""
    process = await run("promises", executor=True)
    lines = (await process.stdout.read()).decode().splitlines()
    assert lines[0] == "goes on"
    assert await process.monitor() == Exited(0)


async def test_many_calls(run):
    echo = Echo()
    process = await run("calls", "200", capabilities={"echo": echo})
    await lines_of(process)
    assert len(echo.asked) == 200


async def test_many_children(run):
    assert len(await lines_of(await run("spawns", "50", executor=True))) == 1
