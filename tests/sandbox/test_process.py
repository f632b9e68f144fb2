"""Whatever a student's process does, the grader goes on and nothing of it is left."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from grader.sandbox import Crashed, Killed, Malformed, OverLimit, RunnerFault, StudentFault, TimedOut, launch

everywhere = pytest.mark.parametrize("wall", ["off", "kernel", "bubblewrap"], indirect=True)
unjailed = pytest.mark.parametrize("wall", ["off"], indirect=True)

FORGE = """
import json, os, struct, threading
control = max(int(n) for n in os.listdir('/proc/self/fd') if os.path.exists(f'/proc/self/fd/{n}')
              and os.readlink(f'/proc/self/fd/{n}').startswith('socket'))
def send(**header):
    text = json.dumps(header).encode()
    os.write(control, struct.pack('>I', len(text)) + text)
"""


def gone(pid: int, state: str = "Z") -> bool:
    """Wait until a process is no more or in that state; give up after ten seconds."""
    for _ in range(1000):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == state:
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.01)
    return False


@unjailed
def test_a_loop_at_the_top_is_stopped_once_and_never_run_again(module, tmp_path):
    log = tmp_path / "log"
    student = module(
        f"print('on')\nx = 1\nopen({str(log)!r}, 'a').write('ran ')\nwhile True: pass", load_seconds=2
    )
    for ask in (lambda: student.value("x"), lambda: student.call("f"), student.names):
        with pytest.raises(TimedOut, match=r"ps4\.py was still running after 2 seconds") as caught:
            ask()
        assert caught.value.output == "on\n"
    assert log.read_text() == "ran "


@everywhere
def test_a_loop_in_a_call_costs_that_call_only(module):
    code = "print('top')\nx = 1\ndef f():\n    while True: pass\ndef g(): return x"
    student = module(code, seconds=2)
    with pytest.raises(TimedOut, match=r"`f` was still running after 2 seconds"):
        student.call("f")
    assert student.call("g") == 1
    assert student.output == "top\n"  # printed twice, shown once


@everywhere
def test_signals_that_are_ignored_do_not_help(module):
    code = "import signal, time\nfor n in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGALRM):\n"
    student = module(code + "    signal.signal(n, signal.SIG_IGN)\ntime.sleep(999)", load_seconds=2)
    with pytest.raises(TimedOut):
        student.names()


@unjailed
@pytest.mark.parametrize(
    ("death", "told"),
    [
        ("os._exit(0)", "exit status 0"),
        ("os._exit(7)", "exit status 7"),
        ("os.kill(os.getpid(), 11)", "SIGSEGV"),
        ("os.abort()", "SIGABRT"),
    ],
)
def test_a_dying_process_is_one_crash(module, tmp_path, death, told):
    log = tmp_path / "log"
    code = f"import os\nopen({str(log)!r}, 'a').write('ran ')\nx = 1\ndef f():\n    {death}\n"
    student = module(code)
    with pytest.raises(Crashed, match="`f` stopped: its process ended") as caught:
        student.call("f")
    assert told in caught.value.message
    assert student.value("x") == 1  # in a new process, where the top level ran again
    assert log.read_text() == "ran ran "
    log.unlink()
    fatal = module(code + death)
    for _ in range(2):
        with pytest.raises(Crashed, match=r"ps4\.py stopped: its process ended"):
            fatal.value("x")
    assert log.read_text() == "ran "


@everywhere
def test_a_process_that_is_killed_from_outside_did_not_crash(module):
    """Code may send SIGKILL to itself, which cannot be told apart: a person looks at that."""
    student = module("import os\nx = 1\ndef f(): os.kill(os.getpid(), 9)")
    with pytest.raises(Killed, match="`f` was ended by SIGKILL"):
        student.call("f")
    assert student.value("x") == 1


@unjailed
def test_a_process_that_hangs_up_is_no_victim_of_ours(module):
    code = "import os, time\ndef f():\n    os.closerange(3, 100)\n    time.sleep(999)"
    with pytest.raises(Crashed, match="ended by itself") as caught:
        module(code).call("f")
    assert not isinstance(caught.value, Killed)


@everywhere
def test_processor_time_is_limited(module):
    code = "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 3))\ndef f():\n    while True: pass"
    with pytest.raises(OverLimit, match="processor time"):
        module(code).call("f")


@everywhere
def test_limits_are_set_and_core_files_off(module):
    code = "import resource as r\nx = {n: r.getrlimit(getattr(r, 'RLIMIT_' + n)) for n in "
    limits = module(code + "('DATA', 'CORE', 'FSIZE', 'NOFILE', 'CPU')}", memory_mb=700).value("x")
    assert limits["DATA"] == (700 << 20, 700 << 20)
    assert limits["CORE"] == (0, 0)
    assert limits["FSIZE"] == (256 << 20, 256 << 20)
    assert limits["NOFILE"][0] <= 256
    assert limits["CPU"][0] > 0


@unjailed
def test_forks_and_threads_left_behind_are_killed(module):
    code = """
