"""What the rows behind a figure must not show."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, select

from data.engine import reading
from data.indicators import indicator_named
from data.queries.indicators import read_value
from data.queries.options import read_filter_options
from data.queries.proof import proof_rows
from data.schema import aid_file
from data.selection import Selection
from tests.conftest import TODAY
from tests.etl.deliveries import PLACES, deliver

ALONE = {**PLACES[1], "porteur": "Jeanne Dupont", "forme_juridique": "Entreprise individuelle"}
AID = {
    "dispositif": "emergence",
    "id_lieu": "TL-02",
    "date_vote": "18/03/2019",
    "montant_vote": "5000",
}


def _proof(engine: Engine, slug: str) -> tuple[float | None, list[dict[str, object]]]:
    indicator = indicator_named(slug)
    assert indicator
    with reading(engine) as connection:
        selection, _notices = Selection.from_query("", read_filter_options(connection, TODAY))
        rows = connection.execute(proof_rows(connection, indicator, selection)).mappings().all()
        return read_value(connection, indicator, selection).value, [dict(row) for row in rows]


def test_the_name_of_a_sole_trader_is_masked(engine: Engine, tmp_path: Path) -> None:
    deliver(engine, tmp_path / "places.csv", [PLACES[0], ALONE])
    deliver(
        engine,
        tmp_path / "aids.csv",
        [
            {**AID, "reference": "A-1", "beneficiaire": "Jeanne Dupont"},
            {**AID, "reference": "A-2", "beneficiaire": "Commune de Coutances"},
        ],
    )
    value, rows = _proof(engine, "aides-votees")
    assert value == 10_000
    assert {row["reference"]: row["beneficiary"] for row in rows} == {
        "A-1": "Entrepreneur individuel",
        "A-2": "Commune de Coutances",
    }
    with reading(engine) as connection:
        searched = connection.scalars(select(aid_file.c.beneficiary_search_key).order_by(aid_file.c.reference)).all()
    assert searched == ["entrepreneur individuel", "commune de coutances"]


def test_the_attendance_of_one_private_place_is_in_no_figure(engine: Engine, tmp_path: Path) -> None:
    deliver(engine, tmp_path / "places.csv", PLACES)
    month = {"debut": "01/01/2020", "fin": "31/01/2020", "unite": "visites"}
    deliver(
        engine,
        tmp_path / "visits.csv",
        [{"id_lieu": "TL-01", "valeur": 100, **month}, {"id_lieu": "TL-02", "valeur": 50, **month}],
    )
    value, rows = _proof(engine, "visites")
    assert value == 100
    assert [(row["code"], row["shown_value"]) for row in rows] == [("TL-01", 100)]


def test_the_attendance_of_a_private_place_is_only_shown_in_totals_of_three(engine: Engine, tmp_path: Path) -> None:
    private = [{**PLACES[1], "id_lieu": f"TL-1{rank}"} for rank in range(3)]
    deliver(engine, tmp_path / "places.csv", private)
    month = {"debut": "01/01/2020", "fin": "31/01/2020", "unite": "visites", "valeur": 50}
    deliver(engine, tmp_path / "visits.csv", [{"id_lieu": one["id_lieu"], **month} for one in private])
    value, rows = _proof(engine, "visites")
    assert value == 150
    assert [row["shown_value"] for row in rows] == [None] * 3
