"""The few functions of wasmtime's C API that the engine stands on, typed, in one place.

Rules that hold here:

1. Nothing outside `wasm/` imports this file, and nothing but this file touches the shared library.
2. Every pointer is a plain integer address (0 is null). An out-pointer is the address of a buffer that the
   caller keeps alive; a callback is kept alive by whoever registers it, for as long as the engine lives.
3. `_quick` functions keep the GIL: they run for well under a microsecond and call nothing back, and giving
   the GIL away around each of them would cost more than they do. `_long` functions release it: they run guest
   code, compile, or free.
4. The library is loaded from the `wasmtime` wheel without importing that package: its wrappers take 20 ms to
   import and do not wrap the asynchronous API. The version is pinned, and checked when the library is loaded,
   since the layouts below are those of one major version.

Source: the headers of wasmtime 50 (`wasmtime.h`, `wasmtime/async.h`, `wasmtime/val.h`, `wasmtime/extern.h`).
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from wetware.errors import InternalError, LocalError

__all__ = ["VERSION"]

SUPPORTED_MAJOR: Final = 50


def _locate() -> tuple[Path, str]:
    spec = importlib.util.find_spec("wasmtime")
    if spec is None or spec.origin is None:
        raise LocalError("the wasmtime package is not installed; install wetware with its dependencies")
    package = Path(spec.origin).parent
    system = {"linux": "linux", "darwin": "darwin", "win32": "win32"}.get(sys.platform, sys.platform)
    machine = os.uname().machine
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(machine, machine)
    name = {"darwin": "_libwasmtime.dylib", "win32": "_wasmtime.dll"}.get(sys.platform, "_libwasmtime.so")
    library = package / f"{system}-{machine}" / name
    if not library.exists():
        raise LocalError(f"wasmtime ships no library for {system} on {machine}")
    # the wheel's metadata names the version; importlib.metadata would take longer than all else here
    for entry in os.listdir(package.parent):  # noqa: PTH208 - a list of names is quicker than a list of paths
        if match := re.fullmatch(r"wasmtime-([0-9]+(?:\.[0-9]+)*)\.dist-info", entry):
            return library, match[1]
    raise LocalError("the installed wasmtime package carries no version; reinstall it from its wheel")


_path, VERSION = _locate()
if int(VERSION.split(".")[0]) != SUPPORTED_MAJOR:
    raise LocalError(
        f"wasmtime {VERSION} is installed, this wetware needs {SUPPORTED_MAJOR}.x; reinstall wetware"
    )

_released = ctypes.CDLL(str(_path))
_held = ctypes.PyDLL(str(_path))

_ptr = ctypes.c_size_t
_int = ctypes.c_int64


def _quick(name: str, result: type | None, *arguments: type) -> Callable[..., int]:
    function = getattr(_held, name)
    function.restype, function.argtypes = result, arguments
    return function  # type: ignore[no-any-return]  # ctypes does not type what it loads


def _long(name: str, result: type | None, *arguments: type) -> Callable[..., int]:
    function = getattr(_released, name)
    function.restype, function.argtypes = result, arguments
    return function  # type: ignore[no-any-return]  # as above


# --- configuration and engine ---
config_new = _quick("wasm_config_new", _ptr)
config_epoch_interruption = _quick("wasmtime_config_epoch_interruption_set", None, _ptr, ctypes.c_bool)
config_max_wasm_stack = _quick("wasmtime_config_max_wasm_stack_set", None, _ptr, _ptr)
config_async_stack_size = _quick("wasmtime_config_async_stack_size_set", None, _ptr, _ptr)
config_memory_reservation = _quick("wasmtime_config_memory_reservation_set", None, _ptr, ctypes.c_uint64)
config_memory_growth_reservation = _quick(
    "wasmtime_config_memory_reservation_for_growth_set", None, _ptr, ctypes.c_uint64
)
config_memory_guard_size = _quick("wasmtime_config_memory_guard_size_set", None, _ptr, ctypes.c_uint64)
config_wasm_threads = _quick("wasmtime_config_wasm_threads_set", None, _ptr, ctypes.c_bool)
config_wasm_gc = _quick("wasmtime_config_wasm_gc_set", None, _ptr, ctypes.c_bool)
config_concurrency_support = _quick("wasmtime_config_concurrency_support_set", None, _ptr, ctypes.c_bool)
config_target = _quick("wasmtime_config_target_set", _ptr, _ptr, ctypes.c_char_p)
engine_new = _quick("wasm_engine_new_with_config", _ptr, _ptr)
engine_delete = _long("wasm_engine_delete", None, _ptr)
engine_increment_epoch = _quick("wasmtime_engine_increment_epoch", None, _ptr)

# --- modules ---
wat2wasm = _long("wasmtime_wat2wasm", _ptr, ctypes.c_char_p, _ptr, _ptr)
module_new = _long("wasmtime_module_new", _ptr, _ptr, ctypes.c_char_p, _ptr, _ptr)
module_delete = _long("wasmtime_module_delete", None, _ptr)
module_serialize = _long("wasmtime_module_serialize", _ptr, _ptr, _ptr)
module_deserialize_file = _long("wasmtime_module_deserialize_file", _ptr, _ptr, ctypes.c_char_p, _ptr)
byte_vec_new = _quick("wasm_byte_vec_new", None, _ptr, _ptr, ctypes.c_char_p)
byte_vec_delete = _quick("wasm_byte_vec_delete", None, _ptr)

# --- types ---
valtype_new = _quick("wasm_valtype_new", _ptr, ctypes.c_uint8)
valtype_vec_new = _quick("wasm_valtype_vec_new", None, _ptr, _ptr, _ptr)
functype_new = _quick("wasm_functype_new", _ptr, _ptr, _ptr)
functype_delete = _quick("wasm_functype_delete", None, _ptr)

# --- linker ---
linker_new = _quick("wasmtime_linker_new", _ptr, _ptr)
linker_clone = _quick("wasmtime_linker_clone", _ptr, _ptr)
linker_delete = _quick("wasmtime_linker_delete", None, _ptr)
linker_allow_shadowing = _quick("wasmtime_linker_allow_shadowing", None, _ptr, ctypes.c_bool)
linker_define_wasi = _quick("wasmtime_linker_define_wasi", _ptr, _ptr)
linker_define = _quick(
    "wasmtime_linker_define", _ptr, _ptr, _ptr, ctypes.c_char_p, _ptr, ctypes.c_char_p, _ptr, _ptr
)
linker_define_async_func = _quick(
    "wasmtime_linker_define_async_func",
    _ptr,
    *(_ptr, ctypes.c_char_p, _ptr, ctypes.c_char_p, _ptr),  # linker, module, its length, name, its length
    *(_ptr, _ptr, _ptr, _ptr),  # type, callback, its environment, finalizer
)
linker_instantiate_pre = _quick("wasmtime_linker_instantiate_pre", _ptr, _ptr, _ptr, _ptr)
linker_instantiate_async = _quick(
    "wasmtime_linker_instantiate_async", _ptr, _ptr, _ptr, _ptr, _ptr, _ptr, _ptr
)
instance_pre_delete = _quick("wasmtime_instance_pre_delete", None, _ptr)
instance_pre_instantiate = _quick("wasmtime_instance_pre_instantiate", _ptr, _ptr, _ptr, _ptr, _ptr)
instance_pre_instantiate_async = _quick(
    "wasmtime_instance_pre_instantiate_async", _ptr, _ptr, _ptr, _ptr, _ptr, _ptr
)
instance_export_get = _quick(
    "wasmtime_instance_export_get", ctypes.c_bool, _ptr, _ptr, ctypes.c_char_p, _ptr, _ptr
)

# --- stores ---
store_new = _quick("wasmtime_store_new", _ptr, _ptr, _ptr, _ptr)
store_delete = _long("wasmtime_store_delete", None, _ptr)
store_context = _quick("wasmtime_store_context", _ptr, _ptr)
store_limiter = _quick("wasmtime_store_limiter", None, _ptr, _int, _int, _int, _int, _int)
context_set_epoch_deadline = _quick("wasmtime_context_set_epoch_deadline", None, _ptr, ctypes.c_uint64)
# declared as returning an error, but returns nothing: what is in the register must not be read
context_epoch_yield_and_update = _quick(
    "wasmtime_context_epoch_deadline_async_yield_and_update", None, _ptr, ctypes.c_uint64
)
context_set_wasi = _quick("wasmtime_context_set_wasi", _ptr, _ptr, _ptr)

# --- WASI, wasmtime's part ---
wasi_config_new = _quick("wasi_config_new", _ptr)
wasi_config_delete = _quick("wasi_config_delete", None, _ptr)
wasi_config_set_argv = _quick("wasi_config_set_argv", ctypes.c_bool, _ptr, _ptr, _ptr)
wasi_config_set_env = _quick("wasi_config_set_env", ctypes.c_bool, _ptr, _ptr, _ptr, _ptr)
wasi_config_preopen_dir = _long(  # may wait for a dead mount
    "wasi_config_preopen_dir", ctypes.c_bool, _ptr, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_bool
)

# --- calls ---
func_call = _long("wasmtime_func_call", _ptr, _ptr, _ptr, _ptr, _ptr, _ptr, _ptr, _ptr)
func_call_async = _quick("wasmtime_func_call_async", _ptr, _ptr, _ptr, _ptr, _ptr, _ptr, _ptr, _ptr, _ptr)
call_future_poll = _long("wasmtime_call_future_poll", ctypes.c_bool, _ptr)
call_future_delete = _long("wasmtime_call_future_delete", None, _ptr)
caller_export_get = _quick("wasmtime_caller_export_get", ctypes.c_bool, _ptr, ctypes.c_char_p, _ptr, _ptr)
caller_context = _quick("wasmtime_caller_context", _ptr, _ptr)
memory_data = _quick("wasmtime_memory_data", _ptr, _ptr, _ptr)
memory_data_size = _quick("wasmtime_memory_data_size", _ptr, _ptr, _ptr)
global_get = _quick("wasmtime_global_get", None, _ptr, _ptr, _ptr)

# --- components ---
component_new = _long("wasmtime_component_new", _ptr, _ptr, ctypes.c_char_p, _ptr, _ptr)
component_delete = _long("wasmtime_component_delete", None, _ptr)
component_serialize = _long("wasmtime_component_serialize", _ptr, _ptr, _ptr)
component_deserialize_file = _long("wasmtime_component_deserialize_file", _ptr, _ptr, ctypes.c_char_p, _ptr)
component_type = _quick("wasmtime_component_type", _ptr, _ptr)
component_type_delete = _quick("wasmtime_component_type_delete", None, _ptr)
component_type_import_count = _quick("wasmtime_component_type_import_count", _ptr, _ptr, _ptr)
component_type_import_nth = _quick(
    "wasmtime_component_type_import_nth", ctypes.c_bool, _ptr, _ptr, _ptr, _ptr, _ptr, _ptr
)
component_extern_type = _quick("wasmtime_component_extern_type", None, _ptr, _ptr)
component_extern_delete = _quick("wasmtime_component_extern_delete", None, _ptr)
component_item_delete = _quick("wasmtime_component_item_delete", None, _ptr)
component_instance_type_export_count = _quick(
    "wasmtime_component_instance_type_export_count", _ptr, _ptr, _ptr
)
component_instance_type_export_nth = _quick(
    "wasmtime_component_instance_type_export_nth", ctypes.c_bool, _ptr, _ptr, _ptr, _ptr, _ptr, _ptr
)
component_linker_new = _quick("wasmtime_component_linker_new", _ptr, _ptr)
component_linker_delete = _quick("wasmtime_component_linker_delete", None, _ptr)
component_linker_root = _quick("wasmtime_component_linker_root", _ptr, _ptr)
component_linker_instantiate_async = _quick(
    "wasmtime_component_linker_instantiate_async", _ptr, _ptr, _ptr, _ptr, _ptr, _ptr
)
component_linker_instance_delete = _quick("wasmtime_component_linker_instance_delete", None, _ptr)
component_linker_instance_add_instance = _quick(
    "wasmtime_component_linker_instance_add_instance", _ptr, _ptr, ctypes.c_char_p, _ptr, _ptr
)
component_linker_instance_add_func = _quick(
    "wasmtime_component_linker_instance_add_func",
    *(_ptr, _ptr, ctypes.c_char_p, _ptr),  # result, instance, name, its length
    *(_ptr, _ptr, _ptr),  # callback, its environment, finalizer
)
component_linker_instance_add_func_async = _quick(
    "wasmtime_component_linker_instance_add_func_async",
    *(_ptr, _ptr, ctypes.c_char_p, _ptr),  # result, instance, name, its length
    *(_ptr, _ptr, _ptr),  # callback, its environment, finalizer
)
component_linker_instance_add_resource = _quick(
    "wasmtime_component_linker_instance_add_resource",
    *(_ptr, _ptr, ctypes.c_char_p, _ptr, _ptr),  # result, instance, name, its length, type
    *(_ptr, _ptr, _ptr),  # destructor, its environment, finalizer
)
component_instance_get_export_index = _quick(
    "wasmtime_component_instance_get_export_index", _ptr, _ptr, _ptr, _ptr, ctypes.c_char_p, _ptr
)
component_export_index_delete = _quick("wasmtime_component_export_index_delete", None, _ptr)
component_instance_get_func = _quick(
    "wasmtime_component_instance_get_func", ctypes.c_bool, _ptr, _ptr, _ptr, _ptr
)
component_func_call_async = _quick(
    "wasmtime_component_func_call_async", _ptr, _ptr, _ptr, _ptr, _ptr, _ptr, _ptr, _ptr
)

# --- values and resources of components ---
component_vallist_new_uninit = _quick("wasmtime_component_vallist_new_uninit", None, _ptr, _ptr)
component_valrecord_new_uninit = _quick("wasmtime_component_valrecord_new_uninit", None, _ptr, _ptr)
component_valtuple_new_uninit = _quick("wasmtime_component_valtuple_new_uninit", None, _ptr, _ptr)
component_valflags_new_uninit = _quick("wasmtime_component_valflags_new_uninit", None, _ptr, _ptr)
component_val_new = _quick("wasmtime_component_val_new", _ptr, _ptr)
component_val_delete = _quick("wasmtime_component_val_delete", None, _ptr)
component_resource_type_new_host = _quick("wasmtime_component_resource_type_new_host", _ptr, ctypes.c_uint32)
component_resource_type_delete = _quick("wasmtime_component_resource_type_delete", None, _ptr)
component_resource_any_to_host = _quick("wasmtime_component_resource_any_to_host", _ptr, _ptr, _ptr, _ptr)
component_resource_host_new = _quick(
    "wasmtime_component_resource_host_new", _ptr, ctypes.c_bool, ctypes.c_uint32, ctypes.c_uint32
)
component_resource_host_rep = _quick("wasmtime_component_resource_host_rep", ctypes.c_uint32, _ptr)
component_resource_host_delete = _quick("wasmtime_component_resource_host_delete", None, _ptr)
component_resource_host_to_any = _quick("wasmtime_component_resource_host_to_any", _ptr, _ptr, _ptr, _ptr)

# --- errors and traps ---
error_message = _quick("wasmtime_error_message", None, _ptr, _ptr)
error_delete = _quick("wasmtime_error_delete", None, _ptr)
trap_message = _quick("wasm_trap_message", None, _ptr, _ptr)
trap_code = _quick("wasmtime_trap_code", ctypes.c_bool, _ptr, _ptr)
trap_delete = _quick("wasm_trap_delete", None, _ptr)

# --- layouts ---
# void callback(void *env, wasmtime_caller_t *caller,
#               const wasmtime_val_t *args, size_t nargs, wasmtime_val_t *results, size_t nresults,
#               wasm_trap_t **trap, wasmtime_async_continuation_t *continuation)
ASYNC_CALLBACK = ctypes.CFUNCTYPE(None, _ptr, _ptr, _ptr, _ptr, _ptr, _ptr, _ptr, _ptr)
# void callback(void *env, wasmtime_context_t *context, const wasmtime_component_func_type_t *type,
#               wasmtime_component_val_t *args, size_t nargs,
#               wasmtime_component_val_t *results, size_t nresults,
#               wasmtime_error_t **error, wasmtime_async_continuation_t *continuation)
COMPONENT_CALLBACK = ctypes.CFUNCTYPE(None, _ptr, _ptr, _ptr, _ptr, _ptr, _ptr, _ptr, _ptr, _ptr)
# wasmtime_error_t *callback(the same up to `nresults`)
COMPONENT_QUICK_CALLBACK = ctypes.CFUNCTYPE(_ptr, _ptr, _ptr, _ptr, _ptr, _ptr, _ptr, _ptr)
# wasmtime_error_t *destructor(void *env, wasmtime_context_t *context, uint32_t rep)
RESOURCE_DESTRUCTOR = ctypes.CFUNCTYPE(_ptr, _ptr, _ptr, ctypes.c_uint32)
COMPONENT_FUNC_SIZE: Final = 32
COMPONENT_VAL_SIZE: Final = 32  # wasmtime_component_val_t: kind (u8) at 0, the union at 8
COMPONENT_ENTRY_SIZE: Final = 48  # of a record: a name (16 bytes), a value
COMPONENT_ITEM_SIZE: Final = 24  # wasmtime_component_item_t: kind (u8) at 0, a pointer at 8
COMPONENT_ITEM_INSTANCE: Final = 1
COMPONENT_ITEM_FUNC: Final = 3
COMPONENT_ITEM_RESOURCE: Final = 4
EXTERN_SIZE: Final = 32  # wasmtime_extern_t: kind (u8) at 0, the union at 8
EXTERN_FUNC: Final = 0
EXTERN_GLOBAL: Final = 1
EXTERN_MEMORY: Final = 3
INSTANCE_SIZE: Final = 16  # wasmtime_instance_t: store id, index
VAL_SIZE: Final = 32  # wasmtime_val_t: kind (u8) at 0, the union (16-byte aligned vectors included) at 8
VAL_PAYLOAD: Final = 8
KIND_I32: Final = 0
KIND_I64: Final = 1


class ByteVec(ctypes.Structure):
    """`wasm_byte_vec_t`: an owned array of bytes."""

    _fields_ = (("size", _ptr), ("data", _ptr))
    size: int
    data: int

    def take(self) -> bytes:
        """The bytes, after freeing the vector."""
        content = ctypes.string_at(self.data, self.size) if self.size else b""
        byte_vec_delete(ctypes.addressof(self))
        return content


def take_error(error: int) -> str:
    """The text of a `wasmtime_error_t`, after freeing it."""
    text = ByteVec()
    error_message(error, ctypes.addressof(text))
    error_delete(error)
    return text.take().decode(errors="replace")


def take_trap(trap: int) -> tuple[int | None, str]:
    """A trap's code (None where it is no standard one) and text, after freeing it."""
    code = ctypes.c_uint8()
    known = trap_code(trap, ctypes.addressof(code))
    text = ByteVec()
    trap_message(trap, ctypes.addressof(text))
    trap_delete(trap)
    return (code.value if known else None), text.take().rstrip(b"\0").decode(errors="replace")


def check(error: int) -> None:
    """Raise if a call that cannot fail on a guest's account failed."""
    if error:
        raise InternalError(f"wasmtime: {take_error(error)}")
