"""Generated from everything.capnp by `python -m wetware.capnp.generate`; do not edit.

Every type of the language, in every position: what the tests read and write.
"""

# ruff: noqa

from __future__ import annotations

from wetware.capnp import runtime as _rt
import common_capnp


class Person_PhoneNumber_Type(_rt.CapnpEnum):
    """Enum `Type`."""

    MOBILE = 0
    HOME_OFFICE = 1
    WORK = 2


if _rt.TYPE_CHECKING:

    class Scalars_Fields(_rt.TypedDict, total=False):
        """The fields of Scalars, for construction; those left out keep their defaults."""

        bool: _rt.builtins.bool
        int8: int
        int16: int
        int32: int
        int64: int
        uint8: int
        uint16: int
        uint32: int
        uint64: int
        float32: float
        float64: float
        color: common_capnp.Color
        bool2: _rt.builtins.bool
        bool3: _rt.builtins.bool


class Scalars(_rt.StructReader):
    """One field of each scalar type."""

    __slots__ = ()
    _size = (6, 0)
    _id = 0xE9FDE9EF06A1E1BC

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Scalars_Builder"

    @property
    def void(self) -> None:
        return None

    @property
    def bool(self) -> _rt.builtins.bool:
        o = self._o
        return o < self._p and self._s[o] & 1 != 0

    @property
    def int8(self) -> int:
        o = self._o + 1
        return _rt.unpack_i8(self._s, o)[0] if o + 1 <= self._p else 0

    @property
    def int16(self) -> int:
        o = self._o + 2
        return _rt.unpack_i16(self._s, o)[0] if o + 2 <= self._p else 0

    @property
    def int32(self) -> int:
        o = self._o + 4
        return _rt.unpack_i32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def int64(self) -> int:
        o = self._o + 8
        return _rt.unpack_i64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def uint8(self) -> int:
        o = self._o + 16
        return self._s[o] if o + 1 <= self._p else 0

    @property
    def uint16(self) -> int:
        o = self._o + 18
        return _rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0

    @property
    def uint32(self) -> int:
        o = self._o + 20
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def uint64(self) -> int:
        o = self._o + 24
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def float32(self) -> float:
        o = self._o + 32
        return _rt.unpack_f32(self._s, o)[0] if o + 4 <= self._p else 0.0

    @property
    def float64(self) -> float:
        o = self._o + 40
        return _rt.unpack_f64(self._s, o)[0] if o + 8 <= self._p else 0.0

    @property
    def color(self) -> common_capnp.Color:
        o = self._o + 36
        return common_capnp.Color.of(_rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0)

    @property
    def bool2(self) -> _rt.builtins.bool:
        o = self._o
        return o < self._p and self._s[o] & 2 != 0

    @property
    def bool3(self) -> _rt.builtins.bool:
        o = self._o
        return o < self._p and self._s[o] & 4 != 0

    @staticmethod
    def new(**fields: _rt.Unpack[Scalars_Fields]) -> Scalars_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Scalars_Builder)
        if fields:
            built._fill(**fields)
        return built


class Scalars_Builder(Scalars, _rt.StructBuilder):
    """Builder of Scalars."""

    __slots__ = ()

    @property
    def void(self) -> None:
        return None

    @property
    def bool(self) -> _rt.builtins.bool:
        return self._s[self._o] & 1 != 0

    @bool.setter
    def bool(self, value: _rt.builtins.bool) -> None:
        _rt.put_bool(self, 0, 1, value)

    @property
    def int8(self) -> int:
        return _rt.unpack_i8(self._s, self._o + 1)[0]

    @int8.setter
    def int8(self, value: int) -> None:
        _rt.put_i8(self, 1, value, "int8")

    @property
    def int16(self) -> int:
        return _rt.unpack_i16(self._s, self._o + 2)[0]

    @int16.setter
    def int16(self, value: int) -> None:
        _rt.put_i16(self, 2, value, "int16")

    @property
    def int32(self) -> int:
        return _rt.unpack_i32(self._s, self._o + 4)[0]

    @int32.setter
    def int32(self, value: int) -> None:
        _rt.put_i32(self, 4, value, "int32")

    @property
    def int64(self) -> int:
        return _rt.unpack_i64(self._s, self._o + 8)[0]

    @int64.setter
    def int64(self, value: int) -> None:
        _rt.put_i64(self, 8, value, "int64")

    @property
    def uint8(self) -> int:
        return self._s[self._o + 16]

    @uint8.setter
    def uint8(self, value: int) -> None:
        _rt.put_u8(self, 16, value, "uint8")

    @property
    def uint16(self) -> int:
        return _rt.unpack_u16(self._s, self._o + 18)[0]

    @uint16.setter
    def uint16(self, value: int) -> None:
        _rt.put_u16(self, 18, value, "uint16")

    @property
    def uint32(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 20)[0]

    @uint32.setter
    def uint32(self, value: int) -> None:
        _rt.put_u32(self, 20, value, "uint32")

    @property
    def uint64(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 24)[0]

    @uint64.setter
    def uint64(self, value: int) -> None:
        _rt.put_u64(self, 24, value, "uint64")

    @property
    def float32(self) -> float:
        return _rt.unpack_f32(self._s, self._o + 32)[0]

    @float32.setter
    def float32(self, value: float) -> None:
        _rt.put_f32(self, 32, value, "float32")

    @property
    def float64(self) -> float:
        return _rt.unpack_f64(self._s, self._o + 40)[0]

    @float64.setter
    def float64(self, value: float) -> None:
        _rt.put_f64(self, 40, value, "float64")

    @property
    def color(self) -> common_capnp.Color:
        return common_capnp.Color.of(_rt.unpack_u16(self._s, self._o + 36)[0])

    @color.setter
    def color(self, value: common_capnp.Color) -> None:
        _rt.put_u16(self, 36, _rt.enum_number(common_capnp.Color, value), "color")

    @property
    def bool2(self) -> _rt.builtins.bool:
        return self._s[self._o] & 2 != 0

    @bool2.setter
    def bool2(self, value: _rt.builtins.bool) -> None:
        _rt.put_bool(self, 0, 2, value)

    @property
    def bool3(self) -> _rt.builtins.bool:
        return self._s[self._o] & 4 != 0

    @bool3.setter
    def bool3(self, value: _rt.builtins.bool) -> None:
        _rt.put_bool(self, 0, 4, value)

    def _fill(
        self,
        *,
        bool: _rt.builtins.bool = False,
        int8: int = 0,
        int16: int = 0,
        int32: int = 0,
        int64: int = 0,
        uint8: int = 0,
        uint16: int = 0,
        uint32: int = 0,
        uint64: int = 0,
        float32: float = 0.0,
        float64: float = 0.0,
        color: common_capnp.Color = common_capnp.Color.of(0),
        bool2: _rt.builtins.bool = False,
        bool3: _rt.builtins.bool = False,
    ) -> None:
        try:
            _PACK_Scalars(
                self._s,
                self._o,
                (1 if bool else 0) | (2 if bool2 else 0) | (4 if bool3 else 0),
                int8,
                int16,
                int32,
                int64,
                uint8,
                uint16,
                uint32,
                uint64,
                float32,
                color,
                float64,
            )
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            (
                self.bool,
                self.bool2,
                self.bool3,
                self.int8,
                self.int16,
                self.int32,
                self.int64,
                self.uint8,
                self.uint16,
                self.uint32,
                self.uint64,
                self.float32,
                self.color,
                self.float64,
            ) = (
                bool,
                bool2,
                bool3,
                int8,
                int16,
                int32,
                int64,
                uint8,
                uint16,
                uint32,
                uint64,
                float32,
                color,
                float64,
            )
            raise


class Scalars_Promise(_rt.PendingCall[Scalars]):
    """A call whose results are a Scalars."""

    __slots__ = ()
    _results = Scalars


if _rt.TYPE_CHECKING:

    class Defaults_Fields(_rt.TypedDict, total=False):
        """The fields of Defaults, for construction; those left out keep their defaults."""

        bool: _rt.builtins.bool
        int8: int
        int16: int
        int32: int
        int64: int
        uint8: int
        uint16: int
        uint32: int
        uint64: int
        float32: float
        float64: float
        color: common_capnp.Color
        text: str
        data: _rt.Bytes
        point: common_capnp.Point | common_capnp.Point_Fields
        ints: _rt.Iterable[int]
        texts: _rt.Iterable[str]
        points: _rt.Iterable[common_capnp.Point | common_capnp.Point_Fields]
        bools: _rt.Iterable[_rt.builtins.bool]
        nested: _rt.Iterable[_rt.Iterable[int]]


