"""Moodle's zip, in all its shapes: whose is what, by the id and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classes import moodle
from grader.classes.listing import Member
from tests.classes import exports
from tests.classes.conftest import everybody, handed

ADA = "Ada Lovelace_12_assignsubmission_"
WORKSHEET = (
    "Identifier,Full name,Email address,Group,Last modified (submission)\n"
    'Participant 12,Ada Lovelace,ada@x.example,Red,"Tuesday, 3 February 2026, 11:58 PM"\n'
    'Participant 13,Bob Byte,bob@x.example,Red,"Tuesday, 3 February 2026, 11:58 PM"\n'
    "Participant 14,Cy Miss,cy@x.example,,-\n"
)


@pytest.mark.parametrize("shape", exports.SHAPES)
def test_every_shape_of_the_zip_holds_the_same_class(read, shape: str) -> None:
    class_ = everybody(
        read(exports.moodle_zip(exports.pupils(), shape), exports.moodle_worksheet(exports.pupils()))
    )
    assert len(class_) == 30
    assert handed(class_["Bob Twice (10020)"]) == {"ps4.md": exports.RIGHT}
    assert class_["Rosa Three (10023)"].path == class_["Rosa One (10021)"].path


def test_files_keep_their_folders(read) -> None:
    ada = everybody(read([(f"{ADA}file/src/ps4.py", b"a = 1"), (f"{ADA}file/notes.md", b"b")]))[
        "Ada Lovelace (12)"
    ]
    assert handed(ada) == {"src/ps4.py": "a = 1", "notes.md": "b"}
    assert ada.who == {"name": "Ada Lovelace", "moodle": "12"}


@pytest.mark.parametrize("name", [f"{ADA}onlinetext/onlinetext.html", f"{ADA}onlinetext_onlinetext.html"])
def test_online_text_becomes_text(read, name: str) -> None:
    html = b"<h3>3B</h3><p>608&nbsp;of <b>them</b></p><script>x</script>"
    ada = everybody(read([(name, html), (f"{ADA}file/a.py", b"")]))["Ada Lovelace (12)"]
    assert handed(ada) == {"online text.md": "### 3B\n\n608 of them\n", "a.py": ""}


def test_blind_marking_leaves_the_number(read) -> None:
    class_ = everybody(read(exports.moodle_zip(exports.pupils()[:3], blind=True)))
    assert list(class_) == ["Participant (10001)", "Participant (10002)", "Participant (10003)"]


def test_namesakes_are_two(read) -> None:
    members = [(f"Ada Lovelace_{number}_assignsubmission_file/a.md", b"") for number in (12, 13)]
    assert list(everybody(read(members))) == ["Ada Lovelace (12)", "Ada Lovelace (13)"]


def test_a_files_name_never_passes_for_somebody_else(read) -> None:
    forged = "Eve_66_assignsubmission_file_Ada Lovelace_12_assignsubmission_file_ps4.py"
    class_ = everybody(read([(forged, b"evil"), (f"{ADA}file_ps4.py", b"mine")]))
    assert handed(class_["Ada Lovelace (12)"]) == {"ps4.py": "mine"}
    assert handed(class_["Eve (66)"]) == {"Ada Lovelace_12_assignsubmission_file_ps4.py": "evil"}


def test_a_group_fills_every_members_row(read) -> None:
    class_ = read([("Red_77_assignsubmission_file/ps4.md", b"x")], WORKSHEET)
    [red, cy] = class_.entries
    assert [red.student, *(member.student for member in red.members)] == [
        "Ada Lovelace (12)",
        "Bob Byte (13)",
    ]
    assert red.members[0].who["moodle"] == "13"
    assert cy.student == "Cy Miss (14)"


def test_a_groups_number_that_is_somebodys_by_chance_is_the_groups(read) -> None:
    class_ = everybody(read([("Red_14_assignsubmission_file/ps4.md", b"x")], WORKSHEET))
    assert handed(class_["Cy Miss (14)"]) == {}
    assert handed(class_["Bob Byte (13)"]) == {"ps4.md": "x"}


@pytest.mark.parametrize("others", [("Red_77", "Ada Lovelace_12"), ("Bob Byte_13",)])
def test_whoever_calls_themselves_like_a_group_hands_in_alone(read, others: tuple[str, ...]) -> None:
    """Cy has the number 14 on the class list, and the display name of a group."""
    members = [(f"{name}_assignsubmission_file/ps4.md", b"own") for name in others]
    class_ = everybody(read([*members, ("Red_14_assignsubmission_file/ps4.md", b"evil")], WORKSHEET))
    assert handed(class_["Cy Miss (14)"]) == {"ps4.md": "evil"}
    assert "called 'Red'" in class_["Cy Miss (14)"].attention[0]
    assert handed(class_["Bob Byte (13)"]) == {"ps4.md": "own"}


def test_a_group_with_somebodys_number_is_told(read) -> None:
    class_ = everybody(read([("Red_14_assignsubmission_file/ps4.md", b"x")], WORKSHEET))
    assert "also Cy Miss's" in class_["Bob Byte (13)"].attention[0]


def test_a_groups_work_beside_ones_own_is_told(read) -> None:
    members = [(f"{name}_assignsubmission_file/a.md", b"") for name in ("Red_99", "Bob Byte_13")]
    class_ = everybody(read(members, WORKSHEET))
    assert "also as the group 'Red'" in class_["Bob Byte (13)"].attention[-1]


def test_a_default_group_has_no_number(read) -> None:
    sheet = WORKSHEET.replace(",,-", ",Default group,-")
    class_ = everybody(read([("Default group_assignsubmission_file_/ps4.md", b"x")], sheet))
    assert handed(class_["Cy Miss (14)"]) == {"ps4.md": "x"}


def test_who_is_not_on_the_worksheet_is_graded_and_flagged(read) -> None:
    class_ = everybody(
        read([(f"{ADA}file/a.md", b""), ("Dee_99_assignsubmission_file/a.md", b"")], WORKSHEET)
    )
    assert class_["Dee (99)"].attention == ("not on the class list",)
    assert class_["Ada Lovelace (12)"].attention == ()


def test_another_name_under_an_id_is_flagged(read) -> None:
    class_ = everybody(read([("Lady Byron_12_assignsubmission_file/a.md", b"")], WORKSHEET))
    assert "called 'Lady Byron'" in class_["Ada Lovelace (12)"].attention[0]


@given(
    st.text(st.characters(exclude_characters="_/\0\\", exclude_categories=["Cs"])),
    st.integers(1, 10**9),
    st.text(),
)
def test_any_name_and_any_file_belong_to_the_first_number(name: str, number: int, file: str) -> None:
    path = f"{name}_{number}_assignsubmission_file/{file}"
    export = moodle.export([Member(path, lambda _left, _largest: b"")])
    assert export.handed[0].who == ({"name": name, "moodle": str(number)},)
