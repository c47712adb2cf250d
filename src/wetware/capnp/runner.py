"""Runs the handlers of a loop's objects.

Rules that hold here:

1. Each call is on its own: a handler that waits delays nobody. Calls of one object begin in the order in
   which they were sent.
2. A handler that does not wait costs no task and no turn of the loop: its coroutine is begun at once,
   inside a task that stands ready for it. When it suspends, that task becomes the handler's, and the next
   call gets another one. So `asyncio.current_task`, timeouts, task groups and context variables are what
   they always are.
3. Nothing that a handler raises leaves here, `SystemExit` and `KeyboardInterrupt` included: the caller gets
   an exception of the protocol, the log gets the traceback.
4. A cancelled call cancels its handler's task. What a handler does with `CancelledError` changes nothing
   for the caller, who has had his answer.

Source of the hooks used to run code as a task:
https://docs.python.org/3/library/asyncio-extending.html#task-lifetime-support.
"""

from __future__ import annotations

import asyncio
import contextvars
import logging
import threading
import types
import weakref
from typing import TYPE_CHECKING, Any, Final

from wetware.capnp import client, hooks
from wetware.capnp.core.agenda import Agenda
from wetware.capnp.core.answer import Answer
from wetware.capnp.core.local import LocalCall, LocalCap
from wetware.capnp.exceptions import CallCancelledError, UnimplementedError, call_error, for_peer
from wetware.capnp.message import MessageBuilder
from wetware.capnp.pending import set_shortcut
from wetware.capnp.turns import Turns
from wetware.errors import LocalError, WetwareError

if TYPE_CHECKING:
    from collections.abc import Coroutine, Generator

__all__ = ["Runner", "hook_for", "server_of"]

log: Final = logging.getLogger("wetware.capnp")

_enter: Final = asyncio.tasks._enter_task  # noqa: SLF001 - documented for extensions
_leave: Final = asyncio.tasks._leave_task  # noqa: SLF001 - documented for extensions

_EMPTY: Final = MessageBuilder()
"""Empty results; never written to."""


class _Carrier:
    """A task that stands ready to become a handler's."""

    __slots__ = ("base", "call", "context", "first", "handler", "parked", "started", "task")

    def __init__(self, runner: Runner) -> None:
        loop = runner.loop
        self.context = contextvars.copy_context()
        self.base = self.context.copy()
        self.parked: asyncio.Future[None] = loop.create_future()
        self.handler: Coroutine[Any, Any, Any] | None = None
        self.first: Any = None
        self.call: LocalCall | None = None
        self.started = False
        self.task = asyncio.Task(self._run(), loop=loop, context=self.context)
        self.task.add_done_callback(self._ended)
        # it may stand ready when the loop is closed
        self.task._log_destroy_pending = False  # type: ignore[attr-defined]  # noqa: SLF001 - as asyncio does

    def _ended(self, _task: asyncio.Task[None]) -> None:
        """A task that is cancelled before its first step never takes it: end the handler here."""
        if self.started or self.handler is None or self.call is None:
            return
        try:
            self.handler.throw(asyncio.CancelledError())
        except BaseException as failure:  # noqa: BLE001 - rule 3
            failed(self.call, asyncio.CancelledError() if isinstance(failure, StopIteration) else failure)
        else:
            self.handler.close()
            failed(self.call, asyncio.CancelledError())

    async def _run(self) -> None:
        self.started = True
        error: BaseException | None = None
        try:
            await self.parked
        except asyncio.CancelledError as cancelled:
            if self.handler is None:
                return
            error = cancelled
        handler, call = self.handler, self.call
        if handler is None or call is None:
            return
        try:
            result = await _resume(handler, self.first, error)
        except GeneratorExit:  # the loop was closed under it
            raise
        except BaseException as failure:  # noqa: BLE001 - rule 3
            failed(call, failure)
        else:
            finished(call, result)

    def adopt(self, handler: Coroutine[Any, Any, Any], first: Any, call: LocalCall) -> None:
        """Be the handler's task from now on."""
        self.handler = handler
        self.first = first
        self.call = call
        call.stop = self.task.cancel
        if not self.parked.done():
            self.parked.set_result(None)


@types.coroutine
def _resume(
    handler: Coroutine[Any, Any, Any], waits_for: Any, error: BaseException | None
) -> Generator[Any, None, Any]:
    """Go on with a coroutine that was begun elsewhere and waits for `waits_for`."""
    try:
        while True:
            if error is None:
                try:
                    if getattr(waits_for, "_asyncio_future_blocking", None) is not None:
                        waits_for._asyncio_future_blocking = True  # noqa: SLF001 - yielded once more
                    yield waits_for
                except BaseException as thrown:  # noqa: BLE001 - it is the handler's
                    error = thrown
                    continue
                return (yield from handler)
            thrown_in, error = error, None
            waits_for = handler.throw(thrown_in)
    except StopIteration as stop:
        return stop.value


