"""How a component's imports are met: by a linker of its own, under the very names that it uses.

Rules that hold here:

1. Everything comes from the table of interfaces (`wasi2/interfaces.py`); a component that imports another
   one was refused before (`check_component`).
2. A function without an entry in the table ends the process that calls it.
3. Linkers keep the addresses of callbacks: those live as long as this object, and it is closed before the
   engine.
"""

from __future__ import annotations

import ctypes
import threading
from typing import TYPE_CHECKING, Any, Final

from wetware.errors import LocalError
from wetware.wasm import capi
from wetware.wasm.component.growth import REFUSED
from wetware.wasm.component.handles import Handles
from wetware.wasm.component.hostcall import ComponentFunction, destructor
from wetware.wasm.wasi2.file_store import FileStores
from wetware.wasm.wasi2.interfaces import INTERFACES, RESOURCES, base_name
from wetware.wasm.wasi2.io import trap
from wetware.wasm.wasi2.resources import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wetware.wasm.component.reader import ComponentInfo
    from wetware.wasm.engine import Engine
    from wetware.wasm.fiber import Fiber

__all__ = ["RUN", "ComponentLinkage", "UnknownInterfaceError", "WrongWorldError", "check_component"]

RUN: Final = "wasi:cli/run"

_LISTED: Final = 8


class UnknownInterfaceError(LocalError):
    """The component asks for an interface that this host does not give."""


class WrongWorldError(LocalError):
    """The component is no command: it shows nothing that could be run."""


def check_component(info: ComponentInfo, *, runs: str = RUN) -> list[LocalError]:
    """Why a component cannot run here, every reason; an empty list if it can.

    Args:
        info: what it declares.
        runs: what it has to export.
    """
    problems: list[LocalError] = [
        UnknownInterfaceError(_not_given(name, kind))
        for name, kind in info.imports.items()
        if kind != "type" and (kind != "instance" or base_name(name) not in INTERFACES)
    ]
    if not any(base_name(name) == runs for name in info.exports):
        shown = ", ".join(list(info.exports)[:_LISTED]) or "nothing"
        problems.append(
            WrongWorldError(
                f"missing export: {runs}@0.2; the component exports {shown}: build it for the world "
                "wasi:cli/command"
            )
        )
    return problems


def _not_given(name: str, kind: str) -> str:
    package = name.partition("@")[0]
    if package in INTERFACES:
        return (
            f"the component asks for {name}, and version 0.2 of {package} is given here; "
            "build it for WASI 0.2"
        )
    thing = "" if kind == "instance" else f"the {kind} "
    advice = "build it for the world wasi:cli/command"
    if name.startswith("wasi:http"):
        advice = "there is no network here: build it without wasi:http"
    return f"the component asks for {thing}{name}, which is not given here; {advice}"


def _note_refusal(fiber: Fiber) -> None:
    fiber.handles.refused_growth = True


_refused: Final = ComponentFunction(_note_refusal)


class ComponentLinkage:
    """Makes linkers of one engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._unreachable: dict[str, ComponentFunction] = {}
        self._files: FileStores | None = None
        self._lock = threading.Lock()

    def handles(self, fiber: Fiber) -> Handles:
        """The resources of a new process, with its files.

        Raises `LocalError` for a directory that cannot be opened.
        """
        if not fiber.has_files or fiber.wasi is None:
            return Handles()
        with self._lock:
            if self._files is None:
                self._files = FileStores(self._engine)
        return Handles(self._files.open(fiber, fiber.wasi))

    def linker(self, component: int) -> int:
        """A linker that meets what a component imports; the caller deletes it."""
        linker = capi.component_linker_new(self._engine.address)
        kind = capi.component_type(component)
        root = capi.component_linker_root(linker)
        try:
            for name, item in self._items(
                kind, capi.component_type_import_count, capi.component_type_import_nth
            ):
                if item.raw[0] == capi.COMPONENT_ITEM_INSTANCE:
                    self._meet(root, name, _pointer(item))
                elif name == REFUSED:
                    _refused.define(root, name.encode())
        finally:
            capi.component_linker_instance_delete(root)
            capi.component_type_delete(kind)
        return linker

    def _items(self, of: int, count: Any, nth: Any) -> Iterator[tuple[str, ctypes.Array[ctypes.c_char]]]:
        """Names and types of what a type imports or exports."""
        engine = self._engine.address
        name, size, extern = ctypes.c_size_t(), ctypes.c_size_t(), ctypes.c_size_t()
        outs = [ctypes.addressof(out) for out in (name, size, extern)]
        for index in range(count(of, engine)):
            if not nth(of, engine, index, *outs):
                break
            item = ctypes.create_string_buffer(capi.COMPONENT_ITEM_SIZE)
            capi.component_extern_type(extern.value, ctypes.addressof(item))
            try:
                yield ctypes.string_at(name.value, size.value).decode(), item
            finally:
                capi.component_item_delete(ctypes.addressof(item))
                capi.component_extern_delete(extern.value)

    def _meet(self, root: int, interface: str, kind: int) -> None:
        functions = INTERFACES[base_name(interface)]
        out = ctypes.c_size_t()
        encoded = interface.encode()
        capi.check(
            capi.component_linker_instance_add_instance(root, encoded, len(encoded), ctypes.addressof(out))
        )
        instance = out.value
        try:
            for name, item in self._items(
                kind,
                capi.component_instance_type_export_count,
                capi.component_instance_type_export_nth,
            ):
                encoded = name.encode()
                if item.raw[0] == capi.COMPONENT_ITEM_RESOURCE:
                    resource = capi.component_resource_type_new_host(RESOURCES.get(name, NEVER))
                    error = capi.component_linker_instance_add_resource(
                        instance, encoded, len(encoded), resource, destructor, 0, 0
                    )
                    capi.component_resource_type_delete(resource)
                    capi.check(error)
                elif item.raw[0] == capi.COMPONENT_ITEM_FUNC:
                    function = functions.get(name) or self._unreachable_function(f"{interface}.{name}")
                    function.define(instance, encoded)
        finally:
            capi.component_linker_instance_delete(instance)

    def _unreachable_function(self, name: str) -> ComponentFunction:
        known = self._unreachable.get(name)
        if known is None:

            def attempt(_fiber: Fiber, *_arguments: Any) -> Any:
                raise trap(f"the component called {name}, which is not given here")

            known = self._unreachable[name] = ComponentFunction(attempt)
        return known


def _pointer(item: ctypes.Array[ctypes.c_char]) -> int:
    return int.from_bytes(item.raw[8:16], "little")
