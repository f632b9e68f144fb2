"""What a course decided after it had graded: nouns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Correction:
    """One table of `[[corrections]]`: of a check, a criterion, or without either of a whole part.

    It is one of: another right answer, a known mistake that is none here, full points for all, a bonus.
    """

    part: str
    reason: str  # what the page prints for those whom it concerns
    check: str = ""
    criterion: str = ""
    also_accept: tuple[str, ...] = ()  # answers as a student would write them
    also_accept_slip: str = ""
    void: bool = False
    bonus: float | None = None

    @property
    def item(self) -> str:
        """The check or criterion that it is about, '' for the whole part."""
        return self.check or self.criterion
