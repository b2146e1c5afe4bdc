"""A rehearsal in the terminal: the conclusion, what each change moves, who loses by it and why."""

from lawgov_score.report import render
from lawgov_score.revision import rehearsal_rows as content
from lawgov_score.revision import report_rows
from lawgov_score.revision.rehearsal import Rehearsal
from lawgov_score.revision.rehearsal_rows import signed
from lawgov_score.terminal.aligned import aligned
from lawgov_score.wording import Language, Text, Words

_SECTION = Words("【{heading}】", "[{heading}]")
_LINE = Words("{code} {title}：{lacks}；{done}", "{code} {title}: {lacks}; {done}")
_REST = Words("……另 {n} 个，见工作簿（-o）或 --csv", "… {n} more: see the workbook (-o) or --csv")
_MOST_LOSERS = 40
_HEADINGS = (
    *(content.UNIT_COLUMNS[0], content.UNIT_COLUMNS[1]),
    *(content.UNIT_COLUMNS[3], content.UNIT_COLUMNS[4], content.UNIT_COLUMNS[5]),
    *(Words("位次", "place"), Words("等次", "grade"), content.WHY),
)
_ARROW = Words("{old}→{new}", "{old}→{new}")


def rehearsal_text(found: Rehearsal, lang: Language) -> str:
    """Both trees, the conclusion, the changes, the units that lose by it; then what could not be tried, what is new."""

    def say(text: Text) -> str:
        return render(text, lang)

    lines = [say(each) for each in (*report_rows.trees(found.revision), *content.summary(found))]
    if content.tells_moves(found):
        lines += ["", say(_SECTION(heading=content.CHANGES))]
        number_, name, what, *rest = map(say, content.BUNDLE_COLUMNS)
        cells = [[number_, name, *rest, what]]  # what may be long: nothing stands behind it
        for number, one in enumerate(content.effects(found), start=1):
            worst, best = signed(one.worst, found.decimals), signed(one.best, found.decimals)
            figures = [str(one.losing), worst, str(one.winning), best, str(one.falling), str(one.rising)]
            cells.append([str(number), say(one.name), *figures, say(one.what)])
        lines += aligned(cells, numbers={0, 2, 3, 4, 5, 6, 7})
        lines.append(say(content.EFFECTS_NOTE))
        if losers := _losers(found, lang):
            lines += ["", *losers]
    if lacks := content.not_comparable(found):
        lines += ["", say(_SECTION(heading=content.NOT_COMPARABLE))]
        lines += [say(_LINE(code=code, title=title, lacks=lack, done=done)) for code, title, lack, done in lacks]
    lines += ["", say(_SECTION(heading=content.NEWLY_ASKED)), *map(say, content.asked_summary(found))]
    return "\n".join(lines)


def _losers(found: Rehearsal, lang: Language) -> list[str]:
    if not found.losers:
        nobody = content.nobody_loses(found)
        return [] if nobody is None else [render(nobody, lang)]
    lines = [render(_SECTION(heading=content.LOSERS(n=len(found.losers))), lang)]
    cells = [[render(each, lang) for each in _HEADINGS]]
    for row in found.losers[:_MOST_LOSERS]:
        unit, (old, new) = found.old.units[row], content.sides(found, row)
        grades = (render(old.grade, lang) or "—", render(new.grade, lang) or "—")
        moves = ((str(old.place or "—"), str(new.place or "—")), grades)
        cells.append(
            [
                *(unit.code, unit.name, render(old.printed_total, lang), render(new.printed_total, lang)),
                signed(float(found.gains[row]), found.decimals),
                *(
                    before if before == after else render(_ARROW(old=before, new=after), lang)
                    for before, after in moves
                ),
                render(content.why(found, row), lang),
            ]
        )
    lines += aligned(cells, numbers={2, 3, 4})
    if len(found.losers) > _MOST_LOSERS:
        lines.append(render(_REST(n=len(found.losers) - _MOST_LOSERS), lang))
    return lines
