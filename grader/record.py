"""Result <-> result.json, and the Result that a student may see. docs/result-format.md is the format."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from numbers import Real
from pathlib import Path
from typing import Any

import msgspec

from grader import atomic
from grader.datatypes import CheckResult, PartResult, Result, RubricResult, Status
from grader.scoring import shows
from grader.status import Marked

FORMAT = 1
_NOT_FINITE = ("NaN", "Infinity", "-Infinity")  # JSON has no such numbers: they are written as words
# What a person looks for stands first; the fields not named follow as in the datatypes.
_FIRST: Mapping[type, tuple[str, ...]] = {
    Result: (
        *("format", "assignment", "student", "title", "earned", "possible", "pending"),
        *("needs_attention", "attention", "notes", "step", "show_expected", "show_rubric", "parts"),
    ),
    CheckResult: ("name", "status", "earned", "possible", "title"),
}
_PUBLIC_PROVENANCE = ("versions", "date", "assignment", "data", "seeds", "sandbox")


class BadRecord(Exception):
    """A result.json cannot be read. The message names the file and the field."""


# ---- Result -> text --------------------------------------------------------------------------


def dump(result: Result) -> str:
    """Write a result as JSON, points unrounded. Raises ValueError where points are not finite."""
    return json.dumps(_plain(result), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def write(result: Result, path: Path) -> None:
    """Write result.json whole or not at all, creating the folders above it. Raises OSError."""
    atomic.write(dump(result), path)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _object(value)
    if isinstance(value, Mapping):
        return {_text(str(key)): _plain(entry) for key, entry in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(entry) for entry in value]
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int) or not isinstance(value, Real):
        return value
    return _number(float(value))


def _object(noun: Any) -> dict[str, Any]:
    fields = {name: getattr(noun, name) for name in _names(type(noun))}
    for name, value in fields.items():
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(f"{type(noun).__name__}.{name} is {value}: points and seconds are finite")
    newer = {name: value for name, value in getattr(noun, "extra", {}).items() if name not in fields}
    return {str(name): _plain(value) for name, value in (fields | newer).items()}


def _names(noun: type) -> list[str]:
    """Return the fields that are written, in order; `extra` is written as the fields it holds."""
    first = _FIRST.get(noun, ())
    rest = [field.name for field in dataclasses.fields(noun) if field.name not in {*first, "extra"}]
    return [*first, *rest]


def _number(value: float) -> float | int | str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _text(value: str) -> str:
    """Replace half a surrogate pair, which a student's file can hold and UTF-8 cannot."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


# ---- text -> Result --------------------------------------------------------------------------


def load(text: str) -> Result:
    """Read a result of this format, or what is known of a newer one. Raises BadRecord."""
    try:
        raw = msgspec.json.decode(text)
        result = msgspec.convert(_gathered(raw), Result)
    except (msgspec.MsgspecError, UnicodeError) as fault:
        raise BadRecord(f"{fault}{_newer(text)}") from None
    except RecursionError:
        raise BadRecord("nested too deeply for a result") from None
    if result.format < 1:
        raise BadRecord(f"Expected a format from 1 up, got {result.format} - at `$.format`")
    return result


def read(path: Path) -> Result:
    """Read result.json. Raises BadRecord, which names the file and the field."""
    try:
        return load(path.read_text(encoding="utf-8"))
    except (BadRecord, UnicodeError) as fault:
        raise BadRecord(f"{path}: {fault}") from None
    except OSError as fault:
        raise BadRecord(f"{path}: {fault.strerror or fault}") from None


def _gathered(raw: Any) -> Any:
    """Move the fields this version does not know into `extra`: of the result, its parts, their checks.

    What is not of the expected kind stays as it is: msgspec names the place.
    """
    result = _sorted_out(raw, Result)
    for part in _each(result, "parts", PartResult):
        for check in _each(part, "checks", CheckResult):
            if isinstance(check.get("measured"), dict):
                check["measured"] = {name: _measured(value) for name, value in check["measured"].items()}
    return result


