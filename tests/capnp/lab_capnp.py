"""Generated from lab.capnp by `python -m wetware.capnp.generate`; do not edit.

The objects of the RPC tests and benchmarks.
"""

# ruff: noqa

from __future__ import annotations

from wetware.capnp import runtime as _rt


if _rt.TYPE_CHECKING:

    class Echo_Slot_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_Slot, for construction; those left out keep their defaults."""

        name: str
        cap: _rt.Client | _rt.Server | None


class Echo_Slot(_rt.StructReader):
    """Struct `Slot`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xEC86B7C7E87B0924

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_Slot_Builder"

    @property
    def name(self) -> str:
        return self._text(0)

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._cap(8))

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_Slot_Fields]) -> Echo_Slot_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_Slot_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_Slot_Builder(Echo_Slot, _rt.StructBuilder):
    """Builder of Echo_Slot."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return self._text(0)

    @name.setter
    def name(self, value: str) -> None:
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
        name: str | None = None,
        cap: _rt.Client | _rt.Server | None = None,
    ) -> None:
        if name is not None:
            self._new_text(0, name)
        if cap is not None:
            self._set_cap(8, _rt.hook_of(cap))


class Echo_Slot_Capabilities(_rt.Pipeline):
    """What can be called before a Echo_Slot is there."""

    __slots__ = ()

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._pipeline(1))


class Echo_Slot_Pipeline(Echo_Slot_Capabilities):
    """A Echo_Slot inside results that are still to come."""

    __slots__ = ()


class Echo_Slot_Promise(Echo_Slot_Capabilities, _rt.PendingCall[Echo_Slot]):
    """A call whose results are a Echo_Slot."""

    __slots__ = ()
    _results = Echo_Slot


if _rt.TYPE_CHECKING:

    class Echo_PingParams_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_PingParams, for construction; those left out keep their defaults."""

        n: int


class Echo_PingParams(_rt.StructReader):
    """Struct `ping$Params`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xB6D8B0EAF29C06CA

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_PingParams_Builder"

    @property
    def n(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_PingParams_Fields]) -> Echo_PingParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_PingParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_PingParams_Builder(Echo_PingParams, _rt.StructBuilder):
    """Builder of Echo_PingParams."""

    __slots__ = ()

    @property
    def n(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @n.setter
    def n(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "n")

    def _fill(
        self,
        *,
        n: int = 0,
    ) -> None:
        try:
            _PACK_Echo_PingParams(self._s, self._o, n)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.n = n
            raise


if _rt.TYPE_CHECKING:

    class Echo_PingResults_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_PingResults, for construction; those left out keep their defaults."""

        n: int


class Echo_PingResults(_rt.StructReader):
    """Struct `ping$Results`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xAD512C9731D4C254

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_PingResults_Builder"

    @property
    def n(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_PingResults_Fields]) -> Echo_PingResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_PingResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_PingResults_Builder(Echo_PingResults, _rt.StructBuilder):
    """Builder of Echo_PingResults."""

    __slots__ = ()

    @property
    def n(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @n.setter
    def n(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "n")

    def _fill(
        self,
        *,
        n: int = 0,
    ) -> None:
        try:
            _PACK_Echo_PingResults(self._s, self._o, n)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.n = n
            raise


class Echo_PingResults_Promise(_rt.PendingCall[Echo_PingResults]):
    """A call whose results are a Echo_PingResults."""

    __slots__ = ()
    _results = Echo_PingResults


if _rt.TYPE_CHECKING:

    class Echo_BlobParams_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_BlobParams, for construction; those left out keep their defaults."""

        data: _rt.Bytes


class Echo_BlobParams(_rt.StructReader):
    """Struct `blob$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x820DFE2A35440020

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_BlobParams_Builder"

    @property
    def data(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_BlobParams_Fields]) -> Echo_BlobParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_BlobParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_BlobParams_Builder(Echo_BlobParams, _rt.StructBuilder):
    """Builder of Echo_BlobParams."""

    __slots__ = ()

    @property
    def data(self) -> memoryview:
        return self._data(0)

    @data.setter
    def data(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        data: _rt.Bytes | None = None,
    ) -> None:
        if data is not None:
            self._set_data(0, data)


if _rt.TYPE_CHECKING:

    class Echo_BlobResults_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_BlobResults, for construction; those left out keep their defaults."""

        data: _rt.Bytes


class Echo_BlobResults(_rt.StructReader):
    """Struct `blob$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xAFEA9D128CA3BE64

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_BlobResults_Builder"

    @property
    def data(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_BlobResults_Fields]) -> Echo_BlobResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_BlobResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_BlobResults_Builder(Echo_BlobResults, _rt.StructBuilder):
    """Builder of Echo_BlobResults."""

    __slots__ = ()

    @property
    def data(self) -> memoryview:
        return self._data(0)

    @data.setter
    def data(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        data: _rt.Bytes | None = None,
    ) -> None:
        if data is not None:
            self._set_data(0, data)


class Echo_BlobResults_Promise(_rt.PendingCall[Echo_BlobResults]):
    """A call whose results are a Echo_BlobResults."""

    __slots__ = ()
    _results = Echo_BlobResults


if _rt.TYPE_CHECKING:

    class Echo_ChildParams_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_ChildParams, for construction; those left out keep their defaults."""

        name: str


class Echo_ChildParams(_rt.StructReader):
    """Struct `child$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xD838095F2E05E8B4

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_ChildParams_Builder"

    @property
    def name(self) -> str:
        return self._text(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_ChildParams_Fields]) -> Echo_ChildParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_ChildParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_ChildParams_Builder(Echo_ChildParams, _rt.StructBuilder):
    """Builder of Echo_ChildParams."""

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

    class Echo_ChildResults_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_ChildResults, for construction; those left out keep their defaults."""

        child: Echo | Echo_Server | None


class Echo_ChildResults(_rt.StructReader):
    """Struct `child$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xA71AF930E5EB7CEC

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_ChildResults_Builder"

    @property
    def child(self) -> Echo:
        return Echo(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_ChildResults_Fields]) -> Echo_ChildResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_ChildResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_ChildResults_Builder(Echo_ChildResults, _rt.StructBuilder):
    """Builder of Echo_ChildResults."""

    __slots__ = ()

    @property
    def child(self) -> Echo:
        return Echo(self._cap(0))

    @child.setter
    def child(self, value: Echo | Echo_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        child: Echo | Echo_Server | None = None,
    ) -> None:
        if child is not None:
            self._set_cap(0, _rt.hook_of(child))


class Echo_ChildResults_Capabilities(_rt.Pipeline):
    """What can be called before a Echo_ChildResults is there."""

    __slots__ = ()

    @property
    def child(self) -> Echo:
        return Echo(self._pipeline(0))


class Echo_ChildResults_Pipeline(Echo_ChildResults_Capabilities):
    """A Echo_ChildResults inside results that are still to come."""

    __slots__ = ()


class Echo_ChildResults_Promise(Echo_ChildResults_Capabilities, _rt.PendingCall[Echo_ChildResults]):
    """A call whose results are a Echo_ChildResults."""

    __slots__ = ()
    _results = Echo_ChildResults


if _rt.TYPE_CHECKING:

    class Echo_CallBackParams_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_CallBackParams, for construction; those left out keep their defaults."""

        back: Echo | Echo_Server | None
        n: int


