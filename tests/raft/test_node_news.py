"""Who learns when what is committed."""

from raft_group import Node, T

from wetware.raft.core import ConfChange, EntryType
from wetware.raft.node.core.news import PATIENCE, News


def leading(**settings):
    """A leader of three that has committed its first entry, and its news."""
    node = Node(announce_commits=False, **settings)
    news = News(node.raw)
    node.lead()
    node.acknowledge(2, 3)
    node.work()
    return node, news


def told(node):
    """Who is told of which commit index, with how many entries."""
    return [(message.to, message.commit, len(message.entries)) for message in node.sent(T.APP)]


def commit(node):
    """Commit one more entry; what was told meanwhile."""
    node.raw.propose(b"x")
    sent = told(node)
    node.acknowledge(2, 3)
    assert node.raw.committed == node.log.last_index
    return sent


def test_a_core_that_does_not_announce_tells_with_the_next_append_or_heartbeat():
    node, _ = leading()
    assert commit(node) == [(2, 1, 1), (3, 1, 1)]
    assert told(node) == []
    assert commit(node) == [(2, 2, 1), (3, 2, 1)]
    node.tick()
    assert [message.commit for message in node.sent(T.HEARTBEAT)] == [3, 3]


def test_an_announcement_reaches_whom_it_is_news_for():
    node, _ = leading()
    commit(node)
    node.raw.announce_commit(1)
    assert told(node) == [], "the append told it"
    node.raw.announce_commit(2)
    assert told(node) == [(2, 2, 0), (3, 2, 0)]
    node.raw.announce_commit(2)
    assert told(node) == []
    commit(node)
    node.raw.announce_commit(3, [3])
    assert told(node) == [(3, 3, 0)]


def test_a_follower_announces_nothing():
    node = Node(announce_commits=False)
    node.step(T.APP, 2, term=1, index=0, commit=0)
    node.work()
    node.raw.announce_commit(5)
    assert node.work() == []


def test_whom_a_change_removes_is_told_that_it_is_committed():
    node, _ = leading()
    node.raw.propose_conf_change(ConfChange.remove(3))
    node.work()
    node.acknowledge(2)
    changed = node.handle().committed[-1]
    assert changed.type is EntryType.CONF_CHANGE_V2
    assert (3, changed.index, 0) in told(node)


def test_news_are_told_after_a_while_or_with_an_append():
    node, news = leading()
    news.spread(1.0)
    assert (told(node), news.due) == ([], 1.0 + PATIENCE)
    news.spread(1.0 + PATIENCE)
    assert (told(node), news.due) == ([(2, 1, 0), (3, 1, 0)], None)
    commit(node)
    news.spread(2.0)
    commit(node)
    news.spread(2.0 + PATIENCE)
    assert told(node) == [], "the append told it"
    assert news.due == 2.0 + 2 * PATIENCE, "and brought news of its own"
    news.spread(2.0 + 2 * PATIENCE)
    assert told(node) == [(2, 3, 0), (3, 3, 0)]
    news.spread(9.0)
    assert (told(node), news.due) == ([], None)


def test_who_has_asked_lately_is_told_at_once():
    node, news = leading()
    news.spread(1.0)
    news.asked(2)
    news.spread(1.0)
    assert told(node) == [(2, 1, 0)], "also of what waits already"
    commit(node)
    news.spread(1.001)
    assert told(node) == [(2, 2, 0)]
    for _ in range(20):
        news.tick()
    commit(node)
    news.spread(1.002)
    assert told(node) == []


def test_who_does_not_lead_has_no_news():
    node, news = leading()
    news.spread(1.0)
    commit(node)
    node.step(T.APP, 2, term=9, index=0, commit=0)
    node.work()
    news.spread(2.0)
    assert (node.work(), news.due) == ([], None)
