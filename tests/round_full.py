"""A round with something in every table, each row with its event; and two publications."""

from datetime import date
from typing import Any

from django.db import transaction
from round_books import answered, sent
from round_made import NOW, a_seat, an_objection
from round_published import final_run, released

from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import KEY, Data
from lawgov_score.rounds.entering import enter
from lawgov_score.rounds.events import head, record
from lawgov_score.rounds.given_books import read_given
from lawgov_score.rounds.kept import keep
from lawgov_score.rounds.leaves import grant_leave
from lawgov_score.rounds.models import (
    Assignment,
    Change,
    Decision,
    Department,
    Entry,
    Evidence,
    Mark,
    Round,
    Ruling,
    Submission,
    Use,
)
from lawgov_score.rounds.names import FileKind, Role, RoundState, SubmissionState
from lawgov_score.rounds.receipt_facts import facts_of
from lawgov_score.rounds.receipts import sign_receipt
from lawgov_score.rounds.states import move

HARM = ["../../etc/passwd", "=HYPERLINK(1).xlsx", "a\\b:c?.xlsx", "\u202excod.xlsx", "con.xlsx", "\n.xlsx", "长" * 200]


def fill_all(data: Data) -> None:
    """Something in every table, and two publications."""
    round_, office = the_round(), seat_of(Role.OFFICE)
    move(round_, RoundState.OPEN, 1, office, "", NOW)
    for name in HARM:
        came(data, round_, "XZ-01", len(name) % 10, name)
    last = came(data, round_, "XZ-02", 9)
    move(last, SubmissionState.RETURNED, 1, office, "缺页", NOW)
    change = data.folder.parent / "复核改分.csv"
    change.write_text(
        "单位,指标,原得分,改后得分,改分理由,复核人,复核日期\nXZ-02,01-1,1.8,2,补交,王五,2026-03-02\n", encoding="utf-8"
    )
    entered, problems = enter(data, round_, read_given([change])[0], office, NOW)
    assert len(entered) == 1, problems
    with transaction.atomic():
        _by_hand(data, round_, last)
    grant_leave(round_, last.unit, NOW, "断网", office, NOW)
    for state in list(RoundState)[2:-2]:
        move(round_, state, round_.version, office, "", NOW)
    final_run(data, round_, office)
    released(data, round_)
    came(data, round_, "BM-01", 4)
    final_run(data, round_, office)
    released(data, round_, "教育局补报")


def _by_hand(data: Data, round_: Round, last: Submission) -> None:
    """Rows that no command makes yet, and those of an objection, with their events."""
    office = seat_of(Role.OFFICE)
    head_ = a_seat(round_, Role.HEAD, last.unit)
    paper = keep(data, b"%PDF", "依据.pdf", FileKind.EVIDENCE, NOW, head_)
    evidence = Evidence.objects.create(
        unit=last.unit, file=paper, title="\u2028依据\x85", document_date=date(2026, 1, 5), at=NOW, seat=head_
    )
    use = Use.objects.create(evidence=evidence, submission=last, indicator="01-1")
    assignment = Assignment.objects.create(round=round_, stage="first", indicators=["01-1"], seat=office, made_at=NOW)
    about: dict[str, Any] = {"round": round_, "unit": last.unit, "indicator": "01-1", "at": NOW, "seat": office}
    objection = an_objection(round_, "XZ-02")
    decision = Decision.objects.create(
        objection=objection, outcome="upheld", reason="属实", effect={"place": [1, 2.5]}, at=NOW, seat=office
    )
    rows = [
        *(head_, head_.person, evidence, use, assignment, decision),
        Department.objects.create(code="sfj", name="司法局"),
        Mark.objects.create(**about, value=2, assignment=assignment),
        Ruling.objects.create(**about, granted=True),
        Change.objects.create(**about, new=-0.0, objection=objection),
        Entry.objects.create(**about, field="got", value=3, text="3"),
    ]
    record("object", objection, None, NOW, rows=rows)
    record("decide", objection, office, NOW, after={"outcome": "upheld"})


def came(data: Data, round_: Round, unit: str, done: int, name: str = "") -> Submission:
    """A workbook with its receipt and its event, as `round receive` keeps it."""
    with transaction.atomic():
        one = sent(data, round_, unit, answered(unit, done, 10), name)
        receipt = sign_receipt(data.folder / KEY, facts_of(one, one.file.sha256, head()))
        Submission.objects.filter(pk=one.pk).update(receipt=receipt)
        record("receive", one, seat_of(Role.OFFICE), NOW, after={"sha256": one.file.sha256})
    one.refresh_from_db()
    return one
