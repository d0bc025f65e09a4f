"""Where labelled places are, and whom they have within reach."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, select

from data.engine import once
from data.facts.aggregate import within
from data.facts.model import Reading
from data.facts.population import NOBODY
from data.geo import is_near
from data.schema import commune, epci, label_span, live, place_version, reach_span
from data.selection import Selection


def labelled_points() -> Select[Any]:
    """One row per period of a label: its scope, `started`, `ended`, `place_id`, and the place's `name` and `lon` and
    `lat` in degrees, its own when both are given, else those of its commune's centre.
    """
    own = and_(place_version.c.lon.is_not(None), place_version.c.lat.is_not(None))
    return (
        select(
            *(
                label_span.c[name]
                for name in ("dep", "epci", "holder_type", "typologies", "started", "ended", "place_id")
            ),
            place_version.c.name,
            case((own, place_version.c.lon), else_=commune.c.lon).label("lon"),
            case((own, place_version.c.lat), else_=commune.c.lat).label("lat"),
        )
        .join(place_version, and_(place_version.c.place_id == label_span.c.place_id, live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
        .where(label_span.c.state == "labelled")
    )


def read_reached(connection: Connection, selection: Selection) -> Reading:
    """The share of the inhabitants of the selected communes within 15 km of a place labelled at `until`, anywhere in
    the Région; holder types and typologies narrow the places.
    """
    found = read_reached_by(connection, selection, "dep").values()
    people = sum(one.people for one in found)
    return Reading(sum(one.reached for one in found) / people) if people else Reading(None, NOBODY)


class Reached(NamedTuple):
    """The inhabitants of some communes, and those of them within 15 km of a labelled place."""

    reached: int
    people: int


@once
def read_reached_by(connection: Connection, selection: Selection, key: Literal["dep", "epci"]) -> dict[str, Reached]:
    """By département or intercommunalité with a commune in the selection (its selected communes only), by code."""
    read = _reached_points if selection.codes("typologie") else _reached_spans
    return read(connection, selection, key)


def is_reached(selection: Selection) -> ColumnElement[bool]:
    """SQL, of a commune, whatever the territory: it is within 15 km of a place of the selection's holder types labelled
    at `until`. It knows nothing of typologies.
    """
    anywhere = selection.anywhere()
    return exists().where(
        reach_span.c.commune == commune.c.code,
        *anywhere.where(reach_span.c),
        *within("stock", reach_span.c, None, selection.until),
    )


def _reached_spans(connection: Connection, selection: Selection, key: str) -> dict[str, Reached]:
    near = case((is_reached(selection), commune.c.population), else_=0)
    query = (
        select(commune.c[key], func.sum(near), func.sum(commune.c.population))
        .where(*selection.where(commune.c))
        .group_by(commune.c[key])
        .order_by(commune.c[key])
    )
    return {code: Reached(int(reached), int(people)) for code, reached, people in connection.execute(query)}


def _reached_points(connection: Connection, selection: Selection, key: str) -> dict[str, Reached]:
    near = _near_points(connection, selection)
    query = select(commune.c[key], commune.c.code, commune.c.population).where(*selection.where(commune.c))
    found: dict[str, Reached] = {}
    for territory, code, population in connection.execute(query.order_by(commune.c[key])):
        before = found.get(territory, Reached(0, 0))
        reached = population if code in near else 0
        found[territory] = Reached(before.reached + reached, before.people + population)
    return found


@once
def _near_points(connection: Connection, selection: Selection) -> frozenset[str]:
    """The selected communes within reach of a labelled place.

    A place may have any set of typologies: no roll-up holds them all, so the distances are computed.
    """
    points = labelled_points().subquery("points")
    labelled = connection.execute(
        select(points.c.lon, points.c.lat).where(
            *selection.anywhere().where(points.c), *within("stock", points.c, None, selection.until)
        )
    )
    places = list({(row.lon, row.lat) for row in labelled})
    columns = (commune.c.code, commune.c.lon, commune.c.lat)
    communes = connection.execute(select(*columns).where(*selection.where(commune.c))).all()
    near = is_near([(lon, lat) for _code, lon, lat in communes], places)
    return frozenset(code for (code, _lon, _lat), reached in zip(communes, near, strict=True) if reached)


class Covered(NamedTuple):
    """A département, an intercommunalité with communes there, and whether a labelled place stands anywhere in it."""

    dep: str
    epci: str
    has_place: bool


@once
def read_covered(connection: Connection, selection: Selection) -> list[Covered]:
    """The intercommunalités with their seat in Normandie and a commune in the selection, in each of their selected
    départements; holder types and typologies narrow the places, labelled at `until`.
    """
    anywhere = selection.anywhere()
    with_place = select(label_span.c.epci).where(
        label_span.c.state == "labelled",
        *anywhere.where(label_span.c),
        *within("stock", label_span.c, None, selection.until),
    )
    pairs = (
        select(commune.c.epci, commune.c.dep)
        .where(*selection.where(commune.c))
        .group_by(commune.c.epci, commune.c.dep)
        .subquery("pairs")
    )
    query = (
        select(pairs.c.dep, pairs.c.epci, case((pairs.c.epci.in_(with_place), 1), else_=0))
        .join(epci, epci.c.code == pairs.c.epci)
        .where(epci.c.seat_in_normandie)
        .order_by(pairs.c.dep, pairs.c.epci)
    )
    return [Covered(dep, code, bool(has_place)) for dep, code, has_place in connection.execute(query)]
