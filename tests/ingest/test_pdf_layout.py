"""Words by where they stand: matrices, fractions, exponents, tables, code, and what is not understood."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.ingest.document import Block
from grader.ingest.pdf.crops import _place
from grader.ingest.pdf.items import items
from grader.ingest.pdf.page import Box, Glyph, Page, Run
from grader.ingest.pdf.rows import fixed_fonts, rows

SIZE = 10.0


def page(*runs, text=None, **more):
    """A page whose other reader saw the same words, from left to right and from top to bottom."""
    seen = " ".join(run.text for run in sorted(runs, key=lambda run: (run.y, run.x0)))
    return Page(1, seen if text is None else text, width=3000, height=800, runs=runs, **more)


def word(text, x, y, size=SIZE, font="Roman"):
    narrow = sum(sign in "fijlrt.,:()[]" for sign in text)
    width = 0.6 * len(text) if font == "Typewriter" else 0.5 * len(text) - 0.2 * narrow
    return Run(text, x, x + width * size, y, size, font)


def sentence(text, x, y, **more):
    found = []
    for piece in text.split():
        found.append(word(piece, x, y, **more))
        x = found[-1].x1 + 0.25 * SIZE
    return found


def lines(one):
    return [(row.text, row.sure) for row in rows(one, fixed_fonts([one]))]


# ---- matrices ------------------------------------------------------------------------------

CELL = st.sampled_from(["1", "-1", ".5", "-.25", "0", "10", "0.125", "-3/4"])


def width(text):
    return word(text, 0, 0).x1


@st.composite
def set_matrices(draw, tall=True):
    """Draw matrices side by side, as any typesetter might set them; return their cells and the page."""
    height = draw(st.integers(2, 5) if tall else st.sampled_from([2, 4]))
    step, gap = draw(st.floats(1.0, 1.5)) * SIZE, draw(st.floats(0.5, 2.0)) * SIZE
    runs, glyphs, cells, x, axis = [], [], [], 60.0, 300.0
    for _ in range(draw(st.integers(1, 4))):
        columns = draw(st.integers(1, 4))
        row = st.lists(CELL, min_size=columns, max_size=columns)
        matrix = draw(st.lists(row, min_size=height, max_size=height))
        top = axis - 0.27 * SIZE - height * step / 2
        ends = (top, top + height * step)
        runs.append(word("[", x, axis))
        glyphs.append(Glyph("[", Box(x, ends[0], x + 3, ends[1])))
        x += 5
        for column in zip(*matrix, strict=True):
            wide = max(width(cell) for cell in column)
            for row, cell in enumerate(column):
                left = x + draw(st.sampled_from([0, 0.5, 1])) * (wide - width(cell))
                y = axis + (row - (height - 1) / 2) * step
                runs.append(word(cell, left, y))
            x += wide + gap
        x += 5 - gap
        runs.append(word("]", x, axis))
        glyphs.append(Glyph("]", Box(x, ends[0], x + 3, ends[1])))
        runs.append(word(",", x + 5, axis))
        x += 14
        cells.append(matrix)
    return cells, page(*runs, tall=tuple(glyphs) if tall else ())


def in_latex(cells):
    written = (r" \\ ".join(" & ".join(row) for row in matrix) for matrix in cells)
    return ", ".join(rf"$\begin{{bmatrix}} {matrix} \end{{bmatrix}}$" for matrix in written) + ","


@given(set_matrices())
def test_matrices_come_out_exactly(drawn):
    cells, one = drawn
    assert [(text.replace("$ ,", "$,"), sure) for text, sure in lines(one)] == [(in_latex(cells), True)]


@given(set_matrices(tall=False))
def test_and_so_they_do_where_brackets_did_not_grow(drawn):
    cells, one = drawn
    assert [(text.replace("$ ,", "$,"), sure) for text, sure in lines(one)] == [(in_latex(cells), True)]


def test_a_row_that_lacks_a_cell_is_not_sure():
    glyphs = (Glyph("[", Box(50, 280, 53, 310)), Glyph("]", Box(100, 280, 103, 310)))
    one = page(word("1", 60, 290), word(".5", 80, 290), word("1", 60, 304), tall=glyphs)
    assert [sure for _, sure in lines(one)] == [False, False]


def test_brackets_in_prose_are_no_matrix():
    one = page(
        *sentence("the values of each of them lie", 50, 100),
        *sentence("in [ 0 1 ] as said (3)", 50, 112),
        *sentence("and so on until the last one", 50, 124),
    )
    assert all("begin" not in text for text, _ in lines(one))


def test_a_bracket_of_a_font_without_names_is_known_by_its_height():
    runs = [Run("(cid:20)", 50, 54, 270, SIZE), Run("(cid:21)", 100, 104, 270, SIZE)]
    runs += [word("1", 60, 290), word("0", 80, 290), word("0", 60, 304), word("1", 80, 304)]
    glyphs = (Glyph("\x14", Box(50, 280, 54, 310)), Glyph("\x15", Box(100, 280, 104, 310)))
    one = page(*runs, tall=glyphs, text="\x14 1 0 0 1 \x15")
    assert lines(one) == [(r"$\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}$", True)]


# ---- fractions, exponents ------------------------------------------------------------------


def test_a_fraction():
    one = page(
        *sentence("It is", 50, 100), word("1", 80, 94), word("4", 80, 107), rules=(Box(79, 97.3, 86, 97.7),)
    )
    assert lines(one) == [(r"It is $\frac{1}{4}$", True)]


def test_a_tables_rules_make_no_fractions():
    rules = [Box(79, 97, 90, 97.4), Box(79, 85, 79.4, 97.4), Box(90, 85, 90.4, 110)]
    one = page(word("1", 80, 94), word("4", 80, 107), rules=tuple(rules))
    assert [text for text, _ in lines(one)] == ["1", "4"]


def test_exponents_and_indices():
    one = page(
        word("5", 50, 100), word("2", 55.5, 96, size=7), word("x", 70, 100), word("1", 75.5, 102, size=7)
    )
    assert lines(one) == [("5^{2} x_{1}", True)] or lines(one) == [("5^{2}\tx_{1}", True)]


# ---- tables --------------------------------------------------------------------------------


def test_columns_are_told_by_the_room_between_them():
    one = page(word("0.1", 50, 100), word("0.98", 110, 100), word("0.2", 50, 113), word("0.97", 110, 113))
    assert lines(one) == [("0.1\t0.98", True), ("0.2\t0.97", True)]


def test_and_by_the_rules_between_them():
    rule = Box(68, 90, 68.4, 130)
    one = page(word("0.1", 50, 100), word("0.98", 71, 100), rules=(rule,))
    assert lines(one) == [("0.1\t0.98", True)]


# ---- what is not sure ----------------------------------------------------------------------


@pytest.mark.parametrize("text", ["609", "6 0 8 0", "608.", "-608", ""])
def test_a_number_that_the_other_reader_does_not_have(text):
    assert lines(page(word("608", 50, 100), text=text)) == [("608", False)]


def test_words_that_the_other_reader_has_in_another_order():
    one = page(*sentence("28 x 8", 50, 100), text="8 x 28")
    assert lines(one) == [("28 x 8", False)]


def test_signs_without_a_name():
    assert lines(page(word("(cid:3)608", 50, 100), text="608")) == [("\ufffd608", False)]


@pytest.mark.parametrize("text", ["28£28£8", "¡608"])
def test_signs_under_names_that_both_readers_believe(text):
    assert lines(page(word(text, 50, 100))) == [(text, False)]


def test_lines_that_are_too_close():
    one = page(*sentence("1 2", 50, 100), *sentence("3 4", 50, 106))
    assert [sure for _, sure in lines(one)] == [False, False]


def test_columns_of_prose_are_left_to_the_other_reader():
    left, right = "this is a line of the left side", "and this one is of the right side"
    runs = [
        run
        for n in range(4)
        for x, text in ((20, left), (330, right))
        for run in sentence(text, x, 100 + 12 * n)
    ]
    assert rows(page(*runs), frozenset()) is None


def test_a_page_that_lies_on_its_side():
    assert rows(replace(page(word("608", 50, 100)), aslant=True), frozenset()) is None


# ---- items ---------------------------------------------------------------------------------


def typed(text, y, indent=0):
    x, found = 50 + 6 * indent, []
    for piece in text.split(" "):
        found += [word(piece, x, y, font="Typewriter")] if piece else []
        x += 6 * (len(piece) + 1)
    return found


def placed(*runs):
    one = page(*runs)
    return items(rows(one, fixed_fonts([one])))


def test_code_keeps_its_indentation_and_its_blank_lines():
    runs = sentence("Here is what I did.", 50, 80)
    runs += typed("def f(x):", 100) + typed("return  x * [1.5]", 112, 4) + typed("y = f(3)", 136)
    found = placed(*runs, *sentence("It works.", 50, 160))
    assert [one.item for one in found if isinstance(one.item, Block)] == [
        Block(code="def f(x):\n    return  x * [1.5]\n\ny = f(3)")
    ]


@pytest.mark.parametrize("prompt", ["In [7]:", "In [ ]:", "[12]:", "In [*]:"])
def test_a_notebooks_prompts_are_no_code(prompt):
    runs = sentence("Here is what I did.", 50, 80) + typed(prompt, 100) + typed("model = f(3)", 100, 12)
    runs += typed("model.g(4)", 112, 12) + typed(prompt, 140) + typed("x = [1.5]", 140, 12)
    found = placed(*runs, *sentence("It works.", 50, 170))
    assert [one.item for one in found if isinstance(one.item, Block)] == [
        Block(code="model = f(3)\nmodel.g(4)\n\nx = [1.5]")
    ]


def test_and_what_stands_beside_out_is_text():
    runs = sentence("Here is what I did.", 50, 80) + typed("In [7]:", 100) + typed("f(608)", 100, 12)
    found = placed(*runs, *typed("Out[7]:", 112), *typed("<History at 0x7f>", 112, 12))
    assert [one.item for one in found if isinstance(one.item, Block)] == [Block(code="f(608)")]
    assert found[-1].item.text.startswith("<History at")


def test_a_list_in_code_is_no_prompt():
    runs = sentence("Here is what I did.", 50, 80) + typed("for x in [7]:", 100) + typed("f(x)", 112, 4)
    assert placed(*runs)[-1].item == Block(code="for x in [7]:\n    f(x)")


def test_curly_quotes_in_code_are_plain_ones():
    runs = [
        *sentence("So I used this line here.", 50, 80),
        *typed("layer = Dense(10, activation=’relu’)", 100),
    ]
    assert placed(*runs)[-1].item == Block(code="layer = Dense(10, activation='relu')")


def test_code_that_does_not_parse_is_text():
    runs = [*sentence("So I used this line here.", 50, 80), *typed("model.add(Dense(10, activation=", 100)]
    assert not any(isinstance(one.item, Block) for one in placed(*runs))


def test_a_text_all_of_a_typewriters_font_is_text():
    assert not any(
        isinstance(one.item, Block) for one in placed(*typed("x = 608", 100), *typed("y = 28", 112))
    )


def test_a_line_that_was_full_goes_on_in_the_next():
    runs = sentence("the number of parameters of this layer is exactly", 50, 100)
    runs += sentence("608 in all", 50, 112) + sentence("Another line.", 50, 124)
    assert [one.item.text for one in placed(*runs)] == [
        "the number of parameters of this layer is exactly 608 in all",
        "Another line.",
    ]


def test_a_larger_heading_is_marked_as_one():
    runs = [word("3B", 50, 100, size=16), *sentence("There are 608 of them, I think.", 50, 120)]
    assert placed(*runs)[0].item.text == "## 3B"


# ---- anything ------------------------------------------------------------------------------

NUMBER = st.floats(-1e5, 1e5)
ANY_RUN = st.builds(
    Run, st.text(max_size=8), NUMBER, NUMBER, NUMBER, st.floats(0, 500), st.sampled_from(["a", "b"])
)
ANY_BOX = st.builds(Box, NUMBER, NUMBER, NUMBER, NUMBER)


@given(
    st.lists(ANY_RUN, max_size=25),
    st.lists(ANY_BOX, max_size=8),
    st.lists(st.builds(Glyph, st.sampled_from("[](){}⎡⎤\x14|"), ANY_BOX), max_size=8),
    st.text(max_size=60),
)
def test_whatever_stands_anywhere_is_read_somehow(runs, rules, tall, text):
    one = Page(1, text, width=600, height=800, runs=tuple(runs), rules=tuple(rules), tall=tuple(tall))
    found = rows(one, fixed_fonts([one])) or []
    assert len(items(found)) >= bool(found)


@given(ANY_BOX, st.floats(1, 1e5), st.floats(1, 1e5))
def test_a_picture_is_no_larger_than_it_may_be(box, width, height):
    _, place, scale = _place(Page(1, "", width=width, height=height), box)
    assert 0 <= place.x0 < place.x1 <= width
    assert 0 <= place.top < place.bottom <= height
    assert (place.x1 - place.x0) * scale * (place.bottom - place.top) * scale <= 800 * 1000 * (1 + 1e-9)
