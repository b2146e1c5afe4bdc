"""What stands in one cell → an answer, by the type of its field. No guesses: what is not plain is a fault."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Self

from lawgov_score.catalogue import Code
from lawgov_score.model import AnswerState
from lawgov_score.report import number_text
from lawgov_score.rules.field import NUMBERS, Field, FieldType
from lawgov_score.wording import Phrase, Words
from lawgov_score.workbook.forms.layout import plain
from lawgov_score.workbook.package.number_formats import Look, look_of
from lawgov_score.workbook.submission.days import day_in
from lawgov_score.workbook.submission.expected import expectation, hint_for, nearest
from lawgov_score.workbook.submission.yes_no import says


class Formatted(float):
    """A number as it is stored, under a format that shows it as a day, a time, a percentage, or on another scale.

    ``format``: the code of that. ``day_shift``: what is to be added to day numbers of its workbook.
    """

    __slots__ = ("day_shift", "format")

    def __new__(cls, number: float, code: str, day_shift: int = 0) -> Self:
        """See the class."""
        made = super().__new__(cls, number)
        made.format, made.day_shift = code, day_shift
        return made

    format: str
    day_shift: int

    def look(self, measured_in: str = "") -> Look:
        """What people see; ``measured_in``: as ``look_of`` has it."""
        return look_of(self.format, (self > 0) - (self < 0), measured_in)


Cell = str | float | int | bool | datetime | date | time | timedelta | None
Figures = Mapping[str, object]

_NOTHING: Figures = MappingProxyType({})
_EPOCH = date(1899, 12, 30).toordinal()
_FALSE_LEAP_DAY = 60
_FIRST_DAY, _LAST_DAY = 18264.0, 73415.0  # 1950 to 2100: a day outside is a year or a count, not a date
_FIRST_DAY_MEANT = 36526.0  # 1 January 2000: below it a number under a date's format is a number
_BEYOND = 2_958_466.0  # the day after 31 December 9999
_MOST_COUNT, _MOST_AMOUNT = 1e10, 1e14  # no office has more of anything
_SLACK = 1e-9  # float dust is not a fault

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|[+-]?\.[0-9]+")
_INVISIBLE = re.compile(r"[\u200b-\u200d\u2060\ufeff]+")
_WIDE_DIGITS = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_CUT = re.compile(r"[0-9.,+-]\s+[0-9.,]|[\n\r\v\f\x85\u2028\u2029]")
_LINE_BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?:\.[0-9]+)?[^0-9\n]*")
_CLAIMS = frozenset(["不适用", "无此项", "无", "—", "——", "–", "-", "--", "/", "\\", "n/a", "na"])

_AS_SHARE = Words("；百分数请写成 {share}", "; write a percentage as {share}")
_OR_NEVER = Words("；没有的填“{never}”", ", or “{never}” if it did not come")
_A_SERIAL = Words("；是否指 {day}？", "; is {day} meant?")
_STORED = Words("存 {number}，单元格格式 {format}", "{number}, under the format {format}")
_NO_OFFICE_HAS_MORE = Words("不大于 {most}：没有哪个单位有更多", "at most {most}: no office has more")
_AN_ANSWER = Words("据实填写的值", "an answer")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell came to: the state, the value where GIVEN, the code and its figures where INVALID."""

    state: AnswerState
    value: float | str | None = None
    code: Code | None = None
    figures: Figures = field(default_factory=lambda: _NOTHING)


BLANK = Reading(AnswerState.MISSING)
CLAIM = Reading(AnswerState.CLAIMED_NOT_APPLICABLE)


def cell_text(cell: Cell) -> str:
    """What stands in the cell, as text to show; blank is empty."""
    if isinstance(cell, str):  # nearly all are, and the ways below are long
        return cell.strip()
    match cell:
        case None:
            return ""
        case Formatted():
            return _dressed_text(cell)
        case bool():
            return "TRUE" if cell else "FALSE"
        case int() | float():
            short = str(int(cell)) if cell == cell // 1 and abs(cell) < 1e15 else repr(cell)
            return short if len(short) < 15 and "e" not in short else number_text(cell, 12)
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return number_text(cell / timedelta(days=1), 9)


