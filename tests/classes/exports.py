"""An invented class of 30, and its export from each learning system, written by the rules of that system."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Zurich")
DUE = datetime(2026, 2, 3, 23, 59, tzinfo=ZONE)
DEADLINE = (
    "[deadline]\ndue = 2026-02-03T23:59:00\nzone = 'Europe/Zurich'\ngrace_minutes = 10\n"
    "share = 0.25\nper = 'day'\nat_most = 0.5\n"
)
RIGHT, WRONG = "## 3B\nThe layer has 608 parameters.\n", "## 3B\nThe layer has 600 parameters.\n"
IN_TIME = DUE - timedelta(hours=3)


@dataclass(frozen=True)
class Pupil:
    """One of the class. `id` is theirs in every system, so that gradebooks can be compared byte for byte."""

    id: int
    name: str
    kind: str
    files: dict[str, bytes] = field(default_factory=dict)
    submitted: datetime | None = IN_TIME
    earlier: dict[str, bytes] = field(default_factory=dict)  # a first attempt, a day before
    team: str = ""
    until: datetime | None = None

    @property
    def email(self) -> str:
        return f"s{self.id}@students.example"

    @property
    def label(self) -> str:
        return re.sub(r'[/\\:*?"<>|]', "_", f"{self.name} ({self.id})")


def pdf(text: str) -> bytes:
    """Build a PDF of one page, a line of text for each line."""
    shown = "".join(f"({line}) Tj T*\n" for line in text.splitlines())
    content = f"BT /F1 12 Tf 14 TL 50 750 Td\n{shown}ET"
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 3 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
    ]
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def zipped(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return target.getvalue()


def _pdf_of(text: str) -> bytes:
    return pdf(
        text.replace("## 3B", "Problem 3B")
        + "This line of text makes the page a page of text, as pages are.\n"
    )


def pupils() -> tuple[Pupil, ...]:
    """Return the class: right, wrong, late, extended, twice, in a group, missing, broken, hostile, namesakes."""
    right, wrong = RIGHT.encode(), WRONG.encode()
    slip = zipped({"../../escaped.md": right, "/etc/passwd.md": right, "ps4.md": wrong})
    names = ["Grace Hopper", "Mary Jackson", "Dorothy Vaughan", "Emmy Noether", "Hedy Lamarr", "Ida Rhodes"]
    found = [Pupil(10_001 + n, name, "right", {"ps4.pdf": _pdf_of(RIGHT)}) for n, name in enumerate(names)]
    names = ["Alan Turing", "Kurt Goedel", "John Backus", "Edsger Dijkstra", "Alonzo Church"]
    found += [Pupil(10_007 + n, name, "wrong", {"ps4.pdf": _pdf_of(WRONG)}) for n, name in enumerate(names)]
    pdf_right = {"ps4.pdf": _pdf_of(RIGHT)}
    found += [
        Pupil(10_012, "Ada Lovelace", "namesake", pdf_right),
        Pupil(10_013, "Ada Lovelace", "namesake", {"ps4.pdf": _pdf_of(WRONG)}),
        Pupil(10_014, "Zoë Müller-Łukasz", "not ASCII", {"Lösung ps4.md": right}),
        Pupil(10_015, "山田 花子", "not ASCII", {"解答.md": right}),
        Pupil(10_016, "Karen Late", "late", {"ps4.md": right}, DUE + timedelta(hours=5)),
        Pupil(10_017, "Radia Later", "late", pdf_right, DUE + timedelta(hours=60)),
        Pupil(10_018, "Joan Grace", "in the grace", {"ps4.md": right}, DUE + timedelta(minutes=9)),
        Pupil(
            10_019, "Tim Extended", "extended", {"ps4.md": right}, DUE + timedelta(hours=30),
            until=DUE + timedelta(hours=48),
        ),
        Pupil(10_020, "Bob Twice", "twice", {"ps4.md": right}, earlier={"ps4.md": wrong}),
        Pupil(10_021, "Rosa One", "group", pdf_right, team="Team Rosa"),
        Pupil(10_022, "Rosa Two", "group", pdf_right, team="Team Rosa", until=DUE + timedelta(hours=24)),
        Pupil(10_023, "Rosa Three", "group", pdf_right, team="Team Rosa"),
        Pupil(10_024, "Max Missing", "missing", submitted=None),
        Pupil(10_025, "Mia Missing", "missing", submitted=None),
        Pupil(10_026, "Otto Broken", "broken", {"ps4.md": BROKEN}),
        Pupil(10_027, "Eve Hostile", "hostile", {"ps4.zip": slip}),
        Pupil(10_028, '=HYPERLINK("x") Formula', "hostile", {"ps4.md": right}),
        Pupil(10_029, "Hal Python", "hostile", {"ps4.py": b"import os\nos._exit(0)\n"}),
        Pupil(10_030, "Ann O'Nym", "right", pdf_right),
    ]  # fmt: skip
    late = DUE + timedelta(hours=20)
    return tuple(replace(one, submitted=late) if one.team else one for one in found)


BROKEN = b"BROKEN " * 20  # a member with this content is damaged after it was packed


def damaged(data: bytes) -> bytes:
    """Spoil the stored members that hold BROKEN, so that their check sums are wrong."""
    return data.replace(BROKEN, b"SPOILT " * 20)


def packed(members: Iterable[tuple[str, bytes]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as zip_:
        for name, data in members:
            method = zipfile.ZIP_STORED if data == BROKEN else zipfile.ZIP_DEFLATED
            zip_.writestr(zipfile.ZipInfo(name, (2026, 2, 4, 8, 0, 0)), data, method)
    return damaged(target.getvalue())


def _submissions(class_: Iterable[Pupil]) -> list[Pupil]:
    """Return who hands in: of a group the first alone, for all."""
    teams: set[str] = set()
    found = []
    for pupil in class_:
        if pupil.submitted is None or pupil.team in teams - {""}:
            continue
        teams.add(pupil.team)
        found.append(pupil)
    return found


# ---- Moodle ----------------------------------------------------------------------------------

SHAPES: dict[str, Callable[[str, str], str]] = {
    "folders": lambda prefix, name: f"{prefix}_assignsubmission_file/{name}",
    "older folders": lambda prefix, name: f"{prefix}_assignsubmission_file_/{name}",
    "flat": lambda prefix, name: f"{prefix}_assignsubmission_file_{name}",
}


def moodle_zip(class_: Iterable[Pupil], shape: str = "folders", *, blind: bool = False) -> bytes:
    """Write the zip of "Download all submissions"."""
    members = []
    for pupil in _submissions(class_):
        name = "Participant" if blind else pupil.name.replace("_", " ")
        prefix = f"{pupil.team}_77" if pupil.team else f"{name}_{pupil.id}"
        prefix = re.sub(r'[&<>"`|\':\\/]', "", prefix)  # as clean_filename does
        members += [(SHAPES[shape](prefix, file), data) for file, data in pupil.files.items()]
    return packed(members)


MOODLE_HEADS = {
    "en": "Identifier,Full name,Email address,Status,Group,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments",
    "de": "ID,Vollständiger Name,E-Mail-Adresse,Status,Gruppe,Bewertung,Bestwertung,"
    "Bewertung kann geändert werden,Zuletzt geändert (Abgabe),Zuletzt geändert (Bewertung),Feedback als Kommentar",
}
_PARTICIPANT = {"en": "Participant ", "de": "Teilnehmer/in"}
_MONTHS = {"en": "February", "de": "Februar"}


def moodle_time(when: datetime | None, language: str) -> str:
    if when is None:
        return "-"
    local = when.astimezone(ZONE)
    if language == "de":
        return f"Dienstag, {local.day}. {_MONTHS['de']} {local.year}, {local:%H:%M}"
    return f"Tuesday, {local.day} {_MONTHS['en']} {local.year}, {local:%I:%M %p}"


def moodle_worksheet(class_: Iterable[Pupil], language: str = "en") -> str:
    """Write the grading worksheet, the header in a language."""
    rows = [
        [
            f"{_PARTICIPANT[language]}{one.id}", one.name, one.email, "", one.team, "", "100.00", "Yes",
            moodle_time(one.submitted, language), "-", "",
        ]
        for one in class_
    ]  # fmt: skip
    return _csv([MOODLE_HEADS[language].split(","), *rows])


# ---- Canvas ----------------------------------------------------------------------------------


def sortable(name: str) -> str:
    first, _, last = name.rpartition(" ")
    return f"{last}, {first}"


def canvas_zip(class_: Iterable[Pupil]) -> bytes:
    """Write the zip of "Download submissions"."""
    members = []
    number = 500_000
    for pupil in _submissions(class_):
        name = pupil.team or sortable(pupil.name)
        late = "LATE_" if pupil.submitted and pupil.submitted > DUE else ""
        letters = re.sub(r"[^\w]", "", name.lower())
        prefix = f"{letters}_{late}{pupil.id}"
        for again, files in enumerate([pupil.earlier, pupil.files] if pupil.earlier else [pupil.files]):
            for file, data in files.items():
                number += 1
                stem, dot, ending = file.rpartition(".")
                shown = f"{stem}-{again}{dot}{ending}" if again else file
                members.append((f"{prefix}_{number}_{shown}", data))
    return packed(members)


def canvas_roster(class_: Iterable[Pupil]) -> str:
    """Write a class list with Canvas's columns, and what Canvas does not export: groups and times."""
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Group", "Submitted"]
    rows = [
        [
            sortable(one.name),
            one.id,
            f"n{one.id}",
            one.email,
            "1",
            one.team,
            one.submitted.isoformat() if one.submitted else "",
        ]
        for one in class_
    ]
    test = ["Student, Test", 1, "", "", "1", "", ""]
    return _csv([head, ["    Points Possible", "", "", "", "", "", ""], *rows, test])


