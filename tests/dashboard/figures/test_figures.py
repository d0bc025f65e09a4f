"""Figures: valid for plotly, holding the table's numbers and no others, in the common style."""

import json
import math
from datetime import date
from functools import partial
from typing import Any

import brotli
import pandas as pd
import plotly.graph_objects as go
import pytest
from sqlalchemy import Connection

from dashboard.charts import CHARTS, Chart, chart_named
from dashboard.charts.coverage import MAP_LABELS, read_coverage_map
from dashboard.charts.trajectory import read_trajectory
from dashboard.figures import base
from dashboard.figures.bars import draw_stacked_years, short_amount
from dashboard.figures.base import Figure, apply_changes, empty_figure
from dashboard.figures.map import CLASS_NAMES, draw_rate_map, project_area, rate_class, rate_map_changes, to_kilometres
from dashboard.figures.policy import GRAPH_CONFIG
from dashboard.figures.presets import PRESET_KEY, PRESETS, compact
from data.i18n import MONTHS, MONTHS_SHORT, NARROW
from data.queries.territories import MapOutlines
from data.selection import FilterOptions
from data.units import EUROS
from tests.dashboard.conftest import select

pytestmark = pytest.mark.any_engine

QUERIES = ("au=2020-12-31", "dep=76&au=2020-06-10", "du=2019-03-15&au=2020-10-31&porteur=prive")
MAP_COLUMNS = ["code", "name", "places", "rate", "remark", "points"]
SQUARE = "[[[0.0, 49.0], [0.1, 49.0], [0.1, 49.1], [0.0, 49.0]]]"
WHOLE = (
    "enveloppes",
    "objectifs-partenaires",
)  # of the whole Région and of whole exercices: other filters leave nothing to draw
EVERY = [(chart, query) for chart in CHARTS for query in QUERIES if chart.slug not in WHOLE or query == QUERIES[0]]
names = pytest.mark.parametrize(("chart", "query"), EVERY, ids=lambda one: getattr(one, "slug", one))


draw_map, change_map = partial(draw_rate_map, labels=MAP_LABELS), partial(rate_map_changes, labels=MAP_LABELS)


def draw_visits(frame: pd.DataFrame) -> Figure:
    chart = chart_named("visites-par-mois")
    assert chart is not None
    return chart.draw(frame)


def drawn(chart: Chart, query: str, connection: Connection, options: FilterOptions) -> tuple[pd.DataFrame, Figure]:
    frame = chart.read(connection, select(query, options), options)
    assert len(frame)
    return frame, chart.draw(frame)


@names
def test_plotly_validates_each_figure(chart: Chart, query: str, connection: Connection, options: FilterOptions) -> None:
    _frame, figure = drawn(chart, query, connection, options)
    go.Figure(figure)


@names
def test_each_figure_has_the_common_style(
    chart: Chart, query: str, connection: Connection, options: FilterOptions
) -> None:
    _frame, figure = drawn(chart, query, connection, options)
    layout = figure["layout"]
    assert layout["separators"] == f",{NARROW}"
    assert not any("geo" in key or "mapbox" in key for key in layout)
    assert {trace["type"] for trace in figure["data"]} <= {"scatter", "bar"}  # what the light bundle draws
    assert len(layout.get("annotations", ())) <= 2
    assert layout["xaxis"]["fixedrange"]
    assert layout["yaxis"]["fixedrange"]
    if layout["yaxis"].get("visible", True):
        assert layout["yaxis"]["range"][0] <= 0  # below, what goes the other way: no axis is cut


def unfolded(part: dict[str, Any]) -> dict[str, Any]:
    """What assets/figures.js makes of a part that is like another."""
    name = part.get(PRESET_KEY)
    return {**PRESETS[name], **{key: value for key, value in part.items() if key != PRESET_KEY}} if name else part


