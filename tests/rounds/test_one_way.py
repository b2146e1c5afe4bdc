"""One way for each thing that a disk, a clock or a screen does, in ``rounds/`` and in the commands of a round.

Temporary folders say whose they are (``lawgov_score.temporary``), what is written outside of DATA appears whole
(``lawgov_score.files``), what is written into DATA goes through ``Disk``, one function looks at the clock, and what is
said goes through ``say``. Whoever needs another way adds it here, with its reason.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import lawgov_score

PACKAGE = Path(lawgov_score.__file__).parent
FILES = [
    *sorted((PACKAGE / "rounds").glob("*.py")),
    *sorted((PACKAGE / "cli").glob("round*.py")),
    *sorted((PACKAGE / "cli" / "commands").glob("round*.py")),
]
NEVER = {
    *("tempfile.mkdtemp", "tempfile.TemporaryDirectory", "tempfile.NamedTemporaryFile", "tempfile.TemporaryFile"),
    *("tempfile.gettempdir", "tempfile.mkstemp", "os.replace", "os.rename", "shutil.move", "shutil.copy"),
    *("print", "click.echo", "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"),
}
WRITING = {"write_text", "write_bytes", "touch", "mkdir", "rename", "symlink_to", "hardlink_to"}
ALLOWED = {  # (file, what) -> why
    ("clock.py", "datetime.now"): "the one function that looks at the clock",
    ("disk.py", "replace"): "the one way into DATA",
    ("disk.py", "mkdir"): "the one way into DATA",
    ("whole.py", "replace"): "a new data folder comes to its place, whole",
    ("whole.py", "rename"): "a deed of ``Whole``, by the one above",
    ("whole.py", "mkdir"): "a new data folder comes to its place, whole",
    ("in_force.py", "write_bytes"): "into a temporary folder, guarded",
    ("exporting.py", "write_bytes"): "into a folder that appears whole",
    ("exporting.py", "mkdir"): "into a folder that appears whole",
    ("published.py", "write_text"): "into a folder that appears whole",
    ("answered.py", "replace"): "a cache beside the round, which may be thrown away",
    ("jobs.py", "replace"): "what was sent comes to its place, whole, before its row",
    ("round_publish.py", "write_text"): "into a folder that appears whole",
    ("round_receive.py", "write_bytes"): "into a folder that appears whole",
}


def calls_in(path: Path) -> Iterator[str]:
    """What a file calls, as it is written: ``os.replace``; of a method its name alone, where it writes."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        said = ast.unparse(node.func)
        if said in NEVER:
            yield said
        elif isinstance(node.func, ast.Attribute):
            is_of_path = node.func.attr == "replace" and len(node.args) == 1  # a text's has two
            if node.func.attr in WRITING or is_of_path:
                yield node.func.attr


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_there_is_one_way_for_each_thing(path: Path) -> None:
    assert [called for called in calls_in(path) if (path.name, called) not in ALLOWED] == []


def test_what_is_allowed_is_used() -> None:
    there = {(path.name, called) for path in FILES for called in calls_in(path)}
    assert set(ALLOWED) <= there
