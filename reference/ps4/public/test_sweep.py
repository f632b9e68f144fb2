"""3G: the table of the dropout sweep."""

import re
from fractions import Fraction
from types import MappingProxyType

from .sweep import ROWS, accuracies_in_range, equally_spaced, in_percent, probabilities_in_range

LEFT_OUT = re.compile(r"not read as a row: “[^”]*\d")
EPOCHS = 1  # after which a row's accuracy is taken
TWO_DIGITS = Fraction(1, 100)
SPOTS = 2  # rows that are measured again, all of them with --thorough
FAR = 4  # deviations between seeds
UNMEASURED = "plausible; none of them was measured again"
MOST_ROWS = 200  # each is compared with each, exactly


def test_sweep_rows(answer, verdict):
    """The table has ten rows, one for each dropout probability."""
    probabilities = _column(answer, verdict, 0)
    verdict.expect(f"{ROWS} different probabilities")
    different = len(set(probabilities))
    verdict.measure(rows=len(probabilities), probabilities=different)
    if (len(probabilities), different) != (ROWS, ROWS):
        told = f"{len(probabilities)} rows with {different} different probabilities were read."
        _fail(answer, verdict, told)


def test_sweep_spacing(answer, verdict):
    """The dropout probabilities are equally spaced and lie between 0 and 1."""
    probabilities = _column(answer, verdict, 0)
    verdict.expect("equal steps, all from 0 to 1")
    if not probabilities_in_range(probabilities) and answer.text:
        verdict.pend("Not all that was read from your words can be a dropout probability: a person looks.")
    if not probabilities_in_range(probabilities):
        _fail(answer, verdict, "A probability lies between 0 and 1: not all of yours do.")
    if equally_spaced(probabilities):
        return
    rounded = all(probability * 100 == int(probability * 100) for probability in probabilities)
    if not (rounded and equally_spaced(probabilities, TWO_DIGITS)):
        _fail(answer, verdict, "The steps from one probability to the next are not equal.")
    verdict.note("the probabilities are equally spaced up to rounding to two digits")


def test_sweep_accuracies(answer, network, assignment, verdict):
    """The accuracies are plausible."""
    compared(network, assignment, verdict, rows_given(answer, network, verdict))


def rows_given(answer, network, verdict):
    """The table, its accuracies from 0 to 1; fails where they cannot be any."""
    accuracies = _column(answer, verdict, 1)
    verdict.expect("all from 0 to 1")
    if in_percent(accuracies):
        verdict.note("the accuracies are read as percentages")
        accuracies = [accuracy / 100 for accuracy in accuracies]
    verdict.measure(best=float(max(accuracies)), worst=float(min(accuracies)))
    if not accuracies_in_range(accuracies):
        _fail(answer, verdict, "An accuracy lies between 0 and 1: not all of yours do.")
    if len(accuracies) < ROWS // 2:
        _fail(answer, verdict, "These are too few rows for a sweep.")
    rows = list(zip(_column(answer, verdict, 0), accuracies, strict=True))
    _show(network, rows)
    if len(set(accuracies)) == 1:
        verdict.pend("All your accuracies are the same: a person looks at them.")
    return rows


def compared(network, assignment, verdict, rows):
    """Set some of the claims beside what is measured here, all of them where the course wants that."""
    if network.provisional:
        verdict.note(UNMEASURED)
    else:
        measured = _measured(network, rows if assignment.thorough else sorted(rows)[:SPOTS])
        _show(network, rows, measured)
        _compare(network, verdict, measured)


def _show(network, rows, measured=MappingProxyType({})):
    """Keep the table for the page, where it can be drawn."""
    if probabilities_in_range(probability for probability, _ in rows):
        slack = FAR * network.calibration.first_spread if measured else None
        given = [
            (float(setting), float(claimed), measured.get((setting, claimed))) for setting, claimed in rows
        ]
        network.show_sweep("dropout probability", EPOCHS, given, slack)


def _measured(network, rows):
    """Train what these rows are about: row -> test accuracy, of those that the code can be asked for."""
    reached = {row: network.after(EPOCHS, float(row[0])) for row in rows if 0 <= row[0] < 1}
    return {row: accuracy for row, accuracy in reached.items() if accuracy is not None}


def _compare(network, verdict, measured):
    """Tell what was measured of the rows; where a claim is far from it, a person looks."""
    if not measured:
        verdict.note(UNMEASURED)
    doubtful = []
    for (probability, claimed), reached in measured.items():
        told = (
            f"dropout {float(probability):g}: you give {float(claimed):.4f}, {reached:.4f} is measured here"
        )
        verdict.note(told)
        if abs(reached - claimed) > FAR * network.calibration.first_spread:
            doubtful.append(told)
    if doubtful:
        verdict.pend(
            f"The grader measured something else, so a person decides: {'; '.join(doubtful)}.",
            "; ".join(doubtful),
        )


def _fail(answer, verdict, told):
    """Fail where all that was written is read; else the rest may be what is missing, and a person looks."""
    if _partly_read(answer, verdict):
        verdict.pend(f"{told} Not all that you wrote was read, so a person looks at the table.")
    verdict.fail(told)


def _partly_read(answer, verdict):
    """Whether a row may have been missed: a line with numbers was left out, or the table was turned."""
    return answer.noted("lies on its side") or any(LEFT_OUT.search(note) for note in verdict.notes)


def _column(answer, verdict, number):
    rows = answer.table("dropout_sweep", columns=2, of="(dropout, accuracy)")
    if len(rows) > MOST_ROWS:
        verdict.pend(f"{len(rows)} rows were read, and ten are asked for: a person looks.")
    return [row[number] for row in rows]