class Defaults(_rt.StructReader):
    """Struct `Defaults`."""

    __slots__ = ()
    _size = (6, 8)
    _id = 0xF1B080A5991D04CC

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Defaults_Builder"

    @property
    def bool(self) -> _rt.builtins.bool:
        o = self._o
        return o >= self._p or self._s[o] & 1 == 0

    @property
    def int8(self) -> int:
        o = self._o + 1
        return _rt.unpack_i8(self._s, o)[0] ^ -5 if o + 1 <= self._p else -5

    @property
    def int16(self) -> int:
        o = self._o + 2
        return _rt.unpack_i16(self._s, o)[0] ^ -500 if o + 2 <= self._p else -500

    @property
    def int32(self) -> int:
        o = self._o + 4
        return _rt.unpack_i32(self._s, o)[0] ^ 100000 if o + 4 <= self._p else 100000

    @property
    def int64(self) -> int:
        o = self._o + 8
        return _rt.unpack_i64(self._s, o)[0] ^ -9000000000 if o + 8 <= self._p else -9000000000

    @property
    def uint8(self) -> int:
        o = self._o + 16
        return self._s[o] ^ 200 if o + 1 <= self._p else 200

    @property
    def uint16(self) -> int:
        o = self._o + 18
        return _rt.unpack_u16(self._s, o)[0] ^ 60000 if o + 2 <= self._p else 60000

    @property
    def uint32(self) -> int:
        o = self._o + 20
        return _rt.unpack_u32(self._s, o)[0] ^ 4000000000 if o + 4 <= self._p else 4000000000

    @property
    def uint64(self) -> int:
        o = self._o + 24
        return (
            _rt.unpack_u64(self._s, o)[0] ^ 18000000000000000000 if o + 8 <= self._p else 18000000000000000000
        )

    @property
    def float32(self) -> float:
        o = self._o + 32
        return _rt.unmask_f32(self._s, o, 0x3FC00000) if o + 4 <= self._p else 1.5

    @property
    def float64(self) -> float:
        o = self._o + 40
        return _rt.unmask_f64(self._s, o, 0xFFF0000000000000) if o + 8 <= self._p else float("-inf")

    @property
    def color(self) -> common_capnp.Color:
        o = self._o + 36
        return common_capnp.Color.of(_rt.unpack_u16(self._s, o)[0] ^ 1 if o + 2 <= self._p else 1)

    @property
    def text(self) -> str:
        return self._text(0, "dflt")

    @property
    def data(self) -> memoryview:
        return self._data(8, b"bin")

    @property
    def point(self) -> common_capnp.Point:
        return self._struct(common_capnp.Point, 16, _DEFAULT_Defaults_point)

    @property
    def has_point(self) -> _rt.builtins.bool:
        return self._has(16)

    @property
    def ints(self) -> _rt.ListReader[int]:
        return _rt.INT32_LIST.read(self, 24, _DEFAULT_Defaults_ints)

    @property
    def texts(self) -> _rt.ListReader[str]:
        return _rt.TEXT_LIST.read(self, 32, _DEFAULT_Defaults_texts)

    @property
    def points(self) -> _rt.ListReader[common_capnp.Point]:
        return _LIST_common_capnp_Point.read(self, 40, _DEFAULT_Defaults_points)

    @property
    def bools(self) -> _rt.ListReader[_rt.builtins.bool]:
        return _rt.BOOL_LIST.read(self, 48, _DEFAULT_Defaults_bools)

    @property
    def nested(self) -> _rt.ListReader[_rt.ListReader[int]]:
        return _LIST_UINT8_LIST.read(self, 56, _DEFAULT_Defaults_nested)

    @staticmethod
    def new(**fields: _rt.Unpack[Defaults_Fields]) -> Defaults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Defaults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Defaults_Builder(Defaults, _rt.StructBuilder):
    """Builder of Defaults."""

    __slots__ = ()

    @property
    def bool(self) -> _rt.builtins.bool:
        return self._s[self._o] & 1 == 0

    @bool.setter
    def bool(self, value: _rt.builtins.bool) -> None:
        _rt.put_bool(self, 0, 1, not value)

    @property
    def int8(self) -> int:
        return _rt.unpack_i8(self._s, self._o + 1)[0] ^ -5

    @int8.setter
    def int8(self, value: int) -> None:
        _rt.put_i8(self, 1, value, "int8", -5)

    @property
    def int16(self) -> int:
        return _rt.unpack_i16(self._s, self._o + 2)[0] ^ -500

    @int16.setter
    def int16(self, value: int) -> None:
        _rt.put_i16(self, 2, value, "int16", -500)

    @property
    def int32(self) -> int:
        return _rt.unpack_i32(self._s, self._o + 4)[0] ^ 100000

    @int32.setter
    def int32(self, value: int) -> None:
        _rt.put_i32(self, 4, value, "int32", 100000)

    @property
    def int64(self) -> int:
        return _rt.unpack_i64(self._s, self._o + 8)[0] ^ -9000000000

    @int64.setter
    def int64(self, value: int) -> None:
        _rt.put_i64(self, 8, value, "int64", -9000000000)

    @property
    def uint8(self) -> int:
        return self._s[self._o + 16] ^ 200

    @uint8.setter
    def uint8(self, value: int) -> None:
        _rt.put_u8(self, 16, value, "uint8", 200)

    @property
    def uint16(self) -> int:
        return _rt.unpack_u16(self._s, self._o + 18)[0] ^ 60000

    @uint16.setter
    def uint16(self, value: int) -> None:
        _rt.put_u16(self, 18, value, "uint16", 60000)

    @property
    def uint32(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 20)[0] ^ 4000000000

    @uint32.setter
    def uint32(self, value: int) -> None:
        _rt.put_u32(self, 20, value, "uint32", 4000000000)

    @property
    def uint64(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 24)[0] ^ 18000000000000000000

    @uint64.setter
    def uint64(self, value: int) -> None:
        _rt.put_u64(self, 24, value, "uint64", 18000000000000000000)

    @property
    def float32(self) -> float:
        return _rt.unmask_f32(self._s, self._o + 32, 0x3FC00000)

    @float32.setter
    def float32(self, value: float) -> None:
        _rt.put_masked_f32(self, 32, value, 0x3FC00000, "float32")

    @property
    def float64(self) -> float:
        return _rt.unmask_f64(self._s, self._o + 40, 0xFFF0000000000000)

    @float64.setter
    def float64(self, value: float) -> None:
        _rt.put_masked_f64(self, 40, value, 0xFFF0000000000000, "float64")

    @property
    def color(self) -> common_capnp.Color:
        return common_capnp.Color.of(_rt.unpack_u16(self._s, self._o + 36)[0] ^ 1)

    @color.setter
    def color(self, value: common_capnp.Color) -> None:
        _rt.put_u16(self, 36, _rt.enum_number(common_capnp.Color, value) ^ 1, "color")

    @property
    def text(self) -> str:
        return self._text(0, "dflt")

    @text.setter
    def text(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def data(self) -> memoryview:
        return self._data(8, b"bin")

    @data.setter
    def data(self, value: _rt.Bytes) -> None:
        self._set_data(8, value)

    @property
    def point(self) -> common_capnp.Point_Builder:
        return self._struct_builder(common_capnp.Point_Builder, 16, _DEFAULT_Defaults_point)

    @point.setter
    def point(self, value: common_capnp.Point | common_capnp.Point_Fields) -> None:
        self._put_struct(common_capnp.Point_Builder, 16, value)

    def init_point(self) -> common_capnp.Point_Builder:
        return self._init_struct(common_capnp.Point_Builder, 16)

    @property
    def ints(self) -> _rt.ListBuilder[int]:
        return _rt.INT32_LIST.builder(self, 24, _DEFAULT_Defaults_ints)

    @ints.setter
    def ints(self, value: _rt.Iterable[int]) -> None:
        _rt.INT32_LIST.write(self, 24, value)

    def init_ints(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.INT32_LIST.init(self, 24, count)

    @property
    def texts(self) -> _rt.ListBuilder[str]:
        return _rt.TEXT_LIST.builder(self, 32, _DEFAULT_Defaults_texts)

    @texts.setter
    def texts(self, value: _rt.Iterable[str]) -> None:
        _rt.TEXT_LIST.write(self, 32, value)

    def init_texts(self, count: int) -> _rt.ListBuilder[str]:
        return _rt.TEXT_LIST.init(self, 32, count)

    @property
    def points(self) -> _rt.ListBuilder[common_capnp.Point_Builder]:
        return _LIST_common_capnp_Point.builder(self, 40, _DEFAULT_Defaults_points)

    @points.setter
    def points(self, value: _rt.Iterable[common_capnp.Point | common_capnp.Point_Fields]) -> None:
        _LIST_common_capnp_Point.write(self, 40, value)

    def init_points(self, count: int) -> _rt.ListBuilder[common_capnp.Point_Builder]:
        return _LIST_common_capnp_Point.init(self, 40, count)

    @property
    def bools(self) -> _rt.ListBuilder[_rt.builtins.bool]:
        return _rt.BOOL_LIST.builder(self, 48, _DEFAULT_Defaults_bools)

    @bools.setter
    def bools(self, value: _rt.Iterable[_rt.builtins.bool]) -> None:
        _rt.BOOL_LIST.write(self, 48, value)

    def init_bools(self, count: int) -> _rt.ListBuilder[_rt.builtins.bool]:
        return _rt.BOOL_LIST.init(self, 48, count)

    @property
    def nested(self) -> _rt.ListBuilder[_rt.ListReader[int]]:
        return _LIST_UINT8_LIST.builder(self, 56, _DEFAULT_Defaults_nested)

    @nested.setter
    def nested(self, value: _rt.Iterable[_rt.Iterable[int]]) -> None:
        _LIST_UINT8_LIST.write(self, 56, value)

    def init_nested(self, count: int) -> _rt.ListBuilder[_rt.ListReader[int]]:
        return _LIST_UINT8_LIST.init(self, 56, count)

    def _fill(
        self,
        *,
        bool: _rt.builtins.bool = True,
        int8: int = -5,
        int16: int = -500,
        int32: int = 100000,
        int64: int = -9000000000,
        uint8: int = 200,
        uint16: int = 60000,
        uint32: int = 4000000000,
        uint64: int = 18000000000000000000,
        float32: float = 1.5,
        float64: float = float("-inf"),
        color: common_capnp.Color = common_capnp.Color.of(1),
        text: str | None = None,
        data: _rt.Bytes | None = None,
        point: common_capnp.Point | common_capnp.Point_Fields | None = None,
        ints: _rt.Iterable[int] | None = None,
        texts: _rt.Iterable[str] | None = None,
        points: _rt.Iterable[common_capnp.Point | common_capnp.Point_Fields] | None = None,
        bools: _rt.Iterable[_rt.builtins.bool] | None = None,
        nested: _rt.Iterable[_rt.Iterable[int]] | None = None,
    ) -> None:
        try:
            _PACK_Defaults(
                self._s,
                self._o,
                (0 if bool else 1),
                int8 ^ -5,
                int16 ^ -500,
                int32 ^ 100000,
                int64 ^ -9000000000,
                uint8 ^ 200,
                uint16 ^ 60000,
                uint32 ^ 4000000000,
                uint64 ^ 18000000000000000000,
                _rt.mask_f32(float32, 0x3FC00000),
                color ^ 1,
                _rt.mask_f64(float64, 0xFFF0000000000000),
            )
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            (
                self.bool,
                self.int8,
                self.int16,
                self.int32,
                self.int64,
                self.uint8,
                self.uint16,
                self.uint32,
                self.uint64,
                self.float32,
                self.color,
                self.float64,
            ) = bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float32, color, float64
            raise
        if text is not None:
            self._new_text(0, text)
        if data is not None:
            self._set_data(8, data)
        if point is not None:
            self._put_struct(common_capnp.Point_Builder, 16, point)
        if ints is not None:
            _rt.INT32_LIST.write(self, 24, ints)
        if texts is not None:
            _rt.TEXT_LIST.write(self, 32, texts)
        if points is not None:
            _LIST_common_capnp_Point.write(self, 40, points)
        if bools is not None:
            _rt.BOOL_LIST.write(self, 48, bools)
        if nested is not None:
            _LIST_UINT8_LIST.write(self, 56, nested)


class Defaults_Promise(_rt.PendingCall[Defaults]):
    """A call whose results are a Defaults."""

    __slots__ = ()
    _results = Defaults


if _rt.TYPE_CHECKING:

    class Box_of_Text_Fields(_rt.TypedDict, total=False):
        """The fields of Box_of_Text, for construction; those left out keep their defaults."""

        value: str
        label: str


class Box_of_Text(_rt.StructReader):
    """Struct `Box`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xB4DED397B646A0AC

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Box_of_Text_Builder"

    @property
    def value(self) -> str:
        return self._text(0)

    @property
    def label(self) -> str:
        return self._text(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Box_of_Text_Fields]) -> Box_of_Text_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Box_of_Text_Builder)
        if fields:
            built._fill(**fields)
        return built


class Box_of_Text_Builder(Box_of_Text, _rt.StructBuilder):
    """Builder of Box_of_Text."""

    __slots__ = ()

    @property
    def value(self) -> str:
        return self._text(0)

    @value.setter
    def value(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def label(self) -> str:
        return self._text(8)

    @label.setter
    def label(self, value: str) -> None:
        self._set_text(8, value)

    def _fill(
        self,
        *,
        value: str | None = None,
        label: str | None = None,
    ) -> None:
        if value is not None:
            self._new_text(0, value)
        if label is not None:
            self._new_text(8, label)


class Box_of_Text_Promise(_rt.PendingCall[Box_of_Text]):
    """A call whose results are a Box_of_Text."""

    __slots__ = ()
    _results = Box_of_Text


if _rt.TYPE_CHECKING:

    class Pointers_Fields(_rt.TypedDict, total=False):
        """The fields of Pointers, for construction; those left out keep their defaults."""

        text: str
        data: _rt.Bytes
        point: common_capnp.Point | common_capnp.Point_Fields
        any: _rt.AnyValue
        cap: Lab | Lab_Server | None
        any_cap: _rt.Client | _rt.Server | None
        box: Box_of_Text | common_capnp.Box | Box_of_Text_Fields
        pointers: Pointers | Pointers_Fields
        any_struct: _rt.AnyValue
        any_list: _rt.AnyValue


class Pointers(_rt.StructReader):
    """Struct `Pointers`."""

    __slots__ = ()
    _size = (0, 10)
    _id = 0xA0A0D6009BE44D3E

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Pointers_Builder"

    @property
    def text(self) -> str:
        return self._text(0)

    @property
    def data(self) -> memoryview:
        return self._data(8)

    @property
    def point(self) -> common_capnp.Point:
        return self._struct(common_capnp.Point, 16)

    @property
    def has_point(self) -> bool:
        return self._has(16)

    @property
    def any(self) -> _rt.AnyPointerReader:
        return _rt.any_reader(self, 24)

    @property
    def cap(self) -> Lab:
        return Lab(self._cap(32))

    @property
    def any_cap(self) -> _rt.Client:
        return _rt.Client(self._cap(40))

    @property
    def box(self) -> Box_of_Text:
        return self._struct(Box_of_Text, 48)

    @property
    def has_box(self) -> bool:
        return self._has(48)

    @property
    def pointers(self) -> Pointers:
        return self._struct(Pointers, 56)

    @property
    def has_pointers(self) -> bool:
        return self._has(56)

    @property
    def any_struct(self) -> _rt.AnyPointerReader:
        return _rt.any_reader(self, 64)

    @property
    def any_list(self) -> _rt.AnyPointerReader:
        return _rt.any_reader(self, 72)

    @staticmethod
    def new(**fields: _rt.Unpack[Pointers_Fields]) -> Pointers_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Pointers_Builder)
        if fields:
            built._fill(**fields)
        return built


class Pointers_Builder(Pointers, _rt.StructBuilder):
    """Builder of Pointers."""

    __slots__ = ()

    @property
    def text(self) -> str:
        return self._text(0)

    @text.setter
    def text(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def data(self) -> memoryview:
        return self._data(8)

    @data.setter
    def data(self, value: _rt.Bytes) -> None:
        self._set_data(8, value)

    @property
    def point(self) -> common_capnp.Point_Builder:
        return self._struct_builder(common_capnp.Point_Builder, 16)

    @point.setter
    def point(self, value: common_capnp.Point | common_capnp.Point_Fields) -> None:
        self._put_struct(common_capnp.Point_Builder, 16, value)

    def init_point(self) -> common_capnp.Point_Builder:
        return self._init_struct(common_capnp.Point_Builder, 16)

    @property
    def any(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 24)

    @any.setter
    def any(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 24).set(value)

    @property
    def cap(self) -> Lab:
        return Lab(self._cap(32))

    @cap.setter
    def cap(self, value: Lab | Lab_Server | None) -> None:
        self._set_cap(32, _rt.hook_of(value))

    @property
    def any_cap(self) -> _rt.Client:
        return _rt.Client(self._cap(40))

    @any_cap.setter
    def any_cap(self, value: _rt.Client | _rt.Server | None) -> None:
        self._set_cap(40, _rt.hook_of(value))

    @property
    def box(self) -> Box_of_Text_Builder:
        return self._struct_builder(Box_of_Text_Builder, 48)

    @box.setter
    def box(self, value: Box_of_Text | common_capnp.Box | Box_of_Text_Fields) -> None:
        self._put_struct(Box_of_Text_Builder, 48, value)

    def init_box(self) -> Box_of_Text_Builder:
        return self._init_struct(Box_of_Text_Builder, 48)

    @property
    def pointers(self) -> Pointers_Builder:
        return self._struct_builder(Pointers_Builder, 56)

    @pointers.setter
    def pointers(self, value: Pointers | Pointers_Fields) -> None:
        self._put_struct(Pointers_Builder, 56, value)

    def init_pointers(self) -> Pointers_Builder:
        return self._init_struct(Pointers_Builder, 56)

    @property
    def any_struct(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 64)

    @any_struct.setter
    def any_struct(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 64).set(value)

    @property
    def any_list(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 72)

    @any_list.setter
    def any_list(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 72).set(value)

    def _fill(
        self,
        *,
        text: str | None = None,
        data: _rt.Bytes | None = None,
        point: common_capnp.Point | common_capnp.Point_Fields | None = None,
        any: _rt.AnyValue | None = None,
        cap: Lab | Lab_Server | None = None,
        any_cap: _rt.Client | _rt.Server | None = None,
        box: Box_of_Text | common_capnp.Box | Box_of_Text_Fields | None = None,
        pointers: Pointers | Pointers_Fields | None = None,
        any_struct: _rt.AnyValue | None = None,
        any_list: _rt.AnyValue | None = None,
    ) -> None:
        if text is not None:
            self._new_text(0, text)
        if data is not None:
            self._set_data(8, data)
        if point is not None:
            self._put_struct(common_capnp.Point_Builder, 16, point)
        if any is not None:
            _rt.any_builder(self, 24).set(any)
        if cap is not None:
            self._set_cap(32, _rt.hook_of(cap))
        if any_cap is not None:
            self._set_cap(40, _rt.hook_of(any_cap))
        if box is not None:
            self._put_struct(Box_of_Text_Builder, 48, box)
        if pointers is not None:
            self._put_struct(Pointers_Builder, 56, pointers)
        if any_struct is not None:
            _rt.any_builder(self, 64).set(any_struct)
        if any_list is not None:
            _rt.any_builder(self, 72).set(any_list)


class Pointers_Capabilities(_rt.Pipeline):
    """What can be called before a Pointers is there."""

    __slots__ = ()

    @property
    def any(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 3)

    @property
    def cap(self) -> Lab:
        return Lab(self._pipeline(4))

    @property
    def any_cap(self) -> _rt.Client:
        return _rt.Client(self._pipeline(5))

    @property
    def pointers(self) -> Pointers_Pipeline:
        return self._inside(Pointers_Pipeline, 7)

    @property
    def any_struct(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 8)

    @property
    def any_list(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 9)


class Pointers_Pipeline(Pointers_Capabilities):
    """A Pointers inside results that are still to come."""

    __slots__ = ()


class Pointers_Promise(Pointers_Capabilities, _rt.PendingCall[Pointers]):
    """A call whose results are a Pointers."""

    __slots__ = ()
    _results = Pointers


if _rt.TYPE_CHECKING:

    class Lists_Fields(_rt.TypedDict, total=False):
        """The fields of Lists, for construction; those left out keep their defaults."""

        voids: _rt.Iterable[bool]
        bools: _rt.Iterable[bool]
        int8s: _rt.Iterable[int]
        int16s: _rt.Iterable[int]
        int32s: _rt.Iterable[int]
        int64s: _rt.Iterable[int]
        uint8s: _rt.Iterable[int]
        uint16s: _rt.Iterable[int]
        uint32s: _rt.Iterable[int]
        uint64s: _rt.Iterable[int]
        float32s: _rt.Iterable[float]
        float64s: _rt.Iterable[float]
        colors: _rt.Iterable[common_capnp.Color]
        texts: _rt.Iterable[str]
        datas: _rt.Iterable[_rt.Bytes]
        points: _rt.Iterable[common_capnp.Point | common_capnp.Point_Fields]
        people: _rt.Iterable[Person | Person_Fields]
        matrix: _rt.Iterable[_rt.Iterable[int]]
        names: _rt.Iterable[_rt.Iterable[str]]
        grids: _rt.Iterable[_rt.Iterable[common_capnp.Point | common_capnp.Point_Fields]]
        labs: _rt.Iterable[Lab | Lab_Server | None]
        cubes: _rt.Iterable[_rt.Iterable[_rt.Iterable[int]]]


class Lists(_rt.StructReader):
    """Struct `Lists`."""

    __slots__ = ()
    _size = (0, 22)
    _id = 0xF44C76575183CAE6

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Lists_Builder"

    @property
    def voids(self) -> _rt.ListReader[None]:
        return _rt.VOID_LIST.read(self, 0)

    @property
    def bools(self) -> _rt.ListReader[bool]:
        return _rt.BOOL_LIST.read(self, 8)

    @property
    def int8s(self) -> _rt.ListReader[int]:
        return _rt.INT8_LIST.read(self, 16)

    @property
    def int16s(self) -> _rt.ListReader[int]:
        return _rt.INT16_LIST.read(self, 24)

    @property
    def int32s(self) -> _rt.ListReader[int]:
        return _rt.INT32_LIST.read(self, 32)

    @property
    def int64s(self) -> _rt.ListReader[int]:
        return _rt.INT64_LIST.read(self, 40)

    @property
    def uint8s(self) -> _rt.ListReader[int]:
        return _rt.UINT8_LIST.read(self, 48)

    @property
    def uint16s(self) -> _rt.ListReader[int]:
        return _rt.UINT16_LIST.read(self, 56)

    @property
    def uint32s(self) -> _rt.ListReader[int]:
        return _rt.UINT32_LIST.read(self, 64)

    @property
    def uint64s(self) -> _rt.ListReader[int]:
        return _rt.UINT64_LIST.read(self, 72)

    @property
    def float32s(self) -> _rt.ListReader[float]:
        return _rt.FLOAT32_LIST.read(self, 80)

    @property
    def float64s(self) -> _rt.ListReader[float]:
        return _rt.FLOAT64_LIST.read(self, 88)

    @property
    def colors(self) -> _rt.ListReader[common_capnp.Color]:
        return _LIST_common_capnp_Color.read(self, 96)

    @property
    def texts(self) -> _rt.ListReader[str]:
        return _rt.TEXT_LIST.read(self, 104)

    @property
    def datas(self) -> _rt.ListReader[memoryview]:
        return _rt.DATA_LIST.read(self, 112)

    @property
    def points(self) -> _rt.ListReader[common_capnp.Point]:
        return _LIST_common_capnp_Point.read(self, 120)

    @property
    def people(self) -> _rt.ListReader[Person]:
        return _LIST_Person.read(self, 128)

    @property
    def matrix(self) -> _rt.ListReader[_rt.ListReader[int]]:
        return _LIST_INT32_LIST.read(self, 136)

    @property
    def names(self) -> _rt.ListReader[_rt.ListReader[str]]:
        return _LIST_TEXT_LIST.read(self, 144)

    @property
    def grids(self) -> _rt.ListReader[_rt.ListReader[common_capnp.Point]]:
        return _LIST__common_capnp_Point.read(self, 152)

    @property
    def labs(self) -> _rt.ListReader[Lab]:
        return _LIST_Lab.read(self, 160)

    @property
    def cubes(self) -> _rt.ListReader[_rt.ListReader[_rt.ListReader[int]]]:
        return _LIST__UINT8_LIST.read(self, 168)

    @staticmethod
    def new(**fields: _rt.Unpack[Lists_Fields]) -> Lists_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Lists_Builder)
        if fields:
            built._fill(**fields)
        return built


class Lists_Builder(Lists, _rt.StructBuilder):
    """Builder of Lists."""

    __slots__ = ()

    @property
    def voids(self) -> _rt.ListBuilder[None]:
        return _rt.VOID_LIST.builder(self, 0)

    @voids.setter
    def voids(self, value: _rt.Iterable[bool]) -> None:
        _rt.VOID_LIST.write(self, 0, value)

    def init_voids(self, count: int) -> _rt.ListBuilder[None]:
        return _rt.VOID_LIST.init(self, 0, count)

    @property
    def bools(self) -> _rt.ListBuilder[bool]:
        return _rt.BOOL_LIST.builder(self, 8)

    @bools.setter
    def bools(self, value: _rt.Iterable[bool]) -> None:
        _rt.BOOL_LIST.write(self, 8, value)

    def init_bools(self, count: int) -> _rt.ListBuilder[bool]:
        return _rt.BOOL_LIST.init(self, 8, count)

    @property
    def int8s(self) -> _rt.ListBuilder[int]:
        return _rt.INT8_LIST.builder(self, 16)

    @int8s.setter
    def int8s(self, value: _rt.Iterable[int]) -> None:
        _rt.INT8_LIST.write(self, 16, value)

    def init_int8s(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.INT8_LIST.init(self, 16, count)

    @property
    def int16s(self) -> _rt.ListBuilder[int]:
        return _rt.INT16_LIST.builder(self, 24)

    @int16s.setter
    def int16s(self, value: _rt.Iterable[int]) -> None:
        _rt.INT16_LIST.write(self, 24, value)

    def init_int16s(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.INT16_LIST.init(self, 24, count)

    @property
    def int32s(self) -> _rt.ListBuilder[int]:
        return _rt.INT32_LIST.builder(self, 32)

    @int32s.setter
    def int32s(self, value: _rt.Iterable[int]) -> None:
        _rt.INT32_LIST.write(self, 32, value)

    def init_int32s(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.INT32_LIST.init(self, 32, count)

    @property
    def int64s(self) -> _rt.ListBuilder[int]:
        return _rt.INT64_LIST.builder(self, 40)

    @int64s.setter
    def int64s(self, value: _rt.Iterable[int]) -> None:
        _rt.INT64_LIST.write(self, 40, value)

    def init_int64s(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.INT64_LIST.init(self, 40, count)

    @property
    def uint8s(self) -> _rt.ListBuilder[int]:
        return _rt.UINT8_LIST.builder(self, 48)

    @uint8s.setter
    def uint8s(self, value: _rt.Iterable[int]) -> None:
        _rt.UINT8_LIST.write(self, 48, value)

    def init_uint8s(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.UINT8_LIST.init(self, 48, count)

    @property
    def uint16s(self) -> _rt.ListBuilder[int]:
        return _rt.UINT16_LIST.builder(self, 56)

    @uint16s.setter
    def uint16s(self, value: _rt.Iterable[int]) -> None:
        _rt.UINT16_LIST.write(self, 56, value)

    def init_uint16s(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.UINT16_LIST.init(self, 56, count)

    @property
    def uint32s(self) -> _rt.ListBuilder[int]:
        return _rt.UINT32_LIST.builder(self, 64)

    @uint32s.setter
    def uint32s(self, value: _rt.Iterable[int]) -> None:
        _rt.UINT32_LIST.write(self, 64, value)

    def init_uint32s(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.UINT32_LIST.init(self, 64, count)

    @property
    def uint64s(self) -> _rt.ListBuilder[int]:
        return _rt.UINT64_LIST.builder(self, 72)

    @uint64s.setter
    def uint64s(self, value: _rt.Iterable[int]) -> None:
        _rt.UINT64_LIST.write(self, 72, value)

    def init_uint64s(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.UINT64_LIST.init(self, 72, count)

    @property
    def float32s(self) -> _rt.ListBuilder[float]:
        return _rt.FLOAT32_LIST.builder(self, 80)

    @float32s.setter
    def float32s(self, value: _rt.Iterable[float]) -> None:
        _rt.FLOAT32_LIST.write(self, 80, value)

    def init_float32s(self, count: int) -> _rt.ListBuilder[float]:
        return _rt.FLOAT32_LIST.init(self, 80, count)

    @property
    def float64s(self) -> _rt.ListBuilder[float]:
        return _rt.FLOAT64_LIST.builder(self, 88)

    @float64s.setter
    def float64s(self, value: _rt.Iterable[float]) -> None:
        _rt.FLOAT64_LIST.write(self, 88, value)

    def init_float64s(self, count: int) -> _rt.ListBuilder[float]:
        return _rt.FLOAT64_LIST.init(self, 88, count)

    @property
    def colors(self) -> _rt.ListBuilder[common_capnp.Color]:
        return _LIST_common_capnp_Color.builder(self, 96)

    @colors.setter
    def colors(self, value: _rt.Iterable[common_capnp.Color]) -> None:
        _LIST_common_capnp_Color.write(self, 96, value)

    def init_colors(self, count: int) -> _rt.ListBuilder[common_capnp.Color]:
        return _LIST_common_capnp_Color.init(self, 96, count)

    @property
    def texts(self) -> _rt.ListBuilder[str]:
        return _rt.TEXT_LIST.builder(self, 104)

    @texts.setter
    def texts(self, value: _rt.Iterable[str]) -> None:
        _rt.TEXT_LIST.write(self, 104, value)

    def init_texts(self, count: int) -> _rt.ListBuilder[str]:
        return _rt.TEXT_LIST.init(self, 104, count)

    @property
    def datas(self) -> _rt.ListBuilder[memoryview]:
        return _rt.DATA_LIST.builder(self, 112)

    @datas.setter
    def datas(self, value: _rt.Iterable[_rt.Bytes]) -> None:
        _rt.DATA_LIST.write(self, 112, value)

    def init_datas(self, count: int) -> _rt.ListBuilder[memoryview]:
        return _rt.DATA_LIST.init(self, 112, count)

    @property
    def points(self) -> _rt.ListBuilder[common_capnp.Point_Builder]:
        return _LIST_common_capnp_Point.builder(self, 120)

    @points.setter
    def points(self, value: _rt.Iterable[common_capnp.Point | common_capnp.Point_Fields]) -> None:
        _LIST_common_capnp_Point.write(self, 120, value)

    def init_points(self, count: int) -> _rt.ListBuilder[common_capnp.Point_Builder]:
        return _LIST_common_capnp_Point.init(self, 120, count)

    @property
    def people(self) -> _rt.ListBuilder[Person_Builder]:
        return _LIST_Person.builder(self, 128)

    @people.setter
    def people(self, value: _rt.Iterable[Person | Person_Fields]) -> None:
        _LIST_Person.write(self, 128, value)

    def init_people(self, count: int) -> _rt.ListBuilder[Person_Builder]:
        return _LIST_Person.init(self, 128, count)

    @property
    def matrix(self) -> _rt.ListBuilder[_rt.ListReader[int]]:
        return _LIST_INT32_LIST.builder(self, 136)

    @matrix.setter
    def matrix(self, value: _rt.Iterable[_rt.Iterable[int]]) -> None:
        _LIST_INT32_LIST.write(self, 136, value)

    def init_matrix(self, count: int) -> _rt.ListBuilder[_rt.ListReader[int]]:
        return _LIST_INT32_LIST.init(self, 136, count)

    @property
    def names(self) -> _rt.ListBuilder[_rt.ListReader[str]]:
        return _LIST_TEXT_LIST.builder(self, 144)

    @names.setter
    def names(self, value: _rt.Iterable[_rt.Iterable[str]]) -> None:
        _LIST_TEXT_LIST.write(self, 144, value)

    def init_names(self, count: int) -> _rt.ListBuilder[_rt.ListReader[str]]:
        return _LIST_TEXT_LIST.init(self, 144, count)

    @property
    def grids(self) -> _rt.ListBuilder[_rt.ListReader[common_capnp.Point]]:
        return _LIST__common_capnp_Point.builder(self, 152)

    @grids.setter
    def grids(
        self, value: _rt.Iterable[_rt.Iterable[common_capnp.Point | common_capnp.Point_Fields]]
    ) -> None:
        _LIST__common_capnp_Point.write(self, 152, value)

    def init_grids(self, count: int) -> _rt.ListBuilder[_rt.ListReader[common_capnp.Point]]:
        return _LIST__common_capnp_Point.init(self, 152, count)

    @property
    def labs(self) -> _rt.ListBuilder[Lab]:
        return _LIST_Lab.builder(self, 160)

    @labs.setter
    def labs(self, value: _rt.Iterable[Lab | Lab_Server | None]) -> None:
        _LIST_Lab.write(self, 160, value)

    def init_labs(self, count: int) -> _rt.ListBuilder[Lab]:
        return _LIST_Lab.init(self, 160, count)

    @property
    def cubes(self) -> _rt.ListBuilder[_rt.ListReader[_rt.ListReader[int]]]:
        return _LIST__UINT8_LIST.builder(self, 168)

    @cubes.setter
    def cubes(self, value: _rt.Iterable[_rt.Iterable[_rt.Iterable[int]]]) -> None:
        _LIST__UINT8_LIST.write(self, 168, value)

    def init_cubes(self, count: int) -> _rt.ListBuilder[_rt.ListReader[_rt.ListReader[int]]]:
        return _LIST__UINT8_LIST.init(self, 168, count)

    def _fill(
        self,
        *,
        voids: _rt.Iterable[bool] | None = None,
        bools: _rt.Iterable[bool] | None = None,
        int8s: _rt.Iterable[int] | None = None,
        int16s: _rt.Iterable[int] | None = None,
        int32s: _rt.Iterable[int] | None = None,
        int64s: _rt.Iterable[int] | None = None,
        uint8s: _rt.Iterable[int] | None = None,
        uint16s: _rt.Iterable[int] | None = None,
        uint32s: _rt.Iterable[int] | None = None,
        uint64s: _rt.Iterable[int] | None = None,
        float32s: _rt.Iterable[float] | None = None,
        float64s: _rt.Iterable[float] | None = None,
        colors: _rt.Iterable[common_capnp.Color] | None = None,
        texts: _rt.Iterable[str] | None = None,
        datas: _rt.Iterable[_rt.Bytes] | None = None,
        points: _rt.Iterable[common_capnp.Point | common_capnp.Point_Fields] | None = None,
        people: _rt.Iterable[Person | Person_Fields] | None = None,
        matrix: _rt.Iterable[_rt.Iterable[int]] | None = None,
        names: _rt.Iterable[_rt.Iterable[str]] | None = None,
        grids: _rt.Iterable[_rt.Iterable[common_capnp.Point | common_capnp.Point_Fields]] | None = None,
        labs: _rt.Iterable[Lab | Lab_Server | None] | None = None,
        cubes: _rt.Iterable[_rt.Iterable[_rt.Iterable[int]]] | None = None,
    ) -> None:
        if voids is not None:
            _rt.VOID_LIST.write(self, 0, voids)
        if bools is not None:
            _rt.BOOL_LIST.write(self, 8, bools)
        if int8s is not None:
            _rt.INT8_LIST.write(self, 16, int8s)
        if int16s is not None:
            _rt.INT16_LIST.write(self, 24, int16s)
        if int32s is not None:
            _rt.INT32_LIST.write(self, 32, int32s)
        if int64s is not None:
            _rt.INT64_LIST.write(self, 40, int64s)
        if uint8s is not None:
            _rt.UINT8_LIST.write(self, 48, uint8s)
        if uint16s is not None:
            _rt.UINT16_LIST.write(self, 56, uint16s)
        if uint32s is not None:
            _rt.UINT32_LIST.write(self, 64, uint32s)
        if uint64s is not None:
            _rt.UINT64_LIST.write(self, 72, uint64s)
        if float32s is not None:
            _rt.FLOAT32_LIST.write(self, 80, float32s)
        if float64s is not None:
            _rt.FLOAT64_LIST.write(self, 88, float64s)
        if colors is not None:
            _LIST_common_capnp_Color.write(self, 96, colors)
        if texts is not None:
            _rt.TEXT_LIST.write(self, 104, texts)
        if datas is not None:
            _rt.DATA_LIST.write(self, 112, datas)
        if points is not None:
            _LIST_common_capnp_Point.write(self, 120, points)
        if people is not None:
            _LIST_Person.write(self, 128, people)
        if matrix is not None:
            _LIST_INT32_LIST.write(self, 136, matrix)
        if names is not None:
            _LIST_TEXT_LIST.write(self, 144, names)
        if grids is not None:
            _LIST__common_capnp_Point.write(self, 152, grids)
        if labs is not None:
            _LIST_Lab.write(self, 160, labs)
        if cubes is not None:
            _LIST__UINT8_LIST.write(self, 168, cubes)


class Lists_Promise(_rt.PendingCall[Lists]):
    """A call whose results are a Lists."""

    __slots__ = ()
    _results = Lists


if _rt.TYPE_CHECKING:

    class Person_PhoneNumber_Fields(_rt.TypedDict, total=False):
        """The fields of Person_PhoneNumber, for construction; those left out keep their defaults."""

        number: str
        type: Person_PhoneNumber_Type


class Person_PhoneNumber(_rt.StructReader):
    """Struct `PhoneNumber`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xAB8E71CD413F4777

    Type: _rt.TypeAlias = Person_PhoneNumber_Type
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Person_PhoneNumber_Builder"

    @property
    def number(self) -> str:
        return self._text(0)

    @property
    def type(self) -> Person_PhoneNumber_Type:
        o = self._o
        return Person_PhoneNumber_Type.of(_rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Person_PhoneNumber_Fields]) -> Person_PhoneNumber_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Person_PhoneNumber_Builder)
        if fields:
            built._fill(**fields)
        return built


