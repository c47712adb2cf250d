"""Generated from core.capnp by `python -m wetware.capnp.generate`; do not edit.

What a guest or a client is given: the session, and the executor in it.

Compatible on the wire with the core.capnp of the Go middleware Wetware: file id, names, ordinals and
meanings. What is new stands at the end of each interface and struct.
"""

# ruff: noqa

from __future__ import annotations

from wetware.capnp import runtime as _rt
from . import capstore_capnp
from . import cluster_capnp
from . import process_capnp


class SpawnRequest_Input(_rt.CapnpEnum):
    """Enum `Input`."""

    CLOSED = 0
    CONTENT = 1
    PIPE = 2


class SpawnRequest_Output(_rt.CapnpEnum):
    """Enum `Output`."""

    NULL = 0
    CAPTURE = 1
    """The last megabyte is kept."""
    INHERIT = 2
    """The caller's own."""
    PIPE = 3
    """All is kept: the program waits while a megabyte waits to be read."""


class SpawnRequest_Channel(_rt.CapnpEnum):
    """Enum `Channel`."""

    AUTOMATIC = 0
    STREAM = 1
    LISTENER = 2
    NONE = 3


if _rt.TYPE_CHECKING:

    class Terminal_LoginParams_Fields(_rt.TypedDict, total=False):
        """The fields of Terminal_LoginParams, for construction; those left out keep their defaults."""

        account: cluster_capnp.Signer | cluster_capnp.Signer_Server | None


class Terminal_LoginParams(_rt.StructReader):
    """Struct `login$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xF7531EF46740370E

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Terminal_LoginParams_Builder"

    @property
    def account(self) -> cluster_capnp.Signer:
        return cluster_capnp.Signer(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Terminal_LoginParams_Fields]) -> Terminal_LoginParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Terminal_LoginParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Terminal_LoginParams_Builder(Terminal_LoginParams, _rt.StructBuilder):
    """Builder of Terminal_LoginParams."""

    __slots__ = ()

    @property
    def account(self) -> cluster_capnp.Signer:
        return cluster_capnp.Signer(self._cap(0))

    @account.setter
    def account(self, value: cluster_capnp.Signer | cluster_capnp.Signer_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        account: cluster_capnp.Signer | cluster_capnp.Signer_Server | None = None,
    ) -> None:
        if account is not None:
            self._set_cap(0, _rt.hook_of(account))


class Terminal_LoginParams_Capabilities(_rt.Pipeline):
    """What can be called before a Terminal_LoginParams is there."""

    __slots__ = ()

    @property
    def account(self) -> cluster_capnp.Signer:
        return cluster_capnp.Signer(self._pipeline(0))


class Terminal_LoginParams_Pipeline(Terminal_LoginParams_Capabilities):
    """A Terminal_LoginParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Terminal_LoginResults_Fields(_rt.TypedDict, total=False):
        """The fields of Terminal_LoginResults, for construction; those left out keep their defaults."""

        session: Session | Session_Fields


class Terminal_LoginResults(_rt.StructReader):
    """Struct `login$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x9BAEAE5A95F57921

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Terminal_LoginResults_Builder"

    @property
    def session(self) -> Session:
        return self._struct(Session, 0)

    @property
    def has_session(self) -> bool:
        return self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Terminal_LoginResults_Fields]) -> Terminal_LoginResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Terminal_LoginResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Terminal_LoginResults_Builder(Terminal_LoginResults, _rt.StructBuilder):
    """Builder of Terminal_LoginResults."""

    __slots__ = ()

    @property
    def session(self) -> Session_Builder:
        return self._struct_builder(Session_Builder, 0)

    @session.setter
    def session(self, value: Session | Session_Fields) -> None:
        self._put_struct(Session_Builder, 0, value)

    def init_session(self) -> Session_Builder:
        return self._init_struct(Session_Builder, 0)

    def _fill(
        self,
        *,
        session: Session | Session_Fields | None = None,
    ) -> None:
        if session is not None:
            self._put_struct(Session_Builder, 0, session)


class Terminal_LoginResults_Capabilities(_rt.Pipeline):
    """What can be called before a Terminal_LoginResults is there."""

    __slots__ = ()

    @property
    def session(self) -> Session_Pipeline:
        return self._inside(Session_Pipeline, 0)


class Terminal_LoginResults_Pipeline(Terminal_LoginResults_Capabilities):
    """A Terminal_LoginResults inside results that are still to come."""

    __slots__ = ()


class Terminal_LoginResults_Promise(
    Terminal_LoginResults_Capabilities, _rt.PendingCall[Terminal_LoginResults]
):
    """A call whose results are a Terminal_LoginResults."""

    __slots__ = ()
    _results = Terminal_LoginResults


class Terminal(_rt.Client):
    """Interface `Terminal`."""

    __slots__ = ()
    _id = 0xC0C1A3F1FDBABDFD

    LoginParams: _rt.TypeAlias = Terminal_LoginParams
    LoginResults: _rt.TypeAlias = Terminal_LoginResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Terminal_Server"

    def login(
        self,
        *,
        account: cluster_capnp.Signer | cluster_capnp.Signer_Server | None = None,
    ) -> Terminal_LoginResults_Promise:
        """Everything that the account may use. A guest's own host asks for no account."""
        _params = _rt.new_message(Terminal_LoginParams_Builder)
        _params._fill(account=account)
        return Terminal_LoginResults_Promise(self._send(0xC0C1A3F1FDBABDFD, 0, _params._m))


async def _handle_Terminal_login(
    server: Terminal_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Terminal_LoginParams)
    return _rt.outcome(
        Terminal_LoginResults_Builder, await server.login(account=params.account, context=context)
    )


class Terminal_Server(_rt.Server):
    """Derive from it to serve `Terminal`."""

    __slots__ = ()
    _id = 0xC0C1A3F1FDBABDFD
    _client = Terminal

    @_rt.abstractmethod
    async def login(
        self,
        *,
        account: cluster_capnp.Signer,
        context: _rt.CallContext,
    ) -> Terminal_LoginResults | Terminal_LoginResults_Fields | Terminal_LoginResults_Promise | None:
        """Everything that the account may use. A guest's own host asks for no account."""


if _rt.TYPE_CHECKING:

    class PeerLister_PeersParams_Fields(_rt.TypedDict, total=False):
        """The fields of PeerLister_PeersParams, for construction; those left out keep their defaults."""


class PeerLister_PeersParams(_rt.StructReader):
    """Struct `peers$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x86F74FA7A21AF622

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "PeerLister_PeersParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[PeerLister_PeersParams_Fields]) -> PeerLister_PeersParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(PeerLister_PeersParams_Builder)
        return built


class PeerLister_PeersParams_Builder(PeerLister_PeersParams, _rt.StructBuilder):
    """Builder of PeerLister_PeersParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class PeerLister_PeersResults_Fields(_rt.TypedDict, total=False):
        """The fields of PeerLister_PeersResults, for construction; those left out keep their defaults."""

        session: Session | Session_Fields


class PeerLister_PeersResults(_rt.StructReader):
    """Struct `peers$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xE6DD1EDC1453A4C3

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "PeerLister_PeersResults_Builder"

    @property
    def session(self) -> Session:
        return self._struct(Session, 0)

    @property
    def has_session(self) -> bool:
        return self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[PeerLister_PeersResults_Fields]) -> PeerLister_PeersResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(PeerLister_PeersResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class PeerLister_PeersResults_Builder(PeerLister_PeersResults, _rt.StructBuilder):
    """Builder of PeerLister_PeersResults."""

    __slots__ = ()

    @property
    def session(self) -> Session_Builder:
        return self._struct_builder(Session_Builder, 0)

    @session.setter
    def session(self, value: Session | Session_Fields) -> None:
        self._put_struct(Session_Builder, 0, value)

    def init_session(self) -> Session_Builder:
        return self._init_struct(Session_Builder, 0)

    def _fill(
        self,
        *,
        session: Session | Session_Fields | None = None,
    ) -> None:
        if session is not None:
            self._put_struct(Session_Builder, 0, session)


class PeerLister_PeersResults_Capabilities(_rt.Pipeline):
    """What can be called before a PeerLister_PeersResults is there."""

    __slots__ = ()

    @property
    def session(self) -> Session_Pipeline:
        return self._inside(Session_Pipeline, 0)


class PeerLister_PeersResults_Pipeline(PeerLister_PeersResults_Capabilities):
    """A PeerLister_PeersResults inside results that are still to come."""

    __slots__ = ()


class PeerLister_PeersResults_Promise(
    PeerLister_PeersResults_Capabilities, _rt.PendingCall[PeerLister_PeersResults]
):
    """A call whose results are a PeerLister_PeersResults."""

    __slots__ = ()
    _results = PeerLister_PeersResults


class PeerLister(_rt.Client):
    """Interface `PeerLister`."""

    __slots__ = ()
    _id = 0x8E73DDC10AABD76D

    PeersParams: _rt.TypeAlias = PeerLister_PeersParams
    PeersResults: _rt.TypeAlias = PeerLister_PeersResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "PeerLister_Server"

    def peers(
        self,
    ) -> PeerLister_PeersResults_Promise:
        _params = _rt.new_message(PeerLister_PeersParams_Builder)
        return PeerLister_PeersResults_Promise(self._send(0x8E73DDC10AABD76D, 0, _params._m))


async def _handle_PeerLister_peers(
    server: PeerLister_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(PeerLister_PeersResults_Builder, await server.peers(context=context))


class PeerLister_Server(_rt.Server):
    """Derive from it to serve `PeerLister`."""

    __slots__ = ()
    _id = 0x8E73DDC10AABD76D
    _client = PeerLister

    @_rt.abstractmethod
    async def peers(
        self,
        *,
        context: _rt.CallContext,
    ) -> (
        PeerLister_PeersResults | PeerLister_PeersResults_Fields | PeerLister_PeersResults_Promise | None
    ): ...


if _rt.TYPE_CHECKING:

    class Session_Extra_Fields(_rt.TypedDict, total=False):
        """The fields of Session_Extra, for construction; those left out keep their defaults."""

        name: str
        client: _rt.Client | _rt.Server | None


class Session_Extra(_rt.StructReader):
    """Struct `Extra`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xB6EAD80127EA2FDD

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Session_Extra_Builder"

    @property
    def name(self) -> str:
        return self._text(0)

    @property
    def client(self) -> _rt.Client:
        return _rt.Client(self._cap(8))

    @staticmethod
    def new(**fields: _rt.Unpack[Session_Extra_Fields]) -> Session_Extra_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Session_Extra_Builder)
        if fields:
            built._fill(**fields)
        return built


class Session_Extra_Builder(Session_Extra, _rt.StructBuilder):
    """Builder of Session_Extra."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return self._text(0)

    @name.setter
    def name(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def client(self) -> _rt.Client:
        return _rt.Client(self._cap(8))

    @client.setter
    def client(self, value: _rt.Client | _rt.Server | None) -> None:
        self._set_cap(8, _rt.hook_of(value))

    def _fill(
        self,
        *,
        name: str | None = None,
        client: _rt.Client | _rt.Server | None = None,
    ) -> None:
        if name is not None:
            self._new_text(0, name)
        if client is not None:
            self._set_cap(8, _rt.hook_of(client))


class Session_Extra_Capabilities(_rt.Pipeline):
    """What can be called before a Session_Extra is there."""

    __slots__ = ()

    @property
    def client(self) -> _rt.Client:
        return _rt.Client(self._pipeline(1))


class Session_Extra_Pipeline(Session_Extra_Capabilities):
    """A Session_Extra inside results that are still to come."""

    __slots__ = ()


class Session_Extra_Promise(Session_Extra_Capabilities, _rt.PendingCall[Session_Extra]):
    """A call whose results are a Session_Extra."""

    __slots__ = ()
    _results = Session_Extra


if _rt.TYPE_CHECKING:

    class Session_Local_Fields(_rt.TypedDict, total=False):
        """The fields of Session_Local, for construction; those left out keep their defaults."""

        peer: str
        server: int
        host: str


class Session_Local(_rt.StructReader):
    """Group `local`."""

    __slots__ = ()
    _size = (1, 6)
    _id = 0xBCE33359B4DD6C02

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Session_Local_Builder"

    @property
    def peer(self) -> str:
        """The peer id of the node."""
        return self._text(0)

    @property
    def server(self) -> int:
        """The number that the node drew at its start."""
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def host(self) -> str:
        """The host's name, as its operating system reports it."""
        return self._text(8)


class Session_Local_Builder(Session_Local, _rt.StructBuilder):
    """Builder of Session_Local."""

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
    def host(self) -> str:
        return self._text(8)

    @host.setter
    def host(self, value: str) -> None:
        self._set_text(8, value)

    def _fill(
        self,
        *,
        peer: str | None = None,
        server: int | None = None,
        host: str | None = None,
    ) -> None:
        if peer is not None:
            self._set_text(0, peer)
        if server is not None:
            _rt.put_u64(self, 0, server, "server")
        if host is not None:
            self._set_text(8, host)


if _rt.TYPE_CHECKING:

    class Session_Fields(_rt.TypedDict, total=False):
        """The fields of Session, for construction; those left out keep their defaults."""

        local: Session_Local_Fields
        view: cluster_capnp.View | cluster_capnp.View_Server | None
        exec: Executor | Executor_Server | None
        cap_store: capstore_capnp.CapStore | capstore_capnp.CapStore_Server | None
        extra: _rt.Iterable[Session_Extra | Session_Extra_Fields]


class Session(_rt.StructReader):
    """All of a guest's or a client's authority. What is null was not granted."""

    __slots__ = ()
    _size = (1, 6)
    _id = 0xC65521F186B6E059

    Extra: _rt.TypeAlias = Session_Extra
    Local: _rt.TypeAlias = Session_Local
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Session_Builder"

    @property
    def local(self) -> Session_Local:
        return Session_Local(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def view(self) -> cluster_capnp.View:
        return cluster_capnp.View(self._cap(16))

    @property
    def exec(self) -> Executor:
        return Executor(self._cap(24))

    @property
    def cap_store(self) -> capstore_capnp.CapStore:
        return capstore_capnp.CapStore(self._cap(32))

    @property
    def extra(self) -> _rt.ListReader[Session_Extra]:
        """Capabilities by name, of any kind."""
        return _LIST_Session_Extra.read(self, 40)

    @staticmethod
    def new(**fields: _rt.Unpack[Session_Fields]) -> Session_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Session_Builder)
        if fields:
            built._fill(**fields)
        return built


