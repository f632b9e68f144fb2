"""What the commands do can be done from Python, with the names of the README."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import grader
from grader import (
    Entry,
    Status,
    grade,
    grade_class,
    load_assignment,
    propose_publication,
    publish_proposal,
    put_in_marks,
    read_class,
    read_result,
)

PS4 = Path(__file__).parents[1] / "reference" / "ps4"


def test_one_submission_and_a_class_are_graded(tmp_path: Path) -> None:
    work = tmp_path / "class" / "ada.md"
    work.parent.mkdir()
    work.write_text("## 3B\n608\n")
    problem_set = load_assignment(PS4)
    result = grade(Entry("ada", work), problem_set)
    assert next(part for part in result.parts if part.id == "3B").checks[0].status is Status.PASSED
    class_ = read_class(work.parent, problem_set, tmp_path / "out" / "work")
    graded = grade_class(class_.entries, problem_set, tmp_path / "out", jobs=1)
    assert [one.earned for one in graded.results] == [result.earned]
    assert read_result(tmp_path / "out" / "staff" / "ada" / "result.json").earned == result.earned
    assert put_in_marks(tmp_path / "out").changes == ()
    manifest = publish_proposal(propose_publication(tmp_path / "out"))
    assert [one.student for one in manifest.students] == ["ada"]
    assert not propose_publication(tmp_path / "out").is_new


def test_every_name_is_there_and_nothing_is_imported_before_it_is_asked_for() -> None:
    assert all(getattr(grader, name) is not None for name in grader.__all__)
    assert set(grader.__all__) == set(grader._HOMES)
    code = "import grader, sys; print(sorted(name for name in sys.modules if name.startswith('grader')))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "['grader']"
