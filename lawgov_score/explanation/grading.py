"""等次 in words: grade lines and bars (方法), and why one unit's grade differs from what its score reaches."""

from collections.abc import Iterator

import numpy as np

from lawgov_score.explanation import vetoes
from lawgov_score.explanation.printed_grade import is_provisional
from lawgov_score.measure.ladder import quota_limit
from lawgov_score.model import NO_LIMITS, CohortSize, Grade, Scores, Status, Tree, Way
from lawgov_score.wording import Phrase, Words

_LINE = {  # of a grade, or of a cohort's own line, by the key of the line
    "at_least": Words("{name} {line:points} 分以上", "{name} from {line:points}"),
    "above": Words("{name} 超过 {line:points} 分", "{name} above {line:points}"),
    "at_most": Words("{name} {line:points} 分以下", "{name} up to {line:points}"),
    "below": Words("{name} 低于 {line:points} 分", "{name} below {line:points}"),
}
_OTHER_LINES = Words("{first}（{lines:list}）", "{first} ({lines:list})")
_QUOTA_RULE = Words(
    "{first}，且不超过{units}的 {share:percent}（去尾取整，至少 {n} 个）",
    "{first}, at most {share:percent} of {units} (rounded down, at least {n})",
)
_QUOTA_ALONE = Words(
    "{first}，且不超过{units}的 {share:percent}（去尾取整）",
    "{first}, at most {share:percent} of {units} (rounded down)",
)
_UNITS = {
    CohortSize.ROSTER: Words("同组单位数", "a cohort"),
    CohortSize.SUBMITTED: Words("同组报送的单位数", "the units of a cohort that submitted"),
    CohortSize.SCORED: Words("同组有得分的单位数", "the units of a cohort that have a score"),
}
_BETWEEN = {  # of the last grade, by the key of the line before it
    "at_least": Words("{name} 0 分以上、不足 {line:points} 分", "{name} from 0, below {line:points}"),
    "above": Words("{name} 0 分以上、不超过 {line:points} 分", "{name} from 0 up to {line:points}"),
}
_BELOW = {
    "at_least": Words("{name} 不足 {line:points} 分", "{name} below {line:points}"),
    "above": Words("{name} 不超过 {line:points} 分", "{name} up to {line:points}"),
}
_THE_REST = Words("{name} 其余", "{name} for the rest")
_BY_NODE = Words(
    "等次看“{code} {title}”的得分，{rounded}；该项没有得分的不评等次",
    'grades look at the score of "{code} {title}", {rounded}; without one there is no grade',
)
_BY_FULL_TOTAL = Words("等次看未舍入的总分", "grades look at the total before rounding")
_ROUNDED = Words("按舍入后的数", "as rounded")
_FULL = Words("不舍入", "not rounded")

_QUOTA = Words("名额已满，等次顺延", "quota filled, grade moved down")
_QUOTA_TAKEN = Words(
    "“{grade}”名额 {limit} 个，已由 {held} 个单位占用，等次顺延",
    '"{grade}" has room for {limit}, taken by {held}: grade moved down',
)
_QUOTA_TIED = Words(
    "“{grade}”名额 {limit} 个，已由 {held} 个单位占用；并列 {tied} 个单位多于余下的名额 {left} 个，等次顺延",
    '"{grade}" has room for {limit}, taken by {held}; {tied} tied are more than the {left} left: moved down',
)
_BELOW_COVERAGE = Words("填报率低于 {least:percent}，未评等次", "coverage below {least:percent}, no grade")
_PROVISIONAL = Words("另有 {n} 项待审核，得分、位次和等次为暂定", "{n} items not reviewed yet: all this is provisional")
_SCORE_PROVISIONAL = Words(
    "另有 {n} 项待审核，得分和位次为暂定", "{n} items not reviewed yet: score and place are provisional"
)
_BLANK_AT_VETO = Words(
    "一票否决的判断项未填报，等次为暂定", "a question that a veto rests on is blank: the grade is provisional"
)
_BLANKS_PAY = Words("未填报的项目影响等次，等次为暂定", "the grade hangs on what was left blank: it is provisional")
_PAST_LINE = {  # the lowest grade, by the key of its line
    "at_least": Words(
        "得分 {figure:points} 未达到最低等次“{grade}”的 {line:points} 分，未评等次",
        'a score of {figure:points} is below {line:points}, the line of the lowest grade "{grade}": no grade',
    ),
    "above": Words(
        "得分 {figure:points} 未超过最低等次“{grade}”的 {line:points} 分，未评等次",
        'a score of {figure:points} is not above {line:points}, the line of the lowest grade "{grade}": no grade',
    ),
    "at_most": Words(
        "得分 {figure:points} 高于最低等次“{grade}”的 {line:points} 分，未评等次",
        'a score of {figure:points} is above {line:points}, the line of the lowest grade "{grade}": no grade',
    ),
    "below": Words(
        "得分 {figure:points} 不低于最低等次“{grade}”的 {line:points} 分，未评等次",
        'a score of {figure:points} is not below {line:points}, the line of the lowest grade "{grade}": no grade',
    ),
}
_NO_SCORE = Words("“{code} {title}”没有得分，未评等次", '"{code} {title}" has no score, no grade')


def grade_lines(tree: Tree) -> tuple[Phrase, ...]:
    """The figure that grade lines look at, unless it is the total as printed; then every grade, best first."""
    policies = tree.policies
    lines = [grade_line(tree, grade) for grade in tree.grades]
    if policies.grade_by:
        rounded = (_ROUNDED if policies.grade_on_rounded else _FULL)()
        lines.insert(0, _BY_NODE(code=policies.grade_by, title=tree.by_code[policies.grade_by].title, rounded=rounded))
    elif not policies.grade_on_rounded:
        lines.insert(0, _BY_FULL_TOTAL())
    return tuple(lines)


