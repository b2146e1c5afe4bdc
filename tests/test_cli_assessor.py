"""A whole round with what the office adds and with last edition's results, as people call it."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from calls import run
from sheets import a_workbook

TREE = """code: office-{year}
title: 小体系
edition: "{year}"
year: {year}
points: 10
levels: [类, 小项]
unit_types: [{{code: any, name: 各单位}}]
grades:
  - {{name: 优秀, at_least: 9}}
  - {{name: 良好, at_least: 0}}
vetoes:
  - {{code: V1, title: 重大事件, grade_at_most: 良好}}
adjustments:
  - {{code: A1, title: 表彰奖励, sign: bonus, levels: {{省级: 1, 市级: 0.5}}}}
  - {{code: A2, title: 通报批评, sign: penalty, each: 0.5}}
policies:
  rounding: {{indicator: 2, group: null, total: 2}}
  rank: {{by: rounded, ties: shared}}
  missing: zero
  not_applicable: total
  invalid: score_valid
  claims: await_review
nodes:
  - code: "01"
    title: 类
    points: 10
    children:
      - code: "01-1"
        title: 回复率
        points: 4
        applies_to: all
        basis: 测试
        fields:
          - {{code: done, name: 回复件数, type: count, measured_in: 件, at_most: got}}
          - {{code: got, name: 收到件数, type: count, measured_in: 件}}
        value: done / got
        on_zero: not_applicable
        rule: {{kind: proportional}}
      - code: "01-2"
        title: 决策程序
        points: 3
        applies_to: all
        basis: 测试
        rule: {{kind: judged, marks: mean}}
      - code: "01-3"
        title: 备案率
        points: 2
        applies_to: all
        basis: 测试
        may_not_apply: true
        fields: [{{code: x, name: 备案率, type: share}}]
        rule: {{kind: proportional}}
      - code: "01-4"
        title: 群众满意率
        points: 1
        applies_to: all
        basis: 测试
        filled_by: assessor
        fields: [{{code: rate, name: 满意率, type: share}}]
        rule: {{kind: proportional}}
"""
BETTER = """      - code: "01-5"
        title: 回复率提高
        points: 1
        applies_to: all
        basis: 测试
        fields: [{code: y, name: 今年回复率, type: share}]
        value: y - previous.y
        no_previous: zero
        rule: {kind: all_or_nothing, at_least: 1%}
