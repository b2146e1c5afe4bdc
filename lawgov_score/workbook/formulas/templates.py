"""A formula whose rows are left open: worked out once, and then put wherever its cells stand on a card."""

import re
from collections.abc import Mapping

_HOLE = re.compile("\x01([^\x02]*)\x02")
Template = tuple[str, ...]  # text, the name of a row, text, the name of a row, … text


def open_row(name: str) -> str:
    """Stands in an address for a row that is not known yet: ``"H" + open_row("01-1")``."""
    return f"\x01{name}\x02"


def template(formula: str) -> Template:
    """The formula, taken apart at its open rows.

    >>> template("C" + open_row("a") + "*2")
    ('C', 'a', '*2')
    """
    return tuple(_HOLE.split(formula))


def filled(made: Template, rows: Mapping[str, str]) -> str:
    """The formula with its rows, numbered from 1 as in an address.

    >>> filled(template("C" + open_row("a") + "*2"), {"a": "7"})
    'C7*2'
    """
    return "".join([rows[part] if i & 1 else part for i, part in enumerate(made)])
