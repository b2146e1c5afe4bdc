"""Points and figures of rules by unit type: a unit is told, and gets, what it would by a tree with its figures alone.

The witness is a plain tree for each type, in which every mapping of figures is replaced by that type's figure before
anything of the project reads it. Reaches ``scoring/own_figures.py``, ``tree/by_type.py``.
"""

import json
import re
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft7Validator
from legible import clipped_cells, shown
from openpyxl import load_workbook
from recalculation import differing

from lawgov_score.catalogue import Code
from lawgov_score.content.reviewers import report_of
from lawgov_score.explanation.reasons import reason
from lawgov_score.explanation.standard import group_standard, standard
from lawgov_score.model import Group, Indicator, Scores, Status, Tree, Unit
from lawgov_score.pages.card_page import card_page
from lawgov_score.pages.reader import Reader
from lawgov_score.pipeline import ScoredAssessment, assess, write_scorecard, write_templates
from lawgov_score.pipeline.progress import unwatched
from lawgov_score.problems import CellPlace, NodePlace
from lawgov_score.report import render, title
from lawgov_score.rules import KINDS
from lawgov_score.scoring.advice.advise import advise
from lawgov_score.terminal.advise import advice_text
from lawgov_score.terminal.explain import explain_text
from lawgov_score.terminal.show import show_json, show_text
from lawgov_score.terminal.standards import standards_text
from lawgov_score.tree import load
from lawgov_score.tree.editor_schema import text
from lawgov_score.tree.source import read_text
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card
from lawgov_score.workbook.office.sheets import range_text

HERE = Path(__file__).parent / "own_points"
SCHEME = Path(__file__).parent / "schemes" / "c-points-by-type"
TYPES = ("area", "rural")
by_type = pytest.mark.parametrize("unit_type", TYPES)


def alone(data: Any, unit_type: str) -> Any:
    """The tree's data with the figures of one type alone."""
    match data:
        case dict() if data and set(data) <= {*TYPES, "others"}:
            return alone(data.get(unit_type, data.get("others")), unit_type)
        case dict():
            return {key: alone(value, unit_type) for key, value in data.items()}
        case list():
            return [alone(item, unit_type) for item in data]
        case _:
            return data


def run(tree: Path) -> ScoredAssessment:
    done = assess(tree, [HERE / "figures.csv"], HERE / "roster.csv", assessor=[HERE / "office"])
    assert isinstance(done, ScoredAssessment)
    return done


@cache
def told_all() -> ScoredAssessment:
    return run(HERE / "tree.yaml")


@cache
def told_one(unit_type: str) -> ScoredAssessment:
    data = read_text((HERE / "tree.yaml").read_text(encoding="utf-8"), "tree.yaml")[0].data
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tree.yaml"
        path.write_text(json.dumps(alone(data, unit_type), ensure_ascii=False), encoding="utf-8")
        return run(path)


def rows_of(scores: Scores, unit_type: str) -> list[int]:
    return [row for row, unit in enumerate(scores.units) if unit.type == unit_type]


def pairs(unit_type: str) -> list[tuple[Scores, int, Scores, int]]:
    """Of every unit of the type: the scores of all and its row, those by the plain tree and its row."""
    one, other = told_all().scores, told_one(unit_type).scores
    return [(one, row, other, other.row_of[one.units[row].code]) for row in rows_of(one, unit_type)]


@by_type
def test_a_unit_gets_what_it_would_by_its_own_figures_alone(unit_type: str) -> None:
    assert len(pairs(unit_type)) > 1
    for one, row, other, at in pairs(unit_type):
        np.testing.assert_array_equal(one.scores[row], other.scores[at])
        np.testing.assert_array_equal(one.points[row], other.points[at])
        np.testing.assert_array_equal(one.status[row], other.status[at])
        assert (one.total[row], one.rank[row], one.grades[row]) == (other.total[at], other.rank[at], other.grades[at])
        assert one.grade_reasons[row] == other.grade_reasons[at]


