"""Generated from capstore.capnp by `python -m wetware.capnp.generate`; do not edit.

Capabilities by name.

Compatible on the wire with the capstore.capnp of the Go middleware Wetware.
"""

# ruff: noqa

from __future__ import annotations

from wetware.capnp import runtime as _rt


if _rt.TYPE_CHECKING:

    class CapStore_SetParams_Fields(_rt.TypedDict, total=False):
        """The fields of CapStore_SetParams, for construction; those left out keep their defaults."""

        id: str
        cap: _rt.Client | _rt.Server | None


class CapStore_SetParams(_rt.StructReader):
    """Struct `set$Params`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0x936BC1015CFB6C3C

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "CapStore_SetParams_Builder"

    @property
    def id(self) -> str:
        return self._text(0)

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._cap(8))

    @staticmethod
    def new(**fields: _rt.Unpack[CapStore_SetParams_Fields]) -> CapStore_SetParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(CapStore_SetParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class CapStore_SetParams_Builder(CapStore_SetParams, _rt.StructBuilder):
    """Builder of CapStore_SetParams."""

    __slots__ = ()

    @property
    def id(self) -> str:
        return self._text(0)

    @id.setter
    def id(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._cap(8))

    @cap.setter
    def cap(self, value: _rt.Client | _rt.Server | None) -> None:
        self._set_cap(8, _rt.hook_of(value))

    def _fill(
        self,
        *,
        id: str | None = None,
        cap: _rt.Client | _rt.Server | None = None,
    ) -> None:
        if id is not None:
            self._new_text(0, id)
        if cap is not None:
            self._set_cap(8, _rt.hook_of(cap))


class CapStore_SetParams_Capabilities(_rt.Pipeline):
    """What can be called before a CapStore_SetParams is there."""

    __slots__ = ()

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._pipeline(1))


class CapStore_SetParams_Pipeline(CapStore_SetParams_Capabilities):
    """A CapStore_SetParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class CapStore_SetResults_Fields(_rt.TypedDict, total=False):
        """The fields of CapStore_SetResults, for construction; those left out keep their defaults."""


class CapStore_SetResults(_rt.StructReader):
    """Struct `set$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xBBB39DE5AADD52FA

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "CapStore_SetResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[CapStore_SetResults_Fields]) -> CapStore_SetResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(CapStore_SetResults_Builder)
        return built


class CapStore_SetResults_Builder(CapStore_SetResults, _rt.StructBuilder):
    """Builder of CapStore_SetResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class CapStore_SetResults_Promise(_rt.PendingCall[CapStore_SetResults]):
    """A call whose results are a CapStore_SetResults."""

    __slots__ = ()
    _results = CapStore_SetResults


if _rt.TYPE_CHECKING:

    class CapStore_GetParams_Fields(_rt.TypedDict, total=False):
        """The fields of CapStore_GetParams, for construction; those left out keep their defaults."""

        id: str


