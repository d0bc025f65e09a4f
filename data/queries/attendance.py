"""Attendance through time."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection, func, select

from data.indicators.attendance import VISITES
from data.queries.indicators import conditions
from data.schema import attendance_total
from data.selection import Selection


def read_visits_by_month(connection: Connection, selection: Selection) -> pd.DataFrame:
    """One row per whole month of the period for which visits were declared or expected.

    `month` (yyyymm), `visits` (None when nobody declared), `reports` (places that declared), `expected` (places
    labelled during the month), `answered` (those of them that declared).
    """
    columns = attendance_total.c
    query = (
        select(
            columns.month,
            func.sum(columns.value),
            func.sum(columns.reports),
            func.sum(columns.expected),
            func.sum(columns.answered),
        )
        .where(*conditions(VISITES.measure, selection))
        .group_by(columns.month)
        .order_by(columns.month)
    )
    rows = [
        (int(month), None if visits is None else int(visits), *(int(count) for count in counts))
        for month, visits, *counts in connection.execute(query)
    ]
    return pd.DataFrame(rows, columns=["month", "visits", "reports", "expected", "answered"], dtype=object)
