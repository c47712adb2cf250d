"""Clients of the simulation.

Each does one thing after another, asks again when no answer comes, and writes down what it asked and heard.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wetware.raft.sessions import Answer, ClientSession, Verdict, open_session
from wetware.raft.testing.linearizability import Operation
from wetware.raft.testing.machine import decode_value, encode_command

if TYPE_CHECKING:
    from wetware.raft.testing.simulation import Simulation

__all__ = ["Client", "Request"]


@dataclass(frozen=True, slots=True)
class Request:
    """One attempt of a client.

    Attributes:
        client: whose.
        attempt: its number; an answer to an earlier one comes too late.
        name: by what the answer of a write is recognised: session and number, or the nonce of a new session.
        key: what is read.
        data: what is proposed.
        context: the name of a read.
    """

    client: Client
    attempt: int
    name: tuple[int, int] | bytes = b""
    key: str = ""
    data: bytes = b""
    context: bytes = b""

    @property
    def read(self) -> bool:
        """Whether it is a read."""
        return bool(self.context)


class Client:
    """One client.

    Args:
        world: the simulation.
        number: its name.

    Attributes:
        history: what it did, finished or not.
    """

    def __init__(self, world: Simulation, number: int) -> None:
        self._world = world
        self._number = number
        self._session: ClientSession | None = None
        self._sequence = 0
        self._attempt = 0
        self._values = 0
        self._given: tuple[str | None, ...] | None = None
        self._key = ""
        self._called = 0
        self._target = 0
        self._seen: str | None = None
        self.history: list[Operation] = []

    @property
    def idle(self) -> bool:
        """Whether it waits for nothing."""
        return self._given is None

    def begin(self) -> None:
        """Do the next thing, if the last one is done and there is still time for it."""
        world = self._world
        if world.ending or self._given is not None:
            return
        self._key = f"k{world.below(world.options.keys)}"
        self._values += 1
        value = f"{self._number}.{self._values}"
        dice = world.below(10)
        if dice < 5:
            self._given = ("get",)
        elif dice < 8:
            self._given = ("put", value)
        else:
            self._given = ("cas", self._seen, value)
        if dice >= 5 and self._session is not None:
            self._sequence = self._session.next()
        self._called = world.step
        self._try()

    def _try(self) -> None:
        """Ask, of the same node as last time if that answered."""
        world = self._world
        self._attempt += 1
        attempt = self._attempt
        given, session = self._given, self._session
        assert given is not None, "there is something to ask"
        nonce = f"{self._number}/{attempt}".encode()
        if given[0] == "get":
            request = Request(self, attempt, key=self._key, context=nonce)
        elif session is None:
            request = Request(self, attempt, name=nonce, data=open_session(nonce))
        else:
            data = session.encode(self._sequence, encode_command(given, self._key))
            request = Request(self, attempt, name=(session.session, self._sequence), data=data)
        if not self._target or world.chance(0.1):
            self._target = world.any_member()
        world.ask(self._target, request)
        world.at(300 + world.below(900), self._give_up, attempt)

    def _give_up(self, attempt: int) -> None:
        if attempt == self._attempt and self._given is not None:
            self._target = 0
            self._try()

    def hear(self, request: Request, answer: Answer | str | None) -> None:
        """An answer arrives."""
        if request.attempt != self._attempt or self._given is None:
            return
        if not isinstance(answer, Answer):
            self._seen = answer
            self._finish(answer)
            return
        match answer.verdict:
            case Verdict.OPENED:
                self._session = ClientSession(answer.session)
                self._sequence = self._session.next()
                self._try()
            case Verdict.DONE:
                assert self._session is not None, "only a command in a session is done"
                self._session.answered(answer.sequence)
                self._finish(decode_value(answer.result) if self._given[0] == "cas" else None)
            case Verdict.EXPIRED:
                # what was asked may have happened or not: it stays without an answer for ever
                self._world.count["sessions expired"] += 1
                self._session = None
                self._write_down(None, None)
            case Verdict.REFUSED:
                pass  # asked again later
            case _:
                raise self._world.failure(f"client {self._number} was told {answer}")

    def _finish(self, output: str | bool | None) -> None:
        self._write_down(output, self._world.step)

    def _write_down(self, output: str | bool | None, returned: int | None) -> None:
        assert self._given is not None, "there was something asked"
        self.history.append(Operation(self._number, self._key, self._given, output, self._called, returned))
        self._given = None
        self._world.at(1 + self._world.below(self._world.options.think), self.begin)

    def unfinished(self) -> list[Operation]:
        """What still waits for its answer."""
        if self._given is None:
            return []
        return [Operation(self._number, self._key, self._given, None, self._called, None)]
