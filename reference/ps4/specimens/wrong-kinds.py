"""Each name is there and holds something of another kind."""


def parameter_count():
    return 608


output_shape = {"height": 28}.items()
average_pooled = [[[1, float("nan")], [1, 1]]] * 4
max_pooled = object()
training_shape = None


def prepare(x, y):
    return x


def or_network():
    return []


xor_layers = "a few"
