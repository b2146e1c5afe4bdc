"""A day that people have written as text, in any of the ways they do; no guesses: what leaves a doubt is no day.

Read are 2018-03-30 (with any dash), 2018/3/30, 2018.3.30, 20180330, 2018年3月30日 (日, 号 or nothing at its end), the
same in Chinese numerals (二〇一八年三月三十日), and each with a time of day after it, which is left out.
"""

import re
from datetime import date

from lawgov_score.workbook.forms.layout import plain

_ZERO = "〇零○Ｏ"  # the last two are what keyboards make of the first
_NUMERALS = {
    **dict.fromkeys(_ZERO, "0"),
    **{numeral: str(n) for n, numeral in enumerate("一二三四五六七八九", start=1)},
}
_IN_DIGITS = str.maketrans(_NUMERALS)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))  # what editors make of a hyphen
_LONGEST = 100  # characters: no day takes more, whatever blanks are in it, and patterns cost the square of a text
_CLOCK = re.compile(r"[T\s]+(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?$")
_CHARACTERS = "".join(_NUMERALS)
_PART = rf"([0-9]{{1,2}}|[{_CHARACTERS}十]{{1,3}})"
_DAY = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|\.([0-9]{1,2})\.([0-9]{1,2})"
    r"|([0-9]{2})([0-9]{2}))"
)
_NAMED = re.compile(rf"([0-9{_CHARACTERS}]{{4}})年{_PART}月{_PART}[日号]?")


def day_in(text: str) -> date | None:
    """The day, None where the text is no day, or none that there is.

    >>> day_in("二〇一八年三月三十日"), day_in("2018–03–30"), day_in("2018年2月30日")
    (datetime.date(2018, 3, 30), datetime.date(2018, 3, 30), None)
    """
    if len(text) > _LONGEST:
        return None
    bare = plain(_CLOCK.sub("", text)).removeprefix("'").translate(_DASHES)
    found = _DAY.fullmatch(bare) or _NAMED.fullmatch(bare)
    if found is None:
        return None
    try:
        year, month, day = (_number(part) for part in found.groups() if part is not None)
        return date(year, month, day)
    except ValueError:  # 31 April, or 十十
        return None


def _number(text: str) -> int:
    """2018, 二〇一八, 三, 十二, 二十, 三十一. Raises ``ValueError`` for characters that are no number."""
    tens, ten, ones = text.translate(_IN_DIGITS).partition("十")
    if not ten:
        return int(tens)
    if len(tens) > 1 or len(ones) > 1:
        raise ValueError(text)
    return int(tens or 1) * 10 + int(ones or 0)
