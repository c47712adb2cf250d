"""Python programs: a file, a folder or an archive, each process with an interpreter of its own."""

import asyncio
import io
import json
import os
import textwrap
import zipfile
from importlib import metadata

import pytest
from channel_host import until

from wetware import Dir, Limits, NotRunnableError
from wetware.errors import LimitError
from wetware.process.reasons import Exited, Killed, Limit
from wetware.wasm.cid import Cid
from wetware.wasm.node_memory import resident_bytes
from wetware.wasm.python import runner
from wetware.wasm.python.bundle import BundleError, bundle, unbundle
from wetware.wasm.python.guest_pip import ENVIRONMENT
from wetware.wasm.python.program import CHANGED

try:
    metadata.version("componentize-py")
except metadata.PackageNotFoundError:
    pytest.skip("no builder of the interpreter: pip install componentize-py", allow_module_level=True)

# the first one builds the interpreter and compiles it: half a minute, once for each change of its source
pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def run(node, tmp_path):
    """Run a program from its source, to its end: reason, stdout, stderr."""

    async def run(source, *args, **options):
        process = await start(source, *args, **options)
        reason = await process.monitor()
        return reason, (await process.stdout.read()).decode(), (await process.stderr.read()).decode()

    async def start(source, *args, **options):
        if isinstance(source, str):
            path = tmp_path / "app.py"
            path.write_text(textwrap.dedent(source))
        else:
            path = tmp_path / "app"
            for name, content in source.items():
                (path / name).parent.mkdir(parents=True, exist_ok=True)
                (path / name).write_text(textwrap.dedent(content))
        return await node.spawn(path, args=args, **{"stdout": "capture", "stderr": "capture", **options})

    run.start = start
    return run


# --- a program and its surroundings ---


async def test_a_file_runs(run):
    assert await run("print('hello')") == (Exited(0), "hello\n", "")


async def test_arguments_environment_and_name(run):
    source = "import os, sys; print(sys.argv, dict(os.environ), __name__, __file__)"
    reason, said, _ = await run(source, "a b", "é", env={"N": "v"})
    assert reason == Exited(0)
    assert said == "['app.py', 'a b', 'é'] {'N': 'v'} __main__ app.py\n"


async def test_stdin_stdout_and_stderr(run):
    source = "import sys; print(sys.stdin.read().upper()); print('warn', file=sys.stderr)"
    assert await run(source, stdin="é\n".encode()) == (Exited(0), "É\n\n", "warn\n")


@pytest.mark.parametrize(
    ("source", "code", "said"),
    [
        ("import sys; sys.exit()", 0, ""),
        ("import sys; sys.exit(7)", 7, ""),
        ("import sys; sys.exit(-1)", 0xFFFFFFFF, ""),
        ("import sys; sys.exit('what is wrong')", 1, "what is wrong\n"),
        ("raise SystemExit(3)", 3, ""),
        ("import asyncio\nasync def main(): raise SystemExit(4)\nasyncio.run(main())", 4, ""),
    ],
)
async def test_exit_codes(run, source, code, said):
    assert await run(source) == (Exited(code), "", said)


async def test_a_traceback_begins_in_the_program_and_shows_its_lines(run):
    reason, _, said = await run("def inner():\n    return 1 / 0\n\ninner()\n")
    assert reason == Exited(1)
    lines = said.splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[1] == '  File "app.py", line 4, in <module>'
    assert lines[2].strip() == "inner()"
    assert lines[-1] == "ZeroDivisionError: division by zero"
    assert "runner" not in said


async def test_a_syntax_error_is_told(run):
    reason, _, said = await run("x = = 1\n")
    assert reason == Exited(1)
    assert "SyntaxError" in said
    assert 'File "app.py", line 1' in said


async def test_each_line_is_seen_at_once(run):
    process = await run.start("import time\nprint('first')\ntime.sleep(1e6)")
    assert await process.stdout.read(100) == b"first\n"
    process.kill()
    assert await process.monitor() == Killed()


async def test_a_large_output_arrives_whole(run):
    source = "import sys; sys.stdout.write('é' * 400_000)"
    assert await run(source) == (Exited(0), "é" * 400_000, "")


