"""The standard columns that all facts share: territory, type of holder, typologies."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func

from data.schema import commune

NO_CODE = "-"  # in a scope column: the fact has no territory, no holder


def standard_columns(holder_type: ColumnElement[Any], typologies: ColumnElement[Any]) -> tuple[ColumnElement[Any], ...]:
    """SQL: `dep`, `epci`, `holder_type`, `typologies` of a row joined to `commune`; `NO_CODE` for a missing value."""
    return (
        func.coalesce(commune.c.dep, NO_CODE).label("dep"),
        func.coalesce(commune.c.epci, NO_CODE).label("epci"),
        func.coalesce(holder_type, NO_CODE).label("holder_type"),
        func.coalesce(typologies, "").label("typologies"),
    )