def _each(holder: Any, field: str, noun: type) -> Iterator[dict[str, Any]]:
    if isinstance(holder, dict) and isinstance(holder.get(field), list):
        holder[field] = [_sorted_out(entry, noun) for entry in holder[field]]
        yield from (entry for entry in holder[field] if isinstance(entry, dict))


def _sorted_out(raw: Any, noun: type) -> Any:
    if not isinstance(raw, dict):
        return raw
    known = _names(noun)
    fields = {name: value for name, value in raw.items() if name in known}
    return fields | {"extra": {name: value for name, value in raw.items() if name not in known}}


def _measured(value: Any) -> Any:
    return float(value) if value in _NOT_FINITE else value


def _newer(text: str) -> str:
    """Say that a file is of a newer format, where that may be why it cannot be read."""
    try:
        number = msgspec.json.decode(text)["format"]
    except (msgspec.MsgspecError, UnicodeError, LookupError, TypeError):
        return ""
    if not isinstance(number, int) or number <= FORMAT:
        return ""
    return f" (the file is of format {number}, this grader writes {FORMAT})"


# ---- Result -> what a student may see --------------------------------------------------------


def for_student(result: Result) -> Result:
    """Return the result without anything a student may not see; only this may reach a page or an LMS.

    Gone: whatever is for staff, expected values and a rubric's criteria unless the course shows them, the
    content of hidden checks, the grader's own complaints, who marked, paths, and fields that this version
    does not know.
    """
    numbers = count(1)
    parts = tuple(
        replace(
            part,
            checks=tuple(_shown(check, numbers, show_expected=result.show_expected) for check in part.checks),
            rubric=tuple(_criterion(result, one) for one in part.rubric),
            network=None if any(check.hidden for check in part.checks) else part.network,
            bonuses=tuple(replace(one, item="") for one in part.bonuses if one.earned),
            extra={},
        )
        for part in result.parts
    )
    public = {name: result.provenance[name] for name in _PUBLIC_PROVENANCE if name in result.provenance}
    return replace(
        result,
        parts=parts,
        needs_attention=False,
        attention=(),
        provenance=_pathless(public),
        who={name: text for name, text in result.who.items() if name == "name"},
        extra={},
    )


def _shown(check: CheckResult, numbers: Iterator[int], *, show_expected: bool) -> CheckResult:
    if check.hidden:
        return CheckResult(
            name=f"hidden-{next(numbers)}",
            status=check.status,
            title=check.category,
            hidden=True,
            category=check.category,
            earned=check.earned,
            possible=check.possible,
            comment=check.comment,
            marked=_wordless(check.marked),
            corrected=check.corrected,
        )
    if check.found is Status.ERROR:  # its words are a traceback of ours, and may quote a reference
        return CheckResult(
            name=check.name,
            status=check.status,
            title=check.title,
            category=check.category,
            earned=check.earned,
            possible=check.possible,
            comment=check.comment,
            marked=_nameless(check.marked),
            corrected=check.corrected,
        )
    if not show_expected:
        compared = check.compared and replace(check.compared, right=())
        check = replace(check, expected="", compared=compared)
    tried = check.tried and replace(check.tried, seed="")
    return replace(check, tried=tried, taken=None, marked=_nameless(check.marked), attention=(), extra={})


def _criterion(result: Result, one: RubricResult) -> RubricResult:
    if shows(result, one):
        return replace(one, marked=_nameless(one.marked))
    return replace(one, criterion="", marked=_wordless(one.marked))


def _nameless(marked: Marked | None) -> Marked | None:
    """Keep that a person gave the points, and nothing of who did."""
    return replace(marked, by="", when="") if marked else None


def _wordless(marked: Marked | None) -> Marked | None:
    """Keep of it nothing that says what was looked for."""
    return replace(marked, by="", when="", given=()) if marked else None


def _pathless(value: Mapping[str, Any]) -> dict[str, Any]:
    """Keep numbers, short words and mappings of them; nothing that may be a path."""
    kept: dict[str, Any] = {}
    for name, entry in value.items():
        if isinstance(entry, Mapping):
            kept[name] = _pathless(entry)
        elif isinstance(entry, (int, float)) or (isinstance(entry, str) and not set(entry) & set("/\\")):
            kept[name] = entry
    return kept
