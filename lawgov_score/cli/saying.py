"""Printing to stdout and stderr, also if one of them is closed or full: outputs are written all the same."""

import errno
import os
import re
import sys
from typing import IO

import click

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_LOST: dict[bool, OSError] = {}  # key: is it stderr? the error of the stream that could not be written


def open_streams() -> None:
    """Replaces every closed standard stream by an empty one.

    Otherwise a file opened later would get its number, and receive what is printed.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number, which is this one
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  # as long as the process
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # a C locale must not turn Chinese into an error, nor a file's name that is no UTF-8
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str, *, err: bool = False) -> None:
    """Prints a text and a new line; if the stream has failed, prints nothing more on it and goes on.

    Control and direction characters from an input are printed as JSON escapes: \u001b.
    """
    stream = sys.stderr if err else sys.stdout
    try:
        click.echo(_CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04X}", text), file=stream)
        stream.flush()
    except OSError as error:
        lose(stream, error)


def lose(stream: IO[str], error: OSError) -> None:
    """Gives up a stream: later text for it is discarded."""
    is_err = stream is sys.stderr
    _LOST.setdefault(is_err, error)
    empty = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # as long as the process
    if is_err:
        sys.stderr = empty
    else:
        sys.stdout = empty


def is_of_stdout(error: OSError) -> bool:
    """Was it stdout that could not be written? If so, it is given up.

    Errors of output files carry the file's name (``files``); those of a stream do not.
    """
    is_stream = error.filename is None and error.errno in {errno.ENOSPC, errno.EIO, errno.EBADF}
    if is_stream:
        lose(sys.stdout, error)
    return is_stream


def lost_stdout() -> OSError | None:
    """Why stdout could not be written; None if it was, or if its reader closed it (``| head``)."""
    try:
        sys.stdout.flush()
    except OSError as error:
        lose(sys.stdout, error)
    try:
        sys.stderr.flush()
    except OSError as error:
        lose(sys.stderr, error)
    reason = _LOST.pop(False, None)
    _LOST.clear()
    return None if reason is None or reason.errno == errno.EPIPE else reason