class Person_PhoneNumber_Builder(Person_PhoneNumber, _rt.StructBuilder):
    """Builder of Person_PhoneNumber."""

    __slots__ = ()

    @property
    def number(self) -> str:
        return self._text(0)

    @number.setter
    def number(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def type(self) -> Person_PhoneNumber_Type:
        return Person_PhoneNumber_Type.of(_rt.unpack_u16(self._s, self._o)[0])

    @type.setter
    def type(self, value: Person_PhoneNumber_Type) -> None:
        _rt.put_u16(self, 0, _rt.enum_number(Person_PhoneNumber_Type, value), "type")

    def _fill(
        self,
        *,
        number: str | None = None,
        type: Person_PhoneNumber_Type = Person_PhoneNumber_Type.of(0),
    ) -> None:
        try:
            _PACK_Person_PhoneNumber(self._s, self._o, type)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.type = type
            raise
        if number is not None:
            self._new_text(0, number)


class Person_PhoneNumber_Promise(_rt.PendingCall[Person_PhoneNumber]):
    """A call whose results are a Person_PhoneNumber."""

    __slots__ = ()
    _results = Person_PhoneNumber


if _rt.TYPE_CHECKING:

    class Person_Employment_SelfEmployed_Fields(_rt.TypedDict, total=False):
        """The fields of Person_Employment_SelfEmployed, for construction; those left out keep their defaults."""

        since: int
        trade: str


class Person_Employment_SelfEmployed(_rt.StructReader):
    """Group `selfEmployed`."""

    __slots__ = ()
    _size = (2, 4)
    _id = 0xE2767A4242DC70D2

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Person_Employment_SelfEmployed_Builder"

    @property
    def since(self) -> int:
        o = self._o + 8
        return _rt.unpack_i32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def trade(self) -> str:
        return self._text(24)


class Person_Employment_SelfEmployed_Builder(Person_Employment_SelfEmployed, _rt.StructBuilder):
    """Builder of Person_Employment_SelfEmployed."""

    __slots__ = ()

    @property
    def since(self) -> int:
        return _rt.unpack_i32(self._s, self._o + 8)[0]

    @since.setter
    def since(self, value: int) -> None:
        _rt.put_i32(self, 8, value, "since")

    @property
    def trade(self) -> str:
        return self._text(24)

    @trade.setter
    def trade(self, value: str) -> None:
        self._set_text(24, value)

    def _fill(
        self,
        *,
        since: int | None = None,
        trade: str | None = None,
    ) -> None:
        if since is not None:
            _rt.put_i32(self, 8, since, "since")
        if trade is not None:
            self._set_text(24, trade)


if _rt.TYPE_CHECKING:

    class Person_Employment_Fields(_rt.TypedDict, total=False):
        """The fields of Person_Employment, for construction; those left out keep their defaults."""

        unemployed: bool
        employer: str
        school: str
        self_employed: Person_Employment_SelfEmployed_Fields


class Person_Employment(_rt.StructReader):
    """Group `employment`."""

    __slots__ = ()
    _size = (2, 4)
    _id = 0xEB8B9AC2A4EA1ADB

    SelfEmployed: _rt.TypeAlias = Person_Employment_SelfEmployed
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Person_Employment_Builder"

    @property
    def which(self) -> _rt.Literal["unemployed", "employer", "school", "self_employed", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(4)
        return ("unemployed", "employer", "school", "self_employed")[tag] if tag < 4 else "unknown"

    @property
    def unemployed(self) -> None:
        if self._tag(4) != 0:
            raise _rt.inactive(self, "unemployed")
        return None

    @property
    def employer(self) -> str:
        if self._tag(4) != 1:
            raise _rt.inactive(self, "employer")
        return self._text(24)

    @property
    def school(self) -> str:
        if self._tag(4) != 2:
            raise _rt.inactive(self, "school")
        return self._text(24)

    @property
    def self_employed(self) -> Person_Employment_SelfEmployed:
        if self._tag(4) != 3:
            raise _rt.inactive(self, "self_employed")
        return Person_Employment_SelfEmployed(self._m, self._s, self._o, self._p, self._e, self._d)


class Person_Employment_Builder(Person_Employment, _rt.StructBuilder):
    """Builder of Person_Employment."""

    __slots__ = ()

    @property
    def unemployed(self) -> None:
        if self._tag(4) != 0:
            raise _rt.inactive(self, "unemployed")
        return None

    @unemployed.setter
    def unemployed(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 4, 0)

    @property
    def employer(self) -> str:
        if self._tag(4) != 1:
            raise _rt.inactive(self, "employer")
        return self._text(24)

    @employer.setter
    def employer(self, value: str) -> None:
        self._set_text(24, value)
        _rt.pack_u16(self._s, self._o + 4, 1)

    @property
    def school(self) -> str:
        if self._tag(4) != 2:
            raise _rt.inactive(self, "school")
        return self._text(24)

    @school.setter
    def school(self, value: str) -> None:
        self._set_text(24, value)
        _rt.pack_u16(self._s, self._o + 4, 2)

    @property
    def self_employed(self) -> Person_Employment_SelfEmployed_Builder:
        if self._tag(4) != 3:
            raise _rt.inactive(self, "self_employed")
        return Person_Employment_SelfEmployed_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def init_self_employed(self) -> Person_Employment_SelfEmployed_Builder:
        """Make `self_employed` the union's member, with all defaults."""
        _rt.reset(self, ((8, 4),), (24,))
        _rt.pack_u16(self._s, self._o + 4, 3)
        return Person_Employment_SelfEmployed_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def _fill(
        self,
        *,
        unemployed: bool | None = None,
        employer: str | None = None,
        school: str | None = None,
        self_employed: Person_Employment_SelfEmployed_Fields | None = None,
    ) -> None:
        if (unemployed, employer, school, self_employed).count(None) < 3:
            raise _rt.two_members(self, "unemployed", "employer", "school", "self_employed")
        if unemployed is not None:
            _rt.pack_u16(self._s, self._o + 4, 0)
        if employer is not None:
            self._set_text(24, employer)
            _rt.pack_u16(self._s, self._o + 4, 1)
        if school is not None:
            self._set_text(24, school)
            _rt.pack_u16(self._s, self._o + 4, 2)
        if self_employed is not None:
            self.init_self_employed()._fill(**self_employed)


if _rt.TYPE_CHECKING:

    class Person_Fields(_rt.TypedDict, total=False):
        """The fields of Person, for construction; those left out keep their defaults."""

        id: int
        name: str
        email: str
        phones: _rt.Iterable[Person_PhoneNumber | Person_PhoneNumber_Fields]
        employment: Person_Employment_Fields


class Person(_rt.StructReader):
    """Somebody with a phone.

    More than one line, with a "quote" and a back\\slash.
    """

    __slots__ = ()
    _size = (2, 4)
    _id = 0xF14689D205CC76F3

    PhoneNumber: _rt.TypeAlias = Person_PhoneNumber
    Employment: _rt.TypeAlias = Person_Employment
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Person_Builder"

    @property
    def id(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def name(self) -> str:
        """what people say"""
        return self._text(0)

    @property
    def email(self) -> str:
        return self._text(8)

    @property
    def phones(self) -> _rt.ListReader[Person_PhoneNumber]:
        return _LIST_Person_PhoneNumber.read(self, 16)

    @property
    def employment(self) -> Person_Employment:
        return Person_Employment(self._m, self._s, self._o, self._p, self._e, self._d)

    @staticmethod
    def new(**fields: _rt.Unpack[Person_Fields]) -> Person_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Person_Builder)
        if fields:
            built._fill(**fields)
        return built


class Person_Builder(Person, _rt.StructBuilder):
    """Builder of Person."""

    __slots__ = ()

    @property
    def id(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @id.setter
    def id(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "id")

    @property
    def name(self) -> str:
        return self._text(0)

    @name.setter
    def name(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def email(self) -> str:
        return self._text(8)

    @email.setter
    def email(self, value: str) -> None:
        self._set_text(8, value)

    @property
    def phones(self) -> _rt.ListBuilder[Person_PhoneNumber_Builder]:
        return _LIST_Person_PhoneNumber.builder(self, 16)

    @phones.setter
    def phones(self, value: _rt.Iterable[Person_PhoneNumber | Person_PhoneNumber_Fields]) -> None:
        _LIST_Person_PhoneNumber.write(self, 16, value)

    def init_phones(self, count: int) -> _rt.ListBuilder[Person_PhoneNumber_Builder]:
        return _LIST_Person_PhoneNumber.init(self, 16, count)

    @property
    def employment(self) -> Person_Employment_Builder:
        return Person_Employment_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def _fill(
        self,
        *,
        id: int = 0,
        name: str | None = None,
        email: str | None = None,
        phones: _rt.Iterable[Person_PhoneNumber | Person_PhoneNumber_Fields] | None = None,
        employment: Person_Employment_Fields | None = None,
    ) -> None:
        try:
            _PACK_Person(self._s, self._o, id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.id = id
            raise
        if name is not None:
            self._new_text(0, name)
        if email is not None:
            self._new_text(8, email)
        if phones is not None:
            _LIST_Person_PhoneNumber.write(self, 16, phones)
        if employment is not None:
            self.employment._fill(**employment)


class Person_Promise(_rt.PendingCall[Person]):
    """A call whose results are a Person."""

    __slots__ = ()
    _results = Person


if _rt.TYPE_CHECKING:

    class Shape_At_Fields(_rt.TypedDict, total=False):
        """The fields of Shape_At, for construction; those left out keep their defaults."""

        x: int
        y: int
        visible: bool
        label: str


class Shape_At(_rt.StructReader):
    """Group `at`."""

    __slots__ = ()
    _size = (2, 2)
    _id = 0xFE4B2A93DF28C67A

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Shape_At_Builder"

    @property
    def x(self) -> int:
        o = self._o
        return _rt.unpack_i16(self._s, o)[0] if o + 2 <= self._p else 0

    @property
    def y(self) -> int:
        o = self._o + 2
        return _rt.unpack_i16(self._s, o)[0] if o + 2 <= self._p else 0

    @property
    def visible(self) -> bool:
        o = self._o + 4
        return o >= self._p or self._s[o] & 1 == 0

    @property
    def label(self) -> str:
        return self._text(8)


class Shape_At_Builder(Shape_At, _rt.StructBuilder):
    """Builder of Shape_At."""

    __slots__ = ()

    @property
    def x(self) -> int:
        return _rt.unpack_i16(self._s, self._o)[0]

    @x.setter
    def x(self, value: int) -> None:
        _rt.put_i16(self, 0, value, "x")

    @property
    def y(self) -> int:
        return _rt.unpack_i16(self._s, self._o + 2)[0]

    @y.setter
    def y(self, value: int) -> None:
        _rt.put_i16(self, 2, value, "y")

    @property
    def visible(self) -> bool:
        return self._s[self._o + 4] & 1 == 0

    @visible.setter
    def visible(self, value: bool) -> None:
        _rt.put_bool(self, 4, 1, not value)

    @property
    def label(self) -> str:
        return self._text(8)

    @label.setter
    def label(self, value: str) -> None:
        self._set_text(8, value)

    def _fill(
        self,
        *,
        x: int | None = None,
        y: int | None = None,
        visible: bool | None = None,
        label: str | None = None,
    ) -> None:
        if x is not None:
            _rt.put_i16(self, 0, x, "x")
        if y is not None:
            _rt.put_i16(self, 2, y, "y")
        if visible is not None:
            _rt.put_bool(self, 4, 1, not visible)
        if label is not None:
            self._set_text(8, label)


if _rt.TYPE_CHECKING:

    class Shape_Fields(_rt.TypedDict, total=False):
        """The fields of Shape, for construction; those left out keep their defaults."""

        name: str
        circle: float
        square: float
        polygon: _rt.Iterable[common_capnp.Point | common_capnp.Point_Fields]
        nothing: bool
        at: Shape_At_Fields
        color: common_capnp.Color
        inner: Shape | Shape_Fields
        lab: Lab | Lab_Server | None
        any: _rt.AnyValue
        small: int


class Shape(_rt.StructReader):
    """Struct `Shape`."""

    __slots__ = ()
    _size = (2, 2)
    _id = 0xEB6FFE51C0EBFDF0

    At: _rt.TypeAlias = Shape_At
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Shape_Builder"

    @property
    def which(
        self,
    ) -> _rt.Literal[
        "circle", "square", "polygon", "nothing", "at", "color", "inner", "lab", "any", "small", "unknown"
    ]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(8)
        return (
            ("circle", "square", "polygon", "nothing", "at", "color", "inner", "lab", "any", "small")[tag]
            if tag < 10
            else "unknown"
        )

    @property
    def name(self) -> str:
        return self._text(0)

    @property
    def circle(self) -> float:
        if self._tag(8) != 0:
            raise _rt.inactive(self, "circle")
        o = self._o
        return _rt.unpack_f64(self._s, o)[0] if o + 8 <= self._p else 0.0

    @property
    def square(self) -> float:
        if self._tag(8) != 1:
            raise _rt.inactive(self, "square")
        o = self._o
        return _rt.unpack_f64(self._s, o)[0] if o + 8 <= self._p else 0.0

    @property
    def polygon(self) -> _rt.ListReader[common_capnp.Point]:
        if self._tag(8) != 2:
            raise _rt.inactive(self, "polygon")
        return _LIST_common_capnp_Point.read(self, 8)

    @property
    def nothing(self) -> None:
        if self._tag(8) != 3:
            raise _rt.inactive(self, "nothing")
        return None

    @property
    def at(self) -> Shape_At:
        if self._tag(8) != 4:
            raise _rt.inactive(self, "at")
        return Shape_At(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def color(self) -> common_capnp.Color:
        if self._tag(8) != 5:
            raise _rt.inactive(self, "color")
        o = self._o
        return common_capnp.Color.of(_rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0)

    @property
    def inner(self) -> Shape:
        if self._tag(8) != 6:
            raise _rt.inactive(self, "inner")
        return self._struct(Shape, 8)

    @property
    def has_inner(self) -> bool:
        return self._tag(8) == 6 and self._has(8)

    @property
    def lab(self) -> Lab:
        if self._tag(8) != 7:
            raise _rt.inactive(self, "lab")
        return Lab(self._cap(8))

    @property
    def any(self) -> _rt.AnyPointerReader:
        if self._tag(8) != 8:
            raise _rt.inactive(self, "any")
        return _rt.any_reader(self, 8)

    @property
    def small(self) -> int:
        if self._tag(8) != 9:
            raise _rt.inactive(self, "small")
        o = self._o
        return self._s[o] ^ 7 if o + 1 <= self._p else 7

    @staticmethod
    def new(**fields: _rt.Unpack[Shape_Fields]) -> Shape_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Shape_Builder)
        if fields:
            built._fill(**fields)
        return built


class Shape_Builder(Shape, _rt.StructBuilder):
    """Builder of Shape."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return self._text(0)

    @name.setter
    def name(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def circle(self) -> float:
        if self._tag(8) != 0:
            raise _rt.inactive(self, "circle")
        return _rt.unpack_f64(self._s, self._o)[0]

    @circle.setter
    def circle(self, value: float) -> None:
        _rt.put_f64(self, 0, value, "circle")
        _rt.pack_u16(self._s, self._o + 8, 0)

    @property
    def square(self) -> float:
        if self._tag(8) != 1:
            raise _rt.inactive(self, "square")
        return _rt.unpack_f64(self._s, self._o)[0]

    @square.setter
    def square(self, value: float) -> None:
        _rt.put_f64(self, 0, value, "square")
        _rt.pack_u16(self._s, self._o + 8, 1)

    @property
    def polygon(self) -> _rt.ListBuilder[common_capnp.Point_Builder]:
        if self._tag(8) != 2:
            raise _rt.inactive(self, "polygon")
        return _LIST_common_capnp_Point.builder(self, 8)

    @polygon.setter
    def polygon(self, value: _rt.Iterable[common_capnp.Point | common_capnp.Point_Fields]) -> None:
        _LIST_common_capnp_Point.write(self, 8, value)
        _rt.pack_u16(self._s, self._o + 8, 2)

    def init_polygon(self, count: int) -> _rt.ListBuilder[common_capnp.Point_Builder]:
        _rt.pack_u16(self._s, self._o + 8, 2)
        return _LIST_common_capnp_Point.init(self, 8, count)

    @property
    def nothing(self) -> None:
        if self._tag(8) != 3:
            raise _rt.inactive(self, "nothing")
        return None

    @nothing.setter
    def nothing(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 8, 3)

    @property
    def at(self) -> Shape_At_Builder:
        if self._tag(8) != 4:
            raise _rt.inactive(self, "at")
        return Shape_At_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def init_at(self) -> Shape_At_Builder:
        """Make `at` the union's member, with all defaults."""
        _rt.reset(self, ((0, 2), (2, 2), (4, -1)), (8,))
        _rt.pack_u16(self._s, self._o + 8, 4)
        return Shape_At_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def color(self) -> common_capnp.Color:
        if self._tag(8) != 5:
            raise _rt.inactive(self, "color")
        return common_capnp.Color.of(_rt.unpack_u16(self._s, self._o)[0])

    @color.setter
    def color(self, value: common_capnp.Color) -> None:
        _rt.put_u16(self, 0, _rt.enum_number(common_capnp.Color, value), "color")
        _rt.pack_u16(self._s, self._o + 8, 5)

    @property
    def inner(self) -> Shape_Builder:
        if self._tag(8) != 6:
            raise _rt.inactive(self, "inner")
        return self._struct_builder(Shape_Builder, 8)

    @inner.setter
    def inner(self, value: Shape | Shape_Fields) -> None:
        self._put_struct(Shape_Builder, 8, value)
        _rt.pack_u16(self._s, self._o + 8, 6)

    def init_inner(self) -> Shape_Builder:
        _rt.pack_u16(self._s, self._o + 8, 6)
        return self._init_struct(Shape_Builder, 8)

    @property
    def lab(self) -> Lab:
        if self._tag(8) != 7:
            raise _rt.inactive(self, "lab")
        return Lab(self._cap(8))

    @lab.setter
    def lab(self, value: Lab | Lab_Server | None) -> None:
        self._set_cap(8, _rt.hook_of(value))
        _rt.pack_u16(self._s, self._o + 8, 7)

    @property
    def any(self) -> _rt.AnyPointerBuilder:
        if self._tag(8) != 8:
            raise _rt.inactive(self, "any")
        return _rt.any_builder(self, 8)

    @any.setter
    def any(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 8).set(value)
        _rt.pack_u16(self._s, self._o + 8, 8)

    @property
    def small(self) -> int:
        if self._tag(8) != 9:
            raise _rt.inactive(self, "small")
        return self._s[self._o] ^ 7

    @small.setter
    def small(self, value: int) -> None:
        _rt.put_u8(self, 0, value, "small", 7)
        _rt.pack_u16(self._s, self._o + 8, 9)

    def _fill(
        self,
        *,
        name: str | None = None,
        circle: float | None = None,
        square: float | None = None,
        polygon: _rt.Iterable[common_capnp.Point | common_capnp.Point_Fields] | None = None,
        nothing: bool | None = None,
        at: Shape_At_Fields | None = None,
        color: common_capnp.Color | None = None,
        inner: Shape | Shape_Fields | None = None,
        lab: Lab | Lab_Server | None = None,
        any: _rt.AnyValue | None = None,
        small: int | None = None,
    ) -> None:
        if (circle, square, polygon, nothing, at, color, inner, lab, any, small).count(None) < 9:
            raise _rt.two_members(
                self, "circle", "square", "polygon", "nothing", "at", "color", "inner", "lab", "any", "small"
            )
        if name is not None:
            self._new_text(0, name)
        if circle is not None:
            _rt.put_f64(self, 0, circle, "circle")
            _rt.pack_u16(self._s, self._o + 8, 0)
        if square is not None:
            _rt.put_f64(self, 0, square, "square")
            _rt.pack_u16(self._s, self._o + 8, 1)
        if polygon is not None:
            _LIST_common_capnp_Point.write(self, 8, polygon)
            _rt.pack_u16(self._s, self._o + 8, 2)
        if nothing is not None:
            _rt.pack_u16(self._s, self._o + 8, 3)
        if at is not None:
            self.init_at()._fill(**at)
        if color is not None:
            _rt.put_u16(self, 0, _rt.enum_number(common_capnp.Color, color), "color")
            _rt.pack_u16(self._s, self._o + 8, 5)
        if inner is not None:
            self._put_struct(Shape_Builder, 8, inner)
            _rt.pack_u16(self._s, self._o + 8, 6)
        if lab is not None:
            self._set_cap(8, _rt.hook_of(lab))
            _rt.pack_u16(self._s, self._o + 8, 7)
        if any is not None:
            _rt.any_builder(self, 8).set(any)
            _rt.pack_u16(self._s, self._o + 8, 8)
        if small is not None:
            _rt.put_u8(self, 0, small, "small", 7)
            _rt.pack_u16(self._s, self._o + 8, 9)


class Shape_Capabilities(_rt.Pipeline):
    """What can be called before a Shape is there."""

    __slots__ = ()

    @property
    def inner(self) -> Shape_Pipeline:
        return self._inside(Shape_Pipeline, 1)

    @property
    def lab(self) -> Lab:
        return Lab(self._pipeline(1))

    @property
    def any(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 1)


class Shape_Pipeline(Shape_Capabilities):
    """A Shape inside results that are still to come."""

    __slots__ = ()


class Shape_Promise(Shape_Capabilities, _rt.PendingCall[Shape]):
    """A call whose results are a Shape."""

    __slots__ = ()
    _results = Shape


if _rt.TYPE_CHECKING:

    class Deep_Address_City_Fields(_rt.TypedDict, total=False):
        """The fields of Deep_Address_City, for construction; those left out keep their defaults."""

        name: str
        zip: int


class Deep_Address_City(_rt.StructReader):
    """Group `city`."""

    __slots__ = ()
    _size = (1, 2)
    _id = 0xA7EF1AA7FCBEBB53

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Deep_Address_City_Builder"

    @property
    def name(self) -> str:
        return self._text(0)

    @property
    def zip(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0


class Deep_Address_City_Builder(Deep_Address_City, _rt.StructBuilder):
    """Builder of Deep_Address_City."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return self._text(0)

    @name.setter
    def name(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def zip(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @zip.setter
    def zip(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "zip")

    def _fill(
        self,
        *,
        name: str | None = None,
        zip: int | None = None,
    ) -> None:
        if name is not None:
            self._set_text(0, name)
        if zip is not None:
            _rt.put_u32(self, 0, zip, "zip")


if _rt.TYPE_CHECKING:

    class Deep_Address_Fields(_rt.TypedDict, total=False):
        """The fields of Deep_Address, for construction; those left out keep their defaults."""

        city: Deep_Address_City_Fields
        street: str


class Deep_Address(_rt.StructReader):
    """Group `address`."""

    __slots__ = ()
    _size = (1, 2)
    _id = 0xAD4F53CF119AF78A

    City: _rt.TypeAlias = Deep_Address_City
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Deep_Address_Builder"

    @property
    def city(self) -> Deep_Address_City:
        return Deep_Address_City(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def street(self) -> str:
        return self._text(8)


class Deep_Address_Builder(Deep_Address, _rt.StructBuilder):
    """Builder of Deep_Address."""

    __slots__ = ()

    @property
    def city(self) -> Deep_Address_City_Builder:
        return Deep_Address_City_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def street(self) -> str:
        return self._text(8)

    @street.setter
    def street(self, value: str) -> None:
        self._set_text(8, value)

    def _fill(
        self,
        *,
        city: Deep_Address_City_Fields | None = None,
        street: str | None = None,
    ) -> None:
        if city is not None:
            self.city._fill(**city)
        if street is not None:
            self._set_text(8, street)


if _rt.TYPE_CHECKING:

    class Deep_Fields(_rt.TypedDict, total=False):
        """The fields of Deep, for construction; those left out keep their defaults."""

        address: Deep_Address_Fields


class Deep(_rt.StructReader):
    """Struct `Deep`."""

    __slots__ = ()
    _size = (1, 2)
    _id = 0x8980EC4931BFFCAB

    Address: _rt.TypeAlias = Deep_Address
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Deep_Builder"

    @property
    def address(self) -> Deep_Address:
        return Deep_Address(self._m, self._s, self._o, self._p, self._e, self._d)

    @staticmethod
    def new(**fields: _rt.Unpack[Deep_Fields]) -> Deep_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Deep_Builder)
        if fields:
            built._fill(**fields)
        return built


class Deep_Builder(Deep, _rt.StructBuilder):
    """Builder of Deep."""

    __slots__ = ()

    @property
    def address(self) -> Deep_Address_Builder:
        return Deep_Address_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def _fill(
        self,
        *,
        address: Deep_Address_Fields | None = None,
    ) -> None:
        if address is not None:
            self.address._fill(**address)


class Deep_Promise(_rt.PendingCall[Deep]):
    """A call whose results are a Deep."""

    __slots__ = ()
    _results = Deep


if _rt.TYPE_CHECKING:

    class Reserved_Builder__Fields(_rt.TypedDict, total=False):
        """The fields of Reserved_Builder_, for construction; those left out keep their defaults."""

        x: int


class Reserved_Builder_(_rt.StructReader):
    """Struct `Builder`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xB7F00383C6751EAF

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Reserved_Builder__Builder"

    @property
    def x(self) -> int:
        o = self._o
        return _rt.unpack_i8(self._s, o)[0] if o + 1 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Reserved_Builder__Fields]) -> Reserved_Builder__Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Reserved_Builder__Builder)
        if fields:
            built._fill(**fields)
        return built


class Reserved_Builder__Builder(Reserved_Builder_, _rt.StructBuilder):
    """Builder of Reserved_Builder_."""

    __slots__ = ()

    @property
    def x(self) -> int:
        return _rt.unpack_i8(self._s, self._o)[0]

    @x.setter
    def x(self, value: int) -> None:
        _rt.put_i8(self, 0, value, "x")

    def _fill(
        self,
        *,
        x: int = 0,
    ) -> None:
        try:
            _PACK_Reserved_Builder_(self._s, self._o, x)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.x = x
            raise


class Reserved_Builder__Promise(_rt.PendingCall[Reserved_Builder_]):
    """A call whose results are a Reserved_Builder_."""

    __slots__ = ()
    _results = Reserved_Builder_


if _rt.TYPE_CHECKING:

    class Reserved_Fields(_rt.TypedDict, total=False):
        """The fields of Reserved, for construction; those left out keep their defaults."""

        class_: _rt.builtins.int
        from_: _rt.builtins.str
        self_: bool
        int: _rt.builtins.int
        str: _rt.builtins.str
        bytes: _rt.Bytes
        list: _rt.Iterable[_rt.builtins.int]
        new_: bool
        read_: _rt.builtins.int
        which_: _rt.builtins.int
        property_: _rt.builtins.int
        float: _rt.builtins.float
        has_point: bool
        point: common_capnp.Point | common_capnp.Point_Fields
        builder: Reserved_Builder_ | Reserved_Builder__Fields


class Reserved(_rt.StructReader):
    """Names that would be in the way."""

    __slots__ = ()
    _size = (4, 6)
    _id = 0xF4C0AF45E806B591

    Builder_: _rt.TypeAlias = Reserved_Builder_
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Reserved_Builder"

    @property
    def class_(self) -> _rt.builtins.int:
        o = self._o
        return _rt.unpack_i32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def from_(self) -> _rt.builtins.str:
        return self._text(0)

    @property
    def self_(self) -> bool:
        o = self._o + 4
        return o < self._p and self._s[o] & 1 != 0

    @property
    def int(self) -> _rt.builtins.int:
        o = self._o + 8
        return _rt.unpack_i64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def str(self) -> _rt.builtins.str:
        return self._text(8)

    @property
    def bytes(self) -> memoryview:
        return self._data(16)

    @property
    def list(self) -> _rt.ListReader[_rt.builtins.int]:
        return _rt.INT8_LIST.read(self, 24)

    @property
    def new_(self) -> bool:
        o = self._o + 4
        return o < self._p and self._s[o] & 2 != 0

    @property
    def read_(self) -> _rt.builtins.int:
        o = self._o + 16
        return _rt.unpack_i32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def which_(self) -> _rt.builtins.int:
        o = self._o + 20
        return _rt.unpack_i32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def property_(self) -> _rt.builtins.int:
        o = self._o + 24
        return _rt.unpack_i32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def float(self) -> _rt.builtins.float:
        o = self._o + 28
        return _rt.unpack_f32(self._s, o)[0] if o + 4 <= self._p else 0.0

    @property
    def has_point(self) -> bool:
        o = self._o + 4
        return o < self._p and self._s[o] & 4 != 0

    @property
    def point(self) -> common_capnp.Point:
        return self._struct(common_capnp.Point, 32)

    @property
    def has_point_(self) -> bool:
        return self._has(32)

    @property
    def builder(self) -> Reserved_Builder_:
        return self._struct(Reserved_Builder_, 40)

    @property
    def has_builder(self) -> bool:
        return self._has(40)

    @staticmethod
    def new(**fields: _rt.Unpack[Reserved_Fields]) -> Reserved_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Reserved_Builder)
        if fields:
            built._fill(**fields)
        return built


class Reserved_Builder(Reserved, _rt.StructBuilder):
    """Builder of Reserved."""

    __slots__ = ()

    @property
    def class_(self) -> _rt.builtins.int:
        return _rt.unpack_i32(self._s, self._o)[0]

    @class_.setter
    def class_(self, value: _rt.builtins.int) -> None:
        _rt.put_i32(self, 0, value, "class_")

    @property
    def from_(self) -> _rt.builtins.str:
        return self._text(0)

    @from_.setter
    def from_(self, value: _rt.builtins.str) -> None:
        self._set_text(0, value)

    @property
    def self_(self) -> bool:
        return self._s[self._o + 4] & 1 != 0

    @self_.setter
    def self_(self, value: bool) -> None:
        _rt.put_bool(self, 4, 1, value)

    @property
    def int(self) -> _rt.builtins.int:
        return _rt.unpack_i64(self._s, self._o + 8)[0]

    @int.setter
    def int(self, value: _rt.builtins.int) -> None:
        _rt.put_i64(self, 8, value, "int")

    @property
    def str(self) -> _rt.builtins.str:
        return self._text(8)

    @str.setter
    def str(self, value: _rt.builtins.str) -> None:
        self._set_text(8, value)

    @property
    def bytes(self) -> memoryview:
        return self._data(16)

    @bytes.setter
    def bytes(self, value: _rt.Bytes) -> None:
        self._set_data(16, value)

    @property
    def list(self) -> _rt.ListBuilder[_rt.builtins.int]:
        return _rt.INT8_LIST.builder(self, 24)

    @list.setter
    def list(self, value: _rt.Iterable[_rt.builtins.int]) -> None:
        _rt.INT8_LIST.write(self, 24, value)

    def init_list(self, count: _rt.builtins.int) -> _rt.ListBuilder[_rt.builtins.int]:
        return _rt.INT8_LIST.init(self, 24, count)

    @property
    def new_(self) -> bool:
        return self._s[self._o + 4] & 2 != 0

    @new_.setter
    def new_(self, value: bool) -> None:
        _rt.put_bool(self, 4, 2, value)

    @property
    def read_(self) -> _rt.builtins.int:
        return _rt.unpack_i32(self._s, self._o + 16)[0]

    @read_.setter
    def read_(self, value: _rt.builtins.int) -> None:
        _rt.put_i32(self, 16, value, "read_")

    @property
    def which_(self) -> _rt.builtins.int:
        return _rt.unpack_i32(self._s, self._o + 20)[0]

    @which_.setter
    def which_(self, value: _rt.builtins.int) -> None:
        _rt.put_i32(self, 20, value, "which_")

    @property
    def property_(self) -> _rt.builtins.int:
        return _rt.unpack_i32(self._s, self._o + 24)[0]

    @property_.setter
    def property_(self, value: _rt.builtins.int) -> None:
        _rt.put_i32(self, 24, value, "property_")

    @property
    def float(self) -> _rt.builtins.float:
        return _rt.unpack_f32(self._s, self._o + 28)[0]

    @float.setter
    def float(self, value: _rt.builtins.float) -> None:
        _rt.put_f32(self, 28, value, "float")

    @property
    def has_point(self) -> bool:
        return self._s[self._o + 4] & 4 != 0

    @has_point.setter
    def has_point(self, value: bool) -> None:
        _rt.put_bool(self, 4, 4, value)

    @property
    def point(self) -> common_capnp.Point_Builder:
        return self._struct_builder(common_capnp.Point_Builder, 32)

    @point.setter
    def point(self, value: common_capnp.Point | common_capnp.Point_Fields) -> None:
        self._put_struct(common_capnp.Point_Builder, 32, value)

    def init_point(self) -> common_capnp.Point_Builder:
        return self._init_struct(common_capnp.Point_Builder, 32)

    @property
    def builder(self) -> Reserved_Builder__Builder:
        return self._struct_builder(Reserved_Builder__Builder, 40)

    @builder.setter
    def builder(self, value: Reserved_Builder_ | Reserved_Builder__Fields) -> None:
        self._put_struct(Reserved_Builder__Builder, 40, value)

    def init_builder(self) -> Reserved_Builder__Builder:
        return self._init_struct(Reserved_Builder__Builder, 40)

    def _fill(
        self,
        *,
        class_: _rt.builtins.int = 0,
        from_: _rt.builtins.str | None = None,
        self_: bool = False,
        int: _rt.builtins.int = 0,
        str: _rt.builtins.str | None = None,
        bytes: _rt.Bytes | None = None,
        list: _rt.Iterable[_rt.builtins.int] | None = None,
        new_: bool = False,
        read_: _rt.builtins.int = 0,
        which_: _rt.builtins.int = 0,
        property_: _rt.builtins.int = 0,
        float: _rt.builtins.float = 0.0,
        has_point: bool = False,
        point: common_capnp.Point | common_capnp.Point_Fields | None = None,
        builder: Reserved_Builder_ | Reserved_Builder__Fields | None = None,
    ) -> None:
        try:
            _PACK_Reserved(
                self._s,
                self._o,
                class_,
                (1 if self_ else 0) | (2 if new_ else 0) | (4 if has_point else 0),
                int,
                read_,
                which_,
                property_,
                float,
            )
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            (
                self.class_,
                self.self_,
                self.new_,
                self.has_point,
                self.int,
                self.read_,
                self.which_,
                self.property_,
                self.float,
            ) = class_, self_, new_, has_point, int, read_, which_, property_, float
            raise
        if from_ is not None:
            self._new_text(0, from_)
        if str is not None:
            self._new_text(8, str)
        if bytes is not None:
            self._set_data(16, bytes)
        if list is not None:
            _rt.INT8_LIST.write(self, 24, list)
        if point is not None:
            self._put_struct(common_capnp.Point_Builder, 32, point)
        if builder is not None:
            self._put_struct(Reserved_Builder__Builder, 40, builder)


class Reserved_Promise(_rt.PendingCall[Reserved]):
    """A call whose results are a Reserved."""

    __slots__ = ()
    _results = Reserved


if _rt.TYPE_CHECKING:

    class OldVersion_Fields(_rt.TypedDict, total=False):
        """The fields of OldVersion, for construction; those left out keep their defaults."""

        a: int
        text: str


class OldVersion(_rt.StructReader):
    """Struct `OldVersion`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0x9EF71B82DA471227

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "OldVersion_Builder"

    @property
    def a(self) -> int:
        o = self._o
        return _rt.unpack_i32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def text(self) -> str:
        return self._text(0)

    @staticmethod
    def new(**fields: _rt.Unpack[OldVersion_Fields]) -> OldVersion_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(OldVersion_Builder)
        if fields:
            built._fill(**fields)
        return built


class OldVersion_Builder(OldVersion, _rt.StructBuilder):
    """Builder of OldVersion."""

    __slots__ = ()

    @property
    def a(self) -> int:
        return _rt.unpack_i32(self._s, self._o)[0]

    @a.setter
    def a(self, value: int) -> None:
        _rt.put_i32(self, 0, value, "a")

    @property
    def text(self) -> str:
        return self._text(0)

    @text.setter
    def text(self, value: str) -> None:
        self._set_text(0, value)

    def _fill(
        self,
        *,
        a: int = 0,
        text: str | None = None,
    ) -> None:
        try:
            _PACK_OldVersion(self._s, self._o, a)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.a = a
            raise
        if text is not None:
            self._new_text(0, text)


class OldVersion_Promise(_rt.PendingCall[OldVersion]):
    """A call whose results are a OldVersion."""

    __slots__ = ()
    _results = OldVersion


if _rt.TYPE_CHECKING:

    class NewVersion_Fields(_rt.TypedDict, total=False):
        """The fields of NewVersion, for construction; those left out keep their defaults."""

        a: int
        text: str
        b: int
        more: str
        point: common_capnp.Point | common_capnp.Point_Fields


class NewVersion(_rt.StructReader):
    """Struct `NewVersion`."""

    __slots__ = ()
    _size = (2, 3)
    _id = 0xF0727F9988592F20

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "NewVersion_Builder"

    @property
    def a(self) -> int:
        o = self._o
        return _rt.unpack_i32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def text(self) -> str:
        return self._text(0)

    @property
    def b(self) -> int:
        o = self._o + 8
        return _rt.unpack_i64(self._s, o)[0] ^ 99 if o + 8 <= self._p else 99

    @property
    def more(self) -> str:
        return self._text(8)

    @property
    def point(self) -> common_capnp.Point:
        return self._struct(common_capnp.Point, 16)

    @property
    def has_point(self) -> bool:
        return self._has(16)

    @staticmethod
    def new(**fields: _rt.Unpack[NewVersion_Fields]) -> NewVersion_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(NewVersion_Builder)
        if fields:
            built._fill(**fields)
        return built


class NewVersion_Builder(NewVersion, _rt.StructBuilder):
    """Builder of NewVersion."""

    __slots__ = ()

    @property
    def a(self) -> int:
        return _rt.unpack_i32(self._s, self._o)[0]

    @a.setter
    def a(self, value: int) -> None:
        _rt.put_i32(self, 0, value, "a")

    @property
    def text(self) -> str:
        return self._text(0)

    @text.setter
    def text(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def b(self) -> int:
        return _rt.unpack_i64(self._s, self._o + 8)[0] ^ 99

    @b.setter
    def b(self, value: int) -> None:
        _rt.put_i64(self, 8, value, "b", 99)

    @property
    def more(self) -> str:
        return self._text(8)

    @more.setter
    def more(self, value: str) -> None:
        self._set_text(8, value)

    @property
    def point(self) -> common_capnp.Point_Builder:
        return self._struct_builder(common_capnp.Point_Builder, 16)

    @point.setter
    def point(self, value: common_capnp.Point | common_capnp.Point_Fields) -> None:
        self._put_struct(common_capnp.Point_Builder, 16, value)

    def init_point(self) -> common_capnp.Point_Builder:
        return self._init_struct(common_capnp.Point_Builder, 16)

    def _fill(
        self,
        *,
        a: int = 0,
        text: str | None = None,
        b: int = 99,
        more: str | None = None,
        point: common_capnp.Point | common_capnp.Point_Fields | None = None,
    ) -> None:
        try:
            _PACK_NewVersion(self._s, self._o, a, b ^ 99)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.a, self.b = a, b
            raise
        if text is not None:
            self._new_text(0, text)
        if more is not None:
            self._new_text(8, more)
        if point is not None:
            self._put_struct(common_capnp.Point_Builder, 16, point)


class NewVersion_Promise(_rt.PendingCall[NewVersion]):
    """A call whose results are a NewVersion."""

    __slots__ = ()
    _results = NewVersion


if _rt.TYPE_CHECKING:

    class ListsOld_Fields(_rt.TypedDict, total=False):
        """The fields of ListsOld, for construction; those left out keep their defaults."""

        ints: _rt.Iterable[int]
        texts: _rt.Iterable[str]
        structs: _rt.Iterable[OldVersion | OldVersion_Fields]


class ListsOld(_rt.StructReader):
    """Struct `ListsOld`."""

    __slots__ = ()
    _size = (0, 3)
    _id = 0xA264700176598FC9

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "ListsOld_Builder"

    @property
    def ints(self) -> _rt.ListReader[int]:
        return _rt.UINT32_LIST.read(self, 0)

    @property
    def texts(self) -> _rt.ListReader[str]:
        return _rt.TEXT_LIST.read(self, 8)

    @property
    def structs(self) -> _rt.ListReader[OldVersion]:
        return _LIST_OldVersion.read(self, 16)

    @staticmethod
    def new(**fields: _rt.Unpack[ListsOld_Fields]) -> ListsOld_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(ListsOld_Builder)
        if fields:
            built._fill(**fields)
        return built


class ListsOld_Builder(ListsOld, _rt.StructBuilder):
    """Builder of ListsOld."""

    __slots__ = ()

    @property
    def ints(self) -> _rt.ListBuilder[int]:
        return _rt.UINT32_LIST.builder(self, 0)

    @ints.setter
    def ints(self, value: _rt.Iterable[int]) -> None:
        _rt.UINT32_LIST.write(self, 0, value)

    def init_ints(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.UINT32_LIST.init(self, 0, count)

    @property
    def texts(self) -> _rt.ListBuilder[str]:
        return _rt.TEXT_LIST.builder(self, 8)

    @texts.setter
    def texts(self, value: _rt.Iterable[str]) -> None:
        _rt.TEXT_LIST.write(self, 8, value)

    def init_texts(self, count: int) -> _rt.ListBuilder[str]:
        return _rt.TEXT_LIST.init(self, 8, count)

    @property
    def structs(self) -> _rt.ListBuilder[OldVersion_Builder]:
        return _LIST_OldVersion.builder(self, 16)

    @structs.setter
    def structs(self, value: _rt.Iterable[OldVersion | OldVersion_Fields]) -> None:
        _LIST_OldVersion.write(self, 16, value)

    def init_structs(self, count: int) -> _rt.ListBuilder[OldVersion_Builder]:
        return _LIST_OldVersion.init(self, 16, count)

    def _fill(
        self,
        *,
        ints: _rt.Iterable[int] | None = None,
        texts: _rt.Iterable[str] | None = None,
        structs: _rt.Iterable[OldVersion | OldVersion_Fields] | None = None,
    ) -> None:
        if ints is not None:
            _rt.UINT32_LIST.write(self, 0, ints)
        if texts is not None:
            _rt.TEXT_LIST.write(self, 8, texts)
        if structs is not None:
            _LIST_OldVersion.write(self, 16, structs)


class ListsOld_Promise(_rt.PendingCall[ListsOld]):
    """A call whose results are a ListsOld."""

    __slots__ = ()
    _results = ListsOld


if _rt.TYPE_CHECKING:

    class ListsNew_IntStruct_Fields(_rt.TypedDict, total=False):
        """The fields of ListsNew_IntStruct, for construction; those left out keep their defaults."""

        value: int
        more: str


class ListsNew_IntStruct(_rt.StructReader):
    """Struct `IntStruct`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0x81AE39FF1A694DE7

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "ListsNew_IntStruct_Builder"

    @property
    def value(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def more(self) -> str:
        return self._text(0)

    @staticmethod
    def new(**fields: _rt.Unpack[ListsNew_IntStruct_Fields]) -> ListsNew_IntStruct_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(ListsNew_IntStruct_Builder)
        if fields:
            built._fill(**fields)
        return built


class ListsNew_IntStruct_Builder(ListsNew_IntStruct, _rt.StructBuilder):
    """Builder of ListsNew_IntStruct."""

    __slots__ = ()

    @property
    def value(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @value.setter
    def value(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "value")

    @property
    def more(self) -> str:
        return self._text(0)

    @more.setter
    def more(self, value: str) -> None:
        self._set_text(0, value)

    def _fill(
        self,
        *,
        value: int = 0,
        more: str | None = None,
    ) -> None:
        try:
            _PACK_ListsNew_IntStruct(self._s, self._o, value)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.value = value
            raise
        if more is not None:
            self._new_text(0, more)


class ListsNew_IntStruct_Promise(_rt.PendingCall[ListsNew_IntStruct]):
    """A call whose results are a ListsNew_IntStruct."""

    __slots__ = ()
    _results = ListsNew_IntStruct


if _rt.TYPE_CHECKING:

    class ListsNew_TextStruct_Fields(_rt.TypedDict, total=False):
        """The fields of ListsNew_TextStruct, for construction; those left out keep their defaults."""

        text: str
        number: int


class ListsNew_TextStruct(_rt.StructReader):
    """Struct `TextStruct`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xDBA0D232027B0397

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "ListsNew_TextStruct_Builder"

    @property
    def text(self) -> str:
        return self._text(0)

    @property
    def number(self) -> int:
        o = self._o
        return _rt.unpack_i64(self._s, o)[0] ^ 5 if o + 8 <= self._p else 5

    @staticmethod
    def new(**fields: _rt.Unpack[ListsNew_TextStruct_Fields]) -> ListsNew_TextStruct_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(ListsNew_TextStruct_Builder)
        if fields:
            built._fill(**fields)
        return built


class ListsNew_TextStruct_Builder(ListsNew_TextStruct, _rt.StructBuilder):
    """Builder of ListsNew_TextStruct."""

    __slots__ = ()

    @property
    def text(self) -> str:
        return self._text(0)

    @text.setter
    def text(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def number(self) -> int:
        return _rt.unpack_i64(self._s, self._o)[0] ^ 5

    @number.setter
    def number(self, value: int) -> None:
        _rt.put_i64(self, 0, value, "number", 5)

    def _fill(
        self,
        *,
        text: str | None = None,
        number: int = 5,
    ) -> None:
        try:
            _PACK_ListsNew_TextStruct(self._s, self._o, number ^ 5)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.number = number
            raise
        if text is not None:
            self._new_text(0, text)


class ListsNew_TextStruct_Promise(_rt.PendingCall[ListsNew_TextStruct]):
    """A call whose results are a ListsNew_TextStruct."""

    __slots__ = ()
    _results = ListsNew_TextStruct


if _rt.TYPE_CHECKING:

    class ListsNew_Fields(_rt.TypedDict, total=False):
        """The fields of ListsNew, for construction; those left out keep their defaults."""

        ints: _rt.Iterable[ListsNew_IntStruct | ListsNew_IntStruct_Fields]
        texts: _rt.Iterable[ListsNew_TextStruct | ListsNew_TextStruct_Fields]
        structs: _rt.Iterable[NewVersion | NewVersion_Fields]


class ListsNew(_rt.StructReader):
    """Struct `ListsNew`."""

    __slots__ = ()
    _size = (0, 3)
    _id = 0xE1C87E391F85FD05

    IntStruct: _rt.TypeAlias = ListsNew_IntStruct
    TextStruct: _rt.TypeAlias = ListsNew_TextStruct
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "ListsNew_Builder"

    @property
    def ints(self) -> _rt.ListReader[ListsNew_IntStruct]:
        return _LIST_ListsNew_IntStruct.read(self, 0)

    @property
    def texts(self) -> _rt.ListReader[ListsNew_TextStruct]:
        return _LIST_ListsNew_TextStruct.read(self, 8)

    @property
    def structs(self) -> _rt.ListReader[NewVersion]:
        return _LIST_NewVersion.read(self, 16)

    @staticmethod
    def new(**fields: _rt.Unpack[ListsNew_Fields]) -> ListsNew_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(ListsNew_Builder)
        if fields:
            built._fill(**fields)
        return built


class ListsNew_Builder(ListsNew, _rt.StructBuilder):
    """Builder of ListsNew."""

    __slots__ = ()

    @property
    def ints(self) -> _rt.ListBuilder[ListsNew_IntStruct_Builder]:
        return _LIST_ListsNew_IntStruct.builder(self, 0)

    @ints.setter
    def ints(self, value: _rt.Iterable[ListsNew_IntStruct | ListsNew_IntStruct_Fields]) -> None:
        _LIST_ListsNew_IntStruct.write(self, 0, value)

    def init_ints(self, count: int) -> _rt.ListBuilder[ListsNew_IntStruct_Builder]:
        return _LIST_ListsNew_IntStruct.init(self, 0, count)

    @property
    def texts(self) -> _rt.ListBuilder[ListsNew_TextStruct_Builder]:
        return _LIST_ListsNew_TextStruct.builder(self, 8)

    @texts.setter
    def texts(self, value: _rt.Iterable[ListsNew_TextStruct | ListsNew_TextStruct_Fields]) -> None:
        _LIST_ListsNew_TextStruct.write(self, 8, value)

    def init_texts(self, count: int) -> _rt.ListBuilder[ListsNew_TextStruct_Builder]:
        return _LIST_ListsNew_TextStruct.init(self, 8, count)

    @property
    def structs(self) -> _rt.ListBuilder[NewVersion_Builder]:
        return _LIST_NewVersion.builder(self, 16)

    @structs.setter
    def structs(self, value: _rt.Iterable[NewVersion | NewVersion_Fields]) -> None:
        _LIST_NewVersion.write(self, 16, value)

    def init_structs(self, count: int) -> _rt.ListBuilder[NewVersion_Builder]:
        return _LIST_NewVersion.init(self, 16, count)

    def _fill(
        self,
        *,
        ints: _rt.Iterable[ListsNew_IntStruct | ListsNew_IntStruct_Fields] | None = None,
        texts: _rt.Iterable[ListsNew_TextStruct | ListsNew_TextStruct_Fields] | None = None,
        structs: _rt.Iterable[NewVersion | NewVersion_Fields] | None = None,
    ) -> None:
        if ints is not None:
            _LIST_ListsNew_IntStruct.write(self, 0, ints)
        if texts is not None:
            _LIST_ListsNew_TextStruct.write(self, 8, texts)
        if structs is not None:
            _LIST_NewVersion.write(self, 16, structs)


class ListsNew_Promise(_rt.PendingCall[ListsNew]):
    """A call whose results are a ListsNew."""

    __slots__ = ()
    _results = ListsNew


if _rt.TYPE_CHECKING:

    class Empty_Fields(_rt.TypedDict, total=False):
        """The fields of Empty, for construction; those left out keep their defaults."""


class Empty(_rt.StructReader):
    """Struct `Empty`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xAFF2257D5FD31361

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Empty_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Empty_Fields]) -> Empty_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Empty_Builder)
        return built


class Empty_Builder(Empty, _rt.StructBuilder):
    """Builder of Empty."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Empty_Promise(_rt.PendingCall[Empty]):
    """A call whose results are a Empty."""

    __slots__ = ()
    _results = Empty


if _rt.TYPE_CHECKING:

    class Empties_Fields(_rt.TypedDict, total=False):
        """The fields of Empties, for construction; those left out keep their defaults."""

        list: _rt.Iterable[Empty | Empty_Fields]
        one: Empty | Empty_Fields


class Empties(_rt.StructReader):
    """Struct `Empties`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xDD73A415ED9C5B71

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Empties_Builder"

    @property
    def list(self) -> _rt.ListReader[Empty]:
        return _LIST_Empty.read(self, 0)

    @property
    def one(self) -> Empty:
        return self._struct(Empty, 8)

    @property
    def has_one(self) -> bool:
        return self._has(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Empties_Fields]) -> Empties_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Empties_Builder)
        if fields:
            built._fill(**fields)
        return built


