"""The note beside a score that says where it comes from: the rule, the figures, the result."""

import math

from lawgov_score.content.cells import own_cells
from lawgov_score.content.labels import printed
from lawgov_score.explanation import evidence as evidence_words
from lawgov_score.explanation import figures as figures_words
from lawgov_score.explanation import group_working, ways
from lawgov_score.explanation.evidence import Evidence
from lawgov_score.model import Group, Indicator, Scores, Tree
from lawgov_score.report import number_text, render
from lawgov_score.wording import Language, Text, Words

_STANDARD = Words("评分标准：{text}", "Standard: {text}")
_FIGURES = Words("填报数据：{text}", "Figures: {text}")
_RESULT = Words("得分：{score} / {points} 分", "Score: {score} of {points}")
_NO_SCORE = Words("得分：{state}", "Score: {state}")
_REASON = Words("扣分理由：{text}", "Why points were lost: {text}")
_CELLS = Words("所在单元格：{text}", "Cells of the workbook: {text}")
_WAY = Words("汇总方式：{text}", "How it is put together: {text}")
_WORKED = Words("计算：{text}", "Worked out: {text}")
_PLAIN_SUM = Words("下级得分相加", "the sum of what is below")


def indicator_note(
    scores: Scores, member: int, indicator: Indicator, standard: str, why: str, evidence: Evidence, lang: Language
) -> str:
    """The rule in words (``standard``), the figures used, the result, ``why`` points were lost, evidence, cells."""
    lines: list[Text] = [_STANDARD(text=standard)]
    figures = render(figures_words.working(scores, member, indicator.code), lang)
    if figures:
        lines.append(_FIGURES(text=figures))
    lines.append(_result(scores, member, indicator))
    if why:
        lines.append(_REASON(text=why))
    named = evidence_words.evidence_phrase(evidence)
    if named is not None:
        lines.append(named)
    cells = own_cells(scores, member, indicator, lang)
    if cells:
        lines.append(_CELLS(text=cells))
    return "\n".join(render(one, lang) for one in lines)


def way_text(tree: Tree, group: Group, lang: Language) -> str:
    """How a group's score is aggregated from its parts, in words."""
    return render(ways.way_at(tree, group) or _PLAIN_SUM, lang)


def group_note(scores: Scores, member: int, group: Group, way: str, lang: Language) -> str:
    """How a group's score is aggregated from its parts (``way``), with figures if it is not a plain sum."""
    lines: list[Text] = [_WAY(text=way)]
    worked = group_working.how_it_came(scores, member, group)
    if worked is not None:
        lines.append(_WORKED(text=worked))
    lines.append(_result(scores, member, group))
    return "\n".join(render(one, lang) for one in lines)


def _result(scores: Scores, member: int, node: Indicator | Group) -> Text:
    at = scores.at(member, node.code)
    if math.isnan(at.score):
        return _NO_SCORE(state=figures_words.state(node, at.status))
    return _RESULT(score=number_text(at.score, 4), points=printed(at.points))
