"""HTML that a student typed into a learning system -> plain text with Markdown's headings and lists."""

from __future__ import annotations

import re
from html.parser import HTMLParser

MAX_HTML = 1_000_000  # characters
_BLOCKS = frozenset(
    {"p", "div", "br", "tr", "table", "ul", "ol", "li", "pre", "blockquote", "section", "article", "hr"}
    | {f"h{level}" for level in range(1, 7)}
)
_SILENT = frozenset({"script", "style", "head", "title", "template"})
_STARTS = {"li": "- ", **{f"h{level}": "#" * level + " " for level in range(1, 7)}}


class _Text(HTMLParser):
    """Collects text; HTMLParser is a base class by its design."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent = 0
        self.kept = 0  # within how many <pre>: blanks and line ends are the student's

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        if tag in _BLOCKS:
            self.pieces.append("\n" + _STARTS.get(tag, ""))
        if tag == "pre":
            self.kept += 1
        if tag in {"td", "th"}:
            self.pieces.append(" | ")
        if tag == "sup":
            self.pieces.append("^")
        if tag == "img":
            self.pieces.append(f" [picture: {dict(attrs).get('alt') or ''}] ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        if tag == "pre":
            self.kept = max(0, self.kept - 1)
        if tag == "tr":
            self.pieces.append(" |")
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.pieces.append(data if self.kept else re.sub(r"\s+", " ", data))


def text(html: str) -> str:
    """Return what a reader sees of a page, blocks on lines of their own; scripts and styles are left out."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    lines = (_dented(line).rstrip() for line in "".join(parser.pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _dented(line: str) -> str:
    """Return a line without the one blank that stood between two tags; code keeps its own."""
    return line[1:] if line.startswith(" ") and not line.startswith("  ") else line


def has_picture(html: str) -> bool:
    """Say whether there is something that only a person can see."""
    return re.search(r"<(?:img|object|iframe|video|audio|canvas|svg)\b", html, re.IGNORECASE) is not None
