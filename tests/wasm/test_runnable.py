"""Whether a program would run: told beforehand, and borne out by the engine's own linking."""

import pytest
import wasmtime

from guests import build
from wetware.errors import LocalError
from wetware.wasm.module import read_module
from wetware.wasm.runnable import (
    GIVEN,
    ImportTypeError,
    MissingMemoryError,
    MissingStartError,
    NotACommandError,
    UnknownImportError,
    check_runnable,
    what_it_needs,
)
from wetware.wasm.wasi.abi import MODULE


def problems(text):
    return check_runnable(read_module(wasmtime.wat2wasm(text)), GIVEN)


@pytest.mark.parametrize("name", build.names("wat"))
def test_the_verdict_is_the_engines(wat_program, name):
    binary = wasmtime.wat2wasm(wat_program(name).read_text())
    engine = wasmtime.Engine()
    module = wasmtime.Module(engine, binary)
    linker, store = wasmtime.Linker(engine), wasmtime.Store(engine)
    linker.define_wasi()
    store.set_wasi(wasmtime.WasiConfig())
    try:
        for wanted in module.imports:
            given = linker.get(store, wanted.module, wanted.name)
            assert list(map(str, given.type(store).params)) == list(map(str, wanted.type.params))
        start = next(e for e in module.exports if e.name == "_start")
        links = not start.type.params
    except (wasmtime.WasmtimeError, AssertionError, StopIteration):
        links = False
    assert (check_runnable(read_module(binary), GIVEN) == []) == links


@pytest.mark.parametrize("name", build.names("c"))
def test_c_programs_would_run(c_program, name):
    info = read_module(c_program(name).read_bytes())
    assert check_runnable(info, GIVEN) == []
    needs = what_it_needs(info)
    assert "proc_exit" in needs.wasi
    assert needs.others == ()
    assert needs.has_start
    assert needs.exports_memory
    assert needs.minimum_memory >= 1 << 20


def test_every_wasi_function_has_the_type_that_the_engine_gives_it():
    imports = "".join(
        f'(import "{MODULE}" "{name}" (func (param {" ".join(ty.params)}) (result {" ".join(ty.results)})))'
        for (_, name), ty in GIVEN.items()
    )
    text = f'(module {imports} (memory (export "memory") 1) (func (export "_start")))'
    engine = wasmtime.Engine()
    linker, store = wasmtime.Linker(engine), wasmtime.Store(engine)
    linker.define_wasi()
    store.set_wasi(wasmtime.WasiConfig())
    linker.instantiate(store, wasmtime.Module(engine, wasmtime.wat2wasm(text)))
    assert problems(text) == []
    assert len(GIVEN) == 46


CASES = {
    '(module (func (export "f")))': [(MissingStartError, "with a main function")],
    '(module (func (export "_initialize")))': [(MissingStartError, "library")],
    '(module (memory (export "_start") 1))': [(MissingStartError, "is a memory")],
    '(module (func (export "_start") (param i32)))': [(MissingStartError, r"\(i32\) -> \(\)")],
    '(module (import "env" "f" (func)) (func (export "_start")))': [
        (UnknownImportError, "env.f, which is not")
    ],
    '(module (import "env" "memory" (memory 1)) (func (export "_start")))': [
        (UnknownImportError, "the memory env.memory")
    ],
    '(module (import "gojs" "f" (func)) (func (export "_start")))': [(UnknownImportError, "GOOS=wasip1")],
    '(module (import "wasi_unstable" "f" (func)) (func (export "_start")))': [
        (UnknownImportError, "preview 0")
    ],
    '(module (import "wbg" "f" (func)) (func (export "_start")))': [(UnknownImportError, "browser")],
    '(module (import "wasi" "thread-spawn" (func)) (func (export "_start")))': [
        (UnknownImportError, "threads")
    ],
    '(module (import "x" "f" (func)) (func (export "_start")))': [
        (UnknownImportError, "without this import")
    ],
    f'(module (import "{MODULE}" "fd_fly" (func)) (memory (export "memory") 1) (func (export "_start")))': [
        (UnknownImportError, "without this call")
    ],
    f'(module (import "{MODULE}" "sched_yield" (func)) (memory (export "memory") 1) (func (export "_start")))': [  # noqa: E501 - a module in one line
        (ImportTypeError, r"as \(\) -> \(\), but it is \(\) -> \(i32\)")
    ],
    f'(module (import "{MODULE}" "sched_yield" (func (result i32))) (func (export "_start")))': [
        (MissingMemoryError, "no memory")
    ],
    f'(module (import "{MODULE}" "proc_exit" (func (param i32))) (func (export "_start")))': [],
    '(module (import "a" "f" (func)) (import "b" "g" (global i32)))': [
        (UnknownImportError, "a.f"),
        (UnknownImportError, "the global b.g"),
        (MissingStartError, "_start"),
    ],
    "(component)": [(NotACommandError, "component")],
}


@pytest.mark.parametrize("text", CASES)
def test_all_problems_are_told(text):
    found = problems(text)
    assert [type(problem) for problem in found] == [kind for kind, _ in CASES[text]]
    for problem, (_, message) in zip(found, CASES[text], strict=True):
        assert isinstance(problem, LocalError)
        with pytest.raises(type(problem), match=message):
            raise problem


def test_what_it_needs_is_sorted_and_complete():
    info = read_module(
        wasmtime.wat2wasm(
            f"""(module (import "{MODULE}" "random_get" (func (param i32 i32) (result i32)))
            (import "{MODULE}" "args_get" (func (param i32 i32) (result i32)))
            (import "z" "f" (func)) (import "a" "m" (memory 3)) (memory 2))"""
        )
    )
    needs = what_it_needs(info)
    assert needs.wasi == ("args_get", "random_get")
    assert needs.others == ("a.m", "z.f")
    assert not needs.has_start
    assert not needs.exports_memory
    assert needs.minimum_memory == 5 * 65536
