"""Result -> HTML: the student's page, the class's page."""

from grader.report.overview import Publication, class_page
from grader.report.pages import student_page

__all__ = ["Publication", "class_page", "student_page"]
