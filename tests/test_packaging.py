"""What is installed, and what is not: a student's wheel holds no answers."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from grader import new

ROOT = Path(__file__).parents[1]


def test_the_wheel_holds_the_engine_alone(tmp_path: Path) -> None:
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        tmp_path,
        ROOT,
    ]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"grader"}
    data = {
        "grader/checks/pytest.ini",
        *(f"grader/new/blank/{name}" for name in new.files("name")),
        "grader/report/templates/student.html",
        "grader/sandbox/inside/runner.py",
    }
    assert data <= set(names)
    others = [name for name in names if not name.startswith("grader/new/blank/")]
    assert not any("ps4" in name or "specimen" in name for name in others)


def test_every_direct_dependency_is_locked_with_hashes() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {*project["dependencies"], *project["optional-dependencies"]["dev"]}
    lock = (ROOT / "requirements.lock").read_text()
    for requirement in wanted:
        name = requirement.split(">")[0].strip()
        assert f"\n{name}==" in lock, name
    assert lock.count("--hash=sha256:") > 500
    assert "http" not in lock.replace("# via", ""), "no index's address"


@pytest.mark.parametrize("word", ["pickle", "sympify", "parse_expr", "parse_latex"])
def test_no_module_of_the_engine_uses(word: str) -> None:
    for path in (ROOT / "grader").rglob("*.py"):
        code = "\n".join(line.split("#")[0] for line in path.read_text().splitlines())
        assert f"import {word}" not in code, path
        assert f"{word}(" not in code, path
        assert f"{word}." not in code, path


def test_eval_and_exec_stand_only_where_student_code_runs() -> None:
    for path in (ROOT / "grader").rglob("*.py"):
        if "inside" not in path.parts:
            text = path.read_text()
            assert " exec(" not in text, path
            assert " eval(" not in text, path
