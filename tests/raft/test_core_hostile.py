"""Whatever a peer sends, the core answers with an error of the family at most, and keeps its own rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from raft_group import Node, T, storage_with

from wetware.errors import InternalError, WetwareError
from wetware.raft.core import ConfState, Entry, EntryType, Message, ReadMode, Role, Snapshot

SMALL = st.integers(0, 8)
IDS = st.integers(0, 5)
KINDS = st.sampled_from(list(EntryType))
ENTRIES = st.lists(
    st.builds(Entry, SMALL, SMALL, st.just(EntryType.NORMAL), st.binary(max_size=4)), max_size=3
)
PROPOSED = st.lists(st.builds(Entry, SMALL, SMALL, KINDS, st.binary(max_size=12)), max_size=3)
LISTS = st.lists(IDS, max_size=3).map(tuple)
SNAPSHOTS = st.builds(Snapshot, SMALL, SMALL, st.builds(ConfState, LISTS, LISTS, LISTS, LISTS, st.booleans()))
MESSAGES = st.builds(
    Message,
    st.sampled_from(list(T)),
    to=st.just(1),
    from_=IDS,
    term=SMALL,
    log_term=SMALL,
    index=SMALL,
    entries=ENTRIES,
    commit=SMALL,
    snapshot=st.none() | SNAPSHOTS,
    reject=st.booleans(),
    reject_hint=SMALL,
    context=st.binary(max_size=17) | st.just(b"transfer"),
) | st.builds(Message, st.just(T.PROP), to=st.just(1), from_=IDS, entries=PROPOSED)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("mode", list(ReadMode))
@given(messages=st.lists(MESSAGES, max_size=6))
def test_any_messages_in_any_role(role, mode, messages):
    settings = {"read_mode": mode, "check_quorum": True, "pre_vote": role is Role.PRE_CANDIDATE}
    node = Node(storage=storage_with((1, 1, 1), learners=(4,), term=1, commit=2), **settings)
    node.work()
    if role is not Role.FOLLOWER:
        node.tick(10)
    if role is Role.LEADER:
        node.lead()
    assert node.raw.role is role
    before = node.raw.status().hard_state
    for message in messages:
        try:
            node.raw.step(message)
        except InternalError:
            raise
        except WetwareError:
            pass
        node.raw.tick()
        node.work()
        after = node.raw.status().hard_state
        assert after.term >= before.term
        assert after.commit >= before.commit
        assert after.vote == before.vote or before.vote == 0 or after.term > before.term
        assert node.log.applied <= node.log.applying <= node.log.committed <= node.log.last_index
        before = after
