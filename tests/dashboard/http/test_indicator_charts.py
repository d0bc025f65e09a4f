"""The charts of an indicator hold the values of the API, and their sentences too."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import dropwhile
from typing import Any

import plotly.graph_objects as go
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine

from dashboard.charts import Chart, chart_named, read_chart
from dashboard.charts.indicator_charts import indicator_charts
from dashboard.charts.indicator_series import has_target_path
from dashboard.components.chart_card import read_card
from dashboard.figures.base import records
from dashboard.figures.presets import compact
from data.engine import reading
from data.indicators import INDICATORS, Indicator, groupings_of
from data.queries.options import read_filter_options
from data.queries.sources import read_provenance
from data.queries.trend import series_grouping
from data.selection import FilterOptions, Selection
from tests.conftest import TODAY
from tests.sampling import turn_of

pytestmark = [pytest.mark.without_coverage, pytest.mark.fewer_on_postgresql(6)]

QUERIES = (
    "",
    "dep=14,50&porteur=public&du=2019-01-01&au=2020-06-30",
    "epci=200066827,246100663&au=2020-05-15",
    "porteur=prive&unite=journees&dispositif=emergence",
    "dep=61&du=2019-03-15&partenaire=aract",
    "au=2016-01-01",
)
EVERY = 3  # one indicator in three for each query, another third for the next
RARELY = 6  # for what costs more


@pytest.fixture(scope="module")
def demo(demo_engine: Engine) -> Iterator[tuple[Connection, FilterOptions]]:
    with reading(demo_engine) as connection:
        yield connection, read_filter_options(connection, TODAY)


def some_indicators(query: str, every: int = EVERY) -> list[Indicator]:
    return [one for one in INDICATORS if turn_of(one.slug, every) == QUERIES.index(query) % every]


def values_by(client: FlaskClient, indicator: Indicator, query: str, by: str) -> dict[str, float | None]:
    """What the API gives, in the order of its keys."""
    values: dict[str, float | None] = client.get(f"/api/indicateurs/{indicator.slug}.json?{query}&par={by}").json["by"]
    return values


def shown_rows(
    demo: tuple[Connection, FilterOptions], indicator: Indicator, kind: str, query: str
) -> list[dict[str, Any]] | None:
    """The rows of a chart of an indicator; None when it has no such chart."""
    connection, options = demo
    chart = chart_named(f"{kind}-{indicator.slug}")
    if chart is None:
        return None
    return records(read_chart(connection, chart, Selection.from_query(query, options)[0], options).frame)


def known(values: dict[Any, float | None], *, without_zeros: bool) -> dict[Any, float]:
    return {key: value for key, value in values.items() if value is not None and (value or not without_zeros)}


def period_key(period: int) -> str:
    return str(period) if period < 10_000 else f"{period // 100}-{period % 100:02d}"


@pytest.mark.parametrize("query", QUERIES)
def test_series_and_ranks_are_the_breakdowns_of_the_api(
    client: FlaskClient, demo: tuple[Connection, FilterOptions], query: str
) -> None:
    _connection, options = demo
    for indicator in some_indicators(query):
        periods = series_grouping(indicator)
        series = shown_rows(demo, indicator, "serie", query)
        if periods and series is not None:
            values = values_by(client, indicator, query, periods.key)
            found = {period_key(row["period"]): row["value"] for row in series}
            shown = [key for key, _value in dropwhile(lambda item: item[1] is None, values.items())]
            assert not series or list(found)[: len(shown)] == shown, indicator.slug
            assert known(found, without_zeros=not series) == known(
                values, without_zeros=not series and indicator.adds_up
            )
        ranks = shown_rows(demo, indicator, "rang", query)
        if ranks:
            by, key = ("epci", "epci") if ranks[0]["level"] == "Intercommunalité" else ("departement", "dep")
            values = values_by(client, indicator, query, by)
            named = {options.label(key, code): value for code, value in values.items() if code != "non-localise"}
            assert {row["name"]: row["value"] for row in ranks if row["is_placed"]} == pytest.approx(named)
            sorted_values = [row["value"] for row in ranks if row["is_placed"] and row["value"] is not None]
            assert sorted_values == sorted(sorted_values, reverse=True)


@pytest.mark.parametrize("query", QUERIES[:2])
def test_panels_are_the_series_of_each_departement(
    client: FlaskClient, demo: tuple[Connection, FilterOptions], query: str
) -> None:
    _connection, options = demo
    drawn = 0
    for indicator in some_indicators(query):
        periods, rows = series_grouping(indicator), shown_rows(demo, indicator, "departements", query)
        if not rows or periods is None:
            continue
        rest = "&".join(part for part in query.split("&") if part and not part.startswith("dep="))
        for option in options.by_filter["dep"]:
            panel = {period_key(row["period"]): row["value"] for row in rows if row["panel"] == option.label}
            if panel:
                assert panel == values_by(client, indicator, f"{rest}&dep={option.code}", periods.key), indicator.slug
                drawn += 1
    assert drawn > 10


@pytest.mark.parametrize("query", QUERIES)
def test_cards_say_what_they_show(demo: tuple[Connection, FilterOptions], query: str) -> None:
    """A finding with a value that is drawn, a figure that plotly draws, a table that Office draws; or why nothing."""
    connection, options = demo
    selection = Selection.from_query(query, options)[0]
    provenance = read_provenance(connection)
    for indicator in some_indicators(query, RARELY):
        worded = indicator.in_selected_unit(selection)
        for chart in indicator_charts(indicator):
            card = read_card(connection, chart, selection, options, provenance)
            assert "'" not in card.finding + card.alt
            assert worded.label[1:] in card.finding, chart.slug
            if card.empty is not None:
                assert card.finding, chart.slug
                continue
            go.Figure(card.figure)
            assert len(str(compact(card.figure))) < len(str(card.figure))
            assert len(card.figure["layout"].get("annotations", ())) <= 2
            assert len(card.alt) > 40
            if chart.slug.startswith("serie-"):
                texts = [worded.unit.value_text(value) for value in card.frame["value"] if value is not None]
                assert any(text in card.finding for text in texts), card.finding


def test_every_indicator_that_can_be_drawn_is_drawn_without_filters(demo: tuple[Connection, FilterOptions]) -> None:
    """Series and ranks that are always empty would prove nothing."""
    connection, options = demo
    selection = Selection.from_query("", options)[0]
    charts = [chart for indicator in INDICATORS for chart in indicator_charts(indicator)]
    assert len(charts) > 2 * len(INDICATORS)
    empty = [chart.slug for chart in charts if not len(read_chart(connection, chart, selection, options).frame)]
    assert {slug for slug in empty if slug.startswith("serie-")} == {"serie-enveloppe-votee", "serie-enveloppe-engagee"}
    assert len(empty) < len(charts) / 5


def test_a_target_is_drawn_where_it_compares(demo: tuple[Connection, FilterOptions]) -> None:
    connection, options = demo
    by_slug = {indicator.slug: indicator for indicator in INDICATORS}
    assert has_target_path(by_slug["lieux-labellises"])
    assert has_target_path(by_slug["taux-reponse"])
    assert not has_target_path(by_slug["aides-votees"])
    chart = chart_named("serie-lieux-labellises")
    assert chart is not None
    frame = read_chart(connection, chart, Selection.from_query("", options)[0], options).frame
    due = [row for row in records(frame) if row["is_due"]]
    assert [row["expected"] for row in due] == [frame.attrs["target"].value]
    assert due[0]["value"] is None or due[0]["period"] <= 202012
    territory = read_chart(connection, chart, Selection.from_query("dep=61", options)[0], options).frame
    assert territory.attrs["target"] is None, "a target of the Région is not that of a part of it"


def test_an_indicator_without_periods_or_territories_has_no_such_chart() -> None:
    for indicator in INDICATORS:
        kinds = {chart.slug.removesuffix(f"-{indicator.slug}") for chart in indicator_charts(indicator)}
        keys = {grouping.key for grouping in groupings_of(indicator)}
        assert ("serie" in kinds) is bool(keys & {"annee", "mois"})
        assert ("rang" in kinds) is ("departement" in keys)
        assert ("departements" in kinds) is (kinds >= {"serie", "rang"})


def test_the_region_is_a_line_for_ratios_only(demo: tuple[Connection, FilterOptions]) -> None:
    connection, options = demo
    selection = Selection.from_query("dep=61", options)[0]

    def lines(slug: str) -> list[Any]:
        chart: Chart | None = chart_named(slug)
        assert chart is not None
        drawn = chart.draw(read_chart(connection, chart, selection, options).frame)
        return [trace for trace in drawn["data"] if trace.get("mode") == "lines"]

    assert lines("rang-lieux-labellises") == lines("rang-aides-votees") == []
    assert len(lines("rang-labellises-pour-100000")) == len(lines("rang-taux-aide")) == 1
