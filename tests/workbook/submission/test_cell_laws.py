"""Laws of one cell: whatever stands in it, an answer is an answer, a fault has a code, and dress changes no reading."""

import math
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from builders import a_field
from hypothesis import assume, example, given
from hypothesis import strategies as st

from lawgov_score.catalogue import Code
from lawgov_score.model import AnswerState
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.report import problems_text
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.wording import Language
from lawgov_score.workbook.package.cells import Cell, Formatted, cell_text
from lawgov_score.workbook.plain_texts import plain
from lawgov_score.workbook.submission.values import Reading, read_cell

GIVEN, MISSING, CLAIM, INVALID = (
    AnswerState.GIVEN,
    AnswerState.MISSING,
    AnswerState.CLAIMED_NOT_APPLICABLE,
    AnswerState.INVALID,
)
NUMERIC = (FieldType.COUNT, FieldType.AMOUNT, FieldType.SHARE)


@st.composite
def fields(draw: st.DrawFn) -> Field:
    """A field of any type, bounded or not."""
    kind = draw(st.sampled_from(FieldType))
    more: dict[str, Any] = {}
    if kind in NUMERIC and draw(st.booleans()):
        more = {"at_least": draw(st.none() | st.floats(-5, 0)), "at_most": draw(st.none() | st.floats(1, 9))}
    if kind is FieldType.DATE and draw(st.booleans()):
        more = {"never": "未报送"}
    if kind is FieldType.CHOICE:
        more = {"choices": ("甲", "乙 级", "无")}
    return a_field(type=kind, **more)


# Whatever the library may give: texts, numbers, dates of any year, times and spans; made of what people write, too.
pieces = st.sampled_from(
    ["9", "５", ".", ",", "，", "%", "％", "-", "+", "件", "年", "月", "日", "/", ":", "T", " ", "\u3000", "\u200b",
     "'", "=", "约", "不适用", "无", "是", "未报送", "甲", "NaN", "inf", "e", "_", "²", "٩", "①", "\n"]
)  # fmt: skip
texts = st.text() | st.lists(pieces, max_size=8).map("".join)
cells: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    texts,
    st.floats(),
    st.integers(-(2**63), 2**63 - 1),
    st.booleans(),
    st.datetimes(datetime(1899, 12, 30)),
    st.dates(date(1899, 12, 30)),
    st.times(),
    st.timedeltas(timedelta(days=-4000), timedelta(days=4_000_000)),
    st.builds(
        Formatted, st.floats(), st.sampled_from(["yyyy-mm-dd", "h:mm", "[h]:mm", "0%", '0"万"', "0,"]) | st.text()
    ),
)


@given(cells, fields(), st.booleans())
@example(2**63 - 1, a_field(type="count"), False)
@example(math.nan, a_field(type="share"), False)
@example(math.inf, a_field(type="text"), False)
@example(-1e308, a_field(type="date"), False)
def test_any_cell_in_any_field_is_an_answer_a_blank_a_claim_or_a_fault_with_a_code(
    cell: Cell, asked: Field, may_not_apply: bool
) -> None:
    reading = read_cell(cell, asked, may_not_apply=may_not_apply)
    is_warned = reading.state is GIVEN and reading.code in {Code.S222, Code.S231}
    assert (reading.code is not None and not is_warned) == (reading.state is INVALID)
    assert (reading.value is not None) == (reading.state is GIVEN)
    assert may_not_apply or reading.state is not CLAIM
    match reading.value:
        case float():
            assert asked.type is not FieldType.TEXT
            assert math.isfinite(reading.value) or (asked.never and reading.value == math.inf)
        case str():
            assert asked.type is FieldType.TEXT
            assert reading.value.strip()
    assert_can_be_said(reading)
    cell_text(cell)


def assert_can_be_said(reading: Reading) -> None:
    if isinstance(reading.code, Code):
        problem = Problem(reading.code, CellPlace("a.xlsx", "填报", "D2"), reading.figures)
        assert all(problems_text([problem], lang) for lang in Language)


@given(fields(), st.floats(0, 1e6, allow_subnormal=False))
def test_a_number_given_is_within_its_bounds(asked: Field, number: float) -> None:
    assume(asked.type in NUMERIC)
    value = read_cell(number, asked).value
    if value is not None:
        assert isinstance(value, float)
        assert not isinstance(asked.at_least, float) or value >= asked.at_least - 1e-9
        assert not isinstance(asked.at_most, float) or value <= asked.at_most + 1e-9


