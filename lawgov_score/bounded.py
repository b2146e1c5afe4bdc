"""Reads files whole, within a size limit, and only ordinary files: a pipe or a device never ends."""

import errno
import os
import stat
from pathlib import Path

from lawgov_score.wording import Words

A_DEVICE = Words("设备", "a device")
A_PIPE = Words("管道或套接字", "a pipe or a socket")
_A_FOLDER = Words("文件夹", "a folder")
_KINDS = (
    (stat.S_ISDIR, _A_FOLDER),
    (stat.S_ISCHR, A_DEVICE),
    (stat.S_ISBLK, A_DEVICE),
    (stat.S_ISFIFO, A_PIPE),
    (stat.S_ISSOCK, A_PIPE),
)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class NoFileError(Exception):
    """There is something other than an ordinary file; ``what``: its kind, in words."""

    def __init__(self, what: Words) -> None:
        super().__init__(what.en)
        self.what = what


class TooLargeError(Exception):
    """The file exceeds the size limit; ``size`` in bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


_REASONS = {
    errno.ENOENT: Words("没有这个文件或文件夹", "no such file or folder"),
    errno.ENOTDIR: Words("没有这个文件或文件夹", "no such file or folder"),
    errno.EACCES: Words("没有读取权限", "no permission to read it"),
    errno.EPERM: Words("没有读取权限", "no permission to read it"),
    errno.ENAMETOOLONG: Words("文件名过长", "the name is too long"),
    errno.ELOOP: Words("链接绕成了圈", "links that lead in a circle"),
    errno.EIO: Words("磁盘读取出错", "the disk cannot be read"),
}


def reason_of(error: OSError) -> Words | str:
    """Why something could not be read, in words; the system's own where it is a rare reason."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def kind_of_file(path: Path) -> Words | None:
    """The kind of a path that is no ordinary file; None if it is one, or nothing is there. Links are followed."""
    try:
        return _kind(path.stat().st_mode)
    except (OSError, ValueError):
        return None


def read_whole(path: Path, most: int) -> bytes:
    """The bytes of an ordinary file of at most ``most`` bytes, checked before and while reading.

    Never waits for another process to write. Raises ``NoFileError``, ``TooLargeError``, ``OSError``.
    """
    try:
        handle = os.open(path, os.O_RDONLY | _NO_WAIT)
    except OSError as error:
        if error.errno == errno.ENXIO:  # a socket, or a pipe of the other kind
            raise NoFileError(A_PIPE) from error
        if (kind := kind_of_file(path)) is not None:
            raise NoFileError(kind) from error
        raise
    status = os.fstat(handle)
    if (kind := _kind(status.st_mode)) is not None:
        os.close(handle)
        raise NoFileError(kind)
    with open(handle, "rb") as file:
        if status.st_size > most:
            raise TooLargeError(status.st_size)
        data = file.read(most + 1)  # the file may be growing
    if len(data) > most:
        raise TooLargeError(len(data))
    return data


def _kind(mode: int) -> Words | None:
    return next((what for is_kind, what in _KINDS if is_kind(mode)), None)
