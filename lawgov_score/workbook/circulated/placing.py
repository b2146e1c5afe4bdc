"""Where the rows of a table stand: below which groups, new ones among them, and the code that a new one is given."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lawgov_score.catalogue import Code
from lawgov_score.content.circulated import Part, continued
from lawgov_score.likeness import narrow
from lawgov_score.model import Group, Indicator
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.revision.pairs import ROOT
from lawgov_score.revision.wanted import NewNode
from lawgov_score.wording import Words
from lawgov_score.workbook.circulated.reading import TableGroup, TableRow
from lawgov_score.workbook.circulated.sides import A_NEW_CODE, NO_TITLE, Sides, joined, one_line

_NUMBERED = re.compile(r"(.*?)([0-9]+)")
_OWN_CODE = Words("第一行是原来的编码 {code}", "the code {code} in the first line, as it was")


@dataclass
class Placing:
    """Rows and groups as the table has them, by code; ``compare_group`` is asked of each group that the tree has."""

    sides: Sides
    compare_group: Callable[[TableGroup, str], None]
    new: dict[str, NewNode] = field(default_factory=dict)
    places: dict[str, CellPlace] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    below: dict[str, list[str]] = field(default_factory=lambda: {ROOT: []})
    codes: dict[tuple[str, str], str] = field(default_factory=dict)  # of groups without one: by sheet and cell
    scattered: set[str] = field(default_factory=set)  # groups whose rows do not stand together

    def place(self, row: TableRow) -> None:
        """Puts a row below its groups; what cannot be told is a problem, and the row is left out (D144 to D148)."""
        parent = ROOT
        chain: list[str] = []
        for group in row.groups:
            if group is None:
                continue
            code = self._group(group, parent, row)
            if code is None:
                return
            chain.append(code)
            parent = code
        if row.borrowed and row.code in self.sides.lines:
            line = next(one for one in self.sides.table.own.lines if one.code == row.code)
            if tuple(chain) != line.groups:
                self.sides.say(Code.D147, row.borrowed[-1], code=row.code, group=chain[-1] if chain else "—")
                return
        if row.is_between and row.code not in self.sides.lines:
            said = row.code or one_line(row.title.text)
            self.sides.say(
                Code.D147,
                row.borrowed[-1] if row.borrowed else row.title.place,
                code=said,
                group=chain[-1] if chain else "—",
            )
            return
        code = row.code or self._next(parent)
        place = row.cells[Part.CODE].place
        if row.code not in self.sides.lines:
            made = self._new_row(row, code)
            if made is None:
                return
            there = self._already(parent, made)
            if there:
                return
            self.new[code] = made
        self._put(code, parent, place)

    def _put(self, code: str, parent: str, place: CellPlace) -> None:
        self.places[code] = place
        self.parents[code] = parent
        self.below.setdefault(parent, []).append(code)

    def _group(self, group: TableGroup, parent: str, row: TableRow) -> str | None:
        """The code of the group that a cell stands for; None where it cannot be told."""
        place = group.cell.place
        known = self.codes.get((place.sheet, place.cell))
        if known is not None:
            code = known
        elif group.code:
            code = group.code
        else:
            code = self._unnamed(group, parent, row)
        if not code:
            self.codes[place.sheet, place.cell] = ""  # said once
            return None
        is_first = (place.sheet, place.cell) not in self.codes
        self.codes[place.sheet, place.cell] = code
        if code in self.scattered:
            return None
        if code in self.parents:
            siblings = self.below[self.parents[code]]
            if self.parents[code] != parent or siblings[-1] != code:
                self.scattered.add(code)
                self.sides.problems.append(
                    Problem(Code.D144, row.title.place, {"group": code}, see_also=(self.places[code],))
                )
                return None
            if is_first:
                self._same_group(group, code)
            return code
        if code not in self.sides.groups:
            if self.sides.is_there(code, one_line(group.title), Group):
                self._put(code, parent, place)
                return code
            if code in self.sides.lines or code in self.sides.shown.nodes:
                self.sides.say(Code.D146, place, expected=A_NEW_CODE, found=code)
                return None
            if group.points is None:
                self.sides.say(Code.D148, place, what=Part.POINTS.value)
                return None
            points = self.sides.by_code(group.points, place)
            if points is None:
                return None
            self.new[code] = NewNode(code, one_line(group.title), points, place, is_group=True)
        self._put(code, parent, place)
        if code in self.sides.groups:
            self.compare_group(group, code)
        return code

    def _unnamed(self, group: TableGroup, parent: str, row: TableRow) -> str:
        """The code of a new group; '' where the cell seems to be one that has lost its code."""
        line = next((one for one in self.sides.table.own.lines if one.code == row.code), None)
        there = {each.code for one in self.sides.table.rows for each in one.groups if each is not None}
        lost = [code for code in (line.groups if line is not None else ()) if code not in there]
        if lost:
            self.sides.say(Code.D146, group.cell.place, expected=_OWN_CODE(code=lost[-1]), found=group.cell.text)
            return ""
        above = self.below.get(parent, [])[-1:]
        if above and above[0] in self.new and self.new[above[0]].title == one_line(group.title):
            return above[0]  # the same new group, in a cell of each of its rows
        same = [
            code
            for code in self.sides.shown.children.get(parent, ())
            if code not in self.sides.groups
            and isinstance(node := self.sides.shown.nodes[code], Group)
            and node.title == one_line(group.title)
        ]
        if same:  # taken back before
            return same[0]
        return self._next(parent)

    def _same_group(self, group: TableGroup, code: str) -> None:
        """A group that stands in a second cell has to say there what it says in the first.

        Where it is only printed again, for another page, the first cell alone speaks; one that was changed there too
        may keep its mark.
        """
        if group.is_reprint:
            return
        first = self.places[code]
        said = {one.cell.place: one for row in self.sides.table.rows for one in row.groups if one is not None}
        other = said.get(first)
        same = () if other is None else (other.cell.text, continued(other.cell.text, self.sides.lang))
        if same and narrow(joined(group.cell.text)) not in {narrow(joined(one)) for one in same}:
            self.sides.problems.append(Problem(Code.D143, group.cell.place, {"code": code}, see_also=(first,)))

    def _next(self, parent: str) -> str:
        """The next free code below a node, as its siblings are numbered."""
        used = {*self.sides.shown.nodes, *self.sides.lines, *self.sides.groups, *self.new, *self.parents}
        used |= {row.code for row in self.sides.table.rows}
        siblings = [
            *self.sides.shown.children.get(parent, ()),
            *self.sides.written_below.get(parent, ()),
            *self.below.get(parent, ()),
        ]
        numbered = [match for code in siblings if (match := _NUMBERED.fullmatch(code))]
        if numbered:
            before = numbered[-1][1]
            width = len(numbered[-1][2]) if numbered[-1][2].startswith("0") else 0
            number = max(int(match[2]) for match in numbered if match[1] == before)
        elif siblings and all(re.fullmatch("[A-Z]", code) for code in siblings):
            return next(
                (code for code in map(chr, range(ord(max(siblings)) + 1, ord("Z") + 1)) if code not in used), ""
            )
        else:
            before, width, number = (f"{parent}-" if parent != ROOT else ""), 0, 0
        while True:
            number += 1
            code = f"{before}{str(number).zfill(width)}"
            if code not in used:
                return code

    def _new_row(self, row: TableRow, code: str) -> NewNode | None:
        points = self.sides.points(row.cells[Part.POINTS])
        if not row.title.text:
            self.sides.say(Code.D148, row.cells[Part.CODE].place, what=NO_TITLE)
            return None
        if points is None:
            return None

        def items(part: Part) -> tuple[str, ...]:
            return self.sides.items(part, row.cells[part]) if part in row.cells else ()

        def text(part: Part) -> str:
            return self.sides.said(part, row.cells[part]) if part in row.cells else ""

        return NewNode(
            *(code, one_line(row.title.text), points, row.cells[Part.CODE].place),
            lead=items(Part.LEAD),
            assist=items(Part.ASSIST),
            evidence=items(Part.EVIDENCE),
            note=text(Part.NOTE),
            standard=text(Part.STANDARD),
        )

    def _already(self, parent: str, made: NewNode) -> bool:
        """Is the new row in the tree by now, because the same table was taken back before?"""
        for code in self.sides.shown.children.get(parent, ()):
            node = self.sides.shown.nodes[code]
            if self.sides.is_there(code, made.title, Indicator) and code not in self.places:
                assert node is not None
                self.places[code] = made.place
                return True
        return False


__all__ = ["Placing"]
