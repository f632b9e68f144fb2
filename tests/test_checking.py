"""`grader check` from outside: what is printed where and when, what is written, how it ends."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader.cli import main

ROOT = Path(__file__).parents[1]
PS4 = ROOT / "reference" / "ps4"
RIGHT, WRONG = "## 3B\n608\n\n## 3C\n28x28x8\n", "## 3B\n608\n\n## 3C\n32x32x8\n"


def check(*arguments: object) -> Result:
    words = ["check", *map(str, arguments), "--assignment", str(PS4)]
    return CliRunner().invoke(main, words, catch_exceptions=False)


@pytest.fixture
def work(tmp_path: Path) -> Path:
    path = tmp_path / "answers.md"
    path.write_text(WRONG)
    return path


def test_json_stands_alone_and_holds_no_answer(work: Path) -> None:
    told = check(work, "--parts", "3B,3C", "--json")
    assert told.exit_code == 1
    record = json.loads(told.stdout)
    assert [part["checks"][0]["status"] for part in record["parts"]] == ["passed", "failed"]
    assert record["parts"][1]["checks"][0]["expected"] == ""
    assert "28" not in told.stdout.replace(record["provenance"]["date"], "")
    assert "3C Output shape" in told.stderr, "lines for people go beside it"


def test_json_stands_alone_in_a_pipe_too(work: Path) -> None:
    command = [sys.executable, "-m", "grader", "check", work, "--assignment", PS4, "--parts", "3B", "--json"]
    told = subprocess.run(command, capture_output=True, check=True)
    assert json.loads(told.stdout.decode("utf-8"))["earned"] == 2
    assert b"Checking " in told.stderr


def test_the_page_is_written_where_it_is_wished_for(work: Path, tmp_path: Path) -> None:
    page = tmp_path / "out" / "mine.html"
    told = check(work, "--parts", "3B,3C", "--html", page)
    assert told.exit_code == 1
    assert str(page) in told.output
    html = page.read_text(encoding="utf-8")
    assert "<html" in html
    assert "nothing is marked yet" in html
    assert "course’s staff for another look" not in html


def test_where_there_is_no_browser_the_pages_place_is_said(work: Path, monkeypatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    told = check(work, "--parts", "3B", "--open")
    if sys.platform != "linux":
        pytest.skip("other systems have a screen")
    line = next(line for line in told.output.splitlines() if line.startswith("The page is "))
    page = Path(line.removeprefix("The page is ").partition(" (")[0])
    assert page.is_file()
    assert "open it yourself" in line


def test_a_page_writes_over_no_work(work: Path) -> None:
    told = check(work, "--html", work)
    assert (told.exit_code, work.read_text()) == (2, WRONG)
    told = check(work.parent, "--html", work.parent / "page.html")
    assert told.exit_code == 2
    assert "write it elsewhere" in told.output


def test_json_and_watch_are_not_for_one_run(work: Path) -> None:
    assert check(work, "--json", "--watch").exit_code == 2


def test_at_the_end_stands_what_is_ready_and_what_is_not(work: Path) -> None:
    told = " ".join(check(work, "--parts", "3A,3B,3C").output.split())
    assert "✓ ready 3B" in told
    assert "✗ not right yet 3C" in told
    assert "– missing 3A" in told


@pytest.fixture
def slow(tmp_path: Path) -> tuple[Path, Path]:
    """A problem set whose second part's check waits for a file."""
    lab, sign = tmp_path / "lab", tmp_path / "sign"
    (lab / "checks").mkdir(parents=True)
    (lab / "assignment.toml").write_text(
        'id = "lab"\ntitle = "Lab"\n[sections]\n1 = "One"\n'
        '[[parts]]\nid = "1A"\ntitle = "First"\nchecks = { first = 1 }\n'
        '[[parts]]\nid = "1B"\ntitle = "Second"\nchecks = { second = 1 }\n'
        '[[parts]]\nid = "1C"\ntitle = "Words"\n[parts.rubric]\n"says why" = 1\n'
    )
    (lab / "checks" / "test_all.py").write_text(
        "import pathlib, time\n\n"
        "def test_second(answer, verdict):\n"
        f"    while not pathlib.Path({os.fspath(sign)!r}).exists():\n        time.sleep(0.02)\n"
        "    verdict.equal(answer.integer('second'), 2)\n\n"
        "def test_first(answer, verdict):\n    verdict.equal(answer.integer('first'), 1)\n"
    )
    return lab, sign


