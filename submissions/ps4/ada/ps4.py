import numpy as np

or_network = [(np.array([[1.0], [1.0]]), np.array([0.0]))]
xor_layers = 2


def prepare(x, y):
    return x.reshape(-1, 28 * 28) / 255, np.eye(10)[y]


average_pooled = [
    [[1, 0.5], [0.5, 0.25]],
    [[0.5, 1], [0.25, 0.5]],
    [[0.25, 0.5], [0.5, 1]],
    [[0.5, 0.25], [1, 0.5]],
]
