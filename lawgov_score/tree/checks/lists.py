"""Lists in the head: grades and letters must fall, vetoes and adjustments must have an effect."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from lawgov_score.catalogue import Code
from lawgov_score.measure.lines import is_behind, is_lower_end, is_strict, line_of
from lawgov_score.tree.checks.ways import written_way
from lawgov_score.tree.document import Document, Where, items_of
from lawgov_score.tree.finding import Finding, nearest
from lawgov_score.tree.members import Index
from lawgov_score.wording import Words

Lines = list[tuple[Where, str, float]]  # where it stands, its key, the line


def check_lists(document: Document, index: Index) -> Iterator[Finding]:
    """All faults of this module."""
    yield from _grade_names(document)
    yield from _grade_lines(document, index)
    yield from _letters(document.data)
    yield from _vetoes(document.data)
    yield from _adjustments(document.data)
    if document.data.get("parallel") is True and not index.unit_types and document.is_whole(("unit_types",)):
        expected = Words("在 unit_types 写明单位类型", "unit types under unit_types")
        cure = Words("写 unit_types，或删去 parallel", "Add unit_types, or remove parallel")
        values = {"node": str(document.data.get("code")), "expected": expected, "found": "parallel: true", "cure": cure}
        yield Finding(("parallel",), Code.T236, values, at_key=True)


def _grade_names(document: Document) -> Iterator[Finding]:
    names: dict[Any, Where] = {}
    for i, grade in items_of(document.data, "grades"):
        where: Where = ("grades", i, "name")
        first = names.setdefault(grade.get("name"), where)
        if first != where and "name" in grade:
            expected = Words("各不相同的名称", "a name of its own")
            yield Finding(where, Code.T212, {"expected": expected, "found": grade["name"]}, see_also=(first,))


def _grade_lines(document: Document, index: Index) -> Iterator[Finding]:
    """T212: grade lines must all be lower ends and fall, or all upper ends and rise, within each cohort too; T232."""
    grades = items_of(document.data, "grades")
    keys = [(i, key) for i, grade in grades if _is_number(grade.get(key := line_of(grade)))]
    if not keys:
        return
    is_falling = is_lower_end(keys[0][1])
    for i, key in keys:
        if is_lower_end(key) != is_falling:
            one, strict = ("at_least", "above") if is_falling else ("at_most", "below")
            words = Words("与上面各等次一样写 {key} 或 {strict}", "{key} or {strict}, as the grades above have it")
            expected = words(key=one, strict=strict)
            values = {"expected": expected, "found": key}
            yield Finding(("grades", i, key), Code.T212, values, at_key=True, see_also=(("grades", *keys[0]),))
            return
    lines: Lines = [(("grades", i, key), key, document.data["grades"][i][key]) for i, key in keys]
    yield from _in_order(lines)
    yield from _within_scale(document, index, lines, is_falling)
    cohorts = {str(item.get("code")) for _, item in items_of(document.data, "cohorts")}
    named = {code: None for _, grade in grades for code in _own_lines(grade)}
    for code in named:
        own: Lines = []
        for i, key in keys:
            grade = document.data["grades"][i]
            has_own = code in _own_lines(grade)
            at: Where = ("grades", i, "lines", code) if has_own else ("grades", i, key)
            own.append((at, key, grade["lines"][code] if has_own else grade[key]))
        yield from (finding for finding in _in_order(own) if "lines" in finding.where)
        if code not in cohorts and document.is_whole(("cohorts",)):
            where = next(where for where, _, _ in own if "lines" in where)
            yield Finding(where, Code.T232, {"found": code, "cure": nearest(code, cohorts)}, at_key=True)


def _own_lines(grade: dict[str, Any]) -> dict[str, Any]:
    lines = grade.get("lines")
    return {code: line for code, line in lines.items() if _is_number(line)} if isinstance(lines, dict) else {}


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)  # a YAML alias is left as None


def _in_order(lines: Lines) -> Iterator[Finding]:
    """Each line must be below the one before it (above it where less is better); a cohort's own line is reported."""
    for (above, before, first), (where, key, second) in pairwise(lines):
        if is_behind(key, second, before, first):
            continue
        is_falling = is_lower_end(key)
        if "lines" in above and "lines" not in where:
            expected = _HIGHER_THAN_NEXT if is_falling else _LOWER_THAN_NEXT
            values = {"expected": expected(line=second), "found": first}
            yield Finding(above, Code.T212, values, see_also=(where,))
        else:
            expected = _LOWER if is_falling else _HIGHER
            values = {"expected": expected(line=first), "found": second}
            yield Finding(where, Code.T212, values, see_also=(above,))


_LOWER = Words("低于上一等次的 {line}", "less than {line}, the grade above")
_HIGHER = Words("高于上一等次的 {line}", "more than {line}, the grade above")
_HIGHER_THAN_NEXT = Words("高于下一等次的 {line}", "more than {line}, the grade below")
_LOWER_THAN_NEXT = Words("低于下一等次的 {line}", "less than {line}, the grade below")