def _dressed_text(cell: Formatted) -> str:
    """The number as people see it where it is a day or a time; else the number."""
    look, number = cell.look(), float(cell)
    day = number + cell.day_shift
    day += 0 < day < _FALSE_LEAP_DAY  # as spreadsheets show the days of January and February 1900
    if look is Look.DAY and 1 <= day < _BEYOND:
        moment = datetime.fromordinal(int(day) + _EPOCH) + timedelta(days=day % 1)
        rounded = (moment + timedelta(microseconds=500)).replace(microsecond=0)
        return rounded.date().isoformat() if rounded.time() == time() else rounded.isoformat(" ")
    if look is Look.TIME and 0 <= number < 1:
        return (datetime.min + timedelta(seconds=round(number * 86_400))).time().isoformat()
    return cell_text(number)


def read_cell(cell: Cell, asked: Field, may_not_apply: bool = False, day_shift: int = 0) -> Reading:
    """The answer in ``cell``. Blank is MISSING; faults come back as INVALID with a code, nothing is raised.

    ``day_shift``: what is to be added to day numbers of its workbook; cells that are dates are right already.
    """
    if cell is None or cell == "":
        return BLANK
    if isinstance(cell, str):
        text = plain(cell).removeprefix("'")
        if not text:
            return BLANK
        return _read_text(text, cell, asked, may_not_apply=may_not_apply)
    if type(cell) is float and asked.type in NUMBERS:  # as nearly every number comes
        return _bounded(cell, asked, cell)
    match asked.type:
        case FieldType.TEXT:
            return Reading(AnswerState.GIVEN, cell_text(cell))
        case FieldType.CHOICE:
            return _read_choice(plain(cell_text(cell)), cell_text(cell), asked)
        case FieldType.YES_NO:
            return _read_yes_no(plain(cell_text(cell)), cell_text(cell), asked)
        case FieldType.DATE:
            return _read_day(cell, asked, day_shift)
        case _ if isinstance(cell, Formatted):
            return _read_formatted(cell, asked)
        case _ if isinstance(cell, bool):
            return _not_a_number(cell_text(cell), asked)
        case _ if isinstance(cell, date | time | timedelta):  # stored as a day, and not as the number of one
            return _invalid(Code.S221, asked, "", day=cell_text(cell), format="—", number=cell_text(cell))
        case _:
            return _bounded(_serial(cell), asked, cell)


def _read_formatted(cell: Formatted, asked: Field) -> Reading:
    """A number under a format that shows something else. What is shown decides whether it may be meant."""
    number, look = float(cell), cell.look(asked.measured_in)
    if look is Look.NUMBER or (look is Look.PERCENT and asked.type is FieldType.SHARE):
        return _bounded(number, asked, number)
    told: Figures = {"format": cell.format, "number": number_text(number, 12), "seen": cell_text(cell)}
    if look in {Look.OTHERWISE, Look.PERCENT}:
        return _invalid(Code.S224, asked, _STORED(**told))
    if number + cell.day_shift >= _FIRST_DAY_MEANT:
        return _invalid(Code.S221, asked, cell_text(cell), day=cell_text(cell), **told)
    is_time = look is Look.ELAPSED or (look is Look.TIME and 0 < number < 1)
    if is_time and asked.type is not FieldType.SHARE:
        return _invalid(Code.S223, asked, cell_text(cell), **told)
    reading = _bounded(number, asked, number)
    if reading.state is not AnswerState.GIVEN:
        return reading
    return replace(reading, code=Code.S222, figures={"field": asked.name, "found": cell_text(cell), **told})


