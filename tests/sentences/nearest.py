"""Expressions in words, read as one who takes every remark for one about what stands nearest before it."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from lawgov_score.wording import Language

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
_PREFIXES = {"thesmallerof": min, "thelargerof": max, "thesmallestof": min, "thelargestof": max}
_LISTS = {"两者中较小的": min, "两者中较大的": max, "中最小的": min, "中最大的": max}


def value(text: str, known: Mapping[str, float], lang: Language) -> float:
    """What the words come to; nan where a denominator is 0, or the logarithm of nothing is taken."""
    reader = _Reader(text.replace(" ", ""), known, lang)
    found = reader.whole()
    assert reader.rest == "", f"not read: {reader.rest} of {text}"
    return found


@dataclass
class _Reader:
    rest: str
    known: Mapping[str, float]
    lang: Language

    def takes(self, *signs: str) -> str:
        sign = next((one for one in signs if self.rest.startswith(one)), "")
        self.rest = self.rest[len(sign) :]
        return sign

    def needs(self, *signs: str) -> str:
        sign = self.takes(*signs)
        assert sign, f"{signs} before {self.rest}"
        return sign

    def whole(self) -> float:
        """A sum, or lines of which the first that holds gives the value."""
        if self.lang is Language.ZH:
            if not (found := re.match(r"“([^”]+)”超过(\d+)的，为", self.rest)):
                return self.sum()
            self.rest = self.rest[found.end() :]
            then = self.sum()
            self.needs("；其他的，为")
        else:
            then = self.sum()
            if not (found := re.match(r'where"([^"]+)"isabove(\d+);otherwise', self.rest)):
                return then
            self.rest = self.rest[found.end() :]
        otherwise = self.sum()
        return then if self.known[found[1]] > float(found[2]) else otherwise

    def sum(self) -> float:
        total = self.product()
        while sign := self.takes("+", "−"):
            total += self.product() * (1 if sign == "+" else -1)
        return total

    def product(self) -> float:
        total = self.factor()
        while sign := self.takes("×", "÷"):
            by = self.factor()
            total = total * by if sign == "×" else total / by if by else math.nan
        return total

    def factor(self) -> float:
        if self.takes("−"):
            return -self.factor()
        if prefix := self.takes(*_PREFIXES):
            return _PREFIXES[prefix](_known(self.listed()))
        if self.takes("thedifferencebetween"):
            one, other = self.listed()
            return abs(one - other)
        if self.takes("thesquarerootof"):
            return _power(self.one(), 0.5)
        if prefix := self.takes("theabsolutevalueof", "thenaturallogarithmof"):
            return abs(self.one()) if "absolute" in prefix else _logarithm(self.one())
        one = self.one()
        if self.rest.startswith(("与", "、")):
            values = [one]
            while self.takes("与", "、"):
                values.append(self.one())
            end = self.needs(*_LISTS, "之差的绝对值")
            one = _LISTS[end](_known(values)) if end in _LISTS else abs(values[0] - values[1])
        return one

    def listed(self) -> list[float]:
        values = [self.one()]
        while self.takes("and", ","):
            values.append(self.one())
        return values

    def one(self) -> float:
        """What stands by itself, and what is said of it."""
        if opened := self.takes("（", "("):
            found = self.whole()
            self.needs("）" if opened == "（" else ")")
        elif name := _QUOTED.match(self.rest):
            self.rest, found = self.rest[name.end() :], self.known[name[1]]
        else:
            number = _NUMBER.match(self.rest)
            assert number, f"no value: {self.rest}"
            self.rest, found = self.rest[number.end() :], float(number[0])
        while True:
            if bound := self.takes("（低于", "（超过", "(atleast", "(atmost"):
                limit = self.sum()
                if self.takes("的按"):
                    assert self.sum() == limit or math.isnan(limit)
                self.needs("计）", ")")
                found = (max if bound in ("（低于", "(atleast") else min)(_known([found, limit]))
            elif how := self.takes(
                "（四舍五入到", "（向下取整到", "（向上取整到", "(roundedto", "(roundeddownto", "(roundedupto"
            ):
                step = self.one()
                self.needs("）", ")")
                found = _to_step(found, how, step)
            elif self.takes("的平方根"):
                found = _power(found, 0.5)
            elif power := re.match(r"的(\d)次方|tothepowerof(\d)", self.rest):
                self.rest, found = self.rest[power.end() :], _power(found, float(power[1] or power[2]))
            elif of := self.takes("的绝对值", "的自然对数"):
                found = abs(found) if of == "的绝对值" else _logarithm(found)
            else:
                return found


def _power(number: float, exponent: float) -> float:
    return math.nan if math.isnan(number) or (number < 0 and exponent != int(exponent)) else number**exponent


def _to_step(number: float, how: str, step: float) -> float:
    if math.isnan(number):
        return number
    counted = round(number / step, 9)
    if "向下" in how or "down" in how:
        return math.floor(counted) * step
    if "向上" in how or "up" in how:
        return math.ceil(counted) * step
    return math.copysign(math.floor(abs(counted) + 0.5), counted) * step


def _logarithm(number: float) -> float:
    return math.log(number) if number > 0 else math.nan


def _known(values: list[float]) -> list[float]:
    return [math.nan] if any(math.isnan(one) for one in values) else values
