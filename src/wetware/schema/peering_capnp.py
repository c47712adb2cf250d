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

    class Peering_LinkParams_Fields(_rt.TypedDict, total=False):
        """The fields of Peering_LinkParams, for construction; those left out keep their defaults."""

        reference: _rt.Bytes
        id: int
        pid: int
        witness: Witness | Witness_Server | None


class Peering_LinkParams(_rt.StructReader):
    """Struct `link$Params`."""

    __slots__ = ()
    _size = (2, 2)
    _id = 0xCB019985A90DA5FD

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Peering_LinkParams_Builder"

    @property
    def reference(self) -> memoryview:
        return self._data(0)

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
        return Witness(self._cap(8))

    @staticmethod
    def new(**fields: _rt.Unpack[Peering_LinkParams_Fields]) -> Peering_LinkParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Peering_LinkParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Peering_LinkParams_Builder(Peering_LinkParams, _rt.StructBuilder):
    """Builder of Peering_LinkParams."""

    __slots__ = ()

    @property
    def reference(self) -> memoryview:
        return self._data(0)

    @reference.setter
    def reference(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

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
        return Witness(self._cap(8))

    @witness.setter
    def witness(self, value: Witness | Witness_Server | None) -> None:
        self._set_cap(8, _rt.hook_of(value))

    def _fill(
        self,
        *,
        reference: _rt.Bytes | None = None,
        id: int = 0,
        pid: int = 0,
        witness: Witness | Witness_Server | None = None,
    ) -> None:
        try:
            _PACK_Peering_LinkParams(self._s, self._o, id, pid)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.id, self.pid = id, pid
            raise
        if reference is not None:
            self._set_data(0, reference)
        if witness is not None:
            self._set_cap(8, _rt.hook_of(witness))


class Peering_LinkParams_Capabilities(_rt.Pipeline):
    """What can be called before a Peering_LinkParams is there."""

    __slots__ = ()

    @property
    def witness(self) -> Witness:
        return Witness(self._pipeline(1))


class Peering_LinkParams_Pipeline(Peering_LinkParams_Capabilities):
    """A Peering_LinkParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Peering_LinkResults_Fields(_rt.TypedDict, total=False):
        """The fields of Peering_LinkResults, for construction; those left out keep their defaults."""

        id: int
        pid: int
        witness: Witness | Witness_Server | None


class Peering_LinkResults(_rt.StructReader):
    """Struct `link$Results`."""

    __slots__ = ()
    _size = (2, 1)
    _id = 0xE15640A73BEF8208

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Peering_LinkResults_Builder"

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
    def new(**fields: _rt.Unpack[Peering_LinkResults_Fields]) -> Peering_LinkResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Peering_LinkResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Peering_LinkResults_Builder(Peering_LinkResults, _rt.StructBuilder):
    """Builder of Peering_LinkResults."""

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
            _PACK_Peering_LinkResults(self._s, self._o, id, pid)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.id, self.pid = id, pid
            raise
        if witness is not None:
            self._set_cap(0, _rt.hook_of(witness))


class Peering_LinkResults_Capabilities(_rt.Pipeline):
    """What can be called before a Peering_LinkResults is there."""

    __slots__ = ()

    @property
    def witness(self) -> Witness:
        return Witness(self._pipeline(0))


class Peering_LinkResults_Pipeline(Peering_LinkResults_Capabilities):
    """A Peering_LinkResults inside results that are still to come."""

    __slots__ = ()


class Peering_LinkResults_Promise(Peering_LinkResults_Capabilities, _rt.PendingCall[Peering_LinkResults]):
    """A call whose results are a Peering_LinkResults."""

    __slots__ = ()
    _results = Peering_LinkResults


if _rt.TYPE_CHECKING:

    class Peering_UnlinkParams_Fields(_rt.TypedDict, total=False):
        """The fields of Peering_UnlinkParams, for construction; those left out keep their defaults."""

        reference: _rt.Bytes
        id: int


class Peering_UnlinkParams(_rt.StructReader):
    """Struct `unlink$Params`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0x98FAB548E8AE4206

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Peering_UnlinkParams_Builder"

    @property
    def reference(self) -> memoryview:
        return self._data(0)

    @property
    def id(self) -> int:
        o = self._o
        return _rt.unpack_i64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Peering_UnlinkParams_Fields]) -> Peering_UnlinkParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Peering_UnlinkParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Peering_UnlinkParams_Builder(Peering_UnlinkParams, _rt.StructBuilder):
    """Builder of Peering_UnlinkParams."""

    __slots__ = ()

    @property
    def reference(self) -> memoryview:
        return self._data(0)

    @reference.setter
    def reference(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    @property
    def id(self) -> int:
        return _rt.unpack_i64(self._s, self._o)[0]

    @id.setter
    def id(self, value: int) -> None:
        _rt.put_i64(self, 0, value, "id")

    def _fill(
        self,
        *,
        reference: _rt.Bytes | None = None,
        id: int = 0,
    ) -> None:
        try:
            _PACK_Peering_UnlinkParams(self._s, self._o, id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.id = id
            raise
        if reference is not None:
            self._set_data(0, reference)


if _rt.TYPE_CHECKING:

    class Peering_UnlinkResults_Fields(_rt.TypedDict, total=False):
        """The fields of Peering_UnlinkResults, for construction; those left out keep their defaults."""

        id: int


class Peering_UnlinkResults(_rt.StructReader):
    """Struct `unlink$Results`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xED9F85A9630EC13F

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Peering_UnlinkResults_Builder"

    @property
    def id(self) -> int:
        o = self._o
        return _rt.unpack_i64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Peering_UnlinkResults_Fields]) -> Peering_UnlinkResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Peering_UnlinkResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Peering_UnlinkResults_Builder(Peering_UnlinkResults, _rt.StructBuilder):
    """Builder of Peering_UnlinkResults."""

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
            _PACK_Peering_UnlinkResults(self._s, self._o, id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.id = id
            raise


class Peering_UnlinkResults_Promise(_rt.PendingCall[Peering_UnlinkResults]):
    """A call whose results are a Peering_UnlinkResults."""

    __slots__ = ()
    _results = Peering_UnlinkResults


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
    LinkParams: _rt.TypeAlias = Peering_LinkParams
    LinkResults: _rt.TypeAlias = Peering_LinkResults
    UnlinkParams: _rt.TypeAlias = Peering_UnlinkParams
    UnlinkResults: _rt.TypeAlias = Peering_UnlinkResults
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

    def link(
        self,
        *,
        reference: _rt.Bytes | None = None,
        id: int = 0,
        pid: int = 0,
        witness: Witness | Witness_Server | None = None,
    ) -> Peering_LinkResults_Promise:
        """This node's half of a link between a process of this node, by the reference of its `Process.address`, and one of
        the other node, by its id and pid. Each node learns from the other's witness when the link ends.
        """
        _params = _rt.new_message(Peering_LinkParams_Builder)
        _params._fill(reference=reference, id=id, pid=pid, witness=witness)
        return Peering_LinkResults_Promise(self._send(0x85C191F63AF930C8, 2, _params._m))

    def unlink(
        self,
        *,
        reference: _rt.Bytes | None = None,
        id: int = 0,
    ) -> Peering_UnlinkResults_Promise:
        """Undo this node's half. No effect where there is none."""
        _params = _rt.new_message(Peering_UnlinkParams_Builder)
        _params._fill(reference=reference, id=id)
        return Peering_UnlinkResults_Promise(self._send(0x85C191F63AF930C8, 3, _params._m, _rt.NO_PIPELINING))

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


async def _handle_Peering_link(
    server: Peering_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Peering_LinkParams)
    return _rt.outcome(
        Peering_LinkResults_Builder,
        await server.link(
            reference=params.reference, id=params.id, pid=params.pid, witness=params.witness, context=context
        ),
    )


async def _handle_Peering_unlink(
    server: Peering_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Peering_UnlinkParams)
    return _rt.outcome(
        Peering_UnlinkResults_Builder,
        await server.unlink(reference=params.reference, id=params.id, context=context),
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
    async def link(
        self,
        *,
        reference: memoryview,
        id: int,
        pid: int,
        witness: Witness,
        context: _rt.CallContext,
    ) -> Peering_LinkResults | Peering_LinkResults_Fields | Peering_LinkResults_Promise | None:
        """This node's half of a link between a process of this node, by the reference of its `Process.address`, and one of
        the other node, by its id and pid. Each node learns from the other's witness when the link ends.
        """

    @_rt.abstractmethod
    async def unlink(
        self,
        *,
        reference: memoryview,
        id: int,
        context: _rt.CallContext,
    ) -> Peering_UnlinkResults | Peering_UnlinkResults_Fields | Peering_UnlinkResults_Promise | None:
        """Undo this node's half. No effect where there is none."""

    @_rt.abstractmethod
    async def offered(
        self,
        *,
        reference: memoryview,
        context: _rt.CallContext,
    ) -> Peering_OfferedResults | Peering_OfferedResults_Fields | Peering_OfferedResults_Promise | None:
        """What the program of a process of this node offers (`Process.bootstrap`), by the reference of its `Process.address`."""


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


_PACK_Peering_LinkParams = _rt.Struct("<qI").pack_into
_PACK_Peering_LinkResults = _rt.Struct("<qI").pack_into
_PACK_Peering_UnlinkParams = _rt.Struct("<q").pack_into
_PACK_Peering_UnlinkResults = _rt.Struct("<q").pack_into
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
        0x85C191F63AF930C8, 2, "Peering", "link", False, Peering_LinkParams, Peering_LinkResults
    ),
    (0x85C191F63AF930C8, 3): _rt.MethodInfo(
        0x85C191F63AF930C8, 3, "Peering", "unlink", False, Peering_UnlinkParams, Peering_UnlinkResults
    ),
    (0x85C191F63AF930C8, 4): _rt.MethodInfo(
        0x85C191F63AF930C8, 4, "Peering", "offered", False, Peering_OfferedParams, Peering_OfferedResults
    ),
}
Peering_Server.METHODS = {
    (0x85C191F63AF930C8, 0): ("Peering.sessionFor", _handle_Peering_session_for),
    (0x85C191F63AF930C8, 1): ("Peering.bytecode", _handle_Peering_bytecode),
    (0x85C191F63AF930C8, 2): ("Peering.link", _handle_Peering_link),
    (0x85C191F63AF930C8, 3): ("Peering.unlink", _handle_Peering_unlink),
    (0x85C191F63AF930C8, 4): ("Peering.offered", _handle_Peering_offered),
}
Witness.METHODS = {
    (0xC6A5B7A5A8F20A37, 0): _rt.MethodInfo(
        0xC6A5B7A5A8F20A37, 0, "Witness", "ended", False, Witness_EndedParams, Witness_EndedResults
    ),
}
Witness_Server.METHODS = {
    (0xC6A5B7A5A8F20A37, 0): ("Witness.ended", _handle_Witness_ended),
}
