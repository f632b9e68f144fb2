"""The commands, as people type them."""

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader import asked, assignment, new, pipeline, sandbox
from grader.alone import NAME, alone
from grader.cli import main

ROOT = Path(__file__).parents[1]
PS4 = ROOT / "reference" / "ps4"


def grader(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.md"
    path.write_text("## 3B\n608\n\n## 3C\n32x32x8\n")
    return path


@pytest.mark.parametrize("command", ["", "grade", "check", "new", "verify", "doctor", "export"])
def test_help_teaches(command: str) -> None:
    told = grader(*command.split(), "--help")
    assert told.exit_code == 0
    assert "Exit status" in told.output or "grader grade submissions/ps4" in told.output


def test_check_tells_reasons_and_hints_and_exits_1(answers: Path) -> None:
    told = grader("check", answers, "--assignment", PS4, "--parts", "3b,3C")
    assert told.exit_code == 1
    assert "✓ passed  The number of parameters of the layer.  (read as 608)" in told.output
    assert "✗ failed  The shape of the layer's output." in told.output
    assert "hint: That is the shape with zero padding" in told.output
    assert "28" not in told.output.partition("\n")[2], "the answer is not told"


def test_check_exits_0_when_nothing_failed(answers: Path) -> None:
    told = grader("check", answers, "--assignment", PS4, "--parts", "3B")
    assert told.exit_code == 0
    assert "Nothing failed. 2 of 2." in told.output


def test_check_writes_nothing(answers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    grader("check", answers, "--assignment", PS4, "--parts", "3B")
    assert sorted(tmp_path.rglob("*")) == before


def test_grade_writes_where_it_is_told(answers: Path, tmp_path: Path) -> None:
    told = grader("grade", answers, "--assignment", PS4, "--parts", "3B,3C", "--out", tmp_path / "out")
    assert told.exit_code == 0
    result = json.loads((tmp_path / "out" / "staff" / "answers" / "result.json").read_text())
    assert (result["earned"], result["possible"], result["pending"]) == (2, 5, 0)
    assert [part["id"] for part in result["parts"]] == ["3B", "3C"]
    assert str(tmp_path / "out" / "students") in told.output.replace("\n", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["grade", "no-such-folder"], "no-such-folder: no such file or folder"),
        (["check", "no-such-file.md"], "no-such-file.md: no such file or folder"),
        (["check", __file__, "--assignment", "/"], "takes the folder that holds assignment.toml"),
        (["check", __file__, "--assignment", str(PS4), "--parts", "9Z"], "ps4 has the parts 1A, 1B"),
        (["grade", __file__, "--assignment", str(PS4), "--jobs", "0"], "--jobs"),
        (
            ["verify", "/"],
            "assignment.toml: no such file. A problem set is a folder that holds assignment.toml.",
        ),
    ],
)
def test_what_is_wrong_with_a_command_is_said_with_exit_2(arguments: list[str], said: str) -> None:
    told = grader(*arguments)
    assert told.exit_code == 2
    assert said in told.output