async def test_exit_functions_run_and_streams_are_flushed(run):
    source = """
        import atexit, sys
        atexit.register(lambda: print("at exit"))
        sys.stdout.write("before ")
    """
    assert await run(source) == (Exited(0), "before at exit\n", "")


# --- what it can import ---


async def test_the_standard_library_is_there(run):
    modules = (
        "decimal http.client unittest tomllib zoneinfo csv sqlite3 xml.etree.ElementTree email.message "
        "statistics difflib argparse configparser html.parser gzip zipfile tarfile hashlib hmac base64 heapq"
    )
    source = f"""
        missing = []
        for name in {modules.split()!r}:
            try:
                __import__(name)
            except ImportError:
                missing.append(name)
        print(missing)
    """
    assert await run(source) == (Exited(0), "[]\n", "")


async def test_the_sdk_is_there(run):
    source = "import wetware.guest.channel, wetware.errors, wetware.capnp; print('all')"
    assert await run(source) == (Exited(0), "all\n", "")


async def test_a_folder_with_packages_and_data(run):
    files = {
        "__main__.py": """
            import importlib.resources, pkgutil, sys
            from helper import double
            from parts import deep, shallow
            from parts.inner import answer
            print(double(2), deep.value, shallow.value, answer, __file__)
            print(importlib.resources.files("parts").joinpath("data.txt").read_text().strip())
            print(pkgutil.get_data("parts", "data.txt").decode().strip())
            print(sorted(each.name for each in importlib.resources.files("parts").iterdir()))
        """,
        "helper.py": "def double(x): return 2 * x\n",
        "parts/__init__.py": "",
        "parts/deep.py": "from . import shallow\nvalue = shallow.value + 1\n",
        "parts/shallow.py": "value = 10\n",
        "parts/inner/__init__.py": "answer = 42\n",
        "parts/data.txt": "from a file\n",
        ".hidden/secret.py": "raise RuntimeError\n",
    }
    reason, said, problems = await run(files)
    assert (reason, problems) == (Exited(0), "")
    assert said.splitlines() == [
        "4 11 10 42 app/__main__.py",
        "from a file",
        "from a file",
        "['__init__.py', 'data.txt', 'deep.py', 'inner', 'shallow.py']",
    ]


async def test_a_traceback_through_a_folder_names_its_files(run):
    files = {
        "__main__.py": "import helper\nhelper.fail()\n",
        "helper.py": "def fail():\n    raise KeyError(1)\n",
    }
    _, _, said = await run(files)
    assert 'File "app/__main__.py", line 2' in said
    assert 'File "app/helper.py", line 2' in said
    assert "raise KeyError(1)" in said


async def test_a_missing_module_is_told(run):
    reason, _, said = await run("import nowhere")
    assert reason == Exited(1)
    assert said.splitlines()[-2] == "ModuleNotFoundError: No module named 'nowhere'"
    assert said.splitlines()[-1].startswith("hint: a file runs alone")


async def test_the_archive_of_a_folder_is_a_program_of_one_name(node, tmp_path):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__main__.py").write_text("print('from an archive')")
    archive = bundle(str(tmp_path / "app"))
    program = await node.load(tmp_path / "app")
    assert program.cid == Cid.of(archive)
    assert await node.load(archive) is program
    (tmp_path / "app.pyz").write_bytes(archive)
    process = await node.spawn(tmp_path / "app.pyz", stdout="capture")
    assert await process.stdout.read() == b"from an archive\n"


# --- processes are apart ---


async def test_randomness_differs_between_processes(run):
    source = """
        import random, secrets, uuid
        print(random.random(), secrets.token_hex(), uuid.uuid4(), uuid.uuid1())
    """
    first, second = [(await run(source))[1].split() for _ in range(2)]
    assert not set(first) & set(second)


