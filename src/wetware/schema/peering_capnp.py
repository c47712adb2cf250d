"""Generated from peering.capnp by `python -m wetware.capnp.generate`; do not edit.

What a node gives to the other nodes of its cluster, and to nobody else.
"""

# ruff: noqa

from __future__ import annotations

from wetware.capnp import runtime as _rt
from . import core_capnp
from . import process_capnp


if _rt.TYPE_CHECKING:

    class Peering_SessionForParams_Fields(_rt.TypedDict, total=False):
        """The fields of Peering_SessionForParams, for construction; those left out keep their defaults."""

        account: _rt.Bytes


class Peering_SessionForParams(_rt.StructReader):
    """Struct `sessionFor$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xF23D98B11C3DD214

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Peering_SessionForParams_Builder"

    @property
    def account(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Peering_SessionForParams_Fields]) -> Peering_SessionForParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Peering_SessionForParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Peering_SessionForParams_Builder(Peering_SessionForParams, _rt.StructBuilder):
    """Builder of Peering_SessionForParams."""

    __slots__ = ()

    @property
    def account(self) -> memoryview:
        return self._data(0)

    @account.setter
    def account(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        account: _rt.Bytes | None = None,
    ) -> None:
        if account is not None:
            self._set_data(0, account)


if _rt.TYPE_CHECKING:

    class Peering_SessionForResults_Fields(_rt.TypedDict, total=False):
        """The fields of Peering_SessionForResults, for construction; those left out keep their defaults."""

        session: core_capnp.Session | core_capnp.Session_Fields


class Peering_SessionForResults(_rt.StructReader):
    """Struct `sessionFor$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xA881D5D9FF21E881

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Peering_SessionForResults_Builder"

    @property
    def session(self) -> core_capnp.Session:
        return self._struct(core_capnp.Session, 0)

    @property
    def has_session(self) -> bool:
        return self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Peering_SessionForResults_Fields]) -> Peering_SessionForResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Peering_SessionForResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Peering_SessionForResults_Builder(Peering_SessionForResults, _rt.StructBuilder):
    """Builder of Peering_SessionForResults."""

    __slots__ = ()

    @property
    def session(self) -> core_capnp.Session_Builder:
        return self._struct_builder(core_capnp.Session_Builder, 0)

    @session.setter
    def session(self, value: core_capnp.Session | core_capnp.Session_Fields) -> None:
        self._put_struct(core_capnp.Session_Builder, 0, value)

    def init_session(self) -> core_capnp.Session_Builder:
        return self._init_struct(core_capnp.Session_Builder, 0)

    def _fill(
        self,
        *,
        session: core_capnp.Session | core_capnp.Session_Fields | None = None,
    ) -> None:
        if session is not None:
            self._put_struct(core_capnp.Session_Builder, 0, session)


class Peering_SessionForResults_Capabilities(_rt.Pipeline):
    """What can be called before a Peering_SessionForResults is there."""

    __slots__ = ()

    @property
    def session(self) -> core_capnp.Session_Pipeline:
        return self._inside(core_capnp.Session_Pipeline, 0)


class Peering_SessionForResults_Pipeline(Peering_SessionForResults_Capabilities):
    """A Peering_SessionForResults inside results that are still to come."""

    __slots__ = ()


class Peering_SessionForResults_Promise(
    Peering_SessionForResults_Capabilities, _rt.PendingCall[Peering_SessionForResults]
):
    """A call whose results are a Peering_SessionForResults."""

    __slots__ = ()
    _results = Peering_SessionForResults


if _rt.TYPE_CHECKING:

    class Peering_BytecodeParams_Fields(_rt.TypedDict, total=False):
        """The fields of Peering_BytecodeParams, for construction; those left out keep their defaults."""


class Peering_BytecodeParams(_rt.StructReader):
    """Struct `bytecode$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xE938186F9C324663

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Peering_BytecodeParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Peering_BytecodeParams_Fields]) -> Peering_BytecodeParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Peering_BytecodeParams_Builder)
        return built


