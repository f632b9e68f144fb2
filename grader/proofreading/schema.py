"""(a TOML table, the type that it is to have) -> [Fault]: each wrong key and value, with what is allowed.

msgspec stops at the first fault, and its path leaves out the names of parts and checks.
"""

from __future__ import annotations

import dataclasses
import math
import types
from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from grader.proofreading.faults import Fault, meant, shown
from grader.proofreading.positions import Keys

PLAIN: Mapping[object, str] = {
    float: "a number",
    int: "a whole number",
    str: "a text in quotes",
    bool: "true or false",
    datetime: "a day with its time, without quotes (2026-02-03T23:59:00)",
}


def misfits(value: object, kind: Any, keys: Keys = ()) -> Iterator[Fault]:
    """Yield what keeps a value as tomllib reads it from being of a type.

    Types are msgspec structs, dataclasses, mappings, lists, tuples of one kind, unions, literals, enums and
    plain ones.
    """
    kind = _alternative(value, kind)
    if kind is Any:
        return
    origin, inner = get_origin(kind), get_args(kind)
    if choices := _choices(kind):
        if value not in choices:
            yield Fault(keys, f"{shown(value)} is none of {', '.join(choices)}{meant(value, choices)}")
    elif kind in PLAIN:
        yield from _plain(value, kind, keys)
    elif _is_record(kind) or origin in {dict, Mapping}:
        if not isinstance(value, dict):
            yield Fault(keys, f"{shown(value)} stands where {_spoken(kind)} is wanted")
        elif _is_record(kind):
            yield from _record(value, kind, keys)
        else:
            yield from _mapping(value, inner, keys)
    elif not isinstance(value, list):
        yield Fault(keys, f"{shown(value)} stands where an array [ … ] is wanted")
    else:
        for number, item in enumerate(value):
            yield from misfits(item, inner[0], (*keys, number))


def _plain(value: object, kind: Any, keys: Keys) -> Iterator[Fault]:
    if type(value) is not kind and not (kind is float and type(value) is int):
        yield Fault(keys, f"{shown(value)} stands where {_spoken(kind)} is wanted")
    elif isinstance(value, float) and not math.isfinite(value):
        yield Fault(keys, f"{value} is no number that can be reckoned with")


def _record(table: Mapping[str, Any], kind: Any, keys: Keys) -> Iterator[Fault]:
    known, needed = _fields(kind)
    for key, value in table.items():
        if key in known:
            yield from misfits(value, known[key], (*keys, key))
        else:
            yield Fault((*keys, key), f"no such key; there are {', '.join(known)}{meant(key, known)}")
    yield from (Fault(keys, f"'{key}' is missing") for key in needed if key not in table)


def _mapping(table: Mapping[str, Any], inner: tuple[Any, ...], keys: Keys) -> Iterator[Fault]:
    names = _choices(inner[0])
    for key, value in table.items():
        if names and key not in names:
            yield Fault((*keys, key), f"no such key; there are {', '.join(names)}{meant(key, names)}")
        yield from misfits(value, inner[1], (*keys, key))


def _alternative(value: object, kind: Any) -> Any:
    """Return the member of a union that a value is meant to be: a table for a table, else the plain one."""
    if get_origin(kind) not in {Union, types.UnionType}:
        return kind
    members = [member for member in get_args(kind) if member is not type(None)]
    tables = [member for member in members if _is_record(member) or get_origin(member) in {dict, Mapping}]
    if isinstance(value, dict):
        return (tables or members)[0]
    fitting = [member for member in members if member not in tables and not any(misfits(value, member))]
    return (fitting or [member for member in members if member not in tables] or members)[0]


def _choices(kind: Any) -> list[str]:
    """Return the values of a literal or an enum, [] for other types."""
    if get_origin(kind) is Literal:
        return [str(one) for one in get_args(kind)]
    return [str(one.value) for one in kind] if isinstance(kind, type) and issubclass(kind, Enum) else []


def _is_record(kind: Any) -> bool:
    return dataclasses.is_dataclass(kind) or (isinstance(kind, type) and issubclass(kind, msgspec.Struct))


@lru_cache
def _fields(kind: Any) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return a record's fields with their types, and those that must be there."""
    hints = get_type_hints(kind)
    if dataclasses.is_dataclass(kind):
        needed = [
            one.name
            for one in dataclasses.fields(kind)
            if one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
        ]
        return {one.name: hints[one.name] for one in dataclasses.fields(kind)}, tuple(needed)
    fields = msgspec.structs.fields(kind)
    return {one.name: hints[one.name] for one in fields}, tuple(one.name for one in fields if one.required)


def _spoken(kind: Any) -> str:
    if kind in PLAIN:
        return PLAIN[kind]
    return f"a table with {', '.join(_fields(kind)[0])}" if _is_record(kind) else "a table"
