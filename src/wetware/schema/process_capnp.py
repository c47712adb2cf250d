"""Generated from process.capnp by `python -m wetware.capnp.generate`; do not edit.

Processes, and the bytecode that they run.

Compatible on the wire with the process.capnp of the Go middleware Wetware: file id, names, ordinals and
meanings. What is new stands at the end of each interface and struct.
"""

# ruff: noqa

from __future__ import annotations

from wetware.capnp import runtime as _rt


class State(_rt.CapnpEnum):
    """Enum `State`."""

    STARTING = 0
    RUNNABLE = 1
    RUNNING = 2
    WAITING = 3
    PAUSED = 4
    ENDING = 5
    EXITED = 6


if _rt.TYPE_CHECKING:

    class BytecodeCache_PutParams_Fields(_rt.TypedDict, total=False):
        """The fields of BytecodeCache_PutParams, for construction; those left out keep their defaults."""

        bytecode: _rt.Bytes


class BytecodeCache_PutParams(_rt.StructReader):
    """Struct `put$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x91B6120F2A2E3EBE

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "BytecodeCache_PutParams_Builder"

    @property
    def bytecode(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[BytecodeCache_PutParams_Fields]) -> BytecodeCache_PutParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(BytecodeCache_PutParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class BytecodeCache_PutParams_Builder(BytecodeCache_PutParams, _rt.StructBuilder):
    """Builder of BytecodeCache_PutParams."""

    __slots__ = ()

    @property
    def bytecode(self) -> memoryview:
        return self._data(0)

    @bytecode.setter
    def bytecode(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        bytecode: _rt.Bytes | None = None,
    ) -> None:
        if bytecode is not None:
            self._set_data(0, bytecode)


if _rt.TYPE_CHECKING:

    class BytecodeCache_PutResults_Fields(_rt.TypedDict, total=False):
        """The fields of BytecodeCache_PutResults, for construction; those left out keep their defaults."""

        cid: _rt.Bytes


class BytecodeCache_PutResults(_rt.StructReader):
    """Struct `put$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xF51E7DD3FC20B968

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "BytecodeCache_PutResults_Builder"

    @property
    def cid(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[BytecodeCache_PutResults_Fields]) -> BytecodeCache_PutResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(BytecodeCache_PutResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class BytecodeCache_PutResults_Builder(BytecodeCache_PutResults, _rt.StructBuilder):
    """Builder of BytecodeCache_PutResults."""

    __slots__ = ()

    @property
    def cid(self) -> memoryview:
        return self._data(0)

    @cid.setter
    def cid(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        cid: _rt.Bytes | None = None,
    ) -> None:
        if cid is not None:
            self._set_data(0, cid)


class BytecodeCache_PutResults_Promise(_rt.PendingCall[BytecodeCache_PutResults]):
    """A call whose results are a BytecodeCache_PutResults."""

    __slots__ = ()
    _results = BytecodeCache_PutResults


if _rt.TYPE_CHECKING:

    class BytecodeCache_GetParams_Fields(_rt.TypedDict, total=False):
        """The fields of BytecodeCache_GetParams, for construction; those left out keep their defaults."""

        cid: _rt.Bytes


class BytecodeCache_GetParams(_rt.StructReader):
    """Struct `get$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xF694129C75EBA87C

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "BytecodeCache_GetParams_Builder"

    @property
    def cid(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[BytecodeCache_GetParams_Fields]) -> BytecodeCache_GetParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(BytecodeCache_GetParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class BytecodeCache_GetParams_Builder(BytecodeCache_GetParams, _rt.StructBuilder):
    """Builder of BytecodeCache_GetParams."""

    __slots__ = ()

    @property
    def cid(self) -> memoryview:
        return self._data(0)

    @cid.setter
    def cid(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        cid: _rt.Bytes | None = None,
    ) -> None:
        if cid is not None:
            self._set_data(0, cid)


if _rt.TYPE_CHECKING:

    class BytecodeCache_GetResults_Fields(_rt.TypedDict, total=False):
        """The fields of BytecodeCache_GetResults, for construction; those left out keep their defaults."""

        bytecode: _rt.Bytes


class BytecodeCache_GetResults(_rt.StructReader):
    """Struct `get$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xB2C6F1C55B7403F4

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "BytecodeCache_GetResults_Builder"

    @property
    def bytecode(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[BytecodeCache_GetResults_Fields]) -> BytecodeCache_GetResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(BytecodeCache_GetResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class BytecodeCache_GetResults_Builder(BytecodeCache_GetResults, _rt.StructBuilder):
    """Builder of BytecodeCache_GetResults."""

    __slots__ = ()

    @property
    def bytecode(self) -> memoryview:
        return self._data(0)

    @bytecode.setter
    def bytecode(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        bytecode: _rt.Bytes | None = None,
    ) -> None:
        if bytecode is not None:
            self._set_data(0, bytecode)


class BytecodeCache_GetResults_Promise(_rt.PendingCall[BytecodeCache_GetResults]):
    """A call whose results are a BytecodeCache_GetResults."""

    __slots__ = ()
    _results = BytecodeCache_GetResults


if _rt.TYPE_CHECKING:

    class BytecodeCache_HasParams_Fields(_rt.TypedDict, total=False):
        """The fields of BytecodeCache_HasParams, for construction; those left out keep their defaults."""

        cid: _rt.Bytes


class BytecodeCache_HasParams(_rt.StructReader):
    """Struct `has$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xC25A17A8499CFE55

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "BytecodeCache_HasParams_Builder"

    @property
    def cid(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[BytecodeCache_HasParams_Fields]) -> BytecodeCache_HasParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(BytecodeCache_HasParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class BytecodeCache_HasParams_Builder(BytecodeCache_HasParams, _rt.StructBuilder):
    """Builder of BytecodeCache_HasParams."""

    __slots__ = ()

    @property
    def cid(self) -> memoryview:
        return self._data(0)

    @cid.setter
    def cid(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        cid: _rt.Bytes | None = None,
    ) -> None:
        if cid is not None:
            self._set_data(0, cid)


if _rt.TYPE_CHECKING:

    class BytecodeCache_HasResults_Fields(_rt.TypedDict, total=False):
        """The fields of BytecodeCache_HasResults, for construction; those left out keep their defaults."""

        has: bool


class BytecodeCache_HasResults(_rt.StructReader):
    """Struct `has$Results`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xF9602CD2C3F65E0F

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "BytecodeCache_HasResults_Builder"

    @property
    def has(self) -> bool:
        o = self._o
        return o < self._p and self._s[o] & 1 != 0

    @staticmethod
    def new(**fields: _rt.Unpack[BytecodeCache_HasResults_Fields]) -> BytecodeCache_HasResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(BytecodeCache_HasResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class BytecodeCache_HasResults_Builder(BytecodeCache_HasResults, _rt.StructBuilder):
    """Builder of BytecodeCache_HasResults."""

    __slots__ = ()

    @property
    def has(self) -> bool:
        return self._s[self._o] & 1 != 0

    @has.setter
    def has(self, value: bool) -> None:
        _rt.put_bool(self, 0, 1, value)

    def _fill(
        self,
        *,
        has: bool = False,
    ) -> None:
        try:
            _PACK_BytecodeCache_HasResults(self._s, self._o, (1 if has else 0))
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.has = has
            raise


class BytecodeCache_HasResults_Promise(_rt.PendingCall[BytecodeCache_HasResults]):
    """A call whose results are a BytecodeCache_HasResults."""

    __slots__ = ()
    _results = BytecodeCache_HasResults


if _rt.TYPE_CHECKING:

    class BytecodeCache_PartParams_Fields(_rt.TypedDict, total=False):
        """The fields of BytecodeCache_PartParams, for construction; those left out keep their defaults."""

        cid: _rt.Bytes
        offset: int
        limit: int


class BytecodeCache_PartParams(_rt.StructReader):
    """Struct `part$Params`."""

    __slots__ = ()
    _size = (2, 1)
    _id = 0x82689BE9923CA8C2

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "BytecodeCache_PartParams_Builder"

    @property
    def cid(self) -> memoryview:
        return self._data(0)

    @property
    def offset(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def limit(self) -> int:
        o = self._o + 8
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[BytecodeCache_PartParams_Fields]) -> BytecodeCache_PartParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(BytecodeCache_PartParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class BytecodeCache_PartParams_Builder(BytecodeCache_PartParams, _rt.StructBuilder):
    """Builder of BytecodeCache_PartParams."""

    __slots__ = ()

    @property
    def cid(self) -> memoryview:
        return self._data(0)

    @cid.setter
    def cid(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    @property
    def offset(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @offset.setter
    def offset(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "offset")

    @property
    def limit(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 8)[0]

    @limit.setter
    def limit(self, value: int) -> None:
        _rt.put_u32(self, 8, value, "limit")

    def _fill(
        self,
        *,
        cid: _rt.Bytes | None = None,
        offset: int = 0,
        limit: int = 0,
    ) -> None:
        try:
            _PACK_BytecodeCache_PartParams(self._s, self._o, offset, limit)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.offset, self.limit = offset, limit
            raise
        if cid is not None:
            self._set_data(0, cid)


if _rt.TYPE_CHECKING:

    class BytecodeCache_PartResults_Fields(_rt.TypedDict, total=False):
        """The fields of BytecodeCache_PartResults, for construction; those left out keep their defaults."""

        chunk: _rt.Bytes
        size: int


class BytecodeCache_PartResults(_rt.StructReader):
    """Struct `part$Results`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xB90EFD5613B58805

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "BytecodeCache_PartResults_Builder"

    @property
    def chunk(self) -> memoryview:
        return self._data(0)

    @property
    def size(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[BytecodeCache_PartResults_Fields]) -> BytecodeCache_PartResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(BytecodeCache_PartResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class BytecodeCache_PartResults_Builder(BytecodeCache_PartResults, _rt.StructBuilder):
    """Builder of BytecodeCache_PartResults."""

    __slots__ = ()

    @property
    def chunk(self) -> memoryview:
        return self._data(0)

    @chunk.setter
    def chunk(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    @property
    def size(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @size.setter
    def size(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "size")

    def _fill(
        self,
        *,
        chunk: _rt.Bytes | None = None,
        size: int = 0,
    ) -> None:
        try:
            _PACK_BytecodeCache_PartResults(self._s, self._o, size)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.size = size
            raise
        if chunk is not None:
            self._set_data(0, chunk)


class BytecodeCache_PartResults_Promise(_rt.PendingCall[BytecodeCache_PartResults]):
    """A call whose results are a BytecodeCache_PartResults."""

    __slots__ = ()
    _results = BytecodeCache_PartResults


class BytecodeCache(_rt.Client):
    """Programs by their CID (version 1, codec 0x7e4, BLAKE3-512)."""

    __slots__ = ()
    _id = 0xE64CE403F6090174

    PutParams: _rt.TypeAlias = BytecodeCache_PutParams
    PutResults: _rt.TypeAlias = BytecodeCache_PutResults
    GetParams: _rt.TypeAlias = BytecodeCache_GetParams
    GetResults: _rt.TypeAlias = BytecodeCache_GetResults
    HasParams: _rt.TypeAlias = BytecodeCache_HasParams
    HasResults: _rt.TypeAlias = BytecodeCache_HasResults
    PartParams: _rt.TypeAlias = BytecodeCache_PartParams
    PartResults: _rt.TypeAlias = BytecodeCache_PartResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "BytecodeCache_Server"

    def put(
        self,
        *,
        bytecode: _rt.Bytes | None = None,
    ) -> BytecodeCache_PutResults_Promise:
        """Keep a program; its CID."""
        _params = _rt.new_message(BytecodeCache_PutParams_Builder)
        _params._fill(bytecode=bytecode)
        return BytecodeCache_PutResults_Promise(
            self._send(0xE64CE403F6090174, 0, _params._m, _rt.NO_PIPELINING)
        )

    def get(
        self,
        *,
        cid: _rt.Bytes | None = None,
    ) -> BytecodeCache_GetResults_Promise:
        """A program; null where it is not kept."""
        _params = _rt.new_message(BytecodeCache_GetParams_Builder)
        _params._fill(cid=cid)
        return BytecodeCache_GetResults_Promise(
            self._send(0xE64CE403F6090174, 1, _params._m, _rt.NO_PIPELINING)
        )

    def has(
        self,
        *,
        cid: _rt.Bytes | None = None,
    ) -> BytecodeCache_HasResults_Promise:
        """Whether a program is kept, without moving it."""
        _params = _rt.new_message(BytecodeCache_HasParams_Builder)
        _params._fill(cid=cid)
        return BytecodeCache_HasResults_Promise(
            self._send(0xE64CE403F6090174, 2, _params._m, _rt.NO_PIPELINING)
        )

    def part(
        self,
        *,
        cid: _rt.Bytes | None = None,
        offset: int = 0,
        limit: int = 0,
    ) -> BytecodeCache_PartResults_Promise:
        """A part of a program: at most `limit` bytes from `offset` on. `size` is that of the whole; 0 where it is not kept."""
        _params = _rt.new_message(BytecodeCache_PartParams_Builder)
        _params._fill(cid=cid, offset=offset, limit=limit)
        return BytecodeCache_PartResults_Promise(
            self._send(0xE64CE403F6090174, 3, _params._m, _rt.NO_PIPELINING)
        )


async def _handle_BytecodeCache_put(
    server: BytecodeCache_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(BytecodeCache_PutParams)
    return _rt.outcome(
        BytecodeCache_PutResults_Builder, await server.put(bytecode=params.bytecode, context=context)
    )


async def _handle_BytecodeCache_get(
    server: BytecodeCache_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(BytecodeCache_GetParams)
    return _rt.outcome(BytecodeCache_GetResults_Builder, await server.get(cid=params.cid, context=context))


async def _handle_BytecodeCache_has(
    server: BytecodeCache_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(BytecodeCache_HasParams)
    return _rt.outcome(BytecodeCache_HasResults_Builder, await server.has(cid=params.cid, context=context))


async def _handle_BytecodeCache_part(
    server: BytecodeCache_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(BytecodeCache_PartParams)
    return _rt.outcome(
        BytecodeCache_PartResults_Builder,
        await server.part(cid=params.cid, offset=params.offset, limit=params.limit, context=context),
    )


class BytecodeCache_Server(_rt.Server):
    """Derive from it to serve `BytecodeCache`."""

    __slots__ = ()
    _id = 0xE64CE403F6090174
    _client = BytecodeCache

    @_rt.abstractmethod
    async def put(
        self,
        *,
        bytecode: memoryview,
        context: _rt.CallContext,
    ) -> BytecodeCache_PutResults | BytecodeCache_PutResults_Fields | BytecodeCache_PutResults_Promise | None:
        """Keep a program; its CID."""

    @_rt.abstractmethod
    async def get(
        self,
        *,
        cid: memoryview,
        context: _rt.CallContext,
    ) -> BytecodeCache_GetResults | BytecodeCache_GetResults_Fields | BytecodeCache_GetResults_Promise | None:
        """A program; null where it is not kept."""

    @_rt.abstractmethod
    async def has(
        self,
        *,
        cid: memoryview,
        context: _rt.CallContext,
    ) -> BytecodeCache_HasResults | BytecodeCache_HasResults_Fields | BytecodeCache_HasResults_Promise | None:
        """Whether a program is kept, without moving it."""

    @_rt.abstractmethod
    async def part(
        self,
        *,
        cid: memoryview,
        offset: int,
        limit: int,
        context: _rt.CallContext,
    ) -> (
        BytecodeCache_PartResults
        | BytecodeCache_PartResults_Fields
        | BytecodeCache_PartResults_Promise
        | None
    ):
        """A part of a program: at most `limit` bytes from `offset` on. `size` is that of the whole; 0 where it is not kept."""


if _rt.TYPE_CHECKING:

    class Process_WaitParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_WaitParams, for construction; those left out keep their defaults."""


class Process_WaitParams(_rt.StructReader):
    """Struct `wait$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xF9694AE208DBB3E3

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_WaitParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_WaitParams_Fields]) -> Process_WaitParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_WaitParams_Builder)
        return built


