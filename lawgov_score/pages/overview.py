"""Overview of a run: cohorts side by side, distribution of scores, units that rose and fell."""

from lawgov_score.content import analysis, labels, movement
from lawgov_score.content.analysis import Band
from lawgov_score.model import Scores
from lawgov_score.pages import charts
from lawgov_score.pages.charts import Axis, Bar, Mark
from lawgov_score.pages.document import note, section
from lawgov_score.pages.figures import points_text
from lawgov_score.pages.html import Html, tag
from lawgov_score.pages.reader import Reader
from lawgov_score.pages.table import Cell, Row, Rows, TableColumn, table
from lawgov_score.wording import Words

_COHORT_TOLD = Words("{name}：平均 {mean:points}，最高 {best:points}", "{name}: mean {mean:points}, best {best:points}")
_BAND_TOLD = Words("{band} 分 {n} 个单位", "{band}: {n} units")
_LINE = Words("{grade} {line:points}", "{grade} {line:points}")
_ALL = Words("总体情况", "All units together")  # if there is only one cohort
_AND = Words("；", "; ")


def cohorts(reader: Reader, scores: Scores, number: int) -> Html:
    """Each cohort's number of units, with mean, best and lowest scores; a single cohort is not drawn."""
    summaries = analysis.summaries(scores, reader.lang)
    heading = analysis.COHORTS if len(summaries) > 1 else _ALL
    rows: list[Row] = []
    groups, sentences = [], []
    for summary in summaries:
        figures = [points_text(figure) for figure in (summary.mean, summary.highest, summary.lowest)]
        rows.append([reader.named(summary.name), str(summary.units), str(summary.scored), *figures])
        if summary.cohort is not None and summary.scored:
            bars = [Bar(summary.mean, points_text(summary.mean)), Bar(summary.highest, points_text(summary.highest))]
            groups.append(charts.Group(summary.name, bars))
            sentences.append(reader.say(_COHORT_TOLD(name=summary.name, mean=summary.mean, best=summary.highest)))
    heads = (analysis.NUMBER, analysis.SCORED, analysis.MEAN, analysis.HIGHEST, analysis.LOWEST)
    columns = [TableColumn(labels.COHORT, "m"), *(TableColumn(heading, "n") for heading in heads)]
    looks = ["group" if summary.cohort is None else "" for summary in summaries]
    shown = table(reader, "cohorts-table", heading, columns, [Rows(rows, looks=looks)])
    drawn = None
    if len(groups) > 1:
        drawn = charts.bars(
            "cohorts-chart",
            reader.say(analysis.COHORTS),
            reader.say(_AND).join(sentences),
            [reader.say(analysis.MEAN), reader.say(analysis.HIGHEST)],
            groups,
            Axis(
                reader.say(analysis.TOTALS),
                max(*(summary.highest for summary in summaries if summary.scored), float(scores.tree.scale)),
            ),
        )
    return section(reader, "cohorts", labels.section(number, heading), shown, drawn)


def spread(reader: Reader, scores: Scores, number: int) -> Html:
    """The number of totals in each band, with the grade lines if all units have the same."""
    tree, bands = scores.tree, analysis.bands_of(scores)
    counts = analysis.spread(scores, bands, scores.cohorts >= 0)
    edges = [bands[0].lower, *(band.upper for band in bands)]
    marks = []
    if analysis.lines_are_common(tree):
        marks = [
            Mark(line, reader.say(_LINE(grade=grade.name, line=line)))
            for grade in tree.grades
            if edges[0] < (line := grade.line("")) < edges[-1]
        ]
    description = reader.say(_AND).join(
        reader.say(_BAND_TOLD(band=reader.say(analysis.band_name(band)), n=count))
        for band, count in zip(bands, counts, strict=True)
    )
    axes = (reader.say(analysis.TOTALS), reader.say(analysis.NUMBER))
    drawn = charts.histogram("spread-chart", reader.say(analysis.SPREAD), description, edges, counts, marks, axes)
    about = [note(reader, analysis.SPREAD_NOTE)]
    lines = analysis.lines_note(tree)
    if lines is not None:
        about.append(note(reader, lines))
    beside = tag("div", drawn, _bands(reader, bands, counts), class_="beside")
    return section(reader, "spread", labels.section(number, analysis.SPREAD), *about, beside)


def _bands(reader: Reader, bands: tuple[Band, ...], counts: list[int]) -> Html:
    columns = [TableColumn(analysis.BAND, "c k"), TableColumn(analysis.NUMBER, "n")]
    rows: list[Row] = [
        [reader.say(analysis.band_name(band)), str(count)] for band, count in zip(bands, counts, strict=True)
    ]
    if any(band.grades for band in bands):
        columns.append(TableColumn(analysis.BY_LINE, "c"))
        grade_texts = [reader.say(analysis.grades_said(band, reader.lang)) for band in bands]
        rows = [[*row, text] for row, text in zip(rows, grade_texts, strict=True)]
    return table(reader, "spread-table", analysis.SPREAD, columns, [Rows(rows)])


def moves(reader: Reader, scores: Scores, number: int) -> Html:
    """The units that rose most and fell most since last edition."""
    rows: list[Row] = []
    for one in movement.listed(scores):
        moved = reader.say(labels.movement(scores, one.member))
        unit = reader.named(scores.units[one.member].name)
        cohort = reader.named(labels.cohort(scores, one.member, reader.lang))
        change = Cell(moved, "c fell") if one.change < 0 else moved
        rows.append([unit, change, str(one.before), str(one.now), cohort])
    columns = [
        TableColumn(labels.UNIT, "m"),
        TableColumn(movement.CHANGE, "c b"),
        TableColumn(movement.BEFORE, "c"),
        TableColumn(movement.NOW, "c"),
        TableColumn(labels.COHORT, "m"),
    ]
    about = [note(reader, text) for text in movement.notes(scores)]
    shown = table(reader, "moves-table", movement.HEADLINE, columns, [Rows(rows)]) if rows else None
    return section(reader, "moves", labels.section(number, movement.HEADLINE), *about, shown)