class Session_Builder(Session, _rt.StructBuilder):
    """Builder of Session."""

    __slots__ = ()

    @property
    def local(self) -> Session_Local_Builder:
        return Session_Local_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def view(self) -> cluster_capnp.View:
        return cluster_capnp.View(self._cap(16))

    @view.setter
    def view(self, value: cluster_capnp.View | cluster_capnp.View_Server | None) -> None:
        self._set_cap(16, _rt.hook_of(value))

    @property
    def exec(self) -> Executor:
        return Executor(self._cap(24))

    @exec.setter
    def exec(self, value: Executor | Executor_Server | None) -> None:
        self._set_cap(24, _rt.hook_of(value))

    @property
    def cap_store(self) -> capstore_capnp.CapStore:
        return capstore_capnp.CapStore(self._cap(32))

    @cap_store.setter
    def cap_store(self, value: capstore_capnp.CapStore | capstore_capnp.CapStore_Server | None) -> None:
        self._set_cap(32, _rt.hook_of(value))

    @property
    def extra(self) -> _rt.ListBuilder[Session_Extra_Builder]:
        return _LIST_Session_Extra.builder(self, 40)

    @extra.setter
    def extra(self, value: _rt.Iterable[Session_Extra | Session_Extra_Fields]) -> None:
        _LIST_Session_Extra.write(self, 40, value)

    def init_extra(self, count: int) -> _rt.ListBuilder[Session_Extra_Builder]:
        return _LIST_Session_Extra.init(self, 40, count)

    def _fill(
        self,
        *,
        local: Session_Local_Fields | None = None,
        view: cluster_capnp.View | cluster_capnp.View_Server | None = None,
        exec: Executor | Executor_Server | None = None,
        cap_store: capstore_capnp.CapStore | capstore_capnp.CapStore_Server | None = None,
        extra: _rt.Iterable[Session_Extra | Session_Extra_Fields] | None = None,
    ) -> None:
        if local is not None:
            self.local._fill(**local)
        if view is not None:
            self._set_cap(16, _rt.hook_of(view))
        if exec is not None:
            self._set_cap(24, _rt.hook_of(exec))
        if cap_store is not None:
            self._set_cap(32, _rt.hook_of(cap_store))
        if extra is not None:
            _LIST_Session_Extra.write(self, 40, extra)


class Session_Capabilities(_rt.Pipeline):
    """What can be called before a Session is there."""

    __slots__ = ()

    @property
    def view(self) -> cluster_capnp.View:
        return cluster_capnp.View(self._pipeline(2))

    @property
    def exec(self) -> Executor:
        return Executor(self._pipeline(3))

    @property
    def cap_store(self) -> capstore_capnp.CapStore:
        return capstore_capnp.CapStore(self._pipeline(4))


class Session_Pipeline(Session_Capabilities):
    """A Session inside results that are still to come."""

    __slots__ = ()


class Session_Promise(Session_Capabilities, _rt.PendingCall[Session]):
    """A call whose results are a Session."""

    __slots__ = ()
    _results = Session


if _rt.TYPE_CHECKING:

    class Executor_ExecParams_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_ExecParams, for construction; those left out keep their defaults."""

        session: Session | Session_Fields
        bytecode: _rt.Bytes
        ppid: int
        args: _rt.Iterable[str]


class Executor_ExecParams(_rt.StructReader):
    """Struct `exec$Params`."""

    __slots__ = ()
    _size = (1, 3)
    _id = 0x969E88E97ED79D94

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_ExecParams_Builder"

    @property
    def session(self) -> Session:
        return self._struct(Session, 0)

    @property
    def has_session(self) -> bool:
        return self._has(0)

    @property
    def bytecode(self) -> memoryview:
        return self._data(8)

    @property
    def ppid(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def args(self) -> _rt.ListReader[str]:
        return _rt.TEXT_LIST.read(self, 16)

    @staticmethod
    def new(**fields: _rt.Unpack[Executor_ExecParams_Fields]) -> Executor_ExecParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_ExecParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Executor_ExecParams_Builder(Executor_ExecParams, _rt.StructBuilder):
    """Builder of Executor_ExecParams."""

    __slots__ = ()

    @property
    def session(self) -> Session_Builder:
        return self._struct_builder(Session_Builder, 0)

    @session.setter
    def session(self, value: Session | Session_Fields) -> None:
        self._put_struct(Session_Builder, 0, value)

    def init_session(self) -> Session_Builder:
        return self._init_struct(Session_Builder, 0)

    @property
    def bytecode(self) -> memoryview:
        return self._data(8)

    @bytecode.setter
    def bytecode(self, value: _rt.Bytes) -> None:
        self._set_data(8, value)

    @property
    def ppid(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @ppid.setter
    def ppid(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "ppid")

    @property
    def args(self) -> _rt.ListBuilder[str]:
        return _rt.TEXT_LIST.builder(self, 16)

    @args.setter
    def args(self, value: _rt.Iterable[str]) -> None:
        _rt.TEXT_LIST.write(self, 16, value)

    def init_args(self, count: int) -> _rt.ListBuilder[str]:
        return _rt.TEXT_LIST.init(self, 16, count)

    def _fill(
        self,
        *,
        session: Session | Session_Fields | None = None,
        bytecode: _rt.Bytes | None = None,
        ppid: int = 0,
        args: _rt.Iterable[str] | None = None,
    ) -> None:
        try:
            _PACK_Executor_ExecParams(self._s, self._o, ppid)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.ppid = ppid
            raise
        if session is not None:
            self._put_struct(Session_Builder, 0, session)
        if bytecode is not None:
            self._set_data(8, bytecode)
        if args is not None:
            _rt.TEXT_LIST.write(self, 16, args)


class Executor_ExecParams_Capabilities(_rt.Pipeline):
    """What can be called before a Executor_ExecParams is there."""

    __slots__ = ()

    @property
    def session(self) -> Session_Pipeline:
        return self._inside(Session_Pipeline, 0)


class Executor_ExecParams_Pipeline(Executor_ExecParams_Capabilities):
    """A Executor_ExecParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Executor_ExecResults_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_ExecResults, for construction; those left out keep their defaults."""

        process: process_capnp.Process | process_capnp.Process_Server | None


class Executor_ExecResults(_rt.StructReader):
    """Struct `exec$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xD698FC716F499B07

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_ExecResults_Builder"

    @property
    def process(self) -> process_capnp.Process:
        return process_capnp.Process(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Executor_ExecResults_Fields]) -> Executor_ExecResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_ExecResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Executor_ExecResults_Builder(Executor_ExecResults, _rt.StructBuilder):
    """Builder of Executor_ExecResults."""

    __slots__ = ()

    @property
    def process(self) -> process_capnp.Process:
        return process_capnp.Process(self._cap(0))

    @process.setter
    def process(self, value: process_capnp.Process | process_capnp.Process_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        process: process_capnp.Process | process_capnp.Process_Server | None = None,
    ) -> None:
        if process is not None:
            self._set_cap(0, _rt.hook_of(process))


class Executor_ExecResults_Capabilities(_rt.Pipeline):
    """What can be called before a Executor_ExecResults is there."""

    __slots__ = ()

    @property
    def process(self) -> process_capnp.Process:
        return process_capnp.Process(self._pipeline(0))


class Executor_ExecResults_Pipeline(Executor_ExecResults_Capabilities):
    """A Executor_ExecResults inside results that are still to come."""

    __slots__ = ()


class Executor_ExecResults_Promise(Executor_ExecResults_Capabilities, _rt.PendingCall[Executor_ExecResults]):
    """A call whose results are a Executor_ExecResults."""

    __slots__ = ()
    _results = Executor_ExecResults


if _rt.TYPE_CHECKING:

    class Executor_ExecCachedParams_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_ExecCachedParams, for construction; those left out keep their defaults."""

        session: Session | Session_Fields
        cid: _rt.Bytes
        ppid: int
        args: _rt.Iterable[str]


class Executor_ExecCachedParams(_rt.StructReader):
    """Struct `execCached$Params`."""

    __slots__ = ()
    _size = (1, 3)
    _id = 0xB52AAD0122DF1319

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_ExecCachedParams_Builder"

    @property
    def session(self) -> Session:
        return self._struct(Session, 0)

    @property
    def has_session(self) -> bool:
        return self._has(0)

    @property
    def cid(self) -> memoryview:
        return self._data(8)

    @property
    def ppid(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def args(self) -> _rt.ListReader[str]:
        return _rt.TEXT_LIST.read(self, 16)

    @staticmethod
    def new(**fields: _rt.Unpack[Executor_ExecCachedParams_Fields]) -> Executor_ExecCachedParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_ExecCachedParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Executor_ExecCachedParams_Builder(Executor_ExecCachedParams, _rt.StructBuilder):
    """Builder of Executor_ExecCachedParams."""

    __slots__ = ()

    @property
    def session(self) -> Session_Builder:
        return self._struct_builder(Session_Builder, 0)

    @session.setter
    def session(self, value: Session | Session_Fields) -> None:
        self._put_struct(Session_Builder, 0, value)

    def init_session(self) -> Session_Builder:
        return self._init_struct(Session_Builder, 0)

    @property
    def cid(self) -> memoryview:
        return self._data(8)

    @cid.setter
    def cid(self, value: _rt.Bytes) -> None:
        self._set_data(8, value)

    @property
    def ppid(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @ppid.setter
    def ppid(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "ppid")

    @property
    def args(self) -> _rt.ListBuilder[str]:
        return _rt.TEXT_LIST.builder(self, 16)

    @args.setter
    def args(self, value: _rt.Iterable[str]) -> None:
        _rt.TEXT_LIST.write(self, 16, value)

    def init_args(self, count: int) -> _rt.ListBuilder[str]:
        return _rt.TEXT_LIST.init(self, 16, count)

    def _fill(
        self,
        *,
        session: Session | Session_Fields | None = None,
        cid: _rt.Bytes | None = None,
        ppid: int = 0,
        args: _rt.Iterable[str] | None = None,
    ) -> None:
        try:
            _PACK_Executor_ExecCachedParams(self._s, self._o, ppid)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.ppid = ppid
            raise
        if session is not None:
            self._put_struct(Session_Builder, 0, session)
        if cid is not None:
            self._set_data(8, cid)
        if args is not None:
            _rt.TEXT_LIST.write(self, 16, args)


class Executor_ExecCachedParams_Capabilities(_rt.Pipeline):
    """What can be called before a Executor_ExecCachedParams is there."""

    __slots__ = ()

    @property
    def session(self) -> Session_Pipeline:
        return self._inside(Session_Pipeline, 0)


class Executor_ExecCachedParams_Pipeline(Executor_ExecCachedParams_Capabilities):
    """A Executor_ExecCachedParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Executor_ExecCachedResults_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_ExecCachedResults, for construction; those left out keep their defaults."""

        process: process_capnp.Process | process_capnp.Process_Server | None


class Executor_ExecCachedResults(_rt.StructReader):
    """Struct `execCached$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x81914DAEA9A63E6E

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_ExecCachedResults_Builder"

    @property
    def process(self) -> process_capnp.Process:
        return process_capnp.Process(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Executor_ExecCachedResults_Fields]) -> Executor_ExecCachedResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_ExecCachedResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Executor_ExecCachedResults_Builder(Executor_ExecCachedResults, _rt.StructBuilder):
    """Builder of Executor_ExecCachedResults."""

    __slots__ = ()

    @property
    def process(self) -> process_capnp.Process:
        return process_capnp.Process(self._cap(0))

    @process.setter
    def process(self, value: process_capnp.Process | process_capnp.Process_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        process: process_capnp.Process | process_capnp.Process_Server | None = None,
    ) -> None:
        if process is not None:
            self._set_cap(0, _rt.hook_of(process))


class Executor_ExecCachedResults_Capabilities(_rt.Pipeline):
    """What can be called before a Executor_ExecCachedResults is there."""

    __slots__ = ()

    @property
    def process(self) -> process_capnp.Process:
        return process_capnp.Process(self._pipeline(0))


class Executor_ExecCachedResults_Pipeline(Executor_ExecCachedResults_Capabilities):
    """A Executor_ExecCachedResults inside results that are still to come."""

    __slots__ = ()


class Executor_ExecCachedResults_Promise(
    Executor_ExecCachedResults_Capabilities, _rt.PendingCall[Executor_ExecCachedResults]
):
    """A call whose results are a Executor_ExecCachedResults."""

    __slots__ = ()
    _results = Executor_ExecCachedResults


if _rt.TYPE_CHECKING:

    class Executor_PsParams_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_PsParams, for construction; those left out keep their defaults."""


class Executor_PsParams(_rt.StructReader):
    """Struct `ps$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xFFDF64593702D802

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_PsParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Executor_PsParams_Fields]) -> Executor_PsParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_PsParams_Builder)
        return built


class Executor_PsParams_Builder(Executor_PsParams, _rt.StructBuilder):
    """Builder of Executor_PsParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Executor_PsResults_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_PsResults, for construction; those left out keep their defaults."""

        procs: _rt.Iterable[process_capnp.Info | process_capnp.Info_Fields]


class Executor_PsResults(_rt.StructReader):
    """Struct `ps$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xD13BB87CC9DEFBDD

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_PsResults_Builder"

    @property
    def procs(self) -> _rt.ListReader[process_capnp.Info]:
        return _LIST_process_capnp_Info.read(self, 0)

    @staticmethod
    def new(**fields: _rt.Unpack[Executor_PsResults_Fields]) -> Executor_PsResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_PsResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Executor_PsResults_Builder(Executor_PsResults, _rt.StructBuilder):
    """Builder of Executor_PsResults."""

    __slots__ = ()

    @property
    def procs(self) -> _rt.ListBuilder[process_capnp.Info_Builder]:
        return _LIST_process_capnp_Info.builder(self, 0)

    @procs.setter
    def procs(self, value: _rt.Iterable[process_capnp.Info | process_capnp.Info_Fields]) -> None:
        _LIST_process_capnp_Info.write(self, 0, value)

    def init_procs(self, count: int) -> _rt.ListBuilder[process_capnp.Info_Builder]:
        return _LIST_process_capnp_Info.init(self, 0, count)

    def _fill(
        self,
        *,
        procs: _rt.Iterable[process_capnp.Info | process_capnp.Info_Fields] | None = None,
    ) -> None:
        if procs is not None:
            _LIST_process_capnp_Info.write(self, 0, procs)


class Executor_PsResults_Promise(_rt.PendingCall[Executor_PsResults]):
    """A call whose results are a Executor_PsResults."""

    __slots__ = ()
    _results = Executor_PsResults


if _rt.TYPE_CHECKING:

    class Executor_BytecodeCacheParams_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_BytecodeCacheParams, for construction; those left out keep their defaults."""


class Executor_BytecodeCacheParams(_rt.StructReader):
    """Struct `bytecodeCache$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x8B1D7E7251A6624C

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_BytecodeCacheParams_Builder"

    @staticmethod
    def new(
        **fields: _rt.Unpack[Executor_BytecodeCacheParams_Fields],
    ) -> Executor_BytecodeCacheParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_BytecodeCacheParams_Builder)
        return built


class Executor_BytecodeCacheParams_Builder(Executor_BytecodeCacheParams, _rt.StructBuilder):
    """Builder of Executor_BytecodeCacheParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Executor_BytecodeCacheResults_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_BytecodeCacheResults, for construction; those left out keep their defaults."""

        cache: process_capnp.BytecodeCache | process_capnp.BytecodeCache_Server | None


class Executor_BytecodeCacheResults(_rt.StructReader):
    """Struct `bytecodeCache$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x9315A840D2A15700

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_BytecodeCacheResults_Builder"

    @property
    def cache(self) -> process_capnp.BytecodeCache:
        return process_capnp.BytecodeCache(self._cap(0))

    @staticmethod
    def new(
        **fields: _rt.Unpack[Executor_BytecodeCacheResults_Fields],
    ) -> Executor_BytecodeCacheResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_BytecodeCacheResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Executor_BytecodeCacheResults_Builder(Executor_BytecodeCacheResults, _rt.StructBuilder):
    """Builder of Executor_BytecodeCacheResults."""

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


