"""Generated from pubsub.capnp by `python -m wetware.capnp.generate`; do not edit.

Messages by topic, to whoever listens anywhere in the cluster.

Compatible on the wire with the pubsub.capnp of the Go middleware Wetware: file id, names, ordinals and
meanings. What is new stands at the end of each interface.
"""

# ruff: noqa

from __future__ import annotations

from wetware.capnp import runtime as _rt


if _rt.TYPE_CHECKING:

    class Topic_Consumer_ConsumeParams_Fields(_rt.TypedDict, total=False):
        """The fields of Topic_Consumer_ConsumeParams, for construction; those left out keep their defaults."""

        msg: _rt.Bytes


class Topic_Consumer_ConsumeParams(_rt.StructReader):
    """Struct `consume$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xE7745AB0F47BEB88

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Topic_Consumer_ConsumeParams_Builder"

    @property
    def msg(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(
        **fields: _rt.Unpack[Topic_Consumer_ConsumeParams_Fields],
    ) -> Topic_Consumer_ConsumeParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Topic_Consumer_ConsumeParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Topic_Consumer_ConsumeParams_Builder(Topic_Consumer_ConsumeParams, _rt.StructBuilder):
    """Builder of Topic_Consumer_ConsumeParams."""

    __slots__ = ()

    @property
    def msg(self) -> memoryview:
        return self._data(0)

    @msg.setter
    def msg(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        msg: _rt.Bytes | None = None,
    ) -> None:
        if msg is not None:
            self._set_data(0, msg)


if _rt.TYPE_CHECKING:

    class Topic_Consumer_LostParams_Fields(_rt.TypedDict, total=False):
        """The fields of Topic_Consumer_LostParams, for construction; those left out keep their defaults."""

        count: int


class Topic_Consumer_LostParams(_rt.StructReader):
    """Struct `lost$Params`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xA8BEDE92FA496197

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Topic_Consumer_LostParams_Builder"

    @property
    def count(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Topic_Consumer_LostParams_Fields]) -> Topic_Consumer_LostParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Topic_Consumer_LostParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Topic_Consumer_LostParams_Builder(Topic_Consumer_LostParams, _rt.StructBuilder):
    """Builder of Topic_Consumer_LostParams."""

    __slots__ = ()

    @property
    def count(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @count.setter
    def count(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "count")

    def _fill(
        self,
        *,
        count: int = 0,
    ) -> None:
        try:
            _PACK_Topic_Consumer_LostParams(self._s, self._o, count)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.count = count
            raise


if _rt.TYPE_CHECKING:

    class Topic_Consumer_LostResults_Fields(_rt.TypedDict, total=False):
        """The fields of Topic_Consumer_LostResults, for construction; those left out keep their defaults."""


class Topic_Consumer_LostResults(_rt.StructReader):
    """Struct `lost$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xA43E8C6B2B9AAC86

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Topic_Consumer_LostResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Topic_Consumer_LostResults_Fields]) -> Topic_Consumer_LostResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Topic_Consumer_LostResults_Builder)
        return built


class Topic_Consumer_LostResults_Builder(Topic_Consumer_LostResults, _rt.StructBuilder):
    """Builder of Topic_Consumer_LostResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Topic_Consumer_LostResults_Promise(_rt.PendingCall[Topic_Consumer_LostResults]):
    """A call whose results are a Topic_Consumer_LostResults."""

    __slots__ = ()
    _results = Topic_Consumer_LostResults


class Topic_Consumer(_rt.Client):
    """Interface `Consumer`."""

    __slots__ = ()
    _id = 0xD72D37C8B6FBEF23

    ConsumeParams: _rt.TypeAlias = Topic_Consumer_ConsumeParams
    LostParams: _rt.TypeAlias = Topic_Consumer_LostParams
    LostResults: _rt.TypeAlias = Topic_Consumer_LostResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Topic_Consumer_Server"

    def consume(
        self,
        *,
        msg: _rt.Bytes | None = None,
    ) -> _rt.Awaitable[None]:
        _params = _rt.new_message(Topic_Consumer_ConsumeParams_Builder)
        _params._fill(msg=msg)
        return self._stream(0xD72D37C8B6FBEF23, 0, _params._m)

    def lost(
        self,
        *,
        count: int = 0,
    ) -> Topic_Consumer_LostResults_Promise:
        """So many messages are missing before the next one. Nobody needs to implement it."""
        _params = _rt.new_message(Topic_Consumer_LostParams_Builder)
        _params._fill(count=count)
        return Topic_Consumer_LostResults_Promise(
            self._send(0xD72D37C8B6FBEF23, 1, _params._m, _rt.NO_PIPELINING)
        )


async def _handle_Topic_Consumer_consume(
    server: Topic_Consumer_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Topic_Consumer_ConsumeParams)
    await server.consume(msg=params.msg, context=context)
    return None


async def _handle_Topic_Consumer_lost(
    server: Topic_Consumer_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Topic_Consumer_LostParams)
    return _rt.outcome(
        Topic_Consumer_LostResults_Builder, await server.lost(count=params.count, context=context)
    )


class Topic_Consumer_Server(_rt.Server):
    """Derive from it to serve `Consumer`."""

    __slots__ = ()
    _id = 0xD72D37C8B6FBEF23
    _client = Topic_Consumer

    @_rt.abstractmethod
    async def consume(
        self,
        *,
        msg: memoryview,
        context: _rt.CallContext,
    ) -> None: ...

    @_rt.abstractmethod
    async def lost(
        self,
        *,
        count: int,
        context: _rt.CallContext,
    ) -> (
        Topic_Consumer_LostResults
        | Topic_Consumer_LostResults_Fields
        | Topic_Consumer_LostResults_Promise
        | None
    ):
        """So many messages are missing before the next one. Nobody needs to implement it."""


if _rt.TYPE_CHECKING:

    class Topic_Reader_TakeParams_Fields(_rt.TypedDict, total=False):
        """The fields of Topic_Reader_TakeParams, for construction; those left out keep their defaults."""

        messages: _rt.Iterable[Topic_Message | Topic_Message_Fields]
        lost: int


class Topic_Reader_TakeParams(_rt.StructReader):
    """Struct `take$Params`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xDE4C8B4CC67CC929

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Topic_Reader_TakeParams_Builder"

    @property
    def messages(self) -> _rt.ListReader[Topic_Message]:
        return _LIST_Topic_Message.read(self, 0)

    @property
    def lost(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Topic_Reader_TakeParams_Fields]) -> Topic_Reader_TakeParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Topic_Reader_TakeParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Topic_Reader_TakeParams_Builder(Topic_Reader_TakeParams, _rt.StructBuilder):
    """Builder of Topic_Reader_TakeParams."""

    __slots__ = ()

    @property
    def messages(self) -> _rt.ListBuilder[Topic_Message_Builder]:
        return _LIST_Topic_Message.builder(self, 0)

    @messages.setter
    def messages(self, value: _rt.Iterable[Topic_Message | Topic_Message_Fields]) -> None:
        _LIST_Topic_Message.write(self, 0, value)

    def init_messages(self, count: int) -> _rt.ListBuilder[Topic_Message_Builder]:
        return _LIST_Topic_Message.init(self, 0, count)

    @property
    def lost(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @lost.setter
    def lost(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "lost")

    def _fill(
        self,
        *,
        messages: _rt.Iterable[Topic_Message | Topic_Message_Fields] | None = None,
        lost: int = 0,
    ) -> None:
        try:
            _PACK_Topic_Reader_TakeParams(self._s, self._o, lost)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.lost = lost
            raise
        if messages is not None:
            _LIST_Topic_Message.write(self, 0, messages)


if _rt.TYPE_CHECKING:

    class Topic_Reader_TakeResults_Fields(_rt.TypedDict, total=False):
        """The fields of Topic_Reader_TakeResults, for construction; those left out keep their defaults."""


class Topic_Reader_TakeResults(_rt.StructReader):
    """Struct `take$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xC473F140EF54F355

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Topic_Reader_TakeResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Topic_Reader_TakeResults_Fields]) -> Topic_Reader_TakeResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Topic_Reader_TakeResults_Builder)
        return built


class Topic_Reader_TakeResults_Builder(Topic_Reader_TakeResults, _rt.StructBuilder):
    """Builder of Topic_Reader_TakeResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Topic_Reader_TakeResults_Promise(_rt.PendingCall[Topic_Reader_TakeResults]):
    """A call whose results are a Topic_Reader_TakeResults."""

    __slots__ = ()
    _results = Topic_Reader_TakeResults


if _rt.TYPE_CHECKING:

    class Topic_Reader_TakeRowParams_Fields(_rt.TypedDict, total=False):
        """The fields of Topic_Reader_TakeRowParams, for construction; those left out keep their defaults."""

        node: _rt.Bytes
        sizes: _rt.Iterable[int]
        contents: _rt.Bytes
        lost: int


class Topic_Reader_TakeRowParams(_rt.StructReader):
    """Struct `takeRow$Params`."""

    __slots__ = ()
    _size = (1, 3)
    _id = 0xE9AB4877F158C046

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Topic_Reader_TakeRowParams_Builder"

    @property
    def node(self) -> memoryview:
        return self._data(0)

    @property
    def sizes(self) -> _rt.ListReader[int]:
        return _rt.UINT32_LIST.read(self, 8)

    @property
    def contents(self) -> memoryview:
        return self._data(16)

    @property
    def lost(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Topic_Reader_TakeRowParams_Fields]) -> Topic_Reader_TakeRowParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Topic_Reader_TakeRowParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Topic_Reader_TakeRowParams_Builder(Topic_Reader_TakeRowParams, _rt.StructBuilder):
    """Builder of Topic_Reader_TakeRowParams."""

    __slots__ = ()

    @property
    def node(self) -> memoryview:
        return self._data(0)

    @node.setter
    def node(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

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

    @property
    def lost(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @lost.setter
    def lost(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "lost")

    def _fill(
        self,
        *,
        node: _rt.Bytes | None = None,
        sizes: _rt.Iterable[int] | None = None,
        contents: _rt.Bytes | None = None,
        lost: int = 0,
    ) -> None:
        try:
            _PACK_Topic_Reader_TakeRowParams(self._s, self._o, lost)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.lost = lost
            raise
        if node is not None:
            self._set_data(0, node)
        if sizes is not None:
            _rt.UINT32_LIST.write(self, 8, sizes)
        if contents is not None:
            self._set_data(16, contents)


if _rt.TYPE_CHECKING:

    class Topic_Reader_TakeRowResults_Fields(_rt.TypedDict, total=False):
        """The fields of Topic_Reader_TakeRowResults, for construction; those left out keep their defaults."""


class Topic_Reader_TakeRowResults(_rt.StructReader):
    """Struct `takeRow$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xA98F55A1FC527C0D

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Topic_Reader_TakeRowResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Topic_Reader_TakeRowResults_Fields]) -> Topic_Reader_TakeRowResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Topic_Reader_TakeRowResults_Builder)
        return built