def _read_text(text: str, cell: str, asked: Field, *, may_not_apply: bool) -> Reading:
    if asked.never and text == plain(asked.never):
        return Reading(AnswerState.GIVEN, math.inf)
    if (
        text.casefold() in _CLAIMS
        and asked.type is not FieldType.TEXT  # a remark is kept and shown: 不适用 in it claims nothing
        and not (asked.type is FieldType.YES_NO and says(text) is not None)
        and text not in asked.choices
    ):
        return CLAIM if may_not_apply else _invalid(Code.S209, asked, cell.strip(), expected=_AN_ANSWER)
    return _READERS[asked.type](text, cell.strip(), asked)


def _is_cut(shown: str) -> bool:
    """Do blanks stand within a number, other than between thousands? What they part may be two numbers.

    >>> _is_cut("12\\n34"), _is_cut("12 34"), _is_cut("1 234"), _is_cut("95.3 %"), _is_cut("2018 年 3 月")
    (True, True, False, False, False)
    """
    bare = _INVISIBLE.sub("", shown.translate(_WIDE_DIGITS)).strip()
    return _CUT.search(bare) is not None and _THOUSANDS.fullmatch(bare) is None


def _read_number(text: str, shown: str, asked: Field) -> Reading:
    if _is_cut(shown):
        return _not_a_number(shown, asked)
    number = text
    if asked.measured_in and number.endswith(plain(asked.measured_in)):
        number = number.removesuffix(plain(asked.measured_in))  # 12件 where 件 is what it is measured in
    if not _NUMBER.fullmatch(number):
        return _not_a_number(shown, asked)
    return _bounded(float(number.replace(",", "")), asked, shown)


def _read_share(text: str, shown: str, asked: Field) -> Reading:
    number = text.removesuffix("%")
    if _is_cut(shown) or not _NUMBER.fullmatch(number):
        return _invalid(Code.S203, asked, shown, example="95.3%", hint=hint_for(shown, asked))
    exact = Decimal(number.replace(",", ""))
    return _bounded(float(exact / 100 if number != text else exact), asked, shown)


def _read_date(text: str, shown: str, asked: Field) -> Reading:
    day = None if _LINE_BREAK.search(shown.strip()) else day_in(shown)
    if day is not None:
        return _in_years(float(day.toordinal() - _EPOCH), shown, asked)
    if text.isascii() and text.isdigit() and _FIRST_DAY <= int(text) <= _LAST_DAY:  # 45381, as a date shown as a number
        meant = date.fromordinal(int(text) + _EPOCH).isoformat()
        return _not_a_date(shown, asked, _A_SERIAL(day=meant))
    return _not_a_date(shown, asked)


def _read_day(cell: Cell, asked: Field, day_shift: int) -> Reading:
    if isinstance(cell, bool | time | timedelta):
        return _not_a_date(cell_text(cell), asked)
    serial = _serial(cell)
    if not math.isfinite(serial):
        return _not_a_date(cell_text(cell), asked)
    if 19500101 <= serial <= 21001231 and serial == int(serial):  # 20210407, typed as it is said
        return _read_date(str(int(serial)), cell_text(cell), asked)
    if not isinstance(cell, date):
        serial += day_shift
    return _in_years(float(math.floor(serial)), cell, asked)


def _in_years(serial: float, cell: Cell, asked: Field) -> Reading:
    if not _FIRST_DAY <= serial <= _LAST_DAY:
        return _not_a_date(cell_text(cell), asked)
    return _bounded(serial, asked, cell)


def _read_yes_no(text: str, shown: str, asked: Field) -> Reading:
    said = says(text)
    return _invalid(Code.S206, asked, shown) if said is None else Reading(AnswerState.GIVEN, float(said))


def _read_choice(text: str, shown: str, asked: Field) -> Reading:
    for position, choice in enumerate(asked.choices):
        if plain(choice).casefold() == text.casefold():
            return Reading(AnswerState.GIVEN, float(position))
    return _invalid(Code.S207, asked, shown, expected=asked.choices, nearest=nearest(shown, asked.choices))