class Empties_Builder(Empties, _rt.StructBuilder):
    """Builder of Empties."""

    __slots__ = ()

    @property
    def list(self) -> _rt.ListBuilder[Empty_Builder]:
        return _LIST_Empty.builder(self, 0)

    @list.setter
    def list(self, value: _rt.Iterable[Empty | Empty_Fields]) -> None:
        _LIST_Empty.write(self, 0, value)

    def init_list(self, count: int) -> _rt.ListBuilder[Empty_Builder]:
        return _LIST_Empty.init(self, 0, count)

    @property
    def one(self) -> Empty_Builder:
        return self._struct_builder(Empty_Builder, 8)

    @one.setter
    def one(self, value: Empty | Empty_Fields) -> None:
        self._put_struct(Empty_Builder, 8, value)

    def init_one(self) -> Empty_Builder:
        return self._init_struct(Empty_Builder, 8)

    def _fill(
        self,
        *,
        list: _rt.Iterable[Empty | Empty_Fields] | None = None,
        one: Empty | Empty_Fields | None = None,
    ) -> None:
        if list is not None:
            _LIST_Empty.write(self, 0, list)
        if one is not None:
            self._put_struct(Empty_Builder, 8, one)


class Empties_Promise(_rt.PendingCall[Empties]):
    """A call whose results are a Empties."""

    __slots__ = ()
    _results = Empties


if _rt.TYPE_CHECKING:

    class TwoUnions_Left_Fields(_rt.TypedDict, total=False):
        """The fields of TwoUnions_Left, for construction; those left out keep their defaults."""

        a: int
        b: str


