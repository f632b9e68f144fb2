"""OUT/published: what students were shown, frozen, and how what stands now differs from it."""

from grader.published.against import others, replacing, since, timeless
from grader.published.folder import (
    FOLDER,
    BadPublished,
    add,
    folder_of,
    forget,
    knows,
    last,
    manifest_in,
    numbers,
    record_in,
)
from grader.published.manifest import Manifest
from grader.published.proof import complaints
from grader.published.words import compared_with, moment, named, told

__all__ = [
    "FOLDER",
    "BadPublished",
    "Manifest",
    "add",
    "compared_with",
    "complaints",
    "folder_of",
    "forget",
    "knows",
    "last",
    "manifest_in",
    "moment",
    "named",
    "numbers",
    "others",
    "record_in",
    "replacing",
    "since",
    "timeless",
    "told",
]
