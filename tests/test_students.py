"""The students' page is read by the grader itself: each example, in whatever notation, as the page says."""

import io
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader import assignment, ingest
from grader.checks import run
from grader.datatypes import Assignment, CheckResult, Part, Status, Submission
from tests.ingest.typeset import typst

PAGE = (Path(__file__).parents[1] / "docs" / "students.md").read_text(encoding="utf-8")
TITLED = re.compile(r"^## ([^\n]+)$(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"([^\n]*)\n\n```text\n(.*?)```", re.DOTALL)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)
QUESTION = "How many parameters has a layer of six 3×3×4 filters?"

# How the answers under a heading of the page are read: an expression of a check.
READS = {
    "A number": 'answer.integer("count", nouns=("parameters", "parameter"))',
    "A fraction": 'answer.number("share")',
    "A shape": 'answer.shape("shape", rank=3, nouns=("output", "shape"))',
    "Matrices": 'answer.matrices("pooled", count=2, size=(2, 2))',
    "A table": 'answer.table("sweep", columns=2)',
    "A truth table": "answer.table(columns=3)",
    "Weights in words": 'answer.network("unit", inputs=2)',
    "An accuracy that you claim": 'answer.read("", claim)',
    "Versions": 'answer.versions("versions", names=("tensorflow", "keras"))',
    "A formula": 'verdict.equal(answer.same(answer.expression(), "n*(k^2*c + 1)"), True)',
    "Several places, and corrections": 'answer.integer("count", nouns=("parameters",))',
    "What is never read as your answer": 'answer.integer("count", nouns=("parameters",))',
}
SHAPES = "answer.shapes()"  # where the page says that several are read
HEAD = """
from grader import answers
from grader.answers import Reading, Unreadable

def claim(text):
    found = answers.claimed(text)
    if found is None:
        raise Unreadable("no claim")
    return Reading(found.value, found.words, str(float(found.value)))
"""


@dataclass(frozen=True)
class Example:
    """An answer of the page, under its heading, and the sentence above its block."""

    title: str
    sentence: str
    text: str

    @property
    def reads(self) -> str:
        return SHAPES if "; (" in self.sentence else READS[self.title]

    @property
    def read_as(self) -> str | None:
        """Return what the page says it is read as; None where it says that a person reads it."""
        told = re.search(r"[Rr]ead as (?:equal to )?`(.+?)`", self.sentence)
        assert told or re.search("[Ll]eft to a person|in code or as a value|No claim", self.sentence), self
        return told[1] if told else None


def examples() -> list[Example]:
    """Return the answers of the page: a line each, or several lines with a blank one between answers."""
    found = []
    for title, body in TITLED.findall(PAGE):
        if title in READS:
            for sentence, block in BLOCK.findall(body):
                several = re.split(r"\n\n", block.strip("\n")) if "\n\n" in block else block.splitlines()
                found += [Example(title, sentence, text) for text in several]
    return found


EXAMPLES = examples()


def graded(folder: Path, asked: dict[str, str], files: dict[str, str | bytes]) -> dict[str, CheckResult]:
    """Grade files with a problem set of parts, each read by an expression of its check; return results by part."""
    toml = 'id = "lab"\ntitle = "A lab"\n[sections]\n'
    toml += "".join(f'{number} = "Section {number}"\n' for number in dict.fromkeys(p[:-1] for p in asked))
    checks = HEAD
    for part, reads in asked.items():
        toml += f'[[parts]]\nid = "{part}"\ntitle = "A part"\nquestion = "{QUESTION}"\n'
        toml += f"checks = {{ part_{part} = 1 }}\n"
        checks += f'\ndef test_part_{part}(answer, verdict):\n    """An answer."""\n    {reads}\n'
    (folder / "lab" / "checks").mkdir(parents=True)
    (folder / "lab" / "assignment.toml").write_text(toml)
    (folder / "lab" / "checks" / "test_all.py").write_text(checks)
    (folder / "ada").mkdir()
    for name, content in files.items():
        (folder / "ada" / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    problem_set = assignment.load(folder / "lab")
    checked = run(ingest.read(folder / "ada", problem_set, "ada"), problem_set)
    return {result.name.removeprefix("part_"): result for result in checked.results}


def shown(result: CheckResult) -> str:
    """Return how an answer was read, as the page writes it: a table's rows in one line."""
    return re.sub(r"\n", "; ", result.actual.replace("\t", ", "))


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> dict[Example, CheckResult]:
    titles = list(READS)
    asked, text, numbers = {}, "", dict.fromkeys(titles, 0)
    for example in EXAMPLES:
        part = f"{titles.index(example.title) + 1}{chr(ord('A') + numbers[example.title])}"
        numbers[example.title] += 1
        asked[part] = example.reads
        text += f"## Problem {part}\n\n{example.text}\n\n"
    found = graded(tmp_path_factory.mktemp("page"), asked, {"answers.md": text})
    return dict(zip(EXAMPLES, found.values(), strict=True))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.title}: {example.text}")
def test_each_example_is_read_as_the_page_says(results, example: Example) -> None:
    result = results[example]
    if example.read_as is None:
        assert result.status is Status.PENDING, result
    else:
        assert result.status is Status.PASSED, result
        assert example.title == "A formula" or shown(result) == example.read_as


def test_every_kind_of_answer_has_examples() -> None:
    assert {example.title for example in EXAMPLES} == set(READS)
    assert PAGE.count("```text") == len(BLOCK.findall(PAGE)), "each block has a sentence above it"


# ---- where an answer stands ----------------------------------------------------------------

WHERE = next(body for title, body in TITLED.findall(PAGE) if title == "Where an answer stands")
HEADINGS = BLOCK.findall(WHERE)[0][1].splitlines()
PARTS = tuple(Part(name, name, "How many?") for name in ("2A", "2B", "3A", "3B", "3C"))
SHEET = Assignment(
    id="hw", title="", folder=Path(), sections={"2": "Depth", "3": "Convolutional networks"}, parts=PARTS
)


def placed(folder: Path, name: str, content: str | bytes) -> str:
    """Return what was read as the answer to 3B in a file that was handed in."""
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return "; ".join(one.text for one in ingest.read(folder / name, SHEET, "ada").of("3B"))


def notebook(*cells: tuple[str, str]) -> str:
    made = [{"cell_type": kind, "metadata": {}, "source": text} for kind, text in cells]
    made = [one | ({"outputs": []} if one["cell_type"] == "code" else {}) for one in made]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.mark.parametrize("heading", [*HEADINGS, *(r"\section{Problem 3B}", "PROBLEM 3B", "**Problem 3B**")])
def test_each_heading_is_one(tmp_path, heading: str) -> None:
    assert "222" in placed(tmp_path, "hw.md", f"3A\n\nno\n\n{heading}\n\n222\n\n3C\n\nno\n")


@pytest.mark.parametrize("heading", re.findall(r"`(Problem B|\(b\))`", WHERE))
def test_a_letter_is_enough_below_the_problem(tmp_path, heading: str) -> None:
    (section,) = re.findall(r"`(# 3 .*?)`", WHERE)
    assert (
        placed(tmp_path, "hw.md", f"# 2 Depth\n\n{heading}\n\nno\n\n{section}\n\n{heading}\n\n222\n") == "222"
    )


@pytest.mark.parametrize("ending", re.findall(r"a write-up: (.*?) \|", WHERE)[0].replace("`", "").split(", "))
def test_each_kind_of_write_up_is_one(tmp_path, ending: str) -> None:
    assert placed(tmp_path, f"hw{ending}", "Problem 3B\n\n222\n") == "222"


def test_a_notebooks_answers_stand_where_the_page_says(tmp_path) -> None:
    cells = [("markdown", "## Problem 3B"), ("code", "x = 1"), ("markdown", "222")]
    assert placed(tmp_path, "hw.ipynb", notebook(*cells)) == "222"
    assert (
        placed(tmp_path, "b.ipynb", notebook(("code", "# Problem 3B\nx = 1"), ("markdown", "222"))) == "222"
    )


def test_a_modules_answers_stand_where_the_page_says(tmp_path) -> None:
    assert placed(tmp_path, "hw.py", "# Problem 3B\n# 222\nx = 1\n") == "222"
    assert placed(tmp_path, "b.py", 'def f():\n    """Problem 3B: 222"""\n') == "222"


def test_a_pdf_is_read_like_a_write_up(tmp_path) -> None:
    answer = "The layer has 222 parameters.\n\n$$\\begin{bmatrix} 3 & 1 \\\\ -1 & 2 \\end{bmatrix}$$"
    text = f"3 Convolutional networks\n\nProblem B\n\n{answer}\n\nProblem C\n\nno\n"
    assert placed(tmp_path, "hw.pdf", typst(text)) == answer.replace("$$", "$")


def test_a_folder_or_a_zip_holds_any_mix(tmp_path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        target.writestr("hw.md", "Problem 3B\n\n222\n")
        target.writestr("hw.py", "# Problem 3B: 223\n")
    assert placed(tmp_path, "hw.zip", packed.getvalue()) == "223; 222"


# ---- in code, and in several places --------------------------------------------------------

(CODE,) = PYTHON.findall(PAGE)
SAID = dict(re.findall(r"^(?:def )?(\w+)(?: =|\().*?  # (.+)$", CODE, re.MULTILINE))
IN_CODE = {
    "count": READS["A number"],
    "share": READS["A fraction"],
    "shape": READS["A shape"],
    "pooled": READS["Matrices"],
    "sweep": READS["A table"],
    "unit": READS["Weights in words"],
    "versions": READS["Versions"],
    "halve": 'answer.function("halve")(3.0)',
}


@pytest.mark.parametrize(("name", "content"), [("lab.py", CODE), ("lab.ipynb", notebook(("code", CODE)))])
def test_each_name_in_code_is_read_as_the_page_says(tmp_path, name: str, content: str) -> None:
    asked = {f"1{chr(ord('A') + n)}": reads for n, reads in enumerate(IN_CODE.values())}
    found = dict(zip(IN_CODE, graded(tmp_path, asked, {name: content}).values(), strict=True))
    assert {one.status for one in found.values()} == {Status.PASSED}
    assert {what: shown(one).replace(name, "lab.py") for what, one in found.items()} == SAID


LEFT = re.findall(
    r"`(None|\.\.\.|pass|raise \w+)`", PAGE.split("left as the starter file has it")[1].split("\n")[0]
)


@pytest.mark.parametrize("left", LEFT)
def test_what_is_left_as_the_starter_has_it_is_no_answer(tmp_path, left: str) -> None:
    asked = READS["A number"] if left == "None" else 'answer.function("halve") or answer.integer("halve")'
    code = "count = None" if left == "None" else f"def halve(x):\n    {left}\n"
    (result,) = graded(tmp_path, {"1A": asked}, {"lab.py": code}).values()
    assert result.status is Status.MISSING


def test_the_module_goes_first_then_the_notebook_then_the_write_up(tmp_path) -> None:
    assert "the module goes first, then the notebook, then the write-up" in PAGE
    files = {"a.md": "1A: 3", "b.ipynb": notebook(("code", "count = 2")), "lab.py": "count = 1"}
    for gone, read in (("", "1"), ("lab.py", "2"), ("b.ipynb", "3")):
        files.pop(gone, None)
        folder = tmp_path / f"without {gone}"
        folder.mkdir()
        (result,) = graded(folder, {"1A": READS["A number"]}, files).values()
        assert result.actual == read
        assert bool(result.attention) == (len(files) > 1)


# ---- what is never read --------------------------------------------------------------------

NEVER = next(body for title, body in TITLED.findall(PAGE) if title.startswith("What is never read"))


def handed_in(folder: Path, name: str) -> Submission:
    (folder / "ada").mkdir()
    (folder / "ada" / name).mkdir() if name.startswith("_") else (folder / "ada" / name).write_text("3B: 222")
    return ingest.read(folder / "ada", SHEET, "ada")


@pytest.mark.parametrize("name", re.findall(r"`\.?([\w.]+)`", NEVER.split("(")[1].split(")")[0]))
def test_data_is_not_read_and_that_is_said(tmp_path, name: str) -> None:
    found = handed_in(tmp_path, name if "." in name else f"a.{name}")
    assert (found.answers, found.leftovers, len(found.notes)) == ((), (), 1)


@pytest.mark.parametrize("ending", re.findall(r"`(\.\w+)`", NEVER.split("For a person")[1]))
def test_what_may_hold_an_answer_is_for_a_person(tmp_path, ending: str) -> None:
    found = handed_in(tmp_path, f"a{ending}")
    assert (found.answers, len(found.leftovers)) == ((), 1)


@pytest.mark.parametrize("name", re.findall(r"`([._]\w+)`", NEVER.split("leaves behind (")[1].split(")")[0]))
def test_what_a_computer_leaves_behind_is_passed_over(tmp_path, name: str) -> None:
    found = handed_in(tmp_path, name)
    assert (found.answers, found.leftovers, found.notes) == ((), (), ())
