"""Bytes → rows of text with their sheet and physical line. Everything stays text: types come after, by column.

One module per kind of file (delimited, workbook, records); each turns a path into a Sheet, or refuses it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.files.delimited import open_delimited
from etl.files.model import FooterTotal, HeldFile, NoHeaderFound, Note, Sheet, Signature, UnreadableFile
from etl.files.names import safe_name
from etl.files.recognise import Format, kind_of
from etl.files.records import open_records
from etl.files.stream import modified
from etl.files.workbook import open_workbook

__all__ = [
    "FooterTotal",
    "HeldFile",
    "NoHeaderFound",
    "Note",
    "Sheet",
    "Signature",
    "UnreadableFile",
    "modified",
    "open_table",
    "safe_name",
    "sha256",
]

_OPENERS = {Format.DELIMITED: open_delimited, Format.WORKBOOK: open_workbook, Format.RECORDS: open_records}


@contextmanager
def open_table(
    path: Path, *, signature: Signature, max_bytes: int = 2_000_000_000, repair: bool = False
) -> Iterator[Sheet]:
    """The table of `path` whose header `signature` recognises; its batches can be read inside the `with` only.

    `repair`: somebody confirmed what HeldFile proposed. Raises UnreadableFile or HeldFile, here or while iterating.
    """
    kind, notes = kind_of(path, max_bytes)
    with _OPENERS[kind](path, signature, notes, repairing=repair) as sheet:
        yield sheet


def sha256(path: Path) -> str:
    """Digest of the file's bytes, in hexadecimal: the same file again is known by it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
