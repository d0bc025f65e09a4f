"""Aid through time."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from data.facts.aggregate import conditions, rows_of
from data.indicators.aid import AIDES_VOTEES
from data.selection import Selection
from data.types import year_of


def read_voted_by_year(connection: Connection, selection: Selection) -> dict[tuple[int, str], float]:
    """Euros by (year of the vote, scheme), for those with votes in the period."""
    votes = rows_of(AIDES_VOTEES.basis, selection)
    year = year_of(votes.c.day)
    query = (
        select(year, votes.c.scheme, func.sum(votes.c.amount))
        .where(*conditions(AIDES_VOTEES.basis, votes, selection))
        .group_by(year, votes.c.scheme)
        .order_by(year, votes.c.scheme)
    )
    return {(int(year_), scheme): float(amount) for year_, scheme, amount in connection.execute(query)}
