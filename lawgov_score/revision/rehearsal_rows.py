"""What a rehearsal says to a committee, as data: who loses by it and why, what could not be tried, what it costs.

Workbook, page and terminal render it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import factorial, isnan
from types import MappingProxyType

import numpy as np

from lawgov_score.content import labels
from lawgov_score.explanation.asked import TYPES
from lawgov_score.explanation.grading import waiting
from lawgov_score.explanation.method import policy_words as method_words
from lawgov_score.explanation.printed_grade import PROVISIONAL, is_provisional, marks_score, printed_grade
from lawgov_score.model import Scores, Unit
from lawgov_score.revision import Bundle, Change, Id
from lawgov_score.revision.bundles import GIVEN_AWAY, MOST, in_head
from lawgov_score.revision.rehearsal import Rehearsal
from lawgov_score.revision.report_rows import NAMES
from lawgov_score.revision.unasked import Asked, Lacks
from lawgov_score.rounding import FloatArray
from lawgov_score.wording import Phrase, Text, Words

TITLE = Words("指标体系修订试算", "Rehearsal of a revised tree")
CONCLUSION = Words("结论", "Conclusion")
MOVES = Words("变动", "Moves")
SHARES = Words("原因", "Shares")
PICTURE = Words("图示", "Picture")
NOT_COMPARABLE = Words("不可比", "Not comparable")
NEWLY_ASKED = Words("新增填报", "Newly asked")

HELD = Words(
    "用 {year} 年度的填报数据和考核机关的打分、改分、认定、登记试算；考核年度不变，截止日期、期限仍按该年度计算。",
    "Tried on what was submitted, marked, changed, ruled and entered for {year}; the assessed year is held: due dates "
    "and periods are those of that year.",
)
_NOTHING = Words(
    "两个体系没有影响得分的变化：得分、位次、等次都不变。",
    "Nothing that moves scores has changed: totals, places and grades stay as they are.",
)
_OTHER_TREE = Words(
    "两个体系的编码不同（原 {old}，新 {new}），不是同一体系的两个版本：编号相同的未必是同一项，以下增减不能作为结论，"
    "请先核对两个路径。",
    "The two trees have different codes ({old} and {new}), so they are no editions of one tree: what has the same "
    "number need not be the same item. Nothing is concluded from what follows; check both paths first.",
)
_NONE_COMPARED = Words(
    "没有一个单位能作比较：没有单位按两个体系都有得分，谁升谁降无从说起。",
    "Not one unit could be compared: none has a total by both trees, so nothing can be said of who wins or loses.",
)
_PROVISIONAL = Words(
    "含暂定结果（原体系 {old} 个单位，新体系 {new} 个单位）：{why:list}。"
    "补齐、核定以后，得分、位次、等次和增减都可能变。",
    "Some results are provisional ({old} units by the old tree, {new} by the new one): {why:list}. Once that is "
    "settled, totals, places, grades and differences may be others.",
)
_WAITING = Words("有 {n} 项次待审核", "{n} scores are not reviewed yet")
_BLANK_AT_VETO = Words("一票否决的判断项未填报", "a question that a veto rests on is blank")
_BLANKS_PAY = Words("未填报的项目影响等次", "grades hang on what was left blank")
_UNIT_WAITING = Words("暂定，{n} 项待审核", "provisional, {n} items not reviewed yet")
_UNIT_BLANK = Words("暂定，{why}", "provisional, {why}")
_COUNTS = Words(
    "{n} 个单位有结果：等次降低 {grade_down} 个、升高 {grade_up} 个；位次下降 {place_down} 个、上升 {place_up} 个；"
    "得分减少 {score_down} 个、增加 {score_up} 个。",
    "{n} units with a result. Grade lower: {grade_down}, higher: {grade_up}. Place lower: {place_down}, higher: "
    "{place_up}. Total lower: {score_down}, higher: {score_up}.",
)
_ALL_ALIKE = Words("各单位得分变动相同，均为 {gain}。", "The totals of all units change by the same: {gain}.")
_NUMBERED = Words(
    "同分位次的编排办法也改了（{old} → {new}），位次升降含此影响。",
    "Places of equal totals are numbered otherwise now ({old} → {new}): that is in the moves of places too.",
)
_ONE_UNIT = Words("只有一个单位，没有位次可比。", "There is only one unit: no places to compare.")
_WITHOUT = Words(
    "没有结果的单位 {n} 个（没有报送，或填报有误未予计分），不在比较之内：{names:list}{more}。",
    "{n} units without any result (nothing submitted, or not scored because of errors) {n:is|are} not compared: "
    "{names:list}{more}.",
)
_ONE_SIDED = Words(
    "只按一个体系有得分的单位 {n} 个，无法比较增减：{names:list}{more}。",
    "{n} units have a total by one tree alone, so there is no difference: {names:list}{more}.",
)
_NOT_SHARED = Words(
    "有 {n} 个单位的增减不能分摊到各项变动（只采用其中一部分变动时没有得分）：{names:list}{more}。",
    "The difference of {n} units cannot be shared out: with only some of the changes {n:it has|they have} no total: "
    "{names:list}{more}.",
)
_NO_TOTAL = Words("体系不出总分，没有得分、位次可比。", "The tree has no total: no totals or places to compare.")
_MORE = Words("等", " and others")
_METHOD = Words(
    "各项变动的分摊数：按所有先后次序（{orders} 种）逐项修改，取每项变动所引起增减的平均数（夏普利值）；"
    "各项相加，恰为该单位得分的增减。",
    "The share of a change is the mean of what it moves over all {orders} orders in which the changes may be made "
    "(Shapley). The shares of a unit come to its difference exactly.",
)
_GROUPED = Words(
    "可能影响得分的变动有 {n} 处，把不能分开的算作一组，仍多于 {most} 组，因此按内容归并为 {m} 组分摊。",
    "{n} changes may move scores. Even with those that go together taken as one there are more than {most}, so they "
    "are shared out in {m} groups by subject.",
)
_SOME_KEPT = Words(
    "有 {n} 项不能用去年的数据按新体系计分，见“不可比”；缺少数据的，一律不按零分处理。",
    "{n} items cannot be scored by last year's answers, see “Not comparable”: nothing lacking is taken for 0.",
)
_LOST_ENTRIES = Words(
    "考核机关的打分、改分、认定、登记中，有 {n} 条所涉的事项新体系里没有，或不再适用于该单位，按新体系不计入。",
    "Of the office's marks, changes, rulings and entries, {n} {n:is|are} about what the new tree does not have, or no "
    "longer applies to the unit, and {n:does|do} not count by it.",
)
_ARE_BEYOND = Words(
    "有 {n} 项去年的填报数不在新体系的限值之内，见“不可比”：仍照去年的数试算。",
    "{n} items were answered beyond what the new tree takes, see “Not comparable”: tried as "
    "{n:it was|they were} answered.",
)
_GONE = Words(
    "新名册里没有的单位 {n} 个（撤并），没有新得分；余下各单位的位次按新名册排：{names:list}{more}。",
    "{n} units are not in the new roster and {n:has|have} no new total; the others are placed by the new roster: "
    "{names:list}{more}.",
)
_CAME = Words(
    "新名册新增的单位 {n} 个，没有去年的填报数，不在比较之内：{names:list}{more}。",
    "{n} units are in the new roster alone, answered nothing last year and {n:is|are} not compared: "
    "{names:list}{more}.",
)
_NO_OTHER_ROSTER = Words(
    "新名册与原名册所定的单位、类型、分组相同。",
    "Both rosters have the same units, of the same types, in the same cohorts.",
)
_GONE_WHY = Words("新名册里没有这个单位", "not in the new roster")
_REVIEWED = Words(
    "复核改分和评审打分照用；分值变了的，按占分值的比例折算。",
    "Scores changed on review and reviewers' marks stand; where points changed, at the same share of the points.",
)
_BLANKS: Mapping[str, Words] = MappingProxyType({"blank_at_veto": _BLANK_AT_VETO, "blanks_pay": _BLANKS_PAY})
_MARKED = Words("{total}{mark}", "{total}{mark}")
_MOST_NAMES = 8

NOBODY_LOSES = Words("没有单位受损。", "Nobody loses by it.")
_NOBODY_COMPARED_LOSES = Words(
    "能比较的 {n} 个单位都没有受损，另有 {others} 个单位无从比较。",
    "Of the {n} units that can be compared nobody loses by it; {others} cannot be compared.",
)
LOSERS = Words("受损单位及原因（{n} 个）", "Who loses by it, and why ({n})")
WINNERS = Words("受益单位及原因（{n} 个）", "Who wins by it, and why ({n})")
CHANGES = Words("各项变动的影响", "What each change moves")

UNIT_COLUMNS = (
    labels.UNIT_CODE,
    labels.UNIT,
    labels.COHORT,
    Words("原得分", "Old total"),
    Words("新得分", "New total"),
    Words("增减", "Difference"),
    Words("原位次", "Old place"),
    Words("新位次", "New place"),
    Words("原等次", "Old grade"),
    Words("新等次", "New grade"),
)
WHY = Words("原因", "Why")
REMARK = Words("说明", "Remark")
BUNDLE_COLUMNS = (
    Words("序号", "No."),
    Words("变动", "Change"),
    Words("内容", "What"),
    Words("减分单位", "Lose points"),
    Words("最多减分", "Most lost"),
    Words("加分单位", "Win points"),
    Words("最多加分", "Most won"),
    Words("促成降等", "Helps lower grade"),
    Words("促成升等", "Helps raise grade"),
)
EFFECTS_NOTE = Words(
    "本表逐项看：“减分单位”“加分单位”是因该项变动减分、加分的单位数，一个单位可以因一项减分、因另一项加分；“促成降等”“促成升等”"
    "只数等次确有升降、且该项变动起了作用的单位，几项共同促成的，各项都数。",
    "Change by change: how many units lose or win points by it (a unit may lose by one and win by another), and of "
    "those whose grade really changes, how many it helped to lower or raise: where several helped, each counts it.",
)
GAIN = Words("得分增减", "Difference")
SUM = Words("各项合计", "Sum")
INTERACTION = Words("其中交互", "Interaction in it")
INTERACTION_NOTE = Words(
    "“其中交互”：得分增减减去各项变动单独修改时的增减之和；不为零的，说明几项变动同时修改时互相影响。",
    "“Interaction”: the difference less the sum of what each change moves when made alone. Where it is not 0 the "
    "changes bear on one another.",
)
ORDER_TITLE = Words("增减随修改的先后次序而不同的", "Where the order makes a difference")
ORDER_COLUMNS = (
    labels.UNIT_CODE,
    labels.UNIT,
    Words("变动", "Change"),
    Words("分摊", "Share"),
    Words("单独修改", "Made alone"),
    Words("最后修改", "Made last"),
)
NO_ORDER = Words("各项变动无论先改哪一项，增减都一样。", "The order of the changes makes no difference to anybody.")
LACK_COLUMNS = (
    labels.CODE,
    Words("名称", "Title"),
    Words("不可比的原因", "What is lacking"),
    Words("处理办法", "What was done"),
)
ALL_COMPARABLE = Words(
    "新体系各项都能用去年的数据计分。", "Last year's answers score everything that the new tree has."
)
ASKED_COLUMNS = (
    labels.CODE,
    Words("指标", "Item"),
    Words("填报项", "Field"),
    Words("类型", "Type"),
    Words("由谁填报", "By whom"),
    Words("涉及单位数", "Units"),
)
ASKED_ANEW = Words(
    "新增填报项 {fields} 个，共 {work} 项次（填报项 × 单位），其中单位填报 {units} 项次、考核机关填报 {office} 项次。",
    "{fields} fields more, {work} answers in all (fields × units): {units} by units, {office} by the office.",
)
ASKED_NO_MORE = Words(
    "不再要求的填报项 {fields} 个，少填 {work} 项次；增减相抵为 {net} 项次。",
    "{fields} fields less, which saves {work} answers; net {net}.",
)
NOTHING_ASKED = Words("没有新增填报项。", "Nothing more is asked.")
NO_LONGER = Words("不再要求的", "No longer asked")
MARKED = Words("评审打分", "marks of reviewers")
_BY_OFFICE, _BY_UNIT = Words("考核机关", "the office"), Words("单位", "the unit")

_LACKS: Mapping[Lacks, Words] = MappingProxyType(
    {
        Lacks.ITEM: Words("新增的指标，去年没有填报", "a new item: nobody was asked"),
        Lacks.FIELD: Words("填报项“{what}”，去年没有要求填报", "the field “{what}”: nobody was asked"),
        Lacks.TYPE: Words(
            "填报项“{what}”的填报要求变了，去年的数不能沿用", "the field “{what}” is answered otherwise now"
        ),
        Lacks.MARKS: Words("改为评审打分，去年没有打分", "reviewers mark it now; there are no marks"),
        Lacks.CODE: Words(
            "编码现为另一项所用（名称和填报项都不同），去年的数不能沿用",
            "another item has the code now: what was answered under it is something else",
        ),
        Lacks.OTHERS: Words("所依据的 {what} 不能计分", "it looks at {what}, which cannot be scored"),
    }
)
_LEFT_OUT = Words(
    "对所有单位都不计分（按不适用处理，分值是否折算照新体系的规定），不按零分处理",
    "left out for all units, as what does not apply; never 0",
)
_KEPT = Words("此处修改未纳入试算，仍按原标准计分", "this change was not made: scored by the old standard")
_PARTLY_LACKS = Words("{n} 个单位去年填报的内容，新体系里没有了", "the new tree does not know what {n} units answered")
_PARTLY = Words("对这些单位不计分，不按零分处理", "left out for these units; never 0")
_BEYOND_LACKS = Words(
    "{fields:list}：{n} 个单位去年的数不在新体系的限值之内，照此填报新体系不收",
    "{fields:list}: what {n} units answered is beyond what the new tree takes",
)
_BEYOND = Words("仍照去年的数试算", "tried as it was answered")
_ENTRY_LACKS = Words(
    "考核机关的 {n} 条记录所涉的事项，新体系里没有，或不再适用于该单位",
    "{n} entries of the office {n:is|are} about it, and it is gone or no longer applies to the unit",
)
_ENTRY = Words("按新体系不计入", "they do not count by the new tree")

_TOTAL_WHY = Words("得分：{parts}", "Total: {parts}")
_PLACE_WHY = Words("位次：{parts}", "Place: {parts}")
_GRADE_WHY = Words("等次：{parts}", "Grade: {parts}")
_PART = Words("“{name}” {share}", "“{name}” {share}")
_NAME = Words("“{name}”", "“{name}”")
_AND = Words("{one}，{other}", "{one}, {other}")
_THEN = Words("{one}；{other}", "{one}; {other}")
_ANOTHER_COHORT = Words(
    "分组调整，同组单位由 {old} 个变为 {new} 个", "another cohort: {new} units in it where there {old:was|were} {old}"
)
_OF_MANY = Words("{subject}（{n} 处）", "{subject} ({n} changes)")
_OTHERS_MOVED = Words("本单位得分未减少，因其他单位上升", "its own total is not lower: others rose")
_QUOTA = Words("受等次名额限制", "quota")
_VETO = Words("一票否决", "veto")
_COVERAGE = Words("填报率不足", "coverage")
_REMARK_OLD = Words("原：{why}", "old: {why}")
_REMARK_NEW = Words("新：{why}", "new: {why}")
_CHANGED = Words("{what} {old} → {new}", "{what} {old} → {new}")
_LINES = Words("等次线 {old} → {new}", "grade line {old} → {new}")
_CHANGED_OF = Words("{code} {part}", "{code}: {part}")
_CHANGED_OF_TITLED = Words("{code} {title}：{part}", "{code} {title}: {part}")
_SEVERAL_CHANGES = Words("{each:list}{more}", "{each:list}{more}")
_AND_MORE = Words("等 {n} 处", " and others, {n} in all")
_NEW_UNCOUNTED = Words("新增（没有数据，未计入）", "new (no data, not counted)")
_GIVEN_AWAY_UNCOUNTED = Words(
    "{part}（去年的数据不是这一项的，未计入）", "{part} (last year's data are not about it, not counted)"
)
_RENUMBERED_UNCOUNTED = Words(
    "{part}（原编码 {former}，是否同一项未认定，去年的数据未计入）",
    "{part} (code {former} before; whether it is the same is not assumed: last year's data are not counted)",
)
_MOST_CHANGES, _MOST_IN_A_NAME = 4, 3


def signed(number: float, decimals: int) -> str:
    """A difference as printed: ``+1.20``, ``−0.50``, ``0.00``; '' where there is none.

    >>> signed(1.2, 2), signed(-0.5, 2), signed(0.0, 2), signed(float("nan"), 2)
    ('+1.20', '−0.50', '0.00', '')
    """
    if isnan(number):
        return ""
    text = f"{abs(number):.{decimals}f}"
    return f"+{text}" if number > 0 else f"−{text}" if number < 0 else text


def summary(found: Rehearsal) -> tuple[Phrase, ...]:
    """What has to be said of the whole, the result first."""
    years = labels.years(found.old)
    lines: list[Phrase] = []
    if not found.is_same_tree:
        lines.append(_OTHER_TREE(old=found.revision.old.code, new=found.revision.new.code))
    if not found.bundles:
        lines.append(_NOTHING())
    elif not found.compared:
        lines.append(_NONE_COMPARED())
    else:
        down, up = ({key: int((one * sign > 0).sum()) for key, one in _figures(found)} for sign in (-1, 1))
        lines.append(
            _COUNTS(
                n=found.compared,
                **{f"{key}_down": n for key, n in down.items()},
                **{f"{key}_up": n for key, n in up.items()},
            )
        )
    if (told := provisional(found)) is not None:
        lines.append(told)
    if not labels.has_total(found.new.tree):
        lines.append(_NO_TOTAL())
    gains = found.gains[~np.isnan(found.gains)]
    if len(gains) > 1 and found.bundles and (gains == gains[0]).all():
        lines.append(_ALL_ALIKE(gain=signed(float(gains[0]), found.decimals)))
    if len(found.old.units) == 1:
        lines.append(_ONE_UNIT())
    old_ties, new_ties = (method_words(each.tree, "ties") for each in (found.old, found.new))
    if old_ties != new_ties:
        lines.append(_NUMBERED(old=old_ties, new=new_ties))
    for words, rows in (
        (_WITHOUT, found.without_result),
        (_ONE_SIDED, found.one_sided),
        (_NOT_SHARED, found.not_shared_out),
    ):
        if rows:
            lines.append(_named(words, [found.old.units[row] for row in rows]))
    if found.roster is not None:
        both = ((_GONE, found.roster.gone), (_CAME, found.roster.came))
        lines += [_named(words, units) for words, units in both if units]
        if found.roster.is_none:
            lines.append(_NO_OTHER_ROSTER())
    lacking = len(not_comparable(found)) - len(found.without_place or {}) - len(found.beyond)
    if lacking:
        lines.append(_SOME_KEPT(n=lacking))
    if found.beyond:
        lines.append(_ARE_BEYOND(n=len(found.beyond)))
    if found.without_place:
        lines.append(_LOST_ENTRIES(n=sum(found.without_place.values())))
    lines.append(HELD(year=years))
    return tuple(lines)


def _named(words: Words, units: Sequence[Unit]) -> Phrase:
    """A line about some units, the first of them by name."""
    names = tuple(unit.name for unit in units[:_MOST_NAMES])
    return words(n=len(units), names=names, more=_MORE() if len(units) > _MOST_NAMES else "")


def method(found: Rehearsal) -> tuple[Phrase, ...]:
    """How the shares were come to."""
    if not found.bundles:
        return ()
    changes = sum(len(bundle.telling) for bundle in found.bundles)
    lines = [_METHOD(orders=factorial(len(found.bundles)))]
    if any(isinstance(bundle.name, Words) for bundle in found.bundles):  # by subject
        lines.insert(0, _GROUPED(n=changes, most=MOST, m=len(found.bundles)))
    if found.old.review.changes or found.old.review.marks:
        lines.append(_REVIEWED())
    return tuple(lines)


def tells_moves(found: Rehearsal) -> bool:
    """Is there anything to say of what the changes move?"""
    return bool(found.bundles) and found.compared > 0


def nobody_loses(found: Rehearsal) -> Text | None:
    """That nobody loses, as far as it can be said; None where somebody does, or nothing can be concluded."""
    if found.losers or not tells_moves(found) or not found.is_same_tree:
        return None
    others = len(found.old.units) - found.compared
    return _NOBODY_COMPARED_LOSES(n=found.compared, others=others) if others else NOBODY_LOSES


def provisional(found: Rehearsal) -> Phrase | None:
    """How many results are provisional, and why; None where none is."""
    both = (found.old, range(len(found.old.units))), (found.new, found.new_rows.tolist())
    waits = [[row for row in rows if is_provisional(scores, row)] for scores, rows in both]
    if not any(waits):
        return None
    items = max(sum(waiting(scores, row) for row in rows) for (scores, _), rows in zip(both, waits, strict=True))
    codes = {scores.provisional(row) for (scores, _), rows in zip(both, waits, strict=True) for row in rows}
    whys: list[Text] = [_WAITING(n=items)] if items else []
    whys += [words for code, words in _BLANKS.items() if code in codes]
    return _PROVISIONAL(old=len(waits[0]), new=len(waits[1]), why=tuple(whys))


def _figures(found: Rehearsal) -> tuple[tuple[str, FloatArray], ...]:
    return ("score", found.gains), ("place", found.climbs), ("grade", found.rises)


@dataclass(frozen=True, slots=True)
class Side:
    """One result of a unit. ``mark``: what stands behind the total, where no grade says that it is provisional."""

    total: str
    place: int | None
    grade: Text
    mark: Text = ""

    @property
    def printed_total(self) -> Text:
        """The total with its mark."""
        return _MARKED(total=self.total, mark=self.mark) if self.mark else self.total


def side(scores: Scores, row: int) -> Side:
    """A unit's result as printed."""
    mark = PROVISIONAL if marks_score(scores, row) else ""
    return Side(labels.total_text(scores, row), int(scores.rank[row]) or None, printed_grade(scores, row) or "", mark)


