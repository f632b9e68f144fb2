"""Nothing that a student hands in runs, loads or leads away in a browser: all of it is text."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from grader import assignment, pipeline, roster
from grader.report import student_page
from tests.report.every_page import SOME, a_class, all_payloads
from tests.report.hostile import hostile_class, hostile_result
from tests.report.payloads import PAYLOADS
from tests.report.reading import OURS, OURS_FOR_STAFF, as_shown, assert_harmless, in_a_line

pytestmark = pytest.mark.browser
PS4 = Path(__file__).parents[2] / "reference" / "ps4"
# What a file holds as it is: whole characters; and no fence, after which all would be code.
PROSE = [text for text in PAYLOADS if not {"\x00", "\udc3c"} & set(text) and "```" not in text]
# Names that a disk takes: no slash, no NUL, and whole characters.
NAMES = [text for text in PAYLOADS if not {"/", "\x00", "\udc3c"} & set(text) and len(text.encode()) < 100]

# What is escaped needs no policy: it is taken away, but for a few texts.
WITHOUT_POLICY_AND_WITH = [(PAYLOADS, True), (SOME, False)]


def read(page) -> str:
    """Return all that a reader can see, folded boxes opened."""
    page.evaluate("document.querySelectorAll('details').forEach(folded => folded.open = true)")
    page.wait_for_timeout(50)  # for what would run a little later
    return in_a_line(page.locator("body").inner_text())


@pytest.mark.parametrize(("texts", "bypass"), WITHOUT_POLICY_AND_WITH)
def test_every_field_of_a_students_page_is_text(opened, texts, bypass):
    page = opened(student_page(all_payloads(texts)), bypass_csp=bypass)
    text = read(page)
    assert [payload for payload in texts if as_shown(payload) not in text] == []
    assert_harmless(page.content(), OURS)


def test_a_title_and_a_name_are_text(opened):
    page = opened("", bypass_csp=True)
    for payload in PAYLOADS:
        page.set_content(student_page(replace(hostile_result(payload), parts=())))
        assert as_shown(payload) in in_a_line(page.locator("h1").inner_text())
        assert as_shown(payload) in in_a_line(page.title())
    read(page)


@pytest.mark.parametrize(("texts", "bypass"), WITHOUT_POLICY_AND_WITH)
def test_every_field_of_a_class_page_is_text(opened, texts, bypass):
    page = opened(a_class(*hostile_class(texts)), bypass_csp=bypass)
    if len(texts) > 60:
        page.get_by_role("button", name="Show all of them").click()
    text = read(page)
    assert [payload for payload in texts if as_shown(payload) not in text] == []
    assert_harmless(page.content(), OURS_FOR_STAFF)
    page.locator("#hide").check()
    page.locator("#find").fill(PAYLOADS[0])
    page.locator("#show").select_option(index=2)
    read(page)


# ---- from a disk -----------------------------------------------------------------------------


def write_up() -> str:
    prose = "\n\n".join(PROSE)
    cells = "\n".join(f"0.{row}\t{text.splitlines()[-1]}" for row, text in enumerate(PROSE))
    return (
        f"# 1 Deep Learning Principles\n## Problem A\n{prose}\n## Problem D\n{PROSE[0]}\n## Problem E\n{PROSE[1]} 2\n"
        f"# 2 Depth\n## Problem A\nTensorFlow {PROSE[0]} Keras {PROSE[14]}\n## Problem B\n{PROSE[2]} (60000, 28, 28)\n"
        f"# 3 Convolutional Neural Networks\n## Problem B\n600 {PROSE[3]}\n## Problem C\n28×28×{PROSE[4]}\n"
        f"## Problem D\n$$\\begin{{bmatrix}} 1 & \\text{{{PROSE[0]}}} \\\\ 1 & 1 \\end{{bmatrix}}$$\n"
        f"## Problem E\n$\\text{{{PROSE[24]}}}$\n## Problem G\n{cells}\n"
    )


def module() -> str:
    return f"""
class Loud(Exception):
    pass

Loud.__name__ = Loud.__qualname__ = {PROSE[0]!r}
PAYLOADS = {PROSE!r}

def mlp_100(x_train, y_train, x_test, y_test):
    import keras

    named = type({PROSE[0]!r}, (keras.layers.Dense,), {{}})
    network = keras.Sequential([keras.Input((28, 28)), keras.layers.Flatten(), named(10, name={NAMES[2]!r}, activation="softmax")])
    network.compile(loss="sparse_categorical_crossentropy", optimizer="sgd", metrics=["accuracy"])
    network.fit(x_train, y_train, epochs=1)
    return network

