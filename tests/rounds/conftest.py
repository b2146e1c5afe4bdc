"""What tests of rounds share: a round of three units in a data folder of its own, and a moment that is always the same.

``data``: the open folder; ``round_``: its round; ``office``, ``leader``: its two seats.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from round_made import keep_in, make_round

from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.models import Round, Seat
from lawgov_score.rounds.names import Role


@pytest.fixture(scope="session", autouse=True)
def fixture_one_round(tmp_path_factory: pytest.TempPathFactory) -> None:
    keep_in(tmp_path_factory.mktemp("round"))


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Data]:
    with opened(make_round(tmp_path)) as open_:
        yield open_


@pytest.fixture
def round_(data: Data) -> Round:
    return the_round()


@pytest.fixture
def office(data: Data) -> Seat:
    return seat_of(Role.OFFICE)


@pytest.fixture
def leader(data: Data) -> Seat:
    return seat_of(Role.LEADER)
