"""``--demo``: a round from the made-up submissions that the program carries, so that pages have something to show."""

from pathlib import Path

from lawgov_score import carried, pipeline
from lawgov_score.files import temporary_folder
from lawgov_score.pipeline.demo import TREE
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.creation import create_round
from lawgov_score.rounds.data import is_there


def fill(folder: Path) -> None:
    """Makes the round; one that is there is left as it is. Raises ``RefusedError``, ``CannotWriteError``."""
    if is_there(folder):
        return
    with temporary_folder("lawgov-demo-") as given:
        _, sample = pipeline.write_examples(given / "out")
        made, problems = create_round(
            *(folder, carried.carried_trees()[TREE], sample.roster, None),
            now=real_now(),
            notice=sample.notice,
            previous=sample.previous,
        )
        if made is None:
            raise RefusedError(*problems)