class Echo_CallBackParams(_rt.StructReader):
    """Struct `callBack$Params`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xFA5449C8C3C0C3FE

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_CallBackParams_Builder"

    @property
    def back(self) -> Echo:
        return Echo(self._cap(0))

    @property
    def n(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_CallBackParams_Fields]) -> Echo_CallBackParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_CallBackParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_CallBackParams_Builder(Echo_CallBackParams, _rt.StructBuilder):
    """Builder of Echo_CallBackParams."""

    __slots__ = ()

    @property
    def back(self) -> Echo:
        return Echo(self._cap(0))

    @back.setter
    def back(self, value: Echo | Echo_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    @property
    def n(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @n.setter
    def n(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "n")

    def _fill(
        self,
        *,
        back: Echo | Echo_Server | None = None,
        n: int = 0,
    ) -> None:
        try:
            _PACK_Echo_CallBackParams(self._s, self._o, n)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.n = n
            raise
        if back is not None:
            self._set_cap(0, _rt.hook_of(back))


class Echo_CallBackParams_Capabilities(_rt.Pipeline):
    """What can be called before a Echo_CallBackParams is there."""

    __slots__ = ()

    @property
    def back(self) -> Echo:
        return Echo(self._pipeline(0))


class Echo_CallBackParams_Pipeline(Echo_CallBackParams_Capabilities):
    """A Echo_CallBackParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Echo_CallBackResults_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_CallBackResults, for construction; those left out keep their defaults."""

        n: int


class Echo_CallBackResults(_rt.StructReader):
    """Struct `callBack$Results`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xFDDD2CCC681F4EA5

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_CallBackResults_Builder"

    @property
    def n(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_CallBackResults_Fields]) -> Echo_CallBackResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_CallBackResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_CallBackResults_Builder(Echo_CallBackResults, _rt.StructBuilder):
    """Builder of Echo_CallBackResults."""

    __slots__ = ()

    @property
    def n(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @n.setter
    def n(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "n")

    def _fill(
        self,
        *,
        n: int = 0,
    ) -> None:
        try:
            _PACK_Echo_CallBackResults(self._s, self._o, n)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.n = n
            raise


class Echo_CallBackResults_Promise(_rt.PendingCall[Echo_CallBackResults]):
    """A call whose results are a Echo_CallBackResults."""

    __slots__ = ()
    _results = Echo_CallBackResults


if _rt.TYPE_CHECKING:

    class Echo_HoldParams_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_HoldParams, for construction; those left out keep their defaults."""

        cap: _rt.Client | _rt.Server | None


class Echo_HoldParams(_rt.StructReader):
    """Struct `hold$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xDFCD54BF63ACE88A

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_HoldParams_Builder"

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_HoldParams_Fields]) -> Echo_HoldParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_HoldParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_HoldParams_Builder(Echo_HoldParams, _rt.StructBuilder):
    """Builder of Echo_HoldParams."""

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


class Echo_HoldParams_Capabilities(_rt.Pipeline):
    """What can be called before a Echo_HoldParams is there."""

    __slots__ = ()

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._pipeline(0))


class Echo_HoldParams_Pipeline(Echo_HoldParams_Capabilities):
    """A Echo_HoldParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Echo_HoldResults_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_HoldResults, for construction; those left out keep their defaults."""


class Echo_HoldResults(_rt.StructReader):
    """Struct `hold$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xA9D97F9D32B449FC

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_HoldResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_HoldResults_Fields]) -> Echo_HoldResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_HoldResults_Builder)
        return built


class Echo_HoldResults_Builder(Echo_HoldResults, _rt.StructBuilder):
    """Builder of Echo_HoldResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Echo_HoldResults_Promise(_rt.PendingCall[Echo_HoldResults]):
    """A call whose results are a Echo_HoldResults."""

    __slots__ = ()
    _results = Echo_HoldResults


if _rt.TYPE_CHECKING:

    class Echo_HeldParams_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_HeldParams, for construction; those left out keep their defaults."""


class Echo_HeldParams(_rt.StructReader):
    """Struct `held$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xDE988293F10CAB24

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_HeldParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_HeldParams_Fields]) -> Echo_HeldParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_HeldParams_Builder)
        return built


class Echo_HeldParams_Builder(Echo_HeldParams, _rt.StructBuilder):
    """Builder of Echo_HeldParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Echo_HeldResults_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_HeldResults, for construction; those left out keep their defaults."""

        cap: _rt.Client | _rt.Server | None


class Echo_HeldResults(_rt.StructReader):
    """Struct `held$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xF42280BB5DBFC3D3

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_HeldResults_Builder"

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_HeldResults_Fields]) -> Echo_HeldResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_HeldResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_HeldResults_Builder(Echo_HeldResults, _rt.StructBuilder):
    """Builder of Echo_HeldResults."""

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


class Echo_HeldResults_Capabilities(_rt.Pipeline):
    """What can be called before a Echo_HeldResults is there."""

    __slots__ = ()

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._pipeline(0))


class Echo_HeldResults_Pipeline(Echo_HeldResults_Capabilities):
    """A Echo_HeldResults inside results that are still to come."""

    __slots__ = ()


class Echo_HeldResults_Promise(Echo_HeldResults_Capabilities, _rt.PendingCall[Echo_HeldResults]):
    """A call whose results are a Echo_HeldResults."""

    __slots__ = ()
    _results = Echo_HeldResults


if _rt.TYPE_CHECKING:

    class Echo_DropParams_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_DropParams, for construction; those left out keep their defaults."""


class Echo_DropParams(_rt.StructReader):
    """Struct `drop$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xA07A725DCD272395

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_DropParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_DropParams_Fields]) -> Echo_DropParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_DropParams_Builder)
        return built


class Echo_DropParams_Builder(Echo_DropParams, _rt.StructBuilder):
    """Builder of Echo_DropParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Echo_DropResults_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_DropResults, for construction; those left out keep their defaults."""


class Echo_DropResults(_rt.StructReader):
    """Struct `drop$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x8D424C90DA59D350

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_DropResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_DropResults_Fields]) -> Echo_DropResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_DropResults_Builder)
        return built


class Echo_DropResults_Builder(Echo_DropResults, _rt.StructBuilder):
    """Builder of Echo_DropResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Echo_DropResults_Promise(_rt.PendingCall[Echo_DropResults]):
    """A call whose results are a Echo_DropResults."""

    __slots__ = ()
    _results = Echo_DropResults


if _rt.TYPE_CHECKING:

    class Echo_FailParams_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_FailParams, for construction; those left out keep their defaults."""

        why: str
        kind: int


class Echo_FailParams(_rt.StructReader):
    """Struct `fail$Params`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xA1D16403CC2A2BE2

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_FailParams_Builder"

    @property
    def why(self) -> str:
        return self._text(0)

    @property
    def kind(self) -> int:
        o = self._o
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_FailParams_Fields]) -> Echo_FailParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_FailParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_FailParams_Builder(Echo_FailParams, _rt.StructBuilder):
    """Builder of Echo_FailParams."""

    __slots__ = ()

    @property
    def why(self) -> str:
        return self._text(0)

    @why.setter
    def why(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def kind(self) -> int:
        return _rt.unpack_u16(self._s, self._o)[0]

    @kind.setter
    def kind(self, value: int) -> None:
        _rt.put_u16(self, 0, value, "kind")

    def _fill(
        self,
        *,
        why: str | None = None,
        kind: int = 0,
    ) -> None:
        try:
            _PACK_Echo_FailParams(self._s, self._o, kind)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.kind = kind
            raise
        if why is not None:
            self._new_text(0, why)


if _rt.TYPE_CHECKING:

    class Echo_FailResults_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_FailResults, for construction; those left out keep their defaults."""


class Echo_FailResults(_rt.StructReader):
    """Struct `fail$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xA2CA638EA2E84932

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_FailResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_FailResults_Fields]) -> Echo_FailResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_FailResults_Builder)
        return built


class Echo_FailResults_Builder(Echo_FailResults, _rt.StructBuilder):
    """Builder of Echo_FailResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Echo_FailResults_Promise(_rt.PendingCall[Echo_FailResults]):
    """A call whose results are a Echo_FailResults."""

    __slots__ = ()
    _results = Echo_FailResults


if _rt.TYPE_CHECKING:

    class Echo_WaitParams_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_WaitParams, for construction; those left out keep their defaults."""


class Echo_WaitParams(_rt.StructReader):
    """Struct `wait$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xE58979B6B22B10CF

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_WaitParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_WaitParams_Fields]) -> Echo_WaitParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_WaitParams_Builder)
        return built


class Echo_WaitParams_Builder(Echo_WaitParams, _rt.StructBuilder):
    """Builder of Echo_WaitParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Echo_WaitResults_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_WaitResults, for construction; those left out keep their defaults."""


class Echo_WaitResults(_rt.StructReader):
    """Struct `wait$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xFF62058A1880F8E6

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_WaitResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_WaitResults_Fields]) -> Echo_WaitResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_WaitResults_Builder)
        return built


class Echo_WaitResults_Builder(Echo_WaitResults, _rt.StructBuilder):
    """Builder of Echo_WaitResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Echo_WaitResults_Promise(_rt.PendingCall[Echo_WaitResults]):
    """A call whose results are a Echo_WaitResults."""

    __slots__ = ()
    _results = Echo_WaitResults


if _rt.TYPE_CHECKING:

    class Echo_GiveParams_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_GiveParams, for construction; those left out keep their defaults."""

        cap: _rt.Client | _rt.Server | None


class Echo_GiveParams(_rt.StructReader):
    """Struct `give$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xC5771717F8D63645

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_GiveParams_Builder"

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_GiveParams_Fields]) -> Echo_GiveParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_GiveParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_GiveParams_Builder(Echo_GiveParams, _rt.StructBuilder):
    """Builder of Echo_GiveParams."""

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


class Echo_GiveParams_Capabilities(_rt.Pipeline):
    """What can be called before a Echo_GiveParams is there."""

    __slots__ = ()

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._pipeline(0))


class Echo_GiveParams_Pipeline(Echo_GiveParams_Capabilities):
    """A Echo_GiveParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Echo_GiveResults_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_GiveResults, for construction; those left out keep their defaults."""

        cap: _rt.Client | _rt.Server | None


class Echo_GiveResults(_rt.StructReader):
    """Struct `give$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xCF5C9FEC19FDD04F

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_GiveResults_Builder"

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_GiveResults_Fields]) -> Echo_GiveResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_GiveResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_GiveResults_Builder(Echo_GiveResults, _rt.StructBuilder):
    """Builder of Echo_GiveResults."""

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


class Echo_GiveResults_Capabilities(_rt.Pipeline):
    """What can be called before a Echo_GiveResults is there."""

    __slots__ = ()

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._pipeline(0))


class Echo_GiveResults_Pipeline(Echo_GiveResults_Capabilities):
    """A Echo_GiveResults inside results that are still to come."""

    __slots__ = ()


class Echo_GiveResults_Promise(Echo_GiveResults_Capabilities, _rt.PendingCall[Echo_GiveResults]):
    """A call whose results are a Echo_GiveResults."""

    __slots__ = ()
    _results = Echo_GiveResults


if _rt.TYPE_CHECKING:

    class Echo_CancelledParams_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_CancelledParams, for construction; those left out keep their defaults."""


class Echo_CancelledParams(_rt.StructReader):
    """Struct `cancelled$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xE5B73D75D023A4AA

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_CancelledParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_CancelledParams_Fields]) -> Echo_CancelledParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_CancelledParams_Builder)
        return built


class Echo_CancelledParams_Builder(Echo_CancelledParams, _rt.StructBuilder):
    """Builder of Echo_CancelledParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Echo_CancelledResults_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_CancelledResults, for construction; those left out keep their defaults."""

        count: int


class Echo_CancelledResults(_rt.StructReader):
    """Struct `cancelled$Results`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xACF871E5B74152C4

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_CancelledResults_Builder"

    @property
    def count(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_CancelledResults_Fields]) -> Echo_CancelledResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_CancelledResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_CancelledResults_Builder(Echo_CancelledResults, _rt.StructBuilder):
    """Builder of Echo_CancelledResults."""

    __slots__ = ()

    @property
    def count(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @count.setter
    def count(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "count")

    def _fill(
        self,
        *,
        count: int = 0,
    ) -> None:
        try:
            _PACK_Echo_CancelledResults(self._s, self._o, count)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.count = count
            raise


class Echo_CancelledResults_Promise(_rt.PendingCall[Echo_CancelledResults]):
    """A call whose results are a Echo_CancelledResults."""

    __slots__ = ()
    _results = Echo_CancelledResults


if _rt.TYPE_CHECKING:

    class Echo_WriteParams_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_WriteParams, for construction; those left out keep their defaults."""

        data: _rt.Bytes


class Echo_WriteParams(_rt.StructReader):
    """Struct `write$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xE0185CC939F5B80A

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_WriteParams_Builder"

    @property
    def data(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_WriteParams_Fields]) -> Echo_WriteParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_WriteParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_WriteParams_Builder(Echo_WriteParams, _rt.StructBuilder):
    """Builder of Echo_WriteParams."""

    __slots__ = ()

    @property
    def data(self) -> memoryview:
        return self._data(0)

    @data.setter
    def data(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        data: _rt.Bytes | None = None,
    ) -> None:
        if data is not None:
            self._set_data(0, data)


if _rt.TYPE_CHECKING:

    class Echo_DoneParams_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_DoneParams, for construction; those left out keep their defaults."""


class Echo_DoneParams(_rt.StructReader):
    """Struct `done$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x9F3DDF96B6CA52E1

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_DoneParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_DoneParams_Fields]) -> Echo_DoneParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_DoneParams_Builder)
        return built


class Echo_DoneParams_Builder(Echo_DoneParams, _rt.StructBuilder):
    """Builder of Echo_DoneParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Echo_DoneResults_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_DoneResults, for construction; those left out keep their defaults."""

        bytes: int
        calls: int


class Echo_DoneResults(_rt.StructReader):
    """Struct `done$Results`."""

    __slots__ = ()
    _size = (2, 0)
    _id = 0xFA4F94401B17C1CB

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_DoneResults_Builder"

    @property
    def bytes(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def calls(self) -> int:
        o = self._o + 8
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_DoneResults_Fields]) -> Echo_DoneResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_DoneResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_DoneResults_Builder(Echo_DoneResults, _rt.StructBuilder):
    """Builder of Echo_DoneResults."""

    __slots__ = ()

    @property
    def bytes(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @bytes.setter
    def bytes(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "bytes")

    @property
    def calls(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 8)[0]

    @calls.setter
    def calls(self, value: int) -> None:
        _rt.put_u32(self, 8, value, "calls")

    def _fill(
        self,
        *,
        bytes: int = 0,
        calls: int = 0,
    ) -> None:
        try:
            _PACK_Echo_DoneResults(self._s, self._o, bytes, calls)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.bytes, self.calls = bytes, calls
            raise


class Echo_DoneResults_Promise(_rt.PendingCall[Echo_DoneResults]):
    """A call whose results are a Echo_DoneResults."""

    __slots__ = ()
    _results = Echo_DoneResults


if _rt.TYPE_CHECKING:

    class Echo_LaterParams_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_LaterParams, for construction; those left out keep their defaults."""

        cap: _rt.Client | _rt.Server | None
        waits: int


class Echo_LaterParams(_rt.StructReader):
    """Struct `later$Params`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xA912DE1821F465F4

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_LaterParams_Builder"

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._cap(0))

    @property
    def waits(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_LaterParams_Fields]) -> Echo_LaterParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_LaterParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_LaterParams_Builder(Echo_LaterParams, _rt.StructBuilder):
    """Builder of Echo_LaterParams."""

    __slots__ = ()

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._cap(0))

    @cap.setter
    def cap(self, value: _rt.Client | _rt.Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    @property
    def waits(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @waits.setter
    def waits(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "waits")

    def _fill(
        self,
        *,
        cap: _rt.Client | _rt.Server | None = None,
        waits: int = 0,
    ) -> None:
        try:
            _PACK_Echo_LaterParams(self._s, self._o, waits)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.waits = waits
            raise
        if cap is not None:
            self._set_cap(0, _rt.hook_of(cap))


class Echo_LaterParams_Capabilities(_rt.Pipeline):
    """What can be called before a Echo_LaterParams is there."""

    __slots__ = ()

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._pipeline(0))


class Echo_LaterParams_Pipeline(Echo_LaterParams_Capabilities):
    """A Echo_LaterParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Echo_LaterResults_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_LaterResults, for construction; those left out keep their defaults."""

        cap: _rt.Client | _rt.Server | None


class Echo_LaterResults(_rt.StructReader):
    """Struct `later$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xB350765D66046BEF

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_LaterResults_Builder"

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_LaterResults_Fields]) -> Echo_LaterResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_LaterResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_LaterResults_Builder(Echo_LaterResults, _rt.StructBuilder):
    """Builder of Echo_LaterResults."""

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


class Echo_LaterResults_Capabilities(_rt.Pipeline):
    """What can be called before a Echo_LaterResults is there."""

    __slots__ = ()

    @property
    def cap(self) -> _rt.Client:
        return _rt.Client(self._pipeline(0))


class Echo_LaterResults_Pipeline(Echo_LaterResults_Capabilities):
    """A Echo_LaterResults inside results that are still to come."""

    __slots__ = ()


class Echo_LaterResults_Promise(Echo_LaterResults_Capabilities, _rt.PendingCall[Echo_LaterResults]):
    """A call whose results are a Echo_LaterResults."""

    __slots__ = ()
    _results = Echo_LaterResults


if _rt.TYPE_CHECKING:

    class Echo_ListParams_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_ListParams, for construction; those left out keep their defaults."""

        caps: _rt.Iterable[Echo_Slot | Echo_Slot_Fields]


class Echo_ListParams(_rt.StructReader):
    """Struct `list$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xE1E3F4FCF18D1923

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_ListParams_Builder"

    @property
    def caps(self) -> _rt.ListReader[Echo_Slot]:
        return _LIST_Echo_Slot.read(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_ListParams_Fields]) -> Echo_ListParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_ListParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_ListParams_Builder(Echo_ListParams, _rt.StructBuilder):
    """Builder of Echo_ListParams."""

    __slots__ = ()

    @property
    def caps(self) -> _rt.ListBuilder[Echo_Slot_Builder]:
        return _LIST_Echo_Slot.builder(self, 0)

    @caps.setter
    def caps(self, value: _rt.Iterable[Echo_Slot | Echo_Slot_Fields]) -> None:
        _LIST_Echo_Slot.write(self, 0, value)

    def init_caps(self, count: int) -> _rt.ListBuilder[Echo_Slot_Builder]:
        return _LIST_Echo_Slot.init(self, 0, count)

    def _fill(
        self,
        *,
        caps: _rt.Iterable[Echo_Slot | Echo_Slot_Fields] | None = None,
    ) -> None:
        if caps is not None:
            _LIST_Echo_Slot.write(self, 0, caps)


if _rt.TYPE_CHECKING:

    class Echo_ListResults_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_ListResults, for construction; those left out keep their defaults."""

        caps: _rt.Iterable[Echo_Slot | Echo_Slot_Fields]


class Echo_ListResults(_rt.StructReader):
    """Struct `list$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xD3DC825E9FCE44C4

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_ListResults_Builder"

    @property
    def caps(self) -> _rt.ListReader[Echo_Slot]:
        return _LIST_Echo_Slot.read(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_ListResults_Fields]) -> Echo_ListResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_ListResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_ListResults_Builder(Echo_ListResults, _rt.StructBuilder):
    """Builder of Echo_ListResults."""

    __slots__ = ()

    @property
    def caps(self) -> _rt.ListBuilder[Echo_Slot_Builder]:
        return _LIST_Echo_Slot.builder(self, 0)

    @caps.setter
    def caps(self, value: _rt.Iterable[Echo_Slot | Echo_Slot_Fields]) -> None:
        _LIST_Echo_Slot.write(self, 0, value)

    def init_caps(self, count: int) -> _rt.ListBuilder[Echo_Slot_Builder]:
        return _LIST_Echo_Slot.init(self, 0, count)

    def _fill(
        self,
        *,
        caps: _rt.Iterable[Echo_Slot | Echo_Slot_Fields] | None = None,
    ) -> None:
        if caps is not None:
            _LIST_Echo_Slot.write(self, 0, caps)


class Echo_ListResults_Promise(_rt.PendingCall[Echo_ListResults]):
    """A call whose results are a Echo_ListResults."""

    __slots__ = ()
    _results = Echo_ListResults


if _rt.TYPE_CHECKING:

    class Echo_AnyParams_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_AnyParams, for construction; those left out keep their defaults."""

        value: _rt.AnyValue


class Echo_AnyParams(_rt.StructReader):
    """Struct `any$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xAD8ECF678853ADA8

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_AnyParams_Builder"

    @property
    def value(self) -> _rt.AnyPointerReader:
        return _rt.any_reader(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_AnyParams_Fields]) -> Echo_AnyParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_AnyParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_AnyParams_Builder(Echo_AnyParams, _rt.StructBuilder):
    """Builder of Echo_AnyParams."""

    __slots__ = ()

    @property
    def value(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 0)

    @value.setter
    def value(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 0).set(value)

    def _fill(
        self,
        *,
        value: _rt.AnyValue | None = None,
    ) -> None:
        if value is not None:
            _rt.any_builder(self, 0).set(value)


class Echo_AnyParams_Capabilities(_rt.Pipeline):
    """What can be called before a Echo_AnyParams is there."""

    __slots__ = ()

    @property
    def value(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)


class Echo_AnyParams_Pipeline(Echo_AnyParams_Capabilities):
    """A Echo_AnyParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Echo_AnyResults_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_AnyResults, for construction; those left out keep their defaults."""

        value: _rt.AnyValue


class Echo_AnyResults(_rt.StructReader):
    """Struct `any$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xEE070F8DF574C351

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_AnyResults_Builder"

    @property
    def value(self) -> _rt.AnyPointerReader:
        return _rt.any_reader(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_AnyResults_Fields]) -> Echo_AnyResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_AnyResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_AnyResults_Builder(Echo_AnyResults, _rt.StructBuilder):
    """Builder of Echo_AnyResults."""

    __slots__ = ()

    @property
    def value(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 0)

    @value.setter
    def value(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 0).set(value)

    def _fill(
        self,
        *,
        value: _rt.AnyValue | None = None,
    ) -> None:
        if value is not None:
            _rt.any_builder(self, 0).set(value)


class Echo_AnyResults_Capabilities(_rt.Pipeline):
    """What can be called before a Echo_AnyResults is there."""

    __slots__ = ()

    @property
    def value(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)


class Echo_AnyResults_Pipeline(Echo_AnyResults_Capabilities):
    """A Echo_AnyResults inside results that are still to come."""

    __slots__ = ()


class Echo_AnyResults_Promise(Echo_AnyResults_Capabilities, _rt.PendingCall[Echo_AnyResults]):
    """A call whose results are a Echo_AnyResults."""

    __slots__ = ()
    _results = Echo_AnyResults


