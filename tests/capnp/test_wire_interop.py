"""Messages of each implementation, encoded by the one and read by the other, and compared in canonical form.

The other one is pycapnp (the C++ implementation); `capnp convert` gives its canonical and its packed form.
"""

import subprocess
import warnings
from pathlib import Path

import common_capnp
import everything_capnp
import pytest
from wire_theirs import load_theirs
from wire_values import Values, for_ours, to_plain

from wetware.capnp.canonical import canonical
from wetware.capnp.enums import CapnpEnum
from wetware.capnp.framing import Framer, frame, read_message
from wetware.capnp.generate.compiler import compile_schemas, find_compiler, standard_imports
from wetware.capnp.message import MessageBuilder
from wetware.capnp.packing import PackedFramer, pack, unpack
from wetware.capnp.reader import StructReader
from wetware.capnp.schema.dynamic import DynamicStruct, read_dynamic
from wetware.capnp.schema.loader import SchemaLoader

HERE = Path(__file__).parent
SCHEMA = HERE / "everything.capnp"
NAMES = [
    "Scalars",
    "Defaults",
    "Pointers",
    "Lists",
    "Person",
    "Shape",
    "Deep",
    "Reserved",
    "TwoUnions",
    "NewVersion",
    "ListsNew",
    "Empties",
]


@pytest.fixture(scope="module")
def theirs():
    return load_theirs()


@pytest.fixture(scope="module")
def loader():
    made = SchemaLoader()
    made.load(compile_schemas([SCHEMA]))
    return made


@pytest.fixture(scope="module")
def enums(loader):
    found = {}
    for node in loader:
        for module in (everything_capnp, common_capnp):
            flat = node.display_name.rpartition(":")[2].replace(".", "_")
            made = getattr(module, flat, None)
            if isinstance(made, type) and issubclass(made, CapnpEnum):
                found[node.id] = made
    return found


def their_bytes(message):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return message.to_bytes()


def both(loader, enums, theirs, name, seed):
    node = loader.struct(name)
    value = Values(loader, seed).struct(node)
    there = getattr(theirs, name).new_message()
    there.from_dict(value)
    here = getattr(everything_capnp, name).new(**for_ours(loader, node, value, enums))
    return node, value, there, here


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("block", range(5))
def test_random_messages_agree(name, block, loader, enums, theirs):
    for seed in range(block * 10, block * 10 + 10):
        node, value, there, here = both(loader, enums, theirs, name, seed)
        data = their_bytes(there)
        ours = bytes(frame(here))
        form = canonical(here)
        # both ways, byte by byte in canonical form
        assert canonical(read_message(data).root(StructReader)) == form
        with getattr(theirs, name).from_bytes(ours) as again:
            told = again.to_dict()
        assert told == there.to_dict(), (name, seed, value)
        # values, read by field
        read = to_plain(read_dynamic(loader, name, read_message(data)))
        assert read == to_plain(DynamicStruct(loader, node, here))
        # through several segments
        split = MessageBuilder(segment_bytes=64)
        split.set_root(here)
        with getattr(theirs, name).from_bytes(bytes(frame(split))) as again:
            assert again.to_dict() == told
        # packed
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            packed = there.to_bytes_packed()
        assert pack(data) == packed
        assert unpack(packed) == data
        assert getattr(theirs, name).from_bytes_packed(pack(ours)).to_dict() == there.to_dict()


def convert(source, target, name, data):
    done = subprocess.run(
        [find_compiler(), "convert", f"{source}:{target}", f"-I{standard_imports()}", str(SCHEMA), name],
        input=data,
        capture_output=True,
        check=True,
    )
    return done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_the_canonical_form_is_theirs(name, loader, enums, theirs):
    for seed in range(100, 105):
        _, _, there, here = both(loader, enums, theirs, name, seed)
        assert convert("binary", "canonical", name, their_bytes(there)) == canonical(here)


@pytest.mark.parametrize("name", NAMES)
def test_their_packed_stream_is_read(name, loader, enums, theirs):
    stream, forms = b"", []
    for seed in range(200, 220):
        _, _, there, here = both(loader, enums, theirs, name, seed)
        stream += their_bytes(there)
        forms.append(canonical(here))
    packed = convert("binary", "packed", name, stream)
    for size in (1, 7, len(packed)):
        framer = PackedFramer()
        got = [m for at in range(0, len(packed), size) for m in framer.feed(packed[at : at + size])]
        assert [canonical(m.root(StructReader)) for m in got] == forms
        assert framer.pending == 0
    framer = Framer()
    got = [m for at in range(0, len(stream), 13) for m in framer.feed(stream[at : at + 13])]
    assert [canonical(m.root(StructReader)) for m in got] == forms


