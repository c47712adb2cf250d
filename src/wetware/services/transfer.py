"""Fetching one program: what to ask whom next. No I/O.

    transfer = Transfer(name, max_bytes)
    do = transfer.found(holder)               # somebody has it, or may have it
    do = transfer.arrived(ask, chunk, size)   # a piece came
    do = transfer.failed(ask, why)            # it did not
    do = transfer.checked(ok)                 # what is complete was compared with its name
    do = transfer.exhausted()                 # nobody else will be found

Rules that hold here:

1. Pieces are asked of one holder at a time, a window of them under way. When it fails, the next one goes on
   where it stopped: no byte travels twice for that (test_resumes_where_the_last_one_stopped).
2. What is complete is checked against its name. Where the pieces of several holders do not give the named
   bytes, nobody knows whose were wrong: from then on each is asked for the whole, and one that gives wrong
   bytes by itself is asked no more (test_wrong_bytes_of_several_holders).
3. A holder has `TRIES` tries and no more, so that every transfer ends, whatever the holders say
   (test_every_transfer_ends).
4. What is kept never exceeds `max_bytes`, nor what has really arrived: a size is only a claim
   (test_oversized).
5. Who is to be looked for further is asked once (`Seek`), when those that were named have failed.

The named tests are in `tests/services/test_transfer.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from wetware.errors import LimitError, WetwareError
from wetware.wasm.bytecode import NotCachedError

if TYPE_CHECKING:
    from collections.abc import Hashable

__all__ = ["Ask", "Check", "Done", "Failed", "Instruction", "NotFoundAnywhereError", "Seek", "Transfer"]

CHUNK: Final = 256 << 10
"""Bytes of a piece."""
WINDOW: Final = 4
"""Pieces under way at a time."""
TRIES: Final = 3
"""Times that one holder is begun with."""
TOLD: Final = 8
"""Holders that an error names."""


class NotFoundAnywhereError(NotCachedError):
    """A program is not here, and nobody who was asked gave it; the message says who that was."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask a holder for a piece."""

    holder: Hashable
    offset: int
    limit: int
    round: int


@dataclass(frozen=True, slots=True)
class Seek:
    """Look for more holders; say `exhausted` when there are no others."""


@dataclass(frozen=True, slots=True)
class Check:
    """Compare the whole with its name; answered by `checked`."""

    content: bytes


@dataclass(frozen=True, slots=True)
class Done:
    """The program, checked."""

    content: bytes


@dataclass(frozen=True, slots=True)
class Failed:
    """It is not to be had."""

    error: WetwareError


Instruction = Ask | Seek | Check | Done | Failed


