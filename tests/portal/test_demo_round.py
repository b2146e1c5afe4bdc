"""``serve --demo``: whole or not at all, and never where a round is. That all pages show it, acceptance tries.

Reaches ``portal/demonstration.py``.
"""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from round_made import given as small
from round_made import make_round

from lawgov_score.portal import demonstration
from lawgov_score.portal.demonstration import fill
from lawgov_score.problems import RefusedError
from lawgov_score.rounds.clock import Calendar, local
from lawgov_score.rounds.creation import the_round
from lawgov_score.rounds.data import opened
from lawgov_score.rounds.names import RoundState
from lawgov_score.wording import Language

NOW = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)  # a Monday


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A round of three units in place of the sample round, of which making alone takes ten seconds."""

    def given(folder: Path) -> Path:
        tree, _ = small(folder)
        (folder / "tree").mkdir()
        tree.rename(folder / "tree" / "tree.yaml")
        (folder / "notice.yaml").write_text("office: 考核办\n", encoding="utf-8")
        (folder / "previous").mkdir()
        ranking = "unit,name,cohort,score,rank,grade\nXZ-01,东乡,,8,1,\n"
        (folder / "previous" / "ranking.csv").write_text(ranking, encoding="utf-8")
        return folder

    monkeypatch.setattr(demonstration, "_given", given)


def test_one_that_is_ended_in_the_middle_leaves_nothing_and_can_be_begun_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*_: object) -> None:
        assert the_round().state == RoundState.PREPARING
        raise KeyboardInterrupt

    monkeypatch.setattr(demonstration, "_through", ended)
    with pytest.raises(KeyboardInterrupt):
        fill(tmp_path / "demo", lambda line: None, Language.ZH, NOW)
    assert not list(tmp_path.iterdir())
    monkeypatch.setattr(demonstration, "_through", lambda demo, step: step(5))
    said: list[str] = []
    fill(tmp_path / "demo", said.append, Language.ZH, NOW)
    assert [line.strip()[:1] for line in said[1:]] == ["一", "六"]
    with opened(tmp_path / "demo"):
        assert the_round().title == "县考核"


def test_a_round_that_is_there_is_left_alone(tmp_path: Path) -> None:
    made = make_round(tmp_path)
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    said: list[str] = []
    fill(made, said.append, Language.ZH, NOW)
    assert not said
    assert {path: path.read_bytes() for path in made.rglob("*") if path.is_file()} == before


def test_a_folder_with_anything_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "信.txt").write_text("x", encoding="utf-8")
    with pytest.raises(RefusedError) as caught:
        fill(tmp_path, lambda line: None, Language.ZH, NOW)
    assert [one.code.value for one in caught.value.problems] == ["R204"]
    assert [path.name for path in tmp_path.iterdir()] == ["信.txt"]


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, "2026-11-27 09:30"), (-5, "2026-11-23 09:30"), (4, "2026-12-04 09:30")]
)
def test_its_days_are_working_days(days: int, expected: str) -> None:
    clock = demonstration._Clock(NOW, Calendar())
    assert f"{local(clock.at(days)):%Y-%m-%d %H:%M}" == expected
    assert local(clock.at(days, time(17, 30))).hour == 17
