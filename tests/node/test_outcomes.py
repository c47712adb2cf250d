"""Every way in which a program can end or fail to begin is told apart, and none of them hurts the node."""

import os

import pytest
from node_guests import EMPTY, SPIN_AT_START, exiting, guest, settled

from wetware import Node
from wetware.errors import LimitError, LocalError
from wetware.node import Limits, NotFoundError, NotRunnableError, UnreadableError
from wetware.process.reasons import Exited, Limit, Trapped
from wetware.wasm.module import DEFAULT_MAX_MODULE_BYTES
from wetware.wasm.runnable import ImportTypeError, MissingMemoryError, MissingStartError, UnknownImportError


async def end_of(node, program, **options):
    process = await node.spawn(program, **{"stdout": "null", "stderr": "null", **options})
    return await process.monitor()


async def next_pid(node):
    process = await node.spawn(EMPTY)
    await process.wait()
    return process.pid


# --- ends ---


@pytest.mark.parametrize(
    "code", [0, 1, 7, 124, 125, 126, 127, 128, 137, 200, 254, 255, 256, 65536, 2**31, 2**32 - 1]
)
async def test_exit_codes(node, code):
    reason = await end_of(node, exiting(code))
    assert reason == Exited(code)
    assert reason.wait_code == code


async def test_returning_from_start_is_code_0(node):
    assert await end_of(node, EMPTY) == Exited(0)


TRAPS = {
    "unreachable instruction executed": "unreachable",
    "integer division by zero": "(drop (i32.div_u (i32.const 1) (i32.const 0)))",
    "integer overflow": "(drop (i32.div_s (i32.const 0x80000000) (i32.const -1)))",
    "number does not fit the integer it is converted to": "(drop (i32.trunc_f32_s (f32.const nan)))",
    "out-of-bounds memory access": "(drop (i32.load (i32.const 0x7fffffff)))",
    "out-of-bounds table access": "(drop (table.get $t (i32.const 9)))",
    "call through a null table entry": "(call_indirect (i32.const 0))",
    "indirect call of a function of another type": "(call_indirect (i32.const 1))",
    "call stack exhausted": "(call $deeper)",
}


@pytest.mark.parametrize("told", TRAPS)
async def test_traps(node, told):
    program = guest(
        TRAPS[told],
        before="""(table $t 2 2 funcref) (elem (i32.const 1) $other)
        (func $other (param i32)) (func $deeper (call $deeper))""",
    )
    assert await end_of(node, program) == Trapped(told)


async def test_trap_at_the_edge_of_memory(node):
    assert await end_of(node, guest("(drop (i32.load (i32.const 65532)))")) == Exited(0)
    assert await end_of(node, guest("(drop (i32.load (i32.const 65533)))")) == Trapped(
        "out-of-bounds memory access"
    )


async def test_start_function_traps_before_the_program_begins(node, wat_program):
    assert await end_of(node, wat_program("trap_start")) == Trapped("unreachable instruction executed")


async def test_start_function_may_exit(node):
    program = guest("unreachable", "proc_exit", before="(func $i (call $proc_exit (i32.const 9))) (start $i)")
    assert await end_of(node, program) == Exited(9)


async def test_data_segment_out_of_bounds_traps(node):
    assert await end_of(node, guest("", data=[(65530, "longer than the page")])) == Trapped(
        "out-of-bounds memory access"
    )


async def test_a_trap_quotes_no_terminal_escape(node):
    """Whatever a program calls its functions, its reason is one printable line."""
    program = b'(module (func $"\\1b[2J\\n" (export "_start") unreachable))'
    reason = await end_of(node, program)
    assert str(reason).isprintable()


@pytest.mark.parametrize("kind", ["unreachable", "divide", "bounds", "call"])
async def test_traps_of_c_programs(node, c_program, kind):
    process = await node.spawn(c_program("trap"), args=[kind], stdout="capture", stderr="null")
    reason = await process.monitor()
    assert isinstance(reason, Trapped)
    assert await process.stdout.read() == b"trapping\n"


async def test_stack_overflow_of_a_c_program(node, c_program):
    """C's own stack lies in memory: it runs out there or on the engine's stack, and either is a trap."""
    reason = await end_of(node, c_program("stack_overflow"))
    assert reason in (Trapped("call stack exhausted"), Trapped("out-of-bounds memory access"))


# --- what never begins ---

NOTHING_TO_RUN = {
    "empty": (b"", NotRunnableError),
    "text that is no module": (b"hello", NotRunnableError),
    "text that ends too soon": (b"(module", NotRunnableError),
    "random bytes": (bytes(range(256)), NotRunnableError),
    "magic only": (b"\0asm", NotRunnableError),
    "other version": (b"\0asm\2\0\0\0", NotRunnableError),
    "cut short": (b"\0asm\1\0\0\0\1\x85", NotRunnableError),
    "ELF": (b"\x7fELF" + bytes(60), NotRunnableError),
    "component": (b"\0asm\x0d\0\1\0", NotRunnableError),
    "type error": (b'(module (func (export "_start") (i32.add)))', NotRunnableError),
}


@pytest.mark.parametrize("case", NOTHING_TO_RUN)
async def test_no_program(node, case):
    program, error = NOTHING_TO_RUN[case]
    with pytest.raises(error) as caught:
        await node.spawn(program)
    assert str(caught.value)
    assert "\n" not in str(caught.value) or case.startswith(("text", "type"))
    assert await next_pid(node) == 2


async def first_problem(node, program):
    with pytest.raises(NotRunnableError) as caught:
        await node.spawn(program)
    assert node.ps() == []
    return caught.value.problems[0]


async def test_missing_start(node, wat_program):
    assert isinstance(await first_problem(node, wat_program("no_start")), MissingStartError)


