"""Warm parents: quick, alike, and nothing is left of a thousand runners."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from grader.datatypes import Cell, CodeFile, Limits, Source
from grader.sandbox import NoWall, Room, RunnerFault, Sandbox, Student, StudentFault, Wall, launch, warm

pytestmark = pytest.mark.skipif(
    not warm.can_fork(), reason="processes are forked by descriptor on Linux only"
)


def code(text: str) -> CodeFile:
    return CodeFile(Source.MODULE, "ps4.py", (Cell(1, text),))


def asked(wall: Wall, text: str = "x = 608") -> object:
    with Student(code(text), Limits(), Room(wall)) as student:
        return student.value("x")


def children(pid: int) -> list[int]:
    with suppress(OSError):  # it has ended meanwhile
        return [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def descendants(pid: int) -> set[int]:
    below = set(children(pid))
    return below | {deep for child in below for deep in descendants(child)}


def maps_of(pid: int) -> str:
    """Return what a process has in memory; '' for one that has ended meanwhile."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/maps").read_text()
    return ""


def resident_kb() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


@pytest.mark.slow
@pytest.mark.parametrize("wall", ["kernel", "bubblewrap"], indirect=True)
def test_a_thousand_runners_leave_nothing(wall, scratch_of):
    def left() -> tuple[set[int], int, int]:
        gc.collect()
        return descendants(os.getpid()), len(os.listdir("/proc/self/fd")), len(scratch_of())  # noqa: PTH208

    endings = ["x = 608", "import os\nos._exit(1)", "1 / 0", "x = list(range(99))"]
    for number in range(50):
        with suppress(StudentFault):
            asked(wall, endings[number % 4])
    before, memory = left(), resident_kb()
    parents = {pid: Path(f"/proc/{pid}/status").read_text() for pid in before[0]}
    for number in range(1000):
        with suppress(StudentFault):
            asked(wall, endings[number % 4])
    assert left() == before
    assert resident_kb() - memory < 8 << 10
    for pid, status in parents.items():
        grown = Path(f"/proc/{pid}/status").read_text()
        kb = [int(text.partition("VmRSS:")[2].split()[0]) for text in (status, grown)]
        assert kb[1] - kb[0] < 8 << 10


def test_a_parent_with_networks_waits_until_one_is_needed():
    others = descendants(os.getpid())
    with warm.raised(Sandbox.OFF) as wall:
        assert asked(wall) == 608
        maps = [maps_of(pid) for pid in descendants(os.getpid()) - others]
        assert len(maps) >= 2
        assert not any("tensorflow" in text for text in maps)


@pytest.mark.slow
def test_a_parent_with_networks_can_be_told_that_one_will_be_needed():
    others = descendants(os.getpid())
    with warm.raised(Sandbox.OFF) as wall:
        warm.hasten(wall)
        for _ in range(1200):
            if any("tensorflow" in maps_of(pid) for pid in descendants(os.getpid()) - others):
                break
            time.sleep(0.05)
        else:
            pytest.fail("nothing was imported")
        assert asked(wall, "import keras\nx = keras.backend.backend()") == "tensorflow"


def test_everything_ends_with_the_wall(tmp_path):
    before = descendants(os.getpid())
    with warm.raised(Sandbox.OFFERED) as wall:
        student = Student(code("x = 608"), Limits(), Room(wall))
        assert student.value("x") == 608
        folder = Path(wall.scratch).parent
    assert not folder.exists()
    for _ in range(200):
        if descendants(os.getpid()) <= before:
            break
        time.sleep(0.02)
    assert descendants(os.getpid()) <= before
    student.close()


