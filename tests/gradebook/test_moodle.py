"""Moodle's worksheet, filled in and read again by the rules of Moodle's own importer."""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from grader.datatypes import Status
from grader.gradebook import moodle
from grader.gradebook.grades import Terms
from grader.gradebook.outcome import CannotExport

LANGUAGES = {
    # recordid, hiddenuser, grade, maxgrade, gradecanbechanged, lastmodifiedgrade, yes, full name
    "en": ("Identifier", "Participant ", "Grade", "Maximum grade", "Grade can be changed", "Last modified (grade)", "Yes"),
    "de": ("ID", "Teilnehmer/in", "Bewertung", "Bestwertung", "Bewertung kann geändert werden", "Zuletzt geändert (Bewertung)", "Ja"),
    "fr": ("Identifiant", "Participant", "Note", "Note maximale", "La note peut être modifiée", "Dernière modification (note)", "Oui"),
    "es": ("Identificador", "Participante", "Calificación", "Calificación máxima", "La calificación puede ser cambiada", "Última modificación (calificación)", "Sí"),
    "it": ("Identificativo", "Partecipante", "Valutazione", "Valutazione massima", "La valutazione può essere cambiata", "Ultima modifica (valutazione)", "Sì"),
    "pt": ("Número de identificação", "Participante", "Nota", "Nota Máxima", "A nota pode ser alterada.", "Última atualização (avaliação)", "Sim"),
    "nl": ("Identificatie", "Deelnemer", "Cijfer", "Maximaal cijfer", "Het cijfer kan gewijzigd worden", "Laatst gewijzigd (beoordeling)", "Ja"),
    "fi": ("Tunniste", "Osallistuja", "Arvosana", "Maksimiarvosana", "Arvosanaa voi muuttaa", "Viimeksi muokattu (arvosana)", "Kyllä"),
    "ja": ("識別番号", "参加者", "評点", "最大評点", "評点を変更できる", "最終更新日時 (評定)", "Yes"),
}  # fmt: skip


