"""The lab keeps its promises."""

from pathlib import Path

import pytest

from grader import assignment, judges, verify

CONVLAB = Path(__file__).parents[3] / "reference" / "convlab"


@pytest.mark.slow
def test_every_specimen_is_graded_as_promised() -> None:
    problem_set = assignment.load(CONVLAB)
    outcome = verify.verify(problem_set, verify.load(problem_set), judges.default_jobs())
    assert outcome.broken == ()
    assert outcome.never_failed == (), "each check has a specimen that fails it"
    assert outcome.never_told == (), "each hint has a specimen that is promised it"
    assert outcome.without_hint == ()
    assert outcome.unsound == ()


def test_a_slips_specimen_is_promised_that_name_and_no_other() -> None:
    problem_set = assignment.load(CONVLAB)
    told = {name: set(promise.slips.values()) - {""} for name, promise in verify.load(problem_set).items()}
    assert set().union(*told.values()) == set(problem_set.hints)
    for name, slips in told.items():
        assert slips in (set(), {name.partition(" ")[2]})


def test_checks_and_toml_agree() -> None:
    assignment.agree(assignment.load(CONVLAB))


def test_points_add_up_to_forty() -> None:
    assert sum(part.points for part in assignment.load(CONVLAB).parts) == 40
