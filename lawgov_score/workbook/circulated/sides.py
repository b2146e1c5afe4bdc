"""Table, export and tree side by side: what each of the three says in a cell, read in one way."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lawgov_score.catalogue import Code
from lawgov_score.content.circulated import (
    BETWEEN_TEXTS,
    BETWEEN_UNITS,
    Part,
    Points,
    items_in,
    points_in,
    says_nothing,
)
from lawgov_score.model import Tree
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.revision.pairs import ROOT, Shown
from lawgov_score.revision.wanted import Value
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.circulated.numbers import seen
from lawgov_score.workbook.circulated.own_cells import texts_today
from lawgov_score.workbook.circulated.reading import Table, TableCell, TableRow, as_read

READ = (Part.TITLE, Part.POINTS, Part.LEAD, Part.ASSIST, Part.EVIDENCE, Part.NOTE)
LISTS = frozenset({Part.LEAD, Part.ASSIST, Part.EVIDENCE})
NOTHING_SAID = Words("（空）", "(blank)")
NOT_THERE = Words("（没有这一项）", "(not there)")
NO_TITLE = Words("名称不能空", "a title")
A_NEW_CODE = Words("没有用过的编码，或者空着（程序接着编）", "a code that nothing has, or none: the next one is given")
_DECIMALS = 9  # of points: a formula of a spreadsheet leaves dust
_A_NUMBER = Words(
    "分值写成数，如 4，不是日期、时间、百分数；按单位类型的每类一行，如“产区 4”",
    "a number such as 4, no day, time or percentage; by type, a line each such as “产区 4”",
)
_A_TYPE = Words("每类单位各一行：{names:list}", "a line for each type of units: {names:list}")


@dataclass
class Sides:
    """The table that came back (with what it said when it was exported), the tree as it is now, and what is wrong."""

    table: Table
    tree: Tree
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def lang(self) -> Language:
        """The language that the table was exported in."""
        return Language(self.table.own.lang) if self.table.own.lang in {one.value for one in Language} else Language.ZH

    @cached_property
    def today(self) -> Mapping[tuple[str, Part], str]:
        """What an export would say now, by code and column."""
        return {key: as_read(text) for key, text in texts_today(self.tree, self.lang).items()}

    @cached_property
    def shown(self) -> Shown:
        """The nodes of the tree as it is now."""
        return Shown(self.tree)

    @cached_property
    def lines(self) -> frozenset[str]:
        """Codes of the rows that were written."""
        return frozenset(line.code for line in self.table.own.lines)

    @cached_property
    def groups(self) -> frozenset[str]:
        """Codes of the cells of groups that were written."""
        return frozenset(group.code for group in self.table.own.groups)

    @cached_property
    def written_parents(self) -> Mapping[str, str]:
        """The group of each row and group, as exported."""
        found: dict[str, str] = {}
        for line in self.table.own.lines:
            chain = (ROOT, *line.groups, line.code)
            found.update(zip(chain[1:], chain, strict=False))
        return found

    @cached_property
    def written_below(self) -> Mapping[str, tuple[str, ...]]:
        """The children of each group, as exported, in order."""
        found: dict[str, list[str]] = {}
        for code, parent in self.written_parents.items():
            found.setdefault(parent, []).append(code)
        return {parent: tuple(codes) for parent, codes in found.items()}

    @cached_property
    def known_units(self) -> frozenset[str]:
        """Names of units that lead or assist, which are never taken apart."""
        return self._known(Part.LEAD, Part.ASSIST)

    @cached_property
    def known_evidence(self) -> frozenset[str]:
        """Lines of evidence, which are never taken apart."""
        return self._known(Part.EVIDENCE)

    def _known(self, *parts: Part) -> frozenset[str]:
        """What stands in these columns line by line, in the tree by now and as it was exported."""
        today = (text for (_, part), text in self.today.items() if part in parts)
        written = (line.texts[part] for line in self.table.own.lines for part in parts)
        return frozenset(each.strip() for text in (*today, *written) for each in text.split("\n"))

    def say(self, code: Code, place: CellPlace, /, **values: object) -> None:
        """One more problem."""
        self.problems.append(Problem(code, place, values))

    def points(self, cell: TableCell, code: str = "") -> Value | None:
        """The points in a cell, of every type or by type; None, and D146, where they are none."""
        said = cell.points
        if said is None:
            self.say(Code.D146, cell.place, expected=_A_NUMBER, found=seen(cell.raw) if cell.text else NOTHING_SAID)
            return None
        return self.by_code(said, cell.place, code)

    def by_code(self, said: Points, place: CellPlace, code: str = "") -> Value | None:
        """Points with the codes of unit types for their names: of every type, or of those that the node names now."""
        node = self.shown.nodes[code].code if code in self.shown.nodes else ""
        if isinstance(said, float):
            return round(said, _DECIMALS)
        codes = {kind.name: kind.code for kind in self.tree.unit_types}
        named = [name for names, _ in self.tree.points_of(node) for name in names] if node else []
        if said.keys() != set(named or codes):
            names = tuple(named or codes) or ("—",)
            self.say(Code.D146, place, expected=_A_TYPE(names=names), found="、".join(said))
            return None
        points = {codes[name]: round(worth, _DECIMALS) for name, worth in said.items()}
        return next(iter(points.values())) if len({*points.values()}) == 1 else points

    def now(self, row: TableRow, part: Part) -> str:
        """What the row says in a column, as its export would have written it."""
        cell = row.title if part is Part.TITLE else row.cells.get(part)
        written = self.written(row.code, part)
        if cell is None or cell.text == written:
            return written
        return self.said(part, cell)

    def said(self, part: Part, cell: TableCell) -> str:
        """What a cell says, as an export writes it."""
        if part in LISTS:
            return "\n".join(self.items(part, cell))
        if part is Part.NOTE and says_nothing(cell.text):
            return ""
        return one_line(cell.text) if part is Part.TITLE else cell.text

    def items(self, part: Part, cell: TableCell) -> tuple[str, ...]:
        """Units or evidence in a cell; names that tree or export have stay whole."""
        if part is Part.EVIDENCE:
            return items_in(cell.text, BETWEEN_TEXTS, self.known_evidence)
        return items_in(cell.text, BETWEEN_UNITS, self.known_units)

    def written(self, code: str, part: Part) -> str:
        """What was exported."""
        found = self.table.own.cell(code, part)
        return "" if found is None else as_read(found[1])

    def worth(self, written: str) -> Value | None:
        """Points as they were written, with the codes of unit types for their names."""
        said = points_in(written)
        if said is None or isinstance(said, float):
            return said
        codes = {kind.name: kind.code for kind in self.tree.unit_types}
        return {codes.get(name, name): worth for name, worth in said.items()}

    def conflict(self, place: CellPlace, today: object, now: object, written: object) -> None:
        """D140: tree and table both changed it, each otherwise."""
        said = {"today": today, "now": now, "written": written}
        self.say(Code.D140, place, **{key: text or NOTHING_SAID for key, text in said.items()})

    def standard(self, row: TableRow) -> str:
        """The row's standard without white space."""
        return joined(row.cells[Part.STANDARD].text) if Part.STANDARD in row.cells else ""

    def is_there(self, code: str, title: str, kind: type) -> bool:
        """Is a node of this code and title in the tree by now, which the export did not have?"""
        node = self.shown.nodes.get(code)
        is_new = code not in self.lines and code not in self.groups
        return is_new and node is not None and isinstance(node, kind) and node.title == title

    def value(self, part: Part, cell: TableCell, code: str) -> Value | None:
        """What a cell asks for in the YAML; None where it cannot be told."""
        if part is Part.POINTS:
            return self.points(cell, code)
        return self.items(part, cell) if part in LISTS else self.said(part, cell)


def one_line(title: str) -> str:
    """A title that somebody broke into lines."""
    return re.sub(r"(?<=[ -~])[ \t]*\n[ \t]*(?=[ -~])", " ", title).replace("\n", "")


def joined(text: str) -> str:
    """A text without white space: what is compared where only lines were broken otherwise."""
    return "".join(text.split())


__all__ = ["A_NEW_CODE", "LISTS", "NOTHING_SAID", "NOT_THERE", "NO_TITLE", "READ", "Sides", "joined", "one_line"]
