"""the result of a specimen -> why it came to the points that it has, or to the verdict of one check."""

from __future__ import annotations

from collections.abc import Iterator

from grader.datatypes import CheckResult, Result, Status

LEAST = 1e-9  # of points: what is less comes from adding them up


def earned(result: Result, promised: float) -> str:
    """Say which checks lost points, or which earned some where more were found than promised."""
    fewer = result.earned < promised
    lines = []
    for check in _checks(result):
        lost = check.possible - check.earned
        if fewer and lost > LEAST and check.status is not Status.PENDING:
            lines.append(f"it loses {lost:g} of {check.possible:g} points of {check.name}{_said(check)}")
        elif not fewer and check.earned > LEAST:
            read = f" (read as {check.actual})" if check.actual else ""
            lines.append(f"it earns {check.earned:g} of {check.possible:g} points of {check.name}{read}")
    return _listed(lines)


def pending(result: Result) -> str:
    """Say which checks wait for somebody."""
    return _listed(
        [f"{check.name} waits{_said(check)}" for check in _checks(result) if check.status is Status.PENDING]
    )


def verdict(check: CheckResult | None) -> str:
    """Say what a check said, '' where there is nothing to say."""
    return f" {_said(check).strip()}" if check and check.message else ""


def _said(check: CheckResult) -> str:
    said = ": ".join(filter(None, [check.status.value, " ".join(check.message.split())]))
    return f" ({said})"


def _listed(lines: list[str]) -> str:
    return f": {'; '.join(lines)}" if lines else ""


def _checks(result: Result) -> Iterator[CheckResult]:
    return (check for part in result.parts for check in part.checks)
