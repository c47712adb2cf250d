"""Python programs and their packages as one archive: what goes in, what stays out, what is refused."""

import io
import json
import subprocess
import sys
import zipfile

import pytest

from tiny_wheels import make_wheel
from wetware.errors import BrokenError, LimitError
from wetware.wasm.python import fetch as fetching
from wetware.wasm.python.build import build
from wetware.wasm.python.bundle import MAX_BYTES, BundleError, bundle, collect, pack, unbundle
from wetware.wasm.python.declared import declared
from wetware.wasm.python.wheels import NativeCodeError, merge, read_wheel

TINY = {"tiny/__init__.py": "def answer(): return 42\n", "tiny/data.txt": "data"}


@pytest.fixture
def app(tmp_path):
    """A folder with a program; `app(**files)` adds files to it."""
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "__main__.py").write_text("import tiny; print(tiny.answer())")

    def add(files):
        for name, content in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content)
        return folder

    return add


# --- the archive ---
def test_the_archive_depends_on_names_and_contents_alone(tmp_path, app):
    files = {"b.py": "b = 1", "a/__init__.py": "", "a/z.txt": "z"}
    first = bundle(str(app(files)))
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    for name in sorted([*files, "__main__.py"], reverse=True):
        (other / name).parent.mkdir(exist_ok=True)
        (other / name).write_bytes((tmp_path / "app" / name).read_bytes())
        (other / name).chmod(0o755)
    assert bundle(str(other)) == first
    (other / "b.py").write_text("b = 2")
    assert bundle(str(other)) != first


def test_what_is_no_part_of_a_program_stays_out(app):
    folder = app(
        {
            ".git/config": "",
            ".env": "secret",
            "venv/x.py": "",
            "__pycache__/x.pyc": "",
            "x.pyc": "",
            "app.pyz": "",
            "wheels/tiny.whl": "",
            "tests/test_app.py": "",
            "build/x.py": "",
            "dist/x.py": "",
            "inner/tests/kept.py": "",
            "data.wasm": "",
        }
    )
    assert sorted(collect(folder)) == ["__main__.py", "data.wasm", "inner/tests/kept.py"]


def test_a_folder_without_a_main_program_is_told_what_to_do(tmp_path):
    with pytest.raises(BundleError, match=r"no __main__\.py: put what is to be run"):
        bundle(str(tmp_path))
    (tmp_path / "app.py").write_text("")
    with pytest.raises(BundleError, match=r"rename its app\.py to __main__\.py"):
        bundle(str(tmp_path))


def test_what_is_packed_is_what_is_unpacked():
    files = {"__main__.py": b"1", "b": bytes(range(256)), "ä/ö": b""}
    assert unbundle(pack(files)) == files


def test_an_archive_has_a_largest_size():
    with pytest.raises(LimitError, match="bytes"):
        pack({"__main__.py": bytes(MAX_BYTES + 1)})


# --- wheels ---
def test_a_wheel_is_unpacked_beside_the_program(tmp_path):
    path = make_wheel(
        tmp_path,
        "tiny",
        files={
            **TINY,
            "tiny/__pycache__/x.pyc": "",
            "tiny-1.0.data/purelib/tiny/more.py": "",
            "tiny-1.0.data/scripts/tiny": "#!python",
            "tiny-1.0.data/data/share/x": "",
        },
    )
    wheel = read_wheel(path)
    assert str(wheel) == "tiny 1.0"
    assert sorted(wheel.files) == [
        "tiny-1.0.dist-info/METADATA",
        "tiny-1.0.dist-info/WHEEL",
        "tiny/__init__.py",
        "tiny/data.txt",
        "tiny/more.py",
    ]


@pytest.mark.parametrize(
    ("tag", "files", "says"),
    [
        ("cp314-cp314-manylinux_2_17_x86_64", TINY, r"native code \(for manylinux_2_17_x86_64\)"),
        ("cp314-abi3-any", TINY, r"native code \(for abi3\)"),
        ("py3-none-any", {"tiny/_fast.cpython-314-x86_64-linux-gnu.so": b""}, r"native code \(tiny/_fast"),
        ("py3-none-any", {"tiny/libz.so.1": b""}, r"native code \(tiny/libz\.so\.1\)"),
        ("py3-none-any", {"tiny/x.pyd": b""}, "native code"),
    ],
)
def test_native_code_is_refused_by_name(tmp_path, tag, files, says):
    path = make_wheel(tmp_path, "tiny", files=files, tag=tag)
    with pytest.raises(NativeCodeError, match=says) as refused:
        read_wheel(path)
    assert str(refused.value).startswith("tiny 1.0 has native code")
    assert "WebAssembly sandbox" in str(refused.value)


