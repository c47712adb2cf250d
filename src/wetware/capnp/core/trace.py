"""Messages in words, for logs, tools and transcripts.

Rules that hold here:

1. One message, one line, in the sender's view: `#3` is a question, `cap 3` an entry of the receiver's
   export table, `mine 3` one of the sender's.
2. Every line is made by the decoder that handles messages for real, so that it cannot tell another story.
3. What a message holds is not shown, only its size: a trace may be read by somebody who may not read the
   data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from wetware.capnp.core.decode import Decoder
from wetware.capnp.core.limits import Limits
from wetware.capnp.core.payload import RpcMessage
from wetware.capnp.core.wire import CANCELED, SENT_ELSEWHERE, TAKE_FROM_OTHER, YOURSELF, Descriptor, Target
from wetware.capnp.framing import read_message
from wetware.errors import WetwareError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wetware.capnp.exceptions import CallError
    from wetware.capnp.message import MessageReader

__all__ = ["describe"]

_OTHER: Final = {CANCELED: "cancelled", SENT_ELSEWHERE: "results kept"}


def describe(message: RpcMessage | bytes, names: Callable[[int, int], str] | None = None) -> str:
    """One line that says what a message says.

    Args:
        message: the message, or its framed bytes.
        names: gives the name of a method for its interface and number.
    """
    try:
        if not isinstance(message, RpcMessage):
            message = RpcMessage(read_message(message).segments, None, _LIMITS)
        # a reader of its own, so that looking costs the message nothing of its limits
        copy = RpcMessage(message.segments, None, _LIMITS)
        words = _Words(names)
        Decoder(words, words).handle(copy)  # type: ignore[arg-type]  # it has what the decoder uses
    except WetwareError as error:
        return f"malformed: {error}"
    return words.line


class _MessageLimits:
    traversal_words = 8 << 20
    nesting = 64


_LIMITS: Any = _MessageLimits()


def _path(path: Sequence[int] | None) -> str:
    return "".join(f".{step}" for step in path or ())


def _target(target: Target) -> str:
    number, path = target
    return f"cap {number}" if path is None else f"#{number}{_path(path)}"


def _descriptor(descriptor: Descriptor) -> str:
    kind, number, path = descriptor
    return (
        "none",
        f"mine {number}",
        f"promise {number}",
        f"cap {number}",
        f"#{number}{_path(path)}",
        f"third party, vine {number}",
    )[kind]


def _caps(descriptors: Sequence[Descriptor]) -> str:
    return f" [{', '.join(map(_descriptor, descriptors))}]" if descriptors else ""


class _Words:
    """Stands in for a connection and its tables, and writes down what it is told."""

    def __init__(self, names: Callable[[int, int], str] | None) -> None:
        self._names = names
        self.limits = Limits()
        self.line = ""
        self.tail_calls = False
        self.answers = self.questions = self.imports = self

    def on_call(
        self,
        number: int,
        target: Target,
        interface_id: int,
        method_id: int,
        _content: RpcMessage,
        descriptors: Sequence[Descriptor],
        _hints: int,
        send_to: int,
        size: int,
    ) -> None:
        name = self._names(interface_id, method_id) if self._names else f"{interface_id:x}.{method_id}"
        keep = ", keep the results" if send_to == YOURSELF else ""
        self.line = f"call #{number} {_target(target)} {name}{_caps(descriptors)} ({size} bytes){keep}"

    def on_bootstrap(self, number: int) -> None:
        self.line = f"bootstrap #{number}"

    def on_finish(self, number: int, *, release_results: bool, after_delivery: bool) -> None:
        self.line = f"finish #{number}" + (", release results" if release_results else "")
        if after_delivery:
            self.line += ", cancel after delivery"

    def _return(self, number: int, what: str, *, release_params: bool, no_finish: bool) -> None:
        self.line = f"return #{number} {what}"
        if release_params:
            self.line += ", params released"
        if no_finish:
            self.line += ", no finish needed"

    def drop_unheld(self, _number: int, *, release_params: bool) -> bool:  # noqa: ARG002 - the tables' signature
        return False

    def on_results(
        self,
        number: int,
        content: RpcMessage,
        descriptors: Sequence[Descriptor],
        *,
        release_params: bool,
        no_finish: bool,
    ) -> None:
        what = f"results{_caps(descriptors)} ({content.size} bytes)"
        self._return(number, what, release_params=release_params, no_finish=no_finish)

    def on_exception(self, number: int, error: CallError, *, release_params: bool, no_finish: bool) -> None:
        what = f"{error.kind}: {error.reason}"
        self._return(number, what, release_params=release_params, no_finish=no_finish)

    def on_other(self, number: int, kind: int, other: int, *, release_params: bool, no_finish: bool) -> None:
        what = f"take from #{other}" if kind == TAKE_FROM_OTHER else _OTHER.get(kind, f"kind {kind}")
        self._return(number, what, release_params=release_params, no_finish=no_finish)

    def on_release(self, export: int, count: int) -> None:
        self.line = f"release cap {export}, {count} times"

    def on_resolve(self, promise: int, descriptor: Descriptor) -> None:
        self.line = f"resolve promise {promise} to {_descriptor(descriptor)}"

    def on_resolve_broken(self, promise: int, error: CallError) -> None:
        self.line = f"resolve promise {promise} broken, {error.kind}: {error.reason}"

    def on_disembargo(self, target: Target, embargo: int, *, reply: bool) -> None:
        self.line = f"disembargo {embargo} {'done' if reply else 'asked'} {_target(target)}"

    def on_abort(self, reason: str) -> None:
        self.line = f"abort: {reason}"

    def on_unimplemented_call(self, question: int, *, elsewhere: bool) -> None:
        self.line = f"unimplemented: #{question}" + (", keep the results" if elsewhere else "")

    def on_unimplemented_resolve(self, descriptor: Descriptor) -> None:
        self.line = f"unimplemented: resolve to {_descriptor(descriptor)}"

    def unimplemented(self, message: MessageReader) -> None:
        segment = message.segments[0]
        which = segment[8] | segment[9] << 8 if len(segment) >= 16 else 0
        self.line = "ping" if which == 7 else f"unknown message of the kind {which}"
