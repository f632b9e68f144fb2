"""the command line -> the same calls as Python makes; parses, calls, prints."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import make_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader import alone, authors, checking, exports, grading, markers, piped, privacy, publishing
from grader.asked import (
    class_of,
    in_words,
    problem_set_for,
    refuse,
    refuse_place,
    usual_place,
    with_data,
)
from grader.datatypes import Assignment
from grader.options import (
    assignment_option,
    cluster_options,
    data_option,
    extensions_option,
    manner_options,
    parts_option,
    roster_option,
    sandbox_option,
    thorough_option,
)

if TYPE_CHECKING:
    from grader.classes import Class

EPILOG = (
    "Exit status: 0 graded, 1 a fault of the grader (named), 2 the command, the problem set or marks.csv is "
    "wrong, 3 student code cannot be kept in here, 4 marks would change and were not replaced, 130 stopped."
)

CHECK_EPILOG = (
    "Exit status: 0 nothing failed (what waits for a person has not), 1 something failed, crashed or is "
    "missing, or the grader itself failed, which is said; 2 the command or the problem set is wrong, or "
    "there is nothing to check; 130 stopped by Ctrl-C. With --watch, Ctrl-C exits by the last check."
)


class _Commands(click.Group):
    """Commands that Ctrl-C stops with a sentence and 130, at whatever moment it comes."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except piped.ReaderGone:
            sys.exit(piped.STATUS)
        except KeyboardInterrupt:
            refuse("\nStopped.", 130)
        finally:
            # CPython notes a Ctrl-C that came while the standard library ran a text, as in the making
            # of a dataclass, for its own exit status even where it was caught; the next such text clears it.
            make_dataclass("Nothing", ())


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="nn-grader", prog_name="grader")
def main() -> None:
    """Grade deep-learning homework: write-ups, notebooks, modules, in any mix.

    \b
    An instructor:   grader grade submissions/ps4      a class, into reports/ps4
                     grader mark reports/ps4           what waits for a person, marked in the browser
                     grader marks reports/ps4          what people gave, into results, pages and gradebook
                     grader publish reports/ps4        what students are shown, frozen as the proof of it
                     grader export reports/ps4         marks for Moodle, Canvas, Gradescope, a mail merge
                     grader report reports/ps4         every page anew, from the results alone
                     grader forget ada reports/ps4     a student out of reports, marks and kept trainings
    A student:       grader check ps4-writeup.md       one's own work, in the terminal
    An author:       grader new lab                    a small problem set that works, to start from
                     grader verify reference/ps4       does the problem set keep its promises?
                     grader calibrate reference/ps4    what do its own networks reach?
                     grader kit reference/ps4 --out DIR    what students get, without the answers
    Somebody new:    grader doctor                     what does this machine offer?
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, io.TextIOWrapper
        ):  # a terminal or a file that knows no ✓ gets a ? and no traceback
            stream.reconfigure(errors="replace")
    # A grader's output is read by people and piped by scripts; neither wants TensorFlow's start-up talk.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


@main.command(epilog=EPILOG)
@click.argument("submissions", type=click.Path(path_type=Path))
@assignment_option
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Default: reports/<problem set>.")
@roster_option
@extensions_option
@parts_option
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Default: one for each processor.")
@click.option("--force", is_flag=True, help="Grade everybody anew, whatever is there already.")
@click.option("--yes", is_flag=True, help="Replace marks that were given before without asking.")
@click.option("--dry-run", is_flag=True, help="Show whose marks would change, and replace none.")
@manner_options
@cluster_options
@sandbox_option
@data_option
@thorough_option
def grade(
    submissions: Path, assignment: Path | None, out: Path | None, parts: str | None, data: str, **how: Any
) -> None:
    """Grade a class, or a single file.

    SUBMISSIONS is a zip from Moodle, Canvas or Gradescope as it was downloaded, or unpacked; or a folder in
    which each entry, a folder or a file, is one student, named by it; or one file.

    \b
    OUT/students/<student>/index.html    what that student may see: hand out this folder, nothing else
    OUT/staff/<student>/result.json      everything, for staff
    OUT/gradebook.csv, OUT/index.html    the class, for staff

    The same command again goes on where it was stopped, and grades only who handed in something else. After a
    change of points or hints nothing is run: results are scored again. Marks that were given before change
    only when you say so. A problem set's own specimens go into reports/<problem set>-specimens.
    """
    problem_set = problem_set_for(submissions, assignment, parts)
    target = out or usual_place(submissions, problem_set)
    refuse_place(target, submissions, problem_set, force=how["force"])
    with _told(target), alone.alone(target):
        class_ = class_of(submissions, problem_set, target, how)
        if not how["quiet"]:
            _begin(submissions, class_, problem_set)
        problem_set = replace(with_data(problem_set, data), thorough=how["thorough"])
        grading.run(submissions, class_, problem_set, target, how)


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Exit with a sentence where grading a class cannot begin, is stopped, or has nowhere to write."""
    from grader import terminal
    from grader.cluster import NoCluster
    from grader.marking import BadMarks
    from grader.published import BadPublished
    from grader.sandbox import NoWall

    try:
        yield
    except BadMarks as fault:
        refuse(f"{fault}\nNothing was graded. Mend the file, or move it away.")
    except NoWall as fault:
        refuse(str(fault), 3)
    except (alone.Busy, NoCluster) as fault:
        refuse(str(fault))
    except BadPublished as fault:
        refuse(f"{fault}\nNothing was graded.")
    except piped.ReaderGone:
        raise
    except KeyboardInterrupt:
        terminal.say(
            f"Stopped. What was graded until then is in {target}: the same command goes on from there."
        )
        sys.exit(130)
    except OSError as fault:
        written = "What was graded until then is written: mend that, and the same command goes on from there."
        written = written if target.is_dir() else "Nothing was graded."
        refuse(f"--out {target}: {in_words(fault)}. {written}")


def _begin(submissions: Path, class_: Class, problem_set: Assignment) -> None:
    """Say at once what is graded, and what is not."""
    from grader import roster, terminal

    students = "1 student" if class_.size == 1 else f"{class_.size} students"
    terminal.say(f"Grading {students} of {submissions} with {problem_set.title} ({problem_set.folder.name})")
    for link in roster.links(submissions):
        terminal.say(f"Not graded: {link} is a link, and links are not followed")
    for note in class_.notes:
        terminal.say(note)


@main.command(epilog=CHECK_EPILOG)
@click.argument("path", type=click.Path(path_type=Path))
@assignment_option
@parts_option
@data_option
@checking.options
def check(path: Path, assignment: Path | None, parts: str | None, data: str, **wishes: Any) -> None:
    """Check one's own work, a file or a folder, before handing it in.

    PATH is a write-up, a notebook, a module, a PDF, or a folder of these. Each part is told as soon as it is
    known, with the reason and a hint; at the end stands what is ready, what is missing, and what a person
    marks. Nothing is written unless you ask for a page.
    """
    from grader import kit

    checking.run(kit.work_in(path), assignment, parts, data, checking.Wishes(**wishes))


for command in (
    *(authors.new, authors.verify, authors.calibrate, authors.kit, authors.doctor),
    *(exports.export, markers.mark, markers.marks, publishing.publish, publishing.report, privacy.forget),
):
    main.add_command(command)
