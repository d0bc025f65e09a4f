"""Official outlines: what is read, and each way in which a file is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.reference import read_departements, read_epci
from etl.territory.geojson import OutlinesError, read_geojson

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "territory"


def square(west: float, south: float = 48.5, side: float = 0.3) -> dict:
    """A square given by its south-west corner, in degrees."""
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(code: str, geometry: object) -> dict:
    return {"type": "Feature", "id": code, "properties": {}, "geometry": geometry}


def five_departements() -> list[dict]:
    return [
        feature(departement.code, square(-1 + 0.3 * number)) for number, departement in enumerate(read_departements())
    ]


def written(folder: Path, document: object) -> Path:
    path = folder / "contours.geojson"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def collection(folder: Path, features: list[dict]) -> Path:
    return written(folder, {"type": "FeatureCollection", "features": features})


def refusal(path: Path) -> str:
    with pytest.raises(OutlinesError) as refused:
        read_geojson(path)
    return str(refused.value)


def test_departements_alone(tmp_path: Path) -> None:
    outlines = read_geojson(collection(tmp_path, five_departements()))
    assert list(outlines.departement) == ["14", "27", "50", "61", "76"]
    assert set(outlines.departement["14"][0]) == {(-1, 48.5), (-0.7, 48.5), (-0.7, 48.8), (-1, 48.8)}
    assert outlines.departement_source == "Contours du fichier contours.geojson"
    assert (outlines.epci, outlines.epci_source) == ({}, "")


def test_code_may_be_a_property_a_number_and_the_file_have_a_byte_order_mark(tmp_path: Path) -> None:
    features = five_departements()
    for each in features:
        each["properties"] = {"code": int(each.pop("id"))}
    path = collection(tmp_path, features)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read_geojson(path).departement) == 5


def test_property_code_wins_over_a_row_number(tmp_path: Path) -> None:
    features = [
        {**each, "id": number, "properties": {"code": each["id"]}} for number, each in enumerate(five_departements())
    ]
    assert len(read_geojson(collection(tmp_path, features)).departement) == 5


def test_parts_heights_and_islands(tmp_path: Path) -> None:
    features = five_departements()
    island = [[[x, y, 12.0] for x, y in square(-1.9, 49.0, 0.1)["coordinates"][0]]]
    features[0]["geometry"] = {
        "type": "MultiPolygon",
        "coordinates": [island, features[0]["geometry"]["coordinates"]],
    }
    features.append(feature("14", square(-1.5, 49.0, 0.1)))
    rings = read_geojson(collection(tmp_path, features)).departement["14"]
    assert [len(point) for ring in rings for point in ring] == [2] * 15
    assert rings[0][0][0] >= -1  # the largest part first


def test_holes_turn_the_other_way_and_small_ones_are_filled(tmp_path: Path) -> None:
    features = five_departements()
    outer = features[0]["geometry"]["coordinates"][0]
    hole = square(-0.95, 48.55, 0.1)["coordinates"][0]
    speck = square(-0.8, 48.7, 0.01)["coordinates"][0]
    features[0]["geometry"]["coordinates"] = [outer, hole, speck]
    rings = read_geojson(collection(tmp_path, features)).departement["14"]
    assert len(rings) == 2
    assert all(-0.951 < longitude < -0.849 for longitude, _ in rings[1])


def test_a_spike_and_a_bow_tie_are_mended(tmp_path: Path) -> None:
    features = five_departements()
    spike = [[-1, 48.5], [-0.7, 48.5], [-0.7, 48.8], [-0.7, 49.5], [-0.7, 48.8], [-1, 48.8], [-1, 48.5]]
    bow_tie = [[-0.7, 48.5], [-0.4, 48.8], [-0.4, 48.5], [-0.7, 48.8], [-0.7, 48.5]]
    features[0]["geometry"]["coordinates"] = [spike]
    features[1]["geometry"]["coordinates"] = [bow_tie]
    outlines = read_geojson(collection(tmp_path, features))
    assert max(latitude for _, latitude in outlines.departement["14"][0]) == 48.8
    assert len(outlines.departement["27"]) == 2


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"{", b"[" * 100_000, b"[]", b"null", b'{"type": "Feature"}'])
def test_not_geojson(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "contours.geojson"
    path.write_bytes(body)
    assert "contours.geojson n’est pas un fichier GeoJSON" in refusal(path)


@pytest.mark.parametrize("features", [[], None, {}, "x"])
def test_no_territory(tmp_path: Path, features: object) -> None:
    path = written(tmp_path, {"type": "FeatureCollection", "features": features})
    assert "ne contient aucun territoire" in refusal(path)


def test_feature_that_is_none_or_nameless(tmp_path: Path) -> None:
    assert "n°\u202f1 du fichier n’est pas un objet" in refusal(
        written(tmp_path, {"type": "FeatureCollection", "features": [3]})
    )
    nameless = {"type": "Feature", "properties": None, "geometry": square(0)}
    assert "n°\u202f6 du fichier n’a pas de code" in refusal(collection(tmp_path, [*five_departements(), nameless]))


def test_unknown_and_missing_are_reported_together(tmp_path: Path) -> None:
    features = [*five_departements()[1:], *(feature(str(code), square(0)) for code in range(30, 37))]
    assert refusal(collection(tmp_path, features)).split("\n") == [
        "Codes inconnus en Normandie\u202f: 30, 31, 32, 33, 34 et 2 de plus.",
        "Territoires manquants parmi les départements\u202f: 14.",
    ]


def test_a_single_intercommunalite_is_not_enough(tmp_path: Path) -> None:
    path = collection(tmp_path, [feature(read_epci()[0].code, square(0))])
    assert "manquants parmi les intercommunalités" in refusal(path)
    assert "et 65 de plus" in refusal(path)


@pytest.mark.parametrize(
    ("geometry", "message"),
    [
        (None, "n’est pas un polygone"),
        ({"type": "Point", "coordinates": [0, 49]}, "n’est pas un polygone"),
        ({"type": "Polygon"}, "est illisible"),
        ({"type": "Polygon", "coordinates": [[[0, 49], [1, 49]]]}, "est illisible"),
        ({"type": "Polygon", "coordinates": [[["a", "b"]] * 4]}, "est illisible"),
        ({"type": "Polygon", "coordinates": 3}, "est illisible"),
        ({"type": "Polygon", "coordinates": []}, "est hors de Normandie"),
        (square(454_000, 6_890_000, 100), "est hors de Normandie"),
        (square(48.5, -1), "est hors de Normandie"),
    ],
)
def test_geometry_refused(tmp_path: Path, geometry: object, message: str) -> None:
    features = [*five_departements()[1:], feature("14", geometry)]
    assert refusal(collection(tmp_path, features)).startswith(f"Le contour de 14 {message}")


@pytest.mark.parametrize(("name", "epci", "departements"), [("epci", 71, 0), ("departements", 0, 5)])
def test_official_files(name: str, epci: int, departements: int) -> None:
    path = SHARED / f"{name}_cw.geojson"
    if not path.exists():
        pytest.skip("official outlines not here (../shared/data/territory)")
    outlines = read_geojson(path)
    assert (len(outlines.epci), len(outlines.departement)) == (epci, departements)
    rings = [ring for level in (outlines.epci, outlines.departement) for r in level.values() for ring in r]
    assert sum(len(ring) for ring in rings) < 6_000