class TwoUnions_Left(_rt.StructReader):
    """Group `left`."""

    __slots__ = ()
    _size = (2, 2)
    _id = 0xE18567AEED0DDDB1

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "TwoUnions_Left_Builder"

    @property
    def which(self) -> _rt.Literal["a", "b", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(4)
        return ("a", "b")[tag] if tag < 2 else "unknown"

    @property
    def a(self) -> int:
        if self._tag(4) != 0:
            raise _rt.inactive(self, "a")
        o = self._o
        return _rt.unpack_i32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def b(self) -> str:
        if self._tag(4) != 1:
            raise _rt.inactive(self, "b")
        return self._text(0)


class TwoUnions_Left_Builder(TwoUnions_Left, _rt.StructBuilder):
    """Builder of TwoUnions_Left."""

    __slots__ = ()

    @property
    def a(self) -> int:
        if self._tag(4) != 0:
            raise _rt.inactive(self, "a")
        return _rt.unpack_i32(self._s, self._o)[0]

    @a.setter
    def a(self, value: int) -> None:
        _rt.put_i32(self, 0, value, "a")
        _rt.pack_u16(self._s, self._o + 4, 0)

    @property
    def b(self) -> str:
        if self._tag(4) != 1:
            raise _rt.inactive(self, "b")
        return self._text(0)

    @b.setter
    def b(self, value: str) -> None:
        self._set_text(0, value)
        _rt.pack_u16(self._s, self._o + 4, 1)

    def _fill(
        self,
        *,
        a: int | None = None,
        b: str | None = None,
    ) -> None:
        if (a, b).count(None) < 1:
            raise _rt.two_members(self, "a", "b")
        if a is not None:
            _rt.put_i32(self, 0, a, "a")
            _rt.pack_u16(self._s, self._o + 4, 0)
        if b is not None:
            self._set_text(0, b)
            _rt.pack_u16(self._s, self._o + 4, 1)


if _rt.TYPE_CHECKING:

    class TwoUnions_Right_Fields(_rt.TypedDict, total=False):
        """The fields of TwoUnions_Right, for construction; those left out keep their defaults."""

        c: int
        d: str


class TwoUnions_Right(_rt.StructReader):
    """Group `right`."""

    __slots__ = ()
    _size = (2, 2)
    _id = 0x9198CAABA576E00F

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "TwoUnions_Right_Builder"

    @property
    def which(self) -> _rt.Literal["c", "d", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(6)
        return ("c", "d")[tag] if tag < 2 else "unknown"

    @property
    def c(self) -> int:
        if self._tag(6) != 0:
            raise _rt.inactive(self, "c")
        o = self._o + 8
        return _rt.unpack_i32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def d(self) -> str:
        if self._tag(6) != 1:
            raise _rt.inactive(self, "d")
        return self._text(8)


class TwoUnions_Right_Builder(TwoUnions_Right, _rt.StructBuilder):
    """Builder of TwoUnions_Right."""

    __slots__ = ()

    @property
    def c(self) -> int:
        if self._tag(6) != 0:
            raise _rt.inactive(self, "c")
        return _rt.unpack_i32(self._s, self._o + 8)[0]

    @c.setter
    def c(self, value: int) -> None:
        _rt.put_i32(self, 8, value, "c")
        _rt.pack_u16(self._s, self._o + 6, 0)

    @property
    def d(self) -> str:
        if self._tag(6) != 1:
            raise _rt.inactive(self, "d")
        return self._text(8)

    @d.setter
    def d(self, value: str) -> None:
        self._set_text(8, value)
        _rt.pack_u16(self._s, self._o + 6, 1)

    def _fill(
        self,
        *,
        c: int | None = None,
        d: str | None = None,
    ) -> None:
        if (c, d).count(None) < 1:
            raise _rt.two_members(self, "c", "d")
        if c is not None:
            _rt.put_i32(self, 8, c, "c")
            _rt.pack_u16(self._s, self._o + 6, 0)
        if d is not None:
            self._set_text(8, d)
            _rt.pack_u16(self._s, self._o + 6, 1)


if _rt.TYPE_CHECKING:

    class TwoUnions_Fields(_rt.TypedDict, total=False):
        """The fields of TwoUnions, for construction; those left out keep their defaults."""

        left: TwoUnions_Left_Fields
        right: TwoUnions_Right_Fields


class TwoUnions(_rt.StructReader):
    """Struct `TwoUnions`."""

    __slots__ = ()
    _size = (2, 2)
    _id = 0xB6273B70A04B7BE4

    Left: _rt.TypeAlias = TwoUnions_Left
    Right: _rt.TypeAlias = TwoUnions_Right
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "TwoUnions_Builder"

    @property
    def left(self) -> TwoUnions_Left:
        return TwoUnions_Left(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def right(self) -> TwoUnions_Right:
        return TwoUnions_Right(self._m, self._s, self._o, self._p, self._e, self._d)

    @staticmethod
    def new(**fields: _rt.Unpack[TwoUnions_Fields]) -> TwoUnions_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(TwoUnions_Builder)
        if fields:
            built._fill(**fields)
        return built


class TwoUnions_Builder(TwoUnions, _rt.StructBuilder):
    """Builder of TwoUnions."""

    __slots__ = ()

    @property
    def left(self) -> TwoUnions_Left_Builder:
        return TwoUnions_Left_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def right(self) -> TwoUnions_Right_Builder:
        return TwoUnions_Right_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    def _fill(
        self,
        *,
        left: TwoUnions_Left_Fields | None = None,
        right: TwoUnions_Right_Fields | None = None,
    ) -> None:
        if left is not None:
            self.left._fill(**left)
        if right is not None:
            self.right._fill(**right)


class TwoUnions_Promise(_rt.PendingCall[TwoUnions]):
    """A call whose results are a TwoUnions."""

    __slots__ = ()
    _results = TwoUnions


if _rt.TYPE_CHECKING:

    class Lab_Holder_Deeper_Fields(_rt.TypedDict, total=False):
        """The fields of Lab_Holder_Deeper, for construction; those left out keep their defaults."""

        lab: Lab | Lab_Server | None


class Lab_Holder_Deeper(_rt.StructReader):
    """Group `deeper`."""

    __slots__ = ()
    _size = (0, 3)
    _id = 0xEC73E7D5CBC6A9B4

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Lab_Holder_Deeper_Builder"

    @property
    def lab(self) -> Lab:
        return Lab(self._cap(8))


class Lab_Holder_Deeper_Builder(Lab_Holder_Deeper, _rt.StructBuilder):
    """Builder of Lab_Holder_Deeper."""

    __slots__ = ()

    @property
    def lab(self) -> Lab:
        return Lab(self._cap(8))

    @lab.setter
    def lab(self, value: Lab | Lab_Server | None) -> None:
        self._set_cap(8, _rt.hook_of(value))

    def _fill(
        self,
        *,
        lab: Lab | Lab_Server | None = None,
    ) -> None:
        if lab is not None:
            self._set_cap(8, _rt.hook_of(lab))


class Lab_Holder_Deeper_Capabilities(_rt.Pipeline):
    """What can be called before a Lab_Holder_Deeper is there."""

    __slots__ = ()

    @property
    def lab(self) -> Lab:
        return Lab(self._pipeline(1))


class Lab_Holder_Deeper_Pipeline(Lab_Holder_Deeper_Capabilities):
    """A Lab_Holder_Deeper inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Lab_Holder_Fields(_rt.TypedDict, total=False):
        """The fields of Lab_Holder, for construction; those left out keep their defaults."""

        run: Lab_Run | Lab_Run_Server | None
        deeper: Lab_Holder_Deeper_Fields
        any: _rt.AnyValue


class Lab_Holder(_rt.StructReader):
    """Struct `Holder`."""

    __slots__ = ()
    _size = (0, 3)
    _id = 0xC9366B990D1AC739

    Deeper: _rt.TypeAlias = Lab_Holder_Deeper
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Lab_Holder_Builder"

    @property
    def run(self) -> Lab_Run:
        return Lab_Run(self._cap(0))

    @property
    def deeper(self) -> Lab_Holder_Deeper:
        return Lab_Holder_Deeper(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def any(self) -> _rt.AnyPointerReader:
        return _rt.any_reader(self, 16)

    @staticmethod
    def new(**fields: _rt.Unpack[Lab_Holder_Fields]) -> Lab_Holder_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Lab_Holder_Builder)
        if fields:
            built._fill(**fields)
        return built


class Lab_Holder_Builder(Lab_Holder, _rt.StructBuilder):
    """Builder of Lab_Holder."""

    __slots__ = ()

    @property
    def run(self) -> Lab_Run:
        return Lab_Run(self._cap(0))

    @run.setter
    def run(self, value: Lab_Run | Lab_Run_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    @property
    def deeper(self) -> Lab_Holder_Deeper_Builder:
        return Lab_Holder_Deeper_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def any(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 16)

    @any.setter
    def any(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 16).set(value)

    def _fill(
        self,
        *,
        run: Lab_Run | Lab_Run_Server | None = None,
        deeper: Lab_Holder_Deeper_Fields | None = None,
        any: _rt.AnyValue | None = None,
    ) -> None:
        if run is not None:
            self._set_cap(0, _rt.hook_of(run))
        if deeper is not None:
            self.deeper._fill(**deeper)
        if any is not None:
            _rt.any_builder(self, 16).set(any)


class Lab_Holder_Capabilities(_rt.Pipeline):
    """What can be called before a Lab_Holder is there."""

    __slots__ = ()

    @property
    def run(self) -> Lab_Run:
        return Lab_Run(self._pipeline(0))

    @property
    def deeper(self) -> Lab_Holder_Deeper_Pipeline:
        return self._inside(Lab_Holder_Deeper_Pipeline)

    @property
    def any(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 2)


class Lab_Holder_Pipeline(Lab_Holder_Capabilities):
    """A Lab_Holder inside results that are still to come."""

    __slots__ = ()


class Lab_Holder_Promise(Lab_Holder_Capabilities, _rt.PendingCall[Lab_Holder]):
    """A call whose results are a Lab_Holder."""

    __slots__ = ()
    _results = Lab_Holder


if _rt.TYPE_CHECKING:

    class Lab_Run_WaitParams_Fields(_rt.TypedDict, total=False):
        """The fields of Lab_Run_WaitParams, for construction; those left out keep their defaults."""


class Lab_Run_WaitParams(_rt.StructReader):
    """Struct `wait$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xF8F5F6F389EC7B7F

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Lab_Run_WaitParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Lab_Run_WaitParams_Fields]) -> Lab_Run_WaitParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Lab_Run_WaitParams_Builder)
        return built


class Lab_Run_WaitParams_Builder(Lab_Run_WaitParams, _rt.StructBuilder):
    """Builder of Lab_Run_WaitParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Lab_Run_WaitResults_Fields(_rt.TypedDict, total=False):
        """The fields of Lab_Run_WaitResults, for construction; those left out keep their defaults."""

        code: int


class Lab_Run_WaitResults(_rt.StructReader):
    """Struct `wait$Results`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xD990AD66B1FE2274

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Lab_Run_WaitResults_Builder"

    @property
    def code(self) -> int:
        o = self._o
        return _rt.unpack_i32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Lab_Run_WaitResults_Fields]) -> Lab_Run_WaitResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Lab_Run_WaitResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Lab_Run_WaitResults_Builder(Lab_Run_WaitResults, _rt.StructBuilder):
    """Builder of Lab_Run_WaitResults."""

    __slots__ = ()

    @property
    def code(self) -> int:
        return _rt.unpack_i32(self._s, self._o)[0]

    @code.setter
    def code(self, value: int) -> None:
        _rt.put_i32(self, 0, value, "code")

    def _fill(
        self,
        *,
        code: int = 0,
    ) -> None:
        try:
            _PACK_Lab_Run_WaitResults(self._s, self._o, code)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.code = code
            raise


class Lab_Run_WaitResults_Promise(_rt.PendingCall[Lab_Run_WaitResults]):
    """A call whose results are a Lab_Run_WaitResults."""

    __slots__ = ()
    _results = Lab_Run_WaitResults


if _rt.TYPE_CHECKING:

    class Lab_Run_DoneParams_Fields(_rt.TypedDict, total=False):
        """The fields of Lab_Run_DoneParams, for construction; those left out keep their defaults."""


class Lab_Run_DoneParams(_rt.StructReader):
    """Struct `done$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xDECF1FF557E7C9E4

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Lab_Run_DoneParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Lab_Run_DoneParams_Fields]) -> Lab_Run_DoneParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Lab_Run_DoneParams_Builder)
        return built


class Lab_Run_DoneParams_Builder(Lab_Run_DoneParams, _rt.StructBuilder):
    """Builder of Lab_Run_DoneParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Lab_Run_DoneResults_Fields(_rt.TypedDict, total=False):
        """The fields of Lab_Run_DoneResults, for construction; those left out keep their defaults."""

        done: bool


class Lab_Run_DoneResults(_rt.StructReader):
    """Struct `done$Results`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xC505CC17B102648A

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Lab_Run_DoneResults_Builder"

    @property
    def done(self) -> bool:
        o = self._o
        return o < self._p and self._s[o] & 1 != 0

    @staticmethod
    def new(**fields: _rt.Unpack[Lab_Run_DoneResults_Fields]) -> Lab_Run_DoneResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Lab_Run_DoneResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Lab_Run_DoneResults_Builder(Lab_Run_DoneResults, _rt.StructBuilder):
    """Builder of Lab_Run_DoneResults."""

    __slots__ = ()

    @property
    def done(self) -> bool:
        return self._s[self._o] & 1 != 0

    @done.setter
    def done(self, value: bool) -> None:
        _rt.put_bool(self, 0, 1, value)

    def _fill(
        self,
        *,
        done: bool = False,
    ) -> None:
        try:
            _PACK_Lab_Run_DoneResults(self._s, self._o, (1 if done else 0))
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.done = done
            raise


class Lab_Run_DoneResults_Promise(_rt.PendingCall[Lab_Run_DoneResults]):
    """A call whose results are a Lab_Run_DoneResults."""

    __slots__ = ()
    _results = Lab_Run_DoneResults


class Lab_Run(common_capnp.Closer):
    """Interface `Run`."""

    __slots__ = ()
    _id = 0xBE67DCE9BDF1C392

    WaitParams: _rt.TypeAlias = Lab_Run_WaitParams
    WaitResults: _rt.TypeAlias = Lab_Run_WaitResults
    DoneParams: _rt.TypeAlias = Lab_Run_DoneParams
    DoneResults: _rt.TypeAlias = Lab_Run_DoneResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Lab_Run_Server"

    def wait(
        self,
    ) -> Lab_Run_WaitResults_Promise:
        _params = _rt.new_message(Lab_Run_WaitParams_Builder)
        return Lab_Run_WaitResults_Promise(self._send(0xBE67DCE9BDF1C392, 0, _params._m, _rt.NO_PIPELINING))

    def done(
        self,
    ) -> Lab_Run_DoneResults_Promise:
        _params = _rt.new_message(Lab_Run_DoneParams_Builder)
        return Lab_Run_DoneResults_Promise(self._send(0xBE67DCE9BDF1C392, 1, _params._m, _rt.NO_PIPELINING))


async def _handle_Lab_Run_wait(
    server: Lab_Run_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Lab_Run_WaitResults_Builder, await server.wait(context=context))


async def _handle_Lab_Run_done(
    server: Lab_Run_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Lab_Run_DoneResults_Builder, await server.done(context=context))


class Lab_Run_Server(common_capnp.Closer_Server):
    """Derive from it to serve `Run`."""

    __slots__ = ()
    _id = 0xBE67DCE9BDF1C392
    _client = Lab_Run

    @_rt.abstractmethod
    async def wait(
        self,
        *,
        context: _rt.CallContext,
    ) -> Lab_Run_WaitResults | Lab_Run_WaitResults_Fields | Lab_Run_WaitResults_Promise | None: ...

    @_rt.abstractmethod
    async def done(
        self,
        *,
        context: _rt.CallContext,
    ) -> Lab_Run_DoneResults | Lab_Run_DoneResults_Fields | Lab_Run_DoneResults_Promise | None: ...


if _rt.TYPE_CHECKING:

    class Lab_StartParams_Fields(_rt.TypedDict, total=False):
        """The fields of Lab_StartParams, for construction; those left out keep their defaults."""

        name: str
        size: int
        shape: Shape | Shape_Fields


class Lab_StartParams(_rt.StructReader):
    """Struct `start$Params`."""

    __slots__ = ()
    _size = (1, 2)
    _id = 0xCC4E58E3F4809D0C

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Lab_StartParams_Builder"

    @property
    def name(self) -> str:
        return self._text(0)

    @property
    def size(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] ^ 10 if o + 4 <= self._p else 10

    @property
    def shape(self) -> Shape:
        return self._struct(Shape, 8)

    @property
    def has_shape(self) -> bool:
        return self._has(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Lab_StartParams_Fields]) -> Lab_StartParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Lab_StartParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Lab_StartParams_Builder(Lab_StartParams, _rt.StructBuilder):
    """Builder of Lab_StartParams."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return self._text(0)

    @name.setter
    def name(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def size(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0] ^ 10

    @size.setter
    def size(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "size", 10)

    @property
    def shape(self) -> Shape_Builder:
        return self._struct_builder(Shape_Builder, 8)

    @shape.setter
    def shape(self, value: Shape | Shape_Fields) -> None:
        self._put_struct(Shape_Builder, 8, value)

    def init_shape(self) -> Shape_Builder:
        return self._init_struct(Shape_Builder, 8)

    def _fill(
        self,
        *,
        name: str | None = None,
        size: int = 10,
        shape: Shape | Shape_Fields | None = None,
    ) -> None:
        try:
            _PACK_Lab_StartParams(self._s, self._o, size ^ 10)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.size = size
            raise
        if name is not None:
            self._new_text(0, name)
        if shape is not None:
            self._put_struct(Shape_Builder, 8, shape)


class Lab_StartParams_Capabilities(_rt.Pipeline):
    """What can be called before a Lab_StartParams is there."""

    __slots__ = ()

    @property
    def shape(self) -> Shape_Pipeline:
        return self._inside(Shape_Pipeline, 1)


class Lab_StartParams_Pipeline(Lab_StartParams_Capabilities):
    """A Lab_StartParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Lab_StartResults_Fields(_rt.TypedDict, total=False):
        """The fields of Lab_StartResults, for construction; those left out keep their defaults."""

        run: Lab_Run | Lab_Run_Server | None
        id: int


class Lab_StartResults(_rt.StructReader):
    """Struct `start$Results`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xB56BB400C2D7FCEA

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Lab_StartResults_Builder"

    @property
    def run(self) -> Lab_Run:
        return Lab_Run(self._cap(0))

    @property
    def id(self) -> int:
        o = self._o
        return _rt.unpack_i64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Lab_StartResults_Fields]) -> Lab_StartResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Lab_StartResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Lab_StartResults_Builder(Lab_StartResults, _rt.StructBuilder):
    """Builder of Lab_StartResults."""

    __slots__ = ()

    @property
    def run(self) -> Lab_Run:
        return Lab_Run(self._cap(0))

    @run.setter
    def run(self, value: Lab_Run | Lab_Run_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    @property
    def id(self) -> int:
        return _rt.unpack_i64(self._s, self._o)[0]

    @id.setter
    def id(self, value: int) -> None:
        _rt.put_i64(self, 0, value, "id")

    def _fill(
        self,
        *,
        run: Lab_Run | Lab_Run_Server | None = None,
        id: int = 0,
    ) -> None:
        try:
            _PACK_Lab_StartResults(self._s, self._o, id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.id = id
            raise
        if run is not None:
            self._set_cap(0, _rt.hook_of(run))


class Lab_StartResults_Capabilities(_rt.Pipeline):
    """What can be called before a Lab_StartResults is there."""

    __slots__ = ()

    @property
    def run(self) -> Lab_Run:
        return Lab_Run(self._pipeline(0))


class Lab_StartResults_Pipeline(Lab_StartResults_Capabilities):
    """A Lab_StartResults inside results that are still to come."""

    __slots__ = ()


class Lab_StartResults_Promise(Lab_StartResults_Capabilities, _rt.PendingCall[Lab_StartResults]):
    """A call whose results are a Lab_StartResults."""

    __slots__ = ()
    _results = Lab_StartResults


if _rt.TYPE_CHECKING:

    class Lab_FindParams_Fields(_rt.TypedDict, total=False):
        """The fields of Lab_FindParams, for construction; those left out keep their defaults."""

        key: _rt.Bytes


class Lab_FindParams(_rt.StructReader):
    """Struct `find$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xA01AE818BB13DC1B

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Lab_FindParams_Builder"

    @property
    def key(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Lab_FindParams_Fields]) -> Lab_FindParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Lab_FindParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Lab_FindParams_Builder(Lab_FindParams, _rt.StructBuilder):
    """Builder of Lab_FindParams."""

    __slots__ = ()

    @property
    def key(self) -> memoryview:
        return self._data(0)

    @key.setter
    def key(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        key: _rt.Bytes | None = None,
    ) -> None:
        if key is not None:
            self._set_data(0, key)


if _rt.TYPE_CHECKING:

    class Lab_SendParams_Fields(_rt.TypedDict, total=False):
        """The fields of Lab_SendParams, for construction; those left out keep their defaults."""

        chunk: _rt.Bytes


class Lab_SendParams(_rt.StructReader):
    """Struct `send$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x9F92E2ACA2872EAF

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Lab_SendParams_Builder"

    @property
    def chunk(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Lab_SendParams_Fields]) -> Lab_SendParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Lab_SendParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Lab_SendParams_Builder(Lab_SendParams, _rt.StructBuilder):
    """Builder of Lab_SendParams."""

    __slots__ = ()

    @property
    def chunk(self) -> memoryview:
        return self._data(0)

    @chunk.setter
    def chunk(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        chunk: _rt.Bytes | None = None,
    ) -> None:
        if chunk is not None:
            self._set_data(0, chunk)


if _rt.TYPE_CHECKING:

    class Lab_UnionResults_Fields(_rt.TypedDict, total=False):
        """The fields of Lab_UnionResults, for construction; those left out keep their defaults."""

        area: float


class Lab_UnionResults(_rt.StructReader):
    """Struct `union$Results`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xCCC2BCED17373B88

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Lab_UnionResults_Builder"

    @property
    def area(self) -> float:
        o = self._o
        return _rt.unpack_f64(self._s, o)[0] if o + 8 <= self._p else 0.0

    @staticmethod
    def new(**fields: _rt.Unpack[Lab_UnionResults_Fields]) -> Lab_UnionResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Lab_UnionResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Lab_UnionResults_Builder(Lab_UnionResults, _rt.StructBuilder):
    """Builder of Lab_UnionResults."""

    __slots__ = ()

    @property
    def area(self) -> float:
        return _rt.unpack_f64(self._s, self._o)[0]

    @area.setter
    def area(self, value: float) -> None:
        _rt.put_f64(self, 0, value, "area")

    def _fill(
        self,
        *,
        area: float = 0.0,
    ) -> None:
        try:
            _PACK_Lab_UnionResults(self._s, self._o, area)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.area = area
            raise


class Lab_UnionResults_Promise(_rt.PendingCall[Lab_UnionResults]):
    """A call whose results are a Lab_UnionResults."""

    __slots__ = ()
    _results = Lab_UnionResults


if _rt.TYPE_CHECKING:

    class Lab_NestedParams_Fields(_rt.TypedDict, total=False):
        """The fields of Lab_NestedParams, for construction; those left out keep their defaults."""


class Lab_NestedParams(_rt.StructReader):
    """Struct `nested$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x937CE7EFEA5EC576

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Lab_NestedParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Lab_NestedParams_Fields]) -> Lab_NestedParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Lab_NestedParams_Builder)
        return built


class Lab_NestedParams_Builder(Lab_NestedParams, _rt.StructBuilder):
    """Builder of Lab_NestedParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Lab_NestedResults_Fields(_rt.TypedDict, total=False):
        """The fields of Lab_NestedResults, for construction; those left out keep their defaults."""

        inner: Lab_Holder | Lab_Holder_Fields


class Lab_NestedResults(_rt.StructReader):
    """Struct `nested$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xC8BCB355CA087686

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Lab_NestedResults_Builder"

    @property
    def inner(self) -> Lab_Holder:
        return self._struct(Lab_Holder, 0)

    @property
    def has_inner(self) -> bool:
        return self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Lab_NestedResults_Fields]) -> Lab_NestedResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Lab_NestedResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Lab_NestedResults_Builder(Lab_NestedResults, _rt.StructBuilder):
    """Builder of Lab_NestedResults."""

    __slots__ = ()

    @property
    def inner(self) -> Lab_Holder_Builder:
        return self._struct_builder(Lab_Holder_Builder, 0)

    @inner.setter
    def inner(self, value: Lab_Holder | Lab_Holder_Fields) -> None:
        self._put_struct(Lab_Holder_Builder, 0, value)

    def init_inner(self) -> Lab_Holder_Builder:
        return self._init_struct(Lab_Holder_Builder, 0)

    def _fill(
        self,
        *,
        inner: Lab_Holder | Lab_Holder_Fields | None = None,
    ) -> None:
        if inner is not None:
            self._put_struct(Lab_Holder_Builder, 0, inner)


class Lab_NestedResults_Capabilities(_rt.Pipeline):
    """What can be called before a Lab_NestedResults is there."""

    __slots__ = ()

    @property
    def inner(self) -> Lab_Holder_Pipeline:
        return self._inside(Lab_Holder_Pipeline, 0)


