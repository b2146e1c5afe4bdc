"""Readers of rules: a standard and a reason as text, the score that the two come to. No rule is asked.

Each kind has a reader of its standard, which gives the most points and a way to read reasons beside it.
"""

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from sentences import compared_kinds, counted_kinds, measured_kinds
from sentences.figures import UnreadError
from sentences.standard import Standard

READERS: Mapping[str, Callable[[str], Standard]] = MappingProxyType(
    {
        "all_or_nothing": counted_kinds.all_or_nothing,
        "as_given": counted_kinds.as_given,
        "checklist": counted_kinds.checklist,
        "choice": counted_kinds.choice,
        "count_cap": counted_kinds.count_cap,
        "deduction": counted_kinds.deduction,
        "escalation": counted_kinds.escalation,
        "excess": measured_kinds.slope,
        "improvement": measured_kinds.improvement,
        "judged": counted_kinds.judged,
        "late": measured_kinds.late,
        "linear": measured_kinds.linear,
        "normalised": compared_kinds.normalised,
        "proportional": measured_kinds.proportional,
        "rating": measured_kinds.rating,
        "relative": compared_kinds.relative,
        "by_place": compared_kinds.by_place,
        "shortfall": measured_kinds.slope,
        "tiers": measured_kinds.tiers,
        "veto_item": counted_kinds.veto_item,
    }
)


@cache
def standard_of(kind: str, text: str) -> Standard:
    """What a standard says, by the reader of its kind."""
    if kind not in READERS:
        raise UnreadError(f"no reader of “{kind}” (tests/sentences/rules.py)")
    return READERS[kind](text)


@cache
def any_standard(text: str) -> Standard:
    """The standard of a kind that is not named: of a small sample, or of a group. One reader must understand it."""
    found = []
    for reader in dict.fromkeys(READERS.values()):
        try:
            found.append(reader(text))
        except UnreadError:
            continue
    if not found:
        raise UnreadError(f"standard “{text}”")
    return min(found, key=lambda one: len(one.rest))
