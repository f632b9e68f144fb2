"""What is checked again after a save: all that may come out differently, and no network for a word elsewhere."""

from dataclasses import replace
from pathlib import Path

from grader import assignment as assignments
from grader.datatypes import (
    Answer,
    Cell,
    CheckResult,
    CodeFile,
    PartResult,
    Result,
    Source,
    Status,
    Submission,
)
from grader.rerun import is_same, merged, to_check

PS4 = assignments.load(Path(__file__).parents[1] / "reference" / "ps4")
ALL = {part.id for part in PS4.parts}
NETWORKS = {"2D", "2E", "2F", "3G"}


def answer(part: str, text: str, *code: str) -> Answer:
    return Answer(part, Source.WRITEUP, "a.md", text, code)


BEFORE = Submission("ada", Path("a.md"), (answer("3B", "600"), answer("2D", "0.975", "model.fit()")))


def test_nothing_that_is_read_changed() -> None:
    assert to_check(BEFORE, replace(BEFORE), PS4) == set()


def test_words_elsewhere_leave_networks_alone() -> None:
    now = replace(BEFORE, answers=(answer("3B", "608"), BEFORE.answers[1]))
    assert to_check(BEFORE, now, PS4) == ALL - NETWORKS
    assert to_check(BEFORE, replace(now, answers=(*now.answers, answer("3C", "new"))), PS4) == ALL - NETWORKS


def test_code_a_claim_or_a_file_brings_networks_back() -> None:
    for changed in (
        replace(BEFORE, answers=(BEFORE.answers[0], answer("2D", "0.98", "model.fit()"))),
        replace(BEFORE, answers=(answer("3B", "600", "x = 1"), BEFORE.answers[1])),
        replace(BEFORE, code=(CodeFile(Source.MODULE, "ps4.py", (Cell(1, "x = 1"),)),)),
        replace(BEFORE, files={"data.csv": b"1"}),
    ):
        assert to_check(BEFORE, changed, PS4) == ALL


def test_only_what_is_asked_for_is_checked_again() -> None:
    some = assignments.only_parts(PS4, frozenset({"3B", "2D"}))
    assert to_check(BEFORE, replace(BEFORE, answers=(answer("3B", "608"), BEFORE.answers[1])), some) == {"3B"}


def test_two_runs_become_one_result_that_adds_up() -> None:
    old, new = PartResult("2D", "t", 2, 2, 0), PartResult("3B", "t", 1, 2, 0)
    whole = Result("ps4", "t", "ada", 2, 4, 0, (old, replace(new, earned=0.0)), notes=("kept",))
    one = merged(whole, Result("ps4", "t", "ada", 1, 2, 0, (new,), notes=("new",)))
    assert one.parts == (old, new)
    assert (one.earned, one.possible) == (3, 4)
    assert set(one.notes) == {"kept", "new"}


def test_time_is_no_difference_and_a_status_is() -> None:
    part = PartResult("3B", "t", 1, 2, 0, checks=(CheckResult("a", Status.PASSED, seconds=1.0),))
    assert is_same(part, replace(part, checks=(replace(part.checks[0], seconds=2.0),)))
    assert not is_same(part, replace(part, checks=(replace(part.checks[0], status=Status.FAILED),)))
