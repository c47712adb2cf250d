"""The membership in simulated time. A case is its seed: `WW_SEED=7 pytest -k histories` plays it again."""

import os
import random

import pytest
from cluster_simulation import Recovered, Superseded, Suspected, World, full, peer_number

# two that have found something stand beside the first fifty
SEEDS = [int(os.environ["WW_SEED"])] if "WW_SEED" in os.environ else [*range(50), 152, 155]
MORE = range(50, 400)


def history(seed):
    """A small cluster through everything that can happen to it, one thing after the other."""
    chance = random.Random(seed)
    count = chance.randint(3, 12)
    world = World(seed, loss=chance.choice([0.0, 0.02, 0.1]), delay=(0.001, chance.choice([0.01, 0.2])))
    peers = [world.start(number) for number in range(count)]
    joined = world.until(world.agree, 5)

    # under loss, delay and stalls below the threshold, nobody is ever removed
    quiet = world.now
    for _ in range(6):
        world.freeze(chance.choice(peers), chance.uniform(0.2, 2.0))
        world.jump(chance.choice(peers), chance.uniform(0, 1e5))
        world.run(chance.uniform(2, 5))
    assert not world.removals(quiet), f"seed {seed}: {world.story()}"

    # a death is seen by all in time, and nothing else is; one that ran late by habit was given more of it
    victim = chance.choice(peers[1:])
    patience = world.patience()
    world.crash(victim)
    died = world.until(world.agree, 5.0 * patience)
    others = set(world.nodes) - {victim}
    removed = world.removals(quiet)
    assert {(node, event.peer) for _, node, event in removed} == {(node, victim) for node in others}
    assert len(removed) == len(others), f"seed {seed}: {world.story()}"

    # the same key started again converges at once, and its old epoch is forgotten
    world.start(next(n for n in range(count) if peer_number(n) == victim))
    world.until(world.agree, 5)

    # a partition: each side sees itself; healed, all see all
    world.until(lambda: world.patience() == 1, 30)
    world.run(15)  # until all know that nobody is late
    chance.shuffle(peers)
    cut = chance.randint(1, count - 1)
    world.partition(peers[:cut], peers[cut:])
    world.until(lambda: world.agree(peers[:cut]) and world.agree(peers[cut:]), 25)
    world.heal()
    world.until(world.agree, 30)

    # a node that is cut off one way and back
    world.partition(peers[1:], peers[:1], both=False)
    world.run(chance.uniform(1, 12))
    world.heal()
    world.until(world.agree, 30)

    world.run(5)  # who was about to be given up at that moment is, and is back

    # restarts without the others noticing the end
    for number in range(min(count, 3)):
        peer = peer_number(number)
        world.crash(peer)
        world.start(number, contacts=[n for n in range(count) if n != number])
    world.until(world.agree, 10)
    quiet = world.now
    world.run(15)
    assert not world.removals(quiet), f"seed {seed}: {world.story()}"
    return joined, died


