"""Generics: what is bound is typed, what is not is an AnyPointer."""

import everything_capnp as e
import pytest
from common_capnp import Box, Closer, Point
from wire_theirs import load_theirs

from wetware.capnp.anypointer import AnyPointerReader
from wetware.capnp.client import Client
from wetware.capnp.errors import EncodeError
from wetware.capnp.framing import frame
from wetware.capnp.hooks import Hook


def reread(builder):
    return type(builder).__mro__[1].read(bytes(frame(builder)))


class Recorder(Hook):
    """Keeps what is sent."""

    def __init__(self):
        self.sent = []

    def send(self, interface_id, method_id, content, hints=0):
        self.sent.append((interface_id, method_id, content, hints))

    def resolved(self):
        return self


def test_bound_structs_have_typed_fields():
    hook = Recorder()
    bound = e.Bound.new(
        text={"value": "t", "label": "l"},
        list={"value": [1, 2]},
        person={"value": {"name": "Ada"}},
        lab={"value": e.Lab(hook)},
        boxes=[{"value": b"a"}, {"value": b"b"}],
        boxed={"value": {"value": "deep"}},
    )
    assert bound.lab.value._hook is hook
    bound.lab.value = None
    read = reread(bound)
    assert (read.text.value, read.text.label) == ("t", "l")
    assert list(read.list.value) == [1, 2]
    assert read.person.value.name == "Ada"
    assert [box.value for box in read.boxes] == [b"a", b"b"]
    assert read.boxed.value.value == "deep"
    with pytest.raises(EncodeError):
        e.Bound.new(text={"value": 5})


def test_recursion_groups_and_nested_nodes_are_bound_too():
    tree = e.Bound.new(
        tree={
            "value": "root",
            "children": [{"value": "leaf", "inner": {"again": "x"}}],
            "extra": {"more": "m", "any": b"d"},
        }
    )
    read = reread(tree).tree
    assert (read.value, read.extra.more, read.extra.any.as_data()) == ("root", "m", b"d")
    assert [(c.value, c.inner.again, len(c.children)) for c in read.children] == [("leaf", "x", 0)]
    assert type(read).Inner is e.Tree_Inner_of_Text


def test_the_unbound_form_is_an_any_pointer_and_the_same_on_the_wire():
    bound = e.Bound.new(text={"value": "t"})
    free = e.Bound.new(free=Box.new(value="t"))
    assert isinstance(reread(free).free.value, AnyPointerReader)
    assert reread(free).free.value.as_text() == "t"
    bound.text = Box.new(value="u")
    assert reread(bound).text.value == "u"


def test_bound_interfaces_take_typed_parameters():
    hook = Recorder()
    sender = e.Bound.new(sender=e.Sender(hook)).sender
    assert type(sender) is e.Sender_of_Data
    sender.put(value=b"data")
    ((interface_id, method_id, content, _),) = hook.sent
    assert (interface_id, method_id) == (e.Sender._id, 0)
    assert content.as_reader().root(e.Sender.PutParams).value.as_data() == b"data"
    with pytest.raises(EncodeError):
        sender.put(value="text")


def test_what_extends_a_bound_interface_inherits_its_types():
    hook = Recorder()
    texts = e.Texts(hook)
    texts.put(value="x")
    texts.close()
    texts.count(in_={"value": "y"})
    assert [(i, m) for i, m, _, _ in hook.sent] == [(e.Sender._id, 0), (Closer._id, 0), (e.Texts._id, 0)]
    assert {i.name for i in e.Texts.METHODS.values()} == {"put", "take", "close", "count"}
    assert set(e.Texts.Server.METHODS) == set(e.Texts.METHODS)
    assert e.Texts.METHODS[e.Texts._id, 0].results is e.Box_of_Point


async def test_a_bound_server_gets_and_gives_typed_values():
    class Texts(e.Texts.Server):
        async def put(self, *, value, context):
            self.got = value

        async def take(self, *, context):
            return {"value": "taken"}

        async def close(self, *, context):
            pass

        async def count(self, *, in_, context):
            return {"value": Point.new(x=len(in_.value))}

    server = Texts()

    async def call(interface, number, params):
        _, handler = server.METHODS[interface._id, number]
        return await handler(server, params._m.as_reader(), None)

    await call(e.Sender, 0, e.Sender.PutParams.new(value="given"))
    assert server.got == "given"
    taken = await call(e.Chan, 0, e.Chan.TakeParams.new())
    assert taken.as_reader().root(e.Chan.TakeResults).value.as_text() == "taken"
    counted = await call(e.Texts, 0, e.Texts.CountParams.new(in_={"value": "abc"}))
    assert counted.as_reader().root(e.Box_of_Point).value.x == 3


def test_hints_say_where_nothing_can_be_pipelined():
    hook = Recorder()
    lab = e.Lab(hook)
    lab.start(name="x")
    lab.find(key=b"")
    assert [hints for *_, hints in hook.sent] == [0, 1]


def test_pycapnp_reads_bound_generics():
    theirs = load_theirs()
    made = e.Bound.new(text={"value": "t"}, tree={"value": "r", "children": [{"value": "c"}]})
    with theirs.Bound.from_bytes(bytes(frame(made))) as read:
        assert read.text.value == "t"
        assert [c.value for c in read.tree.children] == ["c"]
    there = theirs.Bound.new_message()
    there.person.init("value").name = "Ada"
    assert e.Bound.read(there.to_bytes()).person.value.name == "Ada"


def test_clients_of_any_binding_are_equal():
    hook = Recorder()
    assert e.Sender(hook) == e.Sender_of_Data(hook) == Client(hook)
