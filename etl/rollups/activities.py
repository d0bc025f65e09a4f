"""Partner activities with their territory, and what followed prior meetings."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, delete

from data.schema import activity_row


def refresh(connection: Connection, _today: date) -> None:
    """Compute the roll-up of activities again."""
    connection.execute(delete(activity_row))