class Topic_Reader_TakeRowResults_Builder(Topic_Reader_TakeRowResults, _rt.StructBuilder):
    """Builder of Topic_Reader_TakeRowResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Topic_Reader_TakeRowResults_Promise(_rt.PendingCall[Topic_Reader_TakeRowResults]):
    """A call whose results are a Topic_Reader_TakeRowResults."""

    __slots__ = ()
    _results = Topic_Reader_TakeRowResults


class Topic_Reader(_rt.Client):
    """Interface `Reader`."""

    __slots__ = ()
    _id = 0xA0D57E5443A40A2D

    TakeParams: _rt.TypeAlias = Topic_Reader_TakeParams
    TakeResults: _rt.TypeAlias = Topic_Reader_TakeResults
    TakeRowParams: _rt.TypeAlias = Topic_Reader_TakeRowParams
    TakeRowResults: _rt.TypeAlias = Topic_Reader_TakeRowResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Topic_Reader_Server"

    def take(
        self,
        *,
        messages: _rt.Iterable[Topic_Message | Topic_Message_Fields] | None = None,
        lost: int = 0,
    ) -> Topic_Reader_TakeResults_Promise:
        """The messages since the last call; `lost` are missing before the first of them. The next call comes after the
        answer to this one. The very first has no message: from then on the other nodes know of this reader.
        """
        _params = _rt.new_message(Topic_Reader_TakeParams_Builder)
        _params._fill(messages=messages, lost=lost)
        return Topic_Reader_TakeResults_Promise(
            self._send(0xA0D57E5443A40A2D, 0, _params._m, _rt.NO_PIPELINING)
        )

    def take_row(
        self,
        *,
        node: _rt.Bytes | None = None,
        sizes: _rt.Iterable[int] | None = None,
        contents: _rt.Bytes | None = None,
        lost: int = 0,
    ) -> Topic_Reader_TakeRowResults_Promise:
        """As `take`, of messages that one node has published: the size of each, and all of them one behind the other.
        Nobody needs to implement it.
        """
        _params = _rt.new_message(Topic_Reader_TakeRowParams_Builder)
        _params._fill(node=node, sizes=sizes, contents=contents, lost=lost)
        return Topic_Reader_TakeRowResults_Promise(
            self._send(0xA0D57E5443A40A2D, 1, _params._m, _rt.NO_PIPELINING)
        )


async def _handle_Topic_Reader_take(
    server: Topic_Reader_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Topic_Reader_TakeParams)
    return _rt.outcome(
        Topic_Reader_TakeResults_Builder,
        await server.take(messages=params.messages, lost=params.lost, context=context),
    )


async def _handle_Topic_Reader_take_row(
    server: Topic_Reader_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Topic_Reader_TakeRowParams)
    return _rt.outcome(
        Topic_Reader_TakeRowResults_Builder,
        await server.take_row(
            node=params.node, sizes=params.sizes, contents=params.contents, lost=params.lost, context=context
        ),
    )


class Topic_Reader_Server(_rt.Server):
    """Derive from it to serve `Reader`."""

    __slots__ = ()
    _id = 0xA0D57E5443A40A2D
    _client = Topic_Reader

    @_rt.abstractmethod
    async def take(
        self,
        *,
        messages: _rt.ListReader[Topic_Message],
        lost: int,
        context: _rt.CallContext,
    ) -> Topic_Reader_TakeResults | Topic_Reader_TakeResults_Fields | Topic_Reader_TakeResults_Promise | None:
        """The messages since the last call; `lost` are missing before the first of them. The next call comes after the
        answer to this one. The very first has no message: from then on the other nodes know of this reader.
        """

    @_rt.abstractmethod
    async def take_row(
        self,
        *,
        node: memoryview,
        sizes: _rt.ListReader[int],
        contents: memoryview,
        lost: int,
        context: _rt.CallContext,
    ) -> (
        Topic_Reader_TakeRowResults
        | Topic_Reader_TakeRowResults_Fields
        | Topic_Reader_TakeRowResults_Promise
        | None
    ):
        """As `take`, of messages that one node has published: the size of each, and all of them one behind the other.
        Nobody needs to implement it.
        """


if _rt.TYPE_CHECKING:

    class Topic_Message_Fields(_rt.TypedDict, total=False):
        """The fields of Topic_Message, for construction; those left out keep their defaults."""

        content: _rt.Bytes
        node: _rt.Bytes


class Topic_Message(_rt.StructReader):
    """Struct `Message`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xBCE9AE72CF8D8D20

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Topic_Message_Builder"

    @property
    def content(self) -> memoryview:
        return self._data(0)

    @property
    def node(self) -> memoryview:
        """The peer id of the node that published it, which its signature proves."""
        return self._data(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Topic_Message_Fields]) -> Topic_Message_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Topic_Message_Builder)
        if fields:
            built._fill(**fields)
        return built


