"""Components: commands of WASI 0.2 on fibers, killable, pausable and bounded as core modules are."""

import asyncio
import contextlib
import random
import time

import pytest
from channel_host import until

from wetware import Limits, NotRunnableError
from wetware.errors import LimitError
from wetware.process.reasons import Exited, Killed, Limit, Trapped
from wetware.wasm.binary import MalformedModuleError, TruncatedModuleError
from wetware.wasm.component.handles import MAX_HANDLES
from wetware.wasm.component.linkage import UnknownInterfaceError, WrongWorldError
from wetware.wasm.component.reader import read_component
from wetware.wasm.engine import wat_to_wasm
from wetware.wasm.module import ModuleTooLargeError

RUN = '(func $run (result (result)) (canon lift (core func $i "run")))'
SHOWN = '(instance $shown (export "run" (func $run))) (export "wasi:cli/run@0.2.0" (instance $shown))'


def component(core, before="", instance="(core instance $i (instantiate $m))"):
    """A command whose `run` is in a core module."""
    return f"(component {before} (core module $m {core}) {instance} {RUN} {SHOWN})".encode()


def returning(body):
    return component(f'(func (export "run") (result i32) {body})')


@pytest.fixture
def command(py_component):
    return py_component("command")


async def ran(node, program, *args, **options):
    process = await node.spawn(program, args=args, **{"stdout": "capture", **options})
    reason = await process.monitor()
    return reason, (await process.stdout.read()).decode()


# --- a command ---


@pytest.mark.parametrize(("body", "code"), [("(i32.const 0)", 0), ("(i32.const 1)", 1)])
async def test_the_result_of_run_is_the_exit_code(node, body, code):
    process = await node.spawn(returning(body))
    assert await process.monitor() == Exited(code)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("unreachable", "unreachable instruction executed"),
        ("(i32.div_u (i32.const 1) (i32.const 0))", "integer division by zero"),
        ("(call $deep) (i32.const 0)", "call stack exhausted"),
    ],
)
async def test_a_trap_is_told_as_that_of_a_core_module(node, body, message):
    core = f'(func $deep (call $deep)) (func (export "run") (result i32) {body})'
    process = await node.spawn(component(core))
    assert await process.monitor() == Trapped(message)


async def test_arguments_and_environment(node, command):
    reason, said = await ran(node, command, "show", "two words", "é", env={"NAME": "välue"})
    assert reason == Exited(0)
    assert said == "['show', 'two words', 'é'] {'NAME': 'välue'}\n"


async def test_stdin_to_its_end(node, command):
    content = "".join(f"line {i}\n" for i in range(5_000))
    assert await ran(node, command, "cat", stdin=content.encode()) == (Exited(0), content)


async def test_stdin_is_waited_for(node, command):
    process = await node.spawn(command, args=["cat"], stdin="pipe", stdout="capture")
    await until(lambda: process.info().state == "waiting")
    await process.stdin.write(b"late\n")
    process.stdin.write_eof()
    assert await process.monitor() == Exited(0)
    assert await process.stdout.read() == b"late\n"


async def test_a_large_output_arrives_whole(node, command):
    process = await node.spawn(command, args=["flood", "900000"], stdout="capture")
    assert await process.stdout.read() == b"x" * 900_000


@pytest.mark.parametrize(("mode", "code"), [("code", 1), ("fail", 1)])
async def test_failing(node, command, mode, code):
    assert (await ran(node, command, mode, "7", stderr="null"))[0] == Exited(code)


async def test_clocks(node, command):
    assert await ran(node, command, "clock", str(time.time())) == (Exited(0), "True True\n")


async def test_randomness_differs_between_processes(node, command):
    first, second = [(await ran(node, command, "random"))[1] for _ in range(2)]
    assert not set(first.split()) & set(second.split())


async def test_there_is_no_network(node, command):
    assert await ran(node, command, "connect") == (Exited(0), "PermissionError\n")


async def test_sleeping(node, command):
    assert await ran(node, command, "sleep", "0.01") == (Exited(0), "sleeping\nslept\n")


