"""Open data are located, and told apart from the Région's own list, when they are read: the order does not matter."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from data.engine import reading
from data.indicators import GROUPINGS, indicator_named
from data.queries.indicators import read_breakdown
from data.queries.options import read_filter_options
from data.selection import Selection
from tests.conftest import TODAY
from tests.etl.deliveries import PLACES, deliver

SIRET = "35600000000048"
GRANT = {
    "nomAttribuant": "Région Normandie",
    "idAttribuant": "20005340300016",
    "dateConvention": "2019-03-18",
    "referenceDecision": "D-1",
    "nomBeneficiaire": "Asso A",
    "idBeneficiaire": SIRET,
    "objet": "Équipement",
    "montant": "8000",
    "nature": "aide en numéraire",
    "conditionsVersement": "unique",
    "datesPeriodeVersement": "2019-04-01",
    "notificationUE": "non",
    "pourcentageSubvention": "0.5",
    "dispositifAide": "Services numériques innovants",
}
OWN = {
    "reference": "D-1",
    "dispositif": "emergence",
    "beneficiaire": "Asso A",
    "code_insee_projet": "61001",
    "date_vote": "18/03/2019",
    "montant_vote": "3000",
}


def _voted(engine: Engine) -> dict[str, float | None]:
    indicator, grouping = indicator_named("aides-votees"), GROUPINGS[0]
    assert indicator
    with reading(engine) as connection:
        options = read_filter_options(connection, TODAY)
        selection, _notices = Selection.from_query("", options)
        found = read_breakdown(connection, indicator, selection, grouping, options)
        return {code: one.value for code, one in found.items() if one.value}


@pytest.mark.parametrize("places_first", [True, False])
def test_a_grant_is_located_by_the_only_place_with_its_siret(
    engine: Engine, tmp_path: Path, places_first: bool
) -> None:
    files = [("places.csv", [{**PLACES[1], "siret": SIRET}, PLACES[0]]), ("grants.csv", [GRANT])]
    for name, rows in files if places_first else reversed(files):
        assert deliver(engine, tmp_path / name, rows).status == "loaded"
    assert _voted(engine) == {"50": 4000}


def test_a_siret_of_two_places_locates_nobody(engine: Engine, tmp_path: Path) -> None:
    deliver(engine, tmp_path / "places.csv", [{**place, "siret": SIRET} for place in PLACES[:2]])
    deliver(engine, tmp_path / "grants.csv", [GRANT])
    assert _voted(engine) == {"non-localise": 4000}


@pytest.mark.parametrize("own_first", [True, False])
def test_a_reference_in_both_lists_counts_once(engine: Engine, tmp_path: Path, own_first: bool) -> None:
    files = [("aids.csv", [OWN]), ("grants.csv", [GRANT, {**GRANT, "referenceDecision": "D-2"}])]
    for name, rows in files if own_first else reversed(files):
        assert deliver(engine, tmp_path / name, rows).status == "loaded"
    assert _voted(engine) == {"61": 3000, "non-localise": 4000}


def test_identical_lines_count_each(engine: Engine, tmp_path: Path) -> None:
    report = deliver(engine, tmp_path / "grants.csv", [GRANT, GRANT, GRANT])
    assert (report.accepted, report.warnings) == (3, 0)
    assert _voted(engine) == {"non-localise": 12000}


def test_a_deliberation_of_the_same_beneficiary_in_both_lists_counts_once(engine: Engine, tmp_path: Path) -> None:
    deliver(engine, tmp_path / "aids.csv", [{**OWN, "reference": "X-9", "reference_deliberation": "CP 20-12"}])
    shared = {**GRANT, "referenceDecision": "CP 20-12"}
    deliver(engine, tmp_path / "grants.csv", [shared, {**shared, "nomBeneficiaire": "Asso B"}])
    assert _voted(engine) == {"61": 3000, "non-localise": 4000}
