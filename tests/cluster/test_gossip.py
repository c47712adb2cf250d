"""The membership core, message by message; the whole of it is `test_cluster_simulation.py`'s."""

import random

import pytest
from beats import beat, peer
from cluster_simulation import Voice

from wetware.cluster.antientropy import BUCKETS, MAX_KNOWN
from wetware.cluster.gossip import Gossip
from wetware.cluster.inquiries import MAX_ASKED_FOR
from wetware.cluster.messages import (
    MAX_BEATS,
    Digest,
    Joined,
    Known,
    Left,
    News,
    Obituary,
    Probe,
    Send,
    Superseded,
    Suspected,
)
from wetware.cluster.settings import Settings
from wetware.cluster.table import Table
from wetware.errors import LocalError

ME = peer(50)


def core(*others, epoch=1, **options):
    made = Gossip(ME, Voice(ME), epoch, random.Random(1), 0.0, **options)
    made.advance(0.0)
    for other in others:
        made.receive(peer(other), News(((beat(other, 5), 0.0),)), 0.0)
    return made


def wait(made, seconds, start=0.0):
    """Time passes in ticks; what came of it."""
    out = []
    for tick in range(1, round(seconds * 10) + 1):
        out += made.advance(start + tick / 10)
    return out


def events(out, kind):
    return [event for event in out if isinstance(event, kind)]


def sent(out, kind):
    return [(s.to, s.message) for s in out if isinstance(s, Send) and isinstance(s.message, kind)]


def test_a_node_sees_itself():
    made = core()
    assert [record.beat.peer for record in made.table] == [ME]
    wait(made, 60)
    assert ME in made.table


def test_late_rumours_revive_nobody():
    made = core(1, 2, 3)
    for second in range(1, 6):
        for other in (2, 3):
            made.receive(peer(other), News(((beat(other, 5 + second), 0.0),)), second)
        out = wait(made, 1, second)
    assert peer(1) not in made.table
    # its last beat still goes round, and a later one that somebody else has heard long ago
    for seq, age in [(5, 0.0), (4, 0.0), (6, 3.0)]:
        out = made.receive(peer(2), News(((beat(1, seq), age),), spread=True), 6.1)
        assert events(out, Joined) == []
        assert peer(1) not in made.table
    # whoever passes the old one on is told
    out = made.receive(peer(2), News(((beat(1, 5), 0.0),)), 6.1)
    assert [to for to, m in sent(out, News) if m.obituaries] == [peer(2)]
    # a beat of a moment ago, or of a newer start, is a sign of life
    assert events(made.receive(peer(2), News(((beat(1, 7), 0.5),)), 6.1), Joined)
    made.table.remove(peer(1))
    made._gone(peer(1), (1, 7), 6.2, None)
    assert events(made.receive(peer(2), News(((beat(1, 1, epoch=2), 5.0),)), 6.2), Joined)


def test_an_obituary_of_the_living_is_refuted():
    made = core(1, 2)
    before = made.table.get(ME).beat.seq
    out = made.receive(peer(1), News(obituaries=(Obituary(ME, 1, before, peer(1)),)), 0.5)
    ((to, answer),) = sent(out, News)
    assert to == peer(1)
    assert answer.beats[0][0].seq > before
    # one that is older than what we know of somebody else is answered with what we know
    out = made.receive(peer(1), News(obituaries=(Obituary(peer(2), 1, 4, peer(1)),)), 0.5)
    assert peer(2) in made.table
    assert [m.beats[0][0].version for _, m in sent(out, News)] == [(1, 5)]


def test_whose_obituary_counts():
    made = core(*range(1, 40))
    for by, counts in [(peer(39), False), (peer(99), False), (peer(3), True)]:
        out = made.receive(peer(3), News(obituaries=(Obituary(peer(2), 1, 5, by),), spread=True), 0.5)
        assert (peer(2) not in made.table) == counts
        assert bool(events(out, Left)) == counts
    out = made.receive(peer(9), News(obituaries=(Obituary(peer(8), 1, 5, peer(8)),)), 0.5)
    assert [event.why for event in events(out, Left)] == ["left"]


