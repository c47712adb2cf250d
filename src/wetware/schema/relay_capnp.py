"""Generated from relay.capnp by `python -m wetware.capnp.generate`; do not edit.

How nodes pass published messages to each other. Given to the other nodes of the cluster, and to nobody else.
"""

# ruff: noqa

from __future__ import annotations

from wetware.capnp import runtime as _rt


if _rt.TYPE_CHECKING:

    class Relay_Receiver_DeliverParams_Fields(_rt.TypedDict, total=False):
        """The fields of Relay_Receiver_DeliverParams, for construction; those left out keep their defaults."""

        batch: _rt.Bytes
        signature: _rt.Bytes


class Relay_Receiver_DeliverParams(_rt.StructReader):
    """Struct `deliver$Params`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xD554A92C32CB51FE

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Relay_Receiver_DeliverParams_Builder"

    @property
    def batch(self) -> memoryview:
        return self._data(0)

    @property
    def signature(self) -> memoryview:
        return self._data(8)

    @staticmethod
    def new(
        **fields: _rt.Unpack[Relay_Receiver_DeliverParams_Fields],
    ) -> Relay_Receiver_DeliverParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Relay_Receiver_DeliverParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Relay_Receiver_DeliverParams_Builder(Relay_Receiver_DeliverParams, _rt.StructBuilder):
    """Builder of Relay_Receiver_DeliverParams."""

    __slots__ = ()

    @property
    def batch(self) -> memoryview:
        return self._data(0)

    @batch.setter
    def batch(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    @property
    def signature(self) -> memoryview:
        return self._data(8)

    @signature.setter
    def signature(self, value: _rt.Bytes) -> None:
        self._set_data(8, value)

    def _fill(
        self,
        *,
        batch: _rt.Bytes | None = None,
        signature: _rt.Bytes | None = None,
    ) -> None:
        if batch is not None:
            self._set_data(0, batch)
        if signature is not None:
            self._set_data(8, signature)


if _rt.TYPE_CHECKING:

    class Relay_Receiver_DeliverResults_Fields(_rt.TypedDict, total=False):
        """The fields of Relay_Receiver_DeliverResults, for construction; those left out keep their defaults."""


class Relay_Receiver_DeliverResults(_rt.StructReader):
    """Struct `deliver$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xEC3623CAA907F3BC

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Relay_Receiver_DeliverResults_Builder"

    @staticmethod
    def new(
        **fields: _rt.Unpack[Relay_Receiver_DeliverResults_Fields],
    ) -> Relay_Receiver_DeliverResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Relay_Receiver_DeliverResults_Builder)
        return built


class Relay_Receiver_DeliverResults_Builder(Relay_Receiver_DeliverResults, _rt.StructBuilder):
    """Builder of Relay_Receiver_DeliverResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Relay_Receiver_DeliverResults_Promise(_rt.PendingCall[Relay_Receiver_DeliverResults]):
    """A call whose results are a Relay_Receiver_DeliverResults."""

    __slots__ = ()
    _results = Relay_Receiver_DeliverResults


class Relay_Receiver(_rt.Client):
    """Interface `Receiver`."""

    __slots__ = ()
    _id = 0x98241B92D2722A4D

    DeliverParams: _rt.TypeAlias = Relay_Receiver_DeliverParams
    DeliverResults: _rt.TypeAlias = Relay_Receiver_DeliverResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Relay_Receiver_Server"

    def deliver(
        self,
        *,
        batch: _rt.Bytes | None = None,
        signature: _rt.Bytes | None = None,
    ) -> Relay_Receiver_DeliverResults_Promise:
        """A `Batch` and its publisher's signature of it."""
        _params = _rt.new_message(Relay_Receiver_DeliverParams_Builder)
        _params._fill(batch=batch, signature=signature)
        return Relay_Receiver_DeliverResults_Promise(
            self._send(0x98241B92D2722A4D, 0, _params._m, _rt.NO_PIPELINING)
        )


async def _handle_Relay_Receiver_deliver(
    server: Relay_Receiver_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Relay_Receiver_DeliverParams)
    return _rt.outcome(
        Relay_Receiver_DeliverResults_Builder,
        await server.deliver(batch=params.batch, signature=params.signature, context=context),
    )


class Relay_Receiver_Server(_rt.Server):
    """Derive from it to serve `Receiver`."""

    __slots__ = ()
    _id = 0x98241B92D2722A4D
    _client = Relay_Receiver

    @_rt.abstractmethod
    async def deliver(
        self,
        *,
        batch: memoryview,
        signature: memoryview,
        context: _rt.CallContext,
    ) -> (
        Relay_Receiver_DeliverResults
        | Relay_Receiver_DeliverResults_Fields
        | Relay_Receiver_DeliverResults_Promise
        | None
    ):
        """A `Batch` and its publisher's signature of it."""


if _rt.TYPE_CHECKING:

    class Relay_Batch_Fields(_rt.TypedDict, total=False):
        """The fields of Relay_Batch, for construction; those left out keep their defaults."""

        topic: str
        stream: int
        first: int
        sizes: _rt.Iterable[int]
        contents: _rt.Bytes


class Relay_Batch(_rt.StructReader):
    """Struct `Batch`."""

    __slots__ = ()
    _size = (2, 3)
    _id = 0x83AF0E7BB87758F7

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Relay_Batch_Builder"

    @property
    def topic(self) -> str:
        return self._text(0)

    @property
    def stream(self) -> int:
        """Drawn by the publishing node when it joined the topic."""
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def first(self) -> int:
        """The number of the first message in the stream. What is missing before it is lost."""
        o = self._o + 8
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def sizes(self) -> _rt.ListReader[int]:
        """Of each message, in bytes. None where there is only something lost to be told."""
        return _rt.UINT32_LIST.read(self, 8)

    @property
    def contents(self) -> memoryview:
        """The messages, one behind the other."""
        return self._data(16)

    @staticmethod
    def new(**fields: _rt.Unpack[Relay_Batch_Fields]) -> Relay_Batch_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Relay_Batch_Builder)
        if fields:
            built._fill(**fields)
        return built


class Relay_Batch_Builder(Relay_Batch, _rt.StructBuilder):
    """Builder of Relay_Batch."""

    __slots__ = ()

    @property
    def topic(self) -> str:
        return self._text(0)

    @topic.setter
    def topic(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def stream(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @stream.setter
    def stream(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "stream")

    @property
    def first(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 8)[0]

    @first.setter
    def first(self, value: int) -> None:
        _rt.put_u64(self, 8, value, "first")

    @property
    def sizes(self) -> _rt.ListBuilder[int]:
        return _rt.UINT32_LIST.builder(self, 8)

    @sizes.setter
    def sizes(self, value: _rt.Iterable[int]) -> None:
        _rt.UINT32_LIST.write(self, 8, value)

    def init_sizes(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.UINT32_LIST.init(self, 8, count)

    @property
    def contents(self) -> memoryview:
        return self._data(16)

    @contents.setter
    def contents(self, value: _rt.Bytes) -> None:
        self._set_data(16, value)

    def _fill(
        self,
        *,
        topic: str | None = None,
        stream: int = 0,
        first: int = 0,
        sizes: _rt.Iterable[int] | None = None,
        contents: _rt.Bytes | None = None,
    ) -> None:
        try:
            _PACK_Relay_Batch(self._s, self._o, stream, first)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.stream, self.first = stream, first
            raise
        if topic is not None:
            self._new_text(0, topic)
        if sizes is not None:
            _rt.UINT32_LIST.write(self, 8, sizes)
        if contents is not None:
            self._set_data(16, contents)


class Relay_Batch_Promise(_rt.PendingCall[Relay_Batch]):
    """A call whose results are a Relay_Batch."""

    __slots__ = ()
    _results = Relay_Batch


if _rt.TYPE_CHECKING:

    class Relay_WantsParams_Fields(_rt.TypedDict, total=False):
        """The fields of Relay_WantsParams, for construction; those left out keep their defaults."""

        topics: _rt.Iterable[str]
        receiver: Relay_Receiver | Relay_Receiver_Server | None


class Relay_WantsParams(_rt.StructReader):
    """Struct `wants$Params`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0x85D8A62FA02C94D5

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Relay_WantsParams_Builder"

    @property
    def topics(self) -> _rt.ListReader[str]:
        return _rt.TEXT_LIST.read(self, 0)

    @property
    def receiver(self) -> Relay_Receiver:
        return Relay_Receiver(self._cap(8))

    @staticmethod
    def new(**fields: _rt.Unpack[Relay_WantsParams_Fields]) -> Relay_WantsParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Relay_WantsParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Relay_WantsParams_Builder(Relay_WantsParams, _rt.StructBuilder):
    """Builder of Relay_WantsParams."""

    __slots__ = ()

    @property
    def topics(self) -> _rt.ListBuilder[str]:
        return _rt.TEXT_LIST.builder(self, 0)

    @topics.setter
    def topics(self, value: _rt.Iterable[str]) -> None:
        _rt.TEXT_LIST.write(self, 0, value)

    def init_topics(self, count: int) -> _rt.ListBuilder[str]:
        return _rt.TEXT_LIST.init(self, 0, count)

    @property
    def receiver(self) -> Relay_Receiver:
        return Relay_Receiver(self._cap(8))

    @receiver.setter
    def receiver(self, value: Relay_Receiver | Relay_Receiver_Server | None) -> None:
        self._set_cap(8, _rt.hook_of(value))

    def _fill(
        self,
        *,
        topics: _rt.Iterable[str] | None = None,
        receiver: Relay_Receiver | Relay_Receiver_Server | None = None,
    ) -> None:
        if topics is not None:
            _rt.TEXT_LIST.write(self, 0, topics)
        if receiver is not None:
            self._set_cap(8, _rt.hook_of(receiver))


class Relay_WantsParams_Capabilities(_rt.Pipeline):
    """What can be called before a Relay_WantsParams is there."""

    __slots__ = ()

    @property
    def receiver(self) -> Relay_Receiver:
        return Relay_Receiver(self._pipeline(1))


class Relay_WantsParams_Pipeline(Relay_WantsParams_Capabilities):
    """A Relay_WantsParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Relay_WantsResults_Fields(_rt.TypedDict, total=False):
        """The fields of Relay_WantsResults, for construction; those left out keep their defaults."""


class Relay_WantsResults(_rt.StructReader):
    """Struct `wants$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xC0A97BE890A45186

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Relay_WantsResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Relay_WantsResults_Fields]) -> Relay_WantsResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Relay_WantsResults_Builder)
        return built