class Topic_Message_Builder(Topic_Message, _rt.StructBuilder):
    """Builder of Topic_Message."""

    __slots__ = ()

    @property
    def content(self) -> memoryview:
        return self._data(0)

    @content.setter
    def content(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    @property
    def node(self) -> memoryview:
        return self._data(8)

    @node.setter
    def node(self, value: _rt.Bytes) -> None:
        self._set_data(8, value)

    def _fill(
        self,
        *,
        content: _rt.Bytes | None = None,
        node: _rt.Bytes | None = None,
    ) -> None:
        if content is not None:
            self._set_data(0, content)
        if node is not None:
            self._set_data(8, node)


class Topic_Message_Promise(_rt.PendingCall[Topic_Message]):
    """A call whose results are a Topic_Message."""

    __slots__ = ()
    _results = Topic_Message


if _rt.TYPE_CHECKING:

    class Topic_PublishParams_Fields(_rt.TypedDict, total=False):
        """The fields of Topic_PublishParams, for construction; those left out keep their defaults."""

        msg: _rt.Bytes


class Topic_PublishParams(_rt.StructReader):
    """Struct `publish$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x8810938879CB8443

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Topic_PublishParams_Builder"

    @property
    def msg(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Topic_PublishParams_Fields]) -> Topic_PublishParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Topic_PublishParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Topic_PublishParams_Builder(Topic_PublishParams, _rt.StructBuilder):
    """Builder of Topic_PublishParams."""

    __slots__ = ()

    @property
    def msg(self) -> memoryview:
        return self._data(0)

    @msg.setter
    def msg(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        msg: _rt.Bytes | None = None,
    ) -> None:
        if msg is not None:
            self._set_data(0, msg)


if _rt.TYPE_CHECKING:

    class Topic_SubscribeParams_Fields(_rt.TypedDict, total=False):
        """The fields of Topic_SubscribeParams, for construction; those left out keep their defaults."""

        consumer: Topic_Consumer | Topic_Consumer_Server | None
        buf: int


class Topic_SubscribeParams(_rt.StructReader):
    """Struct `subscribe$Params`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xC772C6756FEF5BA8

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Topic_SubscribeParams_Builder"

    @property
    def consumer(self) -> Topic_Consumer:
        return Topic_Consumer(self._cap(0))

    @property
    def buf(self) -> int:
        o = self._o
        return _rt.unpack_u16(self._s, o)[0] ^ 32 if o + 2 <= self._p else 32

    @staticmethod
    def new(**fields: _rt.Unpack[Topic_SubscribeParams_Fields]) -> Topic_SubscribeParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Topic_SubscribeParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Topic_SubscribeParams_Builder(Topic_SubscribeParams, _rt.StructBuilder):
    """Builder of Topic_SubscribeParams."""

    __slots__ = ()

    @property
    def consumer(self) -> Topic_Consumer:
        return Topic_Consumer(self._cap(0))

    @consumer.setter
    def consumer(self, value: Topic_Consumer | Topic_Consumer_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    @property
    def buf(self) -> int:
        return _rt.unpack_u16(self._s, self._o)[0] ^ 32

    @buf.setter
    def buf(self, value: int) -> None:
        _rt.put_u16(self, 0, value, "buf", 32)

    def _fill(
        self,
        *,
        consumer: Topic_Consumer | Topic_Consumer_Server | None = None,
        buf: int = 32,
    ) -> None:
        try:
            _PACK_Topic_SubscribeParams(self._s, self._o, buf ^ 32)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.buf = buf
            raise
        if consumer is not None:
            self._set_cap(0, _rt.hook_of(consumer))


class Topic_SubscribeParams_Capabilities(_rt.Pipeline):
    """What can be called before a Topic_SubscribeParams is there."""

    __slots__ = ()

    @property
    def consumer(self) -> Topic_Consumer:
        return Topic_Consumer(self._pipeline(0))


class Topic_SubscribeParams_Pipeline(Topic_SubscribeParams_Capabilities):
    """A Topic_SubscribeParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Topic_SubscribeResults_Fields(_rt.TypedDict, total=False):
        """The fields of Topic_SubscribeResults, for construction; those left out keep their defaults."""


class Topic_SubscribeResults(_rt.StructReader):
    """Struct `subscribe$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x8470369AC91FCC32

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Topic_SubscribeResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Topic_SubscribeResults_Fields]) -> Topic_SubscribeResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Topic_SubscribeResults_Builder)
        return built


class Topic_SubscribeResults_Builder(Topic_SubscribeResults, _rt.StructBuilder):
    """Builder of Topic_SubscribeResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Topic_SubscribeResults_Promise(_rt.PendingCall[Topic_SubscribeResults]):
    """A call whose results are a Topic_SubscribeResults."""

    __slots__ = ()
    _results = Topic_SubscribeResults


if _rt.TYPE_CHECKING:

    class Topic_NameParams_Fields(_rt.TypedDict, total=False):
        """The fields of Topic_NameParams, for construction; those left out keep their defaults."""


class Topic_NameParams(_rt.StructReader):
    """Struct `name$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xF1FC6FF9F4D43E07

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Topic_NameParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Topic_NameParams_Fields]) -> Topic_NameParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Topic_NameParams_Builder)
        return built


