"""总览: where the round stands, and the step to the next state.

Reaches ``portal/views/overview.py`` and ``portal/forms.py``.
"""

from desk_visitor import Visitor, form_of, text_of

from lawgov_score.rounds.creation import the_round
from lawgov_score.rounds.models import Event, Round
from lawgov_score.rounds.names import RoundState


def test_a_step_is_made_once_however_often_it_is_posted(visitor: Visitor, round_: Round) -> None:
    page = visitor.open("/")
    values = {**dict(form_of(page, "/move/").fields), "to": "open", "why": "开始"}
    first = visitor.post("/move/", values)
    again = visitor.post("/move/", values)
    assert "筹备 → 报送" in text_of(first)
    assert text_of(first) == text_of(again)
    assert the_round().state == RoundState.OPEN
    assert Event.objects.filter(act="move").count() == 1


def test_an_old_page_moves_nothing(visitor: Visitor, round_: Round) -> None:
    page = visitor.open("/")
    visitor.press(page, "/move/", to="open", why="开始")
    refused = visitor.press(page, "/move/", status=409, to="open", why="再来", once="0" * 32)
    assert "R212" in text_of(refused) or "R211" in text_of(refused)
    assert Event.objects.filter(act="move").count() == 1
