"""A folder goes, whatever is in it; what its links lead to stays."""

from __future__ import annotations

import os

from grader.sandbox import scratch


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
