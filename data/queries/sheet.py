"""Places of the one-page sheet of a territory, with their state."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, and_, case, func, select

from data.facts.label import labelled_points
from data.filters import PLACE_FILTERS, TERRITORY_FILTERS
from data.geo import nearest_place
from data.schema import commune, label_span, live, place, place_version
from data.selection import Selection
from data.selection.periods import in_force_conditions


class PlaceState(NamedTuple):
    """A tiers-lieu at a date: `state` is labelled, in_process, or ended (a label that is over), since `day`."""

    code: str
    name: str
    commune: str
    state: str
    day: date


def read_places_with_state(connection: Connection, selection: Selection, limit: int) -> list[PlaceState]:
    """Places that are, or were, labelled or in process at `until`: labelled ones first, then by name."""
    conditions = selection.where(label_span.c, PLACE_FILTERS)
    current = (
        select(label_span.c.place_id, label_span.c.state, label_span.c.started.label("day"))
        .where(*conditions, *in_force_conditions(label_span.c, selection.until))
        .cte("current")
    )
    over = (
        select(label_span.c.place_id, func.max(label_span.c.ended).label("day"))
        .where(*conditions, label_span.c.state == "labelled", label_span.c.ended <= selection.until)
        .group_by(label_span.c.place_id)
        .cte("over")
    )
    state = func.coalesce(current.c.state, "ended")
    rank = case((state == "labelled", 0), (state == "in_process", 1), else_=2)
    query = (
        select(place.c.code, place_version.c.name, commune.c.name, state, func.coalesce(current.c.day, over.c.day))
        .select_from(place)
        .join(place_version, and_(place_version.c.place_id == place.c.place_id, live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
        .outerjoin(current, current.c.place_id == place.c.place_id)
        .outerjoin(over, over.c.place_id == place.c.place_id)
        .where(current.c.place_id.is_not(None) | over.c.place_id.is_not(None))
        .order_by(rank, place_version.c.name, place.c.code)
        .limit(limit)
    )
    return [PlaceState(*row) for row in connection.execute(query)]


def count_label_states(connection: Connection, selection: Selection) -> dict[str, int]:
    """Number of places by state (labelled, in_process) at `until`; a state without any has no key."""
    query = (
        select(label_span.c.state, func.count())
        .where(
            *selection.where(label_span.c, PLACE_FILTERS),
            *in_force_conditions(label_span.c, selection.until),
        )
        .group_by(label_span.c.state)
    )
    return {state: int(places) for state, places in connection.execute(query)}


class NearestToTown(NamedTuple):
    """The labelled place nearest to the centre of the largest commune of a territory, and its distance in km."""

    town: str
    place: str
    kilometres: float


def read_nearest_to_largest_town(connection: Connection, selection: Selection) -> NearestToTown | None:
    """The labelled place at `until`, anywhere in the Région, nearest to the largest selected commune; None without a
    place or a commune.
    """
    anywhere = selection.without_territory()
    points = labelled_points().subquery("points")
    places = connection.execute(
        select(points.c.name, points.c.lon, points.c.lat)
        .where(*anywhere.where(points.c, PLACE_FILTERS), *in_force_conditions(points.c, selection.until))
        .order_by(points.c.name)
    ).all()
    town = connection.execute(
        select(commune.c.name, commune.c.lon, commune.c.lat)
        .where(*selection.where(commune.c, TERRITORY_FILTERS))
        .order_by(commune.c.population.desc(), commune.c.code)
        .limit(1)
    ).one_or_none()
    if not places or town is None:
        return None
    rank, kilometres = nearest_place((town.lon, town.lat), [(point.lon, point.lat) for point in places])
    return NearestToTown(town.name, places[rank].name, kilometres)
