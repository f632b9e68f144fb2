"""Text that nobody sees: a part that holds such text is not sure, however well two readers agree on it."""

import pytest

from tests.ingest.test_pdf import LONG
from tests.ingest.test_pdf_columns import FONT
from tests.ingest.test_pdf_hostile import of, stream

SEEN = b"BT /F 12 Tf 14 TL 50 700 Td (Problem 3A) Tj T* (%s) Tj T* (Problem 3B) Tj ET\n" % LONG.encode()
PLAIN = b"BT /F 12 Tf 50 650 Td (There are 608 of them) Tj ET"
HIDDEN = {
    "white": b"1 g " + PLAIN,
    "nearly white": b"0.9 0.95 1 rg " + PLAIN,
    "black on black": b"0 g 40 640 300 30 re f 0.1 g " + PLAIN,
    "tiny": PLAIN.replace(b"/F 12 Tf", b"/F 2 Tf"),
    "tiny by its matrix": b"q .1 0 0 .1 50 600 cm " + PLAIN + b" Q",
    "narrow": PLAIN.replace(b"/F 12 Tf", b"/F 12 Tf 1 Tz"),
    "painted by nothing": PLAIN.replace(b"/F 12 Tf", b"/F 12 Tf 3 Tr"),
    "a clip itself": PLAIN.replace(b"/F 12 Tf", b"/F 12 Tf 7 Tr"),
    "to the right of the page": PLAIN.replace(b"50 650 Td", b"650 650 Td"),
    "below the page": PLAIN.replace(b"50 650 Td", b"50 -20 Td"),
    "clipped away": b"q 0 0 10 10 re W n " + PLAIN + b" Q",
    "clipped in its middle": b"q 40 600 50 100 re W n " + PLAIN + b" Q",
    "under a white box": PLAIN + b" 1 g 40 640 300 30 re f",
    "under a picture": PLAIN + b" q 300 0 0 30 40 640 cm /I Do Q",
    "in a layer": b"/OC /L BDC " + PLAIN + b" EMC",
    "transparent": b"/T gs " + PLAIN,
}
SHOWN = {
    "plain": PLAIN,
    "in colour": b"0 0 0.8 rg " + PLAIN,
    "white on black": b"0 g 40 640 300 30 re f 1 g " + PLAIN,
    "on a grey ground, underlined": b"0.9 g 40 640 300 30 re f 0 g " + PLAIN + b" 50 647 100 1 re f",
    "in a clip with room": b"q 40 600 400 100 re W n " + PLAIN + b" Q",
    "in a frame": PLAIN + b" 40 640 300 30 re S",
    "tagged": b"/P << /MCID 0 >> BDC " + PLAIN + b" EMC",
}
PICTURE = b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
RESOURCES = FONT[:-3] + (
    b"/XObject << /I 5 0 R >> /ExtGState << /T << /ca 0 >> >>"
    b" /Properties << /L << /Type /OCG /Name (hidden) >> >> >>"
)


def page(contents):
    return of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources %s /Contents 4 0 R >>" % RESOURCES,
        stream(contents),
        stream(b"\xff", PICTURE),
    )


def sure(submission):
    return {answer.part: answer.exact for answer in submission.answers}


@pytest.mark.parametrize("how", HIDDEN)
def test_what_nobody_sees_is_not_sure(submit, how):
    assert sure(submit(page(SEEN + HIDDEN[how]), "hw.pdf")).get("3B") is not True


@pytest.mark.parametrize("how", SHOWN)
def test_what_shows_is_sure(submit, how):
    assert sure(submit(page(SEEN + SHOWN[how]), "hw.pdf")) == {"3A": True, "3B": True}


def test_only_the_part_with_it_waits(submit):
    assert sure(submit(page(SEEN + HIDDEN["white"]), "hw.pdf")) == {"3A": True, "3B": False}


# ---- scans that OCR put text on -------------------------------------------------------------


@pytest.mark.parametrize("mode", [0, 3])
def test_a_scan_in_strips_is_not_sure(submit, mode):
    strips = b"".join(b"q 600 0 0 100 0 %d cm /I Do Q\n" % y for y in range(0, 800, 100))
    submission = submit(page(strips + b"%d Tr " % mode + SEEN + PLAIN), "hw.pdf")
    assert sure(submission) == {"3A": False, "3B": False}
    assert len(submission.leftovers) == 1


def test_a_small_picture_with_an_ocrs_text_leaves_no_part_missing(submit):
    submission = submit(page(b"q 400 0 0 100 40 620 cm /I Do Q 3 Tr " + SEEN + PLAIN), "hw.pdf")
    assert sure(submission) == {"3A": False, "3B": False}
    assert [left.reason for left in submission.leftovers] == [
        "page 1 has text that nobody sees, as a scan that was read by OCR"
    ]


# ---- where text is hidden inside a drawing --------------------------------------------------


def test_hidden_text_of_a_form_makes_its_page_unsure(submit):
    form = stream(b"1 g " + PLAIN, b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources %s" % FONT)
    data = of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources %s /Contents 4 0 R >>" % RESOURCES,
        stream(SEEN + b"q 1 0 0 1 20 -30 cm /I Do Q"),
        form,
    )
    assert sure(submit(data, "hw.pdf")) == {"3A": False, "3B": False}
