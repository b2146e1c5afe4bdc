"""The ranking in words: a cohort's heading says of how many units the rows below it are."""

from builders import a_given_score, a_submission, a_tree, a_unit

from lawgov_score.content import ranking
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.wording import Language


def test_a_heading_says_how_many_units_have_no_row_below_it() -> None:
    units = [a_unit(code=f"U{i}") for i in range(3)]
    came = [a_submission(unit=unit, answers={"01-1.x": 5}) for unit in units]
    tree = a_tree(indicators=[a_given_score(points=100.0)])
    said = [
        render(ranking.band(score(tree, tuple(units), some), 0, Language.ZH), Language.ZH) for some in (came, came[:1])
    ]
    assert "3 个单位）" in said[0]
    assert "3 个单位，其中 2 个未计分" in said[1]