# ------------------------------------------------- dress

SPACES = ("", " ", "\u3000", "\u00a0", "\u200b", "\t", "\ufeff", "\u2060")
UNSEEN = ("", "\u200b", "\ufeff", "\u2060")  # what stands between digits may be two numbers, unless nobody sees it
_IN_NUMBERS = frozenset("0123456789.,+-")


@st.composite
def dressed(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and the same with spaces anywhere but within a number, and with wide letters here and there."""
    text = draw(
        st.lists(pieces.filter(lambda piece: piece.strip(" \n\u3000\u200b'")), min_size=1, max_size=8).map("".join)
    )
    other = draw(st.sampled_from(SPACES))
    for char, following in zip(text, [*text[1:], ""], strict=True):
        wide = chr(ord(char) + 0xFEE0) if "!" <= char <= "~" and draw(st.booleans()) else char
        is_number = {plain(char), plain(following)} <= _IN_NUMBERS
        other += wide + draw(st.sampled_from(UNSEEN if is_number else SPACES))
    return text, other


@given(dressed(), fields(), st.booleans())
def test_spaces_and_wide_letters_change_no_reading(pair: tuple[str, str], asked: Field, may_not_apply: bool) -> None:
    assume(asked.type is not FieldType.TEXT)  # there the text itself is the answer
    plain, other = (read_cell(text, asked, may_not_apply=may_not_apply) for text in pair)
    assert (plain.state, plain.value) == (other.state, other.value)
    assert (plain.code is None) == (other.code is None)


@given(st.decimals(0, 10**9, places=4).map(float), st.sampled_from([FieldType.AMOUNT, FieldType.SHARE]))
def test_a_number_and_its_texts_are_one(number: float, kind: FieldType) -> None:
    asked = a_field(type=kind, at_most=None)
    whole, _, part = f"{number:.4f}".partition(".")
    forms = [f"{number:.4f}", f"+{whole}.{part}", f"{int(whole):,}.{part}", f"'{whole}.{part}", f"00{whole}.{part}0"]
    assert {read_cell(form, asked).value for form in forms} == {read_cell(number, asked).value} == {number}


@given(st.integers(0, 10_000))
def test_a_percentage_is_the_share_that_is_typed(hundredths: int) -> None:
    asked = a_field(type="share")
    share = read_cell(hundredths / 10_000, asked).value
    assert isinstance(share, float)
    for form in (f"{hundredths / 100}%", f"{hundredths / 100}％", f" {hundredths / 100} %"):
        assert read_cell(form, asked).value == pytest.approx(share, abs=1e-12)


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_a_day_is_the_same_however_it_is_written(day: date) -> None:
    asked = a_field(type="date", at_least=None)
    forms: list[Cell] = [
        datetime.combine(day, time()),
        day,
        float((day - date(1899, 12, 30)).days),
        f"{day:%Y-%m-%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        float(f"{day:%Y%m%d}"),
        f"{day:%Y-%m-%d} 00:00:00",
    ]
    assert len({read_cell(form, asked).value for form in forms}) == 1


MEASURES = ("件", "卷", "万元", "元", "人次", "次", "个", "天", "小时", "%", "‰", "万", "亿", "千", "百", "万件", "分")


@given(st.integers(0, 9999), st.sampled_from(MEASURES), st.sampled_from(MEASURES), st.sampled_from(("count", "amount")))
@example(30, "卷", "卷", "count")
@example(30, "件", "%", "count")
@example(30, "件", "万", "count")
@example(30, "元", "万元", "amount")
def test_a_number_with_its_own_measure_counts_and_is_said_and_any_other_measure_is_no_number(
    number: int, own: str, written: str, kind: str
) -> None:
    asked = a_field(type=kind, measured_in=own, at_most=None)
    reading = read_cell(f"{number}{written}", asked)
    if written == own:
        assert (reading.state, reading.value, reading.code) == (GIVEN, float(number), Code.S231)
        assert (reading.figures["number"], reading.figures["measure"]) == (str(number), own)
        assert_can_be_said(reading)
    else:
        assert reading.state is INVALID
        assert reading.value is None
    assert read_cell(f"{number}", asked).code is None
