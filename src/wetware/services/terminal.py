"""The terminal: what a node offers to whoever has come in, an account that is to prove itself.

Rules that hold here:

1. Nothing but a session comes out of a login, and the session holds what the policy grants to the account
   and nothing else (test_a_policy_narrows_the_session).
2. The account is the key at the other end of the channel: no other signature is taken (`cluster.login`).
3. Of one connection at most `MAX_LOGINS` logins wait for their signatures.

The named tests are in `tests/services/test_terminal.py`.
"""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING, Any, Final

from wetware.cluster.login import LOGIN_TIMEOUT, NONCE_BYTES, Login, LoginError
from wetware.errors import LimitError, LocalError
from wetware.schema.core_capnp import Terminal_Server

if TYPE_CHECKING:
    from collections.abc import Callable

    from wetware.cluster.identity import PeerId
    from wetware.cluster.login import Channel
    from wetware.cluster.policy import Grant, Policy
    from wetware.schema.cluster_capnp import Signer
    from wetware.schema.core_capnp import Session_Builder

__all__ = ["MAX_LOGINS", "Terminal"]

MAX_LOGINS: Final = 4


class Terminal(Terminal_Server):
    """The terminal of one connection.

    Args:
        channel: the connection, as this node sees it.
        policy: who may log in, and what each account gets.
        session: makes the session of an account.
    """

    __slots__ = ("_channel", "_pending", "_policy", "_session")

    def __init__(
        self, channel: Channel, policy: Policy, session: Callable[[PeerId, Grant], Session_Builder]
    ) -> None:
        self._channel = channel
        self._policy = policy
        self._session = session
        self._pending = 0

    async def login(self, *, account: Signer, context: Any) -> Any:
        """Ask the account for its signature, and give it its session."""
        if not account:
            raise LocalError("a login takes an account: something that signs")
        if self._pending >= MAX_LOGINS:
            raise LimitError(
                f"at most {MAX_LOGINS} logins of a connection wait for their signatures", limit="logins"
            )
        loop = asyncio.get_running_loop()
        login = Login(self._channel, secrets.token_bytes(NONCE_BYTES), loop.time())
        self._pending += 1
        try:
            async with asyncio.timeout(LOGIN_TIMEOUT):
                signed = (await account.sign(challenge=login.challenge)).signed
        except TimeoutError:
            raise LoginError("the account did not sign in time: log in again") from None
        finally:
            self._pending -= 1
        name = login.finish(bytes(signed), loop.time())
        return {"session": self._session(name, self._policy.decide(name))}
