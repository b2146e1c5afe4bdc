"""The table as a document: laid out as official documents are, one table with each node once, the same bytes twice."""

import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from builders import a_group, a_tree, an_indicator
from workbook.circulated.test_book import QUJIALING, ROOT, TREES, the_tree

from lawgov_score.catalogue import Code
from lawgov_score.content import circulated
from lawgov_score.content.circulated import Part, group_in, points_in
from lawgov_score.model import Tree
from lawgov_score.problems import RefusedError, TextPlace
from lawgov_score.report import width
from lawgov_score.wording import Language
from lawgov_score.workbook.circulated import document as module
from lawgov_score.workbook.circulated.document import need_docx, write_document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def written(tree: Tree, folder: Path, lang: Language = Language.ZH) -> Any:
    write_document(tree, folder / "tree.docx", lang)
    return docx.Document(str(folder / "tree.docx"))


def rows_of(document: Any) -> list[list[str]]:
    """The texts of the only table, cell by cell as they stand in the file: joined ones are empty."""
    (table,) = document.tables
    return [
        [
            "\n".join(
                "".join(t.text or "" if t.tag == f"{W}t" else "\n" for t in p.iter(f"{W}t", f"{W}br"))
                for p in cell.iter(f"{W}p")
            )
            for cell in row.iter(f"{W}tc")
        ]
        for row in table._tbl.iter(f"{W}tr")
    ]


@pytest.mark.parametrize("folder", TREES[::6], ids=lambda folder: folder.name)
def test_every_code_title_and_points_stand_once_in_their_row(folder: Path, tmp_path: Path) -> None:
    tree = the_tree(folder)
    _, *rows = rows_of(written(tree, tmp_path))
    levels = len(circulated.level_headings(tree))
    groups = [group_in(text)[0] for row in rows for text in row[2 : 1 + levels] if "\n" in text]
    lines = circulated.lines(tree)
    assert [row[1] for row in rows[: len(lines)]] == [line.code for line in lines]
    for row, line in zip(rows, lines, strict=False):
        said = line.texts(tree, Language.ZH)
        assert row[2 + line.depth] == line.node.title
        assert points_in(row[2 + levels]) == points_in(said[Part.POINTS])
        assert row[3 + levels] == said[Part.STANDARD]
    shown = {node.copy_of or node.code for node in tree.shown_once}
    assert sorted(groups) == sorted(shown - {line.code for line in lines})


def test_the_same_tree_gives_the_same_bytes(tmp_path: Path) -> None:
    tree = the_tree(QUJIALING)
    written(tree, tmp_path)
    before = (tmp_path / "tree.docx").read_bytes()
    written(tree, tmp_path)
    assert (tmp_path / "tree.docx").read_bytes() == before
    with zipfile.ZipFile(tmp_path / "tree.docx") as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    about = docx.Document(str(tmp_path / "tree.docx")).core_properties
    assert (about.author, about.last_modified_by, about.created.year, about.title) == ("", "", 2020, tree.title)


def test_pages_are_those_of_official_documents(tmp_path: Path) -> None:
    document = written(the_tree(QUJIALING), tmp_path)
    (language,) = document.styles.element.iter(f"{W}lang")
    assert language.get(f"{W}eastAsia") == "zh-CN"  # which marks are printed as here
    across, upright = document.sections
    sides = [
        tuple(round(side.mm) for side in (one.page_width, one.page_height, one.top_margin, one.left_margin))
        for one in (across, upright)
    ]
    assert sides == [(297, 210, 28, 35), (210, 297, 37, 28)]
    for one, area in ((across, (225, 156)), (upright, (156, 225))):
        wide = one.page_width - one.left_margin - one.right_margin
        tall = one.page_height - one.top_margin - one.bottom_margin
        assert (round(wide / 36_000), round(tall / 36_000)) == area


