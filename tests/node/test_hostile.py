"""A gauntlet of guests that mean harm: each is contained, ends with a typed result, and the node goes on."""

import itertools
import random

import pytest
from node_guests import EMPTY, SPIN, guest, responsive, settled

from wetware.errors import LimitError, LocalError
from wetware.node import Dir, Limits
from wetware.process.reasons import Exited, Killed, Limit, Trapped
from wetware.wasm.engine import wat_to_wasm
from wetware.wasm.wasi import abi

LIMITS = Limits(deadline=5, cpu=2, memory=16 << 20)
NATURAL = Exited | Trapped | Limit


async def contained(node, program, **options):
    """Run it to its end; the node must be as quick as before."""
    process = await node.spawn(program, **{"stdout": "null", "stderr": "null", "limits": LIMITS, **options})
    reason = await process.monitor()
    assert isinstance(reason, NATURAL), reason
    assert "internal" not in str(reason), reason
    return reason


@pytest.fixture(autouse=True)
async def _the_node_goes_on(node):
    yield
    assert node.ps() == []
    await responsive()
    process = await node.spawn(SPIN)
    await settled(process, "running")
    process.kill()
    assert await process.monitor() == Killed()
    assert await (await node.spawn(EMPTY)).monitor() == Exited(0)


# --- every WASI function with numbers that make no sense ---

WILD = [0, 1, 3, 4, 64, 65528, 65535, 65536, 2**31 - 1, 2**31, 2**32 - 8, 2**32 - 1]


def calling(name, rounds):
    """Call a function many times, each time with other arguments; exit with the last errno."""
    kinds = abi.SIGNATURES[name]
    calls = []
    for arguments in rounds:
        constants = " ".join(
            f"({'i32' if kind == 'i' else 'i64'}.const {value})"
            for kind, value in zip(kinds, arguments, strict=True)
        )
        call = f"(call ${name} {constants})"
        calls.append(call if name == "proc_exit" else f"(drop {call})")
    return guest(" ".join(calls), name, before='(data (i32.const 0) "\\ff\\ff\\ff\\ff\\ff\\ff\\ff\\ff")')


def rounds_of(name, seed, count):
    rng = random.Random(f"{name} {seed}")
    kinds = abi.SIGNATURES[name]
    return [
        [rng.choice(WILD) if kind == "i" else rng.choice([*WILD, 2**63, 2**64 - 1]) for kind in kinds]
        for _ in range(count)
    ]


@pytest.mark.parametrize("name", sorted(set(abi.SIGNATURES) - {"poll_oneoff", "proc_exit"}))
async def test_wild_arguments(node, name):
    """Lengths, pointers, counts and descriptors all over the range, on streams and on none."""
    # there is one connection to accept: who wants another waits for ever
    limits = Limits(deadline=0.1) if name == "sock_accept" else LIMITS
    reason = await contained(node, calling(name, rounds_of(name, 0, 200)), stdin=b"x" * 100, limits=limits)
    # some of wasmtime's own trap on a pointer out of bounds, which is a clear end as well
    assert isinstance(reason, Exited | Trapped) or name == "sock_accept"


@pytest.mark.parametrize("name", sorted(name for name in abi.SIGNATURES if name.startswith(("fd_", "path_"))))
async def test_wild_arguments_with_directories(node, name, tmp_path):
    (tmp_path / "file").write_text("content")
    dirs = [Dir(tmp_path, "/data", writable=True)]
    await contained(node, calling(name, rounds_of(name, 1, 200)), stdin=b"x" * 100, dirs=dirs)
    # whatever it did, it did it inside
    assert (tmp_path / "file").exists()


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(abi.SIGNATURES) - {"poll_oneoff", "proc_exit"}))
@pytest.mark.parametrize("seed", range(2, 12))
async def test_many_wild_arguments(node, name, seed, tmp_path):
    dirs = [Dir(tmp_path, "/data", writable=True)] if seed % 2 else []
    await contained(node, calling(name, rounds_of(name, seed, 2000)), stdin=b"x" * 100, dirs=dirs)


POINTERS = [0, 65520, 65529, 65536, 2**31, 2**32 - 48, 2**32 - 1]


@pytest.mark.parametrize("count", [0, 1, 2, 1024, 1025, 2**20, 2**31, 2**32 - 1])
async def test_poll_of_any_number_of_subscriptions(node, count):
    """Memory holds no subscription at all, so that nothing is waited for."""
    for subscriptions, events in itertools.product(POINTERS, POINTERS):
        program = guest(
            f"""(memory.fill (i32.const 0) (i32.const 255) (i32.const 65536))
            (call $proc_exit (call $poll_oneoff (i32.const {subscriptions}) (i32.const {events})
              (i32.const {count}) (i32.const 8)))""",
            "poll_oneoff",
            "proc_exit",
        )
        reason = await contained(node, program)
        assert reason in (Exited(abi.SUCCESS), Exited(abi.EFAULT), Exited(abi.EINVAL)), (
            subscriptions,
            events,
        )


