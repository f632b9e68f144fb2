"""A student's words within a line of ours: formulas are set, and nothing of theirs ends it."""

import pytest

from grader.desk.pages import environment


@pytest.mark.parametrize(
    ("text", "is_set"),
    [
        ("The gradient $\\partial L/\\partial W$ is 0.", True),
        ("so $x$ and $y$", True),
        ("<b>$x$</b>", True),
        ("half of $x", False),
        ("it costs 5", False),
        ("$$x$$", False),
        ("$\\text{\u201d (2 + 1 points)}$", False),
        ("$x ''$", False),
        ("$\\begin{matrix} 1 \\end{matrix}$", False),
    ],
)
def test_a_formula_is_set_where_it_is_whole_and_stays_in_the_line(text, is_set):
    html = str(environment().filters["underlined"](text, frozenset()))
    assert ("<math" in html) is is_set
    assert "<b>" not in html
    assert "\u201d" not in html
