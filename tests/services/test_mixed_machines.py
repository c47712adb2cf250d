"""Machines of different kinds in one cluster: the CID names the program, the compiled form is each machine's.

A node whose engine interprets stands for a machine of another architecture: it can run nothing that was
compiled for this one, nor the other way about.
"""

import asyncio

import pytest
from memory_cluster import CAP, EXIT_7, SLEEP, Cluster, Member

from wetware import Node
from wetware.errors import LocalError
from wetware.process.reasons import Killed, Linked, Trapped
from wetware.wasm.engine import Engine, InvalidModuleError, wat_to_wasm


@pytest.fixture
async def mixed():
    """A native and an interpreting node, each as a client sees it."""
    cluster = Cluster(1)
    cluster.nodes.append(Node(runners=1, interpreted=True))
    cluster.members.append(Member(cluster, cluster.nodes[1], "node 1"))
    async with asyncio.timeout(CAP), cluster:
        yield cluster, [(await cluster.client(number)).node for number in range(2)]


async def test_one_name_and_two_compiled_forms(mixed):
    cluster, (native, other) = mixed
    one = await native.spawn(EXIT_7)
    two = await other.spawn(one.cid)  # its bytes come from the first one, its compiled form does not
    assert (await one.wait(), await two.wait()) == (7, 7)
    assert one.cid == two.cid
    assert cluster.nodes[1].bytecode.get(one.cid) == wat_to_wasm(EXIT_7)


async def test_what_one_compiled_the_other_refuses(tmp_path):
    engines = [Engine(), Engine(interpreted=True)]
    module = wat_to_wasm(EXIT_7)
    try:
        for maker, user in (engines, engines[::-1]):
            path = tmp_path / maker.target.split()[0]
            compiled = maker.compile(module)
            path.write_bytes(compiled.serialize())
            maker.load(path).close()
            with pytest.raises(InvalidModuleError, match="compiled"):
                user.load(path)
            compiled.close()
    finally:
        for engine in engines:
            engine.close()
    assert engines[0].target != engines[1].target


async def test_real_programs_say_the_same(mixed, c_program):
    """Compiled in a child process, as all that is large and comes from elsewhere; the output is the same."""
    _, nodes = mixed
    said = []
    for node in nodes:
        process = await node.spawn(c_program("compute"), args=["12"], stdout="pipe")
        said.append((await process.stdout.read(), await process.wait()))
    assert said[0] == said[1]
    assert said[0][1] == 12


async def test_ends_are_the_same(mixed):
    _, nodes = mixed
    for node in nodes:
        trapped = await node.spawn(b'(module (func (export "_start") unreachable))')
        assert await trapped.monitor() == Trapped("unreachable instruction executed")
        spinning = await node.spawn(b'(module (func (export "_start") (loop $l (br $l))))')
        await spinning.pause(force=True)
        assert (await spinning.info()).state == "paused"
        await spinning.kill()
        assert await spinning.monitor() == Killed()


async def test_links_between_them(mixed):
    _, (native, other) = mixed
    one, two = await native.spawn(SLEEP), await other.spawn(SLEEP)
    await one.link(two)
    await two.kill()
    assert await one.monitor() == Linked(two.address, two.address)


async def test_a_program_of_one_node_is_not_anothers(mixed):
    cluster, _ = mixed
    program = await cluster.nodes[0].load(EXIT_7)
    with pytest.raises(LocalError, match="loaded by another node"):
        await cluster.nodes[1].spawn(program)