class Peering_BytecodeParams_Builder(Peering_BytecodeParams, _rt.StructBuilder):
    """Builder of Peering_BytecodeParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Peering_BytecodeResults_Fields(_rt.TypedDict, total=False):
        """The fields of Peering_BytecodeResults, for construction; those left out keep their defaults."""

        cache: process_capnp.BytecodeCache | process_capnp.BytecodeCache_Server | None


class Peering_BytecodeResults(_rt.StructReader):
    """Struct `bytecode$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xFBC83520B417F734

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Peering_BytecodeResults_Builder"

    @property
    def cache(self) -> process_capnp.BytecodeCache:
        return process_capnp.BytecodeCache(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Peering_BytecodeResults_Fields]) -> Peering_BytecodeResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Peering_BytecodeResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Peering_BytecodeResults_Builder(Peering_BytecodeResults, _rt.StructBuilder):
    """Builder of Peering_BytecodeResults."""

    __slots__ = ()

    @property
    def cache(self) -> process_capnp.BytecodeCache:
        return process_capnp.BytecodeCache(self._cap(0))

    @cache.setter
    def cache(self, value: process_capnp.BytecodeCache | process_capnp.BytecodeCache_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        cache: process_capnp.BytecodeCache | process_capnp.BytecodeCache_Server | None = None,
    ) -> None:
        if cache is not None:
            self._set_cap(0, _rt.hook_of(cache))


class Peering_BytecodeResults_Capabilities(_rt.Pipeline):
    """What can be called before a Peering_BytecodeResults is there."""

    __slots__ = ()

    @property
    def cache(self) -> process_capnp.BytecodeCache:
        return process_capnp.BytecodeCache(self._pipeline(0))


class Peering_BytecodeResults_Pipeline(Peering_BytecodeResults_Capabilities):
    """A Peering_BytecodeResults inside results that are still to come."""

    __slots__ = ()


class Peering_BytecodeResults_Promise(
    Peering_BytecodeResults_Capabilities, _rt.PendingCall[Peering_BytecodeResults]
):
    """A call whose results are a Peering_BytecodeResults."""

    __slots__ = ()
    _results = Peering_BytecodeResults


if _rt.TYPE_CHECKING:

    class Peering_ProcessParams_Fields(_rt.TypedDict, total=False):
        """The fields of Peering_ProcessParams, for construction; those left out keep their defaults."""

        reference: _rt.Bytes


class Peering_ProcessParams(_rt.StructReader):
    """Struct `process$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xCB019985A90DA5FD

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Peering_ProcessParams_Builder"

    @property
    def reference(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Peering_ProcessParams_Fields]) -> Peering_ProcessParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Peering_ProcessParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Peering_ProcessParams_Builder(Peering_ProcessParams, _rt.StructBuilder):
    """Builder of Peering_ProcessParams."""

    __slots__ = ()

    @property
    def reference(self) -> memoryview:
        return self._data(0)

    @reference.setter
    def reference(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        reference: _rt.Bytes | None = None,
    ) -> None:
        if reference is not None:
            self._set_data(0, reference)


if _rt.TYPE_CHECKING:

    class Peering_ProcessResults_Fields(_rt.TypedDict, total=False):
        """The fields of Peering_ProcessResults, for construction; those left out keep their defaults."""

        id: int
        pid: int
        end: LinkEnd | LinkEnd_Server | None


class Peering_ProcessResults(_rt.StructReader):
    """Struct `process$Results`."""

    __slots__ = ()
    _size = (2, 1)
    _id = 0xE15640A73BEF8208

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Peering_ProcessResults_Builder"

    @property
    def id(self) -> int:
        o = self._o
        return _rt.unpack_i64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def pid(self) -> int:
        o = self._o + 8
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def end(self) -> LinkEnd:
        return LinkEnd(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Peering_ProcessResults_Fields]) -> Peering_ProcessResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Peering_ProcessResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Peering_ProcessResults_Builder(Peering_ProcessResults, _rt.StructBuilder):
    """Builder of Peering_ProcessResults."""

    __slots__ = ()

    @property
    def id(self) -> int:
        return _rt.unpack_i64(self._s, self._o)[0]

    @id.setter
    def id(self, value: int) -> None:
        _rt.put_i64(self, 0, value, "id")

    @property
    def pid(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 8)[0]

    @pid.setter
    def pid(self, value: int) -> None:
        _rt.put_u32(self, 8, value, "pid")

    @property
    def end(self) -> LinkEnd:
        return LinkEnd(self._cap(0))

    @end.setter
    def end(self, value: LinkEnd | LinkEnd_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        id: int = 0,
        pid: int = 0,
        end: LinkEnd | LinkEnd_Server | None = None,
    ) -> None:
        try:
            _PACK_Peering_ProcessResults(self._s, self._o, id, pid)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.id, self.pid = id, pid
            raise
        if end is not None:
            self._set_cap(0, _rt.hook_of(end))


class Peering_ProcessResults_Capabilities(_rt.Pipeline):
    """What can be called before a Peering_ProcessResults is there."""

    __slots__ = ()

    @property
    def end(self) -> LinkEnd:
        return LinkEnd(self._pipeline(0))


class Peering_ProcessResults_Pipeline(Peering_ProcessResults_Capabilities):
    """A Peering_ProcessResults inside results that are still to come."""

    __slots__ = ()


