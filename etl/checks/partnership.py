"""Agreements with partners: days in order."""

from __future__ import annotations

import polars as pl

from etl.checks.model import Check
from etl.reference_data import ReferenceData


def agreement_checks(_reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of an agreement."""
    return (Check("ends", pl.col("ends") < pl.col("starts"), "fin avant le début", refuses=True, against="starts"),)
