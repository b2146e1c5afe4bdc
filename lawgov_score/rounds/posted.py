"""Forms that are sent once: a button pressed twice does one thing. Each form carries a token of its own."""

import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from lawgov_score.catalogue import Code
from lawgov_score.problems import Problem, RefusedError, ThingPlace
from lawgov_score.rounds.desk_models import Posted
from lawgov_score.rounds.events import hold
from lawgov_score.wording import Words

KEPT_FOR = timedelta(days=30)  # how long a press is remembered
_MOST_DROPPED = 100  # of those that are older, at one press
_TOKEN = re.compile(r"[0-9a-f]{32}")  # also the name of a folder, on any system
_FORM = ThingPlace("form", Words("表单", "the form"))
_NO_TOKEN = Words("没有标记，或者不是本程序给的", "none, or none that this program gave")
_OF_ANOTHER = Words("别的表单的标记", "that of another form")


def new_token() -> str:
    """What a new form carries: nobody can guess it, and no two are the same."""
    return secrets.token_hex(16)


def refuse_if_no_token(token: str) -> None:
    """Raises ``RefusedError`` (R303) for what ``new_token`` never gave: it may come from anyone."""
    if not _TOKEN.fullmatch(token):
        raise RefusedError(Problem(Code.R303, _FORM, {"found": _NO_TOKEN}))


def refuse_if_of_another(act: str, found: str) -> None:
    """Raises ``RefusedError`` (R303) where the token came with a form for another act."""
    if act != found:
        raise RefusedError(Problem(Code.R303, _FORM, {"found": _OF_ANOTHER}))


def once(token: str, act: str, now: datetime, do: Callable[[], str]) -> str:
    """Does what a form asks for, at its first press, and gives the address to go on at; the same at every other press.

    ``do`` is the deed, and gives that address. It runs in a transaction with the row that remembers it: both are there
    or neither, and nobody else does anything to the round meanwhile. So it does nothing that takes long, and nothing
    outside the database that could not be done twice. Raises ``RefusedError`` (R303), and whatever ``do`` raises.
    """
    refuse_if_no_token(token)
    with transaction.atomic(durable=True):
        hold()
        if (before := Posted.objects.filter(token=token).first()) is not None:
            refuse_if_of_another(act, before.act)
            return before.to
        to = do()
        Posted.objects.create(token=token, act=act, to=to, at=now)
        _drop_old(now)
        return to


def _drop_old(now: datetime) -> None:
    old = Posted.objects.filter(at__lt=now - KEPT_FOR).order_by("at").values_list("pk", flat=True)
    Posted.objects.filter(pk__in=list(old[:_MOST_DROPPED])).delete()