class Peering_ProcessResults_Promise(
    Peering_ProcessResults_Capabilities, _rt.PendingCall[Peering_ProcessResults]
):
    """A call whose results are a Peering_ProcessResults."""

    __slots__ = ()
    _results = Peering_ProcessResults


if _rt.TYPE_CHECKING:

    class Peering_DecideParams_Fields(_rt.TypedDict, total=False):
        """The fields of Peering_DecideParams, for construction; those left out keep their defaults."""

        reference: _rt.Bytes
        linked: bool
        id: int
        pid: int
        end: LinkEnd | LinkEnd_Server | None


class Peering_DecideParams(_rt.StructReader):
    """Struct `decide$Params`."""

    __slots__ = ()
    _size = (2, 2)
    _id = 0x98FAB548E8AE4206

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Peering_DecideParams_Builder"

    @property
    def reference(self) -> memoryview:
        return self._data(0)

    @property
    def linked(self) -> bool:
        o = self._o
        return o < self._p and self._s[o] & 1 != 0

    @property
    def id(self) -> int:
        o = self._o + 8
        return _rt.unpack_i64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def pid(self) -> int:
        o = self._o + 4
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def end(self) -> LinkEnd:
        return LinkEnd(self._cap(8))

    @staticmethod
    def new(**fields: _rt.Unpack[Peering_DecideParams_Fields]) -> Peering_DecideParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Peering_DecideParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Peering_DecideParams_Builder(Peering_DecideParams, _rt.StructBuilder):
    """Builder of Peering_DecideParams."""

    __slots__ = ()

    @property
    def reference(self) -> memoryview:
        return self._data(0)

    @reference.setter
    def reference(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    @property
    def linked(self) -> bool:
        return self._s[self._o] & 1 != 0

    @linked.setter
    def linked(self, value: bool) -> None:
        _rt.put_bool(self, 0, 1, value)

    @property
    def id(self) -> int:
        return _rt.unpack_i64(self._s, self._o + 8)[0]

    @id.setter
    def id(self, value: int) -> None:
        _rt.put_i64(self, 8, value, "id")

    @property
    def pid(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 4)[0]

    @pid.setter
    def pid(self, value: int) -> None:
        _rt.put_u32(self, 4, value, "pid")

    @property
    def end(self) -> LinkEnd:
        return LinkEnd(self._cap(8))

    @end.setter
    def end(self, value: LinkEnd | LinkEnd_Server | None) -> None:
        self._set_cap(8, _rt.hook_of(value))

    def _fill(
        self,
        *,
        reference: _rt.Bytes | None = None,
        linked: bool = False,
        id: int = 0,
        pid: int = 0,
        end: LinkEnd | LinkEnd_Server | None = None,
    ) -> None:
        try:
            _PACK_Peering_DecideParams(self._s, self._o, (1 if linked else 0), pid, id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.linked, self.pid, self.id = linked, pid, id
            raise
        if reference is not None:
            self._set_data(0, reference)
        if end is not None:
            self._set_cap(8, _rt.hook_of(end))


class Peering_DecideParams_Capabilities(_rt.Pipeline):
    """What can be called before a Peering_DecideParams is there."""

    __slots__ = ()

    @property
    def end(self) -> LinkEnd:
        return LinkEnd(self._pipeline(1))


class Peering_DecideParams_Pipeline(Peering_DecideParams_Capabilities):
    """A Peering_DecideParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Peering_DecideResults_Fields(_rt.TypedDict, total=False):
        """The fields of Peering_DecideResults, for construction; those left out keep their defaults."""


class Peering_DecideResults(_rt.StructReader):
    """Struct `decide$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xED9F85A9630EC13F

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Peering_DecideResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Peering_DecideResults_Fields]) -> Peering_DecideResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Peering_DecideResults_Builder)
        return built


class Peering_DecideResults_Builder(Peering_DecideResults, _rt.StructBuilder):
    """Builder of Peering_DecideResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Peering_DecideResults_Promise(_rt.PendingCall[Peering_DecideResults]):
    """A call whose results are a Peering_DecideResults."""

    __slots__ = ()
    _results = Peering_DecideResults


if _rt.TYPE_CHECKING:

    class Peering_OfferedParams_Fields(_rt.TypedDict, total=False):
        """The fields of Peering_OfferedParams, for construction; those left out keep their defaults."""

        reference: _rt.Bytes


class Peering_OfferedParams(_rt.StructReader):
    """Struct `offered$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xCE61A4CDE7FB59EC

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Peering_OfferedParams_Builder"

    @property
    def reference(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Peering_OfferedParams_Fields]) -> Peering_OfferedParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Peering_OfferedParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Peering_OfferedParams_Builder(Peering_OfferedParams, _rt.StructBuilder):
    """Builder of Peering_OfferedParams."""

    __slots__ = ()

    @property
    def reference(self) -> memoryview:
        return self._data(0)

    @reference.setter
    def reference(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        reference: _rt.Bytes | None = None,
    ) -> None:
        if reference is not None:
            self._set_data(0, reference)


if _rt.TYPE_CHECKING:

    class Peering_OfferedResults_Fields(_rt.TypedDict, total=False):
        """The fields of Peering_OfferedResults, for construction; those left out keep their defaults."""

        capability: _rt.Client | _rt.Server | None


class Peering_OfferedResults(_rt.StructReader):
    """Struct `offered$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xEAEB25740C74506B

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Peering_OfferedResults_Builder"

    @property
    def capability(self) -> _rt.Client:
        return _rt.Client(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Peering_OfferedResults_Fields]) -> Peering_OfferedResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Peering_OfferedResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Peering_OfferedResults_Builder(Peering_OfferedResults, _rt.StructBuilder):
    """Builder of Peering_OfferedResults."""

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


class Peering_OfferedResults_Capabilities(_rt.Pipeline):
    """What can be called before a Peering_OfferedResults is there."""

    __slots__ = ()

    @property
    def capability(self) -> _rt.Client:
        return _rt.Client(self._pipeline(0))


class Peering_OfferedResults_Pipeline(Peering_OfferedResults_Capabilities):
    """A Peering_OfferedResults inside results that are still to come."""

    __slots__ = ()


class Peering_OfferedResults_Promise(
    Peering_OfferedResults_Capabilities, _rt.PendingCall[Peering_OfferedResults]
):
    """A call whose results are a Peering_OfferedResults."""

    __slots__ = ()
    _results = Peering_OfferedResults


class Peering(_rt.Client):
    """Given to one node, which is known by its key."""

    __slots__ = ()
    _id = 0x85C191F63AF930C8

    SessionForParams: _rt.TypeAlias = Peering_SessionForParams
    SessionForResults: _rt.TypeAlias = Peering_SessionForResults
    BytecodeParams: _rt.TypeAlias = Peering_BytecodeParams
    BytecodeResults: _rt.TypeAlias = Peering_BytecodeResults
    ProcessParams: _rt.TypeAlias = Peering_ProcessParams
    ProcessResults: _rt.TypeAlias = Peering_ProcessResults
    DecideParams: _rt.TypeAlias = Peering_DecideParams
    DecideResults: _rt.TypeAlias = Peering_DecideResults
    OfferedParams: _rt.TypeAlias = Peering_OfferedParams
    OfferedResults: _rt.TypeAlias = Peering_OfferedResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Peering_Server"

    def session_for(
        self,
        *,
        account: _rt.Bytes | None = None,
    ) -> Peering_SessionForResults_Promise:
        """The session that the policy of this node allows to an account which the other node introduces."""
        _params = _rt.new_message(Peering_SessionForParams_Builder)
        _params._fill(account=account)
        return Peering_SessionForResults_Promise(self._send(0x85C191F63AF930C8, 0, _params._m))

    def bytecode(
        self,
    ) -> Peering_BytecodeResults_Promise:
        """The programs that this node has."""
        _params = _rt.new_message(Peering_BytecodeParams_Builder)
        return Peering_BytecodeResults_Promise(self._send(0x85C191F63AF930C8, 1, _params._m))

    def process(
        self,
        *,
        reference: _rt.Bytes | None = None,
    ) -> Peering_ProcessResults_Promise:
        """A process of this node, by the reference of its `Process.address`, to be linked with one of the other node. For the
        node that decides about links between the two: the one whose key is the smaller, as bytes.
        """
        _params = _rt.new_message(Peering_ProcessParams_Builder)
        _params._fill(reference=reference)
        return Peering_ProcessResults_Promise(self._send(0x85C191F63AF930C8, 2, _params._m))

    def decide(
        self,
        *,
        reference: _rt.Bytes | None = None,
        linked: bool = False,
        id: int = 0,
        pid: int = 0,
        end: LinkEnd | LinkEnd_Server | None = None,
    ) -> Peering_DecideResults_Promise:
        """Have a process of this node and one of the other node linked, or not. For the node that does not decide.

        `reference`: of this node's process. `id`, `pid`, `end`: of the other node's.
        """
        _params = _rt.new_message(Peering_DecideParams_Builder)
        _params._fill(reference=reference, linked=linked, id=id, pid=pid, end=end)
        return Peering_DecideResults_Promise(self._send(0x85C191F63AF930C8, 3, _params._m, _rt.NO_PIPELINING))

    def offered(
        self,
        *,
        reference: _rt.Bytes | None = None,
    ) -> Peering_OfferedResults_Promise:
        """What the program of a process of this node offers (`Process.bootstrap`), by the reference of its `Process.address`."""
        _params = _rt.new_message(Peering_OfferedParams_Builder)
        _params._fill(reference=reference)
        return Peering_OfferedResults_Promise(self._send(0x85C191F63AF930C8, 4, _params._m))


async def _handle_Peering_session_for(
    server: Peering_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Peering_SessionForParams)
    return _rt.outcome(
        Peering_SessionForResults_Builder, await server.session_for(account=params.account, context=context)
    )


async def _handle_Peering_bytecode(
    server: Peering_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Peering_BytecodeResults_Builder, await server.bytecode(context=context))


async def _handle_Peering_process(
    server: Peering_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Peering_ProcessParams)
    return _rt.outcome(
        Peering_ProcessResults_Builder, await server.process(reference=params.reference, context=context)
    )


async def _handle_Peering_decide(
    server: Peering_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Peering_DecideParams)
    return _rt.outcome(
        Peering_DecideResults_Builder,
        await server.decide(
            reference=params.reference,
            linked=params.linked,
            id=params.id,
            pid=params.pid,
            end=params.end,
            context=context,
        ),
    )


async def _handle_Peering_offered(
    server: Peering_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Peering_OfferedParams)
    return _rt.outcome(
        Peering_OfferedResults_Builder, await server.offered(reference=params.reference, context=context)
    )


class Peering_Server(_rt.Server):
    """Derive from it to serve `Peering`."""

    __slots__ = ()
    _id = 0x85C191F63AF930C8
    _client = Peering

    @_rt.abstractmethod
    async def session_for(
        self,
        *,
        account: memoryview,
        context: _rt.CallContext,
    ) -> (
        Peering_SessionForResults
        | Peering_SessionForResults_Fields
        | Peering_SessionForResults_Promise
        | None
    ):
        """The session that the policy of this node allows to an account which the other node introduces."""

    @_rt.abstractmethod
    async def bytecode(
        self,
        *,
        context: _rt.CallContext,
    ) -> Peering_BytecodeResults | Peering_BytecodeResults_Fields | Peering_BytecodeResults_Promise | None:
        """The programs that this node has."""

    @_rt.abstractmethod
    async def process(
        self,
        *,
        reference: memoryview,
        context: _rt.CallContext,
    ) -> Peering_ProcessResults | Peering_ProcessResults_Fields | Peering_ProcessResults_Promise | None:
        """A process of this node, by the reference of its `Process.address`, to be linked with one of the other node. For the
        node that decides about links between the two: the one whose key is the smaller, as bytes.
        """

    @_rt.abstractmethod
    async def decide(
        self,
        *,
        reference: memoryview,
        linked: bool,
        id: int,
        pid: int,
        end: LinkEnd,
        context: _rt.CallContext,
    ) -> Peering_DecideResults | Peering_DecideResults_Fields | Peering_DecideResults_Promise | None:
        """Have a process of this node and one of the other node linked, or not. For the node that does not decide.

        `reference`: of this node's process. `id`, `pid`, `end`: of the other node's.
        """

    @_rt.abstractmethod
    async def offered(
        self,
        *,
        reference: memoryview,
        context: _rt.CallContext,
    ) -> Peering_OfferedResults | Peering_OfferedResults_Fields | Peering_OfferedResults_Promise | None:
        """What the program of a process of this node offers (`Process.bootstrap`), by the reference of its `Process.address`."""


if _rt.TYPE_CHECKING:

    class LinkEnd_LinkParams_Fields(_rt.TypedDict, total=False):
        """The fields of LinkEnd_LinkParams, for construction; those left out keep their defaults."""

        id: int
        pid: int
        witness: Witness | Witness_Server | None


class LinkEnd_LinkParams(_rt.StructReader):
    """Struct `link$Params`."""

    __slots__ = ()
    _size = (2, 1)
    _id = 0xB7197BBB0C9B2A92

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "LinkEnd_LinkParams_Builder"

    @property
    def id(self) -> int:
        o = self._o
        return _rt.unpack_i64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def pid(self) -> int:
        o = self._o + 8
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def witness(self) -> Witness:
        return Witness(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[LinkEnd_LinkParams_Fields]) -> LinkEnd_LinkParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(LinkEnd_LinkParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class LinkEnd_LinkParams_Builder(LinkEnd_LinkParams, _rt.StructBuilder):
    """Builder of LinkEnd_LinkParams."""

    __slots__ = ()

    @property
    def id(self) -> int:
        return _rt.unpack_i64(self._s, self._o)[0]

    @id.setter
    def id(self, value: int) -> None:
        _rt.put_i64(self, 0, value, "id")

    @property
    def pid(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 8)[0]

    @pid.setter
    def pid(self, value: int) -> None:
        _rt.put_u32(self, 8, value, "pid")

    @property
    def witness(self) -> Witness:
        return Witness(self._cap(0))

    @witness.setter
    def witness(self, value: Witness | Witness_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        id: int = 0,
        pid: int = 0,
        witness: Witness | Witness_Server | None = None,
    ) -> None:
        try:
            _PACK_LinkEnd_LinkParams(self._s, self._o, id, pid)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.id, self.pid = id, pid
            raise
        if witness is not None:
            self._set_cap(0, _rt.hook_of(witness))


class LinkEnd_LinkParams_Capabilities(_rt.Pipeline):
    """What can be called before a LinkEnd_LinkParams is there."""

    __slots__ = ()

    @property
    def witness(self) -> Witness:
        return Witness(self._pipeline(0))


class LinkEnd_LinkParams_Pipeline(LinkEnd_LinkParams_Capabilities):
    """A LinkEnd_LinkParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class LinkEnd_LinkResults_Fields(_rt.TypedDict, total=False):
        """The fields of LinkEnd_LinkResults, for construction; those left out keep their defaults."""

        half: Half | Half_Server | None


class LinkEnd_LinkResults(_rt.StructReader):
    """Struct `link$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xD5150AB1F27885D9

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "LinkEnd_LinkResults_Builder"

    @property
    def half(self) -> Half:
        return Half(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[LinkEnd_LinkResults_Fields]) -> LinkEnd_LinkResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(LinkEnd_LinkResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class LinkEnd_LinkResults_Builder(LinkEnd_LinkResults, _rt.StructBuilder):
    """Builder of LinkEnd_LinkResults."""

    __slots__ = ()

    @property
    def half(self) -> Half:
        return Half(self._cap(0))

    @half.setter
    def half(self, value: Half | Half_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        half: Half | Half_Server | None = None,
    ) -> None:
        if half is not None:
            self._set_cap(0, _rt.hook_of(half))


class LinkEnd_LinkResults_Capabilities(_rt.Pipeline):
    """What can be called before a LinkEnd_LinkResults is there."""

    __slots__ = ()

    @property
    def half(self) -> Half:
        return Half(self._pipeline(0))


class LinkEnd_LinkResults_Pipeline(LinkEnd_LinkResults_Capabilities):
    """A LinkEnd_LinkResults inside results that are still to come."""

    __slots__ = ()


class LinkEnd_LinkResults_Promise(LinkEnd_LinkResults_Capabilities, _rt.PendingCall[LinkEnd_LinkResults]):
    """A call whose results are a LinkEnd_LinkResults."""

    __slots__ = ()
    _results = LinkEnd_LinkResults


class LinkEnd(_rt.Client):
    """A process, as an end of links with processes of one other node."""

    __slots__ = ()
    _id = 0xF187648128EDC7DF

    LinkParams: _rt.TypeAlias = LinkEnd_LinkParams
    LinkResults: _rt.TypeAlias = LinkEnd_LinkResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "LinkEnd_Server"

    def link(
        self,
        *,
        id: int = 0,
        pid: int = 0,
        witness: Witness | Witness_Server | None = None,
    ) -> LinkEnd_LinkResults_Promise:
        """This node's half of a link with a process of the other node. Made at once, in the place of one that there is."""
        _params = _rt.new_message(LinkEnd_LinkParams_Builder)
        _params._fill(id=id, pid=pid, witness=witness)
        return LinkEnd_LinkResults_Promise(self._send(0xF187648128EDC7DF, 0, _params._m))


async def _handle_LinkEnd_link(
    server: LinkEnd_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(LinkEnd_LinkParams)
    return _rt.outcome(
        LinkEnd_LinkResults_Builder,
        await server.link(id=params.id, pid=params.pid, witness=params.witness, context=context),
    )


class LinkEnd_Server(_rt.Server):
    """Derive from it to serve `LinkEnd`."""

    __slots__ = ()
    _id = 0xF187648128EDC7DF
    _client = LinkEnd

    @_rt.abstractmethod
    async def link(
        self,
        *,
        id: int,
        pid: int,
        witness: Witness,
        context: _rt.CallContext,
    ) -> LinkEnd_LinkResults | LinkEnd_LinkResults_Fields | LinkEnd_LinkResults_Promise | None:
        """This node's half of a link with a process of the other node. Made at once, in the place of one that there is."""


if _rt.TYPE_CHECKING:

    class Witness_EndedParams_Fields(_rt.TypedDict, total=False):
        """The fields of Witness_EndedParams, for construction; those left out keep their defaults."""


class Witness_EndedParams(_rt.StructReader):
    """Struct `ended$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xFA36B4978ECA93B5

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Witness_EndedParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Witness_EndedParams_Fields]) -> Witness_EndedParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Witness_EndedParams_Builder)
        return built


class Witness_EndedParams_Builder(Witness_EndedParams, _rt.StructBuilder):
    """Builder of Witness_EndedParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Witness_EndedResults_Fields(_rt.TypedDict, total=False):
        """The fields of Witness_EndedResults, for construction; those left out keep their defaults."""

        reason: process_capnp.ExitReason | process_capnp.ExitReason_Fields


class Witness_EndedResults(_rt.StructReader):
    """Struct `ended$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x8DD56E813C29A634

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Witness_EndedResults_Builder"

    @property
    def reason(self) -> process_capnp.ExitReason:
        return self._struct(process_capnp.ExitReason, 0)

    @property
    def has_reason(self) -> bool:
        return self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Witness_EndedResults_Fields]) -> Witness_EndedResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Witness_EndedResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Witness_EndedResults_Builder(Witness_EndedResults, _rt.StructBuilder):
    """Builder of Witness_EndedResults."""

    __slots__ = ()

    @property
    def reason(self) -> process_capnp.ExitReason_Builder:
        return self._struct_builder(process_capnp.ExitReason_Builder, 0)

    @reason.setter
    def reason(self, value: process_capnp.ExitReason | process_capnp.ExitReason_Fields) -> None:
        self._put_struct(process_capnp.ExitReason_Builder, 0, value)

    def init_reason(self) -> process_capnp.ExitReason_Builder:
        return self._init_struct(process_capnp.ExitReason_Builder, 0)

    def _fill(
        self,
        *,
        reason: process_capnp.ExitReason | process_capnp.ExitReason_Fields | None = None,
    ) -> None:
        if reason is not None:
            self._put_struct(process_capnp.ExitReason_Builder, 0, reason)


class Witness_EndedResults_Promise(_rt.PendingCall[Witness_EndedResults]):
    """A call whose results are a Witness_EndedResults."""

    __slots__ = ()
    _results = Witness_EndedResults


class Witness(_rt.Client):
    """Watches a process. Gives no power over it."""

    __slots__ = ()
    _id = 0xC6A5B7A5A8F20A37

    EndedParams: _rt.TypeAlias = Witness_EndedParams
    EndedResults: _rt.TypeAlias = Witness_EndedResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Witness_Server"

    def ended(
        self,
    ) -> Witness_EndedResults_Promise:
        """Answers when it has ended."""
        _params = _rt.new_message(Witness_EndedParams_Builder)
        return Witness_EndedResults_Promise(self._send(0xC6A5B7A5A8F20A37, 0, _params._m, _rt.NO_PIPELINING))


async def _handle_Witness_ended(
    server: Witness_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Witness_EndedResults_Builder, await server.ended(context=context))


class Witness_Server(_rt.Server):
    """Derive from it to serve `Witness`."""

    __slots__ = ()
    _id = 0xC6A5B7A5A8F20A37
    _client = Witness

    @_rt.abstractmethod
    async def ended(
        self,
        *,
        context: _rt.CallContext,
    ) -> Witness_EndedResults | Witness_EndedResults_Fields | Witness_EndedResults_Promise | None:
        """Answers when it has ended."""


if _rt.TYPE_CHECKING:

    class Half_UndoParams_Fields(_rt.TypedDict, total=False):
        """The fields of Half_UndoParams, for construction; those left out keep their defaults."""


class Half_UndoParams(_rt.StructReader):
    """Struct `undo$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xCB5AC32972BCA2B6

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Half_UndoParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Half_UndoParams_Fields]) -> Half_UndoParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Half_UndoParams_Builder)
        return built


class Half_UndoParams_Builder(Half_UndoParams, _rt.StructBuilder):
    """Builder of Half_UndoParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Half_UndoResults_Fields(_rt.TypedDict, total=False):
        """The fields of Half_UndoResults, for construction; those left out keep their defaults."""


class Half_UndoResults(_rt.StructReader):
    """Struct `undo$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x84E63C4083C61188

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Half_UndoResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Half_UndoResults_Fields]) -> Half_UndoResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Half_UndoResults_Builder)
        return built


