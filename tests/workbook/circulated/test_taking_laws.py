"""Every tree: taken back as exported, no byte changes; with random edits in the table, exactly these are made.

Reaches ``workbook/circulated/taking.py``, ``workbook/circulated/own_cells.py``, ``tree/editing.py``,
``pipeline/taking.py``.
"""

import re
import tempfile
from pathlib import Path

import pytest
import random_rows
import random_styles
import random_tables
import yaml
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from random_rounds import Round, rounds
from returned_tables import Sheet, exported
from workbook.circulated.test_book import APART, TREES

from lawgov_score.catalogue import Code
from lawgov_score.content.circulated import lines
from lawgov_score.model import Indicator, Tree
from lawgov_score.pipeline import load_tree, take_back, write_taken
from lawgov_score.revision import changes_between

QUIET = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much, HealthCheck.large_base_example)
_TEXTS = {"牵头单位": "lead", "责任单位": "assist", "说明": "note"}


def the_tree(path: Path, weights: Path | None = None) -> Tree:
    tree, problems = load_tree(path, weights)
    assert tree is not None, problems
    return tree


@pytest.mark.parametrize("folder", TREES, ids=lambda folder: folder.name)
def test_what_was_exported_changes_no_byte(folder: Path, tmp_path: Path) -> None:
    found = take_back(exported(folder, tmp_path / "t.xlsx"), folder)
    assert (found.problems, found.changed) == ((), {})
    assert found.revision is not None
    assert found.revision.changes == ()


def test_nor_do_weights_that_stand_apart_and_they_are_not_changed_here(tmp_path: Path) -> None:
    first = next(path for path in sorted(APART.glob("*.yaml")) if path.name != "tree.yaml")
    second = tmp_path / "other.yaml"
    text = first.read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    second.write_text(text.replace(title, "title: 另一方案"), encoding="utf-8")
    table = exported(APART, tmp_path / "t.xlsx", first)
    assert take_back(table, APART, first).problems == ()
    assert [one.code for one in take_back(table, APART, second).problems] == [Code.D158]
    sheet = Sheet(table)
    code = lines(the_tree(APART, first))[0].code
    sheet.put(code, "分值", 99)
    (told,) = take_back(sheet.save(), APART, first).problems
    assert told.code is Code.D159
    file, line, column = str(told.values["at"]).rsplit(":", 2)
    written = (first.parent / Path(file).name).read_text(encoding="utf-8").splitlines()[int(line) - 1]
    before, after = written[: int(column) - 1], written[int(column) - 1 :]
    assert Path(file).name == first.name
    assert before.endswith(f'"{code}": ')
    assert float(re.match(r"[\d.]+", after)[0]) == lines(the_tree(APART, first))[0].node.points  # type: ignore[index]


