"""What the workbook says and does not ask: groups, parts, the total, register and vetoes. Never read as an answer."""

from dataclasses import replace
from pathlib import Path

import everything
import openpyxl
import pytest
from builders import a_field, a_group, a_tree, an_indicator
from openpyxl.worksheet.worksheet import Worksheet
from sheets import columns_of, fill

from lawgov_score.explanation import vetoes
from lawgov_score.explanation.standard import group_standard, part_standard, standard
from lawgov_score.model import Aggregation, Group, Indicator, Tree, Unit, Way
from lawgov_score.problems import is_error
from lawgov_score.report import part, render
from lawgov_score.tree import load
from lawgov_score.wording import Language, Phrase
from lawgov_score.workbook.forms.layout import (
    COVER_SHEET,
    FILL_SHEET,
    RULE_LINE,
    FillColumn,
    answered_by,
    layout_of,
    of_office,
)
from lawgov_score.workbook.submission.filled_workbook import read_submission
from lawgov_score.workbook.template import other_rows
from lawgov_score.workbook.template.fill_columns import WIDTHS
from lawgov_score.workbook.template.template import write_template
from lawgov_score.workbook.writing import look

ROOT = Path(__file__).parents[3]
SCHEMES = [path.parent for path in ROOT.glob("tests/schemes/*/expected.csv")]  # others are there for lint to refuse
TREES = sorted(path.parent for path in ROOT.glob("indicators/*/tree.yaml"))
TREES += sorted(path for path in SCHEMES if not (path / "weights.yaml").exists())


def a_template(path: Path, tree: Tree, kind: str, lang: Language = Language.ZH) -> Path:
    unit = Unit("S-01", "甲办", kind)
    write_template(tree, unit, path, standards=lambda one: standard(tree, one), lang=lang)
    return path


def fill_page(path: Path) -> Worksheet:
    return openpyxl.load_workbook(path)[FILL_SHEET]


def by_key(page: Worksheet, column: FillColumn) -> dict[str, str]:
    columns = columns_of(page)
    at, key = columns[column] + 1, columns[FillColumn.KEY] + 1
    return {str(page.cell(i, key).value): str(page.cell(i, at).value or "") for i in range(2, page.max_row + 1)}


def the_kinds(tree: Tree) -> list[str]:
    return [kind.code for kind in tree.unit_types if not kind.whole] or [""]


def zh(phrase: Phrase) -> str:
    return render(phrase, Language.ZH)


@pytest.fixture(scope="module", params=TREES, ids=lambda path: path.name)
def a_known_tree(request: pytest.FixtureRequest) -> Tree:
    tree, problems = load(request.param)
    assert tree is not None, problems
    return tree


def test_every_group_that_does_more_than_add_up_says_so_once(a_known_tree: Tree, tmp_path: Path) -> None:
    tree, kind = a_known_tree, the_kinds(a_known_tree)[0]
    page = fill_page(a_template(tmp_path / "a.xlsx", tree, kind))
    tree = tree.of_type(kind)  # a unit is told its own
    told = {
        key.removesuffix(RULE_LINE): text
        for key, text in by_key(page, FillColumn.STANDARD).items()
        if key.endswith(RULE_LINE) and not isinstance(tree.by_code[key.removesuffix(RULE_LINE)], Indicator)
    }
    mine = {i.code for i in (*answered_by(tree, kind), *of_office(tree, kind))}
    above = {node.code: node for code in mine for node in tree.ancestors(code)}
    expected = {}
    for code, node in above.items():
        if isinstance(node, Group) and not node.copy_of:
            parts = [one for one in (group_standard(tree, node), part_standard(tree, node)) if one is not None]
            if parts or node.note:
                expected[code] = parts
    assert told.keys() == expected.keys()
    for code, parts in expected.items():
        assert all(zh(part).rstrip("。") in told[code] for part in parts)
        assert not told[code].endswith("。。")