class Executor_BytecodeCacheResults_Capabilities(_rt.Pipeline):
    """What can be called before a Executor_BytecodeCacheResults is there."""

    __slots__ = ()

    @property
    def cache(self) -> process_capnp.BytecodeCache:
        return process_capnp.BytecodeCache(self._pipeline(0))


class Executor_BytecodeCacheResults_Pipeline(Executor_BytecodeCacheResults_Capabilities):
    """A Executor_BytecodeCacheResults inside results that are still to come."""

    __slots__ = ()


class Executor_BytecodeCacheResults_Promise(
    Executor_BytecodeCacheResults_Capabilities, _rt.PendingCall[Executor_BytecodeCacheResults]
):
    """A call whose results are a Executor_BytecodeCacheResults."""

    __slots__ = ()
    _results = Executor_BytecodeCacheResults


if _rt.TYPE_CHECKING:

    class Executor_DialPeerParams_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_DialPeerParams, for construction; those left out keep their defaults."""

        peer_id: _rt.Bytes


class Executor_DialPeerParams(_rt.StructReader):
    """Struct `dialPeer$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xBE2475E52B796657

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_DialPeerParams_Builder"

    @property
    def peer_id(self) -> memoryview:
        return self._data(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Executor_DialPeerParams_Fields]) -> Executor_DialPeerParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_DialPeerParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Executor_DialPeerParams_Builder(Executor_DialPeerParams, _rt.StructBuilder):
    """Builder of Executor_DialPeerParams."""

    __slots__ = ()

    @property
    def peer_id(self) -> memoryview:
        return self._data(0)

    @peer_id.setter
    def peer_id(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    def _fill(
        self,
        *,
        peer_id: _rt.Bytes | None = None,
    ) -> None:
        if peer_id is not None:
            self._set_data(0, peer_id)


if _rt.TYPE_CHECKING:

    class Executor_DialPeerResults_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_DialPeerResults, for construction; those left out keep their defaults."""

        session: Session | Session_Fields
        self_: bool


class Executor_DialPeerResults(_rt.StructReader):
    """Struct `dialPeer$Results`."""

    __slots__ = ()
    _size = (1, 1)
    _id = 0x9DBDDD0E637E25AC

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_DialPeerResults_Builder"

    @property
    def session(self) -> Session:
        return self._struct(Session, 0)

    @property
    def has_session(self) -> bool:
        return self._has(0)

    @property
    def self_(self) -> bool:
        o = self._o
        return o < self._p and self._s[o] & 1 != 0

    @staticmethod
    def new(**fields: _rt.Unpack[Executor_DialPeerResults_Fields]) -> Executor_DialPeerResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_DialPeerResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Executor_DialPeerResults_Builder(Executor_DialPeerResults, _rt.StructBuilder):
    """Builder of Executor_DialPeerResults."""

    __slots__ = ()

    @property
    def session(self) -> Session_Builder:
        return self._struct_builder(Session_Builder, 0)

    @session.setter
    def session(self, value: Session | Session_Fields) -> None:
        self._put_struct(Session_Builder, 0, value)

    def init_session(self) -> Session_Builder:
        return self._init_struct(Session_Builder, 0)

    @property
    def self_(self) -> bool:
        return self._s[self._o] & 1 != 0

    @self_.setter
    def self_(self, value: bool) -> None:
        _rt.put_bool(self, 0, 1, value)

    def _fill(
        self,
        *,
        session: Session | Session_Fields | None = None,
        self_: bool = False,
    ) -> None:
        try:
            _PACK_Executor_DialPeerResults(self._s, self._o, (1 if self_ else 0))
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.self_ = self_
            raise
        if session is not None:
            self._put_struct(Session_Builder, 0, session)


class Executor_DialPeerResults_Capabilities(_rt.Pipeline):
    """What can be called before a Executor_DialPeerResults is there."""

    __slots__ = ()

    @property
    def session(self) -> Session_Pipeline:
        return self._inside(Session_Pipeline, 0)


class Executor_DialPeerResults_Pipeline(Executor_DialPeerResults_Capabilities):
    """A Executor_DialPeerResults inside results that are still to come."""

    __slots__ = ()


class Executor_DialPeerResults_Promise(
    Executor_DialPeerResults_Capabilities, _rt.PendingCall[Executor_DialPeerResults]
):
    """A call whose results are a Executor_DialPeerResults."""

    __slots__ = ()
    _results = Executor_DialPeerResults


if _rt.TYPE_CHECKING:

    class Executor_SpawnParams_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_SpawnParams, for construction; those left out keep their defaults."""

        request: SpawnRequest | SpawnRequest_Fields


class Executor_SpawnParams(_rt.StructReader):
    """Struct `spawn$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xA30F8D4B539CE176

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_SpawnParams_Builder"

    @property
    def request(self) -> SpawnRequest:
        return self._struct(SpawnRequest, 0)

    @property
    def has_request(self) -> bool:
        return self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Executor_SpawnParams_Fields]) -> Executor_SpawnParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_SpawnParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Executor_SpawnParams_Builder(Executor_SpawnParams, _rt.StructBuilder):
    """Builder of Executor_SpawnParams."""

    __slots__ = ()

    @property
    def request(self) -> SpawnRequest_Builder:
        return self._struct_builder(SpawnRequest_Builder, 0)

    @request.setter
    def request(self, value: SpawnRequest | SpawnRequest_Fields) -> None:
        self._put_struct(SpawnRequest_Builder, 0, value)

    def init_request(self) -> SpawnRequest_Builder:
        return self._init_struct(SpawnRequest_Builder, 0)

    def _fill(
        self,
        *,
        request: SpawnRequest | SpawnRequest_Fields | None = None,
    ) -> None:
        if request is not None:
            self._put_struct(SpawnRequest_Builder, 0, request)


class Executor_SpawnParams_Capabilities(_rt.Pipeline):
    """What can be called before a Executor_SpawnParams is there."""

    __slots__ = ()

    @property
    def request(self) -> SpawnRequest_Pipeline:
        return self._inside(SpawnRequest_Pipeline, 0)


class Executor_SpawnParams_Pipeline(Executor_SpawnParams_Capabilities):
    """A Executor_SpawnParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Executor_SpawnResults_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_SpawnResults, for construction; those left out keep their defaults."""

        process: process_capnp.Process | process_capnp.Process_Server | None


class Executor_SpawnResults(_rt.StructReader):
    """Struct `spawn$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xE07113A66BEA48DB

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_SpawnResults_Builder"

    @property
    def process(self) -> process_capnp.Process:
        return process_capnp.Process(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Executor_SpawnResults_Fields]) -> Executor_SpawnResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_SpawnResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Executor_SpawnResults_Builder(Executor_SpawnResults, _rt.StructBuilder):
    """Builder of Executor_SpawnResults."""

    __slots__ = ()

    @property
    def process(self) -> process_capnp.Process:
        return process_capnp.Process(self._cap(0))

    @process.setter
    def process(self, value: process_capnp.Process | process_capnp.Process_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        process: process_capnp.Process | process_capnp.Process_Server | None = None,
    ) -> None:
        if process is not None:
            self._set_cap(0, _rt.hook_of(process))


class Executor_SpawnResults_Capabilities(_rt.Pipeline):
    """What can be called before a Executor_SpawnResults is there."""

    __slots__ = ()

    @property
    def process(self) -> process_capnp.Process:
        return process_capnp.Process(self._pipeline(0))


class Executor_SpawnResults_Pipeline(Executor_SpawnResults_Capabilities):
    """A Executor_SpawnResults inside results that are still to come."""

    __slots__ = ()


class Executor_SpawnResults_Promise(
    Executor_SpawnResults_Capabilities, _rt.PendingCall[Executor_SpawnResults]
):
    """A call whose results are a Executor_SpawnResults."""

    __slots__ = ()
    _results = Executor_SpawnResults


if _rt.TYPE_CHECKING:

    class Executor_FindParams_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_FindParams, for construction; those left out keep their defaults."""

        pid: int


class Executor_FindParams(_rt.StructReader):
    """Struct `find$Params`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xCAD0FF76692B378F

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_FindParams_Builder"

    @property
    def pid(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Executor_FindParams_Fields]) -> Executor_FindParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_FindParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Executor_FindParams_Builder(Executor_FindParams, _rt.StructBuilder):
    """Builder of Executor_FindParams."""

    __slots__ = ()

    @property
    def pid(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @pid.setter
    def pid(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "pid")

    def _fill(
        self,
        *,
        pid: int = 0,
    ) -> None:
        try:
            _PACK_Executor_FindParams(self._s, self._o, pid)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.pid = pid
            raise


if _rt.TYPE_CHECKING:

    class Executor_FindResults_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_FindResults, for construction; those left out keep their defaults."""

        process: process_capnp.Process | process_capnp.Process_Server | None


class Executor_FindResults(_rt.StructReader):
    """Struct `find$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x9F9E3EDF227EB7F0

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_FindResults_Builder"

    @property
    def process(self) -> process_capnp.Process:
        return process_capnp.Process(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Executor_FindResults_Fields]) -> Executor_FindResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_FindResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Executor_FindResults_Builder(Executor_FindResults, _rt.StructBuilder):
    """Builder of Executor_FindResults."""

    __slots__ = ()

    @property
    def process(self) -> process_capnp.Process:
        return process_capnp.Process(self._cap(0))

    @process.setter
    def process(self, value: process_capnp.Process | process_capnp.Process_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        process: process_capnp.Process | process_capnp.Process_Server | None = None,
    ) -> None:
        if process is not None:
            self._set_cap(0, _rt.hook_of(process))


class Executor_FindResults_Capabilities(_rt.Pipeline):
    """What can be called before a Executor_FindResults is there."""

    __slots__ = ()

    @property
    def process(self) -> process_capnp.Process:
        return process_capnp.Process(self._pipeline(0))


class Executor_FindResults_Pipeline(Executor_FindResults_Capabilities):
    """A Executor_FindResults inside results that are still to come."""

    __slots__ = ()


class Executor_FindResults_Promise(Executor_FindResults_Capabilities, _rt.PendingCall[Executor_FindResults]):
    """A call whose results are a Executor_FindResults."""

    __slots__ = ()
    _results = Executor_FindResults


if _rt.TYPE_CHECKING:

    class Executor_NarrowedParams_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_NarrowedParams, for construction; those left out keep their defaults."""


class Executor_NarrowedParams(_rt.StructReader):
    """Struct `narrowed$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xF2A3C8FAEA551B0E

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_NarrowedParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Executor_NarrowedParams_Fields]) -> Executor_NarrowedParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_NarrowedParams_Builder)
        return built


class Executor_NarrowedParams_Builder(Executor_NarrowedParams, _rt.StructBuilder):
    """Builder of Executor_NarrowedParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Executor_NarrowedResults_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_NarrowedResults, for construction; those left out keep their defaults."""

        executor: Executor | Executor_Server | None


class Executor_NarrowedResults(_rt.StructReader):
    """Struct `narrowed$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xDDD83A30C333F22B

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_NarrowedResults_Builder"

    @property
    def executor(self) -> Executor:
        return Executor(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Executor_NarrowedResults_Fields]) -> Executor_NarrowedResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_NarrowedResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Executor_NarrowedResults_Builder(Executor_NarrowedResults, _rt.StructBuilder):
    """Builder of Executor_NarrowedResults."""

    __slots__ = ()

    @property
    def executor(self) -> Executor:
        return Executor(self._cap(0))

    @executor.setter
    def executor(self, value: Executor | Executor_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        executor: Executor | Executor_Server | None = None,
    ) -> None:
        if executor is not None:
            self._set_cap(0, _rt.hook_of(executor))


class Executor_NarrowedResults_Capabilities(_rt.Pipeline):
    """What can be called before a Executor_NarrowedResults is there."""

    __slots__ = ()

    @property
    def executor(self) -> Executor:
        return Executor(self._pipeline(0))


class Executor_NarrowedResults_Pipeline(Executor_NarrowedResults_Capabilities):
    """A Executor_NarrowedResults inside results that are still to come."""

    __slots__ = ()


class Executor_NarrowedResults_Promise(
    Executor_NarrowedResults_Capabilities, _rt.PendingCall[Executor_NarrowedResults]
):
    """A call whose results are a Executor_NarrowedResults."""

    __slots__ = ()
    _results = Executor_NarrowedResults


if _rt.TYPE_CHECKING:

    class Executor_IntroduceParams_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_IntroduceParams, for construction; those left out keep their defaults."""

        process: process_capnp.Process | process_capnp.Process_Server | None


class Executor_IntroduceParams(_rt.StructReader):
    """Struct `introduce$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xDA1A29A023CA710C

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_IntroduceParams_Builder"

    @property
    def process(self) -> process_capnp.Process:
        return process_capnp.Process(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Executor_IntroduceParams_Fields]) -> Executor_IntroduceParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_IntroduceParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Executor_IntroduceParams_Builder(Executor_IntroduceParams, _rt.StructBuilder):
    """Builder of Executor_IntroduceParams."""

    __slots__ = ()

    @property
    def process(self) -> process_capnp.Process:
        return process_capnp.Process(self._cap(0))

    @process.setter
    def process(self, value: process_capnp.Process | process_capnp.Process_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        process: process_capnp.Process | process_capnp.Process_Server | None = None,
    ) -> None:
        if process is not None:
            self._set_cap(0, _rt.hook_of(process))


class Executor_IntroduceParams_Capabilities(_rt.Pipeline):
    """What can be called before a Executor_IntroduceParams is there."""

    __slots__ = ()

    @property
    def process(self) -> process_capnp.Process:
        return process_capnp.Process(self._pipeline(0))


class Executor_IntroduceParams_Pipeline(Executor_IntroduceParams_Capabilities):
    """A Executor_IntroduceParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Executor_IntroduceResults_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_IntroduceResults, for construction; those left out keep their defaults."""

        capability: _rt.Client | _rt.Server | None


class Executor_IntroduceResults(_rt.StructReader):
    """Struct `introduce$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xDF940C1C6A40E0E6

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_IntroduceResults_Builder"

    @property
    def capability(self) -> _rt.Client:
        return _rt.Client(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Executor_IntroduceResults_Fields]) -> Executor_IntroduceResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_IntroduceResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Executor_IntroduceResults_Builder(Executor_IntroduceResults, _rt.StructBuilder):
    """Builder of Executor_IntroduceResults."""

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


class Executor_IntroduceResults_Capabilities(_rt.Pipeline):
    """What can be called before a Executor_IntroduceResults is there."""

    __slots__ = ()

    @property
    def capability(self) -> _rt.Client:
        return _rt.Client(self._pipeline(0))


class Executor_IntroduceResults_Pipeline(Executor_IntroduceResults_Capabilities):
    """A Executor_IntroduceResults inside results that are still to come."""

    __slots__ = ()


class Executor_IntroduceResults_Promise(
    Executor_IntroduceResults_Capabilities, _rt.PendingCall[Executor_IntroduceResults]
):
    """A call whose results are a Executor_IntroduceResults."""

    __slots__ = ()
    _results = Executor_IntroduceResults


if _rt.TYPE_CHECKING:

    class Executor_PrepareParams_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_PrepareParams, for construction; those left out keep their defaults."""

        cid: _rt.Bytes
        source: process_capnp.BytecodeCache | process_capnp.BytecodeCache_Server | None


