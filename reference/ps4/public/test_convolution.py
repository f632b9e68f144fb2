"""3B and 3C: the kind of number and of shape that the question asks for."""

from .unseen import ready

FILTERS, SIDE = 8, 32  # as the question has them


def test_parameter_count(answer, verdict):
    """The number of parameters of the layer."""
    nouns = ("parameters", "parameter", "params")
    count = answer.integer("parameter_count", nouns=nouns, or_else=("weights", "weight"))
    if count < 1 or count % FILTERS:
        verdict.fail(
            f"The {FILTERS} filters are alike, each with its own bias: {count} cannot be shared among them."
        )
    ready(verdict)


def test_output_shape(answer, verdict):
    """The shape of the layer's output."""
    shape = answer.shape("output_shape", rank=3, nouns=("output", "shape", "tensor"))
    if len(shape) != 3:
        verdict.fail(f"Your {shape} has {len(shape)} axes: height, width and channels are three.")
    height, width = shape[1:] if answer.noted("channels first") else shape[:2]
    if height != width:
        verdict.fail(f"Image and filters are square, so the output is: {height} and {width} are not alike.")
    if not 1 <= height < SIDE:
        verdict.fail(
            f"Nothing is padded, so the output is smaller than the image: {height} is not below {SIDE}."
        )
    ready(verdict)
