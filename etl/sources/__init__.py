"""What only one source needs, between its typed rows and the tables that it fills. Pure but for what was seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import polars as pl

from data.sources import SOURCES, Source
from etl.reference_data import ReferenceData
from etl.sources import agenda, aids, aids_scdl
from etl.sources.texts import without_contacts

OUTPUTS: Mapping[str, tuple[str, ...]] = {
    "aids": ("aid_version", "aid_step"),
    "aids-scdl": ("aid_version", "aid_step"),
}
_OPEN_FORMATS = frozenset({"activities-openagenda", "mediation-places"})


def outputs_of(source: Source) -> tuple[str, ...]:
    """The version tables that a source fills, its own first."""
    return OUTPUTS.get(source.name, (source.table,))


def sources_beside(name: str | None) -> list[str]:
    """The sources that fill a table which this one fills, itself among them."""
    tables = {table for source in SOURCES if source.name == name for table in outputs_of(source)}
    return [source.name for source in SOURCES if tables & set(outputs_of(source))]


def transform(
    source: Source, rows: pl.DataFrame, reference: ReferenceData, seen: Counter[str]
) -> dict[str, pl.DataFrame]:
    """Typed and checked rows -> the rows of each table. `seen` counts, over the batches of a file, identical lines."""
    if source.name == "aids":
        return {"aid_version": rows.with_columns(origin=pl.lit("aids")), "aid_step": aids.steps(rows)}
    if source.name == "aids-scdl":
        grants = number_alike(aids_scdl.aids(rows, reference), seen)
        return {"aid_version": grants, "aid_step": aids.steps(grants)}
    if source.name == "aid-steps":
        return {"aid_step": rows.with_columns(origin=pl.lit("aid-steps"))}
    if source.name in _OPEN_FORMATS:
        rows = without_contacts(rows)
    return {source.table: agenda.events(rows, reference) if source.name == "activities-openagenda" else rows}


def cancelled_keys(source: Source, rows: pl.DataFrame) -> list[str]:
    """Keys of rows that say that something is no more: what was loaded of it ends."""
    return agenda.cancelled_keys(rows) if source.name == "activities-openagenda" else []


def number_alike(rows: pl.DataFrame, seen: Counter[str]) -> pl.DataFrame:
    """Tell identical lines apart by their ordinal in the file: reference -> reference-1, reference-2."""
    before = pl.col("reference").replace_strict(dict(seen), default=0, return_dtype=pl.Int64)
    ordinal = before + pl.int_range(1, pl.len() + 1).over("reference")
    numbered = rows.with_columns(reference=pl.concat_str(["reference", ordinal.cast(pl.String)], separator="-"))
    seen.update(rows["reference"].to_list())
    return numbered
