"""Proves the round, writes it out as a folder in a zip, or backs it up: what is read only, and takes long."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from lawgov_score.files import refusing, temporary_folder
from lawgov_score.inside import made_safe
from lawgov_score.portal.working.made import forget_earlier, place_made
from lawgov_score.portal.working.task import Task
from lawgov_score.portal.zipped import zipped
from lawgov_score.rounds.backups import back_up
from lawgov_score.rounds.clock import local
from lawgov_score.rounds.exporting import export_round
from lawgov_score.rounds.verifying import verify_round

_PIECE = 1 << 20
_PAGE = "/records/"


def verify(task: Task) -> dict[str, Any]:
    """Everything that the round remembers; a fault is a result, and no failure of the work."""
    done = verify_round(task.data, task.round)
    return {
        "to": f"{_PAGE}#verified",
        "events": done.events,
        "files": done.files,
        "receipts": done.receipts,
        "publications": done.publications,
        "seq": done.head.seq,
        "hash": done.head.hash,
        "problems": task.records(done.problems),
    }


def export(task: Task) -> dict[str, Any]:
    """The plain folder of the round as one zip; of earlier ones nothing is kept."""
    code = made_safe(task.round.code)
    with temporary_folder("lawgov-export-") as within, refusing(within):
        folder = within / "round"
        made = export_round(task.data, task.round, folder)
        files = {f"{code}/{path.relative_to(folder).as_posix()}": path for path in _files(folder)}
        target = place_made(task, f"{code}-{made.head.seq}.zip")
        with zipped(files.items()) as packed:
            task.data.disk.pour(target, _pieces(packed), mode=0o600)
    forget_earlier(task)
    return {"to": f"{_PAGE}#exported", "file": target.name, "n": len(made.files) + 2, "seq": made.head.seq}


def backup(task: Task) -> dict[str, Any]:
    """The whole round with its key as one zip; of earlier ones nothing is kept here."""
    target = place_made(task, f"{task.round.code}-backup-{local(task.now):%Y%m%d-%H%M}.zip")
    done = back_up(task.data, target)
    forget_earlier(task)
    return {
        "to": f"{_PAGE}#backed-up",
        "file": target.name,
        "round": done.round,
        "files": done.files,
        "size": done.size,
        "seq": done.seq,
        "head": done.head,
    }


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece
