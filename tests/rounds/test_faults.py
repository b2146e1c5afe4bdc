"""Whatever disk or database refuse in the middle of a deed: a word on it, nothing half done, and again it goes well.

All that a deed asks, with both refusals: ``tests/acceptance/test_every_fault.py``.
"""

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from deeds import DEEDS, Begun, Deed, begin, quick, refused_at
from test_cli import Captured


@pytest.fixture(scope="module", params=DEEDS, ids=lambda deed: deed.name)
def begun(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Begun]:
    deed: Deed = request.param
    with pytest.MonkeyPatch.context() as system, quick(system):
        yield begin(deed, tmp_path_factory.mktemp(deed.name))


def test_what_is_refused_leaves_nothing_half_done(begun: Begun, tmp_path: Path, capsys: Captured) -> None:
    for at in begun.points():
        number = (errno.ENOSPC, errno.EROFS)[at % 2]
        refused_at(begun, at, number, tmp_path / str(at), capsys)
