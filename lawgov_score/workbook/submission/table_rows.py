"""Finds the rows of a table that are units, and faults of a whole row: functions over a grid of raw cells.

A row that is faulty as a whole is not used: its unit, or the column of each answer, is uncertain. Rows below the units
(合计, 填表人) are not units. The same functions serve tables of answers and rosters.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import chain, pairwise

from lawgov_score.catalogue import Code
from lawgov_score.cell_addresses import letters
from lawgov_score.likeness import to_fill
from lawgov_score.model import Unit
from lawgov_score.problems import Problem, ProblemList
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.called import Index, index_of
from lawgov_score.workbook.package.cells import Cell, Formatted, cell_text
from lawgov_score.workbook.package.grid import NAME, UNIT, YEAR, CsvRows, Grid, about_units
from lawgov_score.workbook.package.number_formats import Look, digits_shown
from lawgov_score.workbook.plain_texts import plain

_FEET = (
    "合计|总计|小计|累计|共计|平均|平均值|平均数|均值|最大值|最小值|填表人|制表人|填报人|填报单位|制表单位|审核人|审核|复核人|负责人|"
    "分管领导|主要领导|经办人|联系人|联系电话|电话|填表日期|制表日期|填报日期|填表时间|填报时间|日期|单位盖章|注|备注|说明|填表说明|附注|"
    "total|subtotal|sum|average|mean|note|notes"
)
_FOOT_BEGINS = frozenset(word[0] for word in _FEET.split("|") if word.isascii())
_FOOT = re.compile(rf"(?:{_FEET})(?:\(.*\))?(?:[:].*|[0-9]+[.、].*)?", re.DOTALL)
_MEASURES = frozenset({"计量单位", "单位", "数据单位", "填报要求", "填写要求", "数据类型", "unitofmeasurement"})
_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?[eE][+]?[0-9]+")
_SIGNED_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?[eE][+][0-9]+|[0-9]\.[0-9]+[eE][0-9]+")
_DECIMAL = re.compile(r"[0-9]+\.0+")
_FORMULA = re.compile(r'="?[0-9A-Za-z]*"?')
_BEGINS_A_ROW = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.-]+,")  # a code, and what follows it
_NO_ROW: tuple[int, Sequence[Cell], bool] = (-1, (), False)
_IN_NUMBERS = b"0123456789.,+-%"
_LONG_CODE = 24  # characters
_FOOT_ROW = Words("不是单位的一行：{found:list}", "a row that is no unit: {found:list}")
_EXACT_DIGITS = 15  # of a number in a spreadsheet; later digits become zeros
_FIRST_PART, _SECOND_PART = re.compile(r"[0-9]{1,3}"), re.compile(r"[0-9]{3}(?:\.[0-9]+)?")

_SHORT = Words("{n} 格，最后一格在 {letter} 栏", "{n} cells, the last one in column {letter}")
_TOO_FEW = Words("只有 {n} 格", "only {n} cells")
_MORE = Words("{n} 格", "{n} cells")
_TOO_MANY = Words("{letter} 栏右边还有：{found}", "beyond column {letter}: {found}")
_MOVED = Words(
    "{first},{second} 像是一个数被逗号分成了两格", "{first},{second} looks like one number cut in two by its comma"
)
_SHOWN = Words("显示为 {shown}，存的是 {stored}", "shown as {shown}, stored as {stored}")
_NUMBER = Words("数 {stored}，第 15 位以后的数字已丢失", "the number {stored}, without its digits after the fifteenth")
_ZEROS = Words("{stored}，第 15 位以后全是 0", "{stored}, nothing but zeros after the fifteenth digit")
_DAY = Words("日期 {stored}", "the day {stored}")
_SWALLOWED = Words("一对引号里有几行：{begin}……", "several rows between two quotation marks: {begin}…")
_ONE_ROW = Words("一行写完，名称里没有成对的引号", "one row, and no pair of quotation marks around several")
_ENROLLED = Words("{name}（名册中 {code} 的名称）", "{name}, the name of {code} in the roster")
_OF_THE_YEAR = Words("{year} 年度的数据", "figures of {year}")
_OTHER_ORDER = Words(
    "{found:list}（栏的次序不同，其下各行未读取）", "{found:list} (in another order; the rows below were not read)"
)


@dataclass(frozen=True)
class Known:
    """The units of the roster, for looking up codes, names and years."""

    units: Mapping[str, Unit]
    codes_of_name: Mapping[str, frozenset[str]] = field(default_factory=dict)
    by_digits: Mapping[str, str] = field(default_factory=dict)  # first digits of a long code -> the code

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes, in the roster's order."""
        return tuple(self.units)

    @cached_property
    def without_zeros(self) -> Mapping[str, str]:
        """Codes without the zeros that they begin with -> the code, the first of several."""
        return {code.lstrip("0"): code for code in reversed(self.codes)}

    @cached_property
    def called(self) -> Index[Unit]:
        """The units by code, by name, or by both."""
        return index_of((unit.code, unit.name, unit) for unit in self.units.values())

    def coded(self, grid: Grid, column: int) -> Grid:
        """The table with the unit's code in every row where its name, which no other unit has, stands for it."""
        codes = {}
        for i, cell in enumerate(grid.cells_of(column)):
            if i > grid.heading_row and isinstance(cell, str) and (text := cell_text(cell)) and text not in self.units:
                unit = self.called.find(text)
                if unit is not None:
                    codes[i] = unit.code
        return grid.with_cells(column, codes)

    @classmethod
    def of(cls, units: Mapping[str, Unit]) -> "Known":
        """A roster's units, indexed."""
        units = dict(units)  # every unit counts: others are strangers
        names: dict[str, set[str]] = {}
        for code, unit in units.items():
            names.setdefault(_bare(unit.name), set()).add(code)
        digits = {code[:_EXACT_DIGITS]: code for code in units if len(code) > _EXACT_DIGITS}
        return cls(units, {name: frozenset(codes) for name, codes in names.items()}, digits)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table that hold one unit each, counted from 0, and problems of further heading rows.

    ``lengths``: number of cells -> number of those rows that have so many.
    """

    units: tuple[int, ...]
    problems: tuple[Problem, ...] = ()
    lengths: Mapping[int, int] = field(default_factory=dict)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", plain(text)).casefold()


# ---------------------------------------------------------------- rows of units


def unit_rows(
    grid: Grid, columns: Mapping[str, int], is_unit: Collection[str] | None, of_words: Collection[int] = ()
) -> Rows:
    """The rows below the headings that hold one unit each.

    ``columns``: positions of unit, name … ``is_unit``: the codes of the roster; None without one. ``of_words``:
    columns where a mere word cannot be an answer, so that a row of words under the headings is not a unit.
    """
    problems = ProblemList()
    units: list[int] = []
    lengths: Counter[int] = Counter()
    is_other_order = False
    own = _meaning(grid.headings)
    for n, (filled, after) in enumerate(pairwise(chain(_filled_rows(grid, columns), [_NO_ROW]))):
        i, row, is_further = filled
        code = _text(row, columns.get(UNIT))
        if is_further or (n == 0 and _is_of_words(row, code, of_words, columns)):
            texts = tuple(cell_text(cell) for cell in row if cell_text(cell))
            at = next(j for j, cell in enumerate(row) if cell_text(cell))
            is_other_order = is_further and not _agree(own, _meaning([cell_text(cell) for cell in row]))
            shown = (
                _OTHER_ORDER(found=texts[:8])
                if is_other_order
                else Words("{found:list}", "{found:list}")(found=texts[:8])
            )
            problems.append(Problem(Code.S161, grid.place(i, at), {"found": shown}))
            continue
        is_known = is_unit is not None and code in is_unit
        is_title = after[2] and sum(bool(cell_text(cell)) for cell in row) == 1
        if is_other_order or (not is_known and is_title and (len(code) > _LONG_CODE or not code.isascii())):
            continue
        if not is_known and is_foot(row, code):
            texts = tuple(cell_text(cell) for cell in row if cell_text(cell))
            problems.append(Problem(Code.S115, grid.place(i, 0), {"found": _FOOT_ROW(found=texts[:4])}))
            continue
        units.append(i)
        lengths[len(row)] += 1
    return Rows(tuple(units), problems.told(), lengths)


def _filled_rows(grid: Grid, columns: Mapping[str, int]) -> Iterator[tuple[int, Sequence[Cell], bool]]:
    """The rows below the headings that are not blank: number, cells, and whether it repeats the headings."""
    for i in range(grid.heading_row + 1, len(grid.rows)):
        row = grid.rows[i]
        if any(map(cell_text, row)):
            yield i, row, _is_heading(grid, row, columns)


def is_foot(row: Sequence[Cell], code: str = "") -> bool:
    """Is it a foot row (who filled in the table, a sum, a remark), by its code cell or its first filled cell?"""
    first = code or next((cell_text(cell) for cell in row if cell_text(cell)), "")
    if first[:1].isascii() and first[:1].casefold() not in _FOOT_BEGINS:
        return False
    return _FOOT.fullmatch(_bare(first)) is not None


def _is_heading(grid: Grid, row: Sequence[Cell], columns: Mapping[str, int]) -> bool:
    """Does a row repeat the heading of the code column in that column, or those of codes and names anywhere?"""
    if about_units(_text(row, columns.get(UNIT))) == UNIT:
        return True
    texts = grid.texts(row)
    words = "\n".join(texts).encode("utf-8", "surrogatepass").translate(None, _IN_NUMBERS).split()
    if len(words) < len({UNIT, NAME}):
        return False  # nearly always: hardly any cell holds more than a number
    return {UNIT, NAME} <= set(map(about_units, texts))


def _meaning(headings: Sequence[str]) -> Mapping[int, str]:
    return {j: about_units(heading) or plain(heading) for j, heading in enumerate(headings) if heading}


def _agree(one: Mapping[int, str], other: Mapping[int, str]) -> bool:
    """Do two heading rows name the same columns, as far as they use the same words?"""
    at = {meaning: j for j, meaning in one.items()}
    return all(at.get(meaning, j) == j for j, meaning in other.items())


def _is_of_words(row: Sequence[Cell], code: str, of_words: Collection[int], columns: Mapping[str, int]) -> bool:
    """Is it a second heading row without any code: units of measurement, titles, codes of questions?"""
    if code and _bare(code) not in _MEASURES:
        return False
    if not code and _text(row, columns.get(NAME)):
        return False
    texts = [_text(row, j) for j in of_words]
    return any(texts) and not any(re.search("[0-9]", text) for text in texts)


def _text(row: Sequence[Cell], at: int | None) -> str:
    return "" if at is None or at >= len(row) else cell_text(row[at])


# ---------------------------------------------------------------- faults of one row


def fault_of(grid: Grid, i: int, columns: Mapping[str, int], known: Known | None) -> Problem | None:
    """Why row ``i`` cannot be used; None if it can."""
    faults = (
        _merged_code(grid, i, columns),
        _shape(grid, i),
        _swallowed(grid, i),
        _mangled(grid, i, columns, known),
        _name_of_another(grid, i, columns, known),
        _of_another_year(grid, i, columns, known),
    )
    return next((fault for fault in faults if fault is not None), None)


def _merged_code(grid: Grid, i: int, columns: Mapping[str, int]) -> Problem | None:
    at = columns[UNIT]
    ref = grid.gone(at).get(i)
    if ref is None:
        return None
    return Problem(Code.S220, grid.place(i, at), {"field": grid.headings[at], "found": ref})


def _shape(grid: Grid, i: int) -> Problem | None:
    """A problem for a row with more or fewer cells than headings: it is unclear which cell is missing or surplus."""
    row, width = grid.rows[i], grid.width
    if len(row) < width:
        figures = {"expected": _expected(width), "found": _TOO_FEW(n=len(row))}
        return Problem(Code.S149, grid.place(i, len(row)), figures)
    for j in range(max(width, len(grid.headings)), len(row)):
        if text := cell_text(row[j]):
            surplus = _TOO_MANY(letter=letters(width - 1), found=text)
            return Problem(Code.S149, grid.place(i, j), {"expected": _expected(width), "found": surplus})
    return None


def _expected(width: int) -> Phrase:
    return _SHORT(n=width, letter=letters(width - 1))


def surplus_of(grid: Grid, i: int, lengths: Mapping[int, int]) -> Problem | None:
    """S149: a row with one blank cell more than there are headings, if other rows (``lengths``) have exactly as many.

    That happens if a comma in a number has shifted the cells, and the last cell was blank.
    """
    width = len(grid.headings)
    if len(grid.rows[i]) != width + 1 or not lengths.get(width):
        return None
    figures = {"expected": _expected(width), "found": _MORE(n=len(grid.rows[i]))}
    return Problem(Code.S149, grid.place(i, width), figures)


def moved_by_a_comma(
    grid: Grid, i: int, columns: Collection[int], wrong: Callable[[Sequence[Cell]], int]
) -> Problem | None:
    """A problem for a number split in two at a comma, in a row of the right length because its last cell was blank.

    Recognised if several cells are invalid as they are, and all become valid when two neighbours are joined and the
    rest moves back. ``columns``: those of answers; ``wrong``: the number of invalid cells in a row.
    """
    row = grid.rows[i]
    pairs = list(_halves(row, columns))
    if not pairs or wrong(row) < 2:
        return None
    for j in pairs:
        joined = f"{cell_text(row[j])}{cell_text(row[j + 1])}"
        if not wrong([*row[:j], joined, *row[j + 2 :], ""]):
            figures = {
                "expected": _expected(grid.width),
                "found": _MOVED(first=cell_text(row[j]), second=cell_text(row[j + 1])),
            }
            return Problem(Code.S149, grid.place(i, j), figures)
    return None


def _halves(row: Sequence[Cell], columns: Collection[int]) -> Iterator[int]:
    """Columns whose cell may form one number with the next."""
    for j in sorted(columns):
        if _FIRST_PART.fullmatch(_text(row, j)) and _SECOND_PART.fullmatch(_text(row, j + 1)):
            yield j


def _swallowed(grid: Grid, i: int) -> Problem | None:
    """A problem for a pair of quotation marks that has made several rows one cell."""
    if not isinstance(grid.rows, CsvRows) or not grid.rows.may_span_lines:  # in a workbook the marks have no meaning
        return None
    row = grid.rows[i]
    for j, cell in enumerate(row):
        if "\n" in cell and any(map(_BEGINS_A_ROW.match, cell.split("\n")[1:])):
            figures = {"heading": grid.headings[j] if j < len(grid.headings) else "", "expected": _ONE_ROW}
            return Problem(Code.S125, grid.place(i, j), {**figures, "found": _SWALLOWED(begin=cell.strip()[:20])})
    return None


def _mangled(grid: Grid, i: int, columns: Mapping[str, int], known: Known | None) -> Problem | None:
    at = columns[UNIT]
    row = grid.rows[i]
    cell = row[at] if at < len(row) else ""
    changed = mangled(cell, known)
    if changed is None:
        return None
    meant: object = ""
    if known is not None:
        text = cell_text(cell)
        likely = known.by_digits.get(text[:_EXACT_DIGITS]) or known.without_zeros.get(text, "")
        meant = to_fill(likely, tuple(known.units)) if likely else ""
    return Problem(Code.S148, grid.place(i, at), {"found": changed, "nearest": meant})


def mangled(cell: Cell, known: Known | None) -> object:
    """The unit code as a spreadsheet has mangled it; None if it may be right.

    A code that the roster has is never mangled, however odd it looks.
    """
    text = cell_text(cell)
    if isinstance(cell, date | datetime) or (isinstance(cell, Formatted) and cell.look() in {Look.DAY, Look.TIME}):
        return _DAY(stored=text)
    is_known = known is not None and text in known.units
    if isinstance(cell, Formatted):
        stored = cell_text(float(cell))
        shown = digits_shown(cell.format, float(cell))
        if shown != stored and not (is_known and shown is None):
            return _SHOWN(shown=shown or cell.format, stored=stored)
    if is_known:
        return None
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _NUMBER(stored=text) if abs(cell) >= 10**_EXACT_DIGITS else None
    if _DECIMAL.fullmatch(text) or (text.startswith("=") and _FORMULA.fullmatch(text)):
        return text
    if (_SIGNED_EXPONENT if known is None else _EXPONENT).fullmatch(text):
        return text
    if known is not None and text.isdigit() and len(text) > _EXACT_DIGITS and not text[_EXACT_DIGITS:].strip("0"):
        return _ZEROS(stored=text)
    return None


def _name_of_another(grid: Grid, i: int, columns: Mapping[str, int], known: Known | None) -> Problem | None:
    """A problem for a name that is another unit's in the roster: names may have been sorted without the figures."""
    if known is None or NAME not in columns:
        return None
    unit = known.units.get(_text(grid.rows[i], columns[UNIT]))
    name = _text(grid.rows[i], columns[NAME])
    if unit is None or not name or _bare(name) == _bare(unit.name):
        return None
    of = known.codes_of_name.get(_bare(name))
    if not of or unit.code in of:
        return None
    other = known.units[min(of)]
    figures = {
        "expected": _ENROLLED(name=unit.name, code=unit.code),
        "found": _ENROLLED(name=name, code=other.code),
    }
    return Problem(Code.S127, grid.place(i, columns[NAME]), figures)


def _of_another_year(grid: Grid, i: int, columns: Mapping[str, int], known: Known | None) -> Problem | None:
    if known is None or YEAR not in columns:
        return None
    unit = known.units.get(_text(grid.rows[i], columns[UNIT]))
    year = _text(grid.rows[i], columns[YEAR])
    if unit is None or unit.year is None or not year.isdigit() or int(year) == unit.year:
        return None
    figures = {"heading": grid.headings[columns[YEAR]], "expected": _OF_THE_YEAR(year=unit.year), "found": year}
    return Problem(Code.S125, grid.place(i, columns[YEAR]), figures)