def sides(found: Rehearsal, row: int) -> tuple[Side, Side]:
    """A unit's result by the old tree, and by the new one."""
    new = int(found.new_rows[row])
    return side(found.old, row), side(found.new, new) if new >= 0 else Side("", None, "")


def cohort(found: Rehearsal, row: int) -> Text:
    """The cohort of a unit; both where it changes."""
    old, at = found.old.cohort_names[row], int(found.new_rows[row])
    new = found.new.cohort_names[at] if at >= 0 else old
    return old if old == new else Words("{old} → {new}", "{old} → {new}")(old=old or "—", new=new or "—")


def joined(words: Words, each: Sequence[Text]) -> Text:
    """The texts one after the other, with what stands between them in ``words``; '' where there are none."""
    told: Text = each[0] if each else ""
    for other in each[1:]:
        told = words(one=told, other=other)
    return told


def name_of(found: Rehearsal, bundle: int) -> Text:
    """A bundle by what it changes, where that is little; else as it is called."""
    one = found.bundles[bundle]
    if not isinstance(one.name, Words):
        if len(one.telling) == 1 and not one.has_roster:
            return _with_sides(one.telling[0], one.name)
        return one.name if len(one.telling) > _MOST_IN_A_NAME else what(found, one, titled=False)
    if len(one.telling) > _MOST_IN_A_NAME:
        return _OF_MANY(subject=one.name, n=len(one.telling) + one.has_roster)
    return what(found, one, titled=False)


