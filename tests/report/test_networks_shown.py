"""What a student reads about a network: all in words and tables, and drawn besides."""

from dataclasses import replace

import pytest

from grader.datatypes import PartResult, Result
from grader.networks import NetworkShown
from grader.report import student_page
from tests.report.conftest import trained
from tests.report.networks import convolutional, dense, near_miss, swept, too_large
from tests.report.reading import Page, assert_harmless

DRAWN = {"2D": near_miss(), "2E": too_large(), "2F": trained(), "3G": convolutional()}


def page_of(*networks: NetworkShown) -> str:
    parts = tuple(
        PartResult(part, "A network", 0.0, 1.0, 0.0, network=network)
        for part, network in zip(DRAWN, networks, strict=False)
    )
    return student_page(Result("ps4", "Deep Learning", "ada", 0.0, 1.0, 0.0, parts))


def text_of(network: NetworkShown) -> str:
    return assert_harmless(page_of(network)).text


def test_the_cap_is_said_in_words():
    assert "✓ Within the cap. At most 100 hidden units are allowed, your network has 100." in text_of(
        near_miss()
    )
    assert "✗ Over the cap. At most 100 hidden units are allowed, your network has 140: 40 too many." in (
        text_of(too_large())
    )
    assert "✓ Within the cap. Fewer than 1,000,000 parameters are allowed, your network has 253,386." in (
        text_of(convolutional())
    )


def test_the_running_total_stands_in_the_table():
    text = text_of(near_miss())
    assert "Hidden units so far" in text
    assert "Dense 60 47,100 60 Dense 40 2,440 100 Dense 10 410 100" in text


def test_measured_stands_beside_claimed():
    text = text_of(near_miss())
    assert "Claimed and measured" in text
    assert (
        "The best of 11 trainings by the grader: 0.9461 , after epoch 20 from seed 9. "
        "Asked for: 0.975. You give 0.977."
    ) in text
    assert "As the first training left it, the network reaches 0.9421." in text


def test_each_line_is_told_by_its_seed():
    text = text_of(near_miss())
    assert (
        "the thick one is from seed 9. At their ends, from top to bottom: seeds 9, 3, 7, 4, 6, 10, 1, 11, 8, 2, 5."
        in text
    )
    assert page_of(near_miss()).count('class="training first"') == 1
    alone = text_of(too_large())
    assert "The line is the training, its dot the best epoch." in alone
    assert "from top to bottom" not in alone


def test_what_is_not_drawn_is_said():
    text = text_of(convolutional())
    assert "Further left than is drawn: 0.1135." in text
    assert "below what is drawn, the lowest at 0.1135." in text
    assert "far below what is drawn: 0.1135 at 0.9" in text


def test_the_sweep_is_a_table_too():
    text = text_of(convolutional())
    assert "0 0.9806 0.9781 +0.0025, agrees 0.1 0.9758 0.9412 +0.0346, differs 0.2 0.9719 –" in text
    assert "measured by the grader; a claim within ±0.016 of it agrees" in text


@pytest.mark.parametrize(
    ("provisional", "said"),
    [
        (True, "Measured on a stand-in, your rows are compared with nothing."),
        (False, "The grader measured none of these rows."),
    ],
)
def test_a_sweep_without_spot_checks_says_why(provisional, said):
    rows = tuple(replace(row, measured=None) for row in swept().rows)
    sweep = replace(swept(), rows=rows, slack=None)
    text = text_of(NetworkShown((), (), 0.985, provisional=provisional, sweep=sweep))
    assert said in text
    assert "Difference" not in text


def test_a_table_of_one_setting_is_a_table_alone():
    sweep = replace(swept(), rows=swept().rows[:1])
    page = assert_harmless(page_of(NetworkShown((), (), 0.985, sweep=sweep)))
    assert "figure" not in [tag for tag, _ in page.elements]
    assert "0.9806" in page.text


def test_every_drawing_has_words_in_its_place_or_is_decoration():
    for tag, attrs in Page(page_of(*DRAWN.values())).elements:
        if tag == "svg" and "plot" in (attrs.get("class") or ""):
            assert attrs.get("aria-label") or attrs.get("aria-hidden") == "true"


def test_a_page_of_the_longest_trainings_can_be_mailed():
    long = tuple(tuple(0.9 + (epoch % 50) / 1000 for epoch in range(600)) for _ in range(11))
    network = replace(near_miss(), curves=long)
    assert len(page_of(network, network, network, network)) < 400_000


def test_a_network_without_a_cap_has_no_running_total():
    text = text_of(NetworkShown(dense(60, 10), (), 0.9))
    assert "so far" not in text
    assert "cap" not in text


# ---- in a browser ----------------------------------------------------------------------------

OUTSIDE = """() => {
  const outside = [];
  for (const text of document.querySelectorAll('.plot text')) {
    const its = text.getBoundingClientRect(), card = text.closest('section').getBoundingClientRect();
    if (its.left < card.left || its.right > card.right) outside.push(text.textContent);
  }
  return outside;
}"""
CROSSED = """() => {
  const crossed = [];
  for (const plot of document.querySelectorAll('.plot')) {
    const boxes = [...plot.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()]);
    for (const [one, a] of boxes) for (const [other, b] of boxes)
      if (one < other && a.left < b.right && b.left < a.right && a.top + 3 < b.bottom && b.top + 3 < a.bottom)
        crossed.push([one, other]);
  }
  return crossed;
}"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1000])
def test_letters_stay_on_the_card_and_off_each_other(opened, width):
    page = opened(page_of(*DRAWN.values()), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(CROSSED) == []


@pytest.mark.browser
def test_letters_are_as_large_on_a_small_screen(opened):
    heights = {
        width: opened(page_of(near_miss()), width=width).evaluate(
            "document.querySelector('.plot text').getBoundingClientRect().height"
        )
        for width in (320, 1000)
    }
    assert heights[320] == heights[1000] > 10


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_dots_lie_where_their_numbers_say(opened, scheme):
    """The lines of a plot and its letters are placed in two ways: here they are held against each other."""
    page = opened(page_of(near_miss()), scheme=scheme)
    line, dots = (
        page.evaluate(f"(() => {{ const box = document.querySelector('.plot:not(.strip) {name}')"
                      ".getBoundingClientRect(); return [box.left, box.right, box.top]; })()")
        for name in (".training", ".best")
    )  # fmt: skip
    assert line[1] == pytest.approx((dots[0] + dots[1]) / 2, abs=2), "the best epoch is the last"
    assert line[2] == pytest.approx(dots[2] + 4, abs=2), "the highest dot is the top of the lines"
