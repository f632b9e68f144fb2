"""Bytes become text whatever saved them, and text holds nothing that steers a screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.ingest.text import cleaned, decoded, kept, printed, safe_name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_what_editors_save(encoding):
    assert decoded("3B: café ≥ 608".encode(encoding)) == ("3B: café ≥ 608", "")


def test_big_endian_with_a_mark():
    assert decoded(b"\xfe\xff" + "3B é".encode("utf-16-be")) == ("3B é", "")


def test_other_encodings_are_guessed_and_said():
    assert decoded("café – 608".encode("cp1252")) == ("café – 608", "Windows-1252")
    assert decoded(b"caf\xe9 \x81") == ("café ", "Latin-1")


def test_line_ends_and_controls():
    assert cleaned("a\r\nb\rc\u2028d\x00e\x1bf\x7f\x9b\tg") == "a\nb\nc\ndef\tg"
    assert cleaned("x\u202ey\u2066z\ufeff") == "xyz"
    assert cleaned("x\ud800y") == "x\ufffdy"


def test_terminal_output_is_what_stays_on_the_screen():
    assert printed("\x1b[31mred\x1b[0m\n1/2\r2/2\r\nend") == "red\n2/2\nend"


def test_a_name_shows_as_what_it_is():
    assert safe_name("PS4 final (2).ipynb") == "PS4 final (2).ipynb"
    assert safe_name("a\nb\u202efdp.exe\x00") == "a\ufffdb\ufffdfdp.exe\ufffd"
    assert len(safe_name("x" * 5000)) == 300


def test_what_is_kept_for_a_person_has_an_end():
    assert len(kept("x" * 10**6)) < 101_000


@given(st.binary(max_size=200))
def test_any_bytes_become_text_that_can_be_saved(data):
    text, _ = decoded(data)
    assert "\x00" not in text
    assert "\r" not in text
    text.encode("utf-8")


@given(st.text(max_size=100))
def test_any_text_can_be_cleaned_and_cleaning_twice_changes_nothing(text):
    assert cleaned(cleaned(text)) == cleaned(text)
    cleaned(printed(text)).encode("utf-8")
