"""Sturdy references: sealed tokens, restored, revoked, expired, never shown."""

import secrets

import pytest
from lab import Lab

from wetware.capnp.client import Client, hook_of
from wetware.capnp.exceptions import FailedError
from wetware.capnp.sturdy import Sealer, SturdyRef, SturdyRefs
from wetware.capnp.vat import local
from wetware.errors import LimitError, LocalError

KEY = bytes(range(32))


def test_a_seal_opens_only_what_it_sealed():
    sealer = Sealer(KEY)
    token = sealer.seal(b"inbox/7")
    assert sealer.open(token) == b"inbox/7"
    assert sealer.seal(b"inbox/7") != token
    assert b"inbox" not in token
    for at in range(len(token)):
        changed = bytearray(token)
        changed[at] ^= 1
        assert sealer.open(bytes(changed)) is None
    assert sealer.open(token[:-1]) is None
    assert sealer.open(b"") is None
    assert Sealer(secrets.token_bytes(32)).open(token) is None
    assert sealer.open(sealer.seal(b"")) == b""


def test_keys_are_changed_without_losing_tokens():
    token = Sealer(KEY).seal(b"x" * 1000)
    newer = Sealer(secrets.token_bytes(32), older=(KEY,))
    assert newer.open(token) == b"x" * 1000
    with pytest.raises(LocalError):
        Sealer(b"short")


def test_secrets_look_secret():
    ref = SturdyRef(secrets.token_bytes(60))
    for text in (repr(ref), str(ref), f"{ref}", repr([ref]), repr(Sealer(KEY))):
        assert "secret" in text
        assert ref.reveal().hex() not in text
        assert KEY.hex() not in text
        assert repr(ref.reveal()) not in text
    assert ref == SturdyRef(ref.reveal())
    assert len({ref, SturdyRef(ref.reveal())}) == 1


async def test_saved_by_name_it_outlives_the_process():
    lab = Lab()
    first = SturdyRefs(Sealer(KEY), {b"lab": lab}.get)
    token = first.save(b"lab").reveal()
    second = SturdyRefs(Sealer(KEY), {b"lab": lab}.get)
    assert local(Client(second.restore(SturdyRef(token)))) is lab
    assert second.restore(SturdyRef(token)) is hook_of(lab)
    with pytest.raises(FailedError, match="not good"):
        SturdyRefs(Sealer(secrets.token_bytes(32)), {b"lab": lab}.get).restore(SturdyRef(token))
    with pytest.raises(FailedError, match="not good"):
        SturdyRefs(Sealer(KEY), {}.get).restore(SturdyRef(token))


async def test_saved_live_it_is_held_until_it_is_revoked():
    lab = Lab()
    event = lab.released_event
    refs = SturdyRefs(Sealer(KEY))
    ref = refs.save_live(lab)
    assert local(Client(refs.restore(ref))) is lab
    del lab
    assert not event.is_set()
    refs.revoke(ref)
    with pytest.raises(FailedError, match="not good"):
        refs.restore(ref)
    await event.wait()


async def test_revoking_a_name_revokes_one_token_of_it():
    lab = Lab()
    refs = SturdyRefs(Sealer(KEY), {b"lab": lab}.get)
    one, other = refs.save(b"lab"), refs.save(b"lab")
    refs.revoke(one)
    with pytest.raises(FailedError):
        refs.restore(one)
    assert refs.restore(other)
    # what is revoked survives a restart with its list
    again = SturdyRefs(Sealer(KEY), {b"lab": lab}.get)
    again.revoked |= refs.revoked
    with pytest.raises(FailedError):
        again.restore(one)


async def test_expired_tokens_are_refused_in_the_same_words():
    lab = Lab()
    refs = SturdyRefs(Sealer(KEY), {b"lab": lab}.get)
    ref = refs.save(b"lab", expires=100.0)
    assert refs.restore(ref, now=99.0)
    words = set()
    for bad, now in ((ref, 100.0), (ref, None), (SturdyRef(b"made up"), 1.0)):
        with pytest.raises(FailedError) as caught:
            refs.restore(bad, now=now)
        words.add(str(caught.value))
    assert len(words) == 1


async def test_saving_is_bounded():
    refs = SturdyRefs(Sealer(KEY), limit=2)
    labs = [Lab() for _ in range(3)]
    refs.save_live(labs[0])
    refs.save_live(labs[1])
    with pytest.raises(LimitError):
        refs.save_live(labs[2])
    with pytest.raises(LocalError):
        SturdyRefs(Sealer(KEY)).save_live(Client(None))
