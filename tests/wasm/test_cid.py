"""CIDs: the three test vectors, both texts, and every wrong form refused with its reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wetware.errors import LocalError
from wetware.wasm.cid import Cid, CidMismatchError, InvalidCidError

VECTORS = [
    (b"", "z26L4mZw1szCohpH1T53HGUzYU33DMrDPtMhSDeivtSAnSgKgLBN48ym516NYAbP2EpX9VV51CQjSTqHRsXmMnKtQ1JdqVs"),
    (
        b"\0asm\1\0\0\0",
        "z26L4mZsnQH9fhHXBmsac9xDimcPH3fCfa5ArsDyWfnWu9nTcWDQtwbibUDM8Yj78eWM9J3QNeKDPrsAfbQoBk7FXSczYzT",
    ),
    (
        b"hello",
        "z26L4mZxCrgZS9jzR6vXYBxYkpxS5crp3zt9NFAhuzRWy5mmK2HzcHJfmT4edrHfiSetvLnj1dzp9i8QcrJT6us3v64eS8T",
    ),
]


@pytest.mark.parametrize(("content", "text"), VECTORS)
def test_the_three_vectors(content, text):
    cid = Cid.of(content)
    assert str(cid) == text
    assert Cid.parse(text) == cid
    assert hash(Cid.parse(text)) == hash(cid)
    assert cid.binary[:5] == bytes.fromhex("01e40f1e40")
    assert cid.digest == cid.binary[5:]
    cid.verify(content)
    assert text in repr(cid)


@given(st.binary(max_size=300))
def test_both_texts_are_read_back(content):
    cid = Cid.of(content)
    assert Cid.parse(str(cid)) == Cid.parse(cid.base32) == Cid(cid.binary) == cid
    assert cid.base32[0] == "b"
    assert cid.base32 == cid.base32.lower()
    assert Cid.of(memoryview(content)) == cid


def test_other_bytes_do_not_verify():
    with pytest.raises(CidMismatchError, match="fetch them again"):
        Cid.of(b"hello").verify(b"hullo")


@given(st.binary(min_size=64, max_size=64))
def test_any_digest_has_a_text(digest):
    cid = Cid(bytes.fromhex("01e40f1e40") + digest)
    assert Cid.parse(str(cid)) == cid
    assert str(cid).startswith("z26L4m")


WRONG = {
    "": "does not begin like a CID",
    "hello": "does not begin like a CID",
    "Qmf412jQZiuVUtdgnB36FXFX7xg5V6KEbSJ4dpQuhkLyfD": "does not begin like a CID",
    "z": "no CID of version 1",
    "b": "no CID of version 1",
    "z" + "0" * 90: "no digit of base58btc",
    "z1" + VECTORS[0][1][1:]: "zero byte",
    VECTORS[0][1][:-1]: "no CID of version 1",
    VECTORS[0][1] + "s": "no CID of version 1",
    VECTORS[0][1] * 2: "too long",
    "z" * 1_000_000: "too long",
    "zb2rhe5P4gXftAwvA4eXQ5HJwsER2owDyS9sKaQRRVQPn93bA": "codec is not 2020",
    "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy": "codec is not 2020",
    Cid.of(b"").base32.upper().replace("B", "b", 1): "small letters",
    Cid.of(b"").base32 + "!": "digits of base32",
    Cid.of(b"").base32 + "a": "65 bytes",
    Cid.of(b"").base32 + "aa": "digits of base32",
    Cid.of(b"").base32[:-1] + "z": "belong to no byte",
}


@pytest.mark.parametrize("text", WRONG, ids=lambda text: text[:30] or "empty")
def test_wrong_texts_are_refused_with_their_reason(text):
    with pytest.raises(InvalidCidError, match=WRONG[text]) as error:
        Cid.parse(text)
    assert isinstance(error.value, LocalError)
    assert len(str(error.value)) < 200


@pytest.mark.parametrize(
    ("binary", "reason"),
    [
        (b"", "no CID of version 1"),
        (b"\x12\x20" + b"x" * 32, "version 0"),
        (bytes.fromhex("01551e40") + b"x" * 64, "codec"),
        (bytes.fromhex("01e40f1e20") + b"x" * 32, "another hash"),
        (bytes.fromhex("01e40f1240") + b"x" * 64, "another hash"),
        (bytes.fromhex("01e40f1e40") + b"x" * 63, "63 bytes"),
        (bytes.fromhex("01e40f1e40") + b"x" * 65, "65 bytes"),
    ],
)
def test_wrong_binaries_are_refused_with_their_reason(binary, reason):
    with pytest.raises(InvalidCidError, match=reason):
        Cid(binary)


@given(st.text(max_size=130))
def test_no_text_breaks_the_reader(text):
    try:
        cid = Cid.parse(text)
    except InvalidCidError:
        return
    assert text in (str(cid), cid.base32)


def test_a_cid_equals_no_other_kind_of_thing():
    assert Cid.of(b"") != str(Cid.of(b""))
    assert {Cid.of(b"a"): 1}[Cid.of(b"a")] == 1
