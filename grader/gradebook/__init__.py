"""[Result] -> gradebook: rows for the terminal, CSV for a spreadsheet."""

from grader.gradebook.rows import Row, table
from grader.gradebook.spreadsheet import write_csv

__all__ = ["Row", "table", "write_csv"]
