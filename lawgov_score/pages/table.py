"""Accessible tables: a caption, headings with a scope; on a narrow screen rows become blocks, or the table slides.

A table that slides says so, exactly as long as it is wider than its place: the style sheet compares the widths, and
has the words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lawgov_score.pages.html import Content, Html, joined, lines, tag
from lawgov_score.pages.reader import Reader
from lawgov_score.pages.style import MOST_STACKED
from lawgov_score.wording import Text


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column. ``look``: classes of the style sheet for its cells: n(umber), c(entred), s(mall print), w(ide).

    h: its heading stands on one line.
    """

    heading: Text
    look: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with a look of its own, or over several columns."""

    content: Content
    look: str = ""
    over: int = 1


Row = Sequence[Content | Cell]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that belong together, with an optional heading over them. ``looks``: of each row; none: plain."""

    rows: Sequence[Row]
    heading: Content = None
    looks: Sequence[str] = ()


def table(
    reader: Reader,
    name: str,
    caption: Text,
    columns: Sequence[TableColumn],
    parts: Sequence[Rows],
    *,
    heads: int = 0,
    is_stacked: bool = False,
    look: str = "",
) -> Html:
    """A table. ``name``: for its id. ``heads``: the column with a row's subject.

    ``is_stacked``: on a narrow screen each row is a block with its headings inside it; at most ``MOST_STACKED``
    columns.
    """
    heading = tag("tr", *(tag("th", lines(reader.say(one.heading)), scope="col", class_=one.look) for one in columns))
    whole = tag(
        "table",
        tag("caption", reader.say(caption), id=f"{name}-caption", class_="unseen"),  # the heading above repeats it
        tag("thead", heading),
        *(_part(part, columns, heads) for part in parts),
        class_=" ".join(filter(None, (look, "stack" * is_stacked))) or None,
        style=_inside(reader, columns, heads) if is_stacked else None,
    )
    says = tag("p", class_="slides", aria_hidden="true")
    fitted = tag("div", says, whole, class_="fit")
    return tag("div", fitted, class_="scroll", role="region", aria_labelledby=f"{name}-caption", tabindex=0)


def _inside(reader: Reader, columns: Sequence[TableColumn], heads: int) -> str:
    """The headings that stand inside a stacked row, for the style sheet: not over its subject, and what precedes it."""
    assert len(columns) <= MOST_STACKED, [one.heading for one in columns]
    return ";".join(
        f"--h{i}:{_quoted(reader.say(one.heading))}" for i, one in enumerate(columns, start=1) if i > heads + 1
    )


def _quoted(text: str) -> str:
    r"""A text in a style sheet: ``"…"``.

    >>> print(_quoted('say "a"\n\\b'))
    "say \"a\" \\b"
    """
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def _part(part: Rows, columns: Sequence[TableColumn], heads: int) -> Html:
    top = None
    if part.heading is not None:
        heading = tag("span", part.heading)  # stays visible when the table is scrolled sideways
        top = tag("tr", tag("th", heading, scope="rowgroup", colspan=len(columns)), class_="band")
    looks = part.looks or [""] * len(part.rows)
    return tag("tbody", top, *(_row(row, columns, heads, look) for row, look in zip(part.rows, looks, strict=True)))


def _row(row: Row, columns: Sequence[TableColumn], heads: int, look: str) -> Html:
    cells: list[Html] = []
    at = 0
    for item in row:
        cell = item if isinstance(item, Cell) else Cell(item)
        classes = cell.look or columns[at].look
        over = cell.over if cell.over > 1 else None
        if at <= heads < at + cell.over:
            cells.append(tag("th", cell.content, scope="row", class_=classes or None, colspan=over))
        else:
            cells.append(tag("td", cell.content, class_=classes or None, colspan=over))
        at += cell.over
    return tag("tr", joined(*cells), class_=look or None)


def pairs(reader: Reader, entries: Sequence[tuple[Text, Content]], look: str = "pairs") -> Html:
    """Labels and their contents."""
    return tag(
        "dl",
        *(tag("div", tag("dt", reader.say(label)), tag("dd", content)) for label, content in entries),
        class_=look,
    )
