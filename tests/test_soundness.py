"""A problem set whose marks would be worth nothing is refused, with file and line and the way out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader import assignment, new, verify
from grader.cli import main
from grader.proofreading import unlisted

FUNCTION = '''"""Checks."""


def test_parameters(answer, verdict):
    """It doubles."""
    double = answer.function("double")
    if double is None:
        raise answer.absent("double", "function", "")
    {look}
    {verdict}
'''


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    new.write("lab", tmp_path / "lab")
    return tmp_path / "lab"


@pytest.fixture
def change(lab: Path) -> Callable[[str, str, str], None]:
    """Change a text in a file of the new problem set; it has to be there."""

    def changed(name: str, before: str, after: str) -> None:
        text = (lab / name).read_text()
        assert before in text
        (lab / name).write_text(text.replace(before, after))

    return changed


def unsound(lab: Path) -> tuple[str, ...]:
    problem_set = assignment.load(lab)
    assignment.agree(problem_set)
    return verify.verify(problem_set, verify.load(problem_set), jobs=0).unsound


def line(path: Path, text: str) -> int:
    """Return the line of a file that begins so."""
    return next(number for number, one in enumerate(path.read_text().splitlines(), 1) if one.startswith(text))


def of_the_check(lab: Path) -> str:
    toml, check = lab / "assignment.toml", lab / "checks" / "test_layers.py"
    assert f"line {line(check, 'def test_parameters')}" == "line 6"
    return f"{toml}: line {line(toml, 'checks =')}, part 1A, check 'parameters': "


def test_a_new_problem_set_is_sound(lab: Path) -> None:
    assert unsound(lab) == ()
    assert unlisted(assignment.load(lab)) == []


def test_a_starter_that_earns_points_is_told(lab: Path, change: Callable) -> None:
    change("starter/lab.py", "None", "105")
    (told,) = unsound(lab)
    assert told.startswith(
        f"{of_the_check(lab)}earns points with starter/lab.py as it is handed out (read as 105)."
    )
    assert (
        "the check (checks/test_layers.py, line 6) has to ask for more, or the starter to give less" in told
    )


def test_a_starter_that_earns_a_share_is_told_though_its_check_fails(lab: Path, change: Callable) -> None:
    change("assignment.toml", "parameters = 4 ", 'parameters = {points = 4, ramp = {of = "near", full = 2}} ')
    change("checks/test_layers.py", "    verdict.equal", "    verdict.measure(near=1)\n    verdict.equal")
    change("starter/lab.py", "None", "3")
    assert any("starter/lab.py as it is handed out (read as 3)" in told for told in unsound(lab))


def test_the_statement_and_the_first_cell_are_no_starters(lab: Path, change: Callable) -> None:
    change("assignment.toml", "sections", 'preamble = "starter/cell.py"\nsections')
    (lab / "starter" / "cell.py").write_text("parameters = 105\n")
    (lab / "starter" / "statement.md").write_text("Problem 1A: a layer with 105 parameters\n")
    assert unsound(lab) == ()


def test_an_accepted_specimen_that_loses_points_is_told(lab: Path, change: Callable) -> None:
    change("specimens/right.md", "105", "104")
    (told,) = unsound(lab)
    promises = lab / "specimens" / "expected.toml"
    assert told.startswith(f"{promises}: line {line(promises, 'accepted')}, [right] accepted: ")
    assert "it loses 4 of 4 points of parameters (failed: You gave 104, which is not right.): " in told
    assert told.endswith("mend the specimen, or the check (checks/test_layers.py, line 6)")


def test_an_accepted_specimen_in_which_an_answer_is_missing_is_told(lab: Path, change: Callable) -> None:
    change(
        "specimens/right.md", "Problem 1A: the layer has 105 parameters.", "## Problem 1A\n\n## Problem 1A\n"
    )
    (told,) = unsound(lab)
    assert "[right] accepted: it loses 4 of 4 points of parameters (missing" in told


def test_an_accepted_specimen_that_only_waits_for_a_person_shows_nothing(lab: Path, change: Callable) -> None:
    change("specimens/right.md", "105", "many")
    (told,) = unsound(lab)
    assert (
        "part 1A: no accepted specimen passes parameters, so that nothing shows that a right answer" in told
    )


def test_a_set_without_an_accepted_specimen_is_told(lab: Path, change: Callable) -> None:
    change("specimens/expected.toml", "accepted = true", "earned = 4")
    (told,) = unsound(lab)
    assert told.startswith(f"{lab / 'specimens' / 'expected.toml'}: line 1, ")
    assert "no specimen is accepted, so that nothing shows that a right answer earns its points: say" in told


def test_a_part_that_no_accepted_specimen_answers_is_told(lab: Path, change: Callable) -> None:
    change(
        "assignment.toml",
        "[[parts]]",
        '[[parts]]\nid = "1B"\ntitle = "Why"\nrubric = { Says = 1 }\n'
        '[[parts]]\nid = "1C"\ntitle = "Once more"\nchecks = { again = 1 }\n[[parts]]',
    )
    change("checks/test_layers.py", "def test", "def test_again(answer):\n    answer.integer()\n\n\ndef test")
    change("specimens/expected.toml", "accepted = true", 'accepted = true\nparts = ["1A"]')
    assert any("part 1C: no accepted specimen passes again, so that" in told for told in unsound(lab))


def test_a_check_that_no_specimen_fails_is_told(lab: Path, change: Callable) -> None:
    change("specimens/no-biases.py", "20 * 5", "105")
    change("specimens/expected.toml", "failed", "passed")
    (told,) = unsound(lab)
    assert told.startswith(f"{of_the_check(lab)}no specimen fails it (checks/test_layers.py, line 6), so")
    assert told.endswith('specimens/expected.toml, checks = { "parameters" = "failed" }')


def test_a_check_that_passes_whatever_is_handed_in_is_told(lab: Path, change: Callable) -> None:
    change("checks/test_layers.py", "    given =", "    return\n    given =")
    told = "\n".join(unsound(lab))
    assert f"{of_the_check(lab)}no specimen fails it" in told
    assert (
        f"{of_the_check(lab)}earns points with starter/lab.py as it is handed out; an empty submission; "
        "'I do not know.' under each heading; a module in which each name is a text; "
        "a module of functions that return None. Nothing earns nothing"
    ) in told


@pytest.mark.parametrize(
    ("look", "said"),
    [
        ("double(2)", "earns points with a module of functions that return None"),
        (
            "double(2) + 1",
            "the check (checks/test_layers.py, line 4) breaks on a module of functions that return None: ",
        ),
        ("assert double(2) == 4, 'no'", ""),
    ],
)
def test_a_check_is_tried_with_functions_that_return_none(lab: Path, look: str, said: str) -> None:
    (lab / "checks" / "test_layers.py").write_text(FUNCTION.format(look=look, verdict=""))
    (lab / "specimens" / "right.md").unlink()
    (lab / "specimens" / "right.py").write_text("def double(x):\n    return 2 * x\n")
    (lab / "specimens" / "no-biases.py").write_text("def double(x):\n    return x / 0\n")
    (lab / "specimens" / "expected.toml").write_text(
        '[right]\nfile = "right.py"\naccepted = true\n[wrong]\nfile = "no-biases.py"\n'
    )
    (lab / "assignment.toml").write_text(
        (lab / "assignment.toml").read_text().replace('"biases left out" = ', '# "biases left out" = ')
    )
    told = [one for one in unsound(lab) if "None" in one]
    assert len(told) == bool(said)
    assert all(said in one for one in told)


def test_verify_exits_1_and_says_how_much_is_to_be_mended(lab: Path, change: Callable) -> None:
    change("starter/lab.py", "None", "105")
    told = CliRunner().invoke(main, ["verify", str(lab), "--jobs", "1"])
    assert told.exit_code == 1
    assert f"✗ {of_the_check(lab)}earns points with starter/lab.py" in told.output
    assert "2 specimens: all promises kept; to be mended besides: 1" in told.output


# ---- the reverse of a listed check that no file provides -----------------------------------------

EXTRA = '''

def test_extra(answer):
    """More."""
'''


def test_a_check_that_no_part_lists_is_refused_before_anything_is_graded(lab: Path, change: Callable) -> None:
    check = lab / "checks" / "test_layers.py"
    check.write_text(check.read_text() + EXTRA)
    told = CliRunner().invoke(main, ["verify", str(lab)])
    assert told.exit_code == 2
    assert f"{check}: line {line(check, 'def test_extra')}: test_extra is listed under no part" in told.output
    assert "checks = { extra = 1 }, or take 'test_' off its name" in told.output
    assert "specimens graded" not in told.output


def test_a_case_that_no_part_lists_is_refused(lab: Path, change: Callable) -> None:
    change("assignment.toml", "parameters = 4", '"parameters[2]" = 4')
    change("checks/test_layers.py", "(answer, verdict)", "(answer, verdict, size)")
    mark = 'import pytest\n\n\n@pytest.mark.parametrize("size", [2, 3])\ndef test'
    change("checks/test_layers.py", "def test", mark)
    (told,) = unlisted(assignment.load(lab))
    assert "test_parameters has a case that no part of assignment.toml lists" in told
    assert told.endswith('checks = { "parameters[3]" = 1 }')


def test_what_is_no_check_need_not_be_listed(lab: Path) -> None:
    check = lab / "checks" / "test_layers.py"
    check.write_text(check.read_text() + "\n\ntest_images = 3\n\n\ndef helped():\n    test_labels = 4\n")
    (lab / "helping.py").write_text("def test_no_check_file():\n    pass\n")
    assert unlisted(assignment.load(lab)) == []


def test_a_check_from_elsewhere_that_no_part_lists_is_told_where_it_stands(lab: Path) -> None:
    (lab / "public").mkdir()
    (lab / "public" / "test_more.py").write_text("def test_more(answer):\n    pass\n")
    (lab / "checks" / "test_more.py").write_text("from ..public.test_more import test_more\n")
    (told,) = unlisted(assignment.load(lab))
    assert told.startswith(f"{lab / 'public' / 'test_more.py'}: line 1: test_more is listed under no part")
