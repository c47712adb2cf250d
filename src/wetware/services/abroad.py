"""A node's dealings with the other nodes of its cluster."""

from __future__ import annotations

import secrets
import weakref
from typing import TYPE_CHECKING, Any

from wetware.services.fetch import fetch

if TYPE_CHECKING:
    from wetware.schema.process_capnp import BytecodeCache
    from wetware.services.facade import ProcessFacade
    from wetware.wasm.cid import Cid

__all__ = ["Abroad"]


class Abroad:
    """What a node knows of other nodes, and what they know of it."""

    def __init__(self) -> None:
        self._references: weakref.WeakKeyDictionary[ProcessFacade, bytes] = weakref.WeakKeyDictionary()
        self._addressed: weakref.WeakValueDictionary[bytes, ProcessFacade] = weakref.WeakValueDictionary()

    @property
    def name(self) -> str:
        """The peer id of this node; empty where it is in no cluster."""
        return ""

    def address_of(self, process: ProcessFacade) -> dict[str, Any]:
        """Where another node finds a process of this one (`Process.address`)."""
        reference = self._references.get(process)
        if reference is None:
            reference = self._references[process] = secrets.token_bytes(16)
            self._addressed[reference] = process
        return {"node": b"", "reference": reference}

    async def fetch(self, cid: Cid, source: BytecodeCache | None) -> bytes | Cid:
        """The bytes of a program that is not here, from `source`; its name alone where there is none."""
        return cid if source is None else await fetch(cid, source)
