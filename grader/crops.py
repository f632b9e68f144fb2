"""What a person has to see of a page that could not be read: a picture of our own drawing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Crop:
    """A piece of a page. `png` is base64; no byte of it comes from the student's file."""

    part: str  # whose answer it is, '' where that is not known
    file: str
    page: int  # from 1
    why: str  # what is wrong with it, or what it is: "a picture"
    width: int  # pixels
    height: int
    png: str
