"""Who bears another name by now is the same student, by an id and never by the name."""

from dataclasses import replace
from pathlib import Path

import pytest

from grader import batch, classes, graded
from grader.classes.renamed import kept
from tests.classes import exports

ADA = {"name": "Ada Lovelace", "moodle": "1", "email": "ada@x.example"}


def test_results_go_on_under_the_name_they_bear(problem_set, tmp_path: Path) -> None:
    out, packed = tmp_path / "out", tmp_path / "class.zip"
    short = replace(problem_set, deadline=None)

    def grade(name: str) -> tuple[classes.Class, batch.Graded]:
        file = (f"{name}_1_assignsubmission_file/a.md", b"# Problem 3B\n608\n")
        packed.write_bytes(exports.packed([file]))
        class_ = classes.read(packed, short, out / "work", known=graded.known(out))
        return class_, batch.grade_class(class_.entries, short, out, 0)

    grade("Ada Lovelace")
    class_, again = grade("Ada King")
    assert [result.student for result in again.results] == ["Ada Lovelace (1)"]
    assert again.results[0].who["name"] == "Ada King"
    assert [path.name for path in (out / "students").iterdir()] == ["Ada Lovelace (1)"]
    assert any("'Ada King (1)' was graded as 'Ada Lovelace (1)' before" in note for note in class_.notes)


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ({"name": "Ada King", "moodle": "1"}, "old"),
        ({"name": "Ada King", "moodle": "2", "email": "ada@x.example"}, "new"),  # the first id decides
        ({"name": "Ada King", "canvas": "7", "email": "ADA@x.example"}, "old"),
        ({"name": "Ada Lovelace"}, "new"),  # a name is nobody's alone
        ({"name": "Ada King", "gradescope": "9"}, "new"),  # a submission's, which a group shares
    ],
)
def test_an_id_decides(who: dict[str, str], name: str) -> None:
    assert kept(["new"], [who], [True], {"old": {**ADA, "gradescope": "9"}}) == [name]


def test_a_name_that_is_anothers_still_is_not_given_away() -> None:
    assert kept(["old", "new"], [ADA, ADA], [True, True], {"old": ADA}) == ["old", "new"]
    assert kept(["one", "two"], [ADA, ADA], [True, True], {"old": ADA}) == ["one", "two"], "whose is it?"


def test_who_handed_in_nothing_has_no_results_under_another_name() -> None:
    king = {**ADA, "name": "Ada King"}
    assert kept(["new"], [king], [False], {"old": ADA}) == ["new"]
    assert kept(["new"], [ADA], [False], {"old": ADA}) == ["old"]


def test_a_groups_results_are_nobodys_alone() -> None:
    group = {"Red (77)": {"name": "Red", "moodle": "77"}}
    zoe, ada = (
        {"name": "Zoe", "moodle": "77", "group": "Blue"},
        {"name": "Ada", "moodle": "5", "group": "red"},
    )
    assert kept(["Zoe (77)", "Ada (5)"], [zoe, ada], [True, True], group) == ["Zoe (77)", "Ada (5)"]
