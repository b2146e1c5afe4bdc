"""What stands in a cell → an answer, type by type."""

import math
from datetime import date, datetime, time, timedelta

import pytest
from builders import a_field
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.catalogue import Code
from lawgov_score.model import AnswerState
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.report import part, title
from lawgov_score.rules.field import Field
from lawgov_score.wording import Language
from lawgov_score.workbook.package.cells import Formatted, cell_text
from lawgov_score.workbook.submission.values import read_cell

GIVEN, MISSING, CLAIM = AnswerState.GIVEN, AnswerState.MISSING, AnswerState.CLAIMED_NOT_APPLICABLE


@pytest.mark.parametrize("cell", [None, "", "  ", "\u3000\u200b", "'", "\u00a0"])
@pytest.mark.parametrize("kind", ["count", "amount", "share", "date", "yes_no", "text"])
def test_blank_is_missing_and_never_a_number(cell: str | None, kind: str) -> None:
    reading = read_cell(cell, a_field(type=kind))
    assert (reading.state, reading.value, reading.code) == (MISSING, None, None)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("count", 12.0, 12.0),
        ("count", 0.0, 0.0),
        ("count", 35.99999999999999, 36.0),
        ("count", "１２", 12.0),
        ("count", " 1,234 ", 1234.0),
        ("count", "1，234", 1234.0),
        ("count", "12件", 12.0),
        ("count", "'12", 12.0),
        ("count", Formatted(13.0, "yyyy-mm-dd"), 13.0),  # 13, dressed as a date
        ("amount", "12.50", 12.5),
        ("amount", Formatted(2.5, "0.0_ "), 2.5),
        ("amount", "3.6万元", 3.6),
        ("share", 0.953, 0.953),
        ("share", "95.3%", 0.953),
        ("share", "９５．３％", 0.953),
        ("share", "95.3 %", 0.953),
        ("share", "0.953", 0.953),
        ("share", "100%", 1.0),
        ("share", 1.0, 1.0),
        ("date", datetime(2021, 4, 7), 44293.0),
        ("date", datetime(2021, 4, 7, 9, 30), 44293.0),
        ("date", 44293.0, 44293.0),
        ("date", 20210407.0, 44293.0),
        ("date", "2021-04-07", 44293.0),
        ("date", "2021-4-7", 44293.0),
        ("date", "2021/4/7", 44293.0),
        ("date", "2021.4.7", 44293.0),
        ("date", "2021年4月7日", 44293.0),
        ("date", "2021 年 4 月 7 日", 44293.0),
        ("date", "20210407", 44293.0),
        ("date", "2021-04-07 00:00:00", 44293.0),
        ("yes_no", "是", 1.0),
        ("yes_no", "有", 1.0),
        ("yes_no", "√", 1.0),
        ("yes_no", "已", 1.0),
        ("yes_no", "Y", 1.0),
        ("yes_no", True, 1.0),
        ("yes_no", 1.0, 1.0),
        ("yes_no", "否", 0.0),
        ("yes_no", "无", 0.0),
        ("yes_no", "×", 0.0),
        ("yes_no", "未", 0.0),
        ("yes_no", "n", 0.0),
        ("yes_no", False, 0.0),
        ("text", "无", "无"),
        ("text", 3.0, "3"),
        ("text", " 见附件 ", "见附件"),
    ],
)
def test_an_answer_is_read(kind: str, cell: str | float, value: float | str) -> None:
    reading = read_cell(cell, a_field(type=kind), may_not_apply=True)
    assert (reading.state, reading.value) == (GIVEN, value)


@pytest.mark.parametrize(
    ("kind", "cell", "code"),
    [
        ("count", "约95", Code.S201),
        ("count", "大于90", Code.S201),
        ("count", "九十五", Code.S201),
        ("count", "1/2", Code.S201),
        ("count", "100万", Code.S201),
        ("count", "1_000", Code.S201),
        ("count", "٩٥", Code.S201),
        ("count", "inf", Code.S201),
        ("count", "nan", Code.S201),
        ("count", "5²", Code.S201),
        ("count", "①", Code.S201),
        ("count", "1,23", Code.S201),
        ("count", "95%", Code.S201),
        ("count", True, Code.S201),
        ("count", "1e3", Code.S201),
        ("count", 12.5, Code.S204),
        ("count", "12.5", Code.S204),
        ("count", -1.0, Code.S202),
        ("amount", "-0.5", Code.S202),
        ("share", 95.3, Code.S202),
        ("share", "95.3", Code.S202),
        ("share", "101%", Code.S202),
        ("share", "约95%", Code.S203),
        ("share", "九成", Code.S203),
        ("share", False, Code.S203),
        ("date", "3月底", Code.S205),
        ("date", "2021-04-31", Code.S205),
        ("date", "2021-13-01", Code.S205),
        ("date", "2021-04/07", Code.S205),
        ("date", 2021.0, Code.S205),
        ("date", "2021", Code.S205),
        ("date", time(9, 30), Code.S205),
        ("date", True, Code.S205),
        ("yes_no", "基本是", Code.S206),
        ("yes_no", 2.0, Code.S206),
    ],
)
def test_what_is_not_plain_is_a_fault(kind: str, cell: str | float, code: Code) -> None:
    reading = read_cell(cell, a_field(type=kind))
    assert (reading.state, reading.value, reading.code) == (AnswerState.INVALID, None, code)
    assert reading.figures["field"] == "填报项x"


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("date", date(2024, 3, 30), 45381.0),
        ("date", 45381.0 - 1462, 45381.0),  # typed in as the number that it is there
        ("date", 20240330.0, 45381.0),
        ("date", "2024-03-30", 45381.0),
        ("count", Formatted(13.0, "yyyy-mm-dd", 1462), 13.0),  # 13, dressed as a date
        ("count", 13.0, 13.0),
    ],
)
def test_a_workbook_that_counts_days_from_1904(kind: str, cell: float | date | str, value: float) -> None:
    assert read_cell(cell, a_field(type=kind), day_shift=1462).value == value


