"""``diff`` as people and scripts call it: forms, files, exit codes, trees that do not load.

Reaches ``cli/commands/diff.py``, ``pipeline/revision.py``, ``terminal/revision.py``, ``workbook/revision.py``,
``revision/report_rows.py``.
"""

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from calls import run
from legible import clipped_cells, shown
from test_cli import TREE, Captured, a_small_tree

ROOT = Path(__file__).parents[1]
KEYS = {"id", "class", "code", "old", "new", "title", "old_place", "new_place"}
Edit = Callable[[str], str]


def trees(folder: Path, *edits: tuple[str, str]) -> tuple[str, str]:
    """A small tree, and the same with these texts replaced."""
    old, new = folder / "old", folder / "new"
    for each in (old, new):
        each.mkdir()
        a_small_tree(each)
    path = new / "tree.yaml"
    text = path.read_text(encoding="utf-8")
    for before, after in edits:
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")
    return str(old / "tree.yaml"), str(path)


RULE = ("rule: {kind: proportional}", "rule: {kind: proportional, target: 95%}")
FIELD = ("name: 收到件数, type: count, measured_in: 件}", "name: 收到件数, type: count, measured_in: 件, at_most: 500}")
TITLE = ("title: 回复率", "title: 按期回复率")


def test_text_says_what_changed_for_whom_and_how_both_sides_read(tmp_path: Path, capsys: Captured) -> None:
    assert run("diff", *trees(tmp_path, RULE, FIELD, TITLE)) == 0
    told = capsys.readouterr()
    assert told.err == ""
    lines = [line.strip() for line in told.out.splitlines()]
    assert "影响得分 1 处；影响填报 1 处；文字 1 处" in lines
    assert [line for line in lines if line.startswith("【")] == [
        "【影响得分（1 处）】",
        "【影响填报（1 处）】",
        "【文字（1 处）】",
    ]
    at = lines.index("· 评分标准：计分参数")
    assert "100%" in lines[at + 1]
    assert "95%" in lines[at + 2]
    assert lines[lines.index("· 名称") + 1 :][:2] == ["原  回复率", "新  按期回复率"]
    assert any(line.endswith("new/tree.yaml:20:9") for line in lines)


def test_json_has_the_keys_of_the_contract(tmp_path: Path, capsys: Captured) -> None:
    old, new = trees(tmp_path, ("points: 2", "points: 3"), TITLE)
    assert run("diff", old, new, "--format", "json") == 0
    records = json.loads(capsys.readouterr().out)
    assert all(record.keys() >= KEYS for record in records)
    found = {(one["id"], one["class"], one["code"]): (one["old"], one["new"]) for one in records}
    assert found == {
        ("points", "score", "small"): (2, 3),
        ("points", "score", "01"): (2, 3),
        ("points", "score", "01-1"): (2, 3),
        ("title", "text", "01-1"): ("回复率", "按期回复率"),
    }
    places = {one["code"]: (one["old_place"], one["new_place"]) for one in records}
    assert places["01-1"] == (f"{old}:20:9", f"{new}:20:9")
    assert places["small"] == (old, new)


@pytest.mark.parametrize(
    ("edits", "codes"),
    [
        ([], (0, 0, 0)),
        ([TITLE], (0, 0, 1)),
        ([FIELD], (0, 1, 1)),
        ([RULE], (1, 1, 1)),
        ([RULE, TITLE], (1, 1, 1)),
    ],
)
def test_fail_on_a_class_or_a_graver_one(
    edits: list[tuple[str, str]], codes: tuple[int, int, int], tmp_path: Path, capsys: Captured
) -> None:
    old, new = trees(tmp_path, *edits)
    assert run("diff", old, new) == 0
    found = tuple(run("diff", old, new, "--fail-on", each) for each in ("score", "filling", "text"))
    assert found == codes
    assert ("--fail-on" in capsys.readouterr().err) is any(codes)


