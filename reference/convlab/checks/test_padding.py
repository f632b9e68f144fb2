"""1A: a border around an image."""

from ..draws import any_image_to_pad, images_to_pad
from ..padding import PAD_SLIPS, pad

ALIKE = ("rows and columns swapped",)


def test_pad_zero(cases):
    """A border of zeros, around images with channels and without."""
    cases.of("pad", images_to_pad("zero"), pad).compare(slips=PAD_SLIPS, alike=ALIKE, exact=True)


def test_pad_edge(cases):
    """The outermost values again."""
    cases.of("pad", images_to_pad("edge"), pad).compare(slips=PAD_SLIPS, alike=ALIKE, exact=True)


def test_pad_reflect(cases):
    """The image mirrored."""
    cases.of("pad", images_to_pad("reflect"), pad).compare(slips=PAD_SLIPS, alike=ALIKE, exact=True)


def test_pad_untouched(cases):
    """The image that is given stays as it is."""
    cases.of("pad", any_image_to_pad, pad).untouched(slip="input modified")
