"""Canvas's gradebook, filled in and read again by the rules of Canvas's own importer."""

import csv
import io
import re
from dataclasses import dataclass, field

import pytest

from grader.datatypes import Status
from grader.gradebook import canvas
from grader.gradebook.grades import Terms
from grader.gradebook.outcome import CannotExport


@dataclass
class Canvas:
    """What lib/gradebook_importer.rb does with a file."""

    assignments: dict[int, float] = field(default_factory=lambda: {501: 10.0, 502: 20.0})  # id -> points
    students: frozenset[int] = frozenset({11, 12, 13})
    logins: dict[str, int] = field(default_factory=dict)
    scores: dict[tuple[int, int], str] = field(default_factory=dict)

    def upload(self, data: bytes) -> dict[tuple[int, int], str]:
        """Return the scores that change, by (student, assignment)."""
        text = data.decode("utf-8").removeprefix("\ufeff")
        lines = [line for line in text.splitlines() if not re.fullmatch(r"[;, ]+", line)]
        header, *rows = csv.reader(
            io.StringIO("\n".join(lines), newline=""), delimiter=self._delimiter(lines[:3])
        )
        two = header[:2] == ["LastName", "FirstName"]
        assert two or ("Student" in header[0] and "ID" in header[1]), "InvalidHeaderRow"
        at = {name: place for place, name in enumerate(header)}
        known = {}
        for name, place in at.items():
            if place <= at["Section"] or re.search("Current Score|Final Score", name):
                continue
            found = re.fullmatch(r"(.*)\s\((\d+)\)", name)
            assert found, f"a new assignment would be made: {name}"
            assert int(found[2]) in self.assignments, f"a new assignment would be made: {name}"
            known[int(found[2])] = place
        changed = {}
        for row in rows:
            if "Points Possible" in row[0]:
                assert {
                    one: float(self._number(row[place])) for one, place in known.items()
                } == self.assignments
            elif not all(re.fullmatch(r"\s*(Muted|Manual Posting.*)?\s*", cell) for cell in row):
                changed |= self._student(row, at, known, 2 if two else 1)
        return changed

    def _student(self, row, at, known, id_at):
        student = int(row[id_at]) if row[id_at].isdecimal() else 0
        if student not in self.students:
            student = self.logins[row[at["SIS Login ID"]]]
        new = {(student, one): self._number(row[place]).strip() for one, place in known.items()}
        return {key: text for key, text in new.items() if self._changes(text, self.scores.get(key, ""))}

    @staticmethod
    def _changes(new: str, old: str) -> bool:
        if new == "N/A":
            return False
        blank = ("", "-")
        if new in blank or old in blank:
            return (new in blank) != (old in blank)
        return new != old if "EX" in {new, old} else round(float(new), 2) != round(float(old), 2)

    @staticmethod
    def _number(cell: str) -> str:
        if not re.fullmatch(r"-?[0-9.,]+%?", cell):
            return cell
        *whole, last = re.split(r"[,.]", cell)
        return f"{''.join(whole)}.{last}" if whole else last

    @staticmethod
    def _delimiter(lines) -> str:
        def fields(sign: str) -> int:
            counts = [len(next(csv.reader([line], delimiter=sign))) for line in lines]
            return counts[0] if len(set(counts)) == 1 else 0

        return ";" if fields(";") > fields(",") else ","


ADA = ("Lovelace, Ada", "11", "S-1", "ada", "Section A", "9.00", "", "45")
BO = ('="=O\'Neil, Bo"', "12", "S-2", "bo@example.edu", "Section A", "", "12.50", "60")
CHI = ("Zoë, Chi", "13", "S-3", "chi", "Section B", "", "", "")
HEADER = (
    "Student",
    "ID",
    "SIS User ID",
    "SIS Login ID",
    "Section",
    "Set 3 (501)",
    "Set 4 (502)",
    "Final Score",
)
POINTS = ("    Points Possible", "", "", "", "", "10.00", "20.00", "(read only)")
STORED = {(11, 501): "9", (12, 502): "12.5"}


