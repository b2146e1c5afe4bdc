"""Any tree with any one key taken out is judged: what is lacking is said, and nothing rests on its being there.

Reaches ``tree/checks``, ``tree/draft.py``, ``tree/members.py``.
"""

import copy
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from random_rounds import loaded
from random_rules import Chance
from random_trees import a_tree

TREES = 30
Steps = tuple[str | int, ...]


def keys(data: Any, at: Steps = ()) -> Iterator[Steps]:
    """Every key of a tree, by the way to it."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in pairs:
        if isinstance(data, dict):
            yield (*at, key)
        yield from keys(value, (*at, key))


@cache
def cases() -> dict[int, list[tuple[Steps, Any]]]:
    """By number of a random tree the keys to take out: each way of writing anything once, in groups that ask too."""
    seen: set[object] = set()
    found: dict[int, list[tuple[Steps, Any]]] = {number: [] for number in range(TREES)}
    for number, own in found.items():
        data: Any = a_tree(Chance(random.Random(number).randint))
        for steps in keys(data):
            holder: Any = data
            for step in steps[:-1]:
                holder = holder[step]
            way = tuple(str(step) for step in steps if isinstance(step, str) and step != "children")
            kind = way, *(key in holder for key in ("children", "fields", "repeat"))
            if kind not in seen:
                seen.add(kind)
                own.append((steps, data))
    return found


@pytest.mark.parametrize("number", range(TREES))
def test_nothing_rests_on_a_key_that_is_not_there(number: int) -> None:
    for steps, data in cases()[number]:
        less = copy.deepcopy(data)
        holder = less
        for step in steps[:-1]:
            holder = holder[step]
        del holder[steps[-1]]
        loaded(less)  # raises nothing, whatever it says
