"""The same on a workbook of 129 indicators, where a row or a column mistaken for another would not go unnoticed."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from corpus.messy import Book
from openpyxl.worksheet.worksheet import Worksheet
from sheets import columns_of, fill

from lawgov_score.model import Tree, Unit
from lawgov_score.pipeline import load_tree
from lawgov_score.problems import CellPlace
from lawgov_score.rules.field import FieldType
from lawgov_score.workbook.forms.layout import FILL_SHEET, STAMP_SHEET, FillColumn, layout_of
from lawgov_score.workbook.submission.intake import Intake, read_inputs
from lawgov_score.workbook.template.template import write_template

FOLDER = Path(__file__).parent.parent.parent / "indicators" / "qujialing-2017"
WRITTEN: dict[FieldType, Callable[[int], Any]] = {
    FieldType.COUNT: lambda i: i,
    FieldType.AMOUNT: lambda i: i + 0.5,
    FieldType.SHARE: lambda i: f"{i % 101}%",
    FieldType.DATE: lambda i: f"2017.{i % 12 + 1}.{i % 28 + 1}",
    FieldType.YES_NO: lambda i: "是否"[i % 2],
    FieldType.TEXT: lambda i: f"见附件 {i}",
}


@pytest.fixture(scope="module")
def tree() -> Tree:
    loaded, _ = load_tree(FOLDER)
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def clean(tree: Tree, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every question of one unit answered, no two in a row alike."""
    path = tmp_path_factory.mktemp("clean") / "BS-01.xlsx"
    unit = Unit("BS-01", "甲办事处", tree.unit_types[0].code, "", 2017)
    write_template(tree, unit, path, standards=lambda indicator: indicator.rule.standard(indicator.terms))
    answers = {}
    for i, question in enumerate(layout_of(tree).asked_of(unit.type), start=1):
        choices = question.field.choices
        answers[question.key] = choices[i % len(choices)] if choices else WRITTEN[question.field.type](i)
    fill(path, answers)
    return path


def table(page: Worksheet) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in page.iter_rows()]


def rewrite(page: Worksheet, rows: list[list[Any]]) -> None:
    page.delete_rows(1, page.max_row)
    for row in rows:
        page.append(row)


def shuffled(_: Book, page: Worksheet) -> None:
    head, *rows = table(page)
    random.Random(7).shuffle(rows)
    order = random.Random(8).sample(range(len(head)), len(head))
    rewrite(page, [[row[at] for at in order] for row in (head, *rows)])


def renamed(_: Book, page: Worksheet) -> None:
    for cell in page[1]:
        cell.value = {"填报值": "数值（必填）", "佐证材料": "证明材料", "说明": "备注", "编码": "指标代码"}.get(
            str(cell.value), cell.value
        )


def far_down(_: Book, page: Worksheet) -> None:
    rewrite(page, [[]] * 45 + [["填报表"], *([row for line in table(page) for row in (line, [])])])


def copied_elsewhere(book: Book, page: Worksheet) -> None:
    """The sheet in a workbook of its own, without stamp and hidden keys; the cover came along."""
    del book[STAMP_SHEET]
    page.delete_cols(columns_of(page)[FillColumn.KEY] + 1)


def read(path: Path, tree: Tree) -> tuple[list[tuple[object, ...]], list[str]]:
    intake: Intake = read_inputs([path], tree)
    (submission,) = intake.submissions
    codes = [p.code.value for p in intake.problems if isinstance(p.place, CellPlace) and p.code != "S133"]
    return sorted((key, a.state, a.value, a.evidence) for key, a in submission.answers.items()), sorted(codes)


@pytest.mark.parametrize("change", [shuffled, renamed, far_down, copied_elsewhere], ids=lambda change: change.__name__)
def test_a_rearranged_workbook_reads_as_the_clean_one(
    change: Callable[[Book, Worksheet], None], clean: Path, tree: Tree, tmp_path: Path
) -> None:
    path = Path(shutil.copy(clean, tmp_path / "BS-01.xlsx"))
    book = openpyxl.load_workbook(path)
    change(book, book[FILL_SHEET])
    book.save(path)
    assert read(path, tree) == read(clean, tree)
