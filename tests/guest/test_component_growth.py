"""Components whose memories are refused to grow: what they are told, and how their ends are put down."""

import random

import pytest

from wetware import Limits
from wetware.process.reasons import Exited, Limit, Trapped
from wetware.wasm.component.growth import REFUSED, tell_of_refusals
from wetware.wasm.component.reader import read_component
from wetware.wasm.engine import wat_to_wasm

RUN = '(func $run (result (result)) (canon lift (core func $i "run")))'
SHOWN = '(instance $shown (export "run" (func $run))) (export "wasi:cli/run@0.2.0" (instance $shown))'
SMALL = Limits(memory=1 << 20)
PLAIN = "(core instance $i (instantiate $m))"

GROW = """(memory 1) (func (export "run") (result i32)
    (if (i32.eq (memory.grow (i32.const 1000)) (i32.const -1)) (then %s)) %s)"""


def component(core, instances=PLAIN, before="", after=""):
    return f"(component {before} (core module $m {core}) {instances} {RUN} {SHOWN} {after})".encode()


def growing(then, result, **parts):
    return component(GROW % (then, result), **parts)


async def ended(node, source, limits=SMALL):
    process = await node.spawn(source, limits=limits)
    return await process.monitor()


@pytest.mark.parametrize(
    ("then", "result", "how"),
    [
        ("unreachable", "(i32.const 0)", "trapped: unreachable instruction executed"),
        ("", "(i32.const 1)", "exited with code 1"),
    ],
)
async def test_an_abnormal_end_after_a_refused_growth_is_the_limit(node, then, result, how):
    assert await ended(node, growing(then, result)) == Limit("memory", None, SMALL.memory, how)


async def test_a_refused_growth_that_is_survived_is_a_normal_end(node):
    assert await ended(node, growing("", "(i32.const 0)")) == Exited(0)


async def test_an_abnormal_end_without_a_refusal_is_its_own(node):
    roomy = Limits(memory=128 << 20)
    assert await ended(node, growing("unreachable", "(i32.const 1)"), roomy) == Exited(1)
    assert await ended(node, growing("", "unreachable"), roomy) == Trapped("unreachable instruction executed")


async def test_a_growth_that_the_module_itself_forbids_is_no_limit(node):
    source = growing("unreachable", "(i32.const 0)").replace(b"(memory 1)", b"(memory 1 2)")
    assert await ended(node, source) == Trapped("unreachable instruction executed")


async def test_a_table_counts_too(node):
    core = """(table $t 1 funcref) (func (export "run") (result i32)
        (if (i32.eq (table.grow $t (ref.null func) (i32.const 1000000)) (i32.const -1)) (then unreachable))
        (i32.const 0))"""
    reason = await ended(node, component(core))
    assert isinstance(reason, Limit)


async def test_every_module_tells(node):
    """Three that grow, and one that does not; the one that is refused is neither the first nor the last."""
    grow = '(memory 1) (func (export "grow") (result i32) (memory.grow (i32.const %d)))'
    instances = f"""
        (core module $quiet (func (export "nothing")))
        (core module $n {grow % 1} (func))
        (core module $p {grow % 1000})
        (core instance (instantiate $quiet))
        (core instance $a (instantiate $n))
        (core instance $b (instantiate $p))
        (core instance $i (instantiate $m (with "a" (instance $a)) (with "b" (instance $b))))"""
    core = """(import "a" "grow" (func $a (result i32))) (import "b" "grow" (func $b (result i32)))
        (memory 1)
        (func (export "run") (result i32)
          (if (i32.eq (call $a) (i32.const -1)) (then unreachable))
          (if (i32.eq (memory.grow (i32.const 1)) (i32.const -1)) (then unreachable))
          (i32.eq (call %s) (i32.const -1)))"""
    assert await ended(node, component(core % "$a", instances=instances)) == Exited(0)
    reason = await ended(node, component(core % "$b", instances=instances))
    assert reason == Limit("memory", None, SMALL.memory, "exited with code 1")


async def test_what_stands_around_it_keeps_its_indices(node):
    """Types, aliases, imports and functions of every kind before the growth; what runs is what ran before."""
    before = """
        (import "wasi:clocks/monotonic-clock@0.2.0" (instance $clock (export "now" (func (result u64)))))
        (type $pair (tuple u32 u32))
        (alias export $clock "now" (func $now))
        (core func $core_now (canon lower (func $now)))
        (core module $other (func (export "seven") (result i32) (i32.const 7)) (table (export "t") 1 funcref))
        (core instance $o (instantiate $other))
        (alias core export $o "t" (core table $table))
        (alias core export $o "seven" (core func $seven))"""
    instances = """
        (core instance $given (export "now" (func $core_now)) (export "seven" (func $seven)))
        (core instance $i (instantiate $m (with "given" (instance $given))))"""
    core = """(import "given" "now" (func $now (result i64)))
        (import "given" "seven" (func $seven (result i32)))
        (memory 1)
        (func (export "run") (result i32)
          (if (i64.eqz (call $now)) (then unreachable))
          (if (i32.ne (call $seven) (i32.const 7)) (then unreachable))
          (i32.eq (memory.grow (i32.const 1000)) (i32.const -1)))"""
    after = '(func $again (result u64) (canon lift (core func $i "seven64")))'
    source = component(
        core.replace("(func (export", '(func (export "seven64") (result i64) (i64.const 7)) (func (export'),
        instances=instances,
        before=before,
        after=after + '(export "again" (func $again))',
    )
    assert await ended(node, source, Limits(memory=128 << 20)) == Exited(0)
    assert isinstance(await ended(node, source), Limit)


async def test_a_program_of_a_toolchain(node, py_component):
    """Many modules, linked with one another, with an allocator in one of them."""
    command = py_component("command")
    small = Limits(memory=64 << 20)
    process = await node.spawn(command, args=["hoard"], limits=small, stderr="null")
    reason = await process.monitor()
    assert isinstance(reason, Limit)
    assert reason.which == "memory"
    assert process.info().memory > 1 << 20
    process = await node.spawn(command, args=["fail"], limits=small, stderr="null")
    assert await process.monitor() == Exited(1)


def test_nothing_is_added_where_nothing_grows():
    source = wat_to_wasm(component('(memory 1) (func (export "run") (result i32) (i32.const 0))'))
    assert tell_of_refusals(source) is source


def test_the_import_is_the_only_thing_that_shows():
    source = wat_to_wasm(growing("", "(i32.const 0)"))
    before, after = read_component(source), read_component(tell_of_refusals(source))
    assert after.imports == {**before.imports, REFUSED: "function"}
    assert after.exports == before.exports
    assert after.memories == before.memories


def test_any_bytes_are_rewritten_or_given_back():
    source = wat_to_wasm(growing("", "(i32.const 0)"))
    draw = random.Random(7)
    for _ in range(2000):
        damaged = bytearray(source)
        for _ in range(draw.randint(1, 4)):
            damaged[draw.randrange(8, len(damaged))] = draw.randrange(256)
        cut = bytes(damaged[: draw.randint(8, len(damaged))])
        assert isinstance(tell_of_refusals(cut), bytes)
