import numpy as np


def prepare(x, y):
    images, labels = np.zeros((len(x), 784)), np.zeros((len(x), 10))
    pixels = x.reshape(len(x), -1)
    images[np.unravel_index(pixels.argmax(), pixels.shape)] = 1.7e308
    images[np.unravel_index(pixels.argmin(), pixels.shape)] = -1.7e308
    labels[0, int(y[0])] = 1.7e308
    labels[0, (int(y[0]) + 1) % 10] = -1.7e308
    return images, labels
