"""PDFs made to break their reader, and honest ones that it cannot read: a person looks, and nobody else waits."""

import random
import zlib

import pytest

from grader.ingest.pdf import WAY_OUT, reader
from tests.ingest.test_pdf import LONG, build

ANSWER = [["Problem 3B", LONG, "608"]]


def of(*objects, root=1):
    """Put objects, as they are, into a file; no table of them, which readers then look for themselves."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, one) for number, one in enumerate(objects, 1))
    return (
        b"%PDF-1.7\n" + body + b"trailer\n<< /Size %d /Root %d 0 R >>\n%%%%EOF\n" % (len(objects) + 1, root)
    )


def stream(data, dictionary=b""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), dictionary, data)


def one_page(contents, box=b"0 0 600 800", resources=b"<< >>"):
    return of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Resources %s /Contents 4 0 R >>" % (box, resources),
        contents,
    )


def flipped(seed):
    data = bytearray(build(*ANSWER))
    chance = random.Random(seed)
    for _ in range(40):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def many_pages(count):
    pages = b" ".join(b"3 0 R" for _ in range(count))
    return of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (pages, count),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
    )


BOMB = zlib.compress(zlib.compress(b"BT (608) Tj ET\n" * 8_000_000, 1), 1)
ITSELF = b"<< /XObject << /X 4 0 R >> >>"
HOSTILE = {
    "cut in the middle": build(*ANSWER)[:700],
    "bytes changed": flipped(1),
    "other bytes changed": flipped(2),
    "pages that are their own": of(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 9 >>"
    ),
    "a number of pages that is not there": of(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 2147483647 >>"
    ),
    "ten thousand pages": many_pages(10_000),
    "120 MB in 1 kB": one_page(stream(BOMB, b"/Filter [/FlateDecode /FlateDecode]")),
    "a drawing that holds itself": one_page(
        stream(b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources %s" % ITSELF),
        resources=ITSELF,
    ),
    "arrays in arrays": one_page(stream(b"[" * 200_000)),
    "a page as large as a country": one_page(stream(b"0 0 m 9 9 l S"), box=b"0 0 99999999999 99999999999"),
    "numbers that are none": one_page(stream(b"nan inf 1e999 -1e999 re f"), box=b"0 0 nan inf"),
    "sixty thousand lines": one_page(stream(b"1 1 m 9 9 l S\n" * 60_000)),
    "a script": of(
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>",
        b"<< /Type /Pages /Kids [] /Count 0 >>",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_pdf_is_one_leftover_at_worst(submit, name, monkeypatch):
    monkeypatch.setattr(reader, "SECONDS", 6.0)
    submission = submit(HOSTILE[name], "hw.pdf")
    assert submission.leftovers or [answer.part for answer in submission.answers] == ["3B"]
    assert sum(len(crop.png) for crop in submission.crops) <= 200_000
    assert all(len(left.reason) < 200 for left in submission.leftovers)


def test_ten_thousand_pages_are_not_all_read(submit):
    reasons = [left.reason for left in submit(many_pages(10_000), "hw.pdf").leftovers]
    assert any(reason.startswith("only the first 200 of") for reason in reasons)


# ---- what is shown -------------------------------------------------------------------------


def test_a_scan_is_shown(submit):
    submission = submit(build(["Problem 3B", LONG, "608"], "SCAN"), "hw.pdf")
    (crop,) = submission.crops
    assert (crop.part, crop.file, crop.page) == ("", "hw.pdf", 2)
    assert crop.why == "could not be read: it looks like a scan or a drawing"
    assert crop.png.startswith("iVBORw0KGgo")
    assert crop.width <= 800
    assert crop.height <= 1000


def test_what_is_not_sure_is_shown_with_its_part(submit):
    turned = b"BT /F 12 Tf 14 TL 50 700 Td (Problem 3B) Tj T* (There are) Tj 60 8 Td (608) Tj ET"
    font = b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    submission = submit(one_page(stream(turned), resources=font), "hw.pdf")
    assert [(answer.part, answer.exact) for answer in submission.answers] == [("3B", False)]
    assert [(crop.part, crop.why) for crop in submission.crops] == [("3B", "what could not be read for sure")]


@pytest.mark.parametrize("kind", ["FreeText", "Ink", "Stamp"])
def test_what_a_viewer_put_on_top_is_for_a_person(submit, kind):
    data = build(["Problem 3B", LONG, "600"])
    note = b"/Annots [<< /Type /Annot /Subtype /%s /Rect [50 50 200 90] /Contents (608) >>] /MediaBox"
    submission = submit(data.replace(b"/MediaBox", note % kind.encode()), "hw.pdf")
    (answer,) = submission.answers
    assert not answer.exact
    assert answer.images == ("picture on page 1",)
    assert ("3B", 1, "a picture") in {(crop.part, crop.page, crop.why) for crop in submission.crops}


def test_links_are_nothing_that_was_put_on_top(submit):
    note = b"/Annots [<< /Type /Annot /Subtype /Link /Rect [50 50 200 90] >>] /MediaBox"
    submission = submit(build(*ANSWER).replace(b"/MediaBox", note), "hw.pdf")
    assert submission.answers[0].exact


def test_a_file_of_scans_shows_no_more_than_there_is_room_for(submit):
    submission = submit(build(*["SCAN"] * 30), "hw.pdf")
    assert len(submission.leftovers) == 30
    assert 0 < len(submission.crops) <= 8


# ---- without pdfplumber --------------------------------------------------------------------


def test_without_pdfplumber_the_way_out_is_told(submit, monkeypatch, tmp_path):
    without = tmp_path / "child.py"
    without.write_text(
        "import runpy, sys\nsys.modules['pdfplumber'] = None\n"
        f"runpy.run_path({str(reader._CHILD)!r}, run_name='__main__')\n"
    )
    monkeypatch.setattr(reader, "_CHILD", without)
    submission = submit(build(*ANSWER), "hw.pdf")
    assert [(answer.part, answer.exact) for answer in submission.answers] == [("3B", False)]
    assert submission.answers[0].text == f"{LONG}\n608"
    (note,) = submission.notes
    assert WAY_OUT in note
    assert submission.crops == ()