class Executor_PrepareParams(_rt.StructReader):
    """Struct `prepare$Params`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xB5137625327116D9

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_PrepareParams_Builder"

    @property
    def cid(self) -> memoryview:
        return self._data(0)

    @property
    def source(self) -> process_capnp.BytecodeCache:
        return process_capnp.BytecodeCache(self._cap(8))

    @staticmethod
    def new(**fields: _rt.Unpack[Executor_PrepareParams_Fields]) -> Executor_PrepareParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_PrepareParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Executor_PrepareParams_Builder(Executor_PrepareParams, _rt.StructBuilder):
    """Builder of Executor_PrepareParams."""

    __slots__ = ()

    @property
    def cid(self) -> memoryview:
        return self._data(0)

    @cid.setter
    def cid(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)

    @property
    def source(self) -> process_capnp.BytecodeCache:
        return process_capnp.BytecodeCache(self._cap(8))

    @source.setter
    def source(self, value: process_capnp.BytecodeCache | process_capnp.BytecodeCache_Server | None) -> None:
        self._set_cap(8, _rt.hook_of(value))

    def _fill(
        self,
        *,
        cid: _rt.Bytes | None = None,
        source: process_capnp.BytecodeCache | process_capnp.BytecodeCache_Server | None = None,
    ) -> None:
        if cid is not None:
            self._set_data(0, cid)
        if source is not None:
            self._set_cap(8, _rt.hook_of(source))


class Executor_PrepareParams_Capabilities(_rt.Pipeline):
    """What can be called before a Executor_PrepareParams is there."""

    __slots__ = ()

    @property
    def source(self) -> process_capnp.BytecodeCache:
        return process_capnp.BytecodeCache(self._pipeline(1))


class Executor_PrepareParams_Pipeline(Executor_PrepareParams_Capabilities):
    """A Executor_PrepareParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class Executor_PrepareResults_Fields(_rt.TypedDict, total=False):
        """The fields of Executor_PrepareResults, for construction; those left out keep their defaults."""

        problem: str


class Executor_PrepareResults(_rt.StructReader):
    """Struct `prepare$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x878FF6D06475E050

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Executor_PrepareResults_Builder"

    @property
    def problem(self) -> str:
        return self._text(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Executor_PrepareResults_Fields]) -> Executor_PrepareResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Executor_PrepareResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Executor_PrepareResults_Builder(Executor_PrepareResults, _rt.StructBuilder):
    """Builder of Executor_PrepareResults."""

    __slots__ = ()

    @property
    def problem(self) -> str:
        return self._text(0)

    @problem.setter
    def problem(self, value: str) -> None:
        self._set_text(0, value)

    def _fill(
        self,
        *,
        problem: str | None = None,
    ) -> None:
        if problem is not None:
            self._new_text(0, problem)


class Executor_PrepareResults_Promise(_rt.PendingCall[Executor_PrepareResults]):
    """A call whose results are a Executor_PrepareResults."""

    __slots__ = ()
    _results = Executor_PrepareResults


class Executor(_rt.Client):
    """Runs programs as processes. What is seen through one executor are the holder's own process and those below it,
    unless everything was granted.
    """

    __slots__ = ()
    _id = 0x804FE3440F678FF3

    ExecParams: _rt.TypeAlias = Executor_ExecParams
    ExecResults: _rt.TypeAlias = Executor_ExecResults
    ExecCachedParams: _rt.TypeAlias = Executor_ExecCachedParams
    ExecCachedResults: _rt.TypeAlias = Executor_ExecCachedResults
    PsParams: _rt.TypeAlias = Executor_PsParams
    PsResults: _rt.TypeAlias = Executor_PsResults
    BytecodeCacheParams: _rt.TypeAlias = Executor_BytecodeCacheParams
    BytecodeCacheResults: _rt.TypeAlias = Executor_BytecodeCacheResults
    DialPeerParams: _rt.TypeAlias = Executor_DialPeerParams
    DialPeerResults: _rt.TypeAlias = Executor_DialPeerResults
    SpawnParams: _rt.TypeAlias = Executor_SpawnParams
    SpawnResults: _rt.TypeAlias = Executor_SpawnResults
    FindParams: _rt.TypeAlias = Executor_FindParams
    FindResults: _rt.TypeAlias = Executor_FindResults
    NarrowedParams: _rt.TypeAlias = Executor_NarrowedParams
    NarrowedResults: _rt.TypeAlias = Executor_NarrowedResults
    IntroduceParams: _rt.TypeAlias = Executor_IntroduceParams
    IntroduceResults: _rt.TypeAlias = Executor_IntroduceResults
    PrepareParams: _rt.TypeAlias = Executor_PrepareParams
    PrepareResults: _rt.TypeAlias = Executor_PrepareResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Executor_Server"

    def exec(
        self,
        *,
        session: Session | Session_Fields | None = None,
        bytecode: _rt.Bytes | None = None,
        ppid: int = 0,
        args: _rt.Iterable[str] | None = None,
    ) -> Executor_ExecResults_Promise:
        """Run a program with this session as all of its authority. Its arguments are its pid, its parent's, its CID, then
        `args`. A `ppid` of 0, or one that the caller cannot see, means the caller itself.
        """
        _params = _rt.new_message(Executor_ExecParams_Builder)
        _params._fill(session=session, bytecode=bytecode, ppid=ppid, args=args)
        return Executor_ExecResults_Promise(self._send(0x804FE3440F678FF3, 0, _params._m))

    def exec_cached(
        self,
        *,
        session: Session | Session_Fields | None = None,
        cid: _rt.Bytes | None = None,
        ppid: int = 0,
        args: _rt.Iterable[str] | None = None,
    ) -> Executor_ExecCachedResults_Promise:
        """The same for a program of the bytecode cache."""
        _params = _rt.new_message(Executor_ExecCachedParams_Builder)
        _params._fill(session=session, cid=cid, ppid=ppid, args=args)
        return Executor_ExecCachedResults_Promise(self._send(0x804FE3440F678FF3, 1, _params._m))

    def ps(
        self,
    ) -> Executor_PsResults_Promise:
        """The live processes that the caller may see, by pid."""
        _params = _rt.new_message(Executor_PsParams_Builder)
        return Executor_PsResults_Promise(self._send(0x804FE3440F678FF3, 2, _params._m, _rt.NO_PIPELINING))

    def bytecode_cache(
        self,
    ) -> Executor_BytecodeCacheResults_Promise:
        _params = _rt.new_message(Executor_BytecodeCacheParams_Builder)
        return Executor_BytecodeCacheResults_Promise(self._send(0x804FE3440F678FF3, 3, _params._m))

    def dial_peer(
        self,
        *,
        peer_id: _rt.Bytes | None = None,
    ) -> Executor_DialPeerResults_Promise:
        """The session that another node gives to the caller; `self` and none where the peer is this node."""
        _params = _rt.new_message(Executor_DialPeerParams_Builder)
        _params._fill(peer_id=peer_id)
        return Executor_DialPeerResults_Promise(self._send(0x804FE3440F678FF3, 4, _params._m))

    def spawn(
        self,
        *,
        request: SpawnRequest | SpawnRequest_Fields | None = None,
    ) -> Executor_SpawnResults_Promise:
        """Run a program with arguments as a POSIX program expects them, and with exactly what the request lists."""
        _params = _rt.new_message(Executor_SpawnParams_Builder)
        _params._fill(request=request)
        return Executor_SpawnResults_Promise(self._send(0x804FE3440F678FF3, 5, _params._m))

    def find(
        self,
        *,
        pid: int = 0,
    ) -> Executor_FindResults_Promise:
        """A live process that the caller may see."""
        _params = _rt.new_message(Executor_FindParams_Builder)
        _params._fill(pid=pid)
        return Executor_FindResults_Promise(self._send(0x804FE3440F678FF3, 6, _params._m))

    def narrowed(
        self,
    ) -> Executor_NarrowedResults_Promise:
        """The same executor for somebody who is to reach no more than what is spawned through it."""
        _params = _rt.new_message(Executor_NarrowedParams_Builder)
        return Executor_NarrowedResults_Promise(self._send(0x804FE3440F678FF3, 7, _params._m))

    def introduce(
        self,
        *,
        process: process_capnp.Process | process_capnp.Process_Server | None = None,
    ) -> Executor_IntroduceResults_Promise:
        """What the program of a process offers (`Process.bootstrap`), as soon as it does. The process may be one of another
        node of the cluster: then the capability is reached from this node over the connection between the two, so that
        whoever is given it here needs nobody in between. It does not hold the process.
        """
        _params = _rt.new_message(Executor_IntroduceParams_Builder)
        _params._fill(process=process)
        return Executor_IntroduceResults_Promise(self._send(0x804FE3440F678FF3, 8, _params._m))

    def prepare(
        self,
        *,
        cid: _rt.Bytes | None = None,
        source: process_capnp.BytecodeCache | process_capnp.BytecodeCache_Server | None = None,
    ) -> Executor_PrepareResults_Promise:
        """Have a program fetched and compiled, as for a spawn, so that the spawn will be quick. The problem is why it is
        no program that can run here; empty where it can.
        """
        _params = _rt.new_message(Executor_PrepareParams_Builder)
        _params._fill(cid=cid, source=source)
        return Executor_PrepareResults_Promise(
            self._send(0x804FE3440F678FF3, 9, _params._m, _rt.NO_PIPELINING)
        )


async def _handle_Executor_exec(
    server: Executor_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Executor_ExecParams)
    return _rt.outcome(
        Executor_ExecResults_Builder,
        await server.exec(
            session=params.session,
            bytecode=params.bytecode,
            ppid=params.ppid,
            args=params.args,
            context=context,
        ),
    )


async def _handle_Executor_exec_cached(
    server: Executor_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Executor_ExecCachedParams)
    return _rt.outcome(
        Executor_ExecCachedResults_Builder,
        await server.exec_cached(
            session=params.session, cid=params.cid, ppid=params.ppid, args=params.args, context=context
        ),
    )


async def _handle_Executor_ps(
    server: Executor_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Executor_PsResults_Builder, await server.ps(context=context))


async def _handle_Executor_bytecode_cache(
    server: Executor_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Executor_BytecodeCacheResults_Builder, await server.bytecode_cache(context=context))


async def _handle_Executor_dial_peer(
    server: Executor_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Executor_DialPeerParams)
    return _rt.outcome(
        Executor_DialPeerResults_Builder, await server.dial_peer(peer_id=params.peer_id, context=context)
    )


async def _handle_Executor_spawn(
    server: Executor_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Executor_SpawnParams)
    return _rt.outcome(
        Executor_SpawnResults_Builder, await server.spawn(request=params.request, context=context)
    )


async def _handle_Executor_find(
    server: Executor_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Executor_FindParams)
    return _rt.outcome(Executor_FindResults_Builder, await server.find(pid=params.pid, context=context))


async def _handle_Executor_narrowed(
    server: Executor_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Executor_NarrowedResults_Builder, await server.narrowed(context=context))


async def _handle_Executor_introduce(
    server: Executor_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Executor_IntroduceParams)
    return _rt.outcome(
        Executor_IntroduceResults_Builder, await server.introduce(process=params.process, context=context)
    )


async def _handle_Executor_prepare(
    server: Executor_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Executor_PrepareParams)
    return _rt.outcome(
        Executor_PrepareResults_Builder,
        await server.prepare(cid=params.cid, source=params.source, context=context),
    )


class Executor_Server(_rt.Server):
    """Derive from it to serve `Executor`."""

    __slots__ = ()
    _id = 0x804FE3440F678FF3
    _client = Executor

    @_rt.abstractmethod
    async def exec(
        self,
        *,
        session: Session,
        bytecode: memoryview,
        ppid: int,
        args: _rt.ListReader[str],
        context: _rt.CallContext,
    ) -> Executor_ExecResults | Executor_ExecResults_Fields | Executor_ExecResults_Promise | None:
        """Run a program with this session as all of its authority. Its arguments are its pid, its parent's, its CID, then
        `args`. A `ppid` of 0, or one that the caller cannot see, means the caller itself.
        """

    @_rt.abstractmethod
    async def exec_cached(
        self,
        *,
        session: Session,
        cid: memoryview,
        ppid: int,
        args: _rt.ListReader[str],
        context: _rt.CallContext,
    ) -> (
        Executor_ExecCachedResults
        | Executor_ExecCachedResults_Fields
        | Executor_ExecCachedResults_Promise
        | None
    ):
        """The same for a program of the bytecode cache."""

    @_rt.abstractmethod
    async def ps(
        self,
        *,
        context: _rt.CallContext,
    ) -> Executor_PsResults | Executor_PsResults_Fields | Executor_PsResults_Promise | None:
        """The live processes that the caller may see, by pid."""

    @_rt.abstractmethod
    async def bytecode_cache(
        self,
        *,
        context: _rt.CallContext,
    ) -> (
        Executor_BytecodeCacheResults
        | Executor_BytecodeCacheResults_Fields
        | Executor_BytecodeCacheResults_Promise
        | None
    ): ...

    @_rt.abstractmethod
    async def dial_peer(
        self,
        *,
        peer_id: memoryview,
        context: _rt.CallContext,
    ) -> Executor_DialPeerResults | Executor_DialPeerResults_Fields | Executor_DialPeerResults_Promise | None:
        """The session that another node gives to the caller; `self` and none where the peer is this node."""

    @_rt.abstractmethod
    async def spawn(
        self,
        *,
        request: SpawnRequest,
        context: _rt.CallContext,
    ) -> Executor_SpawnResults | Executor_SpawnResults_Fields | Executor_SpawnResults_Promise | None:
        """Run a program with arguments as a POSIX program expects them, and with exactly what the request lists."""

    @_rt.abstractmethod
    async def find(
        self,
        *,
        pid: int,
        context: _rt.CallContext,
    ) -> Executor_FindResults | Executor_FindResults_Fields | Executor_FindResults_Promise | None:
        """A live process that the caller may see."""

    @_rt.abstractmethod
    async def narrowed(
        self,
        *,
        context: _rt.CallContext,
    ) -> Executor_NarrowedResults | Executor_NarrowedResults_Fields | Executor_NarrowedResults_Promise | None:
        """The same executor for somebody who is to reach no more than what is spawned through it."""

    @_rt.abstractmethod
    async def introduce(
        self,
        *,
        process: process_capnp.Process,
        context: _rt.CallContext,
    ) -> (
        Executor_IntroduceResults
        | Executor_IntroduceResults_Fields
        | Executor_IntroduceResults_Promise
        | None
    ):
        """What the program of a process offers (`Process.bootstrap`), as soon as it does. The process may be one of another
        node of the cluster: then the capability is reached from this node over the connection between the two, so that
        whoever is given it here needs nobody in between. It does not hold the process.
        """

    @_rt.abstractmethod
    async def prepare(
        self,
        *,
        cid: memoryview,
        source: process_capnp.BytecodeCache,
        context: _rt.CallContext,
    ) -> Executor_PrepareResults | Executor_PrepareResults_Fields | Executor_PrepareResults_Promise | None:
        """Have a program fetched and compiled, as for a spawn, so that the spawn will be quick. The problem is why it is
        no program that can run here; empty where it can.
        """


if _rt.TYPE_CHECKING:

    class SpawnRequest_Directory_Fields(_rt.TypedDict, total=False):
        """The fields of SpawnRequest_Directory, for construction; those left out keep their defaults."""

        path: str
        volume: Volume | Volume_Server | None


class SpawnRequest_Directory(_rt.StructReader):
    """Struct `Directory`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0xAB278241866BCFED

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "SpawnRequest_Directory_Builder"

    @property
    def path(self) -> str:
        """Where the program finds it."""
        return self._text(0)

    @property
    def volume(self) -> Volume:
        """One of the node on which the program runs."""
        return Volume(self._cap(8))

    @staticmethod
    def new(**fields: _rt.Unpack[SpawnRequest_Directory_Fields]) -> SpawnRequest_Directory_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(SpawnRequest_Directory_Builder)
        if fields:
            built._fill(**fields)
        return built


