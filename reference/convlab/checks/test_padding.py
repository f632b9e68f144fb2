"""1A: a border around an image."""

import pytest

from ..draws import any_image_to_pad, images_to_pad
from ..padding import PAD_SLIPS, pad


@pytest.mark.parametrize("mode", ["zero", "edge", "reflect"])
def test_pad(cases, mode):
    """Images with and without channels are padded in this mode."""
    tried = cases.of("pad", images_to_pad(mode), pad)
    tried.compare(slips=PAD_SLIPS, alike=("rows and columns swapped",), exact=True)


def test_pad_untouched(cases):
    """The image that is given stays as it is."""
    cases.of("pad", any_image_to_pad, pad).untouched(slip="input modified")