class CapStore_GetParams(_rt.StructReader):
    """Struct `get$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x84593AA9EAF7E35F

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "CapStore_GetParams_Builder"

    @property
    def id(self) -> str:
        return self._text(0)

    @staticmethod
    def new(**fields: _rt.Unpack[CapStore_GetParams_Fields]) -> CapStore_GetParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(CapStore_GetParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class CapStore_GetParams_Builder(CapStore_GetParams, _rt.StructBuilder):
    """Builder of CapStore_GetParams."""

    __slots__ = ()

    @property
    def id(self) -> str:
        return self._text(0)

    @id.setter
    def id(self, value: str) -> None:
        self._set_text(0, value)

    def _fill(
        self,
        *,
        id: str | None = None,
    ) -> None:
        if id is not None:
            self._new_text(0, id)


if _rt.TYPE_CHECKING:

    class CapStore_GetResults_Fields(_rt.TypedDict, total=False):
        """The fields of CapStore_GetResults, for construction; those left out keep their defaults."""

        cap: _rt.Client | _rt.Server | None


class CapStore_GetResults(_rt.StructReader):
    """Struct `get$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xD18D94EF56D454F3

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "CapStore_GetResults_Builder"

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[CapStore_GetResults_Fields]) -> CapStore_GetResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(CapStore_GetResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class CapStore_GetResults_Builder(CapStore_GetResults, _rt.StructBuilder):
    """Builder of CapStore_GetResults."""

    __slots__ = ()

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._cap(0))

    @cap.setter
    def cap(self, value: _rt.Client | _rt.Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        cap: _rt.Client | _rt.Server | None = None,
    ) -> None:
        if cap is not None:
            self._set_cap(0, _rt.hook_of(cap))


class CapStore_GetResults_Capabilities(_rt.Pipeline):
    """What can be called before a CapStore_GetResults is there."""

    __slots__ = ()

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._pipeline(0))


class CapStore_GetResults_Pipeline(CapStore_GetResults_Capabilities):
    """A CapStore_GetResults inside results that are still to come."""

    __slots__ = ()


class CapStore_GetResults_Promise(CapStore_GetResults_Capabilities, _rt.PendingCall[CapStore_GetResults]):
    """A call whose results are a CapStore_GetResults."""

    __slots__ = ()
    _results = CapStore_GetResults


class CapStore(_rt.Client):
    """Interface `CapStore`."""

    __slots__ = ()
    _id = 0xE2A50B868AEF45C6

    SetParams: _rt.TypeAlias = CapStore_SetParams
    SetResults: _rt.TypeAlias = CapStore_SetResults
    GetParams: _rt.TypeAlias = CapStore_GetParams
    GetResults: _rt.TypeAlias = CapStore_GetResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "CapStore_Server"

    def set(
        self,
        *,
        id: str | None = None,
        cap: _rt.Client | _rt.Server | None = None,
    ) -> CapStore_SetResults_Promise:
        _params = _rt.new_message(CapStore_SetParams_Builder)
        _params._fill(id=id, cap=cap)
        return CapStore_SetResults_Promise(self._send(0xE2A50B868AEF45C6, 0, _params._m, _rt.NO_PIPELINING))

    def get(
        self,
        *,
        id: str | None = None,
    ) -> CapStore_GetResults_Promise:
        _params = _rt.new_message(CapStore_GetParams_Builder)
        _params._fill(id=id)
        return CapStore_GetResults_Promise(self._send(0xE2A50B868AEF45C6, 1, _params._m))


async def _handle_CapStore_set(
    server: CapStore_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(CapStore_SetParams)
    return _rt.outcome(
        CapStore_SetResults_Builder, await server.set(id=params.id, cap=params.cap, context=context)
    )


async def _handle_CapStore_get(
    server: CapStore_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(CapStore_GetParams)
    return _rt.outcome(CapStore_GetResults_Builder, await server.get(id=params.id, context=context))


class CapStore_Server(_rt.Server):
    """Derive from it to serve `CapStore`."""

    __slots__ = ()
    _id = 0xE2A50B868AEF45C6
    _client = CapStore

    @_rt.abstractmethod
    async def set(
        self,
        *,
        id: str,
        cap: _rt.Client,
        context: _rt.CallContext,
    ) -> CapStore_SetResults | CapStore_SetResults_Fields | CapStore_SetResults_Promise | None: ...

    @_rt.abstractmethod
    async def get(
        self,
        *,
        id: str,
        context: _rt.CallContext,
    ) -> CapStore_GetResults | CapStore_GetResults_Fields | CapStore_GetResults_Promise | None: ...


CapStore.METHODS = {
    (0xE2A50B868AEF45C6, 0): _rt.MethodInfo(
        0xE2A50B868AEF45C6, 0, "CapStore", "set", False, CapStore_SetParams, CapStore_SetResults
    ),
    (0xE2A50B868AEF45C6, 1): _rt.MethodInfo(
        0xE2A50B868AEF45C6, 1, "CapStore", "get", False, CapStore_GetParams, CapStore_GetResults
    ),
}
CapStore_Server.METHODS = {
    (0xE2A50B868AEF45C6, 0): ("CapStore.set", _handle_CapStore_set),
    (0xE2A50B868AEF45C6, 1): ("CapStore.get", _handle_CapStore_get),
}
