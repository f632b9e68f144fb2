"""`grader marks`, as people type it: what waits is listed, what people give gets everywhere and stays."""

import csv
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader import marking, remark
from grader.cli import main
from grader.marking.file import write

SET = """
id = "lab"
title = "Lab"
[sections]
1 = "One"
[[parts]]
id = "1A"
title = "Why"
[parts.rubric]
"names the cause, says why" = 2.5
"=gives an example" = 1
[[parts]]
id = "1B"
title = "How many"
checks = { number = 2 }
"""
CHECK = '''
def test_number(answer, verdict):
    """The number of things."""
    verdict.equal(answer.integer("number", nouns=("things",)), 7)
'''
CAUSE = "names the cause, says why"


def grader(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of three, graded once."""
    home = tmp_path_factory.mktemp("home")
    (home / "lab" / "checks").mkdir(parents=True)
    (home / "lab" / "assignment.toml").write_text(SET)
    (home / "lab" / "checks" / "test_lab.py").write_text(CHECK)
    (home / "class").mkdir()
    (home / "class" / "ada.md").write_text("## 1A\nThe gradient is zero everywhere.\n## 1B\n7 things\n")
    (home / "class" / "bob.md").write_text("## 1A\nNo idea, sorry.\n## 1B\n8 things\n")
    (home / "class" / "zoe.md").write_text("## 1A\nThe gradient is zero everywhere!\n## 1B\n7 or 9 things\n")
    assert grade(home).exit_code == 0
    return home


@pytest.fixture
def home(graded: Path, tmp_path: Path) -> Path:
    shutil.copytree(graded, tmp_path / "home")
    return tmp_path / "home"


def grade(home: Path) -> Result:
    return grader(
        "grade", home / "class", "--assignment", home / "lab", "--out", home / "out", "--sandbox", "off", "--jobs", "1"
    )  # fmt: skip


def table(home: Path) -> list[dict[str, str]]:
    with (home / "out" / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        delimiter = file.readline()[len("student")]
        file.seek(0)
        return list(csv.DictReader(file, delimiter=delimiter))


def give(home: Path, *given: tuple[str, str, str, str], comment: str = "") -> None:
    """Fill points into rows that are there, or add rows, as a spreadsheet with semicolons does."""
    rows = table(home)
    for student, part, item, points in given:
        place = {"student": student, "part": part, "item": item}
        row = next((row for row in rows if place.items() <= row.items()), None)
        if row is None:
            rows.append(row := dict.fromkeys(rows[0], "") | place)
        row.update(points=points, comment=comment, who="kim", when="1 May")
    with (home / "out" / "marks.csv").open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]), delimiter=";")
        out.writeheader()
        out.writerows(rows)


def result(home: Path, student: str) -> dict:
    found = json.loads((home / "out" / "staff" / student / "result.json").read_text(encoding="utf-8"))
    for check in (check for part in found["parts"] for check in part["checks"]):
        check["seconds"] = 0
    return found | {"provenance": {}}


def gradebook(home: Path) -> dict[str, dict[str, str]]:
    with (home / "out" / "gradebook.csv").open(encoding="utf-8", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def everything(home: Path) -> dict[str, bytes]:
    files = (path for path in (home / "out").rglob("*") if path.is_file())
    return {str(path.relative_to(home)): path.read_bytes() for path in files}


def test_what_waits_is_listed_with_similar_answers_as_neighbours(home: Path) -> None:
    told = grader("marks", home / "out")
    assert told.exit_code == 0
    assert "0 answers marked, 4 waiting for a person" in told.output
    rows = table(home)
    assert [(row["student"], row["item"]) for row in rows if row["part"] == "1A"] == [
        (student, item) for student in ("ada", "zoe", "bob") for item in (CAUSE, "'=gives an example")
    ]
    assert rows[-1] | {"read": ""} == {
        "student": "zoe",
        "part": "1B",
        "item": "number",
        "points": "",
        "comment": "",
        "who": "",
        "when": "",
        "possible": "2",
        "answer": "7 or 9 things",
        "read": "",
        "given": "",
    }
    assert "(7, 9)" in rows[-1]["read"]


def test_listing_changes_no_result_and_a_second_time_nothing_at_all(home: Path) -> None:
    before = everything(home)
    grader("marks", home / "out")
    listed = everything(home)
    assert {name for name in listed if listed[name] != before.get(name)} == {"out/marks.csv"}
    grader("marks", home / "out")
    assert everything(home) == listed


def test_what_people_give_gets_everywhere(home: Path) -> None:
    grader("marks", home / "out")
    give(home, ("ada", "1A", CAUSE, "2,25"), comment="<b>Well</b> & truly said")
    give(home, ("bob", "1B", "number", "1"), comment="<i>eight</i> counts the box")
    told = grader("marks", home / "out")
    assert told.exit_code == 0
    line = next(line for line in told.output.splitlines() if " ada " in line)
    assert line.split()[1::2] == ["ada", "2", "4.25", "3.5", "1"]
    assert not any(" zoe " in line for line in told.output.splitlines())
    criterion = result(home, "ada")["parts"][0]["rubric"][0]
    assert (criterion["status"], criterion["earned"]) == ("failed", 2.25)
    as_found = {"status": "pending", "earned": 0, "given": []}
    assert criterion["marked"] == {"by": "kim", "when": "1 May", **as_found}
    assert (result(home, "bob")["earned"], result(home, "bob")["pending"]) == (1, 3.5)
    assert (gradebook(home)["ada"]["earned"], gradebook(home)["ada"]["pending"]) == ("4.25", "1")
    page = (home / "out" / "students" / "ada" / "index.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;Well&lt;/b&gt; &amp; truly said" in page
    assert "2.25 of 2.5" in page
    bobs = (home / "out" / "students" / "bob" / "index.html").read_text(encoding="utf-8")
    assert "&lt;i&gt;eight&lt;/i&gt; counts the box" in bobs
    assert "kim" not in page + bobs
    assert "1 May" not in page + bobs
    assert "4.25" in (home / "out" / "index.html").read_text(encoding="utf-8")


def test_marks_survive_every_regrade_and_can_be_taken_back(home: Path) -> None:
    before = result(home, "ada")
    grader("marks", home / "out")
    give(home, ("ada", "1A", CAUSE, "2"), ("bob", "1B", "number", "2"))
    grader("marks", home / "out")
    marked = result(home, "ada")
    (home / "class" / "bob.md").write_text("## 1A\nStill no idea.\n## 1B\n9 things\n")
    assert grade(home).exit_code == 0
    assert result(home, "ada") == marked != before
    assert (result(home, "bob")["earned"], gradebook(home)["bob"]["earned"]) == (2, "2")
    (home / "out" / "marks.csv").unlink()
    told = grader("marks", home / "out")
    assert [name for name in ("ada", "bob", "zoe") if f" {name} " in told.output] == ["ada", "bob"]
    assert result(home, "ada") == before


def test_rows_that_people_filled_stay_to_the_letter(home: Path) -> None:
    grader("marks", home / "out")
    give(home, ("ada", "1A", CAUSE, " 2,50 "), comment='said "well"\r\nand truly')
    row = next(row for row in table(home) if row["points"])
    (home / "class" / "dan.md").write_text("## 1A\nThe gradient is zero.\n")
    grade(home)
    grader("marks", home / "out")
    assert [row for row in table(home) if row["points"]] == [row]
    assert {row["student"] for row in table(home)} == {"ada", "bob", "dan", "zoe"}


def test_check_says_all_that_is_wrong_and_changes_nothing(home: Path) -> None:
    grader("marks", home / "out")
    give(
        home,
        ("ada", "1A", CAUSE, "3"),
        ("Ada", "1A", CAUSE, "1"),
        ("bob", "1B", "numbr", "1"),
        ("zoe", "1A", CAUSE, "x"),
    )
    before = everything(home)
    told = grader("marks", home / "out", "--check")
    assert told.exit_code == 1
    lines = told.output.splitlines()
    assert len(lines) == 4
    assert all(line.startswith(f"{home / 'out' / 'marks.csv'}: line ") for line in lines)
    for said in (
        "line 2, points: 3 is more than the 2.5",
        "did you mean “ada”?",
        "“number”?",
        "“x” is not a number",
    ):
        assert said in told.output
    assert everything(home) == before


@pytest.mark.parametrize("points", ["3", "-1", "two"])
def test_a_wrong_mark_is_refused_before_anything_is_changed(home: Path, points: str) -> None:
    grader("marks", home / "out")
    give(home, ("ada", "1A", CAUSE, points), ("bob", "1B", "number", "2"))
    before = everything(home)
    told = grader("marks", home / "out")
    assert told.exit_code == 2
    assert "marks.csv: line 2, points: " in told.output
    assert everything(home) == before


def test_grade_refuses_a_file_of_marks_that_it_cannot_read(home: Path) -> None:
    grader("marks", home / "out")
    give(home, ("ada", "1A", CAUSE, "two"))
    before = everything(home)
    told = grade(home)
    assert told.exit_code == 2
    assert "line 2, points: “two” is not a number" in told.output
    assert "Nothing was graded." in told.output
    assert everything(home) == before


def test_marks_of_who_and_what_is_gone_are_kept_and_named(home: Path) -> None:
    grader("marks", home / "out")
    give(home, ("eve", "1A", CAUSE, "2"), ("bob", "1B", "count", "2"), ("bob", "1B", "number", "2"))
    told = grader("marks", home / "out")
    assert told.exit_code == 1
    assert "1 answer marked, 2 rows fit nothing, " in told.output
    assert "no result of “eve”" in told.output
    assert "part 1B has no check or criterion “count”" in told.output
    assert result(home, "bob")["earned"] == 2
    assert any("“count” in 1B counts for nothing" in line for line in result(home, "bob")["attention"])
    assert "“count” in 1B" not in (home / "out" / "students" / "bob" / "index.html").read_text(
        encoding="utf-8"
    )
    assert [row["student"] for row in table(home) if row["points"]] == ["eve", "bob", "bob"]


def test_a_comment_without_points_is_kept_and_said_to_give_none(home: Path) -> None:
    grader("marks", home / "out")
    give(home, ("ada", "1A", CAUSE, ""), comment="see me")
    for flag in ((), ("--check",)):
        told = grader("marks", home / "out", *flag)
        assert told.exit_code == 0
        assert "marks.csv: line 2, points: a comment without points is no mark yet" in told.output
        assert "write points beside it" in told.output
    assert "see me" in {row["comment"] for row in table(home)}


def test_totals_are_told_as_the_gradebook_has_them(home: Path) -> None:
    grader("marks", home / "out")
    give(home, ("ada", "1A", CAUSE, "2.1875"))
    told = grader("marks", home / "out")
    line = next(line for line in told.output.splitlines() if " ada " in line)
    assert "│ 2 → 4.25 " in line
    assert "│ 3.5 → 1 " in line
    assert gradebook(home)["ada"]["total"] == "4.25"
    assert "total, before → now" in told.output
    assert "points waiting, before → now" in told.output


def test_what_waits_is_told_by_part_and_where_the_students_pages_are(home: Path) -> None:
    told = grader("marks", home / "out")
    assert "Waiting by part: 3 in 1A, 1 in 1B" in told.output
    assert f"{home / 'out' / 'students'}/<student>/index.html" in told.output
    give(
        home,
        *((one, "1A", item, "1") for one in ("ada", "bob", "zoe") for item in (CAUSE, "'=gives an example")),
    )
    give(home, ("zoe", "1B", "number", "2"))
    told = grader("marks", home / "out")
    assert "4 answers marked, 0 waiting for a person" in told.output
    assert "Waiting by part" not in told.output


def test_a_dry_run_says_that_it_was_one_and_changes_nothing(home: Path) -> None:
    grader("marks", home / "out")
    before = everything(home)
    told = grader("marks", home / "out", "--dry-run")
    assert (told.exit_code, everything(home)) == (0, before)
    assert "No mark would change. This was a dry run: nothing was written." in told.output
    give(home, ("ada", "1A", CAUSE, "2"))
    before = everything(home)
    told = grader("marks", home / "out", "--dry-run")
    assert (told.exit_code, everything(home)) == (4, before)
    assert (
        "This was a dry run: these marks of 1 student were not changed, and nothing was written"
        in told.output
    )
    assert "The same command without --dry-run puts it in." in told.output


def test_who_is_left_of_an_earlier_run_does_not_get_into_the_gradebook(home: Path) -> None:
    (home / "class" / "zoe.md").unlink()
    grade(home)
    grader("marks", home / "out")
    assert set(gradebook(home)) == {"ada", "bob"}


def test_an_edit_that_comes_meanwhile_is_never_overwritten(home: Path) -> None:
    grader("marks", home / "out")
    sheet, _, seen = marking.read(home / "out")
    give(home, ("ada", "1A", CAUSE, "2"))
    edited = everything(home)
    with pytest.raises(marking.BadMarks, match="changed while it was read"):
        write(sheet, home / "out", seen)
    with pytest.raises(marking.BadMarks, match="changed while it was read"):
        write(sheet, home / "out", None)
    assert everything(home) == edited


def test_what_is_wrong_with_the_command_is_said(home: Path, tmp_path: Path) -> None:
    told = grader("marks", tmp_path)
    assert told.exit_code == 2
    assert "it has no staff/ in it" in told.output
    (home / "out" / "staff" / "bob" / "result.json").rename(home / "out" / "staff" / "zoe" / "result.json")
    assert "this is the result of 'bob', in another's folder" in grader("marks", home / "out").output
    (home / "out" / "staff" / "ada" / "result.json").write_text("{")
    told = grader("marks", home / "out")
    assert told.exit_code == 2
    assert "ada/result.json: " in told.output
    assert "grade again" in told.output


def test_a_file_that_is_no_file_is_said(home: Path) -> None:
    (home / "out" / "marks.csv").mkdir()
    told = grader("marks", home / "out")
    assert told.exit_code == 2
    assert "marks.csv: Is a directory. Mend that and give the command again." in told.output


def test_python_does_what_the_command_does(home: Path) -> None:
    outcome = remark.remark(home / "out")
    assert (outcome.marked, outcome.waiting, outcome.changes, outcome.kept) == (0, 4, (), ())
    give(home, ("ada", "1A", CAUSE, "2"))
    [change] = remark.remark(home / "out").changes
    assert (change.before.total, change.after.total) == (2, 4)
    assert remark.complaints(home / "out") == ()


def test_what_was_marked_on_the_page_gets_into_results_and_what_markers_differ_on_is_told(home):
    grader("marks", home / "out")
    ana, ben = marking.Book(home / "out", "ana"), marking.Book(home / "out", "ben")
    half, whole = marking.Item("half", 1.0), marking.Item("in full", 2.5)

    def gave(student, *items):
        return marking.Act("2026-05-01T10:00:00Z", student, "1A", (marking.Given(CAUSE, items, "Good."),))

    ana.add([gave("ada", whole), gave("bob", half)])
    ben.add([gave("bob", whole)])
    told = grader("marks", home / "out")
    assert told.exit_code == 0
    line = next(
        number for number, row in enumerate(table(home), 2) if (row["student"], row["item"]) == ("bob", CAUSE)
    )
    assert (
        f"marks.csv: line {line}, points: bob, 1A, “{CAUSE}”: ana and ben gave different points, and nobody "
        "has decided: write those that count here" in told.output
    )
    assert "0 answers marked, 4 waiting" in told.output
    result = json.loads((home / "out" / "staff" / "ada" / "result.json").read_text())
    (criterion, _) = result["parts"][0]["rubric"]
    assert (criterion["earned"], criterion["comment"], criterion["marked"]["by"]) == (2.5, "Good.", "ana")
    ana.close()
    ben.close()


def test_a_markers_file_that_cannot_be_read_is_refused_before_anything_is_written(home):
    grader("marks", home / "out")
    (home / "out" / "marking").mkdir()
    (home / "out" / "marking" / "ana.jsonl").write_text("{\n{\n{\n")
    before = table(home)
    told = grader("marks", home / "out")
    assert told.exit_code == 2
    assert "ana.jsonl: line 1 cannot be read" in told.output
    assert table(home) == before


@pytest.mark.parametrize("points", [1e9, -5, 999])
def test_points_of_a_marker_that_cannot_be_are_named_in_their_file_and_marks_csv_stays(home, points):
    grader("marks", home / "out")
    act = marking.Act("z", "ada", "1A", (marking.Given(CAUSE, points=points),))
    book = marking.Book(home / "out", "eve")
    book.add([marking.Act("y"), act])
    book.close()
    before = everything(home)
    told = grader("marks", home / "out")
    assert (told.exit_code, "eve.jsonl: line 2: " in told.output) == (2, True)
    assert everything(home) == before


def worth(home: Path, points: float) -> None:
    """Let the first criterion be worth something else, and grade again as somebody who agrees."""
    file = home / "lab" / "assignment.toml"
    lines = [f'"{CAUSE}" = {points}' if CAUSE in one else one for one in file.read_text().splitlines()]
    file.write_text("\n".join(lines) + "\n")


def test_in_full_follows_a_raise_and_a_fall_and_what_is_too_high_by_hand_is_told(home: Path) -> None:
    assert grader("marks", home / "out").exit_code == 0
    rows = table(home)
    for row in rows:
        if row["item"] == CAUSE and row["student"] in ("ada", "zoe"):
            row["points"] = "2.5"
            row["given"] = "in full +2.5" if row["student"] == "ada" else ""
    with (home / "out" / "marks.csv").open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(rows)
    assert grader("marks", home / "out").exit_code == 0
    command = ["grade", home / "class", "--assignment", home / "lab", "--out", home / "out"]
    command += ["--sandbox", "off", "--jobs", "1", "--yes"]

    def cause(student: str) -> tuple[str, float]:
        [one] = [one for one in result(home, student)["parts"][0]["rubric"] if one["criterion"] == CAUSE]
        return one["status"], one["earned"]

    worth(home, 3)
    grader(*command)
    assert (cause("ada"), cause("zoe")) == (("passed", 3), ("failed", 2.5)), "by hand stays as written"
    worth(home, 2)
    told = grader(*command)
    assert (cause("ada"), cause("zoe")) == (("passed", 2), ("pending", 0))
    table_, _, end = told.output.partition("Marks that count for nothing, since fewer points are possible")
    assert "the mark of 2.5" in table_.replace("\n", " "), "the cause stands beside the change"
    line = next(n for n, row in enumerate(table(home), 2) if (row["student"], row["item"]) == ("zoe", CAUSE))
    assert f"marks.csv: line {line}, points: 2.5 is more than the 2 possible: give 0 to 2" in end
    assert "line" not in end.replace(f"line {line}", ""), "and no other"
    assert "2.5 is more than the 2 possible" in grader("publish", home / "out").output
    give(home, ("zoe", "1A", CAUSE, "2"))
    assert grader("marks", home / "out", "--yes").exit_code == 0
    [ada] = [row for row in table(home) if (row["student"], row["item"]) == ("ada", CAUSE)]
    assert (ada["points"], ada["given"], ada["possible"]) == ("2", "in full +2", "2")
