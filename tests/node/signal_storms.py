"""Programs that are started by `test_signals.py`, and sent signals while they spawn in a tight loop."""

import asyncio
import itertools
import signal
import sys
import threading
from pathlib import Path

from wetware import Node

GUESTS = Path(__file__).parent.parent / "guests" / "wat"
HELLO = (GUESTS / "hello.wat").read_bytes()
SPIN = (GUESTS / "spin.wat").read_bytes()


class Interruption(Exception):  # noqa: N818 - it is no error
    """Raised by a signal's handler, wherever the program is at that moment."""


def said(word):
    print(word, flush=True)


async def spawn_for_ever(announce):
    async with Node(runners=2) as node:
        program = await node.load(HELLO)
        spinning = await node.load(SPIN)
        await node.spawn(spinning)
        for number in itertools.count():
            if number == 50:
                said(announce)
            process = await node.spawn(program, stdout="null")
            other = await node.spawn(spinning)
            other.pause()
            other.resume()
            other.kill()
            await process.wait()


def interrupt():
    """Ctrl-C, as `asyncio.run` handles it: the first one cancels, the second one raises anywhere."""
    asyncio.run(spawn_for_ever("ready"))


def interrupt_raising():
    """Ctrl-C raises KeyboardInterrupt wherever it arrives."""
    runner = asyncio.Runner()
    with runner:
        task = runner.get_loop().create_task(spawn_for_ever("ready"))
        signal.signal(signal.SIGINT, signal.default_int_handler)
        runner.get_loop().run_until_complete(task)


class Alarm:
    """A handler that raises once, wherever the program is between `arm` and then."""

    def __init__(self):
        self.armed = False

    def __call__(self, *_arguments):
        if self.armed:
            self.armed = False
            raise Interruption


async def survive(installed_late):
    """Alarms raise in the middle of spawns; the node is whole after each of them."""
    alarm = Alarm()
    if not installed_late:
        signal.signal(signal.SIGALRM, alarm)
    async with Node(runners=2) as node:
        if installed_late:
            signal.signal(signal.SIGALRM, alarm)
        program = await node.load(HELLO)
        for _ in range(5):
            await (await node.spawn(program, stdout="null")).wait()
        spawn = node._running[2].spawn  # an alarm inside the event loop would be the loop's own affair
        caught = 0
        signal.setitimer(signal.ITIMER_REAL, 0.0003, 0.0003)
        while caught < 200:
            try:
                alarm.armed = True
                while True:
                    spawn(program, name="x", stdout="null")
            except Interruption:
                caught += 1
            await asyncio.sleep(0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        async with asyncio.timeout(60):
            while node.ps():  # noqa: ASYNC110 - nobody holds these processes
                await asyncio.sleep(0.001)
            code = await (await node.spawn(program, stdout="null")).wait()
    said(f"code {code} left {len([t for t in threading.enumerate() if t.name.startswith('ww-')])}")


def alarm():
    asyncio.run(survive(installed_late=False))


def alarm_installed_late():
    asyncio.run(survive(installed_late=True))


async def kill_from_a_handler():
    """A handler kills while this thread changes the table: it neither waits for itself nor breaks it."""
    async with Node(runners=2) as node:
        program = await node.load(HELLO)
        spinning = await node.load(SPIN)
        victims = []

        def kill(*_arguments):
            for victim in victims:
                victim.kill()
            victims.clear()

        signal.signal(signal.SIGALRM, kill)
        signal.setitimer(signal.ITIMER_REAL, 0.0003, 0.0003)
        for _ in range(300):
            victim = await node.spawn(spinning)
            victims.append(victim)
            process = await node.spawn(program, stdout="null", link=None)
            assert await process.wait() == 0
            assert await victim.wait() == 0xFFFFFFFF
        signal.setitimer(signal.ITIMER_REAL, 0)
        assert node.ps() == []
    said("done")


def handler_kills():
    asyncio.run(kill_from_a_handler())


if __name__ == "__main__":
    globals()[sys.argv[1]]()
