"""What is looked at in typed rows, source by source: rows that cannot be are refused, odd ones are signalled."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from data.sources import Source
from etl.checks import aids, attendance, labels, places
from etl.checks.model import Check, Checked, run
from etl.columns import State
from etl.world import World

_ORDER = Check("ends", pl.col("ends") < pl.col("starts"), "fin avant le début", refuses=True, against="starts")
_DUE = Check(
    "due", pl.col("due") < pl.col("baseline_day"), "échéance avant la date de référence", against="baseline_day"
)


def check_rows(source: Source, rows: pl.DataFrame, world: World, state: State) -> Checked:
    """The typed rows of a source without those that cannot be, coordinates mended.

    Batches may be checked one by one, except for a source that is complete for its places (`labels`): the whole file.
    """
    checked = run(_checks(source, world), _with_context(source, rows, world), source, state)
    kept = checked.rows.select(rows.columns)
    if source.name == "places":
        kept = places.mend(kept, world)
    return Checked(kept, checked.refused, checked.warnings, checked.warned)


def _with_context(source: Source, rows: pl.DataFrame, world: World) -> pl.DataFrame:
    if source.name == "attendance":
        return attendance.with_periods(rows, world)
    if source.name == "places":
        return places.with_commune(rows, world)
    return labels.with_story(rows) if source.name == "labels" else rows


def _checks(source: Source, world: World) -> tuple[Check, ...]:
    known: dict[str, Callable[[World], tuple[Check, ...]]] = {
        "attendance": lambda _: attendance.CHECKS,
        "places": places.checks,
        "labels": labels.checks,
        "aids": aids.checks,
        "aids-scdl": aids.vote_checks,
        "schemes": lambda _: (_ORDER,),
        "targets": lambda _: (_DUE,),
    }
    return known[source.name](world) if source.name in known else ()


__all__ = ["Check", "Checked", "check_rows"]
