"""Set 4."""

import numpy as np

or_network = [([[1], [1]], [0])]

xor_layers = 2

versions = ('1.12.0', '2.2.4')

training_shape = (60000, 28, 28)

def prepare(x, y):
    return x.reshape(len(x), 28 * 28), np.eye(10)[y]

parameter_count = (5 * 5 * 3 + 1) * 8

output_shape = (32 - 5 + 1, 32 - 5 + 1, 8)

average_pooled = [[[1, .5], [-.5, .25]], [[.5, 1], [-.25, .5]], [[.25, .5], [.5, 1]], [[.5, .25], [1, .5]]]

max_pooled = np.ones((4, 2, 2))

dropout_sweep = [(0.0, 0.9811), (0.1, 0.9762), (0.2, 0.9723), (0.3, 0.9688), (0.4, 0.9671), (0.5, 0.959), (0.6, 0.9471), (0.7, 0.9066), (0.8, 0.8801), (0.9, 0.1135)]
