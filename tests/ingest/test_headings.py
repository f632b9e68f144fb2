"""The same write-up in many heading styles divides the same way; what only looks like a heading does not."""

import io
import json
import zipfile
from pathlib import Path
from string import Template

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.datatypes import Assignment, Part, Submission
from grader.ingest import read
from grader.ingest.headings import heading

BODIES = {
    "1A": "Every gradient is zero, so nothing moves.",
    "1B": "Two layers, since one is monotone.\nSecond line.",
    "2A": "Keras 3.1.0\n\nTensorFlow 2.20.0",
    "2B": "(60000, 28, 28)",
    "2C": "a) first we flatten\nb) then we encode",
    "3A": "3D convolution is not meant here.\n\n2D pooling keeps the borders.",
    "3B": "There are $5*5*3+1$ for each of 8 filters: 608.",
    "3C": "28 x 28 x 8",
    "3D": "$$\\begin{bmatrix} 1 & .5 \\\\ .5 & .25 \\end{bmatrix}$$",
}
TITLES = {"1": "Deep Learning Principles", "2": "Depth vs Width", "3": "Convolutional Neural Networks"}

# How a section's line is written ("" for none), and a part's: $n number, $L and $l letter.
STYLES = {
    "sample": ("$n $title", "Problem $L"),
    "problem": ("", "Problem ${n}$L"),
    "hash dot": ("", "## $n.$L"),
    "paren": ("", "${n}($l)"),
    "bold Q": ("", "**Q$n $l)**"),
    "question": ("", "### Question $n ($l):"),
    "dot": ("", "${n}$l."),
    "dash": ("", "$n-$L"),
    "part": ("", "Part ${n}$l"),
    "exercise": ("", "Exercise $n.$l"),
    "hash section, part": ("# $n — $title", "## Part $L"),
    "letters in parens": ("# $n $title", "($l)"),
    "letters with paren": ("# $n $title", "$l)"),
    "letters with dot": ("$n. $title", "$L."),
    "glued P": ("", "P${n}$L"),
    "abbreviated": ("", "Prob. ${n}$l"),
    "latex": ("\\section{$title}", "\\subsection*{Problem $L}"),
    "latex numbered": ("\\section*{$n $title}", "\\textbf{${n}$L}"),
    "setext": ("", "Problem ${n}$L\n============"),
    "setext sections": ("Section $n\n=========", "Part $L\n------"),
    "numbered": ("", "$n. ($l)"),
    "bold letters": ("**$n. $title**", "**($l)**"),
    "hash letters": ("## Section $n: $title", "### $L"),
    "underlined words": ("__Problem ${n}__", "__Part ${l}__"),
    "html": ("<h2>$n $title</h2>", "<h3>Problem $L</h3>"),
    "word and part": ("", "Problem $n, Part $L"),
    "capitals": ("", "PROBLEM ${n}$L:"),
    "points": ("## Problem $n: $title (25 points)", "### ($l) [5 pts]"),
    "bare": ("", "${n}$L"),
    "bullets": ("", "- **${n}$L**:"),
    "answer to": ("", "Answer to Problem ${n}$L"),
    "no section lines": ("", "Problem $L"),
    "no section lines, marked": ("", "## ($l)"),
    "first with number": ("", "FIRST"),
}


def bodies(style: str) -> dict[str, str]:
    """Return what stands under each part. Where "a)" is a heading it cannot number a list as well."""
    return BODIES | ({"2C": "- first we flatten\n- then we encode"} if STYLES[style][1] == "$l)" else {})


def written(style: str) -> str:
    """Write the invented homework in a style."""
    section_line, part_line = STYLES[style]
    text = "Ada Lovelace\nHomework 4, 2024-05-01\n\n"
    last = ""
    for part, body in bodies(style).items():
        number, letter = part[0], part[1]
        names = {"n": number, "L": letter, "l": letter.lower(), "title": TITLES[number]}
        if number != last and section_line:
            text += Template(section_line).substitute(names) + "\n\n"
        line = part_line
        if part_line == "FIRST":
            line = "$n. ($l)" if number != last else "($l)"
        text += Template(line).substitute(names) + "\n\n" + body + "\n\n"
        last = number
    return text


