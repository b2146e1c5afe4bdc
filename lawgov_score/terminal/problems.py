"""Problems in the terminal, grouped by unit: who must mend what, the worst first."""

from collections.abc import Mapping, Sequence

from lawgov_score.model import Unit
from lawgov_score.problems import WHOLE_FILE, CellPlace, NodePlace, Problem, by_weight, folded, line_of
from lawgov_score.report import counts_text, problem_blocks, render, summary
from lawgov_score.wording import Language, Words

Senders = Sequence[tuple[CellPlace, Unit]]

_OF_UNIT = Words("【{name}（{code}）】{counts}", "[{name} ({code})] {counts}")
_OF_NOBODY = Words("【不属于某个单位的】{counts}", "[of no single unit] {counts}")


def problems_by_unit(problems: Sequence[Problem], senders: Senders, lang: Language) -> str:
    """All problems under a heading for each unit, with a closing count; empty if there are none.

    ``senders``: the unit of each file, or of each row of a table. Units with errors come first, then those with
    warnings, then those with notes only; within a unit errors, warnings, notes, each by place. Problems that belong to
    no unit come last.
    """
    if not problems:
        return ""
    whose = _Whose(senders)
    groups: dict[str, list[Problem]] = {}
    for problem in sorted(folded(problems), key=by_weight):
        groups.setdefault(whose.code_of(problem), []).append(problem)
    if list(groups) == [""]:
        return "\n\n".join([*problem_blocks(groups[""], lang), summary(groups[""], lang)])
    ordered = sorted(groups, key=lambda code: (not code, by_weight(groups[code][0])[0], code))
    blocks = []
    for code in ordered:
        counts = counts_text(groups[code], lang)
        words = _OF_UNIT(name=whose.name_of(code), code=code, counts=counts) if code else _OF_NOBODY(counts=counts)
        blocks += [render(words, lang), *problem_blocks(groups[code], lang)]
    return "\n\n".join([*blocks, summary([p for code in ordered for p in groups[code]], lang)])


class _Whose:
    """Finds the unit that a problem belongs to, by unit code; '' if none."""

    def __init__(self, senders: Senders) -> None:
        self._names: Mapping[str, str] = {unit.code: unit.name for _, unit in senders}
        self._codes = {line_of(place): unit.code for place, unit in senders}

    def code_of(self, problem: Problem) -> str:
        place = problem.place
        if isinstance(place, NodePlace):
            return place.unit
        if not isinstance(place, CellPlace):
            return ""
        return self._codes.get(line_of(place), "") or self._codes.get((place.path, *WHOLE_FILE), "")

    def name_of(self, code: str) -> str:
        return self._names.get(code, code)
