"""The office's own workbooks as people return them: every code at its cell, and one bad row stops no other.

Reaches ``workbook/office/answers.py``, ``workbook/office/entries.py``, ``workbook/office/files.py``,
``workbook/office/known.py``.
"""

import json
import math
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from builders import CLAIM, a_submission, a_unit
from office import TREE, UNITS, the_tree
from sheets import a_workbook

from lawgov_score.catalogue import Code
from lawgov_score.model import AnswerState, Letter, Review, Submission, Tree
from lawgov_score.problems import CellPlace, Problem, TextPlace, is_error
from lawgov_score.report import part, problems_json, problems_text
from lawgov_score.wording import Language
from lawgov_score.workbook.forms.layout import STAMP_SHEET
from lawgov_score.workbook.office.intake import read_review


def read(
    tmp_path: Path, sheets: Mapping[str, str], *, tree: Tree = TREE, submissions: tuple[Submission, ...] | None = None
) -> tuple[Review, tuple[Problem, ...]]:
    a_workbook(tmp_path / "office.xlsx", sheets)
    return read_review([tmp_path], tree, UNITS, submissions)


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    """Code and cell of each problem."""
    found = []
    for problem in problems:
        assert isinstance(problem.place, CellPlace)
        found.append((str(problem.code), problem.place.cell))
    return found


def see_also(problem: Problem) -> list[str]:
    assert not any(isinstance(place, TextPlace) for place in problem.see_also)
    return [place.cell for place in problem.see_also if isinstance(place, CellPlace)]


MARKS = "| 单位 | 指标 | 评审人 | 评分 | 评分理由 |\n"
CHANGES = "| 单位 | 指标 | 原得分 | 改后得分 | 改分理由 | 复核人 | 复核日期 |\n"
RULINGS = "| 单位 | 指标 | 认定意见 | 认定理由 | 认定人 | 认定日期 |\n"
REGISTER = "| 单位 | 类别 | 级别 | 事项 | 次数 | 发生日期 | 依据材料 |\n"


def test_good_rows_of_every_sheet(tmp_path: Path) -> None:
    review, problems = read(
        tmp_path,
        {
            "打分": MARKS
            + "| B-1 甲局 | 01-1 决策程序 | 张三 | 4.5 | 缺一项 |\n| 甲局 | 决策程序 | 李四 | '4分 | 同上 |",
            "改分": CHANGES + "| B-2 | 01-2 | 1 | 1.5 | 补交材料 | 王五 | @2024-03-05 |",
            "认定": RULINGS + "| 乙局 | 01-2 | 不同意 | 有备案职责 | 王五 | '2024年3月6日 |",
            "登记": REGISTER
            + "| B-1 | A1 表彰奖励 | 省级 | 示范单位 | | @2024-06-01 | 省发1号 |\n"
            + "| B-1 | A2 | | 被通报 | 2 | @2024-07-01 | 通报 |\n"
            + "| T-1 | 重大事件 | | 群体事件 | | @2024-08-01 | 报告 |",
            "其他": "| 单位 | 02-1.came | 02-1.all | 02-3.good |\n| B-1 | 9 | 10 | 7 |\n| T-1 | | 3 | |",
        },
    )
    assert problems == ()
    assert [(m.unit, m.indicator, m.reviewer, m.mark, m.reason) for m in review.marks] == [
        ("B-1", "01-1", "张三", 4.5, "缺一项"),
        ("B-1", "01-1", "李四", 4.0, "同上"),
    ]
    (change,) = review.changes
    assert (change.unit, change.indicator, change.before, change.after) == ("B-2", "01-2", 1.0, 1.5)
    assert (change.reason, change.reviewer, change.date) == ("补交材料", "王五", 45356.0)
    assert change.place == CellPlace((tmp_path / "office.xlsx").as_posix(), "改分", "D2")
    (ruling,) = review.rulings
    assert (ruling.unit, ruling.indicator, ruling.is_granted, ruling.date) == ("B-2", "01-2", False, 45357.0)
    assert [(e.unit, e.kind, e.level, e.times) for e in review.register] == [
        ("B-1", "A1", "省级", 1.0),
        ("B-1", "A2", "", 2.0),
        ("T-1", "V1", "", 1.0),
    ]
    assert {k: a.value for k, a in review.answers["B-1"].items()} == {
        "02-1.came": 9.0,
        "02-1.all": 10.0,
        "02-3.good": 7,
    }
    assert review.answers["T-1"]["02-1.came"].state is AnswerState.MISSING
    assert review.units == {"B-1", "B-2", "T-1"}
    ((path, fingerprint),) = review.inputs
    assert path.endswith("office.xlsx")
    assert len(fingerprint) == 64


