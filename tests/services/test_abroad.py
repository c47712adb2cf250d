"""Processes of several nodes: links, sessions on other nodes, and what becomes of all at a loss."""

import asyncio
import gc
import itertools

import pytest
from memory_cluster import CAP, EXIT_7, KILLED, SLEEP, Cluster, Imposter, key_of, until

from wetware.capnp.client import hook_of
from wetware.capnp.exceptions import CallError, DisconnectedError, UnimplementedError
from wetware.errors import RemoteError
from wetware.process.reasons import Exited, Killed, Linked, NodeLost
from wetware.schema.core_capnp import Session
from wetware.schema.peering_capnp import LinkEnd, Witness, Witness_Server
from wetware.services.facade import ExecutorFacade, ProcessFacade
from wetware.services.links import ForeignProcess, LinkEndServer
from wetware.services.remote import RemoteNode

LIVING = ("runnable", "running", "waiting")


class World:
    """Three nodes, and a client of each.

    Attributes:
        nodes: the nodes themselves.
        at: the nodes as the clients see them.
    """

    async def __aenter__(self):
        self.cluster = await Cluster(3).__aenter__()
        self.nodes, self.members = self.cluster.nodes, self.cluster.members
        self.at = [(await self.cluster.client(number)).node for number in range(3)]
        return self

    async def __aexit__(self, *error):
        await self.cluster.__aexit__(*error)

    def local(self, process):
        """The process itself, on its own node."""
        number = [node.peer for node in self.at].index(process.node.peer)
        return self.nodes[number].find(process.pid)

    def links(self):
        """How many halves each node keeps."""
        return [len(node.guests.abroad.links._kept) for node in self.nodes]

    def cut(self, one, two):
        """Lose every connection between two nodes."""
        for a, b in ((one, two), (two, one)):
            if self.members[b].me in self.members[a].connections:
                self.members[a].cut(self.members[b].me)
            self.members[a].unreachable.add(self.members[b].me)


@pytest.fixture
async def world():
    async with asyncio.timeout(CAP), World() as made:
        yield made


# --- links ---
async def test_the_end_of_one_is_the_end_of_the_other(world):
    for first, second in itertools.permutations(range(2)):
        one, two = await world.at[first].spawn(SLEEP), await world.at[second].spawn(SLEEP)
        await one.link(two)
        await two.kill()
        assert await one.monitor() == Linked(two.address, two.address)
        assert str(await one.monitor()) == f"ended with linked process {two.address}"
        assert await one.wait() == KILLED
    assert world.links() == [0, 0, 0]


async def test_a_normal_end_is_an_end(world, c_program):
    one = await world.at[0].spawn(SLEEP)
    two = await world.at[1].spawn(c_program("cat"), stdin="pipe", link=one)
    await two.stdin.write_eof()
    assert await two.monitor() == Exited(0)
    assert (await one.monitor()).origin == two.address


async def test_the_reason_names_origin_and_neighbour(world):
    """A chain over three nodes, with a step inside one of them."""
    one, two = await world.at[0].spawn(SLEEP), await world.at[1].spawn(SLEEP)
    beside, three = await world.at[1].spawn(SLEEP), await world.at[2].spawn(SLEEP)
    await one.link(two)
    await two.link(beside)
    await beside.link(three)
    await one.kill()
    assert await two.monitor() == Linked(one.address, one.address)
    assert await beside.monitor() == Linked(one.address, two.address)
    assert await three.monitor() == Linked(one.address, beside.address)
    four, five = await world.at[1].spawn(SLEEP), await world.at[1].spawn(SLEEP)
    six = await world.at[0].spawn(SLEEP)
    await four.link(five)
    await five.link(six)
    await four.kill()
    assert await six.monitor() == Linked(four.address, five.address)


async def test_a_process_that_the_node_itself_has_spawned(world):
    mine = await world.nodes[0].spawn(SLEEP)
    far = await world.at[1].spawn(SLEEP)
    await far.link(world.nodes[0].guests.capability(mine))
    await far.kill()
    assert str(await mine.monitor()) == f"ended with linked process {far.address}"


