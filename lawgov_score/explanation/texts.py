"""The reasons of one node as text, for many units at once: what tables, frames and details of a cohort print."""

from collections.abc import Sequence

from lawgov_score.column_texts import texts
from lawgov_score.explanation.reasons import reasons
from lawgov_score.model import Scores
from lawgov_score.rounding import IntArray
from lawgov_score.wording import Language

UNITS_AT_ONCE = 500  # whose texts a table holds at a time, so that one of any size is written in the same memory


def reason_texts(scores: Scores, code: str, lang: Language, rows: Sequence[int] | IntArray | None = None) -> list[str]:
    """Why units lost points at the node ``code``, or have no score there; '' where there is nothing to say.

    One text for each of ``rows`` (all units where None), in their order; the same words as ``reasons.reason`` gives.
    """
    return texts(reasons(scores, code), lang, range(len(scores.units)) if rows is None else rows)