def test_wheels_that_are_none(tmp_path):
    with pytest.raises(BundleError, match="Python 2"):
        read_wheel(make_wheel(tmp_path, "old", files={}, tag="py2-none-any"))
    (tmp_path / "tiny.whl").write_bytes(b"")
    with pytest.raises(BundleError, match="not named as wheels are"):
        read_wheel(tmp_path / "tiny.whl")
    (tmp_path / "tiny-1-py3-none-any.whl").write_bytes(b"no archive")
    with pytest.raises(BundleError, match="cannot be read"):
        read_wheel(tmp_path / "tiny-1-py3-none-any.whl")
    with pytest.raises(BundleError, match="leads out of it"):
        read_wheel(make_wheel(tmp_path, "evil", files={"../../evil.py": ""}))


def test_two_files_of_one_name_are_one_or_an_error(tmp_path):
    one = read_wheel(make_wheel(tmp_path, "one", files={"shared.py": "1", "same.py": ""}))
    two = read_wheel(make_wheel(tmp_path, "two", files={"shared.py": "2", "same.py": ""}))
    with pytest.raises(BundleError, match=r"one 1\.0 and two 1\.0 both have the file shared\.py"):
        merge({"__main__.py": b""}, [two, one])


def test_a_program_must_not_hide_a_package(tmp_path):
    tiny = read_wheel(make_wheel(tmp_path, "tiny", files=TINY))
    for own in ("tiny.py", "tiny/__init__.py"):
        with pytest.raises(BundleError, match="the program's own tiny hides"):
            merge({"__main__.py": b"", own: b""}, [tiny])


# --- what is declared ---
@pytest.mark.parametrize(
    ("files", "source", "requirements"),
    [
        ({}, None, ()),
        ({"requirements.txt": "# nothing\n\n"}, None, ()),
        ({"requirements.txt": "tiny>=1\n"}, "requirements.txt", ()),
        ({"pyproject.toml": "[tool.x]\n"}, None, ()),
        ({"pyproject.toml": '[project]\ndependencies = ["tiny", "b>1"]'}, "pyproject.toml", ("tiny", "b>1")),
        ({"requirements.txt": "tiny", "pyproject.toml": "[no toml"}, "requirements.txt", ()),
    ],
)
def test_a_folder_declares(app, files, source, requirements):
    found = declared(app(files))
    assert (found.source and found.source.name, found.requirements) == (source, requirements)


@pytest.mark.parametrize(
    "line",
    [
        "-e .",
        "--editable=./x",
        "git+https://example.com/x.git",
        "x @ git+https://example.com/x.git",
        "https://example.com/x-1.0.tar.gz",
        "./x",
        "../x-1.0.zip",
        "/srv/x",
        "x @ file:///srv/x",
        "-r more.txt",
    ],
)
def test_what_pip_would_have_to_run_is_refused(app, line):
    folder = app({"requirements.txt": f"tiny\n{line}  # why\n", "more.txt": "tiny\n./x\n-r requirements.txt"})
    with pytest.raises(BundleError, match="which is no wheel, and making one runs its code"):
        declared(folder)


@pytest.mark.parametrize(
    "line",
    [
        "tiny>=1,<2 ; python_version > '3'",
        "tiny[extra]==1.0 --hash=sha256:00 \\\n  --hash=sha256:11",
        "./shelf/tiny-1.0-py3-none-any.whl",
        "tiny @ https://example.com/tiny-1.0-py3-none-any.whl#sha256=00",
        "--index-url https://example.com/simple",
    ],
)
def test_packages_and_wheels_may_be_named(app, line):
    assert declared(app({"requirements.txt": line})).source is not None


def test_a_file_declares_in_its_head(tmp_path):
    path = tmp_path / "app.py"
    path.write_text('# /// script\n# dependencies = [\n#   "tiny",\n# ]\n# ///\nimport tiny\n')
    assert declared(path).requirements == ("tiny",)
    path.write_text("import tiny\n")
    assert declared(path).source is None


@pytest.mark.parametrize("text", ["[project", "[project]\ndependencies = 3", 'project = "x"'])
def test_a_declaration_that_cannot_be_read_is_told(app, text):
    with pytest.raises(BundleError, match=r"pyproject\.toml cannot be read"):
        declared(app({"pyproject.toml": text}))


# --- building ---
def test_without_packages_a_built_program_is_the_folder(app):
    folder = app({"tiny.py": "", "requirements.txt": ""})
    assert build(folder).content == bundle(str(folder))


def test_wheels_beside_a_program_that_names_none_are_all_in_it(app):
    folder = app({})
    make_wheel(folder / "wheels", "tiny", files=TINY)
    built = build(folder)
    assert [str(wheel) for wheel in built.wheels] == ["tiny 1.0"]
    assert unbundle(built.content)["tiny/__init__.py"] == TINY["tiny/__init__.py"].encode()


