"""Assessed: what every output of a run is written from, and what a process that writes one must know."""

from dataclasses import dataclass

from lawgov_score.model.notice import NO_NOTICE, Notice
from lawgov_score.model.scores import Scores


@dataclass(frozen=True, slots=True)
class Assessed:
    """What was scored: the scores, what they came from, and what units are told of objections.

    ``inputs``: path and sha256 of every file that was read; ``options``: option and path of those that an option named.
    """

    scores: Scores
    inputs: tuple[tuple[str, str], ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    notice: Notice = NO_NOTICE
