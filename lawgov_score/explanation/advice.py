"""Advice in words: the way to the next grade, the obstacles, and which lost points are left out and why."""

import math
from collections.abc import Iterable

from lawgov_score.explanation import vetoes
from lawgov_score.explanation.figures import answer_phrase
from lawgov_score.explanation.printed_grade import grade_in_brackets, printed_grade
from lawgov_score.measure.tolerance import DUST
from lawgov_score.model import Answer, AnswerState, Grade, Indicator, Scores, Shared, WhenZero, Why
from lawgov_score.model.advice import Advice, Aside, FigureChange, Improvement, Outlook, SetAside
from lawgov_score.problems import CellPlace
from lawgov_score.rules.field import Field, FieldType
from lawgov_score.wording import Phrase, Text, Words

_OUTLOOKS = {
    Outlook.NO_GRADES: Words(
        "本指标体系不评等次，没有下一等次可言。", "This tree grades nobody: there is no next grade."
    ),
    Outlook.NOT_SCORED: Words(
        "未计分：请先报送可用的填报表。", "Not scored: hand in a submission that can be used first."
    ),
    Outlook.TOP: Words("已是最高等次：{grade}。", "Already in the highest grade: {grade}."),
    Outlook.REACHABLE: Words(
        "{by}现为 {figure:points} 分（{grade}）。按本年数据测算：{what}，{by}{to} {reached:points} 分，"
        "达到{target}线（{line}）。",
        "{by} now {figure:points} ({grade}). By this year's figures: {what} {to} {reached:points}, which reaches the "
        'line of "{target}" ({line}).',
    ),
    Outlook.BARRED: Words(
        "{by}现为 {figure:points} 分，已达到{target}线（{line}），未评为{target}另有原因，见上。",
        '{by} now {figure:points}, already on the line of "{target}" ({line}); what stands in the way is said above.',
    ),
    Outlook.OUT_OF_REACH: Words(
        "{by}现为 {figure:points} 分（{grade}）。按本年数据测算：{best}，"
        "{by}为 {reached:points} 分，仍达不到{target}线（{line}）。",
        "{by} now {figure:points} ({grade}). By this year's figures: {best} comes to "
        '{reached:points}; the line of "{target}" ({line}) is out of reach.',
    ),
    Outlook.CHECKS: Words(
        "{by}现为 {figure:points} 分（{grade}）。按本年数据测算：各项数据分别做到最好，{by}为 {reached:points} 分，"
        "达到{target}线（{line}），但这些数据不能同时成立；同时成立时能否达到，未能测算。",
        "{by} now {figure:points} ({grade}). By this year's figures: each answer at its own best comes to "
        '{reached:points}, which reaches the line of "{target}" ({line}), but they cannot all be so at '
        "once; whether answers that can reach it was not worked out.",
    ),
    Outlook.BY_PLACE: Words(
        "{by}现为 {figure:points} 分（{grade}）。本年{by}由上述一票否决确定，是否再发生取决于同组单位，"
        "不能单就一个单位测算怎样达到{target}线。",
        "{by} now {figure:points} ({grade}). The veto above decides it this year and depends on the other units: what "
        'would reach "{target}" cannot be worked out for one unit alone.',
    ),
    Outlook.HELD: Words(
        "{by}现为 {figure:points} 分（{grade}）。本年等次由上述一票否决确定，各项数据怎样改进都不改变本年等次。",
        "{by} now {figure:points} ({grade}). The veto above holds the grade this year, whatever is improved.",
    ),
    Outlook.UNCERTAIN: Words(
        "{by}由同组比较得出，不能单就一个单位测算怎样达到{target}线。",
        '{by} worked out beside other units: what would reach "{target}" cannot be worked out for one unit alone.',
    ),
}
_SHARED = Words(
    "共用数据{names}关系到几项指标，改动会使各项同时变动，按现有数测算，“做到最好”不含这些数。",
    "Shared figures ({names}) are taken as they are, for another one would move every indicator that reads it; the "
    "best that is spoken of leaves them out.",
)
_SHARED_NAMES = Words("{names:list}", "{names:list}")
_ASSUMED_TOO = Words("{assumed}{shared}", "{assumed} {shared}")
_UNGRADED = Words(
    "{by}现为 {figure:points} 分，未评等次；如评等次，按此分数为{target}。",
    '{by} now {figure:points}, without a grade; if one were given, this score would be "{target}".',
)
_UNGRADED_YET = Words(
    "{now}未评等次。按本年数据测算：{what}，{by}{to} {reached:points} 分，可评为{target}。",
    '{now}There is no grade. By this year\'s figures: {what} {to} {reached:points}, graded "{target}".',
)
_NOW = Words("{by}现为 {figure:points} 分，", "{by} now {figure:points}. ")
_UNGRADED_BELOW = Words("{now}未评等次。", "{now}There is no grade.")
_BEST = Words("本单位自己的各项数据都做到最好", "all that its own answers can change")
_BEST_OF_REST = Words("{kept:list}不变，其余各项数据都做到最好", "all else at its best, but {kept:list} as they are,")
_KEPT = {  # why points are left aside -> what stays, in this order
    Aside.RELATIVE: Words("同组比较的项目", "items that compare units"),
    Aside.MEAN: Words("按同组平均得分计的项目", "items that get the cohort's mean"),
    Aside.DEADLINE: Words("期限已过的项目", "items whose day has passed"),
    Aside.FILL_IN: Words("有未填报基数的项目", "items that rest on figures still blank"),
    Aside.SHARED: Words("取决于共用数据的项目", "items that rest on shared figures"),
    Aside.FACTS: Words("取决于已发生事实的项目", "items that rest on what happened"),
}
_KEPT_VETOES = Words("已触发的一票否决", "vetoes that were triggered")
_MUST = Words("{outlook}须同时满足：{says:list}。", "{outlook} These must hold as well: {says:list}.")
_PLACED = Words(
    "本年等次受限：{struck}。是否再发生取决于同组单位，不作测算。",
    "Barred this year by {struck}. It depends on the other units: nothing is worked out.",
)
_NEEDED = Words("，与其他数据相符所需", ", so that the figures fit each other")
_TOTAL = Words("总分", "The total is")
_OF_NODE = Words("“{code} {title}”得分", 'The score of "{code} {title}" is')
_RISES, _FALLS = Words("可达", "take it to"), Words("可降到", "bring it down to")
_LINE = {  # of a grade, by its key
    "at_least": Words("{line:points} 分", "{line:points}"),
    "above": Words("超过 {line:points} 分", "more than {line:points}"),
    "at_most": Words("{line:points} 分以下", "{line:points} or less"),
    "below": Words("低于 {line:points} 分", "less than {line:points}"),
}
_NEAREST = {
    "above": Words("超过 {line:points} 分，即 {nearest:points} 分以上", "more than {line:points}: {nearest:points}"),
    "below": Words("低于 {line:points} 分，即 {nearest:points} 分以下", "less than {line:points}: {nearest:points}"),
}
_NO_GRADE = Words("未评等次", "no grade")
_IMPROVED = Words("下列 {n} 项改进到位", "the improvements below ({n})")
_FILLED_IN = Words(
    "下列 {n} 项如实补填且与所列相符", "the answers below that are still blank ({n}), if they are as listed,"
)
_BOTH = Words(
    "下列项目中 {n} 项改进到位、{blank} 项如实补填且与所列相符",
    "the improvements below ({n}), and the answers still blank ({blank}) if they are as listed,",
)
_ASSUMED = Words(
    "测算以本年数据为准：其他单位、考核机关评定和案件等基数不变，同组比较的项目按现有得分计。本年已发生的事实不能更改，"
    "所列数据供下一年度工作参考；填报确有差错的，按规定程序申请更正。",
    "By this year's figures: other units, the office's own figures and the numbers of cases stay, items that compare "
    "units keep their scores. What happened this year stays as it is: the figures are for next year's work. Mistakes "
    "in the submission are corrected by the procedure for that.",
)
_QUOTA = Words(
    "本组{target}名额 {places} 个，{before}；达到{target}线后还要按位次确定，不能保证。",
    'Places of the cohort in "{target}": {places}; {before}. The line alone is no promise.',
)
_QUOTA_FULL = Words(
    "本组{target}名额 {places} 个，{before}，名额已满。",
    'Places of the cohort in "{target}": {places}; {before}. The quota is full.',
)
_BEFORE = Words("前面有 {n} 个单位", "units that stand before this one: {n}")
_FIRST = Words("前面没有其他单位", "none stands before this one")
_UNPLACED = Words("本单位没有位次", "this one has no place")
_OBSTACLES = {
    "veto": Words("本年等次受限：{struck}。", "Barred this year by {struck}."),
    "coverage": Words(
        "填报率低于规定的 {share:percent}，未评等次：至少还须补填 {n} 个填报项。",
        "Coverage is below {share:percent}, so there is no grade: {n} more fields must be answered at least.",
    ),
    "no_score": Words("评等次所依据的指标没有得分。", "The node that decides the grade has no score."),
}
_IMPROVE = Words("{code} {title}：{changes}{gain}", "{code} {title}: {changes}{gain}")
_GAIN = Words("；本项{gain}，{total}", ": {gain} there, {total}")
_GAIN_SAID = Words("，{total}", ", {total}")
_IN_TOTAL = Words("总分约{n}", "about {n} in the total")
_IN_NODE = Words("评等次的得分约{n}", "about {n} in the score that is graded")
_MORE = Words("可增 {n:points} 分", "{n:points} more")
_LESS = Words("可减 {n:points} 分", "{n:points} less")
_LESS_OFF = Words("可少扣 {n:points} 分", "{n:points} less taken off")
_TAKES_LESS = Words("少扣 {n:points}", "{n:points} less off")
_CHANGES = Words("{changes:list}", "{changes:list}")
_FALL = Words("“{name}”由 {before}降到 {after}（下一年度）", '"{name}" from {before} down to {after} (next year)')
_RISE = Words("“{name}”由 {before}提高到 {after}（下一年度）", '"{name}" from {before} up to {after} (next year)')
_ATTAIN = Words("“{name}”下一年度做到{after}（本年为{before}）", '"{name}": {after} next year (this year: {before})')
_BLANK = Words(
    "{names}尚未填报。如确为{after:list}，填报后可得 {gain:points} 分",
    "{names} is not answered yet. If it is {after:list}, an answer gains {gain:points}",
)
_BLANKS = Words(
    "{names}尚未填报。如依次确为{after:list}，填报后可得 {gain:points} 分",
    "{names} are not answered yet. If they are {after:list}, answers gain {gain:points}",
)
_BLANK_TOO = Words("“{name}”尚未填报（按 {after}测算）", '"{name}" is not answered yet (taken to be {after})')
_TWO = Words("{one}{other}", "{one}, {other}")
_NAME = Words("“{name}”", '"{name}"')
_AFTER = Words(" {after}", "{after}")
_CHOSEN = frozenset({FieldType.YES_NO, FieldType.CHOICE})
_ASIDE = {
    Aside.FILL_IN: Words(
        "有未填报的基数，如实补填后才能测算", "what it rests on is not answered: fill it in truthfully first"
    ),
    Aside.REVIEW: Words("由考核机关评定或审核", "for the office to mark or review"),
    Aside.RELATIVE: Words("与同组单位比较，不能单独测算", "compares units: cannot be worked out alone"),
    Aside.MEAN: Words("按同组平均得分计，不作测算", "gets the cohort's mean: nothing is worked out"),
    Aside.DEADLINE: Words("本年期限已过，下一年度按期完成", "the day has passed: keep it next year"),
    Aside.SHARED: Words(
        "取决于几项指标共用的数据，改动会使各项同时变动，不作测算",
        "rests on figures that several indicators share: nothing is worked out",
    ),
    Aside.FACTS: Words("取决于已发生的事实，不作测算", "rests on what happened: nothing is worked out"),
}
_OF_TYPE = Words(
    "本项不适用于{kind}，按 {share:percent} 计", "it does not apply to {kind}, which gets {share:percent} of it"
)
_OF_TYPE_BY_MEAN = Words(
    "本项不适用于{kind}，按同组平均得分计", "it does not apply to {kind}, which gets the cohort's mean"
)
_SET_ASIDE = Words("{code} {title}（失 {lost:points} 分）：{why}", "{code} {title} ({lost:points} lost): {why}")