# --- in our hands ---


@pytest.mark.parametrize("mode", ["sleep", "spin"])
async def test_it_is_killed_wherever_it_is(node, command, mode):
    process = await node.spawn(command, args=[mode, "100000"], stdout="capture")
    await process.stdout.read(8)
    process.kill()
    assert await process.monitor() == Killed()


async def test_it_is_paused_between_two_instructions(node, command):
    process = await node.spawn(command, args=["spin"], stdout="capture")
    await process.stdout.read(8)
    process.pause()
    await until(lambda: process.info().state == "paused")
    await asyncio.sleep(0.02)  # it runs on to the end of a slice
    used = process.info().cpu
    await asyncio.sleep(0.02)
    assert process.info().cpu == used
    process.resume()
    await until(lambda: process.info().cpu > used)
    process.kill()
    assert await process.monitor() == Killed()


async def test_a_sleeper_costs_no_thread(node, command):
    """More sleepers than threads, and something else still runs."""
    sleepers = [await node.spawn(command, args=["sleep", "100000"], stdout="null") for _ in range(8)]
    for process in sleepers:
        await until(lambda p=process: p.info().state == "waiting")
    assert (await ran(node, command, "show"))[0] == Exited(0)
    for process in sleepers:
        process.kill()


@pytest.mark.parametrize(
    ("limits", "args", "which"),
    [
        (Limits(deadline=0.05), ["sleep", "100000"], "deadline"),
        (Limits(cpu=0.05), ["spin"], "cpu"),
        (Limits(output=1000), ["flood", "100000"], "output"),
    ],
)
async def test_limits_end_it(node, command, limits, args, which):
    reason, _ = await ran(node, command, *args, limits=limits)
    assert isinstance(reason, Limit)
    assert reason.which == which


async def test_memory_is_refused_beyond_the_limit(node, command):
    assert (await ran(node, command, "allocate", "200000000"))[1] == "got 200000000\n"
    small = Limits(memory=64 << 20)
    assert (await ran(node, command, "allocate", "200000000", limits=small))[1] == "MemoryError\n"
    with pytest.raises(LimitError, match="memory"):
        await node.spawn(command, args=["show"], limits=Limits(memory=1 << 20))


async def test_all_memories_together_stay_within_the_limit(node):
    """Two modules, each with a memory that grows as far as it may: the sum counts."""
    grow = """(memory 1) (func (export "run") (result i32) (local $pages i32)
        (loop $more (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
        (i32.gt_u (memory.size) (i32.const 8)))"""
    both = f"""(component (core module $m {grow}) (core module $n {grow})
        (core module $both (import "a" "run" (func $a (result i32))) (import "b" "run" (func $b (result i32)))
          (func (export "run") (result i32) (i32.or (call $a) (call $b))))
        (core instance $a (instantiate $m)) (core instance $b (instantiate $n))
        (core instance $i (instantiate $both (with "a" (instance $a)) (with "b" (instance $b))))
        {RUN} {SHOWN})"""
    process = await node.spawn(both.encode(), limits=Limits(memory=16 * 65536))
    assert await process.monitor() == Exited(0)  # neither came to more than 8 pages
    again = both.replace("(core instance $b", "(core instance (instantiate $m)) (core instance $b")
    process = await node.spawn(again.encode(), limits=Limits(memory=16 * 65536))
    assert isinstance(await process.monitor(), Trapped)  # a third memory is one too many


# --- what is refused ---


async def test_other_interfaces_are_refused_by_name(node):
    text = returning("(i32.const 0)").replace(
        b"(component",
        b'(component (import "wasi:http/types@0.2.0" (instance)) (import "my:own/thing" (func))',
    )
    with pytest.raises(NotRunnableError) as refused:
        await node.load(text)
    assert [type(problem) for problem in refused.value.problems] == [UnknownInterfaceError] * 2
    assert "no network" in str(refused.value.problems[0])
    assert "the function my:own/thing" in str(refused.value.problems[1])


