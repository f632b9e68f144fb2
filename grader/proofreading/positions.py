"""the text of a TOML file -> the line on which each of its keys stands, and each element of an array.

tomllib tells no places. The text is one that it has read: what stands here need not be checked again, only
walked through. Format: https://toml.io/en/v1.0.0
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from itertools import accumulate

Keys = tuple[str | int, ...]
GAP = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")  # between two things: blanks, newlines, comments
BLANK = re.compile(r"[ \t]*")
BARE = re.compile(r"[A-Za-z0-9_-]+")
LINE = r'"(?:\\.|[^"\\\n])*"' + r"|'[^'\n]*'"
QUOTED = re.compile(LINE)
# What ends a string of several lines are the last three of up to five quotes.
STRING = re.compile(r'"""(?:\\.|[^\\])*?"""' + r'"{0,2}' + r"|'''.*?'''" + r"'{0,2}" + f"|{LINE}", re.DOTALL)
# A date and a time may have a blank between them; other plain values have none.
PLAIN = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*|[^\s,\]}#]+")


def lines(text: str) -> dict[Keys, int]:
    """Return the line, from 1, of everything in a valid TOML file; of a repeated table its first."""
    return _Walk(text).lines


class _Walk:
    """One walk through a text from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Keys, int] = {}
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        self._counts: dict[Keys, int] = {}  # of arrays of tables: how many there are so far
        inside: Keys = ()
        self._skip(GAP)
        while self.at < len(text):
            if text[self.at] == "[":
                inside = self._header()
            else:
                self._pair(inside)
            self._skip(GAP)

    def _skip(self, what: re.Pattern[str]) -> None:
        found = what.match(self.text, self.at)
        assert found is not None, f"no {what.pattern} at {self.at}"
        self.at = found.end()

    def _take(self, mark: str) -> bool:
        """Step over a mark, and say whether it stands here."""
        here = self.text.startswith(mark, self.at)
        self.at += len(mark) if here else 0
        return here

    def _mark(self, keys: Keys) -> None:
        self.lines.setdefault(keys, bisect_right(self._starts, self.at))

    def _header(self) -> Keys:
        """Walk over [a.b] or [[a.b]] and return the keys of the table that it opens."""
        start, repeated = self.at, self._take("[[")
        repeated or self._take("[")
        names = self._key()
        self._skip(BLANK)
        end = self.at + (2 if repeated else 1)
        self.at = start
        keys: Keys = ()
        for number, name in enumerate(names, 1):
            keys = (*keys, name)
            self._mark(keys)
            if repeated and number == len(names):
                self._counts[keys] = self._counts.get(keys, 0) + 1
            if keys in self._counts:
                keys = (*keys, self._counts[keys] - 1)
                self._mark(keys)
        self.at = end
        return keys

    def _key(self) -> list[str]:
        """Walk over a key and return its names: one, or several with dots between them."""
        names = []
        while True:
            self._skip(BLANK)
            start = self.at
            quoted = QUOTED.match(self.text, start)
            self._skip(QUOTED if quoted else BARE)
            name = self.text[start : self.at]
            names.append(str(tomllib.loads(f"name = {name}")["name"]) if quoted else name)
            self._skip(BLANK)
            if not self._take("."):
                return names

    def _pair(self, inside: Keys) -> None:
        """Walk over `key = value`."""
        start = self.at
        names = self._key()
        after, self.at = self.at, start
        for size in range(1, len(names) + 1):
            self._mark((*inside, *names[:size]))
        self.at = after
        self._take("=")
        self._skip(BLANK)
        self._value((*inside, *names))

    def _value(self, keys: Keys) -> None:
        if self._take("["):
            self._array(keys)
        elif self._take("{"):
            self._table(keys)
        else:
            self._skip(STRING if self.text[self.at] in "\"'" else PLAIN)

    def _array(self, keys: Keys) -> None:
        number = 0
        self._skip(GAP)
        while not self._take("]"):
            self._mark((*keys, number))
            self._value((*keys, number))
            number += 1
            self._skip(GAP)
            self._take(",")
            self._skip(GAP)

    def _table(self, keys: Keys) -> None:
        self._skip(GAP)
        while not self._take("}"):
            self._pair(keys)
            self._skip(GAP)
            self._take(",")
            self._skip(GAP)