def outlook_phrase(scores: Scores, advice: Advice) -> Phrase:
    """The one sentence that sums up a unit's outlook, and what must hold besides."""
    outlook = _outlook(scores, advice)
    return _MUST(outlook=outlook, says=advice.conditions) if advice.conditions else outlook


def _outlook(scores: Scores, advice: Advice) -> Phrase:
    tree = scores.tree
    target = next((grade for grade in tree.grades if grade.name == advice.target), None)
    is_less = target is not None and target.is_up_to
    if advice.outlook is Outlook.UNGRADED:
        return _ungraded(scores, advice)
    return _OUTLOOKS[advice.outlook](
        grade=(printed_grade if advice.outlook is Outlook.TOP else grade_in_brackets)(scores, advice.row)
        or Phrase(_NO_GRADE),
        target=advice.target,
        by=_graded(scores),
        what=_what(advice),
        to=Phrase(_FALLS if is_less else _RISES),
        line="" if target is None else _line(target, advice),
        figure=advice.figure,
        reached=advice.reached,
        best=_best(scores, advice),
    )


def _line(target: Grade, advice: Advice) -> Phrase:
    """The line of a grade: 90 分, or 超过 90 分，即 90.01 分以上."""
    words = (_LINE if math.isnan(advice.nearest) else _NEAREST)[target.key]
    return words(line=advice.line, nearest=advice.nearest)


