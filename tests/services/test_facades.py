"""The executor and its processes as capabilities: what each holder can reach, and what it cannot."""

import asyncio
import gc
import itertools
import weakref

import pytest

from compile_bombs import loops_over_many_variables
from wetware import Limits, Node
from wetware.capnp.exceptions import CallError, UnimplementedError
from wetware.capnp.memory import MemoryLink
from wetware.capnp.vat import Vat
from wetware.errors import LocalError
from wetware.process.reasons import Exited, Killed, Limit, Linked, NodeLost, Shutdown, Trapped
from wetware.schema.capstore_capnp import CapStore_Server
from wetware.schema.core_capnp import Executor, MonitorHandler, Session, SpawnRequest
from wetware.schema.process_capnp import ExitReason, Process_Server
from wetware.schema.process_capnp import Process as ProcessClient
from wetware.services.facade import ExecutorFacade
from wetware.services.wire import reason_fields
from wetware.wasm.compiling import FOREIGN, OWN
from wetware.wasm.engine import wat_to_wasm

CAP = 60
SLEEP = b"""(module
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (i32.store (i32.const 16) (i32.const 1))
    (i64.store (i32.const 24) (i64.const 86400000000000))
    (drop (call $poll (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128)))))"""
EXIT_7 = b"""(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start") (call $exit (i32.const 7))))"""
PRINT_ARGS = b"""(module
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $args (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (drop (call $sizes (i32.const 0) (i32.const 4)))
    (drop (call $args (i32.const 1000) (i32.const 2000)))
    (i32.store (i32.const 16) (i32.const 2000))
    (i32.store (i32.const 20) (i32.load (i32.const 4)))
    (drop (call $write (i32.const 1) (i32.const 16) (i32.const 1) (i32.const 24)))))"""


class World:
    """A node whose executor is offered over a connection, as a whole and as one process sees it."""

    async def __aenter__(self):
        self.node = Node()
        await self.node.__aenter__()
        _, _, self.executor, _ = self.node._parts
        self.guests = self.node.guests
        self.vats = [Vat(), Vat()]
        self.whole = self.over_the_wire(ExecutorFacade(self.guests, None))
        return self

    def over_the_wire(self, server):
        mine, theirs = Vat(), Vat(server)
        self.vats += [mine, theirs]
        connection, _ = mine.connect_memory(theirs)
        return connection.bootstrap(Executor)

    async def root(self, **limits):
        """A process that sleeps, and the executor as it sees it."""
        process = await self.node.spawn(SLEEP, limits=Limits(**limits))
        return process, self.over_the_wire(ExecutorFacade(self.guests, process))

    async def __aexit__(self, *error):
        for vat in self.vats:
            await vat.close()
        await self.node.__aexit__(None, None, None)


@pytest.fixture
async def world():
    async with asyncio.timeout(CAP), World() as made:
        yield made


def request(wat, **fields):
    return SpawnRequest.new(program={"bytecode": wat_to_wasm(wat)}, **fields)


async def spawn(executor, wat, **fields):
    return (await executor.spawn(request=request(wat, **fields))).process


async def pids(executor):
    return [info.pid for info in (await executor.ps()).procs]


# --- what runs, and how it ends ---
async def test_spawn_wait_and_reason(world):
    process = await spawn(world.whole, EXIT_7)
    assert (await process.wait()).exit_code == 7
    assert (await process.monitor()).event == "exited with code 7"
    assert (await process.reason()).reason.exited == 7
    info = (await process.info()).info
    assert (info.state.name, info.reason.exited) == ("EXITED", 7)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (Exited(3), {"exited": 3}),
        (Killed(), {"killed": 0}),
        (Shutdown(), {"shutdown": True}),
        (Linked(5, 6), {"linked": {"origin": "5", "via": "6", "lost": False}}),
        (Linked("5@n", "6@n", lost=True), {"linked": {"origin": "5@n", "via": "6@n", "lost": True}}),
        (
            Limit("memory", 2.0, 1.0, "code 1"),
            {"limit": {"which_": "memory", "used": 2.0, "allowed": 1.0, "then": "code 1"}},
        ),
        (Trapped("it"), {"trapped": "it"}),
        (NodeLost("n"), {"node_lost": "n"}),
    ],
)
def test_every_reason_has_its_form_on_the_wire(reason, told):
    assert reason_fields(reason) == told
    assert ExitReason.new(**told).which == next(iter(told))


