"""What counts as naming a year or a day, and what does not; where it is."""

import time

import pytest

from lawgov_score.report import render
from lawgov_score.tree.source import read_text
from lawgov_score.tree.year_bound import year_bound
from lawgov_score.wording import Language


def told(text: str) -> list[tuple[str, str, int, int]]:
    document, problems = read_text(text, "t.yaml")
    assert problems == []
    found = []
    for one in year_bound(document):
        there = text.splitlines()[one.place.line - 1][one.place.column - 1 :][: one.place.length]
        assert there in one.excerpt or len(one.excerpt) == 40
        found.append((render(one.label, Language.EN), one.excerpt, one.place.line, one.place.column))
    return found


@pytest.mark.parametrize(
    "said",
    [
        "2017年印发",
        "国办发〔2015〕86号",
        "2015—2020 年规划",
        "到2025年底",
        "2017",
        "2017.3发布",
        "“十四五”规划",
        "十三五时期",
        "二〇一七年",
        "一九九八年",
        "2024-03-31前",
    ],
)
def test_a_text_that_names_a_year(said: str) -> None:
    for written in (f"title: '{said}'", f'title: "{said}"', f"title: >-\n  {said}", f"title: [甲, '{said}']"):
        assert [(label, excerpt) for label, excerpt, *_ in told(written)] == [("title", said)], written


@pytest.mark.parametrize(
    "said",
    [
        "限2000件以内",
        "2000 多人",
        "1900分",
        "12017号",
        "20170号",
        "第01-02条",
        "0.2017",
        "三十五项",
        "百分之十五以上",
        "今年和上年",
        "A2017",
    ],
)
def test_a_text_that_names_none(said: str) -> None:
    assert told(f"title: '{said}'") == []


@pytest.mark.parametrize(
    "text",
    [
        "code: c-2017",
        "code: '2017'",
        "parts: [2017-a.yaml]",
        "value: n / 2017",
        "points: 2017",
        "checks:\n  - {holds: n <= 2017}",
        "edition: '2017'\nyear: 2017",
        "tie_breakers: ['2017-1']",
        "at_most: 2017",
    ],
)
def test_codes_numbers_and_expressions_are_not_read_by_people(text: str) -> None:
    assert told(text) == []


def test_days_are_those_of_keys_that_take_days() -> None:
    text = "due: '03-31'\nfields:\n  - {at_least: 2024-01-01, name: 01-02}\nat_most: \"2024-12-31\""
    assert [(label, excerpt) for label, excerpt, *_ in told(text)] == [
        ("due", "03-31"),
        ("at_least", "2024-01-01"),
        ("at_most", "2024-12-31"),
    ]


def test_days_are_those_of_the_lines_of_rules_too() -> None:
    text = "rule:\n  below: 2026-04-01\ntiers:\n  - {above: {town: 2026-03-31}}\nwith: {day: 2026-05-01}"
    assert [(label, excerpt) for label, excerpt, *_ in told(text)] == [
        ("below", "2026-04-01"),
        ("town", "2026-03-31"),
        ("day", "2026-05-01"),
    ]


def test_a_clause_is_told_once_for_each_text_two_clauses_twice() -> None:
    text = "a: 2015—2020年，2021年\nb: 2015—2020年  # 2019年\n# 2019年\nc: |\n  2020年\n  # 2021年\n# 2022年\n2023年: 1"
    assert told(text) == [
        ("a", "2015—2020年", 1, 4),
        ("a", "2021年", 1, 15),
        ("b", "2015—2020年", 2, 4),
        ("comment", "2019年", 2, 18),
        ("comment", "2019年", 3, 3),
        ("c", "2020年", 5, 3),
        ("c", "# 2021年", 6, 5),
        ("comment", "2022年", 7, 3),
        ("key", "2023年: 1", 8, 1),
    ]


def test_a_field_is_named_as_the_schema_names_it_there() -> None:
    document, _ = read_text("fields:\n  - {at_least: 2024-01-01}\ngrades:\n  - {name: 2024年}", "t.yaml")
    assert [render(one.label, Language.ZH) for one in year_bound(document)] == ["下限（at_least）", "名称（name）"]


def test_a_long_line_of_years_takes_no_longer_than_its_length() -> None:
    text = "title: '" + "甲2017年" * 20_000 + "'"
    begin = time.process_time()
    found = told(text)
    assert time.process_time() - begin < 20
    assert 0 < len(found) < 20_000
