"""Every sentence of a round: what a unit reads of a node in one language, beside the score that it got there."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import sample_round
from hypothesis import HealthCheck, Phase, given, settings
from random_rounds import Round, rounds
from worked_cases import all_cases, row, terms

from benchmarks.published import SYSTEMS, read_files
from benchmarks.reproduce import reproduce
from lawgov_score.explanation import adjustments, grading, method, reasons, scale, vetoes
from lawgov_score.explanation.references import figures_of, named
from lawgov_score.explanation.standard import group_standard, part_standard, standard
from lawgov_score.model import Among, Group, Indicator, Node, Scores, Status, Ties, Tree, Why
from lawgov_score.pipeline import assess
from lawgov_score.report import render
from lawgov_score.rules.field import FieldType
from lawgov_score.rules.keys import Better
from lawgov_score.rules.rule import Inputs, Rule
from lawgov_score.wording import Language, Phrase

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "submissions" / "sample-round"
PUBLISHED = ROOT / "submissions" / "published-reports"
QUJIALING = ROOT / "indicators" / "qujialing-2017"


@dataclass(frozen=True, slots=True)
class Said:
    """One node in words. ``score``: nan where there is none; ``points``: what the node is worth to the unit."""

    where: str
    kind: str  # of the rule; of a group its way
    standard: str
    reason: str
    score: float
    points: float
    status: Status = Status.SCORED
    decimals: int | None = None  # to how many the score is rounded; None: not at all
    is_group: bool = False
    sign: str = ""  # 加: a bonus; 扣: taken off
    worth: float = math.nan  # the points of the node, as the scheme prints them
    name: str = ""  # of the value
    value: float = math.nan  # of the engine, where it is a figure that the reason must show
    marks: tuple[float, ...] = ()  # of reviewers
    figures: tuple[tuple[str, float | str], ...] = ()  # of what the value is worked out from, by its words
    raw: float = math.nan  # the value, shown or not
    struck: frozenset[str] = frozenset()  # titles of the vetoes that its figures triggered
    peers: float = math.nan  # how many are compared, the unit included
    votes: tuple[float, ...] = ()  # of a rating, in the order of its levels, group by group
    step: float = 0.0  # of which the score is a multiple; 0: of none

    @property
    def is_scored(self) -> bool:
        """Is there a score that the words must come to?"""
        return self.status is Status.SCORED and not math.isnan(self.score)


def of_cases(lang: Language) -> Iterator[Said]:
    """The worked cases of every rule kind: no tree is around them."""
    for case in all_cases():
        names = terms(case.rule)
        scores = case.rule.score(case.inputs)
        said = render(case.rule.standard(names), lang)
        for i, score in enumerate(scores.tolist()):
            why = render(case.rule.reason(row(case, case.inputs, scores, i), names), lang)
            status = Status.MISSING if math.isnan(score) else Status.SCORED
            yield Said(
                f"case {case} [{i}]",
                case.rule.KIND,
                said,
                why,
                score,
                case.points,
                status,
                worth=case.points,
                name=render(names.value.name, lang),
                value=value_of(case.rule, case.inputs, i),
                marks=marks_of(case.inputs, i),
                peers=peers_of(case.rule, case.inputs, i),
                votes=votes_of(case.rule, case.inputs, i),
            )


def value_of(rule: Rule, inputs: Inputs, row: int) -> float:
    """The value that the reason must show; nan: there is none, or it is no figure."""
    is_figure = rule.takes_value and not rule.field_types <= _NOT_SHOWN
    if not is_figure:
        return math.nan
    value = float(inputs.value[row])
    return float(np.floor(value)) if rule.field_types == {FieldType.DATE} else value  # a day, whatever its time


def marks_of(inputs: Inputs, row: int) -> tuple[float, ...]:
    """The marks that reviewers gave."""
    return (
        ()
        if inputs.marks is None
        else tuple(sorted(mark for mark in inputs.marks[row].tolist() if not math.isnan(mark)))
    )


def peers_of(rule: Rule, inputs: Inputs, row: int) -> float:
    """How many the unit is compared with, itself included; nan: it is not compared."""
    if not rule.RELATIVE or inputs.cohorts is None:
        return math.nan
    return float(np.sum(~np.isnan(inputs.value[inputs.cohorts == inputs.cohorts[row]])))


def votes_of(rule: Rule, inputs: Inputs, row: int) -> tuple[float, ...]:
    """The votes of a rating, as its fields ask for them."""
    return tuple(float(inputs.answers[code][row]) for code in rule.reads) if rule.KIND == "rating" else ()


_NOT_SHOWN = frozenset({FieldType.YES_NO})  # words, not figures


def _decimals_of(tree: Tree, node: Node) -> int | None:
    """To how many decimals a score is rounded; None: not at all, or in steps."""
    rounding = tree.rounding_of(node)
    return None if rounding is None or rounding.step else rounding.decimals


def _step_of(tree: Tree, node: Node) -> float:
    rounding = tree.rounding_of(node)
    return 0.0 if rounding is None else rounding.step


def of_scores(name: str, scores: Scores, lang: Language) -> Iterator[Said]:
    """Every indicator and every group of all units."""
    for node in scores.tree.nodes:
        column = scores.node_column[node.code]
        told = standard_of(scores.tree, node, lang)
        is_group = isinstance(node, Group)
        kind = node.rule.KIND if isinstance(node, Indicator) else node.aggregation.way.value
        sign = "扣" if _is_taken_off(node) else "加" if node.bonus else ""
        for i, unit in enumerate(scores.units):
            why = reasons.reason(scores, i, node.code)
            own = scores.of_unit(i).tree.by_code[node.code]
            assert isinstance(own, type(node))
            said = of_type(told, scores.tree, unit.type)
            if said != (of_unit := standard_of(scores.of_unit(i).tree, own, lang)):
                is_given = scores.replaced(i, node.code) is Why.TYPE  # what its type gets though it does not apply
                assert is_given or not scores.at(i, node.code).applies, (node.code, said, of_unit)
                said = of_unit
            said_of = Said(
                f"{name} {unit.code} {node.code}",
                kind,
                said,
                "" if why is None else but_place(scores, i, node.code, render(why, lang)),
                float(scores.scores[i, column]),
                float(scores.points[i, column]),
                Status(int(scores.status[i, column])),
                _decimals_of(scores.tree, node),
                is_group,
                sign,
                math.nan if scores.tree.waivers else own.points,  # a waived contradiction may be one of points
                step=_step_of(scores.tree, node),
            )
            yield said_of if isinstance(own, Group) else _with_figures(said_of, scores, i, own, lang)


_SIDES = {
    "at_least": lambda by: by >= 0,
    "above": lambda by: by > 0,
    "at_most": lambda by: by <= 0,
    "below": lambda by: by < 0,
}
_WORD = re.compile(r"(?:^|[；，;,] ?)(?:评为“|rated \")([^”\"]+)[”\"]$")
_ENTRY = re.compile(
    r"(?:^|[；;] ?)(?:在(?:本单位|同组各单位|全部单位)的“[^”]+”中居第|place) =?(\d+)(?: 名（共 | of )(\d+)"
    r"(?: 个）| among (?:the unit's|the cohort's|all units') \"[^\"]+\")$"
)
_PLACE = re.compile(r"(?:^|[；;] ?)(?:居同组第|place) =?(\d+)(?: 名（共 | of )(\d+)(?: 个单位）| in the cohort)$")


def but_place(scores: Scores, row: int, code: str, reason: str) -> str:
    """A reason without the unit's place at the node, which must be the one that counting comes to."""
    word = _WORD.search(reason) if scores.tree.by_code[code].bands else None
    if word is not None:
        score = float(scores.node_scores[code][row])
        lines = [band.word for band in scores.tree.by_code[code].bands if _SIDES[band.key](round(score - band.line, 9))]
        assert word[1] == lines[0], reason
        reason = reason[: word.start()]
    ranks = scores.node_ranks.get(code)
    if ranks is None or not ranks[row]:
        return reason
    node = scores.tree.by_code[code]
    entry = isinstance(node, Group) and node.repetition > 0
    found = (_ENTRY if entry else _PLACE).search(reason)
    assert found is not None, reason
    units = range(len(scores.units))
    among = node.among if isinstance(node, Group) and entry else Among.COHORT
    beside = {
        Among.UNIT: [row],
        Among.COHORT: [one for one in units if scores.cohorts[one] == scores.cohorts[row]],
        Among.ALL: list(units),
    }[among]
    own, falls = float(scores.node_scores[code][row]), node.ranked is Better.LOWER
    peers = [
        float(scores.node_scores[one][other])
        for one in scores.node_scores
        for other in beside
        if (one == code or (entry and one.partition("@")[0] == code.partition("@")[0]))
        and scores.node_ranks[one][other]
    ]
    ahead = [peer for peer in peers if (peer < own - 1e-9 if falls else peer > own + 1e-9)]
    equals = sum(abs(peer - own) <= 1e-9 for peer in peers)  # itself included
    first = {Ties.DENSE: 1 + len({round(peer, 8) for peer in ahead})}.get(scores.tree.policies.ties, 1 + len(ahead))
    last = first + equals - 1 if scores.tree.policies.ties is Ties.ORDINAL else first
    assert first <= int(found[1]) <= last, reason
    assert int(found[2]) == len(peers), reason
    return reason[: found.start()]


