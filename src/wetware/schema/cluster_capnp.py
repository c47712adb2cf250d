"""Generated from cluster.capnp by `python -m wetware.capnp.generate`; do not edit.

Who is in the cluster.

Compatible on the wire with the cluster.capnp of the Go middleware Wetware: file id, names, ordinals and meanings.
"""

# ruff: noqa

from __future__ import annotations

from wetware.capnp import runtime as _rt


if _rt.TYPE_CHECKING:

    class Signer_SignParams_Fields(_rt.TypedDict, total=False):
        """The fields of Signer_SignParams, for construction; those left out keep their defaults."""

        challenge: _rt.Bytes


class Signer_SignParams(_rt.StructReader):
    """Struct `sign$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xB2250C16D3064727

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Signer_SignParams_Builder"

    @property
    def challenge(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Signer_SignParams_Fields]) -> Signer_SignParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Signer_SignParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Signer_SignParams_Builder(Signer_SignParams, _rt.StructBuilder):
    """Builder of Signer_SignParams."""

    __slots__ = ()

    @property
    def challenge(self) -> memoryview:
        return self._data(0)

    @challenge.setter
    def challenge(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        challenge: _rt.Bytes | None = None,
    ) -> None:
        if challenge is not None:
            self._set_data(0, challenge)


if _rt.TYPE_CHECKING:

    class Signer_SignResults_Fields(_rt.TypedDict, total=False):
        """The fields of Signer_SignResults, for construction; those left out keep their defaults."""

        signed: _rt.Bytes


class Signer_SignResults(_rt.StructReader):
    """Struct `sign$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xF00B0072C6DCFAE7

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Signer_SignResults_Builder"

    @property
    def signed(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Signer_SignResults_Fields]) -> Signer_SignResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Signer_SignResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Signer_SignResults_Builder(Signer_SignResults, _rt.StructBuilder):
    """Builder of Signer_SignResults."""

    __slots__ = ()

    @property
    def signed(self) -> memoryview:
        return self._data(0)

    @signed.setter
    def signed(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        signed: _rt.Bytes | None = None,
    ) -> None:
        if signed is not None:
            self._set_data(0, signed)


class Signer_SignResults_Promise(_rt.PendingCall[Signer_SignResults]):
    """A call whose results are a Signer_SignResults."""

    __slots__ = ()
    _results = Signer_SignResults


class Signer(_rt.Client):
    """Interface `Signer`."""

    __slots__ = ()
    _id = 0xF1F2E144CEC1F2BC

    SignParams: _rt.TypeAlias = Signer_SignParams
    SignResults: _rt.TypeAlias = Signer_SignResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Signer_Server"

    def sign(
        self,
        *,
        challenge: _rt.Bytes | None = None,
    ) -> Signer_SignResults_Promise:
        _params = _rt.new_message(Signer_SignParams_Builder)
        _params._fill(challenge=challenge)
        return Signer_SignResults_Promise(self._send(0xF1F2E144CEC1F2BC, 0, _params._m, _rt.NO_PIPELINING))


async def _handle_Signer_sign(
    server: Signer_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Signer_SignParams)
    return _rt.outcome(
        Signer_SignResults_Builder, await server.sign(challenge=params.challenge, context=context)
    )


class Signer_Server(_rt.Server):
    """Derive from it to serve `Signer`."""

    __slots__ = ()
    _id = 0xF1F2E144CEC1F2BC
    _client = Signer

    @_rt.abstractmethod
    async def sign(
        self,
        *,
        challenge: memoryview,
        context: _rt.CallContext,
    ) -> Signer_SignResults | Signer_SignResults_Fields | Signer_SignResults_Promise | None: ...


if _rt.TYPE_CHECKING:

    class Heartbeat_Fields(_rt.TypedDict, total=False):
        """The fields of Heartbeat, for construction; those left out keep their defaults."""

        ttl: int
        server: int
        host: str
        meta: _rt.Iterable[str]
        epoch: int
        seq: int
        lag: int


class Heartbeat(_rt.StructReader):
    """What each node publishes again and again."""

    __slots__ = ()
    _size = (4, 2)
    _id = 0xA97471079836F720

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Heartbeat_Builder"

    @property
    def ttl(self) -> int:
        """Milliseconds after which it counts as gone."""
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def server(self) -> int:
        """A number drawn at each start of the node."""
        o = self._o + 8
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def host(self) -> str:
        return self._text(0)

    @property
    def meta(self) -> _rt.ListReader[str]:
        """ "key=value", split at the first "="."""
        return _rt.TEXT_LIST.read(self, 8)

    @property
    def epoch(self) -> int:
        """The boot epoch: higher at each start of the node with this key."""
        o = self._o + 16
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def seq(self) -> int:
        """Counts up within an epoch."""
        o = self._o + 24
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def lag(self) -> int:
        """How late the node runs, by its own word: it is to be given 1 + lag times the usual patience."""
        o = self._o + 4
        return self._s[o] if o + 1 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Heartbeat_Fields]) -> Heartbeat_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Heartbeat_Builder)
        if fields:
            built._fill(**fields)
        return built


class Heartbeat_Builder(Heartbeat, _rt.StructBuilder):
    """Builder of Heartbeat."""

    __slots__ = ()

    @property
    def ttl(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @ttl.setter
    def ttl(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "ttl")

    @property
    def server(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 8)[0]

    @server.setter
    def server(self, value: int) -> None:
        _rt.put_u64(self, 8, value, "server")

    @property
    def host(self) -> str:
        return self._text(0)

    @host.setter
    def host(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def meta(self) -> _rt.ListBuilder[str]:
        return _rt.TEXT_LIST.builder(self, 8)

    @meta.setter
    def meta(self, value: _rt.Iterable[str]) -> None:
        _rt.TEXT_LIST.write(self, 8, value)

    def init_meta(self, count: int) -> _rt.ListBuilder[str]:
        return _rt.TEXT_LIST.init(self, 8, count)

    @property
    def epoch(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 16)[0]

    @epoch.setter
    def epoch(self, value: int) -> None:
        _rt.put_u64(self, 16, value, "epoch")

    @property
    def seq(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 24)[0]

    @seq.setter
    def seq(self, value: int) -> None:
        _rt.put_u64(self, 24, value, "seq")

    @property
    def lag(self) -> int:
        return self._s[self._o + 4]

    @lag.setter
    def lag(self, value: int) -> None:
        _rt.put_u8(self, 4, value, "lag")

    def _fill(
        self,
        *,
        ttl: int = 0,
        server: int = 0,
        host: str | None = None,
        meta: _rt.Iterable[str] | None = None,
        epoch: int = 0,
        seq: int = 0,
        lag: int = 0,
    ) -> None:
        try:
            _PACK_Heartbeat(self._s, self._o, ttl, lag, server, epoch, seq)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.ttl, self.lag, self.server, self.epoch, self.seq = ttl, lag, server, epoch, seq
            raise
        if host is not None:
            self._new_text(0, host)
        if meta is not None:
            _rt.TEXT_LIST.write(self, 8, meta)


class Heartbeat_Promise(_rt.PendingCall[Heartbeat]):
    """A call whose results are a Heartbeat."""

    __slots__ = ()
    _results = Heartbeat


if _rt.TYPE_CHECKING:

    class View_Handler_RecvParams_Fields(_rt.TypedDict, total=False):
        """The fields of View_Handler_RecvParams, for construction; those left out keep their defaults."""

        record: View_Record | View_Record_Fields


class View_Handler_RecvParams(_rt.StructReader):
    """Struct `recv$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x8EB96DCEB6A99EBD

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "View_Handler_RecvParams_Builder"

    @property
    def record(self) -> View_Record:
        return self._struct(View_Record, 0)

    @property
    def has_record(self) -> bool:
        return self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[View_Handler_RecvParams_Fields]) -> View_Handler_RecvParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(View_Handler_RecvParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class View_Handler_RecvParams_Builder(View_Handler_RecvParams, _rt.StructBuilder):
    """Builder of View_Handler_RecvParams."""

    __slots__ = ()

    @property
    def record(self) -> View_Record_Builder:
        return self._struct_builder(View_Record_Builder, 0)

    @record.setter
    def record(self, value: View_Record | View_Record_Fields) -> None:
        self._put_struct(View_Record_Builder, 0, value)

    def init_record(self) -> View_Record_Builder:
        return self._init_struct(View_Record_Builder, 0)

    def _fill(
        self,
        *,
        record: View_Record | View_Record_Fields | None = None,
    ) -> None:
        if record is not None:
            self._put_struct(View_Record_Builder, 0, record)


class View_Handler(_rt.Client):
    """Interface `Handler`."""

    __slots__ = ()
    _id = 0xEE93A663B2A23C03

    RecvParams: _rt.TypeAlias = View_Handler_RecvParams
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "View_Handler_Server"

    def recv(
        self,
        *,
        record: View_Record | View_Record_Fields | None = None,
    ) -> _rt.Awaitable[None]:
        _params = _rt.new_message(View_Handler_RecvParams_Builder)
        _params._fill(record=record)
        return self._stream(0xEE93A663B2A23C03, 0, _params._m)


async def _handle_View_Handler_recv(
    server: View_Handler_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(View_Handler_RecvParams)
    await server.recv(record=params.record, context=context)
    return None


class View_Handler_Server(_rt.Server):
    """Derive from it to serve `Handler`."""

    __slots__ = ()
    _id = 0xEE93A663B2A23C03
    _client = View_Handler

    @_rt.abstractmethod
    async def recv(
        self,
        *,
        record: View_Record,
        context: _rt.CallContext,
    ) -> None: ...


if _rt.TYPE_CHECKING:

    class View_Selector_Fields(_rt.TypedDict, total=False):
        """The fields of View_Selector, for construction; those left out keep their defaults."""

        all: bool
        match: View_Index | View_Index_Fields
        from_: View_Index | View_Index_Fields


class View_Selector(_rt.StructReader):
    """Struct `Selector`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xB2029FF7B712D18A

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "View_Selector_Builder"

    @property
    def which(self) -> _rt.Literal["all", "match", "from_", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(0)
        return ("all", "match", "from_")[tag] if tag < 3 else "unknown"

    @property
    def all(self) -> None:
        if self._tag(0) != 0:
            raise _rt.inactive(self, "all")
        return None

    @property
    def match(self) -> View_Index:
        if self._tag(0) != 1:
            raise _rt.inactive(self, "match")
        return self._struct(View_Index, 0)

    @property
    def has_match(self) -> bool:
        return self._tag(0) == 1 and self._has(0)

    @property
    def from_(self) -> View_Index:
        if self._tag(0) != 2:
            raise _rt.inactive(self, "from_")
        return self._struct(View_Index, 0)

    @property
    def has_from_(self) -> bool:
        return self._tag(0) == 2 and self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[View_Selector_Fields]) -> View_Selector_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(View_Selector_Builder)
        if fields:
            built._fill(**fields)
        return built


class View_Selector_Builder(View_Selector, _rt.StructBuilder):
    """Builder of View_Selector."""

    __slots__ = ()

    @property
    def all(self) -> None:
        if self._tag(0) != 0:
            raise _rt.inactive(self, "all")
        return None

    @all.setter
    def all(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 0)

    @property
    def match(self) -> View_Index_Builder:
        if self._tag(0) != 1:
            raise _rt.inactive(self, "match")
        return self._struct_builder(View_Index_Builder, 0)

    @match.setter
    def match(self, value: View_Index | View_Index_Fields) -> None:
        self._put_struct(View_Index_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 0, 1)

    def init_match(self) -> View_Index_Builder:
        _rt.pack_u16(self._s, self._o + 0, 1)
        return self._init_struct(View_Index_Builder, 0)

    @property
    def from_(self) -> View_Index_Builder:
        if self._tag(0) != 2:
            raise _rt.inactive(self, "from_")
        return self._struct_builder(View_Index_Builder, 0)

    @from_.setter
    def from_(self, value: View_Index | View_Index_Fields) -> None:
        self._put_struct(View_Index_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 0, 2)

    def init_from_(self) -> View_Index_Builder:
        _rt.pack_u16(self._s, self._o + 0, 2)
        return self._init_struct(View_Index_Builder, 0)

    def _fill(
        self,
        *,
        all: bool | None = None,
        match: View_Index | View_Index_Fields | None = None,
        from_: View_Index | View_Index_Fields | None = None,
    ) -> None:
        if (all, match, from_).count(None) < 2:
            raise _rt.two_members(self, "all", "match", "from_")
        if all is not None:
            _rt.pack_u16(self._s, self._o + 0, 0)
        if match is not None:
            self._put_struct(View_Index_Builder, 0, match)
            _rt.pack_u16(self._s, self._o + 0, 1)
        if from_ is not None:
            self._put_struct(View_Index_Builder, 0, from_)
            _rt.pack_u16(self._s, self._o + 0, 2)


class View_Selector_Promise(_rt.PendingCall[View_Selector]):
    """A call whose results are a View_Selector."""

    __slots__ = ()
    _results = View_Selector


if _rt.TYPE_CHECKING:

    class View_Constraint_Fields(_rt.TypedDict, total=False):
        """The fields of View_Constraint, for construction; those left out keep their defaults."""

        limit: int
        to: View_Index | View_Index_Fields


class View_Constraint(_rt.StructReader):
    """Struct `Constraint`."""

    __slots__ = ()
    _size = (2, 1)
    _id = 0xAB133D2062F6CC53

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "View_Constraint_Builder"

    @property
    def which(self) -> _rt.Literal["limit", "to", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(8)
        return ("limit", "to")[tag] if tag < 2 else "unknown"

    @property
    def limit(self) -> int:
        if self._tag(8) != 0:
            raise _rt.inactive(self, "limit")
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def to(self) -> View_Index:
        if self._tag(8) != 1:
            raise _rt.inactive(self, "to")
        return self._struct(View_Index, 0)

    @property
    def has_to(self) -> bool:
        return self._tag(8) == 1 and self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[View_Constraint_Fields]) -> View_Constraint_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(View_Constraint_Builder)
        if fields:
            built._fill(**fields)
        return built


class View_Constraint_Builder(View_Constraint, _rt.StructBuilder):
    """Builder of View_Constraint."""

    __slots__ = ()

    @property
    def limit(self) -> int:
        if self._tag(8) != 0:
            raise _rt.inactive(self, "limit")
        return _rt.unpack_u64(self._s, self._o)[0]

    @limit.setter
    def limit(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "limit")
        _rt.pack_u16(self._s, self._o + 8, 0)

    @property
    def to(self) -> View_Index_Builder:
        if self._tag(8) != 1:
            raise _rt.inactive(self, "to")
        return self._struct_builder(View_Index_Builder, 0)

    @to.setter
    def to(self, value: View_Index | View_Index_Fields) -> None:
        self._put_struct(View_Index_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 8, 1)

    def init_to(self) -> View_Index_Builder:
        _rt.pack_u16(self._s, self._o + 8, 1)
        return self._init_struct(View_Index_Builder, 0)

    def _fill(
        self,
        *,
        limit: int | None = None,
        to: View_Index | View_Index_Fields | None = None,
    ) -> None:
        if (limit, to).count(None) < 1:
            raise _rt.two_members(self, "limit", "to")
        if limit is not None:
            _rt.put_u64(self, 0, limit, "limit")
            _rt.pack_u16(self._s, self._o + 8, 0)
        if to is not None:
            self._put_struct(View_Index_Builder, 0, to)
            _rt.pack_u16(self._s, self._o + 8, 1)


class View_Constraint_Promise(_rt.PendingCall[View_Constraint]):
    """A call whose results are a View_Constraint."""

    __slots__ = ()
    _results = View_Constraint


if _rt.TYPE_CHECKING:

    class View_Index_Fields(_rt.TypedDict, total=False):
        """The fields of View_Index, for construction; those left out keep their defaults."""

        prefix: bool
        peer: str
        server: _rt.Bytes
        host: str
        meta: str


class View_Index(_rt.StructReader):
    """Struct `Index`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xCC2D04CC26D4F6A5

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "View_Index_Builder"

    @property
    def which(self) -> _rt.Literal["peer", "server", "host", "meta", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(2)
        return ("peer", "server", "host", "meta")[tag] if tag < 4 else "unknown"

    @property
    def prefix(self) -> bool:
        o = self._o
        return o < self._p and self._s[o] & 1 != 0

    @property
    def peer(self) -> str:
        if self._tag(2) != 0:
            raise _rt.inactive(self, "peer")
        return self._text(0)

    @property
    def server(self) -> memoryview:
        if self._tag(2) != 1:
            raise _rt.inactive(self, "server")
        return self._data(0)

    @property
    def host(self) -> str:
        if self._tag(2) != 2:
            raise _rt.inactive(self, "host")
        return self._text(0)

    @property
    def meta(self) -> str:
        if self._tag(2) != 3:
            raise _rt.inactive(self, "meta")
        return self._text(0)

    @staticmethod
    def new(**fields: _rt.Unpack[View_Index_Fields]) -> View_Index_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(View_Index_Builder)
        if fields:
            built._fill(**fields)
        return built


class View_Index_Builder(View_Index, _rt.StructBuilder):
    """Builder of View_Index."""

    __slots__ = ()

    @property
    def prefix(self) -> bool:
        return self._s[self._o] & 1 != 0

    @prefix.setter
    def prefix(self, value: bool) -> None:
        _rt.put_bool(self, 0, 1, value)

    @property
    def peer(self) -> str:
        if self._tag(2) != 0:
            raise _rt.inactive(self, "peer")
        return self._text(0)

    @peer.setter
    def peer(self, value: str) -> None:
        self._set_text(0, value)
        _rt.pack_u16(self._s, self._o + 2, 0)

    @property
    def server(self) -> memoryview:
        if self._tag(2) != 1:
            raise _rt.inactive(self, "server")
        return self._data(0)

    @server.setter
    def server(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)
        _rt.pack_u16(self._s, self._o + 2, 1)

    @property
    def host(self) -> str:
        if self._tag(2) != 2:
            raise _rt.inactive(self, "host")
        return self._text(0)

    @host.setter
    def host(self, value: str) -> None:
        self._set_text(0, value)
        _rt.pack_u16(self._s, self._o + 2, 2)

    @property
    def meta(self) -> str:
        if self._tag(2) != 3:
            raise _rt.inactive(self, "meta")
        return self._text(0)

    @meta.setter
    def meta(self, value: str) -> None:
        self._set_text(0, value)
        _rt.pack_u16(self._s, self._o + 2, 3)

    def _fill(
        self,
        *,
        prefix: bool = False,
        peer: str | None = None,
        server: _rt.Bytes | None = None,
        host: str | None = None,
        meta: str | None = None,
    ) -> None:
        if (peer, server, host, meta).count(None) < 3:
            raise _rt.two_members(self, "peer", "server", "host", "meta")
        try:
            _PACK_View_Index(self._s, self._o, (1 if prefix else 0))
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.prefix = prefix
            raise
        if peer is not None:
            self._new_text(0, peer)
            _rt.pack_u16(self._s, self._o + 2, 0)
        if server is not None:
            self._set_data(0, server)
            _rt.pack_u16(self._s, self._o + 2, 1)
        if host is not None:
            self._new_text(0, host)
            _rt.pack_u16(self._s, self._o + 2, 2)
        if meta is not None:
            self._new_text(0, meta)
            _rt.pack_u16(self._s, self._o + 2, 3)


class View_Index_Promise(_rt.PendingCall[View_Index]):
    """A call whose results are a View_Index."""

    __slots__ = ()
    _results = View_Index


if _rt.TYPE_CHECKING:

    class View_Record_Fields(_rt.TypedDict, total=False):
        """The fields of View_Record, for construction; those left out keep their defaults."""

        peer: str
        server: int
        seq: int
        heartbeat: Heartbeat | Heartbeat_Fields


class View_Record(_rt.StructReader):
    """Struct `Record`."""

    __slots__ = ()
    _size = (2, 2)
    _id = 0xCDCF42BEB2537D20

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "View_Record_Builder"

    @property
    def peer(self) -> str:
        return self._text(0)

    @property
    def server(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def seq(self) -> int:
        o = self._o + 8
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def heartbeat(self) -> Heartbeat:
        return self._struct(Heartbeat, 8)

    @property
    def has_heartbeat(self) -> bool:
        return self._has(8)

    @staticmethod
    def new(**fields: _rt.Unpack[View_Record_Fields]) -> View_Record_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(View_Record_Builder)
        if fields:
            built._fill(**fields)
        return built


class View_Record_Builder(View_Record, _rt.StructBuilder):
    """Builder of View_Record."""

    __slots__ = ()

    @property
    def peer(self) -> str:
        return self._text(0)

    @peer.setter
    def peer(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def server(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @server.setter
    def server(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "server")

    @property
    def seq(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 8)[0]

    @seq.setter
    def seq(self, value: int) -> None:
        _rt.put_u64(self, 8, value, "seq")

    @property
    def heartbeat(self) -> Heartbeat_Builder:
        return self._struct_builder(Heartbeat_Builder, 8)

    @heartbeat.setter
    def heartbeat(self, value: Heartbeat | Heartbeat_Fields) -> None:
        self._put_struct(Heartbeat_Builder, 8, value)

    def init_heartbeat(self) -> Heartbeat_Builder:
        return self._init_struct(Heartbeat_Builder, 8)

    def _fill(
        self,
        *,
        peer: str | None = None,
        server: int = 0,
        seq: int = 0,
        heartbeat: Heartbeat | Heartbeat_Fields | None = None,
    ) -> None:
        try:
            _PACK_View_Record(self._s, self._o, server, seq)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.server, self.seq = server, seq
            raise
        if peer is not None:
            self._new_text(0, peer)
        if heartbeat is not None:
            self._put_struct(Heartbeat_Builder, 8, heartbeat)


class View_Record_Promise(_rt.PendingCall[View_Record]):
    """A call whose results are a View_Record."""

    __slots__ = ()
    _results = View_Record


if _rt.TYPE_CHECKING:

    class View_MaybeRecord_Fields(_rt.TypedDict, total=False):
        """The fields of View_MaybeRecord, for construction; those left out keep their defaults."""

        nothing: bool
        just: View_Record | View_Record_Fields


class View_MaybeRecord(_rt.StructReader):
    """Struct `MaybeRecord`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xD6A4F298BC0E2304

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "View_MaybeRecord_Builder"

    @property
    def which(self) -> _rt.Literal["nothing", "just", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(0)
        return ("nothing", "just")[tag] if tag < 2 else "unknown"

    @property
    def nothing(self) -> None:
        if self._tag(0) != 0:
            raise _rt.inactive(self, "nothing")
        return None

    @property
    def just(self) -> View_Record:
        if self._tag(0) != 1:
            raise _rt.inactive(self, "just")
        return self._struct(View_Record, 0)

    @property
    def has_just(self) -> bool:
        return self._tag(0) == 1 and self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[View_MaybeRecord_Fields]) -> View_MaybeRecord_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(View_MaybeRecord_Builder)
        if fields:
            built._fill(**fields)
        return built


class View_MaybeRecord_Builder(View_MaybeRecord, _rt.StructBuilder):
    """Builder of View_MaybeRecord."""

    __slots__ = ()

    @property
    def nothing(self) -> None:
        if self._tag(0) != 0:
            raise _rt.inactive(self, "nothing")
        return None

    @nothing.setter
    def nothing(self, value: bool | None) -> None:
        _rt.pack_u16(self._s, self._o + 0, 0)

    @property
    def just(self) -> View_Record_Builder:
        if self._tag(0) != 1:
            raise _rt.inactive(self, "just")
        return self._struct_builder(View_Record_Builder, 0)

    @just.setter
    def just(self, value: View_Record | View_Record_Fields) -> None:
        self._put_struct(View_Record_Builder, 0, value)
        _rt.pack_u16(self._s, self._o + 0, 1)

    def init_just(self) -> View_Record_Builder:
        _rt.pack_u16(self._s, self._o + 0, 1)
        return self._init_struct(View_Record_Builder, 0)

    def _fill(
        self,
        *,
        nothing: bool | None = None,
        just: View_Record | View_Record_Fields | None = None,
    ) -> None:
        if (nothing, just).count(None) < 1:
            raise _rt.two_members(self, "nothing", "just")
        if nothing is not None:
            _rt.pack_u16(self._s, self._o + 0, 0)
        if just is not None:
            self._put_struct(View_Record_Builder, 0, just)
            _rt.pack_u16(self._s, self._o + 0, 1)


class View_MaybeRecord_Promise(_rt.PendingCall[View_MaybeRecord]):
    """A call whose results are a View_MaybeRecord."""

    __slots__ = ()
    _results = View_MaybeRecord


if _rt.TYPE_CHECKING:

    class View_LookupParams_Fields(_rt.TypedDict, total=False):
        """The fields of View_LookupParams, for construction; those left out keep their defaults."""

        selector: View_Selector | View_Selector_Fields
        constraints: _rt.Iterable[View_Constraint | View_Constraint_Fields]


class View_LookupParams(_rt.StructReader):
    """Struct `lookup$Params`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xD929E054F82B286C

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "View_LookupParams_Builder"

    @property
    def selector(self) -> View_Selector:
        return self._struct(View_Selector, 0)

    @property
    def has_selector(self) -> bool:
        return self._has(0)

    @property
    def constraints(self) -> _rt.ListReader[View_Constraint]:
        return _LIST_View_Constraint.read(self, 8)

    @staticmethod
    def new(**fields: _rt.Unpack[View_LookupParams_Fields]) -> View_LookupParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(View_LookupParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class View_LookupParams_Builder(View_LookupParams, _rt.StructBuilder):
    """Builder of View_LookupParams."""

    __slots__ = ()

    @property
    def selector(self) -> View_Selector_Builder:
        return self._struct_builder(View_Selector_Builder, 0)

    @selector.setter
    def selector(self, value: View_Selector | View_Selector_Fields) -> None:
        self._put_struct(View_Selector_Builder, 0, value)

    def init_selector(self) -> View_Selector_Builder:
        return self._init_struct(View_Selector_Builder, 0)

    @property
    def constraints(self) -> _rt.ListBuilder[View_Constraint_Builder]:
        return _LIST_View_Constraint.builder(self, 8)

    @constraints.setter
    def constraints(self, value: _rt.Iterable[View_Constraint | View_Constraint_Fields]) -> None:
        _LIST_View_Constraint.write(self, 8, value)

    def init_constraints(self, count: int) -> _rt.ListBuilder[View_Constraint_Builder]:
        return _LIST_View_Constraint.init(self, 8, count)

    def _fill(
        self,
        *,
        selector: View_Selector | View_Selector_Fields | None = None,
        constraints: _rt.Iterable[View_Constraint | View_Constraint_Fields] | None = None,
    ) -> None:
        if selector is not None:
            self._put_struct(View_Selector_Builder, 0, selector)
        if constraints is not None:
            _LIST_View_Constraint.write(self, 8, constraints)


if _rt.TYPE_CHECKING:

    class View_LookupResults_Fields(_rt.TypedDict, total=False):
        """The fields of View_LookupResults, for construction; those left out keep their defaults."""

        result: View_MaybeRecord | View_MaybeRecord_Fields


class View_LookupResults(_rt.StructReader):
    """Struct `lookup$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xE6DF611247A8FC13

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "View_LookupResults_Builder"

    @property
    def result(self) -> View_MaybeRecord:
        return self._struct(View_MaybeRecord, 0)

    @property
    def has_result(self) -> bool:
        return self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[View_LookupResults_Fields]) -> View_LookupResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(View_LookupResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class View_LookupResults_Builder(View_LookupResults, _rt.StructBuilder):
    """Builder of View_LookupResults."""

    __slots__ = ()

    @property
    def result(self) -> View_MaybeRecord_Builder:
        return self._struct_builder(View_MaybeRecord_Builder, 0)

    @result.setter
    def result(self, value: View_MaybeRecord | View_MaybeRecord_Fields) -> None:
        self._put_struct(View_MaybeRecord_Builder, 0, value)

    def init_result(self) -> View_MaybeRecord_Builder:
        return self._init_struct(View_MaybeRecord_Builder, 0)

    def _fill(
        self,
        *,
        result: View_MaybeRecord | View_MaybeRecord_Fields | None = None,
    ) -> None:
        if result is not None:
            self._put_struct(View_MaybeRecord_Builder, 0, result)


class View_LookupResults_Promise(_rt.PendingCall[View_LookupResults]):
    """A call whose results are a View_LookupResults."""

    __slots__ = ()
    _results = View_LookupResults


if _rt.TYPE_CHECKING:

    class View_IterParams_Fields(_rt.TypedDict, total=False):
        """The fields of View_IterParams, for construction; those left out keep their defaults."""

        handler: View_Handler | View_Handler_Server | None
        selector: View_Selector | View_Selector_Fields
        constraints: _rt.Iterable[View_Constraint | View_Constraint_Fields]


class View_IterParams(_rt.StructReader):
    """Struct `iter$Params`."""

    __slots__ = ()
    _size = (0, 3)
    _id = 0xF495A555C9344000

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "View_IterParams_Builder"

    @property
    def handler(self) -> View_Handler:
        return View_Handler(self._cap(0))

    @property
    def selector(self) -> View_Selector:
        return self._struct(View_Selector, 8)

    @property
    def has_selector(self) -> bool:
        return self._has(8)

    @property
    def constraints(self) -> _rt.ListReader[View_Constraint]:
        return _LIST_View_Constraint.read(self, 16)

    @staticmethod
    def new(**fields: _rt.Unpack[View_IterParams_Fields]) -> View_IterParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(View_IterParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class View_IterParams_Builder(View_IterParams, _rt.StructBuilder):
    """Builder of View_IterParams."""

    __slots__ = ()

    @property
    def handler(self) -> View_Handler:
        return View_Handler(self._cap(0))

    @handler.setter
    def handler(self, value: View_Handler | View_Handler_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    @property
    def selector(self) -> View_Selector_Builder:
        return self._struct_builder(View_Selector_Builder, 8)

    @selector.setter
    def selector(self, value: View_Selector | View_Selector_Fields) -> None:
        self._put_struct(View_Selector_Builder, 8, value)

    def init_selector(self) -> View_Selector_Builder:
        return self._init_struct(View_Selector_Builder, 8)

    @property
    def constraints(self) -> _rt.ListBuilder[View_Constraint_Builder]:
        return _LIST_View_Constraint.builder(self, 16)

    @constraints.setter
    def constraints(self, value: _rt.Iterable[View_Constraint | View_Constraint_Fields]) -> None:
        _LIST_View_Constraint.write(self, 16, value)

    def init_constraints(self, count: int) -> _rt.ListBuilder[View_Constraint_Builder]:
        return _LIST_View_Constraint.init(self, 16, count)

    def _fill(
        self,
        *,
        handler: View_Handler | View_Handler_Server | None = None,
        selector: View_Selector | View_Selector_Fields | None = None,
        constraints: _rt.Iterable[View_Constraint | View_Constraint_Fields] | None = None,
    ) -> None:
        if handler is not None:
            self._set_cap(0, _rt.hook_of(handler))
        if selector is not None:
            self._put_struct(View_Selector_Builder, 8, selector)
        if constraints is not None:
            _LIST_View_Constraint.write(self, 16, constraints)


class View_IterParams_Capabilities(_rt.Pipeline):
    """What can be called before a View_IterParams is there."""

    __slots__ = ()

    @property
    def handler(self) -> View_Handler:
        return View_Handler(self._pipeline(0))


class View_IterParams_Pipeline(View_IterParams_Capabilities):
    """A View_IterParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class View_IterResults_Fields(_rt.TypedDict, total=False):
        """The fields of View_IterResults, for construction; those left out keep their defaults."""


class View_IterResults(_rt.StructReader):
    """Struct `iter$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xE54ACC44B61FD7EF

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "View_IterResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[View_IterResults_Fields]) -> View_IterResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(View_IterResults_Builder)
        return built


class View_IterResults_Builder(View_IterResults, _rt.StructBuilder):
    """Builder of View_IterResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class View_IterResults_Promise(_rt.PendingCall[View_IterResults]):
    """A call whose results are a View_IterResults."""

    __slots__ = ()
    _results = View_IterResults


if _rt.TYPE_CHECKING:

    class View_ReverseParams_Fields(_rt.TypedDict, total=False):
        """The fields of View_ReverseParams, for construction; those left out keep their defaults."""


class View_ReverseParams(_rt.StructReader):
    """Struct `reverse$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x8B1FD983F1DF482D

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "View_ReverseParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[View_ReverseParams_Fields]) -> View_ReverseParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(View_ReverseParams_Builder)
        return built


class View_ReverseParams_Builder(View_ReverseParams, _rt.StructBuilder):
    """Builder of View_ReverseParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class View_ReverseResults_Fields(_rt.TypedDict, total=False):
        """The fields of View_ReverseResults, for construction; those left out keep their defaults."""

        view: View | View_Server | None


class View_ReverseResults(_rt.StructReader):
    """Struct `reverse$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xCC7EFEFBB528CD6C

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "View_ReverseResults_Builder"

    @property
    def view(self) -> View:
        return View(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[View_ReverseResults_Fields]) -> View_ReverseResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(View_ReverseResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class View_ReverseResults_Builder(View_ReverseResults, _rt.StructBuilder):
    """Builder of View_ReverseResults."""

    __slots__ = ()

    @property
    def view(self) -> View:
        return View(self._cap(0))

    @view.setter
    def view(self, value: View | View_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        view: View | View_Server | None = None,
    ) -> None:
        if view is not None:
            self._set_cap(0, _rt.hook_of(view))


class View_ReverseResults_Capabilities(_rt.Pipeline):
    """What can be called before a View_ReverseResults is there."""

    __slots__ = ()

    @property
    def view(self) -> View:
        return View(self._pipeline(0))


class View_ReverseResults_Pipeline(View_ReverseResults_Capabilities):
    """A View_ReverseResults inside results that are still to come."""

    __slots__ = ()


class View_ReverseResults_Promise(View_ReverseResults_Capabilities, _rt.PendingCall[View_ReverseResults]):
    """A call whose results are a View_ReverseResults."""

    __slots__ = ()
    _results = View_ReverseResults


if _rt.TYPE_CHECKING:

    class View_SnapshotParams_Fields(_rt.TypedDict, total=False):
        """The fields of View_SnapshotParams, for construction; those left out keep their defaults."""


class View_SnapshotParams(_rt.StructReader):
    """Struct `snapshot$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xCE1F478309867723

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "View_SnapshotParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[View_SnapshotParams_Fields]) -> View_SnapshotParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(View_SnapshotParams_Builder)
        return built


class View_SnapshotParams_Builder(View_SnapshotParams, _rt.StructBuilder):
    """Builder of View_SnapshotParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class View_SnapshotResults_Fields(_rt.TypedDict, total=False):
        """The fields of View_SnapshotResults, for construction; those left out keep their defaults."""

        view: View | View_Server | None


class View_SnapshotResults(_rt.StructReader):
    """Struct `snapshot$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xBD86F813590D15F1

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "View_SnapshotResults_Builder"

    @property
    def view(self) -> View:
        return View(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[View_SnapshotResults_Fields]) -> View_SnapshotResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(View_SnapshotResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class View_SnapshotResults_Builder(View_SnapshotResults, _rt.StructBuilder):
    """Builder of View_SnapshotResults."""

    __slots__ = ()

    @property
    def view(self) -> View:
        return View(self._cap(0))

    @view.setter
    def view(self, value: View | View_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        view: View | View_Server | None = None,
    ) -> None:
        if view is not None:
            self._set_cap(0, _rt.hook_of(view))


class View_SnapshotResults_Capabilities(_rt.Pipeline):
    """What can be called before a View_SnapshotResults is there."""

    __slots__ = ()

    @property
    def view(self) -> View:
        return View(self._pipeline(0))


class View_SnapshotResults_Pipeline(View_SnapshotResults_Capabilities):
    """A View_SnapshotResults inside results that are still to come."""

    __slots__ = ()


class View_SnapshotResults_Promise(View_SnapshotResults_Capabilities, _rt.PendingCall[View_SnapshotResults]):
    """A call whose results are a View_SnapshotResults."""

    __slots__ = ()
    _results = View_SnapshotResults


class View(_rt.Client):
    """One node's routing table. Each call sees one state of it."""

    __slots__ = ()
    _id = 0x8A1DF0335AFC249A

    Handler: _rt.TypeAlias = View_Handler
    Selector: _rt.TypeAlias = View_Selector
    Constraint: _rt.TypeAlias = View_Constraint
    Index: _rt.TypeAlias = View_Index
    Record: _rt.TypeAlias = View_Record
    MaybeRecord: _rt.TypeAlias = View_MaybeRecord
    LookupParams: _rt.TypeAlias = View_LookupParams
    LookupResults: _rt.TypeAlias = View_LookupResults
    IterParams: _rt.TypeAlias = View_IterParams
    IterResults: _rt.TypeAlias = View_IterResults
    ReverseParams: _rt.TypeAlias = View_ReverseParams
    ReverseResults: _rt.TypeAlias = View_ReverseResults
    SnapshotParams: _rt.TypeAlias = View_SnapshotParams
    SnapshotResults: _rt.TypeAlias = View_SnapshotResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "View_Server"

    def lookup(
        self,
        *,
        selector: View_Selector | View_Selector_Fields | None = None,
        constraints: _rt.Iterable[View_Constraint | View_Constraint_Fields] | None = None,
    ) -> View_LookupResults_Promise:
        _params = _rt.new_message(View_LookupParams_Builder)
        _params._fill(selector=selector, constraints=constraints)
        return View_LookupResults_Promise(self._send(0x8A1DF0335AFC249A, 0, _params._m, _rt.NO_PIPELINING))

    def iter(
        self,
        *,
        handler: View_Handler | View_Handler_Server | None = None,
        selector: View_Selector | View_Selector_Fields | None = None,
        constraints: _rt.Iterable[View_Constraint | View_Constraint_Fields] | None = None,
    ) -> View_IterResults_Promise:
        _params = _rt.new_message(View_IterParams_Builder)
        _params._fill(handler=handler, selector=selector, constraints=constraints)
        return View_IterResults_Promise(self._send(0x8A1DF0335AFC249A, 1, _params._m, _rt.NO_PIPELINING))

    def reverse(
        self,
    ) -> View_ReverseResults_Promise:
        """The same in descending order."""
        _params = _rt.new_message(View_ReverseParams_Builder)
        return View_ReverseResults_Promise(self._send(0x8A1DF0335AFC249A, 2, _params._m))

    def snapshot(
        self,
    ) -> View_SnapshotResults_Promise:
        """A view of the table as it is now, for ever: its calls all see that state."""
        _params = _rt.new_message(View_SnapshotParams_Builder)
        return View_SnapshotResults_Promise(self._send(0x8A1DF0335AFC249A, 3, _params._m))


async def _handle_View_lookup(
    server: View_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(View_LookupParams)
    return _rt.outcome(
        View_LookupResults_Builder,
        await server.lookup(selector=params.selector, constraints=params.constraints, context=context),
    )


async def _handle_View_iter(
    server: View_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(View_IterParams)
    return _rt.outcome(
        View_IterResults_Builder,
        await server.iter(
            handler=params.handler, selector=params.selector, constraints=params.constraints, context=context
        ),
    )


async def _handle_View_reverse(
    server: View_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(View_ReverseResults_Builder, await server.reverse(context=context))


async def _handle_View_snapshot(
    server: View_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(View_SnapshotResults_Builder, await server.snapshot(context=context))


class View_Server(_rt.Server):
    """Derive from it to serve `View`."""

    __slots__ = ()
    _id = 0x8A1DF0335AFC249A
    _client = View

    @_rt.abstractmethod
    async def lookup(
        self,
        *,
        selector: View_Selector,
        constraints: _rt.ListReader[View_Constraint],
        context: _rt.CallContext,
    ) -> View_LookupResults | View_LookupResults_Fields | View_LookupResults_Promise | None: ...

    @_rt.abstractmethod
    async def iter(
        self,
        *,
        handler: View_Handler,
        selector: View_Selector,
        constraints: _rt.ListReader[View_Constraint],
        context: _rt.CallContext,
    ) -> View_IterResults | View_IterResults_Fields | View_IterResults_Promise | None: ...

    @_rt.abstractmethod
    async def reverse(
        self,
        *,
        context: _rt.CallContext,
    ) -> View_ReverseResults | View_ReverseResults_Fields | View_ReverseResults_Promise | None:
        """The same in descending order."""

    @_rt.abstractmethod
    async def snapshot(
        self,
        *,
        context: _rt.CallContext,
    ) -> View_SnapshotResults | View_SnapshotResults_Fields | View_SnapshotResults_Promise | None:
        """A view of the table as it is now, for ever: its calls all see that state."""


if _rt.TYPE_CHECKING:

    class Challenge_Fields(_rt.TypedDict, total=False):
        """The fields of Challenge, for construction; those left out keep their defaults."""

        nonce: _rt.Bytes
        server: _rt.Bytes
        client: _rt.Bytes
        server_key: _rt.Bytes
        client_key: _rt.Bytes


class Challenge(_rt.StructReader):
    """What a node asks an account to sign at login: it is bound to the channel that both see, and to its two ends."""

    __slots__ = ()
    _size = (0, 5)
    _id = 0xDE8DAB6BC3E08ED4

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Challenge_Builder"

    @property
    def nonce(self) -> memoryview:
        """16 bytes, drawn for this login alone."""
        return self._data(0)

    @property
    def server(self) -> memoryview:
        """The peer id of the node that asks."""
        return self._data(8)

    @property
    def client(self) -> memoryview:
        """The peer id at the other end of the channel."""
        return self._data(16)

    @property
    def server_key(self) -> memoryview:
        """SHA-256 of the public key, as SubjectPublicKeyInfo, that the node's end of the channel has proved."""
        return self._data(24)

    @property
    def client_key(self) -> memoryview:
        """The same of the other end."""
        return self._data(32)

    @staticmethod
    def new(**fields: _rt.Unpack[Challenge_Fields]) -> Challenge_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Challenge_Builder)
        if fields:
            built._fill(**fields)
        return built


class Challenge_Builder(Challenge, _rt.StructBuilder):
    """Builder of Challenge."""

    __slots__ = ()

    @property
    def nonce(self) -> memoryview:
        return self._data(0)

    @nonce.setter
    def nonce(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    @property
    def server(self) -> memoryview:
        return self._data(8)

    @server.setter
    def server(self, value: _rt.Bytes) -> None:
        self._set_data(8, value)

    @property
    def client(self) -> memoryview:
        return self._data(16)

    @client.setter
    def client(self, value: _rt.Bytes) -> None:
        self._set_data(16, value)

    @property
    def server_key(self) -> memoryview:
        return self._data(24)

    @server_key.setter
    def server_key(self, value: _rt.Bytes) -> None:
        self._set_data(24, value)

    @property
    def client_key(self) -> memoryview:
        return self._data(32)

    @client_key.setter
    def client_key(self, value: _rt.Bytes) -> None:
        self._set_data(32, value)

    def _fill(
        self,
        *,
        nonce: _rt.Bytes | None = None,
        server: _rt.Bytes | None = None,
        client: _rt.Bytes | None = None,
        server_key: _rt.Bytes | None = None,
        client_key: _rt.Bytes | None = None,
    ) -> None:
        if nonce is not None:
            self._set_data(0, nonce)
        if server is not None:
            self._set_data(8, server)
        if client is not None:
            self._set_data(16, client)
        if server_key is not None:
            self._set_data(24, server_key)
        if client_key is not None:
            self._set_data(32, client_key)


class Challenge_Promise(_rt.PendingCall[Challenge]):
    """A call whose results are a Challenge."""

    __slots__ = ()
    _results = Challenge


if _rt.TYPE_CHECKING:

    class Obituary_Fields(_rt.TypedDict, total=False):
        """The fields of Obituary, for construction; those left out keep their defaults."""

        peer: _rt.Bytes
        epoch: int
        seq: int


class Obituary(_rt.StructReader):
    """An observer's statement that it has heard nothing of a node since this heartbeat."""

    __slots__ = ()
    _size = (2, 1)
    _id = 0x8F4E577404EF3187

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Obituary_Builder"

    @property
    def peer(self) -> memoryview:
        return self._data(0)

    @property
    def epoch(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def seq(self) -> int:
        o = self._o + 8
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Obituary_Fields]) -> Obituary_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Obituary_Builder)
        if fields:
            built._fill(**fields)
        return built


class Obituary_Builder(Obituary, _rt.StructBuilder):
    """Builder of Obituary."""

    __slots__ = ()

    @property
    def peer(self) -> memoryview:
        return self._data(0)

    @peer.setter
    def peer(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    @property
    def epoch(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @epoch.setter
    def epoch(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "epoch")

    @property
    def seq(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 8)[0]

    @seq.setter
    def seq(self, value: int) -> None:
        _rt.put_u64(self, 8, value, "seq")

    def _fill(
        self,
        *,
        peer: _rt.Bytes | None = None,
        epoch: int = 0,
        seq: int = 0,
    ) -> None:
        try:
            _PACK_Obituary(self._s, self._o, epoch, seq)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.epoch, self.seq = epoch, seq
            raise
        if peer is not None:
            self._set_data(0, peer)


class Obituary_Promise(_rt.PendingCall[Obituary]):
    """A call whose results are a Obituary."""

    __slots__ = ()
    _results = Obituary


if _rt.TYPE_CHECKING:

    class Gossip_News_Fields(_rt.TypedDict, total=False):
        """The fields of Gossip_News, for construction; those left out keep their defaults."""

        beats: _rt.Iterable[Gossip_Beat | Gossip_Beat_Fields]
        obituaries: _rt.Iterable[_rt.Bytes]
        spread: bool


class Gossip_News(_rt.StructReader):
    """Struct `News`."""

    __slots__ = ()
    _size = (1, 2)
    _id = 0xC07C575BB33963C2

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Gossip_News_Builder"

    @property
    def beats(self) -> _rt.ListReader[Gossip_Beat]:
        return _LIST_Gossip_Beat.read(self, 0)

    @property
    def obituaries(self) -> _rt.ListReader[memoryview]:
        """Signed envelopes of an `Obituary` each."""
        return _rt.DATA_LIST.read(self, 8)

    @property
    def spread(self) -> bool:
        """Whether the receiver is to pass on what is new to it."""
        o = self._o
        return o < self._p and self._s[o] & 1 != 0

    @staticmethod
    def new(**fields: _rt.Unpack[Gossip_News_Fields]) -> Gossip_News_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Gossip_News_Builder)
        if fields:
            built._fill(**fields)
        return built


class Gossip_News_Builder(Gossip_News, _rt.StructBuilder):
    """Builder of Gossip_News."""

    __slots__ = ()

    @property
    def beats(self) -> _rt.ListBuilder[Gossip_Beat_Builder]:
        return _LIST_Gossip_Beat.builder(self, 0)

    @beats.setter
    def beats(self, value: _rt.Iterable[Gossip_Beat | Gossip_Beat_Fields]) -> None:
        _LIST_Gossip_Beat.write(self, 0, value)

    def init_beats(self, count: int) -> _rt.ListBuilder[Gossip_Beat_Builder]:
        return _LIST_Gossip_Beat.init(self, 0, count)

    @property
    def obituaries(self) -> _rt.ListBuilder[memoryview]:
        return _rt.DATA_LIST.builder(self, 8)

    @obituaries.setter
    def obituaries(self, value: _rt.Iterable[_rt.Bytes]) -> None:
        _rt.DATA_LIST.write(self, 8, value)

    def init_obituaries(self, count: int) -> _rt.ListBuilder[memoryview]:
        return _rt.DATA_LIST.init(self, 8, count)

    @property
    def spread(self) -> bool:
        return self._s[self._o] & 1 != 0

    @spread.setter
    def spread(self, value: bool) -> None:
        _rt.put_bool(self, 0, 1, value)

    def _fill(
        self,
        *,
        beats: _rt.Iterable[Gossip_Beat | Gossip_Beat_Fields] | None = None,
        obituaries: _rt.Iterable[_rt.Bytes] | None = None,
        spread: bool = False,
    ) -> None:
        try:
            _PACK_Gossip_News(self._s, self._o, (1 if spread else 0))
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.spread = spread
            raise
        if beats is not None:
            _LIST_Gossip_Beat.write(self, 0, beats)
        if obituaries is not None:
            _rt.DATA_LIST.write(self, 8, obituaries)


class Gossip_News_Promise(_rt.PendingCall[Gossip_News]):
    """A call whose results are a Gossip_News."""

    __slots__ = ()
    _results = Gossip_News


if _rt.TYPE_CHECKING:

    class Gossip_Beat_Fields(_rt.TypedDict, total=False):
        """The fields of Gossip_Beat, for construction; those left out keep their defaults."""

        signed: _rt.Bytes
        age: int


class Gossip_Beat(_rt.StructReader):
    """Struct `Beat`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xE89FCC4669630E7E

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Gossip_Beat_Builder"

    @property
    def signed(self) -> memoryview:
        """The signed envelope of a `Heartbeat`."""
        return self._data(0)

    @property
    def age(self) -> int:
        """Milliseconds since its own node sent it, as far as the sender knows."""
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Gossip_Beat_Fields]) -> Gossip_Beat_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Gossip_Beat_Builder)
        if fields:
            built._fill(**fields)
        return built


class Gossip_Beat_Builder(Gossip_Beat, _rt.StructBuilder):
    """Builder of Gossip_Beat."""

    __slots__ = ()

    @property
    def signed(self) -> memoryview:
        return self._data(0)

    @signed.setter
    def signed(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    @property
    def age(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @age.setter
    def age(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "age")

    def _fill(
        self,
        *,
        signed: _rt.Bytes | None = None,
        age: int = 0,
    ) -> None:
        try:
            _PACK_Gossip_Beat(self._s, self._o, age)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.age = age
            raise
        if signed is not None:
            self._set_data(0, signed)


class Gossip_Beat_Promise(_rt.PendingCall[Gossip_Beat]):
    """A call whose results are a Gossip_Beat."""

    __slots__ = ()
    _results = Gossip_Beat


if _rt.TYPE_CHECKING:

    class Gossip_Probe_Fields(_rt.TypedDict, total=False):
        """The fields of Gossip_Probe, for construction; those left out keep their defaults."""

        peer: _rt.Bytes
        epoch: int
        seq: int
        origin: _rt.Bytes


class Gossip_Probe(_rt.StructReader):
    """Asks for a heartbeat of `peer` that is newer than the one named, on behalf of `origin`."""

    __slots__ = ()
    _size = (2, 2)
    _id = 0xC7D3A2DF34CDC93F

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Gossip_Probe_Builder"

    @property
    def peer(self) -> memoryview:
        return self._data(0)

    @property
    def epoch(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def seq(self) -> int:
        o = self._o + 8
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def origin(self) -> memoryview:
        return self._data(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Gossip_Probe_Fields]) -> Gossip_Probe_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Gossip_Probe_Builder)
        if fields:
            built._fill(**fields)
        return built


class Gossip_Probe_Builder(Gossip_Probe, _rt.StructBuilder):
    """Builder of Gossip_Probe."""

    __slots__ = ()

    @property
    def peer(self) -> memoryview:
        return self._data(0)

    @peer.setter
    def peer(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    @property
    def epoch(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @epoch.setter
    def epoch(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "epoch")

    @property
    def seq(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 8)[0]

    @seq.setter
    def seq(self, value: int) -> None:
        _rt.put_u64(self, 8, value, "seq")

    @property
    def origin(self) -> memoryview:
        return self._data(8)

    @origin.setter
    def origin(self, value: _rt.Bytes) -> None:
        self._set_data(8, value)

    def _fill(
        self,
        *,
        peer: _rt.Bytes | None = None,
        epoch: int = 0,
        seq: int = 0,
        origin: _rt.Bytes | None = None,
    ) -> None:
        try:
            _PACK_Gossip_Probe(self._s, self._o, epoch, seq)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.epoch, self.seq = epoch, seq
            raise
        if peer is not None:
            self._set_data(0, peer)
        if origin is not None:
            self._set_data(8, origin)


class Gossip_Probe_Promise(_rt.PendingCall[Gossip_Probe]):
    """A call whose results are a Gossip_Probe."""

    __slots__ = ()
    _results = Gossip_Probe


if _rt.TYPE_CHECKING:

    class Gossip_Digest_Fields(_rt.TypedDict, total=False):
        """The fields of Gossip_Digest, for construction; those left out keep their defaults."""

        buckets: _rt.Iterable[int]


class Gossip_Digest(_rt.StructReader):
    """Struct `Digest`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xA9BF3C20A88C7ED5

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Gossip_Digest_Builder"

    @property
    def buckets(self) -> _rt.ListReader[int]:
        """A hash of the members (peer and epoch) of each part of the key space."""
        return _rt.UINT64_LIST.read(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Gossip_Digest_Fields]) -> Gossip_Digest_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Gossip_Digest_Builder)
        if fields:
            built._fill(**fields)
        return built


class Gossip_Digest_Builder(Gossip_Digest, _rt.StructBuilder):
    """Builder of Gossip_Digest."""

    __slots__ = ()

    @property
    def buckets(self) -> _rt.ListBuilder[int]:
        return _rt.UINT64_LIST.builder(self, 0)

    @buckets.setter
    def buckets(self, value: _rt.Iterable[int]) -> None:
        _rt.UINT64_LIST.write(self, 0, value)

    def init_buckets(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.UINT64_LIST.init(self, 0, count)

    def _fill(
        self,
        *,
        buckets: _rt.Iterable[int] | None = None,
    ) -> None:
        if buckets is not None:
            _rt.UINT64_LIST.write(self, 0, buckets)


class Gossip_Digest_Promise(_rt.PendingCall[Gossip_Digest]):
    """A call whose results are a Gossip_Digest."""

    __slots__ = ()
    _results = Gossip_Digest


if _rt.TYPE_CHECKING:

    class Gossip_Known_Fields(_rt.TypedDict, total=False):
        """The fields of Gossip_Known, for construction; those left out keep their defaults."""

        buckets: _rt.Iterable[int]
        members: _rt.Iterable[Gossip_Member | Gossip_Member_Fields]
        reply: bool


class Gossip_Known(_rt.StructReader):
    """The members of those parts in which two digests differ."""

    __slots__ = ()
    _size = (1, 2)
    _id = 0xFBEA9272820FC73C

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Gossip_Known_Builder"

    @property
    def buckets(self) -> _rt.ListReader[int]:
        return _rt.UINT16_LIST.read(self, 0)

    @property
    def members(self) -> _rt.ListReader[Gossip_Member]:
        return _LIST_Gossip_Member.read(self, 8)

    @property
    def reply(self) -> bool:
        """Whether this answers another `Known`, and needs none in turn."""
        o = self._o
        return o < self._p and self._s[o] & 1 != 0

    @staticmethod
    def new(**fields: _rt.Unpack[Gossip_Known_Fields]) -> Gossip_Known_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Gossip_Known_Builder)
        if fields:
            built._fill(**fields)
        return built


class Gossip_Known_Builder(Gossip_Known, _rt.StructBuilder):
    """Builder of Gossip_Known."""

    __slots__ = ()

    @property
    def buckets(self) -> _rt.ListBuilder[int]:
        return _rt.UINT16_LIST.builder(self, 0)

    @buckets.setter
    def buckets(self, value: _rt.Iterable[int]) -> None:
        _rt.UINT16_LIST.write(self, 0, value)

    def init_buckets(self, count: int) -> _rt.ListBuilder[int]:
        return _rt.UINT16_LIST.init(self, 0, count)

    @property
    def members(self) -> _rt.ListBuilder[Gossip_Member_Builder]:
        return _LIST_Gossip_Member.builder(self, 8)

    @members.setter
    def members(self, value: _rt.Iterable[Gossip_Member | Gossip_Member_Fields]) -> None:
        _LIST_Gossip_Member.write(self, 8, value)

    def init_members(self, count: int) -> _rt.ListBuilder[Gossip_Member_Builder]:
        return _LIST_Gossip_Member.init(self, 8, count)

    @property
    def reply(self) -> bool:
        return self._s[self._o] & 1 != 0

    @reply.setter
    def reply(self, value: bool) -> None:
        _rt.put_bool(self, 0, 1, value)

    def _fill(
        self,
        *,
        buckets: _rt.Iterable[int] | None = None,
        members: _rt.Iterable[Gossip_Member | Gossip_Member_Fields] | None = None,
        reply: bool = False,
    ) -> None:
        try:
            _PACK_Gossip_Known(self._s, self._o, (1 if reply else 0))
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.reply = reply
            raise
        if buckets is not None:
            _rt.UINT16_LIST.write(self, 0, buckets)
        if members is not None:
            _LIST_Gossip_Member.write(self, 8, members)


class Gossip_Known_Promise(_rt.PendingCall[Gossip_Known]):
    """A call whose results are a Gossip_Known."""

    __slots__ = ()
    _results = Gossip_Known


if _rt.TYPE_CHECKING:

    class Gossip_Member_Fields(_rt.TypedDict, total=False):
        """The fields of Gossip_Member, for construction; those left out keep their defaults."""

        peer: _rt.Bytes
        epoch: int


class Gossip_Member(_rt.StructReader):
    """Struct `Member`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0xB11E1DCFD608BCFD

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Gossip_Member_Builder"

    @property
    def peer(self) -> memoryview:
        return self._data(0)

    @property
    def epoch(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Gossip_Member_Fields]) -> Gossip_Member_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Gossip_Member_Builder)
        if fields:
            built._fill(**fields)
        return built


class Gossip_Member_Builder(Gossip_Member, _rt.StructBuilder):
    """Builder of Gossip_Member."""

    __slots__ = ()

    @property
    def peer(self) -> memoryview:
        return self._data(0)

    @peer.setter
    def peer(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    @property
    def epoch(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @epoch.setter
    def epoch(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "epoch")

    def _fill(
        self,
        *,
        peer: _rt.Bytes | None = None,
        epoch: int = 0,
    ) -> None:
        try:
            _PACK_Gossip_Member(self._s, self._o, epoch)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.epoch = epoch
            raise
        if peer is not None:
            self._set_data(0, peer)


class Gossip_Member_Promise(_rt.PendingCall[Gossip_Member]):
    """A call whose results are a Gossip_Member."""

    __slots__ = ()
    _results = Gossip_Member


if _rt.TYPE_CHECKING:

    class Gossip_Fields(_rt.TypedDict, total=False):
        """The fields of Gossip, for construction; those left out keep their defaults."""

        sender: _rt.Bytes
        news: Gossip_News | Gossip_News_Fields
        probe: Gossip_Probe | Gossip_Probe_Fields
        digest: Gossip_Digest | Gossip_Digest_Fields
        known: Gossip_Known | Gossip_Known_Fields


class Gossip(_rt.StructReader):
    """What nodes tell each other about the membership."""

    __slots__ = ()
    _size = (1, 2)
    _id = 0xCC65176C16F4A76C

    News: _rt.TypeAlias = Gossip_News
    Beat: _rt.TypeAlias = Gossip_Beat
    Probe: _rt.TypeAlias = Gossip_Probe
    Digest: _rt.TypeAlias = Gossip_Digest
    Known: _rt.TypeAlias = Gossip_Known
    Member: _rt.TypeAlias = Gossip_Member
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Gossip_Builder"

    @property
    def which(self) -> _rt.Literal["news", "probe", "digest", "known", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(0)
        return ("news", "probe", "digest", "known")[tag] if tag < 4 else "unknown"

    @property
    def sender(self) -> memoryview:
        """The peer id of the sending node."""
        return self._data(0)

    @property
    def news(self) -> Gossip_News:
        if self._tag(0) != 0:
            raise _rt.inactive(self, "news")
        return self._struct(Gossip_News, 8)

    @property
    def has_news(self) -> bool:
        return self._tag(0) == 0 and self._has(8)

    @property
    def probe(self) -> Gossip_Probe:
        if self._tag(0) != 1:
            raise _rt.inactive(self, "probe")
        return self._struct(Gossip_Probe, 8)

    @property
    def has_probe(self) -> bool:
        return self._tag(0) == 1 and self._has(8)

    @property
    def digest(self) -> Gossip_Digest:
        if self._tag(0) != 2:
            raise _rt.inactive(self, "digest")
        return self._struct(Gossip_Digest, 8)

    @property
    def has_digest(self) -> bool:
        return self._tag(0) == 2 and self._has(8)

    @property
    def known(self) -> Gossip_Known:
        if self._tag(0) != 3:
            raise _rt.inactive(self, "known")
        return self._struct(Gossip_Known, 8)

    @property
    def has_known(self) -> bool:
        return self._tag(0) == 3 and self._has(8)

    @staticmethod
    def new(**fields: _rt.Unpack[Gossip_Fields]) -> Gossip_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Gossip_Builder)
        if fields:
            built._fill(**fields)
        return built


class Gossip_Builder(Gossip, _rt.StructBuilder):
    """Builder of Gossip."""

    __slots__ = ()

    @property
    def sender(self) -> memoryview:
        return self._data(0)

    @sender.setter
    def sender(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    @property
    def news(self) -> Gossip_News_Builder:
        if self._tag(0) != 0:
            raise _rt.inactive(self, "news")
        return self._struct_builder(Gossip_News_Builder, 8)

    @news.setter
    def news(self, value: Gossip_News | Gossip_News_Fields) -> None:
        self._put_struct(Gossip_News_Builder, 8, value)
        _rt.pack_u16(self._s, self._o + 0, 0)

    def init_news(self) -> Gossip_News_Builder:
        _rt.pack_u16(self._s, self._o + 0, 0)
        return self._init_struct(Gossip_News_Builder, 8)

    @property
    def probe(self) -> Gossip_Probe_Builder:
        if self._tag(0) != 1:
            raise _rt.inactive(self, "probe")
        return self._struct_builder(Gossip_Probe_Builder, 8)

    @probe.setter
    def probe(self, value: Gossip_Probe | Gossip_Probe_Fields) -> None:
        self._put_struct(Gossip_Probe_Builder, 8, value)
        _rt.pack_u16(self._s, self._o + 0, 1)

    def init_probe(self) -> Gossip_Probe_Builder:
        _rt.pack_u16(self._s, self._o + 0, 1)
        return self._init_struct(Gossip_Probe_Builder, 8)

    @property
    def digest(self) -> Gossip_Digest_Builder:
        if self._tag(0) != 2:
            raise _rt.inactive(self, "digest")
        return self._struct_builder(Gossip_Digest_Builder, 8)

    @digest.setter
    def digest(self, value: Gossip_Digest | Gossip_Digest_Fields) -> None:
        self._put_struct(Gossip_Digest_Builder, 8, value)
        _rt.pack_u16(self._s, self._o + 0, 2)

    def init_digest(self) -> Gossip_Digest_Builder:
        _rt.pack_u16(self._s, self._o + 0, 2)
        return self._init_struct(Gossip_Digest_Builder, 8)

    @property
    def known(self) -> Gossip_Known_Builder:
        if self._tag(0) != 3:
            raise _rt.inactive(self, "known")
        return self._struct_builder(Gossip_Known_Builder, 8)

    @known.setter
    def known(self, value: Gossip_Known | Gossip_Known_Fields) -> None:
        self._put_struct(Gossip_Known_Builder, 8, value)
        _rt.pack_u16(self._s, self._o + 0, 3)

    def init_known(self) -> Gossip_Known_Builder:
        _rt.pack_u16(self._s, self._o + 0, 3)
        return self._init_struct(Gossip_Known_Builder, 8)

    def _fill(
        self,
        *,
        sender: _rt.Bytes | None = None,
        news: Gossip_News | Gossip_News_Fields | None = None,
        probe: Gossip_Probe | Gossip_Probe_Fields | None = None,
        digest: Gossip_Digest | Gossip_Digest_Fields | None = None,
        known: Gossip_Known | Gossip_Known_Fields | None = None,
    ) -> None:
        if (news, probe, digest, known).count(None) < 3:
            raise _rt.two_members(self, "news", "probe", "digest", "known")
        if sender is not None:
            self._set_data(0, sender)
        if news is not None:
            self._put_struct(Gossip_News_Builder, 8, news)
            _rt.pack_u16(self._s, self._o + 0, 0)
        if probe is not None:
            self._put_struct(Gossip_Probe_Builder, 8, probe)
            _rt.pack_u16(self._s, self._o + 0, 1)
        if digest is not None:
            self._put_struct(Gossip_Digest_Builder, 8, digest)
            _rt.pack_u16(self._s, self._o + 0, 2)
        if known is not None:
            self._put_struct(Gossip_Known_Builder, 8, known)
            _rt.pack_u16(self._s, self._o + 0, 3)


class Gossip_Promise(_rt.PendingCall[Gossip]):
    """A call whose results are a Gossip."""

    __slots__ = ()
    _results = Gossip


_PACK_Heartbeat = _rt.Struct("<IB3xQQQ").pack_into
_PACK_View_Index = _rt.Struct("<B").pack_into
_PACK_View_Record = _rt.Struct("<QQ").pack_into
_PACK_Obituary = _rt.Struct("<QQ").pack_into
_PACK_Gossip_News = _rt.Struct("<B").pack_into
_PACK_Gossip_Beat = _rt.Struct("<I").pack_into
_PACK_Gossip_Probe = _rt.Struct("<QQ").pack_into
_PACK_Gossip_Known = _rt.Struct("<B").pack_into
_PACK_Gossip_Member = _rt.Struct("<Q").pack_into
Signer.METHODS = {
    (0xF1F2E144CEC1F2BC, 0): _rt.MethodInfo(
        0xF1F2E144CEC1F2BC, 0, "Signer", "sign", False, Signer_SignParams, Signer_SignResults
    ),
}
Signer_Server.METHODS = {
    (0xF1F2E144CEC1F2BC, 0): ("Signer.sign", _handle_Signer_sign),
}
View_Handler.METHODS = {
    (0xEE93A663B2A23C03, 0): _rt.MethodInfo(
        0xEE93A663B2A23C03, 0, "Handler", "recv", True, View_Handler_RecvParams, _rt.StructReader
    ),
}
View_Handler_Server.METHODS = {
    (0xEE93A663B2A23C03, 0): ("Handler.recv", _handle_View_Handler_recv),
}
View.METHODS = {
    (0x8A1DF0335AFC249A, 0): _rt.MethodInfo(
        0x8A1DF0335AFC249A, 0, "View", "lookup", False, View_LookupParams, View_LookupResults
    ),
    (0x8A1DF0335AFC249A, 1): _rt.MethodInfo(
        0x8A1DF0335AFC249A, 1, "View", "iter", False, View_IterParams, View_IterResults
    ),
    (0x8A1DF0335AFC249A, 2): _rt.MethodInfo(
        0x8A1DF0335AFC249A, 2, "View", "reverse", False, View_ReverseParams, View_ReverseResults
    ),
    (0x8A1DF0335AFC249A, 3): _rt.MethodInfo(
        0x8A1DF0335AFC249A, 3, "View", "snapshot", False, View_SnapshotParams, View_SnapshotResults
    ),
}
View_Server.METHODS = {
    (0x8A1DF0335AFC249A, 0): ("View.lookup", _handle_View_lookup),
    (0x8A1DF0335AFC249A, 1): ("View.iter", _handle_View_iter),
    (0x8A1DF0335AFC249A, 2): ("View.reverse", _handle_View_reverse),
    (0x8A1DF0335AFC249A, 3): ("View.snapshot", _handle_View_snapshot),
}
_LIST_View_Constraint = _rt.StructListType(View_Constraint, View_Constraint_Builder)
_LIST_Gossip_Beat = _rt.StructListType(Gossip_Beat, Gossip_Beat_Builder)
_LIST_Gossip_Member = _rt.StructListType(Gossip_Member, Gossip_Member_Builder)