async def test_poll_of_a_thousand_mixed_subscriptions(node):
    rng = random.Random(4)
    body = "".join(
        f"(i32.store8 (i32.const {48 * i + 8}) (i32.const {rng.randrange(5)}))"
        f"(i32.store (i32.const {48 * i + 16}) (i32.const {rng.choice([0, 1, 2, 3, 2**31])}))"
        for i in range(1000)
    )
    program = guest(
        f"""{body} (call $proc_exit
          (call $poll_oneoff (i32.const 0) (i32.const 0) (i32.const 1000) (i32.const 0)))""",
        "poll_oneoff",
        "proc_exit",
    )
    assert await contained(node, program, stdin="pipe") == Exited(0)


VECTORS = [(0, 2**32 - 1), (65535, 1), (65536, 0), (65536, 1), (2**32 - 1, 2**32 - 1), (1, 2**32 - 2)]


@pytest.mark.parametrize("name", ["fd_read", "fd_write"])
@pytest.mark.parametrize("count", [0, 1, 2, 1023, 1024, 1025, 2**29, 2**32 - 1])
async def test_vectors_of_any_size(node, name, count):
    for pointer, length in VECTORS:
        fill = f"""(loop $fill
              (i32.store (local.get $at) (i32.const {pointer}))
              (i32.store offset=4 (local.get $at) (i32.const {length}))
              (local.set $at (i32.add (local.get $at) (i32.const 8)))
              (br_if $fill (i32.lt_u (local.get $at) (i32.const 16384))))"""
        fd = 0 if name == "fd_read" else 1
        program = guest(
            f"""(local $at i32) {fill}
            (call $proc_exit
              (call ${name} (i32.const {fd}) (i32.const 0) (i32.const {count}) (i32.const 32768)))""",
            name,
            "proc_exit",
        )
        reason = await contained(node, program, stdin=b"some input", stdout="capture")
        assert reason in (Exited(abi.SUCCESS), Exited(abi.EFAULT)), (pointer, length)


async def test_results_written_over_the_call_s_own_vectors(node):
    program = guest(
        """(i32.store (i32.const 0) (i32.const 0)) (i32.store (i32.const 4) (i32.const 16))
        (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 4)))
        (drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 0)))
        (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0)))""",
        *("fd_read", "fd_write"),
    )
    await contained(node, program, stdin=b"x" * 64)


# --- descriptors ---


@pytest.mark.parametrize("seed", range(20))
async def test_closing_and_renumbering_stdio(node, seed, tmp_path):
    rng = random.Random(seed)
    numbers = [0, 1, 2, 3, 4, 5, 100, 2**31, 2**32 - 1, abi.ACCEPTED]
    calls = []
    for _ in range(300):
        name = rng.choice(
            ["fd_close", "fd_renumber", "fd_write", "fd_read", "fd_fdstat_get", "fd_tell", "fd_sync"]
        )
        arguments = [rng.choice(numbers[:5] if rng.random() < 0.8 else numbers)]
        kinds = abi.SIGNATURES[name]
        arguments += [
            rng.choice(numbers) if name == "fd_renumber" else rng.choice([0, 8, 64]) for _ in kinds[1:]
        ]
        constants = " ".join(f"(i32.const {value})" for value in arguments)
        calls.append(f"(drop (call ${name} {constants}))")
    names = ["fd_close", "fd_renumber", "fd_write", "fd_read", "fd_fdstat_get", "fd_tell", "fd_sync"]
    dirs = [Dir(tmp_path, "/data")] if seed % 2 else []
    reason = await contained(node, guest(" ".join(calls), *names), stdin=b"x", dirs=dirs, stdout="capture")
    assert reason == Exited(0)


async def test_a_file_does_not_take_the_place_of_a_stream(node, tmp_path):
    """Nor the other way round: a descriptor's number says whose it is."""
    for source, target in ((3, 1), (1, 3), (3, 0), (0, 3)):
        program = guest(
            f"(call $proc_exit (call $fd_renumber (i32.const {source}) (i32.const {target})))",
            *("fd_renumber", "proc_exit"),
        )
        reason = await contained(node, program, dirs=[Dir(tmp_path, "/data")])
        assert reason in (Exited(abi.ENOTSUP), Exited(abi.EBADF))


# --- too much of everything ---