def why(found: Rehearsal, row: int) -> Text:
    """Why a unit stands otherwise than before: the changes that moved it that way, with their shares.

    Of the total all shares are said, those against it last, so that they come to its difference.
    """
    gain, climb, rise = (float(each[row]) for each in (found.gains, found.climbs, found.rises))
    is_loser = gain < 0 or climb < 0 or rise < 0
    sign = -1.0 if is_loser else 1.0
    told: list[Text] = []
    if gain * sign > 0 and (parts := _parts(found, found.shares, row, sign, found.decimals)):
        told.append(_TOTAL_WHY(parts=joined(_AND, parts)))
    if climb * sign > 0 and not gain * sign > 0 and (parts := _parts(found, found.place_shares, row, sign, 2)):
        told.append(_PLACE_WHY(parts=joined(_AND, parts)))
    new = int(found.new_rows[row])
    if new >= 0 and climb and found.old.cohort_names[row] != found.new.cohort_names[new]:
        told.append(_ANOTHER_COHORT(old=found.old.cohort_size(row), new=found.new.cohort_size(new)))
    elif climb < 0 <= gain:
        told.append(_OTHERS_MOVED())
    if rise * sign > 0 and (parts := _parts(found, found.grade_shares, row, sign, None)):
        told.append(_GRADE_WHY(parts=joined(_AND, parts)))
    return joined(_THEN, told)


