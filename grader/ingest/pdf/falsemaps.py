"""A PDF's fonts, as pdfminer has them -> those whose map to text contradicts their encoding. In child.py.

Nothing of the grader is imported.
"""

from __future__ import annotations

import unicodedata
from typing import Any

CODES = range(256)


def watch(fonts: Any, false: set[str]) -> None:
    """Have a manager of fonts add the names of false ones while it reads them."""
    given = fonts.get_font

    def get_font(number: object, told: Any) -> Any:
        font = given(number, told)
        if is_false(font, told):
            false.add(str(font.fontname))
        return font

    fonts.get_font = get_font


def is_false(font: Any, told: Any) -> bool:
    """Say whether a font's ToUnicode has other digits than its encoding, which is what is drawn."""
    names, claims = getattr(font, "cid2unicode", None), getattr(font, "unicode_map", None)
    if not names or not claims or not ("Encoding" in told or _is_a_viewers(font)):
        return False
    unknown = _without_names(told)
    return any(_differ(names.get(code, ""), _claimed(claims, code)) for code in CODES if code not in unknown)


def _is_a_viewers(font: Any) -> bool:
    """Say whether a font is not in the file: a viewer draws its own, by the standard's encoding."""
    return not any(key in font.descriptor for key in ("FontFile", "FontFile2", "FontFile3"))


def _claimed(claims: Any, code: int) -> str:
    try:
        return str(claims.get_unichr(code))
    except KeyError:
        return ""


def _differ(name: str, claim: str) -> bool:
    """Say whether two readings of one code differ in a digit; one that says nothing contradicts nothing."""
    one, other = (unicodedata.normalize("NFKC", text) for text in (name, claim))
    if not one or not other or "\ue000" <= one <= "\uf8ff":
        return False
    return one != other and (one.isdecimal() or other.isdecimal())


def _without_names(told: Any) -> set[int]:
    """Return the codes to which an encoding gives a name that says nothing, as "g31"."""
    from pdfminer.encodingdb import name2unicode
    from pdfminer.pdftypes import list_value, resolve1
    from pdfminer.psparser import literal_name

    encoding = resolve1(told.get("Encoding"))
    code, found = 0, set()
    for one in list_value(encoding.get("Differences", [])) if isinstance(encoding, dict) else ():
        if isinstance(one, int):
            code = one
            continue
        try:
            name2unicode(literal_name(one))
        except (KeyError, ValueError, TypeError):
            found.add(code)
        code += 1
    return found
