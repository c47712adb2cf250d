"""What the documents show works: blocks marked `run` are run, links lead somewhere, options exist."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")])
FENCE = re.compile(r"^```(\S*)( run)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks():
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for found in FENCE.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield document, line, found[1], bool(found[2]), found[3]


RUNNABLE = [
    pytest.param(language, code, id=f"{document.relative_to(ROOT)}:{line}")
    for document, line, language, run, code in blocks()
    if run
]


@pytest.fixture
def shell(tmp_path):
    """An environment in which `ww` and `python` are those of this source tree."""
    ww = tmp_path / "ww"
    start = "from wetware.cli.main import main; main()"
    ww.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c "{start}" "$@"\n')
    ww.chmod(0o755)
    (tmp_path / "python").symlink_to(sys.executable)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WW_")}
    return {
        **kept,
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
        "LANG": "C.UTF-8",
    }


@pytest.mark.parametrize(("language", "code"), RUNNABLE)
def test_a_block_marked_run_runs(language, code, shell):
    command = {
        "python": [sys.executable, "-W", "error", "-c", code],
        "sh": ["sh", "-eu", "-c", code],
    }[language]
    done = subprocess.run(
        command, cwd=ROOT, env=shell, capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_there_is_something_to_run():
    assert {"python", "sh"} <= {param.values[0] for param in RUNNABLE}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_block_is_closed_and_says_its_language(document):
    text = document.read_text(encoding="utf-8")
    assert text.count("\n```") % 2 == 0
    for found in FENCE.finditer(text):
        assert found[1] in {"python", "sh", "console", "text", "json", "mermaid", "toml", "c"}, found[0][:40]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_into_the_repository_leads_somewhere(document):
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:", target):
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_every_option_of_run_is_documented():
    from wetware.cli.run import run

    text = (ROOT / "docs" / "run.md").read_text(encoding="utf-8")
    options = {name for parameter in run.params for name in parameter.opts if name.startswith("--")}
    missing = {name for name in options if f"`{name}" not in text}
    assert not missing, f"docs/run.md says nothing of {sorted(missing)}"
    named = set(re.findall(r"`(--[a-z-]+)", text))
    assert named <= options, f"docs/run.md names {sorted(named - options)}, which run does not take"


def test_the_json_document_has_the_keys_of_the_summary():
    import json

    text = (ROOT / "docs" / "run.md").read_text(encoding="utf-8")
    example = next(found[3] for found in FENCE.finditer(text) if found[1] == "json")
    assert set(json.loads(example)) >= {"program", "cid", "pid", "exit_code", "code", "reason"}