@pytest.mark.parametrize("seed", SEEDS)
def test_histories(seed):
    history(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", MORE)
def test_more_histories(seed):
    history(seed)


def test_a_seed_is_a_history():
    def play():
        world = World(3, loss=0.1)
        for number in range(5):
            world.start(number)
        world.run(20)
        world.crash(peer_number(2))
        world.run(10)
        return world.events, world.sent

    assert play() == play()


@pytest.mark.parametrize("seed", range(5))
def test_one_way_cut_off(seed):
    """One node hears nobody: it loses all others, which may lose that one, and none of each other."""
    world = World(seed)
    peers = [world.start(number) for number in range(10)]
    world.until(world.agree, 5)
    deaf = peers[seed]
    world.partition([p for p in peers if p != deaf], [deaf], both=False)
    world.until(lambda: world.sees(deaf) == {deaf}, 6)
    world.run(20)
    assert {event.peer for _, node, event in world.removals() if node != deaf} <= {deaf}
    world.heal()
    world.until(world.agree, 15)


@pytest.mark.parametrize("seed", range(5))
def test_one_broken_link_removes_nobody(seed):
    """Two nodes do not reach each other, and everybody else does: the others vouch for both."""
    world = World(seed, loss=0.05)
    peers = [world.start(number) for number in range(6)]
    world.until(world.agree, 5)
    world.partition(peers[:1], peers[1:2], both=seed % 2 == 0)
    world.run(60)
    assert not world.removals()
    assert any(isinstance(event, Suspected) for _, _, event in world.events)
    assert any(isinstance(event, Recovered) for _, _, event in world.events)
    assert world.agree()


def test_clock_behind_at_restart():
    """A node whose clock has jumped back starts with an epoch below its last one."""
    world = World(1)
    peers = [world.start(number, epoch=1000) for number in range(5)]
    world.until(world.agree, 5)
    world.crash(peers[2])
    world.start(2, epoch=10)
    world.until(world.agree, 10)
    assert world.nodes[peers[2]].core.epoch == 1001
    told = [event for _, node, event in world.events if isinstance(event, Superseded)]
    assert [event.epoch for event in told] == [1001]


def test_everybody_stalls_at_once():
    """The machine sleeps for an hour with all nodes on it: nobody is removed by anybody."""
    world = World(2)
    peers = [world.start(number) for number in range(8)]
    world.until(world.agree, 5)
    for peer in peers:
        world.freeze(peer, 3600)
    world.run(3700)
    assert not world.removals()
    assert world.agree()


def test_a_long_stall_is_a_death_that_heals():
    world = World(3)
    peers = [world.start(number) for number in range(5)]
    world.until(world.agree, 5)
    world.freeze(peers[1], 20)
    world.until(lambda: world.agree(p for p in peers if p != peers[1]), 5)
    world.run(20)
    world.until(world.agree, 5)
    assert {event.peer for _, _, event in world.removals()} == {peers[1]}


def test_five_minutes_of_stalls_without_a_removal():
    """Every node stalls again and again, up to the threshold of dead_after - interval - a tick's worth."""
    world = World(4, loss=0.02)
    peers = [world.start(number) for number in range(8)]
    world.until(world.agree, 5)
    chance = random.Random(4)
    end, awake = world.now + 300, dict.fromkeys(peers, 0.0)
    while world.now < end:
        peer = chance.choice(peers)
        if world.now > awake[peer] + 1.5:  # time for a heartbeat between two stalls
            stall = chance.uniform(0.5, 2.7)
            awake[peer] = world.now + stall
            world.freeze(peer, stall)
        world.run(chance.uniform(0.1, 1))
    assert not world.removals(), world.story()


def overload(seed, count, cost, seconds):
    """All nodes are so busy that what they usually say to each other would be too much."""
    world = World(seed)
    peers = [world.start(number) for number in range(count)]
    world.until(world.agree, 5)
    for peer in peers:
        world.slow(peer, cost * world.random.uniform(0.5, 1.5))
    world.run(seconds)
    assert not world.removals(), world.story()
    victim = world.random.choice(peers)
    patience = world.patience()
    assert patience > 1
    world.crash(victim)
    world.until(world.agree, 5 * patience**2)  # one that is late is waited for by others that are late
    assert {event.peer for _, _, event in world.removals()} == {victim}
    for peer in world.nodes:
        world.slow(peer, 0.0)
    world.run(60)
    assert world.patience() == 1
    assert {event.peer for _, _, event in world.removals()} == {victim}
    world.crash(next(iter(world.nodes)))
    world.until(world.agree, 5)


@pytest.mark.parametrize(("count", "cost"), [(3, 0.1), (10, 0.05), (20, 0.05)])
def test_overload_removes_nobody(count, cost):
    overload(count, count, cost, 60)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_long_overload_removes_nobody(seed):
    chance = random.Random(seed)
    overload(seed, chance.randint(10, 50), chance.uniform(0.02, 0.08), 600)


def test_one_late_node_among_others():
    """It is given time, and nobody else is; and who is in time is not held up by it."""
    world = World(8)
    peers = [world.start(number) for number in range(10)]
    world.until(world.agree, 5)
    world.slow(peers[3], 0.1)
    world.run(120)
    assert not world.removals(), world.story()
    assert [peer for peer in peers if world.nodes[peer].core.lag] == [peers[3]]
    world.crash(peers[5])
    others = set(peers) - {peers[5]}
    world.until(lambda: all(peers[5] not in world.sees(peer) for peer in others - {peers[3]}), 5)


def test_taking_leave():
    world = World(5)
    peers = [world.start(number) for number in range(12)]
    world.until(world.agree, 5)
    node = world.nodes[peers[3]]
    world._carry_out(node, node.core.leave(node.clock(world)))
    world.run(0.05)
    world.crash(peers[3])
    assert world.until(world.agree, 5) < 1.5
    assert {event.why for _, _, event in world.removals()} == {"left"}


def big(seed, count, seconds):
    """A large membership: its message cost, a death, a join."""
    world = full(seed, count, loss=0.01)
    world.run(2)
    world.sent.clear()
    started = world.now
    world.run(seconds)
    cost = {name: number / count / (world.now - started) for name, number in world.sent.items()}
    assert not world.removals(), f"seed {seed}: {world.removals()[:5]}"
    victim = peer_number(count // 2)
    world.crash(victim)
    died = world.until(lambda: all(victim not in n.core.table for n in world.nodes.values()), 10)
    joiner = world.start(count, contacts=(3,))
    joined = world.until(world.agree, 10)
    assert {event.peer for _, _, event in world.removals()} == {victim}
    assert joiner in world.nodes
    print(
        f"{count} nodes: {sum(cost.values()):.1f} messages/s per node "
        f"({', '.join(f'{name} {number:.2f}' for name, number in sorted(cost.items()))}); "
        f"death seen by all in {died:.1f} s, join in {joined:.1f} s"
    )
    return sum(cost.values()), died, joined


def test_a_hundred_nodes():
    cost, died, joined = big(1, 100, 20)
    assert cost < 25
    assert died <= 5
    assert joined <= 2


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_thousand_nodes():
    cost, died, joined = big(1, 1000, 10)
    assert cost < 40
    assert died <= 5
    assert joined <= 3
