"""The tiers-lieu of an event of an open agenda: by the name of its location, else by its coordinates."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from data.schema import activity, is_live, place
from tests.etl.deliveries import deliver

pytestmark = pytest.mark.any_engine

PLACE = {"code_insee": "14118", "porteur": "Asso A", "type_porteur": "associatif"}
PLACES = [
    {**PLACE, "id_lieu": "A", "nom": "L’Étape-Café", "longitude": "-0.3600", "latitude": "49.1800"},
    {**PLACE, "id_lieu": "B", "nom": "Le Cargö", "longitude": "-0.3612", "latitude": "49.1800"},  # 87 m west of A
    {**PLACE, "id_lieu": "C", "nom": "Le Cargo"},
    {**PLACE, "id_lieu": "D", "nom": "L’étape café", "code_insee": "61001", "longitude": "0.0900", "latitude": "48.43"},
]
EVENT = {"title": "Portes ouvertes", "begin": "2020-05-01", "city": "Caen", "postal_code": "14000"}
CASES = {  # location, longitude, latitude, what else -> place, whether it is signalled
    "folded name": ({"location_name": "l'etape  CAFE"}, "A", False),
    "name wins over coordinates": (
        {"location_name": "L’étape café", "longitude": "0.09", "latitude": "48.43"}, "A", False
    ),
    "two of that name": ({"location_name": "LE CARGO"}, None, True),
    "name in another commune": (
        {"location_name": "L’étape café", "city": "Alençon", "postal_code": "61000"}, "D", False
    ),
    "name without commune": ({"location_name": "L’étape café", "city": "Ailleurs", "postal_code": ""}, None, False),
    "140 m east of A": ({"location_name": "Salle", "longitude": "-0.35808", "latitude": "49.18"}, "A", False),
    "160 m east of A": ({"location_name": "Salle", "longitude": "-0.35780", "latitude": "49.18"}, None, False),
    "near A and B": ({"longitude": "-0.3606", "latitude": "49.1800"}, None, True),
    "across a cell": ({"city": "", "postal_code": "", "longitude": "0.0905", "latitude": "48.4295"}, "D", False),
    "nothing": ({}, None, False),
}  # fmt: skip


def places_of_events(engine: Engine) -> list[str | None]:
    query = select(place.c.code).select_from(activity).outerjoin(place, place.c.place_id == activity.c.place_id)
    with engine.connect() as connection:
        return list(connection.scalars(query.where(is_live(activity)).order_by(activity.c.code)))


def test_an_event_has_the_only_place_that_its_location_can_be(engine: Engine, tmp_path: Path) -> None:
    deliver(engine, tmp_path / "places.csv", PLACES)
    events = [{"uid": f"{at:02}", **EVENT, **more} for at, (more, _place, _signalled) in enumerate(CASES.values())]
    report = deliver(engine, tmp_path / "agenda.csv", events)
    assert dict(zip(CASES, places_of_events(engine), strict=True)) == {name: case[1] for name, case in CASES.items()}
    signalled = [one.line - 2 for one in report.remarks if one.column == "location_name"]
    assert [list(CASES)[at] for at in signalled] == [name for name, case in CASES.items() if case[2]]


def test_the_same_file_finds_the_places_that_came_after_it(engine: Engine, tmp_path: Path) -> None:
    events = [{"uid": "1", **EVENT, "location_name": "L’Étape-Café"}]
    deliver(engine, tmp_path / "agenda.csv", events)
    assert places_of_events(engine) == [None]
    deliver(engine, tmp_path / "places.csv", PLACES)
    deliver(engine, tmp_path / "agenda.csv", events)
    assert places_of_events(engine) == ["A"]
