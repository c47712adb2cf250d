"""What goes wrong, and who changes the group meanwhile.

Each fault is one method of `Nemesis`; `strike` picks one. Everything here only uses what an operator, a bad
network, a bad disk or a bad clock could do.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from wetware.raft.core import Change, ChangeType, ConfChange, ConfState, EntryType, Role, Transition
from wetware.raft.testing.disk import CrashedError

if TYPE_CHECKING:
    from wetware.raft.core import RawNode
    from wetware.raft.testing.server import Server
    from wetware.raft.testing.simulation import Simulation

__all__ = ["Nemesis"]

MOST_MEMBERS = 7
MOST_VOTERS = 5


class Nemesis:
    """The adversary, and the administrator who works under fire.

    Args:
        world: the simulation.
    """

    def __init__(self, world: Simulation) -> None:
        self._world = world
        self._struck = [
            *[self._crash] * 3,
            *[self._crash_while_writing] * 3,
            *[self._part] * 3,
            *[self._part_one_way] * 2,
            *[self._heal] * 7,
            self._storm,
            self._pause,
            self._drift,
            self._fail_disk,
            self._damage,
            *[self.change_membership] * 5,
            *[self._transfer] * 2,
            self._campaign,
            self._forget_leader,
        ]

    def strike(self) -> None:
        """Do one thing, and come again."""
        world = self._world
        if world.ending:
            return
        blow = self._struck[world.below(len(self._struck))]
        world.count[blow.__name__.strip("_")] += 1
        blow()
        world.at(1 + world.below(2 * world.options.calm), self.strike)

    # machines

    def _any(self) -> Server | None:
        servers = [server for server in self._world.servers.values() if server.up]
        return servers[self._world.below(len(servers))] if servers else None

    def _crash(self) -> None:
        world = self._world
        victims = [self._any()] if world.chance(0.8) else list(world.servers.values())
        for server in victims:
            if server is not None and server.up:
                server.crash(power=world.chance(0.6))
                world.at(100 + world.below(2500), server.restart)

    def _crash_while_writing(self) -> None:
        """The power fails before one of the next operations of a disk, whichever that is."""
        server = self._any()
        if server is None:
            return
        limit = server.disk.operations + 1 + self._world.below(9)

        def watch(operation: str, name: str) -> None:
            if server.disk.operations >= limit:
                raise CrashedError(f"before {operation} of {name!r}")

        self._world.note(f"n{server.id} will crash while writing")
        server.disk.watch = watch

    def _pause(self) -> None:
        server = self._any()
        if server is not None and not server.paused:
            self._world.note(f"n{server.id} pauses")
            server.pause()
            self._world.at(100 + self._world.below(3000), server.resume)

    def _drift(self) -> None:
        server = self._any()
        if server is not None:
            slowest, fastest = self._world.options.drift
            server.period = 10_000 // (slowest + self._world.below(fastest - slowest + 1))
            self._world.note(f"n{server.id} ticks every {server.period}")

    def _fail_disk(self) -> None:
        server = self._any()
        if server is not None:
            world = self._world
            operation = ["sync", "sync", "write", "create", "rename", "sync_names"][world.below(6)]
            server.disk.fail(operation, [errno.EIO, errno.ENOSPC][world.below(2)], skip=world.below(4))
            world.note(f"n{server.id}'s disk will fail a {operation}")

    def _damage(self) -> None:
        """Flip a bit on the disk of a stopped node: it must find that, and then it is lost for good.

        So it must be one without which the rest can go on, and no change under way may alter who the rest
        is. The process is killed, not the power: a last batch that is damaged after a power failure cannot
        be told from a torn one.
        """
        world = self._world
        membership = world.membership
        if any(server.lost or server.damaged for server in world.servers.values()):
            return
        if membership.voters_outgoing or len(membership.voters) < 3 or not self._settled(membership):
            return
        server = world.servers[membership.voters[world.below(len(membership.voters))]]
        if not server.up:
            return
        server.crash(power=False)
        names = [name for name in server.disk.names() if name.endswith((".segment", ".snapshot"))]
        name = names[world.below(len(names))]
        bit = world.below(8 * len(server.disk.contents(name)))
        server.disk.flip(name, bit)
        server.damaged = True
        world.note(f"n{server.id}'s file {name} has bit {bit} flipped")
        world.at(100 + world.below(1000), server.restart)

    def _settled(self, membership: ConfState) -> bool:
        """Whether every voter runs, knows the membership, and has no further change of it in its log."""
        for node_id in membership.voters:
            server = self._world.servers[node_id]
            if server.node is None or server.log is None or server.conf_state != membership:
                return False
            last = server.log.last_index()
            if server.node.status().last_index != last:
                return False
            if last > server.applied:
                entries = server.log.entries(server.applied + 1, last + 1, 1 << 60)
                if any(entry.type is not EntryType.NORMAL for entry in entries):
                    return False
        return not self._world.is_change_under_way()

    # the network

    def _sides(self) -> tuple[list[int], list[int]]:
        world = self._world
        ids = sorted(node_id for node_id, server in world.servers.items() if not server.retired)
        world.rng.shuffle(ids)
        size = 1 + world.below(max(1, len(ids) // 2))
        return ids[:size], ids[size:]

    def _part(self) -> None:
        one, other = self._sides()
        self._world.note(f"part {one} {other}")
        self._world.network.part(one, other)

    def _part_one_way(self) -> None:
        one, other = self._sides()
        if self._world.chance(0.5):
            one, other = other, one
        self._world.note(f"part {one} -> {other}")
        self._world.network.part(one, other, both_ways=False)

    def _heal(self) -> None:
        world = self._world
        world.note("heal")
        world.network.heal()
        world.network.duplication = world.options.duplication

    def _storm(self) -> None:
        self._world.note("storm")
        self._world.network.loss = self._world.options.loss

    # the group

    def _leader(self) -> Server | None:
        leaders = [
            server
            for server in self._world.servers.values()
            if server.node is not None and server.node.role is Role.LEADER
        ]
        return leaders[self._world.below(len(leaders))] if leaders else None

    def _transfer(self) -> None:
        leader, world = self._leader(), self._world
        if leader is not None and leader.conf_state.voters:
            target = leader.conf_state.voters[world.below(len(leader.conf_state.voters))]
            world.note(f"n{leader.id} is asked to hand over to n{target}")
            leader.ask(lambda node: node.transfer_leader(target))

    def _campaign(self) -> None:
        server = self._any()
        if server is not None:
            self._world.note(f"n{server.id} is asked to campaign")
            server.ask(lambda node: node.campaign())

    def _forget_leader(self) -> None:
        server = self._any()
        if server is not None:
            self._world.note(f"n{server.id} is asked to forget its leader")
            server.ask(lambda node: node.forget_leader())

    def change_membership(self) -> None:
        """Propose a change that an administrator might, of whichever node believes to lead."""
        leader, world = self._leader(), self._world
        if leader is None:
            return
        change = self._change(leader.conf_state)
        if change is None:
            return
        v1 = len(change.changes) == 1 and not change.enters_joint and world.chance(0.3)

        def propose(node: RawNode) -> object:
            return node.propose_conf_change(change, v1=v1)

        if leader.ask(propose):
            world.note(f"n{leader.id} is asked for {change.changes} {change.transition.name}")
            world.count["membership changes proposed"] += 1
            for part in change.changes:
                if part.type is not ChangeType.REMOVE:
                    world.boot(part.node_id)

    def _change(self, now: ConfState) -> ConfChange | None:
        world = self._world
        if now.voters_outgoing:
            return None if now.auto_leave else ConfChange.leave_joint()
        lost = [node_id for node_id in (*now.voters, *now.learners) if world.servers[node_id].lost]
        if lost or world.ending:
            return ConfChange.remove(lost[0]) if lost else None
        if any(server.damaged for server in world.servers.values()):
            return None
        if world.chance(0.35):
            parts = [part for part in (self._part_of_change(now) for _ in range(world.below(3) + 1)) if part]
            names = {part.node_id for part in parts}
            removed = {part.node_id for part in parts if part.type is not ChangeType.ADD_VOTER}
            if not parts or len(names) < len(parts) or removed >= set(now.voters):
                return None
            transition = [Transition.AUTO, Transition.JOINT_IMPLICIT, Transition.JOINT_EXPLICIT][
                world.below(3)
            ]
            return ConfChange(tuple(parts), transition)
        single = self._part_of_change(now)
        return ConfChange((single,)) if single else None

    def _part_of_change(self, now: ConfState) -> Change | None:
        world = self._world
        voters, learners = now.voters, now.learners
        dice = world.below(10)
        if dice < 4 and len(voters) + len(learners) < MOST_MEMBERS:
            return Change(ChangeType.ADD_LEARNER, world.fresh_id())
        if dice < 5 and len(voters) < MOST_VOTERS:
            return Change(ChangeType.ADD_VOTER, world.fresh_id())
        if dice < 7 and learners and len(voters) < MOST_VOTERS:
            return Change(ChangeType.ADD_VOTER, learners[world.below(len(learners))])
        if dice < 8 and len(voters) > 1:
            return Change(ChangeType.ADD_LEARNER, voters[world.below(len(voters))])
        if dice < 9 and len(voters) > 1:
            return Change(ChangeType.REMOVE, voters[world.below(len(voters))])
        if learners:
            return Change(ChangeType.REMOVE, learners[world.below(len(learners))])
        return None
