"""Assessed: what every output of a run is written from, and what a process that writes one must know."""

from dataclasses import dataclass

from lawgov_score.model.scores import Scores


@dataclass(frozen=True, slots=True)
class Assessed:
    """The scores; path and sha256 of every file that was read; option and path of those that an option named."""

    scores: Scores
    inputs: tuple[tuple[str, str], ...] = ()
    options: tuple[tuple[str, str], ...] = ()
