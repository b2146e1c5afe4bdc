"""The unit that an option names: by its code or, where no other unit has it, by its name."""

from typing import TYPE_CHECKING

import click

from lawgov_score.cli.showing import nearest
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

if TYPE_CHECKING:
    from lawgov_score.model import Scores

_SEVERAL = Words(
    "有 {n} 个单位叫“{found}”，请写单位编码：{codes:list}",
    '{n} units are called "{found}"; write the code: {codes:list}',
)


def row_of(scores: "Scores", text: str, lang: Language, option: click.Parameter) -> int:
    """The row of the unit that is meant by ``text``. A usage error of ``option`` for none, or for several."""
    from lawgov_score.workbook.called import index_of

    units = index_of((unit.code, unit.name, row) for row, unit in enumerate(scores.units))
    row = units.find(text)
    if row is not None:
        return row
    if codes := units.several(text):
        raise click.BadParameter(render(_SEVERAL(n=len(codes), found=text, codes=codes), lang), param=option)
    known = dict.fromkeys((*(unit.code for unit in scores.units), *(unit.name for unit in scores.units)))
    raise click.BadParameter(nearest(text, tuple(known), lang), param=option)
