"""Translates JSON Schema errors into plain words: one or more findings for each."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from lawgov_score.catalogue import Code
from lawgov_score.problems import MOST_OF_ONE
from lawgov_score.tree.document import Where
from lawgov_score.tree.finding import Finding, nearest, shown
from lawgov_score.wording import Phrase, Words

if TYPE_CHECKING:
    from jsonschema import ValidationError

_TYPES = {
    "number": Words("数，如 0.9", "a number such as 0.9"),
    "integer": Words("整数", "a whole number"),
    "string": Words("文字", "text"),
    "boolean": Words("true 或 false", "true or false"),
    "array": Words("列表，如 [甲, 乙]", "a list such as [a, b]"),
    "object": Words("一组键值，如 {{kind: tiers}}", "a mapping such as {{kind: tiers}}"),
    "null": Words("null", "null"),
}
_QUANTITY = Words("数或百分数，如 0.9 或 90%", "a number or a percentage such as 0.9 or 90%")
_A_CODE = Words("数，或填报项的编码", "a number, or the code of a field")
_WRITE_CODE = Words("写成 {name}；共用数据也只写编码", "Write {name}; shared figures too go by their code alone")
_KEY_OF_FIELD = re.compile(r"\S+\.([a-z][a-z0-9_]*)")
_PERCENTAGE = re.compile(r"-?\d+(\.\d+)?%")
_CODES = {
    "minimum": Code.T112,
    "maximum": Code.T112,
    "exclusiveMinimum": Code.T112,
    "exclusiveMaximum": Code.T112,
    "multipleOf": Code.T112,
    "minItems": Code.T117,
    "minProperties": Code.T117,
    "maxItems": Code.T117,
    "uniqueItems": Code.T117,
}
_LIMITS = {
    "minimum": Words("不小于 {limit}", "at least {limit}"),
    "maximum": Words("不大于 {limit}", "at most {limit}"),
    "exclusiveMinimum": Words("大于 {limit}", "more than {limit}"),
    "exclusiveMaximum": Words("小于 {limit}", "less than {limit}"),
    "multipleOf": Words("{limit} 的倍数", "a multiple of {limit}"),
    "minItems": Words("至少 {limit} 项", "at least {limit} entries"),
    "minProperties": Words("至少 {limit} 项", "at least {limit} entries"),
    "maxItems": Words("至多 {limit} 项", "at most {limit} entries"),
    "uniqueItems": Words("各项不重复", "no entry twice"),
    "minLength": Words("不能为空", "some text"),
}
_AT_MOST = Words("不超过 {n} 个字", "at most {n} characters")
_LETTERS = Words("{n} 个字", "{n} characters")
_IN_RANGE = Words("改成范围以内的数", "Choose a number within the range")
_PER_CENT = Words("百分数带上 %：{number}%", "Write the per cent sign: {number}%")
_MOST_NAMED = 20  # most duplicate list entries named


def findings_of(error: "ValidationError", above: Where) -> Iterator[Finding]:
    """The findings of one error; ``above``: the path of the data that was validated."""
    where: Where = (*above, *error.absolute_path)
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    key = next((step for step in reversed(where) if isinstance(step, str)), "")
    title = schema.get("title", "")
    label: object = Words("“{key}”（{title}）", '"{key}"')(key=key, title=title) if title else f"“{key}”"
    label = label if key else title
    common: dict[str, object] = {"key": label, "found": shown(error.instance)}
    limit: Any = error.validator_value
    match error.validator:
        case "type":
            types = (limit,) if isinstance(limit, str) else tuple(limit)
            yield Finding(where, Code.T104, {**common, "types": types, **_wanted_type(types, schema, error.instance)})
        case "required":
            yield from _missing(where, error.instance, limit, schema)
        case "additionalProperties" | "unevaluatedProperties":
            yield from _unknown(where, error.instance, schema)
        case "enum" | "const":
            names = tuple(limit) if error.validator == "enum" else (limit,)
            yield Finding(where, Code.T111, {**common, **_one_of(error.instance, names)})
        case "maxLength":
            yield Finding(
                where,
                Code.T115,
                {**common, "expected": _AT_MOST(n=limit), "found": _LETTERS(n=len(str(error.instance)))},
            )
        case "pattern" | "minLength" | "format":
            yield _misshapen(where, error, schema, common)
        case name if name in _CODES:
            expected = _LIMITS[str(name)](limit=limit)
            cure = _IN_RANGE()
            takes_percents = "%" in str(schema.get("pattern", "")) and name in {"maximum", "exclusiveMaximum"}
            if takes_percents and isinstance(error.instance, (int, float)) and 1 < error.instance <= 100:  # %
                cure = _PER_CENT(number=f"{error.instance:g}")
            yield Finding(where, _CODES[str(name)], {**common, "expected": expected, "cure": cure, **_repeated(error)})
        case "oneOf" | "anyOf":
            yield from _alternatives(error, above, where, label)
        case _:
            yield _not_together(where, error, schema, label)


def _missing(where: Where, instance: Any, required: Iterable[str], schema: dict[str, Any]) -> Iterator[Finding]:
    for key in required:
        if key not in instance:
            title = schema.get("properties", {}).get(key, {}).get("title", "")
            label = Words("{key}（{title}）", "{key}")(key=key, title=title) if title else key
            yield Finding(where, Code.T105, {"key": label, "name": key})


def _unknown(where: Where, instance: Any, schema: dict[str, Any]) -> Iterator[Finding]:
    known, n = tuple(schema.get("properties", {})), 0
    taken = _taken(instance, schema)
    for key in instance:
        if key not in known:
            free = [name for name in known if name not in instance and name not in taken]
            n += 1
            cure = nearest(key, free) if free and n <= MOST_OF_ONE else Words("删去这个键", "Remove the key")()
            values = {"key": key, "cure": cure, "meant": cure.values.get("name", "")}
            yield Finding((*where, key), Code.T106, values, at_key=True)


def _taken(instance: Any, schema: dict[str, Any]) -> frozenset[str]:
    """Keys that exclude one that is there: of `field` or `unless` the other."""
    choices = [set(choice.get("required", ())) for choice in schema.get("oneOf", ()) if set(choice) <= {"required"}]
    made = [keys for keys in choices if keys and keys <= set(instance)]
    return frozenset().union(*choices) - frozenset().union(*made) if made else frozenset()


def _wanted_type(types: tuple[str, ...], schema: dict[str, Any], instance: object) -> dict[str, object]:
    expected: Phrase | Words = _TYPES[types[0]]
    if types == ("object",):
        expected = Words("一组键值，如 {example}", "a mapping such as {example}")(example=_example(schema))
    if "x-one-of" in schema:
        expected = Words("{names:list}", "{names:list}")(names=tuple(schema["x-one-of"]))
    elif set(types) == {"number", "string"}:
        expected = _QUANTITY
    elif len(types) > 1:
        expected = Words("{one} 或 {other}", "{one} or {other}")(one=_TYPES[types[0]], other=_TYPES[types[1]])
    cure: Phrase | Words = Words("改成{expected}", "Make it {expected}")(expected=expected)
    if "x-one-of" in schema:
        cure = Words("写其中之一", "Write one of them")
    if isinstance(instance, str) and {"number", "integer"} & set(types) and _is_number(instance):
        cure = Words("去掉引号，写成 {number}", "Drop the quotes: {number}")(number=instance)
    elif isinstance(instance, str) and types == ("boolean",):
        cure = Words("写 true 或 false，不写 yes、no、on、off", "Write true or false, not yes, no, on or off")()
    elif types == ("array",) and not isinstance(instance, (dict, list)) and instance is not None:
        cure = Words("加上方括号：[{one}]", "Put it in brackets: [{one}]")(one=str(instance))
    return {"expected": expected, "cure": cure}


def _example(schema: dict[str, Any]) -> str:
    """How a mapping of the schema is written: an example of its own, or the keys that it must have."""
    if "x-example" in schema:
        return str(schema["x-example"])
    needed = schema.get("required") or list(schema.get("properties", {}))[:2]
    return "{" + ", ".join(f"{key}: {'tiers' if key == 'kind' else '…'}" for key in needed) + "}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _one_of(instance: object, names: tuple[object, ...]) -> dict[str, object]:
    words = tuple(name if isinstance(name, str) else json.dumps(name) for name in names)
    return {"expected": Words("{names:list}", "{names:list}")(names=words), "cure": nearest(instance, words)}


def _misshapen(where: Where, error: "ValidationError", schema: dict[str, Any], common: dict[str, object]) -> Finding:
    """Text of the wrong form; reported as a wrong type if a number is also allowed."""
    text: Any = error.instance
    types = schema.get("type", ())
    if "x-one-of" in schema:
        if _PERCENTAGE.fullmatch(text) and any(_PERCENTAGE.fullmatch(name) for name in schema["x-one-of"]):
            share = Words("0% 到 100%", "0% to 100%")()
            return Finding(where, Code.T112, {**common, "expected": share, "cure": _IN_RANGE()})
        return Finding(where, Code.T111, {**common, **_one_of(text, tuple(schema["x-one-of"]))})
    if "number" in types:
        if _PERCENTAGE.fullmatch(text):
            return Finding(where, Code.T112, {**common, "expected": _range(schema), "cure": _IN_RANGE()})
        field = _KEY_OF_FIELD.fullmatch(text)
        if field is not None and where[-3:-2] == ("fields",):
            values = {"types": ("number", "string"), "expected": _A_CODE(), "cure": _WRITE_CODE(name=field[1])}
            return Finding(where, Code.T104, {**common, **values})
        cure = Words("写成小数 0.9，或百分数 90%", "Write 0.9 or 90%")
        return Finding(where, Code.T104, {**common, "types": ("number", "string"), "expected": _QUANTITY, "cure": cure})
    expected: object = Words("不为空的文字", "text that is not empty")
    if text.strip():
        form = schema.get("x-expected")
        described = schema.get("description") or f"{error.validator_value}"
        expected = Words(form["zh"], form["en"]) if form else Words("{form}", "{form}")(form=described)
    return Finding(where, Code.T115, {**common, "expected": expected})


def _range(schema: dict[str, Any]) -> Phrase:
    limits = tuple(_LIMITS[name](limit=schema[name]) for name in _LIMITS if name in schema and _CODES.get(name))
    return Words("{limits:list}", "{limits:list}")(limits=limits)


def _repeated(error: "ValidationError") -> dict[str, object]:
    if error.validator != "uniqueItems":
        return {}
    entries: Any = error.instance
    items = [json.dumps(item, ensure_ascii=False, sort_keys=True) for item in entries]
    twice = tuple(sorted(item for item, count in Counter(items).items() if count > 1))[:_MOST_NAMED]
    return {"found": Words("重复了 {twice:list}", "{twice:list} more than once")(twice=twice)}


def _alternatives(error: "ValidationError", above: Where, where: Where, label: object) -> Iterator[Finding]:
    """One finding for a choice that fails: the complaint of the likeliest branch, or the choice itself."""
    branches: dict[int, list[ValidationError]] = defaultdict(list)
    for inner in error.context or ():
        branches[int(inner.relative_schema_path[0])].append(inner)
    choices: Any = error.validator_value
    only_keys = all(set(choice) <= {"required", "not", "title"} for choice in choices)
    if only_keys or not branches or not isinstance(error.instance, (dict, list)):
        groups = [choice.get("required", ()) for choice in choices if isinstance(choice, dict)]
        names = tuple(" + ".join(group) for group in groups if group)
        expected = Words("{names:list} 之一，只能用一种", "exactly one of {names:list}")(names=names)
        if error.validator == "anyOf":
            expected = Words("{names:list} 中至少一种", "at least one of {names:list}")(names=names)
        given = error.instance if isinstance(error.instance, dict) else {}
        present = tuple(name for group in groups for name in group if name in given)
        actual = Words("{names:list}", "{names:list}")(names=present) if present else Words("一个都没有", "none")()
        values = {"key": label, "expected": expected, "found": actual, "names": () if present else names}
        if len(present) > 1:
            values["key"] = Words("{names:list}（在{label}里）", "{names:list} (in {label})")(
                names=present, label=label
            )
        yield Finding((*where, present[-1]) if present else where, Code.T118, values, at_key=bool(present))
        return
    likeliest = min(branches.values(), key=lambda inner: (_misses_kind(inner), len(inner)))
    for inner in likeliest:
        yield from findings_of(inner, above)


def _misses_kind(errors: "list[ValidationError]") -> bool:
    return any(error.validator in {"type", "const", "enum"} and not error.relative_path for error in errors)


def _not_together(where: Where, error: "ValidationError", schema: dict[str, Any], label: object) -> Finding:
    """``not``, ``dependentRequired`` and the like: keys that exclude or require each other."""
    why = schema.get("x-why")
    expected: Phrase | Words = Words("与同级的键配套", "keys that go together")
    if why:
        expected = Words(why["zh"], why["en"])
    elif error.validator == "not" and schema["not"].get("required"):
        names = tuple(schema["not"]["required"])
        expected = Words("{names:list} 不能同时写", "not {names:list} together")(names=names)
    elif error.validator == "dependentRequired":
        given: Any = error.instance
        needs: Any = error.validator_value
        lacking = tuple(key for name, keys in needs.items() if name in given for key in keys if key not in given)
        expected = Words("同时写 {lacking:list}", "{lacking:list} as well")(lacking=lacking)
    return Finding(where, Code.T118, {"key": label, "expected": expected, "found": shown(error.instance)}, at_key=True)
