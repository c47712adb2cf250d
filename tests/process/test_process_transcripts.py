"""Every transcript, word by word (see process_transcript.py for their language and how to rewrite them)."""

import os
from pathlib import Path

import pytest
from process_transcript import replay

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_transcript(path):
    now = replay(path)
    if os.environ.get("WW_REWRITE"):
        path.write_text(now)
    assert now == path.read_text()


def test_there_are_transcripts():
    assert len(TRANSCRIPTS) >= 20
