"""Heartbeats that were checked are not read again, and nothing else passes for one."""

import random

from doors import key

from wetware.cluster.gossip import Gossip
from wetware.cluster.heartbeat import Heartbeat
from wetware.cluster.messages import News
from wetware.cluster.wire import Checked, KeyVoice, read_gossip, write_gossip

ME, OTHER, THIRD = key(1), key(2), key(3)


def core():
    return Gossip(ME.peer, KeyVoice(ME, server=1, host="h"), 1, random.Random(1), 0.0)


def said(beat, *, spread=True):
    return write_gossip(THIRD.peer, News(((beat, 0.0),), spread=spread))


def test_a_rumour_is_checked_once(monkeypatch):
    made, checked, verified = core(), Checked(), []
    verify = type(OTHER.peer).verify_raw
    monkeypatch.setattr(
        "wetware.cluster.identity.PeerId.verify_raw",
        lambda self, signature, content: verified.append(self) or verify(self, signature, content),
    )
    beat = KeyVoice(OTHER, server=2, host="h").beat(5, 1, 10_000)
    for _ in range(4):
        incoming = read_gossip(said(beat), made, checked)
        assert incoming.forged == 0
        made.receive(THIRD.peer, incoming.message, 1.0)
    assert len(verified) == 1
    assert made.table.get(OTHER.peer).beat == beat


def test_what_was_changed_is_read_anew():
    made, checked = core(), Checked()
    beat = KeyVoice(OTHER, server=2, host="h").beat(5, 1, 10_000)
    read_gossip(said(beat), made, checked)
    for at in (0, 20, 60, len(beat.signed) - 1):
        forged = bytearray(beat.signed)
        forged[at] ^= 1
        changed = Heartbeat(OTHER.peer, 5, 1, signed=bytes(forged))
        incoming = read_gossip(said(changed), made, checked)
        assert incoming.forged == 1
        assert incoming.message.beats == ()


def test_it_is_bounded():
    checked = Checked(most=3)
    voice = KeyVoice(OTHER, server=2, host="h")
    beats = [voice.beat(5, seq, 10_000) for seq in range(6)]
    for beat in beats:
        checked.put(beat)
    assert [checked.get(beat.signed) for beat in beats] == [None] * 3 + beats[3:]
