"""The module itself never ends: nothing of it can be read."""

parameter_count = 608
while True:
    pass