import os, threading, time
child = os.fork()
if not child:
    time.sleep(999)
threading.Thread(target=time.sleep, args=(999,)).start()
me = os.getpid()
"""
    student = module(code)
    pids = student.value("child"), student.value("me")
    student.close()
    assert all(gone(pid) for pid in pids)


@unjailed
def test_a_fork_that_comes_back_does_not_answer(module):
    student = module("import os\nchild = os.fork()\nx = 608\ndef f():\n    os.fork()\n    return 1")
    assert student.value("x") == 608
    assert student.value("child") > 0
    assert student.call("f") == 1
    assert student.value("x") == 608


@unjailed
def test_a_parent_that_leaves_its_fork_behind_is_noticed(module):
    code = "import os, time\nif os.fork(): os._exit(5)\ntime.sleep(999)"
    with pytest.raises(Crashed, match="exit status 5"):
        module(code, load_seconds=30).names()


@everywhere
def test_atexit_and_threads_change_nothing_outside(module, tmp_path):
    mark = tmp_path / "mark"
    code = f"import atexit\natexit.register(open, {str(mark)!r}, 'w')\nx = 1"
    student = module(code)
    assert student.value("x") == 1
    student.close()
    assert not mark.exists()


@everywhere
def test_a_thread_that_prints_on_hangs_nothing(module):
    code = "import threading\ndef loud():\n    while True: print('x' * 999)\n"
    student = module(code + "threading.Thread(target=loud, daemon=True).start()\nx = 1", seconds=60)
    with suppress(OverLimit):  # it may have printed 64 MB before it was asked
        assert student.value("x") == 1
    student.close()


@everywhere
def test_streams_that_are_closed_or_replaced_hang_nothing(module):
    code = "import sys, os\nsys.stdout.close()\nsys.stderr = None\nos.close(1)\nos.close(2)\nx = 1"
    student = module(code)
    assert student.value("x") == 1
    assert student.names() == ("sys", "os", "x")


@everywhere
def test_the_environment_is_scrubbed(module, monkeypatch):
    monkeypatch.setenv("COURSE_TOKEN", "hush")
    monkeypatch.setenv("PYTHONPATH", "/hush")
    student = module(
        "import os, sys\nenv = dict(os.environ)\npath = sys.path\nargv = sys.argv\ncwd = os.getcwd()"
    )
    env = student.value("env")
    assert not any("hush" in value or name.startswith("PYTHON") for name, value in env.items())
    assert env["HOME"] == env["TMPDIR"] == env["KERAS_HOME"] == env["MPLCONFIGDIR"] == student.value("cwd")
    assert not any(part.rstrip("/").endswith(("hush", "sandbox", "inside")) for part in student.value("path"))
    assert student.value("argv") == [""]


@everywhere
def test_our_own_modules_are_out_of_sight(module):
    student = module("import sys\nours = [m for m in sys.modules if 'inside' in m or 'grader' in m]")
    assert student.value("ours") == []
    with pytest.raises(Crashed, match="No module named 'wire'"):
        module("import wire").value("wire")


@everywhere
def test_only_the_pipes_and_one_socket_are_open_inside(module):
    with open(os.devnull, "rb") as held:  # noqa: PTH123 (its number is what matters)
        os.set_inheritable(held.fileno(), True)  # noqa: FBT003 (positional only)
        student = module(
            "import os\nx = sorted(os.readlink(f'/proc/self/fd/{n}').split(':')[0] for n in '012')\n"
            "y = [n for n in range(3, 256) if os.path.exists(f'/proc/self/fd/{n}')]"
        )
        assert student.value("x") == ["/dev/null", "pipe", "pipe"]
        assert len(student.value("y")) == 1


@unjailed
def test_nothing_is_left_in_the_scratch_folder(module, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("kept")
    code = f"""
import os
home = os.getcwd()
def litter():
    os.symlink({str(outside)!r}, 'link')
    os.makedirs('a/b')
    open('a/b/file', 'w').close()
    os.mkdir('deep')
    os.chdir('deep')
    for _ in range(1100):
        os.mkdir('d')
        os.chdir('d')
    os.chmod(os.path.join(home, 'a'), 0)
