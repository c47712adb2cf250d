"""Everything that generated modules use, under one name (`from wetware.capnp import runtime as _rt`)."""

# ruff: noqa: SLF001 - slots of the wire layer

from __future__ import annotations

import builtins
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Iterable
from struct import Struct
from struct import error as struct_error
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Final,
    Literal,
    NamedTuple,
    TypeAlias,
    TypedDict,
    TypeVar,
    Unpack,
    cast,
)

from wetware.capnp import hooks
from wetware.capnp.anypointer import AnyPointerBuilder, AnyPointerReader, null_pointer
from wetware.capnp.builder import StructBuilder, clear, new_message, refusal
from wetware.capnp.client import Client, hook_of
from wetware.capnp.enums import CapnpEnum, enum_number
from wetware.capnp.errors import EncodeError, InactiveMemberError
from wetware.capnp.hooks import NO_PIPELINING, Content
from wetware.capnp.hooks import Context as CallContext
from wetware.capnp.listbuilders import ListBuilder
from wetware.capnp.lists import ListReader
from wetware.capnp.listtypes import (
    ANY_LIST,
    BOOL_LIST,
    CLIENT_LIST,
    DATA_LIST,
    FLOAT32_LIST,
    FLOAT64_LIST,
    INT8_LIST,
    INT16_LIST,
    INT32_LIST,
    INT64_LIST,
    TEXT_LIST,
    UINT8_LIST,
    UINT16_LIST,
    UINT32_LIST,
    UINT64_LIST,
    VOID_LIST,
    ClientListType,
    EnumListType,
    ListListType,
    StructListType,
)
from wetware.capnp.message import MessageReader
from wetware.capnp.pending import PendingCall, Pipeline
from wetware.capnp.reader import StructReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.capnp.message import Segment

__all__ = [
    "ANY_LIST",
    "BOOL_LIST",
    "CLIENT_LIST",
    "DATA_LIST",
    "FLOAT32_LIST",
    "FLOAT64_LIST",
    "INT8_LIST",
    "INT16_LIST",
    "INT32_LIST",
    "INT64_LIST",
    "NO_PIPELINING",
    "PACK_ERRORS",
    "TEXT_LIST",
    "TYPE_CHECKING",
    "UINT8_LIST",
    "UINT16_LIST",
    "UINT32_LIST",
    "UINT64_LIST",
    "VOID_LIST",
    "Any",
    "AnyPipeline",
    "AnyPointerBuilder",
    "AnyPointerReader",
    "AnyValue",
    "Awaitable",
    "Bytes",
    "CallContext",
    "CapnpEnum",
    "Client",
    "ClientListType",
    "Content",
    "EnumListType",
    "Final",
    "Iterable",
    "ListBuilder",
    "ListListType",
    "ListReader",
    "Literal",
    "MessageReader",
    "MethodInfo",
    "Outcome",
    "PendingCall",
    "Pipeline",
    "Server",
    "Struct",
    "StructBuilder",
    "StructListType",
    "StructReader",
    "TypeAlias",
    "TypedDict",
    "Unpack",
    "abstractmethod",
    "builtins",
    "clear",
    "enum_number",
    "hook_of",
    "inactive",
    "list_of_enum",
    "list_of_interface",
    "list_of_struct",
    "new_message",
    "two_members",
]

Bytes: TypeAlias = bytes | bytearray | memoryview
AnyValue: TypeAlias = Any
Outcome: TypeAlias = "Content | hooks.Answer | hooks.Postponed | None"
PACK_ERRORS = (struct_error, TypeError, OverflowError)

C = TypeVar("C", bound=Client)
E = TypeVar("E", bound=CapnpEnum)
P = TypeVar("P", bound=Pipeline)
R = TypeVar("R", bound=StructReader)

if TYPE_CHECKING:
    Unpacker = Callable[[Segment, int], tuple[int]]
    FloatUnpacker = Callable[[Segment, int], tuple[float]]

