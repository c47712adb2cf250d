"""Lists: every encoding, upgrades both ways, assignment."""

import struct

import everything_capnp as e
import pytest
from common_capnp import Color, Point

from wetware.capnp.errors import DecodeError, EncodeError
from wetware.capnp.framing import frame
from wetware.capnp.listtypes import BOOL_LIST, INT32_LIST, UINT8_LIST, UINT16_LIST, UINT32_LIST, VOID_LIST
from wetware.capnp.message import MessageBuilder

VALUES = {
    "voids": [None] * 5,
    "bools": [True, False, True, True, False, False, True, False, True],
    "int8s": [-128, 127, 0],
    "int16s": [-32768, 32767],
    "int32s": [-(1 << 31), (1 << 31) - 1, 5],
    "int64s": [-(1 << 63), (1 << 63) - 1],
    "uint8s": [0, 255, 7],
    "uint16s": [0, 65535],
    "uint32s": [0, (1 << 32) - 1],
    "uint64s": [0, (1 << 64) - 1],
    "float32s": [0.5, -1.25, float("inf")],
    "float64s": [1e300, -0.1],
    "colors": [Color.RED, Color.BLUE],
    "texts": ["", "a", "größe"],
    "datas": [b"", b"\x00\xff", b"12345678"],
    "matrix": [[1, 2], [], [3]],
    "names": [["a"], [], ["b", "c"]],
    "cubes": [[[1], [2, 3]], [], [[]]],
}


def plain(value):
    return (
        [plain(v) for v in value]
        if hasattr(value, "__iter__") and not isinstance(value, (str, bytes, memoryview))
        else value
    )


def reread(builder, limit=None):
    if limit is not None:
        message = MessageBuilder(segment_bytes=limit)
        message.set_root(builder)
        return type(builder).__mro__[1].read(bytes(frame(message)))
    return type(builder).__mro__[1].read(bytes(frame(builder)))


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("limit", [None, 32, 100])
def test_a_list_comes_back(name, limit):
    values = VALUES[name]
    lists = reread(e.Lists.new(**{name: values}), limit)
    got = getattr(lists, name)
    assert len(got) == len(values)
    assert plain(got) == values
    assert [plain(got[i]) for i in range(len(got))] == values
    assert plain(getattr(e.Lists.new(**{name: values}), name)) == values


@pytest.mark.parametrize("name", VALUES)
def test_elements_are_assigned_one_by_one(name):
    values = VALUES[name]
    lists = e.Lists.new()
    made = getattr(lists, f"init_{name}")(len(values))
    for index, value in enumerate(values):
        made[index] = value
    if values:
        made[-1] = values[-1]
    assert plain(getattr(reread(lists), name)) == values
    with pytest.raises(IndexError):
        made[len(values)] = None


def test_lists_of_structs():
    lists = e.Lists.new(points=[{"x": 1, "y": 2}, Point.new(x=3), {}])
    lists.points[2].y = 9
    got = reread(lists).points
    assert [(p.x, p.y) for p in got] == [(1, 2), (3, 0), (0, 9)]
    lists.points[0] = got[2]
    lists.points[1] = {"y": 5}
    assert [(p.x, p.y) for p in lists.points] == [(0, 9), (0, 5), (0, 9)]
    people = e.Lists.new(
        people=[{"name": "a", "phones": [{"number": "1"}]}, e.Person.new(name="b", email="c")]
    )
    people.people[0] = {"name": "other"}
    got = reread(people).people
    assert [(p.name, p.email, len(p.phones)) for p in got] == [("other", "", 0), ("b", "c", 0)]


def test_lists_of_lists_of_structs():
    lists = e.Lists.new(grids=[[{"x": 1}], [], [{"x": 2}, {"x": 3}]])
    assert [[p.x for p in row] for row in reread(lists).grids] == [[1], [], [2, 3]]
    fresh = e.Lists.new()
    rows = fresh.init_grids(2)
    rows.init(1, 2)[1].x = 8
    assert [[p.x for p in row] for row in reread(fresh).grids] == [[], [0, 8]]


def test_a_bytes_object_is_a_list_of_uint8():
    lists = e.Lists.new(uint8s=b"\x01\x02\xff")
    assert list(lists.uint8s) == [1, 2, 255]
    assert bytes(reread(lists).uint8s.view()) == b"\x01\x02\xff"


def test_views_are_typed_and_not_copied():
    data = bytes(frame(e.Lists.new(int32s=[1, -2, 3], float64s=[0.5], datas=[bytes(10_000)])))
    lists = e.Lists.read(data)
    assert lists.int32s.view().tolist() == [1, -2, 3]
    assert lists.float64s.view().tolist() == [0.5]
    assert lists.int32s.view().obj is data


def test_lists_compare_with_sequences():
    lists = e.Lists.new(int32s=[1, 2], texts=["a"])
    assert lists.int32s == [1, 2]
    assert lists.texts == ("a",)
    assert lists.int32s != [1, 3]
    assert lists.int32s != [1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("int8s", [128]),
        ("uint16s", [-1]),
        ("uint8s", ["x"]),
        ("float64s", ["x"]),
        ("texts", [5]),
        ("texts", ["\ud800"]),
        ("datas", ["text"]),
        ("colors", ["red"]),
        ("points", [5]),
        ("int32s", 5),
    ],
)
def test_a_wrong_element_is_refused_and_named(name, value):
    with pytest.raises(EncodeError, match="does not fit"):
        e.Lists.new(**{name: value})


