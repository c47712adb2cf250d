"""File calls reach wasmtime, stream calls reach us: two small modules between a guest and both.

A host function in Python cannot hand a call on to wasmtime's WASI: that finds the memory through the instance
that called it, and Python is none. So a process with directories gets two instances more: *trampolines*,
which the guest imports in place of the functions on descriptors, and the *router*, which re-exports the
guest's memory as its own, looks at the descriptor, and calls wasmtime's function or ours. The trampolines go
through a table that the router fills, since the router needs the guest's memory, which is there only after
the guest, which needs its imports.

Rules that hold here:

1. The lowest descriptors (three, or four with a channel) and those from `ACCEPTED` on are ours, any other
   wasmtime's.
2. The router counts what `path_open` opens; at the process's limit it answers EMFILE and counts the refusal,
   which an abnormal end is then put down to.
3. `path_open` opens regular files and directories alone: a FIFO, a device or a socket would hold the thread
   that opens it. The type is asked for first, with 64 bytes at the end of the guest's memory as scratch, put
   back afterwards.
4. Only what the guest imports is generated.
"""

from __future__ import annotations

from typing import Final

from wetware.wasm.wasi import abi

__all__ = ["FILES", "REFUSED_DESCRIPTORS", "ROUTED", "modules"]

REFUSED_DESCRIPTORS: Final = b"ww:refused-descriptors"

ROUTED: Final = frozenset(name for name in abi.SIGNATURES if name.startswith("fd_")) | {"path_open"}
"""The functions that take this way in a process with directories."""
FILES: Final = ROUTED | frozenset(name for name in abi.SIGNATURES if name.startswith("path_"))
"""The functions that are wasmtime's there, through the router or directly."""

_TYPES: Final = {"i": "i32", "l": "i64"}


def modules(imported: frozenset[str], streams: int, directories: int, limit: int) -> tuple[str, str]:
    """The text of the trampolines and of the router.

    Args:
        imported: the routed functions that the guest imports.
        streams: how many of the lowest descriptors are ours.
        directories: how many are granted; like the streams they are open from the start.
        limit: how many may be open.
    """
    names = sorted(imported)
    trampolines = [f'(module (table (export "t") {len(names)} {len(names)} funcref)']
    router = [
        '(module (import "guest" "memory" (memory 0))',
        f'(import "trampolines" "t" (table {len(names)} {len(names)} funcref))',
    ]
    bodies = [
        '(export "memory" (memory 0))',
        f"(global $open (mut i32) (i32.const {streams + directories}))",
        f'(global $refused (export "{REFUSED_DESCRIPTORS.decode()}") (mut i32) (i32.const 0))',
    ]
    for index, name in enumerate(names):
        kinds = " ".join(_TYPES[p] for p in abi.SIGNATURES[name])
        signature = f"(param {kinds}) (result i32)"
        arguments = " ".join(f"(local.get {i})" for i in range(len(abi.SIGNATURES[name])))
        trampolines.append(
            f'(func (export "{name}") {signature}'
            f" (call_indirect {signature} {arguments} (i32.const {index})))"
        )
        router.append(f'(import "{abi.MODULE}" "{name}" (func $wasi_{name} {signature}))')
        if name != "path_open":
            router.append(f'(import "ww" "{name}" (func $ours_{name} {signature}))')
        bodies.append(f"(func ${name} {signature} {_body(name, arguments, streams, limit)})")
    if "path_open" in imported:
        stat = "(param i32 i32 i32 i32 i32) (result i32)"
        router.append(f'(import "{abi.MODULE}" "path_filestat_get" (func $stat {stat}))')
        bodies.append(_may_open())
    bodies.append(f"(elem (i32.const 0) {' '.join(f'${name}' for name in names)})")
    return "\n".join(trampolines) + ")", "\n".join([*router, *bodies]) + ")"


def _is_ours(local: int, streams: int) -> str:
    return (
        f"(i32.or (i32.lt_u (local.get {local}) (i32.const {streams}))"
        f" (i32.ge_u (local.get {local}) (i32.const {abi.ACCEPTED})))"
    )


def _body(name: str, arguments: str, streams: int, limit: int) -> str:
    theirs = f"(call $wasi_{name} {arguments})"
    is_ours = _is_ours(0, streams)
    if name == "path_open":
        return f"""(local $errno i32)
            (if (i32.ge_u (global.get $open) (i32.const {limit}))
              (then (global.set $refused (i32.add (global.get $refused) (i32.const 1)))
                    (return (i32.const {abi.EMFILE}))))
            (if (i32.eqz (call $may_open (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
              (then (return (i32.const {abi.EACCES}))))
            (local.set $errno {theirs})
            (if (i32.eqz (local.get $errno))
              (then (global.set $open (i32.add (global.get $open) (i32.const 1)))))
            (local.get $errno)"""
    if name in ("fd_close", "fd_renumber"):
        one_fewer = "(global.set $open (i32.sub (global.get $open) (i32.const 1)))"
        refused = mixed = ""
        if name == "fd_renumber":  # neither a stream nor a file may take the place of the other
            unsupported = f"(then (return (i32.const {abi.ENOTSUP})))"
            refused = f"(if {_is_ours(1, streams)} {unsupported})"
            mixed = f"(if (i32.eqz {_is_ours(1, streams)}) {unsupported})"
        counts = "(i32.ne (local.get 0) (local.get 1))" if name == "fd_renumber" else "(i32.const 1)"
        return f"""(local $errno i32)
            (if {is_ours} (then {mixed} (return (call $ours_{name} {arguments}))))
            {refused}
            (local.set $errno {theirs})
            (if (i32.and (i32.eqz (local.get $errno)) {counts}) (then {one_fewer}))
            (local.get $errno)"""
    return f"(if (result i32) {is_ours} (then (call $ours_{name} {arguments})) (else {theirs}))"


def _may_open() -> str:
    words = range(0, 64, 8)
    save = " ".join(f"(local.set $w{i} (i64.load offset={i} (local.get $at)))" for i in words)
    restore = " ".join(f"(i64.store offset={i} (local.get $at) (local.get $w{i}))" for i in words)
    kinds = " ".join(f"(local $w{i} i64)" for i in words)
    return f"""(func $may_open (param $dir i32) (param $flags i32) (param $path i32) (param $length i32)
        (result i32) (local $at i32) (local $type i32) (local $errno i32) {kinds}
        (if (i32.eqz (memory.size)) (then (return (i32.const 1))))
        (local.set $at (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 64)))
        {save}
        (local.set $errno (call $stat (local.get $dir) (local.get $flags) (local.get $path) (local.get
        $length) (local.get $at)))
        (local.set $type (i32.load8_u offset=16 (local.get $at)))
        {restore}
        (if (local.get $errno) (then (return (i32.const 1)))) ;; path_open says what is wrong with it
        (i32.or (i32.or (i32.eq (local.get $type) (i32.const {abi.FILETYPE_DIRECTORY}))
                        (i32.eq (local.get $type) (i32.const {abi.FILETYPE_REGULAR})))
                (i32.eq (local.get $type) (i32.const {abi.FILETYPE_SYMBOLIC_LINK}))))"""
