"""What a file says beside the columns of its table is shown where its rows are."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from data.engine import reading
from data.indicators import indicator_named
from data.queries.agenda import selected_agenda_rows
from data.queries.place import place_row
from data.queries.proof import proof_rows
from data.selection import Selection
from tests.conftest import TODAY
from tests.etl.deliveries import PLACES, deliver

ALL = Selection((), None, TODAY)


def test_other_values_are_shown_for_every_table_with_extra(engine: Engine, tmp_path: Path) -> None:
    deliver(engine, tmp_path / "places.csv", [{**PLACES[0], "commune": "Lisieux", "code_postal": "14100"}, PLACES[1]])
    network = {"id": "epn-1", "nom": "EPN", "commune": "Caen", "code_postal": "14000", "date_maj": "31/12/2020"}
    deliver(
        engine, tmp_path / "mediation-places.csv", [{**network, "adresse": "1 place de la Mairie", "typologie": ""}]
    )
    grant = {"nomAttribuant": "Région Normandie", "idAttribuant": "200053403", "dateConvention": "15/01/2020"}
    grant |= {"nomBeneficiaire": "Asso", "montant": "1000,50", "pourcentageSubvention": "0,5"}
    grant["dispositifAide"] = "Émergence"
    deliver(engine, tmp_path / "aids-scdl.csv", [grant])
    event = {"uid": "1", "title": "Portes ouvertes", "begin": "01/02/2020", "location_name": "La Filature"}
    deliver(engine, tmp_path / "agenda.csv", [{**event, "longitude": "−0,37", "state": "2"}])
    voted = indicator_named("aides-votees")
    places = indicator_named("epn")
    assert voted
    assert places
    with reading(engine) as connection:
        lists = (
            place_row("TL-01"),
            place_row("TL-02"),
            proof_rows(connection, places, ALL),
            proof_rows(connection, voted, ALL),
        )
        found = [row.others for rows in (*lists, selected_agenda_rows(ALL, TODAY)) for row in connection.execute(rows)]
    assert found == [
        None,  # town and postcode confirm the commune: they add nothing to it
        None,
        "adresse\u202f: 1 place de la Mairie · date_maj\u202f: 31/12/2020",
        "nomAttribuant\u202f: Région Normandie · montant\u202f: 1\u202f000,50\u202f€ · "
        "pourcentageSubvention\u202f: 0,5 · "
        "dispositifAide\u202f: Émergence",
        "location_name\u202f: La Filature · longitude\u202f: −0,37 · state\u202f: 2",
    ]
