"""submission_metadata.yml -> each submission's :submitters: and :created_at: as plain text, and no more.

No scalar is a number (an id may start with 0), no tag is followed, and only text may be repeated by an alias,
so that nothing grows. What is not wanted, an autograder's results above all, is passed over: students
print it, and whatever stands there ends nothing.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

MAX_METADATA = 200_000_000  # bytes: what autograders printed is in there
_WANTED = (":submitters", ":created_at")
FAULT = "fault"  # the key of what could not be read of a submission
_DEEPEST = 40
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Events = Iterator[yaml.Event]


def metadata(data: bytes) -> Mapping[str, Mapping[str, Any]]:
    """Return what is wanted of each submission, by its key; FAULT says what could not be read of it.

    Raises yaml.YAMLError where it is no YAML, ValueError where it lists no submissions.
    """
    events = yaml.parse(data.decode("utf-8", "replace"), Loader=_LOADER)
    top = next((next(events) for event in events if isinstance(event, yaml.DocumentStartEvent)), None)
    if not isinstance(top, yaml.MappingStartEvent):
        raise ValueError("expected the submissions, each with its :submitters:")  # noqa: TRY004
    texts: dict[str, str] = {}
    found: dict[str, Mapping[str, Any]] = {}
    for key, value in _pairs(events, texts):
        twice = {FAULT: "lists it twice"} if key in found else {}
        found[key] = {**_submission(value, events, texts), **twice}
    if not found:
        raise ValueError("expected the submissions, each with its :submitters:")
    return found


def _submission(first: yaml.Event, events: _Events, texts: dict[str, str]) -> Mapping[str, Any]:
    if not isinstance(first, yaml.MappingStartEvent):
        _pass_over(first, events, texts)
        return {}
    found: dict[str, Any] = {}
    for key, value in _pairs(events, texts):
        if key not in _WANTED:
            _pass_over(value, events, texts)
            continue
        inside = iter(list(_subtree(value, events, texts)))
        try:
            found[key] = _built(next(inside), inside, texts, 0)
        except ValueError as fault:
            found[FAULT] = f"{key} {fault}"
    return found


def _pairs(events: _Events, texts: dict[str, str]) -> Iterator[tuple[str, yaml.Event]]:
    """Yield the keys of a mapping that are text, each with the event its value begins with."""
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _pass_over(event, events, texts)
        value = next(events)
        if key is None:
            _pass_over(value, events, texts)
        else:
            yield key.removesuffix(":"), value


def _pass_over(first: yaml.Event, events: _Events, texts: dict[str, str]) -> str | None:
    """Read to the end of what an event begins; return it where it is text."""
    for _ in _subtree(first, events, texts):
        pass
    if isinstance(first, yaml.AliasEvent):
        return texts.get(first.anchor or "")
    return _text(first) if isinstance(first, yaml.ScalarEvent) else None


def _subtree(first: yaml.Event, events: _Events, texts: dict[str, str]) -> _Events:
    """Yield what an event begins, and keep the texts in it that may be repeated."""
    event, depth = first, 0
    while True:
        yield event
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.ScalarEvent) and event.anchor:
            texts[event.anchor] = _text(event)
        if not depth:
            return
        event = next(events)


def _built(event: yaml.Event, events: _Events, texts: dict[str, str], depth: int) -> Any:
    """Build text, lists and mappings of text. Raises ValueError."""
    if depth > _DEEPEST:
        raise ValueError("is nested more deeply than any export")
    if isinstance(event, yaml.AliasEvent):
        if event.anchor not in texts:
            raise ValueError("repeats by an alias what is no text")
        return texts[event.anchor]
    if isinstance(event, yaml.ScalarEvent):
        return _text(event)
    items = []
    while not isinstance(item := next(events), yaml.CollectionEndEvent):
        items.append(_built(item, events, texts, depth + 1))
    if isinstance(event, yaml.SequenceStartEvent):
        return items
    pairs = zip(items[::2], items[1::2], strict=True)
    return {key.removesuffix(":"): value for key, value in pairs if isinstance(key, str)}


def _text(scalar: yaml.ScalarEvent) -> str:
    """Return a scalar as it is written; what Ruby took for bytes is a name all the same."""
    value = str(scalar.value)
    if scalar.tag not in {"tag:yaml.org,2002:binary", "!binary"}:
        return value
    try:
        return base64.b64decode(value).decode("utf-8", "replace")
    except ValueError:
        return value
