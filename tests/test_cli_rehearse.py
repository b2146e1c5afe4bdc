"""``rehearse`` as committees call it: one change each, what cannot be tried, outputs, the stated outcomes.

Reaches ``cli/commands/rehearse.py``, ``terminal/rehearsal.py``, ``workbook/rehearsal.py``, ``pages/rehearsal_page.py``,
``revision/rehearsal_rows.py``, ``revision/rosters.py``.
"""

import csv
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sample_round
from calls import run
from legible import clipped_cells, ungrouped
from markup import Outline
from rehearsals_made import check_sums
from test_cli import TREE, Captured

import lawgov_score
from lawgov_score import pipeline
from lawgov_score.problems import Problem, is_error
from lawgov_score.report import render
from lawgov_score.revision import rehearsal_rows
from lawgov_score.revision.rehearsal import Rehearsal
from lawgov_score.revision.rehearsal_rows import effects, why
from lawgov_score.revision.report_rows import _apart
from lawgov_score.wording import Language
from lawgov_score.workbook.rehearsal import write_rehearsal
from lawgov_score.workbook.writing.page import pixels_of
from lawgov_score.workbook.writing.paper import A4, room

ROOT = Path(__file__).parents[1]

TREE_TEXT = """code: two
title: 两项体系
edition: "1"
year: 2024
points: 10
levels: [类, 小项]
unit_types: [{code: town, name: 乡镇}, {code: bureau, name: 部门}]
cohorts:
  - {code: towns, name: 乡镇组, unit_types: [town]}
  - {code: bureaus, name: 部门组, unit_types: [bureau]}
grades:
  - {name: 优秀, at_least: 8}
  - {name: 合格, at_least: 5}
  - {name: 不合格, at_least: 0}
adjustments:
  - {code: J1, title: 表彰, sign: bonus, each: 0.5, basis: 文件}
policies:
  rounding: {indicator: 2, group: null, total: 2}
  rank: {by: rounded, ties: shared}
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
        lead: [法制办]
        fields:
          - {code: done, name: 回复件数, type: count, measured_in: 件, at_most: got}
          - {code: got, name: 收到件数, type: count, measured_in: 件}
        value: done / got
        on_zero: not_applicable
        rule: {kind: proportional}
      - code: "01-2"
        title: 落实情况
        points: 6
        applies_to: all
        basis: 测试
        lead: [法制办]
        fields: []
        rule:
          kind: choice
          asks: 落实情况
          options: [{option: 全部, score: 6}, {option: 部分, score: 3}, {option: 未落实, score: 0}]
"""
ANSWERS = """unit,type,01-1.done,01-1.got,01-2.choice
A,town,10,10,部分
B,town,5,10,全部
C,bureau,8,10,全部
D,bureau,2,10,未落实
"""
ROSTER = "unit,name,type,cohort\nA,甲镇,town,\nB,乙镇,town,\nC,丙局,bureau,\nD,丁局,bureau,\n"
WEIGHT = (
    ("points: 4\n", "points: 6\n"),
    (
        "points: 6\n        applies_to: all\n        basis: 测试\n        lead: [法制办]\n        fields: []",
        "points: 4\n        applies_to: all\n        basis: 测试\n        lead: [法制办]\n        fields: []",
    ),
    ("score: 6", "score: 4"),
    ("score: 3", "score: 2"),
)
NEXT = (('edition: "1"', 'edition: "2"'), ("year: 2024", "year: 2025"))
RULE = (("rule: {kind: proportional}", "rule: {kind: proportional, cliff: 60%}"),)
GRADES = (("at_least: 8}", "at_least: 9}"),)
COHORT = (
    ("unit_types: [town]}", "unit_types: [town, bureau]}"),
    ("  - {code: bureaus, name: 部门组, unit_types: [bureau]}\n", ""),
)
NEW_ITEM = """      - code: "01-3"
        title: 公开率
        points: 2
        applies_to: all
        basis: 测试
        lead: [法制办]
        fields: [{code: open, name: 公开件数, type: count, measured_in: 件}]
        value: open
        rule: {kind: deduction, each: 0.1}
"""
ADDED = (
    ("points: 4\n", "points: 2\n"),
    (
        TREE_TEXT[TREE_TEXT.index('      - code: "01-2"') :],
        NEW_ITEM + TREE_TEXT[TREE_TEXT.index('      - code: "01-2"') :],
    ),
)
FIELD = (
    (
        "          - {code: got,",
        "          - {code: late, name: 超期件数, type: count, measured_in: 件}\n          - {code: got,",
    ),
    ("value: done / got", "value: (done - late) / got"),
)


def folder(at: Path, *edits: tuple[str, str], answers: str = ANSWERS, roster: str = ROSTER) -> list[str]:
    """A tree, the same with these edits, answers and a roster: the arguments of ``rehearse``."""
    (at / "old").mkdir()
    (at / "new").mkdir()
    (at / "old" / "tree.yaml").write_text(TREE_TEXT, encoding="utf-8")
    text = TREE_TEXT
    for before, after in edits:
        assert before in text, before
        text = text.replace(before, after, 1)
    (at / "new" / "tree.yaml").write_text(text, encoding="utf-8")
    (at / "answers.csv").write_text(answers, encoding="utf-8")
    (at / "roster.csv").write_text(roster, encoding="utf-8")
    names = [str(at / name) for name in ("old", "new", "answers.csv")]
    return [*names, "--roster", str(at / "roster.csv")]


def rehearsed(at: Path, *edits: tuple[str, str], **other: Any) -> tuple[Rehearsal, tuple[Problem, ...]]:
    """What comes of it."""
    old, new, answers, _, roster = folder(at, *edits, **other)
    done = pipeline.rehearse(Path(old), Path(new), [Path(answers)], Path(roster))
    assert done.rehearsal is not None, done.problems
    return done.rehearsal, done.problems


def gains(found: Rehearsal) -> dict[str, float]:
    return {unit.code: float(found.gains[row]) for row, unit in enumerate(found.old.units)}


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def text_of(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row if cell.value is not None)


# ---------------------------------------------------------------- one change each


def test_one_weight(tmp_path: Path) -> None:
    """By hand: A had 4 + 3 = 7, and has 6 + 2 = 8; B had 2 + 6 = 8, and has 3 + 4 = 7."""
    found, problems = rehearsed(tmp_path, *NEXT, *WEIGHT)
    assert not [one for one in problems if one.code.value.startswith("D")]
    assert gains(found) == {"A": 1.0, "B": -1.0, "C": pytest.approx(-0.4), "D": pytest.approx(0.4)}
    assert [found.old.units[row].code for row in found.losers] == ["B", "C"]
    assert {found.old.units[row].code: float(found.climbs[row]) for row in range(4)} == {
        "A": 1,
        "B": -1,
        "C": 0,
        "D": 0,
    }
    assert len(found.bundles) == 1  # what one item is given another gives up, with the scores that its options print
    sums = found.shares.sum(axis=0).tolist()
    assert sums == pytest.approx(found.gains.tolist())