async def test_exec_gives_the_arguments_of_the_original(world):
    bytecode = wat_to_wasm(PRINT_ARGS)
    root, view = await world.root()
    request = SpawnRequest.new(
        program={"bytecode": bytecode}, name="prog", args=["a", "b"], stdout=SpawnRequest.Output.CAPTURE
    )
    process = (await view.spawn(request=request)).process
    assert bytes((await process.read_stdout(limit=1000)).content) == b"prog\0a\0b\0"

    child = (await view.exec(session=Session.new(), bytecode=bytecode, ppid=0, args=["x"])).process
    info = (await child.info()).info
    assert info.ppid == root.pid
    cached = (await view.exec_cached(session=Session.new(), cid=info.cid, ppid=0, args=["x"])).process
    assert (await cached.wait()).exit_code == 0


async def test_exec_numbers_its_guest(world):
    program = await world.node.load(PRINT_ARGS)
    process = world.executor.spawn(program, name="n", args=["x"], stdout="capture", numbered=True)
    assert await process.stdout.read() == f"{process.pid}\0001\0{program.cid}\0x\0".encode()


async def test_a_program_that_is_not_there(world):
    with pytest.raises(CallError, match="not found"):
        await world.whole.exec_cached(
            session=Session.new(),
            cid=(await world.node.load(EXIT_7)).cid.binary[:-1] + b"\0",
            ppid=0,
            args=[],
        )
    with pytest.raises(CallError, match="_start"):
        await world.whole.exec(session=Session.new(), bytecode=b"\0asm\1\0\0\0", ppid=0, args=[])
    assert await pids(world.whole) == []


async def test_bytecode_cache(world):
    cache = (await world.whole.bytecode_cache()).cache
    cid = bytes((await cache.put(bytecode=b"anything")).cid)
    assert (await cache.has(cid=cid)).has
    assert bytes((await cache.get(cid=cid)).bytecode) == b"anything"
    assert not (await cache.has(cid=b"")).has
    other = cid[:-1] + bytes([cid[-1] ^ 1])
    assert not (await cache.has(cid=other)).has
    assert len((await cache.get(cid=other)).bytecode) == 0


async def test_asking_whether_a_program_is_kept_does_not_move_it(world, monkeypatch):
    cache = (await world.whole.bytecode_cache()).cache
    cid = (await cache.put(bytecode=bytes(1_000_000))).cid
    moved, send = [], MemoryLink.send

    def counted(link, pieces):
        moved.extend(map(len, pieces))
        send(link, pieces)

    monkeypatch.setattr(MemoryLink, "send", counted)
    assert (await cache.has(cid=cid)).has
    assert 0 < sum(moved) < 1_000
    assert len((await cache.get(cid=cid)).bytecode) == 1_000_000
    assert sum(moved) > 1_000_000


async def test_stdin_and_outputs(world, c_program):
    process = (
        await world.whole.spawn(
            request=SpawnRequest.new(
                program={"bytecode": c_program("cat").read_bytes()},
                stdin=SpawnRequest.Input.PIPE,
                stdout=SpawnRequest.Output.CAPTURE,
            )
        )
    ).process
    await process.write_stdin(content=b"through")
    await process.close_stdin()
    assert bytes((await process.read_stdout(limit=100)).content) == b"through"
    assert bytes((await process.read_stdout(limit=100)).content) == b""
    with pytest.raises(CallError, match="not spawned with a capture"):
        await process.read_stderr(limit=1)


