"""Values of the component model, between Python and the engine.

A value of the engine (`wasmtime_component_val_t`) is 32 bytes: its kind at 0, at 8 a number, or pointers
to what the engine has allocated for it.

Rules that hold here:

1. Arguments are decoded by what they say they are: the engine has checked them against the function's
   type. A `list<u8>` becomes bytes, a string text, a record or tuple a tuple, a variant a pair of its case
   and value, flags a set, a resource the object that stands for it. An empty list is b"" whatever its type.
2. Results are encoded by a *shape*: a function from a Python value (and the call it answers) to those 32
   bytes. What they point to belongs to the engine from then on, so a shape allocates with the engine's
   own functions, and an encoded value is handed over exactly once.
3. Text that goes to the engine is valid UTF-8: it would end this program over any other (`text` refuses
   surrogates by replacing them).
4. Lists of bytes are copied with strides, not byte by byte: 64 KiB take a fraction of a millisecond.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, Final

from wetware.process.reasons import Trapped
from wetware.wasm import capi
from wetware.wasm.wasi.functions import EndOfProcess

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber

__all__ = [
    "Parameters",
    "Shape",
    "boolean",
    "byte_list",
    "decode",
    "encoded_text",
    "enumeration",
    "flags",
    "list_of",
    "option",
    "own",
    "parameters",
    "put_text",
    "record",
    "result",
    "s32",
    "text",
    "tuple_of",
    "u8",
    "u32",
    "u64",
    "variant",
]

MAX_ITEMS: Final = 10_000
"""How many values a list may have that is not one of bytes."""

Shape = Callable[[Any, "Fiber", int], bytes]
"""Encodes a value: the value, the fiber that it goes to, the context of its store."""

Parameters = Callable[[int], list[Any]]
"""Decodes the parameters of a call, from where they lie."""

# wasmtime_component_valkind_t
_BOOL, _S8, _U8, _S16, _U16, _S32, _U32, _S64, _U64, _F32, _F64, _CHAR = range(12)
_STRING, _LIST, _RECORD, _TUPLE, _VARIANT, _ENUM, _OPTION, _RESULT, _FLAGS, _RESOURCE = range(12, 22)

_SIZE: Final = capi.COMPONENT_VAL_SIZE
_ENTRY: Final = capi.COMPONENT_ENTRY_SIZE
_NUMBER: Final = {
    _BOOL: struct.Struct("<8x?23x"),
    _S8: struct.Struct("<8xb23x"),
    _U8: struct.Struct("<8xB23x"),
    _S16: struct.Struct("<8xh22x"),
    _U16: struct.Struct("<8xH22x"),
    _S32: struct.Struct("<8xi20x"),
    _U32: struct.Struct("<8xI20x"),
    _S64: struct.Struct("<8xq16x"),
    _U64: struct.Struct("<8xQ16x"),
    _F32: struct.Struct("<8xf20x"),
    _F64: struct.Struct("<8xd16x"),
    _CHAR: struct.Struct("<8xI20x"),
}
_PAIR: Final = struct.Struct("<8xQQ8x")  # size and address of a vector
_TRIPLE: Final = struct.Struct("<8xQQQ")  # a name's size and address, a value's address
_NAME: Final = struct.Struct("<QQ")
_PARAMETERS: Final = {"u32": _NUMBER[_U32], "s64": _NUMBER[_S64], "string": _PAIR}

_VECTOR: Final = struct.Struct("<B7xQQ8x")
_POINTER: Final = struct.Struct("<B7xQ16x")
_RESULT_LAYOUT: Final = struct.Struct("<B7x?7xQ8x")
_VARIANT_LAYOUT: Final = struct.Struct("<B7xQQQ")


# --- from the engine ---
def decode(address: int, fiber: Fiber, context: int) -> Any:
    """The Python form of the value at an address.

    Raises `EndOfProcess` for too much of it.
    """
    raw = ctypes.string_at(address, _SIZE)
    kind = raw[0]
    if kind in _NUMBER:
        (number,) = _NUMBER[kind].unpack(raw)
        return number
    if kind == _STRING:
        size, data = _PAIR.unpack(raw)
        return ctypes.string_at(data, size).decode() if size else ""
    if kind == _LIST:
        size, data = _PAIR.unpack(raw)
        if not size:
            return b""
        if ctypes.string_at(data, 1)[0] == _U8:
            return ctypes.string_at(data, size * _SIZE)[8::_SIZE]
        if size > MAX_ITEMS:
            raise EndOfProcess(Trapped(f"a list of {size} values; at most {MAX_ITEMS} are taken"))
        return [decode(data + i * _SIZE, fiber, context) for i in range(size)]
    if kind == _RESOURCE:
        (resource,) = struct.unpack_from("<Q", raw, 8)
        return fiber.handles.get(_representation(resource, context))
    if kind == _TUPLE:
        size, data = _PAIR.unpack(raw)
        return tuple(decode(data + i * _SIZE, fiber, context) for i in range(size))
    if kind == _RECORD:
        size, data = _PAIR.unpack(raw)
        return tuple(decode(data + i * _ENTRY + 16, fiber, context) for i in range(size))
    if kind == _ENUM:
        return _name(raw[8:24])
    if kind == _VARIANT:
        _, _, value = _TRIPLE.unpack(raw)
        return _name(raw[8:24]), decode(value, fiber, context) if value else None
    if kind == _OPTION:
        (value,) = struct.unpack_from("<Q", raw, 8)
        return decode(value, fiber, context) if value else None
    if kind == _RESULT:
        (value,) = struct.unpack_from("<Q", raw, 16)
        return bool(raw[8]), decode(value, fiber, context) if value else None
    if kind == _FLAGS:
        size, data = _PAIR.unpack(raw)
        names = ctypes.string_at(data, size * 16) if size else b""
        return {_name(names[i : i + 16]) for i in range(0, len(names), 16)}
    raise ValueError(f"a value of kind {kind}, which no function here takes")


def parameters(*kinds: str) -> Parameters:
    """What decodes parameters of these kinds, all at once: "u32", "s64" or "string".

    They are decoded by what the function's type says of them, not by what they say they are.
    """
    layout = struct.Struct("<" + "".join([_PARAMETERS[kind].format[1:] for kind in kinds]))
    size, unpack, string_at = layout.size, layout.unpack, ctypes.string_at
    texts = [at for at, kind in enumerate(kinds) if kind == "string"]

    def take(address: int) -> list[Any]:
        values = list(unpack(string_at(address, size)))
        for at in texts:  # its size, and where it lies, become the text
            length = values[at]
            values[at : at + 2] = [string_at(values[at + 1], length).decode() if length else ""]
        return values

    return take


def _name(raw: bytes) -> str:
    size, data = _NAME.unpack(raw)
    return ctypes.string_at(data, size).decode()


def _representation(resource: int, context: int) -> int:
    """The number by which the host knows a resource; a borrowed one is given back by this."""
    host = ctypes.c_size_t()
    error = capi.component_resource_any_to_host(context, resource, ctypes.addressof(host))
    if error:
        raise KeyError(capi.take_error(error))
    representation = capi.component_resource_host_rep(host.value)
    capi.component_resource_host_delete(host.value)
    return representation


# --- to the engine ---
def _number(kind: int, letter: str) -> Shape:
    layout = struct.Struct(f"<B7x{letter}{24 - struct.calcsize(letter)}x")
    return lambda value, _fiber, _context: layout.pack(kind, value)


boolean = _number(_BOOL, "?")
u8 = _number(_U8, "B")
u32 = _number(_U32, "I")
u64 = _number(_U64, "Q")
s32 = _number(_S32, "i")


def _bytes_vector(content: bytes) -> tuple[int, int]:
    vector = capi.ByteVec()
    capi.byte_vec_new(ctypes.addressof(vector), len(content), content)
    return vector.size, vector.data


_TEXT: Final = struct.pack("<Q", _STRING)


def text(value: str, _fiber: Fiber, _context: int) -> bytes:
    """A string."""
    return _VECTOR.pack(_STRING, *_bytes_vector(value.encode(errors="replace")))


def put_text(address: int, value: str) -> None:
    """Make a string where it belongs."""
    content = value.encode(errors="replace")
    ctypes.memmove(address, _TEXT, 8)
    capi.byte_vec_new(address + 8, len(content), content)


def encoded_text(value: bytes, _fiber: Fiber, _context: int) -> bytes:
    """A string whose UTF-8 is there already; the caller vouches for it."""
    return _VECTOR.pack(_STRING, *_bytes_vector(value))


def enumeration(value: str, _fiber: Fiber, _context: int) -> bytes:
    """One of an enum's names."""
    return _VECTOR.pack(_ENUM, *_bytes_vector(value.encode()))


