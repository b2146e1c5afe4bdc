"""Reads one cell → an answer, by the type of its field. No guesses: anything unclear is a fault.

Dates are read as 2018-03-30 (with any dash), 2018/3/30, 2018.3.30, 20180330, 2018年3月30日 (日, 号 or nothing at its
end), the same in Chinese numerals (二〇一八年三月三十日), each also with a time of day after it, which is ignored.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType

from lawgov_score.catalogue import Code
from lawgov_score.likeness import to_fill
from lawgov_score.measure.tolerance import DUST
from lawgov_score.model import AnswerState
from lawgov_score.report import number_text
from lawgov_score.rules.field import NUMBERS, Field, FieldType
from lawgov_score.wording import Phrase, Quantity, Words
from lawgov_score.workbook.package.cells import EPOCH, FALSE_LEAP_DAY, Cell, Formatted, cell_text
from lawgov_score.workbook.package.number_formats import Look
from lawgov_score.workbook.plain_texts import plain

_AT_LEAST = Words("不小于 {least}", "at least {least}")
_AT_MOST = Words("不大于 {most}", "at most {most}")
_BETWEEN = Words("{least} 到 {most}", "{least} to {most}")
_TEN_THOUSANDS = Words("；以“万”计的请换算成个位", "; write out figures in ten thousands")
_VAGUE = Words("；不要写“约”“左右”“大于”", "; no “about” or “more than”")
_CHINESE_NUMERAL = Words("；用阿拉伯数字", "; use digits")
_FRACTION = Words("；分数请换算成小数或百分数", "; turn fractions into decimals or percentages")
_IN_ITS_MEASURE = Words(
    "；这一项的计量单位是“{measure}”，填的是“{found}”：换算后只填数",
    "; this is measured in {measure}, not in {found}: convert it, and give the number alone",
)
_A_FINITE_NUMBER = Words("；填具体的数，没有数据的留空", "; give a number, or leave it blank where there is none")
_OTHER_MEASURE = re.compile(r"[0-9][0-9.,]*([\u4e00-\u9fff]{1,3})")
_MEASURES = frozenset(
    [*"件项个人次起条天元份家名场户篇部台套页户村", "人次", "件次", "小时", "万元", "亿元", "工作日", "百分点"]
)
_NO_NUMBERS = frozenset(["inf", "infinity", "nan", "∞", "null", "none", "#n/a"])
_ONE_NUMBER = Words("；一格只填一个数，不带单位", "; one number a cell, without its unit")


def expectation(asked: Field) -> Phrase | None:
    """The numeric bounds of a field in words; None if it has none."""
    least, most = asked.at_least, asked.at_most
    lower = None if least is None or isinstance(least, str) else quantity(least, asked)
    upper = None if most is None or isinstance(most, str) else quantity(most, asked)
    if lower is not None and upper is not None:
        return _BETWEEN(least=lower, most=upper)
    if lower is not None:
        return _AT_LEAST(least=lower)
    return _AT_MOST(most=upper) if upper is not None else None


def quantity(number: float, asked: Field) -> object:
    """A number of this field as people write it: a share as a percentage, a day as a date."""
    if asked.type is FieldType.DATE:
        return Words("{day:date}", "{day:date}")(day=number)
    return Quantity(number, is_share=asked.type is FieldType.SHARE)


def hint_for(shown: str, asked: Field | None = None) -> Phrase | Words | str:
    """Advice that usually helps with such a text."""
    if plain(shown).casefold().strip("+-") in _NO_NUMBERS:
        return _A_FINITE_NUMBER
    if any(mark in shown for mark in "约近余>＞<＜≥≤") or any(
        mark in shown for mark in ("左右", "大于", "小于", "超过", "以上", "以下")
    ):
        return _VAGUE
    if "万" in shown or "亿" in shown:
        return _TEN_THOUSANDS
    if "/" in shown or "分之" in shown or "⁄" in shown:
        return _FRACTION
    if shown and all(c in "零〇一二三四五六七八九十百千两点" for c in plain(shown)):
        return _CHINESE_NUMERAL
    other = _OTHER_MEASURE.fullmatch(plain(shown))
    if other is not None and asked is not None and asked.measured_in and other[1] in _MEASURES:
        return _IN_ITS_MEASURE(measure=asked.measured_in, found=other[1])
    return _ONE_NUMBER if any(c.isdigit() for c in shown) else ""


_YES = frozenset(["是", "是的", "对", "有", "√", "✓", "✔", "☑", "已", "y", "yes", "true", "1"])
_NO = frozenset(["否", "不是", "不对", "无", "没有", "×", "✗", "✘", "x", "未", "n", "no", "false", "0"])
_STOPS = "。.；;，,、!！"  # punctuation that people put after a word
_TICKED, _OPEN = "☑☒✓✔√■●◉", "□○☐◯"
_BOX = rf"[(\[]?([{_TICKED}{_OPEN}])[)\]]?"
_BEFORE = re.compile(rf"{_BOX}(是|否)[,/、;]?")  # ☑是 □否
_AFTER = re.compile(rf"(是|否){_BOX}[,/、;]?")  # 是☑ 否□


def says(text: str) -> bool | None:
    """True for yes, False for no, None for anything else. ``text`` has no spaces and only narrow letters.

    >>> says("是。"), says("□是☑否"), says("☑是☑否"), says("基本是")
    (True, False, None, None)
    """
    folded = text.casefold().rstrip(_STOPS)
    if folded in _YES:
        return True
    return False if folded in _NO else _ticked(text)


def _ticked(text: str) -> bool | None:
    """The word whose box is ticked, if the other's is open or absent."""
    for pattern, mark, word in ((_BEFORE, 0, 1), (_AFTER, 1, 0)):
        boxes = [match.groups() for match in pattern.finditer(text)]
        if boxes and not pattern.sub("", text):
            ticked = [box[word] for box in boxes if box[mark] in _TICKED]
            words = [box[word] for box in boxes]
            return ticked == ["是"] if len(ticked) == 1 and len(set(words)) == len(words) else None
    return None


