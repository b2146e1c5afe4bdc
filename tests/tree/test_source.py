"""YAML text → data and places: only what JSON could say, nothing in silence, nothing that hurts."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawgov_score.catalogue import Code
from lawgov_score.problems import TextPlace
from lawgov_score.report import part, render
from lawgov_score.tree.source import MOST_BYTES, read, read_text, scalar, yaml_1_1
from lawgov_score.wording import Language


def codes(text: str) -> list[str]:
    return [problem.code.value for problem in read_text(text, "t.yaml")[1]]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("4.5", 4.5),
        ("-2", -2),
        ("1e3", 1000.0),
        ("true", True),
        ("null", None),
        ("", None),
        ("010000", "010000"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30:00", "12:30:00"),
        ("2017-01-01", "2017-01-01"),
        ("on", "on"),
        ("True", "True"),
        ("90%", "90%"),
        (".5", ".5"),
        ("1e999", "1e999"),
    ],
)
def test_scalars_are_read_as_json_would(typed: str, said: object) -> None:
    assert scalar(typed) == said
    assert type(scalar(typed)) is type(said)


@pytest.mark.parametrize(
    ("typed", "made"),
    [
        ("1.10", "数 1.1"),
        ("010000", "数 4096"),
        ("on", "true（是非值）"),
        ("0x1F", "数 31"),
        ("1_000", "数 1000"),
        ("12:30:00", "数 45000"),
        ("2017-01-01", "日期 2017-01-01"),
        ("2017-13-45", "无效的值"),
        ("~", "空值"),
    ],
)
def test_what_yaml_1_1_makes_of_it(typed: str, made: str) -> None:
    phrase = yaml_1_1(typed)
    assert phrase is not None
    assert render(phrase, Language.ZH) == made


@pytest.mark.parametrize("typed", ["01-1", "90%", "行政审批", "cases", "03-31"])
def test_plain_text_stays_text_everywhere(typed: str) -> None:
    assert yaml_1_1(typed) is None


def test_places_count_characters_not_bytes() -> None:
    document, _ = read_text('名称: {编码: "一", 分值: 2}\n列表:\n  - 甲\n', "t.yaml")
    assert document.data == {"名称": {"编码": "一", "分值": 2}, "列表": ["甲"]}
    assert document.spots[("名称", "分值")].key == TextPlace("t.yaml", 1, 15, 2)
    assert document.spots[("名称", "分值")].value == TextPlace("t.yaml", 1, 19, 1)
    assert document.spots[("列表", 0)].value == TextPlace("t.yaml", 3, 5, 1)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_bytes("a: 1\n".encode("utf-8-sig"))
    document, problems = read(path)
    assert (document.data, problems) == ({"a": 1}, [])
    assert document.spots[("a",)].key.column == 1


def test_the_first_byte_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_bytes("﻿a: 1\n中文: ".encode() + b"\xd6\xd0")
    (problem,) = read(path)[1]
    assert (problem.code, problem.place) == (Code.T102, TextPlace(path.as_posix(), 2, 5))


def test_utf_16_is_named(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_bytes("a: 1\n".encode("utf-16"))
    (problem,) = read(path)[1]
    assert problem.code is Code.T102
    assert "UTF-16" in render(problem.values["found"], Language.ZH)  # type: ignore[arg-type]  # a phrase


def test_tabs_once_a_file_with_the_other_places() -> None:
    problems = read_text("a:\n\tb: 1\n  \tc: 2\nd: 'x\ty'\n", "t.yaml")[1]
    assert [(p.code, p.place) for p in problems] == [(Code.T103, TextPlace("t.yaml", 2, 1))]
    assert problems[0].see_also == (TextPlace("t.yaml", 3, 3),)


def test_a_key_twice_keeps_the_first_and_names_both() -> None:
    document, problems = read_text("a: 1\nb: 2\na: 3\n", "t.yaml")
    assert document.data == {"a": 1, "b": 2}
    assert [(p.code, p.place.line, p.see_also) for p in problems if isinstance(p.place, TextPlace)] == [
        (Code.T107, 3, (TextPlace("t.yaml", 1, 1),))
    ]


def test_all_faults_of_a_text_at_once() -> None:
    assert codes("a: &x 1\nb: *x\na: !!str 2\n<<: {c: 1}\n") == ["T110", "T110", "T107", "T110", "T110"]


def test_an_alias_bomb_is_refused_without_going_off() -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    began = time.monotonic()
    assert set(codes("\n".join(levels))) == {"T110"}
    assert time.monotonic() - began < 2


def test_an_alias_to_itself_is_refused() -> None:
    assert set(codes("a: &a [*a]")) == {"T110"}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused(opening: str) -> None:
    assert "T116" in codes(opening * 5000)


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "t.yaml"
    path.write_bytes(b"#" * (MOST_BYTES + 1))
    assert [problem.code for problem in read(path)[1]] == [Code.T116]


@pytest.mark.parametrize("name", ["gone.yaml", "gone/t.yaml", "", "a\0b"])
def test_what_is_not_there_is_said(tmp_path: Path, name: str) -> None:
    document, (problem,) = read(tmp_path / name)
    assert (document.data, problem.code) == (None, Code.T101)


@pytest.mark.parametrize(
    ("text", "line", "column", "said"),
    [
        ("title: 说明: 见附件\n", 1, 10, "英文冒号"),
        ("a: 1\nb: %x\n", 2, 4, "加引号"),
        ("a: 'x\nb: 2\n", 1, 4, "引号"),
        ("a: [1, 2\nb: 2\n", 2, 2, "方括号"),
        ("a: {b: 1\nc: 2\n", 2, 2, "花括号"),
        ("a:\n  - 1\n - 2\n", 3, 2, "对齐"),
        ("a:\n  b: 1\n c: 2\n", 3, 2, "对齐"),
        ("a: 1\nb\nc: 2\n", 3, 1, "冒号"),
        ("a: 1\x07\n", 1, 5, "删去该字符"),
    ],
)
def test_advice_on_what_is_not_yaml(text: str, line: int, column: int, said: str) -> None:
    (problem,) = read_text(text, "t.yaml")[1]
    assert isinstance(problem.place, TextPlace)
    assert (problem.code, problem.place.line, problem.place.column) == (Code.T109, line, column)
    assert said in part(problem, "hint", Language.ZH)
    assert part(problem, "hint", Language.EN)


@pytest.mark.parametrize("text", ["", "# nothing\n", "--- \n", "null"])
def test_nothing_is_no_syntax_error(text: str) -> None:
    document, problems = read_text(text, "t.yaml")
    assert (document.data, problems) == (None, [])


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_garbage_gives_problems_never_exceptions(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "garbage.yaml"
    path.write_bytes(raw)
    document, problems = read(path)
    if not problems:
        assert json.loads(json.dumps(document.data, allow_nan=False)) == document.data
