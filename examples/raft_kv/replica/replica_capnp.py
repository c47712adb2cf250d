"""Generated from replica.capnp by `python -m wetware.capnp.generate`; do not edit.

What a replica of the store offers to whoever holds its process: its operator.
"""

# ruff: noqa

from __future__ import annotations

from wetware.capnp import runtime as _rt
from wetware.schema import raft_capnp


if _rt.TYPE_CHECKING:

    class Replica_OperateParams_Fields(_rt.TypedDict, total=False):
        """The fields of Replica_OperateParams, for construction; those left out keep their defaults."""


class Replica_OperateParams(_rt.StructReader):
    """Struct `operate$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xBCECDA741C86CFC1

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Replica_OperateParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Replica_OperateParams_Fields]) -> Replica_OperateParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Replica_OperateParams_Builder)
        return built


class Replica_OperateParams_Builder(Replica_OperateParams, _rt.StructBuilder):
    """Builder of Replica_OperateParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Replica_OperateResults_Fields(_rt.TypedDict, total=False):
        """The fields of Replica_OperateResults, for construction; those left out keep their defaults."""

        raft: raft_capnp.Raft | raft_capnp.Raft_Server | None


class Replica_OperateResults(_rt.StructReader):
    """Struct `operate$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xD73AF36246FB76FE

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Replica_OperateResults_Builder"

    @property
    def raft(self) -> raft_capnp.Raft:
        return raft_capnp.Raft(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Replica_OperateResults_Fields]) -> Replica_OperateResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Replica_OperateResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Replica_OperateResults_Builder(Replica_OperateResults, _rt.StructBuilder):
    """Builder of Replica_OperateResults."""

    __slots__ = ()

    @property
    def raft(self) -> raft_capnp.Raft:
        return raft_capnp.Raft(self._cap(0))

    @raft.setter
    def raft(self, value: raft_capnp.Raft | raft_capnp.Raft_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        raft: raft_capnp.Raft | raft_capnp.Raft_Server | None = None,
    ) -> None:
        if raft is not None:
            self._set_cap(0, _rt.hook_of(raft))


class Replica_OperateResults_Capabilities(_rt.Pipeline):
    """What can be called before a Replica_OperateResults is there."""

    __slots__ = ()

    @property
    def raft(self) -> raft_capnp.Raft:
        return raft_capnp.Raft(self._pipeline(0))


class Replica_OperateResults_Pipeline(Replica_OperateResults_Capabilities):
    """A Replica_OperateResults inside results that are still to come."""

    __slots__ = ()


class Replica_OperateResults_Promise(
    Replica_OperateResults_Capabilities, _rt.PendingCall[Replica_OperateResults]
):
    """A call whose results are a Replica_OperateResults."""

    __slots__ = ()
    _results = Replica_OperateResults


if _rt.TYPE_CHECKING:

    class Replica_PeerParams_Fields(_rt.TypedDict, total=False):
        """The fields of Replica_PeerParams, for construction; those left out keep their defaults."""

        member: int


class Replica_PeerParams(_rt.StructReader):
    """Struct `peer$Params`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xE1F9A4ACAC587697

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Replica_PeerParams_Builder"

    @property
    def member(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Replica_PeerParams_Fields]) -> Replica_PeerParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Replica_PeerParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Replica_PeerParams_Builder(Replica_PeerParams, _rt.StructBuilder):
    """Builder of Replica_PeerParams."""

    __slots__ = ()

    @property
    def member(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @member.setter
    def member(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "member")

    def _fill(
        self,
        *,
        member: int = 0,
    ) -> None:
        try:
            _PACK_Replica_PeerParams(self._s, self._o, member)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.member = member
            raise


if _rt.TYPE_CHECKING:

    class Replica_PeerResults_Fields(_rt.TypedDict, total=False):
        """The fields of Replica_PeerResults, for construction; those left out keep their defaults."""

        raft: raft_capnp.Raft | raft_capnp.Raft_Server | None


class Replica_PeerResults(_rt.StructReader):
    """Struct `peer$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xE2A0CD62DF85D54D

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Replica_PeerResults_Builder"

    @property
    def raft(self) -> raft_capnp.Raft:
        return raft_capnp.Raft(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Replica_PeerResults_Fields]) -> Replica_PeerResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Replica_PeerResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Replica_PeerResults_Builder(Replica_PeerResults, _rt.StructBuilder):
    """Builder of Replica_PeerResults."""

    __slots__ = ()

    @property
    def raft(self) -> raft_capnp.Raft:
        return raft_capnp.Raft(self._cap(0))

    @raft.setter
    def raft(self, value: raft_capnp.Raft | raft_capnp.Raft_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        raft: raft_capnp.Raft | raft_capnp.Raft_Server | None = None,
    ) -> None:
        if raft is not None:
            self._set_cap(0, _rt.hook_of(raft))


class Replica_PeerResults_Capabilities(_rt.Pipeline):
    """What can be called before a Replica_PeerResults is there."""

    __slots__ = ()

    @property
    def raft(self) -> raft_capnp.Raft:
        return raft_capnp.Raft(self._pipeline(0))


class Replica_PeerResults_Pipeline(Replica_PeerResults_Capabilities):
    """A Replica_PeerResults inside results that are still to come."""

    __slots__ = ()


class Replica_PeerResults_Promise(Replica_PeerResults_Capabilities, _rt.PendingCall[Replica_PeerResults]):
    """A call whose results are a Replica_PeerResults."""

    __slots__ = ()
    _results = Replica_PeerResults


if _rt.TYPE_CHECKING:

    class Replica_MeetParams_Fields(_rt.TypedDict, total=False):
        """The fields of Replica_MeetParams, for construction; those left out keep their defaults."""

        member: int
        raft: raft_capnp.Raft | raft_capnp.Raft_Server | None


class Replica_MeetParams(_rt.StructReader):
    """Struct `meet$Params`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0x83C23D622290D03B

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Replica_MeetParams_Builder"

    @property
    def member(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def raft(self) -> raft_capnp.Raft:
        return raft_capnp.Raft(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Replica_MeetParams_Fields]) -> Replica_MeetParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Replica_MeetParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Replica_MeetParams_Builder(Replica_MeetParams, _rt.StructBuilder):
    """Builder of Replica_MeetParams."""

    __slots__ = ()

    @property
    def member(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @member.setter
    def member(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "member")

    @property
    def raft(self) -> raft_capnp.Raft:
        return raft_capnp.Raft(self._cap(0))

    @raft.setter
    def raft(self, value: raft_capnp.Raft | raft_capnp.Raft_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        member: int = 0,
        raft: raft_capnp.Raft | raft_capnp.Raft_Server | None = None,
    ) -> None:
        try:
            _PACK_Replica_MeetParams(self._s, self._o, member)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.member = member
            raise
        if raft is not None:
            self._set_cap(0, _rt.hook_of(raft))


class Replica_MeetParams_Capabilities(_rt.Pipeline):
    """What can be called before a Replica_MeetParams is there."""

    __slots__ = ()

    @property
    def raft(self) -> raft_capnp.Raft:
        return raft_capnp.Raft(self._pipeline(0))


class Replica_MeetParams_Pipeline(Replica_MeetParams_Capabilities):
    """A Replica_MeetParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Replica_MeetResults_Fields(_rt.TypedDict, total=False):
        """The fields of Replica_MeetResults, for construction; those left out keep their defaults."""


class Replica_MeetResults(_rt.StructReader):
    """Struct `meet$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xAFF263489686FC70

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Replica_MeetResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Replica_MeetResults_Fields]) -> Replica_MeetResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Replica_MeetResults_Builder)
        return built


class Replica_MeetResults_Builder(Replica_MeetResults, _rt.StructBuilder):
    """Builder of Replica_MeetResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Replica_MeetResults_Promise(_rt.PendingCall[Replica_MeetResults]):
    """A call whose results are a Replica_MeetResults."""

    __slots__ = ()
    _results = Replica_MeetResults


class Replica(_rt.Client):
    """Interface `Replica`."""

    __slots__ = ()
    _id = 0x98484052C7181C0D

    OperateParams: _rt.TypeAlias = Replica_OperateParams
    OperateResults: _rt.TypeAlias = Replica_OperateResults
    PeerParams: _rt.TypeAlias = Replica_PeerParams
    PeerResults: _rt.TypeAlias = Replica_PeerResults
    MeetParams: _rt.TypeAlias = Replica_MeetParams
    MeetResults: _rt.TypeAlias = Replica_MeetResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Replica_Server"

    def operate(
        self,
    ) -> Replica_OperateResults_Promise:
        """The member itself: to read, to write, and to change the group."""
        _params = _rt.new_message(Replica_OperateParams_Builder)
        return Replica_OperateResults_Promise(self._send(0x98484052C7181C0D, 0, _params._m))

    def peer(
        self,
        *,
        member: int = 0,
    ) -> Replica_PeerResults_Promise:
        """What another member is to be given: with it that member can speak for itself, and for nobody else."""
        _params = _rt.new_message(Replica_PeerParams_Builder)
        _params._fill(member=member)
        return Replica_PeerResults_Promise(self._send(0x98484052C7181C0D, 1, _params._m))

    def meet(
        self,
        *,
        member: int = 0,
        raft: raft_capnp.Raft | raft_capnp.Raft_Server | None = None,
    ) -> Replica_MeetResults_Promise:
        """How another member is reached from now on."""
        _params = _rt.new_message(Replica_MeetParams_Builder)
        _params._fill(member=member, raft=raft)
        return Replica_MeetResults_Promise(self._send(0x98484052C7181C0D, 2, _params._m, _rt.NO_PIPELINING))


async def _handle_Replica_operate(
    server: Replica_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Replica_OperateResults_Builder, await server.operate(context=context))


async def _handle_Replica_peer(
    server: Replica_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Replica_PeerParams)
    return _rt.outcome(Replica_PeerResults_Builder, await server.peer(member=params.member, context=context))


async def _handle_Replica_meet(
    server: Replica_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Replica_MeetParams)
    return _rt.outcome(
        Replica_MeetResults_Builder,
        await server.meet(member=params.member, raft=params.raft, context=context),
    )


class Replica_Server(_rt.Server):
    """Derive from it to serve `Replica`."""

    __slots__ = ()
    _id = 0x98484052C7181C0D
    _client = Replica

    @_rt.abstractmethod
    async def operate(
        self,
        *,
        context: _rt.CallContext,
    ) -> Replica_OperateResults | Replica_OperateResults_Fields | Replica_OperateResults_Promise | None:
        """The member itself: to read, to write, and to change the group."""

    @_rt.abstractmethod
    async def peer(
        self,
        *,
        member: int,
        context: _rt.CallContext,
    ) -> Replica_PeerResults | Replica_PeerResults_Fields | Replica_PeerResults_Promise | None:
        """What another member is to be given: with it that member can speak for itself, and for nobody else."""

    @_rt.abstractmethod
    async def meet(
        self,
        *,
        member: int,
        raft: raft_capnp.Raft,
        context: _rt.CallContext,
    ) -> Replica_MeetResults | Replica_MeetResults_Fields | Replica_MeetResults_Promise | None:
        """How another member is reached from now on."""


_PACK_Replica_PeerParams = _rt.Struct("<Q").pack_into
_PACK_Replica_MeetParams = _rt.Struct("<Q").pack_into
Replica.METHODS = {
    (0x98484052C7181C0D, 0): _rt.MethodInfo(
        0x98484052C7181C0D, 0, "Replica", "operate", False, Replica_OperateParams, Replica_OperateResults
    ),
    (0x98484052C7181C0D, 1): _rt.MethodInfo(
        0x98484052C7181C0D, 1, "Replica", "peer", False, Replica_PeerParams, Replica_PeerResults
    ),
    (0x98484052C7181C0D, 2): _rt.MethodInfo(
        0x98484052C7181C0D, 2, "Replica", "meet", False, Replica_MeetParams, Replica_MeetResults
    ),
}
Replica_Server.METHODS = {
    (0x98484052C7181C0D, 0): ("Replica.operate", _handle_Replica_operate),
    (0x98484052C7181C0D, 1): ("Replica.peer", _handle_Replica_peer),
    (0x98484052C7181C0D, 2): ("Replica.meet", _handle_Replica_meet),
}
