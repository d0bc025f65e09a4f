"""The labelled tiers-lieux as the public sees them, from the nearest to a commune to the farthest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from data.engine import cached_on_snapshot
from data.facts.public_epn import PUBLIC_EPN
from data.facts.public_places import LABELLED_PLACES
from data.geo import distance_matrix
from data.model.public import PublicColumn
from data.reference import Commune
from data.selection import Selection

PUBLIC_DATASETS = (LABELLED_PLACES, PUBLIC_EPN)
SERVICES: tuple[PublicColumn, ...] = tuple(column for column in LABELLED_PLACES.columns if column.service)
NEAR_KM = 50.0  # kilometres as the crow flies: « à moins de 50 km »

PublicRow = dict[str, Any]  # the value of each public column, by name


@dataclass(frozen=True)
class PublicPlace:
    """A labelled place: its public values by column, and its kilometres from the chosen commune (None: none chosen)."""

    values: PublicRow
    kilometres: float | None = None

    @property
    def is_near(self) -> bool:
        """Whether it is within NEAR_KM of the chosen commune; every place is when none is chosen."""
        return self.kilometres is None or self.kilometres <= NEAR_KM


@dataclass(frozen=True)
class PublicPlaces:
    """The places that have every chosen service: by distance from the commune, then by name. `unknown` counts the
    others that lack none of these services and whose register does not say whether they have them all.
    """

    places: tuple[PublicPlace, ...]
    unknown: int = 0

    @property
    def near(self) -> tuple[PublicPlace, ...]:
        """The places within NEAR_KM; all of them when no commune is chosen."""
        return tuple(place for place in self.places if place.is_near)


@cached_on_snapshot
def read_public_rows(connection: Connection, selection: Selection) -> list[PublicRow]:
    """The public values of each tiers-lieu labelled at `until`, by name."""
    return [dict(row) for row in connection.execute(LABELLED_PLACES.rows(selection)).mappings()]


def read_public_places(
    connection: Connection, selection: Selection, services: Collection[str] = (), origin: Commune | None = None
) -> PublicPlaces:
    """The labelled places with every service of these codes (PublicColumn.service), from the nearest to the centre of
    the commune on; by name without a commune.
    """
    rows = read_public_rows(connection, selection)
    names = [column.name for column in SERVICES if column.service in services]
    offered = [row for row in rows if all(row[name] for name in names)]
    unknown = sum(any(row[name] is None for name in names) and _lacks_none(row, names) for row in rows)
    if origin is None:
        return PublicPlaces(tuple(PublicPlace(row) for row in offered), unknown)
    points = [(row["lon"], row["lat"]) for row in offered]
    kilometres = distance_matrix([(origin.lon, origin.lat)], points)[0].tolist() if points else []
    places = [PublicPlace(row, distance) for row, distance in zip(offered, kilometres, strict=True)]
    return PublicPlaces(tuple(sorted(places, key=lambda place: place.kilometres or 0.0)), unknown)


def _lacks_none(row: PublicRow, names: Sequence[str]) -> bool:
    return all(row[name] is not False for name in names)
