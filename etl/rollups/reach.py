"""Which communes lie within 15 km of a labelled tiers-lieu, and when."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, delete

from data.schema import reach_span


def refresh(connection: Connection, _today: date) -> None:
    """Compute the reach of labelled places again."""
    connection.execute(delete(reach_span))
