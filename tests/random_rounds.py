"""Random rounds over random trees: answers, claims, errors, marks, changes, register, last edition; then scored."""

import dataclasses
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from builders import (
    CLAIM,
    INVALID,
    a_change,
    a_mark,
    a_ruling,
    a_submission,
    a_unit,
    an_answer,
    an_entry,
)
from hypothesis import strategies as st
from random_forms import written_once
from random_rules import Chance
from random_trees import a_tree

from lawgov_score.model import Indicator, Previous, Review, Scores, Submission, Tree, Unit, field_key
from lawgov_score.problems import Problem, is_error
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.scoring import score
from lawgov_score.tree import load

NEVER = float("inf")


@dataclass(frozen=True)
class Round:
    """A tree and all that is scored with it; ``used``: what the tree is made of, by name."""

    tree: Tree
    units: tuple[Unit, ...]
    submissions: tuple[Submission, ...]
    review: Review
    previous: Previous | None
    used: frozenset[str]
    data: dict[str, Any] = dataclasses.field(default_factory=dict, compare=False, repr=False)  # the tree, written out
    written: dict[str, Any] = dataclasses.field(default_factory=dict, compare=False, repr=False)  # as it was loaded

    def scored(self) -> Scores:
        """The scores of the round."""
        return score(self.tree, self.units, self.submissions, self.review, self.previous)


class _Plain(yaml.SafeDumper):
    """Without anchors: what stands in two places is written twice."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def loaded(data: dict[str, Any]) -> tuple[Tree | None, list[Problem]]:
    """The tree as the program loads it, and its errors."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tree.yaml"
        path.write_text(yaml.dump(data, Dumper=_Plain, allow_unicode=True, sort_keys=False), encoding="utf-8")
        tree, problems = load(path)
    return tree, [problem for problem in problems if is_error(problem)]


@st.composite
def rounds(draw: Callable[[st.SearchStrategy[Any]], Any], most_units: int = 5) -> Round:
    """A round over a tree that loads; a tree with errors is a mistake of what makes them."""
    chance = Chance(draw)
    data = a_tree(chance)
    written = written_once(chance, data) if chance.now_and_then() else data
    tree, errors = loaded(written)
    assert tree is not None, f"{[(error.code, dict(error.values), error.place) for error in errors]}\n{written}"
    types = [chance.one("town", "bureau") for _ in range(chance.number(1, most_units))]
    units = tuple(
        a_unit(code=f"U{i}", type=kind, cohort=chance.one("c1", "c2")) for i, kind in enumerate(types, start=1)
    )
    submissions = tuple(_submission(chance, tree, unit) for unit in units if chance.number(0, 9))
    review = _review(chance, tree, units)
    previous = _previous(chance, tree, units) if chance.number(0, 3) else None
    chance.used |= {"no last edition"} if previous is None else {"last edition"}
    return Round(tree, units, submissions, review, previous, frozenset(chance.used), data, written)


def _submission(chance: Chance, tree: Tree, unit: Unit) -> Submission:
    answers: dict[str, Any] = {}
    for indicator in tree.indicators:
        if indicator.is_of_office or not tree.is_applicable(indicator, unit.type):
            continue
        answers |= _answers(chance, indicator, f"{unit.code}.xlsx", answers)
    return a_submission(unit=unit, answers=answers)


