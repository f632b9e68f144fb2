"""The same answer gets the same mark as text and as PDF."""

import os
from pathlib import Path

import pytest

from grader import assignment, pipeline
from grader.roster import Entry
from tests.ingest.typeset import printed, typst

ROOT = Path(__file__).parents[3]
SAMPLE = Path(os.environ.get("GRADER_SAMPLE") or ROOT.parent / "shared" / "samples" / "ps4-writeup.md")
OURS = ROOT / "submissions" / "ps4" / "grace.md"


def marks(result):
    return {
        part.id: (
            part.earned,
            part.pending,
            [(check.name, check.status, check.message) for check in part.checks],
        )
        for part in result.parts
    }


@pytest.fixture(scope="module")
def problem_set():
    return assignment.load(ROOT / "reference" / "ps4")


@pytest.fixture(scope="module", params=["ours", pytest.param("the sample", marks=pytest.mark.slow)])
def text(request, problem_set):
    source = OURS if request.param == "ours" else SAMPLE
    if not source.is_file():
        pytest.skip(f"no write-up at {source}: set GRADER_SAMPLE to a real one")
    return source.read_text(encoding="utf-8"), marks(pipeline.grade(Entry("ada", source), problem_set))


def test_as_a_typesetter_sets_it(text, problem_set, tmp_path):
    paper = tmp_path / "hw.pdf"
    paper.write_bytes(typst(text[0]))
    assert marks(pipeline.grade(Entry("ada", paper), problem_set)) == text[1]


@pytest.mark.browser
def test_as_a_browser_prints_it(text, problem_set, tmp_path):
    paper = tmp_path / "hw.pdf"
    data = printed(text[0], tmp_path)
    if data is None:
        pytest.skip("no chromium on this machine")
    paper.write_bytes(data)
    assert marks(pipeline.grade(Entry("ada", paper), problem_set)) == text[1]
