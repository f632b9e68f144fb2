"""PDFs: the text layer page by page, and a leftover for all that has none. Read in a child process."""

import json
import subprocess
import sys

import pytest

from grader.datatypes import Source
from grader.ingest.pdf import reader

LONG = "This line of text is here to make the page a page of text, as pages are."


def build(*pages, extra=""):
    """Build a PDF by hand: a page is lines of text, or "SCAN" for a picture that covers it all."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for lines in pages:
        resources = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        if lines == "SCAN":
            objects.append(
                "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
                " /BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream"
            )
            resources = f"<< /XObject << /I {len(objects)} 0 R >> >>"
            content = "q 600 0 0 800 0 0 cm /I Do Q"
        else:
            shown = "".join(f"({line}) Tj T*\n" for line in lines)
            content = f"BT /F1 12 Tf 14 TL 50 750 Td\n{shown}ET"
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources {resources}"
            f" /Contents {len(objects)} 0 R >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {extra}>>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def test_text_is_divided_over_pages(submit):
    data = build(
        [
            "Homework 4",
            "3 Convolutional Neural Networks",
            "Problem A",
            LONG,
            "Problem B",
            "There are 608 of them,",
        ],
        ["counting the bias of each filter, which makes one more than 75", "Problem C", "28 x 28 x 8"],
    )
    submission = submit(data, "hw.pdf")
    found = {answer.part: answer for answer in submission.answers}
    assert found["3A"].text == LONG
    assert found["3B"].text.startswith("There are 608 of them,\ncounting")
    assert found["3C"].text == "28 x 28 x 8"
    assert [found[part].pages for part in ("3A", "3B", "3C")] == [(1,), (1, 2), (2,)]
    assert {(a.source, a.exact, a.images) for a in found.values()} == {(Source.PDF, True, ())}
    assert submission.leftovers == ()


def test_a_scanned_page_is_named(submit):
    submission = submit(build(["Problem 3B", LONG, "608"], "SCAN"), "hw.pdf")
    assert submission.answers[0].text == f"{LONG}\n608"
    assert [left.reason for left in submission.leftovers] == [
        "page 2 could not be read: it looks like a scan or a drawing"
    ]


def test_a_scan_alone(submit):
    submission = submit(build("SCAN", "SCAN"), "hw.pdf")
    assert submission.answers == ()
    assert len(submission.leftovers) == 2


def test_page_numbers_are_no_answers_and_no_sections(submit):
    bodies = {"3B": f"{LONG} Yes.", "3C": f"{LONG} No.", "3A": f"{LONG} Perhaps."}
    data = build(*([f"Problem {part}", body, str(n)] for n, (part, body) in enumerate(bodies.items(), 1)))
    assert {answer.part: answer.text for answer in submit(data, "hw.pdf").answers} == bodies


def test_a_problem_on_each_page_is_no_running_head(submit):
    data = build(*([f"Problem {n}", "Part A", f"{LONG} {'Yes' * n}"] for n in (1, 2, 3)))
    assert [answer.part for answer in submit(data, "hw.pdf").answers] == ["1A", "2A", "3A"]


def test_running_heads_and_feet_are_no_answers(submit):
    bodies = {"3B": f"{LONG} Yes.", "3C": f"{LONG} No.", "3A": "Test accuracy: 0.97"}
    middle = [[f"Problem {part}", body] for part, body in bodies.items()]
    data = build(*(["Ada, page 608", *lines, "May 5", f"{n} of 3"] for n, lines in enumerate(middle, 1)))
    assert {answer.part: answer.text for answer in submit(data, "hw.pdf").answers} == bodies


def test_the_same_last_line_on_two_pages_may_be_chance(submit):
    data = build(["Problem 3B", LONG, "yes"], ["Problem 3C", LONG, "yes"])
    assert {answer.text for answer in submit(data, "hw.pdf").answers} == {f"{LONG}\nyes"}


def test_no_heading(submit):
    submission = submit(build([LONG, "608"]), "hw.pdf")
    assert "608" in submission.leftovers[0].text


def test_signs_become_plain():
    assert (
        reader.plain("\u2212.5 \x14x\x15\r\na\x02b \U0001d465\u22173 \ufb01x \u00bd")
        == "-.5 x\na-b x*3 fix \u00bd"
    )


ENCRYPTED = (
    "/Encrypt << /Filter /Standard /V 1 /R 2 /O ("
    + "o" * 32
    + ") /U ("
    + "u" * 32
    + ") /P -4 >> /ID [(a)(a)] "
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.4 and no more", "damaged"),
        (b"junk \x00\xff" * 100, "damaged"),
        (b"<html>608</html>", "damaged"),
        (build(["Problem 3B", "608"])[:300], "damaged"),
        (build(["Problem 3B", "608"], extra=ENCRYPTED), "password"),
    ],
)
def test_what_cannot_be_read_is_a_leftover_with_its_reason(submit, data, reason):
    submission = submit(data, "hw.pdf")
    assert submission.answers == ()
    assert len(submission.leftovers) == 1
    assert reason in submission.leftovers[0].reason


def test_an_empty_pdf_page_is_never_silently_nothing(submit):
    assert submit(build([]), "hw.pdf").leftovers


@pytest.fixture
def child(monkeypatch, tmp_path):
    """Return a function that puts other code in the place of the child's."""

    def put(code):
        other = tmp_path / "child.py"
        other.write_text(code)
        monkeypatch.setattr(reader, "_CHILD", other)

    return put


