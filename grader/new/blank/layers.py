"""What is right, and what usual mistakes give: no student sees it. Put your own functions here."""


def parameters(inputs=20, units=5, *, bias=True):
    """Return the number of parameters of a dense layer."""
    return inputs * units + (units if bias else 0)
