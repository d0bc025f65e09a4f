"""Lambert-93 (EPSG:2154), the official projection of France, to degrees: many files of the State hold metres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import pi

import polars as pl

from etl.typing.cells import Cells

EASTINGS, NORTHINGS = (0.0, 1_300_000.0), (6_000_000.0, 7_200_000.0)
FIRST_METRE = 10_000  # no coordinate in degrees is so large
# Constants of the projection (IGN, NTG 71): exponent, constant, origin, and the first eccentricity of GRS 80.
_N, _C = 0.7256077650532670, 11_754_255.426096
_X_ORIGIN, _Y_ORIGIN, _MERIDIAN = 700_000.0, 12_655_612.049876, 3.0
_ECCENTRICITY = 0.081819191042816
_ITERATIONS = 6


def is_metric(value: float) -> bool:
    """An easting or a northing of metropolitan France."""
    in_east = FIRST_METRE <= value <= EASTINGS[1]
    return in_east or NORTHINGS[0] <= value <= NORTHINGS[1]


def degrees(x: pl.Expr, y: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Longitudes and latitudes (WGS 84, degrees) of eastings and northings in metres."""
    east, north = x - _X_ORIGIN, _Y_ORIGIN - y
    longitude = _MERIDIAN + (pl.arctan2(east, north) / _N).degrees()
    isometric = (-((east.pow(2) + north.pow(2)).sqrt() / _C).log() / _N).exp()
    latitude = 2 * isometric.arctan() - pi / 2
    for _ in range(_ITERATIONS):
        sine = _ECCENTRICITY * latitude.sin()
        latitude = 2 * (((1 + sine) / (1 - sine)).pow(_ECCENTRICITY / 2) * isometric).arctan() - pi / 2
    return longitude, latitude.degrees()


def with_degrees(cells: Sequence[Cells]) -> list[Cells]:
    """The columns of a batch, metres of its longitude and latitude converted; both empty where they are no pair."""
    pair = {each.column.kind: each for each in cells if each.column.kind in {"lon", "lat"}}
    if len(pair) < 2 or not any((each.values.abs() >= FIRST_METRE).any() for each in pair.values()):
        return list(cells)
    known = pl.DataFrame([pair["lon"].values.alias("lon"), pair["lat"].values.alias("lat")])
    # Some files have the northing first.
    known = known.with_columns(
        pl.min_horizontal("lon", "lat").alias("x"), pl.max_horizontal("lon", "lat").alias("y")
    ).with_columns((pl.col("y") >= FIRST_METRE).alias("metric"))
    longitude, latitude = degrees(pl.col("x"), pl.col("y"))
    is_pair = pl.col("x").is_between(*EASTINGS) & pl.col("y").is_between(*NORTHINGS)
    both = pl.col("lon").is_not_null() & pl.col("lat").is_not_null()
    converted = known.with_columns(to_lon=longitude, to_lat=latitude).select(
        pl.when(pl.col("metric").fill_null(value=False)).then(pl.when(is_pair & both).then(f"to_{name}"))
        .otherwise(name).alias(name)
        for name in ("lon", "lat")
    )  # fmt: skip
    return [
        replace(each, values=converted[each.column.kind].alias(each.column.name)) if each.column.kind in pair else each
        for each in cells
    ]
