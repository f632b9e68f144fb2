"""One submission is graded, written and survives what breaks."""

from dataclasses import replace
from pathlib import Path

import pytest

from grader import assignment, batch, datasets, pipeline, record, remark
from grader.batch import Audience
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
    assert pipeline.standing(out, "ada") == waiting


@pytest.mark.parametrize("moved", [0, 1])
def test_stopped_between_page_and_result_the_same_again_makes_them_one(
    ada: Entry, short, tmp_path: Path, monkeypatch, moved: int
) -> None:
    """Stopped before the first of the two is in its place, and between them."""
    out = tmp_path / "out"
    batch.grade_class([ada], short, out, 0)
    page = (out / "students" / "ada" / "index.html").read_bytes()
    ada.path.write_text("## 3B\n600\n")
    done = []

    def replaced(path: Path, target: Path) -> Path:
        if ".part" in path.name and target.parent.name == "ada" and target.name != pipeline.PROPOSED:
            done.append(target.name)
            if len(done) > moved:
                raise KeyboardInterrupt
        return real(path, target)

    real = Path.replace
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replaced)
        with pytest.raises(KeyboardInterrupt):
            batch.grade_class([ada], short, out, 0)
    assert pipeline.standing(out, "ada").earned == 2, "the result comes last"
    assert not pipeline.has_page(out, "ada") or not moved
    refused = Audience(approve=lambda _: False)
    batch.grade_class([ada], short, out, 0, refused)
    assert (out / "students" / "ada" / "index.html").read_bytes() == page, "the page of what stands"
    batch.grade_class([ada], short, out, 0)
    assert pipeline.has_page(out, "ada")
    assert b"0 of 2" in (out / "students" / "ada" / "index.html").read_bytes()


@pytest.mark.parametrize("command", ["grade", "marks"])
def test_a_page_that_is_missing_or_of_another_result_is_made(
    ada: Entry, short, tmp_path: Path, command: str
) -> None:
    out = tmp_path / "out"
    page = out / "students" / "ada" / "index.html"
    again = {"grade": lambda: batch.grade_class([ada], short, out, 0), "marks": lambda: remark.remark(out)}
    batch.grade_class([ada], short, out, 0)
    right = page.read_bytes()
    page.unlink()
    again[command]()
    assert page.read_bytes() == right
    page.write_text("an old page")
    again[command]()
    assert page.read_bytes() == right


def test_a_mark_by_a_person_drops_nothing_that_waits(ada: Entry, short, tmp_path: Path) -> None:
    out = tmp_path / "out"
    batch.grade_class([ada], short, out, 0)
    ada.path.write_text("## 3B\n600\n")
    batch.grade_class([ada], short, out, 0, Audience(approve=lambda _: False))
    (out / "marks.csv").write_text("student,part,item,points\nada,3B,parameter_count,1\n")
    assert remark.remark(out).changes
    assert pipeline.proposed(out, "ada") is not None
    told: list[str] = []
    batch.grade_class([ada], short, out, 0, Audience(done=lambda result: told.append(result.student)))
    assert told == [], "nothing is run again for it"
    assert pipeline.proposed(out, "ada") is None


def test_a_fault_has_no_standing(ada: Entry, short, tmp_path: Path) -> None:
    pipeline.write_out(pipeline.lost(ada, short, FRESH, RuntimeError("gone")), tmp_path)
    assert pipeline.standing(tmp_path, "ada") is None
    told = record.read(tmp_path / "staff" / "ada" / "result.json")
    assert any("RuntimeError: gone" in line for line in told.attention)


def test_a_broken_result_is_none(tmp_path: Path) -> None:
    (tmp_path / "staff" / "ada").mkdir(parents=True)
    (tmp_path / "staff" / "ada" / "result.json").write_text("{")
    assert pipeline.standing(tmp_path, "ada") is None