class Lab_NestedResults_Pipeline(Lab_NestedResults_Capabilities):
    """A Lab_NestedResults inside results that are still to come."""

    __slots__ = ()


class Lab_NestedResults_Promise(Lab_NestedResults_Capabilities, _rt.PendingCall[Lab_NestedResults]):
    """A call whose results are a Lab_NestedResults."""

    __slots__ = ()
    _results = Lab_NestedResults


if _rt.TYPE_CHECKING:

    class Lab_GenericParams_Fields(_rt.TypedDict, total=False):
        """The fields of Lab_GenericParams, for construction; those left out keep their defaults."""

        value: _rt.AnyValue


class Lab_GenericParams(_rt.StructReader):
    """Struct `generic$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x90C2E6692193436B

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Lab_GenericParams_Builder"

    @property
    def value(self) -> _rt.AnyPointerReader:
        return _rt.any_reader(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Lab_GenericParams_Fields]) -> Lab_GenericParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Lab_GenericParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Lab_GenericParams_Builder(Lab_GenericParams, _rt.StructBuilder):
    """Builder of Lab_GenericParams."""

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


class Lab_GenericParams_Capabilities(_rt.Pipeline):
    """What can be called before a Lab_GenericParams is there."""

    __slots__ = ()

    @property
    def value(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)


class Lab_GenericParams_Pipeline(Lab_GenericParams_Capabilities):
    """A Lab_GenericParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Lab_GenericResults_Fields(_rt.TypedDict, total=False):
        """The fields of Lab_GenericResults, for construction; those left out keep their defaults."""

        value: _rt.AnyValue


class Lab_GenericResults(_rt.StructReader):
    """Struct `generic$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x83DBE9765B40A6D9

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Lab_GenericResults_Builder"

    @property
    def value(self) -> _rt.AnyPointerReader:
        return _rt.any_reader(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Lab_GenericResults_Fields]) -> Lab_GenericResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Lab_GenericResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Lab_GenericResults_Builder(Lab_GenericResults, _rt.StructBuilder):
    """Builder of Lab_GenericResults."""

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


class Lab_GenericResults_Capabilities(_rt.Pipeline):
    """What can be called before a Lab_GenericResults is there."""

    __slots__ = ()

    @property
    def value(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)


class Lab_GenericResults_Pipeline(Lab_GenericResults_Capabilities):
    """A Lab_GenericResults inside results that are still to come."""

    __slots__ = ()


class Lab_GenericResults_Promise(Lab_GenericResults_Capabilities, _rt.PendingCall[Lab_GenericResults]):
    """A call whose results are a Lab_GenericResults."""

    __slots__ = ()
    _results = Lab_GenericResults


if _rt.TYPE_CHECKING:

    class Lab_PingParams_Fields(_rt.TypedDict, total=False):
        """The fields of Lab_PingParams, for construction; those left out keep their defaults."""


class Lab_PingParams(_rt.StructReader):
    """Struct `ping$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xE717E11B4177BDA4

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Lab_PingParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Lab_PingParams_Fields]) -> Lab_PingParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Lab_PingParams_Builder)
        return built


class Lab_PingParams_Builder(Lab_PingParams, _rt.StructBuilder):
    """Builder of Lab_PingParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Lab_PingResults_Fields(_rt.TypedDict, total=False):
        """The fields of Lab_PingResults, for construction; those left out keep their defaults."""


class Lab_PingResults(_rt.StructReader):
    """Struct `ping$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xBC8FC1247BBD212D

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Lab_PingResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Lab_PingResults_Fields]) -> Lab_PingResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Lab_PingResults_Builder)
        return built


class Lab_PingResults_Builder(Lab_PingResults, _rt.StructBuilder):
    """Builder of Lab_PingResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Lab_PingResults_Promise(_rt.PendingCall[Lab_PingResults]):
    """A call whose results are a Lab_PingResults."""

    __slots__ = ()
    _results = Lab_PingResults


class Lab(_rt.Client):
    """A place to work in."""

    __slots__ = ()
    _id = 0x8E829BEADF20880E

    Holder: _rt.TypeAlias = Lab_Holder
    Run: _rt.TypeAlias = Lab_Run
    StartParams: _rt.TypeAlias = Lab_StartParams
    StartResults: _rt.TypeAlias = Lab_StartResults
    FindParams: _rt.TypeAlias = Lab_FindParams
    SendParams: _rt.TypeAlias = Lab_SendParams
    UnionResults: _rt.TypeAlias = Lab_UnionResults
    NestedParams: _rt.TypeAlias = Lab_NestedParams
    NestedResults: _rt.TypeAlias = Lab_NestedResults
    GenericParams: _rt.TypeAlias = Lab_GenericParams
    GenericResults: _rt.TypeAlias = Lab_GenericResults
    PingParams: _rt.TypeAlias = Lab_PingParams
    PingResults: _rt.TypeAlias = Lab_PingResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Lab_Server"

    def start(
        self,
        *,
        name: str | None = None,
        size: int = 10,
        shape: Shape | Shape_Fields | None = None,
    ) -> Lab_StartResults_Promise:
        """Begin something."""
        _params = _rt.new_message(Lab_StartParams_Builder)
        _params._fill(name=name, size=size, shape=shape)
        return Lab_StartResults_Promise(self._send(0x8E829BEADF20880E, 0, _params._m))

    def find(
        self,
        *,
        key: _rt.Bytes | None = None,
    ) -> Person_Promise:
        _params = _rt.new_message(Lab_FindParams_Builder)
        _params._fill(key=key)
        return Person_Promise(self._send(0x8E829BEADF20880E, 1, _params._m, _rt.NO_PIPELINING))

    def send(
        self,
        *,
        chunk: _rt.Bytes | None = None,
    ) -> _rt.Awaitable[None]:
        _params = _rt.new_message(Lab_SendParams_Builder)
        _params._fill(chunk=chunk)
        return self._stream(0x8E829BEADF20880E, 2, _params._m)

    def union(
        self,
        *,
        name: str | None = None,
        circle: float | None = None,
        square: float | None = None,
        polygon: _rt.Iterable[common_capnp.Point | common_capnp.Point_Fields] | None = None,
        nothing: bool | None = None,
        at: Shape_At_Fields | None = None,
        color: common_capnp.Color | None = None,
        inner: Shape | Shape_Fields | None = None,
        lab: Lab | Lab_Server | None = None,
        any: _rt.AnyValue | None = None,
        small: int | None = None,
    ) -> Lab_UnionResults_Promise:
        _params = _rt.new_message(Shape_Builder)
        _params._fill(
            name=name,
            circle=circle,
            square=square,
            polygon=polygon,
            nothing=nothing,
            at=at,
            color=color,
            inner=inner,
            lab=lab,
            any=any,
            small=small,
        )
        return Lab_UnionResults_Promise(self._send(0x8E829BEADF20880E, 3, _params._m, _rt.NO_PIPELINING))

    def nested(
        self,
    ) -> Lab_NestedResults_Promise:
        _params = _rt.new_message(Lab_NestedParams_Builder)
        return Lab_NestedResults_Promise(self._send(0x8E829BEADF20880E, 4, _params._m))

    def generic(
        self,
        *,
        value: _rt.AnyValue | None = None,
    ) -> Lab_GenericResults_Promise:
        _params = _rt.new_message(Lab_GenericParams_Builder)
        _params._fill(value=value)
        return Lab_GenericResults_Promise(self._send(0x8E829BEADF20880E, 5, _params._m))

    def ping(
        self,
    ) -> Lab_PingResults_Promise:
        _params = _rt.new_message(Lab_PingParams_Builder)
        return Lab_PingResults_Promise(self._send(0x8E829BEADF20880E, 6, _params._m, _rt.NO_PIPELINING))


async def _handle_Lab_start(
    server: Lab_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Lab_StartParams)
    return _rt.outcome(
        Lab_StartResults_Builder,
        await server.start(name=params.name, size=params.size, shape=params.shape, context=context),
    )


async def _handle_Lab_find(
    server: Lab_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Lab_FindParams)
    return _rt.outcome(Person_Builder, await server.find(key=params.key, context=context))


async def _handle_Lab_send(
    server: Lab_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Lab_SendParams)
    await server.send(chunk=params.chunk, context=context)
    return None


async def _handle_Lab_union(
    server: Lab_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Shape)
    return _rt.outcome(Lab_UnionResults_Builder, await server.union(params=params, context=context))


async def _handle_Lab_nested(
    server: Lab_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Lab_NestedResults_Builder, await server.nested(context=context))


async def _handle_Lab_generic(
    server: Lab_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Lab_GenericParams)
    return _rt.outcome(Lab_GenericResults_Builder, await server.generic(value=params.value, context=context))


async def _handle_Lab_ping(
    server: Lab_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Lab_PingResults_Builder, await server.ping(context=context))


class Lab_Server(_rt.Server):
    """Derive from it to serve `Lab`."""

    __slots__ = ()
    _id = 0x8E829BEADF20880E
    _client = Lab

    @_rt.abstractmethod
    async def start(
        self,
        *,
        name: str,
        size: int,
        shape: Shape,
        context: _rt.CallContext,
    ) -> Lab_StartResults | Lab_StartResults_Fields | Lab_StartResults_Promise | None:
        """Begin something."""

    @_rt.abstractmethod
    async def find(
        self,
        *,
        key: memoryview,
        context: _rt.CallContext,
    ) -> Person | Person_Fields | Person_Promise | None: ...

    @_rt.abstractmethod
    async def send(
        self,
        *,
        chunk: memoryview,
        context: _rt.CallContext,
    ) -> None: ...

    @_rt.abstractmethod
    async def union(
        self,
        *,
        params: Shape,
        context: _rt.CallContext,
    ) -> Lab_UnionResults | Lab_UnionResults_Fields | Lab_UnionResults_Promise | None: ...

    @_rt.abstractmethod
    async def nested(
        self,
        *,
        context: _rt.CallContext,
    ) -> Lab_NestedResults | Lab_NestedResults_Fields | Lab_NestedResults_Promise | None: ...

    @_rt.abstractmethod
    async def generic(
        self,
        *,
        value: _rt.AnyPointerReader,
        context: _rt.CallContext,
    ) -> Lab_GenericResults | Lab_GenericResults_Fields | Lab_GenericResults_Promise | None: ...

    @_rt.abstractmethod
    async def ping(
        self,
        *,
        context: _rt.CallContext,
    ) -> Lab_PingResults | Lab_PingResults_Fields | Lab_PingResults_Promise | None: ...


if _rt.TYPE_CHECKING:

    class Sender_PutParams_Fields(_rt.TypedDict, total=False):
        """The fields of Sender_PutParams, for construction; those left out keep their defaults."""

        value: _rt.AnyValue


class Sender_PutParams(_rt.StructReader):
    """Struct `put$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xF38B3DEAA3EDE08B

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Sender_PutParams_Builder"

    @property
    def value(self) -> _rt.AnyPointerReader:
        return _rt.any_reader(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Sender_PutParams_Fields]) -> Sender_PutParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Sender_PutParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Sender_PutParams_Builder(Sender_PutParams, _rt.StructBuilder):
    """Builder of Sender_PutParams."""

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


class Sender_PutParams_Capabilities(_rt.Pipeline):
    """What can be called before a Sender_PutParams is there."""

    __slots__ = ()

    @property
    def value(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)


class Sender_PutParams_Pipeline(Sender_PutParams_Capabilities):
    """A Sender_PutParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Sender_PutResults_Fields(_rt.TypedDict, total=False):
        """The fields of Sender_PutResults, for construction; those left out keep their defaults."""


class Sender_PutResults(_rt.StructReader):
    """Struct `put$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x93F60ACB024CE4A8

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Sender_PutResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Sender_PutResults_Fields]) -> Sender_PutResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Sender_PutResults_Builder)
        return built


class Sender_PutResults_Builder(Sender_PutResults, _rt.StructBuilder):
    """Builder of Sender_PutResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Sender_PutResults_Promise(_rt.PendingCall[Sender_PutResults]):
    """A call whose results are a Sender_PutResults."""

    __slots__ = ()
    _results = Sender_PutResults


class Sender(_rt.Client):
    """Interface `Sender`."""

    __slots__ = ()
    _id = 0xB8960063A896F9B7

    PutParams: _rt.TypeAlias = Sender_PutParams
    PutResults: _rt.TypeAlias = Sender_PutResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Sender_Server"

    def put(
        self,
        *,
        value: _rt.AnyValue | None = None,
    ) -> Sender_PutResults_Promise:
        _params = _rt.new_message(Sender_PutParams_Builder)
        _params._fill(value=value)
        return Sender_PutResults_Promise(self._send(0xB8960063A896F9B7, 0, _params._m, _rt.NO_PIPELINING))


async def _handle_Sender_put(
    server: Sender_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Sender_PutParams)
    return _rt.outcome(Sender_PutResults_Builder, await server.put(value=params.value, context=context))


class Sender_Server(_rt.Server):
    """Derive from it to serve `Sender`."""

    __slots__ = ()
    _id = 0xB8960063A896F9B7
    _client = Sender

    @_rt.abstractmethod
    async def put(
        self,
        *,
        value: _rt.AnyPointerReader,
        context: _rt.CallContext,
    ) -> Sender_PutResults | Sender_PutResults_Fields | Sender_PutResults_Promise | None: ...


if _rt.TYPE_CHECKING:

    class Chan_TakeParams_Fields(_rt.TypedDict, total=False):
        """The fields of Chan_TakeParams, for construction; those left out keep their defaults."""


class Chan_TakeParams(_rt.StructReader):
    """Struct `take$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x8F4C385E800217AA

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
    _id = 0x820D4BD0B8A7B6C7

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


class Chan(Sender, common_capnp.Closer):
    """Interface `Chan`."""

    __slots__ = ()
    _id = 0xCB7E7B03D8E83888

    TakeParams: _rt.TypeAlias = Chan_TakeParams
    TakeResults: _rt.TypeAlias = Chan_TakeResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Chan_Server"

    def take(
        self,
    ) -> Chan_TakeResults_Promise:
        _params = _rt.new_message(Chan_TakeParams_Builder)
        return Chan_TakeResults_Promise(self._send(0xCB7E7B03D8E83888, 0, _params._m))


async def _handle_Chan_take(
    server: Chan_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Chan_TakeResults_Builder, await server.take(context=context))


class Chan_Server(Sender_Server, common_capnp.Closer_Server):
    """Derive from it to serve `Chan`."""

    __slots__ = ()
    _id = 0xCB7E7B03D8E83888
    _client = Chan

    @_rt.abstractmethod
    async def take(
        self,
        *,
        context: _rt.CallContext,
    ) -> Chan_TakeResults | Chan_TakeResults_Fields | Chan_TakeResults_Promise | None: ...


if _rt.TYPE_CHECKING:

    class Both_PingParams_Fields(_rt.TypedDict, total=False):
        """The fields of Both_PingParams, for construction; those left out keep their defaults."""


class Both_PingParams(_rt.StructReader):
    """Struct `ping$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xD3D1AC982B918FC8

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Both_PingParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Both_PingParams_Fields]) -> Both_PingParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Both_PingParams_Builder)
        return built


class Both_PingParams_Builder(Both_PingParams, _rt.StructBuilder):
    """Builder of Both_PingParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Both_PingResults_Fields(_rt.TypedDict, total=False):
        """The fields of Both_PingResults, for construction; those left out keep their defaults."""


class Both_PingResults(_rt.StructReader):
    """Struct `ping$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xBA8D272B072BB6AD

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Both_PingResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Both_PingResults_Fields]) -> Both_PingResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Both_PingResults_Builder)
        return built


class Both_PingResults_Builder(Both_PingResults, _rt.StructBuilder):
    """Builder of Both_PingResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Both_PingResults_Promise(_rt.PendingCall[Both_PingResults]):
    """A call whose results are a Both_PingResults."""

    __slots__ = ()
    _results = Both_PingResults


class Both(Lab, Lab_Run):
    """Interface `Both`."""

    __slots__ = ()
    _id = 0xA89369C63877FEA5

    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Both_Server"

    def ping_(
        self,
    ) -> Both_PingResults_Promise:
        _params = _rt.new_message(Both_PingParams_Builder)
        return Both_PingResults_Promise(self._send(0xA89369C63877FEA5, 0, _params._m, _rt.NO_PIPELINING))


async def _handle_Both_ping_(
    server: Both_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Both_PingResults_Builder, await server.ping_(context=context))


class Both_Server(Lab_Server, Lab_Run_Server):
    """Derive from it to serve `Both`."""

    __slots__ = ()
    _id = 0xA89369C63877FEA5
    _client = Both

    @_rt.abstractmethod
    async def ping_(
        self,
        *,
        context: _rt.CallContext,
    ) -> Both_PingResults | Both_PingResults_Fields | Both_PingResults_Promise | None: ...


if _rt.TYPE_CHECKING:

    class Box_of_ListOfInt32_Fields(_rt.TypedDict, total=False):
        """The fields of Box_of_ListOfInt32, for construction; those left out keep their defaults."""

        value: _rt.Iterable[int]
        label: str


class Box_of_ListOfInt32(_rt.StructReader):
    """Struct `Box`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xB4DED397B646A0AC

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Box_of_ListOfInt32_Builder"

    @property
    def value(self) -> _rt.ListReader[int]:
        return _rt.INT32_LIST.read(self, 0)

    @property
    def label(self) -> str:
        return self._text(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Box_of_ListOfInt32_Fields]) -> Box_of_ListOfInt32_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Box_of_ListOfInt32_Builder)
        if fields:
            built._fill(**fields)
        return built


class Box_of_ListOfInt32_Builder(Box_of_ListOfInt32, _rt.StructBuilder):
    """Builder of Box_of_ListOfInt32."""

    __slots__ = ()

    @property
    def value(self) -> _rt.ListBuilder[int]:
        return _rt.INT32_LIST.builder(self, 0)

    @value.setter
    def value(self, value: _rt.Iterable[int]) -> None:
        _rt.INT32_LIST.write(self, 0, value)

    def init_value(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.INT32_LIST.init(self, 0, count)

    @property
    def label(self) -> str:
        return self._text(8)

    @label.setter
    def label(self, value: str) -> None:
        self._set_text(8, value)

    def _fill(
        self,
        *,
        value: _rt.Iterable[int] | None = None,
        label: str | None = None,
    ) -> None:
        if value is not None:
            _rt.INT32_LIST.write(self, 0, value)
        if label is not None:
            self._new_text(8, label)


class Box_of_ListOfInt32_Promise(_rt.PendingCall[Box_of_ListOfInt32]):
    """A call whose results are a Box_of_ListOfInt32."""

    __slots__ = ()
    _results = Box_of_ListOfInt32


if _rt.TYPE_CHECKING:

    class Box_of_Person_Fields(_rt.TypedDict, total=False):
        """The fields of Box_of_Person, for construction; those left out keep their defaults."""

        value: Person | Person_Fields
        label: str


class Box_of_Person(_rt.StructReader):
    """Struct `Box`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xB4DED397B646A0AC

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Box_of_Person_Builder"

    @property
    def value(self) -> Person:
        return self._struct(Person, 0)

    @property
    def has_value(self) -> bool:
        return self._has(0)

    @property
    def label(self) -> str:
        return self._text(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Box_of_Person_Fields]) -> Box_of_Person_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Box_of_Person_Builder)
        if fields:
            built._fill(**fields)
        return built


class Box_of_Person_Builder(Box_of_Person, _rt.StructBuilder):
    """Builder of Box_of_Person."""

    __slots__ = ()

    @property
    def value(self) -> Person_Builder:
        return self._struct_builder(Person_Builder, 0)

    @value.setter
    def value(self, value: Person | Person_Fields) -> None:
        self._put_struct(Person_Builder, 0, value)

    def init_value(self) -> Person_Builder:
        return self._init_struct(Person_Builder, 0)

    @property
    def label(self) -> str:
        return self._text(8)

    @label.setter
    def label(self, value: str) -> None:
        self._set_text(8, value)

    def _fill(
        self,
        *,
        value: Person | Person_Fields | None = None,
        label: str | None = None,
    ) -> None:
        if value is not None:
            self._put_struct(Person_Builder, 0, value)
        if label is not None:
            self._new_text(8, label)


class Box_of_Person_Promise(_rt.PendingCall[Box_of_Person]):
    """A call whose results are a Box_of_Person."""

    __slots__ = ()
    _results = Box_of_Person


if _rt.TYPE_CHECKING:

    class Box_of_Lab_Fields(_rt.TypedDict, total=False):
        """The fields of Box_of_Lab, for construction; those left out keep their defaults."""

        value: Lab | Lab_Server | None
        label: str


class Box_of_Lab(_rt.StructReader):
    """Struct `Box`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xB4DED397B646A0AC

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Box_of_Lab_Builder"

    @property
    def value(self) -> Lab:
        return Lab(self._cap(0))

    @property
    def label(self) -> str:
        return self._text(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Box_of_Lab_Fields]) -> Box_of_Lab_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Box_of_Lab_Builder)
        if fields:
            built._fill(**fields)
        return built


class Box_of_Lab_Builder(Box_of_Lab, _rt.StructBuilder):
    """Builder of Box_of_Lab."""

    __slots__ = ()

    @property
    def value(self) -> Lab:
        return Lab(self._cap(0))

    @value.setter
    def value(self, value: Lab | Lab_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    @property
    def label(self) -> str:
        return self._text(8)

    @label.setter
    def label(self, value: str) -> None:
        self._set_text(8, value)

    def _fill(
        self,
        *,
        value: Lab | Lab_Server | None = None,
        label: str | None = None,
    ) -> None:
        if value is not None:
            self._set_cap(0, _rt.hook_of(value))
        if label is not None:
            self._new_text(8, label)


class Box_of_Lab_Capabilities(_rt.Pipeline):
    """What can be called before a Box_of_Lab is there."""

    __slots__ = ()

    @property
    def value(self) -> Lab:
        return Lab(self._pipeline(0))


class Box_of_Lab_Pipeline(Box_of_Lab_Capabilities):
    """A Box_of_Lab inside results that are still to come."""

    __slots__ = ()


class Box_of_Lab_Promise(Box_of_Lab_Capabilities, _rt.PendingCall[Box_of_Lab]):
    """A call whose results are a Box_of_Lab."""

    __slots__ = ()
    _results = Box_of_Lab


if _rt.TYPE_CHECKING:

    class Box_of_Data_Fields(_rt.TypedDict, total=False):
        """The fields of Box_of_Data, for construction; those left out keep their defaults."""

        value: _rt.Bytes
        label: str


class Box_of_Data(_rt.StructReader):
    """Struct `Box`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xB4DED397B646A0AC

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Box_of_Data_Builder"

    @property
    def value(self) -> memoryview:
        return self._data(0)

    @property
    def label(self) -> str:
        return self._text(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Box_of_Data_Fields]) -> Box_of_Data_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Box_of_Data_Builder)
        if fields:
            built._fill(**fields)
        return built


class Box_of_Data_Builder(Box_of_Data, _rt.StructBuilder):
    """Builder of Box_of_Data."""

    __slots__ = ()

    @property
    def value(self) -> memoryview:
        return self._data(0)

    @value.setter
    def value(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    @property
    def label(self) -> str:
        return self._text(8)

    @label.setter
    def label(self, value: str) -> None:
        self._set_text(8, value)

    def _fill(
        self,
        *,
        value: _rt.Bytes | None = None,
        label: str | None = None,
    ) -> None:
        if value is not None:
            self._set_data(0, value)
        if label is not None:
            self._new_text(8, label)


class Box_of_Data_Promise(_rt.PendingCall[Box_of_Data]):
    """A call whose results are a Box_of_Data."""

    __slots__ = ()
    _results = Box_of_Data


if _rt.TYPE_CHECKING:

    class Tree_Extra_of_Text_Fields(_rt.TypedDict, total=False):
        """The fields of Tree_Extra_of_Text, for construction; those left out keep their defaults."""

        more: str
        any: _rt.AnyValue


class Tree_Extra_of_Text(_rt.StructReader):
    """Group `extra`."""

    __slots__ = ()
    _size = (0, 5)
    _id = 0xBCC953AABE4259D4

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Tree_Extra_of_Text_Builder"

    @property
    def more(self) -> str:
        return self._text(16)

    @property
    def any(self) -> _rt.AnyPointerReader:
        return _rt.any_reader(self, 24)


class Tree_Extra_of_Text_Builder(Tree_Extra_of_Text, _rt.StructBuilder):
    """Builder of Tree_Extra_of_Text."""

    __slots__ = ()

    @property
    def more(self) -> str:
        return self._text(16)

    @more.setter
    def more(self, value: str) -> None:
        self._set_text(16, value)

    @property
    def any(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 24)

    @any.setter
    def any(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 24).set(value)

    def _fill(
        self,
        *,
        more: str | None = None,
        any: _rt.AnyValue | None = None,
    ) -> None:
        if more is not None:
            self._set_text(16, more)
        if any is not None:
            _rt.any_builder(self, 24).set(any)


class Tree_Extra_of_Text_Capabilities(_rt.Pipeline):
    """What can be called before a Tree_Extra_of_Text is there."""

    __slots__ = ()

    @property
    def any(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 3)


class Tree_Extra_of_Text_Pipeline(Tree_Extra_of_Text_Capabilities):
    """A Tree_Extra_of_Text inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Tree_Inner_of_Text_Fields(_rt.TypedDict, total=False):
        """The fields of Tree_Inner_of_Text, for construction; those left out keep their defaults."""

        again: str


class Tree_Inner_of_Text(_rt.StructReader):
    """Struct `Inner`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xD41AEEAC277FB429

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Tree_Inner_of_Text_Builder"

    @property
    def again(self) -> str:
        return self._text(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Tree_Inner_of_Text_Fields]) -> Tree_Inner_of_Text_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Tree_Inner_of_Text_Builder)
        if fields:
            built._fill(**fields)
        return built


class Tree_Inner_of_Text_Builder(Tree_Inner_of_Text, _rt.StructBuilder):
    """Builder of Tree_Inner_of_Text."""

    __slots__ = ()

    @property
    def again(self) -> str:
        return self._text(0)

    @again.setter
    def again(self, value: str) -> None:
        self._set_text(0, value)

    def _fill(
        self,
        *,
        again: str | None = None,
    ) -> None:
        if again is not None:
            self._new_text(0, again)


class Tree_Inner_of_Text_Promise(_rt.PendingCall[Tree_Inner_of_Text]):
    """A call whose results are a Tree_Inner_of_Text."""

    __slots__ = ()
    _results = Tree_Inner_of_Text


if _rt.TYPE_CHECKING:

    class Tree_of_Text_Fields(_rt.TypedDict, total=False):
        """The fields of Tree_of_Text, for construction; those left out keep their defaults."""

        value: str
        children: _rt.Iterable[Tree_of_Text | Tree | Tree_of_Text_Fields]
        extra: Tree_Extra_of_Text_Fields
        inner: Tree_Inner_of_Text | Tree_Inner | Tree_Inner_of_Text_Fields


class Tree_of_Text(_rt.StructReader):
    """Struct `Tree`."""

    __slots__ = ()
    _size = (0, 5)
    _id = 0x8BBA543A454B018B

    Inner: _rt.TypeAlias = Tree_Inner_of_Text
    Extra: _rt.TypeAlias = Tree_Extra_of_Text
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Tree_of_Text_Builder"

    @property
    def value(self) -> str:
        return self._text(0)

    @property
    def children(self) -> _rt.ListReader[Tree_of_Text]:
        return _LIST_Tree_of_Text.read(self, 8)

    @property
    def extra(self) -> Tree_Extra_of_Text:
        return Tree_Extra_of_Text(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def inner(self) -> Tree_Inner_of_Text:
        return self._struct(Tree_Inner_of_Text, 32)

    @property
    def has_inner(self) -> bool:
        return self._has(32)

    @staticmethod
    def new(**fields: _rt.Unpack[Tree_of_Text_Fields]) -> Tree_of_Text_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Tree_of_Text_Builder)
        if fields:
            built._fill(**fields)
        return built


class Tree_of_Text_Builder(Tree_of_Text, _rt.StructBuilder):
    """Builder of Tree_of_Text."""

    __slots__ = ()

    @property
    def value(self) -> str:
        return self._text(0)

    @value.setter
    def value(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def children(self) -> _rt.ListBuilder[Tree_of_Text_Builder]:
        return _LIST_Tree_of_Text.builder(self, 8)

    @children.setter
    def children(self, value: _rt.Iterable[Tree_of_Text | Tree | Tree_of_Text_Fields]) -> None:
        _LIST_Tree_of_Text.write(self, 8, value)

    def init_children(self, count: int) -> _rt.ListBuilder[Tree_of_Text_Builder]:
        return _LIST_Tree_of_Text.init(self, 8, count)

    @property
    def extra(self) -> Tree_Extra_of_Text_Builder:
        return Tree_Extra_of_Text_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def inner(self) -> Tree_Inner_of_Text_Builder:
        return self._struct_builder(Tree_Inner_of_Text_Builder, 32)

    @inner.setter
    def inner(self, value: Tree_Inner_of_Text | Tree_Inner | Tree_Inner_of_Text_Fields) -> None:
        self._put_struct(Tree_Inner_of_Text_Builder, 32, value)

    def init_inner(self) -> Tree_Inner_of_Text_Builder:
        return self._init_struct(Tree_Inner_of_Text_Builder, 32)

    def _fill(
        self,
        *,
        value: str | None = None,
        children: _rt.Iterable[Tree_of_Text | Tree | Tree_of_Text_Fields] | None = None,
        extra: Tree_Extra_of_Text_Fields | None = None,
        inner: Tree_Inner_of_Text | Tree_Inner | Tree_Inner_of_Text_Fields | None = None,
    ) -> None:
        if value is not None:
            self._new_text(0, value)
        if children is not None:
            _LIST_Tree_of_Text.write(self, 8, children)
        if extra is not None:
            self.extra._fill(**extra)
        if inner is not None:
            self._put_struct(Tree_Inner_of_Text_Builder, 32, inner)


class Tree_of_Text_Capabilities(_rt.Pipeline):
    """What can be called before a Tree_of_Text is there."""

    __slots__ = ()

    @property
    def extra(self) -> Tree_Extra_of_Text_Pipeline:
        return self._inside(Tree_Extra_of_Text_Pipeline)


class Tree_of_Text_Pipeline(Tree_of_Text_Capabilities):
    """A Tree_of_Text inside results that are still to come."""

    __slots__ = ()


class Tree_of_Text_Promise(Tree_of_Text_Capabilities, _rt.PendingCall[Tree_of_Text]):
    """A call whose results are a Tree_of_Text."""

    __slots__ = ()
    _results = Tree_of_Text


if _rt.TYPE_CHECKING:

    class Box_of_Box_of_Text_Fields(_rt.TypedDict, total=False):
        """The fields of Box_of_Box_of_Text, for construction; those left out keep their defaults."""

        value: Box_of_Text | common_capnp.Box | Box_of_Text_Fields
        label: str


class Box_of_Box_of_Text(_rt.StructReader):
    """Struct `Box`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xB4DED397B646A0AC

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Box_of_Box_of_Text_Builder"

    @property
    def value(self) -> Box_of_Text:
        return self._struct(Box_of_Text, 0)

    @property
    def has_value(self) -> bool:
        return self._has(0)

    @property
    def label(self) -> str:
        return self._text(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Box_of_Box_of_Text_Fields]) -> Box_of_Box_of_Text_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Box_of_Box_of_Text_Builder)
        if fields:
            built._fill(**fields)
        return built


class Box_of_Box_of_Text_Builder(Box_of_Box_of_Text, _rt.StructBuilder):
    """Builder of Box_of_Box_of_Text."""

    __slots__ = ()

    @property
    def value(self) -> Box_of_Text_Builder:
        return self._struct_builder(Box_of_Text_Builder, 0)

    @value.setter
    def value(self, value: Box_of_Text | common_capnp.Box | Box_of_Text_Fields) -> None:
        self._put_struct(Box_of_Text_Builder, 0, value)

    def init_value(self) -> Box_of_Text_Builder:
        return self._init_struct(Box_of_Text_Builder, 0)

    @property
    def label(self) -> str:
        return self._text(8)

    @label.setter
    def label(self, value: str) -> None:
        self._set_text(8, value)

    def _fill(
        self,
        *,
        value: Box_of_Text | common_capnp.Box | Box_of_Text_Fields | None = None,
        label: str | None = None,
    ) -> None:
        if value is not None:
            self._put_struct(Box_of_Text_Builder, 0, value)
        if label is not None:
            self._new_text(8, label)


class Box_of_Box_of_Text_Promise(_rt.PendingCall[Box_of_Box_of_Text]):
    """A call whose results are a Box_of_Box_of_Text."""

    __slots__ = ()
    _results = Box_of_Box_of_Text


if _rt.TYPE_CHECKING:

    class Sender_PutParams_of_Data_Fields(_rt.TypedDict, total=False):
        """The fields of Sender_PutParams_of_Data, for construction; those left out keep their defaults."""

        value: _rt.Bytes


class Sender_PutParams_of_Data(_rt.StructReader):
    """Struct `put$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xF38B3DEAA3EDE08B

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Sender_PutParams_of_Data_Builder"

    @property
    def value(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Sender_PutParams_of_Data_Fields]) -> Sender_PutParams_of_Data_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Sender_PutParams_of_Data_Builder)
        if fields:
            built._fill(**fields)
        return built


