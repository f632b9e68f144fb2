"""3D and 3E: what is true of averages and maxima of any matrix, and of these four, turned into each other."""

import re
from fractions import Fraction

from .unseen import ready

AVERAGE = Fraction(9, 16)  # of each matrix: a 3×3 block of ones in a 4×4 matrix
CORNER = re.compile(r"\b(top|bottom|upper|lower|left|right|corner)\b|\b[tb][lr]\b", re.IGNORECASE)


def test_average_pooled(answer, verdict):
    """Average pooling of the four matrices, entry by entry."""
    matrices = _four(answer, verdict, "average_pooled")
    for number, matrix in enumerate(matrices, 1):
        values = [value for row in matrix for value in row]
        if not all(0 <= value <= 1 for value in values):
            verdict.fail(f"Matrix {number}: an average of zeros and ones lies between 0 and 1.")
        if sum(values) / len(values) != AVERAGE:
            verdict.fail(
                f"Matrix {number}: the windows take every value once, so your averages have on average to be "
                "that of the whole matrix, and have not."
            )
    _turned(matrices, answer, verdict)
    ready(verdict)


def test_max_pooled(answer, verdict):
    """Max pooling of the four matrices, entry by entry."""
    matrices = _four(answer, verdict, "max_pooled")
    for number, matrix in enumerate(matrices, 1):
        values = {value for row in matrix for value in row}
        if not values <= {0, 1}:
            verdict.fail(f"Matrix {number}: a maximum is one of the values, which are zeros and ones.")
        if 1 not in values:
            verdict.fail(f"Matrix {number}: the largest value of all is the largest of some window.")
    _turned(matrices, answer, verdict)
    ready(verdict)


def _four(answer, verdict, name):
    """The four 2×2 matrices; where others were read, or one for all, that is told."""
    matrices = answer.matrices(name, count=4, size=(2, 2))
    if [[len(row) for row in matrix] for matrix in matrices] != [[2, 2]] * 4:
        if answer.text and len(matrices) != 4:
            verdict.pend("Not four 2×2 matrices were read in your words: a person looks what they are.")
        verdict.fail("Four matrices of two rows and two columns were asked for.")
    if name == "average_pooled" and answer.noted("one matrix"):
        verdict.pend("One matrix was read, and words about the others: a person looks at it.")
    return matrices


def _turned(matrices, answer, verdict):
    """A quarter turn leads from each matrix to the next, and from what is pooled of it to the next."""
    turned = [tuple(zip(*reversed(matrix), strict=True)) for matrix in matrices]
    if turned == [*matrices[1:], matrices[0]]:
        return
    if CORNER.search(answer.text):
        verdict.pend("Your words may put the matrices in another order than the question: a person looks.")
    verdict.fail(
        "Each matrix of the question is the one before it, turned by a quarter to the right: what is pooled "
        "of them turns alike, and yours do not. Do they stand in the order of the question?"
    )
