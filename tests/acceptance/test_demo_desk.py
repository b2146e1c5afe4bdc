"""``serve --demo`` as a newcomer meets it: every page of the navigation has something to show, and all can be proved.

Reaches ``portal/demonstration.py`` and every view.
"""

from pathlib import Path

from desk_visitor import Visitor, served, text_of

from lawgov_score.portal.demonstration import fill
from lawgov_score.portal.places import PLACES
from lawgov_score.rounds.creation import the_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.models import Event
from lawgov_score.rounds.names import RoundState
from lawgov_score.rounds.status import status_of
from lawgov_score.rounds.unpublished import unpublished
from lawgov_score.rounds.verifying import verify_round
from lawgov_score.wording import Language


def test_every_page_of_the_made_up_round_has_something_to_show(tmp_path: Path) -> None:
    said: list[str] = []
    fill(tmp_path / "demo", said.append, Language.ZH)
    assert len(said) == 7
    with opened(tmp_path / "demo") as data, served(data):
        round_ = the_round()
        assert "虚构" in round_.title
        assert round_.state == RoundState.PUBLISHED
        status = status_of(round_)
        assert status.refused
        assert status.open["units_without_submission"] == 1
        assert status.open["submissions_returned"] == 2
        assert status.open["submissions_to_accept"] >= 1
        assert sorted(round_.objections.values_list("state", flat=True)) == ["admitted", "notified"]
        assert list(round_.runs.values_list("kind", flat=True)) == ["first", "final"]
        assert unpublished(data, round_)
        times = list(Event.objects.order_by("seq").values_list("at", flat=True))
        assert times == sorted(times)  # the record reads as a year went
        assert not verify_round(data, round_).problems
        visitor = Visitor(data)
        assert "“未经合法性审查作出重大行政决策”（V3）" in text_of(visitor.open("/trial/2/unit/?code=SG-04"))
        review = text_of(visitor.open("/review/of/11-2/"))
        assert "还没有读到本页来" not in review
        assert review.count("考核年度6月30日前公布的为“是”") == 1
        assert "告知：虚构的李某送达，单位签收" in text_of(visitor.open("/objections/1/"))
        assert "2018 年的放假安排" not in text_of(visitor.open("/days/"))
        for place in PLACES:
            page = visitor.open(place.address)
            assert len(text_of(page)) > 200, place