class Sender_PutParams_of_Data_Builder(Sender_PutParams_of_Data, _rt.StructBuilder):
    """Builder of Sender_PutParams_of_Data."""

    __slots__ = ()

    @property
    def value(self) -> memoryview:
        return self._data(0)

    @value.setter
    def value(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        value: _rt.Bytes | None = None,
    ) -> None:
        if value is not None:
            self._set_data(0, value)


if _rt.TYPE_CHECKING:

    class Sender_PutResults_of_Data_Fields(_rt.TypedDict, total=False):
        """The fields of Sender_PutResults_of_Data, for construction; those left out keep their defaults."""


class Sender_PutResults_of_Data(_rt.StructReader):
    """Struct `put$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x93F60ACB024CE4A8

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Sender_PutResults_of_Data_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Sender_PutResults_of_Data_Fields]) -> Sender_PutResults_of_Data_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Sender_PutResults_of_Data_Builder)
        return built


class Sender_PutResults_of_Data_Builder(Sender_PutResults_of_Data, _rt.StructBuilder):
    """Builder of Sender_PutResults_of_Data."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Sender_PutResults_of_Data_Promise(_rt.PendingCall[Sender_PutResults_of_Data]):
    """A call whose results are a Sender_PutResults_of_Data."""

    __slots__ = ()
    _results = Sender_PutResults_of_Data


class Sender_of_Data(_rt.Client):
    """Interface `Sender`."""

    __slots__ = ()
    _id = 0xB8960063A896F9B7

    PutParams: _rt.TypeAlias = Sender_PutParams_of_Data
    PutResults: _rt.TypeAlias = Sender_PutResults_of_Data
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Sender_of_Data_Server"

    def put(
        self,
        *,
        value: _rt.Bytes | None = None,
    ) -> Sender_PutResults_of_Data_Promise:
        _params = _rt.new_message(Sender_PutParams_of_Data_Builder)
        _params._fill(value=value)
        return Sender_PutResults_of_Data_Promise(
            self._send(0xB8960063A896F9B7, 0, _params._m, _rt.NO_PIPELINING)
        )


async def _handle_Sender_of_Data_put(
    server: Sender_of_Data_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Sender_PutParams_of_Data)
    return _rt.outcome(
        Sender_PutResults_of_Data_Builder, await server.put(value=params.value, context=context)
    )


class Sender_of_Data_Server(_rt.Server):
    """Derive from it to serve `Sender`."""

    __slots__ = ()
    _id = 0xB8960063A896F9B7
    _client = Sender_of_Data

    @_rt.abstractmethod
    async def put(
        self,
        *,
        value: memoryview,
        context: _rt.CallContext,
    ) -> (
        Sender_PutResults_of_Data
        | Sender_PutResults_of_Data_Fields
        | Sender_PutResults_of_Data_Promise
        | None
    ): ...


if _rt.TYPE_CHECKING:

    class Bound_Fields(_rt.TypedDict, total=False):
        """The fields of Bound, for construction; those left out keep their defaults."""

        text: Box_of_Text | common_capnp.Box | Box_of_Text_Fields
        list: Box_of_ListOfInt32 | common_capnp.Box | Box_of_ListOfInt32_Fields
        person: Box_of_Person | common_capnp.Box | Box_of_Person_Fields
        lab: Box_of_Lab | common_capnp.Box | Box_of_Lab_Fields
        boxes: _rt.Iterable[Box_of_Data | common_capnp.Box | Box_of_Data_Fields]
        tree: Tree_of_Text | Tree | Tree_of_Text_Fields
        free: common_capnp.Box | common_capnp.Box_Fields
        boxed: Box_of_Box_of_Text | common_capnp.Box | Box_of_Box_of_Text_Fields
        sender: Sender_of_Data | Sender_of_Data_Server | Sender | Sender_Server | None


class Bound(_rt.StructReader):
    """Struct `Bound`."""

    __slots__ = ()
    _size = (0, 9)
    _id = 0xF7A4714D8514FD80

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Bound_Builder"

    @property
    def text(self) -> Box_of_Text:
        return self._struct(Box_of_Text, 0)

    @property
    def has_text(self) -> bool:
        return self._has(0)

    @property
    def list(self) -> Box_of_ListOfInt32:
        return self._struct(Box_of_ListOfInt32, 8)

    @property
    def has_list(self) -> bool:
        return self._has(8)

    @property
    def person(self) -> Box_of_Person:
        return self._struct(Box_of_Person, 16)

    @property
    def has_person(self) -> bool:
        return self._has(16)

    @property
    def lab(self) -> Box_of_Lab:
        return self._struct(Box_of_Lab, 24)

    @property
    def has_lab(self) -> bool:
        return self._has(24)

    @property
    def boxes(self) -> _rt.ListReader[Box_of_Data]:
        return _LIST_Box_of_Data.read(self, 32)

    @property
    def tree(self) -> Tree_of_Text:
        return self._struct(Tree_of_Text, 40)

    @property
    def has_tree(self) -> bool:
        return self._has(40)

    @property
    def free(self) -> common_capnp.Box:
        return self._struct(common_capnp.Box, 48)

    @property
    def has_free(self) -> bool:
        return self._has(48)

    @property
    def boxed(self) -> Box_of_Box_of_Text:
        return self._struct(Box_of_Box_of_Text, 56)

    @property
    def has_boxed(self) -> bool:
        return self._has(56)

    @property
    def sender(self) -> Sender_of_Data:
        return Sender_of_Data(self._cap(64))

    @staticmethod
    def new(**fields: _rt.Unpack[Bound_Fields]) -> Bound_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Bound_Builder)
        if fields:
            built._fill(**fields)
        return built


class Bound_Builder(Bound, _rt.StructBuilder):
    """Builder of Bound."""

    __slots__ = ()

    @property
    def text(self) -> Box_of_Text_Builder:
        return self._struct_builder(Box_of_Text_Builder, 0)

    @text.setter
    def text(self, value: Box_of_Text | common_capnp.Box | Box_of_Text_Fields) -> None:
        self._put_struct(Box_of_Text_Builder, 0, value)

    def init_text(self) -> Box_of_Text_Builder:
        return self._init_struct(Box_of_Text_Builder, 0)

    @property
    def list(self) -> Box_of_ListOfInt32_Builder:
        return self._struct_builder(Box_of_ListOfInt32_Builder, 8)

    @list.setter
    def list(self, value: Box_of_ListOfInt32 | common_capnp.Box | Box_of_ListOfInt32_Fields) -> None:
        self._put_struct(Box_of_ListOfInt32_Builder, 8, value)

    def init_list(self) -> Box_of_ListOfInt32_Builder:
        return self._init_struct(Box_of_ListOfInt32_Builder, 8)

    @property
    def person(self) -> Box_of_Person_Builder:
        return self._struct_builder(Box_of_Person_Builder, 16)

    @person.setter
    def person(self, value: Box_of_Person | common_capnp.Box | Box_of_Person_Fields) -> None:
        self._put_struct(Box_of_Person_Builder, 16, value)

    def init_person(self) -> Box_of_Person_Builder:
        return self._init_struct(Box_of_Person_Builder, 16)

    @property
    def lab(self) -> Box_of_Lab_Builder:
        return self._struct_builder(Box_of_Lab_Builder, 24)

    @lab.setter
    def lab(self, value: Box_of_Lab | common_capnp.Box | Box_of_Lab_Fields) -> None:
        self._put_struct(Box_of_Lab_Builder, 24, value)

    def init_lab(self) -> Box_of_Lab_Builder:
        return self._init_struct(Box_of_Lab_Builder, 24)

    @property
    def boxes(self) -> _rt.ListBuilder[Box_of_Data_Builder]:
        return _LIST_Box_of_Data.builder(self, 32)

    @boxes.setter
    def boxes(self, value: _rt.Iterable[Box_of_Data | common_capnp.Box | Box_of_Data_Fields]) -> None:
        _LIST_Box_of_Data.write(self, 32, value)

    def init_boxes(self, count: int) -> _rt.ListBuilder[Box_of_Data_Builder]:
        return _LIST_Box_of_Data.init(self, 32, count)

    @property
    def tree(self) -> Tree_of_Text_Builder:
        return self._struct_builder(Tree_of_Text_Builder, 40)

    @tree.setter
    def tree(self, value: Tree_of_Text | Tree | Tree_of_Text_Fields) -> None:
        self._put_struct(Tree_of_Text_Builder, 40, value)

    def init_tree(self) -> Tree_of_Text_Builder:
        return self._init_struct(Tree_of_Text_Builder, 40)

    @property
    def free(self) -> common_capnp.Box_Builder:
        return self._struct_builder(common_capnp.Box_Builder, 48)

    @free.setter
    def free(self, value: common_capnp.Box | common_capnp.Box_Fields) -> None:
        self._put_struct(common_capnp.Box_Builder, 48, value)

    def init_free(self) -> common_capnp.Box_Builder:
        return self._init_struct(common_capnp.Box_Builder, 48)

    @property
    def boxed(self) -> Box_of_Box_of_Text_Builder:
        return self._struct_builder(Box_of_Box_of_Text_Builder, 56)

    @boxed.setter
    def boxed(self, value: Box_of_Box_of_Text | common_capnp.Box | Box_of_Box_of_Text_Fields) -> None:
        self._put_struct(Box_of_Box_of_Text_Builder, 56, value)

    def init_boxed(self) -> Box_of_Box_of_Text_Builder:
        return self._init_struct(Box_of_Box_of_Text_Builder, 56)

    @property
    def sender(self) -> Sender_of_Data:
        return Sender_of_Data(self._cap(64))

    @sender.setter
    def sender(self, value: Sender_of_Data | Sender_of_Data_Server | Sender | Sender_Server | None) -> None:
        self._set_cap(64, _rt.hook_of(value))

    def _fill(
        self,
        *,
        text: Box_of_Text | common_capnp.Box | Box_of_Text_Fields | None = None,
        list: Box_of_ListOfInt32 | common_capnp.Box | Box_of_ListOfInt32_Fields | None = None,
        person: Box_of_Person | common_capnp.Box | Box_of_Person_Fields | None = None,
        lab: Box_of_Lab | common_capnp.Box | Box_of_Lab_Fields | None = None,
        boxes: _rt.Iterable[Box_of_Data | common_capnp.Box | Box_of_Data_Fields] | None = None,
        tree: Tree_of_Text | Tree | Tree_of_Text_Fields | None = None,
        free: common_capnp.Box | common_capnp.Box_Fields | None = None,
        boxed: Box_of_Box_of_Text | common_capnp.Box | Box_of_Box_of_Text_Fields | None = None,
        sender: Sender_of_Data | Sender_of_Data_Server | Sender | Sender_Server | None = None,
    ) -> None:
        if text is not None:
            self._put_struct(Box_of_Text_Builder, 0, text)
        if list is not None:
            self._put_struct(Box_of_ListOfInt32_Builder, 8, list)
        if person is not None:
            self._put_struct(Box_of_Person_Builder, 16, person)
        if lab is not None:
            self._put_struct(Box_of_Lab_Builder, 24, lab)
        if boxes is not None:
            _LIST_Box_of_Data.write(self, 32, boxes)
        if tree is not None:
            self._put_struct(Tree_of_Text_Builder, 40, tree)
        if free is not None:
            self._put_struct(common_capnp.Box_Builder, 48, free)
        if boxed is not None:
            self._put_struct(Box_of_Box_of_Text_Builder, 56, boxed)
        if sender is not None:
            self._set_cap(64, _rt.hook_of(sender))


class Bound_Capabilities(_rt.Pipeline):
    """What can be called before a Bound is there."""

    __slots__ = ()

    @property
    def lab(self) -> Box_of_Lab_Pipeline:
        return self._inside(Box_of_Lab_Pipeline, 3)

    @property
    def tree(self) -> Tree_of_Text_Pipeline:
        return self._inside(Tree_of_Text_Pipeline, 5)

    @property
    def free(self) -> common_capnp.Box_Pipeline:
        return self._inside(common_capnp.Box_Pipeline, 6)

    @property
    def sender(self) -> Sender_of_Data:
        return Sender_of_Data(self._pipeline(8))


class Bound_Pipeline(Bound_Capabilities):
    """A Bound inside results that are still to come."""

    __slots__ = ()


class Bound_Promise(Bound_Capabilities, _rt.PendingCall[Bound]):
    """A call whose results are a Bound."""

    __slots__ = ()
    _results = Bound


if _rt.TYPE_CHECKING:

    class Tree_Inner_Fields(_rt.TypedDict, total=False):
        """The fields of Tree_Inner, for construction; those left out keep their defaults."""

        again: _rt.AnyValue


class Tree_Inner(_rt.StructReader):
    """Struct `Inner`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xD41AEEAC277FB429

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Tree_Inner_Builder"

    @property
    def again(self) -> _rt.AnyPointerReader:
        return _rt.any_reader(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Tree_Inner_Fields]) -> Tree_Inner_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Tree_Inner_Builder)
        if fields:
            built._fill(**fields)
        return built


class Tree_Inner_Builder(Tree_Inner, _rt.StructBuilder):
    """Builder of Tree_Inner."""

    __slots__ = ()

    @property
    def again(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 0)

    @again.setter
    def again(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 0).set(value)

    def _fill(
        self,
        *,
        again: _rt.AnyValue | None = None,
    ) -> None:
        if again is not None:
            _rt.any_builder(self, 0).set(again)


class Tree_Inner_Capabilities(_rt.Pipeline):
    """What can be called before a Tree_Inner is there."""

    __slots__ = ()

    @property
    def again(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)


class Tree_Inner_Pipeline(Tree_Inner_Capabilities):
    """A Tree_Inner inside results that are still to come."""

    __slots__ = ()


class Tree_Inner_Promise(Tree_Inner_Capabilities, _rt.PendingCall[Tree_Inner]):
    """A call whose results are a Tree_Inner."""

    __slots__ = ()
    _results = Tree_Inner


if _rt.TYPE_CHECKING:

    class Tree_Extra_Fields(_rt.TypedDict, total=False):
        """The fields of Tree_Extra, for construction; those left out keep their defaults."""

        more: _rt.AnyValue
        any: _rt.AnyValue


class Tree_Extra(_rt.StructReader):
    """Group `extra`."""

    __slots__ = ()
    _size = (0, 5)
    _id = 0xBCC953AABE4259D4

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Tree_Extra_Builder"

    @property
    def more(self) -> _rt.AnyPointerReader:
        return _rt.any_reader(self, 16)

    @property
    def any(self) -> _rt.AnyPointerReader:
        return _rt.any_reader(self, 24)


class Tree_Extra_Builder(Tree_Extra, _rt.StructBuilder):
    """Builder of Tree_Extra."""

    __slots__ = ()

    @property
    def more(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 16)

    @more.setter
    def more(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 16).set(value)

    @property
    def any(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 24)

    @any.setter
    def any(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 24).set(value)

    def _fill(
        self,
        *,
        more: _rt.AnyValue | None = None,
        any: _rt.AnyValue | None = None,
    ) -> None:
        if more is not None:
            _rt.any_builder(self, 16).set(more)
        if any is not None:
            _rt.any_builder(self, 24).set(any)


class Tree_Extra_Capabilities(_rt.Pipeline):
    """What can be called before a Tree_Extra is there."""

    __slots__ = ()

    @property
    def more(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 2)

    @property
    def any(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 3)


class Tree_Extra_Pipeline(Tree_Extra_Capabilities):
    """A Tree_Extra inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Tree_Fields(_rt.TypedDict, total=False):
        """The fields of Tree, for construction; those left out keep their defaults."""

        value: _rt.AnyValue
        children: _rt.Iterable[Tree | Tree_Fields]
        extra: Tree_Extra_Fields
        inner: Tree_Inner | Tree_Inner_Fields


class Tree(_rt.StructReader):
    """Struct `Tree`."""

    __slots__ = ()
    _size = (0, 5)
    _id = 0x8BBA543A454B018B

    Inner: _rt.TypeAlias = Tree_Inner
    Extra: _rt.TypeAlias = Tree_Extra
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Tree_Builder"

    @property
    def value(self) -> _rt.AnyPointerReader:
        return _rt.any_reader(self, 0)

    @property
    def children(self) -> _rt.ListReader[Tree]:
        return _LIST_Tree.read(self, 8)

    @property
    def extra(self) -> Tree_Extra:
        return Tree_Extra(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def inner(self) -> Tree_Inner:
        return self._struct(Tree_Inner, 32)

    @property
    def has_inner(self) -> bool:
        return self._has(32)

    @staticmethod
    def new(**fields: _rt.Unpack[Tree_Fields]) -> Tree_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Tree_Builder)
        if fields:
            built._fill(**fields)
        return built


