"""Counting refused growths: the rewritten module is valid, computes the same, and counts what was refused."""

import random
import re
from itertools import pairwise

import pytest
import wasmtime

from guests import build
from wetware.errors import LocalError
from wetware.wasm import growth
from wetware.wasm.binary import leb
from wetware.wasm.growth import REFUSED_GROWTH, instrument
from wetware.wasm.instructions import GrowthFinder, UnknownInstructionError
from wetware.wasm.module import read_module

MB = 1 << 20


@pytest.fixture(scope="module")
def engine():
    config = wasmtime.Config()
    config.wasm_memory64 = config.wasm_gc = config.wasm_function_references = config.wasm_exceptions = True
    config.wasm_custom_page_sizes = config.shared_memory = config.wasm_tail_call = True
    config.wasm_relaxed_simd = config.wasm_multi_memory = True
    return wasmtime.Engine(config)


def wat(text):
    return bytes(wasmtime.wat2wasm(text))


class Run:
    """One run of a command: how it ended, what it wrote, how many growths it was refused."""

    def __init__(self, engine, binary, tmp_path, *args, memory=-1, elements=-1):
        store, linker = wasmtime.Store(engine), wasmtime.Linker(engine)
        store.set_limits(memory_size=memory, table_elements=elements)
        wasi = wasmtime.WasiConfig()
        wasi.argv = ["program", *args]
        wasi.stdout_file = str(tmp_path / "out")
        store.set_wasi(wasi)
        linker.define_wasi()
        exports = linker.instantiate(store, wasmtime.Module(engine, binary)).exports(store)
        try:
            exports["_start"](store)
            self.end = "ended"
        except wasmtime.ExitTrap as end:
            self.end = f"exit {end.code}"
        except wasmtime.Trap as end:
            self.end = re.search("wasm trap: (.*)", end.message)[1]
        names = list(exports.keys())
        self.refused = exports[REFUSED_GROWTH].value(store) if REFUSED_GROWTH in names else None
        self.output = (tmp_path / "out").read_text()


def rewritten(engine, binary):
    """Instrument, and check what must hold of every rewritten module."""
    result = instrument(binary)
    assert result.complete
    assert result.counts
    wasmtime.Module.validate(engine, result.bytecode)
    before, after = read_module(binary), read_module(result.bytecode)
    assert after.imports == before.imports
    assert after.exports[:-1] == before.exports
    assert after.exports[-1].name == REFUSED_GROWTH
    assert after.exports[-1].index == before.globals
    assert after.globals == before.globals + 1
    assert after.functions[: len(before.functions)] == before.functions
    assert after.types[: len(before.types)] == before.types
    assert (after.memories, after.tables, after.start) == (before.memories, before.tables, before.start)
    assert instrument(result.bytecode).complete is False  # the name is taken: nothing is done twice
    return result.bytecode


def test_a_program_without_growth_is_returned_itself():
    binary = wat("(module (memory 1) (table 1 funcref) (func (drop (memory.size)) (drop (i32.const 64))))")
    result = instrument(binary)
    assert result.bytecode is binary
    assert result.complete
    assert not result.counts


ENDS = {
    "alloc": ("wasm `unreachable` instruction executed", 1),
    "alloc_survives": ("ended", 1),
    "alloc_own_maximum": ("wasm `unreachable` instruction executed", 0),
    "alloc_table": ("wasm `unreachable` instruction executed", 1),
    "alloc_many_memories": ("wasm `unreachable` instruction executed", None),
}


@pytest.mark.parametrize("name", ENDS)
def test_refusals_are_counted(engine, wat_program, tmp_path, name):
    binary = rewritten(engine, wat(wat_program(name).read_text()))
    end, refused = ENDS[name]
    run = Run(engine, binary, tmp_path, memory=MB, elements=50_000)
    assert run.end == end
    assert run.refused == refused or (refused is None and run.refused >= 3)
    assert (
        Run(engine, wat(wat_program(name).read_text()), tmp_path, memory=MB, elements=50_000).refused is None
    )


