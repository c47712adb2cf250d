"""Stream framing and the packed encoding."""

import random

import everything_capnp as e
import pytest

from wetware.capnp.errors import DecodeError, EncodeError, MessageLimitError
from wetware.capnp.framing import Framer, frame, read_message, read_message_from, segment_bytes
from wetware.capnp.message import Limits, MessageBuilder
from wetware.capnp.packing import PackedFramer, Unpacker, pack, unpack


def hexa(text):
    return bytes.fromhex(text)


def sample(size=0, segments=None):
    message = MessageBuilder(segment_bytes=segments)
    message.set_root(e.Person.new(id=7, name="Ada", email="x" * size, phones=[{"number": "1"}] * 3))
    return bytes(frame(message))


def test_the_segment_table():
    assert bytes(frame(e.OldVersion.new(a=1)))[:16] == hexa("00000000 03000000 00000000 01000100")
    message = MessageBuilder(segment_bytes=24)
    message.set_root(e.OldVersion.new(a=1, text="too long for the first segment"))
    data = bytes(frame(message))
    count = len(message.segments)
    assert int.from_bytes(data[:4], "little") == count - 1
    sizes = [int.from_bytes(data[4 + 4 * i : 8 + 4 * i], "little") for i in range(count)]
    assert [len(s) // 8 for s in segment_bytes(message)] == sizes
    assert len(data) == (4 + 4 * count + 7) // 8 * 8 + 8 * sum(sizes)


def test_a_frame_of_one_segment_is_not_copied():
    person = e.Person.new(name="Ada")
    assert frame(person) is frame(person)


@pytest.mark.parametrize("segments", [None, 32, 40])
@pytest.mark.parametrize("piece", [1, 3, 8, 64, 1 << 20])
def test_messages_come_in_pieces(segments, piece):
    sizes = [0, 5, 300] if piece == 1 else [0, 5, 300, 20_000, 100_000, 3, 40_000]
    stream = b"".join(sample(size, segments if size < 1000 else None) for size in sizes)
    framer = Framer()
    got = []
    for at in range(0, len(stream), piece):
        got += framer.feed(stream[at : at + piece])
    assert [len(m.root(e.Person).email) for m in got] == sizes
    assert framer.pending == 0


def test_what_is_pending_is_known():
    data = sample(100_000)
    framer = Framer()
    assert framer.feed(data[:-1]) == []
    assert framer.pending >= 100_000
    assert len(framer.feed(data[-1:])) == 1
    assert framer.pending == 0


def test_a_claim_costs_no_memory():
    framer = Framer()
    framer.feed(hexa("00000000 ffff7f00"))
    assert framer.pending <= 8


@pytest.mark.parametrize(
    "head",
    ["ffffffff 01000000", "00020000 01000000", "00000000 01008000", "01000000 00008000 00008000 00000000"],
)
def test_too_large_a_message_is_refused_by_its_table(head):
    with pytest.raises(MessageLimitError) as caught:
        Framer().feed(hexa(head))
    assert caught.value.limit in ("segments", "message_bytes")
    assert caught.value.used > caught.value.allowed
    with pytest.raises(MessageLimitError):
        read_message(hexa(head))


def test_limits_can_be_set():
    data = sample(1000)
    assert Framer(Limits(message_bytes=2000)).feed(data)
    with pytest.raises(MessageLimitError):
        Framer(Limits(message_bytes=1000)).feed(data)
    with pytest.raises(MessageLimitError):
        Framer(Limits(segments=2)).feed(sample(0, 32))


def test_one_message_from_bytes():
    data = sample()
    assert read_message(data).root(e.Person).name == "Ada"
    assert read_message(bytearray(data)).root(e.Person).name == "Ada"
    assert read_message(memoryview(data)).root(e.Person).name == "Ada"
    for wrong in (data[:-8], data + bytes(8), b"", data[:4], data[:-1]):
        with pytest.raises(DecodeError):
            read_message(wrong)


def test_one_message_from_a_blocking_source():
    class Source:
        def __init__(self, data):
            self.data = data

        def __call__(self, count):
            got, self.data = self.data[:count], self.data[count:]
            return got

    for segments in (None, 32):
        data = sample(10, segments)
        source = Source(data + data)
        assert read_message_from(source).root(e.Person).id == 7
        assert read_message_from(source).root(e.Person).id == 7
        assert read_message_from(source) is None
        for cut in (1, 4, 8, 12, len(data) - 1):
            with pytest.raises(DecodeError):
                read_message_from(Source(data[:cut]))


def test_data_is_a_view_of_the_message():
    data = bytes(frame(e.Pointers.new(data=bytes(10_000))))
    read = e.Pointers.read(data)
    assert read.data.obj is data
    assert read.data.readonly
    large = e.Pointers.new(data=bytes(100_000))
    framer = Framer()
    whole = bytes(frame(large))
    (message,) = framer.feed(whole[:50_000]) or framer.feed(whole[50_000:])
    assert message.root(e.Pointers).data.readonly


# https://capnproto.org/encoding.html#packing, and the edges of runs
PACKED = [
    ("08000000 03000200 19000000 aa010000", "51 08 03 02 31 19 aa 01"),
    ("00000000 00000000", "00 00"),
    ("00000000 00000000" * 3, "00 02"),
    ("01020304 05060708", "ff 01 02 03 04 05 06 07 08 00"),
    ("01020304 05060708" * 3, "ff 01 02 03 04 05 06 07 08 02" + "01 02 03 04 05 06 07 08" * 2),
    ("01020304 05060708 01020304 05060700", "ff 01 02 03 04 05 06 07 08 01 01 02 03 04 05 06 07 00"),
    ("01020304 05060708 01020304 05060000", "ff 01 02 03 04 05 06 07 08 00 3f 01 02 03 04 05 06"),
]


@pytest.mark.parametrize(("plain", "packed"), PACKED)
def test_packing(plain, packed):
    assert pack(hexa(plain)) == hexa(packed)
    assert unpack(hexa(packed)) == hexa(plain)


def test_long_runs_are_split():
    assert pack(bytes(8 * 300)) == hexa("00 ff 00 2b")
    dense = b"\x01" * 8 * 300
    assert unpack(pack(dense)) == dense
    assert pack(dense)[9] == 255


def test_packing_random_data():
    source = random.Random(5)
    for _ in range(200):
        data = bytes(
            source.choice([0, 0, 0, 1, 255, source.randrange(256)]) for _ in range(8 * source.randrange(40))
        )
        packed = pack(data)
        assert unpack(packed) == data
        unpacker = Unpacker()
        out = b""
        at = 0
        while at < len(packed):
            size = source.randint(1, 9)
            out += b"".join(unpacker.feed(packed[at : at + size]))
            at += size
        assert out == data
        assert unpacker.at_word


def test_packed_bytes_may_end_early():
    data = sample(20)
    packed = pack(data)
    whole = 0
    for cut in range(len(packed)):
        try:
            got = unpack(packed[:cut])
        except DecodeError:
            continue
        assert data.startswith(got)
        whole += 1
    assert 0 < whole < len(packed)
    for wrong in (b"\x00", b"\xff" + bytes(8), b"\x03\x01"):
        with pytest.raises(DecodeError):
            unpack(wrong)
    with pytest.raises(EncodeError):
        pack(bytes(7))


def test_a_packed_bomb_is_bounded():
    bomb = hexa("00ff") * 50_000
    with pytest.raises(DecodeError):
        unpack(bomb, limits=Limits(message_bytes=1 << 20))
    # as a stream: one message of 8 MB of zeros is announced, which is more than allowed
    framer = PackedFramer(Limits(message_bytes=1 << 20))
    with pytest.raises(MessageLimitError):
        framer.feed(pack(hexa("00000000 00001000")) + bomb)
    # as many empty messages as the stream holds words: bounded by what was fed
    assert all(len(piece) < 70_000 for piece in Unpacker().feed(bomb))
