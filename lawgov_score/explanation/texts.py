"""The reasons of one node as text, for many units at once: what tables, frames and details of a cohort print."""

from collections.abc import Sequence

from lawgov_score.explanation.reasons import reason
from lawgov_score.model import Scores
from lawgov_score.report import render
from lawgov_score.wording import Language


def reason_texts(scores: Scores, code: str, lang: Language, rows: Sequence[int] | None = None) -> list[str]:
    """Why units lost points at the node ``code``, or have no score there; '' where there is nothing to say.

    One text for each of ``rows`` (all units where None), in their order; the same words as ``reasons.reason`` gives.
    """
    reasons = (reason(scores, row, code) for row in (range(len(scores.units)) if rows is None else rows))
    return ["" if why is None else render(why, lang) for why in reasons]
