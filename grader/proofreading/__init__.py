"""(assignment.toml, the check files) -> [Fault]: what is wrong, found before anybody is graded."""

from grader.proofreading.agreement import disagreements, without_hint
from grader.proofreading.faults import Fault, meant, named, told
from grader.proofreading.meaning import contradictions, limits_faults
from grader.proofreading.positions import Keys
from grader.proofreading.schema import misfits

__all__ = [
    "Fault",
    "Keys",
    "contradictions",
    "disagreements",
    "limits_faults",
    "meant",
    "misfits",
    "named",
    "told",
    "without_hint",
]
