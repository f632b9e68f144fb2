"""Grades deep-learning homework: a submission and a problem set go in, marks with reasons come out."""
