"""The state machine of the simulation: keys with values, behind client sessions."""

from __future__ import annotations

import struct

from wetware.raft.sessions import Answer, Execute, Sessions

__all__ = ["KeyValues", "Replicated", "decode_value", "encode_command"]

_LENGTH = struct.Struct("<I")
_NOTHING = "-"


def encode_command(given: tuple[str | None, ...], key: str) -> bytes:
    """A `Register` operation on a key, as bytes."""
    kind, *values = (_NOTHING if value is None else value for value in given)
    return "\0".join([kind, key, *values]).encode()


def decode_value(data: bytes) -> str | bool | None:
    """A command's answer, as a `Register` gives it."""
    return {b"yes": True, b"no": False, b"": None}.get(data, data.decode())


class KeyValues:
    """Keys and values. Every command has an answer, and none fails."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def execute(self, command: bytes) -> bytes:
        """Take a command that `encode_command` made."""
        kind, key, *values = command.decode().split("\0")
        if kind == "put":
            self.values[key] = values[0]
            return b""
        old, new = values
        if self.values.get(key, _NOTHING) != old:
            return b"no"
        self.values[key] = new
        return b"yes"

    def snapshot(self) -> bytes:
        """All of it, in an order that is the same everywhere."""
        return "\0".join(part for item in sorted(self.values.items()) for part in item).encode()

    def restore(self, data: bytes) -> None:
        """Become what `snapshot` described."""
        parts = data.decode().split("\0") if data else []
        self.values = dict(zip(parts[::2], parts[1::2], strict=True))


class Replicated:
    """`KeyValues` behind `Sessions`: what each replica holds."""

    def __init__(self, max_sessions: int) -> None:
        self.sessions = Sessions(max_sessions=max_sessions, max_results=16)
        self.machine = KeyValues()

    def apply(self, index: int, data: bytes) -> Answer:
        """Take a committed entry's data."""
        decision = self.sessions.decide(index, data)
        if isinstance(decision, Execute):
            return self.sessions.record(decision, self.machine.execute(decision.command))
        return decision

    def snapshot(self) -> bytes:
        """Sessions and machine."""
        sessions = self.sessions.snapshot()
        return _LENGTH.pack(len(sessions)) + sessions + self.machine.snapshot()

    def restore(self, data: bytes) -> None:
        """Become what `snapshot` described; nothing at all is the beginning."""
        if not data:
            self.sessions.restore(Sessions().snapshot())
            self.machine.restore(b"")
            return
        end = _LENGTH.size + _LENGTH.unpack_from(data)[0]
        self.sessions.restore(data[_LENGTH.size : end])
        self.machine.restore(data[end:])
