"""Code that does not load is told once, and staff hear of it."""

from grader.datatypes import Status

SYNTAX = "how_many = (7\nother = 1\n"


def test_a_traceback_is_told_once_and_referred_to(hand_in) -> None:
    first, second = hand_in(lab__py=SYNTAX).results
    assert (first.status, second.status) == (Status.CRASHED, Status.CRASHED)
    assert "SyntaxError" in first.traceback
    assert second.traceback == ""
    assert second.message.splitlines()[-1] == "Its traceback is told once, at 1A."


def test_staff_hear_once_of_a_module_that_does_not_load(hand_in) -> None:
    first, second = hand_in(lab__py=SYNTAX).results
    assert first.attention == (f"2 checks found no answer, since lab.py did not load: {first.message}",)
    assert second.attention == ()


def test_a_note_names_the_file_once(hand_in) -> None:
    (note,) = hand_in(lab__py=SYNTAX).notes
    assert note.startswith("lab.py stopped: SyntaxError")


def test_a_function_that_crashes_is_the_students_business_alone(hand_in) -> None:
    checks = """
    def test_how_many(answer):
        answer.function("how_many")()
    def test_other(answer):
        answer.function("how_many")()
    """
    first, second = hand_in(checks, lab__py="def how_many():\n    return 1 / 0\n").results
    assert first.status is Status.CRASHED
    assert (first.attention, second.attention) == ((), ())
    assert first.traceback
    assert not second.traceback


def test_a_hidden_checks_traceback_is_not_what_others_are_referred_to(hand_in, lab) -> None:
    toml = lab / "assignment.toml"
    hidden = 'how_many = { points = 2, hidden = true, category = "robustness" }'
    toml.write_text(toml.read_text().replace("how_many = 2", hidden))
    first, second = hand_in(lab__py=SYNTAX).results
    assert first.traceback == second.traceback != ""
    assert "told once" not in second.message
