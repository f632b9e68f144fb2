"""The pages as PDF: white, with margins, nothing cut off, no heading alone at the foot of a sheet."""

import re
from dataclasses import replace

import pypdfium2
import pytest

from grader.report import student_page
from tests.report.conftest import ps4
from tests.report.every_page import EVERY
from tests.report.reading import in_a_line

pytestmark = pytest.mark.browser
MARGIN = 0.03  # of a sheet's width: nothing is printed nearer to its edge


@pytest.fixture(scope="module")
def printed(browser, tmp_path_factory):
    """Return a function that prints a page, opened in the dark, and gives its sheets and its headings."""
    folder, open_files = tmp_path_factory.mktemp("paper"), []

    def print_page(kind):
        file = folder / f"{len(open_files)}.html"
        file.write_text(EVERY[kind](), encoding="utf-8")
        page = browser.new_page(color_scheme="dark")
        page.goto(file.as_uri())
        sheets = page.pdf(format="A4", prefer_css_page_size=True)
        headings = [in_a_line(text) for text in page.locator("h2, h3, caption").all_inner_texts()]
        page.context.close()
        open_files.append(pypdfium2.PdfDocument(sheets))
        return list(open_files[-1]), {heading for heading in headings if heading}

    yield print_page
    for document in open_files:
        document.close()


def words(sheet) -> str:
    return sheet.get_textpage().get_text_bounded().replace("\r\n", "\n").strip()


@pytest.mark.parametrize("kind", ["everything", "all right", "a class of three", "a class of thirty"])
def test_sheets_are_white_full_and_not_cut_off(printed, kind):
    sheets, headings = printed(kind)
    for sheet in sheets:
        picture = sheet.render(scale=0.5, grayscale=True).to_numpy()
        assert picture[0, 0] == 255
        edge = round(picture.shape[1] * MARGIN)
        assert picture[:, :edge].min() == 255, "ink in the left margin"
        assert picture[:, -edge:].min() == 255, "ink in the right margin"
    for sheet in sheets[:-1]:
        lines = words(sheet).splitlines()
        assert len(lines) > 4, "a sheet with next to nothing on it"
        assert in_a_line(lines[-1]) not in headings, "a heading alone at the foot"


def test_a_student_finds_every_part_on_paper(printed):
    sheets, _ = printed("everything")
    text = in_a_line(" ".join(map(words, sheets)))
    for part in ps4().parts:
        assert f"{part.id} {part.title}" in text
    assert "Skip to the results" not in text
    assert sheets[0].get_width() < sheets[0].get_height()


def test_a_class_lies_on_its_side_and_all_of_it_is_there(printed):
    sheets, _ = printed("a class of thirty")
    assert sheets[0].get_width() > sheets[0].get_height()
    text = " ".join(map(words, sheets))
    assert len(set(re.findall(r"s00\d\d", text))) == 30
    assert "Clear" not in text


LONG = "x" * 300
STUDENT = {
    "code": f"print('{LONG}')\nlast_line = 1",
    "output": f"{LONG} printed",
    "answer": f"$${'W+' * 60}W$$ and $${'a+' * 400}a$$ and $${'W' * 30}$$",
}


def overflowing() -> str:
    first = ps4().parts[0]
    answer = (replace(first.answer[0], text=STUDENT["answer"]),)
    part = replace(first, code=(STUDENT["code"],), output=STUDENT["output"], answer=answer)
    return student_page(replace(ps4(), parts=(part,)))


def test_nothing_that_scrolls_or_is_folded_is_cut_off_on_paper(browser, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(overflowing(), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    document = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    page.context.close()
    for sheet in document:
        picture = sheet.render(scale=0.5, grayscale=True).to_numpy()
        edge = round(picture.shape[1] * MARGIN)
        assert picture[:, -edge:].min() == 255, "ink in the right margin"
    text = "".join(map(words, document)).replace("\n", "")
    assert "last_line = 1" in text
    assert f"{LONG} printed" in text
    assert f"{'a+' * 400}a" in text
    document.close()
