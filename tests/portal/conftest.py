"""What tests of the desk share: a round of three units, its folder, and a clerk who visits its pages.

Nothing is done by a process of its own here: ``Visitor`` does long work at once.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_visitor import Visitor, served
from round_made import keep_in, make_round

from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.models import Round, Seat
from lawgov_score.rounds.names import Role


@pytest.fixture(scope="session", autouse=True)
def fixture_one_round(tmp_path_factory: pytest.TempPathFactory) -> None:
    keep_in(tmp_path_factory.mktemp("round"))


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    """Where another round lies, a test says by a fixture of this name."""
    return make_round(tmp_path)


@pytest.fixture
def data(data_folder: Path) -> Iterator[Data]:
    with opened(data_folder) as open_, served(open_):
        yield open_


@pytest.fixture
def round_(data: Data) -> Round:
    return the_round()


@pytest.fixture
def office(data: Data) -> Seat:
    return seat_of(Role.OFFICE)


@pytest.fixture
def visitor(data: Data) -> Visitor:
    return Visitor(data)