class Half_UndoResults_Builder(Half_UndoResults, _rt.StructBuilder):
    """Builder of Half_UndoResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Half_UndoResults_Promise(_rt.PendingCall[Half_UndoResults]):
    """A call whose results are a Half_UndoResults."""

    __slots__ = ()
    _results = Half_UndoResults


class Half(Witness):
    """The half of a link that a call has made, and the witness of the process whose end it is."""

    __slots__ = ()
    _id = 0xD6BEB3E30A856AE3

    UndoParams: _rt.TypeAlias = Half_UndoParams
    UndoResults: _rt.TypeAlias = Half_UndoResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Half_Server"

    def undo(
        self,
    ) -> Half_UndoResults_Promise:
        """Undo it, at once. No effect where it is not there any more, or another one is in its place."""
        _params = _rt.new_message(Half_UndoParams_Builder)
        return Half_UndoResults_Promise(self._send(0xD6BEB3E30A856AE3, 0, _params._m, _rt.NO_PIPELINING))


async def _handle_Half_undo(
    server: Half_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Half_UndoResults_Builder, await server.undo(context=context))


class Half_Server(Witness_Server):
    """Derive from it to serve `Half`."""

    __slots__ = ()
    _id = 0xD6BEB3E30A856AE3
    _client = Half

    @_rt.abstractmethod
    async def undo(
        self,
        *,
        context: _rt.CallContext,
    ) -> Half_UndoResults | Half_UndoResults_Fields | Half_UndoResults_Promise | None:
        """Undo it, at once. No effect where it is not there any more, or another one is in its place."""


_PACK_Peering_ProcessResults = _rt.Struct("<qI").pack_into
_PACK_Peering_DecideParams = _rt.Struct("<B3xIq").pack_into
_PACK_LinkEnd_LinkParams = _rt.Struct("<qI").pack_into
Peering.METHODS = {
    (0x85C191F63AF930C8, 0): _rt.MethodInfo(
        0x85C191F63AF930C8,
        0,
        "Peering",
        "sessionFor",
        False,
        Peering_SessionForParams,
        Peering_SessionForResults,
    ),
    (0x85C191F63AF930C8, 1): _rt.MethodInfo(
        0x85C191F63AF930C8, 1, "Peering", "bytecode", False, Peering_BytecodeParams, Peering_BytecodeResults
    ),
    (0x85C191F63AF930C8, 2): _rt.MethodInfo(
        0x85C191F63AF930C8, 2, "Peering", "process", False, Peering_ProcessParams, Peering_ProcessResults
    ),
    (0x85C191F63AF930C8, 3): _rt.MethodInfo(
        0x85C191F63AF930C8, 3, "Peering", "decide", False, Peering_DecideParams, Peering_DecideResults
    ),
    (0x85C191F63AF930C8, 4): _rt.MethodInfo(
        0x85C191F63AF930C8, 4, "Peering", "offered", False, Peering_OfferedParams, Peering_OfferedResults
    ),
}
Peering_Server.METHODS = {
    (0x85C191F63AF930C8, 0): ("Peering.sessionFor", _handle_Peering_session_for),
    (0x85C191F63AF930C8, 1): ("Peering.bytecode", _handle_Peering_bytecode),
    (0x85C191F63AF930C8, 2): ("Peering.process", _handle_Peering_process),
    (0x85C191F63AF930C8, 3): ("Peering.decide", _handle_Peering_decide),
    (0x85C191F63AF930C8, 4): ("Peering.offered", _handle_Peering_offered),
}
LinkEnd.METHODS = {
    (0xF187648128EDC7DF, 0): _rt.MethodInfo(
        0xF187648128EDC7DF, 0, "LinkEnd", "link", False, LinkEnd_LinkParams, LinkEnd_LinkResults
    ),
}
LinkEnd_Server.METHODS = {
    (0xF187648128EDC7DF, 0): ("LinkEnd.link", _handle_LinkEnd_link),
}
Witness.METHODS = {
    (0xC6A5B7A5A8F20A37, 0): _rt.MethodInfo(
        0xC6A5B7A5A8F20A37, 0, "Witness", "ended", False, Witness_EndedParams, Witness_EndedResults
    ),
}
Witness_Server.METHODS = {
    (0xC6A5B7A5A8F20A37, 0): ("Witness.ended", _handle_Witness_ended),
}
Half.METHODS = {
    **Witness.METHODS,
    (0xD6BEB3E30A856AE3, 0): _rt.MethodInfo(
        0xD6BEB3E30A856AE3, 0, "Half", "undo", False, Half_UndoParams, Half_UndoResults
    ),
}
Half_Server.METHODS = {
    **Witness_Server.METHODS,
    (0xD6BEB3E30A856AE3, 0): ("Half.undo", _handle_Half_undo),
}