def _parts(found: Rehearsal, shares: FloatArray, row: int, sign: float, decimals: int | None) -> tuple[Text, ...]:
    """The bundles that moved the unit that way, the strongest first; none where none did.

    With figures, then those that moved it the other way; without, those alone that moved it that way.
    """
    own = shares[:, row] * sign
    order = sorted((i for i in range(len(own)) if own[i]), key=lambda i: (-own[i], i))
    if not order or own[order[0]] < 0:
        return ()
    if decimals is None:
        return tuple(_NAME(name=name_of(found, i)) for i in order if own[i] > 0)
    return tuple(_PART(name=name_of(found, i), share=signed(float(shares[i, row]), decimals)) for i in order)


def remark(found: Rehearsal, row: int) -> Text:
    """Why a grade is not what the total alone would give, on either side; why there is no result."""
    new_row = int(found.new_rows[row])
    both: list[list[Text]] = []
    if new_row < 0:
        return _GONE_WHY()
    for scores, at in ((found.old, row), (found.new, new_row)):
        reasons = scores.grade_reasons[at]
        whys: list[Text] = [
            each
            for each, is_so in (
                (_QUOTA, "quota" in reasons),
                (_VETO, any(one.startswith("veto") for one in reasons)),
                (_COVERAGE, "coverage" in reasons),
            )
            if is_so
        ]
        if (why_provisional := _why_provisional(scores, at)) is not None:
            whys.append(why_provisional)
        if labels.has_total(scores.tree) and np.isnan(scores.total[at]):
            whys = [labels.why_no_place(scores, at)]
        both.append(whys)
    if both[0] == both[1]:
        return joined(_AND, both[0])
    sides_ = zip((_REMARK_OLD, _REMARK_NEW), both, strict=True)
    return joined(_THEN, [words(why=joined(_AND, whys)) for words, whys in sides_ if whys])


