"""What an author slips on and grading passes over in silence is told by `grader verify`, by file and line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader import assignment, kit, new, verify
from grader.cli import main

NETWORK = '[parts.network]\ndata = "mnist"\nthreshold = 0.9\nfits = "net"\n'
PUBLIC = '''"""Public."""


def test_parameters(answer):
    """There is one."""
    answer.integer("parameters")
'''


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    new.write("lab", tmp_path / "lab")
    (tmp_path / "lab" / "public").mkdir()
    (tmp_path / "lab" / "public" / "test_layers.py").write_text(PUBLIC)
    return tmp_path / "lab"


@pytest.fixture
def change(lab: Path) -> Callable[[str, str, str], None]:
    """Change a text in a file of the problem set; it has to be there."""

    def changed(name: str, before: str, after: str) -> None:
        text = (lab / name).read_text()
        assert before in text
        (lab / name).write_text(text.replace(before, after, 1))

    return changed


def amiss(lab: Path) -> list[str]:
    problem_set = assignment.load(lab)
    assignment.agree(problem_set)
    return verify.amiss(problem_set, verify.load(problem_set))


def test_nothing_is_amiss_with_a_new_problem_set(lab: Path) -> None:
    assert amiss(lab) == []


@pytest.mark.parametrize(
    ("file", "before", "after", "place", "said"),
    [
        (
            *("assignment.toml", 'question = "How', '# question = "How'),
            "assignment.toml: line 7, part 1A: ",
            'it has no question, so that pages and the statement of a kit have its title alone: question = "',
        ),
        ("assignment.toml", 'question = "How many', 'question = " " #', "line 7, part 1A: ", "no question"),
        (
            *("assignment.toml", "checks = {", f"checks = {{ parameters = 4 }}\n{NETWORK}# {{"),
            "assignment.toml: line 12, part 1A, network: ",
            "no check of this part takes the fixture `network`, so that none looks at what stands here",
        ),
        (
            *("checks/test_layers.py", '    """The number of parameters of the layer."""\n', ""),
            "checks/test_layers.py: line 6: test_parameters ",
            "has no docstring, which is the line that students read",
        ),
        (
            *("checks/test_layers.py", "The number of", "At most {parameters}"),
            "checks/test_layers.py: line 6: test_parameters has {parameters} in its docstring, ",
            "which students read as it stands: [parts.network] of part 1A says no parameters",
        ),
        (
            *("checks/test_layers.py", "The number of", "At most {hiden_units}"),
            "test_parameters has {hiden_units} in its docstring, ",
            "which students read as it stands: did you mean 'hidden_units'?",
        ),
        (
            *("public/test_layers.py", "test_parameters", "test_parameter"),
            "public/test_layers.py: line 4: test_parameter ",
            "is listed under no part of assignment.toml, so that no kit runs it: did you mean 'parameters'?",
        ),
        (
            *(
                "assignment.toml",
                "parameters = 4",
                'parameters = {points = 4, hidden = true, category = "c"}',
            ),
            "public/test_layers.py: line 4: test_parameters ",
            "is for all to read, and assignment.toml says that parameters is hidden: take it out of public/",
        ),
        (
            *("specimens/expected.toml", "accepted = true", ""),
            "specimens/expected.toml: line 2, [right]: ",
            "promises nothing, so that anything keeps it: earned, pending, checks, slips or accepted = true",
        ),
    ],
)
def test_it_is_told_with_its_place_and_the_way_out(
    lab: Path, change: Callable, *, file: str, before: str, after: str, place: str, said: str
) -> None:
    change(file, before, after)
    (line,) = amiss(lab)
    assert place in line
    assert said in line
    ran = CliRunner().invoke(main, ["verify", str(lab)])
    assert (ran.exit_code, line in ran.output) == (2, True), "before anything is graded"
    assert "specimens" not in ran.output.replace("specimens/expected.toml", "")


def test_a_specimen_that_is_not_named_is_told(lab: Path) -> None:
    (lab / "specimens" / "forgotten.py").write_text("parameters = 3\n")
    (lab / "specimens" / "folder").mkdir()
    (lab / "specimens" / "README.md").write_text("What lies here.\n")
    (lab / "specimens" / "__pycache__").mkdir()
    first, second = amiss(lab)
    assert first.startswith(f"{lab / 'specimens' / 'folder'}: expected.toml does not name it, so that")
    assert second.endswith('is never graded: [forgotten] file = "forgotten.py", and what it is to come to')


@pytest.mark.parametrize("fixture", ["network", "part", "own"])
def test_a_check_that_may_look_at_the_network_is_believed(lab: Path, change: Callable, fixture: str) -> None:
    change("assignment.toml", "checks = {", f"checks = {{ parameters = 4 }}\n{NETWORK}# {{")
    change("checks/test_layers.py", "verdict):", f"verdict, {fixture}):")
    own = "import pytest\n\n@pytest.fixture\ndef own(network):\n    return network\n\n"
    change("checks/test_layers.py", "from ..", f"{own}from ..")
    assert amiss(lab) == []


def test_braces_of_a_docstring_that_mean_nothing_of_ours_are_left_alone(lab: Path, change: Callable) -> None:
    change("checks/test_layers.py", "The number of", "A set {x}, {1, 2} and {} of")
    assert amiss(lab) == []


def test_a_kit_refuses_a_public_check_that_it_would_not_run(lab: Path, change: Callable) -> None:
    change("public/test_layers.py", "test_parameters", "test_parameter")
    with pytest.raises(
        kit.NoKit, match=r"line 4: test_parameter .*no kit runs it: did you mean 'parameters'"
    ):
        kit.write(assignment.load(lab), lab.parent / "out")
    assert not (lab.parent / "out").exists()


def test_verify_tells_what_keeps_a_kit_from_being_made(lab: Path, change: Callable) -> None:
    change("public/test_layers.py", '"""Public."""', "from ..layers import parameters")
    ran = CliRunner().invoke(main, ["verify", str(lab)])
    assert ran.exit_code == 2
    assert "public/test_layers.py: line 1: there is no layers.py in the kit" in ran.output