class Process_WaitParams_Builder(Process_WaitParams, _rt.StructBuilder):
    """Builder of Process_WaitParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Process_WaitResults_Fields(_rt.TypedDict, total=False):
        """The fields of Process_WaitResults, for construction; those left out keep their defaults."""

        exit_code: int


class Process_WaitResults(_rt.StructReader):
    """Struct `wait$Results`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xD72AB4A0243047AC

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_WaitResults_Builder"

    @property
    def exit_code(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Process_WaitResults_Fields]) -> Process_WaitResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_WaitResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Process_WaitResults_Builder(Process_WaitResults, _rt.StructBuilder):
    """Builder of Process_WaitResults."""

    __slots__ = ()

    @property
    def exit_code(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @exit_code.setter
    def exit_code(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "exit_code")

    def _fill(
        self,
        *,
        exit_code: int = 0,
    ) -> None:
        try:
            _PACK_Process_WaitResults(self._s, self._o, exit_code)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.exit_code = exit_code
            raise


class Process_WaitResults_Promise(_rt.PendingCall[Process_WaitResults]):
    """A call whose results are a Process_WaitResults."""

    __slots__ = ()
    _results = Process_WaitResults


if _rt.TYPE_CHECKING:

    class Process_KillParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_KillParams, for construction; those left out keep their defaults."""


class Process_KillParams(_rt.StructReader):
    """Struct `kill$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xEEA7AE19B02F5D47

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_KillParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_KillParams_Fields]) -> Process_KillParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_KillParams_Builder)
        return built


class Process_KillParams_Builder(Process_KillParams, _rt.StructBuilder):
    """Builder of Process_KillParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Process_KillResults_Fields(_rt.TypedDict, total=False):
        """The fields of Process_KillResults, for construction; those left out keep their defaults."""


class Process_KillResults(_rt.StructReader):
    """Struct `kill$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xC53168B273D497EE

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_KillResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_KillResults_Fields]) -> Process_KillResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_KillResults_Builder)
        return built


class Process_KillResults_Builder(Process_KillResults, _rt.StructBuilder):
    """Builder of Process_KillResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Process_KillResults_Promise(_rt.PendingCall[Process_KillResults]):
    """A call whose results are a Process_KillResults."""

    __slots__ = ()
    _results = Process_KillResults


if _rt.TYPE_CHECKING:

    class Process_LinkParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_LinkParams, for construction; those left out keep their defaults."""

        other: Process | Process_Server | None
        roundtrip: bool


class Process_LinkParams(_rt.StructReader):
    """Struct `link$Params`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xD22F75DF06C187E8

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_LinkParams_Builder"

    @property
    def other(self) -> Process:
        return Process(self._cap(0))

    @property
    def roundtrip(self) -> bool:
        o = self._o
        return o < self._p and self._s[o] & 1 != 0

    @staticmethod
    def new(**fields: _rt.Unpack[Process_LinkParams_Fields]) -> Process_LinkParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_LinkParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Process_LinkParams_Builder(Process_LinkParams, _rt.StructBuilder):
    """Builder of Process_LinkParams."""

    __slots__ = ()

    @property
    def other(self) -> Process:
        return Process(self._cap(0))

    @other.setter
    def other(self, value: Process | Process_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    @property
    def roundtrip(self) -> bool:
        return self._s[self._o] & 1 != 0

    @roundtrip.setter
    def roundtrip(self, value: bool) -> None:
        _rt.put_bool(self, 0, 1, value)

    def _fill(
        self,
        *,
        other: Process | Process_Server | None = None,
        roundtrip: bool = False,
    ) -> None:
        try:
            _PACK_Process_LinkParams(self._s, self._o, (1 if roundtrip else 0))
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.roundtrip = roundtrip
            raise
        if other is not None:
            self._set_cap(0, _rt.hook_of(other))


class Process_LinkParams_Capabilities(_rt.Pipeline):
    """What can be called before a Process_LinkParams is there."""

    __slots__ = ()

    @property
    def other(self) -> Process:
        return Process(self._pipeline(0))


class Process_LinkParams_Pipeline(Process_LinkParams_Capabilities):
    """A Process_LinkParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Process_LinkResults_Fields(_rt.TypedDict, total=False):
        """The fields of Process_LinkResults, for construction; those left out keep their defaults."""


class Process_LinkResults(_rt.StructReader):
    """Struct `link$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x9D6074459FA0602B

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_LinkResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_LinkResults_Fields]) -> Process_LinkResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_LinkResults_Builder)
        return built


class Process_LinkResults_Builder(Process_LinkResults, _rt.StructBuilder):
    """Builder of Process_LinkResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Process_LinkResults_Promise(_rt.PendingCall[Process_LinkResults]):
    """A call whose results are a Process_LinkResults."""

    __slots__ = ()
    _results = Process_LinkResults


if _rt.TYPE_CHECKING:

    class Process_UnlinkParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_UnlinkParams, for construction; those left out keep their defaults."""

        other: Process | Process_Server | None
        roundtrip: bool


class Process_UnlinkParams(_rt.StructReader):
    """Struct `unlink$Params`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0x86E3410D1ABD406B

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_UnlinkParams_Builder"

    @property
    def other(self) -> Process:
        return Process(self._cap(0))

    @property
    def roundtrip(self) -> bool:
        o = self._o
        return o < self._p and self._s[o] & 1 != 0

    @staticmethod
    def new(**fields: _rt.Unpack[Process_UnlinkParams_Fields]) -> Process_UnlinkParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_UnlinkParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Process_UnlinkParams_Builder(Process_UnlinkParams, _rt.StructBuilder):
    """Builder of Process_UnlinkParams."""

    __slots__ = ()

    @property
    def other(self) -> Process:
        return Process(self._cap(0))

    @other.setter
    def other(self, value: Process | Process_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    @property
    def roundtrip(self) -> bool:
        return self._s[self._o] & 1 != 0

    @roundtrip.setter
    def roundtrip(self, value: bool) -> None:
        _rt.put_bool(self, 0, 1, value)

    def _fill(
        self,
        *,
        other: Process | Process_Server | None = None,
        roundtrip: bool = False,
    ) -> None:
        try:
            _PACK_Process_UnlinkParams(self._s, self._o, (1 if roundtrip else 0))
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.roundtrip = roundtrip
            raise
        if other is not None:
            self._set_cap(0, _rt.hook_of(other))


class Process_UnlinkParams_Capabilities(_rt.Pipeline):
    """What can be called before a Process_UnlinkParams is there."""

    __slots__ = ()

    @property
    def other(self) -> Process:
        return Process(self._pipeline(0))


class Process_UnlinkParams_Pipeline(Process_UnlinkParams_Capabilities):
    """A Process_UnlinkParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Process_UnlinkResults_Fields(_rt.TypedDict, total=False):
        """The fields of Process_UnlinkResults, for construction; those left out keep their defaults."""


class Process_UnlinkResults(_rt.StructReader):
    """Struct `unlink$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xD93C9AA0627BC93C

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_UnlinkResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_UnlinkResults_Fields]) -> Process_UnlinkResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_UnlinkResults_Builder)
        return built


class Process_UnlinkResults_Builder(Process_UnlinkResults, _rt.StructBuilder):
    """Builder of Process_UnlinkResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Process_UnlinkResults_Promise(_rt.PendingCall[Process_UnlinkResults]):
    """A call whose results are a Process_UnlinkResults."""

    __slots__ = ()
    _results = Process_UnlinkResults


if _rt.TYPE_CHECKING:

    class Process_LinkLocalParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_LinkLocalParams, for construction; those left out keep their defaults."""

        other: int


class Process_LinkLocalParams(_rt.StructReader):
    """Struct `linkLocal$Params`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xB72541D950858A60

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_LinkLocalParams_Builder"

    @property
    def other(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Process_LinkLocalParams_Fields]) -> Process_LinkLocalParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_LinkLocalParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Process_LinkLocalParams_Builder(Process_LinkLocalParams, _rt.StructBuilder):
    """Builder of Process_LinkLocalParams."""

    __slots__ = ()

    @property
    def other(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @other.setter
    def other(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "other")

    def _fill(
        self,
        *,
        other: int = 0,
    ) -> None:
        try:
            _PACK_Process_LinkLocalParams(self._s, self._o, other)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.other = other
            raise


if _rt.TYPE_CHECKING:

    class Process_LinkLocalResults_Fields(_rt.TypedDict, total=False):
        """The fields of Process_LinkLocalResults, for construction; those left out keep their defaults."""


class Process_LinkLocalResults(_rt.StructReader):
    """Struct `linkLocal$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xF589DC1668EA3D8F

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_LinkLocalResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_LinkLocalResults_Fields]) -> Process_LinkLocalResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_LinkLocalResults_Builder)
        return built


class Process_LinkLocalResults_Builder(Process_LinkLocalResults, _rt.StructBuilder):
    """Builder of Process_LinkLocalResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Process_LinkLocalResults_Promise(_rt.PendingCall[Process_LinkLocalResults]):
    """A call whose results are a Process_LinkLocalResults."""

    __slots__ = ()
    _results = Process_LinkLocalResults


if _rt.TYPE_CHECKING:

    class Process_UnlinkLocalParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_UnlinkLocalParams, for construction; those left out keep their defaults."""

        other: int