@names
def test_a_compact_figure_expands_to_the_same(
    chart: Chart, query: str, connection: Connection, options: FilterOptions
) -> None:
    _frame, figure = drawn(chart, query, connection, options)
    sent = compact(figure)
    layout = {name: unfolded(part) if "axis" in name else part for name, part in unfolded(sent["layout"]).items()}
    assert {"data": [unfolded(trace) for trace in sent["data"]], "layout": layout} == figure
    assert len(json.dumps(sent)) < len(json.dumps(figure)) - 390


def test_every_preset_is_used(connection: Connection, options: FilterOptions) -> None:
    before = json.dumps(PRESETS)
    shown_text = "".join(json.dumps(compact(drawn(chart, query, connection, options)[1])) for chart, query in EVERY)
    assert json.dumps(PRESETS) == before, "what is shared is never altered by a figure"
    assert [name for name in PRESETS if f'"{PRESET_KEY}": "{name}"' not in shown_text] == []


def pairs(trace: dict[str, Any]) -> set[tuple[str, float]]:
    return {(str(x), float(y)) for x, y in zip(trace["x"], trace["y"], strict=True) if x is not None and y is not None}


def numbers(frame: pd.DataFrame, x: str, y: str) -> set[tuple[str, float]]:
    return {(str(a), float(b)) for a, b in zip(frame[x], frame[y], strict=True) if b is not None}


@pytest.mark.parametrize("query", QUERIES)
def test_trajectory_figure_has_the_numbers_of_the_table(
    query: str, connection: Connection, options: FilterOptions
) -> None:
    frame, figure = drawn(CHARTS[0], query, connection, options)
    shown = set().union(*(pairs(trace) for trace in figure["data"]))
    assert shown == set().union(
        *(
            numbers(frame, "day", name)
            for name in ("labelled", "expected", "baseline", "target", "projected", "low", "high")
        )
    )


def test_only_the_target_is_red(connection: Connection, options: FilterOptions) -> None:
    for query, red in (("au=2020-12-31", True), ("dep=76&au=2020-12-31", False)):
        _frame, figure = drawn(CHARTS[0], query, connection, options)
        marked = [trace for trace in figure["data"] if base.RED in str(trace)]
        assert [trace["text"] for trace in marked] == ([["<b>Objectif 50</b>"]] if red else [])


def fills(figure: Figure) -> list[str]:
    """The colour of each outline, as assets/figures.js finds it."""
    layout = figure["layout"]
    assert len(layout["meta"]["classes"]) == len(layout["meta"]["paths"]) == len(layout["meta"]["middles"])
    return [layout["shapes"][int(rank)]["fillcolor"] for rank in layout["meta"]["classes"]]


@pytest.mark.parametrize("query", QUERIES)
def test_map_has_the_numbers_of_the_table(query: str, connection: Connection, options: FilterOptions) -> None:
    frame, figure = drawn(CHARTS[1], query, connection, options)
    rows = frame.set_index("code").to_dict("index")
    epci = frame.attrs["outlines"].epci
    for code, fill in zip(epci, fills(figure), strict=True):
        row = rows.get(code)
        assert fill == (base.RAMP[rate_class(row["rate"])] if row else base.UNSELECTED)
    words = figure["data"][0]["text"]
    assert [text[: text.index(" labellisé")] for text in words] == [
        f"<b>{rows[code]['name']}</b><br>{rows[code]['places']}" for code in epci if code in rows
    ]
    assert not any(figure["data"][0]["marker"]["opacity"])
    dots = next(trace for trace in figure["data"] if trace.get("name") == "tiers-lieu labellisé")
    assert len(dots["x"]) == len(dots["y"]) == len(dots["text"])
    counts = [int(text.strip("</b>") or 1) for text in dots["text"]]
    assert sum(counts) == frame["places"].sum(), "each place is drawn, in a mark of its own or counted in one"
    assert [text.count("<br>") + 1 for text in dots["hovertext"]] == counts
    drawn_classes = {1 + rate_class(row["rate"]) for row in rows.values()}
    legend = [rank for rank, trace in enumerate(figure["data"][2:], start=1) if trace["visible"]]
    assert legend == sorted(drawn_classes), "the legend has what is drawn"


