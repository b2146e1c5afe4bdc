"""The notice that runs print (notice.yaml): what the office gave, with the dates that the round itself keeps.

Whom to ask and how to object is the office's to say. On which day results were told, and until when a unit may object,
the round knows: ``object`` goes by its dates, so cards print these, whatever the office's notice says.
"""

from dataclasses import replace
from datetime import datetime

from lawgov_score import pipeline
from lawgov_score.files import refusing, temporary_folder
from lawgov_score.model.notice import NO_NOTICE, Notice
from lawgov_score.pipeline.plain_folder import NOTICE, write_plain
from lawgov_score.rounds.clock import local
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.kept import keep, read
from lawgov_score.rounds.models import File, Round, Seat
from lawgov_score.rounds.names import FileKind


def own_notice(data: Data, round_: Round) -> Notice:
    """The notice as the office gave it. Raises ``RefusedError`` (R205)."""
    return notice_in(b"" if round_.notice is None else read(data, round_.notice))


def notice_in(content: bytes) -> Notice:
    """What a notice.yaml says; what is wrong or missing stays empty."""
    if not content:
        return NO_NOTICE
    with temporary_folder("lawgov-notice-") as folder:
        with refusing(folder):
            write_plain({NOTICE: content}, folder)
        return pipeline.load_notice(folder / NOTICE)[0]


def keep_told(
    data: Data,
    own: File | None,
    notified_at: datetime | None,
    objections_until: datetime | None,
    now: datetime,
    seat: Seat,
) -> File | None:
    """The notice that runs read, kept; None where nothing is known. ``own``: the office's, kept too.

    Raises ``RefusedError`` (R205), ``CannotWriteError``.
    """
    given = notice_in(b"" if own is None else read(data, own))
    told = replace(
        given,
        notified=given.notified if notified_at is None else local(notified_at).date(),
        deadline=given.deadline if objections_until is None else local(objections_until).date(),
    )
    if told == given:
        return own
    return keep(data, pipeline.notice_text(told).encode(), NOTICE, FileKind.NOTICE, now, seat)
