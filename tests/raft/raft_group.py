"""Small groups of nodes for the scenarios: a node with its storage, and a network that a test can cut."""

import contextlib
import random
from dataclasses import replace

from wetware.raft.core import (
    NO_LIMIT,
    ConfChange,
    Config,
    ConfState,
    Entry,
    EntryType,
    HardState,
    MemoryStorage,
    Message,
    MessageType,
    RawNode,
    Role,
    Snapshot,
)
from wetware.raft.core.errors import DroppedError, PeerNotFoundError

T = MessageType
DEFAULTS = {"election_tick": 10, "heartbeat_tick": 1, "pre_vote": False, "check_quorum": False}


def storage_with(terms=(), *, voters=(1, 2, 3), learners=(), term=0, vote=0, commit=0, conf_state=None):
    """A storage whose log holds an entry for each of `terms`, and a membership that was always there."""
    storage = MemoryStorage()
    storage.conf_state = conf_state or ConfState(tuple(voters), learners=tuple(learners))
    storage.append([Entry(t, i + 1) for i, t in enumerate(terms)])
    storage.set_hard_state(HardState(term, vote, commit))
    return storage


class OnDemand(MemoryStorage):
    """A storage whose snapshots are made when they are asked for, of what has been applied by then."""

    __slots__ = ("node",)

    def snapshot(self):
        raw = self.node.raw
        return Snapshot(raw.applied, raw._raft.log.term(raw.applied), raw.conf_state)


class Node:
    """A node whose work is done at once: what a `Ready` says is stored, applied and kept for looking at."""

    def __init__(self, node_id=1, storage=None, *, voters=(1, 2, 3), learners=(), randbelow=None, **settings):
        self.storage = storage or storage_with(voters=voters, learners=learners)
        if isinstance(self.storage, OnDemand):
            self.storage.node = self
        self.config = Config(id=node_id, **{**DEFAULTS, **settings})
        self.raw = RawNode(self.config, self.storage, randbelow or (lambda _: 0))
        self.applied = []
        self.read_states = []
        self.readies = []
        self.conf_states = []

    @property
    def raft(self):
        return self.raw._raft

    @property
    def log(self):
        return self.raft.log

    def progress(self, node_id):
        return self.raft.tracker.progress[node_id]

    def terms(self):
        """The terms of the whole log, from the first entry that is not compacted on."""
        log = self.log
        return [log.term(i) for i in range(log.first_index(), log.last_index + 1)]

    def data(self):
        """The data of all that was applied, but for what leaders open their terms with."""
        return [entry.data for entry in self.applied if entry.type is EntryType.NORMAL and entry.data]

    def step(self, kind, from_=2, *, term=None, **fields):
        term = self.raw.term if term is None else term
        self.raw.step(Message(kind, to=self.config.id, from_=from_, term=term, **fields))

    def handle(self):
        """Deal with one `Ready`; give it."""
        ready = self.raw.ready()
        self.readies.append(ready)
        if ready.hard_state is not None:
            self.storage.set_hard_state(ready.hard_state)
        if ready.snapshot is not None:
            self.storage.apply_snapshot(ready.snapshot)
        self.storage.append(ready.entries)
        for entry in ready.committed:
            self.applied.append(entry)
            if entry.type is not EntryType.NORMAL:
                self.conf_states.append(self.raw.apply_conf_change(ConfChange.decode(entry.data)))
        self.read_states.extend(ready.read_states)
        self.raw.advance()
        return ready

    def work(self):
        """Deal with all there is; give the messages to others."""
        messages = []
        while self.raw.has_ready():
            messages.extend(self.handle().messages)
        return messages

    def sent(self, kind):
        """Deal with all there is; give the messages of one kind."""
        return [message for message in self.work() if message.type is kind]

    def tick(self, count=1):
        for _ in range(count):
            self.raw.tick()

    def lead(self, *voters, log=None):
        """Become leader with the votes of `voters` (2 and 3 unless given); give the first appends."""
        self.raw.campaign()
        self.work()
        for voter in voters or (2, 3):
            if self.raw.role is Role.CANDIDATE:
                self.step(T.VOTE_RESP, voter)
        assert self.raw.role is Role.LEADER
        return self.work()

    def acknowledge(self, *followers, index=None):
        """Let followers acknowledge the log up to `index` (its end, unless given)."""
        for follower in followers:
            self.step(T.APP_RESP, follower, index=self.log.last_index if index is None else index)

    def restart(self, **settings):
        """The same node after a crash: only its storage is left."""
        config = replace(self.config, **settings)
        again = Node.__new__(Node)
        Node.__init__(again, config.id, self.storage)
        again.config = config
        again.raw = RawNode(config, self.storage, lambda _: 0)
        return again


class Group:
    """Nodes and the messages between them.

    `drop` decides which messages are lost; nodes in `down` neither send nor receive.
    """

    def __init__(self, *ids, seed=0, nodes=None, learners=(), **settings):
        dice = random.Random(seed)
        voters = tuple(node_id for node_id in ids if node_id not in learners)
        self.nodes = {
            node_id: Node(
                node_id,
                OnDemand(Snapshot.founding(voters, learners)),
                randbelow=dice.randrange,
                **settings,
            )
            for node_id in ids
        }
        self.nodes.update(nodes or {})
        self.down = set()
        self.drop = lambda message: False
        self.lost = []

    def __getitem__(self, node_id):
        return self.nodes[node_id]

    def cut(self, *apart):
        """Lose everything between `apart` and the others."""
        apart = set(apart)
        self.drop = lambda message: (message.from_ in apart) != (message.to in apart)

    def heal(self):
        self.drop = lambda message: False

    def settle(self):
        """Let everybody work and every message arrive until nothing is left to do."""
        busy = True
        while busy:
            busy = False
            for node_id, node in list(self.nodes.items()):
                if node_id in self.down:
                    continue
                for message in node.work():
                    busy = True
                    self.deliver(message)

    def deliver(self, message):
        if message.to in self.down or message.to not in self.nodes or self.drop(message):
            self.lost.append(message)
            return
        with contextlib.suppress(DroppedError, PeerNotFoundError):
            self.nodes[message.to].raw.step(message)

    def elect(self, node_id):
        self.nodes[node_id].raw.campaign()
        self.settle()
        assert self.nodes[node_id].raw.role is Role.LEADER
        return self.nodes[node_id]

    def tick(self, count=1, *, only=None):
        for _ in range(count):
            for node_id, node in self.nodes.items():
                if node_id not in self.down and (only is None or node_id in only):
                    node.raw.tick()
            self.settle()

    def leader(self):
        """The one leader of the highest term; None where there is none."""
        leaders = [
            node
            for node_id, node in self.nodes.items()
            if node.raw.role is Role.LEADER and node_id not in self.down
        ]
        return max(leaders, key=lambda node: node.raw.term, default=None)


def entries(first, *terms, data=b""):
    return [Entry(term, first + i, data=data) for i, term in enumerate(terms)]


__all__ = ["DEFAULTS", "NO_LIMIT", "Group", "Node", "OnDemand", "T", "entries", "storage_with"]
