"""``score --since``: what changed since an earlier run; what did not is the same to the last byte, or in every cell.

Reaches ``pipeline/changed.py``, ``terminal/changes.py`` and ``workbook/submission/earlier_results.py``.
"""

import re
from pathlib import Path

import openpyxl
import pytest
from calls import run
from test_cli import Captured, a_small_tree, a_table
from test_cli_outputs import contents

from lawgov_score.workbook.writing.manifest import MANIFEST_SHEET

ROSTER = "unit,name,type,cohort\nA,甲单位,any,一组\nB,乙单位,any,一组\nC,丙单位,any,二组\nD,丁单位,any,二组\n"


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    """A run of two cohorts, of two units each, without its outputs."""
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    table = a_table(tmp_path, "A,1,2", "B,2,2", "C,1,2", "D,2,2")
    return ["score", a_small_tree(tmp_path), table, "--roster", str(tmp_path / "roster.csv")]


def outputs(folder: Path) -> list[str]:
    return ["--csv", str(folder / "csv"), "--cards", str(folder / "cards"), "--html", str(folder / "html")]


def changed(folder: Path) -> list[str]:
    return (folder / "csv" / "changes.csv").read_text(encoding="utf-8-sig").splitlines()


def cells(path: Path) -> dict[tuple[str, str], object]:
    """Everything in a workbook that somebody can see."""
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        if sheet.title != MANIFEST_SHEET
        for row in sheet.iter_rows()
        for cell in row
    }


def test_it_says_what_changed_and_who_is_as_before(command: list[str], tmp_path: Path, capsys: Captured) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    assert run(*command, *outputs(one)) == 0
    assert not (one / "csv" / "changes.csv").exists()
    a_table(tmp_path, "A,0,2", "B,2,2", "C,1,2", "D,2,2")
    capsys.readouterr()
    assert run(*command, *outputs(two), "--since", str(one / "csv")) == 0
    said = capsys.readouterr().out
    assert "A 甲单位：总分 1.00 → 0.00（填报值）；01-1 1 → 0（填报值）" in said
    assert "未变的 3 个" in said
    assert "要重发评分卡的 2 个：B、A" in said
    assert "评分卡和网页与上次相同、不必重发的 2 个：D、C" in said
    header, *rows = changed(two)
    assert header == "unit,code,old,new,cause,unit_name,title,cause_name,rank_old,rank_new,grade_old,grade_new"
    assert [row.rsplit(",", 6)[0] for row in rows] == [
        "A,small,1.00,0.00,figure,甲单位",
        "A,01,1,0,figure,甲单位",
        "A,01-1,1,0,figure,甲单位",
    ]
    assert [row.split(",", 6)[6] for row in rows[:2]] == ["总分,填报值,2,2,,", "类,填报值,,,,"]
    for unit in "CD":  # untouched
        page = f"html/office/unit-{unit}.html"
        assert (one / page).read_bytes() == (two / page).read_bytes()
        card = f"cards/{unit}.xlsx"
        assert cells(one / card) == cells(two / card)
    assert cells(one / "cards" / "A.xlsx") != cells(two / "cards" / "A.xlsx")


