"""Supervisors of real processes: here, and on nodes that are lost."""

import asyncio

import pytest
from memory_cluster import CAP, EXIT_7, SLEEP, Cluster, until

from wetware import Node
from wetware.errors import BrokenError, LocalError
from wetware.process.reasons import Killed
from wetware.services.supervisor import Backoff, Child, GaveUpError, Supervisor

OFTEN = {"intensity": 1000, "backoff": Backoff(0, 0)}


@pytest.fixture
async def node():
    async with asyncio.timeout(CAP), Node(runners=1) as made:
        yield made


def sleeper(node, name, **options):
    return Child(name, lambda: node.spawn(SLEEP), **options)


async def running(supervisor, name, but=None):
    """The child of this name, when it runs, and is another one."""
    await until(lambda: supervisor.running.get(name) not in (None, but))
    return supervisor.running[name]


async def test_a_child_is_started_again(node):
    async with Supervisor([sleeper(node, "a"), sleeper(node, "b")]) as supervisor:
        await supervisor.ready()
        a, b = supervisor.running["a"], supervisor.running["b"]
        a.kill()
        again = await running(supervisor, "a", but=a)
        assert again.pid != a.pid
        assert supervisor.running["b"] is b
    assert node.ps() == []


async def test_the_others_with_it(node):
    children = [sleeper(node, name) for name in "abc"]
    async with Supervisor(children, strategy="rest-for-one") as supervisor:
        await supervisor.ready()
        a, b, c = (supervisor.running[name] for name in "abc")
        b.kill()
        await running(supervisor, "b", but=b)
        await running(supervisor, "c", but=c)
        assert supervisor.running["a"] is a
        assert len(node.ps()) == 3
        assert await c.monitor() == Killed()


async def test_leaving_stops_everything(node):
    stopped = []
    children = [sleeper(node, name) for name in "abc"]

    async def fail():
        async with Supervisor(children, on_event=stopped.append) as supervisor:
            await supervisor.ready()
            raise ValueError("mine")

    with pytest.raises(ValueError, match="mine"):
        await fail()
    assert [text for text in stopped if text.endswith("is stopped")] == [
        "c is stopped",
        "b is stopped",
        "a is stopped",
    ]
    assert node.ps() == []


async def test_leaving_before_anything_runs(node):
    async with Supervisor([sleeper(node, "a")]):
        pass
    assert node.ps() == []


async def test_cancelling_stops_everything(node):
    async def supervise():
        async with Supervisor([sleeper(node, name) for name in "abc"]) as supervisor:
            await supervisor.wait()

    task = asyncio.ensure_future(supervise())
    await until(lambda: len(node.ps()) == 3)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert node.ps() == []


async def test_it_gives_up(node):
    children = [sleeper(node, "steady"), Child("a", lambda: node.spawn(EXIT_7))]
    async with Supervisor(children, intensity=5, backoff=Backoff(0, 0)) as supervisor:
        with pytest.raises(GaveUpError, match="a exited with code 7, and that is end 6 within 5 s"):
            await supervisor.wait()
        assert node.ps() == []


async def test_work_that_is_done(node):
    once = [Child("done", lambda: node.spawn(b'(module (func (export "_start")))'), restart="transient")]
    once.append(Child("failed", lambda: node.spawn(EXIT_7), restart="temporary"))
    async with Supervisor(once) as supervisor:
        await supervisor.wait()
        await supervisor.wait()
    assert supervisor.running == {}


async def test_what_cannot_be_started(node):
    tries = []

    async def broken():
        tries.append(1)
        if len(tries) < 4:
            raise BrokenError("nobody is there") if len(tries) % 2 else TypeError("a mistake")
        return await node.spawn(SLEEP)

    said = []
    async with Supervisor([Child("a", broken)], on_event=said.append, **OFTEN) as supervisor:
        await running(supervisor, "a")
    assert said[:2] == ["a could not be started (nobody is there)", "a could not be started (a mistake)"]
    assert len(tries) == 4


async def test_one_that_is_slow_to_start_is_stopped_when_it_runs(node):
    gate = asyncio.Event()

    async def slow():
        await gate.wait()
        return await node.spawn(SLEEP)

    async with Supervisor([Child("a", slow)]):
        asyncio.get_running_loop().call_soon(gate.set)
    assert node.ps() == []


async def test_wrong_use(node):
    with pytest.raises(LocalError, match="same name"):
        Supervisor([sleeper(node, "a"), sleeper(node, "a")])
    supervisor = Supervisor([])
    with pytest.raises(LocalError, match="async with"):
        await supervisor.wait()
    async with supervisor:
        await supervisor.wait()
    with pytest.raises(LocalError, match="another one"):
        async with supervisor:
            pass


# --- on other nodes ---
async def test_remote_children():
    async with asyncio.timeout(CAP), Cluster(2) as cluster:
        there = [(await cluster.client(number)).node for number in range(2)]
        children = [
            Child(f"c{number}", lambda node=node: node.spawn(SLEEP)) for number, node in enumerate(there)
        ]
        async with Supervisor(children, strategy="one-for-all") as supervisor:
            await supervisor.ready()
            first, second = supervisor.running["c0"], supervisor.running["c1"]
            await first.kill()
            await running(supervisor, "c0", but=first)
            await running(supervisor, "c1", but=second)
        await until(lambda: not any(node.ps() for node in cluster.nodes))


async def test_a_child_whose_node_is_lost():
    """It is started again elsewhere; the connection to the first one is gone."""
    async with asyncio.timeout(CAP), Cluster(2) as cluster:
        clients = [await cluster.client(number) for number in range(2)]
        places = iter(clients)
        said = []
        child = Child("roamer", lambda: next(places).node.spawn(SLEEP))
        async with Supervisor([child], on_event=said.append) as supervisor:
            await supervisor.ready()
            first = supervisor.running["roamer"]
            clients[0].end.kill("the cable was cut")
            second = await running(supervisor, "roamer", but=first)
            assert second.node is clients[1].node
            assert any(text.startswith("roamer lost with node") for text in said)
            # what has run there ends, since nobody holds it any more
            await until(lambda: not cluster.nodes[0].ps())
        await until(lambda: not cluster.nodes[1].ps())
