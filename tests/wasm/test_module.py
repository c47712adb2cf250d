"""Reading modules: what the engine's own reader says about the same bytes is the measure."""

import mmap

import pytest
import wasmtime

from guests import build
from wetware.errors import LimitError, LocalError
from wetware.wasm import module as module_file
from wetware.wasm.binary import leb
from wetware.wasm.module import (
    MalformedModuleError,
    MemoryType,
    ModuleKind,
    ModuleTooLargeError,
    NotWasmError,
    TruncatedModuleError,
    kind_of,
    read_module,
)
from wetware.wasm.types import FuncType, TableType

EMPTY = b"\0asm\1\0\0\0"


@pytest.fixture(scope="module")
def engine():
    config = wasmtime.Config()
    config.wasm_memory64 = True
    config.wasm_gc = True
    config.wasm_function_references = True
    config.wasm_custom_page_sizes = True
    config.wasm_exceptions = True
    config.shared_memory = True
    return wasmtime.Engine(config)


def wat(text):
    return wasmtime.wat2wasm(text)


def word(value_type):
    return str(value_type).replace("anyref", "externref")  # the wrapper's word for the same


def describe(kind):
    """What the engine's own reader says about an import or export, in our words."""
    match kind:
        case wasmtime.FuncType():  # the wrapper ends the process when it is asked for a type that it lacks
            return FuncType(tuple(map(word, kind.params)), tuple(map(word, kind.results)))
        case wasmtime.MemoryType():
            return (kind.limits.min, kind.limits.max, kind.is_64)
        case wasmtime.TableType():
            return (word(kind.element), kind.limits.min, kind.limits.max)
        case wasmtime.GlobalType():
            return f"(mut {kind.content})" if kind.mutable else str(kind.content)
    return "no class for a tag"


def ours(thing):
    match thing:
        case MemoryType():
            return (thing.minimum, thing.maximum, thing.is_64)
        case TableType():
            return (thing.element, thing.minimum, thing.maximum)
    return thing


def agrees(engine, binary):
    info = read_module(binary)
    theirs = wasmtime.Module(engine, binary)
    assert [(i.module, i.name, ours(i.type)) for i in info.imports if i.kind != "tag"] == [
        (i.module, i.name, describe(i.type))
        for i in theirs.imports
        if describe(i.type) != "no class for a tag"
    ]
    assert [e.name for e in info.exports] == [e.name for e in theirs.exports]
    for mine, other in zip(info.exports, theirs.exports, strict=True):
        match mine.kind:
            case "function":
                assert mine.type == describe(other.type)
            case "memory":
                assert ours(info.memories[mine.index]) == describe(other.type)
            case "table":
                assert ours(info.tables[mine.index]) == describe(other.type)
    return info


@pytest.mark.parametrize("name", build.names("c"))
def test_c_programs_are_read_as_the_engine_reads_them(engine, c_program, name):
    info = agrees(engine, c_program(name).read_bytes())
    assert info.export("_start").type == FuncType()


@pytest.mark.parametrize("name", build.names("wat"))
def test_wat_programs_are_read_as_the_engine_reads_them(engine, wat_program, name):
    agrees(engine, wat(wat_program(name).read_text()))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["hello", "cat"])
def test_go_programs_are_read_as_the_engine_reads_them(engine, go_program, name):
    agrees(engine, go_program(name).read_bytes())


EVERYTHING = """(module
  (type $f (func (param i32 i64 f32 f64 funcref externref) (result i32 i64)))
  (import "a" "f" (func (type $f)))
  (import "a" "t" (table 1 2 externref))
  (import "a" "m" (memory 1 5))
  (import "a" "g" (global (mut i64)))
  (import "ü" "g2" (global f32))
  (import "a" "tag" (tag (param i32)))
  (table $t 3 funcref)
  (table $with_value 2 9 funcref (ref.func $own))
  (memory $n 2)
  (global $h i32 (i32.const 7))
  (func $own (export "own") (param i32))
  (func $init)
  (start $init)
  (export "t" (table $t)) (export "m" (memory $n)) (export "h" (global $h)) (export "again" (func $own))
  (elem (table $t) (i32.const 0) func $own)
  (data (memory $n) (i32.const 0) "some data")
  (@custom "one" "abc") (@custom "two" ""))"""


