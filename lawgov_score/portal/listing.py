"""Long lists of units: those that a reader asked for, by words and by state."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest

from lawgov_score.rounds.names import SubmissionState, name_of
from lawgov_score.rounds.status import UnitStatus
from lawgov_score.wording import Words


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. ``words``: in code, name or cohort; ``state``: '' any."""

    words: str
    state: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Asked":
        """Of a request by GET."""
        return cls(request.GET.get("q", "").strip()[:200], request.GET.get("state", ""))

    def those(self, units: Iterable[UnitStatus]) -> tuple[UnitStatus, ...]:
        """The units that are meant."""
        wanted = self.words.casefold()
        return tuple(
            one
            for one in units
            if (not self.state or one.state.value == self.state)
            and any(wanted in text.casefold() for text in (one.unit.code, one.unit.name, one.unit.cohort))
        )


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
