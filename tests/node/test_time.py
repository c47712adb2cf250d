"""Time as guests see it: sleeping, polling, deadlines; and that none of it costs threads or memory."""

import asyncio
import threading
import time

import pytest
from node_guests import CAP, READING, SLEEPING, SPIN, guest, responsive, settled, sleeping

from wetware import Node
from wetware.node import Limits
from wetware.process.reasons import Exited, Limit
from wetware.wasm.clock import LONGEST_WAIT, Clock
from wetware.wasm.wasi import abi

MONOTONIC, REALTIME = abi.CLOCK_MONOTONIC, abi.CLOCK_REALTIME


def clock_subscription(at, clock, timeout, absolute, userdata=7):
    """Store a subscription for a clock at an address; the timeout is an expression."""
    return f"""(i64.store (i32.const {at}) (i64.const {userdata}))
        (i32.store8 (i32.const {at + 8}) (i32.const 0))
        (i32.store (i32.const {at + 16}) (i32.const {clock})) (i64.store (i32.const {at + 24}) {timeout})
        (i32.store16 (i32.const {at + 40}) (i32.const {int(absolute)}))"""


def stream_subscription(at, tag, fd, userdata=8):
    return f"""(i64.store (i32.const {at}) (i64.const {userdata}))
        (i32.store8 (i32.const {at + 8}) (i32.const {tag}))
        (i32.store (i32.const {at + 16}) (i32.const {fd}))"""


def polling(subscriptions, count, then, *imports, before=""):
    """Poll `count` subscriptions at 0; events at 512, their number at 1024, the answer in $errno."""
    return guest(
        f"""(local $errno i32) {subscriptions}
        (local.set $errno
          (call $poll_oneoff (i32.const 0) (i32.const 512) (i32.const {count}) (i32.const 1024)))
        {then}""",
        "poll_oneoff",
        "proc_exit",
        *imports,
        before=before,
    )


def answer(expression):
    return f"(call $proc_exit {expression})"


async def code_of(node, program, **options):
    process = await node.spawn(program, **{"stdout": "null", **options})
    reason = await process.monitor()
    assert isinstance(reason, Exited), reason
    return reason.code


FIRST_USERDATA = answer("(i32.load (i32.const 512))")


async def test_sleeping_sleeps_at_least_so_long(node):
    begun = time.monotonic_ns()
    assert await code_of(node, sleeping(30_000_000)) == 0
    assert time.monotonic_ns() - begun >= 30_000_000


async def test_a_c_program_sleeps(node, c_program):
    process = await node.spawn(c_program("sleep"), args=["20", "3"], stdout="capture")
    assert await process.wait() == 0
    assert await process.stdout.read() == b"asleep\nawake\n"


@pytest.mark.slow
async def test_a_go_program_sleeps_in_many_goroutines(node, go_program):
    process = await node.spawn(go_program("sleep"), stdout="capture", limits=Limits(memory=1 << 30))
    assert await process.wait() == 0


@pytest.mark.parametrize("nanoseconds", [0, 1])
async def test_no_time_at_all(node, nanoseconds):
    assert await code_of(node, sleeping(nanoseconds)) == 0


@pytest.mark.parametrize("nanoseconds", [-1, 2**63 - 1, 2**62, 10**18])
async def test_longest_sleep(node, nanoseconds):
    """A sleep of centuries hurts nobody else's clock: preemption, deadlines and short sleeps go on."""
    forever = await node.spawn(sleeping(nanoseconds))
    await settled(forever, "waiting")
    assert await code_of(node, sleeping(1_000_000)) == 0
    spinning = await node.spawn(SPIN, limits=Limits(deadline=0.01))
    assert await spinning.monitor() == Limit("deadline", 0.01, 0.01)
    assert forever.info().state == "waiting"
    forever.kill()
    assert await forever.wait() == 0xFFFFFFFF


async def test_absolute_monotonic_clock(node):
    """Its zero is the guest's own: a time read from the clock, plus a little, is slept until."""
    now = "(drop (call $clock_time_get (i32.const 1) (i64.const 0) (i32.const 2048)))"
    until = "(i64.add (i64.load (i32.const 2048)) (i64.const 5000000))"
    then = f"""{now.replace("2048", "2056")}
        (call $proc_exit (i64.lt_u (i64.load (i32.const 2056)) {until}))"""
    program = polling(now + clock_subscription(0, MONOTONIC, until, absolute=True), 1, then, "clock_time_get")
    assert await code_of(node, program) == 0


async def test_absolute_monotonic_clock_in_the_past_answers_at_once(node):
    program = polling(clock_subscription(0, MONOTONIC, "(i64.const 1)", absolute=True), 1, FIRST_USERDATA)
    assert await code_of(node, program) == 7


