"""Terminal output of `problem CODE`: the meaning of a code, an example of it and its cure."""

from collections.abc import Mapping
from string import Formatter

from lawgov_score.catalogue import Code, entry_of
from lawgov_score.report import SEVERITIES, by_number, render
from lawgov_score.wording import Language, Words

_LABELS = {
    "expected": Words("应为", "expected"),
    "found": Words("实为", "found"),
    "hint": Words("改法", "fix"),
    "example": Words("示例", "example"),
    "cure": Words("改后", "mended"),
}


def problem_help(code: Code, lang: Language) -> str:
    """The catalogue's entry in words; figures known only in real cases become ``…``."""
    entry = entry_of(code)
    severity = render(SEVERITIES[entry.severity], lang)
    lines = [
        f"{code} {severity}：{open_words(entry.title, lang)}"
        if lang is Language.ZH
        else f"{code} {severity}: {open_words(entry.title, lang)}"
    ]
    for key in ("expected", "found", "hint"):
        if text := open_words(getattr(entry, key), lang):
            lines.append(f"  {render(_LABELS[key], lang)}  {text}")
    for key in ("example", "cure"):
        shown = example_text(getattr(entry, key), lang)
        lines += ["", render(_LABELS[key], lang), *(f"    {line}" for line in shown.splitlines())]
    return "\n".join(lines)


def example_text(text: Words | str, lang: Language) -> str:
    """An example or a cure, in one language or in both; it is not a template."""
    if isinstance(text, str):
        return text.strip()
    return (text.zh if lang is Language.ZH else text.en).strip()


def open_words(words: Words, lang: Language) -> str:
    """The words with every figure replaced by an ellipsis."""
    template = words.zh if lang is Language.ZH else words.en
    return _Blanks().vformat(template, (), {})


class _Blanks(Formatter):
    """A mapping that gives an ellipsis for every name."""

    def get_value(self, key: int | str, args: object, kwargs: Mapping[str, object]) -> object:
        return "…"

    def format_field(self, value: object, format_spec: str) -> str:
        return by_number("…", format_spec) if "|" in format_spec else str(value)
