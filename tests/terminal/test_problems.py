"""Problems unit by unit: who comes first, in what order within a unit, and that none is left out."""

from builders import a_unit

from lawgov_score.catalogue import Code
from lawgov_score.problems import CellPlace, NodePlace, Problem, TextPlace
from lawgov_score.terminal.problems import MOST_OWNERS, problems_by_unit
from lawgov_score.wording import Language

_FIGURES = {
    "field": "件数",
    "found": "约三",
    "example": "12",
    "hint": "",
    "what": "宏",
    "name": "丙局",
    "unit": "C",
    "cure": "删去",
}
SENDERS = (
    (CellPlace("a.xlsx"), a_unit(code="A", name="甲局")),
    (CellPlace("t.csv", "", "A2"), a_unit(code="B", name="乙局")),
    (CellPlace("t.csv", "", "A3"), a_unit(code="D", name="丁局")),
    (CellPlace(""), a_unit(code="C", name="丙局")),
)


def a_problem(code: Code, path: str = "a.xlsx", cell: str = "", sheet: str = "") -> Problem:
    return Problem(code, CellPlace(path, sheet, cell), _FIGURES)


def opening_lines(*problems: Problem) -> list[str]:
    """Headings and the first line of each problem, places and codes only."""
    lines = problems_by_unit(problems, SENDERS, Language.ZH).splitlines()
    return [
        line if line.startswith("【") else f"{line.split(': ')[0]} {line.split(' ')[2]}"
        for line in lines
        if line and not line.startswith((" ", "共"))
    ]


def test_units_with_errors_come_first_and_within_a_unit_errors_then_warnings_then_notes() -> None:
    warned = Problem(Code.S116, NodePlace("C"), _FIGURES)
    row = a_problem(Code.S201, "t.csv", "C3")
    note, error = a_problem(Code.S119), a_problem(Code.S201, cell="D9", sheet="填报")
    early = a_problem(Code.S212, cell="D2", sheet="填报")
    assert opening_lines(note, warned, early, error, row) == [
        "【甲局（A）】1 个错误、1 个警告、1 个提示",
        "a.xlsx:填报!D9 S201",
        "a.xlsx:填报!D2 S212",
        "a.xlsx S119",
        "【丁局（D）】1 个错误",
        "t.csv:C3 S201",
        "【丙局（C）】1 个警告",
        "C S116",
    ]


def test_what_is_nobodys_comes_last_even_if_it_is_an_error() -> None:
    lines = opening_lines(Problem(Code.S101, TextPlace("x.yaml"), _FIGURES), a_problem(Code.S119))
    assert [line for line in lines if line.startswith("【")] == [
        "【甲局（A）】1 个提示",
        "【不属于某个单位的】1 个错误",
    ]


def test_where_all_is_nobodys_there_is_no_heading() -> None:
    assert "【" not in problems_by_unit([a_problem(Code.S201, "other.xlsx")], SENDERS, Language.ZH)


def test_every_problem_is_there_in_both_languages_and_equal_ones_of_a_unit_once() -> None:
    problems = [a_problem(Code.S201, path, f"D{i}") for path in ("a.xlsx", "t.csv", "z.xlsx") for i in range(2, 5)]
    for lang in Language:
        text = problems_by_unit(problems, SENDERS, lang)
        assert text.count(" S201 ") == 4  # a block for each of three owners, and one of nobody's
        named = text.replace("D2:D4", "D2、D3、D4")
        assert [named.count(f"D{i}") for i in range(2, 5)] == [3, 3, 3]  # every place once
        assert "9" in text.splitlines()[-1]  # all of them are counted
    assert problems_by_unit([], SENDERS, Language.ZH) == ""


def test_what_many_units_have_alike_is_said_once_before_all_others() -> None:
    """24 workbooks with the same fault are one block with the places of all, and not 24 headings."""
    files = [f"{code:02}.xlsx" for code in range(24)]
    senders = tuple((CellPlace(file), a_unit(code=f"U{file[:2]}", name=f"{file[:2]}局")) for file in files)
    same = [a_problem(Code.S201, file, "D9", "填报") for file in files]
    own = Problem(Code.S201, CellPlace("05.xlsx", "填报", "D2"), {**_FIGURES, "found": "约五"})
    for lang in Language:
        lines = problems_by_unit([*same, own], senders, lang).splitlines()
        assert sum(" S201 " in line for line in lines) == 2
        assert len(lines) < 24
        assert all(any(file in line for line in lines) for file in files)
        assert "25" in lines[-1]
        assert [line[1:].split("（")[0] for line in lines if line.startswith("【")][1:] in ([], ["05局"])
        few = problems_by_unit(same[:MOST_OWNERS], senders, lang)
        assert few.count(" S201 ") == MOST_OWNERS  # a few: each under its own heading
