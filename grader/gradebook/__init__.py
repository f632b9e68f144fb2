"""[Result] -> gradebook: rows for the terminal, CSV for a spreadsheet."""

from grader.gradebook.rows import Row, table
from grader.gradebook.spreadsheet import cell, listed, write_csv

__all__ = ["Row", "cell", "listed", "table", "write_csv"]
