"""Expressions in words, worked out: “办结件数” ÷ “受理件数”; … 达到 5 分的，为 …；其他的，为 ….

``figures``: what is known of the names, as they stand in the words; None where there is no figure. A condition over
figures that are known only as printed may be undecided: then both branches are possible.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from sentences.figures import (
    DUST,
    NUMBER,
    Span,
    UnreadError,
    WrongError,
    as_span,
    either,
    exact,
    highest,
    logarithm,
    lowest,
    read,
)

Figures = Mapping[str, Span | str | None]
_OPEN, _CLOSED = "（“", "）”"
_SIGNS = re.compile(r" ?([+−×÷]) ?")


def split(text: str, *marks: str) -> list[str]:
    """The parts between marks that stand outside brackets and quotation marks."""
    parts, depth, at = [""], 0, 0
    while at < len(text):
        sign = text[at]
        depth += (sign in _OPEN) - (sign in _CLOSED)
        mark = next((one for one in marks if depth == 0 and text.startswith(one, at)), None)
        if mark is None:
            parts[-1] += sign
            at += 1
        else:
            parts.append("")
            at += len(mark)
    return parts


def _unwrapped(text: str) -> str | None:
    """What stands in the brackets, where one pair is around everything."""
    if not (text.startswith("（") and text.endswith("）")):
        return None
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == "（") - (sign == "）")
        if depth == 0 and at < len(text) - 1:
            return None
    return text[1:-1]


def value(text: str, figures: Figures) -> Span:
    """What a value in words comes to."""
    text = text.strip()
    if (inner := _unwrapped(text)) is not None:
        return value(inner, figures)
    if "的，为" in text and re.match(r"其他的|.+?的，为", text):
        return _cases(split(text, "；"), figures)
    if (whole := _loose(text, figures)) is not None:
        return whole
    terms = _joined(text, "+−")
    if len(terms) > 1:
        total = value(terms[0], figures) if terms[0] else as_span(0)
        for sign, term in zip(terms[1::2], terms[2::2], strict=True):
            total = total + value(term, figures) if sign == "+" else total - value(term, figures)
        return total
    factors = _joined(text, "×÷")
    if len(factors) > 1:
        product = value(factors[0], figures)
        for sign, factor in zip(factors[1::2], factors[2::2], strict=True):
            product = product * value(factor, figures) if sign == "×" else product / value(factor, figures)
        return product
    return _single(text, figures)


def _joined(text: str, signs: str) -> list[str]:
    """Parts and the signs between them, outside brackets; a sign at the beginning belongs to what follows."""
    parts, depth = [""], 0
    for at, sign in enumerate(text):
        depth += (sign in _OPEN) - (sign in _CLOSED)
        if depth == 0 and sign in signs and not (at == 0 and sign == "−"):
            parts += [sign, ""]
        else:
            parts[-1] += sign
    return [part.strip() for part in parts]


def _loose(text: str, figures: Figures) -> Span | None:
    """What is said of all that stands before it: a bound, the smaller of two, a difference, a logarithm, a total."""
    if found := re.fullmatch(r"(.+)（(超过|低于) (.+?) ?的按 \3 ?计）", text):
        return (lowest if found[2] == "超过" else highest)([value(found[1], figures), value(found[3], figures)])
    if found := re.fullmatch(r"(.+)（(四舍五入|四舍六入五成双|向下取整|向上取整)到 ?(.+?)）", text):
        return _to_step(value(found[1], figures), found[2], value(found[3], figures).low)
    if found := re.fullmatch(r"(.+)的 ?((?:（.+?）|[\d.]+)) ?次方", text):
        return _powered(value(found[1], figures), value(found[2], figures).low)
    if text.endswith(_FIRST):
        for part in split(text.removesuffix(_FIRST).strip(), "、"):
            if not _has_blank(part, figures):
                return value(part, figures)
        raise WrongError(f"nothing of it is there: {text}")
    for end, of in _ENDS.items():
        if text.endswith(end):
            marks = ("与",) if end in _OF_TWO else ("、",)
            return of([value(part, figures) for part in split(text.removesuffix(end).strip(), *marks)])
    return None


_FIRST = "中第一个已填报的"


def _has_blank(text: str, figures: Figures) -> bool:
    return any(figures.get(name, exact("0")) is None for name in figures if name in text)


def _to_step(of: Span, how: str, step: float) -> Span:
    """Rounded to whole steps: half up, down or up."""
    cut: Callable[[float], float] = {
        "四舍五入": lambda n: math.copysign(math.floor(abs(n) / step + 0.5 + DUST), n) * step,
        "四舍六入五成双": lambda n: round(round(n / step, 9)) * step,
        "向下取整": lambda n: math.floor(n / step + DUST) * step,
        "向上取整": lambda n: math.ceil(n / step - DUST) * step,
    }[how]
    return of.each(cut)


def _powered(of: Span, exponent: float) -> Span:
    ends = [of.low**exponent, of.high**exponent]
    return Span(0.0 if of.low < 0 < of.high and exponent % 2 == 0 else min(ends), max(ends))


def _single(text: str, figures: Figures) -> Span:
    if found := re.fullmatch(r"(.+?)（是计 1，否计 0）|(.+?)（按选项的顺序计 0、1、2……）", text):
        return _figure(found[1] or found[2], figures)
    if found := re.fullmatch(r"(.+)的计 1，否则计 0", text):
        return holds(found[1], figures)
    if text.startswith("−"):
        return -value(text[1:], figures)
    return _figure(text, figures)


def _total(spans: Sequence[Span]) -> Span:
    total = as_span(0)
    for one in spans:
        total = total + one
    return total


def _size(spans: Sequence[Span]) -> Span:
    one = spans[0]
    far = max(abs(one.low), abs(one.high))
    return Span(0.0 if one.low <= 0 <= one.high else min(abs(one.low), abs(one.high)), far)


_ENDS: Mapping[str, Callable[[Sequence[Span]], Span]] = MappingProxyType(
    {
        "两者中较小的": lowest,
        "两者中较大的": highest,
        "中最小的": lowest,
        "中最大的": highest,
        "之差的绝对值": lambda spans: _size([spans[0] - spans[1]]),
        "的绝对值": _size,
        "的平方根": lambda spans: _powered(spans[0], 0.5),
        "的自然对数": lambda spans: logarithm(spans[0]),
        "合计": _total,
    }
)
_OF_TWO = ("两者中较小的", "两者中较大的", "之差的绝对值")


def _figure(text: str, figures: Figures) -> Span:
    text = text.strip()
    if text in figures:
        known = figures[text]
        if not isinstance(known, Span):
            raise WrongError(f"a figure that is not there is needed: {text}")
        return known
    if re.fullmatch(rf"{NUMBER}(?:%| ?[^\s\d“”]+)?", text):
        return exact(text)
    raise UnreadError(f"“{text}” is in no figure: {dict(figures)}")


def _cases(lines: Sequence[str], figures: Figures) -> Span:
    """The value of the first line that holds; of the first that may hold and of those after it."""
    found: Span | None = None
    for line in lines:
        if other := re.fullmatch(r"其他的，为(.+)", line.strip(), re.DOTALL):
            last = value(other[1], figures)
            return last if found is None else either(found, last)
        case = re.fullmatch(r"(?:其他)?(.+?)的，为(.+)", line.strip(), re.DOTALL)
        if case is None:
            raise UnreadError(f"no case: “{line}”")
        claim = holds(case[1], figures)
        if claim.high == 0:
            continue
        one = value(case[2], figures)
        found = one if found is None else either(found, one)
        if claim.low == 1:
            return found
    raise WrongError(f"no case holds: {lines}")


# ------------------------------------------------------------ conditions

_YES, _NO, _MAYBE = as_span(1), as_span(0), Span(0.0, 1.0)


def _claim(low: bool, high: bool) -> Span:
    return _YES if low and high else _NO if not low and not high else _MAYBE


_SIDES: Mapping[str, Callable[[float, float], bool]] = MappingProxyType(
    {
        "不足": lambda a, b: a < b,
        "少于": lambda a, b: a < b,
        "低于": lambda a, b: a < b,
        "早于": lambda a, b: a < b,
        "小于": lambda a, b: a < b,
        "不超过": lambda a, b: a <= b,
        "不多于": lambda a, b: a <= b,
        "不高于": lambda a, b: a <= b,
        "不晚于": lambda a, b: a <= b,
        "不大于": lambda a, b: a <= b,
        "超过": lambda a, b: a > b,
        "多于": lambda a, b: a > b,
        "高于": lambda a, b: a > b,
        "晚于": lambda a, b: a > b,
        "大于": lambda a, b: a > b,
        "达到": lambda a, b: a >= b,
        "不少于": lambda a, b: a >= b,
        "不低于": lambda a, b: a >= b,
        "不早于": lambda a, b: a >= b,
        "不小于": lambda a, b: a >= b,
    }
)
_RELATION = re.compile("|".join(sorted(_SIDES, key=len, reverse=True)))
_EVEN = (("不等于", False), ("不为", False), ("等于", True), ("为", True))


def holds(text: str, figures: Figures) -> Span:
    """1: the condition holds, 0: it does not; from 0 to 1: the figures do not say."""
    text = text.strip()
    if (inner := _unwrapped(text)) is not None:
        return holds(inner, figures)
    if text in ("无论何种情形", "不存在这种情形"):
        return _YES if text == "无论何种情形" else _NO
    parts = split(text, "，")
    if len(parts) > 1:
        joint, parts[-1] = parts[-1][:2], parts[-1][2:]
        if joint not in ("并且", "或者"):
            raise UnreadError(f"no condition: “{text}”")
        return (lowest if joint == "并且" else highest)([holds(part, figures) for part in parts])
    if found := re.fullmatch(r"((?:[^“”、]*“[^”]*”、)+[^“”、]*“[^”]*”)(均|有一项)(.+)", text):
        claims = [holds(subject + found[3], figures) for subject in split(found[1], "、")]
        return (lowest if found[2] == "均" else highest)(claims)
    if found := re.fullmatch(r"(.+?)(未|已)填报", text):
        if found[1] not in figures:
            raise UnreadError(f"“{found[1]}” is in no figure: {dict(figures)}")
        return _YES if (figures[found[1]] is None) is (found[2] == "未") else _NO
    if found := re.fullmatch(r"(.+?)填“(是|否)”", text):
        known = _figure(found[1], figures)
        return _claim(*((end != 0) is (found[2] == "是") for end in (known.low, known.high)))
    if found := re.fullmatch(r"(“[^”]*”)(不)?为((?:“[^”]*”、?)+)(?:之一)?", text):
        chosen = figures.get(found[1])
        if not isinstance(chosen, str):
            raise UnreadError(f"no choice is known: {text}")
        is_one = chosen in re.findall(r"“([^”]*)”", found[3])
        return _YES if is_one is (found[2] is None) else _NO
    return _compared(text, figures)


def _compared(text: str, figures: Figures) -> Span:
    for found in _RELATION.finditer(text):
        if _depth(text[: found.start()]):
            continue
        one, other = value(text[: found.start()], figures), value(text[found.end() :], figures)
        side = _SIDES[found[0]]
        rises = side(1.0, 0.0)
        return _claim(*(side(*ends) for ends in ((one.low, other.high), (one.high, other.low))[:: 1 if rises else -1]))
    for word, is_even in _EVEN:
        at = text.rfind(word)
        if at > 0 and not _depth(text[:at]):
            one, other = value(text[:at], figures), value(text[at + len(word) :], figures)
            if one.high < other.low or other.high < one.low:
                return _NO if is_even else _YES
            return (_YES if is_even else _NO) if one == other and one.low == one.high else _MAYBE
    raise UnreadError(f"no condition: “{text}”")


def _depth(text: str) -> int:
    return sum(sign in _OPEN for sign in text) - sum(sign in _CLOSED for sign in text)


# ------------------------------------------------------------ figures in brackets


def told_apart(reason: str) -> tuple[str, str]:
    """A reason, and the figures behind it in brackets: …，不得分（“办结件数” 90 件、上年“办结件数” 95 件）."""
    if reason.endswith("）"):
        depth = 0
        for at in range(len(reason) - 1, -1, -1):
            depth += (reason[at] == "）") - (reason[at] == "（")
            if depth == 0:
                inside = reason[at + 1 : -1]
                return (
                    (reason[:at], inside) if re.match("“|上年|同组", inside) and _LISTED.match(inside) else (reason, "")
                )
    return reason, ""


_LISTED = re.compile(r"[^“”]*“[^”]*”(?:得分)?(?: [−\d]|填“|为“| ?无记录|未填报)|上年得分 ")


def listed(figures: str, known: Mapping[str, float | str]) -> None:
    """Every figure in the brackets is the one that was worked with."""
    for part in split(figures, "、"):
        name = re.sub(r"^同组 \d+ 个单位", "同组", part)
        own = next((one for one in sorted(known, key=len, reverse=True) if name.startswith(one)), None)
        if own is None:
            raise UnreadError(f"“{part}” is none of {list(known)}")
        said, number = name.removeprefix(own).strip(), known[own]
        if said == "未填报":
            if isinstance(number, str) or not math.isnan(number):
                raise WrongError(f"{part}: the figure is {number}")
        elif isinstance(number, str):
            if said != f"为“{number}”":
                raise WrongError(f"{part}: {number} was chosen")
        elif said in ("填“是”", "填“否”"):
            if (number != 0) is not (said == "填“是”"):
                raise WrongError(f"{part}: the answer is {number}")
        elif re.match(NUMBER, said) and not read(said, fewest=2).holds(number):
            raise WrongError(f"{part}: the figure is {number}")
