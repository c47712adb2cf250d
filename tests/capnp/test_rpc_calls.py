"""Calls between two vats: what a user of the library relies on."""

import asyncio
import contextvars
import gc
import logging

import pytest
from lab import Count, Lab, as_echo, pair, tables, until
from lab_capnp import Chan, Chan_Server, Counter, Echo

from wetware.capnp.client import Client, release
from wetware.capnp.core.trace import describe
from wetware.capnp.exceptions import (
    CallCancelledError,
    DisconnectedError,
    FailedError,
    OverloadedError,
    UnimplementedError,
)
from wetware.capnp.vat import Vat, local
from wetware.errors import LocalError


async def test_a_call_is_answered():
    mine, _ = pair(Lab())
    assert (await mine.bootstrap(Echo).ping(n=41)).n == 42


async def test_four_calls_deep_in_one_round_trip():
    mine, theirs = pair(Lab())
    echo = mine.bootstrap(Echo)
    await echo.ping(n=0)
    story = []
    for end in (mine, theirs):
        end.link.peer.on_message = lambda message: story.append(describe(message).split()[0])
    call = echo.child(name="a").child.child(name="b").child.child(name="c").child.ping(n=6)
    assert (await call).n == 7
    assert [word for word in story if word != "finish"] == ["call"] * 4 + ["return"] * 4


async def test_a_callback_runs_while_the_call_waits_for_it():
    mine, _ = pair(Lab())
    assert (await mine.bootstrap(Echo).call_back(back=Lab(), n=1)).n == 2


async def test_a_capability_that_comes_home_is_the_object_itself():
    mine, _ = pair(Lab())
    echo = mine.bootstrap(Echo)
    me = Lab()
    await echo.hold(cap=me)
    held = (await echo.held()).cap
    assert local(held) is me
    assert local(echo) is None
    again = (await echo.held()).cap
    assert held == again
    assert len({held, again}) == 1


async def test_a_pipelined_capability_that_comes_home_is_the_object_itself_and_calls_keep_their_order():
    mine, _ = pair(Lab())
    me = Lab()
    call = mine.bootstrap(Echo).later(cap=me, waits=3)
    promised = as_echo(call.cap)
    early = [promised.log(n=n) for n in range(5)]
    await call
    late = [promised.log(n=n) for n in range(5, 10)]
    direct = as_echo((await call).cap).log(n=10)
    for one in [*early, *late, direct]:
        await one
    assert me.seen == list(range(11))
    assert local(promised) is me


async def test_the_last_reference_reaches_the_server():
    mine, _ = pair(Lab())
    echo = mine.bootstrap(Echo)
    held = Lab()
    event = held.released_event
    await echo.hold(cap=held)
    del held
    assert not event.is_set()
    await echo.drop()
    await asyncio.wait_for(event.wait(), 60)


async def test_release_and_the_with_block_let_go_at_once():
    mine, theirs = pair(Lab())
    echo = mine.bootstrap(Echo)
    child = (await echo.child(name="x")).child
    await until(lambda: len(theirs.link.peer.connection.exports.entries) == 2)
    with child:
        assert (await child.ping(n=1)).n == 2
    assert not child
    await until(lambda: len(theirs.link.peer.connection.exports.entries) == 1)
    release(echo)
    await until(lambda: not theirs.link.peer.connection.exports.entries)
    with pytest.raises(LocalError):
        echo.ping(n=1)


async def test_what_the_collector_released_is_reported():
    mine, theirs = pair(Lab())
    echo = mine.bootstrap(Echo)
    ring = [(await echo.child(name="x")).child]
    ring.append(ring)
    before = mine.link.peer.connection.imports.released_by_collector
    del ring
    gc.collect()
    await until(lambda: len(theirs.link.peer.connection.exports.entries) == 1)
    assert mine.link.peer.connection.imports.released_by_collector == before + 1


