"""Which communes lie within 15 km of a labelled tiers-lieu, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from data.facts.label import labelled_points
from data.geo import places_within_reach
from data.schema import commune, reach_span

Period = tuple[str, date, date | None]  # holder type, first day, the day after the last (None: still)


def refresh(connection: Connection, _today: date) -> None:
    """Compute the reach of labelled places again. Roll-ups of the label come first."""
    connection.execute(delete(reach_span))
    rows = list(_reach(connection))
    if rows:
        connection.execute(insert(reach_span), rows)


def _reach(connection: Connection) -> Iterator[dict[str, Any]]:
    spans = labelled_points().subquery("spans")
    labels = connection.execute(select(spans).order_by(spans.c.holder_type, spans.c.started)).all()
    communes = connection.execute(select(commune.c.code, commune.c.lon, commune.c.lat).order_by(commune.c.code)).all()
    near = places_within_reach([(lon, lat) for _code, lon, lat in communes], [(one.lon, one.lat) for one in labels])
    periods: list[Period] = [(one.holder_type, one.started, one.ended) for one in labels]
    for (code, _lon, _lat), ranks in zip(communes, near, strict=True):
        for holder_type, started, ended in unbroken(periods[rank] for rank in ranks):
            yield {"commune": code, "holder_type": holder_type, "started": started, "ended": ended}


def unbroken(periods: Iterable[Period]) -> Iterator[Period]:
    """The periods, ordered by holder type and first day, with those of a holder type that touch made one."""
    current: Period | None = None
    for period in periods:
        if current and current[0] == period[0] and (current[2] is None or period[1] <= current[2]):
            ends = (current[2], period[2])
            current = (current[0], current[1], None if None in ends else max(day for day in ends if day))
        else:
            if current:
                yield current
            current = period
    if current:
        yield current
