"""The messages of the protocol as the core speaks of them, independent of bytes.

Rules that hold here:

1. The core sends by calling a `Wire`, one method for each message; it receives by being called with the
   same arguments. Tests put a recorder in between; the codec turns calls into bytes and back.
2. Shapes are plain tuples, since a node handles tens of thousands a second.
3. Flags stand for their meaning; that some are inverted on the wire (their default is true) is the codec's
   business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wetware.capnp.hooks import Content

__all__ = [
    "CALLER",
    "CANCELED",
    "EXCEPTION",
    "NONE",
    "RECEIVER_ANSWER",
    "RECEIVER_HOSTED",
    "RESULTS",
    "SENDER_HOSTED",
    "SENDER_PROMISE",
    "SENT_ELSEWHERE",
    "TAKE_FROM_OTHER",
    "THIRD_PARTY_HOSTED",
    "YOURSELF",
    "Descriptor",
    "Target",
    "Wire",
]

Target = tuple[int, "tuple[int, ...] | None"]
"""(import id, None) or (question id, path): what a message is addressed to."""

Descriptor = tuple[int, int, "tuple[int, ...] | None"]
"""(kind, id, path): how a capability is named in a payload."""

# kinds of descriptor (rpc.capnp, `CapDescriptor`)
NONE: Final = 0
SENDER_HOSTED: Final = 1
SENDER_PROMISE: Final = 2
RECEIVER_HOSTED: Final = 3
RECEIVER_ANSWER: Final = 4
THIRD_PARTY_HOSTED: Final = 5

# `Call.sendResultsTo`
CALLER: Final = 0
YOURSELF: Final = 1

# kinds of return (rpc.capnp, `Return`)
RESULTS: Final = 0
EXCEPTION: Final = 1
CANCELED: Final = 2
SENT_ELSEWHERE: Final = 3
TAKE_FROM_OTHER: Final = 4


class Wire(Protocol):
    """Where a connection's messages go: each method sends one message and never waits.

    `call` and `results` raise a `WetwareError` for a content that cannot be sent; nothing was sent then.
    """

    @property
    def queued(self) -> int:
        """Bytes that the peer has not taken yet."""
        ...

    def prepare(self, content: Content) -> Content:
        """The content in a form that can be sent; raises a `WetwareError` where it has none."""
        ...

    def bootstrap(self, question: int) -> None: ...

    def call(
        self,
        question: int,
        target: Target,
        interface_id: int,
        method_id: int,
        content: Content,
        descriptors: Sequence[Descriptor],
        hints: int,
        send_to: int,
    ) -> None: ...

    def results(
        self, answer: int, content: Content, descriptors: Sequence[Descriptor], *, no_finish: bool
    ) -> None: ...

    def exception(
        self, answer: int, kind: int, reason: str, *, release_params: bool, no_finish: bool
    ) -> None: ...

    def return_other(self, answer: int, kind: int, other: int) -> None: ...

    def finish(self, question: int, *, release_results: bool) -> None: ...

    def release(self, export: int, count: int) -> None: ...

    def resolve(self, promise: int, descriptor: Descriptor) -> None: ...

    def resolve_broken(self, promise: int, kind: int, reason: str) -> None: ...

    def disembargo(self, target: Target, embargo: int, *, reply: bool) -> None: ...

    def abort(self, kind: int, reason: str) -> None: ...