async def test_another_version_is_refused_as_such(node):
    text = returning("(i32.const 0)").replace(
        b"(component", b'(component (import "wasi:io/poll@0.3.0" (instance))'
    )
    with pytest.raises(NotRunnableError, match=r"version 0\.2 of wasi:io/poll is given"):
        await node.load(text)


async def test_what_is_no_command_is_refused_with_what_it_shows(node):
    text = b"""(component (core module $m (func (export "f"))) (core instance $i (instantiate $m))
        (func (export "serve") (canon lift (core func $i "f"))))"""
    with pytest.raises(NotRunnableError, match="exports serve") as refused:
        await node.load(text)
    assert isinstance(refused.value.problems[0], WrongWorldError)


async def test_a_component_that_is_none_is_refused(node):
    whole = wat_to_wasm(returning("(i32.const 0)"))
    with pytest.raises(NotRunnableError):
        await node.load(whole[:-5])
    with pytest.raises(NotRunnableError):
        await node.load(whole[:8])


def test_reading_any_bytes_gives_an_answer_or_an_error():
    """Bytes of a component, damaged at random: never another error, and soon."""
    whole = wat_to_wasm(returning("(i32.const 0)"))
    rng = random.Random(7)
    for _ in range(3_000):
        damaged = bytearray(whole)
        for _ in range(rng.randint(1, 4)):
            damaged[rng.randrange(8, len(damaged))] = rng.randrange(256)
        with contextlib.suppress(TruncatedModuleError, MalformedModuleError, ModuleTooLargeError):
            read_component(bytes(damaged[: rng.randint(8, len(damaged))]))


# --- components that mean harm ---

POLLS = """
  (import "wasi:io/poll@0.2.0" (instance $poll
    (export "pollable" (type $pollable (sub resource)))
    (export "poll" (func (param "in" (list (borrow $pollable))) (result (list u32))))))
  (alias export $poll "pollable" (type $pollable))
  (import "wasi:clocks/monotonic-clock@0.2.0" (instance $clock
    (alias outer 1 $pollable (type $outer))
    (export "pollable" (type $mine (eq $outer)))
    (export "subscribe-duration" (func (param "when" u64) (result (own $mine))))))
  (alias export $clock "subscribe-duration" (func $subscribe))
  (core func $subscribe' (canon lower (func $subscribe)))
"""
WITH_CLOCK = """(core instance $host (export "subscribe" (func $subscribe')))
  (core instance $i (instantiate $m (with "host" (instance $host))))"""


async def test_a_hoard_of_resources_ends_at_a_limit(node):
    core = """(import "host" "subscribe" (func $subscribe (param i64) (result i32)))
        (func (export "run") (result i32)
          (loop $more (drop (call $subscribe (i64.const 1))) (br $more)) (i32.const 0))"""
    process = await node.spawn(component(core, POLLS, WITH_CLOCK))
    assert await process.monitor() == Limit("handles", MAX_HANDLES + 1, MAX_HANDLES)


async def test_two_resources_are_lent(node):
    """`poll` of a far deadline and a near one comes back with the near one."""
    core = """(import "host" "memory" (memory 1))
        (import "host" "subscribe" (func $subscribe (param i64) (result i32)))
        (import "host" "poll" (func $poll (param i32 i32 i32)))
        (func (export "run") (result i32)
          (i32.store (i32.const 0) (call $subscribe (i64.const 100000000000000)))
          (i32.store (i32.const 4) (call $subscribe (i64.const 1000000)))
          (call $poll (i32.const 0) (i32.const 2) (i32.const 16))
          (if (i32.ne (i32.load (i32.const 20)) (i32.const 1)) (then (return (i32.const 1))))
          (i32.ne (i32.load (i32.load (i32.const 16))) (i32.const 1)))"""
    before = f"""{POLLS}
        (core module $memory (memory (export "memory") 1)
          (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
        (core instance $memory (instantiate $memory))
        (core func $poll' (canon lower (func $poll "poll")
          (memory (core memory $memory "memory")) (realloc (core func $memory "realloc"))))"""
    instance = WITH_CLOCK.replace(
        '(export "subscribe"',
        """(export "poll" (func $poll')) (export "memory" (memory $memory "memory")) (export "subscribe\"""",
    )
    process = await node.spawn(component(core, before, instance))
    assert await process.monitor() == Exited(0)


