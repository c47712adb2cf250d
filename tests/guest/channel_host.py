"""The host's end of a channel as these tests use it, and waiting for what no event tells of."""

import asyncio

CAP = 60  # seconds that a test waits for something that takes milliseconds


class Host:
    """The host's end of a process's channel: what came, and whether it has ended."""

    def __init__(self, process):
        self.process = process
        self.channel = process.channel
        self.pieces = []
        self.received = bytearray()
        self.ended = False
        self._changed = asyncio.Event()
        self.channel.receive(self._on_data, self._on_end)

    def _on_data(self, content):
        assert content
        assert not self.ended
        self.pieces.append(len(content))
        self.received += content
        self._changed.set()

    def _on_end(self):
        assert not self.ended
        self.ended = True
        self._changed.set()

    async def until(self, condition):
        async with asyncio.timeout(CAP):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    async def take(self, count):
        """The next bytes, exactly so many."""
        await self.until(lambda: len(self.received) >= count)
        taken = bytes(self.received[:count])
        del self.received[:count]
        return taken

    async def end(self):
        await self.until(lambda: self.ended)

    async def send(self, content, piece=65536):
        """Feed, and wait whenever the channel says so."""
        for start in range(0, len(content), piece):
            if not self.channel.feed(content[start : start + piece]):
                await self.channel.drain()


async def until(condition):
    """Wait for something that no event tells of."""
    async with asyncio.timeout(CAP):
        while not condition():  # noqa: ASYNC110 - nothing tells of a change of state
            await asyncio.sleep(0.001)
