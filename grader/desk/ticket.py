"""an address that nobody else may read -> a file that leads a browser there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Marking</title><meta http-equiv="refresh" content="0;url={address}"></head>
<body><p><a href="{address}">To the page of grader mark</a></p></body>
</html>
"""


@contextmanager
def ticket(address: str) -> Iterator[Path]:
    """Keep a page that leads to an address, for this user alone, as long as a block runs.

    What a program is started with can be read by all who work on the machine: the address has a token in
    it, and stands in no command. Raises OSError.
    """
    with TemporaryDirectory(prefix="grader-mark-", ignore_cleanup_errors=True) as folder:  # mode 0700
        page = Path(folder) / "mark.html"
        opened = os.open(page, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            file.write(_PAGE.format(address=escape(address)))
        yield page
