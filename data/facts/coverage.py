"""Where labelled places are, and whom they have within reach."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, and_, case, func, select

from data.facts.aggregate import within
from data.facts.model import Reading
from data.facts.population import NOBODY
from data.geo import places_near
from data.schema import commune, epci, label_span, live, place_version, reach_span
from data.selection import Selection


def labelled_points() -> Select[Any]:
    """One row per period of a label: its scope, `started`, `ended`, and where the place is: `lon` and `lat` in
    degrees, its own when both are given, else those of its commune's centre.
    """
    own = and_(place_version.c.lon.is_not(None), place_version.c.lat.is_not(None))
    return (
        select(
            *(label_span.c[name] for name in ("dep", "epci", "holder_type", "typologies", "started", "ended")),
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
    read = _reached_points if selection.codes("typologie") else _reached_spans
    reached, people = read(connection, selection)
    return Reading(reached / people) if people else Reading(None, NOBODY)


def reached_communes(selection: Selection) -> Select[Any]:
    """SQL: the codes of the communes, whatever the territory, within 15 km of a place of the selection's holder types
    labelled at `until`. It knows nothing of typologies.
    """
    anywhere = selection.choosing("dep", ()).choosing("epci", ())
    return select(reach_span.c.commune).where(
        *anywhere.where(reach_span.c), *within("stock", reach_span.c, None, selection.until)
    )


def _reached_spans(connection: Connection, selection: Selection) -> tuple[int, int]:
    near = case((commune.c.code.in_(reached_communes(selection)), commune.c.population), else_=0)
    query = select(func.sum(near), func.sum(commune.c.population)).where(*selection.where(commune.c))
    reached, people = connection.execute(query).one()
    return int(reached or 0), int(people or 0)


def _reached_points(connection: Connection, selection: Selection) -> tuple[int, int]:
    """A place may have any set of typologies: no roll-up holds them all, so the distances are computed."""
    anywhere = selection.choosing("dep", ()).choosing("epci", ())
    points = labelled_points().subquery("points")
    labelled = connection.execute(
        select(points.c.lon, points.c.lat).where(
            *anywhere.where(points.c), *within("stock", points.c, None, selection.until)
        )
    )
    places = sorted({(row.lon, row.lat) for row in labelled})
    communes = connection.execute(
        select(commune.c.population, commune.c.lon, commune.c.lat).where(*selection.where(commune.c))
    ).all()
    near = places_near([(one.lon, one.lat) for one in communes], places)
    reached = sum(one.population for one, ranks in zip(communes, near, strict=True) if ranks)
    return reached, sum(one.population for one in communes)


def counted_epcis(selection: Selection) -> Select[Any]:
    """SQL: the codes (`epci`) of the intercommunalités that coverage counts: their seat in Normandie, and a commune in
    the selection.
    """
    return (
        select(commune.c.epci)
        .join(epci, epci.c.code == commune.c.epci)
        .where(epci.c.seat_in_normandie, *selection.where(commune.c))
        .distinct()
    )


def read_covered(connection: Connection, selection: Selection) -> tuple[int, int]:
    """(with a place labelled at `until` anywhere in them, all): the intercommunalités with their seat in Normandie and
    a commune in the selection; holder types and typologies narrow the places.
    """
    anywhere = selection.choosing("dep", ()).choosing("epci", ())
    covered = select(label_span.c.epci).where(
        label_span.c.state == "labelled",
        *anywhere.where(label_span.c),
        *within("stock", label_span.c, None, selection.until),
    )
    counted = counted_epcis(selection).subquery("counted")
    query = select(func.sum(case((counted.c.epci.in_(covered), 1), else_=0)), func.count()).select_from(counted)
    with_place, total = connection.execute(query).one()
    return int(with_place or 0), int(total)
