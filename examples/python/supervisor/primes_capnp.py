"""Generated from primes.capnp by `python -m wetware.capnp.generate`; do not edit.

What the supervisor and its workers have to say to each other.
"""

# ruff: noqa

from __future__ import annotations

from wetware.capnp import runtime as _rt


if _rt.TYPE_CHECKING:

    class Worker_CountParams_Fields(_rt.TypedDict, total=False):
        """The fields of Worker_CountParams, for construction; those left out keep their defaults."""

        below: int


class Worker_CountParams(_rt.StructReader):
    """Struct `count$Params`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0x8BC1C1A5640F75AC

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Worker_CountParams_Builder"

    @property
    def below(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Worker_CountParams_Fields]) -> Worker_CountParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Worker_CountParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Worker_CountParams_Builder(Worker_CountParams, _rt.StructBuilder):
    """Builder of Worker_CountParams."""

    __slots__ = ()

    @property
    def below(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @below.setter
    def below(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "below")

    def _fill(
        self,
        *,
        below: int = 0,
    ) -> None:
        try:
            _PACK_Worker_CountParams(self._s, self._o, below)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.below = below
            raise


if _rt.TYPE_CHECKING:

    class Worker_CountResults_Fields(_rt.TypedDict, total=False):
        """The fields of Worker_CountResults, for construction; those left out keep their defaults."""

        primes: int


class Worker_CountResults(_rt.StructReader):
    """Struct `count$Results`."""

    __slots__ = ()
    _size = (1, 0)
    _id = 0xEF398553CA9ABFD4

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Worker_CountResults_Builder"

    @property
    def primes(self) -> int:
        o = self._o
        return _rt.unpack_u32(self._s, o)[0] if o + 4 <= self._p else 0

    @staticmethod
    def new(**fields: _rt.Unpack[Worker_CountResults_Fields]) -> Worker_CountResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Worker_CountResults_Builder)
        if fields:
            built._fill(**fields)
        return built


class Worker_CountResults_Builder(Worker_CountResults, _rt.StructBuilder):
    """Builder of Worker_CountResults."""

    __slots__ = ()

    @property
    def primes(self) -> int:
        return _rt.unpack_u32(self._s, self._o)[0]

    @primes.setter
    def primes(self, value: int) -> None:
        _rt.put_u32(self, 0, value, "primes")

    def _fill(
        self,
        *,
        primes: int = 0,
    ) -> None:
        try:
            _PACK_Worker_CountResults(self._s, self._o, primes)
        except _rt.PACK_ERRORS:
            # the setter of the value at fault says so
            self.primes = primes
            raise


class Worker_CountResults_Promise(_rt.PendingCall[Worker_CountResults]):
    """A call whose results are a Worker_CountResults."""

    __slots__ = ()
    _results = Worker_CountResults


class Worker(_rt.Client):
    """What a worker offers."""

    __slots__ = ()
    _id = 0x8B98253CF6493AA3

    CountParams: _rt.TypeAlias = Worker_CountParams
    CountResults: _rt.TypeAlias = Worker_CountResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Worker_Server"

    def count(
        self,
        *,
        below: int = 0,
    ) -> Worker_CountResults_Promise:
        """How many primes there are below a number."""
        _params = _rt.new_message(Worker_CountParams_Builder)
        _params._fill(below=below)
        return Worker_CountResults_Promise(self._send(0x8B98253CF6493AA3, 0, _params._m, _rt.NO_PIPELINING))


async def _handle_Worker_count(
    server: Worker_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Worker_CountParams)
    return _rt.outcome(Worker_CountResults_Builder, await server.count(below=params.below, context=context))


class Worker_Server(_rt.Server):
    """Derive from it to serve `Worker`."""

    __slots__ = ()
    _id = 0x8B98253CF6493AA3
    _client = Worker

    @_rt.abstractmethod
    async def count(
        self,
        *,
        below: int,
        context: _rt.CallContext,
    ) -> Worker_CountResults | Worker_CountResults_Fields | Worker_CountResults_Promise | None:
        """How many primes there are below a number."""


if _rt.TYPE_CHECKING:

    class Journal_NoteParams_Fields(_rt.TypedDict, total=False):
        """The fields of Journal_NoteParams, for construction; those left out keep their defaults."""

        text: str


class Journal_NoteParams(_rt.StructReader):
    """Struct `note$Params`."""

    __slots__ = ()
    _size = (0, 1)
    _id = 0xA4233C18239953D4

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Journal_NoteParams_Builder"

    @property
    def text(self) -> str:
        return self._text(0)

    @staticmethod
    def new(**fields: _rt.Unpack[Journal_NoteParams_Fields]) -> Journal_NoteParams_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Journal_NoteParams_Builder)
        if fields:
            built._fill(**fields)
        return built


class Journal_NoteParams_Builder(Journal_NoteParams, _rt.StructBuilder):
    """Builder of Journal_NoteParams."""

    __slots__ = ()

    @property
    def text(self) -> str:
        return self._text(0)

    @text.setter
    def text(self, value: str) -> None:
        self._set_text(0, value)

    def _fill(
        self,
        *,
        text: str | None = None,
    ) -> None:
        if text is not None:
            self._new_text(0, text)


if _rt.TYPE_CHECKING:

    class Journal_NoteResults_Fields(_rt.TypedDict, total=False):
        """The fields of Journal_NoteResults, for construction; those left out keep their defaults."""


class Journal_NoteResults(_rt.StructReader):
    """Struct `note$Results`."""

    __slots__ = ()
    _size = (0, 0)
    _id = 0xD138CDA2917C3239

    if _rt.TYPE_CHECKING:
        Builder: _rt.TypeAlias = "Journal_NoteResults_Builder"

    @staticmethod
    def new(**fields: _rt.Unpack[Journal_NoteResults_Fields]) -> Journal_NoteResults_Builder:
        """A builder, the root of a message of its own."""
        built = _rt.new_message(Journal_NoteResults_Builder)
        return built


class Journal_NoteResults_Builder(Journal_NoteResults, _rt.StructBuilder):
    """Builder of Journal_NoteResults."""

    __slots__ = ()

    def _fill(self) -> None:
        """There is nothing to set."""


class Journal_NoteResults_Promise(_rt.PendingCall[Journal_NoteResults]):
    """A call whose results are a Journal_NoteResults."""

    __slots__ = ()
    _results = Journal_NoteResults


class Journal(_rt.Client):
    """What the supervisor hands to each worker, and to nobody else."""

    __slots__ = ()
    _id = 0x8B2D8F09DC2D3912

    NoteParams: _rt.TypeAlias = Journal_NoteParams
    NoteResults: _rt.TypeAlias = Journal_NoteResults
    if _rt.TYPE_CHECKING:
        Server: _rt.TypeAlias = "Journal_Server"

    def note(
        self,
        *,
        text: str | None = None,
    ) -> Journal_NoteResults_Promise:
        _params = _rt.new_message(Journal_NoteParams_Builder)
        _params._fill(text=text)
        return Journal_NoteResults_Promise(self._send(0x8B2D8F09DC2D3912, 0, _params._m, _rt.NO_PIPELINING))


async def _handle_Journal_note(
    server: Journal_Server, message: _rt.MessageReader, context: _rt.CallContext
) -> _rt.Outcome:
    params = message.root(Journal_NoteParams)
    return _rt.outcome(Journal_NoteResults_Builder, await server.note(text=params.text, context=context))


class Journal_Server(_rt.Server):
    """Derive from it to serve `Journal`."""

    __slots__ = ()
    _id = 0x8B2D8F09DC2D3912
    _client = Journal

    @_rt.abstractmethod
    async def note(
        self,
        *,
        text: str,
        context: _rt.CallContext,
    ) -> Journal_NoteResults | Journal_NoteResults_Fields | Journal_NoteResults_Promise | None: ...


_PACK_Worker_CountParams = _rt.Struct("<I").pack_into
_PACK_Worker_CountResults = _rt.Struct("<I").pack_into
Worker.METHODS = {
    (0x8B98253CF6493AA3, 0): _rt.MethodInfo(
        0x8B98253CF6493AA3, 0, "Worker", "count", False, Worker_CountParams, Worker_CountResults
    ),
}
Worker_Server.METHODS = {
    (0x8B98253CF6493AA3, 0): ("Worker.count", _handle_Worker_count),
}
Journal.METHODS = {
    (0x8B2D8F09DC2D3912, 0): _rt.MethodInfo(
        0x8B2D8F09DC2D3912, 0, "Journal", "note", False, Journal_NoteParams, Journal_NoteResults
    ),
}
Journal_Server.METHODS = {
    (0x8B2D8F09DC2D3912, 0): ("Journal.note", _handle_Journal_note),
}
