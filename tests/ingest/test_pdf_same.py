"""A write-up that was typeset is read as its text is, whoever set it."""

import ast
import os
import re
from pathlib import Path

import pytest

from grader import answers, assignment
from grader.ingest import read
from tests.ingest.typeset import printed, typst

ROOT = Path(__file__).parents[2]
SAMPLE = Path(os.environ.get("GRADER_SAMPLE") or ROOT.parent / "shared" / "samples" / "ps4-writeup.md")
WRITEUPS = {
    "sample": SAMPLE,
    "specimen": ROOT / "reference/ps4/specimens/right.md",
    "submission": ROOT / "submissions/ps4/grace.md",
}


@pytest.fixture(scope="module")
def problem_set():
    return assignment.load(ROOT / "reference" / "ps4")


@pytest.fixture(scope="module", params=["Typst", pytest.param("Chromium", marks=pytest.mark.browser)])
def producer(request, tmp_path_factory):
    def produce(text):
        data = typst(text) if request.param == "Typst" else printed(text, tmp_path_factory.mktemp("printed"))
        return data or pytest.skip("no chromium on this machine")

    return produce


@pytest.fixture(params=WRITEUPS)
def both(request, producer, problem_set, tmp_path):
    """Return what is read from a write-up's text, and from its PDF."""
    source = WRITEUPS[request.param]
    if not source.is_file():
        pytest.skip(f"no write-up at {source}")
    paper = tmp_path / "hw.pdf"
    paper.write_bytes(producer(source.read_text(encoding="utf-8")))
    return read(source, problem_set, "ada"), read(paper, problem_set, "ada")


def letters(text):
    """Return letters, digits and points: what room is between them, and a hyphen at a line's end, is layout's."""
    return re.sub(r"[^A-Za-z0-9.]", "", re.sub(r"\\[a-z]+", "", text))


def test_the_same_is_read(both):
    text, paper = both
    assert (paper.leftovers, paper.notes, paper.crops) == ((), (), ())
    assert [answer.part for answer in paper.answers] == [answer.part for answer in text.answers]
    for one, other in zip(text.answers, paper.answers, strict=True):
        assert other.exact, other.part
        assert [ast.dump(ast.parse(code)) for code in one.code] == [
            ast.dump(ast.parse(code)) for code in other.code
        ]
        if one.part in {"3D", "3E"}:  # each matrix has marks of its own here
            sizes = {"count": 4, "size": (2, 2)}
            assert answers.matrices(one.text, **sizes).value == answers.matrices(other.text, **sizes).value
        else:
            assert letters(one.text) == letters(other.text), one.part
