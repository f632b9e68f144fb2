"""What is handed to `grader grade`: known by its content, or refused with what was seen."""

import csv
import io
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader import batch, classes, members, pipeline, record
from grader.classes import BadClass
from grader.classes.joined import MISLAID
from grader.cli import main
from grader.sandbox import FRESH
from tests.classes import exports
from tests.classes.conftest import PS4, everybody, handed


@pytest.mark.parametrize(
    ("files", "seen"),
    [
        ([], "There is nothing in it"),
        ([("ada/a.md", b""), ("bob/a.md", b"")], "There are 2 files, below 'ada', 'bob'."),
        ([("ps4.md", b"")], "There is 1 file, below 'ps4.md'."),
    ],
)
def test_a_zip_that_is_no_known_class_is_refused(read, files, seen: str) -> None:
    with pytest.raises(BadClass) as refused:
        read(files)
    assert seen in str(refused.value)
    assert "Moodle's zip" in str(refused.value)


@pytest.mark.parametrize("system", ["moodle", "canvas", "gradescope"])
def test_packed_once_more_it_lies_in_a_folder(read, tmp_path: Path, system: str) -> None:
    zip_, _ = exports.written(tmp_path / system, system, exports.pupils()[:4])
    with zipfile.ZipFile(zip_) as packed:
        files = [(f"submissions/{name}", packed.read(name)) for name in packed.namelist()]
    assert len(everybody(read(files))) == 4


def test_a_zip_is_known_without_its_ending(problem_set, tmp_path: Path) -> None:
    (tmp_path / "download").write_bytes(exports.moodle_zip(exports.pupils()[:2]))
    assert len(everybody(classes.read(tmp_path / "download", problem_set, tmp_path / "work"))) == 2


def test_what_is_no_zip_is_refused(read) -> None:
    with pytest.raises(BadClass, match="cannot be opened"):
        read(b"PK\x03\x04 and no more")


@pytest.mark.parametrize("system", ["moodle", "canvas", "gradescope"])
def test_unpacked_by_the_instructor_it_is_the_same(problem_set, tmp_path: Path, system: str) -> None:
    pupils = [one for one in exports.pupils() if one.kind != "broken"]
    zip_, roster = exports.written(tmp_path / "in", system, pupils)
    with zipfile.ZipFile(zip_) as packed:
        packed.extractall(tmp_path / "in" / "unpacked")
    (tmp_path / "in" / "unpacked" / ".DS_Store").write_text("")
    found = [
        {name: (entry.who, handed(entry)) for name, entry in everybody(class_).items()}
        for place in (zip_, tmp_path / "in" / "unpacked")
        for class_ in [classes.read(place, problem_set, tmp_path / "work", roster)]
    ]
    assert found[0] == found[1]
    assert len(found[0]) == 29


def test_a_link_in_an_unpacked_class_is_not_followed(problem_set, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("608")
    folder = tmp_path / "class" / "Eve_66_assignsubmission_file"
    folder.mkdir(parents=True)
    (folder / "a.md").symlink_to(tmp_path / "secret.md")
    (folder / "up").symlink_to(tmp_path)
    eve = everybody(classes.read(tmp_path / "class", problem_set, tmp_path / "work"))["Eve (66)"]
    assert handed(eve) == {}
    assert {left.file for left in eve.unread} == {"a.md", "up"}


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    for name in ("ada", "s13", "Cy Nine (s14)", "Red", "Sam Same"):
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / "ps4.md").write_text(exports.RIGHT)
    return tmp_path / "class"


def test_a_folder_of_students_is_as_ever(problem_set, folders: Path, tmp_path: Path) -> None:
    class_ = classes.read(folders, problem_set, tmp_path / "work")
    assert [entry.student for entry in class_.entries] == ["ada", "Cy Nine (s14)", "Red", "s13", "Sam Same"]
    assert all(entry.path.parent == folders for entry in class_.entries)
    assert not (tmp_path / "work").exists()


def test_folders_are_matched_by_id_or_by_a_name_that_nobody_shares(
    problem_set, folders: Path, tmp_path: Path
) -> None:
    roster = tmp_path / "list.csv"
    roster.write_text(
        "student,id,email,group,submitted\nAda,s12,ada@x.example,,2026-02-04 01:00\nBob,s13,b@x.example,,\n"
        "Cy Nine,s14,c@x.example,,\nDee,s15,d@x.example,Red,\nEli,s16,e@x.example,Red,\n"
        "Sam Same,s17,f@x.example,,\nSam Same,s18,g@x.example,,\n"
    )
    class_ = everybody(classes.read(folders, problem_set, tmp_path / "work", roster))
    assert class_["ada"].who["sis"] == "s12"
    assert class_["s13"].who["name"] == "Bob"
    assert class_["Cy Nine (s14)"].who["email"] == "c@x.example"
    assert class_["Dee (s15)"].path == class_["Eli (s16)"].path == folders / "Red"
    assert class_["Sam Same"].attention == ("not on the class list",)
    assert handed(class_["Sam Same (s17)"]) == handed(class_["Sam Same (s18)"]) == {}


