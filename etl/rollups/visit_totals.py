"""The sums of attendance by month, as pages read them: each grouping set, less what its level leaves out."""

from __future__ import annotations

import polars as pl
from sqlalchemy import Connection, select

from data.cube import PERIOD_KEY, GroupingSet
from data.facts.attendance import ATTENDANCE_CUBE
from data.facts.suppression import LEVELS, SUMMED_PLACES
from data.schema import attendance_total, label_month
from etl.bulk import insert_frame, read_frame
from etl.rollups.declared_months import SCOPE

_SUMS = (*ATTENDANCE_CUBE.measures, "pairs")  # `pairs`: the declarations with one a year before
_UNKNOWN_WITHOUT = {  # a sum -> the count without which it is unknown, and not zero
    "value": "reports",
    "seated_value": "seats",
    "seats": "seats",
    "twin_now": "pairs",
    "twin_before": "pairs",
}
_KEY = ["place_group", "unit", "month"]


def add_totals(
    connection: Connection, places: pl.DataFrame, unit: int, months: pl.DataFrame, masks: pl.DataFrame
) -> None:
    """Add the sums of a unit to `attendance_total`, from the frames of `declared_months` and `suppression`.

    Places are grouped once by what all sets keep: the sets then aggregate groups, and not places.
    """
    placed = places.with_columns(pl.struct(SCOPE).rank("dense").alias("place_group"))
    groups = placed.select("place_group", *SCOPE).unique()
    of_place = placed.select("place_id", "place_group", "seats")
    declared = months.join(of_place, on="place_id")
    expected = _read_expected(connection, unit).join(placed.drop("seats"), on="place_id")
    hidden = masks.rename({name: f"hidden_{name}" for name in SUMMED_PLACES})
    hidden_labels = hidden.filter(pl.col("hidden_expected") > 0).drop("unit")
    private = (
        declared.filter("is_private").join(hidden, on=["place_id", "month", "unit"], how="left"),
        expected.filter("is_private").join(hidden_labels, on=["place_id", "month"], how="left"),
    )
    always = _sums(declared.filter(~pl.col("is_private")), expected.filter(~pl.col("is_private")), None)
    by_level = {level.number: pl.concat([always, _sums(*private, level.bit)]) for level in LEVELS}
    for chosen in ATTENDANCE_CUBE.sets:
        sums = by_level[chosen.level].join(groups, on="place_group")
        insert_frame(connection, attendance_total, _grouped(chosen, sums))


def _read_expected(connection: Connection, unit: int) -> pl.DataFrame:
    """One row per place and month during which it was labelled: whether it `answered` in the unit."""
    query = select(label_month.c.place_id, label_month.c.month, label_month.c.answers)
    labelled = read_frame(connection, query, {"place_id": pl.Int32, "month": pl.Int32, "answers": pl.Int64})
    answered = (pl.col("answers") & 2**unit).fill_null(0) > 0  # data.facts.attendance.answer_bit
    return labelled.with_columns(unit=pl.lit(unit, pl.Int16), answered=answered)


def _sums(declared: pl.DataFrame, expected: pl.DataFrame, bit: int | None) -> pl.DataFrame:
    """The sums of each group of places, unit and month, less what the level of `bit` leaves out; zeros are rows too."""

    def shown(kind: str) -> pl.Expr:
        if bit is None:
            return pl.col("place_id").is_not_null()  # every row: a literal would be one, whatever the size of the group
        return (pl.col(f"hidden_{kind}").fill_null(0) & bit) == 0

    is_declared = shown("declared")
    is_seated = shown("seated") & pl.col("seated")  # without a seat: left out as if its seats were not known
    is_paired = shown("paired") & pl.col("paired")
    sums = {
        "value": pl.when(is_declared).then("value"),
        "reports": is_declared,
        "seated_value": pl.when(is_seated).then("value"),
        "seats": pl.when(is_seated).then("seats"),
        "twin_now": pl.when(is_paired).then("value"),
        "twin_before": pl.when(is_paired).then("value_before"),
        "pairs": is_paired,
    }
    of_label = {"expected": shown("expected"), "answered": shown("expected") & pl.col("answered")}
    halves = [
        rows.group_by(_KEY).agg(of.sum().cast(pl.Int64).alias(name) for name, of in some.items())
        for rows, some in ((declared, sums), (expected, of_label))
    ]
    return pl.concat(halves, how="diagonal").select(*_KEY, *(pl.col(name).fill_null(0) for name in _SUMS))


def _grouped(chosen: GroupingSet, sums: pl.DataFrame) -> pl.DataFrame:
    """The rows of a grouping set, in the order of the primary key."""
    key = ["unit", "month", *chosen.dimensions]
    summed = sums.group_by(key).agg(pl.col(name).sum() for name in _SUMS)
    unknown = (pl.when(pl.col(count) > 0).then(name) for name, count in _UNKNOWN_WITHOUT.items())
    dropped = (pl.lit("").alias(name) for name in ATTENDANCE_CUBE.dimensions if name not in chosen.dimensions)
    period = (pl.col("month").cast(pl.Int64) + chosen.period_key(0)).alias(PERIOD_KEY)
    rows = summed.with_columns(*unknown, *dropped, period)
    return rows.select(column.name for column in attendance_total.c).sort(
        column.name for column in attendance_total.primary_key
    )