_ZERO = "〇零○Ｏ"  # the last two are what keyboards produce for the first
_NUMERALS = {
    **dict.fromkeys(_ZERO, "0"),
    **{numeral: str(n) for n, numeral in enumerate("一二三四五六七八九", start=1)},
}
_IN_DIGITS = str.maketrans(_NUMERALS)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))  # what editors make of a hyphen
_LONGEST = 100  # characters: no date is longer, blanks included, and matching takes quadratic time
_CLOCK = re.compile(r"[T\s]+(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?$")
_CHARACTERS = "".join(_NUMERALS)
_PART = rf"([0-9]{{1,2}}|[{_CHARACTERS}十]{{1,3}})"
_DAY = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|\.([0-9]{1,2})\.([0-9]{1,2})"
    r"|([0-9]{2})([0-9]{2}))"
)
_NAMED = re.compile(rf"([0-9{_CHARACTERS}]{{4}})年{_PART}月{_PART}[日号]?")


def day_in(text: str) -> date | None:
    """The date in ``text``; None if it is not a date, or one that does not exist.

    >>> day_in("二〇一八年三月三十日"), day_in("2018–03–30"), day_in("2018年2月30日")
    (datetime.date(2018, 3, 30), datetime.date(2018, 3, 30), None)
    """
    if len(text) > _LONGEST:
        return None
    bare = plain(_CLOCK.sub("", text)).removeprefix("'").translate(_DASHES)
    match = _DAY.fullmatch(bare) or _NAMED.fullmatch(bare)
    if match is None:
        return None
    try:
        year, month, day = (_number(part) for part in match.groups() if part is not None)
        return date(year, month, day)
    except ValueError:  # 31 April, or 十十
        return None


def _number(text: str) -> int:
    """2018, 二〇一八, 三, 十二, 二十, 三十一. Raises ``ValueError`` for other characters."""
    tens, ten, ones = text.translate(_IN_DIGITS).partition("十")
    if not ten:
        return int(tens)
    if len(tens) > 1 or len(ones) > 1:
        raise ValueError(text)
    return int(tens or 1) * 10 + int(ones or 0)


Figures = Mapping[str, object]

