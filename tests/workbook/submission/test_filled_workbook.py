"""Template out, filled in, read back: the round trip as a law, and every fault at its cell.

Reaches ``model/answers.py``, ``workbook/submission/answers.py``, ``workbook/submission/sender.py``.
"""

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import a_field, a_tree, an_indicator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheets import a_workbook, columns_of, fill, place_of

from lawgov_score.catalogue import Code
from lawgov_score.model import AnswerState, Submission, Tree, Unit
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.report import part, problems_text
from lawgov_score.wording import Language
from lawgov_score.workbook.forms.layout import COVER_SHEET, FILL_SHEET, LISTS_SHEET, STAMP_SHEET, FillColumn, layout_of
from lawgov_score.workbook.package.opened import Opened, open_workbook
from lawgov_score.workbook.submission.filled_workbook import read_opened, read_submission
from lawgov_score.workbook.template.template import write_template

TREE = a_tree(
    indicators=[
        an_indicator(
            code="01-1",
            fields=[
                a_field(code="appeared", name="出庭件数", type="count", at_most="cases"),
                a_field(code="cases", name="应诉件数", type="count"),
                a_field(code="rate", name="公布的出庭率", type="share", substitute=True),
            ],
            value="appeared / cases",
            on_zero="not_applicable",
            may_not_apply=True,
            evidence=("出庭通知",),
        ),
        an_indicator(code="01-2", fields=[a_field(code="money", name="经费", type="amount")]),
        an_indicator(code="01-3", fields=[a_field(code="share", name="公开率", type="share")]),
        an_indicator(
            code="01-4",
            fields=[a_field(code="day", name="报送日期", type="date", never="未报送")],
            rule={"kind": "late", "due": "03-31", "of": "following_year", "each": 0.2},
        ),
        an_indicator(
            code="01-5", fields=[a_field(code="held", name="是否举办", type="yes_no")], rule={"kind": "all_or_nothing"}
        ),
        an_indicator(
            code="01-6",
            rule={
                "kind": "choice",
                "asks": "表彰级别",
                "options": [{"option": "国家级", "score": 1}, {"option": "省级", "score": 0.5}],
            },
        ),
        an_indicator(code="01-7", fields=[a_field(), a_field(code="remark", name="情况", type="text")]),
    ]
)
UNIT = Unit("S-01", "甲街道办事处", "subdistrict", "all", 2023)
ANSWERS: dict[str, Any] = {
    "01-1.appeared": 8,
    "01-1.cases": 12,
    "01-2.money": 12.5,
    "01-3.share": 0.953,
    "01-4.day": datetime(2024, 3, 30),
    "01-5.held": "是",
    "01-6.choice": "省级",
    "01-7.x": 0,
    "01-7.remark": "无",
}


def a_template(path: Path, tree: Tree = TREE, unit: Unit = UNIT) -> Path:
    write_template(tree, unit, path, standards=lambda indicator: indicator.rule.standard(indicator.terms))
    return path


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_template(tmp_path_factory.mktemp("blank") / "S-01.xlsx")


@pytest.fixture
def book(blank: Path, tmp_path: Path) -> Path:
    """A blank template of one's own, to fill in."""
    return Path(shutil.copy(blank, tmp_path / "S-01.xlsx"))


def read(path: Path, tree: Tree = TREE) -> tuple[Submission, list[tuple[str, str]]]:
    """The submission, and its problems as (code, cell)."""
    submission, problems = read_submission(path, tree)
    assert submission is not None, problems
    return submission, found(problems)