async def test_markers_are_judged_by_what_a_program_is_told(run):
    """The environment by which `ww build` judges markers is a program's own."""
    source = """
        import json, os, platform, sys
        print(json.dumps({
            "implementation_name": sys.implementation.name,
            "implementation_version": "%d.%d.%d" % sys.implementation.version[:3],
            "os_name": os.name,
            "platform_machine": platform.machine(),
            "platform_python_implementation": platform.python_implementation(),
            "platform_release": platform.release(),
            "platform_system": platform.system(),
            "platform_version": platform.version(),
            "python_full_version": platform.python_version(),
            "python_version": "%d.%d" % sys.version_info[:2],
            "sys_platform": sys.platform,
        }))
    """
    _, said, errors = await run(source)
    assert json.loads(said) == ENVIRONMENT, errors


async def test_nothing_of_a_process_is_seen_by_the_next(run):
    source = "import sys, json; print(hasattr(json, 'mark')); json.mark = 1; sys.path.append('x')"
    assert [(await run(source))[1] for _ in range(3)] == ["False\n"] * 3


async def test_there_are_no_files_no_network_no_threads_and_no_processes(run):
    source = """
        import os, socket, subprocess, threading
        for what in (
            lambda: open("/etc/passwd"),
            lambda: os.listdir("/"),
            lambda: socket.socket().connect(("127.0.0.1", 80)),
            lambda: subprocess.run(["true"]),
            lambda: threading.Thread(target=print).start(),
        ):
            try:
                what()
            except (OSError, RuntimeError) as error:
                print(type(error).__name__)
    """
    reason, said, _ = await run(source)
    assert reason == Exited(0)
    assert len(said.splitlines()) == 5


# --- asyncio ---


async def test_asyncio_sleeps_gathers_and_times_out(run):
    source = """
        import asyncio, time
        async def late(n):
            await asyncio.sleep(0.002 * n)
            order.append(n)
        async def main():
            await asyncio.gather(*map(late, (3, 1, 2)))
            try:
                async with asyncio.timeout(0.01):
                    await asyncio.sleep(1e6)
            except TimeoutError:
                order.append("timeout")
            order.append(await asyncio.to_thread(lambda: "thread"))
        order = []
        asyncio.run(main())
        print(order)
    """
    assert await run(source) == (Exited(0), "[1, 2, 3, 'timeout', 'thread']\n", "")


async def test_a_sleeping_program_waits_in_the_host_and_is_killed_there(run):
    process = await run.start("import asyncio; asyncio.run(asyncio.sleep(1e6))")
    await until(lambda: process.info().state == "waiting")
    process.kill()
    assert await process.monitor() == Killed()


# --- the channel ---

ECHO = """
    import asyncio
    from wetware.guest.channel import open_streams
    async def main():
        reader, writer = await open_streams()
        writer.write(b"hello\\n")
        while content := await reader.read(100_000):
            writer.write(content)
            await writer.drain()
        writer.close()
        await writer.wait_closed()
    asyncio.run(main())
    print("ended")
"""


async def test_what_is_sent_comes_back(run, host):
    process = await run.start(ECHO, raw=True)
    end = host(process)
    assert await end.take(6) == b"hello\n"
    content = bytes(range(256)) * 4096
    sending = asyncio.ensure_future(end.send(content))
    assert await end.take(len(content)) == content
    await sending
    process.channel.end()
    await end.end()
    assert await process.monitor() == Exited(0)
    assert await process.stdout.read() == b"ended\n"


async def test_a_guest_notices_that_its_host_has_closed(run, host):
    source = """
        from wetware.guest import host
        try:
            while True:
                if not host.write(bytes(100_000)):
                    host.wait(host.WRITABLE, None)
        except BrokenPipeError:
            print("broken")
    """
    process = await run.start(source, raw=True)
    end = host(process)
    await end.take(1)
    process.channel.close()
    assert await process.monitor() == Exited(0)
    assert await process.stdout.read() == b"broken\n"


async def test_a_flood_is_held_back_and_killed(run):
    source = """
        from wetware.guest import host
        while True:
            if not host.write(bytes(100_000)):
                host.wait(host.WRITABLE, None)
    """
    process = await run.start(source, raw=True)
    await until(lambda: process.info().state == "waiting")
    process.kill()
    assert await process.monitor() == Killed()


# --- limits ---


