"""What a table may ask for, and everything that is refused with the cell that it stands in.

Reaches ``workbook/circulated/taking.py``, ``workbook/circulated/sides.py``, ``workbook/circulated/row_codes.py``,
``workbook/circulated/placing.py``, ``workbook/circulated/comparing.py``, ``workbook/circulated/rows_moved.py``,
``workbook/circulated/other_cells.py``, ``workbook/circulated/numbers.py``, ``revision/wanted.py``,
``pipeline/taking.py``, ``tree/editing.py``, ``catalogue/taking.py``.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from returned_tables import Sheet, a_tree, edited_table, exported, taken

from lawgov_score.catalogue import Code, Severity
from lawgov_score.model import Indicator
from lawgov_score.pipeline import Taken, take_back, write_taken
from lawgov_score.problems import CellPlace, Problem, TextPlace
from lawgov_score.report import problems_text
from lawgov_score.wording import Language

Change = Callable[[Sheet], object]
ROOT = Path(__file__).parents[3]


def of(tmp_path: Path, change: Change) -> Taken:
    return taken(a_tree(tmp_path), change, tmp_path / "t.xlsx")


def names(found: Taken) -> set[str]:
    assert found.revision is not None, [(one.code, one.place, one.values) for one in found.problems]
    return {one.name for one in found.revision.changes}


def the_problem(found: Taken, code: Code) -> Problem:
    """The only error, of this code; and nothing would be written."""
    assert [one.code for one in found.problems if one.severity is Severity.ERROR] == [code]
    assert found.revision is None
    assert not found.changed
    return next(one for one in found.problems if one.code is code)


def cell(problem: Problem) -> str:
    assert isinstance(problem.place, CellPlace)
    return problem.place.cell


def rows(change: Callable[[list[list[object]]], list[list[object]]]) -> Change:
    """An edit of the rows, after the merging was taken out."""

    def edit(sheet: Sheet) -> None:
        sheet.unmerge()
        sheet.write(change(sheet.texts()))

    return edit


def worth(row: list[object], points: str) -> None:
    """The group of a row says other points."""
    assert isinstance(row[2], str)
    code, title, _ = row[2].split("\n")
    row[2] = f"{code}\n{title}\n（{points} 分）"


# ---------------------------------------------------------------- what is taken back


def test_a_table_left_as_it_was_asks_for_nothing(tmp_path: Path) -> None:
    found = of(tmp_path, lambda sheet: None)
    assert (names(found), found.changed, found.problems) == (set(), {}, ())


@pytest.mark.parametrize(
    ("heading", "value", "name"),
    [
        ("小项", "办结率", "title:01-1:title"),
        ("牵头单位", "政府办\n司法局", "lead:01-1:lead"),
        ("责任单位", "各镇街", "assist:01-1:assist"),
        ("佐证材料", None, "evidence:01-1:evidence"),
        ("说明", "另一说明: 有冒号 # 井号", "note:01-1:note"),
    ],
)
def test_a_cell_is_one_change(tmp_path: Path, heading: str, value: object, name: str) -> None:
    found = of(tmp_path, lambda sheet: sheet.put("01-1", heading, value))
    assert names(found) == {name}
    assert [path.name for path in found.changed] == ["a.yaml"]


def test_the_number_of_a_row_and_columns_of_people_are_not_looked_at(tmp_path: Path) -> None:
    def change(sheet: Sheet) -> None:
        sheet.put("01-1", "序号", 99)
        sheet.sheet.cell(sheet.heading, len(sheet.columns) + 1).value = "意见"
        sheet.sheet.cell(sheet.row("01-1"), len(sheet.columns) + 1).value = "同意"

    assert names(of(tmp_path, change)) == set()


def test_line_breaks_in_a_title_and_dust_in_points_are_no_change(tmp_path: Path) -> None:
    def change(sheet: Sheet) -> None:
        sheet.put("01-1", "小项", "回复\n率")
        sheet.put("01-1", "分值", 4.000000000000001)
        sheet.put("01-1", "方面", "01\n依法\n行政\n（10 分）")

    assert names(of(tmp_path, change)) == set()


def test_groups_in_another_order_that_stand_in_files_of_their_own(tmp_path: Path) -> None:
    found = of(tmp_path, rows(lambda all_: [*all_[3:], *all_[:3]]))
    assert names(found) == {"order:small:children"}
    assert [path.name for path in found.changed] == ["tree.yaml"]


def test_points_of_items_and_their_group(tmp_path: Path) -> None:
    def change(sheet: Sheet) -> None:
        sheet.put("01-1", "分值", "5 分")
        sheet.put("01-2", "分值", 2)
        sheet.put("01-3", "分值", "镇街 3\n部门 3")

    assert names(of(tmp_path, change)) == {"points:01-1:points", "points:01-2:points"}


def test_points_become_points_by_type(tmp_path: Path) -> None:
    def change(sheet: Sheet) -> None:
        sheet.put("01-1", "分值", "镇街 4\n部门 3")
        sheet.put("01-3", "分值", "镇街 3\n部门 4")

    found = of(tmp_path, change)
    assert names(found) == {"points:01-1:points", "points:01-3:points"}
    text = next(iter(found.changed.values())).decode()
    assert "points: {town: 4, bureau: 3}          # 分值旁的注释" in text
    assert "points: {town: 3, others: 4}" in text


def test_a_group_has_another_title(tmp_path: Path) -> None:
    found = of(tmp_path, lambda sheet: sheet.put("02-1", "方面", "02\n窗口服务\n（10 分）"))
    assert names(found) == {"title:02:title"}


def test_rows_in_another_order(tmp_path: Path) -> None:
    found = of(tmp_path, rows(lambda all_: [all_[2], all_[0], all_[1], all_[4], all_[3]]))
    assert names(found) == {"order:01:children", "order:02:children"}


def test_a_row_moves_to_another_group_with_its_comments(tmp_path: Path) -> None:
    def change(all_: list[list[object]]) -> list[list[object]]:
        first, *others = all_
        for row in others[:2]:
            worth(row, "6")
        for row in (first, *others[2:]):
            row[2] = others[-1][2]
            worth(row, "14")
        return [*others[:3], first, *others[3:]]

    found = of(tmp_path, rows(change))
    assert names(found) == {"moved:01-1:", "points:01:points", "points:02:points"}
    text = next(raw for path, raw in found.changed.items() if path.name == "b.yaml").decode()
    assert text.index("东窗口") < text.index('  # 第一项的注释\n  - code: "01-1"') < text.index("西窗口")
    assert "    # 属于第一项的注释\n" in text


def test_a_row_and_a_whole_group_go(tmp_path: Path) -> None:
    def without_one(all_: list[list[object]]) -> list[list[object]]:
        all_[0][4] = 7
        return [all_[0], *all_[2:]]

    found = of(tmp_path / "one", rows(without_one))
    assert names(found) == {"removed:01-2:", "points:01-1:points"}
    assert "第二项的注释" not in next(iter(found.changed.values())).decode()
    # Of the file of a group that goes nothing would be left: its line under `parts` goes too, by hand.
    all_gone = of(tmp_path / "all", rows(lambda all_: all_[:3]))
    problem = the_problem(all_gone, Code.D152)
    assert isinstance(problem.place, TextPlace)
    assert problem.place.path.endswith("b.yaml")


def a_new_row(code: object = None, points: object = 2) -> Change:
    def change(all_: list[list[object]]) -> list[list[object]]:
        new = [None, code, all_[0][2], "新项", points, "每起扣 0.5 分\n扣完为止", "甲局", None, "文件", "怎样填"]
        all_[0][4] = 2
        return [all_[0], new, *all_[1:]]

    return rows(change)


@pytest.mark.parametrize(("code", "made"), [(None, "01-4"), ("01-1a", "01-1a")])
def test_a_new_row_is_an_item_whose_rule_is_to_be_written(tmp_path: Path, code: object, made: str) -> None:
    found = of(tmp_path, a_new_row(code))
    assert names(found) == {f"added:{made}:", "points:01-1:points"}
    assert [(one.code, one.values["code"]) for one in found.problems] == [(Code.D160, made)]
    text = next(iter(found.changed.values())).decode()
    assert "        # 评分标准：每起扣 0.5 分\n        #   扣完为止\n        # rule: 待写（请写计分规则）\n" in text
    assert text.index("属于第一项的注释") < text.index("title: 新项") < text.index("第二项的注释")


def test_a_new_group_with_a_row_that_moves_into_it(tmp_path: Path) -> None:
    def change(all_: list[list[object]]) -> list[list[object]]:
        for row in all_[:2]:
            worth(row, "7")
        all_[2][2] = "数字政府\n（3 分）"
        return all_

    found = of(tmp_path, rows(change))
    assert names(found) == {"added:03:", "moved:01-3:", "points:01:points"}
    assert [(one.code, one.values["code"]) for one in found.problems] == [(Code.D182, "01-3")]  # its code is of 01
    assert "01-3 01-3" not in problems_text(found.problems, Language.ZH)  # the cell says of which item it is


@pytest.mark.parametrize("apart", ["、", "，", ",", "；", ";", "\n", " ；\n"])
def test_units_in_one_cell_are_as_many_units_as_there_are(tmp_path: Path, apart: str) -> None:
    def change(sheet: Sheet) -> None:
        sheet.put("01-2", "牵头单位", f"司法局{apart}编办（含下属，共 3 家）")
        sheet.put("01-3", "佐证材料", "台账、会议纪要（签到表、照片）")

    found = of(tmp_path, change)
    assert names(found) == {"lead:01-2:lead", "evidence:01-3:evidence"}
    assert found.revision is not None
    second, third = (found.revision.new.by_code[code] for code in ("01-2", "01-3"))
    assert isinstance(second, Indicator)
    assert isinstance(third, Indicator)
    assert second.lead == ("司法局", "编办（含下属，共 3 家）")
    assert third.evidence == ("台账", "会议纪要（签到表、照片）")


def test_a_name_that_is_known_stays_whole(tmp_path: Path) -> None:
    tree = a_tree(tmp_path)
    part = tree / "a.yaml"
    part.write_text(part.read_text("utf-8").replace("lead: [司法局],", "lead: ['发改、财政局'],"), encoding="utf-8")

    def change(sheet: Sheet) -> None:
        sheet.put("01-2", "说明", "—")
        sheet.put("01-1", "牵头单位", "信访局、发改、财政局、编办")

    found = taken(tree, change, tmp_path / "t.xlsx")
    assert names(found) == {"lead:01-1:lead"}
    assert found.revision is not None
    first = found.revision.new.by_code["01-1"]
    assert isinstance(first, Indicator)
    assert first.lead == ("信访局", "发改、财政局", "编办")


@pytest.mark.parametrize(
    ("heading", "typed", "change"),
    [
        ("分值", "３", None),
        ("分值", "３ 分", None),
        ("编码", "０１－２", None),
        ("编码", "01—2", None),
        ("方面", "０１\n依法行政\n(１０分)", None),
        ("方面", "01\n法治\n（１０ 分）", "title:01:title"),
    ],
)
def test_full_width_is_read_alike_everywhere(tmp_path: Path, heading: str, typed: str, change: str | None) -> None:
    row = "01-1" if heading == "方面" else "01-2"
    found = of(tmp_path, lambda sheet: sheet.put(row, heading, typed))
    assert names(found) == ({change} if change else set())


def test_what_the_rule_cannot_give_is_said_before_it_is_written(tmp_path: Path) -> None:
    tree = a_tree(tmp_path)
    part = tree / "a.yaml"
    steps = "{kind: choice, asks: 公开情况, options: [{option: 全部, score: 3}, {option: 没有, score: 0}]}"
    text = part.read_text("utf-8").replace("fields: [{code: y, name: 已公开, type: yes_no}], ", "")
    part.write_text(text.replace("rule: {kind: all_or_nothing}}", f"rule: {steps}}}", 1), encoding="utf-8")

    def raised(own: object, other: object) -> Change:
        def change(sheet: Sheet) -> None:
            sheet.put("01-2", "分值", own)
            sheet.put("01-1", "分值", other)

        return change

    found = taken(tree, raised(4, 3), tmp_path / "t.xlsx")
    assert names(found) == {"points:01-2:points", "points:01-1:points"}
    (warned,) = found.problems
    assert (warned.code, warned.severity, cell(warned)) == (Code.D182, Severity.WARNING, "B6")
    assert str(warned.values["where"]).endswith("a.yaml:34:9")
    problem = the_problem(taken(tree, raised(2, 5), tmp_path / "t.xlsx"), Code.D153)
    assert (cell(problem), str(problem.values["where"])[-11:]) == ("B6", "a.yaml:34:9")


# ---------------------------------------------------------------- what is refused


def typed(code: object) -> Change:
    return lambda sheet: sheet.put("01-1", "编码", code)


def test_a_code_that_became_a_day_or_a_number(tmp_path: Path) -> None:
    problem = the_problem(of(tmp_path, typed(datetime(2026, 1, 1))), Code.D142)
    assert problem.values["codes"] == ("01-1",)
    assert cell(problem) == "B5"
    number = the_problem(of(tmp_path / "n", typed(2)), Code.D142)
    assert number.values["codes"] == ("—",)  # none of the codes that are gone becomes 2


@pytest.mark.parametrize("code", ["01-9", None, "x"])
@pytest.mark.parametrize("title", ["培训", "培训工作"])
def test_a_row_whose_code_was_retyped_does_not_lose_its_rule(tmp_path: Path, code: object, title: str) -> None:
    def change(sheet: Sheet) -> None:
        row = sheet.row("01-3")
        sheet.put_at(row, "编码", code)
        sheet.put_at(row, "小项", title)

    problem = the_problem(of(tmp_path, change), Code.D190)
    assert (cell(problem), problem.values["code"]) == ("B7", "01-3")


def test_a_row_of_the_same_title_under_another_code_does_not_lose_its_rule(tmp_path: Path) -> None:
    def change(sheet: Sheet) -> None:
        row = sheet.row("01-3")
        sheet.put_at(row, "编码", "01-9")
        sheet.put_at(row, "评分标准", "每次 1 分")

    assert cell(the_problem(of(tmp_path, change), Code.D190)) == "B7"


def test_a_group_whose_code_was_retyped_does_not_lose_what_it_says(tmp_path: Path) -> None:
    def change(sheet: Sheet) -> None:
        sheet.put("02-1", "方面", "09\n窗口\n（10 分）")

    problem = the_problem(of(tmp_path, change), Code.D190)
    assert (cell(problem), problem.values["code"]) == ("C8", "02")


def test_a_code_that_the_yaml_has_by_now_is_no_loss(tmp_path: Path) -> None:
    tree = a_tree(tmp_path)
    table = edited_table(tree, lambda sheet: sheet.put("01-3", "编码", "01-9"), tmp_path / "t.xlsx")
    part = tree / "a.yaml"
    part.write_text(part.read_text(encoding="utf-8").replace('"01-3"', '"01-9"'), encoding="utf-8")
    found = take_back(table, tree)
    assert (names(found), found.changed) == (set(), {})


@pytest.mark.parametrize(
    ("value", "shown_as"),
    [(datetime(2026, 3, 4), "yyyy-mm-dd"), (0.5, "0%"), (0.5, "h:mm"), (3, "0%"), (1.5, "[h]:mm"), (True, "General")],
)
def test_a_day_a_time_or_a_percentage_is_no_points(tmp_path: Path, value: object, shown_as: str) -> None:
    def change(sheet: Sheet) -> None:
        sheet.sheet[sheet.put("01-1", "分值", value)].number_format = shown_as

    assert cell(the_problem(of(tmp_path, change), Code.D146)) == "E5"


@pytest.mark.parametrize("shown_as", ["0.00", '0" 分"', "#,##0_);(#,##0)"])
def test_points_may_be_shown_with_decimals_and_words(tmp_path: Path, shown_as: str) -> None:
    def change(sheet: Sheet) -> None:
        sheet.sheet[sheet.put("01-1", "分值", 4)].number_format = shown_as

    assert names(of(tmp_path, change)) == set()


@pytest.mark.parametrize(("heading", "value"), [("评分标准", "总分不变"), ("说明", "已核"), ("牵头单位", 7)])
def test_what_is_typed_into_the_row_of_the_sum_is_not_passed_over(tmp_path: Path, heading: str, value: object) -> None:
    tree = ROOT / "indicators" / "starter-2026"
    where = []
    table = edited_table(tree, lambda sheet: where.append(sheet.put_at(13, heading, value)), tmp_path / "t.xlsx")
    found = take_back(table, tree)
    assert names(found) == set()
    assert [(one.code, cell(one)) for one in found.problems] == [(Code.D191, where[0])]


def test_a_new_item_may_speak_of_a_sum(tmp_path: Path) -> None:
    def change(sheet: Sheet) -> None:
        sheet.unmerge()
        rows = sheet.texts()
        rows[0][4] = 2
        sheet.write(
            [rows[0], [None, None, rows[0][2], "新项", 2, "每起扣 0.5 分", None, None, None, "合计"], *rows[1:]]
        )

    assert names(of(tmp_path, change)) == {"added:01-4:", "points:01-1:points"}


@pytest.mark.parametrize(("at", "where"), [(0, "D5"), (3, "C8")])
def test_a_new_row_above_the_cell_of_a_group_is_asked_about(tmp_path: Path, at: int, where: str) -> None:
    """As a spreadsheet puts it in: the merged cells below it move down, and it is in none of them."""

    def change(sheet: Sheet) -> None:
        row = sheet.heading + 1 + at
        areas = [area for area in sheet.sheet.merged_cells.ranges if area.min_row >= row]
        sheet.sheet.insert_rows(row)
        for area in areas:
            area.shift(row_shift=1)
        sheet.put_at(row, "小项", "新项")
        sheet.put_at(row, "分值", 0)
        sheet.put_at(row, "评分标准", "每起扣 0.5 分")

    assert cell(the_problem(of(tmp_path, change), Code.D147)) == where


@pytest.mark.parametrize("said", ["1月1日", "2026年1月1日", "2026/1/1", "1/1", "１月１日"])
def test_a_day_that_was_typed_as_text(tmp_path: Path, said: str) -> None:
    problem = the_problem(of(tmp_path, typed(said)), Code.D142)
    assert problem.values["codes"] == ("01-1",)


def test_codes_that_were_renumbered(tmp_path: Path) -> None:
    def gone(all_: list[list[object]]) -> list[list[object]]:
        all_[1][1], all_[2][1], all_[1][4] = "01-1", "01-2", 7
        return all_[1:]

    problem = the_problem(of(tmp_path / "gone", rows(gone)), Code.D181)
    assert "01-1（导出时是 01-2）、01-2（导出时是 01-3）" in problems_text([problem], Language.ZH)

    def put_in(all_: list[list[object]]) -> list[list[object]]:
        all_[1][1], all_[2][1] = "01-3", "01-4"
        return [all_[0], [None, "01-2", all_[0][2], "新项", 0], *all_[1:]]

    problem = next(one for one in of(tmp_path / "in", rows(put_in)).problems if one.code is Code.D181)
    assert "01-3（导出时是 01-2）、01-4（导出时是 01-3）" in problems_text([problem], Language.ZH)


def test_all_that_can_be_known_is_told_at_once(tmp_path: Path) -> None:
    def change(sheet: Sheet) -> None:
        sheet.put("01-1", "编码", datetime(2026, 1, 1))
        sheet.put("01-2", "分值", "一分")
        sheet.put("01-3", "评分标准", "每起扣 1 分")
        sheet.put("02-1", "小项", None)
        sheet.book.worksheets[1]["A1"].value = "规定"

    found = of(tmp_path, change)
    assert sorted(one.code for one in found.problems) == [Code.D142, Code.D145, Code.D146, Code.D146, Code.D180]
    assert not found.is_read  # sums and rules are still to be seen


def test_all_that_is_refused_is_told_at_once(tmp_path: Path) -> None:
    """A lost code does not hide what is wrong in the rows whose codes are known: nobody sends a table back twice."""

    def change(sheet: Sheet) -> None:
        sheet.put("01-2", "评分标准", "另一标准")
        sheet.put("01-3", "分值", "四分")
        sheet.put("01-1", "编码", datetime(2026, 1, 1))

    found = of(tmp_path, change)
    assert [(one.code, cell(one)) for one in found.problems] == [
        (Code.D142, "B5"),
        (Code.D145, "F6"),
        (Code.D146, "E7"),
    ]
    assert not found.changed


def test_two_rows_with_one_code(tmp_path: Path) -> None:
    problem = the_problem(of(tmp_path, lambda sheet: sheet.put("01-2", "编码", "01-1")), Code.D143)
    assert cell(problem) == "B6"
    assert [one.cell for one in problem.see_also if isinstance(one, CellPlace)] == ["B5"]


def test_two_cells_of_a_group_that_say_different_things(tmp_path: Path) -> None:
    def change(all_: list[list[object]]) -> list[list[object]]:
        worth(all_[1], "11")
        return all_

    assert cell(the_problem(of(tmp_path, rows(change)), Code.D143)) == "C6"


def printed_again(first: str, again: str, *, without_first: bool = False) -> Change:
    """The group 01 over two pages: what its first cell says, and what the one that is printed again says."""

    def change(all_: list[list[object]]) -> list[list[object]]:
        assert [row[2] for row in all_[:2]] == ["01\n依法行政\n（10 分）"] * 2
        all_[0][2], all_[1][2] = first, again
        for row in all_[2:]:
            row[2] = again if str(row[2]).startswith("01\n") else row[2]
        if without_first:
            all_[1][4] = float(str(all_[0][4])) + float(str(all_[1][4]))  # so that the points still add up
        return all_[1:] if without_first else all_

    return rows(change)


@pytest.mark.parametrize(
    ("first", "again", "wanted"),
    [
        ("01\n依法行政\n（10 分）", "01\n依法行政（续）\n（10 分）", set()),
        ("01\n依法履职\n（10 分）", "01\n依法行政（续）\n（10 分）", {"title:01:title"}),
        ("01\n依法履职\n（10 分）", "01\n依法履职（续）\n（10 分）", {"title:01:title"}),
    ],
)
def test_a_group_printed_again_on_another_page_is_the_same_group(
    tmp_path: Path, first: str, again: str, wanted: set[str]
) -> None:
    found = of(tmp_path, printed_again(first, again))
    assert names(found) == wanted
    assert "（续）" not in "".join(text.decode() for text in found.changed.values())


def test_a_change_in_the_cell_that_is_printed_again_is_not_lost(tmp_path: Path) -> None:
    change = printed_again("01\n依法行政\n（10 分）", "01\n依法履职（续）\n（10 分）")
    found = of(tmp_path, change)
    assert (found.revision, found.changed) == (None, {})
    assert [(one.code, cell(one)) for one in found.problems] == [(Code.D143, "C6"), (Code.D143, "C7")]


def test_a_group_whose_first_page_is_gone_keeps_its_title(tmp_path: Path) -> None:
    found = of(tmp_path, printed_again("01\n依法行政\n（10 分）", "01\n依法行政（续）\n（10 分）", without_first=True))
    assert names(found) == {"points:01-2:points", "removed:01-1:"}


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [
        ("分值", "四分", Code.D146),
        ("分值", None, Code.D146),
        ("分值", "乡镇 4\n部门 3", Code.D146),
        ("分值", "镇街 4", Code.D146),
        ("小项", None, Code.D146),
        ("编码", "01 1", Code.D146),
        ("编码", "02", Code.D146),
        ("评分标准", "每起扣 1 分", Code.D145),
        ("方面", "01\n依法行政\n（10 分，加分项）", Code.D145),
        ("方面", "依法行政", Code.D146),
        ("方面", "01\n依法行政", Code.D146),
    ],
)
def test_a_cell_that_cannot_be_used(tmp_path: Path, heading: str, value: object, code: Code) -> None:
    at: list[str] = []
    found = of(tmp_path, lambda sheet: at.append(sheet.put("01-1", heading, value)))
    assert cell(the_problem(found, code)) == at[0]


def test_the_standard_is_changed_where_the_rule_is(tmp_path: Path) -> None:
    problem = the_problem(of(tmp_path, lambda sheet: sheet.put("01-1", "评分标准", "每起扣 1 分")), Code.D145)
    assert str(problem.values["rule"]).endswith("small/a.yaml:10:9")


def test_sums_that_no_longer_hold_are_both_shown_at_the_group(tmp_path: Path) -> None:
    problem = the_problem(of(tmp_path, lambda sheet: sheet.put("01-1", "分值", 5)), Code.D154)
    assert cell(problem) == "C5"
    assert problem.values["points"] == "10"
    assert "11" in str(problem.values["found"])


def test_a_table_that_was_sorted(tmp_path: Path) -> None:
    found = of(tmp_path, rows(lambda all_: [all_[0], all_[3], all_[1], all_[2], all_[4]]))
    assert [(one.code, cell(one), one.values["group"]) for one in found.problems] == [(Code.D144, "D7", "01")]
    assert found.revision is None


def test_no_cell_of_an_export_is_changed_without_a_word(tmp_path: Path) -> None:
    """Whatever else stands in a cell is taken or told; but numbers of rows, the label of their sum, and headings."""
    tree = a_tree(tmp_path)
    part = tree / "a.yaml"
    part.write_text(part.read_text("utf-8").replace("{town: 3, others: 3}", "3"), encoding="utf-8")
    table = exported(tree, tmp_path / "t.xlsx")
    cells = [
        (number, filled.coordinate)
        for number, sheet in enumerate(Sheet(table).book.worksheets[:2])
        for row in sheet.iter_rows()
        for filled in row
        if filled.value is not None and (number or filled.row <= 6 or filled.row == sheet.max_row)
    ]
    assert {"A1", "D5", "E10"} <= {at for number, at in cells if not number}
    second = [one for one in cells if one[0]]
    assert len(second) > 10
    first = [one for one in cells if one[0] == 0 and one[1] not in {"A5", "A6", "A10"} and one[1][1:] != "4"]
    for number, at in [*first, *second[::4], second[-1]]:
        sheet = Sheet(table)
        found = sheet.book.worksheets[number][at]
        found.value = 7.5 if at == "E10" or isinstance(found.value, (int, float)) else f"{found.value}改"
        sheet.path = tmp_path / "edited.xlsx"
        back = take_back(sheet.save(), tree)
        assert back.problems or back.changed, (number, at)
        if number or at in {"A1", "A2", "A3", "E10"}:
            problem = the_problem(back, Code.D180)
            assert cell(problem) == at


def test_rules_put_in_or_taken_out_beside_the_table_and_lines_above_it(tmp_path: Path) -> None:
    tree = a_tree(tmp_path)

    def added(sheet: Sheet) -> None:
        second = sheet.book.worksheets[1]
        second.cell(second.max_row + 1, 1).value = "新规定"
        second.cell(second.max_row, 2).value = "逐级审核"

    def gone(sheet: Sheet) -> None:
        sheet.book.worksheets[1].delete_rows(5)

    def renamed(sheet: Sheet) -> None:
        sheet.book.worksheets[1].title = "规定"
        added(sheet)

    for change in (added, gone, renamed):
        the_problem(taken(tree, change, tmp_path / "t.xlsx"), Code.D180)

    def above(sheet: Sheet) -> None:
        sheet.unmerge()
        sheet.sheet["A3"].value = "征求意见稿"
        sheet.sheet.insert_rows(1)
        sheet.sheet["A1"].value = "附件"
        del sheet.book["其他规定"]

    assert taken(tree, above, tmp_path / "t.xlsx").problems == ()


def test_a_row_that_moved_without_saying_where(tmp_path: Path) -> None:
    def change(all_: list[list[object]]) -> list[list[object]]:
        for row in (all_[1], all_[2], all_[4]):
            row[2] = None  # as unmerging leaves them
        return [all_[0], all_[2], all_[3], all_[1], all_[4]]

    problem = the_problem(of(tmp_path, rows(change)), Code.D147)
    assert problem.values["code"] == "01-2"
    assert cell(problem) == "C8"  # the one that is to be filled in


def test_unmerged_cells_are_read_as_the_cell_above(tmp_path: Path) -> None:
    def change(all_: list[list[object]]) -> list[list[object]]:
        for row in (all_[1], all_[2], all_[4]):
            row[2] = None
        return all_

    assert names(of(tmp_path, rows(change))) == set()


def test_a_new_row_has_to_be_complete(tmp_path: Path) -> None:
    assert cell(the_problem(of(tmp_path, a_new_row(points=None)), Code.D146)) == "E6"

    def remark(all_: list[list[object]]) -> list[list[object]]:
        return [*all_, [None, None, None, None, None, None, None, None, None, "备注"]]

    assert the_problem(of(tmp_path / "r", rows(remark)), Code.D148)

    def group(all_: list[list[object]]) -> list[list[object]]:
        all_[2][2] = "数字政府"
        return all_

    assert cell(the_problem(of(tmp_path / "g", rows(group)), Code.D148)) == "C7"


def test_columns_that_are_gone(tmp_path: Path) -> None:
    def gone(heading: str) -> Change:
        def change(sheet: Sheet) -> None:
            sheet.sheet.cell(sheet.heading, sheet.columns[heading]).value = None

        return change

    found = of(tmp_path, gone("说明"))
    assert [(one.code, one.severity) for one in found.problems] == [(Code.D149, Severity.WARNING)]
    assert names(found) == set()
    for heading in ("方面", "小项"):  # and nothing that only follows from it
        problem = the_problem(of(tmp_path / heading, gone(heading)), Code.D157)
        assert problem.values["part"] == heading
    problem = the_problem(of(tmp_path / "p", gone("分值")), Code.N132)
    assert (problem.values["missing"], cell(problem)) == (("分值",), "A4")
    assert "序号、编码、方面、小项、评分标准" in problems_text([problem], Language.ZH)


@pytest.mark.parametrize(
    ("heading", "called"),
    [("分值", "分值（分）"), ("分值", "分值(分)"), ("分值", "分 数"), ("牵头单位", "牵头部门"), ("编码", "编号")],
)
def test_headings_that_say_the_same_in_other_words(tmp_path: Path, heading: str, called: str) -> None:
    def change(sheet: Sheet) -> None:
        sheet.put("01-2", heading if heading == "牵头单位" else "说明", "甲局")
        sheet.sheet.cell(sheet.heading, sheet.columns[heading]).value = called

    found = of(tmp_path, change)
    assert len(names(found)) == 1
    assert found.problems == ()


def test_merged_cells_of_several_rows(tmp_path: Path) -> None:
    def change(sheet: Sheet) -> None:
        at = sheet.columns["牵头单位"]
        sheet.sheet.merge_cells(start_row=5, end_row=6, start_column=at, end_column=at)

    assert cell(the_problem(of(tmp_path, change), Code.D156)) == "G5"


def test_the_table_of_another_tree(tmp_path: Path) -> None:
    table = exported(ROOT / "indicators" / "wuhua-2020", tmp_path / "t.xlsx")
    the_problem(take_back(table, a_tree(tmp_path)), Code.D150)


def test_what_comes_from_a_block_is_changed_there(tmp_path: Path) -> None:
    def change(sheet: Sheet) -> None:
        sheet.put("02-1", "分值", 5)
        sheet.put("02-2", "分值", 5)

    problem = the_problem(of(tmp_path, change), Code.D151)
    assert problem.values["code"] == "02-1"
    assert "tree.yaml:" in str(problem.values["block"])
    found = of(tmp_path / "own", lambda sheet: sheet.put("02-1", "小项", "东边的窗口"))
    assert names(found) == {"title:02-1:title"}


def test_a_tree_that_would_have_an_error(tmp_path: Path) -> None:
    problem = the_problem(of(tmp_path, lambda sheet: sheet.put("01-2", "分值", -3)), Code.D153)
    assert cell(problem) == "B6"
    file, line, _ = str(problem.values["where"]).rsplit(":", 2)
    assert '"01-2"' in Path(file).read_text(encoding="utf-8").splitlines()[int(line) - 1]


def test_nodes_in_brackets_are_not_put_in(tmp_path: Path) -> None:
    tree = a_tree(tmp_path)
    part = tree / "b.yaml"
    text = part.read_text(encoding="utf-8")
    first, second = text.index("  - {block"), text.index("  - code")
    use = text[first:second].strip().removeprefix("- ")
    own = '{code: "02-2", block: window, title: 西窗口, points: 6, note: 一段 说明}'
    part.write_text(text[:first].rstrip() + f" [{use}, {own}]\n", encoding="utf-8")
    found = taken(tree, lambda sheet: sheet.put("02-2", "说明", "另一段"), tmp_path / "t.xlsx")
    assert names(found) == {"note:02-2:note"}
    found = taken(tree, rows(lambda all_: [*all_[:3], all_[4], all_[3]]), tmp_path / "t.xlsx")
    problem = the_problem(found, Code.D152)
    assert isinstance(problem.place, TextPlace)
    assert problem.place.path.endswith("b.yaml")


def test_a_move_that_would_change_more_than_the_table_says(tmp_path: Path) -> None:
    tree = a_tree(tmp_path)
    part = tree / "b.yaml"
    part.write_text(
        part.read_text(encoding="utf-8").replace("  title: 窗口\n", "  title: 窗口\n  lead: [窗口办]\n"),
        encoding="utf-8",
    )

    def change(all_: list[list[object]]) -> list[list[object]]:
        for row in all_[:2]:
            worth(row, "7")
        for row in all_[3:]:
            worth(row, "13")
        all_[2][2] = all_[3][2]
        return all_

    found = taken(tree, rows(change), tmp_path / "t.xlsx")
    problem = the_problem(found, Code.D155)
    assert "01-3 牵头单位" in problems_text([problem], Language.ZH)


# ---------------------------------------------------------------- several tables, one after the other


def test_two_reviewers_one_after_the_other(tmp_path: Path) -> None:
    tree = a_tree(tmp_path)
    one = edited_table(tree, lambda sheet: sheet.put("01-1", "小项", "办结率"), tmp_path / "1.xlsx")
    two = edited_table(tree, lambda sheet: sheet.put("02-2", "说明", "乙的说明"), tmp_path / "2.xlsx")
    same = edited_table(tree, lambda sheet: sheet.put("01-1", "小项", "办结率"), tmp_path / "3.xlsx")
    other = edited_table(tree, lambda sheet: sheet.put("01-1", "小项", "回复及时率"), tmp_path / "4.xlsx")
    write_taken(take_back(one, tree), tree)
    second = take_back(two, tree)
    assert names(second) == {"note:02-2:note"}
    moved = next(each for each in second.problems if each.code is Code.D141)
    assert (cell(moved), moved.values["written"], moved.values["found"]) == ("D5", "回复率", "办结率")
    write_taken(second, tree)
    assert names(take_back(same, tree)) == set()
    conflict = the_problem(take_back(other, tree), Code.D140)
    assert (cell(conflict), conflict.values["today"], conflict.values["now"]) == ("D5", "办结率", "回复及时率")


def test_what_the_tree_gained_or_lost_since_the_export_stays_so(tmp_path: Path) -> None:
    tree = a_tree(tmp_path)
    table = exported(tree, tmp_path / "1.xlsx")
    gone = edited_table(tree, lambda sheet: sheet.put("01-2", "说明", "乙的说明"), tmp_path / "3.xlsx")
    removal = edited_table(tree, rows(lambda all_: [[*all_[0][:4], 7, *all_[0][5:]], *all_[2:]]), tmp_path / "2.xlsx")
    write_taken(take_back(removal, tree), tree)
    again = take_back(table, tree)
    assert names(again) == set()
    assert {(cell(one), one.code) for one in again.problems} >= {("B6", Code.D141)}
    assert cell(the_problem(take_back(gone, tree), Code.D140)) == "B6"


def test_a_new_row_is_put_in_once_and_other_tables_are_taken_all_the_same(tmp_path: Path) -> None:
    tree = a_tree(tmp_path)
    added = edited_table(tree, a_new_row(), tmp_path / "1.xlsx")
    other = edited_table(tree, lambda sheet: sheet.put("02-2", "说明", "乙的说明"), tmp_path / "2.xlsx")
    write_taken(take_back(added, tree), tree)
    assert names(take_back(added, tree)) == set()
    assert names(take_back(other, tree)) == {"note:02-2:note"}


def test_rows_that_both_sides_moved_otherwise(tmp_path: Path) -> None:
    tree = a_tree(tmp_path)
    one = edited_table(tree, rows(lambda all_: [all_[1], all_[0], *all_[2:]]), tmp_path / "1.xlsx")
    two = edited_table(tree, rows(lambda all_: [all_[2], all_[1], all_[0], *all_[3:]]), tmp_path / "2.xlsx")
    write_taken(take_back(one, tree), tree)
    assert names(take_back(one, tree)) == set()
    the_problem(take_back(two, tree), Code.D140)
