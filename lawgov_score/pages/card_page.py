"""A unit's own page: head and how to object, aspects, losses, way to the next grade, and last every indicator.

Other units appear only as the cohort's mean and best: a card may be given to its unit alone.
"""

from collections.abc import Sequence

from lawgov_score.content import appeal, card, conversion, labels
from lawgov_score.content.aspects import aspects_of
from lawgov_score.content.costs import lost_points
from lawgov_score.content.sections import sections_of
from lawgov_score.explanation import scale
from lawgov_score.explanation.evidence import all_evidence_of
from lawgov_score.model import Scores
from lawgov_score.model.advice import Advice
from lawgov_score.model.notice import NO_NOTICE, Notice
from lawgov_score.pages import charts
from lawgov_score.pages.card_details import DETAILS, details, lost_text, taken_text, worth_text
from lawgov_score.pages.charts import Axis, Bar
from lawgov_score.pages.document import document, note, section
from lawgov_score.pages.figures import points_text, rate_text, total_text
from lawgov_score.pages.html import Content, Html, joined, tag
from lawgov_score.pages.reader import Reader
from lawgov_score.pages.sections import card_section
from lawgov_score.pages.table import Row, Rows, TableColumn, pairs, table
from lawgov_score.problems import Problem
from lawgov_score.rounding import FloatArray
from lawgov_score.wording import Text, Words

_TOLD = Words("{name}：本单位 {own}，同组平均 {mean}，同组最高 {best}", "{name}: own {own}, mean {mean}, best {best}")
_SENTENCES = Words("；", "; ")
_STATEMENT = Words(
    "本页由 lawgov-score 计算生成，与单位评分卡（Excel）内容相同；需要试算和逐项复核的，用评分卡，其中得分均为公式。",
    "Made by lawgov-score, with the content of the unit's card (Excel); to try figures out use that: its scores are "
    "formulas.",
)


def card_page(
    reader: Reader, scores: Scores, row: int, problems: Sequence[Problem], advice: Advice, notice: Notice = NO_NOTICE
) -> str:
    """The whole page. ``problems``: the unit's own. ``advice``: its own. ``notice``: how to object."""
    scores = scores.of_unit(row)
    unit = scores.units[row]
    number = iter(range(1, 10))
    lost = lost_points(scores, slice(row, row + 1))[0]
    parts = [_head(reader, scores, row, notice), _aspects(reader, scores, row, lost, next(number))]
    evidence = all_evidence_of(scores, row)
    sections = sections_of(scores, row, problems, advice, evidence, reader.lang, reader.say(DETAILS))
    parts += [card_section(reader, scores.tree, next(number), one) for one in sections]
    parts.append(_sign(reader, next(number)))
    parts.append(
        details(reader, scores, row, evidence, lost, next(number))
    )  # last: its many sheets of paper are landscape
    title = reader.say(card.HEADLINE(unit=unit.name))
    return document(reader, scores.tree, title, labels.edition(scores, row), *parts, of=scores.tree.title, look="card")


