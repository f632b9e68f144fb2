"""What assignment.toml and the check files do not agree on is found before anybody is graded."""

import shutil
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from grader.assignment import BadAssignment, agree, load
from grader.networks import MISTAKES
from grader.proofreading.agreement import without_hint
from grader.training.variants import CHANGES

PS4 = Path(__file__).parents[2] / "reference" / "ps4"
TOML = """
id = "lab"
title = "A lab"
[sections]
1 = "Counting"
[hints]
"one short" = "Count the last one too."
"one over" = "Count each once."
[[parts]]
id = "1A"
title = "How many"
checks = { how_many = { points = 2, ramp = { of = "share", full = 1 } } }
[[parts]]
id = "1B"
title = "Which"
checks = { "which[2]" = 1, "which[3-b]" = 1 }
"""
CHECKS = '''
import pytest
from ..counting import right, slips, SIZES

EACH = pytest.mark.parametrize("size", SIZES)
CASES = pytest.mark.parametrize("size, name", [(3, "b")])

def test_how_many(answer, verdict):
    """The number of things."""
    _measure(verdict)
    verdict.equal(answer.integer("how_many"), right(), slips=slips())

def _measure(said):
    said.measure(share=0.5)

@pytest.mark.parametrize("size", SIZES)
def test_which(answer, verdict, size):
    """Which."""
    verdict.fail("no", "one over" if size else "")
'''
COUNTING = """
SIZES = (2, "3-b")
def right():
    return 7
def slips():
    found = {"one short": right() - 1}
    return found
"""


def complaint(folder: Path) -> str:
    """What is said of a problem set, '' where nothing is."""
    try:
        agree(load(folder))
    except BadAssignment as fault:
        return str(fault)
    return ""


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    (tmp_path / "lab" / "checks").mkdir(parents=True)
    (tmp_path / "lab" / "assignment.toml").write_text(TOML)
    (tmp_path / "lab" / "counting.py").write_text(COUNTING)
    (tmp_path / "lab" / "checks" / "test_all.py").write_text(CHECKS)
    return tmp_path / "lab"


@pytest.fixture
def told(lab: Path) -> Callable[..., str]:
    """Change a file of the lab and return what is said then, '' where nothing is."""

    def say(file: str, old: str, new: str) -> str:
        path = lab / file
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))
        return complaint(lab)

    return say


def test_the_example_problem_set_agrees_with_its_checks() -> None:
    agree(load(PS4))
    assert without_hint(load(PS4)) == ("stride forgotten",)


def test_the_mistakes_of_networks_are_those_that_are_tried() -> None:
    assert tuple(CHANGES) == MISTAKES


TOML_, TEST, MODULE = "assignment.toml", "checks/test_all.py", "counting.py"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (TOML_, "how_many =", "how_mny =", ("line 12, part 1A, check 'how_mny': there is no test_how_mny under checks/: did you mean 'how_many'?",)),
        (TOML_, '"which[2]"', '"which[4]"', ("line 16, part 1B, check 'which[4]'", "test_all.py, line 17, has which[2], which[3-b]")),
        (TOML_, '"which[2]"', "which", ("line 16, part 1B, check 'which'", "has which[2], which[3-b]")),
        (TOML_, "how_many =", '"how_many[2]" =', ("has how_many: did you mean 'how_many'?",)),
        (TOML_, '"share"', '"shares"', ("line 12, part 1A, check 'how_many', ramp, of:", "measures share, and no 'shares': did you mean 'share'?")),
        (TEST, "    _measure(verdict)\n", "", ("measures nothing, and no 'share'",)),
        (TOML_, '"one short" =', '"one shrt" =', ("line 7, hint 'one shrt': nothing under checks/ or beside it tells this slip: did you mean 'one short'?",
                                                "line 6, [hints]:", "tells the slip 'one short', which has no hint: did you mean 'one shrt'?")),
        (TOML_, '"one over"', '"one ovr"', ("tells the slip 'one over', which has no hint",)),
        (MODULE, '"one short"', '"two short"', ("'two short', which has no hint",)),
        (TEST, "(answer, verdict):", "(anwser, verdict):", ("test_how_many asks for 'anwser', which is no fixture: did you mean 'answer'?",)),
        (TEST, "import right, slips", "import rihgt, slips", ("test_all.py: line 3: counting.py has no 'rihgt': did you mean 'right'?",)),
        (TEST, "from ..counting", "from ..countin", ("test_all.py: line 3: there is no", "countin.py: did you mean 'counting'?")),
        (TEST, "def _measure(said):", "def _measure(said:", ("test_all.py: line 13: '(' was never closed",)),
        (MODULE, "def right():", "def right(:", ("counting.py: line 3: ",)),
    ],
)  # fmt: skip
def test_what_does_not_agree_is_told_with_its_place(
    told: Callable[..., str], lab: Path, file: str, old: str, new: str, said: tuple[str, ...]
) -> None:
    got = told(file, old, new)
    for words in said:
        assert words in got
    assert str(lab) in got


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (TEST, "    _measure(verdict)\n", "    measure = verdict.measure\n    measure(shares=1)\n"),
        (TEST, "said.measure(share=0.5)", "said.measure(**answer.all())"),
        (TEST, "    _measure(verdict)\n", "    elsewhere(verdict)\n"),
        (TEST, '@pytest.mark.parametrize("size", SIZES)', '@pytest.mark.parametrize("size", sizes())'),
        (TEST, '@pytest.mark.parametrize("size", SIZES)', "@EACH"),
        (TEST, '@pytest.mark.parametrize("size", SIZES)', "@pytest.mark.slow\n@EACH"),
        (TEST, "(answer, verdict, size):", "(answer, verdict, size, tmp_path, mine):\n    pass\n@pytest.fixture\ndef mine():"),
        (TEST, "def test_how_many(", "test_how_many = make()\ndef other("),
        (TEST, "def test_how_many(", "from .more import *\ndef other("),
        (MODULE, '{"one short": right() - 1}', '{f"one {right()}": 1, "one sh" + "ort": 2}'),
        (MODULE, "    return found\n", '    found["one short"] = 2\n    return found\n'),
        (MODULE, '    found = {"one short": right() - 1}\n    return found',
         '    found = {"one short": right() - 1, "never": 0}\n    return right_ones(found)'),
    ],
)  # fmt: skip
def test_what_cannot_be_read_for_sure_is_not_refused(
    told: Callable[..., str], lab: Path, file: str, old: str, new: str
) -> None:
    (lab / "checks" / "more.py").write_text("def test_how_many(): pass\n")
    assert told(file, old, new) == ""


