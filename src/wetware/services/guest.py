"""A guest's connection to its host: Cap'n Proto over its channel, and what it finds there.

Rules that hold here:

1. Nothing is made until the guest writes its first byte: a guest that never connects is an ordinary
   program.
2. What the guest bootstraps answers as `Terminal` and as `ProcessInit`. Its login asks for no account:
   whatever session it was given by its spawner is all that it gets.
3. The connection ends with the process, and the process may go on without it. Its session ends with it.
4. A call beyond what the connection may cost is refused. A guest that sends a message beyond any size, or
   lets more wait for it than `send_bytes`, is ended with `Limit(which)`.
5. A handler of events is told one thing at a time, and only the latest: a guest that does not listen costs
   one call. One whose handler fails has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from wetware.capnp.core.limits import Limits as ConnectionLimits
from wetware.capnp.transport import Options
from wetware.errors import WetwareError
from wetware.process.reasons import Limit
from wetware.process.stimuli import HandlerRegistered, Kill
from wetware.schema.core_capnp import ProcessInit_Server, Session, Terminal_Server

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Coroutine

    from wetware.capnp.client import Client
    from wetware.capnp.memory import Pipe
    from wetware.capnp.vat import Connection, Vat
    from wetware.schema.cluster_capnp import Signer
    from wetware.schema.core_capnp import Session_Builder
    from wetware.schema.process_capnp import Events, Process_Server
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

MARGIN = 1 << 20
"""Bytes beyond `send_bytes`: the last answer that was let through."""


class GuestConnection:
    """One process's connection.

    Attributes:
        session: what its login gives.
        itself: makes the capability of its own process.
        events: the guest's handler of pause and resume, once it has registered one.
        asked: whether the guest has asked for its session.
    """

    __slots__ = (
        "_channel",
        "_connection",
        "_held",
        "_over",
        "_pipe",
        "_run",
        "_teller",
        "_told",
        "_trace",
        "_vat",
        "_wanted",
        "asked",
        "events",
        "itself",
        "process",
        "session",
    )

    def __init__(
        self,
        process: Process,
        channel: Channel,
        vat: Vat,
        session: Session_Builder,
        itself: Callable[[], Process_Server],
        run: Callable[[Callable[[], Coroutine[Any, Any, None]]], asyncio.Task[None]],
        trace: Callable[[str], None] | None = None,
    ) -> None:
        self.process = process
        self.session = session
        self.events: Events | None = None
        self.asked = False
        self.itself = itself
        self._channel = channel
        self._vat = vat
        self._connection: Connection | None = None
        self._pipe: Pipe | None = None
        self._over = False
        self._run = run
        self._trace = trace
        self._teller: asyncio.Task[None] | None = None
        self._wanted = False  # whether the guest is to be paused
        self._told = False  # what its handler was told last
        self._held = False  # the connection takes no more for now
        channel.receive(self._arrived, self._ended)

    # --- bytes ---
    def _arrived(self, content: bytes) -> None:
        pipe = self._pipe
        if pipe is None:
            self._connection, pipe = self._vat.pipe(self._put, self._changed, offer=Bootstrap(self))
            self._connection.trace(self._trace)
            self._pipe = pipe
        if not pipe.give(content) and not pipe.at_end:
            self._held = True
            self._channel.pause()

    def _put(self, content: bytes | bytearray) -> bool:
        """Bytes for the guest; whether it is to get more before it has read some."""
        return self._over or self._channel.feed(content) or not self._channel.on_room(self._room)

    def _room(self) -> None:
        if self._pipe is not None:
            self._pipe.relieve()

    def _changed(self) -> None:
        """The connection takes bytes of the guest again, keeps more for it, or has ended."""
        pipe = self._pipe
        if pipe is None or self._over:
            return
        if pipe.at_end:
            self._end()
        elif pipe.waiting > GUEST_OPTIONS.limits.send_bytes + MARGIN:
            # refusals and echoes of what is not known are answers that nobody else counts
            self._exceeded(Limit("send_bytes", pipe.waiting, GUEST_OPTIONS.limits.send_bytes))
            pipe.kill("the guest does not read")
        elif self._held and pipe.open_to_read:
            self._held = False
            self._channel.resume()

    def _ended(self) -> None:
        """The guest has closed its end, or has ended."""
        if self._pipe is not None:
            self._pipe.end("the guest has closed its connection")
        else:
            self._end()

    def _end(self) -> None:
        """The connection has ended, whoever ended it."""
        if self._over:
            return
        self._over = True
        self._channel.close()
        self.session = Session.new()
        self.process.offer.give(None)
        self.drop_events()
        if self._connection is not None:
            error = self._connection.link.peer.connection.exceeded
            if error is not None:
                self._exceeded(Limit(error.limit, error.used, error.allowed))

    def _exceeded(self, limit: Limit) -> None:
        self.process.executor.apply(Kill(self.process.entry, limit))

    # --- what the guest offers ---
    def provide(self, capability: Client | None) -> None:
        """The guest offers a capability, or none any more."""
        if not self._over:
            self.process.offer.give(capability or None)

    def handle(self, events: Events | None) -> None:
        """The guest handles events from now on, or no more."""
        if not events or self._over:
            self.drop_events()
            return
        self._hush()
        self.events = events
        self.process.executor.apply(HandlerRegistered(self.process.entry))
        self._tell_soon()

    def drop_events(self) -> None:
        """The guest handles events no more."""
        self._hush()
        if self.events is not None:
            self.events = None
            self._wanted = False  # a guest without a handler is held by hand
            self.process.executor.apply(HandlerRegistered(self.process.entry, present=False))

    def deliver(self, *, paused: bool) -> None:
        """Have the guest's handler told to pause, or to go on."""
        self._wanted = paused
        self._tell_soon()

    def _hush(self) -> None:
        """Wait no more for what the handler was told."""
        if self._teller is not None:
            self._teller.cancel()
            self._teller = None
        self._told = False

    def _tell_soon(self) -> None:
        if self._teller is None and self.events is not None and self._told != self._wanted:
            events = self.events
            self._teller = self._run(lambda: self._tell(events))

    async def _tell(self, events: Events) -> None:
        try:
            while self._told != self._wanted:
                self._told = self._wanted
                await (events.pause() if self._told else events.resume())
        except WetwareError:
            self._teller = None
            self.drop_events()
        self._teller = None


class Bootstrap(Terminal_Server, ProcessInit_Server):  # type: ignore[misc]  # it serves both; each has its client
    """What a guest finds at the other end of its connection."""

    __slots__ = ("_guest",)

    METHODS: ClassVar = {**Terminal_Server.METHODS, **ProcessInit_Server.METHODS}

    def __init__(self, guest: GuestConnection) -> None:
        self._guest = guest

    async def login(self, *, account: Signer, context: Any) -> Any:
        self._guest.asked = True
        return {"session": self._guest.session}

    async def terminal(self, *, context: Any) -> Any:
        return {"terminal": self}

    async def events(self, *, handler: Events, context: Any) -> Any:
        self._guest.handle(handler)

    async def provide(self, *, capability: Client, context: Any) -> Any:
        self._guest.provide(capability)

    async def process(self, *, context: Any) -> Any:
        return {"process": self._guest.itself()}
