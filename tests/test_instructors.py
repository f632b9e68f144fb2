"""The instructors' page is followed to the letter, on a class of three; who marks presses the keys it names."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import followed

PAGE = (followed.ROOT / "docs" / "instructors.md").read_text(encoding="utf-8")
MARKED, UNMARKED = PAGE.split("$ grader mark reports/lab", 1)[1].split("\n```", 1)
COMMAND = "grader mark reports/lab" + MARKED.partition("\n")[0]
SHOWN = MARKED.partition("\n")[2]


def test_each_block_is_a_file_or_a_command() -> None:
    assert followed.blocks_without_a_place(PAGE) == []


def give(browser, address: str) -> None:
    """Mark both answers with the keys that the page names."""
    window = browser.new_page()
    window.goto(address + "part/0")
    for _ in range(2):
        at = window.locator("#answer").get_attribute("data-at")
        window.keyboard.press("1")
        window.keyboard.press("Enter")
        window.wait_for_function(
            "at => document.getElementById('answer')?.dataset.at !== at || document.querySelector('.done')",
            arg=at,
        )
    window.context.close()


def marked(folder: Path, browser) -> str:
    """Start the marking page, mark, stop it; return what it told."""
    command = [sys.executable, "-m", *COMMAND.split(), "--no-open"]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, cwd=folder, env=followed.environment(folder), **streams) as process:
        try:
            told = ""
            while not (address := re.search(r"http://\S+\n", told)):
                line = process.stdout.readline()
                assert line, told
                told += line
            give(browser, address[0].strip())
            process.send_signal(signal.SIGINT)
            told += process.stdout.read()
            assert process.wait(timeout=60) == 0
        finally:
            process.kill()
    return told


@pytest.mark.slow
@pytest.mark.browser
def test_the_first_class_goes_as_the_page_says(tmp_path: Path, browser) -> None:
    folder = followed.with_grader(tmp_path)
    before, after = PAGE.split("```console\n$ grader mark reports/lab")[0], UNMARKED
    assert "press `1`, which gives the first criterion in full, and `Enter`" in after
    followed.follow(before, folder)
    shown = SHOWN.replace("^C\n", "").strip("\n")
    assert followed.matches(shown, marked(folder, browser).replace("\n\n", "\n").strip("\n"))
    followed.follow(after, folder)
