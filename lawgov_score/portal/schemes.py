"""Tree and units as pages ask for them: read once and kept by what they were read of, since reading takes a second."""

from functools import lru_cache
from pathlib import Path

from lawgov_score.portal.desk import Desk
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.folder import plain_names
from lawgov_score.rounds.kept import names_in
from lawgov_score.rounds.models import Run
from lawgov_score.rounds.scheme import Scheme, of_scheme, scheme_in

_KEPT = 2  # that of now, and that of a run which had another


def scheme_now(desk: Desk) -> Scheme:
    """What the round assesses by now. A deed that rests on it reads it itself. Raises ``RefusedError``."""
    return _read(desk.data.folder, tuple(of_scheme(plain_names(desk.data, desk.round)).items()))


def scheme_then(desk: Desk, run: Run) -> Scheme:
    """What a run assessed by. Raises ``RefusedError``."""
    return _read(desk.data.folder, tuple(of_scheme(names_in(desk.data, run.manifest)).items()))


@lru_cache(maxsize=_KEPT)
def _read(folder: Path, names: tuple[tuple[str, str], ...]) -> Scheme:
    return scheme_in(Data(folder), dict(names))
