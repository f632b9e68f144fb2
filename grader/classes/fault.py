"""What is wrong with a class as it was handed over."""


class BadClass(Exception):
    """A class, its list or its extensions cannot be read. The message names file, line, way out."""


class AnotherClass(BadClass):
    """There are results where a class is to go, and none of anybody in it. The message says whose."""


class Unreadable(Exception):
    """One file of one student cannot be unpacked. The message is the reason, in a sentence."""