def _with_figures(said: Said, scores: Scores, row: int, node: Indicator, lang: Language) -> Said:
    """The figures that the reason must show; no value where something else decided: zero, a small sample."""
    column = scores.indicator_column[node.code]
    values = scores.values[:, column]
    answers = {code: scores.answers[node.keys[code]] for code in node.rule.reads}
    alone = node.value.text if node.value is not None else ""
    is_word = any(field.code == alone and field.type in _NOT_SHOWN for field in node.fields)
    has_value = not (is_word or scores.by_zero[row, column] or scores.small[row, column])
    peers = math.nan
    if node.rule.RELATIVE:
        compared = scores.compared.takes_part[node.code] & ~np.isnan(values)
        peers = float(np.sum(compared & (scores.cohorts == scores.cohorts[row])))
    marks = scores.marks_of.get((scores.units[row].code, node.code), ())
    return replace(
        said,
        name=render(node.terms.value.name, lang),
        value=value_of(node.rule, Inputs(values), row) if has_value else math.nan,
        marks=tuple(sorted(mark.mark for mark in marks)),
        peers=peers,
        votes=votes_of(node.rule, Inputs(values, answers), row),
        figures=tuple(_figures(scores, row, node, lang)),
        raw=math.nan if scores.from_rate[row, column] else float(values[row]),
        struck=frozenset(veto.title for veto in scores.tree.vetoes if (veto.code, node.code) in scores.vetoes[row]),
    )


