"""``import … --into DIR``: a first tree of an office's own table, and a list of what was not understood.

Reaches ``pipeline/first_tree.py``, ``tree/first_tree.py``, ``tree/guesses.py``, ``content/plain_scheme.py``,
``workbook/circulated/plain_table.py``, ``cli/commands/take_back.py``.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from calls import run
from openpyxl.worksheet.worksheet import Worksheet
from returned_tables import exported
from test_cli import Captured

from lawgov_score.catalogue import Code
from lawgov_score.content.circulated import line_standard
from lawgov_score.pipeline import load_tree, write_first_tree
from lawgov_score.problems import CellPlace, Problem, is_error
from lawgov_score.report import render
from lawgov_score.tree import load
from lawgov_score.tree.editing import provisional
from lawgov_score.tree.guesses import guessed
from lawgov_score.wording import Language

ROOT = Path(__file__).parents[1]
ASKED = "制度健全：填“是”得 10 分，填“否”不得分。"
TAKEN_OFF = "满分 20 分，败诉件数每 1 件扣 2 分，扣完为止。"
RATE = (
    "回复率达到 100% 得 30 分，50% 及以下不得分，其间按比例（线性）计分。其中，回复率 = “回复件数” ÷ “收到件数”。"
    "“收到件数”为 0 的，本项不适用，分值不计入该单位的适用分。"
)
FREE = "工作不力的，酌情扣分。"
ROWS: list[list[object]] = [
    ["××县2026年法治政府建设考核指标"],
    ["序号", "指标", None, "分值（分）", "评分标准", "单位", None, "考核周期", "备注"],
    [None, "一级指标", "二级指标", None, None, "牵头单位", "责任单位", None, None],
    [1, "依法决策（30分）", "制度健全", 10, ASKED, "司法局、政府办", "各镇街", "年度", None],
    [2, None, "应诉", "20分", TAKEN_OFF, "司法局", None, None, "以判决为准"],
    [3, "依法办事", "回复率", 30, RATE, None, None, None, None],
    [4, None, "工作落实", 40, FREE, None, None, None, None],
    ["合计", None, None, 100],
]


def a_table(
    path: Path, rows: Sequence[Sequence[object]] = ROWS, merged: str = "B2:C2 D2:D3 E2:E3 F2:G2 B4:B5 B6:B7"
) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(list(row))
    for area in merged.split():
        sheet.merge_cells(area)
    book.save(path)
    return path


def made(tmp_path: Path, **table: object) -> tuple[str, list[Problem]]:
    path, problems, _ = write_first_tree(a_table(tmp_path / "t.xlsx", **table), tmp_path / "first")  # type: ignore[arg-type]
    assert path is not None
    return path.read_text(encoding="utf-8"), list(problems)


def cell_of(problem: Problem) -> str:
    assert isinstance(problem.place, CellPlace)
    return problem.place.cell


def test_groups_items_points_and_units_are_read_and_known_sentences_become_rules(tmp_path: Path) -> None:
    text, problems = made(tmp_path)
    tree, found = load(tmp_path / "first", contents=provisional({tmp_path / "first/tree.yaml": text.encode()}))
    assert tree is not None, [one for one in found if is_error(one)]
    assert (tree.title, tree.year, tree.edition, tree.points) == ("××县2026年法治政府建设考核指标", 2026, "2026", 100)
    assert tree.levels == ("一级指标", "二级指标")
    assert [(node.code, node.title, node.points) for node in tree.nodes] == [
        ("01", "依法决策", 30),
        ("01-1", "制度健全", 10),
        ("01-2", "应诉", 20),
        ("02", "依法办事", 70),
        ("02-1", "回复率", 30),
        ("02-2", "工作落实", 40),
    ]
    first, second, third, _ = tree.indicators
    assert (first.lead, first.assist, second.note) == (("司法局", "政府办"), ("各镇街",), "以判决为准")
    said = [render(line_standard(tree, node), Language.ZH) for node in (first, second, third)]
    assert said == [ASKED, TAKEN_OFF, RATE]
    assert text.count("# 待核：计量单位") == 2
    assert [(one.code, one.place.cell) for one in problems if isinstance(one.place, CellPlace)] == [
        (Code.D164, "H2"),
        (Code.D167, "C7"),
    ]


def test_what_is_open_is_asked_for_and_nothing_can_be_scored(tmp_path: Path) -> None:
    text, _ = made(tmp_path)
    assert f"# 评分标准：{FREE}\n" in text
    assert "# policies: 待写" in text
    tree, problems = load_tree(tmp_path / "first")
    assert tree is None
    assert {one.code for one in problems} == {Code.T105}
    assert {str(one.values["name"]) for one in problems} == {"policies", "applies_to", "basis", "rule"}


def test_a_heading_that_is_merged_with_the_first_item_is_no_second_row_of_headings(tmp_path: Path) -> None:
    """Found by fuzzing: the first item was taken for headings, and no level was left."""
    rows = [
        ("序号", "一级指标", "二级指标", "分值", "评分标准"),
        (1, "依法决策", "制度健全", 10, "酌情打分"),
        (2, "依法决策", "应诉", 4, "酌情打分"),
    ]
    text, _ = made(tmp_path, rows=rows, merged="A1:A2")
    assert "制度健全" in text
    assert "应诉" in text


def test_a_table_without_merging_and_with_one_row_of_headings(tmp_path: Path) -> None:
    rows = [
        ["项目", "编号", "考核内容", "分值", "评分标准"],
        ["依法决策", "A1", "制度健全", 10, ASKED],
        [None, "A2", "应诉", "酌情", FREE],
    ]
    text, problems = made(tmp_path, rows=rows, merged="")
    assert '- code: "A1"' in text
    assert text.count("- code: ") == 3
    assert "# points: 待写" in text
    assert "# year: 待写" in text
    assert [one.code for one in problems] == [Code.D166, Code.D167]


def test_the_title_is_what_looks_like_one(tmp_path: Path) -> None:
    above: list[list[object]] = [["附件1"], [None, "××县2027年法治建设考核细则"], ["说明：" + "本表所列各项，" * 20]]
    text, _ = made(tmp_path, rows=[*above, *ROWS[1:]], merged="")
    assert 'title: ××县2027年法治建设考核细则\nedition: "2027"\n' in text


def test_a_sentence_that_only_looks_like_one_makes_no_rule(tmp_path: Path) -> None:
    rows = [list(row) for row in ROWS]
    rows[3][4] = ASKED.replace("10", "9")  # out of other points than the item has
    text, problems = made(tmp_path, rows=rows)
    assert "all_or_nothing" not in text
    assert [one.code for one in problems].count(Code.D167) == 2


def test_sums_that_do_not_hold_stand_as_the_table_has_them(tmp_path: Path) -> None:
    rows = [list(row) for row in ROWS]
    rows[3][1] = "依法决策（35分）"
    text, _ = made(tmp_path, rows=rows)
    assert "points: 35" in text
    assert "all_or_nothing" in text
    _, found = load(tmp_path / "first", contents=provisional({tmp_path / "first/tree.yaml": text.encode()}))
    assert Code.T202 in {one.code for one in found}


@pytest.mark.parametrize(
    "below", [["加分项", None, "受表彰", 3, "每项加 3 分"], [None, "四、奖励加分", "受表彰", 3, "每项加 3 分"]]
)
def test_what_stands_below_the_total_is_no_item_and_does_not_count(tmp_path: Path, below: list[object]) -> None:
    text, problems = made(tmp_path, rows=[*ROWS, below])
    assert "points: 100\n" in text
    assert "受表彰" not in text.split("# 待写：表中下列各行")[0]
    assert "#   " + "｜".join(str(each) for each in below if each is not None) in text
    assert [cell_of(one) for one in problems if one.code is Code.D169] == ["A9" if below[0] else "B9"]
    assert Code.D168 not in {one.code for one in problems}


@pytest.mark.parametrize("called", ["加分项", "七、加分项目（5分）", "扣分项", "附加分"])
def test_bonus_and_penalty_are_no_items_wherever_they_stand(tmp_path: Path, called: str) -> None:
    more: list[list[object]] = [[5, called, "受表彰", 3, "每项加 3 分"], [6, None, "获奖", 2, "每项加 2 分"]]
    text, problems = made(tmp_path, rows=[*ROWS[:7], *more, *ROWS[7:]])
    assert text.count("- code: ") == 6
    assert [cell_of(one) for one in problems if one.code is Code.D169] == ["A8", "A9"]
    assert Code.D168 not in {one.code for one in problems}


@pytest.mark.parametrize("title", ["总计划执行情况", "总分类账管理", "加分项申报审核", "奖励分配制度"])
def test_an_item_that_only_begins_like_a_sum_or_a_bonus_is_an_item(tmp_path: Path, title: str) -> None:
    rows = [list(row) for row in ROWS]
    rows[6][2] = title
    text, _ = made(tmp_path, rows=rows)
    assert f"title: {title}\n" in text


def test_an_item_after_a_bonus_is_one_again(tmp_path: Path) -> None:
    more: list[list[object]] = [[None, "加分项", "受表彰", 3, "每项加 3 分"]]
    text, _ = made(tmp_path, rows=[*ROWS[:3], *more, *ROWS[3:]], merged="B2:C2 D2:D3 E2:E3 F2:G2")
    assert text.count("- code: ") == 6


@pytest.mark.parametrize(
    ("sums", "expected"),
    [
        ({8: ["合计", None, None, 100]}, []),
        ({8: ["总  分", None, None, "１０５分"]}, [("D8", 105.0, 100.0)]),
        ({8: ["合计105分"]}, [("D8", 105.0, 100.0)]),
        ({6: ["小计", None, None, 30], 9: ["小计", None, None, 70], 10: ["合计", None, None, 100]}, []),
        ({6: ["小计", None, None, 31], 9: ["小计", None, None, 70]}, [("D6", 31.0, 30.0)]),
        ({4: ["合计", None, None, 99]}, [("D4", 99.0, 100.0)]),  # above the rows
    ],
)
def test_every_sum_of_the_table_is_compared_with_its_rows(
    tmp_path: Path, sums: dict[int, list[object]], expected: list[tuple[str, float, float]]
) -> None:
    rows = [list(row) for row in ROWS[:7]]
    for at, row in sums.items():
        rows.insert(at - 1, row)
    text, problems = made(tmp_path, rows=rows, merged="B2:C2 D2:D3 E2:E3 F2:G2")
    told = [one for one in problems if one.code is Code.D168]
    assert [(cell_of(one), one.values["said"], one.values["found"]) for one in told] == expected
    is_of_all = expected and not str(told[0].values["label"]).startswith("小")
    assert f"points: {int(expected[0][1]) if is_of_all else 100}\nlevels" in text  # lint goes on reporting it


def test_a_remark_below_the_table_is_not_read(tmp_path: Path) -> None:
    text, problems = made(tmp_path, rows=[*ROWS, ["说明：本表由司法局负责解释。"]])
    assert [cell_of(one) for one in problems if one.code is Code.D165] == ["A9"]
    assert "负责解释" not in text


@pytest.mark.parametrize("dash", ["—", "－", "-", "/", "无", "——"])
def test_a_dash_says_nothing(tmp_path: Path, dash: str) -> None:
    rows = [list(row) for row in ROWS]
    rows[3][5:9] = [dash, dash, None, dash]
    text, _ = made(tmp_path, rows=rows)
    assert "note: 以判决为准" in text
    assert not [
        line for line in text.splitlines() if line.strip().startswith(("note:", "lead:", "assist:")) and dash in line
    ]


def test_units_in_one_cell_are_as_many_units_as_there_are(tmp_path: Path) -> None:
    rows = [list(row) for row in ROWS]
    rows[3][5] = "司法局，政府办；编办（含下属，共3家）\n公安局"
    text, _ = made(tmp_path, rows=rows)
    assert "lead: [司法局, 政府办, 编办（含下属，共3家）, 公安局]" in text


@pytest.mark.parametrize("name", ["qujialing-2017", "wuhua-2020"])
def test_every_rule_that_is_guessed_of_a_printed_standard_prints_it_again(name: str) -> None:
    tree, _ = load_tree(ROOT / "indicators" / name)
    assert tree is not None
    sentences = [render(line_standard(tree, node), Language.ZH) for node in tree.indicators]
    rules = [guessed(sentence) for sentence in sentences]
    assert any(rules)
    for node, rule in zip(tree.indicators, rules, strict=True):
        assert not rule or f"kind: {node.rule.KIND}," in rule[-1] or f"kind: {node.rule.KIND}}}" in rule[-1]


def test_an_exported_table_gives_the_same_nodes_again(tmp_path: Path) -> None:
    tree, _ = load_tree(ROOT / "indicators" / "qujialing-2017")
    assert tree is not None
    table = exported(ROOT / "indicators" / "qujialing-2017", tmp_path / "t.xlsx")
    path, problems, _ = write_first_tree(table, tmp_path / "first")
    assert path is not None
    again, found = load(path.parent, contents=provisional({path: path.read_bytes()}))
    assert again is not None, [one for one in found if is_error(one)]
    assert [(one.code, one.title, one.points) for one in again.nodes] == [
        (one.code, one.title, one.points) for one in tree.nodes
    ]
    evidence = [["、".join(one.evidence) for one in each.indicators] for each in (again, tree)]
    assert evidence[0] == evidence[1]
    open_ones = [one.values["code"] for one in problems if one.code is Code.D167]
    kept = {one.code: one for one in again.indicators if one.code not in open_ones}
    assert len(kept) >= 10
    for one in tree.indicators:
        if one.code in kept:
            said = [render(line_standard(each, each.by_code[one.code]), Language.ZH) for each in (tree, again)]
            assert said[0] == said[1]


def test_the_command_says_what_is_open_and_never_replaces_a_tree(tmp_path: Path, capsys: Captured) -> None:
    table, folder = a_table(tmp_path / "t.xlsx"), tmp_path / "first"
    assert run("import", str(table), "--into", str(folder)) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "待写" in told.err
    assert "已写入" in told.err
    assert run("import", str(table), "--into", str(folder)) == 0
    told = capsys.readouterr()
    assert "没有改动" in told.err
    assert "已写入" not in told.err
    (folder / "tree.yaml").write_text("code: mine\n", encoding="utf-8")
    assert run("import", str(table), "--into", str(folder)) == 2
    refused = capsys.readouterr().err
    assert "D183" in refused
    assert "--overwrite" not in refused
    assert (folder / "tree.yaml").read_text(encoding="utf-8") == "code: mine\n"
    assert run("import", str(table)) == 2
    assert run("import", str(table), str(folder), "--into", str(folder)) == 2
    capsys.readouterr()


def test_a_workbook_without_such_a_table(tmp_path: Path, capsys: Captured) -> None:
    table = a_table(tmp_path / "t.xlsx", [["姓名", "电话"], ["甲", "1"]], "")
    assert run("import", str(table), "--into", str(tmp_path / "first")) == 1
    assert "D163" in capsys.readouterr().err
    assert not (tmp_path / "first").exists()


HEADINGS = ["编码", "一级指标", "二级指标", "分值", "评分标准", "备注"]


def nodes_of(text: str) -> list[tuple[str, str]]:
    """Code and title of every node, as written."""
    lines = [line.strip() for line in text.splitlines()]
    return [
        (line.split('"')[1], lines[i + 1].removeprefix("title: "))
        for i, line in enumerate(lines)
        if line.startswith("- code: ")
    ]


def test_a_group_that_is_repeated_in_each_row_is_one_group(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["一级指标", "得分", "二级指标", "三级指标", "分值"],
        ["甲", 9, "一", "子", 2],
        ["甲", 9, "一", "丑", 2],
        ["甲", 9, "二", "寅", 5],
        ["乙", 4, "二", "卯", 4],
        ["乙", 6, "二", "辰", 6],  # worth another sum: another group of the same title
    ]
    rows[0][1] = "分值（一级）"
    text, _ = made(tmp_path, rows=rows, merged="")
    found = nodes_of(text)
    assert [title for _, title in found] == ["甲", "一", "子", "丑", "二", "寅", "乙", "二", "卯", "乙", "二", "辰"]
    assert [code for code, title in found if title in {"丑", "寅", "卯", "辰"}] == [
        "01-1-2",
        "01-2-1",
        "02-1-1",
        "03-1-1",
    ]


@pytest.mark.parametrize(
    ("codes", "cells"),
    [
        ([datetime(2026, 1, 1), "01-2"], [("A2",)]),
        ([1.1, "01-2"], [("A2",)]),
        ([101, "01-2"], [("A2",)]),
        (["01-1", "01-1"], [("A2", "A3")]),
        (["01-1", None], [("A3",)]),
        (["第一项", "01-1"], [("A2",)]),
        ([1, None], [("A2",), ("A3",)]),
        ([None, None], []),
    ],
)
def test_codes_of_the_table_that_are_not_used_are_said_with_their_cells(
    tmp_path: Path, codes: list[object], cells: list[tuple[str, ...]]
) -> None:
    rows = [HEADINGS, [codes[0], "依法决策", "审查", 2, FREE], [codes[1], None, "公开", 2, FREE]]
    text, problems = made(tmp_path, rows=rows, merged="")
    assert nodes_of(text) == [("01", "依法决策"), ("01-1", "审查"), ("01-2", "公开")]
    assert [one.values["cells"] for one in problems if one.code is Code.D192] == cells


def test_a_code_of_the_table_is_given_to_no_other_node(tmp_path: Path) -> None:
    rows = [HEADINGS, ["02", "依法决策", "审查", 2, FREE], ["01", "依法办事", "公开", 2, FREE]]
    text, problems = made(tmp_path, rows=rows, merged="")
    assert nodes_of(text) == [("03", "依法决策"), ("02", "审查"), ("04", "依法办事"), ("01", "公开")]
    assert Code.D192 not in {one.code for one in problems}


def test_a_merged_cell_says_the_same_of_all_its_rows(tmp_path: Path) -> None:
    rows = [HEADINGS, ["A1", "依法决策", "审查", 2, ASKED.replace("10", "2")], ["A2", None, "公开", 2, None]]
    text, _ = made(tmp_path, rows=rows, merged="E2:E3 B2:B3")
    assert text.count("# 评分标准：制度健全：填“是”得 2 分，填“否”不得分。") == 2
    assert text.count("rule: {kind: all_or_nothing}") == 2


def test_a_title_or_a_standard_that_begins_like_a_sum_is_none(tmp_path: Path) -> None:
    rows = [
        HEADINGS,
        ["A1", "依法决策", "审查", 2, "合计扣分不超过2分"],
        ["A2", None, "总计划制定", 2, FREE],
        [None, "小 计", None, 4, None, "不含加分"],
        ["A3", "依法办事", "公开", 2, FREE],
        [None, None, "小计（2分）", None, None],
        ["合计：6分", None, None, None, None],
    ]
    text, problems = made(tmp_path, rows=rows, merged="")
    assert [title for _, title in nodes_of(text)] == ["依法决策", "审查", "总计划制定", "依法办事", "公开"]
    odd = [(one.code, one.place.cell) for one in problems if isinstance(one.place, CellPlace)]
    assert [one for one in odd if one[0] is not Code.D167] == [(Code.D165, "F4")]


@pytest.mark.parametrize(
    ("value", "shown_as"), [(datetime(2026, 3, 4), "yyyy-mm-dd"), (0.5, "0%"), (0.5, "h:mm"), (True, "General")]
)
@pytest.mark.parametrize("at", ["B2", "D2"])
def test_a_day_a_time_or_a_percentage_is_no_points(tmp_path: Path, value: object, shown_as: str, at: str) -> None:
    rows: list[list[object]] = [["一级指标", "分值", "二级指标", "分值"], ["甲", 4, "子", 2], [None, None, "丑", 2]]
    path = a_table(tmp_path / "t.xlsx", rows, "")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet[at].value, sheet[at].number_format = value, shown_as
    book.save(path)
    found, problems, _ = write_first_tree(path, tmp_path / "first")
    assert found is not None
    assert [one.place.cell for one in problems if one.code is Code.D166 and isinstance(one.place, CellPlace)] == [at]
    assert found.read_text(encoding="utf-8").count("# points: 待写") == 1
    assert "points: 46085" not in found.read_text(encoding="utf-8")
