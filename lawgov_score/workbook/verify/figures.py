"""Compares the figures of a scorecard or a card by headings and codes, whatever version wrote it, wherever they are.

Points, scores, values, places, grades and answers are compared; words, layout and formulas are not. When a heading is
renamed its former name stays in ``_HEADINGS``: tests/earlier holds workbooks that still have it.
"""

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lawgov_score.catalogue import Code
from lawgov_score.content import card, labels
from lawgov_score.measure.tolerance import DUST
from lawgov_score.problems import CellPlace, Problem
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.addresses import address, cell_at, plain
from lawgov_score.workbook.package.cells import Cell, cell_text
from lawgov_score.workbook.package.opened import Opened, Rows
from lawgov_score.workbook.verify.anatomy import anatomy_of
from lawgov_score.workbook.verify.comparison import is_of_the_file
from lawgov_score.workbook.writing.manifest import MANIFEST_SHEET

_HEADINGS: Mapping[str, tuple[Words, ...]] = {  # content of a column -> its present and former headings
    "unit": (labels.UNIT_CODE,),
    "code": (labels.CODE, labels.INDICATOR_CODE),
    "place": (labels.PLACE,),
    "overall": (labels.OVERALL, Words("总位次", "overall place")),
    "score": (labels.SCORE,),
    "points": (labels.POINTS,),
    "lost": (labels.LOST,),
    "value": (labels.VALUE,),
    "grade": (labels.GRADE,),
    "answer": (labels.ANSWER,),
}
_PAIRS: Mapping[str, Words] = {"place": labels.PLACE, "grade": labels.GRADE, "total": card.TOTAL}  # at a card's head
_BLANK = Words("（空）", "(blank)")
_TEXT = Words("{text}", "{text}")

