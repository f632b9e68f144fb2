"""pytest -> pytest with --submission. Every pytest here loads it, so it imports nothing until asked."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let whoever writes checks run them on one submission with all of pytest's own options."""
    group = parser.getgroup("grader", "grading")
    group.addoption("--submission", metavar="PATH", help="run a problem set's checks/ on this submission")


def pytest_configure(config: pytest.Config) -> None:
    """Read the submission named on the command line and bring in the fixtures."""
    if given := config.getoption("--submission", None):
        from grader.checks import plugin

        path = Path(given)
        if not path.exists():
            raise pytest.UsageError(f"--submission {path}: no such file or folder")
        config.pluginmanager.register(plugin, "grader-fixtures")
        config.pluginmanager.register(plugin.FromCommandLine(config, path))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Say what is missing where a problem set's checks are run on nothing."""
    sets = (item.path.parents[1] for item in items if item.path.parent.name == "checks")
    if not config.getoption("--submission", None) and any(
        (one / "assignment.toml").is_file() for one in sets
    ):
        raise pytest.UsageError("checks run on a submission: pytest reference/ps4/checks --submission PATH")
