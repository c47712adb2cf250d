"""The bootstrap's own decisions; that it sets up and runs is seen wherever it is used."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def make():
    spec = importlib.util.spec_from_file_location("make", ROOT / "make.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("line", "command", "names", "extra"),
    [
        ("demo", "demo", [], []),
        ("test", "test", [], []),
        ("test -- -k units -x", "test", [], ["-k", "units", "-x"]),
        ("slow process wasm", "slow", ["process", "wasm"], []),
        ("slow wasm -- -x", "slow", ["wasm"], ["-x"]),
        ("bench engine -- --quick", "bench", ["engine"], ["--quick"]),
        ("clean", "clean", [], []),
    ],
)
def test_a_command_line_is_split(make, line, command, names, extra):
    assert make.parse(line.split()) == (command, names, extra)


@pytest.mark.parametrize("line", ["", "dance", "demo -- -x", "test -x"])
def test_a_wrong_command_line_is_refused(make, line, capsys):
    with pytest.raises(SystemExit) as refused:
        make.parse(line.split())
    assert refused.value.code == 2
    assert "usage: make.py" in capsys.readouterr().err


PYPROJECT = """
[project]
name = "sample"
[project.optional-dependencies]
dev = ["pytest>=8", "ziglang>=0.14", "zig-not-this==1"]
"""


def test_the_demo_needs_the_compiler_only(make):
    assert make.requirements(PYPROJECT, "demo") == ["--editable", ".", "ziglang>=0.14"]
    assert make.requirements(PYPROJECT, "dev") == ["--editable", ".[dev]"]


def test_the_projects_own_file_names_the_compiler(make):
    assert any("ziglang" in need for need in make.requirements((ROOT / "pyproject.toml").read_text(), "demo"))


def test_what_is_set_up_is_not_set_up_again(make):
    made = make.stamp_of(PYPROJECT, "dev", ["pip"])
    assert make.is_done(made, make.stamp_of(PYPROJECT, "dev", []))
    assert make.is_done(made, make.stamp_of(PYPROJECT, "demo", [])), (
        "what tests need holds what the demo needs"
    )


def test_a_changed_project_is_installed_into_the_same_environment(make):
    made = make.stamp_of(PYPROJECT, "dev", ["pip"])
    assert make.is_done(made, make.stamp_of(PYPROJECT + "[tool.ruff]\nline-length = 99\n", "dev", []))
    wanted = make.stamp_of(PYPROJECT.replace("pytest>=8", "pytest>=9"), "dev", [])
    assert not make.is_done(made, wanted)
    assert make.can_grow(made, wanted)


def test_more_is_added_to_the_same_environment(make):
    for level in ("bare", "demo"):
        made = make.stamp_of(PYPROJECT, level, ["pip"])
        wanted = make.stamp_of(PYPROJECT, "dev", [])
        assert not make.is_done(made, wanted)
        assert make.can_grow(made, wanted)


@pytest.mark.parametrize("change", [{"python": "3.99"}, {"root": "/elsewhere"}, {"pip": None}])
def test_another_python_or_place_needs_a_new_environment(make, change):
    made = {**make.stamp_of(PYPROJECT, "dev", ["pip"]), **change}
    assert not make.is_done(made, make.stamp_of(PYPROJECT, "demo", []))


@pytest.mark.parametrize("text", ["", "{", "[]", "null"])
def test_a_stamp_that_cannot_be_read_promises_nothing(make, text, tmp_path, monkeypatch):
    monkeypatch.setattr(make, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(make, "PYTHON", Path(sys.executable))
    (tmp_path / "stamp").write_text(text)
    assert make.read_stamp() == {}
    assert not make.is_done({}, make.stamp_of(PYPROJECT, "demo", []))


@pytest.fixture
def without_ensurepip(make, tmp_path, monkeypatch):
    """As on a Debian Python without python3-venv: an environment can be made, but without pip in it."""
    real = subprocess.run

    def run(command, **options):
        if command[1:3] == ["-m", "venv"] and "--without-pip" not in command:
            return subprocess.CompletedProcess(command, 1, "", "ensurepip is not available")
        return real(command, **options)

    monkeypatch.setattr(make.subprocess, "run", run)
    monkeypatch.setattr(make, "VENV", tmp_path / "venv")
    monkeypatch.setattr(make, "PYTHON", tmp_path / "venv" / "bin" / "python")


@pytest.mark.usefixtures("without_ensurepip")
def test_without_ensurepip_a_pip_from_outside_is_used(make):
    command = make.create_venv()
    assert command[-2:] == ["--python", str(make.PYTHON)]
    where = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True, timeout=60)
    assert "pip" in where.stdout


@pytest.mark.usefixtures("without_ensurepip")
def test_without_any_pip_it_says_what_to_install(make, monkeypatch):
    wrapped = make.subprocess.run

    def run(command, **options):
        if "--version" in command:
            raise FileNotFoundError(command[0])
        return wrapped(command, **options)

    monkeypatch.setattr(make.subprocess, "run", run)
    with pytest.raises(make.StepError, match="python3-venv"):
        make.create_venv()
    assert not make.VENV.exists()


def test_a_failing_step_names_itself_and_what_to_do(make):
    with pytest.raises(make.StepError, match=r"greeting failed with exit code 3(.|\n)*try again"):
        make.run("greeting", [sys.executable, "-c", "raise SystemExit(3)"], "try again")
    with pytest.raises(make.StepError, match=r"greeting did not start(.|\n)*install it"):
        make.run("greeting", ["/nonexistent/program"], "install it")


def test_slow_suites_have_names(make, tmp_path):
    (tmp_path / "raft").mkdir()
    (tmp_path / "raft" / "test_simulation.py").write_text("@pytest.mark.slow\ndef test_x(): ...")
    (tmp_path / "raft" / "test_log.py").write_text("def test_x(): ...")
    (tmp_path / "test_soak.py").write_text("pytestmark = pytest.mark.slow")
    suites = make.slow_suites(tmp_path)
    assert {name: [path.name for path in paths] for name, paths in suites.items()} == {
        "raft": ["test_simulation.py"],
        "soak": ["test_soak.py"],
    }


def test_benchmarks_have_names(make, tmp_path):
    (tmp_path / "engine.py").write_text("if __name__ == '__main__': main()")
    (tmp_path / "report.py").write_text("def table(): ...")
    assert make.benchmarks(tmp_path) == {"engine": tmp_path / "engine.py"}


def test_an_unknown_suite_or_benchmark_is_refused_with_those_there_are(make):
    with pytest.raises(make.StepError, match="no slow suite is called nonsense"):
        make.slow(["nonsense"], [])
    with pytest.raises(make.StepError, match="no benchmark is called nonsense"):
        make.bench(["nonsense"], [])


def test_it_can_be_parsed_by_an_old_python(make):
    """An old Python must get as far as the sentence that says it is too old."""
    import ast

    ast.parse((ROOT / "make.py").read_text(), feature_version=(3, 7))


def test_only_the_standard_library_is_imported(make):
    done = subprocess.run(
        [sys.executable, "-S", "-I", str(ROOT / "make.py"), "--help"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "demo" in done.stdout
