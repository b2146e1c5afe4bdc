"""Grades beyond plain lines: cohorts' own lines, less is better, another node, vetoes' bars, quotas that hold."""

from typing import Any

import numpy as np
import pytest
from builders import a_group, a_tree, an_indicator
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.model import Grade, Node, Quota, Ties, Tree, Veto
from lawgov_score.scoring.grade import grade, graded_figures
from lawgov_score.scoring.rank import rank

FOUR = (Grade("优秀", 90.0), Grade("良好", 80.0), Grade("合格", 60.0), Grade("不合格", 0.0))
QUOTA = (Grade("优秀", 90.0, Quota(0.3, 1)), *FOUR[1:])
LESS = (Grade("自由", 0.0, at_most=2.5), Grade("部分自由", 0.0, at_most=5.0), Grade("不自由", 0.0, at_most=7.0))


def graded(
    tree: Tree, figures: list[float], vetoes: list[tuple[str, ...]] | None = None, cohorts: list[int] | None = None
) -> list[tuple[str, tuple[str, ...]]]:
    """(grade, reasons) of every unit; cohorts are ``p``, ``q``, … in this order."""
    numbers, groups = np.array(figures), np.array(cohorts or [0] * len(figures), dtype=np.intp)
    places = rank([numbers], groups, Ties.SHARED, tree.policies.lower_is_better)
    triggered = [tuple((code, "") for code in codes) for codes in vetoes or [()] * len(figures)]
    graded = grade(tree, numbers, places, groups, np.ones(len(figures)), triggered, ["p", "q"])
    names, reasons = graded.grades, graded.reasons
    return list(zip(names, reasons, strict=True))


def test_a_cohort_may_have_a_line_of_its_own() -> None:
    tree = a_tree(grades=(Grade("优秀", 90.0, lines={"q": 92.0}), Grade("合格", 0.0)))
    assert graded(tree, [91.0, 91.0, 92.0], cohorts=[0, 1, 1]) == [("优秀", ()), ("合格", ()), ("优秀", ())]


def test_less_is_better() -> None:
    tree = a_tree(grades=LESS, policies={"lower_is_better": True})
    names = graded(tree, [1.0, 2.5, 2.51, 5.0, 7.0, 7.01])
    assert [name for name, _ in names] == ["自由", "自由", "部分自由", "部分自由", "不自由", ""]
    assert names[-1][1] == ("line",)


def test_below_the_lowest_line_there_is_no_grade_and_a_reason() -> None:
    tree = a_tree(grades=FOUR[:3], vetoes=(Veto("V1", "情形", grade_at_most="合格"),))
    assert graded(tree, [59.99, 59.99, np.nan], [(), ("V1",), ("V1",)]) == [("", ("line",)), ("", ("line",)), ("", ())]


@pytest.mark.parametrize(
    ("codes", "figure", "name", "reasons"),
    [
        (("V1",), 95.0, "良好", ("veto:V1",)),  # no better than 良好
        (("V1",), 85.0, "良好", ()),  # it is no better anyway
        (("V2",), 95.0, "良好", ("veto:V2",)),  # bars 优秀: the next one
        (("V2",), 70.0, "合格", ()),
        (("V3",), 95.0, "不合格", ("veto:V3",)),  # fails: the last one
        (("V4",), 85.0, "合格", ("veto:V4",)),  # bars 良好 only …
        (("V4",), 95.0, "优秀", ()),  # … which is nothing to 优秀
        (("V1", "V4"), 95.0, "合格", ("veto:V1", "veto:V4")),  # no better than 良好, and not that
        (("V4", "V1"), 95.0, "合格", ("veto:V4", "veto:V1")),
        (("V5",), 95.0, "", ("veto:V5",)),  # all of them: 不评等次
        (("V6",), 95.0, "优秀", ()),  # its effect is on the total
    ],
)
def test_what_vetoes_do_to_grades(codes: tuple[str, ...], figure: float, name: str, reasons: tuple[str, ...]) -> None:
    vetoes = (
        Veto("V1", "甲", grade_at_most="良好"),
        Veto("V2", "乙", bars=("优秀",)),
        Veto("V3", "丙", grade_at_most="不合格"),
        Veto("V4", "丁", bars=("良好",)),
        Veto("V5", "戊", bars=("优秀", "良好", "合格", "不合格")),
        Veto("V6", "己", deduct=5.0),
    )
    assert graded(a_tree(grades=FOUR, vetoes=vetoes), [figure], [codes]) == [(name, reasons)]


