"""The page for the public: the result alone. No finding, no reason, no coverage, no reviewer, no path, no way out.

What a unit's page or the office's says of single units stays in the folder of the office.
"""

from collections import Counter

from lawgov_score.content import labels, result_title
from lawgov_score.content.ranking import Columns
from lawgov_score.explanation import method
from lawgov_score.explanation.printed_grade import is_provisional
from lawgov_score.model import Scores
from lawgov_score.pages import ranking_table
from lawgov_score.pages.document import document, section
from lawgov_score.pages.html import Html, tag
from lawgov_score.pages.reader import Reader
from lawgov_score.wording import Text, Words

_RESULT = Words("考核结果", "Result")
_HOW = Words("有关说明", "How it was made")
_BASIS = Words("考核依据：{title}（{edition} 版）。", "Assessed by: {title}, edition {edition}.")
_ONE = Words("{label}：{text}。", "{label}: {text}.")
_PROVISIONAL = Words(
    "注“暂定”的，考核事项尚未全部审定，以最后公布的结果为准。",
    "“Provisional”: not everything has been decided on; the result announced last stands.",
)
_UNPLACED = Words("未计分的单位，没有得分、位次和等次。", "Units without a score have neither place nor grade.")


def public_page(reader: Reader, scores: Scores) -> str:
    """The whole page."""
    parts = [
        section(reader, "result", _RESULT, ranking_table.table_of(reader, scores, _columns(scores), {}), look="long"),
        section(reader, "how", _HOW, _how(reader, scores)),
    ]
    headline = reader.say(result_title.result_title(scores))
    return document(reader, scores.tree, headline, labels.edition(scores), *parts, look="public")


def _columns(scores: Scores) -> Columns:
    """Place, unit, score, grade; the cohort stands over its units. Without a total the aspects are the result."""
    tree = scores.tree
    is_told_by_name = max(Counter(unit.name for unit in scores.units).values(), default=1) == 1
    names = [
        *["place"] * labels.has_total(tree),
        "unit",
        *["code"] * (not is_told_by_name),
        *["score"] * labels.has_total(tree),
        *["grade"] * bool(tree.grades),
    ]
    aspects = () if labels.has_total(tree) or tree.parallel else tree.children
    return Columns((*names, *(f"aspect:{aspect.code}" for aspect in aspects)), aspects)


def _how(reader: Reader, scores: Scores) -> Html:
    tree = scores.tree
    lines: list[Text] = [_BASIS(title=tree.title, edition=tree.edition)]
    lines += [_ONE(label=label, text=text) for label, text in method.in_brief(tree)]
    if any(is_provisional(scores, row) for row in labels.listed(scores)):
        lines.append(_PROVISIONAL)
    if len(labels.listed(scores)) < len(scores.units):
        lines.append(_UNPLACED)
    return tag("ol", *(tag("li", reader.say(line)) for line in lines))
