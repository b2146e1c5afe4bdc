"""Checks over several indicators, as advice sees them: shared figures stay, so answers must fit them.

A check between answers of two indicators is not held: advice may move both, and what the other will be is not known
while one is searched.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from lawgov_score.expression import parse
from lawgov_score.model import Check, Indicator, Tree

_ANSWER = re.compile(r"""\banswer\(\s*(["'])([^"']+)\1\s*\)""")


def with_spanning(tree: Tree, indicator: Indicator) -> tuple[Indicator, Mapping[str, str]]:
    """The indicator with the checks above it between fields of its own and shared ones, as checks of its own.

    And the keys of the shared fields that these name and the indicator itself does not read, by code.
    """
    if not any(block.checks for block in tree.blocks):
        return indicator, {}  # as in most trees
    checks, others = list[Check](), dict[str, str]()
    own = {key: code for code, key in indicator.keys.items()}
    for block in tree.blocks:
        for check in block.checks:
            if check.holds.answers and own.keys() >= set(check.holds.answers):
                holds = parse(_ANSWER.sub(lambda match: own[match[2]], check.holds.text))
                checks.append(replace(check, holds=holds))
                shared = [name for name in check.holds.fields if name not in indicator.keys]
                others |= {name: block.keys[name] for name in shared}
    return (replace(indicator, checks=(*indicator.checks, *checks)), others) if checks else (indicator, others)
