"""A process has what it was given and nothing else: directories, environment, arguments."""

import os
import socket
from pathlib import Path

import pytest
from node_guests import guest, responsive

from wetware import Node
from wetware.errors import LocalError
from wetware.node import Dir, Limits
from wetware.process.reasons import Exited, Limit
from wetware.wasm.wasi import abi


@pytest.fixture
def files(node, c_program):
    """Run the C program `files` with directories; its exit code and what it wrote."""

    async def run(*args, dirs=(), **options):
        process = await node.spawn(c_program("files"), args=args, dirs=dirs, stdout="capture", **options)
        reason = await process.monitor()
        said = await process.stdout.read()
        return (reason.code if isinstance(reason, Exited) else reason), said.decode()

    return run


@pytest.fixture
def shared(tmp_path):
    """A directory to be granted, with a file in it, beside a secret that is not."""
    directory = tmp_path / "shared"
    directory.mkdir()
    (directory / "file").write_text("content")
    (tmp_path / "secret").write_text("secret")
    return directory


def open_descriptors():
    return len(list(Path("/proc/self/fd").iterdir()))


# --- nothing by default ---


@pytest.mark.parametrize(
    "path", ["/etc/passwd", "etc/passwd", ".", "/", "..", "/dev/null", "/proc/self/environ"]
)
async def test_no_file_system(files, path):
    code, said = await files("read", path)
    assert code == 1
    assert "root:" not in said


async def test_every_call_on_files_is_answered_without_any(node):
    """A process without directories calls all that WASI has on descriptors it does not have."""
    for name, kinds in abi.SIGNATURES.items():
        if not name.startswith(("fd_", "path_", "sock_")):
            continue
        for fd in (0, 1, 3, 4, 2**31, 2**32 - 1):
            zeros = " ".join(f"({'i32' if kind == 'i' else 'i64'}.const 0)" for kind in kinds[1:])
            program = guest(f"(call $proc_exit (call ${name} (i32.const {fd}) {zeros}))", name, "proc_exit")
            process = await node.spawn(program, stdout="null", channel="none")
            reason = await process.monitor()
            assert isinstance(reason, Exited), (name, fd, reason)
            assert fd < 3 or reason.code == abi.EBADF, (name, fd, reason)


async def test_no_environment(node, c_program, monkeypatch):
    monkeypatch.setenv("SECRET", "of this program")
    process = await node.spawn(c_program("env_args"), name="me", stdout="capture")
    assert await process.wait() == 0
    assert await process.stdout.read() == b"arg 0: me\n"


async def test_no_sockets(node):
    for name in ("sock_accept", "sock_recv", "sock_send", "sock_shutdown"):
        zeros = "(i32.const 0) " * (len(abi.SIGNATURES[name]) - 1)
        for fd in (0, 3):
            program = guest(f"(call $proc_exit (call ${name} (i32.const {fd}) {zeros}))", name, "proc_exit")
            process = await node.spawn(program, channel="none")
            assert (await process.monitor()).code in (abi.EBADF, abi.ENOTSOCK, abi.EINVAL)


# --- arguments and environment ---

ODD = [
    "",
    " ",
    "two words",
    "ünïcödé ✓ 🦊",
    "a=b",
    "--",
    "-x",
    "'\"\\",
    "tab\tand\nline",
    "\x01\x7f",
    "x" * 10_000,
]


async def test_arguments_arrive_exactly(node, c_program):
    process = await node.spawn(c_program("env_args"), name="", args=ODD, stdout="capture")
    assert await process.wait() == 0
    expected = "".join(f"arg {i}: {text}\n" for i, text in enumerate(["", *ODD]))
    assert (await process.stdout.read()).decode() == expected


