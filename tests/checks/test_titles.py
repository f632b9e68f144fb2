"""A check's line has the numbers of its part in it, and no others."""

import pytest

from grader.checks.titles import title
from grader.datatypes import Part
from grader.networks import NetworkRules

RULES = NetworkRules("mnist", 0.985, parameters=1_000_000, epochs=10)


@pytest.mark.parametrize(
    ("docstring", "line"),
    [
        ("Fewer than {parameters} parameters.", "Fewer than 1,000,000 parameters."),
        ("{threshold} or more\n    within {epochs} epochs.", "0.985 or more within 10 epochs."),
        ("At most {hidden_units} units, {fits}.", "At most {hidden_units} units, {fits}."),
    ],
)
def test_a_rule_stands_in_the_line_where_there_is_one(docstring: str, line: str) -> None:
    assert title(docstring, Part("3G", "t", network=RULES)) == line


def test_a_part_without_a_network_has_no_such_numbers() -> None:
    assert title("Reaches {threshold}.", Part("3B", "t")) == "Reaches {threshold}."