class Transfer:
    """One program on its way here.

    Args:
        name: what to call the program in errors.
        max_bytes: how large it may be.

    Attributes:
        size: what the present holder says it has; 0 before it has said so.
        received: bytes that have arrived and fit together.
    """

    def __init__(self, name: str, max_bytes: int) -> None:
        self._name = name
        self._max = max_bytes
        self._waiting: list[Hashable] = []  # who may have it, in the order in which they are tried
        self._tries: dict[Hashable, int] = {}
        self._story: dict[Hashable, str] = {}
        self._given: set[Hashable] = set()  # whose pieces are in the content
        self._holder: Hashable | None = None
        self._content = bytearray()
        self._pieces: dict[int, bytes] = {}  # that came before an earlier one
        self._asked = 0  # up to where pieces are asked for
        self._round = 0  # answers to questions of an earlier round mean nothing any more
        self._alone = False
        self._sought = self._exhausted = self._over = False
        self._oversized: LimitError | None = None
        self.size = 0

    @property
    def received(self) -> int:
        return len(self._content)

    @property
    def kept(self) -> int:
        """Bytes that are kept now."""
        return len(self._content) + sum(map(len, self._pieces.values()))

    def begin(self) -> list[Instruction]:
        """Nobody is known yet."""
        return self._next()

    def found(self, holder: Hashable) -> list[Instruction]:
        """Somebody has it, or may have it."""
        if self._over or holder == self._holder or holder in self._waiting or not self._may_try(holder):
            return []
        self._waiting.append(holder)
        return [] if self._holder is not None else self._next()

    def exhausted(self) -> list[Instruction]:
        """Nobody else will be found."""
        self._exhausted = True
        return [] if self._over or self._holder is not None else self._next()

    def missed(self, holder: Hashable, why: str) -> None:
        """Somebody was asked whether he has it, and has not, or did not answer."""
        self._story.setdefault(holder, why)

    def failed(self, ask: Ask, why: str) -> list[Instruction]:
        """A question was not answered: its holder is not asked further for now."""
        if self._over or ask.round != self._round:
            return []
        return self._drop(why)

    def arrived(self, ask: Ask, chunk: bytes | memoryview, size: int) -> list[Instruction]:
        """The answer to a question: a piece, and the size of the whole as the holder has it."""
        if self._over or ask.round != self._round:
            return []
        if size == 0:
            return self._drop("does not have it", for_good=True)
        if size > self._max:
            self._oversized = LimitError(
                f"a program of {size} bytes is larger than this node accepts ({self._max})",
                limit="module-bytes",
                used=size,
                allowed=self._max,
            )
            return self._drop(f"has {size} bytes under this name, more than are accepted", for_good=True)
        if self.size and size != self.size:
            if self._holder in self._given:
                return self._drop("says one size, then another", for_good=True)
            # the others had another size: of two that disagree, begin anew with this one
            self._forget()
            self._begin_round()
            return self._asks()
        if not chunk or len(chunk) != min(ask.limit, size - ask.offset):
            return self._drop("sent a piece that does not fit", for_good=True)
        self.size = size
        self._take(ask.offset, bytes(chunk))
        if len(self._content) < size:
            return self._asks()
        self._round += 1
        return [Check(bytes(self._content))]

    def checked(self, *, good: bool) -> list[Instruction]:
        """Whether what was to be checked are the named bytes."""
        if good:
            content = bytes(self._content)
            self._over = True
            self._forget()
            return [Done(content)]
        if len(self._given) == 1:
            return self._drop("has other bytes under this name", for_good=True)
        for holder in self._given:
            self._tries[holder] = min(self._tries[holder], TRIES - 1)
            if holder not in self._waiting and holder != self._holder:
                self._waiting.append(holder)
        self._alone = True
        return self._drop("gave, together with others, other bytes")

    # --- pieces ---
    def _take(self, offset: int, chunk: bytes) -> None:
        if self._holder is not None:
            self._given.add(self._holder)
        self._pieces[offset] = chunk
        while (piece := self._pieces.pop(len(self._content), None)) is not None:
            self._content += piece

    def _asks(self) -> list[Instruction]:
        """As many questions as the window has room for; of one whose size is unknown, one."""
        asks: list[Instruction] = []
        end = self.size or CHUNK
        while self._asked < end and self._asked < len(self._content) + WINDOW * CHUNK:
            limit = min(CHUNK, end - self._asked)
            asks.append(Ask(self._holder, self._asked, limit, self._round))
            self._asked += limit
        return asks

    # --- holders ---
    def _may_try(self, holder: Hashable) -> bool:
        return self._tries.get(holder, 0) < TRIES

    def _drop(self, why: str, *, for_good: bool = False) -> list[Instruction]:
        """The present holder is given up, and the next one goes on."""
        holder, self._holder = self._holder, None
        self._round += 1
        self._story[holder] = why
        if for_good:
            self._tries[holder] = TRIES
        elif self._may_try(holder):
            self._waiting.append(holder)  # after all others, once more
        if self._alone or (for_good and holder in self._given):
            self._forget()
        return self._next()

    def _forget(self) -> None:
        self._content = bytearray()
        self._given = set()
        self.size = 0
        self._pieces = {}

    def _begin_round(self) -> None:
        self._round += 1
        self._pieces = {}
        self._asked = len(self._content)

    def _next(self) -> list[Instruction]:
        untried = [holder for holder in self._waiting if not self._tries.get(holder)]
        # those that have failed are asked again when nobody new is to be hoped for
        if self._waiting and (untried or self._exhausted):
            self._holder = untried[0] if untried else self._waiting[0]
            self._waiting.remove(self._holder)
            self._tries[self._holder] = self._tries.get(self._holder, 0) + 1
            self._begin_round()
            return self._asks()
        if not self._sought and not self._exhausted:
            self._sought = True
            return [Seek()]
        if not self._exhausted:
            return []
        self._over = True
        self._forget()
        return [Failed(self._oversized or NotFoundAnywhereError(self._tale()))]

    def _tale(self) -> str:
        start = f"bytecode for cid {self._name} not found: it is not here, and "
        if not self._story:
            return start + "there is nobody to ask; put it first"
        told = [f"{holder} {why}" for holder, why in list(self._story.items())[:TOLD]]
        more = f"; and {len(self._story) - TOLD} more" if len(self._story) > TOLD else ""
        return f"{start}of those that were asked {'; '.join(told)}{more}"
