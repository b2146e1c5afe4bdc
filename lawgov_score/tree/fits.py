"""Does data keep a JSON Schema: yes or no, and quickly. Only where it does not is the library needed, which says why.

Most trees have no fault of shape, and the library takes longer to be imported than a tree takes to be read. Known here
are the keywords that our own schemas use, with the meaning of JSON Schema 2020-12; another one is a ``KeyError``.
``const`` and ``enum`` compare as Python does (1 is True): ours also name the type where that matters.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

Schema = Mapping[str, Any] | bool
Definitions = Mapping[str, Any]
Test = Callable[[Any, Any, Mapping[str, Any], Definitions], bool]  # value, what the keyword wants, schema, definitions


def fits(value: Any, schema: Schema, definitions: Definitions) -> bool:
    """Does ``value`` keep ``schema``? ``definitions``: what ``#/$defs/…`` refers to."""
    if isinstance(schema, bool):
        return schema
    for key, wanted in schema.items():
        test = _TESTS[key]
        if test is not None and not test(value, wanted, schema, definitions):
            return False
    return True


def matches(pattern: str, text: str) -> bool:
    """Does the pattern match? ``$`` is the end of the text, not of its last line."""
    return re.search(pattern, text) is not None and not (pattern.endswith("$") and text.endswith("\n"))


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_TYPES: Mapping[str, Callable[[Any], bool]] = MappingProxyType(
    {
        "object": lambda value: isinstance(value, dict),
        "array": lambda value: isinstance(value, list),
        "string": lambda value: isinstance(value, str),
        "boolean": lambda value: isinstance(value, bool),
        "null": lambda value: value is None,
        "number": _is_number,
        "integer": lambda value: _is_number(value) and (isinstance(value, int) or value.is_integer()),
    }
)


def _type(value: Any, wanted: Any, _: Mapping[str, Any], __: Definitions) -> bool:
    return _TYPES[wanted](value) if isinstance(wanted, str) else any(_TYPES[kind](value) for kind in wanted)


def _properties(value: Any, wanted: Any, _: Mapping[str, Any], definitions: Definitions) -> bool:
    return not isinstance(value, dict) or all(
        fits(part, wanted[name], definitions) for name, part in value.items() if name in wanted
    )


def _others(value: Any, wanted: Any, schema: Mapping[str, Any], definitions: Definitions) -> bool:
    """``additionalProperties``."""
    known = schema.get("properties", {})
    return not isinstance(value, dict) or all(
        fits(part, wanted, definitions) for name, part in value.items() if name not in known
    )


def _items(value: Any, wanted: Any, _: Mapping[str, Any], definitions: Definitions) -> bool:
    return not isinstance(value, list) or all(fits(item, wanted, definitions) for item in value)


def _unique(value: Any, _: Any, __: Mapping[str, Any], ___: Definitions) -> bool:
    return not isinstance(value, list) or all(item not in value[:i] for i, item in enumerate(value))


def _one_of(value: Any, wanted: Any, _: Mapping[str, Any], definitions: Definitions) -> bool:
    return sum(fits(value, one, definitions) for one in wanted) == 1


def _condition(value: Any, wanted: Any, schema: Mapping[str, Any], definitions: Definitions) -> bool:
    """``if``, with its ``then`` and ``else``."""
    return fits(value, schema.get("then" if fits(value, wanted, definitions) else "else", True), definitions)


def _with(value: Any, wanted: Any, _: Mapping[str, Any], __: Definitions) -> bool:
    """``dependentRequired``."""
    return not isinstance(value, dict) or all(
        name in value for key, names in wanted.items() if key in value for name in names
    )


_TESTS: Mapping[str, Test | None] = MappingProxyType(
    {
        **dict.fromkeys(
            ("title", "description", "default", "x-example", "x-expected", "x-one-of", "x-why", "then", "else")
        ),
        "type": _type,
        "properties": _properties,
        "additionalProperties": _others,
        "required": lambda value, names, *_: not isinstance(value, dict) or all(name in value for name in names),
        "dependentRequired": _with,
        "minProperties": lambda value, least, *_: not isinstance(value, dict) or len(value) >= least,
        "items": _items,
        "minItems": lambda value, least, *_: not isinstance(value, list) or len(value) >= least,
        "maxItems": lambda value, most, *_: not isinstance(value, list) or len(value) <= most,
        "uniqueItems": _unique,
        "const": lambda value, only, *_: value == only,
        "enum": lambda value, some, *_: value in some,
        "pattern": lambda value, pattern, *_: not isinstance(value, str) or matches(pattern, value),
        "minLength": lambda value, least, *_: not isinstance(value, str) or len(value) >= least,
        "maxLength": lambda value, most, *_: not isinstance(value, str) or len(value) <= most,
        "minimum": lambda value, least, *_: not _is_number(value) or value >= least,
        "maximum": lambda value, most, *_: not _is_number(value) or value <= most,
        "exclusiveMinimum": lambda value, bound, *_: not _is_number(value) or value > bound,
        "$ref": lambda value, name, _, all_: fits(value, all_[name.removeprefix("#/$defs/")], all_),
        "if": _condition,
        "allOf": lambda value, some, _, all_: all(fits(value, one, all_) for one in some),
        "anyOf": lambda value, some, _, all_: any(fits(value, one, all_) for one in some),
        "oneOf": _one_of,
        "not": lambda value, unwanted, _, all_: not fits(value, unwanted, all_),
    }
)