def _answers(
    chance: Chance, indicator: Indicator, path: str, known: Mapping[str, Any] = MappingProxyType({})
) -> dict[str, Any]:
    """What is answered there; ``known``: what of it was answered before, where several indicators share it."""
    state = chance.number(0, 11)
    if state == 0:
        return {}
    if state == 1 and indicator.may_not_apply:
        claim = an_answer(CLAIM, note="本单位没有", path=path)
        return {field_key(indicator, field): claim for field in indicator.own_fields if not field.substitute}
    found: dict[str, Any] = {}
    for field in sorted(
        indicator.fields, key=lambda field: isinstance(field.at_most, str)
    ):  # bounds before what they bind
        key = field_key(indicator, field)
        if field.substitute or (field.asked_at and (key in known or indicator.is_of_office)):
            continue
        answer: Any = _value(chance, field)
        if isinstance(field.at_most, str):
            bound = {**known, **found}.get(indicator.keys[field.at_most])
            answer = min(answer, bound) if isinstance(answer, float) and isinstance(bound, float) else bound
        found[key] = answer
    if state == 2 and indicator.substitute is not None:
        return {field_key(indicator, indicator.substitute): chance.number(0, 20) / 20}
    if state == 3 and found:
        found[chance.one(*found)] = chance.one(None, an_answer(INVALID, printed="约3", path=path))
    return found


def _value(chance: Chance, field: Field) -> float:
    match field.type:
        case FieldType.YES_NO:
            return float(chance.number(0, 1))
        case FieldType.SHARE:
            return chance.number(0, 20) / 20
        case FieldType.CHOICE:
            return float(chance.number(0, len(field.choices) - 1))
        case FieldType.DATE:
            return NEVER if chance.number(0, 5) == 0 else float(45380 + chance.number(0, 400))
        case FieldType.AMOUNT:
            most = field.at_most if isinstance(field.at_most, (int, float)) else 12
            return chance.number(0, 8) * most / 8
        case _:
            return float(chance.number(0, 9))


def _review(chance: Chance, tree: Tree, units: tuple[Unit, ...]) -> Review:
    marks, changes, rulings, register = [], [], [], []
    answers: dict[str, dict[str, Any]] = {}
    for unit in units:
        for indicator in tree.indicators:
            if not tree.is_applicable(indicator, unit.type):
                continue
            points = tree.of_type(unit.type).by_code[indicator.code].points
            if indicator.rule.KIND == "judged":
                given = [points * chance.number(0, 4) / 4 for _ in range(chance.number(0, 3))]
                marks += [
                    a_mark(mark, unit=unit.code, indicator=indicator.code, reviewer=who)
                    for mark, who in zip(given, "甲乙丙", strict=False)
                ]
            elif indicator.is_of_office:
                own = answers.setdefault(unit.code, {})
                own |= {key: an_answer(answer) for key, answer in _answers(chance, indicator, "社会评议.xlsx").items()}
            elif chance.number(0, 19) == 0:
                after = points * chance.number(0, 4) / 4
                changes.append(a_change(0.0, after, unit=unit.code, indicator=indicator.code))
            if indicator.may_not_apply and chance.number(0, 2) == 0:
                rulings.append(a_ruling(chance.one(True, False), unit=unit.code, indicator=indicator.code))
        if tree.adjustments and chance.number(0, 2) == 0:
            register.append(an_entry("R1", unit=unit.code, level=chance.one("国家级", "省级"), matter="先进"))
            register.append(an_entry("R2", unit=unit.code, times=float(chance.number(1, 3))))
        if chance.number(0, 9) == 0:
            register.append(an_entry(chance.one("V1", "V2", "V3", "V4"), unit=unit.code))
    return Review(tuple(marks), tuple(changes), tuple(rulings), tuple(register), answers)


def _previous(chance: Chance, tree: Tree, units: tuple[Unit, ...]) -> Previous:
    on_record = [unit.code for unit in units if chance.number(0, 4)]
    figures: dict[str, dict[str, float]] = {}
    for code in on_record:
        figures[code] = {}
        for indicator in tree.indicators:
            if chance.number(0, 4):
                figures[code][indicator.code] = chance.number(0, 20) / 20
                figures[code] |= {key: float(chance.number(0, 9)) for key in indicator.keys.values()}
    numbers = {code: i for i, code in enumerate(on_record, start=1)}
    return Previous("last", numbers, dict.fromkeys(on_record, 70.0), {}, figures)
