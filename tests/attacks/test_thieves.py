"""Who takes the right answer from elsewhere gets it without the wall, and nothing with it, end to end.

And honest work that other graders punish, behind the same wall: it loses nothing.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader import assignment, pipeline, record
from grader.datatypes import Result, Status
from grader.roster import Entry

PS4 = Path(__file__).parents[2] / "reference" / "ps4"
OTHERS = "output_shape = (28, 28, 8)\nmax_pooled = [[[1, 1], [1, 1]]] * 4\n"
WRONG = f"{OTHERS}parameter_count = 600\n"
# Each finds the right answer to 3B where it lies. `at` has the places.
THIEVES = {
    "reference": "import os, sys\nsys.path.insert(0, os.path.dirname(os.path.dirname(at['reference'])))\nfrom reference.ps4.arithmetic import FILTERS, IMAGE, KERNEL\nfrom reference.ps4.arithmetic import parameter_count as stolen\nparameter_count = stolen(KERNEL, IMAGE[2], FILTERS)",
    "specimens": "parameter_count = eval(open(at['reference'] + '/specimens/right.py').read().split('parameter_count = ')[1].split(chr(10))[0])",
    "neighbour": "parameter_count = int(open(at['class'] + '/neighbour.py').read().split('parameter_count = ')[1].split()[0])",
    "earlier_result": "import json\ntold = json.load(open(at['out'] + '/staff/neighbour/result.json'))\nparameter_count = next(int(check['expected']) for part in told['parts'] for check in part['checks'] if check['name'] == 'parameter_count')",
    "network": "import socket\nparameter_count = int(socket.create_connection(('127.0.0.1', at['port']), 5).recv(9))",
    "another_program": "import subprocess\nparameter_count = int(subprocess.run(['tail', '-n1', at['class'] + '/neighbour.py'], capture_output=True, check=True).stdout.split()[-1])",
    "a_search_of_the_disk": "import os\nfor folder, _, names in os.walk(at['class']):\n    for name in names:\n        text = open(os.path.join(folder, name)).read()\n        if text.startswith('# the best'): parameter_count = int(text.split()[-1])\nparameter_count += 0",
}  # fmt: skip


@pytest.fixture(scope="module")
def short():
    parts = assignment.only_parts(assignment.load(PS4), frozenset({"3B", "3C", "3E"}))
    return replace(parts, limits=replace(parts.limits, seconds=5, load_seconds=10))


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory, short) -> Iterator[dict[str, object]]:
    """Lay out a class with a right neighbour that was graded before, and somebody who tells the answer."""
    folder = tmp_path_factory.mktemp("thieves")
    (folder / "class").mkdir()
    neighbour = folder / "class" / "neighbour.py"
    neighbour.write_text(f"# the best\n{OTHERS}parameter_count = 608")
    pipeline.grade_into(folder / "out", Entry("neighbour", neighbour), short)
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=tell, args=(server,), daemon=True).start()
        yield {
            "reference": str(PS4),
            "class": str(folder / "class"),
            "out": str(folder / "out"),
            "port": server.getsockname()[1],
        }


def tell(server: socket.socket) -> None:
    while True:
        try:
            line, _ = server.accept()
        except OSError:  # the test is over
            return
        with line:
            line.sendall(b"608")


def graded(folder: Path, code: str, short, wall) -> Result:
    path = folder / "ps4.py"
    path.write_text(code)
    return pipeline.grade(Entry("thief", path), short, wall)


def earned(result: Result) -> dict[str, float]:
    return {part.id: part.earned for part in result.parts}


def everything_in(places: dict[str, object]) -> dict[str, str]:
    folder = Path(str(places["class"])).parent
    return {str(path): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", ["off", "kernel", "bubblewrap"])
@pytest.mark.parametrize("theft", THIEVES)
def test_a_theft_works_without_the_wall_and_not_with_it(theft, kind: str, places, short, tmp_path, standing):
    wall, before = standing(kind), everything_in(places)
    code = f"{WRONG}at = {places!r}\ndel parameter_count\n{THIEVES[theft]}\n"
    result = graded(tmp_path, code, short, wall)
    if kind == "off":
        assert earned(result) == {"3B": 2, "3C": 3, "3E": 3}, result.attention
        return
    plain = graded(tmp_path, WRONG, short, wall)
    assert earned(result) == earned(plain) == {"3B": 0, "3C": 3, "3E": 3}
    (check,) = result.parts[0].checks
    assert check.status is Status.CRASHED
    assert everything_in(places) == before
    assert any("ps4.py" in line for line in (*result.notes, *result.attention)), "staff see what happened"


@pytest.mark.parametrize("kind", ["off", "kernel", "bubblewrap"])
def test_marks_are_rewritten_without_the_wall_and_not_with_it(kind: str, places, short, tmp_path, standing):
    """An earlier result lies where its thief knows it to: `places` is not the one that is spoiled."""
    marks = tmp_path / "result.json"
    marks.write_text('{"earned": 0}')
    forge = f"open({str(marks)!r}, 'w').write('{{\"earned\": 100}}')"
    code = f"{WRONG}import atexit, threading\natexit.register(lambda: {forge})\n"
    code += f"threading.Thread(target=lambda: {forge}).start()\ntry: {forge}\nexcept OSError: pass\n"
    result = graded(tmp_path, code, short, standing(kind))
    assert earned(result) == {"3B": 0, "3C": 3, "3E": 3}
    assert json.loads(marks.read_text())["earned"] == (100 if kind == "off" else 0)


TRAINED = "def mlp_100(x_train, y_train, x_test, y_test):\n    return 'the best'\nmlp_200 = mlp_1000 = cnn = mlp_100\n"


def test_networks_that_nobody_measured_earn_nothing(tmp_path, standing):
    """Who replaces Keras has no network, and what is none earns nothing."""
    parts = assignment.only_parts(assignment.load(PS4), frozenset({"2D", "2E", "2F"}))
    patch = "import sys\nclass Keras:\n    def __getattr__(self, name): return lambda *a, **k: [0, 1.0]\nsys.modules['keras'] = Keras()\n"
    result = graded(tmp_path, patch + TRAINED, parts, standing("kernel"))
    assert result.earned == 0
    statuses = {check.status for part in result.parts for check in part.checks}
    assert statuses <= {Status.FAILED, Status.CRASHED, Status.PENDING}


def cell(source: str, number: int | None) -> dict[str, object]:
    return {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": number}


def notebook(*sources: str) -> bytes:
    """Return a notebook whose cells ran in another order, some deleted in between."""
    cells = [cell(source, 17 - 3 * number) for number, source in enumerate(sources)]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


RIGHT = f"{OTHERS}parameter_count = 608\n"
HONEST = {
    "warnings": ("ps4.py", f"import warnings\nwarnings.warn('old')\n{RIGHT}".encode()),
    "standard_error": ("ps4.py", f"import sys\nprint('epoch 1' * 99, file=sys.stderr)\n{RIGHT}".encode()),
    "logging": ("ps4.py", f"import logging\nlogging.error('slow')\n{RIGHT}".encode()),
    "numpy_numbers": ("ps4.py", f"{RIGHT}import numpy as np\nparameter_count = np.int64(608)\noutput_shape = tuple(np.array(output_shape))\nmax_pooled = np.ones((4, 2, 2), np.float32)\n".encode()),
    "numpy_2_text": ("answers.md", f"## 3B\nThe layer has np.int64(608) parameters.\n\n## 3C\nThe shape is (np.int64(28), np.int64(28), np.int64(8)).\n\n## 3E\narray([{', '.join(['[[1., 1.], [1., 1.]]'] * 4)}])\n".encode()),
    "windows_lines": ("ps4.py", RIGHT.replace("\n", "\r\n").encode()),
    "a_mark_before_the_text": ("ps4.py", b"\xef\xbb\xbf" + RIGHT.encode()),
    "latin_1": ("ps4.py", f"# Größe\n{RIGHT}".encode("latin-1")),
    "a_name_with_blanks": ("PS4 final (2).ipynb", notebook(*RIGHT.splitlines())),
    "cells_out_of_order": ("ps4.ipynb", notebook("print(not_yet)", *RIGHT.splitlines(), "not_yet = 1")),
    "a_cell_twice": ("ps4.ipynb", notebook(RIGHT, RIGHT)),
    "a_prompt_for_input": ("ps4.py", f"{RIGHT}input('Press enter')\n".encode()),
    "a_main_guard": ("ps4.py", f"{RIGHT}if __name__ == '__main__':\n    raise SystemExit\n".encode()),
    "a_plot_that_is_shown": ("ps4.py", f"import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()\n{RIGHT}".encode()),
    "threads_and_temporary_files": ("ps4.py", f"import tempfile, threading\nthread = threading.Thread(target=print)\nthread.start()\nthread.join()\nwith tempfile.NamedTemporaryFile('w') as file: file.write('x')\n{RIGHT}".encode()),
}  # fmt: skip


@pytest.mark.parametrize("work", HONEST)
def test_honest_work_that_others_punish_loses_nothing(work: str, short, tmp_path, standing):
    name, data = HONEST[work]
    path = tmp_path / "class" / name
    path.parent.mkdir()
    path.write_bytes(data)
    result = pipeline.grade(Entry("honest", path), short, standing("kernel"))
    assert earned(result) == {"3B": 2, "3C": 3, "3E": 3}, record.dump(result)
