"""1C: cross-correlation of an image with kernels."""

from ..convolution import CONVOLVE_SLIPS, convolve
from ..draws import (
    convolution,
    padded_convolution,
    precise_convolution,
    same_convolution,
    strided_convolution,
)

ALIKE = ("sign", "rows and columns swapped", "channels first", "a factor")


def test_convolve_valid(cases):
    """Without padding, kernels of odd and even sides."""
    cases.of("convolve", convolution, convolve).compare(slips=CONVOLVE_SLIPS, alike=ALIKE)


def test_convolve_same(cases):
    """With 'same' padding."""
    cases.of("convolve", same_convolution, convolve).compare(slips=CONVOLVE_SLIPS, alike=ALIKE)


def test_convolve_integer(cases):
    """With a width of zeros as padding."""
    cases.of("convolve", padded_convolution, convolve).compare(slips=CONVOLVE_SLIPS, alike=ALIKE)


def test_convolve_strided(cases):
    """With strides of 2 and 3, and every padding."""
    cases.of("convolve", strided_convolution, convolve).compare(slips=CONVOLVE_SLIPS, alike=ALIKE)


def test_convolve_precise(cases):
    """Float64 in, float64 out."""
    cases.of("convolve", precise_convolution, convolve).precise(slip="float32 for float64", rounded="rounded")


def test_convolve_untouched(cases):
    """The arrays that are given stay as they are."""
    cases.of("convolve", strided_convolution, convolve).untouched(slip="input modified")
