"""pytest + a submission -> the fixtures that checks use, and a CheckResult for each check."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from grader import assignment as assignments
from grader import doing, ingest
from grader.checks.cases import Cases
from grader.checks.evidence import Evidence
from grader.checks.grading import Grading, opened
from grader.checks.networks import Networks
from grader.checks.problem_package import check_module
from grader.checks.results import result_of, said_by
from grader.checks.titles import title
from grader.checks.verdict import Pending, Verdict
from grader.datatypes import Assignment, Part, Submission
from grader.taken import Taken

GRADING = pytest.StashKey[Grading]()
VERDICT = pytest.StashKey[Verdict]()
EVIDENCE = pytest.StashKey[Evidence]()


class FromCommandLine:
    """Serves `pytest reference/ps4/checks --submission PATH`; the problem set is the checks' own."""

    def __init__(self, config: pytest.Config, path: Path) -> None:
        named = [Path(argument.split("::")[0]) for argument in config.args]
        try:
            folder = assignments.locate(None, next((one for one in named if one.exists()), path), Path.cwd())
            problem_set = assignments.load(folder)
        except assignments.BadAssignment as fault:
            raise pytest.UsageError(str(fault)) from None
        self._config = config
        self._opened = opened(ingest.read(path, problem_set, path.stem), problem_set)

    def pytest_sessionstart(self) -> None:
        """Open the doors to the student's code; a process starts when a check first asks."""
        self._config.stash[GRADING] = self._opened.__enter__()

    def pytest_sessionfinish(self) -> None:
        """Close them."""
        self._opened.__exit__(None, None, None)


class CheckModule(pytest.Module):
    """A check file, imported as a part of its problem set and not under pytest's own naming."""

    def _getobj(self) -> Any:
        folder = self.config.stash[GRADING].assignment.folder
        try:
            return check_module(folder, self.path)
        except (
            Exception
        ) as fault:  # whatever a check file raises is the problem set's fault and is told as that
            raise self.CollectError(f"{self.path}: {said_by(fault, self.path)}") from fault


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Collect the files under the problem set's own checks/ as check files; leave all others alone."""
    grading = parent.config.stash.get(GRADING, None)
    if grading is None or not module_path.is_relative_to(grading.assignment.folder / "checks"):
        return None
    module: pytest.Module = CheckModule.from_parent(parent, path=module_path)
    return module


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the checks that the assignment, or the parts asked for, do not list; sort the others."""
    grading = config.stash.get(GRADING, None)
    if grading is not None:
        left_out = [item for item in items if grading.listed(check_name(item)) is None]
        items[:] = sorted((item for item in items if item not in left_out), key=partial(_turn, grading))
        config.hook.pytest_deselected(items=left_out)


def _turn(grading: Grading, item: pytest.Item) -> tuple[bool, int]:
    """Return when a check's turn comes: part by part, those that need no training first."""
    listed = grading.listed(check_name(item))
    assert listed is not None
    return listed[0].network is not None, grading.assignment.parts.index(listed[0])


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Say which part is being graded."""
    grading = item.config.stash.get(GRADING, None)
    if grading is not None and (listed := grading.listed(check_name(item))):
        doing.about(listed[0].id)


def check_name(item: pytest.Item) -> str:
    """Return the name under which assignment.toml lists a test function."""
    return item.name.removeprefix("test_")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn what a check did into its CheckResult; show a pending one as skipped."""
    report = yield
    grading = item.config.stash.get(GRADING, None)
    if grading is None:
        return report
    fault = call.excinfo.value if call.excinfo else None
    if call.when == "call" or fault is not None:
        _keep(item, fault, call.duration)
    if isinstance(fault, Pending):
        report.outcome = "skipped"
        report.longrepr = (str(item.path), 0, f"pending: {fault}")
    return report


def _keep(item: pytest.Item, fault: BaseException | None, seconds: float) -> None:
    """Put the check's result with the others of this submission."""
    grading = item.config.stash[GRADING]
    listed = grading.listed(check_name(item))
    if listed is None:
        return
    docstring = getattr(getattr(item, "function", None), "__doc__", "") or listed[1].name
    said = item.stash.get(VERDICT, None) or Verdict()
    result = result_of(
        listed[1], title(docstring, listed[0]), fault, said, grading.assignment.hints, item.path
    )
    evidence = item.stash.get(EVIDENCE, None)
    read_as = evidence.read_as if evidence else ""
    attention = tuple(_of_part(listed[0].id, line) for line in result.attention)
    taken = _alone(evidence.taken) if evidence else None
    kept = replace(result, actual=read_as, taken=taken, seconds=round(seconds, 3), attention=attention)
    grading.results[result.name] = kept
    grading.heard(kept)


def _alone(taken: list[Taken]) -> Taken | None:
    """Return the one answer that a check read, None where it read none, or several."""
    return taken[0] if taken and all(one == taken[0] for one in taken) else None


def _of_part(part: str, line: str) -> str:
    return line if line.startswith(f"{part}: ") else f"{part}: {line}"


# ---- the fixtures, as docs/checks.md lists them -----------------------------------------------


def _grading(config: pytest.Config) -> Grading:
    grading = config.stash.get(GRADING, None)
    if grading is None:
        raise pytest.UsageError("checks run on a submission: pytest reference/ps4/checks --submission PATH")
    return grading


@pytest.fixture
def assignment(request: pytest.FixtureRequest) -> Assignment:
    """The problem set: points, limits, hints."""
    return _grading(request.config).assignment


@pytest.fixture
def submission(request: pytest.FixtureRequest) -> Submission:
    """All that the student handed in, read and sorted, nothing of it run."""
    return _grading(request.config).submission


@pytest.fixture
def part(request: pytest.FixtureRequest) -> Part:
    """The part under which assignment.toml lists this check."""
    listed = _grading(request.config).listed(check_name(request.node))
    if listed is None:
        raise LookupError(f"{request.node.name} is not listed in assignment.toml")
    return listed[0]


@pytest.fixture
def verdict(request: pytest.FixtureRequest) -> Verdict:
    """What the check says: equal, entries, fail, pend, note, measure."""
    said = request.node.stash[VERDICT] = Verdict()
    return said


@pytest.fixture
def answer(request: pytest.FixtureRequest, part: Part, verdict: Verdict) -> Evidence:
    """The student's answer to this part, read from wherever it stands."""
    evidence = request.node.stash[EVIDENCE] = Evidence(_grading(request.config), part, verdict)
    return evidence


@pytest.fixture
def network(request: pytest.FixtureRequest, part: Part, answer: Evidence, verdict: Verdict) -> Networks:
    """The network that this part is about, trained and measured by the grader."""
    return Networks(_grading(request.config), part, answer, verdict)


@pytest.fixture
def cases(request: pytest.FixtureRequest, answer: Evidence, verdict: Verdict) -> Cases:
    """Inputs drawn for this student, on which a function of theirs is compared with the right one."""
    return Cases(_grading(request.config), answer, verdict, check_name(request.node))
