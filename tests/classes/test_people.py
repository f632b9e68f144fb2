"""A class list: columns by whatever name, ids, times; and extensions."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.classes import BadClass
from grader.classes.handed import System
from grader.classes.people import people
from tests.classes import exports
from tests.classes.conftest import everybody


def listed(tmp_path: Path, text: str | bytes, system: System = System.FOLDER):
    path = tmp_path / "list.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return people(path, system, exports.ZONE)


@pytest.mark.parametrize("language", ["en", "de"])
def test_moodles_worksheet_in_its_language(tmp_path: Path, language: str) -> None:
    found = listed(tmp_path, exports.moodle_worksheet(exports.pupils(), language), System.MOODLE)
    assert [(one.who["moodle"], one.who["name"], one.submitted) for one in found] == [
        (str(pupil.id), pupil.name, pupil.submitted) for pupil in exports.pupils()
    ]
    assert found[20].who == {
        "moodle": "10021", "email": "s10021@students.example", "group": "Team Rosa", "name": "Rosa One",
    }  # fmt: skip


def test_a_worksheet_in_a_language_not_known_is_known_by_its_first_column(tmp_path: Path) -> None:
    found = listed(tmp_path, "Tunniste,Koko nimi,Tila\nOsallistuja 12,Ada,-\nOsallistuja 13,Bob,-\n")
    assert [one.who for one in found] == [{"moodle": "12", "name": "Ada"}, {"moodle": "13", "name": "Bob"}]


@pytest.mark.parametrize(
    ("head", "system", "who"),
    [
        ("student,id", System.FOLDER, {"name": "Ada", "sis": "12"}),
        ("Student,ID", System.CANVAS, {"name": "Ada", "canvas": "12"}),
        ("name;Matrikelnummer", System.MOODLE, {"name": "Ada", "sis": "12"}),
        ("E-Mail-Adresse\tbenutzername", System.FOLDER, {"email": "Ada", "login": "12"}),
    ],
)
def test_columns_by_their_many_names(tmp_path: Path, head: str, system: System, who: dict[str, str]) -> None:
    mark = next(mark for mark in ",;\t" if mark in head)
    assert listed(tmp_path, f"{head}\nAda{mark}12\n", system)[0].who == who


def test_names_in_two_columns_and_last_names_first(tmp_path: Path) -> None:
    assert listed(tmp_path, "Last Name,First Name\nvan Rossum,Ada\n")[0].who["name"] == "Ada van Rossum"
    assert listed(tmp_path, 'Student,SIS User ID\n"Lovelace, Ada",1\n')[0].who["name"] == "Ada Lovelace"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_spreadsheets(tmp_path: Path, encoding: str) -> None:
    assert listed(tmp_path, "student;id\r\nZoë;7\r\n".encode(encoding))[0].who == {"name": "Zoë", "sis": "7"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "this file is empty"),
        ("colour,size\nred,1\n", "no column says who somebody is; there are colour, size"),
        ("student,id\nAda,1\nBob,1\n", "line 3: 1 stands in line 2 already"),
        ("student,submitted\nAda,soon\n", "line 2: 'soon' is no time that can be read"),
        ("student,submitted\nAda,02/03/2026 11:58 PM\n", "line 2"),
        ("student,late hours\nAda,many\n", "line 2"),
        ("student,late hours\nAda,nan\n", "line 2: 'nan' late hours: write 0 or more"),
    ],
)
def test_errors_name_the_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadClass, match=said):
        listed(tmp_path, text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.binary(max_size=300))
def test_any_file_is_a_class_list_or_refused(tmp_path: Path, data: bytes) -> None:
    with suppress(BadClass):
        assert all(one.who for one in listed(tmp_path, data))


# ---- in the class ----------------------------------------------------------------------------

ADA, BOB = ("Ada_12_assignsubmission_file/a.md", b""), ("Bob_13_assignsubmission_file/a.md", b"")
SHEET = (
    "Identifier,Full name,Email address,Last modified (submission),late hours\n"
    "Participant 12,Ada,ada@x.example,2026-02-04 03:00,48\n"
    "Participant 13,Bob,bob@x.example,2026-02-04T02:00Z,\n"
)


def test_times_and_late_hours_come_from_the_class_list(read) -> None:
    class_ = everybody(read([ADA, BOB], SHEET))
    assert class_["Ada (12)"].submitted == datetime(2026, 2, 4, 2, tzinfo=UTC) == class_["Bob (13)"].submitted
    assert (class_["Ada (12)"].late_hours, class_["Bob (13)"].late_hours) == (48, None)


def test_a_list_of_another_class_is_refused(read) -> None:
    with pytest.raises(BadClass, match="nobody on this list handed in anything of 2 submissions"):
        read([ADA, BOB], "student,email\nAda,ada@x.example\n")
    with pytest.raises(BadClass, match="give Moodle's own grading worksheet of this assignment as --roster"):
        read([ADA, BOB], "student,email\nAda,ada@x.example\n")
    with pytest.raises(BadClass, match="That list is Canvas's gradebook, and these submissions are Moodle's"):
        read([ADA, BOB], "Student,ID,SIS User ID,Section\nAda,700,12,A\n")


def test_addresses_of_nobody_known_ask_for_a_roster(read) -> None:
    with pytest.raises(BadClass, match="a --roster holds addresses"):
        read([ADA, BOB], None, "student,until\nada@x.example,2026-02-05 12:00\n")


def test_without_times_nobody_is_late_and_staff_hear_it_once(read) -> None:
    notes = read([ADA, BOB]).notes
    assert sum("--roster FILE.csv with a column 'submitted'" in note for note in notes) == 1
    some = read([ADA, BOB], SHEET.replace("2026-02-04T02:00Z", "-")).notes
    assert some[-1].endswith("nothing is taken off for coming late: Bob (13)")


@pytest.mark.parametrize("who", ["12", "ada@x.example", "ADA@x.example", "ada", "Ada (12)"])
def test_an_extension_is_matched_by_id_address_or_name(read, who: str) -> None:
    class_ = everybody(read([ADA, BOB], SHEET, f"student,until\n{who},2026-02-05 12:00\n"))
    assert class_["Ada (12)"].until == datetime(2026, 2, 5, 11, tzinfo=UTC)
    assert class_["Bob (13)"].until is None


@pytest.mark.parametrize("told", ["13", "Ada (13)"])
def test_an_extension_by_id_is_not_whose_who_is_called_so(read, told: str) -> None:
    mallory = (f"{told}_77_assignsubmission_file/a.md", b"")
    extended = f"student,until\n{told},2026-02-05\n"
    if told == "13":
        assert everybody(read([BOB, mallory], "", extended))["Bob (13)"].until is not None
    else:
        with pytest.raises(BadClass, match="2 people in this class are"):
            read([BOB, mallory], "", extended)


def test_a_name_like_an_address_is_no_address(read) -> None:
    mallory = ("bob@x.example_77_assignsubmission_file/a.md", b"")
    with pytest.raises(BadClass, match=r"nobody in this class is 'bob@x\.example'"):
        read([BOB, mallory], "", "student,until\nbob@x.example,2026-02-05\n")


def test_a_date_alone_is_all_of_that_day(read) -> None:
    class_ = everybody(read([ADA, BOB], SHEET, "student;until\nAda;2026-02-05\n"))
    assert class_["Ada (12)"].until == datetime(2026, 2, 5, 23, tzinfo=UTC)


def test_extensions_are_refused_by_line_all_at_once(read) -> None:
    twins = [("Ada_12_assignsubmission_file/a.md", b""), ("Ada_13_assignsubmission_file/a.md", b"")]
    text = "student,until\nAda,2026-02-05\nEve,2026-02-05\n12,soon\n13,2026-01-05\n13,2026-02-05\n13,2026-02-06\n"
    with pytest.raises(BadClass) as refused:
        read(twins, "", text)
    lines = str(refused.value).splitlines()
    assert [line.split(": ")[0].rpartition(" ")[2] for line in lines] == ["2", "3", "4", "5", "7"]
    assert "2 people in this class are 'Ada'" in lines[0]
    assert "nobody in this class is 'Eve'" in lines[1]
    assert "is before the deadline itself" in lines[3]


@pytest.mark.parametrize(("until", "moment"), [
    ("2026-10-25 02:30", "2026-10-25T01:30:00+00:00"),  # which comes twice: the later
    ("2026-10-25T02:30+02:00", "2026-10-25T00:30:00+00:00"),
])  # fmt: skip
def test_an_extension_into_the_hour_that_comes_twice(read, until: str, moment: str) -> None:
    class_ = read([("Ada_12_assignsubmission_file/a.md", b"")], extensions=f"student,until\n12,{until}\n")
    assert class_.entries[0].until.astimezone(UTC).isoformat() == moment


def test_a_cell_that_is_never_closed_is_refused_where_it_begins(tmp_path: Path) -> None:
    with pytest.raises(BadClass, match="line 3: a cell begins with a quotation mark"):
        listed(tmp_path, 'moodle,name\n11,Cid\n12,"Ada\n13,Bob\n')


def test_what_excel_says_of_its_separator_is_read(tmp_path: Path) -> None:
    assert [person.who["name"] for person in listed(tmp_path, "sep=;\r\nmoodle;name\r\n12;Ada, B\r\n")] == [
        "B Ada"
    ]


def test_an_extension_into_an_hour_that_clocks_skip_is_refused(read) -> None:
    with pytest.raises(BadClass, match="line 2: clocks in Europe/Zurich skip this time"):
        read([("Ada_12_assignsubmission_file/a.md", b"")], extensions="student,until\n12,2026-03-29 02:30\n")


def test_extensions_need_a_deadline_and_their_columns(read) -> None:
    with pytest.raises(BadClass, match=r"has no \[deadline\]"):
        read([ADA], "", "student,until\n12,2026-02-05\n", deadline=None)
    with pytest.raises(BadClass, match="the columns are student, until; here they are who, when"):
        read([ADA], "", "who,when\n12,2026-02-05\n")


def test_without_a_deadline_times_need_no_zone_and_it_is_said_that_they_are_not_used(read) -> None:
    (note,) = [note for note in read([ADA, BOB], SHEET, deadline=None).notes if "[deadline]" in note]
    assert "says when work came, and nothing is taken off for coming late: assignment.toml has no" in note
    assert not any("nothing is taken off" in note for note in read([ADA, BOB], SHEET).notes)


@pytest.mark.parametrize(
    ("submitted", "known", "timed"),
    [("2026-02-03 23:58", False, True), ("2026-02-03T23:58Z", True, True), ("-", False, False)],
)
def test_a_time_without_a_zone_is_used_where_there_is_one(
    tmp_path: Path, submitted: str, known: bool, timed: bool
) -> None:
    (tmp_path / "list.csv").write_text(f"student,submitted\nAda,{submitted}\n")
    (ada,) = people(tmp_path / "list.csv", System.FOLDER, None)
    assert (ada.submitted is not None, ada.timed) == (known, timed)
    (ada,) = people(tmp_path / "list.csv", System.FOLDER, exports.ZONE)
    assert (ada.submitted is not None, ada.timed) == (timed, timed)


def test_what_is_no_time_is_refused_without_a_deadline_too(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("student,submitted\nAda,soon\n")
    with pytest.raises(BadClass, match="line 2: 'soon' is no time that can be read; write it like"):
        people(tmp_path / "list.csv", System.FOLDER, None)


def test_extensions_beside_the_submissions_are_read(read, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "extensions.csv").write_text("student,until\n12,2026-02-05\n")
    class_ = read([ADA, BOB], SHEET)
    assert everybody(class_)["Ada (12)"].until is not None
    assert any(note.startswith("Extensions: 1, from") for note in class_.notes)
    assert any(note.startswith("Not read:") for note in read([ADA], deadline=None).notes)
