"""What a form posts, and the two ways of doing what it asks.

Reaches ``portal/tags.py``, ``portal/said.py``, ``portal/places.py`` and ``rounds/posted.py``.
"""

from datetime import UTC, date, datetime

import pytest
from desk_visitor import Visitor, form_of
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from round_made import NOW

from lawgov_score.portal.desk import desk_of
from lawgov_score.portal.forms import Posted, with_said
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.desk_models import Job
from lawgov_score.rounds.models import Round, Seat
from lawgov_score.rounds.names import RoundState
from lawgov_score.rounds.states import move
from lawgov_score.workbook.package.guard import MOST_BYTES


def posted(**values: object) -> Posted:
    return Posted(RequestFactory().post("/", values, HTTP_HOST="127.0.0.1"))


def test_texts_come_without_blanks_around_and_with_plain_line_ends() -> None:
    form = posted(why=" 一\r\n二 ", several=["a", "b"], on="1")
    assert form.text("why") == "一\n二"
    assert form.text("nothing") == ""
    assert form.texts("several") == ("a", "b")
    assert (form.is_on("on"), form.is_on("off")) == (True, False)


@pytest.mark.parametrize(("written", "found"), [("3", 3), ("", 0), ("-1", 0), ("x", 0), ("٣", 0), ("9" * 12, 0)])
def test_a_version_is_a_plain_number(written: str, found: int) -> None:
    assert posted(version=written).version() == found


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("1.5", 1.5),
        ("1.5 分", 1.5),
        ("1,000", 1000.0),
        ("-0.5", -0.5),
        ("", None),
        ("１，０００．５", 1000.5),
        ("12,345,678.5分", 12345678.5),
        (".5", 0.5),
        ("95.", 95.0),
        ("+3", 3.0),
    ],
)
def test_numbers(written: str, found: float | None) -> None:
    assert posted(score=written).number("score") == found


@pytest.mark.parametrize(
    "written", ["约三", "nan", "inf", "1e99", "1.2.3", "9，5", "1,5", "1_0", "1,0000", "1,000,5", ",5", "5²", "."]
)
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(RefusedError) as refused:
        posted(score=written).number("score")
    assert [one.code.value for one in refused.value.problems] == ["R306"]


def test_moments_are_of_the_rounds_zone(data: Data) -> None:
    request = RequestFactory().get("/", HTTP_HOST="127.0.0.1")
    desk = desk_of(request)
    assert posted(until="2026-03-20T09:30").moment("until", desk) == datetime(2026, 3, 20, 1, 30, tzinfo=UTC)
    assert posted(until="2026-03-20").moment("until", desk) == datetime(2026, 3, 20, 9, 30, tzinfo=UTC)
    assert posted(until="").moment("until", desk) is None
    assert posted(day="2026-03-20").day("day") == date(2026, 3, 20)
    for name in ("until", "day"):
        for written in ("下周五", "0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"):
            form = posted(**{name: written})
            with pytest.raises(RefusedError) as refused:
                form.moment(name, desk) if name == "until" else form.day(name)
            assert refused.value.problem.code.value == "R306"
    with pytest.raises(RefusedError):
        posted(until="2026-03-20T09:30+00:00").moment("until", desk)


def test_an_address_tells_of_what_was_done() -> None:
    assert with_said("/units/", 5, 7) == "/units/?said=5-7"
    assert with_said("/units/?unit=a#b", 5, 5) == "/units/?unit=a&said=5-5#b"
    assert with_said("/units/", 5, 4) == "/units/"


@pytest.mark.parametrize("said", ["", "x", "1", "1-", "-", "1-x", "99999999999999-99999999999999999", "9-1"])
def test_an_address_that_tells_of_nothing_is_an_ordinary_page(visitor: Visitor, said: str) -> None:
    assert "已办理" not in visitor.open(f"/?said={said}").content.decode()


def test_long_work_is_begun_once_and_a_file_too_large_not_at_all(
    visitor: Visitor, round_: Round, office: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    move(round_, RoundState.OPEN, 1, office, "开始", NOW)
    page = visitor.open("/submissions/")
    values = dict(form_of(page, "/submissions/receive/").fields)
    for _ in range(2):
        visitor.client.post(
            "/submissions/receive/", {**values, "files": [SimpleUploadedFile("a.xlsx", b"no workbook")]}
        )
    assert Job.objects.count() == 1
    page = visitor.open("/submissions/")
    values = dict(form_of(page, "/submissions/receive/").fields)
    monkeypatch.setattr("lawgov_score.portal.forms.MOST_BYTES", 4)
    refused = visitor.client.post(
        "/submissions/receive/", {**values, "files": [SimpleUploadedFile("a.xlsx", b"12345")]}
    )
    assert refused.status_code == 409
    assert Job.objects.count() == 1
    assert MOST_BYTES > 4
