from ps4.slips import told_apart


def test_a_slip_that_gives_the_right_value_is_none():
    assert told_apart(608, {"bias forgotten": 600, "lucky": 608}) == {"bias forgotten": 600}


def test_of_two_slips_with_one_value_the_first_is_kept():
    assert told_apart(1, {"likely": 2, "unlikely": 2, "other": 3}) == {"likely": 2, "other": 3}