Key = tuple[str, str, str]  # unit (for a card: none), node, content


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and its cell."""

    sheet: str
    cell: str
    value: float | str


def figure_differences(
    given: Opened, anew: Opened, codes: Collection[str], cell_differences: Sequence[Problem]
) -> Iterator[Problem]:
    """V206 for every figure of ``given`` that differs from the recomputed ones, and for figures that are gone.

    ``codes``: of all nodes of the tree. ``cell_differences``: the differences cell by cell; of these, tampering is
    reported too, and changed formulas without a stored value. Only columns that ``given`` has are compared: later
    versions may have more.
    """
    then, now, not_stored = _figures(given, codes), _figures(anew, codes), _without_value(given)
    for key, figures_then in then.items():
        expected = [one.value for one in now.get(key, ())]
        for figure in figures_then:
            is_told = (figure.sheet, figure.cell) in not_stored or any(_is_same(figure.value, one) for one in expected)
            if not is_told:
                shown = _shown(expected[0]) if expected else Phrase(_BLANK)
                place = CellPlace(given.path, figure.sheet, figure.cell)
                yield Problem(Code.V206, place, {"expected": shown, "found": _shown(figure.value)})
    kinds = {what for _, _, what in then}
    for (unit, node, what), figures in now.items():
        if what in kinds and (unit, node, what) not in then and figures[0].value != "" and not not_stored:
            place = CellPlace(given.path, figures[0].sheet)
            yield Problem(Code.V206, place, {"expected": _shown(figures[0].value), "found": Phrase(_BLANK)})
    for one in cell_differences:
        at = (one.place.sheet, one.place.cell) if isinstance(one.place, CellPlace) else ("", "")
        if is_of_the_file(one) or at in not_stored:
            yield one


def _without_value(opened: Opened) -> frozenset[tuple[str, str]]:
    """Sheet and cell of every formula without a stored value, saved by a program that does not compute."""
    cells = set()
    for name, anatomy in anatomy_of(opened.safe.parts).items():
        rows = opened.sheets.get(name, ())
        for cell in anatomy.formulas:
            row, column = cell_at(cell)
            value = rows[row][column] if row < len(rows) and column < len(rows[row]) else ""
            if value in ("", None) and cell not in anatomy.errors:
                cells.add((name, cell))
    return frozenset(cells)


def count_figures(opened: Opened, codes: Collection[str]) -> int:
    """How many figures were compared."""
    return sum(map(len, _figures(opened, codes).values()))


def _figures(opened: Opened, codes: Collection[str]) -> dict[Key, list[Figure]]:
    by_key: dict[Key, list[Figure]] = {}
    for name, rows in opened.sheets.items():
        if name == MANIFEST_SHEET:
            continue
        for key, row, column, value in (*_tables(rows, codes), *_pairs(rows)):
            by_key.setdefault(key, []).append(Figure(name, address(row, column), value))
    return by_key


_Found = tuple[Key, int, int, float | str]


def _tables(rows: Rows, codes: Collection[str]) -> Iterator[_Found]:
    """Every figure below a heading that names it, in a row with a unit's or a node's code."""
    columns: dict[int, str] = {}
    above: dict[int, str] = {}
    node = ""
    counted: dict[str, int] = {}
    for i, row in enumerate(rows):
        over = _above(rows[i - 1] if i else (), codes)
        if heading := _heading(row, over):
            columns, above, node = heading, over, ""
            continue
        where = {what: column for column, what in columns.items() if what in {"unit", "code"}}
        if not where or not any(cell not in ("", None) for cell in row):
            columns = columns if where and any(cell not in ("", None) for cell in row) else {}
            continue
        unit = cell_text(row[where["unit"]]) if "unit" in where and where["unit"] < len(row) else ""
        if "code" in where:
            here = cell_text(row[where["code"]]) if where["code"] < len(row) else ""
            if here:
                node, counted = here, {}
            if node not in codes:
                continue
        elif not unit:
            continue
        else:
            counted = {}
        for column, cell in enumerate(row):
            what, of = columns.get(column, ""), above.get(column, "") or node
            if what in {"unit", "code"} or (not what and column not in above):
                continue
            if not what or what == "answer":  # a question, by its position among those of the node
                counted[of] = counted.get(of, 0) + 1
                what = f"answer {counted[of]}"
            value = _value(what, cell)
            if value is not None:
                yield (unit, of if "code" in where or column in above else "", what), i, column, value


def _heading(row: Sequence[Cell], over: Mapping[int, str]) -> dict[int, str]:
    """The content of each column, if the row is a heading row that names a unit or a node, and figures.

    ``over``: the node of each column, if a row above gives it.
    """
    contents = {}
    for column, cell in enumerate(row):
        text = plain(cell).casefold() if isinstance(cell, str) else ""
        what = _WHAT.get(text)
        if what is not None:
            contents[column] = what
    held = set(contents.values())
    return contents if held & {"unit", "code"} and (held - {"unit", "code"} or over) else {}


_WHAT: Mapping[str, str] = {
    plain(name).casefold(): what for what, words in _HEADINGS.items() for word in words for name in (word.zh, word.en)
}


def _above(row: Sequence[Cell], codes: Collection[str]) -> dict[int, str]:
    """The node of each column, if a row above the headings gives it."""
    nodes: dict[int, str] = {}
    node = ""
    for column in range(max(len(row), 1)):
        text = cell_text(row[column]) if column < len(row) else ""
        if text:
            node = text.split(" ")[0] if text.split(" ")[0] in codes else ""
        if node:
            nodes[column] = node
    return nodes


def _pairs(rows: Rows) -> Iterator[_Found]:
    """Place, grade and total beside their labels, as a card has them."""
    for i, row in enumerate(rows[:30]):
        if _heading(row, {}):
            return
        for column, cell in enumerate(row):
            what = next((name for name, words in _PAIRS.items() if _is_label(cell, words)), "")
            beside = next(((at, one) for at, one in enumerate(row) if at > column and one not in ("", None)), None)
            if what and beside is not None:
                value = _value(what, beside[1])
                if value is not None:
                    yield ("", "", what), i, beside[0], value


def _is_label(cell: Cell, words: Words) -> bool:
    if not isinstance(cell, str):
        return False
    return any(plain(cell).startswith(plain(one.split("{")[0])) for one in (words.zh, words.en))


def _value(what: str, cell: Cell) -> float | str | None:
    """The figure of a cell; None: nothing to compare. A place may be in a sentence, a grade may have a remark."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, float)):
        return float(cell)
    text = cell_text(cell)
    if what in {"place", "overall"}:
        digits = re.search(r"\d+", text)
        return float(digits[0]) if digits else None
    if what == "grade":
        grade = re.split(r"[（(]", text)[0].strip()
        return "" if grade == "—" else grade
    if text and what in {"score", "points", "total"}:
        return None  # the reason why there is none
    return "" if what in {"score", "points", "lost"} else None


def _is_same(one: float | str, other: float | str) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=DUST, abs_tol=DUST)
    return one == other


def _shown(value: float | str) -> Phrase:
    return Phrase(_BLANK) if value == "" else _TEXT(text=cell_text(value))
