"""Checks over several indicators, as advice sees them: shared figures stay, answers of several must fit each other."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lawgov_score.expression import parse
from lawgov_score.model import AnswerState, Check, Indicator, Tree
from lawgov_score.rounding import BoolArray, FloatArray
from lawgov_score.scoring.answers import Answers

_ANSWER = re.compile(r"""\banswer\(\s*(["'])([^"']+)\1\s*\)""")
Keys = Mapping[str, str]  # name in a check -> key of the field


def with_spanning(
    tree: Tree, indicator: Indicator, moving: frozenset[str] = frozenset()
) -> tuple[Indicator, Mapping[str, str]]:
    """The indicator with the checks above it between fields of its own and figures that stay, as checks of its own.

    And the keys of the other fields that these name and the indicator itself does not read, by the name they have in
    them. ``moving``: keys of all that advice may move. A check between answers of two indicators that both may move is
    not among them: what the other will be is not known while one is searched (``Fit``).
    """
    if not any(block.checks for block in tree.blocks):
        return indicator, {}  # as in most trees
    checks, others = list[Check](), dict[str, str]()
    own = {key: code for code, key in indicator.keys.items()}
    for block in tree.blocks:
        for check in block.checks:
            named = set(check.holds.answers)
            if named.isdisjoint(own) or not moving.isdisjoint(named - own.keys()):
                continue
            foreign = {key: f"_other_{len(others) + i}" for i, key in enumerate(sorted(named - own.keys()))}
            name_of = {**foreign, **own}

            def name(match: re.Match[str], name_of: Mapping[str, str] = name_of) -> str:
                return name_of[match[2]]

            holds = parse(_ANSWER.sub(name, check.holds.text))
            checks.append(replace(check, holds=holds))
            others |= {name: key for key, name in foreign.items()}
            others |= {name: block.keys[name] for name in check.holds.fields if name not in indicator.keys}
    return (replace(indicator, checks=(*indicator.checks, *checks)), others) if checks else (indicator, others)


@dataclass(frozen=True)
class Fit:
    """The checks over several indicators, and what one unit answered now to all that they name, by key."""

    checks: tuple[tuple[Check, Keys], ...]
    given: Mapping[str, float]

    def holds(self, changed: Mapping[str, float]) -> bool:
        """Does every check that names a changed figure hold? One that also names a blank decides nothing."""
        return not any(self.broken(changed))

    def broken(self, changed: Mapping[str, float]) -> Iterator[tuple[Check, Keys]]:
        """The checks that do not hold."""
        for check, keys in self._touched(changed):
            figures = [changed.get(key, self.given.get(key, float("nan"))) for key in keys.values()]
            columns = {name: np.array([figure]) for name, figure in zip(keys, figures, strict=True)}
            if breaks(check, columns)[0]:
                yield check, keys

    def undecided(self, changed: Mapping[str, float]) -> tuple[str, ...]:
        """What the checks say that name a changed figure and one that is still blank."""
        return tuple(
            check.says
            for check, keys in self._touched(changed)
            if any(key not in changed and key not in self.given for key in keys.values())
        )

    def _touched(self, changed: Mapping[str, float]) -> Iterator[tuple[Check, Keys]]:
        return ((check, keys) for check, keys in self.checks if not changed.keys().isdisjoint(keys.values()))


def fit_of(tree: Tree, answers: Answers, row: int) -> Fit:
    """The checks over several indicators for the unit in ``row``."""
    checks = tuple(
        (check, {name: elsewhere(check).get(name) or block.keys[name] for name in check.holds.names})
        for block in tree.blocks
        for check in block.checks
    )
    keys = {key for _, named in checks for key in named.values()}
    figures = {key: float(answers.values[key][row]) for key in keys if answers.states[key][row] == AnswerState.GIVEN}
    return Fit(checks, {key: figure for key, figure in figures.items() if np.isfinite(figure)})


def elsewhere(check: Check) -> Keys:
    """The keys of the answers below that a check names as ``answer("<key>")``."""
    return {f'answer("{key}")': key for key in check.holds.answers}


def breaks(check: Check, columns: Mapping[str, FloatArray]) -> BoolArray:
    """Where a check is broken: nothing it names is missing, and it decides. ``columns`` by name, nan: missing."""
    known = ~np.isnan(np.stack([columns[name] for name in check.holds.names])).any(axis=0)
    broken: BoolArray = known & (check.holds.evaluate(columns).value == 0)
    return broken


def linked(fit: Fit, codes: Sequence[str]) -> list[frozenset[str]]:
    """The indicators (of ``codes``) that checks tie together, or to what stays, by component."""
    components: list[frozenset[str]] = []
    for _, keys in fit.checks:
        named = frozenset(key.rpartition(".")[0] for key in keys.values()) & set(codes)
        if not named:
            continue
        touching = [one for one in components if one & named]
        components = [one for one in components if not one & named] + [named.union(*touching)]
    return components
