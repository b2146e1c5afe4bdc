"""What stands out down one indicator: far from the median, from last year, from those that answered the same."""

from lawgov_score.report import render
from lawgov_score.rounds.outliers import outliers
from lawgov_score.wording import Language

RANGE = (0.0, 10.0)


def _told(
    scores: dict[str, float],
    last: dict[str, float] | None = None,
    figures: dict[str, str] | None = None,
    silent: frozenset[str] = frozenset(),
) -> dict[str, list[str]]:
    found = outliers(scores, dict.fromkeys(scores, RANGE), last or {}, figures or {}, silent)
    return {unit: [render(one, Language.ZH) for one in phrases] for unit, phrases in found.items()}


def test_far_from_the_median() -> None:
    scores = {"A": 8.0, "B": 8.5, "C": 8.0, "D": 7.5, "E": 3.0}
    assert _told(scores) == {"E": ["比各单位的中位数 8 分低 5 分"]}
    assert _told({**scores, "E": 6.5}) == {}  # less than a fifth of the range
    assert _told({"A": 1.0, "B": 3.0, "C": 5.0, "D": 7.0, "E": 9.5}) == {}  # nothing is usual here
    assert _told({unit: scores[unit] for unit in "ABCE"}) == {}  # too few to tell


def test_far_from_last_year() -> None:
    assert _told({"A": 9.0, "B": 4.0}, last={"A": 5.0, "B": 6.5, "C": 1.0}) == {"A": ["上年 5 分，高了 4 分"]}


def test_other_marks_for_the_same_answers() -> None:
    same = dict.fromkeys("ABC", "会议：4 次")
    found = _told({"A": 6.0, "B": 6.0, "C": 2.0, "D": 1.0}, figures={**same, "D": "会议：1 次"})
    assert found == {"C": ["填报相同的 3 个单位中位数 6 分，低了 4 分"]}
    assert _told({"A": 6.0, "C": 2.0}, figures=same) == {}


def test_points_for_nothing() -> None:
    found = _told({"A": 5.0, "B": 4.0}, silent=frozenset("AB"))
    assert found == {"A": ["没有填报，也没有列佐证材料，却得了一半以上的分"]}