U8, U16, U32, U64 = Struct("<B"), Struct("<H"), Struct("<I"), Struct("<Q")
I8, I16, I32, I64 = Struct("<b"), Struct("<h"), Struct("<i"), Struct("<q")
F32, F64 = Struct("<f"), Struct("<d")
unpack_u16 = cast("Unpacker", U16.unpack_from)
unpack_u32 = cast("Unpacker", U32.unpack_from)
unpack_u64 = cast("Unpacker", U64.unpack_from)
unpack_i8 = cast("Unpacker", I8.unpack_from)
unpack_i16 = cast("Unpacker", I16.unpack_from)
unpack_i32 = cast("Unpacker", I32.unpack_from)
unpack_i64 = cast("Unpacker", I64.unpack_from)
unpack_f32 = cast("FloatUnpacker", F32.unpack_from)
unpack_f64 = cast("FloatUnpacker", F64.unpack_from)
pack_u16 = U16.pack_into


def putter(form: Struct, name: str) -> Callable[..., None]:
    """The function behind the setters of one integer type.

    Value and default are XORed, errors name the field.
    """
    pack = form.pack_into

    def put(struct: StructBuilder, offset: int, value: int, field: str, default: int = 0) -> None:
        try:
            pack(struct._s, struct._o + offset, value ^ default)
        except PACK_ERRORS:
            raise refusal(f"{field}, which is {name}", value) from None

    return put


put_u8 = putter(U8, "UInt8")
put_u16 = putter(U16, "UInt16")
put_u32 = putter(U32, "UInt32")
put_u64 = putter(U64, "UInt64")
put_i8 = putter(I8, "Int8")
put_i16 = putter(I16, "Int16")
put_i32 = putter(I32, "Int32")
put_i64 = putter(I64, "Int64")


def put_f32(struct: StructBuilder, offset: int, value: float, field: str) -> None:
    """Write a Float32."""
    put_masked_f32(struct, offset, value, 0, field)


def put_f64(struct: StructBuilder, offset: int, value: float, field: str) -> None:
    """Write a Float64."""
    put_masked_f64(struct, offset, value, 0, field)


def put_masked_f32(struct: StructBuilder, offset: int, value: float, bits: int, field: str) -> None:
    """Write a Float32 whose default has these bits."""
    try:
        U32.pack_into(struct._s, struct._o + offset, mask_f32(value, bits))
    except PACK_ERRORS:
        raise refusal(f"{field}, which is Float32", value) from None


def put_masked_f64(struct: StructBuilder, offset: int, value: float, bits: int, field: str) -> None:
    """Write a Float64 whose default has these bits."""
    try:
        U64.pack_into(struct._s, struct._o + offset, mask_f64(value, bits))
    except PACK_ERRORS:
        raise refusal(f"{field}, which is Float64", value) from None


def mask_f32(value: float, bits: int) -> int:
    """The bits of a Float32, XORed."""
    return int.from_bytes(F32.pack(value), "little") ^ bits


def mask_f64(value: float, bits: int) -> int:
    """The bits of a Float64, XORed."""
    return int.from_bytes(F64.pack(value), "little") ^ bits


def unmask_f32(segment: Segment, offset: int, bits: int) -> float:
    """Read a Float32 whose default has these bits."""
    return cast("float", F32.unpack(U32.pack(unpack_u32(segment, offset)[0] ^ bits))[0])


def unmask_f64(segment: Segment, offset: int, bits: int) -> float:
    """Read a Float64 whose default has these bits."""
    return cast("float", F64.unpack(U64.pack(unpack_u64(segment, offset)[0] ^ bits))[0])


def put_bool(struct: StructBuilder, offset: int, mask: int, value: object) -> None:
    """Set or clear the bits of `mask` in the byte at `offset`."""
    s, o = struct._s, struct._o + offset
    s[o] = s[o] | mask if value else s[o] & ~mask


def any_reader(struct: StructReader, offset: int, default: bytes | None = None) -> AnyPointerReader:
    """The AnyPointer field at byte `offset` of the pointer section."""
    p = struct._p + offset
    if p < struct._e and (default is None or struct._has(offset)):
        return AnyPointerReader(struct._m, struct._s, p, struct._d)
    return null_pointer() if default is None else MessageReader([default]).get_root()


def any_builder(struct: StructBuilder, offset: int, default: bytes | None = None) -> AnyPointerBuilder:
    """The AnyPointer field at byte `offset` of the pointer section, to be written to."""
    made = AnyPointerBuilder(struct._m, struct._s, struct._p + offset)
    if default is not None and made.is_null:
        made.set(MessageReader([default]).get_root())
    return made