class Topic_NameParams_Builder(Topic_NameParams, _rt.StructBuilder):
    """Builder of Topic_NameParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Topic_NameResults_Fields(_rt.TypedDict, total=False):
        """The fields of Topic_NameResults, for construction; those left out keep their defaults."""

        name: str


class Topic_NameResults(_rt.StructReader):
    """Struct `name$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xD5765AAB1C56263F

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Topic_NameResults_Builder"

    @property
    def name(self) -> str:
        return self._text(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Topic_NameResults_Fields]) -> Topic_NameResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Topic_NameResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Topic_NameResults_Builder(Topic_NameResults, _rt.StructBuilder):
    """Builder of Topic_NameResults."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return self._text(0)

    @name.setter
    def name(self, value: str) -> None:
        self._set_text(0, value)

    def _fill(
        self,
        *,
        name: str | None = None,
    ) -> None:
        if name is not None:
            self._new_text(0, name)


class Topic_NameResults_Promise(_rt.PendingCall[Topic_NameResults]):
    """A call whose results are a Topic_NameResults."""

    __slots__ = ()
    _results = Topic_NameResults


if _rt.TYPE_CHECKING:

    class Topic_FollowParams_Fields(_rt.TypedDict, total=False):
        """The fields of Topic_FollowParams, for construction; those left out keep their defaults."""

        reader: Topic_Reader | Topic_Reader_Server | None
        buffer: int


class Topic_FollowParams(_rt.StructReader):
    """Struct `follow$Params`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xB7D7265FAC9E3CF5

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Topic_FollowParams_Builder"

    @property
    def reader(self) -> Topic_Reader:
        return Topic_Reader(self._cap(0))

    @property
    def buffer(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] ^ 1024 if o + 4 <= self._p else 1024

    @staticmethod
    def new(**fields: _rt.Unpack[Topic_FollowParams_Fields]) -> Topic_FollowParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Topic_FollowParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Topic_FollowParams_Builder(Topic_FollowParams, _rt.StructBuilder):
    """Builder of Topic_FollowParams."""

    __slots__ = ()

    @property
    def reader(self) -> Topic_Reader:
        return Topic_Reader(self._cap(0))

    @reader.setter
    def reader(self, value: Topic_Reader | Topic_Reader_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    @property
    def buffer(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0] ^ 1024

    @buffer.setter
    def buffer(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "buffer", 1024)

    def _fill(
        self,
        *,
        reader: Topic_Reader | Topic_Reader_Server | None = None,
        buffer: int = 1024,
    ) -> None:
        try:
            _PACK_Topic_FollowParams(self._s, self._o, buffer ^ 1024)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.buffer = buffer
            raise
        if reader is not None:
            self._set_cap(0, _rt.hook_of(reader))


class Topic_FollowParams_Capabilities(_rt.Pipeline):
    """What can be called before a Topic_FollowParams is there."""

    __slots__ = ()

    @property
    def reader(self) -> Topic_Reader:
        return Topic_Reader(self._pipeline(0))


class Topic_FollowParams_Pipeline(Topic_FollowParams_Capabilities):
    """A Topic_FollowParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Topic_FollowResults_Fields(_rt.TypedDict, total=False):
        """The fields of Topic_FollowResults, for construction; those left out keep their defaults."""


class Topic_FollowResults(_rt.StructReader):
    """Struct `follow$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xD2E5674E29781E04

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Topic_FollowResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Topic_FollowResults_Fields]) -> Topic_FollowResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Topic_FollowResults_Builder)
        return built