def found(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    places = [problem.place for problem in problems]
    assert all(isinstance(place, CellPlace) for place in places)
    assert all("{" not in problems_text(problems, lang) for lang in Language)  # every figure has its place
    return [(p.code.value, p.place.cell) for p in problems if isinstance(p.place, CellPlace)]


def values(submission: Submission) -> dict[str, Any]:
    return {key: answer.value for key, answer in submission.answers.items() if answer.state is AnswerState.GIVEN}


EXPECTED = {
    "01-1.appeared": 8.0,
    "01-1.cases": 12.0,
    "01-2.money": 12.5,
    "01-3.share": 0.953,
    "01-4.day": 45381.0,
    "01-5.held": 1.0,
    "01-6.choice": 1.0,
    "01-7.x": 0.0,
    "01-7.remark": "无",
}


def test_a_blank_template_is_all_missing_and_clean(book: Path) -> None:
    submission, problems = read(book)
    assert problems == []
    assert {answer.state for answer in submission.answers.values()} == {AnswerState.MISSING}
    assert submission.unit == UNIT
    assert len(submission.answers) == len([f for i in TREE.indicators for f in i.fields])


def test_what_was_filled_in_comes_back_with_its_cell(book: Path) -> None:
    places = fill(book, ANSWERS, notes={"01-2.money": "含上级补助"})
    submission, problems = read(book)
    assert problems == []
    assert values(submission) == EXPECTED
    assert {key: submission.answers[key].place.cell for key in ANSWERS} == places
    assert submission.answers["01-2.money"].place == CellPlace(book.as_posix(), FILL_SHEET, places["01-2.money"])
    assert submission.answers["01-2.money"].note == "含上级补助"
    assert submission.answers["01-2.money"].evidence == "见附件"
    assert submission.answers["01-3.share"].printed == "0.953"


STRATEGIES = {
    "01-1.cases": st.integers(0, 10**6),
    "01-2.money": st.floats(0, 1e9, allow_nan=False).map(lambda x: round(x, 4)),
    "01-3.share": st.integers(0, 10_000).map(lambda n: n / 10_000),
    "01-4.day": st.dates(date(1950, 1, 1), date(2099, 12, 31)),
    "01-5.held": st.sampled_from(["是", "否"]),
    "01-6.choice": st.sampled_from(["国家级", "省级"]),
    "01-7.remark": st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=20),
}
EPOCH = date(1899, 12, 30)


def as_value(key: str, answer: Any) -> float | str:
    match key:
        case "01-4.day":
            return float((answer - EPOCH).days)
        case "01-5.held":
            return 1.0 if answer == "是" else 0.0
        case "01-6.choice":
            return float(["国家级", "省级"].index(answer))
    return answer if isinstance(answer, str) else float(answer)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.fixed_dictionaries({}, optional=STRATEGIES))
def test_the_round_trip_is_a_law(blank: Path, tmp_path: Path, answers: dict[str, Any]) -> None:
    path = Path(shutil.copy(blank, tmp_path / "S-01.xlsx"))
    fill(path, answers)
    submission, problems = read(path)
    assert problems == []
    assert values(submission) == {key: as_value(key, answer) for key, answer in answers.items()}


# ------------------------------------------------- what people do to a workbook


def rearranged(path: Path) -> Iterator[list[Any]]:
    page = openpyxl.load_workbook(path)[FILL_SHEET]
    yield from ([cell.value for cell in row] for row in page.iter_rows())


def rewrite(path: Path, rows: list[list[Any]], name: str = FILL_SHEET) -> None:
    book = openpyxl.load_workbook(path)
    del book[FILL_SHEET]
    page = book.create_sheet(name)
    for row in rows:
        page.append(row)
    book.save(path)


def test_sorted_rows_and_moved_columns_change_nothing(book: Path) -> None:
    fill(book, ANSWERS)
    heading, *rows = rearranged(book)
    rewrite(book, [heading[::-1], *(row[::-1] for row in rows[::-1])])
    submission, problems = read(book)
    assert (values(submission), problems) == (EXPECTED, [])


def test_rows_and_titles_put_in_above_and_between_change_nothing(book: Path) -> None:
    fill(book, ANSWERS)
    heading, *rows = rearranged(book)
    rewrite(book, [["2023年填报表"], [], heading, *rows[:3], [], *rows[3:]], name="本单位填报")
    submission, problems = read(book)
    assert (values(submission), problems) == (EXPECTED, [])
    assert submission.answers["01-1.appeared"].place.sheet == "本单位填报"