class SpawnRequest_Directory_Builder(SpawnRequest_Directory, _rt.StructBuilder):
    """Builder of SpawnRequest_Directory."""

    __slots__ = ()

    @property
    def path(self) -> str:
        return self._text(0)

    @path.setter
    def path(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def volume(self) -> Volume:
        return Volume(self._cap(8))

    @volume.setter
    def volume(self, value: Volume | Volume_Server | None) -> None:
        self._set_cap(8, _rt.hook_of(value))

    def _fill(
        self,
        *,
        path: str | None = None,
        volume: Volume | Volume_Server | None = None,
    ) -> None:
        if path is not None:
            self._new_text(0, path)
        if volume is not None:
            self._set_cap(8, _rt.hook_of(volume))


class SpawnRequest_Directory_Capabilities(_rt.Pipeline):
    """What can be called before a SpawnRequest_Directory is there."""

    __slots__ = ()

    @property
    def volume(self) -> Volume:
        return Volume(self._pipeline(1))


class SpawnRequest_Directory_Pipeline(SpawnRequest_Directory_Capabilities):
    """A SpawnRequest_Directory inside results that are still to come."""

    __slots__ = ()


class SpawnRequest_Directory_Promise(
    SpawnRequest_Directory_Capabilities, _rt.PendingCall[SpawnRequest_Directory]
):
    """A call whose results are a SpawnRequest_Directory."""

    __slots__ = ()
    _results = SpawnRequest_Directory


if _rt.TYPE_CHECKING:

    class SpawnRequest_Variable_Fields(_rt.TypedDict, total=False):
        """The fields of SpawnRequest_Variable, for construction; those left out keep their defaults."""

        name: str
        value: str


class SpawnRequest_Variable(_rt.StructReader):
    """Struct `Variable`."""

    __slots__ = ()
    _size = (0, 2)
    _id = 0x805D88F074C5AAD7

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "SpawnRequest_Variable_Builder"

    @property
    def name(self) -> str:
        return self._text(0)

    @property
    def value(self) -> str:
        return self._text(8)

    @staticmethod
    def new(**fields: _rt.Unpack[SpawnRequest_Variable_Fields]) -> SpawnRequest_Variable_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(SpawnRequest_Variable_Builder)
        if fields:
            built._fill(**fields)
        return built


class SpawnRequest_Variable_Builder(SpawnRequest_Variable, _rt.StructBuilder):
    """Builder of SpawnRequest_Variable."""

    __slots__ = ()

    @property
    def name(self) -> str:
        return self._text(0)

    @name.setter
    def name(self, value: str) -> None:
        self._set_text(0, value)

    @property
    def value(self) -> str:
        return self._text(8)

    @value.setter
    def value(self, value: str) -> None:
        self._set_text(8, value)

    def _fill(
        self,
        *,
        name: str | None = None,
        value: str | None = None,
    ) -> None:
        if name is not None:
            self._new_text(0, name)
        if value is not None:
            self._new_text(8, value)


class SpawnRequest_Variable_Promise(_rt.PendingCall[SpawnRequest_Variable]):
    """A call whose results are a SpawnRequest_Variable."""

    __slots__ = ()
    _results = SpawnRequest_Variable


if _rt.TYPE_CHECKING:

    class SpawnRequest_Program_Fields(_rt.TypedDict, total=False):
        """The fields of SpawnRequest_Program, for construction; those left out keep their defaults."""

        bytecode: _rt.Bytes
        cid: _rt.Bytes


class SpawnRequest_Program(_rt.StructReader):
    """Group `program`."""

    __slots__ = ()
    _size = (2, 11)
    _id = 0x966B0A5BB14AE084

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "SpawnRequest_Program_Builder"

    @property
    def which(self) -> _rt.Literal["bytecode", "cid", "unknown"]:
        """The union's member that is set; `unknown`: one of a newer schema."""
        tag = self._tag(0)
        return ("bytecode", "cid")[tag] if tag < 2 else "unknown"

    @property
    def bytecode(self) -> memoryview:
        if self._tag(0) != 0:
            raise _rt.inactive(self, "bytecode")
        return self._data(0)

    @property
    def cid(self) -> memoryview:
        if self._tag(0) != 1:
            raise _rt.inactive(self, "cid")
        return self._data(0)


class SpawnRequest_Program_Builder(SpawnRequest_Program, _rt.StructBuilder):
    """Builder of SpawnRequest_Program."""

    __slots__ = ()

    @property
    def bytecode(self) -> memoryview:
        if self._tag(0) != 0:
            raise _rt.inactive(self, "bytecode")
        return self._data(0)

    @bytecode.setter
    def bytecode(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)
        _rt.pack_u16(self._s, self._o + 0, 0)

    @property
    def cid(self) -> memoryview:
        if self._tag(0) != 1:
            raise _rt.inactive(self, "cid")
        return self._data(0)

    @cid.setter
    def cid(self, value: _rt.Bytes) -> None:
        self._set_data(0, value)
        _rt.pack_u16(self._s, self._o + 0, 1)

    def _fill(
        self,
        *,
        bytecode: _rt.Bytes | None = None,
        cid: _rt.Bytes | None = None,
    ) -> None:
        if (bytecode, cid).count(None) < 1:
            raise _rt.two_members(self, "bytecode", "cid")
        if bytecode is not None:
            self._set_data(0, bytecode)
            _rt.pack_u16(self._s, self._o + 0, 0)
        if cid is not None:
            self._set_data(0, cid)
            _rt.pack_u16(self._s, self._o + 0, 1)


if _rt.TYPE_CHECKING:

    class SpawnRequest_Fields(_rt.TypedDict, total=False):
        """The fields of SpawnRequest, for construction; those left out keep their defaults."""

        program: SpawnRequest_Program_Fields
        name: str
        args: _rt.Iterable[str]
        env: _rt.Iterable[SpawnRequest_Variable | SpawnRequest_Variable_Fields]
        session: Session | Session_Fields
        stdin: SpawnRequest_Input
        stdin_content: _rt.Bytes
        stdout: SpawnRequest_Output
        stderr: SpawnRequest_Output
        limits: Limits | Limits_Fields
        link: bool
        monitor: MonitorHandler | MonitorHandler_Server | None
        channel: SpawnRequest_Channel
        detached: bool
        parent: process_capnp.Process | process_capnp.Process_Server | None
        source: process_capnp.BytecodeCache | process_capnp.BytecodeCache_Server | None
        dirs: _rt.Iterable[SpawnRequest_Directory | SpawnRequest_Directory_Fields]


class SpawnRequest(_rt.StructReader):
    """Struct `SpawnRequest`."""

    __slots__ = ()
    _size = (2, 11)
    _id = 0xF69D33CFFA6B4459

    Directory: _rt.TypeAlias = SpawnRequest_Directory
    Variable: _rt.TypeAlias = SpawnRequest_Variable
    Input: _rt.TypeAlias = SpawnRequest_Input
    Output: _rt.TypeAlias = SpawnRequest_Output
    Channel: _rt.TypeAlias = SpawnRequest_Channel
    Program: _rt.TypeAlias = SpawnRequest_Program
    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "SpawnRequest_Builder"

    @property
    def program(self) -> SpawnRequest_Program:
        return SpawnRequest_Program(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def name(self) -> str:
        """Its argument 0; by default its CID."""
        return self._text(8)

    @property
    def args(self) -> _rt.ListReader[str]:
        return _rt.TEXT_LIST.read(self, 16)

    @property
    def env(self) -> _rt.ListReader[SpawnRequest_Variable]:
        return _LIST_SpawnRequest_Variable.read(self, 24)

    @property
    def session(self) -> Session:
        """Its authority: null for none at all."""
        return self._struct(Session, 32)

    @property
    def has_session(self) -> bool:
        return self._has(32)

    @property
    def stdin(self) -> SpawnRequest_Input:
        o = self._o + 2
        return SpawnRequest_Input.of(_rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0)

    @property
    def stdin_content(self) -> memoryview:
        """For `content`."""
        return self._data(40)

    @property
    def stdout(self) -> SpawnRequest_Output:
        o = self._o + 4
        return SpawnRequest_Output.of(_rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0)

    @property
    def stderr(self) -> SpawnRequest_Output:
        o = self._o + 6
        return SpawnRequest_Output.of(_rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0)

    @property
    def limits(self) -> Limits:
        return self._struct(Limits, 48)

    @property
    def has_limits(self) -> bool:
        return self._has(48)

    @property
    def link(self) -> bool:
        """Link it with the caller before its first instruction."""
        o = self._o + 8
        return o < self._p and self._s[o] & 1 != 0

    @property
    def monitor(self) -> MonitorHandler:
        """Told of its end."""
        return MonitorHandler(self._cap(56))

    @property
    def channel(self) -> SpawnRequest_Channel:
        """How it sees the connection to its host; by default what its imports say."""
        o = self._o + 10
        return SpawnRequest_Channel.of(_rt.unpack_u16(self._s, o)[0] if o + 2 <= self._p else 0)

    @property
    def detached(self) -> bool:
        """Let it outlive the caller's hold on it. By default a process that was spawned from another node or by a client
        ends when neither its `Process` nor the `Executor` is held any more: when the connection is lost, for one.
        """
        o = self._o + 8
        return o < self._p and self._s[o] & 2 != 0

    @property
    def parent(self) -> process_capnp.Process:
        """A process of the same node under which it is to stand; by default the caller, or nobody where that is elsewhere."""
        return process_capnp.Process(self._cap(64))

    @property
    def source(self) -> process_capnp.BytecodeCache:
        """Where the bytes of `cid` can be read if the node does not have them."""
        return process_capnp.BytecodeCache(self._cap(72))

    @property
    def dirs(self) -> _rt.ListReader[SpawnRequest_Directory]:
        """Its files: none but those."""
        return _LIST_SpawnRequest_Directory.read(self, 80)

    @staticmethod
    def new(**fields: _rt.Unpack[SpawnRequest_Fields]) -> SpawnRequest_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(SpawnRequest_Builder)
        if fields:
            built._fill(**fields)
        return built


class SpawnRequest_Builder(SpawnRequest, _rt.StructBuilder):
    """Builder of SpawnRequest."""

    __slots__ = ()

    @property
    def program(self) -> SpawnRequest_Program_Builder:
        return SpawnRequest_Program_Builder(self._m, self._s, self._o, self._p, self._e, self._d)

    @property
    def name(self) -> str:
        return self._text(8)

    @name.setter
    def name(self, value: str) -> None:
        self._set_text(8, value)

    @property
    def args(self) -> _rt.ListBuilder[str]:
        return _rt.TEXT_LIST.builder(self, 16)

    @args.setter
    def args(self, value: _rt.Iterable[str]) -> None:
        _rt.TEXT_LIST.write(self, 16, value)

    def init_args(self, count: int) -> _rt.ListBuilder[str]:
        return _rt.TEXT_LIST.init(self, 16, count)

    @property
    def env(self) -> _rt.ListBuilder[SpawnRequest_Variable_Builder]:
        return _LIST_SpawnRequest_Variable.builder(self, 24)

    @env.setter
    def env(self, value: _rt.Iterable[SpawnRequest_Variable | SpawnRequest_Variable_Fields]) -> None:
        _LIST_SpawnRequest_Variable.write(self, 24, value)

    def init_env(self, count: int) -> _rt.ListBuilder[SpawnRequest_Variable_Builder]:
        return _LIST_SpawnRequest_Variable.init(self, 24, count)

    @property
    def session(self) -> Session_Builder:
        return self._struct_builder(Session_Builder, 32)

    @session.setter
    def session(self, value: Session | Session_Fields) -> None:
        self._put_struct(Session_Builder, 32, value)

    def init_session(self) -> Session_Builder:
        return self._init_struct(Session_Builder, 32)

    @property
    def stdin(self) -> SpawnRequest_Input:
        return SpawnRequest_Input.of(_rt.unpack_u16(self._s, self._o + 2)[0])

    @stdin.setter
    def stdin(self, value: SpawnRequest_Input) -> None:
        _rt.put_u16(self, 2, _rt.enum_number(SpawnRequest_Input, value), "stdin")

    @property
    def stdin_content(self) -> memoryview:
        return self._data(40)

    @stdin_content.setter
    def stdin_content(self, value: _rt.Bytes) -> None:
        self._set_data(40, value)

    @property
    def stdout(self) -> SpawnRequest_Output:
        return SpawnRequest_Output.of(_rt.unpack_u16(self._s, self._o + 4)[0])

    @stdout.setter
    def stdout(self, value: SpawnRequest_Output) -> None:
        _rt.put_u16(self, 4, _rt.enum_number(SpawnRequest_Output, value), "stdout")

    @property
    def stderr(self) -> SpawnRequest_Output:
        return SpawnRequest_Output.of(_rt.unpack_u16(self._s, self._o + 6)[0])

    @stderr.setter
    def stderr(self, value: SpawnRequest_Output) -> None:
        _rt.put_u16(self, 6, _rt.enum_number(SpawnRequest_Output, value), "stderr")

    @property
    def limits(self) -> Limits_Builder:
        return self._struct_builder(Limits_Builder, 48)

    @limits.setter
    def limits(self, value: Limits | Limits_Fields) -> None:
        self._put_struct(Limits_Builder, 48, value)

    def init_limits(self) -> Limits_Builder:
        return self._init_struct(Limits_Builder, 48)

    @property
    def link(self) -> bool:
        return self._s[self._o + 8] & 1 != 0

    @link.setter
    def link(self, value: bool) -> None:
        _rt.put_bool(self, 8, 1, value)

    @property
    def monitor(self) -> MonitorHandler:
        return MonitorHandler(self._cap(56))

    @monitor.setter
    def monitor(self, value: MonitorHandler | MonitorHandler_Server | None) -> None:
        self._set_cap(56, _rt.hook_of(value))

    @property
    def channel(self) -> SpawnRequest_Channel:
        return SpawnRequest_Channel.of(_rt.unpack_u16(self._s, self._o + 10)[0])

    @channel.setter
    def channel(self, value: SpawnRequest_Channel) -> None:
        _rt.put_u16(self, 10, _rt.enum_number(SpawnRequest_Channel, value), "channel")

    @property
    def detached(self) -> bool:
        return self._s[self._o + 8] & 2 != 0

    @detached.setter
    def detached(self, value: bool) -> None:
        _rt.put_bool(self, 8, 2, value)

    @property
    def parent(self) -> process_capnp.Process:
        return process_capnp.Process(self._cap(64))

    @parent.setter
    def parent(self, value: process_capnp.Process | process_capnp.Process_Server | None) -> None:
        self._set_cap(64, _rt.hook_of(value))

    @property
    def source(self) -> process_capnp.BytecodeCache:
        return process_capnp.BytecodeCache(self._cap(72))

    @source.setter
    def source(self, value: process_capnp.BytecodeCache | process_capnp.BytecodeCache_Server | None) -> None:
        self._set_cap(72, _rt.hook_of(value))

    @property
    def dirs(self) -> _rt.ListBuilder[SpawnRequest_Directory_Builder]:
        return _LIST_SpawnRequest_Directory.builder(self, 80)

    @dirs.setter
    def dirs(self, value: _rt.Iterable[SpawnRequest_Directory | SpawnRequest_Directory_Fields]) -> None:
        _LIST_SpawnRequest_Directory.write(self, 80, value)

    def init_dirs(self, count: int) -> _rt.ListBuilder[SpawnRequest_Directory_Builder]:
        return _LIST_SpawnRequest_Directory.init(self, 80, count)

    def _fill(
        self,
        *,
        program: SpawnRequest_Program_Fields | None = None,
        name: str | None = None,
        args: _rt.Iterable[str] | None = None,
        env: _rt.Iterable[SpawnRequest_Variable | SpawnRequest_Variable_Fields] | None = None,
        session: Session | Session_Fields | None = None,
        stdin: SpawnRequest_Input = SpawnRequest_Input.of(0),
        stdin_content: _rt.Bytes | None = None,
        stdout: SpawnRequest_Output = SpawnRequest_Output.of(0),
        stderr: SpawnRequest_Output = SpawnRequest_Output.of(0),
        limits: Limits | Limits_Fields | None = None,
        link: bool = False,
        monitor: MonitorHandler | MonitorHandler_Server | None = None,
        channel: SpawnRequest_Channel = SpawnRequest_Channel.of(0),
        detached: bool = False,
        parent: process_capnp.Process | process_capnp.Process_Server | None = None,
        source: process_capnp.BytecodeCache | process_capnp.BytecodeCache_Server | None = None,
        dirs: _rt.Iterable[SpawnRequest_Directory | SpawnRequest_Directory_Fields] | None = None,
    ) -> None:
        try:
            _PACK_SpawnRequest(
                self._s, self._o, stdin, stdout, stderr, (1 if link else 0) | (2 if detached else 0), channel
            )
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.stdin, self.stdout, self.stderr, self.link, self.detached, self.channel = (
                stdin,
                stdout,
                stderr,
                link,
                detached,
                channel,
            )
            raise
        if program is not None:
            self.program._fill(**program)
        if name is not None:
            self._new_text(8, name)
        if args is not None:
            _rt.TEXT_LIST.write(self, 16, args)
        if env is not None:
            _LIST_SpawnRequest_Variable.write(self, 24, env)
        if session is not None:
            self._put_struct(Session_Builder, 32, session)
        if stdin_content is not None:
            self._set_data(40, stdin_content)
        if limits is not None:
            self._put_struct(Limits_Builder, 48, limits)
        if monitor is not None:
            self._set_cap(56, _rt.hook_of(monitor))
        if parent is not None:
            self._set_cap(64, _rt.hook_of(parent))
        if source is not None:
            self._set_cap(72, _rt.hook_of(source))
        if dirs is not None:
            _LIST_SpawnRequest_Directory.write(self, 80, dirs)


class SpawnRequest_Capabilities(_rt.Pipeline):
    """What can be called before a SpawnRequest is there."""

    __slots__ = ()

    @property
    def session(self) -> Session_Pipeline:
        return self._inside(Session_Pipeline, 4)

    @property
    def monitor(self) -> MonitorHandler:
        return MonitorHandler(self._pipeline(7))

    @property
    def parent(self) -> process_capnp.Process:
        return process_capnp.Process(self._pipeline(8))

    @property
    def source(self) -> process_capnp.BytecodeCache:
        return process_capnp.BytecodeCache(self._pipeline(9))


class SpawnRequest_Pipeline(SpawnRequest_Capabilities):
    """A SpawnRequest inside results that are still to come."""

    __slots__ = ()


class SpawnRequest_Promise(SpawnRequest_Capabilities, _rt.PendingCall[SpawnRequest]):
    """A call whose results are a SpawnRequest."""

    __slots__ = ()
    _results = SpawnRequest


if _rt.TYPE_CHECKING:

    class Volume_DirectoryParams_Fields(_rt.TypedDict, total=False):
        """The fields of Volume_DirectoryParams, for construction; those left out keep their defaults."""

        name: str


class Volume_DirectoryParams(_rt.StructReader):
    """Struct `directory$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x843C6B7CB6CE32C6

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Volume_DirectoryParams_Builder"

    @property
    def name(self) -> str:
        return self._text(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Volume_DirectoryParams_Fields]) -> Volume_DirectoryParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Volume_DirectoryParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Volume_DirectoryParams_Builder(Volume_DirectoryParams, _rt.StructBuilder):
    """Builder of Volume_DirectoryParams."""

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

    class Volume_DirectoryResults_Fields(_rt.TypedDict, total=False):
        """The fields of Volume_DirectoryResults, for construction; those left out keep their defaults."""

        volume: Volume | Volume_Server | None


class Volume_DirectoryResults(_rt.StructReader):
    """Struct `directory$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xD934B78735B5105E

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Volume_DirectoryResults_Builder"

    @property
    def volume(self) -> Volume:
        return Volume(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Volume_DirectoryResults_Fields]) -> Volume_DirectoryResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Volume_DirectoryResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Volume_DirectoryResults_Builder(Volume_DirectoryResults, _rt.StructBuilder):
    """Builder of Volume_DirectoryResults."""

    __slots__ = ()

    @property
    def volume(self) -> Volume:
        return Volume(self._cap(0))

    @volume.setter
    def volume(self, value: Volume | Volume_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        volume: Volume | Volume_Server | None = None,
    ) -> None:
        if volume is not None:
            self._set_cap(0, _rt.hook_of(volume))


class Volume_DirectoryResults_Capabilities(_rt.Pipeline):
    """What can be called before a Volume_DirectoryResults is there."""

    __slots__ = ()

    @property
    def volume(self) -> Volume:
        return Volume(self._pipeline(0))


class Volume_DirectoryResults_Pipeline(Volume_DirectoryResults_Capabilities):
    """A Volume_DirectoryResults inside results that are still to come."""

    __slots__ = ()


class Volume_DirectoryResults_Promise(
    Volume_DirectoryResults_Capabilities, _rt.PendingCall[Volume_DirectoryResults]
):
    """A call whose results are a Volume_DirectoryResults."""

    __slots__ = ()
    _results = Volume_DirectoryResults


if _rt.TYPE_CHECKING:

    class Volume_ReadOnlyParams_Fields(_rt.TypedDict, total=False):
        """The fields of Volume_ReadOnlyParams, for construction; those left out keep their defaults."""


class Volume_ReadOnlyParams(_rt.StructReader):
    """Struct `readOnly$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xFE198B0103E1528E

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Volume_ReadOnlyParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Volume_ReadOnlyParams_Fields]) -> Volume_ReadOnlyParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Volume_ReadOnlyParams_Builder)
        return built


