"""Totals, their quartiles and their histogram."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.datatypes import Lateness, Result
from grader.report.distribution import distribution


def totals(*earned: float, possible: float = 100.0, **more) -> list[Result]:
    return [Result("ps4", "t", f"s{n}", points, possible, 0.0, (), **more) for n, points in enumerate(earned)]


def test_no_results_have_no_distribution():
    assert distribution([]) is None


def test_quartiles_by_hand():
    found = distribution(totals(10, 20, 40, 80, 90))
    assert (found.lowest, found.lower, found.median, found.upper, found.highest) == (10, 20, 40, 80, 90)
    assert found.mean == 48
    between = distribution(totals(10, 20, 40, 80))
    assert (between.lower, between.median, between.upper) == (17.5, 30, 50)


def test_one_student_is_every_quartile():
    found = distribution(totals(42.5))
    assert (found.lower, found.median, found.upper) == (42.5, 42.5, 42.5)


@given(st.lists(st.integers(0, 400).map(lambda quarters: quarters / 4), min_size=1, max_size=80))
def test_quartiles_are_numpys_and_nobody_falls_out_of_the_bins(points):
    found = distribution(totals(*points))
    assert [found.lower, found.median, found.upper] == pytest.approx(
        list(np.percentile(points, [25, 50, 75]))
    )
    assert found.mean == pytest.approx(np.mean(points))
    edges = [bin_.low for bin_ in found.bins] + [found.bins[-1].high]
    counts = [bin_.students for bin_ in found.bins]
    assert counts == list(np.histogram(points, bins=edges)[0])
    assert 5 <= len(counts) <= 12


@pytest.mark.parametrize(("students", "bins"), [(3, 5), (30, 5), (300, 10), (1000, 10)])
def test_bins_are_few_and_round(students, bins):
    found = distribution(totals(*(n % 101 for n in range(students))))
    assert len(found.bins) == bins
    assert [bin_.low for bin_ in found.bins] == [100 / bins * n for n in range(bins)]


def test_an_edge_belongs_to_the_bin_above_and_the_top_to_the_last():
    found = distribution(totals(0, 20, 99.9999, 100))
    assert [bin_.students for bin_ in found.bins] == [1, 1, 0, 0, 2]


def test_odd_maxima_and_totals_out_of_range_have_their_bins():
    late = Lateness("", "", 100.0, 12.0, "")
    below = [replace(totals(2)[0], lateness=late), *totals(30, possible=37)]
    found = distribution(below)
    assert found.lowest == -10
    assert found.bins[0].low <= -10
    assert found.bins[-1].high >= 37
    assert sum(bin_.students for bin_ in found.bins) == 2
    assert sum(bin_.students for bin_ in distribution(totals(0, possible=0)).bins) == 1


def test_what_coming_late_costs_is_taken_off():
    late = Lateness("2026-03-02T00:00Z", "2026-03-01T00:00Z", 24.0, 8.0, "")
    assert distribution(totals(80, lateness=late)).median == 72


def test_who_waits_or_needs_a_look_is_unsettled():
    done, waits, flagged = totals(80, 80, 80)
    found = distribution([done, replace(waits, pending=5.0), replace(flagged, needs_attention=True)])
    assert [(bin_.settled, bin_.unsettled) for bin_ in found.bins if bin_.students] == [(1, 2)]
