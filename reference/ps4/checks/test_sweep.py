"""3G: the table of the dropout sweep, as the public checks have it; rows at chance are told as well."""

from ..data import rows_at_chance
from ..public.test_sweep import compared, rows_given, test_sweep_rows, test_sweep_spacing

__all__ = ["test_sweep_accuracies", "test_sweep_rows", "test_sweep_spacing"]


def test_sweep_accuracies(answer, network, assignment, verdict):
    """The accuracies are plausible."""
    rows = rows_given(answer, network, verdict)
    accuracies = [accuracy for _, accuracy in rows]
    for row, digit in rows_at_chance(accuracies).items():
        reached = f"{float(accuracies[row - 1]):.4f}"
        verdict.note(f"row {row}: {reached} is what a network reaches that says “{digit}” to everything")
    compared(network, assignment, verdict, rows)
