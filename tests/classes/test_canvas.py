"""Canvas's zip: one heap of files, named for whose they are."""

from hypothesis import given
from hypothesis import strategies as st

from grader.classes import canvas
from grader.classes.joined import MISLAID
from grader.classes.listing import Member
from tests.classes.conftest import everybody, handed

ROSTER = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Group,Submitted\n"
    "    Points Possible,,,,,,\n"
    '"Lovelace, Ada",12,s12,ada,1,Red Team,2026-02-04 03:00\n'
    '"Byte, Bob",13,s13,bob,1,Red Team,2026-02-04 03:00\n'
    '"Student, Test",99,,,1,,\n'
)


def test_files_belong_to_the_first_number_and_late_is_told(read) -> None:
    class_ = everybody(
        read([("lovelaceada_LATE_12_500_ps4.md", b"x"), ("bytebob_13_501_2026_notes.md", b"y")])
    )
    assert handed(class_["lovelaceada (12)"]) == {"ps4.md": "x"}
    assert handed(class_["bytebob (13)"]) == {"2026_notes.md": "y"}
    assert class_["lovelaceada (12)"].who == {"name": "lovelaceada", "canvas": "12"}
    assert "does not say when" in class_["lovelaceada (12)"].attention[0]
    assert class_["bytebob (13)"].attention == ()


def test_the_class_list_gives_names_ids_and_times(read) -> None:
    class_ = everybody(read([("lovelaceada_LATE_12_500_ps4.md", b"x")], ROSTER))
    ada = class_["Ada Lovelace (12)"]
    assert ada.who == {
        "name": "Ada Lovelace",
        "canvas": "12",
        "sis": "s12",
        "login": "ada",
        "group": "Red Team",
    }
    assert ada.submitted is not None
    assert ada.attention == ()
    assert list(class_) == ["Ada Lovelace (12)", "Bob Byte (13)"], (
        "the test student and the points are nobody"
    )


def test_what_was_uploaded_again_counts_once(read) -> None:
    members = [
        ("a_12_500_ps4.md", b"old"), ("a_12_501_ps4-1.md", b"new"), ("a_12_502_notes-2.md", b"third"),
    ]  # fmt: skip
    assert handed(everybody(read(members))["a (12)"]) == {"ps4.md": "new", "notes.md": "third"}
    assert handed(everybody(read(members, attempts="first"))["a (12)"])["ps4.md"] == "old"


def test_numbers_of_ones_own_are_files_of_their_own(read) -> None:
    members = [("a_12_500_problem-1.md", b"one"), ("a_12_501_problem-2.md", b"two")]
    for policy in ("latest", "first"):
        a = everybody(read(members, attempts=policy))["a (12)"]
        assert handed(a) == {"problem-1.md": "one", "problem-2.md": "two"}
        assert a.notes == ()
        assert a.attention == (
            "problem-1.md, problem-2.md: several files, or one that was uploaded again? (all are read)",
        )


def test_a_file_before_the_one_without_a_number_is_none_uploaded_again(read) -> None:
    members = [("a_12_500_ps4-1.md", b"one"), ("a_12_501_ps4.md", b"two")]
    assert handed(everybody(read(members))["a (12)"]) == {"ps4-1.md": "one", "ps4.md": "two"}


def test_several_uploaded_again_are_told_to_staff(read) -> None:
    members = [(f"a_12_50{n}_ps4{end}.md", b"") for n, end in enumerate(("", "-1", "-2"))]
    a = everybody(read(members))["a (12)"]
    assert list(handed(a)) == ["ps4.md"]
    assert "(not read: ps4-1.md)" in a.attention[0]


def test_text_typed_in_and_a_link(read) -> None:
    page = b"<html><head><title>t</title></head><body><h1>PS4: Ada</h1><div><p>3B</p><p>608</p></div></body></html>"
    class_ = everybody(read([("a_12_text.html", page), ("b_LATE_13_link.html", b"<a href='x'>x</a>")]))
    assert "608" in handed(class_["a (12)"])["online text.md"]
    assert "web address" in class_["b (13)"].unread[0].reason


def test_anonymous_grading(read) -> None:
    class_ = everybody(read([("anon_x7Kp2_500_ps4.md", b"x"), ("LATE_anon_Q2_501_a.md", b"y")]))
    assert {entry.who["canvas"] for entry in class_.values()} == {"x7Kp2", "Q2"}


def test_a_groups_files_bear_its_name_and_a_members_number(read) -> None:
    [red] = read([("redteam_13_500_ps4.md", b"x")], ROSTER).entries
    assert [red.student, *(one.student for one in red.members)] == ["Ada Lovelace (12)", "Bob Byte (13)"]


def test_whoever_is_called_like_their_group_hands_in_alone(read) -> None:
    class_ = everybody(read([("redteam_13_500_ps4.md", b"x")], ROSTER.replace("Byte, Bob", "Team, Red")))
    assert handed(class_["Ada Lovelace (12)"]) == {}


def test_a_group_without_a_column_of_groups_is_told_to_all_it_may_concern(read) -> None:
    class_ = read([("teamrot_13_500_ps4.md", b"x")], ROSTER.replace("Red Team", ""))
    told = "teamrot is not how 13 (Bob Byte) is called"
    assert f"{told}: a group? Add a column group to the roster" in class_.notes
    ada, bob = everybody(class_).values()
    assert ada.attention == (f"perhaps handed in with a group: {told}", "nothing was handed in", MISLAID)
    assert "called 'teamrot'" in bob.attention[0]


def test_a_member_alone_hands_in_alone(read) -> None:
    class_ = everybody(read([("bytebob_13_500_ps4.md", b"x")], ROSTER))
    assert handed(class_["Ada Lovelace (12)"]) == {}


def test_a_name_that_ends_in_somebodys_number_takes_nobodys_place(read) -> None:
    members = [("lovelaceada_12_500_ps4.md", b"mine"), ("eve_12_66_501_ps4.md", b"evil")]
    for class_ in (everybody(read(members, ROSTER)), everybody(read(members))):
        whole = [handed(entry) for entry in class_.values() if entry.who.get("canvas") == "12"]
        assert all("evil" not in files.values() for files in whole)
        eve = next(entry for entry in class_.values() if entry.student.startswith("eve"))
        assert "which others bear too" in eve.attention[0]


def test_a_name_that_is_somebodys_number_is_a_name(read) -> None:
    class_ = everybody(read([("12_13_500_ps4.md", b"evil"), ("_14_501_a.md", b"x")], ROSTER))
    assert handed(class_["Ada Lovelace (12)"]) == {}
    assert handed(class_["Bob Byte (13)"]) == {"ps4.md": "evil"}


@given(
    st.text(st.characters(categories=["Ll", "Lo"])),
    st.integers(1, 10**9),
    st.integers(1, 10**9),
    st.text(min_size=1),
)
def test_any_name_and_any_file(name: str, user: int, number: int, file: str) -> None:
    file = file.replace("/", "_")
    export = canvas.export([Member(f"{name}_{user}_{number}_{file}", lambda _left, _largest: b"")], "latest")
    assert export.handed[0].who[0]["canvas"] == str(user)
