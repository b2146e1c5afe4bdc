"""A rehearsal: what was read by one tree, scored by it, by the next one, and by every tree half way."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from lawgov_score import tables
from lawgov_score.catalogue import Code
from lawgov_score.files import batch, keep_apart, keep_inputs, refusing
from lawgov_score.model import RegisterEntry, Roster, Scores, Tree
from lawgov_score.pages.folder import INDEX
from lawgov_score.pages.reader import Reader
from lawgov_score.pages.rehearsal_page import rehearsal_page
from lawgov_score.pipeline.assessment import Material, files_read, read_material
from lawgov_score.pipeline.loading import load_roster
from lawgov_score.pipeline.revision import compare_trees
from lawgov_score.problems import CellPlace, Problem, TextPlace, display_path, is_error
from lawgov_score.report import MOST_NAMED
from lawgov_score.revision import Change, Revision
from lawgov_score.revision.rehearsal import Rehearsal, Standings, level_names
from lawgov_score.revision.rosters import roster_change, with_roster
from lawgov_score.revision.unasked import Unasked, kept_back, unasked
from lawgov_score.scoring.blanks import with_blanks
from lawgov_score.scoring.rehearsal import Rehearser
from lawgov_score.wording import Language, Words
from lawgov_score.workbook.rehearsal import write_rehearsal
from lawgov_score.workbook.submission.reader import Run, in_this_process

MOVES, SHARES = "moves.csv", "shares.csv"
_MORE, _NONE = Words("……", "…"), Words("无", "none")


@dataclass(frozen=True)
class Rehearsed:
    """What came of a rehearsal (None: nothing could be rehearsed), with the problems of every stage."""

    rehearsal: Rehearsal | None
    problems: tuple[Problem, ...]
    material: Material | None = None
    files: tuple[Path, ...] = ()  # every file that was or should have been read

    @property
    def as_given(self) -> tuple[Problem, ...]:
        """All problems at the paths that were given, for the screen."""
        return self.problems if self.material is None else self.material.names.as_given(self.problems)


@dataclass(frozen=True, slots=True)
class RehearsalFiles:
    """The paths of what is written; None: not wanted."""

    workbook: Path | None = None
    tables: Path | None = None  # a folder
    html: Path | None = None  # a folder

    @property
    def all(self) -> tuple[Path, ...]:
        """Every file that would be written."""
        return (
            *([self.workbook] if self.workbook is not None else []),
            *([self.tables / MOVES, self.tables / SHARES] if self.tables is not None else []),
            *([self.html / INDEX] if self.html is not None else []),
        )


def rehearse(
    old: Path,
    new: Path,
    paths: Sequence[Path],
    roster: Path | None = None,
    *,
    new_roster: Path | None = None,
    weights: tuple[Path | None, Path | None] = (None, None),
    assessor: Sequence[Path] = (),
    previous: Path | None = None,
    run: Run = in_this_process,
    latest: bool = False,
) -> Rehearsed:
    """Reads everything by the tree at ``old``, and scores it by both. Arguments as for ``assess``.

    ``weights``: the weight set of each tree, where points are kept apart. ``new_roster``: the roster of the new tree,
    where units, types or cohorts change too.
    """
    compared = compare_trees(old, new, weights)
    revision = compared.revision
    if revision is None:
        return Rehearsed(None, compared.problems)
    if not revision.has_common_codes:
        values = {"old": display_path(old), "new": display_path(new)}
        return Rehearsed(None, (Problem(Code.D120, TextPlace(revision.new.path), values),))
    of = revision.old
    read = read_material(of, paths, roster, assessor=assessor, previous=previous, run=run, latest=latest)
    files = (*compared.files, *files_read(of, roster, (*paths, *assessor), previous))
    files += () if new_roster is None else (new_roster,)
    next_units, more = load_roster(new_roster, revision.new)
    read = replace(read, problems=of.problems + read.problems + more, files=files)
    if read.is_empty or any(is_error(problem) for problem in more):  # nobody would know whom to compare
        return Rehearsed(None, read.problems, read, files)
    if next_units is not None and not {unit.code for unit in next_units} & {unit.code for unit in read.units}:
        figures = {"old": len(read.units), "new": len(next_units)}
        told = Problem(Code.D125, CellPlace(display_path(new_roster or "")), figures)
        return Rehearsed(None, (*read.problems, told), read, files)
    found = rehearsal_of(revision, read, next_units)
    return Rehearsed(found, (*read.problems, *_told(found)), read, files)


def rehearsal_of(revision: Revision, read: Material, next_units: Roster | None = None) -> Rehearsal:
    """What was read by the old tree of ``revision``, scored by both and by every tree half way.

    ``next_units``: the roster of the new tree, where it has its own.
    """
    rehearser = Rehearser(revision.old, read.units, read.submissions, read.review, read.previous, next_units)
    roster = None
    if next_units is not None:
        roster = roster_change(rehearser.ordered(revision.new), next_units)
    kept, not_made = kept_back(revision)
    names = {one.name for one in not_made}
    made = [each for each in revision.components if not names & {one.name for one in each}]
    bundles = with_roster(revision.bundles_of(made), roster)

    def lost(tree: Tree, changes: Iterable[Change]) -> tuple[Unasked, ...]:
        """What counts for nobody in the tree with these changes."""
        return unasked(revision.old, tree, revision.given_away & {one.code for one in changes})

    tried = [one for each in made for one in each]
    whole = revision.new if not not_made else revision.tree_with(tried)
    left_out = lost(whole, tried)
    by_next = next_units is not None
    old = with_blanks(rehearser.scored(revision.old))  # provisional wherever `score` says so
    new = with_blanks(rehearser.scored(whole, {one.code for one in left_out}, by_next_roster=by_next))
    subsets: list[Scores] = []
    for subset in range(1 << len(bundles)):
        if subset in {0, (1 << len(bundles)) - 1}:
            subsets.append(new if subset else old)  # what is in no bundle moves nothing: a law of ``bundled``
            continue
        taken = [bundle for i, bundle in enumerate(bundles) if subset >> i & 1]
        chosen = [one for bundle in taken for one in bundle.changes]
        tree, is_moved = revision.tree_with(chosen), any(bundle.has_roster for bundle in taken)
        out_of_it = {one.code for one in lost(tree, chosen)}
        subsets.append(rehearser.scored(tree, out_of_it, by_next_roster=is_moved))
    lacks: Counter[str] = Counter()
    for one in rehearser.without_place(whole, rehearser.ordered(whole, by_next_roster=by_next)):
        lacks[one.kind if isinstance(one, RegisterEntry) else one.indicator] += 1
    out = {one.code for one in left_out}
    partly = {code: n for code, n in rehearser.lost_of(whole).items() if code not in out}
    not_tried = out | {one.code for one in kept}
    return Rehearsal(
        *(revision, bundles, old, new, _standings(old, new, subsets), kept, not_made, left_out, partly, dict(lacks)),
        beyond=tuple(one for one in rehearser.beyond(revision.new) if one.code.partition("@")[0] not in not_tried),
        roster=roster,
        unplaced=() if by_next else rehearser.unplaced(revision.new),
    )


def _standings(old: Scores, new: Scores, subsets: Sequence[Scores]) -> Standings:
    """Totals, places and levels of all subsets, in the order of the units of ``old``."""
    levels, last = level_names(old, new)
    of_new = [grade.name for grade in new.tree.grades]
    totals, places, grades = [], [], []
    for each in subsets:
        rows = np.array([each.row_of.get(unit.code, -1) for unit in old.units], dtype=np.intp)
        total = np.where(rows < 0, np.nan, each.total[rows])  # who is not in the new roster has none
        totals.append(total)
        places.append(np.where((each.rank[rows] > 0) & (rows >= 0), each.rank[rows], np.nan))
        is_new = [grade.name for grade in each.tree.grades] == of_new
        names = [each.grades[row] for row in rows.tolist()]
        level = np.array([levels[name][is_new] if name else last for name in names], dtype=np.float64)
        grades.append(np.where(np.isnan(total), np.nan, level) if each.tree.grades else np.full(len(rows), np.nan))
    return Standings(np.array(totals), np.array(places), np.array(grades))


def _told(found: Rehearsal) -> Iterator[Problem]:
    """What is not as it would be next year, at the new tree."""
    place = TextPlace(found.revision.new.path)
    if not found.is_same_tree:
        yield Problem(Code.D126, place, {"old": found.revision.old.code, "new": found.revision.new.code})
    if found.bundles and not found.compared:
        yield Problem(Code.D127, place, {"n": len(found.old.units)})
    out = tuple(dict.fromkeys(one.code.partition("@")[0] for one in found.left_out))
    kept = tuple(one.code for one in found.kept)
    if out or kept:
        yield Problem(Code.D121, place, {"out": _few(out), "kept": _few(kept), "n": len(out) + len(kept)})
    if found.without_place:
        n = sum(found.without_place.values())
        yield Problem(Code.D122, place, {"n": n, "codes": _few(tuple(sorted(found.without_place)))})

    if found.beyond:
        units = sum(one.units for one in found.beyond)
        codes = tuple(dict.fromkeys(one.code.partition("@")[0] for one in found.beyond))
        yield Problem(Code.D123, place, {"n": len(codes), "codes": _few(codes), "units": units})
    if found.unplaced:
        yield Problem(Code.D124, place, {"n": len(found.unplaced), "units": _few(found.unplaced)})


def _few(codes: tuple[str, ...]) -> tuple[str | Words, ...]:
    """The codes that are named in a line: all of them stand in the results."""
    return (*codes[:MOST_NAMED], *([_MORE] if len(codes) > MOST_NAMED else [])) or (_NONE,)


def write_rehearsed(done: Rehearsed, wanted: RehearsalFiles, lang: Language, *, overwrite: bool = False) -> None:
    """Writes all of it, or nothing. Raises ``CannotWriteError``: never over what was read, nor over what differs."""
    found = done.rehearsal
    assert found is not None  # checked by the caller
    keep_inputs(wanted.all, done.files)
    keep_apart(wanted.all)
    with batch(overwrite=overwrite) as together:
        to_tables, to_html = (
            None if folder is None else together.folder(folder) for folder in (wanted.tables, wanted.html)
        )
        to_workbook = None if wanted.workbook is None else together.file(wanted.workbook)
        if wanted.tables is not None and to_tables is not None:
            with refusing(wanted.tables):
                tables.write_moves(found, to_tables / MOVES)
                tables.write_shares(found, to_tables / SHARES, lang)
        if wanted.html is not None and to_html is not None:
            with refusing(wanted.html):
                page = rehearsal_page(Reader(lang), found)
                (to_html / INDEX).write_text(page, encoding="utf-8", newline="\n")
        if wanted.workbook is not None and to_workbook is not None:
            with refusing(wanted.workbook):
                write_rehearsal(found, to_workbook, lang)
