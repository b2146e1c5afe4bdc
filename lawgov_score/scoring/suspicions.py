"""R1xx: results that look suspicious, and figures far from last edition's. Warnings only: no score changes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from lawgov_score.catalogue import Code
from lawgov_score.explanation import vetoes
from lawgov_score.measure.cohorts import ends_of
from lawgov_score.measure.digits import beside
from lawgov_score.measure.tolerance import DUST
from lawgov_score.model import (
    AnswerState,
    Indicator,
    Invalid,
    Previous,
    Scores,
    StatusArray,
    Submission,
    Tree,
    Way,
    field_key,
    gathered,
    in_state,
)
from lawgov_score.problems import NodePlace, Problem
from lawgov_score.rounding import VALUE_DECIMALS, BoolArray, FloatArray, without_dust
from lawgov_score.rules.field import NUMBERS, Field, FieldType
from lawgov_score.rules.normalised import Normalised
from lawgov_score.rules.rule import Rule
from lawgov_score.scoring.states import StatusIs
from lawgov_score.wording import Phrase, Quantity, Words

FACTOR = 100.0

_TIMES = Words("{times} 倍", "{times} times")
_PART = Words("{times} 分之一", "1/{times}")


def check_jumps(tree: Tree, submissions: Sequence[Submission], previous: Previous) -> Iterator[Problem]:
    """R121: a warning at the cell of each figure far from last edition's; figures that are or were 0 are skipped."""
    known = [submission for submission in submissions if previous.figures.get(submission.unit.code)]
    asked = {field_key(of, f): f for of, f in tree.asked if f.type in NUMBERS}
    now, _ = gathered([submission.answers for submission in known], list(asked))
    before = np.array([[previous.figures[one.unit.code].get(key, 0.0) for key in asked] for one in known])
    old = before.reshape(len(known), len(asked))
    is_known = np.isfinite(now.T) & (now.T != 0) & (old != 0)
    ratios = np.abs(np.divide(now.T, old, out=np.ones(old.shape), where=is_known))
    far = is_known & (np.maximum(ratios, 1 / ratios) >= FACTOR * (1 - DUST))
    fields = list(asked.items())
    for row, number in np.argwhere(far).tolist():
        key, field = fields[number]
        ratio = float(ratios[row, number])
        figures = {
            "field": field.name,
            "before": _shown(float(old[row, number]), field),
            "found": _shown(float(now[number, row]), field),
            "times": (_TIMES if ratio > 1 else _PART)(times=round(max(ratio, 1 / ratio))),
        }
        yield Problem(Code.R121, known[row].answers[key].place, figures)


def _shown(number: float, field: Field) -> Quantity:
    return beside(number, is_share=field.type is FieldType.SHARE)


# Of a fault, the figures that stand beside a line: the figure, the line, is it a share?
_BESIDE_LINES = {
    Code.R108: (("lowest", "least", False),),
    Code.R113: (("coverage", "threshold", True),),
}


def check_results(scores: Scores) -> Iterator[Problem]:
    """All warnings about the results, for a reviewer to check."""
    yield from _units(scores)
    yield from _vetoes(scores)
    yield from _ties_broken(scores)
    came = np.array([submission is not None for submission in scores.submissions], dtype=bool)
    for indicator in scores.tree.indicators:
        column = scores.node_column[indicator.code]
        status = scores.status[:, column]
        scored = status == StatusIs.SCORED
        is_whole = not indicator.copy_of or indicator.code.endswith("@1")  # few units have a third window
        if is_whole and (units := _nobody_answered(scores.points[:, column], status, came)):
            yield Problem(Code.R104, NodePlace("", indicator.code), {"units": units})
        own = scores.scores[:, column]  # nan where there is no score
        lowest, highest = (float(end.reduce(own)) if len(own) else np.nan for end in (np.fmin, np.fmax))
        if (
            lowest == highest
            and not _is_full(scores, indicator, own)
            and (units := int(np.count_nonzero(scored))) >= _ENOUGH
        ):
            yield Problem(Code.R102, NodePlace("", indicator.code), {"units": units, "score": lowest})
        if indicator.is_of_office and (waiting := int(np.count_nonzero(status == StatusIs.NOT_REVIEWED))):
            yield Problem(Code.R117, NodePlace("", indicator.code), {"units": waiting})
        if (invalid := status == StatusIs.INVALID).any():
            yield from _stuck(scores, indicator, invalid)
        if indicator.rule.RELATIVE:
            yield from _alone(scores, indicator.code, scored)
            values = scores.values[:, scores.indicator_column[indicator.code]]
            yield from _all_equal(scores, indicator.code, indicator.rule, np.where(scored, values, np.nan))
        if indicator.small_sample is not None:
            yield from _small(scores, indicator, scored)
    yield from _nodes(scores)


