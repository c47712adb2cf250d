"""Programs by their CID from whoever has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wetware.errors import LimitError, RemoteError
from wetware.wasm.bytecode import NotCachedError
from wetware.wasm.module import DEFAULT_MAX_MODULE_BYTES

if TYPE_CHECKING:
    from wetware.schema.process_capnp import BytecodeCache
    from wetware.wasm.cid import Cid

__all__ = ["fetch"]

CHUNK: Final = 256 << 10


async def fetch(cid: Cid, source: BytecodeCache) -> bytes:
    """Read a program, piece by piece, and check that it is the named one."""
    content = bytearray()
    while True:
        part = await source.part(cid=cid.binary, offset=len(content), limit=CHUNK)
        if part.size > DEFAULT_MAX_MODULE_BYTES:
            raise LimitError(
                f"a program of {part.size} bytes is larger than this node accepts",
                limit="module-bytes",
                used=part.size,
                allowed=DEFAULT_MAX_MODULE_BYTES,
            )
        if not part.size:
            raise NotCachedError(f"bytecode for cid {cid} not found; put it first")
        if not len(part.chunk) or len(content) + len(part.chunk) > part.size:
            raise RemoteError("the holder of a program sent pieces that do not fit together")
        content += part.chunk
        if len(content) == part.size:
            cid.verify(memoryview(content))
            return bytes(content)
