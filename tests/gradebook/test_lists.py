"""The plain list and the mail merge."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.classes.joined import MISLAID
from grader.datatypes import Status
from grader.gradebook import lists
from grader.gradebook.grades import Terms
from grader.gradebook.outcome import CannotExport


def rows(outcome) -> list[dict[str, str]]:
    (data,) = outcome.files.values()
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def mail(tmp_path, *results, **terms):
    return lists.mail(
        tmp_path / "mail.csv",
        results,
        Terms(**terms),
        lambda student: tmp_path / student if student != "gone" else None,
    )


def test_a_plain_list(tmp_path, make):
    results = [make("ada", late=1.1, who={"name": "Ada", "moodle": "101"}), make("bo", 3.0, pending=1.0)]
    done = lists.plain(tmp_path / "grades.csv", results, Terms())
    ada, bo = rows(done)
    assert (ada["student"], ada["name"], ada["moodle"], ada["email"]) == ("ada", "Ada", "101", "")
    assert [ada[name] for name in lists.POINTS] == ["17.25", "0", "1.1", "16.25", "20", "0"]
    assert [bo[name] for name in lists.POINTS] == ["3", "0", "0", "", "20", "1"]
    assert done.what == "1 grade"
    assert list(done.without.values()) == [("bo",)]


def test_whose_work_came_and_is_not_here_gets_no_0_but_what_a_person_gave(tmp_path, make):
    told = ("nothing was handed in", MISLAID)
    results = [make("ada", 0.0, attention=told), make("bo", 3.0, attention=told), make("chi", 0.0)]
    done = lists.plain(tmp_path / "grades.csv", results, Terms(include_pending=True))
    assert [row["total"] for row in rows(done)] == ["", "3", "0"]
    [(why, who)] = done.without.items()
    assert ("none of it was graded" in why, who) == (True, ("ada",))


def test_a_mail_merge_holds_who_can_be_written_to(tmp_path, make):
    results = [
        make("ada", who={"name": "Ada", "email": " ada@example.edu "}),
        make("bo", 3.0, pending=1.0, who={"email": "bo@example.edu"}),
        make("chi", 3.0, pending=1.0, waiting=Status.ERROR, who={"email": "chi@example.edu"}),
        make("dan"),
        make("gone", who={"email": "gone@example.edu"}),
        make("eve", who={"email": "one@example.edu"}),
        make("fay", who={"email": "One@example.edu"}),
    ]
    done = mail(tmp_path, *results)
    assert rows(done) == [
        {"email": "ada@example.edu", "name": "Ada", "total": "17.25", "possible": "20", "pending": "0", "page": str(tmp_path / "ada")}
    ]  # fmt: skip
    assert sorted(done.without.values()) == [("bo",), ("chi",), ("dan",), ("eve", "fay"), ("gone",)]
    assert [row["pending"] for row in rows(mail(tmp_path, *results, include_pending=True))] == ["0", "1"]


@pytest.mark.parametrize(
    "address",
    [
        "a@b\nBcc: eve@x.y",
        "a@b,c@d",
        "=cmd@x.y",
        "+a@x.y",
        "-a@x.y",
        "Ada <a@x.y>",
        "ada",
        "a@b;c",
        '"a"@b',
        "|x@y",
    ],
)
def test_what_is_not_one_plain_address_gets_no_mail(tmp_path, make, address):
    done = mail(tmp_path, make("ada", who={"email": address}))
    assert rows(done) == []
    assert list(done.without) == ["the address is not one"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(max_size=20), st.text(max_size=20))
def test_no_cell_is_a_formula_and_no_text_breaks_the_table(tmp_path, make, name, group):
    results = [make("ada", who={"name": name, "group": group, "email": "ada@example.edu"})]
    for done in (lists.plain(tmp_path / "g.csv", results, Terms()), mail(tmp_path, *results)):
        (row,) = rows(done)
        assert None not in row
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())


def test_somebody_elses_file_is_not_replaced(tmp_path, make):
    path = tmp_path / "grades.csv"
    path.write_text("Identifier,Grade\n")
    with pytest.raises(CannotExport, match="did not write it"):
        lists.plain(path, [make("ada")], Terms())
    path.write_bytes(next(iter(lists.plain(tmp_path / "new.csv", [make("ada")], Terms()).files.values())))
    assert lists.plain(path, [make("ada")], Terms()).what == "1 grade"
