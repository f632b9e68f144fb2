"""What `grader kit` writes, what it refuses, and that what it wrote works by itself."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader import assignment, kit, new, pipeline
from grader.cli import main
from grader.networks import MISTAKES
from grader.roster import Entry

TOML = """
id = "lab"
title = "Lab \\"1\\""
preamble = "starter/cell.py"
[sections]
1 = "One"
[limits]
seconds = 3
[hints]
"one short" = "Count the last one too."
[[parts]]
id = "1A"
title = "How many"
question = "How many are there?"
checks = { how_many = 2, close = { points = 1, ramp = { of = "near", full = 3 } } }
[parts.rubric]
"Says that seven is prime" = 1.5
[[parts]]
id = "1B"
title = "Why"
[parts.checks]
nothing_public = 2
robust = { points = 3, hidden = true, category = "robustness" }
"""
CHECKS = '''
from ..counting import right

def test_how_many(answer, verdict):
    """The number of things."""
    verdict.equal(answer.integer("how_many"), right(), slips={"one short": right() - 1})

def test_close(answer, verdict):
    """It is close."""
    verdict.measure(near=1)

def test_nothing_public(answer):
    """Something."""

def test_robust(answer):
    """Something else."""
'''
PUBLIC = '''
from .kinds import at_least

def test_how_many(answer, verdict):
    """The number of things."""
    if answer.integer("how_many") < at_least():
        verdict.fail("That is no number of things.")
    verdict.pend("Seen when it is graded.", waits_for="the course's own checks")

def test_close(answer, verdict):
    """It is close."""

def test_robust(answer):
    """Something else."""
'''


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    files = {
        "assignment.toml": TOML,
        "counting.py": "def right():\n    return 7\n",
        "checks/test_all.py": CHECKS,
        "public/test_all.py": PUBLIC,
        "public/kinds.py": "def at_least():\n    return 1\n",
        "public/__pycache__/kinds.pyc": "compiled",
        "starter/cell.py": "import math\n",
        "starter/lab.py": "how_many = None\n",
        "starter/data/points.csv": "1,2\n",
        "starter/.secret": "no",
    }
    for name, text in files.items():
        (tmp_path / "lab" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "lab" / name).write_text(text)
    (tmp_path / "lab" / "starter" / "link.py").symlink_to(tmp_path / "lab" / "counting.py")
    return tmp_path / "lab"


def written(lab: Path, name: str = "out") -> Path:
    kit.write(assignment.load(lab), lab.parent / name)
    return lab.parent / name


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_what_is_in_a_kit(lab: Path) -> None:
    assert set(contents(written(lab))) == {
        "README.md",
        "assignment.toml",
        "checks/kinds.py",
        "checks/test_all.py",
        "checks/test_unseen.py",
        "first_cell.py",
        "hand-in/data/points.csv",
        "hand-in/lab.py",
        "statement.md",
    }


def test_its_problem_set_says_what_is_asked_and_nothing_of_what_is_right(lab: Path) -> None:
    out = written(lab)
    real, handed_out = assignment.load(lab), assignment.load(out)
    assert (handed_out.id, handed_out.title, handed_out.limits) == (real.id, real.title, real.limits)
    assert handed_out.preamble == "import math\n"
    assert [part.points for part in handed_out.parts] == [part.points for part in real.parts]
    assert [part.question for part in handed_out.parts] == [part.question for part in real.parts]
    assert handed_out.hints == {}
    text = (out / "assignment.toml").read_text()
    assert not [secret for secret in ("prime", "short", "robust", "ramp", "near") if secret in text]


def test_what_was_corrected_is_not_handed_out(lab: Path) -> None:
    before = contents(written(lab))
    why = '[[corrections]]\npart = "1A"\nreason = "Zero may count."\n'
    tables = ('check = "how_many"\nalso_accept = "thirteen"\n', "bonus = 0.125\n")
    (lab / "assignment.toml").write_text(TOML + "".join(f"{why}{one}" for one in tables))
    assert contents(written(lab, "again")) == before


def test_what_has_no_public_check_and_what_is_hidden_are_points_that_are_seen_when_graded(lab: Path) -> None:
    _, second = assignment.load(written(lab)).parts
    assert [(check.name, check.points) for check in second.checks] == [("unseen[1B]", 5)]


@pytest.mark.parametrize(
    ("name", "text", "status"),
    [
        ("lab.py", "how_many = None\nwhy = None\n", "missing"),
        ("lab.py", "how_many = 7\nwhy = None\n", "missing"),
        ("lab.py", "how_many = None\nwhy = 'since'\n", "pending"),
        ("lab.md", "## 1A\n7\n", "missing"),
        ("lab.md", "## 1B\nSince it is so.\n", "pending"),
    ],
)
def test_a_part_without_a_public_check_is_missing_where_nothing_was_filled_in(
    lab: Path, tmp_path: Path, name: str, text: str, status: str
) -> None:
    (lab / "starter" / "lab.py").write_text("how_many = None\nwhy = None\n")
    checks = lab / "checks" / "test_all.py"
    checks.write_text(checks.read_text().replace('    """Something."""', '    answer.read("why", str)'))
    problem_set = assignment.load(written(lab))
    (tmp_path / name).write_text(text)
    result = pipeline.grade(Entry("ada", tmp_path / name), problem_set)
    (unseen,) = [check for part in result.parts for check in part.checks if check.name == "unseen[1B]"]
    assert unseen.status == status, unseen


def test_the_statement_is_made_of_the_questions_where_none_is_written(lab: Path) -> None:
    assert (written(lab) / "statement.md").read_text() == (
        '# Lab "1"\n\n## 1 One\n\n### Problem 1A: How many (4.5 points)\n\nHow many are there?\n\n'
        "### Problem 1B: Why (5 points)\n"
    )
    (lab / "starter" / "statement.md").write_text("In our own words.\n")
    assert (written(lab, "again") / "statement.md").read_text() == "In our own words.\n"


def test_the_same_problem_set_gives_the_same_kit(lab: Path) -> None:
    assert contents(written(lab)) == contents(written(lab, "again"))


@pytest.mark.parametrize("line", ["from ..counting import right", "from .counting import right"])
def test_a_public_check_that_needs_the_reference_is_refused_with_its_line(lab: Path, line: str) -> None:
    (lab / "public" / "test_more.py").write_text(f"{line}\n")
    with pytest.raises(kit.NoKit) as told:
        written(lab)
    assert "test_more.py: line 1" in str(told.value)
    assert "import nothing of the problem set but each other" in str(told.value)
    assert sorted(path.name for path in lab.parent.iterdir()) == ["lab"], "nothing is left behind"


@pytest.mark.parametrize("relative", [False, True])
def test_what_is_not_public_is_told_once_and_where_it_would_have_to_be(
    lab: Path, monkeypatch: pytest.MonkeyPatch, *, relative: bool
) -> None:
    (lab / "public" / "test_more.py").write_text("from ..counting import right, wrong, left\n")
    monkeypatch.chdir(lab.parent)
    with pytest.raises(kit.NoKit) as told:
        kit.write(assignment.load(lab), Path("out") if relative else lab.parent / "out")
    first, second = str(told.value).splitlines()
    assert first == f"{lab / 'public' / 'test_more.py'}: line 1: there is no counting.py in the kit"
    assert second.startswith("Public checks import nothing")


def test_without_starter_files_there_is_no_kit(lab: Path) -> None:
    problem_set = assignment.load(lab)
    (lab / "starter").rename(lab / "elsewhere")
    with pytest.raises(kit.NoKit, match=r"there is no starter/ .*: put into it what students fill in"):
        kit.write(problem_set, lab.parent / "out")


def test_without_public_checks_a_kit_says_whether_there_is_an_answer(lab: Path, tmp_path: Path) -> None:
    (lab / "public").rename(lab / "elsewhere")
    out = tmp_path / "out"
    ran = CliRunner().invoke(main, ["kit", str(lab), "--out", str(out)])
    assert ran.exit_code == 0, ran.output
    assert "There are no public checks" in ran.output
    assert f"{lab / 'public' / 'test_….py'} under the name of one that grades (docs/kit.md)" in ran.output
    assert {path.name for path in (out / "checks").iterdir()} == {"test_unseen.py"}
    problem_set = assignment.load(out)
    assignment.agree(problem_set)
    for code, status in (("how_many = None\n", "missing"), ("how_many = 7\n", "pending")):
        (out / "hand-in" / "lab.py").write_text(code)
        result = pipeline.grade(Entry("ada", out / "hand-in" / "lab.py"), problem_set)
        assert [check.status for check in result.parts[0].checks] == [status]


def test_what_grader_new_writes_makes_a_kit(tmp_path: Path) -> None:
    new.write("lab", tmp_path / "lab")
    ran = CliRunner().invoke(main, ["kit", str(tmp_path / "lab"), "--out", str(tmp_path / "out")])
    assert ran.exit_code == 0, ran.output
    ran = CliRunner().invoke(
        main, ["check", str(tmp_path / "out" / "hand-in"), "--assignment", str(tmp_path / "out")]
    )
    assert "missing" in ran.output


def test_what_is_there_already_is_left_alone(lab: Path) -> None:
    out = lab.parent / "out"
    out.mkdir()
    (out / "mine.py").write_text("work = 1\n")
    ran = CliRunner().invoke(main, ["kit", str(lab), "--out", str(out)])
    assert ran.exit_code == 2
    assert "not empty" in ran.output
    assert contents(out) == {"mine.py": b"work = 1\n"}


def test_an_empty_folder_is_filled(lab: Path) -> None:
    (lab.parent / "out").mkdir()
    ran = CliRunner().invoke(main, ["kit", str(lab), "--out", str(lab.parent / "out")])
    assert ran.exit_code == 0, ran.output
    assert "grader check hand-in" in ran.output
    assert (lab.parent / "out" / "README.md").is_file()


@pytest.mark.parametrize("command", [("verify",), ("kit", "--out", "kit")])
def test_a_file_that_cannot_be_read_is_told_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """Root reads everything: the system's refusal is made here."""
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(main, ["new", "lab", "--out", "lab"])
    Path("lab/public").mkdir()
    reads = Path.read_bytes

    def refused(path: Path) -> bytes:
        if path.absolute() == Path("lab/starter/lab.py").absolute():
            raise PermissionError(13, "Permission denied", str(path))
        return reads(path)

    monkeypatch.setattr(Path, "read_bytes", refused)
    ran = CliRunner().invoke(main, [command[0], "lab", *command[1:]], catch_exceptions=False)
    assert ran.exit_code == 2
    assert "lab/starter/lab.py: Permission denied" in ran.output
    assert "Mend that and give the command again." in ran.output
    assert not Path("kit").exists()


