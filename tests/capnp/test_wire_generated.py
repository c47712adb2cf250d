"""What generated classes do: structs, unions, groups, enums, constants, AnyPointers, copies."""

import everything_capnp as e
import pytest
from common_capnp import Color, Point

from wetware.capnp.client import Client
from wetware.capnp.errors import DecodeError, EncodeError, InactiveMemberError
from wetware.capnp.framing import frame
from wetware.capnp.hooks import Hook
from wetware.capnp.listtypes import INT32_LIST, TEXT_LIST
from wetware.capnp.message import MessageBuilder
from wetware.errors import LocalError


def reread(builder):
    return type(builder).__mro__[1].read(bytes(frame(builder)))


class FakeHook(Hook):
    def __init__(self, name):
        self.name = name

    def send(self, interface_id, method_id, content):
        raise NotImplementedError

    def resolved(self):
        return self


EXTREMES = {
    "bool": [True, False],
    "int8": [-128, 127],
    "int16": [-32768, 32767],
    "int32": [-(1 << 31), (1 << 31) - 1],
    "int64": [-(1 << 63), (1 << 63) - 1],
    "uint8": [255],
    "uint16": [65535],
    "uint32": [(1 << 32) - 1],
    "uint64": [(1 << 64) - 1],
    "float32": [0.5, float("inf")],
    "float64": [1e300, -0.1],
    "color": [Color.BLUE, Color.of(4000)],
    "bool3": [True],
}


@pytest.mark.parametrize("name", EXTREMES)
@pytest.mark.parametrize("struct", [e.Scalars, e.Defaults])
def test_scalars_keep_their_values(struct, name):
    if not hasattr(struct, name):
        return
    for value in [*EXTREMES[name], getattr(struct.new(), name)]:
        made = struct.new(**{name: value})
        assert getattr(made, name) == value
        assert getattr(reread(made), name) == value
        assigned = struct.new()
        setattr(assigned, name, value)
        assert bytes(frame(assigned)) == bytes(frame(made))
        assert getattr(reread(assigned), name) == value


def test_scalars_do_not_touch_each_other():
    values = {name: values[0] for name, values in EXTREMES.items()}
    read = reread(e.Scalars.new(**values))
    assert {name: getattr(read, name) for name in values} == values
    assert read.bool2 is False
    assert read.void is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("int8", 128),
        ("int8", -129),
        ("uint16", -1),
        ("uint64", 1 << 64),
        ("int32", 1.5),
        ("int32", "1"),
        ("float32", "1"),
        ("float32", 1e300),
        ("float64", None),
        ("color", -1),
        ("color", "red"),
    ],
)
@pytest.mark.parametrize("struct", [e.Scalars, e.Defaults])
def test_a_value_that_does_not_fit_is_refused(struct, name, value):
    with pytest.raises(EncodeError, match=f"does not fit ({name}|Color)") as caught:
        struct.new(**{name: value})
    assert isinstance(caught.value, LocalError)
    made = struct.new()
    before = bytes(frame(made))
    with pytest.raises(EncodeError, match="does not fit"):
        setattr(made, name, value)
    assert bytes(frame(made)) == before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", 5),
        ("text", b"x"),
        ("text", "\ud800"),
        ("data", "x"),
        ("data", 5),
        ("point", 5),
        ("cap", "x"),
        ("any", 5),
    ],
)
def test_a_pointer_of_the_wrong_type_is_refused(name, value):
    with pytest.raises(EncodeError, match="does not fit"):
        e.Pointers.new(**{name: value})
    with pytest.raises(EncodeError, match="does not fit"):
        setattr(e.Pointers.new(), name, value)


def test_an_unknown_field_is_a_mistake_of_the_caller():
    with pytest.raises(TypeError):
        e.Pointers.new(nothing=5)


def test_text_and_data():
    made = e.Pointers.new(text="größe 𝄞", data=b"\x00\xff")
    assert (made.text, made.data) == ("größe 𝄞", b"\x00\xff")
    read = reread(made)
    assert (read.text, read.data) == ("größe 𝄞", b"\x00\xff")
    made.text = ""
    made.data = memoryview(b"abc")
    read = reread(made)
    assert (read.text, read.data) == ("", b"abc")
    assert reread(e.Pointers.new(text="a\0b")).text == "a\0b"


def test_defaults_of_pointers_are_copied_when_written_to():
    made = e.Defaults.new()
    assert made.point.x == 7
    made.point.y = 1
    made.ints[1] = 20
    read = reread(made)
    assert (read.point.x, read.point.y) == (7, 1)
    assert list(read.ints) == [1, 20, 3]
    assert list(read.texts) == ["a", "b"]
    assert [p.y for p in e.Defaults.new().points] == [0, 2]
    assert list(e.Defaults.new(texts=["c"]).texts) == ["c"]