async def test_absolute_realtime_clock(node):
    soon = time.time_ns() + 20_000_000
    program = polling(
        clock_subscription(0, REALTIME, f"(i64.const {soon})", absolute=True), 1, FIRST_USERDATA
    )
    assert await code_of(node, program) == 7
    assert time.time_ns() >= soon


async def test_clocks_that_cannot_be_waited_for(node):
    """The two clocks of processor time, and numbers that are no clock, are refused in their event."""
    for clock in (2, 3, 4, 2**31):
        program = polling(
            clock_subscription(0, clock, "(i64.const 1000000000000)", absolute=False),
            1,
            answer("(i32.load16_u (i32.const 520))"),
        )
        assert await code_of(node, program) == abi.EINVAL


async def test_the_earliest_of_several_clocks(node):
    far, near = "(i64.const 3600000000000)", "(i64.const 1000000)"
    program = polling(
        clock_subscription(0, MONOTONIC, far, absolute=False, userdata=1)
        + clock_subscription(48, MONOTONIC, near, absolute=False, userdata=2),
        2,
        answer("(i32.add (i32.mul (i32.load (i32.const 1024)) (i32.const 16)) (i32.load (i32.const 512)))"),
    )
    assert await code_of(node, program) == 0x12


# --- streams ---


def poll_stdin(timeout):
    """Exit with the first event's userdata: 8 for stdin, 7 for the clock."""
    return polling(
        stream_subscription(0, abi.EVENTTYPE_FD_READ, 0)
        + clock_subscription(48, MONOTONIC, f"(i64.const {timeout})", absolute=False),
        2,
        FIRST_USERDATA,
    )


async def test_poll_of_stdin_times_out(node):
    assert await code_of(node, poll_stdin(5_000_000), stdin="pipe") == 7


async def test_poll_of_stdin_sees_bytes_the_end_and_closed(node):
    hour = 3600 * 10**9
    assert await code_of(node, poll_stdin(hour), stdin=b"x") == 8
    assert await code_of(node, poll_stdin(hour), stdin="closed") == 8
    for finish in (False, True):
        process = await node.spawn(poll_stdin(hour), stdin="pipe")
        await settled(process, "waiting")
        if finish:
            process.stdin.write_eof()
        else:
            await process.stdin.write(b"x")
        assert await process.wait() == 8


@pytest.mark.parametrize(
    ("milliseconds", "content", "said"),
    [("5", None, "timeout"), ("-1", b"", "end"), ("-1", b"four", "ready 4"), ("0", None, "timeout")],
)
async def test_a_c_program_polls_its_stdin(node, c_program, milliseconds, content, said):
    stdin = "pipe" if content is None else content
    process = await node.spawn(c_program("poll_stdin"), args=[milliseconds], stdin=stdin, stdout="capture")
    assert await process.wait() == 0
    assert await process.stdout.read() == f"polling\n{said}\n".encode()


async def test_poll_of_what_is_no_stream(node):
    for tag, fd in ((1, 1), (1, 5), (2, 0), (2, 5), (1, 2**32 - 1), (9, 0)):
        program = polling(stream_subscription(0, tag, fd), 1, answer("(i32.load16_u (i32.const 520))"))
        assert await code_of(node, program) == abi.EBADF


async def test_nonblocking_read_says_again(node):
    """`fd_fdstat_set_flags` makes an empty pipe answer EAGAIN, and taking it back makes it wait again."""
    program = guest(
        f"""(i32.store (i32.const 0) (i32.const 64)) (i32.store (i32.const 4) (i32.const 8))
        (drop (call $fd_fdstat_set_flags (i32.const 0) (i32.const {abi.FDFLAGS_NONBLOCK})))
        (if (i32.ne (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8))
            (i32.const {abi.EAGAIN})) (then (call $proc_exit (i32.const 1))))
        (drop (call $fd_fdstat_get (i32.const 0) (i32.const 128)))
        (if (i32.ne (i32.load16_u (i32.const 130)) (i32.const {abi.FDFLAGS_NONBLOCK}))
            (then (call $proc_exit (i32.const 2))))
        (drop (call $fd_fdstat_set_flags (i32.const 0) (i32.const 0)))
        (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
        (call $proc_exit (i32.load (i32.const 8)))""",
        "fd_fdstat_set_flags",
        "fd_fdstat_get",
        "fd_read",
        "proc_exit",
    )
    process = await node.spawn(program, stdin="pipe")
    await settled(process, "waiting")
    await process.stdin.write(b"abc")
    assert await process.wait() == 3


# --- what it costs ---


async def test_a_thousand_sleepers_take_no_thread_each(node):
    program = await node.load(SLEEPING)
    first = await node.spawn(program)
    await settled(first, "waiting")
    before = threading.active_count()
    processes = [await node.spawn(program, parent=first) for _ in range(1000)]
    for process in processes:
        await settled(process, "waiting")
    assert threading.active_count() == before
    assert len(node.ps()) == 1001
    first.kill()
    assert {(await process.monitor()).kind for process in processes} == {"killed"}
    assert node.ps() == []