class Process_UnlinkLocalParams(_rt.StructReader):
    """Struct `unlinkLocal$Params`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xF5C2D7AD2DDE5570

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_UnlinkLocalParams_Builder"

    @property
    def other(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Process_UnlinkLocalParams_Fields]) -> Process_UnlinkLocalParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_UnlinkLocalParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Process_UnlinkLocalParams_Builder(Process_UnlinkLocalParams, _rt.StructBuilder):
    """Builder of Process_UnlinkLocalParams."""

    __slots__ = ()

    @property
    def other(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @other.setter
    def other(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "other")

    def _fill(
        self,
        *,
        other: int = 0,
    ) -> None:
        try:
            _PACK_Process_UnlinkLocalParams(self._s, self._o, other)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.other = other
            raise


if _rt.TYPE_CHECKING:

    class Process_UnlinkLocalResults_Fields(_rt.TypedDict, total=False):
        """The fields of Process_UnlinkLocalResults, for construction; those left out keep their defaults."""


class Process_UnlinkLocalResults(_rt.StructReader):
    """Struct `unlinkLocal$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xEAFB60603769C851

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_UnlinkLocalResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_UnlinkLocalResults_Fields]) -> Process_UnlinkLocalResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_UnlinkLocalResults_Builder)
        return built


class Process_UnlinkLocalResults_Builder(Process_UnlinkLocalResults, _rt.StructBuilder):
    """Builder of Process_UnlinkLocalResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Process_UnlinkLocalResults_Promise(_rt.PendingCall[Process_UnlinkLocalResults]):
    """A call whose results are a Process_UnlinkLocalResults."""

    __slots__ = ()
    _results = Process_UnlinkLocalResults


if _rt.TYPE_CHECKING:

    class Process_MonitorParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_MonitorParams, for construction; those left out keep their defaults."""


class Process_MonitorParams(_rt.StructReader):
    """Struct `monitor$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xC7E357FD7B4CB277

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_MonitorParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_MonitorParams_Fields]) -> Process_MonitorParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_MonitorParams_Builder)
        return built


class Process_MonitorParams_Builder(Process_MonitorParams, _rt.StructBuilder):
    """Builder of Process_MonitorParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Process_MonitorResults_Fields(_rt.TypedDict, total=False):
        """The fields of Process_MonitorResults, for construction; those left out keep their defaults."""

        event: str


class Process_MonitorResults(_rt.StructReader):
    """Struct `monitor$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xBB9EF870419ECB71

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_MonitorResults_Builder"

    @property
    def event(self) -> str:
        return self._text(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Process_MonitorResults_Fields]) -> Process_MonitorResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_MonitorResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Process_MonitorResults_Builder(Process_MonitorResults, _rt.StructBuilder):
    """Builder of Process_MonitorResults."""

    __slots__ = ()

    @property
    def event(self) -> str:
        return self._text(0)

    @event.setter
    def event(self, value: str) -> None:
        self._set_text(0, value)

    def _fill(
        self,
        *,
        event: str | None = None,
    ) -> None:
        if event is not None:
            self._new_text(0, event)


class Process_MonitorResults_Promise(_rt.PendingCall[Process_MonitorResults]):
    """A call whose results are a Process_MonitorResults."""

    __slots__ = ()
    _results = Process_MonitorResults


if _rt.TYPE_CHECKING:

    class Process_PauseParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_PauseParams, for construction; those left out keep their defaults."""


class Process_PauseParams(_rt.StructReader):
    """Struct `pause$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xE49628D0FCA1D961

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_PauseParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_PauseParams_Fields]) -> Process_PauseParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_PauseParams_Builder)
        return built


class Process_PauseParams_Builder(Process_PauseParams, _rt.StructBuilder):
    """Builder of Process_PauseParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Process_PauseResults_Fields(_rt.TypedDict, total=False):
        """The fields of Process_PauseResults, for construction; those left out keep their defaults."""


class Process_PauseResults(_rt.StructReader):
    """Struct `pause$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xC09F176286F9E884

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_PauseResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_PauseResults_Fields]) -> Process_PauseResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_PauseResults_Builder)
        return built


class Process_PauseResults_Builder(Process_PauseResults, _rt.StructBuilder):
    """Builder of Process_PauseResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Process_PauseResults_Promise(_rt.PendingCall[Process_PauseResults]):
    """A call whose results are a Process_PauseResults."""

    __slots__ = ()
    _results = Process_PauseResults


if _rt.TYPE_CHECKING:

    class Process_ResumeParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_ResumeParams, for construction; those left out keep their defaults."""


class Process_ResumeParams(_rt.StructReader):
    """Struct `resume$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xFFD9EDE88FE29780

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_ResumeParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_ResumeParams_Fields]) -> Process_ResumeParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_ResumeParams_Builder)
        return built


class Process_ResumeParams_Builder(Process_ResumeParams, _rt.StructBuilder):
    """Builder of Process_ResumeParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Process_ResumeResults_Fields(_rt.TypedDict, total=False):
        """The fields of Process_ResumeResults, for construction; those left out keep their defaults."""


class Process_ResumeResults(_rt.StructReader):
    """Struct `resume$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xA57C12075589E51F

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_ResumeResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_ResumeResults_Fields]) -> Process_ResumeResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_ResumeResults_Builder)
        return built


class Process_ResumeResults_Builder(Process_ResumeResults, _rt.StructBuilder):
    """Builder of Process_ResumeResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Process_ResumeResults_Promise(_rt.PendingCall[Process_ResumeResults]):
    """A call whose results are a Process_ResumeResults."""

    __slots__ = ()
    _results = Process_ResumeResults


if _rt.TYPE_CHECKING:

    class Process_IdParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_IdParams, for construction; those left out keep their defaults."""


class Process_IdParams(_rt.StructReader):
    """Struct `id$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xF71688C8AB425227

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_IdParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_IdParams_Fields]) -> Process_IdParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_IdParams_Builder)
        return built


class Process_IdParams_Builder(Process_IdParams, _rt.StructBuilder):
    """Builder of Process_IdParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Process_IdResults_Fields(_rt.TypedDict, total=False):
        """The fields of Process_IdResults, for construction; those left out keep their defaults."""

        id: int


class Process_IdResults(_rt.StructReader):
    """Struct `id$Results`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xD7C1A6C2A1B42DF0

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_IdResults_Builder"

    @property
    def id(self) -> int:
        o = self._o
        return _rt.unpack_i64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Process_IdResults_Fields]) -> Process_IdResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_IdResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Process_IdResults_Builder(Process_IdResults, _rt.StructBuilder):
    """Builder of Process_IdResults."""

    __slots__ = ()

    @property
    def id(self) -> int:
        return _rt.unpack_i64(self._s, self._o)[0]

    @id.setter
    def id(self, value: int) -> None:
        _rt.put_i64(self, 0, value, "id")

    def _fill(
        self,
        *,
        id: int = 0,
    ) -> None:
        try:
            _PACK_Process_IdResults(self._s, self._o, id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.id = id
            raise


class Process_IdResults_Promise(_rt.PendingCall[Process_IdResults]):
    """A call whose results are a Process_IdResults."""

    __slots__ = ()
    _results = Process_IdResults


if _rt.TYPE_CHECKING:

    class Process_InfoParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_InfoParams, for construction; those left out keep their defaults."""


class Process_InfoParams(_rt.StructReader):
    """Struct `info$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x989B6B9261699255

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_InfoParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_InfoParams_Fields]) -> Process_InfoParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_InfoParams_Builder)
        return built


class Process_InfoParams_Builder(Process_InfoParams, _rt.StructBuilder):
    """Builder of Process_InfoParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Process_InfoResults_Fields(_rt.TypedDict, total=False):
        """The fields of Process_InfoResults, for construction; those left out keep their defaults."""

        info: Info | Info_Fields


class Process_InfoResults(_rt.StructReader):
    """Struct `info$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xA3BD7F2AE0DA590E

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_InfoResults_Builder"

    @property
    def info(self) -> Info:
        return self._struct(Info, 0)

    @property
    def has_info(self) -> bool:
        return self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Process_InfoResults_Fields]) -> Process_InfoResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_InfoResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Process_InfoResults_Builder(Process_InfoResults, _rt.StructBuilder):
    """Builder of Process_InfoResults."""

    __slots__ = ()

    @property
    def info(self) -> Info_Builder:
        return self._struct_builder(Info_Builder, 0)

    @info.setter
    def info(self, value: Info | Info_Fields) -> None:
        self._put_struct(Info_Builder, 0, value)

    def init_info(self) -> Info_Builder:
        return self._init_struct(Info_Builder, 0)

    def _fill(
        self,
        *,
        info: Info | Info_Fields | None = None,
    ) -> None:
        if info is not None:
            self._put_struct(Info_Builder, 0, info)


class Process_InfoResults_Promise(_rt.PendingCall[Process_InfoResults]):
    """A call whose results are a Process_InfoResults."""

    __slots__ = ()
    _results = Process_InfoResults


if _rt.TYPE_CHECKING:

    class Process_ReasonParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_ReasonParams, for construction; those left out keep their defaults."""


class Process_ReasonParams(_rt.StructReader):
    """Struct `reason$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x8ADF4ABFFE1D75C0

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_ReasonParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_ReasonParams_Fields]) -> Process_ReasonParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_ReasonParams_Builder)
        return built


class Process_ReasonParams_Builder(Process_ReasonParams, _rt.StructBuilder):
    """Builder of Process_ReasonParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Process_ReasonResults_Fields(_rt.TypedDict, total=False):
        """The fields of Process_ReasonResults, for construction; those left out keep their defaults."""

        reason: ExitReason | ExitReason_Fields


class Process_ReasonResults(_rt.StructReader):
    """Struct `reason$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x9BBA244BE9E80E3E

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_ReasonResults_Builder"

    @property
    def reason(self) -> ExitReason:
        return self._struct(ExitReason, 0)

    @property
    def has_reason(self) -> bool:
        return self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Process_ReasonResults_Fields]) -> Process_ReasonResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_ReasonResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Process_ReasonResults_Builder(Process_ReasonResults, _rt.StructBuilder):
    """Builder of Process_ReasonResults."""

    __slots__ = ()

    @property
    def reason(self) -> ExitReason_Builder:
        return self._struct_builder(ExitReason_Builder, 0)

    @reason.setter
    def reason(self, value: ExitReason | ExitReason_Fields) -> None:
        self._put_struct(ExitReason_Builder, 0, value)

    def init_reason(self) -> ExitReason_Builder:
        return self._init_struct(ExitReason_Builder, 0)

    def _fill(
        self,
        *,
        reason: ExitReason | ExitReason_Fields | None = None,
    ) -> None:
        if reason is not None:
            self._put_struct(ExitReason_Builder, 0, reason)


class Process_ReasonResults_Promise(_rt.PendingCall[Process_ReasonResults]):
    """A call whose results are a Process_ReasonResults."""

    __slots__ = ()
    _results = Process_ReasonResults


if _rt.TYPE_CHECKING:

    class Process_SuspendParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_SuspendParams, for construction; those left out keep their defaults."""


class Process_SuspendParams(_rt.StructReader):
    """Struct `suspend$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xB7F0AB6ECB811F0A

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_SuspendParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_SuspendParams_Fields]) -> Process_SuspendParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_SuspendParams_Builder)
        return built


class Process_SuspendParams_Builder(Process_SuspendParams, _rt.StructBuilder):
    """Builder of Process_SuspendParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Process_SuspendResults_Fields(_rt.TypedDict, total=False):
        """The fields of Process_SuspendResults, for construction; those left out keep their defaults."""


class Process_SuspendResults(_rt.StructReader):
    """Struct `suspend$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xE2AC44955E32B066

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_SuspendResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_SuspendResults_Fields]) -> Process_SuspendResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_SuspendResults_Builder)
        return built


class Process_SuspendResults_Builder(Process_SuspendResults, _rt.StructBuilder):
    """Builder of Process_SuspendResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Process_SuspendResults_Promise(_rt.PendingCall[Process_SuspendResults]):
    """A call whose results are a Process_SuspendResults."""

    __slots__ = ()
    _results = Process_SuspendResults


if _rt.TYPE_CHECKING:

    class Process_WriteStdinParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_WriteStdinParams, for construction; those left out keep their defaults."""

        content: _rt.Bytes


class Process_WriteStdinParams(_rt.StructReader):
    """Struct `writeStdin$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xA2C024ED1977301B

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_WriteStdinParams_Builder"

    @property
    def content(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Process_WriteStdinParams_Fields]) -> Process_WriteStdinParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_WriteStdinParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Process_WriteStdinParams_Builder(Process_WriteStdinParams, _rt.StructBuilder):
    """Builder of Process_WriteStdinParams."""

    __slots__ = ()

    @property
    def content(self) -> memoryview:
        return self._data(0)

    @content.setter
    def content(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        content: _rt.Bytes | None = None,
    ) -> None:
        if content is not None:
            self._set_data(0, content)


if _rt.TYPE_CHECKING:

    class Process_CloseStdinParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_CloseStdinParams, for construction; those left out keep their defaults."""


