"""What a table that came back asks for: table, export and tree side by side, cell by cell, then row by row.

What the table says as it was written asks for nothing, whatever the tree says by now; what tree and table both changed,
each otherwise, is a conflict. So the tables of several reviewers can be taken back one after the other.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from lawgov_score.catalogue import Code
from lawgov_score.content.circulated import (
    BETWEEN_TEXTS,
    BETWEEN_UNITS,
    CODE,
    Part,
    Points,
    code_in,
    continued,
    group_in,
    items_in,
    points_in,
    says_nothing,
)
from lawgov_score.likeness import narrow
from lawgov_score.measure.tolerance import is_same
from lawgov_score.model import Group, Indicator, Tree
from lawgov_score.places import place_text
from lawgov_score.problems import CellPlace, Problem, is_error
from lawgov_score.revision.pairs import ROOT, Shown
from lawgov_score.revision.wanted import NewNode, Value, Wanted, Wish
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.circulated.numbers import seen
from lawgov_score.workbook.circulated.other_cells import OtherCell
from lawgov_score.workbook.circulated.own_cells import texts_today
from lawgov_score.workbook.circulated.reading import Table, TableCell, TableGroup, TableRow, as_read
from lawgov_score.workbook.package.cells import BEYOND, EPOCH, Formatted

_READ = (Part.TITLE, Part.POINTS, Part.LEAD, Part.ASSIST, Part.EVIDENCE, Part.NOTE)
_LISTS = frozenset({Part.LEAD, Part.ASSIST, Part.EVIDENCE})
_DECIMALS = 9  # of points: a formula of a spreadsheet leaves dust
_DAY = re.compile(r"(?:(\d{4})[年/.-])?(\d{1,2})[月/.](\d{1,2})日?|(\d{4})年(\d{1,2})月")
_NUMBERED = re.compile(r"(.*?)([0-9]+)")
_NOTHING_SAID = Words("（空）", "(blank)")
_NOT_THERE = Words("（没有这一项）", "(not there)")
_SUM = Words("各项分值之和（公式）", "the sum of the points (a formula)")
_NO_TITLE = Words("名称不能空", "a title")
_A_NUMBER = Words(
    "分值写成数，如 4，不是日期、时间、百分数；按单位类型的每类一行，如“产区 4”",
    "a number such as 4, no day, time or percentage; by type, a line each such as “产区 4”",
)
_A_WORTH = Words(
    "最后一行写分值，加括号，如“（4 分）”；按单位类型的如“（产区 4；非产区 3 分）”",
    "points in brackets in the last line, such as (4 points)",
)
_NOW_CALLED = Words("{now}（导出时是 {was}）", "{now} (was {was})")
_A_TYPE = Words("每类单位各一行：{names:list}", "a line for each type of units: {names:list}")
_A_CODE = Words("编码由字母、数字、“-”“_”“.”组成", "a code of letters, digits and - _ .")
_A_VALUE = Words(
    "能读出的内容，不是错误值或没有结果的公式", "content that can be read, no error and no formula without result"
)
_OF_INDICATORS = Words("空：类别自己没有这一栏", "blank: a group has nothing of its own there")
_OWN_CODE = Words("第一行是原来的编码 {code}", "the code {code} in the first line, as it was")
_A_NEW_CODE = Words("没有用过的编码，或者空着（程序接着编）", "a code that nothing has, or none: the next one is given")


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
    taking = _Taking(table, tree)
    return taking.wanted(), tuple(taking.problems)


@dataclass
class _Taking:
    table: Table
    tree: Tree
    problems: list[Problem] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    new: dict[str, NewNode] = field(default_factory=dict)
    places: dict[str, CellPlace] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)  # as the table has it
    below: dict[str, list[str]] = field(default_factory=lambda: {ROOT: []})
    codes: dict[tuple[str, str], str] = field(default_factory=dict)  # of groups without one: by sheet and cell

    scattered: set[str] = field(default_factory=set)  # groups whose rows do not stand together

    # ---------------------------------------------------------------- the three sides

    @cached_property
    def lang(self) -> Language:
        return Language(self.table.own.lang) if self.table.own.lang in {one.value for one in Language} else Language.ZH

    @cached_property
    def today(self) -> Mapping[tuple[str, Part], str]:
        return {key: as_read(text) for key, text in texts_today(self.tree, self.lang).items()}

    @cached_property
    def shown(self) -> Shown:
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
        found: dict[str, str] = {}
        for line in self.table.own.lines:
            chain = (ROOT, *line.groups, line.code)
            found.update(zip(chain[1:], chain, strict=False))
        return found

    @cached_property
    def written_below(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for code, parent in self.written_parents.items():
            found.setdefault(parent, []).append(code)
        return {parent: tuple(codes) for parent, codes in found.items()}

    @cached_property
    def known_units(self) -> frozenset[str]:
        return self._known(Part.LEAD, Part.ASSIST)

    @cached_property
    def known_evidence(self) -> frozenset[str]:
        return self._known(Part.EVIDENCE)

    def _known(self, *parts: Part) -> frozenset[str]:
        """What stands in these columns line by line, in the tree by now and as it was exported."""
        today = (text for (_, part), text in self.today.items() if part in parts)
        written = (line.texts[part] for line in self.table.own.lines for part in parts)
        return frozenset(each.strip() for text in (*today, *written) for each in text.split("\n"))

    def say(self, code: Code, place: CellPlace, /, **values: object) -> None:
        """One more problem."""
        self.problems.append(Problem(code, place, values))

    def _say_other(self, one: OtherCell) -> None:
        """D180, with the node that the label names."""
        node = self.shown.nodes.get(one.about.split(" ")[0])
        where = place_text(node.place) if node is not None and one.about else "tree.yaml"
        values = {"written": one.written or _NOTHING_SAID, "found": one.now or _NOTHING_SAID}
        self.say(Code.D180, one.place, where=where, keys=one.keys or "title", **values)

    def _check_total(self) -> None:
        """D180 where somebody has typed another total over the formula: it follows from the points.

        D191 for what else was typed into its row.
        """
        for one in self.table.beside_total:
            self.say(Code.D191, one.place, label=self.table.own.total, found=one.text)
        cell = self.table.total
        if cell is None or cell.raw == "" or isinstance(cell.points, Mapping):
            return
        now = [row.cells[Part.POINTS].points for row in self.table.rows]
        was = [points_in(line.texts[Part.POINTS]) for line in self.table.own.lines]
        sums = [sum(one for one in each if isinstance(one, float)) for each in (was, now)]
        if cell.points is None or not any(is_same(cell.points, each) for each in sums):
            self.say(Code.D180, cell.place, written=_SUM, found=cell.text, keys="points", where="tree.yaml")

    # ---------------------------------------------------------------- reading

    def wanted(self) -> Wanted:
        for text in self.table.missing_levels:
            self.say(Code.D157, CellPlace(self.table.path), part=text)
        for one in self.table.others:
            self._say_other(one)
        if self.table.missing_levels:
            return Wanted()  # whose title stands where cannot be told
        for part in self.table.missing:
            self.say(Code.D149, CellPlace(self.table.path), part=part.value)
        for place in self.table.merged:
            self.say(Code.D156, place)
        self._check_total()
        rows = [row for row in self.table.rows if self._is_row(row)]
        told = self._renumbered(rows) | self._check_codes(rows)
        told |= self._retyped(rows, told)
        for row in rows:
            if row.number not in told:
                self._place(row)
        for row in rows:
            if row.number not in told and row.code in self.lines:
                self._compare(row)
        if any(map(is_error, self.problems)):
            return Wanted()  # rows that are not known would look like rows that are gone
        children, removed, moved = self._structure()
        self._tell_what_moved()
        wanted = [one for one in self.wishes if one.code not in removed]
        return Wanted(tuple(wanted), self.new, removed, moved, children, self.places)

    def _renumbered(self, rows: Sequence[TableRow]) -> set[int]:
        """D181, once, for rows and groups whose title and standard are those that another code had; which rows."""
        own = {line.code: line for line in self.table.own.lines}
        by_title: dict[str, list[str]] = {}
        for line in self.table.own.lines:
            by_title.setdefault(_joined(as_read(line.texts[Part.TITLE])), []).append(line.code)
        codes = Counter(row.code for row in rows)
        found: list[tuple[TableRow, str]] = []
        for row in rows:
            title, standard = _joined(row.title.text), row.cells.get(Part.STANDARD)
            was = by_title.get(title, [])
            is_code = isinstance(row.cells[Part.CODE].raw, str) and CODE.fullmatch(row.code)
            if not is_code or len(was) != 1 or row.code == was[0] or codes[row.code] > 1:
                continue
            if row.code in own and _joined(as_read(own[row.code].texts[Part.TITLE])) == title:
                continue
            if standard is None or _joined(standard.text) == _joined(self._written(was[0], Part.STANDARD)):
                found.append((row, was[0]))
        if not any(row.code in own for row, _ in found):
            return set()  # a code that nothing had is a slip, or a new one
        pairs = tuple(_NOW_CALLED(now=row.code, was=code) for row, code in found)
        places = [row.cells[Part.CODE].place for row, _ in found]
        self.problems.append(Problem(Code.D181, places[0], {"pairs": pairs}, see_also=tuple(places[1:])))
        return {row.number for row, _ in found}

    def _is_row(self, row: TableRow) -> bool:
        if row.code or row.title.text or not isinstance(row.cells[Part.CODE].raw, (str, type(None))):
            return True
        if any(cell.text for part, cell in row.cells.items() if part is not Part.ORDER):
            self.say(Code.D148, row.cells[Part.CODE].place, what=_NO_TITLE)
        return False

    def _check_codes(self, rows: Sequence[TableRow]) -> set[int]:
        """Problems of codes, and of cells that cannot be read; the rows (by number) of which nothing more is asked."""
        told: set[int] = set()
        first: dict[str, CellPlace] = {}
        there = {row.code for row in rows}
        for row in rows:
            cell = row.cells[Part.CODE]
            if not isinstance(cell.raw, (str, type(None))):
                self._lost_code(cell, there)
                told.add(row.number)
            elif row.code in first:
                told.add(row.number)
                self.problems.append(Problem(Code.D143, cell.place, {"code": row.code}, see_also=(first[row.code],)))
            elif row.code and row.code not in self.lines:
                if not CODE.fullmatch(row.code):
                    told.add(row.number)
                    if _DAY.fullmatch(row.code):
                        self._lost_code(cell, there)
                    else:
                        self.say(Code.D146, cell.place, expected=_A_CODE, found=row.code)
                elif row.code in self.groups or (
                    row.code in self.shown.nodes and not self._is_there(row.code, _one_line(row.title.text), Indicator)
                ):
                    self.say(Code.D146, cell.place, expected=_A_NEW_CODE, found=row.code)
                    told.add(row.number)
            if row.code:
                first.setdefault(row.code, cell.place)
            for part in _READ:
                each = row.title if part is Part.TITLE else row.cells.get(part)
                if each is not None and each.doubt is not None:
                    self.say(Code.D146, each.place, expected=_A_VALUE, found=each.text or _NOTHING_SAID)
                    told.add(row.number)
        return told

    def _lost_code(self, cell: TableCell, there: Collection[str]) -> None:
        lost = (one.code for one in self.table.own.lines if one.code not in there)
        codes = tuple(_may_have_been(cell.raw, lost)) or ("—",)
        self.say(Code.D142, cell.place, found=cell.text, codes=codes)

    def _retyped(self, rows: Sequence[TableRow], told: Collection[int]) -> set[int]:
        """D190: a row, or a group, that is there under another code would lose its rule and all else of its YAML.

        Which rows. Those whose codes moved on are told before (D181).
        """
        found: set[int] = set()
        there = {row.code for row in rows}
        gone = [one.code for one in self.table.own.lines if one.code not in there and one.code in self.shown.nodes]
        for row in rows:
            if row.code in self.lines or row.number in told:
                continue
            title, standard = _joined(row.title.text), self._standard(row)
            for code in gone:
                is_same_rule = standard and standard == _joined(self._written(code, Part.STANDARD))
                if is_same_rule or title == _joined(self._written(code, Part.TITLE)):
                    said = {"code": code, "title": row.title.text, "found": row.code or _NOTHING_SAID}
                    self.say(Code.D190, row.cells[Part.CODE].place, **said)
                    found.add(row.number)
                    break
        return found | self._retyped_groups(rows)

    def _retyped_groups(self, rows: Sequence[TableRow]) -> set[int]:
        cells = {one.cell.place: one for row in rows for one in row.groups if one is not None}
        kept = {one.code for one in cells.values()}
        gone = [code for code in self.groups if code not in kept and code in self.shown.nodes]
        titles = {_joined(group_in(self._written(code, Part.GROUP))[1]): code for code in gone}
        found: set[CellPlace] = set()
        for place, one in cells.items():
            if one.code and one.code not in self.groups and _joined(one.title) in titles:
                was = titles[_joined(one.title)]
                self.say(Code.D190, place, code=was, title=_one_line(one.title), found=one.code)
                found.add(place)
        return {row.number for row in rows if any(one is not None and one.cell.place in found for one in row.groups)}

    def _standard(self, row: TableRow) -> str:
        return _joined(row.cells[Part.STANDARD].text) if Part.STANDARD in row.cells else ""

    # ---------------------------------------------------------------- where rows stand

    def _place(self, row: TableRow) -> None:
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
        if row.borrowed and row.code in self.lines:
            line = next(one for one in self.table.own.lines if one.code == row.code)
            if tuple(chain) != line.groups:
                self.say(Code.D147, row.borrowed[-1], code=row.code, group=chain[-1] if chain else "—")
                return
        if row.is_between and row.code not in self.lines:
            said = row.code or _one_line(row.title.text)
            self.say(
                Code.D147,
                row.borrowed[-1] if row.borrowed else row.title.place,
                code=said,
                group=chain[-1] if chain else "—",
            )
            return
        code = row.code or self._next(parent)
        place = row.cells[Part.CODE].place
        if row.code not in self.lines:
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
                self.problems.append(
                    Problem(Code.D144, row.title.place, {"group": code}, see_also=(self.places[code],))
                )
                return None
            if is_first:
                self._same_group(group, code)
            return code
        if code not in self.groups:
            if self._is_there(code, _one_line(group.title), Group):
                self._put(code, parent, place)
                return code
            if code in self.lines or code in self.shown.nodes:
                self.say(Code.D146, place, expected=_A_NEW_CODE, found=code)
                return None
            if group.points is None:
                self.say(Code.D148, place, what=Part.POINTS.value)
                return None
            points = self._by_code(group.points, place)
            if points is None:
                return None
            self.new[code] = NewNode(code, _one_line(group.title), points, place, is_group=True)
        self._put(code, parent, place)
        if code in self.groups:
            self._compare_group(group, code)
        return code

    def _unnamed(self, group: TableGroup, parent: str, row: TableRow) -> str:
        """The code of a new group; '' where the cell seems to be one that has lost its code."""
        line = next((one for one in self.table.own.lines if one.code == row.code), None)
        there = {each.code for one in self.table.rows for each in one.groups if each is not None}
        lost = [code for code in (line.groups if line is not None else ()) if code not in there]
        if lost:
            self.say(Code.D146, group.cell.place, expected=_OWN_CODE(code=lost[-1]), found=group.cell.text)
            return ""
        above = self.below.get(parent, [])[-1:]
        if above and above[0] in self.new and self.new[above[0]].title == _one_line(group.title):
            return above[0]  # the same new group, in a cell of each of its rows
        same = [
            code
            for code in self.shown.children.get(parent, ())
            if code not in self.groups
            and isinstance(node := self.shown.nodes[code], Group)
            and node.title == _one_line(group.title)
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
        said = {one.cell.place: one for row in self.table.rows for one in row.groups if one is not None}
        other = said.get(first)
        same = () if other is None else (other.cell.text, continued(other.cell.text, self.lang))
        if same and narrow(_joined(group.cell.text)) not in {narrow(_joined(one)) for one in same}:
            self.problems.append(Problem(Code.D143, group.cell.place, {"code": code}, see_also=(first,)))

    def _next(self, parent: str) -> str:
        """The next free code below a node, as its siblings are numbered."""
        used = {*self.shown.nodes, *self.lines, *self.groups, *self.new, *self.parents}
        used |= {row.code for row in self.table.rows}
        siblings = [
            *self.shown.children.get(parent, ()),
            *self.written_below.get(parent, ()),
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
        points = self._points(row.cells[Part.POINTS])
        if not row.title.text:
            self.say(Code.D148, row.cells[Part.CODE].place, what=_NO_TITLE)
            return None
        if points is None:
            return None

        def items(part: Part) -> tuple[str, ...]:
            return self._items(part, row.cells[part]) if part in row.cells else ()

        def text(part: Part) -> str:
            return self._said(part, row.cells[part]) if part in row.cells else ""

        return NewNode(
            *(code, _one_line(row.title.text), points, row.cells[Part.CODE].place),
            lead=items(Part.LEAD),
            assist=items(Part.ASSIST),
            evidence=items(Part.EVIDENCE),
            note=text(Part.NOTE),
            standard=text(Part.STANDARD),
        )

    def _is_there(self, code: str, title: str, kind: type) -> bool:
        """Is a node of this code and title in the tree by now, which the export did not have?"""
        node = self.shown.nodes.get(code)
        is_new = code not in self.lines and code not in self.groups
        return is_new and node is not None and isinstance(node, kind) and node.title == title

    def _already(self, parent: str, made: NewNode) -> bool:
        """Is the new row in the tree by now, because the same table was taken back before?"""
        for code in self.shown.children.get(parent, ()):
            node = self.shown.nodes[code]
            if self._is_there(code, made.title, Indicator) and code not in self.places:
                assert node is not None
                self.places[code] = made.place
                return True
        return False

    # ---------------------------------------------------------------- cells

    def _points(self, cell: TableCell, code: str = "") -> Value | None:
        said = cell.points
        if said is None:
            self.say(Code.D146, cell.place, expected=_A_NUMBER, found=seen(cell.raw) if cell.text else _NOTHING_SAID)
            return None
        return self._by_code(said, cell.place, code)

    def _by_code(self, said: Points, place: CellPlace, code: str = "") -> Value | None:
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

    def _compare(self, row: TableRow) -> None:
        if row.code not in self.shown.nodes:
            changed = [part for part in _READ if self._now(row, part) != self._written(row.code, part)]
            place = row.cells[Part.CODE].place
            if changed:
                self._conflict(place, _NOT_THERE, row.title.text, self._written(row.code, Part.TITLE))
            else:
                self.say(Code.D141, place, code=row.code, part=Part.CODE.value, written=row.code, found=_NOT_THERE)
            return
        is_group = isinstance(self.shown.nodes[row.code], Group)
        for part in _READ:
            cell = row.title if part is Part.TITLE else row.cells.get(part)
            if cell is None:
                continue
            now, written = self._now(row, part), self._written(row.code, part)
            if now == written:
                continue
            if part is Part.TITLE and not now:
                self.say(Code.D146, cell.place, expected=_NO_TITLE, found=_NOTHING_SAID)
                continue
            if is_group and part in _LISTS:
                self.say(Code.D146, cell.place, expected=_OF_INDICATORS, found=now)
                continue
            value = self._value(part, cell, row.code)
            if value is None:
                continue
            today = self.today.get((row.code, part), "")
            if now == today or (part is Part.POINTS and value in (self._worth(written), self._worth(today))):
                continue
            if today != written:
                self._conflict(cell.place, today, now, written)
                continue
            self.wishes.append(Wish(row.code, part.key, value, cell.place))
        standard = row.cells.get(Part.STANDARD)
        if standard is not None and _joined(standard.text) != _joined(self._written(row.code, Part.STANDARD)):
            self.say(Code.D145, standard.place, code=row.code, rule=place_text(self.shown.nodes[row.code].place))

    def _value(self, part: Part, cell: TableCell, code: str) -> Value | None:
        if part is Part.POINTS:
            return self._points(cell, code)
        return self._items(part, cell) if part in _LISTS else self._said(part, cell)

    def _now(self, row: TableRow, part: Part) -> str:
        cell = row.title if part is Part.TITLE else row.cells.get(part)
        written = self._written(row.code, part)
        if cell is None or cell.text == written:
            return written
        return self._said(part, cell)

    def _said(self, part: Part, cell: TableCell) -> str:
        if part in _LISTS:
            return "\n".join(self._items(part, cell))
        if part is Part.NOTE and says_nothing(cell.text):
            return ""
        return _one_line(cell.text) if part is Part.TITLE else cell.text

    def _items(self, part: Part, cell: TableCell) -> tuple[str, ...]:
        """Units or evidence in a cell; names that tree or export have stay whole."""
        if part is Part.EVIDENCE:
            return items_in(cell.text, BETWEEN_TEXTS, self.known_evidence)
        return items_in(cell.text, BETWEEN_UNITS, self.known_units)

    def _written(self, code: str, part: Part) -> str:
        found = self.table.own.cell(code, part)
        return "" if found is None else as_read(found[1])

    def _worth(self, written: str) -> Value | None:
        """Points as they were written, with the codes of unit types for their names."""
        said = points_in(written)
        if said is None or isinstance(said, float):
            return said
        codes = {kind.name: kind.code for kind in self.tree.unit_types}
        return {codes.get(name, name): worth for name, worth in said.items()}

    def _compare_group(self, group: TableGroup, code: str) -> None:
        place = group.cell.place
        written = self._written(code, Part.GROUP)
        if narrow(_joined(group.cell.text)) == narrow(_joined(written)):
            return
        if code not in self.shown.nodes:
            self._conflict(place, _NOT_THERE, group.cell.text, written)
            return
        today = self.today.get((code, Part.GROUP), "")
        (_, title, points), (_, old_title, old_points) = group_in(today), group_in(written)
        said = _one_line(group.title)
        if said not in {old_title, title}:
            if title != old_title:
                self._conflict(place, today, group.cell.text, written)
            elif not said:
                self.say(Code.D146, place, expected=_NO_TITLE, found=_NOTHING_SAID)
            else:
                self.wishes.append(Wish(code, "title", said, place))
        if group.points is None:
            self.say(Code.D146, place, expected=_A_WORTH, found=group.cell.text)
        elif group.points not in (old_points, points):
            value = self._by_code(group.points, place, code)
            if points != old_points:
                self._conflict(place, today, group.cell.text, written)
            elif value is not None:
                self.wishes.append(Wish(code, "points", value, place))
        if (said, group.points) == (old_title, old_points):
            self.say(Code.D145, place, code=code, rule=place_text(self.shown.nodes[code].place))

    def _conflict(self, place: CellPlace, today: object, now: object, written: object) -> None:
        said = {"today": today, "now": now, "written": written}
        self.say(Code.D140, place, **{key: text or _NOTHING_SAID for key, text in said.items()})

    # ---------------------------------------------------------------- rows put in, moved, taken out

    def _structure(self) -> tuple[Mapping[str, tuple[str, ...]], tuple[str, ...], tuple[str, ...]]:
        tree = self.shown
        final = {parent: list(codes) for parent, codes in tree.children.items()}
        removed, moved = self._removed(), self._moved()
        for code in (*removed, *moved):
            final[tree.parents[code]].remove(code)
        for parent, codes in self.below.items():
            self._ordered(parent, codes, final)
        for parent, codes in self.below.items():
            listed = final.setdefault(parent, [])
            for i, code in enumerate(codes):
                if code in self.new or code in moved:
                    before = next((one for one in reversed(codes[:i]) if one in listed), None)
                    listed.insert(0 if before is None else listed.index(before) + 1, code)
        for code in removed:
            final.pop(code, None)
        changed = {
            parent: tuple(codes) for parent, codes in final.items() if tuple(codes) != tree.children.get(parent, ())
        }
        for parent, left in changed.items():
            if not left and parent in tree.nodes:
                place = self.places.get(parent, CellPlace(self.table.path))
                self._conflict(place, parent, _NOT_THERE, parent)
        return changed, removed, moved

    def _removed(self) -> tuple[str, ...]:
        tree = self.shown
        rows = [code for code in self.written_parents if code not in self.parents and code in tree.nodes]
        gone = [code for code in rows if code in self.lines or code in self.groups]
        kept = []
        for code in gone:
            place = CellPlace(self.table.path, self.table.own.sheet, self._where(code))
            parts = (Part.GROUP,) if code in self.groups else _READ
            changed = [part for part in parts if self.today.get((code, part), "") != self._written(code, part)]
            others = [one for one in tree.children.get(code, ()) if one not in gone and one not in self.parents]
            if changed or tree.parents[code] != self.written_parents[code] or others:
                today = self.today.get((code, changed[0]), "") if changed else "、".join(others) or tree.parents[code]
                written = self._written(code, changed[0]) if changed else code
                self._conflict(place, today, _NOT_THERE, written)
            else:
                kept.append(code)
        return tuple(kept)

    def _where(self, code: str) -> str:
        found = self.table.own.cell(code, Part.GROUP if code in self.groups else Part.CODE)
        return "" if found is None else found[0]

    def _moved(self) -> tuple[str, ...]:
        tree = self.shown
        found = []
        for code, parent in self.parents.items():
            was = self.written_parents.get(code)
            if was is None or was == parent or code not in tree.nodes or tree.parents[code] == parent:
                continue
            if tree.parents[code] != was or not (parent in self.new or parent == ROOT or parent in tree.nodes):
                self._conflict(self.places[code], tree.parents[code], parent, was)
            else:
                found.append(code)
        return tuple(found)

    def _ordered(self, parent: str, codes: Sequence[str], final: Mapping[str, list[str]]) -> None:
        written = self.written_below.get(parent, ())
        now = [code for code in codes if code in written]
        was = [code for code in written if code in now]
        if now == was:
            return
        listed = final.get(parent, [])
        common = [code for code in listed if code in now]
        wanted = [code for code in now if code in common]
        if common == wanted:
            return
        if common != [code for code in was if code in common]:
            place = self.places.get(parent, CellPlace(self.table.path, self.table.own.sheet))
            self._conflict(place, "、".join(common), "、".join(wanted), "、".join(was))
            return
        places = [listed.index(code) for code in common]
        for place_of, code in zip(places, wanted, strict=True):
            listed[place_of] = code

    def _tell_what_moved(self) -> None:
        """D141 for every cell that was left as it was written, and that the tree says otherwise by now."""
        if self.table.own.fingerprint == self.tree.fingerprint:
            return
        asked = {(one.code, one.key) for one in self.wishes}
        told = {one.place for one in self.problems}
        for row in self.table.rows:
            if row.code not in self.lines or row.code not in self.shown.nodes:
                continue
            is_worth_the_same = self.today.get((row.code, Part.POINTS)) == self._written(row.code, Part.POINTS)
            for part in (*_READ, *((Part.STANDARD,) if is_worth_the_same else ())):
                cell = row.title if part is Part.TITLE else row.cells.get(part)
                if cell is not None and cell.place not in told and (row.code, part.key) not in asked:
                    self._tell(row.code, part, cell)
        seen: set[CellPlace] = set()
        for one in (group for row in self.table.rows for group in row.groups if group is not None):
            if (
                not one.is_reprint
                and one.cell.place not in seen | told
                and one.code in self.groups
                and one.code in self.shown.nodes
            ):
                seen.add(one.cell.place)
                if not any((one.code, key) in asked for key in ("title", "points")):
                    self._tell(one.code, Part.GROUP, one.cell)

    def _tell(self, code: str, part: Part, cell: TableCell) -> None:
        written, today = self._written(code, part), self.today.get((code, part), "")
        now = cell.text
        if today != written and now == written:
            said = {"written": written or _NOTHING_SAID, "found": today or _NOTHING_SAID}
            self.say(Code.D141, cell.place, code=code, part=part.value, **said)


def _one_line(title: str) -> str:
    """A title that somebody broke into lines."""
    return re.sub(r"(?<=[ -~])[ \t]*\n[ \t]*(?=[ -~])", " ", title).replace("\n", "")


def _joined(text: str) -> str:
    return "".join(text.split())


def _may_have_been(raw: object, codes: Iterable[str]) -> Iterator[str]:
    """Codes that a spreadsheet makes such a number or such a day of, when they are typed into a plain column."""
    days = tuple(_days(raw))
    for code in codes:
        pieces = re.fullmatch(r"(\d{1,4})[-.](\d{1,2})(?:[-.](\d{1,2}))?", code)
        is_day = pieces is not None and [int(piece) for piece in pieces.groups() if piece] in days
        is_number = isinstance(raw, (int, float)) and re.fullmatch(r"\d+(\.\d+)?([eE]\d+)?", code)
        if is_day or (is_number and float(code) == raw):
            yield code


def _days(raw: object) -> Iterator[list[int]]:
    """The numbers, in their order, that may have become such a day; a day may be a text (10月1日)."""
    if isinstance(raw, str):
        if match := _DAY.fullmatch(code_in(raw)):
            numbers = [int(piece) for piece in match.groups() if piece]
            yield from (
                numbers,
                numbers[::-1],
                numbers[-2:],
                numbers[:-3:-1],
                [number % 100 if number > 999 else number for number in numbers],
            )
        return
    day = _day(raw)
    if day is not None:
        year, month, of_month = day.year, day.month, day.day
        yield from ([month, of_month], [of_month, month], [year, month], [month, year % 100], [year, month, of_month])
        yield [year % 100, month, of_month]


def _day(raw: object) -> date | None:
    if isinstance(raw, Formatted) and 1 <= raw + raw.day_shift < BEYOND:
        return date.fromordinal(int(raw) + raw.day_shift + EPOCH)
    return raw if isinstance(raw, date) else None


__all__ = ["wanted_of"]
