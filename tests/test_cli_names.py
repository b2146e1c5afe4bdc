"""Units go by their names wherever nobody else has the name: options, tables, covers, files; templates bear both.

Reaches ``cli/which_unit.py``, ``pipeline/templates.py`` and ``workbook/called.py``.
"""

from pathlib import Path

import openpyxl
import pytest
from calls import run
from hypothesis import given
from hypothesis import strategies as st
from test_cli import Captured, a_small_tree, a_table
from test_cli_outputs import contents

from lawgov_score.model import Unit
from lawgov_score.pipeline.templates import template_names

SAME = "unit,name,type,cohort\nA,甲单位,any,\nB,乙单位,any,\nC,乙单位,any,\n"


@pytest.fixture
def tree(tmp_path: Path) -> str:
    """A small tree, beside a roster of three units two of which have one name."""
    (tmp_path / "roster.csv").write_text(SAME, encoding="utf-8")
    return a_small_tree(tmp_path)


def roster(tmp_path: Path) -> list[str]:
    return ["--roster", str(tmp_path / "roster.csv")]


@pytest.mark.parametrize("command", ["explain", "advise"])
def test_an_option_takes_a_name_that_is_unique(command: str, tree: str, tmp_path: Path, capsys: Captured) -> None:
    given = [command, tree, a_table(tmp_path, "A,1,2", "B,1,2", "C,1,2"), *roster(tmp_path)]
    said = []
    for unit in ("A", "甲单位", "a", "A 甲单位"):
        assert run(*given, "--unit", unit) == 0
        said.append(capsys.readouterr().out)
    assert "甲单位" in said[0]
    assert len(set(said)) == 1
    assert run(*given, "--unit", "乙单位") == 2
    assert "有 2 个单位叫“乙单位”，请写单位编码：B、C" in capsys.readouterr().err
    assert run(*given, "--unit", "丙单位") == 2
    assert "没有“丙单位”" in capsys.readouterr().err


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_table_takes_names_in_the_column_of_units(suffix: str, tree: str, tmp_path: Path, capsys: Captured) -> None:
    rows: list[list[str | int]] = [["unit", "01-1.done", "01-1.got"], ["甲单位", 1, 2], ["B", 2, 2], ["乙单位", 1, 2]]
    table = tmp_path / f"table.{suffix}"
    if suffix == "csv":
        table.write_text("".join(",".join(map(str, row)) + "\n" for row in rows), encoding="utf-8")
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        book.save(table)
    assert run("score", tree, str(table), *roster(tmp_path), "--csv", str(tmp_path / "out")) == 1
    said = capsys.readouterr().err
    assert said.count("S111") >= 1  # 乙单位: B or C?
    assert "有 2 个单位与所写的名称或编码相同（B、C）" in said
    ranking = (tmp_path / "out" / "ranking.csv").read_text(encoding="utf-8-sig")
    assert "A,甲单位,,1.00" in ranking
    assert "B,乙单位,,2.00" in ranking


def test_a_name_twice_is_a_unit_twice(tree: str, tmp_path: Path, capsys: Captured) -> None:
    table = a_table(tmp_path, "A,1,2", "甲单位,2,2", "B,1,2", "C,1,2")
    assert run("check", tree, table, *roster(tmp_path)) == 1
    assert "A" in (said := capsys.readouterr().out)
    assert "S112" in said or "S122" in said


def test_a_cover_without_a_code_is_known_by_its_name(tree: str, tmp_path: Path, capsys: Captured) -> None:
    """Or by that of the file, where the cover was emptied and the hidden stamp lost."""
    blank = tmp_path / "blank"
    assert run("template", tree, *roster(tmp_path), "-o", str(blank)) == 0
    for kept, name in (("name", "报送表.xlsx"), ("", "甲单位.xlsx"), ("", "A 甲单位.xlsx")):
        book = openpyxl.load_workbook(blank / "A 甲单位.xlsx")
        del book["lawgov-stamp"]
        cover = book.worksheets[0]
        for row in cover.iter_rows():
            for cell in row:
                if cell.value == "A" or (cell.value == "甲单位" and not kept):
                    cell.value = None
        folder = tmp_path / f"{kept}-{name}"
        folder.mkdir()
        book.save(folder / name)
        capsys.readouterr()
        run("check", tree, str(folder), *roster(tmp_path), "--format", "json")
        said = capsys.readouterr().out
        assert "S110" not in said, (kept, name)
        assert '"path": "A"' not in said
        assert "单位不在名册中" not in said


# ------------------------------------------------- templates


def test_templates_bear_code_and_name_and_come_back_under_any(tree: str, tmp_path: Path, capsys: Captured) -> None:
    blank = tmp_path / "blank"
    assert run("template", tree, *roster(tmp_path), "-o", str(blank)) == 0
    assert sorted(contents(blank)) == ["A 甲单位.xlsx", "B 乙单位.xlsx", "C 乙单位.xlsx"]
    (blank / "B 乙单位.xlsx").rename(blank / "B.xlsx")
    (blank / "A 甲单位.xlsx").rename(blank / "甲单位 (2).xlsx")
    (blank / "C 乙单位.xlsx").rename(blank / "A 甲单位.xlsx")  # the name of another unit's
    capsys.readouterr()
    run("check", tree, str(blank), *roster(tmp_path))
    said = capsys.readouterr().out
    assert said.count("S130") == 2  # once in the list, once in the last line
    assert "S112" not in said


def test_a_blank_workbook_is_not_put_beside_a_filled_one_of_the_same_unit(
    tree: str, tmp_path: Path, capsys: Captured
) -> None:
    blank = tmp_path / "blank"
    assert run("template", tree, *roster(tmp_path), "-o", str(blank)) == 0
    for name in ("A.xlsx", "A 甲单位（旧名）.xlsx"):  # as earlier versions called it; before it was renamed
        (blank / "A 甲单位.xlsx").rename(blank / name)
        before = contents(blank)
        capsys.readouterr()
        assert run("template", tree, *roster(tmp_path), "-o", str(blank)) == 2
        assert "O105" in (said := capsys.readouterr().err)
        assert name in said
        assert contents(blank) == before
        (blank / name).rename(blank / "A 甲单位.xlsx")


@given(
    st.dictionaries(
        st.text(st.sampled_from("aAbＢé/_:. ~中"), min_size=1, max_size=4),
        st.text(st.sampled_from("aA甲乙/:*?. \n"), min_size=1, max_size=90),
        max_size=6,
    )
)
def test_names_of_templates_are_safe_unique_and_stable(units: dict[str, str]) -> None:
    roster = tuple(Unit(code, name) for code, name in units.items())
    names = template_names(roster)
    assert len({name.casefold() for name in names}) == len(roster)
    assert all(not set(name) & set('\\/:*?"<>|\n') for name in names)
    assert all(len(name.encode()) < 255 and name.endswith(".xlsx") for name in names)
    assert dict(zip(roster, names, strict=True)) == dict(zip(roster[::-1], template_names(roster[::-1]), strict=True))


def test_a_unit_called_by_its_code_is_called_so_once() -> None:
    assert template_names((Unit("A", "A"), Unit("BM-04", "虚构区审计局"))) == ("A.xlsx", "BM-04 虚构区审计局.xlsx")