class Process_CloseStdinParams(_rt.StructReader):
    """Struct `closeStdin$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xD0E5624CF1509A74

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_CloseStdinParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_CloseStdinParams_Fields]) -> Process_CloseStdinParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_CloseStdinParams_Builder)
        return built


class Process_CloseStdinParams_Builder(Process_CloseStdinParams, _rt.StructBuilder):
    """Builder of Process_CloseStdinParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Process_CloseStdinResults_Fields(_rt.TypedDict, total=False):
        """The fields of Process_CloseStdinResults, for construction; those left out keep their defaults."""


class Process_CloseStdinResults(_rt.StructReader):
    """Struct `closeStdin$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xBC7AF91987DB0B2E

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_CloseStdinResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_CloseStdinResults_Fields]) -> Process_CloseStdinResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_CloseStdinResults_Builder)
        return built


class Process_CloseStdinResults_Builder(Process_CloseStdinResults, _rt.StructBuilder):
    """Builder of Process_CloseStdinResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Process_CloseStdinResults_Promise(_rt.PendingCall[Process_CloseStdinResults]):
    """A call whose results are a Process_CloseStdinResults."""

    __slots__ = ()
    _results = Process_CloseStdinResults


if _rt.TYPE_CHECKING:

    class Process_ReadStdoutParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_ReadStdoutParams, for construction; those left out keep their defaults."""

        limit: int


class Process_ReadStdoutParams(_rt.StructReader):
    """Struct `readStdout$Params`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xD73C41B61D6F421A

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_ReadStdoutParams_Builder"

    @property
    def limit(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Process_ReadStdoutParams_Fields]) -> Process_ReadStdoutParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_ReadStdoutParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Process_ReadStdoutParams_Builder(Process_ReadStdoutParams, _rt.StructBuilder):
    """Builder of Process_ReadStdoutParams."""

    __slots__ = ()

    @property
    def limit(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @limit.setter
    def limit(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "limit")

    def _fill(
        self,
        *,
        limit: int = 0,
    ) -> None:
        try:
            _PACK_Process_ReadStdoutParams(self._s, self._o, limit)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.limit = limit
            raise


if _rt.TYPE_CHECKING:

    class Process_ReadStdoutResults_Fields(_rt.TypedDict, total=False):
        """The fields of Process_ReadStdoutResults, for construction; those left out keep their defaults."""

        content: _rt.Bytes


class Process_ReadStdoutResults(_rt.StructReader):
    """Struct `readStdout$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x91F257FFB1BFE91D

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_ReadStdoutResults_Builder"

    @property
    def content(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Process_ReadStdoutResults_Fields]) -> Process_ReadStdoutResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_ReadStdoutResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Process_ReadStdoutResults_Builder(Process_ReadStdoutResults, _rt.StructBuilder):
    """Builder of Process_ReadStdoutResults."""

    __slots__ = ()

    @property
    def content(self) -> memoryview:
        return self._data(0)

    @content.setter
    def content(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        content: _rt.Bytes | None = None,
    ) -> None:
        if content is not None:
            self._set_data(0, content)


class Process_ReadStdoutResults_Promise(_rt.PendingCall[Process_ReadStdoutResults]):
    """A call whose results are a Process_ReadStdoutResults."""

    __slots__ = ()
    _results = Process_ReadStdoutResults


if _rt.TYPE_CHECKING:

    class Process_ReadStderrParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_ReadStderrParams, for construction; those left out keep their defaults."""

        limit: int


class Process_ReadStderrParams(_rt.StructReader):
    """Struct `readStderr$Params`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xFF41D85011DFBF42

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_ReadStderrParams_Builder"

    @property
    def limit(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Process_ReadStderrParams_Fields]) -> Process_ReadStderrParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_ReadStderrParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Process_ReadStderrParams_Builder(Process_ReadStderrParams, _rt.StructBuilder):
    """Builder of Process_ReadStderrParams."""

    __slots__ = ()

    @property
    def limit(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @limit.setter
    def limit(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "limit")

    def _fill(
        self,
        *,
        limit: int = 0,
    ) -> None:
        try:
            _PACK_Process_ReadStderrParams(self._s, self._o, limit)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.limit = limit
            raise


if _rt.TYPE_CHECKING:

    class Process_ReadStderrResults_Fields(_rt.TypedDict, total=False):
        """The fields of Process_ReadStderrResults, for construction; those left out keep their defaults."""

        content: _rt.Bytes


class Process_ReadStderrResults(_rt.StructReader):
    """Struct `readStderr$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xA36078BD5855ABD0

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_ReadStderrResults_Builder"

    @property
    def content(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Process_ReadStderrResults_Fields]) -> Process_ReadStderrResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_ReadStderrResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Process_ReadStderrResults_Builder(Process_ReadStderrResults, _rt.StructBuilder):
    """Builder of Process_ReadStderrResults."""

    __slots__ = ()

    @property
    def content(self) -> memoryview:
        return self._data(0)

    @content.setter
    def content(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        content: _rt.Bytes | None = None,
    ) -> None:
        if content is not None:
            self._set_data(0, content)


class Process_ReadStderrResults_Promise(_rt.PendingCall[Process_ReadStderrResults]):
    """A call whose results are a Process_ReadStderrResults."""

    __slots__ = ()
    _results = Process_ReadStderrResults


if _rt.TYPE_CHECKING:

    class Process_BootstrapParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_BootstrapParams, for construction; those left out keep their defaults."""


class Process_BootstrapParams(_rt.StructReader):
    """Struct `bootstrap$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xB301158B4D36827C

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_BootstrapParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_BootstrapParams_Fields]) -> Process_BootstrapParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_BootstrapParams_Builder)
        return built


class Process_BootstrapParams_Builder(Process_BootstrapParams, _rt.StructBuilder):
    """Builder of Process_BootstrapParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Process_BootstrapResults_Fields(_rt.TypedDict, total=False):
        """The fields of Process_BootstrapResults, for construction; those left out keep their defaults."""

        capability: _rt.Client | _rt.Server | None


class Process_BootstrapResults(_rt.StructReader):
    """Struct `bootstrap$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xC2A805060F933369

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_BootstrapResults_Builder"

    @property
    def capability(self) -> _rt.Client:
        return _rt.Client(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Process_BootstrapResults_Fields]) -> Process_BootstrapResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_BootstrapResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Process_BootstrapResults_Builder(Process_BootstrapResults, _rt.StructBuilder):
    """Builder of Process_BootstrapResults."""

    __slots__ = ()

    @property
    def capability(self) -> _rt.Client:
        return _rt.Client(self._cap(0))

    @capability.setter
    def capability(self, value: _rt.Client | _rt.Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        capability: _rt.Client | _rt.Server | None = None,
    ) -> None:
        if capability is not None:
            self._set_cap(0, _rt.hook_of(capability))


class Process_BootstrapResults_Capabilities(_rt.Pipeline):
    """What can be called before a Process_BootstrapResults is there."""

    __slots__ = ()

    @property
    def capability(self) -> _rt.Client:
        return _rt.Client(self._pipeline(0))


class Process_BootstrapResults_Pipeline(Process_BootstrapResults_Capabilities):
    """A Process_BootstrapResults inside results that are still to come."""

    __slots__ = ()


class Process_BootstrapResults_Promise(
    Process_BootstrapResults_Capabilities, _rt.PendingCall[Process_BootstrapResults]
):
    """A call whose results are a Process_BootstrapResults."""

    __slots__ = ()
    _results = Process_BootstrapResults


if _rt.TYPE_CHECKING:

    class Process_AddressParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_AddressParams, for construction; those left out keep their defaults."""


class Process_AddressParams(_rt.StructReader):
    """Struct `address$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xB9AD31300E683888

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_AddressParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Process_AddressParams_Fields]) -> Process_AddressParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_AddressParams_Builder)
        return built


