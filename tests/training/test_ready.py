"""Keras is imported meanwhile where that was begun, once, and says nothing; elsewhere it is not."""

import subprocess
import sys


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)


def test_it_is_there_at_the_end_of_the_block() -> None:
    told = python(
        "import gc, sys\nfrom grader.training import ready\n"
        "with ready.meanwhile() as begin:\n    begin()\n    begin()\n"
        "print('keras' in sys.modules, gc.isenabled())"
    )
    assert (told.stdout, told.stderr) == ("True True\n", "")


def test_what_was_not_begun_is_not_done() -> None:
    told = python(
        "import sys\nfrom grader.training import ready\n"
        "with ready.meanwhile():\n    pass\n"
        "print('keras' in sys.modules)"
    )
    assert told.stdout == "False\n"
