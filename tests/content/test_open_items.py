"""The office's to-do list: what is open, counted; a claim, a mark, a figure disappear from it once they are entered.

Reaches ``content/open_items.py``, ``terminal/open_items.py``, ``content/review.py``.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from builders import CLAIM, a_group, a_submission, a_tree, a_unit, an_indicator

from lawgov_score.content import open_items as module
from lawgov_score.content.open_items import CLAIMS, FIGURES, MARKS, UNEVEN, Open, open_items
from lawgov_score.model import Answer, AnswerState, FilledBy, Indicator, Mark, Review, Ruling, Scores
from lawgov_score.problems import CellPlace
from lawgov_score.scoring import score
from lawgov_score.terminal.open_items import open_text
from lawgov_score.wording import Language

AT = CellPlace("office.xlsx", "x", "A2")
JUDGED = {"kind": "judged", "marks": "mean", "reviewers": 2}
TREE = a_tree(
    children=[
        a_group(
            code="01",
            children=[
                an_indicator(code="01-1", title="决策", rule=JUDGED, points=5.0, filled_by=FilledBy.ASSESSOR),
                an_indicator(code="01-2", title="备案", may_not_apply=True),
                an_indicator(code="01-3", title="评议", filled_by=FilledBy.ASSESSOR),
            ],
        )
    ]
)
UNITS = tuple(a_unit(code=code, name=f"{code}局") for code in "ABC")
SENT = (
    a_submission(unit=UNITS[0], answers={"01-2.x": CLAIM}),
    a_submission(unit=UNITS[1], answers={"01-2.x": 0.5}),
    a_submission(unit=UNITS[2], answers={"01-2.x": None}),
)


def a_round(**review: Any) -> Scores:
    return score(TREE, UNITS, SENT, Review(**review))


def found(scores: Scores) -> list[tuple[object, str, str]]:
    return [(one.kind, scores.units[one.row].code, one.indicator.code) for one in open_items(scores)]


def marks(**by_unit: str) -> tuple[Mark, ...]:
    """A mark of 1 by each letter: ``marks(A="甲乙")``."""
    return tuple(Mark(unit, "01-1", name, 1.0, "好", AT) for unit, names in by_unit.items() for name in names)


def figures(*units: str) -> dict[str, dict[str, Answer]]:
    return {unit: {"01-3.x": Answer(AnswerState.GIVEN, 1.0, AT, "1")} for unit in units}


def test_everything_that_is_open() -> None:
    """A blank of the unit itself is not the office's to do."""
    assert sorted(found(a_round()), key=str) == sorted(
        [
            (CLAIMS, "A", "01-2"),
            *((MARKS, code, "01-1") for code in "ABC"),
            *((FIGURES, code, "01-3") for code in "ABC"),
        ],
        key=str,
    )


@pytest.mark.parametrize("is_granted", [True, False])
def test_what_is_entered_is_open_no_more(is_granted: bool) -> None:
    ruling = Ruling("A", "01-2", is_granted, "理由", "王五", 45000.0, AT)
    everything = {"rulings": (ruling,), "marks": marks(A="甲乙", B="甲乙", C="甲乙"), "answers": figures("A", "B", "C")}
    assert found(a_round(**everything)) == []
    assert open_text(open_items(a_round(**everything)), a_round(**everything), Language.ZH) == ""
    for lacking in everything:
        rest = {name: given for name, given in everything.items() if name != lacking}
        assert {kind for kind, _, _ in found(a_round(**rest))} == {
            {"rulings": CLAIMS, "marks": MARKS, "answers": FIGURES}[lacking]
        }


def test_too_few_marks_and_a_reviewer_who_left_a_unit_out() -> None:
    scores = a_round(marks=marks(A="甲乙丙", B="甲乙丙", C="甲乙"), answers=figures("A", "B", "C"))
    assert [one for one in found(scores) if one[0] is not CLAIMS] == [(UNEVEN, "C", "01-1")]
    scores = a_round(marks=marks(A="甲乙", B="甲乙", C="甲"), answers=figures("A", "B", "C"))
    assert [one for one in found(scores) if one[0] is not CLAIMS] == [(MARKS, "C", "01-1")]
    one_stranger = a_round(marks=marks(A="甲乙", B="甲乙丁", C="甲乙"), answers=figures("A", "B", "C"))
    assert [one for one in found(one_stranger) if one[0] is not CLAIMS] == []  # who marked one unit owes no other


def test_of_a_unit_that_is_not_scored_nothing_can_be_done() -> None:
    """It sent nothing of what it owes; where it owes nothing the office alone gives it a score."""
    assert {unit for _, unit, _ in found(score(TREE, UNITS, SENT[:2], Review()))} == {"A", "B"}
    of_office = an_indicator(code="01-3", title="评议", filled_by=FilledBy.ASSESSOR)
    scores = score(a_tree(children=[a_group(code="01", children=[of_office])]), UNITS, (), Review())
    assert found(scores) == [(FIGURES, code, "01-3") for code in "ABC"]


def test_the_list_is_short_and_counted() -> None:
    text = open_text(open_items(a_round()), a_round(), Language.ZH)
    assert text.splitlines() == [
        "考核机关还有 7 件事要办：",
        "  不适用待认定 1 件",
        "    01-2 备案：A局",
        "  评审待打分 3 件",
        "    01-1 决策：A局、B局、C局",
        "  考核机关待填报 3 件",
        "    01-3 评议：A局、B局、C局",
    ]
    many = tuple(a_unit(code=f"U{n:02}", name=f"U{n:02}局") for n in range(30))
    scores = score(TREE, many, tuple(a_submission(unit=unit, answers={"01-2.x": 0.5}) for unit in many), Review())
    text = open_text(open_items(scores), scores, Language.ZH)
    assert "U00局、U01局、U02局、U03局 等 30 个单位" in text
    assert len(text.splitlines()) == 5


def test_it_is_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    look = module._of

    def counted(of: Scores, indicator: Indicator) -> Iterator[Open]:
        looked.append(indicator.code)
        return look(of, indicator)

    monkeypatch.setattr(module, "_of", counted)
    scores, other = a_round(), a_round(marks=marks(A="甲乙"))
    assert open_items(scores) == open_items(scores)
    assert looked == ["01-1", "01-2", "01-3"]
    assert open_items(other) != open_items(scores)
    assert open_items(other) == tuple(open_items(other))
