"""Movement: units that rose and fell, places of this edition beside those of the last, if it was given."""

from collections.abc import Sequence
from dataclasses import dataclass

from lawgov_score.content import labels
from lawgov_score.model import Scores
from lawgov_score.wording import Phrase, Words

HEADLINE = Words("位次变化", "Changes of place")
BEFORE = Words("上年位次", "Place last time")
NOW = Words("本年位次", "Place now")
CHANGE = Words("变化", "Change")
CHANGED = Words("位次上升（正）、下降（负）", "Places gained (positive), lost (negative)")
_COUNTED = Words(
    "位次上升 {risen} 个单位，下降 {fallen} 个，不变 {same} 个，上年没有位次 {new} 个。位次为本考核分组内位次。",
    "{risen} units rose, {fallen} fell, {same} kept their place, {new} had none last time. Places are within cohorts.",
)
_NOT_FOUND = Words(
    "上年排名中有没对上的行，其中可能有这些单位，核对名称后再比较。",
    "Rows of last year's ranking are of no unit by their names, and may be theirs: look at the names first.",
)
_CUT = Words(
    "列出上升最多的 {risen} 个、下降最多的 {fallen} 个，其余见“排名”。",
    "Listed are the {risen} that rose most and the {fallen} that fell most; the ranking has the others.",
)
_EACH = 7  # most risers, and most fallers, that are listed


@dataclass(frozen=True, slots=True)
class Move:
    """A unit's place last edition and now. ``change``: places gained; negative: lost."""

    member: int
    before: int
    now: int

    @property
    def change(self) -> int:
        """Places gained."""
        return self.before - self.now


def is_known(scores: Scores) -> bool:
    """Is there a last edition to compare places with?"""
    return labels.has_total(scores.tree) and any(True for _ in moves(scores))


def moves(scores: Scores) -> list[Move]:
    """Every unit with a place in both editions, the largest rise first; in ranking order if equal."""
    if scores.previous is None:
        return []
    ranks = scores.previous.ranks
    all_moves = [
        Move(row, ranks.get(scores.units[row].code, 0), int(scores.rank[row])) for row in map(int, scores.order)
    ]
    return sorted((one for one in all_moves if one.before and one.now), key=lambda one: -one.change)


def listed(scores: Scores) -> list[Move]:
    """The largest rises, then the largest falls (the largest last); no unit that kept its place."""
    risen, fallen = _parted(moves(scores))
    return [*risen[:_EACH], *fallen[-_EACH:]]


def notes(scores: Scores) -> Sequence[Phrase]:
    """How many units rose and fell, and how many of these are not listed."""
    known = moves(scores)
    risen, fallen = _parted(known)
    new = int((scores.rank > 0).sum()) - len(known)
    same = len(known) - len(risen) - len(fallen)
    counted = _COUNTED(risen=len(risen), fallen=len(fallen), same=same, new=new)
    doubt = [_NOT_FOUND()] if new and scores.previous is not None and scores.previous.is_doubtful else []
    if max(len(risen), len(fallen)) <= _EACH:
        return (counted, *doubt)
    return (counted, *doubt, _CUT(risen=min(len(risen), _EACH), fallen=min(len(fallen), _EACH)))


def _parted(known: Sequence[Move]) -> tuple[list[Move], list[Move]]:
    return [one for one in known if one.change > 0], [one for one in known if one.change < 0]