# ---- Gradescope ------------------------------------------------------------------------------


def gradescope_files(class_: Iterable[Pupil]) -> list[tuple[str, bytes]]:
    """Return the files of "Export submissions"."""
    class_ = list(class_)
    metadata, members = "", []
    number = 900
    for pupil in _submissions(class_):
        owners = [one for one in class_ if one.team == pupil.team] if pupil.team else [pupil]
        attempts = [(pupil.files, pupil.submitted)]
        if pupil.earlier:
            attempts.insert(0, (pupil.earlier, pupil.submitted - timedelta(days=1)))
        for files, when in attempts:
            number += 1
            metadata += f"submission_{number}:\n  :submitters:\n"
            for one in owners:
                metadata += f"  - :name: {_yaml(one.name)}\n    :sid: '{one.id}'\n    :email: {one.email}\n"
            metadata += f"  :created_at: {when:%Y-%m-%d %H:%M:%S}.000000000 {when:%z}\n  :score: 0.0\n"
            metadata += (
                '  :results:\n    tests:\n    - {name: a, output: "x\\n", score: 1.5}\n  :history: []\n'
            )
            members += [
                (f"assignment_7_export/submission_{number}/{file}", data) for file, data in files.items()
            ]
    return [("assignment_7_export/submission_metadata.yml", metadata.encode()), *members]


