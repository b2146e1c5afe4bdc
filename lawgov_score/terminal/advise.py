"""Terminal output of `advise`: what each unit needs to reach its next grade."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict

from lawgov_score.explanation import advice as words
from lawgov_score.model import Scores
from lawgov_score.model.advice import Advice
from lawgov_score.report import render
from lawgov_score.wording import Language, Words

_HEAD = Words("{name}（{code}）", "{name} ({code})")
_ASIDE = Words("不在以上之内的失分：", "Lost points that are not in this list:")


def advice_text(scores: Scores, advices: Sequence[Advice], lang: Language) -> str:
    """One block per unit: obstacles, outlook, improvements, and points left aside."""
    blocks = ["\n".join(_block(scores, each, lang)) for each in advices]
    if any(words.is_estimated(each) for each in advices):
        shared = [key for each in advices if words.is_estimated(each) for key in each.shared]
        blocks.append(render(words.assumption(scores, shared), lang))
    return "\n\n".join(blocks)


def _block(scores: Scores, advice: Advice, lang: Language) -> list[str]:
    unit = scores.units[advice.row]
    lines = [render(_HEAD(name=unit.name, code=unit.code), lang)]
    lines += [f"  ! {render(each, lang)}" for each in words.obstacle_phrases(scores, advice)]
    lines.append(f"  {render(words.outlook_phrase(scores, advice), lang)}")
    lines += [
        f"  {number}. {render(words.improvement_phrase(scores, each), lang)}"
        for number, each in enumerate(advice.improvements, start=1)
    ]
    if advice.aside:
        lines.append(f"  {render(_ASIDE(), lang)}")
        lines += [f"    - {render(words.aside_phrase(scores, each), lang)}" for each in advice.aside]
    return lines


def advice_json(scores: Scores, advices: Sequence[Advice]) -> str:
    """The same as data: a list, one object per unit; an absent figure is null."""
    records = []
    for each in advices:
        data = asdict(each)
        del data["row"]
        records.append({"unit": scores.units[each.row].code, **data, "provisional": scores.provisional(each.row)})
    return json.dumps(_without_nan(records), ensure_ascii=False, indent=2, allow_nan=False)


def _without_nan(data: object) -> object:
    match data:
        case dict():
            return {key: _without_nan(each) for key, each in data.items()}
        case list() | tuple():
            return [_without_nan(each) for each in data]
        case float():
            return round(data, 10) if math.isfinite(data) else None
        case _:
            return data
