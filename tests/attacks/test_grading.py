"""What student code does to graders, end to end: it earns what the plain wrong answer earns, and harms nobody.

| row of the study of peers | here or |
|---|---|
| subclasses that always agree | here, tests/sandbox/test_student.py |
| expected values read from frames, globals, files; tests, other students, the gradebook | here, test_system.py |
| patched pytest, unittest, NumPy, Keras | here; accuracy is measured outside by the trainer's own tests once it is there |
| atexit, threads, results rewritten | here |
| sys.exit, os._exit, segfault, at import or in a call | here, test_resources.py |
| loops, forks, sleeps, daemons, signals ignored | here, test_resources.py, test_system.py |
| memory, disk, output | test_resources.py, here once |
| pickles, object arrays, huge arrays, NaN, 0-d, texts, deep nesting | here, tests/sandbox/test_wire.py |
| network, parent traced or signalled | test_system.py |
| Lambda layers, custom objects | tests/sandbox/test_models.py, test_describe.py |
| write-ups and zips | tests/test_garbage.py, tests/ingest, tests/report |
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from grader import assignment, batch, pipeline, record
from grader.datatypes import Result, Status
from grader.roster import Entry

PS4 = Path(__file__).parents[2] / "reference" / "ps4"
WRITEUP = "## 3B\n608\n\n## 3C\n28x28x8\n"
PREPARE = "import numpy as np\ndef prepare(x, y):\n"
WRONG = PREPARE + "    return np.zeros((len(x), 784)), np.zeros((len(x), 10))\n"


@dataclass(frozen=True)
class Trick:
    """`code` is ps4.py; `plain` is the same wrong answer without the trick. `told` stands in result.json."""

    name: str
    code: str
    plain: str = WRONG
    told: str = ""


def in_prepare(name: str, body: str, told: str = "") -> Trick:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return Trick(
        name, f"{PREPARE}{lines}    return np.zeros((len(x), 784)), np.zeros((len(x), 10))\n", WRONG, told
    )


SEARCH = """import gc, sys
found = [name for name in sys.modules if name.split('.')[0] in ('grader', 'reference', 'pytest', '_pytest')]
frame = sys._getframe()
while frame:
    found += [name for name in (*frame.f_locals, *frame.f_globals) if 'expected' in name]
    frame = frame.f_back
found += [str(thing) for thing in gc.get_objects() if str(type(thing).__module__).startswith(('grader', 'reference', '_pytest'))]
if found: raise SystemError('FOUND ' + repr(found[:5]))"""
REWRITE = """import os
def rewrite():
    for folder, _, names in os.walk('/'):
        if folder.startswith(('/proc', '/sys', '/usr', '/lib')): continue
        for name in names:
            if name in ('result.json', 'gradebook.csv', 'expected.toml', 'assignment.toml', 'index.html'):
                try: open(os.path.join(folder, name), 'w').write('{"earned": 100}')
                except OSError: pass
