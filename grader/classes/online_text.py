"""HTML that a student typed into a learning system -> plain text with Markdown's headings and lists.

Read by a scan of its tags that takes time in step with its length, whatever stands in it: a tag is what
stands between `<` and the next `>` with no `<` before it, and what is none stays text.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterable, Iterator

MAX_HTML = 1_000_000  # characters
_BLOCKS = frozenset(
    {"p", "div", "br", "tr", "table", "ul", "ol", "li", "pre", "blockquote", "section", "article", "hr"}
    | {f"h{level}" for level in range(1, 7)}
)
_SILENT = frozenset({"script", "style", "head", "title", "template"})
_STARTS = {
    "li": "- ",
    "td": " | ",
    "th": " | ",
    "sup": "^",
    **{f"h{level}": "#" * level + " " for level in range(1, 7)},
}
_MARKUP = re.compile(r"(<[^<>]*>)")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_ALT = re.compile(r"""\salt\s?=\s?(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_NO_CHARACTER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")  # Python refuses such long numbers


def text(html: str) -> str:
    """Return what a reader sees of a page, blocks on lines of their own; scripts and styles are left out."""
    pieces = _shown(_MARKUP.split(_without_comments(html)))
    lines = (_dented(line).rstrip() for line in "".join(pieces).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _shown(pieces: Iterable[str]) -> Iterator[str]:
    """Yield the text that text and tags come to."""
    silent, kept = "", 0  # the element that hides all until its end; within how many <pre>
    for piece in pieces:
        tag = _TAG.match(piece) if piece.endswith(">") else None
        ends, name = (bool(tag[1]), tag[2].lower()) if tag else (False, "")
        if silent:
            silent = "" if ends and name == silent else silent
        elif tag is None:
            # A declaration shows nothing: <!DOCTYPE html>, <?xml?>, <![CDATA[ ]]>, </>.
            yield "" if re.fullmatch(r"<[!?/][^<>]*>", piece) else _plain(piece, kept=kept > 0)
        elif name in _SILENT:
            silent = "" if ends else name
        else:
            kept = max(0, kept + (-1 if ends else 1)) if name == "pre" else kept
            yield _end(name) if ends else _start(name, piece)


def _start(name: str, tag: str) -> str:
    if name == "img":
        alt = _ALT.search(tag)
        return f" [picture: {_plain(''.join(filter(None, alt.groups())), kept=False) if alt else ''}] "
    return ("\n" if name in _BLOCKS else "") + _STARTS.get(name, "")


def _end(name: str) -> str:
    return (" |" if name == "tr" else "") + ("\n" if name in _BLOCKS else "")


def _plain(piece: str, *, kept: bool) -> str:
    """Return a text without entities; in <pre> blanks and line ends are the student's."""
    clean = entities.unescape(_NO_CHARACTER.sub("\ufffd", piece))
    return clean if kept else re.sub(r"\s+", " ", clean)


def _without_comments(html: str) -> str:
    """Leave out comments; one that never ends is text."""
    first, *others = html.split("<!--")
    kept, open_ones = [first], list[str]()
    for piece in others:
        _, end, after = piece.partition("-->")
        if end:
            kept.append(after)
            open_ones.clear()
        else:
            open_ones.append(f"<!--{piece}")
    return "".join((*kept, *open_ones))


def _dented(line: str) -> str:
    """Return a line without the one blank that stood between two tags; code keeps its own."""
    return line[1:] if line.startswith(" ") and not line.startswith("  ") else line


def has_picture(html: str) -> bool:
    """Say whether there is something that only a person can see."""
    return re.search(r"<(?:img|object|iframe|video|audio|canvas|svg)\b", html, re.IGNORECASE) is not None