def test_columns_in_any_order_with_a_title_above_and_blank_rows(tmp_path: Path) -> None:
    review, problems = read(
        tmp_path,
        {
            "x": "| 2023 年度评审打分 |\n| 评分理由 | 评 分 | 备注 | 指标编码 | 单位编码 | 评委 |\n"
            "| | | | 01-1 | B-1 | 张三 |\n| 好 | 5 | 无 | 01-1 | B-2 | 张三 |"
        },
    )
    assert told(problems) == [("A108", "C2")]  # 备注 is nobody's column; the third row was only prepared
    assert see_also(problems[0]) == ["C4"]
    assert [(m.unit, m.mark) for m in review.marks] == [("B-2", 5.0)]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("| C-9 | 01-1 | 张三 | 4 | 好 |", ("A201", "A2")),
        ("| | 01-1 | 张三 | 4 | 好 |", ("A206", "A2")),
        ("| B-1 | 09-1 | 张三 | 4 | 好 |", ("A202", "B2")),
        ("| B-1 | @2024-05-04 | 张三 | 4 | 好 |", ("A202", "B2")),
        ("| B-1 | 01-2 | 张三 | 1 | 好 |", ("A203", "B2")),
        ("| B-1 | 01-1 | 张三 | 约4 | 好 |", ("A204", "D2")),
        ("| B-1 | 01-1 | 张三 | 5.5 | 好 |", ("A205", "D2")),
        ("| B-1 | 01-1 | 张三 | -1 | 好 |", ("A205", "D2")),
        ("| B-1 | 01-1 | 张三 | | 好 |", ("A206", "D2")),
        ("| B-1 | 01-1 | 张三 | 4 | |", ("A206", "E2")),
        ("| B-1 | 01-1 | | 4 | 好 |", ("A206", "C2")),
        ("| B-1 | 01-1 | 张三 | =1+2 | 好 |", ("S214", "D2")),
        ("| B-1 | 01-1 | 张三 | #DIV/0! | 好 |", ("S215", "D2")),
    ],
)
def test_faults_of_a_mark(row: str, found: tuple[str, str], tmp_path: Path) -> None:
    review, problems = read(tmp_path, {"打分": f"{MARKS}{row}\n| B-2 | 01-1 | 张三 | 3 | 一般 |"})
    assert told(problems) == [found]
    assert is_error(problems[0])
    assert [(m.unit, m.mark) for m in review.marks] == [("B-2", 3.0)]


def test_all_faults_of_a_row_at_once(tmp_path: Path) -> None:
    _, problems = read(tmp_path, {"改分": CHANGES + "| X | Y | 一 | 9 | | | 3月底 |"})
    assert told(problems) == [
        ("A201", "A2"),
        ("A202", "B2"),
        ("A204", "C2"),
        ("A206", "E2"),
        ("A206", "F2"),
        ("A214", "G2"),
    ]


def test_a_reviewer_marks_twice(tmp_path: Path) -> None:
    review, problems = read(
        tmp_path,
        {
            "打分": MARKS
            + "| B-1 | 01-1 | 张三 | 4 | 好 |\n| 甲局 | 01-1 | 张 三 | 3 | 中 |\n| B-1 | 01-1 | 李四 | 4 | 好 |"
        },
    )
    assert told(problems) == [("A207", "D3")]
    assert see_also(problems[0]) == ["D2"]
    assert [m.reviewer for m in review.marks] == ["李四"]


