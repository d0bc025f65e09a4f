"""Standard streams. A command prints into memory and the text is written at its end: a broken output undoes nothing."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from io import StringIO, TextIOWrapper
from typing import TextIO


class OutputBuffer(StringIO):
    """Standard output in memory, with the terminal and the encoding of the real one."""

    def __init__(self, real: TextIO | None) -> None:
        super().__init__()
        self._real = real

    def isatty(self) -> bool:
        """Whether the text will be written to a terminal."""
        return self._real is not None and self._real.isatty()

    @property
    def encoding(self) -> str | None:  # type: ignore[override]  # None in the standard library's stub
        """The encoding in which the text will be written."""
        return getattr(self._real, "encoding", None)


def use_utf_8(stream: TextIO | None) -> None:
    """Write UTF-8 into a pipe or a file, whatever the system's encoding (cp1252 lacks our spaces)."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def write_out(text: str, stream: TextIO | None) -> OSError | None:
    """Write `text` and flush it. Returns the failure: a full disk, a reader that has gone, a stream that is closed."""
    if not text:
        return None
    if stream is None:  # closed by whoever started us
        return OSError(errno.EBADF, os.strerror(errno.EBADF))
    try:
        stream.write(text)
        stream.flush()
    except OSError as failure:
        _discard(stream)
        return failure
    return None


def _discard(stream: TextIO) -> None:
    """Send what the stream still holds nowhere: Python would fail again on it at its exit, with code 120."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        stream.flush()
