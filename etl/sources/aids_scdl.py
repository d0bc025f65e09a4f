"""SCDL « subventions » → aid files.

A line is one beneficiary of a grant: its amount is the whole grant, its portion the beneficiary's part of it.
"""

from __future__ import annotations

import hashlib
from collections import Counter

import polars as pl

from data.i18n import fold
from data.sources import aids as region_columns
from data.sources import fold_header
from data.sources import scdl as columns
from etl.checks.aids import vote_checks
from etl.reference_data import ReferenceData
from etl.sources.aids import STEPS_OF_FILES
from etl.sources.model import LoadSource
from etl.typing.columns import dtype_of

ORIGIN = columns.AIDS_SCDL.name
UNKNOWN_SCHEME = "non-renseigne"
_KEY = ("funder", "decision_reference", "vote", "beneficiary", "purpose")
_REGION_COLUMNS = {column.name for column in region_columns.AIDS.columns}
# Stored as read, beside the columns of an aid file.
_SCDL_ONLY = tuple(column.name for column in columns.AIDS_SCDL.columns if column.name not in _REGION_COLUMNS)
_SHARED_COLUMNS = ("siret", "beneficiary", "purpose", "vote", "decision_reference", "funder")


def aids(rows: pl.DataFrame, reference: ReferenceData) -> pl.DataFrame:
    """One aid file per row of typed SCDL rows: origin, the columns of the source `aids` (null if SCDL has none), those
    of SCDL that it lacks, line.

    `reference` is the same for lines whose natural key is the same: the loader appends their ordinal. Rows are
    located when they are read, by the beneficiary's SIRET: the order of loading does not matter.
    """
    # Rounded twice: the first one takes away what binary fractions add (0.1 × 25 must be 2.5 to become 2).
    voted = (pl.col("grant_amount") * pl.col("portion")).round(4).round(0, mode="half_to_even").cast(pl.Int64)
    found = rows.select(
        *_SHARED_COLUMNS,
        *_SCDL_ONLY,
        "line",
        voted.alias("voted_amount"),
        pl.Series("reference", [_reference(key) for key in rows.select(_KEY).iter_rows()], dtype=pl.String),
        _schemes(rows["scheme_name"], reference).alias("scheme"),
    )
    files = [
        pl.col(column.name) if column.name in found.columns else pl.lit(None, dtype_of(column)).alias(column.name)
        for column in region_columns.AIDS.columns
    ]
    return found.select(pl.lit(ORIGIN).alias("origin"), *files, *_SCDL_ONLY, "line")


def _reference(key: tuple[str | int | None, ...]) -> str:
    """SCDL-0123456789abcdef, from the natural key without case, accents or surplus spaces."""
    text = "\x1f".join(fold(str(part or "")) for part in key)
    return f"SCDL-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _schemes(names: pl.Series, reference: ReferenceData) -> pl.Series:
    """The code of the scheme with that code or label, else « non renseigné »."""
    codes = {fold_header(text): code for code, label in reference.schemes.items() for text in (label, code)}
    distinct = names.drop_nulls().unique()
    found = {name: codes.get(fold_header(name), UNKNOWN_SCHEME) for name in distinct}
    return names.replace_strict(found, default=UNKNOWN_SCHEME, return_dtype=pl.String)


def with_ordinals(rows: pl.DataFrame, occurrences: Counter[str]) -> pl.DataFrame:
    """Distinguish identical lines by their ordinal in the file: reference -> reference-1, reference-2."""
    before = pl.col("reference").replace_strict(dict(occurrences), default=0, return_dtype=pl.Int64)
    ordinal = before + pl.int_range(1, pl.len() + 1).over("reference")
    numbered = rows.with_columns(reference=pl.concat_str(["reference", ordinal.cast(pl.String)], separator="-"))
    occurrences.update(rows["reference"].to_list())
    return numbered


def grants(rows: pl.DataFrame, reference: ReferenceData, occurrences: Counter[str]) -> pl.DataFrame:
    """Aid files, each with a reference of its own."""
    return with_ordinals(aids(rows, reference), occurrences)


AIDS_SCDL = LoadSource(columns.AIDS_SCDL, checks=vote_checks, transform=grants, derived=(STEPS_OF_FILES,))
