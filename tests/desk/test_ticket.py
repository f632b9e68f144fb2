"""The browser is led to the page, and its command does not hold the token."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.desk.ticket import ticket


def test_a_window_is_led_to_the_page_by_a_file(served, browser):
    _, address = served("ana")
    with ticket(address) as page, browser.new_context() as context:
        window = context.new_page()
        window.goto(page.as_uri())
        window.wait_for_url(address)
        assert "1A" in window.inner_text("main")


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files are those of Unix")
def test_the_file_is_its_owners_alone_and_goes():
    with ticket("http://127.0.0.1:1/a&b/") as page:
        assert (page.stat().st_mode & 0o777, page.parent.stat().st_mode & 0o777) == (0o600, 0o700)
        assert "a&amp;b" in page.read_text()
    assert not page.parent.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the browser of this test is a shell script")
def test_what_the_browser_is_started_with_does_not_hold_the_token(out: Path, tmp_path: Path):
    fake, got = tmp_path / "browser", tmp_path / "got"
    fake.write_text(f'#!/bin/sh\necho "$1" > "{got}.part"\nmv "{got}.part" "{got}"\nkill -INT $PPID\n')
    fake.chmod(0o700)
    command = [sys.executable, "-m", "grader", "mark", str(out), "--as", "ana"]
    environment = {**os.environ, "BROWSER": f"{fake} %s", "TMPDIR": str(tmp_path)}
    told = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert told.returncode == 0, told.stderr
    token = told.stdout.split("http://127.0.0.1:")[1].split("/")[1]
    assert len(token) > 20
    assert token not in got.read_text()
    assert got.read_text().startswith("file://")
    assert not list(tmp_path.glob("grader-mark-*"))