def _read_free_text(_text: str, shown: str, _asked: Field) -> Reading:
    return Reading(AnswerState.GIVEN, shown)


_READERS: Mapping[FieldType, Callable[[str, str, Field], Reading]] = MappingProxyType(
    {
        FieldType.COUNT: _read_number,
        FieldType.AMOUNT: _read_number,
        FieldType.SHARE: _read_share,
        FieldType.DATE: _read_date,
        FieldType.YES_NO: _read_yes_no,
        FieldType.CHOICE: _read_choice,
        FieldType.TEXT: _read_free_text,
    }
)


def _bounded(number: float, asked: Field, cell: Cell) -> Reading:
    """The number, if it is whole where it counts and within bounds that are numbers; ``cell``: how it stands there."""
    if not math.isfinite(number):
        return _not_a_number(cell_text(cell), asked)
    if asked.type is FieldType.COUNT:
        whole = round(number)
        if abs(number - whole) > _SLACK:
            return _invalid(Code.S204, asked, cell_text(cell), measured_in=asked.measured_in)
        number = float(whole)
    least, most = asked.at_least, asked.at_most
    limit = _MOST_COUNT if asked.type is FieldType.COUNT else _MOST_AMOUNT
    if asked.type is not FieldType.DATE and not isinstance(most, (int, float)) and abs(number) > limit:
        expected = _NO_OFFICE_HAS_MORE(most=limit)
        return _invalid(Code.S202, asked, cell_text(cell), expected=expected, hint="")
    if (least is not None and not isinstance(least, str) and number < least - _SLACK) or (
        most is not None and not isinstance(most, str) and number > most + _SLACK
    ):
        hint: Phrase | str = ""
        if asked.type is FieldType.SHARE and 1 < number <= 100:
            hint = _AS_SHARE(share=f"{number_text(number)}%")
        return _invalid(Code.S202, asked, cell_text(cell), expected=expectation(asked) or "", hint=hint)
    return Reading(AnswerState.GIVEN, number)


def _not_a_number(shown: str, asked: Field) -> Reading:
    if asked.type is FieldType.SHARE:
        return _invalid(Code.S203, asked, shown, example="95.3%", hint=hint_for(shown, asked))
    example = "12" if asked.type is FieldType.COUNT else "12.5"
    return _invalid(Code.S201, asked, shown, example=example, hint=hint_for(shown, asked))


def _not_a_date(shown: str, asked: Field, hint: Phrase | str = "") -> Reading:
    or_never = _OR_NEVER(never=asked.never) if asked.never else ""
    return _invalid(Code.S205, asked, shown, or_never=or_never, hint=hint)


def _invalid(code: Code, asked: Field, shown: object, **figures: object) -> Reading:
    return Reading(AnswerState.INVALID, None, code, {"field": asked.name, "found": shown, **figures})


def _day(cell: date) -> float:
    """The day number of a date. Spreadsheets count a 29 February 1900 that never was, so days before it are one less;
    59 and 60 come from the reader as the same date, and which of them it was nobody can say: nan."""
    days = cell.toordinal() - _EPOCH
    return float("nan") if days == _FALSE_LEAP_DAY else float(days - (days < _FALSE_LEAP_DAY))


def _serial(cell: Cell) -> float:
    """A cell as a number: a bad number format dresses any number as a date, and this undresses it. nan: unclear."""
    match cell:
        case datetime():
            return _day(cell.date()) + (cell - datetime.combine(cell.date(), time())) / timedelta(days=1)
        case date():
            return _day(cell)
        case time():
            return (datetime.combine(date.min, cell) - datetime.min) / timedelta(days=1)
        case timedelta():
            return cell / timedelta(days=1)
        case int() | float():
            return float(cell)
    raise AssertionError(f"{cell!r} is not a number")
