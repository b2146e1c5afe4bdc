"""Documents into a folder: all or none, never over something else, and on record before anybody can be handed one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.documents.making import Made, keep_made
from lawgov_score.files import CannotWriteError, batch, refusing
from lawgov_score.problems import Problem
from lawgov_score.rounds.allowed import must_be
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.models import Round, Seat
from lawgov_score.rounds.names import Deed
from lawgov_score.rounds.things import place_of


def hand_out(
    data: Data, round_: Round, made: Made, folder: Path, seat: Seat, now: datetime, *, overwrite: bool = False
) -> Sequence[Path]:
    """Writes what was drafted, keeps it and records it; the paths.

    Written beside their place, then recorded, then moved: where they cannot appear any more, that is told (R289), and
    the same once more gives them. Raises ``RefusedError``: R213, R235; ``CannotWriteError`` (O105 for another file of
    a name).
    """
    must_be(Deed.DOCUMENT, round_, seat)
    is_recorded: list[bool] = []
    with _told_if_not_moved(round_, is_recorded), batch(overwrite=overwrite) as outputs:
        into = outputs.folder(folder)
        for name, content in made.files.items():
            with refusing(folder / name):
                (into / name).write_bytes(content)
        outputs.check(overwrite=overwrite)
        keep_made(data, round_, made, seat, now)
        is_recorded.append(True)
    return [folder / name for name in made.files]


@contextmanager
def _told_if_not_moved(round_: Round, is_recorded: Sequence[bool]) -> Iterator[None]:
    try:
        yield
    except CannotWriteError as refused:
        if not is_recorded:
            raise
        raise CannotWriteError(*refused.problems, Problem(Code.R289, place_of(round_))) from refused
