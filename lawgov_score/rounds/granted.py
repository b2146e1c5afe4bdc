"""The leaves of a round as they are listed: each with what has become of it, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lawgov_score.rounds.leaves import answer_to
from lawgov_score.rounds.models import Leave, Round, Submission
from lawgov_score.wording import Phrase, Words


class Fate(StrEnum):
    """What has become of a leave."""

    LASTS = "lasts"
    OVER = "over"
    REPLACED = "replaced"
    ENDED = "ended"
    USED = "used"


_WORDS: Mapping[Fate, Words] = {
    Fate.LASTS: Words("有效", "good"),
    Fate.OVER: Words("已过", "over"),
    Fate.REPLACED: Words("已由后一次代替", "a later one counts"),
    Fate.ENDED: Words("已收回", "ended"),
    Fate.USED: Words("第 {n} 次报送已用", "used by submission {n}"),
}


@dataclass(frozen=True, slots=True)
class Granted:
    """A leave, what has become of it, and the submission that used it."""

    leave: Leave
    fate: Fate
    answer: Submission | None = None

    @property
    def told(self) -> Phrase:
        """What has become of it."""
        return _WORDS[self.fate](n=0 if self.answer is None else self.answer.n)


def granted(round_: Round, now: datetime) -> tuple[Granted, ...]:
    """All that were granted, in their order; one that only ended another is told with that."""
    of_unit: dict[int, list[Leave]] = {}
    rows = list(round_.leaves.select_related("unit").order_by("pk"))
    for one in rows:
        of_unit.setdefault(one.unit_id, []).append(one)
    tries: dict[int, list[Submission]] = {}
    for sent in round_.submissions.filter(unit__in=of_unit).defer("problems", "receipt").order_by("n"):
        tries.setdefault(sent.unit_id, []).append(sent)
    found = {one.leave.pk: one for pk, mine in of_unit.items() for one in _of_unit(mine, tries.get(pk, []), now)}
    return tuple(found[one.pk] for one in rows if one.pk in found)


def _of_unit(mine: list[Leave], tries: list[Submission], now: datetime) -> Iterator[Granted]:
    for one, later in zip(mine, (*mine[1:], None), strict=True):
        if one.until <= one.at:  # it ended the one before
            continue
        answer = answer_to(one, tries)
        if answer is not None:
            yield Granted(one, Fate.USED, answer)
        elif later is not None:
            yield Granted(one, Fate.ENDED if later.until <= later.at else Fate.REPLACED)
        else:
            yield Granted(one, Fate.OVER if one.until < now else Fate.LASTS)