def texts(submission: Submission) -> dict[str, str]:
    return {answer.part: answer.text for answer in submission.answers}


@pytest.mark.parametrize("style", STYLES)
def test_every_style_divides_the_same(submit, style):
    submission = submit(written(style))
    assert texts(submission) == bodies(style)
    assert submission.leftovers == ()


@pytest.mark.parametrize("style", STYLES)
def test_windows_line_ends_change_nothing(submit, style):
    assert texts(submit(written(style).replace("\n", "\r\n"))) == bodies(style)


def as_notebook(text: str) -> bytes:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": [text]}]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def as_zip(text: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("Ada Lovelace/hw4 final (2).md", text)
        target.writestr("__MACOSX/Ada Lovelace/._hw4 final (2).md", b"\x00\x05\x16\x07")
    return packed.getvalue()


@pytest.mark.parametrize("style", STYLES)
def test_every_format_gives_the_same_text(submit, style):
    text = written(style)
    for name, content in {"a.txt": text, "a.ipynb": as_notebook(text), "a.zip": as_zip(text)}.items():
        submission = submit(content, name)
        assert texts(submission) == bodies(style), name
        assert submission.leftovers == ()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("3B: 608", "608"),
        ("**3(b)** 608 parameters", "608 parameters"),
        ("Problem 3B. 608", "608"),
        ("3B) 608", "608"),
        ("3B 608", "608"),
        ("3B: Six hundred and eight", "Six hundred and eight"),
        ("3(b) the number is 608", "the number is 608"),
        ("Problem 3b the number of parameters is 608", "the number of parameters is 608"),
        ("## 3.B 608", "608"),
        ("### 3B (2 points): 608", "608"),
        ("**3B: 608**", "608"),
        ("- 3B: 608", "608"),
        (r"\textbf{3B} $608$", "$608$"),
        (r"\item[3(b)] 608", "608"),
        ("Q3b) 608", "608"),
        ("3B = 608", "= 608"),
        ("3.B: 608", "608"),
    ],
)
def test_answer_on_the_headings_own_line(submit, line, said):
    submission = submit(f"3A: It keeps the size.\n\n{line}\n\n3C: 28x28x8\n")
    assert texts(submission) == {"3A": "It keeps the size.", "3B": said, "3C": "28x28x8"}


def test_answers_line_under_line(submit):
    assert texts(submit("3A: size\n3B: 608\n3C: 28x28x8\n3D: 1/2")) == {
        "3A": "size",
        "3B": "608",
        "3C": "28x28x8",
        "3D": "1/2",
    }


FRIENDS = [
    "3D convolution is a thing in its own right.",
    "2D pooling",
    "3D matrices",
    "3D",
    "3D: the kernel moves in three directions",
    "1. A benefit of padding is the size.",
    "1 A benefit",
    "2. A drawback is the border.",
    "2 layers are needed",
    "3 layers",
    "2",
    "A. Einstein",
    "A benefit of padding",
    "a) first\n\nb) second\n\nc) third",
    "(a) first\n(b) second",
    "A. one\nB. two",
    "1e-3 was the learning rate, then 2e-4",
    "2a + b = 1",
    "2B or not 2B",
    "Problem 3B is like this one.",
    "Problem B above has the figure.",
    "Problem 3Z",
    "Problem 7A",
    "4B: 12",
    "3.5 is the loss",
    "2/3 of it",
    "(3, 3, 8)",
    "```\n# Problem 3C\nmodel.fit()\n```",
    "~~~python\n# 3C: shape\nx = 1\n~~~",
    "    Problem 3C",
    "> Problem 3C: what is the shape?",
    "Part of the answer is here.",
    "Problem: A network is slow.",
    "Answer: A benefit is the size.",
    "| 3C | 12 |",
    "3C's answer depends on it",
    "**3D convolution** is a name.",
]


