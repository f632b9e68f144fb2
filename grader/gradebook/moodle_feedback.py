"""(Moodle's number -> Result, pages) -> the zip of feedback files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from grader.datatypes import Result
from grader.gradebook.outcome import Outcome, by_reason, counted
from grader.roster import safe_name

_WHEN = (2000, 1, 1, 0, 0, 0)  # the same results give the same file, byte for byte


def pack(where: Path, handed: Mapping[str, Result], page: Callable[[str], bytes | None]) -> Outcome:
    """Pack the pages of those whose grade is handed over, and of nobody else.

    Moodle's importer splits a folder's name at its first underscores: name, number, plugin type and plugin
    (mod/assign/feedback/file/importziplib.php); the name is for people. A page without a grade would mark its
    student as touched in Moodle, which then skips the grade that comes later.
    """
    data, missing = io.BytesIO(), []
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        for number, result in sorted(handed.items(), key=lambda pair: int(pair[0])):
            if (text := page(result.student)) is None:
                missing.append(("there is no page for them: grade again", result.student))
            else:
                file.writestr(_entry(number, result), text)
    packed = len(handed) - len(missing)
    files = {where: data.getvalue()} if packed else {}
    return Outcome(where, files, counted(packed, "page"), by_reason(missing))


def _entry(number: str, result: Result) -> zipfile.ZipInfo:
    name = " ".join(safe_name(result.who.get("name") or result.student).replace("_", " ").split()).lstrip(
        ".~"
    )
    folder = f"{name or 'Participant'}_{number}_assignsubmission_file"
    entry = zipfile.ZipInfo(f"{folder}/feedback-{safe_name(result.assignment)}.html", _WHEN)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
