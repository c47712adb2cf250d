"""A Python guest that waits for its host without leaving its step: nothing may be held up by that."""

import asyncio
import textwrap

import pytest

from guests_fixtures import PYTHON_GUESTS
from wetware import Node
from wetware.process.reasons import Exited
from wetware.schema.capstore_capnp import CapStore, CapStore_Server

CAP = 60

pytestmark = PYTHON_GUESTS

BEGIN = """
    import asyncio, contextvars
    from wetware.guest import connect
    from wetware.schema.capstore_capnp import CapStore
"""
MAIN = """
    async def main():
        async with connect() as host:
            gate = host.capability("gate", CapStore)
            await work(host, gate)
    asyncio.run(main())
"""


class Gate(CapStore_Server):
    """`get` waits until somebody has called `set`; and `set` of something calls it back."""

    def __init__(self):
        self.opened = asyncio.Event()
        self.asked = asyncio.Event()

    async def set(self, *, id, cap, context):  # noqa: A002 - the schema's
        if id == "open":
            self.opened.set()
        elif id == "call back":
            self.task = asyncio.create_task(self._call(cap._as(CapStore)))

    async def _call(self, store):
        await self.asked.wait()
        await store.set(id="called", cap=None)

    async def get(self, *, id, context):  # noqa: A002 - the schema's
        self.asked.set()
        if id == "wait":
            await self.opened.wait()
        return {"cap": None}


@pytest.fixture
async def node():
    async with Node() as running:
        yield running


def written(tmp_path, work):
    path = tmp_path / "app.py"
    path.write_text("\n".join(textwrap.dedent(part) for part in (BEGIN, work, MAIN)))
    return path


async def told(node, tmp_path, work, **options):
    path, gate = written(tmp_path, work), Gate()
    process = await node.spawn(
        path, stdout="capture", stderr="capture", capabilities={"gate": gate}, **options
    )
    async with asyncio.timeout(CAP):
        reason = await process.monitor()
    assert reason == Exited(0), process.stderr.read_nowait().decode()
    return process.stdout.read_nowait().decode().split()


# who has to get on while a task waits for an answer that only he brings about
HELD_UP = {
    "the step in which an eager task was begun": """
        async def wait(gate):
            await gate.get(id="wait")
        async def work(host, gate):
            waits = asyncio.create_task(wait(gate), eager_start=True)
            await gate.set(id="open", cap=None)
            await waits
            print("done")
        """,
    "another task": """
        async def work(host, gate):
            async def opens():
                await gate.get(id="now")
                await gate.set(id="open", cap=None)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(gate_get(gate))
                tasks.create_task(opens())
            print("done")
        async def gate_get(gate):
            await gate.get(id="wait")
        """,
    "a timer": """
        async def work(host, gate):
            loop = asyncio.get_running_loop()
            loop.call_later(0.01, lambda: loop.create_task(opens(gate)))
            await gate.get(id="wait")
            print("done")
        async def opens(gate):
            await gate.set(id="open", cap=None)
        """,
    "a deadline": """
        async def work(host, gate):
            try:
                async with asyncio.timeout(0.01):
                    await gate.get(id="wait")
            except TimeoutError:
                print("done")
        """,
    "what the host calls": """
        class Called(CapStore.Server):
            def __init__(self, task):
                self.task = task
            async def set(self, *, id, cap, context):
                self.task.cancel()
            async def get(self, *, id, context):
                raise NotImplementedError
        async def work(host, gate):
            await gate.set(id="call back", cap=Called(asyncio.current_task()))
            try:
                await gate.get(id="wait")
            except asyncio.CancelledError:
                asyncio.current_task().uncancel()
                print("done")
        """,
    "a call that is answered by calls": """
        class Called(CapStore.Server):
            def __init__(self, gate):
                self.gate = gate
            async def set(self, *, id, cap, context):
                await self.gate.get(id="now")
                await self.gate.set(id="open", cap=None)
            async def get(self, *, id, context):
                raise NotImplementedError
        async def work(host, gate):
            await gate.set(id="call back", cap=Called(gate))
            await gate.get(id="wait")
            print("done")
        """,
}


@pytest.mark.parametrize("who", HELD_UP)
async def test_waiting_in_a_step_holds_nothing_up(node, tmp_path, who):
    assert await told(node, tmp_path, HELD_UP[who]) == ["done"]


async def test_standard_input_is_read_while_a_task_waits(node, tmp_path):
    source = """
        import sys
        async def work(host, gate):
            loop = asyncio.get_running_loop()
            def opens():
                print(sys.stdin.read())
                loop.remove_reader(0)
                loop.create_task(opening(gate))
            loop.add_reader(0, opens)
            await gate.get(id="wait")
            print("done")
        async def opening(gate):
            await gate.set(id="open", cap=None)
        """
    assert await told(node, tmp_path, source, stdin=b"word") == ["word", "done"]


async def test_what_is_called_meanwhile_has_nothing_of_the_task_that_waits(node, tmp_path):
    source = """
        mine = contextvars.ContextVar("mine", default="none")
        class Called(CapStore.Server):
            async def set(self, *, id, cap, context):
                print(mine.get(), asyncio.current_task() is self.task)
            async def get(self, *, id, context):
                raise NotImplementedError
        async def work(host, gate):
            called = Called()
            called.task = asyncio.current_task()
            await gate.set(id="call back", cap=called)
            mine.set("the task's")
            await gate.get(id="now")
            while gate_closed[0]:
                await gate.get(id="now")
                gate_closed[0] -= 1
        gate_closed = [100]
        """
    assert await told(node, tmp_path, source) == ["none", "False"]


async def test_a_loop_of_calls_lets_timers_go_off(node, tmp_path):
    source = """
        async def work(host, gate):
            gone = []
            asyncio.get_running_loop().call_later(0.01, gone.append, 1)
            while not gone:
                await gate.get(id="now")
            print("done")
        """
    assert await told(node, tmp_path, source) == ["done"]


async def test_what_is_written_last_leaves(node, tmp_path):
    """A call that nobody awaits, sent in the very last turn."""
    source = """
        async def work(host, gate):
            gate.set(id="open", cap=None)
        """
    path, gate = written(tmp_path, source), Gate()
    process = await node.spawn(path, capabilities={"gate": gate})
    async with asyncio.timeout(CAP):
        assert await process.monitor() == Exited(0)
        await gate.opened.wait()


async def test_a_host_that_has_closed_ends_what_waits(node, tmp_path):
    source = """
        from wetware.errors import BrokenError
        async def work(host, gate):
            try:
                await gate.get(id="wait")
            except BrokenError as error:
                print("broken")
        """
    path, gate = written(tmp_path, source), Gate()
    process = await node.spawn(path, stdout="capture", capabilities={"gate": gate})
    async with asyncio.timeout(CAP):
        await gate.asked.wait()
        process.channel.close()
        assert await process.monitor() == Exited(0)
    assert await process.stdout.read() == b"broken\n"


async def test_there_is_one_connection(node, tmp_path):
    source = """
        from wetware.errors import LocalError
        from wetware.guest.channel import open_streams
        async def work(host, gate):
            for another in (connect().__aenter__, open_streams):
                try:
                    await another()
                except LocalError:
                    print("refused")
        """
    assert await told(node, tmp_path, source) == ["refused", "refused"]