@given(done=rounds(most_units=1), data=st.data())
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=QUIET)
def test_random_edits_of_random_trees(done: Round, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, table = Path(folder) / "tree.yaml", Path(folder) / "t.xlsx"
        # Each list and mapping of a level is written in brackets, or by lines.
        flow = data.draw(st.sampled_from([None, False]))
        path.write_text(
            yaml.safe_dump(done.data, allow_unicode=True, sort_keys=False, default_flow_style=flow), encoding="utf-8"
        )
        before = path.read_bytes()
        tree = the_tree(path)
        same = take_back(exported(path, table), path)
        assert (same.problems, same.changed, write_taken(same, path), path.read_bytes()) == ((), {}, (), before)
        check_edits(tree, path, table, data)


@pytest.mark.parametrize("name", ["qujialing-2017", "c-windows", "c-windows-named", "wuhua-2020"])
def test_random_edits_of_trees_as_people_write_them(name: str, tmp_path: Path) -> None:
    folder = next(each for each in TREES if each.name == name)
    copied = tmp_path / folder.name
    copied.mkdir()
    for file in folder.glob("*.yaml"):
        (copied / file.name).write_bytes(file.read_bytes())
    tree = the_tree(copied)
    sheet = Sheet(exported(copied, tmp_path / "t.xlsx"))
    expected = set()
    for i, line in enumerate(lines(tree)):
        if isinstance(line.node, Indicator):
            heading, key = [*_TEXTS.items()][i % 3]
            sheet.put(line.code, heading, f"改动{i}")
            expected.add(f"{key}:{line.code}:{key}")
    found = take_back(sheet.save(), copied)
    assert found.revision is not None, [(one.code, one.place, one.values) for one in found.problems][:3]
    assert {one.name for one in found.revision.changes} == expected


def check_edits(tree: Tree, path: Path, table: Path, data: st.DataObject) -> None:
    """A few cells and the order of a group are changed: exactly that is made, or a stated reason why not."""
    sheet = Sheet(exported(path, table))
    expected: set[str] = set()
    rows = [line for line in lines(tree) if isinstance(line.node, Indicator)]
    for line in data.draw(st.lists(st.sampled_from(rows), max_size=4, unique_by=lambda one: one.code)):
        heading, key = data.draw(st.sampled_from([*_TEXTS.items(), (sheet_title(sheet), "title")]))
        said = data.draw(st.sampled_from(["甲局", "甲: 乙 # 丙", "- 1.0", "“引号”'\""]))
        sheet.put(line.code, heading, said)
        if getattr(line.node, key) not in {said, (said,)}:
            expected.add(f"{key}:{line.code}:{key}")
    found = take_back(sheet.save(), path)
    if found.revision is None:
        event(f"refused: {sorted({one.code.value for one in found.problems})}")
        assert {one.code for one in found.problems} <= {Code.D151}
        return
    assert {one.name for one in found.revision.changes} == expected
    write_taken(found, path)
    assert {one.name for one in changes_between(tree, the_tree(path))} == expected
    assert take_back(table, path).changed == {}


def sheet_title(sheet: Sheet) -> str:
    """The heading of the column of indicators."""
    return next(heading for heading, column in sheet.columns.items() if column == sheet.columns["分值"] - 1)


@given(done=rounds(most_units=1), data=st.data())
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=QUIET)
def test_rows_of_random_trees_moved_taken_out_and_in_another_order(done: Round, data: st.DataObject) -> None:
    if not random_tables.has_plain_groups(done.tree):
        return
    with tempfile.TemporaryDirectory() as folder:
        path, table = Path(folder) / "tree.yaml", Path(folder) / "t.xlsx"
        path.write_text(
            yaml.safe_dump(done.data, allow_unicode=True, sort_keys=False, default_flow_style=False), encoding="utf-8"
        )
        tree = the_tree(path)
        sheet = Sheet(exported(path, table))
        structure = random_tables.structure_of(tree)
        for _ in range(data.draw(st.integers(1, 3))):
            random_tables.edit(structure, tree, data.draw)
        expected = random_tables.expected(structure, tree)
        random_tables.write(structure, tree, sheet)
        found = take_back(sheet.save(), path)
        if found.revision is None:  # an item less, or elsewhere, may not suit the tree: it is said, and nothing is made
            codes = {one.code for one in found.problems}
            event(f"refused: {sorted(code.value for code in codes)}")
            assert codes <= {Code.D153, Code.D154, Code.D155}
            assert found.changed == {}
            return
        event(f"{len(expected)} changes")
        assert {one.name for one in found.revision.changes} == expected
        write_taken(found, path)
        assert {one.name for one in changes_between(tree, the_tree(path))} == expected
        assert take_back(table, path).changed == {}


@given(data=st.data())
@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=QUIET)
def test_items_come_go_and_move_in_whatever_style(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, table = Path(folder) / "small", Path(folder) / "t.xlsx"
        path.mkdir()
        newline = data.draw(st.sampled_from(["\n", "\r\n"]))
        for name, text in random_styles.a_styled_tree(data.draw).items():
            (path / name).write_bytes(text.replace("\n", newline).encode())
        tree, before = the_tree(path), texts_of(path)
        sheet = Sheet(exported(path, table))
        sheet.unmerge()
        rows = sheet.texts()
        expected: set[str] = set()
        worth = {str(row[1]): 2.0 for row in rows}
        for kind in data.draw(st.permutations(["move", "remove", "add", "order"]))[: data.draw(st.integers(1, 4))]:
            random_rows.change(rows, worth, kind, data.draw, expected)
        expected |= random_rows.points(rows, worth) | random_rows.order(tree, rows)
        sheet.write(rows)
        found = take_back(sheet.save(), path)
        assert found.revision is not None, [(one.code, one.place, one.values) for one in found.problems]
        assert {one.name for one in found.revision.changes} == expected
        write_taken(found, path)
        event(f"{len(expected)} changes")
        after = texts_of(path)
        kept = {str(row[1]) for row in rows if row[1]}
        for comment in (line.strip() for line in before.splitlines() if line.strip().startswith(("# 关于", "# 属于"))):
            is_kept = comment.split()[-1] in kept or "-" not in comment
            assert (comment in after) == is_kept
        assert "\n" not in after.replace("\r\n", "") or newline == "\n"
        assert take_back(table, path).changed == {}


def texts_of(path: Path) -> str:
    return "".join(file.read_bytes().decode() for file in sorted(path.iterdir()))
