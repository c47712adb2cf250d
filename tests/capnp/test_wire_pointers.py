"""Every kind of pointer, with the bytes written out by hand (https://capnproto.org/encoding.html)."""

import pytest

from wetware.capnp.builder import StructBuilder
from wetware.capnp.errors import DecodeError, MessageLimitError
from wetware.capnp.listtypes import INT32_LIST, StructListType
from wetware.capnp.message import Limits, MessageBuilder, MessageReader
from wetware.capnp.reader import StructReader
from wetware.capnp.runtime import unpack_u32


class Pair(StructReader):
    """One word of data, two pointers."""

    __slots__ = ()
    _size = (1, 2)

    @property
    def number(self):
        return unpack_u32(self._s, self._o)[0] if self._o + 4 <= self._p else 0


class PairBuilder(Pair, StructBuilder):
    __slots__ = ()


PAIRS = StructListType(Pair, PairBuilder)


def words(*lines):
    """Segments from lines of hexadecimal words, `#` begins a remark."""
    return bytes.fromhex("".join(line.partition("#")[0] for line in lines))


def test_a_struct_pointer():
    message = MessageReader(
        [
            words(
                "00000000 01000200  # struct, 0 words on, 1 word of data, 2 pointers",
                "2a000000 00000000  # 42",
                "05000000 1a000000  # list, 1 word on, bytes, 3 of them",
                "00000000 00000000  # null",
                "68690000 00000000  # hi",
            )
        ]
    )
    pair = message.root(Pair)
    assert pair.number == 42
    assert pair._text(0) == "hi"
    assert pair._text(8) == ""
    assert pair._text(8, "default") == "default"
    assert pair._text(16, "beyond the section") == "beyond the section"
    assert (pair._has(0), pair._has(8), pair._has(16)) == (True, False, False)


def test_a_pointer_may_lead_backwards():
    message = MessageReader(
        [
            words(
                "04000000 00000100  # struct, 1 word on, 1 pointer",
                "07000000 00000000  # 7",
                "f8ffffff 01000000  # struct, 2 words back, 1 word of data",
            )
        ]
    )
    assert message.root(Pair)._struct(Pair, 0).number == 7


def test_a_null_root_and_an_empty_segment_read_as_defaults():
    for segment in (b"", bytes(8)):
        pair = MessageReader([segment]).root(Pair)
        assert (pair.number, pair._text(0), len(PAIRS.read(pair, 8))) == (0, "", 0)
        assert pair._struct(Pair, 0).number == 0
        assert pair._cap(0) is None


def test_a_struct_without_size_is_not_null():
    message = MessageReader([words("00000000 00000100", "fcffffff 00000000  # the offset is -1")])
    root = message.root(Pair)
    assert root._has(0)
    assert root._struct(Pair, 0).number == 0


def test_a_far_pointer():
    message = MessageReader(
        [
            words("0a000000 01000000  # far, word 1 of segment 1"),
            words(
                "00000000 00000000  # something else",
                "00000000 01000000  # landing pad: struct, 0 words on, 1 word of data",
                "63000000 00000000  # 99",
            ),
        ]
    )
    assert message.root(Pair).number == 99


def test_a_double_far_pointer():
    message = MessageReader(
        [
            words("06000000 02000000  # double far, word 0 of segment 2"),
            words("00000000 00000000", "63000000 00000000  # 99"),
            words(
                "0a000000 01000000  # far: the content is at word 1 of segment 1",
                "00000000 01000000  # tag: struct, 1 word of data",
            ),
        ]
    )
    assert message.root(Pair).number == 99


def test_a_double_far_pointer_to_a_list():
    message = MessageReader(
        [
            words("00000000 00000100", "06000000 02000000  # double far, word 0 of segment 2"),
            words("01000000 02000000", "03000000 00000000"),
            words(
                "02000000 01000000  # far: word 0 of segment 1",
                "01000000 1c000000  # tag: list, 3 of 4 bytes",
            ),
        ]
    )
    assert list(INT32_LIST.read(message.root(Pair), 0)) == [1, 2, 3]


def test_a_capability_pointer_is_an_index_into_the_table():
    message = MessageReader(
        [
            words(
                "00000000 00000300",
                "03000000 01000000  # capability 1",
                "03000000 07000000  # capability 7, which is not in the table",
                "07000000 00000000  # of this kind, but not a capability",
            )
        ],
        ["zero", "one"],
    )
    root = message.root(Pair)
    assert root._cap(0) == "one"
    with pytest.raises(DecodeError):
        root._cap(8)
    with pytest.raises(DecodeError):
        root._cap(16)


def test_a_list_of_structs_has_a_tag():
    message = MessageReader(
        [
            words(
                "00000000 00000100",
                "01000000 27000000  # list, 0 words on, composite, 4 words",
                "08000000 01000100  # tag: 2 elements of 1 word of data and 1 pointer",
                "01000000 00000000",
                "09000000 12000000  # the first one's text",
                "02000000 00000000",
                "00000000 00000000",
                "61000000 00000000",
            )
        ]
    )
    pairs = PAIRS.read(message.root(Pair), 0)
    assert [pair.number for pair in pairs] == [1, 2]
    assert [pair._text(0) for pair in pairs] == ["a", ""]
    assert pairs[-1].number == 2
    assert [pair.number for pair in pairs[0:1]] == [1]
    with pytest.raises(IndexError):
        pairs[2]