def test_unknown_enum_values_are_kept():
    lists = e.Lists.new(colors=[Color.RED, 77])
    got = list(reread(lists).colors)
    assert got == [0, 77]
    assert (got[0].name, got[1].name) == ("RED", "UNKNOWN_77")
    assert isinstance(got[1], Color)
    assert list(reread(e.Lists.new(colors=got)).colors) == [0, 77]


class TestUpgrades:
    def test_primitives_read_as_structs(self):
        new = e.ListsNew.read(bytes(frame(e.ListsOld.new(ints=[1, 2, 3]))))
        assert [(s.value, s.more) for s in new.ints] == [(1, ""), (2, ""), (3, "")]

    def test_texts_read_as_structs(self):
        new = e.ListsNew.read(bytes(frame(e.ListsOld.new(texts=["a", "b"]))))
        assert [(s.text, s.number) for s in new.texts] == [("a", 5), ("b", 5)]

    def test_structs_read_as_primitives(self):
        old = e.ListsOld.read(bytes(frame(e.ListsNew.new(ints=[{"value": 4, "more": "x"}, {"value": 5}]))))
        assert list(old.ints) == [4, 5]
        assert old.ints[1] == 5
        assert old.ints.view().tolist() == [4, 5]

    def test_structs_read_as_texts(self):
        old = e.ListsOld.read(bytes(frame(e.ListsNew.new(texts=[{"text": "a", "number": 1}, {}]))))
        assert list(old.texts) == ["a", ""]

    def test_older_and_newer_structs(self):
        new = e.ListsNew.read(bytes(frame(e.ListsOld.new(structs=[{"a": 1, "text": "t"}]))))
        only = new.structs[0]
        assert (only.a, only.text, only.b, only.more, only.point.x, only.has_point) == (
            1,
            "t",
            99,
            "",
            0,
            False,
        )
        old = e.ListsOld.read(bytes(frame(e.ListsNew.new(structs=[{"a": 2, "text": "u", "b": 3}]))))
        assert [(s.a, s.text) for s in old.structs] == [(2, "u")]

    def test_a_struct_of_an_older_writer_is_enlarged_when_it_is_written_to(self):
        message = MessageBuilder()
        message.set_root(e.OldVersion.new(a=1, text="t"))
        newer = message.root(e.NewVersion.Builder)
        newer.more = "more"
        newer.b = 7
        newer.point = {"x": 3}
        got = e.NewVersion.read(bytes(frame(message)))
        assert (got.a, got.text, got.b, got.more, got.point.x) == (1, "t", 7, "more", 3)

    def test_a_list_of_an_older_writer_is_enlarged_when_it_is_written_to(self):
        message = MessageBuilder()
        message.set_root(e.ListsOld.new(structs=[{"a": 1, "text": "t"}], ints=[1, 2], texts=["x"]))
        newer = message.root(e.ListsNew.Builder)
        newer.structs[0].more = "more"
        newer.ints[1].more = "m"
        newer.texts[0].number = 8
        got = e.ListsNew.read(bytes(frame(message)))
        assert [(s.a, s.text, s.more) for s in got.structs] == [(1, "t", "more")]
        assert [(s.value, s.more) for s in got.ints] == [(1, ""), (2, "m")]
        assert [(s.text, s.number) for s in got.texts] == [("x", 8)]

    def test_narrower_numbers_are_no_wider_ones(self):
        lists = e.Pointers.new()
        lists.any.set_list(UINT8_LIST, [1, 2])
        for wider in (UINT16_LIST, INT32_LIST, BOOL_LIST):
            with pytest.raises(DecodeError):
                lists.any.as_list(wider)
        lists.any.set_list(UINT32_LIST, [1, 256])
        assert list(lists.any.as_list(UINT8_LIST)) == [1, 0]
        assert len(lists.any.as_list(VOID_LIST)) == 2

    def test_bits_are_only_bits(self):
        one = e.Pointers.new()
        one.any.set_list(BOOL_LIST, [True])
        with pytest.raises(DecodeError):
            one.any.as_list(UINT8_LIST)
        with pytest.raises(DecodeError):
            one.any.as_list(e._LIST_Person)
        assert len(one.any.as_list(VOID_LIST)) == 1


def test_lists_of_nothing():
    empties = e.Empties.new(list=[{}, {}, {}], one={})
    got = e.Empties.read(bytes(frame(empties)))
    assert len(got.list_ if hasattr(got, "list_") else got.list) == 3
    assert got.has_one


def test_float_bits_survive():
    payload = struct.unpack("<d", bytes.fromhex("0100000000000cf8")[::-1])[0]
    lists = e.Lists.read(bytes(frame(e.Lists.new(float64s=[payload]))))
    assert struct.pack("<d", lists.float64s[0]) == struct.pack("<d", payload)