@pytest.mark.parametrize("name", NAMES)
def test_our_text_is_read_by_their_tool(name, loader, enums, theirs):
    """What `to_text` prints is the notation of the schema language: their tool reads it."""
    from wetware.capnp.schema.text import to_text

    for seed in range(300, 303):
        node, _, _, here = both(loader, enums, theirs, name, seed)
        text = to_text(DynamicStruct(loader, node, here), limit=1 << 20)
        back = convert("text", "canonical", name, text.encode())
        again = to_text(
            read_dynamic(loader, name, read_message(convert("canonical", "binary", name, back))),
            limit=1 << 20,
        )
        assert again == text


def test_generated_readers_agree_with_pycapnp(theirs):
    there = theirs.Person.new_message(id=7, name="Ada", email="a@b")
    phones = there.init("phones", 2)
    phones[0].number, phones[0].type = "1", "work"
    phones[1].number = "2"
    there.employment.init("selfEmployed").since = 1843
    person = everything_capnp.Person.read(their_bytes(there))
    assert (person.id, person.name, person.email) == (7, "Ada", "a@b")
    assert [(p.number, p.type.name) for p in person.phones] == [("1", "WORK"), ("2", "MOBILE")]
    assert person.employment.which == "self_employed"
    assert person.employment.self_employed.since == 1843


def test_defaults_agree_with_pycapnp(theirs):
    ours = everything_capnp.Defaults.read(their_bytes(theirs.Defaults.new_message()))
    there = theirs.Defaults.new_message().as_reader()
    assert (ours.bool, ours.int8, ours.int16, ours.int32, ours.int64) == (
        there.bool,
        there.int8,
        there.int16,
        there.int32,
        there.int64,
    )
    assert (ours.uint8, ours.uint16, ours.uint32, ours.uint64) == (
        there.uint8,
        there.uint16,
        there.uint32,
        there.uint64,
    )
    assert (ours.float32, ours.float64, ours.text, bytes(ours.data)) == (
        there.float32,
        there.float64,
        there.text,
        there.data,
    )
    assert ours.color.name.lower() == str(there.color)
    assert (ours.point.x, ours.point.y) == (there.point.x, there.point.y)
    assert list(ours.ints) == list(there.ints)
    assert list(ours.texts) == list(there.texts)
    assert [(p.x, p.y) for p in ours.points] == [(p.x, p.y) for p in there.points]
    assert list(ours.bools) == list(there.bools)
    assert [list(row) for row in ours.nested] == [list(row) for row in there.nested]


def test_any_pointers_agree_with_pycapnp(theirs):
    ours = everything_capnp.Pointers.new(any="some text")
    with theirs.Pointers.from_bytes(bytes(frame(ours))) as again:
        assert again.any.as_text() == "some text"
    ours = everything_capnp.Pointers.new(any=everything_capnp.Scalars.new(int32=5))
    with theirs.Pointers.from_bytes(bytes(frame(ours))) as again:
        assert again.any.as_struct(theirs.Scalars).int32 == 5


def test_their_segments_and_far_pointers_are_read(theirs):
    """The C++ builder begins with a small segment and adds larger ones: its large messages point far."""
    there = theirs.Lists.new_message()
    people = there.init("people", 300)
    for number, person in enumerate(people):
        person.id, person.name = number, f"name {number}"
        person.init("phones", 2)[1].number = str(number)
    there.texts = ["x" * number for number in range(100)]
    data = their_bytes(there)
    assert len(read_message(data).segments) > 1
    lists = everything_capnp.Lists.read(data)
    assert [(p.id, p.name, p.phones[1].number) for p in lists.people] == [
        (number, f"name {number}", str(number)) for number in range(300)
    ]
    assert [len(text) for text in lists.texts] == list(range(100))
    ours = everything_capnp.Lists.new(people=lists.people, texts=lists.texts)
    assert canonical(ours) == canonical(lists)


def test_a_large_message_of_one_data_field(theirs):
    payload = bytes(range(256)) * 4096 * 8
    ours = bytes(frame(everything_capnp.Pointers.new(data=payload)))
    with theirs.Pointers.from_bytes(ours) as again:
        assert again.data == payload
    read = everything_capnp.Pointers.read(their_bytes(theirs.Pointers.new_message(data=payload)))
    assert read.data == payload
