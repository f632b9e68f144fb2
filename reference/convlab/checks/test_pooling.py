"""1D: maxima and averages of windows."""

from ..draws import pooling, pooling_with_border, precise_pooling
from ..pooling import POOL_SLIPS, pool

ALIKE = ("sign", "rows and columns swapped", "channels first", "a factor")


def test_pool_max(cases):
    """Maxima of windows that fit, apart and overlapping."""
    cases.of("pool", pooling("max"), pool).compare(slips=POOL_SLIPS, alike=ALIKE)


def test_pool_average(cases):
    """Averages of windows that fit, apart and overlapping."""
    cases.of("pool", pooling("average"), pool).compare(slips=POOL_SLIPS, alike=ALIKE)


def test_pool_border(cases):
    """Windows that hang over the border."""
    cases.of("pool", pooling_with_border, pool, 80).compare(slips=POOL_SLIPS, alike=ALIKE)


def test_pool_precise(cases):
    """Float64 in, float64 out."""
    cases.of("pool", precise_pooling, pool).precise(slip="float32 for float64", rounded="rounded")


def test_pool_untouched(cases):
    """The image that is given stays as it is."""
    cases.of("pool", pooling_with_border, pool).untouched(slip="input modified")
