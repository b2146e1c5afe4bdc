"""What earlier runs left in the folders of this one: cards and pages of units that have none any more."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from lawgov_score import tables
from lawgov_score.bounded import kind_of_file
from lawgov_score.catalogue import Code
from lawgov_score.files import possible_names
from lawgov_score.model import Scores
from lawgov_score.pages import folder as pages
from lawgov_score.problems import Problem, TextPlace, display_path
from lawgov_score.wording import Words
from lawgov_score.workbook.card import folder as cards
from lawgov_score.workbook.submission.crash_test import files_that_crash
from lawgov_score.workbook.submission.result_tables import CHANGES
from lawgov_score.workbook.verify.verification import open_scorecard

_BEGINS = ",".join(tables.CHANGES[:5]).encode("utf-8-sig")  # the columns that a table of changes always had
_HEAD = len(_BEGINS)
_NAMED = 3  # files that are named one by one
_FOUND = Words("{names:list}", "{names:list}")
_FOUND_MANY = Words("{names:list} 等 {n} 个", "{names:list} and others, {n} in all")
_STILL_THERE = Words(
    "核对后自行删去；或者加 --overwrite 再运行一次，由程序删去", "look, then delete them; --overwrite does it"
)
_REMOVED = Words("已按 --overwrite 删去，不必处理", "they were removed, as --overwrite says: nothing to do")


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Files of one folder that this program wrote in an earlier run, and not in this one."""

    folder: Path
    files: tuple[Path, ...]

    def problem(self, *, were_removed: bool = False) -> Problem:
        """What is said of them (O118)."""
        words = _FOUND_MANY if len(self.files) > _NAMED else _FOUND
        found = words(names=tuple(path.name for path in self.files[:_NAMED]), n=len(self.files))
        what = _REMOVED if were_removed else _STILL_THERE
        return Problem(Code.O118, TextPlace(display_path(self.folder)), {"found": found, "what": what})


def left_over(
    scores: Scores,
    *,
    of_cards: Path | None,
    of_pages: Path | None,
    of_tables: Path | None,
    kept: Collection[Path] = (),
) -> tuple[LeftOver, ...]:
    """Cards, pages and a table of changes, in the folders of each kind, that are certainly of an earlier run.

    ``kept``: what this run reads or writes, which is never left over.
    """
    safe = {path.resolve() for path in kept}
    groups = [*([tuple(_cards_in(of_cards, safe))] if of_cards is not None else [])]
    groups += pages.left_over(scores, of_pages) if of_pages is not None else ()
    groups += [tuple(_changes_in(of_tables))] if of_tables is not None else []
    rest = (tuple(path for path in group if path.resolve() not in safe) for group in groups)
    return tuple(LeftOver(group[0].parent, group) for group in rest if group)


def _cards_in(folder: Path, safe: Collection[Path]) -> Iterator[Path]:
    """Workbooks that are a unit's card by their manifest, under the name that the card of this unit is given."""
    books = [
        path
        for path in sorted(folder.glob(f"*{cards.SUFFIX}"))
        if path.is_file() and not path.is_symlink() and path.resolve() not in safe
    ]
    crashing = files_that_crash(books)
    for path in books:
        opened = None if path in crashing else open_scorecard(path)
        unit = opened[1].unit if isinstance(opened, tuple) else ""  # a scorecard is of no unit
        if unit and path.name in possible_names(unit, cards.SUFFIX):
            yield path


def _changes_in(folder: Path) -> Iterator[Path]:
    """The table of what changed since some run, begun as ours is: beside other results it says what is not so."""
    path = folder / CHANGES
    with suppress(OSError):
        if kind_of_file(path) is None and _begin(path) == _BEGINS:
            yield path


def _begin(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)
