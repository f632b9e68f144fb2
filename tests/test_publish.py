"""`grader publish`, as people type it: what students were shown stays, and every later change is told against it."""

from __future__ import annotations

import csv
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader import marking, pipeline, published, record
from grader.cli import main

SET = """
id = "lab"
title = "Lab"
[sections]
1 = "One"
[[parts]]
id = "1A"
title = "Why"
[parts.rubric]
"names the cause" = 2
[[parts]]
id = "1B"
title = "How many"
checks = {{ number = {points} }}
"""
CHECK = '''
def test_number(answer, verdict):
    """The number of things."""
    verdict.equal(answer.integer("number", nouns=("things",)), 7)
'''


def grader(*arguments: object, **how: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False, **how)


def grade(home: Path, *options: str) -> Result:
    return grader(
        "grade", home / "class", "--assignment", home / "lab", "--out", home / "out", "--sandbox", "off", "--jobs", "1",
        *options,
    )  # fmt: skip


def publish(home: Path, *options: str, **how: object) -> Result:
    return grader("publish", home / "out", *options, **how)


def words(told: Result) -> str:
    """Return what was told, on one line: tables and titles are broken as the window is wide."""
    return " ".join(re.sub("[│┃]", " ", told.output).split())


def worth(home: Path, points: int) -> None:
    (home / "lab" / "assignment.toml").write_text(SET.format(points=points))