async def test_memory_ends_in_a_memory_error(run):
    source = """
        try:
            x = bytearray(200_000_000)
        except MemoryError:
            print("MemoryError")
    """
    assert await run(source, limits=Limits(memory=96 << 20)) == (Exited(0), "MemoryError\n", "")


async def test_a_memory_error_that_nobody_catches_is_the_limit(run):
    limits = Limits(memory=96 << 20)
    reason, _, said = await run("x = bytearray(200_000_000)", limits=limits)
    assert reason == Limit("memory", None, 96 << 20, "exited with code 1")
    assert said.endswith("MemoryError\n")


@pytest.mark.parametrize(
    ("limits", "which"),
    [(Limits(deadline=0.3), "deadline"), (Limits(cpu=0.2), "cpu"), (Limits(output=1000), "output")],
)
async def test_limits_end_it(run, limits, which):
    reason, _, _ = await run("while True: print('x' * 50)", limits=limits)
    assert isinstance(reason, Limit)
    assert reason.which == which


async def test_deep_recursion_is_pythons_own_error(run):
    reason, _, said = await run("def f(): return f()\nf()")
    assert reason == Exited(1)
    assert "RecursionError" in said


# --- what is no program ---


async def test_a_folder_without_a_main_file_is_refused(node, tmp_path):
    (tmp_path / "app").mkdir()
    with pytest.raises(NotRunnableError, match=r"has no __main__\.py"):
        await node.load(tmp_path / "app")


