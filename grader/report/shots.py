"""(Result, part) -> the pictures of pages that a person has to look at, as a page shows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grader.datatypes import Result
from grader.report.noted import shortened

_PNG = re.compile(r"iVBORw0KGgo[A-Za-z0-9+/=]{1,200000}")


@dataclass(frozen=True)
class Shot:
    """One picture. `url` holds it; `said` stands in its place where it cannot be seen."""

    url: Markup
    said: str
    file: str
    caption: str
    width: int
    height: int


def shots(result: Result, part: str = "") -> Sequence[Shot]:
    """Return the pictures of a part, or of pages that belong to none. What is no PNG is left out."""
    return [
        Shot(
            url=Markup(f"data:image/png;base64,{crop.png}"),  # noqa: S704 - letters and digits alone
            said=f"Picture of “{shortened(crop.file)}”, page {crop.page}: {crop.why}",
            file=crop.file,
            caption=f"page {crop.page}: {crop.why}. A person looks at it.",
            width=crop.width,
            height=crop.height,
        )
        for crop in result.crops
        if crop.part == part and _PNG.fullmatch(crop.png)
    ]