def test_without_the_hidden_key_code_and_name_will_do(book: Path) -> None:
    fill(book, ANSWERS)
    at = columns_of(openpyxl.load_workbook(book)[FILL_SHEET])[FillColumn.KEY]
    rewrite(book, [[cell for i, cell in enumerate(row) if i != at] for row in rearranged(book)])
    submission, problems = read(book)
    assert (values(submission), problems) == (EXPECTED, [])


def test_headings_may_be_spaced_and_wide(book: Path) -> None:
    fill(book, ANSWERS)
    heading, *rows = rearranged(book)
    rewrite(book, [[" 填 报 值\n" if cell == "填报值" else cell for cell in heading], *rows])
    assert values(read(book)[0]) == EXPECTED


def test_where_print_and_hidden_key_are_of_different_rows_neither_row_counts(book: Path) -> None:
    fill(book, {"01-2.money": 12.5, "01-3.share": 0.5})
    heading, *rows = rearranged(book)
    at = columns_of(openpyxl.load_workbook(book)[FILL_SHEET])[FillColumn.KEY]
    keys = [row[at] for row in rows][::-1]  # sorted without the hidden column
    rewrite(book, [heading, *([*row[:at], key] for row, key in zip(rows, keys, strict=True))])
    submission, problems = read(book)
    assert values(submission) == {}
    assert {code for code, _ in problems} == {"S225"}


# ------------------------------------------------- every fault at its cell


@pytest.mark.parametrize(
    ("key", "answer", "code"),
    [
        ("01-1.cases", "约95", "S201"),
        ("01-3.share", 95.3, "S202"),
        ("01-3.share", "九成五", "S203"),
        ("01-1.cases", 1.5, "S204"),
        ("01-4.day", "3月底", "S205"),
        ("01-5.held", "基本是", "S206"),
        ("01-6.choice", "省级以上", "S207"),
        ("01-2.money", "不适用", "S209"),
        ("01-1.cases", "不适用", "S210"),
        ("01-2.money", "=SUM(1,2)", "S214"),
        ("01-2.money", "#DIV/0!", "S215"),
    ],
)
def test_a_fault_is_named_at_its_cell_and_stops_no_other(book: Path, key: str, answer: object, code: str) -> None:
    places = fill(book, {"01-7.x": 1, key: answer})
    submission, problems = read(book)
    assert problems == [(code, places[key])]
    assert submission.answers[key].state is AnswerState.INVALID
    assert submission.answers[key].value is None
    assert values(submission) == {"01-7.x": 1.0}


def test_a_numerator_above_its_denominator_names_both_cells(book: Path) -> None:
    places = fill(book, {"01-1.appeared": 8, "01-1.cases": 5})
    submission, problems = read_submission(book, TREE)
    assert submission is not None
    assert found(problems) == [("S208", places["01-1.appeared"])]
    assert problems[0].see_also == (CellPlace(book.as_posix(), FILL_SHEET, places["01-1.cases"]),)
    assert submission.answers["01-1.appeared"].state is AnswerState.INVALID
    assert submission.answers["01-1.cases"].value == 5.0


def test_a_claim_with_a_reason_on_any_row_of_its_indicator(book: Path) -> None:
    keys = ("01-1.appeared", "01-1.cases")
    fill(book, dict.fromkeys(keys, "不适用"), notes={"01-1.cases": "本年度没有应诉案件"})
    submission, problems = read(book)
    assert problems == []
    assert {submission.answers[key].state for key in keys} == {AnswerState.CLAIMED_NOT_APPLICABLE}


def test_the_same_field_twice(book: Path) -> None:
    fill(book, {"01-2.money": 5})
    heading, *rows = rearranged(book)
    at = columns_of(openpyxl.load_workbook(book)[FILL_SHEET])
    money = next(row for row in rows if row[at[FillColumn.KEY]] == "01-2.money")
    same, other = list(money), [6 if i == at[FillColumn.VALUE] else cell for i, cell in enumerate(money)]
    rewrite(book, [heading, *rows, same])
    assert read(book)[1] == []
    rewrite(book, [heading, *rows, other])
    submission, problems = read(book)
    cell = place_of(book, "01-2.money")
    assert problems == [("S211", f"{cell[0]}{len(rows) + 2}")]
    assert submission.answers["01-2.money"].state is AnswerState.INVALID