def archive(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("name", ["../x.py", "/x.py", "a//b.py", "a\\b.py", "./x.py"])
def test_an_archive_whose_names_lead_out_is_refused(name):
    with pytest.raises(BundleError, match="leads out"):
        unbundle(archive(**{"__main__.py": "", name: ""}))


def test_damaged_archives_are_refused():
    whole = archive(**{"__main__.py": "print()" * 100, "other.py": ""})
    for damaged in (whole[:30], whole[:-10], whole[:60] + b"xxxx" + whole[64:]):
        with pytest.raises(BundleError):
            unbundle(damaged)
    with pytest.raises(BundleError, match=r"no __main__\.py"):
        unbundle(archive(**{"other.py": ""}))


def test_an_archive_that_swells_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("__main__.py", "")
        made.writestr("large", bytes(100 << 20))
    with pytest.raises(LimitError, match="bytes"):
        unbundle(out.getvalue())


async def test_without_its_builder_the_interpreter_cannot_be_made(tmp_path, monkeypatch):
    from wetware import Node

    def missing(_name):
        raise metadata.PackageNotFoundError

    monkeypatch.setenv("WW_CACHE", str(tmp_path))
    monkeypatch.setattr(runner.metadata, "version", missing)
    (tmp_path / "app.py").write_text("")
    async with Node() as node:
        with pytest.raises(NotRunnableError, match="pip install 'wetware"):
            await node.load(tmp_path / "app.py")


# --- granted directories ---

FILES = """
    import os, pathlib, sys
    data = pathlib.Path("/data")

    def tried(what):
        try:
            return what()
        except OSError as error:
            return type(error).__name__

"""


async def test_a_granted_directory_is_read_and_written(run, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "in.txt").write_text("line 1\nline 2\n")
    source = textwrap.dedent(FILES) + textwrap.dedent(
        """
        print((data / "in.txt").read_text().splitlines(), (data / "in.txt").stat().st_size)
        with (data / "out.bin").open("wb") as out:
            out.write(bytes(range(256)) * 4096)
        with (data / "out.bin").open("r+b") as both:
            both.seek(-3, 2)
            print(both.read(), both.seek(5), both.write(b"#"))
            both.truncate(1000)
        with (data / "log").open("a") as log:
            log.write("a")
        with (data / "log").open("a") as log:
            log.write("b")
        (data / "below" / "deep").mkdir(parents=True)
        (data / "log").rename(data / "below" / "log")
        print(sorted(path.name for path in data.iterdir()), (data / "below" / "log").read_text())
        print([name for name in sorted(os.listdir(data / "below"))], (data / "below").is_dir())
        os.utime(data / "in.txt", (1, 2))
        print(int((data / "in.txt").stat().st_mtime))
        (data / "below" / "deep").rmdir()
        (data / "below" / "log").unlink()
        print(tried(lambda: (data / "none").read_text()), tried(lambda: (data / "below" / "log").stat()))
        """
    )
    reason, said, problems = await run(source, dirs=[Dir(tmp_path / "data", "/data", writable=True)])
    assert (reason, problems) == (Exited(0), "")
    assert said.splitlines() == [
        "['line 1', 'line 2'] 14",
        "b'\\xfd\\xfe\\xff' 5 1",
        "['below', 'in.txt', 'out.bin'] ab",
        "['deep', 'log'] True",
        "2",
        "FileNotFoundError FileNotFoundError",
    ]
    written = (tmp_path / "data" / "out.bin").read_bytes()
    assert written == (bytes(range(256)) * 4)[:5] + b"#" + (bytes(range(256)) * 4)[6:1000]


async def test_modules_are_imported_from_a_granted_directory(run, tmp_path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "granted.py").write_text("value = 'imported'")
    source = "import sys; sys.path.append('/lib'); import granted; print(granted.value)"
    assert await run(source, dirs=[Dir(tmp_path / "lib", "/lib")]) == (Exited(0), "imported\n", "")


async def test_nothing_outside_a_grant_is_reached(run, tmp_path):
    (tmp_path / "data" / "sub").mkdir(parents=True)
    (tmp_path / "data" / "file").write_text("x")
    (tmp_path / "secret").write_text("secret")
    (tmp_path / "data" / "leak").symlink_to(tmp_path / "secret")
    (tmp_path / "data" / "up").symlink_to("..")
    os.mkfifo(tmp_path / "data" / "fifo")
    source = textwrap.dedent(FILES) + textwrap.dedent(
        """
        outside = "/data/../secret /data/sub/../../secret /data/leak /data/up/secret /etc/passwd"
        for path in outside.split():
            print(tried(lambda: open(path).read()))
        for change in (
            lambda: open("/data/file", "w"),
            lambda: open("/data/new", "w"),
            lambda: os.unlink("/data/file"),
            lambda: os.mkdir("/data/dir"),
            lambda: os.rename("/data/file", "/data/other"),
            lambda: os.symlink("/etc/passwd", "/data/link"),
            lambda: open("/data/fifo"),
        ):
            print(tried(change))
        """
    )
    reason, said, problems = await run(source, dirs=[Dir(tmp_path / "data", "/data")])
    assert (reason, problems) == (Exited(0), "")
    assert len(said.splitlines()) == 12
    assert all(line.endswith("Error") for line in said.splitlines()), said
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == [
        "fifo",
        "file",
        "leak",
        "sub",
        "up",
    ]


async def test_open_files_are_limited(run, tmp_path):
    source = textwrap.dedent(FILES) + "files = [open(f'/data/{i}', 'w') for i in range(100)]"
    grant = Dir(tmp_path, "/data", writable=True)
    reason, _, said = await run(source, dirs=[grant], limits=Limits(descriptors=20))
    assert isinstance(reason, Limit)
    assert reason.which == "descriptors"
    assert "Error" in said
    source = textwrap.dedent(FILES) + "for i in range(100): open('/data/one', 'w').close()"
    assert (await run(source, dirs=[grant], limits=Limits(descriptors=20)))[0] == Exited(0)


async def test_the_interpreters_image_counts_once(node, tmp_path):
    """A thousand guests are to fit into 4 GB: each counts with what it changes, not with what it maps."""
    (tmp_path / "app.py").write_text("print('up')\nimport asyncio\nasyncio.run(asyncio.sleep(1e6))\n")
    program = await node.load(tmp_path / "app.py")
    count = node._parts[2].memory
    processes = [await node.spawn(program, stdout="capture") for _ in range(20)]
    for process in processes:
        assert await process.stdout.read(3) == b"up\n"
    assert count.committed == 20 * CHANGED
    before = resident_bytes()
    more = [await node.spawn(program, stdout="capture") for _ in range(20)]
    for process in more:
        assert await process.stdout.read(3) == b"up\n"
    assert resident_bytes() - before < 25 * CHANGED
    for process in [*processes, *more]:
        process.kill()
        await process.monitor()
    assert count.committed == 0