def test_two_copies_of_one_workbook_are_read_together(tmp_path: Path) -> None:
    a_workbook(tmp_path / "1.xlsx", {"评审打分": MARKS + "| B-1 | 01-1 | 张三 | 4 | 好 |"})
    a_workbook(tmp_path / "2.xlsx", {"评审打分": MARKS + "| B-1 | 01-1 | 李四 | 3 | 中 |"})
    review, problems = read_review([tmp_path, tmp_path / "1.xlsx"], TREE, UNITS)
    assert problems == ()
    assert [m.reviewer for m in review.marks] == ["张三", "李四"]


def test_faults_of_changes(tmp_path: Path) -> None:
    review, problems = read(
        tmp_path,
        {
            "改分": CHANGES
            + "| B-1 | 01-2 | 1 | 2.5 | 补交 | 王五 | @2024-03-05 |\n"
            + "| B-1 | 01-1 | 1 | 2 | 补交 | 王五 | |\n"
            + "| B-2 | 01-2 | 1 | 2 | 补交 | 王五 | @2024-03-05 |\n"
            + "| B-2 | 01-2 | 1 | 1.5 | 更正 | 王五 | @2024-03-06 |\n"
            + "| T-1 | 01-3 | 1 | 0 | 更正 | 王五 | @2024-03-06 |\n"
            + "| T-1 | 01-1 | | 0 | 更正 | 王五 | @2024-03-06 |"
        },
    )
    assert told(problems) == [("A205", "D2"), ("A206", "G3"), ("A208", "D5"), ("A218", "B6")]
    assert see_also(problems[2]) == ["D4"]
    assert [(c.unit, math.isnan(c.before), c.after) for c in review.changes] == [("T-1", True, 0.0)]


def test_faults_of_rulings(tmp_path: Path) -> None:
    row = "有理由 | 王五 | @2024-03-05 |"
    review, problems = read(
        tmp_path,
        {
            "认定": RULINGS
            + f"| B-1 | 01-1 | 同意 | {row}\n"
            + f"| B-1 | 01-2 | 原则同意 | {row}\n"
            + f"| B-1 | 01-3 | 同意 | {row}\n"
            + f"| B-2 | 01-2 | 同意 | {row}\n"
            + f"| T-1 | 01-2 | 同意 | {row}\n"
            + f"| T-1 | 01-2 | 不同意 | {row}"
        },
        submissions=(
            a_submission(unit="B-1", answers={"01-2.x": CLAIM, "01-3.x": 0.5}),
            a_submission(unit="B-2", answers={"01-2.x": CLAIM}),
            a_submission(unit="T-1", answers={"01-2.x": CLAIM}),
        ),
    )
    assert told(problems) == [("A209", "B2"), ("A211", "C3"), ("A210", "C4"), ("A208", "C7")]
    assert not is_error(problems[2])
    assert [(r.unit, r.indicator) for r in review.rulings] == [("B-1", "01-3"), ("B-2", "01-2")]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("| B-1 | A9 | | 事 | | @2024-06-01 | 文 |", ("A212", "B2")),
        ("| B-1 | A1 | 部级 | 事 | | @2024-06-01 | 文 |", ("A213", "C2")),
        ("| B-1 | A1 | | 事 | | @2024-06-01 | 文 |", ("A213", "C2")),
        ("| B-1 | A2 | 省级 | 事 | | @2024-06-01 | 文 |", ("A213", "C2")),
        ("| B-1 | A2 | | 事 | | | 文 |", ("A206", "F2")),
        ("| B-1 | A2 | | 事 | | 六月 | 文 |", ("A214", "F2")),
        ("| B-1 | A2 | | | | @2024-06-01 | 文 |", ("A206", "D2")),
        ("| B-1 | A2 | | 事 | 0 | @2024-06-01 | 文 |", ("A216", "E2")),
        ("| B-1 | A2 | | 事 | 1.5 | @2024-06-01 | 文 |", ("A216", "E2")),
        ("| B-1 | A2 | | 事 | 两次 | @2024-06-01 | 文 |", ("A216", "E2")),
        ("| B-1 | A2 | | 事 | =1+1 | @2024-06-01 | 文 |", ("S214", "E2")),
    ],
)
def test_faults_of_the_register(row: str, found: tuple[str, str], tmp_path: Path) -> None:
    review, problems = read(tmp_path, {"登记": f"{REGISTER}{row}\n| B-2 | A2 | | 事 | 3次 | 2024-06-01 | 文 |"})
    assert told(problems) == [found]
    assert [(e.unit, e.times) for e in review.register] == [("B-2", 3.0)]