def _figures(scores: Scores, row: int, node: Indicator, lang: Language) -> Iterator[tuple[str, float | str]]:
    """What is known of every name in the node's expressions, under the words that stand for it."""
    fields = {field.code: field for field in node.fields}
    for name in dict.fromkeys(name for one in node.expressions for name in one.names):
        words = render(named(node, name, scores.tree), lang)
        if name not in fields:
            yield words, float(figures_of(scores, node, name)[row])
            continue
        number = float(scores.answers[node.keys[name]][row])
        if fields[name].type is FieldType.CHOICE and not math.isnan(number):
            yield words, fields[name].choices[int(number)]
        else:
            yield words, number


def of_the_rest(scores: Scores) -> Iterator[Phrase]:
    """What else is said: the method, vetoes, how parts count, what the register did, grades, how totals came."""
    tree = scores.tree
    yield from (text for _, text in method.method(tree))
    yield from scale.total_phrases(tree)
    yield from (part for node in tree.nodes if (part := part_standard(tree, node)) is not None)
    yield from (vetoes.whole(tree, veto) for veto in tree.vetoes)
    for member in range(len(scores.units)):
        yield from adjustments.veto_phrases(scores, member)
        yield from grading.grade_remarks(scores, member)


def standard_of(tree: Tree, node: Indicator | Group, lang: Language) -> str:
    """What the node's points are given for; of a group how its parts come together, nothing where they add up."""
    if isinstance(node, Indicator):
        return render(standard(tree, node), lang)
    way = group_standard(tree, node)
    return "" if way is None else render(way, lang)


def of_type(told: str, tree: Tree, unit_type: str) -> str:
    """What a standard that is told to all says for one unit type: after its name, where figures go by type."""
    if not tree.own:
        return told
    names = {kind.code: kind.name for kind in tree.unit_types}
    one = "(?:" + "|".join(map(re.escape, names.values())) + ")"
    parts = re.split(rf"(?:^|(?<=[。；.;])) ?({one}(?:(?:、|, ){one})*)(?:：|: )", told)
    for types, said in zip(parts[1::2], parts[2::2], strict=True):
        if names.get(unit_type) in re.split("、|, ", types):
            return said.rstrip("；; ")
    return told


def _is_taken_off(node: Indicator | Group) -> bool:
    return node.is_taken_off if isinstance(node, Indicator) else node.weight == -1


# ------------------------------------------------------------ rounds


@cache
def sample() -> Scores:
    """The sample round, made anew."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "roster.csv").write_bytes((SAMPLE / "roster.csv").read_bytes())
        assert sample_round.main(folder) == 0
        office, previous = [folder / "office"], folder / "previous"
        scores = assess(QUJIALING, [folder], SAMPLE / "roster.csv", assessor=office, previous=previous).scores
    assert scores is not None
    return scores


@cache
def published_reports() -> Scores:
    """Five districts' published reports."""
    scores = assess(QUJIALING, [PUBLISHED], PUBLISHED / "roster.csv").scores
    assert scores is not None
    return scores


def published_systems() -> Iterator[tuple[str, Scores]]:
    """The excerpts of five published systems."""
    for system in SYSTEMS:
        yield system.tree, reproduce(system, read_files(ROOT / "tests" / "published" / system.folder)).scores


def random_rounds(number: int, most_units: int = 4) -> list[Round]:
    """So many random rounds over random trees, always the same."""
    found: list[Round] = []

    @given(rounds(most_units=most_units))
    @settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=number,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def collect(done: Round) -> None:
        found.append(done)

    collect()
    return found