class Volume_ReadOnlyParams_Builder(Volume_ReadOnlyParams, _rt.StructBuilder):
    """Builder of Volume_ReadOnlyParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Volume_ReadOnlyResults_Fields(_rt.TypedDict, total=False):
        """The fields of Volume_ReadOnlyResults, for construction; those left out keep their defaults."""

        volume: Volume | Volume_Server | None


class Volume_ReadOnlyResults(_rt.StructReader):
    """Struct `readOnly$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x9334357DE1EA7EAC

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Volume_ReadOnlyResults_Builder"

    @property
    def volume(self) -> Volume:
        return Volume(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[Volume_ReadOnlyResults_Fields]) -> Volume_ReadOnlyResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Volume_ReadOnlyResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Volume_ReadOnlyResults_Builder(Volume_ReadOnlyResults, _rt.StructBuilder):
    """Builder of Volume_ReadOnlyResults."""

    __slots__ = ()

    @property
    def volume(self) -> Volume:
        return Volume(self._cap(0))

    @volume.setter
    def volume(self, value: Volume | Volume_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        volume: Volume | Volume_Server | None = None,
    ) -> None:
        if volume is not None:
            self._set_cap(0, _rt.hook_of(volume))


class Volume_ReadOnlyResults_Capabilities(_rt.Pipeline):
    """What can be called before a Volume_ReadOnlyResults is there."""

    __slots__ = ()

    @property
    def volume(self) -> Volume:
        return Volume(self._pipeline(0))


class Volume_ReadOnlyResults_Pipeline(Volume_ReadOnlyResults_Capabilities):
    """A Volume_ReadOnlyResults inside results that are still to come."""

    __slots__ = ()


class Volume_ReadOnlyResults_Promise(
    Volume_ReadOnlyResults_Capabilities, _rt.PendingCall[Volume_ReadOnlyResults]
):
    """A call whose results are a Volume_ReadOnlyResults."""

    __slots__ = ()
    _results = Volume_ReadOnlyResults


if _rt.TYPE_CHECKING:

    class Volume_WritableParams_Fields(_rt.TypedDict, total=False):
        """The fields of Volume_WritableParams, for construction; those left out keep their defaults."""


class Volume_WritableParams(_rt.StructReader):
    """Struct `writable$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xBED089028CCD483B

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Volume_WritableParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Volume_WritableParams_Fields]) -> Volume_WritableParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Volume_WritableParams_Builder)
        return built


class Volume_WritableParams_Builder(Volume_WritableParams, _rt.StructBuilder):
    """Builder of Volume_WritableParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class Volume_WritableResults_Fields(_rt.TypedDict, total=False):
        """The fields of Volume_WritableResults, for construction; those left out keep their defaults."""

        writable: bool


class Volume_WritableResults(_rt.StructReader):
    """Struct `writable$Results`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0x8EE0B87AE329B88B

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Volume_WritableResults_Builder"

    @property
    def writable(self) -> bool:
        o = self._o
        return o < self._p and self._s[o] & 1 != 0

    @staticmethod
    def new(**fields: _rt.Unpack[Volume_WritableResults_Fields]) -> Volume_WritableResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Volume_WritableResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Volume_WritableResults_Builder(Volume_WritableResults, _rt.StructBuilder):
    """Builder of Volume_WritableResults."""

    __slots__ = ()

    @property
    def writable(self) -> bool:
        return self._s[self._o] & 1 != 0

    @writable.setter
    def writable(self, value: bool) -> None:
        _rt.put_bool(self, 0, 1, value)

    def _fill(
        self,
        *,
        writable: bool = False,
    ) -> None:
        try:
            _PACK_Volume_WritableResults(self._s, self._o, (1 if writable else 0))
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.writable = writable
            raise


class Volume_WritableResults_Promise(_rt.PendingCall[Volume_WritableResults]):
    """A call whose results are a Volume_WritableResults."""

    __slots__ = ()
    _results = Volume_WritableResults


class Volume(_rt.Client):
    """A directory of a node, which whoever holds this may hand to programs of that node. While one may write to it, no
    other process is given it, nor what is above or below.
    """

    __slots__ = ()
    _id = 0xA44B1F1D1385DCE8

    DirectoryParams: _rt.TypeAlias = Volume_DirectoryParams
    DirectoryResults: _rt.TypeAlias = Volume_DirectoryResults
    ReadOnlyParams: _rt.TypeAlias = Volume_ReadOnlyParams
    ReadOnlyResults: _rt.TypeAlias = Volume_ReadOnlyResults
    WritableParams: _rt.TypeAlias = Volume_WritableParams
    WritableResults: _rt.TypeAlias = Volume_WritableResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Volume_Server"

    def directory(
        self,
        *,
        name: str | None = None,
    ) -> Volume_DirectoryResults_Promise:
        """A directory in it; made when it is first handed to a program that may write."""
        _params = _rt.new_message(Volume_DirectoryParams_Builder)
        _params._fill(name=name)
        return Volume_DirectoryResults_Promise(self._send(0xA44B1F1D1385DCE8, 0, _params._m))

    def read_only(
        self,
    ) -> Volume_ReadOnlyResults_Promise:
        """The same for programs that are to read only."""
        _params = _rt.new_message(Volume_ReadOnlyParams_Builder)
        return Volume_ReadOnlyResults_Promise(self._send(0xA44B1F1D1385DCE8, 1, _params._m))

    def writable(
        self,
    ) -> Volume_WritableResults_Promise:
        """Whether programs may write to it."""
        _params = _rt.new_message(Volume_WritableParams_Builder)
        return Volume_WritableResults_Promise(
            self._send(0xA44B1F1D1385DCE8, 2, _params._m, _rt.NO_PIPELINING)
        )


async def _handle_Volume_directory(
    server: Volume_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Volume_DirectoryParams)
    return _rt.outcome(
        Volume_DirectoryResults_Builder, await server.directory(name=params.name, context=context)
    )


async def _handle_Volume_read_only(
    server: Volume_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Volume_ReadOnlyResults_Builder, await server.read_only(context=context))