_NOTHING: Figures = MappingProxyType({})
_FIRST_DAY, _LAST_DAY = 18264.0, 73415.0  # 1950 to 2100: a day outside is a year or a count, not a date
_FIRST_DAY_MEANT = 36526.0  # 1 January 2000: below it a number under a date's format is a number
_MOST_COUNT, _MOST_AMOUNT = 1e10, 1e14  # no office has more of anything

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
_A_CLAIM = "不适用"
_MUST_ANSWER = Words("这一项不能填“不适用”", "不适用 (not applicable) is no answer here")
_NOT_A = {  # what a word such as 无 or / is not
    FieldType.COUNT: Words("“{found}”不是数", "“{found}” is not a number"),
    FieldType.AMOUNT: Words("“{found}”不是数", "“{found}” is not a number"),
    FieldType.SHARE: Words("“{found}”不是百分数", "“{found}” is not a percentage"),
    FieldType.DATE: Words("“{found}”不是日期", "“{found}” is not a date"),
    FieldType.YES_NO: Words("“{found}”不是“是”或“否”", "“{found}” is neither 是 nor 否"),
    FieldType.CHOICE: Words("“{found}”不在可选项中", "“{found}” is not one of the choices"),
}
_ANSWERS = {
    FieldType.COUNT: Words("整数，如 12", "a whole number such as 12"),
    FieldType.AMOUNT: Words("数，如 12.5", "a number such as 12.5"),
    FieldType.SHARE: Words("百分数，如 95.3%", "a percentage such as 95.3%"),
    FieldType.DATE: Words("日期，如 2018-03-30{or_never}", "a date such as 2018-03-30{or_never}"),
    FieldType.YES_NO: Words("“是”或“否”", "是 or 否"),
    FieldType.CHOICE: Words("{choices:list}", "{choices:list}"),
}
_ZERO_OR_BLANK = Words("没有发生的填 0，没有数据的留空", "0 where nothing happened, blank where there is no figure")
_CHOOSE_OR_BLANK = Words("从下拉列表中选择，没有数据的留空", "choose from the list; blank where nothing is known")
_NEVER_OR_BLANK = Words(
    "没有的填“{never}”，没有数据的留空", "“{never}” if it did not come, blank where nothing is known"
)
_BLANK_ONLY = Words("没有数据的留空", "leave it blank where there is no figure")


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of reading a cell: the state, the value if GIVEN, the code and its figures if INVALID."""

    state: AnswerState
    value: float | str | None = None
    code: Code | None = None
    figures: Figures = field(default_factory=lambda: _NOTHING)


BLANK = Reading(AnswerState.MISSING)
CLAIM = Reading(AnswerState.CLAIMED_NOT_APPLICABLE)


def read_cell(cell: Cell, asked: Field, may_not_apply: bool = False, day_shift: int = 0) -> Reading:
    """The answer in ``cell``. Blank is MISSING; faults are returned as INVALID with a code, nothing is raised.

    ``day_shift``: days to add to the workbook's day numbers; cells that are dates are already right.
    """
    if cell is None or cell == "":
        return BLANK
    if isinstance(cell, str):
        text = plain(cell).removeprefix("'")
        if not text:
            return BLANK
        return _read_text(text, cell, asked, may_not_apply=may_not_apply)
    if type(cell) is float and asked.type in NUMBERS:  # the usual form of a number
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
        case _ if isinstance(cell, date | time | timedelta):  # stored as a date, not as a day number
            return _invalid(Code.S221, asked, "", day=cell_text(cell), format="—", number=cell_text(cell))
        case _:
            return _bounded(_serial(cell), asked, cell)


def _read_formatted(cell: Formatted, asked: Field) -> Reading:
    """A number whose format shows something else. What is shown decides whether the number may be meant."""
    number, look = float(cell), cell.look(asked.measured_in)
    if look is Look.NUMBER or (look is Look.PERCENT and asked.type is FieldType.SHARE):
        return _bounded(number, asked, number)
    figures: Figures = {"format": cell.format, "number": number_text(number, 12), "seen": cell_text(cell)}
    if look in {Look.OTHERWISE, Look.PERCENT}:
        return _invalid(Code.S224, asked, _STORED(**figures))
    if number + cell.day_shift >= _FIRST_DAY_MEANT:
        return _invalid(Code.S221, asked, cell_text(cell), day=cell_text(cell), **figures)
    is_time = look is Look.ELAPSED or (look is Look.TIME and 0 < number < 1)
    if is_time and asked.type is not FieldType.SHARE:
        return _invalid(Code.S223, asked, cell_text(cell), **figures)
    reading = _bounded(number, asked, number)
    if reading.state is not AnswerState.GIVEN:
        return reading
    return replace(reading, code=Code.S222, figures={"field": asked.name, "found": cell_text(cell), **figures})


def _read_text(text: str, cell: str, asked: Field, *, may_not_apply: bool) -> Reading:
    if asked.never and text == plain(asked.never):
        return Reading(AnswerState.GIVEN, math.inf)
    if (
        text.casefold() in _CLAIMS
        and asked.type is not FieldType.TEXT  # in a text answer 不适用 is only text and claims nothing
        and not (asked.type is FieldType.YES_NO and says(text) is not None)
        and text not in asked.choices
    ):
        return CLAIM if may_not_apply else _no_claim(cell.strip(), asked)
    return _READERS[asked.type](text, cell.strip(), asked)


def _no_claim(shown: str, asked: Field) -> Reading:
    """S209: 不适用, or a word that says as much, where that may not be claimed; names what is written, and what to."""
    is_claim = plain(shown) == _A_CLAIM
    why = _MUST_ANSWER() if is_claim else _NOT_A[asked.type](found=shown)
    expected = _ANSWERS[asked.type](choices=asked.choices, or_never=_or_never(asked))
    return _invalid(Code.S209, asked, shown, expected=expected, why=why, instead=_instead(asked))


def _instead(asked: Field) -> Phrase:
    """What to answer where there was nothing, or nothing is known."""
    if asked.type in {FieldType.YES_NO, FieldType.CHOICE}:
        return _CHOOSE_OR_BLANK()
    if asked.type in NUMBERS and not asked.substitute:
        return _ZERO_OR_BLANK()
    return _NEVER_OR_BLANK(never=asked.never) if asked.never else _BLANK_ONLY()


def _or_never(asked: Field) -> Phrase | str:
    return _OR_NEVER(never=asked.never) if asked.never else ""


def _is_cut(shown: str) -> bool:
    """Are there blanks within a number, other than between thousands? They may separate two numbers.

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
        number = number.removesuffix(plain(asked.measured_in))  # 12件 if 件 is the unit of measurement
    if not _NUMBER.fullmatch(number):
        return _not_a_number(shown, asked)
    reading = _bounded(float(number.replace(",", "")), asked, shown)
    if number == text or reading.state is not AnswerState.GIVEN:
        return reading
    return replace(reading, code=Code.S231, figures=_with_measure(number, shown, asked))


