"""Runs a guest, hands it less than there is, calls what the guest offers, and takes all back.

    python examples/python/embedding/run.py

The guest is `guest.py`, in a process of its own. What it may do with the store is decided here, by a membrane
around it: nothing in the store or in the guest knows of that.
"""

import asyncio
from pathlib import Path
from typing import Any

import wetware
from wetware.capnp.exceptions import CallError
from wetware.capnp.membrane import Membrane, methods, only
from wetware.errors import BrokenError
from wetware.schema.capstore_capnp import CapStore

GUEST = Path(__file__).parent / "guest.py"


class Store(CapStore.Server):
    """Capabilities by name."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    async def set(self, *, id: str, cap: Any, context: Any) -> None:
        self.kept[id] = cap

    async def get(self, *, id: str, context: Any) -> dict[str, Any]:
        return {"cap": self.kept.get(id)}


async def main() -> None:
    async with wetware.Node() as node:
        store = Store()
        store.kept["public/greeting"] = store.kept["secret"] = Store()

        # attenuated: it can look up, and not change; revocable: by whoever holds `lease`
        lease = Membrane(only(methods(CapStore, "get")))
        process = await node.spawn(GUEST, capabilities={"store": lease.wrap(store)})

        # what the guest offers, as soon as it does
        front = await process.capability(CapStore)
        print("greeting:", bool((await front.get(id="greeting")).cap))
        print("secret:", bool((await front.get(id="secret")).cap))
        try:
            await front.set(id="greeting", cap=None)
        except CallError as error:
            print("set:", error)

        lease.revoke("the contract has ended")
        try:
            await front.get(id="greeting")
        except CallError as error:
            print("get:", error)

        # the guest itself is as well as before, until it is ended
        process.kill()
        try:
            await process.capability(CapStore)
        except BrokenError as error:
            print(error)


asyncio.run(main())
