def prepare(x, y):
    return x.reshape(len(x), -1), y
