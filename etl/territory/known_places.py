"""Which known tiers-lieu an event takes place in: by the name of its location, else by its coordinates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

import polars as pl

from data.geo import distance_matrix
from data.i18n import search_key
from etl.reference_data import KnownPlace, ReferenceData

NEAR_KM = 0.15  # kilometres: a point this near to a place is the place
CELLS_A_DEGREE = 100  # sides of about a kilometre, wider than NEAR_KM
MatchProblem = Literal["ambiguous"]


class PlaceMatch(NamedTuple):
    """The place found (None: none), and why none was when several could be."""

    place_id: int | None
    problem: MatchProblem | None = None


class PlaceFinder:
    """Finds the places of events in a known world."""

    def __init__(self, places: Sequence[KnownPlace]) -> None:
        self._by_name: dict[tuple[str, str], list[KnownPlace]] = {}
        self._by_cell: dict[tuple[int, int], list[KnownPlace]] = {}
        for place in places:
            self._by_name.setdefault((place.commune, search_key(place.name)), []).append(place)
            if place.point:
                self._by_cell.setdefault(_cell(place.point), []).append(place)

    def find(self, name: str | None, commune: str | None, point: tuple[float, float] | None) -> PlaceMatch:
        """The only place of that name in the commune; without any, the only one within NEAR_KM of the point."""
        named = self._by_name.get((commune, search_key(name)), []) if name and commune else []
        found = named or (self._near(point) if point else [])
        if len(found) > 1:
            return PlaceMatch(None, "ambiguous")
        return PlaceMatch(found[0].place_id if found else None)

    def _near(self, point: tuple[float, float]) -> list[KnownPlace]:
        column, row = _cell(point)
        around = [
            (place, place.point)
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for place in self._by_cell.get((x, y), ())
            if place.point
        ]
        if not around:
            return []
        kilometres = distance_matrix([point], [where for _place, where in around])[0]
        return [place for (place, _where), km in zip(around, kilometres, strict=True) if km <= NEAR_KM]


def _cell(point: tuple[float, float]) -> tuple[int, int]:
    lon, lat = point
    return int(lon * CELLS_A_DEGREE // 1), int(lat * CELLS_A_DEGREE // 1)


def find_places(rows: pl.DataFrame, reference: ReferenceData) -> pl.DataFrame:
    """The rows with `_place_id`, the place found (null: none), and `_match_problem`, why none was.

    Rows have `_commune` (etl.territory.locator) and may have `location`, `lon` and `lat`.
    """
    finder = PlaceFinder(reference.named_places)
    names, lons, lats = (_column(rows, name) for name in ("location", "lon", "lat"))
    matches = [
        finder.find(name, commune, None if lon is None or lat is None else (lon, lat))
        for name, commune, lon, lat in zip(names, rows["_commune"], lons, lats, strict=True)
    ]
    return rows.with_columns(
        pl.Series("_place_id", [match.place_id for match in matches], dtype=pl.Int64),
        pl.Series("_match_problem", [match.problem for match in matches], dtype=pl.String),
    )


def _column(rows: pl.DataFrame, name: str) -> Iterable[Any]:
    return rows[name] if name in rows.columns else [None] * len(rows)
