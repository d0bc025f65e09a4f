"""Attendance: periods that make sense, at places that were open, and values like those of the place.

A large file is looked at by batches: what is compared with its neighbours is compared within a batch.
"""

from __future__ import annotations

import polars as pl

from etl.checks.model import Check
from etl.reference_data import ReferenceData

_MONTH_CROSSED = "période à cheval sur deux mois\u202f: elle compte pour le mois de son début"
_OVERLAP = "période qui en recouvre une autre du même lieu dans la même unité\u202f: leurs valeurs s’ajoutent"
_MISSING_MONTH = "un ou plusieurs mois manquent avant cette période, pour ce lieu et cette unité"
_OUTLIER = "valeur plus de 5 fois supérieure à la médiane du lieu dans ce fichier\u202f: un zéro de trop\u202f?"
OUTLIER_FACTOR = 5
MIN_SERIES_LENGTH = 4  # values of the place that make a median
MIN_OUTLIER = 20  # below so many visits nothing is unusual
_DAYS = 100_000_000  # more than any day yyyymmdd


def _month(day: pl.Expr) -> pl.Expr:
    """20200131 -> a number of months, one more for each."""
    return day // 10_000 * 12 + day // 100 % 100


_MAX_OCCUPANCY = (pl.col("capacity") * pl.col("open_days")) * pl.when(pl.col("unit") == "half_days").then(2).otherwise(
    1
)

_CHECKS = (
    Check(
        "ends", pl.col("ends") < pl.col("starts"), "fin avant le début de la période", refuses=True, against="starts"
    ),
    Check("ends", pl.col("starts") // 100 != pl.col("ends") // 100, _MONTH_CROSSED, against="starts"),
    Check("starts", pl.col("starts") <= pl.col("_covered"), _OVERLAP, against="ends"),
    Check("starts", _month(pl.col("starts")) > _month(pl.col("_covered")) + 1, _MISSING_MONTH),
    Check("starts", pl.col("starts") < pl.col("_opened"), "fréquentation avant l’ouverture du lieu"),
    Check("ends", pl.col("ends") > pl.col("_closed"), "fréquentation après la fermeture du lieu"),
    Check("value", (pl.col("value") >= MIN_OUTLIER) & (pl.col("value") > OUTLIER_FACTOR * pl.col("_median")), _OUTLIER),
    Check(
        "value",
        (pl.col("open_days") == 0) & (pl.col("value") > 0),
        "fréquentation déclarée alors que le lieu n’a ouvert aucun jour",
    ),
    Check(
        "value",
        pl.col("unit").is_in(["person_days", "half_days"])
        & (pl.col("open_days") > 0)
        & (pl.col("value") > _MAX_OCCUPANCY),
        "plus d’occupation que la capacité ne le permet sur les jours d’ouverture",
        against="capacity",
    ),
)


def checks(_reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of a declaration, on rows to which `with_series_context` added its columns."""
    return _CHECKS


def with_series_context(rows: pl.DataFrame, reference: ReferenceData) -> pl.DataFrame:
    """The rows with what they are compared with, null when it is not known.

    `_opened` and `_closed` are the life of their place; `_covered` the last day of the earlier periods of the same
    place, unit and audience (null for a period given twice: doubles are seen elsewhere); `_median` the median of
    these values, when there are enough of them.
    """
    lives = pl.DataFrame(
        [(place, *period) for place, period in reference.place_periods.items()],
        schema={"place_id": pl.Int64, "_opened": pl.Int32, "_closed": pl.Int32},
        orient="row",
    )
    series = rows.with_columns(_series_number().alias("_series")).sort("_series", "starts", "ends")
    # Series come in order: the greatest end so far, behind the number of its series, is that of the series.
    latest = (pl.col("_series") * _DAYS + pl.col("ends")).cum_max().shift() - pl.col("_series") * _DAYS
    again = (pl.col("starts") == pl.col("starts").shift()) & (pl.col("ends") == pl.col("ends").shift())
    is_later = (pl.col("_series") == pl.col("_series").shift()) & ~again
    medians = series.group_by("_series").agg(pl.len().alias("_length"), pl.median("value").alias("_median"))
    usual = medians.filter((pl.col("_length") >= MIN_SERIES_LENGTH) & (pl.col("_median") > 0)).drop("_length")
    compared = series.with_columns(pl.when(is_later).then(latest.cast(pl.Int32, strict=False)).alias("_covered"))
    return (
        compared.join(usual, on="_series", how="left")
        .join(lives, on="place_id", how="left")
        .drop("_series")
        .sort("line")
    )


def _series_number() -> pl.Expr:
    """One number for each place, unit and audience of a batch: rows are sorted by it, and not by three columns."""
    unit, audience = (pl.col(name).rank("dense").cast(pl.Int64).fill_null(0) for name in ("unit", "audience"))
    return pl.col("place_id").fill_null(0) * 10_000 + unit * 100 + audience
