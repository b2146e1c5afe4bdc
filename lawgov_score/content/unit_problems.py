"""Problems as a unit reads them on its card and page: of its own answers and results, without paths and row numbers."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from lawgov_score.catalogue.audience import FOR_UNITS, HINTS
from lawgov_score.model import Node, Scores, Shared, field_key
from lawgov_score.places import MOST_PLACES, place_list
from lawgov_score.problems import CellPlace, NodePlace, Problem, line_of, total
from lawgov_score.report import SEVERITIES, part, render, title
from lawgov_score.wording import Language, Phrase, Text, Words

_AT_NODE = Words("{code} {title}", "{code} {title}")
_AT_CELL = Words("{node}（{cell}）", "{node} ({cell})")
_CELL = Words("{file}“{sheet}”{cell}", "{file}, {sheet} {cell}")
_PLACED = Words("{place}　{what}", "{place}: {what}")
_FOUND = Words("{what}：{found}", "{what}: {found}")
_ASKED = Words("{what}{found}", "{what} {found}")
_SHOULD = Words("{what}（应为{expected}）", "{what} (expected: {expected})")
_SEVERAL = Words("{what}；共 {n} 处：{places:list}", "{what}; {n} places: {places:list}")
_LIKE = Words("{what}等 {n} 处：{places:list}", "{what} and the like, {n} places: {places:list}")
_NUMBERS = re.compile(r"[0-9]+(?:[.][0-9]+)?")
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
        hint, what = _hint(problem, lang), _what(problem, lang)
        place = _place(scores, row, problem, nodes)
        text = what if place is None else _PLACED(place=place, what=what)
        yield Told(SEVERITIES[problem.severity], render(text, lang), hint)


def told_together(scores: Scores, row: int, problems: Sequence[Problem], lang: Language, most: int) -> Iterator[Told]:
    """The same with equal faults told once, with their places; where that leaves more than ``most``, like ones too."""
    kinds = _alike(problems, lambda one: render(_what(one, lang), lang) + _hint(one, lang))
    words = _SEVERAL
    if len(kinds) > most:  # most differ by the name of a field, which the place tells
        kinds, words = _alike(problems, lambda one: part(one, "found", lang) + _hint(one, lang)), _LIKE
    if len(kinds) > most:
        kinds = _alike(problems, lambda one: one.code)
    for same in kinds:
        if len(same) == 1:
            yield from told(scores, row, same, lang)
            continue
        nodes = _nodes_by_cell(scores, row) if any(isinstance(one.place, CellPlace) for one in same) else {}
        text = words(what=_what(same[0], lang), n=total(same), places=_places(scores, row, same, nodes, lang))
        yield Told(SEVERITIES[same[0].severity], render(text, lang), _hint(same[0], lang))


def _alike(problems: Sequence[Problem], key: Callable[[Problem], str]) -> list[list[Problem]]:
    """Problems of one code with the same key together, in the order of the first of each."""
    kinds: dict[object, list[Problem]] = {}
    for one in problems:
        kinds.setdefault(id(one) if one.more else (one.code, one.severity, key(one)), []).append(one)
    return list(kinds.values())


def _places(
    scores: Scores, row: int, same: Sequence[Problem], nodes: Mapping[object, Node], lang: Language
) -> tuple[str, ...]:
    """Where equal faults stand: cells of the unit's own workbook in little room, else indicators by code."""
    submission = scores.submissions[row]
    cells, others = list[CellPlace](), dict[str, None]()
    for one in same:
        for place in (one.place, *one.also):
            if isinstance(place, NodePlace):
                others[place.node] = None
            elif not isinstance(place, CellPlace):
                continue
            elif submission is not None and submission.own_file:
                cells.append(replace(place, path=PurePath(place.path).name))
            elif (node := nodes.get(place) or nodes.get(line_of(place))) is not None:
                others[node.code] = None
    named = tuple(code for code in others if code)
    return (*place_list(cells), *named[:MOST_PLACES], *(("……",) if len(named) > MOST_PLACES else ()))


def _what(problem: Problem, lang: Language) -> Text:
    """What is wrong, what was found, and the figure that was broken where neither they nor the hint name it."""
    found, what = part(problem, "found", lang), title(problem, lang)
    text: Text = what
    if found:
        text = (_ASKED if what.endswith(("？", "?")) else _FOUND)(what=what, found=found)
    expected = part(problem, "expected", lang)
    said = set(_NUMBERS.findall(render(text, lang) + _hint(problem, lang)))
    return text if set(_NUMBERS.findall(expected)) <= said else _SHOULD(what=text, expected=expected)


def _hint(problem: Problem, lang: Language) -> str:
    own = HINTS.get(problem.code)
    return part(problem, "hint", lang) if own is None else render(Phrase(own, problem.values), lang)


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
    """The indicator that each cell of the unit's answers is about, and each row of them; of 共用数据 the group."""
    submission, found = scores.submissions[row], dict[object, Node]()
    for of, asked in scores.tree.asked if submission is not None else ():
        answer = submission.answers.get(field_key(of, asked)) if submission is not None else None
        node = scores.tree.by_code.get(of.code) if isinstance(of, Shared) else of
        if answer is not None and node is not None:
            found[answer.place] = node
            found.setdefault(line_of(answer.place), node)
    return found
