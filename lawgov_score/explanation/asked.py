"""What is asked, in words: a field with its unit of measurement and bounds, and all that an indicator asks."""

from collections.abc import Mapping

from lawgov_score.model import FilledBy, Indicator, Shared
from lawgov_score.report import number_text
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.wording import Phrase, Words

_LIST = Words("{names:list}", "{names:list}")
_PARTS = Words("{parts}", "{parts}")
_SHARED = Words("“{name}”（共用数据）", '"{name}" (a shared figure)')
_FIELD = Words("{name}（{facts}）", "{name} ({facts})")
_AND = Words("{one}，{other}", "{one}, {other}")
_OFFICE = Words("考核机关填报：{fields}", "for the office to fill in: {fields}")
_JUDGED = Words("考核机关评审打分，单位不填", "marked by the office's reviewers; nothing to fill in")
_JUDGED_BY = Words(
    "考核机关评审打分，单位填报供参考：{fields}",
    "marked by the office's reviewers, who read what the unit says: {fields}",
)
TYPES: Mapping[FieldType, Words] = {
    FieldType.COUNT: Words("整数", "whole number"),
    FieldType.AMOUNT: Words("数，可有小数", "number, with decimals"),
    FieldType.CHOICE: Words("选项", "choice"),
    FieldType.SHARE: Words("百分数", "percentage"),
    FieldType.DATE: Words("日期", "date"),
    FieldType.YES_NO: Words("是／否", "yes or no"),
    FieldType.TEXT: Words("文字", "text"),
}
_SAID = frozenset({FieldType.SHARE, FieldType.DATE, FieldType.YES_NO, FieldType.TEXT})  # others show by what they say
_SUBSTITUTE = Words("件数不明时才填", "only where counts are not known")
_NEVER = Words("没有的填“{never}”", '"{never}" if it did not come')
_AT_LEAST = Words("不少于{bound}", "at least {bound}")
_AT_MOST = Words("不多于{bound}", "at most {bound}")
_NAMED = Words("“{name}”", '"{name}"')
_NUMBER = Words(" {n}", "{n}")
_DAY = Words(" {n:date}", "{n:date}")


def asked(indicator: Indicator) -> Phrase | None:
    """What is asked, and who is asked."""
    fields = tuple(field(indicator, one) for one in indicator.own_fields)
    fields += tuple(_SHARED(name=one.name) for one in indicator.shared_fields)
    if indicator.is_judged:
        return _JUDGED_BY(fields=fields) if indicator.is_asked else _JUDGED()
    if not fields:
        return None
    return _OFFICE(fields=fields) if indicator.filled_by is FilledBy.ASSESSOR else _PARTS(parts=fields)


def field(of: Indicator | Shared, one: Field) -> Phrase:
    """One field: its name, unit of measurement, bounds, and the word for a date that never came."""
    known = (*of.above, *of.fields) if isinstance(of, Shared) else of.fields
    names = {each.code: each.name for each in known}
    facts: list[object] = [TYPES[one.type]()] if one.type in _SAID else []
    facts += [one.measured_in] if one.measured_in else []
    facts += [_LIST(names=one.choices)] if one.choices else []
    usual = {"at_least": 0.0, "at_most": 1.0 if one.type is FieldType.SHARE else None}
    for key, words in (("at_least", _AT_LEAST), ("at_most", _AT_MOST)):
        bound = getattr(one, key)
        if bound is None or bound == usual[key]:
            continue
        facts.append(words(bound=_bound(one, bound, names)))
    facts += [_SUBSTITUTE()] if one.substitute else []
    facts += [_NEVER(never=one.never)] if one.never else []
    facts += [one.note] if one.note else []
    if not facts:
        return _PARTS(parts=(one.name,))
    all_facts, *more = facts
    for fact in more:
        all_facts = _AND(one=all_facts, other=fact)
    return _FIELD(name=one.name, facts=all_facts)


def _bound(one: Field, bound: float | str, names: Mapping[str, str]) -> Phrase:
    if isinstance(bound, str):
        return _NAMED(name=names.get(bound, bound))
    return _DAY(n=bound) if one.type is FieldType.DATE else _NUMBER(n=number_text(bound))