async def test_environment_arrives_exactly(node, c_program):
    env = {f"NAME{i}": value for i, value in enumerate(ODD)} | {
        "ünï": "côdé",
        "lower": "case",
        "X Y": "space",
    }
    process = await node.spawn(c_program("env_args"), name="me", env=env, stdout="capture")
    assert await process.wait() == 0
    said = (await process.stdout.read()).decode()
    assert said == "arg 0: me\n" + "".join(f"env {name}={value}\n" for name, value in env.items())


@pytest.mark.parametrize(
    "options",
    [
        {"args": ["nul\0inside"]},
        {"args": ["\ud800"]},
        {"name": "nul\0inside"},
        {"env": {"A": "nul\0inside"}},
        {"env": {"nul\0inside": "a"}},
        {"env": {"": "no name"}},
        {"env": {"A=B": "ambiguous"}},
        {"env": {"A": "\udfff"}},
        {"args": "one string"},
    ],
)
async def test_what_wasi_cannot_say_is_refused(node, c_program, options):
    with pytest.raises(LocalError) as caught:
        await node.spawn(c_program("env_args"), stdout="null", **options)
    assert "\n" not in str(caught.value)
    assert node.ps() == []


async def test_a_megabyte_of_arguments(node, c_program):
    args = ["x" * 1000] * 1000
    process = await node.spawn(c_program("env_args"), args=args, stdout="capture")
    assert await process.wait() == 0
    assert (await process.stdout.read()).count(b"x") == 1_000_000 - process.stdout.dropped


# --- directories ---


async def test_reading_a_granted_directory(files, shared):
    dirs = [Dir(shared, "/data")]
    assert await files("read", "/data/file", dirs=dirs) == (0, "content")
    assert await files("list", "/data", dirs=dirs) == (0, "file\n")
    assert await files("stat", "/data/file", dirs=dirs) == (0, "file 7\n")
    assert await files("stat", "/data", dirs=dirs) == (0, "dir\n")


async def test_the_guest_sees_the_path_of_the_host_by_default(files, shared):
    assert await files("read", f"{shared}/file", dirs=[Dir(shared)]) == (0, "content")


@pytest.mark.parametrize(
    "command",
    [
        ("write", "/data/new", "x"),
        ("write", "/data/file", "x"),
        ("append", "/data/file", "x"),
        ("mkdir", "/data/new"),
        ("remove", "/data/file"),
        ("rename", "/data/file", "/data/new"),
        ("symlink", "/data/new", "file"),
    ],
)
async def test_a_read_only_directory_is_not_changed(files, shared, command):
    code, said = await files(*command, dirs=[Dir(shared, "/data")])
    assert (code, said[:5]) == (1, "error")
    assert [path.name for path in shared.iterdir()] == ["file"]
    assert (shared / "file").read_text() == "content"


async def test_a_writable_directory_is_changed(files, shared):
    dirs = [Dir(shared, "/data", writable=True)]
    assert await files("write", "/data/new", "text", dirs=dirs) == (0, "wrote 4\n")
    assert await files("append", "/data/new", "more", dirs=dirs) == (0, "wrote 4\n")
    assert (shared / "new").read_text() == "textmore"
    assert await files("mkdir", "/data/sub", dirs=dirs) == (0, "")
    assert await files("rename", "/data/new", "/data/sub/new", dirs=dirs) == (0, "")
    assert await files("symlink", "/data/link", "sub/new", dirs=dirs) == (0, "")
    assert await files("read", "/data/link", dirs=dirs) == (0, "textmore")
    assert await files("remove", "/data/file", dirs=dirs) == (0, "")
    assert sorted(path.name for path in shared.iterdir()) == ["link", "sub"]


ESCAPES = [
    "/data/../secret",
    "/data/./../secret",
    "/data/sub/../../secret",
    "/data/../shared/../secret",
    "/data//..//secret",
    "/../secret",
    "../secret",
    "/data/up/secret",
    "/data/absolute",
    "/data/relative",
    "/data/loop",
    "/data/chain",
]