def test_a_choice_is_its_position_and_a_near_miss_is_named() -> None:
    asked = a_field(type="choice", choices=("国家级", "省级", "无"))
    assert read_cell("省 级", asked).value == 1.0
    assert read_cell("无", asked, may_not_apply=True).value == 2.0
    assert read_cell("市级", asked).code is Code.S207
    assert read_cell("省级以上", asked).figures["expected"] == ("国家级", "省级", "无")


def test_the_word_for_never_is_a_date_that_did_not_come() -> None:
    asked = a_field(type="date", never="未报送")
    assert read_cell(" 未报送 ", asked).value == math.inf
    assert read_cell("未报送", a_field(type="date")).code is Code.S205


@pytest.mark.parametrize("word", ["不适用", "无此项", "无", "/", "—", "－", "N/A", "n/a"])
def test_not_applicable_only_where_it_may_be_claimed(word: str) -> None:
    assert read_cell(word, a_field(type="count"), may_not_apply=True).state is CLAIM
    assert read_cell(word, a_field(type="count")).code is Code.S209


@pytest.mark.parametrize(
    ("word", "asked", "why", "instead"),
    [
        ("无", a_field(type="count"), "“无”不是数", "没有发生的填 0，没有数据的留空"),
        ("/", a_field(type="amount"), "“/”不是数", "没有发生的填 0，没有数据的留空"),
        ("无", a_field(type="share"), "“无”不是百分数", "没有发生的填 0，没有数据的留空"),
        ("无", a_field(type="date"), "“无”不是日期", "没有数据的留空"),
        ("无", a_field(type="date", never="未报送"), "“无”不是日期", "没有的填“未报送”，没有数据的留空"),
        ("—", a_field(type="yes_no"), "“—”不是“是”或“否”", "从下拉列表中选择，没有数据的留空"),
        ("不适用", a_field(type="count"), "这一项不能填“不适用”", "没有发生的填 0，没有数据的留空"),
    ],
)
def test_a_word_that_is_no_answer_is_named_as_it_was_written(word: str, asked: Field, why: str, instead: str) -> None:
    reading = read_cell(word, asked)
    assert reading.code is Code.S209
    problem = Problem(Code.S209, CellPlace("a.xlsx"), reading.figures)
    assert title(problem, Language.ZH) == f"“{asked.name}”不能填“{word}”"
    assert part(problem, "hint", Language.ZH) == f"{why}：{instead}"


def test_bounds_of_the_field_hold() -> None:
    asked = a_field(type="count", at_least=0, at_most=12)
    assert read_cell(12.0, asked).value == 12.0
    assert read_cell(13.0, asked).code is Code.S202
    assert read_cell(-0.0, asked).value == 0.0


@given(st.integers(0, 10**9))
def test_a_count_reads_the_same_however_it_is_written(number: int) -> None:
    asked = a_field(type="count")
    for cell in (float(number), str(number), f"{number:,}", f" {number}.0 ", f"{number}件"):
        assert read_cell(cell, asked).value == float(number)


@given(st.text())
def test_any_text_is_read_without_a_crash(text: str) -> None:
    for kind in ("count", "amount", "share", "date", "yes_no", "choice", "text"):
        reading = read_cell(text, a_field(type=kind, choices=("甲", "乙")), may_not_apply=True)
        assert (reading.code is not None) == (reading.state is AnswerState.INVALID)
        assert (reading.value is not None) == (reading.state is GIVEN)
        if isinstance(reading.value, float):
            assert math.isfinite(reading.value)


