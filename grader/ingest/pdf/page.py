"""What a PDF's pages hold: their text, and where each word, rule and bracket stands."""

from __future__ import annotations

from dataclasses import dataclass

FEW = 50  # characters on a page that is no page of text
LARGE = 0.5  # share of a page under a picture that hides much of it
SMALL = 0.01  # share below which a picture is a bullet or a rule
SKETCH = 20  # lines drawn on a page, rules left out, that are a drawing


@dataclass(frozen=True)
class Box:
    """A rectangle, in points from the page's upper left corner."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True)
class Glyph:
    """One character and the box of what is drawn of it."""

    sign: str
    box: Box


@dataclass(frozen=True)
class Run:
    """A word, or the piece of one that is set in one font. `y` is its baseline, from the top."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    font: str = ""


@dataclass(frozen=True)
class Page:
    """One page. `runs` is None where nothing is known of its layout."""

    number: int
    text: str
    picture: float = 0.0  # share of the page under its largest picture
    pictures: float = 0.0  # share under all of them
    strokes: int = 0  # drawn on it, rules left out
    box: Box | None = None  # around pictures and strokes
    width: float = 0.0
    height: float = 0.0
    tall: tuple[Glyph, ...] = ()  # what may be brackets beside more than one line
    runs: tuple[Run, ...] | None = None
    rules: tuple[Box, ...] = ()
    aslant: bool = False  # much of it is turned
    hidden: tuple[Box, ...] = ()  # where text stands that nobody sees
    false: frozenset[str] = frozenset()  # fonts whose letters are others than they are said to be
    ghosts: int = 0  # texts that paint nothing: what OCR found on a scan
    notes: int = 0  # ink, boxes of text and the like that a viewer put on top of it: no reader has their text

    @property
    def drawing(self) -> str:
        """Return a name for the pictures on the page, or '' where there are none."""
        shown = self.picture >= SMALL or self.strokes >= SKETCH or self.notes > 0
        return f"picture on page {self.number}" if shown else ""

    @property
    def trouble(self) -> str:
        """Return why a person has to look at the page, or ''."""
        bare = len("".join(self.text.split())) < FEW
        if bare and (self.picture or self.strokes):
            return f"page {self.number} could not be read: it looks like a scan or a drawing"
        if self.ghosts:
            return f"page {self.number} has text that nobody sees, as a scan that was read by OCR"
        if max(self.picture, self.pictures) >= LARGE:
            return f"page {self.number} has a picture that covers much of it"
        return ""
