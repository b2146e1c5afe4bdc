"""Several office workbooks that say different things: neither counts, or with ``--latest`` the one saved last.

Reaches ``workbook/office/versions.py``, ``workbook/office/documents.py``.
"""

import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from office import TREE, UNITS, the_tree
from sheets import a_workbook

from lawgov_score.catalogue import Code
from lawgov_score.model import Review
from lawgov_score.problems import Problem, is_error
from lawgov_score.report import part, title
from lawgov_score.wording import Language
from lawgov_score.workbook.office.documents import numbers_in
from lawgov_score.workbook.office.intake import read_review
from lawgov_score.workbook.office.versions import Versions
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


FAULTY = [
    (MARKS, "| B-1 | 01-1 | 张三 | 3 | 好 |", "| B-1 | 01-1 | 张三 | 80 | 补查 |", "marks", Code.A205),
    (
        CHANGES,
        "| B-1 | 01-2 | 1 | 1.5 | 补 | 王五 | @2024-03-01 |",
        "| B-1 | 01-2 | 1 | 1.2 | | 王五 | @2024-03-04 |",
        "changes",
        Code.A206,
    ),
    (
        RULINGS,
        "| B-1 | 01-2 | 同意 | 无 | 王五 | @2024-03-01 |",
        "| B-1 | 01-2 | 不同意 | 有 | 王五 | |",
        "rulings",
        Code.A206,
    ),
]


@pytest.mark.parametrize("latest", [False, True])
@pytest.mark.parametrize(("heads", "older", "newer", "kind", "code"), FAULTY)
def test_a_faulty_correction_does_not_bring_the_old_decision_back(
    heads: str, older: str, newer: str, kind: str, code: Code, latest: bool, tmp_path: Path
) -> None:
    pair(tmp_path, heads, older, newer)
    review, problems = read(tmp_path, latest=latest)
    assert (getattr(review, kind), set(codes(problems))) == ((), {code, Code.A224})
    (said,) = [problem for problem in problems if problem.code is Code.A224]
    assert Path(said.place.path).name == "a-new.xlsx"  # type: ignore[union-attr]  # a cell
    assert "b-old.xlsx" in title(said, Language.ZH)


@pytest.mark.parametrize("latest", [False, True])
@pytest.mark.parametrize(("heads", "good", "faulty", "kind", "code"), FAULTY)
def test_a_fault_that_a_later_file_mends_is_past(
    heads: str, good: str, faulty: str, kind: str, code: Code, latest: bool, tmp_path: Path
) -> None:
    pair(tmp_path, heads, faulty, good)
    review, problems = read(tmp_path, latest=latest)
    assert (len(getattr(review, kind)), codes(problems)) == (1, [code])


DECISIONS = CHANGES.replace(" 复核日期 |", " 复核日期 | 异议编号 |")
REVIEWED = "| B-1 | 01-2 | 1 | 1.5 | 补 | 王五 | @2024-03-01 |"


@pytest.mark.parametrize("latest", [False, True])
@pytest.mark.parametrize("times", [(OLD, NEW), (NEW, OLD)])
def test_a_decision_on_an_objection_is_no_second_entry(latest: bool, times: tuple[str, str], tmp_path: Path) -> None:
    """It stands beside the change on review, and beside one on another objection; the same twice is one too many."""
    saved(tmp_path / "a.xlsx", {"表": CHANGES + REVIEWED}, times[0])
    decided = "| B-1 | 01-2 | 1.5 | 1.2 | 异议成立 | 考核办 | @2024-03-04 | {} |\n"
    saved(tmp_path / "b.xlsx", {"表": DECISIONS + decided.format(1) + decided.format(2)}, times[1])
    review, problems = read(tmp_path, latest=latest)
    assert (sorted((one.objection, one.after) for one in review.changes), problems) == (
        [(0, 1.5), (1, 1.2), (2, 1.2)],
        (),
    )
    saved(tmp_path / "b.xlsx", {"表": DECISIONS + decided.format(1) * 2}, times[1])
    review, problems = read(tmp_path, latest=latest)
    assert ([one.objection for one in review.changes], codes(problems)) == ([0], [Code.A208])