def test_a_row_of_ones_own_is_reported_and_a_lost_row_is_missing(book: Path) -> None:
    fill(book, ANSWERS)
    heading, *rows = rearranged(book)
    at = columns_of(openpyxl.load_workbook(book)[FILL_SHEET])
    kept = [row for row in rows if row[at[FillColumn.KEY]] != "01-2.money"]
    extra = ["亮点" if i == at[FillColumn.VALUE] else None for i in range(len(heading))]
    rewrite(book, [heading, *kept, extra])
    submission, problems = read(book)
    value = place_of(book, "01-1.cases")[0]
    assert problems == [("S212", f"{value}{len(kept) + 2}"), ("S213", "")]
    assert submission.answers["01-2.money"].state is AnswerState.MISSING


@pytest.mark.parametrize(("rate", "problems"), [("100%", ["S218"]), (None, [])])
def test_a_printed_rate_beside_counts_of_zero_is_not_dropped_without_a_word(
    book: Path, rate: object, problems: list[str]
) -> None:
    places = fill(book, {"01-1.appeared": 0, "01-1.cases": 0, "01-1.rate": rate})
    assert read(book)[1] == [(code, places["01-1.rate"]) for code in problems]


@pytest.mark.parametrize("heading", ["填报值", "说明", "佐证材料", "编码", "字段编码", "填报项", " 填 报 值"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_second_column_of_the_same_heading_is_named_and_nothing_is_guessed(
    book: Path, heading: str, side: str
) -> None:
    fill(book, ANSWERS)
    first, *rows = rearranged(book)
    at = 0 if side == "left" else len(first)
    rewrite(book, [[*row[:at], heading if row is first else 7, *row[at:]] for row in (first, *rows)])
    submission, problems = read_submission(book, TREE)
    assert submission is None
    assert [problem.code for problem in problems] == [Code.S128]
    named = {place.cell for place in (problems[0].place, *problems[0].see_also) if isinstance(place, CellPlace)}
    again = next(rearranged(book))
    assert named == {
        f"{chr(65 + j)}1" for j, cell in enumerate(again) if str(cell).replace(" ", "") == heading.replace(" ", "")
    }
    assert len(named) == 2


@pytest.mark.parametrize(
    ("rate", "problems"),
    [("51.69%", []), ("51.7%", []), ("52%", []), (0.5169, []), (0.52, []), ("67.8%", ["S216"]), (0.678, ["S216"])],
)
def test_a_printed_rate_agrees_with_the_counts_up_to_its_last_digit(
    book: Path, rate: object, problems: list[str]
) -> None:
    places = fill(book, {"01-1.appeared": 61, "01-1.cases": 118, "01-1.rate": rate})
    assert read(book)[1] == [(code, places["01-1.rate"]) for code in problems]


def test_counts_that_cannot_be_are_named_with_their_cells(tmp_path: Path) -> None:
    """A rate of 163.64% is no advice: the counts are, which come to more than the whole."""
    names = {"head": "正职出庭件数", "deputy": "副职出庭件数", "cases": "应诉件数"}
    counts = [a_field(code=code, name=name, type="count") for code, name in names.items()]
    rate = a_field(code="rate", name="公布的出庭率", type="share", substitute=True)
    tree = a_tree(indicators=[an_indicator(code="01-1", fields=[*counts, rate], value="(head + deputy) / cases")])
    path = tmp_path / "S-01.xlsx"
    write_template(tree, UNIT, path, standards=lambda i: i.rule.standard(i.terms))
    places = fill(path, {"01-1.head": 9, "01-1.deputy": 9, "01-1.cases": 11, "01-1.rate": 0.9})
    (problem,) = [one for one in read_submission(path, tree)[1] if one.code is Code.S216]
    hint, expected = (part(problem, which, Language.ZH) for which in ("hint", "expected"))
    assert all(
        f"{names[code]} {n}（{places[f'01-1.{code}']}）" in hint
        for code, n in (("head", 9), ("deputy", 9), ("cases", 11))
    )
    assert "163.64%" in expected
    assert len(problem.see_also) == 3
    fill(path, {"01-1.head": 4, "01-1.deputy": 5, "01-1.cases": 11, "01-1.rate": 0.9})
    (problem,) = [one for one in read_submission(path, tree)[1] if one.code is Code.S216]
    assert part(problem, "expected", Language.ZH) == "按件数计算为 81.82%"


def test_an_answer_without_the_evidence_it_needs_is_noted_once(book: Path) -> None:
    fill(book, {"01-1.appeared": 1, "01-1.cases": 2, "01-2.money": 3}, evidence="")
    assert read(book)[1] == [("S217", place_of(book, "01-1.appeared", FillColumn.EVIDENCE))]


# ------------------------------------------------- the workbook as a whole


def restamp(path: Path, **changes: str) -> None:
    book = openpyxl.load_workbook(path)
    page = book[STAMP_SHEET]
    for row in page.iter_rows():
        if row[0].value in changes:
            row[1].value = changes[str(row[0].value)]
    book.save(path)


NO_QUESTIONS = {"questions": ""}  # as workbooks were stamped before each question was


@pytest.mark.parametrize(
    ("change", "code"), [({"tree": "wuhua-2020"}, "S108"), ({"edition": "2018", **NO_QUESTIONS}, "S109")]
)
def test_another_tree_or_an_edition_that_cannot_be_compared_is_not_read(
    book: Path, change: dict[str, str], code: str
) -> None:
    restamp(book, **change)
    submission, problems = read_submission(book, TREE)
    assert (submission, found(problems)) == (None, [(code, "")])


def test_the_tree_before_a_change_is_read_with_a_warning(book: Path) -> None:
    fill(book, ANSWERS)
    restamp(book, fingerprint="f" * 64, **NO_QUESTIONS)
    submission, problems = read(book)
    assert (values(submission), problems) == (EXPECTED, [("S120", "")])


def without_stamp(path: Path, name: str) -> Path:
    book = openpyxl.load_workbook(path)
    del book[STAMP_SHEET]
    path = path.with_name(name)
    book.save(path)
    return path


def test_without_a_stamp_the_cover_says_who_it_is_from(book: Path) -> None:
    submission, _ = read(without_stamp(book, "新建文件.xlsx"))
    assert (submission.unit.code, submission.unit.name) == ("S-01", "甲街道办事处")


def recover(path: Path, **changes: str) -> dict[str, str]:
    """Writes other texts beside labels of the cover; gives back the cell of each."""
    book = openpyxl.load_workbook(path)
    page = book[COVER_SHEET]
    cells = {}
    for row in page.iter_rows():
        for label, value in pairwise(row):
            if label.value in changes:
                value.value = changes[str(label.value)]
                cells[str(label.value)] = value.coordinate
    book.save(path)
    return cells


@pytest.mark.parametrize(
    "changes", [{"单位编码": "S-02"}, {"单位名称": "乙街道办事处"}, {"单位编码": "S-02", "单位名称": "乙"}]
)
def test_a_cover_of_another_unit_than_the_stamp_is_not_read(book: Path, changes: dict[str, str]) -> None:
    fill(book, ANSWERS)
    cells = recover(book, **changes)
    submission, problems = read_submission(book, TREE)
    assert (submission, found(problems)) == (None, [("S127", cell) for cell in cells.values()])
    assert all(isinstance(p.place, CellPlace) and p.place.sheet == COVER_SHEET for p in problems)


@pytest.mark.parametrize(
    "changes", [{"单位编码": " Ｓ-01 "}, {"单位名称": ""}, {"单位编码": "", "单位名称": "甲 街道办事处"}]
)
def test_a_cover_that_says_the_same_or_nothing_is_read(book: Path, changes: dict[str, str]) -> None:
    recover(book, **changes)
    assert read(book)[1] == []


def test_a_cover_may_say_the_name_that_the_roster_has_now(book: Path) -> None:
    recover(book, 单位名称="甲街道")
    opened = open_workbook(book)
    assert isinstance(opened, Opened)
    assert found(read_opened(opened, layout_of(TREE), {})[1])[0][0] == "S127"
    assert read_opened(opened, layout_of(TREE), {"S-01": Unit("S-01", "甲街道")})[1] == ()


def test_a_blank_beside_one_label_is_not_the_next_label(book: Path) -> None:
    path = without_stamp(book, "S-01.xlsx")
    recover(path, 单位编码="")
    assert read(path)[0].unit == Unit("S-01", "甲街道办事处", year=2023)


FILLED_BY_HAND = """
    | 编码   | 填报项 | 填报值 |
    | 01-2  | 经费   | 12.5  |
    | 01-3  |       | 95.3% |
"""


def test_a_sheet_made_by_hand_belongs_to_the_code_in_its_file_name(tmp_path: Path) -> None:
    submission, problems = read(a_workbook(tmp_path / "S-07.xlsx", {"Sheet1": FILLED_BY_HAND}))
    assert submission.unit == Unit("S-07", "S-07")
    assert values(submission) == {"01-2.money": 12.5, "01-3.share": 0.953}
    assert {code for code, _ in problems} == {"S213"}


def test_nobody_knows_whose_it_is(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "新建 表格.xlsx", {"Sheet1": FILLED_BY_HAND})
    assert found(read_submission(path, TREE)[1]) == [("S110", "")]


def test_no_code_matches(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "S-07.xlsx", {"Sheet1": "|编码|填报项|填报值|\n|99-9|别的|3|"})
    submission, problems = read_submission(path, TREE)
    assert (submission, found(problems)) == (None, [("S108", "")])


def test_the_sheet_or_a_heading_is_gone(tmp_path: Path) -> None:
    gone = a_workbook(tmp_path / "S-07.xlsx", {"封面": "| 说明 |"})
    assert found(read_submission(gone, TREE)[1]) == [("S113", "")]
    renamed = a_workbook(tmp_path / "S-08.xlsx", {"填报": "|编码|填报项|数据|说明|\n|01-2|经费|3| |"})
    assert found(read_submission(renamed, TREE)[1]) == [("S114", "")]


@pytest.mark.parametrize(
    ("heading", "is_told"),
    [
        ("填报数据（2018年）", True),
        ("填报值(2018)", True),
        ("2018年填报值", True),
        ("数据", False),
        ("上年填报值", False),
        ("上年填报数据（2017年）", False),
    ],
)
def test_a_heading_that_was_changed_is_named_where_it_can_be_told(tmp_path: Path, heading: str, is_told: bool) -> None:
    path = a_workbook(tmp_path / "S-08.xlsx", {"填报": f"|编码|填报项|{heading}|说明|\n|01-2|经费|3| |"})
    (problem,) = read_submission(path, TREE)[1]
    assert problem.code is Code.S114
    assert isinstance(problem.place, CellPlace)
    assert problem.place.cell == ("C1" if is_told else "")
    hint, found = (part(problem, which, Language.ZH) for which in ("hint", "found"))
    assert (f"“{heading}”改回“填报值”" in hint) is is_told
    assert heading in found
    assert is_told or "说明" in found  # else all that is there


def test_answers_in_a_sheet_called_after_our_list_are_not_taken_for_it_and_no_crash(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "S-07.xlsx", {LISTS_SHEET: "|编码|填报项|填报值|\n|01-2|经费|3|"})
    submission, problems = read_submission(path, TREE)
    assert (submission, found(problems)) == (None, [("S113", "")])


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert read_submission(tmp_path / "无.xlsx", TREE)[1][0].code is Code.S101


def test_a_formula_with_a_stored_value_is_an_answer(tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "S-09.xlsx"
    page_book = xlsxwriter.Workbook(str(path))
    page = page_book.add_worksheet("填报")
    for column, heading in enumerate(["编码", "填报项", "填报值"]):
        page.write_string(0, column, heading)
    page.write_string(1, 0, "01-2")
    page.write_formula(1, 2, "=5+7.5", None, 12.5)
    page_book.close()
    assert values(read(path)[0]) == {"01-2.money": 12.5}
