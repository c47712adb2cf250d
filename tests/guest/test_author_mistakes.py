"""The mistakes that authors of guests make most, and what `ww run` says of each."""

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
import wasmtime

from guests import build
from tiny_wheels import make_wheel

pytestmark = pytest.mark.timeout(600)  # the first Python program builds the interpreter

SRC = Path(__file__).parent.parent.parent / "src"
START = "from wetware.cli.main import main; main()"
COMMAND = '(memory (export "memory") 1) (func (export "_start"))'


def ww(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-P", "-c", START, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(SRC), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
        **options,
    )


@pytest.fixture
def python(tmp_path):
    """Run a Python program that fails; the last line of its error output, which is the hint."""
    try:
        metadata.version("componentize-py")
    except metadata.PackageNotFoundError:
        pytest.skip("no builder of the interpreter: pip install componentize-py")

    def run(source, *options, code=1):
        path = tmp_path / "app"
        path.mkdir(exist_ok=True)
        for name, text in (source if isinstance(source, dict) else {"__main__.py": source}).items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_text(text)
        single = not isinstance(source, dict)
        done = ww("run", *options, path / "__main__.py" if single else path)
        assert done.returncode == code, done.stderr
        return done.stderr.splitlines()[-1]

    return run


# --- 1: a module that is not part of the program ---
def test_a_missing_module(python):
    assert python("import yaml") == (
        "hint: a file runs alone: put it and yaml into a folder, it as __main__.py, or name the package of "
        "yaml in the folder's requirements.txt and run what `ww build` makes"
    )
    assert python({"__main__.py": "import yaml", "other.py": ""}) == (
        "hint: put yaml into the program's folder, or name its package in a requirements.txt there and run "
        "what `ww build` makes"
    )
    assert python({"__main__.py": "import yaml", "requirements.txt": "pyyaml"}) == (
        "hint: name the package of yaml in requirements.txt and run what `ww build` makes: it puts the "
        "packages into the program"
    )


# --- 2: native code ---
def test_native_code_is_refused_when_it_is_built(tmp_path):
    (tmp_path / "__main__.py").write_text("import fast")
    (tmp_path / "requirements.txt").write_text("fast")
    make_wheel(tmp_path / "wheels", "fast", files={}, tag="cp314-cp314-manylinux_2_17_x86_64")
    done = ww("build", tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "ww: error: fast has native code (fast-1.0-cp314-cp314-manylinux_2_17_x86_64.whl): programs run in a "
        "WebAssembly sandbox, which loads no code of this machine: take another version or package that is "
        "pure Python"
    )


def test_native_code_is_told_when_it_is_run(python):
    assert python(
        {"__main__.py": "import fast._c", "fast/__init__.py": "", "fast/_c.cpython-314.so": ""}
    ) == (
        "hint: fast/_c.cpython-314.so was compiled for a machine, and a guest loads no native code: use pure "
        "Python"
    )
    assert python("import ctypes") == (
        "hint: the interpreter of guests has no _ctypes: what it does needs a machine, or code of one"
    )


# --- 3: the network ---
NETWORK = (
    "hint: a guest has no network: "
    "hand it what it needs with --stdin or --dir, or as a capability of its session"
)


@pytest.mark.parametrize(
    "source",
    [
        "import socket; socket.create_connection(('example.com', 80))",
        "import urllib.request; urllib.request.urlopen('http://example.com')",
        "import ssl",
        "import asyncio; asyncio.run(asyncio.open_connection('127.0.0.1', 80))",
        "import asyncio\nasync def main(): await asyncio.start_server(print, '::', 80)\nasyncio.run(main())",
    ],
)
def test_the_network(python, source):
    assert python(source) == NETWORK


# --- 4: threads and processes of the machine ---
@pytest.mark.parametrize(
    "source",
    [
        "import threading; threading.Thread(target=print).start()",
        "from concurrent.futures import ThreadPoolExecutor as P\nP().submit(print)",
    ],
)
def test_threads(python, source):
    assert python(source) == (
        "hint: a guest has one thread: use asyncio, or spawn a process with the executor (--grant executor)"
    )


@pytest.mark.parametrize(
    "source",
    [
        "import subprocess; subprocess.run(['ls'])",
        "import os; os.system('ls')",
        "import os; os.fork()",
        "import multiprocessing; multiprocessing.Process(target=print).start()",
        "import asyncio; asyncio.run(asyncio.create_subprocess_exec('ls'))",
    ],
)
def test_programs_of_the_machine(python, source):
    assert python(source) == (
        "hint: a guest starts no programs of the machine: spawn WebAssembly or Python programs with the "
        "executor of its session (--grant executor)"
    )


