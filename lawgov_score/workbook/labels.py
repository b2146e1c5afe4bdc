"""Words that several sheets share: states of a score, why a grade was capped, why a unit stands without a place."""

from lawgov_score.model import Scores, Status
from lawgov_score.report import number_text, render
from lawgov_score.wording import Language, Phrase, Words

UNIT = Words("单位", "Unit")
UNIT_CODE = Words("单位编码", "Unit code")
COHORT = Words("考核分组", "Cohort")
CODE = Words("编码", "Code")
INDICATOR = Words("指标", "Indicator")
POINTS = Words("分值", "Points")
SCORE = Words("得分", "Score")
LOST = Words("失分", "Lost")
RATE = Words("得分率", "Score rate")
GRADE = Words("等次", "Grade")
COVERAGE = Words("填报率", "Coverage")
STATUS = Words("状态", "Status")
REASON = Words("扣分理由", "Why points were lost")
SOURCE = Words("来源单元格", "Source cell")

_NOT_SUBMITTED = Words("未报送填报表", "nothing was submitted")
_WITHHELD = Words("填报有误，未予计分", "has errors, not scored")
_NOTHING_TO_SCORE = Words("没有可以计分的填报值", "no answer that could be scored")
_QUOTA = Words("名额已满，等次顺延", "quota filled, grade moved down")
_BELOW_COVERAGE = Words("填报率低于 {least:percent}，未评等次", "coverage below {least:percent}, no grade")
_VETO = Words("一票否决：{title}（{code}）", "veto: {title} ({code})")
_ALL_UNITS = Words("全部单位", "all units")
_EDITION = Words("{edition} 版 · 考核年度 {year}", "Edition {edition} · assessed year {year}")
_ISSUER = Words("{issuer} · ", "{issuer} · ")


def cohort(scores: Scores, row: int, lang: Language) -> str:
    """The unit's cohort in words, also where nobody has been put into cohorts."""
    return scores.cohort_names[row] or render(_ALL_UNITS, lang)


def why_no_place(scores: Scores, row: int) -> Words:
    """Why a unit has no total."""
    if scores.submissions[row] is None:
        return _NOT_SUBMITTED
    return _WITHHELD if scores.total_status(row) is Status.INVALID else _NOTHING_TO_SCORE


def grade_remarks(scores: Scores, row: int) -> tuple[Phrase, ...]:
    """Why a unit's grade is lower than its score, or why it has none."""
    titles = {veto.code: veto.title for veto in scores.tree.vetoes}
    remarks = []
    for reason in scores.grade_reasons[row]:
        kind, _, code = reason.partition(":")
        if kind == "quota":
            remarks.append(_QUOTA())
        elif kind == "coverage":
            remarks.append(_BELOW_COVERAGE(least=scores.tree.policies.coverage_at_least or 0.0))
        else:
            remarks.append(_VETO(title=titles.get(code, code), code=code))
    return tuple(remarks)


def edition(scores: Scores, row: int | None = None) -> Phrase:
    """The line below a title: issuer, edition and assessed year (of all units, or of one), no date of today."""
    tree = scores.tree
    years = sorted({int(year) for year in (scores.years if row is None else scores.years[row : row + 1])})
    span = str(years[0]) if len(years) == 1 else f"{years[0]}—{years[-1]}"
    line = _EDITION(edition=tree.edition, year=span)
    return Words("{issuer}{line}", "{issuer}{line}")(
        issuer=_ISSUER(issuer=tree.issuer) if tree.issuer else "", line=line
    )


def printed(points: float) -> str:
    """Points as the scheme prints them: ``4.5``, not ``4.50``."""
    return number_text(points, 4)
