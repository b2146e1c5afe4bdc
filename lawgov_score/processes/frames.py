"""Messages between a process and its worker: a length in eight bytes, then so many bytes."""

import struct
from collections.abc import Sequence
from typing import IO

_LENGTH = struct.Struct(">Q")

READY, RESULT, MEMORY, RAISED = b"+", b"R", b"M", b"E"  # how a worker's message begins


def write_frame(to: IO[bytes], *parts: bytes) -> None:
    """Sends one message. Raises ``OSError`` where nobody listens."""
    write_frames(to, [b"".join(parts)])


def write_frames(to: IO[bytes], messages: Sequence[bytes]) -> None:
    """Sends several at once, so that who listens is woken once. Raises ``OSError`` where nobody listens."""
    to.write(b"".join(part for message in messages for part in (_LENGTH.pack(len(message)), message)))
    to.flush()


def read_frame(from_: IO[bytes]) -> bytes | None:
    """The next message, None where there is no further one, or only the beginning of one."""
    head = from_.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = from_.read(length)
    return data if len(data) == length else None