@pytest.mark.parametrize("query", [*QUERIES, "dep=61&epci=200023414"])
def test_map_changes_give_the_map_of_the_next_selection(
    query: str, connection: Connection, options: FilterOptions
) -> None:
    first, following = (
        read_coverage_map(connection, select(text, options), options) for text in ("au=2019-05-31&dep=50", query)
    )
    assert apply_changes(draw_map(first), change_map(following)) == draw_map(following)
    sent = json.dumps([[*path, values] for path, values in change_map(following).items()])
    assert len(brotli.compress(sent.encode(), quality=4)) < 2_500


@pytest.mark.parametrize("query", QUERIES)
def test_bars_figure_has_the_numbers_of_the_table(query: str, connection: Connection, options: FilterOptions) -> None:
    frame, figure = drawn(CHARTS[2], query, connection, options)
    shown = {
        (trace["name"], x[:4], y)
        for trace in figure["data"]
        if trace["type"] == "bar"
        for x, y in zip(trace["x"], trace["y"], strict=True)
    }
    assert shown == {(row.label, str(row.year), row.amount) for row in frame.itertuples()}


@pytest.mark.parametrize("query", QUERIES)
def test_months_figure_has_the_numbers_of_the_table(query: str, connection: Connection, options: FilterOptions) -> None:
    frame, figure = drawn(chart_named("visites-par-mois"), query, connection, options)
    line = figure["data"][0]
    assert [None if y is None else int(y) for y in line["y"]] == list(frame["visits"])
    assert [int(x[:4] + x[5:7]) for x in line["x"]] == list(frame["month"])
    assert line["connectgaps"] is False


def test_an_unfinished_year_has_its_last_day() -> None:
    rows = [(2019, "A", 0, 5.0, date(2019, 12, 31)), (2020, "A", 0, 6.0, date(2020, 10, 15))]
    frame = pd.DataFrame(rows, columns=["year", "label", "position", "amount", "until"], dtype=object)
    figure = draw_stacked_years(frame, EUROS)
    assert figure["data"][0]["x"] == ["2019", "2020<br>au 15/10"]


def test_many_years_have_no_totals_and_stacks_have_patterns() -> None:
    rows = [(year, name, at, 1.0, date(year, 12, 31)) for at, name in enumerate("ABCD") for year in range(2010, 2020)]
    frame = pd.DataFrame(rows, columns=["year", "label", "position", "amount", "until"], dtype=object)
    figure = draw_stacked_years(frame, EUROS)
    assert len(figure["data"]) == 4
    assert len({trace["marker"]["pattern"]["shape"] for trace in figure["data"]}) == 4
    assert all(trace["marker"]["line"]["color"] == base.WHITE for trace in figure["data"])


@pytest.mark.parametrize(
    ("amount", "text"), [(225_000, "225 k€"), (999_400, "999 k€"), (999_600, "1,0 M€"), (999.4, "999 €")]
)
def test_short_amount_rounds_to_thousands(amount: float, text: str) -> None:
    assert short_amount(amount, EUROS).replace(NARROW, " ") == text


def test_months_with_few_responses_are_hollow_with_a_legend() -> None:
    rows = [(202011, 10, 1, 4, 1, 0.25), (202012, 20, 3, 4, 3, 0.75), (202101, None, 0, 4, 0, 0.0)]
    columns = ["month", "visits", "reports", "expected", "answered", "rate"]
    figure = draw_visits(pd.DataFrame(rows, columns=columns, dtype=object))
    assert figure["data"][0]["marker"]["color"] == [base.WHITE, base.TEAL, base.TEAL]
    assert figure["layout"]["showlegend"]
    assert "moitié" in figure["data"][-1]["name"]
    assert figure["data"][0]["text"][0] == f"1 lieu sur 4 a répondu (25{NARROW}%)"
    firm = draw_visits(pd.DataFrame(rows[1:], columns=columns, dtype=object))
    assert not firm["layout"]["showlegend"]
    unexpected = pd.DataFrame([(202011, 10, 1, 0, 0, None)], columns=columns, dtype=object)
    assert draw_visits(unexpected)["data"][0]["text"] == [""]


