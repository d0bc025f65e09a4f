"""The known world, as the database holds it."""

from datetime import date

from sqlalchemy import Engine

from data.engine import reading
from data.sources import source_named
from etl.reference_data import read_reference_data
from tests.etl.deliveries import PLACES, deliver


def test_the_world_is_the_live_rows(engine: Engine, tmp_path) -> None:  # type: ignore[no-untyped-def]
    siret = "35600000009075"
    rows = [{**row, "siret": siret, "date_ouverture": "01/02/2019"} for row in PLACES[:2]]
    rows += [{**PLACES[2], "siret": "35600000000048"}]
    assert deliver(engine, tmp_path / "places.csv", rows).accepted == 3
    with reading(engine) as connection:
        world = read_reference_data(connection, date(2021, 6, 30), source_named("aid-steps"))
    assert len(world.communes) == 2644
    assert world.communes["14118"].name == "Caen"
    assert world.former["14002"] == "14150"
    assert world.departements["61"] == "Orne"
    assert world.communes["14118"].epci in world.epci
    assert world.schemes["emergence"] == "Émergence"
    assert "aract" in world.partners
    assert set(world.places) == {"TL-01", "TL-02", "TL-03"}
    assert world.place_periods[world.places["TL-01"]] == (20190201, None)
    assert world.today == date(2021, 6, 30)