PAGE = {
    "page": 1,
    "text": "x",
    "pictures": 0,
    "hidden": [],
    "ghosts": 0,
    "picture": 0,
    "strokes": 0,
    "box": None,
    "size": [600, 800],
    "tall": [],
    "notes": 0,
}
LAYOUT = {"layout": 1, "runs": [], "rules": [], "aslant": False, "false": []}


@pytest.mark.parametrize(
    "said",
    [
        "",
        "[",
        "[]",
        "3",
        "{}",
        '{"page": 3}',
        '{"count": 1}\n{"page": 1}',
        '{"count": 1e999}',
        "[" * 100_000,
        "\xff",
        json.dumps({"count": 1}) + "\n" + json.dumps({**PAGE, "strokes": "many"}),
        json.dumps({"count": 1}) + "\n" + json.dumps({**PAGE, "size": [1e300, 5]}),
        json.dumps({"count": 1}) + "\n" + json.dumps({**PAGE, "tall": [[1]]}),
        "\n".join(
            map(json.dumps, [{"count": 1}, PAGE, {**LAYOUT, "runs": [["x", 0, float("nan"), 0, 0, ""]]}])
        ),
        "\n".join(map(json.dumps, [{"count": 1}, PAGE, {**LAYOUT, "rules": 5}])),
        '{"error": "no"}',
    ],
)
def test_a_child_that_talks_nonsense_is_not_believed(child, said):
    child(f"print({said!r}, flush=True)")
    with pytest.raises(reader.Unreadable):
        reader.pages(b"x")


def test_what_was_said_before_a_crash_counts(child):
    child(
        f"import os\nprint({json.dumps({'count': 2})!r})\nprint({json.dumps(PAGE)!r}, flush=True)\nos.abort()"
    )
    told = reader.pages(b"x")
    assert ([page.text for page in told.pages], told.total) == (["x"], 2)


def test_pages_that_were_not_reached_are_a_leftover(child, submit):
    page = json.dumps({**PAGE, "text": f"Problem 3B\n{LONG} 608"})
    child(f"import os\nprint({json.dumps({'count': 9})!r})\nprint({page!r}, flush=True)\nos.abort()")
    submission = submit(build(["x"]), "hw.pdf")
    assert [answer.part for answer in submission.answers] == ["3B"]
    assert [left.reason for left in submission.leftovers] == ["only the first 1 of 9 pages were read"]
    assert not submission.answers[0].exact


def test_a_child_that_takes_too_long_is_ended(child, submit, monkeypatch):
    child("import time\ntime.sleep(600)\n")
    monkeypatch.setattr(reader, "SECONDS", 0.3)
    assert "too long" in submit(build(["x"]), "hw.pdf").leftovers[0].reason


def test_a_child_that_crashes_costs_only_its_file(child, submit):
    child("import os\nos.abort()\n")
    assert "stopped half way" in submit(build(["x"]), "hw.pdf").leftovers[0].reason


PROBE = """
import importlib.util, socket, sys
spec = importlib.util.spec_from_file_location("child", sys.argv[1])
child = importlib.util.module_from_spec(spec)
spec.loader.exec_module(child)
child._shut_in()
for attempt in (lambda: open(sys.argv[2]), lambda: open(sys.argv[2] + "x", "w"), socket.socket):
    try:
        attempt()
        print("possible")
    except OSError:
        print("refused")
"""


def test_the_child_sees_no_files_and_no_network(tmp_path):
    if sys.platform != "linux":
        pytest.skip("no jail here")
    secret = tmp_path / "secret"
    secret.write_text("608")
    command = [sys.executable, "-I", "-c", PROBE, str(reader._CHILD), str(secret)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "possible" in told:
        pytest.skip("this kernel has no Landlock or no seccomp")
    assert told.split() == ["refused"] * 3


def test_the_childs_memory_and_time_are_limited(tmp_path):
    resource = pytest.importorskip("resource")
    probe = tmp_path / "probe.py"
    probe.write_text(
        f"import runpy, resource\nns = runpy.run_path({str(reader._CHILD)!r})\nns['_limit']()\n"
        "print(resource.getrlimit(resource.RLIMIT_CPU)[1], resource.getrlimit(resource.RLIMIT_DATA)[1])\n"
    )
    told = subprocess.run([sys.executable, "-I", probe], capture_output=True, text=True, check=True).stdout
    cpu, memory = map(int, told.split())
    assert cpu != resource.RLIM_INFINITY
    assert memory == 1 << 30
