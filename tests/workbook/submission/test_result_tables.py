"""Last year's results as an office keeps them: Chinese headings, Excel, a ranking alone; what is none is said."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from builders import a_tree, an_indicator
from calls import run
from test_cli import Captured, a_small_tree, a_table

from lawgov_score.catalogue import Code
from lawgov_score.model import Previous, Unit
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.report import part, title
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.previous import read_previous
from lawgov_score.workbook.submission.result_tables import sources_of

TREE = a_tree(indicators=[an_indicator(code="01-1"), an_indicator(code="01-2")])
UNITS = tuple(Unit(code, name) for code, name in (("A", "甲局"), ("B", "乙局"), ("C", "司法所"), ("D", "司法所")))
Read = tuple[Previous | None, tuple[Problem, ...]]


def read(path: Path) -> Read:
    return read_previous(path, TREE, UNITS)


def a_book(path: Path, *rows: tuple[Any, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def codes(problems: tuple[Problem, ...]) -> list[Code]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    "head", [("单位编码", "单位名称", "总分", "排名"), ("被考核单位", "综合得分", "名次"), ("单位", "位次")]
)
@pytest.mark.parametrize("title", [(), (("某区2016年度法治政府建设考核排名",), ())])
def test_a_ranking_alone_is_enough(head: tuple[str, ...], title: tuple[tuple[Any, ...], ...], tmp_path: Path) -> None:
    given: dict[str, Any] = {
        "单位编码": "AB",
        "单位名称": ("甲局", "乙局"),
        "被考核单位": ("甲局", "乙局"),
        "单位": ("甲局", "乙局"),
    }
    given |= {
        "总分": (86.3, "80.00"),
        "综合得分": (86.3, "80.00"),
        "排名": (1, "第2名"),
        "名次": (1, 2),
        "位次": ("1", 2.0),
    }
    rows = [tuple(given[heading][i] for heading in head) for i in (0, 1)]
    path = a_book(tmp_path / "上年排名.xlsx", *title, head, *rows)
    for where in (path, tmp_path):
        previous, problems = read(where)
        assert codes(problems) == [Code.A312]
        assert previous is not None
        assert previous.ranks == {"A": 1, "B": 2}
        assert previous.totals == ({"A": 86.3, "B": 80.0} if "位次" not in head else {})
        assert previous.scores == previous.figures == {}
        assert [Path(name).name for name, _ in previous.inputs] == ["上年排名.xlsx"]


def test_a_ranking_in_a_csv_of_the_local_code_page(tmp_path: Path) -> None:
    path = tmp_path / "排名.csv"
    path.write_bytes("单位名称,得分,位次,等次\n甲局,86.3,1,优秀\n乙局,—,—,\n老单位,70,3,\n".encode("gb18030"))
    previous, problems = read(path)
    assert set(codes(problems)) == {Code.S119, Code.A312, Code.A316}  # of whom 老单位 is, nobody knows
    assert previous is not None
    assert previous.ranks == {
        "A": 1,
        "老单位": 3,
    }  # a unit that is no more is kept under its name, and nobody asks for it
    assert previous.totals == {"A": 86.3, "老单位": 70.0}


def test_tables_of_our_own_saved_as_excel_under_chinese_headings(tmp_path: Path) -> None:
    a_book(
        tmp_path / "ranking.xlsx",
        ("单位编码", "单位名称", "考核分组", "得分", "位次", "等次"),
        ("A", "甲局", "", 86.3, 1, "优秀"),
    )
    a_book(
        tmp_path / "scores.xlsx",
        ("单位编码", "指标编码", "分值", "得分", "状态", "扣分理由"),
        ("A", "01-1", 2, 1.5, "scored", "少"),
    )
    a_book(tmp_path / "figures.xlsx", ("单位编码", "指标编码", "填报项编码", "数值"), ("A", "01-1", "taken", 12))
    previous, problems = read(tmp_path)
    assert problems == ()
    assert previous is not None
    assert previous.scores == {"A": {"01-1": 1.5}}
    assert previous.figures == {"A": {"01-1.taken": 12.0}}


def test_a_name_of_several_units_is_nobody(tmp_path: Path) -> None:
    path = a_book(tmp_path / "a.xlsx", ("单位", "位次"), ("甲局", 1), ("司法所", 2))
    previous, problems = read(path)
    assert sorted(codes(problems)) == [Code.A312, Code.A313]
    fault = next(problem for problem in problems if problem.code is Code.A313)
    assert fault.values["found"] == ("C", "D")
    assert isinstance(fault.place, CellPlace)
    assert fault.place.cell == "A3"
    assert previous is not None
    assert previous.ranks == {"A": 1}


@pytest.mark.parametrize(
    ("head", "code"),
    [(("序", "分组"), Code.A303), (("单位", "等次"), Code.A303), (("单位", "单位名称", "位次"), Code.S128)],
)
def test_what_is_no_ranking(head: tuple[str, ...], code: Code, tmp_path: Path) -> None:
    _, problems = read(a_book(tmp_path / "a.xlsx", head, *([("甲局",) * len(head)])))
    assert code in codes(problems)


def test_of_several_tables_none_is_taken_for_the_ranking(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        a_book(tmp_path / name, ("单位", "位次"), ("甲局", 1))
    assert sources_of(tmp_path) == {}
    previous, problems = read(tmp_path)
    assert previous is None
    assert Code.A301 in codes(problems)
    (tmp_path / "b.xlsx").rename(tmp_path / "~$a.xlsx")  # what Excel leaves beside an open file
    assert list(sources_of(tmp_path)) == ["ranking.csv"]


def test_our_own_scorecard_is_told_from_a_ranking(tmp_path: Path, capsys: Captured) -> None:
    tree, table = a_small_tree(tmp_path), a_table(tmp_path, "A,1,2", "B,2,2")
    last, card = tmp_path / "last" / "s.xlsx", tmp_path / "cards"
    assert run("score", tree, table, "-o", str(last), "--cards", str(card)) == 0
    for given in (last, last.parent, card / "A.xlsx"):
        capsys.readouterr()
        assert run("score", tree, table, "--previous", str(given)) == 1
        said = capsys.readouterr().err
        assert "A314" in said
        assert "--csv" in said


def test_a_run_with_a_ranking_verifies_and_never_writes_over_it(tmp_path: Path, capsys: Captured) -> None:
    tree, table = a_small_tree(tmp_path), a_table(tmp_path, "A,1,2", "B,2,2")
    ranking = a_book(tmp_path / "上年.xlsx", ("单位编码", "位次"), ("A", 2), ("B", 1))
    given = [tree, table, "--previous", str(ranking)]
    assert run("score", *given, "-o", str(tmp_path / "s.xlsx"), "--csv", str(tmp_path / "csv")) == 0
    assert "A312" not in capsys.readouterr().err  # a note: the scorecard has it
    assert run("verify", str(tmp_path / "s.xlsx"), *given) == 0
    assert run("score", *given, "-o", str(ranking), "--overwrite") == 2
    assert "O104" in capsys.readouterr().err


def test_a_ranking_as_an_office_keeps_it(tmp_path: Path) -> None:
    """Serial numbers, points with 分, a sum and a remark below: nothing of it is a fault."""
    head = ("序号", "单位", "得分", "名次")
    rows = ((1, "甲局", "86.3分", 1), (2, "乙局", "80.3 分", 2), ("合计", "", 166.6), ("注：乙局含派出机构",))
    previous, problems = read(a_book(tmp_path / "a.xlsx", head, *rows))
    assert codes(problems) == [Code.A312]
    assert previous is not None
    assert previous.totals == {"A": 86.3, "B": 80.3}


def test_what_is_said_of_an_offices_ranking_has_its_words_and_its_cure(tmp_path: Path) -> None:
    rows = (("甲局", "高", 1), ("", 80.3, 2))
    _, problems = read(a_book(tmp_path / "上年.xlsx", ("单位", "得分", "名次"), *rows))
    by_code = {problem.code: problem for problem in problems}
    assert by_code[Code.A305].values["heading"] == "得分"
    assert by_code[Code.A310].values["name"] == "上年.xlsx"
    for problem in (by_code[Code.A305], by_code[Code.A310]):
        assert "--csv" not in part(problem, "hint", Language.ZH)
    _, problems = read(a_book(tmp_path / "上年.xlsx", ("单位", "等次"), ("甲局", "良好")))
    (lacking,) = (problem for problem in problems if problem.code is Code.A303)
    assert "位次" in title(lacking, Language.ZH)


def test_a_row_that_no_unit_has_the_name_of_is_told_and_nobody_is_called_new(tmp_path: Path) -> None:
    path = a_book(tmp_path / "a.xlsx", ("单位", "位次"), ("甲局", 1), ("乙委局", 2), ("原丁办", 3))
    previous, problems = read(path)
    (told,) = (problem for problem in problems if problem.code is Code.A316)
    assert (told.values["n"], told.values["of"]) == (2, 3)
    assert isinstance(told.place, CellPlace)
    assert told.place.cell == "A3"
    assert "A4" in part(told, "found", Language.ZH)
    assert previous is not None
    assert previous.is_doubtful


def test_a_unit_that_left_leaves_no_doubt(tmp_path: Path) -> None:
    """With codes, and a name like nobody's, or where every unit of today is found."""
    head = ("单位编码", "单位名称", "位次")
    previous, problems = read(a_book(tmp_path / "a.xlsx", head, ("A", "甲局", 1), ("Z", "原丁办", 2)))
    assert codes(problems) == [Code.A312]
    assert previous is not None
    assert not previous.is_doubtful
    previous, problems = read(a_book(tmp_path / "a.xlsx", head, ("A", "甲局", 1), ("Z", "乙局", 2)))
    assert Code.A316 in codes(problems)  # the same name under another code
    everyone = (("甲局", 1), ("乙局", 2), ("C", 3), ("D", 4), ("原丁办", 5))
    previous, problems = read(a_book(tmp_path / "a.xlsx", ("单位", "位次"), *everyone))
    assert codes(problems) == [Code.A312]


def test_the_card_calls_no_unit_new_that_may_be_in_the_ranking(tmp_path: Path, capsys: Captured) -> None:
    tree, table = a_small_tree(tmp_path), a_table(tmp_path, "A,1,2", "B,2,2")
    roster = tmp_path / "roster.csv"
    roster.write_text("unit,name,type,cohort\nA,市场监管局,any,\nB,公安分局,any,\n", encoding="utf-8")
    for name, is_new in (("市监局", False), ("公安分局", True)):
        rows = (("公安分局", 2), *([(name, 1)] if not is_new else []))
        ranking = a_book(tmp_path / "上年.xlsx", ("单位", "位次"), *rows)
        cards = tmp_path / f"cards-{is_new}"
        run("score", tree, table, "--roster", str(roster), "--previous", str(ranking), "--cards", str(cards))
        said = capsys.readouterr().err
        assert ("A316" in said) is not is_new
        texts = " ".join(
            str(cell.value)
            for row in openpyxl.load_workbook(cards / "A.xlsx").worksheets[0].iter_rows()
            for cell in row
        )
        assert ("上年未参加考核" in texts) is is_new
        assert ("上年结果中没有同名单位" in texts) is not is_new
