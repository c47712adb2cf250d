"""Handlers that keep their call's context and answer when there is something (`hooks.LATER`)."""

import asyncio

import pytest
from lab import Lab, pair, until
from lab_capnp import Echo

from wetware.capnp.exceptions import CallError, FailedError
from wetware.capnp.hooks import LATER
from wetware.capnp.runtime import outcome


class Patient(Lab):
    """Answers a ping when it is told to."""

    def __init__(self):
        super().__init__()
        self.calls = []

    async def ping(self, *, n, context):
        self.calls.append((n, context))
        return LATER

    async def child(self, *, name, context):
        self.calls.append((name, context))
        return LATER

    def answer(self, **fields):
        (_, context) = self.calls.pop(0)
        context.finish(outcome(Echo.PingResults.Builder, fields), None)


async def test_a_call_is_answered_when_there_is_something():
    server = Patient()
    mine, _ = pair(server)
    echo = mine.bootstrap(Echo)
    calls = [echo.ping(n=n) for n in range(3)]
    await until(lambda: len(server.calls) == 3)
    server.calls.reverse()  # in whatever order
    assert not any(call.done for call in calls)
    for n in (20, 10, 0):
        server.answer(n=n)
    assert [(await call).n for call in calls] == [0, 10, 20]


async def test_it_fails_with_what_it_is_given():
    server = Patient()
    mine, _ = pair(server)
    call = mine.bootstrap(Echo).ping(n=1)
    await until(lambda: server.calls)
    server.calls[0][1].finish(None, FailedError("there is nothing"))
    with pytest.raises(CallError, match="there is nothing"):
        await call


async def test_one_that_was_given_up_is_done_and_is_not_answered():
    server = Patient()
    mine, _ = pair(server)
    call = mine.bootstrap(Echo).ping(n=1)
    await until(lambda: server.calls)
    _, context = server.calls[0]
    assert not context.done
    call.cancel()
    await until(lambda: context.done)
    server.answer(n=5)  # without effect
    await asyncio.sleep(0)
    with pytest.raises(CallError):
        await call


async def test_what_is_pipelined_on_it_waits_for_it():
    server = Patient()
    mine, _ = pair(server)
    call = mine.bootstrap(Echo).child(name="x").child.ping(n=1)
    await until(lambda: server.calls)
    assert not call.done
    _, context = server.calls.pop()
    context.finish(outcome(Echo.ChildResults.Builder, {"child": Lab()}), None)
    assert (await call).n == 2
