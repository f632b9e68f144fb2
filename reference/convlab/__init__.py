"""Convolution by hand: what students write, the inputs it is tried on, what mistakes make of them."""
