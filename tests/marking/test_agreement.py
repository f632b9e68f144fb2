"""How far markers agree, against an example of the literature and by hand."""

import pytest

from grader.marking import Act, Given, Item, Row, agreements, kappa

# 50 proposals read by two: 20 times both yes, 15 times both no (a standard example of Cohen's kappa).
PROPOSALS = [(1.0, 1.0)] * 20 + [(1.0, 0.0)] * 5 + [(0.0, 1.0)] * 10 + [(0.0, 0.0)] * 15
ROWS = {(student, "1A", "why"): Row(student, "1A", "why", possible="2") for student in "abcd"}


def test_kappa_of_a_known_example():
    assert kappa(PROPOSALS) == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], None),
        ([(1.0, 1.0)] * 3, None),  # nobody ever gave anything else: chance alone agrees as well
        ([(1.0, 1.0), (0.0, 0.0)], 1.0),
        ([(1.0, 0.0), (0.0, 1.0)], -1.0),
        ([(0.1 + 0.2, 0.3), (0.0, 0.0)], 1.0),
    ],
)
def test_kappa_at_its_ends(pairs, expected):
    assert kappa(pairs) == expected


def act(student, worth, when="1", **more):
    return Act(when, student, "1A", (Given("why", (Item("some", worth),)),), **more)


def test_each_pair_of_markers_and_who_gives_more():
    books = {
        "ana": [act("a", 1.0), act("b", 1.0), act("c", 2.0)],
        "ben": [act("a", 2.0), act("b", 1.0), act("d", 0.0)],
        "cy": [act("d", 0.0)],
    }
    found = agreements(books, {}, ROWS)
    assert [(one.who, one.other, one.pairs, one.same, one.more) for one in found] == [
        ("ana", "ben", ((1.0, 2.0), (1.0, 1.0)), 1, 0.5),
        ("ben", "cy", ((0.0, 0.0),), 1, 0.0),
    ]


def test_decisions_and_what_was_copied_are_no_second_opinion():
    books = {
        "ana": [act("a", 1.0), act("a", 2.0, when="2", decides=True), act("b", 1.0, who="kim")],
        "ben": [act("a", 2.0), act("b", 1.0)],
    }
    (one,) = agreements(books, {}, ROWS)
    assert one.pairs == ((1.0, 2.0),)