def test_later_obituaries_reach_those_who_heard_more():
    """Observers lose different last heartbeats; the first obituary must not be the last that spreads."""
    made = core(1, 2, 3)
    made.receive(peer(2), News(obituaries=(Obituary(peer(1), 1, 5, peer(2)),), spread=True), 0.5)
    wait(made, 2, 0.5)
    made.receive(peer(3), News(obituaries=(Obituary(peer(1), 1, 6, peer(3)),), spread=True), 2.6)
    passed_on = sent(made.advance(2.7), News)
    assert {o.version for _, m in passed_on for o in m.obituaries} == {(1, 6)}
    again = made.receive(peer(2), News(obituaries=(Obituary(peer(1), 1, 6, peer(2)),), spread=True), 2.8)
    assert again == []


def test_who_has_heard_more_sees_for_itself():
    """A node that is no observer has a newer heartbeat than the observers, and an old one."""
    made = core(*range(1, 40))
    for tick in range(30):
        for other in made.detector.watched:
            made.receive(other, News(((beat(other.public_key[-1], 6 + tick), 0.0),)), tick / 10)
        made.advance(tick / 10)
    assert peer(2) not in made.detector.watched
    out = made.receive(peer(3), News(obituaries=(Obituary(peer(2), 1, 4, peer(3)),)), 3.0)
    assert events(out, Suspected) == [Suspected(peer(2))]
    assert peer(2) in [to for to, _ in sent(out, Probe)]
    made.receive(peer(2), News(((beat(2, 6), 0.0),)), 3.1)
    assert peer(2) not in made.detector.watched
    assert peer(2) in made.table


def test_an_observer_passes_on_what_it_has_newer():
    """Else the rumour ends at the observers, most of a small cluster; and once, or it never ends."""
    made = core(1, 2, 3)
    wait(made, 1)
    old = beat(1, 4)
    assert made.is_news(old, spread=True)
    assert not made.is_news(old)
    made.receive(peer(2), News(((old, 0.1),), spread=True), 1.1)
    passed_on = [m.beats for _, m in sent(wait(made, 1, 1.1), News) if m.spread]
    assert old in [b for beats in passed_on for b, _ in beats]
    assert made.table.get(peer(1)).beat.version == (1, 5)
    assert not made.is_news(old, spread=True)
    made.receive(peer(3), News(((old, 0.1),), spread=True), 2.2)
    passed_on = [m.beats for _, m in sent(wait(made, 1, 2.2), News) if m.spread]
    assert old not in [b for beats in passed_on for b, _ in beats]


def test_two_nodes_with_one_key_are_told():
    made = core(1)
    told = []
    for epoch in (5, 10, 20):
        told += events(made.receive(peer(1), News(((beat(50, 1, epoch=epoch), 0.0),)), 1.0), Superseded)
    assert [(event.epoch, event.times) for event in told] == [(6, 1), (11, 2), (21, 3)]
    old = made.receive(peer(1), News(((beat(50, 1, epoch=3), 0.0),)), 1.0)
    assert events(old, Superseded) == []


def test_a_lost_connection_asks_at_once():
    made = core(1, 2, 3, 4, 5)
    out = made.connection_lost(peer(1), 0.2)
    assert events(out, Suspected) == [Suspected(peer(1))]
    asked = [to for to, m in sent(out, Probe) if m.peer == peer(1)]
    assert asked[0] == peer(1)
    assert len(asked) == 4
    assert made.connection_lost(peer(9), 0.2) == []
    # who answers lives
    made.receive(peer(1), News(((beat(1, 6), 0.0),)), 0.3)
    assert made.detector.suspects == frozenset()