async def test_random_numbers_over_the_whole_memory(node):
    program = guest(
        """(drop (memory.grow (i32.const 200)))
        (call $proc_exit (call $random_get (i32.const 0) (i32.mul (memory.size) (i32.const 65536))))""",
        *("random_get", "proc_exit"),
    )
    await contained(node, program)


@pytest.mark.parametrize(
    "body",
    [
        "(call $deeper (i32.const 0))",
        "(call_indirect (param i32) (i32.const 0) (i32.const 0))",
    ],
)
async def test_deep_recursion(node, body):
    program = guest(
        body,
        before=f"""(table 1 funcref) (elem (i32.const 0) $deeper)
        (func $deeper (param i32) {body})""",
    )
    assert await contained(node, program) == Trapped("call stack exhausted")


async def test_deep_recursion_that_calls_the_host_at_its_bottom(node):
    """The host function runs on what is left of the guest's stack."""
    program = guest(
        "(call $deeper (i32.const 0))",
        "fd_write",
        before="""(func $deeper (param $n i32)
          (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 8)))
          (call $deeper (i32.add (local.get $n) (i32.const 1))))""",
    )
    assert await contained(node, program) == Trapped("call stack exhausted")


async def test_big_frames_that_call_the_host(node):
    """Each call keeps a kilobyte: the last host call happens anywhere near the stack's end."""
    keep = " ".join(f"(local $k{i} i64)" for i in range(128))
    use = " ".join(f"(local.set $k{i} (i64.load (i32.const {8 * i})))" for i in range(128))
    back = " ".join(f"(i64.store (i32.const {8 * i}) (local.get $k{i}))" for i in range(128))
    program = guest(
        "(call $deeper)",
        "sched_yield",
        before=f"(func $deeper {keep} {use} (drop (call $sched_yield)) (call $deeper) {back})",
    )
    reason = await contained(node, program)
    assert isinstance(reason, Trapped | Limit)


async def test_memory_bomb(node):
    for pages in (1, 100, 10_000, 65_536, 2**31):
        program = guest(f"(loop $more (drop (memory.grow (i32.const {pages}))) (br $more))")
        reason = await contained(node, program, limits=Limits(cpu=0.05, memory=16 << 20))
        assert reason.which == "cpu"


async def test_bulk_operations_over_all_memory(node):
    program = guest(
        """(drop (memory.grow (i32.const 255)))
        (loop $e (memory.fill (i32.const 0) (i32.const 1) (i32.const 16777216))
          (memory.copy (i32.const 1) (i32.const 0) (i32.const 16777215)) (br $e))"""
    )
    reason = await contained(node, program, limits=Limits(cpu=0.1, memory=17 << 20))
    assert reason.which == "cpu"


@pytest.mark.parametrize(
    "call",
    [
        "$sched_yield)",
        "$fd_tell (i32.const 77) (i32.const 0))",
        "$clock_time_get (i32.const 0) (i64.const 0) (i32.const 0))",
    ],
)
async def test_tight_loops_of_host_calls_leave_the_others_their_turns(node, call):
    name = call.split()[0].strip("$)")
    program = await node.load(guest(f"(loop $e (drop (call {call}) (br $e))", name))
    crowd = [await node.spawn(program, stdout="null") for _ in range(8)]
    await responsive(50)
    quiet = await node.spawn(EMPTY)
    assert await quiet.monitor() == Exited(0)
    for process in crowd:
        process.kill()
        assert await process.monitor() == Killed()


async def test_very_many_functions(node):
    assert await contained(node, guest("(call 9999)", before="(func)" * 10_000)) == Exited(0)


@pytest.mark.parametrize(
    ("before", "after"),
    [("(block ", ")"), ("(if (i32.const 1) (then ", "))"), ("(drop (i32.eqz (i32.const 0)))", "")],
)
async def test_deep_nesting(node, before, after):
    assert await contained(node, guest(before * 20_000 + after * 20_000)) == Exited(0)


@pytest.mark.parametrize("text", ["(" * 100_000, "(;" * 100_000, "(module " + "(@x " * 100_000])
async def test_deep_texts(node, text):
    with pytest.raises(LocalError):
        await node.spawn(text.encode())


# --- exports that are not what they are called ---


@pytest.mark.parametrize(
    "export",
    [
        '(global (export "memory") i32 (i32.const 0))',
        '(func (export "memory"))',
        '(table (export "memory") 1 funcref)',
    ],
)
@pytest.mark.parametrize("name", ["fd_write", "poll_oneoff", "args_get", "sched_yield"])
async def test_a_memory_that_is_none(node, export, name):
    kinds = "i32 " * len(abi.SIGNATURES[name])
    zeros = "(i32.const 0)" * len(abi.SIGNATURES[name])
    program = f"""(module (import "{abi.MODULE}" "{name}" (func $f (param {kinds}) (result i32))) {export}
        (func (export "_start") (drop (call $f {zeros}))))"""
    with pytest.raises(LocalError, match=r"memory"):
        await node.spawn(program.encode())