async def test_tables_are_empty_when_everything_is_dropped():
    mine, theirs = pair(Lab())
    echo = mine.bootstrap(Echo)
    me = Lab()
    for _ in range(20):
        call = echo.give(cap=me)
        await as_echo(call.cap).ping(n=1)
        await call
        await echo.child(name="x").child.call_back(back=me, n=3)
    del call, echo, me
    await until(lambda: not tables(mine) and not tables(theirs), "empty tables")


async def test_lists_of_structs_with_capabilities_and_any_pointers_pass():
    mine, _ = pair(Lab())
    echo = mine.bootstrap(Echo)
    me, other = Lab(), Lab()
    slots = (
        await echo.list(caps=[{"name": "a", "cap": me}, {"name": "b", "cap": other}, {"name": "c"}])
    ).caps
    assert [slot.name for slot in slots] == ["a", "b", "c"]
    assert local(slots[0].cap) is me
    assert local(slots[1].cap) is other
    assert not slots[2].cap
    value = (await echo.any(value=me)).value
    assert local(value.as_client(Client)) is me
    slot = (await echo.any(value=Echo.Slot.new(name="deep", cap=me))).value.as_struct(Echo.Slot)
    assert slot.name == "deep"
    assert local(slot.cap) is me


async def test_inheritance_and_generics():
    mine, _ = pair(Count())
    counter = mine.bootstrap(Counter)
    assert (await counter.ping(n=1)).n == 2
    assert (await counter.next()).n == 1
    assert (await mine.bootstrap(Echo).ping(n=1)).n == 2

    class Box(Chan_Server):
        def __init__(self):
            self.value = None

        async def put(self, *, value, context):
            self.value = Echo.Slot.new(name=value.as_struct(Echo.Slot).name)

        async def take(self, *, context):
            return {"value": self.value}

    theirs, _ = pair(Box())
    chan = theirs.bootstrap(Chan)
    await chan.put(value=Echo.Slot.new(name="in the box"))
    assert (await chan.take()).value.as_struct(Echo.Slot).name == "in the box"


async def test_calls_to_an_object_of_this_vat_need_no_connection():
    me = Lab()
    echo = (await pair(Lab())[0].bootstrap(Echo).give(cap=me)).cap
    echo = as_echo(echo)
    assert (await echo.ping(n=1)).n == 2
    assert (await echo.child(name="a").child.child(name="b").child.ping(n=5)).n == 6
    with pytest.raises(FailedError, match="boom"):
        await echo.fail(why="boom", kind=0)


@pytest.mark.parametrize(
    ("kind", "error"),
    [(0, FailedError), (1, OverloadedError), (2, DisconnectedError), (3, UnimplementedError)],
)
async def test_each_kind_of_exception_arrives_as_its_type(kind, error):
    mine, _ = pair(Lab())
    with pytest.raises(error, match="because") as caught:
        await mine.bootstrap(Echo).fail(why="because", kind=kind)
    assert type(caught.value) is error
    # what is pipelined on results without capabilities fails, and nothing else
    with pytest.raises(FailedError, match=r"null|no capabilities"):
        await as_echo(mine.bootstrap(Echo).held().cap).ping(n=1)


async def test_foreign_errors_tell_only_their_type(caplog):
    mine, _ = pair(Lab())
    with caplog.at_level(logging.ERROR, logger="wetware.capnp"), pytest.raises(FailedError) as caught:
        await mine.bootstrap(Echo).fail(why="/etc/secret is 42", kind=9)
    assert "ValueError" in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "/etc/secret is 42" in caplog.text  # this side's log has everything


async def test_exits_in_a_handler_do_not_end_the_vat(caplog):
    class Bad(Lab):
        async def ping(self, *, n, context):
            if n == 1:
                await asyncio.sleep(0)
            raise (SystemExit, SystemExit, KeyboardInterrupt)[n](3)

    mine, _ = pair(Bad())
    echo = mine.bootstrap(Echo)
    for n in range(3):
        with pytest.raises(FailedError, match=r"SystemExit|KeyboardInterrupt"):
            await echo.ping(n=n)
    assert (await echo.cancelled()).count == 0


