"""What is shown beside answers, and is in no result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from flask import Response, abort

from grader.desk.pictures import found, picture
from grader.desk.queue import Answered


@dataclass(frozen=True)
class Beside:
    """Where that is."""

    demonstrations: Mapping[str, str] = field(default_factory=dict)  # part -> a text
    folders: tuple[Path, ...] = ()  # in which students' own folders lie

    def shows(self, answered: Answered) -> Sequence[bool]:
        """Say which pictures of an answer are at hand."""
        return [found(self.folders, answered.student, name) is not None for name in answered.part.figures]

    def picture(self, answered: Answered, number: int) -> Response:
        """Return a picture of an answer, or 404."""
        names = answered.part.figures[number : number + 1]
        shows = picture(self.folders, answered.student, names[0]) if names else None
        if shows is None:
            abort(404)
        return Response(shows[0], content_type=shows[1])


NOTHING = Beside()
