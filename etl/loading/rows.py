"""The rows of a file: typed, checked and staged, batch by batch."""

from __future__ import annotations

import hashlib

import polars as pl
from sqlalchemy import Connection

from etl.files import Sheet, UnreadableFile
from etl.files.recognition import Layout
from etl.loading.delivery import Delivery, batches_of, record_refused, record_settled, stages_of
from etl.loading.progress import OnProgress
from etl.loading.refusals import read_open_keys
from etl.loading.staging import create_stage, write_stage
from etl.problems import Problem
from etl.reference_data import ReferenceData
from etl.sources import check_rows, load_source_of, rows_by_table
from etl.typing.columns import type_batch

MAX_REFUSED_ROWS = 100_000


def stage_rows(
    connection: Connection, sheet: Sheet, layout: Layout, reference: ReferenceData, progress: OnProgress | None = None
) -> Delivery:
    """Stage every row of a sheet that can be typed and passes its checks. Raises UnreadableFile or HeldFile.

    Reading ends at the batch that brings the refused rows above MAX_REFUSED_ROWS: their causes are known by then, and
    as Python objects the rows of a whole file would weigh gigabytes.
    """
    columns, source = layout.source, load_source_of(layout.source)
    delivery = Delivery(layout, source, reference, stages_of(source), read_open_keys(connection, columns))
    for stage in delivery.stages.values():
        create_stage(connection, stage)
    digest = hashlib.sha256(columns.name.encode())
    batches = batches_of(sheet, layout)
    total = sheet.count_rows() if progress else 0
    for batch in [pl.concat(batches)] if columns.complete_for else batches:  # some checks need a whole story
        _update_digest(digest, _stage_batch(connection, delivery, batch), layout)
        if progress:
            progress(delivery.read, total)
        if len(delivery.rejected_rows) > MAX_REFUSED_ROWS:
            return delivery
    if progress:
        progress(delivery.read, None)
    if not delivery.read:
        raise UnreadableFile("aucune ligne de données sous l’en-tête.", line=sheet.header_line, sheet=sheet.name)
    delivery.content = digest.hexdigest()
    delivery.sheet = sheet.name or None
    notes = [Problem("warning", note.line or 0, None, None, note.message) for note in sheet.notes]
    notes += layout.remarks()
    notes += [
        Problem("warning", one.line, one.column.header, None, one.sentence())
        for one in delivery.formats.totals.mismatches()
    ]
    delivery.warnings = [*notes, *delivery.warnings]
    delivery.warned += len(notes)
    return delivery


def _stage_batch(connection: Connection, delivery: Delivery, batch: pl.DataFrame) -> pl.DataFrame:
    """Stages the rows of a batch that pass; returns its texts, without the rows of totals."""
    layout, source, reference = delivery.layout, delivery.source, delivery.reference
    typed = type_batch(batch, layout.positions, layout.source, reference, delivery.formats)
    checked = check_rows(source, typed.rows, reference, delivery.formats)
    refused = [*typed.refused, *checked.refused]
    delivery.read += typed.texts.height
    delivery.refused += refused
    delivery.warnings += [*typed.warnings, *checked.warnings]
    delivery.warned += typed.warned + checked.warned
    record_refused(delivery, typed.texts, {problem.line for problem in refused})
    record_settled(delivery, typed.texts)
    delivery.cancelled_keys += source.cancelled_keys(checked.rows)
    for table, rows in rows_by_table(source, checked.rows, reference, delivery.occurrences).items():
        write_stage(connection, delivery.stages[table], rows)
    return typed.texts


def _update_digest(digest: hashlib._Hash, batch: pl.DataFrame, layout: Layout) -> None:
    """The content as read, whatever the order of the columns, the encoding or the kind of file."""
    named = sorted((column.header, str(position)) for position, column in layout.positions.items())
    digest.update("\x1f".join(header for header, _cell in named).encode())
    digest.update(batch.select([cell for _header, cell in named]).write_csv(include_header=False).encode())
