"""The label through time and on the map."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, and_, func, literal, select, union_all

from data.facts.aggregate import conditions
from data.facts.label import LABELS
from data.indicators.label import LIEUX_LABELLISES
from data.schema import commune, label_span, live, place_version
from data.selection import Selection


def read_label_changes(connection: Connection, selection: Selection) -> dict[date, int]:
    """By how much the stock changes (not 0) on each day, not after `until`, on which labels began or ended, in order.

    Every day since the first label, whatever the start of the period: a stock is the sum of all changes before it.
    """
    measure = LIEUX_LABELLISES.basis
    narrowed = [*measure.only(label_span.c), *selection.where(label_span.c, measure.fixed)]
    moves = union_all(
        *(
            select(day.label("day"), literal(sign).label("change")).where(*narrowed, day <= selection.until)
            for day, sign in ((label_span.c.started, 1), (label_span.c.ended, -1))
        )
    ).subquery("moves")
    change = func.sum(moves.c.change)
    query = select(moves.c.day, change).group_by(moves.c.day).having(change != 0).order_by(moves.c.day)
    return {day: int(count) for day, count in connection.execute(query)}


class LabelledPoint(NamedTuple):
    """A labelled place: its intercommunalité, its name, where it is (its own point, else the centre of its commune)."""

    epci: str
    name: str
    lon: float
    lat: float


def read_labelled_points(connection: Connection, selection: Selection) -> list[LabelledPoint]:
    """The places labelled at `until`, by name."""
    rows = LABELS.rows
    query = (
        select(
            label_span.c.epci,
            place_version.c.name,
            func.coalesce(place_version.c.lon, commune.c.lon),
            func.coalesce(place_version.c.lat, commune.c.lat),
        )
        .select_from(rows)
        .join(place_version, and_(place_version.c.place_id == label_span.c.place_id, live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
        .where(*conditions(LIEUX_LABELLISES.basis, rows, selection))
        .order_by(place_version.c.name)
    )
    return [LabelledPoint(*row) for row in connection.execute(query)]