@by_type
def test_a_unit_is_told_the_same(unit_type: str) -> None:
    for one, row, other, at in pairs(unit_type):
        for node in one.tree.nodes:
            assert reason(one, row, node.code) == reason(other, at, node.code), node.code
        own = one.of_unit(row)
        for node in own.tree.nodes:
            plain = other.tree.by_code[node.code]
            assert node.points == plain.points
            if isinstance(node, Indicator) and isinstance(plain, Indicator):
                assert standard(own.tree, node) == standard(other.tree, plain)
                assert range_text(node) == range_text(plain)
            elif isinstance(node, Group) and isinstance(plain, Group):
                assert group_standard(own.tree, node) == group_standard(other.tree, plain)
        for lang in Language:
            assert explain_text(one, row, None, lang) == explain_text(other, at, None, lang)
            for node in one.tree.nodes:
                plain = other.tree.by_code[node.code]
                assert explain_text(one, row, node, lang) == explain_text(other, at, plain, lang)


@by_type
def test_a_unit_is_advised_the_same(unit_type: str) -> None:
    for one, row, other, at in pairs(unit_type):
        first, second = (advice_text(who, advise(who, [of]), Language.ZH) for who, of in ((one, row), (other, at)))
        assert first == second


_ALIKE = re.compile(r"[0-9a-f]{64}|[0-9a-f]{12}|[\w./-]*tree\.yaml")  # fingerprints and paths


