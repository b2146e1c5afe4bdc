"""Long lists of units: those that a reader asked for, by words and by state, in parts that a page can hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from lawgov_score.rounds.names import SubmissionState, name_of
from lawgov_score.rounds.plain import whole_number
from lawgov_score.rounds.status import UnitStatus
from lawgov_score.wording import Words

AT_ONCE = 200  # units of one part: what is found there by eye and by rolling
WHOLE = "all"  # in place of the number of a part: to print


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. ``words``: in code, name or cohort; ``state``: '' any; ``part``: '' the first."""

    words: str
    state: str
    part: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        """Of a request by GET."""
        given = request.GET
        return cls(given.get("q", "").strip()[:200], given.get("state", ""), given.get("part", ""))

    def those(self, units: Iterable[UnitStatus]) -> tuple[UnitStatus, ...]:
        """The units that are meant."""
        wanted = self.words.casefold()
        return tuple(
            one
            for one in units
            if (not self.state or one.state.value == self.state)
            and any(wanted in text.casefold() for text in (one.unit.code, one.unit.name, one.unit.cohort))
        )

    def part_of(self, units: Iterable[UnitStatus]) -> "Part":
        """The part of those that are meant which is asked for, or the nearest that there is."""
        found = self.those(units)
        last = max(1, -(-len(found) // AT_ONCE))
        ways = tuple((n, self._address(str(n))) for n in range(1, last + 1)) if last > 1 else ()
        if self.part == WHOLE or not ways:
            return Part(found, len(found), 1, 0, ways, self._address(WHOLE))
        at = min(max(whole_number(self.part) or 1, 1), last)
        first = (at - 1) * AT_ONCE
        return Part(found[first : first + AT_ONCE], len(found), first + 1, at, ways, self._address(WHOLE))

    def _address(self, part: str) -> str:
        asked = {"q": self.words, "state": self.state, "part": part}
        return "?" + urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True, slots=True)
class Part:
    """What of a list stands on a page. ``found``: how long the list is; ``first``: the number in it of the first here.

    ``at``: the number of this part, 0 where all is here; ``ways``: number and address of each part, of a list that has
    several; ``whole``: the address of all on one page.
    """

    units: Sequence[UnitStatus]
    found: int
    first: int
    at: int
    ways: tuple[tuple[int, str], ...]
    whole: str

    @property
    def end(self) -> int:
        """The number of the last one here."""
        return self.first + len(self.units) - 1


def sign_of(state: SubmissionState) -> str:
    """How the state of a submission is shown: ``sign good|bad|wait``."""
    return {
        SubmissionState.ACCEPTED: "good",
        SubmissionState.RETURNED: "bad",
        SubmissionState.WITHDRAWN: "bad",
        SubmissionState.RECEIVED: "wait",
    }.get(state, "")


def states() -> tuple[tuple[str, Words], ...]:
    """The states that can be asked for."""
    return tuple((one.value, name_of(one)) for one in SubmissionState)