# --- 5: a capability that was not granted ---
GUEST = """
import asyncio
from wetware.guest import connect
async def main():
    async with connect() as host:
        {}
asyncio.run(main())
"""


@pytest.mark.parametrize("call", ["await host.spawn()", "host.executor", "await host.session.exec.ps()"])
def test_an_executor_that_was_not_granted(python, call):
    assert python(GUEST.format(call)) == (
        "hint: give it one with ww run --grant executor, or Node.spawn(executor=True)"
    )


@pytest.mark.parametrize("call", ["host.capability('ledger')", "await host.session.view.iter()"])
def test_a_capability_that_was_not_granted(python, call):
    assert python(GUEST.format(call)) == (
        "hint: whoever spawns this program names what its session holds: Node.spawn(capabilities={…}), or "
        "host.spawn(capabilities={…}) in a guest"
    )


def test_a_c_program_whose_session_holds_nothing():
    """Nothing tells a host why a C or Go program fails; it tells what that had asked for."""
    try:
        program = build.compile_c(SRC.parent / "examples" / "c" / "session.c")
    except build.ToolchainMissing as missing:
        pytest.skip(str(missing))
    done = ww("run", program)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "hint: it asked for its session, which holds no executor: --grant executor gives it one"
    )
    done = ww("run", "--grant", "executor", program)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_program_that_fails_without_asking_is_not_told_of_grants(wat_program):
    assert ww("run", wat_program("exit_7")).stderr == ""


def test_a_grant_to_a_program_that_cannot_talk(wat_program):
    done = ww("run", "--grant", "executor", wat_program("exit_0"))
    assert done.returncode != 0
    assert "this program has no way to use capabilities: it imports no reading and writing" in done.stderr


# --- 6: files ---
def test_a_file_that_is_nowhere(python, tmp_path):
    assert python("open('notes.txt')") == (
        "hint: a guest sees the files of granted directories alone, and has no current directory: --dir "
        "HOST:/data gives it one, in which the file is /data/notes.txt"
    )
    assert python("open('/data/notes.txt')") == (
        "hint: a guest sees the files of granted directories alone: --dir HOST:GUEST gives it one"
    )
    assert python("open('/data/notes.txt', 'w')", "--dir", f"{tmp_path}:/data") == (
        "hint: a granted directory is read-only unless it is given with :rw (--dir HOST:GUEST:rw), and no "
        "path leads out of it"
    )
    assert python({"__main__.py": "open('notes.txt')", "notes.txt": "x"}) == (
        "hint: notes.txt is part of the program, which is no directory: read it with importlib.resources or "
        "pkgutil.get_data"
    )
    assert python("import tempfile; tempfile.TemporaryFile()") == (
        "hint: a guest has no temporary directory of its own: give it one with --dir HOST:/tmp:rw"
    )


# --- 7: awaiting ---
@pytest.mark.parametrize("call", ["host.executor.ps().procs", "list(host.executor.ps())", "host.spawn().pid"])
def test_an_answer_that_nobody_awaits(python, call):
    hint = "hint: the answer of a call is there once it is awaited: (await client.method()).field"
    said = python(GUEST.format(call), "--grant", "executor")
    if call.startswith("host.spawn"):  # the warning of the coroutine that was dropped may come after it
        assert "awaited" in said
    else:
        assert said == hint


AWAIT = "hint: a coroutine runs only where it is awaited: await it, or asyncio.run(main()) at the top"


def test_a_coroutine_that_nobody_awaits(python):
    assert python("async def main(): print(1)\nmain()", code=0) == AWAIT
    assert python("import asyncio\nasync def main(): print(1)\nasyncio.run(main)") == AWAIT


def test_an_error_of_which_nothing_is_known_has_no_hint(python):
    assert python("raise ValueError('mine')") == "ValueError: mine"
    assert python("raise ExceptionGroup('several', [ValueError(1)])").endswith("-" * 36)
    assert python("raise ExceptionGroup('several', [ValueError(1), FileNotFoundError(44, 'no', '/x')])") == (
        "hint: a guest sees the files of granted directories alone: --dir HOST:GUEST gives it one"
    )


def test_a_traceback_shows_nothing_of_how_modules_are_found(python, tmp_path):
    python({"__main__.py": "import inner", "inner.py": "import deep", "deep.py": "1/0"})
    done = ww("run", tmp_path / "app")
    lines = [line.strip() for line in done.stderr.splitlines() if line.startswith("  File")]
    assert lines == [
        'File "app/__main__.py", line 1, in <module>',
        'File "app/inner.py", line 1, in <module>',
        'File "app/deep.py", line 1, in <module>',
    ]