"""
    student = module(code)
    home = Path(student.value("home"))
    assert home.exists()
    with pytest.raises(OverLimit):  # so deep that something could hide there
        student.call("litter")
    student.close()
    assert not home.exists()
    assert (outside / "kept").read_text() == "kept"


@everywhere
def test_scratch_is_gone_after_a_timeout_too(module):
    student = module("import os, time\nhome = os.getcwd()\ndef f(): time.sleep(99)", seconds=2)
    home = Path(student.value("home"))
    with pytest.raises(TimedOut):
        student.call("f")
    assert not home.exists()


@everywhere
def test_no_descriptor_is_leaked(module):
    def open_files() -> int:
        return len(os.listdir("/proc/self/fd"))  # noqa: PTH208 (a count of a kernel folder)

    before = open_files()
    for code in ("x = 1", "import os\nos._exit(1)", "while True: pass", "1 / 0"):
        student = module(code, load_seconds=0.3)
        with suppress(StudentFault):
            student.value("x")
        student.close()
    assert open_files() == before


@everywhere
def test_an_answer_given_before_the_question_is_refused(module):
    student = module(FORGE + "x = 1\ndef f():\n    send(kind='value', id=12345, value=608)\n    return 1")
    with pytest.raises(Malformed, match="spoke out of turn"):
        student.call("f")
    assert student.value("x") == 1


@everywhere
@pytest.mark.parametrize(
    "forged",
    [
        "os.write(control, b'\\xff' * 64)",
        "send(kind='ready')",
        "send(kind='verdict', id=1, passed=True)",
        "send(kind='value', id=1, value=['a'], arrays=[['<f8', [1 << 40], 'C', 1 << 43]])",
        "os.write(control, struct.pack('>I', 1 << 31))",
    ],
)
def test_forged_messages_are_malformed(module, forged):
    student = module(FORGE + f"{forged}\nx = 1")
    with pytest.raises(Malformed):
        student.value("x")
    with pytest.raises(Malformed):  # the code is not run a second time
        student.value("x")


@everywhere
def test_a_forged_fault_of_ours_is_not_believed(module):
    student = module(FORGE + "send(kind='unready', reason='the grader is broken')")
    with pytest.raises(Malformed):
        student.names()


@everywhere
def test_a_line_that_is_held_up_is_a_timeout(module):
    code = (
        FORGE + "def f():\n    os.write(control, struct.pack('>I', 100) + b'{')\n    threading.Event().wait()"
    )
    with pytest.raises(TimedOut):
        module(code, seconds=2).call("f")


@everywhere
def test_who_does_not_read_large_arguments_is_stopped(module):
    code = "import os, signal, threading, time\nme = os.getpid()\ndef f(a): pass\ndef stay():\n    time.sleep(.3)\n"
    code += "    while True: os.kill(me, signal.SIGSTOP)\ndef stop(): threading.Thread(target=stay).start()"
    student = module(code, seconds=2)
    assert student.value("me") > 0
    pid = student._runner._process.pid  # in bubblewrap it has another number of its own
    student.call("stop")
    assert gone(pid, "T")
    time.sleep(0.5)
    with pytest.raises(TimedOut):
        student.call("f", np.zeros(5 << 20))


@everywhere
def test_large_arrays_cross_both_ways(module):
    student = module("def double(a):\n    return a * 2", seconds=60)
    array = np.arange(8 << 20, dtype=np.float64)
    assert np.array_equal(student.call("double", array), array * 2)


@unjailed
def test_a_machine_that_cannot_start_it_is_our_fault(module, monkeypatch):
    monkeypatch.setattr(launch, "PYTHON", "/nowhere/python")
    with pytest.raises(RunnerFault, match="no process could be started"):
        module("x = 1").value("x")
    monkeypatch.setattr(launch, "PYTHON", "/bin/false")
    with pytest.raises(RunnerFault, match="no runner came up"):
        module("x = 1").value("x")


def test_a_judge_that_is_killed_leaves_no_runner_behind(tmp_path):
    pid_file = tmp_path / "pid"
    code = f"import os, time\nopen({str(pid_file)!r}, 'w').write(str(os.getpid()))\ntime.sleep(999)"
    judge = (
        "from grader.datatypes import Cell, CodeFile, Limits, Source\nfrom grader.sandbox import Room, Sandbox, Student, Wall\n"
        f"Student(CodeFile(Source.MODULE, 'ps4.py', (Cell(1, {code!r}),)), Limits(), Room(Wall(Sandbox.OFF))).value('x')"
    )
    process = subprocess.Popen([sys.executable, "-c", judge])
    while not (pid_file.exists() and pid_file.read_text()):
        time.sleep(0.05)
    process.kill()
    process.wait()
    assert gone(int(pid_file.read_text()))