async def test_a_handler_is_told_of_the_end(world):
    told = asyncio.get_running_loop().create_future()

    class Handler(MonitorHandler.Server):
        async def ended(self, *, reason, context):
            told.set_result(reason.exited)

    await spawn(world.whole, EXIT_7, monitor=Handler())
    assert await told == 7


async def test_kill_pause_and_resume(world):
    process = await spawn(world.whole, b'(module (func (export "_start") (loop $l (br $l))))')
    await process.pause()
    assert (await process.info()).info.state.name == "PAUSED"
    await process.resume()
    await process.kill()
    await process.kill()  # killing the dead is no error
    assert (await process.wait()).exit_code == 0xFFFFFFFF
    assert (await process.reason()).reason.which == "killed"


async def test_a_call_that_waits_delays_no_other(world):
    process = await spawn(world.whole, SLEEP)
    waits = [asyncio.ensure_future(_code(process)) for _ in range(20)]
    assert (await process.info()).info.pid  # answered while twenty wait
    await process.kill()
    assert await asyncio.gather(*waits) == [0xFFFFFFFF] * 20


async def test_a_slow_program_delays_nothing_else(world, monkeypatch):
    """While one program is compiled, the same executor lists, and spawns what is ready."""
    first = await spawn(world.whole, EXIT_7)
    await first.wait()
    ready = (await first.info()).info.cid
    loading, go_on = asyncio.Event(), asyncio.Event()
    load = world.guests.loader.load

    async def slowly(source):
        loading.set()
        await go_on.wait()
        return await load(source)

    monkeypatch.setattr(world.guests.loader, "load", slowly)
    slow = asyncio.ensure_future(spawn(world.whole, SLEEP))
    await loading.wait()
    assert await pids(world.whole) == []
    quick = (await world.whole.spawn(request=SpawnRequest.new(program={"cid": ready}))).process
    assert (await quick.wait()).exit_code == 7
    assert not slow.done()
    go_on.set()
    await (await slow).kill()


async def test_an_ended_process_is_gone_before_its_wait_is_answered(world):
    for _ in range(50):
        process = await spawn(world.whole, EXIT_7)
        assert (await process.wait()).exit_code == 7
        assert await pids(world.whole) == []


async def test_every_process_has_a_number_of_its_own_in_the_cluster(world):
    processes = [await spawn(world.whole, EXIT_7) for _ in range(20)]
    numbers = [(await process.id()).id for process in processes]
    assert len(set(numbers)) == 20
    assert [(await process.id()).id for process in processes] == numbers
    assert min(numbers) > 0


async def _code(process):
    return (await process.wait()).exit_code


# --- links ---
async def test_links_by_capability(world):
    one, two = await spawn(world.whole, SLEEP), await spawn(world.whole, SLEEP)
    await one.link(other=two, roundtrip=False)
    await two.link(other=one, roundtrip=True)  # twice is once
    await one.kill()
    assert (await two.reason()).reason.linked.via == str((await one.info()).info.pid)


async def test_a_link_with_the_ended_ends_the_living(world):
    """It does not succeed in silence."""
    ended, living = await spawn(world.whole, EXIT_7), await spawn(world.whole, SLEEP)
    await ended.wait()
    await living.link(other=ended, roundtrip=False)
    assert (await living.reason()).reason.which == "linked"


async def test_links_end_what_they_reach_in_rings_and_chains(world):
    chain = [await spawn(world.whole, SLEEP) for _ in range(5)]
    for one, two in itertools.pairwise([*chain, chain[0]]):
        await one.link(other=two, roundtrip=False)
    await chain[0].link(other=chain[0], roundtrip=False)
    await chain[2].kill()
    assert [(await each.reason()).reason.which for each in chain] == [
        *("linked", "linked", "killed", "linked", "linked")
    ]
    assert await pids(world.whole) == []


async def test_crossing_links_do_not_deadlock(world):
    one, two = await spawn(world.whole, SLEEP), await spawn(world.whole, SLEEP)
    await asyncio.gather(*[_link(a, b) for a, b in ((one, two), (two, one), (one, one), (two, two))])
    await one.unlink(other=two, roundtrip=False)
    await one.kill()
    assert (await two.info()).info.state.name != "EXITED"
    await two.unlink(other=one, roundtrip=False)  # of the dead: no error
    await two.kill()
    await two.wait()


