"""Files of a name that no one should give take nothing down: whole runs, each in a process of its own."""

import errno
import json
import os
import shutil
from pathlib import Path

import pytest
from test_surroundings import SMALL, run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="names of another kind")

NAMES = (b"\xb7\xa8\xd6\xce\xb0\xec.xlsx", b"red\x1b[31m.xlsx", b"two\nlines.xlsx", "a\u202excod\u202c.xlsx".encode())


@pytest.mark.parametrize("name", NAMES, ids=("gbk", "escape", "line break", "right to left"))
def test_an_odd_name_takes_nothing_down(name: bytes, tmp_path: Path) -> None:
    folder, out, small = tmp_path / "in", tmp_path / "out", SMALL / "tree.yaml"
    folder.mkdir()
    target = os.path.join(os.fsencode(folder), name)
    try:
        shutil.copy(os.fsencode(SMALL / "in" / "u1.xlsx"), target)
    except OSError as error:
        if error.errno not in {errno.EILSEQ, errno.EINVAL}:
            raise
        pytest.skip("the file system does not take such a name")
    outputs = ("-o", out / "s.xlsx", "--cards", out / "c", "--csv", out / "d", "--html", out / "h")
    done = run("score", small, folder, *outputs)
    assert done.returncode in {0, 1}
    assert sorted(path.name for path in out.iterdir()) == ["c", "d", "h", "s.xlsx"]
    assert run("verify", out / "s.xlsx", small, folder).returncode == 0
    assert run("check", small, folder, "--marked", out / "m").returncode in {0, 1}
    assert json.loads(run("check", small, folder, "--format", "json").stdout) is not None
    assert "\x1b" not in done.stdout + done.stderr
