"""The sections of a unit's card as data: heading, notes, columns, rows. Workbook and page render the same data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from lawgov_score.content import card, deductions, labels, problem_lists, review, unit_problems
from lawgov_score.content.losses import biggest_losses
from lawgov_score.explanation import advice as advice_words
from lawgov_score.explanation import figures, reasons
from lawgov_score.explanation.evidence import Evidence, Standing, evidence_phrase
from lawgov_score.model import Group, Indicator, Scores
from lawgov_score.model.advice import Advice, Improvement, Outlook
from lawgov_score.problems import Problem
from lawgov_score.wording import Language, Text, Words

_MOST_LOSSES, _MOST_EVIDENCE, _MOST_PROBLEMS = 10, 10, 30


class Kind(Enum):
    """The kind of content of a column, which decides how it is rendered."""

    CODE = auto()  # of a node; leads to its row in the details
    NAME = auto()  # a title that somebody typed
    LABEL = auto()  # a word or two
    TAG = auto()  # the same in small print
    POINTS = auto()
    SCORE = auto()  # with its letter, or why there is none
    STRONG = auto()  # points that matter most in the row
    GAIN = auto()  # points with a sign
    RATE = auto()  # a share with a decimal
    SHARE = auto()  # a share without, or a word instead
    EFFECT = auto()  # a word or a figure that matters most in the row
    SUBJECT = auto()  # what a row is about, in small print
    WORDS = auto()  # a sentence
    REMARK = auto()  # a sentence that stands apart a little


class Look(Enum):
    """How a line above or below a table is rendered."""

    PLAIN = auto()
    STRONG = auto()
    NOTE = auto()


@dataclass(frozen=True, slots=True)
class SectionColumn:
    """A column. ``cells``: how many of a card's eight it takes; 0: all that are left.

    ``is_spare``: it says nothing that another column does not say, and may be left out where there is little room.
    """

    heading: Text
    kind: Kind
    cells: int = 1
    is_spare: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A line of text of a section; ``is_spare``: it is about a column that may be left out."""

    text: Text
    look: Look = Look.NOTE
    is_spare: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """A score that was changed on review, to be marked as changed."""

    score: float


Cell = Text | float | Changed


@dataclass(frozen=True, slots=True)
class Section:
    """One section. ``name``: for links; ``about``: the column that holds the subject of a row."""

    name: str
    heading: Words
    notes: Sequence[Note] = ()
    columns: Sequence[SectionColumn] = ()
    rows: Sequence[Sequence[Cell]] = ()
    after: Sequence[Note] = ()
    about: int = 1


def sections_of(
    scores: Scores,
    row: int,
    problems: Sequence[Problem],
    advice: Advice | None,
    evidence: Mapping[str, Evidence],
    lang: Language,
    where: Text,
) -> list[Section]:
    """The sections of one unit's card between aspects and signatures, in order; empty sections are left out.

    ``problems``, ``advice``: the unit's own. ``evidence``: its own, of every indicator. ``where``: the name of the
    details that hold the rest.
    """
    scores = scores.of_unit(row)
    sections = [_losses(scores, row, where), _evidence(scores, row, evidence)]
    sections.append(None if advice is None else _next_grade(scores, advice))
    sections += [_problems(scores, row, problems, lang), _review(scores, row)]
    return [one for one in sections if one is not None]


def _losses(scores: Scores, row: int, where: Text) -> Section:
    found = biggest_losses(scores, row)
    everywhere, shown = found.rows, found.rows[:_MOST_LOSSES]
    if not shown:
        return Section("losses", card.LOSSES, [Note(card.NO_LOSSES, Look.PLAIN)])
    # Where a point costs the total as much at one indicator as at the other, what is lost says it all.
    is_even = len({round(one.cost / one.lost, 6) for one in shown}) == 1
    notes = [Note(card.BY_COST, is_spare=is_even)]
    if labels.has_total(scores.tree) and not found.is_exact:
        notes.append(Note(card.ESTIMATED, is_spare=is_even))
    if any(isinstance(one.node, Group) for one in everywhere):
        notes.append(Note(card.BY_GROUP))
    if len(everywhere) > len(shown):
        notes.append(Note(card.MORE_LOSSES(n=len(shown), all=len(everywhere), where=where)))
    columns = [
        SectionColumn(labels.CODE, Kind.CODE),
        SectionColumn(labels.INDICATOR, Kind.NAME),
        SectionColumn(labels.POINTS, Kind.POINTS),
        SectionColumn(labels.SCORE, Kind.SCORE),
        SectionColumn(labels.LOST, Kind.STRONG),
        SectionColumn(card.COST, Kind.POINTS, is_spare=is_even),
        SectionColumn(labels.REASON, Kind.REMARK, cells=0),
    ]
    rows: list[list[Cell]] = []
    for node, lost, cost in ((one.node, one.lost, one.cost) for one in shown):
        at = scores.at(row, node.code)
        score: Cell = figures.state(node, at.status)
        if at.is_scored:
            score = deductions.taken(scores.tree, node, at.score)
        if isinstance(score, float) and reasons.change_of(scores, row, node) is not None:
            score = Changed(at.score)
        why = reasons.reason(scores, row, node.code) or ""
        worth = deductions.worth(scores.tree, node, at.points)
        rows.append([node.code, labels.titled(node), worth, score, lost, cost, why])
    return Section("losses", card.LOSSES, notes, columns, rows)


