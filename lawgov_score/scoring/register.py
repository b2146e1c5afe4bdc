"""What the lines of the register (加减分登记) come to, kind by kind, before any cap over kinds."""

import math
import unicodedata
from collections.abc import Iterable, Mapping

from lawgov_score.model import Adjusted, AdjustmentKind, RegisterEntry, Review, Sign
from lawgov_score.rounding import DUST_DECIMALS


def by_unit(review: Review) -> Mapping[str, tuple[RegisterEntry, ...]]:
    """Unit code -> its lines, in an order of their own (by date, matter, level, place): that of the files is chance."""
    found: dict[str, list[RegisterEntry]] = {}
    for entry in review.register:
        found.setdefault(entry.unit, []).append(entry)
    return {unit: tuple(sorted(entries, key=_order)) for unit, entries in found.items()}


def _order(entry: RegisterEntry) -> tuple[object, ...]:
    place, day = entry.place, (math.isnan(entry.date), entry.date)  # nan would compare with nothing
    told = entry.kind, matter_key(entry.matter), entry.matter, entry.level, entry.times, entry.evidence
    return *day, *told, place.path, place.sheet, len(place.cell), place.cell


def matter_key(matter: str) -> str:
    """A matter as it is compared: full and half width alike, blanks trimmed and runs of them taken as one.

    >>> matter_key(" 获“全国先进”（２０２４） ") == matter_key("获“全国先进”(2024)")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", matter).split())


def of_kind(kind: AdjustmentKind, entries: Iterable[RegisterEntry], upward: float = 1.0) -> Adjusted | None:
    """What one unit's lines of one kind come to, its own cap applied; None where there is no line.

    ``upward``: the sign of what is good for a unit, −1 where less is better.

    With ``highest_only`` the highest level of a matter counts, and once, whatever the times; a line that names no
    matter is a matter of its own. Otherwise every line gives its points as often as it says.
    """
    own = tuple(entry for entry in entries if entry.kind == kind.code)
    if not own:
        return None
    gives = _highest_of_each_matter(kind, own) if kind.highest_only else [_worth(kind, e) * e.times for e in own]
    sign = upward if kind.sign is Sign.BONUS else -upward
    full = exact(math.fsum(gives))
    held = full if kind.cap is None else min(full, kind.cap)
    return Adjusted(
        kind.code,
        exact(sign * held),
        exact(sign * full),
        own,
        tuple(exact(sign * one) for one in gives),
        ("cap",) if held < full else (),
    )


def _worth(kind: AdjustmentKind, entry: RegisterEntry) -> float:
    """Points of one line, once: from the kind's table of levels (the reader checked that it is there), or ``each``."""
    return kind.levels[entry.level] if kind.levels else float(kind.each or 0.0)


def _highest_of_each_matter(kind: AdjustmentKind, entries: tuple[RegisterEntry, ...]) -> list[float]:
    best: dict[object, int] = {}
    for i, entry in enumerate(entries):
        matter: object = matter_key(entry.matter) or i
        if matter not in best or _worth(kind, entry) > _worth(kind, entries[best[matter]]):
            best[matter] = i
    counted = set(best.values())
    return [_worth(kind, entry) if i in counted else 0.0 for i, entry in enumerate(entries)]


def exact(number: float) -> float:
    """Without float dust, and never -0."""
    return round(number, DUST_DECIMALS) + 0.0
