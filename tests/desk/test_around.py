"""What is read beside words that another answer has not: as much as their meaning needs, and no more."""

import pytest

from grader.desk.around import Run, around

CLAIM = "A net at zero gives the same in each unit."


@pytest.mark.parametrize(
    ("before", "own", "after", "told"),
    [
        (CLAIM, "Drawn by lot it is another matter.", "", ("", "")),
        (CLAIM, "Drawn by lot it is another matter.", "Weights learn.", ("", "")),
        (CLAIM, "Drawn by lot it is another matter.", "Then they learn.", ("", "Then they learn.")),
        (CLAIM, "This is not so at all.", "Weights learn.", ("in each unit.", "")),
        ("", "This is not so at all.", "", ("", "")),
        ("A net at zero", "learns well, while a huge one", "learns nothing.", ("net at zero", "learns")),
        ("A net at zero ...", "is trained in no time ...", "stays.", ("at zero ...", "stays.")),
        ("All of them, e.g.", "those with dropout, are learned, e.g.", "these.", ("of them, e.g.", "these.")),
        (CLAIM, "It does.", "Weights learn.", ("in each unit.", "Weights")),
        ('He says "it is."', "Drawn by lot they learn.", "Weights do not.", ("", "")),
    ],
)
def test_as_much_is_told_as_the_meaning_needs(before, own, after, told):
    words = [*before.split(), *own.split(), *after.split()]
    begin = len(before.split())
    assert around(words, begin, begin + len(own.split())) == Run(own, *told)
