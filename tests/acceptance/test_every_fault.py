"""Each single thing that a deed asks of disk and database, refused; with no room, and where only reading is allowed.

The laws, and a choice of the places: ``tests/rounds/test_faults.py``.
"""

import errno
import shutil
from pathlib import Path

import pytest
from deeds import DEEDS, Deed, begin, quick, refused_at
from test_cli import Captured

_TABLES = 8  # of the tables of a new DATA every so many
_NUMBERS = (errno.ENOSPC, errno.EROFS)


@pytest.mark.long
@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_at_every_place_nothing_is_half_done(deed: Deed, tmp_path: Path, capsys: Captured) -> None:
    with pytest.MonkeyPatch.context() as system, quick(system):
        begun = begin(deed, tmp_path / "begun")
        for at in begun.places(_TABLES):
            # What makes a new DATA takes a second: there the one or the other.
            for number in _NUMBERS if begun.before.rows is not None else (_NUMBERS[at % 2],):
                root = tmp_path / f"{at}-{number}"
                refused_at(begun, at, number, root, capsys)
                shutil.rmtree(root)