def _best(scores: Scores, advice: Advice) -> Phrase:
    """All at its best, but for what is held: said in the same breath. What triggered a veto has happened."""
    whys = {one.why for one in advice.aside}
    kept = tuple(words() for why, words in _KEPT.items() if why in whys)
    own = {code for code, node in scores.vetoes[advice.row] if node}
    if any(veto.code in own and (veto.node_zero or veto.deduct) for veto in scores.tree.vetoes):
        kept = (_KEPT_VETOES(), *kept)
    return _BEST_OF_REST(kept=kept) if kept else Phrase(_BEST)


def _graded(scores: Scores) -> Phrase:
    """What is graded: the total, or the score of one node."""
    by = scores.tree.policies.grade_by
    return _OF_NODE(code=by, title=scores.tree.by_code[by].title) if by else Phrase(_TOTAL)


def _ungraded(scores: Scores, advice: Advice) -> Phrase:
    """Of a unit without a grade: which one its figure would have. Lines that end the scale are not spoken of."""
    by = _graded(scores)
    now: Text = "" if math.isnan(advice.figure) else _NOW(by=by, figure=advice.figure)
    if advice.improvements:
        is_less = any(grade.is_up_to for grade in scores.tree.grades)
        return _UNGRADED_YET(
            now=now,
            what=_what(advice),
            by=by,
            to=Phrase(_FALLS if is_less else _RISES),
            reached=advice.reached,
            target=advice.target,
        )
    if not advice.target:
        return _UNGRADED_BELOW(now=now)
    return _UNGRADED(by=by, figure=advice.figure, target=advice.target)