@pytest.mark.parametrize(
    ("mode", "end"),
    [("abort", "wasm `unreachable` instruction executed"), ("exit", "exit 3"), ("survive", "ended")],
)
def test_a_c_program_that_is_refused_memory(engine, c_program, tmp_path, mode, end):
    binary = c_program("alloc", "-O2", "-s", "-Wl,-z,stack-size=65536").read_bytes()
    run = Run(engine, rewritten(engine, binary), tmp_path, "64", mode, memory=4 * MB)
    assert run.end == end
    assert run.refused >= 1
    assert run.output == Run(engine, binary, tmp_path, "64", mode, memory=4 * MB).output
    assert re.fullmatch(r"refused after \d+ KB\n", run.output)


FLAGS = [
    ("-O0",),
    ("-O2", "-s"),
    ("-O3", "-msimd128"),
    ("-Oz", "-mbulk-memory", "-mnontrapping-fptoint"),
    ("-O1", "-g"),
]


@pytest.mark.parametrize("flags", FLAGS, ids=" ".join)
def test_a_c_program_computes_the_same(engine, c_program, tmp_path, flags):
    binary = c_program("compute", *flags).read_bytes()
    before = Run(engine, binary, tmp_path, "12")
    after = Run(engine, rewritten(engine, binary), tmp_path, "12")
    assert (after.end, after.output, after.refused) == (before.end, before.output, 0)
    assert after.end == "exit 12"
    assert after.output.count("\n") == 6


@pytest.mark.parametrize(
    "name", [n for n in build.names("c") if n not in {"spin", "bulk", "sleep", "flood", "stack_overflow"}]
)
def test_every_c_program_runs_the_same(engine, c_program, tmp_path, name):
    binary = c_program(name).read_bytes()
    result = instrument(binary)
    assert result.complete
    wasmtime.Module.validate(engine, result.bytecode)
    before, after = (Run(engine, b, tmp_path, "7", "8", memory=64 * MB) for b in (binary, result.bytecode))
    assert (after.end, after.output) == (before.end, before.output)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["hello", "panics", "exit_code"])
def test_go_programs_run_the_same(engine, go_program, tmp_path, name):
    binary = go_program(name).read_bytes()
    before = Run(engine, binary, tmp_path, "7")
    after = Run(engine, rewritten(engine, binary), tmp_path, "7")
    assert (after.end, after.output) == (before.end, before.output)
    starved = Run(
        engine, rewritten(engine, binary), tmp_path, "7", memory=read_module(binary).memories[0].minimum_bytes
    )
    assert starved.refused > 0


