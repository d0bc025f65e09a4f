"""Agreements with partners: days in order."""

from __future__ import annotations

import polars as pl

from etl.checks.model import Check
from etl.reference_data import ReferenceData

_OPEN_END = 9999_12_31


def agreement_checks(_reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of an agreement."""
    end_before = pl.col("ends").fill_null(_OPEN_END).cum_max().shift().over("partner", order_by="starts")
    return (
        Check("ends", pl.col("ends") < pl.col("starts"), "fin avant le début", refuses=True, against="starts"),
        Check(
            "starts",
            pl.col("starts") <= end_before,
            "convention qui chevauche une autre du même partenaire\u202f: les deux sont en vigueur ensemble",
        ),
    )
