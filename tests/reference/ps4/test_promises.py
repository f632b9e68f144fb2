"""Problem set 4 keeps its promises, and the real write-up is graded as a person would."""

import os
from pathlib import Path

import pytest

from grader import assignment, judges, pipeline, proofreading, record, report, verify
from grader.datatypes import Status
from grader.roster import Entry

ROOT = Path(__file__).parents[3]
PS4 = ROOT / "reference" / "ps4"
SAMPLE = Path(os.environ.get("GRADER_SAMPLE", ROOT.parent / "shared" / "samples" / "ps4-writeup.md"))
OF_3G = {"cnn_parameters", "cnn_accuracy"}


@pytest.mark.slow
def test_every_specimen_is_graded_as_promised_and_nothing_earns_nothing(graded, tmp_path: Path) -> None:
    problem_set = assignment.load(PS4)
    attempted = verify.graded(verify.idle_tasks(problem_set, tmp_path), judges.default_jobs())
    outcome = verify.compared(problem_set, verify.load(problem_set), graded, attempted)
    assert outcome.broken == ()
    assert outcome.unsound == ()
    assert proofreading.unlisted(problem_set) == []
    assert {name for name in attempted if name.startswith("starter/")} == {
        f"starter/ps4.{kind} as it is handed out" for kind in ("ipynb", "md", "py")
    }


def test_every_slip_has_a_specimen_and_every_hint_a_slip() -> None:
    problem_set = assignment.load(PS4)
    promised = {slip for promise in verify.load(problem_set).values() for slip in promise.slips.values()}
    assert promised == set(problem_set.hints)


def test_points_add_up_to_a_hundred() -> None:
    assert sum(part.points for part in assignment.load(PS4).parts) == 100


@pytest.fixture(scope="module")
def sample():
    if not SAMPLE.is_file():
        pytest.skip(f"no write-up at {SAMPLE}: set GRADER_SAMPLE to a real one")
    return pipeline.grade(Entry("sample", SAMPLE), assignment.load(PS4))


def checks(result):
    return {check.name: check for part in result.parts for check in part.checks}


@pytest.mark.slow
def test_the_sample_earns_what_a_person_would_give(sample) -> None:
    assert (sample.earned, sample.possible, sample.pending) == (38.625, 100, 61)
    earned = {part.id: part.earned for part in sample.parts if part.checks}
    assert earned == {
        "1D": 7, "1E": 3, "2A": 2, "2B": 2, "2C": 4, "2D": 2, "2E": 2, "2F": 2,
        "3B": 2, "3C": 3, "3D": 2.625, "3E": 3, "3G": 4,
    }  # fmt: skip


def test_the_samples_two_wrong_entries_are_named(sample) -> None:
    check = checks(sample)["average_pooled"]
    assert check.measured == {"entries": 16, "entries_right": 14}
    assert check.message.splitlines() == [
        "14 of 16 entries are right.",
        "Matrix 1, row 2, column 1: your −0.5 has the wrong sign.",
        "Matrix 2, row 2, column 1: your −0.25 has the wrong sign.",
    ]


def test_the_sample_is_read_as_it_was_meant(sample) -> None:
    found = checks(sample)
    assert found["max_pooled"].measured == {"entries": 16, "entries_right": 16}
    assert any("bias" in note and "0" in note for note in found["or_network"].notes), (
        "b is read as 0, and it is said"
    )
    assert found["xor_layers"].status is Status.PASSED
    assert found["xor_network"].status is Status.PENDING, "a sketch in words is for a person"
    assert found["sweep_rows"].measured == {"rows": 10, "probabilities": 10}
    assert any("0.1135" in note and "“1”" in note for note in found["sweep_accuracies"].notes)
    assert "plausible; none of them was measured again" in found["sweep_accuracies"].notes


def test_the_samples_prose_and_networks_wait_for_a_person(sample) -> None:
    for part in sample.parts:
        assert all(criterion.status is Status.PENDING for criterion in part.rubric)
    found = checks(sample)
    accuracies = [f"mlp_accuracy[{units}]" for units in (100, 200, 1000)]
    assert all(found[name].status is Status.PENDING for name in (*OF_3G, *accuracies))
    assert [found[f"mlp_units[{units}]"].measured["hidden_units"] for units in (100, 200, 1000)] == [
        100,
        200,
        900,
    ]
    assert all(found[name].measured["accuracy"] > 0.8 for name in accuracies), (
        "trained, on whatever data there are"
    )


def test_the_samples_units_and_sweep_are_there_for_its_page(sample) -> None:
    shown = {part.id: part.network for part in sample.parts if part.network}
    caps = [shown[part].cap for part in ("2D", "2E", "2F")]
    assert [(cap.total, cap.most, cap.over) for cap in caps] == [
        (100, 100, False),
        (200, 200, False),
        (900, 1000, False),
    ]
    rows = shown["3G"].sweep.rows
    assert [row.setting for row in rows] == [number / 10 for number in range(10)]
    assert (rows[0].claimed, rows[-1].claimed) == (0.9806, 0.1135)


def test_the_samples_page_tells_no_answer_it_did_not_give(sample) -> None:
    page = report.student_page(record.for_student(sample))
    assert "w1 + b ≥ 1" not in page, "what is expected is staff's"
    assert len(page) < 500_000, "what an e-mail carries; 104 kB since it has plots and code"
