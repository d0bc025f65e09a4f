"""Who lives in the selected communes: the denominator of what is said per inhabitant."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from data.engine import once
from data.schema import commune
from data.selection import Selection

NOBODY = "aucun habitant dans la sélection"


@once
def read_population(connection: Connection, selection: Selection) -> int:
    """The inhabitants of the communes that the territory filters keep (0 when they keep none); other filters and
    dates change nothing.
    """
    query = select(func.coalesce(func.sum(commune.c.population), 0)).where(*selection.where(commune.c))
    return int(connection.scalar(query) or 0)
