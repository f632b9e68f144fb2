"""results.json, read by the rules of Gradescope's specification."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader import record
from grader.datatypes import Bonus, CheckResult, PartResult, Result, RubricResult, Status
from grader.gradebook import gradescope
from grader.gradebook.grades import Terms
from grader.gradebook.outcome import CannotExport
from grader.status import Corrected

KEYS = {
    "score",
    "output",
    "output_format",
    "test_output_format",
    "test_name_format",
    "visibility",
    "stdout_visibility",
    "tests",
}
TEST_KEYS = {
    "number",
    "name",
    "name_format",
    "score",
    "max_score",
    "status",
    "output",
    "output_format",
    "visibility",
}


def accepted(data: bytes) -> dict:
    """Check a results.json against gradescope-autograders.readthedocs.io/en/latest/specs, and return it."""
    got = json.loads(data)
    assert set(got) <= KEYS
    assert isinstance(got["score"], (int, float))
    for test in got["tests"]:
        assert set(test) <= TEST_KEYS
        assert test.get("status") in {None, "passed", "failed"}
        assert test["visibility"] in {"hidden", "after_due_date", "after_published", "visible"}
        assert test["output_format"] == test["name_format"] == "text"
        assert ("score" in test) == ("max_score" in test) == ("status" in test)
        assert all(isinstance(test[key], str) for key in ("number", "name", "output"))
    assert len({test["number"] for test in got["tests"]}) == len(got["tests"])
    return got


def written(folder, results, **terms):
    pairs = [(result, record.for_student(result)) for result in results]
    return gradescope.files(folder, pairs, Terms(**terms))


def test_each_has_a_file_with_score_and_reasons(tmp_path, make):
    done = written(
        tmp_path / "out",
        [make("ada", late=1.0, who={"gradescope": "submission_77", "email": "ada@example.edu"})],
    )
    got = accepted(done.files[tmp_path / "out" / "ada" / "results.json"])
    assert got["score"] == 16.25
    assert got["output"].splitlines() == ["CS 155 Set 4: 16.25 of 20 points.", "late"]
    right, wrong = got["tests"]
    assert (right["number"], right["name"]) == ("3B.1", "Convolution: The size of the kernel.")
    assert (right["score"], right["max_score"], right["status"]) == (17.25, 17.25, "passed")
    assert (wrong["score"], wrong["max_score"], wrong["status"]) == (0, 2.75, "failed")
    assert wrong["output"] == "A stride of 2 skips every other pixel.\nRead as: 2"
    index = list(csv.DictReader(io.StringIO(done.files[tmp_path / "out" / "students.csv"].decode())))
    assert index == [{"submission": "77", "email": "ada@example.edu", "file": "ada/results.json"}]


def test_only_what_a_student_may_see_is_in_it(tmp_path, make):
    hidden = CheckResult(
        "edge", Status.FAILED, "SECRET", message="SECRET", hidden=True, category="edge cases", possible=1.0
    )
    whole = make("ada", who={"email": "SECRET"}, attention=("SECRET",), needs_attention=True)
    part = PartResult("3C", "Pooling", 0.0, 1.0, 0.0, checks=(hidden,))
    whole = Result(**{**vars(whole), "parts": (*whole.parts, part)})
    data = written(tmp_path, [whole]).files[tmp_path / "ada" / "results.json"]
    assert b"SECRET" not in data
    assert accepted(data)["tests"][-1]["name"] == "Pooling: edge cases"


def test_who_has_no_grade_has_no_file(tmp_path, make):
    fault = make("chi", 10.0, pending=2.0, waiting=Status.ERROR)
    waits = make("bo", 10.0, pending=2.0)
    done = written(tmp_path, [make("ada"), waits, fault])
    assert set(done.files) == {tmp_path / "ada" / "results.json", tmp_path / "students.csv"}
    assert sorted(done.without.values()) == [("bo",), ("chi",)]
    told = written(tmp_path, [waits, fault], include_pending=True)
    got = accepted(told.files[tmp_path / "bo" / "results.json"])
    assert got["score"] == 10
    assert "2 points still wait for a person." in got["output"]
    assert "score" not in got["tests"][-1], "nothing that waits looks like a zero"
    assert tmp_path / "chi" / "results.json" not in told.files


def test_marks_of_a_person_and_their_words(tmp_path):
    rubric = (
        RubricResult("Names a reason", 2.0, Status.FAILED, 1.5, "Say which."),
        RubricResult("Draws it", 1.0),
    )
    part = PartResult("1A", "Prose", 1.5, 3.0, 1.0, rubric=rubric)
    result = Result("ps4", "Set", "ada", 1.5, 3.0, 1.0, (part,))
    marked, waits = accepted(
        written(tmp_path, [result], include_pending=True).files[tmp_path / "ada" / "results.json"]
    )["tests"]
    assert (marked["score"], marked["max_score"], marked["status"], marked["output"]) == (
        1.5,
        2,
        "failed",
        "Say which.",
    )
    assert "score" not in waits


@given(st.text(max_size=50))
def test_no_text_breaks_the_file(tmp_path_factory, text):
    folder = tmp_path_factory.getbasetemp()
    check = CheckResult("c", Status.FAILED, text, text, text, actual=text, possible=1.0)
    result = Result(
        "ps4",
        text,
        "ada",
        0.0,
        1.0,
        0.0,
        (PartResult("1A", text, 0.0, 1.0, 0.0, checks=(check,)),),
        notes=(text,),
    )
    accepted(written(folder, [result]).files[folder / "ada" / "results.json"])


def test_a_correction_says_why(tmp_path):
    given = Corrected("void", "It was misprinted.", Status.FAILED, 0.0)
    check = CheckResult("c", Status.PASSED, "C", "You gave 3.", earned=2.0, possible=2.0, corrected=given)
    bonus = Bonus(1.0, "Nobody was to find this.", earned=1.0)
    part = PartResult("1A", "One", 2.0, 2.0, 0.0, checks=(check,), bonuses=(bonus,))
    result = Result("ps4", "Set", "ada", 2.0, 2.0, 0.0, (part,), bonus=1.0)
    done = written(tmp_path, [result])
    told = accepted(done.files[tmp_path / "ada" / "results.json"])
    assert told["score"] == 3, "a score for the whole goes before what the tests come to"
    assert all(test["score"] <= test["max_score"] for test in told["tests"])
    assert done.notes[0].startswith(
        "1 grade above the points possible, which Gradescope takes as they are: ada (3 of 2)."
    )
    assert "1 on top of what is possible: Nobody was to find this." in told["output"]
    assert "Full points for everybody: It was misprinted." in told["tests"][0]["output"]


def test_a_long_output_is_cut(tmp_path, make):
    check = CheckResult("c", Status.CRASHED, message="x" * 50_000, possible=1.0)
    result = Result(
        "ps4", "t", "ada", 0.0, 1.0, 0.0, (PartResult("1A", "t", 0.0, 1.0, 0.0, checks=(check,)),)
    )
    output = accepted(written(tmp_path, [result]).files[tmp_path / "ada" / "results.json"])["tests"][0][
        "output"
    ]
    assert len(output) < 11_000


def test_files_of_an_earlier_export_are_named(tmp_path, make):
    (tmp_path / "eve").mkdir()
    (tmp_path / "eve" / "results.json").write_text("{}")
    assert written(tmp_path, [make("ada")]).notes == (
        "Left by an earlier export, and not to be handed over: eve",
    )


def test_a_file_is_no_folder(tmp_path, make):
    (tmp_path / "out").write_text("")
    with pytest.raises(CannotExport, match="takes a folder"):
        written(tmp_path / "out", [make("ada")])