def _vector(kind: int, new: Callable[..., int], content: bytes, count: int) -> bytes:
    vector = capi.ByteVec()
    new(ctypes.addressof(vector), count)
    if count:
        ctypes.memmove(vector.data, content, len(content))
    return _VECTOR.pack(kind, count, vector.data)


_ONE_BYTE: Final = bytes([_U8]) + bytes(31)


def byte_list(value: bytes, _fiber: Fiber, _context: int) -> bytes:
    """A `list<u8>`."""
    content = bytearray(_ONE_BYTE) * len(value)
    content[8::_SIZE] = value
    vector = capi.ByteVec()
    capi.component_vallist_new_uninit(ctypes.addressof(vector), len(value))
    if value:
        source = (ctypes.c_char * len(content)).from_buffer(content)
        ctypes.memmove(vector.data, source, len(content))
    return _VECTOR.pack(_LIST, len(value), vector.data)


def list_of(shape: Shape) -> Shape:
    """A list of values of one shape."""

    def encode(values: Collection[Any], fiber: Fiber, context: int) -> bytes:
        content = b"".join([shape(value, fiber, context) for value in values])
        return _vector(_LIST, capi.component_vallist_new_uninit, content, len(values))

    return encode


def tuple_of(*shapes: Shape) -> Shape:
    """A tuple of so many values."""

    def encode(values: Sequence[Any], fiber: Fiber, context: int) -> bytes:
        content = b"".join(
            [shape(value, fiber, context) for shape, value in zip(shapes, values, strict=True)]
        )
        return _vector(_TUPLE, capi.component_valtuple_new_uninit, content, len(shapes))

    return encode


