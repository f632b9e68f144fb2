"""Marks that change are shown, and nobody's silence is a yes."""

from __future__ import annotations

import sys

import pytest

from grader import agreed
from grader.changes import Change, Marks

CHANGES = (
    Change("ada", "1A", Marks(1, 0, 2), Marks(2, 0, 2), ("number: failed → passed",), (1, 2)),
    Change("ada", "1B", Marks(1, 0, 2), None, ("this part is graded no longer",), (1, 2)),
)
ASKED = "Replace these marks of 1 student (DROPPING 1B: this run does not grade what stands there)?"


@pytest.mark.parametrize(
    ("how", "answer"),
    [
        ({"yes": True, "dry_run": False}, True),
        ({"yes": False, "dry_run": False}, False),
        ({"yes": True, "dry_run": True}, False),
    ],
)
def test_what_changes_is_shown_and_agreed_to_beforehand(capsys, how: dict[str, bool], answer: bool) -> None:
    assert agreed.agreed(CHANGES, ", against the last", **how) is answer
    told = capsys.readouterr().out
    assert "Marks that change, against the last" in told
    assert "failed → passed" in told


def test_quiet_shows_what_needs_a_decision_alone(capsys) -> None:
    assert agreed.agreed(CHANGES, "", yes=True, dry_run=False, quiet=True)
    assert capsys.readouterr().out == ""
    assert not agreed.agreed(CHANGES, "", yes=False, dry_run=False, quiet=True)
    assert "Marks that change" in capsys.readouterr().out


@pytest.mark.parametrize("answer", [True, False])
def test_somebody_who_is_there_is_asked(monkeypatch: pytest.MonkeyPatch, answer: bool) -> None:
    asked = []
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.confirm", lambda text, default: asked.append((text, default)) or answer)
    assert agreed.agreed(CHANGES, "", yes=False, dry_run=False) is answer
    assert asked == [(ASKED, False)]
