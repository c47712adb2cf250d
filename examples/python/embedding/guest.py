"""A guest that was handed a store: it looks up what is kept as `greeting`, for whoever asks it.

It offers the interface that it was handed, and forwards to it with names of its own making: whoever holds
this process reaches no other part of the store.
"""

import asyncio
from typing import Any

from wetware.guest import connect
from wetware.schema.capstore_capnp import CapStore


class Front(CapStore.Server):
    def __init__(self, store: CapStore) -> None:
        self.store = store

    async def get(self, *, id: str, context: Any) -> Any:
        return self.store.get(id=f"public/{id}")  # the answer is the store's: it need not be waited for here

    async def set(self, *, id: str, cap: Any, context: Any) -> Any:
        return self.store.set(id=f"public/{id}", cap=cap)


async def main() -> None:
    async with connect() as host:
        await host.provide(Front(host.capability("store", CapStore)))
        await asyncio.Event().wait()


asyncio.run(main())
