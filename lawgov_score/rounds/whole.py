"""A data folder that appears whole or not at all: made beside its place, then renamed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from lawgov_score.catalogue import Code
from lawgov_score.files import refusing
from lawgov_score.problems import Problem, RefusedError, TextPlace, display_path
from lawgov_score.rounds.disk import DISK, Disk, sync_folder
from lawgov_score.temporary import own_folder


@contextmanager
def whole_data(folder: Path, disk: Disk = DISK) -> Iterator[Path]:
    """A folder to be filled in the block, which then becomes ``folder``; nothing of it is left if the block fails.

    Problems of what is being made are told of ``folder``. Raises ``RefusedError`` (R204), ``CannotWriteError``.
    """
    refuse_if_not_empty(folder)
    with refusing(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
    with own_folder(folder.parent) as beside:
        made = beside / "data"
        with _told_of(folder, made):
            disk.folder(made)
            yield made
        with refusing(folder):
            disk.step("rename", folder)
            if folder.is_dir():
                folder.rmdir()
            made.replace(folder)
            sync_folder(folder.parent)


def refuse_if_not_empty(folder: Path) -> None:
    """Raises ``RefusedError`` (R204) where the folder holds anything: nothing is ever put over it."""
    with refusing(folder):
        there = sorted(entry.name for entry in folder.iterdir()) if folder.exists() else []
    if there:
        figures = {"name": there[0], "n": len(there)}
        raise RefusedError(Problem(Code.R204, TextPlace(display_path(folder)), figures))


@contextmanager
def _told_of(folder: Path, made: Path) -> Iterator[None]:
    try:
        yield
    except RefusedError as refused:
        here, there = display_path(made), display_path(folder)
        told = [
            replace(one, place=replace(one.place, path=one.place.path.replace(here, there, 1)))
            if isinstance(one.place, TextPlace)
            else one
            for one in refused.problems
        ]
        raise type(refused)(*told) from refused
