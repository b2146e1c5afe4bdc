"""`verify`: whatever may be done to a card so that it says something else is named, at its cell, by its code.

Reaches ``workbook/package/sheet_cells.py``, ``workbook/verify/comparison.py``, ``workbook/verify/formula_text.py``.
"""

import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet as Sheet
from tampering import cell_xml, changed, part_of

from lawgov_score.catalogue import Code
from lawgov_score.pipeline import Assessment, Outputs, ScoredAssessment, assess, unwatched, verify, write_outputs
from lawgov_score.problems import CellPlace
from lawgov_score.wording import Language

TREE = """
code: verified
title: 核验用指标体系
edition: "2025"
year: 2025
points: 10
levels: [小项]
grades: [{name: 优秀, at_least: 9}, {name: 其他, at_least: 0}]
policies:
  rounding: {indicator: 2, group: null, total: 2}
  rank: {by: rounded, ties: shared}
  missing: zero
  not_applicable: total
  invalid: score_valid
  claims: await_review
nodes:
  - code: "1"
    title: 办结率
    points: 6
    applies_to: all
    basis: 方案第一条
    fields: [{code: x, name: 办结率, type: share}]
    rule: {kind: proportional, target: 100%}
  - code: "2"
    title: 通报次数
    points: 4
    applies_to: all
    basis: 方案第二条
    fields: [{code: n, name: 次数, type: count, measured_in: 次}]
    rule: {kind: deduction, each: 0.5}
"""
_CARD, _DETAILS = "评分卡", "明细"


def run(folder: Path) -> Assessment:
    return assess(folder / "tree.yaml", [folder / "A.csv", folder / "rest.csv"])


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a tree, the table of unit A, that of B and C, and their cards."""
    folder = tmp_path_factory.mktemp("issued")
    (folder / "tree.yaml").write_text(TREE, encoding="utf-8")
    (folder / "A.csv").write_text("unit,1,2\nA,90%,1\n", encoding="utf-8")
    (folder / "rest.csv").write_text("unit,1,2\nB,80%,3\nC,70%,0\n", encoding="utf-8")
    done = run(folder)
    assert isinstance(done, ScoredAssessment)
    write_outputs(done, Outputs(cards=folder / "cards"), Language.ZH, unwatched)
    return folder


def card(folder: Path) -> Path:
    return folder / "cards" / "A.xlsx"


def found(folder: Path, path: Path) -> list[tuple[Code, str, str]]:
    """Code, sheet and cell of all that does not agree."""
    problems = verify(path, lambda: run(folder)).problems
    return [(p.code, p.place.sheet, p.place.cell) for p in problems if isinstance(p.place, CellPlace)]


def score_cell(folder: Path) -> str:
    """Where the card's details show the score of the first indicator: a formula."""
    sheet = openpyxl.load_workbook(card(folder))[_DETAILS]
    cell = next(under for head, under in zip(sheet[1], sheet[2], strict=True) if head.value == "得分")
    assert str(cell.value).startswith("=")
    return cell.coordinate


def test_a_card_agrees_with_its_files(issued: Path) -> None:
    done = verify(card(issued), lambda: run(issued))
    assert done.problems == ()
    assert done.files == 2
    assert done.cells > 60


def test_a_card_names_no_file_of_another_unit(issued: Path) -> None:
    with zipfile.ZipFile(card(issued)) as archive:
        text = b"".join(archive.read(name) for name in archive.namelist()).decode(errors="replace")
    assert "A.csv" in text
    assert "rest.csv" not in text


def test_a_formula_replaced_by_its_value(issued: Path, tmp_path: Path) -> None:
    at = score_cell(issued)
    without = changed(
        card(issued),
        tmp_path / "c.xlsx",
        part_of(card(issued), _DETAILS),
        lambda xml: cell_xml(at).sub(r"\1<v>\3</v></c>", xml),
    )
    assert found(issued, without) == [(Code.V209, _DETAILS, at)]


