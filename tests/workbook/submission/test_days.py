"""Days as people write them: each form read as the same day, and nothing guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.workbook.submission.values import day_in

_CHARACTERS = "〇一二三四五六七八九"


@pytest.mark.parametrize(
    "text",
    [
        "2018-03-30",
        "2018-3-30",
        "2018–03–30",
        "2018—03—30",
        "２０１８－０３－３０",
        "2018/3/30",
        "2018.3.30",
        "20180330",
        "2018年3月30日",
        "2018 年 3 月 30 号",
        "2018年3月30",
        "二〇一八年三月三十日",
        "二零一八年三月三十号",
        "二○一八年三月三〇日",
        "2018年三月30日",
        "2018-03-30 08:15",
        "2018-03-30T08:15:30.5",
        "'2018-03-30",
    ],
)
def test_every_way_of_writing_a_day(text: str) -> None:
    assert day_in(text) == date(2018, 3, 30)


@pytest.mark.parametrize(
    "text",
    [
        *("3月底", "2018年3月", "2018年3月底", "18-03-30", "30/3/2018", "2018-13-01", "2018年2月30日"),
        *("二〇一八年十三月一日", "二〇一八年三月十十日", "二〇一八年三月三一十日", "2018-03/30", "2018年3月30日前"),
        *("45381", "", "年月日", "2018-03-30 25:00", "2018-03-30 08:99"),
    ],
)
def test_what_leaves_a_doubt_is_no_day(text: str) -> None:
    assert day_in(text) is None


def in_characters(number: int) -> str:
    """1 to 31 as they are said."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _CHARACTERS[tens] + "十") + (_CHARACTERS[ones] if ones else "")


@given(st.integers(0, 40_000))
def test_every_day_reads_the_same_in_digits_and_in_characters(days: int) -> None:
    day = date(1950, 1, 1) + timedelta(days=days)
    year = "".join(_CHARACTERS[int(c)] for c in str(day.year))
    assert day_in(f"{year}年{in_characters(day.month)}月{in_characters(day.day)}日") == day
    assert day_in(f"{day.year}年{day.month}月{day.day}") == day
    assert day_in(day.isoformat()) == day
