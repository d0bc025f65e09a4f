"""Aid files, what is to be checked in them, the sums of their steps, by place too, the use of the credits."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from etl.rollups.aids.files import refresh_files
from etl.rollups.aids.findings import refresh_findings
from etl.rollups.aids.totals import refresh_credit_use, refresh_places, refresh_totals


def refresh(connection: Connection, today: date) -> None:
    """Compute the roll-ups of aid again; each reads those before it."""
    refresh_files(connection, today)
    refresh_findings(connection)
    refresh_totals(connection)
    refresh_places(connection)
    refresh_credit_use(connection)