def book(*people, header=HEADER, points=POINTS, delimiter=",", posting=True) -> bytes:
    text = io.StringIO()
    out = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    out.writerow(header)
    if posting:
        out.writerow(["", "", "", "", "", "Manual Posting", "", ""][: len(header)])
    out.writerows([points, *(people or (ADA, BO, CHI))])
    return text.getvalue().encode()


@pytest.fixture
def fill(tmp_path):
    def filled(data: bytes, results, asked="", **terms):
        path = tmp_path / "gradebook.csv"
        path.write_bytes(data)
        done = canvas.fill(canvas.read(path), results, Terms(**terms), asked)
        assert path.read_bytes() == data
        assert list(done.files) == [tmp_path / "gradebook-graded.csv"]
        return done

    return filled


def file_of(outcome) -> bytes:
    return next(iter(outcome.files.values()))


@pytest.mark.parametrize("who", [{"canvas": "11"}, {"sis": "s-1"}, {"login": "ADA"}, {"email": "ada"}])
def test_scores_arrive_by_any_id(fill, make, who):
    done = fill(book(), [make("someone", who=who)])
    assert Canvas(scores=STORED).upload(file_of(done)) == {(11, 502): "17.25"}


def test_a_folder_named_by_the_login_is_that_student_and_one_named_by_a_name_is_not(fill, make):
    done = fill(book(), [make("bo@example.edu"), make("Lovelace, Ada", 3.0)])
    assert Canvas(scores=STORED).upload(file_of(done)) == {(12, 502): "17.25"}
    assert any(
        "not in the gradebook" in why and who == ("Lovelace, Ada",) for why, who in done.without.items()
    )


def test_who_is_not_in_the_gradebook_by_their_own_id_is_nobody_else(fill, make):
    done = fill(book(), [make("ada", who={"canvas": "99"})])
    assert file_of(done) == book()


def test_no_other_byte_changes(fill, make):
    done = fill(book(), [make("ada", who={"canvas": "11"})])
    assert file_of(done) == book().replace(b"Section A,9.00,,45", b"Section A,9.00,17.25,45")


def test_semicolons_and_decimal_commas(fill, make):
    points = tuple(cell.replace(".", ",") for cell in POINTS)
    people = tuple(
        tuple(cell.replace(".00", ",00").replace(".50", ",50") for cell in one) for one in (ADA, BO, CHI)
    )
    data = book(*people, points=points, delimiter=";", posting=False)
    done = fill(data, [make("chi", who={"canvas": "13"})])
    assert "Section B;;17,25;" in file_of(done).decode()
    assert Canvas(scores=STORED).upload(file_of(done)) == {(13, 502): "17.25"}


def test_first_and_last_names_in_two_columns(fill, make):
    header = ("LastName", "FirstName", *HEADER[1:])
    points = (POINTS[0], "", *POINTS[1:])
    ada = ("Lovelace", "Ada", *ADA[1:])
    data = book(ada, header=header, points=points, posting=False)
    assert Canvas(scores=STORED).upload(file_of(fill(data, [make("a", who={"canvas": "11"})]))) == {
        (11, 502): "17.25"
    }


def test_excused_and_not_assigned_stay_as_they_are(fill, make):
    data = book((*ADA[:6], "EX", ""), (*BO[:6], "N/A", ""), CHI)
    done = fill(data, [make(name, who={"canvas": number}) for name, number in (("ada", "11"), ("bo", "12"))])
    assert file_of(done) == data
    assert set(done.without) >= {
        "excused in Canvas (what stands there is kept)",
        "not assigned to them in Canvas",
    }


def test_waiting_and_faults_leave_the_cell_as_it_was(fill, make):
    waits = make("bo", 10.0, pending=2.0, who={"canvas": "12"})
    fault = make("chi", 10.0, pending=2.0, waiting=Status.ERROR, who={"canvas": "13"})
    assert file_of(fill(book(), [waits, fault])) == book()
    told = fill(book(), [waits, fault], include_pending=True)
    assert Canvas(scores=STORED).upload(file_of(told)) == {(12, 502): "10"}
    assert any("1 row had a score already" in note for note in told.notes)


