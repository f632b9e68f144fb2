"""Marks on letters, letters joined to signs, and words without an end: as far as scripts go, and no further."""

import unicodedata

import pytest

from grader.datatypes import AnswerRead, PartResult, Result
from grader.report import student_page
from grader.report.clusters import BREAK, breakable
from grader.report.visible import visible

HONEST = [
    "Tiếng Việt: mỗi lớp ẩn học một đặc trưng",
    "السَّلَامُ عَلَيْكُمْ، مُحَمَّدٌ",
    "می‌خواهم بدانم",
    "בְּרֵאשִׁ֖ית בָּרָ֣א",
    "ที่นี่มีน้ำและโครงข่ายประสาทเทียม",
    "कार्त्स्न्यं विद्यार्थी क्षत्रिय",
    "བསྒྲུབས་",
    "한국어로 쓴 각주입니다만아주길지는않습니다",
    "👩‍👩‍👧‍👦 👩🏻‍❤️‍💋‍👨🏼 ❤️ 🇩🇪 \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
]
HOSTILE = {
    "marks": "A" + "\u0301\u0316" * 500,
    "marks and joiners": "A" + "\u0301\u0301\u0301\u0301\u200d" * 100,
    "jamo": "\u1100" * 2000,
    "viramas": "क्" * 3000,
    "emoji": "👩\u200d" * 2000,
    "no word's end": "ก" * 18_000,
}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", HONEST)
def test_what_people_write_stays_as_it_is(text, form):
    text = unicodedata.normalize(form, text)
    assert breakable(visible(text, 1000)) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a" + "\u0301" * 4, "a" + "\u0301" * 4),
        ("a" + "\u0301" * 5 + "b", "a" + "\u0301" * 4 + "[+1 mark]b"),
        ("a" + "\u0301" * 2004, "a" + "\u0301" * 4 + "[+2,000 marks]"),
        ("\u0336\u0336none", "\u25cc\u0336\u0336none"),
        ("one\n\u0336two", "one\n\u25cc\u0336two"),
    ],
)
def test_marks_that_would_be_drawn_over_other_lines_are_counted(text, shown):
    assert visible(text, 1000) == shown
    assert visible(shown, 1000) == shown, "what was made visible stays"


@pytest.mark.parametrize(
    "code", [0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0x2060, 0x2800, 0x3164, 0xFEFF]
)
def test_what_has_no_shape_is_shown_by_its_number(code):
    assert visible(f"full{chr(code)}marks", 1000) == f"full[U+{code:04X}]marks"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("no\u200dt", "no[U+200D]t"),
        ("not\u200c ", "not[U+200C] "),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("\U0001f469\u200d\U0001f52c", "\U0001f469\u200d\U0001f52c"),
    ],
)
def test_a_joiner_is_shown_where_it_joins_nothing(text, shown):
    assert visible(text, 1000) == shown


def test_tags_hide_no_words():
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "give")
    assert visible(f"x{hidden}", 1000) == "x[U+E0067][U+E0069][U+E0076][U+E0065]"


def test_long_runs_may_break_and_lose_nothing():
    for text in HOSTILE.values():
        shown = visible(text, 20_000)
        assert breakable(shown).replace(BREAK, "") == shown
    assert breakable("ก" * 250).split(BREAK) == ["ก" * 100, "ก" * 100, "ก" * 50]
    assert breakable("กิ" * 60).split(BREAK) == ["กิ" * 50, "กิ" * 10]
    assert breakable("x" * 1000) == "x" * 1000


@pytest.mark.browser
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_no_text_hangs_a_browser_or_widens_a_page(opened, text):
    part = PartResult("1A", "One", 0.0, 0.0, 0.0, answer=(AnswerRead("write-up", "a.md", text),))
    page = opened(
        student_page(Result("ps4", "t", "ada", 0.0, 0.0, 0.0, (part,), notes=(text[:400],))), width=320
    )
    page.set_default_timeout(5000)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(OVER) == []


# Lines of text that reach out of their box, which would be seen over what stands beside it.
OVER = """[...document.querySelectorAll('blockquote, .small')].filter(box => {
  const range = document.createRange(); range.selectNodeContents(box);
  return range.getBoundingClientRect().right > box.getBoundingClientRect().right + 1;
}).map(box => box.className)"""
