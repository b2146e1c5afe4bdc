"""A unit's duties across a tree: the task sheet an office sends out, in the terminal and as JSON."""

import json
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from lawgov_score.content import labels
from lawgov_score.explanation import standard
from lawgov_score.model import Indicator, Tree
from lawgov_score.report import number_text, render, width
from lawgov_score.wording import Language, Words

_HEAD = Words("{unit}　任务清单", "{unit}: task sheet")
_EDITION = Words("{title}（版本 {edition}，考核年度 {year}）", "{title} (edition {edition}, year {year})")
_NOTICE = Words("说明：{notice}", "Notice: {notice}")
_LEADS = Words("牵头：{n} 项，{points} 分", "Leads: {n} indicators, {points} points")
_ASSISTS = Words("责任：{n} 项，{points} 分", "Assists: {n} indicators, {points} points")
_TITLE = Words("{code} {title}　{points:points} 分", "{code} {title}  {points:points} points")
_TITLE_BY_TYPE = Words("{code} {title}　{points} 分", "{code} {title}  points: {points}")
_SUM_OF = Words("{types:list} {sum}", "{sum} for {types:list}")
_EACH_SUM = Words("{each:list}", "{each:list}")
_LINES = {
    "standard": Words("评分标准", "standard"),
    "applies_to": Words("适用单位", "applies to"),
    "lead": Words("共同牵头", "leads with"),
    "led_by": Words("牵头单位", "led by"),
    "assist": Words("责任单位", "assisted by"),
    "evidence": Words("佐证材料", "evidence"),
    "note": Words("备注", "note"),
}


def units_named(tree: Tree) -> tuple[str, ...]:
    """Every unit that leads or assists anywhere, as printed, in the order of the tree."""
    return tuple(dict.fromkeys(unit for each in tree.indicators for unit in (*each.lead, *each.assist)))


def unit_named(tree: Tree, typed: str) -> str | None:
    """The unit as the tree prints it, ignoring width of brackets; None if there is no such unit."""
    return next((unit for unit in units_named(tree) if _plain(unit) == _plain(typed)), None)


def led(tree: Tree, unit: str) -> tuple[Indicator, ...]:
    """Indicators that ``unit`` leads (牵头), as printed."""
    return tuple(each for each in tree.indicators if unit in each.lead)


def assisted(tree: Tree, unit: str) -> tuple[Indicator, ...]:
    """Indicators for which ``unit`` is responsible without leading (责任), as printed."""
    return tuple(each for each in tree.indicators if unit in each.assist and unit not in each.lead)


def duties_text(tree: Tree, unit: str, lang: Language) -> str:
    """The indicators that ``unit`` leads, then those it assists in, each with points, standard and evidence."""
    lines = [
        render(_HEAD(unit=unit), lang),
        render(_EDITION(title=tree.title, edition=tree.edition, year=str(tree.year)), lang),
    ]
    if tree.notice:
        lines.append(render(_NOTICE(notice=tree.notice), lang))
    for words, indicators in ((_LEADS, led(tree, unit)), (_ASSISTS, assisted(tree, unit))):
        lines += ["", render(words(n=len(indicators), points=_sum(tree, indicators, lang)), lang)]
        lines += _sheet(tree, unit, indicators, lang)
    return "\n".join(lines)


def _sheet(tree: Tree, unit: str, indicators: tuple[Indicator, ...], lang: Language) -> Iterator[str]:
    above = ""
    for indicator in indicators:
        groups = " › ".join(f"{node.code} {node.title}" for node in tree.ancestors(indicator.code))
        if groups != above:
            yield ""
            yield groups
            above = groups
        points = labels.points_of(tree, indicator.code)
        words = _TITLE if isinstance(points, float) else _TITLE_BY_TYPE
        yield "  " + render(words(code=indicator.code, title=labels.titled(indicator), points=points), lang)
        yield from _details(tree, unit, indicator, lang)


def _details(tree: Tree, unit: str, indicator: Indicator, lang: Language) -> Iterator[str]:
    is_lead = unit in indicator.lead
    details = {
        "standard": render(standard.standard(tree, indicator), lang),
        "applies_to": _listed(tuple(kind.name for kind in tree.unit_types if kind.code in indicator.applies_to), lang),
        "lead" if is_lead else "led_by": _listed(_others(indicator.lead, unit), lang),
        "assist": _listed(_others(indicator.assist, unit), lang) if is_lead else "",
        "evidence": _listed(indicator.evidence, lang),
        "note": indicator.note,
    }
    column = max(width(render(words, lang)) for words in _LINES.values())
    for key, text in details.items():
        if text:
            name = render(_LINES[key], lang)
            yield f"    {name}{' ' * (column - width(name))}  {text}"


def duties_json(tree: Tree, unit: str, lang: Language) -> str:
    """The same as one object: the tree, the unit, and one list each under ``lead`` and ``assist``."""
    record = {
        "code": tree.code,
        "title": tree.title,
        "edition": tree.edition,
        "year": tree.year,
        "unit": unit,
        "lead": [_record(tree, each, lang) for each in led(tree, unit)],
        "assist": [_record(tree, each, lang) for each in assisted(tree, unit)],
    }
    return json.dumps(record, ensure_ascii=False, indent=2)


def _record(tree: Tree, indicator: Indicator, lang: Language) -> dict[str, object]:
    types = [kind.code for kind in tree.unit_types if kind.code in indicator.applies_to]
    return {
        "code": indicator.code,
        "title": indicator.title,
        "points": points[0][1] if len(points := tree.points_of(indicator.code)) == 1 else _by_type(tree, indicator),
        "groups": [{"code": node.code, "title": node.title} for node in tree.ancestors(indicator.code)],
        "standard": render(standard.standard(tree, indicator), lang),
        "applies_to": types or "all",
        "lead": list(indicator.lead),
        "assist": list(indicator.assist),
        "basis": indicator.basis,
        "evidence": list(indicator.evidence),
        "note": indicator.note,
    }


def _by_type(tree: Tree, indicator: Indicator) -> dict[str, float]:
    return {kind.code: tree.of_type(kind.code).by_code[indicator.code].points for kind in tree.unit_types}


def _sum(tree: Tree, indicators: tuple[Indicator, ...], lang: Language) -> str:
    """Their points together; where these go by unit type, each type's."""

    def together(own: Tree) -> str:
        points = (Decimal(repr(own.by_code[each.code].points)) for each in indicators)
        return number_text(float(sum(points, Decimal(0))))

    sums: dict[str, list[str]] = {}
    for names, own in tree.kinds or (((), tree),):
        sums.setdefault(together(own), []).extend(names)
    if len(sums) == 1:
        return next(iter(sums))
    return render(_EACH_SUM(each=tuple(_SUM_OF(types=tuple(names), sum=text) for text, names in sums.items())), lang)


def _others(units: tuple[str, ...], unit: str) -> tuple[str, ...]:
    return tuple(each for each in units if each != unit)


def _listed(names: tuple[str, ...], lang: Language) -> str:
    return render(Words("{names:list}", "{names:list}")(names=names), lang) if names else ""


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip()
