"""Files that were refused and of which nothing more will come: the office says so, and they are listed no longer."""

from datetime import datetime

from django.db import transaction

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, RefusedError
from lawgov_score.rounds.allowed import hold_for
from lawgov_score.rounds.events import record
from lawgov_score.rounds.models import Event, Round, Seat
from lawgov_score.rounds.names import Deed
from lawgov_score.rounds.status import SETTLED, Refused, refused_of
from lawgov_score.rounds.things import place_of
from lawgov_score.wording import Words

_DIGITS = 8  # of a sha256 that name a file
_LISTED = {"state": Words("未收", "not received"), "to": Words("不再列出", "no longer listed")}


def refused_called(round_: Round, text: str) -> tuple[Refused, ...]:
    """The refused files that are listed under this name, or whose sha256 begins so (eight digits at least)."""
    listed = refused_of(round_)
    named = tuple(one for one in listed if one.name == text)
    return named or tuple(one for one in listed if len(text) >= _DIGITS and one.sha256.startswith(text.lower()))


def settle_refused(round_: Round, name: str, sha256: str, why: str, seat: Seat, now: datetime) -> Event | None:
    """Lists a refused file no longer, until it comes again under this name; None: it is listed no longer already.

    Raises ``RefusedError``: R213, R214 without a reason, R220.
    """
    with transaction.atomic():
        hold_for(Deed.RECEIVE, round_, seat)
        found = next(
            (one for one in refused_of(round_) if one.sha256 == sha256 and one.name.strip() == name.strip()), None
        )
        if found is None:
            return None
        if not why.strip():
            raise RefusedError(Problem(Code.R214, place_of(round_), _LISTED))
        unit = {} if found.unit is None else {"unit": found.unit.code}
        after = {"name": found.name, "sha256": sha256, **unit}
        return record(SETTLED, round_, seat, now, after=after, reason=why.strip())