def _is_full(scores: Scores, indicator: Indicator, own: FloatArray) -> bool:
    """Has everybody who has a score full points? ``own`` (units,): the scores."""
    trees = [(tree.by_code[indicator.code].points, who) for tree, who in scores.own_trees]
    return all(bool((np.isnan(own) | (own == points))[who].all()) for points, who in trees)


_ENOUGH = 5  # units: fewer with equal scores are no surprise


def _nobody_answered(points: FloatArray, status: StatusArray, came: BoolArray) -> int:
    """How many units were asked, if all of them left it blank; else 0. ``came``: who submitted anything."""
    is_blank = status == StatusIs.MISSING
    if not is_blank.any():
        return 0
    asked = (points > 0) & came
    return 0 if (asked & ~is_blank).any() else int(np.count_nonzero(asked))


def _nodes(scores: Scores) -> Iterator[Problem]:
    """Faults and oddities during aggregation, of units that are there."""
    for code, fault in ((code, fault) for code, faults in scores.faults.items() for fault in faults):
        for row in np.flatnonzero(fault.rows & scores.there).tolist():
            figures: dict[str, object] = {name: float(column[row]) for name, column in fault.figures.items()}
            for name, line, is_share in _BESIDE_LINES.get(fault.code, ()):
                figures[name] = beside(
                    float(fault.figures[name][row]), float(fault.figures[line][row]), is_share=is_share
                )
            yield Problem(fault.code, NodePlace(scores.units[row].code, code), figures)
    rules = {node.code: node.rule for node in scores.tree.evaluation} | {scores.tree.code: scores.tree.rule}
    for code, values in scores.aggregated.items():
        rule = rules[code]
        if rule is not None and rule.RELATIVE:
            yield from _alone(scores, code, ~np.isnan(values))
            yield from _all_equal(scores, code, rule, values)
    yield from _many_last(scores)
    wants_total = scores.tree.aggregation.way is not Way.NONE
    if wants_total and scores.there.any() and np.isnan(scores.total).all():
        yield Problem(Code.R116, NodePlace(), {"units": int(np.count_nonzero(scores.there))})


def _all_equal(scores: Scores, code: str, rule: Rule, values: FloatArray) -> Iterator[Problem]:
    """Cohorts in which all values are equal although the rule spreads units out: `all_equal` decides."""
    if not isinstance(rule, Normalised):
        return
    clean = without_dust(values, VALUE_DECIMALS)
    lowest, highest = ends_of(clean, scores.cohorts)
    is_uniform = lowest == highest
    if not is_uniform.any():
        return
    rows = np.flatnonzero(is_uniform & ~np.isnan(values))
    _, first, sizes = np.unique(scores.cohorts[rows], return_index=True, return_counts=True)
    for row, size in zip(rows[first].tolist(), sizes.tolist(), strict=True):
        if size > 1:
            figures = {"cohort": scores.cohort_names[row], "units": size, "value": float(clean[row])}
            yield Problem(Code.R118, NodePlace("", code), figures)


