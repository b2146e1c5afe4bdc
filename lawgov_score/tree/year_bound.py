"""What in the files of a tree names a year or a day: to be looked at by a person when the next edition is made.

Found in the texts as they are written, comments included, each with its place. Codes, names of parts, and expressions
are left out: they are not read by people, and a code stays what it is.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from lawgov_score.measure.lines import LINES
from lawgov_score.model.year_bound import YearBound
from lawgov_score.problems import TextPlace
from lawgov_score.rules import KINDS
from lawgov_score.tree.document import Document, Spot, Where
from lawgov_score.tree.shape import rule_schema, tree_schema
from lawgov_score.wording import Text, Words

_NO_COUNT = (
    r"(?!\s*(?:多|余|万|亿)?\s*(?:件|人|元|份|次|个|名|户|条|分|天|日|小时|字|米|吨|公里|平方|处|项|起|家|岁|%))"
)
_NAMED = re.compile(
    rf"(?<![0-9A-Za-z.])(?:19|20|21)\d\d(?![0-9A-Za-z%]|\.\d{{4}}){_NO_COUNT}"  # 2017年, 〔2017〕45号, 2015—2020
    r"|[一二][〇○零一二三四五六七八九]{3}年"  # 二〇一七年
    r"|[一二三四五六七八九十]{1,2}五(?=[”\"’』」]|规划|计划|时期|期间)"  # “十四五”规划
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{2}-\d{2}")
_OF_DAYS = frozenset({*LINES, "due", "with"})  # keys whose value, or whose values by unit type, may be days
_NOT_READ = frozenset(
    {
        *("code", "parts", "weights_of", "node", "node_zero", "tie_breakers", "veto", "from", "to", "block"),
        *("value", "base", "of", "when", "holds", "kind"),
    }
)
_OF_THE_HEAD: frozenset[Where] = frozenset({("edition",), ("year",)})  # what the command itself writes
_NAME_OF_A_DOCUMENT = re.compile(r"《[^《》]*》(?:[（(][^（()）]*〔[^〕]*〕[^（()）]*[)）])?")
_CLAUSE = re.compile(r"[^，。；：！？、\"]+")
_MOST_SHOWN = 40  # characters of a clause
_NEAR = 200  # characters to either side

_COMMENT = Words("注释", "comment")
_KEY = Words("键", "key")
_LABEL = Words("{title}（{key}）", "{key}")


def year_bound(document: Document) -> Iterator[YearBound]:
    """What one file says of years and days, in its order; a clause that says one twice is told once."""
    spots = sorted(
        ((spot.value.line, spot.value.column), where)
        for where, spot in document.spots.items()
        if spot.style is not None and spot.value.path == document.path
    )
    starts = [start for start, _ in spots]
    told: set[tuple[object, str]] = set()
    for number, line in enumerate(document.texts.get(document.path, ()), 1):
        for match in _of_line(line):
            column = match.start() + 1
            at = bisect_right(starts, (number, column)) - 1
            where = spots[at][1] if at >= 0 and _reaches(document.spots[spots[at][1]], number, column, line) else None
            is_day = where is not None and _is_day(where, document.spots[where])
            if _is_short(match) and not is_day:
                continue  # in a text 01-02 is a code more often than a day
            if where is not None and not is_day and not _is_read(where, document.spots[where]):
                continue
            begin, end = _extent(None if where is None else document.spots[where], number, line)
            excerpt = match[0] if is_day else _said(line, match, begin, end)
            if ((where or number), excerpt) not in told:
                told.add(((where or number), excerpt))
                label = _label(where) if where is not None else _COMMENT if "#" in line[: match.start()] else _KEY
                yield YearBound(label, excerpt, TextPlace(document.path, number, column, len(match[0])))


def _of_line(line: str) -> Iterator[re.Match[str]]:
    """Years and days in a line, from left to right; a day is not told again as a year."""
    found = {match.start(): match for pattern in (_NAMED, _DAY) for match in pattern.finditer(line)}
    end = 0
    for start, match in sorted(found.items()):
        if start >= end:
            end = match.end()
            yield match


def _reaches(spot: Spot, line: int, column: int, text: str) -> bool:
    """Does the scalar, which begins before this place, reach it?"""
    if spot.is_one_line:
        return line == spot.value.line and column < spot.value.column + spot.value.length
    if spot.style in {"|", ">"}:
        return line > spot.value.line and len(text) - len(text.lstrip()) >= spot.key.column
    return not text.lstrip().startswith("#")


def _is_short(match: re.Match[str]) -> bool:
    return len(match[0]) == len("03-31") and "-" in match[0]


def _is_day(where: Where, spot: Spot) -> bool:
    return bool(where) and bool(_OF_DAYS & {*where[-2:]}) and _DAY.fullmatch(spot.typed) is not None


def _is_read(where: Where, spot: Spot) -> bool:
    """Is it a text that people read?"""
    is_number = not spot.style and spot.typed.replace(".", "").isdigit()
    return where not in _OF_THE_HEAD and not is_number and not _NOT_READ & {*where[-2:]}


def _extent(spot: Spot | None, number: int, line: str) -> tuple[int, int]:
    """Where in this line the text begins and ends: a value without its key, a comment without what stands before."""
    if spot is None:
        return line.find("#") + 1, len(line)
    inside = len(spot.style or "")
    begin = spot.value.column - 1 + inside if number == spot.value.line else 0
    return begin, begin + spot.value.length - 2 * inside if spot.is_one_line else len(line)


def _said(line: str, match: re.Match[str], begin: int, end: int) -> str:
    """The document that is named there, or the clause; looked for near by, so that a long line costs no more."""
    begin, end = max(begin, match.start() - _NEAR), min(end, match.end() + _NEAR)
    for whole in _NAME_OF_A_DOCUMENT.finditer(line, begin, end):
        if whole.start() <= match.start() < whole.end():
            return whole[0]
    for clause in _CLAUSE.finditer(line, begin, end):
        if clause.start() <= match.start() < clause.end():
            text = clause[0].strip()
            if len(text) <= _MOST_SHOWN:
                return text
            from_here = max(clause.start(), match.start() - _MOST_SHOWN // 2)
            return line[from_here : min(clause.end(), from_here + _MOST_SHOWN)].strip()
    return match[0]


def _label(where: Where) -> Text:
    """The last key that leads to a value, with its Chinese title."""
    keys = [step for step in where if isinstance(step, str)]
    key, titles = keys[-1], _titles()
    above = keys[-2].removesuffix("s") if len(keys) > 1 else ""
    return _LABEL(title=titles.get((above, key)) or titles.get(("", key), key), key=key)


@cache
def _titles() -> Mapping[tuple[str, str], str]:
    """The Chinese title of every key as the schema has it, by what it is a key of (in the singular), or ``""``: any."""
    found: dict[tuple[str, str], str] = {}

    def look(schema: Any, above: str) -> None:
        if isinstance(schema, dict):
            keys = schema.get("properties")
            for key, own in keys.items() if isinstance(keys, dict) else ():
                if isinstance(own, dict) and "title" in own:
                    found.setdefault((above, key), own["title"])
                    found.setdefault(("", key), own["title"])
                look(own, key.removesuffix("s"))
            for name, part in schema.items():
                if name != "properties":
                    look(part, above)
        elif isinstance(schema, list | tuple):
            for part in schema:
                look(part, above)

    for name, own in tree_schema()["$defs"].items():
        look(own, name)
    for kind in KINDS:
        look(rule_schema(kind), "rule")
    return found