@pytest.mark.parametrize("lang", list(Language))
def test_a_level_where_there_is_none_is_to_be_cleared_and_no_other_is_suggested(lang: Language, tmp_path: Path) -> None:
    _, problems = read(tmp_path, {"登记": f"{REGISTER}| B-1 | A2 | 省级 | 事 | | @2024-06-01 | 文 |"})
    hint = part(problems[0], "hint", lang)
    assert ("清空" if lang is Language.ZH else "Clear the cell") in hint
    _, problems = read(tmp_path, {"登记": f"{REGISTER}| B-1 | A1 | 国家 | 事 | | @2024-06-01 | 文 |"})
    assert part(problems[0], "hint", lang) == hint  # 国家级 is near, and worth points: nobody is told to choose it


def test_warnings_of_the_register_leave_the_rows_in(tmp_path: Path) -> None:
    row = "| B-1 | A2 | | 事 | | @2024-06-01 | |"
    review, problems = read(tmp_path, {"登记": f"{REGISTER}{row}\n{row}"})
    assert told(problems) == [("A215", "G2"), ("A217", "B3")]
    also = [place.cell for place in problems[0].also if isinstance(place, CellPlace)]
    assert also == ["G3"]  # one column is one problem
    assert see_also(problems[1]) == ["B2"]
    assert not any(map(is_error, problems))
    assert len(review.register) == 2


def test_a_name_that_is_missing_in_a_whole_column_is_one_problem(tmp_path: Path) -> None:
    """A reviewer marks ten units and signs nowhere, under a name that no unit has three times: two things to mend."""
    unit, other = UNITS[0].code, "不存在的局"
    indicator = next(one.code for one in TREE.indicators if one.is_judged)
    rows = [f"| {unit} | {indicator} | | 1 | 理由 |"] * 10 + [f"| {other} | {indicator} | 甲 | 1 | 理由 |"] * 3
    review, problems = read(tmp_path, {"评审打分": MARKS + "\n".join(rows)})
    assert told(problems) == [("A206", "C2"), ("A201", "A12")]
    also = [[place.cell for place in problem.also if isinstance(place, CellPlace)] for problem in problems]
    assert also == [[f"C{row}" for row in range(3, 12)], ["A13", "A14"]]
    assert review.marks == ()
    for lang in Language:
        assert len(problems_text(problems, lang).splitlines()) <= 14
        records = json.loads(problems_json(problems, lang))
        assert [len(record["also"]) for record in records] == [9, 2]


def test_figures_of_the_office_are_checked_like_a_units_own(tmp_path: Path) -> None:
    review, problems = read(
        tmp_path,
        {
            "其他": "| | 群众评议 | | | | | |\n| 单位 | 02-1.came | 02-1.all | 02-2.x | 02-3.good | 01-2.x | 02-9.y |\n"
            "| B-1 | 11 | 10 | 120 | 约5 | | |\n| T-1 | 1 | 2 | 50% | =A1 | | |\n| C | 1 | 2 | | | | |\n"
            "| B-2 | 1 | 2 | | | | |\n| 乙局 | 1 | 3 | 90% | | | |"
        },
    )
    assert told(problems) == [
        ("S117", "F2"),
        ("S117", "G2"),
        ("S208", "B3"),
        ("S202", "D3"),
        ("S201", "E3"),
        ("A218", "D4"),
        ("S214", "E4"),
        ("A201", "A5"),
        ("S211", "C7"),
    ]
    own = review.answers["B-2"]
    assert (own["02-1.came"].value, own["02-2.x"].value, own["02-1.all"].state) == (1.0, 0.9, AnswerState.INVALID)
    assert review.answers["B-1"]["02-1.came"].state is AnswerState.INVALID
    assert "02-2.x" not in review.answers["T-1"]


