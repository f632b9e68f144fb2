"""Result -> HTML: the student's page, the class's page."""

from grader.report.overview import class_page
from grader.report.pages import student_page

__all__ = ["class_page", "student_page"]