class Process_AddressParams_Builder(Process_AddressParams, _rt.StructBuilder):
    """Builder of Process_AddressParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Process_AddressResults_Fields(_rt.TypedDict, total=False):
        """The fields of Process_AddressResults, for construction; those left out keep their defaults."""

        node: _rt.Bytes
        reference: _rt.Bytes
        pid: int


class Process_AddressResults(_rt.StructReader):
    """Struct `address$Results`."""

    __slots__ = ()
    _size = (1, 2)
    _id = 0xD2847B7419083AED

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_AddressResults_Builder"

    @property
    def node(self) -> memoryview:
        return self._data(0)

    @property
    def reference(self) -> memoryview:
        return self._data(8)

    @property
    def pid(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Process_AddressResults_Fields]) -> Process_AddressResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_AddressResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Process_AddressResults_Builder(Process_AddressResults, _rt.StructBuilder):
    """Builder of Process_AddressResults."""

    __slots__ = ()

    @property
    def node(self) -> memoryview:
        return self._data(0)

    @node.setter
    def node(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    @property
    def reference(self) -> memoryview:
        return self._data(8)

    @reference.setter
    def reference(self, value: _rt.Bytes) -> None:
        self._set_data(8, value)

    @property
    def pid(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @pid.setter
    def pid(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "pid")

    def _fill(
        self,
        *,
        node: _rt.Bytes | None = None,
        reference: _rt.Bytes | None = None,
        pid: int = 0,
    ) -> None:
        try:
            _PACK_Process_AddressResults(self._s, self._o, pid)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.pid = pid
            raise
        if node is not None:
            self._set_data(0, node)
        if reference is not None:
            self._set_data(8, reference)


class Process_AddressResults_Promise(_rt.PendingCall[Process_AddressResults]):
    """A call whose results are a Process_AddressResults."""

    __slots__ = ()
    _results = Process_AddressResults


if _rt.TYPE_CHECKING:

    class Process_LogParams_Fields(_rt.TypedDict, total=False):
        """The fields of Process_LogParams, for construction; those left out keep their defaults."""

        stderr: bool
        offset: int
        limit: int
        wait: bool


class Process_LogParams(_rt.StructReader):
    """Struct `log$Params`."""

    __slots__ = ()
    _size = (2, 0)
    _id = 0xEF0C6B9B125A01E1

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_LogParams_Builder"

    @property
    def stderr(self) -> bool:
        o = self._o
        return o < self._p and self._s[o] & 1 != 0

    @property
    def offset(self) -> int:
        o = self._o + 8
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def limit(self) -> int:
        o = self._o + 4
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def wait(self) -> bool:
        o = self._o
        return o < self._p and self._s[o] & 2 != 0

    @staticmethod
    def new(**fields: _rt.Unpack[Process_LogParams_Fields]) -> Process_LogParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_LogParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Process_LogParams_Builder(Process_LogParams, _rt.StructBuilder):
    """Builder of Process_LogParams."""

    __slots__ = ()

    @property
    def stderr(self) -> bool:
        return self._s[self._o] & 1 != 0

    @stderr.setter
    def stderr(self, value: bool) -> None:
        _rt.put_bool(self, 0, 1, value)

    @property
    def offset(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 8)[0]

    @offset.setter
    def offset(self, value: int) -> None:
        _rt.put_u64(self, 8, value, "offset")

    @property
    def limit(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 4)[0]

    @limit.setter
    def limit(self, value: int) -> None:
        _rt.put_u32(self, 4, value, "limit")

    @property
    def wait(self) -> bool:
        return self._s[self._o] & 2 != 0

    @wait.setter
    def wait(self, value: bool) -> None:
        _rt.put_bool(self, 0, 2, value)

    def _fill(
        self,
        *,
        stderr: bool = False,
        offset: int = 0,
        limit: int = 0,
        wait: bool = False,
    ) -> None:
        try:
            _PACK_Process_LogParams(
                self._s, self._o, (1 if stderr else 0) | (2 if wait else 0), limit, offset
            )
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.stderr, self.wait, self.limit, self.offset = stderr, wait, limit, offset
            raise


if _rt.TYPE_CHECKING:

    class Process_LogResults_Fields(_rt.TypedDict, total=False):
        """The fields of Process_LogResults, for construction; those left out keep their defaults."""

        content: _rt.Bytes
        offset: int
        ended: bool


class Process_LogResults(_rt.StructReader):
    """Struct `log$Results`."""

    __slots__ = ()
    _size = (2, 1)
    _id = 0x9C143764DC36086E

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Process_LogResults_Builder"

    @property
    def content(self) -> memoryview:
        return self._data(0)

    @property
    def offset(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def ended(self) -> bool:
        o = self._o + 8
        return o < self._p and self._s[o] & 1 != 0

    @staticmethod
    def new(**fields: _rt.Unpack[Process_LogResults_Fields]) -> Process_LogResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Process_LogResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Process_LogResults_Builder(Process_LogResults, _rt.StructBuilder):
    """Builder of Process_LogResults."""

    __slots__ = ()

    @property
    def content(self) -> memoryview:
        return self._data(0)

    @content.setter
    def content(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    @property
    def offset(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @offset.setter
    def offset(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "offset")

    @property
    def ended(self) -> bool:
        return self._s[self._o + 8] & 1 != 0

    @ended.setter
    def ended(self, value: bool) -> None:
        _rt.put_bool(self, 8, 1, value)

    def _fill(
        self,
        *,
        content: _rt.Bytes | None = None,
        offset: int = 0,
        ended: bool = False,
    ) -> None:
        try:
            _PACK_Process_LogResults(self._s, self._o, offset, (1 if ended else 0))
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.offset, self.ended = offset, ended
            raise
        if content is not None:
            self._set_data(0, content)


class Process_LogResults_Promise(_rt.PendingCall[Process_LogResults]):
    """A call whose results are a Process_LogResults."""

    __slots__ = ()
    _results = Process_LogResults


class Process(_rt.Client):
    """A running program, or one that has ended: then everything is answered at once."""

    __slots__ = ()
    _id = 0xDA23F0D3A8250633

    WaitParams: _rt.TypeAlias = Process_WaitParams
    WaitResults: _rt.TypeAlias = Process_WaitResults
    KillParams: _rt.TypeAlias = Process_KillParams
    KillResults: _rt.TypeAlias = Process_KillResults
    LinkParams: _rt.TypeAlias = Process_LinkParams
    LinkResults: _rt.TypeAlias = Process_LinkResults
    UnlinkParams: _rt.TypeAlias = Process_UnlinkParams
    UnlinkResults: _rt.TypeAlias = Process_UnlinkResults
    LinkLocalParams: _rt.TypeAlias = Process_LinkLocalParams
    LinkLocalResults: _rt.TypeAlias = Process_LinkLocalResults
    UnlinkLocalParams: _rt.TypeAlias = Process_UnlinkLocalParams
    UnlinkLocalResults: _rt.TypeAlias = Process_UnlinkLocalResults
    MonitorParams: _rt.TypeAlias = Process_MonitorParams
    MonitorResults: _rt.TypeAlias = Process_MonitorResults
    PauseParams: _rt.TypeAlias = Process_PauseParams
    PauseResults: _rt.TypeAlias = Process_PauseResults
    ResumeParams: _rt.TypeAlias = Process_ResumeParams
    ResumeResults: _rt.TypeAlias = Process_ResumeResults
    IdParams: _rt.TypeAlias = Process_IdParams
    IdResults: _rt.TypeAlias = Process_IdResults
    InfoParams: _rt.TypeAlias = Process_InfoParams
    InfoResults: _rt.TypeAlias = Process_InfoResults
    ReasonParams: _rt.TypeAlias = Process_ReasonParams
    ReasonResults: _rt.TypeAlias = Process_ReasonResults
    SuspendParams: _rt.TypeAlias = Process_SuspendParams
    SuspendResults: _rt.TypeAlias = Process_SuspendResults
    WriteStdinParams: _rt.TypeAlias = Process_WriteStdinParams
    CloseStdinParams: _rt.TypeAlias = Process_CloseStdinParams
    CloseStdinResults: _rt.TypeAlias = Process_CloseStdinResults
    ReadStdoutParams: _rt.TypeAlias = Process_ReadStdoutParams
    ReadStdoutResults: _rt.TypeAlias = Process_ReadStdoutResults
    ReadStderrParams: _rt.TypeAlias = Process_ReadStderrParams
    ReadStderrResults: _rt.TypeAlias = Process_ReadStderrResults
    BootstrapParams: _rt.TypeAlias = Process_BootstrapParams
    BootstrapResults: _rt.TypeAlias = Process_BootstrapResults
    AddressParams: _rt.TypeAlias = Process_AddressParams
    AddressResults: _rt.TypeAlias = Process_AddressResults
    LogParams: _rt.TypeAlias = Process_LogParams
    LogResults: _rt.TypeAlias = Process_LogResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Process_Server"

    def wait(
        self,
    ) -> Process_WaitResults_Promise:
        """Wait for its end: its own exit code, or the number of its reason (0xffffffff killed, 0xefffffff deadline,
        0xdfffffff trapped, 0xcfffffff another limit, 0xbfffffff its node was lost).
        """
        _params = _rt.new_message(Process_WaitParams_Builder)
        return Process_WaitResults_Promise(self._send(0xDA23F0D3A8250633, 0, _params._m, _rt.NO_PIPELINING))

    def kill(
        self,
    ) -> Process_KillResults_Promise:
        """End it, and all below it. No effect on one that has ended."""
        _params = _rt.new_message(Process_KillParams_Builder)
        return Process_KillResults_Promise(self._send(0xDA23F0D3A8250633, 1, _params._m, _rt.NO_PIPELINING))

    def link(
        self,
        *,
        other: Process | Process_Server | None = None,
        roundtrip: bool = False,
    ) -> Process_LinkResults_Promise:
        """The end of either ends the other. `roundtrip` says that the other side has linked already."""
        _params = _rt.new_message(Process_LinkParams_Builder)
        _params._fill(other=other, roundtrip=roundtrip)
        return Process_LinkResults_Promise(self._send(0xDA23F0D3A8250633, 2, _params._m, _rt.NO_PIPELINING))

    def unlink(
        self,
        *,
        other: Process | Process_Server | None = None,
        roundtrip: bool = False,
    ) -> Process_UnlinkResults_Promise:
        """Undo `link`. No effect where there is no link."""
        _params = _rt.new_message(Process_UnlinkParams_Builder)
        _params._fill(other=other, roundtrip=roundtrip)
        return Process_UnlinkResults_Promise(self._send(0xDA23F0D3A8250633, 3, _params._m, _rt.NO_PIPELINING))

    def link_local(
        self,
        *,
        other: int = 0,
    ) -> Process_LinkLocalResults_Promise:
        _params = _rt.new_message(Process_LinkLocalParams_Builder)
        _params._fill(other=other)
        return Process_LinkLocalResults_Promise(
            self._send(0xDA23F0D3A8250633, 4, _params._m, _rt.NO_PIPELINING)
        )

    def unlink_local(
        self,
        *,
        other: int = 0,
    ) -> Process_UnlinkLocalResults_Promise:
        """The same by the pid of a process of the same executor, among those that the caller may see."""
        _params = _rt.new_message(Process_UnlinkLocalParams_Builder)
        _params._fill(other=other)
        return Process_UnlinkLocalResults_Promise(
            self._send(0xDA23F0D3A8250633, 5, _params._m, _rt.NO_PIPELINING)
        )

    def monitor(
        self,
    ) -> Process_MonitorResults_Promise:
        """Wait until it has ended and released everything; why it ended, in words."""
        _params = _rt.new_message(Process_MonitorParams_Builder)
        return Process_MonitorResults_Promise(
            self._send(0xDA23F0D3A8250633, 6, _params._m, _rt.NO_PIPELINING)
        )

    def pause(
        self,
    ) -> Process_PauseResults_Promise:
        _params = _rt.new_message(Process_PauseParams_Builder)
        return Process_PauseResults_Promise(self._send(0xDA23F0D3A8250633, 7, _params._m, _rt.NO_PIPELINING))

    def resume(
        self,
    ) -> Process_ResumeResults_Promise:
        """By its own handler (`Events`) if it has one, else by the scheduler's hand."""
        _params = _rt.new_message(Process_ResumeParams_Builder)
        return Process_ResumeResults_Promise(self._send(0xDA23F0D3A8250633, 8, _params._m, _rt.NO_PIPELINING))

    def id(
        self,
    ) -> Process_IdResults_Promise:
        """A number that is unique in the whole cluster, drawn at its spawn."""
        _params = _rt.new_message(Process_IdParams_Builder)
        return Process_IdResults_Promise(self._send(0xDA23F0D3A8250633, 9, _params._m, _rt.NO_PIPELINING))

    def info(
        self,
    ) -> Process_InfoResults_Promise:
        """What can be told of it now."""
        _params = _rt.new_message(Process_InfoParams_Builder)
        return Process_InfoResults_Promise(self._send(0xDA23F0D3A8250633, 10, _params._m, _rt.NO_PIPELINING))

    def reason(
        self,
    ) -> Process_ReasonResults_Promise:
        """As `monitor`, with a reason for programs to read."""
        _params = _rt.new_message(Process_ReasonParams_Builder)
        return Process_ReasonResults_Promise(
            self._send(0xDA23F0D3A8250633, 11, _params._m, _rt.NO_PIPELINING)
        )

    def suspend(
        self,
    ) -> Process_SuspendResults_Promise:
        """Pause by the scheduler's hand in any case."""
        _params = _rt.new_message(Process_SuspendParams_Builder)
        return Process_SuspendResults_Promise(
            self._send(0xDA23F0D3A8250633, 12, _params._m, _rt.NO_PIPELINING)
        )

    def write_stdin(
        self,
        *,
        content: _rt.Bytes | None = None,
    ) -> _rt.Awaitable[None]:
        _params = _rt.new_message(Process_WriteStdinParams_Builder)
        _params._fill(content=content)
        return self._stream(0xDA23F0D3A8250633, 13, _params._m)

    def close_stdin(
        self,
    ) -> Process_CloseStdinResults_Promise:
        """The writing end of its stdin, if it was spawned with a pipe."""
        _params = _rt.new_message(Process_CloseStdinParams_Builder)
        return Process_CloseStdinResults_Promise(
            self._send(0xDA23F0D3A8250633, 14, _params._m, _rt.NO_PIPELINING)
        )

    def read_stdout(
        self,
        *,
        limit: int = 0,
    ) -> Process_ReadStdoutResults_Promise:
        _params = _rt.new_message(Process_ReadStdoutParams_Builder)
        _params._fill(limit=limit)
        return Process_ReadStdoutResults_Promise(
            self._send(0xDA23F0D3A8250633, 15, _params._m, _rt.NO_PIPELINING)
        )

    def read_stderr(
        self,
        *,
        limit: int = 0,
    ) -> Process_ReadStderrResults_Promise:
        """What it wrote, if it was spawned with a capture: at least one byte, at most `limit`; empty at the end."""
        _params = _rt.new_message(Process_ReadStderrParams_Builder)
        _params._fill(limit=limit)
        return Process_ReadStderrResults_Promise(
            self._send(0xDA23F0D3A8250633, 16, _params._m, _rt.NO_PIPELINING)
        )

    def bootstrap(
        self,
    ) -> Process_BootstrapResults_Promise:
        """The capability that the program offers to whoever holds its process (`ProcessInit.provide`), as soon as it does.
        Fails as `disconnected` once the process has ended, and says why it did.
        """
        _params = _rt.new_message(Process_BootstrapParams_Builder)
        return Process_BootstrapResults_Promise(self._send(0xDA23F0D3A8250633, 17, _params._m))

    def address(
        self,
    ) -> Process_AddressResults_Promise:
        """The peer id of its node, and a secret by which that node's peers in the cluster find the process: whoever may
        ask holds the process anyway. No peer id where the node is in no cluster.
        """
        _params = _rt.new_message(Process_AddressParams_Builder)
        return Process_AddressResults_Promise(
            self._send(0xDA23F0D3A8250633, 18, _params._m, _rt.NO_PIPELINING)
        )

    def log(
        self,
        *,
        stderr: bool = False,
        offset: int = 0,
        limit: int = 0,
        wait: bool = False,
    ) -> Process_LogResults_Promise:
        """What is kept of its output, if it was spawned with a capture, from an offset on, without taking it away. `wait`
        waits where there is nothing yet. `ended` says that nothing follows, ever.
        """
        _params = _rt.new_message(Process_LogParams_Builder)
        _params._fill(stderr=stderr, offset=offset, limit=limit, wait=wait)
        return Process_LogResults_Promise(self._send(0xDA23F0D3A8250633, 19, _params._m, _rt.NO_PIPELINING))


async def _handle_Process_wait(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Process_WaitResults_Builder, await server.wait(context=context))


async def _handle_Process_kill(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Process_KillResults_Builder, await server.kill(context=context))


async def _handle_Process_link(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Process_LinkParams)
    return _rt.outcome(
        Process_LinkResults_Builder,
        await server.link(other=params.other, roundtrip=params.roundtrip, context=context),
    )


async def _handle_Process_unlink(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Process_UnlinkParams)
    return _rt.outcome(
        Process_UnlinkResults_Builder,
        await server.unlink(other=params.other, roundtrip=params.roundtrip, context=context),
    )