def give(home: Path, **points: str) -> None:
    """Write points for 1A into marks.csv."""
    sheet, _, seen = marking.read(home / "out")
    with (home / "out" / "marks.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (len(rows), seen is None) == (len(sheet.rows), False)
    for row in rows:
        row["points"] = points.get(row["student"], row["points"])
    with (home / "out" / "marks.csv").open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(rows)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of two in which nothing waits any more."""
    home = tmp_path_factory.mktemp("home")
    (home / "lab" / "checks").mkdir(parents=True)
    worth(home, 2)
    (home / "lab" / "checks" / "test_lab.py").write_text(CHECK)
    (home / "class").mkdir()
    (home / "class" / "ada.md").write_text("## 1A\nThe gradient is zero.\n## 1B\n7 things\n")
    (home / "class" / "bob.md").write_text("## 1A\nNo idea, sorry.\n## 1B\n8 things\n")
    assert grade(home).exit_code == 0
    assert grader("marks", home / "out").exit_code == 0
    give(home, ada="2", bob="1")
    assert grader("marks", home / "out").exit_code == 0
    return home


@pytest.fixture
def home(graded: Path, tmp_path: Path) -> Path:
    return shutil.copytree(graded, tmp_path / "home")


@pytest.fixture
def shown(home: Path) -> Path:
    assert publish(home).exit_code == 0
    return home


def everything(home: Path) -> dict[str, bytes]:
    files = [path for path in (home / "out").rglob("*") if path.is_file()]
    return {str(path.relative_to(home / "out")): path.read_bytes() for path in files}


# ---- the first time --------------------------------------------------------------------------


def test_what_students_are_shown_is_frozen_and_its_checksum_told(home: Path) -> None:
    before = everything(home)
    told = publish(home)
    assert told.exit_code == 0, told.output
    manifest = published.last(home / "out")
    assert manifest.checksum in told.output
    assert f"Hand out now: {home / 'out' / 'students'}" in told.output
    assert [(one.student, one.total, one.possible) for one in manifest.students] == [
        ("ada", 4, 4),
        ("bob", 1, 4),
    ]
    after = everything(home)
    assert {name for name in after if after[name] != before.get(name)} == {
        "index.html", "published/1/published.json",
        *(f"published/1/students/{who}/{file}" for who in ("ada", "bob") for file in ("index.html", "result.json")),
    }  # fmt: skip
    for who in ("ada", "bob"):
        assert after[f"published/1/students/{who}/index.html"] == before[f"students/{who}/index.html"]
    assert "These are the marks that were published" in after["index.html"].decode()


def test_a_second_time_with_nothing_new_writes_nothing(shown: Path) -> None:
    before = everything(shown)
    told = publish(shown)
    assert (told.exit_code, "Nothing is new since then" in told.output) == (0, True)
    assert everything(shown) == before


def test_pages_that_were_made_anew_are_nothing_new(shown: Path) -> None:
    assert grade(shown, "--force").exit_code == 0
    assert "Nothing is new since then" in publish(shown).output


def test_points_that_wait_are_told_and_asked_about(home: Path) -> None:
    give(home, ada="")
    assert grader("marks", home / "out").exit_code == 0
    told = publish(home)
    assert told.exit_code == 4
    assert "Points wait for a person, which their pages say: 1 (ada)" in told.output
    assert "Nothing was published" in told.output
    assert publish(home, "--dry-run", "--yes").exit_code == 4
    assert published.last(home / "out") is None
    assert publish(home, "--yes").exit_code == 0
    assert published.last(home / "out").of("ada").pending == 2


def break_result(home: Path) -> None:
    (home / "out" / "staff" / "ada" / "result.json").write_text("{}")


def fail_on_ada(home: Path) -> None:
    path = home / "out" / "staff" / "ada" / "result.json"
    path.write_text(
        path.read_text().replace(
            '"name": "number",\n     "status": "passed"', '"name": "number",\n     "status": "error"'
        )
    )


def grade_a_part(home: Path) -> None:
    assert grade(home, "--parts", "1B", "--yes").exit_code == 0


def propose(home: Path) -> None:
    (home / "class" / "ada.md").write_text("## 1A\nThe gradient is zero.\n## 1B\n8 things\n")
    assert grade(home).exit_code == 4


def mark_otherwise(home: Path) -> None:
    give(home, ada="1")


def mark_on_the_page(home: Path) -> None:
    book = marking.Book(home / "out", "kim")
    mark = marking.Given("names the cause", (), "", 0.5)
    book.add([marking.Act("", "ada", "1A", (mark,))])
    book.close()
    give(home, ada="")


def lose_a_page(home: Path) -> None:
    (home / "out" / "students" / "ada" / "index.html").unlink()


def age_a_page(home: Path) -> None:
    os.utime(home / "out" / "students" / "ada" / "index.html", (1, 1))


def link_a_page(home: Path) -> None:
    shutil.move(home / "out" / "students" / "ada", home / "elsewhere")
    (home / "out" / "students" / "ada").symlink_to(home / "elsewhere")


@pytest.mark.parametrize(
    ("spoilt", "why", "way_out"),
    [
        (break_result, "ada: ", "grade again"),
        (fail_on_ada, "The grader failed on ada", "grade again"),
        (grade_a_part, "Only some parts were graded (--parts) of ada, bob", "grade all parts first"),
        (propose, "A new result waits beside the one that stands, of ada", "agree to it (--yes)"),
        (mark_otherwise, "What people gave is not in the results of ada", "`grader marks"),
        (mark_on_the_page, "What people gave is not in the results of ada", "`grader marks"),
        (lose_a_page, "The page is not that of the result, of ada", "`grader report"),
        (age_a_page, "The page is not that of the result, of ada", "`grader report"),
        (link_a_page, "The page is not that of the result, of ada", "`grader report"),
    ],
)
def test_what_is_not_fit_to_be_shown_is_refused_with_the_way_out(
    home: Path, spoilt, why: str, way_out: str
) -> None:
    spoilt(home)
    told = publish(home, "--yes")
    assert told.exit_code == 2, told.output
    assert why in told.output
    assert way_out in told.output
    assert "Nothing was published" in told.output
    assert not (home / "out" / "published").exists()


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    told = publish(tmp_path)
    assert (told.exit_code, "reports/ps4 say" in told.output) == (2, True)


# ---- afterwards ------------------------------------------------------------------------------


def test_a_later_grade_is_told_against_what_was_published_where_changes_piled_up(shown: Path) -> None:
    worth(shown, 3)
    assert grade(shown, "--yes").exit_code == 0
    worth(shown, 4)
    told = grade(shown)
    assert told.exit_code == 4
    assert re.search(
        r"Marks that change, against what was published on [\d-]+ [\d:]+ UTC \(number 1\)", words(told)
    )
    assert "ada 4 → 6 1B 2 of 2 4 of 4" in words(told)
    assert "bob 1 1B 0 of 2 0 of 4" in words(told)
    assert pipeline.standing(shown / "out", "ada").total == 5, "what stands waits for --yes"
    worth(shown, 2)
    told = grade(shown)
    assert told.exit_code == 4
    assert "as it was published: what stood since was not" in words(told)
    assert grade(shown, "--yes").exit_code == 0
    assert "Nothing is new since then" in publish(shown).output


VOID = """
[[corrections]]
part = "1B"
void = true
reason = "The question was misprinted."
"""


def test_where_nobody_agrees_nothing_that_is_scored_again_is_written(shown: Path) -> None:
    (shown / "lab" / "assignment.toml").write_text(SET.format(points=2) + VOID)
    (shown / "class" / "eve.md").write_text("## 1A\nWell.\n## 1B\n7 things\n")
    before = everything(shown)
    told = grade(shown)
    assert told.exit_code == 4
    assert "2 of 3 are graded already, and nothing has to be run again for them; marks are scored" in words(
        told
    )
    assert "bob 1 → 3 1B 0 of 2 2 of 2" in words(told)
    assert "were not replaced, and all results that stood are as they were. The same command" in words(told)
    after = everything(shown)
    assert {name for name in after if after[name] != before.get(name)} == {
        "index.html", "gradebook.csv", "staff/eve/result.json", "students/eve/index.html",
    }  # fmt: skip
    told = grade(shown, "--dry-run")
    assert (told.exit_code, "This was a dry run: these marks of 1 student were" in words(told)) == (4, True)
    told = publish(shown, "--yes")
    assert (told.exit_code, "Not published before: 1 (eve)" in words(told)) == (0, True), (
        "the rest is as it was"
    )
    assert grade(shown, "--yes").exit_code == 0
    after = everything(shown)
    assert all(b"misprinted" in after[f"students/{who}/index.html"] for who in ("ada", "bob", "eve"))


def test_where_nobody_agrees_what_was_graded_anew_waits_and_stops_publishing(shown: Path) -> None:
    give(shown, bob="1.5")
    assert grader("marks", shown / "out", "--yes").exit_code == 0
    (shown / "class" / "bob.md").write_text("## 1A\nNo idea, sorry.\n## 1B\n7 things\n")
    for _ in range(2):  # the second time nothing is run, and the cause is told again
        told = grade(shown)
        assert told.exit_code == 4
        assert "1B 0 of 2 2 of 2 handed in anew" in words(told)
        assert words(told).count("handed in anew") == 1, "1A is another since it was published, not by this"
        assert "as they were; new results wait beside those of bob. The same command" in words(told)
    told = publish(shown, "--yes")
    assert (told.exit_code, "A new result waits beside the one that stands, of bob" in told.output) == (
        2,
        True,
    )
    checks = shown / "lab" / "checks" / "test_lab.py"
    checks.write_text(CHECK.replace("7)", "8)"))
    assert "checks, references or parts are others" in words(grade(shown))


def test_a_grade_that_replaces_nothing_asks_nothing_and_says_what_is_not_published(shown: Path) -> None:
    worth(shown, 3)
    assert grade(shown, "--yes").exit_code == 0
    told = grade(shown)
    assert told.exit_code == 0
    assert "Marks that change" not in told.output
    assert "the marks of 2 students are not as published now (ada, bob)" in words(told)


def test_who_comes_later_is_told_against_what_stands(shown: Path) -> None:
    (shown / "class" / "eve.md").write_text("## 1A\nWell.\n## 1B\n7 things\n")
    assert grade(shown).exit_code == 0
    (shown / "class" / "eve.md").write_text("## 1A\nWell.\n## 1B\n8 things\n")
    told = grade(shown)
    assert told.exit_code == 4
    assert "nothing of it was published" in words(told)


def test_marks_are_put_in_without_a_question_until_something_is_published(home: Path) -> None:
    give(home, bob="2")
    told = grader("marks", home / "out", "--dry-run")
    assert told.exit_code == 4
    assert "bob 1 → 2 1A 1 of 2 2 of 2" in words(told)
    assert "Marks that change, against" not in words(told)
    assert pipeline.standing(home / "out", "bob").total == 1
    assert grader("marks", home / "out").exit_code == 0
    assert pipeline.standing(home / "out", "bob").total == 2
    told = grader("marks", home / "out", "--dry-run")
    assert (told.exit_code, "No mark would change" in told.output) == (0, True)


def test_marks_over_published_ones_are_shown_and_asked_about(shown: Path) -> None:
    give(shown, bob="2")
    before = everything(shown)
    told = grader("marks", shown / "out")
    assert told.exit_code == 4
    assert "Marks that change, against what was published on" in words(told)
    assert "bob 1 → 2 1A 1 of 2 2 of 2" in words(told)
    assert "were not changed, and nothing was written" in told.output
    assert everything(shown) == before
    told = grader("marks", shown / "out", "--yes", "--dry-run")
    assert told.exit_code == 4
    assert "The same command with --yes instead of --dry-run puts it in." in words(told)
    assert everything(shown) == before
    told = grader("marks", shown / "out", "--yes")
    assert told.exit_code == 0
    assert "the marks of 1 student are not as published now (bob)" in words(told)
    assert pipeline.standing(shown / "out", "bob").total == 2


def test_marks_of_who_was_never_published_need_no_question(shown: Path) -> None:
    (shown / "class" / "eve.md").write_text("## 1A\nWell.\n## 1B\n7 things\n")
    assert grade(shown).exit_code == 0
    assert grader("marks", shown / "out").exit_code == 0
    give(shown, eve="1")
    assert grader("marks", shown / "out").exit_code == 0
    assert pipeline.standing(shown / "out", "eve").total == 3


def test_publishing_again_shows_what_changes_and_asks_before_it_writes_the_next(shown: Path) -> None:
    give(shown, bob="2")
    assert grader("marks", shown / "out", "--yes").exit_code == 0
    told = publish(shown)
    assert told.exit_code == 4
    assert "Marks that change, against what was published on" in words(told)
    assert "bob 1 → 2 1A 1 of 2 2 of 2" in words(told)
    assert published.numbers(shown / "out") == (1,)
    first = published.last(shown / "out")
    assert publish(shown, "--dry-run").exit_code == 4
    assert publish(shown, "--yes").exit_code == 0
    second = published.last(shown / "out")
    assert (second.number, second.before) == (2, first.checksum)
    assert published.manifest_in(shown / "out", 1) == first
    assert publish(shown, "--check").exit_code == 0


def test_other_words_beside_the_same_marks_are_counted_with_names(shown: Path) -> None:
    checks = shown / "lab" / "checks" / "test_lab.py"
    checks.write_text(CHECK.replace("The number of things.", "How many things there are."))
    assert grade(shown).exit_code == 0
    told = publish(shown)
    assert told.exit_code == 4
    assert "Comments or messages are others, and no mark is: 2 (ada, bob)" in words(told)
    assert publish(shown, "--yes").exit_code == 0


def test_what_no_page_shows_is_nothing_new(shown: Path) -> None:
    out = shown / "out"
    result = pipeline.standing(out, "ada")
    part = result.parts[1]
    checks = (replace(part.checks[0], category="counting"),)
    after = replace(result, parts=(result.parts[0], replace(part, checks=checks)))
    assert record.for_student(after) != record.for_student(result)
    pipeline.put(after, out)
    assert "Nothing is new since then" in publish(shown).output


def test_who_is_new_and_who_is_gone_is_told(shown: Path) -> None:
    (shown / "class" / "bob.md").unlink()
    (shown / "class" / "eve.md").write_text("## 1B\n7 things\n")
    assert grade(shown).exit_code == 0
    told = words(publish(shown, "--yes"))
    assert "Not published before: 1 (eve)" in told
    assert "Published before, and not of this class now: 1 (bob)" in told
    assert "Not of this class, and not published: 1 (bob)" in told
    assert [one.student for one in published.last(shown / "out").students] == ["ada", "eve"]


def test_report_export_and_the_class_page_say_what_is_not_as_published(shown: Path) -> None:
    worth(shown, 3)
    assert grade(shown, "--yes").exit_code == 0
    line = "the marks of 2 students are not as published now (ada, bob)"
    assert line in words(grader("report", shown / "out"))
    assert line in words(grader("export", shown / "out", "--csv", shown / "grades.csv"))
    page = (shown / "out" / "index.html").read_text()
    assert "The marks of 2 students are others now" in page
    assert publish(shown, "--yes").exit_code == 0
    assert "not as published" not in grader("report", shown / "out").output
    assert "not as published" not in grader("export", shown / "out", "--csv", shown / "grades.csv").output


@pytest.mark.parametrize("command", ["grade", "marks", "report", "export", "forget", "publish", "--check"])
def test_what_was_published_and_cannot_be_read_stops_every_command_with_the_way_out(
    shown: Path, command: str
) -> None:
    path = shown / "out" / "published" / "1" / "published.json"
    path.chmod(0o600)
    path.write_text(path.read_text().replace('"total": 1.0', '"total": 4.0'))
    before = everything(shown)
    commands = {
        "grade": lambda: grade(shown, "--force", "--yes"),
        "export": lambda: grader("export", shown / "out", "--csv", shown / "grades.csv"),
        "forget": lambda: grader("forget", "ada", shown / "out"),
        "--check": lambda: publish(shown, "--check"),
    }
    told = commands.get(command, lambda: grader(command, shown / "out"))()
    assert told.exit_code == (1 if command == "--check" else 2)
    assert f"{path}: its checksum is not that of what it holds" in told.output
    assert "Traceback" not in told.output
    assert everything(shown) == before


ASKED = "student,part,text,decision,by,old,new\nada,1A,why?,{},,,\nbob,1B,and this?,{},kim,0,0\n"


def test_an_open_request_blocks_silent_publishing(shown: Path) -> None:
    requests = shown / "out" / "regrade_requests.csv"
    requests.write_text(ASKED.format("", "it stays") + "Eva,1A,Mine?,,,,\n")
    told = publish(shown)
    assert told.exit_code == 2
    assert "A regrade request, or its answer, is not on the page yet, of ada, bob: `grader marks" in words(
        told
    )
    assert f"{requests}: line 4, student: no result of “Eva”" in told.output
    assert "What people gave" not in told.output
    assert grader("marks", shown / "out").exit_code == 1, "the row that fits nobody"
    told = publish(shown, "--dry-run")
    assert "Regrade requests that nobody has answered: 2 (ada: 1A, Eva: 1A)" in words(told)
    assert f"{requests}: line 4, student: no result of “Eva”" in told.output
    requests.write_text(ASKED.format("", "it stays"))
    worth(shown, 3)
    assert grade(shown, "--yes").exit_code == 0
    told = publish(shown, "--yes")
    assert told.exit_code == 4
    assert "Regrade requests that nobody has answered: 1 (ada: 1A)" in words(told)
    assert "say --despite-requests" in words(told)
    assert published.numbers(shown / "out") == (1,)
    assert publish(shown, "--yes", "--despite-requests", "--dry-run").exit_code == 4
    assert publish(shown, "--yes", "--despite-requests").exit_code == 0
    assert published.last(shown / "out").requests == 1


def test_an_answered_request_is_in_nobodys_way_and_a_broken_file_is_named(shown: Path) -> None:
    requests = shown / "out" / "regrade_requests.csv"
    worth(shown, 3)
    assert grade(shown, "--yes").exit_code == 0
    requests.write_text(ASKED.format("", "")[:-22])
    told = publish(shown, "--yes")
    assert (told.exit_code, f"{requests}: line" in told.output) == (2, True)
    requests.write_text(ASKED.format("yes", "it stays"))
    assert grader("marks", shown / "out", "--yes").exit_code == 0
    assert publish(shown, "--yes").exit_code == 0
    assert published.last(shown / "out").requests == 0


# ---- the proof -------------------------------------------------------------------------------


def test_a_last_number_that_is_gone_shows_by_the_noted_checksum_alone_and_that_is_said(shown: Path) -> None:
    give(shown, bob="2")
    assert grader("marks", shown / "out", "--yes").exit_code == 0
    told = publish(shown, "--yes")
    noted = published.last(shown / "out").checksum
    assert f"checksum {noted}" in told.output
    assert "or its last number taken away, shows by your note alone" in words(told)
    shutil.rmtree(shown / "out" / "published" / "2")
    told = publish(shown, "--check")
    assert (told.exit_code, noted in told.output) == (0, False)
    assert "Is the last of these the checksum that you noted last?" in words(told)


def test_the_check_prints_the_checksums_and_names_what_was_changed(shown: Path) -> None:
    told = publish(shown, "--check")
    assert told.exit_code == 0
    assert published.last(shown / "out").checksum in told.output
    page = shown / "out" / "published" / "1" / "students" / "bob" / "index.html"
    page.chmod(0o600)
    page.write_text("better marks")
    told = publish(shown, "--check")
    assert (told.exit_code, f"{page}: changed" in told.output) == (1, True)


@pytest.mark.parametrize("options", [(), ("--yes",), ("--dry-run",)])
def test_publishing_beside_an_older_one_that_was_changed_is_refused(shown: Path, options) -> None:
    give(shown, bob="2")
    assert grader("marks", shown / "out", "--yes").exit_code == 0
    assert publish(shown, "--yes").exit_code == 0
    give(shown, bob="0")
    assert grader("marks", shown / "out", "--yes").exit_code == 0
    first = shown / "out" / "published" / "1"
    shutil.move(first, shown / "kept")
    told = publish(shown, *options)
    assert (told.exit_code, f"{first}: missing, all of it" in told.output) == (2, True)
    assert "Put back a copy of what was changed or is missing; take" in words(told)
    assert published.numbers(shown / "out") == (2,)
    shutil.move(shown / "kept", first)
    assert publish(shown, "--yes").exit_code == 0


def test_a_check_of_nothing_says_how_to_publish(home: Path) -> None:
    told = publish(home, "--check")
    assert (told.exit_code, "nothing was published there" in told.output) == (2, True)


def test_who_is_forgotten_is_in_no_publication_and_the_check_holds(shown: Path) -> None:
    # By a name that no digest can hold.
    checksum = published.last(shown / "out").checksum
    told = grader("forget", "bob", shown / "out")
    assert told.exit_code == 0, told.output
    assert f"Removed: {shown / 'out' / 'published' / '1' / 'students' / 'bob'}" in told.output
    left = everything(shown)
    assert not [name for name in left if "bob" in name or b"bob" in left[name]]
    told = publish(shown, "--check")
    assert (told.exit_code, checksum in told.output) == (0, True)
    assert "Nothing is new since then" in publish(shown).output


def test_who_is_only_in_what_was_published_can_be_forgotten(shown: Path) -> None:
    for place in ("staff", "students"):
        shutil.rmtree(shown / "out" / place / "ada")
    assert grader("forget", "ada", shown / "out").exit_code == 0
    assert published.last(shown / "out").of("ada") is None


KILLED = """
import os, signal, sys
from grader.cli import main

calls, real = 0, os.{name}


def killing(*arguments):
    global calls
    calls += 1
    if calls == {at}:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments)


os.{name} = killing
main(["publish", sys.argv[1], "--yes"])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize(("name", "at"), [("fsync", 1), ("fsync", 5), ("fsync", 7), ("rename", 1)])
def test_a_kill_leaves_the_last_publication_whole_and_the_next_command_cleans_up(
    shown: Path, name: str, at: int
) -> None:
    worth(shown, 3)
    assert grade(shown, "--yes").exit_code == 0
    first = published.last(shown / "out")
    code = KILLED.format(name=name, at=at)
    run = subprocess.run(
        [sys.executable, "-c", code, shown / "out"], capture_output=True, text=True, check=False
    )
    assert run.returncode == -signal.SIGKILL, run.stderr
    assert published.last(shown / "out") == first
    assert publish(shown, "--check").exit_code == 0
    assert [path.name for path in (shown / "out" / "published").glob(".*")], "something was begun"
    assert publish(shown, "--yes").exit_code == 0
    assert sorted(path.name for path in (shown / "out" / "published").iterdir()) == ["1", "2"]
    assert publish(shown, "--check").exit_code == 0