async def _handle_Volume_writable(
    server: Volume_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(Volume_WritableResults_Builder, await server.writable(context=context))


class Volume_Server(_rt.Server):
    """Derive from it to serve `Volume`."""

    __slots__ = ()
    _id = 0xA44B1F1D1385DCE8
    _client = Volume

    @_rt.abstractmethod
    async def directory(
        self,
        *,
        name: str,
        context: _rt.CallContext,
    ) -> Volume_DirectoryResults | Volume_DirectoryResults_Fields | Volume_DirectoryResults_Promise | None:
        """A directory in it; made when it is first handed to a program that may write."""

    @_rt.abstractmethod
    async def read_only(
        self,
        *,
        context: _rt.CallContext,
    ) -> Volume_ReadOnlyResults | Volume_ReadOnlyResults_Fields | Volume_ReadOnlyResults_Promise | None:
        """The same for programs that are to read only."""

    @_rt.abstractmethod
    async def writable(
        self,
        *,
        context: _rt.CallContext,
    ) -> Volume_WritableResults | Volume_WritableResults_Fields | Volume_WritableResults_Promise | None:
        """Whether programs may write to it."""


if _rt.TYPE_CHECKING:

    class Limits_Fields(_rt.TypedDict, total=False):
        """The fields of Limits, for construction; those left out keep their defaults."""

        memory: int
        deadline: float
        cpu: float
        output: int
        children: int
        descriptors: int


class Limits(_rt.StructReader):
    """What a process may use; 0 is the default of the node, which is finite for memory, children and descriptors."""

    __slots__ = ()
    _size = (5, 0)
    _id = 0x9E2A19844D93B659

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Limits_Builder"

    @property
    def memory(self) -> int:
        o = self._o
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def deadline(self) -> float:
        o = self._o + 8
        return _rt.unpack_f64(self._s, o)[0] if o + 8 <= self._p else 0.0

    @property
    def cpu(self) -> float:
        o = self._o + 16
        return _rt.unpack_f64(self._s, o)[0] if o + 8 <= self._p else 0.0

    @property
    def output(self) -> int:
        o = self._o + 24
        return _rt.unpack_u64(self._s, o)[0] if o + 8 <= self._p else 0

    @property
    def children(self) -> int:
        o = self._o + 32
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @property
    def descriptors(self) -> int:
        o = self._o + 36
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Limits_Fields]) -> Limits_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Limits_Builder)
        if fields:
            built._fill(**fields)
        return built


class Limits_Builder(Limits, _rt.StructBuilder):
    """Builder of Limits."""

    __slots__ = ()

    @property
    def memory(self) -> int:
        return _rt.unpack_u64(self._s, self._o)[0]

    @memory.setter
    def memory(self, value: int) -> None:
        _rt.put_u64(self, 0, value, "memory")

    @property
    def deadline(self) -> float:
        return _rt.unpack_f64(self._s, self._o + 8)[0]

    @deadline.setter
    def deadline(self, value: float) -> None:
        _rt.put_f64(self, 8, value, "deadline")

    @property
    def cpu(self) -> float:
        return _rt.unpack_f64(self._s, self._o + 16)[0]

    @cpu.setter
    def cpu(self, value: float) -> None:
        _rt.put_f64(self, 16, value, "cpu")

    @property
    def output(self) -> int:
        return _rt.unpack_u64(self._s, self._o + 24)[0]

    @output.setter
    def output(self, value: int) -> None:
        _rt.put_u64(self, 24, value, "output")

    @property
    def children(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 32)[0]

    @children.setter
    def children(self, value: int) -> None:
        _rt.put_u32(self, 32, value, "children")

    @property
    def descriptors(self) -> int:
        return _rt.unpack_u32(self._s, self._o + 36)[0]

    @descriptors.setter
    def descriptors(self, value: int) -> None:
        _rt.put_u32(self, 36, value, "descriptors")

    def _fill(
        self,
        *,
        memory: int = 0,
        deadline: float = 0.0,
        cpu: float = 0.0,
        output: int = 0,
        children: int = 0,
        descriptors: int = 0,
    ) -> None:
        try:
            _PACK_Limits(self._s, self._o, memory, deadline, cpu, output, children, descriptors)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.memory, self.deadline, self.cpu, self.output, self.children, self.descriptors = (
                memory,
                deadline,
                cpu,
                output,
                children,
                descriptors,
            )
            raise


class Limits_Promise(_rt.PendingCall[Limits]):
    """A call whose results are a Limits."""

    __slots__ = ()
    _results = Limits


if _rt.TYPE_CHECKING:

    class MonitorHandler_EndedParams_Fields(_rt.TypedDict, total=False):
        """The fields of MonitorHandler_EndedParams, for construction; those left out keep their defaults."""

        reason: process_capnp.ExitReason | process_capnp.ExitReason_Fields


class MonitorHandler_EndedParams(_rt.StructReader):
    """Struct `ended$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x834BAD3E6DF30239

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "MonitorHandler_EndedParams_Builder"

    @property
    def reason(self) -> process_capnp.ExitReason:
        return self._struct(process_capnp.ExitReason, 0)

    @property
    def has_reason(self) -> bool:
        return self._has(0)

    @staticmethod
    def new(**fields: _rt.Unpack[MonitorHandler_EndedParams_Fields]) -> MonitorHandler_EndedParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(MonitorHandler_EndedParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class MonitorHandler_EndedParams_Builder(MonitorHandler_EndedParams, _rt.StructBuilder):
    """Builder of MonitorHandler_EndedParams."""

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


if _rt.TYPE_CHECKING:

    class MonitorHandler_EndedResults_Fields(_rt.TypedDict, total=False):
        """The fields of MonitorHandler_EndedResults, for construction; those left out keep their defaults."""


class MonitorHandler_EndedResults(_rt.StructReader):
    """Struct `ended$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xCFED51693FFCD86C

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "MonitorHandler_EndedResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[MonitorHandler_EndedResults_Fields]) -> MonitorHandler_EndedResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(MonitorHandler_EndedResults_Builder)
        return built


class MonitorHandler_EndedResults_Builder(MonitorHandler_EndedResults, _rt.StructBuilder):
    """Builder of MonitorHandler_EndedResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class MonitorHandler_EndedResults_Promise(_rt.PendingCall[MonitorHandler_EndedResults]):
    """A call whose results are a MonitorHandler_EndedResults."""

    __slots__ = ()
    _results = MonitorHandler_EndedResults


class MonitorHandler(_rt.Client):
    """Interface `MonitorHandler`."""

    __slots__ = ()
    _id = 0xAEDB4B874146400C

    EndedParams: _rt.TypeAlias = MonitorHandler_EndedParams
    EndedResults: _rt.TypeAlias = MonitorHandler_EndedResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "MonitorHandler_Server"

    def ended(
        self,
        *,
        reason: process_capnp.ExitReason | process_capnp.ExitReason_Fields | None = None,
    ) -> MonitorHandler_EndedResults_Promise:
        _params = _rt.new_message(MonitorHandler_EndedParams_Builder)
        _params._fill(reason=reason)
        return MonitorHandler_EndedResults_Promise(
            self._send(0xAEDB4B874146400C, 0, _params._m, _rt.NO_PIPELINING)
        )


async def _handle_MonitorHandler_ended(
    server: MonitorHandler_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(MonitorHandler_EndedParams)
    return _rt.outcome(
        MonitorHandler_EndedResults_Builder, await server.ended(reason=params.reason, context=context)
    )


class MonitorHandler_Server(_rt.Server):
    """Derive from it to serve `MonitorHandler`."""

    __slots__ = ()
    _id = 0xAEDB4B874146400C
    _client = MonitorHandler

    @_rt.abstractmethod
    async def ended(
        self,
        *,
        reason: process_capnp.ExitReason,
        context: _rt.CallContext,
    ) -> (
        MonitorHandler_EndedResults
        | MonitorHandler_EndedResults_Fields
        | MonitorHandler_EndedResults_Promise
        | None
    ): ...


if _rt.TYPE_CHECKING:

    class ProcessInit_TerminalParams_Fields(_rt.TypedDict, total=False):
        """The fields of ProcessInit_TerminalParams, for construction; those left out keep their defaults."""


class ProcessInit_TerminalParams(_rt.StructReader):
    """Struct `terminal$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xEA6D16891C17DB82

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "ProcessInit_TerminalParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[ProcessInit_TerminalParams_Fields]) -> ProcessInit_TerminalParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(ProcessInit_TerminalParams_Builder)
        return built


