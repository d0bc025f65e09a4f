"""A delivery: the state of one file between its first row read and the merge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from sqlalchemy import Table

from data.schema import metadata
from etl.files import Sheet
from etl.files.recognition import Layout
from etl.loading.identities import IDENTITIES
from etl.loading.staging import stage_table
from etl.problems import Problem
from etl.reference_data import ReferenceData
from etl.sources import LoadSource
from etl.typing.cell_problems import FileState
from etl.typing.columns import describe_rejected, read_stored_numbers


@dataclass
class Delivery:
    """One file: filled while its rows are staged and its duplicates rejected, read-only afterwards.

    `rejected_rows`: refused line -> its key as written, its amount (cents), its place, territory and day; `settled`:
    keys of earlier rejects that the file contains; `cancelled_keys`: keys of rows that cancel what was loaded;
    `incomplete`: places of which a row is refused, in a source that is complete for its places; `content`: the digest
    of the rows as read; `sheet`: the name of the one read, in a workbook.
    """

    layout: Layout
    source: LoadSource
    reference: ReferenceData
    stages: Mapping[str, Table]
    open_keys: frozenset[str]
    formats: FileState = field(default_factory=FileState)
    occurrences: Counter[str] = field(default_factory=Counter)
    read: int = 0
    refused: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    warned: int = 0
    rejected_rows: dict[int, dict[str, Any]] = field(default_factory=dict)
    settled: list[str] = field(default_factory=list)
    cancelled_keys: list[str] = field(default_factory=list)
    incomplete: set[int] = field(default_factory=set)
    content: str = ""
    sheet: str | None = None


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


def batches_of(sheet: Sheet, layout: Layout) -> Iterator[pl.DataFrame]:
    """The rows of a sheet as text, a batch at a time: line, cells, then "0", "1", …"""
    return (read_stored_numbers(batch, layout.positions) for batch in sheet.batches)


def record_refused(delivery: Delivery, batch: pl.DataFrame, refused: set[int]) -> None:
    """Record the key, the money and the place of refused rows."""
    rows = batch.filter(pl.col("line").is_in(list(refused))) if refused else batch.clear()
    if len(rows):
        for row in _described(delivery, rows).iter_rows(named=True):
            owner = row.pop("owner")
            delivery.rejected_rows[row.pop("line")] = row
            delivery.incomplete |= {owner} if owner else set()


def record_settled(delivery: Delivery, batch: pl.DataFrame) -> None:
    """Record the keys of earlier rejects in a batch: accepted or refused now, the earlier reject ends."""
    if delivery.open_keys:
        keys = _described(delivery, batch)["row_key"]
        delivery.settled += keys.filter(keys.is_in(list(delivery.open_keys))).to_list()


def _described(delivery: Delivery, rows: pl.DataFrame) -> pl.DataFrame:
    layout = delivery.layout
    return describe_rejected(rows, layout.positions, layout.source, delivery.reference, delivery.formats)
