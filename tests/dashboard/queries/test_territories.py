"""Territories compared, and what the sheet of one lists: the same figures as the indicators, for the same territory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from dashboard.charts.phrases import message_without_commune
from dashboard.charts.remote_population import (
    message_without_remote_population,
    read_remote_population,
    remote_population_finding,
)
from dashboard.charts.territories import (
    read_coverage_shares,
    read_territory_rates,
)
from data.engine import reading
from data.indicators import indicator_named
from data.queries.comparable_places import last_twelve_months
from data.queries.comparison import territory_rows
from data.queries.coverage import read_epci_coverage, read_population_share, read_reached_population
from data.queries.indicators import read_value
from data.queries.options import read_filter_options
from data.queries.population import read_population
from data.queries.sheet import count_label_states, read_nearest_to_largest_town, read_places_with_state
from data.queries.suppression import count_omitted_places
from data.selection import FilterOptions, Selection
from tests.conftest import TODAY
from tests.dashboard.conftest import select

HONFLEUR = "200066827"  # astride Calvados and Eure
QUERIES = ("", "dep=61", "dep=27&au=2020-03-31", "typologie=coworking&dep=14", "porteur=public&du=2019-01-01")


@pytest.fixture
def connection(demo_engine: Engine) -> Iterator[Connection]:
    with reading(demo_engine) as opened:
        yield opened


@pytest.fixture
def options(connection: Connection) -> FilterOptions:
    return read_filter_options(connection, TODAY)


def _value(connection: Connection, slug: str, selection: Selection) -> float | int | None:
    indicator = indicator_named(slug)
    assert indicator, slug
    return read_value(connection, indicator, selection).value


def _on(selection: Selection, code: str) -> Selection:
    anywhere = selection.with_codes("dep", ()).with_codes("epci", ())
    return anywhere.with_codes("dep" if len(code) == 2 else "epci", [code])


@pytest.mark.parametrize("query", QUERIES)
def test_a_row_has_the_indicators_of_its_whole_territory(
    connection: Connection, options: FilterOptions, query: str
) -> None:
    selection = select(query, options)
    rows = connection.execute(territory_rows(selection)).all()
    assert {row.code for row in rows if row.level == "Département"} == set(selection.codes("dep") or _every(options))
    for row in rows[:8]:
        part = _on(selection, row.code)
        year = last_twelve_months(part)
        assert row.population == read_population(connection, part)
        assert row.labelled == _value(connection, "lieux-labellises", part)
        assert row.in_process == _value(connection, "lieux-en-cours", part)
        assert float(row.voted) == pytest.approx(_value(connection, "aides-votees", part))
        assert row.visits == _value(connection, "visites", year)
        assert row.omitted == count_omitted_places(connection, "declared", year).get((), 0)
        assert row.response == _approx(_value(connection, "taux-reponse", year))
        near = None if selection.codes("typologie") else _value(connection, "population-15km", part)
        assert row.near == _approx(near)


def _approx(value: float | None) -> object:
    return None if value is None else pytest.approx(value)


def _every(options: FilterOptions) -> list[str]:
    return [option.code for option in options.by_filter["dep"]]


def test_an_intercommunalite_across_departements_is_listed_once_and_whole(
    connection: Connection, options: FilterOptions
) -> None:
    found = [
        [row for row in connection.execute(territory_rows(select(f"dep={dep}", options))) if row.code == HONFLEUR]
        for dep in ("14", "27")
    ]
    assert found[0] == found[1]
    assert len(found[0]) == 1


@pytest.mark.parametrize("query", QUERIES)
def test_coverage_shares_frame_equals_the_facts(connection: Connection, options: FilterOptions, query: str) -> None:
    selection = select(query, options)
    frame = read_coverage_shares(connection, selection, options)
    *rows, whole = frame.itertuples()
    anywhere = selection.with_codes("dep", [])
    assert (whole.name, whole.near) == ("Normandie", pytest.approx(_value(connection, "population-15km", anywhere)))
    assert whole.share == pytest.approx(_value(connection, "epci-couverts", anywhere))
    for row in rows:
        dep = next(option.code for option in options.by_filter["dep"] if option.label == row.name)
        part = selection.with_codes("dep", [dep])
        assert row.near == pytest.approx(_value(connection, "population-15km", part))
        assert row.share == pytest.approx(_value(connection, "epci-couverts", part))
    assert len(rows) == len(selection.codes("dep") or _every(options))


def test_compared_territories_follow_the_chosen_one(connection: Connection, options: FilterOptions) -> None:
    whole = read_territory_rates(connection, select("", options), options)
    assert list(whole["level"]) == ["Département"] * 5
    assert whole["places"].sum() == _value(connection, "lieux-labellises", select("", options))
    orne = read_territory_rates(connection, select("dep=61", options), options)
    assert set(orne["level"]) == {"Intercommunalité"}
    assert list(orne["name"])[:2] == ["CU d’Alençon", "CC Andaine - Passais"]  # by name, whatever their kind
    assert orne.attrs["whole"] == _value(connection, "labellises-pour-100000", select("", options))
    many = read_territory_rates(connection, select("dep=14,76", options), options)
    assert list(many["name"]) == ["Calvados", "Seine-Maritime"]  # too many intercommunalités to read
    assert list(orne["has_few_cases"]) == [0 < places < 5 for places in orne["places"]]


@pytest.mark.parametrize("query", QUERIES)
def test_remote_population_is_the_population_not_near(
    connection: Connection, options: FilterOptions, query: str
) -> None:
    selection = select(query, options)
    frame = read_remote_population(connection, selection, options)
    near = read_population_share(connection, selection).value
    assert near is not None
    assert frame.attrs["far"] == round((1 - near) * read_population(connection, selection))
    assert list(frame["far"]) == sorted(frame["far"], reverse=True)
    assert remote_population_finding(frame)


def test_no_remote_population_and_no_commune_have_different_messages(
    connection: Connection, options: FilterOptions
) -> None:
    assert "Personne" in message_without_remote_population(select("dep=76", options), options)
    assert "aucune commune" in message_without_commune(select("dep=61&epci=200023414", options), options)


@pytest.mark.parametrize("typologie", ["", "&typologie=coworking"])
def test_parts_of_a_territory_add_up_to_its_inhabitants(
    connection: Connection, options: FilterOptions, typologie: str
) -> None:
    selection = select(f"dep=14,27{typologie}", options)
    by_dep, by_epci = (read_reached_population(connection, selection, key) for key in ("dep", "epci"))  # type: ignore[arg-type]
    assert set(by_dep) == {"14", "27"}
    for rank in (0, 1):
        assert sum(one[rank] for one in by_dep.values()) == sum(one[rank] for one in by_epci.values())


def test_an_intercommunalite_across_departements_counts_in_each(connection: Connection, options: FilterOptions) -> None:
    found = read_epci_coverage(connection, select("", options))
    assert {one.dep for one in found if one.epci == HONFLEUR} == {"14", "27"}
    assert len({one.epci for one in found}) == 69


def test_the_places_of_a_sheet_have_their_label_state(connection: Connection, options: FilterOptions) -> None:
    for query in ("", "dep=61", "dep=76&au=2019-12-31"):
        selection = select(query, options)
        states = [place.state for place in read_places_with_state(connection, selection, 1_000)]
        counted = count_label_states(connection, selection)
        for state, slug in (("labelled", "lieux-labellises"), ("in_process", "lieux-en-cours")):
            assert states.count(state) == counted.get(state, 0) == _value(connection, slug, selection)
        assert states == sorted(states, key=["labelled", "in_process", "ended"].index)
    assert len(read_places_with_state(connection, select("", options), 3)) == 3


def test_the_place_nearest_to_a_territory_without_any(connection: Connection, options: FilterOptions) -> None:
    found = read_nearest_to_largest_town(
        connection, select("epci=200068856", options)
    )  # Hauts du Perche, whose largest is Tourouvre
    assert found is not None
    assert found.town == "Tourouvre au Perche"
    assert 15 < found.kilometres < 60
    assert read_nearest_to_largest_town(connection, select("epci=200068856&au=2005-01-01", options)) is None
    at_home = read_nearest_to_largest_town(connection, select("epci=200066827", options))
    assert at_home is not None
    assert at_home.kilometres < 1


def test_a_row_counts_the_private_places_left_out(connection: Connection, options: FilterOptions) -> None:
    rows = {row.code: row for row in connection.execute(territory_rows(select("", options)))}
    assert {row.omitted > 0 for row in rows.values()} == {True, False}
    assert any(row.omitted and row.visits is None for row in rows.values())
    assert all(rows[dep].visits is not None for dep in ("14", "76"))