def list_of_struct(reader: type[R]) -> StructListType[R, Any]:
    """The type of lists of a struct, where it could not be made a constant."""
    made = _LISTS.get(reader)
    if made is None:
        builder: Any = reader
        made = _LISTS[reader] = StructListType(reader, builder.Builder)
    return cast("StructListType[R, Any]", made)


def list_of_enum(enum: type[E]) -> EnumListType[E]:
    """The type of lists of an enum, as above."""
    return cast("EnumListType[E]", _LISTS.setdefault(enum, EnumListType(enum)))


def list_of_interface(client: type[C]) -> ClientListType[C]:
    """The type of lists of an interface, as above."""
    return cast("ClientListType[C]", _LISTS.setdefault(client, ClientListType(client)))


_LISTS: dict[type, Any] = {}


def reset(struct: StructBuilder, data: tuple[tuple[int, int], ...], pointers: tuple[int, ...]) -> None:
    """Give the fields of a group their defaults.

    Args:
        struct: the struct that the group is a part of.
        data: byte offset and size of each data field; a negative size is the mask of its bits.
        pointers: byte offset of each pointer.
    """
    s, o = struct._s, struct._o
    for offset, size in data:
        if size < 0:
            s[o + offset] &= ~-size
        else:
            s[o + offset : o + offset + size] = bytes(size)
    for offset in pointers:
        clear(struct._m, s, struct._p + offset)


def inactive(struct: StructReader, member: str) -> InactiveMemberError:
    """The error of reading a union's member that is not set."""
    holds = getattr(struct, "which", "another member")
    return InactiveMemberError(f"{type(struct).__name__} holds {holds}, not {member}; look at `which` first")


def two_members(struct: StructReader, *names: str) -> EncodeError:
    """The error of setting two members of one union."""
    return EncodeError(f"{type(struct).__name__} can hold one of {', '.join(names)}, not several")


class AnyPipeline(Pipeline):
    """A pointer of unknown type in a struct that is still to come."""

    __slots__ = ()

    def as_client(self, kind: type[C]) -> C:
        """A capability, as a client of interface `kind`."""
        return kind(self._pipeline())

    def as_struct(self, kind: type[P], *path: int) -> P:
        """A struct, by its generated pipeline class."""
        return self._inside(kind, *path)


class Server(hooks.ServerBase, ABC):
    """The base of generated server classes."""

    __slots__ = ()

    _client: ClassVar[type[Client]] = Client

    def __init_subclass__(cls) -> None:
        """Let the client class know its server class: `Lab.Server`."""
        client: Any = cls.__dict__.get("_client")
        if client is not None:
            client.Server = cls


class MethodInfo(NamedTuple):
    """What a method is, for traces, errors and membranes.

    Attributes:
        interface_id: 64 bits; with `method_id` (its number in the interface), what names it on the wire.
        interface_name: as the schema spells it.
        name: as the schema spells it.
        streaming: whether its calls are flow-controlled and give nothing.
        params: the struct of its parameters.
        results: the struct of its results.
    """

    interface_id: int
    method_id: int
    interface_name: str
    name: str
    streaming: bool
    params: type[StructReader]
    results: type[StructReader]


def outcome(kind: type[StructBuilder], given: Any) -> Outcome:
    """What a server's method returned, as RPC takes it.

    Args:
        kind: the builder of the method's results.
        given: None for results of all defaults, a mapping of fields, a struct (a builder is taken as it is,
            where it is the root of its message), or a call that was not awaited: its results become those of
            this call; or `LATER`.
    """
    if given is None or given is hooks.LATER:
        return given
    if isinstance(given, dict):
        made: Any = new_message(kind)
        made._fill(**given)
        return cast("Content", made._m)
    if isinstance(given, PendingCall):
        return given._answer
    if isinstance(given, StructBuilder) and given._o == 16:
        return given._m
    if isinstance(given, StructReader):
        made = new_message(kind)
        made._m.set_root(given)
        return cast("Content", made._m)
    raise refusal(f"the results {kind.__name__}", given)