def test_a_weight_and_a_rule_of_the_same_item_are_two_changes(tmp_path: Path) -> None:
    """B by hand: 8; with the weights 7, with the rule 6, with both 4: so 1.5 by the weights, 2.5 by the rule."""
    found, _ = rehearsed(tmp_path, *NEXT, *WEIGHT, *RULE)
    assert len(found.bundles) == 2
    shares = dict(zip(("weights", "rule"), found.shares[:, found.old.row_of["B"]].tolist(), strict=True))
    assert shares == {"weights": -1.5, "rule": -2.5}
    row = found.old.row_of["B"]
    assert (found.alone[:, row].tolist(), found.last[:, row].tolist()) == ([-1.0, -2.0], [-2.0, -3.0])
    assert float(found.interaction[row]) == -1.0


def test_the_shares_in_a_reason_come_to_the_difference(tmp_path: Path) -> None:
    """D by hand: 0.8 less, of which the rule takes 1.0 and the weights give 0.2 back: both are said."""
    found, _ = rehearsed(tmp_path, *NEXT, *WEIGHT, *RULE)
    for row in (*found.losers, *found.winners):
        told = render(rehearsal_rows.why(found, row), Language.ZH).split("；")[0]
        parts = [float(part.replace("−", "-")) for part in re.findall(r"” ([+−][0-9.]+)", told)]
        assert told.startswith("得分：")
        assert sum(parts) == pytest.approx(float(found.gains[row]))
    told = render(rehearsal_rows.why(found, found.old.row_of["D"]), Language.ZH)
    assert re.findall(r"” ([+−][0-9.]+)", told) == ["−1.00", "+0.20"]


def test_what_stands_in_a_list_of_the_head_is_called_by_what_it_is(tmp_path: Path, capsys: Captured) -> None:
    """The cap of a bonus, a cohort that goes, a grade that comes: each with what was done to it."""
    poor = (("  - {name: 不合格, at_least: 0}", "  - {name: 不合格, at_least: 1}\n  - {name: 差, at_least: 0}"),)
    bonus = (("each: 0.5", "each: 0.6"),)
    assert run("rehearse", *folder(tmp_path, *NEXT, *COHORT, *bonus, *poor)) == 0
    told = capsys.readouterr().out
    assert all(words in told for words in ("取消考核分组：部门组", "调整加分扣分：表彰", "新增等次：差"))


def test_one_rule(tmp_path: Path) -> None:
    """Below 60 % nothing is left of 01-1: B loses 2 and D 0.8, by that change alone."""
    found, _ = rehearsed(tmp_path, *NEXT, *RULE)
    assert gains(found) == {"A": 0.0, "B": -2.0, "C": 0.0, "D": pytest.approx(-0.8)}
    assert len(found.bundles) == 1
    assert found.shares[0].tolist() == found.gains.tolist()


def test_the_grade_lines(tmp_path: Path, capsys: Captured) -> None:
    """B with 8 is no longer 优秀, and C with 9.2 is: nobody's total moves, and the reason is said."""
    arguments = folder(tmp_path, *NEXT, *GRADES)
    assert run("rehearse", *arguments) == 0
    told = capsys.readouterr().out
    assert "等次降低 1 个、升高 0 个；位次下降 0 个、上升 0 个；得分减少 0 个、增加 0 个" in told
    (line,) = [line for line in told.splitlines() if line.startswith("B ")]
    assert "优秀→合格" in line
    assert line.endswith("等次：“等次线 优秀 8 分以上 → 优秀 9 分以上”")


def test_a_cohort(tmp_path: Path, capsys: Captured) -> None:
    """Both cohorts become one: D's place is the fourth of four, and its total the same."""
    arguments = folder(tmp_path, *NEXT, *COHORT)
    assert run("rehearse", *arguments, "--csv", str(tmp_path / "csv")) == 0
    moves = {row["unit"]: row for row in rows_of(tmp_path / "csv" / "moves.csv")}
    assert {unit: (row["rank_old"], row["rank_new"]) for unit, row in moves.items()} == {
        "A": ("2", "3"),
        "B": ("1", "2"),
        "C": ("1", "1"),
        "D": ("2", "4"),
    }
    assert (moves["D"]["cohort"], moves["D"]["cohort_new"]) == ("部门组", "乡镇组")
    assert moves["D"]["score_old"] == moves["D"]["score_new"]
    told = capsys.readouterr().out
    assert "同组单位由 2 个变为 4 个" in told
    assert "调整考核分组：乡镇组、取消考核分组：部门组" in told  # one decision


def test_a_cohort_that_the_roster_gives_stays(tmp_path: Path) -> None:
    """D is among the towns because the roster says so: that the types of the cohorts changed is nothing to it."""
    swap = (
        ("unit_types: [town]}", "unit_types: [bureau]}"),
        ("unit_types: [bureau]}\ngrades", "unit_types: [town]}\ngrades"),
    )
    found, _ = rehearsed(tmp_path, *NEXT, *swap, roster=ROSTER.replace("D,丁局,bureau,", "D,丁局,bureau,乡镇组"))
    new = {unit.code: unit.cohort for unit in found.new.units}
    assert new == {"A": "bureaus", "B": "bureaus", "C": "towns", "D": "towns"}


def test_all_cohorts_gone(tmp_path: Path) -> None:
    """Without cohorts all four are ranked together, also D, which the roster had put among the towns."""
    gone = TREE_TEXT[TREE_TEXT.index("cohorts:") : TREE_TEXT.index("grades:")]
    found, _ = rehearsed(tmp_path, *NEXT, (gone, ""), roster=ROSTER.replace("D,丁局,bureau,", "D,丁局,bureau,乡镇组"))
    assert [int(rank) for rank in found.standings.place[-1]] == [
        {"A": 3, "B": 2, "C": 1, "D": 4}[unit.code] for unit in found.old.units
    ]
    assert len(found.bundles) == 1


# ---------------------------------------------------------------- the roster of the new tree


def with_new_roster(at: Path, roster: str, *edits: tuple[str, str]) -> list[str]:
    """The arguments of ``rehearse`` with a roster for the new tree."""
    arguments = folder(at, *edits)
    (at / "next.csv").write_text(roster, encoding="utf-8")
    return [*arguments, "--new-roster", str(at / "next.csv")]


def by_new_roster(at: Path, roster: str, *edits: tuple[str, str]) -> Rehearsal:
    old, new, answers, _, before, _, after = with_new_roster(at, roster, *edits)
    done = pipeline.rehearse(Path(old), Path(new), [Path(answers)], Path(before), new_roster=Path(after))
    assert done.rehearsal is not None, done.problems
    return done.rehearsal


