"""What browsers print around a page, of one page and of several: no answer, and no part of one."""

import pytest

from tests.ingest.test_pdf import build
from tests.ingest.test_pdf_columns import FONT
from tests.ingest.test_pdf_hostile import of, stream

HEAD, FOOT = (24, 778), (24, 17)  # where Chromium prints them, on a page 800 points high
LONG = "Padding keeps the size of the image, and adds artificial zeros."


def shown(text, x, y, size=12):
    return b"BT /F %d Tf %d %d Td (%s) Tj ET\n" % (size, x, y, text.encode())


def printed(*pages, date="1/15/26, 9:30 PM", title="ps4", address="file:///home/ada/ps4.html"):
    """Print lines of text as a browser does, its date and title above them, address and count below."""
    made = []
    for number, lines in enumerate(pages, 1):
        body = b"".join(shown(line, 50, 740 - 20 * at) for at, line in enumerate(lines))
        edges = shown(date, *HEAD, 8) + shown(title, 350, HEAD[1], 8) + shown(address, *FOOT, 8)
        made.append(stream(body + edges + shown(f"{number}/{len(pages)}", 570, FOOT[1], 8)))
    kids = [b"%d 0 R" % (3 + 2 * at) for at in range(len(made))]
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    objects += [b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))]
    for at, contents in enumerate(made):
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources %s /Contents %d 0 R >>"
        objects += [page % (FONT, 4 + 2 * at), contents]
    return of(*objects)


def answers(submission):
    return {answer.part: answer.text for answer in submission.answers}


DATES = ["1/15/26, 9:30 PM", "27.11.2026, 00:24", "2026/11/27 12:24", "Fri Nov 27 2026 12:24"]


@pytest.mark.parametrize("date", DATES)
@pytest.mark.parametrize("address", ["file:///home/ada/ps4.html", "about:blank", "https://my.host/1/2?a=3"])
def test_what_a_browser_prints_on_one_page_is_no_answer(submit, date, address):
    data = printed(["Problem 3A", LONG, "Problem 3B"], date=date, address=address)
    submission = submit(data, "hw.pdf")
    assert answers(submission) == {"3A": LONG}
    assert submission.leftovers == ()


@pytest.mark.parametrize("date", DATES)
def test_nor_on_the_first_of_several_where_the_date_holds_its_number(submit, date):
    data = printed(["Problem 3A", LONG, "and"], ["so it is", "Problem 3B", "608"], date=date)
    assert answers(submit(data, "hw.pdf")) == {"3A": f"{LONG}\nand\nso it is", "3B": "608"}


def test_a_running_head_whose_date_holds_a_pages_number(submit):
    first, second = (
        ["1/15/26, sheet 1", "Problem 3A", LONG, "and"],
        ["1/15/26, sheet 2", "so on", "Problem 3B", "608"],
    )
    assert answers(submit(build(first, second), "hw.pdf")) == {"3A": f"{LONG}\nand\nso on", "3B": "608"}


def test_an_address_and_a_date_in_the_text_stay(submit):
    lines = ["Problem 3B", LONG, "27.11.2026, 00:24 608", "https://my.host/1 1/1"]
    assert answers(submit(printed(lines), "hw.pdf"))["3B"].endswith(
        "27.11.2026, 00:24 608\nhttps://my.host/1 1/1"
    )