def test_a_folder_too_high_is_not_taken_for_a_student(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # in the checkout may stand what `make` graded
    (tmp_path / "class" / "ps4" / "ada").mkdir(parents=True)
    told = grader("grade", tmp_path / "class", "--assignment", PS4)
    assert told.exit_code == 2
    assert f"is the class meant, {tmp_path / 'class' / 'ps4'}?" in told.output


def test_a_place_that_cannot_be_written_is_said(answers: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    told = grader("grade", answers, "--assignment", PS4, "--out", tmp_path / "out" / "below")
    assert told.exit_code == 2
    assert "--out" in told.output


def test_a_terminal_that_knows_no_signs_gets_question_marks(answers: Path) -> None:
    command = [sys.executable, "-m", "grader", "check", answers, "--assignment", PS4, "--parts", "3B"]
    told = subprocess.run(
        command, capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "ascii"}
    )
    assert told.returncode == 0
    assert b"? passed" in told.stdout


def test_pages_left_by_an_earlier_run_are_named(answers: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / "students" / "hopper").mkdir(parents=True)
    told = grader("grade", answers, "--assignment", PS4, "--parts", "3B", "--out", tmp_path / "out")
    assert "left by an earlier run" in told.output
    assert "hopper" in told.output


def test_help_says_whose_command_each_is() -> None:
    listed = grader("--help").output.partition("An instructor:")[2].partition("Somebody new:")[0]
    instructor, _, others = listed.partition("A student:")
    student, _, author = others.partition("An author:")
    named = [re.findall(r"grader (\w+)", text) for text in (instructor, student, author)]
    assert named == [
        ["grade", "mark", "marks", "publish", "export", "report", "forget"],
        ["check"],
        ["new", "verify", "calibrate", "kit"],
    ]


def test_a_class_is_not_graded_over_another_without_a_word(answers: Path, tmp_path: Path) -> None:
    class_, out = tmp_path / "class", tmp_path / "out"
    class_.mkdir()
    (class_ / "hopper.md").write_text("## 3B\n608\n")
    how = ("--assignment", PS4, "--parts", "3B", "--jobs", "1", "--out", out)
    assert grader("grade", answers, *how).exit_code == 0
    before = (out / "gradebook.csv").read_bytes()
    told = grader("grade", class_, *how)
    assert told.exit_code == 2
    assert f"{out} holds results of 1 student, who is not in this class: answers." in told.output
    assert "--out, or say --force" in told.output
    assert (out / "gradebook.csv").read_bytes() == before
    assert not (out / "staff" / "hopper").exists()
    assert grader("grade", class_, *how, "--force").exit_code == 0
    assert (out / "staff" / "hopper" / "result.json").exists()


def test_specimens_are_graded_apart_from_the_class() -> None:
    problem_set = assignment.load(PS4)
    assert asked.usual_place(ROOT / "submissions" / "ps4", problem_set) == Path("reports/ps4")
    for path in (PS4 / "specimens", PS4 / "checks" / ".." / "specimens" / "right.md"):
        assert asked.usual_place(path, problem_set) == Path("reports/ps4-specimens")


def test_an_empty_class_is_refused(tmp_path: Path) -> None:
    told = grader("grade", tmp_path, "--assignment", PS4)
    assert told.exit_code == 2
    assert "nothing in there to grade" in told.output


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    """A problem set with one check that works and one that does not."""
    lab = tmp_path / "lab"
    (lab / "checks").mkdir(parents=True)
    (lab / "specimens").mkdir()
    (lab / "assignment.toml").write_text(
        'id = "lab"\ntitle = "Lab"\n[sections]\n1 = "One"\n'
        '[[parts]]\nid = "1A"\ntitle = "T"\nchecks = { good = 1, bad = 1 }\nquestion = "What?"\n'
    )
    (lab / "checks" / "test_all.py").write_text(
        "def test_good(answer, verdict):\n    '''Good.'''\n    verdict.flag('look at this')\n    answer.integer('good')\n\n"
        "def test_bad(answer):\n    '''Bad.'''\n    raise LookupError('of the set')\n"
    )
    return lab


def test_a_fault_of_ours_exits_1_and_names_the_student(lab: Path, tmp_path: Path) -> None:
    (tmp_path / "ada.md").write_text("## 1A\n7\n")
    told = grader("grade", tmp_path / "ada.md", "--assignment", lab, "--out", tmp_path / "out")
    assert told.exit_code == 1
    assert "The grader failed on ada" in told.output


def test_check_tells_what_broke_and_nothing_else(lab: Path, tmp_path: Path) -> None:
    (tmp_path / "ada.md").write_text("## 1A\n7\n")
    told = grader("check", tmp_path / "ada.md", "--assignment", lab)
    assert told.exit_code == 1
    broken = told.output.split("no points were lost by it:")[1]
    assert broken.split("\n")[1].startswith("1A: check bad is broken: checks/test_")
    assert broken.split("\n")[1].endswith(": your test_bad raises LookupError: of the set")
    assert broken.count("LookupError") == 2, "said once, and once in the line of code"
    assert "look at this" not in broken


@pytest.mark.parametrize("command", ["check", "grade", "verify"])
def test_a_check_that_is_not_there_is_told_before_anybody_is_graded(
    lab: Path, tmp_path: Path, command: str
) -> None:
    text = (lab / "assignment.toml").read_text()
    (lab / "assignment.toml").write_text(text.replace("good = 1", "god = 1"))
    (lab / "specimens" / "expected.toml").write_text("")
    (tmp_path / "ada.md").write_text("## 1A\n7\n")
    given = [lab] if command == "verify" else [tmp_path / "ada.md", "--assignment", lab]
    told = grader(command, *given)
    assert told.exit_code == 2
    assert (
        "line 8, part 1A, check 'god': there is no test_god under checks/: did you mean 'good'?"
        in told.output
    )


def test_verify_counts_the_specimens_and_tells_what_broke(lab: Path) -> None:
    promises = "".join(
        f'[s{number}]\ntext = "1A: {number}"\nchecks = {{ good = "passed" }}\n' for number in range(3)
    )
    (lab / "specimens" / "expected.toml").write_text(promises)
    told = grader("verify", lab, "--jobs", "1")
    assert told.exit_code == 1
    assert "specimens graded: 1 of 3\nspecimens graded: 2 of 3\nspecimens graded: 3 of 3\n" in told.output
    assert told.output.count("your test_bad raises LookupError: of the set (3 specimens)") == 1
    quiet = grader("verify", lab, "--jobs", "1", "--quiet")
    crosses = [line for line in told.output.splitlines() if line.startswith("✗")]
    assert (quiet.exit_code, quiet.output.splitlines()) == (1, crosses)


def test_verify_says_nothing_with_quiet_where_nothing_is_to_be_mended(tmp_path: Path) -> None:
    new.write("lab", tmp_path / "lab")
    told = grader("verify", tmp_path / "lab", "--jobs", "1", "--quiet")
    assert (told.exit_code, told.output) == (0, "")


@pytest.mark.parametrize(("name", "said"), [("none", "nothing in there to check"), ("none.md", "is empty")])
def test_nothing_to_check_is_told_in_a_line(tmp_path: Path, name: str, said: str) -> None:
    path = tmp_path / name
    path.touch() if path.suffix else path.mkdir()
    told = grader("check", path, "--assignment", PS4)
    assert told.exit_code == 2
    assert said in told.output
    assert told.output.count("\n") == 1


def test_a_cache_that_is_no_cache_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").write_text("no database")
    (tmp_path / "a.md").write_text("## 3G\n\nNothing yet.\n")
    monkeypatch.setenv("GRADER_CACHE", os.fspath(tmp_path / "cache"))
    told = grader("check", tmp_path / "a.md", "--assignment", PS4, "--parts", "3G", "--data", "stand-in")
    assert told.stderr.count("Trainings are not kept") == 1
    assert (
        f"{tmp_path / 'cache'}: file is not a database (GRADER_CACHE=FILE names another place" in told.stderr
    )


def test_a_place_that_cannot_be_made_says_that_nothing_was_graded(answers: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    told = grader("grade", answers, "--assignment", PS4, "--parts", "3B", "--out", tmp_path / "out" / "below")
    assert told.exit_code == 2
    assert (
        f"--out {tmp_path / 'out' / 'below'} cannot be made there: {tmp_path / 'out'} is a file"
        in told.output
    )
    assert "Nothing was graded" in told.output


@pytest.mark.parametrize("command", ["check", "verify"])
def test_ctrl_c_is_told_in_a_sentence(lab: Path, tmp_path: Path, command: str) -> None:
    begun = tmp_path / "begun"
    (tmp_path / "ada.md").write_text("## 1A\n7\n")
    (lab / "checks" / "test_all.py").write_text(
        "import pathlib, time\n\ndef test_good():\n    '''Good.'''\n\n"
        f"def test_bad():\n    '''Bad.'''\n    pathlib.Path({os.fspath(begun)!r}).touch()\n    time.sleep(300)\n"
    )
    (lab / "specimens" / "expected.toml").write_text('[ada]\ntext = "1A: 7"\nearned = 1\n')
    given = [lab] if command == "verify" else [tmp_path / "ada.md", "--assignment", lab]
    running = subprocess.Popen(
        [sys.executable, "-m", "grader", command, *given],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    while not begun.exists() and running.poll() is None:
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGINT)
    told, _ = running.communicate(timeout=60)
    assert running.returncode == 130, told
    assert "Stopped: " in told
    assert "Aborted" not in told
    assert "Traceback" not in told


def test_a_check_that_nobody_reads_on_stops_quietly(lab: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    (lab / "checks" / "test_all.py").write_text(
        "import pathlib, time\n\ndef test_good():\n    pass\n\n"
        f"def test_bad():\n    while not pathlib.Path({os.fspath(gone)!r}).exists():\n        time.sleep(0.02)\n"
    )
    (tmp_path / "ada.md").write_text("## 1A\n7\n")
    running = subprocess.Popen(
        [sys.executable, "-m", "grader", "check", tmp_path / "ada.md", "--assignment", lab],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert running.stdout
    assert running.stderr
    assert running.stdout.readline().startswith("Checking ")
    running.stdout.close()
    gone.touch()
    assert (running.wait(60), running.stderr.read()) == (141, "")
    running.stderr.close()


def test_terminal_output_of_hostile_text_is_harmless(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("## 3B\n\x1b[31m[bold]600[/bold] \u202e and 601 \x07\n")
    told = grader("check", path, "--assignment", PS4, "--parts", "3B")
    assert not {"\x1b", "\u202e", "\x07"} & set(told.output)


@pytest.mark.parametrize(
    "heavy", ["tensorflow", "keras", "sympy", "matplotlib", "pytest", "nbformat", "numpy"]
)
def test_help_waits_for_nothing_heavy(heavy: str) -> None:
    code = f"import sys; from grader import cli; sys.exit('{heavy}' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_python_dash_m_is_the_same_command() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "grader", "--version"], capture_output=True, text=True, check=True
    )
    assert told.stdout.startswith("grader, version ")


def test_ctrl_c_stops_at_once_and_leaves_nothing_running(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    class_, pids = tmp_path / "class", tmp_path / "pids"
    class_.mkdir()
    pids.mkdir()
    for name in ("ada", "bob", "eve"):
        code = f"import os, time\nopen(r'{pids}/' + str(os.getpid()), 'w').close()\ntime.sleep(300)\n"
        (class_ / f"{name}.py").write_text(code)
    scratch = tmp_path_factory.mktemp("s")  # short: sockets lie in it, and their names have 107 bytes at most
    command = [
        sys.executable,
        "-m",
        "grader",
        "grade",
        class_,
        "--assignment",
        PS4,
        "--out",
        tmp_path / "out",
        "--jobs",
        "2",
        "--sandbox",
        "off",
    ]
    grading = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        env={**os.environ, "TMPDIR": str(scratch)},
    )  # fmt: skip
    while len(list(pids.iterdir())) < 2 and grading.poll() is None:
        time.sleep(0.05)
    assert grading.poll() is None, grading.communicate()[0]
    os.killpg(grading.pid, signal.SIGINT)
    told, _ = grading.communicate(timeout=60)
    assert grading.returncode == 130, told
    assert "Stopped. What was graded until then" in told
    assert list(scratch.iterdir()) == []
    for path in pids.iterdir():
        with pytest.raises(ProcessLookupError):
            os.kill(int(path.name), 0)


def test_a_refusal_moves_no_cursor(tmp_path: Path) -> None:
    told = grader("check", tmp_path / "\x1b[2Jgone.md", "--assignment", PS4)
    assert told.exit_code == 2
    assert "gone.md: no such file" in told.output
    assert "\x1b" not in told.output


def test_too_long_a_name_for_temporary_files_is_told(answers: Path, tmp_path: Path) -> None:
    long = tmp_path / ("x" * 90)
    long.mkdir()
    command = ["grade", answers, "--assignment", PS4, "--parts", "3B", "--out", tmp_path / "out"]
    told = subprocess.run(
        [sys.executable, "-m", "grader", *command, "--sandbox", "off"],
        capture_output=True, text=True, check=False, env={**os.environ, "TMPDIR": str(long)},
    )  # fmt: skip
    assert told.returncode == 2
    assert f"too long a name, {long}: set TMPDIR to a short one" in told.stderr


def test_two_at_once_into_one_folder_are_one_too_many(answers: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = ("grade", answers, "--assignment", PS4, "--parts", "3B", "--out", out)
    with alone(out):
        told = grader(*command)
        assert told.exit_code == 2
        assert "another command of the grader is at work there" in told.output
        assert not (out / "staff").exists()
    assert grader(*command).exit_code == 0
    assert not (out / NAME).exists()
    student = next((out / "staff").iterdir()).name
    for other in (("marks", out), ("report", out), ("forget", student, out)):
        with alone(out):
            told = grader(*other)
            assert told.exit_code == 2
            assert "another command of the grader is at work there" in told.output
        assert grader(*other).exit_code == 0, told.output


def test_a_lock_goes_with_the_process_that_held_it(tmp_path: Path) -> None:
    code = f"import os\nfrom pathlib import Path\nfrom grader.alone import alone\nwith alone(Path({str(tmp_path)!r})): os._exit(0)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert (tmp_path / NAME).exists()
    with alone(tmp_path):
        assert (tmp_path / NAME).exists()


def test_ctrl_c_while_judges_start_is_told_in_a_sentence(answers: Path, tmp_path: Path) -> None:
    """What starts judges imports for seconds, and a terminal's Ctrl-C is sent to it as well."""
    code = (
        "import os, signal\nfrom grader import judges\n"
        "judges.PRELOADED = ['grader.forked', 'tests.interrupts']\nfrom grader.cli import main\nmain()\n"
    )
    class_ = tmp_path / "class"
    class_.mkdir()
    for name in ("ada", "bob"):
        (class_ / f"{name}.md").write_text(answers.read_text())
    grading = subprocess.run(
        [sys.executable, "-c", code, "grade", class_, "--assignment", PS4, "--parts", "3B",
         "--out", tmp_path / "out", "--jobs", "2", "--sandbox", "off"],
        capture_output=True, text=True, start_new_session=True, timeout=60, check=False,
    )  # fmt: skip
    assert grading.returncode == 130, grading.stderr
    assert "Stopped. What was graded until then" in grading.stdout
    assert "Traceback" not in grading.stderr


def test_ctrl_c_before_anything_began_is_told_too(monkeypatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("grader.cli.problem_set_for", interrupted)
    told = grader("grade", "class")
    assert told.exit_code == 130
    assert "Stopped." in told.output


@pytest.mark.slow
def test_marks_that_change_are_shown_and_replaced_only_on_somebodys_word(
    answers: Path, tmp_path: Path
) -> None:
    command = ("grade", answers, "--assignment", PS4, "--parts", "3B", "--out", tmp_path / "out")
    assert grader(*command).exit_code == 0
    answers.write_text("## 3B\n600\n")
    told = grader(*command)
    assert told.exit_code == 4
    assert "passed → failed" in " ".join(told.output.split())
    assert "were not replaced" in told.output
    assert grader(*command, "--dry-run").exit_code == 4
    assert grader(*command, "--yes").exit_code == 0
    told = grader(*command, "--quiet")
    assert (told.exit_code, told.output) == (0, "")
    answers.write_text("## 3B\n608\n")
    told = grader(*command, "--quiet", "--yes")
    assert (told.exit_code, told.output) == (0, "")


def test_fewer_parts_than_stand_there_are_said_to_be_dropped(answers: Path, tmp_path: Path) -> None:
    command = ("grade", answers, "--assignment", PS4, "--out", tmp_path / "out")
    assert grader(*command, "--parts", "3B,3C").exit_code == 0
    told = grader(*command, "--parts", "3B")
    assert told.exit_code == 4
    assert "(DROPPING 3C: this run does not grade what stands there) were not replaced" in told.output
    assert "For students" not in told.output, "nothing is there that was not there before"


def test_the_results_of_another_problem_set_are_not_written_over(
    answers: Path, lab: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert grader("grade", answers, "--assignment", PS4, "--parts", "3B", "--out", out).exit_code == 0
    told = grader("grade", answers, "--assignment", lab, "--out", out)
    assert told.exit_code == 2
    assert f"{out} holds ps4, and this is lab" in told.output
    forced = grader("grade", answers, "--assignment", lab, "--out", out, "--force", "--yes")
    assert "holds ps4" not in forced.output


def test_a_log_says_what_was_done_when(answers: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    command = ("grade", answers, "--assignment", PS4, "--parts", "3B", "--out", tmp_path / "out")
    told = grader(*command, "--log", log, "--verbose")
    assert told.exit_code == 0
    assert " s)" in told.output
    lines = log.read_text().splitlines()
    assert any(line.endswith("to be graded (not graded yet)") for line in lines)
    assert any(" of 2 in " in line for line in lines)


def test_grade_without_a_wall_grades_nobody_and_exits_3(answers: Path, tmp_path: Path, monkeypatch) -> None:
    def refuses(*_: object) -> None:
        raise sandbox.NoWall("Student code cannot be kept in on this machine: no landlock.")

    monkeypatch.setattr(sandbox, "walled", refuses)
    out = tmp_path / "out"
    told = grader("grade", answers, "--assignment", PS4, "--parts", "3B", "--out", out)
    assert told.exit_code == 3
    assert "no landlock" in told.output
    assert not list(out.rglob("*.json"))


def test_grade_with_the_wall_off_is_loud_and_recorded(answers: Path, tmp_path: Path) -> None:
    told = grader(
        "grade", answers, "--assignment", PS4, "--parts", "3B", "--out", tmp_path, "--sandbox", "off"
    )
    assert told.exit_code == 0
    assert "WARNING: --sandbox off: student code can read your files" in told.output
    result = json.loads((tmp_path / "staff" / "answers" / "result.json").read_text())
    assert result["provenance"]["sandbox"] == "off"


def test_grade_says_what_keeps_student_code_in(answers: Path, tmp_path: Path) -> None:
    told = grader("grade", answers, "--assignment", PS4, "--parts", "3B", "--out", tmp_path)
    if told.exit_code == 3:
        pytest.skip("student code cannot be kept in on this machine")
    result = json.loads((tmp_path / "staff" / "answers" / "result.json").read_text())
    assert f"Student code is kept in by {result['provenance']['sandbox']}" in told.output
    assert "seccomp" in told.output


def test_marks_that_are_torn_meanwhile_are_told_and_exit_2(
    answers: Path, tmp_path: Path, monkeypatch
) -> None:
    out = tmp_path / "out"
    how = ["--assignment", PS4, "--parts", "3B", "--sandbox", "off", "--out", out]
    real = pipeline.grade

    def torn_meanwhile(*arguments: object) -> object:
        (out / "marks.csv").write_text('student,part,item,points\nanswers,3B,"torn')
        return real(*arguments)

    monkeypatch.setattr(pipeline, "grade", torn_meanwhile)
    told = grader("grade", answers, *how)
    assert told.exit_code == 2
    assert "marks.csv: line 2" in told.output
    assert f"grader marks {out}" in told.output
    assert (out / "staff" / "answers" / "result.json").is_file()


def test_a_full_disk_is_told_in_words_with_the_way_on(tmp_path: Path, monkeypatch) -> None:
    """Writing to an open file names no file in its fault."""
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada.md").write_text("## 3B\n608\n")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    how = ["--assignment", PS4, "--parts", "3B", "--sandbox", "off", "--out", tmp_path / "out"]
    told = grader("grade", tmp_path / "class", *how)
    assert told.exit_code == 2
    assert "No space left on device. What was graded until then is written" in told.output
    assert "None" not in told.output
