"""Who sent what, as a short table in the terminal."""

from lawgov_score.content import intake_register as content
from lawgov_score.content.intake_register import Line, Register
from lawgov_score.report import render
from lawgov_score.terminal.aligned import aligned
from lawgov_score.wording import Language, Words

_MOST = 40  # lines; beyond so many units, those that nobody must act on are left out
_COLUMNS = (
    *(content.UNIT_CODE, content.UNIT, content.FILE, content.SAVED),
    *(content.BLANKS, content.ERRORS, content.WARNINGS, content.STATE),
)
_MORE = Words(
    "另有 {n} 个单位未列出；全部见登记表：--register 文件.xlsx",
    "{n} more units are not listed here; all of them: --register FILE.xlsx",
)
_OF = Words("{n}/{asked}", "{n}/{asked}")


def register_text(register: Register, lang: Language) -> str:
    """A line for each unit, and all of them in one sentence; of many units, those alone that somebody must act on."""
    lines, left = content.shown_of(register.lines, _MOST)
    rows = [[render(column, lang) for column in _COLUMNS], *(_cells(line, lang) for line in lines)]
    numbers = {at for at, column in enumerate(_COLUMNS) if column in content.NUMBERS}
    told = [*(aligned(rows, numbers) if lines else ()), *([render(_MORE(n=left), lang)] if left else ())]
    return "\n".join([*told, render(register.summary, lang)])


def _cells(line: Line, lang: Language) -> list[str]:
    texts, figures = content.texts_of(line, lang), content.figures_of(line)
    cells = []
    for column in _COLUMNS:
        if column in texts:
            cells.append(render(texts[column], lang))
        elif column is content.BLANKS and column in figures:
            cells.append(render(_OF(n=figures[column], asked=line.asked), lang))
        else:
            cells.append(str(figures.get(column, content.NOTHING)))
    return cells
