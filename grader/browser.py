"""a page -> a window of this machine's browser, where there is one."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Mapping
from pathlib import Path


def opened(page: Path) -> bool:
    """Open a page; return whether a browser took it."""
    if not has_screen(sys.platform, os.environ):
        return False
    try:
        return webbrowser.open(page.resolve().as_uri())
    except (webbrowser.Error, OSError):
        return False


def has_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """Return whether there is a screen for a window: a browser that runs in this terminal is none.

    Whoever names a browser of their own (BROWSER) knows what it does.
    """
    if platform in {"win32", "darwin"} or environment.get("BROWSER"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
