"""What is looked at in typed rows, source by source: rows that cannot be are refused, odd ones are signalled."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from data.indicators import INDICATORS
from data.sources import Source
from etl.checks import activities, aid_steps, aids, attendance, labels, network, places
from etl.checks.model import Check, Checked, run
from etl.reference_data import ReferenceData
from etl.territory.locator import locate
from etl.typing.cell_problems import State

_ORDER = Check("ends", pl.col("ends") < pl.col("starts"), "fin avant le début", refuses=True, against="starts")
_DUE = Check(
    "due", pl.col("due") < pl.col("baseline_day"), "échéance avant la date de référence", against="baseline_day"
)
_UNREAD = Check(
    "indicator",
    ~pl.col("indicator").is_in([one.slug for one in INDICATORS]),
    "indicateur inconnu, que cet objectif ne servira pas\u202f: prenez son nom dans la liste des indicateurs "
    "(lieux-labellises…)",
)

_OLD_SESSION = Check("day", pl.col("day") < 20160101, "séance avant 2016, à vérifier")


def check_rows(source: Source, rows: pl.DataFrame, reference: ReferenceData, state: State) -> Checked:
    """The typed rows of a source without those that cannot be, what can be mended being so.

    Batches may be checked one by one, except for a source that is complete for its places (`labels`): the whole file.
    """
    checked = run(_checks(source, reference), _with_context(source, rows, reference), source, state)
    kept = _mended(source, checked.rows, reference).select(rows.columns)
    return Checked(kept, checked.refused, checked.warnings, checked.warned)


def _with_context(source: Source, rows: pl.DataFrame, reference: ReferenceData) -> pl.DataFrame:
    known: dict[str, Callable[[], pl.DataFrame]] = {
        "attendance": lambda: attendance.with_series(rows, reference),
        "places": lambda: places.with_centre(locate(rows, reference), reference),
        "labels": lambda: labels.with_story(rows),
        "aid-steps": lambda: aid_steps.with_votes(rows, reference),
        "activities-openagenda": lambda: locate(rows, reference),
        "mediation-places": lambda: locate(rows, reference),
    }
    return known[source.name]() if source.name in known else rows


def _mended(source: Source, rows: pl.DataFrame, reference: ReferenceData) -> pl.DataFrame:
    known: dict[str, Callable[[], pl.DataFrame]] = {
        "places": lambda: places.mend(rows, reference),
        "aid-steps": lambda: aid_steps.mend(rows),
        "mediation-places": lambda: network.mend(rows, reference),
    }
    return known[source.name]() if source.name in known else rows


def _checks(source: Source, reference: ReferenceData) -> tuple[Check, ...]:
    known: dict[str, Callable[[ReferenceData], tuple[Check, ...]]] = {
        "attendance": lambda _: attendance.CHECKS,
        "places": places.checks,
        "labels": labels.checks,
        "aids": aids.checks,
        "aids-scdl": aids.vote_checks,
        "aid-steps": aid_steps.checks,
        "activities": activities.checks,
        "activities-openagenda": activities.agenda_checks,
        "mediation-places": network.checks,
        "sessions": lambda _: (_OLD_SESSION,),
        "schemes": lambda _: (_ORDER,),
        "targets": lambda _: (_DUE, _UNREAD),
    }
    return known[source.name](reference) if source.name in known else ()


__all__ = ["Check", "Checked", "check_rows"]
