"""Inputs are drawn from what students cannot know."""

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.asked import with_data
from grader.assignment import BadAssignment, agree, load

TOML = """
id = "lab"
title = "A lab"
[sections]
1 = "Counting"
{cases}
[[parts]]
id = "1A"
title = "Sums"
checks = {{ total = 2 }}
"""
CHECKS = '''
def test_total(cases):
    """The sums of the columns."""
    cases.of("total", lambda rng: (rng.random(3),), sum).compare()
'''


@pytest.fixture
def lab(tmp_path: Path) -> Callable[..., Path]:
    """Write a problem set with this table [cases] and these checks."""

    def write(cases: str, checks: str = CHECKS) -> Path:
        (tmp_path / "checks").mkdir()
        (tmp_path / "checks" / "test_all.py").write_text(checks)
        (tmp_path / "assignment.toml").write_text(TOML.format(cases=cases))
        return tmp_path

    return write


@pytest.mark.parametrize(
    ("cases", "line"), [("", 1), ("[cases]\nfloat32 = 1e-4", 6), ("[cases]\nsecret = '  '", 7)]
)
def test_inputs_are_not_drawn_without_a_secret(lab: Callable[..., Path], cases: str, line: int) -> None:
    with pytest.raises(BadAssignment) as fault:
        agree(load(lab(cases)))
    assert f"line {line}, " in str(fault.value)
    assert "checks/test_all.py, line 2, draws inputs, and without a secret" in str(fault.value)


def test_who_draws_nothing_needs_no_secret(lab: Callable[..., Path]) -> None:
    agree(load(lab("", CHECKS.replace("(cases)", "(verdict)"))))


@pytest.mark.parametrize(
    ("secret", "told"), [("change me: any text", True), ("Change me", True), ("0f1e change me", False)]
)
def test_an_examples_secret_is_told(
    lab: Callable[..., Path], secret: str, told: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    with_data(load(lab(f'[cases]\nsecret = "{secret}"')), "")
    assert ("write any other text" in capsys.readouterr().err) is told
