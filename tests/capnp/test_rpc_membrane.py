"""Membranes: what crosses is followed, decided, counted, ended; identity and order hold on both sides."""

import asyncio

import pytest
from lab import Count, Lab, as_echo, pair, tables, until
from lab_capnp import Counter, Echo

from wetware.capnp.exceptions import DisconnectedError, FailedError, UnimplementedError
from wetware.capnp.membrane import Membrane, only
from wetware.capnp.vat import local

PING, CHILD, GIVE = (Echo._id, 0), (Echo._id, 2), (Echo._id, 9)


async def echo_of(server):
    """A client of a local object."""
    return as_echo((await pair(Lab())[0].bootstrap(Echo).give(cap=server)).cap)


@pytest.mark.parametrize("done", [None, lambda _crossing, _error: None], ids=["unobserved", "observed"])
async def test_only_the_methods_of_the_list_cross(done):
    membrane = Membrane(only({PING, CHILD}), done=done)
    echo = membrane.wrap(await echo_of(Count()))
    assert (await echo.ping(n=1)).n == 2
    with pytest.raises(FailedError, match="permit"):
        await echo.blob(data=b"x")
    with pytest.raises(FailedError, match="permit"):
        await echo._as(Counter).next()
    # the child came through, so the same holds for it, pipelined or not
    with pytest.raises(FailedError, match="permit"):
        await echo.child(name="x").child.blob(data=b"x")
    child = (await echo.child(name="x")).child
    assert (await child.ping(n=1)).n == 2
    with pytest.raises(FailedError, match="permit"):
        await child.blob(data=b"x")


async def test_arguments_are_checked_without_a_copy():
    def small(crossing):
        if (crossing.interface_id, crossing.method_id) == PING:
            n = crossing.params.root(Echo.PingParams).n
            if n > 10:
                raise FailedError(f"{n} is too much")

    membrane = Membrane(small)
    echo = membrane.wrap(await echo_of(Lab()))
    assert (await echo.ping(n=10)).n == 11
    with pytest.raises(FailedError, match="11 is too much"):
        await echo.ping(n=11)


async def test_a_check_that_fails_refuses():
    membrane = Membrane(lambda crossing: 1 / 0)
    echo = membrane.wrap(await echo_of(Lab()))
    with pytest.raises(FailedError, match="refused"):
        await echo.ping(n=1)


async def test_crossings_are_counted_and_logged_in_both_directions():
    story = []
    membrane = Membrane(
        lambda crossing: story.append((crossing.method_id, crossing.inward)),
        done=lambda crossing, error: story.append((crossing.method_id, type(error).__name__)),
    )
    echo = membrane.wrap(await echo_of(Lab()))
    await echo.call_back(back=Lab(), n=1)
    with pytest.raises(UnimplementedError):
        await echo._as(Counter).next()
    assert membrane.calls == 3
    assert story == [
        (3, True),
        (0, False),
        (0, "NoneType"),
        (3, "NoneType"),
        (0, True),
        (0, "UnimplementedError"),
    ]


async def test_out_and_back_is_itself_and_twice_is_once():
    inside = Lab()
    real = await echo_of(inside)
    membrane = Membrane()
    wrapped = membrane.wrap(real)
    assert wrapped != real
    assert membrane.wrap(wrapped) == wrapped
    assert membrane.wrap(real) == wrapped
    # what the inside holds of itself is itself again
    await wrapped.hold(cap=wrapped)
    assert local(as_echo(inside.cap)) is inside
    # what the outside gave comes back to it unwrapped, and the inside saw a wrapper
    mine = Lab()
    await wrapped.hold(cap=mine)
    assert local(as_echo(inside.cap)) is None
    assert local((await wrapped.held()).cap) is mine
    assert local((await wrapped.give(cap=mine)).cap) is mine


async def test_identity_holds_across_a_connection():
    membrane = Membrane()
    inside = Lab()
    mine, theirs = pair(membrane.wrap(await echo_of(inside)))
    echo = mine.bootstrap(Echo)
    me = Lab()
    call = echo.later(cap=me, waits=3)
    promised = as_echo(call.cap)
    early = [promised.log(n=n) for n in range(20)]
    await call
    late = [promised.log(n=n) for n in range(20, 40)]
    for one in [*early, *late]:
        await one
    assert me.seen == list(range(40))
    assert local((await call).cap) is me
    await echo.hold(cap=echo)
    assert local(as_echo(inside.cap)) is inside
    inside.cap = None
    del call, promised, me, early, late, one, echo
    await until(lambda: not tables(mine) and not tables(theirs), "empty tables")


async def test_revoking_ends_everything_at_once():
    membrane = Membrane()
    lab = Lab()
    event = lab.released_event
    echo = membrane.wrap(await echo_of(lab))
    child = (await echo.child(name="x")).child
    waiting = echo.wait()
    await lab.waiting.wait()
    membrane.revoke()
    with pytest.raises(DisconnectedError, match="revoked"):
        await waiting
    for client in (echo, child, membrane.wrap(child)):
        with pytest.raises(DisconnectedError, match="revoked"):
            await client.ping(n=1)
    for _ in range(100):
        if lab.stops:
            break
        await asyncio.sleep(0)
    assert lab.stops == 1
    del lab
    await asyncio.wait_for(event.wait(), 60)  # what was wrapped is let go, though the wrapper is still held
    assert echo


async def test_what_the_inside_was_given_is_revoked_too():
    membrane = Membrane()
    inside = Lab()
    await membrane.wrap(await echo_of(inside)).hold(cap=Lab())
    membrane.revoke()
    with pytest.raises(DisconnectedError, match="revoked"):
        await as_echo(inside.cap).ping(n=1)


async def test_expiry():
    membrane = Membrane()
    echo = membrane.wrap(await echo_of(Lab()))
    membrane.expire(0.01)
    assert (await echo.ping(n=1)).n == 2
    await until(lambda: membrane.revoked is not None)
    with pytest.raises(DisconnectedError, match="expired"):
        await echo.ping(n=1)


async def test_membranes_nest():
    inner, outer = Membrane(), Membrane(only({PING}))
    echo = outer.wrap(inner.wrap(await echo_of(Lab())))
    assert (await echo.ping(n=1)).n == 2
    assert (inner.calls, outer.calls) == (1, 1)
    inner.revoke()
    with pytest.raises(DisconnectedError):
        await echo.ping(n=1)


async def test_a_cancelled_call_is_cancelled_inside():
    lab = Lab()
    echo = Membrane().wrap(await echo_of(lab))
    call = echo.wait()
    await lab.waiting.wait()
    call.cancel()
    await until(lambda: lab.stops == 1)
