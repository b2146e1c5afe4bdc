"""Renders a section of a unit's card as markup."""

from collections.abc import Mapping

from lawgov_score.content import labels
from lawgov_score.content.sections import Cell, Changed, Kind, Look, Note, Section
from lawgov_score.model import Tree
from lawgov_score.pages.document import note, section
from lawgov_score.pages.figures import points_text, rate_text, score_text
from lawgov_score.pages.html import Content, Html, tag
from lawgov_score.pages.reader import Reader
from lawgov_score.pages.table import Row, Rows, TableColumn, table

_LOOKS: Mapping[Kind, str] = {
    Kind.CODE: "c k",
    Kind.NAME: "m",
    Kind.LABEL: "c k",
    Kind.TAG: "c k",
    Kind.POINTS: "n",
    Kind.SCORE: "n",
    Kind.STRONG: "n b",
    Kind.GAIN: "n",
    Kind.RATE: "n",
    Kind.SHARE: "n",
    Kind.EFFECT: "c b",
    Kind.SUBJECT: "m",
    Kind.WORDS: "w s",
    Kind.REMARK: "w s",
}


def card_section(reader: Reader, tree: Tree, number: int, part: Section) -> Html:
    """The section under its number. A screen has room for everything, including spare columns."""
    content: list[Content] = [_note(reader, each) for each in part.notes]
    if part.rows:
        columns = [TableColumn(each.heading, _look(each.kind, part.name)) for each in part.columns]
        kinds = [each.kind for each in part.columns]
        rows: list[Row] = [
            [_cell(reader, tree, kind, cell) for kind, cell in zip(kinds, row, strict=True)] for row in part.rows
        ]
        shown = table(
            reader, f"{part.name}-table", part.heading, columns, [Rows(rows)], heads=part.about, is_stacked=True
        )
        content.append(shown)
    content += [_note(reader, each) for each in part.after]
    return section(reader, part.name, labels.section(number, part.heading), *content)


def _look(kind: Kind, name: str) -> str:
    return "w" if kind is Kind.REMARK and name == "next" else _LOOKS[kind]


def _note(reader: Reader, one: Note) -> Html:
    if one.look is Look.NOTE:
        return note(reader, one.text)
    return tag("p", reader.say(one.text), class_="b" if one.look is Look.STRONG else None)


def _cell(reader: Reader, tree: Tree, kind: Kind, cell: Cell) -> Content:
    number = cell.score if isinstance(cell, Changed) else cell
    if not isinstance(number, float):
        text = reader.say(number)
        return reader.named(text) if kind is Kind.NAME else text
    match kind:
        case Kind.SCORE:
            return score_text(tree.letter(number), number, tree.policies.indicator_decimals)
        case Kind.GAIN:
            return ("+" if number >= 0 else "−") + points_text(abs(number))
        case Kind.RATE:
            return rate_text(number)
        case Kind.SHARE:
            return rate_text(number, 0)
        case _:
            return points_text(number)
