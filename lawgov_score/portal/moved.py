"""What an effect looks like on a page: scores, totals, places and grades before and after, quotas, new problems."""

from collections.abc import Iterable, Mapping
from typing import Any

from lawgov_score.explanation.figures import STATUS
from lawgov_score.portal.answers import told_from
from lawgov_score.portal.desk import Desk
from lawgov_score.report import number_text
from lawgov_score.wording import Words

_NONE = Words("无", "none")
_STATES = {status.printed: words for status, words in STATUS.items()}


def moved(desk: Desk, old: str, new: str) -> str:
    """``85 → 97``; where both are the same, that alone."""
    if old == new:
        return new
    return f"{old or desk.say(_NONE)} → {new or desk.say(_NONE)}"


def score_moved(desk: Desk, old: float | None, new: float | None) -> str:
    """The same of a score."""
    return moved(desk, *("" if one is None else number_text(one) for one in (old, new)))


def effects_shown(desk: Desk, kept: Mapping[str, Any], most: int = 300) -> dict[str, Any]:
    """``Effects`` as they were kept, for the template ``effect``."""
    return {
        "scores": [{**one, "score": _score_or_state(desk, one)} for one in kept["scores"][:most]],
        "scores_all": len(kept["scores"]),
        "moved": list(_rows(desk, kept["moved"][:most])),
        "moved_all": len(kept["moved"]),
        "quotas": kept["quotas"],
        "said": told_from(kept["problems"], desk.lang),
    }


def effect_shown(desk: Desk, kept: Mapping[str, Any], most: int = 300) -> dict[str, Any]:
    """An ``Effect`` as it was kept, of one unit at one indicator: the unit comes first, whether it moved or not."""
    own = kept["own"]
    score = {"unit": own["unit"], "name": own["name"], "indicator": kept["indicator"], "title": kept["title"]}
    return {
        "scores": [{**score, "score": score_moved(desk, kept["old"], kept["new"])}],
        "scores_all": 1,
        "moved": [*_rows(desk, [own]), *_rows(desk, kept["others"][:most])],
        "moved_all": 1 + len(kept["others"]),
        "is_alone": not kept["others"],
        "quotas": kept["quotas"],
        "said": told_from(kept["problems"], desk.lang),
    }


def _score_or_state(desk: Desk, one: Mapping[str, Any]) -> str:
    """A score before and after; where there is none, why: 未填报 → 不适用."""
    texts = [
        desk.say(_STATES.get(named, named)) if score is None else number_text(score)
        for score, named in zip((one["old"], one["new"]), one["states"], strict=True)
    ]
    return moved(desk, *texts)


def _rows(desk: Desk, moves: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    for one in moves:
        old, new = one["old"], one["new"]
        yield {
            "unit": one["unit"],
            "name": one["name"],
            "cohort": one["cohort"],
            **{key: moved(desk, old[key], new[key]) for key in ("score", "rank", "grade")},
            "changed": frozenset(key for key in ("score", "rank", "grade") if old[key] != new[key]),
        }