@pytest.mark.parametrize("line", FRIENDS)
@pytest.mark.parametrize("style", ["## Problem ${n}$L", "Problem ${n}$L", "**${n}($l)**"])
def test_false_friends_do_not_divide(submit, line, style):
    def label(part: str) -> str:
        return Template(style).substitute(n=part[0], L=part[1], l=part[1].lower())

    text = f"{label('1A')}\n\nStart.\n\n{line}\n\nEnd.\n\n{label('3B')}\n\n608\n"
    submission = submit(text)
    answers = {answer.part: answer for answer in submission.answers}
    assert set(answers) == {"1A", "3B"}
    assert answers["3B"].text == "608"
    if "```" not in line and "~~~" not in line:
        assert answers["1A"].text == f"Start.\n\n{line}\n\nEnd."
    assert submission.leftovers == ()


def test_a_word_of_the_field_where_it_could_be_the_part_is_for_a_person(submit):
    submission = submit("3B Number\n\n608\n\n3C Shape\n\n28x28x8\n\n3D things come out\n\n1/2")
    assert set(texts(submission)) == {"3B", "3C"}
    assert [left.text for left in submission.leftovers] == ["3D things come out"]


@pytest.mark.parametrize(
    "line", ["## 3D My four matrices", "## 3D Average pooling", "3D average pooling", "3D: [1, 2]"]
)
def test_part_d_in_the_third_section(submit, line):
    mark = "## " if line.startswith("#") else ""
    submission = submit(f"{mark}3B Number\n\n608\n\n{mark}3C Shape\n\n28x28x8\n\n{line}\n\n1/2")
    assert set(texts(submission)) == {"3B", "3C", "3D"}
    assert texts(submission)["3D"].endswith("1/2")
    assert submission.leftovers == ()


def test_a_count_above_the_next_problem_is_an_answer(submit):
    submission = submit("2 Depth vs Width\n\nProblem B\n\n3 layers\n\nProblem C\n\nyes\n")
    assert texts(submission) == {"2B": "3 layers", "2C": "yes"}


def test_a_number_that_is_a_heading_or_an_answer_is_for_a_person(submit):
    text = "Problem A\n\nzero\n\nProblem B\n\n2\n\nProblem A\n\nKeras 3\n\nProblem B\n\n(1, 2)"
    text += "\n\n3\n\nProblem A\n\nsize"
    submission = submit(text)
    assert texts(submission)["2B"] == "(1, 2)"
    assert [left.text for left in submission.leftovers if "next section" in left.reason] == ["2"]


def test_letters_that_restart_too_seldom_stay_unassigned(submit):
    submission = submit("Problem A\n\nfirst\n\nProblem B\n\nsecond\n\nProblem A\n\nthird\n")
    assert submission.answers == ()
    assert "first" in submission.leftovers[0].text
    assert len(submission.leftovers) == 3


def test_a_section_line_that_was_forgotten(submit):
    text = "1 Deep Learning Principles\nProblem A\nx\nProblem B\ny\nProblem A\nKeras\n"
    text += "3 Convolutional Neural Networks\nProblem A\nz\n"
    assert texts(submit(text)) == {"1A": "x", "1B": "y", "2A": "Keras", "3A": "z"}


def test_a_repeated_heading_joins_its_texts(submit):
    text = "Problem 3B\n\n608\n\nProblem 3C\n\n28x28x8\n\nProblem 3B (continued)\n\nwith bias"
    assert texts(submit(text))["3B"].startswith("608\n\n")
    assert texts(submit(text))["3B"].endswith("with bias")


@pytest.mark.parametrize(
    ("head", "kept"),
    [
        ("## 3.B Parameters of the layer (2 points)", ""),
        ("## 3B How many parameters has the layer?", ""),
        ("**3B Counting weights and biases**", ""),
        ("Problem 3B: Parameters of a convolutional layer", ""),
        ("## 3B: 608", "608\n\n"),
        ("3B: roughly six hundred", "roughly six hundred\n\n"),
        ("**3(b) Parameters** 608", "608\n\n"),
        ("3B: 608?", "608?\n\n"),
        ("3B Parameters of a convolutional layer: 608", "Parameters of a convolutional layer: 608\n\n"),
    ],
)
def test_a_title_beside_a_heading_is_no_answer(submit, head, kept):
    assert texts(submit(f"{head}\n\nbecause.\n"))["3B"] == f"{kept}because."


