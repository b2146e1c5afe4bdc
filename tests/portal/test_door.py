"""Who comes in: by the key, by this machine's name, with a form of this desk; and what every answer carries.

Reaches ``portal/desk.py``, ``portal/answers.py`` and ``portal/views/language.py``.
"""

import re
import shutil

import pytest
from desk_visitor import KEY, Visitor, form_of, text_of
from django.conf import settings
from django.db import DatabaseError
from django.test import Client, override_settings
from round_made import NOW

from lawgov_score.portal import urls
from lawgov_score.portal.door import POLICY
from lawgov_score.portal.views import overview
from lawgov_score.rounds import jobs
from lawgov_score.rounds.creation import seat_of
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.models import Event
from lawgov_score.rounds.names import Role

HOST = "127.0.0.1:8233"
ADDRESSES = [str(one.pattern).replace("<number:n>", "1") for one in urls.urlpatterns]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_comes_in_without_the_key(data: Data, address: str) -> None:
    for cookie in ("", "k" * 31, KEY[:-1] + "x"):
        client = Client(HTTP_HOST=HOST)
        client.cookies[settings.DESK_COOKIE] = cookie
        for answer in (client.get(f"/{address}"), client.post(f"/{address}")):
            assert answer.status_code == 403, address
            assert "R300" in answer.content.decode()
            assert "县考核" not in answer.content.decode()


def test_the_address_with_the_key_lets_in_and_forgets_it(data: Data) -> None:
    client = Client(HTTP_HOST=HOST)
    answer = client.get(f"/records/?key={KEY}&page=2")
    assert answer.status_code == 302
    assert answer["Location"] == "/records/?page=2"
    cookie = answer.cookies[settings.DESK_COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    assert client.get("/").status_code == 200


def test_what_our_own_browser_is_begun_with_opens_once(data: Data) -> None:
    with override_settings(DESK_ONCE="o" * 32):
        first, second = (Client(HTTP_HOST=HOST).get(f"/?key={'o' * 32}") for _ in range(2))
        assert first.status_code == 302
        assert first.cookies[settings.DESK_COOKIE].value == KEY
        assert second.status_code == 403


def test_any_page_sees_to_it_that_work_goes_on(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[object] = []
    monkeypatch.setattr("lawgov_score.portal.answers.wake", woken.append)
    visitor.open("/")
    assert woken == []
    jobs.begin(visitor.data, "0" * 32, "receive", {}, (), seat_of(Role.OFFICE), NOW)
    visitor.open("/records/")
    assert woken == [visitor.data.folder]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "0.0.0.0:8233", ""])
def test_another_name_of_this_machine_is_no_desk(data: Data, host: str) -> None:
    client = Client(HTTP_HOST=host)
    client.cookies[settings.DESK_COOKIE] = KEY
    answer = client.get("/")
    assert answer.status_code == 400
    assert answer["Content-Security-Policy"] == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert "R301" in answer.content.decode()


BIG = "9" * 5_000


@pytest.mark.parametrize("number", ["9" * 10, "9" * 20, BIG], ids=["ten", "twenty", "thousands"])
def test_a_number_that_nothing_has_leads_nowhere(visitor: Visitor, number: str) -> None:
    for one in urls.urlpatterns:
        address, n = re.subn("<number:[a-z]+>", number, str(one.pattern))
        if n:
            assert visitor.client.get(f"/{re.sub('<[^>]+>', 'x', address)}").status_code in {404, 405}
    for address in ("/trial/?run=", "/records/?before=", "/?said=1-", "/returns/?job=", "/review/register/?at="):
        assert visitor.client.get(address + number).status_code == 200, address


def test_a_form_of_another_site_does_nothing(visitor: Visitor) -> None:
    before = Event.objects.count()
    form = dict(form_of(visitor.open("/move/open/"), "/move/open/do/").fields)
    for left_out in ("csrfmiddlewaretoken", "once"):
        values = {name: value for name, value in form.items() if name != left_out}
        answer = visitor.client.post("/move/open/do/", {**values, "why": "x"})
        assert answer.status_code in {403, 409}
    foreign = visitor.client.post("/move/open/do/", {**form, "why": "x"}, HTTP_ORIGIN="http://evil.example")
    assert foreign.status_code == 403
    assert "R301" in foreign.content.decode()
    assert Event.objects.count() == before


def test_every_answer_carries_the_policy(visitor: Visitor) -> None:
    for address in ("/", "/static/pages.css", "/nowhere/"):
        answer = visitor.client.get(address)
        assert answer["Content-Security-Policy"] == POLICY
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Referrer-Policy"] == "same-origin"
    assert visitor.client.get("/")["Cache-Control"] == "no-store"


def test_an_address_that_is_not_there(visitor: Visitor) -> None:
    assert "R309" in text_of(visitor.open("/submision/", 404))
    assert visitor.client.get("/move/open/do/").status_code == 405


def test_a_folder_that_is_gone_is_a_plain_page_and_comes_back(visitor: Visitor, data: Data) -> None:
    away = data.folder.with_name("away")
    data.folder.rename(away)
    page = visitor.open("/", 503)
    assert "R302" in text_of(page)
    assert not data.folder.exists()
    away.rename(data.folder)
    visitor.open("/")
    shutil.copyfile(data.folder / "round.sqlite3", away)
    (data.folder / "round.sqlite3").write_bytes(b"no database at all, but long enough to be read as one")
    page = visitor.open("/", 503)
    assert "R206" in text_of(page)


def test_a_database_that_fails_is_a_plain_page(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise DatabaseError("disk I/O error")

    monkeypatch.setattr(overview, "states_of", fail)
    page = visitor.open("/", 503)
    assert "R308" in text_of(page)
    assert "disk I/O error" in text_of(page)


def test_the_language_is_remembered_and_leads_back_to_this_desk_alone(visitor: Visitor) -> None:
    page = visitor.press(visitor.open("/"), "/language/", lang="en")
    assert "Overview" in text_of(page)
    form = dict(form_of(page, "/language/").fields)
    for back in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        answer = visitor.client.post("/language/", {**form, "lang": "zh", "back": back})
        assert answer["Location"] == "/"
    assert "总览" in text_of(visitor.open("/"))


def test_a_bug_of_ours_is_a_plain_page(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("made to fail")

    monkeypatch.setattr(overview, "states_of", fail)
    visitor.client.raise_request_exception = False
    page = visitor.open("/", 500)
    assert "X900" in text_of(page)
    assert "made to fail" in text_of(page)