async def test_rings_end(world):
    ring = [await world.at[number % 3].spawn(SLEEP) for number in range(9)]
    for one, two in zip(ring, [*ring[1:], ring[0]], strict=True):
        await one.link(two)
    await ring[4].kill()
    reasons = [await process.monitor() for process in ring]
    assert reasons[4] == Killed()
    assert {str(reason.origin) for number, reason in enumerate(reasons) if number != 4} == {ring[4].address}
    await until(lambda: world.links() == [0, 0, 0])


async def test_crossing_links(world):
    """All at once, both ways, itself included: nobody waits for anybody, and each link is one."""
    many = [await world.at[number % 3].spawn(SLEEP) for number in range(9)]
    await asyncio.gather(*(one.link(two) for one in many for two in many for _ in range(2)))
    for process in many:
        entry = world.local(process).entry
        assert len(entry.foreign) == 6
        assert len(entry.links or ()) == 2
    await many[0].kill()
    for process in many[1:]:
        assert (await process.monitor()).origin == many[0].address
    await until(lambda: world.links() == [0, 0, 0])
    assert all(not node.ps() for node in world.nodes)


async def test_linking_and_unlinking_across_each_other(world):
    one, two = await world.at[0].spawn(SLEEP), await world.at[1].spawn(SLEEP)
    for _ in range(20):
        await asyncio.gather(one.link(two), two.unlink(one), two.link(one), one.unlink(two))
        assert len(world.local(one).entry.foreign or ()) == len(world.local(two).entry.foreign or ())
    await one.unlink(two)
    for process in (one, two):
        assert not world.local(process).entry.foreign
    await one.kill()
    await one.monitor()
    assert (await two.info()).state in LIVING


@pytest.mark.parametrize("by", [0, 1])
async def test_unlink_from_either_side(world, by):
    pair = [await world.at[0].spawn(SLEEP), await world.at[1].spawn(SLEEP)]
    await pair[0].link(pair[1])
    await pair[by].unlink(pair[1 - by])
    await pair[by].unlink(pair[1 - by])  # of one that is not linked: no effect
    assert world.links() == [0, 0, 0]
    await pair[0].kill()
    await pair[0].monitor()
    await pair[1].unlink(pair[0])  # nor of one that has ended
    assert (await pair[1].info()).state in LIVING


async def test_a_link_with_one_that_has_ended(world):
    dead = await world.at[1].spawn(EXIT_7)
    await dead.monitor()
    living = await world.at[0].spawn(SLEEP)
    await living.link(dead)
    assert await living.monitor() == Linked(dead.address, dead.address)
    other = await world.at[0].spawn(SLEEP)
    await dead.link(other)
    assert (await other.monitor()).origin == dead.address


async def test_a_cut_connection_ends_links_on_both_sides(world):
    one, two = await world.at[0].spawn(SLEEP), await world.at[1].spawn(SLEEP)
    bystander = await world.at[1].spawn(SLEEP)
    await one.link(two)
    world.cut(0, 1)
    reasons = await asyncio.gather(one.monitor(), two.monitor())
    assert reasons == [
        Linked(two.address, two.address, lost=True),
        Linked(one.address, one.address, lost=True),
    ]
    assert "whose node was lost" in str(reasons[0])
    assert (await bystander.info()).state in LIVING


async def test_the_end_of_a_node_ends_links(world):
    """In good order: its processes end with it, and those linked with them are told why."""
    one, two = await world.at[0].spawn(SLEEP), await world.at[1].spawn(SLEEP)
    await one.link(two)
    await world.nodes[1].drain()
    assert await one.monitor() == Linked(two.address, two.address)


async def test_a_link_with_what_cannot_be_reached(world):
    one, two = await world.at[0].spawn(SLEEP), await world.at[1].spawn(SLEEP)
    world.cut(0, 1)
    await one.link(two)
    assert await one.monitor() == Linked(two.address, two.address, lost=True)
    assert (await two.info()).state in LIVING