class Runner:
    """The host of the objects that live on one event loop.

    Attributes:
        agenda: what the loop's capabilities still have to do.
        buffer: what the loop's connections read into; nothing in it outlives the step that reads.
        loop: the loop.
        turns: when it does what, for its connections.
    """

    __slots__ = ("__weakref__", "_carrier", "_scheduled", "_thread", "agenda", "buffer", "loop", "turns")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop
        self.agenda = Agenda(self._wake)
        self.buffer = memoryview(bytearray(256 << 10))
        self._carrier: _Carrier | None = None
        self._scheduled = False
        self._thread = threading.get_ident()
        self.turns = Turns(loop, self.agenda)

    @staticmethod
    def current() -> Runner:
        """The runner of the running loop."""
        loop = asyncio.get_running_loop()
        runner = _last[0]
        if runner is None or runner.loop is not loop:
            runner = _runners.get(id(loop))
            if runner is None or runner.loop is not loop:
                runner = _runners[id(loop)] = Runner(loop)
            _last[0] = runner
        return runner

    @property
    def is_here(self) -> bool:
        """Whether its loop runs in this thread; which loop runs costs a system call to know."""
        return self._thread == threading.get_ident() and self.loop.is_running()

    def _wake(self) -> None:
        """Something was posted; called by destructors too, in any thread."""
        if self._scheduled:
            return
        self._scheduled = True
        try:
            if threading.get_ident() == self._thread:
                self.loop.call_soon(self._run)
            else:
                self.loop.call_soon_threadsafe(self._run)
        except RuntimeError:
            # the loop is closed: nothing of it is left to be told
            self._scheduled = False

    def _run(self) -> None:
        self._scheduled = False
        if self.agenda.run():
            self._wake()

    def start(self, call: LocalCall) -> None:
        """Begin the handler of `call`, and end it if it does not wait."""
        cap, params = call.cap, call.params
        if cap is None or params is None:
            return  # cancelled before it began
        server = cap.server
        method = server.METHODS.get((call.interface_id, call.method_id))
        if method is None:
            call.finish(None, _unknown(server, call))
            return
        handler: Coroutine[Any, Any, Any] = method[1](server, params.reader(), call)
        carrier = self._carrier
        if carrier is None or carrier.parked.done():
            carrier = _Carrier(self)
            self._carrier = carrier
        loop = self.loop
        task, context = carrier.task, carrier.context
        outer = asyncio.current_task(loop)
        if outer is not None:
            _leave(loop, outer)
        _enter(loop, task)
        try:
            waits_for = context.run(handler.send, None)
        except StopIteration as stop:
            result = stop.value
            if result.__class__ is MessageBuilder:
                call.finish(result, None)
            else:
                finished(call, result)
            if context != carrier.base:
                carrier.parked.cancel()
                self._carrier = None
        except BaseException as error:  # noqa: BLE001 - rule 3
            failed(call, error)
            if context != carrier.base:
                carrier.parked.cancel()
                self._carrier = None
        else:
            self._carrier = None
            carrier.adopt(handler, waits_for, call)
        finally:
            _leave(loop, task)
            if outer is not None:
                _enter(loop, outer)

    def dropped(self, server: Any) -> None:
        """Nobody holds a capability to `server` any more."""
        try:
            server.released()
        except Exception:
            log.exception("%s.released failed", type(server).__qualname__)


_last: list[Runner | None] = [None]
_runners: weakref.WeakValueDictionary[int, Runner] = weakref.WeakValueDictionary()


def finished(call: LocalCall, result: Any) -> None:
    """A handler has ended with a result."""
    if result is None:
        if not call.is_linked:
            call.finish(_EMPTY, None)
    elif result is hooks.LATER:
        return
    elif isinstance(result, Answer):
        call.link(result)
    elif isinstance(result, hooks.Answer):
        call.finish(None, LocalError("a tail call through a hook of a foreign kind"))
    else:
        call.finish(result, None)


def failed(call: LocalCall, error: BaseException) -> None:
    """A handler has ended with an exception."""
    if isinstance(error, asyncio.CancelledError):
        call.finish(None, CallCancelledError("the callee cancelled the call"))
        return
    if not isinstance(error, WetwareError | NotImplementedError):
        server = call.cap.server if call.cap is not None else None
        log.error("a handler of %s failed", type(server).__qualname__, exc_info=error)
    # the caller gets the same error wherever he is, and not the frames that this one holds
    call.finish(None, call_error(*for_peer(error)))


def _unknown(server: Any, call: LocalCall) -> UnimplementedError:
    methods = server.METHODS
    if any(interface == call.interface_id for interface, _ in methods):
        return UnimplementedError(f"the interface has no method {call.method_id}")
    return UnimplementedError(f"the object does not have the interface {call.interface_id:#x}")


def hook_for(server: hooks.ServerBase) -> LocalCap:
    """The capability of an object of this process: one and the same as long as somebody holds it."""
    runner = _last[0]
    if runner is None or not runner.is_here:
        runner = Runner.current()
    known = getattr(server, "_wetware_cap", None)
    cap = known() if known is not None else None
    if cap is None or cap.host is not runner:
        cap = LocalCap(server, runner)
        server._wetware_cap = weakref.ref(cap)  # noqa: SLF001 - the slot is there for this
    return cap


def server_of(hook: hooks.Hook | None) -> Any:
    """The object behind a capability that is hosted in this process and not wrapped; None for any other."""
    end = hook.resolved() if hook is not None else None
    return end.server if isinstance(end, LocalCap) else None


def _write_before_waiting(_answer: hooks.Answer) -> None:
    """A task is about to wait for an answer: the call, if nothing else is to leave with it, leaves now."""
    runner = _last[0]
    if runner is not None and runner._thread == threading.get_ident():  # noqa: SLF001 - of this file
        runner.turns.flush_if_idle()


set_shortcut(_write_before_waiting)
client.set_server_hook(hook_for)