"""


def a_tree(folder: Path, year: int = 2024, more: str = "", points: int = 10) -> str:
    path = folder / f"tree-{year}.yaml"
    text = TREE.format(year=year).replace("points: 10", f"points: {points}") + more
    path.write_text(text, encoding="utf-8")
    return str(path)


def inputs(folder: Path, columns: str, *rows: str) -> tuple[str, str, str]:
    """A table of answers, and the roster."""
    table, roster = folder / "answers.csv", folder / "roster.csv"
    table.write_text("\n".join((columns, *rows)) + "\n", encoding="utf-8")
    units = "\n".join(f"{row.split(',')[0]},{row.split(',')[0]}局,any" for row in rows)
    roster.write_text(f"unit,name,type\n{units}\n", encoding="utf-8")
    return str(table), "--roster", str(roster)


def table_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def an_office(folder: Path) -> Path:
    """What the office has entered: everything good."""
    folder.mkdir()
    sheets = {
        "评审打分": "| 单位 | 指标 | 评审人 | 评分 | 评分理由 |\n| A | 01-2 | 张三 | 3 | 好 |\n"
        "| A | 01-2 | 李四 | 2 | 中 |\n| B | 01-2 | 张三 | 1 | 差 |",
        "复核改分": "| 单位 | 指标 | 原得分 | 改后得分 | 改分理由 | 复核人 | 复核日期 |\n"
        "| A | 01-1 | 2 | 3 | 补交材料 | 王五 | @2024-03-05 |",
        "不适用认定": "| 单位 | 指标 | 认定意见 | 认定理由 | 认定人 | 认定日期 |\n"
        "| B | 01-3 | 同意 | 无此职责 | 王五 | @2024-03-05 |",
        "加减分登记": "| 单位 | 类别 | 级别 | 事项 | 次数 | 发生日期 | 依据材料 |\n"
        "| A | A1 | 市级 | 示范 | | @2023-06-01 | 市发1号 |\n| B | V1 | | 事件 | | @2023-06-01 | 报告 |",
        "考核机关填报项": "| 单位 | 01-4.rate |\n| A | 100% |\n| B | 50% |",
    }
    a_workbook(folder / "office.xlsx", sheets)
    return folder


def test_a_round_with_the_office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree = a_tree(tmp_path)
    given = inputs(tmp_path, "unit,01-1.done,01-1.got,01-3", "A,1,2,80%", "B,3,3,不适用")
    office = str(an_office(tmp_path / "office"))
    out = tmp_path / "out"
    assert run("score", tree, *given, "--assessor", office, "--csv", str(out), "-o", str(out / "s.xlsx")) == 0, (
        capsys.readouterr().err
    )
    found = {(row["unit"], row["code"]): (row["score"], row["status"]) for row in table_of(out / "scores.csv")}
    assert {code: found["A", code][0] for code in ("01-1", "01-2", "01-3", "01-4")} == {
        "01-1": "3",
        "01-2": "2.5",
        "01-3": "1.6",
        "01-4": "1",
    }
    assert found["A", "office-2024"][0] == "8.60"  # 8.1, and 0.5 of the register
    assert found["B", "01-3"] == ("", "not_applicable")
    assert found["B", "office-2024"][0] == "6.88"  # 5.5 of 8
    assert [row["grade"] for row in table_of(out / "ranking.csv")] == ["良好", "良好"]
    figures = {(row["unit"], row["code"], row["field"]): row["value"] for row in table_of(out / "figures.csv")}
    assert figures["A", "01-1", "done"] == "1"
    assert figures["A", "01-1", ""] == "0.5"
    assert figures["B", "01-4", "rate"] == "0.5"
    assert ("B", "01-3", "x") not in figures
    texts = [str(cell.value) for page in openpyxl.load_workbook(out / "s.xlsx") for row in page for cell in row]
    assert any(text.endswith("office.xlsx") for text in texts)  # the method sheet lists what was read

    assert run("explain", tree, *given, "--assessor", office, "--unit", "A", "--indicator", "01-2") == 0
    assert "2.5" in capsys.readouterr().out
    assert run("check", tree, *given, "--assessor", office) == 0


def test_faults_of_the_office_stop_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree = a_tree(tmp_path)
    given = inputs(tmp_path, "unit,01-1.done,01-1.got,01-3", "A,1,2,80%")
    book = a_workbook(
        tmp_path / "o.xlsx",
        {
            "评审打分": "| 单位 | 指标 | 评审人 | 评分 | 评分理由 |\n"
            "| A | 01-2 | 张三 | 9 | 好 |\n| Z | 01-2 | 张三 | 1 | 好 |"
        },
    )
    assert run("check", tree, *given, "--assessor", str(book), "--format", "json") == 1
    records = json.loads(capsys.readouterr().out)
    assert [(r["code"], r["sheet"], r["cell"]) for r in records] == [
        ("A205", "评审打分", "D2"),
        ("A201", "评审打分", "A3"),
    ]
    assert run("score", tree, *given, "--assessor", str(book), "--csv", str(tmp_path / "out")) == 1
    found = {row["code"]: row["status"] for row in table_of(tmp_path / "out" / "scores.csv")}
    assert (found["01-1"], found["01-2"]) == ("scored", "not_reviewed")


def test_without_a_roster_units_are_those_of_the_inputs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree = a_tree(tmp_path)
    table = tmp_path / "answers.csv"
    table.write_text("unit,type,01-1.done,01-1.got\nA,any,1,2\n", encoding="utf-8")
    marks = tmp_path / "marks.csv"
    marks.write_text("unit,indicator,reviewer,mark,reason\nA,01-2,张三,3,好\nB,01-2,张三,3,好\n", encoding="utf-8")
    assert run("score", tree, str(table), "--assessor", str(marks)) == 1
    told = capsys.readouterr().err
    assert "A201" in told
    assert f"{marks.as_posix()}:A3" in told


def test_last_editions_results(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = a_tree(
        tmp_path, 2023, BETTER.replace("y - previous.y", "y").replace("        no_previous: zero\n", ""), 11
    )
    columns = "unit,01-1.done,01-1.got,01-3,01-5"
    last = str(tmp_path / "last")
    assert run("score", before, *inputs(tmp_path, columns, "A,1,2,80%,50%", "B,2,2,90%,60%"), "--csv", last) == 0
    now = a_tree(tmp_path, 2024, BETTER, 11)
    given = inputs(tmp_path, columns, "A,2,2,90%,55%", "B,2,2,90%,60%", "C,2,2,90%,60%")
    out = tmp_path / "out"
    assert run("score", now, *given, "--previous", last, "--csv", str(out), "-o", str(out / "s.xlsx")) == 0
    found = {(row["unit"], row["code"]): row["score"] for row in table_of(out / "scores.csv")}
    assert (found["A", "01-5"], found["B", "01-5"], found["C", "01-5"]) == ("1", "0", "0")
    texts = [str(cell.value) for page in openpyxl.load_workbook(out / "s.xlsx") for row in page for cell in row]
    assert any(text == "figures.csv" for text in texts)

    (tmp_path / "last" / "figures.csv").unlink()
    capsys.readouterr()
    assert run("score", now, *given, "--previous", last) == 0
    assert "A302" in capsys.readouterr().err
    assert run("score", now, *given, "--previous", str(tmp_path / "none")) == 1
    assert "A317" in capsys.readouterr().err


def test_templates_of_the_office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree, (_, _, roster) = a_tree(tmp_path), inputs(tmp_path, "unit", "A", "B")
    for options in ((), ("--roster", roster), ("--lang", "en")):
        folder = tmp_path / f"t{len(options)}{'en' in options}"
        assert run("template", tree, "--assessor", *options, "-o", str(folder)) == 0
        assert len(list(folder.iterdir())) == 5
    assert run("template", tree, "-o", str(tmp_path / "x")) == 2
    assert "--roster" in capsys.readouterr().err
    filled = tmp_path / "t2False"
    given = inputs(tmp_path, "unit,01-1.done,01-1.got,01-3", "A,1,2,80%", "B,3,3,90%")
    assert run("check", tree, *given, "--assessor", str(filled)) == 0


def test_a_weight_set_is_chosen_at_every_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = TREE.format(year=2024).splitlines()
    apart = "\n".join(line for line in lines if line.split(":")[0].strip() != "points")
    tree = tmp_path / "tree.yaml"
    tree.write_text(apart.replace("levels: [类", "weights: apart\nlevels: [类"), encoding="utf-8")
    weights = tmp_path / "weights.yaml"
    points = 'points: {"01": 10, "01-1": 4, "01-2": 3, "01-3": 2, "01-4": 1}'
    weights.write_text(f"code: w\ntitle: 基准\nweights_of: office-2024\ntotal: 10\n{points}\n", encoding="utf-8")
    given = inputs(tmp_path, "unit,01-1.done,01-1.got,01-3", "A,1,2,80%")
    chosen = ("--weights", str(weights))
    _, *roster = given
    calls: tuple[tuple[str, ...], ...] = (
        ("lint", str(tree)),
        ("show", str(tree)),
        ("template", str(tree), *roster, "-o", str(tmp_path / "t")),
        ("check", str(tree), *given),
        ("score", str(tree), *given),
        ("explain", str(tree), *given, "--unit", "A"),
    )
    for call in calls:
        assert run(*call, *chosen) == 0, (call, capsys.readouterr())
        assert run(*call) == (0 if call[0] == "lint" else 1), call
    assert "T239" in capsys.readouterr().err
