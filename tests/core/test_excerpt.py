"""The line that an error shows."""

from roadpress.core.errors import excerpt


def test_a_terminal_obeys_nothing_in_it():
    assert excerpt("a: \x1b[31mred\u202e\t!", 4) == ["    a: \ufffd[31mred\ufffd !", "       ^"]


def test_a_long_line_is_cut_around_its_place():
    shown, caret = excerpt("x" * 500 + "!" + "y" * 500, 501)
    assert len(shown) == 104
    assert shown[len(caret) - 1] == "!"