def _short_of_coverage(scores: Scores, row: int) -> int:
    """How many more fields must be answered before a grade is given."""
    least = (scores.tree.policies.coverage_at_least or 0.0) * int(scores.asked[row])
    return max(math.ceil(least - DUST) - int(scores.answered[row]), 0)


def _what(advice: Advice) -> Phrase:
    """What the improvements are: things to better next year, answers still to be given, or some of each."""
    n = len(advice.improvements)
    blank = sum(all(_is_blank(change) for change in one.changes) for one in advice.improvements)
    if blank:
        return _FILLED_IN(n=n) if blank == n else _BOTH(n=n - blank, blank=blank)
    return _IMPROVED(n=n)


def obstacle_phrases(scores: Scores, advice: Advice) -> tuple[Phrase, ...]:
    """Obstacles other than points, which are stated first; others are numbers here, never names."""
    tree, phrases = scores.tree, []
    known = {veto.code: veto for veto in tree.vetoes}
    for why in advice.obstacles:
        kind, _, code = why.partition(":")
        if kind == "veto" and code in known:
            words = _PLACED if code in advice.by_place else _OBSTACLES["veto"]
            phrases.append(words(struck=vetoes.struck(tree, known[code])))
        elif kind in _OBSTACLES:
            phrases.append(
                _OBSTACLES[kind](share=tree.policies.coverage_at_least or 0.0, n=_short_of_coverage(scores, advice.row))
            )
    if advice.places is not None and advice.outlook in {Outlook.REACHABLE, Outlook.BARRED}:
        words = _QUOTA_FULL if "quota" in advice.obstacles else _QUOTA
        phrases.append(words(target=advice.target, places=advice.places, before=_standing(advice.before)))
    return tuple(phrases)