def cells(path: Path) -> dict[str, str]:
    """The parts of a workbook, without what names the tree's file."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}
    return {name: _ALIKE.sub("", text) for name, text in parts.items() if not name.startswith("docProps")}


@by_type
def test_a_units_workbook_card_and_page_are_the_same(unit_type: str, tmp_path: Path) -> None:
    for one, row, other, at in pairs(unit_type):
        cards, pages = [], []
        for scores, member in ((one, row), (other, at)):
            write_card(scores, member, tmp_path / "card.xlsx", problems=(), lang=Language.ZH)
            cards.append(cells(tmp_path / "card.xlsx"))
            (advice,) = advise(scores, [member])
            pages.append(_ALIKE.sub("", card_page(Reader(Language.ZH), scores, member, (), advice)))
        assert cards[0] == cards[1]
        assert pages[0] == pages[1]
        forms = []
        for scores, name in ((one, "of-all"), (other, "of-one")):
            (path,) = write_templates(
                scores.tree, (one.units[row],), tmp_path / name / unit_type, Language.ZH, unwatched, overwrite=True
            )
            forms.append(cells(path))
        assert forms[0] == forms[1]


def test_a_spreadsheet_comes_to_the_same(tmp_path: Path) -> None:
    write_scorecard(told_all(), tmp_path / "scorecard.xlsx", Language.ZH)
    formulas, wrong = differing(tmp_path / "scorecard.xlsx")
    assert wrong == []
    assert formulas > 100
    book = load_workbook(tmp_path / "scorecard.xlsx")
    assert [cell for sheet in shown(book) for cell in clipped_cells(sheet)] == []
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {"分值（产区）", "分值（非产区）", "产区 30、非产区 25", "产区 0—8、非产区 0—6"} <= set(texts)


def test_marks_are_held_to_the_units_own_range(tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    marks = (HERE / "office" / "marks.csv").read_text(encoding="utf-8").replace("U3,03-3,张三,6", "U3,03-3,张三,7")
    (tmp_path / "office" / "marks.csv").write_text(marks, encoding="utf-8")
    done = assess(HERE / "tree.yaml", [HERE / "figures.csv"], HERE / "roster.csv", assessor=[tmp_path / "office"])
    wrong = [one.place for one in done.problems if one.code is Code.A205]
    assert [place.cell for place in wrong if isinstance(place, CellPlace)] == ["D4"]  # 7 of 6; U1 has 7 of 8


def test_what_the_office_is_shown_goes_by_type() -> None:
    (judged,) = report_of(told_all().scores).judged
    assert judged.ranges == ((("产区",), 0.0, 8.0), (("非产区",), 0.0, 6.0))


def scheme() -> Tree:
    tree, problems = load(SCHEME / "tree.yaml")
    assert tree is not None
    assert problems == ()
    return tree


def test_what_differs_is_told_to_all_with_the_types() -> None:
    tree = scheme()
    (lost, closed), (training, mended) = (group.children for group in tree.children)
    assert isinstance(lost, Indicator)
    assert isinstance(mended, Indicator)
    assert render(standard(tree, lost), Language.ZH).startswith(
        "产区：满分 4 分，败诉案件数每 1 件扣 0.5 分，扣完为止。“应诉案件数”为 0 的，得本项分值的 60%。"
        "非产区：满分 3 分，败诉案件数每 1 件扣 0.3 分，扣完为止。"
    )
    assert "部门" not in render(standard(tree, lost), Language.ZH)  # it does not apply to them
    assert tree.points_of("02-1") == ((("产区",), 10.0), (("非产区",), 8.0), (("部门",), 5.0))
    assert tree.points_of("02-2") == (((), 5.0),)
    assert tree.points_of("01-1") == ((("产区",), 4.0), (("非产区",), 3.0))
    assert (closed.code, training.code) == ("01-2", "02-1")


def test_types_that_share_every_figure_are_one_tree() -> None:
    tree = scheme()
    assert [names for names, _ in tree.kinds] == [("产区",), ("非产区",), ("部门",)]
    assert {own.fingerprint for _, own in tree.kinds} == {tree.fingerprint}
    assert tree.of_type("area").own == {}
    assert tree.of_type("nobody") is tree


def test_a_plain_tree_is_one_for_all() -> None:
    tree, _ = load(Path(__file__).parent / "schemes" / "c-parallel" / "tree.yaml")
    assert tree is not None
    assert (tree.own, tree.kinds) == ({}, ())
    assert tree.of_type("town") is tree


def test_without_a_type_there_is_no_score(tmp_path: Path) -> None:
    done = assess(SCHEME / "tree.yaml", [SCHEME / "figures.csv"])
    assert isinstance(done, ScoredAssessment)
    assert np.isnan(done.scores.total).all()
    assert (done.scores.status != Status.SCORED).all()
    said = [one.place for one in done.scores.problems if one.code is Code.R129]
    assert said == [NodePlace(unit.code) for unit in done.scores.units]
    assert done.scores.units[0] == Unit("a", "a")


@pytest.mark.parametrize("rescale", ["total", "none"])
def test_equals_are_compared_on_one_scale(rescale: str, tmp_path: Path) -> None:
    """甲 has 3 of 4, 乙 2.5 of 3: 75% against 83%, so that 乙 is first of equal totals."""
    text = (SCHEME.parents[1] / "tree" / "good" / "by-type-apart" / "tree.yaml").read_text(encoding="utf-8")
    head, _ = text.split("nodes:")
    head = head.replace("weights: apart", "points: 10").replace("ties: shared", 'ties: shared, tie_breakers: ["01"]')
    node = """
  - code: "{code}"
    title: 项{code}
    points: {{area: {area}, rural: {rural}}}
    applies_to: all
    basis: 某某办法
    fields: [{{code: n, name: 得分, type: amount, measured_in: 分}}]
    rule: {{kind: as_given}}"""
    head = head.replace("not_applicable: total", f"not_applicable: {rescale}")
    nodes = node.format(code="01", area=4, rural=3) + node.format(code="02", area=6, rural=7)
    tree = tmp_path / "tree.yaml"
    tree.write_text(f"{head}nodes:{nodes}\n", encoding="utf-8")
    (tmp_path / "figures.csv").write_text("unit,01,02\na,3,4\nb,2.5,4.5\n", encoding="utf-8")
    (tmp_path / "roster.csv").write_text("unit,name,type\na,甲,area\nb,乙,rural\n", encoding="utf-8")
    done = assess(tree, [tmp_path / "figures.csv"], tmp_path / "roster.csv")
    assert isinstance(done, ScoredAssessment)
    assert done.scores.total.tolist() == [7.0, 7.0]
    assert done.scores.rank.tolist() == [2, 1]


def test_points_of_a_weight_set_go_by_type() -> None:
    folder = Path(__file__).parent / "tree" / "good" / "by-type-apart"
    tree, problems = load(folder, folder / "weights.yaml")
    assert tree is not None
    assert problems == ()
    assert [[node.points for node in own.indicators] for _, own in tree.kinds] == [[4.0, 6.0], [3.0, 7.0]]
    assert next(own.indicators[0].rule for _, own in tree.kinds) != tree.of_type("rural").indicators[0].rule


# ------------------------------------------------------------ every figure of every rule


_FIGURE = re.compile(r"-?\d+(\.\d+)?%")
_NAMES = {"kind", "code", "name", "option", "asks", "field", "due", "of", "better", "steps", "marks", "against", "by"}


def in_both(data: Any, unit_type: str, *, is_rule: bool = False) -> Any:
    """The tree's data with every figure of a rule, and the points of groups, given by type: the same for all types."""
    if isinstance(data, list):
        return [in_both(item, unit_type, is_rule=is_rule) for item in data]
    if not isinstance(data, dict):
        return data
    return {
        key: {unit_type: value, "others": value}
        if (is_rule and key not in _NAMES and is_number(value))
        or (key == "points" and "children" in data and not compares(data))
        else in_both(value, unit_type, is_rule=is_rule or (key == "rule" and "basis" in data))
        for key, value in data.items()
    }


