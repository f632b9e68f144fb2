"""A problem set's promises: kept, broken, or not even a promise."""

from pathlib import Path

import pytest

from grader import assignment, verify

TOML = """
id = "lab"
title = "Lab"
[sections]
1 = "One"
[[parts]]
id = "1A"
title = "T"
checks = { even = 1, small = 1 }
"""
CHECKS = """
def test_even(answer):
    assert answer.integer("number") % 2 == 0

def test_small(answer):
    assert answer.integer("number") < 10
"""


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    for folder in ("checks", "specimens"):
        (tmp_path / folder).mkdir()
    (tmp_path / "assignment.toml").write_text(TOML)
    (tmp_path / "checks" / "test_all.py").write_text(CHECKS)
    (tmp_path / "specimens" / "odd.py").write_text("number = 3\n")
    return tmp_path


def verified(lab: Path, promises: str) -> verify.Outcome:
    (lab / "specimens" / "expected.toml").write_text(promises)
    problem_set = assignment.load(lab)
    return verify.verify(problem_set, verify.load(problem_set), jobs=1)


def test_promises_kept_and_a_check_that_no_specimen_fails(lab: Path) -> None:
    outcome = verified(
        lab, '[odd]\nfile = "odd.py"\nearned = 1\nchecks = { even = "failed", small = "passed" }\n'
    )
    assert (outcome.specimens, outcome.broken, outcome.never_failed) == (1, (), ("small",))


def test_a_specimen_of_a_few_lines_stands_in_the_promise(lab: Path) -> None:
    outcome = verified(lab, '[big]\ntext = "1A: 12"\nchecks = { even = "passed", small = "failed" }\n')
    assert outcome.broken == ()
    outcome = verified(lab, '[odd]\nmodule = "number = 3"\nchecks = { even = "failed", small = "passed" }\n')
    assert outcome.broken == ()


@pytest.mark.parametrize("given", ["", 'text = "1A: 12"\nmodule = "number = 3"'])
def test_one_thing_is_handed_in(lab: Path, given: str) -> None:
    with pytest.raises(verify.BadPromises, match="one of file, text and module says what is handed in"):
        verified(lab, f"[odd]\n{given}\nearned = 1\n")


@pytest.mark.parametrize(
    ("promise", "said"),
    [
        ("earned = 2", "line 3, [odd] earned: promised 2, found 1: it loses 1 of 1 points of even (failed"),
        ("pending = 1", "line 3, [odd] pending: promised 1, found 0"),
        ('checks = { even = "passed" }', "line 3, [odd] check 'even': promised 'passed', found 'failed'"),
        ("earned = 0", "promised 0, found 1: it earns 1 of 1 points of small (read as 3)"),
        (
            'slips = { even = "a slip" }',
            "line 3, [odd] slips, even: promised the slip 'a slip', found '' (failed",
        ),
    ],
)
def test_a_broken_promise_is_told(lab: Path, promise: str, said: str) -> None:
    (line,) = verified(lab, f'[odd]\nfile = "odd.py"\n{promise}\n').broken
    assert said in line


@pytest.mark.parametrize(
    "promises",
    [
        "[odd",
        '[odd]\nfile = "gone.py"',
        "[odd]\nearned = 1",
        '[odd]\nfile = "odd.py"\ntext = "both"',
        '[odd]\nfile = "odd.py"\nchecks = { even = "perfect" }',
        '[odd]\nfile = "odd.py"\nearnt = 1',
        '[odd]\nfile = "odd.py"\nparts = ["1B"]',
        '[odd]\nfile = "odd.py"\nlimits = { seconds = 0 }',
    ],
)
def test_what_is_no_promise_is_refused_with_the_files_name(lab: Path, promises: str) -> None:
    with pytest.raises(verify.BadPromises, match=r"expected\.toml"):
        verified(lab, promises)


def test_a_wrong_promise_is_told_with_its_line(lab: Path) -> None:
    with pytest.raises(verify.BadPromises) as told:
        verified(lab, '[odd]\nfile = "odd.py"\nchecks = { even = "pased", small = "passed" }\n')
    assert "line 3, [odd] checks, even" in str(told.value).replace("check 'even'", "checks, even")
    assert '"pased" is none of passed, failed, crashed' in str(told.value)
    assert "did you mean 'passed'?" in str(told.value)


def test_a_check_that_is_not_there_is_refused_with_the_one_that_was_meant(lab: Path) -> None:
    with pytest.raises(verify.BadPromises, match=r"line 3.* there is no check 'smal': did you mean 'small'"):
        verified(lab, '[odd]\nfile = "odd.py"\nchecks = { smal = "passed" }\n')


def test_a_specimen_that_is_no_python_is_told_as_that(lab: Path) -> None:
    (line,) = verified(lab, '[odd]\nmodule = "number = = 3"\nearned = 1\n').broken
    assert "SyntaxError" in line


def test_each_specimen_is_told_when_it_is_done(lab: Path) -> None:
    (lab / "specimens" / "expected.toml").write_text('[a]\ntext = "1A: 2"\n[b]\ntext = "1A: 3"\n')
    problem_set = assignment.load(lab)
    done = []
    verify.verify(problem_set, verify.load(problem_set), jobs=1, done=lambda: done.append(1))
    assert len(done) == 2


def test_a_check_that_breaks_is_told_even_where_nothing_is_promised_of_it(lab: Path) -> None:
    (lab / "checks" / "test_all.py").write_text(CHECKS + "    raise LookupError('of the set')\n")
    (line,) = verified(lab, '[big]\ntext = "1A: 2"\nchecks = { even = "passed" }\n').broken
    assert line == (
        "checks/test_all.py, line 7: your test_small raises LookupError: of the set (specimen big)"
    )


def test_corrections_are_left_out_and_said(lab: Path) -> None:
    toml = lab / "assignment.toml"
    why = 'part = "1A"\nreason = "Either was meant."\n'
    for said in ('check = "even"\nalso_accept = "3"', 'check = "small"\nvoid = true'):
        toml.write_text(f"{toml.read_text()}[[corrections]]\n{why}{said}\n")
    outcome = verified(lab, '[odd]\nfile = "odd.py"\nearned = 1\nchecks = { even = "failed" }\n')
    assert outcome.broken == ()
    assert outcome.left_out == (
        "Correction number 1 (1A, even) is left out here: it would change odd",
        "Correction number 2 (1A, small) is left out here: it would change no specimen",
    )