async def _handle_Process_link_local(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Process_LinkLocalParams)
    return _rt.outcome(
        Process_LinkLocalResults_Builder, await server.link_local(other=params.other, context=context)
    )


async def _handle_Process_unlink_local(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Process_UnlinkLocalParams)
    return _rt.outcome(
        Process_UnlinkLocalResults_Builder, await server.unlink_local(other=params.other, context=context)
    )


async def _handle_Process_monitor(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Process_MonitorResults_Builder, await server.monitor(context=context))


async def _handle_Process_pause(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Process_PauseResults_Builder, await server.pause(context=context))


async def _handle_Process_resume(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Process_ResumeResults_Builder, await server.resume(context=context))


async def _handle_Process_id(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Process_IdResults_Builder, await server.id(context=context))


async def _handle_Process_info(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Process_InfoResults_Builder, await server.info(context=context))


async def _handle_Process_reason(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Process_ReasonResults_Builder, await server.reason(context=context))


async def _handle_Process_suspend(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Process_SuspendResults_Builder, await server.suspend(context=context))


async def _handle_Process_write_stdin(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Process_WriteStdinParams)
    await server.write_stdin(content=params.content, context=context)
    return None


async def _handle_Process_close_stdin(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Process_CloseStdinResults_Builder, await server.close_stdin(context=context))


async def _handle_Process_read_stdout(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Process_ReadStdoutParams)
    return _rt.outcome(
        Process_ReadStdoutResults_Builder, await server.read_stdout(limit=params.limit, context=context)
    )


async def _handle_Process_read_stderr(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Process_ReadStderrParams)
    return _rt.outcome(
        Process_ReadStderrResults_Builder, await server.read_stderr(limit=params.limit, context=context)
    )


async def _handle_Process_bootstrap(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Process_BootstrapResults_Builder, await server.bootstrap(context=context))


async def _handle_Process_address(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Process_AddressResults_Builder, await server.address(context=context))


async def _handle_Process_log(
    server: Process_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Process_LogParams)
    return _rt.outcome(
        Process_LogResults_Builder,
        await server.log(
            stderr=params.stderr, offset=params.offset, limit=params.limit, wait=params.wait, context=context
        ),
    )


class Process_Server(_rt.Server):
    """Derive from it to serve `Process`."""

    __slots__ = ()
    _id = 0xDA23F0D3A8250633
    _client = Process

    @_rt.abstractmethod
    async def wait(
        self,
        *,
        context: _rt.CallContext,
    ) -> Process_WaitResults | Process_WaitResults_Fields | Process_WaitResults_Promise | None:
        """Wait for its end: its own exit code, or the number of its reason (0xffffffff killed, 0xefffffff deadline,
        0xdfffffff trapped, 0xcfffffff another limit, 0xbfffffff its node was lost).
        """

    @_rt.abstractmethod
    async def kill(
        self,
        *,
        context: _rt.CallContext,
    ) -> Process_KillResults | Process_KillResults_Fields | Process_KillResults_Promise | None:
        """End it, and all below it. No effect on one that has ended."""

    @_rt.abstractmethod
    async def link(
        self,
        *,
        other: Process,
        roundtrip: bool,
        context: _rt.CallContext,
    ) -> Process_LinkResults | Process_LinkResults_Fields | Process_LinkResults_Promise | None:
        """The end of either ends the other. `roundtrip` says that the other side has linked already."""

    @_rt.abstractmethod
    async def unlink(
        self,
        *,
        other: Process,
        roundtrip: bool,
        context: _rt.CallContext,
    ) -> Process_UnlinkResults | Process_UnlinkResults_Fields | Process_UnlinkResults_Promise | None:
        """Undo `link`. No effect where there is no link."""

    @_rt.abstractmethod
    async def link_local(
        self,
        *,
        other: int,
        context: _rt.CallContext,
    ) -> (
        Process_LinkLocalResults | Process_LinkLocalResults_Fields | Process_LinkLocalResults_Promise | None
    ): ...

    @_rt.abstractmethod
    async def unlink_local(
        self,
        *,
        other: int,
        context: _rt.CallContext,
    ) -> (
        Process_UnlinkLocalResults
        | Process_UnlinkLocalResults_Fields
        | Process_UnlinkLocalResults_Promise
        | None
    ):
        """The same by the pid of a process of the same executor, among those that the caller may see."""

    @_rt.abstractmethod
    async def monitor(
        self,
        *,
        context: _rt.CallContext,
    ) -> Process_MonitorResults | Process_MonitorResults_Fields | Process_MonitorResults_Promise | None:
        """Wait until it has ended and released everything; why it ended, in words."""

    @_rt.abstractmethod
    async def pause(
        self,
        *,
        context: _rt.CallContext,
    ) -> Process_PauseResults | Process_PauseResults_Fields | Process_PauseResults_Promise | None: ...

    @_rt.abstractmethod
    async def resume(
        self,
        *,
        context: _rt.CallContext,
    ) -> Process_ResumeResults | Process_ResumeResults_Fields | Process_ResumeResults_Promise | None:
        """By its own handler (`Events`) if it has one, else by the scheduler's hand."""

    @_rt.abstractmethod
    async def id(
        self,
        *,
        context: _rt.CallContext,
    ) -> Process_IdResults | Process_IdResults_Fields | Process_IdResults_Promise | None:
        """A number that is unique in the whole cluster, drawn at its spawn."""

    @_rt.abstractmethod
    async def info(
        self,
        *,
        context: _rt.CallContext,
    ) -> Process_InfoResults | Process_InfoResults_Fields | Process_InfoResults_Promise | None:
        """What can be told of it now."""

    @_rt.abstractmethod
    async def reason(
        self,
        *,
        context: _rt.CallContext,
    ) -> Process_ReasonResults | Process_ReasonResults_Fields | Process_ReasonResults_Promise | None:
        """As `monitor`, with a reason for programs to read."""

    @_rt.abstractmethod
    async def suspend(
        self,
        *,
        context: _rt.CallContext,
    ) -> Process_SuspendResults | Process_SuspendResults_Fields | Process_SuspendResults_Promise | None:
        """Pause by the scheduler's hand in any case."""

    @_rt.abstractmethod
    async def write_stdin(
        self,
        *,
        content: memoryview,
        context: _rt.CallContext,
    ) -> None: ...

    @_rt.abstractmethod
    async def close_stdin(
        self,
        *,
        context: _rt.CallContext,
    ) -> (
        Process_CloseStdinResults
        | Process_CloseStdinResults_Fields
        | Process_CloseStdinResults_Promise
        | None
    ):
        """The writing end of its stdin, if it was spawned with a pipe."""

    @_rt.abstractmethod
    async def read_stdout(
        self,
        *,
        limit: int,
        context: _rt.CallContext,
    ) -> (
        Process_ReadStdoutResults
        | Process_ReadStdoutResults_Fields
        | Process_ReadStdoutResults_Promise
        | None
    ): ...

    @_rt.abstractmethod
    async def read_stderr(
        self,
        *,
        limit: int,
        context: _rt.CallContext,
    ) -> (
        Process_ReadStderrResults
        | Process_ReadStderrResults_Fields
        | Process_ReadStderrResults_Promise
        | None
    ):
        """What it wrote, if it was spawned with a capture: at least one byte, at most `limit`; empty at the end."""

    @_rt.abstractmethod
    async def bootstrap(
        self,
        *,
        context: _rt.CallContext,
    ) -> Process_BootstrapResults | Process_BootstrapResults_Fields | Process_BootstrapResults_Promise | None:
        """The capability that the program offers to whoever holds its process (`ProcessInit.provide`), as soon as it does.
        Fails as `disconnected` once the process has ended, and says why it did.
        """

    @_rt.abstractmethod
    async def address(
        self,
        *,
        context: _rt.CallContext,
    ) -> Process_AddressResults | Process_AddressResults_Fields | Process_AddressResults_Promise | None:
        """The peer id of its node, and a secret by which that node's peers in the cluster find the process: whoever may
        ask holds the process anyway. No peer id where the node is in no cluster.
        """

    @_rt.abstractmethod
    async def log(
        self,
        *,
        stderr: bool,
        offset: int,
        limit: int,
        wait: bool,
        context: _rt.CallContext,
    ) -> Process_LogResults | Process_LogResults_Fields | Process_LogResults_Promise | None:
        """What is kept of its output, if it was spawned with a capture, from an offset on, without taking it away. `wait`
        waits where there is nothing yet. `ended` says that nothing follows, ever.
        """


if _rt.TYPE_CHECKING:

    class Info_Fields(_rt.TypedDict, total=False):
        """The fields of Info, for construction; those left out keep their defaults."""

        pid: int
        ppid: int
        cid: _rt.Bytes
        argv: _rt.Iterable[str]
        time: int
        state: State
        name: str
        cpu: float
        memory: int
        output: int
        reason: ExitReason | ExitReason_Fields
        node: str


class Info(_rt.StructReader):
    """Struct `Info`."""

    __slots__ = ()
    _size = (6, 5)
    _id = 0xC3153FA5A13D8A26

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Info_Builder"

    @property
    def pid(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def ppid(self) -> int:
        o = self._o + 4
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def cid(self) -> memoryview:
        return self._data(0)

    @property
    def argv(self) -> _rt.ListReader[str]:
        """The arguments after its name."""
        return _rt.TEXT_LIST.read(self, 8)

    @property
    def time(self) -> int:
        """Milliseconds from the epoch to its spawn."""
        o = self._o + 8
        return _rt.unpack_i64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def state(self) -> State:
        o = self._o + 16
        return State.of(_rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0)

    @property
    def name(self) -> str:
        return self._text(16)

    @property
    def cpu(self) -> float:
        """Seconds of processor time."""
        o = self._o + 24
        return _rt.unpack_f64(self._s, o)[0] if o + 8 <= self._p else 0.0

    @property
    def memory(self) -> int:
        """Bytes."""
        o = self._o + 32
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def output(self) -> int:
        """Bytes written to stdout and stderr."""
        o = self._o + 40
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def reason(self) -> ExitReason:
        """Null while it lives."""
        return self._struct(ExitReason, 24)

    @property
    def has_reason(self) -> bool:
        return self._has(24)

    @property
    def node(self) -> str:
        """The peer id of its node; empty where that is in no cluster."""
        return self._text(32)

    @staticmethod
    def new(**fields: _rt.Unpack[Info_Fields]) -> Info_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Info_Builder)
        if fields:
            built._fill(**fields)
        return built