def test_a_formula_changed_and_its_value_left(issued: Path, tmp_path: Path) -> None:
    at = score_cell(issued)
    other = changed(
        card(issued),
        tmp_path / "c.xlsx",
        part_of(card(issued), _DETAILS),
        lambda xml: cell_xml(at).sub(r"\1<f>0.1+\2</f><v>\3</v></c>", xml),
    )
    assert found(issued, other) == [(Code.V210, _DETAILS, at)]


def test_the_value_changed_and_the_formula_left(issued: Path, tmp_path: Path) -> None:
    at = score_cell(issued)
    other = changed(
        card(issued),
        tmp_path / "c.xlsx",
        part_of(card(issued), _DETAILS),
        lambda xml: cell_xml(at).sub(r"\1<f>\2</f><v>6</v></c>", xml),
    )
    assert found(issued, other) == [(Code.V206, _DETAILS, at)]


def test_a_formula_written_in_other_words_is_the_same(issued: Path, tmp_path: Path) -> None:
    at = score_cell(issued)
    other = changed(
        card(issued),
        tmp_path / "c.xlsx",
        part_of(card(issued), _DETAILS),
        lambda xml: cell_xml(at).sub(
            lambda m: f"{m[1]}<f> {m[2].replace('ROUND(', 'round ( ')}</f><v>{m[3]}</v></c>", xml
        ),
    )
    assert found(issued, other) == []


def test_an_error_in_place_of_a_score(issued: Path, tmp_path: Path) -> None:
    at = score_cell(issued)
    other = changed(
        card(issued),
        tmp_path / "c.xlsx",
        part_of(card(issued), _DETAILS),
        lambda xml: cell_xml(at).sub(lambda m: f'{m[1][:-1]} t="e"><f>{m[2]}</f><v>#REF!</v></c>', xml),
    )
    assert found(issued, other) == [(Code.V206, _DETAILS, at)]


def _note(sheet: Sheet, at: str) -> None:
    sheet[at].comment = Comment("经研究，加 2 分", "办公室")


def _link(sheet: Sheet, at: str) -> None:
    sheet[at].hyperlink = "https://example.org/other"


def _format(sheet: Sheet, at: str) -> None:
    sheet[at].number_format = '"6.00"'


def _conditional(sheet: Sheet, at: str) -> None:
    apply_formats = DifferentialStyle(numFmt=NumberFormat(numFmtId=200, formatCode='"6.00"'))
    sheet.conditional_formatting.add(at, Rule(type="expression", dxf=apply_formats, formula=["1=1"]))


def _hide_row(sheet: Sheet, at: str) -> None:
    sheet.row_dimensions[sheet[at].row].hidden = True


def _flatten_row(sheet: Sheet, at: str) -> None:
    sheet.row_dimensions[sheet[at].row].height = 0.1


def _hide_column(sheet: Sheet, at: str) -> None:
    sheet.column_dimensions[sheet[at].column_letter].hidden = True


def _hide_sheet(sheet: Sheet, at: str) -> None:
    sheet.sheet_state = "hidden"


def _name(sheet: Sheet, at: str) -> None:
    assert sheet.parent is not None
    sheet.parent.defined_names["总分"] = DefinedName("总分", attr_text=f"'{sheet.title}'!$A$1")


def _other_formula(sheet: Sheet, at: str) -> None:
    sheet["B2"].value = "=1+1"


@pytest.mark.parametrize(
    ("tamper", "code"),
    [
        (_note, Code.V212),
        (_link, Code.V213),
        (_format, Code.V211),
        (_conditional, Code.V211),
        (_hide_row, Code.V214),
        (_flatten_row, Code.V214),
        (_hide_column, Code.V214),
        (_hide_sheet, Code.V214),
        (_name, Code.V216),
        (_other_formula, Code.V210),
    ],
)
def test_what_is_seen_is_what_was_issued(
    issued: Path, tmp_path: Path, tamper: Callable[[Sheet, str], None], code: Code
) -> None:
    book = openpyxl.load_workbook(card(issued))
    tamper(book[_DETAILS], score_cell(issued))
    book.save(tmp_path / "c.xlsx")
    codes = {one for one, _, _ in found(issued, tmp_path / "c.xlsx")}
    assert codes == {code}