if _rt.TYPE_CHECKING:

    class Echo_LogParams_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_LogParams, for construction; those left out keep their defaults."""

        n: int


class Echo_LogParams(_rt.StructReader):
    """Struct `log$Params`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xD3A5E5B852E5AA2A

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_LogParams_Builder"

    @property
    def n(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_LogParams_Fields]) -> Echo_LogParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_LogParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_LogParams_Builder(Echo_LogParams, _rt.StructBuilder):
    """Builder of Echo_LogParams."""

    __slots__ = ()

    @property
    def n(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @n.setter
    def n(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "n")

    def _fill(
        self,
        *,
        n: int = 0,
    ) -> None:
        try:
            _PACK_Echo_LogParams(self._s, self._o, n)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.n = n
            raise


if _rt.TYPE_CHECKING:

    class Echo_LogResults_Fields(_rt.TypedDict, total=False):
        """The fields of Echo_LogResults, for construction; those left out keep their defaults."""

        seen: _rt.Iterable[int]


class Echo_LogResults(_rt.StructReader):
    """Struct `log$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xFC080F3EB820AFF0

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Echo_LogResults_Builder"

    @property
    def seen(self) -> _rt.ListReader[int]:
        return _rt.UINT64_LIST.read(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Echo_LogResults_Fields]) -> Echo_LogResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Echo_LogResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Echo_LogResults_Builder(Echo_LogResults, _rt.StructBuilder):
    """Builder of Echo_LogResults."""

    __slots__ = ()

    @property
    def seen(self) -> _rt.ListBuilder[int]:
        return _rt.UINT64_LIST.builder(self, 0)

    @seen.setter
    def seen(self, value: _rt.Iterable[int]) -> None:
        _rt.UINT64_LIST.write(self, 0, value)

    def init_seen(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.UINT64_LIST.init(self, 0, count)

    def _fill(
        self,
        *,
        seen: _rt.Iterable[int] | None = None,
    ) -> None:
        if seen is not None:
            _rt.UINT64_LIST.write(self, 0, seen)


class Echo_LogResults_Promise(_rt.PendingCall[Echo_LogResults]):
    """A call whose results are a Echo_LogResults."""

    __slots__ = ()
    _results = Echo_LogResults


class Echo(_rt.Client):
    """Interface `Echo`."""

    __slots__ = ()
    _id = 0xDB08937B50389A99

    Slot: _rt.TypeAlias = Echo_Slot
    PingParams: _rt.TypeAlias = Echo_PingParams
    PingResults: _rt.TypeAlias = Echo_PingResults
    BlobParams: _rt.TypeAlias = Echo_BlobParams
    BlobResults: _rt.TypeAlias = Echo_BlobResults
    ChildParams: _rt.TypeAlias = Echo_ChildParams
    ChildResults: _rt.TypeAlias = Echo_ChildResults
    CallBackParams: _rt.TypeAlias = Echo_CallBackParams
    CallBackResults: _rt.TypeAlias = Echo_CallBackResults
    HoldParams: _rt.TypeAlias = Echo_HoldParams
    HoldResults: _rt.TypeAlias = Echo_HoldResults
    HeldParams: _rt.TypeAlias = Echo_HeldParams
    HeldResults: _rt.TypeAlias = Echo_HeldResults
    DropParams: _rt.TypeAlias = Echo_DropParams
    DropResults: _rt.TypeAlias = Echo_DropResults
    FailParams: _rt.TypeAlias = Echo_FailParams
    FailResults: _rt.TypeAlias = Echo_FailResults
    WaitParams: _rt.TypeAlias = Echo_WaitParams
    WaitResults: _rt.TypeAlias = Echo_WaitResults
    GiveParams: _rt.TypeAlias = Echo_GiveParams
    GiveResults: _rt.TypeAlias = Echo_GiveResults
    CancelledParams: _rt.TypeAlias = Echo_CancelledParams
    CancelledResults: _rt.TypeAlias = Echo_CancelledResults
    WriteParams: _rt.TypeAlias = Echo_WriteParams
    DoneParams: _rt.TypeAlias = Echo_DoneParams
    DoneResults: _rt.TypeAlias = Echo_DoneResults
    LaterParams: _rt.TypeAlias = Echo_LaterParams
    LaterResults: _rt.TypeAlias = Echo_LaterResults
    ListParams: _rt.TypeAlias = Echo_ListParams
    ListResults: _rt.TypeAlias = Echo_ListResults
    AnyParams: _rt.TypeAlias = Echo_AnyParams
    AnyResults: _rt.TypeAlias = Echo_AnyResults
    LogParams: _rt.TypeAlias = Echo_LogParams
    LogResults: _rt.TypeAlias = Echo_LogResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Echo_Server"

    def ping(
        self,
        *,
        n: int = 0,
    ) -> Echo_PingResults_Promise:
        _params = _rt.new_message(Echo_PingParams_Builder)
        _params._fill(n=n)
        return Echo_PingResults_Promise(self._send(0xDB08937B50389A99, 0, _params._m, _rt.NO_PIPELINING))

    def blob(
        self,
        *,
        data: _rt.Bytes | None = None,
    ) -> Echo_BlobResults_Promise:
        _params = _rt.new_message(Echo_BlobParams_Builder)
        _params._fill(data=data)
        return Echo_BlobResults_Promise(self._send(0xDB08937B50389A99, 1, _params._m, _rt.NO_PIPELINING))

    def child(
        self,
        *,
        name: str | None = None,
    ) -> Echo_ChildResults_Promise:
        _params = _rt.new_message(Echo_ChildParams_Builder)
        _params._fill(name=name)
        return Echo_ChildResults_Promise(self._send(0xDB08937B50389A99, 2, _params._m))

    def call_back(
        self,
        *,
        back: Echo | Echo_Server | None = None,
        n: int = 0,
    ) -> Echo_CallBackResults_Promise:
        """Answers with what `back.ping(n)` answers."""
        _params = _rt.new_message(Echo_CallBackParams_Builder)
        _params._fill(back=back, n=n)
        return Echo_CallBackResults_Promise(self._send(0xDB08937B50389A99, 3, _params._m, _rt.NO_PIPELINING))

    def hold(
        self,
        *,
        cap: _rt.Client | _rt.Server | None = None,
    ) -> Echo_HoldResults_Promise:
        _params = _rt.new_message(Echo_HoldParams_Builder)
        _params._fill(cap=cap)
        return Echo_HoldResults_Promise(self._send(0xDB08937B50389A99, 4, _params._m, _rt.NO_PIPELINING))

    def held(
        self,
    ) -> Echo_HeldResults_Promise:
        _params = _rt.new_message(Echo_HeldParams_Builder)
        return Echo_HeldResults_Promise(self._send(0xDB08937B50389A99, 5, _params._m))

    def drop(
        self,
    ) -> Echo_DropResults_Promise:
        _params = _rt.new_message(Echo_DropParams_Builder)
        return Echo_DropResults_Promise(self._send(0xDB08937B50389A99, 6, _params._m, _rt.NO_PIPELINING))

    def fail(
        self,
        *,
        why: str | None = None,
        kind: int = 0,
    ) -> Echo_FailResults_Promise:
        _params = _rt.new_message(Echo_FailParams_Builder)
        _params._fill(why=why, kind=kind)
        return Echo_FailResults_Promise(self._send(0xDB08937B50389A99, 7, _params._m, _rt.NO_PIPELINING))

    def wait(
        self,
    ) -> Echo_WaitResults_Promise:
        """Ends only when it is cancelled."""
        _params = _rt.new_message(Echo_WaitParams_Builder)
        return Echo_WaitResults_Promise(self._send(0xDB08937B50389A99, 8, _params._m, _rt.NO_PIPELINING))

    def give(
        self,
        *,
        cap: _rt.Client | _rt.Server | None = None,
    ) -> Echo_GiveResults_Promise:
        _params = _rt.new_message(Echo_GiveParams_Builder)
        _params._fill(cap=cap)
        return Echo_GiveResults_Promise(self._send(0xDB08937B50389A99, 9, _params._m))

    def cancelled(
        self,
    ) -> Echo_CancelledResults_Promise:
        _params = _rt.new_message(Echo_CancelledParams_Builder)
        return Echo_CancelledResults_Promise(
            self._send(0xDB08937B50389A99, 10, _params._m, _rt.NO_PIPELINING)
        )

    def write(
        self,
        *,
        data: _rt.Bytes | None = None,
    ) -> _rt.Awaitable[None]:
        _params = _rt.new_message(Echo_WriteParams_Builder)
        _params._fill(data=data)
        return self._stream(0xDB08937B50389A99, 11, _params._m)

    def done(
        self,
    ) -> Echo_DoneResults_Promise:
        _params = _rt.new_message(Echo_DoneParams_Builder)
        return Echo_DoneResults_Promise(self._send(0xDB08937B50389A99, 12, _params._m, _rt.NO_PIPELINING))

    def later(
        self,
        *,
        cap: _rt.Client | _rt.Server | None = None,
        waits: int = 0,
    ) -> Echo_LaterResults_Promise:
        """Answers with `cap` after so many turns."""
        _params = _rt.new_message(Echo_LaterParams_Builder)
        _params._fill(cap=cap, waits=waits)
        return Echo_LaterResults_Promise(self._send(0xDB08937B50389A99, 13, _params._m))

    def list(
        self,
        *,
        caps: _rt.Iterable[Echo_Slot | Echo_Slot_Fields] | None = None,
    ) -> Echo_ListResults_Promise:
        _params = _rt.new_message(Echo_ListParams_Builder)
        _params._fill(caps=caps)
        return Echo_ListResults_Promise(self._send(0xDB08937B50389A99, 14, _params._m, _rt.NO_PIPELINING))

    def any(
        self,
        *,
        value: _rt.AnyValue | None = None,
    ) -> Echo_AnyResults_Promise:
        _params = _rt.new_message(Echo_AnyParams_Builder)
        _params._fill(value=value)
        return Echo_AnyResults_Promise(self._send(0xDB08937B50389A99, 15, _params._m))

    def log(
        self,
        *,
        n: int = 0,
    ) -> Echo_LogResults_Promise:
        """Notes n, answers with all that was noted so far."""
        _params = _rt.new_message(Echo_LogParams_Builder)
        _params._fill(n=n)
        return Echo_LogResults_Promise(self._send(0xDB08937B50389A99, 16, _params._m, _rt.NO_PIPELINING))


async def _handle_Echo_ping(
    server: Echo_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Echo_PingParams)
    return _rt.outcome(Echo_PingResults_Builder, await server.ping(n=params.n, context=context))


async def _handle_Echo_blob(
    server: Echo_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Echo_BlobParams)
    return _rt.outcome(Echo_BlobResults_Builder, await server.blob(data=params.data, context=context))


async def _handle_Echo_child(
    server: Echo_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Echo_ChildParams)
    return _rt.outcome(Echo_ChildResults_Builder, await server.child(name=params.name, context=context))


async def _handle_Echo_call_back(
    server: Echo_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Echo_CallBackParams)
    return _rt.outcome(
        Echo_CallBackResults_Builder, await server.call_back(back=params.back, n=params.n, context=context)
    )


async def _handle_Echo_hold(
    server: Echo_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Echo_HoldParams)
    return _rt.outcome(Echo_HoldResults_Builder, await server.hold(cap=params.cap, context=context))


async def _handle_Echo_held(
    server: Echo_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Echo_HeldResults_Builder, await server.held(context=context))


async def _handle_Echo_drop(
    server: Echo_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Echo_DropResults_Builder, await server.drop(context=context))


async def _handle_Echo_fail(
    server: Echo_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Echo_FailParams)
    return _rt.outcome(
        Echo_FailResults_Builder, await server.fail(why=params.why, kind=params.kind, context=context)
    )


async def _handle_Echo_wait(
    server: Echo_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Echo_WaitResults_Builder, await server.wait(context=context))


async def _handle_Echo_give(
    server: Echo_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Echo_GiveParams)
    return _rt.outcome(Echo_GiveResults_Builder, await server.give(cap=params.cap, context=context))


async def _handle_Echo_cancelled(
    server: Echo_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Echo_CancelledResults_Builder, await server.cancelled(context=context))


async def _handle_Echo_write(
    server: Echo_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Echo_WriteParams)
    await server.write(data=params.data, context=context)
    return None


async def _handle_Echo_done(
    server: Echo_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Echo_DoneResults_Builder, await server.done(context=context))


async def _handle_Echo_later(
    server: Echo_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Echo_LaterParams)
    return _rt.outcome(
        Echo_LaterResults_Builder, await server.later(cap=params.cap, waits=params.waits, context=context)
    )


async def _handle_Echo_list(
    server: Echo_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Echo_ListParams)
    return _rt.outcome(Echo_ListResults_Builder, await server.list(caps=params.caps, context=context))


async def _handle_Echo_any(
    server: Echo_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Echo_AnyParams)
    return _rt.outcome(Echo_AnyResults_Builder, await server.any(value=params.value, context=context))


async def _handle_Echo_log(
    server: Echo_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Echo_LogParams)
    return _rt.outcome(Echo_LogResults_Builder, await server.log(n=params.n, context=context))


class Echo_Server(_rt.Server):
    """Derive from it to serve `Echo`."""

    __slots__ = ()
    _id = 0xDB08937B50389A99
    _client = Echo

    @_rt.abstractmethod
    async def ping(
        self,
        *,
        n: int,
        context: _rt.CallContext,
    ) -> Echo_PingResults | Echo_PingResults_Fields | Echo_PingResults_Promise | None: ...

    @_rt.abstractmethod
    async def blob(
        self,
        *,
        data: memoryview,
        context: _rt.CallContext,
    ) -> Echo_BlobResults | Echo_BlobResults_Fields | Echo_BlobResults_Promise | None: ...

    @_rt.abstractmethod
    async def child(
        self,
        *,
        name: str,
        context: _rt.CallContext,
    ) -> Echo_ChildResults | Echo_ChildResults_Fields | Echo_ChildResults_Promise | None: ...

    @_rt.abstractmethod
    async def call_back(
        self,
        *,
        back: Echo,
        n: int,
        context: _rt.CallContext,
    ) -> Echo_CallBackResults | Echo_CallBackResults_Fields | Echo_CallBackResults_Promise | None:
        """Answers with what `back.ping(n)` answers."""

    @_rt.abstractmethod
    async def hold(
        self,
        *,
        cap: _rt.Client,
        context: _rt.CallContext,
    ) -> Echo_HoldResults | Echo_HoldResults_Fields | Echo_HoldResults_Promise | None: ...

    @_rt.abstractmethod
    async def held(
        self,
        *,
        context: _rt.CallContext,
    ) -> Echo_HeldResults | Echo_HeldResults_Fields | Echo_HeldResults_Promise | None: ...

    @_rt.abstractmethod
    async def drop(
        self,
        *,
        context: _rt.CallContext,
    ) -> Echo_DropResults | Echo_DropResults_Fields | Echo_DropResults_Promise | None: ...

    @_rt.abstractmethod
    async def fail(
        self,
        *,
        why: str,
        kind: int,
        context: _rt.CallContext,
    ) -> Echo_FailResults | Echo_FailResults_Fields | Echo_FailResults_Promise | None: ...

    @_rt.abstractmethod
    async def wait(
        self,
        *,
        context: _rt.CallContext,
    ) -> Echo_WaitResults | Echo_WaitResults_Fields | Echo_WaitResults_Promise | None:
        """Ends only when it is cancelled."""

    @_rt.abstractmethod
    async def give(
        self,
        *,
        cap: _rt.Client,
        context: _rt.CallContext,
    ) -> Echo_GiveResults | Echo_GiveResults_Fields | Echo_GiveResults_Promise | None: ...

    @_rt.abstractmethod
    async def cancelled(
        self,
        *,
        context: _rt.CallContext,
    ) -> Echo_CancelledResults | Echo_CancelledResults_Fields | Echo_CancelledResults_Promise | None: ...

    @_rt.abstractmethod
    async def write(
        self,
        *,
        data: memoryview,
        context: _rt.CallContext,
    ) -> None: ...

    @_rt.abstractmethod
    async def done(
        self,
        *,
        context: _rt.CallContext,
    ) -> Echo_DoneResults | Echo_DoneResults_Fields | Echo_DoneResults_Promise | None: ...

    @_rt.abstractmethod
    async def later(
        self,
        *,
        cap: _rt.Client,
        waits: int,
        context: _rt.CallContext,
    ) -> Echo_LaterResults | Echo_LaterResults_Fields | Echo_LaterResults_Promise | None:
        """Answers with `cap` after so many turns."""

    @_rt.abstractmethod
    async def list(
        self,
        *,
        caps: _rt.ListReader[Echo_Slot],
        context: _rt.CallContext,
    ) -> Echo_ListResults | Echo_ListResults_Fields | Echo_ListResults_Promise | None: ...

    @_rt.abstractmethod
    async def any(
        self,
        *,
        value: _rt.AnyPointerReader,
        context: _rt.CallContext,
    ) -> Echo_AnyResults | Echo_AnyResults_Fields | Echo_AnyResults_Promise | None: ...

    @_rt.abstractmethod
    async def log(
        self,
        *,
        n: int,
        context: _rt.CallContext,
    ) -> Echo_LogResults | Echo_LogResults_Fields | Echo_LogResults_Promise | None:
        """Notes n, answers with all that was noted so far."""


if _rt.TYPE_CHECKING:

    class Counter_NextParams_Fields(_rt.TypedDict, total=False):
        """The fields of Counter_NextParams, for construction; those left out keep their defaults."""


class Counter_NextParams(_rt.StructReader):
    """Struct `next$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xC674C9595DDC8B31

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Counter_NextParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Counter_NextParams_Fields]) -> Counter_NextParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Counter_NextParams_Builder)
        return built


class Counter_NextParams_Builder(Counter_NextParams, _rt.StructBuilder):
    """Builder of Counter_NextParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Counter_NextResults_Fields(_rt.TypedDict, total=False):
        """The fields of Counter_NextResults, for construction; those left out keep their defaults."""

        n: int


class Counter_NextResults(_rt.StructReader):
    """Struct `next$Results`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xD92BDAFE57F041F2

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Counter_NextResults_Builder"

    @property
    def n(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Counter_NextResults_Fields]) -> Counter_NextResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Counter_NextResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Counter_NextResults_Builder(Counter_NextResults, _rt.StructBuilder):
    """Builder of Counter_NextResults."""

    __slots__ = ()

    @property
    def n(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @n.setter
    def n(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "n")

    def _fill(
        self,
        *,
        n: int = 0,
    ) -> None:
        try:
            _PACK_Counter_NextResults(self._s, self._o, n)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.n = n
            raise


class Counter_NextResults_Promise(_rt.PendingCall[Counter_NextResults]):
    """A call whose results are a Counter_NextResults."""

    __slots__ = ()
    _results = Counter_NextResults


class Counter(Echo):
    """Interface `Counter`."""

    __slots__ = ()
    _id = 0xE3427F0EA4DC6FB8

    NextParams: _rt.TypeAlias = Counter_NextParams
    NextResults: _rt.TypeAlias = Counter_NextResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Counter_Server"

    def next(
        self,
    ) -> Counter_NextResults_Promise:
        _params = _rt.new_message(Counter_NextParams_Builder)
        return Counter_NextResults_Promise(self._send(0xE3427F0EA4DC6FB8, 0, _params._m, _rt.NO_PIPELINING))


async def _handle_Counter_next(
    server: Counter_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Counter_NextResults_Builder, await server.next(context=context))


class Counter_Server(Echo_Server):
    """Derive from it to serve `Counter`."""

    __slots__ = ()
    _id = 0xE3427F0EA4DC6FB8
    _client = Counter

    @_rt.abstractmethod
    async def next(
        self,
        *,
        context: _rt.CallContext,
    ) -> Counter_NextResults | Counter_NextResults_Fields | Counter_NextResults_Promise | None: ...


if _rt.TYPE_CHECKING:

    class Chan_PutParams_Fields(_rt.TypedDict, total=False):
        """The fields of Chan_PutParams, for construction; those left out keep their defaults."""

        value: _rt.AnyValue


class Chan_PutParams(_rt.StructReader):
    """Struct `put$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xADFEF1AE17F10AAE

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Chan_PutParams_Builder"

    @property
    def value(self) -> _rt.AnyPointerReader:
        return _rt.any_reader(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Chan_PutParams_Fields]) -> Chan_PutParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Chan_PutParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Chan_PutParams_Builder(Chan_PutParams, _rt.StructBuilder):
    """Builder of Chan_PutParams."""

    __slots__ = ()

    @property
    def value(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 0)

    @value.setter
    def value(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 0).set(value)

    def _fill(
        self,
        *,
        value: _rt.AnyValue | None = None,
    ) -> None:
        if value is not None:
            _rt.any_builder(self, 0).set(value)