class Sleeper:
    """What the clock knows of a fiber."""

    def __init__(self):
        self.armed = self.expires = None
        self.wanted = 0


def clock_at_rest():
    """A clock whose thread is not started."""
    return Clock(lambda: False, lambda: None, lambda fiber: None, lambda fiber: None)


def size(clock):
    return len(clock._heap)


async def test_heap_stays_small():
    """No pattern of sleeps, woken early and slept again, leaves more behind than there are sleepers."""
    now = time.monotonic_ns()
    patterns = {
        "the same far time": lambda turn: now + 10**15,
        "ever nearer": lambda turn: now + 10**15 - turn,
        "ever farther": lambda turn: now + 10**15 + turn,
        "far, then due": lambda turn: now + 10**15 if turn % 2 else now - 1,
        "two times in turn": lambda turn: now + 10**15 + turn % 2,
    }
    for name, when in patterns.items():
        clock = clock_at_rest()
        sleepers = [Sleeper() for _ in range(10)]
        for turn in range(5000):
            for sleeper in sleepers:
                clock.wake_at(sleeper, when(turn))
            clock.wake_at(sleepers[0], now - 1)  # something due, so that the rest is armed anew
            clock._due()
        assert size(clock) < 300, name
        for sleeper in sleepers:
            clock.forget(sleeper)
        clock._sweep()
        assert size(clock) == 0, name


async def test_ended_sleepers_leave_the_heap():
    clock = clock_at_rest()
    far = time.monotonic_ns() + 10**15
    for _ in range(10_000):
        sleeper = Sleeper()
        clock.expire_at(sleeper, far)
        clock.wake_at(sleeper, far)
        clock.forget(sleeper)
        assert size(clock) < 300


async def test_the_clock_rests_when_nothing_runs(node):
    process = await node.spawn(SLEEPING)
    await settled(process, "waiting")
    clock = node._running[2]._scheduler.clock
    while not clock.resting:  # noqa: ASYNC110 - a thread's own state, of which it tells no one
        await asyncio.sleep(0.005)
    assert LONGEST_WAIT < threading.TIMEOUT_MAX
    assert await code_of(node, sleeping(1_000_000)) == 0


# --- deadlines ---

WAYS = {
    "spinning": (SPIN, "closed", "running"),
    "sleeping": (SLEEPING, "closed", "waiting"),
    "reading": (READING, "pipe", "waiting"),
}


@pytest.mark.parametrize("way", WAYS)
async def test_deadline(node, way):
    program, stdin, _ = WAYS[way]
    process = await node.spawn(program, stdin=stdin, limits=Limits(deadline=0.02))
    reason = await process.monitor()
    assert reason == Limit("deadline", 0.02, 0.02)
    assert reason.wait_code == 0xEFFFFFFF


@pytest.mark.parametrize("way", WAYS)
async def test_deadline_runs_while_paused(node, way):
    program, stdin, _ = WAYS[way]
    process = await node.spawn(program, stdin=stdin, limits=Limits(deadline=0.05))
    process.pause()
    assert await process.monitor() == Limit("deadline", 0.05, 0.05)


async def test_deadline_of_nothing_ends_what_waits(node):
    process = await node.spawn(SLEEPING, limits=Limits(deadline=0))
    assert await process.monitor() == Limit("deadline", 0, 0)


async def test_deadline_that_is_not_reached_changes_nothing(node):
    for deadline in (3600, 1e12, 1e300, float("inf")):
        assert await code_of(node, sleeping(1_000_000), limits=Limits(deadline=deadline)) == 0


async def test_deadline_at_start(node, wat_program):
    process = await node.spawn(wat_program("spin_start"), limits=Limits(deadline=0.02))
    assert (await process.monitor()).which == "deadline"


async def test_deadlines_of_a_crowd(node):
    """Many expire at the same moment while the processors are busy."""
    busy = [await node.spawn(SPIN) for _ in range(4)]
    program = await node.load(SLEEPING)
    crowd = [await node.spawn(program, limits=Limits(deadline=0.05)) for _ in range(300)]
    assert {(await process.monitor()).wait_code for process in crowd} == {0xEFFFFFFF}
    await responsive()
    for process in busy:
        process.kill()
        await process.wait()


async def test_two_nodes_keep_their_own_time():
    async with asyncio.timeout(CAP), Node(runners=1) as one, Node(runners=1) as other:
        spinning = await one.spawn(SPIN)
        sleepers = [await other.spawn(sleeping(5_000_000)) for _ in range(5)]
        assert [await process.wait() for process in sleepers] == [0] * 5
        spinning.kill()
        await spinning.wait()
