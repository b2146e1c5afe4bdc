"""What decisions or workbooks would do to a plain folder: its results as it is, and with them, by one child.

The inputs of the units are read once; the workbook of decisions is written, and read again with the office's others,
as `score` reads it. So what is shown is what `score` gives.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lawgov_score.files import CannotWriteError, refusing, temporary_folder
from lawgov_score.model import Change, Scores
from lawgov_score.pipeline import plain_folder as plain
from lawgov_score.pipeline.assessment import ScoredAssessment
from lawgov_score.pipeline.plain_folder import Computed, computed_from, not_written, read_all, tell, write_plain
from lawgov_score.pipeline.templates import changes_workbook
from lawgov_score.wording import Language

_BEFORE, _AFTER, _BOOK = "before", "after", "book"
Key = tuple[str, str]  # unit and indicator, by code


@dataclass(frozen=True, slots=True)
class Weighing:
    """Both results, only the tables of each, and the workbook of decisions that the second has.

    ``befores``: of each decision in it the score before it, None where there was none. Neither second result nor
    workbook where the first came to no scores.
    """

    before: Computed
    after: Computed | None = None
    book: bytes | None = None
    befores: tuple[float | None, ...] = ()


def weighed(files: Mapping[str, bytes], name: str, rows: Sequence[Change], key: Key) -> Weighing:
    """Scores a plain folder as it is, and with ``rows`` as all that is decided on objections, in the file ``name``.

    ``rows`` stand in the order in which they were decided. Of those at ``key`` the scores before them are worked out:
    what stands there without any decision, then what the one before it came to. Raises as ``computed`` does.
    """
    with temporary_folder("lawgov-weigh-") as folder:
        given, written = folder / "given", folder / "written"
        with refusing(folder):
            write_plain(files, given)
            (given / plain.RECEIVED).mkdir(parents=True, exist_ok=True)
            for part in (_BEFORE, _AFTER):
                (written / part).mkdir(parents=True)
        told = plain.in_a_child(_Weigh(str(given), str(written), name, tuple(rows), key))
        with refusing(folder):
            before = computed_from(told[_BEFORE], read_all(written / _BEFORE))
            if _AFTER not in told:
                return Weighing(before)
            after = computed_from(told[_AFTER], read_all(written / _AFTER))
            book = (written / _BOOK).read_bytes()
    return Weighing(before, after, book, tuple(told["befores"]))


@dataclass(frozen=True, slots=True)
class _Weigh:
    """What the child does: both results into two folders, the workbook beside them; tells the rest."""

    given: str
    written: str
    name: str
    rows: tuple[Change, ...]
    key: Key
    lang: Language = Language.ZH
    since: str = ""  # as a run has it: nothing is compared

    def __call__(self, _: None) -> bytes:
        given, written = Path(self.given), Path(self.written)
        try:
            done = plain.assess_plain(given)
            told: dict[str, object] = {_BEFORE: tell(done, written / _BEFORE, self.lang, only_tables=True)}
            if isinstance(done, ScoredAssessment):
                rows = list(_in_turn(done.scores, self.rows, self.key))
                book = changes_workbook(done.tree, done.scores.units, rows)
                write_plain({f"{plain.OFFICE}/{self.name}": book}, given)
                write_plain({_BOOK: book}, written)
                after = plain.assess_plain(given, taken=done.taken)
                told[_AFTER] = tell(after, written / _AFTER, self.lang, only_tables=True)
                told["befores"] = [None if math.isnan(one.before) else one.before for one in rows]
        except CannotWriteError as refused:
            told = not_written(refused)
        return json.dumps(told).encode()


def with_books(
    files: Mapping[str, bytes], books: Mapping[str, bytes], lang: Language = Language.ZH
) -> tuple[Computed, Computed]:
    """Scores a plain folder as it is, and with ``books`` in ``office/``, in place of those of their names.

    The tables alone. Raises as ``computed`` does.
    """
    with temporary_folder("lawgov-weigh-") as folder:
        given, beside, written = folder / "given", folder / "beside", folder / "written"
        with refusing(folder):
            write_plain(files, given)
            write_plain({f"{plain.OFFICE}/{name}": content for name, content in books.items()}, beside)
            (given / plain.RECEIVED).mkdir(parents=True, exist_ok=True)
            for part in (_BEFORE, _AFTER):
                (written / part).mkdir(parents=True)
        told = plain.in_a_child(_With(str(given), str(beside), str(written), lang))
        with refusing(folder):
            before, after = (computed_from(told[part], read_all(written / part)) for part in (_BEFORE, _AFTER))
    return before, after


@dataclass(frozen=True, slots=True)
class _With:
    """What the child does: both results into two folders; what the units sent is read once."""

    given: str
    beside: str
    written: str
    lang: Language
    since: str = ""  # as a run has it: nothing is compared

    def __call__(self, _: None) -> bytes:
        given, written = Path(self.given), Path(self.written)
        try:
            done = plain.assess_plain(given)
            told: dict[str, object] = {_BEFORE: tell(done, written / _BEFORE, self.lang, only_tables=True)}
            write_plain(read_all(Path(self.beside)), given)
            after = plain.assess_plain(given, taken=done.taken)
            told[_AFTER] = tell(after, written / _AFTER, self.lang, only_tables=True)
        except CannotWriteError as refused:
            told = not_written(refused)
        return json.dumps(told).encode()


def _in_turn(scores: Scores, rows: Sequence[Change], key: Key) -> Iterator[Change]:
    """The rows with the score before each: at ``key`` worked out, elsewhere as the workbook of now has it."""
    there = {(one.unit, one.indicator, one.objection): one.before for one in scores.review.changes}
    stands = _undecided(scores, key)
    for one in rows:
        if (one.unit, one.indicator) != key:
            yield replace(one, before=there.get((one.unit, one.indicator, one.objection), one.before))
            continue
        yield replace(one, before=stands)
        stands = _rounded(scores, one)


def _undecided(scores: Scores, key: Key) -> float:
    """What the score would be without any decision on it; nan: none."""
    row, node = scores.row_of.get(key[0]), scores.tree.by_code.get(key[1])
    if row is None or node is None:  # the unit has ended, or the tree was amended
        return math.nan
    stands = float(scores.computed[row, scores.node_column[node.code]])
    for change, _, _ in scores.changes_at(row, node):
        if not change.objection:
            stands = _rounded(scores, change)
    return stands


def _rounded(scores: Scores, change: Change) -> float:
    """What a change leaves."""
    rounding = scores.tree.rounding_of(scores.tree.by_code[change.indicator])
    return change.after if rounding is None else rounding.one(change.after)