async def test_a_link_outlives_the_client_that_made_it(world):
    """It goes from node to node, whoever asked for it."""
    one, two = (
        (await world.at[0].spawn(SLEEP, detached=True)),
        (await world.at[1].spawn(SLEEP, detached=True)),
    )
    locals_ = [world.local(one), world.local(two)]
    await one.link(two)
    for client in world.cluster.clients:
        await client.close()
    assert all(process.reason is None for process in locals_)
    locals_[0].kill()
    assert (await locals_[1].monitor()).kind == "linked"


async def test_a_link_holds_nobody(world):
    """A process whose client is lost ends, though a process elsewhere is linked with it."""
    client = await world.cluster.client(1, "leaver")
    one, two = await world.at[0].spawn(SLEEP), await client.node.spawn(SLEEP)
    await one.link(two)
    client.end.kill("the cable was cut")
    assert await one.monitor() == Linked(two.address, two.address)


async def test_a_process_that_comes_home(world):
    """Two processes of one node, each held through other nodes, are linked there."""
    far = await world.at[1].dial(world.members[0].me.binary)
    one, two = await world.at[0].spawn(SLEEP), await far.spawn(SLEEP)
    await one.link(two)
    await two.link(one)
    assert len(world.local(one).entry.links) == 1
    assert world.links() == [0, 0, 0]
    await one.unlink(two)
    assert not world.local(one).entry.links


async def test_a_refused_half_is_undone(world):
    one, two = await world.at[0].spawn(SLEEP), await world.at[1].spawn(SLEEP)
    for full, other in ((0, 1), (1, 0)):
        table = world.nodes[full].guests.executor.table
        most, table.max_links = table.max_links, 0
        for pair in ((one, two), (two, one)):
            with pytest.raises(CallError, match="links"):
                await pair[0].link(pair[1])
        table.max_links = most
        table = world.nodes[other].guests.executor.table
        most, table.max_monitors = table.max_monitors, 0
        for pair in ((one, two), (two, one)):
            with pytest.raises(CallError, match="monitors"):
                await pair[0].link(pair[1])
        table.max_monitors = most
    for process in (one, two):
        assert not world.local(process).entry.foreign
        assert not world.local(process).entry.monitors
    assert world.links() == [0, 0, 0]
    await one.link(two)  # and afterwards all is well


@pytest.mark.parametrize("by", [0, 1])
async def test_what_is_asked_in_a_row(world, by):
    """None of it waited for: it is done in that order, the dialling of the other node included."""
    pair = [await world.at[0].spawn(SLEEP), await world.at[1].spawn(SLEEP)]
    one, two = pair[by], pair[1 - by]
    for last in ("link", "unlink", "link", "unlink"):
        asked = [getattr(one, verb)(two) for verb in ("link", "unlink", "unlink", "link", last)]
        await asyncio.gather(*asked)
        assert len(world.local(one).entry.foreign or ()) == len(world.local(two).entry.foreign or ())
        assert bool(world.local(one).entry.foreign) == (last == "link")


@pytest.mark.parametrize("by", [0, 1])
@pytest.mark.parametrize("verb", ["link", "unlink"])
async def test_whoever_asks_for_a_link_may_go(world, by, verb):
    """In whichever moment that is."""
    pair = [await world.at[0].spawn(SLEEP), await world.at[1].spawn(SLEEP)]
    entries = [world.local(process).entry for process in pair]
    for turns in range(25):
        if verb == "unlink":
            await pair[by].link(pair[1 - by])
        asks = asyncio.ensure_future(getattr(pair[by], verb)(pair[1 - by]))
        for _ in range(turns):
            await asyncio.sleep(0)
        asks.cancel()
        await asyncio.wait([asks])
        if verb == "link":
            await pair[1 - by].unlink(pair[by])
        await until(lambda: len(entries[0].foreign or ()) == len(entries[1].foreign or ()))
    await pair[1 - by].unlink(pair[by])
    await until(lambda: not any(entry.foreign or entry.monitors for entry in entries))