def compares(group: Any) -> bool:
    """Has the group a rule that compares units? Its points are the same for all (T254)."""
    return "rule" in group and KINDS[group["rule"]["kind"]].RELATIVE


def is_number(value: Any) -> bool:
    if isinstance(value, str):
        return _FIGURE.fullmatch(value) is not None
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def without_places(tree: Tree) -> str:
    return re.sub(r"place=TextPlace\(.*?\)| at 0x[0-9a-f]+", "", repr(tree.children))


SCHEMES = sorted(path.parent for path in (Path(__file__).parent / "schemes").glob("b-*/tree.yaml"))


@pytest.mark.parametrize("folder", SCHEMES, ids=lambda folder: folder.name)
def test_any_figure_may_go_by_type(folder: Path, tmp_path: Path) -> None:
    data = read_text((folder / "tree.yaml").read_text(encoding="utf-8"), "tree.yaml")[0].data
    data["unit_types"] = [
        *data.get("unit_types", ()),
        {"code": "more", "name": "其他单位"},
        {"code": "rest", "name": "其余单位"},
    ]
    wrapped = in_both(data, data["unit_types"][0]["code"])
    assert json.dumps(wrapped).count('"others"') > 1
    assert Draft7Validator(json.loads(text())).is_valid(wrapped)
    trees = []
    for one in (data, wrapped):
        path = tmp_path / "tree.yaml"
        path.write_text(json.dumps(one, ensure_ascii=False), encoding="utf-8")
        tree, problems = load(path)
        assert tree is not None, problems
        trees.append(tree)
    plain, own = trees
    assert [without_places(each) for _, each in own.kinds] == [without_places(plain)] * len(own.kinds)
    assert own.kinds


def test_every_kind_is_tried() -> None:
    kinds = {
        node.rule.KIND
        for folder in SCHEMES
        if (tree := load(folder / "tree.yaml")[0]) is not None
        for node in tree.indicators
    }
    assert set(KINDS) - kinds <= {"normalised"}  # tests/schemes/c-normalised


# ------------------------------------------------------------ what is told of all types


def test_a_fault_of_some_types_names_them() -> None:
    bad = Path(__file__).parent / "tree" / "bad" / "T202-of-one-type.yaml"
    _, problems = load(bad)
    of_type = {one.code: one.unit_types for one in problems}
    assert of_type[Code.T202] == ("非产区", "部门")
    assert of_type[Code.T104] == ()  # how it is written is nobody's own
    assert {title(one, lang)[-1] for one in problems if one.unit_types for lang in Language} == {"）", ")"}


def test_what_shows_the_whole_tree_shows_every_type() -> None:
    tree = scheme()
    shown = show_text(tree, Language.ZH)
    assert "产区 4、非产区 3" in shown
    assert "产区 10、非产区 8、部门 5" in shown
    nodes = {node["code"]: node["points"] for node in json.loads(show_json(tree))["nodes"]}
    assert nodes["02-1"] == {"area": 10, "rural": 8, "bureau": 5}
    assert nodes["02-2"] == 5
    told = standards_text(tree, Language.ZH)
    assert "01 依法行政　产区 10、非产区、部门 11 分" in told
    assert "产区：下级得分相加；最高 9 分；非产区、部门：下级得分相加；最高 10 分" in told