def test_a_merged_cell_hides_its_neighbour(issued: Path, tmp_path: Path) -> None:
    part = part_of(card(issued), _DETAILS)

    def merge(xml: str) -> str:
        return xml.replace("</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells>')

    changed(card(issued), tmp_path / "c.xlsx", part, merge)
    assert found(issued, tmp_path / "c.xlsx") == [(Code.V214, _DETAILS, "A2")]


def test_a_card_with_a_broken_drawing_is_damaged_not_a_crash(issued: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(card(issued)) as archive:
        drawing = next(name for name in archive.namelist() if name.startswith("xl/drawings/drawing"))
    changed(card(issued), tmp_path / "c.xlsx", drawing, lambda xml: xml.replace("</xdr:wsDr>", ""))
    assert found(issued, tmp_path / "c.xlsx") == [(Code.S106, "", "")]


def test_a_text_box_over_the_total(issued: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(card(issued)) as archive:
        drawing = next(name for name in archive.namelist() if name.startswith("xl/drawings/drawing"))

    def cover(xml: str) -> str:
        return xml.replace("</xdr:wsDr>", "<xdr:sp><xdr:txBody/></xdr:sp></xdr:wsDr>")

    changed(card(issued), tmp_path / "c.xlsx", drawing, cover)
    assert [code for code, _, _ in found(issued, tmp_path / "c.xlsx")] == [Code.V215]


def test_saved_again_by_openpyxl(issued: Path, tmp_path: Path) -> None:
    openpyxl.load_workbook(card(issued)).save(tmp_path / "c.xlsx")
    assert found(issued, tmp_path / "c.xlsx") == []


def test_shared_formulas_as_other_programs_write_them(issued: Path, tmp_path: Path) -> None:
    part = part_of(card(issued), _DETAILS)

    def share(xml: str) -> str:
        xml = re.sub(r'(<c r="I2"[^>]*>)<f>', r'\1<f t="shared" ref="I2:I3" si="0">', xml)
        return re.sub(r'(<c r="I3"[^>]*>)<f>[^<]*</f>', r'\1<f t="shared" si="0"/>', xml)

    changed(card(issued), tmp_path / "c.xlsx", part, share)
    assert found(issued, tmp_path / "c.xlsx") == []
    changed(tmp_path / "c.xlsx", tmp_path / "d.xlsx", part, lambda xml: xml.replace("C2-N(H2)", "C2-N(G2)"))
    assert found(issued, tmp_path / "d.xlsx") == [(Code.V210, _DETAILS, "I2"), (Code.V210, _DETAILS, "I3")]


@pytest.fixture
def copied(issued: Path, tmp_path: Path) -> Path:
    shutil.copytree(issued, tmp_path / "copy")
    return tmp_path / "copy"


def test_the_own_file_changed(copied: Path) -> None:
    (copied / "A.csv").write_text("unit,1,2\nA,95%,1\n", encoding="utf-8")
    codes = {code for code, _, _ in found(copied, card(copied))}
    # Its figures stand in notes too, what it loses most by leads elsewhere, the way to the next grade takes other rows.
    assert codes == {Code.V203, Code.V206, Code.V212, Code.V213, Code.V214}


def test_the_file_of_another_unit_changed(copied: Path) -> None:
    (copied / "rest.csv").write_text("unit,1,2\nB,80%,3\nC,70%,0\n\n", encoding="utf-8")
    assert [code for code, _, _ in found(copied, card(copied))] == [Code.V217]


def test_files_renamed(copied: Path) -> None:
    (copied / "A.csv").rename(copied / "first.csv")
    (copied / "rest.csv").rename(copied / "others.csv")

    def moved() -> Assessment:
        return assess(copied / "tree.yaml", [copied / "others.csv", copied / "first.csv"])

    assert verify(card(copied), moved).problems == ()


def test_without_the_unit(copied: Path) -> None:
    (copied / "A.csv").write_text("unit,1,2\nD,90%,1\n", encoding="utf-8")
    assert Code.V103 in {code for code, _, _ in found(copied, card(copied))}