async def test_an_undoing_that_comes_late(world):
    """It came with a half in whose place there is another by now."""
    one, two = await world.at[0].spawn(SLEEP), await world.at[1].spawn(SLEEP)
    decides, follows = sorted(range(2), key=lambda number: world.members[number].me.binary)
    here = world.local([one, two][follows])
    links = world.nodes[follows].guests.abroad.links
    end = LinkEnd(hook_of(LinkEndServer(links, here, world.members[decides].me)))
    there = world.local([one, two][decides])
    witness = Witness(hook_of(_Witness()))
    early = (await end.link(id=there.id, pid=there.pid, witness=witness)).half
    late = (await end.link(id=there.id, pid=there.pid, witness=witness)).half
    await early.undo()
    assert here.entry.foreign
    assert sum(world.links()) == 1
    await late.undo()
    await late.undo()
    assert not here.entry.foreign
    assert sum(world.links()) == 0


async def test_one_node_decides(world):
    """The other one is not believed when it does."""
    one, two = await world.at[0].spawn(SLEEP), await world.at[1].spawn(SLEEP)
    decides, follows = sorted(range(2), key=lambda number: world.members[number].me.binary)
    to_the_other = await world.members[decides].peering(world.members[follows].me)
    to_the_first = await world.members[follows].peering(world.members[decides].me)
    references = [bytes((await process.capability.address()).reference) for process in (one, two)]
    end = (await to_the_first.process(reference=references[decides])).end
    with pytest.raises(RemoteError, match="this node that decides"):
        await end.link(id=1, pid=2, witness=_Witness())
    with pytest.raises(RemoteError, match="other node that decides"):
        await to_the_other.decide(reference=references[follows], linked=True, id=1, pid=2, end=end)
    assert world.links() == [0, 0, 0]


class _Witness(Witness_Server):
    """Of a process that never ends."""

    async def ended(self, *, context):
        await asyncio.Event().wait()


async def test_witnesses_are_let_go(world):
    """Linking and unlinking again and again leaves nothing behind."""
    one, two = await world.at[0].spawn(SLEEP), await world.at[1].spawn(SLEEP)
    for _ in range(100):
        await one.link(two)
        await two.unlink(one)
    entries = [world.local(process).entry for process in (one, two)]
    await until(lambda: not any(entry.monitors for entry in entries))


async def test_a_false_process(world):
    one, two = await world.at[0].spawn(SLEEP), await world.at[1].spawn(SLEEP)
    guess = bytes(16)
    for node in (world.members[0].me, world.members[1].me):
        with pytest.raises(RemoteError, match="nobody holds it"):
            await one.link(Imposter(node.binary, guess, two.pid))
        with pytest.raises(RemoteError, match="nobody holds it"):
            await one.unlink(Imposter(node.binary, guess, two.pid))
    with pytest.raises(RemoteError, match="one cluster"):
        await one.link(Imposter(b"", guess, two.pid))
    with pytest.raises(RemoteError, match="peer id"):
        await one.link(Imposter(b"nonsense", guess, two.pid))
    assert (await one.info()).state in LIVING
    assert (await two.info()).state in LIVING


async def test_a_reference_lasts_as_long_as_its_holder(world):
    one = await world.at[0].spawn(SLEEP, detached=True)
    reference = bytes((await one.capability.address()).reference)
    assert bytes((await one.capability.address()).reference) == reference
    abroad = world.nodes[0].guests.abroad
    assert abroad.addressed(reference).process.pid == one.pid
    del one
    await until(lambda: abroad.addressed(reference) is None)


async def test_links_of_a_node_in_no_cluster():
    async with asyncio.timeout(CAP), Cluster(1) as alone, World() as world:
        process, other = await (await alone.client()).node.spawn(SLEEP), await world.at[0].spawn(SLEEP)
        for pair in ((process, other), (other, process)):
            with pytest.raises(UnimplementedError, match="one cluster"):
                await pair[0].link(pair[1])


def test_the_name_of_a_process_elsewhere():
    name = ForeignProcess("12D3", 5, 7)
    assert str(name) == "7@12D3"
    assert name == ForeignProcess("12D3", 5, 9)  # its number is for people
    assert name != ForeignProcess("12D3", 6, 7)