class Tree_Builder(Tree, _rt.StructBuilder):
    """Builder of Tree."""

    __slots__ = ()

    @property
    def value(self) -> _rt.AnyPointerBuilder:
        return _rt.any_builder(self, 0)

    @value.setter
    def value(self, value: _rt.AnyValue) -> None:
        _rt.any_builder(self, 0).set(value)

    @property
    def children(self) -> _rt.ListBuilder[Tree_Builder]:
        return _LIST_Tree.builder(self, 8)

    @children.setter
    def children(self, value: _rt.Iterable[Tree | Tree_Fields]) -> None:
        _LIST_Tree.write(self, 8, value)

    def init_children(self, count: int) -> _rt.ListBuilder[Tree_Builder]:
        return _LIST_Tree.init(self, 8, count)

    @property
    def extra(self) -> Tree_Extra_Builder:
        return Tree_Extra_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def inner(self) -> Tree_Inner_Builder:
        return self._struct_builder(Tree_Inner_Builder, 32)

    @inner.setter
    def inner(self, value: Tree_Inner | Tree_Inner_Fields) -> None:
        self._put_struct(Tree_Inner_Builder, 32, value)

    def init_inner(self) -> Tree_Inner_Builder:
        return self._init_struct(Tree_Inner_Builder, 32)

    def _fill(
        self,
        *,
        value: _rt.AnyValue | None = None,
        children: _rt.Iterable[Tree | Tree_Fields] | None = None,
        extra: Tree_Extra_Fields | None = None,
        inner: Tree_Inner | Tree_Inner_Fields | None = None,
    ) -> None:
        if value is not None:
            _rt.any_builder(self, 0).set(value)
        if children is not None:
            _LIST_Tree.write(self, 8, children)
        if extra is not None:
            self.extra._fill(**extra)
        if inner is not None:
            self._put_struct(Tree_Inner_Builder, 32, inner)


class Tree_Capabilities(_rt.Pipeline):
    """What can be called before a Tree is there."""

    __slots__ = ()

    @property
    def value(self) -> _rt.AnyPipeline:
        return self._inside(_rt.AnyPipeline, 0)

    @property
    def extra(self) -> Tree_Extra_Pipeline:
        return self._inside(Tree_Extra_Pipeline)

    @property
    def inner(self) -> Tree_Inner_Pipeline:
        return self._inside(Tree_Inner_Pipeline, 4)


class Tree_Pipeline(Tree_Capabilities):
    """A Tree inside results that are still to come."""

    __slots__ = ()


class Tree_Promise(Tree_Capabilities, _rt.PendingCall[Tree]):
    """A call whose results are a Tree."""

    __slots__ = ()
    _results = Tree


if _rt.TYPE_CHECKING:

    class Texts_CountParams_Fields(_rt.TypedDict, total=False):
        """The fields of Texts_CountParams, for construction; those left out keep their defaults."""

        in_: Box_of_Text | common_capnp.Box | Box_of_Text_Fields


class Texts_CountParams(_rt.StructReader):
    """Struct `count$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xDFC3A40279418617

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Texts_CountParams_Builder"

    @property
    def in_(self) -> Box_of_Text:
        return self._struct(Box_of_Text, 0)

    @property
    def has_in_(self) -> bool:
        return self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Texts_CountParams_Fields]) -> Texts_CountParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Texts_CountParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Texts_CountParams_Builder(Texts_CountParams, _rt.StructBuilder):
    """Builder of Texts_CountParams."""

    __slots__ = ()

    @property
    def in_(self) -> Box_of_Text_Builder:
        return self._struct_builder(Box_of_Text_Builder, 0)

    @in_.setter
    def in_(self, value: Box_of_Text | common_capnp.Box | Box_of_Text_Fields) -> None:
        self._put_struct(Box_of_Text_Builder, 0, value)

    def init_in_(self) -> Box_of_Text_Builder:
        return self._init_struct(Box_of_Text_Builder, 0)

    def _fill(
        self,
        *,
        in_: Box_of_Text | common_capnp.Box | Box_of_Text_Fields | None = None,
    ) -> None:
        if in_ is not None:
            self._put_struct(Box_of_Text_Builder, 0, in_)


if _rt.TYPE_CHECKING:

    class Sender_PutParams_of_Text_Fields(_rt.TypedDict, total=False):
        """The fields of Sender_PutParams_of_Text, for construction; those left out keep their defaults."""

        value: str


class Sender_PutParams_of_Text(_rt.StructReader):
    """Struct `put$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xF38B3DEAA3EDE08B

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Sender_PutParams_of_Text_Builder"

    @property
    def value(self) -> str:
        return self._text(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Sender_PutParams_of_Text_Fields]) -> Sender_PutParams_of_Text_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Sender_PutParams_of_Text_Builder)
        if fields:
            built._fill(**fields)
        return built


class Sender_PutParams_of_Text_Builder(Sender_PutParams_of_Text, _rt.StructBuilder):
    """Builder of Sender_PutParams_of_Text."""

    __slots__ = ()

    @property
    def value(self) -> str:
        return self._text(0)

    @value.setter
    def value(self, value: str) -> None:
        self._set_text(0, value)

    def _fill(
        self,
        *,
        value: str | None = None,
    ) -> None:
        if value is not None:
            self._new_text(0, value)


if _rt.TYPE_CHECKING:

    class Sender_PutResults_of_Text_Fields(_rt.TypedDict, total=False):
        """The fields of Sender_PutResults_of_Text, for construction; those left out keep their defaults."""


class Sender_PutResults_of_Text(_rt.StructReader):
    """Struct `put$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x93F60ACB024CE4A8

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Sender_PutResults_of_Text_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Sender_PutResults_of_Text_Fields]) -> Sender_PutResults_of_Text_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Sender_PutResults_of_Text_Builder)
        return built


class Sender_PutResults_of_Text_Builder(Sender_PutResults_of_Text, _rt.StructBuilder):
    """Builder of Sender_PutResults_of_Text."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Sender_PutResults_of_Text_Promise(_rt.PendingCall[Sender_PutResults_of_Text]):
    """A call whose results are a Sender_PutResults_of_Text."""

    __slots__ = ()
    _results = Sender_PutResults_of_Text


class Sender_of_Text(_rt.Client):
    """Interface `Sender`."""

    __slots__ = ()
    _id = 0xB8960063A896F9B7

    PutParams: _rt.TypeAlias = Sender_PutParams_of_Text
    PutResults: _rt.TypeAlias = Sender_PutResults_of_Text
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Sender_of_Text_Server"

    def put(
        self,
        *,
        value: str | None = None,
    ) -> Sender_PutResults_of_Text_Promise:
        _params = _rt.new_message(Sender_PutParams_of_Text_Builder)
        _params._fill(value=value)
        return Sender_PutResults_of_Text_Promise(
            self._send(0xB8960063A896F9B7, 0, _params._m, _rt.NO_PIPELINING)
        )


async def _handle_Sender_of_Text_put(
    server: Sender_of_Text_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Sender_PutParams_of_Text)
    return _rt.outcome(
        Sender_PutResults_of_Text_Builder, await server.put(value=params.value, context=context)
    )


class Sender_of_Text_Server(_rt.Server):
    """Derive from it to serve `Sender`."""

    __slots__ = ()
    _id = 0xB8960063A896F9B7
    _client = Sender_of_Text

    @_rt.abstractmethod
    async def put(
        self,
        *,
        value: str,
        context: _rt.CallContext,
    ) -> (
        Sender_PutResults_of_Text
        | Sender_PutResults_of_Text_Fields
        | Sender_PutResults_of_Text_Promise
        | None
    ): ...


if _rt.TYPE_CHECKING:

    class Chan_TakeParams_of_Text_Fields(_rt.TypedDict, total=False):
        """The fields of Chan_TakeParams_of_Text, for construction; those left out keep their defaults."""


class Chan_TakeParams_of_Text(_rt.StructReader):
    """Struct `take$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x8F4C385E800217AA

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Chan_TakeParams_of_Text_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Chan_TakeParams_of_Text_Fields]) -> Chan_TakeParams_of_Text_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Chan_TakeParams_of_Text_Builder)
        return built


class Chan_TakeParams_of_Text_Builder(Chan_TakeParams_of_Text, _rt.StructBuilder):
    """Builder of Chan_TakeParams_of_Text."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Chan_TakeResults_of_Text_Fields(_rt.TypedDict, total=False):
        """The fields of Chan_TakeResults_of_Text, for construction; those left out keep their defaults."""

        value: str


class Chan_TakeResults_of_Text(_rt.StructReader):
    """Struct `take$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x820D4BD0B8A7B6C7

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Chan_TakeResults_of_Text_Builder"

    @property
    def value(self) -> str:
        return self._text(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Chan_TakeResults_of_Text_Fields]) -> Chan_TakeResults_of_Text_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Chan_TakeResults_of_Text_Builder)
        if fields:
            built._fill(**fields)
        return built


class Chan_TakeResults_of_Text_Builder(Chan_TakeResults_of_Text, _rt.StructBuilder):
    """Builder of Chan_TakeResults_of_Text."""

    __slots__ = ()

    @property
    def value(self) -> str:
        return self._text(0)

    @value.setter
    def value(self, value: str) -> None:
        self._set_text(0, value)

    def _fill(
        self,
        *,
        value: str | None = None,
    ) -> None:
        if value is not None:
            self._new_text(0, value)


class Chan_TakeResults_of_Text_Promise(_rt.PendingCall[Chan_TakeResults_of_Text]):
    """A call whose results are a Chan_TakeResults_of_Text."""

    __slots__ = ()
    _results = Chan_TakeResults_of_Text


class Chan_of_Text(Sender_of_Text, common_capnp.Closer):
    """Interface `Chan`."""

    __slots__ = ()
    _id = 0xCB7E7B03D8E83888

    TakeParams: _rt.TypeAlias = Chan_TakeParams_of_Text
    TakeResults: _rt.TypeAlias = Chan_TakeResults_of_Text
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Chan_of_Text_Server"

    def take(
        self,
    ) -> Chan_TakeResults_of_Text_Promise:
        _params = _rt.new_message(Chan_TakeParams_of_Text_Builder)
        return Chan_TakeResults_of_Text_Promise(
            self._send(0xCB7E7B03D8E83888, 0, _params._m, _rt.NO_PIPELINING)
        )


async def _handle_Chan_of_Text_take(
    server: Chan_of_Text_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Chan_TakeResults_of_Text_Builder, await server.take(context=context))


class Chan_of_Text_Server(Sender_of_Text_Server, common_capnp.Closer_Server):
    """Derive from it to serve `Chan`."""

    __slots__ = ()
    _id = 0xCB7E7B03D8E83888
    _client = Chan_of_Text

    @_rt.abstractmethod
    async def take(
        self,
        *,
        context: _rt.CallContext,
    ) -> (
        Chan_TakeResults_of_Text | Chan_TakeResults_of_Text_Fields | Chan_TakeResults_of_Text_Promise | None
    ): ...


if _rt.TYPE_CHECKING:

    class Box_of_Point_Fields(_rt.TypedDict, total=False):
        """The fields of Box_of_Point, for construction; those left out keep their defaults."""

        value: common_capnp.Point | common_capnp.Point_Fields
        label: str


class Box_of_Point(_rt.StructReader):
    """Struct `Box`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xB4DED397B646A0AC

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Box_of_Point_Builder"

    @property
    def value(self) -> common_capnp.Point:
        return self._struct(common_capnp.Point, 0)

    @property
    def has_value(self) -> bool:
        return self._has(0)

    @property
    def label(self) -> str:
        return self._text(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Box_of_Point_Fields]) -> Box_of_Point_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Box_of_Point_Builder)
        if fields:
            built._fill(**fields)
        return built


class Box_of_Point_Builder(Box_of_Point, _rt.StructBuilder):
    """Builder of Box_of_Point."""

    __slots__ = ()

    @property
    def value(self) -> common_capnp.Point_Builder:
        return self._struct_builder(common_capnp.Point_Builder, 0)

    @value.setter
    def value(self, value: common_capnp.Point | common_capnp.Point_Fields) -> None:
        self._put_struct(common_capnp.Point_Builder, 0, value)

    def init_value(self) -> common_capnp.Point_Builder:
        return self._init_struct(common_capnp.Point_Builder, 0)

    @property
    def label(self) -> str:
        return self._text(8)

    @label.setter
    def label(self, value: str) -> None:
        self._set_text(8, value)

    def _fill(
        self,
        *,
        value: common_capnp.Point | common_capnp.Point_Fields | None = None,
        label: str | None = None,
    ) -> None:
        if value is not None:
            self._put_struct(common_capnp.Point_Builder, 0, value)
        if label is not None:
            self._new_text(8, label)


class Box_of_Point_Promise(_rt.PendingCall[Box_of_Point]):
    """A call whose results are a Box_of_Point."""

    __slots__ = ()
    _results = Box_of_Point


class Texts(Chan_of_Text):
    """Interface `Texts`."""

    __slots__ = ()
    _id = 0xC8975E1AB8918585

    CountParams: _rt.TypeAlias = Texts_CountParams
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Texts_Server"

    def count(
        self,
        *,
        in_: Box_of_Text | common_capnp.Box | Box_of_Text_Fields | None = None,
    ) -> Box_of_Point_Promise:
        _params = _rt.new_message(Texts_CountParams_Builder)
        _params._fill(in_=in_)
        return Box_of_Point_Promise(self._send(0xC8975E1AB8918585, 0, _params._m, _rt.NO_PIPELINING))


async def _handle_Texts_count(
    server: Texts_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Texts_CountParams)
    return _rt.outcome(Box_of_Point_Builder, await server.count(in_=params.in_, context=context))


class Texts_Server(Chan_of_Text_Server):
    """Derive from it to serve `Texts`."""

    __slots__ = ()
    _id = 0xC8975E1AB8918585
    _client = Texts

    @_rt.abstractmethod
    async def count(
        self,
        *,
        in_: Box_of_Text,
        context: _rt.CallContext,
    ) -> Box_of_Point | Box_of_Point_Fields | Box_of_Point_Promise | None: ...


_DEFAULT_Defaults_point = b"\x00\x00\x00\x00\x01\x00\x00\x00\x07\x00\x00\x00\x08\x00\x00\x00"
_DEFAULT_Defaults_ints = (
    b"\x01\x00\x00\x00\x1c\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00\x03\x00\x00\x00\x00\x00\x00\x00"
)
_DEFAULT_Defaults_texts = b"\x01\x00\x00\x00\x16\x00\x00\x00\x05\x00\x00\x00\x12\x00\x00\x00\x05\x00\x00\x00\x12\x00\x00\x00a\x00\x00\x00\x00\x00\x00\x00b\x00\x00\x00\x00\x00\x00\x00"
_DEFAULT_Defaults_points = b"\x01\x00\x00\x00\x17\x00\x00\x00\x08\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x00\x00"
_DEFAULT_Defaults_bools = b"\x01\x00\x00\x00\x19\x00\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00"
_DEFAULT_Defaults_nested = b"\x01\x00\x00\x00\x16\x00\x00\x00\x05\x00\x00\x00\n\x00\x00\x00\x05\x00\x00\x00\x12\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x02\x03\x00\x00\x00\x00\x00\x00"
_PACK_Scalars = _rt.Struct("<BbhiqB1xHIQfH2xd").pack_into
_PACK_Defaults = _rt.Struct("<BbhiqB1xHIQIH2xQ").pack_into
_PACK_Person_PhoneNumber = _rt.Struct("<H").pack_into
_PACK_Person = _rt.Struct("<I").pack_into
_PACK_Reserved_Builder_ = _rt.Struct("<b").pack_into
_PACK_Reserved = _rt.Struct("<iB3xqiiif").pack_into
_PACK_OldVersion = _rt.Struct("<i").pack_into
_PACK_NewVersion = _rt.Struct("<i4xq").pack_into
_PACK_ListsNew_IntStruct = _rt.Struct("<I").pack_into
_PACK_ListsNew_TextStruct = _rt.Struct("<q").pack_into
_PACK_Lab_Run_WaitResults = _rt.Struct("<i").pack_into
_PACK_Lab_Run_DoneResults = _rt.Struct("<B").pack_into
_PACK_Lab_StartParams = _rt.Struct("<I").pack_into
_PACK_Lab_StartResults = _rt.Struct("<q").pack_into
_PACK_Lab_UnionResults = _rt.Struct("<d").pack_into
_LIST_common_capnp_Point = _rt.StructListType(common_capnp.Point, common_capnp.Point_Builder)
_LIST_UINT8_LIST = _rt.ListListType(_rt.UINT8_LIST)
_LIST_common_capnp_Color = _rt.EnumListType(common_capnp.Color)
_LIST_Person = _rt.StructListType(Person, Person_Builder)
_LIST_INT32_LIST = _rt.ListListType(_rt.INT32_LIST)
_LIST_TEXT_LIST = _rt.ListListType(_rt.TEXT_LIST)
_LIST__common_capnp_Point = _rt.ListListType(_LIST_common_capnp_Point)
_LIST_Lab = _rt.ClientListType(Lab)
_LIST__UINT8_LIST = _rt.ListListType(_LIST_UINT8_LIST)
_LIST_Person_PhoneNumber = _rt.StructListType(Person_PhoneNumber, Person_PhoneNumber_Builder)
_LIST_OldVersion = _rt.StructListType(OldVersion, OldVersion_Builder)
_LIST_ListsNew_IntStruct = _rt.StructListType(ListsNew_IntStruct, ListsNew_IntStruct_Builder)
_LIST_ListsNew_TextStruct = _rt.StructListType(ListsNew_TextStruct, ListsNew_TextStruct_Builder)
_LIST_NewVersion = _rt.StructListType(NewVersion, NewVersion_Builder)
_LIST_Empty = _rt.StructListType(Empty, Empty_Builder)
_LIST_Box_of_Data = _rt.StructListType(Box_of_Data, Box_of_Data_Builder)
_LIST_Tree_of_Text = _rt.StructListType(Tree_of_Text, Tree_of_Text_Builder)
_LIST_Tree = _rt.StructListType(Tree, Tree_Builder)
Lab_Run.METHODS = {
    **common_capnp.Closer.METHODS,
    (0xBE67DCE9BDF1C392, 0): _rt.MethodInfo(
        0xBE67DCE9BDF1C392, 0, "Run", "wait", False, Lab_Run_WaitParams, Lab_Run_WaitResults
    ),
    (0xBE67DCE9BDF1C392, 1): _rt.MethodInfo(
        0xBE67DCE9BDF1C392, 1, "Run", "done", False, Lab_Run_DoneParams, Lab_Run_DoneResults
    ),
}
Lab_Run_Server.METHODS = {
    **common_capnp.Closer_Server.METHODS,
    (0xBE67DCE9BDF1C392, 0): ("Run.wait", _handle_Lab_Run_wait),
    (0xBE67DCE9BDF1C392, 1): ("Run.done", _handle_Lab_Run_done),
}
Lab.METHODS = {
    (0x8E829BEADF20880E, 0): _rt.MethodInfo(
        0x8E829BEADF20880E, 0, "Lab", "start", False, Lab_StartParams, Lab_StartResults
    ),
    (0x8E829BEADF20880E, 1): _rt.MethodInfo(
        0x8E829BEADF20880E, 1, "Lab", "find", False, Lab_FindParams, Person
    ),
    (0x8E829BEADF20880E, 2): _rt.MethodInfo(
        0x8E829BEADF20880E, 2, "Lab", "send", True, Lab_SendParams, _rt.StructReader
    ),
    (0x8E829BEADF20880E, 3): _rt.MethodInfo(
        0x8E829BEADF20880E, 3, "Lab", "union", False, Shape, Lab_UnionResults
    ),
    (0x8E829BEADF20880E, 4): _rt.MethodInfo(
        0x8E829BEADF20880E, 4, "Lab", "nested", False, Lab_NestedParams, Lab_NestedResults
    ),
    (0x8E829BEADF20880E, 5): _rt.MethodInfo(
        0x8E829BEADF20880E, 5, "Lab", "generic", False, Lab_GenericParams, Lab_GenericResults
    ),
    (0x8E829BEADF20880E, 6): _rt.MethodInfo(
        0x8E829BEADF20880E, 6, "Lab", "ping", False, Lab_PingParams, Lab_PingResults
    ),
}
Lab_Server.METHODS = {
    (0x8E829BEADF20880E, 0): ("Lab.start", _handle_Lab_start),
    (0x8E829BEADF20880E, 1): ("Lab.find", _handle_Lab_find),
    (0x8E829BEADF20880E, 2): ("Lab.send", _handle_Lab_send),
    (0x8E829BEADF20880E, 3): ("Lab.union", _handle_Lab_union),
    (0x8E829BEADF20880E, 4): ("Lab.nested", _handle_Lab_nested),
    (0x8E829BEADF20880E, 5): ("Lab.generic", _handle_Lab_generic),
    (0x8E829BEADF20880E, 6): ("Lab.ping", _handle_Lab_ping),
}
Sender.METHODS = {
    (0xB8960063A896F9B7, 0): _rt.MethodInfo(
        0xB8960063A896F9B7, 0, "Sender", "put", False, Sender_PutParams, Sender_PutResults
    ),
}
Sender_Server.METHODS = {
    (0xB8960063A896F9B7, 0): ("Sender.put", _handle_Sender_put),
}
Chan.METHODS = {
    **Sender.METHODS,
    **common_capnp.Closer.METHODS,
    (0xCB7E7B03D8E83888, 0): _rt.MethodInfo(
        0xCB7E7B03D8E83888, 0, "Chan", "take", False, Chan_TakeParams, Chan_TakeResults
    ),
}
Chan_Server.METHODS = {
    **Sender_Server.METHODS,
    **common_capnp.Closer_Server.METHODS,
    (0xCB7E7B03D8E83888, 0): ("Chan.take", _handle_Chan_take),
}
Both.METHODS = {
    **Lab.METHODS,
    **Lab_Run.METHODS,
    (0xA89369C63877FEA5, 0): _rt.MethodInfo(
        0xA89369C63877FEA5, 0, "Both", "ping", False, Both_PingParams, Both_PingResults
    ),
}
Both_Server.METHODS = {
    **Lab_Server.METHODS,
    **Lab_Run_Server.METHODS,
    (0xA89369C63877FEA5, 0): ("Both.ping", _handle_Both_ping_),
}
Sender_of_Data.METHODS = {
    (0xB8960063A896F9B7, 0): _rt.MethodInfo(
        0xB8960063A896F9B7, 0, "Sender", "put", False, Sender_PutParams_of_Data, Sender_PutResults_of_Data
    ),
}
Sender_of_Data_Server.METHODS = {
    (0xB8960063A896F9B7, 0): ("Sender.put", _handle_Sender_of_Data_put),
}
Sender_of_Text.METHODS = {
    (0xB8960063A896F9B7, 0): _rt.MethodInfo(
        0xB8960063A896F9B7, 0, "Sender", "put", False, Sender_PutParams_of_Text, Sender_PutResults_of_Text
    ),
}
Sender_of_Text_Server.METHODS = {
    (0xB8960063A896F9B7, 0): ("Sender.put", _handle_Sender_of_Text_put),
}
Chan_of_Text.METHODS = {
    **Sender_of_Text.METHODS,
    **common_capnp.Closer.METHODS,
    (0xCB7E7B03D8E83888, 0): _rt.MethodInfo(
        0xCB7E7B03D8E83888, 0, "Chan", "take", False, Chan_TakeParams_of_Text, Chan_TakeResults_of_Text
    ),
}
Chan_of_Text_Server.METHODS = {
    **Sender_of_Text_Server.METHODS,
    **common_capnp.Closer_Server.METHODS,
    (0xCB7E7B03D8E83888, 0): ("Chan.take", _handle_Chan_of_Text_take),
}
Texts.METHODS = {
    **Chan_of_Text.METHODS,
    (0xC8975E1AB8918585, 0): _rt.MethodInfo(
        0xC8975E1AB8918585, 0, "Texts", "count", False, Texts_CountParams, Box_of_Point
    ),
}
Texts_Server.METHODS = {
    **Chan_of_Text_Server.METHODS,
    (0xC8975E1AB8918585, 0): ("Texts.count", _handle_Texts_count),
}
ANSWER: _rt.Final = 42
RATIO: _rt.Final = 0.5
GREETING: _rt.Final = "hello"
SECRET: _rt.Final = b"\x00\xff\x10"
ORIGIN: _rt.Final[common_capnp.Point] = (
    _rt.MessageReader([b"\x00\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\xfe\xff\xff\xff"])
    .get_root()
    .as_struct(common_capnp.Point)
)
PRIMES: _rt.Final[_rt.ListReader[int]] = (
    _rt.MessageReader([b"\x01\x00\x00\x00#\x00\x00\x00\x02\x00\x03\x00\x05\x00\x07\x00"])
    .get_root()
    .as_list(_rt.UINT16_LIST)
)
FAVOURITE: _rt.Final = common_capnp.Color.of(2)
FLAG: _rt.Final = True
Person_MAX_PHONES: _rt.Final = 9
