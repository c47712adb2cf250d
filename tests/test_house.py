"""The house's rules: arrows of import point down only, files stay short, unfinished work is not landed."""

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).parent.parent / "src" / "wetware"

# room -> rooms it may import (itself and `errors` always); the order is that of the design, top to bottom
ROOMS = {
    "cli": {"node", "services", "cluster", "wasm", "process", "raft", "guest", "schema", "capnp"},
    "node": {"services", "cluster", "wasm", "process", "raft", "guest", "schema", "capnp"},
    "services": {"cluster", "wasm", "process", "raft", "guest", "schema", "capnp"},
    "cluster": {"schema", "capnp"},
    "wasm": {"process"},
    "process": set(),
    "raft": {"schema", "capnp"},
    "guest": {"schema", "capnp"},
    "schema": {"capnp"},
    "capnp": set(),
    "errors": set(),
    # `import wetware` re-exports public names of these and nothing else
    "__init__": {"node", "services"},
    # `python -m wetware` is `ww`
    "__main__": {"cli"},
}
MODULES = sorted(SRC.rglob("*.py"))


def room_of(path: Path) -> str:
    relative = path.relative_to(SRC)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imported_rooms(path: Path) -> set[str]:
    package = ["wetware", *path.relative_to(SRC).parts[:-1]]
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = [*base, *([node.module] if node.module else [])]
            names = [".".join([*stem, alias.name]) for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "wetware" and len(parts) > 1:
                rooms.add(parts[1])
    return {room for room in rooms if room in ROOMS}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SRC)))
def test_imports_point_down(path):
    room = room_of(path)
    assert room in ROOMS, f"{path} stands in no room of the house"
    upward = imported_rooms(path) - ROOMS[room] - {room, "errors"}
    assert not upward, f"{room} may not import {sorted(upward)}"


CORES = [
    path
    for path in MODULES
    if path.relative_to(SRC).parts[0] == "process"
    or (path.relative_to(SRC).parts[0] in {"capnp", "raft"} and "core" in path.relative_to(SRC).parts)
    or str(path.relative_to(SRC)).removesuffix(".py")
    in {
        *(
            f"cluster/{name}"
            for name in ("gossip", "detector", "table", "query", "ring", "tombs", "messages")
        ),
        *(f"cluster/{name}" for name in ("login", "policy", "knock", "datagrams", "topics", "clusterkey")),
        *(f"services/{name}" for name in ("supervision", "placement", "transfer", "pairs")),
    }
]
FORBIDDEN = {"time", "random", "secrets", "socket", "asyncio", "threading", "os", "subprocess", "ctypes"}


@pytest.mark.parametrize("path", CORES, ids=lambda p: str(p.relative_to(SRC)))
def test_cores_do_no_io(path):
    """The files named as cores read no clock, draw no randomness, open nothing; types are no imports."""
    tree = ast.parse(path.read_text())
    skipped = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        names = []
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        found = {name.split(".")[0] for name in names} & FORBIDDEN
        assert not found, f"{path.relative_to(SRC)} is a core and imports {sorted(found)}"


def test_files_are_short():
    long = {
        str(path.relative_to(SRC)): count
        for path in MODULES
        if not path.name.endswith("_capnp.py") and (count := len(path.read_text().splitlines())) > 550
    }
    assert not long, f"one idea a file: {long}"
