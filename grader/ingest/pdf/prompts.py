"""A printed notebook's lines -> the same without the prompts beside its cells, as "In [7]:"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.ingest.pdf.page import Run

MOST = 6  # pieces that a prompt may come in: brackets are each their own
_PROMPT = re.compile(r"(?P<kind>In|Out)?\[[\d*]{0,6}\]:")


def without_prompt(line: Sequence[Run], fixed: frozenset[str]) -> tuple[list[Run], bool]:
    """Return a line without its prompt, and whether that says that it is printed output."""
    runs = sorted(line, key=lambda run: run.x0)
    said = ""
    for at, run in enumerate(runs[:MOST]):
        if run.font not in fixed:
            break
        said += run.text.replace(" ", "")
        if found := _PROMPT.fullmatch(said):
            return runs[at + 1 :], found["kind"] == "Out"
    return list(line), False
