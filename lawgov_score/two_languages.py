"""Words that are kept for later readers: as JSON in both languages, said in the reader's when somebody reads them.

A text is ``{"zh": …, "en": …}``, or plain where both are the same; a problem is as `check --format json` lists it in
Chinese, and under ``en`` stands what is otherwise in English. What an earlier version kept is in one language, and is
said as it was kept.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lawgov_score.problems import Problem, folded
from lawgov_score.report import problem_record, render
from lawgov_score.wording import Face, Language, Text, Words

Kept = str | dict[str, str]
_EITHER = Words("{zh}", "{en}")
_EN = Language.EN.value


def kept_of(of: Callable[[Language], str]) -> Kept:
    """What ``of`` says in each language."""
    zh, en = of(Language.ZH), of(Language.EN)
    return zh if zh == en else {Language.ZH.value: zh, _EN: en}


def kept_text(text: Text, face: Face = Face.DESK) -> Kept:
    """A text for readers of ``face``."""
    return kept_of(lambda lang: render(text, lang, face))


def text_of(kept: str | Mapping[str, str]) -> Text:
    """A kept text, to be said in either language."""
    return kept if isinstance(kept, str) else _EITHER(zh=kept[Language.ZH.value], en=kept[_EN])


def kept_problem(problem: Problem, face: Face = Face.DESK) -> dict[str, Any]:
    """A problem for readers of ``face``."""
    zh, en = (problem_record(problem, lang, face) for lang in (Language.ZH, Language.EN))
    return _with_english(zh, {key: value for key, value in en.items() if value != zh[key]})


def kept_problems(problems: Iterable[Problem], face: Face = Face.DESK) -> list[dict[str, Any]]:
    """Problems in the order of `check --format json`, folded as there."""
    return [kept_problem(one, face) for one in folded(problems)]


def with_text(record: Mapping[str, Any], key: str, kept: Kept) -> dict[str, Any]:
    """A kept problem with another text under a key."""
    zh, en = (kept, kept) if isinstance(kept, str) else (kept[Language.ZH.value], kept[_EN])
    return _with_english({**record, key: zh}, {**record.get(_EN, {}), key: en})


def problem_in(record: Mapping[str, Any], lang: Language) -> dict[str, Any]:
    """A kept problem in the reader's language, as `check --format json` lists it."""
    said = {key: value for key, value in record.items() if key != _EN}
    return {**said, **record.get(_EN, {})} if lang is Language.EN else said


def title_of(record: Mapping[str, Any]) -> Text:
    """What a kept problem is called, in either language."""
    zh, en = (str(problem_in(record, lang)["title"]) for lang in (Language.ZH, Language.EN))
    return zh if zh == en else _EITHER(zh=zh, en=en)


def _with_english(record: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {**record, _EN: other} if other else record