class ProcessInit_TerminalParams_Builder(ProcessInit_TerminalParams, _rt.StructBuilder):
    """Builder of ProcessInit_TerminalParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class ProcessInit_TerminalResults_Fields(_rt.TypedDict, total=False):
        """The fields of ProcessInit_TerminalResults, for construction; those left out keep their defaults."""

        terminal: Terminal | Terminal_Server | None


class ProcessInit_TerminalResults(_rt.StructReader):
    """Struct `terminal$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xB2239BBCB9521B14

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "ProcessInit_TerminalResults_Builder"

    @property
    def terminal(self) -> Terminal:
        return Terminal(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[ProcessInit_TerminalResults_Fields]) -> ProcessInit_TerminalResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(ProcessInit_TerminalResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class ProcessInit_TerminalResults_Builder(ProcessInit_TerminalResults, _rt.StructBuilder):
    """Builder of ProcessInit_TerminalResults."""

    __slots__ = ()

    @property
    def terminal(self) -> Terminal:
        return Terminal(self._cap(0))

    @terminal.setter
    def terminal(self, value: Terminal | Terminal_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        terminal: Terminal | Terminal_Server | None = None,
    ) -> None:
        if terminal is not None:
            self._set_cap(0, _rt.hook_of(terminal))


class ProcessInit_TerminalResults_Capabilities(_rt.Pipeline):
    """What can be called before a ProcessInit_TerminalResults is there."""

    __slots__ = ()

    @property
    def terminal(self) -> Terminal:
        return Terminal(self._pipeline(0))


class ProcessInit_TerminalResults_Pipeline(ProcessInit_TerminalResults_Capabilities):
    """A ProcessInit_TerminalResults inside results that are still to come."""

    __slots__ = ()


class ProcessInit_TerminalResults_Promise(
    ProcessInit_TerminalResults_Capabilities, _rt.PendingCall[ProcessInit_TerminalResults]
):
    """A call whose results are a ProcessInit_TerminalResults."""

    __slots__ = ()
    _results = ProcessInit_TerminalResults


if _rt.TYPE_CHECKING:

    class ProcessInit_EventsParams_Fields(_rt.TypedDict, total=False):
        """The fields of ProcessInit_EventsParams, for construction; those left out keep their defaults."""

        handler: process_capnp.Events | process_capnp.Events_Server | None


class ProcessInit_EventsParams(_rt.StructReader):
    """Struct `events$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xCA85F2CFE432ED49

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "ProcessInit_EventsParams_Builder"

    @property
    def handler(self) -> process_capnp.Events:
        return process_capnp.Events(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[ProcessInit_EventsParams_Fields]) -> ProcessInit_EventsParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(ProcessInit_EventsParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class ProcessInit_EventsParams_Builder(ProcessInit_EventsParams, _rt.StructBuilder):
    """Builder of ProcessInit_EventsParams."""

    __slots__ = ()

    @property
    def handler(self) -> process_capnp.Events:
        return process_capnp.Events(self._cap(0))

    @handler.setter
    def handler(self, value: process_capnp.Events | process_capnp.Events_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        handler: process_capnp.Events | process_capnp.Events_Server | None = None,
    ) -> None:
        if handler is not None:
            self._set_cap(0, _rt.hook_of(handler))


class ProcessInit_EventsParams_Capabilities(_rt.Pipeline):
    """What can be called before a ProcessInit_EventsParams is there."""

    __slots__ = ()

    @property
    def handler(self) -> process_capnp.Events:
        return process_capnp.Events(self._pipeline(0))


class ProcessInit_EventsParams_Pipeline(ProcessInit_EventsParams_Capabilities):
    """A ProcessInit_EventsParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class ProcessInit_EventsResults_Fields(_rt.TypedDict, total=False):
        """The fields of ProcessInit_EventsResults, for construction; those left out keep their defaults."""


class ProcessInit_EventsResults(_rt.StructReader):
    """Struct `events$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xC6398605D1D1FFD8

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "ProcessInit_EventsResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[ProcessInit_EventsResults_Fields]) -> ProcessInit_EventsResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(ProcessInit_EventsResults_Builder)
        return built


class ProcessInit_EventsResults_Builder(ProcessInit_EventsResults, _rt.StructBuilder):
    """Builder of ProcessInit_EventsResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class ProcessInit_EventsResults_Promise(_rt.PendingCall[ProcessInit_EventsResults]):
    """A call whose results are a ProcessInit_EventsResults."""

    __slots__ = ()
    _results = ProcessInit_EventsResults


if _rt.TYPE_CHECKING:

    class ProcessInit_ProvideParams_Fields(_rt.TypedDict, total=False):
        """The fields of ProcessInit_ProvideParams, for construction; those left out keep their defaults."""

        capability: _rt.Client | _rt.Server | None


class ProcessInit_ProvideParams(_rt.StructReader):
    """Struct `provide$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xC34325D2E572EE28

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "ProcessInit_ProvideParams_Builder"

    @property
    def capability(self) -> _rt.Client:
        return _rt.Client(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[ProcessInit_ProvideParams_Fields]) -> ProcessInit_ProvideParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(ProcessInit_ProvideParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class ProcessInit_ProvideParams_Builder(ProcessInit_ProvideParams, _rt.StructBuilder):
    """Builder of ProcessInit_ProvideParams."""

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


class ProcessInit_ProvideParams_Capabilities(_rt.Pipeline):
    """What can be called before a ProcessInit_ProvideParams is there."""

    __slots__ = ()

    @property
    def capability(self) -> _rt.Client:
        return _rt.Client(self._pipeline(0))


class ProcessInit_ProvideParams_Pipeline(ProcessInit_ProvideParams_Capabilities):
    """A ProcessInit_ProvideParams inside results that are still to come."""

    __slots__ = ()


if _rt.TYPE_CHECKING:

    class ProcessInit_ProvideResults_Fields(_rt.TypedDict, total=False):
        """The fields of ProcessInit_ProvideResults, for construction; those left out keep their defaults."""


class ProcessInit_ProvideResults(_rt.StructReader):
    """Struct `provide$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xACFADCDF62B3E540

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "ProcessInit_ProvideResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[ProcessInit_ProvideResults_Fields]) -> ProcessInit_ProvideResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(ProcessInit_ProvideResults_Builder)
        return built


class ProcessInit_ProvideResults_Builder(ProcessInit_ProvideResults, _rt.StructBuilder):
    """Builder of ProcessInit_ProvideResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class ProcessInit_ProvideResults_Promise(_rt.PendingCall[ProcessInit_ProvideResults]):
    """A call whose results are a ProcessInit_ProvideResults."""

    __slots__ = ()
    _results = ProcessInit_ProvideResults


if _rt.TYPE_CHECKING:

    class ProcessInit_ProcessParams_Fields(_rt.TypedDict, total=False):
        """The fields of ProcessInit_ProcessParams, for construction; those left out keep their defaults."""


class ProcessInit_ProcessParams(_rt.StructReader):
    """Struct `process$Params`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0x946FEBB1967D8274

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "ProcessInit_ProcessParams_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[ProcessInit_ProcessParams_Fields]) -> ProcessInit_ProcessParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(ProcessInit_ProcessParams_Builder)
        return built


class ProcessInit_ProcessParams_Builder(ProcessInit_ProcessParams, _rt.StructBuilder):
    """Builder of ProcessInit_ProcessParams."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


if _rt.TYPE_CHECKING:

    class ProcessInit_ProcessResults_Fields(_rt.TypedDict, total=False):
        """The fields of ProcessInit_ProcessResults, for construction; those left out keep their defaults."""

        process: process_capnp.Process | process_capnp.Process_Server | None


class ProcessInit_ProcessResults(_rt.StructReader):
    """Struct `process$Results`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0x8849BC8D93058180

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "ProcessInit_ProcessResults_Builder"

    @property
    def process(self) -> process_capnp.Process:
        return process_capnp.Process(self._cap(0))

    @staticmethod
    def new(**fields: _rt.Unpack[ProcessInit_ProcessResults_Fields]) -> ProcessInit_ProcessResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(ProcessInit_ProcessResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class ProcessInit_ProcessResults_Builder(ProcessInit_ProcessResults, _rt.StructBuilder):
    """Builder of ProcessInit_ProcessResults."""

    __slots__ = ()

    @property
    def process(self) -> process_capnp.Process:
        return process_capnp.Process(self._cap(0))

    @process.setter
    def process(self, value: process_capnp.Process | process_capnp.Process_Server | None) -> None:
        self._set_cap(0, _rt.hook_of(value))

    def _fill(
        self,
        *,
        process: process_capnp.Process | process_capnp.Process_Server | None = None,
    ) -> None:
        if process is not None:
            self._set_cap(0, _rt.hook_of(process))


class ProcessInit_ProcessResults_Capabilities(_rt.Pipeline):
    """What can be called before a ProcessInit_ProcessResults is there."""

    __slots__ = ()

    @property
    def process(self) -> process_capnp.Process:
        return process_capnp.Process(self._pipeline(0))


class ProcessInit_ProcessResults_Pipeline(ProcessInit_ProcessResults_Capabilities):
    """A ProcessInit_ProcessResults inside results that are still to come."""

    __slots__ = ()


class ProcessInit_ProcessResults_Promise(
    ProcessInit_ProcessResults_Capabilities, _rt.PendingCall[ProcessInit_ProcessResults]
):
    """A call whose results are a ProcessInit_ProcessResults."""

    __slots__ = ()
    _results = ProcessInit_ProcessResults


class ProcessInit(_rt.Client):
    """What a guest bootstraps from its host, which also answers as `Terminal`."""

    __slots__ = ()
    _id = 0x8EFE6EE8E0E56459

    TerminalParams: _rt.TypeAlias = ProcessInit_TerminalParams
    TerminalResults: _rt.TypeAlias = ProcessInit_TerminalResults
    EventsParams: _rt.TypeAlias = ProcessInit_EventsParams
    EventsResults: _rt.TypeAlias = ProcessInit_EventsResults
    ProvideParams: _rt.TypeAlias = ProcessInit_ProvideParams
    ProvideResults: _rt.TypeAlias = ProcessInit_ProvideResults
    ProcessParams: _rt.TypeAlias = ProcessInit_ProcessParams
    ProcessResults: _rt.TypeAlias = ProcessInit_ProcessResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "ProcessInit_Server"

    def terminal(
        self,
    ) -> ProcessInit_TerminalResults_Promise:
        _params = _rt.new_message(ProcessInit_TerminalParams_Builder)
        return ProcessInit_TerminalResults_Promise(self._send(0x8EFE6EE8E0E56459, 0, _params._m))

    def events(
        self,
        *,
        handler: process_capnp.Events | process_capnp.Events_Server | None = None,
    ) -> ProcessInit_EventsResults_Promise:
        """The guest's handler of pause and resume."""
        _params = _rt.new_message(ProcessInit_EventsParams_Builder)
        _params._fill(handler=handler)
        return ProcessInit_EventsResults_Promise(
            self._send(0x8EFE6EE8E0E56459, 1, _params._m, _rt.NO_PIPELINING)
        )

    def provide(
        self,
        *,
        capability: _rt.Client | _rt.Server | None = None,
    ) -> ProcessInit_ProvideResults_Promise:
        """The capability that `Process.bootstrap` gives to whoever holds the process; null takes it back."""
        _params = _rt.new_message(ProcessInit_ProvideParams_Builder)
        _params._fill(capability=capability)
        return ProcessInit_ProvideResults_Promise(
            self._send(0x8EFE6EE8E0E56459, 2, _params._m, _rt.NO_PIPELINING)
        )

    def process(
        self,
    ) -> ProcessInit_ProcessResults_Promise:
        """The process itself: to be linked, watched or paused, by itself or by whomever it hands that to. Whoever has
        this has no executor with it: pids that it names are those of the process and of what is below it.
        """
        _params = _rt.new_message(ProcessInit_ProcessParams_Builder)
        return ProcessInit_ProcessResults_Promise(self._send(0x8EFE6EE8E0E56459, 3, _params._m))


async def _handle_ProcessInit_terminal(
    server: ProcessInit_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(ProcessInit_TerminalResults_Builder, await server.terminal(context=context))


async def _handle_ProcessInit_events(
    server: ProcessInit_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(ProcessInit_EventsParams)
    return _rt.outcome(
        ProcessInit_EventsResults_Builder, await server.events(handler=params.handler, context=context)
    )


async def _handle_ProcessInit_provide(
    server: ProcessInit_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(ProcessInit_ProvideParams)
    return _rt.outcome(
        ProcessInit_ProvideResults_Builder,
        await server.provide(capability=params.capability, context=context),
    )


async def _handle_ProcessInit_process(
    server: ProcessInit_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    return _rt.outcome(ProcessInit_ProcessResults_Builder, await server.process(context=context))


class ProcessInit_Server(_rt.Server):
    """Derive from it to serve `ProcessInit`."""

    __slots__ = ()
    _id = 0x8EFE6EE8E0E56459
    _client = ProcessInit

    @_rt.abstractmethod
    async def terminal(
        self,
        *,
        context: _rt.CallContext,
    ) -> (
        ProcessInit_TerminalResults
        | ProcessInit_TerminalResults_Fields
        | ProcessInit_TerminalResults_Promise
        | None
    ): ...

    @_rt.abstractmethod
    async def events(
        self,
        *,
        handler: process_capnp.Events,
        context: _rt.CallContext,
    ) -> (
        ProcessInit_EventsResults
        | ProcessInit_EventsResults_Fields
        | ProcessInit_EventsResults_Promise
        | None
    ):
        """The guest's handler of pause and resume."""

    @_rt.abstractmethod
    async def provide(
        self,
        *,
        capability: _rt.Client,
        context: _rt.CallContext,
    ) -> (
        ProcessInit_ProvideResults
        | ProcessInit_ProvideResults_Fields
        | ProcessInit_ProvideResults_Promise
        | None
    ):
        """The capability that `Process.bootstrap` gives to whoever holds the process; null takes it back."""

    @_rt.abstractmethod
    async def process(
        self,
        *,
        context: _rt.CallContext,
    ) -> (
        ProcessInit_ProcessResults
        | ProcessInit_ProcessResults_Fields
        | ProcessInit_ProcessResults_Promise
        | None
    ):
        """The process itself: to be linked, watched or paused, by itself or by whomever it hands that to. Whoever has
        this has no executor with it: pids that it names are those of the process and of what is below it.
        """


_PACK_Executor_ExecParams = _rt.Struct("<I").pack_into
_PACK_Executor_ExecCachedParams = _rt.Struct("<I").pack_into
_PACK_Executor_DialPeerResults = _rt.Struct("<B").pack_into
_PACK_Executor_FindParams = _rt.Struct("<I").pack_into
_PACK_SpawnRequest = _rt.Struct("<2xHHHB1xH").pack_into
_PACK_Volume_WritableResults = _rt.Struct("<B").pack_into
_PACK_Limits = _rt.Struct("<QddQII").pack_into
Terminal.METHODS = {
    (0xC0C1A3F1FDBABDFD, 0): _rt.MethodInfo(
        0xC0C1A3F1FDBABDFD, 0, "Terminal", "login", False, Terminal_LoginParams, Terminal_LoginResults
    ),
}
Terminal_Server.METHODS = {
    (0xC0C1A3F1FDBABDFD, 0): ("Terminal.login", _handle_Terminal_login),
}
PeerLister.METHODS = {
    (0x8E73DDC10AABD76D, 0): _rt.MethodInfo(
        0x8E73DDC10AABD76D, 0, "PeerLister", "peers", False, PeerLister_PeersParams, PeerLister_PeersResults
    ),
}
PeerLister_Server.METHODS = {
    (0x8E73DDC10AABD76D, 0): ("PeerLister.peers", _handle_PeerLister_peers),
}
Executor.METHODS = {
    (0x804FE3440F678FF3, 0): _rt.MethodInfo(
        0x804FE3440F678FF3, 0, "Executor", "exec", False, Executor_ExecParams, Executor_ExecResults
    ),
    (0x804FE3440F678FF3, 1): _rt.MethodInfo(
        0x804FE3440F678FF3,
        1,
        "Executor",
        "execCached",
        False,
        Executor_ExecCachedParams,
        Executor_ExecCachedResults,
    ),
    (0x804FE3440F678FF3, 2): _rt.MethodInfo(
        0x804FE3440F678FF3, 2, "Executor", "ps", False, Executor_PsParams, Executor_PsResults
    ),
    (0x804FE3440F678FF3, 3): _rt.MethodInfo(
        0x804FE3440F678FF3,
        3,
        "Executor",
        "bytecodeCache",
        False,
        Executor_BytecodeCacheParams,
        Executor_BytecodeCacheResults,
    ),
    (0x804FE3440F678FF3, 4): _rt.MethodInfo(
        0x804FE3440F678FF3,
        4,
        "Executor",
        "dialPeer",
        False,
        Executor_DialPeerParams,
        Executor_DialPeerResults,
    ),
    (0x804FE3440F678FF3, 5): _rt.MethodInfo(
        0x804FE3440F678FF3, 5, "Executor", "spawn", False, Executor_SpawnParams, Executor_SpawnResults
    ),
    (0x804FE3440F678FF3, 6): _rt.MethodInfo(
        0x804FE3440F678FF3, 6, "Executor", "find", False, Executor_FindParams, Executor_FindResults
    ),
    (0x804FE3440F678FF3, 7): _rt.MethodInfo(
        0x804FE3440F678FF3,
        7,
        "Executor",
        "narrowed",
        False,
        Executor_NarrowedParams,
        Executor_NarrowedResults,
    ),
    (0x804FE3440F678FF3, 8): _rt.MethodInfo(
        0x804FE3440F678FF3,
        8,
        "Executor",
        "introduce",
        False,
        Executor_IntroduceParams,
        Executor_IntroduceResults,
    ),
    (0x804FE3440F678FF3, 9): _rt.MethodInfo(
        0x804FE3440F678FF3, 9, "Executor", "prepare", False, Executor_PrepareParams, Executor_PrepareResults
    ),
}
Executor_Server.METHODS = {
    (0x804FE3440F678FF3, 0): ("Executor.exec", _handle_Executor_exec),
    (0x804FE3440F678FF3, 1): ("Executor.execCached", _handle_Executor_exec_cached),
    (0x804FE3440F678FF3, 2): ("Executor.ps", _handle_Executor_ps),
    (0x804FE3440F678FF3, 3): ("Executor.bytecodeCache", _handle_Executor_bytecode_cache),
    (0x804FE3440F678FF3, 4): ("Executor.dialPeer", _handle_Executor_dial_peer),
    (0x804FE3440F678FF3, 5): ("Executor.spawn", _handle_Executor_spawn),
    (0x804FE3440F678FF3, 6): ("Executor.find", _handle_Executor_find),
    (0x804FE3440F678FF3, 7): ("Executor.narrowed", _handle_Executor_narrowed),
    (0x804FE3440F678FF3, 8): ("Executor.introduce", _handle_Executor_introduce),
    (0x804FE3440F678FF3, 9): ("Executor.prepare", _handle_Executor_prepare),
}
Volume.METHODS = {
    (0xA44B1F1D1385DCE8, 0): _rt.MethodInfo(
        0xA44B1F1D1385DCE8, 0, "Volume", "directory", False, Volume_DirectoryParams, Volume_DirectoryResults
    ),
    (0xA44B1F1D1385DCE8, 1): _rt.MethodInfo(
        0xA44B1F1D1385DCE8, 1, "Volume", "readOnly", False, Volume_ReadOnlyParams, Volume_ReadOnlyResults
    ),
    (0xA44B1F1D1385DCE8, 2): _rt.MethodInfo(
        0xA44B1F1D1385DCE8, 2, "Volume", "writable", False, Volume_WritableParams, Volume_WritableResults
    ),
}
Volume_Server.METHODS = {
    (0xA44B1F1D1385DCE8, 0): ("Volume.directory", _handle_Volume_directory),
    (0xA44B1F1D1385DCE8, 1): ("Volume.readOnly", _handle_Volume_read_only),
    (0xA44B1F1D1385DCE8, 2): ("Volume.writable", _handle_Volume_writable),
}
MonitorHandler.METHODS = {
    (0xAEDB4B874146400C, 0): _rt.MethodInfo(
        0xAEDB4B874146400C,
        0,
        "MonitorHandler",
        "ended",
        False,
        MonitorHandler_EndedParams,
        MonitorHandler_EndedResults,
    ),
}
MonitorHandler_Server.METHODS = {
    (0xAEDB4B874146400C, 0): ("MonitorHandler.ended", _handle_MonitorHandler_ended),
}
ProcessInit.METHODS = {
    (0x8EFE6EE8E0E56459, 0): _rt.MethodInfo(
        0x8EFE6EE8E0E56459,
        0,
        "ProcessInit",
        "terminal",
        False,
        ProcessInit_TerminalParams,
        ProcessInit_TerminalResults,
    ),
    (0x8EFE6EE8E0E56459, 1): _rt.MethodInfo(
        0x8EFE6EE8E0E56459,
        1,
        "ProcessInit",
        "events",
        False,
        ProcessInit_EventsParams,
        ProcessInit_EventsResults,
    ),
    (0x8EFE6EE8E0E56459, 2): _rt.MethodInfo(
        0x8EFE6EE8E0E56459,
        2,
        "ProcessInit",
        "provide",
        False,
        ProcessInit_ProvideParams,
        ProcessInit_ProvideResults,
    ),
    (0x8EFE6EE8E0E56459, 3): _rt.MethodInfo(
        0x8EFE6EE8E0E56459,
        3,
        "ProcessInit",
        "process",
        False,
        ProcessInit_ProcessParams,
        ProcessInit_ProcessResults,
    ),
}
ProcessInit_Server.METHODS = {
    (0x8EFE6EE8E0E56459, 0): ("ProcessInit.terminal", _handle_ProcessInit_terminal),
    (0x8EFE6EE8E0E56459, 1): ("ProcessInit.events", _handle_ProcessInit_events),
    (0x8EFE6EE8E0E56459, 2): ("ProcessInit.provide", _handle_ProcessInit_provide),
    (0x8EFE6EE8E0E56459, 3): ("ProcessInit.process", _handle_ProcessInit_process),
}
_LIST_Session_Extra = _rt.StructListType(Session_Extra, Session_Extra_Builder)
_LIST_process_capnp_Info = _rt.StructListType(process_capnp.Info, process_capnp.Info_Builder)
_LIST_SpawnRequest_Variable = _rt.StructListType(SpawnRequest_Variable, SpawnRequest_Variable_Builder)
_LIST_SpawnRequest_Directory = _rt.StructListType(SpawnRequest_Directory, SpawnRequest_Directory_Builder)
