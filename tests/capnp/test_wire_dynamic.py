"""Schemas met at run time: reading and printing any message."""

import subprocess
from pathlib import Path

import everything_capnp as e
import pytest
from common_capnp import Color

from wetware.capnp.errors import DecodeError, InactiveMemberError, MessageLimitError, SchemaError
from wetware.capnp.framing import frame, read_message
from wetware.capnp.generate.compiler import compile_schemas, find_compiler, standard_imports
from wetware.capnp.message import MessageBuilder
from wetware.capnp.reader import StructReader
from wetware.capnp.schema.decode import decode_request
from wetware.capnp.schema.dynamic import DynamicStruct, read_dynamic
from wetware.capnp.schema.loader import SchemaLoader
from wetware.capnp.schema.text import to_text
from wetware.capnp.standard import rpc_capnp, schema_capnp

SCHEMA = Path(__file__).parent / "everything.capnp"


@pytest.fixture(scope="module")
def request_bytes():
    return compile_schemas([SCHEMA])


@pytest.fixture(scope="module")
def loader(request_bytes):
    made = SchemaLoader()
    made.load(request_bytes)
    return made


def printed(loader, name, builder, **options):
    return to_text(read_dynamic(loader, name, read_message(bytes(frame(builder)))), **options)


def test_fields_by_name(loader):
    person = e.Person.new(id=5, name="Ada", phones=[{"number": "1", "type": 1}], employment={"school": "s"})
    read = read_dynamic(loader, "Person", read_message(bytes(frame(person))))
    assert (read["id"], read["name"], read["email"]) == (5, "Ada", "")
    assert [(p["number"], p["type"]) for p in read["phones"]] == [("1", "homeOffice")]
    assert read["phones"][0]["number"] == "1"
    assert read["employment"].which == "school"
    assert read["employment"]["school"] == "s"
    assert "school" in read["employment"]
    assert "employer" not in read["employment"]
    with pytest.raises(InactiveMemberError):
        read["employment"]["employer"]
    with pytest.raises(SchemaError, match="no field"):
        read["nothing"]


def test_defaults_and_scalars(loader):
    made = e.Defaults.new()
    read = DynamicStruct(loader, loader.struct("Defaults"), made)
    for name in (
        "bool",
        "int8",
        "int16",
        "int32",
        "int64",
        "uint8",
        "uint16",
        "uint32",
        "uint64",
        "float32",
        "float64",
    ):
        assert read[name] == getattr(made, name)
    assert (read["color"], read["text"], bytes(read["data"]), read["point"]["y"]) == (
        "green",
        "dflt",
        b"bin",
        8,
    )
    assert [list(row) for row in read["nested"]] == [[1], [2, 3]]
    assert list(read["bools"]) == [True, False, True]


def test_text(loader):
    person = e.Person.new(
        name='A"d\na', phones=[{"number": "1", "type": 2}, {}], employment={"employer": "us"}
    )
    text = printed(loader, "Person", person)
    assert text.startswith('(name = "A\\"d\\na", phones = [(number = "1", type = work), ()], ')
    assert text.endswith('employment = (employer = "us"))')
    shape = e.Shape.new(at={"x": 1, "visible": False})
    assert printed(loader, "Shape", shape) == "(at = (x = 1, visible = false))"
    assert printed(loader, "Shape", e.Shape.new(nothing=True)) == "(nothing = void)"
    assert printed(loader, "Scalars", e.Scalars.new()) == "()"
    assert printed(loader, "Scalars", e.Scalars.new(bool=True, float64=0.5, color=Color.of(9))) == (
        "(bool = true, float64 = 0.5, color = 9)"
    )
    assert printed(loader, "Pointers", e.Pointers.new(data=b"\x00\xff", any="x")) == (
        '(data = 0x"00 ff", any = <list>)'
    )


def test_a_capability_is_named_as_one(loader):
    made = e.Pointers.new()
    made._m.add_cap(object())
    made._m.segment[made._p + 32 : made._p + 40] = (3).to_bytes(8, "little")
    text = to_text(DynamicStruct(loader, loader.struct("Pointers"), made))
    assert text == "(cap = <capability>)"


def test_our_text_is_what_their_tool_prints_of_the_same_message(loader):
    person = e.Person.new(
        id=5, name="Ada", phones=[{"number": "1", "type": 2}], employment={"employer": "us"}
    )
    data = bytes(frame(person))
    theirs = subprocess.run(
        [
            find_compiler(),
            "convert",
            "binary:text",
            "--short",
            f"-I{standard_imports()}",
            str(SCHEMA),
            "Person",
        ],
        input=data,
        capture_output=True,
        check=True,
    ).stdout.decode()
    assert theirs.strip() == printed(loader, "Person", person)


