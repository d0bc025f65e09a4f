"""The policy itself: schemes and targets with days in order, indicators that exist, sessions of the policy's time."""

from __future__ import annotations

import polars as pl

from etl.checks.model import FIRST_DAY_OF_POLICY, Check
from etl.reference_data import ReferenceData

_ORDER = Check("ends", pl.col("ends") < pl.col("starts"), "fin avant le début", refuses=True, against="starts")
_DUE = Check(
    "due", pl.col("due") < pl.col("baseline_day"), "échéance avant la date de référence", against="baseline_day"
)
_UNKNOWN_INDICATOR = (
    "indicateur inconnu, que cet objectif ne servira pas\u202f: prenez son nom dans la liste des indicateurs "
    "(lieux-labellises…)"
)
_OLD_SESSION = Check("day", pl.col("day") < FIRST_DAY_OF_POLICY, "séance avant 2016, à vérifier")


def scheme_checks(_reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of an aid scheme."""
    return (_ORDER,)


def target_checks(_reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of a voted target."""
    from data.indicators import INDICATORS  # noqa: PLC0415  a fifth of a second, for this source alone

    is_unknown = ~pl.col("indicator").is_in([one.slug for one in INDICATORS])
    return (_DUE, Check("indicator", is_unknown, _UNKNOWN_INDICATOR))


def session_checks(_reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of a decision meeting."""
    return (_OLD_SESSION,)