class TestUnions:
    def test_which(self):
        assert e.Shape.new().which == "circle"
        members = {"square": 2.0, "nothing": True, "polygon": [{"x": 1}], "at": {"x": 3}, "small": 1}
        for name, value in members.items():
            shape = e.Shape.new(**{name: value})
            assert shape.which == name
            assert reread(shape).which == name

    def test_the_other_members_cannot_be_read(self):
        shape = reread(e.Shape.new(square=2.0))
        assert shape.square == 2.0
        for name in ("circle", "polygon", "nothing", "at", "color", "inner", "lab", "any", "small"):
            with pytest.raises(InactiveMemberError, match=f"square, not {name}"):
                getattr(shape, name)

    def test_match_by_which(self):
        def area(shape):
            match shape.which:
                case "circle":
                    return 3 * shape.circle**2
                case "square":
                    return shape.square**2
                case _:
                    return 0

        assert area(reread(e.Shape.new(square=2.0))) == 4
        assert area(reread(e.Shape.new(circle=2.0))) == 12
        assert area(reread(e.Shape.new(nothing=True))) == 0

    def test_match_by_member(self):
        match reread(e.Shape.new(name="n", square=2.0)):
            case e.Shape(circle=_):
                pytest.fail("it is no circle")
            case e.Shape(square=side, name=name):
                assert (side, name) == (2.0, "n")

    def test_two_members_at_once_are_refused(self):
        with pytest.raises(EncodeError, match="not several"):
            e.Shape.new(circle=1.0, square=2.0)

    def test_assignment_changes_the_member(self):
        shape = e.Shape.new(polygon=[{"x": 1}])
        shape.circle = 1.0
        assert shape.which == "circle"
        shape.inner = {"square": 3.0}
        assert (shape.which, shape.inner.which, shape.inner.square) == ("inner", "square", 3.0)
        shape.nothing = None
        assert reread(shape).which == "nothing"

    def test_a_group_in_a_union_begins_with_its_defaults(self):
        shape = e.Shape.new(circle=1.5)
        at = shape.init_at()
        assert (at.x, at.y, at.visible, at.label) == (0, 0, True, "")
        at.visible = False
        shape.polygon = [{"x": 1}]
        at = shape.init_at()
        assert (at.visible, at.label) == (True, "")
        assert reread(e.Shape.new(at={"y": 2, "visible": False, "label": "l"})).at.label == "l"

    def test_a_member_of_a_newer_schema(self):
        shape = e.Shape.new(circle=1.0)
        tag = shape._o + _tag_offset(shape)
        shape._s[tag] = 99
        assert reread(shape).which == "unknown"
        with pytest.raises(InactiveMemberError):
            _ = reread(shape).circle

    def test_a_default_inside_a_union(self):
        shape = e.Shape.new(small=7)
        assert reread(shape).small == 7
        shape.small = 9
        assert reread(shape).small == 9

    def test_unions_in_groups(self):
        two = e.TwoUnions.new(left={"b": "x"}, right={"c": 5})
        read = reread(two)
        assert (read.left.which, read.left.b, read.right.which, read.right.c) == ("b", "x", "c", 5)


def _tag_offset(shape):
    """Where the discriminant stands: the byte that differs between two members."""
    one, two = e.Shape.new(nothing=True), e.Shape.new(polygon=[])
    return next(i for i in range(shape._p - shape._o) if one._s[one._o + i] != two._s[two._o + i])


def test_groups_in_groups():
    deep = e.Deep.new(address={"city": {"name": "here", "zip": 7}, "street": "s"})
    read = reread(deep)
    assert (read.address.city.name, read.address.city.zip, read.address.street) == ("here", 7, "s")
    deep.address.city.zip = 8
    assert reread(deep).address.city.zip == 8
    assert e.Deep.Address.City is e.Deep_Address_City


def test_nested_names():
    assert e.Person.PhoneNumber.Type.HOME_OFFICE == 1
    assert e.Person.Builder is e.Person_Builder
    assert e.Lab.Run.WaitResults is e.Lab_Run_WaitResults
    assert e.Lab.Server is e.Lab_Server
    assert e.Person.PhoneNumber.Builder.__mro__[1] is e.Person.PhoneNumber


def test_constants():
    assert (e.ANSWER, e.RATIO, e.GREETING, e.SECRET, e.FLAG) == (42, 0.5, "hello", b"\x00\xff\x10", True)
    assert (e.ORIGIN.x, e.ORIGIN.y, list(e.PRIMES)) == (1, -2, [2, 3, 5, 7])
    assert e.FAVOURITE is Color.BLUE
    assert e.Person_MAX_PHONES == 9