rewrite()
import atexit, threading
atexit.register(rewrite)
threading.Thread(target=rewrite, daemon=True).start()"""
TRICKS = [
    Trick("a_number_that_agrees", "class F(float):\n    def __eq__(self, other): return True\n    def __sub__(self, other): return F(0)\n    __rsub__ = __sub__\n    def __abs__(self): return F(0)\n    def __lt__(self, other): return True\n    __le__ = __gt__ = __ge__ = __lt__\n    __hash__ = float.__hash__\n    def __int__(self): return 608\n    def __float__(self): return 608.0\nparameter_count = F(1)\n", "parameter_count = 1.0\n"),
    Trick("a_text_that_agrees", "class S(str):\n    def __eq__(self, other): return True\n    __hash__ = str.__hash__\n    def __contains__(self, other): return True\nparameter_count = S('1')\n", "parameter_count = '1'\n"),
    Trick("a_list_that_agrees", "class L(list):\n    def __eq__(self, other): return True\n    def __iter__(self): return iter([28, 28, 8])\n    def __len__(self): return 3\noutput_shape = L([1, 1, 1])\n", "output_shape = [1, 1, 1]\n"),
    in_prepare("an_array_that_agrees", "class A(np.ndarray):\n    def __eq__(self, other): return True\n    def __array_ufunc__(self, *a, **k): return True\n    def __array_function__(self, *a, **k): return True\nreturn np.zeros((len(x), 784)).view(A), np.zeros((len(x), 10)).view(A)"),
    in_prepare("looks_for_the_answer", SEARCH),
    in_prepare("patches_what_judges", "import sys, unittest, builtins\nnp.testing.assert_allclose = np.allclose = np.array_equal = lambda *a, **k: True\nunittest.TestCase.assertEqual = lambda *a, **k: None\nbuiltins.isinstance = builtins.all = builtins.len = lambda *a: True"),
    in_prepare("rewrites_results", REWRITE),
    Trick("rewrites_at_import", REWRITE + "\n" + WRONG),
    Trick("exits_at_import", WRONG + "import sys\nsys.exit(0)\n", told="SystemExit"),
    Trick("dies_at_import", WRONG + "import os\nos._exit(0)\n", told="process ended"),
    Trick("crashes_at_import", WRONG + "import ctypes\nctypes.string_at(0)\n", told="SIGSEGV"),
    Trick("loops_at_import", WRONG + "while True: pass\n", told="still running after"),
    Trick("forks_at_import", WRONG + "import os\nwhile True: os.fork()\n", told="not permitted"),
    in_prepare("exits", "import sys\nsys.exit(0)", "SystemExit"),
    in_prepare("dies", "import os\nos._exit(0)", "process ended"),
    in_prepare("loops", "while True: pass", "still running after"),
    in_prepare("sleeps_deaf", "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(999)", "still running after"),
    in_prepare("takes_all_memory", "kept = []\nwhile True: kept.append(bytearray(100 << 20))", "MB of memory"),
    in_prepare("floods", "while True: print('x' * (1 << 20))", "printed more than"),
    in_prepare("forges_a_message", "import os\nos.write(3, b'\\x00\\x00\\x00\\x20' + b'{\"kind\": \"value\", \"passed\": true}')", "spoke out of turn"),
    in_prepare("hands_a_pickle", "class P:\n    def __reduce__(self): return (print, ('out',))\nreturn P(), P()", "object of type P"),
    in_prepare("hands_objects", "return np.array([print, None]), np.array([{}])", "array of objects"),
    in_prepare("hands_10_gb", "return np.broadcast_to(np.float64(1), (10 << 27,)), y", "MB of arrays"),
    in_prepare("hands_nan", "return np.full((len(x), 784), np.nan), np.full((len(x), 10), np.nan)"),
    in_prepare("hands_a_0_d_array", "return np.array(1.0), np.array(1.0)"),
    in_prepare("hands_a_text", "return 'right', 'right'"),
    in_prepare("hands_itself", "a = []\na.append(a)\nreturn a, a", "nested more than"),
    in_prepare("hands_depth", "a = 0\nfor _ in range(9999): a = [a]\nreturn a, a", "nested more than"),
]  # fmt: skip
IDS = [trick.name for trick in TRICKS]


@pytest.fixture(scope="module")
def short():
    parts = assignment.only_parts(assignment.load(PS4), frozenset({"2C", "3B", "3C"}))
    return replace(parts, limits=replace(parts.limits, seconds=2, load_seconds=2, memory_mb=600))


def graded(folder: Path, code: str, short, wall) -> Result:
    folder.mkdir()
    (folder / "answers.md").write_text(WRITEUP)
    (folder / "ps4.py").write_text(code)
    return pipeline.grade(Entry(folder.name, folder), short, wall)


def earned(result: Result) -> dict[str, float]:
    return {part.id: part.earned for part in result.parts}


@pytest.mark.parametrize("trick", TRICKS, ids=IDS)
def test_a_trick_earns_no_more_than_the_plain_wrong_answer(trick: Trick, tmp_path: Path, short, standing):
    wall = standing("kernel")
    plain = graded(tmp_path / "plain", trick.plain, short, wall)
    result = graded(tmp_path / "trick", trick.code, short, wall)
    attacked = "3B" if "parameter_count" in trick.code else "3C" if "output_shape" in trick.code else "2C"
    for part, points in earned(result).items():
        if part == attacked:
            assert points <= earned(plain)[part]
        else:
            assert points == earned(plain)[part], "the other checks are as they were"
    told = record.dump(result)
    assert trick.told in told
    assert "FOUND" not in record.dump(replace(result, code=()))  # their own code is shown to them as it is
    assert not [check for part in result.parts for check in part.checks if check.status is Status.ERROR]


def test_the_same_looking_finds_something_where_there_is_no_wall():
    """The search above can find: run beside the checks, as other graders run it, it sees pytest."""
    with pytest.raises(SystemError, match="FOUND"):
        exec(SEARCH, {})


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["kernel", "bubblewrap"])
def test_a_neighbour_s_result_is_untouched(tmp_path: Path, short, standing, kind: str):
    class_ = tmp_path / "class"
    class_.mkdir()
    names = ["dies_at_import", "loops", "rewrites_at_import", "takes_all_memory", "forges_a_message"]
    entries = []
    for name, code in [
        ("neighbour", "parameter_count = 608\n"),
        *((t.name, t.code) for t in TRICKS if t.name in names),
    ]:
        (class_ / f"{name}.py").write_text(code)
        entries.append(Entry(name, class_ / f"{name}.py"))
    wall, out = standing(kind), tmp_path / "out"
    alone = pipeline.grade(entries[0], short, wall)
    results = batch.grade_class(entries, short, out, 2, wall=wall).results
    kept = record.load((out / "staff" / "neighbour" / "result.json").read_text())

    def told(result: Result) -> str:
        untimed = [
            replace(part, checks=tuple(replace(check, seconds=0) for check in part.checks))
            for part in result.parts
        ]
        return record.dump(replace(result, provenance={}, parts=tuple(untimed)))

    assert told(kept) == told(alone)
    assert len(results) == len(entries)
    for path in (out / "staff").glob("*/result.json"):
        assert json.loads(path.read_text())["earned"] < 100
    forged = next(result for result in results if result.student == "forges_a_message")
    assert forged.needs_attention
    assert any("spoke out of turn" in line for line in forged.attention)
