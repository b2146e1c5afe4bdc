"""Model objects with defaults, so that a test states only what matters to it. All arguments are keywords."""

from collections.abc import Mapping, Sequence
from typing import Any

from lawgov_score.expression import Expression, parse
from lawgov_score.model import (
    Aggregation,
    Answer,
    AnswerState,
    Change,
    Cohort,
    Grade,
    Group,
    Indicator,
    LookupRow,
    Mark,
    Node,
    OnZero,
    Policies,
    RegisterEntry,
    Ruling,
    SmallSample,
    Submission,
    Tree,
    Unit,
    UnitType,
    Veto,
    VetoTrigger,
    Way,
    WhenZero,
)
from lawgov_score.problems import CellPlace
from lawgov_score.rounding import Rounding
from lawgov_score.rules import KINDS
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.rule import Rule

CLAIM = AnswerState.CLAIMED_NOT_APPLICABLE  # as an answer: the unit claims 不适用
INVALID = AnswerState.INVALID  # as an answer: the cell holds what cannot be read

_LEAST = {FieldType.COUNT: 0.0, FieldType.AMOUNT: 0.0, FieldType.SHARE: 0.0}
_MOST = {FieldType.SHARE: 1.0}
_MEASURED_IN = {FieldType.COUNT: "件", FieldType.AMOUNT: "万元"}


def a_field(*, code: str = "x", type: str = "share", name: str = "", **other: Any) -> Field:
    """A field with the bounds and the unit of measurement its type has by default."""
    kind = FieldType(type)
    other.setdefault("at_least", _LEAST.get(kind))
    other.setdefault("at_most", _MOST.get(kind))
    other.setdefault("measured_in", _MEASURED_IN.get(kind, ""))
    return Field(code, name or f"填报项{code}", kind, **other)


def a_rule(*, points: float = 1.0, kind: str = "proportional", **keys: Any) -> Rule:
    """A rule from its YAML keys: ``a_rule(kind="linear", zero_at="50%", full_at="100%", points=2)``."""
    if kind == "proportional":
        keys.setdefault("target", "100%")
    return KINDS[kind].from_data({"kind": kind, **keys}, points)


def an_indicator(
    *,
    code: str = "01-1",
    title: str = "",
    points: float = 1.0,
    rule: Rule | Mapping[str, Any] | None = None,
    fields: Sequence[Field] | None = None,
    value: str | None = None,
    on_zero: str | float | OnZero | None = None,
    small_sample: SmallSample | None = None,
    vetoes: Mapping[str, str] | None = None,
    applies_to: Sequence[str] = (),
    **other: Any,
) -> Indicator:
    """By default one share field ``x``, scored in proportion up to 100%.

    ``rule``: a rule, or its YAML mapping. ``value``: an expression, by default the only scored declared
    field, as the loader has it. ``on_zero``: as in YAML, a share as a number. ``vetoes``: {veto: expression}.
    """
    if "rounding" in other:
        other["rounding"] = to_decimals(other["rounding"])
    if rule is None or isinstance(rule, Mapping):
        rule = a_rule(points=points, **(rule or {}))
    if fields is None:
        fields = (a_field(),) if rule.takes_value else ()
    scored = [f for f in fields if f.type is not FieldType.TEXT and not f.substitute]
    if value is None and rule.takes_value and len(scored) == 1:
        value = scored[0].code
    return Indicator(
        code=code,
        title=title or f"指标{code}",
        points=points,
        rule=rule,
        fields=(*fields, *rule.fields),
        value=parse(value) if value is not None else None,
        on_zero=_on_zero(on_zero),
        small_sample=small_sample,
        vetoes=tuple(VetoTrigger(veto, parse(when)) for veto, when in (vetoes or {}).items()),
        applies_to=frozenset(applies_to),
        **other,
    )


def _on_zero(on_zero: str | float | OnZero | None) -> OnZero | None:
    match on_zero:
        case None | OnZero():
            return on_zero
        case "not_applicable" | "cohort_mean":
            return OnZero(WhenZero(on_zero))
        case "full" | "zero":
            return OnZero(WhenZero.SHARE, 1.0 if on_zero == "full" else 0.0)
        case _:
            return OnZero(WhenZero.SHARE, float(on_zero))


def a_small_sample(*, of: str, below: float, value: str | None = None, rule: Rule | None = None) -> SmallSample:
    """Where ``of`` is below ``below``: score ``value`` by ``rule``, or only flag it."""
    return SmallSample(parse(of), below, _expression(value), rule)


def _expression(text: str | None) -> Expression | None:
    return None if text is None else parse(text)


def a_given_score(*, code: str = "01-1", points: float = 10.0, **other: Any) -> Indicator:
    """An indicator whose score is the number answered for its field ``x``, whatever that is."""
    fields = [a_field(type="amount", at_least=None)]
    rule = {"kind": "as_given", "at_least": -1000, "at_most": 1000}
    return an_indicator(code=code, points=points, fields=fields, rule=rule, **other)


def an_aggregation(
    way: str, *, table: Sequence[tuple[int, float, float]] = (), value: str | None = None, **other: float
) -> Aggregation:
    """A way up the tree; ``table``: (children, at_least, score); ``value``: the expression; ``shift``, ``plus``."""
    return Aggregation(Way(way), table=tuple(LookupRow(*row) for row in table), expression=_expression(value), **other)


