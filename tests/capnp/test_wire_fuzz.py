"""Fuzzing of everything that reads bytes from outside: only the library's own errors escape, work is bounded.

A run is a block of inputs from one seed, so a failure names the seed and is repeated by it alone.
"""

import random
from pathlib import Path

import everything_capnp
import pytest
from wire_values import Values, structs_of

from wetware.capnp.canonical import canonical
from wetware.capnp.copying import copy_struct
from wetware.capnp.errors import DecodeError, EncodeError, InactiveMemberError, MessageLimitError, SchemaError
from wetware.capnp.framing import Framer, frame, read_message
from wetware.capnp.generate.compiler import compile_schemas
from wetware.capnp.message import Limits, MessageBuilder, MessageReader
from wetware.capnp.packing import PackedFramer, pack, unpack
from wetware.capnp.reader import StructReader
from wetware.capnp.schema.dynamic import DynamicList, DynamicStruct, read_dynamic
from wetware.capnp.schema.loader import SchemaLoader
from wetware.capnp.schema.text import to_text

SCHEMA = Path(__file__).parent / "everything.capnp"
# what may be raised about bytes from outside
OURS = (DecodeError, MessageLimitError)
WORDS = 2000
LIMITS = Limits(traversal_words=WORDS, message_bytes=1 << 16, segments=16)
EDGES = [0, 1, 2, 3, 4, 5, 6, 7, 0x7F, 0x80, 0xFC, 0xFD, 0xFE, 0xFF]
# pointers that are wrong, or claim much
CLAIMS = [
    b"\xfc\xff\xff\xff\x00\x00\x00\x00",
    b"\x01\x00\x00\x00\xf8\xff\xff\xff",
    b"\x01\x00\x00\x00\x07\x00\x00\x00",
    b"\xfc\xff\xff\xff\x00\x00\xff\xff",
    b"\x00\x00\x00\x00\xff\xff\xff\xff",
    b"\xfd\xff\xff\xff\xff\xff\xff\xff",
    b"\x02\x00\x00\x00\x00\x00\x00\x00",
    b"\x06\x00\x00\x00\x01\x00\x00\x00",
    b"\x0a\x00\x00\x00\x01\x00\x00\x00",
    b"\x03\x00\x00\x00\x00\x00\x00\x00",
    b"\x01\x00\x00\x00\xff\xff\xff\x7f",
]


@pytest.fixture(scope="module")
def loader():
    made = SchemaLoader()
    made.load(compile_schemas([SCHEMA]))
    return made


@pytest.fixture(scope="module")
def corpus(loader):
    """Well-formed messages of all types, in one segment and in several."""
    out = []
    for node in structs_of(loader):
        kind = getattr(everything_capnp, node.name, None)
        if kind is None or node.parameters or "$" in node.name or "." in node.display_name.rpartition(":")[2]:
            continue
        for seed in range(4):
            value = Values(loader, seed).struct(node)
            made = build(loader, node, value)
            out.append((node.id, bytes(frame(made))))
            split = MessageBuilder(segment_bytes=40)
            split.set_root(made)
            out.append((node.id, bytes(frame(split))))
    assert len(out) > 100
    return out


def build(loader, node, value):
    import common_capnp
    from wire_values import for_ours

    enums = {}
    for one in loader:
        flat = one.display_name.rpartition(":")[2].replace(".", "_")
        for module in (everything_capnp, common_capnp):
            if hasattr(module, flat) and hasattr(one, "enumerants"):
                enums[one.id] = getattr(module, flat)
    return getattr(everything_capnp, node.name).new(**for_ours(loader, node, value, enums))


