"""The wording of one unit's card: its headings, and the lines of its head."""

from lawgov_score.content import labels
from lawgov_score.explanation import adjustments, vetoes
from lawgov_score.model import CohortSize, Scores, Tree
from lawgov_score.wording import Phrase, Text, Words

HEADLINE = Words("{unit}评分卡", "{unit}: scorecard")
YEAR = Words("考核年度", "Assessed year")
_PLACE_OF = {
    CohortSize.ROSTER: Words("第 {place} 名（本组 {n} 个单位）", "{place} of {n} in the cohort"),
    CohortSize.SUBMITTED: Words(
        "第 {place} 名（本组报送的 {n} 个单位）", "{place} of the {n} in the cohort that submitted"
    ),
    CohortSize.SCORED: Words(
        "第 {place} 名（本组有得分的 {n} 个单位）", "{place} of the {n} in the cohort with a score"
    ),
}
_MOVED = Words("{place}，较上年 {moved}", "{place}, change {moved}")
_NOT_FOUND = Words("{place}，上年结果中没有同名单位", "{place}; last year's results have no unit of this name")
_NOT_BEFORE = Words("{place}，上年未参加考核", "{place}, not assessed last year")
NO_TOTAL = Words("不设总分", "no total")
_ADJUSTED = Words("加分扣分", "Adjustments")
_WITH_VETO = Words("加分扣分和一票否决", "Adjustments and vetoes")
_VETO = Words("一票否决", "Veto")
_ADJUSTED_TEXT = Words("调整前 {before}；{parts}", "before {before}; {parts}")
_ONE = Words("{title} {points}", "{title} {points}")
_ONE_VETO = Words("一票否决{veto} {points}", "veto {veto} {points}")
NO_PLACE = Words("未排名", "not ranked")
TOTAL = Words("得分（满分 {points}）", "Score (of {points})")
SCALE = Words("满分口径", "Scale of the total")
WHY_GRADE = Words("等次说明", "About the grade")
_WHY = Words("说明", "Remarks")
_FIELDS = Words("{share}（{answered} / {asked} 个填报项）", "{share} ({answered} of {asked} fields)")
LOSSES = Words("失分最多的指标", "Where most points were lost")
COST = Words("影响总分", "Costs the total")
BY_COST = Words(
    "按影响总分从大到小排列；影响总分为该项失分折合到总分的分数。",
    "In the order of what each costs the total: points lost here, converted to points of the total.",
)
ESTIMATED = Words(
    "总分不是各部分分值相加得出的，影响总分为估算，合计不等于总分所失的分数。",
    "The total is no sum of points: the costs are estimates, and do not add up to what the total lost.",
)
BY_GROUP = Words(
    "得分由整组得出的（另有评分标准、汇总方式或者封顶等），失分按整组列出，不分摊到组内各项。",
    "Where a group's score comes about as a whole (a standard or a way of its own, a cap), the group is listed and not "
    "its parts.",
)
MORE_LOSSES = Words(
    "列出影响总分最大的 {n} 项，有失分的共 {all} 项，其余见“{where}”。",
    "Listed are the {n} that cost the total most, of {all} with points lost; “{where}” has the others.",
)
NO_LOSSES = Words("没有失分。", "No points were lost.")
PROBLEMS = Words("填报问题", "Problems in the submission")
REVIEW = Words("考核机关评定", "What the office added")
REVIEW_AND_VETOES = Words("考核机关评定和一票否决", "What the office added, and vetoes")
SIGN = Words("签字盖章", "Signature and seal")
SIGNATURE = Words("单位负责人（签字）：", "Head of the unit (signature):")
OFFICE = Words("考核机关（盖章）：", "Assessment office (seal):")
DATE = Words("日期：      年    月    日", "Date:")
EVIDENCE = Words("佐证", "Evidence")
NEXT_GRADE = Words("怎样达到下一等次", "What it would take to reach the next grade")
IMPROVEMENT = Words("改进或者补填的内容", "What to improve or to answer")
GAIN = Words("本项增分", "Points there")
GAIN_TOTAL = Words("总分约增", "In the total")
CHANGED = Words("本项增减", "Points there")
CHANGED_TOTAL = Words("总分增减", "In the total")
EVIDENCE_SECTION = Words("佐证不充分的指标", "Where evidence falls short")
EVIDENCE_NOTE = Words(
    "得分率说明做得怎样，佐证充分度说明应列的佐证材料写明了多少；未提供佐证不等于没有做到，不影响本卡的得分。",
    "The score rate says how well it was done, sufficiency how much of the listed evidence was named. What was not "
    "provided is not what was not done: it moves no score on this card.",
)
SUFFICIENCY = Words("佐证充分度", "Sufficiency")
NOT_PROVIDED = Words("未提供", "not provided")
NOT_KNOWN = Words("不明", "not known")
MORE_EVIDENCE = Words("另有 {n} 项，见“明细”的“佐证”一栏。", "{n} more: see the column Evidence of the details.")
_SHARE = Words("{share:percent}", "{share:percent}")

