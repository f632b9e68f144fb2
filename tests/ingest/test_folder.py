"""Folders: every file by its kind, junk ignored, links and pipes not opened, no zero by a file unread."""

import os

import pytest

from grader.datatypes import Source
from grader.ingest import MAX_EACH, folder, needs_keras, read


@pytest.fixture
def fill(tmp_path, homework):
    """Write files into a folder, hand it in."""

    def hand_in(files):
        for name, content in files.items():
            path = tmp_path / "ada" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(tmp_path / "ada", homework, "ada")

    return hand_in


def test_any_mix_is_read(fill):
    submission = fill(
        {
            "notes/answers.md": "3B: 608",
            "PS4 final (2).ipynb": '{"cells": [{"cell_type": "markdown", "source": "3B: 609"}]}',
            "aaa.py": "x = 1",
            "HW.py": "# 3B: 610\nparameter_count = 610",
        }
    )
    assert [(answer.source, answer.text) for answer in submission.of("3B")] == [
        (Source.MODULE, "610"),
        (Source.NOTEBOOK, "609"),
        (Source.WRITEUP, "608"),
    ]
    assert [code.file for code in submission.code] == ["HW.py", "aaa.py"]
    assert {answer.file for answer in submission.answers} == {
        "HW.py",
        "PS4 final (2).ipynb",
        "notes/answers.md",
    }
    assert (submission.student, submission.leftovers, submission.notes) == ("ada", (), ())


def test_junk_is_ignored_in_silence(fill):
    junk = (
        ".DS_Store",
        ".git/config",
        "__pycache__/x.py",
        ".ipynb_checkpoints/a.ipynb",
        "Thumbs.db",
        "x.pyc",
    )
    submission = fill(
        dict.fromkeys(junk, "Problem 3C\n\n5") | {"empty.md": "", "a.md": "3B: 608", "e.docx": ""}
    )
    assert [answer.part for answer in submission.answers] == ["3B"]
    assert (submission.leftovers, submission.notes) == ((), ())


@pytest.mark.parametrize(
    "name", ["a.docx", "a.odt", "a.rtf", "a.png", "a.heic", "a.html", "a.pages", "README", "a.rar"]
)
def test_what_could_hold_an_answer_is_for_a_person(fill, name):
    submission = fill({name: "608"})
    assert [left.file for left in submission.leftovers] == [name]
    assert "a person has to look" in submission.leftovers[0].reason


@pytest.mark.parametrize(
    "name", ["a.npz", "a.csv", "a.json", "a.h5", "a.keras", "a.yml", "a.log", "requirements.txt"]
)
def test_data_is_ignored_with_a_note(fill, name):
    submission = fill({name: "608"})
    assert submission.leftovers == ()
    assert submission.notes == (f"{name}: not read, it looks like data or settings",)


def test_a_picture_that_an_answer_shows_is_not_left_over(fill):
    submission = fill(
        {"hw.md": "1B:\n\n![](img/xor.png)", "img/xor.png": b"\x89PNG", "img/other.png": b"\x89PNG2"}
    )
    assert [left.file for left in submission.leftovers] == ["img/other.png"]


def test_links_and_pipes_are_not_opened(fill, tmp_path):
    (tmp_path / "secret.md").write_text("3B: 608")
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "link.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "ada" / "up").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "ada" / "pipe.md")
    submission = fill({})
    assert submission.answers == ()
    assert sorted(left.file for left in submission.leftovers) == ["link.md", "pipe.md", "up"]


def test_odd_names_show_as_what_they_are(fill):
    submission = fill({"a\nb\u202efdp.md": "3B: 608", "ö (1).md": "3C: 5"})
    assert sorted(answer.file for answer in submission.answers) == ["a\ufffdb\ufffdfdp.md", "ö (1).md"]


def test_a_name_that_is_no_text(fill, tmp_path):
    (tmp_path / "ada").mkdir()
    with open(os.fsencode(tmp_path / "ada") + b"/\xff.md", "w") as file:  # noqa: PTH123  # the name is bytes
        file.write("3B: 608")
    assert [answer.file for answer in fill({}).answers] == ["\ufffd.md"]


def test_too_many_files(fill):
    submission = fill({f"{n:03}.png": "?" for n in range(folder.MAX_FILES + 5)})
    assert len(submission.leftovers) == folder.MAX_FILES + 1
    assert "more than 200 files" in submission.leftovers[-1].reason


def test_too_many_write_ups(fill):
    submission = fill({f"{n:03}.md": f"3B: {n}" for n in range(MAX_EACH + 2)})
    assert len(submission.answers) == MAX_EACH
    assert ["one file too many" in left.reason for left in submission.leftovers] == [True, True]


def test_a_file_that_is_too_large(fill):
    submission = fill({"a.md": b"3B: 608\n" * 2_600_000, "b.md": "3C: 5"})
    assert [answer.part for answer in submission.answers] == ["3C"]
    assert [(left.file, "larger" in left.reason) for left in submission.leftovers] == [("a.md", True)]


def test_a_folder_without_end(fill):
    assert "could not be read whole" in fill({"d/" * 30 + "a.md": "3B: 608"}).leftovers[0].reason


def test_the_same_file_twice_counts_once(fill):
    submission = fill({"a.md": "3B: 608", "copy/a.md": "3B: 608"})
    assert [answer.file for answer in submission.answers] == ["a.md"]
    assert submission.notes == ("copy/a.md: the same as a.md",)


def test_an_empty_folder_is_nothing(fill, tmp_path):
    (tmp_path / "ada").mkdir()
    submission = fill({})
    assert (submission.answers, submission.code, submission.leftovers) == ((), (), ())


def test_a_path_that_is_not_there(tmp_path, homework):
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "nobody", homework, "nobody")


def test_too_many_pdfs(fill):
    submission = fill({f"{n:02}.pdf": f"junk {n}" for n in range(MAX_EACH + 1)})
    assert len(submission.leftovers) == MAX_EACH + 1
    assert "one file too many" in submission.leftovers[-1].reason


@pytest.mark.parametrize(
    ("code", "needed"),
    [
        ("from keras import Sequential", True),
        ("x = 1\nimport  tensorflow as tf", True),
        ("import numpy  # no keras here", False),
        ("import kerasify", False),
    ],
)
def test_who_needs_keras_is_seen_at_a_glance(tmp_path, code, needed):
    (tmp_path / "ps4.py").write_text(code)
    (tmp_path / "picture.png").write_bytes(b"import keras")
    assert needs_keras(tmp_path) is needed
    assert needs_keras(tmp_path / "ps4.py") is needed