def _stuck(scores: Scores, indicator: Indicator, invalid: BoolArray) -> Iterator[Problem]:
    """Units with all figures given but no value: the logarithm of zero, or a number out of range."""
    if indicator.value is None:
        return
    stuck = invalid & np.isnan(scores.values[:, scores.indicator_column[indicator.code]])
    for name in indicator.value.fields:  # a wrong cell has a message of its own
        key = f"{indicator.code}.{name}"
        stuck &= ~np.isnan(scores.answers[indicator.keys[name]]) | scores.spared.get(key, False)
    for row in np.flatnonzero(stuck).tolist():
        yield Problem(Code.R119, NodePlace(scores.units[row].code, indicator.code), {"found": indicator.value.text})


_FOR_REFERENCE = Words("比率仅供参考", "the rate is for reference only")
_CONFIRM = Words("；请考核办核实认定", "; the office should confirm")
_BY_SMALL_RULE = Words("按小样本的标准计分", "scored by the standard for small samples")
_COUNTED = Words("{n} {unit}", "{n} {unit}")
_SIZES = {  # of a sample that is large enough, and of one that is not, by the key of the line
    "below": (Words("不少于 {line}", "at least {line}"), Words("不足 {line}", "fewer than {line}")),
    "at_most": (Words("超过 {line}", "more than {line}"), Words("不超过 {line}", "no more than {line}")),
}
_ALL_UNITS = Words("全体单位", "all units")  # what a cohort is called where there are none


def _alone(scores: Scores, code: str, scored: BoolArray) -> Iterator[Problem]:
    """Units that are alone in their cohort in having data, although the rule compares units."""
    sizes = np.bincount(scores.cohorts[scored], minlength=len(scores.units))
    if not (sizes == 1).any():
        return
    for row in np.flatnonzero(scored & (sizes[scores.cohorts] == 1)).tolist():
        place = NodePlace(scores.units[row].code, code)
        yield Problem(Code.R103, place, {"cohort": scores.cohort_names[row] or _ALL_UNITS})


def _many_last(scores: Scores) -> Iterator[Problem]:
    """R125: a cohort of which the last places of a node are more than half."""
    for node in scores.tree.nodes:
        if node.last is None:
            continue
        pair = (node.last.veto, node.code)
        struck = np.array([pair in triggered for triggered in scores.vetoes], dtype=bool)
        size = len(scores.cohort_sizes)
        placed = np.bincount(scores.cohorts[scores.node_ranks[node.code] > 0], minlength=size)
        hit = np.bincount(scores.cohorts[struck], minlength=size)
        for cohort in np.flatnonzero(2 * hit > placed).tolist():
            name = scores.cohort_names[int(np.flatnonzero(scores.cohorts == cohort)[0])] or _ALL_UNITS
            figures = {"cohort": name, "placed": int(placed[cohort]), "struck": int(hit[cohort])}
            yield Problem(Code.R125, NodePlace("", node.code), {**figures, "places": node.last.places})


def _small(scores: Scores, indicator: Indicator, scored: BoolArray) -> Iterator[Problem]:
    assert indicator.small_sample is not None  # the caller looked
    fields = {asked.code: scores.answers[field_key(indicator, asked)] for asked in indicator.fields}
    sizes = indicator.small_sample.of.evaluate(fields).value
    rows = np.flatnonzero(scores.small[:, scores.indicator_column[indicator.code]] & scored)
    small = indicator.small_sample
    names = tuple(one.name for one in indicator.fields if one.code in small.of.names)
    unit = next((one.measured_in for one in indicator.fields if one.code in small.of.names), "")
    treated = _FOR_REFERENCE if small.rule is None else _BY_SMALL_RULE
    line = _COUNTED(n=small.line, unit=unit)
    enough, few = _SIZES[small.key]
    told = {"enough": enough(line=line), "few": few(line=line), "names": names, "treated": treated}
    for row, size in zip(rows.tolist(), sizes[rows].tolist(), strict=True):
        yield Problem(
            Code.R105, NodePlace(scores.units[row].code, indicator.code), {**told, "found": _COUNTED(n=size, unit=unit)}
        )