BROKEN = {
    "leaves its segment": ("00000000 01000000",),
    "leads before its segment": ("f0ffffff 01000000", "00000000 00000000"),
    "far to a segment that is not there": ("02000000 05000000",),
    "far beyond its segment": ("f2000000 00000000",),
    "far to far": ("0a000000 00000000", "02000000 00000000"),
    "double far beyond its segment": ("0e000000 00000000", "00000000 00000000"),
    "double far to no far": ("0e000000 00000000", "00000000 01000000", "00000000 01000000"),
    "double far with a far tag": ("0e000000 00000000", "0a000000 00000000", "02000000 00000000"),
    "a list": ("01000000 02000000",),
    "a capability": ("03000000 00000000",),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_struct_pointer(name):
    with pytest.raises(DecodeError):
        MessageReader([words(*BROKEN[name])]).root(Pair)


BROKEN_LISTS = {
    "leaves its segment": ("01000000 1a000000",),
    "starts before its segment": ("e1ffffff 0a000000",),
    "composite without room for its tag": ("01000000 07000000",),
    "composite with a list as its tag": ("01000000 0f000000", "01000000 00000000", "00000000 00000000"),
    "composite with too many elements": ("01000000 0f000000", "08000000 01000000", "00000000 00000000"),
    "a struct": ("00000000 00000000fcffffff 00000000",),
    "bits": ("01000000 09000000", "ff000000 00000000"),
}


@pytest.mark.parametrize("name", BROKEN_LISTS)
def test_a_broken_list_pointer(name):
    body = words("00000000 00000100", *BROKEN_LISTS[name])
    if name == "a struct":
        body = words("00000000 00000100", "fcffffff 00000000")
    with pytest.raises(DecodeError):
        PAIRS.read(MessageReader([body]).root(Pair), 0)


BROKEN_TEXTS = {
    "without NUL": ("01000000 12000000", "61620000 00000000"),
    "of length zero": ("01000000 02000000",),
    "not UTF-8": ("01000000 12000000", "ff000000 00000000"),
    "of two-byte elements": ("01000000 0b000000", "61000000 00000000"),
    "leaves its segment": ("01000000 12000000",),
    "a capability": ("03000000 00000000",),
}


@pytest.mark.parametrize("name", BROKEN_TEXTS)
def test_a_broken_text(name):
    root = MessageReader([words("00000000 00000100", *BROKEN_TEXTS[name])]).root(Pair)
    with pytest.raises(DecodeError):
        root._text(0)


def test_segments_are_whole_words():
    with pytest.raises(DecodeError):
        MessageReader([bytes(7)])
    with pytest.raises(DecodeError):
        MessageReader([bytes(8), bytes(12)])
    with pytest.raises(DecodeError):
        MessageReader([])


def test_a_builder_writes_the_bytes_of_the_specification():
    message = MessageBuilder()
    pair = message.init_root(PairBuilder)
    pair._set_text(0, "hi")
    assert bytes(message.segment[8:]) == words(
        "00000000 01000200",
        "00000000 00000000",
        "05000000 1a000000",
        "00000000 00000000",
        "68690000 00000000",
    )


@pytest.mark.parametrize("room", [16, 24, 40, 48, 64, 128, 1 << 20])
def test_a_builder_with_small_segments_points_far(room):
    message = MessageBuilder(segment_bytes=room)
    root = message.init_root(PairBuilder)
    root._set_text(0, "a text that is longer than some segments")
    inner = PAIRS.init(root, 8, 3)
    for index in range(3):
        inner[index]._set_text(0, f"number {index}")
        inner[index]._init_struct(PairBuilder, 8)._set_data(0, bytes([index]) * 20)
    again = MessageReader([bytes(memoryview(s)[8:]) for s in message.segments]).root(Pair)
    assert again._text(0) == "a text that is longer than some segments"
    assert [pair._text(0) for pair in PAIRS.read(again, 8)] == ["number 0", "number 1", "number 2"]
    assert [bytes(p._struct(Pair, 8)._data(0)) for p in PAIRS.read(again, 8)] == [
        bytes([i]) * 20 for i in range(3)
    ]
    assert (len(message.segments) > 1) == (room < 1 << 20)


def test_what_is_replaced_is_zeroed():
    message = MessageBuilder()
    root = message.init_root(PairBuilder)
    inner = PAIRS.init(root, 8, 2)
    inner[1]._set_text(0, "secret in a list")
    root._set_text(0, "secret one")
    root._set_text(0, "x")
    PAIRS.init(root, 8, 1)
    assert b"secret" not in bytes(message.segment)
    root._set_text(0, "secret two")
    root._disown(0)
    assert b"secret" not in bytes(message.segment)
    assert not root._has(0)


def test_what_is_replaced_is_zeroed_behind_far_pointers():
    message = MessageBuilder(segment_bytes=32)
    root = message.init_root(PairBuilder)
    root._init_struct(PairBuilder, 8)._set_text(0, "a secret that is far away")
    root._init_struct(PairBuilder, 8)
    assert all(b"secret" not in bytes(s) for s in message.segments)


def test_a_message_has_a_largest_size():
    message = MessageBuilder(message_bytes=1000)
    root = message.init_root(PairBuilder)
    with pytest.raises(MessageLimitError):
        root._set_data(0, bytes(2000))
    with pytest.raises(MessageLimitError):
        [root._init_struct(PairBuilder, 8) for _ in range(100)]


def test_depth_is_limited():
    message = MessageBuilder()
    inner = message.init_root(PairBuilder)
    for _ in range(100):
        inner = inner._init_struct(PairBuilder, 0)

    def walk(one):
        for _ in range(100):
            one = one._struct(Pair, 0)

    with pytest.raises(MessageLimitError):
        walk(message.as_reader(Limits(nesting=50)).root(Pair))
