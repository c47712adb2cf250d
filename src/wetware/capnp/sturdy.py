"""Sturdy references: tokens that outlive a connection, and give a capability back to whoever holds one.

    refs = SturdyRefs(Sealer(key), restore=lambda name: objects[name])
    ref = refs.save(b"inbox/7")             # or refs.save_live(client), which lasts as long as `refs`
    client_hook = refs.restore(SturdyRef(ref.reveal()))

Rules that hold here:

1. A token is the authority: it is sealed (encrypted, then authenticated), so that it tells nothing and
   cannot be made up.
2. A secret looks secret: `repr`, `str` and errors never show a token. `reveal` gives it.
3. A token that was changed, made with another key, revoked or expired is refused in the same words: whoever
   tries learns nothing.
4. Neither a clock nor a file is used here: `now` is given, and what is revoked can be taken out and put
   back (`revoked`).

The seal is built of HMAC-SHA256 alone, which the standard library has: a keystream from a nonce in counter
mode, then a tag over nonce and text, each with a key of its own (encrypt-then-MAC; H. Krawczyk, CRYPTO 2001).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from struct import Struct
from typing import TYPE_CHECKING, Final

from wetware.capnp.client import Client, hook_of
from wetware.capnp.exceptions import FailedError
from wetware.errors import LimitError, LocalError

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.capnp import hooks

__all__ = ["Sealer", "SturdyRef", "SturdyRefs"]

_NONCE: Final = 16
_TAG: Final = 32
_HEAD: Final = Struct("<Bd")
_NAMED: Final = 0
_LIVE: Final = 1


class SturdyRef:
    """A token. Whoever holds it can get the capability."""

    __slots__ = ("_token",)

    def __init__(self, token: bytes) -> None:
        self._token = bytes(token)

    def reveal(self) -> bytes:
        """The token's bytes: a secret."""
        return self._token

    @property
    def fingerprint(self) -> str:
        """A name for logs and lists, from which the token cannot be found."""
        return hashlib.sha256(self._token).hexdigest()[:16]

    def __repr__(self) -> str:
        return f"<SturdyRef {self.fingerprint}, secret>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SturdyRef) and hmac.compare_digest(self._token, other._token)

    def __hash__(self) -> int:
        return hash(self.fingerprint)


class Sealer:
    """Seals and opens byte strings.

    Args:
        key: 32 bytes or more, from `secrets.token_bytes` or the like; keep it as long as the tokens should
            live.
        older: former keys, whose tokens are still opened.
    """

    __slots__ = ("_keys",)

    def __init__(self, key: bytes, *, older: tuple[bytes, ...] = ()) -> None:
        for one in (key, *older):
            if len(one) < 32:
                raise LocalError("a key to seal with has at least 32 bytes; use secrets.token_bytes(32)")
        self._keys = [
            (
                hmac.digest(one, b"wetware sturdy seal", "sha256"),
                hmac.digest(one, b"wetware sturdy tag", "sha256"),
            )
            for one in (key, *older)
        ]

    def __repr__(self) -> str:
        return f"<Sealer with {len(self._keys)} secret keys>"

    def seal(self, text: bytes) -> bytes:
        """A token that holds `text`; another one each time."""
        seal, tag = self._keys[0]
        nonce = secrets.token_bytes(_NONCE)
        body = nonce + _mask(seal, nonce, text)
        return body + hmac.digest(tag, body, "sha256")

    def open(self, token: bytes) -> bytes | None:
        """What a token holds; None for what is no token of these keys."""
        if len(token) < _NONCE + _TAG:
            return None
        body, given = token[:-_TAG], token[-_TAG:]
        for seal, tag in self._keys:
            if hmac.compare_digest(hmac.digest(tag, body, "sha256"), given):
                return _mask(seal, body[:_NONCE], body[_NONCE:])
        return None