@pytest.mark.parametrize("path", ESCAPES)
@pytest.mark.parametrize("writable", [False, True])
async def test_nothing_above_or_beside_is_reached(files, shared, path, writable):
    (shared / "sub").mkdir()
    (shared / "up").symlink_to("..")
    (shared / "absolute").symlink_to(shared.parent / "secret")
    (shared / "relative").symlink_to("../secret")
    (shared / "loop").symlink_to("loop")
    (shared / "chain").symlink_to("sub/../up/secret")
    dirs = [Dir(shared, "/data", writable=writable)]
    for command in (("read", path), ("stat", path), ("write", path, "x"), ("list", path)):
        code, said = await files(*command, dirs=dirs)
        assert code == 1, command
        assert "secret" not in said
    assert (shared.parent / "secret").read_text() == "secret"


async def test_links_out_are_not_made(files, shared):
    dirs = [Dir(shared, "/data", writable=True)]
    code, _ = await files("symlink", "/data/out", "/etc/passwd", dirs=dirs)
    assert code == 1
    await files("symlink", "/data/up", "../secret", dirs=dirs)
    code, said = await files("read", "/data/up", dirs=dirs)
    assert (code, "secret" in said) == (1, False)
    code, _ = await files("rename", "/data/file", "/data/../moved", dirs=dirs)
    assert code == 1
    assert not (shared.parent / "moved").exists()