async def test_a_64_bit_memory(node):
    program = f"""(module (import "{abi.MODULE}" "random_get" (func $f (param i32 i32) (result i32)))
        (memory (export "memory") i64 1)
        (func (export "_start") (drop (call $f (i32.const 0) (i32.const 8)))))"""
    await contained(node, program.encode())


async def test_a_64_bit_memory_with_directories(node, tmp_path):
    program = f"""(module (import "{abi.MODULE}" "fd_tell" (func $f (param i32 i32) (result i32)))
        (memory (export "memory") i64 1)
        (func (export "_start") (drop (call $f (i32.const 3) (i32.const 8)))))"""
    process = await node.spawn(program.encode(), dirs=[Dir(tmp_path, "/data")], stdout="null")
    assert isinstance(await process.monitor(), NATURAL)


@pytest.mark.parametrize("name", ["ww:refused-growth", "ww:refused-descriptors"])
@pytest.mark.parametrize(
    "export",
    [
        "(global (export {}) i32 (i32.const 1))",
        "(global (export {}) (mut i32) (i32.const -1))",
        "(global (export {}) i64 (i64.const -1))",
        "(global (export {}) externref (ref.null extern))",
        "(func (export {}))",
        "(table (export {}) 1 funcref)",
    ],
)
async def test_exports_named_like_our_counters(node, name, export, tmp_path):
    """They are the guest's own, and no reason is made from them."""
    fields = export.format(f'"{name}"')
    grow = "(drop (memory.grow (i32.const 1)))"
    for dirs in ([], [Dir(tmp_path, "/data")]):
        for body, expected in (("", Exited(0)), (f"{grow} unreachable", Trapped)):
            reason = await contained(node, guest(body, "fd_tell", before=fields), dirs=dirs)
            assert reason == expected or type(reason) is expected


async def test_names_of_any_kind(node):
    """Exports and imports named with escapes, nothing at all, or a kilobyte."""
    for name in ("", "\\00", "\\1b[2J", "x" * 1000, "\\e2\\80\\ae"):
        assert await contained(node, guest("", before=f'(func (export "{name}"))')) == Exited(0)
        program = f'(module (import "{name}" "{name}" (func)) (func (export "_start")))'
        with pytest.raises(LocalError) as caught:
            await node.spawn(program.encode())
        assert str(caught.value).isprintable()


# --- where functions may be called ---

STARTS = {
    "fd_write": "(drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))",
    "fd_read": "(drop (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))",
    "poll_oneoff": "(drop (call $poll_oneoff (i32.const 64) (i32.const 128) (i32.const 1) (i32.const 8)))",
    "random_get": "(drop (call $random_get (i32.const 0) (i32.const 8)))",
    "sched_yield": "(drop (call $sched_yield))",
}


@pytest.mark.parametrize("name", STARTS)
async def test_functions_called_from_a_start_function(node, name):
    program = guest("", name, before=f"(func $init {STARTS[name]}) (start $init)")
    assert await contained(node, program) == Exited(0)


async def test_functions_called_from_a_start_function_with_directories(node, tmp_path):
    """A start function runs once the way to files exists (see `test_outcomes.py`)."""
    program = guest(
        "", "fd_tell", before="(func $init (drop (call $fd_tell (i32.const 3) (i32.const 0)))) (start $init)"
    )
    assert await contained(node, program, dirs=[Dir(tmp_path, "/data")]) == Exited(0)


async def test_start_called_again_from_inside(node):
    program = guest(
        "(call $again)",
        "sched_yield",
        before="""(func $again (export "again")
        (drop (call $sched_yield)) (call $again))""",
    )
    assert isinstance(await contained(node, program), Trapped | Limit)


# --- what is no module at all ---


@pytest.mark.parametrize("seed", range(30))
async def test_mutated_modules(node, seed, wat_program):
    """One module with bytes changed here and there: refused, or run to some end."""
    rng = random.Random(seed)
    whole = wat_to_wasm(wat_program(rng.choice(["cat", "hello", "alloc", "sleep", "flood"])).read_bytes())
    for _ in range(20):
        bytecode = bytearray(whole)
        for _ in range(rng.choice([1, 1, 2, 8])):
            bytecode[rng.randrange(8, len(bytecode))] = rng.randrange(256)
        try:
            process = await node.spawn(
                bytes(bytecode), stdout="null", stderr="null", stdin=b"x", limits=Limits(deadline=1, cpu=0.02)
            )
        except (LocalError, LimitError):
            continue
        assert isinstance(await process.monitor(), NATURAL)
