"""Whether a page can be opened is asked of the machine once, and told truly."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.browser import has_screen


@pytest.mark.parametrize(
    ("platform", "environment", "there"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"BROWSER": "mine"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_a_screen_is_known_by_platform_and_environment(platform, environment, there) -> None:
    assert has_screen(platform, environment) is there


@pytest.mark.skipif(sys.platform == "win32", reason="the browser of this test is a shell script")
def test_a_browser_gets_the_page_by_its_address(tmp_path: Path) -> None:
    page, browser = tmp_path / "a page.html", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path}/got"\n')
    browser.chmod(0o700)
    code = f"from pathlib import Path; from grader.browser import opened; print(opened(Path({str(page)!r})))"
    environment = {**os.environ, "BROWSER": f"{browser} %s"}
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert told.stdout == "True\n"
    assert (tmp_path / "got").read_text().strip() == page.resolve().as_uri()


def test_without_a_browser_it_is_said(tmp_path: Path) -> None:
    code = "from pathlib import Path; from grader.browser import opened; print(opened(Path('x.html')))"
    environment = {
        name: text for name, text in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}
    }
    environment["BROWSER"] = str(tmp_path / "no such browser")
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    assert told.stdout == "False\n"
