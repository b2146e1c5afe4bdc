"""What a thing of a round is called in events and notices: the same on every machine, so never by a row's number."""

from django.db.models import Model

from lawgov_score.rounds.models import (
    Evidence,
    File,
    Holiday,
    Objection,
    OfficeBook,
    Publication,
    Round,
    Run,
    Seat,
    Submission,
    Unit,
)


def called(thing: Model) -> str:
    """Its kind and what tells it from others: ``submission 330100/2``."""
    match thing:
        case Round():
            return f"round {thing.code}"
        case Unit():
            return f"unit {thing.code}"
        case Submission():
            return f"submission {thing.unit.code}/{thing.n}"
        case Objection() | Run() | Publication():
            return f"{type(thing).__name__.lower()} {thing.n}"
        case OfficeBook():
            return f"office book {thing.name}/{thing.n}"
        case File():
            return f"file {thing.sha256}"
        case Holiday():
            return f"holiday {thing.day.isoformat()}"
        case Seat():
            return f"seat {thing.pk}"
        case Evidence():
            return f"evidence {thing.unit.code}/{thing.pk}"
        case _:
            return f"{type(thing).__name__.lower()} {thing.pk}"


def receipt_number(submission: Submission) -> str:
    """The number of its receipt, by which unit and office speak of it: round, unit, which try."""
    return f"{submission.round.code}/{submission.unit.code}/{submission.n}"
