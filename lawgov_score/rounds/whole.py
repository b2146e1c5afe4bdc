"""A data folder that appears whole or not at all: made beside its place, then renamed."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django.db import connection, transaction

from lawgov_score.catalogue import Code
from lawgov_score.files import others_in, refusing
from lawgov_score.problems import Problem, RefusedError, TextPlace, display_path
from lawgov_score.rounds.disk import DISK, Disk, sync_folder
from lawgov_score.temporary import own_folder


class Whole:
    """A data folder that is being made, at ``made``."""

    def __init__(self, folder: Path, beside: Path, disk: Disk) -> None:
        self.made, self._was = beside / "data", beside / "was"
        self._folder, self._target, self._disk = folder, Path(os.path.realpath(folder)), disk
        self.is_there = False

    @contextmanager
    def rows(self) -> Iterator[None]:
        """Its rows are added in the block. Those in the folder come and go with it; those on a server are there when
        the folder is: the rename is the last thing before the transaction ends, and is undone where it cannot end.
        """
        if connection.vendor == "sqlite":
            yield
            return
        with self._undone_if_it_fails(), transaction.atomic():
            yield
            self.rename()

    def rename(self) -> None:
        """Gives it its name. Raises ``RefusedError`` (R204: something came there meanwhile), ``CannotWriteError``."""
        refuse_if_not_empty(self._folder)
        with refusing(self._folder), self._undone_if_it_fails():
            self._disk.step("rename", self._folder)
            if self._target.is_dir():
                self._target.replace(self._was)
                if any(self._was.iterdir()):  # it came in this very moment
                    raise OSError(errno.ENOTEMPTY, os.strerror(errno.ENOTEMPTY))
            self.made.replace(self._target)
            self.is_there = True
            if self._was.exists():
                _as_open_as(self._was, self._target)
            self._disk.step("sync_folder", self._folder)
            sync_folder(self._target.parent)

    @contextmanager
    def _undone_if_it_fails(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            if self.is_there:
                self._target.replace(self.made)
                self.is_there = False
            if self._was.exists():
                self._was.replace(self._target)
            raise


@contextmanager
def whole_data(folder: Path, disk: Disk = DISK) -> Iterator[Whole]:
    """A folder to be filled in the block, which then becomes ``folder``; nothing of it is left if the block fails.

    It is its maker's alone (0700), unless an empty one is there: then it is as open as that. Nothing changes that
    afterwards. Problems of what is being made are told of ``folder``. Raises ``RefusedError`` (R204),
    ``CannotWriteError``.
    """
    refuse_if_not_empty(folder)
    with refusing(folder):
        Path(os.path.realpath(folder)).parent.mkdir(parents=True, exist_ok=True)
    with own_folder(Path(os.path.realpath(folder)).parent) as beside:
        whole = Whole(folder, beside, disk)
        with _told_of(folder, whole.made):
            disk.folder(whole.made, 0o700)
            yield whole
        if not whole.is_there:
            whole.rename()


def _as_open_as(was: Path, folder: Path) -> None:
    """The office made a folder for it: whom it let into that one is let into this one. Raises ``OSError``."""
    group = was.stat().st_gid
    if hasattr(os, "chown") and group != folder.stat().st_gid:
        os.chown(folder, -1, group)
    shutil.copystat(was, folder)


def refuse_if_not_empty(folder: Path) -> None:
    """Raises ``RefusedError`` (R204) where the folder holds anything: nothing is ever put over it."""
    if there := others_in(folder, ()):
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
