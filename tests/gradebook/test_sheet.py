"""Somebody's CSV: read as csv reads it, written back byte for byte."""

import codecs
import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.gradebook import sheet
from grader.gradebook.outcome import CannotExport

PATH = Path("worksheet.csv")
cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
rows = st.lists(st.lists(cells, min_size=2, max_size=5), min_size=1, max_size=6)
dialects = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from([",", ";", "\t"]),
        "lineterminator": st.sampled_from(["\n", "\r\n"]),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    }
)
codings = st.sampled_from([(b"", "utf-8"), (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le")])


def file_of(table, dialect, coding, last=True) -> bytes:
    text = io.StringIO()
    csv.writer(text, **dialect).writerows(table)
    whole = text.getvalue() if last else text.getvalue().removesuffix(dialect["lineterminator"])
    return coding[0] + whole.encode(coding[1])


@given(rows, dialects, codings, st.booleans())
def test_what_was_read_is_what_csv_reads_and_is_written_back_byte_for_byte(table, dialect, coding, last):
    header = [f"h{place}" for place in range(6)]  # so that the delimiter is the one in use
    data = file_of([header, *table], dialect, coding, last)
    read = sheet.parse(data, PATH)
    assert sheet.filled(read, {}) == data
    assert read.delimiter == dialect["delimiter"]
    text = data.removeprefix(coding[0]).decode(coding[1])
    theirs = list(csv.reader(io.StringIO(text, newline=""), delimiter=dialect["delimiter"]))
    assert [list(row.cells) if row.raw != ("",) else [] for row in read.rows] == theirs


@given(rows, dialects, codings, st.data())
def test_filling_a_cell_changes_that_cell_alone(table, dialect, coding, data):
    header = [f"h{place}" for place in range(6)]
    before = sheet.parse(file_of([header, *table], dialect, coding), PATH)
    row = data.draw(st.integers(0, len(before.rows) - 1))
    column = data.draw(st.integers(0, len(before.rows[row].raw) - 1))
    text = data.draw(st.sampled_from(["17.25", "17,25", "-1", ""]))
    after = sheet.parse(sheet.filled(before, {(row, column): text}), PATH)
    assert after.rows[row].cells[column] == text
    others = [
        (r, c) for r, one in enumerate(before.rows) for c in range(len(one.raw)) if (r, c) != (row, column)
    ]
    assert [after.rows[r].raw[c] for r, c in others] == [before.rows[r].raw[c] for r, c in others]
    assert [one.end for one in after.rows] == [one.end for one in before.rows]


def test_a_row_of_one_cell_that_is_emptied_stays_a_row():
    before = sheet.parse(b"h\r0\n1\n", PATH)
    after = sheet.parse(sheet.filled(before, {(1, 0): ""}), PATH)
    assert [row.cells for row in after.rows] == [("h",), ("",), ("1",)]


@given(st.binary(max_size=200))
def test_any_bytes_are_kept_or_refused(data):
    try:
        read = sheet.parse(data, PATH)
    except CannotExport:
        return
    assert sheet.filled(read, {}) == data


def test_a_cell_in_quotes_keeps_them():
    read = sheet.parse(b'a,b\n"1",2\n', PATH)
    assert sheet.filled(read, {(1, 0): "3", (1, 1): "4,5"}) == b'a,b\n"3","4,5"\n'


def test_lines_are_counted_in_the_file_not_in_records():
    read = sheet.parse(b'a,b\n"two\nlines",1\nx,2\n', PATH)
    assert [row.line for row in read.rows] == [1, 2, 4]


def test_windows_letters_are_read():
    read = sheet.parse("Zoë,1\r\n".encode("cp1252"), PATH)
    assert read.rows[0].cells[0] == "Zoë"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04", "workbook"),
        (b'a,b\n1,"open\n', "line 2: a quote is opened"),
        (b"a\0b", "NUL"),
        (codecs.BOM_UTF8 + b"\xff", "says that it is UTF-8"),
    ],
)
def test_what_is_no_csv_is_refused(tmp_path, data, said):
    path = tmp_path / "w.csv"
    path.write_bytes(data)
    with pytest.raises(CannotExport, match=said) as told:
        sheet.read(path)
    assert str(path) in str(told.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CannotExport, match=r"w\.csv: no such file"):
        sheet.read(tmp_path / "w.csv")