_NO_TYPE = Words("没有写明", "none given")


def _units(scores: Scores) -> Iterator[Problem]:
    threshold = scores.tree.policies.coverage_at_least
    looked_at = np.isnan(scores.total) if threshold is None else np.isnan(scores.total) | (scores.coverage < threshold)
    withholds = scores.tree.policies.invalid is Invalid.WITHHOLD
    sent = [one.answers if one is not None and withholds else None for one in scores.submissions]
    errors = Counter(row for row, _ in in_state(sent, AnswerState.INVALID))
    for row in np.flatnonzero(looked_at).tolist():
        unit, submission = scores.units[row], scores.submissions[row]
        if submission is None:
            continue
        if scores.tree.own and unit.type not in scores.tree.own:
            types = tuple(kind.name for kind in scores.tree.unit_types)
            yield Problem(Code.R129, NodePlace(unit.code), {"expected": types, "found": unit.type or _NO_TYPE()})
            continue
        if threshold is not None and scores.coverage[row] < threshold:
            figures = {
                "threshold": threshold,
                "coverage": beside(float(scores.coverage[row]), threshold, is_share=True),
                "answered": int(scores.answered[row]),
                "asked": int(scores.asked[row]),
            }
            yield Problem(Code.R101, NodePlace(unit.code), figures)
        if withholds and np.isnan(scores.total[row]) and errors[row]:
            yield Problem(Code.R106, NodePlace(unit.code), {"errors": errors[row]})


def _ties_broken(scores: Scores) -> Iterator[Problem]:
    """Units of a cohort with equal totals but different places."""
    policies = scores.tree.policies
    if not policies.tie_breakers:
        return
    titles = tuple(scores.tree.by_code[code].title for code in policies.tie_breakers)
    placed = np.flatnonzero(scores.rank > 0)
    totals = without_dust(scores.ranked_by)
    order = placed[np.lexsort((placed, totals[placed], scores.cohorts[placed]))]
    is_other = (np.diff(totals[order]) != 0) | (np.diff(scores.cohorts[order]) != 0)
    for equal in np.split(order, np.flatnonzero(is_other) + 1):
        if len(equal) > 1 and (scores.rank[equal] != scores.rank[equal[0]]).any():
            codes = tuple(scores.units[row].code for row in equal.tolist())
            figures = {"by": titles, "units": codes, "total": float(totals[equal[0]])}
            yield Problem(Code.R120, NodePlace(codes[0]), figures)


def _is_to_confirm(tree: Tree, veto: str, indicator: str) -> bool:
    """Are answers behind the veto? The office knows what it entered itself, and places are its own."""
    return bool(indicator) and not vetoes.is_of_place(tree, indicator, veto)


def _vetoes(scores: Scores) -> Iterator[Problem]:
    tree = scores.tree
    known = {veto.code: veto for veto in tree.vetoes}
    figures: dict[tuple[str, str], Mapping[str, object]] = {}  # the same for every unit that has the veto
    for unit, triggered in zip(scores.units, scores.vetoes, strict=True):
        for pair in triggered:
            code, indicator = pair
            if pair not in figures:
                veto = known[code]
                figures[pair] = {
                    "veto": vetoes.named(veto),
                    "grade": veto.grade_at_most,
                    "effects": vetoes.effects(tree, veto),
                    "found": vetoes.source(tree, indicator, code),
                    "ask": Phrase(_CONFIRM) if _is_to_confirm(tree, code, indicator) else "",
                }
            yield Problem(Code.R107, NodePlace(unit.code, indicator), figures[pair])
