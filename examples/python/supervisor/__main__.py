"""Workers, each in a process of its own: called, watched, linked, and replaced when one fails.

    ww run --grant executor examples/python/supervisor

A worker is this same program with an argument. It holds one capability, the journal of its supervisor, and
nothing else: no executor, no files, no other worker. It offers one of its own, which counts primes.

The schema is `primes.capnp`; `python -m wetware.capnp.generate primes.capnp` writes `primes_capnp.py`.
"""

import asyncio
import logging
import sys
from typing import Any

from primes_capnp import Journal, Worker

from wetware.capnp.exceptions import CallError
from wetware.capnp.membrane import Membrane
from wetware.guest import Host, Process, connect

log = logging.getLogger("supervisor")


# --- what the two sides serve ---
class Book(Journal.Server):
    """The supervisor's journal, as one worker sees it."""

    def __init__(self, worker: str) -> None:
        self.worker = worker

    async def note(self, *, text: str, context: Any) -> None:
        log.info("%s notes: %s", self.worker, text)


class Counter(Worker.Server):
    """Counts primes."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal

    async def count(self, *, below: int, context: Any) -> dict[str, int]:
        if below > 100_000:
            raise ValueError(f"{below} is too much for one worker")
        primes = sum(all(n % d for d in range(2, int(n**0.5) + 1)) for n in range(2, below))
        await self.journal.note(text=f"there are {primes} primes below {below}")
        return {"primes": primes}


# --- a worker ---
async def work(host: Host, task: str) -> None:
    journal = host.capability("journal", Journal)
    if task == "fail":
        raise RuntimeError("this worker has a bad day")  # its traceback goes to stderr, its exit code is 1
    await host.provide(Counter(journal))
    await asyncio.Event().wait()  # it serves until it is ended


# --- the supervisor ---
class Supervisor:
    """Workers by name, and the leases by which they hold the journal."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self.workers: dict[str, Process] = {}
        self.leases: dict[str, Membrane] = {}

    async def start(self, name: str, task: str = "serve") -> Worker:
        """Start a worker; what it offers. Fails, and says why, if it ends before it has offered anything."""
        lease = self.leases[name] = Membrane()  # what goes through it can be taken back
        self.workers[name] = await self.host.spawn(
            name=name,
            args=[task],
            capabilities={"journal": lease.wrap(Book(name))},
            limits={"memory": 256 << 20, "deadline": 60.0},
        )
        return await self.workers[name].capability(Worker)

    async def replace(self, name: str) -> Worker:
        """Wait for the end of a worker, and start another one under its name."""
        ended = await self.workers[name].monitor()  # answers at once if that was long ago
        log.info("%s %s; it is replaced", name, ended)
        return await self.start(name)


async def supervise(host: Host) -> None:
    supervisor = Supervisor(host)
    # started at the same time; what goes wrong with one is its own affair
    one, two, three = await asyncio.gather(
        supervisor.start("one"),
        supervisor.start("two"),
        supervisor.start("three", "fail"),
        return_exceptions=True,
    )
    if isinstance(three, CallError):
        three = await supervisor.replace("three")

    # calls of the three run in three processes, on as many processors as there are
    answers = await asyncio.gather(
        *[each.count(below=below) for each, below in ((one, 100), (two, 1000), (three, 5000))]
    )
    print("primes:", [answer.primes for answer in answers])

    # an exception of a worker is an error of the call; the worker lives on
    try:
        await one.count(below=1_000_000)
    except CallError as error:
        print("refused:", error)

    # what was lent is taken back: the worker goes on without it
    supervisor.leases["one"].revoke()
    try:
        await one.count(below=10)
    except CallError as error:
        print("without its journal:", error)

    # the end of either is the end of both
    workers = supervisor.workers
    await workers["two"].link(workers["three"])
    await workers["two"].kill()
    print("three is", (await workers["three"].monitor()).kind)

    print("still there:", [info.name for info in (await host.executor.ps()).procs][1:])
    # leaving ends the one that is left: a process never outlives its parent


async def main(arguments: list[str]) -> None:
    async with connect() as host:
        await (work(host, arguments[0]) if arguments else supervise(host))


logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")
asyncio.run(main(sys.argv[1:]))
