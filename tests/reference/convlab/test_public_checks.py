"""The lab's kit: what is right fails nothing in public, what is of another kind does, and no secret is in it."""

from pathlib import Path

import pytest

from grader import assignment, kit, pipeline
from grader.datatypes import Status
from grader.roster import Entry

CONVLAB = Path(__file__).parents[3] / "reference" / "convlab"


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kit") / "convlab"
    kit.write(assignment.load(CONVLAB), folder)
    return folder


def statuses(handed_out: Path, specimen: str) -> dict[str, Status]:
    result = pipeline.grade(Entry("ada", CONVLAB / "specimens" / specimen), assignment.load(handed_out))
    return {check.name: check.status for part in result.parts for check in part.checks}


@pytest.mark.parametrize("specimen", ["right.py", "right.ipynb", "other-ways.py"])
def test_what_is_right_waits_for_the_courses_own_checks(handed_out, specimen):
    assert set(statuses(handed_out, specimen).values()) == {Status.PENDING}


def test_what_is_of_another_kind_fails(handed_out):
    found = statuses(handed_out, "wrong-kinds.py")
    public = {name for name in found if not name.startswith("unseen")}
    assert {name for name, status in found.items() if status is Status.FAILED} == public


def test_neither_the_secret_nor_a_mistakes_name_is_handed_out(handed_out):
    problem_set = assignment.load(CONVLAB)
    files = [path.read_bytes() for path in handed_out.rglob("*") if path.is_file()]  # compiled ones too
    text = b"".join(files).decode(errors="replace")
    assert problem_set.cases.secret
    assert problem_set.cases.secret not in text
    assert not [slip for slip in problem_set.hints if " " in slip and slip in text]
