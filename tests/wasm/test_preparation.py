"""Start functions that call for files: they see what `_start` sees, with and without directories."""

import pytest

from wetware import Dir, Limits, Node
from wetware.process.reasons import Exited, Limit, Trapped
from wetware.wasm.engine import InvalidModuleError, wat_to_wasm
from wetware.wasm.loader import NotRunnableError
from wetware.wasm.module import read_module
from wetware.wasm.preparation import START, defers_start, prepare

WASI = '(import "wasi_snapshot_preview1" '
WRITE = WASI + '"fd_write" (func $write (param i32 i32 i32 i32) (result i32)))'
OPEN = WASI + '"path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))'
READ = WASI + '"fd_read" (func $read (param i32 i32 i32 i32) (result i32)))'
EXIT = WASI + '"proc_exit" (func $exit (param i32)))'
MEMORY = '(memory (export "memory") 1)'
MAIN = '(func (export "_start") (call $say (i32.const 64) (i32.const 6)))'
SAY = """(data (i32.const 32) "early\\0a") (data (i32.const 64) "later\\0a")
    (func $say (param i32 i32)
      (i32.store (i32.const 0) (local.get 0)) (i32.store (i32.const 4) (local.get 1))
      (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))"""

SPEAKS = f"""(module {WRITE} {MEMORY} {SAY} {MAIN}
    (func $init (call $say (i32.const 32) (i32.const 6))) (start $init))"""
# opens "file" in the first directory and copies what is in it to stdout
OPENS = f"""(module {WRITE} {OPEN} {READ} {EXIT} {MEMORY} {SAY} {MAIN} (data (i32.const 128) "file")
    (func $init (local $errno i32)
      (local.set $errno (call $open (i32.const 4) (i32.const 0) (i32.const 128) (i32.const 4)
        (i32.const 0) (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 16)))
      (if (local.get $errno) (then (call $exit (local.get $errno))))
      (i32.store (i32.const 0) (i32.const 256)) (i32.store (i32.const 4) (i32.const 100))
      (drop (call $read (i32.load (i32.const 16)) (i32.const 0) (i32.const 1) (i32.const 8)))
      (call $say (i32.const 256) (i32.load (i32.const 8))))
    (start $init))"""


@pytest.fixture
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
async def node(cache):
    async with Node(runners=1, cache_dir=cache) as node:
        yield node


async def ran(node, text, **options):
    process = await node.spawn(text.encode(), stdout="capture", **options)
    reason = await process.monitor()
    return reason, await process.stdout.read()


@pytest.mark.parametrize("granted", [False, True])
async def test_a_start_function_writes(node, tmp_path, granted):
    dirs = [Dir(tmp_path, "/")] if granted else []
    assert await ran(node, SPEAKS, dirs=dirs) == (Exited(0), b"early\nlater\n")


async def test_a_start_function_opens_and_reads_a_file(node, tmp_path):
    (tmp_path / "file").write_bytes(b"content\n")
    assert await ran(node, OPENS, dirs=[Dir(tmp_path, "/")]) == (Exited(0), b"content\nlater\n")


async def test_what_is_kept_on_disk_does_the_same(cache, tmp_path):
    (tmp_path / "file").write_bytes(b"content\n")
    for _ in range(2):
        async with Node(runners=1, cache_dir=cache) as other:
            assert await ran(other, OPENS, dirs=[Dir(tmp_path, "/")]) == (Exited(0), b"content\nlater\n")


@pytest.mark.parametrize("granted", [False, True])
@pytest.mark.parametrize(
    ("init", "reason"),
    [
        ("unreachable", Trapped("unreachable instruction executed")),
        ("(call $exit (i32.const 7))", Exited(7)),
        ("(drop (memory.grow (i32.const 100))) unreachable", None),
    ],
)
async def test_the_ends_of_a_start_function(node, tmp_path, init, reason, granted):
    text = f"(module {WRITE} {EXIT} {MEMORY} {SAY} {MAIN} (func $init {init}) (start $init))"
    dirs = [Dir(tmp_path, "/")] if granted else []
    told, said = await ran(node, text, dirs=dirs, limits=Limits(memory=1 << 20))
    assert said == b""
    if reason is None:
        assert isinstance(told, Limit)
        assert told.which == "memory"
    else:
        assert told == reason


async def test_a_start_function_is_killed(node, tmp_path):
    text = f"(module {WRITE} {MEMORY} {SAY} {MAIN} (func $init (loop $l (br $l))) (start $init))"
    process = await node.spawn(text.encode(), dirs=[Dir(tmp_path, "/")])
    process.kill()
    assert (await process.monitor()).kind == "killed"


def read(text):
    return read_module(wat_to_wasm(text.encode()))


def test_only_what_needs_it_is_changed():
    for text in ('(module (func (export "_start")))', f"(module {WRITE} {MEMORY} {SAY} {MAIN})"):
        plain = wat_to_wasm(text.encode())
        assert prepare(plain) is plain
    changed = read_module(prepare(wat_to_wasm(SPEAKS.encode())))
    before = read(SPEAKS)
    assert defers_start(before)
    assert changed.start is None
    assert [export.name for export in changed.exports] == [*(e.name for e in before.exports), START]
    assert changed.code_bytes == before.code_bytes
    hidden = read_module(prepare(wat_to_wasm(b'(module (memory 3) (func (export "_start")))')))
    assert [export.name for export in hidden.exports] == ["_start", "ww:memory"]
    named = SPEAKS.replace('(export "memory")', f'(export "memory") (export "{START}")')
    assert not defers_start(read(named))


async def test_a_start_function_of_another_type_is_refused_as_ever(node):
    binary = wat_to_wasm(f"(module {WRITE} {MEMORY} {SAY} {MAIN} (func $init))".encode())
    code = read_module(binary).section(10)
    wrong = binary[: code.start] + b"\x08\1\1" + binary[code.start :]  # $say, which takes two numbers
    with pytest.raises((NotRunnableError, InvalidModuleError)):
        await node.load(wrong)