def test_a_cohort_changed_in_the_roster_alone_is_a_change_with_its_share(tmp_path: Path, capsys: Captured) -> None:
    """C goes to the towns: A falls from the second place of two to the third of three, and D comes to be first."""
    moved = ROSTER.replace("C,丙局,bureau,", "C,丙局,bureau,乡镇组")
    arguments = with_new_roster(tmp_path, moved, *NEXT)
    assert run("rehearse", *arguments, "--csv", str(tmp_path / "csv"), "-o", str(tmp_path / "x.xlsx")) == 0
    told = capsys.readouterr().out
    assert "名册：1 个单位改类型或分组、0 个单位撤并、0 个单位新增" in told
    assert "位次：“名册：1 个单位改类型或分组" in told
    moves = {row["unit"]: (row["rank_old"], row["rank_new"]) for row in rows_of(tmp_path / "csv" / "moves.csv")}
    assert moves == {"A": ("2", "3"), "B": ("1", "2"), "C": ("1", "1"), "D": ("2", "1")}
    shares = {row["unit"]: (row["change"], row["rank_share"]) for row in rows_of(tmp_path / "csv" / "shares.csv")}
    assert shares == {"A": ("名册", "-1.00"), "B": ("名册", "-1.00"), "C": ("名册", "0.00"), "D": ("名册", "1.00")}
    assert "名册" in text_of(tmp_path / "x.xlsx")


def test_roster_and_rule_share_out_a_place(tmp_path: Path) -> None:
    """By hand, A's places among the towns: 2; with the roster 3; with the rule 1; with both 2.

    So the roster takes one place and the rule gives one, in either order.
    """
    found = by_new_roster(tmp_path, ROSTER.replace("C,丙局,bureau,", "C,丙局,bureau,乡镇组"), *NEXT, *RULE)
    assert [one.has_roster for one in found.bundles] == [False, True]
    row = found.old.row_of["A"]
    assert found.standings.place[:, row].tolist() == [2.0, 1.0, 3.0, 2.0]
    assert found.place_shares[:, row].tolist() == [1.0, -1.0]
    check_sums(found)


def test_a_type_changed_in_the_roster_asks_and_scores_otherwise(tmp_path: Path) -> None:
    """01-2 is for towns alone. D, a town now, is scored by 01-2 too: its 未落实 counts, 0.8 of 10 where it had 2."""
    edits = (("applies_to: all", "applies_to: [town, bureau]"), ("applies_to: all", "applies_to: [town]"))
    at, text = tmp_path, TREE_TEXT
    for before, after in edits:
        text = text.replace(before, after, 1)
    arguments = with_new_roster(at, ROSTER.replace("D,丁局,bureau,", "D,丁局,town,"))
    for side in ("old", "new"):
        (at / side / "tree.yaml").write_text(text, encoding="utf-8")
    (at / "answers.csv").write_text(ANSWERS.replace("10,10,部分", "8,8,部分"), encoding="utf-8")
    old, new, sent, _, first, _, then = map(Path, arguments)
    done = pipeline.rehearse(old, new, [sent], first, new_roster=then)
    assert done.rehearsal is not None
    found = done.rehearsal
    assert {unit.code: float(found.gains[row]) for row, unit in enumerate(found.old.units)} == {
        "A": 0.0,
        "B": 0.0,
        "C": 0.0,
        "D": pytest.approx(-1.2),
    }
    assert found.shares.tolist() == [found.gains.tolist()]


def test_units_merged_and_new_are_said_and_not_compared(tmp_path: Path, capsys: Captured) -> None:
    """B is gone and E is new: A comes to be first; B keeps what it had, and nothing is made up for either."""
    merged = ROSTER.replace("B,乙镇,town,\n", "") + "E,戊镇,town,\n"
    arguments = with_new_roster(tmp_path, merged, *NEXT, *WEIGHT)
    out = ("--csv", str(tmp_path / "csv"), "-o", str(tmp_path / "x.xlsx"), "--html", str(tmp_path / "html"))
    assert run("rehearse", *arguments, *out) == 0
    told = capsys.readouterr().out
    assert "新名册里没有的单位 1 个（撤并），没有新得分；余下各单位的位次按新名册排：乙镇。" in told
    assert "新名册新增的单位 1 个，没有去年的填报数，不在比较之内：戊镇。" in told
    assert "3 个单位有结果" in told
    moves = {row["unit"]: row for row in rows_of(tmp_path / "csv" / "moves.csv")}
    assert sorted(moves) == ["A", "B", "C", "D"]
    assert [moves["B"][key] for key in ("score_old", "score_new", "rank_old", "rank_new", "grade_new")] == [
        *("8.00", "", "1", "", "")
    ]
    assert (moves["A"]["rank_old"], moves["A"]["rank_new"]) == ("2", "1")
    assert "B" not in {row["unit"] for row in rows_of(tmp_path / "csv" / "shares.csv")}
    assert "新名册里没有这个单位" in text_of(tmp_path / "x.xlsx")
    assert Outline((tmp_path / "html" / "index.html").read_text(encoding="utf-8")).faults == []


def test_cohorts_changed_in_tree_and_roster_are_one_decision(tmp_path: Path, capsys: Captured) -> None:
    """The new tree has a third cohort, which only its roster fills: one without the other could not be made."""
    third = (("grades:\n", "  - {code: model, name: 示范组, unit_types: []}\ngrades:\n"),)
    roster = ROSTER.replace("B,乙镇,town,", "B,乙镇,town,示范组")
    arguments = with_new_roster(tmp_path, roster, *NEXT, *third, *RULE)
    assert run("rehearse", *arguments) == 0
    assert "名册：1 个单位改类型或分组" in capsys.readouterr().out
    again = tmp_path / "again"
    again.mkdir()
    found = by_new_roster(again, roster, *NEXT, *third)
    assert [one.has_roster for one in found.bundles] == [True]
    assert {unit.code: unit.cohort for unit in found.new.units}["B"] == "model"
    check_sums(found)


def test_a_new_roster_that_says_the_same(tmp_path: Path, capsys: Captured) -> None:
    """Written out or following from the type, with other names: nobody moves."""
    same = ROSTER.replace("A,甲镇,town,", "A,甲街道,town,乡镇组")
    assert run("rehearse", *with_new_roster(tmp_path, same, *NEXT)) == 0
    told = capsys.readouterr().out
    assert "没有影响得分的变化" in told
    assert "新名册与原名册所定的单位、类型、分组相同" in told


def test_a_new_roster_goes_with_the_old_one(tmp_path: Path, capsys: Captured) -> None:
    old, new, answers, _, _, *rest = with_new_roster(tmp_path, ROSTER, *NEXT)
    assert run("rehearse", old, new, answers, *rest) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "--new-roster 要与 --roster" in told.err


@pytest.mark.parametrize(
    ("roster", "code"),
    [
        (ROSTER.replace("bureau", "office"), "S123"),
        ("unit,name,type,cohort\nX,某镇,town,\n", "D125"),
        ("name,type\n甲镇,town\n", "S121"),
    ],
)
def test_a_new_roster_that_cannot_be_used(tmp_path: Path, capsys: Captured, roster: str, code: str) -> None:
    """Nobody would know whom to compare: nothing is rehearsed, and nothing written."""
    assert run("rehearse", *with_new_roster(tmp_path, roster, *NEXT, *RULE), "-o", str(tmp_path / "x.xlsx")) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert code in told.err
    assert "next.csv" in told.err
    assert not (tmp_path / "x.xlsx").exists()