def _evidence(scores: Scores, row: int, evidence: Mapping[str, Evidence]) -> Section | None:
    """佐证: how far evidence was named, beside the score rate, so that 未提供 is never taken for 未做到."""
    shown = {node.code for node in labels.nodes_of(scores, row)}
    every = [(one, evidence[one.code]) for one in _indicators(scores, shown)]
    lacking = [(one, named) for one, named in every if named.standing in {Standing.PART, Standing.NONE}]
    if not lacking:
        return None
    columns = [
        SectionColumn(labels.CODE, Kind.CODE),
        SectionColumn(labels.INDICATOR, Kind.NAME),
        SectionColumn(labels.RATE, Kind.RATE),
        SectionColumn(card.SUFFICIENCY, Kind.SHARE),
        SectionColumn(card.EVIDENCE, Kind.REMARK, cells=0),
    ]
    rows: list[list[Cell]] = []
    for indicator, named in lacking[:_MOST_EVIDENCE]:
        share: Cell = card.NOT_PROVIDED if named.standing is Standing.NONE else named.sufficiency
        phrase = evidence_phrase(named) or ""
        rows.append([indicator.code, labels.titled(indicator), named.performance, share, phrase])
    left = len(lacking) - _MOST_EVIDENCE
    after = [Note(card.MORE_EVIDENCE(n=left))] if left > 0 else []
    return Section("evidence", card.EVIDENCE_SECTION, [Note(card.EVIDENCE_NOTE)], columns, rows, after)


def _indicators(scores: Scores, shown: set[str]) -> list[Indicator]:
    return [one for one in scores.tree.indicators if one.code in shown]


def _next_grade(scores: Scores, advice: Advice) -> Section | None:
    """Obstacles to the next grade, and the shortest way to it; None if there are no grades."""
    if advice.outlook in {Outlook.NO_GRADES, Outlook.NOT_SCORED}:
        return None
    notes = [Note(text, Look.STRONG) for text in advice_words.obstacle_phrases(scores, advice)]
    notes.append(Note(advice_words.outlook_phrase(scores, advice), Look.PLAIN))
    falls = any(_falls(scores, one) or advice_words.gain_in_total(scores, one) < 0 for one in advice.improvements)
    columns = [
        SectionColumn(labels.CODE, Kind.CODE),
        SectionColumn(labels.INDICATOR, Kind.NAME),
        SectionColumn(card.IMPROVEMENT, Kind.REMARK, cells=4),
        SectionColumn(card.CHANGED if falls else card.GAIN, Kind.GAIN),
        SectionColumn(card.CHANGED_TOTAL if falls else card.GAIN_TOTAL, Kind.GAIN),
    ]
    rows: list[list[Cell]] = [
        [
            one.indicator,
            labels.titled(scores.tree.by_code[one.indicator]),
            advice_words.changes_phrase(scores, one),
            advice_words.less_off(one) if advice_words.is_taken_off(scores, one) else one.gain,
            advice_words.gain_in_total(scores, one),
        ]
        for one in advice.improvements
    ]
    after = [Note(advice_words.assumption(scores, advice.shared))] if advice_words.is_estimated(advice) else []
    return Section("next", card.NEXT_GRADE, notes, columns, rows, after)


def _falls(scores: Scores, one: Improvement) -> bool:
    """Does an indicator's score fall where it is bettered? Of a 扣分项 less is taken off."""
    return one.gain < 0 and not advice_words.is_taken_off(scores, one)


def _problems(scores: Scores, row: int, every: Sequence[Problem], lang: Language) -> Section:
    """What is wrong in what the unit sent, and in its results: what is for the office alone is left out."""
    problems = unit_problems.for_units(every)
    blank = problem_lists.blanks_of(scores, row, lang)
    after = [] if blank is None else [Note(blank, Look.PLAIN)]
    if not problems:
        return Section("problems", card.PROBLEMS, after or [Note(problem_lists.NONE, Look.PLAIN)])
    columns = [
        SectionColumn(problem_lists.LEVEL, Kind.LABEL),
        SectionColumn(problem_lists.TITLE, Kind.WORDS, cells=4),
        SectionColumn(problem_lists.FIX, Kind.WORDS, cells=0),
    ]
    told = list(unit_problems.told_together(scores, row, problems, lang, _MOST_PROBLEMS))
    rows: list[list[Cell]] = [[one.severity, one.text, one.hint] for one in told]
    return Section("problems", card.PROBLEMS, (), columns, rows, after, about=0)


def _review(scores: Scores, row: int) -> Section | None:
    """The office's changes, rulings and register lines for the unit."""
    entries = tuple(review.entries_of(scores, row, for_unit=True))
    if not entries:
        return None
    columns = [
        SectionColumn(review.KIND, Kind.TAG),
        SectionColumn(review.SUBJECT, Kind.SUBJECT, cells=2),
        SectionColumn(labels.POINTS_OF, Kind.EFFECT),
        SectionColumn(review.WHY, Kind.WORDS, cells=0),
    ]
    rows: list[list[Cell]] = [[one.kind, one.subject, one.effect, one.why] for one in entries]
    return Section("review", card.REVIEW, (), columns, rows)
