"""The cells of rows and groups that both table and tree have: what was changed becomes a wish, or a conflict."""

from dataclasses import dataclass, field

from lawgov_score.catalogue import Code
from lawgov_score.content.circulated import Part, group_in
from lawgov_score.likeness import narrow
from lawgov_score.model import Group
from lawgov_score.places import place_text
from lawgov_score.problems import CellPlace
from lawgov_score.revision.wanted import Wish
from lawgov_score.wording import Words
from lawgov_score.workbook.circulated.reading import TableCell, TableGroup, TableRow
from lawgov_score.workbook.circulated.sides import (
    LISTS,
    NO_TITLE,
    NOT_THERE,
    NOTHING_SAID,
    READ,
    Sides,
    joined,
    one_line,
)

_A_WORTH = Words(
    "最后一行写分值，加括号，如“（4 分）”；按单位类型的如“（产区 4；非产区 3 分）”",
    "points in brackets in the last line, such as (4 points)",
)
_OF_INDICATORS = Words("空：类别自己没有这一栏", "blank: a group has nothing of its own there")


@dataclass
class Comparing:
    """Compares cell by cell and collects what is wished for (D140, D141, D145, D146)."""

    sides: Sides
    wishes: list[Wish] = field(default_factory=list)

    def compare(self, row: TableRow) -> None:
        """The cells of a row that was exported."""
        if row.code not in self.sides.shown.nodes:
            changed = [part for part in READ if self.sides.now(row, part) != self.sides.written(row.code, part)]
            place = row.cells[Part.CODE].place
            if changed:
                self.sides.conflict(place, NOT_THERE, row.title.text, self.sides.written(row.code, Part.TITLE))
            else:
                self.sides.say(Code.D141, place, code=row.code, part=Part.CODE.value, written=row.code, found=NOT_THERE)
            return
        is_group = isinstance(self.sides.shown.nodes[row.code], Group)
        for part in READ:
            cell = row.title if part is Part.TITLE else row.cells.get(part)
            if cell is None:
                continue
            now, written = self.sides.now(row, part), self.sides.written(row.code, part)
            if now == written:
                continue
            if part is Part.TITLE and not now:
                self.sides.say(Code.D146, cell.place, expected=NO_TITLE, found=NOTHING_SAID)
                continue
            if is_group and part in LISTS:
                self.sides.say(Code.D146, cell.place, expected=_OF_INDICATORS, found=now)
                continue
            value = self.sides.value(part, cell, row.code)
            if value is None:
                continue
            today = self.sides.today.get((row.code, part), "")
            if now == today or (part is Part.POINTS and value in (self.sides.worth(written), self.sides.worth(today))):
                continue
            if today != written:
                self.sides.conflict(cell.place, today, now, written)
                continue
            self.wishes.append(Wish(row.code, part.key, value, cell.place))
        standard = row.cells.get(Part.STANDARD)
        if standard is not None and joined(standard.text) != joined(self.sides.written(row.code, Part.STANDARD)):
            self.sides.say(
                Code.D145, standard.place, code=row.code, rule=place_text(self.sides.shown.nodes[row.code].place)
            )

    def compare_group(self, group: TableGroup, code: str) -> None:
        """Title and points of a group that was exported."""
        place = group.cell.place
        written = self.sides.written(code, Part.GROUP)
        if narrow(joined(group.cell.text)) == narrow(joined(written)):
            return
        if code not in self.sides.shown.nodes:
            self.sides.conflict(place, NOT_THERE, group.cell.text, written)
            return
        today = self.sides.today.get((code, Part.GROUP), "")
        (_, title, points), (_, old_title, old_points) = group_in(today), group_in(written)
        said = one_line(group.title)
        if said not in {old_title, title}:
            if title != old_title:
                self.sides.conflict(place, today, group.cell.text, written)
            elif not said:
                self.sides.say(Code.D146, place, expected=NO_TITLE, found=NOTHING_SAID)
            else:
                self.wishes.append(Wish(code, "title", said, place))
        if group.points is None:
            self.sides.say(Code.D146, place, expected=_A_WORTH, found=group.cell.text)
        elif group.points not in (old_points, points):
            value = self.sides.by_code(group.points, place, code)
            if points != old_points:
                self.sides.conflict(place, today, group.cell.text, written)
            elif value is not None:
                self.wishes.append(Wish(code, "points", value, place))
        if (said, group.points) == (old_title, old_points):
            self.sides.say(Code.D145, place, code=code, rule=place_text(self.sides.shown.nodes[code].place))

    def tell_what_moved(self) -> None:
        """D141 for every cell that was left as it was written, and that the tree says otherwise by now."""
        if self.sides.table.own.fingerprint == self.sides.tree.fingerprint:
            return
        asked = {(one.code, one.key) for one in self.wishes}
        told = {one.place for one in self.sides.problems}
        for row in self.sides.table.rows:
            if row.code not in self.sides.lines or row.code not in self.sides.shown.nodes:
                continue
            is_worth_the_same = self.sides.today.get((row.code, Part.POINTS)) == self.sides.written(
                row.code, Part.POINTS
            )
            for part in (*READ, *((Part.STANDARD,) if is_worth_the_same else ())):
                cell = row.title if part is Part.TITLE else row.cells.get(part)
                if cell is not None and cell.place not in told and (row.code, part.key) not in asked:
                    self._tell(row.code, part, cell)
        seen: set[CellPlace] = set()
        for one in (group for row in self.sides.table.rows for group in row.groups if group is not None):
            if (
                not one.is_reprint
                and one.cell.place not in seen | told
                and one.code in self.sides.groups
                and one.code in self.sides.shown.nodes
            ):
                seen.add(one.cell.place)
                if not any((one.code, key) in asked for key in ("title", "points")):
                    self._tell(one.code, Part.GROUP, one.cell)

    def _tell(self, code: str, part: Part, cell: TableCell) -> None:
        written, today = self.sides.written(code, part), self.sides.today.get((code, part), "")
        now = cell.text
        if today != written and now == written:
            said = {"written": written or NOTHING_SAID, "found": today or NOTHING_SAID}
            self.sides.say(Code.D141, cell.place, code=code, part=part.value, **said)


__all__ = ["Comparing"]
