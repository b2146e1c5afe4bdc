"""Problems by unit, and the blanks of a unit by cell."""

from collections.abc import Mapping, Sequence

from lawgov_score.content.cells import places_text
from lawgov_score.explanation.figures import cells_of
from lawgov_score.model import AnswerState, Node, Scores, Status, field_key
from lawgov_score.problems import CellPlace, NodePlace, Problem, by_place
from lawgov_score.report import render
from lawgov_score.rules.field import Field
from lawgov_score.wording import Language, Phrase, Words

HEADLINE = Words("填报情况与问题清单", "Coverage and problems")
NOTE = Words(
    "填报率 = 已填报项 ÷ 应填报项。未填报、不适用、填报有误与零分是四回事，分别列出。",
    "Coverage = fields answered ÷ fields asked. Not filled in, not applicable, invalid and zero are four things.",
)
NONE = Words("没有发现问题。", "No problem was found.")
ALL_FILLED = Words("没有未填报的指标。", "Nothing was left out.")
WHOLE_RUN = Words("（全局）", "(whole run)")
SHEET = Words("问题", "Problems")
ASKED = Words("应填报项", "Fields asked")
ANSWERED = Words("已填报项", "Answered")
MISSING_FIELDS = Words("未填报指标", "Indicators missing")
INVALID = Words("有误指标", "Indicators invalid")
WAITING = Words("待审核指标", "Awaiting review")
NOT_SUBMITTED = Words("（未报送）", "(nothing submitted)")
LEVEL = Words("级别", "Level")
PROBLEM_CODE = Words("问题编码", "Code")
PLACE = Words("位置", "Place")
TITLE = Words("问题", "Problem")
EXPECTED = Words("应为", "Expected")
FOUND = Words("实为", "Found")
FIX = Words("改法", "Fix")


_BLANKS = Words("另有 {n} 个填报项未填报：{places:list}。", "Fields left blank: {n}: {places:list}.")
_AT = Words("{code} {title}（{fields:list}）", "{code} {title} ({fields:list})")
_MOST_BLANKS = 30  # indicators whose blanks are named
_WITH_CELLS = Words("{code}（{cells}）", "{code} ({cells})")


def unit_problems(scores: Scores, row: int, problems: Sequence[Problem]) -> list[Problem]:
    """The problems of one unit, ordered by place."""
    owners = owners_of(scores)
    return sorted((p for p in problems if owner_of(p, scores, owners) == row), key=by_place)


def owners_of(scores: Scores) -> Mapping[str, int]:
    """Unit code -> row."""
    return {unit.code: row for row, unit in enumerate(scores.units)}


def owner_of(problem: Problem, scores: Scores, owners: Mapping[str, int]) -> int:
    """The row of the unit that a problem belongs to; -1 if it belongs to none."""
    place = problem.place
    if isinstance(place, NodePlace):
        return owners.get(place.unit, -1)
    owner = scores.owner(place) if isinstance(place, CellPlace) else -1
    return owners.get(str(problem.values.get("unit", "")), -1) if owner < 0 else owner


def problems_at(scores: Scores, row: int, problems: Sequence[Problem], node: Node) -> list[Problem]:
    """Those of a unit's ``problems`` that concern one node: at the node, or at a cell that its score comes from."""
    tree = scores.tree
    codes = {node.code, *(one.code for one in tree.nodes if node in tree.ancestors(one.code))}
    below = [indicator for indicator in tree.indicators if indicator.code in codes]
    cells = {cell for indicator in below for cell in cells_of(scores, row, indicator)}

    def concerns(problem: Problem) -> bool:
        if isinstance(problem.place, NodePlace):
            return problem.place.node in codes
        return problem.values.get("code") in codes or not cells.isdisjoint({problem.place, *problem.see_also})

    return [problem for problem in problems if concerns(problem)]


def blanks_of(scores: Scores, member: int, lang: Language) -> Phrase | None:
    """What a unit left blank of what 填报率 asks of it, by indicator and field; None if it left nothing blank."""
    submission = scores.submissions[member]
    places, n = list[Phrase | str](), 0
    shared = dict[str, Field]()  # by key: told once, however many indicators lack it
    for indicator in scores.tree.indicators if submission is not None else ():
        column = scores.indicator_column[indicator.code]
        if indicator.is_of_office or scores.from_rate[member, column] or not scores.is_asked(member, indicator.code):
            continue
        blank = []
        for field in indicator.covered:
            answer = submission.answers.get(field_key(indicator, field)) if submission is not None else None
            if (answer is None or answer.state is AnswerState.MISSING) and not scores.is_spared(
                member, indicator, field
            ):
                if field.asked_at:
                    shared[field_key(indicator, field)] = field
                else:
                    blank.append(field.name)
        n += len(blank)
        if blank:
            places.append(_AT(code=indicator.code, title=indicator.title, fields=tuple(blank)))
    for block in scores.tree.blocks:
        blank = [one.name for one in block.fields if block.keys[one.code] in shared]
        n += len(blank)
        if blank:
            places.insert(0, _AT(code=block.code, title=block.title, fields=tuple(blank)))
    if not n:
        return None
    more = ("……",) if len(places) > _MOST_BLANKS else ()
    return _BLANKS(n=n, places=(*places[:_MOST_BLANKS], *more))


def missing_of(scores: Scores, member: int, lang: Language) -> dict[str, str]:
    """By category: codes of the indicators that the unit left blank, each with its blank cells."""
    submission = scores.submissions[member]
    assert submission is not None  # checked by the caller
    by_category: dict[str, list[str]] = {}
    for indicator in scores.tree.indicators:
        if scores.at(member, indicator.code).status is not Status.MISSING:
            continue
        needed = [field for field in indicator.deciding if not scores.is_spared(member, indicator, field)]
        answers = (submission.answers.get(field_key(indicator, field)) for field in needed)
        places: list[CellPlace] = [a.place for a in answers if a is not None and a.state is AnswerState.MISSING]
        cells = places_text(places, lang)
        above = scores.tree.ancestors(indicator.code)
        category = f"{above[-1].code} {above[-1].title}" if above else ""
        entry = render(_WITH_CELLS(code=indicator.code, cells=cells), lang) if cells else indicator.code
        by_category.setdefault(category, []).append(entry)
    joint = render(Words("、", ", "), lang)
    return {category: joint.join(entries) for category, entries in by_category.items()}
