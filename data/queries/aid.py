"""Aid through time."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection, func, select

from data.indicators.aid import AIDES_VOTEES
from data.queries.indicators import conditions
from data.schema import aid_total
from data.selection import Selection
from data.types import year_of


def read_voted_by_year(connection: Connection, selection: Selection) -> pd.DataFrame:
    """One row per year of the vote and scheme with votes in the period: `year`, `scheme`, `amount` (euros)."""
    year = year_of(aid_total.c.day)
    query = (
        select(year, aid_total.c.scheme, func.sum(aid_total.c.amount))
        .where(*conditions(AIDES_VOTEES.measure, selection))
        .group_by(year, aid_total.c.scheme)
        .order_by(year, aid_total.c.scheme)
    )
    rows = [(int(year_), scheme, float(amount)) for year_, scheme, amount in connection.execute(query)]
    return pd.DataFrame(rows, columns=["year", "scheme", "amount"], dtype=object)
