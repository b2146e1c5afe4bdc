"""Problems and phrases as words. Prose is not tested; figures, carets and the contract's keys are."""

import json
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawgov_score.catalogue import Code
from lawgov_score.catalogue.chapters import CATALOGUE
from lawgov_score.problems import CellPlace, NodePlace, Problem, ProblemList, TextPlace, folded, total
from lawgov_score.report import (
    MOST_WHOLE,
    date_text,
    number_text,
    percent_text,
    problem_lines,
    problems_github,
    problems_json,
    problems_text,
    render,
    width,
)
from lawgov_score.terminal.problem import example_text
from lawgov_score.wording import Language, Quantity, Words

ZH, EN = Language.ZH, Language.EN


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.5, "0.5"),
        (2.0, "2"),
        (1e-7, "0"),
        (-0.25, "-0.25"),
        (1e12, "1000000000000"),
        (1e18, "1000000000000000000"),
        (-1e-9, "0"),
    ],
)
def test_numbers_as_people_write_them(number: float, text: str) -> None:
    assert number_text(number) == text


def test_shares_and_dates() -> None:
    assert percent_text(61 / 118) == "51.69%"
    assert percent_text(0.992) == "99.2%"
    assert date_text(44293, ZH) == "2021年4月7日"
    assert date_text(44293, EN) == "2021-04-07"


def test_phrases_nest_and_lists_join() -> None:
    words = Words("{names:list}各扣{each:points}分，每低{step:step}", "{names:list}: {each:points}, {step:step}")
    phrase = words(names=(Words("甲", "a"), "乙"), each=0.25, step=Quantity(0.01, is_share=True))
    assert render(phrase, ZH) == "甲、乙各扣0.25分，每低1 个百分点"
    assert render(phrase, EN) == "a, 乙: 0.25, 1 percentage point"


def test_the_caret_counts_display_width() -> None:
    problem = Problem(Code.O101, TextPlace("a.yaml", 1, 5, 2), {"expected": "数", "found": "文字"})
    lines = problem_lines(problem, ZH, ["中文: 百分"])
    assert width(lines[1][: lines[1].index("百")]) == width(lines[2][: lines[2].index("^")])
    assert lines[2].count("^") == 4


def test_json_has_the_keys_of_the_contract() -> None:
    problems = [
        Problem(Code.O102, CellPlace("b.xlsx", "填报", "D12"), {"found": "约95"}),
        Problem(Code.O101, TextPlace("a.yaml", 3, 4), {"expected": "数", "found": "文字"}),
        Problem(Code.R104, NodePlace("", "01-1"), {"units": 3}),
    ]
    records = json.loads(problems_json(problems, ZH))
    keys = {"code", "severity", "path", "line", "column", "sheet", "cell", "title", "expected", "found", "hint"}
    assert all(keys <= set(record) for record in records)
    by_code = {record["code"]: record for record in records}
    assert (by_code["O101"]["line"], by_code["O101"]["column"], by_code["O101"]["cell"]) == (3, 4, None)
    assert (by_code["R104"]["path"], by_code["R104"]["unit"], by_code["R104"]["node"]) == (None, None, "01-1")
    assert set(by_code["O101"]) == set(by_code["O102"]) == keys
    assert (by_code["O102"]["sheet"], by_code["O102"]["cell"], by_code["O102"]["line"]) == ("填报", "D12", None)


def test_problems_come_sorted_by_place_with_columns_as_numbers() -> None:
    places = [CellPlace("a.xlsx", "填报", cell) for cell in ("AA2", "B10", "B2", "A10")]
    text = problems_text([Problem(Code.O102, place, {"found": place.cell}) for place in places], ZH)
    found = [line.split("!")[1].split(":")[0] for line in text.splitlines() if line.startswith("a.xlsx")]
    assert found == ["B2", "AA2", "A10", "B10"]


def test_equal_problems_stand_once_with_the_places_of_the_others() -> None:
    places = [CellPlace("a.xlsx", "填报", f"B{row}") for row in range(2, 131)]
    text = problems_text([Problem(Code.O102, place, {"found": "x"}) for place in places], ZH)
    assert text.count("O102") == 2  # in the block and in the closing line
    assert "另有 128 处  B3:B130" in text
    assert text.splitlines()[-1].startswith("共 129 个错误，涉及 1 个文件")


def test_a_workbook_full_of_one_fault_fits_a_screen() -> None:
    """Fields differ, and so do their examples: what is wrong is the same, and the places tell the fields."""
    examples = ("12", "12.5", "95.3%")
    problems = [
        Problem(
            Code.S201,
            CellPlace("a.xlsx", "填报", f"G{row}"),
            {"field": f"填报项{row}", "example": examples[row % 3], "found": "“约8”", "hint": ""},
        )
        for row in range(2, 131)
    ]
    for lang in Language:
        lines = problems_text(problems, lang).splitlines()
        assert len(lines) <= 24
        assert sum(line.startswith("a.xlsx") for line in lines) == 3
        assert "129" in lines[-1]


