"""Where a round stands: who has sent what, and what is open. Data for the screen, for scripts and for pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lawgov_score.rounds.clock import local
from lawgov_score.rounds.models import Objection, Round, Submission, Unit
from lawgov_score.rounds.names import ObjectionState, RoundState, SubmissionState

_CLOSED = (ObjectionState.NOTIFIED.value,)


@dataclass(frozen=True, slots=True)
class UnitStatus:
    """A unit and its version in force; without one: nothing has come, or it was withdrawn."""

    unit: Unit
    state: SubmissionState
    versions: int
    in_force: Submission | None


@dataclass(frozen=True, slots=True)
class Status:
    """A round as it stands."""

    round: Round
    state: RoundState
    units: tuple[UnitStatus, ...]
    open: dict[str, int]  # how much is still to be done, by kind


def versions_in_force(round_: Round) -> dict[int, Submission]:
    """The version in force of each unit, by the number of its row: the last one that was not withdrawn."""
    alive = round_.submissions.exclude(state=SubmissionState.WITHDRAWN.value).select_related("unit", "file")
    return {one.unit_id: one for one in alive.order_by("n")}


def status_of(round_: Round) -> Status:
    """Units in the order of the roster, ended ones left out."""
    tries: dict[int, list[Submission]] = {}
    for one in round_.submissions.order_by("n"):
        tries.setdefault(one.unit_id, []).append(one)
    in_force = versions_in_force(round_)
    units = tuple(
        _of_unit(unit, tries.get(unit.pk, []), in_force.get(unit.pk)) for unit in round_.units.filter(ended_at=None)
    )
    open_ = {
        "units_without_submission": sum(unit.in_force is None for unit in units),
        "submissions_to_accept": sum(unit.state is SubmissionState.RECEIVED for unit in units),
        "submissions_returned": sum(unit.state is SubmissionState.RETURNED for unit in units),
        "objections": Objection.objects.filter(round=round_).exclude(state__in=_CLOSED).count(),
    }
    return Status(round_, RoundState(round_.state), units, open_)


def _of_unit(unit: Unit, tries: list[Submission], in_force: Submission | None) -> UnitStatus:
    last = in_force or (tries[-1] if tries else None)
    state = SubmissionState.NONE if last is None else SubmissionState(last.state)
    return UnitStatus(unit, state, len(tries), in_force)


def status_json(status: Status, key: str, unpublished: int) -> dict[str, Any]:
    """The same as ``round status --format json`` gives it; moments in the round's zone.

    ``key``: the short form of the public key; ``unpublished``: how much came since the newest publication.
    """
    round_ = status.round
    return {
        "code": round_.code,
        "year": round_.year,
        "state": status.state.value,
        "deadlines": {
            "submissions": _moment(round_.submit_by),
            "objections": _moment(round_.objections_until),
        },
        "units": [
            {
                "unit": one.unit.code,
                "name": one.unit.name,
                "cohort": one.unit.cohort,
                "state": one.state.value,
                "versions": one.versions,
                "received_at": _moment(one.in_force.received_at) if one.in_force else None,
                "late": one.in_force.late if one.in_force else None,
                "blanks": one.in_force.blanks if one.in_force else None,
                "errors": one.in_force.errors if one.in_force else None,
                "warnings": one.in_force.warnings if one.in_force else None,
            }
            for one in status.units
        ],
        "open": {**status.open, "unpublished": unpublished},
        "public_key": key,
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else local(moment).isoformat(timespec="seconds")