def test_a_type_that_the_new_tree_does_not_have_is_said(tmp_path: Path, capsys: Captured) -> None:
    edits = (
        (", {code: bureau, name: 部门}", ""),
        ("  - {code: bureaus, name: 部门组, unit_types: [bureau]}\n", ""),
    )
    arguments = folder(tmp_path, *NEXT, *edits)
    assert run("rehearse", *arguments) == 0
    told = capsys.readouterr().err
    assert "D124" in told
    assert "2 个单位：C、D" in told
    (tmp_path / "next.csv").write_text(ROSTER.replace("bureau", "town"), encoding="utf-8")
    assert run("rehearse", *arguments, "--new-roster", str(tmp_path / "next.csv")) == 0
    assert "D124" not in capsys.readouterr().err


# ---------------------------------------------------------------- what cannot be tried


def test_a_new_item_is_left_out_and_never_0_for_everybody(tmp_path: Path, capsys: Captured) -> None:
    """01-3 has no answers: totals are those of 01-1 (2 of 8) and 01-2 (6 of 8), converted to the tree's 10."""
    found, problems = rehearsed(tmp_path, *NEXT, *ADDED)
    totals = {unit.code: float(found.new.total[row]) for row, unit in enumerate(found.new.units)}
    assert totals == {
        "A": pytest.approx(6.25),
        "B": pytest.approx(8.75),
        "C": pytest.approx(9.5),
        "D": pytest.approx(0.5),
    }
    (told,) = [one for one in problems if one.code.value == "D121"]
    assert told.values["out"] == ("01-3",)
    assert not is_error(told)
    arguments = [str(tmp_path / "old"), str(tmp_path / "new"), str(tmp_path / "answers.csv")]
    assert run("rehearse", *arguments, "--roster", str(tmp_path / "roster.csv"), "-o", str(tmp_path / "x.xlsx")) == 0
    told_text = capsys.readouterr()
    assert "01-3 公开率：新增的指标，去年没有填报；对所有单位都不计分" in told_text.out
    assert "01-1 回复率：分值 4 → 2、01-3 公开率：新增（没有数据，未计入）" in told_text.out
    assert "新增填报项 1 个，共 4 项次（填报项 × 单位），其中单位填报 4 项次、考核机关填报 0 项次" in told_text.out
    assert "D121" in told_text.err
    assert "新增的指标，去年没有填报" in text_of(tmp_path / "x.xlsx")


def test_a_standard_that_asks_more_is_not_tried(tmp_path: Path) -> None:
    """Nobody was asked how many were late: 01-1 counts by its old standard, at its points, and that is said."""
    found, problems = rehearsed(tmp_path, *NEXT, *FIELD)
    assert [one.code for one in found.kept] == ["01-1"]
    assert found.left_out == ()
    assert not any(found.gains.tolist())
    (told,) = [one for one in problems if one.code.value == "D121"]
    assert (told.values["kept"], told.values["out"]) == (("01-1",), (pipeline.rehearsal._NONE,))
    assert [(one.code, one.field.name if one.field else "", one.units) for one in found.newly_asked] == [
        ("01-1", "超期件数", 4)
    ]


def test_other_changes_of_such_an_item_are_tried(tmp_path: Path) -> None:
    found, _ = rehearsed(tmp_path, *NEXT, *FIELD, *WEIGHT)
    assert [one.code for one in found.kept] == ["01-1"]
    assert gains(found) == {"A": 1.0, "B": -1.0, "C": pytest.approx(-0.4), "D": pytest.approx(0.4)}


def test_options_are_found_again_by_their_words(tmp_path: Path) -> None:
    """The options in another order, one renamed: A's answer is not read as its neighbour, it does not count."""
    edits = (
        ("{option: 全部, score: 6}, {option: 部分, score: 3}", "{option: 大部分, score: 3}, {option: 全部, score: 6}"),
    )
    found, _ = rehearsed(tmp_path, *NEXT, *edits)
    assert gains(found) == {"A": 3.0, "B": 0.0, "C": 0.0, "D": 0.0}  # A: 4 of 4, converted
    assert found.partly == {"01-2": 1}


def test_an_item_under_the_code_of_another_is_not_scored_by_its_answers(tmp_path: Path) -> None:
    edits = (
        ("title: 回复率", "title: 培训人次"),
        ("name: 回复件数", "name: 培训人次"),
        ("name: 收到件数", "name: 应训人次"),
    )
    found, problems = rehearsed(tmp_path, *NEXT, *edits)
    assert [(one.code, one.lacks.value) for one in found.left_out] == [("01-1", "code")]
    assert [one.values["out"] for one in problems if one.code.value == "D121"] == [("01-1",)]


BOUND = (("收到件数, type: count, measured_in: 件}", "收到件数, type: count, measured_in: 件, at_most: 9}"),)


def test_an_answer_beyond_the_new_bounds_is_named(tmp_path: Path, capsys: Captured) -> None:
    """All four received 10, and 9 is the most now: tried as it was answered, and said."""
    arguments = folder(tmp_path, *NEXT, *BOUND)
    assert run("rehearse", *arguments, "-o", str(tmp_path / "x.xlsx")) == 0
    told = capsys.readouterr()
    assert (
        "01-1 回复率：“收到件数”：4 个单位去年的数不在新体系的限值之内，照此填报新体系不收；仍照去年的数试算"
        in told.out
    )
    assert "有 1 项去年的填报数不在新体系的限值之内" in told.out
    assert "算不出来" not in told.out
    assert "D123" in told.err
    assert "不在新体系的限值之内" in text_of(tmp_path / "x.xlsx")


def test_another_code_has_a_share_of_its_own_and_nothing_else_is_blamed_for_it(
    tmp_path: Path, capsys: Captured
) -> None:
    """01-2 is 01-9 now: A had 3 of 6 there and has 10 of 4, converted; what 01-1's line moves for A is nothing."""
    found, _ = rehearsed(tmp_path, *NEXT, *RULE, ('code: "01-2"', 'code: "01-9"'))
    assert [[one.id.value for one in bundle.telling] for bundle in found.bundles] == [["parameter"], ["renumbered?"]]
    row = found.old.row_of["A"]
    assert (found.shares[:, row].tolist(), float(found.gains[row])) == ([0.0, 3.0], 3.0)
    assert [one.code for one in found.left_out] == ["01-9"]
    arguments = [str(tmp_path / "old"), str(tmp_path / "new"), str(tmp_path / "answers.csv")]
    assert run("rehearse", *arguments, "--roster", str(tmp_path / "roster.csv")) == 0
    assert "01-9 落实情况：疑似改号（原编码 01-2，是否同一项未认定，去年的数据未计入）" in capsys.readouterr().out