# --- 8, 9, 10: what is no program for this host ---
WRONG = {
    # no command
    '(module (func (export "add")))': (
        "missing export: _start; build the program as a command, with a main function"
    ),
    '(module (func (export "_initialize")))': (
        "missing export: _start; this is a library (it exports _initialize): build it as a command, with a "
        "main function and without -mexec-model=reactor or -buildmode=c-shared"
    ),
    # for another host
    f'(module (import "env" "emscripten_resize_heap" (func)) {COMMAND})': (
        "the program asks for env.emscripten_resize_heap, which is not given here; it was built by "
        "Emscripten for a browser: build it for wasm32-wasi, as `ww build` does, or with -sSTANDALONE_WASM"
    ),
    f'(module (import "env" "abort" (func)) {COMMAND})': (
        "the program asks for env.abort, which is not given here; AssemblyScript builds for WASI with "
        "@assemblyscript/wasi-shim"
    ),
    f'(module (import "env" "mine" (func)) {COMMAND})': (
        "the program asks for env.mine, which is not given here; link what defines it, or build for "
        "wasm32-wasi in place of a browser"
    ),
    f'(module (import "./x_bg.js" "__wbg_log" (func)) {COMMAND})': (
        "the program asks for ./x_bg.js.__wbg_log, which is not given here; it was built for a browser: "
        "build it for wasm32-wasip1 without wasm-bindgen"
    ),
    f'(module (import "gojs" "runtime.wasmExit" (func)) {COMMAND})': (
        "the program asks for gojs.runtime.wasmExit, which is not given here; it was built for a browser: "
        "build it with GOOS=wasip1 GOARCH=wasm, as `ww build` does"
    ),
    '(component (import "my:app/database" (instance)) (import "run" (func)))': (
        "the component asks for my:app/database, which is not given here; build it for the world "
        "wasi:cli/command (and 2 more)"
    ),
    # features that guests do not have
    '(module (memory (export "memory") 1 2 shared) (func (export "_start")))': (
        "the program uses threads, of which a guest has one: build it without (threads must be enabled for "
        "shared memories"
    ),
    '(module (import "env" "memory" (memory 1 2 shared)) (func (export "_start")))': (
        "the program asks for the memory env.memory, which is not given here; it was built with threads, of "
        "which a guest has one: build it without (no -pthread)"
    ),
    '(module (type (struct)) (func (export "_start") (drop (struct.new 0))))': (
        "the program keeps its objects in WebAssembly's garbage collector, which guests do not have: build "
        "it for WASI, without WasmGC"
    ),
}


@pytest.mark.parametrize("text", WRONG)
def test_what_was_not_built_for_this_host(tmp_path, text):
    (tmp_path / "x.wasm").write_bytes(wasmtime.wat2wasm(text))
    done = ww("run", tmp_path / "x.wasm")
    assert done.returncode == 126
    assert f"ww: error: x.wasm: {WRONG[text]}" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "says", "hint"),
    [
        ("app.wasm", "import sys\nprint(1)\n", "Python source; give it a name that ends in .py", ""),
        ("app.wasm", "#!/usr/bin/env python3\nx = 1\n", "Python source; give it a name that ends in .py", ""),
        ("x.c", "#include <stdio.h>\n", "C source; `ww build` makes a program of it", "ww build x.c"),
        ("x.go", "package main\n", "Go source; `ww build` makes a program of it", "ww build x.go"),
        ("x.rs", "fn main() {}\n", "Rust source; build it with cargo build --target wasm32-wasip1", ""),
        ("x.wasm", "<!DOCTYPE html>", "a web page; it was not fetched from where it is: fetch it again", ""),
        (
            "x.wasm",
            "version https://git-lfs.github.com/spec/v1\n",
            "a pointer of Git LFS; `git lfs pull`",
            "",
        ),
        ("x.wasm", "Dear reader\n", "text; give a WebAssembly program", ""),
    ],
)
def test_what_is_no_program_at_all(tmp_path, name, content, says, hint):
    (tmp_path / name).write_text(content)
    done = ww("run", name, cwd=tmp_path)
    assert done.returncode == 126
    error, advice = done.stderr.splitlines()
    assert error.startswith(f"ww: error: {name}: this is no WebAssembly but {says}")
    assert hint in advice


def test_wider_memories_and_vectors_are_no_mistake(tmp_path):
    for text in (
        '(module (memory (export "memory") i64 1) (func (export "_start")))',
        '(module (func (export "_start") (drop (v128.const i32x4 0 0 0 0))))',
    ):
        (tmp_path / "x.wasm").write_bytes(wasmtime.wat2wasm(text))
        assert ww("run", tmp_path / "x.wasm").returncode == 0
