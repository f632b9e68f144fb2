"""a request -> whether it comes from the marker's own window: token, host, origin."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest

HOST = "127.0.0.1"  # nobody else's machine reaches it


@dataclass(frozen=True)
class Door:
    """What lets a request in. The token stands in the address, since cookies are shared by all ports."""

    token: str
    port: int

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://{HOST}:{self.port}/{self.token}/"


def new_door(port: int) -> Door:
    """Return a door that nobody can guess."""
    return Door(secrets.token_urlsafe(24), port)


def _arrives(headers: Mapping[str, str]) -> bool:
    """Return whether a window goes there, as from the file of `ticket`: a browser calls that another site."""
    return (headers.get("Sec-Fetch-Mode"), headers.get("Sec-Fetch-Dest")) == ("navigate", "document")


def refused(door: Door, method: str, path: str, headers: Mapping[str, str]) -> str:
    """Return why a request is not let in, '' where it is.

    The host keeps out other names that a page elsewhere had resolved to this machine; origin and kind of
    content keep out what pages elsewhere send.
    """
    token, slash, inside = path.lstrip("/").partition("/")
    if not (slash and compare_digest(token.encode(), door.token.encode())):
        return "This address is not the one that `grader mark` printed."
    own = f"{HOST}:{door.port}"
    if headers.get("Host") != own:
        return "The page is at the address that `grader mark` printed, under no other name."
    if headers.get("Origin", f"http://{own}") != f"http://{own}":
        return "Another page asked for this."
    own_page = headers.get("Sec-Fetch-Site", "none") in {"none", "same-origin"}
    if not (own_page or (method == "GET" and not inside and _arrives(headers))):
        return "Another page asked for this."
    if method not in {"GET", "HEAD"} and headers.get("Content-Type") != "application/json":
        return "Only the page's own script sends this."
    return ""
