"""3D and 3E: pooling four small matrices."""

from ..pooling import average_pooled, average_pooled_slips, max_pooled, max_pooled_slips


def test_average_pooled(answer, verdict):
    """Average pooling of the four matrices, entry by entry."""
    matrices = answer.matrices("average_pooled", count=4, size=(2, 2))
    verdict.entries(matrices, average_pooled(), slips=average_pooled_slips())


def test_max_pooled(answer, verdict):
    """Max pooling of the four matrices, entry by entry."""
    matrices = answer.matrices("max_pooled", count=4, size=(2, 2))
    verdict.entries(matrices, max_pooled(), slips=max_pooled_slips())
