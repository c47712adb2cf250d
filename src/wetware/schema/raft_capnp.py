"""Generated from raft.capnp by `python -m wetware.capnp.generate`; do not edit.

Consensus over capabilities. Methods 0 to 6 and `Item` are those of the original's interface, byte for byte;
what was added stands behind them.

Whoever holds a `Raft` may change the group. For programs that are only to use the group there is `client`.
"""

# ruff: noqa

from __future__ import annotations

from wetware.capnp import runtime as _rt


class Outcome(_rt.CapnpEnum):
    """Enum `Outcome`."""

    DONE = 0
    """Executed, now or by an earlier attempt; `result` is the machine's."""
    FAILED = 1
    """Executed, now or by an earlier attempt, and refused by the machine; `result` is its reason, as UTF-8."""
    EXPIRED = 2
    """Not executed: there is no such session (any more). Whether it was executed before is not known."""
    STALE = 3
    """Not executed again: its number had been acknowledged."""
    REFUSED = 4
    """Not executed: too many answers of the session wait to be acknowledged. May be sent again."""


class Goal(_rt.CapnpEnum):
    """Enum `Goal`."""

    VOTER = 0
    LEARNER = 1
    GONE = 2


class Role(_rt.CapnpEnum):
    """Enum `Role`."""

    FOLLOWER = 0
    CANDIDATE = 1
    LEADER = 2
    PRE_CANDIDATE = 3


if _rt.TYPE_CHECKING:

    class Raft_AddParams_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_AddParams, for construction; those left out keep their defaults."""

        node: Raft | Raft_Server | None


class Raft_AddParams(_rt.StructReader):
    """Struct `add$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xC6F8EFBE9E7D5983

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_AddParams_Builder"

    @property
    def node(self) -> Raft:
        return Raft(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_AddParams_Fields]) -> Raft_AddParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_AddParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_AddParams_Builder(Raft_AddParams, _rt.StructBuilder):
    """Builder of Raft_AddParams."""

    __slots__ = ()

    @property
    def node(self) -> Raft:
        return Raft(self._cap(0))

    @node.setter
    def node(self, value: Raft | Raft_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        node: Raft | Raft_Server | None = None,
    ) -> None:
        if node is not None:
            self._set_cap(0, _rt.hook_of(node))


class Raft_AddParams_Capabilities(_rt.Pipeline):
    """What can be called before a Raft_AddParams is there."""

    __slots__ = ()

    @property
    def node(self) -> Raft:
        return Raft(self._pipeline(0))


class Raft_AddParams_Pipeline(Raft_AddParams_Capabilities):
    """A Raft_AddParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Raft_AddResults_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_AddResults, for construction; those left out keep their defaults."""

        nodes: _rt.Iterable[Raft | Raft_Server | None]
        error: str


class Raft_AddResults(_rt.StructReader):
    """Struct `add$Results`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xB009687519B3F38F

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_AddResults_Builder"

    @property
    def nodes(self) -> _rt.ListReader[Raft]:
        return _LIST_Raft.read(self, 0)

    @property
    def error(self) -> str:
        return self._text(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_AddResults_Fields]) -> Raft_AddResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_AddResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_AddResults_Builder(Raft_AddResults, _rt.StructBuilder):
    """Builder of Raft_AddResults."""

    __slots__ = ()

    @property
    def nodes(self) -> _rt.ListBuilder[Raft]:
        return _LIST_Raft.builder(self, 0)

    @nodes.setter
    def nodes(self, value: _rt.Iterable[Raft | Raft_Server | None]) -> None:
        _LIST_Raft.write(self, 0, value)

    def init_nodes(self, count: int) -> _rt.ListBuilder[Raft]:
        return _LIST_Raft.init(self, 0, count)

    @property
    def error(self) -> str:
        return self._text(8)

    @error.setter
    def error(self, value: str) -> None:
        self._set_text(8, value)

    def _fill(
        self,
        *,
        nodes: _rt.Iterable[Raft | Raft_Server | None] | None = None,
        error: str | None = None,
    ) -> None:
        if nodes is not None:
            _LIST_Raft.write(self, 0, nodes)
        if error is not None:
            self._new_text(8, error)


class Raft_AddResults_Promise(_rt.PendingCall[Raft_AddResults]):
    """A call whose results are a Raft_AddResults."""

    __slots__ = ()
    _results = Raft_AddResults


if _rt.TYPE_CHECKING:

    class Raft_RemoveParams_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_RemoveParams, for construction; those left out keep their defaults."""

        node: Raft | Raft_Server | None


class Raft_RemoveParams(_rt.StructReader):
    """Struct `remove$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xF9EF9A25541688EF

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_RemoveParams_Builder"

    @property
    def node(self) -> Raft:
        return Raft(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_RemoveParams_Fields]) -> Raft_RemoveParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_RemoveParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_RemoveParams_Builder(Raft_RemoveParams, _rt.StructBuilder):
    """Builder of Raft_RemoveParams."""

    __slots__ = ()

    @property
    def node(self) -> Raft:
        return Raft(self._cap(0))

    @node.setter
    def node(self, value: Raft | Raft_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        node: Raft | Raft_Server | None = None,
    ) -> None:
        if node is not None:
            self._set_cap(0, _rt.hook_of(node))


class Raft_RemoveParams_Capabilities(_rt.Pipeline):
    """What can be called before a Raft_RemoveParams is there."""

    __slots__ = ()

    @property
    def node(self) -> Raft:
        return Raft(self._pipeline(0))


class Raft_RemoveParams_Pipeline(Raft_RemoveParams_Capabilities):
    """A Raft_RemoveParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Raft_RemoveResults_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_RemoveResults, for construction; those left out keep their defaults."""

        error: str


class Raft_RemoveResults(_rt.StructReader):
    """Struct `remove$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xF139B86F408C2BB0

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_RemoveResults_Builder"

    @property
    def error(self) -> str:
        return self._text(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_RemoveResults_Fields]) -> Raft_RemoveResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_RemoveResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_RemoveResults_Builder(Raft_RemoveResults, _rt.StructBuilder):
    """Builder of Raft_RemoveResults."""

    __slots__ = ()

    @property
    def error(self) -> str:
        return self._text(0)

    @error.setter
    def error(self, value: str) -> None:
        self._set_text(0, value)

    def _fill(
        self,
        *,
        error: str | None = None,
    ) -> None:
        if error is not None:
            self._new_text(0, error)


class Raft_RemoveResults_Promise(_rt.PendingCall[Raft_RemoveResults]):
    """A call whose results are a Raft_RemoveResults."""

    __slots__ = ()
    _results = Raft_RemoveResults


if _rt.TYPE_CHECKING:

    class Raft_SendParams_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_SendParams, for construction; those left out keep their defaults."""

        msg: _rt.Bytes
        takes_answer: bool


class Raft_SendParams(_rt.StructReader):
    """Struct `send$Params`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xB1F8C610D8DBB7DD

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_SendParams_Builder"

    @property
    def msg(self) -> memoryview:
        return self._data(0)

    @property
    def takes_answer(self) -> bool:
        o = self._o
        return o < self._p and self._s[o] & 1 != 0

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_SendParams_Fields]) -> Raft_SendParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_SendParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_SendParams_Builder(Raft_SendParams, _rt.StructBuilder):
    """Builder of Raft_SendParams."""

    __slots__ = ()

    @property
    def msg(self) -> memoryview:
        return self._data(0)

    @msg.setter
    def msg(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    @property
    def takes_answer(self) -> bool:
        return self._s[self._o] & 1 != 0

    @takes_answer.setter
    def takes_answer(self, value: bool) -> None:
        _rt.put_bool(self, 0, 1, value)

    def _fill(
        self,
        *,
        msg: _rt.Bytes | None = None,
        takes_answer: bool = False,
    ) -> None:
        try:
            _PACK_Raft_SendParams(self._s, self._o, (1 if takes_answer else 0))
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.takes_answer = takes_answer
            raise
        if msg is not None:
            self._set_data(0, msg)


if _rt.TYPE_CHECKING:

    class Raft_SendResults_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_SendResults, for construction; those left out keep their defaults."""

        error: str
        answer: _rt.Bytes


class Raft_SendResults(_rt.StructReader):
    """Struct `send$Results`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xF26FA267F7EA2066

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_SendResults_Builder"

    @property
    def error(self) -> str:
        return self._text(0)

    @property
    def answer(self) -> memoryview:
        return self._data(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_SendResults_Fields]) -> Raft_SendResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_SendResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_SendResults_Builder(Raft_SendResults, _rt.StructBuilder):
    """Builder of Raft_SendResults."""

    __slots__ = ()

    @property
    def error(self) -> str:
        return self._text(0)

    @error.setter
    def error(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def answer(self) -> memoryview:
        return self._data(8)

    @answer.setter
    def answer(self, value: _rt.Bytes) -> None:
        self._set_data(8, value)

    def _fill(
        self,
        *,
        error: str | None = None,
        answer: _rt.Bytes | None = None,
    ) -> None:
        if error is not None:
            self._new_text(0, error)
        if answer is not None:
            self._set_data(8, answer)


class Raft_SendResults_Promise(_rt.PendingCall[Raft_SendResults]):
    """A call whose results are a Raft_SendResults."""

    __slots__ = ()
    _results = Raft_SendResults


if _rt.TYPE_CHECKING:

    class Raft_PutParams_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_PutParams, for construction; those left out keep their defaults."""

        item: Item | Item_Fields


