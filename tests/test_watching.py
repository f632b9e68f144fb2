"""A save is heard of, however an editor makes it, and nothing else is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.watching import _matter, saves


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "mine").mkdir()
    path = tmp_path / "mine" / "ps4.md"
    path.write_text("one")
    return path


def test_a_file_written_in_place_and_one_put_in_its_place(work: Path) -> None:
    signals = saves(work)
    next(signals)
    work.write_text("two")
    next(signals)
    beside = work.with_name("ps4.md.tmp")
    beside.write_text("three")
    beside.replace(work)
    next(signals)
    signals.close()
    assert work.read_text() == "three"


def test_what_was_saved_while_nobody_listened_is_told_then(work: Path) -> None:
    signals = saves(work)
    next(signals)
    work.write_text("two")
    work.write_text("three")
    next(signals)
    signals.close()


def test_in_a_folder_hidden_files_and_caches_are_passed_over(work: Path) -> None:
    matters = _matter(work.parent)
    here = work.parent.resolve()
    assert matters(None, os.fspath(here / "ps4.py"))
    assert matters(None, os.fspath(here / "code" / "more.py"))
    assert not matters(None, os.fspath(here / ".ps4.md.swp"))
    assert not matters(None, os.fspath(here / ".ipynb_checkpoints" / "ps4.ipynb"))
    assert not matters(None, os.fspath(here / "__pycache__" / "ps4.pyc"))


def test_beside_a_file_nothing_matters(work: Path) -> None:
    matters = _matter(work)
    assert matters(None, os.fspath(work.resolve()))
    assert not matters(None, os.fspath(work.resolve().with_name("ps4.html")))


def test_without_the_library_the_way_out_is_said(work: Path) -> None:
    code = (
        "import sys; sys.modules['watchfiles'] = None\n"
        "from pathlib import Path; from grader import watching\n"
        f"try: next(watching.saves(Path({os.fspath(work)!r})))\n"
        "except watching.NoWatcher as fault: print(fault)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "pip install 'nn-grader[watch]'" in told.stdout