class Chan_PutParams_Capabilities(_rt.Pipeline):
    """What can be called before a Chan_PutParams is there."""

    __slots__ = ()

    @property
    def value(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)


class Chan_PutParams_Pipeline(Chan_PutParams_Capabilities):
    """A Chan_PutParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Chan_PutResults_Fields(_rt.TypedDict, total=False):
        """The fields of Chan_PutResults, for construction; those left out keep their defaults."""


class Chan_PutResults(_rt.StructReader):
    """Struct `put$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xE8D7CB39B4FD9F24

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Chan_PutResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Chan_PutResults_Fields]) -> Chan_PutResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Chan_PutResults_Builder)
        return built


class Chan_PutResults_Builder(Chan_PutResults, _rt.StructBuilder):
    """Builder of Chan_PutResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Chan_PutResults_Promise(_rt.PendingCall[Chan_PutResults]):
    """A call whose results are a Chan_PutResults."""

    __slots__ = ()
    _results = Chan_PutResults


if _rt.TYPE_CHECKING:

    class Chan_TakeParams_Fields(_rt.TypedDict, total=False):
        """The fields of Chan_TakeParams, for construction; those left out keep their defaults."""


class Chan_TakeParams(_rt.StructReader):
    """Struct `take$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xC44A503545EAEDDA

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Chan_TakeParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Chan_TakeParams_Fields]) -> Chan_TakeParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Chan_TakeParams_Builder)
        return built


