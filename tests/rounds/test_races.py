"""Many at once, on SQLite; on PostgreSQL: ``tests/acceptance/test_postgresql.py``."""

from pathlib import Path

import races

from lawgov_score.rounds.data import Data
from lawgov_score.rounds.models import Round


def test_of_320_events_none_is_lost(round_: Round) -> None:
    races.many_events()


def test_of_eight_presses_one_moves(round_: Round) -> None:
    races.many_presses()


def test_one_file_that_comes_twice_at_once(data: Data, round_: Round, tmp_path: Path) -> None:
    races.many_presses()  # it is open
    races.one_file_twice(data, tmp_path)