def to_decimals(rounding: Rounding | int | None) -> Rounding | None:
    """Half up to so many decimals, where a number stands for that."""
    return Rounding(rounding) if isinstance(rounding, int) else rounding


def a_group(*, code: str = "01", title: str = "", children: Sequence[Node] = (), **other: Any) -> Group:
    """A group worth the sum of its children, one indicator by default."""
    nodes = tuple(children) or (an_indicator(code=f"{code}-1"),)
    other.setdefault("points", sum(node.points for node in nodes))
    if "rounding" in other:
        other["rounding"] = to_decimals(other["rounding"])
    return Group(code=code, title=title or f"类{code}", children=nodes, **other)


def a_tree(
    *,
    indicators: Sequence[Indicator] | None = None,
    children: Sequence[Node] | None = None,
    policies: Policies | Mapping[str, Any] | None = None,
    **other: Any,
) -> Tree:
    """A tree worth the sum of its top nodes, with three grades and no unit types.

    ``indicators``: put under one group ``01``; or ``children``: the top nodes as they are. ``policies``:
    the policies, or only what differs from ``Policies()``.
    """
    if children is None:
        children = (a_group(children=indicators or ()),)
    if policies is None or isinstance(policies, Mapping):
        said: dict[str, Any] = dict(policies or {})
        said |= {key: to_decimals(of) for key, of in said.items() if key.startswith("round_")}
        policies = Policies(**said)
    nodes = tuple(children)
    defaults: dict[str, Any] = {
        "code": "a-tree",
        "title": "测试指标体系",
        "edition": "2024",
        "year": 2024,
        "points": sum(node.points for node in nodes),
        "levels": tuple(f"第{depth}级" for depth in range(1, _depth(nodes) + 1)),
        "grades": (Grade("优秀", 90.0), Grade("良好", 80.0), Grade("不合格", 0.0)),
        "fingerprint": "0" * 64,
        "path": "a-tree/tree.yaml",
    }
    return Tree(children=nodes, policies=policies, **{**defaults, **other})


def _depth(nodes: Sequence[Node]) -> int:
    return 1 + max((_depth(node.children) for node in nodes), default=-1) if nodes else 0


def a_unit(*, code: str = "U1", name: str = "", **other: Any) -> Unit:
    """A unit of no known type or cohort."""
    return Unit(code, name or f"单位{code}", **other)


def an_answer(answer: Any, *, path: str = "U1.xlsx", cell: str = "D2", **other: Any) -> Answer:
    """None is missing, ``CLAIM`` a claim of 不适用, ``INVALID`` what cannot be read, else what was given."""
    place = CellPlace(path, "填报", cell)
    match answer:
        case Answer():
            return answer
        case None:
            return Answer(AnswerState.MISSING, None, place, **other)
        case AnswerState():
            return Answer(answer, None, place, **other)
        case str():
            return Answer(AnswerState.GIVEN, answer, place, answer, **other)
        case _:
            return Answer(AnswerState.GIVEN, float(answer), place, str(answer), **other)


def a_submission(
    *, unit: Unit | str = "U1", answers: Mapping[str, Any] | None = None, path: str = "", **other: Any
) -> Submission:
    """``answers`` by field key: ``{"01-1.x": 0.5, "01-2.x": None}``; see ``an_answer`` for what may stand there."""
    unit = a_unit(code=unit) if isinstance(unit, str) else unit
    path = path or f"{unit.code}.xlsx"
    given = {
        key: an_answer(answer, path=path, cell=f"D{row}")
        for row, (key, answer) in enumerate((answers or {}).items(), 2)
    }
    return Submission(unit, path, given, **other)


def a_unit_type(*, code: str, name: str = "", whole: bool = False) -> UnitType:
    """A unit type."""
    return UnitType(code, name or code, whole)


def a_cohort(*, code: str, name: str = "", unit_types: Sequence[str] = ()) -> Cohort:
    """A cohort."""
    return Cohort(code, name or code, tuple(unit_types))


def a_veto(*, code: str = "V1", title: str = "一票否决情形", grade_at_most: str = "良好") -> Veto:
    """A veto that bars the best grade."""
    return Veto(code, title, grade_at_most)


def a_mark(mark: float, *, unit: str = "U1", indicator: str = "01-1", reviewer: str = "甲", cell: str = "D2") -> Mark:
    """One reviewer's mark."""
    return Mark(unit, indicator, reviewer, mark, "理由", CellPlace("评审.xlsx", "评审", cell))


def a_change(
    before: float,
    after: float,
    *,
    unit: str = "U1",
    indicator: str = "01-1",
    date: float = 45000.0,
    cell: str = "D2",
    objection: int = 0,
) -> Change:
    """A score changed on review, or by a decision on an objection."""
    return Change(unit, indicator, before, after, "理由", "甲", date, CellPlace("改分.xlsx", "改分", cell), objection)


def a_ruling(
    is_granted: bool, *, unit: str = "U1", indicator: str = "01-1", date: float = 45000.0, cell: str = "D2"
) -> Ruling:
    """A claimed 不适用, granted or refused."""
    return Ruling(unit, indicator, is_granted, "理由", "甲", date, CellPlace("认定.xlsx", "认定", cell))


def an_entry(kind: str, *, unit: str = "U1", level: str = "", matter: str = "", times: float = 1.0) -> RegisterEntry:
    """One line of the register."""
    return RegisterEntry(unit, kind, level, matter, times, 45000.0, "", CellPlace("登记.xlsx", "登记", "A2"))
