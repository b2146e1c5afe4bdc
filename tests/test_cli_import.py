"""``import`` as people call it: shown first, written with --write, all or none; exit codes.

Reaches ``cli/commands/take_back.py``, ``pipeline/taking.py``.
"""

import difflib
from pathlib import Path

import pytest
from calls import run
from returned_tables import Sheet, a_tree, edited_table, exported
from test_cli import Captured

from lawgov_score.catalogue import Code
from lawgov_score.pipeline import load_tree

ROOT = Path(__file__).parents[1]


def contents(tree: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(tree.iterdir())}


def test_it_is_shown_first_and_written_when_asked_for(tmp_path: Path, capsys: Captured) -> None:
    tree = a_tree(tmp_path)
    before = contents(tree)
    table = edited_table(tree, lambda sheet: sheet.put("01-1", "小项", "办结率"), tmp_path / "t.xlsx")
    assert run("import", str(table), str(tree)) == 0
    told = capsys.readouterr()
    assert "文字 1 处" in told.out
    assert "--write" in told.err
    assert contents(tree) == before
    assert run("import", str(table), str(tree), "--write") == 0
    told = capsys.readouterr()
    assert "办结率" in told.out
    assert "已写入" in told.err
    after = contents(tree)
    assert after == {**before, "a.yaml": before["a.yaml"].replace("'回复率'".encode(), "'办结率'".encode())}
    assert run("import", str(table), str(tree), "--write") == 0
    told = capsys.readouterr()
    assert "没有变化" in told.out
    assert "什么都没有写入" in told.err
    assert contents(tree) == after


def test_a_refusal_is_exit_1_and_writes_nothing(tmp_path: Path, capsys: Captured) -> None:
    tree = a_tree(tmp_path)
    before = contents(tree)

    def change(sheet: Sheet) -> None:
        sheet.put("01-1", "小项", "办结率")
        sheet.put("01-2", "评分标准", "每起扣 1 分")

    table = edited_table(tree, change, tmp_path / "t.xlsx")
    assert run("import", str(table), str(tree), "--write") == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "D145" in told.err
    assert "a.yaml:34:9" in told.err
    assert contents(tree) == before


def test_a_tree_that_does_not_load_is_exit_2(tmp_path: Path, capsys: Captured) -> None:
    tree = a_tree(tmp_path)
    table = exported(tree, tmp_path / "t.xlsx")
    part = tree / "a.yaml"
    part.write_text(part.read_text(encoding="utf-8").replace("points: 10", "points: 十"), encoding="utf-8")
    assert run("import", str(table), str(tree)) == 2
    told = capsys.readouterr()
    assert (told.out, "D162" in told.err) == ("", True)
    assert run("import", str(table), str(tmp_path / "nothing")) == 2
    assert "T101" in capsys.readouterr().err


def test_what_is_no_exported_table_is_exit_1(tmp_path: Path, capsys: Captured) -> None:
    tree = a_tree(tmp_path)
    (tmp_path / "x.xlsx").write_bytes(b"nothing")
    assert run("import", str(tmp_path / "x.xlsx"), str(tree)) == 1
    assert "S10" in capsys.readouterr().err


def test_a_document_cannot_be_taken_back_and_the_workbook_is_named(tmp_path: Path, capsys: Captured) -> None:
    tree = a_tree(tmp_path)
    (tmp_path / "x.docx").write_bytes(b"PK nothing")
    assert run("import", str(tmp_path / "x.docx"), str(tree)) == 1
    told = capsys.readouterr().err
    assert "N134" in told
    assert "导出的 .xlsx" in told


def test_what_is_still_to_be_seen_is_said(tmp_path: Path, capsys: Captured) -> None:
    tree = a_tree(tmp_path)
    first = edited_table(tree, lambda sheet: sheet.put("01-2", "评分标准", "每起扣 1 分"), tmp_path / "1.xlsx")
    assert run("import", str(first), str(tree)) == 1
    assert "还会核对分值之和" in capsys.readouterr().err
    second = edited_table(tree, lambda sheet: sheet.put("01-2", "分值", 1), tmp_path / "2.xlsx")
    assert run("import", str(second), str(tree)) == 1
    told = capsys.readouterr().err
    assert "D154" in told
    assert "还会核对分值之和" not in told