def _mask(key: bytes, nonce: bytes, text: bytes) -> bytes:
    stream = b"".join(
        hmac.digest(key, nonce + block.to_bytes(4, "little"), "sha256")
        for block in range((len(text) + 31) // 32)
    )
    return (int.from_bytes(text, "little") ^ int.from_bytes(stream[: len(text)], "little")).to_bytes(
        len(text), "little"
    )


class SturdyRefs:
    """Saves capabilities, and restores them.

    Args:
        sealer: makes and opens the tokens.
        restore: gives the capability with a name, for those saved by name; None for a name that is gone.
        limit: capabilities that may be saved live at a time, and tokens that may be revoked by name.
    """

    __slots__ = ("_limit", "_live", "_restore", "_sealer", "revoked")

    def __init__(
        self,
        sealer: Sealer,
        restore: Callable[[bytes], Client | hooks.ServerBase | hooks.Hook | None] | None = None,
        *,
        limit: int = 100_000,
    ) -> None:
        self._sealer = sealer
        self._restore = restore
        self._live: dict[bytes, hooks.Hook] = {}
        self._limit = limit
        self.revoked: set[bytes] = set()

    def save(self, name: bytes, *, expires: float | None = None) -> SturdyRef:
        """A token for the object that `restore` finds by `name`; it outlives this process if the key does.

        Args:
            name: what identifies the object to this side; the token does not tell it.
            expires: the time from which it is refused, in the seconds of whatever clock `now` is read from.
        """
        return self._seal(_NAMED, name, expires)

    def save_live(
        self, capability: Client | hooks.ServerBase | hooks.Hook, *, expires: float | None = None
    ) -> SturdyRef:
        """A token for this very capability; it is held until the token is revoked.

        Raises:
            LimitError: too many are saved.
        """
        if len(self._live) >= self._limit:
            raise LimitError(
                "too many capabilities are saved; revoke some",
                limit="limit",
                used=len(self._live),
                allowed=self._limit,
            )
        hook = hook_of(capability)
        if hook is None:
            raise LocalError("a null capability cannot be saved")
        name = secrets.token_bytes(16)
        self._live[name] = hook
        return self._seal(_LIVE, name, expires)

    def restore(self, ref: SturdyRef, *, now: float | None = None) -> hooks.Hook:
        """The capability behind a token.

        Raises:
            FailedError: the token is not, or no longer, good.
        """
        kind, name, expires = self._open(ref)
        if kind is None or (expires and (now is None or now >= expires)):
            raise _refused()
        if self._digest(ref) in self.revoked:
            raise _refused()
        if kind == _LIVE:
            hook = self._live.get(name)
        else:
            hook = hook_of(self._restore(name)) if self._restore is not None else None
        if hook is None:
            raise _refused()
        return hook

    def revoke(self, ref: SturdyRef) -> None:
        """Refuse this token from now on; a capability saved live is let go."""
        kind, name, _ = self._open(ref)
        if kind == _LIVE:
            self._live.pop(name, None)
        elif kind == _NAMED:
            if len(self.revoked) >= self._limit:
                raise LimitError(
                    "too many tokens are revoked; change the key instead", limit="limit", allowed=self._limit
                )
            self.revoked.add(self._digest(ref))

    def _seal(self, kind: int, name: bytes, expires: float | None) -> SturdyRef:
        return SturdyRef(self._sealer.seal(_HEAD.pack(kind, expires or 0.0) + name))

    def _open(self, ref: SturdyRef) -> tuple[int | None, bytes, float]:
        text = self._sealer.open(ref.reveal())
        if text is None or len(text) < _HEAD.size:
            return None, b"", 0.0
        kind, expires = _HEAD.unpack_from(text)
        return kind, text[_HEAD.size :], expires

    @staticmethod
    def _digest(ref: SturdyRef) -> bytes:
        return hashlib.sha256(ref.reveal()).digest()


def _refused() -> FailedError:
    return FailedError("the sturdy reference is not good: it was revoked, has expired, or never was one")
