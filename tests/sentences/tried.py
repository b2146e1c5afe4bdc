"""Made-up figures for the rules of a tree: so many, and so near the lines, that every figure of a standard is used."""

import math
import re
from collections.abc import Iterator, Mapping

import numpy as np
from sentences.figures import NUMBER, plain
from sentences.said import Said, marks_of, peers_of, value_of, votes_of
from worked_cases import Case, row

from lawgov_score.model import Indicator, Status, Tree
from lawgov_score.report import render
from lawgov_score.rounding import VALUE_DECIMALS, FloatArray, without_dust
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.rules.rule import Inputs, Need, Rule, Terms
from lawgov_score.wording import Language

_FIGURE = re.compile(rf"{NUMBER}(?:%|\s*个百分点)?")
_SHARES = [part / whole for whole in (3, 7, 24, 118, 300) for part in range(0, whole + 1, max(whole // 6, 1))]
_UNITS = 40
_EPOCH_2024 = 45292.0  # 1 January 2024, as a spreadsheet counts days
NEVER = math.inf


def of_rules(tree: Tree, lang: Language) -> Iterator[Said]:
    """Every rule of the tree's indicators, tried with made-up figures of one cohort."""
    for node in tree.indicators:
        if node.copy_of:
            continue
        worth = math.nan if tree.waivers else node.points  # a waived contradiction may be one of points
        yield from tried(f"{tree.code} {node.code}", node.rule, node.terms, node, lang, worth)
        if node.small_sample is not None and node.small_sample.rule is not None:
            rule, names = node.small_sample.rule, node.small_terms
            yield from tried(f"{tree.code} {node.code} small", rule, names, node, lang, worth)


def tried(where: str, rule: Rule, names: Terms, node: Indicator, lang: Language, worth: float) -> Iterator[Said]:
    """One rule with made-up figures, as sentences and scores."""
    standard = render(rule.standard(names), lang)
    inputs = _inputs(rule, node, standard)
    scores = rule.score(inputs)
    alone = node.value.text if node.value is not None else ""
    is_word = (
        any(field.code == alone and field.type is FieldType.YES_NO for field in node.fields) or names.when is not None
    )
    case = Case(where, {}, node.points, rule, inputs, scores, None)
    for i, score in enumerate(scores.tolist()):
        why = render(rule.reason(row(case, inputs, scores, i), names), lang)
        status = Status.MISSING if math.isnan(score) else Status.SCORED
        sign = "扣" if node.is_taken_off else ""
        yield Said(
            f"{where} [{i}]",
            rule.KIND,
            standard,
            why,
            score,
            node.points,
            status,
            sign=sign,
            worth=worth,
            name=render(names.value.name, lang),
            value=math.nan if is_word else value_of(rule, inputs, i),
            marks=marks_of(inputs, i),
            peers=peers_of(rule, inputs, i),
            votes=votes_of(rule, inputs, i),
        )


def _inputs(rule: Rule, node: Indicator, standard: str) -> Inputs:
    chance = np.random.default_rng(len(standard) * 1000 + sum(map(ord, standard)) % 1000)
    fields: Mapping[str, Field] = {field.code: field for field in (*node.fields, *rule.fields)}
    values = _values(rule, node, standard)
    return Inputs(
        _drawn(chance, values) if rule.takes_value else np.full(_UNITS, np.nan),
        {code: _drawn(chance, _answers(fields[code])) for code in rule.reads},
        np.zeros(_UNITS, dtype=np.intp) if rule.RELATIVE else None,
        np.full(_UNITS, 2024.0) if rule.field_types == {FieldType.DATE} else None,
        _drawn(chance, values) if Need.PREVIOUS in rule.NEEDS else None,
        _marks(chance, node.points) if Need.MARKS in rule.NEEDS else None,
    )


def _drawn(chance: np.random.Generator, pool: list[float]) -> FloatArray:
    """All of the pool in turn where there is room for it, then some of it."""
    order = chance.permutation(len(pool))
    return without_dust(np.array([pool[order[i % len(pool)]] for i in range(_UNITS)]), VALUE_DECIMALS)


def _values(rule: Rule, node: Indicator, standard: str) -> list[float]:
    """What the value may be: at the lines of the standard, just beside them and between them, or anything."""
    if rule.field_types == {FieldType.DATE}:
        return [NEVER, *(_EPOCH_2024 + days for days in range(0, 800, 21)), _EPOCH_2024 + 91, _EPOCH_2024 + 457]
    alone = node.value.text if node.value is not None else ""
    kind = next((field.type for field in node.fields if field.code == alone), None)
    if kind is FieldType.YES_NO or rule.field_types == {FieldType.YES_NO}:
        return [0.0, 1.0]
    lines = sorted({plain(found[0]) for found in _FIGURE.finditer(standard) if plain(found[0]) >= 0} | {0.0, 1.0})
    if kind is FieldType.COUNT:
        return [float(n) for n in sorted({*range(8), *(round(one) for one in lines), 12, 25})]
    is_share = any("%" in found[0] for found in _FIGURE.finditer(standard)) or node.is_share
    if is_share:
        lines = [one for one in lines if one <= 1]
        near = [one + shift for one in lines for shift in (-0.00004, -0.004, -0.11, 0.013)]
        return [one for one in (*lines, *near, *_SHARES) if 0 <= one <= 1]
    near = [one + shift for one in lines for shift in (-0.5, -0.00004, 0.3, 1.0)]
    far = [one * times for one in lines for times in (2, 3.5, 9)]
    return [one for one in (*lines, *near, *far, 2.25, 7.0, 33.0) if one >= 0]


def _answers(field: Field) -> list[float]:
    match field.type:
        case FieldType.YES_NO:
            return [0.0, 1.0, 1.0]
        case FieldType.CHOICE:
            return [float(i) for i in range(len(field.choices))]
    return [0.0, 1.0, 2.0, 0.0, 3.0, 5.0, 9.0, 40.0]


def _marks(chance: np.random.Generator, points: float) -> FloatArray:
    """Up to five reviewers' marks for each."""
    marks = chance.integers(0, 21, size=(_UNITS, 5)) * points / 20
    there = chance.integers(0, 6, size=_UNITS)
    return np.where(np.arange(5) < there[:, None], marks, np.nan)