def test_two_marks_are_named_as_pytest_names_them(told: Callable[..., str], lab: Path) -> None:
    two = dedent("""
        @pytest.mark.parametrize("first", [1, 2])
        @pytest.mark.parametrize("second, third", [("a", None), ("b", True)])
        def test_which(""")
    text = (lab / TEST).read_text().replace('@pytest.mark.parametrize("size", SIZES)\n', "")
    (lab / TEST).write_text(text)
    got = told(TEST, "\ndef test_which(", two)
    assert "has which[a-None-1], which[a-None-2], which[b-True-1], which[b-True-2]" in got


def test_a_set_without_check_files_is_told_in_one_line(told: Callable[..., str], lab: Path) -> None:
    (lab / TEST).unlink()
    got = told(TOML_, "A lab", "The lab")
    assert got == f"{lab / 'checks'}: no test_*.py there, and 3 checks are listed in assignment.toml"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("hidden_units = 100\n", "hidden_units = 90\n",
         "line 109, part 2D, network, hidden_units: 90 here, and mlp_units[100], mlp_layers[100], mlp_accuracy[100] of this part want 100"),
        ("hidden_units = 100\n", "", "part 2D, network, hidden_units: not given here, and mlp_units[100]"),
        ('of = "entries_right"', 'of = "entries"', ""),
        ('of = "entries_right"', 'of = "entries_wrong"', "measures entries, entries_right, and no 'entries_wrong'"),
        ('"softmax missing" =', '"softmax lost" =', "has its network judged, which may tell the slip 'softmax missing', which has no hint"),
        ('"bias forgotten" =', '"bias forgoten" =', "hint 'bias forgoten': nothing under checks/ or beside it tells this slip: did you mean 'bias forgotten'?"),
        ('"OR for XOR" =', '"XOR for OR" =', "tells the slip 'OR for XOR', which has no hint"),
        ("sweep_rows = 2", "sweep_row = 2", "there is no test_sweep_row under checks/: did you mean 'sweep_rows'?"),
    ],
)  # fmt: skip
def test_in_the_example_problem_set(tmp_path: Path, old: str, new: str, said: str) -> None:
    skip = shutil.ignore_patterns("specimens", "__pycache__")
    shutil.copytree(PS4, tmp_path / "ps4", ignore=skip)
    path = tmp_path / "ps4" / "assignment.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert (said in complaint(tmp_path / "ps4")) if said else not complaint(tmp_path / "ps4")


TWICE = '''
def test_how_many(answer, verdict):
    """Again."""
'''


def test_two_tests_of_one_name_are_refused(lab: Path) -> None:
    checks = lab / "checks" / "test_all.py"
    line = CHECKS.splitlines().index("def test_how_many(answer, verdict):") + 1
    checks.write_text(CHECKS + TWICE)
    again = len(CHECKS.splitlines()) + 2
    said = (
        f"{checks}: line {again}: there is another test_how_many, checks/test_all.py, line {line}, and one "
        "of the two would never count: give one another name"
    )
    assert said in complaint(lab)
    checks.write_text(CHECKS)
    (lab / "checks" / "test_more.py").write_text(
        f"class TestMore:\n    {TWICE.strip().replace(chr(10), chr(10) + '    ')}\n"
    )
    assert "test_more.py: line 2: there is another test_how_many" in complaint(lab)


def test_a_test_in_two_branches_is_one_and_so_is_one_that_another_file_imports(lab: Path) -> None:
    checks = lab / "checks" / "test_all.py"
    body = TWICE.strip().replace("\n", "\n    ")
    checks.write_text(f"{CHECKS}\nif not CASES:\n    {body}\n")
    (lab / "checks" / "test_more.py").write_text("from .test_all import test_how_many\n")
    assert "another" not in complaint(lab)


@pytest.mark.parametrize(
    ("file", "name", "said"),
    [
        (
            "counts.py",
            "test_most",
            ". One stands in checks/counts.py, line 2: only files called test_….py are looked into",
        ),
        ("test_more.py", "most", ". There is most (checks/test_more.py, line 2): call it test_most"),
    ],
)
def test_a_check_that_pytest_would_not_find_is_told_where_it_stands(
    lab: Path, file: str, name: str, said: str
) -> None:
    (lab / "checks" / file).write_text(TWICE.replace("test_how_many", name))
    (lab / "assignment.toml").write_text(TOML.replace('"which[2]" = 1', "most = 1"))
    assert f"check 'most': there is no test_most under checks/{said}" in complaint(lab)
