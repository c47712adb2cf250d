"""A leader that takes itself out of a group of two does not leave the other stuck.

Found by the simulation (seeds 1185, 2014 and 2834). The leader steps down as soon as it has applied its own
demotion or removal. If its last messages are lost, the other holds that change without knowing that it is
committed. It then still needs the old leader's vote, which refuses because its own log is longer; and the
old leader, no voter any more, does not campaign. Nobody ever led again.
"""

import random

import pytest

from wetware.raft.core import (
    Change,
    ChangeType,
    ConfChange,
    Config,
    EntryType,
    MemoryStorage,
    RawNode,
    Role,
    Snapshot,
)


class Pair:
    """Two nodes that store, apply and hand over at once; messages to a cut-off node are lost."""

    def __init__(self, *, pre_vote):
        rng = random.Random(0)
        self.storages = {node_id: MemoryStorage(Snapshot.founding([1, 2])) for node_id in (1, 2)}
        self.nodes = {
            node_id: RawNode(Config(id=node_id, pre_vote=pre_vote), storage, rng.randrange)
            for node_id, storage in self.storages.items()
        }
        self.cut = set()

    def work(self):
        while any(node.has_ready() for node in self.nodes.values()):
            for node_id, node in self.nodes.items():
                if not node.has_ready():
                    continue
                ready, storage = node.ready(), self.storages[node_id]
                if ready.hard_state is not None:
                    storage.set_hard_state(ready.hard_state)
                storage.append(ready.entries)
                for entry in ready.committed:
                    if entry.type is not EntryType.NORMAL:
                        node.apply_conf_change(ConfChange.decode(entry.data))
                node.advance()
                for message in ready.messages:
                    if message.to not in self.cut:
                        self.nodes[message.to].step(message)

    def tick(self, count):
        for _ in range(count):
            for node in self.nodes.values():
                node.tick()
            self.work()


@pytest.mark.parametrize("pre_vote", [True, False])
@pytest.mark.parametrize("kind", [ChangeType.REMOVE, ChangeType.ADD_LEARNER])
def test_the_other_learns_that_it_is_alone(kind, pre_vote):
    pair = Pair(pre_vote=pre_vote)
    one, two = pair.nodes[1], pair.nodes[2]
    one.campaign()
    pair.work()
    assert one.role is Role.LEADER
    one.propose_conf_change(ConfChange((Change(kind, 1),)))
    # the change reaches the other and is acknowledged; entries behind it, and the word that it is committed,
    # are lost
    ready = one.ready()
    pair.storages[1].append(ready.entries)
    for message in ready.messages:
        two.step(message)
    one.advance()
    one.propose(b"behind it")
    pair.cut = {2}
    pair.work()
    assert one.role is Role.FOLLOWER
    assert one.conf_state.voters == (2,)
    assert two.conf_state.voters == (1, 2)
    assert one.status().last_index > two.status().last_index
    pair.cut = set()
    pair.tick(60)
    assert two.conf_state.voters == (2,)
    assert two.role is Role.LEADER
    assert two.propose(b"on it goes") is not None