def test_a_text_of_several_lines_keeps_its_indentation(tmp_path: Path, capsys: Captured) -> None:
    tree = a_tree(tmp_path)
    table = edited_table(tree, lambda sheet: sheet.put("01-1", "方面", "01\n依法行政\n10 分"), tmp_path / "t.xlsx")
    assert run("import", str(table), str(tree)) == 1
    assert "  实为  01\n        依法行政\n        10 分\n" in capsys.readouterr().err


def test_a_carried_tree_is_shown_and_never_written(tmp_path: Path, capsys: Captured) -> None:
    code = "wuhua-2020"
    carried = ROOT / "indicators" / code
    before = contents(carried)
    sheet = Sheet(exported(carried, tmp_path / "t.xlsx"))
    first = next(str(row[1]) for row in sheet.texts())
    sheet.put(first, "说明", "另一说明")
    assert run("import", str(sheet.save()), code) == 0
    capsys.readouterr()
    assert run("import", str(sheet.path), code, "--write") == 2
    assert Code.D161 in capsys.readouterr().err
    assert contents(carried) == before


def test_a_new_item_stops_scoring_until_its_rule_is_written(tmp_path: Path, capsys: Captured) -> None:
    tree = a_tree(tmp_path)

    def change(sheet: Sheet) -> None:
        sheet.unmerge()
        rows = sheet.texts()
        rows[0][4] = 2
        sheet.write([rows[0], [None, None, rows[0][2], "新项", 2, "每起扣 0.5 分"], *rows[1:]])

    assert run("import", str(edited_table(tree, change, tmp_path / "t.xlsx")), str(tree), "--write") == 0
    told = capsys.readouterr()
    assert "D160" in told.err
    shown = told.out[told.out.index("01-4 新项") :]
    new = shown.splitlines()[4].split(maxsplit=1)
    assert new == ["新", "新项，2 分，列在“01 依法行政”之下"]  # and no standard that nobody has written
    loaded, problems = load_tree(tree)
    assert loaded is None
    assert {one.code for one in problems} == {Code.T105}
    assert run("lint", str(tree)) == 1
    assert "rule" in capsys.readouterr().out
    part = tree / "a.yaml"
    text = part.read_text(encoding="utf-8")
    for key, said in {
        "applies_to": "all",
        "basis": "依据",
        "fields": "[{code: n, name: 起数, type: count, measured_in: 件}]",
        "rule": "{kind: deduction, each: 0.5}",
    }.items():
        line = next(line for line in text.splitlines() if line.strip().startswith(f"# {key}: 待写"))
        text = text.replace(line, f"        {key}: {said}")
    part.write_text(text, encoding="utf-8")
    assert run("lint", str(tree)) == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_table_in_either_language(lang: str, tmp_path: Path, capsys: Captured) -> None:
    tree = a_tree(tmp_path)
    assert run("--lang", lang, "export", str(tree), "-o", str(tmp_path / "t.xlsx")) == 0
    assert run("import", str(tmp_path / "t.xlsx"), str(tree)) == 0
    assert "没有变化" in capsys.readouterr().out


def as_in_the_docs(sheet: Sheet) -> None:
    """What the committee of docs/editing.md has changed."""
    sheet.put("01-1", "分值", 12)
    sheet.put("01-1", "佐证材料", "决策目录\n合法性审查意见书\n会议纪要")
    sheet.put("01-2", "分值", 13)
    sheet.put("01-2", "指标", "法治政府建设年度报告按时公开率")
    sheet.put("01-3", "牵头单位", "司法局")


def test_the_example_of_the_docs(tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("start", "office") == 0
    tree = Path("office/tree").rename("starter-2026")
    before = (tree / "tree.yaml").read_text(encoding="utf-8").splitlines()
    edited_table(tree, as_in_the_docs, Path("tree.xlsx"))
    capsys.readouterr()
    assert run("import", "tree.xlsx", "starter-2026") == 0
    page = (ROOT / "docs" / "editing.md").read_text(encoding="utf-8")
    shown = page.split("$ lawgov-score import tree.xlsx starter-2026\n")[1].split("```")[0]
    assert capsys.readouterr().out == shown
    assert run("import", "tree.xlsx", "starter-2026", "--write") == 0
    after = (tree / "tree.yaml").read_text(encoding="utf-8").splitlines()
    told = page.split("```diff\n")[1].split("```")[0].splitlines()
    changes = [line for line in difflib.ndiff(before, after) if line[0] in "+-"]
    assert sorted(told) == sorted(line[0] + line[2:] for line in changes)
