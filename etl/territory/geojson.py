"""Official outlines given by an installation: a GeoJSON file (RFC 7946), checked, then made light."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import shape

from data.reference import Outlines, Rings, read_departements, read_epci
from etl.failures import require_regular_file
from etl.territory.outlines import simplify_level

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

# Finer than the schematic outlines: these follow the real borders. Same unit, degrees of latitude.
TOLERANCE = 0.006

# Wider than Normandie and its neighbours' EPCI; swapped, Lambert-93 or overseas coordinates fall outside.
BOUNDS = (-3.0, 47.5, 3.0, 51.0)

SHOWN_CODES = 5


class OutlinesError(ValueError):
    """A file that cannot give outlines; the message, in French, lists all that is wrong with it."""


def read_geojson(path: Path) -> Outlines:
    """Outlines of a FeatureCollection of départements, of EPCI, or of both; a level not given is empty.

    A feature is known by its `id` or its property `code`. Raises OutlinesError when the file is not
    GeoJSON, names an unknown territory, or gives a level without some of its territories.
    """
    shapes = _shapes_by_code(_features(path))
    names = {
        "intercommunalités": {epci.code for epci in read_epci()},
        "départements": {departement.code for departement in read_departements()},
    }
    problems = _problems(shapes, names)
    if problems:
        raise OutlinesError("\n".join(problems))
    epci, departement = (_level(shapes, codes) for codes in names.values())
    source = f"Contours du fichier {path.name}"
    return Outlines(
        epci=epci,
        departement=departement,
        epci_source=source if epci else "",
        departement_source=source if departement else "",
    )


def _features(path: Path) -> list[object]:
    require_regular_file(path)
    try:
        document: object = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise OutlinesError(f"{path.name} n’est pas un fichier GeoJSON\u202f: JSON illisible.") from error
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise OutlinesError(
            f"{path.name} n’est pas un fichier GeoJSON\u202f: «\u202fFeatureCollection\u202f» attendue."
        )
    features = document.get("features")
    if not isinstance(features, list) or not features:
        raise OutlinesError(f"{path.name} ne contient aucun territoire («\u202ffeatures\u202f» est vide).")
    return features


def _shapes_by_code(features: list[object]) -> dict[str, BaseGeometry]:
    """One valid shape by code; the parts of a territory given as several features are joined."""
    parts = defaultdict(list)
    for number, feature in enumerate(features, start=1):
        if not isinstance(feature, dict):
            raise OutlinesError(f"Le territoire n°\u202f{number} du fichier n’est pas un objet GeoJSON.")
        code = _code(feature, number)
        parts[code].append(_polygons(feature.get("geometry"), code))
    return {code: shapely.union_all(shapes) for code, shapes in parts.items()}


def _code(feature: dict[object, object], number: int) -> str:
    properties = feature.get("properties")
    code = properties.get("code") if isinstance(properties, dict) else None
    code = code or feature.get("id")
    if not isinstance(code, str | int):
        raise OutlinesError(
            f"Le territoire n°\u202f{number} du fichier n’a pas de code («\u202fid\u202f» ou "
            f"propriété «\u202fcode\u202f»)."
        )
    return str(code).strip()


def _polygons(geometry: object, code: str) -> BaseGeometry:
    if not isinstance(geometry, dict) or geometry.get("type") not in {"Polygon", "MultiPolygon"}:
        raise OutlinesError(
            f"Le contour de {code} n’est pas un polygone («\u202fPolygon\u202f» ou «\u202fMultiPolygon\u202f»)."
        )
    try:
        # This method keeps areas only: no stray line that the simplification would refuse.
        polygons = shapely.make_valid(shapely.force_2d(shape(geometry)), method="structure", keep_collapsed=False)
    except (ValueError, TypeError, LookupError, AttributeError, shapely.errors.ShapelyError) as error:
        raise OutlinesError(f"Le contour de {code} est illisible.") from error
    west, south, east, north = polygons.bounds
    # Written so that an empty shape, whose bounds are NaN, is refused too.
    if not (west >= BOUNDS[0] and south >= BOUNDS[1] and east <= BOUNDS[2] and north <= BOUNDS[3]):
        raise OutlinesError(
            f"Le contour de {code} est hors de Normandie\u202f: longitude puis latitude en degrés (WGS 84) attendues."
        )
    return polygons


def _problems(shapes: Collection[str], names: Mapping[str, Collection[str]]) -> list[str]:
    """What the codes of the file get wrong; only the levels that the file gives must be complete."""
    problems = []
    unknown = sorted(code for code in shapes if not any(code in codes for codes in names.values()))
    if unknown:
        problems.append(f"Codes inconnus en Normandie\u202f: {_list(unknown)}.")
    for name, codes in names.items():
        missing = sorted(code for code in codes if code not in shapes)
        if missing and len(missing) < len(codes):
            problems.append(f"Territoires manquants parmi les {name}\u202f: {_list(missing)}.")
    return problems


def _list(codes: list[str]) -> str:
    shown = ", ".join(codes[:SHOWN_CODES])
    others = len(codes) - SHOWN_CODES
    return shown if others <= 0 else f"{shown} et {others} de plus"


def _level(shapes: Mapping[str, BaseGeometry], codes: Collection[str]) -> dict[str, Rings]:
    given = {code: polygons for code, polygons in shapes.items() if code in codes}
    return simplify_level(given, TOLERANCE) if given else {}