async def test_odd_error_texts_cross():
    class Bad(Lab):
        async def ping(self, *, n, context):
            raise FailedError("\ud800 lone, \0 NUL " + "x" * 100_000)

    mine, _ = pair(Bad())
    with pytest.raises(FailedError, match="lone") as caught:
        await mine.bootstrap(Echo).ping(n=1)
    assert len(str(caught.value)) < 2000


async def test_unknown_methods_and_interfaces_are_unimplemented():
    mine, _ = pair(Lab())
    with pytest.raises(UnimplementedError, match="interface"):
        await mine.bootstrap(Counter).next()
    with pytest.raises(FailedError, match="offers no bootstrap"):
        await pair()[0].bootstrap(Echo).ping(n=1)


async def test_null_capabilities():
    mine, _ = pair(Lab())
    held = (await mine.bootstrap(Echo).held()).cap
    assert not held
    assert not (await mine.bootstrap(Echo).give(cap=None)).cap


async def test_cancelling_the_waiting_task_cancels_the_handler():
    lab = Lab()
    mine, theirs = pair(lab)
    echo = mine.bootstrap(Echo)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.02):
            await echo.wait()
    await until(lambda: lab.stops == 1)
    call = echo.wait()
    await echo.ping(n=1)
    call.cancel()
    with pytest.raises(CallCancelledError):
        await call
    await until(lambda: lab.stops == 2)
    await until(lambda: not theirs.link.peer.connection.answers.entries)
    assert theirs.link.peer.connection.answers.running == 0


async def test_cancelling_reaches_through_a_proxy():
    lab = Lab()
    middle, _ = pair(lab)
    mine, _ = pair(middle.bootstrap(Echo))
    call = mine.bootstrap(Echo).wait()
    await lab.waiting.wait()
    call.cancel()
    await until(lambda: lab.stops == 1)


async def test_a_call_and_its_cancellation_in_one_write():
    lab = Lab()
    mine, _ = pair(lab)
    echo = mine.bootstrap(Echo)
    await echo.ping(n=0)
    for _ in range(50):
        calls = [echo.wait() for _ in range(20)]
        for call in calls:
            call.cancel()
        await echo.ping(n=0)
    await until(lambda: lab.stops == 1000)


async def test_a_handler_that_swallows_its_cancellation_harms_nobody():
    class Stubborn(Lab):
        async def wait(self, *, context):
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                self.stops += 1

    lab = Stubborn()
    mine, _ = pair(lab)
    echo = mine.bootstrap(Echo)
    call = echo.wait()
    await echo.ping(n=1)
    call.cancel()
    await until(lambda: lab.stops == 1)
    assert (await echo.ping(n=1)).n == 2


async def test_a_handler_that_waits_delays_nobody():
    mine, _ = pair(Lab())
    echo = mine.bootstrap(Echo)
    waiting = [echo.wait() for _ in range(100)]
    assert (await echo.ping(n=1)).n == 2
    for call in waiting:
        call.cancel()


async def test_handlers_have_tasks_timeouts_groups_and_context_variables():
    name = contextvars.ContextVar("name", default="none")
    seen = []

    class Tasks(Lab):
        async def ping(self, *, n, context):
            assert asyncio.current_task() is not None
            seen.append(name.get())
            name.set(f"call {n}")
            if n % 2:
                try:
                    async with asyncio.timeout(0.001):
                        await asyncio.Event().wait()
                except TimeoutError:
                    pass
                assert name.get() == f"call {n}"
            async with asyncio.TaskGroup() as group:
                group.create_task(asyncio.sleep(0))
            return {"n": n}

        async def child(self, *, name, context):
            async with asyncio.timeout(60):
                await asyncio.sleep(0)
                return {"child": Lab()}

    mine, _ = pair(Tasks())
    echo = mine.bootstrap(Echo)
    for call in [echo.ping(n=n) for n in range(20)]:
        await call
    assert seen == ["none"] * 20
    assert (await echo.child(name="x").child.ping(n=1)).n == 2


