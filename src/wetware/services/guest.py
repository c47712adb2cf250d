"""A guest's connection to its host: Cap'n Proto over its channel, and what it finds there.

Rules that hold here:

1. Nothing is made until the guest writes its first byte: a guest that never connects is an ordinary program.
2. What the guest bootstraps answers as `Terminal` and as `ProcessInit`. Its login asks for no account:
   whatever session it was given by its spawner is all that it gets.
3. The connection ends with the process, and the process may go on without it. A guest that goes beyond what
   its connection may cost is ended with `Limit(which)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from wetware.capnp.core.limits import Limits as ConnectionLimits
from wetware.capnp.transport import Options
from wetware.errors import LimitError
from wetware.process.reasons import Limit
from wetware.process.stimuli import HandlerRegistered, Kill
from wetware.schema.core_capnp import ProcessInit_Server, Session_Builder, Terminal_Server

if TYPE_CHECKING:
    from wetware.capnp.client import Client
    from wetware.capnp.memory import Pipe
    from wetware.capnp.vat import Connection, Vat
    from wetware.schema.cluster_capnp import Signer
    from wetware.schema.process_capnp import Events
    from wetware.services.process import Process
    from wetware.wasm.channel import Channel

__all__ = ["GUEST_OPTIONS", "GuestConnection"]

GUEST_OPTIONS = Options(
    limits=ConnectionLimits(
        message_bytes=64 << 20,  # a program that it wants run
        calls_in=1024,
        call_bytes_in=96 << 20,
        questions=4096,
        exports=8192,
        imports=8192,
        send_bytes=16 << 20,
        pause_bytes=1 << 20,
        answer_bytes=32 << 20,
    ),
    keep_alive=0,  # it lives in the same memory: it cannot be cut off
    tail_calls=False,  # guests of the original do not know them
)


class GuestConnection:
    """One process's connection.

    Attributes:
        session: what its login gives.
        events: the guest's handler of pause and resume, once it has registered one.
        provided: the capability that the guest offers to whoever holds its process.
    """

    __slots__ = (
        "_channel",
        "_connection",
        "_full",
        "_held",
        "_pipe",
        "_taking",
        "_vat",
        "events",
        "process",
        "provided",
        "session",
    )

    def __init__(self, process: Process, channel: Channel, vat: Vat, session: Session_Builder) -> None:
        self.process = process
        self.session = session
        self.events: Events | None = None
        self.provided: Client | None = None
        self._channel = channel
        self._vat = vat
        self._connection: Connection | None = None
        self._pipe: Pipe | None = None
        self._held = False  # the connection takes no more for now
        self._full = False  # the guest does not read what waits for it
        self._taking = False
        channel.receive(self._arrived, self._ended)

    # --- bytes ---
    def _arrived(self, content: bytes) -> None:
        pipe = self._pipe
        if pipe is None:
            self._connection, pipe = self._vat.pipe(self._ready, offer=Bootstrap(self))
            self._pipe = pipe
        if not pipe.give(content) and not pipe.at_end:
            self._held = True
            self._channel.pause()
        self._ready()

    def _ready(self) -> None:
        """The connection has bytes for the guest, or room for its own."""
        pipe = self._pipe
        if pipe is None or self._taking:
            return
        self._taking = True  # taking flushes, and flushing says that there is something to take
        try:
            while not self._full:
                content = pipe.take()
                if not content:
                    break
                if not self._channel.feed(content):
                    self._full = self._channel.on_room(self._room)
        finally:
            self._taking = False
        if pipe.at_end and not pipe.waiting:
            self._over()
        elif self._held and pipe.open_to_read:
            self._held = False
            self._channel.resume()

    def _room(self) -> None:
        self._full = False
        self._ready()

    def _ended(self) -> None:
        """The guest has closed its end, or has ended."""
        if self._pipe is not None:
            self._pipe.end("the guest has closed its connection")
        self.provided = None
        self.drop_events()

    def _over(self) -> None:
        """The connection has ended, whoever ended it."""
        self._channel.close()
        self.drop_events()
        error: Any = None if self._connection is None else self._connection.link.peer.connection.error
        if isinstance(error, LimitError):
            reason = Limit(error.limit or "connection", error.used, error.allowed)
            self.process.executor.apply(Kill(self.process.entry, reason))

    # --- events ---
    def drop_events(self) -> None:
        """The guest handles events no more."""
        if self.events is not None:
            self.events = None
            self.process.executor.apply(HandlerRegistered(self.process.entry, present=False))


class Bootstrap(Terminal_Server, ProcessInit_Server):  # type: ignore[misc]  # it serves both; each has its client
    """What a guest finds at the other end of its connection."""

    __slots__ = ("_guest",)

    METHODS: ClassVar = {**Terminal_Server.METHODS, **ProcessInit_Server.METHODS}

    def __init__(self, guest: GuestConnection) -> None:
        self._guest = guest

    async def login(self, *, account: Signer, context: Any) -> Any:
        return {"session": self._guest.session}

    async def terminal(self, *, context: Any) -> Any:
        return {"terminal": self}

    async def events(self, *, handler: Events, context: Any) -> Any:
        guest = self._guest
        if not handler:
            guest.drop_events()
            return
        guest.events = handler
        guest.process.executor.apply(HandlerRegistered(guest.process.entry))

    async def provide(self, *, capability: Client, context: Any) -> Any:
        self._guest.provided = capability or None
