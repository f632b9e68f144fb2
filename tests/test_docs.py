"""The documents say what is so."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
import yaml

from grader.checks.evidence import Evidence
from grader.checks.verdict import Verdict
from grader.cli import EPILOG, main
from grader.datatypes import Status
from grader.standing import Standing

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CHECKS = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link


def test_the_readme_names_every_status() -> None:
    table = README.split("## What the words mean")[1].split("##")[0]
    assert all(status.value in table for status in Status)


def test_the_checks_page_names_every_method_a_check_may_use_and_no_other() -> None:
    for door, name in ((Evidence, "answer"), (Verdict, "verdict")):
        real = {method for method in vars(door) if not method.startswith("_")} - {"read"}
        told = set(re.findall(rf"`{name}\.(\w+)", CHECKS)) - {"text", "read_as"}
        assert told == real, name


def test_the_make_targets_that_help_lists_are_there() -> None:
    told = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split()[1] for line in told.splitlines()} >= {"grade", "test", "help", "verify"}


def test_the_readmes_set_up_commands_are_exactly_two() -> None:
    block = README.split("```sh")[1].split("```")[0]
    assert re.findall(r"^\S.*?(?=\s+#)", block, re.MULTILINE) == ["make", "make test"]


def test_the_example_in_the_checks_page_is_valid_toml() -> None:
    for block in re.findall(r"```toml\n(.*?)```", CHECKS, re.DOTALL):
        tomllib.loads(block)


def test_no_path_of_a_machine_in_the_project() -> None:
    told = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    if not told:
        pytest.skip("not a git checkout: nothing is tracked")
    homes = re.compile(r"[/](?:root|home|work|Users)/\w")
    for path in (ROOT / name for name in told.splitlines() if not name.endswith(".zip")):
        text = path.read_text(encoding="utf-8", errors="replace").replace("/home/ada", "")
        assert not homes.search(text), path


@pytest.mark.slow
def test_the_python_of_the_readme_grades_the_examples(tmp_path: Path) -> None:
    code = README.split("```python")[1].split("```")[0].replace("reports/ps4", str(tmp_path / "out"))
    script = tmp_path / "grade.py"
    script.write_text(code.replace("class_.entries", "class_.entries[-2:]"))
    told = subprocess.run([sys.executable, script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.count("Result(assignment='ps4'") == 2


COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_every_command_and_each_of_its_options_is_documented_and_no_other() -> None:
    told = dict(re.findall(r"^## grader (\w+)\n(.*?)(?=^## |\Z)", COMMANDS, re.MULTILINE | re.DOTALL))
    assert told.keys() == main.commands.keys()
    for name, command in main.commands.items():
        options = {word for one in command.params for word in one.opts if word.startswith("-")}
        first_cells = re.findall(r"^\| (`-.*?) \|", told[name], re.MULTILINE)
        assert set(re.findall(r"`(--[\w-]+)", "".join(first_cells))) == options, name
        arguments = [one.human_readable_name for one in command.params if isinstance(one, click.Argument)]
        assert f"`{' '.join(['grader', name, *map(str.upper, arguments)])}`" in told[name], name


def test_every_option_of_the_command_itself_is_documented() -> None:
    words = [*main.get_help_option_names(click.Context(main, **main.context_settings))]
    words += [word for one in main.params for word in one.opts]
    assert all(re.search(rf"`(?:grader )?(?:COMMAND )?{word}`", COMMANDS) for word in words), words


def test_every_exit_status_of_grading_is_documented() -> None:
    for status in set(re.findall(r"\b(\d+) ", EPILOG)) - {"2", "130"}:
        assert re.search(rf"\b{status} ", COMMANDS.split("## grader grade")[1].split("##")[0]), status
    assert {"2", "130"} <= set(re.findall(r"with (\d+)", COMMANDS.split("##")[0]))


def test_the_readme_leads_students_and_instructors_to_their_pages() -> None:
    assert all(f"](docs/{page}.md)" in README for page in ("students", "instructors", "marks", "commands"))


CHECK = (ROOT / "docs" / "check.md").read_text(encoding="utf-8")


def test_the_check_page_names_every_option_status_and_standing() -> None:
    options = {word for one in main.commands["check"].params for word in one.opts if word.startswith("--")}
    assert set(re.findall(r"^\| `(--[a-z]+)", CHECK, re.MULTILINE)) == options
    statuses = CHECK.split("## What each status means")[1].split("##")[0]
    assert all(f" {status.value} |" in statuses for status in Status)
    assert all(f"| {standing.value} |" in statuses for standing in Standing)


def test_the_workflow_in_the_check_page_is_one_that_github_reads() -> None:
    workflow = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", CHECK, re.DOTALL)[0])
    assert "push" in workflow[True], "YAML 1.1 reads the key `on` as true, and GitHub knows"
    steps = workflow["jobs"]["check"]["steps"]
    assert all(("uses" in step) != ("run" in step) for step in steps)
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"]) for step in steps if "uses" in step)


def test_the_commands_of_the_workflow_are_commands_of_ours() -> None:
    workflow = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", CHECK, re.DOTALL)[0])
    steps = workflow["jobs"]["check"]["steps"]
    (ours,) = (step["run"] for step in steps if step.get("run", "").startswith("grader "))
    name, *arguments = shlex.split(ours)[1:]
    main.commands[name].make_context(name, arguments)
    (installed,) = (step["run"] for step in steps if step.get("run", "").startswith("pip install"))
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]
    assert set(re.findall(r"\[(.*)\]", installed)) <= extras.keys()
