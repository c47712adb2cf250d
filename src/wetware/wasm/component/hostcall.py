"""Host functions of components: as `wasm/hostcall.py`, for typed values in place of numbers.

Rules that hold here:

1. The callback runs on the fiber's own stack: it writes the continuation first, then records the arguments
   and where the result goes, and returns. The arguments are gone after that, so they are decoded there; the
   place of the result stays while the fiber is suspended in the call.
2. How much there is to decode is bounded: by the engine, which lets 128 MiB through in one call, and by
   `MAX_ITEMS` for a list of anything but bytes.
3. An attempt answers the result, or `BLOCKED` after noting who will wake the fiber.
4. A `QuickFunction` is answered in the callback itself, which saves the fiber's suspension: only what reads a
   number and changes nothing can be one (a process that is to end may still make such a call).
"""

from __future__ import annotations

import contextlib
import ctypes
from collections.abc import Callable
from threading import get_ident
from typing import TYPE_CHECKING, Any, Final

from wetware.wasm import capi
from wetware.wasm.component.values import Parameters, Shape, decode, put_text, text
from wetware.wasm.hostcall import CURRENT, raising

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber

__all__ = ["BLOCKED", "ComponentFunction", "QuickFunction", "destructor"]


class _Blocked:
    """The answer of an attempt that has to be made again."""


BLOCKED: Final = _Blocked()

_DONE: Final = 0


class ComponentFunction:
    """One function that components import.

    Args:
        attempt: does the work, given the fiber and the arguments.
        result: how its result is encoded; None where it has none.
        again: what does the work once it was blocked; by default `attempt`.
        takes: decodes its arguments, where all are numbers and texts (`parameters`): for what is called
            often.
    """

    __slots__ = ("_again", "_attempt", "_callback", "_result")

    def __init__(
        self,
        attempt: Callable[..., Any],
        result: Shape | None = None,
        *,
        again: Callable[..., Any] | None = None,
        takes: Parameters | None = None,
    ) -> None:
        self._attempt = attempt
        self._again = again or attempt
        self._result = result
        self._callback = capi.COMPONENT_CALLBACK(self._make_callback(takes))

    def define(self, instance: int, name: bytes) -> None:
        """Make it known to an instance of a linker, which must not outlive this object."""
        callback = ctypes.cast(self._callback, ctypes.c_void_p).value or 0
        capi.check(capi.component_linker_instance_add_func_async(instance, name, len(name), callback, 0, 0))

    def _make_callback(self, takes: Parameters | None) -> Callable[..., None]:
        begin, size = self._begin, capi.COMPONENT_VAL_SIZE
        current, ident, memmove = CURRENT, get_ident, ctypes.memmove

        def callback(
            _env: int,
            context: int,
            _type: int,
            arguments: int,
            count: int,
            results: int,
            _result_count: int,
            _error: int,
            continuation: int,
        ) -> None:
            try:
                fiber = current[ident()]
                memmove(continuation, fiber.continuation, 24)
                fiber.pend()
                fiber.results = 0
                if takes is None:
                    values = [decode(arguments + i * size, fiber, context) for i in range(count)]
                else:
                    values = takes(arguments)
                fiber.arguments = (context, results, values)
                fiber.attempt = begin
            except BaseException as error:  # noqa: BLE001 - it is raised again where raising is allowed
                current[ident()].attempt = raising(error)

        return callback

    def _begin(self, fiber: Fiber, context: int, results: int, values: list[Any]) -> int | None:
        fiber.handles.collect()
        return self._answer(self._attempt, fiber, context, results, values)

    def _retry(self, fiber: Fiber, context: int, results: int, values: list[Any]) -> int | None:
        return self._answer(self._again, fiber, context, results, values)

    def _answer(
        self, attempt: Callable[..., Any], fiber: Fiber, context: int, results: int, values: list[Any]
    ) -> int | None:
        value = attempt(fiber, *values)
        if value is BLOCKED:
            fiber.attempt = self._retry
            return None
        result = self._result
        if result is text:
            put_text(results, value)
        elif result is not None:
            ctypes.memmove(results, result(value, fiber, context), capi.COMPONENT_VAL_SIZE)
        return _DONE


class QuickFunction:
    """A function without arguments that tells a number.

    Args:
        tell: tells it, given the fiber.
        result: how it is encoded; `zero` is what the guest gets if `tell` fails, which it should not.
    """

    __slots__ = ("_callback",)

    def __init__(self, tell: Callable[[Fiber], int], result: Shape) -> None:
        current, ident, memmove, size = CURRENT, get_ident, ctypes.memmove, capi.COMPONENT_VAL_SIZE
        nothing: Any = None  # what number shapes make nothing of
        zero = result(0, nothing, 0)

        def callback(
            _env: int, context: int, _type: int, _arguments: int, _count: int, results: int, _results: int
        ) -> int:
            try:
                fiber = current[ident()]
                memmove(results, result(tell(fiber), fiber, context), size)
            except BaseException:  # noqa: BLE001 - nothing may leave a callback
                memmove(results, zero, size)
            return 0

        self._callback = capi.COMPONENT_QUICK_CALLBACK(callback)

    def define(self, instance: int, name: bytes) -> None:
        """As above."""
        callback = ctypes.cast(self._callback, ctypes.c_void_p).value or 0
        capi.check(capi.component_linker_instance_add_func(instance, name, len(name), callback, 0, 0))


def _drop(_env: int, _context: int, representation: int) -> int:
    with contextlib.suppress(BaseException):  # on the fiber's stack; the rest is closed with the process
        CURRENT[get_ident()].handles.drop(representation)
    return 0


_destructor: Final = capi.RESOURCE_DESTRUCTOR(_drop)
destructor: Final = ctypes.cast(_destructor, ctypes.c_void_p).value or 0
"""The address of the function that notes a dropped resource; the same for all types."""
