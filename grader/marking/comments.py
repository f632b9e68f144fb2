"""a comment of any length -> one that a page, a result and a cell can hold."""

from __future__ import annotations

MOST = 5_000  # characters: three pages of a book


def cut(comment: str) -> str:
    """Return a comment, cut where it is too long; the end says so."""
    return comment if len(comment) <= MOST else f"{comment[: MOST - 2].rstrip()} …"


def too_long(comment: str) -> str:
    """Return why a comment is not taken, '' where it is."""
    if len(comment) <= MOST:
        return ""
    return f"A comment has {MOST:,} characters at most, and this one {len(comment):,}: nothing was saved."
