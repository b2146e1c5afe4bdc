"""One piece of long work as its module sees it: the round, the job, and whom it tells how far it has come."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from lawgov_score import pipeline
from lawgov_score.pipeline.progress import Thing
from lawgov_score.problems import Problem, display_path
from lawgov_score.rounds import jobs
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.models import Round, Seat
from lawgov_score.rounds.names import Role
from lawgov_score.two_languages import kept_problem
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.reader import Run

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Task:
    """``told(done, total)``: how far it is."""

    data: Data
    job: Job
    told: Callable[[int, int], None]

    @property
    def values(self) -> dict[str, Any]:
        """What the form said."""
        found: dict[str, Any] = self.job.values
        return found

    @property
    def lang(self) -> Language:
        """The language in which it was asked for."""
        return Language.EN if self.values.get("lang") == Language.EN else Language.ZH

    @property
    def round(self) -> Round:
        """The round, as it is now."""
        return the_round()

    @property
    def office(self) -> Seat:
        """The seat that acts."""
        return seat_of(Role.OFFICE)

    @property
    def now(self) -> datetime:
        """The moment."""
        return real_now()

    @property
    def since(self) -> datetime | None:
        """When it was asked for, if a try before this one was broken off: what is of later may be its own doing."""
        return self.job.made_at if self.job.tries > 1 else None

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that came with it, in their order."""
        return jobs.files_of(self.data, self.job)

    def watch(self, items: Sequence[Thing], what: str) -> Iterable[Thing]:
        """A ``Progress`` that tells the job."""
        for at, item in enumerate(items):
            self.told(at, len(items))
            yield item
        self.told(len(items), len(items))

    @contextmanager
    def reading(self) -> Iterator[Run]:
        """Reads workbooks in bounded processes, until the block ends."""
        with pipeline.reading(pipeline.ReadingOptions(0, None, "", watch=self.watch)) as run:
            yield run

    def records(self, problems: Iterable[Problem], folder: Path | None = None) -> list[dict[str, Any]]:
        """Problems as JSON, to be said in either language; files by the names that they came under.

        ``folder``: another one in which the work has put them.
        """
        dropped = re.escape(display_path(self.data.folder / jobs.DROPS / self.job.token)) + "/[0-9]+/"
        of_folder = [] if folder is None else [re.escape(f"{display_path(folder)}/")]
        places = re.compile("|".join([dropped, *of_folder]))
        return [_without(places, kept_problem(one)) for one in problems]


def _without(places: re.Pattern[str], record: dict[str, Any]) -> dict[str, Any]:
    """A record whose texts name no folder of this machine."""
    return {
        key: places.sub("", value)
        if isinstance(value, str)
        else _without(places, value)
        if isinstance(value, dict)
        else value
        for key, value in record.items()
    }
