"""Several office workbooks that say different things: neither counts, or with ``--latest`` the one saved last.

Reaches ``workbook/office/versions.py``, ``workbook/office/documents.py``.
"""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import TREE, UNITS
from sheets import a_workbook

from lawgov_score.catalogue import Code
from lawgov_score.model import Review
from lawgov_score.problems import Problem, is_error
from lawgov_score.report import part, title
from lawgov_score.wording import Language
from lawgov_score.workbook.office.documents import numbers_in
from lawgov_score.workbook.office.intake import read_review
from lawgov_score.workbook.package.saved import CORE, with_saved

MARKS = "| 单位 | 指标 | 评审人 | 评分 | 评分理由 |\n"
CHANGES = "| 单位 | 指标 | 原得分 | 改后得分 | 改分理由 | 复核人 | 复核日期 |\n"
RULINGS = "| 单位 | 指标 | 认定意见 | 认定理由 | 认定人 | 认定日期 |\n"
REGISTER = "| 单位 | 类别 | 级别 | 事项 | 次数 | 发生日期 | 依据材料 |\n"
OLD, NEW = "2024-03-01T08:00:00Z", "2024-03-05T08:00:00Z"


def saved(path: Path, sheets: dict[str, str], moment: str) -> Path:
    """A workbook that says it was saved then."""
    a_workbook(path, sheets)
    with zipfile.ZipFile(path) as given_zip:
        parts = {info.filename: given_zip.read(info) for info in given_zip.infolist()}
    parts[CORE] = with_saved(parts[CORE], moment)
    with zipfile.ZipFile(path, "w") as written:
        for name, data in parts.items():
            written.writestr(name, data)
    return path


def read(tmp_path: Path, *, latest: bool) -> tuple[Review, tuple[Problem, ...]]:
    return read_review([tmp_path], TREE, UNITS, None, latest=latest)


def pair(tmp_path: Path, heads: str, older: str, newer: str, times: tuple[str, str] = (OLD, NEW)) -> None:
    """Two workbooks; the newer one comes first by name."""
    saved(tmp_path / "b-old.xlsx", {"表": heads + older}, times[0])
    saved(tmp_path / "a-new.xlsx", {"表": heads + newer}, times[1])


def codes(problems: tuple[Problem, ...]) -> list[Code]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("heads", "older", "newer", "kind", "code"),
    [
        (MARKS, "| B-1 | 01-1 | 张三 | 4 | 好 |", "| B-1 | 01-1 | 张三 | 3.5 | 补查 |", "marks", Code.A207),
        (
            CHANGES,
            "| B-1 | 01-2 | 1 | 1.5 | 补 | 王五 | @2024-03-01 |",
            "| B-1 | 01-2 | 1 | 1.2 | 再补 | 王五 | @2024-03-04 |",
            "changes",
            Code.A208,
        ),
        (
            RULINGS,
            "| B-1 | 01-2 | 同意 | 无 | 王五 | @2024-03-01 |",
            "| B-1 | 01-2 | 不同意 | 有 | 王五 | @2024-03-04 |",
            "rulings",
            Code.A208,
        ),
    ],
)
def test_a_corrected_file(heads: str, older: str, newer: str, kind: str, code: Code, tmp_path: Path) -> None:
    pair(tmp_path, heads, older, newer)
    review, problems = read(tmp_path, latest=False)
    assert (getattr(review, kind), codes(problems)) == ((), [code])  # nobody can know which counts
    review, problems = read(tmp_path, latest=True)
    (entry,) = getattr(review, kind)
    assert Path(entry.place.path).name == "a-new.xlsx"
    assert codes(problems) == [Code.A221]
    assert not is_error(problems[0])
    assert "b-old.xlsx" in title(problems[0], Language.ZH)
    assert "2024-03-01 16:00" in title(problems[0], Language.ZH)  # Beijing


@pytest.mark.parametrize("times", [(OLD, OLD), ("", NEW), (OLD, ""), ("", "")])
def test_where_nobody_can_tell_which_was_saved_last_neither_counts(times: tuple[str, str], tmp_path: Path) -> None:
    pair(tmp_path, MARKS, "| B-1 | 01-1 | 张三 | 4 | 好 |", "| B-1 | 01-1 | 张三 | 3.5 | 补查 |", times)
    review, problems = read(tmp_path, latest=True)
    assert (review.marks, codes(problems)) == ((), [Code.A207])


def test_twice_in_the_newest_file_is_still_twice(tmp_path: Path) -> None:
    twice = "| B-1 | 01-1 | 张三 | 3.5 | 补查 |\n| B-1 | 01-1 | 张三 | 3 | 补查 |"
    pair(tmp_path, MARKS, "| B-1 | 01-1 | 张三 | 4 | 好 |", twice)
    review, problems = read(tmp_path, latest=True)
    assert (review.marks, set(codes(problems))) == ((), {Code.A207})


