"""Where a fact is and for whom: the standard columns that all facts share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func

from data.schema import commune

NOWHERE = "-"  # in a scope column: the fact has no territory, no holder


def scope(holder_type: ColumnElement[Any], typologies: ColumnElement[Any]) -> tuple[ColumnElement[Any], ...]:
    """The four standard columns of a row joined to `commune`."""
    return (
        func.coalesce(commune.c.dep, NOWHERE).label("dep"),
        func.coalesce(commune.c.epci, NOWHERE).label("epci"),
        func.coalesce(holder_type, NOWHERE).label("holder_type"),
        func.coalesce(typologies, "").label("typologies"),
    )
