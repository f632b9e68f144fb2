import random


def fraction():
    return f"1/{random.randrange(10**17, 10**18) * 2 + 1}"


def layer(inputs, units):
    return [[fraction() for _ in range(units)] for _ in range(inputs)], [fraction() for _ in range(units)]


xor_network = [layer(2, 20), *[layer(20, 20) for _ in range(6)], layer(20, 1)]
