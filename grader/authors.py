"""an author's and a newcomer's commands -> the calls of Python: new, verify, calibrate, kit, doctor."""

from __future__ import annotations

import shlex
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.asked import in_words, problem_set_for, refuse, stoppable, with_data
from grader.datatypes import Assignment
from grader.options import data_option, quiet_option

if TYPE_CHECKING:
    from grader.verify import Outcome


@click.command(
    epilog="Exit status: 0 all promises kept, 1 one is broken or something else is to be mended, told "
    "with file and line, 2 the command or the problem set is wrong, 130 stopped."
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Default: one for each processor.")
@click.option(
    "--data",
    default="stand-in",
    metavar="FILE",
    help="Train on MNIST in this .npz file. Promises are kept on the stand-in, which is the default.",
)
@quiet_option
def verify(folder: Path, jobs: int | None, data: str, *, quiet: bool) -> None:
    """Grade a problem set's own specimens and compare with the verdicts it promises.

    FOLDER holds assignment.toml and specimens/expected.toml. Refused is also a set whose marks would be worth
    nothing: whose starter, an empty submission or nonsense earns points, whose accepted specimen loses any,
    with a check that no specimen fails; and what an author slips on and nothing else would tell: a check that
    is not listed, a specimen without a promise, a part without a question, public checks that make no kit.
    """
    problem_set = problem_set_for(folder, folder, None)
    from grader import terminal

    if not quiet:
        terminal.say(f"Verifying {problem_set.title} ({folder})")
    with stoppable(problem_set, "not all specimens were graded, so that nothing is said of the promises"):
        outcome = _verified(problem_set, jobs, data, quiet=quiet)
    if quiet:
        terminal.crosses((*outcome.broken, *outcome.unsound))
    else:
        terminal.verified(
            *(outcome.specimens, outcome.broken, outcome.unsound),
            *(outcome.never_told, outcome.without_hint, outcome.left_out),
        )
    sys.exit(1 if outcome.broken or outcome.unsound else 0)


def _verified(problem_set: Assignment, jobs: int | None, data: str, *, quiet: bool) -> Outcome:
    """Grade the specimens, telling how many are done."""
    from grader import judges, kit, terminal
    from grader import verify as verification
    from grader.sandbox import Sandbox, walled

    try:
        promises = verification.load(problem_set)
    except verification.BadPromises as fault:
        refuse(str(fault))
    problem_set = with_data(problem_set, data, quiet=quiet)
    if amiss := verification.amiss(problem_set, promises):
        refuse("\n".join(amiss))
    try:
        kit.tried(problem_set)
    except kit.NoKit as fault:
        refuse(str(fault))
    except OSError as fault:
        refuse(
            f"Whether {problem_set.folder} makes a kit could not be tried: {in_words(fault)}. "
            "Mend that and give the command again."
        )
    count = jobs or judges.default_jobs()
    counting = nullcontext(_unheard) if quiet else terminal.counting("specimens graded", len(promises))
    with walled(Sandbox.OFFERED, ()) as wall, counting as done:
        return verification.verify(problem_set, promises, count, wall, done)


def _unheard() -> None:
    """Hear that a specimen is graded, and say nothing."""


@click.command(
    epilog="Exit status: 0 written, 2 the command or the problem set is wrong, 130 stopped, nothing written."
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--seeds", type=click.IntRange(min=2), default=20, show_default=True, metavar="N")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Default: one for each processor.")
@data_option
def calibrate(folder: Path, seeds: int, jobs: int | None, data: str) -> None:
    """Train a problem set's own networks from many seeds and write FOLDER/calibration.json.

    FOLDER/calibration/reference.py holds the networks that pass, under the names that students use; files
    beside it hold others, each named for what is wrong with it. How far seeds lie apart decides which near
    miss is tried again. What was trained before comes from the cache, so that a stopped run goes on.
    """
    problem_set = problem_set_for(folder, folder, None)
    from grader import terminal

    terminal.say(f"Calibrating {problem_set.title} ({folder})")
    with stoppable(problem_set, "nothing is written"):
        written = _calibrated(problem_set, seeds, jobs, data)
    terminal.say(f"Written: {written}")


def _calibrated(problem_set: Assignment, seeds: int, jobs: int | None, data: str) -> Path:
    """Find the networks and train them, telling of each file that is read and each training that is done."""
    from grader import calibrate as calibration
    from grader import judges, terminal

    problem_set = with_data(problem_set, data)
    found: list[calibration.Calibrating] = []
    try:
        for file in calibration.files(problem_set):
            with terminal.working(f"building the networks of {file.name}"):
                of_file = calibration.networks(problem_set, file)
            names = ", ".join(network.part for network in of_file) or "none"
            terminal.say(f"  {file.name}: networks of {names}")
            found += of_file
    except calibration.NoNetworks as fault:
        refuse(str(fault))
    terminal.say(
        f"Training {len(found)} networks from {seeds} seeds each; every training is told when it is done"
    )
    total, lines = len(found) * seeds, 0
    with terminal.working("training") as now:

        def told(line: str) -> None:
            nonlocal lines
            lines += 1
            terminal.say(line)
            now(f"{lines} of {total} done")

        now(f"0 of {total} done")
        return calibration.calibrate(problem_set, found, seeds, jobs or judges.default_jobs(), told)


@click.command(epilog="Exit status: 0 written, 2 the name or the place will not do, and nothing is written.")
@click.argument("name")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder that is new or empty. Default: reference/NAME, where the other commands find it.",
)
def new(name: str, out: Path | None) -> None:
    """Write a small problem set that works, to be changed into your own.

    NAME is the id of the problem set and of its folder: small letters, digits, - and _.

    \b
    OUT/assignment.toml            parts, points and hints
    OUT/layers.py                  what is right, and what usual mistakes give
    OUT/checks/test_layers.py      the checks: ordinary pytest functions
    OUT/specimens/                 submissions of your own, right and wrong, with the verdicts promised
    OUT/starter/NAME.py            what students fill in

    It has one question, and each file says what to change; docs/new-problem-set.md goes on from there.
    Afterwards: grader verify OUT sees that all promises are kept, grader grade OUT/specimens makes their
    pages, in reports/NAME-specimens, apart from a class's.
    """
    from grader import new as problem_sets
    from grader import terminal

    folder = out or Path("reference") / name
    try:
        problem_sets.write(name, folder)
    except problem_sets.NotNew as fault:
        refuse(str(fault))
    except OSError as fault:
        refuse(f"{folder}: {in_words(fault)}")
    terminal.say(f"Written: {folder}, a problem set with one question. Each file says what to change. Now:")
    terminal.say(f"  grader verify {shlex.quote(str(folder))}")
    specimens = shlex.quote(str(folder / "specimens"))
    terminal.say(f"  grader grade {specimens}  # into reports/{name}-specimens")


