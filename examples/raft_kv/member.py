"""One member of a replicated key-value store: `python member.py ID FOLDER --founders 1,2,3`.

It keeps its log in FOLDER/ID and listens on FOLDER/ID.sock; there it finds the others, too. A member without
`--founders` starts empty and waits to be added. It ends on SIGTERM, and when its standard input, a terminal
or a pipe, does: so it outlives nobody who started it.
"""

import argparse
import asyncio
import contextlib
import logging
import signal
import sys
from pathlib import Path

from replica.store import Store

from wetware.capnp.vat import Vat
from wetware.errors import WetwareError
from wetware.raft.log import DurableLog
from wetware.raft.node import Options, RaftNode
from wetware.schema.raft_capnp import Raft


class Directory:
    """Finds members by their sockets, and keeps one connection to each."""

    def __init__(self, vat: Vat, folder: Path) -> None:
        self._vat = vat
        self._folder = folder

    async def find(self, member: int) -> Raft:
        """The capability of a member; an error if nobody listens there."""
        connection = await self._vat.connect_unix(str(self._folder / f"{member}.sock"))
        return connection.bootstrap(Raft)


async def serve(member: int, folder: Path, founders: list[int], options: Options) -> None:
    """Be a member until the standard input ends or somebody says stop."""
    socket = folder / f"{member}.sock"
    with contextlib.suppress(FileNotFoundError):
        socket.unlink()  # of an earlier life; the log's lock sees to it that there is only one life at a time
    end = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, end.set)

    def read() -> None:
        if not sys.stdin.buffer.read1():
            loop.remove_reader(sys.stdin)
            end.set()

    with contextlib.suppress(PermissionError):  # a file, or nothing: there is nobody whose end it could tell
        loop.add_reader(sys.stdin, read)
    log = DurableLog.open(folder / str(member))
    async with Vat() as vat:
        node = RaftNode(
            member,
            Directory(vat, folder).find,
            machine=Store(),
            store=log,
            founders=founders,
            options=options,
        )
        async with node:
            vat.offer = node.capability
            await vat.listen_unix(str(socket))
            print("ready", flush=True)
            stopped = asyncio.create_task(node.stopped())
            told = asyncio.create_task(end.wait())
            await asyncio.wait({stopped, told}, return_when=asyncio.FIRST_COMPLETED)
            if node.failure is not None:
                raise node.failure


def main() -> int:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("member", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--founders", default="", help="the voters of a new group, such as 1,2,3")
    parser.add_argument("--snapshot-bytes", type=int, default=Options().snapshot_bytes)
    parser.add_argument("--keep-entries", type=int, default=Options().keep_entries)
    chosen = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format=f"member {chosen.member}: %(message)s")
    founders = [int(one) for one in chosen.founders.split(",") if one]
    try:
        options = Options(snapshot_bytes=chosen.snapshot_bytes, keep_entries=chosen.keep_entries)
        asyncio.run(serve(chosen.member, chosen.folder, founders, options))
    except (WetwareError, OSError) as error:
        print(f"member {chosen.member}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