def mutate(source, data):
    data = bytearray(data)
    for _ in range(source.choice([1, 1, 2, 3, 8])):
        at = source.randrange(len(data) or 1) if data else 0
        match source.randrange(7):
            case 0 if data:
                data[at] ^= 1 << source.randrange(8)
            case 1 if data:
                data[at] = source.choice(EDGES)
            case 2 if len(data) >= 16:
                word = source.randrange(len(data) // 8) * 8
                data[word : word + 8] = source.choice(CLAIMS)
            case 3 if len(data) >= 16:
                one, two = (source.randrange(len(data) // 8) * 8 for _ in range(2))
                data[one : one + 8], data[two : two + 8] = data[two : two + 8], data[one : one + 8]
            case 4:
                del data[at:]
            case 5:
                data[at:at] = source.randbytes(source.choice([1, 8, 16]))
            case 6 if len(data) >= 8:
                data[4:8] = (max(0, len(data) - 8) // 8).to_bytes(4, "little")
    return bytes(data)


def invented(source):
    """A message of random pointers: most lead somewhere."""
    size = source.randrange(1, 40)
    words = []
    for at in range(size):
        kind = source.choice([0, 0, 1, 1, 1, 2, 3, None])
        if kind is None:
            words.append(source.randbytes(8))
        elif kind == 2:
            far = source.randrange(size) << 3 | source.choice([2, 6])
            words.append(far.to_bytes(4, "little") + source.choice([0, 0, 1]).to_bytes(4, "little"))
        else:
            low = (source.randrange(size) - at - 1) << 2 | kind
            high = (
                source.randrange(4) | source.randrange(4) << 16
                if kind == 0
                else source.randrange(8) | source.choice([0, 1, 2, 9, size, 1 << 20, (1 << 29) - 1]) << 3
            )
            words.append(low.to_bytes(4, "little", signed=True) + high.to_bytes(4, "little"))
    split = source.randrange(size + 1)
    body = b"".join(words)
    if split in (0, size):
        return (0).to_bytes(4, "little") + size.to_bytes(4, "little") + body
    table = (1).to_bytes(4, "little") + split.to_bytes(4, "little") + (size - split).to_bytes(4, "little")
    return table + bytes(4) + body


class Steps:
    """Counts what a walk touches: the bound is the message's own budget, not the clock."""

    def __init__(self):
        self.left = 60 * WORDS

    def take(self):
        self.left -= 1
        assert self.left > 0, "the walk is not bounded by the traversal limit"


def walk(value, steps, depth=0):
    steps.take()
    if isinstance(value, DynamicStruct):
        for one in value:
            # a null struct of a recursive type has no end
            if one.type is None or one.type.kind != "struct" or not value.is_default(one):
                walk(value.read(one), steps, depth + 1)
    elif isinstance(value, DynamicList):
        for index in range(len(value)):
            walk(value[index], steps, depth + 1)
    elif hasattr(value, "kind") and hasattr(value, "as_text") and value.kind == "struct":
        value.as_struct(StructReader)


def walk_generated(kind, message):
    """Every property of a generated reader, and of the structs behind it."""
    root = message.root(kind)
    for name, member in vars(kind).items():
        if isinstance(member, property):
            try:
                value = getattr(root, name)
            except InactiveMemberError:
                continue
            if hasattr(value, "__len__"):
                assert len(list(value)) == len(value)
            repr(value)


def use(source, loader, node_id, message):
    node = loader.struct(node_id)
    before = message.budget
    match source.randrange(6):
        case 0 | 1:
            walk(read_dynamic(loader, node_id, message), Steps())
        case 2:
            text = to_text(read_dynamic(loader, node_id, message), limit=2000)
            assert len(text) <= 2001
        case 3:
            assert len(canonical(message.root(StructReader))) <= 8 * (before + 64)
        case 4:
            out = MessageBuilder()
            copy_struct(out, out.segment, 8, message.root(StructReader))
            assert out.size() <= 8 * (before + 64)
        case 5:
            walk_generated(getattr(everything_capnp, node.name), message)


def one_input(source, loader, corpus):
    node_id, data = source.choice(corpus)
    match source.randrange(10):
        case 0 | 1:
            data = invented(source)
        case 2:
            framer = Framer(LIMITS)
            stream = mutate(source, data + source.choice(corpus)[1])
            cut = source.randrange(len(stream) + 1)
            for message in [*framer.feed(stream[:cut]), *framer.feed(stream[cut:])]:
                use(source, loader, node_id, message)
            return
        case 3:
            packed = mutate(source, pack(data))
            if source.random() < 0.5:
                for message in PackedFramer(LIMITS).feed(packed):
                    use(source, loader, node_id, message)
            else:
                use(source, loader, node_id, read_message(unpack(packed, limits=LIMITS), limits=LIMITS))
            return
        case _:
            data = mutate(source, data)
    message = read_message(data, limits=LIMITS)
    if source.random() < 0.2:
        message.caps = [object()]
    use(source, loader, node_id, message)


def run_block(seed, count, loader, corpus):
    source = random.Random(seed)
    refused = 0
    for number in range(count):
        state = source.getstate()
        try:
            one_input(source, loader, corpus)
        except OURS:
            refused += 1
        except BaseException:
            print(f"seed {seed}, input {number}, state {hash(state)}")
            raise
    # the inputs are neither all broken nor all whole
    assert count * 0.1 < refused < count * 0.95


@pytest.mark.parametrize("seed", range(10))
def test_readers(seed, loader, corpus):
    run_block(seed, 2000, loader, corpus)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1020))
def test_readers_at_length(seed, loader, corpus):
    run_block(seed, 50_000, loader, corpus)


def test_schemas(loader):
    """A compiled schema from outside, changed: the decoder and the readers that go by it."""
    request = compile_schemas([Path(__file__).parent / "common.capnp"])
    point = bytes(frame(everything_capnp.Scalars.new(int32=1, uint64=2)))
    source = random.Random(7)
    loaded = 0
    for _ in range(1500):
        made = SchemaLoader()
        try:
            made.load(mutate(source, request))
            loaded += 1
            for node in structs_of(made):
                to_text(read_dynamic(made, node.id, read_message(point)), limit=2000)
        except (*OURS, SchemaError):
            continue
    assert loaded > 100


def test_any_bytes_at_all():
    source = random.Random(3)
    for _ in range(3000):
        data = source.randbytes(source.choice([0, 1, 7, 8, 9, 16, 24, 64]))
        for read in (read_message, unpack, Framer(LIMITS).feed, PackedFramer(LIMITS).feed):
            try:
                read(data)
            except OURS:
                continue
    for size in range(0, 64, 8):
        MessageReader([bytes(size)]).root(everything_capnp.Person)


def test_builders_refuse_what_readers_gave():
    """Values read from a broken message and assigned elsewhere raise the same errors."""
    broken = read_message(
        (0).to_bytes(4, "little") + (1).to_bytes(4, "little") + b"\x00\x00\x00\x00\x00\x00\xff\x00"
    )
    made = everything_capnp.Pointers.new()
    with pytest.raises((DecodeError, EncodeError)):
        made.any = broken.get_root()
    assert made.any.is_null
