"""Figures read out of a sentence: each is known only as far as it is printed, so each is a span of numbers."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, floor, log

from lawgov_score.report import PERCENT, POINTS

DUST = 1e-9
NUMBER = r"[−-]?\d+(?:,\d{3})*(?:\.\d+)?"
_STEP = re.compile(r"\s*(?:个百分点|percentage points?)")


class UnreadError(Exception):
    """A sentence that no reader understands."""


class WrongError(Exception):
    """A sentence that says what is not so."""


@dataclass(frozen=True, slots=True)
class Span:
    """All numbers that a printed figure may stand for, or that come of such figures: ``low`` to ``high``."""

    low: float
    high: float

    def __add__(self, other: "Span | float") -> "Span":
        other = as_span(other)
        return Span(self.low + other.low, self.high + other.high)

    __radd__ = __add__

    def __neg__(self) -> "Span":
        return Span(-self.high, -self.low)

    def __sub__(self, other: "Span | float") -> "Span":
        return self + -as_span(other)

    def __rsub__(self, other: float) -> "Span":
        return as_span(other) - self

    def __mul__(self, other: "Span | float") -> "Span":
        other = as_span(other)
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Span(min(ends), max(ends))

    __rmul__ = __mul__

    def __truediv__(self, other: "Span | float") -> "Span":
        other = as_span(other)
        if other.low <= 0 <= other.high:
            raise WrongError("division by a figure that may be 0")
        ends = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Span(min(ends), max(ends))

    def __rtruediv__(self, other: float) -> "Span":
        return as_span(other) / self

    def each(self, rising: Callable[[float], float]) -> "Span":
        """The span of a function that rises."""
        return Span(rising(self.low), rising(self.high))

    def within(self, low: float, high: float) -> "Span":
        """Held to the bounds."""
        return self.each(lambda number: min(max(number, low), high))

    def holds(self, number: float, slack: float = 0.0) -> bool:
        """May this be ``number``?"""
        room = slack + DUST * max(1.0, abs(number), abs(self.low), abs(self.high))
        return self.low - room <= number <= self.high + room

    def meets(self, other: "Span") -> bool:
        """May the two be the same number?"""
        return self.low <= other.high + DUST and other.low <= self.high + DUST


def as_span(number: "Span | float") -> Span:
    """A number that is known exactly."""
    return number if isinstance(number, Span) else Span(float(number), float(number))


def lowest(spans: Sequence[Span]) -> Span:
    """The smallest of some."""
    return Span(min(one.low for one in spans), min(one.high for one in spans))


def highest(spans: Sequence[Span]) -> Span:
    """The largest of some."""
    return Span(max(one.low for one in spans), max(one.high for one in spans))


def either(one: Span, other: Span) -> Span:
    """One of two, not known which."""
    return Span(min(one.low, other.low), max(one.high, other.high))


# ------------------------------------------------------------ one figure


_DAY_WORDS = {"不早于": "达到", "不晚于": "不超过", "晚于": "超过", "早于": "低于"}
_PRINTED_DAY = re.compile(r"(不早于|不晚于|晚于|早于)?(\d{4})年(\d{1,2})月(\d{1,2})日")


def days_as_numbers(text: str) -> str:
    """The text with days as the numbers that spreadsheets count them by, and 不晚于 as 不超过."""

    def number(found: re.Match[str]) -> str:
        word = f"{_DAY_WORDS[found[1]]} " if found[1] else ""
        return f"{word}{(date(*map(int, found.groups()[1:])) - date(1899, 12, 30)).days} "

    return _PRINTED_DAY.sub(number, text)


def plain(text: str) -> float:
    """A figure as it stands: ``90%`` is 0.9, ``5 个百分点`` is 0.05, ``1,200`` is 1200."""
    found = re.match(rf"\s*({NUMBER})", text)
    if found is None:
        raise UnreadError(f"no figure in “{text}”")
    number = float(found[1].replace("−", "-").replace(",", ""))
    after = text[found.end() :]
    return number / 100 if after.startswith("%") or _STEP.match(after) else number


def exact(text: str) -> Span:
    """A figure as it stands: the sentence has so many digits that nothing else is meant.

    >>> exact("90%").holds(0.9), exact("90%").holds(0.90001)
    (True, False)
    """
    return as_span(plain(text))


def decimals_of(text: str) -> int:
    """How many decimals are printed."""
    found = re.match(rf"\s*({NUMBER})", text)
    return len(found[1].partition(".")[2]) if found else 0


def read(text: str, fewest: int | None = None) -> Span:
    """What a worked-out figure may stand for: half a unit of the last place that is printed, zeros at the end included.

    >>> read("33.33%").holds(1 / 3), read("33.33%").holds(0.3334), read("0.5").holds(0.50003)
    (True, False, True)
    """
    number, is_share = plain(text), "%" in text or "个百分点" in text or "percentage point" in text
    least = (PERCENT if is_share else POINTS) if fewest is None else fewest
    half = 0.5 * 10.0 ** -max(decimals_of(text), least)
    half = half / 100 if is_share else half
    return Span(number - half, number + half)


def day(text: str) -> date:
    """A date as it is printed."""
    found = re.match(r"\s*(\d+)\s*[年-](\d+)[月-](\d+)", text)
    if found is None:
        raise UnreadError(f"no date in “{text}”")
    return date(int(found[1]), int(found[2]), int(found[3]))


# ------------------------------------------------------------ sums

_TOKEN = re.compile(r"\s*(?:(?P<number>(?:(?<![\d）)])[−-])?\d+(?:,\d{3})*(?:\.\d+)?)|(?P<sign>[×÷−+（）()*/-]))")
# What may stand between a figure and the next sign: its unit.
_UNIT = re.compile(r"%|\s*(?:个百分点|percentage points?)|\s*[^\d\s×÷−+（）()=，；：、。,;:]+")
_CLOSING = {"）": "(", ")": "("}


def worked_out(text: str) -> Span:
    """A sum such as ``2 ×（83.33% − 50%）÷（100% − 50%）``.

    >>> worked_out("1.5 − 7 × 0.1").holds(0.8), worked_out("0.5 × 3 件 ÷ 53 件").holds(0.0283, 0.00005)
    (True, True)
    """
    tokens: list[Span | str] = []
    at = 0
    while at < len(text.rstrip()):
        found = _TOKEN.match(text, at)
        if found is None:
            raise UnreadError(f"no sum: “{text}”")
        if found["number"] is None:
            tokens.append({"（": "(", "）": ")", "×": "*", "÷": "/", "−": "-"}.get(found["sign"], found["sign"]))
            at = found.end()
            continue
        unit = _UNIT.match(text, found.end())
        end = unit.end() if unit else found.end()
        tokens.append(read(text[found.start("number") : end]))
        at = end
    value, rest = _sum(tokens)
    if rest:
        raise UnreadError(f"no sum: “{text}”")
    return value


def _sum(tokens: list[Span | str]) -> tuple[Span, list[Span | str]]:
    value, rest = _product(tokens)
    while rest and rest[0] in ("+", "-"):
        sign = rest[0]
        other, rest = _product(rest[1:])
        value = value + other if sign == "+" else value - other
    return value, rest


def _product(tokens: list[Span | str]) -> tuple[Span, list[Span | str]]:
    value, rest = _factor(tokens)
    while rest and rest[0] in ("*", "/"):
        sign = rest[0]
        other, rest = _factor(rest[1:])
        value = value * other if sign == "*" else value / other
    return value, rest


def _factor(tokens: list[Span | str]) -> tuple[Span, list[Span | str]]:
    if not tokens:
        raise UnreadError("a sum that ends too early")
    first, rest = tokens[0], tokens[1:]
    if isinstance(first, Span):
        return first, rest
    if first == "-":
        value, rest = _factor(rest)
        return -value, rest
    if first == "(":
        value, rest = _sum(rest)
        if not rest or rest[0] != ")":
            raise UnreadError("a bracket that is not closed")
        return value, rest[1:]
    raise UnreadError(f"no sum: {first}")


def logarithm(span: Span) -> Span:
    """The natural logarithm."""
    return span.each(log)


# ------------------------------------------------------------ steps


def counted(gap: Span, size: float, mode: str) -> Span:
    """How many steps of ``size`` lie in ``gap``: whole ones (``floor``), started ones (``ceil``), or in proportion."""
    number = Span(max(gap.low, 0.0) / size, max(gap.high, 0.0) / size)
    match mode:
        case "floor":
            return number.each(lambda n: float(floor(n + DUST)))
        case "ceil":
            return number.each(lambda n: float(ceil(n - DUST)))
    return number
