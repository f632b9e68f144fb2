"""`grader publish --check`: each file that was changed, is missing or was added is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader import published
from tests.published.conftest import result


@pytest.fixture
def out(tmp_path: Path, publish) -> Path:
    publish(result("ada"), result("bob"))
    publish(result("ada", points=1.0))
    assert [*published.complaints(tmp_path)] == []
    return tmp_path


ADA = "published/1/students/ada"


@pytest.mark.parametrize("name", ["index.html", "result.json"])
def test_a_file_that_was_changed_is_named(out: Path, name: str) -> None:
    path = out / ADA / name
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b" ")
    assert [*published.complaints(out)] == [f"{path}: changed"]


def test_a_file_that_is_missing_is_named(out: Path) -> None:
    (out / ADA / "index.html").unlink()
    assert [*published.complaints(out)] == [f"{out / ADA / 'index.html'}: missing"]


def test_a_link_is_no_file_of_ours_though_it_leads_to_the_same(out: Path) -> None:
    path = out / ADA / "index.html"
    shutil.move(path, out / "page")
    path.symlink_to(out / "page")
    assert [*published.complaints(out)] == [f"{path}: changed"]


@pytest.mark.parametrize(
    "added",
    [
        f"{ADA}/more.html",
        "published/1/more",
        "published/1/students/eve",
        "published/notes",
        "published/.page.part",
    ],
)
def test_what_was_added_is_named(out: Path, added: str) -> None:
    (out / added).write_text("x")
    assert [*published.complaints(out)] == [f"{out / added}: added"]


def test_a_student_who_was_added_whole_is_named(out: Path) -> None:
    shutil.copytree(out / ADA, out / "published/1/students/eve")
    told = [*published.complaints(out)]
    assert f"{out / 'published/1/students/eve'}: added" in told


def test_a_publication_that_is_gone_is_named(out: Path) -> None:
    shutil.rmtree(out / "published" / "1")
    assert [*published.complaints(out)] == [f"{out / 'published' / '1'}: missing, all of it"]


def test_one_that_took_anothers_place_is_named(out: Path, publish, tmp_path: Path) -> None:
    publish(result("ada"), out=tmp_path / "other")
    shutil.rmtree(out / "published" / "1")
    shutil.copytree(tmp_path / "other" / "published" / "1", out / "published" / "1")
    assert [*published.complaints(out)] == [
        f"{out / 'published' / '2'}: published after another number 1 than the one there"
    ]


def test_where_nothing_was_published_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert [*published.complaints(tmp_path)] == []