@dataclass
class Moodle:
    """What mod/assign/feedback/offline does with a file: importgradeslib.php and locallib.php."""

    language: str = "en"
    maximum: float = 20.0
    grades: dict[int, tuple[float, float]] = field(default_factory=dict)  # number -> (grade, time modified)
    locked: frozenset[int] = frozenset()

    def upload(self, data: bytes, *, tick: bool = False) -> dict[int, float]:
        """Return the grades that change."""
        recordid, hidden, grade, _, _, modified, _ = LANGUAGES[self.language]
        text = re.sub(r"\r\n?", "\n", data.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        at = {name.strip(): place for place, name in enumerate(header)}
        assert all(len(row) == len(header) for row in rows if row), "csvweirdcolumns"
        changed = {}
        for row in filter(None, rows):
            number = int(row[at[recordid]][len(hidden) :])
            new = self._unformat(row[at[grade]])
            stored = self.grades.get(number)
            if new is None or new < 0 or (stored and stored[0] == new):
                continue
            if stored and stored[1] > self._time(row[at[modified]]) + 60 and not tick:
                continue
            if number in self.locked or new > self.maximum:
                continue
            changed[number] = new
        return changed

    def _unformat(self, text: str) -> float | None:
        """unformat_float: the language's sign becomes a point; what PHP's (float) reads of the rest."""
        text = text.strip().replace(" ", "")
        if not text:
            return None
        text = text.replace("." if self.language in {"en", "ja"} else ",", ".")
        found = re.match(r"[-+]?\d*\.?\d*", text)
        return float(found[0]) if found and re.search(r"\d", found[0]) else 0.0

    def _time(self, text: str) -> float:
        """strtotime: English, or 0."""
        try:
            return datetime.strptime(text, "%A, %d %B %Y, %I:%M %p").replace(tzinfo=UTC).timestamp()
        except ValueError:
            return 0.0


def worksheet(
    people, *, language="en", maximum="20.00", blind=False, delimiter=",", end="\r\n", bom=False
) -> bytes:
    """Return a worksheet as Moodle writes it. people: number -> (name, grade, locked, modified)."""
    recordid, hidden, grade, maxgrade, can, modified, yes = LANGUAGES[language]
    names = [] if blind else ["Full name", "Email address"]
    header = [
        recordid,
        *names,
        "Status",
        grade,
        maxgrade,
        can,
        "Last modified (submission)",
        "Online text",
        modified,
        "Feedback comments",
    ]
    text = io.StringIO()
    out = csv.writer(text, delimiter=delimiter, lineterminator=end)
    out.writerow(header)
    for number, (name, given, locked, when) in people.items():
        who = [] if blind else [name, f"{number}@example.edu"]
        out.writerow(
            [
                f"{hidden}{number}",
                *who,
                "Submitted for grading - ",
                given,
                maximum,
                "No" if locked else yes,
                "Sunday, 1 March 2026, 9:00 PM",
                'my "text",\nin two lines; =1+1',
                when,
                "",
            ]
        )
    return (b"\xef\xbb\xbf" if bom else b"") + text.getvalue().encode()


ADA, BO, CHI = 101, 102, 103
NEW = ("", False, "-")
CLASS = {ADA: ("Ada Lovelace", *NEW), BO: ("Bo O'Neil, Jr.", *NEW), CHI: ("Chi Zoë", *NEW)}


@pytest.fixture
def fill(tmp_path):
    def filled(data: bytes, results, **terms) -> moodle.Filled:
        path = tmp_path / "Grades-Set 4-77.csv"
        path.write_bytes(data)
        done = moodle.fill(moodle.read(path), results, Terms(**terms))
        assert path.read_bytes() == data
        assert list(done.outcome.files) == [tmp_path / "Grades-Set 4-77-graded.csv"]
        return done

    return filled


def file_of(filled: moodle.Filled) -> bytes:
    return next(iter(filled.outcome.files.values()))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("blind", [False, True])
def test_grades_arrive_in_every_language(fill, make, language, blind):
    before = worksheet(CLASS, language=language, blind=blind)
    results = [make("ada", who={"moodle": "101"}), make("chi", 8.5, who={"moodle": "103"})]
    assert Moodle(language).upload(file_of(fill(before, results))) == {ADA: 17.25, CHI: 8.5}


@pytest.mark.parametrize("language", ["de", "fr", "fi"])
def test_a_decimal_comma_where_the_worksheet_has_one(fill, make, language):
    before = worksheet(CLASS, language=language, maximum="20,00")
    after = file_of(fill(before, [make("ada", who={"moodle": "101"})]))
    assert '"17,25"' in after.decode()
    assert Moodle(language).upload(after) == {ADA: 17.25}


@pytest.mark.parametrize("bom", [False, True])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_no_other_byte_changes(fill, make, bom, end):
    before = worksheet(CLASS, bom=bom, end=end)
    after = file_of(fill(before, [make("ada", who={"moodle": "101"})]))
    assert after == before.replace(b",,20.00", b",17.25,20.00", 1)
    assert b"Submitted for grading - ,17.25,20.00" in after


def test_a_worksheet_saved_by_a_spreadsheet_is_read_too(fill, make):
    before = worksheet(CLASS, maximum="20,00", delimiter=";").decode().encode("cp1252")
    done = fill(before, [make("chi", who={"moodle": "103"})])
    assert b";17,25;20,00;" in file_of(done)
    assert any("separator" in note for note in done.outcome.notes)
    assert any("encoding CP1252" in note for note in done.outcome.notes)


def test_points_that_wait_leave_the_grade_blank_unless_told(fill, make):
    waits = make("bo", 10.0, pending=2.5, who={"moodle": "102"})
    held = fill(worksheet(CLASS), [make("ada", who={"moodle": "101"}), waits])
    assert Moodle().upload(file_of(held)) == {ADA: 17.25}
    assert list(held.handed) == ["101"]
    assert [who for why, who in held.outcome.without.items() if "wait for a person" in why] == [("bo",)]
    told = fill(worksheet(CLASS), [waits], include_pending=True)
    assert Moodle().upload(file_of(told)) == {BO: 10.0}


def test_a_fault_of_the_grader_is_blank_whatever_is_told(fill, make):
    fault = make("bo", 10.0, pending=2.5, waiting=Status.ERROR, who={"moodle": "102"})
    done = fill(worksheet(CLASS), [fault], include_pending=True)
    assert file_of(done) == worksheet(CLASS)
    assert [who for why, who in done.outcome.without.items() if "grader itself failed" in why] == [("bo",)]


def test_what_counts_is_less_what_lateness_costs_rounded_to_the_step(fill, make):
    late = make("ada", 17.25, late=1.1, who={"moodle": "101"})
    assert Moodle().upload(file_of(fill(worksheet(CLASS), [late]))) == {ADA: 16.25}


def test_a_grade_above_the_maximum_is_filled_in_as_the_maximum_and_named(fill, make):
    over = make("ada", 19.5, bonus=2.0, who={"moodle": "101"})
    under = make("bo", 16.0, bonus=2.0, who={"moodle": "102"})
    done = fill(worksheet(CLASS), [over, under])
    assert Moodle().upload(file_of(done)) == {ADA: 20, BO: 18}
    [said] = [note for note in done.outcome.notes if "above the maximum" in note]
    assert "ada (21.5)" in said
    assert "bo (" not in said


def test_the_ones_who_are_nowhere_are_named(fill, make):
    done = fill(
        worksheet(CLASS),
        [make("ada", who={"moodle": "101"}), make("eve", who={"moodle": "999"}), make("dan")],
    )
    told = " | ".join(f"{why}: {', '.join(who)}" for why, who in done.outcome.without.items())
    assert "not in the worksheet by number and name (" in told
    assert "nobody graded them: Bo O'Neil, Jr. (102), Chi Zoë (103)" in told


@pytest.mark.parametrize("language", ["en", "fi"])
def test_a_groups_number_is_nobodys_in_the_worksheet(fill, make, language):
    before = worksheet(CLASS, language=language)
    red, chi = {"moodle": "101", "name": "Red"}, {"moodle": "103", "name": "chi_zoë"}
    done = fill(before, [make("Red (101)", who=red), make("chi", 8.5, who=chi)])
    assert Moodle(language).upload(file_of(done)) == {CHI: 8.5}
    assert list(done.handed) == ["103"]
    assert any(
        "--roster WORKSHEET" in why and who == ("Red (101)",) for why, who in done.outcome.without.items()
    )


def test_two_students_with_one_number_get_nothing(fill, make):
    done = fill(
        worksheet(CLASS), [make("ada", who={"moodle": "101"}), make("eve", who={"moodle": "Participant 101"})]
    )
    assert file_of(done) == worksheet(CLASS)
    assert ("ada", "eve") in done.outcome.without.values()


@pytest.mark.parametrize(
    ("student", "fits"),
    [
        ("Ada Lovelace_101_assignsubmission_file_", True),
        ("Ada Lovelace_101_assignsubmission_file", True),
        ("Ada Lovelace_101", True),
        ("ADA LOVELACE_101", True),
        ("Participant_101", True),
        ("Bo ONeil Jr_102_assignsubmission_onlinetext", True),
        ("Chi Zoe\u0308_103", True),
        ("Group A_101_assignsubmission_file_", False),
        ("Chi Zoë_101_assignsubmission_file_", False),
        ("homework_101", False),
        ("101", False),
        ("Ada Lovelace", False),
        ("Ada Lovelace_101x", False),
    ],
)
def test_the_folder_tells_who_it_is_where_nothing_else_does(fill, make, student, fits):
    done = fill(worksheet(CLASS), [make(student)])
    number = int(re.search(r"\d+|$", student)[0] or 0)
    assert Moodle().upload(file_of(done)) == ({number: 17.25} if fits else {})


def test_another_maximum_is_refused_and_converted_exactly_when_told(fill, make):
    data = worksheet(CLASS, maximum="100.00")
    results = [
        make("ada", 17.25, who={"moodle": "101"}),
        make("bo", 6.6667, possible=20.0, who={"moodle": "102"}),
    ]
    with pytest.raises(
        CannotExport, match=r"Grades-Set 4-77\.csv: grades there are out of 100.* out of 20.*--scale"
    ):
        fill(data, results)
    done = fill(data, results, scale=True)
    assert Moodle(maximum=100).upload(file_of(done)) == {ADA: 86.25, BO: 33.33}
    assert any("100/20, exactly, and rounded half up to 0.01" in note for note in done.outcome.notes)


def test_what_moodle_will_skip_is_said_and_is_what_it_skips(fill, make):
    when = "Monday, 2 March 2026, 9:00 AM"
    stamp = datetime(2026, 3, 2, 9, tzinfo=UTC).timestamp()
    people = {
        1: ("Same", "17.25", False, when),
        2: ("Locked", "", True, "-"),
        3: ("Below", "", False, "-"),
        4: ("Fine", "3.00", False, when),
        5: ("Foreign", "3.00", False, "Montag, 2. März 2026, 09:00"),
    }
    results = [
        make(
            f"s{number}",
            17.25 if number != 3 else 0.0,
            late=2.0 if number == 3 else 0.0,
            who={"moodle": str(number)},
        )
        for number in people
    ]
    done = fill(worksheet(people), results)
    stored = {1: (17.25, stamp), 4: (3.0, stamp), 5: (3.0, stamp)}
    there = Moodle(grades=stored, locked=frozenset({2}))
    assert there.upload(file_of(done)) == {4: 17.25}
    skipped = {
        name
        for note in done.outcome.notes
        if "will skip" in note
        for name in re.findall(r"(\w+) \(\d\)", note)
    }
    assert skipped == {"Same", "Locked", "Below", "Foreign"}
    assert any("3 rows had a grade already" in note for note in done.outcome.notes)
    assert there.upload(file_of(done), tick=True) == {4: 17.25, 5: 17.25}


def test_a_grade_that_stands_there_is_kept_where_none_is_handed_over(fill, make):
    data = worksheet({ADA: ("Ada Lovelace", "12.00", False, "-")})
    done = fill(data, [make("ada", pending=1.0, who={"moodle": "101"})])
    assert file_of(done) == data


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"student,earned\nada,3\n", "no Moodle grading worksheet.*student, earned.*English"),
        (b"Identifier,Full name,Status,Grade,Scale\nParticipant 1,A,x,,Good\n", "graded with a scale"),
        (b"Identifier,Grade,Maximum grade\n", "no student in it"),
        (b"Identifier,Status,Grade,Maximum grade\nParticipant 1,x,,20\nParticipant 2,x,,30\n", "one number in all rows, and is: 20, 30"),
    ],
)  # fmt: skip
def test_what_is_no_worksheet_is_refused(fill, make, data, said):
    with pytest.raises(CannotExport, match=said):
        fill(data, [make("ada")])


def test_a_row_that_is_too_short_is_left_and_said(fill, make):
    data = worksheet(CLASS) + b"Participant 104,Dan\r\n"
    done = fill(data, [make("dan", who={"moodle": "104"})])
    assert file_of(done) == data
    assert any("Moodle refuses the file" in note and note.endswith("line 8") for note in done.outcome.notes)


def test_results_of_different_totals_are_refused(fill, make):
    with pytest.raises(CannotExport, match="out of 10 and 20: grade all of the class alike"):
        fill(worksheet(CLASS), [make("ada"), make("bo", 3.0, possible=10.0)])