def _standing(before: int | None) -> Phrase:
    if before is None:
        return _UNPLACED()
    return _BEFORE(n=before) if before else _FIRST()


def is_estimated(advice: Advice) -> bool:
    """Does it speak of figures that were worked out by other answers?"""
    return bool(advice.improvements) or advice.outlook in {Outlook.REACHABLE, Outlook.OUT_OF_REACH, Outlook.CHECKS}


def assumption(scores: Scores, shared: Iterable[str] = ()) -> Phrase:
    """The assumption behind all advice. ``shared``: keys of the 共用数据 that it takes as they are."""
    names = {key: asked.name for block in scores.tree.blocks for asked, key in _keys(block)}
    told = tuple(_NAME(name=names[key]) for key in dict.fromkeys(shared))
    if not told:
        return _ASSUMED()
    return _ASSUMED_TOO(assumed=_ASSUMED(), shared=_SHARED(names=_SHARED_NAMES(names=told)))


def _keys(block: Shared) -> list[tuple[Field, str]]:
    return [(asked, block.keys[asked.code]) for asked in block.fields]


def improvement_phrase(scores: Scores, one: Improvement) -> Phrase:
    """One line of the list of improvements."""
    indicator = _indicator(scores, one.indicator)
    words = _IN_NODE if scores.tree.policies.grade_by else _IN_TOTAL
    total = words(n=_more(gain_in_total(scores, one)))
    gain = _GAIN_SAID(total=total)
    if max(abs(one.gain), abs(one.gain_total)) <= DUST:
        gain = _NEEDED()
    elif not _says_gain(one):
        gain = _GAIN(gain=_more(one.gain, is_taken_off=is_taken_off(scores, one)), total=total)
    return _IMPROVE(code=indicator.code, title=indicator.title, changes=changes_phrase(scores, one), gain=gain)


def _says_gain(one: Improvement) -> bool:
    """Do the changes themselves say what is gained, as those of answers that are still blank do?"""
    return one.gain > 0 and all(_is_blank(change) for change in one.changes)


def _more(points: float, *, is_taken_off: bool = False) -> Phrase:
    less = _LESS_OFF if is_taken_off else _LESS
    return (less if points < 0 else _MORE)(n=abs(points))


def less_off(one: Improvement) -> Phrase:
    """What a 扣分项 takes less."""
    return _TAKES_LESS(n=abs(one.gain))


