"""Terminal output of `explain`: one unit's way from cells to points."""

import math

from lawgov_score.content import labels
from lawgov_score.content.cells import source_cells
from lawgov_score.content.conversion import conversion_of
from lawgov_score.content.costs import converted_score
from lawgov_score.explanation import adjustments, grading, group_working, reasons, standard
from lawgov_score.explanation import evidence as evidence_words
from lawgov_score.explanation import figures as figures_words
from lawgov_score.explanation import parts as parts_words
from lawgov_score.model import Group, Indicator, Node, Scores, Tree, Way, Why
from lawgov_score.places import place_text
from lawgov_score.report import number_text, prose, render
from lawgov_score.wording import Language, Words

_HEAD = Words("{name}（{code}）　{cohort}", "{name} ({code})  {cohort}")
_TOTAL = Words(
    "总分 {total}　位次 {rank}（同组 {of} 个单位）　等次 {grade}",
    "total {total}  place {rank} of {of} in its cohort  grade {grade}",
)
_NOT_SCORED = Words("未计分", "not scored")
_CAME = Words("得分由来：{text}", "how it came about: {text}")
_ADJUSTED = Words("加分扣分：{text}", "adjustment: {text}")
_NO_TOTAL = Words("本指标体系不设总分，各项分别列示", "this tree has no total: every part stands by itself")
_WHY_GRADE = Words("等次说明：{text}", "about the grade: {text}")
_WHY_SCORE = Words("说明：{text}", "remark: {text}")
_LAST = Words(
    "上年结果（--previous 所给）：总分 {total}，位次 {rank}",
    "last edition (from --previous): total {total}, place {rank}",
)
_ADDED = Words("下级得分相加 {parts} = {total}", "the sum of what is below: {parts} = {total}")
_CONVERTED = Words("{text}（折合 {score} / {points:points} 分）", "{text} ({score} on a scale of {points:points})")
_IN_ALL = Words("……共 {n} 项", "… {n} in all")
_ALL_USED = Words("……共采用列在别处的 {n} 项", "… {n} in all, printed elsewhere")
_LONGEST, _FIRST = 10, 6  # lists longer than the first number are cut to the second
_USED = Words("采用 {code} {title}（列在别处）", "uses {code} {title} (printed elsewhere)")
_COVERAGE = Words("填报率 {share:percent}（{answered} / {asked}）", "coverage {share:percent} ({answered} of {asked})")
_LINES = {
    "standard": Words("评分标准", "standard"),
    "figures": Words("填报数据", "figures"),
    "cells": Words("所在单元格", "cells"),
    "evidence": Words("佐证", "evidence"),
    "rates": Words("得分率与佐证充分度", "performance and sufficiency of evidence"),
    "value": Words("指标值", "value"),
    "score": Words("得分", "score"),
    "taken": Words("扣分", "taken off"),
    "computed": Words("改分前得分", "before it was changed"),
    "last": Words("上年得分", "last edition"),
    "reason": Words("扣分理由", "reason"),
    "basis": Words("依据", "basis"),
}
_RATES = Words("{performance}；{sufficiency}", "{performance}; {sufficiency}")
_SHARE = Words("{share:percent}", "{share:percent}")
_NOT_KNOWN = Words("—", "—")()
_OF = Words("{score} / {points:points} 分", "{score} of {points:points}")
_TAKEN_OFF = Words("扣 {score} 分", "{score} taken off")
_NOTHING_OFF = Words("未扣分", "nothing taken off")


_CELLS = Words("来源 {cells}", "from {cells}")


def explain_text(scores: Scores, row: int, of: Node | None, lang: Language) -> str:
    """One unit (``row`` of ``scores``): every node with points lost and why.

    ``of``: one indicator alone, from its cells up; or one group with everything below it, and how it is aggregated.
    """
    scores = scores.of_unit(row)
    of = None if of is None else scores.tree.by_code[of.code]
    lines = _head(scores, row, lang)
    if of is not None:
        above = " › ".join(f"{node.code} {node.title}" for node in scores.tree.ancestors(of.code))
        lines += ["", *([above] if above else [])]
        lines += _indicator(scores, row, of, lang) if isinstance(of, Indicator) else _group(scores, row, of, lang)
    else:
        for node in _own(scores, row):
            lines += ["", *_node(scores, row, node, 0, lang)]
        lines += _used(scores, row, scores.tree, 0, lang)
    return "\n".join(lines)


