"""What earlier runs left in the folders of this one: cards and pages of units that have none any more."""

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from lawgov_score import tables
from lawgov_score.bounded import kind_of_file
from lawgov_score.catalogue import Code
from lawgov_score.files import possible_names
from lawgov_score.model import Scores, Tree
from lawgov_score.pages import folder as pages
from lawgov_score.problems import Problem, TextPlace, display_path
from lawgov_score.wording import ByFace, Words
from lawgov_score.workbook.card import folder as cards
from lawgov_score.workbook.submission.crash_test import files_that_crash
from lawgov_score.workbook.submission.result_tables import CHANGES
from lawgov_score.workbook.verify.verification import open_scorecard

_BEGINS = ",".join(tables.CHANGES[:5]).encode("utf-8-sig")  # the columns that a table of changes always had
_HEAD = len(_BEGINS)
_NAMED = 3  # files that are named one by one; those that were removed all are
_FOUND = Words("{names:list}", "{names:list}")
_FOUND_MANY = Words("{names:list} 等 {n} 个", "{names:list} and others, {n} in all")
_OF_ANOTHER_EDITION = Words(
    "是本指标体系另一版的结果，要求覆盖也不会删去；另行存档后移走",
    "They are of another edition of the tree, and stay whatever is said: keep them elsewhere",
)
_STILL_THERE = ByFace(
    Words("核对后自行删去；或者加 --overwrite 再运行一次，由程序删去", "look, then delete them; --overwrite does it"),
    Words("核对后自行删去；或者注明覆盖，由程序删去", "look, then delete them, or have them replaced"),
)
_REMOVED = ByFace(
    Words("已按 --overwrite 删去，不必处理", "they were removed, as --overwrite says: nothing to do"),
    Words("已按要求删去，不必处理", "they were removed, as was asked: nothing to do"),
)


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Files of one folder that this program wrote in an earlier run of the tree, and not in this one.

    ``may_go``: are they of the same edition? Results of another one are nobody's to remove.
    """

    folder: Path
    files: tuple[Path, ...]
    may_go: bool = True

    def problem(self, *, were_removed: bool = False) -> Problem:
        """What is said of them (O118)."""
        named = len(self.files) if were_removed and self.may_go else _NAMED
        words = _FOUND_MANY if len(self.files) > named else _FOUND
        found = words(names=tuple(path.name for path in self.files[:named]), n=len(self.files))
        what = (_REMOVED if were_removed else _STILL_THERE) if self.may_go else _OF_ANOTHER_EDITION
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
    found: list[tuple[Path, str]] = []  # each with the edition it is of
    found += _cards_in(of_cards, scores.tree, safe) if of_cards is not None else ()
    found += pages.left_over(scores, of_pages) if of_pages is not None else ()
    found += ((path, scores.tree.edition) for path in _changes_in(of_tables)) if of_tables is not None else ()
    groups: dict[tuple[Path, bool], list[Path]] = {}
    for path, edition in found:
        if path.resolve() not in safe:
            groups.setdefault((path.parent, edition == scores.tree.edition), []).append(path)
    return tuple(LeftOver(folder, tuple(files), may_go) for (folder, may_go), files in groups.items())


def _cards_in(folder: Path, tree: Tree, safe: Collection[Path]) -> Iterator[tuple[Path, str]]:
    """Workbooks that are a unit's card by their manifest, under the name that the card of this unit is given.

    Those of the tree, each with its edition: another assessment may keep its cards in the same folder.
    """
    books = [
        path
        for path in sorted(folder.glob(f"*{cards.SUFFIX}"))
        if path.is_file() and not path.is_symlink() and path.resolve() not in safe
    ]
    crashing = files_that_crash(books)
    for path in books:
        opened = None if path in crashing else open_scorecard(path)
        if not isinstance(opened, tuple):
            continue
        manifest = opened[1]  # a scorecard is of no unit
        if manifest.unit and manifest.tree == tree.code and path.name in possible_names(manifest.unit, cards.SUFFIX):
            yield path, manifest.edition


def _changes_in(folder: Path) -> Iterator[Path]:
    """The table of what changed since some run, begun as ours is: beside other results it says what is not so."""
    path = folder / CHANGES
    with suppress(OSError):
        if kind_of_file(path) is None and _begin(path) == _BEGINS:
            yield path


def _begin(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)