def test_fonts_are_set_on_styles_and_on_runs(tmp_path: Path) -> None:
    document = written(the_tree(QUJIALING), tmp_path)
    looks = {name: document.styles[name] for name in ("Normal", "Title", "Heading 1", "Heading 2", "表内文字")}
    fonts = {name: style.element.rPr.rFonts.get(f"{W}eastAsia") for name, style in looks.items()}
    assert fonts == {
        "Normal": "仿宋",
        "Title": "方正小标宋简体",
        "Heading 1": "黑体",
        "Heading 2": "楷体",
        "表内文字": "仿宋",
    }
    assert [looks[name].font.size.pt for name in ("Normal", "Title")] == [16, 22]
    assert not any("Theme" in key for style in looks.values() for key in style.element.rPr.rFonts.attrib)
    (table,) = document.tables
    runs = [*table._tbl.iter(f"{W}r")]
    assert runs
    assert all(run.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") for run in runs)


def test_headings_are_repeated_and_joined_cells_are_empty(tmp_path: Path) -> None:
    tree = a_tree(
        children=[a_group(code="01", title="<类&一>", children=[an_indicator(code=f"01-{n}") for n in (1, 2)])],
        levels=("类", "小项"),
    )
    document = written(tree, tmp_path)
    (table,) = document.tables
    head, first, second, *_ = table._tbl.iter(f"{W}tr")
    assert head.find(f"{W}trPr/{W}tblHeader") is not None
    assert first.find(f"{W}trPr/{W}tblHeader") is None
    merged = [
        row[2].find(f"{W}tcPr/{W}vMerge").get(f"{W}val") for row in ([*one.iter(f"{W}tc")] for one in (first, second))
    ]
    assert merged == ["restart", "continue"]
    _, one, other, *_ = rows_of(document)
    assert one[2].startswith("01\n<类&一>")
    assert other[2] == ""
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"] == [
        "一、指标和评分标准",
        "二、其他规定",
    ]


def test_the_table_is_as_wide_as_the_text(tmp_path: Path) -> None:
    for name in ("a-bounds", "qujialing-2017"):
        (folder,) = (one for one in TREES if one.name == name)
        (table,) = written(the_tree(folder), tmp_path).tables
        wide = sum(int(column.get(f"{W}w")) for column in table._tbl.tblGrid)
        assert wide / 20 / 72 * 25.4 == pytest.approx(225, abs=0.5)


def test_characters_that_a_document_cannot_hold_are_left_out(tmp_path: Path) -> None:
    tree = a_tree(children=[an_indicator(code="1", title="甲\x07乙")], levels=("小项",))
    assert rows_of(written(tree, tmp_path))[1][2] == "甲乙"


def test_without_the_library_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_docx(tmp_path / "tree.docx")
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    with pytest.raises(RefusedError) as refused:
        need_docx(tmp_path / "tree.docx")
    problem = refused.value.problem
    assert (problem.code, problem.place) == (Code.S160, TextPlace((tmp_path / "tree.docx").as_posix()))


def test_the_other_rules_follow_in_both_languages(tmp_path: Path) -> None:
    tree = the_tree(ROOT / "tests" / "schemes" / "e-vetoes-and-limits")
    for lang in Language:
        text = "\n".join(paragraph.text for paragraph in written(tree, tmp_path, lang).paragraphs)
        assert all(veto.title in text for veto in tree.vetoes)
        assert all(kind.title in text for kind in tree.adjustments)


@pytest.mark.parametrize("lang", list(Language))
def test_what_is_no_part_of_the_document_stands_in_its_properties(tmp_path: Path, lang: Language) -> None:
    """That changes are made elsewhere is said to whoever asks the file, not in the text of the document."""
    document = written(the_tree(QUJIALING), tmp_path, lang)
    told = document.core_properties.comments
    assert "YAML" in told
    assert ".xlsx" in told
    assert not [one.text for one in document.paragraphs if "YAML" in one.text]


@pytest.mark.parametrize("folder", [QUJIALING, ROOT / "tests" / "schemes" / "c-points-by-type"], ids=lambda at: at.name)
def test_points_are_legible(folder: Path, tmp_path: Path) -> None:
    """No print in the table is smaller than 小五, and no line of the points' column is broken."""
    tree = the_tree(folder)
    document = written(tree, tmp_path)
    (table,) = document.tables
    assert all(int(size.get(f"{W}val")) >= 18 for size in table._tbl.iter(f"{W}sz"))  # half points
    assert document.styles[module._TABLE_STYLE].font.size.pt >= 9
    column = 2 + len(circulated.level_headings(tree))
    wide = int([*table._tbl.iter(f"{W}gridCol")][column].get(f"{W}w")) / 20  # points
    lines = [line for row in rows_of(document)[1:-1] for line in row[column].split("\n")]
    assert wide >= 15 * 72 / 25.4 - 1
    assert max(width(line) for line in lines) * 9 / 2 + 4 <= wide
