"""Lines: who equals one is on the side that the words say, in the engine, in the formula and in print."""

import numpy as np
import pytest

from lawgov_score.measure.lines import LINES, holds, is_behind, is_lower_end, is_strict, line_of
from lawgov_score.report import render
from lawgov_score.rules import lines
from lawgov_score.wording import Language, Quantity


@pytest.mark.parametrize(
    ("key", "expected", "zh", "missed"),
    [
        ("at_least", [False, True, True], "达到 3", "未达到 3"),
        ("above", [False, False, True], "超过 3", "未超过 3"),
        ("at_most", [True, True, False], "不超过 3", "超过 3"),
        ("below", [True, False, False], "低于 3", "不低于 3"),
    ],
)
def test_who_equals_a_line(key: str, expected: list[bool], zh: str, missed: str) -> None:
    mark = Quantity(3.0)
    assert lines.holds(key, np.array([2.0, 3.0, 4.0]), mark).tolist() == expected
    assert lines.claim(key, "D2", mark) == f"D2{lines.SIGNS[key]}3"
    assert render(lines.REACHED[key](mark=mark), Language.ZH) == zh
    assert render(lines.MISSED[key](mark=mark), Language.ZH) == missed
    assert is_strict(key) is not expected[1]
    assert is_lower_end(key) is expected[2]


@pytest.mark.parametrize("key", LINES)
@pytest.mark.parametrize("before", LINES)
def test_a_line_behind_another_leaves_room_for_a_figure(key: str, before: str) -> None:
    """Of two lines with the same end: is there a figure that the second takes, and the first does not?"""
    if is_lower_end(key) is not is_lower_end(before):
        return
    figures = np.arange(0.0, 10.5, 0.5)
    for line, first in ((5.0, 5.0), (4.0, 5.0), (5.0, 4.0)):
        is_left = holds(key, figures, line) & ~holds(before, figures, first)
        assert is_behind(key, line, before, first) is bool(is_left.any()), (key, line, before, first)


def test_the_key_of_a_line() -> None:
    assert [line_of({"name": "甲", key: 90}) for key in LINES] == list(LINES)
    with pytest.raises(ValueError, match="no line"):
        holds("", np.array([1.0]), 1.0)