# --- waits and monitors ---
async def test_waits_through_another_node(world):
    """A wait that goes through a node in between fires once, and ends with the node in between."""
    far = await world.at[0].dial(world.members[1].me.binary)
    process = await far.spawn(SLEEP)
    waits = [asyncio.ensure_future(process.monitor()) for _ in range(10)]
    await process.info()
    await process.kill()
    assert await asyncio.gather(*waits) == [Killed()] * 10
    process = await far.spawn(SLEEP)
    wait = asyncio.ensure_future(process.monitor())
    await process.info()
    world.cut(0, 1)
    assert await wait == NodeLost(world.at[1].peer)
    with pytest.raises(DisconnectedError):
        await process.kill()
    await until(lambda: not world.nodes[1].ps())  # and nothing is orphaned


# --- dialling ---
async def test_a_dialled_session_is_the_callers(world):
    there = await world.at[0].dial(world.members[1].me.binary)
    assert there.peer == world.members[1].me.text
    assert await world.at[0].dial(world.members[0].me.binary) is None  # this very node
    process = await there.spawn(EXIT_7)
    assert await process.wait() == 7
    assert process.node.peer == there.peer
    farther = await there.dial(world.members[2].me.binary)
    held = await farther.spawn(SLEEP)
    [tenancy] = {
        facade.tenancy
        for facade in gc.get_objects()
        if type(facade) is ExecutorFacade and facade.tenancy and world.local(held) in set(facade.tenancy)
    }
    assert tenancy.account == key_of("somebody").peer


async def test_a_denied_account(world):
    world.members[1].denied.add(key_of("somebody").peer)
    with pytest.raises(RemoteError, match="may not log in here"):
        await world.at[0].dial(world.members[1].me.binary)
    # whoever introduces it does not lend it his own name
    other = (await world.cluster.client(0, "other")).node
    assert await (await other.dial(world.members[1].me.binary)).ps() == []


async def test_a_node_that_nobody_knows(world):
    with pytest.raises(RemoteError, match="cannot reach"):
        await world.at[0].dial(key_of("nobody").peer.binary)
    with pytest.raises(RemoteError, match="peer id"):
        await world.at[0].dial(b"nonsense")


async def test_dialling_is_denied_by_default(world):
    narrowed = RemoteNode(Session.new(exec=(await world.at[0].executor.narrowed()).executor))
    with pytest.raises(RemoteError, match="reaches no other node"):
        await narrowed.dial(world.members[1].me.binary)
    root = await world.nodes[0].spawn(SLEEP)
    for whole in (False, True):
        view = ExecutorFacade(world.nodes[0].guests, root, whole=whole)
        if whole:
            assert (await view.dial_peer(peer_id=world.members[1].me.binary, context=None))["session"]
        else:
            with pytest.raises(RemoteError, match="reaches no other node"):
                await view.dial_peer(peer_id=world.members[1].me.binary, context=None)
    root.kill()
    await root.monitor()
    with pytest.raises(RemoteError, match="ending"):
        await view.dial_peer(peer_id=world.members[1].me.binary, context=None)


async def test_a_node_in_no_cluster_dials_nobody():
    async with asyncio.timeout(CAP), Cluster(1) as alone:
        with pytest.raises(UnimplementedError, match="no cluster"):
            await (await alone.client()).node.dial(key_of("x").peer.binary)


async def test_a_lost_client_leaves_nothing_on_other_nodes(world):
    client = await world.cluster.client(0, "leaver")
    far = await client.node.dial(world.members[1].me.binary)
    for _ in range(3):
        await far.spawn(SLEEP)
    detached = await far.spawn(SLEEP, detached=True)
    client.end.kill("the cable was cut")
    await until(lambda: [row.pid for row in world.nodes[1].ps()] == [detached.pid])


async def test_every_process_tells_its_node(world):
    process = await world.at[1].spawn(SLEEP)
    assert [row.node for row in await world.at[1].ps()] == [world.members[1].me.text]
    assert (await process.info()).node == world.members[1].me.text
    facade = ProcessFacade(ExecutorFacade(world.nodes[1].guests, None), world.local(process))
    assert (await facade.info(context=None))["info"]["node"] == world.members[1].me.text
