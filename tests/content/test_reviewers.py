"""The report of reviewers: means and spread by hand, laws, and nothing said of few marks.

Reaches ``content/reviewers.py``, ``workbook/scorecard/reviewers.py``.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import a_group, a_tree, a_unit, an_indicator
from hypothesis import given, settings
from hypothesis import strategies as st

from lawgov_score.content import reviewers as module
from lawgov_score.content.reviewers import APART, ENOUGH, report_of
from lawgov_score.model import Mark, Review, Scores
from lawgov_score.problems import CellPlace
from lawgov_score.report import render
from lawgov_score.scoring import score
from lawgov_score.wording import Language
from lawgov_score.workbook.scorecard.scorecard import write_scorecard

UNITS = tuple(a_unit(code=f"U{n}", name=f"第{n}局") for n in range(1, 7))
JUDGED = {"kind": "judged", "marks": "mean"}
TREE = a_tree(
    children=[
        a_group(
            code="01",
            children=[
                an_indicator(code="01-1", title="决策", rule=JUDGED, points=10.0),
                an_indicator(code="01-2", title="述法", rule=JUDGED, points=2.0),
            ],
        )
    ]
)


def marked(marks: Mapping[tuple[str, str], Mapping[str, float]]) -> Scores:
    """Scores of a round with these marks: {(unit, indicator): {reviewer: mark}}."""
    flat = [(unit, code, name, mark) for (unit, code), given in marks.items() for name, mark in given.items()]
    listed = tuple(
        Mark(unit, code, name, mark, "理由", CellPlace("marks.xlsx", "评审打分", f"E{row}"))
        for row, (unit, code, name, mark) in enumerate(flat, start=2)
    )
    return score(TREE, UNITS, (), Review(marks=listed))


def remark(scores: Scores, name: str) -> str:
    (found,) = [one for one in report_of(scores).reviewers if one.name == name]
    return render(found.remark, Language.ZH)


def test_means_and_spread_by_hand() -> None:
    report = report_of(marked({("U1", "01-1"): {"甲": 8.0, "乙": 6.0}, ("U1", "01-2"): {"甲": 1.0}}))
    first, second = report.reviewers
    assert (first.name, first.marks, first.indicators, first.units) == ("甲", 2, 2, 1) or first.name == "乙"
    by_name = {one.name: one for one in report.reviewers}
    assert (by_name["甲"].average, by_name["甲"].lowest, by_name["甲"].highest) == pytest.approx((0.65, 0.5, 0.8))
    assert by_name["甲"].spread == pytest.approx(0.15)
    assert second.beside is None
    ten, two = report.judged
    assert (ten.marks, ten.reviewers, ten.average, ten.apart) == (2, 2, 7.0, 2.0)
    assert (two.marks, two.apart) == (1, None)


def test_of_few_marks_nothing_is_said() -> None:
    few = {(f"U{n}", "01-1"): {"严": 1.0, "甲": 9.0, "乙": 9.0} for n in range(1, ENOUGH)}
    assert "不作比较" in remark(marked(few), "严")
    assert "偏低 80%" in remark(marked({**few, ("U6", "01-1"): {"严": 1.0, "甲": 9.0, "乙": 9.0}}), "严")


def test_who_wavers_around_the_others_is_not_called_strict() -> None:
    """0.12 below on average, but by marks that lie far on either side."""
    apart = (-0.9, 0.6, -0.9, 0.6, -0.9, 0.78)
    marks = {(f"U{n}", "01-1"): {"晃": 5.0 + 5 * by, "甲": 5.0, "乙": 5.0} for n, by in enumerate(apart, start=1)}
    scores = marked(marks)
    (found,) = [one for one in report_of(scores).reviewers if one.name == "晃"]
    assert found.beside is not None
    assert abs(found.beside) < APART or remark(scores, "晃") == ""


def test_marks_to_look_at_again() -> None:
    scores = marked(
        {
            ("U1", "01-1"): {"甲": 8.0, "乙": 8.0, "丙": 4.9},  # 0.31 of the range below the median
            ("U2", "01-1"): {"甲": 8.0, "乙": 8.0, "丙": 5.1},
            ("U3", "01-2"): {"甲": 2.0, "乙": 0.9},  # of two: half of the range and more, and both are named
            ("U4", "01-2"): {"甲": 2.0, "乙": 1.1},
            ("U5", "01-1"): {"甲": 0.0},  # alone: nothing to compare
        }
    )
    report = report_of(scores)
    found = [(scores.units[one.row].code, one.indicator.code, one.mark.reviewer) for one in report.again]
    assert sorted(found) == [("U1", "01-1", "丙"), ("U3", "01-2", "乙"), ("U3", "01-2", "甲")]
    why = {one.mark.reviewer: render(one.why, Language.ZH) for one in report.again}
    assert why["丙"] == "3 名评审的中位数是 8 分"
    assert why["甲"] == "另一名评审打 0.9 分；只有两个分，看不出哪一个偏"


_MARK = st.integers(0, 100).map(lambda tenths: tenths / 10)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(_MARK, min_size=3, max_size=3), min_size=1, max_size=6))
def test_laws(rows: Sequence[Sequence[float]]) -> None:
    """One far-off reviewer makes nobody else stand out; who agrees with all is not named; names do not matter."""
    marks = {(f"U{n}", "01-1"): dict(zip("甲乙丙", row, strict=True)) for n, row in enumerate(rows, start=1)}
    report = report_of(marked(marks))
    off = {key: {"甲": 8.0, "乙": 8.0, "丙": row["丙"]} for key, row in marks.items()}
    assert {one.mark.reviewer for one in report_of(marked(off)).again} <= {"丙"}
    assert all(one.beside in {None, 0.0} for one in report_of(marked(off)).reviewers if one.name != "丙")
    same = {key: dict.fromkeys("甲乙丙", row["甲"]) for key, row in marks.items()}
    assert report_of(marked(same)).again == ()
    turned = {key: {"甲": row["丙"], "乙": row["甲"], "丙": row["乙"]} for key, row in marks.items()}
    other = report_of(marked(turned))
    assert sorted(one.average for one in other.reviewers) == pytest.approx(
        sorted(one.average for one in report.reviewers)
    )
    assert len(other.again) == len(report.again)


@pytest.mark.parametrize("lang", list(Language))
def test_the_sheet_says_it_and_is_no_workbook_of_marks(lang: Language, tmp_path: Path) -> None:
    scores = marked({("U1", "01-1"): {"甲": 8.0, "乙": 8.0, "丙": 4.0}})
    path = tmp_path / "scorecard.xlsx"
    write_scorecard(scores, path, problems=scores.problems, inputs=(), lang=lang)
    name = {Language.ZH: "评审情况", Language.EN: "Reviewers"}[lang]
    texts = [cell.value for row in openpyxl.load_workbook(path)[name].iter_rows() for cell in row if cell.value]
    assert texts.count("丙") == 2  # as a reviewer, and for a mark to look at again
    nobody = score(TREE, UNITS, ())
    write_scorecard(nobody, path, problems=nobody.problems, inputs=(), lang=lang)
    assert name not in openpyxl.load_workbook(path).sheetnames


class Counted(list[Any]):
    """A list that counts how often somebody goes through it."""

    times = 0

    def __iter__(self) -> Iterator[Any]:
        Counted.times += 1
        return super().__iter__()


def test_marks_are_gone_through_a_fixed_number_of_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the number of units: every mark is handed on once by indicator and once by reviewer."""
    monkeypatch.setattr(Counted, "times", 0)
    handed: dict[str, int] = {"_judged": 0, "_reviewer": 0}

    def counted(name: str) -> Callable[..., Any]:
        own = getattr(module, name)

        def called(*what: Any) -> Any:
            *about, given = what
            handed[name] += len(given)
            return own(*about, Counted(given))

        return called

    for name in handed:
        monkeypatch.setattr(module, name, counted(name))
    marks = {(f"U{n}", code): {"甲": 1.0, "乙": 2.0, "丙": 1.5} for n in range(1, 7) for code in ("01-1", "01-2")}
    report = report_of(marked(marks))
    assert handed == {"_judged": 36, "_reviewer": 36}
    assert Counted.times <= 5 * (len(report.judged) + len(report.reviewers))