def _within_scale(document: Document, index: Index, lines: Lines, is_falling: bool) -> Iterator[Finding]:
    """T212: there must be something to grade, and the best line must be reachable."""
    policies = document.data.get("policies")
    grade = policies.get("grade") if isinstance(policies, dict) else None
    of = grade.get("of") if isinstance(grade, dict) else None
    node = index.by_code.get(str(of))
    if of is None and written_way(document.data) == "none":
        expected = Words("policies.grade.of：没有总分可评等次", "policies.grade.of: there is no total to grade")
        yield Finding(("grades",), Code.T212, {"expected": expected, "found": "aggregate: none"}, at_key=True)
        return
    scale: Where = (*node.where, "points") if node is not None else ("points",)
    points = node.data.get("points") if node is not None else document.data.get("points") if of is None else None
    where, key, line = lines[0]
    if is_falling and isinstance(points, (int, float)) and (line > points or (is_strict(key) and line >= points)):
        expected = (_UNDER_TOTAL if is_strict(key) else _UP_TO_TOTAL) if node is None else _UP_TO_NODE
        if node is not None and is_strict(key):
            expected = _UNDER_NODE
        values = {"expected": expected(points=points, of=str(of)), "found": line}
        yield Finding(where, Code.T212, values, see_also=(scale,))


_UP_TO_TOTAL = Words("不超过总分 {points}", "at most {points}, the points of the tree")
_UP_TO_NODE = Words("不超过 {of} 的分值 {points}", "at most {points}, the points of {of}")
_UNDER_TOTAL = Words("低于总分 {points}：得分超不过它", "less than {points}, the points of the tree: no score is above")
_UNDER_NODE = Words(
    "低于 {of} 的分值 {points}：得分超不过它", "less than {points}, the points of {of}: no score is above"
)


def _letters(data: dict[str, Any]) -> Iterator[Finding]:
    """T231: faults of letters."""
    letters = items_of(data, "letters")
    first: dict[str, int] = {}
    for i, each in letters:
        letter = each.get("letter")
        if isinstance(letter, str) and first.setdefault(letter, i) != i:
            values = {"expected": Words("各不相同的字母", "a letter of its own"), "found": letter}
            yield Finding(("letters", i, "letter"), Code.T231, values, see_also=(("letters", first[letter], "letter"),))
    scored = [(i, each["score"]) for i, each in letters if _is_number(each.get("score"))]
    for (above, higher), (i, lower) in pairwise(scored):
        if lower >= higher:
            expected = Words("低于上一个的 {above}", "less than {above}, the one above")(above=higher)
            values = {"expected": expected, "found": lower}
            yield Finding(("letters", i, "score"), Code.T231, values, see_also=(("letters", above, "score"),))


def _vetoes(data: dict[str, Any]) -> Iterator[Finding]:
    """T233: faults of vetoes."""
    names = [str(grade.get("name")) for _, grade in items_of(data, "grades")]
    for i, veto in items_of(data, "vetoes"):
        where: Where = ("vetoes", i)
        bars = veto.get("bars")
        if names and isinstance(bars, list) and names[-1] in bars:
            expected = Words("最后一个等次（{last}）不在其中", "not the last grade, {last}")(last=names[-1])
            at = (*where, "bars", bars.index(names[-1]))
            yield Finding(at, Code.T233, {"expected": expected, "found": names[-1]})
        if "fails" in veto and not names:
            expected = Words("在 grades 写明等次", "grades under grades")()
            yield Finding((*where, "fails"), Code.T233, {"expected": expected, "found": "fails: true"}, at_key=True)
        for one, other in (("fails", "grade_at_most"), ("fails", "bars"), ("total_zero", "deduct")):
            if one in veto and other in veto:
                expected = Words("{one} 和 {other} 只写一个", "either {one} or {other}")(one=one, other=other)
                values = {"expected": expected, "found": f"{one} + {other}"}
                yield Finding((*where, other), Code.T233, values, at_key=True, see_also=((*where, one),))
        for key in ("deduct", "total_zero"):
            if key in veto and written_way(data) == "none":
                yield Finding((*where, key), Code.T233, {"expected": _A_TOTAL, "found": _NO_TOTAL}, at_key=True)


def _adjustments(data: dict[str, Any]) -> Iterator[Finding]:
    """T234: faults of adjustments."""
    kinds = items_of(data, "adjustments")
    for i, kind in kinds:
        if kind.get("highest_only") is True and "levels" not in kind:
            expected = Words("highest_only 要有 levels：没有级别，分不出高低", "levels with highest_only")()
            values = {"expected": expected, "found": "highest_only: true"}
            yield Finding(("adjustments", i, "highest_only"), Code.T234, values, at_key=True)
    if kinds and written_way(data) == "none":
        yield Finding(("adjustments",), Code.T234, {"expected": _A_TOTAL, "found": _NO_TOTAL}, at_key=True)
    limits = data.get("adjustment_limits")
    if not isinstance(limits, dict):
        return
    for key, sign in (("bonus_cap", "bonus"), ("penalty_cap", "penalty")):
        if key in limits and all("sign" in kind for _, kind in kinds) and sign not in {k["sign"] for _, k in kinds}:
            expected = Words("adjustments 里有 sign: {sign} 的", "a kind of sign: {sign} under adjustments")(sign=sign)
            values = {"expected": expected, "found": key}
            yield Finding(("adjustment_limits", key), Code.T234, values, at_key=True)
    floor, points = limits.get("floor"), data.get("points")
    if isinstance(floor, (int, float)) and isinstance(points, (int, float)) and floor >= points:
        expected = Words("低于总分 {points}", "less than {points}, the points of the tree")(points=points)
        yield Finding(("adjustment_limits", "floor"), Code.T234, {"expected": expected, "found": floor})


_A_TOTAL = Words("各方面合成总分", "a total")
_NO_TOTAL = Words("aggregate: none，没有总分", "aggregate: none, no total")
