"""What a small message can make its reader do is bounded."""

import everything_capnp as e
import pytest

from wetware.capnp.canonical import canonical
from wetware.capnp.copying import copy_struct
from wetware.capnp.errors import DecodeError, MessageLimitError
from wetware.capnp.framing import frame, read_message
from wetware.capnp.message import DEFAULT_LIMITS, Limits, MessageBuilder, MessageReader
from wetware.capnp.reader import StructReader
from wetware.errors import LimitError, LocalError, RemoteError


def words(*lines):
    return bytes.fromhex("".join(lines))


def bomb():
    """56 bytes that claim half a billion structs without size."""
    count = (1 << 29) - 1
    return (
        words(
            "00000000 06000000",  # one segment of 6 words
            "00000000 00000100",
            "01000000 07000000",  # a list of structs, of 0 words
        )
        + (count << 2).to_bytes(4, "little")
        + bytes(4)
        + bytes(24)
    )


def test_a_list_of_nothing_costs_its_elements():
    data = bomb()
    assert len(data) == 56
    message = read_message(data)
    with pytest.raises(MessageLimitError) as caught:
        _ = message.root(e.Empties).list
    assert isinstance(caught.value, LimitError)
    assert isinstance(caught.value, RemoteError)
    # nothing was walked: the claim alone is enough
    assert message.budget < 0
    void = words("00000000 02000000", "00000000 00000100", "01000000 f8ffffff")
    with pytest.raises(MessageLimitError):
        _ = read_message(void).root(e.Lists).voids


def test_the_bomb_is_not_copied_or_compared_either():
    for use in (canonical, lambda s: copy_struct(MessageBuilder(), MessageBuilder().segment, 8, s)):
        with pytest.raises(MessageLimitError):
            use(read_message(bomb()).root(StructReader))


def loop():
    """A struct whose ten pointers all lead to itself."""
    pointers = b"".join(
        (-(i + 1) << 2).to_bytes(4, "little", signed=True) + words("00000a00") for i in range(10)
    )
    return MessageReader([words("00000000 00000a00") + pointers])


def test_a_loop_ends_by_depth():
    def walk(one):
        for _ in range(100):
            one = one.pointers

    with pytest.raises(MessageLimitError, match="nest"):
        walk(loop().root(e.Pointers))


def test_a_graph_that_multiplies_itself_ends_by_words():
    """Ten pointers at each of 30 levels are 10^30 paths; the copy stops after `traversal_words`."""
    level = b"".join(((9 - i) << 2).to_bytes(4, "little") + words("00000a00") for i in range(10))
    segment = words("00000000 00000a00") + level * 30 + bytes(80)
    message = MessageReader([segment], limits=Limits(traversal_words=100_000))
    out = MessageBuilder()
    with pytest.raises(MessageLimitError, match="visit"):
        copy_struct(out, out.segment, 8, message.root(StructReader))
    assert out.size() < 8 * 100_000


def test_reading_a_field_again_is_cheap():
    payload = bytes(1 << 20)
    message = read_message(bytes(frame(e.Pointers.new(data=payload, text="x" * (1 << 20)))))
    root = message.root(e.Pointers)
    before = message.budget
    for _ in range(500):
        assert len(root.data) == 1 << 20
        assert len(root.text) == 1 << 20
    # the first reading in full, the others a 64th
    assert before - message.budget < 2 * 131_100 + 2 * 500 * 2100


def test_a_loop_over_an_indexed_field_is_cheap():
    message = read_message(bytes(frame(e.Lists.new(points=[{"x": i} for i in range(5000)]))))
    lists = message.root(e.Lists)
    assert sum(lists.points[i].x for i in range(len(lists.points))) == 5000 * 4999 // 2


def test_reading_without_end_ends():
    message = read_message(bytes(frame(e.Pointers.new(data=bytes(1 << 20)))))
    root = message.root(e.Pointers)
    with pytest.raises(MessageLimitError):
        sum(len(root.data) for _ in range(10_000))


def test_a_large_message_may_be_read_whole():
    limits = Limits(traversal_words=1000, message_bytes=1 << 30)
    message = read_message(bytes(frame(e.Pointers.new(data=bytes(1 << 20)))), limits=limits)
    assert len(message.root(e.Pointers).data) == 1 << 20


def test_many_pointers_to_one_object_are_each_paid():
    """A megabyte behind each of 1000 pointers is a gigabyte to whoever hashes them all."""
    size = 1 << 20
    count = 1000
    head = words("00000000 00000100") + words("01000000") + (6 | count << 3).to_bytes(4, "little")
    pointers = b"".join(
        ((count - 1 - i) << 2 | 1).to_bytes(4, "little") + (2 | size << 3).to_bytes(4, "little")
        for i in range(count)
    )
    message = MessageReader([head + pointers + bytes(size)])
    from wetware.capnp.listtypes import DATA_LIST

    root = message.root(StructReader)
    with pytest.raises(MessageLimitError):
        sum(len(element) for element in DATA_LIST.read(root, 0))


def test_defaults():
    assert Limits(traversal_words=8 << 20, nesting=64, segments=512, message_bytes=64 << 20) == DEFAULT_LIMITS


def test_nesting_fits_the_stack():
    """Readers recurse: the deepest nesting that can be asked for is walked without trouble."""
    with pytest.raises(LocalError):
        Limits(nesting=201)
    message = loop()
    message.nesting = 200
    with pytest.raises(MessageLimitError, match="nest"):
        canonical(message.root(StructReader))


def test_errors_say_whose_fault_it_is():
    with pytest.raises(RemoteError) as caught:
        MessageReader([words("01000000 02000000")]).root(e.Person)
    assert isinstance(caught.value, DecodeError)
    assert "struct" in str(caught.value)
