"""评定: what the office added, line by line. Reaches ``content/review.py``."""

from builders import a_given_score, a_submission, a_tree, a_unit

from lawgov_score.content.review import entries_of
from lawgov_score.model import Mark, Review
from lawgov_score.problems import CellPlace
from lawgov_score.scoring import score


def test_each_unit_has_its_own_lines_in_the_order_of_the_files() -> None:
    units = tuple(a_unit(code=f"U{at}") for at in range(4))
    place = CellPlace("marks.xlsx")
    marks = tuple(
        Mark(units[at % 3].code, "01-1", f"评审{at}", float(at), f"理由{at}", place) for at in (5, 0, 4, 1, 3, 2)
    )
    tree = a_tree(indicators=[a_given_score(points=100.0)])
    came = [a_submission(unit=unit, answers={"01-1.x": 5}) for unit in units]
    scores = score(tree, units, came, review=Review(marks=marks))
    of_unit = {unit.code: scores.review_of(unit.code).marks for unit in units}
    assert of_unit == {code: tuple(one for one in marks if one.unit == code) for code in of_unit}
    assert [len(list(entries_of(scores, row))) for row in range(4)] == [2, 2, 2, 0]
