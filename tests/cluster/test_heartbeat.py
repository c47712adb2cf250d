"""Heartbeats: what they hold, their signature, their form."""

import pytest

from wetware.capnp.framing import frame
from wetware.capnp.packing import pack, unpack
from wetware.cluster import heartbeat as module
from wetware.cluster.envelope import Use, seal
from wetware.cluster.heartbeat import (
    DEFAULT_TTL,
    MAX_TTL,
    MIN_TTL,
    HeartbeatError,
    read_heartbeat,
    sign_heartbeat,
)
from wetware.cluster.identity import NodeKey
from wetware.errors import LimitError, LocalError
from wetware.schema.cluster_capnp import Heartbeat as Wire

KEY = NodeKey(bytes(range(32)))
FIELDS = {"epoch": 3, "seq": 7, "ttl": 9000, "server": 0xABCDEF, "host": "box", "meta": ["a=1", "b=2", "c="]}


def signed_as(key=KEY, use=module.HEARTBEAT, **fields):
    return seal(key, use, pack(frame(Wire.new(**fields))))


def test_round_trip():
    made = sign_heartbeat(KEY, **FIELDS)
    read = read_heartbeat(made.signed).verify()
    assert read == made
    assert read.signed == made.signed
    assert (read.peer, read.version, read.server) == (KEY.peer, (3, 7), 0xABCDEF)
    assert [read.value(key) for key in ("a", "b", "c", "d", "")] == ["1", "2", "", "", ""]


def test_the_originals_fields_keep_their_places():
    """A reader that knows only ttl, server, host and meta reads them: the new fields stand behind."""
    payload = unpack(pack(frame(Wire.new(ttl=1, server=2, host="h", meta=["k=v"], epoch=3, seq=4))))
    words = [int.from_bytes(payload[at : at + 8], "little") for at in range(0, len(payload), 8)]
    assert words[2:6] == [1, 2, 3, 4]  # segment table and root pointer, then the data section


def test_versions():
    versions = [sign_heartbeat(KEY, epoch=e, seq=s).version for e, s in [(1, 9), (2, 0), (2, 1)]]
    assert versions == sorted(versions)


def test_what_a_heartbeat_may_hold():
    for wrong in (
        {"meta": ["x"]},
        {"meta": ["=x"]},
        {"meta": ["a=\x1b[2J"]},
        {"meta": ["a=" + "x" * 300]},
        {"meta": ["a=b"] * 65},
        {"host": "a\nb"},
        {"host": "x" * 257},
        {"ttl": MIN_TTL - 1},
        {"ttl": MAX_TTL + 1},
        {"seq": -1},
        {"epoch": 1 << 64},
    ):
        with pytest.raises(LocalError):
            sign_heartbeat(KEY, **{**FIELDS, **wrong})
    for wrong in ({"meta": ["x"]}, {"meta": ["a=\x1b"]}, {"meta": ["a=b"] * 65}, {"host": "\x00"}):
        with pytest.raises(HeartbeatError):
            read_heartbeat(signed_as(**wrong))
    with pytest.raises(LimitError, match="say less in meta"):
        sign_heartbeat(KEY, epoch=1, seq=1, meta=[f"{n}=" + "xyz" * 80 for n in range(20)])


def test_times_to_live_from_others():
    for ttl, held in [(0, DEFAULT_TTL), (1, MIN_TTL), (2**32 - 1, MAX_TTL), (5000, 5000)]:
        assert read_heartbeat(signed_as(ttl=ttl)).claimed.ttl == held


def test_a_heartbeat_is_signed_as_one():
    other = NodeKey(bytes(32))
    for wrong in (signed_as(use=Use("ww.auth", b"\xde\xeb")), signed_as(key=other)[:-64] + signed_as()[-64:]):
        with pytest.raises(HeartbeatError, match="not made by"):
            read_heartbeat(wrong).verify()
    for wrong in (signed_as(use=Use("ww.heartbeat", b"\xde\xea")), b"", b"\x0a", signed_as()[:-1]):
        with pytest.raises(HeartbeatError):
            read_heartbeat(wrong)
    with pytest.raises(HeartbeatError):
        read_heartbeat(seal(KEY, module.HEARTBEAT, b"\xff" * 100))


def test_beats_do_not_grow():
    sizes = {len(sign_heartbeat(KEY, **{**FIELDS, "seq": 100 + n}).signed) for n in range(100)}
    assert len(sizes) == 1
