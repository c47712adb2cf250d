import pytest

from wetware.cluster.addresses import Address, is_loopback, parse_address
from wetware.errors import LocalError


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("localhost:1", Address("localhost", 1)),
        ("10.0.0.1:8822", Address("10.0.0.1", 8822)),
        ("[::1]:0", Address("::1", 0)),
        (" node-7.example.com:65535 ", Address("node-7.example.com", 65535)),
    ],
)
def test_addresses(text, address):
    assert parse_address(text) == address
    assert parse_address(str(address)) == address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("10.0.0.1", Address("10.0.0.1", 5)),
        ("::1", Address("::1", 5)),
        ("[::1]", Address("::1", 5)),
        ("h:7", Address("h", 7)),
    ],
)
def test_with_a_default_port(text, address):
    assert parse_address(text, default_port=5) == address


@pytest.mark.parametrize(
    "text",
    ["", ":", "host", "host:", ":1", "host:port", "host:65536", "host:-1", "::1", "[::1:1", "[]:1", "a b:1",
     "http://h:1", "h:\uff11", "h\n:1", "x" * 300 + ":1"],
)  # fmt: skip
def test_what_is_none(text):
    with pytest.raises(LocalError, match="is no address"):
        parse_address(text)


def test_what_an_address_is():
    assert is_loopback("127.9.9.9")
    assert is_loopback("::1")
    assert is_loopback("localhost")
    assert not is_loopback("10.0.0.1")
    assert not is_loopback("127.0.0.1.example.com")
    assert Address("0.0.0.0", 1).is_wildcard
    assert Address("::", 1).is_wildcard
    assert not Address("name", 1).is_wildcard
    assert Address("10.0.0.1", 1).is_numeric
    assert not Address("name", 1).is_numeric