class Raft_PutParams(_rt.StructReader):
    """Struct `put$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xD063789821634BD8

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_PutParams_Builder"

    @property
    def item(self) -> Item:
        return self._struct(Item, 0)

    @property
    def has_item(self) -> bool:
        return self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_PutParams_Fields]) -> Raft_PutParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_PutParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_PutParams_Builder(Raft_PutParams, _rt.StructBuilder):
    """Builder of Raft_PutParams."""

    __slots__ = ()

    @property
    def item(self) -> Item_Builder:
        return self._struct_builder(Item_Builder, 0)

    @item.setter
    def item(self, value: Item | Item_Fields) -> None:
        self._put_struct(Item_Builder, 0, value)

    def init_item(self) -> Item_Builder:
        return self._init_struct(Item_Builder, 0)

    def _fill(
        self,
        *,
        item: Item | Item_Fields | None = None,
    ) -> None:
        if item is not None:
            self._put_struct(Item_Builder, 0, item)


if _rt.TYPE_CHECKING:

    class Raft_PutResults_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_PutResults, for construction; those left out keep their defaults."""

        error: str
        result: _rt.Bytes


class Raft_PutResults(_rt.StructReader):
    """Struct `put$Results`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0x9C4BEB6B068077A3

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_PutResults_Builder"

    @property
    def error(self) -> str:
        return self._text(0)

    @property
    def result(self) -> memoryview:
        return self._data(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_PutResults_Fields]) -> Raft_PutResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_PutResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_PutResults_Builder(Raft_PutResults, _rt.StructBuilder):
    """Builder of Raft_PutResults."""

    __slots__ = ()

    @property
    def error(self) -> str:
        return self._text(0)

    @error.setter
    def error(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def result(self) -> memoryview:
        return self._data(8)

    @result.setter
    def result(self, value: _rt.Bytes) -> None:
        self._set_data(8, value)

    def _fill(
        self,
        *,
        error: str | None = None,
        result: _rt.Bytes | None = None,
    ) -> None:
        if error is not None:
            self._new_text(0, error)
        if result is not None:
            self._set_data(8, result)


class Raft_PutResults_Promise(_rt.PendingCall[Raft_PutResults]):
    """A call whose results are a Raft_PutResults."""

    __slots__ = ()
    _results = Raft_PutResults


if _rt.TYPE_CHECKING:

    class Raft_ItemsParams_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_ItemsParams, for construction; those left out keep their defaults."""


class Raft_ItemsParams(_rt.StructReader):
    """Struct `items$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xF16297BE3B2D1EE4

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_ItemsParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_ItemsParams_Fields]) -> Raft_ItemsParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_ItemsParams_Builder)
        return built


class Raft_ItemsParams_Builder(Raft_ItemsParams, _rt.StructBuilder):
    """Builder of Raft_ItemsParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Raft_ItemsResults_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_ItemsResults, for construction; those left out keep their defaults."""

        objects: _rt.Iterable[Item | Item_Fields]


class Raft_ItemsResults(_rt.StructReader):
    """Struct `items$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xEB05CC390961A49A

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_ItemsResults_Builder"

    @property
    def objects(self) -> _rt.ListReader[Item]:
        return _LIST_Item.read(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_ItemsResults_Fields]) -> Raft_ItemsResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_ItemsResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_ItemsResults_Builder(Raft_ItemsResults, _rt.StructBuilder):
    """Builder of Raft_ItemsResults."""

    __slots__ = ()

    @property
    def objects(self) -> _rt.ListBuilder[Item_Builder]:
        return _LIST_Item.builder(self, 0)

    @objects.setter
    def objects(self, value: _rt.Iterable[Item | Item_Fields]) -> None:
        _LIST_Item.write(self, 0, value)

    def init_objects(self, count: int) -> _rt.ListBuilder[Item_Builder]:
        return _LIST_Item.init(self, 0, count)

    def _fill(
        self,
        *,
        objects: _rt.Iterable[Item | Item_Fields] | None = None,
    ) -> None:
        if objects is not None:
            _LIST_Item.write(self, 0, objects)


class Raft_ItemsResults_Promise(_rt.PendingCall[Raft_ItemsResults]):
    """A call whose results are a Raft_ItemsResults."""

    __slots__ = ()
    _results = Raft_ItemsResults


if _rt.TYPE_CHECKING:

    class Raft_MembersParams_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_MembersParams, for construction; those left out keep their defaults."""


class Raft_MembersParams(_rt.StructReader):
    """Struct `members$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xF561891B2176587A

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_MembersParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_MembersParams_Fields]) -> Raft_MembersParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_MembersParams_Builder)
        return built


class Raft_MembersParams_Builder(Raft_MembersParams, _rt.StructBuilder):
    """Builder of Raft_MembersParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Raft_MembersResults_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_MembersResults, for construction; those left out keep their defaults."""

        members: _rt.Iterable[Raft | Raft_Server | None]
        ids: _rt.Iterable[int]
        learners: _rt.Iterable[int]


class Raft_MembersResults(_rt.StructReader):
    """Struct `members$Results`."""

    __slots__ = ()
    _size = (0, 3)
    _id = 0xBD2F697B2C16B9A9

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_MembersResults_Builder"

    @property
    def members(self) -> _rt.ListReader[Raft]:
        return _LIST_Raft.read(self, 0)

    @property
    def ids(self) -> _rt.ListReader[int]:
        return _rt.UINT64_LIST.read(self, 8)

    @property
    def learners(self) -> _rt.ListReader[int]:
        return _rt.UINT64_LIST.read(self, 16)

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_MembersResults_Fields]) -> Raft_MembersResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_MembersResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_MembersResults_Builder(Raft_MembersResults, _rt.StructBuilder):
    """Builder of Raft_MembersResults."""

    __slots__ = ()

    @property
    def members(self) -> _rt.ListBuilder[Raft]:
        return _LIST_Raft.builder(self, 0)

    @members.setter
    def members(self, value: _rt.Iterable[Raft | Raft_Server | None]) -> None:
        _LIST_Raft.write(self, 0, value)

    def init_members(self, count: int) -> _rt.ListBuilder[Raft]:
        return _LIST_Raft.init(self, 0, count)

    @property
    def ids(self) -> _rt.ListBuilder[int]:
        return _rt.UINT64_LIST.builder(self, 8)

    @ids.setter
    def ids(self, value: _rt.Iterable[int]) -> None:
        _rt.UINT64_LIST.write(self, 8, value)

    def init_ids(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.UINT64_LIST.init(self, 8, count)

    @property
    def learners(self) -> _rt.ListBuilder[int]:
        return _rt.UINT64_LIST.builder(self, 16)

    @learners.setter
    def learners(self, value: _rt.Iterable[int]) -> None:
        _rt.UINT64_LIST.write(self, 16, value)

    def init_learners(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.UINT64_LIST.init(self, 16, count)

    def _fill(
        self,
        *,
        members: _rt.Iterable[Raft | Raft_Server | None] | None = None,
        ids: _rt.Iterable[int] | None = None,
        learners: _rt.Iterable[int] | None = None,
    ) -> None:
        if members is not None:
            _LIST_Raft.write(self, 0, members)
        if ids is not None:
            _rt.UINT64_LIST.write(self, 8, ids)
        if learners is not None:
            _rt.UINT64_LIST.write(self, 16, learners)


class Raft_MembersResults_Promise(_rt.PendingCall[Raft_MembersResults]):
    """A call whose results are a Raft_MembersResults."""

    __slots__ = ()
    _results = Raft_MembersResults


if _rt.TYPE_CHECKING:

    class Raft_IdParams_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_IdParams, for construction; those left out keep their defaults."""


class Raft_IdParams(_rt.StructReader):
    """Struct `id$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xA8563660E0AF9DA4

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_IdParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_IdParams_Fields]) -> Raft_IdParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_IdParams_Builder)
        return built


class Raft_IdParams_Builder(Raft_IdParams, _rt.StructBuilder):
    """Builder of Raft_IdParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Raft_IdResults_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_IdResults, for construction; those left out keep their defaults."""

        id: int


class Raft_IdResults(_rt.StructReader):
    """Struct `id$Results`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xC07B385C303C1F57

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_IdResults_Builder"

    @property
    def id(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_IdResults_Fields]) -> Raft_IdResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_IdResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_IdResults_Builder(Raft_IdResults, _rt.StructBuilder):
    """Builder of Raft_IdResults."""

    __slots__ = ()

    @property
    def id(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @id.setter
    def id(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "id")

    def _fill(
        self,
        *,
        id: int = 0,
    ) -> None:
        try:
            _PACK_Raft_IdResults(self._s, self._o, id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.id = id
            raise


class Raft_IdResults_Promise(_rt.PendingCall[Raft_IdResults]):
    """A call whose results are a Raft_IdResults."""

    __slots__ = ()
    _results = Raft_IdResults


if _rt.TYPE_CHECKING:

    class Raft_GetParams_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_GetParams, for construction; those left out keep their defaults."""

        key: _rt.Bytes


class Raft_GetParams(_rt.StructReader):
    """Struct `get$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xDC3F2243C31EE1D6

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_GetParams_Builder"

    @property
    def key(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_GetParams_Fields]) -> Raft_GetParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_GetParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_GetParams_Builder(Raft_GetParams, _rt.StructBuilder):
    """Builder of Raft_GetParams."""

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

    class Raft_GetResults_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_GetResults, for construction; those left out keep their defaults."""

        found: bool
        value: _rt.Bytes


class Raft_GetResults(_rt.StructReader):
    """Struct `get$Results`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xEA35ED5C03178D12

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_GetResults_Builder"

    @property
    def found(self) -> bool:
        o = self._o
        return o < self._p and self._s[o] & 1 != 0

    @property
    def value(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_GetResults_Fields]) -> Raft_GetResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_GetResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_GetResults_Builder(Raft_GetResults, _rt.StructBuilder):
    """Builder of Raft_GetResults."""

    __slots__ = ()

    @property
    def found(self) -> bool:
        return self._s[self._o] & 1 != 0

    @found.setter
    def found(self, value: bool) -> None:
        _rt.put_bool(self, 0, 1, value)

    @property
    def value(self) -> memoryview:
        return self._data(0)

    @value.setter
    def value(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        found: bool = False,
        value: _rt.Bytes | None = None,
    ) -> None:
        try:
            _PACK_Raft_GetResults(self._s, self._o, (1 if found else 0))
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.found = found
            raise
        if value is not None:
            self._set_data(0, value)


