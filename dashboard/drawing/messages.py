"""Messages between the application and its drawing process: a header (JSON) and a body, each after its length."""

from __future__ import annotations

import json
import struct
from typing import IO, Any, NamedTuple

LENGTHS = struct.Struct(">II")  # of the header and of the body, in bytes


class Message(NamedTuple):
    """A request has `kind` (« svg » or « png ») and its size in its header, the figure or the SVG as its body; a
    response has the drawing as its body, or a `refusal` in its header.
    """

    header: dict[str, Any]
    body: bytes = b""


def send(stream: IO[bytes], message: Message) -> None:
    """Write a message whole. Raises OSError when the other side is gone."""
    header = json.dumps(message.header).encode()
    stream.write(b"".join((LENGTHS.pack(len(header), len(message.body)), header, message.body)))
    stream.flush()


def receive(stream: IO[bytes]) -> Message | None:
    """The next message; None when the other side has closed the stream or died in the middle of a message."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    header_length, body_length = LENGTHS.unpack(lengths)
    header, body = stream.read(header_length), stream.read(body_length)
    if len(header) < header_length or len(body) < body_length:
        return None
    return Message(json.loads(header), body)
