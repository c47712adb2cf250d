"""Bytes to messages: each is read with as few steps as its pointers need, and handed to the connection.

Rules that hold here:

1. A message is whatever its pointers say, in any layout and any number of segments; nothing is assumed
   about who wrote it. The commonest are recognised by their pointers and read in one step.
2. Every offset is checked before it is used: a malformed message raises `DecodeError` or `ProtocolError`,
   nothing else, whatever its bytes (`tests/capnp/test_core_fuzz.py`).
3. Lists inside the protocol's own structs (capabilities, steps of a path) are bounded by the connection's
   limits.
4. A field beyond its struct's end reads as its default; so do missing structs, as in every reader of this
   format.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Final

from wetware.capnp.core import layout
from wetware.capnp.core.wire import (
    CALLER,
    EXCEPTION,
    RECEIVER_ANSWER,
    RECEIVER_HOSTED,
    RESULTS,
    THIRD_PARTY_HOSTED,
    YOURSELF,
    Descriptor,
    Target,
)
from wetware.capnp.errors import DecodeError
from wetware.capnp.exceptions import MAX_REASON, ProtocolError, call_error
from wetware.capnp.hooks import NO_PIPELINING
from wetware.capnp.message import over_budget
from wetware.capnp.reader import blob_at, follow

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.capnp.core.connection import Connection
    from wetware.capnp.core.encode import Encoder
    from wetware.capnp.core.payload import RpcMessage
    from wetware.capnp.message import Segment

__all__ = ["Decoder"]

_pointer = Struct("<iI").unpack_from
_IHH: Final = Struct("<IHH").unpack_from
_HHI: Final = Struct("<HHI").unpack_from
_HH: Final = Struct("<HH").unpack_from
_II: Final = Struct("<II").unpack_from
_CALL_DATA: Final = Struct("<IHHQ").unpack_from

# The commonest messages in the layout that this library gives them, and for results the C++ implementation
# too: where the words of the pointers are as expected, no further step is needed. Fields from byte 24 on.
_CALL_IMPORT: Final = Struct("<IHHQQ24xIH18xQ").unpack_from
_CALL_FIELD: Final = Struct("<IHHQQ40xI20xHH12xQ").unpack_from
_RESULTS: Final = Struct("<IHH8xQ8xQ").unpack_from
_ONE_CAPABILITY: Final = Struct("<8sHHIQ").unpack_from

Place = tuple["Segment", int, int, int]
"""A struct: its segment, and the byte offsets of its data, its pointers and its end."""

_NOWHERE: Place = (bytes(64), 0, 0, 0)


def _struct(m: RpcMessage, s: Segment, p: int) -> Place:
    """The struct behind the pointer at byte `p`."""
    lo, hi = _pointer(s, p)
    if lo & 3:
        s, lo, hi, o = follow(m, s, p)
        if lo & 3:
            raise DecodeError("the message holds a list or a capability where a struct is expected")
    elif lo or hi:
        o = p + 8 + lo + lo
    else:
        return _NOWHERE
    q = o + ((hi & 0xFFFF) << 3)
    e = q + (hi >> 16 << 3)
    if o < 0 or e > len(s):
        raise DecodeError("a struct pointer leaves its segment")
    return s, o, q, e


def _list(m: RpcMessage, s: Segment, p: int, limit: int) -> tuple[Segment, int, int, int, int]:
    """The list of structs behind a pointer: segment, start, count, bytes of data and of pointers of each."""
    lo, hi = _pointer(s, p)
    if lo == 0 and hi == 0:
        return s, 0, 0, 0, 0
    s, lo, hi, o = follow(m, s, p)
    if lo & 3 != 1 or hi & 7 != 7:
        raise DecodeError("the message holds something else where a list of structs is expected")
    words = hi >> 3
    if o < 0 or o + 8 + (words << 3) > len(s):
        raise DecodeError("a list pointer leaves its segment")
    tag, size = _pointer(s, o)
    count = (tag & 0xFFFFFFFF) >> 2
    data, pointers = size & 0xFFFF, size >> 16
    if tag & 3 or count * (data + pointers) > words:
        raise DecodeError("a list holds more elements than it has room for")
    if count > limit:
        raise ProtocolError(f"a message holds a list of {count} and {limit} are allowed")
    return s, o + 8, count, data << 3, pointers << 3


class Decoder:
    """Hands each message to a connection.

    Args:
        connection: whose messages these are.
        encoder: where messages go that are not known here.
    """

    __slots__ = ("_answers", "_connection", "_encoder", "_handlers", "_plain", "_questions")

    def __init__(self, connection: Connection, encoder: Encoder) -> None:
        self._connection = connection
        self._encoder = encoder
        self._answers = connection.answers
        self._questions = connection.questions
        self._plain: dict[Segment, Callable[[RpcMessage, Segment, int], bool]] = {
            layout.CALL_HEAD: self._plain_call,
            layout.RETURN_HEAD: self._plain_return,
            layout.FINISH_HEAD: self._plain_finish,
            layout.RELEASE_HEAD: self._plain_release,
        }
        self._handlers: dict[int, Callable[[RpcMessage, Segment, int], None]] = {
            0: self._unimplemented,
            1: self._abort,
            2: self._call,
            3: self._return,
            4: self._finish,
            5: self._resolve,
            6: self._release,
            8: self._bootstrap,
            13: self._disembargo,
        }

    def handle(self, message: RpcMessage) -> None:
        """Handle one message.

        Raises:
            DecodeError: it is malformed.
            ProtocolError: it is not allowed now.
        """
        s = message.segment
        if len(message.segments) == 1:
            plain = self._plain.get(s[:24] if s.__class__ is bytes else bytes(s[:24]))
            if plain is not None and plain(message, s, message.size):
                return
        size = len(s)
        if size < 8:
            raise DecodeError("a message without a root")
        s, o, q, e = _struct(message, s, 0)
        which = s[o] | s[o + 1] << 8 if q > o else 0
        handler = self._handlers.get(which)
        if handler is None or q >= e:
            self._encoder.unimplemented(message)
            return
        handler(message, s, q)
        if message.budget < 0:
            raise over_budget()

    # --- the commonest messages in the commonest layout: each tells whether it was one

    def _plain_call(self, m: RpcMessage, s: Segment, size: int) -> bool:
        target: Target
        if size >= 104 and s[48:72] == layout.TO_IMPORT:
            number, method, send_to, interface, flags, cap, kind, table = _CALL_IMPORT(s, 24)
            if kind or send_to:
                return False
            m.pointer = 88
            target = (cap, None)
        elif size >= 136 and s[48:88] == layout.TO_FIELD and s[96:112] == layout.ONE_STEP:
            number, method, send_to, interface, flags, question, kind, field, table = _CALL_FIELD(s, 24)
            if kind != 1 or send_to:
                return False
            m.pointer = 120
            target = (question, (field,))
        else:
            return False
        self._answers.on_call(
            number,
            target,
            interface,
            method,
            m,
            self._table(m, s, m.pointer + 8) if table else (),
            NO_PIPELINING if flags & 2 else 0,
            CALLER,
            size,
        )
        return True

    def _plain_return(self, m: RpcMessage, s: Segment, size: int) -> bool:
        if size < 64:
            return False
        number, bits, kind, payload, table = _RESULTS(s, 24)
        if kind != RESULTS or payload != layout.RETURN_PAYLOAD:
            return False
        descriptors: tuple[Descriptor, ...] = ()
        if table:
            if self._questions.drop_unheld(number, release_params=not bits & 1):
                return True
            descriptors = self._table(m, s, 56)
        m.pointer = 48
        self._questions.on_results(
            number, m, descriptors, release_params=not bits & 1, no_finish=bits & 2 != 0
        )
        return True

    def _plain_finish(self, _: RpcMessage, s: Segment, size: int) -> bool:
        if size < 32:
            return False
        number, bits = _II(s, 24)
        self._answers.on_finish(number, release_results=not bits & 1, after_delivery=not bits & 2)
        return True

    def _plain_release(self, _: RpcMessage, s: Segment, size: int) -> bool:
        if size < 32:
            return False
        number, count = _II(s, 24)
        self._connection.on_release(number, count)
        return True

    # --- shared parts

    def _path(self, m: RpcMessage, s: Segment, p: int) -> tuple[int, tuple[int, ...]]:
        """A `PromisedAnswer`: its question and its path."""
        s, o, q, e = _struct(m, s, p)
        number = _II(s, o)[0] if q > o else 0
        if q >= e:
            return number, ()
        s, at, count, data, pointers = _list(m, s, q, self._connection.limits.path)
        path = []
        for _ in range(count):
            kind, index = _HH(s, at) if data else (0, 0)
            if kind == 1:
                path.append(index)
            elif kind:
                raise ProtocolError(f"a path has a step of the unknown kind {kind}")
            at += data + pointers
        return number, tuple(path)

    def _target(self, m: RpcMessage, s: Segment, p: int) -> Target:
        s, o, q, e = _struct(m, s, p)
        number, kind = _II(s, o) if q > o else (0, 0)
        kind &= 0xFFFF
        if kind == 0:
            return number, None
        if kind == 1 and q < e:
            return self._path(m, s, q)
        raise ProtocolError("a message is addressed to a target of an unknown kind")

    def _descriptor(self, m: RpcMessage, s: Segment, o: int, q: int, e: int) -> Descriptor:
        kind, _, number = _HHI(s, o) if q > o else (0, 0, 0)
        if kind == RECEIVER_ANSWER:
            if q >= e:
                raise DecodeError("a capability is part of an answer that is not named")
            number, path = self._path(m, s, q)
            return kind, number, path
        if kind == THIRD_PARTY_HOSTED:
            # without third-party hand-off the vine is used
            s, o, q, e = _struct(m, s, q) if q < e else _NOWHERE
            return kind, _II(s, o)[0] if q > o else 0, None
        if kind > THIRD_PARTY_HOSTED:
            raise ProtocolError(f"a capability is described in the unknown way {kind}")
        return kind, number, None

    def _payload(self, m: RpcMessage, s: Segment, p: int) -> tuple[Descriptor, ...]:
        """Note where the content is, and read the table of capabilities."""
        s, _, q, e = _struct(m, s, p)
        if q >= e:
            m.segment, m.pointer = _NOWHERE[0], 0
            return ()
        m.segment = s
        m.pointer = q
        q += 8
        if q >= e or s[q : q + 8] == b"\0\0\0\0\0\0\0\0":
            return ()
        return self._table(m, s, q)

    def _table(self, m: RpcMessage, s: Segment, p: int) -> tuple[Descriptor, ...]:
        """The table of capabilities behind the pointer at byte `p`."""
        lo, hi = _pointer(s, p)
        at = p + 8 + (lo >> 2 << 3)
        if lo & 3 == 1 and hi == 2 << 3 | 7 and 0 <= at <= len(s) - 24:
            tag, kind, _, number, path = _ONE_CAPABILITY(s, at)
            if tag == layout.ONE_CAPABILITY_TAG and not path and kind <= RECEIVER_HOSTED:
                return ((kind, number, None),)
        s, at, count, data, pointers = _list(m, s, p, self._connection.limits.caps_in_message)
        out = []
        for _ in range(count):
            q = at + data
            e = q + pointers
            out.append(self._descriptor(m, s, at, q, e))
            at = e
        return tuple(out)

    @staticmethod
    def _exception(m: RpcMessage, s: Segment, p: int) -> tuple[int, str]:
        s, o, q, e = _struct(m, s, p)
        kind = s[o + 4] | s[o + 5] << 8 if q > o else 0
        if q >= e:
            return kind, ""
        s, start, end = blob_at(m, s, q, 8)
        if end < 0:
            return kind, ""
        text = bytes(s[start : min(end, start + 4 * MAX_REASON)]).split(b"\0", 1)[0]
        return kind, text.decode("utf-8", "replace")

    # --- the messages

    def _call(self, m: RpcMessage, s: Segment, p: int) -> None:
        s, o, q, e = _struct(m, s, p)
        if q - o < 16 or e - q < 16:
            raise DecodeError("a call without a target or params")
        number, method, send_to, interface = _CALL_DATA(s, o)
        if send_to not in (CALLER, YOURSELF):
            self._encoder.unimplemented(m)
            return
        hints = NO_PIPELINING if q - o >= 24 and s[o + 16] & 2 else 0
        target = self._target(m, s, q)
        descriptors = self._payload(m, s, q + 8)
        self._connection.answers.on_call(
            number, target, interface, method, m, descriptors, hints, send_to, m.size
        )

    def _return(self, m: RpcMessage, s: Segment, p: int) -> None:
        s, o, q, e = _struct(m, s, p)
        if q <= o:
            raise DecodeError("a return without an answer")
        number, flags, kind = _IHH(s, o)
        release = not flags & 1
        no_finish = flags & 2 != 0
        questions = self._connection.questions
        if kind == RESULTS:
            if q >= e:
                raise DecodeError("a return without results")
            descriptors = self._payload(m, s, q)
            if descriptors and questions.drop_unheld(number, release_params=release):
                return
            questions.on_results(number, m, descriptors, release_params=release, no_finish=no_finish)
        elif kind == EXCEPTION:
            error = call_error(*self._exception(m, s, q)) if q < e else call_error(0, "")
            questions.on_exception(number, error, release_params=release, no_finish=no_finish)
        else:
            other = _II(s, o + 8)[0] if q - o >= 16 else 0
            questions.on_other(number, kind, other, release_params=release, no_finish=no_finish)

    def _finish(self, m: RpcMessage, s: Segment, p: int) -> None:
        s, o, q, _ = _struct(m, s, p)
        number, flags = _II(s, o) if q > o else (0, 0)
        self._connection.answers.on_finish(
            number, release_results=not flags & 1, after_delivery=not flags & 2
        )

    def _release(self, m: RpcMessage, s: Segment, p: int) -> None:
        s, o, q, _ = _struct(m, s, p)
        number, count = _II(s, o) if q > o else (0, 0)
        self._connection.on_release(number, count)

    def _bootstrap(self, m: RpcMessage, s: Segment, p: int) -> None:
        s, o, q, _ = _struct(m, s, p)
        self._connection.answers.on_bootstrap(_II(s, o)[0] if q > o else 0)

    def _resolve(self, m: RpcMessage, s: Segment, p: int) -> None:
        s, o, q, e = _struct(m, s, p)
        promise, kind = _II(s, o) if q > o else (0, 0)
        kind &= 0xFFFF
        if kind == 0 and q < e:
            s, o, q, e = _struct(m, s, q)
            self._connection.on_resolve(promise, self._descriptor(m, s, o, q, e))
        elif kind == 1 and q < e:
            self._connection.imports.on_resolve_broken(promise, call_error(*self._exception(m, s, q)))
        else:
            self._encoder.unimplemented(m)

    def _disembargo(self, m: RpcMessage, s: Segment, p: int) -> None:
        s, o, q, e = _struct(m, s, p)
        number, kind = _II(s, o) if q > o else (0, 0)
        kind &= 0xFFFF
        if q >= e:
            raise DecodeError("a disembargo without a target")
        if kind > 1:
            self._encoder.unimplemented(m)
            return
        self._connection.on_disembargo(self._target(m, s, q), number, reply=kind == 1)

    def _abort(self, m: RpcMessage, s: Segment, p: int) -> None:
        self._connection.on_abort(self._exception(m, s, p)[1])

    def _unimplemented(self, m: RpcMessage, s: Segment, p: int) -> None:
        """The peer does not know a message of this side, which it echoes."""
        s, o, q, e = _struct(m, s, p)
        which = s[o] | s[o + 1] << 8 if q > o else 0
        connection = self._connection
        if which == 7:
            return  # the echo of a ping
        if q >= e:
            raise ProtocolError("the peer knows none of the protocol's messages")
        s, o, q, e = _struct(m, s, q)
        if which == 2 and q - o >= 8:
            number, _, send_to = _IHH(s, o)
            connection.on_unimplemented_call(number, elsewhere=send_to == YOURSELF)
        elif which == 8 and q > o:
            connection.on_unimplemented_call(_II(s, o)[0], elsewhere=False)
        elif which == 5 and q < e:
            if _II(s, o)[1] & 0xFFFF == 0:
                s, o, q, e = _struct(m, s, q)
                connection.on_unimplemented_resolve(self._descriptor(m, s, o, q, e))
        elif which == 3:
            connection.tail_calls = False
        else:
            raise ProtocolError(f"the peer does not know a message of the kind {which} that this side needs")