def is_taken_off(scores: Scores, one: Improvement) -> bool:
    """Is it a 扣分项, whose points fall where it is bettered?"""
    return scores.tree.is_taken_off(_indicator(scores, one.indicator))


def gain_in_total(scores: Scores, one: Improvement) -> float:
    """By how much the graded figure moves, signed: it falls where less is better."""
    return -one.gain_total if any(grade.is_up_to for grade in scores.tree.grades) else one.gain_total


def changes_phrase(scores: Scores, one: Improvement) -> Phrase:
    """Every figure: next year's where it is to be bettered, this year's where it is not answered yet."""
    indicator = _indicator(scores, one.indicator)
    if not _says_gain(one):
        return _CHANGES(changes=tuple(_change(indicator, change) for change in one.changes))
    names = _joined(_NAME(name=_field(indicator, change).name) for change in one.changes)
    after = tuple(_if_it_is(indicator, change) for change in one.changes)
    return (_BLANK if len(after) == 1 else _BLANKS)(names=names, after=after, gain=one.gain)


def _if_it_is(indicator: Indicator, change: FigureChange) -> Phrase:
    figure = _figure(indicator, change, change.after)
    return figure if _field(indicator, change).type in _CHOSEN else _AFTER(after=figure)


def _change(indicator: Indicator, change: FigureChange) -> Phrase:
    """“败诉案件数”由 21 件降到 2 件（下一年度）."""
    asked = _field(indicator, change)
    before, after = (_figure(indicator, change, figure) for figure in (change.before, change.after))
    if _is_blank(change):
        return _BLANK_TOO(name=asked.name, after=after)
    if asked.type in _CHOSEN:
        return _ATTAIN(name=asked.name, before=before, after=after)
    return (_FALL if change.after < change.before else _RISE)(name=asked.name, before=before, after=after)


def _is_blank(change: FigureChange) -> bool:
    return math.isnan(change.before)


def _field(indicator: Indicator, change: FigureChange) -> Field:
    return next(each for each in indicator.fields if each.code == change.field)


def _figure(indicator: Indicator, change: FigureChange, figure: float) -> Phrase:
    """A figure as an answer; one that is chosen stands in quotation marks."""
    asked = _field(indicator, change)
    said = answer_phrase(asked, None if math.isnan(figure) else Answer(AnswerState.GIVEN, figure, CellPlace("")))
    return _NAME(name=said) if asked.type in _CHOSEN else said


def _joined(parts: Iterable[Phrase]) -> Phrase:
    whole: Phrase | None = None
    for part in parts:
        whole = part if whole is None else _TWO(one=whole, other=part)
    assert whole is not None
    return whole


def aside_phrase(scores: Scores, row: int, one: SetAside) -> Phrase:
    """One line about points of the unit in ``row`` that are left out."""
    node = scores.tree.by_code[one.indicator]
    why = _of_type(scores, row, one.indicator) if one.why is Aside.TYPE else _ASIDE[one.why]()
    return _SET_ASIDE(code=node.code, title=node.title, lost=one.lost, why=why)


def _of_type(scores: Scores, row: int, code: str) -> Phrase:
    """What units of this type get for an indicator that does not apply to them."""
    indicator, replaced = _indicator(scores, code), scores.compared.instead[code]
    assert indicator.instead is not None  # the engine gives something
    kind = next((one.name for one in scores.tree.unit_types if one.code == scores.units[row].type), "")
    policy = indicator.instead.by[Why.TYPE]
    if replaced.alone[row] and indicator.no_mean is not None:
        policy = indicator.no_mean
    if policy.what is WhenZero.COHORT_MEAN:
        return _OF_TYPE_BY_MEAN(kind=kind)
    return _OF_TYPE(kind=kind, share=policy.share)


def _indicator(scores: Scores, code: str) -> Indicator:
    node = scores.tree.by_code[code]
    assert isinstance(node, Indicator)
    return node
