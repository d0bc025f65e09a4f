"""Attendance: periods that make sense, at places that were open."""

from __future__ import annotations

import polars as pl

from etl.checks.model import Check
from etl.world import World

_MONTH_CROSSED = "période à cheval sur deux mois\u202f: elle compte pour le mois de son début"
_FULL = (pl.col("capacity") * pl.col("open_days")) * pl.when(pl.col("unit") == "half_days").then(2).otherwise(1)

CHECKS = (
    Check(
        "ends", pl.col("ends") < pl.col("starts"), "fin avant le début de la période", refuses=True, against="starts"
    ),
    Check("ends", pl.col("starts") // 100 != pl.col("ends") // 100, _MONTH_CROSSED, against="starts"),
    Check("starts", pl.col("starts") < pl.col("_opened"), "fréquentation avant l’ouverture du lieu"),
    Check("ends", pl.col("ends") > pl.col("_closed"), "fréquentation après la fermeture du lieu"),
    Check(
        "value",
        (pl.col("open_days") == 0) & (pl.col("value") > 0),
        "fréquentation déclarée alors que le lieu n’a ouvert aucun jour",
    ),
    Check(
        "value",
        pl.col("unit").is_in(["person_days", "half_days"]) & (pl.col("open_days") > 0) & (pl.col("value") > _FULL),
        "plus d’occupation que la capacité ne le permet sur les jours d’ouverture",
        against="capacity",
    ),
)


def with_periods(rows: pl.DataFrame, world: World) -> pl.DataFrame:
    """The rows with `_opened` and `_closed`, the life of their place (null: not known)."""
    return rows.with_columns(
        pl.col("place_id").replace_strict(
            {place: period[at] for place, period in world.place_periods.items()}, default=None, return_dtype=pl.Int32
        ).alias(name)
        for at, name in enumerate(("_opened", "_closed"))
    )  # fmt: skip
