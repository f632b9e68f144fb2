"""How long a class will still take is learned from what was graded."""

import pytest

from grader.pace import Lap, left, spoken


def test_without_trainings_it_is_an_average() -> None:
    assert left([Lap(0, 2.0), Lap(0, 4.0)], [0, 0, 0], jobs=1) == 9.0
    assert left([Lap(0, 2.0), Lap(0, 4.0)], [0, 0, 0, 0], jobs=2) == 6.0


def test_what_a_training_costs_is_learned_beside_it() -> None:
    done = [Lap(0, 2.0), Lap(3, 32.0)]  # ten seconds a training, two for all else
    assert left(done, [1, 0], jobs=1) == 2 + 10 + 2


def test_nothing_is_known_before_one_of_a_kind_is_done() -> None:
    assert left([], [0], jobs=1) is None
    assert left([Lap(0, 2.0)], [4], jobs=1) is None
    assert left([], [], jobs=1) == 0


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(None, ""), (1, "5 s"), (42, "40 s"), (100, "2 min"), (60 * 60, "60 min"), (7800, "2 h 10 min")],
)
def test_it_is_said_as_people_say_it(seconds: float | None, said: str) -> None:
    assert spoken(seconds) == said
