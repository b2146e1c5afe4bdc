"""The office's year with its own workbooks, as people call it: written from what came, filled in, scored, nothing open.

Reaches ``cli/commands/template.py``, ``pipeline/templates.py``.
"""

from pathlib import Path

import openpyxl
import pytest
from calls import run
from openpyxl.worksheet.worksheet import Worksheet

TREE = """
code: office-year
title: 小体系
edition: "2024"
year: 2024
points: 8
levels: [小项]
policies:
  rounding: {indicator: 2, group: null, total: 2}
  rank: {by: rounded, ties: shared}
  missing: zero
  not_applicable: total
  invalid: score_valid
  claims: await_review
nodes:
  - {code: "01", title: 特色工作, points: 4, applies_to: all, basis: 第一条, lead: [法制办],
     evidence: [工作总结], rule: {kind: judged, marks: mean, reviewers: 2}}
  - {code: "02", title: 备案率, points: 2, applies_to: all, basis: 第二条, lead: [政府办], may_not_apply: true,
     fields: [{code: x, name: 备案率, type: share}], rule: {kind: proportional}}
  - {code: "03", title: 群众满意率, points: 2, applies_to: all, basis: 第三条, lead: [政府办], filled_by: assessor,
     fields: [{code: rate, name: 满意率, type: share}], rule: {kind: proportional}}
"""


@pytest.fixture
def year(tmp_path: Path) -> Path:
    """A folder with tree, roster and two submissions: A claims 02 and names its evidence, B answers."""
    (tmp_path / "tree.yaml").write_text(TREE, encoding="utf-8")
    (tmp_path / "roster.csv").write_text("unit,name\nA,甲局\nB,乙局\n", encoding="utf-8")
    assert (
        run(
            "template", str(tmp_path / "tree.yaml"), "--roster", str(tmp_path / "roster.csv"), "-o", str(sent(tmp_path))
        )
        == 0
    )
    given: dict[str, dict[str, tuple[str | float, str, str]]] = {
        "A": {"01.report": ("已开展", "工作总结", ""), "02.x": ("不适用", "三定方案", "没有备案职责")},
        "B": {"01.report": ("", "年度工作总结", ""), "02.x": (0.9, "", "")},
    }
    for path in sent(tmp_path).glob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        page = book["填报"]
        at = {str(cell.value): int(cell.column or 0) for cell in page[1]}
        unit = path.stem[0]
        for row in range(2, page.max_row + 1):
            for heading, value in zip(
                ("填报值", "佐证材料", "说明"),
                given[unit].get(str(page.cell(row, at["字段编码"]).value), ()),
                strict=False,
            ):
                page.cell(row, at[heading]).value = value
        book.save(path)
    return tmp_path


def sent(folder: Path) -> Path:
    return folder / "sent"


def template(folder: Path, out: str, *more: str) -> int:
    return run(
        *("template", str(folder / "tree.yaml"), str(sent(folder)), "--assessor", "-o", str(folder / out)),
        *("--roster", str(folder / "roster.csv"), *more),
    )


def score(folder: Path, *more: str) -> int:
    return run(
        *("score", str(folder / "tree.yaml"), str(sent(folder)), "--roster", str(folder / "roster.csv")),
        *("--assessor", str(folder / "office"), *more),
    )


def fill(path: Path, *rows: dict[str, object], name: str = "") -> None:
    """Fills in cells of the first rows below the headings, by heading; and the name on the cover cell."""
    book = openpyxl.load_workbook(path)
    page: Worksheet = book.worksheets[0]
    top = next(row for row in range(1, 12) if set(rows[0]) <= {cell.value for cell in page[row]})
    at = {str(cell.value): int(cell.column or 0) for cell in page[top]}
    for row, cells in enumerate(rows, start=top + 1):
        for heading, value in cells.items():
            page.cell(row, at[heading]).value = value  # type: ignore[assignment]
    if name:
        asks = next(cell for row in page.iter_rows(max_row=top) for cell in row if "填一次" in str(cell.value))
        page.cell(int(asks.row or 0), int(asks.column or 0) + 1).value = name
    book.save(path)


