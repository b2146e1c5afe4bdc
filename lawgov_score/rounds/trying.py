"""What workbooks of the office would do before they are entered: the result with them beside the result as it is.

Nothing is kept, and nothing is entered: `enter` does that, by the same names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lawgov_score import pipeline
from lawgov_score.files import refusing, temporary_folder
from lawgov_score.input_names import Names
from lawgov_score.pipeline.plain_folder import OFFICE, write_plain
from lawgov_score.pipeline.weighing import with_books
from lawgov_score.problems import CellPlace, Problem, display_path
from lawgov_score.rounds.allowed import must_be
from lawgov_score.rounds.by_hand import row_in
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.effect import Effects, effects_of, new_problems
from lawgov_score.rounds.folder import newest_books, plain_folder
from lawgov_score.rounds.given_books import Given, read_given
from lawgov_score.rounds.models import Round, Seat
from lawgov_score.rounds.names import Deed
from lawgov_score.rounds.scheme import Scheme, scheme_of
from lawgov_score.two_languages import kept_text, with_text
from lawgov_score.wording import Language


@dataclass(frozen=True, slots=True)
class Tried:
    """What would come of it. ``names``: as they would stand in ``office/``; ``replaces``: those that are there now.

    ``effects``: None where there is no result to compare, as nothing was sent. ``unreadable``: of files that were none;
    ``problems``: errors and warnings that come with the workbooks, as ``kept_problem`` has them.
    """

    names: tuple[str, ...]
    replaces: tuple[str, ...]
    effects: Effects | None
    unreadable: tuple[Problem, ...]
    problems: tuple[dict[str, object], ...]


def tried(data: Data, round_: Round, paths: Sequence[Path], seat: Seat, lang: Language = Language.ZH) -> Tried:
    """Tries workbooks, those of now in force beside them. Raises ``RefusedError``: R213, R235, R236, R240, R315.

    Each is opened in a bounded process before (R314), and left out where nothing can be read of it, as by `enter`.
    """
    must_be(Deed.ENTER, round_, seat)
    scheme = scheme_of(data, round_)
    handed_in, unreadable = read_given(paths)
    given, idle = _usable(handed_in, scheme)
    there = {name.casefold(): name for name in newest_books(round_)}
    books = {there.get(name.casefold(), name): one.content for name, one in given.items()}
    files = plain_folder(data, round_)
    before, after = with_books(files, books, lang)
    effects = None
    if before.has_scores and after.has_scores:
        titles = {one.code: one.title for one in scheme.tree.indicators}
        effects = effects_of(before, after, titles)
    found = effects.problems if effects is not None else tuple(new_problems(before, after))
    replaces = tuple(name for name in books if f"{OFFICE}/{name}" in files)
    told = tuple(_at_its_row(data, round_, books, one) for one in found)
    return Tried(tuple(books), replaces, effects, (*unreadable, *idle), told)


def _at_its_row(data: Data, round_: Round, books: Mapping[str, bytes], record: Mapping[str, Any]) -> dict[str, object]:
    """A kept problem; of a workbook by hand at the row as people know it."""
    name, cell = (str(record.get(key) or "") for key in ("path", "cell"))
    name = name.rpartition("/")[2]
    row = row_in(data, round_, name, cell, books.get(name))
    if row is None:
        return dict(record)
    return with_text({**record, "sheet": None, "cell": None}, "path", kept_text(row))


def _usable(given: Mapping[str, Given], scheme: Scheme) -> tuple[Mapping[str, Given], tuple[Problem, ...]]:
    """Those of which something can be read, and the problems of the others."""
    if not given:
        return given, ()
    with temporary_folder("lawgov-try-") as folder:
        with refusing(folder):
            write_plain({name: one.content for name, one in given.items()}, folder)
        names = Names({display_path(folder / name): one.shown for name, one in given.items()})
        review, problems = pipeline.read_review_apart(
            [folder / name for name in given], scheme.tree, scheme.units, names
        )
    read = {path for path, _ in review.inputs}
    left = {one.shown for one in given.values() if one.shown not in read}
    mine = tuple(one for one in problems if isinstance(one.place, CellPlace) and one.place.path in left)
    return {name: one for name, one in given.items() if one.shown in read}, mine