class Info_Builder(Info, _rt.StructBuilder):
    """Builder of Info."""

    __slots__ = ()

    @property
    def pid(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @pid.setter
    def pid(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "pid")

    @property
    def ppid(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 4)[0]

    @ppid.setter
    def ppid(self, value: int) -> None:
        _rt.put_u32(self, 4, value, "ppid")

    @property
    def cid(self) -> memoryview:
        return self._data(0)

    @cid.setter
    def cid(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    @property
    def argv(self) -> _rt.ListBuilder[str]:
        return _rt.TEXT_LIST.builder(self, 8)

    @argv.setter
    def argv(self, value: _rt.Iterable[str]) -> None:
        _rt.TEXT_LIST.write(self, 8, value)

    def init_argv(self, count: int) -> _rt.ListBuilder[str]:
        return _rt.TEXT_LIST.init(self, 8, count)

    @property
    def time(self) -> int:
        return _rt.unpack_i64(self._s, self._o + 8)[0]

    @time.setter
    def time(self, value: int) -> None:
        _rt.put_i64(self, 8, value, "time")

    @property
    def state(self) -> State:
        return State.of(_rt.unpack_u16(self._s, self._o + 16)[0])

    @state.setter
    def state(self, value: State) -> None:
        _rt.put_u16(self, 16, _rt.enum_number(State, value), "state")

    @property
    def name(self) -> str:
        return self._text(16)

    @name.setter
    def name(self, value: str) -> None:
        self._set_text(16, value)

    @property
    def cpu(self) -> float:
        return _rt.unpack_f64(self._s, self._o + 24)[0]

    @cpu.setter
    def cpu(self, value: float) -> None:
        _rt.put_f64(self, 24, value, "cpu")

    @property
    def memory(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 32)[0]

    @memory.setter
    def memory(self, value: int) -> None:
        _rt.put_u64(self, 32, value, "memory")

    @property
    def output(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 40)[0]

    @output.setter
    def output(self, value: int) -> None:
        _rt.put_u64(self, 40, value, "output")

    @property
    def reason(self) -> ExitReason_Builder:
        return self._struct_builder(ExitReason_Builder, 24)

    @reason.setter
    def reason(self, value: ExitReason | ExitReason_Fields) -> None:
        self._put_struct(ExitReason_Builder, 24, value)

    def init_reason(self) -> ExitReason_Builder:
        return self._init_struct(ExitReason_Builder, 24)

    @property
    def node(self) -> str:
        return self._text(32)

    @node.setter
    def node(self, value: str) -> None:
        self._set_text(32, value)

    def _fill(
        self,
        *,
        pid: int = 0,
        ppid: int = 0,
        cid: _rt.Bytes | None = None,
        argv: _rt.Iterable[str] | None = None,
        time: int = 0,
        state: State = State.of(0),
        name: str | None = None,
        cpu: float = 0.0,
        memory: int = 0,
        output: int = 0,
        reason: ExitReason | ExitReason_Fields | None = None,
        node: str | None = None,
    ) -> None:
        try:
            _PACK_Info(self._s, self._o, pid, ppid, time, state, cpu, memory, output)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.pid, self.ppid, self.time, self.state, self.cpu, self.memory, self.output = (
                pid,
                ppid,
                time,
                state,
                cpu,
                memory,
                output,
            )
            raise
        if cid is not None:
            self._set_data(0, cid)
        if argv is not None:
            _rt.TEXT_LIST.write(self, 8, argv)
        if name is not None:
            self._new_text(16, name)
        if reason is not None:
            self._put_struct(ExitReason_Builder, 24, reason)
        if node is not None:
            self._new_text(32, node)


class Info_Promise(_rt.PendingCall[Info]):
    """A call whose results are a Info."""

    __slots__ = ()
    _results = Info


if _rt.TYPE_CHECKING:

    class ExitReason_Linked_Fields(_rt.TypedDict, total=False):
        """The fields of ExitReason_Linked, for construction; those left out keep their defaults."""

        origin: str
        via: str
        lost: bool


class ExitReason_Linked(_rt.StructReader):
    """Group `linked`."""

    __slots__ = ()
    _size = (3, 2)
    _id = 0xE639F2584B68CEFB

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "ExitReason_Linked_Builder"

    @property
    def origin(self) -> str:
        return self._text(0)

    @property
    def via(self) -> str:
        """A pid, or `pid@peer id` for a process of another node than the one that answers."""
        return self._text(8)

    @property
    def lost(self) -> bool:
        """Whether the origin's node was lost, and not the process known to have ended."""
        o = self._o
        return o < self._p and self._s[o] & 1 != 0


class ExitReason_Linked_Builder(ExitReason_Linked, _rt.StructBuilder):
    """Builder of ExitReason_Linked."""

    __slots__ = ()

    @property
    def origin(self) -> str:
        return self._text(0)

    @origin.setter
    def origin(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def via(self) -> str:
        return self._text(8)

    @via.setter
    def via(self, value: str) -> None:
        self._set_text(8, value)

    @property
    def lost(self) -> bool:
        return self._s[self._o] & 1 != 0

    @lost.setter
    def lost(self, value: bool) -> None:
        _rt.put_bool(self, 0, 1, value)

    def _fill(
        self,
        *,
        origin: str | None = None,
        via: str | None = None,
        lost: bool | None = None,
    ) -> None:
        if origin is not None:
            self._set_text(0, origin)
        if via is not None:
            self._set_text(8, via)
        if lost is not None:
            _rt.put_bool(self, 0, 1, lost)


if _rt.TYPE_CHECKING:

    class ExitReason_Limit_Fields(_rt.TypedDict, total=False):
        """The fields of ExitReason_Limit, for construction; those left out keep their defaults."""

        which_: str
        used: float
        allowed: float
        then: str


class ExitReason_Limit(_rt.StructReader):
    """Group `limit`."""

    __slots__ = ()
    _size = (3, 2)
    _id = 0xB580A771A6CC7BAD

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "ExitReason_Limit_Builder"

    @property
    def which_(self) -> str:
        return self._text(0)

    @property
    def used(self) -> float:
        o = self._o + 8
        return _rt.unpack_f64(self._s, o)[0] if o + 8 <= self._p else 0.0

    @property
    def allowed(self) -> float:
        o = self._o + 16
        return _rt.unpack_f64(self._s, o)[0] if o + 8 <= self._p else 0.0

    @property
    def then(self) -> str:
        return self._text(8)


class ExitReason_Limit_Builder(ExitReason_Limit, _rt.StructBuilder):
    """Builder of ExitReason_Limit."""

    __slots__ = ()

    @property
    def which_(self) -> str:
        return self._text(0)

    @which_.setter
    def which_(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def used(self) -> float:
        return _rt.unpack_f64(self._s, self._o + 8)[0]

    @used.setter
    def used(self, value: float) -> None:
        _rt.put_f64(self, 8, value, "used")

    @property
    def allowed(self) -> float:
        return _rt.unpack_f64(self._s, self._o + 16)[0]

    @allowed.setter
    def allowed(self, value: float) -> None:
        _rt.put_f64(self, 16, value, "allowed")

    @property
    def then(self) -> str:
        return self._text(8)

    @then.setter
    def then(self, value: str) -> None:
        self._set_text(8, value)

    def _fill(
        self,
        *,
        which_: str | None = None,
        used: float | None = None,
        allowed: float | None = None,
        then: str | None = None,
    ) -> None:
        if which_ is not None:
            self._set_text(0, which_)
        if used is not None:
            _rt.put_f64(self, 8, used, "used")
        if allowed is not None:
            _rt.put_f64(self, 16, allowed, "allowed")
        if then is not None:
            self._set_text(8, then)


if _rt.TYPE_CHECKING:

    class ExitReason_Fields(_rt.TypedDict, total=False):
        """The fields of ExitReason, for construction; those left out keep their defaults."""

        exited: int
        killed: int
        shutdown: bool
        linked: ExitReason_Linked_Fields
        limit: ExitReason_Limit_Fields
        trapped: str
        node_lost: str


class ExitReason(_rt.StructReader):
    """Struct `ExitReason`."""

    __slots__ = ()
    _size = (3, 2)
    _id = 0x8822180DEF448314

    Linked: _rt.TypeAlias = ExitReason_Linked
    Limit: _rt.TypeAlias = ExitReason_Limit
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "ExitReason_Builder"

    @property
    def which(
        self,
    ) -> _rt.Literal["exited", "killed", "shutdown", "linked", "limit", "trapped", "node_lost", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(4)
        return (
            ("exited", "killed", "shutdown", "linked", "limit", "trapped", "node_lost")[tag]
            if tag < 7
            else "unknown"
        )

    @property
    def exited(self) -> int:
        if self._tag(4) != 0:
            raise _rt.inactive(self, "exited")
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def killed(self) -> int:
        """By the end of this parent; 0 where it was asked for."""
        if self._tag(4) != 1:
            raise _rt.inactive(self, "killed")
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def shutdown(self) -> None:
        if self._tag(4) != 2:
            raise _rt.inactive(self, "shutdown")
        return None

    @property
    def linked(self) -> ExitReason_Linked:
        if self._tag(4) != 3:
            raise _rt.inactive(self, "linked")
        return ExitReason_Linked(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def limit(self) -> ExitReason_Limit:
        if self._tag(4) != 4:
            raise _rt.inactive(self, "limit")
        return ExitReason_Limit(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def trapped(self) -> str:
        if self._tag(4) != 5:
            raise _rt.inactive(self, "trapped")
        return self._text(0)

    @property
    def node_lost(self) -> str:
        if self._tag(4) != 6:
            raise _rt.inactive(self, "node_lost")
        return self._text(0)

    @staticmethod
    def new(**fields: _rt.Unpack[ExitReason_Fields]) -> ExitReason_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(ExitReason_Builder)
        if fields:
            built._fill(**fields)
        return built


class ExitReason_Builder(ExitReason, _rt.StructBuilder):
    """Builder of ExitReason."""

    __slots__ = ()

    @property
    def exited(self) -> int:
        if self._tag(4) != 0:
            raise _rt.inactive(self, "exited")
        return _rt.unpack_u32(self._s, self._o)[0]

    @exited.setter
    def exited(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "exited")
        _rt.pack_u16(self._s, self._o + 4, 0)

    @property
    def killed(self) -> int:
        if self._tag(4) != 1:
            raise _rt.inactive(self, "killed")
        return _rt.unpack_u32(self._s, self._o)[0]

    @killed.setter
    def killed(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "killed")
        _rt.pack_u16(self._s, self._o + 4, 1)

    @property
    def shutdown(self) -> None:
        if self._tag(4) != 2:
            raise _rt.inactive(self, "shutdown")
        return None

    @shutdown.setter
    def shutdown(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 4, 2)

    @property
    def linked(self) -> ExitReason_Linked_Builder:
        if self._tag(4) != 3:
            raise _rt.inactive(self, "linked")
        return ExitReason_Linked_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def init_linked(self) -> ExitReason_Linked_Builder:
        """Make `linked` the union's member, with all defaults."""
        _rt.reset(self, ((0, -1),), (0, 8))
        _rt.pack_u16(self._s, self._o + 4, 3)
        return ExitReason_Linked_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def limit(self) -> ExitReason_Limit_Builder:
        if self._tag(4) != 4:
            raise _rt.inactive(self, "limit")
        return ExitReason_Limit_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def init_limit(self) -> ExitReason_Limit_Builder:
        """Make `limit` the union's member, with all defaults."""
        _rt.reset(self, ((8, 8), (16, 8)), (0, 8))
        _rt.pack_u16(self._s, self._o + 4, 4)
        return ExitReason_Limit_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def trapped(self) -> str:
        if self._tag(4) != 5:
            raise _rt.inactive(self, "trapped")
        return self._text(0)

    @trapped.setter
    def trapped(self, value: str) -> None:
        self._set_text(0, value)
        _rt.pack_u16(self._s, self._o + 4, 5)

    @property
    def node_lost(self) -> str:
        if self._tag(4) != 6:
            raise _rt.inactive(self, "node_lost")
        return self._text(0)

    @node_lost.setter
    def node_lost(self, value: str) -> None:
        self._set_text(0, value)
        _rt.pack_u16(self._s, self._o + 4, 6)

    def _fill(
        self,
        *,
        exited: int | None = None,
        killed: int | None = None,
        shutdown: bool | None = None,
        linked: ExitReason_Linked_Fields | None = None,
        limit: ExitReason_Limit_Fields | None = None,
        trapped: str | None = None,
        node_lost: str | None = None,
    ) -> None:
        if (exited, killed, shutdown, linked, limit, trapped, node_lost).count(None) < 6:
            raise _rt.two_members(
                self, "exited", "killed", "shutdown", "linked", "limit", "trapped", "node_lost"
            )
        if exited is not None:
            _rt.put_u32(self, 0, exited, "exited")
            _rt.pack_u16(self._s, self._o + 4, 0)
        if killed is not None:
            _rt.put_u32(self, 0, killed, "killed")
            _rt.pack_u16(self._s, self._o + 4, 1)
        if shutdown is not None:
            _rt.pack_u16(self._s, self._o + 4, 2)
        if linked is not None:
            self.init_linked()._fill(**linked)
        if limit is not None:
            self.init_limit()._fill(**limit)
        if trapped is not None:
            self._new_text(0, trapped)
            _rt.pack_u16(self._s, self._o + 4, 5)
        if node_lost is not None:
            self._new_text(0, node_lost)
            _rt.pack_u16(self._s, self._o + 4, 6)


class ExitReason_Promise(_rt.PendingCall[ExitReason]):
    """A call whose results are a ExitReason."""

    __slots__ = ()
    _results = ExitReason


if _rt.TYPE_CHECKING:

    class Events_PauseParams_Fields(_rt.TypedDict, total=False):
        """The fields of Events_PauseParams, for construction; those left out keep their defaults."""


class Events_PauseParams(_rt.StructReader):
    """Struct `pause$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xA62FE22FEB63D82E

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Events_PauseParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Events_PauseParams_Fields]) -> Events_PauseParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Events_PauseParams_Builder)
        return built


class Events_PauseParams_Builder(Events_PauseParams, _rt.StructBuilder):
    """Builder of Events_PauseParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Events_PauseResults_Fields(_rt.TypedDict, total=False):
        """The fields of Events_PauseResults, for construction; those left out keep their defaults."""


class Events_PauseResults(_rt.StructReader):
    """Struct `pause$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x82F79D7ADBDCDD6F

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Events_PauseResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Events_PauseResults_Fields]) -> Events_PauseResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Events_PauseResults_Builder)
        return built


class Events_PauseResults_Builder(Events_PauseResults, _rt.StructBuilder):
    """Builder of Events_PauseResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Events_PauseResults_Promise(_rt.PendingCall[Events_PauseResults]):
    """A call whose results are a Events_PauseResults."""

    __slots__ = ()
    _results = Events_PauseResults


if _rt.TYPE_CHECKING:

    class Events_ResumeParams_Fields(_rt.TypedDict, total=False):
        """The fields of Events_ResumeParams, for construction; those left out keep their defaults."""


class Events_ResumeParams(_rt.StructReader):
    """Struct `resume$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xB8521A0E0DCB52D8

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Events_ResumeParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Events_ResumeParams_Fields]) -> Events_ResumeParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Events_ResumeParams_Builder)
        return built


class Events_ResumeParams_Builder(Events_ResumeParams, _rt.StructBuilder):
    """Builder of Events_ResumeParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Events_ResumeResults_Fields(_rt.TypedDict, total=False):
        """The fields of Events_ResumeResults, for construction; those left out keep their defaults."""


class Events_ResumeResults(_rt.StructReader):
    """Struct `resume$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xE990DB10C77BBCB7

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Events_ResumeResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Events_ResumeResults_Fields]) -> Events_ResumeResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Events_ResumeResults_Builder)
        return built


class Events_ResumeResults_Builder(Events_ResumeResults, _rt.StructBuilder):
    """Builder of Events_ResumeResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Events_ResumeResults_Promise(_rt.PendingCall[Events_ResumeResults]):
    """A call whose results are a Events_ResumeResults."""

    __slots__ = ()
    _results = Events_ResumeResults


class Events(_rt.Client):
    """What a guest offers to be told; each returns when the program has taken notice."""

    __slots__ = ()
    _id = 0xE9B5EA42655A6266

    PauseParams: _rt.TypeAlias = Events_PauseParams
    PauseResults: _rt.TypeAlias = Events_PauseResults
    ResumeParams: _rt.TypeAlias = Events_ResumeParams
    ResumeResults: _rt.TypeAlias = Events_ResumeResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Events_Server"

    def pause(
        self,
    ) -> Events_PauseResults_Promise:
        _params = _rt.new_message(Events_PauseParams_Builder)
        return Events_PauseResults_Promise(self._send(0xE9B5EA42655A6266, 0, _params._m, _rt.NO_PIPELINING))

    def resume(
        self,
    ) -> Events_ResumeResults_Promise:
        _params = _rt.new_message(Events_ResumeParams_Builder)
        return Events_ResumeResults_Promise(self._send(0xE9B5EA42655A6266, 1, _params._m, _rt.NO_PIPELINING))


async def _handle_Events_pause(
    server: Events_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Events_PauseResults_Builder, await server.pause(context=context))


async def _handle_Events_resume(
    server: Events_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Events_ResumeResults_Builder, await server.resume(context=context))


class Events_Server(_rt.Server):
    """Derive from it to serve `Events`."""

    __slots__ = ()
    _id = 0xE9B5EA42655A6266
    _client = Events

    @_rt.abstractmethod
    async def pause(
        self,
        *,
        context: _rt.CallContext,
    ) -> Events_PauseResults | Events_PauseResults_Fields | Events_PauseResults_Promise | None: ...

    @_rt.abstractmethod
    async def resume(
        self,
        *,
        context: _rt.CallContext,
    ) -> Events_ResumeResults | Events_ResumeResults_Fields | Events_ResumeResults_Promise | None: ...


_PACK_BytecodeCache_HasResults = _rt.Struct("<B").pack_into
_PACK_BytecodeCache_PartParams = _rt.Struct("<QI").pack_into
_PACK_BytecodeCache_PartResults = _rt.Struct("<Q").pack_into
_PACK_Process_WaitResults = _rt.Struct("<I").pack_into
_PACK_Process_LinkParams = _rt.Struct("<B").pack_into
_PACK_Process_UnlinkParams = _rt.Struct("<B").pack_into
_PACK_Process_LinkLocalParams = _rt.Struct("<I").pack_into
_PACK_Process_UnlinkLocalParams = _rt.Struct("<I").pack_into
_PACK_Process_IdResults = _rt.Struct("<q").pack_into
_PACK_Process_ReadStdoutParams = _rt.Struct("<I").pack_into
_PACK_Process_ReadStderrParams = _rt.Struct("<I").pack_into
_PACK_Process_AddressResults = _rt.Struct("<I").pack_into
_PACK_Process_LogParams = _rt.Struct("<B3xIQ").pack_into
_PACK_Process_LogResults = _rt.Struct("<QB").pack_into
_PACK_Info = _rt.Struct("<IIqH6xdQQ").pack_into
BytecodeCache.METHODS = {
    (0xE64CE403F6090174, 0): _rt.MethodInfo(
        0xE64CE403F6090174,
        0,
        "BytecodeCache",
        "put",
        False,
        BytecodeCache_PutParams,
        BytecodeCache_PutResults,
    ),
    (0xE64CE403F6090174, 1): _rt.MethodInfo(
        0xE64CE403F6090174,
        1,
        "BytecodeCache",
        "get",
        False,
        BytecodeCache_GetParams,
        BytecodeCache_GetResults,
    ),
    (0xE64CE403F6090174, 2): _rt.MethodInfo(
        0xE64CE403F6090174,
        2,
        "BytecodeCache",
        "has",
        False,
        BytecodeCache_HasParams,
        BytecodeCache_HasResults,
    ),
    (0xE64CE403F6090174, 3): _rt.MethodInfo(
        0xE64CE403F6090174,
        3,
        "BytecodeCache",
        "part",
        False,
        BytecodeCache_PartParams,
        BytecodeCache_PartResults,
    ),
}
BytecodeCache_Server.METHODS = {
    (0xE64CE403F6090174, 0): ("BytecodeCache.put", _handle_BytecodeCache_put),
    (0xE64CE403F6090174, 1): ("BytecodeCache.get", _handle_BytecodeCache_get),
    (0xE64CE403F6090174, 2): ("BytecodeCache.has", _handle_BytecodeCache_has),
    (0xE64CE403F6090174, 3): ("BytecodeCache.part", _handle_BytecodeCache_part),
}
Process.METHODS = {
    (0xDA23F0D3A8250633, 0): _rt.MethodInfo(
        0xDA23F0D3A8250633, 0, "Process", "wait", False, Process_WaitParams, Process_WaitResults
    ),
    (0xDA23F0D3A8250633, 1): _rt.MethodInfo(
        0xDA23F0D3A8250633, 1, "Process", "kill", False, Process_KillParams, Process_KillResults
    ),
    (0xDA23F0D3A8250633, 2): _rt.MethodInfo(
        0xDA23F0D3A8250633, 2, "Process", "link", False, Process_LinkParams, Process_LinkResults
    ),
    (0xDA23F0D3A8250633, 3): _rt.MethodInfo(
        0xDA23F0D3A8250633, 3, "Process", "unlink", False, Process_UnlinkParams, Process_UnlinkResults
    ),
    (0xDA23F0D3A8250633, 4): _rt.MethodInfo(
        0xDA23F0D3A8250633,
        4,
        "Process",
        "linkLocal",
        False,
        Process_LinkLocalParams,
        Process_LinkLocalResults,
    ),
    (0xDA23F0D3A8250633, 5): _rt.MethodInfo(
        0xDA23F0D3A8250633,
        5,
        "Process",
        "unlinkLocal",
        False,
        Process_UnlinkLocalParams,
        Process_UnlinkLocalResults,
    ),
    (0xDA23F0D3A8250633, 6): _rt.MethodInfo(
        0xDA23F0D3A8250633, 6, "Process", "monitor", False, Process_MonitorParams, Process_MonitorResults
    ),
    (0xDA23F0D3A8250633, 7): _rt.MethodInfo(
        0xDA23F0D3A8250633, 7, "Process", "pause", False, Process_PauseParams, Process_PauseResults
    ),
    (0xDA23F0D3A8250633, 8): _rt.MethodInfo(
        0xDA23F0D3A8250633, 8, "Process", "resume", False, Process_ResumeParams, Process_ResumeResults
    ),
    (0xDA23F0D3A8250633, 9): _rt.MethodInfo(
        0xDA23F0D3A8250633, 9, "Process", "id", False, Process_IdParams, Process_IdResults
    ),
    (0xDA23F0D3A8250633, 10): _rt.MethodInfo(
        0xDA23F0D3A8250633, 10, "Process", "info", False, Process_InfoParams, Process_InfoResults
    ),
    (0xDA23F0D3A8250633, 11): _rt.MethodInfo(
        0xDA23F0D3A8250633, 11, "Process", "reason", False, Process_ReasonParams, Process_ReasonResults
    ),
    (0xDA23F0D3A8250633, 12): _rt.MethodInfo(
        0xDA23F0D3A8250633, 12, "Process", "suspend", False, Process_SuspendParams, Process_SuspendResults
    ),
    (0xDA23F0D3A8250633, 13): _rt.MethodInfo(
        0xDA23F0D3A8250633, 13, "Process", "writeStdin", True, Process_WriteStdinParams, _rt.StructReader
    ),
    (0xDA23F0D3A8250633, 14): _rt.MethodInfo(
        0xDA23F0D3A8250633,
        14,
        "Process",
        "closeStdin",
        False,
        Process_CloseStdinParams,
        Process_CloseStdinResults,
    ),
    (0xDA23F0D3A8250633, 15): _rt.MethodInfo(
        0xDA23F0D3A8250633,
        15,
        "Process",
        "readStdout",
        False,
        Process_ReadStdoutParams,
        Process_ReadStdoutResults,
    ),
    (0xDA23F0D3A8250633, 16): _rt.MethodInfo(
        0xDA23F0D3A8250633,
        16,
        "Process",
        "readStderr",
        False,
        Process_ReadStderrParams,
        Process_ReadStderrResults,
    ),
    (0xDA23F0D3A8250633, 17): _rt.MethodInfo(
        0xDA23F0D3A8250633,
        17,
        "Process",
        "bootstrap",
        False,
        Process_BootstrapParams,
        Process_BootstrapResults,
    ),
    (0xDA23F0D3A8250633, 18): _rt.MethodInfo(
        0xDA23F0D3A8250633, 18, "Process", "address", False, Process_AddressParams, Process_AddressResults
    ),
    (0xDA23F0D3A8250633, 19): _rt.MethodInfo(
        0xDA23F0D3A8250633, 19, "Process", "log", False, Process_LogParams, Process_LogResults
    ),
}
Process_Server.METHODS = {
    (0xDA23F0D3A8250633, 0): ("Process.wait", _handle_Process_wait),
    (0xDA23F0D3A8250633, 1): ("Process.kill", _handle_Process_kill),
    (0xDA23F0D3A8250633, 2): ("Process.link", _handle_Process_link),
    (0xDA23F0D3A8250633, 3): ("Process.unlink", _handle_Process_unlink),
    (0xDA23F0D3A8250633, 4): ("Process.linkLocal", _handle_Process_link_local),
    (0xDA23F0D3A8250633, 5): ("Process.unlinkLocal", _handle_Process_unlink_local),
    (0xDA23F0D3A8250633, 6): ("Process.monitor", _handle_Process_monitor),
    (0xDA23F0D3A8250633, 7): ("Process.pause", _handle_Process_pause),
    (0xDA23F0D3A8250633, 8): ("Process.resume", _handle_Process_resume),
    (0xDA23F0D3A8250633, 9): ("Process.id", _handle_Process_id),
    (0xDA23F0D3A8250633, 10): ("Process.info", _handle_Process_info),
    (0xDA23F0D3A8250633, 11): ("Process.reason", _handle_Process_reason),
    (0xDA23F0D3A8250633, 12): ("Process.suspend", _handle_Process_suspend),
    (0xDA23F0D3A8250633, 13): ("Process.writeStdin", _handle_Process_write_stdin),
    (0xDA23F0D3A8250633, 14): ("Process.closeStdin", _handle_Process_close_stdin),
    (0xDA23F0D3A8250633, 15): ("Process.readStdout", _handle_Process_read_stdout),
    (0xDA23F0D3A8250633, 16): ("Process.readStderr", _handle_Process_read_stderr),
    (0xDA23F0D3A8250633, 17): ("Process.bootstrap", _handle_Process_bootstrap),
    (0xDA23F0D3A8250633, 18): ("Process.address", _handle_Process_address),
    (0xDA23F0D3A8250633, 19): ("Process.log", _handle_Process_log),
}
Events.METHODS = {
    (0xE9B5EA42655A6266, 0): _rt.MethodInfo(
        0xE9B5EA42655A6266, 0, "Events", "pause", False, Events_PauseParams, Events_PauseResults
    ),
    (0xE9B5EA42655A6266, 1): _rt.MethodInfo(
        0xE9B5EA42655A6266, 1, "Events", "resume", False, Events_ResumeParams, Events_ResumeResults
    ),
}
Events_Server.METHODS = {
    (0xE9B5EA42655A6266, 0): ("Events.pause", _handle_Events_pause),
    (0xE9B5EA42655A6266, 1): ("Events.resume", _handle_Events_resume),
}
