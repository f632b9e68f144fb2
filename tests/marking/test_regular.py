"""Only files are read: a pipe would wait for ever, a device has no end, a link leads elsewhere."""

import os
import sys
from pathlib import Path

import pytest

from grader import marking
from grader.marking import BadBook, BadMarks, Book
from grader.marking.acts import files, read
from grader.marking.folder import one_at_a_time

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes among files are those of Unix")


def test_a_pipe_for_marks(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "marks.csv")
    with pytest.raises(BadMarks, match=r"marks\.csv: this is no file"):
        marking.read(tmp_path)
    with pytest.raises(BadMarks, match=r"marks\.csv: this is no file"):
        marking.current(tmp_path)


def test_a_device_for_marks(tmp_path: Path) -> None:
    (tmp_path / "marks.csv").symlink_to("/dev/zero")
    with pytest.raises(BadMarks, match=r"marks\.csv: this is no file"):
        marking.read(tmp_path)


def test_a_pipe_for_the_rubric(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "rubric.csv")
    with pytest.raises(BadMarks, match=r"rubric\.csv: this is no file"):
        marking.read_rubric(tmp_path)


def test_a_rubric_with_a_cell_that_never_ends(tmp_path: Path) -> None:
    (tmp_path / "rubric.csv").write_text(f"part,item,reason,worth\n1A,x,{'n' * 200_000},1\n")
    with pytest.raises(
        BadMarks, match=r"rubric\.csv, line 2: a cell of more than 131,072 characters: shorten it"
    ):
        marking.read_rubric(tmp_path)


def test_a_pipe_for_a_markers_file(tmp_path: Path) -> None:
    (tmp_path / "marking").mkdir()
    pipe = tmp_path / "marking" / "ana.jsonl"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="this is no file"):
        Book(tmp_path, "ana")
    with pytest.raises(OSError, match="this is no file"):
        read(pipe)


def test_a_folder_of_markers_that_lies_elsewhere(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    out.mkdir()
    elsewhere.mkdir()
    (out / "marking").symlink_to(elsewhere)
    with pytest.raises(BadBook, match="a link to elsewhere"):
        Book(out, "ana")
    with pytest.raises(BadBook, match="a link to elsewhere"):
        files(out)
    with pytest.raises(BadBook, match="a link to elsewhere"), one_at_a_time(out):
        pass
    assert not list(elsewhere.iterdir())
