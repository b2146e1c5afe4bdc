"""Who rose and who fell: worked by hand; nobody cut in silence, nobody without a place then or now."""

from collections.abc import Mapping
from dataclasses import replace

from builders import a_given_score, a_submission, a_tree, a_unit

from lawgov_score.content import movement
from lawgov_score.model import Scores
from lawgov_score.model.previous import Previous
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.wording import Language


def a_round(before: Mapping[str, int], units: int = 5) -> Scores:
    """Units U01, U02 … with places 1, 2 … now, and those given last time."""
    roster = tuple(a_unit(code=f"U{i:02}") for i in range(1, units + 1))
    came = [a_submission(unit=unit, answers={"01-1.x": 99.0 - i}) for i, unit in enumerate(roster)]
    scores = score(a_tree(indicators=[a_given_score(points=100.0)]), roster, came)
    return replace(scores, previous=Previous("last", before, {}, {}, {}))


def test_worked_by_hand() -> None:
    scores = a_round({"U01": 4, "U02": 2, "U03": 1, "U04": 5, "U05": 0})
    found = [(scores.units[one.member].code, one.before, one.now, one.change) for one in movement.listed(scores)]
    assert found == [("U01", 4, 1, 3), ("U04", 5, 4, 1), ("U03", 1, 3, -2)]
    (said,) = (render(note, Language.ZH) for note in movement.notes(scores))
    assert said.startswith("位次上升 2 个单位，下降 1 个，不变 1 个，上年没有位次 1 个。")


def test_who_is_not_listed_is_said() -> None:
    scores = a_round({f"U{i:02}": 31 - i for i in range(1, 31)}, units=30)
    found = movement.listed(scores)
    assert [one.change for one in found] == [*range(29, 15, -2), *range(-17, -30, -2)]
    said = [render(note, Language.ZH) for note in movement.notes(scores)]
    assert "上升 15 个单位，下降 15 个" in said[0]
    assert "上升最多的 7 个、下降最多的 7 个" in said[1]


def test_without_a_last_edition_or_with_nobody_in_both_nothing_is_compared() -> None:
    assert not movement.is_known(replace(a_round({}), previous=None))
    assert not movement.is_known(a_round({"other": 1}))
    same = a_round({f"U{i:02}": i for i in range(1, 6)})
    assert movement.is_known(same)
    assert movement.listed(same) == []
