"""Markup -> the names of the pictures in it, and the text without them."""

from __future__ import annotations

import re

MOST = 1_000  # pictures in one answer
# An embedded picture is megabytes of letters: it goes first, so that no other pattern walks over it.
_EMBEDDED = re.compile(r"data:image/[A-Za-z0-9.+-]{1,40}[A-Za-z0-9+/=;,:%_-]*")
_IMAGE = re.compile(
    r"!\[\[(?P<wiki>[^\]\n|]{1,300})(?:\|[^\]\n]{0,100})?\]\]"
    r"|!\[[^\]\n]{0,300}\]\(\s{0,9}<?(?P<inline>[^)\n>]{0,500})>?\)"
    r"|!\[(?P<alt>[^\]\n]{0,300})\]\[[^\]\n]{0,100}\]"
    r"|<img\s[^<>]{0,1000}?src\s?=\s?[\"']?(?P<tag>[^\"'<>\s]{1,500})[^<>]{0,500}>"
    r"|\\includegraphics\*?(?:\[[^\]\n]{0,200}\])?\{(?P<latex>[^}\n]{1,300})\}"
)
_TITLE = re.compile(r"\s{1,9}[\"'(].{0,200}$")


def without_embedded(text: str) -> str:
    """Return the text with each picture that is written out in it replaced by a short name."""
    return _EMBEDDED.sub("embedded-picture", text)


def taken_out(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without its pictures, and their names in order."""
    if text.count("![") + text.count("<img") + text.count("\\includegraphics") > MOST:
        return text, ("far too many pictures",)
    names: list[str] = []

    def take(found: re.Match[str]) -> str:
        name = next((group for group in found.groups() if group), "picture")
        names.append(_TITLE.sub("", name).removeprefix("attachment:").strip() or "picture")
        return ""

    return _IMAGE.sub(take, text), tuple(dict.fromkeys(names))
