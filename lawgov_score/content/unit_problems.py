"""Problems as a unit reads them on its card and page: of its own answers and results, without paths and row numbers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from lawgov_score.catalogue.audience import FOR_UNITS, HINTS
from lawgov_score.model import Node, Scores, field_key
from lawgov_score.problems import CellPlace, NodePlace, Problem, line_of
from lawgov_score.report import SEVERITIES, part, render, title
from lawgov_score.wording import Language, Phrase, Text, Words

_AT_NODE = Words("{code} {title}", "{code} {title}")
_AT_CELL = Words("{node}（{cell}）", "{node} ({cell})")
_CELL = Words("{file}“{sheet}”{cell}", "{file}, {sheet} {cell}")
_PLACED = Words("{place}　{what}", "{place}: {what}")
_FOUND = Words("{what}：{found}", "{what}: {found}")
_ASKED = Words("{what}{found}", "{what} {found}")
_MORE = Words("同类问题另有 {n} 处", "{n} more of the same kind")


@dataclass(frozen=True, slots=True)
class Told:
    """A problem as a unit reads it: how grave it is, what is wrong and where, what to do."""

    severity: Words
    text: str
    hint: str


def for_units(problems: Sequence[Problem]) -> list[Problem]:
    """Those that are for the unit, in the same order."""
    return [one for one in problems if one.code in FOR_UNITS]


def told(scores: Scores, row: int, problems: Sequence[Problem], lang: Language) -> Iterator[Told]:
    """``problems`` of the unit in words for it."""
    nodes = _nodes_by_cell(scores, row) if any(isinstance(one.place, CellPlace) for one in problems) else {}
    for problem in problems:
        if problem.more:
            yield Told(SEVERITIES[problem.severity], render(_MORE(n=problem.more), lang), "")
            continue
        found = part(problem, "found", lang)
        what: Text = title(problem, lang)
        if found:
            what = (_ASKED if title(problem, lang).endswith(("？", "?")) else _FOUND)(what=what, found=found)
        place = _place(scores, row, problem, nodes)
        text = what if place is None else _PLACED(place=place, what=what)
        own = HINTS.get(problem.code)
        hint = part(problem, "hint", lang) if own is None else render(Phrase(own, problem.values), lang)
        yield Told(SEVERITIES[problem.severity], render(text, lang), hint)


def _place(scores: Scores, row: int, problem: Problem, nodes: Mapping[object, Node]) -> Text | None:
    """The indicator by code and title, and the cell of the unit's own workbook; None: the unit as such is meant."""
    place = problem.place
    if isinstance(place, NodePlace):
        return at_node(scores, place)
    if not isinstance(place, CellPlace):
        return None
    submission = scores.submissions[row]
    is_own = submission is not None and submission.own_file and submission.path == place.path
    node = nodes.get(place) or (nodes.get(line_of(place)) if is_own else None)
    cell = _cell(place) if is_own else None
    if node is None:
        return cell
    return _node(node) if cell is None else _AT_CELL(node=_node(node), cell=cell)


def at_node(scores: Scores, place: NodePlace) -> Text | None:
    """The indicator by code and title; None if no single one is meant."""
    node = scores.tree.by_code.get(place.node)
    return None if node is None else _node(node)


def _node(node: Node) -> Text:
    return _AT_NODE(code=node.code, title=node.title)


def _cell(place: CellPlace) -> Text | None:
    """The file without its folders, the sheet, the cell."""
    name = PurePath(place.path).name
    return _CELL(file=name, sheet=place.sheet, cell=place.cell) if place.sheet else name


def _nodes_by_cell(scores: Scores, row: int) -> Mapping[object, Node]:
    """The indicator that each cell of the unit's answers is about, and each row of them."""
    submission, found = scores.submissions[row], dict[object, Node]()
    for indicator in scores.tree.indicators if submission is not None else ():
        for asked in indicator.fields:
            answer = submission.answers.get(field_key(indicator, asked)) if submission is not None else None
            if answer is not None:
                found[answer.place] = indicator
                found.setdefault(line_of(answer.place), indicator)
    return found
