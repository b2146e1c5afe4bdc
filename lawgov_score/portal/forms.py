"""What a form posts: its texts, moments and numbers; and the two ways of doing what it asks, each exactly once."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from lawgov_score.catalogue import Code
from lawgov_score.portal.desk import Desk
from lawgov_score.portal.workers import wake
from lawgov_score.problems import Problem, RefusedError, TextPlace
from lawgov_score.rounds import jobs
from lawgov_score.rounds.clock import ZONE
from lawgov_score.rounds.events import head
from lawgov_score.rounds.plain import whole_number
from lawgov_score.rounds.posted import once
from lawgov_score.wording import Words
from lawgov_score.workbook.package.guard import MOST_BYTES, too_large

ONCE = "once"  # the field of a form that makes it one press, however often it is posted
_LONGEST = 20_000  # characters of a text
_NUMBER = re.compile(r"[+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)")  # commas part thousands
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}  # what a Chinese keyboard types full-width
_YEARS = range(1900, 2201)
_A_DAY = Words("日期，如 2026-03-20", "a day, such as 2026-03-20")
_A_NUMBER = Words("数，如 1.5", "a number, such as 1.5")
Again = Callable[[Sequence[Problem]], HttpResponse]


@dataclass(frozen=True, slots=True)
class Posted:
    """What was posted. What it does not hold is '' or empty: what is needed, the deed itself asks for."""

    request: HttpRequest

    def text(self, name: str) -> str:
        """A text, without blanks around it and with plain line ends."""
        given = str(self.request.POST.get(name, "")).replace("\r\n", "\n").strip()
        return given[:_LONGEST]

    def texts(self, name: str) -> tuple[str, ...]:
        """All that were chosen under one name."""
        return tuple(self.request.POST.getlist(name))

    def is_on(self, name: str) -> bool:
        """Was a box ticked?"""
        return bool(self.text(name))

    def version(self, name: str = "version") -> int:
        """The version that the page showed; 0, which nothing has, where it says none."""
        return whole_number(self.text(name)) or 0

    def number(self, name: str) -> float | None:
        """A number; None where nothing was written. Raises ``RefusedError`` (R306)."""
        written = self.text(name).translate(_NARROW).removesuffix("分").strip()
        if not written:
            return None
        number = float(written.replace(",", "")) if _NUMBER.fullmatch(written) else float("nan")
        if not abs(number) < 1e15:
            raise misread(name, _A_NUMBER, self.text(name))
        return number

    def day(self, name: str) -> date | None:
        """A day; None where nothing was written. Raises ``RefusedError`` (R306)."""
        return day_of(name, self.text(name))

    def moment(self, name: str, desk: Desk) -> datetime | None:
        """A moment of the round's zone, in UTC; a day alone means its closing hour. Raises ``RefusedError`` (R306)."""
        written = self.text(name)
        if not written:
            return None
        try:
            found = datetime.fromisoformat(written)
        except ValueError:
            raise misread(name, _A_DAY, written) from None
        if found.year not in _YEARS or found.tzinfo is not None:
            raise misread(name, _A_DAY, written)
        if len(written) <= len("2026-03-20"):
            found = datetime.combine(found.date(), desk.round.closes)
        return found.replace(tzinfo=ZONE).astimezone(UTC)

    def files(self, name: str) -> "list[UploadedFile[Any]]":
        """The files that were dropped."""
        return list(self.request.FILES.getlist(name))


def day_of(name: str, written: str) -> date | None:
    """The day that was written into a field; None where nothing was. Raises ``RefusedError`` (R306)."""
    if not written:
        return None
    try:
        found = date.fromisoformat(written[:10])
    except ValueError:
        raise misread(name, _A_DAY, written) from None
    if found.year not in _YEARS:
        raise misread(name, _A_DAY, written)
    return found


def refuse_if_empty(given: object, field: Words, expected: Words, desk: Desk) -> None:
    """Raises ``RefusedError`` (R311) where nothing was given. ``field``: its label."""
    if not given:
        raise RefusedError(Problem(Code.R311, TextPlace(desk.say(field)), {"field": field, "expected": expected}))


def misread(name: str, expected: Words, found: Words | str) -> RefusedError:
    """That a field holds what cannot be read (R306), to be raised. ``name``: of the field."""
    return RefusedError(Problem(Code.R306, TextPlace(name), {"expected": expected, "found": found}))


def do_once(request: HttpRequest, desk: Desk, act: str, do: Callable[[], str], again: Again) -> HttpResponse:
    """Does a quick deed once, and leads to the address that it gives, with what the record says of it.

    Pressed twice, the second leads to the same and does nothing. What is refused is shown by ``again``, on the page
    that the form stands on. Work that takes longer than a moment is a job.
    """

    def done() -> str:
        before = head().seq
        address = do()
        return with_said(address, before + 1, head().seq)

    try:
        address = once(request.POST.get(ONCE, ""), act, desk.now, done)
    except RefusedError as refused:
        return again(refused.problems)
    return see_other(address)


def with_said(address: str, first: int, last: int) -> str:
    """An address whose page tells of these events."""
    if last < first:
        return address
    path, mark, part = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{urlencode({'said': f'{first}-{last}'})}{mark}{part}"


def see_other(address: str) -> HttpResponse:
    """Leads to a page by GET, so that loading it anew posts nothing."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def begin_job(
    request: HttpRequest,
    desk: Desk,
    act: str,
    values: Mapping[str, Any],
    again: Again,
    files: "Iterable[UploadedFile[Any]]" = (),
) -> HttpResponse:
    """Begins work that takes long, once, and leads to its page. ``act``: of ``work.WORK``.

    Files of more than a workbook may have are refused (S107); all are kept as they came until the job has ended.
    """
    given = list(files)
    large = [too_large(str(one.name), one.size or 0) for one in given if (one.size or 0) > MOST_BYTES]
    if large:
        return again(large)
    try:
        sent = ((str(one.name), one.chunks()) for one in given)
        job = jobs.begin(
            desk.data, request.POST.get(ONCE, ""), act, {**values, "lang": desk.lang.value}, sent, desk.office, desk.now
        )
    except RefusedError as refused:
        return again(refused.problems)
    wake(desk.data.folder)
    return see_other(f"/jobs/{job.n}/")
