import numpy as np


def prepare(x, y):
    return np.eye(10)[y], x.reshape(len(x), -1)
