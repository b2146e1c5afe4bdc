"""Reads an office's own table of a scheme: merged cells, one row of headings or two, points in titles.

Only what headings and cells say is taken; what is not understood is said, cell by cell (D163 to D166, D169), and so is
a sum of the table that is not that of the rows above it (D168).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import address
from lawgov_score.content.circulated import CODE, NO_GROUP, code_in, group_in, says_nothing, without_mark
from lawgov_score.content.plain_scheme import Kind, PlainNode, PlainScheme
from lawgov_score.likeness import narrow
from lawgov_score.measure.tolerance import is_same
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.report import MOST_NAMED
from lawgov_score.wording import Words
from lawgov_score.workbook.circulated.numbers import is_no_number, seen
from lawgov_score.workbook.package.cells import Cell, cell_text
from lawgov_score.workbook.package.merged import merges
from lawgov_score.workbook.package.opened import Opened, open_workbook

_MOST_ABOVE = 15  # rows in which headings are looked for
_WORDS: tuple[tuple[Kind | None, str], ...] = (
    (None, r"序号|编次"),
    (Kind.CODE, r"编码|编号|代码"),
    (Kind.POINTS, r"分值|分数|标准分|满分|权重分"),
    (Kind.STANDARD, r"(评分|计分|考核|考评|评价|扣分)(标准|细则|办法|方法|规则)"),
    (Kind.LEAD, r"牵头"),
    (Kind.ASSIST, r"责任|配合|实施单位|考核对象|被考核"),
    (Kind.EVIDENCE, r"佐证|证明|材料"),
    (Kind.NOTE, r"备注|说明"),
    (Kind.LEVEL, r"指标|项|内容|方面|类|任务|要点|领域"),
)
_TITLE = (6, 60)  # characters of a title, at least and at most
_SUM = re.compile(r"(?:[合总小共]计|总分)(?:得分|分值|分数|值)?[:：]?(?:[（(].*[）)])?[0-9０-９.．]*分?")
_OF_ALL = "合总共"  # how the label of the table's own total begins; 小计 is that of a part
_APART = re.compile(
    r"(?:[一二三四五六七八九十0-9]+[、.])?(?:加分|扣分|加减分|附加分?|倒扣分?|奖励分?)(?:项|项目|指标|事项|分)?(?:\(.*\))?"
)
_WITH_POINTS = re.compile(r"(?P<title>.*\S)\s*\(\s*(?:共\s*)?(?P<points>\d+(?:\.\d+)?)\s*分\s*\)", re.DOTALL)
_UNKNOWN = Words("（另有 {n} 项分值没有读出）", " ({n} items whose points are not known left out)")
_POINTS = re.compile(r"(\d+(?:\.\d+)?)\s*分?")
_TYPED_AS = Words("是日期或数，不是文字，看不出原来的编码", "days or numbers: what was typed cannot be told")
_BLANK = Words("空着，别的项有编码", "blank, where other items have a code")
_TWICE = Words("与别的编码相同", "the same as another one")
_NO_CODE = Words("不是编码：编码由字母、数字、“-”“_”“.”组成", "no codes: those are letters, digits and - _ .")
_AND_MORE = Words("……", "…")


def read_plain(path: Path) -> tuple[PlainScheme | None, tuple[Problem, ...]]:
    """The scheme in the first sheet that has headings of one; None where there is none (D163), or it cannot be read."""
    opened = open_workbook(path, "")
    if isinstance(opened, Problem):
        return None, (opened,)
    for sheet in opened.sheets:
        reader = _Reader(opened, sheet)
        if reader.heading is not None:
            return reader.scheme(), tuple(reader.problems)
    return None, (Problem(Code.D163, CellPlace(opened.path)),)


@dataclass
class _Group:
    title: str
    points: float | None
    place: CellPlace
    code: str = ""
    is_asked: bool = False
    children: "list[_Group | PlainNode]" = field(default_factory=list)

    def done(self) -> PlainNode:
        below = tuple(one.done() if isinstance(one, _Group) else one for one in self.children)
        return PlainNode(self.title, self.place, self.points, self.code, children=below, is_asked=self.is_asked)


@dataclass(frozen=True)
class _Begun:
    """What the rows stand in at a level: what its cell says, and beside it of points. ``group``: None where none."""

    text: str
    worth: str
    group: _Group | None


class _Reader:
    def __init__(self, opened: Opened, sheet: str) -> None:
        self.path, self.sheet = opened.path, sheet
        self.rows: Sequence[Sequence[Cell]] = opened.sheets[sheet]
        self.problems: list[Problem] = []
        self._leaves: list[tuple[int, float | None]] = []  # the row of each item, and what it is worth
        self._apart: list[str] = []  # rows that are none of the items
        self._called: int | None = None  # the column that said bonus or penalty, while nothing else is said there
        self._codes: list[tuple[CellPlace, Cell, str]] = []  # of each item: the cell, what is stored, the code in it
        self._labels: Sequence[int] = ()  # columns of levels, and those before them
        self.merges = merges(opened.merged(sheet), self.rows)
        self.heading = next((row for row in range(min(_MOST_ABOVE, len(self.rows))) if self._is_heading(row)), None)

    def _text(self, row: int, column: int) -> str:
        cells = self.rows[row]
        return cell_text(cells[column]).strip() if column < len(cells) else ""

    def _whole(self, row: int, column: int) -> str:
        """The text of a cell, or of the merged cell that covers it."""
        one = self.merges.of(row, column)
        return self._text(row, column) if one is None else self._text(one.top, one.left)

    def _raw(self, row: int, column: int) -> Cell:
        """What is stored in a cell, or in the merged cell that covers it."""
        one = self.merges.of(row, column)
        row, column = (row, column) if one is None else (one.top, one.left)
        cells = self.rows[row]
        return cells[column] if column < len(cells) else None

    def _place(self, row: int, column: int) -> CellPlace:
        return CellPlace(self.path, self.sheet, address(row, column))

    def _say(self, code: Code, row: int, column: int, **values: object) -> None:
        self.problems.append(Problem(code, self._place(row, column), values))

    # ---------------------------------------------------------------- headings

    def _is_heading(self, row: int) -> bool:
        return _tells_items(self._over(row, is_two=self._has_two_rows(row)))

    def _has_two_rows(self, row: int) -> bool:
        """Does a heading reach from this row into the next, which is a row of headings too and no item?"""
        if row + 1 >= len(self.rows):
            return False
        reaching = (self.merges.of(row + 1, column) for column in self.merges.by_column)
        is_reached = any(one is not None and one.top == row for one in reaching)
        return is_reached and _tells_items(self._over(row, is_two=True))

    def _headings(self) -> Mapping[int, str]:
        assert self.heading is not None
        return self._over(self.heading, is_two=self._has_two_rows(self.heading))

    def _over(self, row: int, *, is_two: bool) -> Mapping[int, str]:
        """What stands over each column: in a row, or in it and the next."""
        rows = (row, row + 1) if is_two else (row,)
        found = {}
        for column in range(max(len(self.rows[each]) for each in rows)):
            own = "".join(self._text(rows[-1], column).split()) if is_two else ""
            # A heading over several columns says nothing of one of them that has a heading of its own.
            if text := own or "".join(self._whole(row, column).split()):
                found[column] = text
        return found

    # ---------------------------------------------------------------- rows

    def scheme(self) -> PlainScheme:
        assert self.heading is not None
        first = self.heading + 1 + self._has_two_rows(self.heading)
        headings = self._headings()
        columns: dict[int, Kind] = {}
        for column, text in headings.items():
            kind = _kind(text)
            if kind is not None and (kind in {Kind.LEVEL, Kind.POINTS} or kind not in columns.values()):
                columns[column] = kind
            elif not re.search(_WORDS[0][1], text):
                self._say(Code.D164, self.heading, column, heading=text)
        levels = [column for column, kind in columns.items() if kind is Kind.LEVEL]
        points = {
            max((level for level in levels if level < column), default=levels[0]): column
            for column, kind in columns.items()
            if kind is Kind.POINTS
        }
        texts: dict[Kind, int] = {
            kind: column for column, kind in columns.items() if kind not in {Kind.LEVEL, Kind.POINTS}
        }
        self._labels = range(max(levels) + 1)
        top = _Group("", None, self._place(first, 0))
        begun: list[_Begun] = []
        sums: list[int] = []
        totals = [row for row in range(first, len(self.rows)) if self._sum(row)[:1] in set(_OF_ALL)]
        for row in range(first, len(self.rows)):
            ends = [total for total in totals[-1:] if any(at < total for at, _ in self._leaves)]
            if self._is_apart(row, levels, points, below=bool(ends) and row > ends[0]):
                self._leave(row)
            elif self._sum(row):
                sums.append(row)
                self._say_beside(row)
            else:
                self._row(row, levels, points, texts, top, begun)
        names = [headings[level] for level in levels]
        names = [name if name not in names[:i] else f"{name}{i + 1}" for i, name in enumerate(names)]
        nodes = top.done().children
        nodes = nodes if self._are_used(nodes) else _uncoded(nodes)
        total = self._compare(sums, totals, points, nodes)
        return PlainScheme(self._title(), tuple(names), nodes, total, tuple(self._apart))

    def _title(self) -> str:
        """The first line above the headings that is long enough for a title (附件1 is not) and short enough for one."""
        assert self.heading is not None
        said = [next(filter(None, map(cell_text, self.rows[row])), "").strip() for row in range(self.heading)]
        lines = ["".join(text.split("\n")) for text in said if text]
        return next((line for line in lines if _TITLE[0] <= len(line) <= _TITLE[1]), lines[0] if lines else "")

    # ---------------------------------------------------------------- rows that are no items

    def _sum(self, row: int) -> str:
        """The label of a row of sums, '' of any other row: a title, or a standard, may begin with the same words."""
        said = ("".join(self._text(row, column).split()) for column in self._labels)
        return next((text for text in said if _SUM.fullmatch(narrow(text))), "")

    def _say_beside(self, row: int) -> None:
        """D165 for what the row of a sum says in words."""
        beside = [column for column in range(len(self.rows[row])) if column not in self._labels]
        texts = [(column, text) for column in beside if (text := self._text(row, column))]
        if words := [(column, text) for column, text in texts if _number(text) is None and not says_nothing(text)]:
            self._say(Code.D165, row, words[0][0], found="｜".join(text for _, text in words))

    def _is_apart(self, row: int, levels: Sequence[int], points: Mapping[int, int], *, below: bool) -> bool:
        """Is it below the table's total, or called bonus or penalty, so that it is none of the items that add up?"""
        if self._sum(row) or not any(self._text(row, column) for column in (*levels, *points.values())):
            return False
        if below:
            return True
        before = [column for column in range(max(levels) + 1) if column not in points.values()]
        called = [column for column in before if _APART.fullmatch("".join(narrow(self._whole(row, column)).split()))]
        if called:
            self._called = called[0]
        elif self._called is not None:
            begins = [self._called, *(level for level in levels if level < self._called)]
            self._called = None if any(self._text(row, column) for column in begins) else self._called
        return self._called is not None

    def _leave(self, row: int) -> None:
        said = [column for column in range(len(self.rows[row])) if self._text(row, column)]
        found = "｜".join(self._text(row, column) for column in said)
        self._apart.append(found)
        self._say(Code.D169, row, said[0], found=found)

    def _compare(
        self, sums: Sequence[int], totals: Sequence[int], points: Mapping[int, int], nodes: Sequence[PlainNode]
    ) -> float | None:
        """The table's own total; D168 for every sum of it that is another one than that of its rows."""
        total = None
        for i, row in enumerate(sums):
            column, said = self._said_sum(row, points)
            if said is None:
                first = next(each for each in range(len(self.rows[row])) if self._text(row, each))
                self._say(Code.D165, row, first, found=self._sum(row))
                continue
            label = self._sum(row)
            if row in totals[-1:]:
                total = said
                own, unknown = _worth(nodes)
                if not is_same(said, own):
                    left = _UNKNOWN(n=unknown) if unknown else ""
                    self._say(Code.D168, row, column, label=label, said=said, found=own, left=left)
                continue
            ends = (sums[i - 1] if i else 0, row, sums[i + 1] if i + 1 < len(sums) else len(self.rows))
            above, under = ([worth for at, worth in self._leaves if a < at < b] for a, b in pairwise(ends))
            so_far = [worth for at, worth in self._leaves if at < row]
            known = [[worth for worth in part if worth is not None] for part in (above or under, so_far)]
            if len(known[0]) == len(above or under) and not any(is_same(said, sum(part)) for part in known):
                self._say(Code.D168, row, column, label=label, said=said, found=sum(known[0]), left="")
        return total

    def _said_sum(self, row: int, points: Mapping[int, int]) -> tuple[int, float | None]:
        """Where a row of sums says what, in a column of points or in its label."""
        for column in sorted(points.values(), reverse=True):
            if (said := _number(self._text(row, column))) is not None:
                return column, said
        label = re.search(r"\d+(?:\.\d+)?", narrow(self._sum(row)))
        return max(points.values()), float(label[0]) if label else None

    # ---------------------------------------------------------------- items

    def _row(
        self,
        row: int,
        levels: Sequence[int],
        points: Mapping[int, int],
        texts: Mapping[Kind, int],
        top: _Group,
        begun: list[_Begun],
    ) -> None:
        said = [column for column in range(len(self.rows[row])) if self._text(row, column)]
        if not said:
            return
        own = [self._text(row, level) for level in levels]
        filled = [i for i, text in enumerate(own) if text]
        if not filled:
            self._say(Code.D165, row, said[0], found="｜".join(self._text(row, column) for column in said))
            return
        last = filled[-1]
        del begun[next((i for i in filled if i < last and not self._goes_on(row, i, levels, points, begun)), last) :]
        for i in range(len(begun), last):
            begun.append(self._begin(row, i, levels, points))
            if (new := begun[-1].group) is not None:
                _innermost(begun[:-1], top).children.append(new)
        _, title, worth = _titled(own[last])
        column = points.get(levels[last], points.get(max(points)))
        assert column is not None
        worth = self._worth(row, column) if worth is None else worth
        if worth is None:
            self._say(Code.D166, row, column, found=seen(self._raw(row, column)), title=title)
        self._leaves.append((row, worth))
        code = ""
        if Kind.CODE in texts:
            code = code_in(self._whole(row, texts[Kind.CODE]))
            place = self._place(row, texts[Kind.CODE])
            self._codes.append((place, self._raw(row, texts[Kind.CODE]), code))
        said_there = {kind: self._content(row, at) for kind, at in texts.items()}
        node = PlainNode(title, self._place(row, levels[last]), worth, code, said_there)
        _innermost(begun, top).children.append(node)

    def _goes_on(
        self, row: int, level: int, levels: Sequence[int], points: Mapping[int, int], begun: Sequence[_Begun]
    ) -> bool:
        """Does a row repeat the group that the row above stands in, as where nobody merges cells?

        So does one where the group is printed again at the top of a page: （续）.
        """
        if level >= len(begun):
            return False
        text, group = self._text(row, levels[level]), begun[level].group
        _, title, _ = _titled(text)
        if group is not None and title != group.title and without_mark(title) == group.title:
            return True
        if _joined(begun[level].text) != _joined(text):
            return False
        worth = self._text(row, points[levels[level]]) if levels[level] in points else ""
        return worth in {"", begun[level].worth}

    def _begin(self, row: int, level: int, levels: Sequence[int], points: Mapping[int, int]) -> _Begun:
        text = self._whole(row, levels[level])
        code, title, worth = _titled(text)
        at = points.get(levels[level])
        beside = "" if at is None else self._whole(row, at)
        if not title or title == NO_GROUP:
            return _Begun(text, beside, None)
        is_asked = False
        if at is not None and worth is None and beside:
            worth = self._worth(row, at)
            is_asked = worth is None
            if is_asked:
                self._say(Code.D166, row, at, found=seen(self._raw(row, at)), title=title)
        return _Begun(text, beside, _Group(title, worth, self._place(row, levels[level]), code, is_asked))

    def _worth(self, row: int, column: int) -> float | None:
        """The points in a cell, or in the merged cell of a group; a day, a time, a percentage is none."""
        return None if is_no_number(self._raw(row, column)) else _number(self._whole(row, column))

    def _content(self, row: int, column: int) -> str:
        """What a cell says in words, or the merged cell that covers it; '' where there is only a dash."""
        text = self._whole(row, column)
        return "" if says_nothing(text) else text

    # ---------------------------------------------------------------- codes

    def _are_used(self, nodes: Sequence[PlainNode]) -> bool:
        """Are the table's own codes those of the tree? D192 for each reason why not, with its cells."""
        if any(code for _, _, code in self._codes):
            told: dict[Words, list[CellPlace]] = {}
            first = {node.code: node.place for node in _walk(nodes) if node.children and node.code}
            for place, raw, code in self._codes:
                why = None
                if not isinstance(raw, str | None):
                    why = _TYPED_AS
                elif not code:
                    why = _BLANK
                elif not CODE.fullmatch(code):
                    why = _NO_CODE
                elif code in first:
                    why = _TWICE
                if why is not None:
                    told.setdefault(why, []).extend([first[code], place] if why is _TWICE else [place])
                first.setdefault(code, place)
            for why, places in told.items():
                cells = [*dict.fromkeys(place.cell for place in places)]
                more = [_AND_MORE] if len(cells) > MOST_NAMED else []
                self.problems.append(Problem(Code.D192, places[0], {"why": why, "cells": (*cells[:MOST_NAMED], *more)}))
            return not told
        codes = [node.code for node in _walk(nodes) if node.code]
        return len({*codes}) == len(codes)