def _with_measure(number: str, shown: str, asked: Field) -> Figures:
    """A number that was written with the field's own unit of measurement counts, and what was read is said."""
    return {"field": asked.name, "found": shown, "number": number, "measure": asked.measured_in}


def _read_share(text: str, shown: str, asked: Field) -> Reading:
    number = text.removesuffix("%")
    if _is_cut(shown) or not _NUMBER.fullmatch(number):
        return _invalid(Code.S203, asked, shown, example="95.3%", hint=hint_for(shown, asked))
    exact = Decimal(number.replace(",", ""))
    return _bounded(float(exact / 100 if number != text else exact), asked, shown)


def _read_date(text: str, shown: str, asked: Field) -> Reading:
    day = None if _LINE_BREAK.search(shown.strip()) else day_in(shown)
    if day is not None:
        return _in_years(float(day.toordinal() - EPOCH), shown, asked)
    if text.isascii() and text.isdigit() and _FIRST_DAY <= int(text) <= _LAST_DAY:  # 45381: a date shown as a number
        meant = date.fromordinal(int(text) + EPOCH).isoformat()
        return _not_a_date(shown, asked, _A_SERIAL(day=meant))
    return _not_a_date(shown, asked)


def _read_day(cell: Cell, asked: Field, day_shift: int) -> Reading:
    if isinstance(cell, bool | time | timedelta):
        return _not_a_date(cell_text(cell), asked)
    serial = _serial(cell)
    if not math.isfinite(serial):
        return _not_a_date(cell_text(cell), asked)
    if 19500101 <= serial <= 21001231 and serial == int(serial):  # 20210407, typed as digits
        return _read_date(str(int(serial)), cell_text(cell), asked)
    if not isinstance(cell, date):
        serial += day_shift
    return _in_years(float(math.floor(serial)), cell, asked)