class Raft_GetResults_Promise(_rt.PendingCall[Raft_GetResults]):
    """A call whose results are a Raft_GetResults."""

    __slots__ = ()
    _results = Raft_GetResults


if _rt.TYPE_CHECKING:

    class Raft_OpenSessionParams_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_OpenSessionParams, for construction; those left out keep their defaults."""


class Raft_OpenSessionParams(_rt.StructReader):
    """Struct `openSession$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xE4C082C934DF1425

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_OpenSessionParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_OpenSessionParams_Fields]) -> Raft_OpenSessionParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_OpenSessionParams_Builder)
        return built


class Raft_OpenSessionParams_Builder(Raft_OpenSessionParams, _rt.StructBuilder):
    """Builder of Raft_OpenSessionParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Raft_OpenSessionResults_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_OpenSessionResults, for construction; those left out keep their defaults."""

        session: int


class Raft_OpenSessionResults(_rt.StructReader):
    """Struct `openSession$Results`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xA1CFAF7DBCFADD74

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_OpenSessionResults_Builder"

    @property
    def session(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_OpenSessionResults_Fields]) -> Raft_OpenSessionResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_OpenSessionResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_OpenSessionResults_Builder(Raft_OpenSessionResults, _rt.StructBuilder):
    """Builder of Raft_OpenSessionResults."""

    __slots__ = ()

    @property
    def session(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @session.setter
    def session(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "session")

    def _fill(
        self,
        *,
        session: int = 0,
    ) -> None:
        try:
            _PACK_Raft_OpenSessionResults(self._s, self._o, session)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.session = session
            raise


class Raft_OpenSessionResults_Promise(_rt.PendingCall[Raft_OpenSessionResults]):
    """A call whose results are a Raft_OpenSessionResults."""

    __slots__ = ()
    _results = Raft_OpenSessionResults


if _rt.TYPE_CHECKING:

    class Raft_PutSessionParams_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_PutSessionParams, for construction; those left out keep their defaults."""

        session: int
        sequence: int
        acknowledged: int
        item: Item | Item_Fields


class Raft_PutSessionParams(_rt.StructReader):
    """Struct `putSession$Params`."""

    __slots__ = ()
    _size = (3, 1)
    _id = 0x974F79B50FAEEFBB

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_PutSessionParams_Builder"

    @property
    def session(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def sequence(self) -> int:
        o = self._o + 8
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def acknowledged(self) -> int:
        o = self._o + 16
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def item(self) -> Item:
        return self._struct(Item, 0)

    @property
    def has_item(self) -> bool:
        return self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_PutSessionParams_Fields]) -> Raft_PutSessionParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_PutSessionParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_PutSessionParams_Builder(Raft_PutSessionParams, _rt.StructBuilder):
    """Builder of Raft_PutSessionParams."""

    __slots__ = ()

    @property
    def session(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @session.setter
    def session(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "session")

    @property
    def sequence(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 8)[0]

    @sequence.setter
    def sequence(self, value: int) -> None:
        _rt.put_u64(self, 8, value, "sequence")

    @property
    def acknowledged(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 16)[0]

    @acknowledged.setter
    def acknowledged(self, value: int) -> None:
        _rt.put_u64(self, 16, value, "acknowledged")

    @property
    def item(self) -> Item_Builder:
        return self._struct_builder(Item_Builder, 0)

    @item.setter
    def item(self, value: Item | Item_Fields) -> None:
        self._put_struct(Item_Builder, 0, value)

    def init_item(self) -> Item_Builder:
        return self._init_struct(Item_Builder, 0)

    def _fill(
        self,
        *,
        session: int = 0,
        sequence: int = 0,
        acknowledged: int = 0,
        item: Item | Item_Fields | None = None,
    ) -> None:
        try:
            _PACK_Raft_PutSessionParams(self._s, self._o, session, sequence, acknowledged)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.session, self.sequence, self.acknowledged = session, sequence, acknowledged
            raise
        if item is not None:
            self._put_struct(Item_Builder, 0, item)


if _rt.TYPE_CHECKING:

    class Raft_PutSessionResults_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_PutSessionResults, for construction; those left out keep their defaults."""

        outcome: Outcome
        result: _rt.Bytes


class Raft_PutSessionResults(_rt.StructReader):
    """Struct `putSession$Results`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xE995E5A9BD96C53B

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_PutSessionResults_Builder"

    @property
    def outcome(self) -> Outcome:
        o = self._o
        return Outcome.of(_rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0)

    @property
    def result(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_PutSessionResults_Fields]) -> Raft_PutSessionResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_PutSessionResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_PutSessionResults_Builder(Raft_PutSessionResults, _rt.StructBuilder):
    """Builder of Raft_PutSessionResults."""

    __slots__ = ()

    @property
    def outcome(self) -> Outcome:
        return Outcome.of(_rt.unpack_u16(self._s, self._o)[0])

    @outcome.setter
    def outcome(self, value: Outcome) -> None:
        _rt.put_u16(self, 0, _rt.enum_number(Outcome, value), "outcome")

    @property
    def result(self) -> memoryview:
        return self._data(0)

    @result.setter
    def result(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        outcome: Outcome = Outcome.of(0),
        result: _rt.Bytes | None = None,
    ) -> None:
        try:
            _PACK_Raft_PutSessionResults(self._s, self._o, outcome)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.outcome = outcome
            raise
        if result is not None:
            self._set_data(0, result)


class Raft_PutSessionResults_Promise(_rt.PendingCall[Raft_PutSessionResults]):
    """A call whose results are a Raft_PutSessionResults."""

    __slots__ = ()
    _results = Raft_PutSessionResults


if _rt.TYPE_CHECKING:

    class Raft_CloseSessionParams_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_CloseSessionParams, for construction; those left out keep their defaults."""

        session: int


class Raft_CloseSessionParams(_rt.StructReader):
    """Struct `closeSession$Params`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xFAA81B42AD79C643

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_CloseSessionParams_Builder"

    @property
    def session(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_CloseSessionParams_Fields]) -> Raft_CloseSessionParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_CloseSessionParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_CloseSessionParams_Builder(Raft_CloseSessionParams, _rt.StructBuilder):
    """Builder of Raft_CloseSessionParams."""

    __slots__ = ()

    @property
    def session(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @session.setter
    def session(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "session")

    def _fill(
        self,
        *,
        session: int = 0,
    ) -> None:
        try:
            _PACK_Raft_CloseSessionParams(self._s, self._o, session)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.session = session
            raise


if _rt.TYPE_CHECKING:

    class Raft_CloseSessionResults_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_CloseSessionResults, for construction; those left out keep their defaults."""


class Raft_CloseSessionResults(_rt.StructReader):
    """Struct `closeSession$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xF11BB615B80AEA11

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_CloseSessionResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_CloseSessionResults_Fields]) -> Raft_CloseSessionResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_CloseSessionResults_Builder)
        return built


class Raft_CloseSessionResults_Builder(Raft_CloseSessionResults, _rt.StructBuilder):
    """Builder of Raft_CloseSessionResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Raft_CloseSessionResults_Promise(_rt.PendingCall[Raft_CloseSessionResults]):
    """A call whose results are a Raft_CloseSessionResults."""

    __slots__ = ()
    _results = Raft_CloseSessionResults


if _rt.TYPE_CHECKING:

    class Raft_RemoveIdParams_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_RemoveIdParams, for construction; those left out keep their defaults."""

        id: int


class Raft_RemoveIdParams(_rt.StructReader):
    """Struct `removeId$Params`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0x950E3ABF13A3045C

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_RemoveIdParams_Builder"

    @property
    def id(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_RemoveIdParams_Fields]) -> Raft_RemoveIdParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_RemoveIdParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_RemoveIdParams_Builder(Raft_RemoveIdParams, _rt.StructBuilder):
    """Builder of Raft_RemoveIdParams."""

    __slots__ = ()

    @property
    def id(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @id.setter
    def id(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "id")

    def _fill(
        self,
        *,
        id: int = 0,
    ) -> None:
        try:
            _PACK_Raft_RemoveIdParams(self._s, self._o, id)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.id = id
            raise


if _rt.TYPE_CHECKING:

    class Raft_RemoveIdResults_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_RemoveIdResults, for construction; those left out keep their defaults."""


class Raft_RemoveIdResults(_rt.StructReader):
    """Struct `removeId$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xFB60C8BF1D5924AB

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_RemoveIdResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_RemoveIdResults_Fields]) -> Raft_RemoveIdResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_RemoveIdResults_Builder)
        return built


class Raft_RemoveIdResults_Builder(Raft_RemoveIdResults, _rt.StructBuilder):
    """Builder of Raft_RemoveIdResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Raft_RemoveIdResults_Promise(_rt.PendingCall[Raft_RemoveIdResults]):
    """A call whose results are a Raft_RemoveIdResults."""

    __slots__ = ()
    _results = Raft_RemoveIdResults


