"""Batches of published messages on the wire, signed by the node that published them.

Rules that hold here:

1. A batch is signed once, however many nodes it goes to, and for this use alone
   (`tests/cluster/test_batches.py`).
2. What comes in is bounded before it is read, and read whole before it is believed: anything else raises a
   `RemoteError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from wetware.capnp.framing import frame
from wetware.capnp.segments import Limits
from wetware.cluster.rows import cut, joined
from wetware.cluster.topics import BATCH_BYTES, BATCH_MESSAGES, MAX_MESSAGE, Batch, check_name
from wetware.errors import RemoteError, WetwareError
from wetware.schema.relay_capnp import Relay_Batch

if TYPE_CHECKING:
    from wetware.cluster.identity import NodeKey, PeerId

__all__ = ["MAX_BATCH", "BatchError", "decode_batch", "encode_batch"]

DOMAIN: Final = "ww.pubsub.batch"
MAX_BATCH: Final = max(BATCH_BYTES, MAX_MESSAGE) + BATCH_MESSAGES * 4 + 1024
"""Bytes of an encoded batch: its messages, the size of each, and the name."""
_LIMITS: Final = Limits(
    traversal_words=MAX_BATCH // 8 + 16, nesting=4, segments=1, message_bytes=MAX_BATCH + 16
)


class BatchError(RemoteError):
    """These bytes are no batch of the node that is said to have published it."""


def encode_batch(key: NodeKey, batch: Batch) -> tuple[bytes, bytes]:
    """A batch and its signature."""
    sizes, contents = joined(batch.messages)
    message = Relay_Batch.new(
        topic=batch.topic, stream=batch.stream, first=batch.first, sizes=sizes, contents=contents
    )
    payload = bytes(frame(message))
    return payload, key.sign(DOMAIN, payload)


def decode_batch(peer: PeerId, payload: bytes, signature: bytes) -> Batch:
    """Read a batch that `peer` published.

    Raises:
        BatchError: it did not, or the bytes are no batch.
        SignatureError: the signature is not that node's.
    """
    if len(payload) > MAX_BATCH:
        raise BatchError(f"a batch of {len(payload)} bytes is too large: {MAX_BATCH} are allowed")
    peer.verify(signature, DOMAIN, payload)
    try:
        read = Relay_Batch.read(payload, _LIMITS)
        name, messages = read.topic, cut(read.sizes, bytes(read.contents), BATCH_MESSAGES)
        check_name(name)
    except WetwareError as error:
        raise BatchError(f"this is no batch: {error}") from None
    if read.first + len(messages) >= 1 << 64:
        raise BatchError("a batch has numbers that cannot be")
    return Batch(name, read.stream, read.first, messages)