def _worth(nodes: Sequence[PlainNode]) -> tuple[float, int]:
    """What nodes are worth together, and of how many items that is not known."""
    total, unknown = 0.0, 0
    for node in nodes:
        if node.points is not None:
            total += node.points
        elif node.children:
            below, open_ = _worth(node.children)
            total, unknown = total + below, unknown + open_
        else:
            unknown += 1
    return round(total, 9), unknown


def _walk(nodes: Sequence[PlainNode]) -> Iterator[PlainNode]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def _uncoded(nodes: Sequence[PlainNode]) -> tuple[PlainNode, ...]:
    return tuple(replace(node, code="", children=_uncoded(node.children)) for node in nodes)


def _kind(text: str) -> Kind | None:
    kind = kind_of_heading(text)
    return kind_of_heading(text.partition("、")[0]) if kind is None else kind


def _tells_items(headings: Mapping[int, str]) -> bool:
    """Do they say where items and their points stand?"""
    return {Kind.LEVEL, Kind.POINTS} <= set(map(_kind, headings.values()))


def _innermost(begun: Sequence[_Begun], top: _Group) -> _Group:
    return next((one.group for one in reversed(begun) if one.group is not None), top)


def _joined(text: str) -> str:
    return "".join(text.split())


def kind_of_heading(text: str) -> Kind | None:
    """What a column is that is headed so; None where it is none of those that are known."""
    plain = "".join(text.split())
    if len(plain) > 16:  # a sentence, not a heading
        return None
    return next((kind for kind, words in _WORDS if re.search(words, plain)), None)


def _titled(text: str) -> tuple[str, str, float | None]:
    """Code, title and points of a cell that may hold them all, a line each or the points in brackets."""
    code, title, points = group_in(text)
    match = _WITH_POINTS.fullmatch(narrow(title))
    if match:
        title, points = title[: match.end("title")], float(match["points"])
    plain = "".join(line.strip() for line in title.split("\n"))
    return code, plain, points if isinstance(points, float) else None


def _number(text: str) -> float | None:
    match = _POINTS.fullmatch(narrow(text))
    return float(match[1]) if match else None


__all__ = ["kind_of_heading", "read_plain"]
