"""What an amendment means, in the words that commands and pages share (``amending.look`` works it out)."""

from collections.abc import Iterator, Mapping
from typing import Any

from lawgov_score.model.notice import Notice
from lawgov_score.rounds.amending import Amendment, Anew, ChangedUnit, UnitChange
from lawgov_score.rounds.models import Objection
from lawgov_score.rounds.things import numbered
from lawgov_score.wording import Phrase, Text, Words

UNITS = Words("名册的变化：", "Changes of the roster:")
RENAMED = Words(
    "改名以前印制的考核办工作簿，写着旧名的行不再采用：重新印制再填",
    "in the office's workbooks that were printed before, rows with the former name are not used: print them anew",
)
KEPT = Words(
    "{n} 份报送照常采用：填报项没有变，或者只改了文字。",
    "{n} submissions are kept whole: what was asked is the same, or only worded otherwise.",
)
ANEW = Words("{n} 份报送须重报：", "{n} submissions must be sent anew:")
PUBLISHED = Words(
    "第 {n} 次公布不变，仍可核验；修改要算数，须重新作终评计算并另作公布",
    "Publication {n} stays, and can be verified. For the amendment to count, make another final run and publish it",
)
OBJECTIONS = Words(
    "退出的单位还有异议没有决定，仍须办结，不改分",
    "Objections of units that end are not decided; they still have to be, without a score",
)
NOTHING = Words("与现用的相同，没有要改的。", "It is what is in use: nothing to amend.")
TOLD = Words(
    "须告知这 {n} 个单位：用新的填报表补报{how}；通知由考核办发出。",
    "{n} units have to be told, by the office: {n:it fills|they fill} in the new workbook{how}.",
)
RUN_AGAIN = Words(
    "此前的计算用的是修改以前的体系和名册，须重新计算",
    "Runs so far used the former tree and roster, and have to be made anew",
)
_UNIT: Mapping[UnitChange, Words] = {
    UnitChange.ADDED: Words("新增 {code} {name}", "added: {code} {name}"),
    UnitChange.BACK: Words("恢复 {code} {name}（此前已退出）", "back again: {code} {name}, which had ended"),
    UnitChange.ENDED: Words("退出 {code} {name}{sent}", "ended: {code} {name}{sent}"),
    UnitChange.RENAMED: Words("改名 {code}：{old} → {new}", "renamed: {code}, {old} → {new}"),
    UnitChange.MOVED: Words(
        "换组 {code} {name}：{old} → {new}；{what}", "another cohort: {code} {name}, {old} → {new}; {what}"
    ),
    UnitChange.TYPE: Words(
        "换类型 {code} {name}：{old} → {new}；{what}", "another type: {code} {name}, {old} → {new}; {what}"
    ),
    UnitChange.YEAR: Words("换年度 {code} {name}：{old} → {new}", "another year: {code} {name}, {old} → {new}"),
}
_SENT = Words("：第 {n} 次报送不再计算，仍留存", ": its submission {n} no longer counts, and is kept")
_NO_COHORT = Words("（不分组）", "(none)")
_RANKED = Words(
    "以后在新的组内排位次、占等次名额，两组其他单位的位次和名额随之变动",
    "from now on it has its place and grade in the new one; places and quotas of others in both change with it",
)
_UNRANKED = Words("以后不在组内排位次", "it has no place in a cohort from now on")
_STRANGER = Words(
    "注意：按指标体系，“{kind}”类单位不在这一组，请核对",
    "note: the tree has units of the type {kind} in another cohort: make sure",
)
_SAME_INDICATORS = Words("适用的指标由单位类型决定，不因换组而变", "its indicators go by its type and stay as they are")
_ASKED = Words("新适用 {n} 项：{titles:list}", "{n} indicators {n:applies|apply} from now on: {titles:list}")
_UNASKED = Words("不再适用 {n} 项：{titles:list}", "{n} {n:applies|apply} no more: {titles:list}")
_SAME_BY_TYPE = Words(
    "适用的指标相同，分值和计分规则按新的类型", "the same indicators apply, with the points and rules of the new type"
)
_ONE = Words("{code} {name} 第 {n} 次报送：{told:list}", "{code} {name}, submission {n}: {told:list}")
_OBJECTION = Words("{objection}：{code} {name}", "{objection}: {code} {name}")

_NOTICE_FIELDS = {
    "office": Words("受理单位", "Office"),
    "telephone": Words("联系电话", "Telephone"),
    "address": Words("地址", "Address"),
    "way": Words("提出方式", "How to object"),
}
_FIELD = Words("{field}：{old} → {new}", "{field}: {old} → {new}")
_EMPTY = Words("（空）", "(empty)")


def of_unit(one: ChangedUnit) -> Text:
    """One change of one unit."""
    sent = "" if one.sent is None else _SENT(n=one.sent.n)
    old, new = (name or code for name, code in zip(one.named, (one.old, one.new), strict=True))
    sides = {"old": old or _NO_COHORT, "new": new or _NO_COHORT}
    return _UNIT[one.change](code=one.code, name=one.name, sent=sent, what=tuple(_what_changes(one)), **sides)


def _what_changes(one: ChangedUnit) -> Iterator[Text]:
    """What another cohort or type means for the unit."""
    if one.change is UnitChange.MOVED:
        yield _RANKED if one.new else _UNRANKED
        yield _SAME_INDICATORS
        if one.stranger:
            yield _STRANGER(kind=one.stranger)
    elif one.asked or one.unasked:
        if one.asked:
            yield _ASKED(n=len(one.asked), titles=one.asked)
        if one.unasked:
            yield _UNASKED(n=len(one.unasked), titles=one.unasked)
    else:
        yield _SAME_BY_TYPE


def of_submission(one: Anew) -> Phrase:
    """A submission of which something has to be sent anew, and what."""
    unit = one.submission.unit
    return _ONE(code=unit.code, name=unit.name, n=one.submission.n, told=one.told)


def of_objection(one: Objection) -> Phrase:
    """An objection of a unit that ends."""
    return _OBJECTION(objection=numbered("objection", one.n), code=one.unit.code, name=one.unit.name)


def is_any_renamed(meant: Amendment) -> bool:
    """Does a unit get another name?"""
    return any(one.change is UnitChange.RENAMED for one in meant.units)


def words_of(meaning: Mapping[str, Any], *, has_runs: bool) -> Mapping[str, Text]:
    """What stands beside an amendment that was written down: a text for each part that it has."""
    n_anew = len(meaning["anew"])
    return {
        "kept": KEPT(n=meaning["kept"]) if meaning["kept"] else "",
        "anew": ANEW(n=n_anew) if n_anew else "",
        "told": TOLD(n=n_anew, how="") if n_anew else "",
        "renamed": RENAMED if meaning["is_any_renamed"] else "",
        "objections": OBJECTIONS if meaning["objections"] else "",
        "published": "" if meaning["published"] is None else PUBLISHED(n=meaning["published"]),
        "nothing": NOTHING,
        "units": UNITS,
        "run_again": RUN_AGAIN if has_runs else "",
    }


def of_notice(old: Notice, new: Notice) -> tuple[Text, ...]:
    """What a notice says otherwise than the one in use, field by field."""
    said = [(field, *(getattr(one, key) or _EMPTY for one in (old, new))) for key, field in _NOTICE_FIELDS.items()]
    return tuple(_FIELD(field=field, old=was, new=now) for field, was, now in said if was != now)
