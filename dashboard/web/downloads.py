"""A file prepared whole, then sent in pieces: a slow reader holds no snapshot, nor a thread for ever."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from tempfile import SpooledTemporaryFile
from time import monotonic

from flask import Response, request

MAX_MEMORY_BYTES = 2**20  # bytes of a file before it goes to the disk
PIECE_BYTES = 2**16  # bytes
PIECE_SECONDS = 30  # for a reader to take a piece
SEND_SECONDS = 600  # for the whole file

PreparedFile = SpooledTemporaryFile[bytes]


class SendingError(TimeoutError):
    """The reader takes too long: the connection is closed, and a browser says that the download failed."""


def new_file() -> PreparedFile:
    """An empty file, to be written and sent."""
    return SpooledTemporaryFile(max_size=MAX_MEMORY_BYTES)


def download(file: PreparedFile, name: str, content_type: str, *, in_pieces: bool) -> Response:
    """A file to be saved, written up to its end: sent `in_pieces` from where it waits, or at once from memory."""
    size = file.tell()  # a reader knows by it that a file is whole
    file.seek(0)
    if in_pieces:
        response = Response(_pieces(file), content_type=content_type)
        response.content_length = size
        response.call_on_close(file.close)
        _limit_writes()
    else:
        with closing(file):
            response = Response(file.read(), content_type=content_type)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _pieces(file: PreparedFile) -> Iterator[bytes]:
    end = monotonic() + SEND_SECONDS
    with closing(file):
        while piece := file.read(PIECE_BYTES):
            if monotonic() > end:
                raise SendingError
            yield piece


def _limit_writes() -> None:
    """Of the socket that gunicorn names: a reader who takes nothing is left after a while."""
    with suppress(KeyError, OSError):
        request.environ["gunicorn.socket"].settimeout(PIECE_SECONDS)