def _head(scores: Scores, row: int, lang: Language) -> list[str]:
    unit = scores.units[row]
    of = scores.cohort_size(row)
    lines = [render(_HEAD(name=unit.name, code=unit.code, cohort=scores.cohort_names[row]), lang)]
    if scores.tree.aggregation.way is Way.NONE:
        lines.append(render(_NO_TOTAL, lang))
    elif scores.rank[row] == 0:
        lines.append(render(_NOT_SCORED, lang))
        return [*lines, *_adjustments(scores, row, lang)]
    else:
        said = scores.tree.policies.round_total
        in_print = said.decimals if said is not None and said.in_print else None
        total = _with_letter(scores.letter_of_total(row), _points(float(scores.total[row]), in_print))
        total += labels.provisional_score(scores, row, lang)
        place, grade = scores.place_texts[row], labels.grade(scores, row, lang) or "—"
        lines.append(render(_TOTAL(total=total, rank=place, of=of, grade=grade), lang))
        came = conversion_of(scores, row)
        lines += [render(_CAME(text=came), lang)] if came is not None else []
    lines += _adjustments(scores, row, lang)
    why = _WHY_GRADE if scores.tree.grades else _WHY_SCORE
    lines += [render(why(text=one), lang) for one in grading.grade_remarks(scores, row)]
    if scores.previous is not None and unit.code in scores.previous.totals:
        rank = scores.previous.ranks.get(unit.code, 0)
        last = _LAST(total=number_text(scores.previous.totals[unit.code], 4), rank=str(rank) if rank else "—")
        lines.append(render(last, lang))
    covered = _COVERAGE(
        share=float(scores.coverage[row]), answered=int(scores.answered[row]), asked=int(scores.asked[row])
    )
    lines.append(render(covered, lang))
    return lines


def _adjustments(scores: Scores, row: int, lang: Language) -> list[str]:
    vetoes = {veto.code for veto in scores.tree.vetoes}  # each has a line of its own
    kinds = [one for one in scores.adjusted[row] if one.kind not in vetoes]
    lines = [render(_ADJUSTED(text=adjustments.adjustment_phrase(scores, row, one)), lang) for one in kinds]
    return lines + [render(phrase, lang) for phrase in adjustments.veto_phrases(scores, row)]


def _own(scores: Scores, row: int) -> tuple[Node, ...]:
    """The top nodes; of parallel trees only the unit's own."""
    tree = scores.tree
    if not tree.parallel:
        return tree.children
    own = [node for node in tree.children if scores.at(row, node.code).applies]
    return tuple(own) or tree.children


def _group(scores: Scores, row: int, group: Group, lang: Language) -> list[str]:
    """One group: how it is aggregated (even if a plain sum), then everything below it."""
    lines = _node(scores, row, group, 0, lang)
    if group_working.how_it_came(scores, row, group) is not None or math.isnan(scores.at(row, group.code).score):
        return lines
    parts = [part for part in parts_words.parts_at(scores, row, group) if not math.isnan(part.score)]
    figures = [_points(part.score) for part in parts]  # as many digits as add up, however few are printed elsewhere
    if len(figures) > _LONGEST:
        figures = [*figures[:_FIRST], render(_IN_ALL(n=len(parts)), lang)]
    sum_phrase = _ADDED(parts=" + ".join(figures), total=_points(scores.at(row, group.code).score))
    return [lines[0], f"  — {render(sum_phrase, lang)}", *lines[1:]] if parts else lines


def _node(scores: Scores, row: int, node: Node, depth: int, lang: Language) -> list[str]:
    indent = "  " * depth
    lines = [f"{indent}{node.code} {render(labels.titled(node), lang)}  {_score(scores, row, node, lang)}"]
    if isinstance(node, Group):
        why = group_working.how_it_came(scores, row, node) or reasons.reason(scores, row, node.code)
        if why is not None:
            lines.append(f"{indent}  — {render(why, lang)}")
        for child in node.children:
            if not _is_absent(scores, row, child):
                lines += _node(scores, row, child, depth + 1, lang)
        lines += _used(scores, row, node, depth + 1, lang)
    elif why := reasons.reason(scores, row, node.code):
        lines.append(f"{indent}  — {render(why, lang)}")
        if source := _source(scores, row, node, lang):
            lines.append(f"{indent}    {source}")
    return lines