def test_a_tree_that_does_not_load_is_never_no_change(tmp_path: Path, capsys: Captured) -> None:
    old, new = trees(tmp_path, ("kind: proportional", "kind: proportinal"))
    for given in ((old, new), (new, old), (new, new)):
        assert run("diff", *given, "--format", "json") == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert "T111" in told.err
        assert "D102" in told.err
        assert "见上" not in told.err  # it stands above what it speaks of: problems are sorted by place
    assert run("diff", "-", "-") == 2  # standard input is one tree
    capsys.readouterr()
    assert run("diff", old, str(tmp_path / "none")) == 2
    assert {"T101", "D102"} <= set(capsys.readouterr().err.replace(":", " ").split())


def test_trees_without_a_common_code_are_a_stated_outcome(tmp_path: Path, capsys: Captured) -> None:
    old, new = trees(
        tmp_path, ('code: "01"', 'code: "9"'), ('code: "01-1"', 'code: "9-1"'), ("title: 类", "title: 别类")
    )
    assert run("diff", old, new, "--format", "json") == 0
    told = capsys.readouterr()
    assert "D101" in told.err
    assert f"{old} 与 {new}" in told.err  # both may have one code: they are told apart by where they are
    assert {one["id"] for one in json.loads(told.out)} == {"added", "removed", "renumbered?"}


def test_nothing_changed_and_only_written_otherwise(tmp_path: Path, capsys: Captured) -> None:
    old, new = trees(
        tmp_path,
        ("value: done / got", "value: ( done/got )"),
        ("kind: proportional", "kind: proportional, target: 100%"),
    )
    assert run("diff", old, old) == 0
    assert "没有变化" in capsys.readouterr().out
    assert run("diff", old, new) == 0
    assert "只是写法不同" in capsys.readouterr().out
    assert run("diff", old, new, "--format", "json", "--fail-on", "text") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_markdown_shows_texts_as_they_are(tmp_path: Path, capsys: Captured) -> None:
    """A title cannot break the table, mention anybody, or bring markup of its own."""
    title = "a|b <img src=x> @everyone [x](y) `c` **d**"
    assert run("diff", *trees(tmp_path, ("title: 回复率", f'title: "{title}"')), "--format", "md") == 0
    rows = [line for line in capsys.readouterr().out.splitlines() if line.startswith("| 01-1")]
    assert len(rows) == 1
    assert rows[0].count("|") == 6
    assert not {"<img", "@everyone", "[x]", "`c`", "**d**"} & set(rows[0].replace("](", "] (").split())
    assert "&#124;" in rows[0]


def test_files_by_their_suffix_and_only_replaced_where_it_is_said(tmp_path: Path, capsys: Captured) -> None:
    old, new = trees(tmp_path, RULE, TITLE)
    for name, begins in (("c.json", "["), ("c.md", "## "), ("c.txt", "原：")):
        assert run("diff", old, new, "-o", str(tmp_path / name)) == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    assert capsys.readouterr().out == ""
    (tmp_path / "c.md").write_text("一条意见", encoding="utf-8")
    assert run("diff", old, new, "-o", str(tmp_path / "c.md")) == 2
    assert "O105" in capsys.readouterr().err
    assert run("diff", old, new, "-o", str(tmp_path / "c.md"), "--overwrite") == 0
    assert run("diff", old, new, "-o", new, "--overwrite") == 2
    assert "O104" in capsys.readouterr().err
    assert run("lint", new) == 0