def test_faults_that_all_differ_are_shown_in_short_and_none_is_lost() -> None:
    problems = [Problem(Code.O102, CellPlace("a.xlsx", "填报", f"B{2 * n}"), {"found": f"约{n}"}) for n in range(1, 41)]
    for lang in Language:
        text = problems_text(problems, lang)
        assert len(text.splitlines()) <= 32
        assert all(re.search(rf"\bB{2 * n}\b", text) for n in range(1, 41))
    few = problems_text(problems[:MOST_WHOLE], ZH)
    assert few.count("约") == MOST_WHOLE  # a handful: each in full
    assert sum(line.startswith("a.xlsx") for line in few.splitlines()) == MOST_WHOLE


def test_a_fault_of_many_files_says_in_one_line_what_it_is_and_where() -> None:
    """What is wrong comes first; of many places the first few are named and all are counted."""
    names = [f"submissions/单位-{n:02d}.xlsx" for n in range(1, 9)]
    kinds = [
        [Problem(Code.O102, CellPlace(name, "填报", f"H{n}"), {"found": f"约{n}"}) for name in names] for n in range(9)
    ]
    for lang in Language:
        lines = problems_text([one for kind in kinds for one in kind], lang).splitlines()
        short = [line for line in lines if re.search(r"约[3-8]", line)]
        assert len(short) == 6
        for line in short:
            n = int(re.findall(r"约(\d)", line)[0])
            assert "8" in line
            assert line.count(f"填报!H{n}") >= 1
            assert names[0] in line
            assert line.index("约") < line.index(names[0])


@pytest.mark.parametrize(("n", "listed", "rest"), [(199, 199, 0), (200, 200, 0), (201, 200, 1), (5_000, 200, 4_800)])
def test_beyond_two_hundred_of_a_code_in_a_file_one_stands_for_the_rest(n: int, listed: int, rest: int) -> None:
    problems = [
        Problem(Code.S211, CellPlace("a.csv", "", f"B{row}"), {"field": "", "found": row, "other": ""})
        for row in range(n)
    ]
    problems += [
        Problem(Code.S211, CellPlace(f"{path}.csv"), {"field": "", "found": 1, "other": ""})
        for path in "bc"
        for _ in range(150)
    ]
    records = json.loads(problems_json(reversed(problems), ZH))
    of_rest = [record for record in records if "count" in record]
    assert len(records) - len(of_rest) == listed + 300
    assert [record["count"] for record in of_rest] == [rest] * (rest > 0)
    for record in of_rest:
        nowhere = ("path", "line", "column", "sheet", "cell", "expected", "found", "hint")
        assert {record[key] for key in nowhere} == {None}
        assert (record["code"], record["severity"]) == ("S211", "error")
    assert problems_text(problems, ZH).splitlines()[-1].startswith(f"共 {n + 300} 个错误，涉及 3 个文件")


@given(st.lists(st.sampled_from([Code.S101, Code.S102, Code.S119]), max_size=900), st.integers(0, 3))
def test_a_basket_loses_no_count(codes: list[Code], files: int) -> None:
    problems = [Problem(code, CellPlace(f"{n % (files + 1)}.csv", "", f"A{n}")) for n, code in enumerate(codes)]
    basket = ProblemList(problems)
    for told in (basket.told(), folded(problems), folded(basket.told())):
        assert total(told) == len(codes)
        assert len(told) <= len(problems)
        assert Counter(one.code for one in told for _ in range(one.count)) == Counter(codes)


def test_github_lines_are_escaped() -> None:
    problem = Problem(Code.O101, TextPlace("a.yaml", 3, 4), {"found": "90%"})
    line = problems_github([problem], EN)
    assert line.startswith("::error file=a.yaml,line=3,col=4,title=O101::")
    assert "90%25" in line


def test_every_code_is_in_the_catalogue_once_with_both_languages_example_and_cure() -> None:
    assert set(CATALOGUE) == set(Code)
    for code, entry in CATALOGUE.items():
        assert entry.title.zh, code
        assert entry.title.en, code
        assert entry.hint.zh, code
        assert entry.hint.en, code
        for lang in (ZH, EN):
            assert example_text(entry.example, lang), code
            assert example_text(entry.cure, lang), code


def test_an_example_in_prose_is_there_in_english_too() -> None:
    """YAML may hold Chinese data, and a cell may hold a Chinese word; a sentence is for the reader's language.

    Headings are data too where they are read in Chinese alone.
    """
    headings = {"编号,单位名称,类型", "一级指标｜二级指标｜分值｜评分标准", "考核周期", "说明"}
    data = {*headings, "是", "省级"}
    for code, entry in CATALOGUE.items():
        for text in (entry.example, entry.cure):
            if isinstance(text, str) and not code.startswith("T"):
                assert text in data or not re.search("[\u4e00-\u9fff]", text), f"{code}: {text}"


def test_what_came_by_standard_input_is_called_so() -> None:
    problem = Problem(Code.S101, CellPlace("-", "", "B2"), {"found": "x"})
    assert problem_lines(problem, ZH)[0].startswith("-（标准输入）:B2: ")
    assert problem_lines(problem, EN)[0].startswith("- (standard input):B2: ")
