"""What every page is given: the open data folder, its round, the office's seat, the moment, and the language."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest

from lawgov_score.report import render
from lawgov_score.rounds.allowed import Right, closed
from lawgov_score.rounds.clock import real_now
from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data
from lawgov_score.rounds.models import Round, Seat
from lawgov_score.rounds.names import Deed, Role, RoundState, SubmissionState, name_of
from lawgov_score.rounds.states import right_of, step_of
from lawgov_score.wording import Face, Language, Text, Words

LANGUAGE_COOKIE = "lawgov-language"


@dataclass(frozen=True)
class Desk:
    """One request's view of the round. ``office``: the one seat that there is."""

    data: Data
    round: Round
    now: datetime
    lang: Language

    @property
    def state(self) -> RoundState:
        """The state of the round."""
        return RoundState(self.round.state)

    @property
    def state_name(self) -> Words:
        """Its name."""
        return name_of(self.state)

    @cached_property
    def office(self) -> Seat:
        """The seat that acts."""
        return seat_of(Role.OFFICE)

    @cached_property
    def leader(self) -> Seat:
        """The leader's seat, of which the office writes down what was released, and by whom."""
        return seat_of(Role.LEADER)

    @cached_property
    def shut(self) -> frozenset[str]:
        """Deeds for which it is not the time, by their codes, ``accept`` among them: no form offers these."""
        rights: dict[str, Deed | Right] = {deed.value: deed for deed in Deed}
        step = step_of(SubmissionState.RECEIVED, SubmissionState.ACCEPTED)
        assert step is not None  # it is in the table
        rights["accept"] = right_of(step)
        return frozenset(name for name, right in rights.items() if closed(right, self.round) is not None)

    def say(self, text: Text) -> str:
        """``text`` in the reader's language."""
        return render(text, self.lang, Face.DESK)


def language_of(request: HttpRequest) -> Language:
    """The language that this browser chose, or that the desk was begun in."""
    chosen = request.COOKIES.get(LANGUAGE_COOKIE, settings.DESK_LANG)
    return Language.EN if chosen == Language.EN else Language.ZH


def open_folder() -> Data:
    """The data folder that is served."""
    return Data(Path(settings.DESK_FOLDER))


def desk_of(request: HttpRequest) -> Desk:
    """What a page is given. Raises ``RefusedError`` (R201) where there is no round."""
    return Desk(open_folder(), the_round(), real_now(), language_of(request))
