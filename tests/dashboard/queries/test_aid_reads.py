"""What the page of aid reads: charts against the indicators they name, lists against files as people write them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from dashboard.charts.aid_money import read_aid_cascade, read_funder_shares, read_holder_shares
from dashboard.charts.envelopes import read_envelope_use
from dashboard.lists.aid import FILES_TO_CHECK, PROPOSALS, VOTED_FILES
from dashboard.lists.model import Listing
from dashboard.pages.aid.tiles import read_aid_tiles
from data.engine import reading
from data.indicators import indicator_named
from data.queries.aid_lists import read_proposal_totals
from data.queries.indicators import read_value
from data.queries.options import read_filter_options
from data.queries.ready import read_ready_proposals
from data.selection import FilterOptions
from data.sources import REGION_SIREN
from tests.conftest import TODAY
from tests.dashboard.conftest import select
from tests.dashboard.facts import Facts
from tests.etl.deliveries import PLACES, deliver

QUERIES = ("au=2020-12-31", "dep=76&au=2020-12-31", "du=2019-03-15&au=2020-06-10&porteur=prive", "typologie=coworking")


def value(connection: Connection, slug: str, query: str, options: FilterOptions) -> float | None:
    indicator = indicator_named(slug)
    assert indicator
    return read_value(connection, indicator, select(query, options)).value


@pytest.mark.parametrize("query", QUERIES)
def test_the_steps_are_those_of_the_indicators(connection: Connection, options: FilterOptions, query: str) -> None:
    frame = read_aid_cascade(connection, select(query, options), options)
    named = {"Voté": "votees", "Engagé": "engagees", "Mandaté": "mandatees", "Payé": "payees"}
    for stage, slug in named.items():
        shown = sum(frame[frame["stage"] == stage]["amount"])
        assert shown == pytest.approx(value(connection, f"aides-{slug}", query, options))
    assert frame["share"].isna().all() == query.startswith("du=")


@pytest.mark.parametrize("query", QUERIES)
def test_holders_and_funders_sum_to_their_indicator(connection: Connection, options: FilterOptions, query: str) -> None:
    for read, slug in ((read_holder_shares, "aides-votees"), (read_funder_shares, "aides-complementaires")):
        frame = read(connection, select(query, options), options)
        assert sum(frame["amount"]) == pytest.approx(value(connection, slug, query, options))
        assert list(frame["amount"]) == sorted(frame["amount"], reverse=True)


def test_envelopes_frame_equals_the_facts(connection: Connection, options: FilterOptions, facts: Facts) -> None:
    frame = read_envelope_use(connection, select("au=2020-12-31", options), options).set_index(["year", "credit"])
    for credit, scheme in (("AE", "emergence"), ("AP", "services-numeriques")):
        for year in (2019, 2020):
            votes = (one for one in facts.votes if (one.funder, one.scheme) == (REGION_SIREN, scheme))
            used = float(sum(one.amount for one in votes if one.day.year == year))
            assert frame.loc[(year, credit), "used"] == pytest.approx(used)
            assert frame.loc[(year, credit), "share"] == pytest.approx(used / 300_000)
    for query in ("dep=61", "porteur=prive", "du=2019-02-01"):
        assert not len(read_envelope_use(connection, select(query, options), options))


def test_the_envelope_tile_shows_the_most_used_kind(connection: Connection, options: FilterOptions) -> None:
    credits = read_envelope_use(connection, select("au=2020-12-31", options), options)
    last = credits[(credits["year"] == 2020) & (credits["credit"] != "CP")]
    shown = read_aid_tiles(connection, select("au=2020-12-31", options))[1]
    assert shown.share == pytest.approx(max(last["share"]))
    assert shown.unit in ("des autorisations d’engagement (AE)", "des autorisations de programme (AP)")
    assert "en AE" in shown.status
    assert "en AP" in shown.status
    narrowed = read_aid_tiles(connection, select("dep=61&au=2020-12-31", options))[1]
    assert narrowed.label == f"{shown.label}, toute la Région"
    assert (narrowed.value, narrowed.status) == (shown.value, shown.status)


AID = {"reference": "D-1", "dispositif": "services-numeriques", "beneficiaire": "Asso A", "montant_vote": "8000"}


def listed(engine: Engine, listing: Listing, query: str = "") -> list[dict[str, Any]]:
    with reading(engine) as connection:
        options = read_filter_options(connection, TODAY)
        return [dict(row) for row in connection.execute(listing.rows(select(query, options), options)).mappings()]


def test_proposals_wait_for_the_next_meeting_that_votes(engine: Engine, tmp_path: Path) -> None:
    sessions = [
        {"date": "01/02/2021", "libelle": "Comité de labellisation"},
        {"date": "15/02/2021", "libelle": "Commission permanente"},
        {"date": "01/03/2027", "libelle": "Commission permanente"},
    ]
    files = [
        {**AID, "date_vote": "14/12/2020"},
        {**AID, "reference": "D-2", "date_vote": "01/03/2027"},
        {**AID, "reference": "D-3", "date_vote": "14/12/2020"},
    ]
    steps = [{"reference": "D-1", "etape": "proposition", "date": "14/12/2020", "montant": "7500"}]
    for name, rows in (("sessions", sessions), ("aids", files), ("aid-steps", steps)):
        assert deliver(engine, tmp_path / f"{name}.csv", rows, source=name).status == "loaded"
    found = {row["reference"]: (float(row["amount"]), row["meeting"]) for row in listed(engine, PROPOSALS)}
    coming = date(2027, 3, 1)  # what still waits goes to the next one, whichever it missed
    assert found == {"D-1": (7500, coming), "D-2": (8000, coming)}
    assert {row["reference"] for row in listed(engine, VOTED_FILES)} == {"D-3"}
    assert {row["reference"] for row in listed(engine, PROPOSALS, "au=2020-06-01")} == {"D-2"}
    assert not listed(engine, PROPOSALS, "dep=61")
    with reading(engine) as connection:
        for query, day, later in (("", coming, 0), ("au=2020-12-31", date(2021, 2, 15), 1)):
            selection = select(query, read_filter_options(connection, TODAY))
            assert read_proposal_totals(connection, selection, TODAY) == (2, 15_500)
            ready = read_ready_proposals(connection, selection, TODAY)
            assert ready.session
            assert (ready.session.day, ready.waiting, ready.later) == (day, 2, later)


def test_each_file_has_its_verdict(engine: Engine, tmp_path: Path) -> None:
    places = [{**PLACES[0], "forme_juridique": "EI"}, *PLACES[1:]]
    labels = [{"id_lieu": "TL-01", "etape": "labellisé", "date": "01/02/2018"}]
    vote = {"date_vote": "18/03/2019", "depenses_eligibles": "16000", "id_lieu": "TL-01"}
    files = [
        {**AID, **vote},
        {**AID, **vote, "reference": "D-2", "montant_vote": "9000"},
        {**AID, **vote, "reference": "D-3", "montant_vote": "9000", "derogation": "CP 19-03-12"},
        {**AID, **vote, "reference": "D-4", "depenses_eligibles": ""},
    ]
    for name, rows in (("places", places), ("labels", labels), ("aids", files)):
        assert deliver(engine, tmp_path / f"{name}.csv", rows, source=name).status == "loaded"
    found = listed(engine, VOTED_FILES)
    assert {row["reference"]: row["verdict"] for row in found} == {
        "D-1": "conforme",
        "D-2": "à vérifier",
        "D-3": "dérogation",
        "D-4": "non vérifiable",
    }
    assert {row["beneficiary"] for row in found} == {"Entrepreneur individuel"}
    reasons = {
        row["reference"]: (row["rule"], row["why"].replace("\u202f", " ")) for row in listed(engine, FILES_TO_CHECK)
    }
    assert set(reasons) == {"D-2", "D-3"}
    assert reasons["D-2"][0] == "Taux d’aide"
    assert reasons["D-2"][1].startswith("9 000 € votés pour 16 000 € de dépenses éligibles : 56 % au lieu de 50 %")
