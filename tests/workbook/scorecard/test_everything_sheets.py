"""The scorecard where the tree does more than add up: movement, adjustments, letters, no total, parallel trees.

Reaches ``content/review.py``, ``workbook/scorecard/review.py``, ``workbook/scorecard/matrix.py``,
``workbook/scorecard/losses.py``.
"""

from collections.abc import Sequence
from pathlib import Path

import everything
import numpy as np
import openpyxl
import pytest
from builders import (
    a_given_score,
    a_group,
    a_submission,
    a_tree,
    a_unit,
    a_unit_type,
    an_aggregation,
)
from legible import clipped_cells, formulas_without_value, shown
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from lawgov_score.content import labels
from lawgov_score.content.costs import lost_points, share_of_total
from lawgov_score.content.rates import categories
from lawgov_score.model import Letter, Node, Policies, Scores, Tree, Use
from lawgov_score.scoring import score
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card
from lawgov_score.workbook.scorecard.scorecard import write_scorecard

FOUR = (Letter("A", 4.0), Letter("B", 3.0), Letter("C", 2.0), Letter("D", 1.0))


@pytest.fixture(scope="module")
def scores() -> Scores:
    return everything.a_round()


@pytest.fixture(scope="module")
def book(scores: Scores, tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("everything") / "scorecard.xlsx"
    write_scorecard(scores, path, problems=scores.problems, inputs=(), lang=Language.ZH)
    return openpyxl.load_workbook(path, data_only=True)


def table(sheet: Worksheet, heading: str) -> list[dict[str, object]]:
    """The rows below the line that holds ``heading``, by heading."""
    rows = list(sheet.iter_rows(values_only=True))
    at = next(i for i, row in enumerate(rows) if heading in row)
    heads = [str(head).split("\n")[0] for head in rows[at]]
    return [dict(zip(heads, row, strict=True)) for row in rows[at + 1 :]]


def ranked(sheet: Worksheet) -> dict[object, dict[str, object]]:
    return {row["单位编码"]: row for row in table(sheet, "单位编码") if row["单位编码"]}


def scored(tree: Tree, *given: Sequence[float | None], types: Sequence[str] = ()) -> Scores:
    units = [a_unit(code=f"U{i}", type=types[i - 1] if types else "") for i in range(1, len(given) + 1)]
    codes = [indicator.code for indicator in tree.indicators]
    answers = [{f"{code}.x": x for code, x in zip(codes, figures, strict=True)} for figures in given]
    submissions = [a_submission(unit=unit, answers=each) for unit, each in zip(units, answers, strict=True)]
    return score(tree, tuple(units), submissions)


def written(scores: Scores, folder: Path) -> Workbook:
    """Every sheet in both languages, every card: legible, and with a value in each formula."""
    for lang in Language:
        paths = [folder / f"scorecard-{lang}.xlsx"]
        write_scorecard(scores, paths[0], problems=scores.problems, inputs=(), lang=lang)
        for row in range(len(scores.units)):
            paths.append(folder / f"card-{row}-{lang}.xlsx")
            write_card(scores, row, paths[-1], problems=(), lang=lang)
        for path in paths:
            assert formulas_without_value(path) == []
            sheets = openpyxl.load_workbook(path)
            assert [cell for sheet in shown(sheets) for cell in clipped_cells(sheet)] == []
    return openpyxl.load_workbook(folder / "scorecard-zh.xlsx", data_only=True)


def test_everything_in_both_languages(scores: Scores, tmp_path: Path) -> None:
    written(scores, tmp_path)


def test_movement_against_last_edition(book: Workbook) -> None:
    found = {code: row["较上年"] for code, row in ranked(book["排名"]).items()}
    assert found == {"U1": "↑2", "U2": "↓1", "U3": "↓1", "U4": "—", "U5": "新"}


def test_no_movement_without_a_last_edition(scores: Scores, tmp_path: Path) -> None:
    tree = everything.the_tree()
    alone = score(tree, everything.units(), everything.submissions(), everything.review())
    write_scorecard(alone, tmp_path / "s.xlsx", problems=(), inputs=(), lang=Language.ZH)
    heads = {cell.value for row in openpyxl.load_workbook(tmp_path / "s.xlsx")["排名"].iter_rows() for cell in row}
    assert "较上年" not in heads
    assert "加减分" in heads


def test_before_and_after_adjustments(book: Workbook, scores: Scores) -> None:
    for code, row in ranked(book["排名"]).items():
        at = [unit.code for unit in scores.units].index(str(code))
        points = sum(one.points for one in scores.adjusted[at])
        assert row["调整前"] == pytest.approx(scores.converted[at])
        assert row["加减分"] == (pytest.approx(points) if scores.adjusted[at] else None)
        assert row["得分"] == pytest.approx(scores.total[at])


def test_review_lists_everything_the_office_added(book: Workbook, scores: Scores) -> None:
    rows = table(book["评定"], "类别")
    kinds = [(row["单位编码"], row["类别"]) for row in rows]
    assert kinds.count(("U1", "评审打分")) == 2
    assert ("U2", "不适用认定：同意") in kinds
    assert ("U3", "不适用认定：不同意") in kinds
    assert ("U1", "加分") in kinds
    assert ("U3", "一票否决") in kinds
    change = next(row for row in rows if row["类别"] == "复核改分")
    assert (change["单位编码"], change["分数"]) == ("U4", "7.5 → 9")
    places = {str(row["登记位置"]) for row in rows}
    assert {"登记.xlsx:登记!B2、登记.xlsx:登记!B3", "登记.xlsx:登记!B5", "改分.xlsx:改分!D2"} <= places


def test_no_review_no_sheet(tmp_path: Path) -> None:
    plain = scored(a_tree(indicators=[a_given_score()]), [5.0])
    assert "评定" not in written(plain, tmp_path).sheetnames


def test_details_show_own_windows_and_mark_what_was_changed(book: Workbook) -> None:
    rows = [row for row in table(book["明细"], "指标编码") if row["指标编码"]]
    windows = {(row["单位编码"], row["指标编码"]) for row in rows if str(row["指标编码"]).startswith("A2-1@")}
    assert {("U1", "A2-1@2"), ("U2", "A2-1@1")} <= windows
    assert ("U2", "A2-1@2") not in windows
    assert not any(code == "A2-1@3" for _, code in windows)
    changed = [row for row in rows if row["状态"] == "复核改分"]
    assert [(row["单位编码"], row["指标编码"], row["得分"]) for row in changed] == [("U4", "B4-1", 9)]


def test_repeated_groups_are_one_category(scores: Scores) -> None:
    assert [node.code for node in categories(scores.tree)] == ["A1", "A2", "A3", "B1", "B2", "B3", "B4"]


def test_what_is_lost_in_points_of_the_total() -> None:
    worth = share_of_total(everything.the_tree())
    assert worth["A1-1"] == pytest.approx(20 / 100 * 0.6)
    assert worth["A3-4"] == -1
    assert worth["A3-3"] == worth["B3-1"] == 0
    assert worth["B4-1"] == pytest.approx(0.5)
    scores = everything.a_round()
    lost = lost_points(scores)[0]
    by_code = {node.code: lost[i] for i, node in enumerate(scores.tree.nodes)}
    assert (by_code["A3-3"], by_code["A3-4"], by_code["A3-1"]) == (0, 1, 2.5)


def test_shared_places_with_an_equals_sign(tmp_path: Path) -> None:
    tree = a_tree(indicators=[a_given_score()], policies=Policies(equals_sign=True))
    places = {
        code: row["位次"] for code, row in ranked(written(scored(tree, [5.0], [7.0], [5.0]), tmp_path)["排名"]).items()
    }
    assert places == {"U2": 1, "U1": "=2", "U3": "=2"}


def test_letters_stand_beside_numbers(tmp_path: Path) -> None:
    children = [a_given_score(code="01", points=4.0), a_given_score(code="02", points=4.0)]
    tree = a_tree(children=children, points=4.0, letters=FOUR, aggregation=an_aggregation("mean"))
    scores = scored(tree, [4.0, 2.0], [1.0, 2.0])
    book = written(scores, tmp_path)
    row = next(row for row in book["排名"].iter_rows() if row[3].value == "U1")
    assert (row[5].value, row[5].number_format[:3]) == (3, '"B ')
    assert [tree.letter(number) for number in (4.0, 3.99, 1.0, 0.5, np.nan)] == ["A", "B", "D", "", ""]


def test_a_tree_without_a_total(tmp_path: Path) -> None:
    children = [a_group(code=code, children=[a_given_score(code=f"{code}-1", points=4.0)]) for code in ("01", "02")]
    tree = a_tree(children=children, points=4.0, letters=FOUR, aggregation=an_aggregation("none"), grades=())
    scores = scored(tree, [4.0, 2.0], [1.0, 2.0])
    book = written(scores, tmp_path)
    heads = {cell.value for line in book["排名"].iter_rows() for cell in line}
    assert not {"位次", "得分"} & heads
    assert set(ranked(book["排名"])) == {"U1", "U2"}
    rates = [line for line in book["分类得分"].iter_rows(values_only=True) if line[0] == "单位U1"]
    assert [line[2:] for line in rates] == [(1, 0.5), (4, 2)]
    assert labels.listed(scores) == [0, 1]


def test_parallel_trees_show_a_unit_its_own(tmp_path: Path) -> None:
    children = [
        a_group(code="T", title="镇", children=[a_given_score(code="T-1", points=10.0, applies_to=["t"])]),
        a_group(code="B", title="局", children=[a_given_score(code="B-1", points=10.0, applies_to=["b"])]),
    ]
    types = (a_unit_type(code="t"), a_unit_type(code="b"))
    tree = a_tree(children=children, points=10.0, parallel=True, unit_types=types)
    scores = scored(tree, [6.0, None], [None, 7.0], types=["t", "b"])
    written(scores, tmp_path)
    assert [[node.code for node in labels.nodes_of(scores, row)] for row in (0, 1)] == [["T", "T-1"], ["B", "B-1"]]
    shown = {
        cell.value for line in openpyxl.load_workbook(tmp_path / "card-0-zh.xlsx")["明细"].iter_rows() for cell in line
    }
    assert "T-1" in shown
    assert "B-1" not in shown


@pytest.mark.parametrize("number", [1, 8, 33, 60])
def test_a_tree_of_one_level(tmp_path: Path, number: int) -> None:
    tree = a_tree(children=[a_given_score(code=f"Q{i}", points=100.0) for i in range(number)], levels=("指标",))
    scores = scored(tree, [50.0] * number)
    write_scorecard(scores, tmp_path / "s.xlsx", problems=(), inputs=(), lang=Language.ZH)
    write_card(scores, 0, tmp_path / "c.xlsx", problems=(), lang=Language.ZH)
    codes = {row[0].value for row in openpyxl.load_workbook(tmp_path / "c.xlsx")["评分卡"].iter_rows()}
    assert {f"Q{i}" for i in range(number)} <= codes


def test_a_group_of_nothing_but_uses(tmp_path: Path) -> None:
    nodes: list[Node] = [
        a_group(code="Q", points=8.0, weight=0.0, children=[a_given_score(code=f"Q-{i}", points=4.0) for i in (1, 2)]),
        a_group(
            code="S",
            points=4.0,
            children=[],
            uses=(Use("Q-1"), Use("Q-2")),
            aggregation=an_aggregation("mean"),
        ),
    ]
    nodes[1] = nodes[1].__class__(**{**vars(nodes[1]), "children": ()})
    tree = a_tree(children=nodes, points=4.0)
    scores = scored(tree, [4.0, 2.0])
    assert scores.total[0] == 3
    written(scores, tmp_path)
    assert "S" in {node.code for node in categories(tree)}
    assert share_of_total(tree)["Q-1"] == pytest.approx(0.5)


def test_a_total_below_zero_has_its_place_in_the_chart(tmp_path: Path) -> None:
    scores = scored(a_tree(indicators=[a_given_score()]), [-5.0], [3.0])
    assert scores.total.min() < 0
    written(scores, tmp_path)


def test_nobody_at_all(tmp_path: Path) -> None:
    tree = everything.the_tree()
    scores = score(tree, everything.units(), [])
    written(scores, tmp_path)
