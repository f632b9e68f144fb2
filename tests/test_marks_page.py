"""The page on how marks are decided: its statuses, and each number in its tables, are the grader's own."""

import re
import tomllib
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from grader import lateness, marks
from grader.datatypes import Check, CheckResult, Ramp, Status
from grader.deadlines import deadline
from grader.scoring import WAITING, points
from grader.training.seeds import most_seeds

PAGE = (Path(__file__).parents[1] / "docs" / "marks.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table below a line that begins so, its head left out."""
    table = re.search(rf"^{re.escape(heading)}[^\n]*\n\|[-|]+\|\n((?:\|[^\n]*\n)+)", PAGE, re.MULTILINE)
    assert table, heading
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table[1].splitlines()]


def test_every_status_is_there_with_what_it_earns() -> None:
    told = {status.strip("`"): earns for status, _, earns in rows("| status |")}
    assert told.keys() == {status.value for status in Status}
    for status in Status:
        earned = points(Check("c", 3), CheckResult("c", status))
        assert (told[status] == "all") == (earned == 3)
        assert (told[status] == "open") == (status in WAITING)


@pytest.mark.parametrize("row", rows("| ramp |"), ids=" ".join)
def test_ramps(row: list[str]) -> None:
    written, measured, earned = row
    ramp = tomllib.loads(f"ramp = {written.strip('`')}")["ramp"]
    check = Check("c", 3, Ramp(**ramp))
    found = CheckResult("c", Status.FAILED, measured={ramp["of"]: float(measured)})
    assert points(check, found) == Fraction(earned)


@pytest.mark.parametrize("row", rows("| handed in |"), ids=" ".join)
def test_lateness(row: list[str]) -> None:
    settings = re.findall(r"`(\w+ = [^`]+)`", PAGE.split("## Coming late")[1].split("\n\n")[1])
    rule = deadline(tomllib.loads("\n".join(settings)))
    came = datetime.fromisoformat(row[0]).replace(tzinfo=ZoneInfo("Europe/Zurich"))
    assert lateness.assess(rule, came, 20).points == float(row[1])


@pytest.mark.parametrize("row", rows("| points |"), ids=" ".join)
def test_rounding(row: list[str]) -> None:
    assert marks.rounded(float(row[0]), float(row[1])) == row[2]


def test_the_number_of_seeds() -> None:
    assert f"up to {most_seeds()} fixed seeds" in PAGE
