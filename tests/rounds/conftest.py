"""What tests of rounds share: a round of three units in a data folder of its own, and a moment that is always the same.

``data_folder``: its folder; ``data``: the same open; ``round_``: its round; ``office``, ``leader``: its two seats.
A test of what the office enters takes ``office_folder`` for ``data_folder``.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from breaking import in_one_process
from round_books import an_office_round
from round_made import keep_in, make_round

from lawgov_score.rounds.creation import seat_of, the_round
from lawgov_score.rounds.data import Data, opened
from lawgov_score.rounds.models import Round, Seat
from lawgov_score.rounds.names import Role


@pytest.fixture(scope="session", autouse=True)
def fixture_one_round(tmp_path_factory: pytest.TempPathFactory) -> None:
    keep_in(tmp_path_factory.mktemp("round"))


@pytest.fixture(scope="session")
def office_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return an_office_round(tmp_path_factory.mktemp("office"))


@pytest.fixture
def office_folder(office_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of a round of two units with all that an office adds; whatever is done there, this process does."""
    in_one_process(monkeypatch)
    return Path(shutil.copytree(office_once, tmp_path / "data"))


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    return make_round(tmp_path)


@pytest.fixture
def data(data_folder: Path) -> Iterator[Data]:
    with opened(data_folder) as open_:
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