if _rt.TYPE_CHECKING:

    class Raft_TransferParams_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_TransferParams, for construction; those left out keep their defaults."""

        to: int


class Raft_TransferParams(_rt.StructReader):
    """Struct `transfer$Params`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xEADAEBBF1448CF57

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_TransferParams_Builder"

    @property
    def to(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_TransferParams_Fields]) -> Raft_TransferParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_TransferParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_TransferParams_Builder(Raft_TransferParams, _rt.StructBuilder):
    """Builder of Raft_TransferParams."""

    __slots__ = ()

    @property
    def to(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @to.setter
    def to(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "to")

    def _fill(
        self,
        *,
        to: int = 0,
    ) -> None:
        try:
            _PACK_Raft_TransferParams(self._s, self._o, to)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.to = to
            raise


if _rt.TYPE_CHECKING:

    class Raft_TransferResults_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_TransferResults, for construction; those left out keep their defaults."""

        leader: int


class Raft_TransferResults(_rt.StructReader):
    """Struct `transfer$Results`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xC65C59CDDF0546E0

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_TransferResults_Builder"

    @property
    def leader(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_TransferResults_Fields]) -> Raft_TransferResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_TransferResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_TransferResults_Builder(Raft_TransferResults, _rt.StructBuilder):
    """Builder of Raft_TransferResults."""

    __slots__ = ()

    @property
    def leader(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @leader.setter
    def leader(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "leader")

    def _fill(
        self,
        *,
        leader: int = 0,
    ) -> None:
        try:
            _PACK_Raft_TransferResults(self._s, self._o, leader)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.leader = leader
            raise


class Raft_TransferResults_Promise(_rt.PendingCall[Raft_TransferResults]):
    """A call whose results are a Raft_TransferResults."""

    __slots__ = ()
    _results = Raft_TransferResults


if _rt.TYPE_CHECKING:

    class Raft_StatusParams_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_StatusParams, for construction; those left out keep their defaults."""


class Raft_StatusParams(_rt.StructReader):
    """Struct `status$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xBCB93ADAFEE79942

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_StatusParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_StatusParams_Fields]) -> Raft_StatusParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_StatusParams_Builder)
        return built


class Raft_StatusParams_Builder(Raft_StatusParams, _rt.StructBuilder):
    """Builder of Raft_StatusParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Raft_StatusResults_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_StatusResults, for construction; those left out keep their defaults."""

        status: Status | Status_Fields


class Raft_StatusResults(_rt.StructReader):
    """Struct `status$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x857D7658FF6FEE56

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_StatusResults_Builder"

    @property
    def status(self) -> Status:
        return self._struct(Status, 0)

    @property
    def has_status(self) -> bool:
        return self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_StatusResults_Fields]) -> Raft_StatusResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_StatusResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_StatusResults_Builder(Raft_StatusResults, _rt.StructBuilder):
    """Builder of Raft_StatusResults."""

    __slots__ = ()

    @property
    def status(self) -> Status_Builder:
        return self._struct_builder(Status_Builder, 0)

    @status.setter
    def status(self, value: Status | Status_Fields) -> None:
        self._put_struct(Status_Builder, 0, value)

    def init_status(self) -> Status_Builder:
        return self._init_struct(Status_Builder, 0)

    def _fill(
        self,
        *,
        status: Status | Status_Fields | None = None,
    ) -> None:
        if status is not None:
            self._put_struct(Status_Builder, 0, status)


class Raft_StatusResults_Promise(_rt.PendingCall[Raft_StatusResults]):
    """A call whose results are a Raft_StatusResults."""

    __slots__ = ()
    _results = Raft_StatusResults


if _rt.TYPE_CHECKING:

    class Raft_SnapshotParams_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_SnapshotParams, for construction; those left out keep their defaults."""

        head: _rt.Bytes


class Raft_SnapshotParams(_rt.StructReader):
    """Struct `snapshot$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x895614AA9D82E419

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_SnapshotParams_Builder"

    @property
    def head(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_SnapshotParams_Fields]) -> Raft_SnapshotParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_SnapshotParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_SnapshotParams_Builder(Raft_SnapshotParams, _rt.StructBuilder):
    """Builder of Raft_SnapshotParams."""

    __slots__ = ()

    @property
    def head(self) -> memoryview:
        return self._data(0)

    @head.setter
    def head(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        head: _rt.Bytes | None = None,
    ) -> None:
        if head is not None:
            self._set_data(0, head)


if _rt.TYPE_CHECKING:

    class Raft_SnapshotResults_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_SnapshotResults, for construction; those left out keep their defaults."""

        sink: SnapshotSink | SnapshotSink_Server | None


class Raft_SnapshotResults(_rt.StructReader):
    """Struct `snapshot$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xC39B1AFB30C758F2

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_SnapshotResults_Builder"

    @property
    def sink(self) -> SnapshotSink:
        return SnapshotSink(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_SnapshotResults_Fields]) -> Raft_SnapshotResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_SnapshotResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_SnapshotResults_Builder(Raft_SnapshotResults, _rt.StructBuilder):
    """Builder of Raft_SnapshotResults."""

    __slots__ = ()

    @property
    def sink(self) -> SnapshotSink:
        return SnapshotSink(self._cap(0))

    @sink.setter
    def sink(self, value: SnapshotSink | SnapshotSink_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        sink: SnapshotSink | SnapshotSink_Server | None = None,
    ) -> None:
        if sink is not None:
            self._set_cap(0, _rt.hook_of(sink))


class Raft_SnapshotResults_Capabilities(_rt.Pipeline):
    """What can be called before a Raft_SnapshotResults is there."""

    __slots__ = ()

    @property
    def sink(self) -> SnapshotSink:
        return SnapshotSink(self._pipeline(0))


class Raft_SnapshotResults_Pipeline(Raft_SnapshotResults_Capabilities):
    """A Raft_SnapshotResults inside results that are still to come."""

    __slots__ = ()


class Raft_SnapshotResults_Promise(Raft_SnapshotResults_Capabilities, _rt.PendingCall[Raft_SnapshotResults]):
    """A call whose results are a Raft_SnapshotResults."""

    __slots__ = ()
    _results = Raft_SnapshotResults


if _rt.TYPE_CHECKING:

    class Raft_ClientParams_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_ClientParams, for construction; those left out keep their defaults."""


class Raft_ClientParams(_rt.StructReader):
    """Struct `client$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x900AD64EF17B538B

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_ClientParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_ClientParams_Fields]) -> Raft_ClientParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_ClientParams_Builder)
        return built


class Raft_ClientParams_Builder(Raft_ClientParams, _rt.StructBuilder):
    """Builder of Raft_ClientParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Raft_ClientResults_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_ClientResults, for construction; those left out keep their defaults."""

        client: Raft | Raft_Server | None


class Raft_ClientResults(_rt.StructReader):
    """Struct `client$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xF8A0E220DACC8952

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_ClientResults_Builder"

    @property
    def client(self) -> Raft:
        return Raft(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_ClientResults_Fields]) -> Raft_ClientResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_ClientResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_ClientResults_Builder(Raft_ClientResults, _rt.StructBuilder):
    """Builder of Raft_ClientResults."""

    __slots__ = ()

    @property
    def client(self) -> Raft:
        return Raft(self._cap(0))

    @client.setter
    def client(self, value: Raft | Raft_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        client: Raft | Raft_Server | None = None,
    ) -> None:
        if client is not None:
            self._set_cap(0, _rt.hook_of(client))


class Raft_ClientResults_Capabilities(_rt.Pipeline):
    """What can be called before a Raft_ClientResults is there."""

    __slots__ = ()

    @property
    def client(self) -> Raft:
        return Raft(self._pipeline(0))


class Raft_ClientResults_Pipeline(Raft_ClientResults_Capabilities):
    """A Raft_ClientResults inside results that are still to come."""

    __slots__ = ()


class Raft_ClientResults_Promise(Raft_ClientResults_Capabilities, _rt.PendingCall[Raft_ClientResults]):
    """A call whose results are a Raft_ClientResults."""

    __slots__ = ()
    _results = Raft_ClientResults


if _rt.TYPE_CHECKING:

    class Raft_StoppedParams_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_StoppedParams, for construction; those left out keep their defaults."""


class Raft_StoppedParams(_rt.StructReader):
    """Struct `stopped$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xCAA646F55B55A8FB

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_StoppedParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_StoppedParams_Fields]) -> Raft_StoppedParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_StoppedParams_Builder)
        return built


class Raft_StoppedParams_Builder(Raft_StoppedParams, _rt.StructBuilder):
    """Builder of Raft_StoppedParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Raft_StoppedResults_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_StoppedResults, for construction; those left out keep their defaults."""


class Raft_StoppedResults(_rt.StructReader):
    """Struct `stopped$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x97107DA064A8B8BF

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_StoppedResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_StoppedResults_Fields]) -> Raft_StoppedResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_StoppedResults_Builder)
        return built


class Raft_StoppedResults_Builder(Raft_StoppedResults, _rt.StructBuilder):
    """Builder of Raft_StoppedResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Raft_StoppedResults_Promise(_rt.PendingCall[Raft_StoppedResults]):
    """A call whose results are a Raft_StoppedResults."""

    __slots__ = ()
    _results = Raft_StoppedResults


if _rt.TYPE_CHECKING:

    class Raft_ChangeParams_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_ChangeParams, for construction; those left out keep their defaults."""

        id: int
        node: Raft | Raft_Server | None
        goal: Goal
        timeout_ms: int