# top nodes compared with the cohort
ASPECTS = Words("各{level}得分与同组比较", "{level}: score against the cohort")
OWN = Words("本单位得分率", "Own score rate")
MEAN = Words("同组平均", "Cohort mean")
BEST = Words("同组最高", "Cohort best")
APPLICABLE = Words("适用分", "Applicable points")
WHOLE = Words("合计", "Total")
COMBINED = Words("汇总", "All together")
CONVERTED = Words(
    "有不适用项的部分，按得分率折合到其分值后汇总。",
    "A part of which something does not apply counts at its score rate, on its printed scale.",
)
CHART = Words("得分率：本单位与同组比较", "Score rates: this unit and its cohort")


def why_heading(tree: Tree) -> Words:
    """What stands before the remarks on a grade, or on a score where the tree grades nobody."""
    return WHY_GRADE if tree.grades else _WHY


def place_of(scores: Scores, row: int) -> Text:
    """The unit's place, out of how many, and its movement since last edition."""
    return place_words(scores, row, scores.place_texts[row], labels.movement(scores, row))


def place_words(scores: Scores, row: int, place: str, moved: Text) -> Text:
    """The same with ``place`` inserted, and with the movement ``moved`` if there is one."""
    words = _PLACE_OF[scores.tree.policies.cohort_size]
    text: Text = words(place=place, n=scores.cohort_size(row)) if scores.rank[row] else NO_PLACE
    if moved is labels.NEW:
        return _NOT_BEFORE(place=text)
    if moved is labels.NOT_FOUND:
        return _NOT_FOUND(place=text)
    return _MOVED(place=text, moved=moved) if moved else text


def coverage_of(scores: Scores, row: int) -> Phrase:
    """The share of fields answered, and how many that is."""
    share = _SHARE(share=float(scores.coverage[row]))
    return _FIELDS(share=share, answered=int(scores.answered[row]), asked=int(scores.asked[row]))


def adjusted_of(scores: Scores, row: int) -> Phrase | None:
    """The effect of register and vetoes on the total, kind by kind; None if there was none, or there is no place."""
    if not scores.adjusted[row] or not scores.rank[row]:
        return None
    known = {veto.code: veto for veto in scores.tree.vetoes}
    parts = tuple(
        _ONE_VETO(veto=vetoes.named(known[one.kind]), points=adjustments.signed(one.points))
        if one.kind in known
        else _ONE(title=labels.kind_title(scores.tree, one.kind), points=adjustments.signed(one.points))
        for one in scores.adjusted[row]
    )
    return _ADJUSTED_TEXT(before=float(scores.converted[row]), parts=parts)


def adjusted_heading(scores: Scores, row: int) -> Words:
    """What ``adjusted_of`` is about: a veto is named as one."""
    known = {veto.code for veto in scores.tree.vetoes}
    by_veto = [one.kind in known for one in scores.adjusted[row]]
    return _VETO if all(by_veto) else _WITH_VETO if any(by_veto) else _ADJUSTED
