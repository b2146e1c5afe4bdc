"""The sample round, made once for all tests of a run, by whichever worker asks first; each asker gets a copy.

Making it costs six seconds of processor time; ``test_sample_round.py`` holds that it comes out the same each time.
"""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from lawgov_score.model import Scores
from lawgov_score.pipeline import assess
from submissions import make_sample_round

TREE = make_sample_round.FOLDER.parents[1] / "indicators" / "qujialing-2017"

_kept: list[Path] = []  # the folder that all workers of the run share


def keep_in(folder: Path) -> None:
    """From now on the round is made in, or taken from, this folder."""
    _kept[:] = [folder]


def main(folder: Path) -> int:
    """As ``make_sample_round.main``: what it makes is in ``folder`` afterwards, beside the roster."""
    shutil.copytree(_made(), folder, dirs_exist_ok=True)
    return 0


@cache
def scores() -> Scores:
    """The round scored, with what the office did and last edition's results: once for all tests of a process."""
    with tempfile.TemporaryDirectory(dir=_kept[0]) as name:
        folder = Path(name)
        main(folder)
        office, previous, roster = [folder / "office"], folder / "previous", make_sample_round.FOLDER / "roster.csv"
        shutil.copy(roster, folder)
        found = assess(TREE, [folder], roster, assessor=office, previous=previous).scores
    if found is None:
        raise RuntimeError("the sample round does not come to scores")
    return found


@cache
def _made() -> Path:
    place = _kept[0] / "sample-round"
    if not place.is_dir():
        own = Path(tempfile.mkdtemp(dir=_kept[0]))
        shutil.copy(make_sample_round.FOLDER / "roster.csv", own)
        if make_sample_round.main(own) != 0:
            raise RuntimeError("the sample round does not fit its tree")
        try:
            own.rename(place)
        except OSError:  # the other worker was quicker; both made the same
            return own
    return place
