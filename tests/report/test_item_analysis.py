"""Difficulty and discrimination: by hand, and as NumPy has them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.datatypes import CheckResult, Lateness, PartResult, Result, Status
from grader.report.item_analysis import Discrimination, analysed, discrimination
from grader.report.outcomes import of_checks, of_parts
from tests.report.many import class_of


def result(*checks: tuple[Status, float, float], late: float = 0.0) -> Result:
    """Build a result of one part with checks a, b, c, …: (status, earned, possible)."""
    done = tuple(
        CheckResult(name, status, earned=earned, possible=possible)
        for name, (status, earned, possible) in zip("abcdefgh", checks, strict=False)
    )
    waiting = sum(check.possible for check in done if check.status in {Status.PENDING, Status.ERROR})
    earned, possible = sum(check.earned for check in done), sum(check.possible for check in done)
    part = PartResult("1A", "Why", earned, possible, waiting, done)
    lateness = Lateness("", "", 1.0, late, "") if late else None
    return Result("ps4", "t", "ada", earned, possible, waiting, (part,), lateness=lateness)


def right(points: float) -> tuple[Status, float, float]:
    return Status.PASSED, points, points


def wrong(possible: float, earned: float = 0.0) -> tuple[Status, float, float]:
    return Status.FAILED, earned, possible


def test_pass_rate_mean_and_difficulty_by_hand():
    results = [
        result(right(2.0)),
        result(wrong(2.0, 1.0)),
        result((Status.MISSING, 0.0, 2.0)),
        result((Status.CRASHED, 0.0, 2.0)),
        result((Status.PENDING, 0.0, 2.0)),
        result((Status.ERROR, 0.0, 2.0)),
    ]
    (check,) = (analysed(item, results) for item in of_checks(results))
    assert (check.passed, check.decided, check.left_out) == (1, 4, 2)
    assert check.mean == 0.75  # (2 + 1 + 0 + 0) / 4
    assert check.difficulty == 0.375
    assert check.difficulty_word == "middling"
    assert check.kinds == {"right": 1, "partly": 1, "missing": 1, "wrong": 1, "waiting": 1, "fault": 1}


def test_nobody_decided_has_no_figures():
    results = [result((Status.PENDING, 0.0, 2.0))] * 6
    check = analysed(of_checks(results)[0], results)
    assert (check.decided, check.mean, check.difficulty, check.discrimination) == (0, None, None, None)
    assert check.difficulty_word == ""


def test_an_item_is_not_called_hard_while_all_answers_to_it_wait():
    blank, waits = result((Status.MISSING, 0.0, 2.0)), result((Status.PENDING, 0.0, 2.0))
    words = [
        analysed(of_checks(results)[0], results).difficulty_word
        for results in ([blank, blank], [blank, waits], [blank, waits, result(wrong(2.0))])
    ]
    assert words == ["hard", "blanks alone", "hard"]


def test_an_item_of_no_points_has_a_mean_and_no_difficulty():
    results = [result(right(0.0), right(1.0))] * 6
    check = analysed(of_checks(results)[0], results)
    assert (check.mean, check.difficulty, check.discrimination) == (0.0, None, None)


def test_discrimination_by_hand():
    """Means 0.6 and 2.2; sum of products 9 - 5 x 0.6 x 2.2 = 2.4; of squares 3 - 1.8 = 1.2 and 33 - 24.2 = 8.8."""
    found = discrimination([1, 1, 1, 0, 0], [4, 3, 2, 2, 0])
    assert found is not None
    assert found.value == pytest.approx(2.4 / (1.2 * 8.8) ** 0.5)
    assert found.students == 5
    assert (found.low, found.high) == (None, None)


def test_the_item_itself_is_not_in_the_rest():
    """With itself in the total, the first check would seem to go with it; the others say the contrary."""
    results = [
        result(right(10.0), wrong(1.0), wrong(1.0)),
        result(right(10.0), wrong(1.0), wrong(1.0)),
        result(right(10.0), right(1.0), wrong(1.0)),
        result(wrong(10.0), right(1.0), right(1.0)),
        result(wrong(10.0), right(1.0), right(1.0)),
    ]
    found = analysed(of_checks(results)[0], results).discrimination
    assert found is not None
    assert found.value == pytest.approx(np.corrcoef([10, 10, 10, 0, 0], [0, 0, 1, 2, 2])[0, 1])
    assert found.word == "wrong way round"


def test_what_waits_elsewhere_lowers_nobody():
    """Four students as good as each other on what is decided: the one who waits is not a weak one."""
    same = [result(wrong(1.0), right(2.0), right(2.0)), result(right(1.0), right(2.0), right(2.0))] * 3
    waits = result(right(1.0), right(2.0), (Status.PENDING, 0.0, 2.0))
    assert analysed(of_checks([*same, waits])[0], [*same, waits]).discrimination is None


def test_who_has_nothing_else_decided_is_left_out():
    alone = result(right(1.0), (Status.ERROR, 0.0, 2.0))
    others = [result(right(1.0), right(2.0)), result(wrong(1.0), wrong(2.0))] * 3
    found = analysed(of_checks([alone, *others])[0], [alone, *others]).discrimination
    assert found is not None
    assert (found.value, found.students) == (pytest.approx(1.0), 6)


def test_coming_late_says_nothing_about_an_answer():
    plain = [result(right(1.0), right(2.0)), result(wrong(1.0), right(2.0)), result(wrong(1.0), wrong(2.0))]
    late = [result(right(1.0), right(2.0), late=3.0), *plain[1:]]
    of_plain, of_late = (analysed(of_checks(some * 2)[0], some * 2).discrimination for some in (plain, late))
    assert of_plain == of_late


@pytest.mark.parametrize(
    ("here", "rest"),
    [
        ([1, 1, 1, 1, 1], [1, 2, 3, 4, 5]),
        ([1, 0, 1, 0, 1], [3, 3, 3, 3, 3]),
        ([1, 0, 1, 0], [1, 2, 3, 4]),
        ([], []),
    ],
)
def test_without_variance_or_with_too_few_there_is_none(here, rest):
    assert discrimination(here, rest) is None


def test_noise_of_floats_is_no_variance():
    """0.1 + 0.2 - 0.1 and 0.2 differ in the last bit."""
    results = [
        result(right(0.1), right(0.2), right(0.7)),
        result(wrong(0.1), right(0.2), right(0.7)),
        result(wrong(0.1, 0.05), right(0.2), right(0.7)),
    ] * 3
    assert analysed(of_checks(results)[0], results).discrimination is None


def test_the_interval_is_fishers():
    here, rest = [0, 1] * 15, [n % 7 + 2 * (n % 2) for n in range(30)]
    found = discrimination(here, rest)
    r = np.corrcoef(here, rest)[0, 1]
    assert found is not None
    assert found.low == pytest.approx(np.tanh(np.arctanh(r) - 1.96 / np.sqrt(27)))
    assert found.high == pytest.approx(np.tanh(np.arctanh(r) + 1.96 / np.sqrt(27)))


points = st.lists(
    st.tuples(st.sampled_from([0.0, 0.5, 2.0]), st.floats(0, 1).map(lambda share: round(share, 6))),
    min_size=5,
    max_size=60,
)


@given(points)
def test_discrimination_is_numpys(pairs):
    here, rest = [list(side) for side in zip(*pairs, strict=True)]
    found = discrimination(here, rest)
    if found is None:
        assert len(set(here)) == 1 or len(set(rest)) == 1
        return
    assert found.value == pytest.approx(np.corrcoef(here, rest)[0, 1], abs=1e-9)
    assert found.low is None or found.low <= found.value <= found.high


def test_a_whole_class_is_numpys():
    results = class_of(80)
    for item in (*of_checks(results), *of_parts(results)):
        counted = [
            (outcome.earned, outcome.possible, result)
            for outcome, result in zip(item.outcomes, results, strict=True)
            if outcome.decided
        ]
        here = [earned for earned, _, _ in counted]
        rest = [
            (result.earned - earned) / (result.possible - result.pending - possible)
            for earned, possible, result in counted
        ]
        figures = analysed(item, results)
        assert figures.discrimination.value == pytest.approx(np.corrcoef(here, rest)[0, 1]), item.name
        assert figures.mean == pytest.approx(np.mean(here))
        assert figures.decided + figures.left_out == 80


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (0.6, "good"),
        (0.3, "good"),
        (0.25, "marginal"),
        (0.1, "poor"),
        (-0.05, "poor"),
        (-0.3, "wrong way round"),
    ],
)
def test_discriminations_have_words(value, word):
    assert Discrimination(value, 30).word == word
