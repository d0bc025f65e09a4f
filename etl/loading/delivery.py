"""One file on its way in: read, typed, checked and staged, batch by batch; nothing of it is merged yet."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from sqlalchemy import Connection, Table

from data.schema import metadata
from etl.files import Sheet
from etl.files.recognition import Layout
from etl.loading.identities import IDENTITIES
from etl.loading.progress import OnProgress
from etl.loading.refusals import read_open_keys
from etl.loading.staging import create_stage, stage_table, write_stage
from etl.problems import Problem
from etl.reference_data import ReferenceData
from etl.sources import LoadSource, check_rows, load_source_of, rows_by_table
from etl.typing.cell_problems import State
from etl.typing.columns import describe_rejected, read_stored_numbers, type_batch


@dataclass
class Delivery:
    """A file being taken in, and what reading it has gathered.

    `found`: refused line -> its key as written, its amount (cents) and what says where it belongs; `settled`: keys of
    rows refused by an earlier load that come again; `cancelled_keys`: keys of rows that say that something is no more;
    `incomplete`: places of which a row is refused, in a source that is complete for its places; `sums`: each column of
    numbers added up, None when one of its cells
    cannot be read.
    """

    layout: Layout
    source: LoadSource
    reference: ReferenceData
    stages: Mapping[str, Table]
    open_keys: frozenset[str]
    formats: State = field(default_factory=State)
    seen: Counter[str] = field(default_factory=Counter)
    read: int = 0
    refused: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    warned: int = 0
    found: dict[int, dict[str, Any]] = field(default_factory=dict)
    settled: list[str] = field(default_factory=list)
    cancelled_keys: list[str] = field(default_factory=list)
    incomplete: set[int] = field(default_factory=set)
    sums: dict[str, int | None] = field(default_factory=dict)
    content: str = ""


def stages_of(source: LoadSource) -> dict[str, Table]:
    """A stage for each version table that the source fills, its own first."""
    return {name: stage_table(metadata.tables[name], stage_key(name)) for name in source.tables}


def stage_key(table: str) -> tuple[str, ...]:
    """The natural key of a version table, with the text key of an identity in place of its number."""
    identity = IDENTITIES.get(table)
    names = [column.name for column in metadata.tables[table].primary_key if column.name != "load_id"]
    if identity and identity.number:
        names = [identity.natural if name == identity.number else name for name in names]
    return tuple(names)


def stage_rows(
    connection: Connection, sheet: Sheet, layout: Layout, reference: ReferenceData, progress: OnProgress | None = None
) -> Delivery:
    """Stage every row of a sheet that can be typed and passes its checks. Raises UnreadableFile or HeldFile."""
    columns, source = layout.source, load_source_of(layout.source)
    delivery = Delivery(layout, source, reference, stages_of(source), read_open_keys(connection, columns))
    for stage in delivery.stages.values():
        create_stage(connection, stage)
    digest = hashlib.sha256(columns.name.encode())
    batches = _batches(sheet, layout)
    total = sheet.count_rows() if progress else 0
    for batch in [pl.concat(batches)] if columns.complete_for else batches:  # some checks need a whole story
        _update_digest(digest, batch, layout)
        _stage_batch(connection, delivery, batch)
        if progress:
            progress(delivery.read, total)
    if progress:
        progress(delivery.read, None)
    delivery.content = digest.hexdigest()
    notes = [Problem("warning", note.line or 0, None, None, note.message) for note in sheet.notes]
    notes += layout.remarks()
    delivery.warnings = [*notes, *delivery.warnings]
    delivery.warned += len(notes)
    return delivery


def _stage_batch(connection: Connection, delivery: Delivery, batch: pl.DataFrame) -> None:
    layout, source, reference = delivery.layout, delivery.source, delivery.reference
    typed = type_batch(batch, layout.positions, layout.source, reference, delivery.formats)
    checked = check_rows(source, typed.rows, reference, delivery.formats)
    refused = [*typed.refused, *checked.refused]
    delivery.read += batch.height
    delivery.refused += refused
    delivery.warnings += [*typed.warnings, *checked.warnings]
    delivery.warned += typed.warned + checked.warned
    for name, added in typed.sums.items():
        known = delivery.sums.get(name, 0)
        delivery.sums[name] = None if known is None or added is None else known + added
    _note_refused(delivery, batch, {problem.line for problem in refused})
    _note_settled(delivery, batch)
    delivery.cancelled_keys += source.cancelled_keys(checked.rows)
    for table, rows in rows_by_table(source, checked.rows, reference, delivery.seen).items():
        write_stage(connection, delivery.stages[table], rows)


def _batches(sheet: Sheet, layout: Layout) -> Iterator[pl.DataFrame]:
    return (read_stored_numbers(batch, layout.positions) for batch in sheet.batches)


def describe_duplicates(delivery: Delivery, sheet: Sheet, refused: set[int]) -> None:
    """Read a file again for what is kept of rows that only the whole file shows to be wrong."""
    for batch in _batches(sheet, delivery.layout):
        _note_refused(delivery, batch, refused)


def _note_refused(delivery: Delivery, batch: pl.DataFrame, refused: set[int]) -> None:
    """Keep the key and the money of refused rows, and whose they are."""
    rows = batch.filter(pl.col("line").is_in(list(refused))) if refused else batch.clear()
    if len(rows):
        for row in _described(delivery, rows).iter_rows(named=True):
            owner = row.pop("owner")
            delivery.found[row.pop("line")] = row
            delivery.incomplete |= {owner} if owner else set()


def _note_settled(delivery: Delivery, batch: pl.DataFrame) -> None:
    """See which rows had been refused before: whatever becomes of them now, they are not to be corrected twice."""
    if delivery.open_keys:
        keys = _described(delivery, batch)["row_key"]
        delivery.settled += keys.filter(keys.is_in(list(delivery.open_keys))).to_list()


def _described(delivery: Delivery, rows: pl.DataFrame) -> pl.DataFrame:
    layout = delivery.layout
    return describe_rejected(rows, layout.positions, layout.source, delivery.reference, delivery.formats)


def _update_digest(digest: hashlib._Hash, batch: pl.DataFrame, layout: Layout) -> None:
    """The content as read, whatever the order of the columns, the encoding or the kind of file."""
    named = sorted((column.header, str(position)) for position, column in layout.positions.items())
    digest.update("\x1f".join(header for header, _cell in named).encode())
    digest.update(batch.select([cell for _header, cell in named]).write_csv(include_header=False).encode())