# Each grows something in the midst of one proposal's instructions; `_start` traps if it got another result.
SHAPES = {
    "no global and no export section": (
        "(module (memory 1) (start 0) (func (drop (memory.grow (i32.const 1)))))"
    ),
    "memory 64": """(module (memory (export "m") i64 1) (func (export "_start")
        (if (i64.ne (memory.grow (i64.const 2)) (i64.const 1)) (then unreachable))
        (if (i64.ne (memory.size) (i64.const 3)) (then unreachable))))""",
    "table 64": """(module (table $t i64 1 funcref) (func (export "_start")
        (if (i64.ne (table.grow $t (ref.null func) (i64.const 2)) (i64.const 1)) (then unreachable))))""",
    "several memories": """(module (memory 1) (memory $b 2) (memory $c i64 3 9) (func (export "_start")
        (if (i32.ne (memory.grow 0 (i32.const 1)) (i32.const 1)) (then unreachable))
        (if (i32.ne (memory.grow $b (i32.const 1)) (i32.const 2)) (then unreachable))
        (if (i64.ne (memory.grow $c (i64.const 1)) (i64.const 3)) (then unreachable))
        (i32.store $b offset=64 (i32.const 64) (i32.const 64))
        (if (i32.ne (i32.load8_u $b offset=64 align=1 (i32.const 64)) (i32.const 64))
          (then unreachable))))""",
    "pages of one byte": """(module (memory 10 100 (pagesize 1)) (func (export "_start")
        (if (i32.ne (memory.grow (i32.const 64)) (i32.const 10)) (then unreachable))
        (if (i32.ne (memory.grow (i32.const 64)) (i32.const -1)) (then unreachable))))""",
    "shared memory": """(module (memory 1 4 shared) (func (export "_start")
        (drop (i32.atomic.rmw.add offset=64 (i32.const 0) (i32.const 64)))
        (drop (memory.atomic.notify (i32.const 64) (i32.const 64))) (atomic.fence)
        (drop (i64.atomic.rmw32.cmpxchg_u (i32.const 64) (i64.const 0) (i64.const 64)))
        (if (i32.ne (memory.grow (i32.const 2)) (i32.const 1)) (then unreachable))))""",
    "tables of several types": """(module (type $f (func)) (table $a 1 externref)
        (table $b 1 (ref null $f)) (table $c 1 funcref)
        (elem declare func $g) (func $g (type $f))
        (func (export "_start")
        (drop (table.grow $a (ref.null extern) (i32.const 64)))
        (drop (table.grow $b (ref.func $g) (i32.const 64)))
        (drop (table.grow $c (ref.func $g) (i32.const 15)))
        (call_ref $f (table.get $b (i32.const 64)))
        (call_indirect $c (type $f) (i32.const 15))
        (table.set $a (i32.const 64) (ref.null extern))
        (table.fill $a (i32.const 0) (ref.null extern) (i32.const 3))
        (table.copy $c $c (i32.const 0) (i32.const 1) (i32.const 1))
        (if (i32.ne (table.size $c) (i32.const 16)) (then unreachable))))""",
    "bulk memory": """(module (memory 1) (data $d "0123456789") (table 5 funcref)
        (elem $e func 0) (func (export "_start")
        (memory.fill (i32.const 64) (i32.const 64) (i32.const 64))
        (memory.copy (i32.const 0) (i32.const 64) (i32.const 64))
        (memory.init $d (i32.const 0) (i32.const 0) (i32.const 3))
        (data.drop $d) (table.init $e (i32.const 0) (i32.const 0) (i32.const 1)) (elem.drop $e)
        (if (i32.ne (memory.grow (i32.const 64)) (i32.const 1)) (then unreachable))
        (if (i32.ne (i32.load8_u (i32.const 63)) (i32.const 64)) (then unreachable))))""",
    "floats and saturating conversions": """(module (memory 1) (func (export "_start") (local f64 f32)
        (local.set 0 (f64.const 32.000000000000007)) (local.set 1 (f32.const 3.0039062))
        (drop (i32.trunc_sat_f64_u (local.get 0))) (drop (i64.trunc_sat_f32_s (local.get 1)))
        (drop (f64.const 0x1.00040004000p+5)) (drop (i32.extend8_s (i32.const 64)))
        (if (i32.ne (memory.grow (i32.trunc_sat_f64_u (local.get 0))) (i32.const 1)) (then unreachable))))""",
    "branches": """(module (memory 1) (func (export "_start") (local i32)
        (block $a (block $b (block $c
          (br_table $a $b $c $a $b $c (memory.grow (i32.const 2)))) unreachable) (return)) unreachable
        (drop (select (result i32) (memory.grow (i32.const 0)) (i32.const 64) (i32.const 64)))
        (loop (result i32) (i32.const 64)) (drop)
        (block (param i32) (result i32 i32) (i32.const 1)) (drop) (drop)))""",
    "simd": """(module (memory 1) (func (export "_start") (local v128)
        (local.set 0 (v128.const i32x4 0x40004000 0x00400040 0x0ffc0ffc 0x40404040))
        (local.set 0 (i8x16.shuffle 0 15 31 16 1 2 3 4 5 6 7 8 9 10 11 12 (local.get 0) (local.get 0)))
        (v128.store offset=64 (i32.const 0) (v128.load32_splat offset=64 (i32.const 64)))
        (local.set 0 (v128.load8_lane offset=64 15 (i32.const 64) (local.get 0)))
        (v128.store64_lane offset=64 1 (i32.const 64) (local.get 0))
        (local.set 0 (v128.load64_zero (i32.const 64)))
        (local.set 0 (i32x4.dot_i16x8_s (local.get 0) (f64x2.convert_low_i32x4_u (local.get 0))))
        (local.set 0 (f32x4.relaxed_madd (local.get 0) (local.get 0) (local.get 0)))
        (local.set 0 (i8x16.replace_lane 3 (local.get 0) (i32.const 64)))
        (drop (i64x2.extract_lane 1 (local.get 0)))
        (if (i32.ne (memory.grow (i32.const 1)) (i32.const 1)) (then unreachable))))""",
    "exceptions": """(module (memory 1) (tag $t (param i32)) (func $throw (throw $t (i32.const 64)))
        (func (export "_start")
        (block $caught (result i32)
          (try_table (catch $t $caught) (call $throw) (drop (memory.grow (i32.const 1))))
          (unreachable))
        (if (i32.ne (memory.grow) (i32.const 1)) (then unreachable))
        (block $any (result exnref)
          (try_table (result exnref) (catch_all_ref $any) (call $throw) (unreachable)))
        (drop)))""",
    "tail calls and references": """(module (type $f (func (param i32) (result i32))) (memory 1)
        (table $t 1 funcref)
        (elem (table $t) (i32.const 0) func $grow)
        (func $grow (type $f) (memory.grow (local.get 0)))
        (func $direct (type $f) (return_call $grow (local.get 0)))
        (func $indirect (type $f) (return_call_indirect $t (type $f) (local.get 0) (i32.const 0)))
        (func $ref (type $f) (return_call_ref $f (local.get 0) (ref.func $grow)))
        (func $null (param (ref null $f)) (result i32)
          (block $no (return (call_ref $f (i32.const 1) (br_on_null $no (local.get 0))))) (i32.const -1))
        (func (export "_start")
        (if (i32.ne (call $direct (i32.const 1)) (i32.const 1)) (then unreachable))
        (if (i32.ne (call $indirect (i32.const 1)) (i32.const 2)) (then unreachable))
        (if (i32.ne (call $ref (i32.const 1)) (i32.const 3)) (then unreachable))
        (if (i32.ne (call $null (ref.func $grow)) (i32.const 4)) (then unreachable))
        (if (ref.is_null (ref.as_non_null (ref.func $grow))) (then unreachable))))""",
    "garbage collection": """(module (memory 1)
        (type $s (struct (field i32) (field (mut i8)))) (type $a (array (mut i32)))
        (func (export "_start") (local $x (ref null $s)) (local $y (ref null $a))
        (local.set $x (struct.new $s (i32.const 64) (i32.const 64)))
        (local.set $y (array.new $a (i32.const 64) (i32.const 64)))
        (local.set $y (array.new_fixed $a 2 (i32.const 64) (i32.const 15)))
        (struct.set $s 1 (local.get $x) (i32.const 15))
        (array.set $a (local.get $y) (i32.const 0) (struct.get_u $s 1 (local.get $x)))
        (array.fill $a (local.get $y) (i32.const 0) (i32.const 64) (i32.const 1))
        (array.copy $a $a (local.get $y) (i32.const 0) (local.get $y) (i32.const 1) (i32.const 1))
        (drop (ref.test (ref $s) (local.get $x))) (drop (ref.cast (ref null $a) (local.get $y)))
        (block $l (result (ref $s))
          (drop (br_on_cast $l (ref null any) (ref $s) (local.get $x))) (unreachable))
        (drop)
        (drop (i31.get_s (ref.i31 (i32.const 64))))
        (drop (any.convert_extern (extern.convert_any (local.get $x))))
        (if (i32.ne (memory.grow (array.len (local.get $y))) (i32.const 1)) (then unreachable))))""",
    "an unreachable growth": """(module (memory 1) (func (export "_start") (return) (drop (memory.grow))))""",
    "many growths in many functions": '(module (memory 1) (func (export "_start") '
    + "(drop (memory.grow (i32.const 0)))" * 300
    + ")"
    + "(func (drop (i32.const 64)) (drop (memory.grow (i32.const 0))))(func)" * 200
    + ")",
    "imported things": """(module (import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))
        (global (mut i32) (i32.const 5)) (memory (export "memory") 1)
        (export "g" (global 0)) (data (i32.const 64) "@@@")
        (func (export "_start") (drop (call 0)) (global.set 0 (memory.grow (global.get 0)))
        (if (i32.ne (global.get 0) (i32.const 1)) (then unreachable))))""",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes(engine, tmp_path, shape):
    binary = wat(SHAPES[shape])
    wasmtime.Module.validate(engine, binary)
    result = rewritten(engine, binary)
    if "_start" in SHAPES[shape]:
        run = Run(engine, result, tmp_path)
        assert run.end == Run(engine, binary, tmp_path).end == "ended"
        assert run.refused == 0
    assert_only_the_helpers_grow(binary, result)


def assert_only_the_helpers_grow(before, after):
    old, new = read_module(before), read_module(after)
    left = growth._find(after, new)
    assert len(left) == len(new.functions) - len(old.functions)
    assert all(len(growths) == 1 for _, _, growths in left)
    assert left[-1][1] == new.section(10).end
    for (_, end, _), (start, _, _) in pairwise(left):
        assert end == start  # they stand together, at the end


@pytest.mark.parametrize("seed", range(3))
def test_what_the_engine_accepts_it_accepts_rewritten(engine, seed):
    """Damaged modules of every shape: where the engine still takes one, it takes what was made of it."""
    random_, counted = random.Random(seed), 0
    originals = [wat(text) for text in SHAPES.values()]
    for _ in range(1000):
        binary = mutated(random_, random_.choice(originals))
        try:
            wasmtime.Module.validate(engine, binary)
        except wasmtime.WasmtimeError:
            continue
        result = instrument(binary)
        wasmtime.Module.validate(engine, result.bytecode)
        assert result.complete
        if result.counts:
            assert_only_the_helpers_grow(binary, result.bytecode)
            counted += 1
    assert counted > 30


def mutated(random_, binary):
    data = bytearray(binary)
    for _ in range(random_.choice((1, 1, 2, 3))):
        place = random_.randrange(8, len(data))
        if random_.random() < 0.5:
            data[place] ^= 1 << random_.randrange(8)
        else:
            data[place] = random_.choice(b"\0\1\2\x0b\x0f\x40\x41\x7f\x80\xfc")
    return bytes(data)


def test_legacy_exceptions_are_read():
    """The engine's text format does not know them, so they are spelled in bytes."""
    code = bytes.fromhex(
        "0640 08 00 07 00 41 01 40 00 1a 09 00 0b"  # try; throw 0; catch 0; memory.grow; rethrow 0; end
        "0640 41 01 40 00 1a 18 00"  # try; memory.grow; delegate 0
        "0640 19 41 40 1a 0b 0b"  # try; catch_all; i32.const -64; end; end
    )
    found = GrowthFinder().find(code, 0, len(code))
    assert [(g.start, g.end, g.table, g.target) for g in found] == [(8, 10, False, 0), (18, 20, False, 0)]


def test_numbers_written_in_more_bytes_than_needed_are_read():
    code = bytes.fromhex(
        "4180808000 408000 1a"  # memory.grow with its memory in two bytes
        "fc8f800001 1a"  # table.grow 1, its number in three bytes
        "fd8c8000 40004000400040004000400040004000 1a"  # v128.const
        "41c000 2882 00 c000 1a"  # i32.load, its alignment in two bytes
        "41c000 28c200 01 c000 1a"  # the same from memory 1
        "fb8f00 0b"  # array.len
    )
    found = GrowthFinder().find(code, 0, len(code))
    assert [(g.start, g.end, g.table, g.target) for g in found] == [(5, 8, False, 0), (9, 14, True, 1)]


UNKNOWN = {
    "stack switching": "e000 4100 4000 1a0b",
    "an instruction that no proposal has": "ff 4100 4000 1a0b",
    "a prefixed one that no proposal has": "fc7f 4100 4000 1a0b",
    "one cut short": "4100 4000 1a 41",
    "a table of branches cut short": "4100 4000 0e ff7f 00",
    "an unknown catch clause": "1f40 01 04 00 00 4100 4000 0b0b",
}


@pytest.mark.parametrize("what", UNKNOWN)
def test_unknown_code_is_left_alone(what):
    body = b"\0" + bytes.fromhex(UNKNOWN[what])
    binary = (
        b"\0asm\1\0\0\0"
        b"\1\4\1\x60\0\0"
        b"\3\2\1\0"
        b"\5\3\1\0\1" + b"\x0a" + bytes([len(body) + 2, 1, len(body)]) + body
    )
    result = instrument(binary)
    assert result.bytecode is binary
    assert not result.complete
    assert not result.counts


def test_code_that_takes_too_long_to_read_is_left_alone():
    """Half a million growths in 1 MB of code: the time is bounded, not only in proportion to the size."""
    body = b"\0" + b"\x40\0" * 500_001 + b"\x0b"
    code = b"\1" + leb(len(body)) + body
    head = b"\0asm\1\0\0\0\1\4\1\x60\0\0\3\2\1\0\5\3\1\0\1"
    binary = head + b"\x0a" + leb(len(code)) + code
    result = instrument(binary)
    assert result.bytecode is binary
    assert not result.complete


@pytest.mark.parametrize(
    "code", ["0e feffffff0f 00", "1c ffffffff0f 7f", "1f 40 ffffffff0f 00", "0e 05 8000 8000 00"]
)
def test_vectors_that_lie_about_their_length_end_at_once(code):
    binary = bytes.fromhex(code)
    with pytest.raises(UnknownInstructionError):
        GrowthFinder().find(binary, 0, len(binary))


def test_labels_of_several_bytes_are_read():
    code = bytes.fromhex("0e 02 8100 ff00 8280 00 4000 1a0b")
    assert [g.start for g in GrowthFinder().find(code, 0, len(code))] == [9]


def test_a_component_is_left_alone():
    binary = wat("(component)")
    result = instrument(binary)
    assert result.bytecode is binary
    assert not result.complete


def test_no_module_is_refused():
    with pytest.raises(LocalError):
        instrument(b"hello")


def test_sections_that_speak_of_places_in_the_code_go(engine, c_program):
    binary = c_program("compute", "-O1", "-g").read_bytes()
    assert ".debug_line" in read_module(binary).custom_sections
    names = read_module(rewritten(engine, binary)).custom_sections
    assert not [name for name in names if name.startswith(".debug")]
    assert "name" in names


def test_the_constants_are_signed_numbers():
    for value, bits in (
        (0, 32),
        (63, 32),
        (64, 32),
        (65536, 32),
        ((1 << 32) - 1, 32),
        (1 << 40, 32),
        (1 << 48, 64),
    ):
        text = growth._signed(value, bits)
        number = shift = 0
        for byte in text:
            number |= (byte & 0x7F) << shift
            shift += 7
        if text[-1] & 0x40:
            number -= 1 << shift
        assert number % (1 << bits) == min(value, (1 << bits) - 1)