def test_a_group_is_graded_once_and_owned_by_each(problem_set, tmp_path: Path, monkeypatch) -> None:
    graded = []
    real = pipeline.grade
    monkeypatch.setattr(
        pipeline, "grade", lambda entry, *rest: graded.append(entry.student) or real(entry, *rest)
    )
    rosas = sorted((one for one in exports.pupils() if one.team), key=lambda one: one.label)
    zip_, roster = exports.written(tmp_path / "in", "moodle", rosas)
    class_ = classes.read(zip_, problem_set, tmp_path / "work", roster)
    results = batch.grade_class(class_.entries, problem_set, tmp_path / "out", 0).results
    assert graded == ["Rosa One (10021)"]
    assert [result.student for result in results] == [rosa.label for rosa in rosas]
    assert [result.total for result in results] == [1.5, 1.5, 2]
    assert [result.who["moodle"] for result in results] == ["10021", "10023", "10022"]
    assert all((tmp_path / "out" / "students" / rosa.label / "index.html").is_file() for rosa in rosas)
    again = batch.grade_class(class_.entries, problem_set, tmp_path / "out", 0)
    assert (again.results, again.changes, len(graded)) == (results, (), 1)


def test_a_change_is_asked_for_each_of_a_group(problem_set, tmp_path: Path) -> None:
    from dataclasses import replace

    from grader.roster import Entry

    out, work = tmp_path / "out", tmp_path / "ps4.md"
    work.write_text(exports.RIGHT)
    ada = Entry("ada", work, members=(Entry("bob", work),))
    batch.grade_class([ada], problem_set, out, 0)
    work.write_text("## 3B\n17\n")
    asked: list[str] = []

    def approve(changes: object, *, agrees: bool) -> bool:
        asked.extend(change.student for change in changes)
        return agrees

    refused = batch.Audience(approve=lambda changes: approve(changes, agrees=False))
    assert [one.earned for one in batch.grade_class([ada], problem_set, out, 0, refused).results] == [2, 2]
    assert asked == ["ada", "bob"]
    batch.grade_class([ada], problem_set, out, 0, replace(refused, approve=lambda _: True))
    assert [pipeline.standing(out, name).earned for name in ("ada", "bob")] == [0, 0]


def test_what_is_said_to_one_of_a_group_is_not_said_to_the_others(problem_set, tmp_path: Path) -> None:
    from dataclasses import replace

    from grader.roster import Entry

    (tmp_path / "ps4.md").write_text(exports.RIGHT)
    bob = Entry("bob", tmp_path / "ps4.md", notes=("to both", "to Bob"), attention=("of Bob",))
    ada = replace(bob, student="ada", notes=("to both", "to Ada"), attention=("of Ada",), members=(bob,))
    result = pipeline.grade(ada, problem_set)
    first, second = members.everybodys(result, ada, problem_set)
    assert (first.notes, first.attention) == (("to both", "to Ada"), ("of Ada",))
    assert (second.notes, second.attention) == (("to both", "to Bob"), ("of Bob",))


def test_the_command_grades_a_zip_with_its_class_list(tmp_path: Path) -> None:
    lab = tmp_path / "lab"
    (lab / "checks").mkdir(parents=True)
    (lab / "assignment.toml").write_text(
        'id = "lab"\ntitle = "Lab"\n[sections]\n1 = "One"\n'
        + exports.DEADLINE
        + '[[parts]]\nid = "1A"\ntitle = "T"\n'
        "checks = { seven = 4 }\n"
    )
    (lab / "checks" / "test_seven.py").write_text(
        'def test_seven(answer, verdict):\n    """Seven."""\n    verdict.integer(answer.integer(), 7)\n'
    )
    class_ = [one for one in exports.pupils() if one.kind in {"late", "missing"}]
    zip_, roster = exports.written(tmp_path / "in", "canvas", class_)
    arguments = [
        "grade",
        zip_,
        "--roster",
        roster,
        "--assignment",
        lab,
        "--out",
        tmp_path / "out",
        "--sandbox",
        "off",
    ]
    told = CliRunner().invoke(main, list(map(str, arguments)), catch_exceptions=False)
    assert "Grading 4 students of" in told.output
    assert "A class from Canvas: 2 submissions" in told.output
    assert "On the class list, nothing was handed in: Max Missing (10024), Mia Missing (10025)" in told.output
    assert "hours late" in told.output
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out" / "gradebook.csv").read_text("utf-8"))))
    assert [(row["student"], row["late"]) for row in rows] == [
        ("Karen Late (10016)", "5"), ("Max Missing (10024)", ""), ("Mia Missing (10025)", ""), ("Radia Later (10017)", "60"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--roster", "nowhere.csv"], "nowhere.csv: No such file or directory"),
        (["--extensions", "nowhere.csv"], "extensions of what?"),
    ],
)
def test_the_command_refuses_with_a_sentence(tmp_path: Path, more: list[str], said: str) -> None:
    (tmp_path / "class.zip").write_bytes(exports.moodle_zip(exports.pupils()[:2]))
    arguments = [
        "grade",
        str(tmp_path / "class.zip"),
        "--assignment",
        str(PS4),
        "--out",
        str(tmp_path / "out"),
        *more,
    ]
    told = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert told.exit_code == 2
    assert said in told.output


