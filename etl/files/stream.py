"""Bytes → chunks of whole lines of text, a few megabytes at a time, so that memory does not grow with the file."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from etl.files.encoding import Encoding
from etl.files.model import UnreadableFile
from etl.files.source_file import BLOCK, modified

MAX_LINE_LENGTH = 1_000_000


@dataclass(frozen=True)
class Chunk:
    """Whole lines joined by "\\n", without the last line break. `terminated`: that last line break was there."""

    text: str
    first_line: int
    terminated: bool = True

    @property
    def next_line(self) -> int:
        """Physical line after this chunk."""
        return self.first_line + self.text.count("\n") + 1


def read_chunks(file: BinaryIO, encoding: Encoding, block: int = BLOCK) -> Iterator[Chunk]:
    """The text of `file`; CRLF, CR and LF all count for one line break and become LF."""
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding.codec)("strict"), translate=True)
    file.seek(encoding.skip)
    carry, line = "", 1
    while data := file.read(block):
        text = carry + _decode(decoder, data, final=False)
        cut = text.rfind("\n")
        carry = text[cut + 1 :]
        if len(carry) > MAX_LINE_LENGTH:
            raise _too_long(line + text.count("\n"))
        if cut >= 0:
            chunk = Chunk(text[:cut], line)
            yield chunk
            line = chunk.next_line
    rest = carry + _decode(decoder, b"", final=True)
    if rest:
        # The decoder buffers a final CR until it knows whether an LF follows: the rest may be one whole line.
        yield Chunk(rest.removesuffix("\n"), line, terminated=rest.endswith("\n"))


def _decode(decoder: io.IncrementalNewlineDecoder, data: bytes, *, final: bool) -> str:
    try:
        return decoder.decode(data, final)
    except UnicodeDecodeError as error:
        # The whole file was decoded once to choose the encoding: other bytes are there now.
        raise modified() from error


def _too_long(line: int) -> UnreadableFile:
    return UnreadableFile("la ligne dépasse un million de caractères\u202f: ce n’est pas un tableau.", line=line)
