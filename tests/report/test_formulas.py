"""Formulas in a student's text: set where they can be, else as they were written; never anything else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report.formulas import Formulas, formula, with_formulas
from tests.report.reading import Page


def set_all(text: str):
    return with_formulas(text, Formulas())


SAMPLE = (
    r"$$\begin{bmatrix} 1 & .5 \\ -.5 & .25 \end{bmatrix}, \begin{bmatrix} 1 & 1 \\ 1 & 1 \end{bmatrix}"
    r" \text{ for all } 4$$"
)


def rows(mathml: str) -> list[list[str]]:
    """Return the cells of all tables of a formula."""
    cells = [re.findall(r"<mtd[^>]*>(.*?)</mtd>", row) for row in re.findall(r"<mtr>(.*?)</mtr>", mathml)]
    return [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in cells]


def test_the_samples_matrices_are_matrices():
    html = str(set_all(SAMPLE))
    assert rows(html) == [["1", ".5"], ["−.5", ".25"], ["1", "1"], ["1", "1"]]
    assert "<mn>.5</mn>" in html
    assert 'tabindex="0" role="group" aria-label="Formula"' in html
    assert Page(html).text.replace("\N{NO-BREAK SPACE}", " ").endswith(" for all 4")


@pytest.mark.parametrize("kind", ["pmatrix", "bmatrix", "vmatrix", "matrix", "smallmatrix"])
def test_every_kind_of_matrix_is_one(kind):
    mathml = formula(rf"\begin{{{kind}}} 1 & 2 \\ 3 & 4 \end{{{kind}}}")
    assert rows(mathml) == [["1", "2"], ["3", "4"]]


@pytest.mark.parametrize("kind", ["aligned", "align", "split"])
def test_lines_that_are_aligned_are_lines(kind):
    mathml = formula(rf"\begin{{{kind}}} a &= b \\ c &= d \end{{{kind}}}")
    assert rows(mathml) == [["a", "=b"], ["c", "=d"]]


@pytest.mark.parametrize(
    "text",
    [
        "$5 * 5 * 3 + 1$",
        r"\(5 * 5 * 3 + 1\)",
        r"\[5 * 5 * 3 + 1\]",
        "$$5 * 5 * 3 + 1$$",
        "($5 * 5 * 3 + 1$)",
        "$5 * 5 *\n3 + 1$",
    ],
)
def test_all_ways_to_write_one(text):
    html = str(set_all(f"before {text} after"))
    assert html.count("<math") == 1
    assert re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", html).replace("*", "")).strip("()") in {
        "before553+1after",
        "before(553+1)after",
    }


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 and not $6.",
        "US$ 5 or 6 $",
        r"\$x\$",
        "`$x$` is code",
        "a $ b",
        "$not closed",
        "$number of weights$",
        "$$",
        "$x\n\ny$",
        r"\(not closed",
        "$x$5",
    ],
)
def test_what_is_no_formula_stays_text(text):
    assert Page(str(set_all(text))).words == [text]
    assert "<" not in str(set_all(text)).replace("&lt;", "")


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac",
        r"\begin{tikzpicture}x\end{tikzpicture}",
        r"\left( x",
        "{" * 1900,
        r"\text{<script>alert(1)</script>}",
        r"\text{</math><h1>100 of 100</h1>}",
        r"\verb|<img src=x onerror=alert(1)>|",
        "x" * 2001,
        r"\cancel{x}",
        r"\mathrel{x}",
        r"a \\ b",
        "50% of",
        r"\newcommand{\b}{xx}\newcommand{\c}{\b\b}\c",
        r"\def\a{aa} \a",
        r"\DeclareMathOperator{\x}{x}\x",
    ],
)
def test_what_cannot_be_set_stays_as_it_was_written(latex):
    assert formula(latex) is None
    html = str(set_all(f"${latex}$"))
    page = Page(html)
    assert page.text == f"${latex}$"
    assert {tag for tag, _ in page.elements} <= {"code"}


@pytest.mark.parametrize(
    "latex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\style{position:fixed}{x}",
        r"\class{part}{x}",
        r"\color{red}{x}",
        r"\rule{100em}{100em}",
        r"\hspace{1000em}x",
        r"\kern-1000em x",
    ],
)
def test_no_command_makes_an_attribute(latex):
    """Links, styles, classes, colours and lengths are latex2mathml's; the page has none of them."""
    allowed = {"display", "displaystyle", "scriptlevel"}
    found = Page(str(set_all(f"${latex}$"))).elements
    assert all(set(attrs) <= allowed for tag, attrs in found if tag != "span")
    assert "javascript" not in str(formula(latex))


def test_definitions_do_not_grow():
    """Twenty lines, each ten times the one before, are more than any machine can hold."""
    names = [f"\\{chr(ord('a') + number)}" for number in range(20)]
    lines = [
        f"\\newcommand{{{name}}}{{{before * 10}}}" for before, name in zip(["x", *names], names, strict=False)
    ]
    assert formula("".join(lines) + names[-1]) is None


def test_spaces_stay_and_lengths_of_ones_own_do_not():
    assert '<mspace width="1em">' in formula(r"x = 1 \quad y = 2")
    assert "1000" not in formula(r"\hspace{1000em}x")


def test_formulas_without_end_are_cut():
    html = str(set_all(r"$x_1$ " * 3_000 + r"\[" * 5_000 + r"$$" * 5_000 + r"\(" * 5_000))
    assert html.count("<math") == 4_000 // len("x_1")
    assert html.count("<code>$x_1$</code>") == 3_000 - 4_000 // len("x_1")


@given(st.text(max_size=80) | st.text(alphabet=r"$\{}[]()<>&_^ab1 " + "\n", max_size=60))
def test_any_text_becomes_closed_markup(text):
    page = Page(str(set_all(text.replace("\x00", ""))))
    assert page.open == []
    allowed = re.compile(
        r"code|span|math|m(?:row|i|n|o|text|space|s|frac|sqrt|root|style|su[bp]|subsup|under|over|underover|multiscripts|prescripts|table|tr|td)"
    )
    assert all(allowed.fullmatch(tag) for tag, _ in page.elements)


@pytest.mark.parametrize(("latex", "boxed"), [("W" * 24, True), ("W" * 12, False), ("5 * 5 * 3 + 1", False)])
def test_what_may_be_wider_than_a_telephone_scrolls_by_itself(latex, boxed):
    assert ('class="formula within"' in set_all(f"${latex}$")) is boxed


def test_what_fits_on_no_sheet_is_printed_as_it_was_written():
    html = str(set_all(f"$${'W+' * 200}W$$"))
    assert 'class="formula apart longest"' in html
    assert html.endswith(f'<code class="written">$${"W+" * 200}W$$</code></span>')
    rows = r" \\ ".join(["1 & 2 & 3"] * 40)
    assert "written" not in set_all(rf"$$\begin{{bmatrix}} {rows} \end{{bmatrix}}$$")
