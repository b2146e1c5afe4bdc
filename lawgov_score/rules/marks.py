"""Where the marks stand that a rule holds the value against (目标、上下限), in its YAML."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lawgov_score.rules.rule import Data
from lawgov_score.wording import Quantity

Path = tuple[str | int, ...]

_KEYS: Mapping[str, tuple[Path, ...]] = MappingProxyType(  # None of them is points; a step is no mark
    {
        "all_or_nothing": (("at_least",), ("at_most",)),
        "proportional": (("target",), ("cliff",)),
        "linear": (("zero_at",), ("full_at",)),
        "shortfall": (("target",), ("cliff",), ("second", "below")),
        "excess": (("target",), ("cliff",), ("second", "above")),
        "tiers": (("at_least",), ("at_most",)),
    }
)


def marks_in(data: Data) -> Iterator[tuple[Path, Quantity]]:
    """Every mark of a rule with the keys that lead to it; ``data`` has kept the rule's SCHEMA.

    >>> [path for path, _ in marks_in({"kind": "tiers", "tiers": [{"at_least": "90%", "score": 1}]})]
    [('tiers', 0, 'at_least')]
    """
    kind = str(data.get("kind"))
    holders: list[tuple[Path, Data]] = [((), data)]
    if kind == "tiers":
        holders = [(("tiers", i), band) for i, band in enumerate(data["tiers"])]
    for above, holder in holders:
        for path in _KEYS.get(kind, ()):
            inner: object = holder
            for key in path:
                inner = inner.get(key) if isinstance(inner, Mapping) else None
            if isinstance(inner, (str, int, float)):
                yield (*above, *path), Quantity.parse(inner)
