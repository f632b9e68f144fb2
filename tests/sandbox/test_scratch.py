"""A folder goes, whatever is in it; what its links lead to stays."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import pytest

from grader.datatypes import Limits
from grader.sandbox import RunnerFault, Wall, scratch
from grader.sandbox.capture import Capture
from grader.sandbox.process import Runner


def test_everything_in_it_goes_and_nothing_else(tmp_path):
    folder, outside = tmp_path / "scratch", tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("kept")
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "b" / "file").write_text("x")
    (folder / "a" / "link").symlink_to(outside)
    (folder / "link").symlink_to(outside, target_is_directory=True)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "a" / "fifo")
    (folder / "grader-removes-0").mkdir()
    (folder / "a" / "b").chmod(0)
    (folder / "a").chmod(0o500)
    scratch.remove(folder)
    assert not folder.exists()
    assert (outside / "kept").read_text() == "kept"


def test_a_folder_that_is_gone_is_no_trouble(tmp_path):
    scratch.remove(tmp_path / "none")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_disk_that_is_full_is_our_fault_and_leaves_nothing(tmp_path, monkeypatch, code):
    """A data file that is cut without a word would be graded as the student's own."""
    whole = Path.write_bytes

    def cut(path: Path, data: bytes) -> int:
        whole(path, data[:4096])
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(Path, "write_bytes", cut)
    with pytest.raises(RunnerFault, match="no folder could be made for student code"):
        Runner((), Limits(), Capture(1024), Wall(), {"data.csv": b"608\n" * 40_000})
    assert not list(tmp_path.iterdir())


def test_a_name_that_no_disk_takes_is_passed_over(tmp_path):
    folder = scratch.made(str(tmp_path), {"x" * 300: b"long", "a\0b": b"null", "data.csv": b"kept"})
    assert [path.name for path in folder.iterdir()] == ["data.csv"]
