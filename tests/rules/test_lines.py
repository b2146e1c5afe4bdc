"""Lines: who equals one is on the side that the words say, in the engine, in the formula and in print."""

import numpy as np
import pytest

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
    assert lines.is_strict(key) is not expected[1]
    assert lines.is_lower_end(key) is expected[2]
