"""3D and 3E: pooling four small matrices."""

from ..pooling import average_pooled, average_pooled_slips, max_pooled, max_pooled_slips
from ..public.test_pooling import CORNER


def test_average_pooled(answer, verdict):
    """Average pooling of the four matrices, entry by entry."""
    matrices, right = answer.matrices("average_pooled", count=4, size=(2, 2)), average_pooled()
    if matrices != right and CORNER.search(answer.text) and sorted(matrices) == sorted(right):
        verdict.pend("The matrices are right; a person looks whether your words put them in another order.")
    if matrices != right and answer.noted("one matrix"):
        verdict.pend("One matrix was read, and words about the others: a person looks at it.")
    verdict.entries(matrices, right, slips=average_pooled_slips())


def test_max_pooled(answer, verdict):
    """Max pooling of the four matrices, entry by entry."""
    matrices = answer.matrices("max_pooled", count=4, size=(2, 2))
    verdict.entries(matrices, max_pooled(), slips=max_pooled_slips())