def gradescope_zip(class_: Iterable[Pupil]) -> bytes:
    return packed(gradescope_files(class_))


def gradescope_roster(class_: Iterable[Pupil]) -> str:
    """Write the grades as Gradescope downloads them."""
    head = (
        "First Name,Last Name,SID,Email,Sections,Total Score,Max Points,Status,Submission ID,Submission Time"
    )
    rows = [
        [
            *reversed(sortable(one.name).split(", ")),
            one.id,
            one.email,
            "",
            "",
            "100",
            "Missing" if one.submitted is None else "Ungraded",
            "",
            "",
        ]
        for one in class_
    ]
    return _csv([head.split(","), *rows])


def extensions(class_: Iterable[Pupil]) -> str:
    """Write extensions.csv: the first by address, the others by id."""
    extended = [one for one in class_ if one.until]
    return _csv(
        [
            ["student", "until"],
            *(
                [one.email if not n else one.id, f"{one.until:%Y-%m-%d %H:%M}"]
                for n, one in enumerate(extended)
            ),
        ]
    )


def _yaml(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _csv(rows: list[list[object]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def written(folder: Path, system: str, class_: Iterable[Pupil]) -> tuple[Path, Path]:
    """Write a system's zip, class list and extensions.csv into a folder; return the zip and the list."""
    class_ = list(class_)
    folder.mkdir(parents=True, exist_ok=True)
    zip_, roster = {
        "moodle": lambda: (moodle_zip(class_), moodle_worksheet(class_)),
        "canvas": lambda: (canvas_zip(class_), canvas_roster(class_)),
        "gradescope": lambda: (gradescope_zip(class_), gradescope_roster(class_)),
    }[system]()
    (folder / "submissions.zip").write_bytes(zip_)
    (folder / "roster.csv").write_text(roster, encoding="utf-8", newline="")
    (folder / "extensions.csv").write_text(extensions(class_), encoding="utf-8", newline="")
    return folder / "submissions.zip", folder / "roster.csv"
