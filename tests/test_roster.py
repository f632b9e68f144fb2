"""A class folder becomes students, each under a name of their own."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.roster import apart, entries, links, safe_name


@pytest.fixture
def class_(tmp_path: Path) -> Path:
    (tmp_path / "ada").mkdir()
    for name in ("Zoë.txt", "alan.py", "alan.md", ".DS_Store", "Thumbs.db"):
        (tmp_path / name).write_text("")
    return tmp_path


def test_each_entry_is_a_student_and_namesakes_keep_their_whole_name(class_: Path) -> None:
    assert [entry.student for entry in entries(class_)] == ["Zoë", "ada", "alan.md", "alan.py"]


def test_links_are_passed_over_and_listed(class_: Path) -> None:
    (class_ / "bob").symlink_to(class_ / "ada")
    assert "bob" not in [entry.student for entry in entries(class_)]
    assert links(class_) == (class_ / "bob",)


def test_a_single_file_is_one_student(class_: Path) -> None:
    assert [entry.student for entry in entries(class_ / "alan.py")] == ["alan"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../x", "_.._x"),
        ("a\x00b\u202ec", "a_b_c"),
        ("...", "_"),
        ("", "_"),
        ("Zoë Ñ", "Zoë Ñ"),
        ("a" * 300, "a" * 100),
    ],
)
def test_names_are_safe_as_folders_and_in_a_terminal(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_names_that_one_disk_cannot_tell_apart_are_numbered() -> None:
    two_ways = [unicodedata.normalize(form, "Zoë") for form in ("NFC", "NFD")]
    assert apart(["a:b", "a*b", "Ada", "ada", *two_ways]) == [
        "a_b",
        "a_b (2)",
        "Ada",
        "ada (2)",
        two_ways[0],
        f"{two_ways[1]} (2)",
    ]


def test_no_student_takes_the_place_of_something_else() -> None:
    assert apart(["index.html", "CON"]) == ["index.html (2)", "CON (2)"]


@given(st.lists(st.text()))
def test_whatever_the_names_everyone_has_their_own(names: list[str]) -> None:
    given_names = apart(names)
    assert len({unicodedata.normalize("NFC", name).casefold() for name in given_names}) == len(names)
    assert all(name and "/" not in name and name.strip(" .") for name in given_names)