def _head(reader: Reader, scores: Scores, row: int, notice: Notice) -> Html:
    tree, unit = scores.tree, scores.units[row]
    total: Content = tag(
        "span",
        total_text(scores, row) + labels.provisional_score(scores, row, reader.lang),
        class_="total",
    )
    if not labels.has_total(tree):
        total = reader.say(card.NO_TOTAL)
    elif not scores.rank[row]:
        total = reader.say(labels.why_no_place(scores, row))
    entries: list[tuple[Text, Content]] = [
        (labels.UNIT, reader.named(unit.name)),
        (labels.UNIT_CODE, unit.code),
        (labels.COHORT, reader.named(labels.cohort(scores, row, reader.lang))),
        (card.YEAR, str(int(scores.years[row]))),
        (card.TOTAL(points=tree.scale_of(unit.type)), total),
        (labels.PLACE, reader.say(card.place_of(scores, row))),
        (labels.GRADE, labels.grade(scores, row, reader.lang) or "—"),
        (labels.COVERAGE, reader.say(card.coverage_of(scores, row))),
    ]
    told: list[tuple[Text, Content]] = []
    if (contradiction := scale.of_unit(tree, unit.type)) is not None:
        told.append((card.SCALE, reader.say(contradiction)))
    came = conversion.conversion_of(scores, row)
    if came is not None:
        told.append((conversion.HEADING, reader.say(came)))
    remarks = labels.grade_remarks(scores, row)
    if remarks:
        told.append((card.why_heading(tree), _several(reader, remarks)))
    adjusted = card.adjusted_of(scores, row)
    if adjusted is not None:
        told.append((card.adjusted_heading(scores, row), reader.say(adjusted)))
    objection = appeal.appeal_of(notice)
    told.append((appeal.HEADING, reader.say(objection.sentence)))
    reached = [(label, reader.say(text)) for label, text in objection.rows]
    blocks = (pairs(reader, entries), pairs(reader, told, "pairs one"), pairs(reader, reached))
    return tag("section", *blocks, aria_label=reader.say(labels.SCORE))


def _several(reader: Reader, texts: Sequence[Text]) -> str:
    return reader.say(_SENTENCES).join(reader.say(text) for text in texts)


def _aspects(reader: Reader, scores: Scores, row: int, lost: FloatArray, number: int) -> Html:
    told = aspects_of(scores, row)
    rows: list[Row] = []
    groups, sentences = [], []
    for one in told.rows:
        rates = [one.own, one.mean, one.best]
        rows.append(
            [
                one.node.code,
                reader.named(one.node.title),
                worth_text(reader, scores, one.node, one.points),
                taken_text(reader, scores, one.node, one.score),
                lost_text(scores, lost, one.node),
                *map(rate_text, rates),
            ]
        )
        groups.append(charts.Group(one.node.title, [Bar(rate, rate_text(rate)) for rate in rates]))
        own, mean, best = (rate_text(rate) or "—" for rate in rates)
        sentences.append(reader.say(_TOLD(name=one.node.title, own=own, mean=mean, best=best)))
    looks = [""] * len(rows)
    if (whole := told.total) is not None:
        counted = [whole.points, whole.score, whole.points - whole.score]
        shares = [whole.own, whole.mean, whole.best]
        rows.append(["", reader.say(whole.label), *map(points_text, counted), *map(rate_text, shares)])
        looks.append("group")
    series = [reader.say(one) for one in (card.OWN, card.MEAN, card.BEST)]
    heading = labels.section(number, told.heading)
    columns = [
        TableColumn(labels.CODE, "c k"),
        TableColumn(told.level, "m"),
        TableColumn(card.APPLICABLE, "n"),
        TableColumn(labels.SCORE, "n"),
        TableColumn(labels.LOST, "n"),
        TableColumn(card.OWN, "n"),
        TableColumn(card.MEAN, "n"),
        TableColumn(card.BEST, "n"),
    ]
    axis = Axis(reader.say(labels.RATE), 1.0, is_share=True)
    drawn = charts.bars(
        "aspects-chart", reader.say(card.CHART), reader.say(_SENTENCES).join(sentences), series, groups, axis
    )
    shown = table(reader, "aspects-table", card.CHART, columns, [Rows(rows, looks=looks)], heads=1, is_stacked=True)
    notes = (note(reader, text) for text in told.notes)
    return section(reader, "aspects", heading, shown, *notes, drawn)


def _sign(reader: Reader, number: int) -> Html:
    lines = (card.SIGNATURE, card.OFFICE, card.DATE, card.DATE)
    boxes = tag("div", *(tag("p", reader.say(line)) for line in lines), class_="sign")
    heading = labels.section(number, card.SIGN)
    return section(reader, "sign", heading, joined(note(reader, _STATEMENT), boxes))