class Raft_ChangeParams(_rt.StructReader):
    """Struct `change$Params`."""

    __slots__ = ()
    _size = (2, 1)
    _id = 0xEF8247C27E0D5604

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_ChangeParams_Builder"

    @property
    def id(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def node(self) -> Raft:
        return Raft(self._cap(0))

    @property
    def goal(self) -> Goal:
        o = self._o + 8
        return Goal.of(_rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0)

    @property
    def timeout_ms(self) -> int:
        o = self._o + 12
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_ChangeParams_Fields]) -> Raft_ChangeParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_ChangeParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_ChangeParams_Builder(Raft_ChangeParams, _rt.StructBuilder):
    """Builder of Raft_ChangeParams."""

    __slots__ = ()

    @property
    def id(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @id.setter
    def id(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "id")

    @property
    def node(self) -> Raft:
        return Raft(self._cap(0))

    @node.setter
    def node(self, value: Raft | Raft_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    @property
    def goal(self) -> Goal:
        return Goal.of(_rt.unpack_u16(self._s, self._o + 8)[0])

    @goal.setter
    def goal(self, value: Goal) -> None:
        _rt.put_u16(self, 8, _rt.enum_number(Goal, value), "goal")

    @property
    def timeout_ms(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 12)[0]

    @timeout_ms.setter
    def timeout_ms(self, value: int) -> None:
        _rt.put_u32(self, 12, value, "timeout_ms")

    def _fill(
        self,
        *,
        id: int = 0,
        node: Raft | Raft_Server | None = None,
        goal: Goal = Goal.of(0),
        timeout_ms: int = 0,
    ) -> None:
        try:
            _PACK_Raft_ChangeParams(self._s, self._o, id, goal, timeout_ms)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.id, self.goal, self.timeout_ms = id, goal, timeout_ms
            raise
        if node is not None:
            self._set_cap(0, _rt.hook_of(node))


class Raft_ChangeParams_Capabilities(_rt.Pipeline):
    """What can be called before a Raft_ChangeParams is there."""

    __slots__ = ()

    @property
    def node(self) -> Raft:
        return Raft(self._pipeline(0))


class Raft_ChangeParams_Pipeline(Raft_ChangeParams_Capabilities):
    """A Raft_ChangeParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Raft_ChangeResults_Fields(_rt.TypedDict, total=False):
        """The fields of Raft_ChangeResults, for construction; those left out keep their defaults."""

        led: bool


class Raft_ChangeResults(_rt.StructReader):
    """Struct `change$Results`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xE6127616DCC1B264

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Raft_ChangeResults_Builder"

    @property
    def led(self) -> bool:
        o = self._o
        return o < self._p and self._s[o] & 1 != 0

    @staticmethod
    def new(**fields: _rt.Unpack[Raft_ChangeResults_Fields]) -> Raft_ChangeResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Raft_ChangeResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Raft_ChangeResults_Builder(Raft_ChangeResults, _rt.StructBuilder):
    """Builder of Raft_ChangeResults."""

    __slots__ = ()

    @property
    def led(self) -> bool:
        return self._s[self._o] & 1 != 0

    @led.setter
    def led(self, value: bool) -> None:
        _rt.put_bool(self, 0, 1, value)

    def _fill(
        self,
        *,
        led: bool = False,
    ) -> None:
        try:
            _PACK_Raft_ChangeResults(self._s, self._o, (1 if led else 0))
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.led = led
            raise


class Raft_ChangeResults_Promise(_rt.PendingCall[Raft_ChangeResults]):
    """A call whose results are a Raft_ChangeResults."""

    __slots__ = ()
    _results = Raft_ChangeResults


class Raft(_rt.Client):
    """Interface `Raft`."""

    __slots__ = ()
    _id = 0xBFB4702210603DCB

    AddParams: _rt.TypeAlias = Raft_AddParams
    AddResults: _rt.TypeAlias = Raft_AddResults
    RemoveParams: _rt.TypeAlias = Raft_RemoveParams
    RemoveResults: _rt.TypeAlias = Raft_RemoveResults
    SendParams: _rt.TypeAlias = Raft_SendParams
    SendResults: _rt.TypeAlias = Raft_SendResults
    PutParams: _rt.TypeAlias = Raft_PutParams
    PutResults: _rt.TypeAlias = Raft_PutResults
    ItemsParams: _rt.TypeAlias = Raft_ItemsParams
    ItemsResults: _rt.TypeAlias = Raft_ItemsResults
    MembersParams: _rt.TypeAlias = Raft_MembersParams
    MembersResults: _rt.TypeAlias = Raft_MembersResults
    IdParams: _rt.TypeAlias = Raft_IdParams
    IdResults: _rt.TypeAlias = Raft_IdResults
    GetParams: _rt.TypeAlias = Raft_GetParams
    GetResults: _rt.TypeAlias = Raft_GetResults
    OpenSessionParams: _rt.TypeAlias = Raft_OpenSessionParams
    OpenSessionResults: _rt.TypeAlias = Raft_OpenSessionResults
    PutSessionParams: _rt.TypeAlias = Raft_PutSessionParams
    PutSessionResults: _rt.TypeAlias = Raft_PutSessionResults
    CloseSessionParams: _rt.TypeAlias = Raft_CloseSessionParams
    CloseSessionResults: _rt.TypeAlias = Raft_CloseSessionResults
    RemoveIdParams: _rt.TypeAlias = Raft_RemoveIdParams
    RemoveIdResults: _rt.TypeAlias = Raft_RemoveIdResults
    TransferParams: _rt.TypeAlias = Raft_TransferParams
    TransferResults: _rt.TypeAlias = Raft_TransferResults
    StatusParams: _rt.TypeAlias = Raft_StatusParams
    StatusResults: _rt.TypeAlias = Raft_StatusResults
    SnapshotParams: _rt.TypeAlias = Raft_SnapshotParams
    SnapshotResults: _rt.TypeAlias = Raft_SnapshotResults
    ClientParams: _rt.TypeAlias = Raft_ClientParams
    ClientResults: _rt.TypeAlias = Raft_ClientResults
    StoppedParams: _rt.TypeAlias = Raft_StoppedParams
    StoppedResults: _rt.TypeAlias = Raft_StoppedResults
    ChangeParams: _rt.TypeAlias = Raft_ChangeParams
    ChangeResults: _rt.TypeAlias = Raft_ChangeResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Raft_Server"

    def add(
        self,
        *,
        node: Raft | Raft_Server | None = None,
    ) -> Raft_AddResults_Promise:
        """Makes `node`, which must have started empty, a voter: first it learns, then it votes. Answers once that is
        in force, with all other members. Asked again it changes nothing. `error` is always empty: what goes wrong
        is an exception.
        """
        _params = _rt.new_message(Raft_AddParams_Builder)
        _params._fill(node=node)
        return Raft_AddResults_Promise(self._send(0xBFB4702210603DCB, 0, _params._m, _rt.NO_PIPELINING))

    def remove(
        self,
        *,
        node: Raft | Raft_Server | None = None,
    ) -> Raft_RemoveResults_Promise:
        """Takes `node` out of the group. One that does not answer any more is removed by `removeId`."""
        _params = _rt.new_message(Raft_RemoveParams_Builder)
        _params._fill(node=node)
        return Raft_RemoveResults_Promise(self._send(0xBFB4702210603DCB, 1, _params._m, _rt.NO_PIPELINING))

    def send(
        self,
        *,
        msg: _rt.Bytes | None = None,
        takes_answer: bool = False,
    ) -> Raft_SendResults_Promise:
        """Messages of a peer, in the project's own encoding. Those for that peer may come back as `answer`, in the same
        encoding, if it takes them so.
        """
        _params = _rt.new_message(Raft_SendParams_Builder)
        _params._fill(msg=msg, takes_answer=takes_answer)
        return Raft_SendResults_Promise(self._send(0xBFB4702210603DCB, 2, _params._m, _rt.NO_PIPELINING))

    def put(
        self,
        *,
        item: Item | Item_Fields | None = None,
    ) -> Raft_PutResults_Promise:
        """Hands an item to the state machine of every member. Answers once it is committed and applied here.
        An exception of the kind `disconnected` leaves open whether it will be; every other kind says that it is not.
        """
        _params = _rt.new_message(Raft_PutParams_Builder)
        _params._fill(item=item)
        return Raft_PutResults_Promise(self._send(0xBFB4702210603DCB, 3, _params._m, _rt.NO_PIPELINING))

    def items(
        self,
    ) -> Raft_ItemsResults_Promise:
        """What the state machine lists, as of some moment during the call."""
        _params = _rt.new_message(Raft_ItemsParams_Builder)
        return Raft_ItemsResults_Promise(self._send(0xBFB4702210603DCB, 4, _params._m, _rt.NO_PIPELINING))

    def members(
        self,
    ) -> Raft_MembersResults_Promise:
        """All members, this one included. `ids` go with `members`; `learners` are those of them that do not vote."""
        _params = _rt.new_message(Raft_MembersParams_Builder)
        return Raft_MembersResults_Promise(self._send(0xBFB4702210603DCB, 5, _params._m, _rt.NO_PIPELINING))

    def id(
        self,
    ) -> Raft_IdResults_Promise:
        _params = _rt.new_message(Raft_IdParams_Builder)
        return Raft_IdResults_Promise(self._send(0xBFB4702210603DCB, 6, _params._m, _rt.NO_PIPELINING))

    def get(
        self,
        *,
        key: _rt.Bytes | None = None,
    ) -> Raft_GetResults_Promise:
        """What the state machine gives for a key, as of some moment during the call."""
        _params = _rt.new_message(Raft_GetParams_Builder)
        _params._fill(key=key)
        return Raft_GetResults_Promise(self._send(0xBFB4702210603DCB, 7, _params._m, _rt.NO_PIPELINING))

    def open_session(
        self,
    ) -> Raft_OpenSessionResults_Promise:
        """A client's identity in the log, for `putSession`."""
        _params = _rt.new_message(Raft_OpenSessionParams_Builder)
        return Raft_OpenSessionResults_Promise(
            self._send(0xBFB4702210603DCB, 8, _params._m, _rt.NO_PIPELINING)
        )

    def put_session(
        self,
        *,
        session: int = 0,
        sequence: int = 0,
        acknowledged: int = 0,
        item: Item | Item_Fields | None = None,
    ) -> Raft_PutSessionResults_Promise:
        """As `put`, and with the same session and number it takes effect once, however often and of whatever members it
        is asked. Answers to numbers up to `acknowledged` will not be asked for again.
        """
        _params = _rt.new_message(Raft_PutSessionParams_Builder)
        _params._fill(session=session, sequence=sequence, acknowledged=acknowledged, item=item)
        return Raft_PutSessionResults_Promise(
            self._send(0xBFB4702210603DCB, 9, _params._m, _rt.NO_PIPELINING)
        )

    def close_session(
        self,
        *,
        session: int = 0,
    ) -> Raft_CloseSessionResults_Promise:
        _params = _rt.new_message(Raft_CloseSessionParams_Builder)
        _params._fill(session=session)
        return Raft_CloseSessionResults_Promise(
            self._send(0xBFB4702210603DCB, 10, _params._m, _rt.NO_PIPELINING)
        )

    def remove_id(
        self,
        *,
        id: int = 0,
    ) -> Raft_RemoveIdResults_Promise:
        """As `remove`, for a member that may be dead."""
        _params = _rt.new_message(Raft_RemoveIdParams_Builder)
        _params._fill(id=id)
        return Raft_RemoveIdResults_Promise(self._send(0xBFB4702210603DCB, 11, _params._m, _rt.NO_PIPELINING))

    def transfer(
        self,
        *,
        to: int = 0,
    ) -> Raft_TransferResults_Promise:
        """Hands leadership to a voter (zero: to the one that is furthest). Answers with the leader that then is."""
        _params = _rt.new_message(Raft_TransferParams_Builder)
        _params._fill(to=to)
        return Raft_TransferResults_Promise(self._send(0xBFB4702210603DCB, 12, _params._m, _rt.NO_PIPELINING))

    def status(
        self,
    ) -> Raft_StatusResults_Promise:
        _params = _rt.new_message(Raft_StatusParams_Builder)
        return Raft_StatusResults_Promise(self._send(0xBFB4702210603DCB, 13, _params._m, _rt.NO_PIPELINING))

    def snapshot(
        self,
        *,
        head: _rt.Bytes | None = None,
    ) -> Raft_SnapshotResults_Promise:
        """Takes a snapshot from the leader."""
        _params = _rt.new_message(Raft_SnapshotParams_Builder)
        _params._fill(head=head)
        return Raft_SnapshotResults_Promise(self._send(0xBFB4702210603DCB, 14, _params._m))

    def client(
        self,
    ) -> Raft_ClientResults_Promise:
        """This member, as one that may put, get and look, and not change the group or speak for its members."""
        _params = _rt.new_message(Raft_ClientParams_Builder)
        return Raft_ClientResults_Promise(self._send(0xBFB4702210603DCB, 15, _params._m))

    def stopped(
        self,
    ) -> Raft_StoppedResults_Promise:
        """Answers when the member stops. Whoever holds this call learns at once when the member goes."""
        _params = _rt.new_message(Raft_StoppedParams_Builder)
        return Raft_StoppedResults_Promise(self._send(0xBFB4702210603DCB, 16, _params._m, _rt.NO_PIPELINING))

    def change(
        self,
        *,
        id: int = 0,
        node: Raft | Raft_Server | None = None,
        goal: Goal = Goal.of(0),
        timeout_ms: int = 0,
    ) -> Raft_ChangeResults_Promise:
        """From member to leader: a membership change, in force when it answers. Does nothing where `led` is false: the
        member does not lead, or does not any more.
        """
        _params = _rt.new_message(Raft_ChangeParams_Builder)
        _params._fill(id=id, node=node, goal=goal, timeout_ms=timeout_ms)
        return Raft_ChangeResults_Promise(self._send(0xBFB4702210603DCB, 17, _params._m, _rt.NO_PIPELINING))


async def _handle_Raft_add(
    server: Raft_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Raft_AddParams)
    return _rt.outcome(Raft_AddResults_Builder, await server.add(node=params.node, context=context))


async def _handle_Raft_remove(
    server: Raft_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Raft_RemoveParams)
    return _rt.outcome(Raft_RemoveResults_Builder, await server.remove(node=params.node, context=context))


async def _handle_Raft_send(
    server: Raft_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Raft_SendParams)
    return _rt.outcome(
        Raft_SendResults_Builder,
        await server.send(msg=params.msg, takes_answer=params.takes_answer, context=context),
    )


async def _handle_Raft_put(
    server: Raft_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Raft_PutParams)
    return _rt.outcome(Raft_PutResults_Builder, await server.put(item=params.item, context=context))


async def _handle_Raft_items(
    server: Raft_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Raft_ItemsResults_Builder, await server.items(context=context))


async def _handle_Raft_members(
    server: Raft_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Raft_MembersResults_Builder, await server.members(context=context))


async def _handle_Raft_id(
    server: Raft_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Raft_IdResults_Builder, await server.id(context=context))


async def _handle_Raft_get(
    server: Raft_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Raft_GetParams)
    return _rt.outcome(Raft_GetResults_Builder, await server.get(key=params.key, context=context))


async def _handle_Raft_open_session(
    server: Raft_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Raft_OpenSessionResults_Builder, await server.open_session(context=context))


async def _handle_Raft_put_session(
    server: Raft_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Raft_PutSessionParams)
    return _rt.outcome(
        Raft_PutSessionResults_Builder,
        await server.put_session(
            session=params.session,
            sequence=params.sequence,
            acknowledged=params.acknowledged,
            item=params.item,
            context=context,
        ),
    )


async def _handle_Raft_close_session(
    server: Raft_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Raft_CloseSessionParams)
    return _rt.outcome(
        Raft_CloseSessionResults_Builder, await server.close_session(session=params.session, context=context)
    )


async def _handle_Raft_remove_id(
    server: Raft_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Raft_RemoveIdParams)
    return _rt.outcome(Raft_RemoveIdResults_Builder, await server.remove_id(id=params.id, context=context))


async def _handle_Raft_transfer(
    server: Raft_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Raft_TransferParams)
    return _rt.outcome(Raft_TransferResults_Builder, await server.transfer(to=params.to, context=context))


async def _handle_Raft_status(
    server: Raft_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Raft_StatusResults_Builder, await server.status(context=context))


async def _handle_Raft_snapshot(
    server: Raft_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Raft_SnapshotParams)
    return _rt.outcome(Raft_SnapshotResults_Builder, await server.snapshot(head=params.head, context=context))


async def _handle_Raft_client(
    server: Raft_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Raft_ClientResults_Builder, await server.client(context=context))


async def _handle_Raft_stopped(
    server: Raft_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Raft_StoppedResults_Builder, await server.stopped(context=context))


async def _handle_Raft_change(
    server: Raft_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Raft_ChangeParams)
    return _rt.outcome(
        Raft_ChangeResults_Builder,
        await server.change(
            id=params.id, node=params.node, goal=params.goal, timeout_ms=params.timeout_ms, context=context
        ),
    )


class Raft_Server(_rt.Server):
    """Derive from it to serve `Raft`."""

    __slots__ = ()
    _id = 0xBFB4702210603DCB
    _client = Raft

    @_rt.abstractmethod
    async def add(
        self,
        *,
        node: Raft,
        context: _rt.CallContext,
    ) -> Raft_AddResults | Raft_AddResults_Fields | Raft_AddResults_Promise | None:
        """Makes `node`, which must have started empty, a voter: first it learns, then it votes. Answers once that is
        in force, with all other members. Asked again it changes nothing. `error` is always empty: what goes wrong
        is an exception.
        """

    @_rt.abstractmethod
    async def remove(
        self,
        *,
        node: Raft,
        context: _rt.CallContext,
    ) -> Raft_RemoveResults | Raft_RemoveResults_Fields | Raft_RemoveResults_Promise | None:
        """Takes `node` out of the group. One that does not answer any more is removed by `removeId`."""

    @_rt.abstractmethod
    async def send(
        self,
        *,
        msg: memoryview,
        takes_answer: bool,
        context: _rt.CallContext,
    ) -> Raft_SendResults | Raft_SendResults_Fields | Raft_SendResults_Promise | None:
        """Messages of a peer, in the project's own encoding. Those for that peer may come back as `answer`, in the same
        encoding, if it takes them so.
        """

    @_rt.abstractmethod
    async def put(
        self,
        *,
        item: Item,
        context: _rt.CallContext,
    ) -> Raft_PutResults | Raft_PutResults_Fields | Raft_PutResults_Promise | None:
        """Hands an item to the state machine of every member. Answers once it is committed and applied here.
        An exception of the kind `disconnected` leaves open whether it will be; every other kind says that it is not.
        """

    @_rt.abstractmethod
    async def items(
        self,
        *,
        context: _rt.CallContext,
    ) -> Raft_ItemsResults | Raft_ItemsResults_Fields | Raft_ItemsResults_Promise | None:
        """What the state machine lists, as of some moment during the call."""

    @_rt.abstractmethod
    async def members(
        self,
        *,
        context: _rt.CallContext,
    ) -> Raft_MembersResults | Raft_MembersResults_Fields | Raft_MembersResults_Promise | None:
        """All members, this one included. `ids` go with `members`; `learners` are those of them that do not vote."""

    @_rt.abstractmethod
    async def id(
        self,
        *,
        context: _rt.CallContext,
    ) -> Raft_IdResults | Raft_IdResults_Fields | Raft_IdResults_Promise | None: ...

    @_rt.abstractmethod
    async def get(
        self,
        *,
        key: memoryview,
        context: _rt.CallContext,
    ) -> Raft_GetResults | Raft_GetResults_Fields | Raft_GetResults_Promise | None:
        """What the state machine gives for a key, as of some moment during the call."""

    @_rt.abstractmethod
    async def open_session(
        self,
        *,
        context: _rt.CallContext,
    ) -> Raft_OpenSessionResults | Raft_OpenSessionResults_Fields | Raft_OpenSessionResults_Promise | None:
        """A client's identity in the log, for `putSession`."""

    @_rt.abstractmethod
    async def put_session(
        self,
        *,
        session: int,
        sequence: int,
        acknowledged: int,
        item: Item,
        context: _rt.CallContext,
    ) -> Raft_PutSessionResults | Raft_PutSessionResults_Fields | Raft_PutSessionResults_Promise | None:
        """As `put`, and with the same session and number it takes effect once, however often and of whatever members it
        is asked. Answers to numbers up to `acknowledged` will not be asked for again.
        """

    @_rt.abstractmethod
    async def close_session(
        self,
        *,
        session: int,
        context: _rt.CallContext,
    ) -> (
        Raft_CloseSessionResults | Raft_CloseSessionResults_Fields | Raft_CloseSessionResults_Promise | None
    ): ...

    @_rt.abstractmethod
    async def remove_id(
        self,
        *,
        id: int,
        context: _rt.CallContext,
    ) -> Raft_RemoveIdResults | Raft_RemoveIdResults_Fields | Raft_RemoveIdResults_Promise | None:
        """As `remove`, for a member that may be dead."""

    @_rt.abstractmethod
    async def transfer(
        self,
        *,
        to: int,
        context: _rt.CallContext,
    ) -> Raft_TransferResults | Raft_TransferResults_Fields | Raft_TransferResults_Promise | None:
        """Hands leadership to a voter (zero: to the one that is furthest). Answers with the leader that then is."""

    @_rt.abstractmethod
    async def status(
        self,
        *,
        context: _rt.CallContext,
    ) -> Raft_StatusResults | Raft_StatusResults_Fields | Raft_StatusResults_Promise | None: ...

    @_rt.abstractmethod
    async def snapshot(
        self,
        *,
        head: memoryview,
        context: _rt.CallContext,
    ) -> Raft_SnapshotResults | Raft_SnapshotResults_Fields | Raft_SnapshotResults_Promise | None:
        """Takes a snapshot from the leader."""

    @_rt.abstractmethod
    async def client(
        self,
        *,
        context: _rt.CallContext,
    ) -> Raft_ClientResults | Raft_ClientResults_Fields | Raft_ClientResults_Promise | None:
        """This member, as one that may put, get and look, and not change the group or speak for its members."""

    @_rt.abstractmethod
    async def stopped(
        self,
        *,
        context: _rt.CallContext,
    ) -> Raft_StoppedResults | Raft_StoppedResults_Fields | Raft_StoppedResults_Promise | None:
        """Answers when the member stops. Whoever holds this call learns at once when the member goes."""

    @_rt.abstractmethod
    async def change(
        self,
        *,
        id: int,
        node: Raft,
        goal: Goal,
        timeout_ms: int,
        context: _rt.CallContext,
    ) -> Raft_ChangeResults | Raft_ChangeResults_Fields | Raft_ChangeResults_Promise | None:
        """From member to leader: a membership change, in force when it answers. Does nothing where `led` is false: the
        member does not lead, or does not any more.
        """


if _rt.TYPE_CHECKING:

    class Item_Fields(_rt.TypedDict, total=False):
        """The fields of Item, for construction; those left out keep their defaults."""

        key: _rt.Bytes
        value: _rt.Bytes


class Item(_rt.StructReader):
    """Struct `Item`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xAE462DA6618B7135

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Item_Builder"

    @property
    def key(self) -> memoryview:
        return self._data(0)

    @property
    def value(self) -> memoryview:
        return self._data(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Item_Fields]) -> Item_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Item_Builder)
        if fields:
            built._fill(**fields)
        return built


class Item_Builder(Item, _rt.StructBuilder):
    """Builder of Item."""

    __slots__ = ()

    @property
    def key(self) -> memoryview:
        return self._data(0)

    @key.setter
    def key(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    @property
    def value(self) -> memoryview:
        return self._data(8)

    @value.setter
    def value(self, value: _rt.Bytes) -> None:
        self._set_data(8, value)

    def _fill(
        self,
        *,
        key: _rt.Bytes | None = None,
        value: _rt.Bytes | None = None,
    ) -> None:
        if key is not None:
            self._set_data(0, key)
        if value is not None:
            self._set_data(8, value)


class Item_Promise(_rt.PendingCall[Item]):
    """A call whose results are a Item."""

    __slots__ = ()
    _results = Item


if _rt.TYPE_CHECKING:

    class Status_Fields(_rt.TypedDict, total=False):
        """The fields of Status, for construction; those left out keep their defaults."""

        id: int
        role: Role
        term: int
        leader: int
        committed: int
        applied: int
        last_index: int
        first_index: int
        snapshot_index: int
        voters: _rt.Iterable[int]
        learners: _rt.Iterable[int]
        sessions: int


class Status(_rt.StructReader):
    """Struct `Status`."""

    __slots__ = ()
    _size = (9, 2)
    _id = 0xC274061D99837CA8

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Status_Builder"

    @property
    def id(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def role(self) -> Role:
        o = self._o + 8
        return Role.of(_rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0)

    @property
    def term(self) -> int:
        o = self._o + 16
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def leader(self) -> int:
        """Zero: none is known."""
        o = self._o + 24
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def committed(self) -> int:
        o = self._o + 32
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def applied(self) -> int:
        o = self._o + 40
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def last_index(self) -> int:
        o = self._o + 48
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def first_index(self) -> int:
        o = self._o + 56
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def snapshot_index(self) -> int:
        o = self._o + 64
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def voters(self) -> _rt.ListReader[int]:
        return _rt.UINT64_LIST.read(self, 0)

    @property
    def learners(self) -> _rt.ListReader[int]:
        return _rt.UINT64_LIST.read(self, 8)

    @property
    def sessions(self) -> int:
        o = self._o + 12
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Status_Fields]) -> Status_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Status_Builder)
        if fields:
            built._fill(**fields)
        return built


class Status_Builder(Status, _rt.StructBuilder):
    """Builder of Status."""

    __slots__ = ()

    @property
    def id(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @id.setter
    def id(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "id")

    @property
    def role(self) -> Role:
        return Role.of(_rt.unpack_u16(self._s, self._o + 8)[0])

    @role.setter
    def role(self, value: Role) -> None:
        _rt.put_u16(self, 8, _rt.enum_number(Role, value), "role")

    @property
    def term(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 16)[0]

    @term.setter
    def term(self, value: int) -> None:
        _rt.put_u64(self, 16, value, "term")

    @property
    def leader(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 24)[0]

    @leader.setter
    def leader(self, value: int) -> None:
        _rt.put_u64(self, 24, value, "leader")

    @property
    def committed(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 32)[0]

    @committed.setter
    def committed(self, value: int) -> None:
        _rt.put_u64(self, 32, value, "committed")

    @property
    def applied(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 40)[0]

    @applied.setter
    def applied(self, value: int) -> None:
        _rt.put_u64(self, 40, value, "applied")

    @property
    def last_index(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 48)[0]

    @last_index.setter
    def last_index(self, value: int) -> None:
        _rt.put_u64(self, 48, value, "last_index")

    @property
    def first_index(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 56)[0]

    @first_index.setter
    def first_index(self, value: int) -> None:
        _rt.put_u64(self, 56, value, "first_index")

    @property
    def snapshot_index(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 64)[0]

    @snapshot_index.setter
    def snapshot_index(self, value: int) -> None:
        _rt.put_u64(self, 64, value, "snapshot_index")

    @property
    def voters(self) -> _rt.ListBuilder[int]:
        return _rt.UINT64_LIST.builder(self, 0)

    @voters.setter
    def voters(self, value: _rt.Iterable[int]) -> None:
        _rt.UINT64_LIST.write(self, 0, value)

    def init_voters(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.UINT64_LIST.init(self, 0, count)

    @property
    def learners(self) -> _rt.ListBuilder[int]:
        return _rt.UINT64_LIST.builder(self, 8)

    @learners.setter
    def learners(self, value: _rt.Iterable[int]) -> None:
        _rt.UINT64_LIST.write(self, 8, value)

    def init_learners(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.UINT64_LIST.init(self, 8, count)

    @property
    def sessions(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 12)[0]

    @sessions.setter
    def sessions(self, value: int) -> None:
        _rt.put_u32(self, 12, value, "sessions")

    def _fill(
        self,
        *,
        id: int = 0,
        role: Role = Role.of(0),
        term: int = 0,
        leader: int = 0,
        committed: int = 0,
        applied: int = 0,
        last_index: int = 0,
        first_index: int = 0,
        snapshot_index: int = 0,
        voters: _rt.Iterable[int] | None = None,
        learners: _rt.Iterable[int] | None = None,
        sessions: int = 0,
    ) -> None:
        try:
            _PACK_Status(
                self._s,
                self._o,
                id,
                role,
                sessions,
                term,
                leader,
                committed,
                applied,
                last_index,
                first_index,
                snapshot_index,
            )
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            (
                self.id,
                self.role,
                self.sessions,
                self.term,
                self.leader,
                self.committed,
                self.applied,
                self.last_index,
                self.first_index,
                self.snapshot_index,
            ) = id, role, sessions, term, leader, committed, applied, last_index, first_index, snapshot_index
            raise
        if voters is not None:
            _rt.UINT64_LIST.write(self, 0, voters)
        if learners is not None:
            _rt.UINT64_LIST.write(self, 8, learners)


class Status_Promise(_rt.PendingCall[Status]):
    """A call whose results are a Status."""

    __slots__ = ()
    _results = Status


if _rt.TYPE_CHECKING:

    class SnapshotSink_WriteParams_Fields(_rt.TypedDict, total=False):
        """The fields of SnapshotSink_WriteParams, for construction; those left out keep their defaults."""

        data: _rt.Bytes


class SnapshotSink_WriteParams(_rt.StructReader):
    """Struct `write$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xFE88B61F30FB45F7

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "SnapshotSink_WriteParams_Builder"

    @property
    def data(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[SnapshotSink_WriteParams_Fields]) -> SnapshotSink_WriteParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(SnapshotSink_WriteParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class SnapshotSink_WriteParams_Builder(SnapshotSink_WriteParams, _rt.StructBuilder):
    """Builder of SnapshotSink_WriteParams."""

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

    class SnapshotSink_DoneParams_Fields(_rt.TypedDict, total=False):
        """The fields of SnapshotSink_DoneParams, for construction; those left out keep their defaults."""


class SnapshotSink_DoneParams(_rt.StructReader):
    """Struct `done$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xF4F2793349D9F106

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "SnapshotSink_DoneParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[SnapshotSink_DoneParams_Fields]) -> SnapshotSink_DoneParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(SnapshotSink_DoneParams_Builder)
        return built


class SnapshotSink_DoneParams_Builder(SnapshotSink_DoneParams, _rt.StructBuilder):
    """Builder of SnapshotSink_DoneParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class SnapshotSink_DoneResults_Fields(_rt.TypedDict, total=False):
        """The fields of SnapshotSink_DoneResults, for construction; those left out keep their defaults."""


class SnapshotSink_DoneResults(_rt.StructReader):
    """Struct `done$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xF04C826CFBF763B8

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "SnapshotSink_DoneResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[SnapshotSink_DoneResults_Fields]) -> SnapshotSink_DoneResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(SnapshotSink_DoneResults_Builder)
        return built


class SnapshotSink_DoneResults_Builder(SnapshotSink_DoneResults, _rt.StructBuilder):
    """Builder of SnapshotSink_DoneResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class SnapshotSink_DoneResults_Promise(_rt.PendingCall[SnapshotSink_DoneResults]):
    """A call whose results are a SnapshotSink_DoneResults."""

    __slots__ = ()
    _results = SnapshotSink_DoneResults


class SnapshotSink(_rt.Client):
    """Interface `SnapshotSink`."""

    __slots__ = ()
    _id = 0x9D81A00D56DF97EA

    WriteParams: _rt.TypeAlias = SnapshotSink_WriteParams
    DoneParams: _rt.TypeAlias = SnapshotSink_DoneParams
    DoneResults: _rt.TypeAlias = SnapshotSink_DoneResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "SnapshotSink_Server"

    def write(
        self,
        *,
        data: _rt.Bytes | None = None,
    ) -> _rt.Awaitable[None]:
        """The next bytes."""
        _params = _rt.new_message(SnapshotSink_WriteParams_Builder)
        _params._fill(data=data)
        return self._stream(0x9D81A00D56DF97EA, 0, _params._m)

    def done(
        self,
    ) -> SnapshotSink_DoneResults_Promise:
        """All bytes were sent; answers once they were checked and taken."""
        _params = _rt.new_message(SnapshotSink_DoneParams_Builder)
        return SnapshotSink_DoneResults_Promise(
            self._send(0x9D81A00D56DF97EA, 1, _params._m, _rt.NO_PIPELINING)
        )


async def _handle_SnapshotSink_write(
    server: SnapshotSink_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(SnapshotSink_WriteParams)
    await server.write(data=params.data, context=context)
    return None


async def _handle_SnapshotSink_done(
    server: SnapshotSink_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(SnapshotSink_DoneResults_Builder, await server.done(context=context))


class SnapshotSink_Server(_rt.Server):
    """Derive from it to serve `SnapshotSink`."""

    __slots__ = ()
    _id = 0x9D81A00D56DF97EA
    _client = SnapshotSink

    @_rt.abstractmethod
    async def write(
        self,
        *,
        data: memoryview,
        context: _rt.CallContext,
    ) -> None:
        """The next bytes."""

    @_rt.abstractmethod
    async def done(
        self,
        *,
        context: _rt.CallContext,
    ) -> SnapshotSink_DoneResults | SnapshotSink_DoneResults_Fields | SnapshotSink_DoneResults_Promise | None:
        """All bytes were sent; answers once they were checked and taken."""


_PACK_Raft_SendParams = _rt.Struct("<B").pack_into
_PACK_Raft_IdResults = _rt.Struct("<Q").pack_into
_PACK_Raft_GetResults = _rt.Struct("<B").pack_into
_PACK_Raft_OpenSessionResults = _rt.Struct("<Q").pack_into
_PACK_Raft_PutSessionParams = _rt.Struct("<QQQ").pack_into
_PACK_Raft_PutSessionResults = _rt.Struct("<H").pack_into
_PACK_Raft_CloseSessionParams = _rt.Struct("<Q").pack_into
_PACK_Raft_RemoveIdParams = _rt.Struct("<Q").pack_into
_PACK_Raft_TransferParams = _rt.Struct("<Q").pack_into
_PACK_Raft_TransferResults = _rt.Struct("<Q").pack_into
_PACK_Raft_ChangeParams = _rt.Struct("<QH2xI").pack_into
_PACK_Raft_ChangeResults = _rt.Struct("<B").pack_into
_PACK_Status = _rt.Struct("<QH2xIQQQQQQQ").pack_into
Raft.METHODS = {
    (0xBFB4702210603DCB, 0): _rt.MethodInfo(
        0xBFB4702210603DCB, 0, "Raft", "add", False, Raft_AddParams, Raft_AddResults
    ),
    (0xBFB4702210603DCB, 1): _rt.MethodInfo(
        0xBFB4702210603DCB, 1, "Raft", "remove", False, Raft_RemoveParams, Raft_RemoveResults
    ),
    (0xBFB4702210603DCB, 2): _rt.MethodInfo(
        0xBFB4702210603DCB, 2, "Raft", "send", False, Raft_SendParams, Raft_SendResults
    ),
    (0xBFB4702210603DCB, 3): _rt.MethodInfo(
        0xBFB4702210603DCB, 3, "Raft", "put", False, Raft_PutParams, Raft_PutResults
    ),
    (0xBFB4702210603DCB, 4): _rt.MethodInfo(
        0xBFB4702210603DCB, 4, "Raft", "items", False, Raft_ItemsParams, Raft_ItemsResults
    ),
    (0xBFB4702210603DCB, 5): _rt.MethodInfo(
        0xBFB4702210603DCB, 5, "Raft", "members", False, Raft_MembersParams, Raft_MembersResults
    ),
    (0xBFB4702210603DCB, 6): _rt.MethodInfo(
        0xBFB4702210603DCB, 6, "Raft", "id", False, Raft_IdParams, Raft_IdResults
    ),
    (0xBFB4702210603DCB, 7): _rt.MethodInfo(
        0xBFB4702210603DCB, 7, "Raft", "get", False, Raft_GetParams, Raft_GetResults
    ),
    (0xBFB4702210603DCB, 8): _rt.MethodInfo(
        0xBFB4702210603DCB, 8, "Raft", "openSession", False, Raft_OpenSessionParams, Raft_OpenSessionResults
    ),
    (0xBFB4702210603DCB, 9): _rt.MethodInfo(
        0xBFB4702210603DCB, 9, "Raft", "putSession", False, Raft_PutSessionParams, Raft_PutSessionResults
    ),
    (0xBFB4702210603DCB, 10): _rt.MethodInfo(
        0xBFB4702210603DCB,
        10,
        "Raft",
        "closeSession",
        False,
        Raft_CloseSessionParams,
        Raft_CloseSessionResults,
    ),
    (0xBFB4702210603DCB, 11): _rt.MethodInfo(
        0xBFB4702210603DCB, 11, "Raft", "removeId", False, Raft_RemoveIdParams, Raft_RemoveIdResults
    ),
    (0xBFB4702210603DCB, 12): _rt.MethodInfo(
        0xBFB4702210603DCB, 12, "Raft", "transfer", False, Raft_TransferParams, Raft_TransferResults
    ),
    (0xBFB4702210603DCB, 13): _rt.MethodInfo(
        0xBFB4702210603DCB, 13, "Raft", "status", False, Raft_StatusParams, Raft_StatusResults
    ),
    (0xBFB4702210603DCB, 14): _rt.MethodInfo(
        0xBFB4702210603DCB, 14, "Raft", "snapshot", False, Raft_SnapshotParams, Raft_SnapshotResults
    ),
    (0xBFB4702210603DCB, 15): _rt.MethodInfo(
        0xBFB4702210603DCB, 15, "Raft", "client", False, Raft_ClientParams, Raft_ClientResults
    ),
    (0xBFB4702210603DCB, 16): _rt.MethodInfo(
        0xBFB4702210603DCB, 16, "Raft", "stopped", False, Raft_StoppedParams, Raft_StoppedResults
    ),
    (0xBFB4702210603DCB, 17): _rt.MethodInfo(
        0xBFB4702210603DCB, 17, "Raft", "change", False, Raft_ChangeParams, Raft_ChangeResults
    ),
}
Raft_Server.METHODS = {
    (0xBFB4702210603DCB, 0): ("Raft.add", _handle_Raft_add),
    (0xBFB4702210603DCB, 1): ("Raft.remove", _handle_Raft_remove),
    (0xBFB4702210603DCB, 2): ("Raft.send", _handle_Raft_send),
    (0xBFB4702210603DCB, 3): ("Raft.put", _handle_Raft_put),
    (0xBFB4702210603DCB, 4): ("Raft.items", _handle_Raft_items),
    (0xBFB4702210603DCB, 5): ("Raft.members", _handle_Raft_members),
    (0xBFB4702210603DCB, 6): ("Raft.id", _handle_Raft_id),
    (0xBFB4702210603DCB, 7): ("Raft.get", _handle_Raft_get),
    (0xBFB4702210603DCB, 8): ("Raft.openSession", _handle_Raft_open_session),
    (0xBFB4702210603DCB, 9): ("Raft.putSession", _handle_Raft_put_session),
    (0xBFB4702210603DCB, 10): ("Raft.closeSession", _handle_Raft_close_session),
    (0xBFB4702210603DCB, 11): ("Raft.removeId", _handle_Raft_remove_id),
    (0xBFB4702210603DCB, 12): ("Raft.transfer", _handle_Raft_transfer),
    (0xBFB4702210603DCB, 13): ("Raft.status", _handle_Raft_status),
    (0xBFB4702210603DCB, 14): ("Raft.snapshot", _handle_Raft_snapshot),
    (0xBFB4702210603DCB, 15): ("Raft.client", _handle_Raft_client),
    (0xBFB4702210603DCB, 16): ("Raft.stopped", _handle_Raft_stopped),
    (0xBFB4702210603DCB, 17): ("Raft.change", _handle_Raft_change),
}
SnapshotSink.METHODS = {
    (0x9D81A00D56DF97EA, 0): _rt.MethodInfo(
        0x9D81A00D56DF97EA, 0, "SnapshotSink", "write", True, SnapshotSink_WriteParams, _rt.StructReader
    ),
    (0x9D81A00D56DF97EA, 1): _rt.MethodInfo(
        0x9D81A00D56DF97EA,
        1,
        "SnapshotSink",
        "done",
        False,
        SnapshotSink_DoneParams,
        SnapshotSink_DoneResults,
    ),
}
SnapshotSink_Server.METHODS = {
    (0x9D81A00D56DF97EA, 0): ("SnapshotSink.write", _handle_SnapshotSink_write),
    (0x9D81A00D56DF97EA, 1): ("SnapshotSink.done", _handle_SnapshotSink_done),
}
_LIST_Raft = _rt.ClientListType(Raft)
_LIST_Item = _rt.StructListType(Item, Item_Builder)