def test_a_clerk_types_no_claim(year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert template(year, "office") == 0, capsys.readouterr().err
    for reviewer in ("张三", "李四"):
        assert template(year, "office", "--reviewer", reviewer) == 0
    (year / "office" / "评审打分.xlsx").unlink()  # the two reviewers' own take its place

    assert score(year) == 0
    shown = capsys.readouterr()
    assert "考核机关还有 5 件事要办：" in shown.err
    assert "    02 备案率：甲局" in shown.err
    assert "要办" not in shown.out  # what tools parse

    fill(
        year / "office" / "不适用认定.xlsx",
        {"认定意见": "同意", "认定理由": "确无此职责", "认定日期": "2024-03-05"},
        name="王五",
    )
    for reviewer, mark in (("张三", 4), ("李四", 3)):
        fill(year / "office" / f"评审打分-{reviewer}.xlsx", *[{"评分": mark, "评分理由": "好"}] * 2)
    fill(year / "office" / "考核机关填报项.xlsx", {"03.rate": 1}, {"03.rate": 0.5})
    assert score(year, "-o", str(year / "scorecard.xlsx")) == 0, capsys.readouterr().err
    assert "要办" not in capsys.readouterr().err
    book = openpyxl.load_workbook(year / "scorecard.xlsx")
    texts = [str(cell.value) for row in book["评定"].iter_rows() for cell in row if cell.value]
    assert "不适用认定：同意" in texts
    assert not any(text.startswith("待办") for text in texts)
    assert "张三" in [cell.value for row in book["评审情况"].iter_rows() for cell in row]


def test_the_scorecard_lists_what_is_open(year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert template(year, "office") == 0
    assert score(year, "-o", str(year / "scorecard.xlsx")) == 0
    page = openpyxl.load_workbook(year / "scorecard.xlsx")["评定"]
    rows = [[cell.value for cell in row[:4]] for row in page.iter_rows() if str(row[2].value).startswith("待办")]
    assert sorted(map(str, rows)) == sorted(
        str([f"{name}局", code, f"待办：{kind}", indicator])
        for name, code, kind, indicator in (
            ("甲", "A", "评审待打分", "01 特色工作"),
            ("乙", "B", "评审待打分", "01 特色工作"),
            ("甲", "A", "不适用待认定", "02 备案率"),
            ("甲", "A", "考核机关待填报", "03 群众满意率"),
            ("乙", "B", "考核机关待填报", "03 群众满意率"),
        )
    )
    capsys.readouterr()
    assert (
        run(
            *("verify", str(year / "scorecard.xlsx"), str(year / "tree.yaml"), str(sent(year))),
            *("--roster", str(year / "roster.csv"), "--assessor", str(year / "office")),
        )
        == 0
    ), capsys.readouterr().err


def test_what_is_filled_in_is_never_written_over(year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert template(year, "office") == 0
    rulings = year / "office" / "不适用认定.xlsx"
    fill(rulings, {"认定意见": "同意"})
    before = rulings.read_bytes()
    assert template(year, "office") == 2
    assert rulings.read_bytes() == before
    assert "不适用认定.xlsx" in capsys.readouterr().err


def test_one_workbook_for_a_lead_unit(year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert template(year, "lead", "--lead", "政府办") == 0
    assert sorted(path.name for path in (year / "lead").iterdir()) == [
        "不适用认定-政府办.xlsx",
        "考核机关填报项-政府办.xlsx",
    ]
    assert template(year, "lead", "--lead", "政府班") == 2
    assert "政府办" in capsys.readouterr().err


def test_names_that_make_one_file_name_get_a_file_each(year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = ("张/三", "张_三", "张三", "Li A", "LI B", "li b")
    assert template(year, "marks", *(part for name in names for part in ("--reviewer", name))) == 0
    files = list((year / "marks").iterdir())
    assert len({path.name.casefold() for path in files}) == len(files) == 5  # LI B and li b are one person
    assert "已写入 5 份" in capsys.readouterr().err
    named = {str(openpyxl.load_workbook(path).worksheets[0]["B4"].value) for path in files}
    assert named == {"张/三", "张_三", "张三", "Li A", "LI B"}


@pytest.mark.parametrize("name", ["", "  ", "\u3000", "____", "2024-03-05", "日期"])
def test_a_reviewer_without_a_name_is_refused(name: str, year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert template(year, "marks", "--reviewer", "张三", "--reviewer", name) == 2
    assert "评审人的姓名" in capsys.readouterr().err
    assert not (year / "marks").exists()


def test_several_leading_units_share_a_workbook(year: Path) -> None:
    assert template(year, "lead", "--lead", "政府办", "--lead", "法制办", "--lead", "政府办") == 0
    assert sorted(path.name for path in (year / "lead").iterdir()) == [
        "不适用认定-政府办、法制办.xlsx",
        "考核机关填报项-政府办、法制办.xlsx",
        "评审打分-政府办、法制办.xlsx",
    ]


def test_where_nothing_is_to_be_written_that_is_said(year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree = year / "tree.yaml"
    more = """  - {code: "04", title: 报表, points: 2, applies_to: all, basis: 第四条, lead: [统计局],
     fields: [{code: y, name: 报表率, type: share}], rule: {kind: proportional}}
"""
    tree.write_text(TREE.replace("points: 8", "points: 10") + more, encoding="utf-8")
    assert template(year, "lead", "--lead", "统计局") == 2
    said = capsys.readouterr().err
    assert "统计局 牵头的指标里，没有由评审打分" in said
    assert "已写入" not in said
    assert not (year / "lead").exists()
    assert template(year, "lead", "--lead", "统计局", "--reviewer", "张三") == 2
    assert "不需要评审打分表" in capsys.readouterr().err


def test_the_same_inputs_give_the_same_bytes(year: Path) -> None:
    for out in ("one", "two"):
        assert template(year, out) == 0
    one, two = ({path.name: path.read_bytes() for path in (year / out).iterdir()} for out in ("one", "two"))
    assert one == two
    assert len(one) == 4


@pytest.mark.parametrize("option", [("--lead", "政府办"), ("--reviewer", "张三"), ("--latest",), ("--previous", "x")])
def test_options_of_the_office_need_assessor(
    option: tuple[str, ...], year: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = ("--roster", str(year / "roster.csv"), "-o", str(year / "x"))
    assert run("template", str(year / "tree.yaml"), *roster, *option) == 2
    assert "--assessor" in capsys.readouterr().err
    assert not (year / "x").exists()


def test_problems_of_what_came_are_said_and_the_rest_is_written(year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sent(year) / "broken.xlsx").write_bytes(b"no workbook")
    assert template(year, "office") == 1
    assert "broken.xlsx" in capsys.readouterr().err
    page = openpyxl.load_workbook(year / "office" / "不适用认定.xlsx").worksheets[0]
    assert "A 甲局" in [cell.value for row in page.iter_rows() for cell in row]