def test_how_an_indicator_counts_stands_above_its_standard() -> None:
    tree = everything.the_tree()
    said = {
        node.code: zh(other_rows.counted_in(tree, node, standard(tree, node)))
        for node in tree.nodes
        if isinstance(node, Indicator)
    }
    assert said["A3-4"].startswith("扣分项：")
    assert said["A3-3"].startswith("加分项：")
    assert said["A1-1"].startswith("按 60% 的权重计入")
    assert said["A3-1"] == zh(standard(tree, tree.by_code["A3-1"]))  # type: ignore[arg-type]  # an indicator


def test_these_rows_are_locked_and_high_enough_for_their_text(tmp_path: Path) -> None:
    tree = everything.the_tree()
    page = fill_page(a_template(tmp_path / "a.xlsx", tree, "town"))
    columns = columns_of(page)
    keys = [str(page.cell(row, columns[FillColumn.KEY] + 1).value) for row in range(1, page.max_row + 1)]
    rows = [row for row, key in enumerate(keys, start=1) if key.endswith(RULE_LINE)]
    assert rows
    for row in rows:
        assert all(cell.protection.locked for cell in page[row])
        for column in (FillColumn.STANDARD, FillColumn.FIELD):
            text = str(page.cell(row, columns[column] + 1).value)
            width = WIDTHS[column]
            assert (page.row_dimensions[row].height or 0) > look.row_height([(text, width)]) - 1  # whole pixels


def test_they_are_never_answers_and_no_problem_sorted_or_not(tmp_path: Path) -> None:
    tree = everything.the_tree()
    path = a_template(tmp_path / "S-01.xlsx", tree, "town")
    asked = {question.key for question in layout_of(tree).asked_of("town")}
    fill(path, {"A1-1.ok": 8, "A1-1.all": 10, "A3-1.wrong": 1, "A3-1.closed": 4})
    first, problems = read_submission(path, tree)
    assert first is not None
    assert not [problem for problem in problems if is_error(problem) or problem.code.value in {"S212", "S213", "S144"}]
    assert set(first.answers) == asked
    book = openpyxl.load_workbook(path)
    page = book[FILL_SHEET]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    for i, values in enumerate(reversed(rows), start=2):
        for j, value in enumerate(values, start=1):
            page.cell(i, j).value = value
    book.save(path)
    second, again = read_submission(path, tree)
    assert second is not None
    assert {key: one.value for key, one in second.answers.items()} == {k: one.value for k, one in first.answers.items()}
    assert not [problem for problem in again if is_error(problem)]


def test_a_groups_row_is_not_taken_for_the_indicator_that_has_its_code_in_another_edition(tmp_path: Path) -> None:
    parts = [an_indicator(code="01-1", weight=0.5), an_indicator(code="01-2", weight=0.5)]
    before = a_tree(children=[a_group(code="01", aggregation=Aggregation(Way.WEIGHTED_MEAN), children=parts)])
    after = replace(
        a_tree(children=[a_group(code="0", children=[an_indicator(code="01"), an_indicator(code="01-1")])]),
        edition="another",
    )
    path = a_template(tmp_path / "S-01.xlsx", before, "")
    assert f"01{RULE_LINE}" in by_key(fill_page(path), FillColumn.STANDARD)
    fill(path, {"01-1.x": 0.5})
    _, problems = read_submission(path, after)
    assert "S211" not in {problem.code.value for problem in problems}


def test_the_cover_lists_every_veto_and_every_item_of_the_register(a_known_tree: Tree, tmp_path: Path) -> None:
    """With title and effects, and what its points are: of any tree, for every type of unit."""
    tree = a_known_tree
    for kind in the_kinds(tree):
        cover = openpyxl.load_workbook(a_template(tmp_path / f"of {kind}.xlsx", tree, kind))[COVER_SHEET]
        rows = ["".join(str(cell.value) for cell in row if cell.value is not None) for row in cover.iter_rows()]
        for veto in tree.vetoes:
            own = [row for row in rows if zh(vetoes.named(veto)) in row]
            assert own
            assert any(all(zh(effect) in row for effect in vetoes.effects(tree, veto)) for row in own)
        for item in tree.adjustments:
            (own_row,) = [row for row in rows if f"{item.title}（{item.code}）" in row]
            assert all(level in own_row for level in item.levels)