def _why_provisional(scores: Scores, row: int) -> Text | None:
    if not is_provisional(scores, row):
        return None
    n = waiting(scores, row)
    return _UNIT_WAITING(n=n) if n else _UNIT_BLANK(why=_BLANKS[scores.provisional(row)])


def arrow(change: float) -> str:
    """Places won or lost: ``↑2``, ``↓1``, ``—``; '' where there are none to compare."""
    if isnan(change):
        return ""
    return f"↑{change:.0f}" if change > 0 else f"↓{-change:.0f}" if change < 0 else "—"


@dataclass(frozen=True, slots=True)
class Effect:
    """What one bundle of changes moves: how many units lose and win points by it, and the most.

    ``falling``, ``rising``: of the units whose grade changes, how many it helped to a lower or to a higher one.
    """

    name: Text
    what: Text
    losing: int
    worst: float
    winning: int
    best: float
    falling: int
    rising: int


def effects(found: Rehearsal) -> tuple[Effect, ...]:
    """One line for each bundle."""
    lines = []
    for i, bundle in enumerate(found.bundles):
        shares, grades = found.shares[i], found.grade_shares[i]
        losing, winning = shares[shares < 0], shares[shares > 0]
        lines.append(
            Effect(
                bundle.name,
                what(found, bundle, titled=True),
                len(losing),
                float(losing.min()) if len(losing) else float("nan"),
                len(winning),
                float(winning.max()) if len(winning) else float("nan"),
                int(((grades < 0) & (found.rises < 0)).sum()),
                int(((grades > 0) & (found.rises > 0)).sum()),
            )
        )
    return tuple(lines)