async def test_several_directories_are_kept_apart(files, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    dirs = [Dir(tmp_path / "one", "/one"), Dir(tmp_path / "two", "/two", writable=True)]
    assert await files("read", "/one/file", dirs=dirs) == (0, "one")
    assert await files("read", "/two/file", dirs=dirs) == (0, "two")
    assert (await files("write", "/one/new", "x", dirs=dirs))[0] == 1
    assert (await files("write", "/two/new", "x", dirs=dirs))[0] == 0
    assert (await files("read", "/one/../two/file", dirs=dirs))[0] in (0, 1)
    assert (await files("read", "/three/file", dirs=dirs))[0] == 1


@pytest.mark.parametrize("kind", ["fifo", "socket", "fifo behind a link"])
async def test_what_is_no_file_is_refused_without_hanging(files, shared, node, kind):
    path = shared / "odd"
    if kind == "socket":
        listener = socket.socket(socket.AF_UNIX)
        os.chdir(shared)
        listener.bind("odd")
        listener.close()
    else:
        os.mkfifo(path)
    name = "odd"
    if "link" in kind:
        (shared / "link").symlink_to("odd")
        name = "link"
    dirs = [Dir(shared, "/data", writable=True)]
    for command in (
        ("read", f"/data/{name}"),
        ("write", f"/data/{name}", "x"),
        ("append", f"/data/{name}", "x"),
    ):
        code, said = await files(*command, dirs=dirs)
        assert (code, said[:5]) == (1, "error")
    await responsive()


async def test_devices_are_refused(files):
    for name in ("zero", "null", "tty", "full"):
        code, said = await files("read", f"/dev/{name}", dirs=[Dir("/dev", "/dev")])
        assert (code, said[:5]) == (1, "error")


async def test_stdio_works_beside_directories(node, c_program, shared):
    process = await node.spawn(
        c_program("cat"), stdin=b"through", dirs=[Dir(shared, "/data")], stdout="capture"
    )
    assert await process.wait() == 0
    assert await process.stdout.read() == b"through"


@pytest.mark.slow
async def test_go_reads_and_writes_files(node, go_program, shared):
    process = await node.spawn(
        go_program("files"),
        args=["/data"],
        dirs=[Dir(shared, "/data", writable=True)],
        stdout="capture",
        stderr="capture",
        limits=Limits(memory=1 << 30),
    )
    code = await process.wait()
    assert code == 0, (await process.stdout.read(), await process.stderr.read())


# --- descriptors ---


async def test_open_descriptors_are_limited(files, shared):
    dirs = [Dir(shared, "/data")]
    limits = Limits(descriptors=11)  # the streams of stdio, the channel, the directory, and six
    assert await files("open", "/data/file", "6", dirs=dirs, limits=limits) == (0, "opened 6\n")
    reason, said = await files("open", "/data/file", "7", dirs=dirs, limits=limits)
    assert isinstance(reason, Limit)
    assert (reason.which, reason.allowed) == ("descriptors", 11)
    assert said.startswith("opened 6\n")


@pytest.mark.parametrize("descriptors", [0, 3, 4, 2**31, 2**40])
async def test_limits_of_any_size(files, shared, descriptors):
    reason, _ = await files(
        "read", "/data/file", dirs=[Dir(shared, "/data")], limits=Limits(descriptors=descriptors)
    )
    if descriptors > 4:
        assert reason == 0
    else:
        assert reason.which == "descriptors"


async def test_descriptors_of_this_program_do_not_grow(files, shared):
    dirs = [Dir(shared, "/data", writable=True)]
    await files("open", "/data/file", "20", dirs=dirs)
    before = open_descriptors()
    for _ in range(20):
        await files("open", "/data/file", "20", dirs=dirs)
    assert open_descriptors() <= before + 1


# --- what can be granted ---


async def test_only_directories_can_be_granted(tmp_path):
    (tmp_path / "file").touch()
    os.mkfifo(tmp_path / "fifo")
    for path in ("file", "fifo", "absent", "nul\0inside"):
        with pytest.raises(LocalError):
            Dir(tmp_path / path)
    with pytest.raises(LocalError):
        Dir(tmp_path, "nul\0inside")
    with pytest.raises(LocalError):
        Dir(tmp_path, "\ud800")


async def test_a_path_that_is_no_unicode_cannot_be_granted(tmp_path):
    odd = tmp_path / os.fsdecode(b"\xff")
    odd.mkdir()
    with pytest.raises(LocalError, match=r"Unicode"):
        Dir(odd, "/data")


async def test_a_directory_that_is_gone_is_told_at_the_spawn(node, c_program, tmp_path):
    (tmp_path / "gone").mkdir()
    grant = Dir(tmp_path / "gone", "/data")
    (tmp_path / "gone").rmdir()
    with pytest.raises(LocalError, match=r"gone"):
        await node.spawn(c_program("files"), args=["list", "/data"], dirs=[grant])
    assert node.ps() == []


async def test_a_directory_that_vanishes_while_it_starts_ends_the_process_alone(files, shared, monkeypatch):
    grant = Dir(shared, "/data")
    shared.rename(shared.parent / "moved")
    monkeypatch.setattr("pathlib.Path.is_dir", lambda path: True)
    reason, _ = await files("list", "/data", dirs=[grant])
    assert reason.kind == "trapped"
    assert str(shared) in str(reason)
    monkeypatch.undo()
    (shared.parent / "moved").rename(shared)
    assert await files("list", "/data", dirs=[grant]) == (0, "file\n")


async def test_the_cache_of_native_code_is_never_granted(tmp_path, c_program):
    cache = tmp_path / "cache"
    async with Node(runners=1, cache_dir=cache) as node:
        program = await node.load(c_program("files"))
        for path in (tmp_path, cache):
            with pytest.raises(LocalError, match=r"native code"):
                await node.spawn(program, args=["list", "/x"], dirs=[Dir(path, "/x", writable=True)])


async def test_crowds_with_directories_start_at_once(node, c_program, shared):
    """Many starting on several threads at the same time: each gets all its functions."""
    program = await node.load(c_program("files"))
    dirs = [Dir(shared, "/data")]
    crowd = [
        await node.spawn(program, args=["read", "/data/file"], dirs=dirs, stdout="capture") for _ in range(50)
    ]
    for process in crowd:
        assert await process.wait() == 0
        assert await process.stdout.read() == b"content"
