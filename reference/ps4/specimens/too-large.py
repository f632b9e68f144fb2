def prepare(x, y):
    return [10**400], [1]
