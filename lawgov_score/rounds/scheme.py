"""What a round assesses by, as the pipeline reads it: its tree, its units, its notice."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from lawgov_score import pipeline
from lawgov_score.files import refusing, temporary_folder
from lawgov_score.model import Roster, Tree
from lawgov_score.model.notice import Notice
from lawgov_score.pipeline.plain_folder import NOTICE, ROSTER, TREE, WEIGHTS, write_plain
from lawgov_score.problems import RefusedError, is_error
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.folder import plain_names
from lawgov_score.rounds.models import Round
from lawgov_score.workbook.forms.layout import Layout, Question, layout_of


@dataclass(frozen=True)
class Scheme:
    """Tree, units and notice of a round."""

    tree: Tree
    units: Roster
    notice: Notice
    read_of: tuple[int | None, ...] = ()  # the rows of the files that it was read of
    _asked: dict[str, tuple[tuple[Question, bool], ...]] = field(default_factory=dict, repr=False, compare=False)

    def is_of(self, round_: Round) -> bool:
        """Is it what the round assesses by, as its row is?"""
        return self.read_of == _files(round_)

    @cached_property
    def layout(self) -> Layout:
        """The questions of its workbooks."""
        return layout_of(self.tree)

    def asked_of(self, kind: str) -> tuple[tuple[Question, bool], ...]:
        """Every question, and whether units of a type are asked it."""
        if kind not in self._asked:
            self._asked[kind] = tuple((one, self.layout.applies(one, kind)) for one in self.layout.questions)
        return self._asked[kind]


def scheme_of(data: Data, round_: Round) -> Scheme:
    """Reads them from what is kept. Raises ``RefusedError``: R205, or problems of their own.

    They loaded when the round was made: only a later version of the program can find fault with them.
    """
    return scheme_in(data, plain_names(data, round_), _files(round_))


def scheme_in(data: Data, names: Mapping[str, str], read_of: tuple[int | None, ...] = ()) -> Scheme:
    """The same of any plain folder, its names with the sha256 of their content: of what a run read, too."""
    kept = of_scheme(names)
    with temporary_folder("lawgov-scheme-") as folder:
        with refusing(folder):
            write_plain({name: data.store.read(sha256) for name, sha256 in kept.items()}, folder)
        weights, notice = folder / WEIGHTS, folder / NOTICE
        tree, problems = pipeline.load_tree(folder / TREE, weights if WEIGHTS in kept else None)
        units = None
        told, of_notice = pipeline.load_notice(notice if NOTICE in kept else None)
        if tree is not None:
            units, of_roster = pipeline.load_roster(folder / ROSTER, tree)
            problems = (*problems, *of_roster)
    if tree is None or units is None or any(map(is_error, problems)):
        raise RefusedError(*filter(is_error, (*problems, *of_notice)))
    return Scheme(tree, units, told, read_of)


def of_scheme(names: Mapping[str, str]) -> dict[str, str]:
    """Of the files of a plain folder those that say what is assessed, and who."""
    return {
        name: sha256
        for name, sha256 in names.items()
        if name.startswith(f"{TREE}/") or name in {ROSTER, WEIGHTS, NOTICE}
    }


def scheme_at_hand(data: Data, round_: Round) -> Scheme:
    """The same, read once by a process as long as it is what the round assesses by: for whoever is asked often."""
    return _read_once(replace(data, folder=data.folder.absolute()), round_, _files(round_))


@lru_cache(maxsize=1)  # a desk serves one round, each page asks, and an amended one is never what it was again
def _read_once(data: Data, round_: Round, files: tuple[int | None, ...]) -> Scheme:
    """``files``: for Django a row is equal to itself before it was amended, and the scheme is not."""
    return scheme_of(data, round_)


def _files(round_: Round) -> tuple[int | None, ...]:
    return round_.tree_id, round_.roster_id, round_.weights_id, round_.notice_id, round_.notice_told_id
