"""Answers some questions, then fails; one of its functions fails as well."""

parameter_count = 608


def prepare(x, y):
    return x.reshape(len(x), 785), y


output_shape = (28, 28, filters)  # noqa: F821
max_pooled = "never reached"
