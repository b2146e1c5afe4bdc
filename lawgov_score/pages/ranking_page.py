"""The office's first page: places, cohorts, distribution, movement, categories, losses; then problems and method."""

from collections.abc import Mapping, Sequence

from lawgov_score.content import labels, method, movement, problem_lists
from lawgov_score.content.result_title import result_title
from lawgov_score.explanation import method as method_words
from lawgov_score.model import Scores
from lawgov_score.pages import categories, overview, ranking_table
from lawgov_score.pages.document import document, note, section
from lawgov_score.pages.html import Html, joined, tag
from lawgov_score.pages.reader import Reader
from lawgov_score.pages.table import Row, Rows, TableColumn, pairs, table
from lawgov_score.places import place_text
from lawgov_score.problems import Problem, total
from lawgov_score.report import SEVERITIES, part, title
from lawgov_score.wording import Words

_METHOD = Words("计分方法", "Method")
_INTERNAL = Words(
    "考核机关内部使用，含检查发现和各单位明细，不对外公布；公布用 public 文件夹中的网页。",
    "For the office alone: findings, and what concerns single units. The page to publish is in the folder public.",
)
_MOST_PROBLEMS = 200
_MORE = Words("另有 {n} 个，见评分表“问题”。", "{n} more: see the scorecard.")


def ranking_page(reader: Reader, scores: Scores, problems: Sequence[Problem], cards: Mapping[int, str]) -> str:
    """The whole page. ``cards``: the file of each unit's page, by row."""
    tree, number = scores.tree, iter(range(1, 10))
    parts = [ranking_table.places(reader, scores, cards, next(number))]
    scored = int(labels.scored_rows(scores).sum()) if labels.has_total(tree) else 0
    if scored:
        parts.append(overview.cohorts(reader, scores, next(number)))
    if scored > 1:
        parts.append(overview.spread(reader, scores, next(number)))
    if movement.is_known(scores):
        parts.append(overview.moves(reader, scores, next(number)))
    parts.append(categories.categories(reader, scores, next(number)))
    parts.append(categories.lost(reader, scores, next(number)))
    parts.append(_problems(reader, problems, next(number)))
    parts.append(_method(reader, scores, next(number)))
    headline = reader.say(result_title(scores))
    return document(reader, tree, headline, labels.edition(scores), *parts, marked=_INTERNAL, look="ranking")


def _problems(reader: Reader, problems: Sequence[Problem], number: int) -> Html:
    heading = labels.section(number, problem_lists.HEADLINE)
    if not problems:
        return section(reader, "problems", heading, tag("p", reader.say(problem_lists.NONE)))
    rows: list[Row] = [
        [
            reader.say(SEVERITIES[one.severity]),
            str(one.code),
            place_text(one.place),
            title(one, reader.lang),
            part(one, "expected", reader.lang),
            part(one, "found", reader.lang),
            part(one, "hint", reader.lang),
        ]
        for one in problems[:_MOST_PROBLEMS]
    ]
    heads = [
        (problem_lists.LEVEL, "c k"),
        (problem_lists.PROBLEM_CODE, "c k"),
        (problem_lists.PLACE, "m s"),
        (problem_lists.TITLE, "m s"),
        (problem_lists.EXPECTED, "s"),
        (problem_lists.FOUND, "s"),
        (problem_lists.FIX, "m s"),
    ]
    left = total(problems) - total(problems[:_MOST_PROBLEMS])
    more = note(reader, _MORE(n=left)) if left > 0 else None
    columns = [TableColumn(heading_of, look) for heading_of, look in heads]
    shown = table(reader, "problems-table", problem_lists.HEADLINE, columns, [Rows(rows)], heads=3, is_stacked=True)
    return section(reader, "problems", heading, shown, more, look="wide")


def _method(reader: Reader, scores: Scores, number: int) -> Html:
    tree = scores.tree
    about = [(label, reader.say(text)) for label, text in method.about(tree)]
    policies = [(label, reader.say(text)) for label, text in method_words.method(tree)]
    terms = [(term, reader.say(meaning)) for term, meaning in method.definitions(tree)]
    blocks = [
        joined(tag("h3", reader.say(heading)), pairs(reader, entries, "pairs one"))
        for heading, entries in ((method.TREE, about), (method.POLICIES, policies), (method.TERMS, terms))
    ]
    return section(reader, "method", labels.section(number, _METHOD), *blocks, look="long")