def test_names_that_would_be_in_the_way():
    made = e.Reserved.new(
        class_=1,
        from_="f",
        self_=True,
        int=5,
        str="s",
        bytes=b"b",
        list=[1],
        new_=True,
        read_=2,
        which_=3,
        property_=4,
    )
    read = reread(made)
    assert (read.class_, read.from_, read.self_, read.int) == (1, "f", True, 5)
    assert (read.str, read.bytes) == ("s", b"b")
    assert (list(read.list), read.new_, read.read_, read.which_, read.property_) == ([1], True, 2, 3, 4)
    made.has_point = True
    made.point = {"x": 1}
    assert reread(made).has_point is True
    assert reread(made).has_point_ is True


def test_docstrings_come_from_the_schema():
    assert e.Person.__doc__.startswith("Somebody with a phone.")
    assert 'a "quote" and a back\\slash.' in e.Person.__doc__
    assert e.Person.name.__doc__ == "what people say"
    assert e.Lab.__doc__ == "A place to work in."
    assert e.Lab.start.__doc__ == "Begin something."


class TestAnyPointer:
    def test_all_it_can_hold(self):
        made = e.Pointers.new()
        assert made.any.is_null
        assert made.any.kind == "null"
        made.any = "text"
        assert (reread(made).any.as_text(), made.any.kind) == ("text", "list")
        made.any = b"data"
        assert reread(made).any.as_data() == b"data"
        made.any = Point.new(x=5)
        assert (reread(made).any.as_struct(Point).x, made.any.kind) == (5, "struct")
        made.any.set_list(INT32_LIST, [1, 2])
        assert list(reread(made).any.as_list(INT32_LIST)) == [1, 2]
        other = e.Lists.new(texts=["a"])
        made.any = reread(other).texts
        assert list(reread(made).any.as_list(TEXT_LIST)) == ["a"]
        made.any.init_list(INT32_LIST, 2)[1] = 8
        assert list(made.any.as_list(INT32_LIST)) == [0, 8]
        made.any.init_struct(Point.Builder).y = 3
        assert made.any.get_struct(Point.Builder).y == 3
        again = e.Pointers.new(any=made.any)
        assert reread(again).any.as_struct(Point).y == 3
        made.any = None
        assert made.any.is_null

    def test_the_wrong_type_is_an_error(self):
        made = reread(e.Pointers.new(any=Point.new(x=1)))
        as_client, as_list = made.any.as_client, made.any.as_list
        for read in (
            made.any.as_text,
            made.any.as_data,
            lambda: as_client(Client),
            lambda: as_list(TEXT_LIST),
        ):
            with pytest.raises(DecodeError):
                read()
        with pytest.raises(DecodeError):
            reread(e.Pointers.new(any="x")).any.as_struct(Point)

    def test_null_reads_as_empty(self):
        null = reread(e.Pointers.new()).any
        assert (null.as_text(), null.as_data(), null.as_struct(Point).x) == ("", b"", 0)
        assert list(null.as_list(TEXT_LIST)) == []
        assert not null.as_client(e.Lab)

    def test_type_parameters(self):
        made = e.Pointers.new(box={"value": "text", "label": "l"})
        assert reread(made).box.value == "text"


class TestCapabilities:
    def test_the_table_holds_hooks(self):
        one, two = FakeHook("one"), FakeHook("two")
        made = e.Pointers.new(cap=e.Lab(one), any_cap=Client(two))
        assert made._m.caps == [one, two]
        assert isinstance(made.cap, e.Lab)
        assert made.cap == Client(one)
        assert made.any_cap != made.cap
        made.cap = None
        assert not made.cap
        with pytest.raises(LocalError, match="null"):
            made.cap.ping()

    def test_lists_and_unions_of_capabilities(self):
        hooks = [FakeHook(str(i)) for i in range(3)]
        lists = e.Lists.new(labs=[e.Lab(h) for h in hooks])
        assert [lab._hook for lab in lists.labs] == hooks
        lists.labs[1] = None
        assert [bool(lab) for lab in lists.labs] == [True, False, True]
        shape = e.Shape.new(lab=e.Lab(hooks[0]))
        assert shape.lab._hook is hooks[0]

    def test_a_copy_takes_its_capabilities_along(self):
        hooks = [FakeHook(str(i)) for i in range(4)]
        inner = e.Pointers.new(cap=e.Lab(hooks[1]), any=Client(hooks[2]), pointers={"cap": e.Lab(hooks[3])})
        into_empty = e.Pointers.new(pointers=inner)
        outer = e.Pointers.new(cap=e.Lab(hooks[0]), pointers=inner)
        for made in (into_empty, outer):
            assert made.pointers.cap._hook is hooks[1]
            assert made.pointers.any.as_hook() is hooks[2]
            assert made.pointers.pointers.cap._hook is hooks[3]
        assert outer.cap._hook is hooks[0]
        assert set(inner._m.caps) == set(hooks[1:])