async def test_start_of_another_type(node, wat_program):
    assert isinstance(await first_problem(node, wat_program("wrong_start")), MissingStartError)


async def test_start_that_is_no_function(node):
    program = b'(module (global (export "_start") i32 (i32.const 0)))'
    assert isinstance(await first_problem(node, program), MissingStartError)


async def test_unknown_import_is_named(node, wat_program):
    problem = await first_problem(node, wat_program("unknown_import"))
    assert isinstance(problem, UnknownImportError)
    assert "env.launch_missiles" in str(problem)


async def test_import_of_another_type(node, wat_program):
    assert isinstance(await first_problem(node, wat_program("wrong_import")), ImportTypeError)


async def test_import_of_a_memory_or_table(node):
    for what in ("(memory 1)", "(table 1 funcref)", "(global i32)"):
        program = f'(module (import "env" "x" {what}) (func (export "_start")))'.encode()
        assert isinstance(await first_problem(node, program), UnknownImportError)


async def test_wasi_without_a_memory(node):
    program = b"""(module (import "wasi_snapshot_preview1" "sched_yield" (func (result i32)))
        (func (export "_start")))"""
    assert isinstance(await first_problem(node, program), MissingMemoryError)


async def test_every_problem_is_told(node):
    with pytest.raises(NotRunnableError, match=r"and 2 more") as caught:
        await node.spawn(b'(module (import "a" "b" (func)) (import "c" "d" (func)))')
    assert len(caught.value.problems) == 3


async def test_no_such_file(node, tmp_path):
    with pytest.raises(NotFoundError, match=r"no file"):
        await node.spawn(tmp_path / "absent.wasm")


async def test_a_directory_and_a_fifo_are_no_programs(node, tmp_path):
    os.mkfifo(tmp_path / "fifo")
    for path in (tmp_path, tmp_path / "fifo"):
        with pytest.raises(NotRunnableError, match=r"no regular file|no __main__.py"):
            await node.spawn(path)


async def test_an_unreadable_file(node, tmp_path):
    path = tmp_path / ("x" * 300)
    with pytest.raises(UnreadableError):
        await node.spawn(path)


async def test_a_module_over_the_size_limit_is_refused_before_it_is_read(node, tmp_path):
    path = tmp_path / "huge.wasm"
    with path.open("wb") as file:
        file.write(b"\0asm\1\0\0\0")
        file.truncate(DEFAULT_MAX_MODULE_BYTES + 1)
    for program in (path, b"\0asm\1\0\0\0".ljust(DEFAULT_MAX_MODULE_BYTES + 1)):
        with pytest.raises(LimitError) as caught:
            await node.spawn(program)
        assert (caught.value.limit, caught.value.used) == ("module-bytes", DEFAULT_MAX_MODULE_BYTES + 1)
    assert await next_pid(node) == 2


async def test_two_hundred_megabytes_of_nonsense_are_no_program(node):
    with pytest.raises(NotRunnableError):
        await node.spawn(b"\0asm\1\0\0\0".ljust(200 * 1024 * 1024, b"\1"))
    assert await next_pid(node) == 2


async def test_declared_memory_beyond_the_limit(node, wat_program):
    with pytest.raises(LimitError) as caught:
        await node.spawn(wat_program("big_minimum"))
    assert (caught.value.limit, caught.value.used) == ("memory", 1 << 30)
    assert await next_pid(node) == 2


async def test_failed_spawns_burn_no_pid_and_leave_no_process(node, wat_program, tmp_path):
    first = await next_pid(node)
    cases = [
        (b"", {}),
        (EMPTY, {"args": ["nul\0"], "dirs": ()}),
        (exiting(0), {"stdout": tmp_path}),
        (exiting(0), {"stdout": "elsewhere"}),
        (exiting(0), {"stdin": "somewhere"}),
        (exiting(0), {"limits": Limits(memory=0)}),
        (wat_program("unknown_import"), {}),
    ]
    refused = 0
    for program, options in cases:
        try:
            process = await node.spawn(program, **options)
        except (LocalError, LimitError):
            refused += 1
        else:
            await process.wait()
            first += 1
    assert refused >= 6
    assert node.ps() == []
    assert await next_pid(node) == first + 1


# --- the program's object ---


async def test_a_held_program_runs_however_many_others_were_loaded(node):
    program = await node.load(EMPTY)
    for number in range(300):
        await node.load(b'(module (func (export "_start") (drop (i32.const %d))))' % number)
    assert await end_of(node, program) == Exited(0)


async def test_a_program_belongs_to_its_node(node):
    async with Node(runners=1) as other:
        program = await other.load(EMPTY)
        with pytest.raises(LocalError, match=r"another node"):
            await node.spawn(program)
    with pytest.raises(LocalError, match=r"another node"):
        await node.spawn(program)
    assert node.ps() == []


async def test_a_file_that_changed_is_loaded_anew(node, tmp_path):
    path = tmp_path / "program.wat"
    for code in (3, 4):
        path.write_bytes(exiting(code) + b" " * code)
        assert await end_of(node, path) == Exited(code)


async def test_spinning_at_start_is_starting_no_longer_than_it_takes_to_run(node):
    process = await node.spawn(SPIN_AT_START)
    await settled(process, "running")
    process.kill()
    assert await process.wait() == 0xFFFFFFFF


async def test_the_node_lives_on_after_all_of_it(node, wat_program):
    for name in ("trap_unreachable", "trap_bounds", "trap_divide", "stack_overflow", "trap_start"):
        assert isinstance(await end_of(node, wat_program(name)), Trapped)
    refused = await end_of(node, wat_program("alloc"), limits=Limits(memory=1 << 20))
    assert isinstance(refused, Limit)
    assert await end_of(node, EMPTY) == Exited(0)
