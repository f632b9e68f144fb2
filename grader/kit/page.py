"""Assignment -> the pages of a kit: its README, and a statement where the course has written none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from string import Template

from grader.datatypes import Assignment
from grader.marks import unrounded

README = Path(__file__).with_name("readme.md")


def readme(assignment: Assignment, starters: Sequence[str]) -> str:
    """Return the page that says what is in the kit and which command to give."""
    files = ", ".join(f"`{name}`" for name in starters) or "empty until now"
    return Template(README.read_text(encoding="utf-8")).substitute(
        title=assignment.title, files=files, parts=",".join(part.id for part in assignment.parts[-2:])
    )


def statement(assignment: Assignment) -> str:
    """Return the questions under their sections, with their points."""
    lines, begun = [f"# {assignment.title}"], ""
    for part in assignment.parts:
        known = (name for name in assignment.sections if part.id.startswith(name))
        section = max(known, key=len, default="")
        if section != begun:
            lines.append(f"## {section} {assignment.sections[section]}")
            begun = section
        lines.append(f"### Problem {part.id}: {part.title} ({unrounded(part.points)} points)")
        lines += [part.question] if part.question else []
    return "\n\n".join(lines) + "\n"