async def test_context_variables_of_a_handler_that_does_not_wait_stay_its_own():
    name = contextvars.ContextVar("name", default="none")
    seen = []

    class Sets(Lab):
        async def ping(self, *, n, context):
            seen.append(name.get())
            name.set("mine")
            return {"n": n}

    mine, _ = pair(Sets())
    for _ in range(3):
        await mine.bootstrap(Echo).ping(n=1)
    assert seen == ["none"] * 3


async def test_a_tail_call_gives_the_results_of_another():
    class Forwarder(Lab):
        async def ping(self, *, n, context):
            return self.cap.ping(n=n + 100)

        async def child(self, *, name, context):
            return self.cap.child(name=name)

    front = Forwarder()
    back, _ = pair(Lab())
    front.cap = back.bootstrap(Echo)
    mine, _ = pair(front)
    echo = mine.bootstrap(Echo)
    assert (await echo.ping(n=1)).n == 102
    assert (await echo.child(name="x").child.ping(n=1)).n == 2


async def test_a_tail_call_back_to_the_caller_keeps_the_results_there():
    class Returns(Lab):
        async def call_back(self, *, back, n, context):
            params = Echo.PingParams.new(n=n)
            context.tail_call(back._hook, Echo._id, 0, params._m)

    mine, theirs = pair(Returns())
    echo = mine.bootstrap(Echo)
    assert (await echo.call_back(back=Lab(), n=5)).n == 6

    class Refuses(Lab):
        async def ping(self, *, n, context):
            raise FailedError("no")

    with pytest.raises(FailedError, match="no"):
        await echo.call_back(back=Refuses(), n=5)
    await until(lambda: not theirs.link.peer.connection.questions.entries)


async def test_closing_a_vat_in_the_middle_of_calls_fails_them_and_cancels_handlers():
    lab = Lab()
    mine, theirs = pair(lab)
    echo = mine.bootstrap(Echo)
    call = echo.wait()
    await lab.waiting.wait()
    await theirs.close()
    with pytest.raises(DisconnectedError):
        await call
    assert lab.stops == 1
    with pytest.raises(DisconnectedError):
        await echo.ping(n=1)
    await mine.closed()


async def test_a_closed_connection_releases_what_either_side_held():
    mine, theirs = pair(Lab())
    echo = mine.bootstrap(Echo)
    held = Lab()
    event = held.released_event
    await echo.hold(cap=held)
    del held
    await mine.close()
    await asyncio.wait_for(event.wait(), 60)
    await theirs.closed()
    assert not tables(mine)
    assert not tables(theirs)


async def test_a_vat_is_a_context():
    async with Vat(Lab()) as server, Vat() as vat:
        mine, _ = vat.connect_memory(server)
        assert (await mine.bootstrap(Echo).ping(n=1)).n == 2
    assert mine.is_closed


async def test_results_that_only_served_pipelining_are_not_imported():
    mine, theirs = pair(Lab())
    echo = mine.bootstrap(Echo)
    await echo.ping(n=0)
    heard = []
    theirs.link.peer.on_message = lambda message: heard.append(describe(message))
    for _ in range(3):
        assert (await echo.child(name="a").child.child(name="b").child.ping(n=6)).n == 7
    await until(lambda: len(theirs.link.peer.connection.exports.entries) == 1)
    assert not any("release cap" in line for line in heard)
    # kept results are imported, whoever keeps them
    call = echo.child(name="a")
    await call.child.ping(n=1)
    assert (await (await call).child.ping(n=1)).n == 2
