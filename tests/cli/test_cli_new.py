"""`ww new`: what it makes, and that nothing is written over (`test_projects.py` runs it)."""

import ast
import json
import re
import subprocess
import sys

import pytest

from wetware.cli import new as new_module
from wetware.cli.command_error import CommandError
from wetware.cli.new import files_of, go_sdk, project_name

LANGUAGES = ["python", "go", "c"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_project_is_made(ww, tmp_path, language):
    done = ww("new", language, "first try", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    said = done.stdout.decode()
    assert said.startswith(f"first try holds a new {language} project\n")
    for step in ("cd 'first try'", "ww run", "ww build", "--grant executor"):
        assert step in said
    project = tmp_path / "first try"
    assert len((project / "README.md").read_text().splitlines()) == 3
    for path in project.rglob("*"):
        assert "@NAME@" not in (path.read_text() if path.is_file() else "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_names_the_files_and_the_steps(ww, tmp_path, language):
    done = ww("new", "--json", language, tmp_path / "x")
    made = json.loads(done.stdout)
    assert made["path"] == str(tmp_path / "x")
    assert all((tmp_path / "x" / name).is_file() for name in made["files"])
    assert any(step.startswith("ww run") for step in made["steps"])


@pytest.mark.parametrize(
    ("words", "offers"),
    [("ww n", "new"), ("ww new p", "python"), ("ww build --f", "--find-links"), ("ww build -", "--output")],
)
def test_the_shell_completes_it(ww, words, offers):
    variables = {"_WW_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    assert offers in ww(env=variables).stdout.decode()


def test_nothing_is_written_over(ww, tmp_path):
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "notes").write_text("mine")
    done = ww("new", "python", tmp_path / "x")
    assert done.returncode == 1
    assert "is not empty, and nothing in it is written over" in done.stderr.decode()
    assert [path.name for path in (tmp_path / "x").iterdir()] == ["notes"]
    done = ww("new", "python", tmp_path / "x" / "notes")
    assert done.returncode == 2
    assert "is a file" in done.stderr.decode()


def test_an_empty_folder_is_taken_and_its_name_with_it(ww, tmp_path):
    (tmp_path / "here").mkdir()
    done = ww("new", "c", ".", cwd=tmp_path / "here")
    assert done.returncode == 0
    assert "here.wasm" in (tmp_path / "here" / "README.md").read_text()
    assert b"cd " not in done.stdout


def test_a_folder_below_others_is_made_with_them(ww, tmp_path):
    assert ww("new", "python", tmp_path / "a" / "b").returncode == 0
    assert (tmp_path / "a" / "b" / "__main__.py").is_file()


def test_a_folder_that_gives_no_name_is_refused(ww, tmp_path):
    done = ww("new", "go", tmp_path / "--")
    assert done.returncode == 2
    assert "gives no name to a project" in done.stderr.decode()


@pytest.mark.parametrize(
    ("folder", "name"), [("a", "a"), ("My App!", "My-App"), ("x.y", "x-y"), ("_a_", "a")]
)
def test_a_projects_name(tmp_path, folder, name):
    assert project_name(tmp_path / folder) == name


def test_python_templates_are_clean(tmp_path):
    files = files_of("python", "x") | {f"c/{name}": text for name, text in files_of("c", "x").items()}
    sources = {name: text for name, text in files.items() if name.endswith(".py")}
    assert len(sources) == 3
    for name, text in sources.items():
        ast.parse(text)
        (tmp_path / name.replace("/", "_")).write_bytes(text)
    checked = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "-q", "--isolated", "--line-length=110", str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if "No module named ruff" not in checked.stderr:
        assert checked.returncode == 0, checked.stdout


def test_a_go_project_holds_the_sdk_and_what_that_requires():
    files = files_of("go", "x")
    own = files["go.mod"].decode()
    assert own.startswith("module x\n")
    assert "replace ww => ./ww" in own
    required = re.findall(r"^\s*(?:require )?([\w./]+ v\S+)", (go_sdk() / "go.mod").read_text(), re.MULTILINE)
    assert required
    assert all(each in own for each in required)
    assert files["go.sum"] == (go_sdk() / "go.sum").read_bytes()
    assert {"ww/session.go", "ww/api/core.capnp.go"} <= set(files)


def test_a_missing_go_compiler_is_told_at_once(ww, tmp_path, monkeypatch):
    monkeypatch.setattr(new_module, "find_go", lambda: None)
    made = new_module.new.callback(language="go", directory=str(tmp_path / "x"))
    assert "there is no Go compiler here: install Go" in made.warning
    assert made.blocks()[1].text == made.warning


def test_a_missing_sdk_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(new_module.wetware, "__file__", str(tmp_path / "a" / "b" / "__init__.py"))
    with pytest.raises(CommandError, match="is not where it should be"):
        go_sdk()


def test_the_wheel_has_the_sdk_where_it_is_looked_for():
    import tomllib
    from pathlib import Path

    root = Path(__file__).parents[2]
    wheel = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert {"src/wetware", "sdk/go"} <= set(wheel["only-include"])
    assert wheel["sources"] == {"src": "", "sdk": "wetware/sdk"}
