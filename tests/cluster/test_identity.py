"""Node keys, peer ids, and the file that holds the key."""

import copy
import os
import pickle
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wetware.cluster.base58 import b58decode, b58encode
from wetware.cluster.identity import NodeKey, PeerId, SignatureError
from wetware.cluster.keyfile import ephemeral_key, load_key, load_or_create_key, private_directory
from wetware.errors import LocalError

# RFC 8032, section 7.1: TEST 1 and TEST 3 (secret key, public key, message, signature)
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555f"
            "b8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18"
            "ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]
# the example keys of libp2p's peer-ids specification (protobuf-encoded)
SPEC_PUBLIC = "080112201ed1e8fae2c4a144b8be8fd4b47bf3d3b34b871c3cacf6010f0e42d474fce27e"
SPEC_PRIVATE = "080112407e0830617c4a7de83925dfb2694556b12936c477a0e1feb2e148ec9da60fee7d" + SPEC_PUBLIC[8:]
# ids that libp2p's documents show
PUBLISHED = [
    "12D3KooWD3eckifWpRn9wQpMG9R9hX3sD158z7EqHWmweQAJU5SA",
    "12D3KooWRBy97UB99e3J6hiPesre1MZeuNQvfan4gBziswrRJsNK",
]


@pytest.mark.parametrize(("secret", "public", "message", "signature"), RFC_8032)
def test_known_signatures(secret, public, message, signature):
    key = NodeKey(bytes.fromhex(secret))
    assert key.peer.public_key.hex() == public
    assert key.sign_raw(bytes.fromhex(message)).hex() == signature
    key.peer.verify_raw(bytes.fromhex(signature), bytes.fromhex(message))


def test_known_peer_ids():
    key = NodeKey(bytes.fromhex(SPEC_PRIVATE)[4:36])
    assert key.peer.encoded_key.hex() == SPEC_PUBLIC
    assert key.peer.binary.hex() == "0024" + SPEC_PUBLIC
    assert PeerId.of_encoded_key(bytes.fromhex(SPEC_PUBLIC)) == key.peer
    for text in PUBLISHED:
        peer = PeerId.parse(text)
        assert str(peer) == text
        assert peer.binary[:6].hex() == "002408011220"


def test_peer_ids_compare():
    peers = sorted(ephemeral_key().peer for _ in range(50))
    assert [str(p) for p in peers] == sorted(str(p) for p in peers)
    assert all(str(p).startswith("12D3KooW") for p in peers)
    one = peers[0]
    assert PeerId.parse(str(one)) == one
    assert hash(PeerId(one.binary)) == hash(one)
    assert pickle.loads(pickle.dumps(one)) == one
    assert one != str(one)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12D3KooW",
        "1" + PUBLISHED[0],
        PUBLISHED[0][:-1],
        PUBLISHED[0] + "1",
        PUBLISHED[0].replace("5", "0"),
        "QmQCU2EcMqAqQPR2i9bChDtGNJchTbq5TbXJJ16u19uLTa",
        "1" * 10_000,
        "ü",
    ],
)
def test_what_is_no_peer_id(text):
    with pytest.raises(LocalError, match="no peer id"):
        PeerId.parse(text)


def test_a_signature_belongs_to_its_domain():
    key, other = ephemeral_key(), ephemeral_key()
    signature = key.sign("ww.one", b"a", b"bc")
    key.peer.verify(signature, "ww.one", b"a", b"bc")
    for peer, domain, parts in [
        (key.peer, "ww.two", (b"a", b"bc")),
        (key.peer, "ww.one", (b"ab", b"c")),
        (key.peer, "ww.one", (b"a", b"bd")),
        (other.peer, "ww.one", (b"a", b"bc")),
    ]:
        with pytest.raises(SignatureError):
            peer.verify(signature, domain, *parts)
    with pytest.raises(SignatureError, match="64 bytes"):
        key.peer.verify(signature[:-1], "ww.one", b"a", b"bc")


def test_a_point_that_is_no_key_verifies_nothing():
    with pytest.raises(SignatureError):
        PeerId.of_public_key(b"\xff" * 32).verify(bytes(64), "ww.one", b"")


def test_a_key_hides_its_secret():
    seed = bytes(range(32))
    key = NodeKey(seed)
    shown = repr(key) + str(key) + f"{key}"
    assert seed.hex() not in shown
    assert "hidden" in shown
    assert str(key.peer) in shown
    for leak in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(LocalError):
            leak(key)


@given(st.binary(max_size=60))
def test_base58_round_trip(data):
    assert b58decode(b58encode(data)) == data


@given(st.text(alphabet="123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", max_size=60))
def test_base58_has_one_spelling(text):
    assert b58encode(b58decode(text)) == text


def test_known_base58():
    # the examples of the draft
    assert b58encode(b"Hello World!") == "2NEpo7TZRRrLZSi2U"
    assert b58encode(bytes.fromhex("0000287fb4cd")) == "11233QC4"


# --- the file ---
def test_first_start_makes_a_private_file(tmp_path):
    path = tmp_path / "home" / "keys" / "node.pem"
    old = os.umask(0)
    try:
        key = load_or_create_key(path)
    finally:
        os.umask(old)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert load_or_create_key(path).peer == key.peer
    assert [p.name for p in path.parent.iterdir()] == ["node.pem"]
    assert ephemeral_key().peer != ephemeral_key().peer


def test_an_open_key_is_refused(tmp_path):
    path = tmp_path / "keys" / "node.pem"
    load_or_create_key(path)
    path.chmod(0o640)
    with pytest.raises(LocalError, match="chmod 600"):
        load_or_create_key(path)
    path.chmod(0o600)
    path.parent.chmod(0o770)
    with pytest.raises(LocalError, match="chmod 700"):
        load_or_create_key(path)


def test_what_is_no_key_is_refused(tmp_path):
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    directory = private_directory(tmp_path / "keys")
    foreign = X25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for content in (b"", b"nothing", b"\xff" * 9000, foreign):
        path = directory / "node.pem"
        path.write_bytes(content)
        path.chmod(0o600)
        with pytest.raises(LocalError, match="holds"):
            load_key(path)
    with pytest.raises(LocalError, match="cannot read"):
        load_key(directory / "none.pem")
    os.mkfifo(directory / "fifo", 0o600)
    with pytest.raises(LocalError, match="no file"):
        load_key(directory / "fifo")
    (directory / "file").write_bytes(b"")
    with pytest.raises(LocalError, match=r"cannot make|no directory"):
        private_directory(directory / "file")


def test_two_first_starts_share_one_key(tmp_path):
    path = tmp_path / "keys" / "node.pem"
    peers = []
    threads = [threading.Thread(target=lambda: peers.append(load_or_create_key(path).peer)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(peers) == 8
    assert len(set(peers)) == 1
    assert len(list(path.parent.iterdir())) == 1
