"""What each chart reads, against the same counted naively from the facts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from dashboard.charts import CHARTS, Chart
from dashboard.charts.aid import read_aid_by_year
from dashboard.charts.attendance import read_monthly_visits
from dashboard.charts.coverage import read_coverage_map
from dashboard.charts.phrases import message_without_commune
from dashboard.charts.remote_population import message_without_remote_population
from dashboard.charts.trajectory import read_trajectory
from data.indicators.aid import AIDES_VOTEES
from data.indicators.attendance import TAUX_REPONSE, VISITES
from data.indicators.label import LIEUX_LABELLISES
from data.queries.indicators import read_value
from data.reference import read_communes, read_epci
from data.selection import FilterOptions
from data.types import day_of
from tests.dashboard import naive
from tests.dashboard.conftest import select
from tests.dashboard.facts import Facts

QUERIES = (
    "au=2020-12-31",
    "dep=76&au=2020-12-31",
    "dep=14,50&porteur=prive&au=2020-12-31",
    "typologie=coworking&au=2019-06-30",
    "du=2019-03-15&au=2020-06-10",
    "du=2018-01-01&au=2018-12-31&porteur=public,associatif",
    "epci=200023414&au=2020-12-31",
)


@pytest.mark.parametrize("query", QUERIES)
def test_trajectory_frame_equals_the_facts(
    connection: Connection, options: FilterOptions, facts: Facts, query: str
) -> None:
    selection = select(query, options)
    frame = read_trajectory(connection, selection, options)
    for day, labelled in zip(frame["day"], frame["labelled"], strict=True):
        assert labelled == (naive.labelled(facts, selection, day) if day <= selection.until else None)
    # every day on which the count moves has its row: between two rows nothing happens
    shown = set(frame["day"])
    day = min(shown)
    while day < selection.until:
        following = day + timedelta(days=1)
        moved = naive.labelled(facts, selection, following) != naive.labelled(facts, selection, day)
        assert not moved or following in shown
        day = following
    last = frame[frame["day"] == selection.until].iloc[0]["labelled"]
    assert last == read_value(connection, LIEUX_LABELLISES, selection).value


def test_trajectory_frame_has_the_target_and_its_baseline(connection: Connection, options: FilterOptions) -> None:
    frame = read_trajectory(connection, select("au=2020-12-31", options), options).set_index("day")
    assert frame.loc[date(2018, 9, 10), "baseline"] == 17
    assert frame.loc[date(2018, 9, 10), "remark"] == "adhésions annoncées"
    assert frame.loc[date(2021, 12, 31), "target"] == 50
    assert frame.loc[date(2020, 12, 31), "expected"] == pytest.approx(17 + 33 * 843 / 1208)
    assert frame[frame.index < date(2018, 9, 10)]["expected"].isna().all()


@pytest.mark.parametrize("query", ["dep=76&au=2020-12-31", "porteur=prive&au=2020-12-31"])
def test_a_territory_has_no_target(connection: Connection, options: FilterOptions, query: str) -> None:
    frame = read_trajectory(connection, select(query, options), options)
    assert frame[["expected", "baseline", "target"]].isna().all(axis=None)


@pytest.mark.parametrize("query", QUERIES)
def test_map_frame_equals_the_facts(connection: Connection, options: FilterOptions, facts: Facts, query: str) -> None:
    selection = select(query, options)
    frame = read_coverage_map(connection, selection, options).set_index("code")
    deps, epcis = selection.codes("dep"), selection.codes("epci")
    communes = read_communes()
    requested = {c.epci for c in communes if (not deps or c.dep in deps) and (not epcis or c.epci in epcis)}
    assert set(frame.index) == requested
    seats = {one.code: one.seat_in_normandie for one in read_epci()}
    for code, row in frame.iterrows():
        places = naive.in_territory(facts, selection, str(code))
        people = sum(c.population for c in communes if c.epci == code)
        assert (row["places"], row["population"], row["seat"]) == (len(places), people, seats[str(code)])
        assert row["rate"] == pytest.approx(len(places) / people * 100_000)
        assert sorted(name for _lon, _lat, name in row["points"]) == sorted(place.name for place in places)
        assert code in frame.attrs["outlines"].epci
        assert ("peu de cas" in row["remark"]) == (0 < len(places) < 5)


def test_map_of_two_territories_that_share_nothing_is_empty(connection: Connection, options: FilterOptions) -> None:
    selection = select("dep=61&epci=200023414", options)
    assert not len(read_coverage_map(connection, selection, options))


@pytest.mark.parametrize("query", QUERIES)
def test_aid_frame_equals_the_facts(connection: Connection, options: FilterOptions, facts: Facts, query: str) -> None:
    selection = select(query, options)
    frame = read_aid_by_year(connection, selection, options)
    schemes = {options.label("dispositif", code): code for code in ("emergence", "services-numeriques")}
    shown = {(row.year, row.label): row.amount for row in frame.itertuples()}
    for year in range(2016, 2022):
        for label, scheme in schemes.items():
            assert shown.get((year, label), 0) == pytest.approx(float(naive.voted(facts, selection, year, scheme)))
    assert set(frame["label"]) <= set(schemes)
    assert sum(frame["amount"]) == pytest.approx(read_value(connection, AIDES_VOTEES, selection).value)
    assert all(row.until <= selection.until and row.until.year == row.year for row in frame.itertuples())


@pytest.mark.parametrize("query", QUERIES)
def test_visits_frame_equals_the_facts(
    connection: Connection, options: FilterOptions, facts: Facts, query: str
) -> None:
    selection = select(query, options)
    frame = read_monthly_visits(connection, selection, options)
    if not len(frame):
        assert read_value(connection, VISITES, selection).value is None
        return
    months = list(frame["month"])
    assert all(naive.is_whole(month, selection) for month in months)
    declared = {
        r.month
        for r in facts.reports
        if naive.is_selected(selection, r.place.scope)
        and r.place.number not in naive.omitted(facts, selection, r.month, "declared")
    }
    assert {month for month in declared if naive.is_whole(month, selection)} <= set(months)
    for row in frame.to_dict("records"):
        visits, reports, expected, answered = naive.month_of_visits(facts, selection, row["month"])
        assert (row["visits"], row["reports"]) == (visits, reports)
        if min(declared) <= row["month"]:
            assert (row["expected"], row["answered"]) == (expected, answered)
            assert row["rate"] == (answered / expected if expected else None)
    assert frame["visits"].sum() == read_value(connection, VISITES, selection).value
    shown = replace(selection, since=day_of(months[0] * 100 + 1))  # nothing was declared before: not drawn
    rate = read_value(connection, TAUX_REPONSE, shown).value
    assert frame["answered"].sum() / frame["expected"].sum() == pytest.approx(rate)


def test_a_month_without_declaration_is_unknown_and_not_zero(connection: Connection, options: FilterOptions) -> None:
    frame = read_monthly_visits(connection, select("au=2020-12-31", options), options).set_index("month")
    assert frame.loc[202004, "visits"] is None
    assert frame.loc[202004, "rate"] == 0


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.slug)
def test_empty_charts_have_a_message(connection: Connection, options: FilterOptions, chart: Chart) -> None:
    of_territories = chart.empty_message in (
        message_without_commune,
        message_without_remote_population,
    )  # they have rows wherever there are communes
    query = "dep=61&epci=200023414" if of_territories else "dep=61&porteur=public&au=2005-03-01"
    selection = select(query, options)
    assert not len(chart.read(connection, selection, options))
    shown_text = message_without_commune(selection, options) or chart.empty_message(selection, options)
    assert shown_text.startswith(("Aucun", "La Métropole Rouen Normandie n’a aucune commune"))
    assert (
        of_territories
        or (("dans l’Orne" in shown_text or "dep" in chart.ignores) and "1er mars 2005" in shown_text)
        or "pour un mois" in shown_text
    )