def test_other_reviewers_and_other_lines_of_an_older_file_stand(tmp_path: Path) -> None:
    older = "| B-1 | 01-1 | 张三 | 4 | 好 |\n| B-2 | 01-1 | 张三 | 2 | 中 |\n| B-1 | 01-1 | 李四 | 5 | 好 |"
    pair(tmp_path, MARKS, older, "| B-1 | 01-1 | 张三 | 3.5 | 补查 |")
    review, _ = read(tmp_path, latest=True)
    assert sorted((m.unit, m.reviewer, m.mark) for m in review.marks) == [
        ("B-1", "张三", 3.5),
        ("B-1", "李四", 5.0),
        ("B-2", "张三", 2.0),
    ]


def test_the_offices_figures(tmp_path: Path) -> None:
    heads = "| 单位 | 02-1.came | 02-1.all |\n"
    pair(tmp_path, heads, "| B-1 | 9 | 10 |\n| B-2 | 7 | 10 |", "| B-1 | 8 | 10 |\n| B-2 | | 10 |")
    review, problems = read(tmp_path, latest=False)
    assert set(codes(problems)) == {Code.S211}
    review, problems = read(tmp_path, latest=True)
    assert codes(problems) == [Code.A221]
    assert review.answers["B-1"]["02-1.came"].value == 8.0
    assert review.answers["B-2"]["02-1.came"].value == 7.0  # a blank takes nothing away


FIRST = "| B-1 | A1 | 省级 | 示范单位 | | @2023-06-01 | 省发1号 |\n"
SECOND = "| B-2 | A2 | | 被通报 | 1 | @2023-07-01 | 通报 |\n"
MENDED = "| B-2 | A2 | | 被通报 | 2 | @2023-07-01 | 通报 |\n"
THIRD = "| T-1 | V1 | | 事件 | | @2023-08-01 | 报告 |\n"


def test_an_older_register_beside_a_newer_one_is_said_once(tmp_path: Path) -> None:
    pair(tmp_path, REGISTER, FIRST + SECOND + THIRD, FIRST + MENDED + THIRD)
    review, problems = read(tmp_path, latest=False)
    assert codes(problems) == [Code.A112]  # and not A219 for every line
    assert [(e.unit, e.times) for e in review.register] == [("B-1", 1.0), ("B-2", 2.0), ("T-1", 1.0), ("B-2", 1.0)]
    assert "2 行两本都有" in title(problems[0], Language.ZH)
    assert "只在较早一本的 1 行也计入" in title(problems[0], Language.ZH)
    assert "--latest" in part(problems[0], "hint", Language.ZH)
    review, problems = read(tmp_path, latest=True)
    assert [(e.unit, e.times) for e in review.register] == [("B-1", 1.0), ("B-2", 2.0), ("T-1", 1.0)]
    assert codes(problems) == [Code.A112]


@pytest.mark.parametrize("latest", [False, True])
def test_two_people_who_keep_a_register_each(latest: bool, tmp_path: Path) -> None:
    """A line in both counts once and is an error, as ever; nothing is left out."""
    pair(tmp_path, REGISTER, FIRST + SECOND + THIRD, THIRD)
    review, problems = read(tmp_path, latest=latest)
    assert codes(problems) == [Code.A219]
    assert len(review.register) == 3


@pytest.mark.parametrize(
    ("evidence", "other", "is_told"),
    [
        ("省发〔2017〕1号", "《决定》（省发[2017]1号）", True),
        ("省发〔2017〕1号", "省发（2017）第1号、照片", True),
        ("省发〔2017〕1号", "省发〔2017〕2号", False),
        ("省发〔2017〕1号", "市发〔2017〕1号", False),
        ("通报", "通报", False),
    ],
)
def test_the_same_document_on_two_lines(evidence: str, other: str, is_told: bool, tmp_path: Path) -> None:
    lines = (
        f"| B-1 | A1 | 省级 | 示范单位 | | @2023-06-01 | {evidence} |\n"
        f"| B-1 | A1 | 省级 | 全省表彰 | | @2023-06-01 | {other} |\n"
        f"| B-2 | A1 | 省级 | 示范单位 | | @2023-06-01 | {evidence} |"
    )
    a_workbook(tmp_path / "office.xlsx", {"登记": REGISTER + lines})
    review, problems = read(tmp_path, latest=False)
    assert len(review.register) == 3  # said, not settled
    assert codes(problems) == [Code.A222] * is_told
    if is_told:
        assert not is_error(problems[0])
        assert "示范单位" in part(problems[0], "found", Language.ZH)


@given(
    st.sampled_from(["〔〕", "[]（）", "()【】"]), st.integers(1, 99_999), st.sampled_from(["", "第"]), st.booleans()
)
def test_a_number_is_one_however_it_is_written(brackets: str, number: int, word: str, with_end: bool) -> None:
    written = f"国办发{brackets[0]}2018{brackets[1]}{word}{number}{'号' if with_end else ''}"
    assert numbers_in(f"《通知》 {written}；{written}") == (f"国办发〔2018〕{number}号",)
