"""Problems in the terminal, grouped by unit: who must mend what, the worst first."""

from collections.abc import Sequence

from lawgov_score.content.whose import Senders, Whose
from lawgov_score.problems import NodePlace, Problem, by_weight, folded
from lawgov_score.report import counts_text, problem_blocks, render, said, summary
from lawgov_score.wording import Language, Words

MOST_OWNERS = 3  # units that have the same problem each under its own heading

_OF_UNIT = Words("【{name}（{code}）】{counts}", "[{name} ({code})] {counts}")
_OF_SEVERAL = Words("【多个单位相同的】{counts}", "[the same of several units] {counts}")
_OF_NOBODY = Words("【不属于某个单位的】{counts}", "[of no single unit] {counts}")


def problems_by_unit(problems: Sequence[Problem], senders: Senders, lang: Language) -> str:
    """All problems under a heading for each unit, with a closing count; empty if there are none.

    ``senders``: the unit of each file, or of each row of a table. Units with errors come first, then those with
    warnings, then those with notes only; within a unit errors, warnings, notes, each by place. Before them stands what
    many units have alike, said once with all its places. Problems that belong to no unit come last.
    """
    if not problems:
        return ""
    whose = Whose(senders)
    everything = sorted(folded(problems), key=by_weight)
    shared, own = _shared(everything, whose, lang)
    groups: dict[str, list[Problem]] = {}
    for problem in own:
        groups.setdefault(whose.code_of(problem), []).append(problem)
    blocks = []
    if shared:
        blocks += [render(_OF_SEVERAL(counts=counts_text(shared, lang)), lang), *problem_blocks(shared, lang)]
    elif list(groups) == [""]:
        return "\n\n".join([*problem_blocks(groups[""], lang), summary(groups[""], lang)])
    for code in sorted(groups, key=lambda code: (not code, by_weight(groups[code][0])[0], code)):
        counts = counts_text(groups[code], lang)
        words = _OF_UNIT(name=whose.name_of(code), code=code, counts=counts) if code else _OF_NOBODY(counts=counts)
        blocks += [render(words, lang), *problem_blocks(groups[code], lang)]
    return "\n\n".join([*blocks, summary(everything, lang)])


def _shared(problems: Sequence[Problem], whose: Whose, lang: Language) -> tuple[Sequence[Problem], Sequence[Problem]]:
    """The problems that more than a few units have in the same words, and all the others."""
    owners: dict[object, set[str]] = {}
    keys = [_kind(problem, lang) for problem in problems]
    for problem, key in zip(problems, keys, strict=True):
        owners.setdefault(key, set()).add(whose.code_of(problem))
    is_shared = [
        len(owners[key] - {""}) > MOST_OWNERS and not one.more for one, key in zip(problems, keys, strict=True)
    ]
    pairs = list(zip(problems, is_shared, strict=True))
    return [one for one, shared in pairs if shared], [one for one, shared in pairs if not shared]


def _kind(problem: Problem, lang: Language) -> object:
    """What makes a problem the same for several units; a problem of a unit as a whole names the unit in its title."""
    words = said(problem, lang)
    same = words[1:] if isinstance(problem.place, NodePlace) and not problem.place.node else words
    return (problem.code, problem.severity, problem.waived, same)