def test_too_many_places_are_not_drawn_and_noted() -> None:
    points = [(0.0, 49.0, "Lieu")] * 301
    frame = pd.DataFrame([("a", "A", 301, 9.0, "", points)], columns=MAP_COLUMNS, dtype=object)
    frame.attrs["outlines"] = MapOutlines({"a": SQUARE}, {}, "Contours schématiques")
    assert (draw_map(frame)["data"][1]["x"], draw_map(frame)["data"][1]["visible"]) == ([], False)
    assert CHARTS[1].note(frame) == f"Contours schématiques · plus de 300 lieux{NARROW}: non dessinés un à un"


def test_unknown_zero_and_unselected_areas_differ() -> None:
    rows = [("a", "A", 0, 0.0, "", []), ("b", "B", 1, None, "peu de cas", [(0.0, 49.0, "Lieu")])]
    frame = pd.DataFrame(rows, columns=MAP_COLUMNS, dtype=object)
    frame.attrs["outlines"] = MapOutlines(dict.fromkeys("abc", SQUARE), {"61": SQUARE}, "")
    figure = draw_map(frame)
    assert fills(figure) == [base.RAMP[0], base.WHITE, base.UNSELECTED]
    assert len(set(figure["layout"]["meta"]["classes"])) == 3
    assert "fillcolor" not in figure["layout"]["shapes"][-1]
    names = figure["data"][0]
    assert names["marker"]["opacity"] == [0, 1]
    assert names["marker"]["symbol"] == figure["data"][-1]["marker"]["symbol"]
    assert "taux non connu<br>peu de cas" in names["text"][1]
    assert [trace["name"] for trace in figure["data"][1:]] == ["tiers-lieu labellisé", *CLASS_NAMES, "non connu"]
    assert figure["data"][-1]["visible"]
    go.Figure(figure)


def test_a_map_without_outlines_is_still_a_figure() -> None:
    frame = pd.DataFrame([], columns=["code", "name", "places", "rate", "remark", "points"], dtype=object)
    frame.attrs["outlines"] = MapOutlines({}, {}, "")
    go.Figure(draw_map(frame))


def test_kilometres_per_degree_at_the_latitude_of_normandie() -> None:
    east = to_kilometres(1, 49)[0] - to_kilometres(0, 49)[0]
    north = to_kilometres(0, 50)[1] - to_kilometres(0, 49)[1]
    assert east / north == pytest.approx(math.cos(math.radians(49.1)), abs=0.01)
    drawn = project_area("[[[0, 49], [0.5, 49], [0.5, 49.5], [0, 49.5]], [[1, 50]]]")
    x, y = to_kilometres(0.25, 49.25)
    assert drawn.middle == (pytest.approx(x, abs=0.1), pytest.approx(y, abs=0.1))
    assert drawn.path.count("M") == drawn.path.count("Z") == 2
    assert (drawn.east[1], drawn.north[1]) == to_kilometres(1, 50)


def test_graph_config_is_french_and_sends_nothing() -> None:
    assert GRAPH_CONFIG["showSendToCloud"] is False
    assert GRAPH_CONFIG["plotlyServerURL"] == ""
    assert GRAPH_CONFIG["displayModeBar"] is False
    assert GRAPH_CONFIG["displaylogo"] is False
    words = GRAPH_CONFIG["locales"][GRAPH_CONFIG["locale"]]["format"]
    assert tuple(words["months"]) == MONTHS
    assert tuple(words["shortMonths"]) == MONTHS_SHORT
    assert (words["decimal"], words["thousands"]) == (",", NARROW)


def test_an_empty_figure_is_valid() -> None:
    go.Figure(empty_figure())
    assert empty_figure()["data"] == []


def test_the_target_line_is_dashed(connection: Connection, options: FilterOptions) -> None:
    frame = read_trajectory(connection, select("au=2020-12-31", options), options)
    line = next(trace for trace in CHARTS[0].draw(frame)["data"] if trace.get("name", "").startswith("Trajectoire"))
    assert line["line"] == {"color": base.INK, "width": 1.5, "dash": "dot"}