def test_a_template_left_blank_answers_nothing(submit):
    submission = submit("## 3A Zero padding\n\n## 3B Parameters of a convolutional layer\n\n")
    assert submission.answers == ()
    assert submission.leftovers == ()


def test_a_table_of_contents_is_left_out(submit):
    text = "Contents\n\n1 Deep Learning Principles .... 1\nProblem A ........ 1\nProblem B . . . . . 2\n"
    text += "- [Problem 3B](#problem-3b)\n\n" + written("sample")
    submission = submit(text)
    assert texts(submission) == BODIES
    assert submission.leftovers == ()


def test_text_before_the_first_heading(submit):
    cover = "---\ntitle: Homework 4\n---\n# CS 155 PS 4\n\n**Ada Lovelace**\nada@example.org\n"
    cover += "Collaborators: Mary\nMay 1, 2024\n"
    assert submit(f"{cover}\n3B: 608").leftovers == ()
    submission = submit(f"{cover}\nThe answer to the first one is 608 because of the bias.\n\n3C: 1x1")
    assert [left.reason for left in submission.leftovers] == ["text before the first heading"]
    assert "608" in submission.leftovers[0].text
    assert submit("608\n\n3C: 1x1").leftovers[0].text == "608"


def test_text_under_a_section_alone(submit):
    submission = submit("# 3 Convolutional Neural Networks\n\nSix hundred and eight, 28x28x8\n")
    assert submission.answers == ()
    assert "28x28x8" in submission.leftovers[0].text


def test_an_answer_beside_a_sections_number_is_for_a_person(submit):
    submission = submit("Problem 3: 608\n\nProblem 2B: (1, 2)\n")
    assert texts(submission) == {"2B": "(1, 2)"}
    assert "608" in submission.leftovers[0].text


def test_latex_lists(submit):
    text = "\\section*{Problem 1}\n\\begin{enumerate}\n\\item[(a)] zero\n\\item[(b)] two\n\\end{enumerate}\n"
    text += "\\section*{Problem 3}\n\\begin{enumerate}\\item[(a)] size\n\\item[(b)] 608\n"
    submission = submit(text, "hw.tex")
    assert texts(submission) == {"1A": "zero", "1B": "two\n\n\\end{enumerate}", "3A": "size", "3B": "608"}
    assert submission.leftovers == ()


def test_a_sections_own_title_need_not_be_the_assignments(submit):
    submission = submit("1. Basics\n\n(a) zero\n(b) two\n\n3. CNNs\n\n(a) size\n(b) 608\n")
    assert texts(submission) == {"1A": "zero", "1B": "two", "3A": "size", "3B": "608"}
    assert submission.leftovers == ()


def test_letters_used_twice_in_a_section_are_for_a_person(submit):
    submission = submit("# 3 Convolutional Neural Networks\n\n(a) x\n(b) y\n(a) z\n(b) 608\n")
    assert submission.answers == ()
    assert "(b) 608" in submission.leftovers[0].text


def test_two_digit_sections_and_small_letters(tmp_path):
    parts = (Part("11a", "x"), Part("11b", "y"), Part("12z", "z"))
    course = Assignment("w", "W", Path(), {"11": "Alpha beta", "12": "Gamma delta"}, parts)
    (tmp_path / "w.md").write_text("11 Alpha beta\n\nProblem A\n\none\n\n11(b) two\n\n## 12Z\n\nthree\n")
    found = {answer.part: answer.text for answer in read(tmp_path / "w.md", course, "ada").answers}
    assert found == {"11a": "one", "11b": "two", "12z": "three"}


@given(st.text(alphabet="123ABDabd .:)(*#_-\\{}problemQ\t\n\u00a0", max_size=80))
def test_no_line_breaks_the_reader_of_headings(line):
    found = heading(line)
    assert found is None or found.number or found.letter


@pytest.mark.parametrize(
    "unit", [" ", "3", "(", "*", "#", "3(b) ", "**", "problem ", "\\textbf{", "- ", "<b>", "_ "]
)
def test_a_line_of_a_million_characters_is_read_like_a_short_one(unit):
    for start in ("", "3", "Problem 3", "**3B", "# "):
        heading(start + unit * (1_000_000 // len(unit)))
