"""In a terminal a class is shown as it is graded: who is at what, how far it is, how long it will take."""

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

from grader import display
from grader.batch import Plan
from grader.datatypes import CheckResult, PartResult, Result, Status
from grader.display import Display, Manner
from grader.roster import Entry


def result(student: str, status: Status = Status.PASSED) -> Result:
    part = PartResult("3B", "", 2.0, 2.0, 0.0, checks=(CheckResult("one", status),))
    return Result("ps4", "", student, 2.0, 2.0, 0.0, (part,))


PLANS = [Plan(Entry(name, Path(name)), why=("not graded yet",)) for name in ("ada", "bob\x1b[2J", "cyd")]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    stream = io.StringIO()
    monkeypatch.setattr(
        display, "Console", lambda **more: Console(file=stream, force_terminal=True, width=90, **more)
    )
    return stream


def drawn(shown: Display) -> str:
    with shown._console.capture() as capture:
        shown._console.print(shown._drawn())
    return re.sub(r"\x1b\[[0-9;]*m", "", capture.get())


def test_it_shows_who_is_at_what_and_how_far_it_is(terminal: io.StringIO) -> None:
    with Display(Manner(), jobs=2) as shown:
        shown.planned([*PLANS, Plan(Entry("dan", Path("dan")))])
        shown.heard("ada", "2D training, epoch 7 of 20")
        shown.heard("bob\x1b[2J", "reading")
        told = drawn(shown)
        assert "0/3" in told
        assert re.search(r"ada\s+2D training, epoch 7 of 20\s+0 s", told)
        assert "\x1b[2J" not in told
        shown.done(result("ada"))
        shown.done(result("bob\x1b[2J", Status.ERROR))
        told = drawn(shown)
        assert re.search(r"2/3, about \d+ s left, 1 with a fault of the grader", told)
        assert "ada" not in told
    said = terminal.getvalue()
    assert "1 of 4 are graded already" in said
    assert re.search(r"1/3  ada  2 of 2", said)


def test_members_of_a_group_that_is_to_be_graded_are_not_graded_already(
    capsys: pytest.CaptureFixture[str],
) -> None:
    [ada, bob, _] = PLANS
    with Display(Manner(), 0) as shown:
        shown.planned([ada, Plan(Entry("tim", Path("ada")), of=ada.entry)])
    assert "graded already" not in capsys.readouterr().out
    with Display(Manner(), 0) as shown:
        kept = Entry("eve", Path("eve"))
        shown.planned([bob, Plan(kept), Plan(Entry("fay", Path("eve")), of=kept)])
    assert "2 of 3 are graded already" in capsys.readouterr().out


def test_without_a_terminal_it_is_lines_and_quiet_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    for manner, lines in ((Manner(), 1), (Manner(quiet=True), 0), (Manner(verbose=True), 2)):
        with Display(manner, jobs=1) as shown:
            shown.planned(PLANS)
            shown.heard("ada", "2D")
            shown.heard("ada", "2D training, epoch 7 of 20")
            shown.done(result("ada"))
        assert len(capsys.readouterr().out.splitlines()) == lines
