"""The roster: table, ring, parts, tombs and detector never disagree, whatever happens in which order."""

import random

from beats import beat, peer

from wetware.cluster.antientropy import Parts
from wetware.cluster.messages import Obituary
from wetware.cluster.roster import Roster
from wetware.cluster.settings import Settings

ME = peer(50)


def roster(*others):
    made = Roster(ME, Settings(observers=3))
    made.table.upsert(beat(50), 0.0)
    for other in others:
        made.take(beat(other, 5), 0.0, 0.0)
    return made


def agrees(made):
    members = {record.beat.peer for record in made.table}
    others = members - {ME}
    assert set(made.ring.peers) == members
    parts = Parts()
    for record in made.table:
        if record.beat.peer != ME:  # its own part is put by whoever speaks for it
            parts.put(record.beat.peer, record.beat.epoch)
    assert made.parts.hashes == parts.hashes
    assert not others & set(made.tombs)
    assert made.detector.watched == set(made.ring.before(3)) | made._doubted
    assert made._doubted <= others


def test_all_agree():
    chance = random.Random(3)
    made = roster()
    for step in range(3000):
        now, other = step / 10, chance.randrange(1, 20)
        match chance.randrange(6):
            case 0:
                made.bury(peer(other), (1, step), now, chance.choice([None, Obituary(peer(other), 1, 1, ME)]))
            case 1 if peer(other) in made.table:
                made.doubt(peer(other), now)
            case 2:
                made.take(beat(other, step, epoch=chance.choice([1, 2])), now, now)
            case 3:
                made.heard(beat(other, step), now, now)
            case _:
                made.take(beat(other, step, lag=chance.randrange(4)), now, now - chance.random())
        agrees(made)
    assert len(made.table) > 1
    assert len(made.tombs) > 1


def test_who_runs_late_is_watched_with_patience():
    made = roster()
    made.take(beat(40, 1, lag=3), 0.0, 0.0)
    assert made.detector.patience == 4
    assert made.is_fresh(made.table.get(peer(40)), 9.9)
    assert not made.is_fresh(made.table.get(peer(40)), 10.0)
    made.heard(beat(40, 2), 1.0, 1.0)
    assert made.detector.patience == 1


def test_whom_to_tell_of_deaths():
    made = roster(1, 2)
    made.bury(peer(1), (1, 5), 0.0, Obituary(peer(1), 1, 5, ME))
    made.bury(peer(2), (1, 5), 0.0, None)  # no proof of it
    assert [o.peer for o in made.obituaries({peer(1): 1, peer(2): 1, peer(3): 1})] == [peer(1)]
    assert made.obituaries({peer(1): 2}) == []  # it has been started anew
    assert made.version(peer(1)) == (1, 5)
    assert made.version(peer(9)) is None
