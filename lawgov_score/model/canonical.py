"""The canonical form of anything in the model: what makes fingerprints of grounds, and what two trees are compared by.

Two trees cannot be compared with ``==``: places differ, and compiled expressions are never equal.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import fields, is_dataclass
from enum import Enum
from types import MappingProxyType

from lawgov_score.expression import Expression

LeftOut = Mapping[type, frozenset[str]]  # by dataclass: the names that do not count

_NOTHING: LeftOut = MappingProxyType({})


def as_written(expression: Expression) -> str:
    """An expression as the tree writes it."""
    return expression.text


def canonical(value: object, left_out: LeftOut = _NOTHING, expression: Callable[[Expression], str] = as_written) -> str:
    """A value as a text that is the same in every run: by content, sets and mappings in order.

    ``left_out``: what does not count. ``expression``: how one is told.
    """

    def told(value: object) -> str:
        if isinstance(value, Expression):
            return repr(expression(value))
        if isinstance(value, Enum):
            return repr(value.value)
        if is_dataclass(value) and not isinstance(value, type):
            names = left_out.get(type(value), frozenset())
            kept = (f"{one.name}={told(getattr(value, one.name))}" for one in fields(value) if one.name not in names)
            return f"{type(value).__name__}({','.join(kept)})"
        if isinstance(value, Mapping):
            return f"{{{','.join(sorted(f'{told(key)}:{told(each)}' for key, each in value.items()))}}}"
        if isinstance(value, Set):
            return f"{{{','.join(sorted(map(told, value)))}}}"
        if isinstance(value, list | tuple):
            return f"[{','.join(map(told, value))}]"
        return repr(value)

    return told(value)