@pytest.mark.parametrize(
    "planted", ["submission_metadata.yml", "assignment_1_export/submission_metadata.yml"]
)
def test_one_entry_makes_no_gradescope_of_a_folder(
    problem_set, folders: Path, tmp_path: Path, planted
) -> None:
    (folders / planted).parent.mkdir(exist_ok=True)
    (folders / planted).write_text("ada:\n  :submitters:\n  - :name: Mallory\n")
    class_ = everybody(classes.read(folders, problem_set, tmp_path / "work"))
    assert {"ada", "s13", "Red"} <= set(class_)
    assert class_["ada"].path == folders / "ada"


def test_names_like_a_systems_do_not_outvote_an_ordinary_one(problem_set, tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    for name in ("ada.md", *(f"mal_{number}_{number}_a.md" for number in range(3))):
        (tmp_path / "class" / name).write_text("x")
    with pytest.raises(BadClass, match=r"'ada.md' is not, 1 in all.*put each one's files into a folder"):
        classes.read(tmp_path / "class", problem_set, tmp_path / "work")


@pytest.mark.parametrize("system", ["moodle", "canvas", "gradescope"])
def test_a_folder_with_a_systems_zip_is_told_to_give_that(problem_set, tmp_path: Path, system: str) -> None:
    zip_, _ = exports.written(tmp_path / "in", system, exports.pupils()[:4])
    with pytest.raises(BadClass, match=f"(?i)holds a zip of {system}'s: give that, {zip_}"):
        classes.read(tmp_path / "in", problem_set, tmp_path / "work")


def test_a_students_zip_is_a_students(problem_set, tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada.zip").write_bytes(exports.zipped({"lab_1_2_a.py": b"", "lab_2_2_a.py": b""}))
    (tmp_path / "class" / "bob.zip").write_bytes(b"no zip")
    assert list(everybody(classes.read(tmp_path / "class", problem_set, tmp_path / "work"))) == ["ada", "bob"]


def test_a_table_is_nobodys_submission(problem_set, folders: Path, tmp_path: Path) -> None:
    (folders / "extensions.csv").write_text("student,until\n")
    class_ = classes.read(folders, problem_set, tmp_path / "work")
    assert "extensions" not in everybody(class_)
    assert "Belongs to nobody, left aside: extensions.csv" in class_.notes
    with pytest.raises(BadClass, match="a table is no submission"):
        classes.read(folders / "extensions.csv", problem_set, tmp_path / "work")


def test_tables_beside_an_unpacked_class_change_nothing(problem_set, tmp_path: Path) -> None:
    for name in ("a_12_500_ps4.md", "Grades.csv", "extensions.csv"):
        (tmp_path / "class").mkdir(exist_ok=True)
        (tmp_path / "class" / name).write_text("x")
    class_ = classes.read(tmp_path / "class", problem_set, tmp_path / "work")
    assert list(everybody(class_)) == ["a (12)"]


def test_what_is_said_of_a_whole_folder_names_no_member(read, problem_set) -> None:
    many = [(f"Red_77_assignsubmission_file/f{number:03}.dat", b"x") for number in range(205)]
    roster = "name,moodle,group\nAda Lovelace,1,Red\nBob Byte,2,Red\n"
    [entry] = read([*many, ("Red_77_assignsubmission_file/a.md", b"x")], roster).entries
    lost = pipeline.lost(entry, problem_set, FRESH, RuntimeError("x"))
    for result in (pipeline.grade(entry, problem_set), lost):
        [_, bobs] = members.everybodys(result, entry, problem_set)
        assert "the folder" in record.dump(bobs)
        assert "Ada" not in record.dump(bobs)


def test_results_are_not_written_among_the_students(tmp_path: Path) -> None:
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "a.md").write_text("# Problem 3B\n608\n")
    told = CliRunner().invoke(
        main, ["grade", str(tmp_path), "--assignment", str(PS4), "--out", str(tmp_path / "o")]
    )
    assert told.exit_code == 2
    assert "where each folder is a student" in told.output
    assert not (tmp_path / "o").exists()


def test_whose_work_came_and_is_not_here_is_named_by_itself(
    problem_set, folders: Path, tmp_path: Path
) -> None:
    roster = tmp_path / "list.csv"
    roster.write_text(
        "student,id,email,submitted\nBob,s13,b@x.example,2026-02-04 01:00\n"
        "Dee,s15,d@x.example,2026-02-04 01:00\nEli,s16,e@x.example,-\n"
    )
    class_ = classes.read(folders, problem_set, tmp_path / "work", roster)
    found = everybody(class_)
    assert found["Dee (s15)"].attention == ("nothing was handed in", MISLAID)
    assert found["Eli (s16)"].attention == ("nothing was handed in",)
    assert "On the class list, nothing was handed in: Eli (s16)" in class_.notes
    [told] = [note for note in class_.notes if "none of it is here" in note]
    assert "none of it is here: Dee (s15). Add it" in told