def test_letters_are_read_as_marks(tmp_path: Path) -> None:
    tree = the_tree(letters=(Letter("A", 4.0), Letter("B+", 3.5)))
    rows = "| B-1 | 01-1 | 张三 | b+ | 好 |\n| B-2 | 01-1 | 张三 | C | 好 |"
    review, problems = read(tmp_path, {"打分": MARKS + rows}, tree=tree)
    assert told(problems) == [("A204", "D3")]
    assert [m.mark for m in review.marks] == [3.5]


def test_a_name_that_two_units_have_is_nobodys(tmp_path: Path) -> None:
    a_workbook(
        tmp_path / "a.xlsx", {"打分": MARKS + "| 司法所 | 01-1 | 张三 | 4 | 好 |\n| X2 司法所 | 01-1 | 张三 | 4 | 好 |"}
    )
    units = (a_unit(code="X1", name="司法所"), a_unit(code="X2", name="司法所"))
    review, problems = read_review([tmp_path], TREE, units)
    assert told(problems) == [("A201", "A2")]
    assert [m.unit for m in review.marks] == ["X2"]


# ---------------------------------------------------------------- files


def stamped(path: Path, sheets: Mapping[str, str], **said: str) -> Path:
    a_workbook(path, sheets)
    book = openpyxl.load_workbook(path)
    page = book.create_sheet(STAMP_SHEET)
    stamp = {"format": "1", "tree": TREE.code, "edition": TREE.edition, "fingerprint": TREE.fingerprint}
    for name, text in {**stamp, "book": "marks", **said}.items():
        page.append([name, text])
    book.save(path)
    return path


ROW = "| B-1 | 01-1 | 张三 | 4 | 好 |"


@pytest.mark.parametrize(
    ("said", "code"),
    [({"tree": "other"}, Code.A103), ({"edition": "1999"}, Code.A104), ({"fingerprint": "1" * 64}, Code.S120)],
)
def test_a_workbook_of_another_tree_or_edition(said: dict[str, str], code: Code, tmp_path: Path) -> None:
    path = stamped(tmp_path / "a.xlsx", {"评审打分": MARKS + ROW}, **said)
    review, problems = read_review([path], TREE, UNITS)
    assert [(p.code, p.place) for p in problems] == [(code, CellPlace(path.as_posix()))]
    assert len(review.marks) == (code is Code.S120)


def test_sheets_and_headings_that_are_missing(tmp_path: Path) -> None:
    gone = stamped(tmp_path / "a.xlsx", {"填写说明": "| 说明 |"})
    assert [p.code for p in read_review([gone], TREE, UNITS)[1]] == [Code.A101]
    renamed = stamped(tmp_path / "b.xlsx", {"评审打分": "| 单位 | 指标 | 谁 | 多少 | 评分理由 |\n" + ROW})
    found = read_review([renamed], TREE, UNITS)[1]
    assert [(p.code, p.values["heading"].zh) for p in found] == [  # type: ignore[attr-defined]  # Words
        (Code.A102, "评审人"),
        (Code.A102, "评分"),
    ]
    assert {p.place for p in found} == {CellPlace(renamed.as_posix(), "评审打分", "A1")}
    plain = a_workbook(tmp_path / "c.xlsx", {"x": "| 单位 | 类别 | 事项 | 时候 |\n| B-1 | A2 | 事 | 昨天 |"})
    assert [p.code for p in read_review([plain], TREE, UNITS)[1]] == [Code.A102]
    other = a_workbook(tmp_path / "d.xlsx", {"x": "| 编码 | 填报项 | 填报值 |\n| 01-2 | 填报项x | 1 |"})
    assert [p.code for p in read_review([other], TREE, UNITS)[1]] == [Code.A105]


def test_files_that_cannot_be_used(tmp_path: Path) -> None:
    assert [p.code for p in read_review([tmp_path / "none"], TREE, UNITS)[1]] == [Code.S101]
    assert [p.code for p in read_review([tmp_path], TREE, UNITS)[1]] == [Code.A106]
    (tmp_path / "broken.xlsx").write_bytes(b"not a workbook")
    (tmp_path / "~$x.xlsx").write_bytes(b"")
    (tmp_path / "marks.csv").write_text("unit,indicator,reviewer,mark,reason\nB-1,01-1,张三,4,好\n", encoding="utf-8")
    review, problems = read_review([tmp_path], TREE, UNITS)
    assert [p.code for p in problems] == [Code.S103, Code.S115]
    assert [m.place.cell for m in review.marks] == ["D2"]


