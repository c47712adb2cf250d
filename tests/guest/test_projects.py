"""What `ww new` makes builds, runs and passes its own tests; so does what `ww build` makes of Python."""

import json
import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from guests import build as guests
from tiny_wheels import make_wheel
from wetware.process.reasons import Exited

pytestmark = pytest.mark.timeout(600)  # the first Python program builds the interpreter

SRC = Path(__file__).parent.parent.parent / "src"


@pytest.fixture
def shell(tmp_path):
    """Run a command in the folder of a project, with `ww` on the path."""
    (tmp_path / "bin").mkdir()
    script = tmp_path / "bin" / "ww"
    script.write_text(f"#!{sys.executable} -P\nfrom wetware.cli.main import main\nmain()\n")
    script.chmod(0o755)
    path = os.pathsep.join([str(tmp_path / "bin"), os.environ["PATH"]])

    def run(*command, cwd=tmp_path):
        return subprocess.run(
            list(map(str, command)),
            cwd=cwd,
            env={**os.environ, "PATH": path, "PYTHONPATH": str(SRC), "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            timeout=500,
            check=False,
        )

    return run


@pytest.fixture
def python_guests():
    try:
        metadata.version("componentize-py")
    except metadata.PackageNotFoundError:
        pytest.skip("no builder of the interpreter: pip install componentize-py")


def test_a_python_project(shell, tmp_path, python_guests):
    assert shell("ww", "new", "python", "first").returncode == 0
    project = tmp_path / "first"
    done = shell("ww", "run", ".", "Ada", cwd=project)
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        ["hello, Ada", "to let it run processes: ww run --grant executor . Ada"],
    )
    assert shell("ww", "build", cwd=project).returncode == 0
    for program in (".", "first.pyz"):
        done = shell("ww", "run", "--grant", "executor", program, "Ada", cwd=project)
        assert (done.returncode, done.stdout.splitlines()) == (
            0,
            ["hello, Ada", "Ada has a process of its own - exited with code 0"],
        )
    done = shell(sys.executable, "-m", "unittest", "discover", "tests", cwd=project)
    assert "OK" in done.stderr, done.stderr


def test_a_c_project(shell, tmp_path, c_program):
    c_program("hello")  # skips where there is no compiler, and has built its C library once
    assert shell("ww", "new", "c", "first").returncode == 0
    project = tmp_path / "first"
    assert shell("ww", "build", cwd=project).returncode == 0
    done = shell("ww", "run", "first.wasm", "Ada", cwd=project)
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        ["hello, Ada", "to show it processes: ww run --grant executor first.wasm"],
    )
    done = shell("ww", "run", "--grant", "executor", "first.wasm", cwd=project)
    assert done.stdout.splitlines() == ["hello, world", "processes that it sees: 1"]
    done = shell(sys.executable, "-m", "unittest", cwd=project)
    assert "OK" in done.stderr, done.stderr


@pytest.mark.slow
def test_a_go_project(shell, tmp_path):
    try:
        go = guests._go()
    except guests.ToolchainMissing as missing:
        pytest.skip(str(missing))
    assert shell("ww", "new", "go", "first").returncode == 0
    project = tmp_path / "first"
    built = shell("ww", "build", cwd=project)
    if any(sign in built.stderr for sign in guests.OFFLINE):
        pytest.skip("Go's module proxy is out of reach, and go-capnp is not in Go's cache")
    assert built.returncode == 0, built.stderr
    done = shell("ww", "run", "--grant", "executor", "first.wasm", "Ada", cwd=project)
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        ["hello, Ada", "Ada has a process of its own", "the child exited with code 0"],
    )
    done = shell(go, "test", ".", cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr


# --- bundles ---
@pytest.fixture
def bundle(shell, tmp_path, python_guests):
    """A built program that uses a package: its path and what `ww build --json` said."""
    folder = tmp_path / "uses"
    folder.mkdir()
    make_wheel(
        folder / "wheels", "tiny", files={"tiny/__init__.py": "answer = 42\n", "tiny/data.txt": "data"}
    )
    (folder / "requirements.txt").write_text("tiny\n")
    (folder / "__main__.py").write_text(
        "import sys\nfrom importlib import metadata, resources\nimport tiny\n"
        "data = resources.files('tiny').joinpath('data.txt').read_text()\n"
        "print(tiny.answer, metadata.version('Tiny'), data)\n"
        "print(len(list(metadata.distributions())), sys.argv[-1])\n"
    )
    made = json.loads(shell("ww", "build", "--json", folder).stdout)
    return tmp_path / "uses.pyz", made


SAID = ["42 1.0 data", "1 x"]


def test_a_bundle_runs_under_the_name_that_it_was_built_with(shell, tmp_path, bundle):
    path, made = bundle
    summary = tmp_path / "summary.json"
    done = shell("ww", "run", "--json-file", summary, path, "x")
    assert (done.returncode, done.stdout.splitlines()) == (0, SAID)
    assert json.loads(summary.read_text())["cid"] == made["cid"]


def test_a_folder_with_packages_says_that_it_has_to_be_built(shell, tmp_path, bundle):
    done = shell("ww", "run", tmp_path / "uses", "x")
    assert done.returncode == 1
    assert "run what `ww build` makes" in done.stderr.splitlines()[-1]


PARENT = """
import asyncio, sys
from wetware.guest import connect

async def main():
    async with connect() as host:
        program = open("/programs/uses.pyz", "rb").read()
        executor = host.executor
        # the original's way; such a child has its parent's output
        process = (await executor.exec(session={}, bytecode=program, ppid=0, args=["x"])).process
        print("exec", (await process.wait()).exit_code)
        cid = (await (await executor.bytecode_cache()).cache.put(bytecode=program)).cid
        process = (await executor.exec_cached(session={}, cid=cid, ppid=0, args=["x"])).process
        print("cached", (await process.wait()).exit_code)
        child = await host.spawn(program, args=["x"], stdout="capture")
        print("spawn", (await child.stdout.read()).decode().split())

asyncio.run(main())
"""


async def test_a_guest_runs_a_bundle_with_its_executor(node, tmp_path, bundle):
    from wetware import Dir

    (tmp_path / "parent.py").write_text(PARENT)
    (tmp_path / "programs").mkdir()
    shutil.copy(bundle[0], tmp_path / "programs")
    process = await node.spawn(
        tmp_path / "parent.py",
        dirs=[Dir(tmp_path / "programs", "/programs")],
        stdout="capture",
        stderr="capture",
        executor=True,
    )
    said = (await process.stdout.read()).decode().splitlines()
    assert await process.monitor() == Exited(0), (await process.stderr.read()).decode()
    words = " ".join(SAID).split()
    assert said == [*SAID, "exec 0", *SAID, "cached 0", f"spawn {words}"]


def test_a_trace_shows_the_calls_of_a_bundle(shell, tmp_path, python_guests):
    (tmp_path / "app.py").write_text(
        "import asyncio\nfrom wetware.guest import connect\nasync def main():\n"
        "    async with connect() as host: await host.executor.ps()\nasyncio.run(main())\n"
    )
    assert shell("ww", "build", "app.py").returncode == 0
    done = shell("ww", "run", "--trace", "--grant", "executor", "app.pyz")
    assert done.returncode == 0
    assert any("ps" in line for line in done.stderr.splitlines() if line.startswith("ww: trace: program:"))