@pytest.mark.parametrize("number", ["0", "1.5", "第一号"])
def test_an_objection_goes_by_its_number(number: str, tmp_path: Path) -> None:
    a_workbook(tmp_path / "a.xlsx", {"表": f"{DECISIONS}{REVIEWED} {number} |"})
    review, problems = read(tmp_path, latest=False)
    assert (review.changes, codes(problems)) == ((), [Code.A216])


def test_a_decision_that_cannot_be_used_does_not_bring_the_review_back(tmp_path: Path) -> None:
    pair(tmp_path, DECISIONS, f"{REVIEWED} |", "| B-1 | 01-2 | 1.5 | 1.2 | | 考核办 | @2024-03-04 | 1 |")
    review, problems = read(tmp_path, latest=False)
    assert (review.changes, set(codes(problems))) == ((), {Code.A206, Code.A224})


def test_a_review_that_cannot_be_used_leaves_the_decision_alone(tmp_path: Path) -> None:
    faulty = "| B-1 | 01-2 | 1 | 1.5 | | 王五 | @2024-03-05 | |"
    pair(tmp_path, DECISIONS, "| B-1 | 01-2 | 1.5 | 1.2 | 异议成立 | 考核办 | @2024-03-04 | 1 |", faulty)
    review, problems = read(tmp_path, latest=False)
    assert ([one.objection for one in review.changes], codes(problems)) == ([1], [Code.A206])


def test_a_faulty_row_of_somebody_else_takes_nothing_away(tmp_path: Path) -> None:
    pair(tmp_path, MARKS, "| B-1 | 01-1 | 张三 | 3 | 好 |", "| B-1 | 01-1 | 李四 | 80 | 好 |")
    review, problems = read(tmp_path, latest=True)
    assert ([m.reviewer for m in review.marks], codes(problems)) == (["张三"], [Code.A205])


def test_a_register_whose_rows_are_faulty_is_still_the_later_version(tmp_path: Path) -> None:
    faulty = "| B-1 | A1 | 省级 | 示范单位 | | | 省发1号 |"
    pair(tmp_path, REGISTER, FIRST, faulty)
    review, problems = read(tmp_path, latest=True)
    assert (review.register, set(codes(problems))) == ((), {Code.A206, Code.A112})


def test_only_what_differs_is_said(tmp_path: Path) -> None:
    units = ("B-1", "B-2", "T-1")
    row = "| {} | 01-1 | 张三 | {} | 好 |\n"
    older = "".join(row.format(unit, 4) for unit in units)
    pair(tmp_path, MARKS, older, older.replace("B-2 | 01-1 | 张三 | 4", "B-2 | 01-1 | 张三 | 3"))
    review, problems = read(tmp_path, latest=True)
    assert codes(problems) == [Code.A221]
    assert [(m.unit, m.mark) for m in review.marks] == [("B-1", 4.0), ("B-2", 3.0), ("T-1", 4.0)]
    assert {Path(m.place.path).name for m in review.marks} == {"a-new.xlsx"}


def test_one_name_in_two_spellings_is_one_reviewer(tmp_path: Path) -> None:
    rows = "| B-1 | 01-1 | 张三 | 4 | 好 |\n| B-2 | 01-1 | 张 三 | 3 | 好 |\n| B-1 | 01-1 | 张　三 | 2 | 中 |"
    a_workbook(tmp_path / "marks.xlsx", {"打分": MARKS + rows})
    review, problems = read(tmp_path, latest=False)
    assert [(m.unit, m.reviewer) for m in review.marks] == [("B-2", "张三")]
    assert codes(problems) == [Code.A207]


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


FIRST = "| B-1 | A1 | 省级 | 示范单位 | | @2024-06-01 | 省发1号 |\n"
SECOND = "| B-2 | A2 | | 被通报 | 1 | @2024-07-01 | 通报 |\n"
MENDED = "| B-2 | A2 | | 被通报 | 2 | @2024-07-01 | 通报 |\n"
THIRD = "| T-1 | V1 | | 事件 | | @2024-08-01 | 报告 |\n"


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


