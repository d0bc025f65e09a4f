"""The service standard: a threshold for what is measured, findings of the past."""

from __future__ import annotations

import polars as pl

from data.sources.standard import MEASURED_COLUMNS
from etl.checks.model import Check, future
from etl.reference_data import ReferenceData

_IS_MEASURED = pl.col("basis").is_in(MEASURED_COLUMNS)


def criterion_checks(_reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of a criterion."""
    return (
        Check(
            "threshold",
            _IS_MEASURED & pl.col("threshold").is_null(),
            "seuil attendu\u202f: ce critère se lit dans une colonne chiffrée",
            refuses=True,
            against="basis",
        ),
        Check(
            "threshold", ~_IS_MEASURED & pl.col("threshold").is_not_null(), "seuil sans effet\u202f: critère oui ou non"
        ),
    )


def declaration_checks(reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of a finding in a place."""
    return (future("day", reference.today, "relevé daté dans le futur\u202f: il comptera à sa date"),)