async def _link(one, two):
    await one.link(other=two, roundtrip=False)


async def test_only_our_processes_can_be_linked(world):
    class Stranger(Process_Server):
        async def kill(self, *, context):
            raise AssertionError

        def __getattr__(self, name):
            raise AttributeError(name)

    Stranger.__abstractmethods__ = frozenset()
    process = await spawn(world.whole, SLEEP)
    with pytest.raises(UnimplementedError):
        await process.link(other=Stranger(), roundtrip=False)
    with pytest.raises(CallError, match="not with nothing"):
        await process.link(other=ProcessClient(None), roundtrip=False)


# --- the session is the whole authority ---
async def test_a_view_reaches_itself_and_what_is_below(world):
    root, view = await world.root()
    stranger = await world.node.spawn(SLEEP)
    child = await spawn(view, SLEEP)
    child_pid = (await child.info()).info.pid
    assert await pids(view) == [root.pid, child_pid]
    assert await pids(world.whole) == sorted([root.pid, child_pid, stranger.pid])

    with pytest.raises(CallError, match="not found"):
        await child.link_local(other=stranger.pid)
    with pytest.raises(CallError, match="not found"):
        await child.link_local(other=1)
    await child.unlink_local(other=stranger.pid)  # a stranger: no effect, and no knowledge
    await child.link_local(other=root.pid)
    await child.kill()
    await root.monitor()
    assert [info.pid for info in world.node.ps()] == [stranger.pid]


async def test_a_parent_outside_the_view_is_the_caller(world):
    root, view = await world.root()
    stranger = await world.node.spawn(SLEEP)
    for ppid in (stranger.pid, 0, 1, 99999):
        child = (
            await view.exec(session=Session.new(), bytecode=wat_to_wasm(SLEEP), ppid=ppid, args=[])
        ).process
        assert (await child.info()).info.ppid == root.pid
    grandchild = (
        await view.exec(
            session=Session.new(), bytecode=wat_to_wasm(SLEEP), ppid=(await child.info()).info.pid, args=[]
        )
    ).process
    assert (await grandchild.info()).info.ppid == (await child.info()).info.pid


async def test_what_an_ended_root_asks_has_no_effect(world):
    root, view = await world.root()
    other = await world.node.spawn(SLEEP)
    root.kill()
    await root.monitor()
    with pytest.raises(CallError):
        await spawn(view, SLEEP)
    assert await pids(world.whole) == [other.pid]


async def test_limits_of_a_child_are_not_above_its_parents(world):
    _, view = await world.root(memory=1 << 20, deadline=1000)
    with pytest.raises(CallError, match="memory"):
        await spawn(view, b'(module (memory (export "memory") 100) (func (export "_start")))')
    child = await spawn(view, SLEEP, limits={"memory": 1 << 30, "deadline": 5000.0})
    entry = world.executor.find((await child.info()).info.pid)
    assert (entry.fiber.limits.memory, entry.fiber.limits.deadline) == (1 << 20, 1000)


async def test_the_limit_of_children(world):
    _, view = await world.root(children=2)
    await spawn(view, SLEEP)
    await spawn(view, SLEEP)
    with pytest.raises(CallError, match="children"):
        await spawn(view, SLEEP)


async def test_linking_with_the_caller_from_the_start(world):
    root, view = await world.root()
    child = await spawn(view, SLEEP, link=True)
    await child.kill()
    assert (await root.monitor()).kind == "linked"


async def test_a_guest_without_a_way_to_talk_is_granted_nothing(world):
    for options in ({}, {"raw": True}, {"channel": "none"}):
        with pytest.raises(LocalError, match="no way to use"):
            await world.node.spawn(EXIT_7, executor=True, **options)
    assert world.node.ps() == []  # and it was not started