def grade_line(tree: Tree, grade: Grade) -> Phrase:
    """One grade with its lines and its quota."""
    text = _last(tree, grade)
    if text is None:
        text = _LINE[grade.key](name=grade.name, line=grade.line(""))
    if grade.lines:
        names = {cohort.code: cohort.name for cohort in tree.cohorts}
        own = tuple(_LINE[grade.key](name=names.get(code, code), line=line) for code, line in grade.lines.items())
        text = _OTHER_LINES(first=text, lines=own)
    if grade.quota is not None:
        words = _QUOTA_RULE if grade.quota.at_least else _QUOTA_ALONE
        units = _UNITS[tree.policies.cohort_size]()
        text = words(first=text, units=units, share=grade.quota.share, n=grade.quota.at_least)
    return text


def _last(tree: Tree, grade: Grade) -> Phrase | None:
    """The last grade if its line is 0 (everything below the line of the grade before it); otherwise None."""
    if len(tree.grades) < 2 or grade is not tree.grades[-1]:
        return None
    if grade.at_least != 0 or grade.lines or grade.key != "at_least":
        return None
    before = tree.grades[-2]
    if before.lines:
        return None if _may_be_negative(tree) else _THE_REST(name=grade.name)
    words = _BETWEEN if _may_be_negative(tree) else _BELOW
    return words[before.key](name=grade.name, line=before.at_least)


def _may_be_negative(tree: Tree) -> bool:
    """Could the graded figure be below 0, where there is no grade? True where that cannot be excluded."""
    limits = tree.adjustment_limits
    has_floor = limits.floor is not None and limits.floor >= 0 and (tree.adjustments or limits is not NO_LIMITS)
    if has_floor and not tree.policies.grade_by:
        return False
    ways = {tree.aggregation.way, *(group.aggregation.way for group in tree.evaluation)}
    takes_off = any(node.weight is not None and node.weight < 0 for node in tree.nodes)
    return takes_off or Way.EXPRESSION in ways or _may_go_below(tree)


def _may_go_below(tree: Tree) -> bool:
    """Could the rule of an indicator give less than 0, to units of any type?"""
    trees = (tree, *(own for _, own in tree.kinds))
    return any(one.rule.bounds[0] < 0 for own in trees for one in own.indicators)


def grade_remarks(scores: Scores, row: int) -> tuple[Phrase, ...]:
    """Why a unit's grade differs from what its score reaches, or why it has none: ``grade_reasons`` in words."""
    tree = scores.tree
    remarks = []
    quotas = _quotas(scores, row)
    for reason in scores.grade_reasons[row]:
        kind, _, code = reason.partition(":")
        match kind:
            case "quota":
                remarks.append(next(quotas, _QUOTA()))
            case "coverage":
                remarks.append(_BELOW_COVERAGE(least=tree.policies.coverage_at_least or 0.0))
            case "line":
                remarks.append(_past_the_last_line(scores, row))
            case "not_reviewed":
                remarks.append(_PROVISIONAL(n=waiting(scores, row)))
            case "blank_at_veto":
                remarks.append(_BLANK_AT_VETO())
            case "blanks_pay":
                remarks.append(_BLANKS_PAY())
            case "no_score":
                by = tree.policies.grade_by
                remarks.append(_NO_SCORE(code=by, title=tree.by_code[by].title))
            case "veto":
                remarks += [vetoes.struck(tree, veto) for veto in tree.vetoes if veto.code == code]
            case _:
                raise AssertionError(f"a reason without words: {reason}")
    if not scores.grades[row] and is_provisional(scores, row):
        remarks.append(_SCORE_PROVISIONAL(n=waiting(scores, row)))
    return tuple(remarks)


def _quotas(scores: Scores, row: int) -> Iterator[Phrase]:
    """Of each quota that moved a unit's grade down: how many it allows, who has it, and whether a tie did not fit."""
    tree, names = scores.tree, [grade.name for grade in scores.tree.grades]
    final = names.index(scores.grades[row]) if scores.grades[row] in names else len(names)
    passed = [i for i in tree.quotas if int(scores.levels[row]) <= i < final]
    if len(passed) != scores.grade_reasons[row].count("quota"):
        return  # a veto or the coverage moved it, too
    inside = scores.cohorts == scores.cohorts[row]
    for i in passed:
        quota = tree.quotas[i]
        limit = quota_limit(quota.share, quota.at_least, scores.cohort_size(row))
        held = sum(scores.grades[one] == names[i] for one in np.flatnonzero(inside).tolist())
        same = np.flatnonzero(inside & (scores.rank == scores.rank[row]) & (scores.levels <= i))
        tied = len(same) if scores.rank[row] else 1
        told = {"grade": names[i], "limit": limit, "held": held, "tied": tied, "left": limit - held}
        yield (_QUOTA_TIED if tied > 1 and held < limit else _QUOTA_TAKEN)(**told)


def waiting(scores: Scores, row: int) -> int:
    """How many items of a unit are not reviewed yet."""
    return int((scores.status[row, _leaves(scores)] == Status.NOT_REVIEWED).sum())


def _leaves(scores: Scores) -> list[int]:
    return [scores.node_column[indicator.code] for indicator in scores.tree.indicators]


def _past_the_last_line(scores: Scores, row: int) -> Phrase:
    grade = scores.tree.grades[-1]
    words = _PAST_LINE[grade.key]
    return words(figure=float(scores.graded[row]), grade=grade.name, line=grade.line(scores.units[row].cohort))
