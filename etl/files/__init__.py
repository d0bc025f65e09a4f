"""Bytes → rows of text with their sheet and physical line. Everything stays text: types come after, by column.

One module per kind of file (delimited, workbook, records); each turns a path into a Sheet, or refuses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.files.delimited import open_delimited
from etl.files.model import HeldFile, NoHeaderFound, Note, Sheet, Signature, UnreadableFile
from etl.files.names import safe_name
from etl.files.recognise import Format, kind_of
from etl.files.records import open_records
from etl.files.source_file import SourceFile, open_file
from etl.files.workbook import open_workbook

__all__ = [
    "HeldFile",
    "NoHeaderFound",
    "Note",
    "Sheet",
    "Signature",
    "SourceFile",
    "UnreadableFile",
    "open_file",
    "open_table",
    "read_table",
    "require_within_limits",
    "safe_name",
]

MAX_BYTES = 2_000_000_000
_READERS = {Format.DELIMITED: open_delimited, Format.WORKBOOK: open_workbook, Format.RECORDS: open_records}


def require_within_limits(file: SourceFile) -> None:
    """Raise UnreadableFile for a file that is no table, too big or of too many rows, before it is read or digested."""
    kind_of(file, MAX_BYTES)


@contextmanager
def read_table(
    file: SourceFile, *, signature: Signature, max_bytes: int = MAX_BYTES, repair: bool = False
) -> Iterator[Sheet]:
    """The table of an open file whose header `signature` recognises; its batches can be read inside the `with` only.

    `repair`: somebody confirmed what HeldFile proposed. Raises UnreadableFile or HeldFile, here or while iterating.
    """
    kind, notes = kind_of(file, max_bytes)
    with _READERS[kind](file, signature, notes, repairing=repair) as sheet:
        yield sheet


@contextmanager
def open_table(
    path: Path, *, signature: Signature, max_bytes: int = MAX_BYTES, repair: bool = False
) -> Iterator[Sheet]:
    """The same of the file at `path`, for who needs no digest of it."""
    with (
        open_file(path) as file,
        read_table(file, signature=signature, max_bytes=max_bytes, repair=repair) as sheet,
    ):
        yield sheet
