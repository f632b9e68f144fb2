"""What is being done is told to who listens, and to nobody else."""

from grader import doing


def test_what_is_said_is_about_the_part_of_the_moment() -> None:
    heard: list[str] = []
    with doing.listening(heard.append):
        doing.say("reading")
        doing.about("2D")
        doing.about("2D")
        doing.say("training, epoch 1 of 2")
        doing.about("3B")
    doing.say("to nobody")
    assert heard == ["reading", "2D", "2D training, epoch 1 of 2", "3B"]
