"""The blank workbook: what it holds, what is open, and that it never changes by itself.

Reaches ``workbook/template/cover.py``, ``workbook/template/fill_sheet.py``.
"""

from pathlib import Path

import everything
import openpyxl
import pytest
from builders import a_field, a_group, a_tree, an_indicator
from openpyxl.worksheet.worksheet import Worksheet
from sheets import columns_of, fill

from lawgov_score.cell_addresses import letters
from lawgov_score.model import AnswerState, Tree, Unit, UnitType
from lawgov_score.problems import is_error
from lawgov_score.tree import load
from lawgov_score.wording import Language
from lawgov_score.workbook.forms.layout import COVER_SHEET, FILL_SHEET, LISTS_SHEET, STAMP_SHEET, FillColumn
from lawgov_score.workbook.submission.filled_workbook import read_submission
from lawgov_score.workbook.template.template import write_template

TREE = a_tree(
    children=[
        a_group(
            code="A",
            title="方面一",
            children=[
                a_group(
                    code="01",
                    title="类一",
                    children=[
                        an_indicator(
                            code="01-1",
                            title="=危险的标题",
                            fields=[
                                a_field(code="met", name="办结件数", type="count", at_most="all"),
                                a_field(code="all", name="受理件数", type="count"),
                            ],
                            value="met / all",
                            on_zero="not_applicable",
                            may_not_apply=True,
                            evidence=("台账", "案卷"),
                        ),
                        an_indicator(code="01-2", applies_to=("bureau",)),
                        an_indicator(
                            code="01-3",
                            fields=[a_field(code="held", type="yes_no")],
                            rule={"kind": "all_or_nothing"},
                        ),
                    ],
                )
            ],
        )
    ],
    levels=("方面", "类", "小项"),
    unit_types=(UnitType("office", "办事处"), UnitType("bureau", "部门"), UnitType("area", "全区", whole=True)),
)


def a_template(path: Path, kind: str = "office", lang: Language = Language.ZH, tree: Tree = TREE) -> Path:
    unit = Unit("S-01", "甲办", kind)
    write_template(tree, unit, path, standards=lambda i: i.rule.standard(i.terms), lang=lang)
    return path


def fill_page(path: Path) -> Worksheet:
    return openpyxl.load_workbook(path)[FILL_SHEET]


def keys(path: Path) -> list[object]:
    page = fill_page(path)
    column = columns_of(page)[FillColumn.KEY] + 1
    return [page.cell(row, column).value for row in range(2, page.max_row + 1)]


def test_only_what_applies_to_the_type_is_asked(tmp_path: Path) -> None:
    office = ["01-1.met", "01-1.all", "01-3.held"]
    assert keys(a_template(tmp_path / "a.xlsx")) == office
    assert keys(a_template(tmp_path / "b.xlsx", "bureau")) == [*office[:2], "01-2.x", office[2]]
    assert keys(a_template(tmp_path / "c.xlsx", "area")) == keys(tmp_path / "b.xlsx")