class TestCopies:
    def test_what_is_assigned_is_copied(self):
        inner = Point.new(x=1)
        outer = e.Pointers.new(point=inner)
        inner.x = 2
        assert outer.point.x == 1
        outer.point = inner
        assert outer.point.x == 2

    def test_from_a_reader_with_several_segments(self):
        message = MessageBuilder(segment_bytes=40)
        message.set_root(e.Person.new(name="Ada", phones=[{"number": str(i)} for i in range(5)]))
        person = e.Person.read(bytes(frame(message)))
        lists = e.Lists.new(people=[person, person])
        numbers = [[p.number for p in one.phones] for one in reread(lists).people]
        assert numbers == [["0", "1", "2", "3", "4"]] * 2

    def test_a_struct_of_a_newer_schema_keeps_what_it_holds(self):
        new = e.NewVersion.new(a=1, text="t", b=2, more="m", point={"x": 3})
        message = MessageBuilder()
        message.set_root(e.OldVersion.read(bytes(frame(new))))
        again = e.NewVersion.read(bytes(frame(message)))
        assert (again.a, again.text, again.b, again.more, again.point.x) == (1, "t", 2, "m", 3)

    def test_a_builder_is_read_where_it_stands(self):
        made = e.Person.new(name="Ada", phones=[{"number": "1"}])
        read = made._m.as_reader().root(e.Person)
        assert (read.name, read.phones[0].number) == ("Ada", "1")
        made.email = "x" * 10_000
        assert read.email == ""
        read = made._m.as_reader().root(e.Person)
        assert (read.name, read.email) == ("Ada", "x" * 10_000)
        with pytest.raises(BufferError):
            made.email = "y"

    def test_within_one_message(self):
        outer = e.Pointers.new(pointers={"text": "t", "cap": e.Lab(FakeHook("h"))})
        outer.pointers.pointers = outer.pointers
        assert outer.pointers.pointers.text == "t"
        assert outer.pointers.pointers.cap == outer.pointers.cap
        assert len(outer._m.caps) == 1


def test_method_tables():
    info = e.Lab.METHODS[e.Lab._id, 0]
    assert (info.interface_name, info.name, info.streaming) == ("Lab", "start", False)
    assert (info.params, info.results) == (e.Lab.StartParams, e.Lab.StartResults)
    assert e.Lab.METHODS[e.Lab._id, 2].streaming
    # inherited methods keep the ids of their own interface
    names = {(i.interface_name, i.name) for i in e.Lab.Run.METHODS.values()}
    assert names == {("Closer", "close"), ("Run", "wait"), ("Run", "done")}
    assert set(e.Lab.Run.Server.METHODS) == set(e.Lab.Run.METHODS)
    assert {i.name for i in e.Both.METHODS.values()} >= {"start", "close", "wait", "ping"}
    with pytest.raises(TypeError, match="abstract"):
        e.Lab.Server()


class TestAssignmentFromTheSameMessage:
    def test_a_struct_to_itself(self):
        outer = e.Pointers.new(pointers={"text": "t", "point": {"x": 1}})
        outer.pointers = outer.pointers
        outer.any = outer.pointers
        outer.any = outer.any
        assert (outer.pointers.text, outer.pointers.point.x) == ("t", 1)
        assert outer.any.as_struct(e.Pointers).point.x == 1
        outer.pointers = outer.pointers.pointers
        assert outer.pointers.text == ""

    def test_a_list_to_itself(self):
        lists = e.Lists.new(
            int32s=[1, 2],
            texts=["a"],
            bools=[True, False],
            points=[{"x": 1}, {"x": 2}],
            matrix=[[1], [2, 3]],
            colors=[Color.BLUE],
            datas=[b"d"],
        )
        before = {
            name: plain(getattr(lists, name))
            for name in ("int32s", "texts", "bools", "matrix", "colors", "datas")
        }
        for name in [*before, "points"]:
            setattr(lists, name, getattr(lists, name))
        assert {name: plain(getattr(lists, name)) for name in before} == before
        lists.points = [lists.points[1], lists.points[0], {"x": lists.points[0].x}]
        assert [p.x for p in lists.points] == [2, 1, 1]
        lists.points[0] = lists.points[1]
        assert [p.x for p in lists.points] == [1, 1, 1]
        lists.people = [{"name": "a", "phones": [{"number": "1"}]}]
        lists.people = [{"name": "b", "phones": lists.people[0].phones}]
        lists.people[0] = {"phones": lists.people[0].phones}
        assert [(p.name, [n.number for n in p.phones]) for p in lists.people] == [("", ["1"])]


def plain(values):
    return [plain(v) if hasattr(v, "_t") else v for v in values]