class Relay_WantsResults_Builder(Relay_WantsResults, _rt.StructBuilder):
    """Builder of Relay_WantsResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Relay_WantsResults_Promise(_rt.PendingCall[Relay_WantsResults]):
    """A call whose results are a Relay_WantsResults."""

    __slots__ = ()
    _results = Relay_WantsResults


class Relay(_rt.Client):
    """Interface `Relay`."""

    __slots__ = ()
    _id = 0x830606B767854A04

    Receiver: _rt.TypeAlias = Relay_Receiver
    Batch: _rt.TypeAlias = Relay_Batch
    WantsParams: _rt.TypeAlias = Relay_WantsParams
    WantsResults: _rt.TypeAlias = Relay_WantsResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Relay_Server"

    def wants(
        self,
        *,
        topics: _rt.Iterable[str] | None = None,
        receiver: Relay_Receiver | Relay_Receiver_Server | None = None,
    ) -> Relay_WantsResults_Promise:
        """From now on, and until the next call or half a minute is over, the caller wants what this node publishes under
        these names, and nothing else.
        """
        _params = _rt.new_message(Relay_WantsParams_Builder)
        _params._fill(topics=topics, receiver=receiver)
        return Relay_WantsResults_Promise(self._send(0x830606B767854A04, 0, _params._m, _rt.NO_PIPELINING))


async def _handle_Relay_wants(
    server: Relay_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Relay_WantsParams)
    return _rt.outcome(
        Relay_WantsResults_Builder,
        await server.wants(topics=params.topics, receiver=params.receiver, context=context),
    )


class Relay_Server(_rt.Server):
    """Derive from it to serve `Relay`."""

    __slots__ = ()
    _id = 0x830606B767854A04
    _client = Relay

    @_rt.abstractmethod
    async def wants(
        self,
        *,
        topics: _rt.ListReader[str],
        receiver: Relay_Receiver,
        context: _rt.CallContext,
    ) -> Relay_WantsResults | Relay_WantsResults_Fields | Relay_WantsResults_Promise | None:
        """From now on, and until the next call or half a minute is over, the caller wants what this node publishes under
        these names, and nothing else.
        """


_PACK_Relay_Batch = _rt.Struct("<QQ").pack_into
Relay_Receiver.METHODS = {
    (0x98241B92D2722A4D, 0): _rt.MethodInfo(
        0x98241B92D2722A4D,
        0,
        "Receiver",
        "deliver",
        False,
        Relay_Receiver_DeliverParams,
        Relay_Receiver_DeliverResults,
    ),
}
Relay_Receiver_Server.METHODS = {
    (0x98241B92D2722A4D, 0): ("Receiver.deliver", _handle_Relay_Receiver_deliver),
}
Relay.METHODS = {
    (0x830606B767854A04, 0): _rt.MethodInfo(
        0x830606B767854A04, 0, "Relay", "wants", False, Relay_WantsParams, Relay_WantsResults
    ),
}
Relay_Server.METHODS = {
    (0x830606B767854A04, 0): ("Relay.wants", _handle_Relay_wants),
}
