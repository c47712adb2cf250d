"""Host functions: a callback that records the request and suspends the fiber until it is answered.

Rules that hold here:

1. The callback runs on the fiber's own stack. It writes the continuation first, then records what was asked
   and returns: it never blocks, asks the engine for nothing but where the memory is, and never raises.
2. What was asked is done off the fiber's stack, by whoever polls it: `attempt` gives an errno, or None for
   "would block". Whoever unblocks it wakes the fiber, and the attempt is made again: nothing of the guest is
   touched from elsewhere.
3. The guest's memory is at `base` for `size` bytes while the fiber is suspended in that call: only the guest
   itself can grow or move it. Every access is checked against `size`; what is outside gives EFAULT, never a
   crash.
4. The continuation that wasmtime polls is libc's `strlen` over a two-byte flag: "" (0, pending) or one byte
   (1, done). It is native, so that no Python can fail where only a bool may be returned.
"""

from __future__ import annotations

import ctypes
import struct
import sys
from collections.abc import Callable
from threading import get_ident
from typing import TYPE_CHECKING, Any, Final

from wetware.wasm import capi

if TYPE_CHECKING:
    from wetware.wasm.fiber import Fiber

__all__ = ["CURRENT", "Fault", "HostFunction", "raising", "read_memory", "write_memory"]

CURRENT: Final[dict[int, Fiber]] = {}
"""Which fiber each thread is polling.

Callbacks of one linker serve every process, and are told apart by their thread.
"""

PENDING: Final = ctypes.cast(ctypes.CDLL(None).strlen, ctypes.c_void_p).value or 0

Attempt = Callable[..., int | None]

_KINDS: Final = {"i": ("I", "20x"), "l": ("Q", "16x")}


class Fault(Exception):  # noqa: N818 - a control signal of this room, never seen outside it
    """The guest named memory that it does not have."""


def raising(fault: BaseException) -> Callable[..., int | None]:
    """An attempt that raises what must not leave a callback."""

    def report(_fiber: Fiber, *_arguments: Any) -> int | None:
        raise fault

    return report


def read_memory(fiber: Fiber, pointer: int, length: int) -> bytes:
    """Bytes of the guest's memory, copied."""
    if pointer + length > fiber.size:
        raise Fault
    return ctypes.string_at(fiber.base + pointer, length)


def write_memory(fiber: Fiber, pointer: int, content: bytes) -> None:
    """Copy bytes into the guest's memory."""
    if pointer + len(content) > fiber.size:
        raise Fault
    ctypes.memmove(fiber.base + pointer, content, len(content))


class HostFunction:
    """One function that guests import, answered by `attempt(fiber, *arguments)`.

    Args:
        module: the name of the module that guests import it from.
        name: the function's name.
        parameters: "i" for each i32 and "l" for each i64; both reach `attempt` as unsigned integers.
        returns: whether it returns an i32.
        attempt: does the work; returns an errno, or None for "would block, I have arranged to be woken".
    """

    __slots__ = ("_callback", "_layout", "_size", "attempt", "module", "name", "parameters", "returns")

    def __init__(self, module: str, name: str, parameters: str, *, returns: bool, attempt: Attempt) -> None:
        self.module = module
        self.name = name
        self.parameters = parameters
        self.returns = returns
        self.attempt = attempt
        # each wasmtime_val_t is 32 bytes: kind, padding, the payload at 8
        self._layout = struct.Struct("<" + "".join(f"8x{_KINDS[p][0]}{_KINDS[p][1]}" for p in parameters))
        self._size = self._layout.size
        self._callback = capi.ASYNC_CALLBACK(self._make_callback())

    def _make_callback(self) -> Callable[[int, int, int, int, int, int, int, int], None]:
        attempt, unpack, size, returns = self.attempt, self._layout.unpack, self._size, self.returns
        memmove, string_at = ctypes.memmove, ctypes.string_at
        current, ident = CURRENT, get_ident
        caller_context, export_get = capi.caller_context, capi.caller_export_get
        memory_data, memory_size = capi.memory_data, capi.memory_data_size
        memory_kind = capi.EXTERN_MEMORY

        def callback(
            _env: int,
            caller: int,
            arguments: int,
            _count: int,
            results: int,
            _result_count: int,
            _trap: int,
            continuation: int,
        ) -> None:
            try:
                fiber = current[ident()]
                memmove(continuation, fiber.continuation, 24)
                fiber.pend()
                fiber.arguments = unpack(string_at(arguments, size))
                fiber.results = results if returns else 0
                context = caller_context(caller)
                extern = fiber.block + 96
                if export_get(caller, b"memory", 6, extern) and string_at(extern, 1)[0] == memory_kind:
                    fiber.base = memory_data(context, extern + 8)
                    fiber.size = memory_size(context, extern + 8)
                else:
                    fiber.size = 0
                fiber.attempt = attempt
            except BaseException as error:  # noqa: BLE001 - it is raised again where raising is allowed
                current[ident()].attempt = raising(error)

        return callback

    def define(self, linker: int) -> None:
        """Make it known to a linker; the linker must not outlive this object."""
        kinds = {"i": capi.KIND_I32, "l": capi.KIND_I64}
        functype = capi.functype_new(
            ctypes.addressof(parameters := _valtypes([kinds[p] for p in self.parameters])),
            ctypes.addressof(results := _valtypes([capi.KIND_I32] if self.returns else [])),
        )
        module, name = self.module.encode(), self.name.encode()
        callback = ctypes.cast(self._callback, ctypes.c_void_p).value or 0
        capi.check(
            capi.linker_define_async_func(
                linker, module, len(module), name, len(name), functype, callback, 0, 0
            )
        )
        capi.functype_delete(functype)
        del parameters, results


def _valtypes(kinds: list[int]) -> ctypes.Structure:
    """An owned vector of value types; `functype_new` takes its content over."""
    vector = capi.ByteVec()
    types = (ctypes.c_size_t * max(1, len(kinds)))(*[capi.valtype_new(kind) for kind in kinds])
    capi.valtype_vec_new(ctypes.addressof(vector), len(kinds), ctypes.addressof(types))
    return vector


if sys.platform == "win32":  # pragma: no cover - ctypes.CDLL(None) has no meaning there
    raise ImportError("the engine runs on POSIX systems")