def test_registers_that_share_nothing_are_not_held_against_one_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty people keep a register each: pairs are looked at only where a matter stands in both."""
    asked: list[object] = []
    newest = Versions.newest

    def counted(own: Versions, paths: Sequence[str]) -> str:
        asked.append(paths)
        return newest(own, paths)

    monkeypatch.setattr(Versions, "newest", counted)
    for n in range(40):
        saved(tmp_path / f"{n:02}.xlsx", {"表": f"{REGISTER}| B-1 | A2 | | 第{n}件 | | @2024-06-01 | 文 |"}, OLD)
    saved(tmp_path / "99.xlsx", {"表": f"{REGISTER}| B-1 | A2 | | 第7件 | | @2024-06-01 | 文 |"}, NEW)
    review, problems = read(tmp_path, latest=False)
    assert (len(review.register), codes(problems), len(asked)) == (40, [Code.A112], 1)


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
        f"| B-1 | A1 | 省级 | 示范单位 | | @2024-06-01 | {evidence} |\n"
        f"| B-1 | A1 | 省级 | 全省表彰 | | @2024-06-01 | {other} |\n"
        f"| B-2 | A1 | 省级 | 示范单位 | | @2024-06-01 | {evidence} |"
    )
    a_workbook(tmp_path / "office.xlsx", {"登记": REGISTER + lines})
    review, problems = read(tmp_path, latest=False)
    assert len(review.register) == 3  # said, not settled
    assert codes(problems) == [Code.A222] * is_told
    if is_told:
        assert not is_error(problems[0])
        assert "示范单位" in part(problems[0], "found", Language.ZH)


SMOKE, SMOG = "A2 | | 秸秆焚烧 | | @2024-05-01 |", "A2 | | 治理不力 | | @2024-05-01 |"
HONOUR = "A1 | 省级 | 示范单位 | | @2024-05-01 | 省发〔2024〕1号"


@pytest.mark.parametrize(
    ("first", "second", "is_told"),
    [
        (f"{SMOKE} 省函〔2024〕12号", "A2 | | 秸秆焚烧 | | @2024-05-02 | 省函〔2024〕12号", True),
        (f"{SMOKE} 省政府通报 鄂政发〔2024〕3号", f"{SMOG} 鄂政发〔2024〕3号", True),
        (f"{SMOKE} 省政府通报鄂政发〔2024〕3号", f"{SMOG} 鄂政发〔2024〕3号", True),
        (f"{SMOKE} 国办发〔2018〕3号和鄂政发〔2024〕3号", f"{SMOG} 鄂政发〔2024〕3号", True),
        (HONOUR, HONOUR.replace("省级", "国家级").replace("05-01", "06-01"), False),
        (f"{SMOKE} 省发〔2024〕1号", "V1 | | 秸秆焚烧 | | @2024-05-01 | 省发〔2024〕1号", False),
    ],
)
def test_one_document_that_counts_twice(first: str, second: str, is_told: bool, tmp_path: Path) -> None:
    """Also of one matter, unless only its highest level counts; however the issuer stands among other words."""
    a_workbook(tmp_path / "office.xlsx", {"登记": f"{REGISTER}| B-1 | {first} |\n| B-1 | {second} |"})
    tree = the_tree(adjustments=(replace(TREE.adjustments[0], highest_only=True), TREE.adjustments[1]))
    review, problems = read_review([tmp_path], tree, UNITS)
    assert len(review.register) == 2
    assert codes(problems) == [Code.A222] * is_told


@pytest.mark.parametrize(("day", "is_told"), [("2024-07-03", False), ("2023-12-31", True), ("2025-01-01", True)])
def test_a_day_outside_the_assessed_year_is_said(day: str, is_told: bool, tmp_path: Path) -> None:
    a_workbook(tmp_path / "office.xlsx", {"登记": f"{REGISTER}| B-1 | A2 | | 通报 | | @{day} | 文 |"})
    review, problems = read(tmp_path, latest=False)
    assert (len(review.register), codes(problems)) == (1, [Code.A225] * is_told)
    assert all(day[:4] in part(problem, "found", Language.ZH) for problem in problems)


@given(
    st.sampled_from(["〔〕", "[]（）", "()【】"]), st.integers(1, 99_999), st.sampled_from(["", "第"]), st.booleans()
)
def test_a_number_is_one_however_it_is_written(brackets: str, number: int, word: str, with_end: bool) -> None:
    written = f"国办发{brackets[0]}2018{brackets[1]}{word}{number}{'号' if with_end else ''}"
    assert numbers_in(f"《通知》 {written}；{written}") == (f"国办发〔2018〕{number}号",)
