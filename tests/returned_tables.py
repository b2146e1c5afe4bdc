"""A tree in files of its own, exported, edited as people edit it in a spreadsheet, and taken back."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from lawgov_score.pipeline import Taken, load_tree, take_back, write_table
from lawgov_score.wording import Language

HEAD = """# 指标体系
code: small
title: 小体系
edition: "1"
year: 2026
points: 20
levels: [方面, 小项]
unit_types: [{code: town, name: 镇街}, {code: bureau, name: 部门}]
grades: [{name: 优秀, at_least: 18}, {name: 其余, at_least: 0}]
policies:
  rounding: {indicator: 2, group: null, total: 2}
  rank: {by: rounded, ties: shared}
  missing: zero
  not_applicable: total
  invalid: score_valid
  claims: await_review
blocks:
  window:
    points: 4
    applies_to: all
    basis: 依据
    fields: [{code: done, name: 已公开, type: yes_no}]
    rule: {kind: all_or_nothing}
parts: [a.yaml, b.yaml]
"""

PART_A = """# 第一分册
nodes:
  # 甲类的注释
  - code: "01"
    title: 依法行政   # 名称旁的注释
    points: 10
    children:

      # 第一项的注释
      - code: "01-1"
        title: '回复率'
        points: 4          # 分值旁的注释
        applies_to: all
        basis: 依据
        lead: [司法局, 信访局,  # 括号里的注释
               政府办]
        fields:
          - {code: done, name: 回复件数, type: count, measured_in: 件, at_most: got}
          - {code: got, name: 收到件数, type: count, measured_in: 件}
        value: done / got
        on_zero: not_applicable
        rule: {kind: linear, zero_at: 50%, full_at: 100%}
        evidence:
          - 台账      # 甲
          - 回复函
        note: |
          第一段。
          第二段。
          # 不是注释

        # 属于第一项的注释

      # 第二项的注释
      - {code: "01-2", title: 公开, points: 3, applies_to: all, basis: 依据, lead: [司法局],
         fields: [{code: y, name: 已公开, type: yes_no}], rule: {kind: all_or_nothing}}

      - code: "01-3"
        title: "培训"
        points: {town: 3, others: 3}
        applies_to: all
        basis: 依据
        fields: [{code: y, name: 已培训, type: yes_no}]
        rule: {kind: all_or_nothing}
"""

PART_B = """nodes:
- code: "02"
  title: 窗口
  points: 10
  children:
  - {block: window, code: "02-1", title: 东窗口}
  - code: "02-2"
    block: window
    title: 西窗口
    points: 6
    note: >-
      一段
      说明

# 末尾的注释
"""


def a_tree(folder: Path, *, newline: str = "\n", mark: bytes = b"") -> Path:
    """Writes the tree as files in a folder of its own."""
    path = folder / "small"
    path.mkdir(parents=True)
    for name, text in {"tree.yaml": HEAD, "a.yaml": PART_A, "b.yaml": PART_B}.items():
        (path / name).write_bytes(mark + text.replace("\n", newline).encode())
    return path


def exported(tree: Path, to: Path, weights: Path | None = None) -> Path:
    """The table of a tree."""
    loaded, problems = load_tree(tree, weights)
    assert loaded is not None, problems
    write_table(loaded, to, Language.ZH, overwrite=True)
    return to


class Sheet:
    """The first sheet of a table: cells by code and heading."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)
        sheet = self.book.worksheets[0]
        assert isinstance(sheet, Worksheet)
        self.sheet = sheet
        self.heading = next(row for row in range(1, 9) if sheet.cell(row, 1).value == "序号")
        self.columns = {
            str(sheet.cell(self.heading, column).value): column for column in range(1, sheet.max_column + 1)
        }

    def row(self, code: str) -> int:
        rows = range(self.heading + 1, self.sheet.max_row + 1)
        return next(row for row in rows if self.sheet.cell(row, self.columns["编码"]).value == code)

    def put(self, code: str, heading: str, value: object) -> str:
        """Writes into the cell of a node; gives its address."""
        return self.put_at(self.row(code), heading, value)

    def put_at(self, row: int, heading: str, value: object) -> str:
        cell = self.sheet.cell(row, self.columns[heading])
        cell.value = value  # type: ignore[assignment]  # whatever people type
        return cell.coordinate

    def unmerge(self) -> None:
        """Takes out all merging, as people do before they sort; every row keeps its own text in each level."""
        for area in list(self.sheet.merged_cells.ranges):
            text = self.sheet.cell(area.min_row, area.min_col).value
            self.sheet.unmerge_cells(area.coord)
            if area.min_row > self.heading and area.min_col == area.max_col:
                for row in range(area.min_row, area.max_row + 1):
                    self.sheet.cell(row, area.min_col).value = text

    def texts(self) -> list[list[object]]:
        """The rows of the table, but that of the sum."""
        last = len(self.columns)
        rows = range(self.heading + 1, self.sheet.max_row + 1)
        found: list[list[object]] = []
        for row in rows:
            texts: list[object] = [self.sheet.cell(row, column).value for column in range(1, last + 1)]
            found += [texts] if texts[self.columns["编码"] - 1] else []
        return found

    def write(self, rows: list[list[object]]) -> None:
        """Writes rows in place of all that are there."""
        for row in range(self.heading + 1, self.sheet.max_row + 1):
            for column in range(1, len(self.columns) + 1):
                self.sheet.cell(row, column).value = None
        for i, texts in enumerate(rows, self.heading + 1):
            for column, text in enumerate(texts, 1):
                self.sheet.cell(i, column).value = text  # type: ignore[assignment]  # as it was read

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path


def edited_table(tree: Path, change: Callable[[Sheet], object], to: Path) -> Path:
    """The table of a tree after somebody's edits."""
    sheet = Sheet(exported(tree, to))
    change(sheet)
    return sheet.save()


def taken(tree: Path, change: Callable[[Sheet], object], to: Path) -> Taken:
    """What is taken back of a table after somebody's edits."""
    return take_back(edited_table(tree, change, to), tree)