def _source(scores: Scores, row: int, indicator: Indicator, lang: Language) -> str:
    """The cells of a lost point's figures in the unit's own workbook, and how much evidence was named."""
    if not scores.at(row, indicator.code).applies or scores.replaced(row, indicator.code) is Why.TYPE:
        return ""
    cells = source_cells(scores, row, indicator, lang)
    parts = [_CELLS(cells=cells)] if cells else []
    evidence = evidence_words.evidence_phrase(evidence_words.evidence_of(scores, row, indicator))
    parts += [evidence] if evidence is not None else []
    return render(Words("；", "; "), lang).join(render(one, lang) for one in parts)


def _is_absent(scores: Scores, row: int, node: Node) -> bool:
    """Is it a repetition that this unit does not have?"""
    return isinstance(node, Group) and bool(node.repetition) and not scores.at(row, node.code).applies


def _used(scores: Scores, row: int, holder: Group | Tree, depth: int, lang: Language) -> list[str]:
    """Uses: nodes printed elsewhere that count here too, with their scores."""
    nodes = [scores.tree.by_code[use.code] for use in holder.uses]
    shown = nodes if len(nodes) <= _LONGEST else nodes[:_FIRST]
    lines = [
        f"{'  ' * depth}{render(_USED(code=node.code, title=node.title), lang)}  {_score(scores, row, node, lang)}"
        for node in shown
    ]
    if len(shown) < len(nodes):
        lines.append("  " * depth + render(_ALL_USED(n=len(nodes)), lang))
    return lines


def _score(scores: Scores, row: int, node: Node, lang: Language) -> str:
    at = scores.at(row, node.code)
    if not at.is_scored:
        return render(figures_words.state(node, at.status), lang)
    shown_to = scores.tree.shown_to(node)
    if scores.tree.is_taken_off(node):
        return render(_TAKEN_OFF(score=_points(at.score, shown_to)) if at.score else _NOTHING_OFF(), lang)
    score = _with_letter(scores.tree.letter(at.score), _points(at.score, shown_to))
    text = render(_OF(score=score, points=at.points), lang)
    converted = converted_score(scores, row, node)
    return (
        text
        if converted is None
        else render(_CONVERTED(text=text, score=number_text(converted, 2), points=node.points), lang)
    )


def _indicator(scores: Scores, row: int, indicator: Indicator, lang: Language) -> list[str]:
    figures = {
        "standard": render(standard.standard(scores.tree, indicator), lang),
        "basis": indicator.basis,
        "figures": render(figures_words.working(scores, row, indicator.code), lang),
        "cells": render(Words("、", ", "), lang).join(map(place_text, figures_words.cells_of(scores, row, indicator))),
        "taken" if scores.tree.is_taken_off(indicator) else "score": _score(scores, row, indicator, lang),
    }
    figures |= _evidence(scores, row, indicator, lang)
    if reasons.change_of(scores, row, indicator) is not None:
        before = float(scores.computed[row, scores.node_column[indicator.code]])
        figures["computed"] = _points(before) if not math.isnan(before) else "—"
    if scores.previous is not None:
        last = scores.previous.scores.get(scores.units[row].code, {}).get(indicator.code)
        figures["last"] = "" if last is None else _points(last)
    if why := reasons.reason(scores, row, indicator.code):
        figures["reason"] = render(why, lang)
    lines = [f"{indicator.code} {render(labels.titled(indicator), lang)}"]
    lines += [f"  {render(_LINES[key], lang)}  {text}" for key, text in figures.items() if text]
    return lines


def _evidence(scores: Scores, row: int, indicator: Indicator, lang: Language) -> dict[str, str]:
    """The evidence named, and two rates that must not be confused: of evidence and of score."""
    evidence = evidence_words.evidence_of(scores, row, indicator)
    phrase = evidence_words.evidence_phrase(evidence)
    if phrase is None:
        return {}
    rates = [one if not math.isnan(one) else None for one in (evidence.performance, evidence.sufficiency)]
    shown = [_NOT_KNOWN if one is None else _SHARE(share=one) for one in rates]
    return {
        "evidence": render(phrase, lang),
        "rates": render(_RATES(performance=shown[0], sufficiency=shown[1]), lang),
    }


def _with_letter(letter: str, text: str) -> str:
    """The letter before the number, if there is one."""
    return f"{letter} {text}" if letter else text


def _points(number: float, shown_to: int | None = None) -> str:
    """The number with at least two decimals, more if the score has more, unless so many are printed and no more."""
    text = number_text(number, 4 if shown_to is None else shown_to)
    whole, _, decimals = text.partition(".")
    return prose(f"{whole}.{decimals:0<2}")
