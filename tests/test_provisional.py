"""暂定 stands beside a provisional grade in everything that is printed (``explanation/printed_grade.py``)."""

import re
from pathlib import Path

import openpyxl
import pytest
from calls import run

from lawgov_score.explanation.printed_grade import grade_in_brackets, printed_grade
from lawgov_score.pipeline import assess
from lawgov_score.report import render
from lawgov_score.wording import Language

TREE = """\
code: hung
title: 某县法治政府建设考核指标体系
edition: "2024"
year: 2024
points: 100
levels: [方面, 小项]
grades: [{name: 甲级, at_least: 90}, {name: 乙级, at_least: 60}, {name: 丙级, at_least: 0}]
vetoes: [{code: V1, title: 发生重大事件, grade_at_most: 丙级}]
policies:
  rounding: {indicator: 2, group: null, total: 2}
  rank: {by: rounded, ties: shared}
  missing: zero
  not_applicable: total
  invalid: score_valid
  claims: await_review
nodes:
  - code: "01"
    title: 方面一
    points: 100
    children:
      - code: "01-1"
        title: 办结率
        points: 90
        applies_to: all
        basis: 办法
        fields: [{code: rate, name: 办结率, type: share}]
        rule: {kind: proportional, target: 100%}
      - code: "01-2"
        title: 重大事件
        points: 10
        applies_to: all
        basis: 办法
        fields: [{code: n, name: 重大事件起数, type: count, measured_in: 起}]
        rule: {kind: deduction, each: 10}
        vetoes: [{veto: V1, when: n >= 1}]
"""
HUNG, SURE = "乙级", "甲级"  # the grade of p, which leaves a veto's question blank, and of q; nobody else has either
MARK = {Language.ZH: "暂定", Language.EN: "provisional"}
BY_THEIR_LINES = re.compile("线|line|90 分以上|from 90")  # names grades, not what a unit has
BY_LINES = {"分析", "Analysis", "方法", "Method"}  # name grades by their lines, and count them


@pytest.fixture
def given(tmp_path: Path) -> list[str]:
    """Tree, inputs and roster."""
    (tmp_path / "tree.yaml").write_text(TREE, encoding="utf-8")
    (tmp_path / "units.csv").write_text("unit,01-1,01-2\np,80%,\nq,99%,0\n", encoding="utf-8")
    (tmp_path / "roster.csv").write_text("unit,name,type,cohort\np,某某局,,\nq,另一局,,\n", encoding="utf-8")
    return [*(str(tmp_path / name) for name in ("tree.yaml", "units.csv")), "--roster", str(tmp_path / "roster.csv")]


@pytest.mark.parametrize("lang", Language)
def test_the_terminal_marks_it(given: list[str], capsys: pytest.CaptureFixture[str], lang: Language) -> None:
    for command in (["score"], ["explain", "--unit", "p"], ["advise", "--unit", "p"]):
        run("--lang", lang.value, command[0], *given, *command[1:])
        lines = [line for line in capsys.readouterr().out.splitlines() if HUNG in line]
        assert lines
        assert all(MARK[lang] in line for line in lines)
        assert not any(SURE in line and "q" in line.split() for line in lines)


@pytest.mark.parametrize("lang", Language)
def test_workbooks_and_pages_mark_it(given: list[str], tmp_path: Path, lang: Language) -> None:
    outputs = ("-o", tmp_path / "s.xlsx", "--cards", tmp_path / "cards", "--html", tmp_path / "html")
    run("--lang", lang.value, "score", *given, *(str(each) for each in outputs))
    seen = set()
    for path in (tmp_path / "s.xlsx", *(tmp_path / "cards").glob("p*.xlsx")):
        for sheet in openpyxl.load_workbook(path, data_only=True).worksheets:
            if sheet.title in BY_LINES or sheet.sheet_state != "visible":
                continue
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                if str(cell.value or "").startswith(HUNG):
                    seen.add((path.name, sheet.title))
                    assert MARK[lang] in f"{cell.value}{cell.number_format}", f"{sheet.title} {cell.coordinate}"
                assert not (
                    str(cell.value or "").startswith(SURE) and MARK[lang] in f"{cell.value}{cell.number_format}"
                )
    assert len(seen) >= 3  # ranking and sums of the scorecard, head of the card
    shown = []
    for path in (tmp_path / "html").rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        rows = [page] if path.name == "unit-p.html" else [row for row in page.split("<tr") if "某某局" in row]
        shown += [text for row in rows for text in re.findall(rf">([^<>]*{HUNG}[^<>]*)<", row)]
    assert len(shown) >= 2  # the row of the ranking, the unit's own page
    assert [text for text in shown if MARK[lang] not in text and not BY_THEIR_LINES.search(text)] == []


def test_the_tables_keep_the_plain_word_beside_the_reason(given: list[str], tmp_path: Path) -> None:
    run("score", *given, "--csv", str(tmp_path / "csv"))
    head, *rows = (tmp_path / "csv" / "ranking.csv").read_text(encoding="utf-8-sig").splitlines()
    at = head.split(",").index("grade")
    assert {row.split(",")[0]: row.split(",")[at : at + 2] for row in rows} == {
        "p": [HUNG, "blank_at_veto"],
        "q": [SURE, ""],
    }


def test_within_brackets_there_is_no_second_pair(given: list[str]) -> None:
    done = assess(Path(given[0]), [Path(given[1])], Path(given[3]))
    assert done.scores is not None
    row = done.scores.row_of["p"]
    within, alone = grade_in_brackets(done.scores, row), printed_grade(done.scores, row)
    assert within is not None
    assert alone is not None
    assert render(within, Language.ZH) == f"{HUNG}，暂定"
    assert render(alone, Language.ZH) == f"{HUNG}（暂定）"
