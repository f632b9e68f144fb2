"""What is said of an entry is true of the entry as it is now."""

from dataclasses import replace
from pathlib import Path

import pytest

from grader import assignment, batch, pipeline, record
from grader.datatypes import Assignment
from grader.roster import Entry

PS4 = Path(__file__).parents[1] / "reference" / "ps4"


@pytest.fixture
def short() -> Assignment:
    """3B alone: quick to grade."""
    return assignment.only_parts(assignment.load(PS4), frozenset({"3B"}))


@pytest.fixture
def ada(tmp_path: Path) -> Entry:
    path = tmp_path / "ada.md"
    path.write_text("## 3B\n608\n")
    said = {"notes": ("handed in by hand",), "attention": ("not on the class list",)}
    return Entry("ada", path, {"name": "Ada"}, **said)


def test_it_goes_when_the_class_list_was_mended_and_nothing_is_run(
    ada: Entry, short: Assignment, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    batch.grade_class([ada], short, out, 0)
    standing = pipeline.standing(out, "ada")
    assert (standing.notes, standing.attention) == (ada.notes, ada.attention)
    mended = replace(ada, notes=("moved from another group",), attention=())
    assert batch.grade_class([mended], short, out, 0).kept == 1
    standing = pipeline.standing(out, "ada")
    assert (standing.notes, standing.attention, standing.needs_attention) == (mended.notes, (), False)
    assert "said_of_entry" not in record.for_student(standing).provenance


def test_a_member_has_what_is_said_of_themselves_alone(ada: Entry, short: Assignment, tmp_path: Path) -> None:
    bob = Entry("bob", ada.path, {"name": "Bob"}, attention=("handed in several times",))
    out = tmp_path / "out"
    for _ in range(2):
        batch.grade_class([replace(ada, members=(bob,))], short, out, 0)
        assert pipeline.standing(out, "ada").attention == ada.attention
        assert pipeline.standing(out, "bob").attention == bob.attention
        assert pipeline.standing(out, "bob").notes == ()
