"""The schematic outlines: complete, fresh, without overlap, and on the ground."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from shapely import LinearRing, Point, Polygon

from data.reference import (
    OUTLINES_FILE,
    Commune,
    Outlines,
    Rings,
    read_communes,
    read_departements,
    read_epci,
    read_outlines,
    save_outlines,
)
from etl.territory.outlines import SCHEMATIC_SOURCE, compute_outlines, write_outlines

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "territory"


def polygon_of(rings: Rings) -> shapely.Geometry:
    """Exterior rings run counter-clockwise; a hole belongs to the ring before it."""
    shape = Polygon()
    for ring in rings:
        part = Polygon(ring)
        shape = shape | part if LinearRing(ring).is_ccw else shape - part
    return shape


@pytest.fixture(scope="module")
def outlines() -> Outlines:
    return read_outlines()


@pytest.fixture(scope="module")
def communes() -> list[Commune]:
    return read_communes()


def test_every_territory_is_drawn(outlines: Outlines) -> None:
    assert set(outlines.epci) == {epci.code for epci in read_epci()}
    assert set(outlines.departement) == {departement.code for departement in read_departements()}


def test_the_file_is_fresh_and_light(tmp_path: Path) -> None:
    write_outlines(tmp_path / "outlines.json")
    assert (tmp_path / "outlines.json").read_bytes() == OUTLINES_FILE.read_bytes()
    assert OUTLINES_FILE.stat().st_size < 60_000


def test_write_then_read_gives_the_same(outlines: Outlines, tmp_path: Path) -> None:
    save_outlines(outlines, tmp_path / "copy.json")
    assert read_outlines(tmp_path / "copy.json") == outlines


def test_rings_are_closed_and_valid(outlines: Outlines) -> None:
    for rings in [*outlines.epci.values(), *outlines.departement.values()]:
        assert LinearRing(rings[0]).is_ccw
        for ring in rings:
            assert ring[0] == ring[-1]
            assert Polygon(ring).is_valid


@pytest.mark.parametrize("level", ["epci", "departement"])
def test_centres_are_inside_their_own_outline(outlines: Outlines, communes: list[Commune], level: str) -> None:
    by_code = outlines.epci if level == "epci" else outlines.departement
    shapes = {code: polygon_of(rings) for code, rings in by_code.items()}
    codes = [commune.epci if level == "epci" else commune.dep for commune in communes]
    inside = sum(shapes[code].contains(Point(c.lon, c.lat)) for code, c in zip(codes, communes, strict=True))
    assert inside >= 0.99 * len(communes)


@pytest.mark.parametrize("level", ["epci", "departement"])
def test_neighbours_do_not_overlap_nor_leave_gaps(outlines: Outlines, level: str) -> None:
    by_code = outlines.epci if level == "epci" else outlines.departement
    shapes = [polygon_of(rings) for rings in by_code.values()]
    together = shapely.union_all(shapes)
    assert sum(shape.area for shape in shapes) == pytest.approx(together.area, rel=1e-9)
    assert together.geom_type == "Polygon"
    assert len(together.interiors) == 0


def test_both_levels_cover_the_same_ground(outlines: Outlines) -> None:
    epci, departements = (
        shapely.union_all([polygon_of(rings) for rings in level.values()])
        for level in (outlines.epci, outlines.departement)
    )
    assert epci.symmetric_difference(departements).area == pytest.approx(0, abs=1e-9)


def test_the_source_says_schematic(outlines: Outlines) -> None:
    assert outlines.epci_source == outlines.departement_source == SCHEMATIC_SOURCE
    assert "schématiques" in SCHEMATIC_SOURCE


def test_the_borders_follow_the_communes() -> None:
    """Four communes in a square, two EPCI west and east, two départements north and south."""
    square = [
        Commune("14001", "A", "14", "west", 1, 0.00, 49.02),
        Commune("14002", "B", "14", "east", 1, 0.03, 49.02),
        Commune("27001", "C", "27", "west", 1, 0.00, 49.00),
        Commune("27002", "D", "27", "east", 1, 0.03, 49.00),
    ]
    outlines = compute_outlines(square)
    west, east = (polygon_of(outlines.epci[code]) for code in ("west", "east"))
    assert west.bounds[2] == pytest.approx(0.015, abs=2e-4)
    assert east.bounds[0] == pytest.approx(0.015, abs=2e-4)
    assert polygon_of(outlines.departement["14"]).bounds[1] == pytest.approx(49.01, abs=2e-4)


def test_it_looks_like_normandie(outlines: Outlines) -> None:
    """Against the official départements: the areas that both share, over the areas of either."""
    path = SHARED / "departements_cw.geojson"
    if not path.exists():
        pytest.skip("official outlines not here (../shared/data/territory)")
    official = shapely.from_geojson(path.read_bytes())
    drawn = shapely.union_all([polygon_of(rings) for rings in outlines.departement.values()])
    real = shapely.union_all(shapely.make_valid(list(official.geoms)))
    assert drawn.intersection(real).area / drawn.union(real).area > 0.95
