"""Recipe -> TrainingResult: networks are trained here, where no student's code is, on data that is ours."""

from grader.training.compiled import BadRecipe
from grader.training.recipe import Recipe, View, recipe_of
from grader.training.result import TrainingResult

__all__ = ["BadRecipe", "Recipe", "TrainingResult", "View", "recipe_of"]
