"""Downloads: a file is prepared whole, then sent in pieces with time limits, without a snapshot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from tempfile import SpooledTemporaryFile
from time import monotonic

from flask import Response, request

MAX_MEMORY_BYTES = 2**20  # beyond it, a file goes to the disk
PIECE_BYTES = 2**16  # bytes
PIECE_SECONDS = 30  # for one piece
SEND_SECONDS = 600  # for the whole file

PreparedFile = SpooledTemporaryFile[bytes]


class SendingError(TimeoutError):
    """The client reads too slowly: the connection is closed, and a browser shows that the download failed."""


@contextmanager
def new_file() -> Iterator[PreparedFile]:
    """An empty file, to be written in a block and sent after it; closed when the block fails."""
    file: PreparedFile = SpooledTemporaryFile(max_size=MAX_MEMORY_BYTES)  # noqa: SIM115  open until it is sent
    try:
        yield file
    except BaseException:
        file.close()
        raise


def download_response(file: PreparedFile, name: str, content_type: str, *, in_pieces: bool) -> Response:
    """A response that saves a complete file: sent `in_pieces` from its storage, or at once from memory."""
    size = file.tell()  # tells the client that the file is complete
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
    """Set a time limit on writes to the socket (given by gunicorn), for clients that read nothing."""
    with suppress(KeyError, OSError):
        request.environ["gunicorn.socket"].settimeout(PIECE_SECONDS)