def test_other_points_are_refused_and_converted_when_told(fill, make):
    points = (*POINTS[:6], "30.00", "(read only)")
    ada = [make("ada", who={"canvas": "11"})]
    with pytest.raises(CannotExport, match=r"Set 4 \(502\): grades there are out of 30.*--scale"):
        fill(book(points=points), ada)
    done = fill(book(points=points), ada, scale=True)
    assert Canvas({501: 10.0, 502: 30.0}, scores=STORED).upload(file_of(done)) == {(11, 502): "25.88"}


@pytest.mark.parametrize(
    ("maximum", "terms", "score"), [("20.00", {}, "21.5"), ("30.00", {"scale": True}, "32.25")]
)
def test_a_score_above_the_points_possible_stays_one_and_is_named(fill, make, maximum, terms, score):
    points = (*POINTS[:6], maximum, "(read only)")
    over = make("ada", 19.5, bonus=2.0, who={"canvas": "11"})
    full = make("bo", 18.0, bonus=2.0, who={"canvas": "12"})
    done = fill(book(points=points), [over, full], **terms)
    arrived = Canvas({501: 10.0, 502: float(maximum)}, scores=STORED).upload(file_of(done))
    assert arrived[11, 502] == score
    [said] = [note for note in done.notes if "above the points possible" in note]
    assert said.startswith(
        f"1 grade above the points possible, which Canvas takes as they are: ada ({score} of"
    )
    assert "take it out of assignment.toml" in said
    assert not any("above" in note for note in fill(book(points=points), [full], **terms).notes)


@pytest.mark.parametrize("asked", ["502", "(502)", "set 4", "Set 4 (502)"])
def test_the_column_is_named_by_title_or_number(fill, make, asked):
    done = fill(book(), [make("ada", who={"canvas": "11"})], asked)
    assert done.what == "1 grade in Set 4 (502)"


@pytest.mark.parametrize(
    ("titles", "asked", "column"),
    [
        (("CS 155 Set 4 (1)", "Set 4 (2)"), "", "CS 155 Set 4 (1)"),
        (("PS4 (1)", "Set 4 (2)"), "", "PS4 (1)"),
        (("Set 4: networks (1)", "CS 155 Set 4: networks (2)"), "", "CS 155 Set 4: networks (2)"),
        (("Set (1)", "Midterm (2)"), "", None),
        (("Set 14 (1)", "Set 40 (2)"), "", None),
        (("Set 4 (1)", "Set 4 (2)"), "", None),
        (("Set 4 (1)", "Set 4 (2)"), "2", "Set 4 (2)"),
        (("Set 4 (1)", "Set 4 (2)"), "Set 4", None),
        (("Set 4", "Other (2)"), "", None),
        (("Set 4", "Other (2)"), "Set 4", None),
    ],
)
def test_which_column_it_is(fill, make, titles, asked, column):
    header = (*HEADER[:5], *titles, "Final Score")
    data = book(header=header, points=(*POINTS[:5], "20", "20", "(read only)"))
    ada = [make("ada", who={"canvas": "11"})]
    if column is None:
        with pytest.raises(CannotExport, match="never made up"):
            fill(data, ada, asked)
    else:
        assert fill(data, ada, asked).what == f"1 grade in {column}"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"Name,Score\nAda,3\n", "no Canvas gradebook.*Export"),
        (b"", "no Canvas gradebook"),
        (b"Student,ID,SIS Login ID,Section,Set 4 (1)\nAda,11,ada,A,\n", "Points Possible.*gone"),
        (book(points=(*POINTS[:6], "(read only)", "")), "read only"),
        (book(points=(*POINTS[:6], "", "")), "has no points"),
    ],
)
def test_what_cannot_be_filled_is_refused(fill, make, data, said):
    with pytest.raises(CannotExport, match=said):
        fill(data, [make("ada")])


def test_who_is_in_the_gradebook_alone_is_named(fill, make):
    done = fill(book(), [make("ada", who={"canvas": "11"}), make("chi", who={"canvas": "13"})])
    assert any("nobody graded them" in why and "(12)" in who[0] for why, who in done.without.items())
