"""One of its functions never returns; the rest is right."""

parameter_count = 608


def prepare(x, y):
    while True:
        pass