def test_another_code_alone_is_not_nothing(tmp_path: Path, capsys: Captured) -> None:
    """In ``diff`` these are words; the item counts for nobody all the same, and that is never called no change."""
    assert run("rehearse", *folder(tmp_path, *NEXT, ('code: "01-2"', 'code: "01-9"'))) == 0
    told = capsys.readouterr().out
    assert "没有影响得分的变化" not in told
    assert "得分：“01-9 落实情况：疑似改号” −3.00" in told  # B: 2 + 6 were 8, now 2 of 4, converted


def test_of_a_code_that_another_item_has_nothing_is_made_without_the_rest(tmp_path: Path) -> None:
    """Title, points and questions: with the points alone the old item would count, or the new one by its answers."""
    edits = (
        ("title: 回复率\n        points: 4", "title: 培训人次\n        points: 2"),
        ("name: 回复件数", "name: 培训人次"),
        ("name: 收到件数", "name: 应训人次"),
        ("points: 10\nlevels", "points: 8\nlevels"),
        ("title: 类\n    points: 10", "title: 类\n    points: 8"),
    )
    found, _ = rehearsed(tmp_path, *NEXT, *RULE, *edits)
    at = [{one.name for one in each if one.code == "01-1"} for each in found.revision.components]
    assert [len(each) for each in at if each] == [5]  # one component: title, points, rule, two names of questions
    assert [[(one.id.value, one.code) for one in bundle.telling] for bundle in found.bundles] == [
        [("points", "two"), ("points", "01"), ("title", "01-1")]
    ]
    assert found.shares[0].tolist() == pytest.approx(found.gains.tolist())


def test_a_new_title_of_what_reviewers_mark_is_no_other_item(tmp_path: Path) -> None:
    judged = (
        TREE_TEXT[TREE_TEXT.index("        fields: []\n        rule:\n") :],
        "        rule: {kind: judged, marks: mean, reviewers: 1}\n",
    )
    arguments = folder(tmp_path, *NEXT, judged, answers=ANSWERS.replace(",01-2.choice", ""))
    old, new, answers, _, roster = (Path(one) for one in arguments)
    text = (new / "tree.yaml").read_text(encoding="utf-8")
    (old / "tree.yaml").write_text(text, encoding="utf-8")
    (new / "tree.yaml").write_text(text.replace("落实情况", "负责人履职"), encoding="utf-8")
    answers.write_text("\n".join(line.rpartition(",")[0] for line in ANSWERS.splitlines()), encoding="utf-8")
    found = pipeline.rehearse(old, new, [answers], roster).rehearsal
    assert found is not None
    assert (found.revision.reused_codes, found.bundles, found.left_out) == ({}, (), ())


def test_a_field_answered_otherwise_is_not_taken(tmp_path: Path) -> None:
    edits = (
        ("          - {code: got, name: 收到件数, type: count, measured_in: 件}\n", ""),
        ("type: count, measured_in: 件, at_most: got}", "type: share}"),
        ("value: done / got", "value: done"),
        ("        on_zero: not_applicable\n", ""),
    )
    found, _ = rehearsed(tmp_path, *NEXT, *edits)
    assert [(one.code, one.lacks.value) for one in found.kept] == [("01-1", "type")]
    assert not any(found.gains.tolist())
    assert len(found.no_longer_asked) == 2


# ---------------------------------------------------------------- stated outcomes


def test_old_against_itself_under_a_new_year_moves_nobody(tmp_path: Path, capsys: Captured) -> None:
    assert (
        run("rehearse", *folder(tmp_path, *NEXT), "--csv", str(tmp_path / "csv"), "-o", str(tmp_path / "x.xlsx")) == 0
    )
    assert "没有影响得分的变化：得分、位次、等次都不变" in capsys.readouterr().out
    for row in rows_of(tmp_path / "csv" / "moves.csv"):
        assert [row[f"{key}_old"] for key in ("score", "rank", "grade")] == [
            row[f"{key}_new"] for key in ("score", "rank", "grade")
        ]
    assert rows_of(tmp_path / "csv" / "shares.csv") == []


def test_another_numbering_of_equal_totals_is_said(tmp_path: Path, capsys: Captured) -> None:
    equal = ANSWERS.replace("A,town,10,10,部分", "A,town,5,10,全部")
    assert run("rehearse", *folder(tmp_path, *NEXT, ("ties: shared", "ties: dense"), answers=equal)) == 0
    assert "同分位次的编排办法也改了" in capsys.readouterr().out


def test_one_unit(tmp_path: Path, capsys: Captured) -> None:
    one = "".join(ANSWERS.splitlines(keepends=True)[:2])
    alone = "".join(ROSTER.splitlines(keepends=True)[:2])
    out = tmp_path / "x.xlsx"
    assert run("rehearse", *folder(tmp_path, *NEXT, *WEIGHT, answers=one, roster=alone), "-o", str(out)) == 0
    assert "只有一个单位，没有位次可比" in capsys.readouterr().out
    assert "只有一个单位" in text_of(out)


def test_all_units_equal(tmp_path: Path, capsys: Captured) -> None:
    lines = ANSWERS.splitlines()
    same = "\n".join(
        [
            lines[0],
            *(f"{unit},{kind},10,10,部分" for unit, kind in zip("ABCD", ["town"] * 2 + ["bureau"] * 2, strict=True)),
        ]
    )
    assert run("rehearse", *folder(tmp_path, *NEXT, *WEIGHT, answers=same), "-o", str(tmp_path / "x.xlsx")) == 0
    told = capsys.readouterr().out
    assert "各单位得分变动相同，均为 +1.00" in told
    assert "没有单位受损" in told


def test_a_unit_without_a_submission_is_in_no_comparison(tmp_path: Path, capsys: Captured) -> None:
    without = "\n".join(ANSWERS.splitlines()[:-1]) + "\n"
    arguments = folder(tmp_path, *NEXT, *WEIGHT, answers=without)
    assert run("rehearse", *arguments, "--csv", str(tmp_path / "csv"), "-o", str(tmp_path / "x.xlsx")) == 0
    assert "没有结果的单位 1 个" in capsys.readouterr().out
    last = rows_of(tmp_path / "csv" / "moves.csv")[-1]
    assert (last["unit"], last["score_old"], last["score_new"], last["rank_new"]) == ("D", "", "", "")
    assert "D" not in {row["unit"] for row in rows_of(tmp_path / "csv" / "shares.csv")}


def test_trees_without_common_codes(tmp_path: Path, capsys: Captured) -> None:
    others: tuple[tuple[str, str], ...] = (
        ('code: "01"', 'code: "X"'),
        ('code: "01-1"', 'code: "X-1"'),
        ('code: "01-2"', 'code: "X-2"'),
    )
    others += (("title: 类", "title: 甲"), ("title: 回复率", "title: 乙"), ("title: 落实情况", "title: 丙"))
    others += (("name: 回复件数", "name: 丁"), ("name: 收到件数", "name: 戊"), ("asks: 落实情况", "asks: 己"))
    out = tmp_path / "x.xlsx"
    assert run("rehearse", *folder(tmp_path, *others), "-o", str(out)) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "D120" in told.err
    assert "/old 与 " in told.err  # both may have one code: they are told apart by where they are
    assert not out.exists()


