"""The card's live formulas follow every way up the tree: recalculated by an independent spreadsheet engine.

Reaches ``workbook/card/cells.py``, ``workbook/formulas/group.py``.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import everything
import formualizer
import openpyxl
import pytest
from builders import a_field, a_given_score, a_group, a_submission, a_tree, a_unit, an_aggregation, an_indicator
from legible import clipped_cells, formulas_without_value, shown
from recalculation import differing

from lawgov_score.model import Missing, Node, Rescale, Scores, Tree, Use
from lawgov_score.scoring import score
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card

LETTERS = an_aggregation("lookup", table=[(2, 7, 4), (2, 5, 3), (2, 0, 1), (3, 9, 4), (3, 0, 2)])


def card(scores: Scores, row: int, folder: Path, lang: Language = Language.ZH) -> Path:
    path = folder / f"{scores.units[row].code}-{lang}.xlsx"
    write_card(scores, row, path, problems=(), lang=lang)
    return path


def rows_of(path: Path) -> dict[str, int]:
    sheet = openpyxl.load_workbook(path)["明细"]
    return {str(line[0].value): line[0].row for line in sheet.iter_rows(min_row=2) if line[0].value}


def a_tree_of(group: Mapping[str, Any], nodes: Sequence[Node] | None = None, **other: Any) -> Tree:
    """One group over three given scores (two where ``nodes`` says so) beside a plain one."""
    children = nodes or [a_given_score(code=f"01-{i}", points=4.0, title=f"分项{i}") for i in (1, 2, 3)]
    first = a_group(code="01", children=children, **{"points": 4.0, **group})
    second = a_group(code="02", children=[a_given_score(code="02-1", points=6.0)])
    return a_tree(children=[first, second], points=10.0, **other)


def scored(tree: Tree, *given: Sequence[float | None]) -> Scores:
    units = [a_unit(code=f"U{i}") for i in range(1, len(given) + 1)]
    codes = [indicator.code for indicator in tree.indicators]
    return score(
        tree,
        tuple(units),
        [
            a_submission(unit=unit, answers={f"{code}.x": x for code, x in zip(codes, figures, strict=True)})
            for unit, figures in zip(units, given, strict=True)
        ],
    )


WAYS: Mapping[str, Mapping[str, Any]] = {
    "mean": {"aggregation": an_aggregation("mean")},
    "geometric": {"aggregation": an_aggregation("geometric_mean")},
    "shifted": {"aggregation": an_aggregation("geometric_mean", shift=1.0)},
    "harmonic": {"aggregation": an_aggregation("harmonic_mean")},
    "min": {"aggregation": an_aggregation("min")},
    "max": {"aggregation": an_aggregation("max")},
    "weakest": {"aggregation": an_aggregation("weakest_link", plus=0.5)},
    "lookup": {"aggregation": LETTERS},
    "expression": {
        "aggregation": an_aggregation("expression", value='if(score("01-1") >= 3, score("01-2") / score("01-3"), 1)')
    },
    "capped": {"aggregation": an_aggregation("mean"), "cap": 3.0, "floor": 1.0, "rounding": 1},
    "converted": {"out_of": 12.0},
    "converted mean": {"aggregation": an_aggregation("mean"), "out_of": 8.0},
    "covered": {"coverage_at_least": 0.7, "points": 12.0},
    "covered mean": {"aggregation": an_aggregation("mean"), "coverage_at_least": 0.7},
    "used": {"uses": (Use("02-1"),), "aggregation": an_aggregation("mean")},
}
GIVEN = (
    [3.0, 2.0, 4.0, 5.0],
    [4.0, 4.0, 4.0, 6.0],
    [1.0, 0.0, 2.0, 3.0],
    [2.0, None, 3.0, 1.0],
    [None, None, 1.0, None],
    [None, None, None, 2.0],
)


@pytest.mark.parametrize("missing", list(Missing))
@pytest.mark.parametrize("way", WAYS)
def test_every_way_in_a_spreadsheet(tmp_path: Path, way: str, missing: Missing) -> None:
    given = GIVEN if missing is Missing.ZERO else GIVEN[3:]  # those with blanks
    scores = scored(a_tree_of(WAYS[way], policies={"missing": missing}), *given)
    for row in range(len(given)):
        path = card(scores, row, tmp_path)
        checked, found = differing(path)
        assert not found
        assert checked > 5
    is_live = str(openpyxl.load_workbook(path)["明细"].cell(rows_of(path)["01"], 8).value).startswith("=")
    assert is_live == (not way.startswith("covered") or missing is Missing.ZERO)


@pytest.mark.parametrize("rescale", list(Rescale))
@pytest.mark.parametrize("way", ["mean", "min", "geometric"])
def test_parts_that_do_not_apply_are_re_scaled_as_the_engine_does(tmp_path: Path, way: str, rescale: Rescale) -> None:
    inner = a_group(
        code="01-A",
        points=8.0,
        children=[
            a_given_score(code="01-A-1", points=4.0),
            an_indicator(code="01-A-2", points=4.0, fields=[a_field(code="x")], applies_to=["b"]),
        ],
    )
    tree = a_tree_of(WAYS[way], [inner, a_given_score(code="01-2", points=4.0)], policies={"not_applicable": rescale})
    tree = a_tree(
        children=tree.children, points=10.0, policies=tree.policies, unit_types=everything.the_tree().unit_types
    )
    unit = a_unit(type="town")
    answers = {"01-A-1.x": 3.0, "01-2.x": 2.0, "02-1.x": 5.0}
    scores = score(tree, (unit,), [a_submission(unit=unit, answers=answers)])
    assert differing(card(scores, 0, tmp_path))[1] == []


def test_weights_in_a_spreadsheet_and_a_changed_figure(tmp_path: Path) -> None:
    nodes = [a_given_score(code=f"01-{i}", points=4.0, weight=float(i)) for i in (1, 2, 3)]
    for way in ("weighted_mean", "geometric_mean", "harmonic_mean"):
        scores = scored(a_tree_of({"aggregation": an_aggregation(way)}, nodes), *GIVEN)
        for row in range(len(GIVEN)):
            assert differing(card(scores, row, tmp_path))[1] == []
        path = card(scores, 0, tmp_path)
        engine = formualizer.load_workbook(str(path))
        engine.set_value("明细", rows_of(path)["01-2"], 5, 1.0)
        engine.evaluate_all()
        changed = scored(scores.tree, [3.0, 1.0, 4.0, 5.0])
        last = openpyxl.load_workbook(path)["明细"].max_row
        assert engine.evaluate_cell("明细", last, 8) == pytest.approx(changed.total[0], abs=1e-9)


def test_bonus_and_what_is_taken_off(tmp_path: Path) -> None:
    nodes: list[Node] = [
        a_given_score(code="01-1", points=4.0),
        a_given_score(code="01-2", points=2.0, bonus=True),
        a_given_score(code="01-3", points=3.0, weight=-1.0),
    ]
    scores = scored(a_tree_of({}, nodes), [3.0, 1.0, 2.0, 5.0])
    path = card(scores, 0, tmp_path)
    assert differing(path)[1] == []
    sheet = openpyxl.load_workbook(path, data_only=True)["明细"]
    rows = rows_of(path)
    assert [sheet.cell(rows[code], 9).value for code in ("01-1", "01-2", "01-3")] == [1, None, 2]
    assert sheet.cell(rows["01"], 8).value == 2  # 3 + 1 - 2


def test_a_rule_on_what_was_aggregated(tmp_path: Path) -> None:
    rule = an_indicator(
        points=4.0, rule={"kind": "tiers", "tiers": [{"at_least": 9, "score": 4}, {"at_least": 5, "score": 2}]}
    )
    scores = scored(a_tree_of({"rule": rule.rule, "points": 4.0}), *GIVEN)
    for row in range(len(GIVEN)):
        assert differing(card(scores, row, tmp_path))[1] == []


def test_a_round_that_uses_everything(tmp_path: Path) -> None:
    scores = everything.a_round()
    for row in range(len(scores.units)):
        checked, found = differing(card(scores, row, tmp_path))
        assert not found
        assert checked > 80
        for lang in Language:
            path = card(scores, row, tmp_path, lang)
            assert [cell for sheet in shown(openpyxl.load_workbook(path)) for cell in clipped_cells(sheet)] == []
            assert formulas_without_value(path) == []


def test_what_a_person_decided_is_no_formula(tmp_path: Path) -> None:
    scores = everything.a_round()
    path = card(scores, [unit.code for unit in scores.units].index("U4"), tmp_path)
    sheet, rows = openpyxl.load_workbook(path)["明细"], rows_of(path)
    assert sheet.cell(rows["B4-1"], 8).value == 9  # changed on review, 7.5 by its own figures
    assert "7.5" in str(sheet.cell(rows["B4-1"], 13).value)
    assert sheet.cell(rows["B1-2"], 8).value == 0  # a veto
    assert str(sheet.cell(rows["A1-1"], 8).value).startswith("=")


def test_a_unit_sees_its_own_windows_only(tmp_path: Path) -> None:
    scores = everything.a_round()
    shown = [set(rows_of(card(scores, row, tmp_path))) for row in (0, 1)]
    assert {"A2@1", "A2@2"} <= shown[0]
    assert "A2@3" not in shown[0]
    assert "A2@2" not in shown[1]


def test_adjustments_stand_between_conversion_and_total(tmp_path: Path) -> None:
    scores = everything.a_round()
    book = openpyxl.load_workbook(card(scores, 0, tmp_path), data_only=True)
    sheet = book["明细"]
    last = sheet.max_row
    column = [sheet.cell(row, 8).value for row in range(last - 3, last + 1)]
    assert column == pytest.approx([77.3, 2, -0.5, 78.8])
    front = " ".join(str(cell.value) for line in book["评分卡"].iter_rows() for cell in line if cell.value)
    for said in ("获评全国先进集体", "2024年11月4日", "文件〔2024〕1号", "↑2"):
        assert said in front
