"""An account's end of a login: from a secured connection to a session."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from wetware.cluster.login import LOGIN_TIMEOUT, AccountSigner
from wetware.cluster.tls import channel_of
from wetware.errors import BrokenError
from wetware.schema.cluster_capnp import Signer_Server
from wetware.schema.core_capnp import Terminal

if TYPE_CHECKING:
    from wetware.capnp.vat import Connection
    from wetware.cluster.identity import NodeKey
    from wetware.schema.core_capnp import Session

__all__ = ["Account", "log_in"]


class Account(Signer_Server):
    """Signs the challenge of one login."""

    __slots__ = ("_signer",)

    def __init__(self, signer: AccountSigner) -> None:
        self._signer = signer

    async def sign(self, *, challenge: Any, context: Any) -> Any:  # noqa: ARG002 - as the schema names them
        """Sign it, if it is this channel's."""
        return {"signed": self._signer.sign(bytes(challenge))}


async def log_in(connection: Connection, key: NodeKey) -> Session:
    """Log in at the node at the other end, as the account of the connection's own key.

    Raises:
        BrokenError: the node does not answer, or has closed the connection.
        RemoteError: it does not let the account in; it says why.
    """
    signer = Account(AccountSigner(key, channel_of(connection)))
    try:
        async with asyncio.timeout(2 * LOGIN_TIMEOUT):
            return (await connection.bootstrap(Terminal).login(account=signer)).session
    except TimeoutError:
        raise BrokenError("the node does not answer the login") from None