@pytest.mark.parametrize(
    ("what", "anew"),
    [
        ("nothing", ""),
        ("notice", "ABCD"),
        ("title", "ABCD"),
        ("grade", "ABCD"),
        ("previous", "ABCD"),
        ("name", "AB"),
        ("figure", "AB"),
        ("blank", "CD"),
        ("cohort", "ABCD"),
        ("left", "CD"),
    ],
)
def test_who_is_said_to_need_no_new_card_has_the_same_one(
    what: str, anew: str, command: list[str], tmp_path: Path, capsys: Captured
) -> None:
    """Cards and pages of units that are not named say the same as before; of those named somebody's do not."""
    one, two, tree = tmp_path / "one", tmp_path / "two", Path(command[1])
    assert run(*command, *outputs(one)) == 0
    more: list[str] = []
    text, roster = tree.read_text(encoding="utf-8"), tmp_path / "roster.csv"
    match what:
        case "notice":
            (tmp_path / "notice.yaml").write_text("telephone: '12345'\n", encoding="utf-8")
            more = ["--notice", str(tmp_path / "notice.yaml")]
        case "title":
            tree.write_text(text.replace("title: ", "title: 新", 1), encoding="utf-8")
        case "grade":
            tree.write_text(text + "grades: [{name: 好, at_least: 1}, {name: 差, at_least: 0}]\n", encoding="utf-8")
        case "previous":
            more = ["--previous", str(one / "csv")]
        case "name":
            roster.write_text(ROSTER.replace("甲单位", "新名"), encoding="utf-8")
        case "figure":
            a_table(tmp_path, "A,0,2", "B,2,2", "C,1,2", "D,2,2")
        case "blank":
            a_table(tmp_path, "A,1,2", "B,2,2", "C,,2", "D,2,2")
        case "cohort":
            roster.write_text(ROSTER.replace("A,甲单位,any,一组", "A,甲单位,any,二组"), encoding="utf-8")
        case "left":
            roster.write_text(ROSTER.replace("D,丁单位,any,二组\n", ""), encoding="utf-8")
            a_table(tmp_path, "A,1,2", "B,2,2", "C,1,2")
    capsys.readouterr()
    run(*command, *more, *outputs(two), "--since", str(one / "csv"))
    said = capsys.readouterr().out
    (line,) = [line for line in said.splitlines() if "要重发评分卡的" in line] or [""]
    named = set(re.findall("[A-D]", line.partition("：")[2]))
    there = {path.stem for path in (two / "cards").iterdir()}
    assert named == set(anew) & there
    others = set()
    for unit in there:
        is_same = cells(one / "cards" / f"{unit}.xlsx") == cells(two / "cards" / f"{unit}.xlsx")
        page = f"html/office/unit-{unit}.html"
        is_same &= (one / page).read_bytes() == (two / page).read_bytes()
        assert is_same or unit in named
        others |= set() if is_same else {unit}
    assert bool(others) is bool(anew)


def test_nothing_else_hangs_on_it(command: list[str], tmp_path: Path) -> None:
    one, two, three = (tmp_path / name for name in ("one", "two", "three"))
    assert run(*command, *outputs(one)) == 0
    assert run(*command, *outputs(two), "-o", str(two / "s.xlsx")) == 0
    assert run(*command, *outputs(three), "-o", str(three / "s.xlsx"), "--since", str(one / "csv")) == 0
    with_changes = contents(three)
    assert with_changes.pop("csv/changes.csv")
    assert with_changes == contents(two)
    assert run("verify", str(three / "s.xlsx"), *command[1:]) == 0


def test_nothing_changed(command: list[str], tmp_path: Path, capsys: Captured) -> None:
    one = tmp_path / "one"
    assert run(*command, *outputs(one)) == 0
    for lang, words in (("zh", "没有变化：4 个单位"), ("en", "Nothing changed since")):
        capsys.readouterr()
        assert run(*command, "--since", str(one / "csv"), "--lang", lang) == 0
        assert words in capsys.readouterr().out