def test_a_tree_that_does_not_load(tmp_path: Path, capsys: Captured) -> None:
    arguments = folder(tmp_path, ("kind: proportional", "kind: proportinal"))
    assert run("rehearse", *arguments, "-o", str(tmp_path / "x.xlsx")) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "T111" in told.err
    assert "D102" in told.err
    assert not (tmp_path / "x.xlsx").exists()


def test_nothing_to_score(tmp_path: Path, capsys: Captured) -> None:
    arguments = folder(tmp_path, *WEIGHT, answers="unit,type,01-1.done\n")
    assert run("rehearse", *arguments, "-o", str(tmp_path / "x.xlsx")) == 1
    assert not (tmp_path / "x.xlsx").exists()
    assert capsys.readouterr().out == ""


def test_more_than_six_changes_are_shared_out_in_groups(tmp_path: Path, capsys: Captured) -> None:
    more = (
        ("missing: zero", "missing: exclude"),
        ("ties: shared", "ties: dense"),
        ("each: 0.5", "each: 0.6"),
        ("total: 2}", "total: 1}"),
    )
    out = tmp_path / "x.xlsx"
    assert run("rehearse", *folder(tmp_path, *NEXT, *WEIGHT, *RULE, *GRADES, *more), "-o", str(out)) == 0
    capsys.readouterr()
    assert "仍多于 6 组，因此按内容归并为" in text_of(out)


# ---------------------------------------------------------------- outputs


def test_tables_have_the_columns_of_the_contract_and_shares_add_up(tmp_path: Path) -> None:
    arguments = folder(tmp_path, *NEXT, *WEIGHT, *RULE, *GRADES)
    assert run("rehearse", *arguments, "--csv", str(tmp_path / "csv")) == 0
    moves, shares = (tmp_path / "csv" / name for name in ("moves.csv", "shares.csv"))
    head = moves.read_text(encoding="utf-8-sig").splitlines()[0]
    assert head.startswith("unit,cohort,score_old,score_new,rank_old,rank_new,grade_old,grade_new")
    assert shares.read_text(encoding="utf-8-sig").startswith("unit,change,share")
    by_unit: dict[str, int] = {}
    for row in rows_of(shares):
        by_unit[row["unit"]] = by_unit.get(row["unit"], 0) + round(float(row["share"]) * 100)
    assert by_unit == {
        row["unit"]: round(float(row["score_new"]) * 100) - round(float(row["score_old"]) * 100)
        for row in rows_of(moves)
    }


def test_the_workbook_is_the_same_twice_and_nothing_in_it_is_clipped(tmp_path: Path) -> None:
    arguments = folder(tmp_path, *NEXT, *WEIGHT, *RULE, *GRADES)
    one, two, english = (tmp_path / name for name in ("1.xlsx", "2.xlsx", "en.xlsx"))
    for path in (one, two):
        assert run("rehearse", *arguments, "-o", str(path)) == 0
    assert one.read_bytes() == two.read_bytes()
    assert run("rehearse", *arguments, "-o", str(english), "--lang", "en") == 0
    for path in (one, english):
        assert [told for sheet in ungrouped(openpyxl.load_workbook(path)) for told in clipped_cells(sheet)] == []
    book = openpyxl.load_workbook(one)
    assert book.sheetnames == ["结论", "变动", "原因", "图示", "不可比", "新增填报"]
    assert len(getattr(book["图示"], "_charts")) == 1  # noqa: B009  # openpyxl types do not know it
    first = text_of(one)
    assert "受损单位及原因" in first
    assert not re.search("[一-鿿]", "".join(openpyxl.load_workbook(english).sheetnames))


def test_the_page_has_no_link_out_and_says_the_same(tmp_path: Path) -> None:
    arguments = folder(tmp_path, *NEXT, *WEIGHT, *RULE)
    assert run("rehearse", *arguments, "--html", str(tmp_path / "html")) == 0
    assert [path.name for path in (tmp_path / "html").iterdir()] == ["index.html"]
    page = (tmp_path / "html" / "index.html").read_text(encoding="utf-8")
    assert set(re.findall(r'(?:href|src)="([^"]*)"', page)) == {"#main"}
    assert "http" not in page.replace("http-equiv", "")
    assert "受损单位及原因（" in page
    assert "<svg" in page
    assert Outline(page).faults == []
    ids = [told["id"] for _, told in Outline(page).elements if "id" in told]
    assert len(set(ids)) == len(ids)


def test_outputs_are_all_or_none_and_nothing_read_is_replaced(tmp_path: Path, capsys: Captured) -> None:
    arguments = folder(tmp_path, *NEXT, *WEIGHT)
    out = tmp_path / "x.xlsx"
    out.write_text("mine", encoding="utf-8")
    assert run("rehearse", *arguments, "-o", str(out), "--csv", str(tmp_path / "csv")) == 2
    assert "O105" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "csv").exists()
    assert run("rehearse", *arguments, "-o", str(out), "--overwrite") == 0
    assert out.read_bytes()[:2] == b"PK"
    assert run("rehearse", *arguments, "-o", str(tmp_path / "roster.csv"), "--overwrite") == 2
    assert "O104" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_it_writes_is_no_submission(tmp_path: Path, lang: str) -> None:
    arguments = folder(tmp_path, *NEXT, *WEIGHT)
    (tmp_path / "in").mkdir()
    out = ("-o", str(tmp_path / "in" / "x.xlsx"), "--csv", str(tmp_path / "in"), "--lang", lang)
    assert run("rehearse", *arguments, *out) == 0
    read = lawgov_score.read(tmp_path / "old", tmp_path / "in")
    assert len(read.submissions) == 0
    told = {Path(one["path"]).name: (one["code"], str(one["found"])) for one in read.problems if one["path"]}
    assert told["x.xlsx"] == ("S145", "修订试算工作簿")
    assert {told[name][0] for name in ("moves.csv", "shares.csv")} == {"S115"}
    assert all(name in told[name][1] for name in ("moves.csv", "shares.csv"))


def test_the_workbook_goes_to_standard_output(tmp_path: Path, capfdbinary: Any) -> None:
    assert run("rehearse", *folder(tmp_path, *NEXT, *WEIGHT), "-o", "-") == 0
    assert capfdbinary.readouterr().out[:2] == b"PK"


