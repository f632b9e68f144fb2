"""the body of a request -> what a window sends, or 400."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from flask import abort, request

Kind = TypeVar("Kind")


def sent(kind: type[Kind]) -> Kind:
    """Return what the page's own script sends; anything else is answered with 400."""
    try:
        return msgspec.json.decode(request.get_data(), type=kind)
    except (msgspec.MsgspecError, UnicodeError):
        abort(400)
