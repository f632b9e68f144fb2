"""Fonts that say another digit than they draw: both readers believe them, so their words are not sure."""

import pytest

from tests.ingest.test_pdf import LONG
from tests.ingest.test_pdf_hostile import of, stream

TEXT = b"BT /F 12 Tf 14 TL 50 700 Td (Problem 3B) Tj T* (%s) Tj T* (There are 608) Tj ET" % LONG.encode()
HONEST = b"1 beginbfrange <20> <7e> <0020> endbfrange"
FALSE = b"2 beginbfrange <20> <37> <0020> <39> <7e> <0039> endbfrange 1 beginbfchar <38> <0030> endbfchar"
WIN = b"/Encoding /WinAnsiEncoding"


def exact(submit, claims, encoding):
    claims = b"begincmap 1 begincodespacerange <00> <ff> endcodespacerange %s endcmap" % claims
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica %s /ToUnicode 6 0 R >>" % encoding
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
    data = of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page + b" /Resources << /Font << /F 5 0 R >> >> >>",
        stream(TEXT),
        font,
        stream(claims),
    )
    (answer,) = submit(data, "hw.pdf").answers
    return answer.text, answer.exact


@pytest.mark.parametrize("encoding", [WIN, b"", b"/Encoding << /BaseEncoding /WinAnsiEncoding >>"])
def test_a_map_that_says_another_digit_is_not_believed(submit, encoding):
    assert exact(submit, FALSE, encoding) == (f"{LONG}\nThere are 600", False)


def test_names_in_the_encoding_count_as_what_is_drawn(submit):
    differences = b"/Encoding << /Differences [56 /zero] >>"
    assert exact(submit, HONEST, differences) == (f"{LONG}\nThere are 608", False)


@pytest.mark.parametrize("encoding", [WIN, b"", b"/Encoding << /Differences [56 /eight] >>"])
def test_a_map_that_says_what_is_drawn_is_believed(submit, encoding):
    assert exact(submit, HONEST, encoding) == (f"{LONG}\nThere are 608", True)


def test_names_that_say_nothing_contradict_nothing(submit):
    assert exact(submit, FALSE, b"/Encoding << /Differences [56 /g31] >>")[1]