def test_a_workbook_needs_a_file(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    old, new = trees(tmp_path, RULE)
    assert run("diff", old, new, "--format", "xlsx") == 2
    capsysbinary.readouterr()
    assert run("diff", old, new, "--format", "xlsx", "-o", "-") == 0
    assert capsysbinary.readouterr().out.startswith(b"PK")


def test_the_workbook_has_old_beside_new_and_is_legible(tmp_path: Path) -> None:
    old, new = trees(tmp_path, RULE, FIELD, TITLE, ("evidence: [回复函]", "evidence: [回复函, 台账]"))
    for lang, classes in (("zh", ["影响得分", "影响填报", "影响填报", "文字"]), ("en", None)):
        first, again = tmp_path / f"{lang}.xlsx", tmp_path / f"{lang}-2.xlsx"
        for path in (first, again):
            assert run("diff", old, new, "-o", str(path), "--lang", lang) == 0
        assert first.read_bytes() == again.read_bytes()
        book = openpyxl.load_workbook(first)
        assert [cell for sheet in shown(book) for cell in clipped_cells(sheet)] == []
        rows = list(book.worksheets[0].iter_rows(values_only=True))
        table = [row for row in rows if row[2] == "01-1"]
        assert len(table) == 4
        assert all(row[5] != row[6] for row in table)
        if classes:
            assert [row[1] for row in table] == classes


def test_nothing_changed_is_a_workbook_too(tmp_path: Path) -> None:
    old, _ = trees(tmp_path)
    assert run("diff", old, old, "-o", str(tmp_path / "none.xlsx")) == 0
    sheet = openpyxl.load_workbook(tmp_path / "none.xlsx").worksheets[0]
    assert any("没有变化" in str(row[0]) for row in sheet.iter_rows(values_only=True))


def test_weight_sets_beside_one_another(tmp_path: Path, capsys: Captured) -> None:
    scheme = ROOT / "tests" / "schemes" / "c-weights-apart"
    tree, weights = str(scheme / "tree.yaml"), scheme / "weights.yaml"
    assert run("diff", tree, tree) == 2
    assert "T239" in capsys.readouterr().err
    assert run("diff", tree, tree, "--weights", str(weights)) == 0
    other = tmp_path / "weights.yaml"
    text = weights.read_text(encoding="utf-8")
    other.write_text(text.replace("title: ", "title: 另一", 1), encoding="utf-8")
    capsys.readouterr()
    arguments = ("--old-weights", str(weights), "--weights", str(other), "--format", "json")
    assert run("diff", tree, tree, *arguments) == 0
    assert [(one["id"], one["key"]) for one in json.loads(capsys.readouterr().out)] == [("note", "weights")]


def test_the_carried_tree_is_the_same_as_itself(capsys: Captured) -> None:
    assert run("diff", "qujialing-2017", TREE, "--fail-on", "text") == 0
    assert "没有变化" in capsys.readouterr().out


def test_in_english(tmp_path: Path, capsys: Captured) -> None:
    assert run("diff", *trees(tmp_path, RULE, TITLE), "--lang", "en") == 0
    out = capsys.readouterr().out
    assert "Scores: 1; Filling in: 0; Words: 1" in out
    assert "100% of 回复率" in out or "100%" in out


def test_the_example_of_the_docs_is_what_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    trees(
        tmp_path,
        ("rule: {kind: proportional}", "rule: {kind: linear, zero_at: 60%, full_at: 100%}"),
        ('edition: "1"', 'edition: "2"'),
        TITLE,
        ("value: done / got", "value: (done - late) / got"),
        (
            "          - {code: got",
            "          - {code: late, name: 超期回复件数, type: count, measured_in: 件, at_most: done}\n"
            "          - {code: got",
        ),
    )
    old = tmp_path / "old" / "tree.yaml"
    before = old.read_text(encoding="utf-8")
    rule = "rule: {kind: linear, zero_at: 50%, full_at: 100%}"
    old.write_text(before.replace("rule: {kind: proportional}", rule), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert run("diff", "old", "new") == 0
    page = (ROOT / "docs" / "editing.md").read_text(encoding="utf-8")
    shown = page.split("$ lawgov-score diff old new\n")[1].split("```")[0]
    assert capsys.readouterr().out == shown


def test_remarks_of_the_committee_are_never_replaced(tmp_path: Path, capsys: Captured) -> None:
    old, new = trees(tmp_path, RULE)
    path = tmp_path / "changes.xlsx"
    arguments = ("diff", old, new, "-o", str(path), "--overwrite")
    assert run(*arguments) == 0
    assert run(*arguments[:-1], "--lang", "en") == 2  # another one, and nobody said that it may be replaced
    assert "O105" in capsys.readouterr().err
    assert run(*arguments) == 0
    book = openpyxl.load_workbook(path)
    book.worksheets[0].cell(8, 8).value = "建议维持原线"
    book.save(path)
    kept = path.read_bytes()
    assert run(*arguments) == 2
    assert "D103" in capsys.readouterr().err
    assert path.read_bytes() == kept