@click.command(
    epilog="Exit status: 0 written, 2 the command or the problem set is wrong, and nothing is written."
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    required=True,
    help="A folder that is new or empty.",
)
def kit(folder: Path, out: Path) -> None:
    """Write what a course hands out for a problem set, so that students check their own work.

    FOLDER holds assignment.toml, starter/ and public/, the checks that students may have. Without public/,
    students read whether there is an answer to each part, and nothing about it.

    \b
    OUT/README.md        what to do with it: one command, grader check hand-in
    OUT/statement.md     what is asked
    OUT/hand-in/         the starter files: where students work
    OUT/checks/          the public checks, with an assignment.toml of their own

    No answer, hint, criterion, hidden check or reference is in it. Public checks say what can be seen without
    an answer: that there is one, of the right kind, that the code runs and keeps to the rules. For the rest a
    student reads that it is ready, and that only grading will tell.
    """
    problem_set = problem_set_for(folder, folder, None)
    from grader import kit as kits
    from grader import terminal

    try:
        kits.write(problem_set, out)
    except kits.NoKit as fault:
        refuse(str(fault))
    except OSError as fault:
        refuse(f"--out {out}: {in_words(fault)}. Mend that and give the command again.")
    terminal.say(
        f"Written: {out}. Hand out the folder; students give one command in it: grader check {kits.WORK}"
    )
    if not kits.has_public(problem_set):
        terminal.say(
            "There are no public checks: students read whether there is an answer to each part, no more. One "
            f"that says more is a check in {folder / kits.PUBLIC / 'test_….py'} under the name of one that "
            "grades (docs/kit.md)."
        )


@click.command(epilog="Exit status: 0 student code can be kept in here, 1 it cannot.")
def doctor() -> None:
    """Say what this machine offers for grading, and what each lack costs."""
    from grader import doctor as examination
    from grader import terminal

    terminal.say("What this machine offers")
    diagnosis = examination.examine(lambda found: terminal.finding(found.what, found.found, found.costs))
    terminal.say(
        "\n`grader grade` works here."
        if diagnosis.can_grade
        else "\n`grader grade` needs --sandbox off here."
    )
    sys.exit(0 if diagnosis.can_grade else 1)
