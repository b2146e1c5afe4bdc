"""Each single thing that a deed asks of disk and database, refused; with no room, and where only reading is allowed.

The laws, and a choice of the places: ``tests/rounds/test_faults.py``.
"""

import errno
import shutil
from pathlib import Path

import pytest
from deeds import DEEDS, Deed, begin, quick, refused_at
from test_cli import Captured


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_at_every_place_nothing_is_half_done(deed: Deed, tmp_path: Path, capsys: Captured) -> None:
    with pytest.MonkeyPatch.context() as system, quick(system):
        begun = begin(deed, tmp_path / "begun")
        for at in range(1, len(begun.asked) + 1):
            for number in (errno.ENOSPC, errno.EROFS):
                root = tmp_path / f"{at}-{number}"
                refused_at(begun, at, number, root, capsys)
                shutil.rmtree(root)