def record(**fields: Shape) -> Shape:
    """A record; its values come as a sequence in the order of the fields."""
    names = [name.replace("_", "-").encode() for name in fields]
    shapes = list(fields.values())

    def encode(values: Sequence[Any], fiber: Fiber, context: int) -> bytes:
        content = b"".join(
            [
                _NAME.pack(*_bytes_vector(name)) + shape(value, fiber, context)
                for name, shape, value in zip(names, shapes, values, strict=True)
            ]
        )
        return _vector(_RECORD, capi.component_valrecord_new_uninit, content, len(shapes))

    return encode


def flags(values: Collection[str], _fiber: Fiber, _context: int) -> bytes:
    """A set of flags, by their names."""
    content = b"".join([_NAME.pack(*_bytes_vector(value.encode())) for value in values])
    return _vector(_FLAGS, capi.component_valflags_new_uninit, content, len(values))


def _boxed(content: bytes) -> int:
    """A value's own place in memory; it is moved there."""
    source = ctypes.create_string_buffer(content, _SIZE)
    return capi.component_val_new(ctypes.addressof(source))


def option(shape: Shape) -> Shape:
    """An option; None is none."""

    def encode(value: Any, fiber: Fiber, context: int) -> bytes:
        return _POINTER.pack(_OPTION, 0 if value is None else _boxed(shape(value, fiber, context)))

    return encode


def result(ok: Shape | None, error: Shape | None) -> Shape:
    """A result: a pair of whether it is ok, and the value or the error."""

    def encode(value: tuple[bool, Any], fiber: Fiber, context: int) -> bytes:
        is_ok, inner = value
        shape = ok if is_ok else error
        boxed = 0 if shape is None else _boxed(shape(inner, fiber, context))
        return _RESULT_LAYOUT.pack(_RESULT, is_ok, boxed)

    return encode


def variant(**cases: Shape | None) -> Shape:
    """A variant: a pair of the case's name and its value."""
    shapes = {name.replace("_", "-"): shape for name, shape in cases.items()}

    def encode(value: tuple[str, Any], fiber: Fiber, context: int) -> bytes:
        name, inner = value
        shape = shapes[name]
        boxed = 0 if shape is None else _boxed(shape(inner, fiber, context))
        return _VARIANT_LAYOUT.pack(_VARIANT, *_bytes_vector(name.encode()), boxed)

    return encode


def own(resource: int) -> Shape:
    """A resource of the type of this number that the guest owns from now on; the value is any object."""

    def encode(value: Any, fiber: Fiber, context: int) -> bytes:
        representation = fiber.handles.add(value)
        host = capi.component_resource_host_new(True, representation, resource)
        resource_any = ctypes.c_size_t()
        error = capi.component_resource_host_to_any(context, host, ctypes.addressof(resource_any))
        capi.component_resource_host_delete(host)
        capi.check(error)
        return _POINTER.pack(_RESOURCE, resource_any.value)

    return encode
