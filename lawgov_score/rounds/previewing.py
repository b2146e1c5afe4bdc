"""What a publication would say before it is made: what changed since the last one, unit by unit, and who must be told.

A preview is kept as JSON by whoever had it prepared, and is good as long as the round and its newest final run are as
they were then.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from lawgov_score.content.changes import cause_named
from lawgov_score.model import Tree
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.effect import rows_in
from lawgov_score.rounds.models import Round
from lawgov_score.rounds.publishing import Prepared, cards_alone_of, may_be_published, undecided_in, units_to_tell
from lawgov_score.rounds.scheme import scheme_of
from lawgov_score.two_languages import Kept, kept_text
from lawgov_score.wording import Text

_MOST_UNITS, _MOST_PARTS = 200, 12  # that a preview has one by one; ``changes.csv`` has them all


@dataclass(frozen=True, slots=True)
class Part:
    """One score that is another one: of an item, or the total. '' where there is none."""

    code: str
    title: str
    old: str
    new: str
    cause: str  # a code
    cause_name: str  # in the language of the run; of a decision on an objection, that one

    @property
    def why(self) -> Text:
        """The cause in words."""
        return cause_named(self.cause, self.cause_name)


@dataclass(frozen=True, slots=True)
class ChangedUnit:
    """A unit that is not as it was: its total, place and grade then and now. ``more``: scores that are not listed."""

    code: str
    name: str
    total: Part | None
    rank: tuple[str, str]
    grade: tuple[str, str]
    parts: tuple[Part, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Preview:
    """``n``: the number it would be published under. ``version``: of the round as it was seen. ``is_compared``: is
    there an earlier publication that it could be compared with? Of very many changed units the first are listed.
    """

    n: int
    run: int
    version: int
    is_compared: bool
    not_compared: Kept
    changed: tuple[ChangedUnit, ...]
    changed_in_all: int
    to_tell: tuple[tuple[str, str], ...]  # code and name
    tells_all: bool
    undecided: tuple[int, ...]
    cards_alone: tuple[tuple[str, str], ...] = ()  # the result is as it was, and the card says something else

    def as_json(self) -> dict[str, Any]:
        """To be kept."""
        return asdict(self)


def preview_of(data: Data, round_: Round, prepared: Prepared) -> Preview:
    """What stands in what was prepared."""
    table = prepared.computed.changes
    changed = () if table is None else tuple(_changed(rows_in(table), scheme_of(data, round_).tree))
    to_tell = units_to_tell(round_, prepared)
    return Preview(
        n=prepared.n,
        run=prepared.run.n,
        version=prepared.version,
        is_compared=table is not None,
        not_compared=kept_text(prepared.computed.not_compared),
        changed=changed[:_MOST_UNITS],
        changed_in_all=len(changed),
        to_tell=tuple((unit.code, unit.name) for unit in to_tell),
        tells_all=table is None,
        undecided=undecided_in(round_),
        cards_alone=tuple((unit.code, unit.name) for unit in cards_alone_of(round_, prepared)),
    )


def preview_from(kept: Mapping[str, Any]) -> Preview:
    """The preview that ``as_json`` gave."""
    changed = tuple(
        ChangedUnit(
            **{
                **one,
                "total": None if one["total"] is None else Part(**one["total"]),
                "rank": tuple(one["rank"]),
                "grade": tuple(one["grade"]),
                "parts": tuple(Part(**part) for part in one["parts"]),
            }
        )
        for one in kept["changed"]
    )
    units = {key: tuple((code, name) for code, name in kept[key]) for key in ("to_tell", "cards_alone")}
    return Preview(**{**kept, "changed": changed, **units, "undecided": tuple(kept["undecided"])})


def is_still(data: Data, round_: Round, preview: Preview) -> bool:
    """Would the same be published now?"""
    try:
        run = may_be_published(data, round_)
    except RefusedError:
        return False
    return (run.n, round_.version) == (preview.run, preview.version)


def _changed(rows: Iterable[Mapping[str, str]], tree: Tree) -> Iterator[ChangedUnit]:
    """``rows``: of changes.csv; that of the total has the tree's code, place and grade. Groups follow their items."""
    items = {one.code for one in tree.indicators}
    for code, mine in groupby(rows, lambda row: row["unit"]):
        lines = list(mine)
        total = next((line for line in lines if line["code"] == tree.code), None)
        stood = total or {}
        parts = [_part(line) for line in lines if line["code"] in items]
        yield ChangedUnit(
            code,
            lines[0]["unit_name"],
            None if total is None else _part(total),
            (stood.get("rank_old", ""), stood.get("rank_new", "")),
            (stood.get("grade_old", ""), stood.get("grade_new", "")),
            tuple(parts[:_MOST_PARTS]),
            max(0, len(parts) - _MOST_PARTS),
        )


def _part(row: Mapping[str, str]) -> Part:
    return Part(row["code"], row["title"], row["old"], row["new"], row["cause"], row["cause_name"])
