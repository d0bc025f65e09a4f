"""A file open for as long as it is loaded: its digest, its encoding and its rows come from one handle."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from etl.files.model import UnreadableFile

BLOCK = 4 << 20


@dataclass(frozen=True)
class SourceFile:
    """An open file. `opened` is the `stat` of its handle, taken when it was opened."""

    path: Path
    handle: BufferedReader
    opened: os.stat_result

    @property
    def size(self) -> int:
        """Bytes."""
        return self.opened.st_size

    def start(self, length: int) -> bytes:
        """The first bytes."""
        self.handle.seek(0)
        return self.handle.read(length)

    def blocks(self) -> Iterator[bytes]:
        """All bytes from the first one, a few megabytes at a time."""
        self.handle.seek(0)
        return iter(lambda: self.handle.read(BLOCK), b"")

    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal: the same file again is known by it."""
        self.handle.seek(0)
        return hashlib.file_digest(self.handle, "sha256").hexdigest()

    def count_line_feeds(self) -> int:
        """How many line feeds it has; whoever reads it goes on from where they were."""
        at = self.handle.tell()
        found = sum(block.count(b"\n") for block in self.blocks())
        self.handle.seek(at)
        return found

    def require_unchanged(self) -> None:
        """Raise UnreadableFile when the path holds other bytes than those that the handle was opened on."""
        now, then = os.stat(self.path), self.opened  # noqa: PTH116  the path, and not the handle
        if (now.st_mtime_ns, now.st_size, now.st_ino) != (then.st_mtime_ns, then.st_size, then.st_ino):
            raise modified()


@contextmanager
def open_file(path: Path) -> Iterator[SourceFile]:
    """The file at `path`. Raises UnreadableFile when there is none, OSError when it cannot be opened."""
    if not path.is_file():
        raise UnreadableFile("le fichier n’existe pas, ou ce n’est pas un fichier.")
    with path.open("rb") as handle:
        yield SourceFile(path, handle, os.fstat(handle.fileno()))


def modified() -> UnreadableFile:
    """The refusal of a file that somebody writes while we read it."""
    return UnreadableFile("le fichier a été modifié pendant la lecture. Réessayez dans un instant.")