def test_a_call_is_printed_with_its_parameters():
    """As a tool that decodes traffic does it: the protocol's schema, and the interface's."""
    both = SchemaLoader()
    both.load(compile_schemas([SCHEMA]))
    both.load(compile_schemas([standard_imports() / "capnp" / "rpc.capnp"]))
    params = e.Lab.StartParams.new(name="x", size=5, shape={"square": 2.0})
    call = {"question_id": 1, "interface_id": e.Lab._id, "method_id": 0, "params": {"content": params}}
    message = read_message(bytes(frame(rpc_capnp.Message.new(call=call))))

    def expand(pointer):
        method = both.interface(e.Lab._id).methods[0]
        return DynamicStruct(both, both.struct(method.params_id), pointer.as_struct(StructReader))

    text = to_text(read_dynamic(both, "Message", message), expand=expand)
    assert text.startswith("(call = (questionId = 1, interfaceId = ")
    assert 'params = (content = (name = "x", size = 5, shape = (square = 2.0)))' in text


def test_output_is_bounded(loader):
    lists = e.Lists.new(voids=[None] * 100_000, texts=["x" * 1000] * 100)
    text = printed(loader, "Lists", lists, limit=500)
    assert len(text) == 501
    assert text.endswith("…")
    bomb = bytes.fromhex("00000000 06000000 00000000 00000100 01000000 07000000 fcffff7f 00000000") + bytes(
        24
    )
    with pytest.raises(MessageLimitError):
        to_text(read_dynamic(loader, "Empties", read_message(bomb)))


def test_one_node_at_a_time(request_bytes):
    request = schema_capnp.CodeGeneratorRequest.read(request_bytes)
    made = SchemaLoader()
    for node in request.nodes:
        message = MessageBuilder()
        message.set_root(node)
        assert made.add(bytes(frame(message))) == node.id
    assert printed(made, "Person", e.Person.new(id=1, name="x")) == '(id = 1, name = "x")'


def test_what_is_missing_is_said(request_bytes):
    request = schema_capnp.CodeGeneratorRequest.read(request_bytes)
    made = SchemaLoader()
    (person,) = (n for n in request.nodes if n.display_name.endswith(":Person"))
    message = MessageBuilder()
    message.set_root(person)
    made.add(bytes(frame(message)))
    with pytest.raises(SchemaError, match="not loaded"):
        printed(made, "Person", e.Person.new(phones=[{}]))
    with pytest.raises(SchemaError, match="0 nodes"):
        made.struct("Nobody")


def test_names_and_kinds(loader):
    assert loader.struct("Person.PhoneNumber").name == "PhoneNumber"
    assert loader.interface("Lab").methods[0].name == "start"
    assert loader.enum(loader.find("Color").id).enumerants[2].name == "blue"
    for get, wrong in ((loader.struct, "Lab"), (loader.interface, "Person"), (loader.enum, e.Person._id)):
        with pytest.raises(SchemaError):
            get(wrong)


def test_groups_that_hold_each_other_are_refused(request_bytes):
    """A reader walks through groups without a pointer to pay for, so a circle would never end."""
    for change in (lambda a, b: (b, a), lambda a, b: (a, a), lambda a, b: (b, b)):
        nodes, _ = decode_request(request_bytes)
        address = next(n for n in nodes.values() if n.display_name.endswith("Deep.address"))
        city = next(n for n in nodes.values() if n.display_name.endswith("Deep.address.city"))
        request = schema_capnp.CodeGeneratorRequest.read(request_bytes)
        message = MessageBuilder()
        message.set_root(request)
        builder = message.root(schema_capnp.CodeGeneratorRequest.Builder)
        first, second = change(address.id, city.id)
        for node in builder.nodes:
            if node.id == address.id:
                node.struct.fields[0].group.type_id = first
            if node.id == city.id:
                node.struct.fields[0].init_group().type_id = second
        made = SchemaLoader()
        with pytest.raises(SchemaError, match="part of"):
            made.load(bytes(frame(message)))
        assert list(made) == []


def test_a_schema_that_is_no_schema(loader):
    for wrong in (b"", bytes(7), b"x" * 64):
        with pytest.raises((DecodeError, MessageLimitError, SchemaError)):
            SchemaLoader().load(wrong)
    empty = SchemaLoader()
    empty.load(bytes.fromhex("0000000001000000") + bytes(8))
    assert list(empty) == []
