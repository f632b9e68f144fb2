"""`pytest CHECKS --submission PATH`: the checks under pytest's own hand."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CHECKS = ROOT / "reference" / "ps4" / "checks"


def pytest_(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


def test_a_check_runs_alone_with_pytests_own_options(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("## 3B\n600\n\n## 3C\n28x28x8\n")
    told = pytest_(
        CHECKS, "--submission", "a.md", "-k", "output_shape or parameter_count", "-v", cwd=tmp_path
    )
    assert "test_output_shape PASSED" in told.stdout
    assert "test_parameter_count FAILED" in told.stdout
    assert "You gave 600" in told.stdout
    assert told.returncode == 1


def test_a_pending_check_is_shown_as_skipped_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("## 3B\n600 or 608\n")
    told = pytest_(CHECKS, "--submission", "a.md", "-k", "parameter_count", "-rs", cwd=tmp_path)
    assert "pending: " in told.stdout
    assert told.returncode == 0


def test_code_runs_behind_the_door_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "ps4.py").write_text("open('here', 'w').close()\nparameter_count = 608\n")
    told = pytest_(CHECKS, "--submission", "ps4.py", "-k", "parameter_count", cwd=tmp_path)
    assert "1 passed" in told.stdout
    assert not (tmp_path / "here").exists()


def test_without_a_submission_it_says_what_to_give(tmp_path: Path) -> None:
    told = pytest_(CHECKS, "-k", "parameter_count", cwd=tmp_path)
    assert told.returncode != 0
    assert "--submission PATH" in told.stdout + told.stderr


def test_a_submission_that_is_not_there(tmp_path: Path) -> None:
    told = pytest_(CHECKS, "--submission", "gone.md", cwd=tmp_path)
    assert told.returncode == 4
    assert "gone.md: no such file or folder" in told.stderr