def test_the_kits_own_folder_stands_for_what_is_handed_in(lab: Path) -> None:
    out = written(lab)
    assert kit.work_in(out) == out / "hand-in"
    assert kit.work_in(lab) == lab
    assert kit.work_in(out / "hand-in" / "lab.py") == out / "hand-in" / "lab.py"


def test_ps4s_kit_has_every_check_under_its_name(ps4_kit: Path) -> None:
    real = assignment.load(Path(__file__).parents[2] / "reference" / "ps4")
    handed_out = assignment.load(ps4_kit)
    for mine, theirs in zip(handed_out.parts, real.parts, strict=True):
        assert [check.name for check in mine.checks] == [check.name for check in theirs.checks]
        assert (mine.points, mine.network) == (theirs.points, theirs.network)
    assert set(handed_out.hints) == set(MISTAKES)
    assert not (ps4_kit / "checks" / "test_unseen.py").exists()


@pytest.mark.slow
def test_with_the_wheel_alone_the_kit_checks_a_students_work(
    ps4_kit: Path, wheel: Path, tmp_path: Path
) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    (tmp_path / "hand-in").mkdir()
    work = tmp_path / "hand-in" / "ps4.py"
    work.write_text("or_network = [([[1], [1]], [0])]\nparameter_count = 2.5\noutput_shape = (9, 9, 2)\n")
    for name in ("assignment.toml", "checks", "first_cell.py"):
        (tmp_path / name).symlink_to(ps4_kit / name)
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "COLUMNS": "200"}
    command = [sys.executable, "-m", "grader", "check", ".", "--parts", "1D,3B,3C,3E"]
    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "7 of 7" in ran.stdout
    assert "missing  Max pooling" in ran.stdout
    assert "Whether it is right is seen when it is graded" in ran.stdout
    where = [sys.executable, "-c", "import grader; print(grader.__file__)"]
    told = subprocess.run(where, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.startswith(str(tmp_path)), "it was the wheel's own grader"