def test_the_example_of_the_page_is_what_it_prints(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder(tmp_path, *NEXT, *RULE, *WEIGHT)
    monkeypatch.chdir(tmp_path)
    assert run("rehearse", "old", "new", "answers.csv", "--roster", "roster.csv") == 0
    page = (ROOT / "docs" / "editing.md").read_text(encoding="utf-8")
    shown = page.split("$ lawgov-score rehearse old new answers.csv --roster roster.csv\n")[1].split("```")[0]
    assert capsys.readouterr().out == shown


# ---------------------------------------------------------------- the whole round


def an_edition(at: Path, *edits: tuple[str, str, str]) -> Path:
    """The 129-item tree a year later, with some edits (file, before, after)."""
    new = at / "next"
    new.mkdir()
    for path in Path(TREE).iterdir():
        text = path.read_text(encoding="utf-8")
        for name, before, after in (*(("tree.yaml", f'"{n}"', f'"{n + 1}"') for n in (2017,)), *edits):
            if name == path.name:
                assert before in text, before
                text = text.replace(before, after, 1)
        if path.name == "tree.yaml":
            text = text.replace("year: 2017", "year: 2018")
        (new / path.name).write_text(text, encoding="utf-8")
    return new


def test_the_sample_round_moves_by_nothing_but_the_changes(tmp_path: Path) -> None:
    """Last year's dates are held against last year's due dates, and the office's workbooks of OLD are all read."""
    round_ = tmp_path / "round"
    sample_round.main(round_)
    inputs = ([round_], round_ / "roster.csv")
    office: dict[str, Any] = {"assessor": [round_ / "office"], "previous": round_ / "previous"}
    same = pipeline.rehearse(Path(TREE), an_edition(tmp_path), *inputs, **office)
    assert same.rehearsal is not None
    assert (same.rehearsal.losers, same.rehearsal.winners) == ((), ())
    assert "A104" not in {one.code.value for one in same.problems}
    by_old = pipeline.assess(Path(TREE), *inputs, **office)
    assert by_old.scores is not None
    assert by_old.scores.review.changes
    assert by_old.scores.review.register
    new = same.rehearsal.new
    assert new.review.changes == by_old.scores.review.changes
    assert new.review.register == by_old.scores.review.register
    assert new.vetoes == by_old.scores.vetoes
    assert new.total.tolist()[:17] == by_old.scores.total.tolist()[:17]
    assert [*new.rank] == [*by_old.scores.rank]


def test_a_bonus_that_is_gone_is_said(tmp_path: Path, capsys: Captured) -> None:
    round_ = tmp_path / "round"
    sample_round.main(round_)
    new = an_edition(
        tmp_path, ("tree.yaml", "    levels: {国家级: 2, 省级: 1, 市级: 0.5}\n", "    levels: {国家级: 2}\n")
    )
    arguments = [
        TREE,
        str(new),
        str(round_),
        "--roster",
        str(round_ / "roster.csv"),
        "--assessor",
        str(round_ / "office"),
    ]
    assert run("rehearse", *arguments) == 1
    told = capsys.readouterr()
    assert "D122" in told.err
    assert "J1 表彰奖励：考核机关的" in told.out


# ---------------------------------------------------------------- what a committee must not misread


OTHER_CODE = (("code: two", "code: other"),)
NOTHING_KEPT = (
    *OTHER_CODE,
    ("title: 回复率", "title: 培训人次"),
    ("name: 回复件数", "name: 培训人次"),
    ("name: 收到件数", "name: 应训人次"),
    ("title: 落实情况", "title: 举报奖励"),
    ("asks: 落实情况", "asks: 举报奖励"),
)


def said_everywhere(at: Path, arguments: list[str], capsys: Captured, code: int) -> dict[str, str]:
    """What the screen, the workbook and the page say."""
    assert run("rehearse", *arguments, "-o", str(at / "x.xlsx"), "--html", str(at / "html")) == code
    page = (at / "html" / "index.html").read_text(encoding="utf-8")
    text = re.sub("<[^>]*>", "\n", page[page.index("<body") :])
    return {"screen": capsys.readouterr().out, "workbook": text_of(at / "x.xlsx"), "page": text}


def test_nothing_is_concluded_where_no_unit_could_be_compared(tmp_path: Path, capsys: Captured) -> None:
    told = said_everywhere(tmp_path, folder(tmp_path, *NOTHING_KEPT), capsys, 1)
    for where, text in told.items():
        assert "没有单位受损" not in text, where
        assert "减分单位" not in text, where
        first = text.index("两个体系的编码不同（原 two，新 other）")
        assert first < text.index("没有一个单位能作比较") < text.index("只按一个体系有得分的单位 4 个"), where
    lines = told["screen"].splitlines()
    assert lines[2].startswith("两个体系的编码不同")
    assert run("rehearse", *folder_again(tmp_path)) == 1
    assert {"D126", "D127"} <= set(re.findall("D12[0-9]", capsys.readouterr().err))


def folder_again(at: Path) -> list[str]:
    """The arguments for what ``folder`` wrote there."""
    return [*(str(at / name) for name in ("old", "new", "answers.csv")), "--roster", str(at / "roster.csv")]


def test_trees_of_different_codes_give_no_conclusion_though_units_compare(tmp_path: Path, capsys: Captured) -> None:
    told = said_everywhere(tmp_path, folder(tmp_path, *OTHER_CODE, ("each: 0.5", "each: 0.6")), capsys, 1)
    for where, text in told.items():
        assert "以下增减不能作为结论" in text, where
        assert "没有单位受损" not in text, where


def test_units_that_cannot_be_compared_are_not_said_to_lose_nothing(tmp_path: Path, capsys: Captured) -> None:
    """D sent nothing: that nobody loses is said of the other three."""
    without = "\n".join(ANSWERS.splitlines()[:-1]) + "\n"
    told = said_everywhere(tmp_path, folder(tmp_path, *NEXT, ("each: 0.5", "each: 0.6"), answers=without), capsys, 0)
    for where, text in told.items():
        assert "没有单位受损" not in text, where
        assert "能比较的 3 个单位都没有受损，另有 1 个单位无从比较。" in text, where


JUDGED = (
    "        rule:\n          kind: choice\n          asks: 落实情况\n"
    "          options: [{option: 全部, score: 6}, {option: 部分, score: 3}, {option: 未落实, score: 0}]\n",
    "        rule: {kind: judged, marks: mean, reviewers: 1}\n",
)


@pytest.mark.parametrize("has_grades", [True, False])
def test_provisional_results_say_so_and_why(tmp_path: Path, capsys: Captured, has_grades: bool) -> None:
    """Nobody has marked 01-2: as `score` has it, every result is provisional, by the old tree and by the new one."""
    no_grades = TREE_TEXT[TREE_TEXT.index("grades:\n") : TREE_TEXT.index("adjustments:")]
    edits = [JUDGED, *([] if has_grades else [(no_grades, "")])]
    answers = "".join(",".join(line.split(",")[:4]) + "\n" for line in ANSWERS.splitlines())
    arguments = folder(tmp_path, *edits, *RULE, answers=answers)
    old = (tmp_path / "new" / "tree.yaml").read_text(encoding="utf-8").replace(RULE[0][1], RULE[0][0])
    (tmp_path / "old" / "tree.yaml").write_text(old, encoding="utf-8")
    assert run("score", str(tmp_path / "old"), str(tmp_path / "answers.csv"), *arguments[3:]) in {0, 1}
    assert "暂定" in capsys.readouterr().out
    told = said_everywhere(tmp_path, [*arguments, "--csv", str(tmp_path / "csv")], capsys, 0)
    for where, text in told.items():
        assert "含暂定结果（原体系 4 个单位，新体系 4 个单位）：有 4 项次待审核" in text, where
    for where in ("workbook", "page"):
        assert told[where].count("暂定，1 项待审核") == 4, where
    if has_grades:
        assert all("（暂定）" in text for text in told.values())
    else:
        book = openpyxl.load_workbook(tmp_path / "x.xlsx")
        formats = {cell.number_format for row in book["变动"] for cell in row if isinstance(cell.value, float)}
        assert any("暂定" in one for one in formats)
        assert "（暂定）" in told["screen"]
        assert "（暂定）" in told["page"]
    assert "暂定" not in (tmp_path / "csv" / "moves.csv").read_text(encoding="utf-8-sig")


def test_a_grade_that_hangs_on_a_blank_is_provisional_here_too(tmp_path: Path, capsys: Captured) -> None:
    """B left 01-2 blank, which leaves the denominator: `score` calls its grade provisional, and so does a rehearsal."""
    blank = ANSWERS.replace("B,town,5,10,全部", "B,town,5,10,")
    arguments = folder(tmp_path, ("missing: zero", "missing: exclude"), *GRADES, answers=blank)
    old = (tmp_path / "new" / "tree.yaml").read_text(encoding="utf-8").replace(GRADES[0][1], GRADES[0][0])
    (tmp_path / "old" / "tree.yaml").write_text(old, encoding="utf-8")
    run("score", str(tmp_path / "old"), str(tmp_path / "answers.csv"), *arguments[3:])
    assert "暂定" in capsys.readouterr().out
    told = said_everywhere(tmp_path, arguments, capsys, 0)
    for where, text in told.items():
        assert "含暂定结果（原体系 1 个单位，新体系 1 个单位）：未填报的项目影响等次。" in text, where


def test_a_grade_is_lowered_for_no_more_units_than_have_a_lower_one(tmp_path: Path) -> None:
    """B's points cost it the grade and the lower line gives it back: nobody's grade changes, and no table says so."""
    lines = (("at_least: 8}", "at_least: 7}"),)
    found, _ = rehearsed(tmp_path, *NEXT, *WEIGHT, *lines)
    row = found.old.row_of["B"]
    assert float(found.rises[row]) == 0
    assert any(found.grade_shares[:, row].tolist())  # it has parts all the same
    for one in effects(found):
        assert one.falling <= int((found.rises < 0).sum())
        assert one.rising <= int((found.rises > 0).sum())


def test_the_parts_of_a_reason_give_the_whole(tmp_path: Path) -> None:
    """For every unit and measure: the figures printed in the reason add up to the difference printed beside it."""
    found, _ = rehearsed(tmp_path, *NEXT, *WEIGHT, *RULE, *GRADES)
    both_ways = 0
    for row in (*found.losers, *found.winners):
        told = render(why(found, row), Language.ZH)
        for part in told.split("；"):
            whole = {"得分": found.gains, "位次": found.climbs}.get(part[:2])
            if whole is None:
                continue
            figures = re.findall(r"” ([+−][0-9.]+)", part)
            total = sum(float(one.replace("−", "-")) for one in figures)
            assert total == pytest.approx(float(whole[row])), told
            both_ways += any(one[0] == "+" for one in figures) and any(one[0] == "−" for one in figures)
    assert both_ways


@pytest.mark.parametrize("command", ["rehearse", "diff"])
def test_trees_of_one_edition_are_named_by_their_folders(tmp_path: Path, capsys: Captured, command: str) -> None:
    arguments = folder(tmp_path, *RULE)
    assert run(command, *(arguments if command == "rehearse" else arguments[:2])) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["原：两项体系（1 版，编码 two，取自 old）", "新：两项体系（1 版，编码 two，取自 new）"]
    assert str(tmp_path) not in "".join(lines[:2])


def test_folders_of_one_name_are_told_apart_by_those_above() -> None:
    assert _apart("/a/2025/tree/tree.yaml", "/a/2026/tree/tree.yaml") == ["2025/tree", "2026/tree"]
    assert _apart("n/tree.yaml", "m.yaml") == ["n", "m.yaml"]


def test_units_and_cohorts_stay_on_one_line(tmp_path: Path) -> None:
    """A row whose texts all fit one line is no taller than one line."""
    roster = ROSTER.replace("乙镇", "有执法权综合执法局")
    assert run("rehearse", *folder(tmp_path, *NEXT, *WEIGHT, roster=roster), "-o", str(tmp_path / "x.xlsx")) == 0
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["变动"]
    heights = [sheet.row_dimensions[row[0].row].height for row in sheet if row[0].value in {"A", "B", "C", "D"}]
    assert len(heights) == 4
    assert max(heights) < 2 * 14
    page = folder_again(tmp_path)
    assert run("rehearse", *page, "--html", str(tmp_path / "html")) == 0
    html = (tmp_path / "html" / "index.html").read_text(encoding="utf-8")
    assert '<td class="k">B</td>' in html


def test_the_heading_of_those_who_win_is_never_the_last_of_the_first_page(tmp_path: Path) -> None:
    """However many lose: the heading, the heads of the columns and the first row stand on one page."""
    parted = 0
    for units in range(1, 12):
        (tmp_path / str(units)).mkdir()
        answers, roster = many(units)
        found, _ = rehearsed(tmp_path / str(units), *NEXT, *WEIGHT, answers=answers, roster=roster)
        assert found.winners
        write_rehearsal(found, tmp_path / "x.xlsx", Language.ZH)
        sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0]
        heading = next(n for n, row in enumerate(sheet, 1) if str(row[0].value).startswith("受益单位"))
        heights = [float(sheet.row_dimensions[row].height or 15) for row in range(1, heading + 3)]
        columns = sheet.column_dimensions.values()
        wide = sum(
            (int(one.max or 0) - int(one.min or 0) + 1) * pixels_of(float(one.width) - 0.7109375) for one in columns
        )
        least = room(A4, wide - 8, landscape=True)
        begins = [one.id + 1 for one in sheet.row_breaks.brk]
        if sum(heights[:-3]) <= least < sum(heights):
            assert begins == [heading]
            parted += 1
        elif sum(heights) <= least:
            assert begins == []
    assert parted


def many(units: int) -> tuple[str, str]:
    """Answers and roster of so many towns that lose by ``WEIGHT``, and two that win."""
    names = [f"L{i:02}" for i in range(units)] + ["W1", "W2"]
    answers = "".join(f"{name},town,{'5,10,全部' if name[0] == 'L' else '10,10,部分'}\n" for name in names)
    roster = "".join(f"{name},{name}镇,town,\n" for name in names)
    return ANSWERS.splitlines(keepends=True)[0] + answers, ROSTER.splitlines(keepends=True)[0] + roster