def test_sheets_and_headings(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(a_template(tmp_path / "a.xlsx"))
    states = {page.title: page.sheet_state for page in book.worksheets}
    assert states == {
        COVER_SHEET: "visible",
        FILL_SHEET: "visible",
        LISTS_SHEET: "hidden",
        STAMP_SHEET: "veryHidden",
    }
    headings = [cell.value for cell in book[FILL_SHEET][1]]
    assert headings[:5] == ["方面", "类", "编码", "小项", "分值"]
    assert headings[5:] == [c.value.zh for c in list(FillColumn)[3:]]
    page = book[FILL_SHEET]
    assert page.column_dimensions[letters(len(headings) - 1)].hidden
    assert not page.merged_cells.ranges


def test_three_columns_are_open_and_everything_else_is_locked(tmp_path: Path) -> None:
    page = fill_page(a_template(tmp_path / "a.xlsx"))
    columns = columns_of(page)
    opened = {i for i in range(page.max_column) if not page.cell(2, i + 1).protection.locked}
    assert opened == {columns[c] for c in (FillColumn.VALUE, FillColumn.EVIDENCE, FillColumn.NOTE)}
    assert page.protection.sheet
    assert not page.protection.password
    assert page.protection.autoFilter is False  # False: not forbidden
    assert page.auto_filter.ref == f"A1:{letters(page.max_column - 1)}{page.max_row}"
    assert page.freeze_panes == "E2"
    assert page.print_title_rows == "$1:$1"
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9
    assert page.page_setup.fitToHeight == 0  # as many pages as it takes, one wide


def test_text_is_never_a_formula(tmp_path: Path) -> None:
    page = fill_page(a_template(tmp_path / "a.xlsx"))
    assert page["D2"].value == "=危险的标题"
    assert page["D2"].data_type == "s"


def test_checks_name_the_bounds_and_accept_the_words(tmp_path: Path) -> None:
    page = fill_page(a_template(tmp_path / "a.xlsx"))
    value = letters(columns_of(page)[FillColumn.VALUE])
    checks = {str(check.sqref): check for check in page.data_validations.dataValidation}
    met = checks[f"{value}2"]
    assert met.type == "custom"
    assert met.formula1 == f'IF(ISNUMBER({value}2),AND({value}2>=0,{value}2=INT({value}2)),OR({value}2="不适用"))'
    assert "受理件数" in str(met.prompt)
    assert "不适用" in str(met.prompt)
    held = checks[f"{value}4"]
    assert (held.type, held.formula1) == ("list", f"'{LISTS_SHEET}'!$A$1:$A$2")
    evidence = letters(columns_of(page)[FillColumn.EVIDENCE])
    assert "台账、案卷" in str(checks[f"{evidence}2:{evidence}3"].prompt)


@pytest.mark.parametrize("lang", list(Language))
def test_the_same_tree_and_unit_give_the_same_bytes(tmp_path: Path, lang: Language) -> None:
    one, other = (a_template(tmp_path / name, lang=lang) for name in ("a.xlsx", "b.xlsx"))
    assert one.read_bytes() == other.read_bytes()


def test_an_english_template_has_english_headings(tmp_path: Path) -> None:
    headings = [cell.value for cell in fill_page(a_template(tmp_path / "a.xlsx", lang=Language.EN))[1]]
    assert headings[4:] == [c.value.en for c in list(FillColumn)[2:]]


def test_a_type_to_which_nothing_applies_still_gets_a_workbook(tmp_path: Path) -> None:
    tree = a_tree(indicators=[an_indicator(applies_to=("bureau",))], unit_types=TREE.unit_types)
    assert keys(a_template(tmp_path / "a.xlsx", tree=tree)) == []


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        a_template(tmp_path / "无" / "a.xlsx")


def test_what_the_office_assesses_is_listed_and_not_asked(tmp_path: Path) -> None:
    tree = everything.the_tree()
    path = a_template(tmp_path / "a.xlsx", "town", tree=tree)
    page, columns = fill_page(path), columns_of(fill_page(path))
    asked = set(keys(path))
    assert not {key for key in asked if str(key).startswith(("B1-1", "B1-2"))}
    last = page.max_row
    listed = [page.cell(row, columns[FillColumn.CODE] + 1).value for row in range(last - 2, last + 1)]
    assert listed == ["B1", "B1-1", "B1-2"]  # B1 holds nothing else: how it is scored stands here
    value = columns[FillColumn.VALUE] + 1
    assert page.cell(last - 3, 1).value == "由考核机关评定，单位无需填报"
    assert all(page.cell(row, value).protection.locked for row in range(last - 3, last + 1))
    assert page.auto_filter.ref.endswith(str(last - 4))
    assert all(page.cell(last, columns[column] + 1).value for column in (FillColumn.POINTS, FillColumn.STANDARD))


def test_each_repetition_begins_with_its_name(tmp_path: Path) -> None:
    path = a_template(tmp_path / "a.xlsx", "town", tree=everything.the_tree())
    page, columns = fill_page(path), columns_of(fill_page(path))
    codes = [page.cell(row, columns[FillColumn.CODE] + 1).value for row in range(2, page.max_row + 1)]
    at = codes.index("A2@1")
    assert codes[at : at + 6] == ["A2@1", "A2-1@1", "A2-2@1", "A2@2", "A2-1@2", "A2-2@2"]
    level = {page.cell(row + 2, 2).value for row, code in enumerate(codes) if str(code).endswith("@2")}
    assert level == {"窗口服务 · 服务窗口2"}
    assert not page.cell(at + 2, columns[FillColumn.VALUE] + 1).protection.locked


def test_the_name_of_a_window_is_no_answer_and_no_problem(tmp_path: Path) -> None:
    tree = everything.the_tree()
    path = a_template(tmp_path / "S-01.xlsx", "town", tree=tree)
    page, columns = fill_page(path), columns_of(fill_page(path))
    written = [str(page.cell(row, columns[FillColumn.KEY] + 1).value) for row in range(2, page.max_row + 1)]
    names = [key for key in written if key.endswith("@name")]
    assert names == ["A2@1.@name", "A2@2.@name", "A2@3.@name"]
    fill(path, {"A2@1.@name": "婚姻登记窗口", "A2-1@1.rate": 0.9, "A2-2@1.done": "是"})
    submission, problems = read_submission(path, tree)
    assert submission is not None
    assert submission.answers["A2-1@1.rate"].value == 0.9
    assert submission.answers["A2-1@2.rate"].state is AnswerState.MISSING
    assert not set(names) & set(submission.answers)
    assert [problem.code for problem in problems if is_error(problem)] == []


def test_a_repetition_that_the_tree_names_asks_for_no_name(tmp_path: Path) -> None:
    tree, _ = load(Path(__file__).parents[2] / "schemes" / "c-windows-named" / "tree.yaml")
    assert tree is not None
    path = a_template(tmp_path / "S-01.xlsx", "unit", tree=tree)
    page, columns = fill_page(path), columns_of(fill_page(path))
    codes = [page.cell(row, columns[FillColumn.CODE] + 1).value for row in range(2, page.max_row + 1)]
    at = codes.index("01@2") + 2
    assert "户政窗口" in str(page.cell(at, columns[FillColumn.FIELD] + 1).value)
    assert "名称" not in str(page.cell(at, columns[FillColumn.FIELD] + 1).value)
    assert page.cell(at, columns[FillColumn.VALUE] + 1).protection.locked
    cover = [str(cell.value) for row in openpyxl.load_workbook(path).worksheets[0] for cell in row if cell.value]
    assert any("政务大厅、户政窗口" in text for text in cover)
