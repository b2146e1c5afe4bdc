"""`explain`: one unit's way from cells to points, in the terminal."""

from lawgov_score import explanation
from lawgov_score.model import Group, Indicator, Node, Scores, Status
from lawgov_score.report import number_text, place_text, render
from lawgov_score.wording import Language, Words

_HEAD = Words("{name}（{code}）　{cohort}", "{name} ({code})  {cohort}")
_TOTAL = Words(
    "总分 {total}　位次 {rank}（同组 {of} 个单位）　等次 {grade}",
    "total {total}  place {rank} of {of} in its cohort  grade {grade}",
)
_NOT_SCORED = Words("未计分", "not scored")
_CONVERSION = Words(
    "折算：{raw:points} ÷ {applicable:points} × {whole:points} = {full}　舍入后 {total}",
    "conversion: {raw:points} ÷ {applicable:points} × {whole:points} = {full}, rounded {total}",
)
_COVERAGE = Words("填报率 {share:percent}（{answered} / {asked}）", "coverage {share:percent} ({answered} of {asked})")
_LINES = {
    "standard": Words("评分标准", "standard"),
    "figures": Words("填报数据", "figures"),
    "cells": Words("所在单元格", "cells"),
    "value": Words("指标值", "value"),
    "score": Words("得分", "score"),
    "reason": Words("扣分理由", "reason"),
    "basis": Words("依据", "basis"),
}
_OF = Words("{score} / {points:points} 分", "{score} of {points:points}")


def explain_text(scores: Scores, row: int, indicator: Indicator | None, lang: Language) -> str:
    """One unit (``row`` of ``scores``): every node with what was lost and why, or one indicator from its cells up."""
    lines = _head(scores, row, lang)
    if indicator is not None:
        above = " › ".join(f"{node.code} {node.title}" for node in scores.tree.ancestors(indicator.code))
        lines += ["", above, *_indicator(scores, row, indicator, lang)]
    else:
        for node in scores.tree.children:
            lines += ["", *_node(scores, row, node, 0, lang)]
    return "\n".join(lines)


def _head(scores: Scores, row: int, lang: Language) -> list[str]:
    unit = scores.units[row]
    of = int((scores.cohorts == scores.cohorts[row]).sum())
    lines = [render(_HEAD(name=unit.name, code=unit.code, cohort=scores.cohort_names[row]), lang)]
    if scores.rank[row] == 0:
        lines.append(render(_NOT_SCORED, lang))
        return lines
    total = _points(float(scores.total[row]))
    rank, grade = int(scores.rank[row]), scores.grades[row] or "—"
    lines.append(render(_TOTAL(total=total, rank=rank, of=of, grade=grade), lang))
    figures = _CONVERSION(
        raw=float(scores.raw_total[row]),
        applicable=float(scores.raw_points[row]),
        whole=sum(indicator.points for indicator in scores.tree.indicators),
        full=number_text(float(scores.full_total[row]), 6),
        total=total,
    )
    lines.append(render(figures, lang))
    covered = _COVERAGE(
        share=float(scores.coverage[row]), answered=int(scores.answered[row]), asked=int(scores.asked[row])
    )
    lines.append(render(covered, lang))
    return lines


def _node(scores: Scores, row: int, node: Node, depth: int, lang: Language) -> list[str]:
    indent = "  " * depth
    lines = [f"{indent}{node.code} {node.title}  {_score(scores, row, node, lang)}"]
    if isinstance(node, Group):
        for child in node.children:
            lines += _node(scores, row, child, depth + 1, lang)
    elif why := explanation.reason(scores, row, node.code):
        lines.append(f"{indent}  — {render(why, lang)}")
    return lines


def _score(scores: Scores, row: int, node: Node, lang: Language) -> str:
    column = scores.node_column[node.code]
    status = Status(int(scores.status[row, column]))
    if status is not Status.SCORED:
        return render(explanation.STATUS[status], lang)
    score = _points(float(scores.scores[row, column]))
    return render(_OF(score=score, points=float(scores.points[row, column])), lang)


def _indicator(scores: Scores, row: int, indicator: Indicator, lang: Language) -> list[str]:
    figures = {
        "standard": render(explanation.standard(indicator), lang),
        "basis": indicator.basis,
        "figures": render(explanation.working(scores, row, indicator.code), lang),
        "cells": "、".join(place_text(place) for place in explanation.cells_of(scores, row, indicator)),
        "score": _score(scores, row, indicator, lang),
    }
    if why := explanation.reason(scores, row, indicator.code):
        figures["reason"] = render(why, lang)
    lines = [f"{indicator.code} {indicator.title}"]
    lines += [f"  {render(_LINES[key], lang)}  {text}" for key, text in figures.items() if text]
    return lines


def _points(number: float) -> str:
    """At least two decimals, more where a score has more."""
    text = number_text(number, 4)
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals:0<2}"
