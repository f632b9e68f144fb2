def clip(value, size):
    return min(max(value, 0), size - 1)
