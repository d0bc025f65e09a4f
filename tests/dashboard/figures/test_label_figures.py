"""Figures of the label: the table's numbers, what a bar on few cases looks like, where a projection is drawn."""

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Connection

from dashboard.charts import Chart, chart_named
from dashboard.figures import base
from dashboard.figures.yearly import MAX_LABELLED_BARS
from data.selection import FilterOptions
from tests.dashboard.conftest import select

QUERIES = ("au=2020-12-31", "dep=76&au=2020-06-10", "du=2019-03-15&au=2020-10-31&porteur=prive")


def chart_of(slug: str) -> Chart:
    chart = chart_named(slug)
    assert chart is not None
    return chart


@pytest.mark.parametrize("query", QUERIES)
def test_ages_figure_has_the_numbers_of_the_table(query: str, connection: Connection, options: FilterOptions) -> None:
    frame = chart_of("parcours").read(connection, select(query, options), options)
    bars = [trace for trace in chart_of("parcours").draw(frame)["data"] if trace["type"] == "bar"]
    drawn = {(x.replace("<br>", " "), trace["name"], y) for trace in bars for x, y in zip(trace["x"], trace["y"])}  # noqa: B905
    assert drawn == {(row.stage, row.age, row.places) for row in frame.itertuples()}
    assert [trace["marker"]["color"] for trace in bars] == list(base.RAMP[1:])


@pytest.mark.parametrize("query", QUERIES)
def test_label_changes_figure_has_the_numbers_of_the_table(
    query: str, connection: Connection, options: FilterOptions
) -> None:
    frame = chart_of("labellisations-par-an").read(connection, select(query, options), options)
    figure = chart_of("labellisations-par-an").draw(frame)
    up, down = figure["data"]
    assert up["y"] == list(frame["began"])
    assert down["y"] == [-ended for ended in frame["ended"]]
    low, high = figure["layout"]["yaxis"]["range"]
    assert low < min(down["y"])
    assert high > max(up["y"])


@pytest.mark.parametrize("query", QUERIES)
def test_medians_figure_has_the_numbers_of_the_table(
    query: str, connection: Connection, options: FilterOptions
) -> None:
    frame = chart_of("delais-labellisation").read(connection, select(query, options), options)
    bar = chart_of("delais-labellisation").draw(frame)["data"][0]
    assert bar["y"] == list(frame["days"])
    fills = bar["marker"]["color"]
    assert [fills == base.WHITE or fills[at] == base.WHITE for at in range(len(frame))] == list(frame["has_few_cases"])


def test_bars_with_few_cases_are_hollow_with_a_legend() -> None:
    rows = [(2018, 3, 90.0, True), (2019, 0, None, True), (2020, 9, 206.0, False)]
    figure = chart_of("delais-labellisation").draw(
        pd.DataFrame(rows, columns=["year", "cases", "days", "has_few_cases"], dtype=object)
    )
    assert figure["data"][0]["x"] == ["2018<br>3 cas", "2019<br>0 cas", "2020<br>9 cas"]
    assert "peu de cas" in figure["data"][0]["hovertext"][0]
    assert figure["data"][1]["name"] == "Peu de cas"
    firm = chart_of("delais-labellisation").draw(
        pd.DataFrame(rows[2:], columns=["year", "cases", "days", "has_few_cases"], dtype=object)
    )
    assert not firm["layout"]["showlegend"]


def test_many_years_have_no_label_at_each_bar() -> None:
    rows = [(year, 1, 1, date(year, 12, 31)) for year in range(2000, 2001 + MAX_LABELLED_BARS)]
    figure = chart_of("labellisations-par-an").draw(
        pd.DataFrame(rows, columns=["year", "began", "ended", "until"], dtype=object)
    )
    assert set(figure["data"][0]["text"]) == {""}
    assert figure["layout"]["yaxis"]["showticklabels"]


def trajectory(projected: float | None) -> pd.DataFrame:
    ahead = (projected, 37.0, 46.0) if projected else (None,) * 3
    rows = [
        (date(2020, 1, 1), 20, 30.0, None, None, None, None, None, ""),
        (date(2020, 12, 31), 34, 40.0, None, None, None, None, None, ""),
        (date(2021, 12, 31), None, 50.0, None, 50.0, *ahead, ""),
    ]
    names = ["day", "labelled", "expected", "baseline", "target", "projected", "low", "high", "remark"]
    return pd.DataFrame(rows, columns=names, dtype=object)


def test_a_projection_is_a_dashed_line_with_a_band_and_a_label() -> None:
    figure = chart_of("trajectoire").draw(trajectory(41.2))
    band, line, words = figure["data"][:3]
    assert (band["fill"], band["y"]) == ("toself", [34, 46.0, 37.0])
    assert (line["line"]["dash"], line["y"]) == ("dash", [34, 41.2])
    assert words["text"] == [" Projection<br> 41 (37–46)"]
    assert not figure["layout"]["showlegend"]


def test_without_projection_nothing_is_drawn_after_the_last_day() -> None:
    figure = chart_of("trajectoire").draw(trajectory(None))
    assert not any(trace.get("name") == "Projection" for trace in figure["data"])
    assert figure["layout"]["margin"]["r"] < chart_of("trajectoire").draw(trajectory(41.2))["layout"]["margin"]["r"]
