"""What commands and pages list alike: papers of what was sent, leaves with their fate, holidays, what was looked at."""

from datetime import UTC, date, datetime, timedelta

import pytest
from round_books import sent
from round_made import NOW, a_submission

from lawgov_score.catalogue import Code
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.amending import look
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.days_listed import days_told, listed, years_lacking
from lawgov_score.rounds.granted import Fate, granted
from lawgov_score.rounds.holidays import set_days
from lawgov_score.rounds.kept import keep
from lawgov_score.rounds.leaves import end_leave, grant_leave
from lawgov_score.rounds.looked import as_looked, basis_of, is_past
from lawgov_score.rounds.models import Round, Seat, Submission
from lawgov_score.rounds.names import DayKind, FileKind, RoundState, SubmissionState
from lawgov_score.rounds.states import move
from lawgov_score.rounds.unit_papers import papers
from lawgov_score.wording import Language
from lawgov_score.workbook.submission.reader import in_this_process

DAY = timedelta(days=1)


def test_papers_have_names_that_differ_and_none_without_a_page(data: Data, round_: Round) -> None:
    first, second = a_submission(data, round_), a_submission(data, round_, n=2)
    Submission.objects.filter(pk=first.pk).update(page=keep(data, b"<p>", "page.html", FileKind.PAGE, NOW))
    first.refresh_from_db()
    assert list(papers(data, [first, second], Language.ZH)) == [
        "XZ-01 东乡 第1次 回执.txt",
        "XZ-01 东乡 第1次 确认单.html",
        "XZ-01 东乡 第2次 回执.txt",
    ]
    assert papers(data, [first], Language.EN)["XZ-01 东乡 1 confirmation.html"] == b"<p>"


def test_each_leave_has_its_fate(data: Data, round_: Round, office: Seat) -> None:
    move(round_, RoundState.OPEN, 1, office, "", NOW)
    one, two, three = round_.units.all()
    grant_leave(round_, one, NOW + DAY, "甲", office, NOW)
    grant_leave(round_, one, NOW + 2 * DAY, "乙", office, NOW)
    end_leave(round_, one, "给错", office, NOW + timedelta(hours=1))
    grant_leave(round_, two, NOW + DAY, "丙", office, NOW)
    grant_leave(round_, three, NOW + 9 * DAY, "丁", office, NOW)
    used = sent(data, round_, "BM-01", b"x")
    Submission.objects.filter(pk=used.pk).update(state=SubmissionState.ACCEPTED.value)
    found = [(it.leave.reason, it.fate) for it in granted(round_, NOW + 3 * DAY)]
    assert found == [("甲", Fate.REPLACED), ("乙", Fate.ENDED), ("丙", Fate.OVER), ("丁", Fate.USED)]
    assert granted(round_, NOW)[-1].told.values == {"n": 1}
    assert granted(round_, NOW)[2].fate is Fate.LASTS


def test_days_on_end_are_one_line(round_: Round, office: Seat) -> None:
    set_days((date(2027, 2, 6), date(2027, 2, 7)), DayKind.OFF, office, NOW, name="春节", why="通知")
    set_days((date(2027, 2, 8),), DayKind.OFF, office, NOW, name="春节", why="另一通知")
    last = listed()[-2:]
    assert [(it.first, it.last, it.source) for it in last] == [
        (date(2027, 2, 6), date(2027, 2, 7), "通知"),
        (date(2027, 2, 8), date(2027, 2, 8), "另一通知"),
    ]
    assert days_told(date(2027, 2, 8), date(2027, 2, 8)).words.zh == "{day}"
    assert years_lacking(round_, NOW) == (2027,)
    assert years_lacking(round_, NOW, [date(2029, 1, 1)]) == (2027, 2029)
    assert years_lacking(round_, datetime(2028, 12, 31, 17, tzinfo=UTC)) == (2027, 2029)  # by the clock of the round
    Round.objects.update(year=2017)
    round_.refresh_from_db()
    assert years_lacking(round_, NOW) == ()  # an old year that is assessed late: no day of it is reckoned


def test_what_was_looked_at_is_made_only_while_it_rests_on_the_same(data: Data, round_: Round, office: Seat) -> None:
    meant, _ = look(data, round_, None, None, in_this_process)
    assert meant is not None
    basis = basis_of(meant)
    assert as_looked(basis, round_, meant) is meant
    assert not is_past(basis, round_)
    move(round_, RoundState.OPEN, 1, office, "", NOW)
    assert is_past(basis, round_)
    again, _ = look(data, round_, None, None, in_this_process)
    for other in (again, None):
        with pytest.raises(RefusedError) as refused:
            as_looked(basis, round_, other)
        assert refused.value.problem.code is Code.R212
