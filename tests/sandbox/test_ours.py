"""What a killed process left of students' files goes with the next wall; what somebody is using stays."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from grader.sandbox import warm

pytestmark = pytest.mark.skipif(not warm.can_fork(), reason="there are such folders on Linux only")

HOLDS = """
import tempfile, time
from grader.sandbox import ours
with ours.folder() as folder:
    (folder / "rooms").mkdir()
    (folder / "rooms" / "ada.py").write_text("hers")
    print(folder, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def holding(tmp_path: Path, monkeypatch):
    """A process that has a folder, and the folder."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", HOLDS], stdout=subprocess.PIPE, text=True) as process:
        yield process, Path(process.stdout.readline().strip())
        process.kill()


def test_it_stays_while_its_owner_lives_and_goes_when_it_was_killed(holding) -> None:
    from grader.sandbox import ours

    process, folder = holding
    with ours.folder() as own:
        assert (folder / "rooms" / "ada.py").is_file()
        assert own != folder
    assert not own.exists()
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert (folder / "rooms" / "ada.py").is_file(), "nobody was there to remove it"
    with ours.folder() as own:
        assert own.is_dir()
        assert not folder.exists()


def test_what_is_not_ours_to_remove_stays(tmp_path: Path, monkeypatch) -> None:
    from grader.sandbox import ours

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    unlocked, elsewhere = tmp_path / f"{ours.PREFIX}just-made", tmp_path / "elsewhere"
    for folder in (unlocked, elsewhere):
        folder.mkdir()
    (elsewhere / ours.OWNER).touch()
    (tmp_path / f"{ours.PREFIX}link").symlink_to(elsewhere)
    with ours.folder():
        assert unlocked.is_dir(), "its owner is about to lock it"
        assert (elsewhere / ours.OWNER).is_file(), "a link is followed by nobody"


def test_a_wall_clears_up(holding, tmp_path: Path) -> None:
    process, folder = holding
    process.kill()
    process.wait()
    with warm.raised(warm.Sandbox.OFF, ()) as wall:
        assert Path(wall.scratch).is_dir()
        assert not folder.exists()
    assert not list(tmp_path.glob("grader-wall-*"))