@pytest.mark.parametrize(
    "above",
    [
        "| 评审人（必填，填一次即可） | 张三 |\n",
        "| 评审人： | 张三 | 日期 |\n",
        "| 评委：张三 |\n",
        "| 2023 年度评审打分 |\n| Reviewer (required, once) | 张三 |\n",
    ],
)
def test_a_name_given_once_above_the_headings(above: str, tmp_path: Path) -> None:
    """It stands for every row that names nobody; a row's own name goes before it."""
    rows = "| B-1 | 01-1 | | 4 | 好 |\n| B-2 | 01-1 | 李四 | 3 | 中 |"
    review, problems = read(tmp_path, {"评审打分": above + MARKS + rows})
    assert problems == ()
    assert [(mark.unit, mark.reviewer) for mark in review.marks] == [("B-1", "张三"), ("B-2", "李四")]


@pytest.mark.parametrize("name", ["专家1：张三", "专家1: 张三", "张·三", "Mary Li", "Mark"])
def test_a_name_as_it_was_given_to_the_command(name: str, tmp_path: Path) -> None:
    rows = "| B-1 | 01-1 | | 4 | 好 |"
    review, problems = read(tmp_path, {"评审打分": f"| 评审人（必填，填一次即可） | {name} |\n{MARKS}{rows}"})
    assert ([mark.reviewer for mark in review.marks], problems) == ([name], ())


def test_a_name_beside_a_label_over_several_columns(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in (
        ["评审人", None, "张三", "日期"],
        ["单位", "指标", "评审人", "评分", "评分理由"],
        ["B-1", "01-1", None, 4, "好"],
    ):
        page.append(row)
    page.merge_cells("A1:B1")
    book.save(tmp_path / "a.xlsx")
    review, problems = read_review([tmp_path], TREE, UNITS)
    assert ([mark.reviewer for mark in review.marks], problems) == (["张三"], ())


def test_a_name_above_needs_no_column_of_names(tmp_path: Path) -> None:
    rows = "| 单位 | 指标 | 得分 | 评分理由 |\n| B-1 | 01-1 | 4 | 好 |"
    review, problems = read(tmp_path, {"打分": "| 评审人：张三 |\n" + rows})
    assert ([(mark.reviewer, mark.mark) for mark in review.marks], problems) == ([("张三", 4.0)], ())
    _, problems = read(tmp_path, {"打分": "| 评审人：____ |\n" + rows})
    assert told(problems) == [("A102", "A2")]


def test_a_name_above_stands_for_changes_and_rulings_too(tmp_path: Path) -> None:
    review, problems = read(
        tmp_path,
        {
            "改分": "| 复核人（必填，填一次即可） | 王五 |\n"
            + CHANGES
            + "| B-2 | 01-2 | 1 | 1.5 | 补交 | | @2024-03-05 |",
            "认定": "| 认定人：赵六 |\n" + RULINGS + "| B-1 | 01-2 | 同意 | 无职责 | | @2024-03-05 |",
        },
    )
    assert problems == ()
    assert (review.changes[0].reviewer, review.rulings[0].reviewer) == ("王五", "赵六")


@pytest.mark.parametrize(
    "above",
    [
        "| 评审人（必填，填一次即可） | |\n",
        "| 评审人（签名）：________ | 日期：2024年3月 |\n",
        "| 评审人 | | 日期： |\n",
        "| 评审人 | | 打分日期 |\n",
        "| 评审人 | | 张三 |\n",
        "| 评审人 | 评审组长 | 王五 |\n",
        "| 评审人 | @2024-03-05 | |\n",
    ],
)
def test_nobody_named_above_is_nobody(above: str, tmp_path: Path) -> None:
    """A line to sign on is no name, nor is what stands beside it."""
    rows = "| B-1 | 01-1 | | 4 | 好 |"
    review, problems = read(tmp_path, {"评审打分": above + MARKS + rows})
    assert (review.marks, told(problems)) == ((), [("A206", "C3")])
    assert "填一次" in part(problems[0], "expected", Language.ZH)
