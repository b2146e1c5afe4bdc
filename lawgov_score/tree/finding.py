"""A fault found in a tree's data, by the keys that lead to it; it becomes a Problem once its place is looked up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lawgov_score.catalogue import Code
from lawgov_score.likeness import meant
from lawgov_score.problems import Problem, TextPlace
from lawgov_score.tree.document import Document, Spot, Where, apart
from lawgov_score.wording import Phrase, Words


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault at ``where``, in the value; ``at_key``: in the key.

    ``within`` (a character from 0) and ``length`` point into the text of a scalar. ``see_also``: paths of other values
    that belong to the fault. ``unlike``: the path of a value that is not to be the same: of two that are written once
    and used twice the uses are the places.
    """

    where: Where
    code: Code
    values: Mapping[str, object]
    at_key: bool = False
    within: int | None = None
    length: int = 1
    see_also: tuple[Where, ...] = ()
    unlike: Where | None = None


def problem_of(finding: Finding, document: Document) -> Problem:
    """The finding with its place in the file; of what is written once the places that use it stand beside it."""
    if finding.unlike is not None and finding.where in document.spots and finding.unlike in document.spots:
        place, other = apart(document.spots[finding.where], document.spots[finding.unlike])
        return Problem(finding.code, place, finding.values, (other,))
    place = _place(finding, document)
    others = tuple(_value_place(where, document) for where in finding.see_also)
    spot = _spot(finding.where, document)
    return Problem(finding.code, place, finding.values, (*others, *(spot.uses if spot else ())))


def _place(finding: Finding, document: Document) -> TextPlace:
    spot = document.spots.get(finding.where)
    if spot is None:
        return _value_place(finding.where, document)
    if finding.within is not None and not spot.is_made:
        return _place_within(spot, finding, document)
    if finding.at_key or (spot.style is None and finding.code in {Code.T105, Code.T118}):
        return spot.key  # a missing value is reported at the key of the mapping that lacks it
    return spot.value


def _value_place(where: Where, document: Document) -> TextPlace:
    """The place of the value at ``where``, or of the nearest value above it that exists in the file."""
    spot = _spot(where, document)
    return spot.value if spot else TextPlace(document.path)


def _spot(where: Where, document: Document) -> Spot | None:
    while where and where not in document.spots:
        where = where[:-1]
    return document.spots.get(where)


def _place_within(spot: Spot, finding: Finding, document: Document) -> TextPlace:
    """The place in the file of character ``within`` of a scalar's text."""
    place, style, column = spot.value, spot.style, finding.within or 0
    lines = document.texts.get(place.path, ())
    if not 0 < place.line <= len(lines):
        return place
    line, index = place.line - 1, place.column - 1
    if style in {"|", ">"}:  # the text starts on the next line, indented
        line += 1
        while line < len(lines) and not lines[line].strip():
            line += 1
        index = len(lines[line]) - len(lines[line].lstrip()) if line < len(lines) else 0
    elif style:
        index += 1
    while column > 0 and line < len(lines):
        if index >= len(lines[line]):  # a line end and the next line's indentation are one character
            line += 1
            index = len(lines[line]) - len(lines[line].lstrip()) if line < len(lines) else 0
        elif style == "'" and lines[line].startswith("''", index):
            index += 2
        elif style == '"' and lines[line][index] == "\\":
            index += {"x": 4, "u": 6, "U": 10}.get(lines[line][index + 1 : index + 2], 2)
        else:
            index += 1
        column -= 1
    if line >= len(lines):
        return place
    return replace(place, line=line + 1, column=index + 1, length=finding.length)


def nearest(word: object, known: Iterable[str]) -> Phrase:
    """Advice: the known name that ``word`` must mean, otherwise all of them."""
    names = tuple(known)
    if name := meant(str(word), names):
        return Words("是否想写 {name}？", "Did you mean {name}?")(name=name)
    if not names:
        return Words("删去，或先在前面定义", "Remove it, or define it first")()
    shown = (*names[:30], "…") if len(names) > 30 else names
    return Words("可用的有：{names:list}", "Known here: {names:list}")(names=shown)


def shown(value: object) -> Phrase | str:
    """A value as a problem quotes it, with its kind."""
    match value:
        case None:
            return Words("空", "nothing")()
        case bool():
            return str(value).lower()
        case int() | float():
            return Words("数 {value}", "the number {value}")(value=repr(value))
        case str():
            text = value if len(value) <= 60 else value[:60] + "…"
            return Words("文字 “{value}”", 'the text "{value}"')(value=text)
        case list():
            return Words("列表（{n} 项）", "a list of {n}")(n=len(value))
        case _:
            return Words("一组键值", "a mapping")()
