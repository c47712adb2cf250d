"""How much one connection may cost.

Every number bounds something that the peer, or a careless user of this side, could otherwise make grow.
Past a bound a call fails with `overloaded`; a peer that breaks one that has no call to fail is disconnected
(`tests/capnp/test_core_limits.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Limits"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one connection.

    Attributes:
        message_bytes: the largest message that is received.
        segments: the most segments of a message that is received.
        calls_in: calls of the peer that may run or wait at once.
        call_bytes_in: the bytes that the params of those may hold.
        questions: calls to the peer that may be under way at once.
        exports: capabilities that the peer may hold of this side.
        imports: capabilities of the peer that this side holds.
        caps_in_message: capabilities in one message.
        path: the longest path of a pipelined capability.
        send_bytes: bytes that wait for the peer to read them. Past it calls to the peer fail, and so do its
            own.
        pause_bytes: the same, past which nothing more is read from the peer.
        answer_bytes: bytes of results that the peer has not finished yet.
    """

    message_bytes: int = 64 << 20
    segments: int = 512
    calls_in: int = 8192
    call_bytes_in: int = 128 << 20
    questions: int = 65536
    exports: int = 65536
    imports: int = 65536
    caps_in_message: int = 4096
    path: int = 64
    send_bytes: int = 96 << 20
    pause_bytes: int = 4 << 20
    answer_bytes: int = 128 << 20
