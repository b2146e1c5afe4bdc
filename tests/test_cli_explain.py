"""`explain` prints the answer; of all other problems of the files it says in one line how many there are."""

import re
from pathlib import Path

import pytest

from lawgov_score.cli import main

INDICATOR = """
      - code: "{code}"
        title: 办结率之{code}
        points: 10
        applies_to: all
        basis: 方案第一条
        fields: [{{code: x, name: 办结率, type: share}}]
        rule: {{kind: proportional, target: 100%}}"""
CODES = [f"01-{n}" for n in range(1, 11)]
TREE = """
code: explained
title: 说明用指标体系
edition: "2025"
year: 2025
points: 100
levels: [类, 小项]
grades: [{name: 优秀, at_least: 90}, {name: 其他, at_least: 0}]
policies:
  rounding: {indicator: 2, group: null, total: 2}
  rank: {by: rounded, ties: shared}
  missing: zero
  not_applicable: total
  invalid: score_valid
  claims: await_review
nodes:
  - code: "01"
    title: 一类
    points: 100
    children:""" + "".join(INDICATOR.format(code=code) for code in CODES)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """A tree and a table in which every figure of every unit is wrong."""
    (tmp_path / "tree.yaml").write_text(TREE, encoding="utf-8")
    rows = "".join(f"U{n},{','.join(['约八成'] * len(CODES))}\n" for n in range(1, 8))
    (tmp_path / "table.csv").write_text(f"unit,{','.join(CODES)}\n{rows}", encoding="utf-8")
    return [str(tmp_path / "tree.yaml"), str(tmp_path / "table.csv")]


def explained(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[str, list[str]]:
    with pytest.raises(SystemExit) as left:
        main(["explain", *arguments])
    assert left.value.code == 1  # there are errors in the files, here or elsewhere
    shown = capsys.readouterr()
    return shown.out, [line for line in shown.err.splitlines() if line and "--roster" not in line]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_of_an_indicator_its_own_problem_is_shown_and_the_others_are_counted(
    files: list[str], capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    answer, problems = explained(capsys, *files, "--unit", "U3", "--indicator", "01-4", "--lang", lang)
    assert "01-4" in answer
    assert "01-5" not in answer
    assert [line for line in problems if re.match(r".*table\.csv:[A-Z]+\d+:", line)] == [problems[0]]
    assert "table.csv:E4" in problems[0]  # row of U3, column of 01-4
    assert "69" in problems[-1]  # of seventy
    assert len(problems) <= 6


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_of_a_unit_its_own_problems_are_shown_and_those_of_others_are_counted(
    files: list[str], capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    _, problems = explained(capsys, *files, "--unit", "U3", "--lang", lang)
    named = re.findall(r"\b([A-Z])(\d+)\b", " ".join(problems[:-2]).replace("S203", ""))
    assert {row for column, row in named if column in "BCDEFGHIJK"} == {"4"}
    assert "60" in problems[-1]
    assert len(problems) <= 8


def test_a_group_has_the_problems_of_all_below_it(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    _, problems = explained(capsys, *files, "--unit", "U3", "--indicator", "01")
    assert "60" in problems[-1]


def test_a_score_that_is_rounded_in_print_is_printed_so(capsys: pytest.CaptureFixture[str]) -> None:
    """Scores as every other output prints them; the figures of a sum keep the digits that add up."""
    folder = Path(__file__).parent / "schemes" / "f-shown"
    with pytest.raises(SystemExit):
        main(["explain", str(folder), str(folder / "figures.csv"), "--unit", "a"])
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("总分 3.33　") for line in lines)
    assert "01 制度  3.33 / 10 分" in lines
    assert "  01-1 办结率  3.3333 / 10 分" in lines  # of an indicator the tree asks for no rounding
