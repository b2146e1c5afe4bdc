"""A tree's folder as the one of the next edition: checked, written whole or not at all, what names a year listed."""

from dataclasses import dataclass
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.files import CannotWriteError, refusing, whole_folder
from lawgov_score.model.year_bound import YearBound
from lawgov_score.pipeline.loading import load_tree
from lawgov_score.problems import Problem, TextPlace, display_path, is_error
from lawgov_score.temporary import remove_dead
from lawgov_score.tree.folder import read_tree
from lawgov_score.tree.next_edition import is_of_a_year, is_the_next, next_edition
from lawgov_score.tree.source import read
from lawgov_score.tree.year_bound import year_bound

_USUAL_YEARS = 5  # from one edition to the next, at most


@dataclass(frozen=True, slots=True)
class Renewed:
    """What was written: the edition before, the year before, its files; what in them names a year or a day.

    ``left``: files beside the tree that it does not read, and that were not copied. ``unlinked``: files that lost the
    editors' line, whose schema is not there from the new folder.
    """

    edition: str
    year: int
    files: tuple[str, ...]
    year_bound: tuple[YearBound, ...]
    left: tuple[str, ...]
    unlinked: tuple[str, ...]


def write_next_edition(folder: Path, of: Path, edition: str, year: int) -> tuple[Renewed | None, tuple[Problem, ...]]:
    """Writes the tree ``of`` (a path, or the code of a carried one) to ``folder`` as another edition.

    None where that tree has errors: they are the problems, and nothing is written. Raises ``CannotWriteError`` where
    something is in the folder (D171), where it is the same edition (D173), or where the two values cannot be replaced
    (D172).
    """
    _, found = load_tree(of, is_in_use=False)
    if errors := sum(one.count for one in found if is_error(one)):
        return None, (*found, Problem(Code.D174, TextPlace(display_path(of)), {"n": errors}))
    _must_be_free(folder)
    head = read_tree(of)[0].data
    before, code = str(head["edition"]), str(head["code"])
    if before == edition:
        raise CannotWriteError(Problem(Code.D173, TextPlace(display_path(of)), {"edition": edition}))
    made = next_edition(of, code, folder, edition, year)
    if made.problems:
        raise CannotWriteError(*made.problems)
    with whole_folder(folder, overwrite=False) as temporary:
        for name, raw in made.files.items():
            (temporary / name).write_bytes(raw)
        if not is_the_next(of, temporary, edition, year):
            raise RuntimeError("the copy is not the tree with another edition and year")
    was, place, problems = int(head["year"]), TextPlace(display_path(folder / "tree.yaml")), []
    if is_of_a_year(code, before, was):
        problems.append(Problem(Code.D170, place, {"code": code}))
    if year not in range(was, was + _USUAL_YEARS + 1):
        problems.append(Problem(Code.D175, place, {"was": str(was), "year": str(year)}))
    named = tuple(one for name in made.files for one in year_bound(read(folder / name)[0]))
    return Renewed(before, was, tuple(made.files), named, made.left, made.unlinked), tuple(problems)


def _must_be_free(folder: Path) -> None:
    """Raises ``CannotWriteError`` (D171) where anything is in the folder but what a killed run left."""
    with refusing(folder):
        if not folder.exists():
            return
        remove_dead(folder)
        there = sorted(one.name for one in folder.iterdir())
    if there:
        values = {"name": there[0], "n": len(there)}
        raise CannotWriteError(Problem(Code.D171, TextPlace(display_path(folder)), values))
