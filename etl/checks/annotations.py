"""Annotations of curves: days in order."""

from __future__ import annotations

import polars as pl

from etl.checks.model import Check
from etl.reference_data import ReferenceData


def annotation_checks(_reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of an annotation."""
    return (Check("ends", pl.col("ends") < pl.col("starts"), "fin avant le début", refuses=True, against="starts"),)
