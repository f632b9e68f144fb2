"""One submission is graded, written and survives what breaks."""

from dataclasses import replace
from pathlib import Path

import pytest

from grader import assignment, datasets, pipeline, record
from grader.roster import Entry
from grader.sandbox import FRESH

ROOT = Path(__file__).parents[1]
PS4 = ROOT / "reference" / "ps4"


@pytest.fixture
def short() -> object:
    """3B alone: quick to grade."""
    return assignment.only_parts(assignment.load(PS4), frozenset({"3B"}))


@pytest.fixture
def ada(tmp_path: Path) -> Entry:
    path = tmp_path / "ada.md"
    path.write_text("## 3B\n608\n")
    return Entry("ada", path, {"name": "Ada", "moodle": "12"})


def test_a_fault_of_ours_costs_nothing_and_is_named(tmp_path: Path, short, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the grader broke")

    monkeypatch.setattr("grader.pipeline.ingest.read", broken)
    result = pipeline.grade(Entry("ada", tmp_path), short)
    assert pipeline.is_faulted(result)
    assert (result.earned, result.pending) == (0, 2)
    assert any("the grader broke" in reason for reason in result.attention)
    everything = pipeline.grade(Entry("ada", tmp_path), assignment.load(PS4))
    assert (everything.earned, everything.pending) == (0, 100), "what a person marks is not lost either"


def test_what_produced_a_result_is_recorded(short) -> None:
    told = pipeline.provenance(short, FRESH)
    assert {"python", "pytest", "numpy", "nn-grader"} <= told["versions"].keys()
    assert told["data"] == {}, "there is nothing to train in this part"
    everything = replace(assignment.load(PS4), data=datasets.STAND_IN)
    assert pipeline.provenance(everything, FRESH)["data"]["name"] == "digits"


def test_a_first_result_stands_and_a_second_waits_beside_it(ada: Entry, short, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = pipeline.grade_into(out, ada, short)
    standing = pipeline.standing(out, "ada")
    assert standing is not None
    assert pipeline.light(standing) == first
    assert standing.who == {"name": "Ada", "moodle": "12"}
    ada.path.write_text("## 3B\n600\n")
    pipeline.grade_into(out, ada, short)
    waiting = pipeline.proposed(out, "ada")
    assert waiting is not None
    assert (pipeline.standing(out, "ada"), waiting.earned) == (standing, 0)
    pipeline.write_out(waiting, out)
    assert (pipeline.standing(out, "ada"), pipeline.proposed(out, "ada")) == (waiting, None)


def test_a_fault_has_no_standing(ada: Entry, short, tmp_path: Path) -> None:
    pipeline.write_out(pipeline.lost(ada, short, FRESH, RuntimeError("gone")), tmp_path)
    assert pipeline.standing(tmp_path, "ada") is None
    told = record.read(tmp_path / "staff" / "ada" / "result.json")
    assert any("RuntimeError: gone" in line for line in told.attention)


def test_a_broken_result_is_none(tmp_path: Path) -> None:
    (tmp_path / "staff" / "ada").mkdir(parents=True)
    (tmp_path / "staff" / "ada" / "result.json").write_text("{")
    assert pipeline.standing(tmp_path, "ada") is None