class Topic_FollowResults_Builder(Topic_FollowResults, _rt.StructBuilder):
    """Builder of Topic_FollowResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Topic_FollowResults_Promise(_rt.PendingCall[Topic_FollowResults]):
    """A call whose results are a Topic_FollowResults."""

    __slots__ = ()
    _results = Topic_FollowResults


if _rt.TYPE_CHECKING:

    class Topic_PublishAllParams_Fields(_rt.TypedDict, total=False):
        """The fields of Topic_PublishAllParams, for construction; those left out keep their defaults."""

        messages: _rt.Iterable[_rt.Bytes]


class Topic_PublishAllParams(_rt.StructReader):
    """Struct `publishAll$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xA733BFB5822D1494

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Topic_PublishAllParams_Builder"

    @property
    def messages(self) -> _rt.ListReader[memoryview]:
        return _rt.DATA_LIST.read(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Topic_PublishAllParams_Fields]) -> Topic_PublishAllParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Topic_PublishAllParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Topic_PublishAllParams_Builder(Topic_PublishAllParams, _rt.StructBuilder):
    """Builder of Topic_PublishAllParams."""

    __slots__ = ()

    @property
    def messages(self) -> _rt.ListBuilder[memoryview]:
        return _rt.DATA_LIST.builder(self, 0)

    @messages.setter
    def messages(self, value: _rt.Iterable[_rt.Bytes]) -> None:
        _rt.DATA_LIST.write(self, 0, value)

    def init_messages(self, count: int) -> _rt.ListBuilder[memoryview]:
        return _rt.DATA_LIST.init(self, 0, count)

    def _fill(
        self,
        *,
        messages: _rt.Iterable[_rt.Bytes] | None = None,
    ) -> None:
        if messages is not None:
            _rt.DATA_LIST.write(self, 0, messages)


if _rt.TYPE_CHECKING:

    class Topic_PublishRowParams_Fields(_rt.TypedDict, total=False):
        """The fields of Topic_PublishRowParams, for construction; those left out keep their defaults."""

        sizes: _rt.Iterable[int]
        contents: _rt.Bytes


class Topic_PublishRowParams(_rt.StructReader):
    """Struct `publishRow$Params`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xA265DF66306B7C84

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Topic_PublishRowParams_Builder"

    @property
    def sizes(self) -> _rt.ListReader[int]:
        return _rt.UINT32_LIST.read(self, 0)

    @property
    def contents(self) -> memoryview:
        return self._data(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Topic_PublishRowParams_Fields]) -> Topic_PublishRowParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Topic_PublishRowParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Topic_PublishRowParams_Builder(Topic_PublishRowParams, _rt.StructBuilder):
    """Builder of Topic_PublishRowParams."""

    __slots__ = ()

    @property
    def sizes(self) -> _rt.ListBuilder[int]:
        return _rt.UINT32_LIST.builder(self, 0)

    @sizes.setter
    def sizes(self, value: _rt.Iterable[int]) -> None:
        _rt.UINT32_LIST.write(self, 0, value)

    def init_sizes(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.UINT32_LIST.init(self, 0, count)

    @property
    def contents(self) -> memoryview:
        return self._data(8)

    @contents.setter
    def contents(self, value: _rt.Bytes) -> None:
        self._set_data(8, value)

    def _fill(
        self,
        *,
        sizes: _rt.Iterable[int] | None = None,
        contents: _rt.Bytes | None = None,
    ) -> None:
        if sizes is not None:
            _rt.UINT32_LIST.write(self, 0, sizes)
        if contents is not None:
            self._set_data(8, contents)


class Topic(_rt.Client):
    """Whoever holds it may publish and subscribe. Messages of one publisher arrive in the order in which they were
    published, each at most once; what a subscriber is too slow for is dropped, and it is told how many.
    """

    __slots__ = ()
    _id = 0x986EA9282F106BB0

    Consumer: _rt.TypeAlias = Topic_Consumer
    Reader: _rt.TypeAlias = Topic_Reader
    Message: _rt.TypeAlias = Topic_Message
    PublishParams: _rt.TypeAlias = Topic_PublishParams
    SubscribeParams: _rt.TypeAlias = Topic_SubscribeParams
    SubscribeResults: _rt.TypeAlias = Topic_SubscribeResults
    NameParams: _rt.TypeAlias = Topic_NameParams
    NameResults: _rt.TypeAlias = Topic_NameResults
    FollowParams: _rt.TypeAlias = Topic_FollowParams
    FollowResults: _rt.TypeAlias = Topic_FollowResults
    PublishAllParams: _rt.TypeAlias = Topic_PublishAllParams
    PublishRowParams: _rt.TypeAlias = Topic_PublishRowParams
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Topic_Server"

    def publish(
        self,
        *,
        msg: _rt.Bytes | None = None,
    ) -> _rt.Awaitable[None]:
        """At most 1 MiB. A message that is refused concerns no other one."""
        _params = _rt.new_message(Topic_PublishParams_Builder)
        _params._fill(msg=msg)
        return self._stream(0x986EA9282F106BB0, 0, _params._m)

    def subscribe(
        self,
        *,
        consumer: Topic_Consumer | Topic_Consumer_Server | None = None,
        buf: int = 32,
    ) -> Topic_SubscribeResults_Promise:
        """From now on, until this call is cancelled or the consumer fails; `buf` messages wait for a slow consumer."""
        _params = _rt.new_message(Topic_SubscribeParams_Builder)
        _params._fill(consumer=consumer, buf=buf)
        return Topic_SubscribeResults_Promise(
            self._send(0x986EA9282F106BB0, 1, _params._m, _rt.NO_PIPELINING)
        )

    def name(
        self,
    ) -> Topic_NameResults_Promise:
        _params = _rt.new_message(Topic_NameParams_Builder)
        return Topic_NameResults_Promise(self._send(0x986EA9282F106BB0, 2, _params._m, _rt.NO_PIPELINING))

    def follow(
        self,
        *,
        reader: Topic_Reader | Topic_Reader_Server | None = None,
        buffer: int = 1024,
    ) -> Topic_FollowResults_Promise:
        """As `subscribe`, in batches."""
        _params = _rt.new_message(Topic_FollowParams_Builder)
        _params._fill(reader=reader, buffer=buffer)
        return Topic_FollowResults_Promise(self._send(0x986EA9282F106BB0, 3, _params._m, _rt.NO_PIPELINING))

    def publish_all(
        self,
        *,
        messages: _rt.Iterable[_rt.Bytes] | None = None,
    ) -> _rt.Awaitable[None]:
        """All of them, or none where one is too large."""
        _params = _rt.new_message(Topic_PublishAllParams_Builder)
        _params._fill(messages=messages)
        return self._stream(0x986EA9282F106BB0, 4, _params._m)

    def publish_row(
        self,
        *,
        sizes: _rt.Iterable[int] | None = None,
        contents: _rt.Bytes | None = None,
    ) -> _rt.Awaitable[None]:
        """As `publishAll`: the size of each message, and all of them one behind the other."""
        _params = _rt.new_message(Topic_PublishRowParams_Builder)
        _params._fill(sizes=sizes, contents=contents)
        return self._stream(0x986EA9282F106BB0, 5, _params._m)


async def _handle_Topic_publish(
    server: Topic_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Topic_PublishParams)
    await server.publish(msg=params.msg, context=context)
    return None


async def _handle_Topic_subscribe(
    server: Topic_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Topic_SubscribeParams)
    return _rt.outcome(
        Topic_SubscribeResults_Builder,
        await server.subscribe(consumer=params.consumer, buf=params.buf, context=context),
    )


async def _handle_Topic_name(
    server: Topic_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Topic_NameResults_Builder, await server.name(context=context))


async def _handle_Topic_follow(
    server: Topic_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Topic_FollowParams)
    return _rt.outcome(
        Topic_FollowResults_Builder,
        await server.follow(reader=params.reader, buffer=params.buffer, context=context),
    )


async def _handle_Topic_publish_all(
    server: Topic_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Topic_PublishAllParams)
    await server.publish_all(messages=params.messages, context=context)
    return None


async def _handle_Topic_publish_row(
    server: Topic_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Topic_PublishRowParams)
    await server.publish_row(sizes=params.sizes, contents=params.contents, context=context)
    return None


class Topic_Server(_rt.Server):
    """Derive from it to serve `Topic`."""

    __slots__ = ()
    _id = 0x986EA9282F106BB0
    _client = Topic

    @_rt.abstractmethod
    async def publish(
        self,
        *,
        msg: memoryview,
        context: _rt.CallContext,
    ) -> None:
        """At most 1 MiB. A message that is refused concerns no other one."""

    @_rt.abstractmethod
    async def subscribe(
        self,
        *,
        consumer: Topic_Consumer,
        buf: int,
        context: _rt.CallContext,
    ) -> Topic_SubscribeResults | Topic_SubscribeResults_Fields | Topic_SubscribeResults_Promise | None:
        """From now on, until this call is cancelled or the consumer fails; `buf` messages wait for a slow consumer."""

    @_rt.abstractmethod
    async def name(
        self,
        *,
        context: _rt.CallContext,
    ) -> Topic_NameResults | Topic_NameResults_Fields | Topic_NameResults_Promise | None: ...

    @_rt.abstractmethod
    async def follow(
        self,
        *,
        reader: Topic_Reader,
        buffer: int,
        context: _rt.CallContext,
    ) -> Topic_FollowResults | Topic_FollowResults_Fields | Topic_FollowResults_Promise | None:
        """As `subscribe`, in batches."""

    @_rt.abstractmethod
    async def publish_all(
        self,
        *,
        messages: _rt.ListReader[memoryview],
        context: _rt.CallContext,
    ) -> None:
        """All of them, or none where one is too large."""

    @_rt.abstractmethod
    async def publish_row(
        self,
        *,
        sizes: _rt.ListReader[int],
        contents: memoryview,
        context: _rt.CallContext,
    ) -> None:
        """As `publishAll`: the size of each message, and all of them one behind the other."""


if _rt.TYPE_CHECKING:

    class Router_JoinParams_Fields(_rt.TypedDict, total=False):
        """The fields of Router_JoinParams, for construction; those left out keep their defaults."""

        name: str


class Router_JoinParams(_rt.StructReader):
    """Struct `join$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xFB2FED6504F78754

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Router_JoinParams_Builder"

    @property
    def name(self) -> str:
        return self._text(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Router_JoinParams_Fields]) -> Router_JoinParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Router_JoinParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Router_JoinParams_Builder(Router_JoinParams, _rt.StructBuilder):
    """Builder of Router_JoinParams."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return self._text(0)

    @name.setter
    def name(self, value: str) -> None:
        self._set_text(0, value)

    def _fill(
        self,
        *,
        name: str | None = None,
    ) -> None:
        if name is not None:
            self._new_text(0, name)


if _rt.TYPE_CHECKING:

    class Router_JoinResults_Fields(_rt.TypedDict, total=False):
        """The fields of Router_JoinResults, for construction; those left out keep their defaults."""

        topic: Topic | Topic_Server | None


class Router_JoinResults(_rt.StructReader):
    """Struct `join$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xE8A6B1CAD09D4625

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Router_JoinResults_Builder"

    @property
    def topic(self) -> Topic:
        return Topic(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Router_JoinResults_Fields]) -> Router_JoinResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Router_JoinResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Router_JoinResults_Builder(Router_JoinResults, _rt.StructBuilder):
    """Builder of Router_JoinResults."""

    __slots__ = ()

    @property
    def topic(self) -> Topic:
        return Topic(self._cap(0))

    @topic.setter
    def topic(self, value: Topic | Topic_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        topic: Topic | Topic_Server | None = None,
    ) -> None:
        if topic is not None:
            self._set_cap(0, _rt.hook_of(topic))


class Router_JoinResults_Capabilities(_rt.Pipeline):
    """What can be called before a Router_JoinResults is there."""

    __slots__ = ()

    @property
    def topic(self) -> Topic:
        return Topic(self._pipeline(0))


class Router_JoinResults_Pipeline(Router_JoinResults_Capabilities):
    """A Router_JoinResults inside results that are still to come."""

    __slots__ = ()


class Router_JoinResults_Promise(Router_JoinResults_Capabilities, _rt.PendingCall[Router_JoinResults]):
    """A call whose results are a Router_JoinResults."""

    __slots__ = ()
    _results = Router_JoinResults


class Router(_rt.Client):
    """Interface `Router`."""

    __slots__ = ()
    _id = 0xDE50B3E61B766F3A

    JoinParams: _rt.TypeAlias = Router_JoinParams
    JoinResults: _rt.TypeAlias = Router_JoinResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Router_Server"

    def join(
        self,
        *,
        name: str | None = None,
    ) -> Router_JoinResults_Promise:
        """The topic of this name, 1 to 255 bytes. To hold it is to be in it."""
        _params = _rt.new_message(Router_JoinParams_Builder)
        _params._fill(name=name)
        return Router_JoinResults_Promise(self._send(0xDE50B3E61B766F3A, 0, _params._m))


async def _handle_Router_join(
    server: Router_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Router_JoinParams)
    return _rt.outcome(Router_JoinResults_Builder, await server.join(name=params.name, context=context))


class Router_Server(_rt.Server):
    """Derive from it to serve `Router`."""

    __slots__ = ()
    _id = 0xDE50B3E61B766F3A
    _client = Router

    @_rt.abstractmethod
    async def join(
        self,
        *,
        name: str,
        context: _rt.CallContext,
    ) -> Router_JoinResults | Router_JoinResults_Fields | Router_JoinResults_Promise | None:
        """The topic of this name, 1 to 255 bytes. To hold it is to be in it."""


_PACK_Topic_Consumer_LostParams = _rt.Struct("<Q").pack_into
_PACK_Topic_Reader_TakeParams = _rt.Struct("<Q").pack_into
_PACK_Topic_Reader_TakeRowParams = _rt.Struct("<Q").pack_into
_PACK_Topic_SubscribeParams = _rt.Struct("<H").pack_into
_PACK_Topic_FollowParams = _rt.Struct("<I").pack_into
Topic_Consumer.METHODS = {
    (0xD72D37C8B6FBEF23, 0): _rt.MethodInfo(
        0xD72D37C8B6FBEF23, 0, "Consumer", "consume", True, Topic_Consumer_ConsumeParams, _rt.StructReader
    ),
    (0xD72D37C8B6FBEF23, 1): _rt.MethodInfo(
        0xD72D37C8B6FBEF23,
        1,
        "Consumer",
        "lost",
        False,
        Topic_Consumer_LostParams,
        Topic_Consumer_LostResults,
    ),
}
Topic_Consumer_Server.METHODS = {
    (0xD72D37C8B6FBEF23, 0): ("Consumer.consume", _handle_Topic_Consumer_consume),
    (0xD72D37C8B6FBEF23, 1): ("Consumer.lost", _handle_Topic_Consumer_lost),
}
Topic_Reader.METHODS = {
    (0xA0D57E5443A40A2D, 0): _rt.MethodInfo(
        0xA0D57E5443A40A2D, 0, "Reader", "take", False, Topic_Reader_TakeParams, Topic_Reader_TakeResults
    ),
    (0xA0D57E5443A40A2D, 1): _rt.MethodInfo(
        0xA0D57E5443A40A2D,
        1,
        "Reader",
        "takeRow",
        False,
        Topic_Reader_TakeRowParams,
        Topic_Reader_TakeRowResults,
    ),
}
Topic_Reader_Server.METHODS = {
    (0xA0D57E5443A40A2D, 0): ("Reader.take", _handle_Topic_Reader_take),
    (0xA0D57E5443A40A2D, 1): ("Reader.takeRow", _handle_Topic_Reader_take_row),
}
Topic.METHODS = {
    (0x986EA9282F106BB0, 0): _rt.MethodInfo(
        0x986EA9282F106BB0, 0, "Topic", "publish", True, Topic_PublishParams, _rt.StructReader
    ),
    (0x986EA9282F106BB0, 1): _rt.MethodInfo(
        0x986EA9282F106BB0, 1, "Topic", "subscribe", False, Topic_SubscribeParams, Topic_SubscribeResults
    ),
    (0x986EA9282F106BB0, 2): _rt.MethodInfo(
        0x986EA9282F106BB0, 2, "Topic", "name", False, Topic_NameParams, Topic_NameResults
    ),
    (0x986EA9282F106BB0, 3): _rt.MethodInfo(
        0x986EA9282F106BB0, 3, "Topic", "follow", False, Topic_FollowParams, Topic_FollowResults
    ),
    (0x986EA9282F106BB0, 4): _rt.MethodInfo(
        0x986EA9282F106BB0, 4, "Topic", "publishAll", True, Topic_PublishAllParams, _rt.StructReader
    ),
    (0x986EA9282F106BB0, 5): _rt.MethodInfo(
        0x986EA9282F106BB0, 5, "Topic", "publishRow", True, Topic_PublishRowParams, _rt.StructReader
    ),
}
Topic_Server.METHODS = {
    (0x986EA9282F106BB0, 0): ("Topic.publish", _handle_Topic_publish),
    (0x986EA9282F106BB0, 1): ("Topic.subscribe", _handle_Topic_subscribe),
    (0x986EA9282F106BB0, 2): ("Topic.name", _handle_Topic_name),
    (0x986EA9282F106BB0, 3): ("Topic.follow", _handle_Topic_follow),
    (0x986EA9282F106BB0, 4): ("Topic.publishAll", _handle_Topic_publish_all),
    (0x986EA9282F106BB0, 5): ("Topic.publishRow", _handle_Topic_publish_row),
}
Router.METHODS = {
    (0xDE50B3E61B766F3A, 0): _rt.MethodInfo(
        0xDE50B3E61B766F3A, 0, "Router", "join", False, Router_JoinParams, Router_JoinResults
    ),
}
Router_Server.METHODS = {
    (0xDE50B3E61B766F3A, 0): ("Router.join", _handle_Router_join),
}
_LIST_Topic_Message = _rt.StructListType(Topic_Message, Topic_Message_Builder)