async def test_dropped_resources_do_not_count(node):
    core = """(import "host" "subscribe" (func $subscribe (param i64) (result i32)))
        (import "host" "drop" (func $drop (param i32)))
        (func (export "run") (result i32) (local $left i32) (local.set $left (i32.const 25000))
          (loop $more (call $drop (call $subscribe (i64.const 1)))
            (br_if $more (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
          (i32.const 0))"""
    before = f"{POLLS} (core func $drop (canon resource.drop $pollable))"
    instance = WITH_CLOCK.replace('(export "subscribe"', '(export "drop" (func $drop)) (export "subscribe"')
    process = await node.spawn(component(core, before, instance))
    assert await process.monitor() == Exited(0)


RANDOM = """
  (import "wasi:random/random@0.2.0" (instance $random
    (export "get-random-bytes" (func (param "len" u64) (result (list u8))))))
  (core module $memory (memory (export "memory") 1)
    (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 1024)))
  (core instance $memory (instantiate $memory))
  (core func $random' (canon lower (func $random "get-random-bytes")
    (memory (core memory $memory "memory")) (realloc (core func $memory "realloc"))))
"""


async def test_more_randomness_than_there_is_memory_is_not_made(node):
    core = """(import "host" "random" (func $random (param i64 i32)))
        (func (export "run") (result i32) (call $random (i64.const -1) (i32.const 0)) (i32.const 0))"""
    instance = """(core instance $host (export "random" (func $random')))
        (core instance $i (instantiate $m (with "host" (instance $host))))"""
    process = await node.spawn(component(core, RANDOM, instance))
    reason = await process.monitor()
    assert isinstance(reason, Trapped)
    assert "random bytes" in reason.message


async def test_a_list_of_everything_is_bounded(node):
    """A guest that passes all of a large memory as a list of bytes costs the host no multiple of it."""
    before = """
      (import "wasi:io/error@0.2.0" (instance $errors (export "error" (type (sub resource)))))
      (alias export $errors "error" (type $error))
      (import "wasi:io/streams@0.2.0" (instance $streams
        (alias outer 1 $error (type $outer))
        (export "error" (type $mine (eq $outer)))
        (type $failure (variant (case "last-operation-failed" (own $mine)) (case "closed")))
        (export "stream-error" (type $stream-error (eq $failure)))
        (export "output-stream" (type $stream (sub resource)))
        (export "[method]output-stream.write" (func
          (param "self" (borrow $stream)) (param "contents" (list u8))
          (result (result (error $stream-error)))))))
      (alias export $streams "output-stream" (type $stream))
      (import "wasi:cli/stdout@0.2.0" (instance $stdout
        (alias outer 1 $stream (type $outer))
        (export "output-stream" (type $mine (eq $outer)))
        (export "get-stdout" (func (result (own $mine))))))
      (core module $memory (memory (export "memory") 3000))
      (core instance $memory (instantiate $memory))
      (core func $stdout' (canon lower (func $stdout "get-stdout")))
      (core func $write' (canon lower (func $streams "[method]output-stream.write")
        (memory (core memory $memory "memory"))))
    """
    core = """(import "host" "stdout" (func $stdout (result i32)))
        (import "host" "write" (func $write (param i32 i32 i32 i32)))
        (func (export "run") (result i32)
          (call $write (call $stdout) (i32.const 0) (i32.const 190000000) (i32.const 0)) (i32.const 0))"""
    instance = """(core instance $host (export "stdout" (func $stdout')) (export "write" (func $write')))
        (core instance $i (instantiate $m (with "host" (instance $host))))"""
    process = await node.spawn(component(core, before, instance), stdout="null")
    reason = await process.monitor()
    assert isinstance(reason, Trapped)
    assert "too much data" in reason.message or "more than was permitted" in reason.message
