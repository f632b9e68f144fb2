"""Whoever asks is forgotten: no file of the reports names them any more, and nobody else loses anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from grader import assignment, batch, forget, gradebook, graded, marking, pipeline, remark
from grader.cli import main
from grader.roster import entries
from grader.training.cache import Cache
from grader.training.result import TrainingResult

PS4 = Path(__file__).parents[1] / "reference" / "ps4"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    class_ = tmp_path / "class"
    class_.mkdir()
    for name in ("ada", "bob"):
        (class_ / f"{name}.md").write_text("## 2C\nBecause the loss falls.\n\n## 3B\n608\n")
    problem_set = assignment.only_parts(assignment.load(PS4), frozenset({"1A", "3B"}))
    batch.grade_class(entries(class_), problem_set, tmp_path / "out", 0)
    remark.remark(tmp_path / "out")
    return tmp_path / "out"


def test_nothing_of_them_is_left(reports: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("2026-03-01 ada: 3B\n2026-03-01 bob: as ada: said\n")
    book = marking.Book(reports, "kim")
    book.add(marking.Act("", student, "1A", (marking.Given("why"),)) for student in ("ada", "bob"))
    told = CliRunner().invoke(main, ["forget", "ada", str(reports)])
    assert (told.exit_code, "kim is marking here already" in told.output) == (2, True)
    book.close()
    told = CliRunner().invoke(main, ["forget", "ada", str(reports), "--log", str(log)])
    assert told.exit_code == 0, told.output
    assert "out of the submissions and of the class list" in " ".join(told.output.split())
    assert log.read_text() == "2026-03-01 bob: as ada: said\n"
    left = [path for path in reports.rglob("*") if path.is_file()]
    assert [path for path in left if b"ada" in path.read_bytes().replace(b"gradability", b"")] == []
    assert (reports / "staff" / "bob" / "result.json").is_file()
    assert {row.student for row in marking.read(reports)[0].rows} <= {"bob"}
    assert [act.student for act in marking.books(reports)["kim"]] == ["", "bob"]


def test_who_left_the_class_before_does_not_come_back(reports: Path, tmp_path: Path) -> None:
    problem_set = assignment.only_parts(assignment.load(PS4), frozenset({"1A", "3B"}))
    (tmp_path / "class" / "bob.md").unlink()
    (tmp_path / "class" / "cid.md").write_text("## 3B\n608\n")
    batch.grade_class(entries(tmp_path / "class"), problem_set, reports, 0)
    forget.forget(reports, "cid")
    assert gradebook.listed(reports / "gradebook.csv") == {"ada"}
    forget.forget(reports, "ada")
    assert gradebook.listed(reports / "gradebook.csv") == frozenset()
    assert pipeline.of_class(graded.read(reports).results, reports) == [], "an empty class is one"


@pytest.mark.parametrize("name", ["007", "=x", "-ada"])
def test_marks_go_however_a_spreadsheet_has_their_name_written(tmp_path: Path, name: str) -> None:
    (tmp_path / "class").mkdir()
    for one in (name, "bob"):
        (tmp_path / "class" / f"{one}.md").write_text("## 2C\nBecause the loss falls.\n")
    problem_set = assignment.only_parts(assignment.load(PS4), frozenset({"2C"}))
    batch.grade_class(entries(tmp_path / "class"), problem_set, tmp_path / "out", 0)
    remark.remark(tmp_path / "out")
    assert forget.forget(tmp_path / "out", name).marks > 0
    assert {row.student for row in marking.read(tmp_path / "out")[0].rows} == {"bob"}


def test_trainings_that_nobody_else_asked_for_go(reports: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("GRADER_CACHE", str(tmp_path / "cache"))
    cache = Cache(tmp_path / "cache")
    for key in ("hers", "shared"):
        cache.put(key, TrainingResult(1, (0,), {}, (0.5,), (), (), (), (), 1.0))
    for name, keys in (("ada", '["hers", "shared"]'), ("bob", '["shared"]')):
        path = reports / "staff" / name / "result.json"
        path.write_text(path.read_text().replace('"trainings": []', f'"trainings": {keys}'))
    assert forget.forget(reports, "ada").trainings == 1
    assert cache.get("hers") is None
    assert cache.get("shared") is not None


@pytest.mark.parametrize("at", ["published.forget", "pipeline.write_class", "_without"])
def test_whoever_is_stopped_in_the_middle_gives_it_again(
    reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    log = tmp_path / "log"
    log.write_text("2026-03-01 ada: 3B\n")
    (reports / ".0123456789abcdef.part").write_text("ada, torn")
    with monkeypatch.context() as patched:
        patched.setattr(f"grader.forget.{at}", stop)
        with pytest.raises(KeyboardInterrupt):
            forget.forget(reports, "ada", log)
    forget.forget(reports, "ada", log)
    left = [log, *(path for path in reports.rglob("*") if path.is_file())]
    assert [path for path in left if b"ada" in path.read_bytes().replace(b"gradability", b"")] == []


def test_a_stranger_is_named_and_nothing_is_removed(reports: Path) -> None:
    told = CliRunner().invoke(main, ["forget", "zora", str(reports)])
    assert told.exit_code == 2
    assert "there are ada, bob" in told.output
    assert "did you mean “ada”?" in CliRunner().invoke(main, ["forget", "Ada", str(reports)]).output
    assert (reports / "staff" / "ada").is_dir()


def test_an_id_is_somebody_too(reports: Path) -> None:
    path = reports / "staff" / "ada" / "result.json"
    path.write_text(path.read_text().replace('"who": {}', '"who": {"moodle": "4261"}'))
    assert {folder.name for folder in forget.forget(reports, "4261").folders} == {"ada"}


@pytest.mark.parametrize("name", ["../precious", "..", ".", "", "staff/ada"])
def test_a_name_that_leads_elsewhere_is_nobodys(reports: Path, name: str) -> None:
    precious = reports / "precious"
    precious.mkdir()
    with pytest.raises(forget.Unknown):
        forget.forget(reports, name)
    assert precious.is_dir()
    assert (reports / "staff" / "ada").is_dir()


def test_folders_are_private_to_their_owner(reports: Path) -> None:
    folders = [reports, *(path for path in reports.rglob("*") if path.is_dir())]
    assert {oct(path.stat().st_mode & 0o777) for path in folders} == {"0o700"}
