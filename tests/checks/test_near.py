"""What is close, and which mistake explains what was given."""

import tracemalloc

import numpy as np
import pytest

from grader.checks import near

RIGHT = np.array([[1.0, 2.0, -3.0], [0.5, 0.0, 4.0]])


@pytest.mark.parametrize(
    "given",
    [
        RIGHT.tolist(),
        tuple(map(tuple, RIGHT)),
        RIGHT.astype(np.float32),
        np.asfortranarray(RIGHT),
        np.repeat(RIGHT, 2, axis=1)[:, ::2],
        [list(map(np.float64, row)) for row in RIGHT],
        [np.array(row) for row in RIGHT],
        RIGHT + 3e-6,
    ],
)
def test_close_is_what_holds_the_same_numbers(given):
    assert near.close(given, RIGHT, 1e-6)


@pytest.mark.parametrize(
    "given",
    [
        None,
        "text",
        {},
        [[1], [2, 3]],
        RIGHT[None],
        RIGHT.ravel(),
        RIGHT + 5e-6,
        RIGHT * np.nan,
        np.full(RIGHT.shape, np.inf),
        RIGHT.astype(complex),
        RIGHT.astype(str),
        [[10**400] * 3] * 2,
        1.0,
    ],
)
def test_nothing_else_is_close(given):
    assert not near.close(given, RIGHT, 1e-6)


@pytest.mark.parametrize("given", [608, 608.0, np.int16(608), np.array(608), np.float32(608)])
def test_numbers_are_close_exactly(given):
    assert near.close(given, 608)


def test_shapes_are_close_as_tuples_lists_and_arrays():
    assert all(near.close(given, (3, 4)) for given in ((3, 4), [3, 4], np.array([3, 4]), [np.array(3), 4.0]))
    assert not any(near.close(given, (3, 4)) for given in ((4, 3), (3, 4, 1), 3, [[3, 4]], "34"))


def test_lists_of_arrays_are_close_one_by_one():
    right = [(np.ones((2, 3)), np.ones(3)), (np.ones((3, 1)), np.ones(1))]
    assert near.close([[w.tolist(), b] for w, b in right], right)
    assert not near.close(right[:1], right)
    assert not near.close([(b, w) for w, b in right], right)
    assert not near.close(np.ones(4), right)


def test_an_empty_array_is_close_to_one_of_its_shape():
    assert near.close(np.zeros((0, 3)), np.zeros((0, 3)), 1e-6)
    assert not near.close(np.zeros((3, 0)), np.zeros((0, 3)), 1e-6)


def test_the_first_slip_that_is_the_same_is_named():
    slips = {"doubled": 4, "squared": 4, "halved": 1}
    assert near.named(4, slips) == "doubled"
    assert near.named(3, slips) == ""
    assert near.named(1.0000001, slips, near.close) == ""
    assert near.named(1.0000001, slips, lambda one, other: near.close(one, other, 1e-6)) == "halved"


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("sign", -RIGHT),
        ("rows and columns swapped", RIGHT.T),
        ("channels first", np.moveaxis(RIGHT, -1, 0)),
        ("a factor", RIGHT / 7),
    ],
)
def test_what_goes_wrong_with_any_array(name, given):
    assert near.close(given, near.ALIKE[name](RIGHT, given), 1e-12)
    nested = near.ALIKE[name]([RIGHT, RIGHT], [given, given])
    assert near.close([given, given], nested, 1e-12)


@pytest.mark.parametrize("given", [None, "a", [[1], [2, 3]], RIGHT[:1], np.full((2, 3), np.inf), 0 * RIGHT])
def test_what_is_no_multiple_has_no_factor(given):
    assert not near.close(given, near.ALIKE["a factor"](RIGHT, given), 1e-12)


def test_few_entries_share_a_factor_by_accident():
    assert not near.tells_factors([np.array([2.0])] * 40)
    assert not near.tells_factors([np.ones(9)] * 40), "whatever is everywhere the same is a multiple of it"
    assert near.tells_factors([np.array([1.0, 2.0, 3.0, 0.0])] * 3)


@pytest.mark.parametrize(
    "given",
    [
        ["a" * 2_500_000] + ["b"] * 400,
        ["a" * 2_500_000] + [0] * 400,
        [[1.0, "a" * 2_500_000], [0.0] * 400],
        [np.zeros(8_000_000, np.int8)] * 2 + [np.zeros(1, np.longdouble)],
    ],
)
def test_what_is_no_array_of_numbers_takes_no_memory(given):
    tracemalloc.start()
    try:
        assert not near.close(given, RIGHT, 1e-6)
        assert not near.close(given, near.ALIKE["a factor"](RIGHT, given), 1e-6)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "given",
    [2**4000, [[2**4000] * 3] * 2, [[2**4000, 1.0, 1.0]] * 2, [(2**4000, [1])]],
    ids=["alone", "rows", "beside floats", "layers"],
)
def test_an_integer_beyond_all_floats_is_wrong(given):
    for right in (RIGHT, 608, [(RIGHT, RIGHT[0])], np.array([[2.0]])):
        for change in near.ALIKE.values():
            assert not near.close(given, change(right, given), 1e-6)


THIRDS = [np.arange(1, 7).reshape(2, 3) / 3, 2 / 7]


@pytest.mark.parametrize("count", range(9))
def test_decimal_places_that_numbers_are_rounded_to_are_counted(count):
    assert near.places([np.round(THIRDS[0], count).tolist(), round(THIRDS[1], count)], THIRDS) == count


@pytest.mark.parametrize(
    "given",
    [
        THIRDS,
        [THIRDS[0].astype(np.float32), np.float32(THIRDS[1])],
        [np.round(THIRDS[0], 6), THIRDS[1]],
        [np.round(THIRDS[0], 6) + 1e-3, round(THIRDS[1], 6)],
        [np.round(THIRDS[0], 6) * np.nan, 0.3],
        [np.round(THIRDS[0], 6)],
        [],
    ],
)
def test_what_is_not_rounded_has_no_decimal_places(given):
    assert near.places(given, THIRDS if given else []) is None
