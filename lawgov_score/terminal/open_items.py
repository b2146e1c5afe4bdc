"""The office's to-do list in the terminal: what is open, counted by kind and indicator."""

from collections.abc import Sequence
from itertools import groupby

from lawgov_score.content.open_items import Open
from lawgov_score.model import Scores
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

_HEAD = Words("考核机关还有 {n} 件事要办：", "Still to be done by the office: {n}")
_KIND = Words("  {kind} {n} 件", "  {kind}: {n}")
_LINE = Words("    {code} {title}：{units:list}", "    {code} {title}: {units:list}")
_MORE = Words("{first:list} 等 {n} 个单位", "{first:list} and others, {n} units")
_MORE_INDICATORS = Words("    另有 {n} 个指标", "    {n} more indicators")
_MOST_UNITS, _MOST_INDICATORS = 4, 6


def open_text(items: Sequence[Open], scores: Scores, lang: Language) -> str:
    """A line for each kind and, under it, for as many indicators as anybody reads; '' where nothing is open."""
    if not items:
        return ""
    lines = [_HEAD(n=len(items))]
    for kind, of_kind in groupby(items, key=lambda one: one.kind):
        listed = list(of_kind)
        lines.append(_KIND(kind=kind, n=len(listed)))
        by_indicator = [list(group) for _, group in groupby(listed, key=lambda one: one.indicator.code)]
        for group in by_indicator[:_MOST_INDICATORS]:
            names = tuple(scores.units[one.row].name for one in group)
            units: object = names
            if len(names) > _MOST_UNITS:
                units = (_MORE(first=names[:_MOST_UNITS], n=len(names)),)
            lines.append(_LINE(code=group[0].indicator.code, title=group[0].indicator.title, units=units))
        if len(by_indicator) > _MOST_INDICATORS:
            lines.append(_MORE_INDICATORS(n=len(by_indicator) - _MOST_INDICATORS))
    return "\n".join(render(line, lang) for line in lines)