class Chan_TakeParams_Builder(Chan_TakeParams, _rt.StructBuilder):
    """Builder of Chan_TakeParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Chan_TakeResults_Fields(_rt.TypedDict, total=False):
        """The fields of Chan_TakeResults, for construction; those left out keep their defaults."""

        value: _rt.AnyValue


class Chan_TakeResults(_rt.StructReader):
    """Struct `take$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xA60289A742DA4880

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Chan_TakeResults_Builder"

    @property
    def value(self) -> _rt.AnyPointerReader:
        return _rt.any_reader(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Chan_TakeResults_Fields]) -> Chan_TakeResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Chan_TakeResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Chan_TakeResults_Builder(Chan_TakeResults, _rt.StructBuilder):
    """Builder of Chan_TakeResults."""

    __slots__ = ()

    @property
    def value(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 0)

    @value.setter
    def value(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 0).set(value)

    def _fill(
        self,
        *,
        value: _rt.AnyValue | None = None,
    ) -> None:
        if value is not None:
            _rt.any_builder(self, 0).set(value)


class Chan_TakeResults_Capabilities(_rt.Pipeline):
    """What can be called before a Chan_TakeResults is there."""

    __slots__ = ()

    @property
    def value(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)


class Chan_TakeResults_Pipeline(Chan_TakeResults_Capabilities):
    """A Chan_TakeResults inside results that are still to come."""

    __slots__ = ()


class Chan_TakeResults_Promise(Chan_TakeResults_Capabilities, _rt.PendingCall[Chan_TakeResults]):
    """A call whose results are a Chan_TakeResults."""

    __slots__ = ()
    _results = Chan_TakeResults


class Chan(_rt.Client):
    """Interface `Chan`."""

    __slots__ = ()
    _id = 0xA29D3F9655BDAABB

    PutParams: _rt.TypeAlias = Chan_PutParams
    PutResults: _rt.TypeAlias = Chan_PutResults
    TakeParams: _rt.TypeAlias = Chan_TakeParams
    TakeResults: _rt.TypeAlias = Chan_TakeResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Chan_Server"

    def put(
        self,
        *,
        value: _rt.AnyValue | None = None,
    ) -> Chan_PutResults_Promise:
        _params = _rt.new_message(Chan_PutParams_Builder)
        _params._fill(value=value)
        return Chan_PutResults_Promise(self._send(0xA29D3F9655BDAABB, 0, _params._m, _rt.NO_PIPELINING))

    def take(
        self,
    ) -> Chan_TakeResults_Promise:
        _params = _rt.new_message(Chan_TakeParams_Builder)
        return Chan_TakeResults_Promise(self._send(0xA29D3F9655BDAABB, 1, _params._m))


async def _handle_Chan_put(
    server: Chan_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Chan_PutParams)
    return _rt.outcome(Chan_PutResults_Builder, await server.put(value=params.value, context=context))


async def _handle_Chan_take(
    server: Chan_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Chan_TakeResults_Builder, await server.take(context=context))


class Chan_Server(_rt.Server):
    """Derive from it to serve `Chan`."""

    __slots__ = ()
    _id = 0xA29D3F9655BDAABB
    _client = Chan

    @_rt.abstractmethod
    async def put(
        self,
        *,
        value: _rt.AnyPointerReader,
        context: _rt.CallContext,
    ) -> Chan_PutResults | Chan_PutResults_Fields | Chan_PutResults_Promise | None: ...

    @_rt.abstractmethod
    async def take(
        self,
        *,
        context: _rt.CallContext,
    ) -> Chan_TakeResults | Chan_TakeResults_Fields | Chan_TakeResults_Promise | None: ...


_PACK_Echo_PingParams = _rt.Struct("<Q").pack_into
_PACK_Echo_PingResults = _rt.Struct("<Q").pack_into
_PACK_Echo_CallBackParams = _rt.Struct("<Q").pack_into
_PACK_Echo_CallBackResults = _rt.Struct("<Q").pack_into
_PACK_Echo_FailParams = _rt.Struct("<H").pack_into
_PACK_Echo_CancelledResults = _rt.Struct("<I").pack_into
_PACK_Echo_DoneResults = _rt.Struct("<QI").pack_into
_PACK_Echo_LaterParams = _rt.Struct("<I").pack_into
_PACK_Echo_LogParams = _rt.Struct("<Q").pack_into
_PACK_Counter_NextResults = _rt.Struct("<Q").pack_into
Echo.METHODS = {
    (0xDB08937B50389A99, 0): _rt.MethodInfo(
        0xDB08937B50389A99, 0, "Echo", "ping", False, Echo_PingParams, Echo_PingResults
    ),
    (0xDB08937B50389A99, 1): _rt.MethodInfo(
        0xDB08937B50389A99, 1, "Echo", "blob", False, Echo_BlobParams, Echo_BlobResults
    ),
    (0xDB08937B50389A99, 2): _rt.MethodInfo(
        0xDB08937B50389A99, 2, "Echo", "child", False, Echo_ChildParams, Echo_ChildResults
    ),
    (0xDB08937B50389A99, 3): _rt.MethodInfo(
        0xDB08937B50389A99, 3, "Echo", "callBack", False, Echo_CallBackParams, Echo_CallBackResults
    ),
    (0xDB08937B50389A99, 4): _rt.MethodInfo(
        0xDB08937B50389A99, 4, "Echo", "hold", False, Echo_HoldParams, Echo_HoldResults
    ),
    (0xDB08937B50389A99, 5): _rt.MethodInfo(
        0xDB08937B50389A99, 5, "Echo", "held", False, Echo_HeldParams, Echo_HeldResults
    ),
    (0xDB08937B50389A99, 6): _rt.MethodInfo(
        0xDB08937B50389A99, 6, "Echo", "drop", False, Echo_DropParams, Echo_DropResults
    ),
    (0xDB08937B50389A99, 7): _rt.MethodInfo(
        0xDB08937B50389A99, 7, "Echo", "fail", False, Echo_FailParams, Echo_FailResults
    ),
    (0xDB08937B50389A99, 8): _rt.MethodInfo(
        0xDB08937B50389A99, 8, "Echo", "wait", False, Echo_WaitParams, Echo_WaitResults
    ),
    (0xDB08937B50389A99, 9): _rt.MethodInfo(
        0xDB08937B50389A99, 9, "Echo", "give", False, Echo_GiveParams, Echo_GiveResults
    ),
    (0xDB08937B50389A99, 10): _rt.MethodInfo(
        0xDB08937B50389A99, 10, "Echo", "cancelled", False, Echo_CancelledParams, Echo_CancelledResults
    ),
    (0xDB08937B50389A99, 11): _rt.MethodInfo(
        0xDB08937B50389A99, 11, "Echo", "write", True, Echo_WriteParams, _rt.StructReader
    ),
    (0xDB08937B50389A99, 12): _rt.MethodInfo(
        0xDB08937B50389A99, 12, "Echo", "done", False, Echo_DoneParams, Echo_DoneResults
    ),
    (0xDB08937B50389A99, 13): _rt.MethodInfo(
        0xDB08937B50389A99, 13, "Echo", "later", False, Echo_LaterParams, Echo_LaterResults
    ),
    (0xDB08937B50389A99, 14): _rt.MethodInfo(
        0xDB08937B50389A99, 14, "Echo", "list", False, Echo_ListParams, Echo_ListResults
    ),
    (0xDB08937B50389A99, 15): _rt.MethodInfo(
        0xDB08937B50389A99, 15, "Echo", "any", False, Echo_AnyParams, Echo_AnyResults
    ),
    (0xDB08937B50389A99, 16): _rt.MethodInfo(
        0xDB08937B50389A99, 16, "Echo", "log", False, Echo_LogParams, Echo_LogResults
    ),
}
Echo_Server.METHODS = {
    (0xDB08937B50389A99, 0): ("Echo.ping", _handle_Echo_ping),
    (0xDB08937B50389A99, 1): ("Echo.blob", _handle_Echo_blob),
    (0xDB08937B50389A99, 2): ("Echo.child", _handle_Echo_child),
    (0xDB08937B50389A99, 3): ("Echo.callBack", _handle_Echo_call_back),
    (0xDB08937B50389A99, 4): ("Echo.hold", _handle_Echo_hold),
    (0xDB08937B50389A99, 5): ("Echo.held", _handle_Echo_held),
    (0xDB08937B50389A99, 6): ("Echo.drop", _handle_Echo_drop),
    (0xDB08937B50389A99, 7): ("Echo.fail", _handle_Echo_fail),
    (0xDB08937B50389A99, 8): ("Echo.wait", _handle_Echo_wait),
    (0xDB08937B50389A99, 9): ("Echo.give", _handle_Echo_give),
    (0xDB08937B50389A99, 10): ("Echo.cancelled", _handle_Echo_cancelled),
    (0xDB08937B50389A99, 11): ("Echo.write", _handle_Echo_write),
    (0xDB08937B50389A99, 12): ("Echo.done", _handle_Echo_done),
    (0xDB08937B50389A99, 13): ("Echo.later", _handle_Echo_later),
    (0xDB08937B50389A99, 14): ("Echo.list", _handle_Echo_list),
    (0xDB08937B50389A99, 15): ("Echo.any", _handle_Echo_any),
    (0xDB08937B50389A99, 16): ("Echo.log", _handle_Echo_log),
}
Counter.METHODS = {
    **Echo.METHODS,
    (0xE3427F0EA4DC6FB8, 0): _rt.MethodInfo(
        0xE3427F0EA4DC6FB8, 0, "Counter", "next", False, Counter_NextParams, Counter_NextResults
    ),
}
Counter_Server.METHODS = {
    **Echo_Server.METHODS,
    (0xE3427F0EA4DC6FB8, 0): ("Counter.next", _handle_Counter_next),
}
Chan.METHODS = {
    (0xA29D3F9655BDAABB, 0): _rt.MethodInfo(
        0xA29D3F9655BDAABB, 0, "Chan", "put", False, Chan_PutParams, Chan_PutResults
    ),
    (0xA29D3F9655BDAABB, 1): _rt.MethodInfo(
        0xA29D3F9655BDAABB, 1, "Chan", "take", False, Chan_TakeParams, Chan_TakeResults
    ),
}
Chan_Server.METHODS = {
    (0xA29D3F9655BDAABB, 0): ("Chan.put", _handle_Chan_put),
    (0xA29D3F9655BDAABB, 1): ("Chan.take", _handle_Chan_take),
}
_LIST_Echo_Slot = _rt.StructListType(Echo_Slot, Echo_Slot_Builder)