def _with_sides(change: Change, about: Text) -> Text:
    """What a change is about, with both sides where they are figures or lines of grades."""
    if isinstance(change.old, float) and isinstance(change.new, float):
        return _CHANGED(what=about, old=labels.printed(change.old), new=labels.printed(change.new))
    if change.id is Id.GRADE and change.old is not None and change.new is not None:
        return _LINES(old=change.old, new=change.new)
    return about


def what(found: Rehearsal, bundle: Bundle, *, titled: bool) -> Text:
    """What a bundle changes: figures old and new where both are figures, else what it is about.

    ``titled``: items by code and title, else by their code alone. Of a new item, that it does not count here where
    nobody was asked for it.
    """
    root = found.revision.new.code
    uncounted = {one.code.partition("@")[0] for one in found.left_out}
    each: list[Text] = [found.roster.what] if bundle.has_roster and found.roster is not None else []
    for one in bundle.telling[:_MOST_CHANGES]:
        part: Text = one.part if one.part.zh else NAMES[one.id]
        if one.code in found.revision.given_away:
            part = _GIVEN_AWAY_UNCOUNTED(part=GIVEN_AWAY)
        elif one.code in uncounted and one.id is Id.RENUMBERED:
            part = _RENUMBERED_UNCOUNTED(part=part, former=one.former)
        elif one.code in uncounted and one.id is Id.ADDED:
            part = _NEW_UNCOUNTED
        words = _CHANGED_OF_TITLED if titled else _CHANGED_OF
        told = _with_sides(one, in_head(one, root) or words(code=one.code, title=one.title, part=part))
        if told not in each:
            each.append(told)
    more = _AND_MORE(n=len(bundle.telling)) if len(bundle.telling) > _MOST_CHANGES else ""
    return _SEVERAL_CHANGES(each=tuple(each), more=more)