def test_beside_a_scorecard_to_standard_output_it_goes_to_stderr(
    command: list[str], tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    one = tmp_path / "one"
    assert run(*command, *outputs(one)) == 0
    capfdbinary.readouterr()
    assert run(*command, "--since", str(one / "csv"), "-o", "-") == 0
    out, err = capfdbinary.readouterr()
    assert out.startswith(b"PK")
    assert "没有变化" in err.decode()


def test_units_that_came_and_left(command: list[str], tmp_path: Path, capsys: Captured) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    assert run(*command, *outputs(one)) == 0
    (tmp_path / "roster.csv").write_text(ROSTER.replace("D,丁单位", "E,戊单位"), encoding="utf-8")
    a_table(tmp_path, "A,1,2", "B,2,2", "C,1,2", "E,2,2")
    capsys.readouterr()
    assert run(*command, *outputs(two), "--since", str(one / "csv")) == 0
    said = capsys.readouterr().out
    assert "E 戊单位：上次没有，总分 2.00" in said
    assert "D 丁单位：已不在名册，上次总分 2.00" in said
    rest = "总分,名册,,,,"
    assert changed(two)[1:] == [f"E,small,,2.00,roster,戊单位,{rest}", f"D,small,2.00,,roster,丁单位,{rest}"]


def test_a_unit_without_a_workbook_is_said_to_have_none(command: list[str], tmp_path: Path, capsys: Captured) -> None:
    one = tmp_path / "one"
    assert run(*command, *outputs(one)) == 0
    a_table(tmp_path, "B,2,2", "C,1,2", "D,2,2")
    capsys.readouterr()
    run(*command, "--since", str(one / "csv"))
    assert "A 甲单位：总分 1.00 → 无（没有可用的填报表）\n" in capsys.readouterr().out


def test_no_card_is_as_before_where_the_notice_is_another_one(
    command: list[str], tmp_path: Path, capsys: Captured
) -> None:
    one, notice = tmp_path / "one", tmp_path / "notice.yaml"
    notice.write_text("deadline: 2027-03-15\n", encoding="utf-8")
    command = [*command, "--notice", str(notice)]
    assert run(*command, *outputs(one), "-o", str(one / "scorecard.xlsx")) == 0
    a_table(tmp_path, "A,0,2", "B,2,2", "C,1,2", "D,2,2")

    def said(*more: str) -> str:
        capsys.readouterr()
        assert run(*command, "--since", str(one / "csv"), *more) == 0
        return capsys.readouterr().out

    assert "不必重发的 2 个：D、C" in said()
    notice.write_text("deadline: 2027-05-15\n", encoding="utf-8")
    assert "与上次不同的还有：结果通知（notice.yaml）" in said()
    assert "要重发评分卡的 4 个" in said()
    assert "不必重发" not in said()
    a_table(tmp_path, "A,1,2", "B,2,2", "C,1,2", "D,2,2")
    assert "要重发评分卡的 4 个" in said()  # also where nothing else changed
    (one / "csv" / "grounds.csv").unlink()
    assert "不必重发" not in said()
    assert "未列入重发的 4 个单位" in said()  # who knows


@pytest.mark.parametrize("what", ["nothing", "a part", "another tree"])
def test_what_is_no_earlier_run_is_said_and_nothing_is_written(
    what: str, command: list[str], tmp_path: Path, capsys: Captured
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    assert run(*command, *outputs(one)) == 0
    csv = one / "csv"
    if what == "nothing":
        csv = tmp_path / "no-such-folder"
    elif what == "a part":
        (csv / "figures.csv").unlink()
    else:
        path = csv / "scores.csv"
        path.write_text(path.read_text(encoding="utf-8-sig").replace(",small,", ",other,"), encoding="utf-8")
    capsys.readouterr()
    assert run(*command, *outputs(two), "--since", str(csv), "--overwrite") == 2
    said = capsys.readouterr()
    assert "A311" in said.err
    assert "已写入" not in said.out + said.err
    assert not two.exists()


def test_the_folder_of_a_publication_is_as_good_as_its_tables(
    command: list[str], tmp_path: Path, capsys: Captured
) -> None:
    one = tmp_path / "one"
    assert run(*command, *outputs(one)) == 0
    capsys.readouterr()
    assert run(*command, "--since", str(one)) == 0
    assert "没有变化：4 个单位" in capsys.readouterr().out


def test_it_never_writes_over_the_earlier_run(command: list[str], tmp_path: Path, capsys: Captured) -> None:
    one = tmp_path / "one"
    assert run(*command, *outputs(one)) == 0
    before = contents(one)
    assert run(*command, *outputs(one), "--since", str(one / "csv"), "--overwrite") == 2
    assert "O104" in capsys.readouterr().err
    assert contents(one) == before


def test_an_old_table_of_changes_is_left_over(command: list[str], tmp_path: Path, capsys: Captured) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    assert run(*command, *outputs(one)) == 0
    assert run(*command, *outputs(two), "--since", str(one / "csv")) == 0
    (one / "csv" / "changes.csv").write_text("mine", encoding="utf-8")
    capsys.readouterr()
    assert run(*command, *outputs(two)) == 0
    assert "changes.csv" in capsys.readouterr().err
    assert run(*command, *outputs(two), "--overwrite") == 0
    assert not (two / "csv" / "changes.csv").exists()
    assert run(*command, *outputs(one), "--overwrite") == 0
    assert (one / "csv" / "changes.csv").read_text(encoding="utf-8") == "mine"
