"""marks.csv is read as spreadsheets leave it, and what cannot be read is told by line."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader import marking
from grader.marking.sheet import COLUMNS, Row, Sheet, key, parse, render, text_cell, text_of

HEAD = "student,part,item,points,comment,who,when,possible,answer,read\n"
ADA = Row("ada", "1A", "says why", "2.5", "well said; “really”", "kim", "2026-05-01", "3", "Because …", "")

cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ['"', ";", ",", "\t", "\r", "\n", "\r\n", '"",', "'", "=1+1", "\x00", " "]
)
rows = st.builds(Row, **dict.fromkeys(COLUMNS, cells)).filter(
    lambda row: any(getattr(row, name).strip() for name in COLUMNS)
)
sheets = st.builds(
    Sheet,
    rows=st.lists(rows, max_size=5).map(tuple),
    columns=st.permutations(COLUMNS).map(tuple),
    delimiter=st.sampled_from([",", ";", "\t"]),
    end=st.sampled_from(["\n", "\r\n"]),
)


@given(sheets)
def test_what_is_written_is_read_back_to_the_letter(sheet):
    back, complaints = parse(render(sheet).encode())
    assert not complaints
    assert (back.rows, back.columns, back.delimiter) == (sheet.rows, sheet.columns, sheet.delimiter)


@given(sheets, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_saving_what_was_read_changes_nothing(sheet, encoding):
    raw = render(sheet).removeprefix("\ufeff").encode(encoding)
    read, _ = parse(raw)
    assert render(replace(read, end=sheet.end)) == render(sheet)


@given(
    st.binary(max_size=200)
    | sheets.map(lambda sheet: render(sheet).encode()).flatmap(st.permutations).map(bytes)
)
@example(b"\xff\xfe\x00")
@example(b'student,part,item,points\n"')
@example(b"student,part,item,points\na,b,c,1\x00")
def test_no_bytes_end_in_an_exception(raw):
    sheet, complaints = parse(raw)
    _, wrong = marking.of(sheet)
    lines = raw.count(b"\n") + raw.count(b"\r") + 1
    assert all(1 <= complaint.line <= lines for complaint in (*complaints, *wrong))


@given(st.text(max_size=200))
def test_no_text_below_a_right_head_ends_in_an_exception(text):
    sheet, _ = parse((HEAD + text).encode("utf-8", "replace"))
    marks, _ = marking.of(sheet)
    assert all(mark.points >= 0 for its in marks.values() for mark in its)
    marking.against(sheet, [])


# ---- what spreadsheets do ---------------------------------------------------------------------

PLAIN = HEAD + 'ada,1A,says why,2.5,"well said; “really”",kim,2026-05-01,3,Because …,\n'


@pytest.mark.parametrize(
    "raw",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\r").encode(),
        PLAIN.replace("\n", "\n\n,,,,\n   \n").encode(),
        ("\n \n" + PLAIN).encode(),
        PLAIN.upper().replace(PLAIN.upper()[len(HEAD) :], PLAIN[len(HEAD) :]).encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        PLAIN.replace("\n", ",,,\n").encode(),
        "".join(f'"{cell}",' for cell in HEAD.strip().split(",")).encode()
        + b"\n"
        + PLAIN[len(HEAD) :].encode(),
    ],
    ids=[
        "plain",
        "mark",
        "utf-16",
        "crlf",
        "cr",
        "blank",
        "begin",
        "capitals",
        "semicolons",
        "tabs",
        "wide",
        "quoted",
    ],
)
def test_whatever_a_spreadsheet_made_of_it_is_read(raw):
    sheet, complaints = parse(raw)
    assert not complaints
    assert sheet.rows == (ADA,)


def test_columns_in_another_order_and_some_left_out():
    sheet, complaints = parse(b"points;item;part;student\n2,5;says why;1A;ada\n")
    assert not complaints
    assert sheet.rows == (Row("ada", "1A", "says why", "2,5"),)
    assert marking.of(sheet)[0]["ada"][0].points == 2.5
    assert sheet.columns == ("points", "item", "part", "student", *COLUMNS[4:])


def test_lines_are_counted_as_an_editor_counts_them():
    sheet, _ = parse(f'{HEAD}ada,1A,x,1,"two\nlines"\n\nbob,1A,x,1\n'.encode())
    assert [row.line for row in sheet.rows] == [2, 5]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("student,part,item,pionts\n", "line 1, pionts: no such column; did you mean “points”?"),
        ("student,part,item,pionts\n", "points not among them"),
        ("\nstudent,part,item,points,part\n", "line 2, part: this column stands here twice"),
        (
            "student,part,item\nada,1A,x\n",
            "line 1: the first line names the columns, and points not among them: write these there too",
        ),
        ("ada,1A,x,2\n", "line 1, ada: no such column"),
        (HEAD + "ada,1A,x,1,,,,,,,oh, no\n", "line 2: more cells than columns (oh, no)"),
        (HEAD + 'ada,1A,x,1,"never closed\nbob,1A,x,1\n', "line 2: unexpected end of data"),
        (HEAD + 'ada,1A,x,1,"he "said"" so"\n', "line 2: "),
    ],
)
def test_what_cannot_be_read_is_told_by_line(text, told):
    _, complaints = parse(text.encode())
    assert told in "\n".join(map(str, complaints))


def test_a_file_that_is_not_utf_8_is_told_with_the_way_out():
    _, complaints = parse(f"{HEAD}ada,1A,x,1\nZoë,1A,x,1\n".encode("latin-1"))
    assert [str(complaint) for complaint in complaints] == [
        "line 3: not UTF-8: save it as “CSV UTF-8”, or choose Unicode (UTF-8) there"
    ]


def test_a_cell_as_long_as_no_cell_is_is_told_and_not_raised():
    _, complaints = parse(f'{HEAD}ada,1A,x,1,"{"a" * 1_000_001}"\n'.encode())
    assert str(complaints[0]) == "line 2: a cell of more than 1,000,000 characters: shorten it"


def test_a_long_comment_is_read_and_the_file_left_as_it_is():
    sheet, complaints = parse(f'{HEAD}ada,1A,x,1,"{"a" * 200_000}"\n'.encode())
    assert not complaints
    assert len(sheet.rows[0].comment) == 200_000
    (mark,) = marking.of(sheet)[0]["ada"]
    assert (len(mark.comment), mark.comment[-3:]) == (5_000, "a …")


# ---- what a spreadsheet would run or rewrite ---------------------------------------------------


@pytest.mark.parametrize(
    "name", ["=1+1", "+a", "-a", "@a", "'a", "007", "3/4", "1e5", "12.5.26", "1234567890123456"]
)
def test_what_a_spreadsheet_would_change_has_an_apostrophe(name):
    assert text_cell(name) == f"'{name}"
    assert text_of(text_cell(name)) == name


@pytest.mark.parametrize("name", ["ada", "1E", "12345", "0", "O'Hara", "max_pooled[2]", "Zoë"])
def test_other_names_have_none(name):
    assert text_cell(name) == name


names = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)


@given(names, names)
def test_two_names_are_never_one(one, other):
    assert text_of(text_cell(one)) == key(one) == one
    assert (text_cell(one) == text_cell(other)) == (one == other)
