"""Pictures of PDF pages on a student's page: whose they are, what they say, and nothing of the student's."""

import base64
from dataclasses import replace

import numpy as np
import pytest

from grader import record
from grader.crops import Crop
from grader.ingest.pdf.crops import ALTOGETHER, LARGEST, _encoded
from grader.ingest.pdf.reader import Drawn
from grader.report import student_page
from tests.report.conftest import ps4
from tests.report.reading import Page

PIXELS = np.tile(np.arange(0, 240, 2, dtype=np.uint8), (60, 4))


def crop(part="3D", why="what could not be read for sure", file="hw.pdf", page=2, pixels=PIXELS):
    height, width = pixels.shape
    made = next(
        (w, h, data)
        for w, h, data in _encoded(Drawn(0, width, height, pixels.tobytes()))
        if len(data) <= LARGEST
    )
    return Crop(part, file, page, why, made[0], made[1], base64.b64encode(made[2]).decode())


def shown(*crops):
    return student_page(record.for_student(replace(ps4(), crops=crops)))


def pictures(html):
    return [dict(found) for tag, found in Page(html).elements if tag == "img"]


def test_a_picture_stands_with_its_part():
    html = shown(crop())
    (picture,) = pictures(html)
    assert picture["alt"] == "Picture of “hw.pdf”, page 2: what could not be read for sure"
    assert (picture["width"], picture["height"]) == ("480", "60")
    assert '<bdi class="name">hw.pdf</bdi>, page 2: what could not be read for sure. A person looks' in html
    assert html.index('id="part-3D"') < html.index("<img") < html.index('id="part-3E"')
    assert "Pages that could not be read" not in html


def test_a_page_of_no_part_stands_at_the_end():
    html = shown(crop("", "could not be read: it looks like a scan or a drawing"))
    assert html.index("Pages that could not be read") > html.index('id="part-3G"')
    assert len(pictures(html)) == 1


@pytest.mark.parametrize(
    "png", ["", "x", "AAAA", '" onerror="x', 'iVBORw0KGgo"><script>', "PHN2Zz48L3N2Zz4="]
)
def test_what_is_no_png_is_not_shown(png):
    assert pictures(shown(replace(crop(), png=png))) == []


def test_names_are_escaped():
    html = shown(crop(file='"><script>x</script>.pdf'))
    assert "<script>" not in html
    assert len(pictures(html)) == 1


def test_noise_is_made_coarser_until_it_is_small_enough():
    noise = np.random.default_rng(0).integers(0, 256, (1000, 800)).astype(np.uint8)
    assert len(crop(pixels=noise).png) <= LARGEST * 4 / 3 + 4


def test_a_page_with_all_the_pictures_it_may_have_is_not_too_heavy():
    noise = np.random.default_rng(0).integers(0, 256, (1000, 800)).astype(np.uint8)
    heavy = [crop(page=n, pixels=noise) for n in range(ALTOGETHER // LARGEST + 1)]
    assert sum(len(one.png) for one in heavy) > ALTOGETHER
    assert len(shown(*heavy)) < 500_000


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_browser_shows_it(opened, scheme):
    page = opened(shown(crop(), crop("", "a picture")), width=320, scheme=scheme)
    sizes = page.eval_on_selector_all("img", "all => all.map(one => [one.naturalWidth, one.clientWidth])")
    assert [natural for natural, _ in sizes] == [480, 480], "the page's policy lets it be seen"
    assert all(0 < width < 320 for _, width in sizes)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