# --- what a guest sends is compiled where it can be stopped ---
async def test_what_a_guest_sends_is_compiled_under_an_allowance_of_its_own(world, c_program, monkeypatch):
    asked = []

    async def compile_(_self, _bytecode, _output, allowance, **_options):
        asked.append(allowance)
        raise LocalError("enough seen")

    monkeypatch.setattr("wetware.wasm.compiling.CompileProcesses.compile", compile_)
    monkeypatch.setattr(world.node._parts[3].compiler, "cache", None)
    program = c_program("compute").read_bytes()
    _, view = await world.root()
    for holder, allowance in ((view, FOREIGN), (world.whole, OWN)):
        with pytest.raises(CallError, match="enough seen"):
            await holder.exec(session=Session.new(), bytecode=program, ppid=0, args=[])
        assert asked.pop() is allowance


async def test_a_compilation_that_no_guest_waits_for_any_more_is_ended(world):
    _, view = await world.root()
    compiler = world.node._parts[3].compiler
    asking = asyncio.ensure_future(
        view.exec(session=Session.new(), bytecode=loops_over_many_variables(64 * 1024), ppid=0, args=[])
    )
    while compiler._processes is None or not compiler._processes._gates:  # noqa: ASYNC110 - nobody is told
        await asyncio.sleep(0.001)
    gate = compiler._processes._gates[FOREIGN]
    assert gate.locked()
    asking.cancel()
    async with asyncio.timeout(60), gate:  # its turn is over
        assert not compiler._processes._idle


async def test_a_process_that_is_only_promised_can_be_linked(world):
    """The link waits for the spawn, which has to compile first."""
    one = await spawn(world.whole, SLEEP)
    functions = b"".join(b"(func (result i32) (i32.const %d))" % i for i in range(500))
    fresh = b'(module %s (func (export "_start") (loop $l (br $l))))' % functions
    promised = world.whole.spawn(request=request(fresh)).process
    await one.link(other=promised, roundtrip=False)
    await one.kill()
    assert (await promised.reason()).reason.which == "linked"


# --- what a session holds ends with its guest ---
async def test_a_session_ends_with_its_guest(world, c_program):
    """Nothing of what was granted is kept, whoever still holds the process."""

    class Store(CapStore_Server):
        async def set(self, *, id, cap, context):  # noqa: A002 - the schema's name
            raise NotImplementedError

        async def get(self, *, id, context):  # noqa: A002 - the schema's name
            raise NotImplementedError

    for talks in (True, False):
        store = Store()
        gone = weakref.ref(store)
        process = await world.node.spawn(
            c_program("hostile" if talks else "cat"),
            args=["churn", "1"],
            stdin="pipe",
            executor=True,
            capabilities={"store": store},
        )
        del store
        if not talks:
            process.kill()
        await process.monitor()
        while gone() is not None:
            await asyncio.sleep(0.001)
            gc.collect()
        assert process.channel is not None
        assert process.connection is None or len(process.connection.session.extra) == 0


async def test_what_a_guest_writes_before_its_session_is_offered(world, c_program):
    process = await world.node.spawn(c_program("hostile"), args=["half"], raw=True)
    await process.monitor()
    claimed = asyncio.Event()
    process.channel.offer(claimed.set)
    await claimed.wait()


async def test_an_executor_of_the_whole_node_in_a_guests_session(world):
    """It sees and links everything, and spawns below its holder unless it says otherwise."""
    stranger = await world.node.spawn(SLEEP)
    root = await world.node.spawn(SLEEP)
    view = world.over_the_wire(ExecutorFacade(world.guests, root, whole=True))
    child = await spawn(view, SLEEP)
    info = (await child.info()).info
    assert info.ppid == root.pid
    assert await pids(view) == sorted([stranger.pid, root.pid, info.pid])
    await child.link_local(other=stranger.pid)
    root.kill()  # its child with it, and who is linked with that
    assert (await stranger.monitor()).kind == "linked"
    assert await pids(view) == []