def test_a_part_is_told_before_the_next_one_is_known_also_in_a_pipe(slow, tmp_path: Path) -> None:
    lab, sign = slow
    (tmp_path / "ada.md").write_text("## 1A\n1\n\n## 1B\n2\n\n## 1C\nBecause.\n")
    command = [sys.executable, "-m", "grader", "check", tmp_path / "ada.md", "--assignment", lab]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        lines = iter(running.stdout.readline, "")
        assert next(lines).startswith("Checking ")
        assert _until(lines, "1C Words"), "what no check decides is known at once"
        assert _until(lines, "1A First  1 of 1"), "in the order of the assignment, not of the check file"
        sign.touch()
        assert _until(lines, "1B Second  1 of 1")
        assert _until(lines, "Nothing failed.")
        assert running.wait() == 0


def _until(lines: Iterator[str], start: str) -> bool:
    """Read until a line begins so; a child that hangs is ended by the test run's own limit."""
    return any(line.startswith(start) for line in lines)


@pytest.fixture
def watching(work: Path) -> Iterator[subprocess.Popen[str]]:
    command = [
        sys.executable,
        "-m",
        "grader",
        "check",
        work,
        "--assignment",
        PS4,
        "--parts",
        "3A,3B,3C",
        "--watch",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        yield running
        running.kill()


def test_a_save_tells_what_came_out_differently_and_nothing_else(work: Path, watching) -> None:
    lines = iter(watching.stdout.readline, "")
    assert _until(lines, "Watching ")
    work.write_text("")  # an editor is half way through
    assert _until(lines, "Watching ")
    work.write_text(RIGHT)
    told = []
    for line in lines:
        told.append(line)
        if line.startswith("Watching ") and any("28" in one for one in told):
            break
    assert not any(line.startswith("3A") for line in told), "nobody wrote anything there"
    assert any("Nothing failed" in line or "did not pass" in line for line in told)
    watching.send_signal(signal.SIGINT)
    rest = watching.stdout.read()
    assert "Stopped watching." in rest
    assert "Traceback" not in rest
    assert watching.wait() == 0


def test_only_the_part_that_changed_is_told_again(work: Path, watching) -> None:
    lines = iter(watching.stdout.readline, "")
    assert _until(lines, "Watching ")
    beside = work.with_name("answers.md.new")
    beside.write_text(RIGHT)
    beside.replace(work)
    told = []
    for line in lines:
        told.append(line)
        if line.startswith("Watching "):
            break
    parts = [line[:2] for line in told if line[:2] in {"3A", "3B", "3C"}]
    assert parts == ["3C"]
    assert any("2 parts came out as before" in line for line in told)
    watching.send_signal(signal.SIGINT)
    assert watching.wait() == 0


def test_without_the_library_watch_exits_2_and_says_so(work: Path, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    told = check(work, "--parts", "3B", "--watch")
    assert told.exit_code == 2
    assert "pip install 'nn-grader[watch]'" in told.output


def test_a_hidden_check_stays_hidden_in_lines_and_in_json(slow, tmp_path: Path) -> None:
    lab, sign = slow
    sign.touch()
    listed = (lab / "assignment.toml").read_text()
    hidden = 'checks = { second = { points = 1, hidden = true, category = "care" } }'
    (lab / "assignment.toml").write_text(listed.replace("checks = { second = 1 }", hidden))
    (lab / "checks" / "test_all.py").write_text(
        "def test_first(answer, verdict):\n    verdict.equal(answer.integer('first'), 1)\n\n"
        "def test_second(answer, verdict):\n    verdict.fail(f'secret {answer.integer()}')\n"
    )
    (tmp_path / "ada.md").write_text("## 1A\n1\n\n## 1B\n5\n")
    for more in ((), ("--json",)):
        words = ["check", str(tmp_path / "ada.md"), "--assignment", str(lab), *more]
        told = CliRunner().invoke(main, words, catch_exceptions=False)
        assert told.exit_code == 1
        assert "care" in told.output
        assert "secret" not in told.output


def test_a_fault_of_the_reader_costs_nothing_and_is_told(work: Path, monkeypatch) -> None:
    def breaks(*_: object) -> None:
        raise LookupError("of ours")

    monkeypatch.setattr("grader.ingest.read", breaks)
    told = check(work, "--parts", "3B")
    assert told.exit_code == 1
    assert "no points were lost by it" in told.output
    assert "not checked    3B" in told.output