def test_everything_a_module_declares(engine):
    info = agrees(engine, wat(EVERYTHING))
    assert info.kind is ModuleKind.CORE
    assert str(info.imports[0].type) == "(i32, i64, f32, f64, funcref, externref) -> (i32, i64)"
    assert [i.kind for i in info.imports] == [
        "function",
        "table",
        "memory",
        "global",
        "global",
        "tag",
    ]
    assert info.imports[4].module == "ü"
    assert info.memories == [MemoryType(1, 5), MemoryType(2)]
    assert [(t.element, t.minimum, t.maximum) for t in info.tables] == [
        ("externref", 1, 2),
        ("funcref", 3, None),
        ("funcref", 2, 9),
    ]
    assert info.globals == 3
    assert info.start == 2
    assert info.function_type(0) == info.imports[0].type
    assert info.function_type(1) == FuncType(("i32",))
    assert info.function_type(2) == FuncType()
    assert info.function_type(3) is None
    assert len(info.functions) == 2
    assert info.custom_sections[:2] == ["one", "two"]
    assert info.data_bytes > 9
    assert info.export("again").index == 1
    assert info.export("nothing") is None
    assert info.export("t", "function") is None


SHAPES = {
    "memory64": ('(module (memory (export "m") i64 1 70000))', [MemoryType(1, 70000, is_64=True)], []),
    "table64": (
        '(module (table (export "t") i64 1 5 funcref))',
        [],
        [TableType("funcref", 1, 5, is_64=True)],
    ),
    "shared": ("(module (memory 1 2 shared))", [MemoryType(1, 2, shared=True)], []),
    "page size 1": (
        "(module (memory 100 200 (pagesize 1)))",
        [MemoryType(100, 200, page_size=1)],
        [],
    ),
    "typed references": (
        "(module (type $f (func)) (table 1 (ref null $f)) (table 2 (ref null extern)) (table 1 3 anyref))",
        [],
        [
            TableType("(ref null 0)", 1, None, element_binary=b"\x63\x00"),
            TableType("externref", 2, None, element_binary=b"\x6f"),
            TableType("anyref", 1, 3, element_binary=b"\x6e"),
        ],
    ),
    "recursive types": (
        """(module
          (rec (type $a (sub (struct (field i8) (field (mut (ref null $b))))))
               (type $b (array (mut i16))))
          (type $c (sub $a (struct (field i8) (field (mut (ref null $b))) (field f64))))
          (type $f (func (param (ref $a) (ref null $b)) (result (ref null none))))
          (func (export "f") (type $f) unreachable))""",
        [],
        [],
    ),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_shapes_of_newer_proposals(engine, shape):
    text, memories, tables = SHAPES[shape]
    binary = wat(text)
    wasmtime.Module.validate(engine, binary)
    info = read_module(binary)
    assert info.memories == memories
    assert info.tables == tables
    if shape == "recursive types":
        assert info.types == [None, None, None, FuncType(("(ref 0)", "(ref null 1)"), ("nullref",))]


def test_a_vector_type_is_told():
    """The engine's wrapper ends the whole process here (`wasm_valtype_kind`): our own word is needed."""
    info = read_module(wat('(module (import "a" "f" (func (param v128) (result (ref func)))))'))
    assert info.imports[0].type == FuncType(("v128",), ("(ref func)",))


def test_sizes_are_in_bytes_where_they_say_so():
    assert MemoryType(2, 3).minimum_bytes == 131072
    assert MemoryType(2, 3).maximum_bytes == 196608
    assert MemoryType(2).maximum_bytes == 1 << 32
    assert MemoryType(2, None, is_64=True).maximum_bytes == 1 << 64
    assert MemoryType(7, 1 << 40, page_size=1).minimum_bytes == 7
    assert TableType("funcref", 1).maximum_elements == (1 << 32) - 1
    assert TableType("funcref", 1, 5).maximum_elements == 5


KINDS = {
    EMPTY: ModuleKind.CORE,
    b"\0asm\x0d\0\1\0": ModuleKind.COMPONENT,
    b"(module)": ModuleKind.TEXT,
    b"  \n\t;; a (remark\n (; another (; in it ;) (module ;) (module)": ModuleKind.TEXT,
    b"\xef\xbb\xbf(component)": ModuleKind.TEXT,
    b"(; never closed (module)": ModuleKind.OTHER,
    b";; only a remark (module)": ModuleKind.OTHER,
    b"": ModuleKind.OTHER,
    b"\0asm": ModuleKind.OTHER,
    b"\0asm\2\0\0\0": ModuleKind.OTHER,
    b"print('hello')": ModuleKind.OTHER,
    b"(;;)" * 20_000 + b"x": ModuleKind.OTHER,
}


@pytest.mark.parametrize("head", KINDS, ids=lambda head: repr(head[:20]))
def test_kinds_are_told_by_the_first_bytes(head):
    assert kind_of(head) is KINDS[head]


WRONG = {
    b"": (NotWasmError, "the file is empty"),
    b"\0as": (TruncatedModuleError, "ends after 3 bytes"),
    b"\0asm\1\0\0": (TruncatedModuleError, "ends after 7 bytes"),
    b"\0asm\2\0\0\0": (NotWasmError, "version 2"),
    b"(module)": (NotWasmError, "translate it"),
    b"\x7fELF\2\1\1\0": (NotWasmError, "native Linux program"),
    b"MZ\x90\0": (NotWasmError, "native Windows program"),
    b"\x1f\x8b\x08\0": (NotWasmError, "decompress"),
    b"#!/bin/sh": (NotWasmError, "a script"),
    b"hello": (NotWasmError, "no WebAssembly but text"),
    EMPTY + b"\1": (TruncatedModuleError, "after 9 bytes"),
    EMPTY + b"\1\5\1": (TruncatedModuleError, "after 11 bytes"),
    EMPTY + b"\x0e\0": (MalformedModuleError, "section of number 14"),
    EMPTY + b"\1\1\0\1\1\0": (MalformedModuleError, "twice or out of order"),
    EMPTY + b"\2\1\0\1\1\0": (MalformedModuleError, "twice or out of order"),
    EMPTY + b"\1\2\1\x60": (MalformedModuleError, "type section ends inside"),
    EMPTY + b"\1\2\0\0": (MalformedModuleError, "1 bytes too many"),
    EMPTY + b"\1\4\1\x61\0\0": (MalformedModuleError, "form 0x61"),
    EMPTY + b"\1\5\1\x60\1\x01\0": (MalformedModuleError, "value type 0x01"),
    EMPTY + b"\1\6\xff\xff\xff\xff\x7f\0": (MalformedModuleError, "more than 32 bits"),
    EMPTY + b"\1\6\xff\xff\xff\xff\x0f\0": (MalformedModuleError, "form 0x00"),
    EMPTY + b"\1\7\1\x60\xff\xff\x7f\0\0": (MalformedModuleError, "parameters"),
    EMPTY + b"\2\5\1\0\0\0\0": (MalformedModuleError, "names type 0"),
    EMPTY + b"\2\5\1\0\0\7\0": (MalformedModuleError, "kind 0x07"),
    EMPTY + b"\2\5\1\1\xff\0\0": (MalformedModuleError, "not UTF-8"),
    EMPTY + b"\2\5\xff\xff\xff\x7f\0": (ModuleTooLargeError, "imports where"),
    EMPTY + b"\3\2\1\0": (MalformedModuleError, "names type 0"),
    EMPTY + b"\1\4\1\x60\0\0\3\2\1\0": (MalformedModuleError, "declares 1 functions and has the code of 0"),
    EMPTY + b"\5\4\1\1\5\4": (MalformedModuleError, "below its minimum"),
    EMPTY + b"\5\3\1\x10\1": (MalformedModuleError, "flags 0x10"),
    EMPTY + b"\5\4\1\x08\1\7": (MalformedModuleError, r"pages of 2\^7"),
    EMPTY + b"\5\2\x7f\0": (ModuleTooLargeError, None),
    EMPTY + b"\4\4\1\x7f\0\1": (MalformedModuleError, "table of numbers"),
    EMPTY + b"\7\4\1\0\7\0": (MalformedModuleError, "kind 0x07"),
    EMPTY + b"\0\0": (MalformedModuleError, "custom section ends"),
    EMPTY + b"\0\2\5a": (MalformedModuleError, "custom section ends"),
    EMPTY + b"\0\1\0" * 10_001: (ModuleTooLargeError, "10001 sections"),
}


@pytest.mark.parametrize("binary", WRONG, ids=lambda binary: repr(binary[:24]))
def test_wrong_bytes_are_refused_with_their_reason(binary):
    kind, message = WRONG[binary]
    if message is None:  # 127 memories are declared where 100 are allowed
        message = "127 memories"
    with pytest.raises(kind, match=message) as error:
        read_module(binary)
    text = str(error.value)
    assert not text.endswith(".")
    assert text[0].islower()
    assert ";" in text or ":" in text  # what happened, and what to do


def test_errors_say_whose_fault_it_is():
    assert issubclass(ModuleTooLargeError, LimitError)
    for kind in (NotWasmError, TruncatedModuleError, MalformedModuleError):
        assert issubclass(kind, LocalError)


def test_a_module_above_the_size_limit_is_refused_unread():
    with pytest.raises(ModuleTooLargeError, match="9 bytes where 8 are allowed") as error:
        read_module(EMPTY + b"\xff", max_bytes=8)
    assert (error.value.limit, error.value.used, error.value.allowed) == ("module-bytes", 9, 8)
    read_module(EMPTY, max_bytes=8)


def test_too_many_bytes_of_declarations_are_refused(monkeypatch):
    monkeypatch.setattr(module_file, "MAX_ITEM_BYTES", 10)
    with pytest.raises(ModuleTooLargeError, match="declarations"):
        read_module(wat('(module (func (export "a_long_name")))'))


def test_too_many_bytes_of_section_names_are_refused():
    section = b"\0" + leb(100_003) + leb(100_000) + b"x" * 100_000
    with pytest.raises(ModuleTooLargeError, match="section names"):
        read_module(EMPTY + section * 60)


def test_every_form_of_bytes_is_read_without_a_copy(tmp_path, c_program):
    binary = c_program("hello").read_bytes()
    expected = read_module(binary)
    assert read_module(bytearray(binary)) == expected
    assert read_module(memoryview(binary)) == expected
    assert (
        read_module(memoryview(binary + bytes(-len(binary) % 4)).cast("I").cast("B")[: len(binary)])
        == expected
    )
    with (
        c_program("hello").open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
    ):
        assert read_module(mapped) == expected


def test_a_module_of_200_mb_is_read_without_a_copy(tmp_path):
    """The file is sparse and mapped: what is not looked at is never even read from the disk."""
    size = 200 * 1024 * 1024
    section = b"\0" + bytes([*(((size >> shift) & 0x7F) | 0x80 for shift in (0, 7, 14, 21)), 0]) + b"\1x"
    path = tmp_path / "big.wasm"
    with path.open("wb") as file:
        file.write(EMPTY + section)
        file.truncate(len(EMPTY) + len(section) - 2 + size)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        info = read_module(mapped)
    assert info.size > size
    assert info.custom_sections == ["x"]