def test_whom_a_quota_moves_down_moves_past_what_a_veto_bars() -> None:
    tree = a_tree(grades=QUOTA, vetoes=(Veto("V4", "丁", bars=("良好",)),))
    names = graded(tree, [99.0, 98.0, 97.0], [(), ("V4",), ()])
    assert names == [("优秀", ()), ("合格", ("quota", "veto:V4")), ("良好", ("quota",))]


def test_whom_a_veto_bars_takes_no_place_of_the_quota() -> None:
    tree = a_tree(grades=QUOTA, vetoes=(Veto("V2", "乙", bars=("优秀",)),))
    assert [name for name, _ in graded(tree, [99.0, 98.0], [("V2",), ()])] == ["良好", "优秀"]


def a_status_tree(**policies: Any) -> Tree:
    nodes: list[Node] = [a_group(code="01", children=[an_indicator(code="01-1")]), an_indicator(code="02")]
    return a_tree(children=nodes, grades=LESS, policies={"grade_by": "02", **policies})


def test_grades_may_look_at_one_node_rounded_or_not() -> None:
    scores = np.array([[1.0, 1.0, 2.504], [9.0, 9.0, np.nan], [9.0, 9.0, 4.0]])  # 01, 01-1, 02
    total = np.array([9.0, 9.0, 9.0])
    rounded, full = a_status_tree(), a_status_tree(grade_on_rounded=False)
    assert graded_figures(rounded, total, total, scores)[0] == 2.5
    assert graded_figures(full, total, total, scores)[0] == 2.504
    figures = graded_figures(rounded, total, total, scores).tolist()
    assert graded(rounded, figures) == [("自由", ()), ("", ("no_score",)), ("部分自由", ())]


def test_lines_look_at_the_printed_total_unless_the_tree_says_otherwise() -> None:
    total, full = np.array([90.0]), np.array([89.996])
    assert graded_figures(a_tree(), total, full, np.zeros((1, 2))).tolist() == [90.0]
    assert graded_figures(a_tree(policies={"grade_on_rounded": False}), total, full, np.zeros((1, 2))).tolist() == [
        89.996
    ]


def test_without_places_nobody_can_be_among_the_best() -> None:
    tree, cohorts = a_tree(grades=QUOTA), np.zeros(3, dtype=np.intp)
    figures, places = np.array([99.0, 98.0, 97.0]), np.array([0, 1, 0], dtype=np.intp)
    names = grade(tree, figures, places, cohorts, np.ones(3), [()] * 3).grades
    assert names == ("良好", "优秀", "良好")


def test_the_lowest_total_is_first_where_the_tree_says_so() -> None:
    cohorts = np.zeros(4, dtype=np.intp)
    total, breaker = np.array([3.0, 1.0, 1.0, np.nan]), np.array([0.0, 2.0, 1.0, 0.0])
    assert rank([total], cohorts, Ties.SHARED, True).tolist() == [3, 1, 1, 0]
    assert rank([total, breaker], cohorts, Ties.SHARED, True).tolist() == [3, 2, 1, 0]
    missing = np.array([0.0, 2.0, np.nan, 0.0])
    assert rank([total, missing], cohorts, Ties.SHARED, True).tolist() == [3, 1, 2, 0]  # a missing one is the worst


# ---------------------------------------------------------------- laws

UNITS = st.lists(st.tuples(st.integers(50, 100), st.integers(0, 1), st.booleans()), min_size=1, max_size=25)


@given(UNITS, st.sampled_from([0.0, 0.1, 0.3, 0.5]), st.randoms())
def test_a_quota_is_never_exceeded_and_order_never_matters(
    units: list[tuple[int, int, bool]], share: float, random: Any
) -> None:
    tree = a_tree(
        grades=(Grade("优秀", 80.0, Quota(share)), Grade("良好", 70.0, Quota(share)), Grade("不合格", 0.0)),
        vetoes=(Veto("V1", "情形", bars=("优秀",)),),
    )

    def run(chosen: list[tuple[int, int, bool]]) -> list[tuple[str, tuple[str, ...]]]:
        vetoes: list[tuple[str, ...]] = [("V1",) if vetoed else () for _, _, vetoed in chosen]
        return graded(tree, [float(t) for t, _, _ in chosen], vetoes, [cohort for _, cohort, _ in chosen])

    found = run(units)
    for cohort in (0, 1):
        inside = [name for (name, _), unit in zip(found, units, strict=True) if unit[1] == cohort]
        assert inside.count("优秀") <= share * len(inside)
        assert inside.count("良好") <= share * len(inside)
    order = list(range(len(units)))
    random.shuffle(order)
    assert run([units[i] for i in order]) == [found[i] for i in order]
