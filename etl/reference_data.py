"""What is already known when a file is read: territory, places, schemes, partners, and what day it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Table, select, type_coerce
from sqlalchemy.types import Integer

from data import schema
from data.reference import read_postcodes
from data.sources import Source

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True)
class KnownCommune:
    """One commune of Normandie; lon and lat are its centre, in degrees."""

    name: str
    dep: str
    epci: str
    lon: float
    lat: float


@dataclass(frozen=True)
class KnownPlace:
    """One tiers-lieu; `point` are its own coordinates, longitude and latitude in degrees (None: not known)."""

    place_id: int
    name: str
    commune: str
    point: tuple[float, float] | None


@dataclass(frozen=True)
class ReferenceData:
    """The live rows that cells refer to.

    `former` maps a former commune code to today's; `places` an id_lieu to its place_id; `place_periods` a place_id to
    its opening and closing days (yyyymmdd or None); `schemes`, `partners` and `criteria` a code to its label; `aids`
    the reference of an aid file to the day of its vote, for the sources that name some only: there may be 200 000;
    `postcodes` a postcode of Normandie to the codes of its communes (CEDEX postcodes are not there); `named_places`
    are the places with their names, for the source that knows them by their names only.
    """

    communes: Mapping[str, KnownCommune]
    former: Mapping[str, str]
    epci: frozenset[str]
    departements: Mapping[str, str]
    places: Mapping[str, int]
    place_periods: Mapping[int, tuple[int | None, int | None]]
    schemes: Mapping[str, str]
    partners: Mapping[str, str]
    today: date
    criteria: Mapping[str, str] = field(default_factory=dict)
    aids: Mapping[str, int] = field(default_factory=dict)
    postcodes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    named_places: tuple[KnownPlace, ...] = ()


def today() -> date:
    """The day it is in Paris."""
    return datetime.now(PARIS).date()


def read_reference_data(
    connection: Connection, today: date, source: Source, looked_up: Collection[str] = ()
) -> ReferenceData:
    """The world as the database knows it, on the given day, with what the cells of `source` may refer to and the
    rows of the sources that its transform looks up.
    """
    commune, history, place = schema.commune, schema.commune_history, schema.place_version
    communes = connection.execute(
        select(commune.c.code, commune.c.name, commune.c.dep, commune.c.epci, commune.c.lon, commune.c.lat)
    )
    former = connection.execute(select(history.c.old_code, history.c.code))
    departements = connection.execute(select(schema.departement.c.code, schema.departement.c.name))
    places = connection.execute(
        select(
            schema.place.c.code,
            place.c.place_id,
            type_coerce(place.c.opened, Integer),
            type_coerce(place.c.closed, Integer),
        )
        .join(schema.place, schema.place.c.place_id == place.c.place_id)
        .where(schema.is_live(place))
    ).all()
    return ReferenceData(
        communes={code: KnownCommune(*facts) for code, *facts in communes},
        former=dict(former.all()),
        epci=frozenset(connection.scalars(select(schema.epci.c.code))),
        departements=dict(departements.all()),
        places={code: place_id for code, place_id, *_ in places},
        place_periods={place_id: (opened, closed) for _, place_id, opened, closed in places},
        schemes=_labels(connection, schema.scheme_version),
        partners=_labels(connection, schema.partner_version),
        today=today,
        criteria=_labels(connection, schema.standard_criterion),
        aids=_aids(connection) if any(column.kind == "aid" for column in source.columns) else {},
        postcodes=read_postcodes(),
        named_places=_named_places(connection) if "places" in looked_up else (),
    )


def _named_places(connection: Connection) -> tuple[KnownPlace, ...]:
    place = schema.place_version
    rows = connection.execute(
        select(place.c.place_id, place.c.name, place.c.commune, place.c.lon, place.c.lat).where(schema.is_live(place))
    )
    return tuple(
        KnownPlace(place_id, name, commune, None if lon is None or lat is None else (lon, lat))
        for place_id, name, commune, lon, lat in rows
    )


def _aids(connection: Connection) -> dict[str, int]:
    aid, version = schema.aid, schema.aid_version
    known = select(aid.c.reference, type_coerce(version.c.vote, Integer)).where(schema.is_live(version))
    return dict(connection.execute(known.join(aid, aid.c.aid_id == version.c.aid_id)).all())


def _labels(connection: Connection, table: Table) -> dict[str, str]:
    return dict(connection.execute(select(table.c.code, table.c.label).where(schema.is_live(table))).all())