def _in_years(serial: float, cell: Cell, asked: Field) -> Reading:
    if not _FIRST_DAY <= serial <= _LAST_DAY:
        return _not_a_date(cell_text(cell), asked)
    return _bounded(serial, asked, cell)


def _read_yes_no(text: str, shown: str, asked: Field) -> Reading:
    is_yes = says(text)
    return _invalid(Code.S206, asked, shown) if is_yes is None else Reading(AnswerState.GIVEN, float(is_yes))


def _read_choice(text: str, shown: str, asked: Field) -> Reading:
    for position, choice in enumerate(asked.choices):
        if plain(choice).casefold() == text.casefold():
            return Reading(AnswerState.GIVEN, float(position))
    return _invalid(Code.S207, asked, shown, expected=asked.choices, nearest=to_fill(shown, asked.choices))


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
    """The number, if it is whole where that is required and within numeric bounds; ``cell``: the cell's content."""
    if not math.isfinite(number):
        return _not_a_number(cell_text(cell), asked)
    if asked.type is FieldType.COUNT:
        whole = round(number)
        if abs(number - whole) > DUST:
            return _invalid(Code.S204, asked, cell_text(cell), measured_in=asked.measured_in)
        number = float(whole)
    low, high = limits_of(asked)
    return Reading(AnswerState.GIVEN, number) if low <= number <= high else _out_of_bounds(number, asked, cell)


def limits_of(asked: Field) -> tuple[float, float]:
    """The lowest and the highest number that a numeric field or a date takes; ∓∞: no limit.

    A field without an upper bound of its own takes no more than any office can have. Bounds set by other fields are
    checked when both are known (``contradictions``).
    """
    least, most = asked.at_least, asked.at_most
    low, high = -math.inf, math.inf
    if most is not None and not isinstance(most, str):
        high = most + DUST
    elif asked.type is not FieldType.DATE:
        high = _most_of_any_office(asked)
        low = -high
    if least is not None and not isinstance(least, str):
        low = max(low, least - DUST)
    return low, high


def _most_of_any_office(asked: Field) -> float:
    return _MOST_COUNT if asked.type is FieldType.COUNT else _MOST_AMOUNT


def _out_of_bounds(number: float, asked: Field, cell: Cell) -> Reading:
    most = _most_of_any_office(asked)
    if asked.type is not FieldType.DATE and not isinstance(asked.at_most, (int, float)) and abs(number) > most:
        expected = _NO_OFFICE_HAS_MORE(most=most)
        return _invalid(Code.S202, asked, cell_text(cell), expected=expected, hint="")
    hint: Phrase | str = ""
    if asked.type is FieldType.SHARE and 1 < number <= 100:
        hint = _AS_SHARE(share=f"{number_text(number)}%")
    return _invalid(Code.S202, asked, cell_text(cell), expected=expectation(asked) or "", hint=hint)


def _not_a_number(shown: str, asked: Field) -> Reading:
    if asked.type is FieldType.SHARE:
        return _invalid(Code.S203, asked, shown, example="95.3%", hint=hint_for(shown, asked))
    example = "12" if asked.type is FieldType.COUNT else "12.5"
    return _invalid(Code.S201, asked, shown, example=example, hint=hint_for(shown, asked))


def _not_a_date(shown: str, asked: Field, hint: Phrase | str = "") -> Reading:
    return _invalid(Code.S205, asked, shown, or_never=_or_never(asked), hint=hint)


def _invalid(code: Code, asked: Field, shown: object, **figures: object) -> Reading:
    return Reading(AnswerState.INVALID, None, code, {"field": asked.name, "found": shown, **figures})


def _day(cell: date) -> float:
    """The day number of a date. Spreadsheets count a 29 February 1900 that did not exist, so days before it are one
    less; 59 and 60 arrive from the reader as the same date and cannot be distinguished: nan.
    """
    days = cell.toordinal() - EPOCH
    return float("nan") if days == FALSE_LEAP_DAY else float(days - (days < FALSE_LEAP_DAY))


def _serial(cell: Cell) -> float:
    """A cell as a number: undoes a bad number format that shows a number as a date. nan: unclear."""
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
