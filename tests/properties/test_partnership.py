"""Status of partners and coverage of agreements, under filters, in small Régions: lists against loops."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, update

from data.engine import reading
from data.queries.options import read_filter_options
from data.queries.partner_coverage import covered_epci_rows
from data.queries.partner_list import partner_rows
from data.queries.partner_status import read_partner_statuses
from data.schema import agreement, load
from data.selection import FilterOptions, Selection
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_files
from tests import naive
from tests.conftest import TODAY, NewEngine
from tests.naive.coverage import communes
from tests.naive.partners import done
from tests.naive.partnership import epci_row, partner_row, partners, status
from tests.properties.contract_world import write_files
from tests.properties.random_world import write_random_world

pytestmark = [pytest.mark.without_coverage, pytest.mark.fewer_on_postgresql(1)]

QUERIES = (
    "",
    "au=2019-12-31",
    "au=2016-06-01",
    "dep=61&au=2020-12-31&du=2020-01-01",
    "dep=14,27&epci=200066827&au=2020-06-01",  # an intercommunalité astride both
    "porteur=prive&du=2019-06-01&au=2021-06-30",
    "partenaire=aten,tes&au=2022-03-01",
    "epci=200066827&au=2020-03-01",
)


@pytest.fixture(scope="module", params=["contract", "drawn 2"])
def region(
    request: pytest.FixtureRequest, new_engine: NewEngine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Engine, naive.Facts, FilterOptions]]:
    folder: Path = tmp_path_factory.mktemp("region")
    paths = write_files(folder) if request.param == "contract" else write_random_world(folder, int(request.param[-1]))
    with new_engine() as engine:
        load_files(engine, paths, LoadOptions(TODAY, confirm=True))
        with reading(engine) as connection:
            facts, options = naive.read_facts(connection), read_filter_options(connection, TODAY)
        yield engine, facts, options


def as_names(text: Any) -> set[str] | None:
    return set(text.split(", ")) if text else None


def test_partners_and_their_territories(region: tuple[Engine, naive.Facts, FilterOptions]) -> None:
    engine, facts, options = region
    with reading(engine) as connection:
        for query in QUERIES:
            selection, notices = Selection.from_query(query, options)
            assert not notices
            _check_partners(connection, facts, options, selection)
            _check_territories(connection, facts, options, selection)


def _check_partners(connection: Connection, facts: naive.Facts, options: FilterOptions, selection: Selection) -> None:
    found = {row["code"]: dict(row) for row in connection.execute(partner_rows(selection)).mappings()}
    expected = partners(facts, selection)
    assert found
    assert sorted(found) == [one.code for one in expected]
    for partner in expected:
        row = found[partner.code] | {"territories": as_names(found[partner.code]["territories"])}
        naive_row = partner_row(facts, selection, options, partner)
        assert {name: row[name] for name in naive_row} == naive_row, (selection.to_query(), partner.code)
    texts = [one.text for one in read_partner_statuses(connection, selection)]
    assert texts == [status(facts, selection, partner).text for partner in expected]


def _check_territories(
    connection: Connection, facts: naive.Facts, options: FilterOptions, selection: Selection
) -> None:
    names = {one.code: one.label.partition(" (")[0] for one in options.by_filter["partenaire"]}
    found = {row["code"]: dict(row) for row in connection.execute(covered_epci_rows(selection, names)).mappings()}
    assert set(found) == {one.epci for one in communes(facts, selection)}
    touched = {one.epci for one in done(facts, selection)}
    for code in sorted(found)[::9] + sorted(touched & set(found)):  # each recomputation reads every commune
        row = found[code] | {name: as_names(found[code][name]) for name in ("covering", "idle")}
        naive_row = epci_row(facts, selection, options, code)
        assert {name: row[name] for name in naive_row} == naive_row, (selection.to_query(), code)


def test_the_worlds_hold_every_status(region: tuple[Engine, naive.Facts, FilterOptions]) -> None:
    """An oracle of partners that are all alike would prove little."""
    _engine, facts, options = region
    words = {
        status(facts, Selection.from_query(query, options)[0], partner).word
        for query in QUERIES
        for partner in facts.partners
    }
    assert len(words) >= 4


def test_without_any_file_of_agreements_the_list_speaks_and_says_so(
    region: tuple[Engine, naive.Facts, FilterOptions],
) -> None:
    engine, facts, options = region
    with engine.connect() as connection:  # never committed
        connection.execute(update(load).where(load.c.source == "conventions").values(status="rolled_back"))
        connection.execute(update(agreement).values(ended_by=1))
        for query in QUERIES:
            selection = Selection.from_query(query, options)[0]
            for one in read_partner_statuses(connection, selection):
                listed = next(partner for partner in facts.partners if partner.code == one.code)
                assert one.text.endswith(" (conventions non chargées)")
                assert ("contractualisé" in one.text) is (
                    listed.status == "contracted" and (listed.since is None or listed.since <= selection.until)
                )
            rows = connection.execute(partner_rows(selection)).all()
            assert all(row.territories is row.purpose is row.covers is None for row in rows)
            assert all("conventions non chargées" in row.status for row in rows)
        connection.rollback()
