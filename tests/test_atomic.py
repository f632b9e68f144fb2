"""A file is there whole or not at all."""

import errno
import os

import pytest

from grader import atomic


def test_writes_exactly_the_text_and_creates_folders(tmp_path):
    path = tmp_path / "a" / "b" / "file.txt"
    atomic.write("one\r\ntwo\n…", path)
    assert path.read_bytes() == "one\r\ntwo\n…".encode()
    assert [entry.name for entry in path.parent.iterdir()] == ["file.txt"]


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path):
    path = tmp_path / "file.txt"
    atomic.write("old", path)
    with pytest.raises(UnicodeEncodeError):
        atomic.write("new" * 100_000 + "\ud800", path)
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file.txt"]


def test_a_new_file_can_be_read_by_whom_the_umask_lets(tmp_path):
    plain, ours = tmp_path / "plain", tmp_path / "ours"
    plain.write_text("x")
    atomic.write("x", ours)
    assert ours.stat().st_mode == plain.stat().st_mode


def test_files_that_belong_together_bear_one_date_and_a_full_disk_leaves_all_as_they_were(
    tmp_path, monkeypatch
):
    first, last = tmp_path / "first", tmp_path / "folder" / "last"
    atomic.write_together({first: b"old", last: b"old"})
    assert first.stat().st_mtime_ns == last.stat().st_mtime_ns
    real = os.fsync
    calls = []

    def full(number: int) -> None:
        calls.append(number)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(number)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        atomic.write_together({first: b"new", last: b"new"})
    assert (first.read_bytes(), last.read_bytes()) == (b"old", b"old")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["first", "folder", "last"]


def test_a_folder_is_there_whole_or_not_at_all(tmp_path):
    def files(*, broken: bool):
        yield "a/b.txt", b"one"
        if broken:
            raise OSError(errno.ENOSPC, "No space left on device")
        yield "c.txt", b"two"

    with pytest.raises(OSError, match="No space left"):
        atomic.write_folder(files(broken=True), tmp_path / "folder")
    assert [*tmp_path.iterdir()] == []
    atomic.write_folder(files(broken=False), tmp_path / "folder")
    assert (tmp_path / "folder" / "a" / "b.txt").read_bytes() == b"one"
    assert oct((tmp_path / "folder" / "c.txt").stat().st_mode & 0o777) == "0o400"
    with pytest.raises(FileExistsError):
        atomic.write_folder(files(broken=False), tmp_path / "folder")
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


def test_what_was_begun_goes_and_nothing_else(tmp_path):
    (tmp_path / f".{'0' * 16}.part" / "a").mkdir(parents=True)
    (tmp_path / f".{'1' * 16}.part").write_text("a file of `write`")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "file").write_text("precious")
    (tmp_path / f".{'2' * 16}.part").symlink_to(tmp_path / "elsewhere")
    (tmp_path / ".mine.part").write_text("somebody's")
    atomic.clear_torn(tmp_path)
    atomic.clear_torn(tmp_path / "nowhere")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [".mine.part", "elsewhere"]
    assert (tmp_path / "elsewhere" / "file").is_file()
