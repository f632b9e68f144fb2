"""What a problem set's own code breaks at is told once, with its place, and nothing is derived from it."""

from pathlib import Path

import pytest

from grader import assignment, verify

TOML = """
id = "lab"
title = "Lab"
sections = { 1 = "One" }
cases = { secret = "of the lab" }
[hints]
"doubled" = "Is that once?"
[[parts]]
id = "1A"
title = "T"
checks = { same = 1, kept = 1 }
"""
CHECKS = """from ..right import same, doubled

def drawn(rng):
    return (int(rng.integers(1, 9)),)

def test_same(cases):
    cases.of("same", drawn, same).compare(slips={"doubled": doubled})

def test_kept(cases):
    cases.of("same", drawn, same).untouched(slip="doubled")
"""
RIGHT = """def same(x):
    return x

def doubled(x):
    return x * 2
"""
PROMISES = """
[right]
module = "def same(x): return x"
accepted = true
[twice]
module = "def same(x): return 2 * x"
earned = 0
slips = { same = "doubled" }
checks = { kept = "failed" }
"""


def verified(lab: Path, before: str = "", after: str = "", promises: str = PROMISES) -> verify.Outcome:
    """Verify the lab with one change to its code."""
    for name, text in {
        "assignment.toml": TOML,
        "right.py": RIGHT.replace(before, after),
        "checks/test_all.py": CHECKS.replace(before, after),
        "specimens/expected.toml": promises,
    }.items():
        (lab / name).parent.mkdir(exist_ok=True)
        (lab / name).write_text(text)
    problem_set = assignment.load(lab)
    return verify.verify(problem_set, verify.load(problem_set), jobs=0)


def test_the_lab_keeps_its_promises(tmp_path: Path) -> None:
    outcome = verified(tmp_path)
    assert (outcome.broken, outcome.unsound) == ((), ())


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("return x\n", "raise ValueError('no')\n", "right.py, line 2: your same raises ValueError: no on `same("),
        ("rng.integers", "rng.integer", "checks/test_all.py, line 4: your drawn raises AttributeError: "),
        ("def same(x)", "def same()", "checks/test_all.py, line 7: your test_same raises TypeError: same() takes 0"),
    ],
)  # fmt: skip
def test_what_raises_is_told_once_and_nothing_beside_it(
    tmp_path: Path, before: str, after: str, says: str
) -> None:
    outcome = verified(tmp_path, before, after)
    first, *others = outcome.broken
    assert first.startswith(says)
    assert first.endswith("(2 specimens)")
    assert "\n" not in first
    assert "not your fault" not in first
    assert [line for line in others if "your test_kept raises" not in line] == []
    assert outcome.unsound == ()


@pytest.mark.parametrize(
    ("after", "says"),
    [
        ("doubled(x, y)", "right.py, line 4: slip 'doubled' raises TypeError: doubled() missing 1 required"),
        (
            "doubled(x):\n    raise ValueError('no')\n\ndef unused(x)",
            "right.py, line 5: slip 'doubled' raises",
        ),
    ],
)
def test_a_slip_that_raises_is_told_in_place_of_the_promise_of_it(
    tmp_path: Path, after: str, says: str
) -> None:
    (line,) = verified(tmp_path, "doubled(x)", after).broken
    assert line.startswith(says)
    assert " on `same(" in line
    assert line.endswith("(specimen twice)")


def test_a_slip_may_stop_on_some_inputs_as_a_students_mistake_does(tmp_path: Path) -> None:
    after = "return x * 2 if x > 4 else [][0 if x < 0 else x]"
    (line,) = verified(tmp_path, "return x * 2", after).broken
    assert "promised the slip 'doubled', found ''" in line


def test_a_check_that_is_meant_to_break_keeps_its_promise(tmp_path: Path) -> None:
    promises = '[right]\nmodule = "def same(x): return x"\nchecks = { same = "error", kept = "error" }\n'
    assert verified(tmp_path, "return x\n", "raise ValueError('no')\n", promises).broken == ()
