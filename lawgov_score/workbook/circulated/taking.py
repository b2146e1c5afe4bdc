"""What a table that came back asks for: table, export and tree side by side, cell by cell, then row by row.

What the table says as it was written asks for nothing, whatever the tree says by now; what tree and table both changed,
each otherwise, is a conflict. So the tables of several reviewers can be taken back one after the other.
"""

from collections.abc import Mapping

from lawgov_score.catalogue import Code
from lawgov_score.content.circulated import Part, points_in
from lawgov_score.measure.tolerance import is_same
from lawgov_score.model import Tree
from lawgov_score.places import place_text
from lawgov_score.problems import CellPlace, Problem, is_error
from lawgov_score.revision.wanted import Wanted
from lawgov_score.wording import Words
from lawgov_score.workbook.circulated.comparing import Comparing
from lawgov_score.workbook.circulated.other_cells import OtherCell
from lawgov_score.workbook.circulated.placing import Placing
from lawgov_score.workbook.circulated.reading import Table, TableRow
from lawgov_score.workbook.circulated.row_codes import rows_told
from lawgov_score.workbook.circulated.rows_moved import children_wanted
from lawgov_score.workbook.circulated.sides import NO_TITLE, NOTHING_SAID, Sides

_SUM = Words("各项分值之和（公式）", "the sum of the points (a formula)")


def wanted_of(table: Table, tree: Tree) -> tuple[Wanted, tuple[Problem, ...]]:
    """What the table asks for in the tree as it is now, and what of it cannot be placed
    (D140 to D150, D156 to D158, D180, D181).

    What is wanted may be made only if none of the problems is an error.
    """
    own = table.own
    if own.tree != tree.code:
        found = {"expected": tree.code, "found": own.tree}
        return Wanted(), (Problem(Code.D150, CellPlace(table.path), found),)
    if own.weights != tree.weight_set:
        found = {"expected": own.weights or "—", "found": tree.weight_set or "—"}
        return Wanted(), (Problem(Code.D158, CellPlace(table.path), found),)
    sides = Sides(table, tree)
    return _wanted(sides), tuple(sides.problems)


def _say_other(sides: Sides, one: OtherCell) -> None:
    """D180, with the node that the label names."""
    node = sides.shown.nodes.get(one.about.split(" ")[0])
    where = place_text(node.place) if node is not None and one.about else "tree.yaml"
    values = {"written": one.written or NOTHING_SAID, "found": one.now or NOTHING_SAID}
    sides.say(Code.D180, one.place, where=where, keys=one.keys or "title", **values)


def _check_total(sides: Sides) -> None:
    """D180 where somebody has typed another total over the formula: it follows from the points.

    D191 for what else was typed into its row.
    """
    for one in sides.table.beside_total:
        sides.say(Code.D191, one.place, label=sides.table.own.total, found=one.text)
    cell = sides.table.total
    if cell is None or cell.raw == "" or isinstance(cell.points, Mapping):
        return
    now = [row.cells[Part.POINTS].points for row in sides.table.rows]
    was = [points_in(line.texts[Part.POINTS]) for line in sides.table.own.lines]
    sums = [sum(one for one in each if isinstance(one, float)) for each in (was, now)]
    if cell.points is None or not any(is_same(cell.points, each) for each in sums):
        sides.say(Code.D180, cell.place, written=_SUM, found=cell.text, keys="points", where="tree.yaml")


def _wanted(sides: Sides) -> Wanted:
    for text in sides.table.missing_levels:
        sides.say(Code.D157, CellPlace(sides.table.path), part=text)
    for one in sides.table.others:
        _say_other(sides, one)
    if sides.table.missing_levels:
        return Wanted()  # whose title stands where cannot be told
    for part in sides.table.missing:
        sides.say(Code.D149, CellPlace(sides.table.path), part=part.value)
    for place in sides.table.merged:
        sides.say(Code.D156, place)
    _check_total(sides)
    rows = [row for row in sides.table.rows if _is_row(sides, row)]
    told = rows_told(sides, rows)
    comparing = Comparing(sides)
    placing = Placing(sides, comparing.compare_group)
    for row in rows:
        if row.number not in told:
            placing.place(row)
    for row in rows:
        if row.number not in told and row.code in sides.lines:
            comparing.compare(row)
    if any(map(is_error, sides.problems)):
        return Wanted()  # rows that are not known would look like rows that are gone
    children, removed, moved = children_wanted(sides, placing)
    comparing.tell_what_moved()
    wanted = [one for one in comparing.wishes if one.code not in removed]
    return Wanted(tuple(wanted), placing.new, removed, moved, children, placing.places)


def _is_row(sides: Sides, row: TableRow) -> bool:
    if row.code or row.title.text or not isinstance(row.cells[Part.CODE].raw, (str, type(None))):
        return True
    if any(cell.text for part, cell in row.cells.items() if part is not Part.ORDER):
        sides.say(Code.D148, row.cells[Part.CODE].place, what=NO_TITLE)
    return False


__all__ = ["wanted_of"]
