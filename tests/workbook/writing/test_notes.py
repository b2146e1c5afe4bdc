"""说明 where units and readers see it; prompts that say no more than holds; totals called what they are."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from builders import (
    a_field,
    a_given_score,
    a_group,
    a_rule,
    a_submission,
    a_tree,
    a_unit,
    a_unit_type,
    an_aggregation,
    an_indicator,
)
from legible import clipped_cells
from openpyxl.worksheet.worksheet import Worksheet
from sheets import columns_of

from lawgov_score.cell_addresses import letters
from lawgov_score.explanation.standard import standard
from lawgov_score.model import FilledBy, Scores, Tree, Unit
from lawgov_score.scoring import score
from lawgov_score.terminal.duties import duties_text
from lawgov_score.terminal.standards import standards_text
from lawgov_score.wording import Language
from lawgov_score.workbook.card.unit_card import write_card
from lawgov_score.workbook.forms.layout import COVER_SHEET, FILL_SHEET, FillColumn
from lawgov_score.workbook.office.sheets import standard_text
from lawgov_score.workbook.office.template import write_assessor_templates
from lawgov_score.workbook.scorecard.scorecard import write_scorecard
from lawgov_score.workbook.template.template import write_template
from lawgov_score.workbook.writing.notes import pieces

LONG = "办法没有写明的，按下列办法办理。" * 120


def noted(note: str = "不足一个百分点的，暂按比例扣。") -> Tree:
    children = [
        an_indicator(code="01-1", title="报备率", note=note, may_not_apply=True, evidence=("台账",)),
        an_indicator(code="01-2", title="培训", fields=[a_field(code="x"), a_field(code="y")], value="x * y"),
        an_indicator(code="01-3", title="测评", filled_by=FilledBy.ASSESSOR, note="由统计局提供。"),
    ]
    return a_tree(children=[a_group(title="类", note="本类另行通知。", children=children)], levels=("类", "小项"))


def template(tree: Tree, folder: Path) -> openpyxl.Workbook:
    path = folder / "U1.xlsx"
    write_template(tree, Unit("U1", "甲局", ""), path, standards=partial(standard, tree), lang=Language.ZH)
    return openpyxl.load_workbook(path)


def all_texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]


def first_standard_is_whole(page: Worksheet) -> bool:
    """Texts that the row above says already are not shown again, and need no height."""
    return not any(cell.startswith((f"{FILL_SHEET}!E2 ", f"{FILL_SHEET}!E3 ")) for cell in clipped_cells(page))


def written(scores: Scores, folder: Path) -> openpyxl.Workbook:
    write_scorecard(scores, folder / "s.xlsx", problems=(), inputs=(), lang=Language.ZH)
    return openpyxl.load_workbook(folder / "s.xlsx", data_only=True)


def test_a_note_stands_with_the_standard(tmp_path: Path) -> None:
    book = template(noted(), tmp_path)
    page = book[FILL_SHEET]
    standards = [page.cell(row, columns_of(page)[FillColumn.STANDARD] + 1).value for row in range(2, page.max_row + 1)]
    assert standards[0] == "说明：本类另行通知。"  # the group's, in a row of its own
    assert str(standards[1]).endswith("。\n说明：不足一个百分点的，暂按比例扣。")
    assert "说明" not in str(standards[2])
    assert str(standards[-1]).endswith("说明：由统计局提供。")
    assert first_standard_is_whole(page)
    assert "有关指标的说明" not in all_texts(book[COVER_SHEET])


def test_a_note_too_long_for_a_cell_stands_whole_on_the_cover(tmp_path: Path) -> None:
    book = template(noted(LONG), tmp_path)
    page, cover = book[FILL_SHEET], book[COVER_SHEET]
    assert "说明：较长，见“填报说明”表“有关指标的说明”。" in str(
        page.cell(3, columns_of(page)[FillColumn.STANDARD] + 1).value
    )
    said = all_texts(cover)
    at = said.index("有关指标的说明")
    assert said[at + 1] == "01-1 报备率"
    assert "".join(said[at + 2 :]) == LONG
    assert first_standard_is_whole(page)
    assert list(clipped_cells(cover)) == []
    assert cover.page_setup.fitToHeight == 0


@pytest.mark.parametrize("text", ["", "短", LONG, "字" * 5000, "一行\n" * 200])
def test_pieces_are_the_text_and_each_fits(text: str) -> None:
    parts = list(pieces(text, 40))
    assert "".join(parts).replace("\n", "") == text.replace("\n", "")
    assert all(part for part in parts)
    assert len(parts) <= 1 + len(text) // 200 + text.count("\n") // 20


def test_notes_have_a_section_on_the_method_sheet(tmp_path: Path) -> None:
    given = a_submission(answers={"01-1.x": 0.5, "01-2.x": 1, "01-2.y": 1})
    sheet = written(score(noted(LONG), (given.unit,), [given]), tmp_path)["方法"]
    said = all_texts(sheet)
    at = said.index("六、有关指标的说明")
    assert said[at + 1 : at + 3] == ["01 类", "本类另行通知。"]
    assert said[at + 3] == "01-1 报备率"
    assert LONG in "".join(said[at:]).replace("01-1 报备率", "")
    assert said.index("七、各指标评分标准") > at
    assert list(clipped_cells(sheet)) == []


def test_without_notes_there_is_no_such_section(tmp_path: Path) -> None:
    given = a_submission(answers={"01-1.x": 0.5})
    said = all_texts(written(score(a_tree(indicators=[an_indicator()]), (given.unit,), [given]), tmp_path)["方法"])
    assert "六、各指标评分标准" in said
    assert not any("有关指标的说明" in text for text in said)


def test_prompts_speak_of_what_does_not_apply_only_where_it_may_be_said(tmp_path: Path) -> None:
    page = template(noted(), tmp_path)[FILL_SHEET]
    columns = columns_of(page)
    prompts: dict[str, str] = {}
    for check in page.data_validations.dataValidation:
        for area in str(check.sqref).split():
            prompts[area.split(":")[0]] = str(check.prompt)
    for column in (FillColumn.EVIDENCE, FillColumn.NOTE, FillColumn.VALUE):
        assert ("不适用" in prompts[f"{letters(columns[column])}3"]) is (column is not FillColumn.EVIDENCE)
        assert "不适用" not in prompts[f"{letters(columns[column])}4"]
    assert "台账" in prompts[f"{letters(columns[FillColumn.EVIDENCE])}3"]
    assert "没有列明应附的材料" in prompts[f"{letters(columns[FillColumn.EVIDENCE])}4"]


def weighted() -> Tree:
    """甲 (70%) is worth 100 for towns and 64 for offices; 乙 (30%) is for all."""
    parts = [a_given_score(code="a1", points=64.0), a_given_score(code="a2", points=36.0, applies_to=("town",))]
    children = [
        a_group(code="A", title="甲", children=parts, weight=0.7),
        a_group(code="B", title="乙", children=[a_given_score(code="b1", points=100.0)], weight=0.3),
    ]
    types = (a_unit_type(code="town"), a_unit_type(code="office"))
    return a_tree(
        children=children, points=100, aggregation=an_aggregation("weighted_mean"), unit_types=types, grades=()
    )


def weighted_scores() -> Scores:
    units = (a_unit(code="U1", type="town"), a_unit(code="U2", type="office"))
    given = ({"a1.x": 60.0, "a2.x": 30.0, "b1.x": 80.0}, {"a1.x": 32.0, "b1.x": 80.0})
    return score(weighted(), units, [a_submission(unit=u, answers=g) for u, g in zip(units, given, strict=True)])


def test_a_weighted_total_has_nothing_before_conversion(tmp_path: Path) -> None:
    sheet = written(weighted_scores(), tmp_path)["排名"]
    assert not any("折算前" in text for text in all_texts(sheet))
    formats = {cell.number_format for row in sheet.iter_rows() for cell in row if isinstance(cell.value, (int, float))}
    assert '0.00" / 64（折合 50.00）"' in {each.removesuffix("_0") for each in formats}
    assert '0.00" / 100"' in {each.removesuffix("_0") for each in formats}
    sums = a_submission(answers={"01-1.x": 0.5})
    plain = written(score(a_tree(indicators=[an_indicator()]), (sums.unit,), [sums]), tmp_path)["排名"]
    assert "折算前得分 / 适用分" in all_texts(plain)


def test_the_card_says_what_each_loss_costs_the_total(tmp_path: Path) -> None:
    scores = weighted_scores()
    write_card(scores, 1, tmp_path / "U2.xlsx", problems=(), lang=Language.ZH)
    page = openpyxl.load_workbook(tmp_path / "U2.xlsx")["评分卡"]
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    at = next(i for i, row in enumerate(rows) if "影响总分" in row)
    assert rows[at][4:6] == ["失分", "影响总分"]
    listed: dict[object, object] = {row[0]: (row[4], row[5]) for row in rows[at + 1 : at + 3]}
    assert listed == {"a1": (32.0, pytest.approx(35.0)), "b1": (20.0, pytest.approx(6.0))}
    assert list(listed) == ["a1", "b1"]
    assert list(clipped_cells(page)) == []


def test_a_card_of_a_plain_sum_needs_no_such_column(tmp_path: Path) -> None:
    given = a_submission(answers={"01-1.x": 0.5, "01-2.x": 0.2})
    tree = a_tree(indicators=[an_indicator(), an_indicator(code="01-2")])
    write_card(score(tree, (given.unit,), [given]), 0, tmp_path / "U1.xlsx", problems=(), lang=Language.ZH)
    assert "影响总分" not in all_texts(openpyxl.load_workbook(tmp_path / "U1.xlsx")["评分卡"])


def test_the_cover_says_what_a_weighted_total_is_made_of(tmp_path: Path) -> None:
    said = all_texts(template(weighted(), tmp_path)[COVER_SHEET])
    assert "适用分值" not in said
    assert said[said.index("总分") + 1] == "满分 100 分；取下级得分的加权平均，权重：“A 甲” 70%、“B 乙” 30%"


INTERNAL = "参数为重构时拟定"


def internally_noted() -> Tree:
    """A tree of an indicator that units fill in, one that is judged and a group, each with a note for the office."""
    judged = a_rule(kind="judged", reviewers=1, marks="mean")
    children = [
        an_indicator(code="01-1", title="报备率", note="只计按期的。", internal_note=INTERNAL),
        an_indicator(code="01-2", title="评议", rule=judged, filled_by=FilledBy.ASSESSOR, internal_note=INTERNAL),
    ]
    return a_tree(children=[a_group(title="类", internal_note=INTERNAL, children=children)], levels=("类", "小项"))


def test_an_internal_note_is_for_the_office_alone(tmp_path: Path) -> None:
    tree = internally_noted()
    given = a_submission(answers={"01-1.x": 0.5})
    scores = score(tree, (given.unit,), [given])
    blank = template(tree, tmp_path)
    assert "只计按期的。" in texts_of(blank)
    assert INTERNAL not in texts_of(blank)
    write_card(scores, 0, tmp_path / "card.xlsx", problems=(), lang=Language.ZH)
    assert INTERNAL not in texts_of(openpyxl.load_workbook(tmp_path / "card.xlsx"))
    assert INTERNAL not in duties_text(tree, "甲局", Language.ZH)

    assert texts_of(written(scores, tmp_path)).count(INTERNAL) == 3
    assert standards_text(tree, Language.ZH).count(INTERNAL) == 3
    books = write_assessor_templates(tree, None, tmp_path, standards=partial(standard, tree), lang=Language.ZH)
    assert any(INTERNAL in texts_of(openpyxl.load_workbook(book)) for book in books)


def test_a_note_that_the_internal_one_repeats_is_read_once(tmp_path: Path) -> None:
    own = an_indicator(code="01-1", note="只计按期的。", internal_note="参数为拟定：只计按期的。")
    tree = a_tree(children=[a_group(children=[own])], levels=("类", "小项"))
    assert standard_text(own, partial(standard, tree), Language.ZH).count("只计按期的。") == 1
    other = replace(own, internal_note=INTERNAL)
    assert standard_text(other, partial(standard, tree), Language.ZH).endswith(f"只计按期的。\n{INTERNAL}")


def texts_of(book: openpyxl.Workbook) -> str:
    """All texts of a workbook, comments and prompts among them."""
    comments = [cell.comment.text for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
    prompts = [str(check.prompt) for sheet in book for check in sheet.data_validations.dataValidation]
    return "\n".join([*(text for sheet in book for text in all_texts(sheet)), *comments, *prompts])
