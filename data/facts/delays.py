"""How long a label takes, from the first application to the first award."""

from __future__ import annotations

from statistics import median

from sqlalchemy import Connection, func, select

from data.engine import once
from data.facts.aggregate import conditions, read_measure
from data.facts.label import AWARDS, IN_PROCESS
from data.facts.model import Measure, Reading, Total
from data.i18n import count, number
from data.selection import Selection
from data.types import day_count, year_of

DATED_AWARDS = Measure(AWARDS, Total(lambda _rows: func.count()), only=lambda rows: (rows.applied <= rows.day,))
"""First awards after a known application."""


@once
def read_delays(connection: Connection, selection: Selection) -> list[tuple[int, int]]:
    """The (year of the award, days waited) of the first awards of the period whose application is known."""
    query = _WAITED.where(*conditions(DATED_AWARDS, AWARDS.rows, selection))
    return [(year, days) for year, days in connection.execute(query)]


_day, _applied = AWARDS.rows.c.day, AWARDS.rows.c.applied
_WAITED = select(year_of(_day), day_count(_day) - day_count(_applied))  # whole numbers: dates would cost more


def read_delay(connection: Connection, selection: Selection) -> Reading:
    """The median of these days; how many there are, and how many places still wait at `until`."""
    delays = [days for _year, days in read_delays(connection, selection)]
    waiting = int(read_measure(connection, IN_PROCESS, selection).value or 0)
    note = f"{count(len(delays), 'délai', 'délais')}, {number(waiting)} encore {'ouvert' if waiting < 2 else 'ouverts'}"
    if not delays:
        return Reading(None, "aucune première labellisation après une candidature connue dans la période", note)
    return Reading(median(delays), note=note)
