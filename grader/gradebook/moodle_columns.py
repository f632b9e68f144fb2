"""a Moodle grading worksheet's header and cells -> which column is what, in any language.

The words are those of Moodle's language packs (assign.php: recordid, maxgrade, scale, gradecanbechanged,
lastmodifiedgrade; moodle.php: grade); where they are of another language, the shape of the cells tells, and
the order of the columns, which is the same everywhere (mod/assign/gradingtable.php).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from grader.classes.columns import COLUMNS
from grader.gradebook.numerals import number
from grader.gradebook.outcome import CannotExport
from grader.gradebook.sheet import Row

_IDENTIFIER = re.compile(r"(\D*[^\W\d_]\D*)([0-9]{1,18})")  # Participant 12345, Teilnehmer/in12345
_WORDS = {
    # English, German, French, Spanish, Italian, Portuguese, Dutch
    "identifier": "Identifier|ID|Identifiant|Identificador|Identificativo|Identificatie|"
    "Número de identificação",
    "grade": "Grade|Bewertung|Note|Calificación|Valutazione|Voto|Nota|Avaliação|Cijfer|Beoordeling",
    "maximum": "Maximum grade|Bestwertung|Beste Bewertung|Höchste Bewertung|Maximale Bewertung|Note maximale|"
    "Calificación máxima|Valutazione massima|Voto massimo|Nota máxima|Maximaal cijfer|Maximumcijfer|"
    "Maximale beoordeling",
    "scale": "Scale|Skala|Barème|Escala|Scala|Schaal",
    "changeable": "Grade can be changed|Bewertung kann geändert werden|La note peut être modifiée|"
    "La calificación puede ser cambiada|La calificación se puede cambiar|La valutazione può essere cambiata|"
    "A nota pode ser alterada|A nota pode ser alterada.|Nota pode ser alterada|"
    "Het cijfer kan gewijzigd worden",
    "modified": "Last modified (grade)|Zuletzt geändert (Bewertung)|Dernière modification (note)|"
    "Última modificación (calificación)|Ultima modifica (valutazione)|Última atualização (avaliação)|"
    "Última modificação (nota)|Última modificação (avaliação)|Laatst gewijzigd (beoordeling)",
}
_ROLES = {role: frozenset(word.casefold() for word in words.split("|")) for role, words in _WORDS.items()}


@dataclass(frozen=True)
class Columns:
    """Columns from 0; None where the worksheet has no such column, or it was not recognised."""

    identifier: int
    grade: int
    maximum: int
    changeable: int | None
    modified: int | None
    name: int | None  # there is none where identities are hidden


def participant(text: str) -> str:
    """Return the number of "Participant 12345", '' for anything else."""
    found = _IDENTIFIER.fullmatch(text.strip())
    return str(int(found[2])) if found else ""


def cell(row: Row, place: int | None) -> str:
    """Return what a cell says, '' where the row is too short or the column is not there."""
    return row.cells[place] if place is not None and place < len(row.raw) else ""


def columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    """Find the columns by their names, else by what stands in them. Raises CannotExport."""
    named = _named(header)
    identifier = _identifier(named.get("identifier"), header, rows)
    if "scale" in named and "maximum" not in named:
        raise CannotExport(
            f"this assignment is graded with a scale ({header[named['scale']]}), and points cannot be turned "
            "into its words: set the assignment's grade to points in Moodle and download the worksheet again"
        )
    maximum = _maximum(named, header, rows)
    grade = maximum - 1
    if grade == identifier or grade < 0:
        raise _unknown(header, "a column for the grade, left of the maximum grade,")
    name = _name(header, rows, identifier + 1)
    return Columns(identifier, grade, maximum, named.get("changeable"), named.get("modified"), name)


def _named(header: Sequence[str]) -> dict[str, int]:
    """Return the columns whose name is known. Of two with one name the last counts, as in Moodle."""
    return {
        role: place
        for place, name in enumerate(header)
        for role, words in _ROLES.items()
        if name.strip().casefold() in words
    }


def _identifier(named: int | None, header: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    if named is not None and any(map(participant, _column(rows, named))):
        return named
    for place in range(len(header)):
        cells = _column(rows, place)
        if cells and all(map(participant, cells)) and len(set(cells)) == len(cells):
            return place
    raise _unknown(header, 'a column of identifiers ("Participant 12345")')


def _maximum(named: dict[str, int], header: Sequence[str], rows: Sequence[Sequence[str]]) -> int:
    """Return the maximum grade's column: one number all the way down, right of nothing but grades."""
    if "maximum" in named:
        return named["maximum"]
    if "grade" in named and _is_maximum(rows, named["grade"] + 1):
        return named["grade"] + 1
    fitting = [place for place in range(1, len(header)) if _is_maximum(rows, place)]
    if len(fitting) != 1:
        raise _unknown(header, "a column of maximum grades (the same number in each row)")
    return fitting[0]


def _name(header: Sequence[str], rows: Sequence[Sequence[str]], place: int) -> int | None:
    """Return the column of names, which is the next to the identifier's or is not there.

    By its heading; in another language by its cells, since the next otherwise, Status, repeats a few words.
    """
    if header[place : place + 1] and header[place].strip().casefold() in COLUMNS["name"]:
        return place
    cells = _column(rows, place)
    return place if len(set(cells)) == len(cells) > 1 else None


def _is_maximum(rows: Sequence[Sequence[str]], place: int) -> bool:
    numbers = {number(text) for text in _column(rows, place)}
    left = _column(rows, place - 1)
    return (
        len(numbers) == 1
        and all(one is not None and one > 0 for one in numbers)
        and all(text.strip() in {"", "-"} or number(text) is not None for text in left)
    )


def _column(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place] if place < len(row) else "" for row in rows]


def _unknown(header: Sequence[str], what: str) -> CannotExport:
    return CannotExport(
        f"this is no Moodle grading worksheet, or one in a language that was not recognised: {what} was not "
        f"found among: {', '.join(name.strip() for name in header[:20])}. Set your language in Moodle to "
        "English and download the worksheet once more (docs/exports.md)."
    )