def where_order_matters(found: Rehearsal) -> tuple[tuple[int, int], ...]:
    """(row, bundle) wherever a change moves a unit's total otherwise when it is made alone than when made last."""
    differ = np.abs(found.alone - found.last) > 10.0**-found.decimals / 2  # nan: no
    return tuple((row, i) for row in found.order for i in range(len(found.bundles)) if differ[i, row])


def not_comparable(found: Rehearsal) -> tuple[tuple[str, Text, Text, Text], ...]:
    """Code, title, what is lacking, what was done: the items of the new tree, then the office's entries."""
    lines: list[tuple[str, Text, Text, Text]] = []
    seen: set[str] = set()
    for rows, done in ((found.left_out, _LEFT_OUT), (found.kept, _KEPT)):
        for one in rows:
            code = one.code.partition("@")[0]
            if code not in seen:  # a repetition is said once
                seen.add(code)
                lines.append((code, one.title, _LACKS[one.lacks](what=one.what), done))
    for code, n in (found.partly or {}).items():
        lines.append((code, found.new.tree.by_code[code].title, _PARTLY_LACKS(n=n), _PARTLY))
    lines += [
        (
            one.code,
            one.title,
            _BEYOND_LACKS(n=one.units, fields=tuple(_NAME(name=name) for name in one.fields)),
            _BEYOND,
        )
        for one in found.beyond
    ]
    old = found.revision.old
    titles = {one.code: one.title for one in (*old.nodes, *old.adjustments, *old.vetoes)}
    for code, n in (found.without_place or {}).items():
        lines.append((code, titles.get(code, code), _ENTRY_LACKS(n=n), _ENTRY))
    return tuple(lines)


def asked_row(one: Asked) -> tuple[str, Text, Text, Text, Text, int]:
    """Code, item, field, its type, by whom it is filled in, how many units."""
    name = MARKED if one.field is None else one.field.name
    kind = "" if one.field is None else TYPES[one.field.type]
    return one.code, one.title, name, kind, _BY_OFFICE if one.is_office else _BY_UNIT, one.units


def asked_summary(found: Rehearsal) -> tuple[Phrase, ...]:
    """What is newly asked and no longer asked, in answers to be given: fields × units."""
    new, gone = found.newly_asked, found.no_longer_asked
    work, saved = (sum(one.units for one in each) for each in (new, gone))
    lines = []
    if new:
        office = sum(one.units for one in new if one.is_office)
        lines.append(ASKED_ANEW(fields=len(new), work=work, units=work - office, office=office))
    else:
        lines.append(NOTHING_ASKED())
    if gone:
        lines.append(ASKED_NO_MORE(fields=len(gone), work=saved, net=signed(work - saved, 0)))
    return tuple(lines)
