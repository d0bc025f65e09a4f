"""Schematic outlines of the territories, computed from the centres of the communes: no outside geometry.

Each commune is the Voronoi cell of its centre. The Région is the union of discs around the centres, shrunk
back: discs join across large communes and bays stay open. Cells cut by it are merged by (EPCI, département),
simplified as one coverage, and only then merged by level, so that neighbours share their very points.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import shapely
from shapely import MultiPoint, Polygon
from shapely.geometry.polygon import orient

from data.reference import Commune, Outlines, Ring, Rings, read_communes, save_outlines

if TYPE_CHECKING:
    import numpy as np
    from shapely.geometry.base import BaseGeometry

SCHEMATIC_SOURCE = "Contours schématiques, calculés à partir des centres des communes (périmètres 2026)"

# Distances in degrees of latitude (0.01° = 1.1 km), tuned by eye and by overlap with the official outline.
DISC_RADIUS = 0.065
EROSION = 0.048
TOLERANCE = 0.012
SMALLEST_HOLE = 0.001  # square degrees, about 8 km²: below it a hole is an artefact
DECIMALS = 4

# A degree of longitude is that much shorter than one of latitude in the middle of Normandie.
SHRINK = math.cos(math.radians(49))


def write_outlines(path: Path) -> None:
    """Recompute the schematic outlines and write them to a file."""
    save_outlines(compute_outlines(read_communes()), path)


def compute_outlines(communes: Sequence[Commune]) -> Outlines:
    """The schematic outlines of every EPCI and département that has one of these communes."""
    pieces = _simplified_pieces(communes)
    return Outlines(
        epci=_merged(pieces, lambda key: key[0]),
        departement=_merged(pieces, lambda key: key[1]),
        epci_source=SCHEMATIC_SOURCE,
        departement_source=SCHEMATIC_SOURCE,
    )


def simplify_level(shapes: Mapping[str, BaseGeometry], tolerance: float) -> dict[str, Rings]:
    """Rings by code of neighbouring territories given in degrees, simplified without gap or overlap."""
    plane = [shapely.transform(shape, _to_plane) for shape in shapes.values()]
    simplified = shapely.transform(shapely.coverage_simplify(plane, tolerance), _to_degrees)
    return {code: rings_of(shape) for code, shape in sorted(zip(shapes, simplified, strict=True))}


def rings_of(shape: BaseGeometry) -> Rings:
    """The rings of the polygons of a geometry, largest polygon first, without artefact holes."""
    polygons = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon) and part.area]
    polygons.sort(key=lambda polygon: polygon.area, reverse=True)
    return tuple(ring for polygon in polygons for ring in _polygon_rings(orient(polygon)))


def _polygon_rings(polygon: Polygon) -> list[Ring]:
    holes = [hole for hole in polygon.interiors if Polygon(hole).area >= SMALLEST_HOLE]
    return [
        tuple((float(longitude), float(latitude)) for longitude, latitude in ring.coords)
        for ring in (polygon.exterior, *holes)
    ]


def _simplified_pieces(communes: Sequence[Commune]) -> dict[tuple[str, str], BaseGeometry]:
    """One piece by (EPCI, département), in rounded degrees: the topology that both levels share."""
    cells = defaultdict(list)
    for commune, cell in zip(communes, _cells(communes), strict=True):
        cells[commune.epci, commune.dep].append(cell)
    merged = [shapely.coverage_union_all(group) for group in cells.values()]
    simplified = shapely.transform(shapely.coverage_simplify(merged, TOLERANCE), _to_degrees)
    return dict(zip(cells, simplified, strict=True))


def _cells(communes: Sequence[Commune]) -> Sequence[BaseGeometry]:
    """The cell of each commune in the plane, in the order of the communes."""
    centres = MultiPoint([(commune.lon * SHRINK, commune.lat) for commune in communes])
    region = _region(centres)
    cells = shapely.voronoi_polygons(centres, extend_to=region, ordered=True)
    return list(shapely.intersection(shapely.get_parts(cells), region))


def _region(centres: MultiPoint) -> Polygon:
    """The plane outline of the Région: one polygon, its holes filled."""
    # The union of the discs is twenty times faster than the buffer of the whole multipoint.
    discs = shapely.union_all(shapely.buffer(shapely.get_parts(centres), DISC_RADIUS))
    largest = max(shapely.get_parts(discs.buffer(-EROSION)), key=lambda part: float(part.area))
    return Polygon(largest.exterior)


def _merged(
    pieces: Mapping[tuple[str, str], BaseGeometry], code_of: Callable[[tuple[str, str]], str]
) -> dict[str, Rings]:
    groups = defaultdict(list)
    for key, piece in pieces.items():
        groups[code_of(key)].append(piece)
    return {code: rings_of(shapely.coverage_union_all(group)) for code, group in sorted(groups.items())}


def _to_plane(degrees: np.ndarray) -> np.ndarray:
    return degrees * (SHRINK, 1)


def _to_degrees(plane: np.ndarray) -> np.ndarray:
    # Rounded here, before any merge, so that shared points stay the same point.
    return (plane / (SHRINK, 1)).round(DECIMALS)
