"""a reports folder -> a page on this machine on which a person marks what waits."""

from grader.desk.desk import Desk, opened
from grader.desk.door import Door, new_door
from grader.desk.server import app, serving

__all__ = ["Desk", "Door", "app", "new_door", "opened", "serving"]
