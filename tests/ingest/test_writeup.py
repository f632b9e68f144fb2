"""Write-ups keep what was typed; code, printed output and pictures are told apart from prose."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.assignment import load
from grader.datatypes import Leftover, Source
from grader.ingest import read, writeup
from grader.ingest.course import course
from grader.ingest.text import decoded

ROOT = Path(__file__).parents[2]
SAMPLE = Path(os.environ.get("GRADER_SAMPLE") or ROOT.parent / "shared" / "samples" / "ps4-writeup.md")


@pytest.mark.skipif(not SAMPLE.is_file(), reason="the sample write-up is not here (GRADER_SAMPLE says where)")
def test_the_sample_has_eighteen_parts():
    submission = read(SAMPLE, load(ROOT / "reference" / "ps4"), "sample")
    assert [a.part for a in submission.answers] == [
        *("1A", "1B", "1C", "1D", "1E"),
        *("2A", "2B", "2C", "2D", "2E", "2F"),
        *("3A", "3B", "3C", "3D", "3E", "3F", "3G"),
    ]
    found = {answer.part: answer for answer in submission.answers}
    assert [part for part, answer in found.items() if answer.code] == ["2B", "2C", "2D", "2E", "2F"]
    assert found["2D"].code[0].startswith("# Problem D")
    assert "Dense(60" in found["2D"].code[0]
    assert "Test accuracy: 0.977" in found["2D"].text
    assert "Dense" not in found["2D"].text
    assert found["3D"].text.count(r"\\") == 4
    assert found["3G"].text.count("\t") == 11
    assert "0.9\t0.1135\n" in found["3G"].text
    assert "608" in found["3B"].text
    assert "5 * 5 * 3 + 1" in found["3B"].text
    assert submission.leftovers == ()
    assert submission.notes == ()
    assert submission.code == ()


def only(submission):
    assert len(submission.answers) == 1
    return submission.answers[0]


def test_maths_and_tables_survive_exactly(submit):
    body = (
        "$$\\begin{bmatrix} 1 & .5 \\\\\n- .5 & .25 \\end{bmatrix}$$\n\n* 5*5*3 + 1\n\n0.1\t0.97\n0.2\t0.96\n"
    )
    body += "\n| a | b |\n|---|---|"
    assert only(submit(f"3B:\n\n{body}\n")).text == body


def test_code_and_output_are_told_apart(submit):
    text = "Problem 2B\n\nIt is this:\n```python\nprint(x.shape)\n```\n"
    text += "```\nTest accuracy: 0.977\nEpoch 1/20\n```\nDone.\n"
    answer = only(submit(text))
    assert answer.code == ("print(x.shape)",)
    assert answer.output == "Test accuracy: 0.977\nEpoch 1/20"
    assert answer.text == "It is this:\nDone."


@pytest.mark.parametrize(
    ("fenced", "kind"),
    [
        ("import numpy as np", "code"),
        ("model.fit(x, y, epochs=3)", "code"),
        ("%matplotlib inline\nimport numpy\nx = 1", "code"),
        ("print 'old'\nimport keras", "code"),
        ("# Problem 3C\ny = x + 1", "code"),
        ("(60000, 28, 28)\nloss: 0.1", "output"),
        ("accuracy: 0.97", "output"),
        ("Epoch 1/2\n235/235 [====] - 1s - loss: 0.3", "output"),
        ("608", "text"),
        ("[[1, .5], [.5, .25]]", "text"),
    ],
)
def test_what_a_fence_holds(submit, fenced, kind):
    answer = only(submit(f"Problem 3B\n\n```\n{fenced}\n```\n"))
    found = {"code": "\n".join(answer.code), "output": answer.output, "text": answer.text}
    assert {name for name, value in found.items() if value} == {kind}
    assert found[kind].replace("```", "").strip() == fenced


ARRAY = "[[1 1]\n [1 1]]"


def test_a_matrix_in_a_fence_stands_between_the_words_about_it(submit):
    answer = only(submit(f"Problem 3D\n\nI get\n\n```\n{ARRAY}\n```\n\nfor all four\n"))
    assert (answer.text, answer.output) == (f"I get\n\n{ARRAY}\n\nfor all four", "")


def test_a_matrix_that_code_may_have_printed_is_no_words(submit):
    text = f"Problem 3D\n\n```python\nprint(pooled)\n```\n\nprints\n\n```\n{ARRAY}\n```\n"
    answer = only(submit(text))
    assert (answer.text, answer.output) == ("prints", ARRAY)


def test_a_fence_that_says_python_is_code_though_it_does_not_parse(submit):
    assert only(submit("3B\n```python\nmodel = (\n```\n")).code == ("model = (",)


def test_latex_listings_are_code(submit):
    text = "\\subsection{Problem 3B}\n\\begin{lstlisting}[language=Python]\n"
    text += "x = f(1)\n\\end{lstlisting}\nso $608$.\n"
    answer = only(submit(text, "hw.tex"))
    assert answer.code == ("x = f(1)",)
    assert answer.text == "so $608$."


def test_a_whole_latex_file(submit):
    text = "\\documentclass{article}\n\\usepackage{amsmath}\n% a = b\n\\begin{document}\n\\maketitle\n"
    text += "\\section{Convolutional Neural Networks}\n\\subsection*{Problem B}\n$608$\n\\end{document}\n"
    submission = submit(text, "hw.tex")
    assert only(submission).text == "$608$"
    assert only(submission).part == "3B"
    assert submission.leftovers == ()


@pytest.mark.parametrize(
    "text",
    [
        "Problem 2B\n```python\nx = f(1)\n\nProblem 2C\n\nyes\n",
        "Problem 2B\n```\nx = f(1)\n\nProblem 2C\n\nyes\n\n```\ny = g(2)\n```\n",
        "Problem 2B\n```python\nx = f(1)\n\nProblem 2C\n\nyes\n\n```python\ny = g(2)\n```\n",
        "Problem 2B\n~~~\nx = f(1)\n\nProblem 2C\n\nyes\n",
        "Problem 2B\n\\begin{verbatim}\nx = f(1)\n\nProblem 2C\n\nyes\n",
    ],
)
def test_an_unclosed_fence_does_not_swallow_the_rest(submit, text):
    submission = submit(text)
    found = {answer.part: answer for answer in submission.answers}
    assert set(found) == {"2B", "2C"}
    assert found["2C"].text == "yes"
    assert "x = f(1)" in found["2B"].text
    assert any("never closed" in note for note in submission.notes)


@pytest.mark.parametrize(
    ("markup", "name"),
    [
        ("![a sketch](img/xor.png)", "img/xor.png"),
        ('![](xor.png "XOR")', "xor.png"),
        ("![[xor.png|300]]", "xor.png"),
        ('<img width="3" src="xor.png" alt="x">', "xor.png"),
        ("\\includegraphics[width=3cm]{xor}", "xor"),
        ("![](attachment:xor.png)", "xor.png"),
        ("![](data:image/png;base64," + "iVBORw0KGgo" * 10_000 + "=)", "embedded-picture"),
        ("![sketch][ref]", "sketch"),
    ],
)
def test_pictures_are_named_and_left_out_of_the_text(submit, markup, name):
    answer = only(submit(f"Problem 1B\n\nTwo.\n\n{markup}\n"))
    assert answer.images == (name,)
    assert answer.text == "Two."
    assert only(submit(f"Problem 1B\n\n{markup}\n")).images == (name,)


def test_no_heading_at_all_is_one_leftover(submit):
    submission = submit("I think it is 608.\n\nAnd 28x28x8.")
    assert submission.answers == ()
    assert submission.leftovers == (
        Leftover("hw.md", "no part's heading was found in this text", "I think it is 608.\n\nAnd 28x28x8."),
    )


@pytest.mark.parametrize("content", ["", " \n\t\n", b"\xef\xbb\xbf", b"\x00\x00"])
def test_an_empty_file_is_nothing(submit, content):
    submission = submit(content)
    assert (submission.answers, submission.leftovers) == ((), ())


def test_the_origin_is_kept(submit):
    answer = only(submit("3B: 608"))
    assert (answer.source, answer.file, answer.exact, answer.pages) == (Source.WRITEUP, "hw.md", True, ())


HOSTILE = {
    "a megabyte of digits": "3B: " + "9" * 1_000_000,
    "brackets": "3B\n" + "(" * 200_000,
    "one heading over and over": "3B\n" * 15_000,
    "headings with titles": "".join(f"## 3B title number {n} of a long text\n\nx\n" for n in range(900)),
    "letters over and over": "(a) x\n" * 18_000,
    "openings": "\\begin{verbatim}\n" * 18_000,
    "fences": "```python\n" * 18_000,
    "other fences": "```\n~~~\n" * 9_000,
    "shrinking fences": "\n".join("`" * n for n in range(1500, 3, -1)),
    "pictures": "3B\n" + "![" * 300_000,
    "pictures without an end": "3B\n" + "![](" * 200_000,
    "tags": "3B\n" + "<img " * 200_000,
    "stars": "3B\n" + "**a " * 200_000,
    "leaders": "3B\n" + ". " * 300_000,
    "blanks": "3" + " " * 1_000_000 + "B",
    "blank lines": "3B" + "\n" * 19_000 + "x",
    "numbers": "2\n\n" * 9_000,
    "letter D": "3D things\n" * 900,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_comes_to_an_end_and_is_never_lost(submit, name):
    submission = submit(HOSTILE[name])
    assert submission.answers or submission.leftovers


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
    )
)
def test_arbitrary_bytes_never_raise_and_are_never_lost(homework, data):
    found = writeup.read(data, "x.md", course(homework))
    assert found.answers or found.leftovers or not decoded(data)[0].strip()


LINES = (
    "Problem A",
    "## 3B",
    "3C: 5",
    "(a) x",
    "b) y",
    "3 Convolutional Neural Networks",
    "2",
    "```",
    "~~~py",
    "x",
    "",
)
MORE = (
    "| a | b |",
    "---",
    "# Problem 2B",
    "**1(b)** z",
    "1. (a) q",
    "3D maps",
    "$$",
    "\\begin{verbatim}",
    "Section 2",
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(LINES + MORE), max_size=25))
def test_no_word_is_lost_however_headings_are_mixed(homework, lines):
    marked = [f"word{n} is here." if line == "x" else line for n, line in enumerate(lines)]
    found = writeup.read("\n".join(marked).encode(), "x.md", course(homework))
    kept = " ".join(
        [
            *(a.text + " ".join(a.code) + a.output for a in found.answers),
            *(left.text for left in found.leftovers),
        ]
    )
    assert all(line in kept for line in marked if line.startswith("word"))
