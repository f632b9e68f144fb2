"""A class on a cluster of several processes comes out as on one machine, also where a worker is killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from grader import assignment, batch, cluster, freshness, pipeline, problem_files
from grader.cluster import NoCluster, OtherFiles
from grader.datatypes import Assignment
from grader.roster import Entry, entries
from grader.sandbox import NoWall, Sandbox, Wall

distributed = pytest.importorskip("distributed")
PS4 = Path(__file__).parents[1] / "reference" / "ps4"


@pytest.fixture(scope="module")
def scheduler() -> Iterator[object]:
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    ) as running:
        yield running


@pytest.fixture
def class_(tmp_path: Path) -> Path:
    folder = tmp_path / "class"
    folder.mkdir()
    for number in range(9):
        code = f"import time\ntime.sleep(0.5)\nparameter_count = {600 + number % 2 * 8}\n"
        (folder / f"s{number}.py").write_text(code)
    return folder


def graded(class_: Path, out: Path, address: str) -> bytes:
    problem_set = assignment.only_parts(assignment.load(PS4), frozenset({"3B"}))
    elsewhere = {"execute": cluster.executor(address, cluster.Guard(Sandbox.OFFERED))} if address else {}
    done = batch.grade_class(entries(class_), problem_set, out, 2, **elsewhere)
    assert done.faulted == ()
    return (out / "gradebook.csv").read_bytes()


@pytest.mark.slow
def test_a_class_comes_out_as_on_one_machine_though_a_worker_is_killed(
    class_: Path, tmp_path: Path, scheduler
) -> None:
    here = graded(class_, tmp_path / "here", "")
    killed: list[int] = []

    def kill() -> None:
        while len(list((tmp_path / "there").glob("staff/*/result.json"))) < 2:
            time.sleep(0.05)
        worker = next(iter(scheduler.workers.values()))
        killed.append(worker.pid)
        os.kill(worker.pid, signal.SIGKILL)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    there = graded(class_, tmp_path / "there", scheduler.scheduler_address)
    thread.join(10)
    assert killed, "the worker was killed in the middle"
    assert there == here


def test_a_worker_refuses_where_student_code_could_read_what_it_must_not(tmp_path: Path) -> None:
    readable = Path(sys.prefix) / "lib"
    with pytest.raises(NoWall, match="student code may read"):
        cluster.judged(pipeline.grade, None, None, cluster.Guard(Sandbox.AUTO, (readable,)), {})


@pytest.mark.parametrize("address", ["tcp://10.0.0.7:8786", "tcp://grader.example:8786"])
def test_beyond_this_machine_only_tls(address: str) -> None:
    with pytest.raises(NoCluster, match="tls://"):
        cluster.refuse_open(address, open_allowed=False)
    cluster.refuse_open(address, open_allowed=True)
    cluster.refuse_open(address.replace("tcp", "tls"), open_allowed=False)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:8786", "tcp://localhost:8786", "tcp://[::1]:8786"])
def test_on_this_machine_an_open_address_will_do(address: str) -> None:
    cluster.refuse_open(address, open_allowed=False)


@pytest.mark.parametrize("address", ["127.0.0.1", "http://127.0.0.1:8786", "tcp://127.0.0.1", ""])
def test_what_is_no_address_is_told(address: str) -> None:
    with pytest.raises(NoCluster, match="an address is"):
        cluster.refuse_open(address, open_allowed=False)


def test_nobody_who_answers_is_a_sentence(class_: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with pytest.raises(NoCluster, match="no scheduler answers"):
        graded(class_, tmp_path / "out", "tcp://127.0.0.1:1")


# ---- what a worker keeps, and what a run is called -------------------------------------------


@pytest.fixture
def ada(tmp_path: Path) -> Entry:
    (tmp_path / "ada.py").write_text("parameter_count = 608\n")
    return Entry("ada", tmp_path / "ada.py")


def worked(ada: Entry, folder: Path) -> float:
    """Grade in this process as a worker that lives on, for a command that was given elsewhere just now."""
    problem_set = assignment.only_parts(assignment.load(folder), frozenset({"3B"}))
    problem_files.look_again()
    meant = freshness.graded_with(problem_set)
    return cluster.judged(pipeline.grade, ada, problem_set, cluster.Guard(Sandbox.OFF), meant).earned


def test_a_worker_that_lives_on_grades_with_the_problem_set_as_it_is_now(ada: Entry, tmp_path: Path) -> None:
    folder = tmp_path / "ps4"
    shutil.copytree(PS4, folder, ignore=shutil.ignore_patterns("specimens", "__pycache__"))
    assert worked(ada, folder) == 2
    with (folder / "arithmetic.py").open("a") as file:
        file.write("\n\ndef parameter_count(*_: object, **__: object) -> int:\n    return 609\n")
    assert worked(ada, folder) == 0


def test_a_worker_with_another_problem_set_gives_no_mark_and_says_so(ada: Entry) -> None:
    problem_set = assignment.only_parts(assignment.load(PS4), frozenset({"3B"}))
    meant = {**freshness.graded_with(problem_set), "the problem set": "another"}
    with pytest.raises(OtherFiles, match=r"the problem set on .+ is another than"):
        cluster.judged(pipeline.grade, ada, problem_set, cluster.Guard(Sandbox.OFF), meant)


SCHEDULER = """
import distributed, time
with distributed.LocalCluster(
    n_workers=1, threads_per_worker=1, processes=False, protocol="tcp://", host="127.0.0.1",
    dashboard_address=None,
) as running:
    print(running.scheduler_address, flush=True)
    time.sleep(600)
"""


def test_a_scheduler_that_is_lost_is_told_with_the_way_on(ada: Entry, tmp_path: Path, caplog) -> None:
    problem_set = assignment.load(PS4)
    with subprocess.Popen([sys.executable, "-c", SCHEDULER], stdout=subprocess.PIPE, text=True) as process:
        address = process.stdout.readline().strip()
        execute = cluster.executor(address, cluster.Guard(Sandbox.OFF))
        work = partial(hold_on, tmp_path / "begun")
        killing = threading.Thread(target=killed_once_there, args=(process, tmp_path / "begun"), daemon=True)
        killing.start()
        with pytest.raises(NoCluster, match=r"the scheduler is gone.+the same command goes on"):
            list(execute(work, [(ada, problem_set, Wall())], 1, None))
        killing.join()
    assert caplog.records == [], "in a sentence of ours alone"


def hold_on(begun: Path, *_: object) -> None:
    begun.touch()
    time.sleep(60)


def killed_once_there(process: subprocess.Popen[str], begun: Path) -> None:
    while not begun.exists():
        time.sleep(0.05)
    process.kill()


def what_was_handed_in(entry: Entry, _assignment: Assignment, _wall: Wall) -> str:
    time.sleep(0.2)
    return entry.path.name


def test_two_classes_on_one_scheduler_keep_their_namesakes_apart(ada: Entry, tmp_path: Path) -> None:
    problem_set = assignment.load(PS4)
    (tmp_path / "other.py").touch()
    both = [ada, Entry("ada", tmp_path / "other.py")]
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    ) as one:
        execute = cluster.executor(one.scheduler_address, cluster.Guard(Sandbox.OFF))

        def outcome(entry: Entry) -> object:
            return [done for _, done in execute(what_was_handed_in, [(entry, problem_set, Wall())], 1, None)]

        with ThreadPoolExecutor(2) as at_once:
            assert list(at_once.map(outcome, both)) == [["ada.py"], ["other.py"]]
