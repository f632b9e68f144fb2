"""A text -> a result that has it in every field of text, those of fields to come included."""

import re
from collections.abc import Mapping
from dataclasses import is_dataclass, replace
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from grader.datatypes import CheckResult, Result, Status
from tests.report.payloads import PAYLOADS

__all__ = ["XSS", "hostile", "hostile_class", "hostile_result"]

# What pages set as text and nothing else: without lines, code, formulas and negative numbers.
XSS = [text for text in PAYLOADS if not re.search(r"[\n`$]|\\\(|^-", text)]
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAAAABJRU5ErkJggg=="  # one grey pixel
POINTS = {"earned": 0.5, "possible": 1.0, "pending": 0.0}  # something is lost, so that all of it is told


def hostile(noun: type, text: str, **fixed):
    """Build a noun with the text in every field of text, whatever these fields are nested in."""
    hints = get_type_hints(noun)
    points = {name: value for name, value in POINTS.items() if name in hints}
    return noun(**{name: _made(hint, text) for name, hint in hints.items()} | points | fixed)


def _made(hint: Any, text: str) -> Any:
    """Return a value of a type: its texts are the text, its numbers small, its statuses wrong."""
    if hint in {str, Any}:
        return text
    if hint in {bool, int, float}:
        return {bool: False, int: 2, float: 0.5}[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return Status.FAILED
    return hostile(hint, text) if is_dataclass(hint) else _gathered(hint, text)


def _gathered(hint: Any, text: str) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return _made(inner[0], text)
    if origin is Mapping:
        return {_made(inner[0], text): _made(inner[1], text)}
    if origin is tuple:
        return tuple(_made(kind, text) for kind in inner if kind is not Ellipsis)
    raise TypeError(f"what is a {hint}?")


def hostile_result(text: str) -> Result:
    """Return a result as record.for_student leaves it: nothing of it is for staff alone."""
    whole = hostile(Result, text, needs_attention=False, attention=(), show_expected=True)
    versions = {"assignment": text, "date": text, "versions": {text: text}}
    (part,) = whole.parts
    check = nobodys(part.checks[0])
    crashed = replace(check, name=f"{text}2", status=Status.CRASHED)
    rubric = tuple(nobodys(one) for one in part.rubric)
    part = replace(part, checks=(check, crashed), rubric=rubric)
    crops = (replace(whole.crops[0], part=part.id, png=PNG), replace(whole.crops[0], part="", png=PNG))
    shown = replace(whole, parts=(part,), show_rubric="always", provenance=versions)
    return replace(shown, crops=(*crops, *whole.crops))


def nobodys(marked):
    """Return what a person marked without anything that says who did."""
    told = {"attention": ()} if isinstance(marked, CheckResult) else {}
    return replace(marked, marked=replace(marked.marked, by="", when=""), **told)


def hostile_class(texts: list[str]) -> list[Result]:
    """Return a student for each text, on whom the grader broke, with the text in every field a page shows."""
    return [_for_staff(text, number) for number, text in enumerate(texts)]


def _for_staff(text: str, number: int) -> Result:
    result = hostile_result(text)
    (part,) = result.parts
    broken = replace(part.checks[0], name=f"{text}3", status=Status.ERROR, attention=(f"{text}\n{text}",))
    part = replace(part, id=f"{number}{text}", checks=(*part.checks, broken))
    who = {"name": text, "email": text, text: text}
    return replace(result, parts=(part,), needs_attention=True, attention=(f"{text}: {text}",), who=who)
