"""Login: what is accepted, and every attack on it that is not."""

import pytest

from wetware.capnp.framing import frame
from wetware.cluster.envelope import Use, seal
from wetware.cluster.identity import NodeKey
from wetware.cluster.login import LOGIN, AccountSigner, Channel, Login, LoginError
from wetware.errors import ClosedError, LocalError
from wetware.schema.cluster_capnp import Challenge


def key(number):
    return NodeKey(bytes([number]) * 32)


NODE, ACCOUNT, ROGUE = key(1), key(2), key(3)
NONCE = bytes(range(16))


def tls(which):
    """The hash of a TLS key."""
    return bytes([which.peer.public_key[0]]) * 32


def channel(local, remote):
    return Channel(local.peer, remote.peer, tls(local), tls(remote))


def begin(node=NODE, account=ACCOUNT, nonce=NONCE, now=0.0):
    return Login(channel(node, account), nonce, now)


def test_login():
    login = begin()
    signed = AccountSigner(ACCOUNT, channel(ACCOUNT, NODE)).sign(login.challenge)
    assert login.finish(signed, 1.0) == ACCOUNT.peer


def test_a_relayed_challenge_is_not_signed():
    """A rogue node that the account has dialled dials the node itself and passes its challenge on."""
    at_node = begin(NODE, ROGUE)
    signer = AccountSigner(ACCOUNT, channel(ACCOUNT, ROGUE))
    with pytest.raises(LoginError, match="passed on"):
        signer.sign(at_node.challenge)
    # and a challenge that the rogue writes itself is of no use at the node
    forged = begin(ROGUE, ACCOUNT)
    signed = signer.sign(forged.challenge)
    with pytest.raises(LoginError, match="something else"):
        at_node.finish(signed, 1.0)


def test_somebody_between_is_seen():
    """The rogue terminates both channels; even one that could pass for both peers shows its own TLS key."""
    to_rogue = Channel(ACCOUNT.peer, NODE.peer, tls(ACCOUNT), tls(ROGUE))
    from_rogue = Channel(NODE.peer, ACCOUNT.peer, tls(NODE), tls(ROGUE))
    login = Login(from_rogue, NONCE, 0.0)
    with pytest.raises(LoginError, match="somebody stands between"):
        AccountSigner(ACCOUNT, to_rogue).sign(login.challenge)


def test_attacks():
    good = begin()
    signed = AccountSigner(ACCOUNT, channel(ACCOUNT, NODE)).sign(good.challenge)

    # replayed on the next login, whose nonce differs
    with pytest.raises(LoginError, match="something else"):
        begin(nonce=NONCE[::-1]).finish(signed, 1.0)
    # the right challenge signed by another key
    with pytest.raises(LoginError, match="at the other end"):
        begin().finish(seal(ROGUE, LOGIN, good.challenge), 1.0)
    # on another channel of the same account, even with an equal nonce
    other = Login(Channel(NODE.peer, ACCOUNT.peer, tls(NODE), b"\7" * 32), NONCE, 0.0)
    with pytest.raises(LoginError, match="something else"):
        other.finish(signed, 1.0)
    # at another node
    with pytest.raises(LoginError, match="something else"):
        begin(key(4), ACCOUNT).finish(signed, 1.0)
    # a signature made for another use
    for use in (Use("ww.heartbeat", LOGIN.payload_type), Use(LOGIN.domain, b"\xde\xea")):
        with pytest.raises(LoginError, match="no signed challenge"):
            begin().finish(seal(ACCOUNT, use, good.challenge), 1.0)
    # nothing signed
    for nothing in (b"", b"\0", good.challenge):
        with pytest.raises(LoginError):
            begin().finish(nothing, 1.0)
    assert good.finish(signed, 1.0) == ACCOUNT.peer


def test_single_use():
    login = begin()
    signed = AccountSigner(ACCOUNT, channel(ACCOUNT, NODE)).sign(login.challenge)
    login.finish(signed, 1.0)
    with pytest.raises(ClosedError):
        login.finish(signed, 1.0)
    # a wrong answer uses it up too
    login = begin()
    with pytest.raises(LoginError):
        login.finish(b"guess", 1.0)
    with pytest.raises(ClosedError):
        login.finish(signed, 1.0)


def test_expiry():
    signed = AccountSigner(ACCOUNT, channel(ACCOUNT, NODE)).sign(begin().challenge)
    assert begin().finish(signed, 4.999) == ACCOUNT.peer
    with pytest.raises(LoginError, match="too late"):
        begin().finish(signed, 5.0)


@pytest.mark.parametrize("size", [0, 1, 15, 17, 32, 1000])
def test_nonce_sizes(size):
    with pytest.raises(LocalError, match="16 bytes"):
        begin(nonce=bytes(size))
    challenge = frame(
        Challenge.new(
            nonce=bytes(size),
            server=NODE.peer.binary,
            client=ACCOUNT.peer.binary,
            server_key=tls(NODE),
            client_key=tls(ACCOUNT),
        )
    )
    with pytest.raises(LoginError, match="nonce"):
        AccountSigner(ACCOUNT, channel(ACCOUNT, NODE)).sign(challenge)


def test_a_challenge_for_another_account():
    with pytest.raises(LoginError, match="another account"):
        AccountSigner(ACCOUNT, channel(ACCOUNT, NODE)).sign(begin(NODE, ROGUE).challenge)


def test_the_originals_bare_nonce_is_not_signed():
    """Sixteen bytes name no channel: they are what can be relayed."""
    for challenge in (NONCE, b"", b"\xff" * 16, bytes(5000)):
        with pytest.raises(LoginError):
            AccountSigner(ACCOUNT, channel(ACCOUNT, NODE)).sign(challenge)


def test_a_signer_signs_once():
    signer = AccountSigner(ACCOUNT, channel(ACCOUNT, NODE))
    with pytest.raises(LoginError):
        signer.sign(b"no challenge")  # nothing was signed: it may still be asked
    signer.sign(begin().challenge)
    with pytest.raises(ClosedError):
        signer.sign(begin().challenge)
    with pytest.raises(LocalError, match="own key"):
        AccountSigner(ROGUE, channel(ACCOUNT, NODE))
    with pytest.raises(LocalError, match="hashes"):
        Channel(NODE.peer, ACCOUNT.peer, b"", b"")
