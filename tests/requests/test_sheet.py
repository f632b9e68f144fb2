"""regrade_requests.csv is read as forms and spreadsheets leave it, and what cannot be meant is told by line."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.requests.sheet import COLUMNS, MOST_ROWS, Answer, Request, answered, inert, parse, render

HEAD = "student,part,text,decision,by,old,new,when\n"
PLAIN = HEAD + 'ada,3B,"I counted the bias; “see above”",,,,,2026-12-01 10:00\n'
ADA = Request("ada", "3B", "I counted the bias; “see above”", when="2026-12-01 10:00")

cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ['"', ";", ",", "\t", "\r", "\n", "\r\n", '",', "'", "=1+1", "-2", "@x", "'=x", "\x00", " ", "＝1"]
)
needed = cells.filter(lambda text: text.strip().strip("'").strip())
tables = st.lists(st.tuples(needed, needed, needed, *[cells] * 7), max_size=5)


def written(rows, delimiter=",", end="\r\n"):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows([(*COLUMNS, "Seat"), *rows])
    return text.getvalue()


@given(tables, st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_saving_what_was_read_changes_no_word(rows, delimiter, encoding):
    sheet, complaints = parse(written(rows, delimiter).encode(encoding))
    assert not complaints
    again, complaints = parse(render(sheet).encode())
    assert not complaints
    assert [one.request for one in again.records] == [one.request for one in sheet.records]
    assert (again.head, again.delimiter) == (sheet.head, sheet.delimiter)
    assert render(again) == render(sheet)


@given(tables, cells, cells)
def test_nothing_that_is_written_is_run_by_a_spreadsheet(rows, decision, who):
    sheet, _ = parse(written(rows).encode())
    answers = {number: Answer(decision, who, "1", "-2") for number in range(len(sheet.records))}
    text = render(answered(sheet, answers)).removeprefix("\ufeff")
    for line in [*csv.reader(io.StringIO(text, newline=""))][1:]:
        for one in line:
            assert not one.lstrip().startswith(("=", "@", "＝", "＋", "－", "＠")), one
            assert not one.lstrip().startswith(("+", "-")) or set(one.strip()) <= set("+-0123456789.,"), one
            assert not (one.strip() and one.startswith(("\t", "\r", "\n"))), one


@given(tables, st.data())
def test_an_answer_is_in_its_own_row_and_nothing_else_is_another(rows, data):
    sheet, _ = parse(written(rows).encode())
    number = data.draw(st.integers(0, max(len(rows) - 1, 0)))
    after = answered(sheet, {number: Answer("stays: as the sheet says", "kim", "1", "1")} if rows else {})
    for place, (one, before) in enumerate(zip(after.records, sheet.records, strict=True)):
        if place == number:
            assert (one.request.decision, one.request.by) == ("stays: as the sheet says", "kim")
            assert replace(one.request, decision="", by="", old="", new="", decided="") == replace(
                before.request, decision="", by="", old="", new="", decided=""
            )
        else:
            assert one == before
        assert one.cells[9] == before.cells[9], "the course's own column"


@given(
    st.binary(max_size=200)
    | tables.map(lambda rows: written(rows).encode()).flatmap(st.permutations).map(bytes)
)
@example(b"\xff\xfe\x00")
@example(b'student,part,text\n"')
@example(b"student,part,text\na,b,c\x00")
def test_no_bytes_end_in_an_exception(raw):
    sheet, complaints = parse(raw)
    lines = raw.count(b"\n") + raw.count(b"\r") + 1
    assert all(1 <= complaint.line <= lines for complaint in complaints)
    assert parse(render(sheet).encode())[0].head == sheet.head


@pytest.mark.parametrize(
    "raw",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.encode("utf-16"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace("\n", "\n\n,,,,\n   \n").encode(),
        PLAIN.replace(HEAD, HEAD.upper()).encode(),
        PLAIN.replace(",", ";").encode(),
        PLAIN.replace(",", "\t").encode(),
        b'Text,Seat,When,PART,Student\n"I counted the bias; \xe2\x80\x9csee above\xe2\x80\x9d",7,2026-12-01 10:00,3B,ada\n',
        PLAIN.replace("ada,3B", "'ada,'3B").encode(),
    ],
    ids=[
        "plain",
        "mark",
        "utf-16",
        "crlf",
        "blank",
        "capitals",
        "semicolons",
        "tabs",
        "order",
        "apostrophes",
    ],
)
def test_whatever_a_spreadsheet_made_of_it_is_read(raw):
    sheet, complaints = parse(raw)
    assert not complaints
    assert [one.request for one in sheet.records] == [ADA]


def test_columns_that_lack_come_with_the_first_answer():
    sheet, _ = parse(b"Timestamp,student,part,text\n1,ada,3B,why?\n2,bob,3B,=1+1\n")
    text = render(answered(sheet, {0: Answer("changed: you are right", "kim", "0", "2")}))
    assert text.splitlines() == [
        "\ufeffTimestamp,student,part,text,decision,by,old,new,decided",
        "1,ada,3B,why?,changed: you are right,kim,0,2,",
        "2,bob,3B,'=1+1",
    ]


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (
            "Timestamp,Your name,Which part?,What should be looked at again?",
            (
                "write “when” over “Timestamp”, “student” over “Your name”, “part” over “Which part?”, "
                "“text” over “What should be looked at again?”"
            ),
        ),
        ("when;student;Question;text", "write “part” over “Question”"),
        ("when,student,part,Anything else", ""),
    ],
)
def test_a_forms_own_headings_are_told_with_the_names_to_write_over_them(head, told):
    sheet, complaints = parse(f"{head}\n1,ada,3B,why?\n".encode())
    assert not sheet.records
    (said,) = map(str, complaints)  # one way out, not two
    assert said.endswith(f"own: {told}") if told else "text not among them: write these there too" in said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "student,part\nada,3B\n",
            "line 1: the first line names the columns, and text not among them: write these there too",
        ),
        ("student,part,text,part\n", "line 1, part: this column stands here twice"),
        (HEAD + ",3B,why?\n", "line 2, student: empty: a request names its student"),
        (HEAD + "ada, ,why?\n", "line 2, part: empty"),
        (HEAD + "ada,3B,why,,,,,,oh, no\n", "line 2: more cells than columns (oh, no)"),
        (HEAD + 'ada,3B,"never closed\nbob,3B,x\n', "line 2: unexpected end of data"),
    ],
)
def test_what_cannot_be_meant_is_told_by_line(text, told):
    _, complaints = parse(text.encode())
    assert told in "\n".join(map(str, complaints))


@pytest.mark.parametrize("text", ["", " ", '"\n"', "\u00a0"])
def test_a_student_who_sends_no_words_stops_nobody(text):
    sheet, complaints = parse(f"{HEAD}ada,3B,{text}\nbob,3B,why?\n".encode())
    assert complaints == ()
    assert [one.request.text for one in sheet.records] == ["(no words)", "why?"]
    again, _ = parse(render(answered(sheet, {1: Answer("stays: so")})).encode())
    assert again.records[0] == sheet.records[0]


def test_not_utf_8_is_told_with_the_way_out():
    _, complaints = parse(f"{HEAD}Zoë,3B,x\n".encode("latin-1"))
    assert str(complaints[0]).startswith("line 2: not UTF-8: save it as “CSV UTF-8”")


def test_more_requests_than_a_class_has_are_refused_by_line():
    _, complaints = parse((HEAD + "ada,3B,why?\n" * (MOST_ROWS + 1)).encode())
    assert str(complaints[0]).startswith(f"line {MOST_ROWS + 2}: more than 20,000 requests")


def test_a_text_without_end_is_cut_and_the_file_left_as_it_is():
    raw = f"{HEAD}ada,3B,{'why ' * 50_000}\n"
    sheet, complaints = parse(raw.encode())
    assert not complaints
    assert (len(sheet.records[0].request.text), sheet.records[0].request.text[-1]) == (5_000, "…")
    assert "why " * 49_999 in render(sheet)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1 555 0100", "'+1 555 0100"),
        ("-2", "-2"),
        ("+2.5", "+2.5"),
        ("'=x", "'=x"),
        ("a=b", "a=b"),
    ],
)
def test_a_number_stays_one_and_a_formula_does_not(text, cell):
    assert inert(text) == cell


def test_an_apostrophe_after_a_line_end_is_kept_however_often_it_is_written():
    raw = f'{HEAD}ada,3B,"\n\'=600",,,,,\n'.encode()
    once, _ = parse(raw)
    again, _ = parse(render(once).encode())
    assert again.records[0].request == once.records[0].request


def test_an_apostrophe_of_a_students_own_stays():
    sheet, _ = parse(f"{HEAD}ada,3B,'tis 600,,,,,\nada,3B,'=600,,,,,\n".encode())
    assert [one.request.text for one in sheet.records] == ["'tis 600", "=600"]
