"""Ends for some of the inputs that are drawn, not for all."""


def parameter_count(kernel, channels, filters, bias):
    while filters == channels or bias:
        pass
    return kernel[0] * kernel[1] * channels * filters