def test_probes():
    made = core(1, 2)
    # about me: a beat, to who asks and to who wants to know
    out = made.receive(peer(1), Probe(ME, (1, 1), peer(2)), 1.0)
    assert {to for to, _ in sent(out, News)} == {peer(1), peer(2)}
    # about somebody of whom I know more
    out = made.receive(peer(1), Probe(peer(2), (1, 4), peer(1)), 1.0)
    assert [(to, m.beats[0][0].version) for to, m in sent(out, News)] == [(peer(1), (1, 5))]
    # about somebody of whom I know no more: I ask, once, and pass the answer on
    out = made.receive(peer(1), Probe(peer(2), (1, 5), peer(1)), 1.0)
    assert sent(out, Probe) == [(peer(2), Probe(peer(2), (1, 5), peer(1)))]
    out = made.receive(peer(2), News(((beat(2, 6), 0.0),)), 1.1)
    assert [to for to, _ in sent(out, News)] == [peer(1)]
    # what was asked for somebody else is not asked on
    assert made.receive(peer(1), Probe(peer(2), (1, 9), peer(7)), 1.1) == []


def test_what_others_ask_for_is_bounded():
    made = core(*range(1, 40))
    seqs = made._seq
    for n in range(1000):
        made.receive(peer(1), Probe(ME, (0, 0), peer(1)), 1.0 + n / 10000)
    assert made._seq - seqs <= 2
    for n in range(1000):
        for about in range(1, 40):
            made.receive(peer(n + 100), Probe(peer(about), (1, 5), peer(n + 100)), 1.1)
    assert len(made._inquiries) <= MAX_ASKED_FOR * 16


def test_bounded_table_and_tombs():
    made = core(table=Table(max_records=10))
    for n in range(100, 300):
        made.receive(peer(n), News(((beat(n), 0.0),), spread=True), 0.1)
        made.receive(peer(n), News(obituaries=(Obituary(peer(n), 1, 1, peer(n)),), spread=True), 0.1)
    assert len(made._tombs) <= 10
    for n in range(300, 500):
        made.receive(peer(n), News(((beat(n), 0.0),), spread=True), 0.1)
    assert len(made.table) == 10
    assert ME in made.table


def test_messages_are_bounded():
    made = core(*range(100, 900))
    out = made.receive(peer(100), Digest((0,) * BUCKETS), 0.1)
    ((_, known),) = sent(out, Known)
    assert len(known.members) <= MAX_KNOWN
    out = made.receive(peer(100), Known(tuple(range(BUCKETS)), ()), 0.2)
    news = sent(out, News)
    assert sum(len(m.beats) for _, m in news) == 801
    assert all(len(m.beats) <= MAX_BEATS for _, m in news)


@pytest.mark.parametrize(
    "message",
    [
        Digest(()),
        Digest((1,) * 65),
        Known((64,), ()),
        Known((1, 1), ()),
        Known((), ((peer(9), 1),)),
        Probe(peer(9), (0, 0), ME),
        News(((beat(7, ttl=100), 1e9),)),
        News(((beat(50, 1, epoch=2**64 - 1), 0.0),)),
        News(obituaries=(Obituary(peer(9), 1, 1, peer(8)), Obituary(ME, 9, 9, ME))),
    ],
)
def test_nonsense_does_no_harm(message):
    made = core(1)
    made.receive(peer(1), message, 0.1)
    wait(made, 1)
    assert set(made.members) == {peer(1)}
    assert made.epoch == 1


def test_what_is_worth_checking():
    made = core(1)
    assert made.is_news(beat(1, 6))
    assert made.is_news(beat(2, 1))
    assert made.is_news(beat(1, 9, epoch=0))  # an earlier start: its node may have to be told
    assert not made.is_news(beat(1, 5))
    assert not made.is_news(beat(1, 4))
    assert not made.is_news(beat(50, 1, epoch=1))
    assert made.is_news(beat(50, 1, epoch=2))


def test_settings_that_would_flap():
    for wrong in ({"interval": 4.0}, {"interval": 0}, {"ttl": 2.0}, {"suspect_after": 1.5}, {"tick": 0.3}):
        with pytest.raises(LocalError):
            Settings(**wrong)
    with pytest.raises(LocalError):
        core(settings=Settings(dead_after=2.0))
    assert Settings().interval <= Settings().ttl / 3
