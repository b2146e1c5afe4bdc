"""Keys that several rules share: their JSON Schemas, how printed figures become points, and common faults."""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum, StrEnum
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.rules.rule import Data, Fault
from lawgov_score.wording import Quantity, Words


class Sign(Enum):
    """The numbers a key accepts: the bound on a number, and the form of a percentage."""

    ANY = r"^-?\d+(\.\d+)?%$"
    NOT_NEGATIVE = r"^\d+(\.\d+)?%$"
    POSITIVE = r"^(?=.*[1-9])\d+(\.\d+)?%$"


_BOUNDS: dict[Sign, Data] = {
    Sign.ANY: {},
    Sign.NOT_NEGATIVE: {"minimum": 0},
    Sign.POSITIVE: {"exclusiveMinimum": 0},
}


def quantity(title: str, description: str, sign: Sign = Sign.ANY, **more: object) -> dict[str, Any]:
    """Schema of a threshold: a number, or a percentage in quotes or not (``90%``)."""
    # `pattern` applies only to text and the bounds only to numbers, so no anyOf is needed and error messages stay
    # plain.
    return {
        "title": title,
        "description": description,
        "type": ["number", "string"],
        "pattern": sign.value,
        **_BOUNDS[sign],
        **more,
    }


def points_key(title: str, description: str, sign: Sign = Sign.ANY, **more: object) -> dict[str, Any]:
    """Schema of points: a number of points, or a share of the indicator's (``50%``)."""
    return quantity(title, f"{description}；写分数，或写占本项分值的百分比", sign, **more)


def text(title: str, description: str, **more: object) -> dict[str, Any]:
    """Schema of a piece of text that may not be empty."""
    return {"title": title, "description": description, "type": "string", "minLength": 1, **more}


def one_of(title: str, description: str, words: tuple[str, ...], **more: object) -> dict[str, Any]:
    """Schema of a key with a fixed set of words."""
    return {"title": title, "description": description, "type": "string", "enum": list(words), **more}


def field_code(title: str, description: str) -> dict[str, Any]:
    """Schema of the code of a field."""
    return text(title, description, pattern="^[a-z][a-z0-9_]*$")


def counts_key(verb: str, sign: Sign = Sign.POSITIVE) -> dict[str, Any]:
    """Schema of ``counts``: several counted fields, each with its own points."""
    return {
        "title": "分项计数",
        "description": f"几个填报项各按各的标准{verb}分，合计",
        "type": "array",
        "minItems": 1,
        "items": {
            "type": "object",
            "properties": {
                "field": field_code("填报项", "计数的填报项的编码；“是／否”的填“是”算一个"),
                "unless": field_code("不具备", f"“是／否”填报项的编码，填“否”的{verb}分"),
                "each": points_key(f"每个{verb}分", f"该填报项每 1 个{verb}多少分", sign),
            },
            "required": ["each"],
            "oneOf": [{"required": ["field"]}, {"required": ["unless"]}],
            "additionalProperties": False,
        },
    }


class Better(StrEnum):
    """Are higher or lower values better?"""

    HIGHER = "higher"
    LOWER = "lower"


BETTER = one_of("方向", "higher 越大越好，lower 越小越好", tuple(Better))
FLOOR = points_key("最低得分", "扣到多少为止；可以为负（倒扣）", default=0)


CLIFF_INCLUDED: Data = {
    "title": "断崖含本数",
    "description": "true：恰好等于断崖的，也按断崖计",
    "type": "boolean",
    "default": False,
}


def without_cliff(data_has_cliff: bool, is_included: bool) -> "Iterator[Fault]":
    """T209 for ``cliff_included`` where there is no cliff."""
    if is_included and not data_has_cliff:
        words = Words("另有 cliff", "a cliff beside it")
        yield contradiction(("cliff_included",), "cliff_included: true", words)


Marks = Mapping[tuple[str | int, ...], Quantity | None]  # by the path of keys that leads to each


def points_of(printed: str | float, points: float) -> float:
    """Points as printed: a number of points, or a share of the indicator's ``points``.

    >>> points_of("50%", 0.5), points_of(0.1, 0.5)
    (0.25, 0.1)
    """
    read = Quantity.parse(printed)
    return round(read.number * points, 12) if read.is_share else read.number


def alike(**printed: str | float | None) -> dict[str, Quantity]:
    """Quantities in one notation: all as percentages where one of them is (``0`` or ``0.9`` beside ``100%``).

    A quantity of None is left out. A number that is not a share (``100`` beside ``50%``) stays what it is: see
    ``mixed``.

    >>> alike(zero_at=0, full_at="100%", cliff=None)["zero_at"]
    Quantity(number=0.0, is_share=True, decimals=None, is_day=False)
    """
    given = {name: text for name, text in printed.items() if text is not None}
    return dict(zip(given, as_alike(given.values()), strict=True))


def as_alike(printed: Iterable[str | float]) -> tuple[Quantity, ...]:
    """The same as ``alike``, for a list."""
    read = [Quantity.parse(text) for text in printed]
    has_share = any(quantity.is_share for quantity in read)
    return tuple(
        one if one.is_day else Quantity(one.number, one.is_share or (has_share and abs(one.number) <= 1))
        for one in read
    )


def mixed(marks: Marks) -> Iterator[Fault]:
    """T209 for every number that stands beside percentages and cannot be one: ``full_at: 100`` beside ``50%``."""
    given = {path: mark for path, mark in marks.items() if mark is not None}
    if any(mark.is_share for mark in given.values()):
        words = Words(
            "百分数，如 {like}：同一规则里另有百分数", "a percentage such as {like}, as elsewhere in this rule"
        )
        for path, mark in given.items():
            if not mark.is_share:
                yield contradiction(path, mark, words, like=Quantity(mark.number / 100, is_share=True))


def contradiction(path: tuple[str | int, ...], found: object, expected: Words, **figures: object) -> Fault:
    """T209 at ``path``: the value found there, and what would agree with the other parameters."""
    return Fault(path, Code.T209, {"found": found, "expected": expected(**figures)})


def floor_faults(floor: float, points: float, path: tuple[str | int, ...] = ("floor",)) -> Iterator[Fault]:
    """A floor at or above the indicator's points: nothing could ever be deducted."""
    if floor >= points:
        yield contradiction(path, floor, Words("低于分值 {points:points}", "below {points:points}"), points=points)


def too_many_points(path: tuple[str | int, ...], found: float, points: float) -> Iterator[Fault]:
    """T213 where ``found`` is more than the indicator's points."""
    if found > points:
        yield Fault(path, Code.T213, {"found": found, "points": points})


NOT_REPEATED = Words("各不相同，不重复", "each one only once")


def repeated(names: tuple[str, ...], key: str, inner: str) -> Iterator[Fault]:
    """T209 for every name that occurs a second time in the list ``key``."""
    for i, name in enumerate(names):
        if name in names[:i]:
            yield contradiction((key, i, inner), name, NOT_REPEATED)


def parsed(data: Data, key: str) -> Quantity | None:
    """The quantity under ``key``; None if the key is absent."""
    return Quantity.parse(data[key]) if key in data else None
