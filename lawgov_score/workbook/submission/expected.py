"""Words for what was expected of a cell, and what usually puts it right."""

import re
from difflib import get_close_matches

from lawgov_score.rules.field import Field, FieldType
from lawgov_score.wording import Phrase, Quantity, Words
from lawgov_score.workbook.forms.layout import plain

_AT_LEAST = Words("不小于 {least}", "at least {least}")
_AT_MOST = Words("不大于 {most}", "at most {most}")
_BETWEEN = Words("{least} 到 {most}", "{least} to {most}")
_NEAREST = Words("（是否想填“{nearest}”？）", " (did you mean “{nearest}”?)")
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
    """The bounds of a field that are numbers, in words; None where it has none."""
    least, most = asked.at_least, asked.at_most
    lower = None if least is None or isinstance(least, str) else quantity(least, asked)
    upper = None if most is None or isinstance(most, str) else quantity(most, asked)
    if lower is not None and upper is not None:
        return _BETWEEN(least=lower, most=upper)
    if lower is not None:
        return _AT_LEAST(least=lower)
    return _AT_MOST(most=upper) if upper is not None else None


def quantity(number: float, asked: Field) -> object:
    """A number of this field, to be shown as people write it: a share as a percentage, a day as a date."""
    if asked.type is FieldType.DATE:
        return Words("{day:date}", "{day:date}")(day=number)
    return Quantity(number, is_share=asked.type is FieldType.SHARE)


def hint_for(shown: str, asked: Field | None = None) -> Phrase | Words | str:
    """What usually puts such text right."""
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


def nearest(found: str, known: tuple[str, ...]) -> Phrase | str:
    """“是否想填……？” where one of ``known`` is close, otherwise nothing."""
    close = get_close_matches(found, known, n=1, cutoff=0.5)
    return _NEAREST(nearest=close[0]) if close else ""