def parents(others: set[int]) -> list[int]:
    return [
        pid
        for pid in set(children(os.getpid())) - others
        if b"start.py" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


def test_a_parent_that_is_killed_is_started_again():
    """Memory runs out, and the system picks a warm parent: that must not be the end of a class."""
    others = set(children(os.getpid()))
    with warm.raised(Sandbox.OFF) as wall:
        assert asked(wall) == 608
        for _ in range(2):
            for pid in parents(others):
                os.kill(pid, signal.SIGKILL)
            assert asked(wall) == 608
    assert parents(others) == []


def test_a_parent_that_is_gone_for_good_is_our_fault_and_no_zero(monkeypatch):
    monkeypatch.setattr(launch, "REVIVAL", 0.1)
    monkeypatch.setattr(warm, "LOOKED_AFTER", 60.0)
    others = set(children(os.getpid()))
    with warm.raised(Sandbox.OFF) as wall:
        assert asked(wall) == 608
        for pid in parents(others):
            os.kill(pid, signal.SIGKILL)
        with pytest.raises(RunnerFault, match="no process could be started"):
            asked(wall)


@pytest.mark.parametrize("level", [Sandbox.OFF, Sandbox.AUTO])
def test_code_that_goes_with_its_parent_did_not_stop_by_itself(level):
    """The parent goes first where the whole class is killed, and a judge lives on for a moment."""
    others = set(children(os.getpid()))
    with warm.raised(level) as wall:
        assert asked(wall) == 608
        code = CodeFile(Source.MODULE, "ps4.py", (Cell(1, "import time\ntime.sleep(20)\nx = 608"),))
        with Student(code, Limits(), Room(wall)) as student, ThreadPoolExecutor() as pool:
            value = pool.submit(student.value, "x")
            time.sleep(0.5)
            for pid in parents(others):
                os.kill(pid, signal.SIGKILL)
            with pytest.raises(RunnerFault, match="was lost"):
                value.result(timeout=10)


def test_a_judge_that_is_killed_takes_its_runner_along():
    """A judge is another process than the one that raised the wall."""
    with warm.raised(Sandbox.OFF) as wall:
        judge = (
            "from grader.datatypes import Cell, CodeFile, Limits, Source\n"
            "from grader.sandbox import Room, Student, Wall\nimport time\n"
            f"wall = Wall('off', {dict(wall.doors)!r}, {wall.scratch!r})\n"
            "code = CodeFile(Source.MODULE, 'ps4.py', (Cell(1, 'import os\\nx = os.getpid()'),))\n"
            "student = Student(code, Limits(), Room(wall))\nprint(student.value('x'), flush=True)\ntime.sleep(99)"
        )
        process = subprocess.Popen([sys.executable, "-c", judge], stdout=subprocess.PIPE)
        pid = int(process.stdout.readline())
        assert Path(f"/proc/{pid}").exists()
        process.kill()
        process.communicate()
        for _ in range(500):
            if not Path(f"/proc/{pid}").exists():
                break
            time.sleep(0.01)
        assert not Path(f"/proc/{pid}").exists()


def test_strict_wants_bubblewrap(monkeypatch):
    monkeypatch.setattr(warm.shutil, "which", lambda *_: None)
    with pytest.raises(NoWall, match="needs bubblewrap"), warm.raised(Sandbox.STRICT):
        pass


def test_a_gap_in_the_wall_runs_no_student_code(tmp_path):
    """A runner that cannot say that every required layer holds gets no code: it fails closed."""
    mark = tmp_path / "mark"
    with warm.raised(Sandbox.OFF) as bare:
        claimed = Wall(Sandbox.AUTO, bare.doors, bare.scratch)
        open_wall = Wall(Sandbox.OFF, bare.doors, bare.scratch)
        text = f"open({str(mark)!r}, 'w').close()\nx = 1"
        assert asked(open_wall, text) == 1
        assert mark.exists()
        assert claimed.lacks([]) == ["landlock", "seccomp"]
        assert claimed.lacks(["no capabilities", "landlock 7", "seccomp"]) == []
        assert open_wall.lacks([]) == []


def test_for_ones_own_code_one_parent_is_started_and_it_has_keras():
    with warm.warmed() as wall:
        assert set(wall.doors) == {"networks"}
        assert not wall.lacks(()), "it refuses nothing"
        assert asked(wall) == 608, "code without Keras gets a fresh process"


def test_where_nothing_can_be_forked_each_runner_starts_afresh(monkeypatch):
    monkeypatch.setattr(warm, "can_fork", lambda: False)
    with warm.warmed() as wall:
        assert not wall.doors
        assert asked(wall) == 608


def test_a_parent_that_does_not_start_is_done_without(monkeypatch):
    monkeypatch.setattr(warm, "PYTHON", "/nowhere/python")
    with warm.warmed() as wall:
        assert not wall.doors
        assert asked(wall) == 608
