"""The diagram in the documentation is the table of transitions. Rewrite it with WW_REWRITE=1."""

import os
import re
from pathlib import Path
from typing import get_args

from wetware.process.states import TRANSITIONS, Lifecycle, diagram

PAGE = Path(__file__).parents[2] / "docs" / "process-states.md"
BLOCK = re.compile(r"(?<=```mermaid\n).*?(?=```)", re.DOTALL)


def test_the_documents_diagram_is_the_codes():
    text = PAGE.read_text()
    if os.environ.get("WW_REWRITE"):
        text = BLOCK.sub(diagram(), text)
        PAGE.write_text(text)
    assert BLOCK.findall(text) == [diagram()]


def test_every_state_can_be_entered_and_only_the_last_is_not_left():
    states = set(get_args(Lifecycle))
    assert {way.target for way in TRANSITIONS} == states
    assert states - {way.source for way in TRANSITIONS} == {"exited"}
