"""(assignment.toml, the check files) -> [Fault]: what is wrong, found before anybody is graded."""

from grader.proofreading.agreement import disagreements, slips_told, without_hint
from grader.proofreading.check_files import CheckFunction, check_functions
from grader.proofreading.faults import Fault, meant, named, told
from grader.proofreading.meaning import contradictions, limits_faults
from grader.proofreading.overlooked import idle_public, overlooked
from grader.proofreading.positions import Keys
from grader.proofreading.schema import misfits
from grader.proofreading.secret import of_an_example
from grader.proofreading.sources import Sources
from grader.proofreading.unlisted import unlisted

__all__ = [
    "CheckFunction",
    "Fault",
    "Keys",
    "Sources",
    "check_functions",
    "contradictions",
    "disagreements",
    "idle_public",
    "limits_faults",
    "meant",
    "misfits",
    "named",
    "of_an_example",
    "overlooked",
    "slips_told",
    "told",
    "unlisted",
    "without_hint",
]