def test_what_is_named_is_taken_from_the_wheels_with_what_it_needs(app, tmp_path):
    folder = app({"pyproject.toml": '[project]\nname = "x"\ndependencies = ["Tiny.Two"]'})
    shelf = tmp_path / "shelf"
    make_wheel(folder / "wheels", "tiny_two", files={"tiny_two.py": ""}, requires=["base>=2"])
    make_wheel(shelf, "base", "1.0", files={"base.py": "v = 1"})
    make_wheel(shelf, "base", "2.0", files={"base.py": "v = 2"})
    make_wheel(shelf, "unasked", files={"unasked.py": ""})
    told = []
    built = build(folder, links=[shelf], say=told.append)
    assert [str(wheel) for wheel in built.wheels] == ["base 2.0", "tiny_two 1.0"]
    assert any(line.startswith("Processing") and "tiny_two-1.0" in line for line in told), told
    assert build(folder, links=[shelf]).content == built.content


@pytest.mark.parametrize("named", ["requirements.txt", "pyproject.toml"])
def test_markers_are_judged_for_the_guest(app, tmp_path, named):
    """Those of the program's own requirements, and those of the packages on the way."""
    links = tmp_path / "links"
    host, guest = f"sys_platform == '{sys.platform}'", "sys_platform == 'wasi'"
    needs = [f"hosts; {host}", f"guests; {guest} and python_version >= '3.14'", "never; extra == 'more'"]
    make_wheel(links, "middle", files={"middle.py": ""}, requires=needs)
    for name in ("hosts", "guests", "never", "mine"):
        make_wheel(links, name, files={f"{name}.py": ""})
    wanted = ["middle", f"hosts; {host}", f"mine; {guest} and platform_machine == 'wasm32'"]
    lines = wanted if named == "requirements.txt" else ["[project]", f"dependencies = {json.dumps(wanted)}"]
    built = build(app({named: "\n".join(lines)}), links=[links])
    assert [wheel.name for wheel in built.wheels] == ["guests", "middle", "mine"]


def test_a_hash_in_the_requirements_is_compared(app):
    folder = app({})
    make_wheel(folder / "wheels", "tiny", files=TINY)
    (folder / "requirements.txt").write_text(f"tiny==1.0 --hash=sha256:{'0' * 64}\n")
    with pytest.raises(BundleError, match="DO NOT MATCH THE HASHES"):
        build(folder)


def test_a_native_wheel_among_those_given_is_named(app):
    folder = app({"requirements.txt": "tiny"})
    make_wheel(folder / "wheels", "tiny", files=TINY, tag="cp314-cp314-linux_x86_64")
    with pytest.raises(
        NativeCodeError, match=r"tiny has native code \(tiny-1\.0-cp314-cp314-linux_x86_64\.whl\)"
    ):
        build(folder)


def test_a_wheel_that_is_not_given_is_named(app, tmp_path):
    folder = app({"requirements.txt": "absent"})
    with pytest.raises(BundleError, match="absent is not among the wheels of"):
        build(folder, links=[tmp_path])


def test_requirements_that_pip_cannot_read_are_told(app, tmp_path):
    with pytest.raises(BundleError, match=r"pip cannot give what the program needs: .*Invalid requirement"):
        build(app({"requirements.txt": "==nonsense=="}), links=[tmp_path])


def test_a_module_of_the_program_is_none_for_pip(app, tmp_path):
    folder = app({"requirements.txt": "tiny", "tempfile.py": "raise RuntimeError", "pip/__init__.py": "1/0"})
    make_wheel(tmp_path, "tiny", files=TINY)
    assert len(build(folder, links=[tmp_path]).wheels) == 1


def test_a_python_without_pip_is_told(app, tmp_path, monkeypatch):
    monkeypatch.setattr(fetching, "find_spec", lambda _name: None)
    with pytest.raises(fetching.MissingPipError, match="-m ensurepip"):
        build(app({"requirements.txt": "tiny"}), links=[tmp_path])


def test_an_index_out_of_reach_is_told(app, monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")  # the port of discard: nobody listens
    with pytest.raises(BrokenError, match=r"out of reach.*wheels/"):
        build(app({"requirements.txt": "tiny"}))


def test_an_archive_of_this_builder_is_one_for_python_too(app, tmp_path):
    folder = app({})
    make_wheel(folder / "wheels", "tiny", files=TINY)
    (tmp_path / "app.pyz").write_bytes(build(folder).content)
    done = subprocess.run(
        [sys.executable, str(tmp_path / "app.pyz")], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "42\n"
    assert zipfile.ZipFile(io.BytesIO((tmp_path / "app.pyz").read_bytes())).testzip() is None
