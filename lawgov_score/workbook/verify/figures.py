"""Compares the figures of a scorecard or a card that an earlier version wrote; words may differ.

Every number and every name is a figure: points, scores, values, places, grades, answers, units and indicators. A
formula may be spelled otherwise, as long as it refers to the same cells and brings no number that the present one does
not have. Whoever renames a sheet, or adds rows with figures, teaches it to this module: tests/earlier holds workbooks
of all versions.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import address, address_in, cell_at
from lawgov_score.content import analysis, card, labels, losses, method, problem_lists, rates, review, reviewers
from lawgov_score.model import Group, Scores, Tree, Way
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Words
from lawgov_score.workbook.package.cells import Cell
from lawgov_score.workbook.package.opened import Opened, Rows
from lawgov_score.workbook.plain_texts import plain
from lawgov_score.workbook.verify.alignment import AlignedRow, align
from lawgov_score.workbook.verify.anatomy import Anatomy, anatomy_of
from lawgov_score.workbook.verify.comparison import (
    Former,
    differs,
    is_merging,
    is_of_the_file,
    is_same,
    merged_over,
    shown,
)
from lawgov_score.workbook.verify.formula_text import is_same_formula, parts_of
from lawgov_score.workbook.writing.manifest import MANIFEST_SHEET

_REMARK = re.compile(r"[（(].*")  # 优秀（暂定） is 优秀
_NUMBER = re.compile(r"[0-9]+(?:[.][0-9]+)?")


def _beginnings(*words: Words) -> tuple[str, ...]:
    return tuple(plain(text.split("{")[0]) for one in words for text in (one.zh, one.en))


# Headings of columns whose figures a version came to count otherwise, so that earlier ones may differ.
_COUNTED_OTHERWISE: Mapping[tuple[int, ...], tuple[str, ...]] = {
    (0, 2, 0): _beginnings(labels.COVERAGE, problem_lists.ASKED, problem_lists.ANSWERED)  # texts left the coverage
}
# The same where a 扣分项 stands in a group with a rule of its own: what it lost was taken for points not won.
_LOST_OTHERWISE: tuple[int, ...] = (0, 5, 0)
# Sections of a card that list otherwise since then: groups in place of their parts, no way past what holds a grade.
_LISTED_OTHERWISE: tuple[int, ...] = (0, 5, 0)
# The same where a group is rounded: what its rounding takes away became a row of its own.
_ROUNDED_OTHERWISE: tuple[int, ...] = (0, 6, 0)
_SECTIONS = frozenset(plain(text) for one in (card.LOSSES, card.NEXT_GRADE) for text in (one.zh, one.en))
_HEADING = re.compile(r"(?:[一二三四五六七八九十]+、|[0-9]+[.] )(.+)")
# Sheets that a scorecard did not have before.
_NEW_SHEETS: Mapping[tuple[int, ...], Words] = {(0, 6, 0): reviewers.NAME}
# Where an indicator stands beside a group, categories lay within one another, and losses counted twice on these sheets.
# Their figures are sums of those in the details, which are compared.
_CATEGORIES_APART: tuple[int, ...] = (0, 7, 0)
_BY_CATEGORY = frozenset(text for one in (analysis.SHEET, losses.SHEET, rates.SHEET) for text in (one.zh, one.en))
# What is still to be done came to be listed on the sheet 评定, one row each.
_LISTS_OPEN: tuple[int, ...] = (0, 6, 0)
_OPEN = re.compile("|".join(re.escape(text).replace(r"\{kind\}", ".+") for text in (review.OPEN.zh, review.OPEN.en)))
# Sheets whose lists go by names of files.
_NAME_FILES = frozenset(text for one in (problem_lists.SHEET, method.SHEET) for text in (one.zh, one.en))
_SAY_A_NUMBER = _beginnings(labels.PLACE, card.TOTAL)  # beside them, at a card's head, a number in a sentence


@dataclass(slots=True)
class Figures:
    """The result: ``problems``, the number of figures compared, and of cells with other words or formulas."""

    problems: list[Problem] = field(default_factory=list)
    compared: int = 0
    otherwise: int = 0


def compare_figures(
    given: Opened,
    anew: Opened,
    version: tuple[int, ...],
    scores: Scores,
    told: Collection[Problem],
    current: Former,
) -> Figures:
    """V206, V207, V210, V211, V214 to V216 for what differs in figures, or was done to the file.

    ``given``: the workbook of an earlier ``version``; ``anew``: written now. ``told``: all differences cell by cell.
    ``current``: puts present
    names of files in place of those that the workbook has.
    """
    result = Figures()
    result.problems += [
        one
        for one in told
        if (one.code in {Code.V207, Code.V216} and not _is_new_sheet(one, given, version))
        or (is_of_the_file(one) and not is_merging(one))
    ]
    names = _Names(scores)
    exempt = frozenset(text for since, texts in _COUNTED_OTHERWISE.items() if version < since for text in texts)
    if version < _LOST_OTHERWISE and _took_off_by_rule(scores.tree):
        exempt |= frozenset(_beginnings(labels.LOST))
    then, now = anatomy_of(given.safe.parts), anatomy_of(anew.safe.parts)
    passed = _BY_CATEGORY if version < _CATEGORIES_APART and _mixes_depths(scores.tree) else frozenset()
    sheets = [name for name in given.sheets if name in anew.sheets and name not in passed | {MANIFEST_SHEET}]
    sheets_then: Mapping[str, Rows] = {name: _named_anew(rows, current) for name, rows in given.sheets.items()}
    sheets_now: Mapping[str, Rows] = {
        name: _in_order_of(sheets_then[name], rows) if name in sheets_then and name in _NAME_FILES else rows
        for name, rows in anew.sheets.items()
    }
    if version < _LISTS_OPEN:
        sheets_now = {name: _without_open(rows) for name, rows in sheets_now.items()}
    lists_groups = version < _LISTED_OTHERWISE and _lists_groups(scores.tree)
    if lists_groups or (version < _ROUNDED_OTHERWISE and _rounds_groups(scores.tree)):
        sheets_then, sheets_now = (
            {name: _without_lists(each) for name, each in one.items()} for one in (sheets_then, sheets_now)
        )
    rows = {name: list(align(sheets_then[name], sheets_now[name], names.texts)) for name in sheets}
    moved = {name: _Moved(lines) for name, lines in rows.items()}
    for name in sheets:
        pair = _Pair(
            CellPlace(given.path, name),
            _with_errors(sheets_then[name], then.get(name, Anatomy())),
            _with_errors(sheets_now[name], now.get(name, Anatomy())),
            then.get(name, Anatomy()).formulas,
            now.get(name, Anatomy()).formulas,
        )
        result.problems += _merged_over(pair, then.get(name, Anatomy()), now.get(name, Anatomy()), moved[name])
        for line in rows[name]:
            _compare_row(result, pair, line, names, exempt, moved)
    return result


@dataclass(frozen=True, slots=True)
class _Pair:
    """A sheet then and now."""

    place: CellPlace
    then: Rows
    now: Rows
    formulas_then: Mapping[str, str]
    formulas_now: Mapping[str, str]


class _Moved:
    """Where the cells of a sheet stand now."""

    def __init__(self, lines: Collection[AlignedRow]) -> None:
        self._rows = {line.then: line for line in lines if line.then is not None and line.now is not None}

    def is_there(self, row: int) -> bool:
        """Does the row still stand on the sheet?"""
        return row in self._rows

    def cell(self, row: int, column: int) -> tuple[int, int]:
        """Its present row and column; where it has none, those of then."""
        line = self._rows.get(row)
        if line is None or line.now is None:
            return row, column
        return line.now, next((now for then, now in line.columns if then == column and now is not None), column)


class _Names:
    """The texts that are figures: codes, names and titles of units and indicators; grades, letters, choices."""

    def __init__(self, scores: Scores) -> None:
        tree = scores.tree
        texts = {text for unit in scores.units for text in (unit.code, unit.name)}
        texts |= {text for cohort in tree.cohorts for text in (cohort.code, cohort.name)}
        texts |= {text for node in tree.nodes for text in (node.code, node.title)}
        texts |= {grade.name for grade in tree.grades} | {letter.letter for letter in tree.letters}
        texts |= {choice for indicator in tree.indicators for asked in indicator.fields for choice in asked.choices}
        self.texts = frozenset(filter(None, map(plain, texts)))
        self._units = tuple(filter(None, (plain(unit.name) for unit in scores.units)))

    def figures(self, cell: Cell, label: str) -> Sequence[Cell]:
        """The figures in a cell: a number, a name, the number after ``label``, or unit names in a sentence."""
        if not isinstance(cell, str):
            return (cell,)
        text = plain(cell)
        name = _REMARK.sub("", text)
        if name in self.texts:
            return (name,)
        if label.startswith(_SAY_A_NUMBER):
            return _NUMBER.findall(text)[:1]
        return [unit for unit in self._units if unit in text]


def _lists_groups(tree: Tree) -> bool:
    """May a card list groups in place of their parts: has any a rule or a way of its own?"""
    return tree.rule is not None or any(tree.has_own_way(one.code) for one in tree.evaluation)


def _is_new_sheet(problem: Problem, given: Opened, version: tuple[int, ...]) -> bool:
    """Is it only said to be missing, of a sheet that the version did not write?"""
    if problem.code is not Code.V207 or not isinstance(problem.place, CellPlace) or problem.place.sheet in given.sheets:
        return False
    return any(version < since and problem.place.sheet in (one.zh, one.en) for since, one in _NEW_SHEETS.items())


def _rounds_groups(tree: Tree) -> bool:
    """May a card list a group for what its rounding took away?"""
    return any(tree.rounding_of(one) is not None for one in tree.evaluation)


def _mixes_depths(tree: Tree) -> bool:
    """Does an indicator stand beside a group?"""
    holders = (tree.children, *(one.children for one in tree.nodes if isinstance(one, Group)))
    return any(len({isinstance(one, Group) for one in children}) > 1 for children in holders)


def _without_lists(rows: Rows) -> Rows:
    """The rows with those sections blank that list otherwise now; every figure in them stands in the details too."""
    copy, is_inside = [], False
    for row in rows:
        heading = _HEADING.fullmatch(str(row[0])) if row and row[0] else None
        if heading is not None:
            is_inside = plain(heading[1]) in _SECTIONS
        copy.append([""] * len(row) if is_inside else list(row))
    return copy


def _named_anew(rows: Rows, current: Former) -> Rows:
    return [[current(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]


def _in_order_of(then: Rows, now: Rows) -> Rows:
    """The rows of ``now``, those of ``then`` among them in its order: lists go by names of files, which were paths."""
    places: dict[tuple[Cell, ...], list[int]] = {}
    for at, row in reversed(list(enumerate(then))):
        places.setdefault(_content(row), []).append(at)
    then_at = [places[_content(row)].pop() if places.get(_content(row)) else None for row in now]
    common = sorted((at, row) for at, row in zip(then_at, range(len(now)), strict=True) if at is not None)
    ordered = iter([now[row] for _, row in common])
    return [row if at is None else next(ordered) for at, row in zip(then_at, now, strict=True)]


def _content(row: Sequence[Cell]) -> tuple[Cell, ...]:
    """What stands in a row, however many blank cells come after it."""
    cells = ["" if cell is None else cell for cell in row]
    while cells and cells[-1] == "":
        cells.pop()
    return tuple(cells)


def _without_open(rows: Rows) -> Rows:
    """The rows with those blank that say what is still to be done."""
    return [
        [""] * len(row) if any(isinstance(cell, str) and _OPEN.fullmatch(cell) for cell in row) else row for row in rows
    ]


def _took_off_by_rule(tree: Tree) -> bool:
    """Does the tree take points off where a rule, or a way other than the sum, makes the score of the whole?"""
    holders: tuple[Group | Tree, ...] = (tree, *tree.evaluation)
    own = [one for one in holders if one.rule is not None or one.aggregation.way is not Way.SUM]
    return any((weight or 0) < 0 for one in own for _, weight in tree.parts_of(one.code))


def _with_errors(rows: Rows, anatomy: Anatomy) -> Rows:
    """The rows with the names of error values, where the reader of values gives blanks."""
    if not anatomy.errors:
        return rows
    copy = [list(row) for row in rows]
    for at, error in anatomy.errors.items():
        row, column = cell_at(at)
        if row < len(copy) and column < len(copy[row]):
            copy[row][column] = error
    return copy


def _compare_row(
    result: Figures,
    pair: _Pair,
    line: AlignedRow,
    names: _Names,
    exempt: Collection[str],
    moved: Mapping[str, _Moved],
) -> None:
    label = ""
    for i, j in line.columns:
        before, after = _cell(pair.then, line.then, i), _cell(pair.now, line.now, j)
        at = address(line.then, i) if line.then is not None and i is not None else ""
        formula = pair.formulas_then.get(at)
        present = pair.formulas_now.get(address(line.now, j)) if line.now is not None and j is not None else None
        is_exempt = j is not None and line.headings.get(j, "") in exempt
        if formula is not None and not is_exempt and not _is_like(formula, present, pair.place.sheet, moved):
            result.problems.append(differs(Code.V210, pair.place, at, f"={present}" if present else "", f"={formula}"))
        if before != "" or formula is None:  # else saved by a program that does not compute: the formula is compared
            figures = [] if is_exempt else [names.figures(cell, label) for cell in (before, after)]
            if any(figures):
                result.compared += 1
                if not all(map(is_same, *figures)) or len(figures[0]) != len(figures[1]):
                    result.problems.append(differs(Code.V206, pair.place, at, shown(after), shown(before)))
            elif not is_same(before, after):
                result.otherwise += 1
        if isinstance(after, str) and after:
            label = plain(after)


def _merged_over(pair: _Pair, then: Anatomy, now: Anatomy, moved: _Moved) -> Iterator[Problem]:
    """V214 for cells merged over others with something to show; rows that moved are merged where they stand now."""
    for where in sorted(then.merged - now.merged):
        match [address_in(end) for end in where.split(":")]:
            case [(top, left), (bottom, right)]:
                pass
            case [(_, _)]:  # one cell alone: nothing is merged over another
                continue
            case _:  # no range: nobody knows what a program makes of it
                yield merged_over(pair.place, where)
                continue
        bottom = min(bottom, len(pair.then) - 1)  # what lies beyond has nothing to show
        right = min(right, max(map(len, pair.then[top : bottom + 1]), default=0) - 1)
        cells = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        if not cells:
            continue
        first, *covered = [moved.cell(*cell) if moved.is_there(cell[0]) else None for cell in cells]
        corner = covered[-1] if covered else first
        if first is not None and corner is not None and f"{address(*first)}:{address(*corner)}" in now.merged:
            continue
        if any(at is not None and _cell(pair.now, *at) != "" for at in covered):
            yield merged_over(pair.place, where)


def _cell(rows: Rows, row: int | None, column: int | None) -> Cell:
    if row is None or column is None or column >= len(rows[row]):
        return ""
    cell = rows[row][column]
    return "" if cell is None else cell


def _is_like(formula: str, present: str | None, sheet: str, moved: Mapping[str, _Moved]) -> bool:
    """Does it refer to the cells that the present formula refers to, and bring no other number?"""
    if present is None:
        return False
    if is_same_formula(formula, present):
        return True
    then, now = parts_of(formula), parts_of(present)
    return {_now(one, sheet, moved) for one in then.cells} == {
        (of or sheet, *cell_at(cell)) for of, cell in now.cells
    } and then.numbers <= now.numbers


def _now(reference: tuple[str, str], sheet: str, moved: Mapping[str, _Moved]) -> tuple[str, int, int]:
    """The present place of a cell that a formula refers to: sheet, row, column."""
    of, cell = reference[0] or sheet, cell_at(reference[1])
    return (of, *(moved[of].cell(*cell) if of in moved else cell))