@pytest.mark.parametrize("lang", list(Language))
def test_no_standard_holds_the_code_of_a_veto_without_its_title(a_known_tree: Tree, lang: Language) -> None:
    tree, known = a_known_tree, {veto.code: veto for veto in a_known_tree.vetoes}
    for indicator in tree.indicators:
        text = render(standard(tree, indicator), lang)
        for trigger in indicator.vetoes:
            veto = known[trigger.veto]
            assert render(vetoes.named(veto), lang) in text
            assert all(render(effect, lang) in text for effect in vetoes.effects(tree, veto))


def test_a_note_stands_in_the_form_and_an_internal_one_never(tmp_path: Path) -> None:
    own = an_indicator(code="01-1", note="按审结口径填报", internal_note="参数为重构时拟定")
    group = a_group(code="01", children=[own], note="本类由两科室填报", internal_note="与 02 类合并的意见未采纳")
    path = a_template(tmp_path / "a.xlsx", a_tree(children=[group]), "")
    texts = [
        str(cell.value)
        for page in openpyxl.load_workbook(path).worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert "按审结口径填报" in "".join(texts)
    assert "说明：本类由两科室填报" in texts  # the group has nothing else to say
    assert not any("参数为重构" in text or "未采纳" in text for text in texts)
    long = "按审结口径填报，" * 200
    path = a_template(tmp_path / "b.xlsx", a_tree(children=[a_group(code="01", children=[own], note=long)]), "")
    rows = by_key(fill_page(path), FillColumn.STANDARD)
    assert "较长" in rows[f"01{RULE_LINE}"]
    cover = openpyxl.load_workbook(path)[COVER_SHEET]
    assert long in "".join(str(cell.value) for row in cover.iter_rows() for cell in row if cell.value is not None)


def test_a_file_may_have_any_name(a_known_tree: Tree, tmp_path: Path) -> None:
    """A workbook says itself whose it is: docs and returned copies ask for another name."""
    cover = openpyxl.load_workbook(a_template(tmp_path / "a.xlsx", a_known_tree, ""))[COVER_SHEET]
    texts = "".join(str(cell.value) for row in cover.iter_rows() for cell in row if cell.value is not None)
    assert "文件名可以改" in texts
    assert "不更改文件名" not in texts


def test_where_less_applies_the_cover_says_how_the_total_is_converted(tmp_path: Path) -> None:
    fields = [a_field()]
    tree = a_tree(
        indicators=[
            an_indicator(code="01-1", points=86, fields=fields),
            an_indicator(code="01-2", points=14, applies_to=("bureau",)),
        ],
        unit_types=everything.the_tree().unit_types,
    )
    cover = openpyxl.load_workbook(a_template(tmp_path / "a.xlsx", tree, "town"))[COVER_SHEET]
    texts = [str(cell.value) for row in cover.iter_rows() for cell in row if cell.value is not None]
    assert any("得分 ÷ 86 × 100" in text for text in texts)


def test_what_is_filled_in_in_such_a_row_is_to_be_emptied_and_the_row_is_to_stay(tmp_path: Path) -> None:
    tree = everything.the_tree()
    path = a_template(tmp_path / "S-01.xlsx", tree, "town")
    book = openpyxl.load_workbook(path)
    page = book[FILL_SHEET]
    columns = columns_of(page)
    row = next(
        row
        for row in range(2, page.max_row + 1)
        if str(page.cell(row, columns[FillColumn.KEY] + 1).value).endswith(RULE_LINE)
    )
    cell = page.cell(row, columns[FillColumn.VALUE] + 1, 3)
    book.save(path)
    _, problems = read_submission(path, tree)
    (said,) = [one for one in problems if one.code.value == "S212"]
    assert (said.place.sheet, said.place.cell) == (FILL_SHEET, cell.coordinate)  # type: ignore[union-attr]  # a cell
    hint = part(said, "hint", Language.ZH)
    assert "清空" in hint
    assert "删去" not in hint