def prepare(x, y):
    print(*PAYLOADS, sep="\\n")
    raise Loud("\\n".join(PAYLOADS))

versions = {PROSE[0]!r}
training_shape = {PROSE[1]!r}
parameter_count = {PROSE[2]!r}
output_shape = ({PROSE[3]!r}, 28, 8)
average_pooled = [[{PROSE[4]!r}] * 4] * 4
max_pooled = {{{PROSE[5]!r}: 1}}
"""


def notebook() -> str:
    def cell(kind: str, source: str, **more) -> dict:
        return {"cell_type": kind, "metadata": {}, "source": source, **more}

    shown = {"text/html": PROSE[:40], "text/plain": PROSE, "image/svg+xml": ["<svg onload=top.ran=1>"]}
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": PROSE},
        {"output_type": "display_data", "metadata": {}, "data": shown},
        {"output_type": "error", "ename": PROSE[0], "evalue": PROSE[1], "traceback": PROSE},
    ]
    cells = [
        cell("markdown", "## Problem 2C"),
        cell("code", f"raise ValueError({PROSE[7]!r})", outputs=outputs, execution_count=1),
        cell("markdown", "## Problem 3A\n" + "\n\n".join(PROSE)),
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})


def handed_in(folder: Path) -> None:
    """Write a class: one with all kinds of file, one notebook, and somebody of each name that a disk takes."""
    (folder / NAMES[0]).mkdir(parents=True)
    (folder / NAMES[0] / f"{NAMES[1]}.md").write_text(write_up(), encoding="utf-8", errors="replace")
    (folder / NAMES[0] / "ps4.py").write_text(module(), encoding="utf-8", errors="replace")
    (folder / f"{NAMES[2]}.ipynb").write_text(notebook(), encoding="utf-8", errors="replace")
    for name in NAMES[3:6]:
        (folder / f"{name}.md").write_text(f"## 3B\n{name}", encoding="utf-8")


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """What grading a hostile class leaves: pages, records, the class page."""
    folder, out = tmp_path_factory.mktemp("handed-in"), tmp_path_factory.mktemp("out")
    handed_in(folder)
    problem_set = assignment.only_parts(
        assignment.load(PS4),
        frozenset({"1A", "1D", "1E", "2A", "2B", "2C", "2D", "3A", "3B", "3C", "3D", "3E"}),
    )
    who = {"name": PAYLOADS[0], "email": PAYLOADS[1], "group": PAYLOADS[2], "moodle": PAYLOADS[3]}
    entries = [roster.Entry(one.student, one.path, who) for one in roster.entries(folder)]
    results = [pipeline.grade_into(out, entry, problem_set) for entry in entries]
    pipeline.write_class(results, out)
    return out


def test_a_hostile_class_is_graded_and_its_pages_are_text(opened, out):
    written = sorted(out.glob("students/*/index.html"))
    assert len(written) == 5
    for file in written:
        html = file.read_text(encoding="utf-8")
        assert_harmless(html, OURS)
        text = read(opened(html, bypass_csp=True))
        assert as_shown(file.parent.name) in text
    html = (out / "index.html").read_text(encoding="utf-8")
    assert_harmless(html, OURS_FOR_STAFF)
    text = read(opened(html, bypass_csp=True))
    assert text.count(as_shown(PAYLOADS[0])) >= 5


def test_what_was_written_is_shown_as_it_was_written(opened, out):
    (file,) = [
        file
        for file in out.glob("students/*/index.html")
        if f"{roster.safe_name(NAMES[0])}" == file.parent.name
    ]
    text = read(opened(file.read_text(encoding="utf-8"), bypass_csp=True))
    assert as_shown(f"{NAMES[1]}.md") in text
    assert f"Layer {NAMES[2]} is a {PROSE[0]}" in text, "Keras built it, and its names came back"
    assert f"student_ps4.{PROSE[0]}" in text, "an exception of that name was raised"
    told = [as_shown(payload) for payload in PROSE if "$" not in payload and "\\(" not in payload]
    assert len(told) > 100
    assert [line for line in told if line not in text] == [], "formulas alone are set as something else"


def test_no_file_was_touched(out):
    assert not list(out.rglob("grader-was-here"))
    assert not Path("grader-was-here").exists()
