"""What the office's workbooks say when they are read together, as `score` reads them, and what is wrong with them."""

from collections.abc import Mapping

from lawgov_score import pipeline
from lawgov_score.catalogue import Code
from lawgov_score.files import refusing, temporary_folder
from lawgov_score.input_names import Names
from lawgov_score.model import Review
from lawgov_score.pipeline.plain_folder import OFFICE, ROSTER, TREE, WEIGHTS, computed, write_plain
from lawgov_score.problems import CellPlace, Problem, RefusedError, display_path
from lawgov_score.rounds.book_lines import lines_of
from lawgov_score.rounds.counted import not_counting, standing
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.folder import BY_HAND, books_in_force, plain_folder
from lawgov_score.rounds.given_books import Given
from lawgov_score.rounds.models import Round

_BY_HAND = frozenset(BY_HAND.values())


def bringing(
    data: Data, round_: Round, given: Mapping[str, Given]
) -> tuple[Review | None, Mapping[str, Given], tuple[Problem, ...]]:
    """What the office's workbooks say with those given that bring anything, which those are, and all problems.

    One that brings nothing is left out and the rest read again: it may have taken rows of others along.
    """
    found: list[Problem] = []
    while True:
        review, problems = _read(data, round_, given)
        read = set() if review is None else {path for path, _ in review.inputs}
        good = {name: one for name, one in given.items() if one.shown in read}
        lines = {line.place.path for _, line in lines_of(review)} if review is not None else set()
        idle = {name: one for name, one in good.items() if one.shown not in lines}
        if not idle:
            return review, good, (*found, *(one for one in problems if one not in found))
        mine = {one.shown for one in idle.values()}
        found += [one for one in problems if paths_of(one) & mine]
        found += [Problem(Code.R242, CellPlace(one.shown)) for one in idle.values()]
        given = {name: one for name, one in given.items() if name not in idle}


def refuse_unseating(data: Data, round_: Round, review: Review, books: Mapping[str, Given]) -> None:
    """Raises ``RefusedError`` (R234) where a decision in force that counts now would not count with these workbooks.

    Only a ruling on that very score can do that, or a row that takes the decision's own along: else nothing has to be
    computed.
    """
    decided = {(one.objection.unit.code, one.objection.indicator): one.objection.n for one in standing(round_)}
    paths = {one.shown for one in books.values()}
    is_ruled_on = any((one.unit, one.indicator) in decided and one.place.path in paths for one in review.rulings)
    read = {((one.unit, one.indicator), one.objection) for one in review.changes}
    if not is_ruled_on and read.issuperset(decided.items()):
        return
    kept = plain_folder(data, round_)
    with_them = kept | {f"{OFFICE}/{name}": one.content for name, one in books.items()}
    lost = list(not_counting(round_, computed(with_them, only_tables=True)))
    before = set(map(_about, not_counting(round_, computed(kept, only_tables=True)))) if lost else set()
    if unseated := [Problem(Code.R234, one.place, one.values) for one in lost if _about(one) not in before]:
        raise RefusedError(*unseated)


def _about(problem: Problem) -> object:
    """Which decision it is about."""
    return problem.place


def check_in_force(data: Data, round_: Round) -> tuple[Problem, ...]:
    """What is to be said of the office's workbooks that count now. Raises ``RefusedError`` (R205)."""
    books = books_in_force(round_).items()
    given = {name: Given(name, data.store.read(one.file.sha256), is_ours=name in _BY_HAND) for name, one in books}
    return _checked(data, round_, given)[1]


def _read(data: Data, round_: Round, given: Mapping[str, Given]) -> tuple[Review | None, tuple[Problem, ...]]:
    """What the office's workbooks say, those given in place of those of their names; problems of those given alone."""
    review, told = _checked(data, round_, given)
    mine = {one.shown for one in given.values()}
    return review, tuple(one for one in told if paths_of(one) & mine)


def _checked(data: Data, round_: Round, given: Mapping[str, Given]) -> tuple[Review | None, tuple[Problem, ...]]:
    """The same with the problems of all; in a bounded process, unless all were entered by hand."""
    kept = plain_folder(data, round_)
    wanted = {
        name: content
        for name, content in kept.items()
        if name.startswith((f"{TREE}/", f"{OFFICE}/")) or name in {ROSTER, WEIGHTS}
    }
    wanted |= {f"{OFFICE}/{name}": one.content for name, one in given.items()}
    with temporary_folder("lawgov-enter-") as folder:
        with refusing(folder):
            write_plain(wanted, folder)
        weights = folder / WEIGHTS if WEIGHTS in wanted else None
        tree, problems = pipeline.load_tree(folder / TREE, weights)
        assert tree is not None, problems  # it was loaded when the round was made
        units, _ = pipeline.load_roster(folder / ROSTER, tree)
        names = {display_path(folder / name): name for name in wanted}
        names |= {display_path(folder / OFFICE / name): one.shown for name, one in given.items()}
        paths = [folder / name for name in wanted if name.startswith(f"{OFFICE}/")]
        # Each by itself: what a folder passes over is told, where it was handed in.
        if all(one.is_ours for one in given.values()) and all(path.name in _BY_HAND for path in paths):
            return pipeline.check_review(tree, paths, units, None, Names(names))
        assert units is not None  # the roster was read when the round was made
        return pipeline.read_review_apart(paths, tree, units, Names(names))


def paths_of(problem: Problem) -> set[str]:
    """The workbooks that it is about."""
    places = (problem.place, *problem.see_also, *problem.also)
    return {place.path for place in places if isinstance(place, CellPlace)}
