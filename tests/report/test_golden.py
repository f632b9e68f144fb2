"""Two pages, byte for byte as they were accepted: what a change does to a page is seen before it is taken.

The stylesheet and the script are files of their own, read as such; here they are names, and so is their hash.
"""

import os
import re
from difflib import unified_diff
from pathlib import Path

import pytest

from tests.report.every_page import CLASSES, STUDENTS

GOLDEN = Path(__file__).parent / "golden"
PAGES = {"student.html": STUDENTS["everything"], "class.html": CLASSES["a class of three"]}
ACCEPT = "ACCEPT_GOLDEN=1 .venv/bin/pytest tests/report/test_golden.py"
MOST = 60  # lines of a difference that are told


def scrubbed(html: str) -> str:
    """Return a page without what is not its own: styles, script, their hashes, dates and versions."""
    html = re.sub(r"<(style|script)>.*?</\1>", r"<\1></\1>", html, flags=re.DOTALL)
    html = re.sub(r"sha256-[\w+/]{43}=", "sha256-…", html)
    html = re.sub(r"\b\d{4}-\d{2}-\d{2}(T[\d:.]+([+-][\d:]+|Z)?)?", "DATE", html)
    return re.sub(r"\b\d+\.\d+(\.\d+)+\w*", "VERSION", html)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_as_it_was_accepted(name):
    page, file = scrubbed(PAGES[name]()), GOLDEN / name
    if os.environ.get("ACCEPT_GOLDEN"):
        file.write_bytes(page.encode())
        pytest.skip(f"{name} is accepted as it is now: read `git diff` before it is committed")
    golden = file.read_bytes().decode()
    if page != golden:
        change = list(
            unified_diff(golden.splitlines(), page.splitlines(), "accepted", "now", n=1, lineterm="")
        )
        told = "\n".join(change[:MOST])
        left = f"\n… and {len(change) - MOST} lines more" if len(change) > MOST else ""
        pytest.fail(f"{name} has changed:\n{told}{left}\n\nIf that is meant: {ACCEPT}", pytrace=False)
