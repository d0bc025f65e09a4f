"""A file prepared whole, then sent in pieces: a slow reader holds no snapshot, nor a thread for ever."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from tempfile import SpooledTemporaryFile
from time import monotonic

from flask import Response, request

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
IN_MEMORY = 2**20  # bytes of a file before it goes to the disk
PIECE = 2**16  # bytes
PIECE_SECONDS = 30  # for a reader to take a piece
SEND_SECONDS = 600  # for the whole file

PreparedFile = SpooledTemporaryFile[bytes]


class SendingError(TimeoutError):
    """The reader takes too long: the connection is closed, and a browser says that the download failed."""


def new_file() -> PreparedFile:
    """An empty file, to be written and sent."""
    return SpooledTemporaryFile(max_size=IN_MEMORY)


def download(content: bytes | PreparedFile, name: str, kind: str) -> Response:
    """A file to be saved."""
    if isinstance(content, bytes):
        response = Response(content, content_type=TYPES[kind])
    else:
        size = content.tell()
        content.seek(0)
        response = Response(_pieces(content), content_type=TYPES[kind])
        response.content_length = size  # a reader knows by it that a file is whole
        response.call_on_close(content.close)
        _limit_writes()
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _pieces(file: PreparedFile) -> Iterator[bytes]:
    end = monotonic() + SEND_SECONDS
    with closing(file):
        while piece := file.read(PIECE):
            if monotonic() > end:
                raise SendingError
            yield piece


def _limit_writes() -> None:
    """Of the socket that gunicorn names: a reader who takes nothing is left after a while."""
    with suppress(KeyError, OSError):
        request.environ["gunicorn.socket"].settimeout(PIECE_SECONDS)
