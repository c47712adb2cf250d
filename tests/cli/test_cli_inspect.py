"""What `ww inspect` says of programs, and of what is none."""

import json

import pytest
import wasmtime

from wetware.cli.exit_codes import ExitCode
from wetware.cli.inspect import inspect_bytes, requests_of
from wetware.wasm.cid import Cid
from wetware.wasm.runnable import GIVEN

HELLO = """(module
  (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "random_get" (func (param i32 i32) (result i32)))
  (memory (export "memory") 2)
  (func (export "_start")))"""


def test_a_program_that_would_run():
    wasm = wasmtime.wat2wasm(HELLO)
    found = inspect_bytes("hello.wasm", wasm)
    assert found.exit_code == ExitCode.OK
    assert found.problems == []
    assert found.kind == "core module"
    assert found.cid == str(Cid.of(wasm))
    assert found.memory == 2 * 65536
    assert found.requests == {"random": ["random_get"], "stdio": ["fd_write"]}
    assert found.imports == []
    assert ("_start", "function () -> ()") in found.exports


def test_text_is_named_by_what_it_translates_to():
    found = inspect_bytes("hello.wat", HELLO.encode())
    assert found.kind == "WebAssembly text"
    assert found.cid == str(Cid.of(wasmtime.wat2wasm(HELLO)))
    assert found.exit_code == ExitCode.OK


def test_all_that_stands_in_the_way_is_told_at_once():
    wasm = wasmtime.wat2wasm(
        '(module (import "env" "f" (func (param i64))) (import "gojs" "table" (table 1 funcref)) (memory 1))'
    )
    found = inspect_bytes("other.wasm", wasm)
    assert found.exit_code == ExitCode.NOT_RUNNABLE
    assert len(found.problems) == 3
    assert ("env", "f", "function (i64) -> ()") in found.imports
    assert [name for _, name, _ in found.imports] == ["f", "table"]


@pytest.mark.parametrize(
    ("content", "kind", "says"),
    [
        (b"", "no WebAssembly", "empty"),
        (b"\x7fELF\x02\x01\x01", "no WebAssembly", "native Linux program"),
        (b"\0asm\1\0\0\0\x01", "core module", "ends"),
        (b"\0asm\x0d\0\1\0", "component", "component"),
        (b"(module (func (export", "WebAssembly text", "expected"),
    ],
)
def test_what_is_no_program_is_told_apart(content, kind, says):
    found = inspect_bytes("file", content)
    assert found.kind == kind
    assert found.exit_code == ExitCode.NOT_RUNNABLE
    assert says in found.problems[0]
    assert found.cid == str(Cid.of(content))


def test_every_function_of_wasi_has_a_group():
    groups = requests_of([name for _, name in GIVEN])
    assert "unknown" not in groups
    assert {"fd_read", "fd_write", "fd_close", "fd_fdstat_get"} <= set(groups["stdio"])
    assert {"path_open", "fd_readdir", "fd_seek", "fd_prestat_get"} <= set(groups["files"])
    assert groups["sockets"] == ["sock_accept", "sock_recv", "sock_send", "sock_shutdown"]
    assert requests_of(["thread-spawn"]) == {"unknown": ["thread-spawn"]}


def test_json_has_all_of_it(ww, tmp_path):
    (tmp_path / "hello.wasm").write_bytes(wasmtime.wat2wasm(HELLO))
    done = ww("inspect", "--json", tmp_path / "hello.wasm")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert found["name"] == "hello.wasm"
    assert found["would_run"] is True
    assert found["wasi"] == {"random": ["random_get"], "stdio": ["fd_write"]}
    assert {"name": "memory", "type": "memory"} in found["exports"]


def test_names_in_a_module_do_not_reach_the_terminal(ww, tmp_path):
    (tmp_path / "evil.wasm").write_bytes(
        wasmtime.wat2wasm(r'(module (import "env\1b[2J" "f" (func)) (func (export "\1b]0;owned\07")))')
    )
    done = ww("inspect", tmp_path / "evil.wasm")
    assert done.returncode == ExitCode.NOT_RUNNABLE
    assert b"\x1b" not in done.stdout + done.stderr
    assert rb"env\x1b[2J" in done.stdout


def test_a_table_of_thousands_is_cut_for_people_and_whole_for_programs():
    wasm = wasmtime.wat2wasm(
        "(module (func $f)" + "".join(f'(export "e{i}" (func $f))' for i in range(5000)) + ")"
    )
    found = inspect_bytes("many.wasm", wasm)
    shown = found.blocks()[-1]
    assert len(shown.rows) == 41
    assert "4960 more" in shown.rows[-1][0]
    assert len(found.to_json()["exports"]) == 5000


def test_a_file_that_is_not_there(ww, tmp_path):
    done = ww("inspect", tmp_path / "absent.wasm")
    assert done.returncode == ExitCode.NOT_FOUND
    assert b"ww: error: " in done.stderr
    assert ww("inspect", tmp_path).returncode == ExitCode.NOT_RUNNABLE


def test_nothing_of_the_engine_is_imported_for_a_binary(python, tmp_path):
    (tmp_path / "hello.wasm").write_bytes(wasmtime.wat2wasm(HELLO))
    printed = python(
        "import sys; from wetware.cli.app import run_command_line\n"
        f"assert run_command_line(['inspect', {str(tmp_path / 'hello.wasm')!r}]) == 0\n"
        "print({'wasmtime', 'asyncio', 'rich'} & set(sys.modules))\n"
    )
    assert printed.splitlines()[-1] == "set()"
