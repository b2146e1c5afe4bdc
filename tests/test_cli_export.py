"""``export``: what is written where, what is refused, and that it appears whole or not at all.

Reaches ``cli/commands/export.py``, ``pipeline/circulating.py``.
"""

from pathlib import Path

import openpyxl
import pytest
from calls import run
from openpyxl.cell import MergedCell
from test_cli import Captured, a_small_tree

from lawgov_score.cell_addresses import address
from lawgov_score.pipeline import load_tree
from lawgov_score.workbook.circulated import document
from lawgov_score.workbook.circulated.reading import read_table

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", ["tree.xlsx", "tree.docx", "TREE.XLSX"])
def test_a_table_is_written_by_the_suffix_twice_the_same(name: str, tmp_path: Path, capsys: Captured) -> None:
    tree, out = a_small_tree(tmp_path), tmp_path / "out" / name
    assert run("export", tree, "-o", str(out)) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert out.as_posix() in captured.err
    before = out.read_bytes()
    assert run("export", tree, "-o", str(out)) == 0  # the same is no other file
    assert out.read_bytes() == before
    assert [path.name for path in out.parent.iterdir()] == [name]


def test_the_table_carries_the_fingerprint_of_its_tree(tmp_path: Path) -> None:
    tree, out = a_small_tree(tmp_path), tmp_path / "tree.xlsx"
    assert run("export", tree, "-o", str(out)) == 0
    loaded, _ = load_tree(Path(tree))
    table, problems = read_table(out)
    assert loaded is not None
    assert table is not None
    assert problems == ()
    assert (table.own.fingerprint, table.own.edition) == (loaded.fingerprint, loaded.edition)


def test_a_table_in_which_somebody_wrote_is_replaced_only_where_it_is_said(tmp_path: Path, capsys: Captured) -> None:
    tree, out = a_small_tree(tmp_path), tmp_path / "tree.xlsx"
    assert run("export", tree, "-o", str(out)) == 0
    first = out.read_bytes()
    book = openpyxl.load_workbook(out)
    book.worksheets[0][address(4, 2)] = "改过的"
    book.save(out)
    before = out.read_bytes()
    assert run("export", tree, "-o", str(out)) == 2
    assert "O105" in capsys.readouterr().err
    assert out.read_bytes() == before
    assert run("export", tree, "-o", str(out), "--overwrite") == 0
    assert out.read_bytes() == first


def test_a_tree_with_errors_writes_nothing(tmp_path: Path, capsys: Captured) -> None:
    path = Path(a_small_tree(tmp_path))
    path.write_text(
        path.read_text(encoding="utf-8").replace("kind: proportional", "kind: proportinal"), encoding="utf-8"
    )
    assert run("export", str(path), "-o", str(tmp_path / "out" / "tree.xlsx")) == 1
    assert "T111" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["tree.pdf", "tree", "-"])
def test_other_kinds_of_files_are_refused(name: str, tmp_path: Path, capsys: Captured) -> None:
    assert run("export", a_small_tree(tmp_path), "-o", name) == 2
    assert ".docx" in capsys.readouterr().err


def test_a_document_without_its_library_is_refused_before_anything_is_read(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "find_spec", lambda _: None)
    assert run("export", str(tmp_path / "none.yaml"), "-o", str(tmp_path / "tree.docx")) == 2
    assert "lawgov-score[docx]" in capsys.readouterr().err
    assert run("export", a_small_tree(tmp_path), "-o", str(tmp_path / "tree.xlsx")) == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_paper_can_be_chosen(lang: str, tmp_path: Path) -> None:
    tree, out = a_small_tree(tmp_path), tmp_path / f"{lang}.xlsx"
    assert run("export", tree, "-o", str(out), "--paper", "A4", "--lang", lang) == 0
    sheet = openpyxl.load_workbook(out).worksheets[0]
    assert int(sheet.page_setup.paperSize or 0) == 9
    assert sheet.title == ("指标体系" if lang == "zh" else "Indicators")


def test_the_example_of_the_page_is_what_is_written(tmp_path: Path) -> None:
    lines = (ROOT / "docs" / "editing.md").read_text(encoding="utf-8").split("\n")
    first = next(i for i, line in enumerate(lines) if line.startswith("| 序号 |"))
    told = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[first : first + 5]]
    out = tmp_path / "tree.xlsx"
    assert run("export", "starter-2026", "-o", str(out)) == 0
    sheet = openpyxl.load_workbook(out).worksheets[0]
    for row, cells in zip((4, 5, 6, 7), (told[0], *told[2:]), strict=True):
        found = [sheet.cell(row, column).value for column in range(1, len(cells) + 1)]
        is_below = [isinstance(sheet.cell(row, column), MergedCell) for column in range(1, len(cells) + 1)]
        assert [
            cell if below else str("" if one is None else one).replace("\n", "<br>")
            for one, below, cell in zip(found, is_below, cells, strict=True)
        ] == cells


def test_a_draft_made_of_a_table_over_several_pages_has_each_group_once(tmp_path: Path) -> None:
    """A group that is printed again on the next page, as an exported table or an office's own has it, is one group."""
    out = tmp_path / "tree.xlsx"
    assert run("export", str(ROOT / "indicators" / "qujialing-2017"), "-o", str(out)) == 0
    again = [str(cell.value) for row in openpyxl.load_workbook(out).worksheets[0] for cell in row]
    assert [text for text in again if "（续）" in text and text.count("\n") == 2]
    run("import", str(out), "--into", str(tmp_path / "draft"))
    text = (tmp_path / "draft" / "tree.yaml").read_text(encoding="utf-8")
    assert "（续）" not in text
    assert text.count("title: 依法全面履行政府职能") == 1
