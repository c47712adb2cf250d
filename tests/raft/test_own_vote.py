"""A candidate leads only once its own vote is stored, even if the others suffice.

Found by the simulation (seed 170 of its first version). With asynchronous storage writes, grants of two
others may come back before the candidate's own term and vote are on disk. If it led then, crashed, and
forgot, it could be granted the same votes again and lead a second time in the same term, with another log:
two entries with one index and term that differ.
"""

import random

from wetware.raft.core import (
    APPEND_THREAD,
    Config,
    MemoryStorage,
    Message,
    MessageType,
    RawNode,
    Role,
    Snapshot,
)


def grant(sender, term):
    return Message(MessageType.VOTE_RESP, to=1, from_=sender, term=term)


def candidate():
    """A candidate of three whose storage thread has not done anything yet."""
    rng = random.Random(0)
    config = Config(id=1, async_storage_writes=True, pre_vote=False)
    node = RawNode(config, MemoryStorage(Snapshot.founding([1, 2, 3])), rng.randrange)
    node.campaign()
    writes = [message for message in node.ready().messages if message.to == APPEND_THREAD]
    assert len(writes) == 1
    return node, writes[0]


def test_no_office_before_the_own_vote_is_stored():
    node, write = candidate()
    node.step(grant(2, node.term))
    node.step(grant(3, node.term))
    assert node.role is Role.CANDIDATE
    for response in write.responses:
        node.step(response)
    assert node.role is Role.LEADER


def test_the_own_vote_and_one_other_suffice():
    node, write = candidate()
    for response in write.responses:
        node.step(response)
    assert node.role is Role.CANDIDATE
    node.step(grant(3, node.term))
    assert node.role is Role.LEADER