def test_a_cell_is_shown_as_people_see_it() -> None:
    shown = [cell_text(cell) for cell in (None, " a ", 3.0, 0.953, True, datetime(2021, 4, 7), timedelta(days=1))]
    assert shown == ["", "a", "3", "0.953", "TRUE", "2021-04-07", "1"]


@pytest.mark.parametrize("number", [1.0, 58.0, 59.0, 60.0, 36_525.0])
def test_a_number_dressed_as_a_date_is_still_that_number_and_is_said(number: float) -> None:
    reading = read_cell(Formatted(number, "yyyy-mm-dd"), a_field(type="count"))
    assert (reading.state, reading.value, reading.code) == (GIVEN, number, Code.S222)
    assert reading.figures["format"] == "yyyy-mm-dd"


@pytest.mark.parametrize(
    ("kind", "number", "code", "look"),
    [
        ("count", 45_356.0, "yyyy-mm-dd", Code.S221),  # was 3-5 typed?
        ("share", 36_526.0, "m/d/yy", Code.S221),
        ("count", 45_356.0 - 1462, "yyyy-mm-dd", Code.S221),  # the same day where days are counted from 1904
        ("amount", 0.125, "h:mm", Code.S223),
        ("count", 12.0, "[h]:mm", Code.S223),
        ("count", 1.0, "0%", Code.S224),  # 100% of what?
        ("amount", 0.95, "0.0%", Code.S224),
        ("amount", 12.0, '0.0,"千"', Code.S224),
        ("share", 0.95, '0"%"', Code.S224),
        ("amount", 12.0, '0.0"万元"', Code.S224),
        ("count", 12.0, ";;;", Code.S224),
    ],
)
def test_what_is_shown_as_something_else_is_no_number(kind: str, number: float, code: str, look: Code) -> None:
    shift = 1462 if number < 45_000 and look is Code.S221 and kind == "count" else 0
    reading = read_cell(Formatted(number, code, shift), a_field(type=kind, at_most=None, measured_in="件"))
    assert (reading.state, reading.value, reading.code) == (AnswerState.INVALID, None, look)


def test_a_format_that_names_the_measure_shows_the_number() -> None:
    asked = a_field(type="amount", measured_in="万元")
    assert read_cell(Formatted(12.5, '0.0"万元"'), asked).value == 12.5
    assert read_cell(Formatted(12.5, '0.0,"万元"'), asked).code is Code.S224


def test_a_share_dressed_as_a_time_of_day_is_that_share_to_the_last_digit() -> None:
    """0.953 of a day is 22:52:19.2; without the fifth of a second it would fall below a floor of 95.3%."""
    reading = read_cell(Formatted(0.953, "h:mm:ss"), a_field(type="share"))
    assert (reading.state, reading.value, reading.code) == (GIVEN, 0.953, Code.S222)


def test_a_day_that_is_stored_as_a_day_is_no_number() -> None:
    assert read_cell(date(2024, 3, 5), a_field(type="count")).code is Code.S221


@pytest.mark.parametrize("text", ["12\n34", "12 34", "1 2", "12\u202834", "1,234 5"])
def test_what_may_be_two_numbers_is_none(text: str) -> None:
    for kind in ("count", "amount", "share"):
        reading = read_cell(text, a_field(type=kind, at_most=None))
        assert (reading.state, reading.value) == (AnswerState.INVALID, None), kind


@pytest.mark.parametrize(
    ("text", "number"), [("1 234", 1234.0), ("1\u00a0234\u00a0567", 1234567.0), (" 12\n", 12.0), ("12 件", 12.0)]
)
def test_blanks_between_thousands_and_around_a_number_change_nothing(text: str, number: float) -> None:
    assert read_cell(text, a_field(type="count")).value == number


@pytest.mark.parametrize(("kind", "number"), [("count", 1e10 + 1), ("amount", -1.1e14), ("count", "99999999999")])
def test_no_office_has_so_many(kind: str, number: float | str) -> None:
    assert read_cell(number, a_field(type=kind, at_least=None)).code is Code.S202


def test_a_bound_of_its_own_counts_for_more() -> None:
    assert read_cell(5e10, a_field(type="count", at_most=1e11)).value == 5e10


@pytest.mark.parametrize(
    ("kind", "text", "hint"),
    [
        ("count", "0起", "计量单位是“件”"),
        ("count", "约95件", "不要写“约”"),
        ("count", "3月底", "一格只填一个数"),
        ("count", "inf", "填具体的数"),
        ("amount", "NaN", "填具体的数"),
        ("date", "45381", "2024-03-30"),
    ],
)
def test_the_hint_says_what_puts_it_right(kind: str, text: str, hint: str) -> None:
    reading = read_cell(text, a_field(type=kind))
    assert reading.code is not None
    assert hint in part(Problem(reading.code, CellPlace("x"), reading.figures), "hint", Language.ZH)
