"""Generated from common.capnp by `python -m wetware.capnp.generate`; do not edit.

Types that another schema file imports.
"""

# ruff: noqa

from __future__ import annotations

from wetware.capnp import runtime as _rt


class Color(_rt.CapnpEnum):
    """Enum `Color`."""

    RED = 0
    GREEN = 1
    BLUE = 2


if _rt.TYPE_CHECKING:

    class Point_Fields(_rt.TypedDict, total=False):
        """The fields of Point, for construction; those left out keep their defaults."""

        x: int
        y: int


class Point(_rt.StructReader):
    """Struct `Point`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xBB4FB474D4B9E644

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Point_Builder"

    @property
    def x(self) -> int:
        o = self._o
        return _rt.unpack_i32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def y(self) -> int:
        o = self._o + 4
        return _rt.unpack_i32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Point_Fields]) -> Point_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Point_Builder)
        if fields:
            built._fill(**fields)
        return built


class Point_Builder(Point, _rt.StructBuilder):
    """Builder of Point."""

    __slots__ = ()

    @property
    def x(self) -> int:
        return _rt.unpack_i32(self._s, self._o)[0]

    @x.setter
    def x(self, value: int) -> None:
        _rt.put_i32(self, 0, value, "x")

    @property
    def y(self) -> int:
        return _rt.unpack_i32(self._s, self._o + 4)[0]

    @y.setter
    def y(self, value: int) -> None:
        _rt.put_i32(self, 4, value, "y")

    def _fill(
        self,
        *,
        x: int = 0,
        y: int = 0,
    ) -> None:
        try:
            _PACK_Point(self._s, self._o, x, y)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.x, self.y = x, y
            raise


class Point_Promise(_rt.PendingCall[Point]):
    """A call whose results are a Point."""

    __slots__ = ()
    _results = Point


if _rt.TYPE_CHECKING:

    class Box_Fields(_rt.TypedDict, total=False):
        """The fields of Box, for construction; those left out keep their defaults."""

        value: _rt.AnyValue
        label: str


class Box(_rt.StructReader):
    """Struct `Box`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xB4DED397B646A0AC

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Box_Builder"

    @property
    def value(self) -> _rt.AnyPointerReader:
        return _rt.any_reader(self, 0)

    @property
    def label(self) -> str:
        return self._text(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Box_Fields]) -> Box_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Box_Builder)
        if fields:
            built._fill(**fields)
        return built


class Box_Builder(Box, _rt.StructBuilder):
    """Builder of Box."""

    __slots__ = ()

    @property
    def value(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 0)

    @value.setter
    def value(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 0).set(value)

    @property
    def label(self) -> str:
        return self._text(8)

    @label.setter
    def label(self, value: str) -> None:
        self._set_text(8, value)

    def _fill(
        self,
        *,
        value: _rt.AnyValue | None = None,
        label: str | None = None,
    ) -> None:
        if value is not None:
            _rt.any_builder(self, 0).set(value)
        if label is not None:
            self._new_text(8, label)


class Box_Capabilities(_rt.Pipeline):
    """What can be called before a Box is there."""

    __slots__ = ()

    @property
    def value(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)


class Box_Pipeline(Box_Capabilities):
    """A Box inside results that are still to come."""

    __slots__ = ()


class Box_Promise(Box_Capabilities, _rt.PendingCall[Box]):
    """A call whose results are a Box."""

    __slots__ = ()
    _results = Box


if _rt.TYPE_CHECKING:

    class Closer_CloseParams_Fields(_rt.TypedDict, total=False):
        """The fields of Closer_CloseParams, for construction; those left out keep their defaults."""


class Closer_CloseParams(_rt.StructReader):
    """Struct `close$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xC4D2D66C2E40C8B5

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Closer_CloseParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Closer_CloseParams_Fields]) -> Closer_CloseParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Closer_CloseParams_Builder)
        return built


class Closer_CloseParams_Builder(Closer_CloseParams, _rt.StructBuilder):
    """Builder of Closer_CloseParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Closer_CloseResults_Fields(_rt.TypedDict, total=False):
        """The fields of Closer_CloseResults, for construction; those left out keep their defaults."""


class Closer_CloseResults(_rt.StructReader):
    """Struct `close$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xADC15846BD2EA600

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Closer_CloseResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Closer_CloseResults_Fields]) -> Closer_CloseResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Closer_CloseResults_Builder)
        return built


class Closer_CloseResults_Builder(Closer_CloseResults, _rt.StructBuilder):
    """Builder of Closer_CloseResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Closer_CloseResults_Promise(_rt.PendingCall[Closer_CloseResults]):
    """A call whose results are a Closer_CloseResults."""

    __slots__ = ()
    _results = Closer_CloseResults


class Closer(_rt.Client):
    """Interface `Closer`."""

    __slots__ = ()
    _id = 0xCB30FC1FF7A9C786

    CloseParams: _rt.TypeAlias = Closer_CloseParams
    CloseResults: _rt.TypeAlias = Closer_CloseResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Closer_Server"

    def close(
        self,
    ) -> Closer_CloseResults_Promise:
        _params = _rt.new_message(Closer_CloseParams_Builder)
        return Closer_CloseResults_Promise(self._send(0xCB30FC1FF7A9C786, 0, _params._m, _rt.NO_PIPELINING))


async def _handle_Closer_close(
    server: Closer_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Closer_CloseResults_Builder, await server.close(context=context))


class Closer_Server(_rt.Server):
    """Derive from it to serve `Closer`."""

    __slots__ = ()
    _id = 0xCB30FC1FF7A9C786
    _client = Closer

    @_rt.abstractmethod
    async def close(
        self,
        *,
        context: _rt.CallContext,
    ) -> Closer_CloseResults | Closer_CloseResults_Fields | Closer_CloseResults_Promise | None: ...


_PACK_Point = _rt.Struct("<ii").pack_into
Closer.METHODS = {
    (0xCB30FC1FF7A9C786, 0): _rt.MethodInfo(
        0xCB30FC1FF7A9C786, 0, "Closer", "close", False, Closer_CloseParams, Closer_CloseResults
    ),
}
Closer_Server.METHODS = {
    (0xCB30FC1FF7A9C786, 0): ("Closer.close", _handle_Closer_close),
}
